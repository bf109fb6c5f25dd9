//! Why something that was brought along can't be read, in words that say what to do.

use engine::pack::Words;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path inside the file, for instance `$.item[2](why).item[0](why-for)`; empty for a code.
    pub at: String,
    /// What is wrong there.
    pub what: What,
}

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// More text than a record of ours ever has.
    TooLarge,
    /// No JSON.
    Broken,
    /// No record, or one of another questionnaire.
    OtherFile,
    /// An answer that the question doesn't have.
    Answer,
    /// The code ends too early.
    CutOff,
    /// The checksum is wrong, or what it stands for makes no sense.
    Damaged,
    /// Made by a newer tool.
    Newer,
    /// No code of ours.
    OtherCode,
}

impl What {
    /// As a problem without a place.
    pub(super) fn here(self) -> Problem {
        Problem { at: String::new(), what: self }
    }

    /// As a problem at a place.
    pub(super) fn at(self, at: &str) -> Problem {
        Problem { at: at.into(), what: self }
    }
}

impl Problem {
    /// What is wrong and what to do, for the screen.
    pub fn said(&self, words: &Words) -> String {
        let text = match self.what {
            What::TooLarge => words.record_large(),
            What::Broken => words.record_broken(),
            What::OtherFile => words.record_other(),
            What::Answer => words.record_answer(),
            What::CutOff => words.code_cut(),
            What::Damaged => words.code_damaged(),
            What::Newer => words.code_newer(),
            What::OtherCode => words.code_other(),
        };
        text.replace("{at}", &self.at)
    }
}
