//! Reads the text of a code back.

use super::letters::from_letters;
use super::{Code, HEAD, MOST_REPETITIONS, VERSION};
use crate::read_error::{ReadError, ReadErrorKind};
use engine::answers::{Answer, Answers, Key, Value};
use engine::calendar::{is_date_time, is_time};
use engine::migrate::{drop_unfit, migrate};
use engine::number;
use engine::pack::{Item, Kind, Numbers, Pack, find_migration, migrates};
use engine::validation::fits;

/// Letters a code may have when it is read: more than the largest QR code of this kind holds.
const LONGEST: usize = 2_000;
/// More questions than any content has.
const QUESTIONS: u32 = 9_999;

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
        if number == 0 || number > QUESTIONS || repetition >= MOST_REPETITIONS {
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
    group.map_or(1, |g| if g.max_occurs == 0 { MOST_REPETITIONS } else { g.max_occurs })
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
