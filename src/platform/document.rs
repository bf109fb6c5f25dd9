//! The document itself: its language, text size, printing, the clipboard and dialogs.

use wasm_bindgen::JsCast;
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

/// Selects all text of a field, so that it can be copied by hand.
pub fn select(id: &str) {
    if let Some(field) =
        document().and_then(|d| d.get_element_by_id(id)).and_then(|e| e.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
    {
        field.select();
    }
}

/// Takes the page's selection away, and with it the caret that a click left. When the screen that
/// held it goes, the caret stays behind in the new one, perhaps right before the heading: Orca,
/// which looks there for where its user is, then takes the heading as known and says nothing when
/// it gets the focus (seen in Firefox).
pub fn drop_selection() {
    if let Some(selection) = web_sys::window().and_then(|w| w.get_selection().ok().flatten()) {
        let _ = selection.remove_all_ranges();
    }
}

/// What is pasted, as text.
pub fn pasted(event: &web_sys::ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text").ok()
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

/// True if that `<dialog>` is open.
pub fn is_open(id: &str) -> bool {
    dialog(id).is_some_and(|d| d.open())
}

/// True if the window is as narrow as a phone's.
pub fn is_narrow() -> bool {
    let width = web_sys::window().and_then(|w| w.inner_width().ok()).and_then(|w| w.as_f64());
    width.is_some_and(|width| width < 640.0)
}

/// Width and height of the window in whole pixels; 0 where the browser does not say.
pub fn size() -> (usize, usize) {
    let whole = |side: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>| {
        side.ok().and_then(|side| side.as_f64()).map_or(0, |side| side as usize)
    };
    web_sys::window().map_or((0, 0), |window| (whole(window.inner_width()), whole(window.inner_height())))
}

/// True if the window has room for two columns.
pub fn is_wide() -> bool {
    size().0 >= 1024
}

/// True if the visitor asked for less motion.
pub fn prefers_stillness() -> bool {
    let get = |of: &wasm_bindgen::JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    let window = js_sys::global();
    let ask = get(&window, "matchMedia").and_then(|ask| ask.dyn_into::<js_sys::Function>().ok());
    let query = ask.and_then(|ask| ask.call1(&window, &"(prefers-reduced-motion: reduce)".into()).ok());
    query.and_then(|query| get(&query, "matches")).is_some_and(|matches| matches.is_truthy())
}

/// Tells the element around the one of this event, in a style property, how far it was scrolled
/// sideways.
pub fn tell_scroll(event: &web_sys::Event, property: &str) {
    let scrolled = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let around = scrolled
        .as_ref()
        .and_then(|element| element.parent_element())
        .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let (Some(scrolled), Some(around)) = (scrolled, around) {
        let _ = around.style().set_property(property, &format!("{}px", scrolled.scroll_left()));
    }
}

/// A number below `below`, by chance.
pub fn chance(below: usize) -> usize {
    (js_sys::Math::random() * below as f64) as usize
}

/// True if the browser keeps nothing for this page.
pub fn keeps_nothing() -> bool {
    let Some(window) = web_sys::window() else { return true };
    let empty = |store: Option<web_sys::Storage>| store.is_none_or(|s| s.length() == Ok(0));
    empty(window.local_storage().ok().flatten()) && empty(window.session_storage().ok().flatten())
}

/// True if the page's own policy shuts the network, as it stands in the file.
pub fn is_shut() -> bool {
    let policy = document().and_then(|d| d.query_selector("meta[http-equiv='Content-Security-Policy']").ok().flatten());
    policy.and_then(|p| p.get_attribute("content")).is_some_and(|p| p.starts_with("default-src 'none'"))
}

/// Sets a custom property on `<html>` through CSSOM: the policy refuses the `style` attribute.
pub fn set_property(name: &str, value: &str) {
    let root = document().and_then(|d| d.document_element()).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(root) = root {
        let _ = root.style().set_property(name, value);
    }
}

/// The element with this id.
pub fn by_id(id: &str) -> Option<web_sys::HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}
