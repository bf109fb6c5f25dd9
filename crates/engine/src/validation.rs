//! What is wrong with what was entered, as data; the words are the screen's.

use crate::answer_edit::{LONGEST, fits};
use crate::answers::{Answer, Value};
use crate::pack::{Item, Kind};

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
