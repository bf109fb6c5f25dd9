//! Stages: the top-level groups, how far each of them is, and what an answer adds.

use super::{Step, after, done, minutes, resume, seconds};
use crate::answers::{Answers, Key};
use crate::form::EvaluatedForm;
use crate::pack::{Item, Pack};
use std::collections::BTreeSet;

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// Nothing in it was answered or skipped.
    NotStarted,
    /// Some of it was answered or skipped.
    Started,
    /// Every question that is asked in it was answered or skipped.
    Done,
}

/// A stage as the hub shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage<'a> {
    /// The top-level group.
    pub item: &'a Item,
    /// How far it is.
    pub state: StageState,
    /// Questions that were answered.
    pub answered: usize,
    /// Questions that were seen and skipped.
    pub skipped: usize,
    /// Questions that are asked and were not reached.
    pub open: usize,
    /// Estimated minutes left in it; 0 if it is done.
    pub minutes_left: u32,
}

/// The stages that have a screen, in the questionnaire's order. `steps` are those of the chosen
/// length.
pub fn stages<'a>(form: &EvaluatedForm<'a>, steps: &[Step], answers: &Answers) -> Vec<Stage<'a>> {
    let link = |step: &Step| stage_of(form, step).map(|item| item.link_id.as_str());
    let runs = steps.chunk_by(|one, next| link(one) == link(next));
    let stages = runs.filter_map(|run| Some(stage(form, stage_of(form, run.first()?)?, run, answers)));
    stages.collect()
}

fn stage<'a>(form: &EvaluatedForm<'a>, item: &'a Item, steps: &[Step], answers: &Answers) -> Stage<'a> {
    let (mut answered, mut skipped, mut open, mut left) = (0, 0, 0, 0);
    for step in steps {
        let mut done = true;
        for key in step.keys(form) {
            let answer = answers.get(&key);
            done &= answer.is_some();
            match answer {
                _ if !form.item(&key.link).is_some_and(Item::is_question) => {}
                None => open += 1,
                Some(answer) if answer.values().is_empty() => skipped += 1,
                Some(_) => answered += 1,
            }
        }
        left += if done { 0 } else { seconds(form, step) };
    }
    let state = match (open, answered + skipped) {
        (0, _) => StageState::Done,
        (_, 0) => StageState::NotStarted,
        _ => StageState::Started,
    };
    Stage { item, state, answered, skipped, open, minutes_left: minutes(left) }
}

/// The questions of these steps, without "add another?".
pub(crate) fn question_keys(form: &EvaluatedForm<'_>, steps: &[Step]) -> Vec<Key> {
    let keys = steps.iter().flat_map(|s| s.keys(form));
    keys.filter(|k| form.item(&k.link).is_some_and(Item::is_question)).collect()
}

/// The stage of a step: its top-level group. A help step belongs to the stage of the screen that it
/// follows.
pub fn stage_of<'a>(form: &EvaluatedForm<'a>, step: &Step) -> Option<&'a Item> {
    form.section(step.link())
}

/// The steps of one stage, as a slice of `steps`; empty if it has none.
pub fn stage_steps<'s>(form: &EvaluatedForm<'_>, steps: &'s [Step], stage: &str) -> &'s [Step] {
    let inside = |s: &Step| stage_of(form, s).is_some_and(|item| item.link_id == stage);
    let Some(first) = steps.iter().position(inside) else { return &[] };
    let rest = steps.get(first..).unwrap_or_default();
    let count = rest.iter().take_while(|s| inside(s)).count();
    rest.get(..count).unwrap_or_default()
}

/// True once the stages may be answered in any order: the age question was answered, declined or
/// skipped, and the visitor is no minor. Questionnaires by others have no age question, and so no
/// fixed order of their stages.
pub fn may_choose_stage(pack: &Pack, answers: &Answers) -> bool {
    let age = &pack.safety.minor_question;
    let answer = answers.get(&Key::first(age));
    age.is_empty() || answer.is_some_and(|a| !a.has(&pack.safety.minor_code))
}

/// Where a visitor comes to from a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Onward {
    /// Another step.
    Step(Step),
    /// The opening card of a stage that was not begun, by its `linkId`.
    Stage(String),
    /// Nothing is left.
    End,
}

/// Where to go on behind `current`: the next step of its stage, else the next stage that is not
/// done, else an earlier one that was left open. `None` if `current` is not among the steps. Stages
/// with nothing to answer, and questions that stand in no group, come in their order.
pub fn onward(form: &EvaluatedForm<'_>, steps: &[Step], answers: &Answers, current: &Step) -> Option<Onward> {
    if !steps.contains(current) {
        return None;
    }
    let Some(next) = after(steps, current) else { return Some(first_open(form, steps, answers, None)) };
    let stage = |step: &Step| stage_of(form, step).filter(|item| item.is_group());
    let (Some(from), Some(to)) = (stage(current), stage(next)) else { return Some(Onward::Step(next.clone())) };
    let to_answer = stage_steps(form, steps, &to.link_id).iter().any(|s| !s.keys(form).is_empty());
    if from.link_id == to.link_id || !to_answer {
        return Some(Onward::Step(next.clone()));
    }
    Some(first_open(form, steps, answers, Some(&to.link_id)))
}

/// The first stage from `from` on that is not done, or the first before it; the beginning if `from`
/// is `None`.
fn first_open(form: &EvaluatedForm<'_>, steps: &[Step], answers: &Answers, from: Option<&str>) -> Onward {
    let stages = stages(form, steps, answers);
    let start = stages.iter().position(|s| Some(s.item.link_id.as_str()) == from).unwrap_or(0);
    let (before, rest) = stages.split_at_checked(start).unwrap_or((&[], &stages));
    let open = rest.iter().chain(before).find(|s| s.state != StageState::Done && s.item.is_group());
    open.map_or(Onward::End, |stage| enter_stage(form, steps, answers, &stage.item.link_id))
}

/// Where a stage is entered: its card if it was not begun and has words for one, else its first
/// step that is not done, else its first step.
pub fn enter_stage(form: &EvaluatedForm<'_>, steps: &[Step], answers: &Answers, stage: &str) -> Onward {
    let inside = stage_steps(form, steps, stage);
    let begun = inside.iter().flat_map(|s| s.keys(form)).any(|k| answers.get(&k).is_some());
    // The first stage begins with what may be an emergency: nothing stands before it.
    let first = steps.first().and_then(|s| stage_of(form, s)).is_some_and(|item| item.link_id == stage);
    if !begun && !first && form.item(stage).is_some_and(|item| !item.help.is_empty()) {
        return Onward::Stage(stage.into());
    }
    let open = resume(form, inside, answers).and_then(|i| inside.get(i));
    open.or(inside.first()).map_or(Onward::End, |step| Onward::Step(step.clone()))
}

/// One part of a stage's progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// A screen that was answered or skipped.
    Done,
    /// The screen that is shown.
    Here,
    /// A screen that will come for certain.
    Ahead,
}

/// A stage's progress bar: one segment for each screen that is certain to be asked, so that the bar
/// grows when an answer adds screens and never shrinks by itself. Help and "add another?" are no
/// segments; while one of them is shown, the screen before it is `Here`.
pub fn segments(form: &EvaluatedForm<'_>, stage: &[Step], answers: &Answers, current: &Step) -> Vec<Segment> {
    let counts = |s: &&Step| matches!(s, Step::Question { .. } | Step::Page { .. } | Step::Part { .. });
    let place = stage.iter().position(|s| s == current).unwrap_or(0);
    let here = stage.iter().take(place + 1).rfind(counts);
    let certain = |s: &&Step| match s {
        Step::Page { link, repetition } | Step::Part { link, repetition, .. } => {
            form.is_certain(link, *repetition) && s.keys(form).iter().any(|k| form.is_certain(&k.link, k.repetition))
        }
        _ => form.is_certain(s.link(), s.repetition()),
    };
    let segment = |s: &Step| match s {
        s if Some(s) == here => Segment::Here,
        s if done(form, s, answers) => Segment::Done,
        _ => Segment::Ahead,
    };
    stage.iter().filter(counts).filter(|s| certain(s) || Some(*s) == here).map(segment).collect()
}

/// The questions that are asked in a stage.
pub fn questions_of(form: &EvaluatedForm<'_>, steps: &[Step], stage: &str) -> BTreeSet<Key> {
    question_keys(form, stage_steps(form, steps, stage)).into_iter().collect()
}
