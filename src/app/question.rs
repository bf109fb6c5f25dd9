//! A step of the questionnaire: one question, the emergency page, "add another?", or help.

use super::el::{View, el, group, live};
use super::inputs::{self, Heading};
use super::state::{Place, State};
use super::ui::{acts, back, button, h2, lead, p};
use crate::browser::dom::Event;
use crate::browser::{focus, page};
use engine::answers::{Answer, Answers, Key, Value};
use engine::number;
use engine::pack::{AnswerOption, Help, Item, Kind, Rule, Tier};
use engine::walk::{self, Step};
use engine::{answer_edit, findings};

pub fn screen(state: State, step: Step, change: bool) -> View {
    if let Step::Help { after } = step {
        return super::help::step(state, after, change);
    }
    let Some(item) = state.item(step.link()) else { return group([]) };
    state.problem.set(String::new());
    let w = state.words();
    let page_or_more = matches!(step, Step::Page { .. } | Step::AddRepetition { .. });
    let skippable = item.is_question() || page_or_more;
    let (class, body) = match &step {
        Step::Question { .. } if !item.is_question() => ("", notice(item)),
        Step::Page { .. } => ("emerg", page(state, item, step.repetition())),
        Step::AddRepetition { link, repetition } => ("", another(state, item, link, *repetition)),
        _ => ("", question(state, item, step.repetition())),
    };
    let skip_word = match item.kind {
        _ if matches!(step, Step::Page { .. }) => w.skip_page(),
        Kind::Lookup | Kind::OpenLookup if state.kiosk.is_some() => w.kiosk_tell(),
        _ => w.skip(),
    };
    let over = over(state, &step);
    let skip = skippable.then(|| button("plain", skip_word, skip(state, step.clone(), change)));
    let finish = finish(state, step.clone(), item);
    let go_on = el("button").attrs(&[("type", "submit"), ("class", "btn")]).text(w.continue_());
    let form = el("form")
        .attrs(&[("class", class), ("novalidate", ""), ("autocomplete", "off")])
        .on("submit", submit(state, step, item, change))
        .kid(body)
        .kid(acts([go_on]).kids(skip).kid(finish));
    group([back(state), live(move || group(Some(state.problem.get()).filter(|what| !what.is_empty()).map(|what| fault(state, &what)))), over, form])
}

/// Continue: to the next step, unless something is wrong with what was entered.
fn submit(state: State, step: Step, item: &'static Item, change: bool) -> impl FnMut(Event) {
    move |e| {
        e.prevent_default();
        if entered(state, item, step.repetition()) {
            state.continue_from(&step, change);
        }
    }
}

/// True if what was entered can stand; else says what is wrong with it.
fn entered(state: State, item: &'static Item, at: u8) -> bool {
    inputs::take_typed(state, item, at, true);
    let wrong = wrong(state, item, at);
    if wrong.is_some() {
        page::soon(|| focus::to(".fault-list"));
    }
    state.problem.set(wrong.clone().unwrap_or_default());
    wrong.is_none()
}

/// Passes a question over, taking back what was chosen. On the emergency page only what is blank is passed
/// over: a "yes" given there still leads to help.
fn skip(state: State, step: Step, change: bool) -> impl Fn() {
    move || {
        if !matches!(step, Step::Page { .. }) {
            state.typed.set(String::new());
            for key in state.live_now(|_, live, _| step.keys(live)) {
                state.answer(key, Answer::Skipped);
            }
        }
        state.continue_from(&step, change);
    }
}

/// Section and, where the total is true, the place in it.
fn over(state: State, step: &Step) -> View {
    let (section, count) = state.live_now(|pack, live, _| {
        let steps = walk::steps(pack, live);
        let count = steps.iter().position(|s| s == step).and_then(|i| walk::progress(live, &steps, i));
        (live.section(step.link()).filter(|s| s.is_group()).map(|s| s.label().to_string()).unwrap_or_default(), count)
    });
    let w = state.words();
    let count = count.map(|(n, of)| super::ui::fill(w.question_of(), &[("n", &n.to_string()), ("of", &of.to_string())]));
    let count = el("span").text(&count.unwrap_or_default());
    el("p").class("over").kid(el("b").text(&section)).kid(count)
}

fn question(state: State, item: &'static Item, at: u8) -> View {
    group([inputs::input(state, item, at), told(state, item.link_id.clone())])
}

/// A screen with nothing to answer: a line of text, or why a section is not offered in this language.
fn notice(item: &Item) -> View {
    let why = (!item.not_offered.is_empty()).then(|| lead(&item.not_offered));
    group([el("h1").attr("tabindex", "-1").text(&item.text)]).kids(why)
}

/// The emergency questions: together on one screen, the only exception.
fn page(state: State, item: &Item, at: u8) -> View {
    let row = |i: &Item| {
        let opts = el("div").class("opts").kids(inputs::options(state, i, at));
        group([el("fieldset").kid(el("legend").text(&i.text)).kid(opts), told(state, i.link_id.clone())])
    };
    let why = (!item.help.is_empty()).then(|| p("why", &item.help));
    notice(item).kids(why).kids(item.items.iter().filter(|i| i.is_question()).map(row))
}

/// "Add another?" at the end of a repeated group.
fn another(state: State, group_item: &Item, link: &str, at: u8) -> View {
    let w = state.words();
    let option = |code: &str, text: &str| AnswerOption { code: code.into(), text: text.into(), ..Default::default() };
    let item = Item {
        link_id: link.into(),
        kind: Kind::Choice,
        text: w.another().into(),
        options: vec![option("true", w.another_yes()), option("false", w.another_no())],
        ..Item::default()
    };
    let so_far = el("ul").class("picked").kids(filled(state, group_item, at));
    group([so_far, inputs::choices(state, &item, at, Heading::First)])
}

/// One line for each repetition so far.
fn filled(state: State, group: &Item, last: u8) -> Vec<View> {
    let w = state.words();
    let Some(first) = group.items.iter().find(|i| i.is_question()) else { return Vec::new() };
    let answer = |at| state.answers.with_untracked(|a| a.get(&Key::new(&first.link_id, at)).cloned());
    let line = |a: Answer| el("li").kid(el("span").text(&engine::summary::display_answer(w, first, Some(&a))));
    let so_far = state.live_now(|_, live, _| live.repetitions_up_to(&group.link_id, last));
    so_far.into_iter().filter_map(|at| answer(at).map(line)).collect()
}

/// What the answer means for the talk with the clinic, told at once. The live region is there before its text.
fn told(state: State, link: String) -> View {
    let mut shown = Vec::new();
    el("div").attrs(&[("class", "told"), ("role", "status")]).live(move |region| {
        let notes = notes(state, &link);
        // Only what changed is drawn anew: what is put there again is read out again.
        if notes != shown {
            region.replace_kids(&group(notes.iter().map(note)));
            shown = notes;
        }
    })
}

/// One thing told: each part may be empty.
#[derive(Default, PartialEq)]
struct Note {
    call: String,
    head: String,
    names: String,
    text: String,
}

fn notes(state: State, link: &str) -> Vec<Note> {
    let (emergency, crisis) =
        state.region_now().map(|r| (r.emergency_text.clone(), r.lines.first().map_or("", |c| &c.text).to_string())).unwrap_or_default();
    state.live(|pack, live, _| {
        let answer = live.answer(link, 0);
        if answer.is_none_or(|a| a.values().is_empty()) {
            return Vec::new();
        }
        let rules = findings::about(pack, live, link).into_iter().filter(|r| r.tier <= Tier::B || r.help.is_some());
        let item = live.item(link).filter(|i| matches!(i.kind, Kind::Lookup | Kind::OpenLookup));
        let note = |rule: &Rule| {
            let name = |v: &Value| item.map(|i| engine::summary::value(&pack.words, i, v));
            let names: Vec<String> = findings::matched(rule, answer).into_iter().filter_map(name).collect();
            // What must be told first says so itself, in the rule's own words; nothing is said twice.
            let head = match (rule.help, rule.tier) {
                (None, Tier::B) if !rule.patient.contains(pack.words.told_discuss()) => pack.words.told_discuss(),
                _ => "",
            };
            // An answer that asks for help is answered on the same screen, at once; Continue leads on to all of it.
            let call = match rule.help {
                None | Some(Help::Offer) => String::new(),
                Some(help) if help.is_medical() => emergency.clone(),
                Some(_) => format!("{emergency} · {crisis}"),
            };
            Note { call, head: head.into(), names: names.join(", "), text: rule.patient.clone() }
        };
        rules.map(note).collect()
    })
}

fn note(note: &Note) -> View {
    let strong = |text: &str| (!text.is_empty()).then(|| el("p").kid(el("strong").text(text)));
    let names = (!note.names.is_empty()).then(|| el("b").text(&note.names).text(": "));
    el("div").class("note").kids(strong(&note.call)).kids(strong(&note.head)).kid(el("p").kids(names).text(&note.text))
}

/// A way to the summary from anywhere, once there is something to sum up. Help is not passed by on the way.
fn finish(state: State, step: Step, item: &'static Item) -> View {
    let go = move || {
        if !entered(state, item, step.repetition()) {
            return;
        }
        let help = state.live_now(|pack, live, _| walk::after(&walk::steps(pack, live), &step).filter(|s| matches!(s, Step::Help { .. })).cloned());
        state.go(help.map_or(Place::Check, |step| Place::Step { step, change: true }));
    };
    let button = button("plain", state.words().finish_now(), go);
    el("span").class("finish").live_flag("hidden", move || state.answers.with(Answers::is_empty)).kid(button)
}

/// What is wrong with what was entered, in words that say what to do; `None` if nothing is.
fn wrong(state: State, item: &Item, at: u8) -> Option<String> {
    let w = state.words();
    let answer = state.answers.with_untracked(|a| a.get(&Key::new(&item.link_id, at)).cloned());
    answer.as_ref().map_or(&[][..], Answer::values).iter().find_map(|value| match value {
        value if !answer_edit::fits(item, value) => {
            let end = |n: Option<f64>| n.and_then(number::write).unwrap_or("…".into());
            let number = || super::ui::fill(w.problem_number(), &[("min", &end(item.min)), ("max", &end(item.max))]);
            Some(match item.kind {
                Kind::Integer | Kind::Decimal => number(),
                Kind::Date => w.problem_day().into(),
                _ => w.not_listed().into(),
            })
        }
        Value::Text(t) if item.max_length > 0 && t.chars().count() > item.max_length as usize => {
            Some(super::ui::fill(w.problem_long(), &[("max", &item.max_length.to_string())]))
        }
        _ => None,
    })
}

/// The error summary; its link moves focus from code, so that no address changes.
fn fault(state: State, what: &str) -> View {
    let link = button("link", what, || focus::to(".field input, .field textarea"));
    el("div")
        .attrs(&[("class", "fault-list"), ("role", "alert"), ("tabindex", "-1"), ("aria-labelledby", "fault")])
        .kid(h2(state.words().problem_title()).id("fault"))
        .kid(el("p").kid(link))
}
