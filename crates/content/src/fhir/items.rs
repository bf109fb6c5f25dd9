//! Groups, lines and questions, and how what FHIR allows becomes what the engine has.

use super::{FRACTION, ITEM_KEYS, Object, Reader, coding};
use engine::pack::{AnswerOption, Form, Item, Kind};
use serde_json::Value;
use std::collections::BTreeSet;

const CONTROL: &str = "questionnaire-itemControl";

/// More numbers than this are no choice that a person oversees: a slider over them is a number to type.
const MOST_ON_SLIDER: f64 = 21.0;

/// Bytes of a text that is no heading any more.
const LONG: usize = 60;

/// Controls of a line of text that belongs to the question above it.
const BESIDE: &[&str] = &["help", "flyover", "prompt", "inline", "legal", "unit", "lower", "upper", "security"];

/// Marks a display child as its parent's help while the tree is read.
pub(super) const HELP_MARK: &str = "\u{0}help";

impl Reader<'_> {
    /// `above` is what the nearest group or question around them says.
    pub(super) fn items(&mut self, map: &Object, path: &str, above: &str) -> Vec<Item> {
        let list = self.list(map, "item", path);
        list.iter().enumerate().filter_map(|(i, v)| self.item(v, &format!("{path}.item[{i}]"), above)).collect()
    }

    fn item(&mut self, value: &Value, path: &str, above: &str) -> Option<Item> {
        let map = self.object(value, path)?;
        let link_id = self.raw_text(map, "linkId", path);
        let path = &format!("{path}({link_id})");
        self.unknown_keys(map, ITEM_KEYS, path);
        if link_id.is_empty() {
            self.problem(path, "an item has no linkId", "Give it a linkId of its own");
        }
        let code = self.list(map, "code", path).first().map(coding);
        let mut item = Item {
            link_id,
            text: self.text(map, "text", path),
            prefix: self.text(map, "prefix", path),
            repeats: self.flag(map, "repeats", path),
            required: self.flag(map, "required", path),
            max_length: self.whole(map, "maxLength", path),
            code,
            enable: self.enable(map, path),
            ..Item::default()
        };
        let mut said = self.item_extensions(map, &mut item, path);
        let mut kind = self.raw_text(map, "type", path);
        let asks = !matches!(kind.as_str(), "group" | "display");
        let outer = self.hidden;
        self.hidden |= item.hidden;
        let around = self.read_only;
        self.read_only |= self.others() && self.flag(map, "readOnly", path);
        let read_only = self.read_only && asks && !self.hidden;
        if read_only {
            self.tell(path, "it is not for the visitor to answer, and is shown as a line of text");
            said.unanswerable = true;
        }
        let nobody = self.hidden || read_only;
        self.beside(map, path);
        let options = self.options(map, nobody, path);
        item.options = options.clone().unwrap_or_default();
        self.beforehand(map, &mut item, asks, nobody, path);
        // R4 lets numbers, days, times and texts be chosen from a list too.
        if self.others() && !item.options.is_empty() && item.options.iter().all(|o| form(&kind) == Some(o.form)) {
            kind = "choice".into();
        }
        let known = self.kind(&kind, said.control.as_deref(), nobody, path);
        item.kind = known.unwrap_or(Kind::Display);
        let nearest = if item.text.is_empty() { above.to_string() } else { item.text.clone() };
        for child in self.items(map, path, &nearest) {
            self.child(&mut item, child);
        }
        (self.hidden, self.read_only) = (outer, around);
        if kind == "display" && !item.items.is_empty() && self.others() {
            self.beyond(path, "a line of text has items", "Make it a group, or put them behind it");
        }
        let unanswerable = said.unanswerable || options.is_none() || known.is_none();
        // Points that no sum can have, or that nobody gets.
        let scored = item.options.iter().any(|o| o.points.is_some());
        let mut fraction = false;
        for option in item.options.iter_mut().filter(|o| o.points == Some(FRACTION)) {
            option.points = None;
            fraction = true;
        }
        if fraction || scored && (nobody || unanswerable) {
            self.unsummed.insert(item.link_id.clone());
        }
        if self.others() {
            self.as_ours(&mut item, &said, unanswerable, path, above);
        }
        if item.kind == Kind::Display
            && said.control.as_deref().is_some_and(|c| matches!((c, self.others()), ("help", _) | (_, true) if BESIDE.contains(&c)))
        {
            item.prefix = [HELP_MARK, said.control.as_deref().unwrap_or_default()].concat();
        }
        Some(item)
    }

    /// What an item comes with is refused where a visitor would find it as the answer. Where nobody answers it is
    /// told, and a line of text says it.
    fn beforehand(&mut self, map: &Object, item: &mut Item, asks: bool, nobody: bool, path: &str) {
        let here = format!("{path}.initial");
        let mut given = Vec::new();
        for (i, value) in self.list(map, "initial", path).iter().enumerate() {
            given.extend(self.object(value, &format!("{here}[{i}]")));
        }
        if !asks && !given.is_empty() {
            return self.problem(&here, "a group or a line of text has no value", "Take it out");
        }
        let mut places: Vec<String> = if given.is_empty() { Vec::new() } else { vec![here] };
        for (i, option) in map.get("answerOption").and_then(Value::as_array).into_iter().flatten().enumerate() {
            if option.get("initialSelected") == Some(&Value::Bool(true)) {
                given.extend(option.as_object());
                places.push(format!("{path}.answerOption[{i}]"));
            }
        }
        for place in &places {
            match nobody {
                true => self.tell(place, "it comes with a value, which stands in no record"),
                false => self.beyond(place, "an answer would be given beforehand", "Take it out: nothing is pre-answered here"),
            }
        }
        if nobody && !places.is_empty() {
            self.given.insert(item.link_id.clone());
            let said: Vec<String> = given.into_iter().filter_map(plainly).collect();
            if !self.hidden && !said.is_empty() {
                let end = if item.text.ends_with([':', '?']) || item.text.is_empty() { "" } else { ":" };
                item.text = [item.text.as_str(), end, " ", &said.join(", ")].concat().trim().into();
            }
        }
    }

    /// Help is a line of the question it stands under, not an item of its own.
    fn child(&mut self, item: &mut Item, child: Item) {
        let role = child.prefix.strip_prefix(HELP_MARK).map(String::from);
        let folds = child.kind == Kind::Display
            && !child.hidden
            && child.items.is_empty()
            && child.enable.when.is_empty()
            && (item.is_question() || !self.others());
        match role.as_deref() {
            Some("help") if !self.others() => item.help = child.text,
            Some("unit") if folds => item.unit = child.text,
            Some(_) if folds => item.help = [item.help.as_str(), &child.text].join(" ").trim().into(),
            Some(_) => item.items.push(Item { prefix: String::new(), ..child }),
            None => item.items.push(child),
        }
    }

    /// Puts what FHIR allows, and ours does not use, into what the engine has.
    fn as_ours(&mut self, item: &mut Item, said: &Said, unanswerable: bool, path: &str, above: &str) {
        // Before a paragraph a group's prefix is its name.
        if item.is_group() && item.short.is_empty() && item.text.len() > LONG && item.prefix.chars().filter(|c| c.is_alphabetic()).count() > 3 {
            item.short = std::mem::take(&mut item.prefix);
        }
        // FHIR's prefix is "1." in front of the text; ours is the stem above it.
        item.text = [std::mem::take(&mut item.prefix), std::mem::take(&mut item.text)].join(" ").trim().to_string();
        if item.text.is_empty() && !item.is_group() {
            let code = item.code.as_ref().map(|c| c.display.clone()).unwrap_or_default();
            // Some leave the words to the line of help.
            item.text = if code.is_empty() { std::mem::take(&mut item.help) } else { code };
        }
        let choice = matches!(item.kind, Kind::Choice | Kind::Lookup | Kind::OpenChoice | Kind::OpenLookup);
        if !choice && !unanswerable && !item.options.is_empty() {
            let what = "its answers to choose from are of another type than the question";
            self.beyond(path, what, "Use the type choice or open-choice, or answers of the question's own type");
            item.options.clear();
        }
        let slider = said.control.as_deref() == Some("slider") && item.kind == Kind::Integer;
        if slider {
            match (item.min, item.max) {
                (Some(low), Some(high))
                    if [low, high, said.step].iter().all(|n| n.fract() == 0.0) && (high - low) / said.step < MOST_ON_SLIDER && low < high =>
                {
                    item.options = numbers(low, high, said.step);
                    item.kind = Kind::Choice;
                }
                _ => self.tell(path, "this slider is drawn as a number to type: it has no ends, too many numbers between them, or halves"),
            }
        } else if said.control.as_deref() == Some("slider") {
            self.tell(path, "this slider is drawn as other questions of its type");
        }
        if item.is_question() && item.max_occurs > 0 {
            self.tell(path, "how many answers may be given is not checked");
        }
        if item.repeats {
            match item.kind {
                // What stands below would be asked once for each.
                Kind::String | Kind::Text if item.items.iter().any(|i| i.kind != Kind::Display) => {
                    item.kind = Kind::Text;
                    item.repeats = false;
                    self.tell(path, "all its answers are written into one field");
                }
                Kind::Boolean => {
                    self.tell(path, "a yes or no is given once");
                    item.repeats = false;
                }
                Kind::Display => item.repeats = false,
                _ => {}
            }
        }
        if item.repeats && item.is_question() && item.items.iter().any(|i| i.kind != Kind::Display) {
            self.beyond(path, "the questions below it would be asked once for each of its answers", "Put them behind it, or take repeats out");
        }
        let exclusive_alone = !item.repeats && item.options.iter().any(|o| o.exclusive);
        if exclusive_alone {
            item.options.iter_mut().for_each(|o| o.exclusive = false);
            self.tell(path, "optionExclusive says nothing where one answer is given");
        }
        let mut codes = BTreeSet::new();
        let mut unanswerable = unanswerable;
        if let Some(twice) = item.options.iter().find(|o| o.code.is_empty() || !codes.insert(o.code.clone())).map(|o| o.code.clone()) {
            let what = format!("the answer code “{twice}” is empty or used twice: answers are told apart by their code alone");
            self.beyond(path, what, "Give each answer its own code");
            unanswerable = true;
        }
        let nothing = choice && !slider && item.options.is_empty() && matches!(item.kind, Kind::Choice | Kind::Lookup);
        if nothing && (self.hidden || item.hidden) {
            unanswerable = true;
        }
        if nothing && !unanswerable {
            self.beyond(path, "there is nothing to choose", "Give it answerOption, or a contained answerValueSet");
            unanswerable = true;
        }
        if matches!(item.kind, Kind::OpenLookup) && item.options.is_empty() {
            item.kind = Kind::OpenChoice;
        }
        if unanswerable && !item.is_group() {
            // What stood below the question stands in the line.
            item.text = [item.text.as_str(), &std::mem::take(&mut item.help)].join(" ").trim().into();
            item.kind = Kind::Display;
            item.options.clear();
            (item.repeats, item.required, item.max_length, item.code) = (false, false, 0, None);
        }
        if item.text.is_empty() && !item.is_group() && !item.hidden {
            if item.kind == Kind::Display && item.items.is_empty() {
                self.tell(path, "a line without text is not shown");
                item.hidden = true;
            } else if let [only] = item.options.as_slice() {
                // A box to tick says it all.
                item.text.clone_from(&only.text);
            } else if above.is_empty() {
                self.beyond(path, "it has no text, and stands in no group with one", "Say what is asked");
                item.text.clone_from(&item.link_id);
            } else {
                // Some say what is asked on the group alone.
                item.text = above.into();
            }
        }
        if item.is_group() && item.items.is_empty() {
            self.tell(path, "a group without items is not shown");
        }
    }

    fn whole(&mut self, map: &Object, key: &str, path: &str) -> u32 {
        let number = map.get(key).map(|v| v.as_u64().and_then(|n| u32::try_from(n).ok()));
        if number == Some(None) {
            self.problem(&format!("{path}.{key}"), "a whole number was expected", "Write a number, without quotes");
        }
        number.flatten().unwrap_or_default()
    }

    fn kind(&mut self, kind: &str, control: Option<&str>, hidden: bool, path: &str) -> Option<Kind> {
        let lookup = control == Some("autocomplete");
        Some(match kind {
            // Only our own page holds nothing but choices.
            "group" if control == Some("page") && !self.others() => Kind::Page,
            "group" => Kind::Group,
            "display" => Kind::Display,
            "boolean" => Kind::Boolean,
            "choice" if lookup => Kind::Lookup,
            "choice" => Kind::Choice,
            "open-choice" if lookup => Kind::OpenLookup,
            "open-choice" => Kind::OpenChoice,
            "string" => Kind::String,
            "text" => Kind::Text,
            "integer" => Kind::Integer,
            "decimal" => Kind::Decimal,
            "date" => Kind::Date,
            // Without a field that nobody sees.
            "dateTime" | "time" | "url" | "quantity" | "attachment" | "reference" if hidden && self.others() => return None,
            "dateTime" | "time" | "url" | "quantity" | "attachment" | "reference" => {
                let cure = "Use group, display, boolean, choice, open-choice, integer, decimal, string, text or date";
                self.beyond(path, format!("items of type “{kind}” are not supported"), cure);
                return None;
            }
            "question" => {
                self.problem(path, "items of type “question” are of FHIR STU3", "Convert the file to R4");
                return None;
            }
            "coding" => {
                self.problem(path, "items of type “coding” are of FHIR R5", "Convert the file to R4: there it is choice or open-choice");
                return None;
            }
            other => {
                let cure = "Use group, display, boolean, choice, open-choice, integer, decimal, string, text or date";
                self.problem(path, format!("items of type “{other}” are not supported"), cure);
                return None;
            }
        })
    }

    fn item_extensions(&mut self, map: &Object, item: &mut Item, path: &str) -> Said {
        let mut said = Said { control: None, step: 1.0, unanswerable: false };
        for (i, ext) in self.list(map, "extension", path).iter().enumerate() {
            let here = format!("{path}.extension[{i}]");
            let Some((name, ext)) = self.extension(ext, &here) else { continue };
            let number = ["valueInteger", "valueDecimal"].iter().find_map(|k| ext.get(*k)).and_then(Value::as_f64);
            match name.as_str() {
                CONTROL => {
                    let codings = ext.get("valueCodeableConcept").and_then(|c| c.pointer("/coding")).and_then(Value::as_array);
                    let code = codings.into_iter().flatten().find_map(|c| c.get("code").and_then(Value::as_str));
                    if code.is_none() {
                        self.aside(&here, "this itemControl names no control that is known here", "Give it a valueCodeableConcept with a coding");
                    }
                    said.control = code.map(String::from);
                }
                "sdc-questionnaire-shortText" => {
                    self.one_of(ext, &["valueString"], &here);
                    item.short = self.text(ext, "valueString", &here);
                }
                "questionnaire-maxOccurs" if number.is_some_and(|n| n >= 1.0 && n.fract() == 0.0) => {
                    item.max_occurs = number.map(|n| n.min(255.0) as u8).unwrap_or_default();
                }
                "minValue" if number.is_some() => item.min = number,
                "maxValue" if number.is_some() => item.max = number,
                "questionnaire-sliderStepValue" if self.others() && number.is_some() => said.step = number.filter(|n| *n > 0.0).unwrap_or(1.0),
                "questionnaire-unit" => {
                    let unit = ext.get("valueCoding").map(coding).filter(|u| !(u.display.is_empty() && u.code.is_empty()));
                    if unit.is_none() {
                        self.problem(&here, "a unit was expected", "Give it as valueCoding with a display or a code");
                    }
                    item.unit = unit.map(|u| if u.display.is_empty() { u.code } else { u.display }).unwrap_or_default();
                }
                "questionnaire-hidden" if self.others() => {
                    self.one_of(ext, &["valueBoolean"], &here);
                    item.hidden = self.flag(ext, "valueBoolean", &here);
                }
                // A day, which the field does not compare.
                "minValue" | "maxValue" if ["valueDate", "valueDateTime", "valueTime"].iter().any(|k| ext.contains_key(*k)) => {
                    self.aside(&here, format!("“{name}” of a day is not checked"), "Take it out");
                }
                "questionnaire-maxOccurs" => self.problem(&here, "a whole number above 0 was expected", "Give it as valueInteger"),
                "minValue" | "maxValue" if number.is_none() && ext.keys().any(|k| k.starts_with('_')) => self.beside(ext, &here),
                "minValue" | "maxValue" | "questionnaire-sliderStepValue" if number.is_none() => {
                    self.problem(&here, "a number was expected", "Give it as valueInteger or valueDecimal")
                }
                other => said.unanswerable |= self.extra(other, &here),
            }
        }
        const KNOWN: &[&str] = &["page", "help", "radio-button", "check-box", "drop-down", "autocomplete"];
        if let Some(other) = said.control.as_deref().filter(|c| !KNOWN.contains(c) && !(self.others() && (BESIDE.contains(c) || *c == "slider"))) {
            let what = format!("the itemControl “{other}” is not supported");
            self.aside(path, what, "Use one of: page, help, radio-button, check-box, drop-down, autocomplete");
        }
        if item.min.zip(item.max).is_some_and(|(min, max)| min > max) {
            self.problem(path, "its minValue is above its maxValue", "Correct one of them");
        }
        if item.hidden {
            self.tell(path, "it is hidden: it is not asked, and has no answer");
        }
        said
    }
}

/// What an item's extensions say beyond the item's own fields.
struct Said {
    control: Option<String>,
    /// Between two numbers of a slider.
    step: f64,
    unanswerable: bool,
}

/// What `value[x]` says to a person, of a yes or no nothing.
fn plainly(map: &Object) -> Option<String> {
    match map.iter().find(|(key, _)| key.starts_with("value"))?.1 {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => {
            let text = |key: &str| map.get(key).and_then(Value::as_str).map(String::from);
            match map.get("value") {
                Some(value) => Some([value.to_string(), text("unit").unwrap_or_default()].join(" ").trim().into()),
                None => text("display").or(text("code")),
            }
        }
        _ => None,
    }
}

/// What an answer to choose is, for a type that is no choice.
fn form(kind: &str) -> Option<Form> {
    Some(match kind {
        "integer" => Form::Integer,
        "string" | "text" => Form::String,
        "date" => Form::Date,
        "time" => Form::Time,
        _ => return None,
    })
}

/// A slider's numbers as answers to choose.
fn numbers(low: f64, high: f64, step: f64) -> Vec<AnswerOption> {
    let count = ((high - low) / step) as i64;
    let each = (0..=count).map(|i| (low + step * i as f64) as i64);
    each.map(|n| AnswerOption { code: n.to_string(), text: n.to_string(), form: Form::Integer, ..AnswerOption::default() }).collect()
}
