//! A number, with its unit beside the field.

use super::element_id;
use super::error_summary::error_text;
use super::text_input::TextInputs;
use crate::context::{use_session, use_words};
use engine::answer_edit;
use engine::answers::{Answer, Key, Value};
use engine::number;
use engine::pack::{Coding, Item};
use engine::validation::InputError;
use leptos::prelude::*;

/// A box for a number. The unit stands beside it and in its accessible name.
#[component]
pub fn NumberInput(
    item: &'static Item,
    key: Key,
    error: RwSignal<Option<InputError>>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> AnyView {
    if item.unit.is_empty() {
        return view! { <TextInputs item key error labelled_by=Some(labelled_by) described_by/> }.into_any();
    }
    let unit_id = format!("{}-unit", element_id(&item.link_id, key.repetition));
    let named_by = format!("{labelled_by} {unit_id}");
    view! {
        <div class="with-unit">
            <TextInputs item key error labelled_by=Some(named_by) described_by/>
            <span class="unit" id=unit_id>{item.unit.as_str()}</span>
        </div>
    }
    .into_any()
}

/// A number with a unit: one that is fixed, or several of which the visitor chooses one. None is chosen beforehand.
#[component]
pub fn QuantityInput(
    item: &'static Item,
    key: Key,
    error: RwSignal<Option<InputError>>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> impl IntoView {
    let (session, words) = (use_session(), use_words());
    let id = element_id(&item.link_id, key.repetition);
    let (wrong, unit_id) = (format!("{id}-wrong"), format!("{id}-unit"));
    let about = described_by.map_or_else(|| wrong.clone(), |other| format!("{other} {wrong}"));
    let (number, unit) = match session.answer_untracked(&key).as_ref().map(Answer::values) {
        Some([Value::Quantity(n, unit)]) => (number::write(*n).unwrap_or_default(), unit.clone()),
        Some([Value::Text(text)]) => (text.clone(), String::new()),
        _ => (String::new(), String::new()),
    };
    let (typed, unit) = (RwSignal::new(number), RwSignal::new(unit));
    let write = move || {
        let answer = answer_edit::quantity(item, &typed.get_untracked(), &unit.get_untracked());
        session.set_answer(key.clone(), answer);
    };
    let on_number = write.clone();
    let units = match item.units.as_slice() {
        [] => None,
        [only] => Some(view! { <span class="unit" id=unit_id.clone()>{only.display.clone()}</span> }.into_any()),
        _ => {
            let choose = move |code| {
                unit.set(code);
                write();
            };
            Some(view! { <UnitChoice id=id.clone() units=&item.units chosen=unit on_choose=choose/> }.into_any())
        }
    };
    let named_by = if item.units.len() == 1 { format!("{labelled_by} {unit_id}") } else { labelled_by };
    view! {
        <p class="fault" id=wrong>{move || error.get().map(|error| error_text(words, error))}</p>
        <div class="with-unit">
            <input
                type="text" id=id inputmode="decimal" autocomplete="off" spellcheck="false"
                aria-labelledby=named_by aria-describedby=about
                aria-invalid=move || if error.with(Option::is_some) { "true" } else { "false" }
                prop:value=move || typed.get()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    on_number();
                }
            />
            {units}
        </div>
    }
}

/// The units to choose from, as radio buttons.
#[component]
fn UnitChoice(id: String, units: &'static [Coding], chosen: RwSignal<String>, #[prop(into)] on_choose: Callback<String>) -> impl IntoView {
    let name = format!("{id}-unit");
    let option = |(index, unit): (usize, &'static Coding)| {
        let code = unit.code.as_str();
        let checked = Signal::derive(move || chosen.with(|chosen| chosen == code));
        let choose = move |on: bool| {
            if on {
                on_choose.run(code.to_string());
            }
        };
        view! {
            <super::Checkbox
                id=format!("{name}-{index}") label=unit.display.clone() kind="radio" name=Some(name.clone()) checked on_change=choose
            />
        }
    };
    let options = units.iter().enumerate().map(option).collect_view();
    view! { <div class="opts row units" role="radiogroup" aria-label=use_words().unit()>{options}</div> }
}
