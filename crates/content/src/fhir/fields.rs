//! Fields of an object, each of the type that FHIR gives it; and the fields that nobody reads.

use super::{Author, Object, Reader, stu3};
use serde_json::Value;

/// An extension that says a text in another language.
const TRANSLATION: &str = "translation";

impl Reader<'_> {
    pub(super) fn object<'v>(&mut self, value: &'v Value, path: &str) -> Option<&'v Object> {
        let map = value.as_object();
        if map.is_none() {
            self.problem(path, "an object was expected", "Write { … } here");
        }
        map
    }

    pub(super) fn list<'v>(&mut self, map: &'v Object, key: &str, path: &str) -> &'v [Value] {
        match map.get(key) {
            None => &[],
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.problem(&format!("{path}.{key}"), "a list was expected", "Write [ … ] here");
                &[]
            }
        }
    }

    pub(super) fn raw_text(&mut self, map: &Object, key: &str, path: &str) -> String {
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
    pub(super) fn text(&mut self, map: &Object, key: &str, path: &str) -> String {
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

    pub(super) fn flag(&mut self, map: &Object, key: &str, path: &str) -> bool {
        map.get(key).is_some_and(|value| self.boolean(value, &format!("{path}.{key}")) == Some(true))
    }

    /// True or false; `None` if it is neither. What stands in quotation marks is no boolean of
    /// FHIR's, but there is no doubt what it says.
    pub(super) fn boolean(&mut self, value: &Value, path: &str) -> Option<bool> {
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

    pub(super) fn unknown_keys(&mut self, map: &Object, known: &[&str], path: &str) {
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
}
