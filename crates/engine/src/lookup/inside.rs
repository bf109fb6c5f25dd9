//! Names inside a text that has other words too: doses, brand names in brackets, pasted lists.

use super::dose::{JOINTS, is_dose};
use super::fold::fold;
use super::similar::similar;
use super::{entries, exact, exact_folded};
use crate::pack::AnswerOption;

/// Words that a name may have: what is pasted may go on for pages.
const MOST_WORDS: usize = 8;

/// The options that are named inside what was typed, each once: "theophylline 300 mg" begins with
/// one, "Theo-24 (theophylline)" and "lithium, phenelzine" hold one in each part. They are offered,
/// and replace nothing.
pub fn named<'a>(options: &'a [AnswerOption], typed: &str) -> Vec<&'a AnswerOption> {
    once_each(parts(typed).filter_map(|part| leading(options, part)))
}

/// The option that the longest run of leading words names exactly, or else the first word with one
/// slip.
fn leading<'a>(options: &'a [AnswerOption], part: &str) -> Option<&'a AnswerOption> {
    let folded = fold(part);
    let words: Vec<&str> = folded.split(' ').collect();
    let runs = (1..=words.len().min(MOST_WORDS)).rev().filter_map(|n| words.get(..n)).map(|run| run.join(" "));
    let exactly = runs.into_iter().find_map(|run| exact_folded(options, &run));
    exactly.or_else(|| {
        words.first().filter(|word| word.chars().count() > 5).and_then(|word| similar(options, word).first().copied())
    })
}

/// What is known of names that were typed and not chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading<'a> {
    /// Named for certain: an exact name that opens the text or a part of it, with nothing behind it
    /// but a dose.
    pub certain: Vec<&'a AnswerOption>,
    /// Perhaps meant: a name with one slip, or with other words around it.
    pub perhaps: Vec<&'a AnswerOption>,
    /// Every word of the text belongs to a name that is certain, or to its dose.
    pub whole: bool,
}

/// Reads the names in what was typed.
///
/// ```
/// use engine::lookup::read;
/// use engine::pack::AnswerOption;
/// let list = [AnswerOption { code: "lithium".into(), text: "lithium".into(), ..AnswerOption::default() }];
/// assert!(read(&list, "Lithium 300 mg at night").whole);
/// // Who writes more than a dose may mean something else.
/// let reading = read(&list, "lithium made me ill");
/// assert!(reading.certain.is_empty() && reading.perhaps[0].code == "lithium");
/// ```
pub fn read<'a>(options: &'a [AnswerOption], typed: &str) -> Reading<'a> {
    let mut reading = Reading { whole: true, ..Reading::default() };
    for part in parts(typed) {
        let folded = fold(part);
        let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        reading.whole &= clauses(options, &words, &mut reading.certain);
    }
    reading.whole &= !reading.certain.is_empty();
    if !reading.whole {
        let perhaps = parts(typed).filter_map(|part| leading(options, part));
        let known = |o: &&AnswerOption| !reading.certain.iter().any(|c| c.code == o.code);
        reading.perhaps = once_each(perhaps.filter(known));
    }
    reading
}

/// Reads names that are joined by "and", each with its dose; false if some word is neither.
fn clauses<'a>(options: &'a [AnswerOption], words: &[&str], certain: &mut Vec<&'a AnswerOption>) -> bool {
    let mut rest = words;
    let mut whole = true;
    while !rest.is_empty() {
        let runs = (1..=rest.len().min(MOST_WORDS)).rev().filter_map(|n| rest.split_at_checked(n));
        let name =
            runs.into_iter().find_map(|(run, behind)| exact_folded(options, &run.join(" ")).map(|o| (o, behind)));
        let behind = name.map_or(rest, |(_, behind)| behind);
        let end = behind.iter().position(|w| JOINTS.contains(w)).unwrap_or(behind.len());
        let (clause, next) = behind.split_at_checked(end).unwrap_or((behind, &[]));
        let dose = clause.iter().all(|w| is_dose(w));
        match name {
            Some((option, _)) if dose && !certain.iter().any(|c| c.code == option.code) => certain.push(option),
            _ => {}
        }
        whole &= dose;
        rest = next.get(1..).unwrap_or_default();
    }
    whole
}

/// The name that opens a text, and the words behind it as they were written; `None` if it opens
/// with no name of the list.
pub fn split_name<'a>(options: &'a [AnswerOption], text: &str) -> Option<(&'a AnswerOption, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut runs = (1..=words.len().min(MOST_WORDS)).rev().filter_map(|n| words.split_at_checked(n));
    runs.find_map(|(run, behind)| {
        exact(options, &run.join(" "))
            .map(|option| (option, behind.join(" ").trim_start_matches([':', '-', '=', ' ']).into()))
    })
}

/// What stands between commas, line breaks, brackets and strokes.
fn parts(typed: &str) -> impl Iterator<Item = &str> {
    entries(typed).into_iter().flat_map(|e| e.split(['(', ')', '[', ']', '/', '+', '&']))
}

fn once_each<'a>(options: impl Iterator<Item = &'a AnswerOption>) -> Vec<&'a AnswerOption> {
    let mut out: Vec<&AnswerOption> = Vec::new();
    for option in options {
        if !out.iter().any(|known| known.code == option.code) {
            out.push(option);
        }
    }
    out
}
