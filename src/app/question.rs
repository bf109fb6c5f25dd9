//! A step of the questionnaire: one question, the emergency page, "add another?", or help.

use super::inputs::{self, Heading};
use super::state::{Place, State};
use super::ui::{back, button};
use crate::browser::focus;
use consult_ready::answers::{Answer, Key, Value};
use consult_ready::findings;
use consult_ready::pack::{Help, Item, Kind, Tier};
use consult_ready::walk::{self, Step};
use leptos::prelude::*;

pub fn screen(state: State, step: Step, change: bool) -> AnyView {
    if let Step::Help { after } = step {
        return super::help::step(state, after, change);
    }
    let Some(item) = state.item(step.link()) else { return ().into_any() };
    let problem = RwSignal::new(None::<String>);
    let next = {
        let (step, item) = (step.clone(), item.clone());
        move || match wrong(state, &item, step.at()) {
            Some(what) => {
                problem.set(Some(what));
                focus::to(".fault-list");
            }
            None => state.continue_from(&step, change),
        }
    };
    let submit = {
        let next = next.clone();
        move |e: leptos::ev::SubmitEvent| {
            e.prevent_default();
            next();
        }
    };
    let skip = {
        let step = step.clone();
        move || {
            for key in state.live_now(|_, live, _| step.keys(live)) {
                state.answers.update(|a| a.set(key, Answer::Skipped));
            }
            state.continue_from(&step, change);
        }
    };
    let w = state.words();
    let told_only = !item.is_question();
    let (class, body) = match &step {
        Step::Question { .. } if told_only => ("", notice(&item)),
        Step::Page { .. } => ("emerg", page(state, &item, step.at())),
        Step::Another { link, at } => ("", another(state, &item, link, *at)),
        _ => ("", question(state, &item, step.at())),
    };
    let skip_word = if matches!(step, Step::Page { .. }) { w.skip_page().to_string() } else { w.skip().to_string() };
    view! {
        {back(state)}
        {move || problem.get().map(|what| fault(state, what))}
        {over(state, &step)}
        <form class=class novalidate autocomplete="off" on:submit=submit>
            {body}
            <div class="acts">
                <button type="submit" class="btn">{w.continue_().to_string()}</button>
                {(!told_only || matches!(step, Step::Page { .. } | Step::Another { .. })).then(|| button("plain", skip_word, skip))}
                {finish(state)}
            </div>
        </form>
    }
    .into_any()
}

/// Section and, where the total is true, the place in it.
fn over(state: State, step: &Step) -> AnyView {
    let (section, count) = state.live_now(|pack, live, _| {
        let steps = walk::steps(pack, live);
        let count = steps.iter().position(|s| s == step).and_then(|i| walk::progress(live, &steps, i));
        (live.section(step.link()).map(|s| s.label().to_string()).unwrap_or_default(), count)
    });
    let word = state.word(|w| w.question_of());
    let count = count.map(|(n, of)| super::ui::fill(&word, &[("n", &n.to_string()), ("of", &of.to_string())]));
    view! { <p class="over"><b>{section}</b><span>{count}</span></p> }.into_any()
}

fn question(state: State, item: &Item, at: u8) -> AnyView {
    view! { {inputs::input(state, item, at)} {told(state, item.link_id.clone())} }.into_any()
}

/// A screen with nothing to answer: a line of text, or why a section is not offered in this language.
fn notice(item: &Item) -> AnyView {
    let why = (!item.not_offered.is_empty()).then(|| view! { <p class="lead">{item.not_offered.clone()}</p> });
    view! { <h1 tabindex="-1">{item.text.clone()}</h1>{why} }.into_any()
}

/// The emergency questions: together on one screen, the only exception.
fn page(state: State, group: &Item, at: u8) -> AnyView {
    let rows: Vec<AnyView> = group
        .items
        .iter()
        .filter(|i| i.is_question())
        .map(|i| {
            view! {
                <fieldset><legend>{i.text.clone()}</legend><div class="opts">{inputs::options(state, i, at)}</div></fieldset>
                {told(state, i.link_id.clone())}
            }
            .into_any()
        })
        .collect();
    let why = (!group.help.is_empty()).then(|| view! { <p class="why">{group.help.clone()}</p> });
    view! { <h1 tabindex="-1">{group.text.clone()}</h1>{why}{rows} }.into_any()
}

/// "Add another?" at the end of a repeated group.
fn another(state: State, group: &Item, link: &str, at: u8) -> AnyView {
    let w = state.words();
    let option = |code: &str, text: String| consult_ready::pack::AnswerOption { code: code.into(), text, ..Default::default() };
    let item = Item {
        link_id: link.into(),
        kind: Kind::Choice,
        text: w.another().to_string(),
        options: vec![option("true", w.another_yes().to_string()), option("false", w.another_no().to_string())],
        ..Item::default()
    };
    let so_far = filled(state, group, at);
    view! {
        <ul class="picked">{so_far}</ul>
        {inputs::choices(state, &item, at, Heading::First)}
    }
    .into_any()
}

/// One line for each filling so far.
fn filled(state: State, group: &Item, last: u8) -> Vec<AnyView> {
    let w = state.words();
    let Some(first) = group.items.first() else { return Vec::new() };
    (0..=last)
        .filter_map(|at| {
            let answer = state.answers.with_untracked(|a| a.get(&Key::new(&first.link_id, at)).cloned());
            let text = consult_ready::summary::said(&w, first, answer.as_ref());
            answer.map(|_| view! { <li><span>{text}</span></li> }.into_any())
        })
        .collect()
}

/// What the answer means for the talk with the clinic, told at once. The live region is there before its text.
fn told(state: State, link: String) -> AnyView {
    let notes = move || {
        let rules = state.live(|pack, live, _| {
            let answer = live.answer(&link, 0);
            let item = live.item(&link);
            let reached = answer.is_some_and(|a| !a.values().is_empty());
            let rules = if reached { findings::about(pack, live, &link) } else { Vec::new() };
            rules
                .into_iter()
                .filter(|r| r.tier <= Tier::B || r.help.is_some())
                .map(|r| {
                    let matched = findings::matched(r, answer);
                    let names: Vec<String> = item
                        .filter(|i| matches!(i.kind, Kind::Lookup | Kind::OpenLookup))
                        .map_or(Vec::new(), |i| matched.into_iter().map(|v: &Value| consult_ready::summary::value(&pack.words, i, v)).collect());
                    (r.tier, r.help, r.patient.clone(), names.join(", "))
                })
                .collect::<Vec<_>>()
        });
        rules.into_iter().map(|(tier, help, text, names)| note(state, tier, help, text, names)).collect::<Vec<_>>()
    };
    view! { <div class="told" role="status">{notes}</div> }.into_any()
}

fn note(state: State, tier: Tier, help: Option<Help>, text: String, names: String) -> AnyView {
    let w = state.words();
    // An answer that asks for help is answered on the same screen, at once; Continue leads on to all of it.
    let call = help.filter(|h| *h != Help::Offer).and_then(|_| state.region_now()).map(|region| {
        let main = region.lines.first().map(|c| c.text.clone()).unwrap_or_default();
        view! { <p><strong>{region.emergency_text.clone()} " " {main}</strong></p> }
    });
    let head = match (help, tier) {
        (Some(_), _) => None,
        (None, Tier::E | Tier::A) => Some(w.told_first().to_string()),
        (None, Tier::B) => Some(w.told_discuss().to_string()),
        (None, Tier::C) => None,
    };
    let head = head.map(|h| view! { <p><strong>{h}</strong></p> });
    let names = (!names.is_empty()).then(|| view! { <b>{names} ": "</b> });
    view! { <div class="note">{call}{head}<p>{names}{text}</p></div> }.into_any()
}

/// A way to the summary from anywhere, once there is something to sum up.
fn finish(state: State) -> AnyView {
    let label = state.word(|w| w.finish_now());
    view! { <span class="finish" hidden=move || state.answers.with(|a| a.is_empty())>{button("plain", label, move || state.go(Place::Check))}</span> }
        .into_any()
}

/// What is wrong with what was entered, in words that say what to do; `None` if nothing is.
fn wrong(state: State, item: &Item, at: u8) -> Option<String> {
    let w = state.words();
    let answer = state.answers.with_untracked(|a| a.get(&Key::new(&item.link_id, at)).cloned());
    let number = matches!(item.kind, Kind::Integer | Kind::Decimal);
    let range = || {
        let end = |n: Option<f64>, or: &str| n.map_or(or.to_string(), |n| n.to_string());
        super::ui::fill(w.problem_number(), &[("min", &end(item.min, "…")), ("max", &end(item.max, "…"))])
    };
    match answer.as_ref().map(Answer::values) {
        Some([Value::Text(_)]) if number => Some(range()),
        Some([Value::Number(n)]) if item.min.is_some_and(|m| *n < m) || item.max.is_some_and(|m| *n > m) => Some(range()),
        Some([Value::Number(n)]) if item.kind == Kind::Integer && n.fract() != 0.0 => Some(range()),
        Some(values) if item.max_length > 0 => {
            let long = |v: &Value| matches!(v, Value::Text(t) if t.chars().count() > item.max_length as usize);
            values.iter().any(long).then(|| super::ui::fill(w.problem_long(), &[("max", &item.max_length.to_string())]))
        }
        _ => None,
    }
}

/// The error summary; its link moves focus from code, so that no address changes.
fn fault(state: State, what: String) -> AnyView {
    let title = state.word(|w| w.problem_title());
    view! {
        <div class="fault-list" role="alert" tabindex="-1" aria-labelledby="fault"><h2 id="fault">{title}</h2>
        <p><button type="button" class="link" on:click=|_| focus::to(".field input, .field textarea")>{what}</button></p></div>
    }
    .into_any()
}
