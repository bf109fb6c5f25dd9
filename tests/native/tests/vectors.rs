//! The vectors that stand beside each rule are of all kinds. That each comes out as it says is
//! checked when the content is packed (`content::check`).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, authored, pack};
use content::RuleVector;
use engine::answers::Answer;
use engine::pack::{Condition, Item, Rule, UNKNOWN_CODES};

/// The item's answers in text form that say nothing: "not sure" (and "rather not say"), as far as
/// it has them.
fn unknown_codes(item: &Item) -> Vec<&'static str> {
    UNKNOWN_CODES.into_iter().filter(|code| item.option(code).is_some()).collect()
}

/// True if one of the rule's vectors gives this answer to a question that the rule stands on, and
/// comes to one of these.
fn has_vector(rule: &Rule, vectors: &[RuleVector], is: &dyn Fn(&Answer) -> bool, fires: &[&str]) -> bool {
    let asks = |link: &str| rule.when.all.iter().chain(&rule.when.any).any(|c| c.question == link);
    vectors.iter().any(|v| {
        let said = answered(&v.answers).iter().any(|(key, answer)| asks(&key.link) && is(answer));
        said && fires.contains(&v.fires.as_str())
    })
}

/// Each rule is tried on an answer that fires it, one that does not, one that is not sure, and a
/// skipped question. A rule about a score is tried on its items, in instruments.toml.
#[test]
fn every_rule_has_vectors_for_yes_no_not_sure_and_skipped() {
    let mut missing = Vec::new();
    let mut tried = 0;
    for (rule, vectors) in pack().rules.iter().zip(&authored().rule_vectors) {
        let has = |fires: &str| vectors.iter().any(|v| v.fires == fires);
        let mut lacks = |what: &str| missing.push(format!("{}: {what}", rule.id));
        if !has("yes") {
            lacks("yes");
        }
        if !has("no") {
            lacks("no");
        }
        let conditions: Vec<&Condition> = rule.when.all.iter().chain(&rule.when.any).filter(|c| !c.score).collect();
        let items: Vec<&Item> = conditions.iter().map(|c| pack().questionnaire.item(&c.question).unwrap()).collect();
        let codes: Vec<&str> = items.iter().flat_map(|item| unknown_codes(item)).collect();
        // A rule that asks for "not sure" itself fires on it.
        let open = ["unknown", "yes"];
        let unsure = |answer: &Answer| codes.iter().any(|code| answer.has(code));
        if !codes.is_empty() && !has_vector(rule, vectors, &unsure, &open) {
            lacks("not sure");
        }
        if !items.is_empty()
            && !has_vector(rule, vectors, &|answer| *answer == Answer::Skipped, &["unknown", "yes", "no"])
        {
            lacks("skipped");
        }
        tried += 1;
    }
    assert!(missing.is_empty() && tried > 110, "of {tried} rules:\n{}", missing.join("\n"));
}
