//! Where a statement comes from.

use super::button::OutLink;
use crate::context::{use_pack, use_words};
use crate::platform::intl;
use engine::pack::Source;
use leptos::prelude::*;

/// Sources by id, folded away until wanted; nothing if there are none. `checked_on` is `YYYY-MM-DD`
/// or empty.
#[component]
pub fn Sources<'a>(ids: &'a [String], #[prop(optional)] checked_on: &'a str) -> impl IntoView {
    let (words, pack) = (use_words(), use_pack());
    let found: Vec<&'static Source> = ids.iter().filter_map(|id| pack.source(id)).collect();
    let checked =
        (!checked_on.is_empty()).then(|| format!("{} {}", words.checked_on(), intl::day(checked_on, &pack.lang)));
    (!found.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>{words.sources_and_dates()}</summary>
                <ul>{found.into_iter().map(|source| view! { <SourceItem source/> }).collect_view()}</ul>
                {checked.map(|line| view! { <p>{line}</p> })}
            </details>
        }
    })
}

/// One source, with its address if it has one.
#[component]
pub fn SourceItem(source: &'static Source) -> impl IntoView {
    let title = source.title.as_str();
    let inside = match source.url.as_deref() {
        Some(url) => view! { <OutLink url label=title/> }.into_any(),
        None => title.into_any(),
    };
    view! { <li>{inside}</li> }
}
