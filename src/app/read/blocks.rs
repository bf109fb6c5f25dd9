//! The pieces of a topic.

use super::drawings;
use crate::app::state::State;
use crate::app::ui::{list, out_link, paragraphs};
use crate::browser::intl;
use consult_ready::answers::{Answer, Key, Value};
use consult_ready::choose;
use consult_ready::pack::{Ask, Block, Certainty, Claim, Icons, Pair, Table, Text};
use leptos::prelude::*;

pub fn block(state: State, block: &Block) -> AnyView {
    match block {
        Block::Text(b) => text(state, b),
        Block::Pair(b) => pair(state, b),
        Block::Icons(b) => icons(state, b),
        Block::Timeline(b) => view! { <h2>{b.heading.clone()}</h2>{drawings::visit(b)}{sources(state, &b.sources, None)} }.into_any(),
        Block::Calendar(b) => view! { <h2>{b.heading.clone()}</h2>{drawings::calendar(state, b)}{sources(state, &b.sources, None)} }.into_any(),
        Block::Table(b) => table(state, b),
        Block::Ask(b) => ask(state, b),
    }
}

fn text(state: State, b: &Text) -> AnyView {
    let heading = (!b.heading.is_empty()).then(|| view! { <h2>{b.heading.clone()}</h2> });
    view! { {heading}{paragraphs(&b.body)}{list(&b.list)}{sources(state, &b.sources, None)} }.into_any()
}

/// Benefit and harm: same size, same format, side by side or one under the other.
fn pair(state: State, b: &Pair) -> AnyView {
    let w = state.words();
    view! {
        <h2>{b.heading.clone()}</h2>
        <div class="pair">{side(state, "●", w.benefit().to_string(), &b.benefit)}{side(state, "◆", w.harm().to_string(), &b.harm)}</div>
    }
    .into_any()
}

fn side(state: State, mark: &'static str, title: String, claim: &Claim) -> AnyView {
    view! {
        <section><h3><span class="mk" aria-hidden="true">{mark}</span>{title}</h3><p class="count">{claim.text.clone()}</p>
        {drawings::dots(state, claim)}{claim_meta(state, claim)}</section>
    }
    .into_any()
}

fn icons(state: State, b: &Icons) -> AnyView {
    let w = state.words();
    let each: Vec<AnyView> = b
        .claims
        .iter()
        .map(|c| match c.polarity {
            consult_ready::pack::Polarity::Harm => side(state, "◆", w.harm().to_string(), c),
            _ => side(state, "●", w.benefit().to_string(), c),
        })
        .collect();
    view! { <h2>{b.heading.clone()}</h2><p class="soft">{b.caption.clone()}</p><div class="pair">{each}</div> }.into_any()
}

/// What is needed to weigh a claim.
pub fn claim_meta(state: State, claim: &Claim) -> AnyView {
    let w = state.words();
    let row = |name: &str, value: String| (!value.is_empty()).then(|| view! { <div><dt>{name.to_string()}</dt><dd>{value}</dd></div> });
    let sure = match claim.certainty {
        Certainty::Strong => w.certainty_strong().to_string(),
        Certainty::Moderate => w.certainty_moderate().to_string(),
        Certainty::Limited => w.certainty_limited().to_string(),
        Certainty::Mixed => w.certainty_mixed().to_string(),
        Certainty::Unknown => w.certainty_unknown().to_string(),
    };
    view! {
        <dl class="meta">{row(w.over_time(), claim.timespan.clone())}{row(w.in_whom(), claim.population.clone())}{row(w.how_sure(), sure)}</dl>
        {sources(state, &claim.sources, Some(&claim.checked_on))}
    }
    .into_any()
}

/// Sources, folded away until wanted; nothing if there are none.
pub fn sources(state: State, ids: &[String], checked_on: Option<&str>) -> Option<AnyView> {
    let w = state.words();
    let lang = state.pack.with_untracked(|p| p.lang.clone());
    let found: Vec<_> = state.pack.with_untracked(|p| ids.iter().filter_map(|id| p.source(id).cloned()).collect());
    let items: Vec<AnyView> = found
        .into_iter()
        .map(|s| {
            let title = match s.url {
                Some(url) => out_link(url, s.title),
                None => s.title.into_any(),
            };
            view! { <li>{title}</li> }.into_any()
        })
        .collect();
    let date = checked_on.map(|d| view! { <p>{w.checked_on().to_string()} " " {intl::day(d, &lang)}</p> });
    (!items.is_empty())
        .then(|| view! { <details class="more"><summary>{w.sources_and_dates().to_string()}</summary><ul>{items}</ul>{date}</details> }.into_any())
}

/// A table that becomes cards on a phone. Roles are said outright, since `display: block` takes them away.
fn table(state: State, b: &Table) -> AnyView {
    let head: Vec<_> = b.columns.iter().map(|c| view! { <th role="columnheader" scope="col">{c.clone()}</th> }).collect();
    let rows: Vec<_> = b
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<AnyView> = row
                .iter()
                .zip(&b.columns)
                .enumerate()
                .map(|(i, (cell, name))| match i {
                    0 => view! { <th role="rowheader" scope="row">{cell.clone()}</th> }.into_any(),
                    _ => view! { <td role="cell" data-label=name.clone()>{cell.clone()}</td> }.into_any(),
                })
                .collect();
            view! { <tr role="row">{cells}</tr> }
        })
        .collect();
    view! {
        <h2>{b.heading.clone()}</h2>
        <table class="cards" role="table"><caption class="sr">{b.heading.clone()}</caption><thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>
        {sources(state, &b.sources, None)}
    }
    .into_any()
}

/// A question to take along: added to the visitor's own questions by a tap.
fn ask(state: State, b: &Ask) -> AnyView {
    let w = state.words();
    let link = state.pack.with_untracked(|p| p.safety.questions.last().cloned().unwrap_or_default());
    let key = Key::first(&link);
    let question = b.question.clone();
    let there = {
        let (key, question) = (key.clone(), question.clone());
        move || state.answers.with(|a| a.get(&key).is_some_and(|a| a.values().iter().any(|v| matches!(v, Value::Text(t) if t.contains(&question)))))
    };
    let label = {
        let there = there.clone();
        let (add, added) = (w.add_question().to_string(), w.added_question().to_string());
        move || if there() { added.clone() } else { add.clone() }
    };
    let add = {
        let question = question.clone();
        move |_| {
            let before = state.answers.with_untracked(|a| a.get(&key).cloned());
            let own = before.as_ref().and_then(|a| {
                a.values().iter().find_map(|v| match v {
                    Value::Text(t) => Some(t.clone()),
                    _ => None,
                })
            });
            let text = match own {
                Some(own) if own.contains(&question) => own,
                Some(own) => format!("{own}\n{question}"),
                None => question.clone(),
            };
            let answer: Answer = choose::write(None, &text);
            state.answer(key.clone(), answer);
            state.said.set(state.word(|w| w.added_question()));
        }
    };
    view! {
        <div class="ask"><p>{w.ask_head().to_string()}</p><p class="quote">{question}</p>
        <button type="button" class="btn line" disabled=there on:click=add>{label}</button></div>
    }
    .into_any()
}
