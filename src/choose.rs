//! What a tap on an answer changes.

use crate::answers::{Answer, Value};
use crate::number;
use crate::pack::{AnswerOption, Item, Kind};

/// The answer after `option` was chosen (`on`) or taken away. One of an exclusive option and the others
/// remains: whichever was chosen last.
pub fn choose(item: &Item, before: Option<&Answer>, option: &AnswerOption, on: bool) -> Answer {
    if !item.repeats {
        return Answer::code(&option.code);
    }
    let chosen = |o: &AnswerOption| before.is_some_and(|a| a.has(&o.code));
    let stays = |o: &AnswerOption| chosen(o) && !(on && (option.exclusive || o.exclusive));
    // In the questionnaire's order, whatever the order of the taps.
    let codes = item.options.iter().filter(|o| if o.code == option.code { on } else { stays(o) }).map(|o| Value::code(&o.code));
    let listed = |v: &Value| matches!(v, Value::Code(c) if item.option(c).is_some());
    let own = before.map_or(&[][..], Answer::values).iter().filter(|v| !(listed(v) || on && option.exclusive));
    Answer::Given(codes.chain(own.cloned()).collect())
}

/// The answer after a name was added to a list; a single answer is replaced.
pub fn add(item: &Item, before: Option<&Answer>, value: Value) -> Answer {
    let mut values = if item.repeats { before.map_or(Vec::new(), |a| a.values().to_vec()) } else { Vec::new() };
    if !values.contains(&value) {
        values.push(value);
    }
    Answer::Given(values)
}

/// The answer after the value at `index` was taken from a list.
pub fn remove(before: Option<&Answer>, index: usize) -> Answer {
    let values = before.map_or(&[][..], Answer::values).iter().enumerate();
    Answer::Given(values.filter(|(i, _)| *i != index).map(|(_, v)| v.clone()).collect())
}

/// What was typed, each in a box of its own, beside coded answers (open-choice) or alone; blank words are no answer.
/// What should be a number and is none stays as words, for the screen to say so.
pub fn write(kind: Kind, before: Option<&Answer>, typed: &[String]) -> Answer {
    let coded = before.map_or(&[][..], Answer::values).iter().filter(|v| matches!(v, Value::Code(_)));
    let own = typed.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).map(|t| match number::read(t) {
        Some(n) if matches!(kind, Kind::Integer | Kind::Decimal) => Value::Number(n),
        _ => Value::Text(t.into()),
    });
    Answer::Given(coded.cloned().chain(own).collect())
}
