//! Which presses count after the screen has changed. Pure: times are the caller's, in milliseconds.
//!
//! The second half of a double click, a key that is held, or a second finger would otherwise press
//! what the next screen has put in the same place, and answer or skip a question that nobody has
//! read.

/// Time after a screen was painted in which a press does not count.
pub const SETTLING: f64 = 350.0;

/// Follows screens and presses, and says whether a click counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PressGuard {
    /// When the current screen was painted; `None` between a change of screen and its paint.
    painted: Option<f64>,
    /// When the press that a click will end began; `None` if no press was seen, as with assistive
    /// technology.
    began: Option<f64>,
    /// A key is repeating, or a second finger is down.
    extra: bool,
}

impl PressGuard {
    /// The first screen stands already: it was painted before the program was there.
    pub fn new() -> Self {
        Self { painted: Some(f64::NEG_INFINITY), began: None, extra: false }
    }

    /// Another screen is being drawn.
    pub fn screen_changes(&mut self) {
        self.painted = None;
    }

    /// That screen was painted at `now`.
    pub fn screen_painted(&mut self, now: f64) {
        self.painted = Some(now);
    }

    /// A press began at `now`; `extra` is true for a repeated key and for a finger that is not the
    /// first.
    pub fn press(&mut self, now: f64, extra: bool) {
        self.began = Some(now);
        self.extra = extra;
    }

    /// True if the press that is under way at `now` will count.
    pub fn counts(&self, now: f64) -> bool {
        let began = self.began.unwrap_or(now);
        !self.extra && self.painted.is_some_and(|painted| began >= painted + SETTLING)
    }

    /// True if a click at `now` counts. It uses the press up.
    pub fn accepts(&mut self, now: f64) -> bool {
        let counts = self.counts(now);
        (self.began, self.extra) = (None, false);
        counts
    }
}

impl Default for PressGuard {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::PressGuard;

    #[test]
    fn a_press_counts_once_the_screen_has_settled() {
        // Painted at 1000; press began at, extra, click at, counts.
        let rows = [
            (Some(900.0), false, 1400.0, false),
            (Some(1000.0), false, 1010.0, false),
            (Some(1349.0), false, 1500.0, false),
            (Some(1350.0), false, 1400.0, true),
            (Some(2000.0), true, 2010.0, false),
            (None, false, 1349.0, false),
            (None, false, 1350.0, true),
        ];
        for (began, extra, click, counts) in rows {
            let mut guard = PressGuard::new();
            guard.screen_changes();
            guard.screen_painted(1000.0);
            if let Some(began) = began {
                guard.press(began, extra);
            }
            assert_eq!(guard.counts(click), counts, "while it is under way: {began:?} {extra} {click}");
            assert_eq!(guard.accepts(click), counts, "{began:?} {extra} {click}");
        }
    }

    #[test]
    fn nothing_counts_while_a_screen_is_drawn() {
        let mut guard = PressGuard::new();
        guard.press(10.0, false);
        assert!(guard.accepts(20.0), "the first screen stands already");
        guard.screen_changes();
        guard.press(5000.0, false);
        assert!(!guard.accepts(5010.0));
    }
}
