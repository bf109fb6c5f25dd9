//! Keeping unfinished answers on the device, if the visitor asked for it. Storage that throws or holds
//! rubbish is a normal state: in a sandboxed frame every access throws.

use super::intl;
use gloo_storage::{LocalStorage, Storage};

const KEY: &str = "consult-ready";
/// 24 hours.
const MOST_MS: f64 = 86_400_000.0;

/// True if this page may keep anything at all.
pub fn works() -> bool {
    // `raw()` itself panics where storage is blocked, so ask the window first.
    !super::history::framed() && web_sys::window().is_some_and(|w| matches!(w.local_storage(), Ok(Some(_))))
}

/// Keeps the text until `now + 24 h`; false if the device refused (full, blocked).
pub fn keep(text: &str) -> bool {
    works() && LocalStorage::raw().set_item(KEY, &format!("{:.0}|{text}", intl::now() + MOST_MS)).is_ok()
}

/// What was kept, if it is not past its time; what is, is removed.
pub fn kept() -> Option<String> {
    if !works() {
        return None;
    }
    let stored = LocalStorage::raw().get_item(KEY).ok()??;
    let fresh = stored.split_once('|').filter(|(until, _)| until.parse::<f64>().is_ok_and(|u| u > intl::now() && u <= intl::now() + MOST_MS));
    let text = fresh.map(|(_, text)| text.to_string());
    if text.is_none() {
        forget();
    }
    text
}

/// Removes everything that was kept.
pub fn forget() {
    if works() {
        let _ = LocalStorage::raw().remove_item(KEY);
    }
}
