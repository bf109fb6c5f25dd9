//! Crisis lines, by region. Chosen by the clinic's setting or the visitor, never by location.

use super::Date;
use serde::{Deserialize, Serialize};

/// A country, or "elsewhere".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// ISO 3166 code in lower case, or `other`.
    pub id: String,
    /// Name as shown.
    pub name: String,
    /// The emergency number; empty for `other`.
    pub emergency: String,
    /// How to say it: "Call 911".
    pub emergency_text: String,
    /// Paper there is Letter; A4 otherwise.
    #[serde(default)]
    pub letter: bool,
    /// What phone numbers there begin with when called from abroad, without the `+`; empty for
    /// `other`.
    #[serde(default)]
    pub calling: String,
    /// Tags of the languages in which lines there answer; empty where that is not known.
    #[serde(default)]
    pub spoken: Vec<String>,
    /// Lines, the main one first.
    pub lines: Vec<Contact>,
}

/// One line or page that helps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Short id, for instance `988`.
    pub id: String,
    /// Who answers.
    pub name: String,
    /// What to do: "Call or text 988".
    pub text: String,
    /// Digits for a `tel:` link; empty if it can't be called.
    #[serde(default)]
    pub tel: String,
    /// Digits for an `sms:` link; empty if it can't be texted.
    #[serde(default)]
    pub sms: String,
    /// Web address; empty if none.
    #[serde(default)]
    pub url: String,
    /// When it answers, for instance "24 hours, every day".
    #[serde(default)]
    pub hours: String,
    /// For a certain need only: `poison`, `drugs`; empty for the general lines.
    #[serde(default)]
    pub only_for: String,
    /// Day it was last checked.
    pub checked_on: Date,
    /// Day by which it must be checked again.
    pub review_by: Date,
}
