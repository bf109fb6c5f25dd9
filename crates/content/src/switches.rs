//! Parts of the content that stay out of every pack until they are switched on in
//! `content/switches.toml`.

use super::{Problems, ScoreVector};
use engine::pack::{Instrument, Item, Questionnaire, Source};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "content/switches.toml";

/// The switches, by name.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Switches(BTreeMap<String, Switch>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    on: bool,
    /// Said when packing, so that nobody wonders where it is.
    why: String,
    #[serde(default)]
    items: Vec<String>,
    #[serde(default)]
    instruments: Vec<String>,
    #[serde(default)]
    sources: Vec<String>,
}

/// What was taken out, and why.
#[derive(Default)]
pub(super) struct Out {
    pub(super) ids: BTreeSet<String>,
    pub(super) why: Vec<String>,
}

impl Switches {
    /// Takes out what is off. What a switch names must be there, on or off.
    pub(super) fn take_out(
        self,
        questionnaire: &mut Questionnaire,
        instruments: &mut Vec<Instrument>,
        vectors: &mut Vec<Vec<ScoreVector>>,
        sources: &mut Vec<Source>,
        problems: &mut Problems,
    ) -> Out {
        let mut out = Out::default();
        for (name, switch) in self.0 {
            let mut known = |what: &str, ids: &[String], there: &dyn Fn(&str) -> bool| {
                for id in ids.iter().filter(|id| !there(id)) {
                    problems.add(FILE, &name, format!("there is no {what} “{id}”"), "Correct the id, or take it out");
                }
            };
            known("question", &switch.items, &|id| questionnaire.item(id).is_some());
            known("instrument", &switch.instruments, &|id| instruments.iter().any(|i| i.id == id));
            known("source", &switch.sources, &|id| sources.iter().any(|s| s.id == id));
            if switch.on {
                continue;
            }
            remove(&mut questionnaire.items, &switch.items);
            let scored = std::mem::take(instruments).into_iter().zip(std::mem::take(vectors));
            (*instruments, *vectors) = scored.filter(|(i, _)| !switch.instruments.contains(&i.id)).unzip();
            sources.retain(|s| !switch.sources.contains(&s.id));
            out.ids.extend(switch.items.into_iter().chain(switch.instruments).chain(switch.sources));
            out.why.push(switch.why);
        }
        out
    }
}

fn remove(items: &mut Vec<Item>, links: &[String]) {
    items.retain(|i| !links.contains(&i.link_id));
    items.iter_mut().for_each(|i| remove(&mut i.items, links));
}
