//! A large row that leads somewhere.

use leptos::prelude::*;

/// A list item with one button: a title, a hint, and an arrow.
#[component]
pub fn LinkRow(
    #[prop(into)] title: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = "way")] class: &'static str,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <li>
            <button type="button" class=class on:click=move |_| on_press.run(())>
                <span><b>{title}</b>{(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}</span>
                <svg class="ico flip" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10M9 4l4 4-4 4"/></svg>
            </button>
        </li>
    }
}
