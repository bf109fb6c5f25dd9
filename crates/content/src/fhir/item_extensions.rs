//! Extensions of an item: fields of its own, and how it wants to be drawn.

use super::{Object, Reader};
use engine::pack::Item;
use serde_json::Value;

const CONTROL: &str = "questionnaire-itemControl";

/// Controls of a line of text that belongs to the question above it.
pub(super) const BESIDE: &[&str] =
    &["help", "flyover", "prompt", "inline", "legal", "unit", "lower", "upper", "security"];

/// Controls of a question that need nothing of their own here.
const KNOWN_CONTROLS: &[&str] = &["page", "help", "radio-button", "check-box", "drop-down", "autocomplete"];

/// What an item's extensions say beyond the fields of [`Item`].
#[derive(Default)]
pub(super) struct Extensions {
    pub(super) control: Option<String>,
    /// Distance between two numbers of a slider.
    pub(super) step: Option<f64>,
    /// FHIRPath would work out its answer, now or beforehand.
    pub(super) computed: Option<Computed>,
}

/// When FHIRPath would work out an answer.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Computed {
    /// Once, before the visitor answers.
    Beforehand,
    /// From other answers, all along.
    Always,
}

impl Reader<'_> {
    pub(super) fn item_extensions(&mut self, map: &Object, item: &mut Item, path: &str) -> Extensions {
        let mut out = Extensions::default();
        for (i, ext) in self.list(map, "extension", path).iter().enumerate() {
            let here = format!("{path}.extension[{i}]");
            let Some((name, ext)) = self.extension(ext, &here) else { continue };
            match name.as_str() {
                CONTROL => out.control = self.control(ext, &here),
                "questionnaire-displayCategory" if self.others() => {
                    // Instructions stand beside the question that they are given under.
                    out.control = out.control.or(Some("help".into()));
                }
                "minValue" | "maxValue" | "sdc-questionnaire-minQuantity" | "sdc-questionnaire-maxQuantity" => {
                    self.end(&name, ext, item, &here)
                }
                "questionnaire-sliderStepValue" if self.others() => {
                    let step = self.number(ext, &here);
                    out.step = step.filter(|n| *n > 0.0);
                }
                "questionnaire-unit" | "questionnaire-unitOption" | "questionnaire-unitValueSet" => {
                    self.unit(&name, ext, item, &here)
                }
                name if self.item_extension(name, ext, item, &here) => {}
                "sdc-questionnaire-calculatedExpression" if self.others() => out.computed = Some(Computed::Always),
                other => {
                    if other == "sdc-questionnaire-subQuestionnaire" && self.others() {
                        // It stands for questions that are in another file.
                        self.lost.insert(item.link_id.clone());
                    }
                    if other == "sdc-questionnaire-initialExpression" {
                        out.computed = out.computed.or(Some(Computed::Beforehand));
                    }
                    self.extra(other, &here);
                }
            }
        }
        self.check_extensions(item, &out, path);
        out
    }

    /// The code of the control that an item asks to be drawn with.
    pub(super) fn control(&mut self, ext: &Object, path: &str) -> Option<String> {
        let codings = ext.get("valueCodeableConcept").and_then(|c| c.pointer("/coding")).and_then(Value::as_array);
        let code = codings.into_iter().flatten().find_map(|c| c.get("code").and_then(Value::as_str));
        if code.is_none() {
            self.ignore_or_refuse(
                path,
                "this itemControl names no control that is known here",
                "Give it a valueCodeableConcept with a coding",
            );
        }
        code.map(String::from)
    }

    /// An extension that is a field of the item. False if it is none.
    pub(super) fn item_extension(&mut self, name: &str, ext: &Object, item: &mut Item, path: &str) -> bool {
        match name {
            "sdc-questionnaire-shortText" => {
                self.one_of(ext, &["valueString"], path);
                item.short = self.text(ext, "valueString", path);
            }
            "entryFormat" if self.others() => {
                self.one_of(ext, &["valueString"], path);
                let format = self.text(ext, "valueString", path);
                item.help = [item.help.as_str(), &format].join(" ").trim().into();
            }
            "questionnaire-maxOccurs" => {
                let most = ext.get("valueInteger").and_then(Value::as_u64).filter(|n| *n > 0);
                if most.is_none() {
                    self.problem(path, "a whole number above 0 was expected", "Give it as valueInteger");
                }
                item.max_occurs = most.map(|n| n.min(u8::MAX.into()) as u8).unwrap_or_default();
            }
            "questionnaire-hidden" => {
                self.one_of(ext, &["valueBoolean"], path);
                item.hidden = self.flag(ext, "valueBoolean", path);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn check_extensions(&mut self, item: &Item, extensions: &Extensions, path: &str) {
        let known = |c: &str| KNOWN_CONTROLS.contains(&c) || self.others() && (BESIDE.contains(&c) || c == "slider");
        if let Some(other) = extensions.control.as_deref().filter(|c| !known(c)) {
            let what = format!("the itemControl “{other}” is not supported");
            self.ignore_or_refuse(
                path,
                what,
                "Use one of: page, help, radio-button, check-box, drop-down, autocomplete",
            );
        }
        if item.min.zip(item.max).is_some_and(|(min, max)| min > max) {
            self.problem(path, "its minValue is above its maxValue", "Correct one of them");
        }
        if item.hidden {
            self.note(path, "it is hidden: it is not asked, and has no answer");
        }
    }
}
