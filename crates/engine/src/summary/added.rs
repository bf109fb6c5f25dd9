//! What the answers to a stage, or to all, add to the clinician's sheet.

use super::value;
use crate::answers::Answers;
use crate::findings;
use crate::form::EvaluatedForm;
use crate::pack::{Kind, Pack, Tier};
use crate::walk::{Step, question_keys};
use std::collections::BTreeSet;

/// What steps added to the clinician's sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// Questions that were answered.
    pub answered: usize,
    /// Questions that are asked in it.
    pub asked: usize,
    /// What to bring up (tiers A and B), tier A first: each question by its short label, a list by
    /// the entries that a rule names. Nothing about suicide and no emergency: these have a screen of
    /// their own.
    pub raise: Vec<String>,
}

/// What these steps, those of a stage or all, added to the clinician's sheet so far.
pub fn added(pack: &Pack, form: &EvaluatedForm<'_>, steps: &[Step], answers: &Answers) -> Added {
    let keys = question_keys(form, steps);
    let answered = keys.iter().filter(|k| answers.get(k).is_some_and(|a| !a.values().is_empty())).count();
    let safety = &pack.safety;
    let apart = |link: &String| safety.may_leave_out.contains(link) || safety.never_kept.contains(link);
    let spoken_of = |link: &str| {
        let mut rules = findings::about(pack, form, link);
        rules.retain(|r| r.help.is_none() && matches!(r.tier, Tier::A | Tier::B));
        rules
    };
    let raised = keys
        .iter()
        .filter(|k| k.repetition == 0 && !apart(&k.link) && !spoken_of(&k.link).is_empty())
        .filter_map(|k| form.item(&k.link));
    let mut raise: Vec<(Tier, String)> = Vec::new();
    for item in raised {
        let answer = form.answer(&item.link_id, 0);
        for rule in spoken_of(&item.link_id) {
            let entries = findings::matched(form, rule, answer).into_iter();
            match item.kind {
                Kind::Lookup | Kind::OpenLookup => {
                    raise.extend(entries.map(|entry| (rule.tier, value(&pack.words, item, entry))));
                }
                _ => raise.push((rule.tier, item.label().into())),
            }
        }
    }
    // Tier A comes first; several rules may name the same entry.
    raise.sort_by_key(|(tier, _)| *tier);
    let mut seen = BTreeSet::new();
    let raise = raise.into_iter().map(|(_, name)| name).filter(|name| seen.insert(name.clone())).collect();
    Added { answered, asked: keys.len(), raise }
}
