//! The two sheets: drawn on screen as they print.

pub mod paper;

use super::el::{View, el, group, live};
use super::kiosk;
use super::shell::ask_clear;
use super::state::{Place, State};
use super::ui::{acts, back, button, flow, lead, p, tick, title};
use crate::browser::{boot, page};
use consult_ready::export::text;
use consult_ready::summary::{self, Context, Sheets};
use reactive_graph::graph::untrack;
use reactive_graph::prelude::*;
use reactive_graph::signal::RwSignal;

pub fn screen(state: State) -> View {
    let w = state.words();
    let reached_private = state.live_now(|pack, live, _| pack.safety.may_leave_out.iter().any(|l| live.answer(l, 0).is_some()));
    let minor = state.live_now(|pack, live, _| consult_ready::walk::is_minor(pack, live));
    let head = if minor { w.summary_minor_title() } else { w.summary_title() };
    let (copied, refused) = (RwSignal::new(false), RwSignal::new(false));
    let away = if state.kiosk.is_some() {
        kiosk::ways(state)
    } else {
        vec![button("btn", w.print(), page::print), button("btn line", w.copy(), move || copy(state, copied, refused))]
    };
    // Every result also shows the other choices, where the content has any.
    let compare = (!state.pack_now().choices.is_empty()).then(|| button("plain", w.compare_title(), move || state.go(Place::Compare)));
    let ways = acts(away).kid(button("plain", w.change_answers(), move || state.go(Place::Check))).kids(compare).kid(button(
        "plain",
        w.clear_all(),
        ask_clear,
    ));
    group([back(state), flow([title(head)]).kids((!minor).then(|| lead(w.summary_lead())))])
        .kids((reached_private && !minor).then(|| leave_out(state)))
        .kids((!minor && !state.pack_now().instruments.is_empty()).then(|| show_scores(state)))
        .kids(kiosk::tag(state))
        .kid(ways)
        .kids(state.kiosk.is_none().then(|| p("soft", w.print_hint())))
        .kid(live(move || group(copied.get().then(|| by_hand(state, refused.get())))))
        .kid(live(move || el("div").class("sheets broad").kids(paper::sheets(state, &sheets(state)))))
}

fn copy(state: State, copied: RwSignal<bool>, refused: RwSignal<bool>) {
    boot::copy_text(&as_text(state), move |done| {
        copied.set(true);
        refused.set(!done);
        let w = state.words();
        state.said.set(if done { w.copied() } else { w.copy_failed() }.into());
        if !done {
            page::soon(|| page::select("by-hand"));
        }
    });
}

/// The sheets as they stand.
pub fn sheets(state: State) -> Sheets {
    let region = state.region_now();
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
        let region = region.unwrap_or(&fallback);
        summary::sheets(pack, answers, Context { date: &date, region, settings: &state.settings, leave_out })
    })
}

fn as_text(state: State) -> String {
    let sheets = untrack(|| sheets(state));
    let w = state.words();
    let both = sheets.clinician.iter().chain([&sheets.keep]);
    both.map(|s| text::sheet(w, s)).collect::<Vec<_>>().join("\n\n")
}

/// Where copying is refused: the text itself, selected.
fn by_hand(state: State, refused: bool) -> View {
    let w = state.words();
    if !refused {
        return p("note", w.copied());
    }
    let label = el("label").attr("for", "by-hand").text(w.copy_failed());
    let field = el("textarea").attrs(&[("id", "by-hand"), ("rows", "8"), ("readonly", "")]).value(&as_text(state));
    el("p").class("field").kid(label).kid(field)
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
