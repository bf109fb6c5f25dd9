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
