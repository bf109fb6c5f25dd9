//! A box to tick, with its label and a hint.

use leptos::prelude::*;

/// A native checkbox or radio button with its label. `checked` is followed, `on_change` hears of
/// the visitor's ticks.
#[component]
pub fn Checkbox(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = "opt")] class: &'static str,
    #[prop(default = "checkbox")] kind: &'static str,
    #[prop(optional_no_strip)] name: Option<String>,
    #[prop(into)] checked: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(into)] on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <div class=class>
            <input
                type=kind
                id=id.clone()
                name=name
                autocomplete="off"
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label for=id dir="auto">{label}{(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}</label>
        </div>
    }
}

/// A checkbox that sets a signal.
#[component]
pub fn SignalCheckbox(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    value: RwSignal<bool>,
) -> impl IntoView {
    view! { <Checkbox id label hint checked=value on_change=move |on| value.set(on)/> }
}
