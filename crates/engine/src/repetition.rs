//! Names of repetitions where a repeated group stands inside another one.
//!
//! A repetition is one number. In a group that repeats by itself it counts from 0. In a repeated
//! group inside a repeated group it holds both places: `outer + 16 * inner`. So such groups have 16
//! repetitions each, and deeper ones none.

/// Repetitions of a repeated group that holds another one, and of that other one.
pub const MOST_NESTED: u8 = 16;

/// The number of the inner repetition `inner` in the outer repetition `outer`, both counted from 0.
pub fn nested(outer: u8, inner: u8) -> u8 {
    outer % MOST_NESTED + MOST_NESTED * (inner % MOST_NESTED)
}

/// The outer repetition that a nested one stands in.
pub fn outer(repetition: u8) -> u8 {
    repetition % MOST_NESTED
}

/// The place of a nested repetition inside its outer one.
pub fn inner(repetition: u8) -> u8 {
    repetition / MOST_NESTED
}
