//! What an item asks for: its type in the words of R4, and the kind of field that this is.

use super::items::Source;
use super::{Object, Reader};
use engine::pack::{Item, Kind};

const SUPPORTED_TYPES: &str = "Use group, display, boolean, choice, open-choice, integer, decimal, quantity, string, text, url, date, time or dateTime";

impl Reader<'_> {
    /// The type as R4 names it. R5 calls a choice `coding`, and says in `answerConstraint` whether
    /// own words are an answer.
    pub(super) fn type_in_r4(&mut self, map: &Object, path: &str) -> String {
        let kind = self.raw_text(map, "type", path);
        if !self.others() {
            return kind;
        }
        let constraint = self.raw_text(map, "answerConstraint", path);
        match (kind.as_str(), constraint.as_str()) {
            ("question", _) => self.abstract_type(map, path),
            ("coding", "" | "optionsOnly") => "choice".into(),
            ("coding" | "choice" | "open-choice", "optionsOrString") => "open-choice".into(),
            (_, "" | "optionsOnly") => kind,
            ("string" | "text", _) | (_, "optionsOrString") if map.contains_key("answerOption") => "open-choice".into(),
            _ => {
                let what = format!(
                    "answers to choose from beside typed ones (answerConstraint “{constraint}”) are not supported: what is not listed is an answer in own words"
                );
                self.unsupported(path, what, "Ask for what is not listed in a question of its own");
                let link = self.raw_text(map, "linkId", path);
                self.undecided.insert(link);
                if map.contains_key("answerOption") || kind == "coding" { "open-choice".into() } else { kind }
            }
        }
    }

    /// FHIR lists the type “question” as the one above all others; some programs write it where
    /// they do not know R4's types. What may be answered says which is meant.
    pub(super) fn abstract_type(&mut self, map: &Object, path: &str) -> String {
        let listed = map.contains_key("answerOption") || map.contains_key("answerValueSet");
        let what = match listed {
            true => "“question” is no type that an item may have: it is asked as a choice",
            false => "“question” is no type that an item may have: it is answered in own words",
        };
        self.unsupported(path, what, "Use the type of its answer: choice, string, date …");
        if listed {
            return "choice".into();
        }
        let link = self.raw_text(map, "linkId", path);
        self.undecided.insert(link);
        "string".into()
    }

    /// With leave, a choice whose list is not in the file is answered in own words, and so is what
    /// would refer to something in a record. True if it is.
    pub(super) fn in_own_words(&mut self, item: &mut Item, source: &mut Source<'_>) -> bool {
        if !self.allows() || source.nobody {
            return false;
        }
        let what = match source.kind.as_str() {
            // An open-choice would tell the visitor to choose, and there is nothing to choose.
            "choice" if item.options.is_empty() => {
                "there is no list to choose from: it is answered in own words, and its record has text in place of a code"
            }
            "reference" => {
                "its answer would refer to something in a record system: it is given in own words, and its record has text in place of a reference"
            }
            _ => return false,
        };
        source.kind = "string".into();
        item.options.clear();
        self.undecided.insert(item.link_id.clone());
        self.note(source.path, what);
        true
    }

    /// The kind of an item; `None` if there is no field for its type.
    pub(super) fn kind(&mut self, source: &Source<'_>) -> Option<Kind> {
        let control = source.extensions.control.as_deref();
        let lookup = control == Some("autocomplete");
        let known = match source.kind.as_str() {
            // Only our own page holds nothing but choices.
            "group" if control == Some("page") && !self.others() => Some(Kind::Page),
            "group" => Some(Kind::Group),
            "display" => Some(Kind::Display),
            "boolean" => Some(Kind::Boolean),
            "choice" if lookup => Some(Kind::Lookup),
            "choice" => Some(Kind::Choice),
            "open-choice" if lookup => Some(Kind::OpenLookup),
            "open-choice" => Some(Kind::OpenChoice),
            "string" => Some(Kind::String),
            "text" => Some(Kind::Text),
            "integer" => Some(Kind::Integer),
            "decimal" => Some(Kind::Decimal),
            "quantity" => Some(Kind::Quantity),
            "date" => Some(Kind::Date),
            "time" => Some(Kind::Time),
            "dateTime" => Some(Kind::DateTime),
            "url" => Some(Kind::Url),
            _ => None,
        };
        if known.is_none() {
            self.without_kind(source);
        }
        known
    }

    pub(super) fn without_kind(&mut self, source: &Source<'_>) {
        let path = source.path;
        match source.kind.as_str() {
            // Nobody sees a field for it.
            "attachment" | "reference" if source.nobody && self.others() => {}
            kind @ ("attachment" | "reference") => {
                self.unsupported(path, format!("items of type “{kind}” are not supported"), SUPPORTED_TYPES)
            }
            other => self.problem(path, format!("items of type “{other}” are not supported"), SUPPORTED_TYPES),
        }
    }
}
