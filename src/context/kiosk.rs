//! A screen that strangers share: when somebody was last here, and what one visit holds beside its answers.

use leptos::prelude::*;

/// The state of a kiosk; there is none elsewhere.
#[derive(Clone, Copy)]
pub struct Kiosk {
    /// When the screen was last touched, in milliseconds since 1970; 0 before anybody came.
    pub touched: StoredValue<u64>,
    /// "I need more time" was asked for.
    pub more_time: StoredValue<bool>,
    /// Seconds left while they are counted on screen; else 0.
    pub seconds_left: RwSignal<u64>,
    /// When the countdown at the end of a visit is over, in milliseconds since 1970; 0 without one.
    pub ends_at: StoredValue<u64>,
    /// The sheets were sent to the printer.
    pub printed: RwSignal<bool>,
    /// Three words, on paper in place of a name.
    pub tag: RwSignal<String>,
}

impl Kiosk {
    /// Before anybody came.
    pub fn new() -> Self {
        Self {
            touched: StoredValue::new(0),
            more_time: StoredValue::new(false),
            seconds_left: RwSignal::new(0),
            ends_at: StoredValue::new(0),
            printed: RwSignal::new(false),
            tag: RwSignal::new(String::new()),
        }
    }

    /// Somebody touched the screen at `now`: every countdown is off.
    pub fn touch(self, now: u64) {
        self.touched.set_value(now);
        self.ends_at.set_value(0);
        self.seconds_left.set(0);
    }
}

/// The kiosk, on a screen that strangers share.
pub fn use_kiosk() -> Option<Kiosk> {
    use_context()
}
