//! Check my answers: by section, with Change that comes straight back.

use super::el::{View, el, group};
use super::state::{Place, State};
use super::ui::{acts, back, button, flow, h2, lead, p, title, unseen};
use engine::answers::Answer;
use engine::pack::{Item, UNKNOWN_CODES, Words};
use engine::summary::display_answer;
use engine::walk::{self, Step};

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

pub fn screen(state: State) -> View {
    let w = state.words();
    let mut sections: Vec<(String, Vec<Line>)> = Vec::new();
    for line in lines(state) {
        match sections.last_mut() {
            Some((name, list)) if *name == line.section => list.push(line),
            _ => sections.push((line.section.clone(), vec![line])),
        }
    }
    let body = flow([title(w.check_title()), lead(w.check_lead())]).kids(sections.into_iter().map(|(name, lines)| section(state, w, &name, lines)));
    group([back(state), body, acts([button("btn", w.to_summary(), move || state.go(Place::Summary))])])
}

fn lines(state: State) -> Vec<Line> {
    state.live_now(|pack, live, answers| {
        let mut lines: Vec<Line> = Vec::new();
        for step in walk::steps(pack, live) {
            for key in step.keys(live).into_iter().filter(|_| !matches!(step, Step::AddRepetition { .. })) {
                let Some(item) = live.item(&key.link) else { continue };
                // A section that was not reached is one line, not a list of blanks.
                let answer = answers.get(&key);
                lines.push(Line {
                    section: live.section(&key.link).filter(|s| s.is_group()).map_or(&*pack.questionnaire.title, Item::label).to_string(),
                    label: item.label().into(),
                    value: if answer.is_none() { pack.words.not_reached().into() } else { display_answer(&pack.words, item, answer) },
                    open: open(answer),
                    step: step.clone(),
                });
            }
        }
        lines
    })
}

fn section(state: State, w: &Words, name: &str, lines: Vec<Line>) -> View {
    if lines.iter().any(|l| l.value != w.not_reached()) {
        return group([h2(name), el("dl").class("check").kids(lines.into_iter().map(|l| row(state, w, l)))]);
    }
    let step = lines.into_iter().next().map(|l| l.step);
    let go = move || {
        if let Some(step) = step.clone() {
            state.go(Place::Step { step, change: false })
        }
    };
    group([h2(name), p("soft", w.section_empty()), button("plain", w.to_questions(), go)])
}

fn row(state: State, w: &Words, line: Line) -> View {
    let value = match line.open {
        Some(Open::None) => el("dd").kid(el("span").class("chip none").text(&line.value)),
        Some(Open::Unknown) => el("dd").kid(el("span").class("chip").text(&line.value)),
        None => el("dd").text(&line.value),
    };
    let step = line.step;
    let change = button("plain", w.change(), move || state.go(Place::Step { step: step.clone(), change: true }));
    let change = change.kid(unseen(" ").text(&line.label));
    el("div").kid(el("dt").text(&line.label)).kid(value).kid(el("dd").class("act").kid(change))
}

fn open(answer: Option<&Answer>) -> Option<Open> {
    match answer {
        None | Some(Answer::Skipped) => Some(Open::None),
        Some(a) if UNKNOWN_CODES.iter().any(|c| a.has(c)) => Some(Open::Unknown),
        Some(_) => None,
    }
}
