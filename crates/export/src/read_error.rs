//! Why a record file or a code on paper can't be read, and the message that says what to do.

use engine::pack::Words;

/// Why a record or a code can't be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Path inside the file, for instance `$.item[2](why).item[0](why-for)`; empty for a code.
    pub at: String,
    /// The kind of error.
    pub kind: ReadErrorKind,
}

/// The kinds of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// The file is larger than any record that this tool writes.
    TooLarge,
    /// The file is no JSON.
    Broken,
    /// No record, or one of another questionnaire.
    OtherFile,
    /// The question has no such answer.
    Answer,
    /// The code ends too early.
    CutOff,
    /// The checksum is wrong, or what it stands for makes no sense.
    Damaged,
    /// Made by a newer tool.
    Newer,
    /// The text is no code of this tool.
    OtherCode,
}

impl ReadErrorKind {
    /// As an error without a place.
    pub(super) fn here(self) -> ReadError {
        ReadError { at: String::new(), kind: self }
    }

    /// As an error at a place.
    pub(super) fn at(self, at: &str) -> ReadError {
        ReadError { at: at.into(), kind: self }
    }
}

impl ReadError {
    /// The message on the screen: what is wrong, and what to do.
    pub fn message(&self, words: &Words) -> String {
        let text = match self.kind {
            ReadErrorKind::TooLarge => words.record_large(),
            ReadErrorKind::Broken => words.record_broken(),
            ReadErrorKind::OtherFile => words.record_other(),
            ReadErrorKind::Answer => words.record_answer(),
            ReadErrorKind::CutOff => words.code_cut(),
            ReadErrorKind::Damaged => words.code_damaged(),
            ReadErrorKind::Newer => words.code_newer(),
            ReadErrorKind::OtherCode => words.code_other(),
        };
        text.replace("{at}", &self.at)
    }
}
