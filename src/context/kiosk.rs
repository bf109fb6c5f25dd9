//! A screen that strangers share: when somebody was last here, and what one visit holds beside its
//! answers.

use crate::platform::{document, intl};
use engine::idle::Clock;
use leptos::prelude::*;

/// The state of a kiosk; `None` elsewhere.
#[derive(Clone, Copy)]
pub struct Kiosk {
    clock: StoredValue<Clock>,
    /// When the screen was last touched, by [`Kiosk::now`]; 0 before anybody came.
    pub touched: StoredValue<u64>,
    /// "I need more time" was asked for.
    pub more_time: StoredValue<bool>,
    /// Seconds left while they are counted on screen; else 0.
    pub seconds_left: RwSignal<u64>,
    /// When the countdown at the end of a visit is over, by [`Kiosk::now`]; 0 without one.
    pub ends_at: StoredValue<u64>,
    /// The sheets were sent to the printer.
    pub printed: RwSignal<bool>,
    /// Three words, on paper in place of a name.
    pub tag: RwSignal<String>,
    /// Which fact stands on the attract screen, and whether it stands still.
    pub fact: RwSignal<usize>,
    pub still: RwSignal<bool>,
    /// Seconds for which it has stood.
    shown: StoredValue<u32>,
}

/// Seconds that a fact stands.
const FACT: u32 = 12;

impl Kiosk {
    /// Before anybody came.
    pub fn new() -> Self {
        Self {
            clock: StoredValue::new(Clock::default()),
            touched: StoredValue::new(0),
            more_time: StoredValue::new(false),
            seconds_left: RwSignal::new(0),
            ends_at: StoredValue::new(0),
            printed: RwSignal::new(false),
            tag: RwSignal::new(String::new()),
            fact: RwSignal::new(0),
            still: RwSignal::new(document::prefers_stillness()),
            shown: StoredValue::new(0),
        }
    }

    /// Milliseconds of this visit's monotonic clock; never 0.
    pub fn now(self) -> u64 {
        self.clock.try_update_value(|clock| clock.read(intl::now(), intl::steady())).unwrap_or(1)
    }

    /// A second went by on the attract screen: after some of them another fact takes the place of
    /// this one.
    pub fn count_fact(self) {
        if self.still.get_untracked() {
            return;
        }
        self.shown.update_value(|seconds| *seconds += 1);
        if self.shown.get_value() >= FACT {
            self.shown.set_value(0);
            self.fact.update(|fact| *fact += 1);
        }
    }

    /// Records a touch and stops every countdown.
    pub fn touch(self) {
        self.touched.set_value(self.now());
        self.ends_at.set_value(0);
        self.seconds_left.set(0);
    }
}

/// The kiosk, on a screen that strangers share.
pub fn use_kiosk() -> Option<Kiosk> {
    use_context()
}
