//! Conditions in three values, and a fourth for what was never asked.
//!
//! This is what keeps promise P4: "not sure", "rather not say" and a skipped question make a comparison
//! *unknown*. Nothing turns unknown into no.

use crate::answers::{Answer, Value};
use crate::choose;
use crate::live::{self, Live};
use crate::pack::{Condition, Operand, Operator, Pack, Trigger, UNKNOWN_CODES};
use crate::scores::{self, Total};

/// The outcome of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// An answer says so.
    Yes,
    /// An answer says otherwise.
    No,
    /// Not sure, declined, skipped or not answered yet.
    Unknown,
    /// The question does not concern this visitor.
    NotAsked,
}

impl Truth {
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
pub fn trigger(pack: &Pack, live: &Live<'_>, trigger: &Trigger) -> Truth {
    let all = trigger.all.iter().map(|c| condition(pack, live, c));
    let any = trigger.any.iter().map(|c| condition(pack, live, c));
    match (trigger.all.is_empty(), trigger.any.is_empty()) {
        (true, _) => or(any),
        (false, true) => and(all),
        (false, false) => and([and(all), or(any)].into_iter()),
    }
}

fn and(each: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::Yes;
    for truth in each {
        match truth {
            Truth::No => return Truth::No,
            Truth::NotAsked => result = Truth::NotAsked,
            Truth::Unknown if result == Truth::Yes => result = Truth::Unknown,
            _ => {}
        }
    }
    result
}

fn or(each: impl Iterator<Item = Truth>) -> Truth {
    let mut result = Truth::NotAsked;
    for truth in each {
        match truth {
            Truth::Yes => return Truth::Yes,
            Truth::Unknown => result = Truth::Unknown,
            Truth::No if result == Truth::NotAsked => result = Truth::No,
            _ => {}
        }
    }
    result
}

/// Evaluates one condition over the answers that count.
pub fn condition(pack: &Pack, live: &Live<'_>, condition: &Condition) -> Truth {
    if condition.score {
        return score(pack, live, condition);
    }
    let link = condition.question.as_str();
    let fillings = (0..live.fillings(link)).filter(|&at| live.asked(link, at));
    or(fillings.map(|at| one(live, condition, live.answer(link, at))))
}

fn one(live: &Live<'_>, condition: &Condition, answer: Option<&Answer>) -> Truth {
    let item = live.item(&condition.question);
    let values = answer.map_or(&[][..], Answer::values);
    let fits = |v: &&Value| item.is_none_or(|i| choose::fits(i, v));
    if condition.operator == Operator::Exists {
        return match values.iter().any(|v| fits(&v)) {
            false if !values.is_empty() => Truth::Unknown,
            given => Truth::from_bool(condition.operand == Operand::Bool(given)),
        };
    }
    let matches = |v: &Value| match condition.operator {
        Operator::Eq | Operator::Ne => live::equals(v, &condition.operand),
        op => item.and_then(|i| live::order(i, v, &condition.operand)).is_some_and(|o| live::holds(op, o)),
    };
    let truth = if values.iter().filter(fits).any(matches) {
        Truth::Yes
    } else if values.is_empty() || values.iter().any(|v| !fits(&v) || says_unknown(v, &condition.operand)) {
        Truth::Unknown
    } else {
        Truth::No
    };
    if condition.operator == Operator::Ne { truth.negated() } else { truth }
}

/// A value that leaves the question open: "not sure", or a typed name compared with a list of known ones.
fn says_unknown(value: &Value, operand: &Operand) -> bool {
    match value {
        Value::Code(c) => UNKNOWN_CODES.contains(&c.as_str()),
        Value::Text(_) => matches!(operand, Operand::Codes(_)),
        Value::Number(_) => false,
    }
}

/// A total compares as itself; a range is unknown unless both its ends agree.
fn score(pack: &Pack, live: &Live<'_>, condition: &Condition) -> Truth {
    let Operand::Number(want) = condition.operand else { return Truth::NotAsked };
    let Some(instrument) = pack.instrument(&condition.question) else { return Truth::NotAsked };
    let holds = |n: f64| n.partial_cmp(&want).is_some_and(|o| live::holds(condition.operator, o));
    match scores::score(live, instrument).total {
        Total::NotAsked => Truth::NotAsked,
        Total::Exactly(n) => Truth::from_bool(holds(n)),
        Total::Between(low, high) if holds(low) == holds(high) => Truth::from_bool(holds(low)),
        Total::Between(..) => Truth::Unknown,
    }
}
