//! Native controls for each kind of question. What is entered is an answer at once, so nothing waits for Continue.

mod lookup;

use super::state::State;
use consult_ready::answers::{Answer, Key, Value};
use consult_ready::choose;
use consult_ready::pack::{AnswerOption, Item, Kind};
use leptos::prelude::*;

/// How the question's own text is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// The screen's heading.
    First,
    /// A heading on a screen that has one already.
    Second,
    /// A line of its fieldset (several questions on one screen).
    Line,
}

/// The control for a question, with its text.
pub fn input(state: State, item: &Item, at: u8) -> AnyView {
    match item.kind {
        Kind::Choice | Kind::Boolean | Kind::OpenChoice => choices(state, item, at, Heading::First),
        Kind::Lookup | Kind::OpenLookup => lookup::lookup(state, item, at),
        Kind::Text => field(state, item, at, true),
        _ => field(state, item, at, false),
    }
}

/// The fieldset of a choice.
pub fn choices(state: State, item: &Item, at: u8, heading: Heading) -> AnyView {
    let id = format!("{}-{at}", item.link_id);
    let why = format!("{id}-why");
    let w = state.words();
    let all = if item.repeats && item.help.is_empty() { w.choose_all().to_string() } else { item.help.clone() };
    let hint = (heading != Heading::Line && !all.is_empty()).then(|| view! { <p class="why" id=why.clone()>{all}</p> });
    let own = (item.kind == Kind::OpenChoice).then(|| own_words(state, item, at));
    let described = hint.is_some().then(|| why.clone());
    view! {
        <fieldset class="q" id=id.clone() aria-describedby=described>
            <legend>{legend(item, heading)}</legend>
            {hint}
            <div class="opts">{options(state, item, at)}</div>
            {own}
        </fieldset>
    }
    .into_any()
}

fn legend(item: &Item, heading: Heading) -> AnyView {
    let text = item.text.clone();
    let stem = (!item.prefix.is_empty()).then(|| view! { <span class="stem">{item.prefix.clone()}</span> });
    match heading {
        Heading::First => view! { {stem}<h1 tabindex="-1">{text}</h1> }.into_any(),
        Heading::Second => view! { {stem}<h2>{text}</h2> }.into_any(),
        Heading::Line => view! { {text} }.into_any(),
    }
}

/// The rows to choose from; "none" and its like stand apart behind an "or".
pub fn options(state: State, item: &Item, at: u8) -> Vec<AnyView> {
    let mut out = Vec::new();
    let mut apart = false;
    for (index, o) in item.options.iter().enumerate() {
        if o.exclusive && !apart {
            apart = true;
            out.push(view! { <p class="or">{state.word(|w| w.or())}</p> }.into_any());
        }
        out.push(option(state, item, at, index, o));
    }
    out
}

fn option(state: State, item: &Item, at: u8, index: usize, o: &AnswerOption) -> AnyView {
    let key = Key::new(&item.link_id, at);
    let name = format!("{}-{at}", item.link_id);
    let id = format!("{name}-{index}");
    let kind = if item.repeats { "checkbox" } else { "radio" };
    let checked = {
        let (key, code) = (key.clone(), o.code.clone());
        move || state.answers.with(|a| a.get(&key).is_some_and(|a| a.has(&code)))
    };
    let change = {
        let (item, o) = (item.clone(), o.clone());
        move |e| {
            let before = state.answers.with_untracked(|a| a.get(&key).cloned());
            state.answer(key.clone(), choose::choose(&item, before.as_ref(), &o, event_target_checked(&e)));
        }
    };
    view! {
        <div class="opt"><input type=kind id=id.clone() name=name autocomplete="off" prop:checked=checked on:change=change/>
        <label for=id>{o.text.clone()}</label></div>
    }
    .into_any()
}

/// Own words beside choices.
fn own_words(state: State, item: &Item, at: u8) -> AnyView {
    let id = format!("{}-{at}-own", item.link_id);
    let label = state.word(|w| w.own_words());
    view! { <p class="field"><label for=id.clone()>{label}</label>{text_box(state, item, at, id, false)}</p> }.into_any()
}

/// A question answered in own words, a number or a day.
fn field(state: State, item: &Item, at: u8, tall: bool) -> AnyView {
    let id = format!("{}-{at}", item.link_id);
    let why = format!("{id}-why");
    let hint = (!item.help.is_empty()).then(|| view! { <p class="why" id=why.clone()>{item.help.clone()}</p> });
    let stem = (!item.prefix.is_empty()).then(|| view! { <span class="stem">{item.prefix.clone()}</span> });
    view! {
        {stem}
        <h1 tabindex="-1" id=format!("{id}-label")>{item.text.clone()}</h1>
        {hint}
        <p class="field">{text_box(state, item, at, id, tall)}</p>
    }
    .into_any()
}

fn text_box(state: State, item: &Item, at: u8, id: String, tall: bool) -> AnyView {
    let key = Key::new(&item.link_id, at);
    let start = state.answers.with_untracked(|a| a.get(&key).map(own_text).unwrap_or_default());
    let numeric = matches!(item.kind, Kind::Integer | Kind::Decimal);
    let write = move |e| {
        let text = event_target_value(&e);
        let before = state.answers.with_untracked(|a| a.get(&key).cloned());
        let answer = match text.trim().parse::<f64>() {
            Ok(n) if numeric && n.is_finite() => Answer::Given(vec![Value::Number(n)]),
            _ => choose::write(before.as_ref(), &text),
        };
        state.answer(key.clone(), answer);
    };
    let label = format!("{}-{at}-label", item.link_id);
    let label = (!id.ends_with("-own")).then_some(label);
    let most = (item.max_length > 0).then(|| item.max_length.to_string());
    if tall {
        view! { <textarea id=id rows="4" autocomplete="off" aria-labelledby=label maxlength=most prop:value=start on:input=write></textarea> }
            .into_any()
    } else {
        let kind = if item.kind == Kind::Date { "date" } else { "text" };
        let mode = numeric.then_some("decimal");
        view! { <input type=kind inputmode=mode id=id autocomplete="off" aria-labelledby=label maxlength=most prop:value=start on:input=write/> }
            .into_any()
    }
}

fn own_text(answer: &Answer) -> String {
    let text = |v: &Value| match v {
        Value::Text(t) => Some(t.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Code(_) => None,
    };
    answer.values().iter().find_map(text).unwrap_or_default()
}
