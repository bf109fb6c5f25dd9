//! A strict reader of FHIR R4 `Questionnaire` JSON.
//!
//! What the engine can't do faithfully is refused by path and reason; nothing is dropped in silence.

use super::Problems;
use consult_ready::pack::{AnswerOption, Coding, Condition, Enable, Head, Item, Kind, Operand, Operator, Questionnaire};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const EXCLUSIVE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
const WEIGHT: &str = "http://hl7.org/fhir/StructureDefinition/itemWeight";
const CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
const SHORT: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText";
const MAX_OCCURS: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs";
const MIN_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MAX_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";

/// Keys of a Questionnaire that say nothing about how it is asked.
const HEAD_KEYS: &[&str] = &[
    "resourceType",
    "id",
    "meta",
    "language",
    "contained",
    "url",
    "identifier",
    "version",
    "name",
    "title",
    "status",
    "experimental",
    "subjectType",
    "date",
    "publisher",
    "contact",
    "description",
    "useContext",
    "jurisdiction",
    "purpose",
    "copyright",
    "approvalDate",
    "lastReviewDate",
    "effectivePeriod",
    "code",
    "item",
    "text",
];

const ITEM_KEYS: &[&str] = &[
    "id",
    "linkId",
    "definition",
    "code",
    "prefix",
    "text",
    "type",
    "enableWhen",
    "enableBehavior",
    "required",
    "repeats",
    "readOnly",
    "maxLength",
    "answerValueSet",
    "answerOption",
    "item",
    "extension",
];

/// Reads a Questionnaire. Problems are added to `problems`; what could be read is returned all the same.
pub fn read_questionnaire(file: &str, json: &str, problems: &mut Problems) -> Questionnaire {
    let empty = Questionnaire { url: String::new(), version: String::new(), title: String::new(), head: Head::default(), items: Vec::new() };
    let value: Value = match serde_json::from_str(json) {
        Ok(value) => value,
        Err(e) => {
            problems.add(file, format!("line {}, column {}", e.line(), e.column()), "this is not JSON", "Correct the file there");
            return empty;
        }
    };
    let mut reader = Reader { file, problems, sets: BTreeMap::new() };
    let Some(map) = reader.object(&value, "$") else { return empty };
    if map.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
        reader.problem("$.resourceType", "this is not a FHIR Questionnaire", "Give a file whose resourceType is Questionnaire");
        return empty;
    }
    reader.unknown_keys(map, HEAD_KEYS, "$");
    reader.value_sets(map);
    let head = Head { name: text(map, "name"), date: text(map, "date"), publisher: text(map, "publisher"), copyright: text(map, "copyright") };
    Questionnaire { url: text(map, "url"), version: text(map, "version"), title: text(map, "title"), head, items: reader.items(map, "$") }
}

struct Reader<'a> {
    file: &'a str,
    problems: &'a mut Problems,
    /// Contained value sets by id.
    sets: BTreeMap<String, Vec<AnswerOption>>,
}

impl Reader<'_> {
    fn problem(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        self.problems.add(self.file, path, what, cure);
    }

    fn object<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v Map<String, Value>> {
        let map = value.as_object();
        if map.is_none() {
            self.problem(path, "an object was expected", "Write { … } here");
        }
        map
    }

    fn unknown_keys(&mut self, map: &Map<String, Value>, known: &[&str], path: &str) {
        for key in map.keys().filter(|k| !known.contains(&k.as_str())) {
            self.problem(&format!("{path}.{key}"), format!("“{key}” is not supported"), "Take it out, or ask for it to be supported");
        }
    }

    fn list<'v>(&mut self, map: &'v Map<String, Value>, key: &str, path: &str) -> &'v [Value] {
        match map.get(key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.problem(&format!("{path}.{key}"), "a list was expected", "Write [ … ] here");
                &[]
            }
        }
    }

    fn value_sets(&mut self, map: &Map<String, Value>) {
        for (i, contained) in self.list(map, "contained", "$").iter().enumerate() {
            let path = format!("$.contained[{i}]");
            let Some(set) = self.object(contained, &path) else { continue };
            let mut options = Vec::new();
            let include = set.get("compose").and_then(|c| c.get("include")).and_then(Value::as_array);
            for part in include.into_iter().flatten() {
                let system = part.get("system").and_then(Value::as_str).unwrap_or_default();
                let concepts = part.get("concept").and_then(Value::as_array);
                if concepts.is_none() {
                    self.problem(&path, "a value set without a list of concepts would need a terminology server", "List its concepts");
                }
                options.extend(concepts.into_iter().flatten().map(|c| self.concept(c, system, &path)));
            }
            self.sets.insert(text(set, "id"), options);
        }
    }

    fn concept(&mut self, concept: &Value, system: &str, path: &str) -> AnswerOption {
        let none = Map::new();
        let map = concept.as_object().unwrap_or(&none);
        let designations = map.get("designation").and_then(Value::as_array);
        let synonyms = designations.into_iter().flatten().filter_map(|d| d.get("value").and_then(Value::as_str)).map(String::from).collect();
        let mut option =
            AnswerOption { code: text(map, "code"), system: system.into(), text: text(map, "display"), synonyms, ..AnswerOption::default() };
        self.option_extensions(map, &mut option, path);
        option
    }

    fn items(&mut self, map: &Map<String, Value>, path: &str) -> Vec<Item> {
        let list = self.list(map, "item", path).to_vec();
        list.iter().enumerate().filter_map(|(i, v)| self.item(v, &format!("{path}.item[{i}]"))).collect()
    }

    fn item(&mut self, value: &Value, path: &str) -> Option<Item> {
        let map = self.object(value, path)?;
        let link_id = text(map, "linkId");
        let path = &format!("{path}({link_id})");
        self.unknown_keys(map, ITEM_KEYS, path);
        if link_id.is_empty() {
            self.problem(path, "an item has no linkId", "Give it a linkId of its own");
        }
        let mut item = Item {
            link_id,
            text: text(map, "text"),
            prefix: text(map, "prefix"),
            repeats: flag(map, "repeats"),
            required: flag(map, "required"),
            max_length: map.get("maxLength").and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok()).unwrap_or_default(),
            code: map.get("code").and_then(|c| c.get(0)).map(coding),
            enable: self.enable(map, path),
            options: self.options(map, path),
            ..Item::default()
        };
        let control = self.item_extensions(map, &mut item, path);
        item.kind = self.kind(&text(map, "type"), control.as_deref(), path);
        for child in self.items(map, path) {
            // Help is a line of the question it stands under, not an item of its own.
            if child.kind == Kind::Display && child.prefix == HELP_MARK {
                item.help = child.text;
            } else {
                item.items.push(child);
            }
        }
        if control.as_deref() == Some("help") {
            item.prefix = HELP_MARK.into();
        }
        Some(item)
    }

    fn kind(&mut self, kind: &str, control: Option<&str>, path: &str) -> Kind {
        let lookup = control == Some("autocomplete");
        match (kind, control) {
            ("group", Some("page")) => Kind::Page,
            ("group", _) => Kind::Group,
            ("display", _) => Kind::Display,
            ("boolean", _) => Kind::Boolean,
            ("choice", _) => {
                if lookup {
                    Kind::Lookup
                } else {
                    Kind::Choice
                }
            }
            ("open-choice", _) => {
                if lookup {
                    Kind::OpenLookup
                } else {
                    Kind::OpenChoice
                }
            }
            ("string", _) => Kind::String,
            ("text", _) => Kind::Text,
            ("integer", _) => Kind::Integer,
            ("decimal", _) => Kind::Decimal,
            ("date", _) => Kind::Date,
            (other, _) => {
                self.problem(
                    path,
                    format!("items of type “{other}” are not supported"),
                    "Use group, display, boolean, choice, open-choice, integer, decimal, string, text or date",
                );
                Kind::Display
            }
        }
    }

    /// Reads an item's extensions; gives its itemControl.
    fn item_extensions(&mut self, map: &Map<String, Value>, item: &mut Item, path: &str) -> Option<String> {
        let mut control = None;
        for (i, ext) in self.list(map, "extension", path).iter().enumerate() {
            let here = format!("{path}.extension[{i}]");
            let number = ["valueInteger", "valueDecimal"].iter().find_map(|k| ext.get(k)).and_then(Value::as_f64);
            match ext.get("url").and_then(Value::as_str).unwrap_or_default() {
                CONTROL => control = ext.pointer("/valueCodeableConcept/coding/0/code").and_then(Value::as_str).map(String::from),
                SHORT => item.short = ext.get("valueString").and_then(Value::as_str).unwrap_or_default().into(),
                MAX_OCCURS => item.max_occurs = number.map(|n| n.clamp(0.0, 255.0) as u8).unwrap_or_default(),
                MIN_VALUE => item.min = number,
                MAX_VALUE => item.max = number,
                UNIT => item.unit = ext.pointer("/valueCoding/display").and_then(Value::as_str).unwrap_or_default().into(),
                other => self.problem(&here, format!("the extension “{other}” is not supported"), "Take it out, or ask for it to be supported"),
            }
        }
        const KNOWN: &[&str] = &["page", "help", "radio-button", "check-box", "drop-down", "autocomplete"];
        if let Some(other) = control.as_deref().filter(|c| !KNOWN.contains(c)) {
            let what = format!("the itemControl “{other}” is not supported");
            self.problem(path, what, "Use one of: page, help, radio-button, check-box, drop-down, autocomplete");
        }
        control
    }

    fn options(&mut self, map: &Map<String, Value>, path: &str) -> Vec<AnswerOption> {
        let list = self.list(map, "answerOption", path).to_vec();
        match (list.is_empty(), map.get("answerValueSet").and_then(Value::as_str)) {
            (true, None) => Vec::new(),
            (true, Some(set)) => {
                let found = set.strip_prefix('#').and_then(|id| self.sets.get(id)).cloned();
                if found.is_none() {
                    self.problem(
                        &format!("{path}.answerValueSet"),
                        format!("the value set “{set}” is not in this file"),
                        "Contain it, or use answerOption",
                    );
                }
                found.unwrap_or_default()
            }
            (false, Some(_)) => {
                self.problem(path, "answerOption and answerValueSet exclude each other", "Keep one of them");
                Vec::new()
            }
            (false, None) => list.iter().enumerate().filter_map(|(i, v)| self.option(v, &format!("{path}.answerOption[{i}]"))).collect(),
        }
    }

    fn option(&mut self, value: &Value, path: &str) -> Option<AnswerOption> {
        let map = self.object(value, path)?;
        self.unknown_keys(map, &["valueCoding", "valueString", "valueInteger", "valueDate", "extension", "initialSelected"], path);
        if flag(map, "initialSelected") {
            self.problem(path, "an answer would be chosen beforehand", "Take initialSelected out: nothing is pre-answered here");
        }
        let mut option = match (map.get("valueCoding"), map.get("valueString").or(map.get("valueDate")), map.get("valueInteger")) {
            (Some(c), ..) => {
                let coding = coding(c);
                AnswerOption { code: coding.code, system: coding.system, text: coding.display, ..AnswerOption::default() }
            }
            (_, Some(Value::String(s)), _) => AnswerOption { code: s.clone(), text: s.clone(), ..AnswerOption::default() },
            (.., Some(n)) => AnswerOption { code: n.to_string(), text: n.to_string(), ..AnswerOption::default() },
            _ => {
                self.problem(path, "this answer has no value that can be shown", "Give it a valueCoding, valueString, valueDate or valueInteger");
                return None;
            }
        };
        if option.text.is_empty() {
            option.text.clone_from(&option.code);
        }
        self.option_extensions(map, &mut option, path);
        if let Some(inner) = map.get("valueCoding").and_then(Value::as_object) {
            self.option_extensions(inner, &mut option, path);
        }
        Some(option)
    }

    fn option_extensions(&mut self, map: &Map<String, Value>, option: &mut AnswerOption, path: &str) {
        for (i, ext) in self.list(map, "extension", path).iter().enumerate() {
            match ext.get("url").and_then(Value::as_str).unwrap_or_default() {
                EXCLUSIVE => option.exclusive = ext.get("valueBoolean").and_then(Value::as_bool).unwrap_or_default(),
                ORDINAL | WEIGHT => {
                    let number = ext.get("valueDecimal").and_then(Value::as_f64);
                    option.points = number.filter(|n| n.fract() == 0.0 && n.abs() < 1000.0).map(|n| n as i16);
                    if option.points.is_none() {
                        self.problem(&format!("{path}.extension[{i}]"), "points are not a whole number", "Give a whole number as valueDecimal");
                    }
                }
                other => {
                    let what = format!("the extension “{other}” is not supported on an answer");
                    self.problem(&format!("{path}.extension[{i}]"), what, "Take it out, or ask for it to be supported");
                }
            }
        }
    }

    fn enable(&mut self, map: &Map<String, Value>, path: &str) -> Enable {
        let list = self.list(map, "enableWhen", path).to_vec();
        let behavior = map.get("enableBehavior").and_then(Value::as_str);
        if list.len() > 1 && behavior.is_none() {
            self.problem(path, "several enableWhen need an enableBehavior", "Add enableBehavior: any or all");
        }
        let when = list.iter().enumerate().filter_map(|(i, v)| self.condition(v, &format!("{path}.enableWhen[{i}]"))).collect();
        Enable { when, any: behavior == Some("any") }
    }

    fn condition(&mut self, value: &Value, path: &str) -> Option<Condition> {
        let map = self.object(value, path)?;
        let operator = operator(&text(map, "operator"));
        if operator.is_none() {
            self.problem(path, "this operator is unknown", "Use exists, =, !=, >, <, >= or <=");
        }
        let operand = map.iter().find_map(|(k, v)| match (k.as_str(), v) {
            ("answerBoolean", Value::Bool(b)) => Some(Operand::Bool(*b)),
            ("answerCoding", v) => Some(Operand::Codes(vec![coding(v).code])),
            ("answerInteger" | "answerDecimal", v) => v.as_f64().map(Operand::Number),
            ("answerString" | "answerDate", Value::String(s)) => Some(Operand::Text(s.clone())),
            _ => None,
        });
        if operand.is_none() {
            self.problem(
                path,
                "there is nothing supported to compare with",
                "Give answerBoolean, answerCoding, answerInteger, answerDecimal, answerString or answerDate",
            );
        }
        if operator == Some(Operator::Exists) && !matches!(operand, Some(Operand::Bool(_))) {
            self.problem(path, "“exists” compares with true or false only", "Give answerBoolean");
        }
        Some(Condition { question: text(map, "question"), score: false, operator: operator?, operand: operand? })
    }
}

/// Marks a display child as its parent's help while the tree is read.
const HELP_MARK: &str = "\u{0}help";

pub(super) fn operator(text: &str) -> Option<Operator> {
    Some(match text {
        "exists" => Operator::Exists,
        "=" => Operator::Eq,
        "!=" => Operator::Ne,
        ">" => Operator::Gt,
        "<" => Operator::Lt,
        ">=" => Operator::Ge,
        "<=" => Operator::Le,
        _ => return None,
    })
}

fn coding(value: &Value) -> Coding {
    let get = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    Coding { system: get("system"), code: get("code"), display: get("display") }
}

fn text(map: &Map<String, Value>, key: &str) -> String {
    map.get(key).and_then(Value::as_str).unwrap_or_default().into()
}

fn flag(map: &Map<String, Value>, key: &str) -> bool {
    map.get(key).and_then(Value::as_bool).unwrap_or_default()
}
