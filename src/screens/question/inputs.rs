//! One question, and the input for its kind.

use super::{Field, StepForm};
use crate::components::{
    AnswerButtons, CheckboxAnswers, DateInput, GroupedAnswers, MedicineSearch, NumberInput, QuantityInput,
    RadioAnswers, ScreenHeading, TextInputs, element_id,
};
use crate::context::{use_pack, use_session};
use engine::pack::{Item, Kind};
use leptos::prelude::*;

/// A screen with nothing to answer: a line of text, or why a section is not offered in this
/// language.
#[component]
pub(super) fn Notice(item: &'static Item, title: String) -> impl IntoView {
    let why = (!item.not_offered.is_empty()).then(|| view! { <p class="lead">{item.not_offered.as_str()}</p> });
    view! { <ScreenHeading class="" text=title/>{why} }
}

/// The question, its hint, and the input for its kind.
#[component]
pub(super) fn QuestionInputs(form: StepForm) -> AnyView {
    let (item, words) = (form.item, form.words);
    let id = element_id(&item.link_id, form.key().repetition);
    let label = format!("{id}-label");
    let hint = match item.kind {
        _ if !item.help.is_empty() => item.help.as_str(),
        Kind::Choice | Kind::OpenChoice if item.repeats => words.choose_all(),
        _ => "",
    };
    let hint_id = (!hint.is_empty()).then(|| format!("{id}-why"));
    let field = form.fields.with_value(|fields| fields.first().copied());
    let why = (!hint.is_empty()).then(|| view! { <p class="why" id=hint_id.clone()>{hint}</p> });
    let heading = view! { <Stem item/><ScreenHeading class="" id=label.clone() text=form.title()/> };
    let input =
        field.map(|field| view! { <InputOfKind form field goes_on=true labelled_by=label described_by=hint_id/> });
    // A search field stands first: what it finds comes up under it, and a keyboard takes half of
    // the screen.
    if matches!(item.kind, Kind::Lookup | Kind::OpenLookup) {
        return view! { {heading}{input}{why}<KeepTaking item/> }.into_any();
    }
    let run = run_of(item);
    if run.is_empty() {
        return view! { {heading}{why}{input} }.into_any();
    }
    let room = |item: &'static Item| {
        let why = (!item.help.is_empty()).then(|| view! { <p class="why">{item.help.as_str()}</p> });
        view! { <div class="room" aria-hidden="true"><Stem item/><p class="h1">{item.text.as_str()}</p>{why}</div> }
    };
    view! { <div class="question-run"><div>{heading}{why}</div>{run.into_iter().map(room).collect_view()}</div>{input} }
        .into_any()
}

/// What all questions of an instrument begin with, small above each.
#[component]
fn Stem(item: &'static Item) -> impl IntoView {
    (!item.prefix.is_empty()).then(|| view! { <span class="stem">{item.prefix.as_str()}</span> })
}

/// The questions of the instrument that this one belongs to. They stand on a screen each with the
/// same answers, and every one keeps the room that the longest needs: the answers do not move under
/// a thumb. Empty for any other question.
fn run_of(item: &Item) -> Vec<&'static Item> {
    let (pack, session) = (use_pack(), use_session());
    let Some(instrument) = pack.instruments.iter().find(|instrument| instrument.items.contains(&item.link_id)) else {
        return Vec::new();
    };
    let items = instrument.items.iter().filter_map(|link| session.item(link));
    items.filter(|other| other.options == item.options).collect()
}

/// "Keep taking your medicines": said where they are listed, and with it what this tool can't know.
#[component]
fn KeepTaking(item: &'static Item) -> impl IntoView {
    let pack = use_pack();
    (pack.safety.medicines == item.link_id)
        .then(|| view! { <p class="why">{format!("{} {}", pack.sheet.medicines_keep, pack.sheet.medicines_limit)}</p> })
}

/// The input for a question's kind. `goes_on` is true where one answer of several leads to the next
/// screen.
#[component]
pub(super) fn InputOfKind(
    form: StepForm,
    field: Field,
    goes_on: bool,
    labelled_by: String,
    described_by: Option<String>,
) -> AnyView {
    let (item, error, key, pack) = (field.item, field.error, field.key(), use_pack());
    match item.kind {
        Kind::Choice | Kind::Boolean if !item.repeats && goes_on => {
            let chosen = Signal::derive(move || {
                form.session.answer(&key).and_then(|answer| answer.first_code().map(String::from))
            });
            let options = item.options.iter().map(|option| (option.code.clone(), option.text.clone())).collect();
            view! { <AnswerButtons labelled_by described_by options chosen on_choose=move |code: String| form.choose(&code)/> }.into_any()
        }
        Kind::Choice | Kind::Boolean if !item.repeats => {
            view! { <RadioAnswers item key shown=field.answers labelled_by described_by/> }.into_any()
        }
        // At a kiosk the list stands in parts already.
        Kind::Choice if field.answers.is_none() && pack.safety.questions.first() == Some(&item.link_id) => {
            view! { <GroupedAnswers item key groups=&pack.sheet.questions labelled_by described_by/> }.into_any()
        }
        Kind::Choice | Kind::Boolean => {
            view! { <CheckboxAnswers item key shown=field.answers labelled_by described_by/> }.into_any()
        }
        Kind::OpenChoice => view! { <OpenChoice form field labelled_by described_by/> }.into_any(),
        Kind::Lookup | Kind::OpenLookup => view! { <MedicineSearch item key typed=field.typed/> }.into_any(),
        Kind::Date | Kind::Time | Kind::DateTime => {
            let incomplete = field.incomplete_day;
            view! { <div class="field"><DateInput item key error incomplete labelled_by described_by/></div> }
                .into_any()
        }
        Kind::Quantity => {
            view! { <div class="field"><QuantityInput item key error labelled_by described_by/></div> }.into_any()
        }
        Kind::Integer | Kind::Decimal => {
            view! { <div class="field"><NumberInput item key error labelled_by described_by/></div> }.into_any()
        }
        _ => view! { <div class="field"><TextInputs item key error labelled_by=Some(labelled_by) described_by/></div> }
            .into_any(),
    }
}

/// Options with own words beside them.
#[component]
fn OpenChoice(form: StepForm, field: Field, labelled_by: String, described_by: Option<String>) -> impl IntoView {
    let (item, key) = (field.item, field.key());
    let own = format!("{}-own", element_id(&item.link_id, key.repetition));
    let shown = field.answers;
    // Where the answers stand in parts, own words are the last of them.
    let (has_options, has_own) =
        shown.map_or((true, true), |(from, to)| (from < item.options.len(), to > item.options.len()));
    let own_key = key.clone();
    let options = has_options.then(|| match item.repeats {
        true => view! { <CheckboxAnswers item key shown labelled_by described_by/> }.into_any(),
        false => view! { <RadioAnswers item key shown labelled_by described_by/> }.into_any(),
    });
    let own_words = has_own.then(|| {
        view! {
            <div class="field">
                <label for=own>{form.words.own_words()}</label>
                <TextInputs item key=own_key error=field.error beside_options=true/>
            </div>
        }
    });
    view! { {options}{own_words} }
}
