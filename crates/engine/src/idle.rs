//! When a shared screen was left: pure, since the clock is the caller's. Sleep and a wrong timer
//! can't cheat it.

/// How long the warning stands before a visit ends.
pub const WARNING: u64 = 30_000;
/// What "I need more time" gives, and how long the help panel leaves the answers alone behind it.
pub const LONG: u64 = 600_000;
/// On a question, unless the clinic set another time.
const USUAL: u64 = 60_000;

/// Time that goes on whatever is done to the clocks: the day's own may be set back, and the page's
/// stands still while the machine sleeps. Of the two, what more went by counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Clock {
    total: u64,
    last: Option<(u64, f64)>,
}

impl Clock {
    /// Milliseconds since the first call, and 1: never 0, never less than before. `day` is
    /// milliseconds since 1970, `page` milliseconds of a clock that is never set.
    pub fn read(&mut self, day: u64, page: f64) -> u64 {
        let (last_day, last_page) = self.last.unwrap_or((day, page));
        self.last = Some((day, page));
        let on_page = if page > last_page { (page - last_page) as u64 } else { 0 };
        self.total = self.total.max(1) + on_page.max(day.saturating_sub(last_day));
        self.total
    }
}

/// What a kiosk does about a screen that is not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// User activity within the limit.
    Here,
    /// Ask whether the visitor is still there; seconds left before the visit ends.
    Ask(u64),
    /// Idle timeout elapsed; end the visit.
    Gone,
}

/// What is to be done `since` milliseconds after the last touch, where `limit` of them pass before
/// it asks.
pub fn idle(since: u64, limit: u64) -> Idle {
    match since {
        _ if since < limit => Idle::Here,
        _ if since < limit + WARNING => Idle::Ask((limit + WARNING - since).div_ceil(1000)),
        _ => Idle::Gone,
    }
}

/// Milliseconds before it asks: a page to read leaves twice the time of a question. `set` is the
/// clinic's, in seconds.
pub fn limit(set: &str, reading: bool) -> u64 {
    let question = set.parse::<u64>().map_or(USUAL, |seconds| seconds * 1000);
    question * if reading { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_clock_goes_on_whatever_is_set() {
        type Row = (&'static str, &'static [(u64, f64)], u64);
        let rows: [Row; 5] = [
            ("both run", &[(1_000_000, 0.0), (1_005_000, 5_000.0)], 5_001),
            ("set back by an hour", &[(9_000_000, 0.0), (5_400_000, 3_000.0), (5_402_000, 5_000.0)], 5_001),
            ("set on by an hour", &[(1_000_000, 0.0), (4_600_000, 1_000.0)], 3_600_001),
            ("slept for ten minutes", &[(1_000_000, 0.0), (1_600_000, 40.0)], 600_001),
            ("not a moment", &[(1_000_000, 7.0), (1_000_000, 7.0)], 1),
        ];
        for (name, readings, want) in rows {
            let mut clock = Clock::default();
            assert_eq!(readings.iter().map(|(day, page)| clock.read(*day, *page)).last(), Some(want), "{name}");
        }
    }
}
