//! Focus and scrolling on a change of screen.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves focus to the first element that fits, without moving any page around ours, then shows our
/// top. `preventScroll`, because a focus that scrolls also scrolls the clinic's page around the
/// frame.
///
/// False if there is none.
pub fn to_top(selector: &str) -> bool {
    let Some(element) = find(selector) else { return false };
    focus_still(&element);
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    // At a kiosk the page stands still and the screen in it scrolls.
    if let Some(main) = find("#app main").filter(|_| super::host::is_kiosk()) {
        main.set_scroll_top(0);
    }
    true
}

/// Moves focus to the first element that fits and scrolls nothing.
pub fn to_still(selector: &str) {
    if let Some(element) = find(selector) {
        focus_still(&element);
    }
}

/// Moves focus to an element and brings it into view by scrolling our own page alone.
pub fn to(selector: &str) {
    let (Some(window), Some(element)) = (web_sys::window(), find(selector)) else { return };
    focus_still(&element);
    let (top, height) =
        (element.get_bounding_client_rect().top(), window.inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(0.0));
    if super::host::is_kiosk() {
        // No clinic's page is around a kiosk. Only what is out of sight is scrolled to.
        let above = find("#app main").map_or(0.0, |main| main.get_bounding_client_rect().top());
        if top < above || top > height * 0.6 {
            element.scroll_into_view();
        }
        return;
    }
    // The bar on top may cover the first lines.
    let room = height / 4.0;
    if top < room || top > height - room {
        window.scroll_by_with_x_and_y(0.0, top - room);
    }
}

/// Takes the focus from what is about to be taken away. Chromium lays the whole page out when an
/// element goes that has the focus; while the screen still stands unchanged that costs nothing.
pub fn leave() {
    let active = web_sys::window().and_then(|window| window.document()?.active_element());
    if let Some(element) = active.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.query_selector(selector).ok()??.dyn_into().ok()
}

fn focus_still(element: &HtmlElement) {
    let options = js_sys::Object::new();
    // FocusOptions is not in web-sys' stable part; a plain object is the same thing.
    let _ = js_sys::Reflect::set(&options, &"preventScroll".into(), &true.into());
    let focus = js_sys::Reflect::get(element, &"focus".into()).ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok());
    if let Some(focus) = focus {
        let _ = focus.call1(element, &options);
    }
}
