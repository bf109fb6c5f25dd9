//! Keeping unfinished answers on the device, if the visitor asked for it. Storage that throws or holds
//! rubbish is a normal state: in a sandboxed frame every access throws.

use super::intl;
use gloo_storage::{LocalStorage, Storage};

const KEY: &str = "consult-ready";
/// 24 hours.
const MOST_MS: u64 = 86_400_000;

/// True if this page may keep anything at all. Every script of the same origin can read what is kept, and under `file:`
/// every other page on the disk may, so the clinic has to say that the file is alone on its address.
pub fn works() -> bool {
    let alone = super::host::setting_text("ownOrigin").is_some_and(|value| value.trim() == "yes");
    // `raw()` itself panics where storage is blocked, so ask the window first.
    let stores = |w: web_sys::Window| w.location().protocol().is_ok_and(|p| p != "file:") && matches!(w.local_storage(), Ok(Some(_)));
    alone && !super::host::is_kiosk() && !super::history::framed() && web_sys::window().is_some_and(stores)
}

/// Keeps the text until 24 hours after keeping began; false if the device refused (full, blocked).
pub fn keep(text: &str) -> bool {
    if !works() {
        return false;
    }
    let stored = LocalStorage::raw().get_item(KEY).ok().flatten();
    // Answering more does not start the day anew, and a page left open past its end keeps no longer.
    let until = match stored.as_deref().map(fresh) {
        None => (intl::now() + MOST_MS).to_string(),
        Some(Some((until, _))) => until.to_string(),
        Some(None) => {
            forget();
            return false;
        }
    };
    LocalStorage::raw().set_item(KEY, &format!("{until}|{text}")).is_ok()
}

/// What was kept, if it is not past its time; what is, is removed.
pub fn kept() -> Option<String> {
    if !works() {
        return None;
    }
    let stored = LocalStorage::raw().get_item(KEY).ok()??;
    let text = fresh(&stored).map(|(_, text)| text.to_string());
    if text.is_none() {
        forget();
    }
    text
}

/// The two halves of what is stored, if its time is not over (and not further off than we ever set it).
fn fresh(stored: &str) -> Option<(&str, &str)> {
    let in_time = |until: &str| until.parse::<u64>().is_ok_and(|u| u > intl::now() && u <= intl::now() + MOST_MS);
    stored.split_once('|').filter(|(until, _)| in_time(until))
}

/// Removes everything that was kept.
pub fn forget() {
    if works() {
        let _ = LocalStorage::raw().remove_item(KEY);
    }
}
