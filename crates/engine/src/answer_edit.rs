//! Computes the new answer after an edit: a tapped option, typed text, or a name of the list.

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
/// [`InputError::TooLong`] if the text would exceed the limit; the answer then stays as it is.
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
