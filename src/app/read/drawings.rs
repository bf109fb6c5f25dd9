//! Drawn numbers, a drawn visit and a drawn course. The words beside each picture say the same.

use crate::app::state::State;
use crate::app::ui::fill;
use consult_ready::pack::{Calendar, Claim, Timeline};
use leptos::prelude::*;

/// `n` of 100 people as dots: filled and large, or open and small, so that colour carries nothing.
pub fn dots(state: State, claim: &Claim) -> Option<AnyView> {
    let (Some(n), Some(100)) = (claim.n, claim.of) else { return None };
    let dot = |i: u16| {
        let (class, r) = if i < n { ("on", "4") } else { ("off", "2.6") };
        view! { <circle class=class cx=(i % 10 * 10 + 5).to_string() cy=(i / 10 * 10 + 5).to_string() r=r/> }
    };
    let each: Vec<_> = (0..100).map(dot).collect();
    let label = fill(&state.word(|w| w.people_of()), &[("n", &n.to_string()), ("of", "100")]);
    Some(view! { <svg class="dots" viewBox="0 0 100 100" role="img" aria-label=label>{each}</svg> }.into_any())
}

/// A visit in stages; the line shows how strong the feelings tend to be. Drawn for five stages.
pub fn visit(b: &Timeline) -> AnyView {
    let stages: Vec<_> =
        b.stages.iter().map(|s| view! { <li><span class="at">{s.when.clone()}</span><b>{s.title.clone()}</b><br/>{s.text.clone()}</li> }).collect();
    let curve = (b.stages.len() == 5).then(|| {
        view! {
            <svg class="visit-line" viewBox="0 0 100 500" preserveAspectRatio="none" aria-hidden="true"><path d="M4 0V100C4 140 86 150 88 250C89 310 26 320 10 400C4 440 4 470 4 500"/></svg>
            <svg class="visit-line across" viewBox="0 0 500 100" preserveAspectRatio="none" aria-hidden="true"><path d="M0 96H100C140 96 150 14 250 12C310 11 320 74 400 90C440 96 470 96 500 96"/></svg>
        }
    });
    view! { <figure class="broad"><div class="visit-box">{curve}<ol class="visit">{stages}</ol></div></figure> }.into_any()
}

/// A course on weeks: each visit is numbered.
pub fn calendar(state: State, b: &Calendar) -> AnyView {
    let w = state.words();
    let mut visits = 0;
    let weeks: Vec<_> = b
        .weeks
        .iter()
        .zip(1..)
        .map(|(week, n)| {
            let days: Vec<AnyView> = week
                .chars()
                .map(|mark| {
                    if mark == 'x' {
                        visits += 1;
                        view! { <td class="on"><span><span class="sr">{w.visit_day().to_string()} " "</span>{visits}</span></td> }.into_any()
                    } else {
                        view! { <td><span aria-hidden="true">"·"</span></td> }.into_any()
                    }
                })
                .collect();
            let name = fill(w.week(), &[("n", &n.to_string())]);
            view! { <tr><th scope="row">{name}</th>{days}</tr> }
        })
        .collect();
    view! { <figure><table class="cal"><tbody>{weeks}</tbody></table><figcaption>{b.caption.clone()}</figcaption></figure> }.into_any()
}
