//! Keeps presses that were meant for the screen before from reaching the next one.

use super::{document, host};
use engine::press::PressGuard;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

thread_local! {
    static GUARD: RefCell<PressGuard> = RefCell::new(PressGuard::new());
    /// Screens drawn so far.
    static SCREENS: Cell<u32> = const { Cell::new(0) };
}

/// Tells tests and assistive scripts that the screen takes presses.
const SETTLED: &str = "data-settled";

/// Listens before anything else hears of a press.
pub fn watch() {
    document::set_root(SETTLED, "yes");
    host::on_window_first("pointerdown", |event| {
        let extra = event.dyn_ref::<PointerEvent>().is_some_and(|e| !e.is_primary());
        GUARD.with_borrow_mut(|guard| guard.press(event.time_stamp(), extra));
    });
    host::on_window_first("keydown", |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().filter(|e| matches!(e.key().as_str(), "Enter" | " ")) else {
            return;
        };
        GUARD.with_borrow_mut(|guard| guard.press(event.time_stamp(), key.repeat()));
    });
    // A press that does not count moves no focus either: the reader of the new screen starts at its
    // heading. A finger's mouse event comes when it is lifted, and belongs to the press that began
    // when it was put down.
    host::on_window_first("mousedown", |event| {
        if !GUARD.with_borrow(|guard| guard.counts(event.time_stamp())) {
            event.prevent_default();
        }
    });
    host::on_window_first("click", |event| {
        if !GUARD.with_borrow_mut(|guard| guard.accepts(event.time_stamp())) {
            ignore(&event);
        }
    });
}

fn ignore(event: &Event) {
    event.prevent_default();
    event.stop_immediate_propagation();
}

/// Another screen is being drawn.
pub fn screen_changes() {
    GUARD.with_borrow_mut(PressGuard::screen_changes);
    SCREENS.set(SCREENS.get().wrapping_add(1));
    document::set_root(SETTLED, "no");
}

/// The new screen was painted.
pub fn screen_painted() {
    let now = web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now());
    GUARD.with_borrow_mut(|guard| guard.screen_painted(now));
    let screen = SCREENS.get();
    host::later(engine::press::SETTLING as u32, move || {
        if SCREENS.get() == screen {
            document::set_root(SETTLED, "yes");
        }
    });
}
