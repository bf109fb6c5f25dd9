//! What an answer means for the talk with the clinic, told at once.

use super::StepForm;
use crate::context::Session;
use engine::answers::{Key, Value};
use engine::findings;
use engine::pack::{Help, Kind, Rule, Tier, Words};
use engine::summary::value;
use leptos::prelude::*;

/// What an answer means for the talk with the clinic: each part may be empty.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Advice {
    /// Numbers to call now.
    call: String,
    heading: String,
    /// What of the answer it is about.
    names: String,
    text: String,
    /// Help follows as a step of its own.
    pub(super) opens_help: bool,
}

/// What the answer to `key` asks to be told at once; tracks the answers.
pub(super) fn advice(session: Session, words: &'static Words, key: &Key) -> Vec<Advice> {
    let region = session.region();
    let emergency = region.map(|region| region.emergency_text.as_str()).unwrap_or_default();
    let crisis = region.and_then(|region| region.lines.first()).map(|line| line.text.as_str()).unwrap_or_default();
    session.evaluate(|pack, form, _| {
        let list = form.item(&key.link).filter(|item| matches!(item.kind, Kind::Lookup | Kind::OpenLookup));
        let advise = |(rule, named): (&Rule, Vec<&Value>)| {
            let names = named.into_iter().filter_map(|v| list.map(|item| value(words, item, v)));
            let names = names.collect::<Vec<_>>().join(", ");
            let call = match rule.help {
                None | Some(Help::Offer) => String::new(),
                Some(help) if help.is_medical() => emergency.to_string(),
                Some(_) => format!("{emergency} · {crisis}"),
            };
            // What must be told first says so itself, in the rule's own words; nothing is said
            // twice.
            let heading = match (rule.help, rule.tier) {
                (None, Tier::B) if !rule.patient.contains(words.told_discuss()) => words.told_discuss(),
                _ => "",
            };
            Advice { call, heading: heading.into(), names, text: rule.patient.clone(), opens_help: rule.help.is_some() }
        };
        findings::advice(pack, form, key).into_iter().map(advise).collect()
    })
}

/// The live region for advice. It stands before its text comes, and only what changed is drawn
/// anew: what is put there again is read out again.
#[component]
pub(super) fn AdviceRegion(form: StepForm, key: Key) -> impl IntoView {
    let advice = Memo::new(move |_| advice(form.session, form.words, &key));
    let note = |advice: Advice| {
        let strong = |text: String| (!text.is_empty()).then(|| view! { <p><strong>{text}</strong></p> });
        let names = (!advice.names.is_empty()).then(|| view! { <b>{advice.names}</b>": " });
        view! { <div class="note">{strong(advice.call)}{strong(advice.heading)}<p>{names}{advice.text}</p></div> }
    };
    view! { <div class="told" role="status">{move || advice.get().into_iter().map(note).collect_view()}</div> }
}
