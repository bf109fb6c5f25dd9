//! One step of the questionnaire: a question, a page of questions, "add another?", or help.

use super::help_step::HelpStep;
use crate::components::{
    Actions, AnswerButtons, BackButton, Button, CheckboxAnswers, DateInput, ErrorSummary, MedicineSearch, NumberInput, QuantityInput, RadioAnswers,
    RadioRow, SubmitButton, TextInputs, commit_typed, element_id,
};
use crate::context::{Navigation, Session, use_kiosk, use_navigation, use_pack, use_session, use_words};
use crate::platform::{focus, host};
use crate::route::Route;
use engine::answer_edit;
use engine::answers::{Answer, Answers, Key, Value};
use engine::findings;
use engine::pack::{Help, Item, Kind, Rule, Tier, Words, fill};
use engine::summary::{display_answer, value};
use engine::validation::{InputError, input_error};
use engine::walk::{self, Segment, Step};
use leptos::prelude::*;

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
}

impl Field {
    fn new(item: &'static Item, repetition: u8) -> Self {
        let (error, typed, incomplete_day) = (RwSignal::new(None), RwSignal::new(String::new()), RwSignal::new(false));
        Self { item, repetition, error, typed, incomplete_day }
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
}

impl StepForm {
    fn key(self) -> Key {
        self.step.with_value(|step| Key::new(&self.item.link_id, step.repetition()))
    }

    /// Makes sure that what was entered can stand; else says what is wrong and keeps the visitor here.
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
            self.navigation.advance(&self.step.get_value(), self.from_check);
        }
    }

    /// Skips the step, taking back what was chosen. On a page only what is blank is skipped: a "yes" given there still
    /// leads to help.
    fn skip(self) {
        let step = self.step.get_value();
        for field in self.fields.get_value() {
            field.typed.set(String::new());
            field.incomplete_day.set(false);
        }
        if !matches!(step, Step::Page { .. }) {
            for key in self.session.evaluate_untracked(|_, form, _| step.keys(form)) {
                self.session.set_answer(key, Answer::Skipped);
            }
        }
        self.navigation.advance(&step, self.from_check);
    }

    /// Chooses the one answer of a question and goes on, unless there is something to say about it first.
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
    let fields = match &step {
        Step::Page { repetition, .. } => item.items.iter().filter(|i| i.is_question()).map(|i| Field::new(i, *repetition)).collect(),
        _ => vec![Field::new(item, step.repetition())],
    };
    let (step, fields, error) = (StoredValue::new(step), StoredValue::new(fields), RwSignal::new(None));
    let form = StepForm { session, navigation, words, step, item, from_check, fields, error };
    navigation.guard_leaving(move || form.check(false));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.advance();
    };
    view! {
        <BackButton/>
        <ErrorSummary error=form.error/>
        <StageProgress form/>
        <form novalidate autocomplete="off" class=form_class(form) on:submit=submit>
            <StepInputs form/>
            <Actions>
                <SubmitButton label=words.continue_() hidden=goes_on_by_itself(form)/>
                <SkipButton form/>
                <FinishButton form/>
            </Actions>
        </form>
    }
    .into_any()
}

fn form_class(form: StepForm) -> &'static str {
    if form.step.with_value(|step| matches!(step, Step::Page { .. })) { "emerg" } else { "" }
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

/// The stage, how far it is, and about how long it still takes. Screens are counted that are certain to come, so the bar
/// never runs backwards.
#[component]
fn StageProgress(form: StepForm) -> impl IntoView {
    let (stage, segments, minutes) = form.session.evaluate_untracked(|pack, evaluated, answers| {
        let step = form.step.get_value();
        let steps = walk::steps(pack, evaluated);
        let stage = walk::stage_of(evaluated, &step).filter(|stage| stage.is_group());
        let inside = stage.map(|stage| walk::stage_steps(evaluated, &steps, &stage.link_id)).unwrap_or_default();
        let left = inside.iter().skip_while(|s| **s != step).map(|s| walk::seconds(evaluated, s)).sum();
        let label = stage.map(|stage| stage.label().to_string()).unwrap_or_default();
        (label, walk::segments(evaluated, inside, answers, &step), walk::minutes(left))
    });
    let left = (minutes > 0 && segments.len() > 1).then(|| fill(form.words.minutes_left(), &[("n", &minutes.to_string())]));
    let segment = |segment: Segment| {
        let class = match segment {
            Segment::Done => "done",
            Segment::Here => "here",
            Segment::Ahead => "",
        };
        view! { <span class=class></span> }
    };
    let bar = (segments.len() > 1).then(|| {
        view! { <div class="segments" aria-hidden="true">{segments.into_iter().map(segment).collect_view()}</div> }
    });
    view! { <p class="over"><b>{stage}</b><span>{left.unwrap_or_default()}</span></p>{bar} }
}

#[component]
fn StepInputs(form: StepForm) -> AnyView {
    match form.step.get_value() {
        Step::Page { .. } => view! { <PageOfRows form/> }.into_any(),
        Step::AddRepetition { repetition, .. } => view! { <AddAnother form repetition/> }.into_any(),
        _ if !form.item.is_question() => view! { <Notice item=form.item/> }.into_any(),
        _ => view! { <QuestionInputs form/><AdviceRegion form key=form.key()/> }.into_any(),
    }
}

/// A screen with nothing to answer: a line of text, or why a section is not offered in this language.
#[component]
fn Notice(item: &'static Item) -> impl IntoView {
    let why = (!item.not_offered.is_empty()).then(|| view! { <p class="lead">{item.not_offered.as_str()}</p> });
    view! { <h1 tabindex="-1">{item.text.as_str()}</h1>{why} }
}

/// The question, its hint, and the input for its kind.
#[component]
fn QuestionInputs(form: StepForm) -> impl IntoView {
    let (item, words) = (form.item, form.words);
    let id = element_id(&item.link_id, form.key().repetition);
    let label = format!("{id}-label");
    let hint = match item.kind {
        _ if !item.help.is_empty() => item.help.as_str(),
        Kind::Choice | Kind::OpenChoice if item.repeats => words.choose_all(),
        _ => "",
    };
    let hint_id = (!hint.is_empty()).then(|| format!("{id}-why"));
    let stem = (!item.prefix.is_empty()).then(|| view! { <span class="stem">{item.prefix.as_str()}</span> });
    let field = form.fields.with_value(|fields| fields.first().copied());
    view! {
        {stem}
        <h1 tabindex="-1" id=label.clone()>{item.text.as_str()}</h1>
        {(!hint.is_empty()).then(|| view! { <p class="why" id=hint_id.clone()>{hint}</p> })}
        <KeepTaking item/>
        {field.map(|field| view! { <InputOfKind form field goes_on=true labelled_by=label described_by=hint_id/> })}
    }
}

/// "Keep taking your medicines": said where they are listed, and with it what this tool can't know.
#[component]
fn KeepTaking(item: &'static Item) -> impl IntoView {
    let pack = use_pack();
    (pack.safety.medicines == item.link_id)
        .then(|| view! { <p class="why">{format!("{} {}", pack.sheet.medicines_keep, pack.sheet.medicines_limit)}</p> })
}

/// The input for a question's kind. `goes_on` is true where one answer of several leads to the next screen.
#[component]
fn InputOfKind(form: StepForm, field: Field, goes_on: bool, labelled_by: String, described_by: Option<String>) -> AnyView {
    let (item, error, key) = (field.item, field.error, field.key());
    match item.kind {
        Kind::Choice | Kind::Boolean if !item.repeats && goes_on => {
            let chosen = Signal::derive(move || form.session.answer(&key).and_then(|answer| chosen_code(&answer)));
            let options = item.options.iter().map(|option| (option.code.clone(), option.text.clone())).collect();
            view! { <AnswerButtons labelled_by described_by options chosen on_choose=move |code: String| form.choose(&code)/> }.into_any()
        }
        Kind::Choice | Kind::Boolean if !item.repeats => view! { <RadioAnswers item key labelled_by described_by/> }.into_any(),
        Kind::Choice | Kind::Boolean => view! { <CheckboxAnswers item key labelled_by described_by/> }.into_any(),
        Kind::OpenChoice => view! { <OpenChoice form field labelled_by described_by/> }.into_any(),
        Kind::Lookup | Kind::OpenLookup => view! { <MedicineSearch item key typed=field.typed/> }.into_any(),
        Kind::Date | Kind::Time | Kind::DateTime => {
            let incomplete = field.incomplete_day;
            view! { <div class="field"><DateInput item key error incomplete labelled_by described_by/></div> }.into_any()
        }
        Kind::Quantity => view! { <div class="field"><QuantityInput item key error labelled_by described_by/></div> }.into_any(),
        Kind::Integer | Kind::Decimal => view! { <div class="field"><NumberInput item key error labelled_by described_by/></div> }.into_any(),
        _ => view! { <div class="field"><TextInputs item key error labelled_by=Some(labelled_by) described_by/></div> }.into_any(),
    }
}

/// Options with own words beside them.
#[component]
fn OpenChoice(form: StepForm, field: Field, labelled_by: String, described_by: Option<String>) -> impl IntoView {
    let (item, key) = (field.item, field.key());
    let own = format!("{}-own", element_id(&item.link_id, key.repetition));
    let options = if item.repeats {
        view! { <CheckboxAnswers item key=key.clone() labelled_by described_by/> }.into_any()
    } else {
        view! { <RadioAnswers item key=key.clone() labelled_by described_by/> }.into_any()
    };
    view! {
        {options}
        <div class="field">
            <label for=own>{form.words.own_words()}</label>
            <TextInputs item key error=field.error beside_options=true/>
        </div>
    }
}

fn chosen_code(answer: &Answer) -> Option<String> {
    answer.values().iter().find_map(|value| match value {
        Value::Code(code) => Some(code.clone()),
        _ => None,
    })
}

/// Related questions on one screen. A blank row is "not answered", never "no".
#[component]
fn PageOfRows(form: StepForm) -> impl IntoView {
    let item = form.item;
    let row = move |field: Field| {
        let key = field.key();
        let asked = move || form.session.evaluate(|_, evaluated, _| evaluated.asked(&key.link, key.repetition));
        let asked = Memo::new(move |_| asked());
        view! { <Show when=move || asked.get()><PageRow form field/><AdviceRegion form key=field.key()/></Show> }
    };
    let why = (!item.help.is_empty()).then(|| view! { <p class="why">{item.help.as_str()}</p> });
    view! { <Notice item/>{why}{form.fields.get_value().into_iter().map(row).collect_view()}<NoToTheRest form/> }
}

/// One question of a page: a row of three answers, or the input for its kind below its text.
#[component]
fn PageRow(form: StepForm, field: Field) -> AnyView {
    let item = field.item;
    if !item.repeats && matches!(item.kind, Kind::Choice | Kind::Boolean) {
        return view! { <RadioRow item key=field.key() segmented=walk::is_three_way(item)/> }.into_any();
    }
    let id = element_id(&item.link_id, field.repetition);
    let label = format!("{id}-label");
    let hint_id = (!item.help.is_empty()).then(|| format!("{id}-why"));
    view! {
        <div class="row stack">
            <h2 class="row-label" id=label.clone()>{item.text.as_str()}</h2>
            {(!item.help.is_empty()).then(|| view! { <p class="why" id=hint_id.clone()>{item.help.as_str()}</p> })}
            <InputOfKind form field goes_on=false labelled_by=label described_by=hint_id/>
        </div>
    }
    .into_any()
}

/// Fills the blank rows of a page with "no", for all to see. Never among emergencies or thoughts of suicide.
#[component]
fn NoToTheRest(form: StepForm) -> impl IntoView {
    let fill_rest = move |()| {
        let step = form.step.get_value();
        let mut answers = form.session.answers.get_untracked();
        form.session.evaluate_untracked(|pack, evaluated, _| walk::say_no_to_rest(pack, evaluated, &step, &mut answers));
        form.session.answers.set(answers);
    };
    walk::may_say_no_to_rest(use_pack(), form.item)
        .then(|| view! { <p class="no-to-rest"><Button class="btn line" label=form.words.no_to_rest() on_press=fill_rest/></p> })
}

/// "Add another?" at the end of a repeated group, below one line for each repetition so far.
#[component]
fn AddAnother(form: StepForm, repetition: u8) -> impl IntoView {
    let words = form.words;
    let so_far = form.item.items.iter().find(|item| item.is_question()).map(|first| {
        let before = form.session.evaluate_untracked(|_, evaluated, _| evaluated.repetitions_up_to(&form.item.link_id, repetition));
        let answers = before.into_iter().filter_map(|n| form.session.answer_untracked(&Key::new(&first.link_id, n)));
        let line = |answer| view! { <li><span dir="auto">{display_answer(words, first, Some(&answer))}</span></li> };
        answers.map(line).collect_view()
    });
    let chosen = Signal::derive(move || form.session.answer(&form.key()).and_then(|answer| chosen_code(&answer)));
    let options = Vec::from([("true".into(), words.another_yes().into()), ("false".into(), words.another_no().into())]);
    view! {
        <ul class="picked">{so_far}</ul>
        <h1 tabindex="-1" id="another">{words.another()}</h1>
        <AnswerButtons labelled_by="another" options chosen on_choose=move |code: String| form.choose(&code)/>
    }
}

/// What an answer means for the talk with the clinic: each part may be empty.
#[derive(Clone, Default, PartialEq)]
struct Advice {
    /// Numbers to call now.
    call: String,
    heading: String,
    /// What of the answer it is about.
    names: String,
    text: String,
    /// Help follows as a step of its own.
    opens_help: bool,
}

/// What the answer to `key` asks to be told at once; tracks the answers.
fn advice(session: Session, words: &'static Words, key: &Key) -> Vec<Advice> {
    let region = session.region();
    let emergency = region.map(|region| region.emergency_text.as_str()).unwrap_or_default();
    let crisis = region.and_then(|region| region.lines.first()).map(|line| line.text.as_str()).unwrap_or_default();
    session.evaluate(|pack, form, _| {
        let answer = form.answer(&key.link, key.repetition);
        if answer.is_none_or(|answer| answer.values().is_empty()) {
            return Vec::new();
        }
        let list = form.item(&key.link).filter(|item| matches!(item.kind, Kind::Lookup | Kind::OpenLookup));
        let rules = findings::about(pack, form, &key.link).into_iter().filter(|rule| rule.tier <= Tier::B || rule.help.is_some());
        let advise = |rule: &Rule| {
            let names = findings::matched(form, rule, answer).into_iter().filter_map(|v| list.map(|item| value(words, item, v)));
            let names = names.collect::<Vec<_>>().join(", ");
            let call = match rule.help {
                None | Some(Help::Offer) => String::new(),
                Some(help) if help.is_medical() => emergency.to_string(),
                Some(_) => format!("{emergency} · {crisis}"),
            };
            // What must be told first says so itself, in the rule's own words; nothing is said twice.
            let heading = match (rule.help, rule.tier) {
                (None, Tier::B) if !rule.patient.contains(words.told_discuss()) => words.told_discuss(),
                _ => "",
            };
            Advice { call, heading: heading.into(), names, text: rule.patient.clone(), opens_help: rule.help.is_some() }
        };
        rules.map(advise).collect()
    })
}

/// The live region for advice. It stands before its text comes, and only what changed is drawn anew: what is put there
/// again is read out again.
#[component]
fn AdviceRegion(form: StepForm, key: Key) -> impl IntoView {
    let advice = Memo::new(move |_| advice(form.session, form.words, &key));
    let note = |advice: Advice| {
        let strong = |text: String| (!text.is_empty()).then(|| view! { <p><strong>{text}</strong></p> });
        let names = (!advice.names.is_empty()).then(|| view! { <b>{advice.names}</b>": " });
        view! { <div class="note">{strong(advice.call)}{strong(advice.heading)}<p>{names}{advice.text}</p></div> }
    };
    view! { <div class="told" role="status">{move || advice.get().into_iter().map(note).collect_view()}</div> }
}

/// Skips the question, or what is blank on a page.
#[component]
fn SkipButton(form: StepForm) -> impl IntoView {
    let words = form.words;
    let page = form.step.with_value(|step| matches!(step, Step::Page { .. }));
    let more = form.step.with_value(|step| matches!(step, Step::AddRepetition { .. }));
    let label = match form.item.kind {
        _ if page => words.skip_page(),
        Kind::Lookup | Kind::OpenLookup if use_kiosk().is_some() => words.kiosk_tell(),
        _ => words.skip(),
    };
    (form.item.is_question() || page || more).then(|| view! { <Button class="plain" label on_press=move |()| form.skip()/> })
}

/// A way to the summary from anywhere, once there is something to sum up. Help is not skipped on the way.
#[component]
fn FinishButton(form: StepForm) -> impl IntoView {
    let nothing = Signal::derive(move || form.session.answers.with(Answers::is_empty));
    let finish = move |()| {
        let help = form.session.evaluate_untracked(|pack, evaluated, _| {
            let steps = walk::steps(pack, evaluated);
            form.step.with_value(|step| walk::after(&steps, step).filter(|next| matches!(next, Step::Help { .. })).cloned())
        });
        form.navigation.go(help.map_or(Route::Check, |step| Route::Question { step, from_check: true }));
    };
    view! {
        <span class="finish" hidden=move || nothing.get()>
            <Button class="plain" label=form.words.finish_now() on_press=finish/>
        </span>
    }
}
