//! Check my answers: by stage, what is open first, with Change that comes straight back to its row.

use crate::components::{Actions, BackButton, Button, Heading, Lead, ScreenHeading, element_id};
use crate::context::{Session, questions_language, use_kiosk, use_navigation, use_session, use_words};
use crate::platform::{document, focus, host};
use crate::route::Route;
use engine::answers::{Answer, Key};
use engine::pack::{Item, UNKNOWN_CODES, fill};
use engine::summary::display_answer;
use engine::walk::Step;
use leptos::prelude::*;

/// A line of the list.
#[derive(Clone)]
struct Line {
    section: String,
    label: String,
    value: String,
    unanswered: Option<Unanswered>,
    step: Step,
    key: Key,
}

/// An answer that leaves its question open is marked by words and by the shape around them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unanswered {
    /// "Not sure" or "rather not say".
    Unknown,
    /// Skipped or not reached.
    Missing,
}

/// The check screen.
#[component]
pub fn CheckScreen() -> impl IntoView {
    let (words, session, navigation) = (use_words(), use_session(), use_navigation());
    let mut sections: Vec<(String, Vec<Line>)> = Vec::new();
    for line in lines(session) {
        match sections.last_mut() {
            Some((name, list)) if *name == line.section => list.push(line),
            _ => sections.push((line.section.clone(), vec![line])),
        }
    }
    let back_to = session.changed_row.get_untracked();
    if let Some(key) = &back_to {
        session.changed_row.set(None);
        // Behind the focus that each new screen puts on its heading.
        let row = format!("[id='{}'] button", row_id(key));
        host::after_paint(move || host::after_paint(move || focus::to(&row)));
    }
    let section = |(name, lines)| view! { <Section name lines back_to=back_to.clone()/> };
    view! {
        <BackButton/>
        <div class="flow">
            <ScreenHeading text=words.check_title()/>
            <Lead text=words.check_lead()/>
            {sections.into_iter().map(section).collect_view()}
        </div>
        <Actions><Button label=words.to_summary() on_press=move |()| navigation.go(Route::Summary)/></Actions>
    }
}

/// The id of a row on the page.
fn row_id(key: &Key) -> String {
    format!("check-{}", element_id(&key.link, key.repetition))
}

/// A line for each question that is asked, in order.
fn lines(session: Session) -> Vec<Line> {
    session.with_all_steps(|pack, form, answers, steps| {
        let mut lines: Vec<Line> = Vec::new();
        for step in steps {
            for key in step.keys(form) {
                // "Add another?" is no question of its own, and one whose answers stand in parts is
                // one line.
                let known = |key: &Key| lines.last().is_some_and(|line| line.key == *key);
                let Some(item) = form.item(&key.link).filter(|item| item.is_question() && !known(&key)) else {
                    continue;
                };
                let answer = answers.get(&key);
                let value = match answer {
                    None => pack.words.not_reached().into(),
                    answer => display_answer(&pack.words, item, answer),
                };
                let section = form.section(&key.link).filter(|section| section.is_group());
                lines.push(Line {
                    section: section.map_or(&*pack.questionnaire.title, Item::label).to_string(),
                    label: item.label().into(),
                    value,
                    unanswered: unanswered(answer),
                    step: step.clone(),
                    key,
                });
            }
        }
        lines
    })
}

fn unanswered(answer: Option<&Answer>) -> Option<Unanswered> {
    match answer {
        None | Some(Answer::Skipped) => Some(Unanswered::Missing),
        Some(answer) if UNKNOWN_CODES.iter().any(|code| answer.has(code)) => Some(Unanswered::Unknown),
        Some(_) => None,
    }
}

/// One stage; one that was not reached is one line, not a list of blanks. What is open stands
/// first. Folded where the window is narrow, unless the visitor comes back to a row of it.
#[component]
fn Section(name: String, lines: Vec<Line>, back_to: Option<Key>) -> AnyView {
    let (words, navigation) = (use_words(), use_navigation());
    let heading = view! { <Heading text=name/> };
    if lines.iter().any(|line| line.value != words.not_reached()) {
        let open = lines.iter().filter(|line| line.unanswered.is_some()).count();
        let answered = fill(words.check_answered(), &[("n", &(lines.len() - open).to_string())]);
        let left = (open > 0)
            .then(|| view! { <span class="chip none">{fill(words.check_open(), &[("n", &open.to_string())])}</span> });
        let unfolded = document::is_wide()
            || use_kiosk().is_some()
            || lines.iter().any(|line| Some(&line.key) == back_to.as_ref());
        let (first, then): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.unanswered.is_some());
        let rows = first.into_iter().chain(then).map(|line| view! { <Row line/> }).collect_view();
        return view! {
            <details class="check-stage" open=unfolded>
                <summary>{heading}<span class="soft">{answered}</span>{left}</summary>
                <dl class="check">{rows}</dl>
            </details>
        }
        .into_any();
    }
    let first = lines.into_iter().next().map(|line| line.step);
    let go = move |()| {
        if let Some(step) = first.clone() {
            navigation.go(Route::step(step));
        }
    };
    view! {
        {heading}
        <p class="soft">{words.section_empty()}</p>
        <Button class="plain" label=words.to_questions() on_press=go/>
    }
    .into_any()
}

#[component]
fn Row(line: Line) -> impl IntoView {
    let (words, navigation, session) = (use_words(), use_navigation(), use_session());
    let value = match line.unanswered {
        Some(Unanswered::Missing) => view! { <span class="chip none">{line.value}</span> }.into_any(),
        Some(Unanswered::Unknown) => view! { <span class="chip">{line.value}</span> }.into_any(),
        None => line.value.into_any(),
    };
    let (step, key) = (line.step, line.key);
    let id = row_id(&key);
    let lang = questions_language().map(|language| language.tag);
    let change = move |()| {
        session.changed_row.set(Some(key.clone()));
        navigation.go(Route::Question { step: step.clone(), from_check: true });
    };
    view! {
        <div id=id>
            <dt lang=lang.clone() dir="auto">{line.label.clone()}</dt>
            <dd lang=lang dir="auto">{value}</dd>
            <dd class="act"><Button class="plain" label=words.change() after=line.label on_press=change/></dd>
        </div>
    }
}
