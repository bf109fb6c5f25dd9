//! Keeping unfinished answers on the device, if the visitor asked for it. Storage that throws or
//! holds rubbish is a normal state: in a sandboxed frame every access throws.

use super::{host, intl};
use gloo_storage::{LocalStorage, Storage};
use wasm_bindgen::JsCast;

const KEY: &str = "consult-ready";
/// Written for a moment in place of kept answers, so that other tabs know "Clear everything" from
/// "keep no longer".
const CLEARED: &str = "cleared";
/// 24 hours.
const MOST_MS: u64 = 86_400_000;

/// True if this page may keep anything at all. Every script of the same origin can read what is
/// kept, and under `file:` every other page on the disk may, so the clinic has to say that the file
/// is alone on its address.
pub fn works() -> bool {
    let alone = super::host::setting_text("ownOrigin").is_some_and(|value| value.trim() == "yes");
    // `raw()` itself panics where storage is blocked, so ask the window first.
    let stores = |w: web_sys::Window| {
        w.location().protocol().is_ok_and(|p| p != "file:") && matches!(w.local_storage(), Ok(Some(_)))
    };
    alone && !super::host::is_kiosk() && !super::history::framed() && web_sys::window().is_some_and(stores)
}

/// Begins to keep the text, for 24 hours; false if the device refused (full, blocked).
pub fn begin(text: &str) -> bool {
    works() && write(&(intl::now() + MOST_MS).to_string(), text)
}

/// Keeps the text in the place of what is kept, until the same moment. False if nothing is kept any
/// more: another tab removed it or its time is over, and answering more must not bring it back.
pub fn update(text: &str) -> bool {
    let Some((until, _)) = stored() else { return false };
    write(&until, text)
}

fn write(until: &str, text: &str) -> bool {
    LocalStorage::raw().set_item(KEY, &format!("{until}|{text}")).is_ok()
}

/// What was kept, if it is not past its time; what is, is removed.
pub fn kept() -> Option<String> {
    stored().map(|(_, text)| text)
}

/// Until when it is kept, and the text. What is past its time, or further off than we ever set it,
/// is removed.
fn stored() -> Option<(String, String)> {
    if !works() {
        return None;
    }
    let stored = LocalStorage::raw().get_item(KEY).ok()??;
    let in_time = |until: &str| until.parse::<u64>().is_ok_and(|u| u > intl::now() && u <= intl::now() + MOST_MS);
    let fresh = stored.split_once('|').filter(|(until, _)| in_time(until));
    if fresh.is_none() {
        forget();
    }
    fresh.map(|(until, text)| (until.into(), text.into()))
}

/// Removes what is kept when its time is over, in a tab that is left open as well; then calls
/// `ended`.
pub fn watch_expiry(ended: impl FnOnce() + 'static) {
    let Some((until, _)) = stored() else { return };
    let left = until.parse::<u64>().unwrap_or_default().saturating_sub(intl::now());
    // A millisecond more: at the very moment it still counts as fresh.
    host::later(u32::try_from(left).unwrap_or(u32::MAX).saturating_add(1), move || {
        // Keeping may have begun anew since.
        if stored().is_none() {
            ended();
        }
    });
}

/// What another tab did to what is kept.
pub enum Elsewhere {
    /// It keeps no longer.
    Removed,
    /// It cleared everything.
    Cleared,
}

/// Calls `act` when another tab of this origin removes what is kept.
pub fn on_change_elsewhere(act: impl Fn(Elsewhere) + 'static) {
    host::on_window("storage", move |event| {
        let Some(event) = event.dyn_ref::<web_sys::StorageEvent>() else { return };
        match (event.key().as_deref(), event.new_value().as_deref()) {
            (Some(KEY), Some(CLEARED)) => act(Elsewhere::Cleared),
            // Without a key all of the storage was emptied.
            (Some(KEY) | None, None) => act(Elsewhere::Removed),
            _ => {}
        }
    });
}

/// Removes everything that was kept.
pub fn forget() {
    if works() {
        let _ = LocalStorage::raw().remove_item(KEY);
    }
}

/// "Clear everything": removes everything that was kept, and lets other tabs know.
pub fn erase() {
    if works() && matches!(LocalStorage::raw().get_item(KEY), Ok(Some(_))) {
        let _ = LocalStorage::raw().set_item(KEY, CLEARED);
    }
    forget();
}
