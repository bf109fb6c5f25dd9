//! The items of a response as answers.

use super::values::{any_value, chosen, is_unfit};
use crate::fhir::{Extension, ResponseAnswer, ResponseItem};
use crate::read_error::{ReadError, ReadErrorKind};
use crate::record::{PASSED, TOOL, total_id};
use engine::answer_edit::MOST_VALUES;
use engine::answers::{Answer, Answers, Key, Value};
use engine::pack::{Form, Item, Kind, Pack, find_migration, migrates};
use engine::repetition::{self, MOST_NESTED};
use engine::validation::fits;
use std::collections::BTreeMap;

/// Maximum number of unknown answers that are named.
pub(super) const MOST_UNKNOWN: usize = 100;

pub(super) struct Reader<'a> {
    pub(super) pack: &'a Pack,
    /// The record is of the same version, so that everything in it must be known.
    pub(super) strict: bool,
    pub(super) answers: Answers,
    pub(super) unknown: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Reads items. `known` are the items that may stand there; a record of another version may
    /// hold any item of the questionnaire at any place. `at` is the repetition of the repeated
    /// group around them.
    pub(super) fn items(
        &mut self,
        items: &[ResponseItem],
        known: &'a [Item],
        at: u8,
        path: &str,
    ) -> Result<(), ReadError> {
        let mut seen: BTreeMap<&str, u8> = BTreeMap::new();
        for (i, read) in items.iter().enumerate() {
            let link = read.link_id.as_str();
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
                Some(item) => self.item(read, item, at, before, &path)?,
                None if migrates(&self.pack.migrations, link) => {
                    self.earlier_item(read, if before > 0 { before } else { at }, &path)?
                }
                None => self.unknown_item(read, if before > 0 { before } else { at }, &path)?,
            }
        }
        Ok(())
    }

    /// Reads an item of the questionnaire; `before` is how many of it stand before this one beside
    /// it.
    fn item(&mut self, read: &ResponseItem, item: &'a Item, at: u8, before: u8, path: &str) -> Result<(), ReadError> {
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
        let most = if item.repeats { MOST_VALUES } else { 1 };
        let takes = read.answer.len() <= if item.is_question() { most } else { 0 };
        if !takes {
            self.refuse(path)?;
        }
        let mut values = Vec::new();
        for (i, answer) in read.answer.iter().enumerate() {
            let path = [path, ".answer[", &i.to_string(), "]"].concat();
            let value = if takes {
                self.value(item, answer).or_else(|| self.earlier_value(&item.link_id, answer))
            } else {
                None
            };
            match value {
                // Only what is chosen is chosen once: two own words may be the same (of a code,
                // both are on the paper).
                Some(value) if !matches!(value, Value::Code(_)) || !values.contains(&value) => values.push(value),
                None if !takes => {}
                _ => self.refuse(&path)?,
            }
            self.items(&answer.item, &item.items, at, &path)?;
        }
        self.set(Key::new(&item.link_id, at), values, path)?;
        self.items(&read.item, &item.items, at, path)
    }

    /// Takes an answer; a second one to the same question is refused.
    fn set(&mut self, key: Key, values: Vec<Value>, path: &str) -> Result<(), ReadError> {
        if values.is_empty() {
            return Ok(());
        }
        if self.answers.get(&key).is_some() {
            return self.refuse(path);
        }
        // In a group that this questionnaire repeats and the record names otherwise, the
        // repetitions before it are there too.
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

    /// Reads an item of an earlier questionnaire, whose answers are migrated when all of them are
    /// there.
    fn earlier_item(&mut self, read: &ResponseItem, at: u8, path: &str) -> Result<(), ReadError> {
        let mut values = Vec::new();
        for (i, answer) in read.answer.iter().enumerate() {
            let path = [path, ".answer[", &i.to_string(), "]"].concat();
            match self.earlier_value(&read.link_id, answer) {
                Some(value) if values.len() < MOST_VALUES => values.push(value),
                _ => self.refuse(&path)?,
            }
            self.items(&answer.item, &[], at, &path)?;
        }
        self.set(Key::new(&read.link_id, at), values, path)?;
        self.items(&read.item, &[], at, path)
    }

    /// An answer that this questionnaire doesn't have, if it is migrated.
    fn earlier_value(&self, link: &str, answer: &ResponseAnswer) -> Option<Value> {
        let value = any_value(None, answer)?;
        let code = if let Value::Code(code) = &value { Some(code.as_str()) } else { None };
        find_migration(&self.pack.migrations, link, code).map(|_| value)
    }

    /// Goes down through an item that this questionnaire doesn't know: sections are renamed and
    /// regrouped, and the questions in them stay. Only an answer of its own is lost, and that is
    /// told.
    fn unknown_item(&mut self, read: &ResponseItem, at: u8, path: &str) -> Result<(), ReadError> {
        if self.strict || !read.answer.is_empty() || read.item.is_empty() {
            self.refuse(path)?;
        }
        for (i, answer) in read.answer.iter().enumerate() {
            self.items(&answer.item, &[], at, &[path, ".answer[", &i.to_string(), "]"].concat())?;
        }
        self.items(&read.item, &[], at, path)
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
        if any(&group.items, &nests) || self.repeated_group(&group.link_id).is_some() {
            most.min(MOST_NESTED)
        } else {
            most
        }
    }

    /// One more than the last repetition that an item inside a repeated group can have; 1 outside
    /// of them.
    fn most_around(&self, item: &'a Item) -> u8 {
        match self.repeated_group(&item.link_id) {
            None => 1,
            Some(group) if self.repeated_group(&group.link_id).is_some() => u8::MAX,
            Some(group) => self.most_repetitions(group),
        }
    }

    /// Questions that were skipped, "add another?", and what was typed and is no answer to its
    /// question, behind what stands among the items. An answer that stands there counts more than a
    /// skipped one.
    pub(super) fn skipped(&mut self, extensions: &[Extension]) -> Result<(), ReadError> {
        for (i, extension) in extensions.iter().enumerate().filter(|(_, e)| e.url == [TOOL, PASSED].concat()) {
            let path = ["$.extension[", &i.to_string(), "]"].concat();
            let Ok(skipped) = Answers::decode(extension.value_string.as_deref().unwrap_or_default()) else {
                self.refuse(&path)?;
                continue;
            };
            for (key, answer) in skipped.iter() {
                let item = self.pack.questionnaire.item(&key.link);
                let earlier = item.is_none() && migrates(&self.pack.migrations, &key.link);
                let group = earlier || item.is_some_and(|i| i.is_group() && i.repeats);
                let asks = group || item.is_some_and(Item::is_question);
                let another = group && (answer.has("true") || answer.has("false"));
                let unfit = item.filter(|i| {
                    i.is_question() && !answer.values().is_empty() && answer.values().iter().all(|v| is_unfit(i, v))
                });
                if let Some(item) = unfit {
                    let mut values = self.answers.get(key).map_or(Vec::new(), |a| a.values().to_vec());
                    values.extend(answer.values().iter().cloned());
                    if values.len() > if item.repeats { MOST_VALUES } else { 1 } {
                        self.refuse(&path)?;
                    } else {
                        self.answers.set(key.clone(), Answer::Given(values));
                    }
                } else if !(another || asks && *answer == Answer::Skipped) {
                    self.refuse(&path)?;
                } else if self.answers.get(key).is_none() {
                    self.answers.set(key.clone(), answer.clone());
                }
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: &str) -> Result<(), ReadError> {
        if self.strict {
            return Err(ReadErrorKind::Answer.at(path));
        }
        if self.unknown.len() < MOST_UNKNOWN {
            self.unknown.push(path.into());
        }
        Ok(())
    }

    /// The value of an answer, if it is one that this question can have.
    fn value(&self, item: &Item, answer: &ResponseAnswer) -> Option<Value> {
        let value = chosen(item, answer).or_else(|| any_value(Some(item), answer))?;
        let open = matches!(item.kind, Kind::String | Kind::Text | Kind::OpenChoice | Kind::OpenLookup);
        let system = answer.value_coding.as_ref().map(|c| c.system.as_str());
        let possible = match &value {
            Value::Code(code) if item.kind == Kind::Boolean => system.is_none() && item.option(code).is_some(),
            Value::Code(code) => {
                item.option(code).is_some_and(|o| (o.form == Form::Coding).then_some(o.system.as_str()) == system)
            }
            Value::Text(_) if answer.value_date.is_some() => item.kind == Kind::Date,
            Value::Text(_) if answer.value_time.is_some() => item.kind == Kind::Time,
            Value::Text(_) if answer.value_date_time.is_some() => item.kind == Kind::DateTime,
            Value::Text(_) if answer.value_uri.is_some() => item.kind == Kind::Url,
            Value::Text(text) => open || text.is_empty() && item.kind == Kind::Url,
            Value::Quantity(..) => item.kind == Kind::Quantity,
            Value::Number(_) => {
                item.kind == Kind::Decimal || item.kind == Kind::Integer && answer.value_decimal.is_none()
            }
        };
        match value {
            // Records of 0.1.0 hold the words that stand for own words on the paper as if the
            // patient had written them.
            Value::Text(text) if open && text == self.pack.words.on_paper() => Some(Value::Text(String::new())),
            value => Some(value).filter(|v| possible && fits(item, v)),
        }
    }
}

fn holds(item: &Item, link: &str) -> bool {
    item.items.iter().any(|i| i.link_id == link || holds(i, link))
}
