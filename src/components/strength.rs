//! How sure we are, as a meter of four steps beside the words.

use crate::context::use_words;
use engine::pack::Certainty;
use leptos::prelude::*;

/// A line of a list of facts: the meter, and what it stands for in words.
#[component]
pub fn Strength(certainty: Certainty, #[prop(into)] text: String) -> impl IntoView {
    let step = move |n: usize| view! { <i class=if n < certainty.steps() { "on" } else { "" }></i> };
    view! {
        <div class="strength">
            <dt>{use_words().how_sure()}</dt>
            <dd><span class="meter" aria-hidden="true">{(0..Certainty::MOST).map(step).collect_view()}</span>{text}</dd>
        </div>
    }
}
