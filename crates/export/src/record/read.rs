//! The way back: a record file as answers.

use super::{LEFT_OUT, PASSED, TOOL, option_key, total_id};
use crate::json::Json;
use crate::problem::{Problem, What};
use engine::answer_edit::{LONGEST, fits, is_day};
use engine::answers::{Answer, Answers, Key, Value};
use engine::migrate::{drop_unfit, migrate};
use engine::number;
use engine::pack::{Coding, Item, Kind, Pack, find_migration, migrates};
use engine::repetition::{self, MOST_NESTED};
use std::collections::BTreeMap;

/// Bytes that a record may have when it is read: ten times the heaviest of ours.
const LARGEST: usize = 4_000_000;

/// A record that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The answers.
    pub answers: Answers,
    /// When the record was made, as it says.
    pub authored: String,
    /// The visitor had left answers out.
    pub left_out: bool,
    /// Answers that a record of another version of the questionnaire has and this one doesn't know, by path.
    pub unknown: Vec<String>,
}

/// Reads a record, or a bundle with one, back to the answers. Strict: what is not ours is refused by path. Only a
/// record of another version of this questionnaire may hold what this one doesn't know; that is named, not taken.
pub fn read(pack: &Pack, file: &str) -> Result<Record, Problem> {
    if file.len() > LARGEST {
        return Err(What::TooLarge.here());
    }
    let json = Json::read(file.strip_prefix('\u{feff}').unwrap_or(file))
        .map_err(|at| if at < 2 { What::OtherFile.here() } else { What::Broken.at(&at.to_string()) })?;
    let is = |resource: &Json, name: &str| resource.get("resourceType").text() == Some(name);
    const RESPONSE: &str = "QuestionnaireResponse";
    let inside: Vec<&Json> = json.get("entry").list().iter().map(|e| e.get("resource")).filter(|r| is(r, RESPONSE)).collect();
    let response = match inside.as_slice() {
        _ if is(&json, RESPONSE) => &json,
        [one] if is(&json, "Bundle") => *one,
        _ => return Err(What::OtherFile.at("$.resourceType")),
    };
    let q = &pack.questionnaire;
    let canonical = response.get("questionnaire").text().unwrap_or_default();
    let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
    if url != q.url || q.url.is_empty() {
        return Err(What::OtherFile.at("$.questionnaire"));
    }
    if !matches!(response.get("status").text(), Some("completed" | "amended" | "in-progress")) {
        return Err(What::OtherFile.at("$.status"));
    }
    let mut reader = Reader { pack, strict: version == q.version, answers: Answers::default(), unknown: Vec::new() };
    reader.items(response, &q.items, 0, "$")?;
    reader.passed_over(response)?;
    let Reader { answers, mut unknown, .. } = reader;
    let mut answers = migrate(pack, &answers);
    drop_unfit(pack, &mut answers, &mut unknown);
    let left_out = response.get("meta").get("tag").list().iter().any(|t| t.get("code").text() == Some(LEFT_OUT));
    if left_out {
        // Held back is neither "no" nor "not reached".
        pack.safety.may_leave_out.iter().for_each(|l| answers.set(Key::first(l), Answer::Skipped));
    }
    let authored = response.get("authored").text().unwrap_or_default();
    let authored = if authored.chars().all(|c| c.is_ascii_digit() || "-+:.TZ".contains(c)) { authored.to_string() } else { String::new() };
    Ok(Record { answers, authored, left_out, unknown })
}

struct Reader<'a> {
    pack: &'a Pack,
    /// The record is of the same version, so that everything in it must be known.
    strict: bool,
    answers: Answers,
    unknown: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Reads the items below `parent`. `known` are the items that may stand there; a record of another version may hold any
    /// item of the questionnaire at any place. `at` is the repetition of the repeated group around them.
    fn items(&mut self, parent: &Json, known: &'a [Item], at: u8, path: &str) -> Result<(), Problem> {
        let mut seen: BTreeMap<&str, u8> = BTreeMap::new();
        for (i, json) in parent.get("item").list().iter().enumerate() {
            let link = json.get("linkId").text().unwrap_or_default();
            let path = [path, ".item[", &i.to_string(), "](", &link.chars().take(40).collect::<String>(), ")"].concat();
            if self.pack.instruments.iter().any(|i| total_id(i) == link) {
                // Totals are computed anew from the answers.
                continue;
            }
            let count = seen.entry(link).or_default();
            let before = *count;
            *count = before.saturating_add(1);
            let moved = || if self.strict { None } else { self.pack.questionnaire.item(link) };
            match known.iter().find(|i| i.link_id == link).or_else(moved) {
                Some(item) => self.item(json, item, at, before, &path)?,
                None if migrates(&self.pack.migrations, link) => self.earlier_item(json, link, if before > 0 { before } else { at }, &path)?,
                None => self.unknown_item(json, if before > 0 { before } else { at }, &path)?,
            }
        }
        Ok(())
    }

    /// Reads an item of the questionnaire; `before` is how many of it stand before this one beside it.
    fn item(&mut self, json: &Json, item: &'a Item, at: u8, before: u8, path: &str) -> Result<(), Problem> {
        let repeats = item.is_group() && item.repeats;
        if before > 0 && !repeats || repeats && before >= self.most_repetitions(item) {
            return self.refuse(path);
        }
        let nested = repeats && self.repeated_group(&item.link_id).is_some();
        let name = |n: u8| if nested { repetition::nested(at, n) } else { n };
        if repeats && before > 0 {
            self.answers.set(Key::new(&item.link_id, name(before - 1)), Answer::code("true"));
        }
        let at = if repeats { name(before) } else { at };
        if !repeats && at >= self.most_around(item) {
            return self.refuse(path);
        }
        let answers = json.get("answer").list();
        let takes = if item.is_question() { item.repeats || answers.len() < 2 } else { answers.is_empty() };
        if !takes {
            self.refuse(path)?;
        }
        let mut values = Vec::new();
        for (i, answer) in answers.iter().enumerate() {
            let path = [path, ".answer[", &i.to_string(), "]"].concat();
            let read = value(item, answer).or_else(|| self.earlier_value(&item.link_id, answer));
            match read.filter(|_| takes) {
                // Only what is chosen is chosen once: two own words may be the same (of a code, both are on the paper).
                Some(value) if !matches!(value, Value::Code(_)) || !values.contains(&value) => values.push(value),
                None if !takes => {}
                _ => self.refuse(&path)?,
            }
            self.items(answer, &item.items, at, &path)?;
        }
        self.set(Key::new(&item.link_id, at), values, path)?;
        self.items(json, &item.items, at, path)
    }

    /// Takes an answer; a second one to the same question is refused.
    fn set(&mut self, key: Key, values: Vec<Value>, path: &str) -> Result<(), Problem> {
        if values.is_empty() {
            return Ok(());
        }
        if self.answers.get(&key).is_some() {
            return self.refuse(path);
        }
        // In a group that this questionnaire repeats and the record names otherwise, the repetitions before it are there too.
        if let Some(group) = self.repeated_group(&key.link) {
            let nested = self.repeated_group(&group.link_id).is_some();
            let count = if nested { repetition::inner(key.repetition) } else { key.repetition };
            let name = |n: u8| if nested { repetition::nested(repetition::outer(key.repetition), n) } else { n };
            for earlier in (0..count).map(|n| Key::new(&group.link_id, name(n))) {
                self.answers.set(earlier, Answer::code("true"));
            }
        }
        self.answers.set(key, Answer::Given(values));
        Ok(())
    }

    /// Reads an item of an earlier questionnaire, whose answers are migrated when all of them are there.
    fn earlier_item(&mut self, json: &Json, link: &str, at: u8, path: &str) -> Result<(), Problem> {
        let mut values = Vec::new();
        for (i, answer) in json.get("answer").list().iter().enumerate() {
            let path = [path, ".answer[", &i.to_string(), "]"].concat();
            match self.earlier_value(link, answer) {
                Some(value) => values.push(value),
                None => self.refuse(&path)?,
            }
            self.items(answer, &[], at, &path)?;
        }
        self.set(Key::new(link, at), values, path)?;
        self.items(json, &[], at, path)
    }

    /// An answer that this questionnaire doesn't have, if it is migrated.
    fn earlier_value(&self, link: &str, answer: &Json) -> Option<Value> {
        let value = any_value(answer)?;
        let code = if let Value::Code(code) = &value { Some(code.as_str()) } else { None };
        find_migration(&self.pack.migrations, link, code).map(|_| value)
    }

    /// Goes down through an item that this questionnaire doesn't know: sections are renamed and regrouped, and the questions
    /// in them stay. Only an answer of its own is lost, and that is told.
    fn unknown_item(&mut self, json: &Json, at: u8, path: &str) -> Result<(), Problem> {
        let answers = json.get("answer").list();
        if self.strict || !answers.is_empty() || json.get("item").list().is_empty() {
            self.refuse(path)?;
        }
        for (i, answer) in answers.iter().enumerate() {
            self.items(answer, &[], at, &[path, ".answer[", &i.to_string(), "]"].concat())?;
        }
        self.items(json, &[], at, path)
    }

    /// The nearest repeated group around an item, at any depth.
    fn repeated_group(&self, link: &str) -> Option<&'a Item> {
        let pack = self.pack;
        // Groups stand before what is in them, so the last one that holds the item is the nearest.
        pack.questionnaire.all().into_iter().rfind(|i| i.is_group() && i.repeats && holds(i, link))
    }

    /// How many repetitions a repeated group can have.
    fn most_repetitions(&self, group: &'a Item) -> u8 {
        let most = if group.max_occurs == 0 { u8::MAX } else { group.max_occurs };
        let nests = |i: &Item| i.is_group() && i.repeats;
        fn any(items: &[Item], test: &dyn Fn(&Item) -> bool) -> bool {
            items.iter().any(|i| test(i) || any(&i.items, test))
        }
        if any(&group.items, &nests) || self.repeated_group(&group.link_id).is_some() { most.min(MOST_NESTED) } else { most }
    }

    /// One more than the last repetition that an item inside a repeated group can have; 1 outside of them.
    fn most_around(&self, item: &'a Item) -> u8 {
        match self.repeated_group(&item.link_id) {
            None => 1,
            Some(group) if self.repeated_group(&group.link_id).is_some() => u8::MAX,
            Some(group) => self.most_repetitions(group),
        }
    }

    /// Questions that were passed over, and "add another?". An answer that stands among the items counts more.
    fn passed_over(&mut self, response: &Json) -> Result<(), Problem> {
        for (i, extension) in response.get("extension").list().iter().enumerate() {
            let path = ["$.extension[", &i.to_string(), "]"].concat();
            if extension.get("url").text().is_none_or(|u| u != [TOOL, PASSED].concat()) {
                continue;
            }
            let Ok(passed) = Answers::decode(extension.get("valueString").text().unwrap_or_default()) else {
                self.refuse(&path)?;
                continue;
            };
            for (key, answer) in passed.iter() {
                let item = self.pack.questionnaire.item(&key.link);
                let another = item.is_some_and(|i| i.is_group() && i.repeats) && (answer.has("true") || answer.has("false"));
                let asks = item.is_some_and(|i| i.is_question() || i.is_group() && i.repeats);
                let earlier = item.is_none() && migrates(&self.pack.migrations, &key.link);
                let another = another || earlier && (answer.has("true") || answer.has("false"));
                let asks = asks || earlier;
                if !(another || asks && *answer == Answer::Skipped) {
                    self.refuse(&path)?;
                } else if self.answers.get(key).is_none() {
                    self.answers.set(key.clone(), answer.clone());
                }
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: &str) -> Result<(), Problem> {
        if self.strict {
            return Err(What::Answer.at(path));
        }
        self.unknown.push(path.into());
        Ok(())
    }
}

/// The value of an answer to a question that this questionnaire doesn't have.
fn any_value(answer: &Json) -> Option<Value> {
    let Json::Object(fields) = answer else { return None };
    let (key, value) = fields.iter().find(|(k, _)| k.starts_with("value"))?;
    match (key.as_str(), value) {
        ("valueCoding", coding) => Some(Value::code(coding.get("code").text()?)),
        ("valueString", Json::Text(words)) => (!words.is_empty() && words.chars().count() <= LONGEST as usize).then(|| Value::Text(words.clone())),
        ("valueDate", Json::Text(day)) => is_day(day).then(|| Value::Text(day.clone())),
        ("valueBoolean", Json::Flag(flag)) => Some(Value::code(if *flag { "true" } else { "false" })),
        ("valueInteger" | "valueDecimal", Json::Number(n)) => number::read(n).map(Value::Number),
        _ => None,
    }
}

/// The value of an answer, if it is one that this question can have.
fn value(item: &Item, answer: &Json) -> Option<Value> {
    let Json::Object(fields) = answer else { return None };
    let mut values = fields.iter().filter(|(k, _)| k.starts_with("value"));
    let (key, value) = values.next().filter(|_| values.next().is_none())?;
    let most = if item.max_length > 0 { item.max_length } else { LONGEST } as usize;
    match (key.as_str(), value, item.kind) {
        ("valueCoding", coding, Kind::Choice | Kind::Lookup | Kind::OpenChoice | Kind::OpenLookup) => {
            let option = item.option(coding.get("code").text()?)?;
            (coding.get("system").text().unwrap_or_default() == option.system).then(|| Value::code(&option.code))
        }
        // An answer to choose that is no coding.
        ("valueString" | "valueInteger" | "valueDate" | "valueTime", Json::Text(chosen) | Json::Number(chosen), _)
            if item.option(chosen).is_some_and(|o| option_key(o) == key) =>
        {
            Some(Value::code(chosen))
        }
        ("valueString", Json::Text(words), Kind::String | Kind::Text | Kind::OpenChoice | Kind::OpenLookup) => {
            (!words.is_empty() && words.chars().count() <= most).then(|| Value::Text(words.clone()))
        }
        ("valueBoolean", Json::Flag(flag), Kind::Boolean) => Some(Value::code(if *flag { "true" } else { "false" })),
        ("valueInteger", Json::Number(n), Kind::Integer) | ("valueInteger" | "valueDecimal", Json::Number(n), Kind::Decimal) => {
            number::read(n).map(Value::Number).filter(|n| fits(item, n))
        }
        ("valueDate", Json::Text(text), Kind::Date) | ("valueUri", Json::Text(text), Kind::Url) => {
            Some(Value::Text(text.clone())).filter(|v| fits(item, v))
        }
        ("valueTime", Json::Text(time), Kind::Time) => Some(Value::Text(without_seconds(time))).filter(|v| fits(item, v)),
        ("valueDateTime", Json::Text(moment), Kind::DateTime) => Some(Value::Text(local(moment))).filter(|v| fits(item, v)),
        ("valueQuantity", json, Kind::Quantity) => quantity(item, json).filter(|v| fits(item, v)),
        _ => None,
    }
}

/// A quantity in one of the question's units: known by its code, or by its words where it has no code.
fn quantity(item: &Item, json: &Json) -> Option<Value> {
    let Json::Number(n) = json.get("value") else { return None };
    let text = |key: &str| json.get(key).text().unwrap_or_default();
    let is = |u: &&Coding| if text("code").is_empty() { u.label() == text("unit") } else { u.code == text("code") && u.system == text("system") };
    let named = !(text("code").is_empty() && text("unit").is_empty());
    let unit = if named { item.units.iter().find(is)?.code.clone() } else { String::new() };
    Some(Value::Quantity(number::read(n)?, unit))
}

/// A time of day as it is stored: FHIR writes seconds where there are none.
fn without_seconds(time: &str) -> String {
    time.strip_suffix(":00").filter(|t| t.len() == "18:30".len()).unwrap_or(time).into()
}

/// A moment as it stood on the visitor's clock: without its offset.
fn local(moment: &str) -> String {
    let Some((day, time)) = moment.split_once('T') else { return moment.into() };
    let time = time.find(['+', '-', 'Z']).and_then(|at| time.get(..at)).unwrap_or(time);
    [day, "T", &without_seconds(time)].concat()
}

fn holds(item: &Item, link: &str) -> bool {
    item.items.iter().any(|i| i.link_id == link || holds(i, link))
}
