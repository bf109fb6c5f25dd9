//! Questions that name what an earlier answer named: "Are you still taking sertraline?"

use serde::{Deserialize, Serialize};

/// Wordings with gaps for one language; authored in `content/<lang>/naming.toml`. The questionnaire
/// itself keeps the plain wording, and nothing but a screen shows another one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// Joins two names ("or").
    pub joint: String,
    /// The wordings. Of several for one question the first counts whose gaps can all be filled.
    pub text: Vec<NamingText>,
    /// How answers are called inside a sentence where their own text does not fit into one.
    pub name: Vec<AnswerName>,
}

/// The wording of one question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamingText {
    /// `linkId` of the question.
    pub id: String,
    /// The question, with `{name}` for each gap.
    pub text: String,
    /// What fills the gaps.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Its names are those of the repetition before, so the first repetition keeps the plain
    /// wording.
    #[serde(default)]
    pub before: bool,
    /// It holds only while this question is asked as well; empty for most.
    #[serde(default)]
    pub beside: String,
}

/// A gap of a wording.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Its name in the wording.
    pub id: String,
    /// The questions whose answers fill it, by `linkId`.
    pub from: Vec<String>,
    /// Own words fill it only if there is a digit in them: "not sure" is no dose.
    #[serde(default)]
    pub number: bool,
}

/// What an answer is called inside a sentence.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerName {
    /// `linkId` of its question. An answer of that question without a name fills no gap.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Words that go on after "with" or "take".
    pub words: String,
}
