//! Opens again what was saved: at the clinic's desk (`#read`), or before a later visit.

use super::along;
use super::el::{View, el, group, live};
use super::state::{Opened, State};
use super::summary::{paper, with_context};
use super::ui::{acts, back, button, fill, flow, h2, lead, p, title};
use crate::app::signal::Signal;
use crate::browser::{boot, focus, intl};
use consult_ready::export::problem::Problem;
use consult_ready::export::{code, record};
use consult_ready::summary;

const FILE: &str = "open-file";
const CODE: &str = "open-code";

pub fn screen(state: State) -> View {
    let w = state.words();
    let wrong = Signal::new(String::new());
    let take = move |read: Result<Opened, Problem>| match read {
        Ok(opened) => {
            wrong.set(String::new());
            state.opened.set(Some(opened));
            focus::to(".opened h2");
        }
        Err(problem) => {
            state.opened.set(None);
            wrong.set(problem.said(state.words()));
        }
    };
    let chosen = move |_| boot::read_chosen(FILE, move |text| take(from_record(state, &text)));
    let typed = Signal::new(String::new());
    let file = el("input").attrs(&[("type", "file"), ("id", FILE), ("accept", ".json,application/json")]).on("change", chosen);
    let text = el("textarea")
        .attrs(&[("id", CODE), ("rows", "4"), ("autocomplete", "off"), ("spellcheck", "false")])
        .on_value("input", move |text| typed.set(text));
    let field = |id: &str, label: &str, field: View| el("div").class("field").kid(el("label").attr("for", id).text(label)).kid(field);
    let open = button("btn line", w.open_go(), move || take(from_code(state, &typed.get_untracked())));
    group([
        back(state),
        flow([title(w.open_title()), lead(w.open_lead())]),
        p("fault", "").attr("role", "alert").live_text(move || wrong.get()),
        field(FILE, w.open_file(), file),
        field(CODE, w.open_code(), text),
        acts([open]),
        live(move || group(state.opened.get().map(|opened| found(state, &opened)))),
        live(move || group(state.opened.get().map(|opened| shown(state, &opened)))),
    ])
}

fn from_record(state: State, text: &str) -> Result<Opened, Problem> {
    let record = record::read(state.pack_now(), text)?;
    // The day stands before the time.
    let day = record.authored.split('T').next().unwrap_or_default().into();
    Ok(Opened { answers: record.answers, day, left_out: record.left_out, unknown: record.unknown })
}

fn from_code(state: State, text: &str) -> Result<Opened, Problem> {
    let code = code::read(state.pack_now(), text)?;
    Ok(Opened { answers: code.answers, day: code.day, left_out: code.left_out, unknown: code.unknown })
}

/// What was found, and what can be done with it.
fn found(state: State, opened: &Opened) -> View {
    let w = state.words();
    let date = intl::day(&opened.day, &state.pack_now().lang);
    let unknown = (!opened.unknown.is_empty()).then(|| p("note", &fill(w.open_unknown(), &[("list", &opened.unknown.join(", "))])));
    let record = opened.clone();
    let ways = [
        button("btn line", w.along_record(), move || along::save_opened(state, &record)),
        button("btn line", w.open_again(), move || state.go(state.resume())),
    ];
    el("div")
        .class("opened")
        .kid(h2(&fill(w.opened_on(), &[("date", &date)])).attr("tabindex", "-1"))
        .kids(unknown)
        .kid(acts(along::print("btn", w, w.print())).kids(ways))
}

/// Both sheets as they were on that day.
fn shown(state: State, opened: &Opened) -> View {
    let date = intl::day(&opened.day, &state.pack_now().lang);
    let sheets = with_context(state, &date, opened.left_out, |context| summary::sheets(state.pack_now(), &opened.answers, context));
    el("div").class("sheets broad").kids(paper::sheets(state, &sheets, None))
}
