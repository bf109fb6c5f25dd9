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
mod extensions;
mod fields;
mod item_extensions;
mod items;
mod json;
mod kinds;
mod numbers;
mod published;
mod stu3;
mod value_sets;

use super::{Note, Problems};
pub(super) use conditions::operator;
use engine::pack::{AnswerOption, Coding, Head, Questionnaire};
use items::HELP_MARK;
use json::UniqueKeys;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

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
