//! Elements, made directly: one type for everything that is drawn.
//!
//! Leptos's `view!` gives each tree of tags a type of its own, and each type its own code to build, compare
//! and take away: 230 kB of wasm for these screens, which are drawn once and then replaced. So the app draws
//! with what lies under it, the reactive graph: a [`View`] is a node, and what changes on it is an effect.
//!
//! Listeners and effects belong to the reactive owner they were made under and go when it is cleaned up,
//! which [`form`] does each time before it draws anew.

use crate::browser::dom::{self, Event, Node};
use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use std::any::Any;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_bindgen::prelude::Closure;

/// What was drawn: an element, a text, or several of them in a row.
pub struct View(Node);

/// What rank the headings of the first rank have in a page around us.
static RANK: AtomicUsize = AtomicUsize::new(1);

/// Sets the rank of the headings of the first rank.
pub fn set_rank(rank: usize) {
    RANK.store(rank.max(1), Ordering::Relaxed);
}

/// An element.
pub fn el(tag: &str) -> View {
    let view = View(dom::element(tag));
    let more = RANK.load(Ordering::Relaxed) - 1;
    // The tag stays, since styles and focus go by it; a screen reader goes by the level.
    match tag.as_bytes() {
        [b'h', rank @ b'1'..=b'4'] if more > 0 => view.attr("aria-level", &(usize::from(rank - b'0') + more).to_string()),
        _ => view,
    }
}

/// An element of a drawing.
pub fn svg(tag: &str) -> View {
    View(dom::svg(tag))
}

/// A text.
pub fn text(text: &str) -> View {
    View(dom::text(text))
}

/// What is called again and again. `dyn FnMut` would carry a way to be called once as well, for each of a hundred.
trait Act<R> {
    fn act(&mut self) -> R;
}

impl<R, F: FnMut() -> R> Act<R> for F {
    fn act(&mut self) -> R {
        self()
    }
}

/// What hears of events.
trait Hear {
    fn hear(&mut self, event: Event);
}

impl<F: FnMut(Event)> Hear for F {
    fn hear(&mut self, event: Event) {
        self(event);
    }
}

/// Several in a row, or none.
pub fn group(kids: impl IntoIterator<Item = View>) -> View {
    View(dom::fragment()).kids(kids)
}

/// What is drawn anew whenever a signal that `draw` reads has changed.
pub fn live(draw: impl FnMut() -> View + 'static) -> View {
    live_boxed(Box::new(draw))
}

/// The place is marked by a comment on either side, so that live views can stand inside and beside each other.
fn live_boxed(mut draw: Box<dyn Act<View>>) -> View {
    let (start, end) = (dom::comment(""), dom::comment(""));
    let view = group([View(start.clone()), View(end.clone())]);
    follow(move || {
        let new = draw.act();
        while let Some(old) = start.next().filter(|n| !n.is(&end)) {
            old.remove();
        }
        end.before(&new.0);
    });
    view
}

/// Runs `act` now and whenever a signal that it reads has changed, for as long as the current owner lives.
pub fn follow(act: impl FnMut() + 'static) {
    follow_boxed(Box::new(act));
}

fn follow_boxed(mut act: Box<dyn Act<()>>) {
    keep(Box::new(RenderEffect::new(move |_| act.act())));
}

/// Keeps a thing until the current owner is cleaned up.
fn keep(thing: Box<dyn Any>) {
    // The graph is written for threads; a page has one.
    let thing = SendWrapper::new(thing);
    on_cleanup(move || drop(thing));
}

impl View {
    /// Puts it at the end of a node of the page.
    pub fn put_into(self, parent: &Node) {
        parent.append(&self.0);
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        self.0.set_attribute(name, value);
        self
    }

    /// Sets attributes.
    pub fn attrs(self, attrs: &[(&str, &str)]) -> Self {
        attrs.iter().fold(self, |view, (name, value)| view.attr(name, value))
    }

    /// Sets an attribute if there is a value for it.
    pub fn attr_if(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets the class.
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// Sets the id.
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// Adds a text.
    pub fn text(self, words: &str) -> Self {
        self.kid(text(words))
    }

    /// Adds a child.
    pub fn kid(self, kid: View) -> Self {
        self.0.append(&kid.0);
        self
    }

    /// Adds children: a list, or one that may be there.
    pub fn kids(self, kids: impl IntoIterator<Item = View>) -> Self {
        kids.into_iter().fold(self, View::kid)
    }

    /// Puts others in place of the children.
    pub fn replace_kids(&self, kids: &View) {
        self.0.replace_children(&kids.0);
    }

    /// Sets the value of a field.
    pub fn value(self, value: &str) -> Self {
        self.0.set_value(value);
        self
    }

    /// Listens for an event.
    pub fn on(self, kind: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(kind, Box::new(act))
    }

    /// Listens for a click, whatever the event says.
    pub fn on_click(self, act: impl Fn() + 'static) -> Self {
        self.clicked(Box::new(act))
    }

    fn clicked(self, mut act: Box<dyn Act<()>>) -> Self {
        self.on("click", move |_| act.act())
    }

    /// Listens for a box being ticked or not.
    pub fn on_tick(self, mut act: impl FnMut(bool) + 'static) -> Self {
        self.on("change", move |e| act(dom::is_checked(&e)))
    }

    /// Listens for what is written (`input`) or picked (`change`).
    pub fn on_value(self, kind: &str, mut act: impl FnMut(String) + 'static) -> Self {
        self.on(kind, move |e| act(dom::value(&e)))
    }

    fn listen(self, kind: &str, mut act: Box<dyn Hear>) -> Self {
        let act = Closure::<dyn FnMut(Event)>::new(move |event| act.hear(event));
        self.0.listen(kind, &act);
        keep(Box::new(act));
        self
    }

    /// Runs `act` with this view now and whenever a signal that it reads has changed.
    pub fn live(self, mut act: impl FnMut(&View) + 'static) -> Self {
        let view = View(self.0.clone());
        follow(move || act(&view));
        self
    }

    /// The text, as it changes. Touched only if it did: what is put there again is read out again.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        self.live(move |view| view.set_text(&text()))
    }

    fn set_text(&self, text: &str) {
        if self.0.text() != text {
            self.0.set_text(text);
        }
    }

    /// An attribute, as it changes.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> &'static str + 'static) -> Self {
        self.live(move |view| view.0.set_attribute(name, value()))
    }

    /// An attribute that is there or is not.
    pub fn live_flag(self, name: &'static str, on: impl Fn() -> bool + 'static) -> Self {
        self.live(move |view| view.0.toggle_attribute(name, on()))
    }

    /// Whether a box is ticked.
    pub fn live_checked(self, on: impl Fn() -> bool + 'static) -> Self {
        self.live(move |view| view.0.set_checked(on()))
    }

    /// The value of a field, as it changes.
    pub fn live_value(self, value: impl Fn() -> String + 'static) -> Self {
        self.live(move |view| view.0.set_value(&value()))
    }
}
