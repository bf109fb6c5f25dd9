//! A number of 100 people, drawn as people.

use crate::context::use_words;
use engine::pack::{Claim, Polarity, fill};
use leptos::prelude::*;

/// A person in a cell of ten by ten: a head, and shoulders that are round for a benefit and square
/// for a harm, so that colour alone carries nothing.
fn person(x: u16, y: u16, square: bool) -> String {
    let head = format!("M{}.4 {}.5a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0z", x + 3, y + 2);
    let body = if square {
        format!("M{}.2 {}.2v-4h5.6v4z", x + 2, y + 9)
    } else {
        format!("M{}.2 {}.2v-1.4a2.8 2.6 0 0 1 5.6 0v1.4z", x + 2, y + 9)
    };
    head + &body
}

/// `n` of 100 people: filled, or open. Nothing for a claim without a number.
#[component]
pub fn IconArray(claim: &'static Claim) -> impl IntoView {
    let (Some(n), Some(100)) = (claim.n, claim.of) else { return None };
    let label = fill(use_words().people_of(), &[("n", &n.to_string()), ("of", "100")]);
    let harm = claim.polarity == Polarity::Harm;
    let draw = |from: u16, to: u16| (from..to).map(|i| person(i % 10 * 10, i / 10 * 10, harm)).collect::<String>();
    let class = if harm { "people harm" } else { "people" };
    Some(view! {
        <svg class=class viewBox="0 0 100 100" role="img" aria-label=label>
            <path class="on" d=draw(0, n)/>
            <path class="off" d=draw(n, 100)/>
        </svg>
    })
}

/// What the two kinds of people mean: once a page.
#[component]
pub fn PeopleLegend() -> impl IntoView {
    let words = use_words();
    let one = |class| view! { <svg class=class viewBox="0 0 10 10" aria-hidden="true"><path class="on" d=person(0, 0, false)/></svg> };
    let off = view! { <svg class="people" viewBox="0 0 10 10" aria-hidden="true"><path class="off" d=person(0, 0, false)/></svg> };
    let square = view! { <svg class="people harm" viewBox="0 0 10 10" aria-hidden="true"><path class="on" d=person(0, 0, true)/></svg> };
    view! {
        <p class="legend">
            <span>{one("people")}{square}{words.people_on()}</span>
            <span>{off}{words.people_off()}</span>
        </p>
    }
}
