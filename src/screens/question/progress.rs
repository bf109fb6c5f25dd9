//! Where a step stands in its stage.

use super::{StepForm, new_questions};
use engine::pack::fill;
use engine::walk::{self, Segment};
use leptos::prelude::*;

/// So many segments can be told apart on a phone; of more, those of a kind stand as one.
const MOST_SEGMENTS: usize = 60;

/// The stage, how far it is, and about how long it still takes. Screens are counted that are
/// certain to come, so the bar never runs backwards.
#[component]
pub(super) fn StageProgress(form: StepForm) -> impl IntoView {
    let (stage, segments, minutes) = form.session.with_steps(|_, evaluated, answers, steps| {
        let step = form.step.get_value();
        let stage = walk::stage_of(evaluated, &step).filter(|stage| stage.is_group());
        let inside = stage.map(|stage| walk::stage_steps(evaluated, steps, &stage.link_id)).unwrap_or_default();
        let left = inside.iter().skip_while(|s| **s != step).map(|s| walk::seconds(evaluated, s)).sum();
        let label = stage.map(|stage| stage.label().to_string()).unwrap_or_default();
        (label, walk::segments(evaluated, inside, answers, &step), walk::minutes(left))
    });
    let left =
        (minutes > 0 && segments.len() > 1).then(|| fill(form.words.minutes_left(), &[("n", &minutes.to_string())]));
    let several = segments.len() > 1;
    let single = segments.len() <= MOST_SEGMENTS;
    let part = |run: &[Segment]| {
        let class = match run.first() {
            Some(Segment::Done) => "done",
            Some(Segment::Here) => "here",
            _ => "",
        };
        let width = (!single).then(|| run.len().to_string());
        view! { <span class=class style:flex-grow=width></span> }
    };
    let parts = segments.chunk_by(|one, next| !single && one == next);
    let bar =
        several.then(|| view! { <div class="segments" aria-hidden="true">{parts.map(part).collect_view()}</div> });
    let (session, words) = (form.session, form.words);
    // One of the two, so that the line is as tall on every screen.
    let added = move || match session.new_questions.get() {
        0 => left.clone().unwrap_or_default().into_any(),
        n => view! { <span class="added">{new_questions(words, n)}</span> }.into_any(),
    };
    view! { <p class="over"><b>{stage}</b><span class="aside">{added}</span></p>{bar} }
}
