//! Opens again what was saved: at the clinic's desk (`#read`), or before a later visit. What is
//! opened stands beside today's answers and never takes their place.

use super::export_actions::{ExportActions, ExportSource};
use super::summary::ShowScores;
use crate::components::{Actions, BackButton, Button, Heading, Lead, ScreenHeading, SheetPapers, SmallPrint};
use crate::context::{PreviousVisit, use_navigation, use_pack, use_session, use_words};
use crate::platform::{document, focus, host};
use engine::answers::Answers;
use engine::migrate::migrate;
use engine::pack::{Pack, fill};
use export::read_error::ReadError;
use export::{code, record};
use leptos::prelude::*;

const FILE: &str = "open-file";
/// Id of the field that a hand scanner types into.
pub const CODE_FIELD: &str = "open-code";

/// The screen.
#[component]
pub fn ImportScreen() -> impl IntoView {
    let (words, pack, session) = (use_words(), use_pack(), use_session());
    let (wrong, typed) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let take = move |read: Result<PreviousVisit, ReadError>| match read {
        Ok(visit) => {
            wrong.set(String::new());
            typed.set(String::new());
            session.compare.set(false);
            session.previous.set(Some(visit));
            host::after_paint(|| focus::to(".opened h2"));
        }
        Err(problem) => {
            session.previous.set(None);
            // Spoken again even if it is the same.
            wrong.set(String::new());
            wrong.set(problem.message(words));
        }
    };
    let open = move |()| {
        take(from_code(pack, &typed.get_untracked()));
        // What a scanner types next takes the place of a bad code.
        document::select(CODE_FIELD);
    };
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.open_title()/><Lead text=words.open_lead()/></div>
        <p class="fault" role="alert">{move || wrong.get()}</p>
        // The browser's own button speaks the browser's language, and cuts the file's name short.
        <p class="pick">
            <input
                type="file" class="sr" id=FILE accept=".json,.txt,application/json,application/fhir+json,text/plain"
                on:change=move |_| host::read_chosen(FILE, move |text| take(from_record(pack, &text)))
            />
            <label class="btn line" for=FILE>{words.open_file()}</label>
        </p>
        <CodeField typed on_enter=open/>
        <Actions><Button class="btn line" label=words.open_go() on_press=open/></Actions>
        {move || session.previous.get().map(|visit| view! { <Found visit/> })}
    }
}

/// The field that takes the letters of a code. A hand scanner types them and then Enter.
#[component]
fn CodeField(typed: RwSignal<String>, #[prop(into)] on_enter: Callback<()>) -> impl IntoView {
    let write = move |event| {
        let text = event_target_value(&event);
        let done = text.ends_with('\n');
        typed.set(text);
        if done {
            on_enter.run(());
        }
    };
    view! {
        <div class="field">
            <label for=CODE_FIELD>{use_words().open_code()}</label>
            <textarea
                id=CODE_FIELD rows="4" autocomplete="off" spellcheck="false"
                prop:value=move || typed.get() on:input=write
            ></textarea>
        </div>
    }
}

fn from_record(pack: &Pack, text: &str) -> Result<PreviousVisit, ReadError> {
    // What the fallback saves after a crash.
    if let Ok(answers) = Answers::decode(text.trim()) {
        return Ok(PreviousVisit { answers: migrate(pack, &answers), ..PreviousVisit::default() });
    }
    let record = record::read(pack, text)?;
    Ok(PreviousVisit {
        answers: record.answers,
        authored: record.authored,
        redacted: record.left_out,
        unknown: record.unknown,
    })
}

fn from_code(pack: &Pack, text: &str) -> Result<PreviousVisit, ReadError> {
    let code = code::read(pack, text)?;
    // A code has the day alone.
    Ok(PreviousVisit { answers: code.answers, authored: code.day, redacted: code.left_out, unknown: code.unknown })
}

/// What was found, what can be done with it, and the sheets as they were on that day.
#[component]
fn Found(visit: PreviousVisit) -> impl IntoView {
    let (words, session, navigation) = (use_words(), use_session(), use_navigation());
    let unknown = (!visit.unknown.is_empty())
        .then(|| view! { <p class="note">{fill(words.open_unknown(), &[("list", &visit.unknown.join(", "))])}</p> });
    let again = move |()| {
        session.compare.set(true);
        navigation.go(navigation.next_open());
    };
    // What the fallback saved has no day.
    let day = visit.date(&use_pack().lang);
    let heading =
        if visit.authored.is_empty() { words.open_title().into() } else { fill(words.opened_on(), &[("date", &day)]) };
    view! {
        <div class="opened">
            <Heading focus=true text=heading/>
            {unknown}
            <ExportActions source=ExportSource::Previous/>
            <Actions><Button class="btn line" label=words.open_again() on_press=again/></Actions>
            <SmallPrint text=words.open_again_hint()/>
            <div class="opts"><ShowScores/></div>
        </div>
        {move || view! { <SheetPapers sheets=session.previous_sheets() code=None pack=use_pack()/> }}
    }
}
