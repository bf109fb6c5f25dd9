//! Validates typed values: whether a value fits its question, and what is wrong with one that does
//! not, as data. The words of the message are the screen's.

use crate::answers::{Answer, Value};
use crate::calendar::{is_date_time, is_day, is_time};
use crate::measure;
use crate::pack::{Item, Kind};

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

/// Why an answer can't stand as it was entered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum InputError {
    /// A number is wanted, between these ends where there are any.
    Number {
        /// Smallest value that is taken.
        min: Option<f64>,
        /// Largest value that is taken.
        max: Option<f64>,
    },
    /// The number can stand, and the visitor has not chosen its unit.
    Unit,
    /// A whole day is wanted.
    Day,
    /// Only what is in the list can be chosen.
    NotListed,
    /// The words are too long.
    TooLong {
        /// Characters that are taken.
        max: usize,
        /// Characters over that.
        over: usize,
    },
}

/// The first thing wrong with an answer; `None` if it can stand.
pub fn input_error(item: &Item, answer: Option<&Answer>) -> Option<InputError> {
    let max = if item.max_length > 0 { item.max_length } else { LONGEST } as usize;
    answer.map_or(&[][..], Answer::values).iter().find_map(|value| match value {
        Value::Quantity(n, unit) if unit.is_empty() && !item.units.is_empty() && n.is_finite() => {
            Some(InputError::Unit)
        }
        value if !fits(item, value) => Some(match item.kind {
            Kind::Integer | Kind::Decimal | Kind::Quantity => InputError::Number { min: item.min, max: item.max },
            Kind::Date | Kind::Time | Kind::DateTime => InputError::Day,
            _ => InputError::NotListed,
        }),
        Value::Text(text) => {
            let over = text.chars().count().saturating_sub(max);
            (over > 0).then_some(InputError::TooLong { max, over })
        }
        _ => None,
    })
}
