//! Standard instruments: which items are added up, and what the published bands are called.

use super::Coding;
use serde::{Deserialize, Serialize};

/// A scored set of questions. Points come from the questions' own options; nothing is weighted
/// here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Short id, for instance `phq-9`.
    pub id: String,
    /// Name as printed, for instance `PHQ-9`.
    pub name: String,
    /// What it counts, in plain words.
    pub about: String,
    /// `linkId`s of the items that count, in order.
    pub items: Vec<String>,
    /// A yes/no item that decides whether the rest is asked; "no" makes the total 0 (PC-PTSD-5).
    #[serde(default)]
    pub gate: Option<String>,
    /// `linkId` of an item that is printed beside the score and not added (PHQ-9's difficulty
    /// item).
    #[serde(default)]
    pub beside: Option<String>,
    /// How items become one number.
    pub method: Method,
    /// Published bands, lowest first; none where the authors gave none.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Published cut-offs, printed as they are and never called positive or negative.
    #[serde(default)]
    pub cutoffs: Vec<Cutoff>,
    /// The total's own code.
    #[serde(default)]
    pub total_code: Option<Coding>,
    /// The panel's own code.
    #[serde(default)]
    pub panel_code: Option<Coding>,
    /// Licence line to print.
    #[serde(default)]
    pub notice: String,
    /// Where the wording of this language comes from, shown when it is not the official one.
    #[serde(default)]
    pub wording: String,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// How an instrument's items become one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// All points added.
    Sum,
    /// The mean, to one decimal (PEG).
    Mean,
}

/// A published name for a range of totals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Lowest total of the band.
    pub from: i16,
    /// The published name.
    pub name: String,
}

/// A published cut-off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cutoff {
    /// Lowest total that reaches it.
    pub at: i16,
    /// What the authors say of it.
    pub about: String,
}
