//! Taking the sheets along without a printer: as files, shared, and as a code on the paper.

use super::el::{View, el, group, live, svg};
use super::state::{Opened, Place, State};
use super::summary::{as_text, code, paper, sheets, with_context};
use super::ui::{acts, back, button, p, plain, small_print, tick};
use crate::app::signal::Signal;
use crate::browser::{boot, intl, page};
use consult_ready::export::pdf::{self, Paper, Pdf};
use consult_ready::export::qr::Qr;
use consult_ready::export::{html, record};
use consult_ready::pack::Words;
use reactive_graph::graph::untrack;

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
fn save_pdf(state: State, lost: Signal<bool>) {
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
    let record =
        state.live_now(|pack, _, answers| with_context(state, &state.today(), leave_out, |c| record::bundle(pack, answers, c, &intl::authored())));
    boot::save_text(&name(state, "json"), "application/fhir+json", &record);
    saved(state);
}

/// The record of what was opened, for the clinic's desk that read a code.
pub fn save_opened(state: State, opened: &Opened) {
    let day = intl::day(&opened.day, &state.pack_now().lang);
    let record =
        with_context(state, &day, opened.left_out, |c| record::bundle(state.pack_now(), &opened.answers, c, &[&opened.day, "T00:00:00Z"].concat()));
    boot::save_text(&record::file_name(state.words(), &opened.day, "json"), "application/fhir+json", &record);
    saved(state);
}

fn save_page(state: State) {
    let sheets = untrack(|| sheets(state));
    boot::save_text(&name(state, "html"), "text/html", &html::document(state.words(), &state.pack_now().lang, &sheets));
    saved(state);
}

/// A line that appears once there is reason for it.
fn note(shown: Signal<bool>, text: &str) -> View {
    p("note", text).attr("role", "status").live_flag("hidden", move || !shown.get())
}

/// A button that prints, and what to do instead where a browser can't.
pub fn print(class: &str, w: &Words, label: &str) -> [View; 2] {
    let dead = Signal::new(false);
    [button(class, label, move || boot::print(move |began| dead.set(!began))), note(dead, w.print_dead())]
}

/// The ways asked for most, and what came of them.
pub fn ways(state: State) -> View {
    let w = state.words();
    let (copied, refused, lost) = (Signal::new(false), Signal::new(false), Signal::new(false));
    let ways = [button("btn line", w.along_pdf(), move || save_pdf(state, lost)), button("btn line", w.copy(), move || copy(state, copied, refused))];
    group([acts(print("btn", w, w.print())).kids(ways), p("soft", w.print_hint()), note(lost, w.letters_lost())])
        .kid(live(move || group(copied.get().then(|| by_hand(state, refused.get())))))
}

fn copy(state: State, copied: Signal<bool>, refused: Signal<bool>) {
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

/// Everything that is not asked for often, behind one line.
pub fn more(state: State) -> View {
    let w = state.words();
    let share = boot::can_share().then(|| button("btn line", w.along_share(), move || share(state)));
    let ways = [
        button("btn line", w.along_alone(), move || state.go(Place::Desk)),
        button("btn line", w.along_page(), move || save_page(state)),
        button("btn line", w.along_record(), move || save_record(state)),
    ];
    el("details").class("more along").kid(el("summary").text(w.along_more())).kids([
        acts(share.into_iter().chain(ways)),
        small_print(w.along_record_hint()),
        code_tick(state),
    ])
}

/// Asks for the code: it is made on the visitor's own tap alone.
pub fn code_tick(state: State) -> View {
    let w = state.words();
    let input = el("input").attr("type", "checkbox").live_checked(move || state.code.get()).on_tick(move |on| state.code.set(on));
    tick(input, "code", w.along_code(), w.along_code_hint())
}

/// The sheets alone, for a screenshot or to show at the desk.
pub fn alone(state: State) -> View {
    group([back(state), live(move || el("div").class("sheets broad").kids(paper::sheets(state, &sheets(state), code(state))))])
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
    let svg = svg("svg").attrs(&[
        ("viewBox", &["0 0 ", &side, " ", &side].concat()),
        ("role", "img"),
        ("aria-label", w.code_holds()),
        ("shape-rendering", "crispEdges"),
    ]);
    group([el("div").class("code").kids([svg.kid(svg_path(&path)), plain(w.code_holds())])])
}

fn svg_path(d: &str) -> View {
    svg("path").attr("d", d)
}
