//! A list of facts: names and values.

use leptos::prelude::*;

/// The list.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="meta">{children()}</dl> }
}

/// One line of it; nothing if the value is empty.
#[component]
pub fn Fact(#[prop(into)] name: String, #[prop(into)] value: String) -> impl IntoView {
    (!value.is_empty()).then(|| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
}
