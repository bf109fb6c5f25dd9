//! An answer in the visitor's own words.

use crate::answers::{Answer, Value};
use crate::calendar::is_date_time;
use crate::clean::clean;
use crate::measure::{feet_and_inches, is_feet_and_inches};
use crate::number;
use crate::pack::{Item, Kind, Words};
use crate::validation::fits;

/// What was answered, as text: option texts as they stood on screen, own words as typed.
pub fn display_answer(words: &Words, item: &Item, answer: Option<&Answer>) -> String {
    match answer {
        None | Some(Answer::Skipped) => words.not_answered().to_string(),
        Some(Answer::Given(values)) => {
            let each: Vec<String> = values.iter().map(|v| value(words, item, v)).collect();
            // A question of the visitor's ends as it ends.
            each.join("; ").replace("?; ", "? ")
        }
    }
}

/// One value as text. A listed name shows its other names too ("sertraline (Zoloft)"); what is no
/// answer to its question is said to stand as it was typed.
pub fn value(words: &Words, item: &Item, value: &Value) -> String {
    let shown = plain(words, item, value);
    let on_paper = matches!(value, Value::Text(text) if text.is_empty());
    if fits(item, value) || on_paper { shown } else { [&shown, " (", words.sheet_unfit(), ")"].concat() }
}

fn plain(words: &Words, item: &Item, value: &Value) -> String {
    match value {
        Value::Code(code) => match item.option(code) {
            Some(option) if !option.synonyms.is_empty() => format!("{} ({})", option.text, option.synonyms.join(", ")),
            Some(option) => option.text.clone(),
            None if code == "true" => words.yes().to_string(),
            None if code == "false" => words.no().to_string(),
            None => code.clone(),
        },
        // Said here and not where a code is read: the language may be another by then.
        Value::Text(text) if item.kind == Kind::DateTime && is_date_time(text) => text.replace('T', " "),
        Value::Text(text) if text.is_empty() => words.on_paper().into(),
        Value::Text(text) => clean(text),
        Value::Number(n) => with_unit(*n, &item.unit),
        Value::Quantity(n, unit) if is_feet_and_inches(item, unit) => {
            let (feet, inches) = feet_and_inches(*n);
            [with_unit(feet, words.feet()), with_unit(inches, words.inches())].join(" ")
        }
        Value::Quantity(n, unit) => with_unit(*n, item.unit_named(unit).map_or(unit, |u| u.label())),
    }
}

fn with_unit(n: f64, unit: &str) -> String {
    format!("{} {unit}", number::write(n).unwrap_or_default()).trim().into()
}
