//! Values that views follow.
//!
//! Leptos's own `RwSignal` brings its arena, locks and casts along for each type of value. Here only the value has
//! a type; who reads it is told by one trigger of the same graph.

use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::RefCell;

/// A value, by a handle that is copied freely. It is held as long as the page stands: a screen has few of them.
pub struct Signal<T: 'static>(&'static Held<T>);

struct Held<T> {
    value: RefCell<T>,
    readers: ArcTrigger,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

impl<T> Signal<T> {
    pub fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Held { value: RefCell::new(value), readers: ArcTrigger::new() })))
    }

    /// Looks at the value; what runs now, runs again when it changes.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.0.readers.track();
        self.with_untracked(look)
    }

    /// Looks at the value this once.
    pub fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.value.borrow())
    }

    pub fn set(self, value: T) {
        self.update(|v| *v = value);
    }

    /// Changes the value, and tells who read it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        self.0.readers.notify();
    }
}

impl<T: Clone> Signal<T> {
    /// The value; what runs now, runs again when it changes.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is this once.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}
