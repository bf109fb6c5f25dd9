//! The answers to choose from: listed with the question, or in a value set that the file contains.

use super::{Author, FRACTION, Object, Reader, published};
use engine::calendar::is_day;
use engine::pack::{AnswerOption, Form};
use serde_json::Value;

const EXCLUSIVE: &str = "questionnaire-optionExclusive";
/// Points of an answer: R4's, R5's, and those of value sets, code systems and older questionnaires.
const POINTS: &[&str] =
    &["ordinalValue", "itemWeight", "valueset-ordinalValue", "codesystem-ordinalValue", "questionnaire-ordinalValue"];

impl Reader<'_> {
    /// Code systems first: value sets may take their concepts from them.
    pub(super) fn contained(&mut self, map: &Object) {
        let list = self.list(map, "contained", "$");
        for (i, contained) in list.iter().enumerate() {
            let path = format!("$.contained[{i}]");
            let Some(system) = self.object(contained, &path) else { continue };
            if system.get("resourceType").and_then(Value::as_str) == Some("CodeSystem") {
                let url = self.raw_text(system, "url", &path);
                let mut options = Vec::new();
                self.concepts(system, "concept", &url, &path, &mut options);
                // Of a fragment nobody knows the rest; its concepts can still be named one by one.
                let whole = matches!(system.get("content").and_then(Value::as_str), None | Some("complete"));
                self.systems.insert(url.clone(), options);
                if !whole {
                    self.fragments.insert(url);
                }
            }
        }
        let sets: Vec<(String, &Object)> = list
            .iter()
            .enumerate()
            .filter_map(|(i, set)| Some((format!("$.contained[{i}]"), set.as_object()?)))
            .filter(|(_, set)| set.get("resourceType").and_then(Value::as_str) != Some("CodeSystem"))
            .collect();
        for (path, set) in &sets {
            if set.get("resourceType").and_then(Value::as_str) != Some("ValueSet") {
                self.ignore_or_refuse(path, "this contained resource is not used", "Take it out");
            } else if self.named_set(&address(set), &sets).is_none() && !self.others() {
                // Another's is refused where a question needs it.
                self.problem(
                    path,
                    "a value set without a list of concepts would need a terminology server",
                    "List its concepts",
                );
            }
        }
    }

    /// The answers of a contained value set, by its `#id` or its address; `None` if it is not
    /// there, or can't be listed.
    fn named_set(&mut self, name: &str, sets: &[(String, &Object)]) -> Option<Vec<AnswerOption>> {
        // An address may name a version.
        let name = name.split('|').next().unwrap_or_default();
        // A set without an address would be found by no name at all, again and again.
        if name.is_empty() {
            return None;
        }
        if let Some(known) = self.sets.get(name) {
            return known.clone();
        }
        let contained = |set: &Object| set.get("url").and_then(Value::as_str) == Some(name);
        if self.others()
            && !sets.iter().any(|(_, set)| contained(set))
            && let Some(options) = published::answers(name)
        {
            return Some(options);
        }
        let text = |set: &Object, key: &str| set.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let is =
            |set: &Object| name.strip_prefix('#').map_or_else(|| text(set, "url") == name, |id| text(set, "id") == id);
        let (path, set) = sets.iter().find(|(_, set)| is(set))?;
        let names = [address(set), text(set, "url")].into_iter().filter(|n| !n.is_empty());
        // While it is worked out, it lists nothing: one that holds itself comes to an end.
        self.sets.extend(names.clone().map(|n| (n, None)));
        let options = self.value_set(set, path, sets);
        self.sets.extend(names.map(|n| (n, options.clone())));
        options
    }

    /// `None` if it takes a terminology server to list its answers.
    fn value_set(&mut self, set: &Object, path: &str, sets: &[(String, &Object)]) -> Option<Vec<AnswerOption>> {
        let mut options = Vec::new();
        if let Some(expansion) = set.get("expansion").and_then(Value::as_object).filter(|e| e.contains_key("contains"))
        {
            self.concepts(expansion, "contains", "", &format!("{path}.expansion"), &mut options);
            // A page of it, or some of it: the rest is with a terminology server.
            let whole =
                expansion.get("total").and_then(Value::as_u64).is_none_or(|total| total <= concepts_in(expansion));
            return (whole || !self.others()).then_some(options);
        }
        let compose = set.get("compose").and_then(Value::as_object)?;
        let path = format!("{path}.compose");
        for (i, include) in self.list(compose, "include", &path).iter().enumerate() {
            for option in self.included(include, &format!("{path}.include[{i}]"), sets)? {
                // A set holds nothing twice, however often it is named.
                if !options.iter().any(|o| same(o, &option)) {
                    options.push(option);
                }
            }
        }
        for (i, exclude) in self.list(compose, "exclude", &path).iter().enumerate() {
            let out = self.included(exclude, &format!("{path}.exclude[{i}]"), sets)?;
            options.retain(|o| !out.iter().any(|x| same(o, x)));
        }
        Some(options)
    }

    /// What one part of a value set names: listed concepts, a contained code system, and of these
    /// what stands in each of the contained value sets that it names.
    fn included(&mut self, include: &Value, path: &str, sets: &[(String, &Object)]) -> Option<Vec<AnswerOption>> {
        let include = self.object(include, path)?;
        let system = self.raw_text(include, "system", path);
        if include.contains_key("filter") {
            return None;
        }
        let mut options = None;
        if include.contains_key("concept") {
            let mut listed = Vec::new();
            self.concepts(include, "concept", &system, path, &mut listed);
            let known = self.systems.get(&system);
            // Words and points may stand with the code system alone.
            for option in &mut listed {
                let there = known.and_then(|k| k.iter().find(|o| o.code == option.code));
                if let Some(there) = there.filter(|_| option.text.is_empty() || option.text == option.code) {
                    option.text.clone_from(&there.text);
                }
                option.points = option.points.or(there.and_then(|o| o.points));
            }
            options = Some(listed);
        } else if !system.is_empty() {
            let whole = !self.fragments.contains(&system);
            options = Some(self.systems.get(&system).filter(|_| whole)?.clone());
        }
        for name in self.list(include, "valueSet", path) {
            let named = self.named_set(name.as_str().unwrap_or_default(), sets)?;
            options = Some(match options {
                None => named,
                Some(so_far) => so_far.into_iter().filter(|o| named.iter().any(|n| same(o, n))).collect(),
            });
        }
        options
    }

    /// Concepts of a list and of the lists inside it.
    fn concepts(&mut self, map: &Object, key: &str, system: &str, path: &str, out: &mut Vec<AnswerOption>) {
        for (i, concept) in self.list(map, key, path).iter().enumerate() {
            let path = format!("{path}.{key}[{i}]");
            let Some(concept) = self.object(concept, &path) else { continue };
            let own = self.raw_text(concept, "system", &path);
            let mut option = AnswerOption {
                code: self.raw_text(concept, "code", &path),
                system: if own.is_empty() { system.into() } else { own },
                text: self.text(concept, "display", &path),
                ..AnswerOption::default()
            };
            self.designations(concept, &mut option, &path);
            self.option_extensions(concept, &mut option, &path);
            let inner = if key == "concept" { "concept" } else { "contains" };
            let no_answer = self.properties(concept, &mut option, &path);
            if no_answer && self.others() && !concept.contains_key("concept") && !concept.contains_key("contains") {
                self.note(&path, format!("“{}” is no answer to choose, and is left out", option.code));
                continue;
            }
            let group = no_answer || option.code.is_empty();
            if option.text.is_empty() {
                option.text.clone_from(&option.code);
            }
            if !(group && concept.contains_key(inner)) {
                out.push(option);
            }
            self.concepts(concept, inner, system, &path, out);
        }
    }

    /// Other names and translations of a concept: in another language a designation is a
    /// translation, else another name.
    fn designations(&mut self, concept: &Object, option: &mut AnswerOption, path: &str) {
        for (i, designation) in self.list(concept, "designation", path).iter().enumerate() {
            let path = format!("{path}.designation[{i}]");
            let Some(map) = self.object(designation, &path) else { continue };
            let (value, language) = (self.raw_text(map, "value", &path), self.raw_text(map, "language", &path));
            match self.author {
                Author::Others { lang, .. } if !language.is_empty() => {
                    let language = language.split('-').next().unwrap_or_default().to_string();
                    if language == lang {
                        option.text = value;
                    }
                    self.translations.insert(language);
                }
                _ => option.synonyms.push(value),
            }
        }
    }

    /// Reads the points of a concept. True if the concept says that it is no answer to choose.
    fn properties(&mut self, concept: &Object, option: &mut AnswerOption, path: &str) -> bool {
        let yes = |key: &str| concept.get(key).and_then(Value::as_bool) == Some(true);
        let mut no_answer = yes("abstract") || yes("inactive");
        for property in concept.get("property").and_then(Value::as_array).into_iter().flatten() {
            let name = property.get("code").and_then(Value::as_str).unwrap_or_default();
            no_answer |= matches!(name, "notSelectable" | "inactive")
                && property.get("valueBoolean") == Some(&Value::Bool(true));
            if let (true, Some(number)) = (POINTS.contains(&name), property.as_object()) {
                self.points(number, option, path);
            }
        }
        no_answer
    }

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

    fn points(&mut self, map: &Object, option: &mut AnswerOption, path: &str) {
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

    fn option_extensions(&mut self, map: &Object, option: &mut AnswerOption, path: &str) {
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

/// Of an expansion, with those inside others.
fn concepts_in(map: &Object) -> u64 {
    let inside = map.get("contains").and_then(Value::as_array).into_iter().flatten();
    inside.map(|concept| 1 + concept.as_object().map_or(0, concepts_in)).sum()
}

/// How a contained value set is named by the questions of its file.
fn address(set: &Object) -> String {
    let text = |key: &str| set.get(key).and_then(Value::as_str).filter(|t| !t.is_empty());
    text("id").map_or_else(|| text("url").unwrap_or_default().to_string(), |id| ["#", id].concat())
}

fn same(a: &AnswerOption, b: &AnswerOption) -> bool {
    (&a.system, &a.code) == (&b.system, &b.code)
}
