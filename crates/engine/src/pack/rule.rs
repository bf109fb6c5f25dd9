//! Rules: what an answer means for the talk with the clinic. Data, never a verdict.
//!
//! A rule's condition is evaluated in three values. "Not sure", "rather not say" and a skipped
//! question make it *unknown*, which is reported as such; only an answer that says so makes it
//! false.

use super::Condition;
use serde::{Deserialize, Serialize};

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The dossier's id with a letter where one item has several tiers: `S01-a`, `D03`.
    pub id: String,
    /// How it is ordered and headed; never added up.
    pub tier: Tier,
    /// Where the clinician's sheet shows it.
    pub section: Section,
    /// `linkId` of the question it is about; its answer is what the sheet prints.
    pub about: String,
    /// When it fires.
    pub when: Trigger,
    /// What the visitor reads.
    pub patient: String,
    /// What the clinician's sheet adds behind the answer.
    pub clinician: String,
    /// Set when firing opens the help panel.
    pub help: Option<Help>,
    /// Source ids.
    pub sources: Vec<String>,
}

/// All of `all` hold and, where `any` is not empty, one of `any` holds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Trigger {
    /// Conditions joined by "and".
    pub all: Vec<Condition>,
    /// Conditions joined by "or".
    pub any: Vec<Condition>,
}

/// The dossier's tiers (3.0): an order of display, not a measure of risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tier {
    /// Emergency now.
    E,
    /// Must be discussed before any infusion.
    A,
    /// Discuss.
    B,
    /// Note.
    C,
}

/// Part of the clinician's sheet (dossier 6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Medicines and allergies.
    Medicines,
    /// Body conditions, anaesthesia, pregnancy.
    Medical,
    /// Mental health.
    Mind,
    /// Alcohol and drugs.
    Substances,
    /// Ride home and the like.
    Practical,
}

/// What the help panel does when a rule fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Help {
    /// Offer help, calmly (item 9 skipped).
    Offer,
    /// Thoughts of suicide were disclosed: thank, say nobody is watching, ask the one own-words
    /// question.
    Suicide,
    /// A medical emergency: the emergency number first.
    Medical,
    /// Overdose: emergency number and poison line.
    Poison,
    /// "Not sure" about a medical emergency: the emergency number first, and not a word about
    /// suicide.
    Unsure,
    /// "Not sure" about an overdose: the same, with the poison line.
    UnsurePoison,
}

impl Help {
    /// Something of the body that can't wait.
    pub fn is_medical(self) -> bool {
        matches!(self, Self::Medical | Self::Poison | Self::Unsure | Self::UnsurePoison)
    }

    /// The poison line answers it better than any other.
    pub fn is_poison(self) -> bool {
        matches!(self, Self::Poison | Self::UnsurePoison)
    }
}
