//! Rules, and questions that fit answers: what they look at, and their vectors.

use super::files::Files;
use crate::authored::RuleVector;
use crate::fhir::operator;
use crate::problem::Problems;
use engine::pack::{Condition, Help, MatchedQuestion, Operand, Rule, Section, Tier, Trigger};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    tier: Tier,
    section: Section,
    about: String,
    when: RawTrigger,
    patient: String,
    clinician: String,
    #[serde(default)]
    help: Option<Help>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    vectors: Vec<RuleVector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMatched {
    id: String,
    question: String,
    good: String,
    when: RawTrigger,
    sources: Vec<String>,
    vectors: Vec<RuleVector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrigger {
    #[serde(default)]
    all: Vec<RawCondition>,
    #[serde(default)]
    any: Vec<RawCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    question: Option<String>,
    score: Option<String>,
    operator: String,
    answer: toml::Value,
}

impl Files<'_> {
    /// Rules, and the vectors of each.
    pub(crate) fn rules(&mut self, file: &str) -> (Vec<Rule>, Vec<Vec<RuleVector>>) {
        let raw: Vec<RawRule> = self.rows(file, "rule");
        raw.into_iter().map(|raw| rule(file, raw, self.problems)).unzip()
    }

    /// Questions that fit answers, and the vectors of each.
    pub(super) fn matched(&mut self, file: &str) -> (Vec<MatchedQuestion>, Vec<Vec<RuleVector>>) {
        let raw: Vec<RawMatched> = self.rows(file, "ask");
        let one = |raw: RawMatched| {
            let when = trigger(file, &format!("ask({})", raw.id), raw.when, self.problems);
            let matched =
                MatchedQuestion { id: raw.id, question: raw.question, good: raw.good, when, sources: raw.sources };
            (matched, raw.vectors)
        };
        raw.into_iter().map(one).unzip()
    }
}

fn rule(file: &str, raw: RawRule, problems: &mut Problems) -> (Rule, Vec<RuleVector>) {
    let when = trigger(file, &format!("rule({})", raw.id), raw.when, problems);
    let rule = Rule {
        id: raw.id,
        tier: raw.tier,
        section: raw.section,
        about: raw.about,
        when,
        patient: raw.patient,
        clinician: raw.clinician,
        help: raw.help,
        sources: raw.sources,
    };
    (rule, raw.vectors)
}

fn trigger(file: &str, path: &str, raw: RawTrigger, problems: &mut Problems) -> Trigger {
    let mut conditions = |raw_conditions: Vec<RawCondition>, part: &str| -> Vec<Condition> {
        let mut out = Vec::new();
        for (i, c) in raw_conditions.into_iter().enumerate() {
            match condition(c) {
                Ok(c) => out.push(c),
                Err((what, cure)) => problems.add(file, format!("{path}.when.{part}[{i}]"), what, cure),
            }
        }
        out
    };
    Trigger { all: conditions(raw.all, "all"), any: conditions(raw.any, "any") }
}

fn condition(raw: RawCondition) -> Result<Condition, (&'static str, &'static str)> {
    let (question, score) = match (raw.question, raw.score) {
        (Some(question), None) => (question, false),
        (None, Some(instrument)) => (instrument, true),
        _ => return Err(("a condition is about one question or one score", "Give either question or score")),
    };
    let operator = operator(&raw.operator).ok_or(("this operator is unknown", "Use exists, =, !=, >, <, >= or <="))?;
    let operand = match raw.answer {
        toml::Value::String(code) => Operand::Codes(vec![code]),
        toml::Value::Array(codes) => {
            Operand::Codes(codes.iter().filter_map(toml::Value::as_str).map(String::from).collect())
        }
        toml::Value::Integer(n) => Operand::Number(n as f64),
        toml::Value::Float(n) => Operand::Number(n),
        toml::Value::Boolean(b) => Operand::Bool(b),
        _ => return Err(("there is nothing to compare with", "Give a code, a list of codes, a number or true/false")),
    };
    Ok(Condition { question, score, operator, operand })
}
