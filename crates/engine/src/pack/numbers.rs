//! The numbers that stand for questions and answers in the code on paper.

use serde::{Deserialize, Serialize};

/// Append-only lists, from `content/numbers.toml`: the first name has number 1. A number is never
/// used again, so a code that was printed with older content still reads.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Numbers {
    /// `linkId`s of questions, and of groups that can be filled again.
    pub questions: Vec<String>,
    /// Codes of answers, wherever they can be chosen.
    pub answers: Vec<String>,
}

impl Numbers {
    /// The number of a name; `None` if it has none.
    pub fn of(names: &[String], name: &str) -> Option<u32> {
        let place = names.iter().position(|n| n == name)?;
        u32::try_from(place + 1).ok()
    }

    /// The name behind a number; `None` if no content up to this one gave it.
    pub fn name(names: &[String], number: u32) -> Option<&str> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        names.get(place).map(String::as_str).filter(|n| !n.is_empty())
    }
}
