//! The first screen: what this is, that it is private, who sells the treatment, and three ways in.

use super::shell::open_help;
use super::state::{Place, State};
use super::ui::way;
use leptos::prelude::*;

pub fn screen(state: State) -> AnyView {
    let w = state.words();
    let begun = state.live_now(|_, _, answers| !answers.is_empty());
    let clinic = state.settings.with_value(|s| s.clinic.clone());
    let clinic = (!clinic.is_empty()).then(|| view! { <p class="over"><b>{clinic}</b></p> });
    let resume = begun.then(|| way("way first", w.start_resume.clone(), String::new(), move || state.go(state.resume())));
    let questions = if begun { "way" } else { "way first" };
    view! {
        {clinic}
        <div class="flow"><h1 class="title" tabindex="-1">{w.start_title.clone()}</h1><p class="lead">{w.start_lead.clone()}</p></div>
        <ul class="ways">
            {resume}
            {(!begun).then(|| way(questions, w.start_questions.clone(), w.start_time.clone(), move || state.go(state.resume())))}
            {way("way", w.start_read.clone(), w.read_lead.clone(), move || state.go(Place::Topics))}
            {way("way", w.start_cards.clone(), w.start_cards_hint.clone(), move || state.go(Place::Card(0)))}
            {way("way", w.start_help.clone(), w.start_help_hint.clone(), open_help)}
        </ul>
        <h2>{w.start_know.clone()}</h2>
        <ul class="facts">
            <li><b>{w.start_private_title.clone()}</b>{w.start_private.clone()} " " {w.start_private_how.clone()}</li>
            <li><b>{w.start_sells_title.clone()}</b>{w.start_sells.clone()}</li>
            <li><b>{w.start_decides_title.clone()}</b>{w.start_decides.clone()}</li>
        </ul>
        <div class="take"><div><p class="soft">{w.start_take.clone()}</p></div>{two_sheets()}</div>
    }
    .into_any()
}

/// Two sheets of paper, drawn.
fn two_sheets() -> AnyView {
    view! {
        <svg viewBox="0 0 128 104" aria-hidden="true"><path d="M44 8h62v78H44z"/><path d="M20 18h62v78H20z" class="front"/>
        <path d="M28 30h28M28 40h46v16H28zM28 64h46M28 71h46M28 78h30M28 85h38"/><path d="M90 22h10M90 34h10M90 46h10M90 58h10"/></svg>
    }
    .into_any()
}
