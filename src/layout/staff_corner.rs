//! The staff corner of a kiosk: version, last wipe, a look at what must hold. The PIN keeps fingers
//! out and is no secret, since it stands in the file; nothing of a visitor's lies behind it.

use crate::components::{Actions, Button, CloseButton, Dialog, Fact, Facts, Keypad, ScreenHeading};
use crate::context::{use_pack, use_settings, use_words};
use crate::platform::{document, host, intl};
use leptos::prelude::*;

const STAFF: &str = "staff";
/// Wrong PINs before a pause.
const TRIES: u64 = 5;
/// Milliseconds in which no PIN is taken after that.
const PAUSE: u64 = 300_000;
/// Milliseconds that the corner has to be pressed to open without the PIN.
const HOLD: u64 = 5_000;

/// Unseen, and named for those who can't see the screen either. A tap asks for the PIN. Held, by a
/// finger or by the space bar, it opens without: a PIN is something to remember, and nobody must
/// have to (WCAG 3.3.8).
#[component]
pub fn StaffCorner() -> impl IntoView {
    let unlocked = expect_context::<StaffUnlocked>().0;
    let since = StoredValue::new(0_u64);
    let hold = move || {
        if since.get_value() == 0 {
            since.set_value(intl::now());
        }
    };
    let release = move || {
        let held = since.get_value();
        since.set_value(0);
        if held > 0 && intl::now() >= held + HOLD {
            unlocked.set(true);
            // Browsers fire no click after a long touch.
            document::open_dialog(STAFF);
        }
    };
    (!use_settings().kiosk_pin.is_empty()).then(|| {
        view! {
            <button
                type="button" class="corner" aria-label=use_words().staff()
                on:click=|_| document::open_dialog(STAFF)
                on:pointerdown=move |_| hold() on:keydown=move |_| hold()
                on:pointerup=move |_| release() on:pointerleave=move |_| release() on:keyup=move |_| release()
            ></button>
        }
    })
}

/// The corner is open; provided by the app, since a tap on the attract screen opens a dialog of the
/// shell.
#[derive(Clone, Copy)]
pub struct StaffUnlocked(pub RwSignal<bool>);

/// The dialog: the PIN first, then the report.
#[component]
pub fn StaffDialog() -> impl IntoView {
    let unlocked = expect_context::<StaffUnlocked>().0;
    let (typed, wrong) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // Locks however the dialog is closed, also by Esc.
    let shut = move |()| {
        unlocked.set(false);
        typed.set(String::new());
        wrong.set(String::new());
    };
    view! {
        <Dialog id=STAFF labelled_by="staff-title" on_close=shut>
            <CloseButton dialog=STAFF/>
            <ScreenHeading id="staff-title" text=use_words().staff()/>
            <Show when=move || unlocked.get() fallback=move || view! { <PinForm typed wrong unlocked/> }>
                <Report/>
            </Show>
        </Dialog>
    }
}

#[component]
fn PinForm(typed: RwSignal<String>, wrong: RwSignal<String>, unlocked: RwSignal<bool>) -> impl IntoView {
    let (words, pin) = (use_words(), use_settings().kiosk_pin.as_str());
    let check = move |()| {
        let message = match try_pin(pin, &typed.get_untracked()) {
            PinTry::Right => return unlocked.set(true),
            PinTry::Wrong => words.staff_wrong(),
            PinTry::Paused => words.staff_pause(),
        };
        typed.set(String::new());
        wrong.set(message.into());
    };
    view! {
        <p class="field">
            <label for="pin">{words.staff_pin()}</label>
            <input
                type="text" id="pin" inputmode="none" autocomplete="off" maxlength="8"
                prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))
            />
        </p>
        <p class="fault" role="status">{move || wrong.get()}</p>
        <Keypad keys="1234567890" typed/>
        <Actions><Button label=words.continue_() on_press=check/></Actions>
    }
}

enum PinTry {
    Right,
    Wrong,
    Paused,
}

/// Counts across wipes. One number is noted: how many were wrong, or, from [`TRIES`] on, until when
/// none is taken.
fn try_pin(pin: &str, typed: &str) -> PinTry {
    let (noted, now) = (host::left_note(), intl::now());
    if noted >= TRIES && now < noted {
        return PinTry::Paused;
    }
    let wrong = if noted < TRIES { noted + 1 } else { 1 };
    let (note, result) = if typed == pin {
        (0, PinTry::Right)
    } else if wrong < TRIES {
        (wrong, PinTry::Wrong)
    } else {
        (now + PAUSE, PinTry::Paused)
    };
    host::leave_note(note);
    result
}

#[component]
fn Report() -> impl IntoView {
    let (words, pack) = (use_words(), use_pack());
    let yes = |holds: bool| if holds { words.yes() } else { words.no() };
    let wiped = host::last_wipe();
    let wiped = if wiped == 0 { words.staff_never().into() } else { intl::moment(wiped, &pack.lang) };
    let print = |()| {
        document::set_root("data-print", "staff");
        host::print(|_| {});
        document::set_root("data-print", "screen");
    };
    let can_print = use_settings().kiosk_print == "yes";
    view! {
        <Facts>
            <Fact name=words.about_version() value=env!("CARGO_PKG_VERSION")/>
            <Fact name=words.content_version() value=pack.version.clone()/>
            <Fact name=words.staff_wiped() value=wiped/>
            <Fact name=words.staff_storage() value=yes(document::keeps_nothing())/>
            <Fact name=words.staff_network() value=yes(document::is_shut())/>
        </Facts>
        <p>{words.staff_exit()}</p>
        <Actions>{can_print.then(|| view! { <Button label=words.staff_print() on_press=print/> })}</Actions>
    }
}
