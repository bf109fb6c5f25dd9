//! Shared pieces.

use super::el::{View, el, svg};
use super::state::State;
use crate::browser::boot;

pub use engine::pack::fill;

/// The arrow of Back.
fn icon_back() -> View {
    icon("M10 3 5 8l5 5")
}

/// The arrow of a way on.
fn icon_on() -> View {
    icon("M3 8h10M9 4l4 4-4 4")
}

fn icon(path: &str) -> View {
    svg("svg").attrs(&[("class", "ico flip"), ("viewBox", "0 0 16 16"), ("aria-hidden", "true")]).kid(svg("path").attr("d", path))
}

/// Back, where there is somewhere to go back to.
pub fn back(state: State) -> View {
    button("plain back", "", move || state.back())
        .live_flag("hidden", move || !state.can_go_back())
        .kid(icon_back())
        .text(" ")
        .text(state.words().back())
}

/// A button.
pub fn button(class: &str, label: &str, act: impl Fn() + 'static) -> View {
    let button = el("button").attrs(&[("type", "button"), ("class", class)]).on_click(act);
    if label.is_empty() { button } else { button.text(label) }
}

/// A large row that leads somewhere.
pub fn way(class: &str, title: &str, small: &str, act: impl Fn() + 'static) -> View {
    let small = (!small.is_empty()).then(|| el("small").text(small));
    let words = el("span").kid(el("b").text(title)).kids(small);
    el("li").kid(button(class, "", act).kid(words).kid(icon_on()))
}

/// A link out: opened by the visitor alone, in a new tab, telling the other side nothing.
pub fn out_link(url: &str, label: &str) -> View {
    // Nothing leads out of a screen that strangers share.
    if boot::is_kiosk() {
        return el("span").text(label);
    }
    el("a").attrs(&[("href", url), ("target", "_blank"), ("rel", "noopener noreferrer"), ("referrerpolicy", "no-referrer")]).text(label)
}

/// A screen's heading: focus goes there when the screen comes.
pub fn title(text: &str) -> View {
    el("h1").attrs(&[("class", "title"), ("tabindex", "-1")]).text(text)
}

/// The line under a heading.
pub fn lead(text: &str) -> View {
    p("lead", text)
}

/// A paragraph of a class.
pub fn p(class: &str, text: &str) -> View {
    el("p").class(class).text(text)
}

/// A plain paragraph.
pub fn plain(text: &str) -> View {
    el("p").text(text)
}

/// A heading inside a screen.
pub fn h2(text: &str) -> View {
    el("h2").text(text)
}

/// What is read in one go, at the screen's own rhythm.
pub fn flow(kids: impl IntoIterator<Item = View>) -> View {
    el("div").class("flow").kids(kids)
}

/// The row of buttons at the end of a screen.
pub fn acts(kids: impl IntoIterator<Item = View>) -> View {
    el("div").class("acts").kids(kids)
}

/// Small soft print.
pub fn small_print(text: &str) -> View {
    el("p").class("soft").kid(el("small").text(text))
}

/// Words for a screen reader alone.
pub fn unseen(text: &str) -> View {
    el("span").class("sr").text(text)
}

/// A line of a list of facts.
pub fn fact(name: &str, value: &str) -> View {
    el("div").kid(el("dt").text(name)).kid(el("dd").text(value))
}

/// A list of facts.
pub fn facts(kids: impl IntoIterator<Item = View>) -> View {
    el("dl").class("meta").kids(kids)
}

/// A box to tick, with its label and a small hint that may be empty.
pub fn tick(input: View, id: &str, label: &str, hint: &str) -> View {
    let hint = (!hint.is_empty()).then(|| el("small").text(hint));
    el("div").class("opt").kid(input.id(id)).kid(el("label").attr("for", id).text(label).kids(hint))
}

/// A plain list; nothing if it is empty.
pub fn list(texts: &[String]) -> Option<View> {
    (!texts.is_empty()).then(|| el("ul").kids(texts.iter().map(|t| el("li").text(t))))
}
