//! When a shared screen counts as left (checklist K1, K2).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use engine::idle::{Idle, idle, limit};

#[test]
fn a_screen_is_left_by_the_clock() {
    let rows = [
        (0, 60_000, Idle::Here),
        (59_999, 60_000, Idle::Here),
        (60_000, 60_000, Idle::Ask(30)),
        (60_001, 60_000, Idle::Ask(30)),
        (70_000, 60_000, Idle::Ask(20)),
        (89_000, 60_000, Idle::Ask(1)),
        (89_999, 60_000, Idle::Ask(1)),
        (90_000, 60_000, Idle::Gone),
        // A night asleep in between asks nobody.
        (40_000_000, 60_000, Idle::Gone),
        (120_000, 120_000, Idle::Ask(30)),
    ];
    for (since, limit, want) in rows {
        assert_eq!(idle(since, limit), want, "{since} ms after the last touch, of {limit}");
    }
}

#[test]
fn a_page_to_read_leaves_twice_the_time() {
    for (set, question, reading) in [("", 60_000, 120_000), ("30", 30_000, 60_000), ("1200", 1_200_000, 2_400_000)] {
        assert_eq!((limit(set, false), limit(set, true)), (question, reading), "set to “{set}”");
    }
}
