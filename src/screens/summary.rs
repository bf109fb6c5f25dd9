//! The summary: both sheets as they print, and the ways to take them along.

use super::export_actions::{ExportActions, ExportSource, MoreExports};
use crate::components::{
    Actions, BackButton, Button, Heading, Lead, PictureButton, ScreenHeading, SheetPapers, SignalCheckbox,
};
use crate::context::{Kiosk, use_kiosk, use_navigation, use_pack, use_session, use_settings, use_words};
use crate::layout::{ask_clear, end_visit_soon};
use crate::platform::host;
use crate::route::Route;
use engine::pack::{Words, fill};
use engine::{summary, walk};
use leptos::prelude::*;

/// The summary.
#[component]
pub fn SummaryScreen() -> impl IntoView {
    let (words, session, navigation) = (use_words(), use_session(), use_navigation());
    let minor = session.is_minor();
    let ways = match use_kiosk() {
        Some(kiosk) => view! { <KioskWays kiosk/> }.into_any(),
        None => view! { <ExportActions source=ExportSource::Today/><MoreExports minor/> }.into_any(),
    };
    // Every result also shows the other choices, where the content has any.
    let compare = (!use_pack().choices.is_empty())
        .then(|| view! { <Button class="plain" label=words.compare_title() on_press=move |()| navigation.go(Route::Compare)/> });
    let deciding = (!minor && !use_pack().weights.is_empty())
        .then(|| view! { <Button class="plain" label=words.deciding_title() on_press=move |()| navigation.go(Route::Deciding)/> });
    view! {
        <BackButton/>
        <div class="arrived">
            <div class="flow">
                <ScreenHeading text=summary_heading(words, minor)/>
                {(!minor).then(|| view! { <ThreeLines/><Lead text=words.summary_lead()/> })}
            </div>
            <PictureButton label=words.summary_open() on_press=move |()| navigation.go(Route::Sheets)/>
        </div>
        {(!minor).then(|| view! { <BeforeShare/> })}
        <KioskTag/>
        {ways}
        <Actions>
            <Button class="plain" label=words.change_answers() on_press=move |()| navigation.go(Route::Check)/>
            {deciding}
            {compare}
            <Button class="plain" label=words.clear_all() on_press=|()| ask_clear()/>
        </Actions>
        <TodaySheets/>
    }
}

/// What came of it, in three plain lines: how much was answered, what to raise first, which
/// questions to take along.
#[component]
fn ThreeLines() -> impl IntoView {
    /// More than so many are read on the page itself.
    const FIRST: usize = 3;
    let words = use_words();
    let (answered, raise, questions) = use_session().evaluate_untracked(|pack, form, answers| {
        let added = summary::added(pack, form, &walk::steps(pack, form), answers);
        let counted =
            fill(words.summary_answered(), &[("n", &added.answered.to_string()), ("of", &added.asked.to_string())]);
        let raise: Vec<String> = added.raise.into_iter().take(FIRST).collect();
        let asked = pack.safety.questions.iter().filter_map(|link| form.answer(link, 0));
        (counted, raise.join("; "), asked.map(|answer| answer.values().len()).sum::<usize>())
    });
    let raise = (!raise.is_empty()).then(|| view! { <li>{fill(words.summary_first(), &[("list", &raise)])}</li> });
    // Where none was chosen, the sheet has all of them to choose from.
    let questions =
        (questions > 0).then(|| view! { <li>{fill(words.summary_questions(), &[("n", &questions.to_string())])}</li> });
    view! {
        <ul class="three-lines">
            <li>{answered}</li>
            {raise}
            {questions}
        </ul>
    }
}

/// The choices about privacy, together, before anything is printed or shared.
#[component]
fn BeforeShare() -> impl IntoView {
    view! {
        <section class="before-share">
            <Heading text=use_words().before_share()/>
            <div class="opts"><LeaveOut/><InEnglish/><ShowScores/><ComparePrevious/></div>
        </section>
    }
}

/// The screen's heading.
pub fn summary_heading(words: &'static Words, minor: bool) -> &'static str {
    if minor { words.summary_minor_title() } else { words.summary_title() }
}

/// Today's sheets, drawn anew with each choice about them.
#[component]
pub fn TodaySheets() -> impl IntoView {
    let session = use_session();
    move || view! { <SheetPapers sheets=session.sheets() code=session.code() pack=session.clinician_pack()/> }
}

/// Leaving the answers about suicide off the paper is the visitor's choice, and the paper says so.
#[component]
fn LeaveOut() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    let reached = session.evaluate_untracked(|pack, form, _| {
        pack.safety.may_leave_out.iter().any(|link| form.answer(link, 0).is_some())
    });
    reached.then(|| {
        view! { <SignalCheckbox id="leave-out" label=words.leave_out() hint=words.leave_out_hint() value=session.redacted/> }
    })
}

/// In another language than English the clinician's sheet may be in English: answers are codes.
#[component]
fn InEnglish() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    untrack(|| session.may_choose_english()).then(|| {
        view! {
            <SignalCheckbox id="english" label=words.clinician_english() hint=words.clinician_english_hint() value=session.english/>
        }
    })
}

/// Scores are for the clinician: printed, and on screen only if the visitor asks for them. Somebody
/// else's questionnaire may have none.
#[component]
pub fn ShowScores() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    (!use_pack().instruments.is_empty()).then(|| {
        view! {
            <SignalCheckbox id="show-scores" label=words.show_scores() hint=words.show_scores_hint() value=session.show_scores/>
        }
    })
}

/// What was opened again stands beside today only if the visitor wants it to.
#[component]
fn ComparePrevious() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    session.previous.get_untracked().map(|visit| {
        let label = fill(words.beside(), &[("date", &visit.date(&use_pack().lang))]);
        view! { <SignalCheckbox id="beside" label hint=words.beside_hint() value=session.compare/> }
    })
}

/// The three words of a kiosk visit, and what they are for.
#[component]
pub fn KioskTag() -> impl IntoView {
    let words = use_words();
    use_kiosk().map(|kiosk| {
        view! {
            <p class="note">
                <b>{words.kiosk_tag()}</b>": "<strong>{kiosk.tag.get_untracked()}</strong>". "{words.kiosk_tag_text()}
            </p>
        }
    })
}

/// The ways to take the sheets away from a kiosk.
#[component]
fn KioskWays(kiosk: Kiosk) -> impl IntoView {
    let (words, navigation) = (use_words(), use_navigation());
    let print = move |()| {
        host::print(|_| {});
        end_visit_soon(kiosk, true);
    };
    // Only where the browser prints without asking: its own window leads out.
    let print =
        (use_settings().kiosk_print == "yes").then(|| view! { <Button label=words.kiosk_print() on_press=print/> });
    view! {
        <Actions>
            {print}
            <Button class="btn line" label=words.kiosk_to_desk() on_press=move |()| navigation.go(Route::Sheets)/>
        </Actions>
    }
}
