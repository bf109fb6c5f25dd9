//! Decimal numbers as text. The standard library's own ways serve every number to its last bit, which
//! costs the browser 20 kB of code and 12 kB of tables; people enter 7.5.

/// Below this, whole numbers keep all of their digits in an `f64`.
const MOST: f64 = 1e15;
const DIGITS: usize = 15;

/// Reads `-12.5`: a sign, digits, one point. `None` for anything else, and for more than 15 digits.
pub fn read(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + part.len() == 0 || part.len() > DIGITS {
        return None;
    }
    let mut value = 0.0;
    for c in whole.chars().chain(part.chars()) {
        value = value * 10.0 + f64::from(c.to_digit(10)?);
    }
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    (value < MOST).then(|| sign * value / ten_to(part.len()))
}

/// Writes a number as [`read`] takes it, as short as can be; `None` for one that has more digits.
pub fn write(number: f64) -> Option<String> {
    let sign = if number < 0.0 { "-" } else { "" };
    (0..=DIGITS).find_map(|places| {
        let digits = (number.abs() * ten_to(places)).round();
        let same = digits < MOST && digits / ten_to(places) == number.abs();
        same.then(|| format!("{sign}{}", with_point(digits as u64, places)))
    })
}

/// A whole number of tenths as text: 75 is "7.5".
pub fn tenths(number: u64) -> String {
    with_point(number, 1)
}

fn with_point(digits: u64, places: usize) -> String {
    let mut text = format!("{digits:0>width$}", width = places + 1);
    if places > 0 {
        text.insert(text.len() - places, '.');
    }
    text
}

fn ten_to(places: usize) -> f64 {
    (0..places).fold(1.0, |ten, _| ten * 10.0)
}
