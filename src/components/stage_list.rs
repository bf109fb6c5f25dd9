//! The stages, each with its drawing, how far it is, and about how long it takes.

use super::drawing::StageDrawing;
use crate::context::{questions_language, use_navigation, use_session, use_words};
use engine::pack::{Words, fill};
use engine::walk::{self, StageState};
use leptos::prelude::*;

/// What one line of the list says.
#[derive(Clone, PartialEq)]
struct Line {
    link: String,
    label: String,
    says: String,
    done: bool,
    /// It opens once the first stage was begun.
    closed: bool,
}

/// The stages of the chosen length as a list of buttons, as they stand now: drawn anew with each
/// screen, not with each answer. `current` is the stage of the screen that is shown.
#[component]
pub fn StageList(#[prop(optional_no_strip)] current: Option<String>) -> impl IntoView {
    let navigation = use_navigation();
    let lang = questions_language().map(|language| language.tag);
    let row = move |line: Line| {
        let here = current.as_ref() == Some(&line.link);
        let (link, closed) = (StoredValue::new(line.link.clone()), line.closed && !here);
        view! {
            <li>
                <button
                    type="button" class="stage"
                    aria-current=here.then_some("step") aria-disabled=closed.then_some("true")
                    on:click=move |_| if !closed { navigation.enter_stage(&link.get_value()) }
                >
                    <StageDrawing stage=&line.link class="art small"/>
                    <span><b lang=lang.clone() dir="auto">{line.label}</b><small>{line.says}</small></span>
                    {line.done.then(|| view! { <svg class="ico tick-mark" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8.5 6.5 12 13 4.5"/></svg> })}
                </button>
            </li>
        }
    };
    view! { <ol class="stages">{lines().into_iter().map(row).collect_view()}</ol> }
}

fn lines() -> Vec<Line> {
    let words = use_words();
    use_session().with_steps(|pack, form, answers, steps| {
        let free = walk::may_choose_stage(pack, answers);
        let stages = walk::stages(form, steps, answers);
        let groups = stages.iter().filter(|stage| stage.item.is_group());
        let line = |(place, stage): (usize, &walk::Stage<'_>)| Line {
            link: stage.item.link_id.clone(),
            label: stage.item.label().into(),
            says: says(words, stage),
            done: stage.state == StageState::Done,
            closed: !free && place > 0,
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
