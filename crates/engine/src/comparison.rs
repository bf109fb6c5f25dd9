//! How an answer compares with what a condition names, as FHIR's `enableWhen` reads it.

use crate::answers::Value;
use crate::number;
use crate::pack::{Form, Item, Kind, Operand, Operator};
use std::cmp::Ordering;

/// True if a value is what the condition names.
pub(crate) fn equals(value: &Value, operand: &Operand) -> bool {
    match (value, operand) {
        (Value::Code(c), Operand::Codes(codes)) => codes.contains(c),
        (Value::Code(c), Operand::Bool(b)) => c == if *b { "true" } else { "false" },
        (Value::Text(t) | Value::Code(t), Operand::Text(want)) => t == want,
        (Value::Number(n), Operand::Number(want)) => n == want,
        (Value::Quantity(n, unit), Operand::Quantity(want, same)) => n == want && unit == same,
        _ => false,
    }
}

/// As `equals`, with an answer that was chosen from a list also compared by its number or points.
pub(crate) fn same(item: &Item, value: &Value, operand: &Operand) -> bool {
    // A kind of answer equals none of another kind, even if both read alike.
    let alike = match (operand, value) {
        (Operand::Bool(_), _) => item.kind == Kind::Boolean,
        (Operand::Text(_), Value::Code(c)) => item.option(c).is_some_and(|o| o.form != Form::Coding),
        (Operand::Codes(_), Value::Code(c)) => {
            item.kind != Kind::Boolean && item.option(c).is_none_or(|o| o.form == Form::Coding)
        }
        _ => true,
    };
    alike && equals(value, operand)
        || matches!(operand, Operand::Number(_)) && order(item, value, operand).is_some_and(Ordering::is_eq)
}

/// How a value compares with the condition's; a coded answer by its points, a number that was
/// chosen as itself.
pub(crate) fn order(item: &Item, value: &Value, operand: &Operand) -> Option<Ordering> {
    match (value, operand) {
        (Value::Number(n), Operand::Number(want)) => n.partial_cmp(want),
        (Value::Quantity(n, unit), Operand::Quantity(want, same)) if unit == same => n.partial_cmp(want),
        (Value::Code(c), Operand::Number(want)) => {
            let option = item.option(c)?;
            let number = if option.form == Form::Integer { number::read(c) } else { option.points.map(f64::from) };
            number?.partial_cmp(want)
        }
        // Days and times sort as text.
        (Value::Text(t) | Value::Code(t), Operand::Text(want)) => Some(t.as_str().cmp(want)),
        _ => None,
    }
}

/// True if an ordering satisfies `>`, `<`, `>=` or `<=`.
pub(crate) fn holds(operator: Operator, ordering: Ordering) -> bool {
    match operator {
        Operator::Gt => ordering.is_gt(),
        Operator::Lt => ordering.is_lt(),
        Operator::Ge => ordering.is_ge(),
        Operator::Le => ordering.is_le(),
        Operator::Exists | Operator::Eq | Operator::Ne => false,
    }
}
