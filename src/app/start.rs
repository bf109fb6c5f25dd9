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
    let resume = begun.then(|| way("way first", w.start_resume().to_string(), String::new(), move || state.go(state.resume())));
    let questions = if begun { "way" } else { "way first" };
    view! {
        {clinic}
        <div class="flow"><h1 class="title" tabindex="-1">{w.start_title().to_string()}</h1><p class="lead">{w.start_lead().to_string()}</p></div>
        <ul class="ways">
            {resume}
            {(!begun).then(|| way(questions, w.start_questions().to_string(), w.start_time().to_string(), move || state.go(state.resume())))}
            {way("way", w.start_read().to_string(), w.read_lead().to_string(), move || state.go(Place::Topics))}
            {way("way", w.start_cards().to_string(), w.start_cards_hint().to_string(), move || state.go(Place::Card(0)))}
            {way("way", w.start_help().to_string(), w.start_help_hint().to_string(), open_help)}
        </ul>
        <h2>{w.start_know().to_string()}</h2>
        <ul class="facts">
            <li><b>{w.start_private_title().to_string()}</b>{w.start_private().to_string()} " " {w.start_private_how().to_string()}</li>
            <li><b>{w.start_sells_title().to_string()}</b>{w.start_sells().to_string()}</li>
            <li><b>{w.start_decides_title().to_string()}</b>{w.start_decides().to_string()}</li>
        </ul>
        <div class="take"><div><p class="soft">{w.start_take().to_string()}</p></div>{two_sheets()}</div>
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
