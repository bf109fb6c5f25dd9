//! Checks own questions.

use super::fault::{OwnFault, OwnPart, OwnWrong};
use super::text::read_own;
use super::{OWN_LETTERS, OWN_MOST, OWN_MOST_ANSWERS, OWN_WHOLE, OwnKind, OwnQuestion, Texts, link_of};
use crate::pack::plain_text::{Refuses, crisis_word, is_line};

/// What is wrong with the setting's text; `offered` are the languages in which each text has to be
/// there.
pub(in crate::pack) fn own_fault(text: &str, offered: &[&str], refuses: Refuses<'_>) -> Option<OwnFault> {
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
    own_faults(&questions, offered, refuses).into_iter().next()
}

/// The first thing wrong with each question, in their order.
pub(in crate::pack) fn own_faults(questions: &[OwnQuestion], offered: &[&str], refuses: Refuses<'_>) -> Vec<OwnFault> {
    let twice =
        |at: usize, question: &OwnQuestion| questions.iter().take(at).any(|other| link_of(other) == link_of(question));
    let wrong = |at: usize, question: &OwnQuestion| {
        let twice = || twice(at, question).then_some((OwnPart::Question, OwnWrong::Twice));
        let (part, wrong) = wrong_with(question, offered, refuses).or_else(twice)?;
        Some(OwnFault { question: at + 1, part, wrong })
    };
    questions.iter().enumerate().filter_map(|(at, question)| wrong(at, question)).collect()
}

fn wrong_with(question: &OwnQuestion, offered: &[&str], refuses: Refuses<'_>) -> Option<(OwnPart, OwnWrong)> {
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
        let refused = texts.0.iter().find_map(|(_, text)| wrong_text(text, most, refuses));
        Some((part, missing(texts).or(refused)?))
    });
    let first = wrong.next();
    let number =
        if question.kind == OwnKind::Number || !has_unit { None } else { Some((OwnPart::Unit, OwnWrong::Answers)) };
    let answers = (!wanted.contains(&question.answers.len())).then_some((OwnPart::Question, OwnWrong::Answers));
    first.or(number).or(answers)
}

fn wrong_text(text: &str, most: usize, refuses: Refuses<'_>) -> Option<OwnWrong> {
    if !is_line(text, most) || text.contains(['[', ']']) {
        return Some(OwnWrong::Long(most));
    }
    let quoted = |word: &str| ["“", word, "”"].concat();
    refuses(text).or_else(|| crisis_word(text).map(|word| quoted(&word))).map(OwnWrong::Says)
}
