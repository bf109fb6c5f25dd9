//! Rules over answers and scores: what to tell the clinic. Never a verdict, never added up.

use crate::answers::{Answer, Key, Value};
use crate::form::EvaluatedForm;
use crate::pack::{Pack, Rule, Tier};
use crate::rules::{self, Outcome};

/// A rule and what the answers make of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finding<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Fired, answered otherwise, or unknown.
    pub outcome: Outcome,
}

/// Every rule that concerns this visitor, by tier and then in the pack's order.
///
/// ```
/// use engine::{answers::Answers, findings, form::EvaluatedForm, pack::Pack, rules::Outcome};
///
/// /// Ids of the rules that "not sure" and skipped questions leave open.
/// fn open_rules(pack: &Pack, answers: &Answers) -> Vec<String> {
///     let form = EvaluatedForm::new(&pack.questionnaire, answers);
///     let found = findings::all(pack, &form).into_iter();
///     found.filter(|f| f.outcome == Outcome::Unknown).map(|f| f.rule.id.clone()).collect()
/// }
/// ```
pub fn all<'a>(pack: &'a Pack, form: &EvaluatedForm<'_>) -> Vec<Finding<'a>> {
    let of_tier = |tier| pack.rules.iter().filter(move |r| r.tier == tier);
    let found = [Tier::E, Tier::A, Tier::B, Tier::C]
        .into_iter()
        .flat_map(of_tier)
        .map(|rule| Finding { rule, outcome: rules::evaluate(pack, form, &rule.when) });
    found.filter(|f| f.outcome != Outcome::NotAsked).collect()
}

/// The rules about one question that fire, in the pack's order.
pub fn about<'a>(pack: &'a Pack, form: &EvaluatedForm<'_>, link: &str) -> Vec<&'a Rule> {
    pack.rules.iter().filter(|r| r.about == link && rules::evaluate(pack, form, &r.when) == Outcome::Yes).collect()
}

/// What the visitor is told at once about the answer to `key`: each rule with the values of this
/// very answer that it names. Empty while there is no answer. Tier C is a note for the clinic
/// alone, unless it opens help.
pub fn advice<'a>(pack: &'a Pack, form: &'a EvaluatedForm<'_>, key: &Key) -> Vec<(&'a Rule, Vec<&'a Value>)> {
    let answer = form.answer(&key.link, key.repetition).filter(|answer| !answer.values().is_empty());
    if answer.is_none() {
        return Vec::new();
    }
    let rules = about(pack, form, &key.link).into_iter().filter(|rule| rule.tier <= Tier::B || rule.help.is_some());
    rules.map(|rule| (rule, matched(form, rule, answer))).collect()
}

/// The values of an answer that a rule names: of a list of medicines, only those it is about,
/// chosen or typed.
pub fn matched<'a>(form: &EvaluatedForm<'_>, rule: &Rule, answer: Option<&'a Answer>) -> Vec<&'a Value> {
    let conditions = || rule.when.all.iter().chain(&rule.when.any).filter(|c| c.question == rule.about);
    let values = answer.map_or(&[][..], Answer::values);
    values.iter().filter(|v| conditions().any(|c| form.names(&c.question, v, &c.operand))).collect()
}

/// Pieces of advice that end alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SharedAdvice {
    /// What each is about, and what is said of that alone.
    pub lines: Vec<(String, String)>,
    /// The sentences that all of them end with; empty where nothing is shared.
    pub closing: String,
}

/// Advice on one screen, each piece with what it is about: the sentences that several end with, such
/// as "Tell the clinic before you book.", and reasons that are the same, are said once. Nothing is
/// left out, and nothing is named twice.
///
/// ```
/// use engine::findings::say_once;
///
/// let advice = [("Stroke", "It can bleed. Tell the clinic."), ("Shunt", "Pressure may rise. Tell the clinic.")];
/// let shared = say_once(advice.map(|(about, text)| (about.to_string(), text.to_string())).into());
/// assert_eq!((shared.len(), shared[0].closing.as_str()), (1, "Tell the clinic."));
/// assert_eq!(shared[0].lines[1], ("Shunt".to_string(), "Pressure may rise.".to_string()));
/// ```
pub fn say_once(advice: Vec<(String, String)>) -> Vec<SharedAdvice> {
    let texts: Vec<Vec<&str>> = advice.iter().map(|(_, text)| sentences(text)).collect();
    // Each keeps a sentence of its own, so that there is something to name it by.
    let shared = |n: usize, text: &[&str]| {
        let others = texts.iter().enumerate().filter(|(other, _)| *other != n);
        let alike = |(_, other): (usize, &Vec<&str>)| {
            text.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count()
        };
        others.map(alike).max().unwrap_or(0).min(text.len().saturating_sub(1))
    };
    let closings: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(n, text)| text.get(text.len() - shared(n, text)..).unwrap_or_default().join(" "))
        .collect();
    let mut found: Vec<SharedAdvice> = Vec::new();
    for ((about, text), closing) in advice.iter().zip(&closings) {
        let alone = closings.iter().filter(|other| *other == closing).count() == 1;
        let closing = if alone { "" } else { closing.as_str() };
        let reason = text.strip_suffix(closing).unwrap_or(text).trim_end();
        let place = found.iter().position(|shared| shared.closing == closing).unwrap_or_else(|| {
            found.push(SharedAdvice { lines: Vec::new(), closing: closing.into() });
            found.len() - 1
        });
        if let Some(shared) = found.get_mut(place) {
            add_line(&mut shared.lines, about, reason);
        }
    }
    found
}

/// Adds a reason to those that are there, or what it is about to the same reason.
fn add_line(lines: &mut Vec<(String, String)>, about: &str, reason: &str) {
    if let Some((names, _)) = lines.iter_mut().find(|(_, other)| other == reason) {
        if names != about {
            *names = format!("{names}; {about}");
        }
    } else if let Some((_, text)) = lines.iter_mut().find(|(name, _)| name == about) {
        *text = format!("{text} {reason}");
    } else {
        lines.push((about.into(), reason.into()));
    }
}

fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(". ").map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}
