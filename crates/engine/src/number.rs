//! Decimal numbers as people write them: a sign, digits and one point, without an exponent.

/// Numbers from here on are not entered or shown: below it, whole numbers keep all of their digits
/// in an `f64`.
const LIMIT: f64 = 1e15;

/// Reads `-12.5`; `None` for anything else.
pub fn read(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
    text.parse::<f64>().ok().filter(|n| plain && n.abs() < LIMIT)
}

/// Reads what a person types: as [`read`], also with one decimal comma that has one or two digits
/// behind it, and with the minus sign of Unicode. A comma before three digits could stand between
/// thousands, so it is no number.
pub fn read_typed(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-");
    match text.split_once(',') {
        Some((whole, part))
            if (1..=2).contains(&part.len()) && !whole.contains('.') && part.bytes().all(|b| b.is_ascii_digit()) =>
        {
            read(&[whole, ".", part].concat())
        }
        _ => read(&text),
    }
}

/// Writes a number as [`read`] takes it, in as few digits as name it; `None` from 10^15 on.
pub fn write(number: f64) -> Option<String> {
    // Zero has no sign.
    (number.abs() < LIMIT).then(|| (number + 0.0).to_string())
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("7.5", 7.5),
            ("-12.5", -12.5),
            ("+3", 3.0),
            ("0", 0.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("007", 7.0),
            ("999999999999999", 999_999_999_999_999.0),
        ] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in
            ["", ".", "-", "1e5", "inf", "NaN", "1,5", " 1", "1 ", "1.2.3", "--1", "1000000000000000", "0x1", "١"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (number, text) in [
            (7.5, "7.5"),
            (-12.5, "-12.5"),
            (0.0, "0"),
            (-0.0, "0"),
            (1e14, "100000000000000"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
        ] {
            assert_eq!(write(number).as_deref(), Some(text));
            assert_eq!(read(text), Some(number));
        }
        for number in [1e15, f64::NAN, f64::INFINITY] {
            assert_eq!(write(number), None);
        }
    }
}
