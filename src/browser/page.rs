//! The document itself: its language, text size, printing, the clipboard and dialogs.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, HtmlDialogElement};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Sets an attribute of `<html>`.
pub fn set_root(name: &str, value: &str) {
    if let Some(root) = document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute(name, value);
    }
}

/// An attribute of `<html>`.
pub fn root(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(name)
}

/// Opens the print window for this document alone.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Selects all text of a field, so that it can be copied by hand.
pub fn select(id: &str) {
    if let Some(field) = document().and_then(|d| d.get_element_by_id(id)).and_then(|e| e.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
        field.select();
    }
}

/// Opens a `<dialog>` over the page.
pub fn open_dialog(id: &str) {
    if let Some(dialog) = dialog(id).filter(|d| !d.open()) {
        let _ = dialog.show_modal();
    }
}

/// Closes a `<dialog>`; the browser gives focus back to where it was.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = dialog(id) {
        dialog.close();
    }
}

fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Closes the menu: a `<details>` stays open until told otherwise.
pub fn close_menu() {
    if let Some(menu) = menu() {
        let _ = menu.remove_attribute("open");
    }
}

/// Opens the menu.
pub fn open_menu() {
    if let Some(menu) = menu() {
        let _ = menu.set_attribute("open", "");
    }
}

fn menu() -> Option<Element> {
    document()?.query_selector("details.menu").ok()?
}

/// Runs `act` after the next paint.
pub fn soon(act: impl FnOnce() + 'static) {
    let act = Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(act.unchecked_ref());
    }
}
