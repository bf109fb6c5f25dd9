//! What a visitor said: one plain value with one compact text form.
//!
//! The text form is what storage, the boot script's safety copy and the tests share:
//! `cr1;age=25-44;s06=-;why-for=mood,pain;goal='sleep%20again;trial-help:1=a-lot`. Entries are
//! joined by `;`. `-` is a skipped question, `'` starts own words, `#` starts a number (with `*`
//! and a unit's code behind it for a quantity: `weight=#154*kg`), anything else is a code; `:1`
//! names the second repetition of a repeated group. Everything but letters, digits, `-`, `.`, `_`
//! and `~` is percent-encoded, so none of the joints can occur inside a value.

use crate::number;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::fmt::Write;

/// Marks the text form and its version.
const HEAD: &str = "cr1";

/// Names one answer: which question, and which repetition of the repeated group it stands in (0 if
/// none).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The question's `linkId`.
    pub link: String,
    /// Which repetition, counted from 0.
    pub repetition: u8,
}

impl Key {
    /// The key of a question outside repeated groups, or in the first repetition.
    pub fn first(link: &str) -> Self {
        Self::new(link, 0)
    }

    /// The key of a question in repetition `at`.
    pub fn new(link: &str, repetition: u8) -> Self {
        Self { link: link.into(), repetition }
    }
}

/// What was said to one question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Seen and passed over. Not "no", not 0.
    Skipped,
    /// One or more values; never empty.
    Given(Vec<Value>),
}

/// One value of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// The code of a chosen option.
    Code(String),
    /// Own words, a day as `YYYY-MM-DD`, a time of day as `hh:mm`, or both with a `T` between them.
    /// Empty: own words that are on the paper alone, as a code tells of them.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A finite number and the code of its unit; the code is empty where the question has no units,
    /// and as long as none of several was chosen.
    Quantity(f64, String),
}

impl Value {
    /// A chosen code.
    pub fn code(code: &str) -> Self {
        Self::Code(code.into())
    }
}

impl Answer {
    /// One chosen code.
    pub fn code(code: &str) -> Self {
        Self::Given(vec![Value::code(code)])
    }

    /// Values given; none for a skipped question.
    pub fn values(&self) -> &[Value] {
        match self {
            Self::Skipped => &[],
            Self::Given(values) => values,
        }
    }

    /// The first code that was chosen; `None` if none was.
    pub fn first_code(&self) -> Option<&str> {
        self.values().iter().find_map(|value| if let Value::Code(code) = value { Some(code.as_str()) } else { None })
    }

    /// True if `code` was chosen.
    pub fn has(&self, code: &str) -> bool {
        self.values().iter().any(|v| matches!(v, Value::Code(c) if c == code))
    }
}

/// Everything said so far.
///
/// A list in the order of its keys: there are some two hundred, and a tree costs the browser more
/// code.
///
/// ```
/// use engine::answers::{Answer, Answers, Key};
/// let mut answers = Answers::decode("cr1;age=25-44;why-for=mood,pain")?;
/// assert!(answers.get(&Key::first("why-for")).is_some_and(|answer| answer.has("pain")));
/// answers.set(Key::first("s06"), Answer::Skipped);
/// assert_eq!(answers.encode(), "cr1;age=25-44;s06=-;why-for=mood,pain");
/// # Ok::<(), engine::answers::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answers(Vec<(Key, Answer)>);

/// Why a text is no answers' text form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// It does not start with `cr1`.
    Head,
    /// The entry with this number (from 1) is malformed.
    Entry(usize),
}

impl Answers {
    /// The answer to a question, whether or not it is still asked. Engine code asks
    /// [`crate::form::EvaluatedForm`].
    pub fn get(&self, key: &Key) -> Option<&Answer> {
        self.at(&key.link, key.repetition)
    }

    /// The answer to the question `link` in a repetition; as [`Answers::get`], without a key.
    pub fn at(&self, link: &str, repetition: u8) -> Option<&Answer> {
        let place = self.place(link, repetition).ok()?;
        self.0.get(place).map(|(_, answer)| answer)
    }

    /// Where the answer stands, or would stand.
    fn place(&self, link: &str, repetition: u8) -> Result<usize, usize> {
        self.0.binary_search_by(|(key, _)| (key.link.as_str(), key.repetition).cmp(&(link, repetition)))
    }

    /// Sets or replaces an answer; an empty list of values takes it away.
    pub fn set(&mut self, key: Key, answer: Answer) {
        self.clear(&key);
        if !matches!(&answer, Answer::Given(values) if values.is_empty()) {
            let (Ok(place) | Err(place)) = self.place(&key.link, key.repetition);
            self.0.insert(place, (key, answer));
        }
    }

    /// Takes an answer away, as if the question had not been reached.
    pub fn clear(&mut self, key: &Key) {
        if let Ok(place) = self.place(&key.link, key.repetition) {
            self.0.remove(place);
        }
    }

    /// True if nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All answers in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Answer)> {
        self.0.iter().map(|(key, answer)| (key, answer))
    }

    /// A copy without the answers to these questions (what may be kept on a device).
    pub fn without(&self, links: &[String]) -> Self {
        let mut kept = self.clone();
        kept.0.retain(|(key, _)| !links.contains(&key.link));
        kept
    }

    /// The text form.
    pub fn encode(&self) -> String {
        let mut out = String::from(HEAD);
        for (key, answer) in &self.0 {
            out.push(';');
            escape(&key.link, &mut out);
            if key.repetition > 0 {
                // Writing to a String can't fail.
                let _ = write!(out, ":{}", key.repetition);
            }
            out.push('=');
            match answer {
                Answer::Skipped => out.push('-'),
                Answer::Given(values) => {
                    for (i, value) in values.iter().enumerate() {
                        if i > 0 {
                            out.push(',');
                        }
                        encode_value(value, &mut out);
                    }
                }
            }
        }
        out
    }

    /// Reads the text form back. The leading `cr1` may be left out where a person writes it (test
    /// vectors).
    pub fn decode(text: &str) -> Result<Self, DecodeError> {
        let body = match text.split_once(';') {
            Some((HEAD, rest)) => rest,
            None if text == HEAD => "",
            _ => return Err(DecodeError::Head),
        };
        Self::decode_entries(body)
    }

    /// Reads entries without the leading `cr1`, as rule vectors and fixtures write them.
    pub fn decode_entries(body: &str) -> Result<Self, DecodeError> {
        let mut answers = Self::default();
        let entries = body.split(';').map(str::trim).filter(|e| !e.is_empty());
        for (i, entry) in entries.enumerate() {
            let (key, answer) = decode_entry(entry).ok_or(DecodeError::Entry(i + 1))?;
            answers.set(key, answer);
        }
        Ok(answers)
    }
}

fn encode_value(value: &Value, out: &mut String) {
    match value {
        // A code that is a lone hyphen would read as "skipped".
        Value::Code(code) if code == "-" => out.push_str("%2D"),
        Value::Code(code) => escape(code, out),
        Value::Text(text) => {
            out.push('\'');
            escape(text, out);
        }
        Value::Number(n) => encode_number(*n, out),
        Value::Quantity(n, unit) => {
            encode_number(*n, out);
            out.push('*');
            escape(unit, out);
        }
    }
}

fn encode_number(n: f64, out: &mut String) {
    // A number that can't be entered, such as infinity, is written by its bits, so that it reads
    // back.
    let text = number::write(n).unwrap_or_else(|| format!("x{:x}", n.to_bits()));
    let _ = write!(out, "#{text}");
}

fn decode_entry(entry: &str) -> Option<(Key, Answer)> {
    let (name, text) = entry.split_once('=')?;
    let key = match name.split_once(':') {
        Some((link, repetition)) => Key { link: unescape(link)?, repetition: repetition.parse().ok()? },
        None => Key { link: unescape(name)?, repetition: 0 },
    };
    if key.link.is_empty() {
        return None;
    }
    if text == "-" {
        return Some((key, Answer::Skipped));
    }
    let values = text.split(',').map(decode_value).collect::<Option<Vec<_>>>()?;
    Some((key, Answer::Given(values)))
}

fn decode_value(text: &str) -> Option<Value> {
    if let Some(words) = text.strip_prefix('\'') {
        return Some(Value::Text(unescape(words)?));
    }
    if let Some(number) = text.strip_prefix('#') {
        return match number.split_once('*') {
            Some((number, unit)) => Some(Value::Quantity(decode_number(number)?, unescape(unit)?)),
            None => decode_number(number).map(Value::Number),
        };
    }
    if text.is_empty() { None } else { Some(Value::Code(unescape(text)?)) }
}

fn decode_number(text: &str) -> Option<f64> {
    let by_bits = |hex| u64::from_str_radix(hex, 16).ok().map(f64::from_bits);
    let number = text.strip_prefix('x').map_or_else(|| number::read(text), by_bits);
    number.filter(|n| n.is_finite())
}

/// Everything but letters, digits and the four signs that no joint of the text form uses.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn escape(text: &str, out: &mut String) {
    out.extend(utf8_percent_encode(text, ESCAPED));
}

/// `None` for a broken escape, and for bytes that are no UTF-8.
fn unescape(text: &str) -> Option<String> {
    let is_hex = |rest: &str| rest.get(..2).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    let whole = text.split('%').skip(1).all(is_hex);
    percent_decode_str(text).decode_utf8().ok().filter(|_| whole).map(Into::into)
}
