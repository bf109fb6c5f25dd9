//! Conditions in three values, and a fourth for what was never asked.
//!
//! This is what keeps promise P4: "not sure", "rather not say" and a skipped question make a
//! comparison *unknown*. Nothing turns unknown into no.

use crate::answers::{Answer, Value};
use crate::comparison;
use crate::form::EvaluatedForm;
use crate::pack::{Condition, Operand, Operator, Pack, Trigger, UNKNOWN_CODES};
use crate::scores::{self, Total};
use crate::validation;

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An answer says so.
    Yes,
    /// An answer says otherwise.
    No,
    /// Not sure, declined, skipped or not answered yet.
    Unknown,
    /// The question does not concern this visitor.
    NotAsked,
}

impl Outcome {
    fn from_bool(b: bool) -> Self {
        if b { Self::Yes } else { Self::No }
    }

    fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }
}

/// Evaluates a rule's trigger: all of `all`, and one of `any` if there are any.
pub fn evaluate(pack: &Pack, form: &EvaluatedForm<'_>, trigger: &Trigger) -> Outcome {
    let all = trigger.all.iter().map(|c| condition(pack, form, c));
    let any = trigger.any.iter().map(|c| condition(pack, form, c));
    match (trigger.all.is_empty(), trigger.any.is_empty()) {
        (true, _) => or(any),
        (false, true) => and(all),
        (false, false) => and([and(all), or(any)].into_iter()),
    }
}

fn and(each: impl Iterator<Item = Outcome>) -> Outcome {
    let mut result = Outcome::Yes;
    for outcome in each {
        match outcome {
            Outcome::No => return Outcome::No,
            Outcome::NotAsked => result = Outcome::NotAsked,
            Outcome::Unknown if result == Outcome::Yes => result = Outcome::Unknown,
            _ => {}
        }
    }
    result
}

fn or(each: impl Iterator<Item = Outcome>) -> Outcome {
    let mut result = Outcome::NotAsked;
    for outcome in each {
        match outcome {
            Outcome::Yes => return Outcome::Yes,
            Outcome::Unknown => result = Outcome::Unknown,
            Outcome::No if result == Outcome::NotAsked => result = Outcome::No,
            _ => {}
        }
    }
    result
}

/// Evaluates one condition over the answers that count.
pub fn condition(pack: &Pack, form: &EvaluatedForm<'_>, condition: &Condition) -> Outcome {
    if condition.score {
        return score(pack, form, condition);
    }
    let link = condition.question.as_str();
    let repetitions = form.all_repetitions(link).into_iter().filter(|&at| form.asked(link, at));
    or(repetitions.map(|at| one(form, condition, form.answer(link, at))))
}

fn one(form: &EvaluatedForm<'_>, condition: &Condition, answer: Option<&Answer>) -> Outcome {
    let item = form.item(&condition.question);
    let values = answer.map_or(&[][..], Answer::values);
    let fits = |v: &&Value| item.is_none_or(|i| validation::fits(i, v));
    if condition.operator == Operator::Exists {
        return match values.iter().any(|v| fits(&v)) {
            false if !values.is_empty() => Outcome::Unknown,
            given => Outcome::from_bool(condition.operand == Operand::Bool(given)),
        };
    }
    let matches = |v: &Value| match condition.operator {
        Operator::Eq | Operator::Ne => form.names(&condition.question, v, &condition.operand),
        op => item.and_then(|i| comparison::order(i, v, &condition.operand)).is_some_and(|o| comparison::holds(op, o)),
    };
    let outcome = if values.iter().filter(fits).any(matches) {
        Outcome::Yes
    } else if values.is_empty()
        || values.iter().any(|v| !fits(&v) || says_unknown(form, &condition.question, v, &condition.operand))
    {
        Outcome::Unknown
    } else {
        Outcome::No
    };
    if condition.operator == Operator::Ne { outcome.negated() } else { outcome }
}

/// A value that leaves the question open: "not sure", or a typed name that is not wholly
/// understood, compared with a list of known ones.
fn says_unknown(form: &EvaluatedForm<'_>, link: &str, value: &Value, operand: &Operand) -> bool {
    match value {
        Value::Code(c) => UNKNOWN_CODES.contains(&c.as_str()),
        Value::Text(typed) => {
            matches!(operand, Operand::Codes(_)) && !form.reading(link, typed).is_some_and(|reading| reading.whole)
        }
        Value::Number(_) => false,
        // Quantities in different units are not compared.
        Value::Quantity(_, unit) => !matches!(operand, Operand::Quantity(_, same) if same == unit),
    }
}

/// A total compares as itself; a range is unknown unless both its ends agree.
fn score(pack: &Pack, form: &EvaluatedForm<'_>, condition: &Condition) -> Outcome {
    let Operand::Number(want) = condition.operand else { return Outcome::NotAsked };
    let Some(instrument) = pack.instrument(&condition.question) else { return Outcome::NotAsked };
    let holds = |n: f64| n.partial_cmp(&want).is_some_and(|o| comparison::holds(condition.operator, o));
    match scores::score(form, instrument).total {
        Total::NotAsked => Outcome::NotAsked,
        Total::Exactly(n) => Outcome::from_bool(holds(n)),
        Total::Between(low, high) if holds(low) == holds(high) => Outcome::from_bool(holds(low)),
        Total::Between(..) => Outcome::Unknown,
    }
}
