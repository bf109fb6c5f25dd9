//! The two sheets: drawn on screen as they print.

pub mod paper;

use super::along;
use super::el::{View, el, group, live};
use super::kiosk;
use super::shell::ask_clear;
use super::state::{Place, State};
use super::ui::{acts, back, button, flow, lead, tick, title};
use crate::browser::intl;
use consult_ready::export::{code, text};
use consult_ready::pack::Region;
use consult_ready::summary::{self, Context, Earlier, Sheets};
use reactive_graph::graph::untrack;

pub fn screen(state: State) -> View {
    let w = state.words();
    let reached_private = state.live_now(|pack, live, _| pack.safety.may_leave_out.iter().any(|l| live.answer(l, 0).is_some()));
    let minor = state.live_now(|pack, live, _| consult_ready::walk::is_minor(pack, live));
    let head = if minor { w.summary_minor_title() } else { w.summary_title() };
    let away = if state.kiosk.is_some() { acts(kiosk::ways(state)) } else { along::ways(state) };
    // Every result also shows the other choices, where the content has any.
    let compare = (!state.pack_now().choices.is_empty()).then(|| button("plain", w.compare_title(), move || state.go(Place::Compare)));
    let on = [button("plain", w.change_answers(), move || state.go(Place::Check))];
    let on = acts(on).kids(compare).kid(button("plain", w.clear_all(), ask_clear));
    group([back(state), flow([title(head)]).kids((!minor).then(|| lead(w.summary_lead())))])
        .kids((reached_private && !minor).then(|| leave_out(state)))
        .kids((!minor && !state.pack_now().instruments.is_empty()).then(|| show_scores(state)))
        .kids(kiosk::tag(state))
        .kid(away)
        .kids((state.kiosk.is_none() && !minor).then(|| along::more(state)))
        .kid(on)
        .kid(live(move || el("div").class("sheets broad").kids(paper::sheets(state, &sheets(state), code(state)))))
}

/// The code for the clinician's sheet, if the visitor asked for it.
pub fn code(state: State) -> Option<View> {
    state
        .code
        .get()
        .then(|| state.live(|pack, _, answers| along::drawn(state.words(), code::qr(pack, answers, state.leave_out.get(), &intl::today_iso()))))
}

/// The sheets as they stand.
pub fn sheets(state: State) -> Sheets {
    let before = state.opened.get();
    let before = before.as_ref().map(|o| (intl::day(&o.day, &state.pack_now().lang), &o.answers));
    let earlier = before.as_ref().map(|(date, answers)| Earlier { date, answers });
    state.live(|pack, _, answers| {
        with_context(state, &state.today(), state.leave_out.get(), |context| summary::sheets_since(pack, answers, context, earlier))
    })
}

/// Calls `make` with what surrounds the answers on a sheet.
pub fn with_context<T>(state: State, date: &str, leave_out: bool, make: impl FnOnce(Context<'_>) -> T) -> T {
    let none = Region::default();
    let region = state.region_now().unwrap_or(&none);
    make(Context { date, region, settings: &state.settings, leave_out })
}

pub fn as_text(state: State) -> String {
    let sheets = untrack(|| sheets(state));
    let w = state.words();
    let both = sheets.clinician.iter().chain([&sheets.keep]);
    both.map(|s| text::sheet(w, s)).collect::<Vec<_>>().join("\n\n")
}

/// Leaving the answers about suicide off the paper is the visitor's choice, and the paper says so.
fn leave_out(state: State) -> View {
    let w = state.words();
    let input = el("input").attr("type", "checkbox").live_checked(move || state.leave_out.get()).on_tick(move |on| state.leave_out.set(on));
    tick(input, "leave-out", w.leave_out(), w.leave_out_hint())
}

/// Scores are for the clinician: printed, and on screen only if the visitor asks for them.
fn show_scores(state: State) -> View {
    let w = state.words();
    let input = el("input").attr("type", "checkbox").live_checked(move || state.scores.get()).on_tick(move |on| state.scores.set(on));
    tick(input, "show-scores", w.show_scores(), w.show_scores_hint())
}
