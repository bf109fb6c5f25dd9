//! One answer of a response as a value.

use crate::fhir::{Coding, Element, Quantity, ResponseAnswer};
use crate::record::{ABSENT, CORE, primitive};
use engine::answers::Value;
use engine::clean::clean;
use engine::pack::{Form, Item};
use engine::validation::fits;
use serde_json::Number;

/// True for typed words or a number that are no answer to their question, and are kept as they were
/// typed.
pub(super) fn is_unfit(item: &Item, value: &Value) -> bool {
    let typed = match value {
        Value::Text(text) => !text.is_empty() && text == &clean(text),
        Value::Number(_) | Value::Quantity(..) => true,
        Value::Code(_) => false,
    };
    typed && !fits(item, value)
}

/// An option that FHIR writes as a primitive value.
pub(super) fn chosen(item: &Item, answer: &ResponseAnswer) -> Option<Value> {
    let number = answer.value_integer.as_ref().map(Number::to_string);
    let texts = [
        (Form::String, &answer.value_string),
        (Form::Date, &answer.value_date),
        (Form::Time, &answer.value_time),
        (Form::Integer, &number),
    ];
    texts.into_iter().find_map(|(form, text)| {
        let (form_of, code) = primitive(item.option(text.as_deref()?)?)?;
        (form_of == form).then(|| Value::code(code))
    })
}

/// The one value of an answer, whatever its question; the units of a quantity are those of `item`.
/// `None` if there is no value, or more than one.
pub(super) fn any_value(item: Option<&Item>, answer: &ResponseAnswer) -> Option<Value> {
    let boolean = answer.value_boolean.map(|flag| Value::code(if flag { "true" } else { "false" }));
    let coding =
        answer.value_coding.as_ref().filter(|c| !c.code.is_empty()).map(|Coding { code, .. }| Value::code(code));
    let number =
        answer.value_integer.iter().chain(&answer.value_decimal).next().and_then(Number::as_f64).map(Value::Number);
    let words = answer.value_string.as_deref().map(clean).filter(|text| !text.is_empty());
    let time = answer.value_time.as_deref().map(without_seconds);
    let typed = [
        words,
        answer.value_date.clone(),
        time,
        answer.value_date_time.as_deref().map(local),
        answer.value_uri.clone(),
    ];
    let typed = typed.into_iter().flatten().chain(is_absent(answer).then(String::new)).map(Value::Text);
    let quantity = answer.value_quantity.as_ref().zip(item).and_then(|(q, item)| quantity(item, q));
    let mut all = [boolean, coding, number, quantity].into_iter().flatten().chain(typed);
    all.next().filter(|_| all.next().is_none())
}

/// True if a text was given that this file does not know.
pub(super) fn is_absent(answer: &ResponseAnswer) -> bool {
    let Element { extension } = &answer.value_string_element;
    answer.value_string.is_none() && extension.iter().any(|e| e.url == [CORE, ABSENT].concat())
}

/// A quantity in one of the question's units: known by its code, or by its words where it has no
/// code.
fn quantity(item: &Item, read: &Quantity) -> Option<Value> {
    let is = |u: &&engine::pack::Coding| {
        if read.code.is_empty() { u.label() == read.unit } else { u.code == read.code && u.system == read.system }
    };
    let named = !(read.code.is_empty() && read.unit.is_empty());
    let unit = if named { item.units.iter().find(is)?.code.clone() } else { String::new() };
    Some(Value::Quantity(read.value.as_ref()?.as_f64()?, unit))
}

/// A time of day as it is stored. FHIR requires seconds; they are dropped where they are zero.
fn without_seconds(time: &str) -> String {
    time.strip_suffix(":00").filter(|t| t.len() == "18:30".len()).unwrap_or(time).into()
}

/// A moment as it stood on the visitor's clock: without its offset.
fn local(moment: &str) -> String {
    let Some((day, time)) = moment.split_once('T') else { return moment.into() };
    let time = time.find(['+', '-', 'Z']).and_then(|at| time.get(..at)).unwrap_or(time);
    [day, "T", &without_seconds(time)].concat()
}
