//! The kiosk: detects that a visitor has left, asks, and wipes the visit.

use super::dialogs::{HELP, ask_clear, open_help};
use super::menu::{LanguageButtons, Menu, TextSize};
use super::staff_corner::StaffDialog;
use crate::components::{Actions, Button, Dialog, Heading};
use crate::context::{Kiosk, Navigation, use_kiosk, use_navigation, use_settings, use_words};
use crate::platform::{document, focus, host};
use crate::route::Route;
use engine::idle::{self, Idle};
use engine::pack::{Settings, fill};
use engine::walk::Step;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

const IDLE: &str = "idle";
const COVER: &str = "cover";
const LEAVE: &str = "leave";
/// Milliseconds from the end of a visit to the wipe.
const LEAVING: u64 = 15_000;

/// Follows the clock and what is touched, for as long as this instance lives.
#[derive(Clone, Copy)]
struct Watch {
    kiosk: Kiosk,
    navigation: Navigation,
    settings: &'static Settings,
}

/// Starts to follow the clock and what is touched.
pub fn watch_kiosk(kiosk: Kiosk, navigation: Navigation, settings: &'static Settings) {
    let watch = Watch { kiosk, navigation, settings };
    host::each_second(move || {
        watch.look(false);
        if navigation.route_untracked() == Route::Attract {
            kiosk.count_fact();
        }
    });
    for kind in ["pointerdown", "wheel"] {
        host::on_window(kind, move |_| watch.look(true));
    }
    host::on_window("keydown", move |event| watch.key(&event));
    // Awake again, or back on top: the clock is looked at before anything else is.
    for kind in ["visibilitychange", "focus"] {
        host::on_window(kind, move |_| watch.look(false));
    }
    if host::begins_with() == HELP {
        // Help stays until it is closed or the idle timeout elapses.
        kiosk.touch();
        host::after_paint(open_help);
    }
}

impl Watch {
    /// What the clock says: nothing, the question whether somebody is there, or the end of the
    /// visit.
    fn look(self, touched: bool) {
        let (kiosk, now) = (self.kiosk, self.kiosk.now());
        let ends_at = kiosk.ends_at.get_value();
        if ends_at > 0 {
            match ends_at.saturating_sub(now).div_ceil(1000) {
                0 => host::wipe(""),
                left => kiosk.seconds_left.set(left),
            }
            return;
        }
        let route = self.navigation.route_untracked();
        let empty = route == Route::Attract;
        if touched && empty {
            kiosk.touch();
        }
        if kiosk.touched.get_value() == 0 {
            return;
        }
        let help = document::is_open(HELP) || matches!(route, Route::Question { step: Step::Help { .. }, .. });
        let since = now.saturating_sub(kiosk.touched.get_value());
        let asking = kiosk.seconds_left.get_untracked() > 0;
        match idle::idle(since, self.limit(help || !route.is_on_the_walk())) {
            // Help is never taken away: after the time of any page to read the answers behind it
            // are.
            Idle::Gone if help && !empty => host::wipe(HELP),
            Idle::Gone if !help || since >= idle::LONG => host::wipe(""),
            Idle::Ask(left) if !help && !empty && (asking || !touched) => {
                kiosk.seconds_left.set(left);
                document::open_dialog(IDLE);
            }
            // Touched as the dialog was about to open, or nothing is to be asked.
            _ if touched => kiosk.touch(),
            _ => {}
        }
    }

    /// Milliseconds without a touch before it asks.
    fn limit(self, reading: bool) -> u64 {
        let set = idle::limit(&self.settings.kiosk_idle, reading);
        if self.kiosk.more_time.get_value() { set.max(idle::LONG) } else { set }
    }

    /// Any key says that somebody is there; those that lead to a button of the dialog leave it
    /// open.
    fn key(self, event: &web_sys::Event) {
        // A visit that is past its time ends, whatever comes now.
        self.look(true);
        if !document::is_open(IDLE) {
            return;
        }
        let key = event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key);
        match key.as_deref() {
            Some("Tab" | "Shift") => {
                let limit = self.limit(!self.navigation.route_untracked().is_on_the_walk());
                self.kiosk.touched.set_value(self.kiosk.now().saturating_sub(limit).max(1));
            }
            Some("Enter" | " ") => {}
            _ => still_here(self.kiosk),
        }
    }
}

/// The visitor is still there: closes the dialogs and restarts the timeout.
fn still_here(kiosk: Kiosk) {
    kiosk.touch();
    document::close_dialog(IDLE);
    document::close_dialog(LEAVE);
}

/// Begins the countdown at the end of a visit.
pub fn end_visit_soon(kiosk: Kiosk, printed: bool) {
    kiosk.printed.set(printed);
    kiosk.ends_at.set_value(kiosk.now() + LEAVING);
    kiosk.seconds_left.set(LEAVING / 1000);
    document::open_dialog(LEAVE);
}

/// The buttons in a kiosk's bar besides help; hidden between two visits.
#[component]
pub fn KioskBarButtons() -> impl IntoView {
    let (words, navigation) = (use_words(), use_navigation());
    let between = Signal::derive(move || navigation.route() == Route::Attract);
    let hide = |()| {
        document::open_dialog(COVER);
        focus::to_still("#cover button");
    };
    view! {
        <Button class="bar-btn" label=words.kiosk_hide() hidden=between on_press=hide/>
        <Button class="bar-btn" label=words.kiosk_end() hidden=between on_press=|()| ask_clear()/>
        <div class="in-visit" hidden=move || between.get()><Menu/></div>
    }
}

/// Languages and text size, first on the attract screen.
#[component]
pub fn AttractControls() -> impl IntoView {
    view! { <div class="first"><LanguageButtons/><TextSize/></div> }
}

/// The dialogs of a kiosk: is somebody there, the screen is hidden, the visit ends, and the staff
/// corner's.
#[component]
pub fn KioskDialogs() -> impl IntoView {
    let kiosk = use_kiosk()?;
    let pin = !use_settings().kiosk_pin.is_empty();
    Some(view! { <IdleDialog kiosk/><CoverDialog/><LeaveDialog kiosk/>{pin.then(|| view! { <StaffDialog/> })} })
}

#[component]
fn IdleDialog(kiosk: Kiosk) -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog id=IDLE labelled_by="idle-title" class="panel ask-here" on_press=move |()| still_here(kiosk)>
            <Heading id="idle-title" text=words.kiosk_idle()/>
            <Countdown left=kiosk.seconds_left text=words.kiosk_idle_text()/>
            <Actions>
                <Button label=words.kiosk_here() on_press=move |()| still_here(kiosk)/>
                <Button class="btn line" label=words.kiosk_more() on_press=move |()| kiosk.more_time.set_value(true)/>
            </Actions>
        </Dialog>
    }
}

#[component]
fn CoverDialog() -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog id=COVER labelled_by="cover-title" class="panel cover">
            <Heading id="cover-title" text=words.kiosk_hidden()/>
            <Actions><Button label=words.kiosk_show() on_press=|()| document::close_dialog(COVER)/></Actions>
        </Dialog>
    }
}

#[component]
fn LeaveDialog(kiosk: Kiosk) -> impl IntoView {
    let words = use_words();
    // Esc means "Not yet": without this the dialog would go and the countdown would stay.
    view! {
        <Dialog id=LEAVE labelled_by="leave-title" on_cancel=move |()| still_here(kiosk)>
            <Heading id="leave-title" text=words.kiosk_end()/>
            <p hidden=move || !kiosk.printed.get()>{words.kiosk_printed()}</p>
            <Countdown left=kiosk.seconds_left text=words.kiosk_leaving()/>
            <Actions>
                <Button label=words.kiosk_clear_now() on_press=|()| host::wipe("")/>
                <Button class="btn line" label=words.kiosk_not_yet() on_press=move |()| still_here(kiosk)/>
            </Actions>
        </Dialog>
    }
}

/// Seconds that are left: seen each second, spoken at the start and every ten.
#[component]
fn Countdown(left: RwSignal<u64>, text: &'static str) -> impl IntoView {
    let line = move |n: u64| if n == 0 { String::new() } else { fill(text, &[("n", &n.to_string())]) };
    let spoken = RwSignal::new(0_u64);
    Effect::new(move |_| {
        let now = left.get();
        if now == 0 || now.div_ceil(10) != spoken.get_untracked().div_ceil(10) {
            spoken.set(now);
        }
    });
    view! {
        <p class="lead" aria-hidden="true">{move || line(left.get())}</p>
        <p class="sr" role="status">{move || line(spoken.get())}</p>
    }
}
