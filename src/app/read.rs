//! Topics to read, in any order.

mod blocks;
mod drawings;

use super::state::{Place, State};
use super::ui::{back, button, fill, way};
use crate::browser::intl;
use consult_ready::pack::Topic;
use leptos::prelude::*;

pub use blocks::{claim_meta, sources};

/// The list of topics.
pub fn list(state: State) -> AnyView {
    let w = state.words();
    let topics = state.pack.with_untracked(|p| p.topics.iter().map(|t| (t.title.clone(), t.lead.clone())).collect::<Vec<_>>());
    let mut ways: Vec<AnyView> =
        topics.into_iter().enumerate().map(|(i, (title, lead))| way("way", title, lead, move || state.go(Place::Topic(i)))).collect();
    ways.push(way("way", w.compare_title().to_string(), w.compare_lead().to_string(), move || state.go(Place::Compare)));
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{w.read_title().to_string()}</h1><p class="lead">{w.read_lead().to_string()}</p>{overdue(state)}</div>
        <ul class="ways">{ways}</ul>
        <div class="acts">{button("btn", w.to_questions().to_string(), move || state.go(state.resume()))}</div>
    }
    .into_any()
}

/// One topic.
pub fn topic(state: State, index: usize) -> AnyView {
    let Some(topic) = state.pack.with_untracked(|p| p.topics.get(index).cloned()) else { return list(state) };
    let w = state.words();
    let next = state.pack.with_untracked(|p| p.topics.get(index + 1).map(|t| t.title.clone()));
    let next = match next {
        Some(title) => button("btn", fill(w.next_topic(), &[("title", &title)]), move || state.go(Place::Topic(index + 1))),
        None => button("btn", w.compare_title().to_string(), move || state.go(Place::Compare)),
    };
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{topic.title.clone()}</h1><p class="lead">{topic.lead.clone()}</p>{overdue(state)}
        {blocks(state, &topic)}</div>
        <div class="acts">{next}{button("plain", w.all_topics().to_string(), move || state.go(Place::Topics))}</div>
    }
    .into_any()
}

fn blocks(state: State, topic: &Topic) -> Vec<AnyView> {
    topic.blocks.iter().map(|b| blocks::block(state, b)).collect()
}

/// A copy in the field that is past its check date says so on its own.
pub fn overdue(state: State) -> Option<AnyView> {
    let due = state.pack.with_untracked(|p| p.review_by.clone());
    (due < intl::today_iso()).then(|| view! { <p class="note">{state.word(|w| w.overdue())}</p> }.into_any())
}
