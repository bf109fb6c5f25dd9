//! Brings answers of an earlier version of the questionnaire to this one, by the pack's migrations.

use crate::answers::{Answer, Answers, Key, Value};
use crate::measure;
use crate::pack::{Item, Kind, Migration, MigrationTarget, Pack, find_migration};
use crate::validation::fits;

/// Returns the answers as this pack's questionnaire asks for them. Answers without a migration stay
/// as they are, so the result is the same when it is migrated again. An answer that stands under
/// its new name already is never replaced.
pub fn migrate(pack: &Pack, answers: &Answers) -> Answers {
    let mut out = Answers::default();
    let mut moved = Vec::new();
    for (key, answer) in answers.iter() {
        let Answer::Given(values) = answer else {
            match skipped(pack, &key.link) {
                Some(target) => moved.push((Key::new(&target.question, key.repetition), None)),
                None => out.set(key.clone(), Answer::Skipped),
            }
            continue;
        };
        let mut stays = Vec::new();
        let row = |value| find_migration(&pack.migrations, &key.link, code(value));
        let all_move = values.iter().all(|value| row(value).is_some());
        for value in values {
            let Some(row) = row(value) else {
                stays.push(value.clone());
                continue;
            };
            let otherwise =
                row.to.is_empty() || row.to.iter().any(|t| is_answered_otherwise(answers, t, key.repetition));
            if !row.kept.is_empty() && (otherwise || all_move) {
                stays.push(Value::Text(row.kept.clone()));
            }
            if row.kept.is_empty() || !otherwise {
                moved.extend(new_answers(pack, row, value, key.repetition));
            }
        }
        out.set(key.clone(), Answer::Given(stays));
    }
    for (key, value) in moved {
        add(pack, &mut out, key, value);
    }
    out
}

/// Where the mark of a skipped question goes: to the first target of the row for every answer, or
/// else of the question's first row. A question that is still asked keeps it.
fn skipped<'a>(pack: &'a Pack, link: &str) -> Option<&'a MigrationTarget> {
    if pack.questionnaire.item(link).is_some() {
        return None;
    }
    let row =
        find_migration(&pack.migrations, link, None).or_else(|| pack.migrations.iter().find(|m| m.question == link));
    row?.to.first()
}

/// True if the target has an answer, and not this one.
fn is_answered_otherwise(answers: &Answers, target: &MigrationTarget, repetition: u8) -> bool {
    let given = answers.get(&Key::new(&target.question, repetition)).filter(|answer| !answer.values().is_empty());
    given.is_some_and(|answer| target.answer.as_ref().is_some_and(|code| !answer.has(code)))
}

fn code(value: &Value) -> Option<&str> {
    if let Value::Code(code) = value { Some(code) } else { None }
}

/// What an earlier answer becomes. Words that now are quantities become those they consist of; if
/// anything else stands there, they stay as they were typed under the first question, for the
/// visitor and the clinician to read.
fn new_answers(pack: &Pack, row: &Migration, value: &Value, repetition: u8) -> Vec<(Key, Option<Value>)> {
    let key = |target: &MigrationTarget| Key::new(&target.question, repetition);
    let quantity =
        |target: &MigrationTarget| pack.questionnaire.item(&target.question).filter(|i| i.kind == Kind::Quantity);
    let items: Vec<&Item> = row.to.iter().filter_map(quantity).collect();
    match value {
        Value::Text(text) if !items.is_empty() && items.len() == row.to.len() => {
            match measure::quantities(text, &items) {
                Some(found) => {
                    found.into_iter().filter_map(|(i, value)| row.to.get(i).map(|t| (key(t), Some(value)))).collect()
                }
                None => row.to.first().map(|t| (key(t), Some(value.clone()))).into_iter().collect(),
            }
        }
        value => row.to.iter().map(|t| (key(t), Some(new_value(t, value)))).collect(),
    }
}

fn new_value(target: &MigrationTarget, value: &Value) -> Value {
    target.answer.as_deref().map_or_else(|| value.clone(), Value::code)
}

/// Adds one migrated value; `None` marks the question as skipped.
fn add(pack: &Pack, answers: &mut Answers, key: Key, value: Option<Value>) {
    let several = pack.questionnaire.item(&key.link).is_some_and(|i| i.is_question() && i.repeats);
    let before = answers.get(&key).cloned();
    match (before, value) {
        (None, None) => answers.set(key, Answer::Skipped),
        (None | Some(Answer::Skipped), Some(value)) => answers.set(key, Answer::Given(vec![value])),
        (Some(Answer::Given(mut values)), Some(value)) if several && !values.contains(&value) => {
            values.push(value);
            answers.set(key, Answer::Given(values));
        }
        _ => {}
    }
}

/// Takes away what a migration brought under a question that has no such answer, for instance words
/// under a closed list, and names the question in `unknown`.
pub fn drop_unfit(pack: &Pack, answers: &mut Answers, unknown: &mut Vec<String>) {
    let targets: Vec<&str> = pack.migrations.iter().flat_map(|m| &m.to).map(|t| t.question.as_str()).collect();
    let unfit = |key: &Key, answer: &Answer| {
        let item = pack.questionnaire.item(&key.link);
        targets.contains(&key.link.as_str())
            && !item.is_some_and(|item| answer.values().iter().all(|v| is_answer(item, v)))
    };
    let wrong: Vec<Key> =
        answers.iter().filter(|(key, answer)| unfit(key, answer)).map(|(key, _)| key.clone()).collect();
    for key in wrong {
        answers.clear(&key);
        unknown.push(key.link);
    }
}

fn is_answer(item: &Item, value: &Value) -> bool {
    let open = matches!(item.kind, Kind::String | Kind::Text | Kind::OpenChoice | Kind::OpenLookup);
    let typed = matches!(item.kind, Kind::Date | Kind::Time | Kind::DateTime | Kind::Url);
    // Words that were migrated to a quantity, and numbers out of range, are shown as they were
    // typed.
    let open = open || item.kind == Kind::Quantity;
    match value {
        Value::Code(code) => {
            item.option(code).is_some() || item.is_group() && matches!(code.as_str(), "true" | "false")
        }
        // A code on paper tells of own words by an empty text.
        Value::Text(text) => open || typed && (text.is_empty() || fits(item, value)),
        Value::Number(_) => matches!(item.kind, Kind::Integer | Kind::Decimal),
        Value::Quantity(..) => item.kind == Kind::Quantity,
    }
}
