//! A strict reader of FHIR R4 `Questionnaire` JSON: of our own content, and of questionnaires by
//! others.
//!
//! What the engine can't do faithfully is refused by path and reason; nothing is dropped in
//! silence. Of our own content everything that is not understood is refused. A questionnaire by
//! others may hold what FHIR lets a reader pass over (how it is drawn, what a server does with it):
//! that is told, by path, and passed over.

mod adapt;
mod answers;
mod conditions;
mod items;
mod json;
mod numbers;
mod published;
mod stu3;

use super::{Note, Problems};
pub(super) use conditions::operator;
use engine::pack::{AnswerOption, Coding, Head, Questionnaire};
use items::HELP_MARK;
use json::UniqueKeys;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const TRANSLATION: &str = "translation";

/// What changes which questions are asked, or what an answer is, and needs more than this engine:
/// by the last part of its address.
const BEYOND: &[(&str, &str)] = &[
    ("cqf-expression", "its words would be worked out by FHIRPath"),
    ("cqf-calculatedValue", "it would be worked out by FHIRPath"),
    ("sdc-questionnaire-enableWhenExpression", "whether it is asked would be worked out by FHIRPath"),
    ("sdc-questionnaire-answerOptionsToggleExpression", "its answers would be switched by FHIRPath"),
    ("sdc-questionnaire-answerExpression", "the answers to choose from would be worked out by FHIRPath"),
    ("sdc-questionnaire-candidateExpression", "the answers to choose from would be worked out by FHIRPath"),
    ("sdc-questionnaire-itemMedia", "it needs a picture or a sound"),
    ("sdc-questionnaire-itemAnswerMedia", "an answer needs a picture or a sound"),
    ("sdc-questionnaire-subQuestionnaire", "it would be put together from other questionnaires"),
    ("sdc-questionnaire-questionnaireAdaptive", "a server would choose the next question"),
    ("questionnaire-questionnaireAdaptive", "a server would choose the next question"),
];

/// What a reader may go without and still ask the same questions.
const NOT_DONE: &[(&str, &str)] = &[
    (
        "sdc-questionnaire-initialExpression",
        "its answer would be given beforehand, by FHIRPath: that is left out, the visitor answers",
    ),
    ("questionnaire-constraint", "its answer would be checked by FHIRPath: it is taken without that check"),
    ("targetConstraint", "its answer would be checked by FHIRPath: it is taken without that check"),
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
    "answerConstraint",
    "initial",
    "item",
    "extension",
];

/// Whose questionnaire is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author<'a> {
    /// Our own content: what is not understood is refused.
    Ourselves,
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
    pub notes: Vec<Note>,
    /// The language it says it is written in.
    pub language: String,
    /// The languages of its translations.
    pub translations: BTreeSet<String>,
    /// The questions whose answer can't be compared here: nobody gives it and there is or would be
    /// one, it would be worked out, or it is given in own words in place of a code.
    pub undecided: BTreeSet<String>,
    /// The questions that nobody answers: hidden, read only, or shown as a line of text.
    pub unanswered: BTreeSet<String>,
    /// The questions meant for the visitor that are shown as a line of text, because there is no
    /// way to answer them here.
    pub lost: BTreeSet<String>,
    /// The items with points that can't be in a sum: they are no whole numbers, or nobody gets
    /// them.
    pub unsummed: BTreeSet<String>,
}

/// Stands, while the file is read, for points that are no whole number.
const FRACTION: i16 = i16::MIN;

/// Reads our own Questionnaire. Problems are added to `problems`; what could be read is returned
/// all the same.
pub fn read_questionnaire(file: &str, json: &str, problems: &mut Problems) -> Questionnaire {
    read(file, json, Author::Ourselves, problems).questionnaire
}

/// Reads a Questionnaire of ours or of others.
pub fn read(file: &str, json: &str, author: Author<'_>, problems: &mut Problems) -> Read {
    let mut reader = Reader {
        file,
        problems,
        author,
        sets: BTreeMap::new(),
        systems: BTreeMap::new(),
        fragments: BTreeSet::new(),
        notes: Vec::new(),
        translations: BTreeSet::new(),
        undecided: BTreeSet::new(),
        unanswered: BTreeSet::new(),
        lost: BTreeSet::new(),
        ends_in_units: BTreeMap::new(),
        hidden: false,
        read_only: false,
        unsummed: BTreeSet::new(),
    };
    let (questionnaire, language) = reader.questionnaire(json);
    Read {
        questionnaire,
        notes: reader.notes,
        language,
        translations: reader.translations,
        undecided: reader.undecided,
        unanswered: reader.unanswered,
        lost: reader.lost,
        unsummed: reader.unsummed,
    }
}

type Object = Map<String, Value>;

struct Reader<'a> {
    file: &'a str,
    problems: &'a mut Problems,
    author: Author<'a>,
    /// Contained value sets by `#id` and by address; `None` if one does not list its concepts.
    sets: BTreeMap<String, Option<Vec<AnswerOption>>>,
    /// Concepts of contained code systems, by address.
    systems: BTreeMap<String, Vec<AnswerOption>>,
    /// Those of which the file holds a part.
    fragments: BTreeSet<String>,
    notes: Vec<Note>,
    translations: BTreeSet<String>,
    undecided: BTreeSet<String>,
    unanswered: BTreeSet<String>,
    lost: BTreeSet<String>,
    /// Units of ends (`minValue` and the like), by the path of their extension.
    ends_in_units: BTreeMap<String, Option<Coding>>,
    /// Inside an item that is hidden.
    hidden: bool,
    /// Inside a group that is not for the visitor to fill.
    read_only: bool,
    unsummed: BTreeSet<String>,
}

impl Reader<'_> {
    fn problem(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        self.problems.add(self.file, path, what, cure);
    }

    /// What FHIR lets a reader pass over: refused in our own content, told of another's.
    fn ignore_or_refuse(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        match self.author {
            Author::Ourselves => self.problem(path, what, cure),
            Author::Others { .. } => self.note(path, what),
        }
    }

    /// What needs more than this engine: refused, unless whoever packs allows that it is left out.
    fn unsupported(&mut self, path: &str, what: impl Into<String>, cure: &str) {
        match self.author {
            Author::Others { allow: true, .. } => self.note(path, what),
            Author::Others { .. } => {
                self.problem(path, what, &format!("{cure}, or pass --allow-unsupported to go without it"))
            }
            Author::Ourselves => self.problem(path, what, cure),
        }
    }

    fn note(&mut self, path: &str, what: impl Into<String>) {
        self.notes.push(Note { file: self.file.into(), path: path.into(), what: what.into() });
    }

    /// True if whoever packs allows that something is left out.
    fn allows(&self) -> bool {
        matches!(self.author, Author::Others { allow: true, .. })
    }

    fn others(&self) -> bool {
        self.author != Author::Ourselves
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
        let Author::Others { lang, .. } = self.author else { return text };
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
        map.get(key).is_some_and(|value| self.boolean(value, &format!("{path}.{key}")) == Some(true))
    }

    /// True or false; `None` if it is neither. What stands in quotation marks is no boolean of
    /// FHIR's, but there is no doubt what it says.
    fn boolean(&mut self, value: &Value, path: &str) -> Option<bool> {
        let cure = "Write true or false, without quotes";
        match value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) if self.others() && matches!(text.as_str(), "true" | "false") => {
                self.unsupported(path, "true or false was expected, and it stands in quotation marks", cure);
                Some(text == "true")
            }
            _ => {
                self.problem(path, "true or false was expected", cure);
                None
            }
        }
    }

    fn unknown_keys(&mut self, map: &Object, known: &[&str], path: &str) {
        for key in map.keys().filter(|k| !known.contains(&k.as_str())) {
            let here = format!("{path}.{key}");
            match key.as_str() {
                "modifierExtension" => self.problem(
                    &here,
                    "it changes the meaning of what it stands in, in a way unknown here",
                    "Take it out",
                ),
                "implicitRules" => self.unsupported(&here, "the file follows rules of its own", "Take it out"),
                // What stands beside a text is read with it; the rest of what stands beside a value
                // says how it is drawn.
                k if self.others()
                    && k.strip_prefix('_').is_some_and(|k| known.contains(&k) || k.starts_with("value")) => {}
                "extension" | "derivedFrom" if self.others() => {}
                k if stu3::is_old(k) => {
                    self.problem(&here, format!("“{key}” is of FHIR STU3"), "Convert the file to R4");
                }
                // These fields of R5 say nothing about which questions are asked.
                "disabledDisplay" | "versionAlgorithmString" | "versionAlgorithmCoding" | "copyrightLabel" => {
                    self.ignore_or_refuse(
                        &here,
                        format!("“{key}” is of FHIR R5, and is not used"),
                        "Convert the file to R4",
                    );
                }
                _ => self.unsupported(
                    &here,
                    format!("“{key}” is no field of FHIR's here, and is not supported"),
                    "Take it out, or write it as FHIR does",
                ),
            }
        }
    }

    /// The last part of an extension's address, and the extension.
    fn extension<'v>(&mut self, value: &'v Value, path: &str) -> Option<(String, &'v Object)> {
        let map = self.object(value, path)?;
        let url = self.raw_text(map, "url", path);
        if url.is_empty() {
            self.unsupported(path, "an extension has no url", "Give it one, or take it out");
            return None;
        }
        // Only FHIR's own names mean what they mean here.
        let own = url
            .split_once("hl7.org/fhir/")
            .and_then(|(_, rest)| rest.split_once("StructureDefinition/"))
            .map(|(_, name)| name);
        Some((own.unwrap_or(&url).into(), map))
    }

    /// What stands beside values that are no texts: FHIRPath in place of the value, or nothing that
    /// matters here.
    fn beside(&mut self, map: &Object, path: &str) {
        let texts = ["_text", "_prefix", "_title", "_publisher", "_copyright", "_display"];
        let beside = map.iter().filter(|(key, _)| key.starts_with('_') && !texts.contains(&key.as_str()));
        for (key, value) in beside {
            for (i, ext) in value.get("extension").and_then(Value::as_array).into_iter().flatten().enumerate() {
                let here = format!("{path}.{key}.extension[{i}]");
                if let Some((name, _)) = self.extension(ext, &here) {
                    self.extra(&name, &here);
                }
            }
        }
    }

    /// An extension has one value, of one of these kinds.
    fn one_of(&mut self, ext: &Object, kinds: &[&str], path: &str) {
        let mut values = ext.keys().filter(|k| k.starts_with("value"));
        if !values.next().is_some_and(|k| kinds.contains(&k.as_str())) || values.next().is_some() {
            self.problem(
                path,
                format!("it has no {}, or more than that", kinds.join(" or ")),
                "Give it that value alone",
            );
        }
    }

    /// An extension that is not read.
    fn extra(&mut self, name: &str, path: &str) {
        let find = |list: &[(&str, &'static str)]| list.iter().find(|(n, _)| *n == name).map(|(_, what)| *what);
        match (find(BEYOND), find(NOT_DONE)) {
            (Some(what), _) if self.others() => self.unsupported(path, what, "Take it out"),
            (_, Some(what)) if self.others() => self.note(path, what),
            _ => self.ignore_or_refuse(
                path,
                format!("the extension “{name}” is not supported"),
                "Take it out, or ask for it to be supported",
            ),
        }
    }

    fn questionnaire(&mut self, json: &str) -> (Questionnaire, String) {
        let mut out = Questionnaire {
            lang: String::new(),
            url: String::new(),
            version: String::new(),
            title: String::new(),
            head: Head::default(),
            items: Vec::new(),
        };
        let Some(mut value) = self.parse(json) else { return (out, String::new()) };
        if self.others() {
            let old = stu3::to_r4(&mut value);
            if !old.is_empty() {
                let names: Vec<String> = old.iter().map(|name| format!("“{name}”")).collect();
                self.note("$", format!("it is of FHIR STU3 ({}), and is read as R4 says the same", names.join(", ")));
            }
        }
        let Some(map) = self.object(&value, "$").filter(|map| self.is_questionnaire(map)) else {
            return (out, String::new());
        };
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
        let mut language = self.raw_text(map, "language", "$");
        if !language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            self.problem("$.language", format!("“{language}” is no language tag"), "Write it as in en, es-MX or ar");
            language.clear();
        }
        out.lang.clone_from(&language);
        out.items = self.items(map, "$", "");
        conditions::shorten_times(&mut out.items);
        // Help that stands below nothing is a line of text.
        out.items.iter_mut().filter(|i| i.prefix.starts_with(HELP_MARK)).for_each(|i| i.prefix.clear());
        (out, language)
    }

    fn parse(&mut self, json: &str) -> Option<Value> {
        // Some editors put a byte order mark in front.
        let error = match serde_json::from_str(json.strip_prefix('\u{feff}').unwrap_or(json)) {
            Ok(UniqueKeys(value)) => return Some(value),
            Err(error) => error,
        };
        let message = error.to_string();
        let (what, cure) = match message.split(" at line").next().unwrap_or_default() {
            twice if error.is_data() => (twice, "Keep one of them"),
            deep if deep.starts_with("recursion limit") => ("it is nested too deep", "Take groups out of groups"),
            _ if json.trim_start().starts_with('<') => {
                ("this is not JSON", "It looks like XML: save the questionnaire as JSON")
            }
            _ => ("this is not JSON", "Correct the file there"),
        };
        self.problem(&format!("line {}, column {}", error.line(), error.column()), what, cure);
        None
    }

    fn is_questionnaire(&mut self, map: &Object) -> bool {
        if map.get("resourceType").and_then(Value::as_str) == Some("Questionnaire") {
            return true;
        }
        let entries = map.get("entry").and_then(Value::as_array);
        let inside = entries
            .into_iter()
            .flatten()
            .position(|e| e.pointer("/resource/resourceType").and_then(Value::as_str) == Some("Questionnaire"));
        match inside {
            Some(i) => self.problem(
                "$.resourceType",
                "this is not a FHIR Questionnaire, but a bundle with one in it",
                &format!("Put what stands in $.entry[{i}].resource into a file of its own"),
            ),
            None => self.problem(
                "$.resourceType",
                "this is not a FHIR Questionnaire",
                "Give a file whose resourceType is Questionnaire",
            ),
        }
        false
    }
}

fn coding(value: &Value) -> Coding {
    let get = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    Coding { system: get("system"), code: get("code"), display: get("display") }
}
