//! Heights and weights as people write them: "5 ft 6", "5'6\"", "170 cm", "1.70 m", "190 lb".

use crate::answers::Value;
use crate::number;
use crate::pack::Item;

/// Code of the unit that a height in feet and inches is stored in (UCUM).
pub const INCHES: &str = "[in_i]";
/// LOINC's code for a body height, the one quantity that people give in two units at once.
const BODY_HEIGHT: &str = "8302-2";
/// LOINC's code for a body weight.
const BODY_WEIGHT: &str = "29463-7";
const INCHES_IN_A_FOOT: f64 = 12.0;

/// True where a number in this unit is written as feet and inches.
pub fn is_feet_and_inches(item: &Item, unit: &str) -> bool {
    unit == INCHES && item.code.as_ref().is_some_and(|code| code.code == BODY_HEIGHT)
}

/// False for a body that would have no height or no weight: a minus or a zero is a slip.
pub fn is_possible(item: &Item, n: f64) -> bool {
    n > 0.0 || !item.code.as_ref().is_some_and(|code| [BODY_HEIGHT, BODY_WEIGHT].contains(&code.code.as_str()))
}

/// Inches as whole feet and the inches that are left.
pub fn feet_and_inches(inches: f64) -> (f64, f64) {
    let feet = (inches / INCHES_IN_A_FOOT).floor();
    (feet, inches - feet * INCHES_IN_A_FOOT)
}

/// A height in feet and inches, as inches; `None` for anything else. A fraction of a foot is no
/// height: "5.6 ft" would be 5 ft 6 in to one reader and 5 ft 7 in to another.
pub fn inches(text: &str) -> Option<f64> {
    match measures(text)?.as_slice() {
        [(n, INCHES)] => Some(*n),
        _ => None,
    }
}

/// The quantities that a text consists of, in the order of `items`, each of which takes those in
/// its units; `None` if something in the text is anything else.
pub fn quantities(text: &str, items: &[&Item]) -> Option<Vec<(usize, Value)>> {
    let mut out: Vec<(usize, Value)> = Vec::new();
    for (n, unit) in measures(text)? {
        let place = items
            .iter()
            .position(|item| item.unit_named(unit).is_some())
            .filter(|i| !out.iter().any(|(taken, _)| taken == i))?;
        out.push((place, Value::Quantity(n, unit.into())));
    }
    (!out.is_empty()).then_some(out)
}

enum Token {
    Number(f64),
    Word(String),
}

fn measures(text: &str) -> Option<Vec<(f64, &'static str)>> {
    let tokens = tokens(text)?;
    let mut rest = tokens.as_slice();
    let mut out = Vec::new();
    while let Some((first, behind)) = rest.split_first() {
        let n = match first {
            Token::Number(n) if *n > 0.0 => *n,
            Token::Word(word) if LABELS.contains(&word.as_str()) => {
                rest = behind;
                continue;
            }
            _ => return None,
        };
        let (Token::Word(word), behind) = behind.split_first()? else { return None };
        let (factor, unit) = UNITS.iter().find(|(name, ..)| name == word).map(|(_, factor, unit)| (*factor, *unit))?;
        rest = behind;
        let mut inches = 0.0;
        if factor == INCHES_IN_A_FOOT {
            if n.fract() != 0.0 {
                return None;
            }
            (inches, rest) = behind_feet(behind)?;
        }
        // A hundred times 1.7 is not quite 170.
        out.push((((n * factor + inches) * 100.0).round() / 100.0, unit));
    }
    Some(out)
}

/// The inches behind feet: with their unit, or bare where another number or nothing follows; 0 if
/// there are none.
fn behind_feet(tokens: &[Token]) -> Option<(f64, &[Token])> {
    let is_inches =
        |word: &str| UNITS.iter().any(|(name, factor, unit)| *name == word && *factor == 1.0 && *unit == INCHES);
    let (n, rest) = match tokens {
        [Token::Number(n), Token::Word(word), rest @ ..] if is_inches(word) => (*n, rest),
        [Token::Number(n)] => (*n, Default::default()),
        [Token::Number(n), rest @ ..] if matches!(rest.first(), Some(Token::Number(_))) => (*n, rest),
        rest => (0.0, rest),
    };
    (n < INCHES_IN_A_FOOT).then_some((n, rest))
}

/// Words that say which number is which, and nothing more.
const LABELS: &[&str] = &["height", "weight", "tall", "and", "estatura", "altura", "peso", "y"];

/// Names of units, what one of them is in the unit that is stored, and that unit's code.
const UNITS: &[(&str, f64, &str)] = &[
    ("ft", INCHES_IN_A_FOOT, INCHES),
    ("foot", INCHES_IN_A_FOOT, INCHES),
    ("feet", INCHES_IN_A_FOOT, INCHES),
    ("pie", INCHES_IN_A_FOOT, INCHES),
    ("pies", INCHES_IN_A_FOOT, INCHES),
    ("in", 1.0, INCHES),
    ("inch", 1.0, INCHES),
    ("inches", 1.0, INCHES),
    ("pulg", 1.0, INCHES),
    ("pulgada", 1.0, INCHES),
    ("pulgadas", 1.0, INCHES),
    ("cm", 1.0, "cm"),
    ("m", 100.0, "cm"),
    ("lb", 1.0, "[lb_av]"),
    ("lbs", 1.0, "[lb_av]"),
    ("pound", 1.0, "[lb_av]"),
    ("pounds", 1.0, "[lb_av]"),
    ("libra", 1.0, "[lb_av]"),
    ("libras", 1.0, "[lb_av]"),
    ("kg", 1.0, "kg"),
    ("kgs", 1.0, "kg"),
    ("kilo", 1.0, "kg"),
    ("kilos", 1.0, "kg"),
];

/// Numbers and words; `None` if there is a sign that is part of neither.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let whole = |part: fn(char) -> bool| rest.split_at_checked(rest.find(|c| !part(c)).unwrap_or(rest.len()));
        let (token, behind) = if c.is_ascii_digit() {
            let (digits, behind) = whole(|c| c.is_ascii_digit() || matches!(c, '.' | ','))?;
            let number = digits.trim_end_matches(['.', ',']);
            (Some(Token::Number(number::read_typed(number)?)), behind)
        } else if c.is_alphabetic() {
            let (word, behind) = whole(char::is_alphabetic)?;
            (Some(Token::Word(word.to_lowercase())), behind)
        } else {
            let token = match c {
                '\'' | '’' | '′' => Some(Token::Word("ft".into())),
                '"' | '”' | '″' => Some(Token::Word("in".into())),
                ',' | ';' | '.' | ':' | '/' => None,
                c if c.is_whitespace() => None,
                _ => return None,
            };
            (token, rest.get(c.len_utf8()..).unwrap_or_default())
        };
        out.extend(token);
        rest = behind;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::{INCHES, feet_and_inches, inches, measures};

    #[test]
    fn heights_and_weights_are_read_as_people_write_them() {
        for (text, want) in [
            ("5 ft 6, 190 lb", &[(66.0, INCHES), (190.0, "[lb_av]")][..]),
            ("5'6\"", &[(66.0, INCHES)]),
            ("5’ 11”, 82,5 kg", &[(71.0, INCHES), (82.5, "kg")]),
            ("170 cm", &[(170.0, "cm")]),
            ("1.70 m / 70 kg", &[(170.0, "cm"), (70.0, "kg")]),
            ("Height: 6 feet. Weight: 180 lbs.", &[(72.0, INCHES), (180.0, "[lb_av]")]),
            ("5 pies 4 pulgadas y 150 libras", &[(64.0, INCHES), (150.0, "[lb_av]")]),
        ] {
            assert_eq!(measures(text).as_deref(), Some(want), "{text}");
        }
        for text in [
            "about 190 lb",
            "5.6 ft",
            "170",
            "5 ft 14 in",
            "190 lb, lost 20 since May",
            "0 kg",
            "tall",
            "5-6",
            "1,000 lb",
        ] {
            assert!(measures(text).is_none_or(|all| all.is_empty()), "{text}: {:?}", measures(text));
        }
    }

    #[test]
    fn feet_and_inches_come_back() {
        assert_eq!(
            (inches("5 ft 6.5 in"), inches("5 ft"), inches("66 in"), inches("170 cm"), inches("a ft 6 in")),
            (Some(66.5), Some(60.0), Some(66.0), None, None)
        );
        assert_eq!(feet_and_inches(66.5), (5.0, 6.5));
    }
}
