//! What helps to decide: what each reason is weighed with, what is told back after reading, and
//! questions that fit the answers.

use super::Trigger;
use serde::{Deserialize, Serialize};

/// A reason, or something that matters, and what it has to do with the comparison of the choices.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// The question whose answer it is.
    pub question: String,
    /// The code of that answer.
    pub answer: String,
    /// `linkId` of the number from 0 to 10 that weighs it; empty for what is not weighed.
    #[serde(default)]
    pub link: String,
    /// Rows of the comparison that bear on it, by [`COMPARED`].
    pub rows: Vec<String>,
}

/// The rows of the comparison, in its order.
pub const COMPARED: [&str; 7] = ["works", "given", "side-effects", "daily", "speed", "cost", "living"];

/// A question in our own words after reading. Never a score: what was missed is gone over at the
/// clinic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeachBack {
    /// `linkId` of the question.
    pub id: String,
    /// The code of the answer that the sources give.
    pub right: String,
    /// Id of the topic to read again.
    pub topic: String,
    /// What is known, said after any answer.
    pub explanation: String,
    /// Source ids.
    pub sources: Vec<String>,
}

/// A question to ask at the clinic that fits what was answered, and what a good answer sounds like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchedQuestion {
    /// Short id.
    pub id: String,
    /// The question, in the visitor's voice.
    pub question: String,
    /// What a good answer sounds like.
    pub good: String,
    /// The answers that it fits.
    pub when: Trigger,
    /// Source ids.
    pub sources: Vec<String>,
}
