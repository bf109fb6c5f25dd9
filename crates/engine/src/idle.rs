//! When a shared screen was left: pure, since the clock is the caller's. Sleep and a wrong timer can't cheat it.

/// How long the warning stands before a visit ends.
pub const WARNING: u64 = 30_000;
/// What "I need more time" gives, and how long the help panel leaves the answers alone behind it.
pub const LONG: u64 = 600_000;
/// On a question, unless the clinic set another time.
const USUAL: u64 = 60_000;

/// What is to be done about a screen that nobody touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// Somebody is there.
    Here,
    /// Ask; so many seconds are left.
    Ask(u64),
    /// Nobody is.
    Gone,
}

/// What is to be done `since` milliseconds after the last touch, where `limit` of them pass before it asks.
pub fn idle(since: u64, limit: u64) -> Idle {
    match since {
        _ if since < limit => Idle::Here,
        _ if since < limit + WARNING => Idle::Ask((limit + WARNING - since).div_ceil(1000)),
        _ => Idle::Gone,
    }
}

/// Milliseconds before it asks: a page to read leaves twice the time of a question. `set` is the clinic's, in seconds.
pub fn limit(set: &str, reading: bool) -> u64 {
    let question = set.parse::<u64>().map_or(USUAL, |seconds| seconds * 1000);
    question * if reading { 2 } else { 1 }
}
