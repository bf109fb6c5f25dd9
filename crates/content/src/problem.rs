//! What is wrong with a file, and what is left out of it: where, what, and what to do.

use std::fmt;

/// One thing to put right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {path}: {what}. {cure}.")]
pub struct Problem {
    /// File, as the caller named it.
    pub file: String,
    /// Path inside the file, for instance `$.item[3].enableWhen[0]`.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub cure: String,
}

/// All problems of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn add(&mut self, file: &str, path: impl Into<String>, what: impl Into<String>, cure: impl Into<String>) {
        self.0.push(Problem { file: file.into(), path: path.into(), what: what.into(), cure: cure.into() });
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|p| writeln!(f, "{p}"))
    }
}

/// What is left out of a questionnaire by others, or is shown in another way than its author may
/// expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// File, as the caller named it.
    pub file: String,
    /// Path inside the file.
    pub path: String,
    /// What is left out, or how it is shown.
    pub what: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.path, self.what)
    }
}
