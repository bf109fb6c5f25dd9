//! Value sets and code systems that the file contains, as lists of answers.

use super::answers::POINTS;
use super::{Author, Object, Reader, published};
use engine::pack::AnswerOption;
use serde_json::Value;

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
