//! The code on paper: the coded answers in one QR code on the clinician's sheet. Own words stay on
//! the paper.
//!
//! Bytes, then text of 41 letters that every scanner types the same way. Numbers are variable:
//! seven bits a byte, the highest bit set if more follow.
//!
//! ```text
//! 1                        version of this form
//! flags                    1: the visitor left answers out
//! year - 2000, month, day  when it was made
//! length, letters          version of the content
//! for each answer, by number of its question, then by repetition:
//!   step * 8 + kind        step from the last question's number; 0 is its next repetition
//!     0 skipped
//!     1 one answer         its number; 0 for own words
//!     2 several answers    how many, their numbers
//!     3 a whole number     the number
//!     4 typed              length, letters: a number's digits; a quantity's digits, `u`, the number of its unit; a time
//!                          of day, or a day with one, with `.` between hours, minutes and seconds
//!     5 a day              year, month, day
//!     6 nothing            in this repetition
//!     7 the last once more step and answer; before the kind, in place of a step, how often
//! CRC-32 of all this       four bytes, the highest first
//! ```

use super::qr::{self, Qr};
use super::read_error::{ReadError, ReadErrorKind};
use engine::answers::{Answer, Answers, Key, Value};
use engine::calendar::{is_date_time, is_day, is_time};
use engine::form::EvaluatedForm;
use engine::migrate::{drop_unfit, migrate};
use engine::number;
use engine::pack::{Item, Kind, Numbers, Pack, find_migration, migrates};
use engine::summary;
use engine::validation::fits;

/// What the text starts with, so that a scanner's other codes are told from ours.
const HEAD: &str = "CR";
/// Since 2 there is kind 7; since 3 kind 4 may hold a quantity or a time. What has none reads the
/// same.
const VERSION: u8 = 3;
/// Written where no quantity and no time stands in the code, so that earlier copies of the tool
/// read it.
const WITHOUT_QUANTITY: u8 = 2;
/// Two bytes are three letters. No blank, which gets lost at the end of a line, and nothing that an
/// address has.
const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-.";
/// Letters a code may have when it is read: more than the largest QR code of this kind holds.
const LONGEST: usize = 2_000;
const FILLINGS: u8 = 100;
/// More questions than any content has.
const QUESTIONS: u32 = 9_999;

/// A code that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The answers; own words are empty, since they are on the paper.
    pub answers: Answers,
    /// The day it was made, as `YYYY-MM-DD`.
    pub day: String,
    /// Version of the content it was made with.
    pub version: String,
    /// The visitor had left answers out.
    pub left_out: bool,
    /// Questions whose answer this content doesn't know, by number or name.
    pub unknown: Vec<String>,
}

/// The answers as text for a code; `day` is `YYYY-MM-DD`.
pub fn text(pack: &Pack, answers: &Answers, leave_out: bool, day: &str) -> String {
    let held = if leave_out { summary::held_back(pack, answers) } else { None };
    let (left, answers) = (held.is_some(), held.as_ref().unwrap_or(answers));
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let mut bytes = vec![WITHOUT_QUANTITY, u8::from(left)];
    bytes.extend(day_bytes(day).unwrap_or_default());
    push_text(&pack.version, &mut bytes);
    let (mut last, mut before, mut again) = (0, Vec::new(), 0_u32);
    for (place, link) in pack.numbers.questions.iter().enumerate() {
        let Some(item) = form.item(link) else { continue };
        // "Add another?" is answered beside the group's repetitions, not inside one.
        let repetitions = if item.is_group() {
            item.items.first().map_or(0, |i| form.repetitions(&i.link_id))
        } else {
            form.repetitions(link)
        };
        let answer = |at: u8| {
            let asked = form.asked(link, if item.is_group() { 0 } else { at });
            if asked { answers.get(&Key::new(link, at)) } else { None }
        };
        let used = (0..repetitions.min(FILLINGS)).rev().find(|at| answer(*at).is_some()).map_or(0, |at| at + 1);
        for at in 0..used {
            let number = place as u32 + 1;
            let mut entry = Vec::new();
            push_answer(pack, item, answer(at), number - last, &mut entry);
            last = number;
            if entry == before {
                again += 1;
            } else {
                push_again(again, &mut bytes);
                again = 0;
                bytes.extend_from_slice(&entry);
                before = entry;
            }
        }
    }
    push_again(again, &mut bytes);
    if let (Some(version), true) = (bytes.first_mut(), uses_version_3(&form, answers)) {
        *version = VERSION;
    }
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    [HEAD, &letters(&bytes)].concat()
}

/// True if a quantity or a time stands in the code.
fn uses_version_3(form: &EvaluatedForm<'_>, answers: &Answers) -> bool {
    let new = |item: &Item| matches!(item.kind, Kind::Quantity | Kind::Time | Kind::DateTime);
    answers.iter().any(|(key, _)| form.item(&key.link).is_some_and(new))
}

/// The code itself; `None` if the answers don't fit.
pub fn qr(pack: &Pack, answers: &Answers, leave_out: bool, day: &str) -> Option<Qr> {
    qr::encode(&text(pack, answers, leave_out, day))
}

fn push_answer(pack: &Pack, item: &Item, answer: Option<&Answer>, step: u32, out: &mut Vec<u8>) {
    let mut head = |kind: u32| push(step << 3 | kind, out);
    match answer.map(Answer::values) {
        None => head(6),
        Some([]) => head(0),
        Some([Value::Number(n)]) => match whole(*n) {
            Some(n) => {
                head(3);
                push(n, out);
            }
            None => {
                head(4);
                push_text(&number::write(*n).unwrap_or_default(), out);
            }
        },
        Some([Value::Quantity(n, unit)]) => {
            head(4);
            let unit = Numbers::of(&pack.numbers.answers, unit).unwrap_or_default();
            push_text(&format!("{}u{unit}", number::write(*n).unwrap_or_default()), out);
        }
        Some([Value::Text(day)]) if item.kind == Kind::Date && is_day(day) && day_bytes(day).is_some() => {
            head(5);
            out.extend(day_bytes(day).unwrap_or_default());
        }
        Some([value @ Value::Text(time)]) if matches!(item.kind, Kind::Time | Kind::DateTime) && fits(item, value) => {
            head(4);
            push_text(&time.replace(':', "."), out);
        }
        Some([one]) => {
            head(1);
            push(answer_number(pack, one), out);
        }
        Some(several) => {
            head(2);
            push(several.len() as u32, out);
            several.iter().for_each(|v| push(answer_number(pack, v), out));
        }
    }
}

/// The same step and answer so many times more: "no" to one question after the other, or each trial
/// like the last.
fn push_again(times: u32, out: &mut Vec<u8>) {
    if times > 0 {
        push(times << 3 | 7, out);
    }
}

/// The number of an answer; 0 for own words, and for a code that is in no content.
fn answer_number(pack: &Pack, value: &Value) -> u32 {
    if let Value::Code(code) = value { Numbers::of(&pack.numbers.answers, code).unwrap_or_default() } else { 0 }
}

fn whole(n: f64) -> Option<u32> {
    // Four bytes, which is what the reader takes.
    ((0.0..268_435_456.0).contains(&n) && n == n.trunc()).then_some(n as u32)
}

/// A day from 2000 to 2255 in three bytes.
fn day_bytes(day: &str) -> Option<[u8; 3]> {
    let mut parts = day.splitn(3, '-').map(|p| p.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = u8::try_from(year.checked_sub(2000)?).ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some([year, month as u8, day as u8])
}

fn push(number: u32, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest > 0x7f {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    push(text.len() as u32, out);
    out.extend_from_slice(text.as_bytes());
}

fn letters(bytes: &[u8]) -> String {
    let mut out = String::new();
    for pair in bytes.chunks(2) {
        let mut value = pair.iter().fold(0_usize, |v, b| v << 8 | usize::from(*b));
        for _ in 0..=pair.len() {
            out.extend(LETTERS.chars().nth(value % 41));
            value /= 41;
        }
    }
    out
}

fn from_letters(text: &str) -> Option<Vec<u8>> {
    let values = text.chars().map(|c| LETTERS.find(c)).collect::<Option<Vec<usize>>>()?;
    let mut out = Vec::new();
    for group in values.chunks(3) {
        let value = group.iter().rev().fold(0, |v, digit| v * 41 + digit);
        match group.len() {
            3 => out.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => out.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(out)
}

/// Reads a code as a hand scanner types it, or as it was pasted: upper or lower case, with or
/// without line breaks.
pub fn read(pack: &Pack, typed: &str) -> Result<Code, ReadError> {
    if typed.len() > LONGEST {
        return Err(ReadErrorKind::OtherCode.here());
    }
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let body = typed.strip_prefix(HEAD).ok_or(ReadErrorKind::OtherCode.here())?;
    let bytes = from_letters(body).ok_or(ReadErrorKind::Damaged.here())?;
    let (data, check) = bytes.split_at_checked(bytes.len().saturating_sub(4)).ok_or(ReadErrorKind::CutOff.here())?;
    if check != crc32fast::hash(data).to_be_bytes().as_slice() {
        // What stands there may still be in order: then only its end is missing.
        let whole = Reader { pack, bytes: &bytes }.code();
        return Err(if matches!(whole, Err(ReadErrorKind::CutOff)) {
            ReadErrorKind::CutOff.here()
        } else {
            ReadErrorKind::Damaged.here()
        });
    }
    Reader { pack, bytes: data }
        .code()
        .map_err(|what| if what == ReadErrorKind::CutOff { ReadErrorKind::Damaged.here() } else { what.here() })
}

struct Reader<'a> {
    pack: &'a Pack,
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn code(&mut self) -> Result<Code, ReadErrorKind> {
        let pack = self.pack;
        match self.byte()? {
            1..=VERSION => {}
            0 => return Err(ReadErrorKind::Damaged),
            _ => return Err(ReadErrorKind::Newer),
        }
        let left_out = match self.byte()? {
            0 => false,
            1 => true,
            _ => return Err(ReadErrorKind::Damaged),
        };
        let day = self.day()?;
        let version = self.text()?;
        let mut out = Code { answers: Answers::default(), day, version, left_out, unknown: Vec::new() };
        let mut place = (0, 0);
        let mut last: &[u8] = &[];
        while !self.bytes.is_empty() {
            let entry = self.bytes;
            let head = self.number()?;
            let behind = self.bytes;
            let again = head & 7 == 7;
            for _ in 0..if again { head >> 3 } else { 1 } {
                self.bytes = if again { last } else { entry };
                place = self.entry(place, &mut out)?;
            }
            if again {
                self.bytes = behind;
            } else {
                last = entry;
            }
        }
        out.answers = migrate(pack, &out.answers);
        drop_unfit(pack, &mut out.answers, &mut out.unknown);
        if left_out {
            // Held back is neither "no" nor "not reached".
            pack.safety.may_leave_out.iter().for_each(|l| out.answers.set(Key::first(l), Answer::Skipped));
        }
        Ok(out)
    }

    /// Reads one answer with the place it has, which is told from the place before: the number of
    /// the question and the repetition. Returns its place.
    fn entry(&mut self, (number, repetition): (u32, u8), out: &mut Code) -> Result<(u32, u8), ReadErrorKind> {
        let head = self.number()?;
        let (number, repetition) =
            if head >> 3 == 0 { (number, repetition + 1) } else { (number.saturating_add(head >> 3), 0) };
        if number == 0 || number > QUESTIONS || repetition >= FILLINGS {
            return Err(ReadErrorKind::Damaged);
        }
        let link = Numbers::name(&self.pack.numbers.questions, number);
        let (answer, known) = self.answer(head & 7, link)?;
        let fits = link.is_some_and(|l| repetition < most_repetitions(self.pack, l));
        if !(known && fits) {
            out.unknown.push(link.map_or_else(|| number.to_string(), String::from));
        }
        if let (Some(answer), Some(link), true) = (answer, link, fits) {
            out.answers.set(Key::new(link, repetition), answer);
        }
        Ok((number, repetition))
    }

    /// An answer, and whether this content knows all of it, be it by a migration.
    fn answer(&mut self, kind: u32, link: Option<&str>) -> Result<(Option<Answer>, bool), ReadErrorKind> {
        let pack = self.pack;
        let item = link.and_then(|l| pack.questionnaire.item(l));
        let earlier = item.is_none() && link.is_some_and(|l| migrates(&pack.migrations, l));
        let mut values = Vec::new();
        let mut known = item.is_some() || earlier;
        match kind {
            0 => return Ok((Some(Answer::Skipped), known)),
            1 | 2 => {
                let count = if kind == 1 { 1 } else { self.number()? };
                for _ in 0..count {
                    let number = self.number()?;
                    let value = link
                        .and_then(|l| self.value(l, item, number))
                        .filter(|v| !values.contains(v) || matches!(v, Value::Text(_)));
                    known &= value.is_some();
                    values.extend(value);
                }
                known &= values.len() < 2 || earlier || item.is_some_and(|i| i.repeats);
            }
            3 => values.push(Value::Number(f64::from(self.number()?))),
            4 => {
                let text = self.text()?;
                values.push(self.typed(item, &text).ok_or(ReadErrorKind::Damaged)?);
            }
            5 => values.push(Value::Text(self.day()?)),
            6 => return Ok((None, known)),
            _ => return Err(ReadErrorKind::Damaged),
        }
        known &= earlier || kind < 3 || item.is_some_and(|i| takes_typed(i, kind, &values));
        Ok((known.then_some(Answer::Given(values)), known))
    }

    /// What was typed: a number, a quantity or a time; of a question that this content doesn't know
    /// any of these.
    fn typed(&self, item: Option<&Item>, text: &str) -> Option<Value> {
        if let Some((digits, unit)) = text.split_once('u') {
            let unit: u32 = unit.parse().ok()?;
            let name = if unit > 0 { Numbers::name(&self.pack.numbers.answers, unit).unwrap_or_default() } else { "" };
            return Some(Value::Quantity(number::read(digits)?, name.into()));
        }
        let time = text.replace('.', ":");
        let is_time = item
            .map_or_else(|| is_time(&time) || is_date_time(&time), |i| matches!(i.kind, Kind::Time | Kind::DateTime));
        if is_time { Some(Value::Text(time)) } else { number::read(text).map(Value::Number) }
    }

    fn value(&self, link: &str, item: Option<&Item>, number: u32) -> Option<Value> {
        let migrated = |code| find_migration(&self.pack.migrations, link, code).is_some();
        if number == 0 {
            let words = |i: &Item| !matches!(i.kind, Kind::Choice | Kind::Lookup | Kind::Boolean) && i.is_question();
            return (item.is_some_and(words) || migrated(None)).then(|| Value::Text(String::new()));
        }
        let code = Numbers::name(&self.pack.numbers.answers, number)?;
        let another = |i: &Item| i.is_group() && matches!(code, "true" | "false");
        let known = item.is_some_and(|i| another(i) || i.option(code).is_some());
        (known || migrated(Some(code))).then(|| Value::code(code))
    }

    fn byte(&mut self) -> Result<u8, ReadErrorKind> {
        let (byte, rest) = self.bytes.split_first().ok_or(ReadErrorKind::CutOff)?;
        self.bytes = rest;
        Ok(*byte)
    }

    fn number(&mut self) -> Result<u32, ReadErrorKind> {
        let mut value = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ReadErrorKind::Damaged)
    }

    fn text(&mut self) -> Result<String, ReadErrorKind> {
        let length = self.number()? as usize;
        let (text, rest) = self.bytes.split_at_checked(length).ok_or(ReadErrorKind::CutOff)?;
        self.bytes = rest;
        let plain = text.iter().all(|b| b.is_ascii_alphanumeric() || b".-".contains(b));
        String::from_utf8(text.to_vec()).ok().filter(|_| plain).ok_or(ReadErrorKind::Damaged)
    }

    fn day(&mut self) -> Result<String, ReadErrorKind> {
        let (year, month, day) = (self.byte()?, self.byte()?, self.byte()?);
        if !((1..=12).contains(&month) && (1..=31).contains(&day)) {
            return Err(ReadErrorKind::Damaged);
        }
        Ok(format!("{:04}-{month:02}-{day:02}", 2000 + u16::from(year)))
    }
}

/// How often a question can be answered: as often as the group around it can be filled. A question
/// that is migrated can be answered as often as the one that its answers go to.
fn most_repetitions(pack: &Pack, link: &str) -> u8 {
    let questionnaire = &pack.questionnaire;
    let target = || pack.migrations.iter().find(|m| m.question == link)?.to.first().map(|t| t.question.as_str());
    let link = if questionnaire.item(link).is_some() { link } else { target().unwrap_or(link) };
    if questionnaire.item(link).is_none() {
        return 0;
    }
    let holds = |group: &&Item| group.link_id == link || group.items.iter().any(|i| i.link_id == link);
    let groups = questionnaire.all();
    let group = groups.into_iter().filter(|i| i.is_group() && i.repeats).find(holds);
    group.map_or(1, |g| if g.max_occurs == 0 { FILLINGS } else { g.max_occurs })
}

/// True if a question takes what was typed, as an entry of this kind holds it.
fn takes_typed(item: &Item, kind: u32, values: &[Value]) -> bool {
    match item.kind {
        Kind::Integer | Kind::Decimal => matches!(values, [Value::Number(_)]),
        Kind::Quantity | Kind::Time | Kind::DateTime => kind == 4 && values.iter().all(|v| fits(item, v)),
        Kind::Date => kind == 5 && values.iter().all(|v| fits(item, v)),
        _ => false,
    }
}
