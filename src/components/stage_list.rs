//! The stages, each with its drawing, how far it is, and about how long it takes.

use super::drawing::StageDrawing;
use crate::context::{Session, questions_language, use_navigation, use_session, use_words};
use engine::pack::{Words, fill};
use engine::walk::{self, StageState};
use leptos::prelude::*;

/// What one line of the list says.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Line {
    link: String,
    label: String,
    says: String,
    /// The screen that is shown stands in this stage.
    here: bool,
    done: bool,
    /// It opens once the first stage was begun.
    closed: bool,
}

/// The stages of the chosen length as a list of buttons, as they stand when a screen comes: an
/// answer changes none of them until then, and only the lines that say something else are drawn
/// anew. `current` is the stage of the screen that is shown.
#[component]
pub fn StageList(#[prop(into, default = Signal::stored(None))] current: Signal<Option<String>>) -> impl IntoView {
    let (navigation, session, words) = (use_navigation(), use_session(), use_words());
    let lang = questions_language().map(|language| language.tag);
    let lines = Memo::new(move |_| {
        navigation.route();
        current.with(|current| lines(session, words, current.as_deref()))
    });
    let row = move |line: Line| {
        let (link, closed) = (StoredValue::new(line.link.clone()), line.closed);
        view! {
            <li>
                <button
                    type="button" class="stage"
                    aria-current=line.here.then_some("step") aria-disabled=closed.then_some("true")
                    on:click=move |_| if !closed { navigation.enter_stage(&link.get_value()) }
                >
                    <StageDrawing stage=&line.link class="art small"/>
                    <span><b lang=lang.clone() dir="auto">{line.label}</b><small>{line.says}</small></span>
                    {line.done.then(|| view! { <svg class="ico tick-mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5 6.5 12 13 4.5"/></svg> })}
                </button>
            </li>
        }
    };
    view! { <ol class="stages"><For each=move || lines.get() key=Clone::clone children=row/></ol> }
}

fn lines(session: Session, words: &Words, current: Option<&str>) -> Vec<Line> {
    session.with_steps(|pack, form, answers, steps| {
        let free = walk::may_choose_stage(pack, answers);
        let stages = walk::stages(form, steps, answers);
        let groups = stages.iter().filter(|stage| stage.item.is_group());
        let line = |(place, stage): (usize, &walk::Stage<'_>)| {
            let here = current == Some(stage.item.link_id.as_str());
            Line {
                link: stage.item.link_id.clone(),
                label: stage.item.label().into(),
                says: says(words, stage),
                here,
                done: stage.state == StageState::Done,
                closed: !free && place > 0 && !here,
            }
        };
        groups.enumerate().map(line).collect()
    })
}

fn says(words: &Words, stage: &walk::Stage<'_>) -> String {
    let minutes = || fill(words.about_minutes(), &[("n", &stage.minutes_left.to_string())]);
    match stage.state {
        StageState::NotStarted => format!("{}, {}", words.stage_not_started(), minutes()),
        StageState::Started => format!("{}, {}", words.stage_started(), minutes()),
        StageState::Done if stage.skipped > 0 => {
            format!("{}, {}", words.stage_done(), fill(words.stage_skipped(), &[("n", &stage.skipped.to_string())]))
        }
        StageState::Done => words.stage_done().into(),
    }
}

/// True if the walk has stages to choose from: a questionnaire by others may have one alone, or
/// none.
pub fn has_stages() -> bool {
    use_session()
        .evaluate_untracked(|pack, _, _| pack.questionnaire.items.iter().filter(|item| item.is_group()).count() > 1)
}
