//! Small pieces that the page puts into its places.

use super::dom::{self, Node};
use super::host::worded;
use engine::theme::Colour;

/// Touched only if it changes: what is put there again is read out again.
pub fn write(id: &str, text: &str) {
    if let Some(node) = dom::by_id(id).filter(|n| n.text() != text) {
        node.set_text(text);
    }
}

/// These, in place of what was there.
pub fn put(id: &str, kids: impl IntoIterator<Item = Node>) {
    if let Some(node) = dom::by_id(id) {
        node.set_text("");
        kids.into_iter().for_each(|kid| node.append(&kid));
    }
}

pub fn hide(id: &str, hidden: bool) {
    if let Some(node) = dom::by_id(id) {
        node.toggle_attribute("hidden", hidden);
    }
}

pub fn mark_invalid(id: &str, wrong: bool) {
    if let Some(node) = dom::by_id(id) {
        node.set_attribute("aria-invalid", if wrong { "true" } else { "false" });
    }
}

pub fn leaf(tag: &str, text: &str) -> Node {
    let node = dom::element(tag);
    node.set_text(text);
    node
}

pub fn with(node: Node, name: &str, value: &str) -> Node {
    node.set_attribute(name, value);
    node
}

/// A box to tick, with its label.
pub fn tick(name: &str, value: &str, text: &str) -> Node {
    let id = [name, "-", value].concat();
    let input = dom::element("input");
    for (attribute, value) in [("type", "checkbox"), ("name", name), ("value", value), ("id", &id)] {
        input.set_attribute(attribute, value);
    }
    let row = with(dom::element("div"), "class", "opt");
    row.append(&input);
    row.append(&with(leaf("label", text), "for", &id));
    row
}

/// A line of words, then links to fields.
pub fn line_to(class: &str, text: &str, fields: &[(String, String)]) -> Node {
    let line = with(leaf("p", text), "class", class);
    for (i, (id, label)) in fields.iter().enumerate() {
        line.append(&dom::text(if i == 0 { " " } else { ", " }));
        line.append(&with(leaf("a", label), "href", &["#", id].concat()));
    }
    line
}

/// A sentence about a colour, with squares of those that it names. `key` is that of its text.
pub fn colour_line(key: &str, parts: &[&str], colours: &[Colour]) -> Node {
    let line = leaf("li", &worded(key, parts));
    for colour in colours {
        let (drawing, square) = (dom::svg("svg"), dom::svg("rect"));
        for (name, value) in
            [("class", "swatch"), ("viewBox", "0 0 1 1"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")]
        {
            drawing.set_attribute(name, value);
        }
        for (name, value) in [("width", "1"), ("height", "1"), ("fill", &colour.css())] {
            square.set_attribute(name, value);
        }
        drawing.append(&square);
        line.append(&drawing);
    }
    line
}
