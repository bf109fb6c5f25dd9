//! Taking the sheets along: as paper, files, text, shared.

use crate::components::{Actions, Button, SignalCheckbox, SmallPrint};
use crate::context::{Session, use_navigation, use_pack, use_session, use_words};
use crate::platform::{document, host, intl};
use crate::route::Route;
use engine::pack::{Pack, Words, fill};
use engine::summary::Sheets;
use export::pdf::{self, Paper, Pdf};
use export::record::Moment;
use export::{Language, html, record, text};
use leptos::prelude::*;

/// Whose sheets are taken along.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ExportSource {
    /// Today's answers.
    Today,
    /// What was opened again.
    Previous,
}

/// One row of export buttons: what is exported, and what came of the last press.
#[derive(Clone, Copy)]
struct Export {
    source: ExportSource,
    session: Session,
    pack: &'static Pack,
    words: &'static Words,
    status: RwSignal<String>,
    /// Copying was refused: the text is shown, to be copied by hand.
    by_hand: RwSignal<bool>,
}

impl Export {
    fn new(source: ExportSource) -> Self {
        let (status, by_hand) = (RwSignal::new(String::new()), RwSignal::new(false));
        Self { source, session: use_session(), pack: use_pack(), words: use_words(), status, by_hand }
    }

    /// The sheets; tracked.
    fn sheets(self) -> Sheets {
        match self.source {
            ExportSource::Today => self.session.sheets(),
            ExportSource::Previous => self.session.previous_sheets(),
        }
    }

    /// The pack of the clinician's sheet; what was opened again is in the visitor's language.
    fn clinician_pack(self) -> &'static Pack {
        match self.source {
            ExportSource::Today => self.session.clinician_pack(),
            ExportSource::Previous => self.pack,
        }
    }

    /// The languages of the two sheets.
    fn languages(self) -> [Language<'static>; 2] {
        [self.clinician_pack(), self.pack].map(|pack| Language { words: &pack.words, lang: &pack.lang })
    }

    fn text(self) -> String {
        let sheets = self.sheets();
        let both = sheets.clinician.iter().chain([&sheets.keep]);
        both.map(|sheet| {
            text::sheet(
                if Some(sheet) == sheets.clinician.as_ref() { &self.clinician_pack().words } else { self.words },
                sheet,
            )
        })
        .collect::<Vec<_>>()
        .join("\n\n")
    }

    /// As a PDF file, for the paper of the chosen region.
    fn pdf(self) -> Pdf {
        untrack(|| {
            let letter = self.session.region().is_some_and(|region| region.letter);
            let code = self.session.code().flatten().filter(|_| self.source == ExportSource::Today);
            let paper = if letter { Paper::Letter } else { Paper::A4 };
            pdf::write_each(self.languages(), &self.sheets(), code.as_ref(), paper)
        })
    }

    /// A file's name, with the day of the answers.
    fn file_name(self, ending: &str) -> String {
        let day = match self.source {
            ExportSource::Today => intl::today_iso(),
            ExportSource::Previous => self
                .session
                .previous
                .with_untracked(|visit| visit.as_ref().map(|v| v.day().to_string()).unwrap_or_default()),
        };
        record::file_name(self.words, &day, ending)
    }

    fn record(self) -> String {
        let (session, pack) = (self.session, self.pack);
        untrack(|| match self.source {
            ExportSource::Today => {
                let (authored, redacted) = (intl::authored(), session.redacted.get());
                session.evaluate(|_, _, answers| {
                    session.with_context(&session.today(), redacted, |context| {
                        record::bundle(pack, answers, context, Moment { authored: &authored, made: &authored })
                    })
                })
            }
            ExportSource::Previous => {
                let (visit, made) = (session.previous.get().unwrap_or_default(), intl::authored());
                session.with_context(&visit.date(&pack.lang), visit.redacted, |context| {
                    record::bundle(pack, &visit.answers, context, Moment { authored: &visit.authored, made: &made })
                })
            }
        })
    }

    /// Shown below the buttons, and spoken by the live region.
    fn tell(self, text: &str) {
        self.by_hand.set(false);
        self.status.set(text.into());
        self.session.announcement.set(text.into());
    }

    /// A browser doesn't report whether a file was saved, so the message doesn't claim it.
    fn saved(self, ending: &str, letters_lost: bool) {
        let mut text = fill(self.words.along_saved(), &[("name", &self.file_name(ending))]);
        if letters_lost {
            text = format!("{text} {}", self.words.letters_lost());
        }
        self.tell(&text);
    }

    fn print(self) {
        host::print(move |began| self.tell(if began { "" } else { self.words.print_dead() }));
    }

    fn save_pdf(self) {
        let pdf = self.pdf();
        host::save_pdf(&self.file_name("pdf"), &pdf.bytes);
        self.saved("pdf", pdf.lost);
    }

    fn save_record(self) {
        host::save_text(&self.file_name("json"), "application/fhir+json", &self.record());
        self.saved("json", false);
    }

    fn save_page(self) {
        let page = untrack(|| html::document_each(self.languages(), &self.sheets()));
        host::save_text(&self.file_name("html"), "text/html", &page);
        self.saved("html", false);
    }

    fn copy(self) {
        host::copy_text(&untrack(|| self.text()), move |done| {
            self.tell(if done { self.words.copied() } else { self.words.copy_failed() });
            self.by_hand.set(!done);
            if !done {
                host::after_paint(|| document::select("by-hand"));
            }
        });
    }

    fn share(self) {
        let pdf = self.pdf();
        host::share_pdf(&self.file_name("pdf"), &pdf.bytes, &untrack(|| self.text()), move |done| {
            self.tell(if done { "" } else { self.words.share_failed() });
        });
    }
}

/// What came of the last press; where copying was refused, the text itself, selected.
#[component]
fn ExportStatus(export: Export) -> impl IntoView {
    // Drawn anew with whatever changes the sheets: what was left out since may not be copied from
    // here.
    let text = move || {
        export.by_hand.get().then(|| {
            view! { <textarea id="by-hand" rows="8" readonly aria-label=export.words.copy_failed() prop:value=export.text()></textarea> }
        })
    };
    view! {
        <p class="note" hidden=move || export.status.with(String::is_empty)>{move || export.status.get()}</p>
        {text}
    }
}

/// The ways asked for most, and what came of them.
#[component]
pub fn ExportActions(source: ExportSource) -> impl IntoView {
    let (words, export) = (use_words(), Export::new(source));
    // A record is all that the clinic's desk keeps of a code.
    let record = (source == ExportSource::Previous).then(
        || view! { <Button class="btn line" label=words.along_record() on_press=move |()| export.save_record()/> },
    );
    // A phone shares or saves; a desk prints.
    let phone = source == ExportSource::Today && document::is_narrow();
    let first = move |first: bool| if first { "btn" } else { "btn line" };
    let shares = phone && host::can_share();
    let share = shares.then(|| view! { <Button label=words.along_share() on_press=move |()| export.share()/> });
    let pdf =
        view! { <Button class=first(phone && !shares) label=words.along_pdf() on_press=move |()| export.save_pdf()/> };
    let print = view! { <Button class=first(!phone) label=words.print() on_press=move |()| export.print()/> };
    let (one, two) = if phone { (pdf.into_any(), print.into_any()) } else { (print.into_any(), pdf.into_any()) };
    view! {
        <Actions>
            {share}
            {one}
            {two}
            <Button class="btn line" label=words.copy() on_press=move |()| export.copy()/>
            {record}
        </Actions>
        <ExportStatus export/>
    }
}

/// Everything that is not asked for often, behind one line. Under 18 there is no record and no
/// code.
#[component]
pub fn MoreExports(minor: bool) -> impl IntoView {
    let (words, navigation, export) = (use_words(), use_navigation(), Export::new(ExportSource::Today));
    // On a phone it stands among the ways asked for most.
    let share = (host::can_share() && !document::is_narrow())
        .then(|| view! { <Button class="btn line" label=words.along_share() on_press=move |()| export.share()/> });
    let record = (!minor).then(
        || view! { <Button class="btn line" label=words.along_record() on_press=move |()| export.save_record()/> },
    );
    view! {
        <details class="more along">
            <summary>{words.along_more()}</summary>
            <Actions>
                {share}
                <Button class="btn line" label=words.along_alone() on_press=move |()| navigation.go(Route::Sheets)/>
                <Button class="btn line" label=words.along_page() on_press=move |()| export.save_page()/>
                {record}
            </Actions>
            <ExportStatus export/>
            {(!minor).then(|| view! { <SmallPrint text=words.along_record_hint()/> })}
            <CodeChoice/>
        </details>
    }
}

/// Asks for the code: it is made on the visitor's own tap alone. Nothing where there can be none.
#[component]
pub fn CodeChoice() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    untrack(|| session.can_have_code())
        .then(|| view! { <SignalCheckbox id="code" label=words.along_code() hint=words.along_code_hint() value=session.code/> })
}
