//! The way back: a record file as answers.

use super::{ABSENT, CORE, LEFT_OUT, PASSED, TOOL, apart, primitive, total_id};
use crate::fhir::{Coding, Element, Extension, Meta, Quantity, ResponseAnswer, ResponseItem};
use crate::problem::{Problem, What};
use engine::answer_edit::{MOST_VALUES, fits, is_day};
use engine::answers::{Answer, Answers, Key, Value};
use engine::clean::clean;
use engine::migrate::{drop_unfit, migrate};
use engine::pack::{Form, Item, Kind, Pack, find_migration, migrates};
use engine::repetition::{self, MOST_NESTED};
use serde::Deserialize;
use serde_json::Number;
use std::collections::BTreeMap;

/// Bytes that a record may have when it is read: ten times the heaviest of ours.
const LARGEST: usize = 4_000_000;
/// Characters of a moment with its offset and nanoseconds.
const LONGEST_MOMENT: usize = 35;
/// So many unknown answers are named.
const MOST_UNKNOWN: usize = 100;

/// A record that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The answers, as this pack's questionnaire asks for them.
    pub answers: Answers,
    /// When the answers were given, as the record says: a day as `YYYY-MM-DD`, or a moment that
    /// begins with one. Empty if it doesn't say.
    pub authored: String,
    /// The visitor had left answers out.
    pub left_out: bool,
    /// Answers that a record of another version of the questionnaire has and this one doesn't know,
    /// by path, at most 100.
    pub unknown: Vec<String>,
}

/// A resource as far as it is read: a response, a bundle, or what stands beside a response in a
/// bundle.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Resource {
    resource_type: String,
    entry: Vec<BundleEntry>,
    meta: Meta,
    extension: Vec<Extension>,
    questionnaire: String,
    status: String,
    authored: String,
    item: Vec<ResponseItem>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BundleEntry {
    resource: Resource,
}

/// Reads a record, or a bundle with one, back to the answers. Each response is known by its
/// canonical address: ours has to be there, once; that to the clinic's own questions is taken if
/// these are still the same; any other is named, not taken. Strict: what is not ours is refused.
/// Only a record of another version of this questionnaire may hold what this one doesn't know; that
/// is named, not taken.
///
/// # Errors
///
/// A [`Problem`] with the path of the first answer that can't be used, or the byte at which the
/// JSON is broken.
pub fn read(pack: &Pack, file: &str) -> Result<Record, Problem> {
    if file.len() > LARGEST {
        return Err(What::TooLarge.here());
    }
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let (ours, own) = apart(pack);
    let Responses { response, others } = responses(serde_json::from_str(file).map_err(|e| broken(file, &e))?, &ours)?;
    let (mut answers, mut unknown) = answers_of(&ours, &response)?;
    let own_url = own.as_ref().map(|own| own.questionnaire.url.as_str());
    let mut taken = false;
    for (path, other) in others {
        match &own {
            Some(own) if !taken && Some(address_of(&other)) == own_url => {
                taken = true;
                let (own_answers, own_unknown) = answers_of(own, &other)?;
                own_answers.iter().for_each(|(key, answer)| answers.set(key.clone(), answer.clone()));
                unknown.extend(own_unknown);
            }
            _ if other.item.is_empty() => {}
            _ => unknown.push([&path, "(", &address_of(&other).chars().take(60).collect::<String>(), ")"].concat()),
        }
    }
    let left_out = response.meta.tag.iter().any(|t| t.code == LEFT_OUT);
    if left_out {
        // Held back is neither "no" nor "not reached".
        pack.safety.may_leave_out.iter().for_each(|l| answers.set(Key::first(l), Answer::Skipped));
    }
    unknown.truncate(MOST_UNKNOWN);
    let authored = if is_moment(&response.authored) { response.authored } else { String::new() };
    Ok(Record { answers, authored, left_out, unknown })
}

/// The answers of one response to the questionnaire of `pack`, and the paths of what it doesn't
/// know.
fn answers_of(pack: &Pack, response: &Resource) -> Result<(Answers, Vec<String>), Problem> {
    if !matches!(response.status.as_str(), "completed" | "amended" | "in-progress") {
        return Err(What::OtherFile.at("$.status"));
    }
    let q = &pack.questionnaire;
    let version = response.questionnaire.split_once('|').map_or("", |(_, version)| version);
    let mut reader = Reader { pack, strict: version == q.version, answers: Answers::default(), unknown: Vec::new() };
    reader.items(&response.item, &q.items, 0, "$")?;
    reader.skipped(&response.extension)?;
    let Reader { answers, mut unknown, .. } = reader;
    let mut answers = migrate(pack, &answers);
    drop_unfit(pack, &mut answers, &mut unknown);
    Ok((answers, unknown))
}

/// The canonical address of a response's questionnaire, without a version.
fn address_of(response: &Resource) -> &str {
    response.questionnaire.split('|').next().unwrap_or_default()
}

/// The responses in a file.
struct Responses {
    /// The one to our questionnaire.
    response: Resource,
    /// The others, by path.
    others: Vec<(String, Resource)>,
}

/// Sorts the responses in a file by their addresses.
fn responses(file: Resource, ours: &Pack) -> Result<Responses, Problem> {
    const RESPONSE: &str = "QuestionnaireResponse";
    let url = &ours.questionnaire.url;
    let is_ours = |r: &Resource| !url.is_empty() && address_of(r) == url;
    let inside = match file.resource_type.as_str() {
        RESPONSE => vec![(String::from("$"), file)],
        "Bundle" => file
            .entry
            .into_iter()
            .enumerate()
            .map(|(i, e)| (["$.entry[", &i.to_string(), "]"].concat(), e.resource))
            .collect(),
        _ => Vec::new(),
    };
    let (mut mine, others): (Vec<_>, Vec<_>) =
        inside.into_iter().filter(|(_, r)| r.resource_type == RESPONSE).partition(|(_, r)| is_ours(r));
    match (mine.pop(), mine.is_empty()) {
        (Some((_, response)), true) => Ok(Responses { response, others }),
        (None, _) if others.len() == 1 => Err(What::OtherFile.at("$.questionnaire")),
        _ => Err(What::OtherFile.at("$.resourceType")),
    }
}

/// Where JSON is broken, as the byte in the file. What is no JSON from its start, or JSON of
/// another shape, is another file.
fn broken(file: &str, error: &serde_json::Error) -> Problem {
    let before: usize = file.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = before + error.column().saturating_sub(1);
    if at < 2 || error.is_data() && !error.to_string().starts_with("duplicate field") {
        What::OtherFile.here()
    } else {
        What::Broken.at(&at.to_string())
    }
}

/// True for a day, or a moment that begins with one.
fn is_moment(text: &str) -> bool {
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let time = rest.is_empty() || rest.starts_with('T');
    text.len() <= LONGEST_MOMENT
        && is_day(day)
        && time
        && rest.chars().all(|c| c.is_ascii_digit() || "-+:.TZ".contains(c))
}

struct Reader<'a> {
    pack: &'a Pack,
    /// The record is of the same version, so that everything in it must be known.
    strict: bool,
    answers: Answers,
    unknown: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Reads items. `known` are the items that may stand there; a record of another version may
    /// hold any item of the questionnaire at any place. `at` is the repetition of the repeated
    /// group around them.
    fn items(&mut self, items: &[ResponseItem], known: &'a [Item], at: u8, path: &str) -> Result<(), Problem> {
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
    fn item(&mut self, read: &ResponseItem, item: &'a Item, at: u8, before: u8, path: &str) -> Result<(), Problem> {
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
    fn set(&mut self, key: Key, values: Vec<Value>, path: &str) -> Result<(), Problem> {
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
    fn earlier_item(&mut self, read: &ResponseItem, at: u8, path: &str) -> Result<(), Problem> {
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
    fn unknown_item(&mut self, read: &ResponseItem, at: u8, path: &str) -> Result<(), Problem> {
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
    fn skipped(&mut self, extensions: &[Extension]) -> Result<(), Problem> {
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

    fn refuse(&mut self, path: &str) -> Result<(), Problem> {
        if self.strict {
            return Err(What::Answer.at(path));
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

/// True for typed words or a number that are no answer to their question, and are kept as they were
/// typed.
fn is_unfit(item: &Item, value: &Value) -> bool {
    let typed = match value {
        Value::Text(text) => !text.is_empty() && text == &clean(text),
        Value::Number(_) | Value::Quantity(..) => true,
        Value::Code(_) => false,
    };
    typed && !fits(item, value)
}

/// An option that FHIR writes as a primitive value.
fn chosen(item: &Item, answer: &ResponseAnswer) -> Option<Value> {
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
fn any_value(item: Option<&Item>, answer: &ResponseAnswer) -> Option<Value> {
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
fn is_absent(answer: &ResponseAnswer) -> bool {
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
