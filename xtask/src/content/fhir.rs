//! A strict reader of FHIR R4 `Questionnaire` JSON: of our own content, and of questionnaires by others.
//!
//! What the engine can't do faithfully is refused by path and reason; nothing is dropped in silence. Of our own
//! content everything that is not understood is refused. A questionnaire by others may hold what FHIR lets a
//! reader pass over (how it is drawn, what a server does with it): that is told, by path, and passed over.

use super::{Problem, Problems};
use consult_ready::pack::{AnswerOption, Coding, Condition, Enable, Form, Head, Item, Kind, Operand, Operator, Questionnaire};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const EXCLUSIVE: &str = "questionnaire-optionExclusive";
const CONTROL: &str = "questionnaire-itemControl";
/// Points of an answer: R4's, R5's, and those of value sets, code systems and older questionnaires.
const POINTS: &[&str] = &["ordinalValue", "itemWeight", "valueset-ordinalValue", "codesystem-ordinalValue", "questionnaire-ordinalValue"];
const TRANSLATION: &str = "translation";
/// More numbers than this are no choice that a person oversees: a slider over them is a number to type.
const MOST_ON_SLIDER: f64 = 21.0;

/// Bytes of a text that is no heading any more.
const LONG: usize = 60;

/// What changes which questions are asked, or what an answer is, and needs more than this engine: by the last
/// part of its address.
const BEYOND: &[(&str, &str)] = &[
    ("cqf-expression", "its words would be worked out by FHIRPath"),
    ("cqf-calculatedValue", "it would be worked out by FHIRPath"),
    ("sdc-questionnaire-enableWhenExpression", "whether it is asked would be worked out by FHIRPath"),
    ("sdc-questionnaire-initialExpression", "an answer would be given beforehand, by FHIRPath"),
    ("questionnaire-constraint", "an answer would be checked by FHIRPath"),
    ("targetConstraint", "an answer would be checked by FHIRPath"),
    ("sdc-questionnaire-answerOptionsToggleExpression", "its answers would be switched by FHIRPath"),
    ("sdc-questionnaire-itemMedia", "it needs a picture or a sound"),
    ("sdc-questionnaire-itemAnswerMedia", "an answer needs a picture or a sound"),
    ("sdc-questionnaire-subQuestionnaire", "it would be put together from other questionnaires"),
    ("sdc-questionnaire-questionnaireAdaptive", "a server would choose the next question"),
    ("questionnaire-questionnaireAdaptive", "a server would choose the next question"),
];

/// As `BEYOND`, and what leaves nothing that a person could answer.
const UNANSWERABLE: &[(&str, &str)] = &[
    ("sdc-questionnaire-calculatedExpression", "the answer would be worked out by FHIRPath"),
    ("sdc-questionnaire-answerExpression", "the answers to choose from would be worked out by FHIRPath"),
    ("sdc-questionnaire-candidateExpression", "the answers to choose from would be worked out by FHIRPath"),
];

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

/// Whose questionnaire is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of<'a> {
    /// Our own content: what is not understood is refused.
    Ours,
    /// Another's, in one of its languages; empty for the one it is written in.
    Others {
        /// Language of the `translation` extensions that are taken.
        lang: &'a str,
        /// What can't be asked is shown as a line of text, and told, instead of refused.
        allow: bool,
    },
}

/// A questionnaire as it was read.
#[derive(Debug, Clone)]
pub struct Read {
    /// What could be read of it.
    pub questionnaire: Questionnaire,
    /// What was passed over, or is shown in another way.
    pub told: Vec<Problem>,
    /// The language it says it is written in.
    pub language: String,
    /// The languages of its translations.
    pub translations: BTreeSet<String>,
    /// The items that nobody answers and that come with a value.
    pub given: BTreeSet<String>,
}

/// Reads our own Questionnaire. Problems are added to `problems`; what could be read is returned all the same.
pub fn read_questionnaire(file: &str, json: &str, problems: &mut Problems) -> Questionnaire {
    read(file, json, Of::Ours, problems).questionnaire
}

/// Reads a Questionnaire of ours or of others.
pub fn read(file: &str, json: &str, of: Of<'_>, problems: &mut Problems) -> Read {
    let mut reader = Reader {
        file,
        problems,
        of,
        sets: BTreeMap::new(),
        systems: BTreeMap::new(),
        told: Vec::new(),
        translations: BTreeSet::new(),
        given: BTreeSet::new(),
        hidden: false,
    };
    let (questionnaire, language) = reader.questionnaire(json);
    Read { questionnaire, told: reader.told, language, translations: reader.translations, given: reader.given }
}

type Object = Map<String, Value>;

struct Reader<'a> {
    file: &'a str,
    problems: &'a mut Problems,
    of: Of<'a>,
    /// Contained value sets by `#id` and by address; `None` if one does not list its concepts.
    sets: BTreeMap<String, Option<Vec<AnswerOption>>>,
    /// Concepts of contained code systems, by address.
    systems: BTreeMap<String, Vec<AnswerOption>>,
    told: Vec<Problem>,
    translations: BTreeSet<String>,
    given: BTreeSet<String>,
    /// Inside an item that is hidden.
    hidden: bool,
}

impl Reader<'_> {
    fn problem(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        self.problems.add(self.file, path, what, cure);
    }

    /// What FHIR lets a reader pass over: refused in our own content, told of another's.
    fn aside(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        match self.of {
            Of::Ours => self.problem(path, what, cure),
            Of::Others { .. } => self.tell(path, what),
        }
    }

    /// What needs more than this engine: refused, unless whoever packs allows that it is left out.
    fn beyond(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        match self.of {
            Of::Others { allow: true, .. } => self.tell(path, what),
            Of::Others { .. } => self.problem(path, what, &format!("{cure}, or pass --allow-unsupported to go without it")),
            Of::Ours => self.problem(path, what, cure),
        }
    }

    fn tell(&mut self, path: &str, what: impl Into<String>) {
        self.told.push(Problem { file: self.file.into(), path: path.into(), what: what.into(), cure: String::new() });
    }

    fn others(&self) -> bool {
        self.of != Of::Ours
    }

    fn object<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v Object> {
        let map = value.as_object();
        if map.is_none() {
            self.problem(path, "an object was expected", "Write { … } here");
        }
        map
    }

    fn list<'v>(&mut self, map: &'v Object, key: &str, path: &str) -> &'v [Value] {
        match map.get(key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.problem(&format!("{path}.{key}"), "a list was expected", "Write [ … ] here");
                &[]
            }
        }
    }

    fn raw_text(&mut self, map: &Object, key: &str, path: &str) -> String {
        match map.get(key) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(_) => {
                self.problem(&format!("{path}.{key}"), "a text was expected", "Write \"…\" here");
                String::new()
            }
        }
    }

    /// A text that people read, in the language that is asked for if it stands there.
    fn text(&mut self, map: &Object, key: &str, path: &str) -> String {
        let text = self.raw_text(map, key, path);
        let Of::Others { lang, .. } = self.of else { return text };
        let beside = format!("_{key}");
        let here = format!("{path}.{beside}");
        let Some(value) = map.get(&beside) else { return text };
        let Some(beside) = self.object(value, &here) else { return text };
        let mut translated = None;
        for (i, ext) in self.list(beside, "extension", &here).iter().enumerate() {
            let here = format!("{here}.extension[{i}]");
            let Some((name, ext)) = self.extension(ext, &here) else { continue };
            if name != TRANSLATION {
                self.extra(&name, &here);
                continue;
            }
            let part = |url: &str| {
                let parts = ext.get("extension").and_then(Value::as_array);
                let found = parts.into_iter().flatten().find(|p| p.get("url").and_then(Value::as_str) == Some(url))?;
                found.as_object()?.iter().find(|(k, _)| k.starts_with("value"))?.1.as_str()
            };
            let (Some(language), Some(content)) = (part("lang"), part("content")) else {
                self.problem(&here, "a translation names no language or has no content", "Give it lang and content");
                continue;
            };
            let language = language.split('-').next().unwrap_or_default();
            self.translations.insert(language.into());
            if language == lang {
                translated = Some(content.to_string());
            }
        }
        translated.unwrap_or(text)
    }

    fn flag(&mut self, map: &Object, key: &str, path: &str) -> bool {
        match map.get(key) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.problem(&format!("{path}.{key}"), "true or false was expected", "Write true or false, without quotes");
                false
            }
        }
    }

    fn unknown_keys(&mut self, map: &Object, known: &[&str], path: &str) {
        for key in map.keys().filter(|k| !known.contains(&k.as_str())) {
            let here = format!("{path}.{key}");
            match key.as_str() {
                "modifierExtension" => self.problem(&here, "it changes the meaning of what it stands in, in a way unknown here", "Take it out"),
                "implicitRules" => self.beyond(&here, "the file follows rules of its own", "Take it out"),
                // What stands beside a text is read with it; the rest of what stands beside a value says how it is drawn.
                k if self.others() && k.strip_prefix('_').is_some_and(|k| known.contains(&k) || k.starts_with("value")) => {}
                // Read with the item.
                "initial" if self.others() && known == ITEM_KEYS => {}
                "extension" | "derivedFrom" if self.others() => {}
                k if matches!(k, "option" | "options") || k.strip_prefix("initial").is_some_and(|k| k.starts_with(char::is_uppercase)) => {
                    self.problem(&here, format!("“{key}” is of FHIR STU3"), "Convert the file to R4");
                }
                "answerConstraint" | "disabledDisplay" | "versionAlgorithmString" | "versionAlgorithmCoding" | "copyrightLabel" => {
                    self.problem(&here, format!("“{key}” is of FHIR R5"), "Convert the file to R4");
                }
                _ => self.problem(&here, format!("“{key}” is not supported"), "Take it out, or ask for it to be supported"),
            }
        }
    }

    /// The last part of an extension's address, and the extension.
    fn extension<'v>(&mut self, value: &'v Value, path: &str) -> Option<(String, &'v Object)> {
        let map = self.object(value, path)?;
        let url = self.raw_text(map, "url", path);
        if url.is_empty() {
            self.problem(path, "an extension has no url", "Give it one, or take it out");
            return None;
        }
        // Only FHIR's own names mean what they mean here.
        let own = url.split_once("hl7.org/fhir/").and_then(|(_, rest)| rest.split_once("StructureDefinition/")).map(|(_, name)| name);
        Some((own.unwrap_or(&url).into(), map))
    }

    /// An extension has one value, of one of these kinds.
    fn one_of(&mut self, ext: &Object, kinds: &[&str], path: &str) {
        let mut values = ext.keys().filter(|k| k.starts_with("value"));
        if !values.next().is_some_and(|k| kinds.contains(&k.as_str())) || values.next().is_some() {
            self.problem(path, format!("it has no {}, or more than that", kinds.join(" or ")), "Give it that value alone");
        }
    }

    /// An extension that is not read. True if it leaves nothing to answer.
    fn extra(&mut self, name: &str, path: &str) -> bool {
        let find = |list: &[(&str, &'static str)]| list.iter().find(|(n, _)| *n == name).map(|(_, what)| *what);
        if let (true, Some(what)) = (self.others(), find(UNANSWERABLE)) {
            self.beyond(path, what, "Write out what is asked");
            return true;
        }
        match find(BEYOND).filter(|_| self.others()) {
            Some(what) => self.beyond(path, what, "Take it out"),
            None => self.aside(path, format!("the extension “{name}” is not supported"), "Take it out, or ask for it to be supported"),
        }
        false
    }

    fn questionnaire(&mut self, json: &str) -> (Questionnaire, String) {
        let mut out = Questionnaire { url: String::new(), version: String::new(), title: String::new(), head: Head::default(), items: Vec::new() };
        // Some editors put the mark of the byte order in front.
        let value: Value = match serde_json::from_str(json.strip_prefix('\u{feff}').unwrap_or(json)) {
            Ok(value) => value,
            Err(e) => {
                if e.to_string().starts_with("recursion limit") {
                    self.problem(&format!("line {}, column {}", e.line(), e.column()), "it is nested too deep", "Take groups out of groups");
                    return (out, String::new());
                }
                self.problem(&format!("line {}, column {}", e.line(), e.column()), "this is not JSON", "Correct the file there");
                return (out, String::new());
            }
        };
        let Some(map) = self.object(&value, "$") else { return (out, String::new()) };
        if map.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
            let entries = map.get("entry").and_then(Value::as_array);
            let inside =
                entries.into_iter().flatten().position(|e| e.pointer("/resource/resourceType").and_then(Value::as_str) == Some("Questionnaire"));
            match inside {
                Some(i) => self.problem(
                    "$.resourceType",
                    "this is not a FHIR Questionnaire, but a bundle with one in it",
                    &format!("Put what stands in $.entry[{i}].resource into a file of its own"),
                ),
                None => self.problem("$.resourceType", "this is not a FHIR Questionnaire", "Give a file whose resourceType is Questionnaire"),
            }
            return (out, String::new());
        }
        self.unknown_keys(map, HEAD_KEYS, "$");
        if self.others() {
            for (i, ext) in self.list(map, "extension", "$").iter().enumerate() {
                let path = format!("$.extension[{i}]");
                if let Some((name, _)) = self.extension(ext, &path) {
                    self.extra(&name, &path);
                }
            }
        }
        self.contained(map);
        out.url = self.raw_text(map, "url", "$");
        out.version = self.raw_text(map, "version", "$");
        out.title = self.text(map, "title", "$");
        out.head.name = self.raw_text(map, "name", "$");
        out.head.date = self.raw_text(map, "date", "$");
        out.head.publisher = self.text(map, "publisher", "$");
        out.head.copyright = self.text(map, "copyright", "$");
        let language = self.raw_text(map, "language", "$");
        out.items = self.items(map, "$", "");
        (out, language)
    }

    /// Code systems first: value sets may take their concepts from them.
    fn contained(&mut self, map: &Object) {
        let list = self.list(map, "contained", "$");
        for (i, contained) in list.iter().enumerate() {
            let path = format!("$.contained[{i}]");
            let Some(system) = self.object(contained, &path) else { continue };
            if system.get("resourceType").and_then(Value::as_str) == Some("CodeSystem") {
                let url = self.raw_text(system, "url", &path);
                let mut options = Vec::new();
                self.concepts(system, "concept", &url, &path, &mut options);
                self.systems.insert(url, options);
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
                self.aside(path, "this contained resource is not used", "Take it out");
            } else if self.named_set(&address(set), &sets).is_none() && !self.others() {
                // Another's is refused where a question needs it.
                self.problem(path, "a value set without a list of concepts would need a terminology server", "List its concepts");
            }
        }
    }

    /// The answers of a contained value set, by its `#id` or its address; `None` if it is not there, or can't be listed.
    fn named_set(&mut self, name: &str, sets: &[(String, &Object)]) -> Option<Vec<AnswerOption>> {
        // An address may name a version.
        let name = name.split('|').next().unwrap_or_default();
        if let Some(known) = self.sets.get(name) {
            return known.clone();
        }
        let text = |set: &Object, key: &str| set.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
        let is = |set: &Object| name.strip_prefix('#').map_or_else(|| text(set, "url") == name, |id| text(set, "id") == id);
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
        if let Some(expansion) = set.get("expansion").and_then(Value::as_object) {
            self.concepts(expansion, "contains", "", &format!("{path}.expansion"), &mut options);
            return Some(options);
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

    /// What one part of a value set names: listed concepts, a contained code system, and of these what stands in each
    /// of the contained value sets that it names.
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
            options = Some(self.systems.get(&system)?.clone());
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
            for (j, designation) in self.list(concept, "designation", &path).iter().enumerate() {
                let path = format!("{path}.designation[{j}]");
                let Some(map) = self.object(designation, &path) else { continue };
                let (value, language) = (self.raw_text(map, "value", &path), self.raw_text(map, "language", &path));
                match self.of {
                    // In another language it is a translation, else another name.
                    Of::Others { lang, .. } if !language.is_empty() => {
                        let language = language.split('-').next().unwrap_or_default().to_string();
                        if language == lang {
                            option.text = value;
                        }
                        self.translations.insert(language);
                    }
                    _ => option.synonyms.push(value),
                }
            }
            self.option_extensions(concept, &mut option, &path);
            let inner = if key == "concept" { "concept" } else { "contains" };
            let group = concept.get("abstract").and_then(Value::as_bool) == Some(true) || option.code.is_empty();
            if option.text.is_empty() {
                option.text.clone_from(&option.code);
            }
            if !(group && concept.contains_key(inner)) {
                out.push(option);
            }
            self.concepts(concept, inner, system, &path, out);
        }
    }

    /// `above` is what the nearest group or question around them says.
    fn items(&mut self, map: &Object, path: &str, above: &str) -> Vec<Item> {
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
        let read_only = self.others() && asks && !self.hidden && self.flag(map, "readOnly", path);
        if read_only {
            self.tell(path, "it is not for the visitor to answer, and is shown as a line of text");
            said.unanswerable = true;
        }
        let nobody = self.hidden || read_only;
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
        self.hidden = outer;
        let unanswerable = said.unanswerable || options.is_none() || known.is_none();
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
        let folds = child.kind == Kind::Display && child.enable.when.is_empty() && (item.is_question() || !self.others());
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
                (Some(low), Some(high)) if (high - low) / said.step < MOST_ON_SLIDER && low < high => {
                    item.options = numbers(low, high, said.step);
                    item.kind = Kind::Choice;
                }
                _ => self.tell(path, "this slider is drawn as a number to type: it has no ends, or too many numbers between them"),
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
            self.beyond(path, format!("the answer code “{twice}” is empty or used twice"), "Give each answer its own code");
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
            item.kind = Kind::Display;
            item.options.clear();
            item.repeats = false;
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
                        self.problem(&here, "this itemControl names no control", "Give it a valueCodeableConcept with a coding");
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
                "questionnaire-sliderStepValue" if self.others() && number.is_some() => {
                    said.step = number.filter(|n| *n >= 1.0 && n.fract() == 0.0).unwrap_or(1.0)
                }
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
        if item.hidden {
            self.tell(path, "it is hidden: it is not asked, and has no answer");
        }
        said
    }

    /// The answers to choose from; `None` if they can't be listed.
    fn options(&mut self, map: &Object, hidden: bool, path: &str) -> Option<Vec<AnswerOption>> {
        let list = self.list(map, "answerOption", path);
        let set = self.raw_text(map, "answerValueSet", path);
        match (list.is_empty(), set.is_empty()) {
            (true, true) => Some(Vec::new()),
            (true, false) => {
                // An address may name a version.
                let found = self.sets.get(set.split('|').next().unwrap_or_default()).cloned();
                let here = format!("{path}.answerValueSet");
                let cure = "Contain it with all of its concepts, or use answerOption";
                match found {
                    Some(Some(options)) => return Some(options),
                    _ if hidden && self.others() => {}
                    Some(None) => self.beyond(&here, format!("the value set “{set}” would need a terminology server"), cure),
                    None => self.beyond(&here, format!("the value set “{set}” is not in this file"), cure),
                }
                None
            }
            (false, false) => {
                self.problem(path, "answerOption and answerValueSet exclude each other", "Keep one of them");
                Some(Vec::new())
            }
            (false, true) => Some(list.iter().enumerate().filter_map(|(i, v)| self.option(v, &format!("{path}.answerOption[{i}]"))).collect()),
        }
    }

    fn option(&mut self, value: &Value, path: &str) -> Option<AnswerOption> {
        let map = self.object(value, path)?;
        const KNOWN: &[&str] = &["id", "valueCoding", "valueString", "valueInteger", "valueDate", "valueTime", "extension", "initialSelected"];
        if map.contains_key("valueReference") && self.others() {
            self.beyond(path, "an answer refers to something outside the file", "Write it out as valueCoding or valueString");
            return None;
        }
        self.unknown_keys(map, KNOWN, path);
        if self.flag(map, "initialSelected", path) && !self.others() {
            self.problem(path, "an answer would be given beforehand", "Take initialSelected out: nothing is pre-answered here");
        }
        let mut values = KNOWN.iter().filter(|k| k.starts_with("value") && map.contains_key(**k));
        let (Some(key), None) = (values.next(), values.next()) else {
            self.problem(
                path,
                "an answer has one value, of a kind that can be shown",
                "Give it a valueCoding, valueString, valueInteger, valueDate or valueTime",
            );
            return None;
        };
        let form = match *key {
            "valueCoding" => Form::Coding,
            "valueString" => Form::String,
            "valueInteger" => Form::Integer,
            "valueDate" => Form::Date,
            _ => Form::Time,
        };
        let mut option = AnswerOption { form, ..AnswerOption::default() };
        match map.get(*key) {
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
                self.option_extensions(inner, &mut option, &here);
            }
            Some(Value::Number(n)) if form == Form::Integer && n.is_i64() => option.code = n.to_string(),
            Some(Value::String(s)) if matches!(form, Form::String | Form::Date | Form::Time) => {
                option.code.clone_from(s);
                option.text = self.text(map, key, path);
            }
            _ => {
                self.problem(&format!("{path}.{key}"), "this value is of another type", "Write what the name says");
                return None;
            }
        }
        if option.text.is_empty() {
            option.text.clone_from(&option.code);
        }
        self.option_extensions(map, &mut option, path);
        Some(option)
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
                    option.text = [self.text(ext, "valueString", &here), option.text.clone()].join(" ").trim().to_string();
                }
                name if POINTS.contains(&name) => {
                    let number = ext.get("valueDecimal").or(ext.get("valueInteger")).and_then(Value::as_f64);
                    option.points = number.filter(|n| n.fract() == 0.0 && n.abs() < 1000.0).map(|n| n as i16);
                    if option.points.is_none() {
                        let cure = "Give a whole number below 1000 as valueDecimal";
                        match number {
                            Some(_) => self.aside(&here, "points are not a whole number below 1000, and are not added up", cure),
                            None => self.problem(&here, "points are not a number", cure),
                        }
                    }
                }
                other if self.others() => {
                    self.extra(other, &here);
                }
                other => {
                    let what = format!("the extension “{other}” is not supported on an answer");
                    self.problem(&here, what, "Take it out, or ask for it to be supported");
                }
            }
        }
    }

    fn enable(&mut self, map: &Object, path: &str) -> Enable {
        let list = self.list(map, "enableWhen", path);
        let behavior = self.raw_text(map, "enableBehavior", path);
        if list.len() > 1 && behavior.is_empty() {
            self.problem(path, "several enableWhen need an enableBehavior", "Add enableBehavior: any or all");
        }
        if !matches!(behavior.as_str(), "" | "any" | "all") {
            self.problem(&format!("{path}.enableBehavior"), "this behavior is unknown", "Use any or all");
        }
        let when = list.iter().enumerate().filter_map(|(i, v)| self.condition(v, &format!("{path}.enableWhen[{i}]"))).collect();
        Enable { when, any: behavior == "any" }
    }

    fn condition(&mut self, value: &Value, path: &str) -> Option<Condition> {
        let map = self.object(value, path)?;
        if map.contains_key("hasAnswer") {
            self.problem(path, "“hasAnswer” is of FHIR STU3", "Convert the file to R4");
            return None;
        }
        let operator = operator(&self.raw_text(map, "operator", path));
        if operator.is_none() {
            self.problem(path, "this operator is unknown", "Use exists, =, !=, >, <, >= or <=");
        }
        let unknown: Vec<&str> = map.keys().map(String::as_str).filter(|k| !k.starts_with("answer")).collect();
        if let Some(key) = unknown.iter().find(|k| !matches!(**k, "id" | "extension" | "question" | "operator") && !k.starts_with('_')) {
            self.problem(&format!("{path}.{key}"), format!("“{key}” is not supported in a condition"), "Take it out");
        }
        let mut answers = map.iter().filter(|(k, _)| k.starts_with("answer"));
        let one = answers.next().filter(|_| answers.next().is_none());
        let operand = one.and_then(|(k, v)| match (k.as_str(), v) {
            ("answerBoolean", Value::Bool(b)) => Some(Operand::Bool(*b)),
            ("answerCoding", Value::Object(_)) => {
                let coding = coding(v);
                let code = if coding.code.is_empty() && self.others() { coding.display } else { coding.code };
                (!code.is_empty() || !self.others()).then(|| Operand::Codes(vec![code]))
            }
            ("answerInteger" | "answerDecimal", v) => v.as_f64().map(Operand::Number),
            ("answerString" | "answerDate", Value::String(s)) => Some(Operand::Text(s.clone())),
            ("answerTime", Value::String(s)) if self.others() => Some(Operand::Text(s.clone())),
            _ => None,
        });
        if operand.is_none() {
            let cure = "Give answerBoolean, answerCoding, answerInteger, answerDecimal, answerString or answerDate";
            match one.map(|(key, _)| key.as_str()) {
                Some("answerDateTime" | "answerQuantity" | "answerReference") if self.others() => {
                    self.beyond(path, "it compares with a kind of answer that is not asked here", cure);
                }
                _ => self.problem(path, "there is nothing supported to compare with", cure),
            }
        }
        if operator == Some(Operator::Exists) && operand.is_some() && !matches!(operand, Some(Operand::Bool(_))) {
            self.problem(path, "“exists” compares with true or false only", "Give answerBoolean");
        }
        let question = self.raw_text(map, "question", path);
        Some(Condition { question, score: false, operator: operator?, operand: operand? })
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

/// How a contained value set is named by the questions of its file.
fn address(set: &Object) -> String {
    let text = |key: &str| set.get(key).and_then(Value::as_str).filter(|t| !t.is_empty());
    text("id").map_or_else(|| text("url").unwrap_or_default().to_string(), |id| ["#", id].concat())
}

fn same(a: &AnswerOption, b: &AnswerOption) -> bool {
    (&a.system, &a.code) == (&b.system, &b.code)
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

/// Controls of a line of text that belongs to the question above it.
const BESIDE: &[&str] = &["help", "flyover", "prompt", "inline", "legal", "unit", "lower", "upper", "security"];

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
