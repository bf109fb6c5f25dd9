//! Drawings of our own: one hand, the theme's colours, nothing fetched. Words beside each say the
//! same, so they are silent.

use crate::context::use_pack;
use leptos::prelude::*;

/// Two chairs, a drip stand, two sheets.
pub const START: &str = include_str!("../../drawings/start.svg");

/// The way home at night.
pub const RIDE: &str = include_str!("../../drawings/ride.svg");

/// A hand that taps.
pub const HAND: &str = include_str!("../../drawings/hand.svg");

/// One drawing a stage, in the order that `content/safety.toml` names the stages.
const STAGES: [&str; 7] = [
    include_str!("../../drawings/stage1.svg"),
    include_str!("../../drawings/stage2.svg"),
    include_str!("../../drawings/stage3.svg"),
    include_str!("../../drawings/stage4.svg"),
    include_str!("../../drawings/stage5.svg"),
    include_str!("../../drawings/stage6.svg"),
    include_str!("../../drawings/stage7.svg"),
];

/// A drawing as inline SVG. The markup is the project's own, so it is inserted without escaping.
#[component]
pub fn Drawing(svg: &'static str, #[prop(default = "art")] class: &'static str) -> impl IntoView {
    view! { <div class=class aria-hidden="true" inner_html=svg.trim_end()></div> }
}

/// The drawing of a stage; nothing for a stage that has none.
#[component]
pub fn StageDrawing<'a>(stage: &'a str, #[prop(default = "art")] class: &'static str) -> impl IntoView {
    let place = use_pack().safety.drawn.iter().position(|link| link == stage);
    let svg = place.and_then(|place| STAGES.get(place).copied());
    svg.map(|svg| view! { <Drawing svg class/> })
}
