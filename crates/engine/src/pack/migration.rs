//! What an answer to an earlier version of the questionnaire means in this one.

use serde::{Deserialize, Serialize};

/// One row of `content/migrations.toml`. An old answer that stands in kept text, in a record or in
/// a code on paper is replaced by the answers it is mapped to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    /// `linkId` of the earlier question.
    pub question: String,
    /// Code of the earlier answer. `None` stands for every answer without a row of its own: a code,
    /// own words, a number, or a skipped question.
    #[serde(default)]
    pub answer: Option<String>,
    /// The answers it becomes; may be empty if it is `kept`.
    pub to: Vec<MigrationTarget>,
    /// Own words in the pack's language that it stays as under its own question: where `to` is
    /// empty or was answered otherwise, and where nothing else is left of what was answered. Empty
    /// if it never stays.
    #[serde(default)]
    pub kept: String,
}

/// One answer that an earlier answer becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MigrationTarget {
    /// `linkId` of a question of this version.
    pub question: String,
    /// Code of one of its answers. `None` keeps the earlier answer as it is.
    #[serde(default)]
    pub answer: Option<String>,
}

/// True if a question of an earlier version is migrated.
pub fn migrates(migrations: &[Migration], question: &str) -> bool {
    migrations.iter().any(|m| m.question == question)
}

/// The row for an earlier answer. `code` is `None` for own words, a number and a skipped question.
pub fn find<'a>(migrations: &'a [Migration], question: &str, code: Option<&str>) -> Option<&'a Migration> {
    let mut rows = migrations.iter().filter(|m| m.question == question);
    let exact = rows.clone().find(|m| m.answer.is_some() && m.answer.as_deref() == code);
    exact.or_else(|| rows.find(|m| m.answer.is_none()))
}
