//! Headings, whose level a clinic may shift so that they fit the page around the tool.

use crate::context::use_settings;
use leptos::attr::custom::CustomAttribute;
use leptos::prelude::*;

/// `aria-level` of a heading of `rank`, if the clinic's page makes it differ from the tag.
pub fn level(rank: usize) -> Option<String> {
    let more = use_settings().heading.parse::<usize>().unwrap_or(1).saturating_sub(1);
    (more > 0).then(|| (rank + more).to_string())
}

/// A screen's heading: focus goes there when the screen comes.
#[component]
pub fn ScreenHeading(
    #[prop(into)] text: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(default = "title")] class: &'static str,
) -> impl IntoView {
    view! { <h1 class=class id=id tabindex="-1" dir="auto">{text}</h1> }.attr("aria-level", level(1))
}

/// A heading inside a screen: rank 2 or 3.
#[component]
pub fn Heading(
    #[prop(into)] text: String,
    #[prop(default = 2)] rank: usize,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] class: Option<&'static str>,
    /// Focus can be put on it.
    #[prop(optional)]
    focus: bool,
) -> AnyView {
    let tabindex = focus.then_some("-1");
    if rank == 2 {
        view! { <h2 class=class id=id tabindex=tabindex>{text}</h2> }.attr("aria-level", level(2)).into_any()
    } else {
        view! { <h3 class=class id=id>{text}</h3> }.attr("aria-level", level(3)).into_any()
    }
}

/// The line under a heading.
#[component]
pub fn Lead(#[prop(into)] text: String) -> impl IntoView {
    view! { <p class="lead">{text}</p> }
}

/// Small soft print.
#[component]
pub fn SmallPrint(#[prop(into)] text: String, #[prop(optional)] id: Option<&'static str>) -> impl IntoView {
    view! { <p class="soft" id=id><small>{text}</small></p> }
}

/// Words for a screen reader alone.
#[component]
pub fn Unseen(#[prop(into)] text: String) -> impl IntoView {
    view! { <span class="sr">{text}</span> }
}
