//! The other choices side by side: pick two or three. No choice is ranked above another.

use super::read::{claim_meta, sources};
use super::state::State;
use super::ui::{back, button};
use crate::browser::page;
use consult_ready::pack::{Choice, Words};
use leptos::prelude::*;

/// How many stand side by side at most.
const MOST: usize = 3;

pub fn screen(state: State) -> AnyView {
    let w = state.words();
    let names = state.pack.with_untracked(|p| p.choices.iter().map(|c| (c.id.clone(), c.name.clone())).collect::<Vec<_>>());
    let picked = RwSignal::new(Vec::<String>::new());
    let options: Vec<_> = names
        .into_iter()
        .map(|(id, name)| {
            let field = format!("pick-{id}");
            let (here, full) = (id.clone(), id.clone());
            let change = move |e| {
                let on = event_target_checked(&e);
                picked.update(|p| {
                    p.retain(|c| *c != id);
                    if on {
                        p.push(id.clone());
                    }
                });
            };
            let checked = move || picked.with(|p| p.contains(&here));
            let disabled = move || picked.with(|p| p.len() >= MOST && !p.contains(&full));
            view! {
                <div class="opt"><input type="checkbox" id=field.clone() prop:checked=checked disabled=disabled on:change=change/>
                <label for=field>{name}</label></div>
            }
        })
        .collect();
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{w.compare_title().to_string()}</h1><p class="lead">{w.compare_lead().to_string()}</p></div>
        <form><fieldset class="q"><legend class="sr">{w.compare_pick().to_string()}</legend><div class="opts row">{options}</div></fieldset></form>
        {move || table(state, &picked.get())}
        <div class="acts"><span hidden=move || picked.with(Vec::is_empty)>{button("btn line", w.compare_print().to_string(), page::print)}</span></div>
    }
    .into_any()
}

type Cell = fn(State, &Choice) -> AnyView;

fn table(state: State, picked: &[String]) -> Option<AnyView> {
    let w = state.words();
    // In the content's order, whatever the order of the taps.
    let choices: Vec<Choice> = state.pack.with_untracked(|p| p.choices.iter().filter(|c| picked.contains(&c.id)).cloned().collect());
    let head: Vec<_> = choices.iter().map(|c| view! { <th role="columnheader" scope="col">{c.name.clone()}</th> }).collect();
    let rows: Vec<AnyView> = rows(&w).into_iter().map(|(name, cell)| row(state, name, &choices, cell)).collect();
    (!choices.is_empty()).then(|| {
        view! {
            <table class="cards compare broad" role="table"><caption class="sr">{w.compare_title().to_string()}</caption>
            <thead role="rowgroup"><tr role="row"><td></td>{head}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>
        }
        .into_any()
    })
}

/// The six questions people ask of each, and what it is like.
fn rows(w: &Words) -> Vec<(String, Cell)> {
    fn plain(text: &str) -> AnyView {
        text.to_string().into_any()
    }
    vec![
        (w.compare_works().to_string(), |s, c| view! { {c.works.text.clone()}{claim_meta(s, &c.works)} }.into_any()),
        (w.compare_given().to_string(), |_, c| plain(&c.given)),
        (w.compare_side_effects().to_string(), |s, c| view! { {c.side_effects.text.clone()}{claim_meta(s, &c.side_effects)} }.into_any()),
        (w.compare_daily().to_string(), |_, c| plain(&c.daily_life)),
        (w.compare_speed().to_string(), |_, c| plain(&c.speed)),
        (w.compare_cost().to_string(), |_, c| plain(&c.cost)),
        (w.compare_living().to_string(), |s, c| view! { {c.living.clone()}{sources(s, &c.sources, None)} }.into_any()),
    ]
}

fn row(state: State, name: String, choices: &[Choice], cell: Cell) -> AnyView {
    let cells: Vec<_> = choices.iter().map(|c| view! { <td role="cell" data-label=c.name.clone()>{cell(state, c)}</td> }).collect();
    view! { <tr role="row"><th role="rowheader" scope="row">{name}</th>{cells}</tr> }.into_any()
}
