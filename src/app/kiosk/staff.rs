//! The staff corner: version, last wipe, a look at what must hold. The PIN keeps fingers out and is no secret,
//! since it stands in the file; nothing of a visitor's lies behind it.

use crate::app::el::{View, el, group, live};
use crate::app::signal::Signal;
use crate::app::state::State;
use crate::app::ui::{acts, button, fact, facts, plain, title};
use crate::browser::{boot, intl, page};

const STAFF: &str = "staff";
/// Wrong PINs before a pause.
const TRIES: u64 = 5;
const PAUSE: u64 = 300_000;
/// How long the corner is held to come in without the PIN.
const HOLD: u64 = 5_000;

/// What the corner holds while it is open.
pub struct Staff {
    typed: Signal<String>,
    open: Signal<bool>,
    /// What is wrong with the PIN, if anything is.
    wrong: Signal<String>,
    /// Since when the corner is held; 0 if it is not.
    held: Signal<u64>,
}

impl Staff {
    pub fn new() -> Self {
        Self { typed: Signal::new(String::new()), open: Signal::new(false), wrong: Signal::new(String::new()), held: Signal::new(0) }
    }
}

/// Unseen, and named for those who can't see the screen either. A tap asks for the PIN. Held, by a finger or by the
/// space bar, it opens without: a PIN is something to remember, and nobody must have to (WCAG 3.3.8).
pub fn corner(state: State) -> Option<View> {
    let Staff { held, open, .. } = state.kiosk.as_ref().filter(|_| !state.settings.kiosk_pin.is_empty())?.staff;
    let hold = move |_| {
        if held.get_untracked() == 0 {
            held.set(intl::now());
        }
    };
    let let_go = move |_| {
        let since = held.get_untracked();
        held.set(0);
        if since > 0 && intl::now() >= since + HOLD {
            open.set(true);
            // A finger that was held long is no tap to a browser.
            page::open_dialog(STAFF);
        }
    };
    let corner = button("corner", "", || page::open_dialog(STAFF)).attr("aria-label", state.words().staff());
    let corner = corner.on("pointerdown", hold).on("keydown", hold);
    Some(corner.on("pointerup", let_go).on("pointerleave", let_go).on("keyup", let_go))
}

pub fn dialog(state: State, staff: &Staff) -> View {
    let (typed, open, wrong) = (staff.typed, staff.open, staff.wrong);
    let w = state.words();
    // However it is closed: Esc leaves the corner open for nobody.
    let shut = move |_| {
        open.set(false);
        typed.set(String::new());
        wrong.set(String::new());
    };
    let inside = live(move || if open.get() { report(state) } else { ask(state, typed, open, wrong) });
    let top = el("div").class("panel-top").kid(button("btn line", w.close(), || page::close_dialog(STAFF)));
    el("dialog").attrs(&[("class", "panel"), ("id", STAFF), ("aria-labelledby", "staff-title")]).on("close", shut).kids([
        top,
        title(w.staff()).id("staff-title"),
        inside,
    ])
}

fn ask(state: State, typed: Signal<String>, open: Signal<bool>, wrong: Signal<String>) -> View {
    let w = state.words();
    let check = move || {
        let said = match try_pin(&state.settings.kiosk_pin, &typed.get_untracked()) {
            Tried::Right => return open.set(true),
            Tried::Wrong => state.words().staff_wrong(),
            Tried::Paused => state.words().staff_pause(),
        };
        typed.set(String::new());
        wrong.set(said.into());
    };
    let field = el("input").attrs(&[("type", "text"), ("id", "pin"), ("inputmode", "none"), ("autocomplete", "off"), ("maxlength", "8")]);
    let field = field.live_value(move || typed.get()).on_value("input", move |t| typed.set(t));
    let label = el("label").attr("for", "pin").text(w.staff_pin());
    group([
        el("p").class("field").kid(label).kid(field),
        el("p").attrs(&[("class", "fault"), ("role", "status")]).live_text(move || wrong.get()),
        super::pad(state, "1234567890", typed, || {}),
        acts([button("btn", w.continue_(), check)]),
    ])
}

enum Tried {
    Right,
    Wrong,
    Paused,
}

/// Counts across wipes. One number is noted: how many were wrong, or, from [`TRIES`] on, until when none is taken.
fn try_pin(pin: &str, typed: &str) -> Tried {
    let noted = boot::left_note();
    let now = intl::now();
    if now < noted {
        return Tried::Paused;
    }
    let wrong = if noted < TRIES { noted + 1 } else { 1 };
    let (note, tried) = if typed == pin {
        (0, Tried::Right)
    } else if wrong < TRIES {
        (wrong, Tried::Wrong)
    } else {
        (now + PAUSE, Tried::Paused)
    };
    boot::leave_note(note);
    tried
}

fn report(state: State) -> View {
    let w = state.words();
    let yes = |holds: bool| if holds { w.yes() } else { w.no() };
    let wiped = boot::last_wipe();
    let wiped = if wiped == 0 { w.staff_never().into() } else { intl::moment(wiped, &state.pack_now().lang) };
    let print = move || {
        page::set_root("data-print", "staff");
        boot::print(|_| {});
        page::set_root("data-print", "screen");
    };
    group([
        facts([
            fact(w.about_version(), env!("CARGO_PKG_VERSION")),
            fact(w.content_version(), &state.pack_now().version),
            fact(w.staff_wiped(), &wiped),
            fact(w.staff_storage(), yes(page::keeps_nothing())),
            fact(w.staff_network(), yes(page::is_shut())),
        ]),
        plain(w.staff_exit()),
        acts((state.settings.kiosk_print == "yes").then(|| button("btn", w.staff_print(), print))),
    ])
}
