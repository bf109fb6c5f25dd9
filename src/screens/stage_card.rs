//! The card that opens a stage: what comes, and why. On top of it stands what the stage before
//! added to the sheet.

use crate::components::{Actions, BackButton, Button, ScreenHeading, StageDrawing};
use crate::context::{use_navigation, use_session, use_words};
use crate::route::Route;
use engine::pack::{Item, Words, fill};
use engine::summary;
use engine::walk::{self, StageState};
use leptos::prelude::*;

/// How many things to bring up a card names at most.
const MOST_NAMED: usize = 3;

/// The card of a stage, by its `linkId`. The way to the other stages is in the bar, or in the rail.
#[component]
pub fn StageCardScreen(stage: String) -> impl IntoView {
    let (words, navigation, session) = (use_words(), use_navigation(), use_session());
    let item = session.item(&stage)?;
    let (place, of, minutes) = session.with_steps(|_, form, answers, steps| {
        let stages = walk::stages(form, steps, answers);
        let place = stages.iter().position(|other| other.item.link_id == stage).unwrap_or(0);
        (place + 1, stages.len(), stages.get(place).map_or(0, |stage| stage.minutes_left))
    });
    let part = fill(words.stage_of(), &[("n", &place.to_string()), ("of", &of.to_string())]);
    let minutes = fill(words.about_minutes(), &[("n", &minutes.to_string())]);
    let link = StoredValue::new(stage);
    Some(view! {
        <BackButton/>
        <Closed/>
        <section class="stage-card">
            <StageDrawing stage=&item.link_id class="art large"/>
            <p class="over"><b>{part}</b><span>{minutes}</span></p>
            <ScreenHeading text=item.label().to_string()/>
            <p class="lead">{item.help.as_str()}</p>
            <Actions>
                <Button label=words.continue_() on_press=move |()| navigation.open_stage(&link.get_value())/>
            </Actions>
        </section>
    })
}

/// What the stage that the visitor comes from added to the sheet; nothing after the hub.
#[component]
fn Closed() -> impl IntoView {
    let (words, navigation, session) = (use_words(), use_navigation(), use_session());
    let Some(Route::Question { step, .. }) = navigation.previous() else { return None };
    session.with_steps(|pack, form, answers, steps| {
        let item: &'static Item = walk::stage_of(form, &step).and_then(|stage| session.item(&stage.link_id))?;
        let done = walk::stages(form, steps, answers)
            .iter()
            .any(|s| s.item.link_id == item.link_id && s.state == StageState::Done);
        let added = summary::added(pack, form, walk::stage_steps(form, steps, &item.link_id), answers);
        let title = done.then(|| fill(words.stage_closed(), &[("stage", item.label())]))?;
        let count = fill(words.stage_added(), &[("n", &added.answered.to_string()), ("of", &added.asked.to_string())]);
        let raise = (!added.raise.is_empty()).then(|| view! { <p>{to_raise(words, &added.raise)}</p> });
        Some(view! {
            <div class="closed">
                <svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5 6.5 12 13 4.5"/></svg>
                <div><p><b>{title}</b></p><p>{count}</p>{raise}</div>
            </div>
        })
    })
}

/// What to bring up, in one sentence that can be taken in at a glance: the first few, and how many
/// more there are.
fn to_raise(words: &Words, names: &[String]) -> String {
    let list = names.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    match names.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        Some(more) => fill(words.stage_raise_more(), &[("list", &list), ("n", &more.to_string())]),
        None => fill(words.stage_raise(), &[("list", &list)]),
    }
}
