//! Boxes for own words and numbers.

use super::error_summary::error_text;
use super::{Button, Keypad, element_id};
use crate::context::{use_kiosk, use_session, use_words};
use crate::platform::{focus, host};
use engine::answer_edit;
use engine::answers::{Answer, Key, Value};
use engine::number;
use engine::pack::{Item, Kind};
use engine::validation::InputError;
use leptos::prelude::*;

/// What was typed into an answer, a text a value.
fn typed_texts(answer: &Answer) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(n) | Value::Quantity(n, _) => number::write(*n),
        Value::Code(_) => None,
    };
    answer.values().iter().filter_map(text).collect()
}

/// What stands in each box, by its number.
type Boxes = Vec<(usize, RwSignal<String>)>;

/// The boxes to begin with: one for each text, and at least one; the own words beside options have
/// exactly one.
fn first_boxes(answer: Option<&Answer>, beside_options: bool) -> Boxes {
    let mut typed = answer.map(typed_texts).unwrap_or_default();
    typed.resize(if beside_options { 1 } else { typed.len().max(1) }, String::new());
    typed.into_iter().map(RwSignal::new).enumerate().collect()
}

/// Boxes for own words or numbers: as many as there are answers, and more where a question takes
/// several. `beside_options` is true for the own words of a question that has options as well.
#[component]
pub fn TextInputs(
    item: &'static Item,
    key: Key,
    error: RwSignal<Option<InputError>>,
    /// Id of the element that names the first box; `None` where a label of its own does.
    #[prop(optional_no_strip)]
    labelled_by: Option<String>,
    #[prop(optional_no_strip)] described_by: Option<String>,
    #[prop(default = false)] beside_options: bool,
) -> impl IntoView {
    let (session, words) = (use_session(), use_words());
    let id = element_id(&item.link_id, key.repetition) + if beside_options { "-own" } else { "" };
    let boxes = RwSignal::new(first_boxes(session.answer_untracked(&key).as_ref(), beside_options));
    let write = {
        let key = key.clone();
        Callback::new(move |()| {
            let before = session.answer_untracked(&key);
            let typed: Vec<String> = boxes.get_untracked().into_iter().map(|(_, text)| text.get_untracked()).collect();
            session.set_answer(key.clone(), answer_edit::write(item, before.as_ref(), &typed));
        })
    };
    if beside_options {
        empty_with_options(session.answers, key, boxes);
    }
    let wrong = format!("{id}-wrong");
    let about = described_by.map_or_else(|| wrong.clone(), |other| format!("{other} {wrong}"));
    let more = (!beside_options && item.repeats).then(|| view! { <AddBox id=id.clone() boxes/> });
    view! {
        <p class="fault" id=wrong>{move || error.get().map(|error| error_text(words, error))}</p>
        <For each=move || boxes.get() key=|(n, _)| *n let((n, text))>
            <TextBox
                item
                id=if n == 0 { id.clone() } else { format!("{id}.{n}") }
                label=(n > 0).then(|| format!("{} {} {}", item.text, n + 1, item.unit).trim_end().to_string())
                labelled_by=labelled_by.clone().filter(|_| n == 0)
                described_by=about.clone()
                invalid=Signal::derive(move || error.with(Option::is_some))
                text
                on_input=write
            />
        </For>
        {more}
    }
}

/// Another empty box, which takes the focus.
#[component]
fn AddBox(
    /// Id of the first box; the others have their number behind it.
    id: String,
    boxes: RwSignal<Boxes>,
) -> impl IntoView {
    let add = move |()| {
        let last = boxes.with_untracked(Vec::len);
        boxes.update(|boxes| boxes.push((last, RwSignal::new(String::new()))));
        let last = format!("[id='{id}.{last}']");
        host::after_paint(move || focus::to(&last));
    };
    view! { <Button class="plain" label=use_words().add() on_press=add/> }
}

/// An option that stands alone took the own words away: the box may not seem to hold them still.
fn empty_with_options(answers: RwSignal<engine::answers::Answers>, key: Key, boxes: RwSignal<Boxes>) {
    Effect::new(move |_| {
        let own = answers.with(|all| all.get(&key).is_some_and(|answer| !typed_texts(answer).is_empty()));
        for (_, text) in
            boxes.get_untracked().into_iter().filter(|(_, text)| !own && !text.with_untracked(String::is_empty))
        {
            text.set(String::new());
        }
    });
}

/// The keys that write every number which a question takes.
pub fn number_keys(item: &Item) -> String {
    let fraction = if item.kind == Kind::Integer { "" } else { ".," };
    let minus = if item.min.is_some_and(|least| least >= 0.0) { "" } else { "-" };
    ["1234567890", fraction, minus].concat()
}

/// One box. Words have no limit while they are typed: what is too long is said on Continue, and
/// nothing is cut.
#[component]
fn TextBox(
    item: &'static Item,
    id: String,
    label: Option<String>,
    labelled_by: Option<String>,
    described_by: String,
    invalid: Signal<bool>,
    text: RwSignal<String>,
    on_input: Callback<()>,
) -> impl IntoView {
    let numeric = matches!(item.kind, Kind::Integer | Kind::Decimal);
    // At a kiosk the same field is filled by tapping keys, and calls up no keyboard of the
    // system's.
    let kiosk = use_kiosk().is_some();
    let (keys, signs) =
        if numeric { (number_keys(item), "") } else { (use_words().kiosk_letters().into(), use_words().kiosk_signs()) };
    let input_mode = if kiosk { Some("none") } else { numeric.then_some("decimal") };
    let invalid = move || if invalid.get() { "true" } else { "false" };
    let write = move |event| {
        text.set(event_target_value(&event));
        on_input.run(());
    };
    let field = if item.kind == Kind::Text {
        view! {
            <textarea
                rows="4" dir="auto" id=id autocomplete="off" spellcheck="false" inputmode=input_mode
                aria-describedby=described_by aria-labelledby=labelled_by aria-label=label aria-invalid=invalid
                prop:value=move || text.get() on:input=write
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                type="text" dir="auto" id=id autocomplete="off" spellcheck="false" inputmode=input_mode
                aria-describedby=described_by aria-labelledby=labelled_by aria-label=label aria-invalid=invalid
                prop:value=move || text.get() on:input=write
            />
        }
        .into_any()
    };
    view! { {field}{kiosk.then(|| view! { <Keypad keys signs typed=text on_change=on_input/> })} }
}
