//! Words that promise, decide, shame or sell, as `content/refused.toml` lists them.

use serde::{Deserialize, Serialize};

/// The words of one language, in groups. Each is one word or several, found as whole words.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// What treatment may do is not promised.
    pub promises: Vec<String>,
    /// Whom treatment suits is not decided here.
    pub decides: Vec<String>,
    /// Words that shame, or that speak of suicide without care.
    pub shames: Vec<String>,
    /// Booking is not urged.
    pub sells: Vec<String>,
    /// Names and numbers of crisis lines, which a clinic's own texts may not take for its own.
    #[serde(default)]
    pub crisis: Vec<String>,
    /// Advice to stop or skip a medicine, which no text of a clinic gives here.
    #[serde(default)]
    pub advice: Vec<String>,
    /// Hard or scolding words: kept out of our own texts, and none of our business in a clinic's.
    pub hard: Vec<String>,
    /// Phrases in which one of these words means something else.
    pub other_senses: Vec<String>,
}
