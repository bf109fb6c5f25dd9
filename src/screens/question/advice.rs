//! What an answer means for the talk with the clinic, told at once.

use super::{Field, StepForm};
use crate::context::Session;
use engine::answers::{Key, Value};
use engine::findings::{self, SharedAdvice};
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
    view! { <div class="advice" role="status">{move || advice.get().into_iter().map(note).collect_view()}</div> }
}

/// What the answers of a page mean, below its rows: what several of them share is said once. Each
/// answer's own advice is announced as it comes; the box itself is no live region, or all of it
/// would be read out again for each.
#[component]
pub(super) fn PageAdvice(form: StepForm) -> impl IntoView {
    let told = Memo::new(move |_| page_advice(form));
    Effect::new(move |before: Option<Vec<(String, String)>>| {
        let now = told.get();
        let new = before.as_ref().and_then(|before| now.iter().find(|line| !before.contains(line)));
        if let Some((about, text)) = new {
            form.session.announcement.set(format!("{about}: {text}"));
        }
        now
    });
    let line = |(about, text): (String, String)| view! { <p><b>{about}</b>": "{text}</p> };
    let note = move |shared: SharedAdvice| {
        let closing = (!shared.closing.is_empty()).then(|| view! { <p><strong>{shared.closing}</strong></p> });
        view! { <div class="note">{shared.lines.into_iter().map(line).collect_view()}{closing}</div> }
    };
    view! { <div class="advice">{move || findings::say_once(told.get()).into_iter().map(note).collect_view()}</div> }
}

/// Each piece of advice on a page, behind what it is about. Tracks the answers.
fn page_advice(form: StepForm) -> Vec<(String, String)> {
    let of_field = |field: Field| {
        let name = move |advice: Advice| {
            let about = if advice.names.is_empty() { field.item.label().to_string() } else { advice.names };
            let closing = if advice.heading.is_empty() { String::new() } else { format!(" {}.", advice.heading) };
            (about, format!("{}{closing}", advice.text))
        };
        advice(form.session, form.words, &field.key()).into_iter().map(name)
    };
    form.fields.get_value().into_iter().flat_map(of_field).collect()
}
