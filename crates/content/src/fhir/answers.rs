//! The answers to choose from: listed with the question, or in a value set that the file contains.

use super::{FRACTION, Object, Reader, published};
use engine::calendar::is_day;
use engine::pack::{AnswerOption, Form};
use serde_json::Value;

const EXCLUSIVE: &str = "questionnaire-optionExclusive";
/// Points of an answer: R4's, R5's, and those of value sets, code systems and older questionnaires.
pub(super) const POINTS: &[&str] =
    &["ordinalValue", "itemWeight", "valueset-ordinalValue", "codesystem-ordinalValue", "questionnaire-ordinalValue"];

impl Reader<'_> {
    /// The answers to choose from; `None` if they can't be listed.
    pub(super) fn options(&mut self, map: &Object, hidden: bool, path: &str) -> Option<Vec<AnswerOption>> {
        let list = self.list(map, "answerOption", path);
        let set = self.raw_text(map, "answerValueSet", path);
        match (list.is_empty(), set.is_empty()) {
            (true, true) => Some(Vec::new()),
            (true, false) => {
                // An address may name a version.
                let name = set.split('|').next().unwrap_or_default();
                let found = self.sets.get(name).cloned();
                let here = format!("{path}.answerValueSet");
                if let (None, true, Some(options)) = (&found, self.others(), published::answers(name)) {
                    self.note(
                        &here,
                        format!("“{name}” is not in this file: its answers are as HL7 publishes them, in English"),
                    );
                    return Some(options);
                }
                let cure = "Contain it with all of its concepts, or use answerOption";
                match found {
                    Some(Some(options)) => return Some(options),
                    _ if hidden && self.others() => {}
                    Some(None) => {
                        self.unsupported(&here, format!("the value set “{set}” would need a terminology server"), cure)
                    }
                    None => self.unsupported(&here, format!("the value set “{set}” is not in this file"), cure),
                }
                None
            }
            (false, false) => {
                self.problem(path, "answerOption and answerValueSet exclude each other", "Keep one of them");
                Some(Vec::new())
            }
            (false, true) => Some(
                list.iter()
                    .enumerate()
                    .filter_map(|(i, v)| self.option(v, &format!("{path}.answerOption[{i}]")))
                    .collect(),
            ),
        }
    }

    fn option(&mut self, value: &Value, path: &str) -> Option<AnswerOption> {
        let map = self.object(value, path)?;
        const KNOWN: &[&str] = &[
            "id",
            "valueCoding",
            "valueString",
            "valueInteger",
            "valueDate",
            "valueTime",
            "extension",
            "initialSelected",
        ];
        if map.contains_key("valueReference") && self.others() {
            self.unsupported(
                path,
                "an answer refers to something outside the file",
                "Write it out as valueCoding or valueString",
            );
            return None;
        }
        self.unknown_keys(map, KNOWN, path);
        // What it says is read with the item.
        self.flag(map, "initialSelected", path);
        let (key, form) = self.value_key(map, path)?;
        let mut option = AnswerOption { form, ..AnswerOption::default() };
        if !self.option_value(map, key, &mut option, path) {
            let cure = "Write what the name says: a whole number of FHIR's, a day as 2026-01-31, a time as 18:30:00";
            self.problem(&format!("{path}.{key}"), "this value is of another type", cure);
            return None;
        }
        if option.text.is_empty() {
            option.text.clone_from(&option.code);
        }
        self.option_extensions(map, &mut option, path);
        Some(option)
    }

    /// The one `value[x]` of an answer, and the form of its values.
    fn value_key(&mut self, map: &Object, path: &str) -> Option<(&'static str, Form)> {
        const FORMS: [(&str, Form); 5] = [
            ("valueCoding", Form::Coding),
            ("valueString", Form::String),
            ("valueInteger", Form::Integer),
            ("valueDate", Form::Date),
            ("valueTime", Form::Time),
        ];
        let mut values = FORMS.into_iter().filter(|(key, _)| map.contains_key(*key));
        let (Some(value), None) = (values.next(), values.next()) else {
            self.problem(
                path,
                "an answer has one value, of a kind that can be shown",
                "Give it a valueCoding, valueString, valueInteger, valueDate or valueTime",
            );
            return None;
        };
        Some(value)
    }

    /// Reads the value of an answer to choose. False if it is of another type than its key says.
    fn option_value(&mut self, map: &Object, key: &str, option: &mut AnswerOption, path: &str) -> bool {
        let form = option.form;
        match map.get(key) {
            Some(Value::Object(inner)) if form == Form::Coding => {
                let here = format!("{path}.valueCoding");
                option.system = self.raw_text(inner, "system", &here);
                option.code = self.raw_text(inner, "code", &here);
                let plain = self.raw_text(inner, "display", &here);
                option.text = self.text(inner, "display", &here);
                if option.code.is_empty() && self.others() {
                    // FHIR lets a coding go without a code; its words name it then.
                    option.code = plain;
                }
                self.option_extensions(inner, option, &here);
            }
            Some(Value::Number(n)) if form == Form::Integer && n.as_i64().is_some_and(|n| i32::try_from(n).is_ok()) => {
                option.code = n.to_string()
            }
            Some(Value::String(s))
                if form == Form::String
                    || form == Form::Date && is_date(s)
                    || form == Form::Time && is_fhir_time(s) =>
            {
                option.code.clone_from(s);
                option.text = self.text(map, key, path);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn points(&mut self, map: &Object, option: &mut AnswerOption, path: &str) {
        let number = map.get("valueDecimal").or(map.get("valueInteger")).and_then(Value::as_f64);
        option.points = number.filter(|n| n.fract() == 0.0 && n.abs() < 1000.0).map(|n| n as i16);
        let cure = "Give a whole number below 1000 as valueDecimal";
        match number {
            Some(_) if option.points.is_none() => {
                option.points = Some(FRACTION);
                self.ignore_or_refuse(path, "points are not a whole number below 1000, and are not added up", cure);
            }
            Some(_) => {}
            None => {
                option.points = Some(FRACTION);
                self.ignore_or_refuse(path, "points are not a number, and are not added up", cure);
            }
        }
    }

    pub(super) fn option_extensions(&mut self, map: &Object, option: &mut AnswerOption, path: &str) {
        for (i, ext) in self.list(map, "extension", path).iter().enumerate() {
            let here = format!("{path}.extension[{i}]");
            let Some((name, ext)) = self.extension(ext, &here) else { continue };
            match name.as_str() {
                EXCLUSIVE => {
                    self.one_of(ext, &["valueBoolean"], &here);
                    option.exclusive = self.flag(ext, "valueBoolean", &here);
                }
                "questionnaire-optionPrefix" if self.others() => {
                    self.one_of(ext, &["valueString"], &here);
                    option.text =
                        [self.text(ext, "valueString", &here), option.text.clone()].join(" ").trim().to_string();
                }
                name if POINTS.contains(&name) => self.points(ext, option, &here),
                other if self.others() => self.extra(other, &here),
                other => {
                    let what = format!("the extension “{other}” is not supported on an answer");
                    self.problem(&here, what, "Take it out, or ask for it to be supported");
                }
            }
        }
    }
}

/// True for a time as FHIR writes it, `18:30:00`. Its seconds may be 60.
fn is_fhir_time(text: &str) -> bool {
    let parts: Vec<Option<u8>> = text.split(':').map(|p| p.parse().ok().filter(|_| p.len() == 2)).collect();
    matches!(parts.as_slice(), [Some(0..=23), Some(0..=59), Some(0..=60)])
}

/// True for a day, a month or a year, as FHIR's date allows.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => [text, "-01-01"].concat(),
        7 => [text, "-01"].concat(),
        _ => text.into(),
    };
    is_day(&whole)
}
