//! What is wrong with own questions, and the words for it.

use super::text::read_own;
use super::{OWN_LETTERS, OWN_MOST, OWN_MOST_ANSWERS, OWN_WHOLE, OwnKind, OwnQuestion, Texts, link_of};
use crate::pack::settings::{Known, crisis_word, is_line};

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
    /// No line of so many letters, or one with square brackets.
    Long(usize),
    /// Words that a clinic's own text may not say, each in quotes.
    Says(String),
    /// Two questions are the same.
    Twice,
}

/// What is wrong with the setting's text; `offered` are the languages in which each text has to be
/// there.
pub(in crate::pack) fn own_fault(text: &str, offered: &[&str], known: &Known<'_>) -> Option<OwnFault> {
    let all = |wrong| Some(OwnFault { question: 0, part: OwnPart::Question, wrong });
    if text.len() > 4 * OWN_WHOLE || text.chars().count() > OWN_WHOLE {
        return all(OwnWrong::Long(OWN_WHOLE));
    }
    let questions = match read_own(text) {
        Ok(questions) => questions,
        Err(fault) => return Some(fault),
    };
    if questions.len() > OWN_MOST {
        return all(OwnWrong::Many);
    }
    own_faults(&questions, offered, known).into_iter().next()
}

/// The first thing wrong with each question, in their order.
pub fn own_faults(questions: &[OwnQuestion], offered: &[&str], known: &Known<'_>) -> Vec<OwnFault> {
    let twice =
        |at: usize, question: &OwnQuestion| questions.iter().take(at).any(|other| link_of(other) == link_of(question));
    let wrong = |at: usize, question: &OwnQuestion| {
        let twice = || twice(at, question).then_some((OwnPart::Question, OwnWrong::Twice));
        let (part, wrong) = wrong_with(question, offered, known).or_else(twice)?;
        Some(OwnFault { question: at + 1, part, wrong })
    };
    questions.iter().enumerate().filter_map(|(at, question)| wrong(at, question)).collect()
}

fn wrong_with(question: &OwnQuestion, offered: &[&str], known: &Known<'_>) -> Option<(OwnPart, OwnWrong)> {
    let wanted = if question.kind.has_answers() { 2..=OWN_MOST_ANSWERS } else { 0..=0 };
    let [long, short, unit] = OWN_LETTERS;
    let parts = std::iter::once((OwnPart::Question, &question.text, long));
    let parts =
        parts.chain(question.answers.iter().enumerate().map(|(at, answer)| (OwnPart::Answer(at + 1), answer, short)));
    let has_unit = !question.unit.0.is_empty();
    let parts = parts.chain(has_unit.then_some((OwnPart::Unit, &question.unit, unit)));
    let missing = |texts: &Texts| {
        offered.iter().find(|lang| texts.in_language(lang).is_empty()).map(|lang| OwnWrong::Missing((*lang).into()))
    };
    let mut wrong = parts.filter_map(|(part, texts, most)| {
        let said = texts.0.iter().find_map(|(_, text)| wrong_text(text, most, known));
        Some((part, missing(texts).or(said)?))
    });
    let first = wrong.next();
    let number =
        if question.kind == OwnKind::Number || !has_unit { None } else { Some((OwnPart::Unit, OwnWrong::Answers)) };
    let answers = (!wanted.contains(&question.answers.len())).then_some((OwnPart::Question, OwnWrong::Answers));
    first.or(number).or(answers)
}

fn wrong_text(text: &str, most: usize, known: &Known<'_>) -> Option<OwnWrong> {
    if !is_line(text, most) || text.contains(['[', ']']) {
        return Some(OwnWrong::Long(most));
    }
    let quoted = |word: &str| ["“", word, "”"].concat();
    known.refuses(text).or_else(|| crisis_word(text).map(|word| quoted(&word))).map(OwnWrong::Says)
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
