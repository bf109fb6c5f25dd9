//! What the visitor's own weights and answers bring to the front. Nothing is added up, and nothing
//! leans to a side.

use crate::answers::{Answer, Value};
use crate::form::EvaluatedForm;
use crate::pack::{COMPARED, Item, MatchedQuestion, Pack, TeachBack, UNKNOWN_CODES};
use crate::rules::{self, Outcome};

/// The highest weight; the lowest is 0.
pub const HEAVIEST: u8 = 10;

/// Number of reasons that are shown first.
const TOP: usize = 3;

/// Number of questions that fit the answers that are shown first.
pub const FIRST_QUESTIONS: usize = 5;

/// A reason that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason<'a> {
    /// What weighs it: a number from 0 to 10.
    pub item: &'a Item,
    /// How much it counts; `None` if it was not weighed.
    pub weight: Option<u8>,
    /// Rows of the comparison that bear on it.
    pub rows: &'a [String],
}

/// The reasons that were chosen in one question, in its order.
pub fn reasons<'a>(pack: &'a Pack, form: &EvaluatedForm<'a>, question: &str) -> Vec<Reason<'a>> {
    let of = pack.weights.iter().filter(|w| w.question == question && form.asked(&w.link, 0));
    of.filter_map(|w| form.item(&w.link).map(|item| Reason { item, weight: weight(form, item), rows: &w.rows }))
        .collect()
}

fn weight(form: &EvaluatedForm<'_>, item: &Item) -> Option<u8> {
    match form.answer(&item.link_id, 0).map(Answer::values) {
        Some([Value::Number(n)]) if (0.0..=f64::from(HEAVIEST)).contains(n) => Some(*n as u8),
        _ => None,
    }
}

/// The questions whose answers are weighed: for, and against.
pub fn weighed_questions(pack: &Pack) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for weight in pack.weights.iter().filter(|w| !w.link.is_empty()) {
        if !out.contains(&weight.question.as_str()) {
            out.push(&weight.question);
        }
    }
    out
}

/// True if this visitor is asked what speaks for and against, so that it can be weighed.
pub fn may_weigh(pack: &Pack, form: &EvaluatedForm<'_>) -> bool {
    let questions = weighed_questions(pack);
    !questions.is_empty() && questions.iter().all(|question| form.asked(question, 0))
}

/// What bears on the comparison first: the three reasons that weigh most, of both sides alike, or
/// else the first three things that matter. Labels, and the rows of the comparison in the order in
/// which they come up.
pub fn first<'a>(pack: &'a Pack, form: &EvaluatedForm<'a>) -> (Vec<&'a str>, Vec<&'a str>) {
    let all = weighed_questions(pack).into_iter().flat_map(|question| reasons(pack, form, question));
    let mut heavy: Vec<Reason<'_>> = all.filter(|reason| reason.weight.is_some_and(|n| n > 0)).collect();
    // A stable sort: reasons of the same weight stay in the order in which they are asked.
    heavy.sort_by_key(|reason| std::cmp::Reverse(reason.weight));
    let mut top: Vec<(&str, &[String])> = heavy.into_iter().map(|reason| (reason.item.label(), reason.rows)).collect();
    if top.is_empty() {
        let chosen = pack
            .weights
            .iter()
            .filter(|w| w.link.is_empty() && form.answer(&w.question, 0).is_some_and(|a| a.has(&w.answer)));
        let label = |question: &str, answer: &str| {
            form.item(question).and_then(|item| item.option(answer)).map(|o| o.text.as_str())
        };
        top = chosen.filter_map(|w| label(&w.question, &w.answer).map(|label| (label, w.rows.as_slice()))).collect();
    }
    top.truncate(TOP);
    let mut rows: Vec<&str> = Vec::new();
    for row in top.iter().flat_map(|(_, rows)| *rows) {
        if !rows.contains(&row.as_str()) {
            rows.push(row);
        }
    }
    (top.into_iter().map(|(label, _)| label).collect(), rows)
}

/// The places of the comparison's rows in [`COMPARED`], those that bear on `first` first.
pub fn row_order(first: &[&str]) -> Vec<usize> {
    let place = |row: &&str| COMPARED.iter().position(|known| known == row);
    let mut out: Vec<usize> = first.iter().filter_map(place).collect();
    out.extend((0..COMPARED.len()).filter(|n| !COMPARED.get(*n).is_some_and(|row| first.contains(row))));
    out
}

/// The result of a teach-back question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TeachBackResult {
    /// As the sources say.
    Right,
    /// Otherwise.
    Other,
    /// The visitor was not sure.
    NotSure,
}

/// The result of a teach-back question; `None` if it was not answered.
pub fn teach_back_result(form: &EvaluatedForm<'_>, teach: &TeachBack) -> Option<TeachBackResult> {
    let answer = form.answer(&teach.id, 0).filter(|answer| !answer.values().is_empty())?;
    Some(match answer {
        answer if answer.has(&teach.right) => TeachBackResult::Right,
        answer if UNKNOWN_CODES.iter().any(|code| answer.has(code)) => TeachBackResult::NotSure,
        _ => TeachBackResult::Other,
    })
}

/// What to go over at the clinic: questions after reading that were answered, and not as the
/// sources say. What was skipped or not reached is not among them: nothing is known of it.
pub fn go_over<'a>(pack: &Pack, form: &EvaluatedForm<'a>) -> Vec<&'a Item> {
    let missed =
        |teach: &&TeachBack| teach_back_result(form, teach).is_some_and(|result| result != TeachBackResult::Right);
    pack.teach_backs.iter().filter(missed).filter_map(|teach| form.item(&teach.id)).collect()
}

/// Questions for the clinic that fit what was answered, in the pack's order. "Not sure" and a
/// skipped question fit only where the content says so.
pub fn fitting<'a>(pack: &'a Pack, form: &EvaluatedForm<'_>) -> Vec<&'a MatchedQuestion> {
    pack.matched_questions.iter().filter(|q| rules::evaluate(pack, form, &q.when) == Outcome::Yes).collect()
}
