//! What the authored files of a language come to: a pack, and what only checks of it need.

use engine::pack::{Pack, Refused};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// A pack with what stands beside it in the files and is only for checking.
#[derive(Debug, Clone)]
pub struct Authored {
    /// The pack.
    pub pack: Pack,
    /// Test vectors of each rule, in the pack's order.
    pub rule_vectors: Vec<Vec<RuleVector>>,
    /// Test vectors of each question that fits answers, in the pack's order.
    pub matched_vectors: Vec<Vec<RuleVector>>,
    /// Test vectors of each instrument, in the pack's order.
    pub score_vectors: Vec<Vec<ScoreVector>>,
    /// The refused words of every language.
    pub refused: BTreeMap<String, Refused>,
    /// Ids of what a switch keeps out: another language may have texts for them all the same.
    pub off: BTreeSet<String>,
    /// Why each of them is out.
    pub left_out: Vec<String>,
}

/// Answers in text form, and whether the rule fires on them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleVector {
    /// For instance `s06=yes`.
    pub answers: String,
    /// `yes`, `no`, `unknown` or `not-asked`.
    pub fires: String,
}

/// Points given item by item (-1 for a missing one) and what must come of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreVector {
    /// Points of each item, -1 where it is not answered.
    #[serde(rename = "in", default)]
    pub points: Vec<i16>,
    /// The total, if it is exact.
    #[serde(default)]
    pub total: Option<f64>,
    /// The published band, if the total is exact.
    #[serde(default)]
    pub band: Option<String>,
    /// Lowest and highest total possible, if items are missing.
    #[serde(default)]
    pub possible: Option<[f64; 2]>,
    /// Whether help opens: `yes`, `no` or `offer` (PHQ-9).
    #[serde(default)]
    pub safety: Option<String>,
    /// Answer to the gate: `yes`, `no` or `skip` (PC-PTSD-5).
    #[serde(default)]
    pub gate: Option<String>,
    /// Whether the item beside the score is asked.
    #[serde(default)]
    pub ask_difficulty: Option<bool>,
    /// Why the vector is there.
    #[serde(default)]
    pub note: Option<String>,
}
