//! One step of the questionnaire: a question, a page of questions, "add another?", or help.

mod advice;
mod call_bar;
mod inputs;
mod page;
mod progress;

use self::advice::{AdviceRegion, advice};
use self::inputs::{Notice, QuestionInputs};
use self::page::{AddAnother, PageOfRows};
use self::progress::StageProgress;
use super::help_step::HelpStep;
use crate::components::{Actions, BackButton, Button, ErrorSummary, SubmitButton, commit_typed};
use crate::context::{
    Navigation, Session, questions_language, use_kiosk, use_navigation, use_pack, use_session, use_words,
};
use crate::platform::{focus, host};
use engine::answer_edit;
use engine::answers::{Answer, Key};
use engine::pack::{Item, Kind, Words, fill};
use engine::validation::{InputError, input_error};
use engine::walk::{self, Step};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// One question of a step: what is wrong with its answer, and what is typed but not yet an answer.
#[derive(Clone, Copy)]
struct Field {
    item: &'static Item,
    repetition: u8,
    error: RwSignal<Option<InputError>>,
    /// A name in the search field that was not added yet.
    typed: RwSignal<String>,
    /// The browser holds a day that is half typed.
    incomplete_day: RwSignal<bool>,
    /// From which answer to which this screen shows, where it does not show all.
    answers: Option<(usize, usize)>,
}

impl Field {
    fn new(item: &'static Item, repetition: u8) -> Self {
        let (error, typed, incomplete_day) = (RwSignal::new(None), RwSignal::new(String::new()), RwSignal::new(false));
        Self { item, repetition, error, typed, incomplete_day, answers: None }
    }

    /// The questions that a step shows.
    fn all_of(step: &Step, item: &'static Item) -> Vec<Self> {
        let answers = match step {
            Step::Part { answers: Some(range), .. } => Some((range.start, range.end)),
            _ => None,
        };
        let items = if item.kind == Kind::Page { step.items(item) } else { std::slice::from_ref(item) };
        let questions = items.iter().filter(|i| i.is_question() || item.kind != Kind::Page);
        questions.map(|item| Self { answers, ..Self::new(item, step.repetition()) }).collect()
    }

    fn key(self) -> Key {
        Key::new(&self.item.link_id, self.repetition)
    }

    /// Makes an answer of what is still typed, and says what is wrong with it.
    fn check(self, session: Session, insist: bool) -> Option<InputError> {
        commit_typed(session, self.item, &self.key(), self.typed, insist);
        let answer = session.answer_untracked(&self.key());
        let incomplete = self.incomplete_day.get_untracked().then_some(InputError::Day);
        let error = incomplete.or_else(|| input_error(self.item, answer.as_ref()));
        self.error.set(error);
        error
    }
}

/// What the parts of one screen share: the step, its item, and its questions.
#[derive(Clone, Copy)]
struct StepForm {
    session: Session,
    navigation: Navigation,
    words: &'static Words,
    step: StoredValue<Step>,
    item: &'static Item,
    from_check: bool,
    /// The question of the step, or those of its page.
    fields: StoredValue<Vec<Field>>,
    /// The first thing wrong on the screen.
    error: RwSignal<Option<InputError>>,
    /// The questions of the stage that were asked when the screen came.
    before: StoredValue<BTreeSet<Key>>,
}

impl StepForm {
    /// True where several questions stand on one screen.
    fn is_page(self) -> bool {
        self.item.kind == Kind::Page
    }

    /// The step shows some of the rows, or some of the answers, and others before or behind it the
    /// rest.
    fn is_part(self) -> bool {
        self.step.with_value(|step| matches!(step, Step::Part { .. }))
    }

    /// The heading. A card behind the first of its kind says which it is, and so does a part.
    fn title(self) -> String {
        let text = match self.step.with_value(Step::repetition) {
            n if n > 0 && self.is_page() => format!("{} ({})", self.item.text, u32::from(n) + 1),
            n => self.session.question_text(self.item, n).get_untracked(),
        };
        let part =
            self.session.with_all_steps(|_, _, _, steps| self.step.with_value(|step| walk::part_of(steps, step)));
        match part.filter(|(_, all)| *all > 1) {
            Some((n, all)) => {
                fill(self.words.part_of(), &[("name", &text), ("n", &n.to_string()), ("all", &all.to_string())])
            }
            None => text,
        }
    }

    fn key(self) -> Key {
        self.step.with_value(|step| Key::new(&self.item.link_id, step.repetition()))
    }

    /// Makes sure that what was entered can stand; else says what is wrong and keeps the visitor
    /// here.
    fn check(self, insist: bool) -> bool {
        let asked = |field: &Field| {
            let key = field.key();
            self.session.evaluate_untracked(|_, form, _| form.asked(&key.link, key.repetition))
        };
        let fields = self.fields.get_value().into_iter().filter(asked);
        let errors: Vec<InputError> = fields.filter_map(|field| field.check(self.session, insist)).collect();
        self.error.set(errors.first().copied());
        if !errors.is_empty() {
            host::after_paint(|| focus::to(".fault-list"));
        }
        errors.is_empty()
    }

    /// Goes on to the next step.
    fn advance(self) {
        if self.check(true) {
            // Who goes on from a card that could have been followed by another wants no other.
            let open = |key: &Key| self.session.answer_untracked(key).is_none_or(|answer| answer.values().is_empty());
            if let Some(key) = self.asks_another().filter(open) {
                self.session.set_answer(key, Answer::code("false"));
            }
            self.leave();
        }
    }

    /// The key of "add another?" that this card answers by itself.
    fn asks_another(self) -> Option<Key> {
        self.session.evaluate_untracked(|_, form, _| self.step.with_value(|step| walk::asks_another(form, step)))
    }

    /// On to another card of the same kind.
    fn add_another(self) {
        if let Some(key) = self.asks_another().filter(|_| self.check(true)) {
            self.session.set_answer(key, Answer::code("true"));
            self.leave();
        }
    }

    /// Leaves the step, and says on the next screen how many questions its answers added.
    fn leave(self) {
        let step = self.step.get_value();
        let route = self.navigation.route_untracked();
        self.navigation.advance(&step, self.from_check);
        if self.navigation.route_untracked() == route {
            return;
        }
        let now = stage_questions(self.session, &step);
        let added = self.before.with_value(|before| now.difference(before).count());
        if added > 0 {
            self.session.new_questions.set(added);
            self.session.announcement.set(new_questions(self.words, added));
        }
    }

    /// Skips the step, taking back what was chosen. On a page only what is blank is skipped: a
    /// "yes" given there still leads to help, and what was chosen on another part of a question is
    /// kept.
    fn skip(self) {
        let step = self.step.get_value();
        for field in self.fields.get_value() {
            field.typed.set(String::new());
            field.incomplete_day.set(false);
        }
        if !self.is_page() && !self.is_part() {
            for key in self.session.evaluate_untracked(|_, form, _| step.keys(form)) {
                self.session.set_answer(key, Answer::Skipped);
            }
        }
        self.leave();
    }

    /// Chooses the one answer of a question and goes on, unless there is something to say about it
    /// first.
    fn choose(self, code: &str) {
        let key = self.key();
        let answer = match self.item.option(code) {
            Some(option) => answer_edit::choose(self.item, None, option, true),
            None => Answer::code(code),
        };
        self.session.set_answer(key.clone(), answer);
        let stay = untrack(|| advice(self.session, self.words, &key)).iter().any(|advice| !advice.opens_help);
        if !stay {
            self.advance();
        }
    }
}

/// The screen of one step.
#[component]
pub fn QuestionScreen(step: Step, from_check: bool) -> AnyView {
    let (session, navigation, words) = (use_session(), use_navigation(), use_words());
    if let Step::Help { after } = step {
        return view! { <HelpStep after from_check/> }.into_any();
    }
    let Some(item) = session.item(step.link()) else { return ().into_any() };
    let fields = Field::all_of(&step, item);
    let before = StoredValue::new(stage_questions(session, &step));
    let (step, fields, error) = (StoredValue::new(step), StoredValue::new(fields), RwSignal::new(None));
    let form = StepForm { session, navigation, words, step, item, from_check, fields, error, before };
    navigation.guard_leaving(move || form.check(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.advance();
    };
    let (lang, dir) = questions_language().map(|language| (language.tag, language.direction)).unzip();
    view! {
        <BackButton/>
        <ErrorSummary error=form.error/>
        <StageProgress form/>
        <form
            novalidate autocomplete="off" class=form_class(form) lang=lang dir=dir
            translate=is_instrument(form).then_some("no") on:submit=submit
        >
            <StepInputs form/>
            <Actions ours=dir.is_some()>
                <SubmitButton label=words.continue_() hidden=goes_on_by_itself(form)/>
                {form.asks_another().map(|_| view! { <Button class="btn line" label=words.add_another() on_press=move |()| form.add_another()/> })}
                <SkipButton form/>
            </Actions>
        </form>
    }
    .into_any()
}

/// What there is to answer on the screen.
#[component]
fn StepInputs(form: StepForm) -> AnyView {
    match form.step.get_value() {
        _ if form.is_page() => view! { <PageOfRows form/> }.into_any(),
        Step::AddRepetition { repetition, .. } => view! { <AddAnother form repetition/> }.into_any(),
        _ if !form.item.is_question() => view! { <Notice item=form.item title=form.item.text.clone()/> }.into_any(),
        _ => view! { <QuestionInputs form/><AdviceRegion form key=form.key()/> }.into_any(),
    }
}

/// The questions that are asked in the stage of a step, whatever the chosen length.
fn stage_questions(session: Session, step: &Step) -> BTreeSet<Key> {
    session.with_all_steps(|_, form, _, steps| {
        walk::stage_of(form, step).map(|stage| walk::questions_of(form, steps, &stage.link_id)).unwrap_or_default()
    })
}

/// How many questions an answer added, in words.
fn new_questions(words: &Words, n: usize) -> String {
    if n == 1 { words.new_question().into() } else { fill(words.new_questions(), &[("n", &n.to_string())]) }
}

/// True for a standard instrument: its official wording must not be translated by the browser.
fn is_instrument(form: StepForm) -> bool {
    use_pack().instruments.iter().any(|instrument| instrument.items.contains(&form.item.link_id))
}

fn form_class(form: StepForm) -> &'static str {
    if form.is_page() { "emerg" } else { "" }
}

/// True for a question whose answers are buttons.
fn has_answer_buttons(item: &Item) -> bool {
    !item.repeats && matches!(item.kind, Kind::Choice | Kind::Boolean)
}

/// Where answers are buttons, Continue is there only once one was chosen: it keeps that answer.
fn goes_on_by_itself(form: StepForm) -> Signal<bool> {
    let buttons = form.step.with_value(|step| match step {
        Step::AddRepetition { .. } => true,
        Step::Question { .. } => has_answer_buttons(form.item),
        _ => false,
    });
    Signal::derive(move || buttons && form.session.answer(&form.key()).is_none_or(|answer| answer.values().is_empty()))
}

/// Skips the question, or what is blank on a page.
#[component]
fn SkipButton(form: StepForm) -> impl IntoView {
    let words = form.words;
    let page = form.is_page();
    let more = form.step.with_value(|step| matches!(step, Step::AddRepetition { .. }));
    let label = match form.item.kind {
        _ if page => words.skip_page(),
        Kind::Lookup | Kind::OpenLookup if use_kiosk().is_some() => words.kiosk_tell(),
        _ => words.skip(),
    };
    (form.item.is_question() || page || more)
        .then(|| view! { <Button class="plain" label on_press=move |()| form.skip()/> })
}
