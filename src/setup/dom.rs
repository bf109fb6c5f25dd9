//! The page's nodes. Own bindings, since those of `web-sys` carry errors that fixed names can't
//! cause.

use wasm_bindgen::prelude::*;
pub use web_sys::Event;
use web_sys::HtmlInputElement;

#[wasm_bindgen]
extern "C" {
    /// An element, a text, a comment, or a fragment (several nodes without a parent).
    #[derive(Clone)]
    pub type Node;

    #[wasm_bindgen(js_namespace = document, js_name = getElementById)]
    pub fn by_id(id: &str) -> Option<Node>;
    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    pub fn element(tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createElementNS)]
    fn element_of(space: &str, tag: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createTextNode)]
    pub fn text(text: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createComment)]
    pub fn comment(text: &str) -> Node;
    #[wasm_bindgen(js_namespace = document, js_name = createDocumentFragment)]
    pub fn fragment() -> Node;

    /// A property of the root's own style, through CSSOM: the policy refuses the attribute.
    #[wasm_bindgen(js_namespace = ["document", "documentElement", "style"], js_name = setProperty)]
    pub fn set_property(name: &str, value: &str);

    #[wasm_bindgen(method)]
    pub fn append(this: &Node, kid: &Node);
    #[wasm_bindgen(method)]
    pub fn before(this: &Node, new: &Node);
    #[wasm_bindgen(method)]
    pub fn remove(this: &Node);
    #[wasm_bindgen(method, getter, js_name = nextSibling)]
    pub fn next(this: &Node) -> Option<Node>;
    #[wasm_bindgen(method, js_name = isSameNode)]
    pub fn is(this: &Node, other: &Node) -> bool;
    #[wasm_bindgen(method, js_name = setAttribute)]
    pub fn set_attribute(this: &Node, name: &str, value: &str);
    #[wasm_bindgen(method, js_name = getAttribute)]
    pub fn attribute(this: &Node, name: &str) -> Option<String>;
    #[wasm_bindgen(method, js_name = toggleAttribute)]
    pub fn toggle_attribute(this: &Node, name: &str, on: bool);
    #[wasm_bindgen(method, js_name = addEventListener)]
    pub fn listen(this: &Node, kind: &str, act: &Closure<dyn FnMut(Event)>);
    #[wasm_bindgen(method, getter, js_name = textContent)]
    pub fn text(this: &Node) -> String;
    #[wasm_bindgen(method, setter, js_name = textContent)]
    pub fn set_text(this: &Node, text: &str);
    #[wasm_bindgen(method, setter)]
    pub fn set_value(this: &Node, value: &str);
}

/// The key of a keyboard event.
pub fn key(event: &Event) -> Option<String> {
    event.dyn_ref::<web_sys::KeyboardEvent>().map(web_sys::KeyboardEvent::key)
}

/// The value of the field or the list that an event came from.
pub fn value(event: &Event) -> String {
    input(event).map(|i| i.value()).unwrap_or_default()
}

fn input(event: &Event) -> Option<HtmlInputElement> {
    // A text area and a select have the same `value`.
    event.target().map(JsCast::unchecked_into)
}

/// An element of a drawing.
pub fn svg(tag: &str) -> Node {
    element_of("http://www.w3.org/2000/svg", tag)
}
