//! What is wrong with own questions, as data and in words.

use super::{OWN_MOST, OWN_MOST_ANSWERS};

/// What is wrong with own questions, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFault {
    /// Number of the question, from 1; 0 for all of them.
    pub question: usize,
    /// Which of its texts.
    pub part: OwnPart,
    /// What is wrong with it.
    pub wrong: OwnWrong,
}

/// A part of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPart {
    /// The question itself.
    Question,
    /// The answer with this number, from 1.
    Answer(usize),
    /// The unit.
    Unit,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnWrong {
    /// A line that can't be read; its number, from 1.
    Line(usize),
    /// There are more than [`OWN_MOST`] questions.
    Many,
    /// Fewer than 2 answers to choose from, or more than [`OWN_MOST_ANSWERS`]; or answers where the
    /// kind has none.
    Answers,
    /// A language that is offered has no text.
    Missing(String),
    /// Longer than this many letters, more than one line, or with square brackets.
    Long(usize),
    /// Words that a clinic's own text may not say, each in quotes.
    Says(String),
    /// Two questions are the same.
    Twice,
}

impl OwnFault {
    /// Where it is and what it ought to be, in English, for the tool's own screen and `cargo xtask
    /// bundle`.
    pub fn want(&self) -> String {
        let place = match (self.question, self.part) {
            (0, _) => "the questions".into(),
            (n, OwnPart::Question) => format!("question {n}"),
            (n, OwnPart::Answer(answer)) => format!("question {n}, answer {answer}"),
            (n, OwnPart::Unit) => format!("question {n}, its unit"),
        };
        let want = match &self.wrong {
            OwnWrong::Line(line) => {
                format!("line {line} as setup.html writes it, such as “yes-no: [en] Do you need parking?”")
            }
            OwnWrong::Many => format!("at most {OWN_MOST} of them"),
            OwnWrong::Answers => {
                format!(
                    "2 to {OWN_MOST_ANSWERS} lines with “- ” for one and several, none for other kinds; “= ” for a number alone"
                )
            }
            OwnWrong::Missing(lang) => format!("with a text in each language that is offered: [{lang}] is missing"),
            OwnWrong::Long(most) => format!("one line of at most {most} letters, without square brackets"),
            OwnWrong::Says(words) => format!(
                "text that promises nothing, judges nobody, and asks and advises nothing about crises, without {words}"
            ),
            OwnWrong::Twice => "another question than those before it".into(),
        };
        [&place, ": ", &want].concat()
    }
}
