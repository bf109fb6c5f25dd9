//! A questionnaire of FHIR STU3, put into the names of R4. Each of these says in R4 what it says in
//! STU3, so nothing is lost by it, and the file need not be converted first.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

type Object = Map<String, Value>;

/// The kinds of `initial[x]` in STU3.
const INITIAL: &[&str] = &[
    "Boolean",
    "Decimal",
    "Integer",
    "Date",
    "DateTime",
    "Time",
    "String",
    "Uri",
    "Attachment",
    "Coding",
    "Quantity",
    "Reference",
];

/// Renames what is STU3's, and returns the names that were found. Where there is none, nothing is
/// changed: it is no file of STU3.
pub(super) fn to_r4(questionnaire: &mut Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each_item(questionnaire, &mut |item| rename(item, &mut found));
    if !found.is_empty() {
        each_item(questionnaire, &mut conditions);
    }
    found
}

/// True for a field of an item that R4 names otherwise.
pub(super) fn is_old(key: &str) -> bool {
    matches!(key, "option" | "options") || key.strip_prefix("initial").is_some_and(|kind| INITIAL.contains(&kind))
}

fn each_item(value: &mut Value, what: &mut impl FnMut(&mut Object)) {
    for item in value.get_mut("item").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(map) = item.as_object_mut() {
            what(map);
        }
        each_item(item, what);
    }
}

fn rename(item: &mut Object, found: &mut BTreeSet<String>) {
    if item.get("option").is_some_and(Value::is_array)
        && !item.contains_key("answerOption")
        && let Some(options) = item.remove("option")
    {
        item.insert("answerOption".into(), options);
        found.insert("option".into());
    }
    let set = item.get("options").and_then(|o| o.get("reference")).filter(|r| r.is_string()).cloned();
    if let Some(set) = set.filter(|_| !item.contains_key("answerValueSet")) {
        item.remove("options");
        item.insert("answerValueSet".into(), set);
        found.insert("options".into());
    }
    let given: Vec<&str> = INITIAL.iter().copied().filter(|k| item.contains_key(&["initial", k].concat())).collect();
    // R4 has a list; STU3 has one value.
    if let (&[kind], false) = (given.as_slice(), item.contains_key("initial")) {
        let old = ["initial", kind].concat();
        if let Some(value) = item.remove(&old) {
            item.insert("initial".into(), json!([{ ["value", kind].concat(): value }]));
            found.insert(old);
        }
    }
    for condition in conditions_of(item) {
        let Some(answered) = condition.get("hasAnswer").filter(|v| v.is_boolean()).cloned() else { continue };
        if condition.keys().any(|k| k == "operator" || k.starts_with("answer")) {
            continue;
        }
        condition.remove("hasAnswer");
        condition.insert("operator".into(), "exists".into());
        condition.insert("answerBoolean".into(), answered);
        found.insert("hasAnswer".into());
    }
}

/// STU3 has no operators: an answer is the one that is named. Of several conditions one is enough
/// ("joined by an or clause", Questionnaire.item.enableWhen, 3.0.2).
fn conditions(item: &mut Object) {
    let mut count = 0;
    for condition in conditions_of(item) {
        count += 1;
        if !condition.contains_key("operator") {
            condition.insert("operator".into(), "=".into());
        }
    }
    if count > 1 && !item.contains_key("enableBehavior") {
        item.insert("enableBehavior".into(), "any".into());
    }
}

fn conditions_of(item: &mut Object) -> impl Iterator<Item = &mut Object> {
    let list = item.get_mut("enableWhen").and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut)
}
