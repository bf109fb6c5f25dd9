//! Fixed words of the two sheets that are content rather than interface.

use serde::{Deserialize, Serialize};

/// The sheet to keep (dossier 6.2) and fixed lines of the clinician's sheet (6.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetWords {
    /// Questions for the clinic, by theme; also the list to tick on screen.
    pub questions: Vec<QuestionGroup>,
    /// What to bring.
    pub bring: Vec<String>,
    /// Before the visit.
    pub before: Vec<String>,
    /// After the visit.
    pub after: Vec<String>,
    /// Call the clinic or get help if …
    pub call: Vec<String>,
    /// For under 18: what the page says instead of scores and sheets.
    pub minor: Vec<String>,
    /// For under 18: questions to ask.
    pub minor_questions: Vec<String>,
    /// Known-limits line for medicines: "This tool knows only some interactions."
    pub medicines_limit: String,
    /// "Keep taking your medicines as prescribed. …"
    pub medicines_keep: String,
    /// Footer: "Prepared to support a conversation, not to decide on treatment."
    pub footer: String,
    /// Header: "Prepared by the patient on {date}, on this device. Self-reported, not checked, not
    /// a diagnosis."
    pub header: String,
}

/// Questions of one theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionGroup {
    /// Short id.
    pub id: String,
    /// Theme.
    pub title: String,
    /// Questions in the visitor's voice.
    pub questions: Vec<String>,
}
