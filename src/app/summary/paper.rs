//! Sheets as paper: black on white, marks as words and shapes.

use crate::app::state::State;
use consult_ready::pack::Words;
use consult_ready::summary::{Mark, Part, Row, Sheet, Sheets};
use leptos::prelude::*;

pub fn sheets(state: State, sheets: &Sheets) -> Vec<AnyView> {
    let w = state.words();
    let lang = state.pack.with_untracked(|p| p.lang.clone());
    let clinician = sheets.clinician.iter().map(|s| sheet(&w, &lang, "clinician", s));
    clinician.chain([sheet(&w, &lang, "keep", &sheets.keep)]).collect()
}

fn sheet(w: &Words, lang: &str, id: &'static str, s: &Sheet) -> AnyView {
    let title = format!("sheet-{id}");
    // To be written by hand: the file never asks for a name.
    let by_hand =
        (id == "clinician").then(|| view! { <div><p class="blank">{w.sheet_name().to_string()}</p><p class="blank">{w.sheet_born().to_string()}</p></div> });
    let lead: Vec<_> = s.lead.iter().filter(|l| !l.is_empty()).map(|l| view! { <p>{l.clone()}</p> }).collect();
    let legend = (id == "clinician").then(|| marks(w));
    let parts: Vec<AnyView> = s.parts.iter().map(|p| part(w, p)).collect();
    let foot: Vec<_> = s.foot.iter().map(|l| view! { <p>{l.clone()}</p> }).collect();
    view! {
        <article class="sheet" id=id lang=lang.to_string() aria-labelledby=title.clone()>
            <header class="sheet-head"><div><h2 id=title.clone()>{s.title.clone()}</h2>{lead}</div>{by_hand}</header>
            {parts}
            <footer class="sheet-foot">{legend}{foot}</footer>
        </article>
    }
    .into_any()
}

/// What the shapes in front of lines mean.
fn marks(w: &Words) -> AnyView {
    let each = [Mark::Emergency, Mark::First, Mark::Discuss, Mark::Note, Mark::Open];
    let text: Vec<String> = each.iter().map(|m| format!("{} {}", shape(*m), consult_ready::export::text::mark_words(w, *m))).collect();
    view! { <p>{text.join(" · ")}</p> }.into_any()
}

fn shape(mark: Mark) -> &'static str {
    match mark {
        Mark::Emergency => "▲",
        Mark::First => "■",
        Mark::Discuss => "□",
        Mark::Note => "○",
        Mark::Open => "?",
    }
}

fn part(w: &Words, p: &Part) -> AnyView {
    let class = match p.id {
        "safety" => "sec safety",
        // History may flow to a second page; everything else stays whole.
        "tried" => "sec long",
        "questions" | "bring" => "sec full",
        _ => "sec",
    };
    view! { <section class=class data-part=p.id><h3>{p.heading.clone()}</h3>{rows(w, p)}</section> }.into_any()
}

/// Consecutive rows of a kind form one list.
fn rows(w: &Words, p: &Part) -> Vec<AnyView> {
    let mut out = Vec::new();
    let mut list: Vec<AnyView> = Vec::new();
    let mut class = "";
    for row in &p.rows {
        let (kind, view) = match row {
            Row::Said { mark, label, value, note } => ("list", said(w, *mark, label, value, note)),
            Row::Quote { label, text } => ("list", view! { <li>{label.clone()} ": " <b class="own">"“"{text.clone()}"”"</b></li> }.into_any()),
            Row::Tick { text, ticked } => ("tick", tick(w, text, *ticked)),
            Row::Line(line) => ("", view! { <p>{line.clone()}</p> }.into_any()),
            Row::Table { columns, rows } => ("", table(columns, rows)),
            Row::Blank(n) => ("", (0..*n).map(|_| view! { <span class="write"></span> }).collect::<Vec<_>>().into_any()),
        };
        if kind != class && !list.is_empty() {
            out.push(close(class, p.id, std::mem::take(&mut list)));
        }
        class = kind;
        if kind.is_empty() {
            out.push(view);
        } else {
            list.push(view);
        }
    }
    if !list.is_empty() {
        out.push(close(class, p.id, list));
    }
    out
}

fn close(class: &str, part: &str, items: Vec<AnyView>) -> AnyView {
    // Long lists stand in columns, so that the first page holds what must be on it.
    let class = match (class, part) {
        ("list", "safety" | "medicines" | "other") if items.len() > 3 => "list two",
        ("list", _) => "list",
        ("tick", "bring") => "tick three",
        _ => "tick",
    };
    view! { <ul class=class>{items}</ul> }.into_any()
}

fn said(w: &Words, mark: Option<Mark>, label: &str, value: &str, note: &str) -> AnyView {
    let mark = mark.map(|m| {
        let words = consult_ready::export::text::mark_words(w, m).to_string();
        view! { <span class="mk" aria-hidden="true">{shape(m)}</span><span class="sr">{words} ": "</span> }
    });
    let label = if value.is_empty() { view! { <b>{label.to_string()}</b> }.into_any() } else { view! { {label.to_string()} ": " }.into_any() };
    let note = (!note.is_empty()).then(|| view! { " " <span class="aside">{note.to_string()}</span> });
    view! { <li>{mark}{label}<b>{value.to_string()}</b>{note}</li> }.into_any()
}

fn tick(w: &Words, text: &str, ticked: bool) -> AnyView {
    let class = if ticked { "on" } else { "" };
    let said = ticked.then(|| view! { <span class="sr">{w.chosen().to_string()} ": "</span> });
    view! { <li class=class>{said}{text.to_string()}</li> }.into_any()
}

fn table(columns: &[String], rows: &[Vec<String>]) -> AnyView {
    let head: Vec<_> = columns.iter().map(|c| view! { <th role="columnheader" scope="col">{c.clone()}</th> }).collect();
    let body: Vec<_> = rows
        .iter()
        .map(|cells| {
            let cells: Vec<AnyView> = cells
                .iter()
                .enumerate()
                .map(|(i, c)| match i {
                    0 => view! { <th role="rowheader" scope="row">{c.clone()}</th> }.into_any(),
                    _ => view! { <td role="cell">{c.clone()}</td> }.into_any(),
                })
                .collect();
            view! { <tr role="row">{cells}</tr> }
        })
        .collect();
    view! { <table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table> }.into_any()
}
