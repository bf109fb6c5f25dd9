//! What a tap on an answer changes, and what is none.

use crate::answers::{Answer, Value};
use crate::clean::clean;
use crate::lookup::{self, exact};
use crate::measure::{self, is_feet_and_inches};
use crate::number;
use crate::pack::{AnswerOption, Item, Kind};
use crate::validation::{InputError, input_error};

/// The answer after `option` was chosen (`on`) or taken away. One of an exclusive option and the
/// others remains: whichever was chosen last.
pub fn choose(item: &Item, before: Option<&Answer>, option: &AnswerOption, on: bool) -> Answer {
    if !item.repeats {
        return Answer::code(&option.code);
    }
    let chosen = |o: &AnswerOption| before.is_some_and(|a| a.has(&o.code));
    let stays = |o: &AnswerOption| chosen(o) && !(on && (option.exclusive || o.exclusive));
    // In the questionnaire's order, whatever the order of the taps.
    let codes =
        item.options.iter().filter(|o| if o.code == option.code { on } else { stays(o) }).map(|o| Value::code(&o.code));
    let listed = |v: &Value| matches!(v, Value::Code(c) if item.option(c).is_some());
    let own = before.map_or(&[][..], Answer::values).iter().filter(|v| !(listed(v) || on && option.exclusive));
    Answer::Given(codes.chain(own.cloned()).collect())
}

/// Values that one answer may have: more than anybody's medicines, and few enough for a page to
/// show them.
pub const MOST_VALUES: usize = 100;

/// The answer after a name was added to a list; a single answer is replaced. A list of
/// [`MOST_VALUES`] stays as it is.
pub fn add(item: &Item, before: Option<&Answer>, value: Value) -> Answer {
    let mut values = if item.repeats { before.map_or(Vec::new(), |a| a.values().to_vec()) } else { Vec::new() };
    let value = if let Value::Text(text) = value { Value::Text(clean(&text).trim().into()) } else { value };
    if !values.contains(&value) && values.len() < MOST_VALUES {
        values.push(value);
    }
    Answer::Given(values)
}

/// The answer after what was typed was added: a list becomes its entries. An entry that is exactly
/// a name is that name; every other one stays as it was typed, with its dose.
pub fn add_typed(item: &Item, before: Option<&Answer>, typed: &str) -> Answer {
    let entries =
        if item.repeats && exact(&item.options, typed).is_none() { lookup::entries(typed) } else { vec![typed] };
    let value =
        |entry: &str| exact(&item.options, entry).map_or_else(|| Value::Text(entry.into()), |o| Value::code(&o.code));
    let mut after = Answer::Given(before.map_or(Vec::new(), |a| a.values().to_vec()));
    for entry in entries {
        after = add(item, Some(&after), value(entry));
    }
    after
}

/// The answer after a name of the list took the place of what was typed at `index`: the visitor
/// took up an offer.
pub fn replace(item: &Item, before: Option<&Answer>, index: usize, code: &str) -> Answer {
    let values = remove(before, index);
    add(item, Some(&values), Value::code(code))
}

/// Own words after a line was put below them.
///
/// # Errors
///
/// How many characters there would be too many: then nothing is changed, and the visitor is told.
pub fn add_line(item: &Item, before: Option<&Answer>, line: &str) -> Result<Answer, InputError> {
    let own = before
        .map_or(&[][..], Answer::values)
        .iter()
        .find_map(|v| if let Value::Text(text) = v { Some(text.as_str()) } else { None });
    let after = Answer::Given(vec![Value::Text(own.map_or_else(|| line.to_string(), |own| [own, line].join("\n")))]);
    match input_error(item, Some(&after)) {
        Some(error) => Err(error),
        None => Ok(after),
    }
}

/// The answer after the value at `index` was taken from a list.
pub fn remove(before: Option<&Answer>, index: usize) -> Answer {
    let values = before.map_or(&[][..], Answer::values).iter().enumerate();
    Answer::Given(values.filter(|(i, _)| *i != index).map(|(_, v)| v.clone()).collect())
}

/// What was typed, each in a box of its own, beside coded answers (open-choice) or alone; blank
/// words are no answer. Words take the place of an exclusive option, and of any where one answer is
/// asked for. What should be a number and is none stays as words, for the screen to say so.
pub fn write(item: &Item, before: Option<&Answer>, typed: &[String]) -> Answer {
    if item.kind == Kind::Quantity {
        let unit = before
            .map_or(&[][..], Answer::values)
            .iter()
            .find_map(|v| if let Value::Quantity(_, unit) = v { Some(unit) } else { None });
        return quantity(item, typed.first().map_or("", String::as_str), unit.map_or("", String::as_str));
    }
    let cleaned = typed.iter().map(|t| clean(t).trim().to_string());
    let own = cleaned.filter(|t| !t.is_empty()).take(MOST_VALUES).map(|t| match number::read_typed(&t) {
        Some(n) if matches!(item.kind, Kind::Integer | Kind::Decimal) => Value::Number(n),
        _ => Value::Text(t),
    });
    let own: Vec<Value> = own.collect();
    let stays = |code: &str| own.is_empty() || item.repeats && item.option(code).is_none_or(|o| !o.exclusive);
    let coded = before.map_or(&[][..], Answer::values).iter().filter(|v| matches!(v, Value::Code(c) if stays(c)));
    Answer::Given(coded.cloned().chain(own.iter().cloned()).collect())
}

/// A quantity as typed, with the code of the unit that was chosen (empty: none yet). Blank is no
/// answer; what is no number stays as words, for the screen to say so. A unit that is the only one
/// need not be chosen.
pub fn quantity(item: &Item, typed: &str, unit: &str) -> Answer {
    let typed = &clean(typed);
    let typed = typed.trim();
    let unit = if let [only] = item.units.as_slice() { &only.code } else { unit };
    let feet = || if is_feet_and_inches(item, unit) { measure::inches(typed) } else { None };
    Answer::Given(match number::read_typed(typed).or_else(feet) {
        _ if typed.is_empty() => Vec::new(),
        Some(n) => vec![Value::Quantity(n, unit.into())],
        None => vec![Value::Text(typed.into())],
    })
}

/// Characters that own words may have where the question sets no limit: what a record may hold and
/// is read again.
pub const LONGEST: u32 = 5_000;

/// True if a value is one that its question asks for: a number within its ends, with its unit if it
/// has units, a day, a time of day, one of a closed list. What is not stays as it was typed and is
/// said to be; it counts as no answer, and stands in no record.
pub fn fits(item: &Item, value: &Value) -> bool {
    match (item.kind, value) {
        (
            Kind::Integer | Kind::Decimal | Kind::Quantity | Kind::Boolean | Kind::Choice | Kind::Lookup,
            Value::Text(_),
        ) => false,
        (Kind::Date, Value::Text(day)) => is_day(day),
        (Kind::Time, Value::Text(time)) => is_time(time),
        (Kind::DateTime, Value::Text(moment)) => is_date_time(moment),
        (Kind::Url, Value::Text(address)) => !address.contains(char::is_whitespace),
        (Kind::Quantity, Value::Number(_)) => false,
        (kind, Value::Number(n)) => {
            // FHIR's integers have 32 bits.
            let whole = n.fract() == 0.0 && n.abs() <= f64::from(i32::MAX);
            is_within(item, *n) && (whole || kind != Kind::Integer)
        }
        (kind, Value::Quantity(n, unit)) => {
            let named = if item.units.is_empty() { unit.is_empty() } else { item.unit_named(unit).is_some() };
            kind == Kind::Quantity && named && is_within(item, *n) && measure::is_possible(item, *n)
        }
        _ => true,
    }
}

/// True for a number between the ends of its question.
fn is_within(item: &Item, n: f64) -> bool {
    item.min.is_none_or(|min| n >= min) && item.max.is_none_or(|max| n <= max)
}

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
