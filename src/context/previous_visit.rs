//! A visit of another day.

use crate::platform::intl;
use engine::answers::Answers;

/// A record or code that was opened again.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PreviousVisit {
    pub answers: Answers,
    /// When it was made; begins with `YYYY-MM-DD`.
    pub authored: String,
    /// The visitor had left out the answers about suicide.
    pub redacted: bool,
    /// Names of what could not be taken over.
    pub unknown: Vec<String>,
}

impl PreviousVisit {
    /// The day it was made, as `YYYY-MM-DD`.
    pub fn day(&self) -> &str {
        self.authored.split('T').next().unwrap_or_default()
    }

    /// That day in words of the language `lang`.
    pub fn date(&self, lang: &str) -> String {
        let date = intl::day(self.day(), lang);
        if date.is_empty() { "?".into() } else { date }
    }
}
