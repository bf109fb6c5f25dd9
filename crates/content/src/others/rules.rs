//! Rules that a clinic wrote for a questionnaire by others.

use super::{Packed, Rules, repeated};
use crate::load::{Files, Texts, digest};
use crate::{Note, Problems, check as checks};
use engine::pack::{Pack, Rule};
use engine::refused;
use std::collections::BTreeSet;

/// Puts the rules into every pack. They are checked as ours are, vectors and all.
pub(super) fn with_rules(out: &mut Packed, given: Rules<'_>, problems: &mut Problems) {
    let file = given.name;
    let (rules, vectors) = Files { texts: Texts::Text(given.toml), problems }.rules(file);
    if rules.is_empty() && problems.is_empty() {
        problems.add(file, "rule", "there is no rule in it", "Write [[rule]], as content/en/rules.toml does");
    }
    for pack in &mut out.packs {
        pack.rules.clone_from(&rules);
        pack.digest = digest(pack);
    }
    let Some(pack) = out.packs.first() else { return };
    checks::rules(pack, file, problems);
    let repeated = repeated(&pack.questionnaire);
    for rule in &rules {
        if rules.iter().filter(|r| r.id == rule.id).count() > 1 {
            problems.add(file, format!("rule({})", rule.id), "two rules have this id", "Give each its own");
        }
        clinics_rule(&out.packs, rule, &repeated, file, problems);
    }
    if problems.is_empty() {
        checks::vectors::rule_vectors(pack, &vectors, file, problems);
    }
    let others = out.packs.iter().skip(1).map(|p| p.lang.clone()).collect::<Vec<_>>();
    for lang in others {
        let what = format!("the words of the rules are not translated: in “{lang}” they stand as they are");
        out.notes.push(Note { file: file.into(), path: "rule".into(), what });
    }
}

/// What a rule that a clinic wrote must be on top of what ours must: about one question that is
/// answered once, and in words that no language of the tool refuses.
fn clinics_rule(packs: &[Pack], rule: &Rule, repeated: &BTreeSet<String>, file: &str, problems: &mut Problems) {
    let path = format!("rule({})", rule.id);
    let item = packs.first().and_then(|pack| pack.questionnaire.item(&rule.about));
    if repeated.contains(&rule.about) || item.is_some_and(|i| !i.is_question()) {
        problems.add(
            file,
            &path,
            format!("“{}” is not one question that is answered once", rule.about),
            "Be about another question",
        );
    }
    for (part, text) in [("patient", &rule.patient), ("clinician", &rule.clinician)] {
        for word in packs.iter().flat_map(|p| refused::in_clinics_text(&p.refused, text)) {
            problems.add(
                file,
                format!("{path}.{part}"),
                format!("it says “{word}”, which is not said here"),
                "Say what to talk about instead",
            );
        }
    }
}
