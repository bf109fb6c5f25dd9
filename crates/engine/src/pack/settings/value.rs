//! What the value of a setting has to be.

use super::{Known, LOGO_MOST, List, Settings};
use crate::pack::plain_text::{digits, is_line, names_crisis_line, names_emergency_number};
use crate::theme::{self, Colour};

/// Digits, spaces and the usual signs.
pub(super) const PHONE_MOST: usize = 30;
pub(super) const LINK_MOST: usize = 300;

/// What a value has to be.
pub(super) enum Form {
    /// One line of at most this many letters.
    Line(usize),
    /// The same, and nothing that reads like an emergency number.
    Name(usize),
    /// A few sentences in the clinic's own words.
    Words(usize),
    Phone,
    Link,
    Image,
    Colours,
    /// A whole number up to this one.
    Number(u8),
    /// A whole number between these.
    Between(u32, u32),
    /// Digits: fewest and most.
    Digits(usize, usize),
    One(List),
    Some(List),
    /// A clinic's own questions.
    Questions,
}

impl Form {
    /// What the value should be, if it is not that.
    // It is long as a table is: each form of a value, its test, and the words for it.
    pub(super) fn refuses(&self, value: &str, known: &Known<'_>, before: &Settings) -> Option<String> {
        let (ok, want) = match self {
            Self::Questions => return known.own_fault(value, before).map(|fault| fault.want()),
            Self::Line(most) => (
                is_line(value, *most) && !names_crisis_line(value),
                format!("one line of at most {most} letters, not the name of a crisis line"),
            ),
            Self::Name(most) => (
                is_line(value, *most) && !names_crisis_line(value) && !names_emergency_number(value),
                format!("one line of at most {most} letters, not the name of a crisis line"),
            ),
            Self::Words(most) => {
                let short = is_line(&value.replace('\n', " "), *most);
                let refused = if short { known.refuses(value) } else { None };
                let want =
                    refused.map(|words| format!("text that promises no result and judges nobody, without {words}"));
                (short && want.is_none(), want.unwrap_or_else(|| format!("plain text of at most {most} letters")))
            }
            Self::Phone if is_phone(value) && known.is_crisis_number(value) => {
                (false, "the clinic's own phone number, not that of a crisis line".into())
            }
            Self::Phone => {
                (is_phone(value) && !is_pay_per_call(value), "a phone number such as +1 555 010 0123".into())
            }
            Self::Link => (is_link(value), "an address that begins with https://".into()),
            Self::Image => (
                is_image(value),
                format!("a PNG, JPEG or WebP picture as a data: address of at most {LOGO_MOST} letters"),
            ),
            Self::Colours => (
                is_colours(value),
                format!("1 to {} colours such as #1c5954, with auto for one that we choose", theme::MOST),
            ),
            Self::Number(most) => (
                value.len() < 3
                    && value.bytes().all(|b| b.is_ascii_digit())
                    && value.parse().is_ok_and(|n: u8| n <= *most),
                format!("a whole number up to {most}"),
            ),
            Self::Between(least, most) => (
                value.len() < 5 && value.parse().is_ok_and(|n: u32| (*least..=*most).contains(&n)),
                format!("a whole number from {least} to {most}"),
            ),
            Self::Digits(least, most) => (
                (*least..=*most).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit()),
                format!("{least} to {most} digits"),
            ),
            Self::One(list) => {
                (known.list(*list).contains(&value), ["one of: ", &known.list(*list).join(", ")].concat())
            }
            Self::Some(list) => (
                words(value).next().is_some() && words(value).all(|v| known.list(*list).contains(&v)),
                ["some of: ", &known.list(*list).join(" ")].concat(),
            ),
        };
        (!ok).then_some(want)
    }
}

pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',']).filter(|w| !w.is_empty())
}

/// Numbers beginning with 900 cost the caller by the minute, in the US, Canada and Mexico alike.
fn is_pay_per_call(value: &str) -> bool {
    let digits = digits(value);
    let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
    national.len() == 10 && national.starts_with("900")
}

fn is_phone(value: &str) -> bool {
    value.len() <= PHONE_MOST
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.'))
        && value.chars().filter(char::is_ascii_digit).count() >= 3
}

/// A host and whatever follows, in the letters of an address: no name and password before it, no
/// second host.
fn is_link(value: &str) -> bool {
    let host = value.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    value.len() <= LINK_MOST
        && value
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '^'))
        && host.is_some_and(|h| {
            h.contains('.') && h.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'))
        })
}

/// Pixels only: an SVG can hold more than a picture.
fn is_image(value: &str) -> bool {
    let kinds = ["png", "jpeg", "webp"];
    let bytes =
        kinds.iter().find_map(|kind| value.strip_prefix("data:image/")?.strip_prefix(kind)?.strip_prefix(";base64,"));
    value.len() <= LOGO_MOST
        && bytes.is_some_and(|b| {
            !b.is_empty() && b.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='))
        })
}

/// The first is the clinic's own; without it there is nothing to derive the others from.
fn is_colours(value: &str) -> bool {
    let mut all = words(value);
    words(value).count() <= theme::MOST
        && all.next().is_some_and(|c| Colour::read(c).is_some())
        && all.all(|c| c == "auto" || Colour::read(c).is_some())
}
