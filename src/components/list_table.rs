//! Tables that become cards on a phone. Roles are given outright, since `display: block` takes them
//! away.

use crate::platform::document;
use leptos::prelude::*;

/// A table of texts; the first cell of a row names it.
#[component]
pub fn DataTable(
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    #[prop(optional)] class: Option<&'static str>,
    #[prop(optional, into)] caption: Option<String>,
) -> impl IntoView {
    let head =
        columns.iter().map(|name| view! { <th role="columnheader" scope="col">{name.clone()}</th> }).collect_view();
    let cell = |(index, (text, name)): (usize, (String, &String))| match index {
        0 => view! { <th role="rowheader" scope="row" dir="auto">{text}</th> }.into_any(),
        // An empty cell stays truly empty, so that a narrow screen can leave it out with its label.
        _ if text.is_empty() => view! { <td role="cell"></td> }.into_any(),
        _ => view! { <td role="cell" dir="auto" data-label=name.clone()>{text}</td> }.into_any(),
    };
    let body = rows
        .into_iter()
        .map(|cells| view! { <tr role="row">{cells.into_iter().zip(&columns).enumerate().map(cell).collect_view()}</tr> })
        .collect_view();
    view! {
        <table class=class role="table">
            {caption.map(|text| view! { <caption class="sr">{text}</caption> })}
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
}

/// How far the comparison was swiped sideways, for the heads that stay above it.
const SWIPED: &str = "--swiped";

/// A table whose columns are the things compared and whose cells are drawn; each row has a name,
/// perhaps a note behind it, and its cells. On a phone it is swiped sideways, and the heads of its
/// columns stay at the top of the screen: a table that can be swiped can't hold them there itself,
/// so they stand above it once more, for the eye alone, and follow it.
#[component]
pub fn ComparisonTable(
    #[prop(into)] caption: String,
    columns: Vec<String>,
    rows: Vec<(String, &'static str, Vec<AnyView>)>,
) -> impl IntoView {
    let follow = |event: leptos::ev::Event| document::tell_scroll(&event, SWIPED);
    let heads = columns.iter().map(|name| view! { <b>{name.clone()}</b> }).collect_view();
    let head =
        columns.iter().map(|name| view! { <th role="columnheader" scope="col">{name.clone()}</th> }).collect_view();
    let row = |(name, note, cells): (String, &'static str, Vec<AnyView>)| {
        let cells = cells.into_iter().zip(&columns);
        let cells =
            cells.map(|(cell, column)| view! { <td role="cell" data-label=column.clone()>{cell}</td> }).collect_view();
        let note = (!note.is_empty()).then(|| view! { " "<span class="chip up">{note}</span> });
        view! { <tr role="row"><th role="rowheader" scope="row">{name}{note}</th>{cells}</tr> }
    };
    view! {
        <div class="compare-box broad">
            <div class="compare-heads" aria-hidden="true"><div>{heads}</div></div>
            <div class="swipe" role="region" tabindex="0" aria-label=caption.clone() on:scroll=follow>
                <table class="cards compare" role="table">
                    <caption class="sr">{caption.clone()}</caption>
                    <thead role="rowgroup"><tr role="row"><td></td>{head}</tr></thead>
                    <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </div>
    }
}
