//! Days and times of day as FHIR writes them. A day is compared as text, since `2026-01-31` sorts
//! as the days do.

/// True for a time of day as `18:30` or `18:30:15`.
pub fn is_time(text: &str) -> bool {
    let part = |part: &str, most: u8| {
        part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()) && part.parse().is_ok_and(|n: u8| n <= most)
    };
    let mut parts = text.split(':');
    let hours_and_minutes = parts.next().is_some_and(|p| part(p, 23)) && parts.next().is_some_and(|p| part(p, 59));
    hours_and_minutes && parts.next().is_none_or(|p| part(p, 59)) && parts.next().is_none()
}

/// True for a day with a time of day as `2026-01-31T18:30`, and for a day alone.
pub fn is_date_time(text: &str) -> bool {
    text.split_once('T').map_or_else(|| is_day(text), |(day, time)| is_day(day) && is_time(time))
}

/// True for a day of the calendar as `2026-01-31`.
pub fn is_day(text: &str) -> bool {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|p| p.parse::<u16>().ok()).unwrap_or_default();
    let (year, month, day) = (part(0..4), part(5..7), part(8..10));
    shape && year >= FIRST_YEAR && (1..=days_in(year, month)).contains(&day)
}

/// Days before this year are slips: "22" typed as a year becomes the year 22.
const FIRST_YEAR: u16 = 1900;

/// Days of a month; none for a month that there is not.
fn days_in(year: u16, month: u16) -> u16 {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 => 28 + u16::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}
