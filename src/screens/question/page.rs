//! A page of questions, and "add another?" at the end of a repeated group.

use super::advice::PageAdvice;
use super::call_bar::{CallBar, opens_help};
use super::inputs::{InputOfKind, Notice};
use super::{Field, StepForm};
use crate::components::{AnswerButtons, Button, Heading, RadioRow, ScreenHeading, element_id};
use crate::context::{use_kiosk, use_pack};
use engine::answers::Key;
use engine::pack::Kind;
use engine::summary::display_answer;
use engine::walk;
use leptos::prelude::*;

/// Related questions on one screen. A blank row is "not answered", never "no".
#[component]
pub(super) fn PageOfRows(form: StepForm) -> impl IntoView {
    let item = form.item;
    // Where an answer can open help, the call bar speaks. Nothing comes between the rows.
    let calls = opens_help(item);
    let row = move |field: Field| {
        let key = field.key();
        let asked = move || form.session.evaluate(|_, evaluated, _| evaluated.asked(&key.link, key.repetition));
        let asked = Memo::new(move |_| asked());
        view! { <Show when=move || asked.get()><PageRow form field/></Show> }
    };
    let why = (!item.help.is_empty()).then(|| view! { <p class="why">{item.help.as_str()}</p> });
    let heading = match form.step.with_value(walk::Step::repetition) {
        0 => view! { <Notice item title=form.title()/> }.into_any(),
        n => view! { <SoFar form before=n/><ScreenHeading class="" text=form.title()/> }.into_any(),
    };
    let tells = if calls { view! { <CallBar form/> }.into_any() } else { view! { <PageAdvice form/> }.into_any() };
    view! { {heading}{why}{form.fields.get_value().into_iter().map(row).collect_view()}<NoToTheRest form/>{tells} }
}

/// The cards before this one, by the answer to their first question. A kiosk has no room above a
/// card: there the check screen lists them.
#[component]
fn SoFar(form: StepForm, before: u8) -> impl IntoView {
    let first = form.item.items.iter().find(|item| item.is_question() && use_kiosk().is_none())?;
    let answers = (0..before).filter_map(|n| form.session.answer_untracked(&Key::new(&first.link_id, n)));
    let line = |answer| view! { <li><span dir="auto">{display_answer(form.words, first, Some(&answer))}</span></li> };
    Some(view! { <ul class="picked">{answers.map(line).collect_view()}</ul> })
}

/// One question of a page: a row of three answers, or the input for its kind below its text.
#[component]
fn PageRow(form: StepForm, field: Field) -> AnyView {
    let item = field.item;
    if !item.repeats && matches!(item.kind, Kind::Choice | Kind::Boolean) {
        return view! { <RadioRow item key=field.key() shown=field.answers segmented=walk::is_three_way(item)/> }
            .into_any();
    }
    let id = element_id(&item.link_id, field.repetition);
    let label = format!("{id}-label");
    let (text, heading) = (form.session.question_text(item, field.repetition), label.clone());
    let hint_id = (!item.help.is_empty()).then(|| format!("{id}-why"));
    view! {
        <div class="row stack">
            {move || view! { <Heading class="row-label" id=heading.clone() text=text.get()/> }}
            {(!item.help.is_empty()).then(|| view! { <p class="why" id=hint_id.clone()>{item.help.as_str()}</p> })}
            <InputOfKind form field goes_on=false labelled_by=label described_by=hint_id/>
        </div>
    }
    .into_any()
}

/// Fills the blank rows of a page with "no", for all to see. Never among emergencies or thoughts of
/// suicide.
#[component]
fn NoToTheRest(form: StepForm) -> impl IntoView {
    let fill_rest = move |()| {
        let step = form.step.get_value();
        let mut answers = form.session.answers.get_untracked();
        form.session
            .evaluate_untracked(|pack, evaluated, _| walk::say_no_to_rest(pack, evaluated, &step, &mut answers));
        form.session.answers.set(answers);
    };
    // A kiosk has three rows a screen at most, and no room to spare below them.
    (use_kiosk().is_none() && walk::may_say_no_to_rest(use_pack(), form.item))
        .then(|| view! { <p class="no-to-rest"><Button class="btn line" label=form.words.no_to_rest() on_press=fill_rest/></p> })
}

/// "Add another?" at the end of a repeated group, below one line for each repetition so far.
#[component]
pub(super) fn AddAnother(form: StepForm, repetition: u8) -> impl IntoView {
    let words = form.words;
    let so_far = form.item.items.iter().find(|item| item.is_question()).map(|first| {
        let before = form
            .session
            .evaluate_untracked(|_, evaluated, _| evaluated.repetitions_up_to(&form.item.link_id, repetition));
        let answers = before.into_iter().filter_map(|n| form.session.answer_untracked(&Key::new(&first.link_id, n)));
        let line = |answer| view! { <li><span dir="auto">{display_answer(words, first, Some(&answer))}</span></li> };
        answers.map(line).collect_view()
    });
    let chosen = Signal::derive(move || {
        form.session.answer(&form.key()).and_then(|answer| answer.first_code().map(String::from))
    });
    let options = Vec::from([("true".into(), words.another_yes().into()), ("false".into(), words.another_no().into())]);
    view! {
        <ul class="picked">{so_far}</ul>
        <ScreenHeading class="" id="another" text=words.another()/>
        <AnswerButtons labelled_by="another" options chosen on_choose=move |code: String| form.choose(&code)/>
    }
}
