//! Tables that become cards on a phone. Roles are given outright, since `display: block` takes them away.

use leptos::prelude::*;

/// A table of texts; the first cell of a row names it.
#[component]
pub fn DataTable(
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    #[prop(optional)] class: Option<&'static str>,
    #[prop(optional, into)] caption: Option<String>,
) -> impl IntoView {
    let head = columns.iter().map(|name| view! { <th role="columnheader" scope="col">{name.clone()}</th> }).collect_view();
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

/// A table whose columns are the things compared and whose cells are drawn; each row has a name and its cells.
#[component]
pub fn ComparisonTable(#[prop(into)] caption: String, columns: Vec<String>, rows: Vec<(String, Vec<AnyView>)>) -> impl IntoView {
    let head = columns.iter().map(|name| view! { <th role="columnheader" scope="col">{name.clone()}</th> }).collect_view();
    let row = |(name, cells): (String, Vec<AnyView>)| {
        let cells = cells.into_iter().zip(&columns);
        let cells = cells.map(|(cell, column)| view! { <td role="cell" data-label=column.clone()>{cell}</td> }).collect_view();
        view! { <tr role="row"><th role="rowheader" scope="row">{name}</th>{cells}</tr> }
    };
    view! {
        <table class="cards compare broad" role="table">
            <caption class="sr">{caption}</caption>
            <thead role="rowgroup"><tr role="row"><td></td>{head}</tr></thead>
            <tbody role="rowgroup">{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
