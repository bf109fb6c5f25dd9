//! The two sheets: drawn on screen as they print.

pub mod paper;

use super::along;
use super::along::Of;
use super::el::{View, el, group, live};
use super::kiosk;
use super::shell::ask_clear;
use super::state::{Place, State};
use super::ui::{acts, back, button, fill, flow, lead, tick, title};
use crate::browser::intl;
use engine::pack::Region;
use engine::summary::{self, Context, Earlier, Sheets};
use engine::walk;
use export::code;
use export::qr::Qr;

pub fn screen(state: State) -> View {
    let w = state.words();
    let reached_private = state.live_now(|pack, live, _| pack.safety.may_leave_out.iter().any(|l| live.answer(l, 0).is_some()));
    let minor = state.live_now(|pack, live, _| walk::is_minor(pack, live));
    let away = if state.kiosk.is_some() { acts(kiosk::ways(state)) } else { along::ways(state, Of::Today) };
    let ticks: Vec<View> = [reached_private.then(|| leave_out(state)), show_scores(state), beside(state)].into_iter().flatten().collect();
    // Every result also shows the other choices, where the content has any.
    let compare = (!state.pack_now().choices.is_empty()).then(|| button("plain", w.compare_title(), move || state.go(Place::Compare)));
    let on = [button("plain", w.change_answers(), move || state.go(Place::Check))];
    let on = acts(on).kids(compare).kid(button("plain", w.clear_all(), ask_clear));
    group([back(state), flow([title(head(state, minor))]).kids((!minor).then(|| lead(w.summary_lead())))])
        .kids((!minor && !ticks.is_empty()).then(|| el("div").class("opts").kids(ticks)))
        .kids(kiosk::tag(state))
        .kid(away)
        .kids(state.kiosk.is_none().then(|| along::more(state, minor)))
        .kid(on)
        .kid(live(move || el("div").class("sheets broad").kids(paper::sheets(state, &sheets(state), code(state)))))
}

/// The code for the clinician's sheet, if the visitor asked for it.
pub fn code(state: State) -> Option<View> {
    qr(state).map(|qr| along::drawn(state.words(), qr))
}

/// That code: nothing if it was not asked for, and nothing in it if these answers do not fit.
pub fn qr(state: State) -> Option<Option<Qr>> {
    let asked = state.code.get() && has_code(state);
    asked.then(|| state.live(|pack, _, answers| code::qr(pack, answers, state.leave_out.get(), &intl::today_iso())))
}

/// True if these answers can be a code: not under 18, and not of a questionnaire by others, whose answers have no numbers.
pub fn has_code(state: State) -> bool {
    state.live(|pack, live, _| !pack.numbers.questions.is_empty() && !walk::is_minor(pack, live))
}

/// The screen's heading.
pub fn head(state: State, minor: bool) -> &'static str {
    if minor { state.words().summary_minor_title() } else { state.words().summary_title() }
}

/// The sheets as they stand, beside the scores of what was opened again if the visitor chose so.
pub fn sheets(state: State) -> Sheets {
    let before = state.opened.get().filter(|_| state.beside.get()).map(|o| (o.date(state), o));
    let earlier = before.as_ref().map(|(date, o)| Earlier { date, answers: &o.answers });
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

/// Leaving the answers about suicide off the paper is the visitor's choice, and the paper says so.
fn leave_out(state: State) -> View {
    let w = state.words();
    let input = el("input").attr("type", "checkbox").live_checked(move || state.leave_out.get()).on_tick(move |on| state.leave_out.set(on));
    tick(input, "leave-out", w.leave_out(), w.leave_out_hint())
}

/// Scores are for the clinician: printed, and on screen only if the visitor asks for them. Another's questionnaire may
/// have none.
pub fn show_scores(state: State) -> Option<View> {
    if state.pack_now().instruments.is_empty() {
        return None;
    }
    let w = state.words();
    let input = el("input").attr("type", "checkbox").live_checked(move || state.scores.get()).on_tick(move |on| state.scores.set(on));
    Some(tick(input, "show-scores", w.show_scores(), w.show_scores_hint()))
}

/// What was opened again stands beside today only if the visitor wants it to.
fn beside(state: State) -> Option<View> {
    let w = state.words();
    let date = state.opened.get_untracked()?.date(state);
    let input = el("input").attr("type", "checkbox").live_checked(move || state.beside.get()).on_tick(move |on| state.beside.set(on));
    Some(tick(input, "beside", &fill(w.beside(), &[("date", &date)]), w.beside_hint()))
}
