//! Extensions in general: their names, and those that are not read.

use super::{Object, Reader};
use serde_json::Value;

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

impl Reader<'_> {
    /// The last part of an extension's address, and the extension.
    pub(super) fn extension<'v>(&mut self, value: &'v Value, path: &str) -> Option<(String, &'v Object)> {
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
    pub(super) fn beside(&mut self, map: &Object, path: &str) {
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
    pub(super) fn one_of(&mut self, ext: &Object, kinds: &[&str], path: &str) {
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
    pub(super) fn extra(&mut self, name: &str, path: &str) {
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
}
