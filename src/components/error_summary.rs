//! What is wrong with what was entered, at the top of the screen and beside the field.

use super::heading::Heading;
use crate::context::use_words;
use crate::platform::focus;
use engine::number;
use engine::pack::{Words, fill};
use engine::validation::InputError;
use leptos::prelude::*;

/// The error in words that say what to do.
pub fn error_text(words: &Words, error: InputError) -> String {
    let end = |n: Option<f64>| n.and_then(number::write).unwrap_or_else(|| "…".into());
    match error {
        InputError::Number { max: None, .. } => words.problem_any_number().into(),
        InputError::Unit => words.problem_unit().into(),
        InputError::Number { min, max } => fill(words.problem_number(), &[("min", &end(min)), ("max", &end(max))]),
        InputError::Day => words.problem_day().into(),
        InputError::NotListed => words.not_listed().into(),
        InputError::TooLong { max, over } => {
            fill(words.problem_long(), &[("max", &max.to_string()), ("over", &over.to_string())])
        }
    }
}

/// The list of errors. Its link moves focus from code, so that no address changes.
#[component]
pub fn ErrorSummary(error: RwSignal<Option<InputError>>) -> impl IntoView {
    let words = use_words();
    let summary = move |error| {
        view! {
            <div class="fault-list" role="alert" tabindex="-1" aria-labelledby="fault">
                <Heading text=words.problem_title() id="fault"/>
                <p>
                    <button type="button" class="link" on:click=|_| focus::to(".field input, .field textarea")>
                        {error_text(words, error)}
                    </button>
                </p>
            </div>
        }
    };
    move || error.get().map(summary)
}
