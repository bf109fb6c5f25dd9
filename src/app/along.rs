//! Taking the sheets along: as paper, files, text, shared, and as a code on the paper.

use super::el::{View, el, group, live, svg};
use super::open;
use super::state::{Place, State};
use super::summary::{self, code, paper, show_scores, with_context};
use super::ui::{acts, back, button, fill, p, plain, small_print, tick, title};
use crate::app::signal::Signal;
use crate::browser::{boot, intl, page};
use engine::pack::Words;
use engine::summary::Sheets;
use engine::walk;
use export::pdf::{self, Paper, Pdf};
use export::qr::Qr;
use export::{html, record, text};
use reactive_graph::graph::untrack;

/// Whose sheets are taken along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Today's answers.
    Today,
    /// What was opened again.
    Opened,
}

impl Of {
    fn sheets(self, state: State) -> Sheets {
        untrack(|| match self {
            Self::Today => summary::sheets(state),
            Self::Opened => open::sheets(state),
        })
    }

    fn text(self, state: State) -> String {
        let (w, sheets) = (state.words(), self.sheets(state));
        let both = sheets.clinician.iter().chain([&sheets.keep]);
        both.map(|s| text::sheet(w, s)).collect::<Vec<_>>().join("\n\n")
    }

    /// As a PDF file, for the paper of the chosen region.
    fn pdf(self, state: State) -> Pdf {
        let pack = state.pack_now();
        let letter = untrack(|| state.region_now()).is_some_and(|r| r.letter);
        let code = untrack(|| summary::qr(state)).flatten().filter(|_| self == Self::Today);
        pdf::write(&pack.words, &pack.lang, &self.sheets(state), code.as_ref(), if letter { Paper::Letter } else { Paper::A4 })
    }

    /// A file's name, with the day of the answers.
    fn name(self, state: State, ending: &str) -> String {
        let day = match self {
            Self::Today => intl::today_iso(),
            Self::Opened => state.opened.with_untracked(|o| o.as_ref().map(|o| o.day().to_string()).unwrap_or_default()),
        };
        record::file_name(state.words(), &day, ending)
    }

    fn record(self, state: State) -> String {
        let pack = state.pack_now();
        if self == Self::Today {
            let (authored, leave_out) = (intl::authored(), state.leave_out.get_untracked());
            return state.live_now(|_, _, answers| with_context(state, &state.today(), leave_out, |c| record::bundle(pack, answers, c, &authored)));
        }
        let Some(opened) = state.opened.get_untracked() else { return String::new() };
        with_context(state, &opened.date(state), opened.left_out, |c| record::bundle(pack, &opened.answers, c, &opened.authored))
    }
}

/// Below a row of buttons: what came of the last tap.
#[derive(Clone, Copy)]
struct Came {
    of: Of,
    words: Signal<String>,
    /// Copying was refused.
    by_hand: Signal<bool>,
}

impl Came {
    fn new(of: Of) -> Self {
        Self { of, words: Signal::new(String::new()), by_hand: Signal::new(false) }
    }

    /// Shown here, and said by the live region.
    fn tell(self, state: State, words: &str) {
        self.by_hand.set(false);
        self.words.set(words.into());
        state.said.set(words.into());
    }

    fn view(self, state: State) -> View {
        let note = p("note", "").live_text(move || self.words.get()).live_flag("hidden", move || self.words.with(String::is_empty));
        let text = move || {
            // Drawn anew with whatever changes the sheets: what was left out since may not be copied from here.
            let _ = (state.leave_out.get(), state.beside.get(), state.region.get());
            by_hand(state.words(), &self.of.text(state))
        };
        group([note, live(move || group(self.by_hand.get().then(text)))])
    }

    /// The browser says nothing of what becomes of a file, so the words do not either.
    fn saved(self, state: State, ending: &str, lost: bool) {
        let w = state.words();
        let saved = fill(w.along_saved(), &[("name", &self.of.name(state, ending))]);
        self.tell(state, &if lost { [&saved, " ", w.letters_lost()].concat() } else { saved });
    }

    fn print(self, state: State) {
        boot::print(move |began| self.tell(state, if began { "" } else { state.words().print_dead() }));
    }

    fn save_pdf(self, state: State) {
        let pdf = self.of.pdf(state);
        boot::save_pdf(&self.of.name(state, "pdf"), &pdf.bytes);
        self.saved(state, "pdf", pdf.lost);
    }

    fn save_text(self, state: State, ending: &str, kind: &str, text: &str) {
        boot::save_text(&self.of.name(state, ending), kind, text);
        self.saved(state, ending, false);
    }

    fn save_record(self, state: State) {
        self.save_text(state, "json", "application/fhir+json", &self.of.record(state));
    }

    fn save_page(self, state: State) {
        let page = html::document(state.words(), &state.pack_now().lang, &self.of.sheets(state));
        self.save_text(state, "html", "text/html", &page);
    }

    fn copy(self, state: State) {
        boot::copy_text(&self.of.text(state), move |done| {
            let w = state.words();
            self.tell(state, if done { w.copied() } else { w.copy_failed() });
            self.by_hand.set(!done);
            if !done {
                page::soon(|| page::select("by-hand"));
            }
        });
    }

    fn share(self, state: State) {
        let pdf = self.of.pdf(state);
        boot::share_pdf(&self.of.name(state, "pdf"), &pdf.bytes, &self.of.text(state), move |done| {
            self.tell(state, if done { "" } else { state.words().share_failed() });
        });
    }
}

/// Where copying is refused: the text itself, selected.
fn by_hand(w: &Words, text: &str) -> View {
    el("textarea").attrs(&[("id", "by-hand"), ("rows", "8"), ("readonly", ""), ("aria-label", w.copy_failed())]).value(text)
}

/// The ways asked for most, and what came of them.
pub fn ways(state: State, of: Of) -> View {
    let (w, came) = (state.words(), Came::new(of));
    let ways = [
        button("btn", w.print(), move || came.print(state)),
        button("btn line", w.along_pdf(), move || came.save_pdf(state)),
        button("btn line", w.copy(), move || came.copy(state)),
    ];
    // A record is all that the clinic's desk keeps of a code.
    let record = (of == Of::Opened).then(|| button("btn line", w.along_record(), move || came.save_record(state)));
    group([acts(ways).kids(record), came.view(state)])
}

/// Everything that is not asked for often, behind one line. Under 18 there is no record and no code.
pub fn more(state: State, minor: bool) -> View {
    let (w, came) = (state.words(), Came::new(Of::Today));
    let share = boot::can_share().then(|| button("btn line", w.along_share(), move || came.share(state)));
    let ways =
        [button("btn line", w.along_alone(), move || state.go(Place::Desk)), button("btn line", w.along_page(), move || came.save_page(state))];
    let record = (!minor).then(|| button("btn line", w.along_record(), move || came.save_record(state)));
    el("details")
        .class("more along")
        .kid(el("summary").text(w.along_more()))
        .kids([acts(share.into_iter().chain(ways).chain(record)), came.view(state)])
        .kids((!minor).then(|| small_print(w.along_record_hint())))
        .kid(code_tick(state))
}

/// Asks for the code: it is made on the visitor's own tap alone. Nothing where there is none.
pub fn code_tick(state: State) -> View {
    let w = state.words();
    let input = || el("input").attr("type", "checkbox").live_checked(move || state.code.get()).on_tick(move |on| state.code.set(on));
    group(summary::has_code(state).then(|| tick(input(), "code", w.along_code(), w.along_code_hint())))
}

/// The sheets alone, for a screenshot or to show at the desk.
pub fn alone(state: State) -> View {
    let minor = state.live_now(|pack, live, _| walk::is_minor(pack, live));
    group([back(state), title(summary::head(state, minor))])
        .kids(show_scores(state).filter(|_| !minor).map(|tick| el("div").class("opts").kid(tick)))
        .kid(live(move || el("div").class("sheets broad").kids(paper::sheets(state, &summary::sheets(state), code(state)))))
}

/// A code as a drawing, with the quiet zone that scanners need, and what it holds.
pub fn drawn(w: &Words, qr: Option<Qr>) -> View {
    let Some(qr) = qr else { return p("note", w.code_none()) };
    let mut path = String::new();
    for (x, y, length) in qr.bars() {
        let [x, y, length] = [x + 4, y + 4, length].map(|n| n.to_string());
        path.extend(["M", &x, " ", &y, "h", &length, "v1h-", &length, "z"]);
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
