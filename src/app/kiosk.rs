//! A screen that strangers share: it asks when nobody is there, and forgets.

mod staff;

use super::along;
use super::el::{View, el, group, live};
use super::shell::{self, ask_clear};
use super::state::{Place, State};
use super::summary::{code, paper, sheets};
use super::ui::{acts, back, button, fill, flow, h2, lead, p, plain, small_print, title};
use crate::app::signal::Signal;
use crate::browser::dom::{self, Event};
use crate::browser::{boot, focus, intl, page};
use engine::idle::{self, Idle};
use engine::walk::Step;
use std::cell::{Cell, RefCell};

const IDLE: &str = "idle";
const COVER: &str = "cover";
const LEAVE: &str = "leave";
/// From the end of a visit to the wipe.
const LEAVING: u64 = 15_000;

/// What one visit holds beside its answers.
pub struct Kiosk {
    /// When the screen was last touched, by the wall's clock; 0 before anybody came.
    touched: Cell<u64>,
    /// "I need more time" was asked for.
    more: Cell<bool>,
    /// Seconds left, while they are counted on screen; else 0.
    left: Signal<u64>,
    /// When the countdown at the end of a visit is over; 0 without one.
    ends: Cell<u64>,
    printed: Signal<bool>,
    /// Three words, on paper in place of a name.
    tag: RefCell<String>,
    staff: staff::Staff,
}

impl Kiosk {
    /// Before anybody came.
    pub fn new() -> Self {
        Self {
            touched: Cell::new(0),
            more: Cell::new(false),
            left: Signal::new(0),
            ends: Cell::new(0),
            printed: Signal::new(false),
            tag: RefCell::default(),
            staff: staff::Staff::new(),
        }
    }

    fn touch(&self, now: u64) {
        self.touched.set(now);
        self.ends.set(0);
        self.left.set(0);
    }

    /// The three words.
    pub fn tag(&self) -> String {
        self.tag.borrow().clone()
    }
}

/// Looks at the clock and at what is touched, for as long as this instance lives.
pub fn watch(state: State) {
    if state.kiosk.is_none() {
        return;
    }
    boot::each_second(move || look(state, false));
    for kind in ["pointerdown", "wheel"] {
        boot::on_window(kind, move |_| look(state, true));
    }
    boot::on_window("keydown", move |e| key(state, &e));
    // Awake again, or back on top: the clock is looked at before anything else is.
    for kind in ["visibilitychange", "focus"] {
        boot::on_window(kind, move |_| look(state, false));
    }
    if boot::begins_with() == shell::HELP {
        page::soon(shell::open_help);
    }
}

/// What the clock says: nothing, the question whether somebody is there, or the end of the visit.
fn look(state: State, touched: bool) {
    let Some(kiosk) = &state.kiosk else { return };
    let now = intl::now();
    if kiosk.ends.get() > 0 {
        match kiosk.ends.get().saturating_sub(now).div_ceil(1000) {
            0 => boot::wipe_all(""),
            left => kiosk.left.set(left),
        }
        return;
    }
    let place = state.place_shown();
    let empty = place == Place::Attract;
    // A clock that was set back would leave the answers for as long.
    if (touched && empty) || kiosk.touched.get() > now {
        kiosk.touch(now);
    }
    if kiosk.touched.get() == 0 {
        return;
    }
    let help = page::is_open(shell::HELP) || matches!(place, Place::Step { step: Step::Help { .. }, .. });
    let since = now.saturating_sub(kiosk.touched.get());
    let asking = kiosk.left.get_untracked() > 0;
    match idle::idle(since, limit(state, kiosk, &place)) {
        // Help is never taken away: after ten minutes the answers behind it are.
        _ if help && since >= idle::LONG => boot::wipe_all(if empty { "" } else { shell::HELP }),
        Idle::Gone if !help => boot::wipe_all(""),
        Idle::Ask(left) if !help && !empty && (asking || !touched) => {
            kiosk.left.set(left);
            page::open_dialog(IDLE);
        }
        // Touched as the dialog was about to open, or nothing is to be asked.
        _ if touched => kiosk.touch(now),
        _ => {}
    }
}

fn limit(state: State, kiosk: &Kiosk, place: &Place) -> u64 {
    let set = idle::limit(&state.settings.kiosk_idle, !matches!(place, Place::Step { .. }));
    if kiosk.more.get() { set.max(idle::LONG) } else { set }
}

/// Any key says that somebody is there; those that lead to a button of the dialog leave it open.
fn key(state: State, event: &Event) {
    let Some(kiosk) = &state.kiosk else { return };
    // A visit that is past its time ends, whatever comes now.
    look(state, true);
    if !page::is_open(IDLE) {
        return;
    }
    match dom::key(event).as_deref() {
        Some("Tab" | "Shift") => kiosk.touched.set(intl::now().saturating_sub(limit(state, kiosk, &state.place_shown()))),
        Some("Enter" | " ") => {}
        _ => here(state),
    }
}

/// Somebody is there: exactly what was there before is there again.
fn here(state: State) {
    if let Some(kiosk) = &state.kiosk {
        kiosk.touch(intl::now());
    }
    page::close_dialog(IDLE);
    page::close_dialog(LEAVE);
}

/// The end of a visit, counted down.
fn leave(state: State, printed: bool) {
    let Some(kiosk) = &state.kiosk else { return };
    kiosk.printed.set(printed);
    kiosk.ends.set(intl::now() + LEAVING);
    kiosk.left.set(LEAVING / 1000);
    page::open_dialog(LEAVE);
}

/// Between two visits: nothing private, language and text size first, and that the desk can help instead.
pub fn attract(state: State, first: impl IntoIterator<Item = View>) -> View {
    let w = state.words();
    let clinic = &state.settings.clinic;
    let clinic = (!clinic.is_empty()).then(|| el("p").class("over").kid(el("b").text(clinic)));
    el("div")
        .class("attract")
        .kid(el("div").class("wash").attr("aria-hidden", "true"))
        .kid(flow(clinic).kid(title(w.start_title())))
        .kid(flow([lead(w.kiosk_forgets()), plain(w.kiosk_desk())]))
        .kid(el("div").class("first").kids(first))
        .kid(button("btn begin", w.kiosk_start(), move || begin(state)))
        .kid(small_print(&format!("{} {}", w.product(), env!("CARGO_PKG_VERSION"))))
        .kids(staff::corner(state))
}

fn begin(state: State) {
    let Some(kiosk) = &state.kiosk else { return };
    let words = || state.words().kiosk_tags().split(' ');
    // One of each third: three words that differ.
    let third = words().count() / 3;
    let tag = [0, 1, 2].map(|n| words().nth(n * third + page::chance(third)).unwrap_or_default());
    *kiosk.tag.borrow_mut() = tag.join(" ");
    kiosk.touch(intl::now());
    state.begin();
}

/// What stands in the bar during a visit.
pub fn bar_buttons(state: State) -> [View; 2] {
    let w = state.words();
    let hide = || {
        page::open_dialog(COVER);
        focus::to_still("#cover button");
    };
    [button("bar-btn", w.kiosk_hide(), hide), button("bar-btn", w.kiosk_end(), ask_clear)].map(|b| in_visit(state, b))
}

/// Shown during a visit alone.
pub fn in_visit(state: State, view: View) -> View {
    view.live_flag("hidden", move || state.place() == Place::Attract)
}

/// The dialogs of a kiosk.
pub fn dialogs(state: State) -> View {
    let Some(kiosk) = &state.kiosk else { return group([]) };
    let w = state.words();
    let left = kiosk.left;
    let idle = el("dialog").attrs(&[("class", "panel ask-here"), ("id", IDLE), ("aria-labelledby", "idle-title")]).on_click(move || here(state));
    let idle = idle.kids([
        h2(w.kiosk_idle()).id("idle-title"),
        count(left, w.kiosk_idle_text()),
        acts([
            button("btn", w.kiosk_here(), move || here(state)),
            button("btn line", w.kiosk_more(), move || {
                if let Some(kiosk) = &state.kiosk {
                    kiosk.more.set(true);
                }
            }),
        ]),
    ]);
    let cover = el("dialog").attrs(&[("class", "panel cover"), ("id", COVER), ("aria-labelledby", "cover-title")]);
    let cover = cover.kids([h2(w.kiosk_hidden()).id("cover-title"), acts([button("btn", w.kiosk_show(), || page::close_dialog(COVER))])]);
    let printed = kiosk.printed;
    // Esc means "Not yet": without this the dialog would go and the countdown would stay.
    let leaving = el("dialog").attrs(&[("class", "panel"), ("id", LEAVE), ("aria-label", w.kiosk_end())]).on("cancel", move |_| here(state)).kids([
        plain(w.kiosk_printed()).live_flag("hidden", move || !printed.get()),
        count(left, w.kiosk_leaving()),
        acts([button("btn", w.kiosk_clear_now(), || boot::wipe_all("")), button("btn line", w.kiosk_not_yet(), move || here(state))]),
    ]);
    group([idle, cover, leaving]).kids((!state.settings.kiosk_pin.is_empty()).then(|| staff::dialog(state, &kiosk.staff)))
}

/// Seconds that are left: seen each second, said at the start and every ten.
fn count(left: Signal<u64>, words: &'static str) -> View {
    let line = move |n: u64| if n == 0 { String::new() } else { fill(words, &[("n", &n.to_string())]) };
    let said = Signal::new(0_u64);
    super::el::follow(move || {
        let now = left.get();
        if now == 0 || now.div_ceil(10) != said.get_untracked().div_ceil(10) {
            said.set(now);
        }
    });
    group([
        p("lead", "").attr("aria-hidden", "true").live_text(move || line(left.get())),
        el("p").attrs(&[("class", "sr"), ("role", "status")]).live_text(move || line(said.get())),
    ])
}

/// The ways to take the sheets away.
pub fn ways(state: State) -> Vec<View> {
    let w = state.words();
    let print = move || {
        boot::print(|_| {});
        leave(state, true);
    };
    // Only where the browser prints without asking: its own window leads out.
    let print = (state.settings.kiosk_print == "yes").then(|| button("btn", w.kiosk_print(), print));
    let desk = button("btn line", w.kiosk_to_desk(), move || state.go(Place::Desk));
    print.into_iter().chain([desk]).collect()
}

/// The three words, and what they are for.
pub fn tag(state: State) -> Option<View> {
    let w = state.words();
    let tag = state.kiosk.as_ref()?.tag();
    Some(el("p").class("note").kid(el("b").text(w.kiosk_tag())).text(": ").kid(el("strong").text(&tag)).text(". ").text(w.kiosk_tag_text()))
}

/// The sheets alone, for somebody at the desk to read.
pub fn desk(state: State) -> View {
    let w = state.words();
    group([back(state), flow([title(w.kiosk_to_desk()), lead(w.kiosk_to_desk_text())]).kids(tag(state))])
        .kid(acts([button("btn", w.kiosk_done(), move || leave(state, false))]))
        .kid(along::code_tick(state))
        .kid(live(move || group(code(state))))
        .kid(live(move || el("div").class("sheets broad").kids(paper::sheets(state, &sheets(state), None))))
}

/// Keys to tap, since a shared screen has no keyboard of its own. `changed` is told after each.
pub fn pad(state: State, keys: &str, typed: Signal<String>, changed: impl Fn() + Clone + 'static) -> View {
    let w = state.words();
    let tap = |label: &str, letter: Option<char>| {
        let changed = changed.clone();
        let act = move || {
            typed.update(|t| match letter {
                Some(c) => t.push(c),
                None => drop(t.pop()),
            });
            changed();
        };
        button(if letter.is_some_and(|c| c != ' ') { "key" } else { "key wide" }, label, act)
    };
    let letters = keys.chars().map(|c| tap(c.encode_utf8(&mut [0; 4]), Some(c)));
    let space = keys.contains('a').then(|| tap(w.kiosk_space(), Some(' ')));
    el("div").class("pad").kids(letters).kids(space).kid(tap(w.kiosk_delete(), None))
}
