//! Opens again what was saved: at the clinic's desk (`#read`), or before a later visit. What is opened stands
//! beside today's answers and never takes their place.

use super::along::{self, Of};
use super::el::{View, el, group, live};
use super::state::{Opened, State};
use super::summary::{paper, show_scores, with_context};
use super::ui::{acts, back, button, fill, flow, h2, lead, p, small_print, title};
use crate::app::signal::Signal;
use crate::browser::{boot, focus, page};
use engine::summary::{self, Sheets};
use export::problem::Problem;
use export::{code, record};

const FILE: &str = "open-file";
/// The field that a hand scanner types into.
pub const CODE: &str = "open-code";

pub fn screen(state: State) -> View {
    let w = state.words();
    let (wrong, typed) = (Signal::new(String::new()), Signal::new(String::new()));
    let take = move |read: Result<Opened, Problem>| match read {
        Ok(opened) => {
            wrong.set(String::new());
            typed.set(String::new());
            state.beside.set(false);
            state.opened.set(Some(opened));
            page::soon(|| focus::to(".opened h2"));
        }
        Err(problem) => {
            state.opened.set(None);
            // Said anew even if it is the same.
            wrong.set(String::new());
            wrong.set(problem.said(state.words()));
        }
    };
    let open = move || {
        take(from_code(state, &typed.get_untracked()));
        // What a scanner types next takes the place of a bad code.
        page::select(CODE);
    };
    let chosen = move |_| boot::read_chosen(FILE, move |text| take(from_record(state, &text)));
    let file = el("input").attrs(&[("type", "file"), ("id", FILE), ("accept", ".json,application/json,application/fhir+json")]).on("change", chosen);
    let text = el("textarea")
        .attrs(&[("id", CODE), ("rows", "4"), ("autocomplete", "off"), ("spellcheck", "false")])
        .live_value(move || typed.get())
        .on_value("input", move |text| {
            // Scanners end with Enter.
            let done = text.ends_with('\n');
            typed.set(text);
            if done {
                open();
            }
        });
    let field = |id: &str, label: &str, field: View| el("div").class("field").kid(el("label").attr("for", id).text(label)).kid(field);
    group([
        back(state),
        flow([title(w.open_title()), lead(w.open_lead())]),
        p("fault", "").attr("role", "alert").live_text(move || wrong.get()),
        // The browser's own button speaks the browser's language, and cuts the file's name short.
        el("p").class("pick").kid(file.class("sr")).kid(el("label").attrs(&[("class", "btn line"), ("for", FILE)]).text(w.open_file())),
        field(CODE, w.open_code(), text),
        acts([button("btn line", w.open_go(), open)]),
        live(move || group(state.opened.get().map(|opened| found(state, &opened)))),
        live(move || {
            group(state.opened.with(Option::is_some).then(|| el("div").class("sheets broad").kids(paper::sheets(state, &sheets(state), None))))
        }),
    ])
}

fn from_record(state: State, text: &str) -> Result<Opened, Problem> {
    let record = record::read(state.pack_now(), text)?;
    Ok(Opened { answers: record.answers, authored: record.authored, left_out: record.left_out, unknown: record.unknown })
}

fn from_code(state: State, text: &str) -> Result<Opened, Problem> {
    let code = code::read(state.pack_now(), text)?;
    // A code has the day alone.
    Ok(Opened { answers: code.answers, authored: [&code.day, "T00:00:00Z"].concat(), left_out: code.left_out, unknown: code.unknown })
}

/// What was found, and what can be done with it.
fn found(state: State, opened: &Opened) -> View {
    let w = state.words();
    let unknown = (!opened.unknown.is_empty()).then(|| p("note", &fill(w.open_unknown(), &[("list", &opened.unknown.join(", "))])));
    let again = move || {
        state.beside.set(true);
        state.go(state.resume());
    };
    el("div")
        .class("opened")
        .kid(h2(&fill(w.opened_on(), &[("date", &opened.date(state))])).attr("tabindex", "-1"))
        .kids(unknown)
        .kid(along::ways(state, Of::Opened))
        .kids([acts([button("btn line", w.open_again(), again)]), small_print(w.open_again_hint())])
        .kids(show_scores(state).map(|tick| el("div").class("opts").kid(tick)))
}

/// Both sheets as they were on that day.
pub fn sheets(state: State) -> Sheets {
    let opened = state.opened.get().unwrap_or_default();
    with_context(state, &opened.date(state), opened.left_out, |context| summary::sheets(state.pack_now(), &opened.answers, context))
}
