//! The two sheets: drawn on screen as they print.

mod paper;

use super::shell::ask_clear;
use super::state::{Place, State};
use super::ui::{back, button};
use crate::browser::page;
use consult_ready::export::text;
use consult_ready::summary::{self, Context, Sheets};
use leptos::prelude::*;

pub fn screen(state: State) -> AnyView {
    let w = state.words();
    let reached_private = state.live_now(|pack, live, _| pack.safety.may_leave_out.iter().any(|l| live.answer(l, 0).is_some()));
    let minor = state.live_now(|pack, live, _| consult_ready::walk::is_minor(pack, live));
    let title = if minor { w.summary_minor_title().to_string() } else { w.summary_title().to_string() };
    let lead = (!minor).then(|| view! { <p class="lead">{w.summary_lead().to_string()}</p> });
    let leave_out = (reached_private && !minor).then(|| leave_out(state));
    let copied = RwSignal::new(None::<bool>);
    let copy = move || {
        leptos::task::spawn_local(async move {
            let done = page::copy(&as_text(state)).await;
            copied.set(Some(done));
            let word = state.word(|w| if done { w.copied() } else { w.copy_failed() });
            state.said.set(word);
            if !done {
                page::soon(|| page::select("by-hand"));
            }
        });
    };
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{title}</h1>{lead}</div>
        {leave_out}
        <div class="acts">
            {button("btn", w.print().to_string(), page::print)}
            {button("btn line", w.copy().to_string(), copy)}
            {button("plain", w.change_answers().to_string(), move || state.go(Place::Check))}
            {button("plain", w.clear_all().to_string(), ask_clear)}
        </div>
        <p class="soft">{w.print_hint().to_string()}</p>
        {move || by_hand(state, copied.get())}
        {move || view! { <div class="sheets broad">{paper::sheets(state, &sheets(state))}</div> }}
    }
    .into_any()
}

/// The sheets as they stand.
fn sheets(state: State) -> Sheets {
    let region = state.region_now();
    let settings = state.settings.get_value();
    let date = state.today();
    let leave_out = state.leave_out.get();
    state.live(|pack, _, answers| {
        let fallback = consult_ready::pack::Region {
            id: String::new(),
            name: String::new(),
            emergency: String::new(),
            emergency_text: String::new(),
            lines: Vec::new(),
        };
        let region = region.as_ref().unwrap_or(&fallback);
        summary::sheets(pack, answers, Context { date: &date, region, settings: &settings, leave_out })
    })
}

fn as_text(state: State) -> String {
    let sheets = untrack(|| sheets(state));
    let w = state.words();
    let both = sheets.clinician.iter().chain([&sheets.keep]);
    both.map(|s| text::sheet(&w, s)).collect::<Vec<_>>().join("\n\n")
}

/// Where copying is refused: the text itself, selected.
fn by_hand(state: State, copied: Option<bool>) -> Option<AnyView> {
    match copied? {
        true => Some(view! { <p class="note">{state.word(|w| w.copied())}</p> }.into_any()),
        false => Some(
            view! { <p class="field"><label for="by-hand">{state.word(|w| w.copy_failed())}</label><textarea id="by-hand" rows="8" readonly prop:value=as_text(state)></textarea></p> }
                .into_any(),
        ),
    }
}

/// Leaving the answers about suicide off the paper is the visitor's choice, and the paper says so.
fn leave_out(state: State) -> AnyView {
    let w = state.words();
    view! {
        <div class="opt"><input type="checkbox" id="leave-out" prop:checked=move || state.leave_out.get() on:change=move |e| state.leave_out.set(event_target_checked(&e))/>
        <label for="leave-out">{w.leave_out().to_string()}<small>{w.leave_out_hint().to_string()}</small></label></div>
    }
    .into_any()
}
