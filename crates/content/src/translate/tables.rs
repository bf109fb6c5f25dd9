//! The texts of a language as its files have them, by id.

use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Questions {
    pub(super) title: String,
    /// Sections that this language does not offer; `instruments.toml` says why.
    #[serde(default)]
    pub(super) not_offered: Vec<String>,
    /// Answers shared by several questions: code to text.
    #[serde(default)]
    pub(super) sets: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) items: BTreeMap<String, ItemTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemTexts {
    pub(super) text: String,
    #[serde(default)]
    pub(super) short: String,
    #[serde(default)]
    pub(super) help: String,
    #[serde(default)]
    pub(super) options: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Instruments {
    pub(super) translation_note: String,
    pub(super) instrument: BTreeMap<String, InstrumentTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstrumentTexts {
    pub(super) offered: bool,
    #[serde(default)]
    pub(super) why: String,
    #[serde(default)]
    pub(super) wording: String,
    /// The authors' line on its use, where their sheet in this language has one.
    #[serde(default)]
    pub(super) notice: String,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) bands: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) cutoffs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) rules: BTreeMap<String, RuleTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleTexts {
    pub(super) patient: String,
    pub(super) clinician: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asks {
    pub(super) asks: BTreeMap<String, AskTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AskTexts {
    pub(super) question: String,
    pub(super) good: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Regions {
    pub(super) regions: BTreeMap<String, RegionTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RegionTexts {
    pub(super) name: String,
    pub(super) emergency_text: String,
    pub(super) lines: BTreeMap<String, LineTexts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineTexts {
    pub(super) name: String,
    pub(super) text: String,
    #[serde(default)]
    pub(super) hours: String,
}
