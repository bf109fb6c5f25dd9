//! Days and times of day, in the browser's own fields.

use super::element_id;
use super::error_summary::error_text;
use crate::context::{use_session, use_words};
use engine::answers::{Answer, Key, Value};
use engine::pack::{Item, Kind};
use engine::validation::InputError;
use leptos::html::Input;
use leptos::prelude::*;

/// A day (`2026-01-31`), a time (`18:30`), or both (`2026-01-31T18:30`, or the day alone), as the
/// item's kind says. What is half typed has no value, so `incomplete` follows the browser's own
/// judgement.
#[component]
pub fn DateInput(
    item: &'static Item,
    key: Key,
    error: RwSignal<Option<InputError>>,
    incomplete: RwSignal<bool>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> impl IntoView {
    let (session, words) = (use_session(), use_words());
    let id = element_id(&item.link_id, key.repetition);
    let wrong = format!("{id}-wrong");
    let about = described_by.map_or_else(|| wrong.clone(), |other| format!("{other} {wrong}"));
    let (day, time) = day_and_time(item, session.answer_untracked(&key).as_ref());
    let (day_text, time_text) =
        (RwSignal::new(day.clone().unwrap_or_default()), RwSignal::new(time.clone().unwrap_or_default()));
    let (day_incomplete, time_incomplete) = (RwSignal::new(false), RwSignal::new(false));
    let write = Callback::new(move |()| {
        incomplete.set(day_incomplete.get_untracked() || time_incomplete.get_untracked());
        let both = [day_text, time_text].map(|text| text.get_untracked()).into_iter().filter(|text| !text.is_empty());
        let text = both.collect::<Vec<_>>().join("T");
        let values = if text.is_empty() { Vec::new() } else { vec![Value::Text(text)] };
        session.set_answer(key.clone(), Answer::Given(values));
    });
    let invalid = Signal::derive(move || error.with(Option::is_some));
    let field = |kind, id: String, value: String, text, incomplete| {
        view! {
            <NativeField
                kind id value text incomplete invalid
                labelled_by=labelled_by.clone() described_by=about.clone() on_input=write
            />
        }
    };
    let time_id = if day.is_some() { format!("{id}-time") } else { id.clone() };
    view! {
        <p class="fault" id=wrong>{move || error.get().map(|error| error_text(words, error))}</p>
        {day.map(|value| field("date", id, value, day_text, day_incomplete))}
        {time.map(|value| field("time", time_id, value, time_text, time_incomplete))}
    }
}

/// What the fields for day and time begin with; `None` where the kind of item has no such field.
fn day_and_time(item: &Item, answer: Option<&Answer>) -> (Option<String>, Option<String>) {
    let entered = match answer.map(Answer::values) {
        Some([Value::Text(text)]) => text.as_str(),
        _ => "",
    };
    match item.kind {
        Kind::Time => (None, Some(entered.into())),
        Kind::DateTime => {
            let (day, time) = entered.split_once('T').unwrap_or((entered, ""));
            (Some(day.into()), Some(time.into()))
        }
        _ => (Some(entered.into()), None),
    }
}

/// One native field; `incomplete` is true while the browser holds what is no value.
#[component]
fn NativeField(
    kind: &'static str,
    id: String,
    value: String,
    text: RwSignal<String>,
    incomplete: RwSignal<bool>,
    invalid: Signal<bool>,
    labelled_by: String,
    described_by: String,
    on_input: Callback<()>,
) -> impl IntoView {
    let field: NodeRef<Input> = NodeRef::new();
    let check = move || {
        if let Some(field) = field.get_untracked() {
            text.set(field.value());
            incomplete.set(field.validity().bad_input());
            on_input.run(());
        }
    };
    view! {
        <input
            type=kind node_ref=field id=id autocomplete="off" value=value
            aria-labelledby=labelled_by aria-describedby=described_by
            aria-invalid=move || if invalid.get() { "true" } else { "false" }
            on:input=move |_| check()
            // A browser may take what is half typed for bad input without an `input` event.
            on:keyup=move |_| check()
            on:blur=move |_| check()
        />
    }
}
