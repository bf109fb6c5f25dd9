//! The browser's history: a step is an opaque number, the address never changes. In a frame there
//! is none, since the page around it could count the entries.
//!
//! The number also says in which life of the page the entry was made, by chance and not by the
//! clock: after a reload or a trap an older entry can't be taken for one of the new trail.

use super::host;
use wasm_bindgen::JsValue;

/// More steps than a visit has.
const STEPS: f64 = 65_536.0;

thread_local! {
    static LIFE: f64 = (js_sys::Math::random() * STEPS).floor();
}

/// True if we are shown inside another page.
pub fn framed() -> bool {
    let Some(window) = web_sys::window() else { return true };
    // Reading `top` of another origin is allowed; comparing it is all we do.
    !matches!(window.top(), Ok(Some(top)) if top == window)
}

/// Adds an entry.
pub fn push(step: usize) {
    if let Some(history) = own() {
        let _ = history.push_state_with_url(&number(step), "", None);
    }
}

/// Renames the current entry, at start and after everything was cleared.
pub fn replace(step: usize) {
    if let Some(history) = own() {
        let _ = history.replace_state_with_url(&number(step), "", None);
    }
}

/// Goes back one entry; false if the app has made no entry to go back to.
pub fn back() -> bool {
    own().is_some_and(|h| h.back().is_ok())
}

/// Goes back several entries, if the app has made that many.
pub fn go_back(entries: usize) {
    if let Some(history) = own() {
        let _ = history.go_with_delta(-(entries as i32));
    }
}

/// Puts the browser back from `entry` to `shown`, where the visitor has to stay. Arriving there
/// asks once more: to go by no entry would be a reload, and the answers gone.
pub fn go_back_to(entry: usize, shown: usize) {
    if let Some(history) = own().filter(|_| entry != shown) {
        let _ = history.go_with_delta(shown as i32 - entry as i32);
    }
}

/// Calls `act` with the step of the entry that the visitor went to.
pub fn on_move(act: impl Fn(usize) + 'static) {
    host::on_window("popstate", move |event| {
        use wasm_bindgen::JsCast;
        let state = event.dyn_ref::<web_sys::PopStateEvent>().map(web_sys::PopStateEvent::state);
        let number = state.and_then(|s| s.as_f64()).unwrap_or(0.0);
        // What is not of this life is the start.
        let of_now = (number / STEPS).floor() == LIFE.with(|life| *life);
        act(if of_now { number % STEPS } else { 0.0 } as usize);
    });
}

fn own() -> Option<web_sys::History> {
    // At a kiosk the boot script holds one entry that says nothing.
    if framed() || host::is_kiosk() { None } else { web_sys::window()?.history().ok() }
}

fn number(step: usize) -> JsValue {
    JsValue::from_f64(LIFE.with(|life| *life) * STEPS + step as f64)
}
