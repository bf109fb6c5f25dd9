//! The browser's history: a step is an opaque number, the address never changes. In a frame there is none,
//! since the page around it could count the entries.

use super::boot;
use wasm_bindgen::JsValue;

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

/// Goes back one entry. False where there is no history of ours to go back in.
pub fn back() -> bool {
    own().is_some_and(|h| h.back().is_ok())
}

/// Calls `act` with the step of the entry that the visitor went to.
pub fn on_move(act: impl Fn(usize) + 'static) {
    boot::on_window("popstate", move |event| {
        use wasm_bindgen::JsCast;
        let state = event.dyn_ref::<web_sys::PopStateEvent>().map(web_sys::PopStateEvent::state);
        let step = state.and_then(|s| s.as_f64()).unwrap_or(0.0);
        act(step as usize);
    });
}

fn own() -> Option<web_sys::History> {
    if framed() { None } else { web_sys::window()?.history().ok() }
}

fn number(step: usize) -> JsValue {
    JsValue::from_f64(step as f64)
}
