//! Native controls for each kind of question. What is entered is an answer at once, so nothing waits for Continue.

mod lookup;

pub use lookup::take_typed;

use super::el::{View, el, group, live, text};
use super::state::State;
use super::ui::{button, p, tick};
use crate::app::signal::Signal;
use crate::browser::{focus, page};
use engine::answer_edit;
use engine::answers::{Answer, Key, Value};
use engine::number;
use engine::pack::{AnswerOption, Item, Kind};

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
pub fn input(state: State, item: &'static Item, at: u8) -> View {
    match item.kind {
        Kind::Choice | Kind::Boolean | Kind::OpenChoice => choices(state, item, at, Heading::First),
        Kind::Lookup | Kind::OpenLookup => lookup::lookup(state, item, at),
        _ => field(state, item, at),
    }
}

/// A question's id on the page. A `linkId` may hold blanks, which part ids where several are named.
fn id_of(item: &Item, at: u8) -> String {
    format!("{}-{at}", item.link_id.split_whitespace().collect::<Vec<_>>().join("_"))
}

/// The fieldset of a choice.
pub fn choices(state: State, item: &Item, at: u8, heading: Heading) -> View {
    let id = id_of(item, at);
    let why = format!("{id}-why");
    let w = state.words();
    let all = if item.repeats && item.help.is_empty() { w.choose_all() } else { &item.help };
    let hint = (heading != Heading::Line && !all.is_empty()).then(|| p("why", all).id(&why));
    el("fieldset")
        .attrs(&[("class", "q"), ("id", &id)])
        .attr_if("aria-describedby", hint.is_some().then_some(&why))
        .kid(el("legend").kid(legend(item, heading)))
        .kids(hint)
        .kid(el("div").class("opts").kids(options(state, item, at)))
        .kids((item.kind == Kind::OpenChoice).then(|| own_words(state, item, at)))
}

fn legend(item: &Item, heading: Heading) -> View {
    match heading {
        Heading::First => group(stem(item)).kid(el("h1").attr("tabindex", "-1").text(&item.text)),
        Heading::Second => group(stem(item)).kid(el("h2").text(&item.text)),
        Heading::Line => text(&item.text),
    }
}

/// The words above an instrument's question.
fn stem(item: &Item) -> Option<View> {
    (!item.prefix.is_empty()).then(|| el("span").class("stem").text(&item.prefix))
}

/// The rows to choose from; "none" and its like stand apart behind an "or".
pub fn options(state: State, item: &Item, at: u8) -> Vec<View> {
    let mut out = Vec::new();
    let mut apart = false;
    for (index, o) in item.options.iter().enumerate() {
        if o.exclusive && !apart {
            apart = true;
            out.push(p("or", state.words().or()));
        }
        out.push(option(state, item, at, index, o));
    }
    out
}

fn option(state: State, item: &Item, at: u8, index: usize, o: &AnswerOption) -> View {
    let key = Key::new(&item.link_id, at);
    let name = id_of(item, at);
    let id = format!("{name}-{index}");
    let kind = if item.repeats { "checkbox" } else { "radio" };
    let checked = {
        let (key, code) = (key.clone(), o.code.clone());
        move || state.answers.with(|a| a.get(&key).is_some_and(|a| a.has(&code)))
    };
    let change = {
        let (item, o) = (item.clone(), o.clone());
        move |on| {
            let before = state.answers.with_untracked(|a| a.get(&key).cloned());
            state.answer(key.clone(), answer_edit::choose(&item, before.as_ref(), &o, on));
        }
    };
    let input = el("input").attrs(&[("type", kind), ("name", &name), ("autocomplete", "off")]).live_checked(checked).on_tick(change);
    tick(input, &id, &o.text, "")
}

/// Own words beside choices.
fn own_words(state: State, item: &Item, at: u8) -> View {
    let id = format!("{}-own", id_of(item, at));
    let label = el("label").attr("for", &id).text(state.words().own_words());
    el("div").class("field").kid(label).kid(boxes(state, item, at, id, false))
}

/// A question answered in own words, a number or a day.
fn field(state: State, item: &'static Item, at: u8) -> View {
    let id = id_of(item, at);
    let heading = el("h1").attrs(&[("tabindex", "-1"), ("id", &format!("{id}-label"))]).text(&item.text);
    let hint = (!item.help.is_empty()).then(|| p("why", &item.help).id(&format!("{id}-why")));
    group(stem(item)).kid(heading).kids(hint).kid(el("div").class("field").kid(boxes(state, item, at, id, true)))
}

/// A box to type into. Where several answers may be given, there are as many as answers, and more can be added.
fn boxes(state: State, item: &Item, at: u8, id: String, alone: bool) -> View {
    let (key, kind, text) = (Key::new(&item.link_id, at), item.kind, item.text.clone());
    let longest = if item.max_length > 0 { item.max_length } else { answer_edit::LONGEST }.to_string();
    let mut own = state.answers.with_untracked(|a| a.get(&key).map(own_texts).unwrap_or_default());
    // Always one, and beside choices no more.
    own.resize(if alone { own.len().max(1) } else { 1 }, String::new());
    let boxes = Signal::new(own.into_iter().map(Signal::new).collect::<Vec<_>>());
    let write = {
        let (key, item) = (key.clone(), item.clone());
        move || {
            let before = state.answers.with_untracked(|a| a.get(&key).cloned());
            let typed: Vec<String> = boxes.get_untracked().into_iter().map(Signal::get_untracked).collect();
            state.answer(key.clone(), answer_edit::write(&item, before.as_ref(), &typed));
        }
    };
    let wrong = format!("{id}-wrong");
    // The same words as in the summary of errors, beside the field itself.
    let told = p("fault", "").id(&wrong).live_text(move || state.problem.get());
    let about = if item.help.is_empty() || !alone { wrong } else { [&id, "-why ", &wrong].concat() };
    let more = (alone && item.repeats).then(|| {
        let id = id.clone();
        button("plain", state.words().add(), move || {
            boxes.update(|b| b.push(Signal::new(String::new())));
            let last = format!("[id='{id}.{}']", boxes.get_untracked().len() - 1);
            page::soon(move || focus::to(&last));
        })
    });
    let one = move |(n, typed): (usize, Signal<String>)| {
        let numeric = matches!(kind, Kind::Integer | Kind::Decimal | Kind::Quantity);
        // At a kiosk the same field is filled by tapping keys, and calls up no keyboard of the system's.
        let keys = if numeric { "0123456789." } else { state.words().kiosk_letters() };
        // A day is picked from the calendar that the browser gives.
        let pad = (state.kiosk.is_some() && !matches!(kind, Kind::Date | Kind::Time | Kind::DateTime))
            .then(|| super::kiosk::pad(state, keys, typed, write.clone()));
        let field = if kind == Kind::Text {
            el("textarea").attr("rows", "4")
        } else {
            let shape = match kind {
                Kind::Date => "date",
                Kind::Time => "time",
                Kind::DateTime => "datetime-local",
                _ => "text",
            };
            el("input").attr("type", shape).attr_if("inputmode", numeric.then_some("decimal"))
        };
        let write = write.clone();
        let name = if n == 0 { id.clone() } else { format!("{id}.{n}") };
        let field = field
            .attrs(&[("id", &name), ("autocomplete", "off"), ("spellcheck", "false"), ("aria-describedby", &about)])
            .live_attr("aria-invalid", move || if state.problem.with(String::is_empty) { "false" } else { "true" })
            .attr_if("aria-labelledby", (alone && n == 0).then_some([&id, "-label"].concat()).as_deref())
            .attr_if("aria-label", (n > 0).then(|| [&text, " ", &(n + 1).to_string()].concat()).as_deref())
            .attr("maxlength", &longest)
            .attr_if("inputmode", pad.is_some().then_some("none"))
            .live_value(move || typed.get())
            .on_value("input", move |text| {
                typed.set(text);
                write();
            });
        group([field]).kids(pad)
    };
    // An option that stands alone took the words away: they may not seem to stand beside it.
    let emptied = move |_: &View| {
        let own = state.answers.with(|a| a.get(&key).is_some_and(|a| !own_texts(a).is_empty()));
        for typed in boxes.get_untracked().into_iter().filter(|typed| !alone && !own && !typed.with_untracked(String::is_empty)) {
            typed.set(String::new());
        }
    };
    group([told.live(emptied), live(move || group(boxes.get().into_iter().enumerate().map(&one)))]).kids(more)
}

fn own_texts(answer: &Answer) -> Vec<String> {
    let text = |v: &Value| match v {
        Value::Text(t) => Some(t.clone()),
        Value::Number(n) | Value::Quantity(n, _) => number::write(*n),
        Value::Code(_) => None,
    };
    answer.values().iter().filter_map(text).collect()
}
