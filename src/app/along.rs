//! Taking the sheets along without a printer: as files, shared, and as a code on the paper.

use super::el::{View, el, group, svg};
use super::state::{Opened, State};
use super::summary::{as_text, sheets, with_context};
use super::ui::{button, p, plain, small_print, tick};
use crate::browser::{boot, intl};
use consult_ready::export::pdf::{self, Paper, Pdf};
use consult_ready::export::qr::Qr;
use consult_ready::export::{html, record};
use consult_ready::pack::Words;
use reactive_graph::graph::untrack;
use reactive_graph::prelude::*;
use reactive_graph::signal::RwSignal;

/// Both sheets as a PDF file, for the paper of the chosen region.
fn as_pdf(state: State) -> Pdf {
    let pack = state.pack_now();
    let letter = state.region_now().is_some_and(|r| r.letter);
    pdf::write(&pack.words, &pack.lang, &sheets(state), if letter { Paper::Letter } else { Paper::A4 })
}

fn name(state: State, ending: &str) -> String {
    record::file_name(state.words(), &intl::today_iso(), ending)
}

fn saved(state: State) {
    state.said.set(state.words().along_saved().into());
}

/// Saves the sheets as a PDF file; `lost` says that some letters are not in its fonts.
pub fn save_pdf(state: State, lost: RwSignal<bool>) {
    let pdf = untrack(|| as_pdf(state));
    boot::save_pdf(&name(state, "pdf"), &pdf.bytes);
    lost.set(pdf.lost);
    saved(state);
}

fn share(state: State) {
    let pdf = untrack(|| as_pdf(state));
    boot::share_pdf(&name(state, "pdf"), &pdf.bytes, &as_text(state), move |done| {
        // Where sharing is refused, the files and the text are still there.
        if !done {
            state.said.set(state.words().copy_failed().into());
        }
    });
}

/// The record of the answers as they stand.
fn save_record(state: State) {
    let leave_out = state.leave_out.get_untracked();
    let record = state.live_now(|pack, _, answers| with_context(state, &state.today(), leave_out, |c| record::bundle(pack, answers, c, &intl::moment())));
    boot::save_text(&name(state, "json"), "application/fhir+json", &record);
    saved(state);
}

/// The record of what was opened, for the clinic's desk that read a code.
pub fn save_opened(state: State, opened: &Opened) {
    let day = intl::day(&opened.day, &state.pack_now().lang);
    let record = with_context(state, &day, opened.left_out, |c| record::bundle(state.pack_now(), &opened.answers, c, &[&opened.day, "T00:00:00Z"].concat()));
    boot::save_text(&record::file_name(state.words(), &opened.day, "json"), "application/fhir+json", &record);
    saved(state);
}

fn save_page(state: State) {
    let sheets = untrack(|| sheets(state));
    boot::save_text(&name(state, "html"), "text/html", &html::document(state.words(), &state.pack_now().lang, &sheets));
    saved(state);
}

/// Everything that is not asked for often, behind one line.
pub fn more(state: State) -> View {
    let w = state.words();
    let share = boot::can_share().then(|| button("btn line", w.along_share(), move || share(state)));
    let ways = [
        button("btn line", w.along_page(), move || save_page(state)),
        button("btn line", w.along_record(), move || save_record(state)),
    ];
    let code = el("input").attr("type", "checkbox").live_checked(move || state.code.get()).on_tick(move |on| state.code.set(on));
    el("details").class("more along").kid(el("summary").text(w.along_more())).kids([
        el("div").class("acts").kids(share).kids(ways),
        small_print(w.along_record_hint()),
        tick(code, "code", w.along_code(), w.along_code_hint()),
    ])
}

/// A code as a drawing, with the quiet zone that scanners need, and what it holds.
pub fn drawn(w: &Words, qr: Option<Qr>) -> View {
    let Some(qr) = qr else { return p("note", w.code_none()) };
    let mut path = String::new();
    for y in 0..qr.size {
        let mut x = 0;
        while x < qr.size {
            let run = (x..qr.size).take_while(|x| qr.is_dark(*x, y)).count();
            if run > 0 {
                let (at, down, run) = ((x + 4).to_string(), (y + 4).to_string(), run.to_string());
                path.extend(["M", &at, " ", &down, "h", &run, "v1h-", &run, "z"]);
            }
            x += run.max(1);
        }
    }
    let side = (qr.size + 8).to_string();
    let svg = svg("svg").attrs(&[("viewBox", &["0 0 ", &side, " ", &side].concat()), ("role", "img"), ("aria-label", w.code_holds()), ("shape-rendering", "crispEdges")]);
    group([el("div").class("code").kids([svg.kid(svg_path(&path)), plain(w.code_holds())])])
}

fn svg_path(d: &str) -> View {
    svg("path").attr("d", d)
}
