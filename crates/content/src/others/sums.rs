//! The sums of a questionnaire by others.

use super::repeated;
use engine::pack::{Instrument, Item, Kind, Method, Questionnaire};
use std::collections::BTreeSet;

/// The sums of a questionnaire: FHIR says nothing of them, so what stands in one group is one.
pub(super) fn instruments(questionnaire: &Questionnaire, unsummed: &BTreeSet<String>) -> Vec<Instrument> {
    let mut instruments = Vec::new();
    for (id, name, items) in sums(questionnaire) {
        if let Ok(links) = summed(items, unsummed) {
            instruments.extend(
                (links.len() > 1)
                    .then(|| instrument(id, if name.is_empty() { &questionnaire.title } else { name }, links)),
            );
        }
    }
    // A total is named after its instrument (`-total`); that name is free.
    for instrument in &mut instruments {
        while questionnaire.item(&[&instrument.id, "-total"].concat()).is_some() {
            instrument.id.push_str("-points");
        }
    }
    let repeated = repeated(questionnaire);
    instruments.retain(|i| !i.items.iter().any(|l| repeated.contains(l)));
    instruments
}

/// What stands together: each group, by linkId and name, and the items in no group.
fn sums(questionnaire: &Questionnaire) -> Vec<(&str, &str, &[Item])> {
    let mut out = vec![("total", "", questionnaire.items.as_slice())];
    out.extend(
        questionnaire
            .all()
            .into_iter()
            .filter(|i| i.is_group())
            .map(|g| (g.link_id.as_str(), g.label(), g.items.as_slice())),
    );
    out
}

/// The choices with points that stand together are added up. FHIR says nothing of sums, so only
/// what stands in one group is one: two questions at least, one answer each. An answer without
/// points leaves the total open. A question with points that can't be in the sum would make it a
/// wrong number: then there is none, and here is which.
fn summed<'a>(items: &'a [Item], unsummed: &BTreeSet<String>) -> Result<Vec<String>, &'a Item> {
    fn scored<'a>(items: &'a [Item], below: bool, unsummed: &BTreeSet<String>, out: &mut Vec<(&'a Item, bool)>) {
        for item in items.iter().filter(|i| !i.is_group()) {
            let can = !below
                && !item.repeats
                && matches!(item.kind, Kind::Choice | Kind::Lookup)
                && !unsummed.contains(&item.link_id);
            if unsummed.contains(&item.link_id) || item.options.iter().any(|o| o.points.is_some()) {
                out.push((item, can));
            }
            scored(&item.items, true, unsummed, out);
        }
    }
    let mut all = Vec::new();
    scored(items, false, unsummed, &mut all);
    match all.iter().find(|(_, can)| all.len() > 1 && !can) {
        Some((item, _)) => Err(item),
        None => Ok(all.iter().filter(|(_, can)| *can).map(|(item, _)| item.link_id.clone()).collect()),
    }
}

/// Where something has points, and nothing is added up on account of one question.
pub(super) fn without_sum(questionnaire: &Questionnaire, unsummed: &BTreeSet<String>) -> Vec<(String, String)> {
    let left = sums(questionnaire).into_iter().filter_map(|(id, _, items)| Some((id, summed(items, unsummed).err()?)));
    left.map(|(id, item)| {
        let what = "its points can't be in a sum (several answers, own words, below another question, no whole numbers, or answered by nobody)";
        let inside = if id == "total" { String::new() } else { format!(" of “{id}”") };
        (item.link_id.clone(), format!("{what}: nothing{inside} is added up"))
    })
    .collect()
}

fn instrument(id: &str, name: &str, items: Vec<String>) -> Instrument {
    Instrument {
        id: id.into(),
        name: name.into(),
        about: String::new(),
        items,
        gate: None,
        beside: None,
        method: Method::Sum,
        bands: Vec::new(),
        cutoffs: Vec::new(),
        total_code: None,
        panel_code: None,
        notice: String::new(),
        wording: String::new(),
        sources: Vec::new(),
    }
}
