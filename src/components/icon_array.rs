//! A number of 100 people, drawn.

use crate::context::use_words;
use engine::pack::{Claim, fill};
use leptos::prelude::*;

/// `n` of 100 people: filled and large, or open and small, so that colour carries nothing. Nothing for a claim
/// without a number.
#[component]
pub fn IconArray(claim: &'static Claim) -> impl IntoView {
    let (Some(n), Some(100)) = (claim.n, claim.of) else { return None };
    let label = fill(use_words().people_of(), &[("n", &n.to_string()), ("of", "100")]);
    let dot = move |i: u16| {
        let (class, radius) = if i < n { ("on", "4") } else { ("off", "2.6") };
        view! { <circle class=class cx=(i % 10 * 10 + 5).to_string() cy=(i / 10 * 10 + 5).to_string() r=radius/> }
    };
    Some(view! {
        <svg class="dots" viewBox="0 0 100 100" role="img" aria-label=label>{(0..100).map(dot).collect_view()}</svg>
    })
}
