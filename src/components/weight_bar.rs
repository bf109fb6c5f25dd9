//! How much a reason counts, as a bar that the visitor draws.

use super::element_id;
use crate::context::{use_session, use_words};
use engine::answers::{Answer, Key, Value};
use engine::deciding::HEAVIEST;
use engine::pack::{Item, fill};
use leptos::prelude::*;

/// One reason with its bar. A native slider always has a place; until the visitor puts it
/// somewhere, the words beside it say that nothing was weighed, and nothing is stored.
#[component]
pub fn WeightBar(item: &'static Item) -> impl IntoView {
    let (session, words) = (use_session(), use_words());
    let key = StoredValue::new(Key::first(&item.link_id));
    let weight = Memo::new(move |_| match session.answer(&key.get_value())?.values() {
        [Value::Number(n)] => Some(*n),
        _ => None,
    });
    let value_text = Signal::derive(move || match weight.get() {
        Some(n) => fill(words.weight_of(), &[("n", &n.to_string()), ("of", &HEAVIEST.to_string())]),
        None => words.weight_none().to_string(),
    });
    // A press on the place where the slider stands already is no input event, but a weight all the
    // same.
    let write = move |value: String| {
        if let Ok(n) = value.parse() {
            session.set_answer(key.get_value(), Answer::Given(vec![Value::Number(n)]));
        }
    };
    let id = element_id(&item.link_id, 0);
    let class = move || if weight.get().is_some() { "weight" } else { "weight blank" };
    view! {
        <li class=class>
            <label for=id.clone()>{item.text.as_str()}</label>
            <span class="aside" aria-hidden="true">{move || value_text.get()}</span>
            <input
                type="range" id=id min="0" max=HEAVIEST.to_string() step="1" autocomplete="off"
                aria-valuetext=move || value_text.get()
                prop:value=move || weight.get().unwrap_or_default().to_string()
                on:input=move |event| write(event_target_value(&event))
                on:click=move |event| write(event_target_value(&event))
            />
        </li>
    }
}
