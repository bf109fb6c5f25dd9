//! Check my answers: by section, with Change that comes straight back.

use super::state::{Place, State};
use super::ui::{back, button};
use consult_ready::answers::Answer;
use consult_ready::pack::{UNKNOWN_CODES, Words};
use consult_ready::summary::said;
use consult_ready::walk::{self, Step};
use leptos::prelude::*;

/// A line of the list.
struct Line {
    section: String,
    label: String,
    value: String,
    open: Option<Open>,
    step: Step,
}

/// An answer that leaves its question open is marked by words and by the shape around them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Unknown,
    None,
}

pub fn screen(state: State) -> AnyView {
    let w = state.words();
    let lines = state.live_now(|pack, live, answers| {
        let mut lines: Vec<Line> = Vec::new();
        for step in walk::steps(pack, live) {
            for key in step.keys(live).into_iter().filter(|_| !matches!(step, Step::Another { .. })) {
                let Some(item) = live.item(&key.link) else { continue };
                // A section that was not reached is one line, not a list of blanks.
                let answer = answers.get(&key);
                lines.push(Line {
                    section: live.section(&key.link).map(|s| s.label().to_string()).unwrap_or_default(),
                    label: item.label().into(),
                    value: if answer.is_none() { pack.words.not_reached().to_string() } else { said(&pack.words, item, answer) },
                    open: open(answer),
                    step: step.clone(),
                });
            }
        }
        lines
    });
    let mut sections: Vec<(String, Vec<Line>)> = Vec::new();
    for line in lines {
        match sections.last_mut() {
            Some((name, list)) if *name == line.section => list.push(line),
            _ => sections.push((line.section.clone(), vec![line])),
        }
    }
    let body: Vec<AnyView> = sections.into_iter().map(|(name, lines)| section(state, &w, name, lines)).collect();
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{w.check_title().to_string()}</h1><p class="lead">{w.check_lead().to_string()}</p>{body}</div>
        <div class="acts">{button("btn", w.to_summary().to_string(), move || state.go(Place::Summary))}</div>
    }
    .into_any()
}

fn section(state: State, w: &Words, name: String, lines: Vec<Line>) -> AnyView {
    let reached = lines.iter().any(|l| l.value != w.not_reached().to_string());
    if !reached {
        let step = lines.into_iter().next().map(|l| l.step);
        let go = move || {
            if let Some(step) = step.clone() {
                state.go(Place::Step { step, change: false })
            }
        };
        return view! { <h2>{name}</h2><p class="soft">{w.section_empty().to_string()}</p>{button("plain", w.to_questions().to_string(), go)} }.into_any();
    }
    let rows: Vec<AnyView> = lines.into_iter().map(|l| row(state, w, l)).collect();
    view! { <h2>{name}</h2><dl class="check">{rows}</dl> }.into_any()
}

fn row(state: State, w: &Words, line: Line) -> AnyView {
    let value = match line.open {
        Some(Open::None) => view! { <span class="chip none">{line.value}</span> }.into_any(),
        Some(Open::Unknown) => view! { <span class="chip">{line.value}</span> }.into_any(),
        None => line.value.into_any(),
    };
    let step = line.step;
    let change = move |_| state.go(Place::Step { step: step.clone(), change: true });
    let label = line.label.clone();
    view! {
        <div><dt>{line.label}</dt><dd>{value}</dd>
        <dd class="act"><button type="button" class="plain" on:click=change>{w.change().to_string()}<span class="sr">" " {label}</span></button></dd></div>
    }
    .into_any()
}

fn open(answer: Option<&Answer>) -> Option<Open> {
    match answer {
        None | Some(Answer::Skipped) => Some(Open::None),
        Some(a) if UNKNOWN_CODES.iter().any(|c| a.has(c)) => Some(Open::Unknown),
        Some(_) => None,
    }
}
