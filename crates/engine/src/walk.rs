//! Which screens there are, in order: a pure function of the answers so far.
//!
//! Steps stand in the questionnaire's order. A *stage* is a top-level group; its steps stand
//! together, so a slice of the steps is a stage. A *page* is a group whose questions stand on one
//! screen; the page of details that a "yes" leads to is a page of its own, right behind it, and is
//! no step while none of its questions is asked.

mod estimate;
mod pace;
mod parts;
mod stages;

pub use estimate::estimate;
pub use pace::{card_seconds, minutes, reading_minutes, seconds};
pub use parts::{Room, in_parts, part_of};
pub(crate) use stages::question_keys;
pub use stages::{
    Onward, Segment, Stage, StageState, enter_stage, may_choose_stage, onward, questions_of, segments, stage_of,
    stage_steps, stages,
};

use crate::answers::{Answer, Answers, Key};
use crate::findings;
use crate::form::EvaluatedForm;
use crate::pack::{Condition, Item, Kind, NO, Operand, Pack, UNKNOWN_CODES, YES};
use std::ops::Range;

/// One screen of the questionnaire.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// One question, in repetition `at` of its repeated group; or a screen that only tells
    /// something.
    Question {
        /// `linkId`.
        link: String,
        /// Repetition of its repeated group, from 0.
        repetition: u8,
    },
    /// A group whose questions stand on one screen.
    Page {
        /// `linkId` of the group.
        link: String,
        /// Repetition of its repeated group, from 0.
        repetition: u8,
    },
    /// Some rows of a page, or some answers of one question, on a screen without room for all of
    /// them ([`in_parts`]).
    Part {
        /// `linkId` of the group, or of the question.
        link: String,
        /// Repetition of its repeated group, from 0.
        repetition: u8,
        /// Which of the page's items.
        rows: Range<usize>,
        /// Which of the answers, where one question is cut; own words count as the last.
        answers: Option<Range<usize>>,
    },
    /// "Add another?" at the end of repetition `at` of a repeated group.
    AddRepetition {
        /// `linkId` of the group.
        link: String,
        /// Repetition of its repeated group, from 0.
        repetition: u8,
    },
    /// Help, right behind the screen whose answer asked for it.
    Help {
        /// `linkId` of the question or page before it.
        after: String,
    },
}

impl Step {
    /// The `linkId` of the item the step belongs to.
    pub fn link(&self) -> &str {
        match self {
            Self::Question { link, .. }
            | Self::Page { link, .. }
            | Self::Part { link, .. }
            | Self::AddRepetition { link, .. } => link,
            Self::Help { after } => after,
        }
    }

    /// The repetition it stands in.
    pub fn repetition(&self) -> u8 {
        match self {
            Self::Question { repetition, .. }
            | Self::Page { repetition, .. }
            | Self::Part { repetition, .. }
            | Self::AddRepetition { repetition, .. } => *repetition,
            Self::Help { .. } => 0,
        }
    }

    /// The keys it answers.
    pub fn keys(&self, form: &EvaluatedForm<'_>) -> Vec<Key> {
        match self {
            // A line of text, or a section that this language does not offer, is a screen with
            // nothing to answer.
            Self::Question { link, .. } if !form.item(link).is_some_and(Item::is_question) => Vec::new(),
            Self::Question { link, repetition } | Self::AddRepetition { link, repetition } => {
                vec![Key::new(link, *repetition)]
            }
            Self::Part { link, repetition, .. } if form.item(link).is_some_and(|item| item.kind != Kind::Page) => {
                vec![Key::new(link, *repetition)]
            }
            Self::Page { link, repetition } | Self::Part { link, repetition, .. } => {
                let items = form.item(link).map_or(&[][..], |page| self.items(page));
                let asked = items.iter().filter(|i| i.is_question() && form.asked(&i.link_id, *repetition));
                asked.map(|i| Key::new(&i.link_id, *repetition)).chain(asks_another(form, self)).collect()
            }
            Self::Help { .. } => Vec::new(),
        }
    }

    /// The items of its page that this step shows.
    pub fn items<'a>(&self, page: &'a Item) -> &'a [Item] {
        match self {
            Self::Page { .. } => &page.items,
            Self::Part { rows, .. } => page.items.get(rows.clone()).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// The steps as they stand with these answers.
///
/// ```
/// use engine::{answers::Answers, form::EvaluatedForm, pack::Pack, walk};
///
/// /// The `linkId` of the first screen that is not done.
/// fn next_screen(pack: &Pack, answers: &Answers) -> Option<String> {
///     let form = EvaluatedForm::new(&pack.questionnaire, answers);
///     let steps = walk::steps(pack, &form);
///     let next = walk::resume(&form, &steps, answers)?;
///     steps.get(next).map(|step| step.link().to_string())
/// }
/// ```
pub fn steps(pack: &Pack, form: &EvaluatedForm<'_>) -> Vec<Step> {
    let mut out = Vec::new();
    for item in &pack.questionnaire.items {
        visit(pack, form, item, 0, &mut out);
    }
    out
}

fn visit(pack: &Pack, form: &EvaluatedForm<'_>, item: &Item, repetition: u8, out: &mut Vec<Step>) {
    if is_apart(pack, item) || !form.asked(&item.link_id, repetition) {
        return;
    }
    match item.kind {
        _ if !item.not_offered.is_empty() => out.push(Step::Question { link: item.link_id.clone(), repetition }),
        // One repetition is one card on one screen, which itself asks for another.
        Kind::Page if item.repeats => {
            let repetitions = form.repetitions_in(&item.link_id, repetition).into_iter();
            out.extend(repetitions.map(|repetition| Step::Page { link: item.link_id.clone(), repetition }));
        }
        // Details of a "yes" are no screen while there is no "yes".
        Kind::Page if !item.items.iter().any(|i| i.is_question() && form.asked(&i.link_id, repetition)) => {}
        Kind::Page => {
            out.push(Step::Page { link: item.link_id.clone(), repetition });
            help_after(pack, form, &item.link_id, item.items.iter().map(|i| i.link_id.as_str()), repetition, out);
        }
        Kind::Group if item.repeats => {
            for repetition in form.repetitions_in(&item.link_id, repetition) {
                let before = out.len();
                item.items.iter().for_each(|child| visit(pack, form, child, repetition, out));
                if out.len() > before && form.may_repeat(&item.link_id, repetition) {
                    out.push(Step::AddRepetition { link: item.link_id.clone(), repetition });
                }
            }
        }
        Kind::Group => item.items.iter().for_each(|child| visit(pack, form, child, repetition, out)),
        // A question of others that can't be asked is a line of text; what stands below it is asked
        // all the same.
        Kind::Display => {
            out.push(Step::Question { link: item.link_id.clone(), repetition });
            item.items.iter().for_each(|child| visit(pack, form, child, repetition, out));
        }
        _ => {
            out.push(Step::Question { link: item.link_id.clone(), repetition });
            help_after(pack, form, &item.link_id, std::iter::once(item.link_id.as_str()), repetition, out);
            item.items.iter().for_each(|child| visit(pack, form, child, repetition, out));
        }
    }
}

/// True if an item is no step of the way: the one own-words question of the help panel is asked
/// there and nowhere else, and some groups have screens of their own.
fn is_apart(pack: &Pack, item: &Item) -> bool {
    item.link_id == pack.safety.ask || pack.safety.apart.contains(&item.link_id)
}

/// How much of the questionnaire a visitor wants to go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Length {
    /// All of it ("Prepare my visit").
    #[default]
    Full,
    /// What `short` in `content/safety.toml` names ("Just the safety questions").
    Safety,
}

/// The steps of this length, in order. The form stays the same: what the short way leaves out is
/// not reached, and the clinician's sheet says so.
pub fn steps_of(pack: &Pack, form: &EvaluatedForm<'_>, length: Length) -> Vec<Step> {
    let mut out = steps(pack, form);
    if length == Length::Safety {
        out.retain(|step| form.path(step.link()).iter().any(|item| pack.safety.short.contains(&item.link_id)));
    }
    out
}

/// One question of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageRow<'a> {
    /// The question.
    pub item: &'a Item,
    /// The key of its answer.
    pub key: Key,
    /// Its answers are exactly Yes, No and I'm not sure, so it can be drawn as a row of three.
    pub three_way: bool,
}

/// The key of "add another?" that a page answers by itself: a page that repeats, as long as there
/// may be one more.
pub fn asks_another(form: &EvaluatedForm<'_>, step: &Step) -> Option<Key> {
    let (Step::Page { link, repetition } | Step::Part { link, repetition, .. }) = step else { return None };
    // Of a card in parts the last one asks.
    let ends = |page: &Item| match step {
        Step::Part { rows, answers, .. } => {
            let all = page.items.get(rows.start).map_or(0, parts::answers_of);
            rows.end == page.items.len() && answers.as_ref().is_none_or(|answers| answers.end == all)
        }
        _ => true,
    };
    let repeats = form.item(link).is_some_and(|item| item.kind == Kind::Page && item.repeats && ends(item))
        && form.may_repeat(link, *repetition);
    repeats.then(|| Key::new(link, *repetition))
}

/// The questions of a page that are asked, in order; empty for any other step.
pub fn page_rows<'a>(form: &EvaluatedForm<'a>, step: &Step) -> Vec<PageRow<'a>> {
    if !matches!(step, Step::Page { .. } | Step::Part { .. }) {
        return Vec::new();
    }
    let row = |key: Key| {
        form.item(&key.link).filter(|item| item.is_question()).map(|item| PageRow {
            item,
            key,
            three_way: is_three_way(item),
        })
    };
    step.keys(form).into_iter().filter_map(row).collect()
}

/// True for a single choice between exactly "yes", "no" and "not sure", in any order.
pub fn is_three_way(item: &Item) -> bool {
    let [unsure, _] = UNKNOWN_CODES;
    item.kind == Kind::Choice
        && !item.repeats
        && item.options.len() == 3
        && [YES, NO, unsure].into_iter().all(|code| item.option(code).is_some())
}

/// The code of the answer that says "no" to a question: "no" itself, or what stands apart from
/// several answers ("none of these").
pub fn no_of(item: &Item) -> Option<&str> {
    let none = || item.options.iter().find(|o| o.exclusive && !UNKNOWN_CODES.contains(&o.code.as_str()));
    let no = item.option(NO).or_else(|| if item.repeats { none() } else { None });
    no.filter(|_| item.kind == Kind::Choice).map(|o| o.code.as_str())
}

/// True if a page may end with "No to the rest of these": each of its questions has a "no" that is
/// nothing to bring up itself, and none of them opens help or is about suicide.
pub fn may_say_no_to_rest(pack: &Pack, page: &Item) -> bool {
    let safety = &pack.safety;
    let apart = |link: &String| {
        safety.never_kept.contains(link)
            || safety.may_leave_out.contains(link)
            || pack.rules.iter().any(|r| r.about == *link && r.help.is_some())
    };
    let raises = |link: &String, no: &str| {
        let says_no = |c: &Condition| {
            c.question == *link && matches!(&c.operand, Operand::Codes(codes) if codes.iter().any(|code| code == no))
        };
        pack.rules.iter().any(|r| r.about == *link && r.when.all.iter().chain(&r.when.any).any(says_no))
    };
    let questions = || page.items.iter().filter(|i| i.is_question());
    let may = |i: &Item| no_of(i).is_some_and(|no| !raises(&i.link_id, no)) && !apart(&i.link_id);
    page.kind == Kind::Page && !page.repeats && questions().count() > 1 && questions().all(may)
}

/// Answers "no" to the rows of a page that are blank or were skipped, and returns their keys. Does
/// nothing where [`may_say_no_to_rest`] does not allow it.
pub fn say_no_to_rest(pack: &Pack, form: &EvaluatedForm<'_>, step: &Step, answers: &mut Answers) -> Vec<Key> {
    if !form.item(step.link()).is_some_and(|page| may_say_no_to_rest(pack, page)) {
        return Vec::new();
    }
    let blank: Vec<Key> =
        step.keys(form).into_iter().filter(|k| answers.get(k).is_none_or(|a| a.values().is_empty())).collect();
    for key in &blank {
        if let Some(no) = form.item(&key.link).and_then(no_of) {
            answers.set(key.clone(), Answer::code(no));
        }
    }
    blank
}

/// True if this question was reached and its answer asks for help.
fn asks_for_help(pack: &Pack, form: &EvaluatedForm<'_>, link: &str, repetition: u8) -> bool {
    let may = pack.rules.iter().any(|rule| rule.help.is_some() && rule.about == link);
    may && form.answer(link, repetition).is_some()
        && findings::about(pack, form, link).iter().any(|rule| rule.help.is_some())
}

/// Adds the help step if an answer on this screen asks for help.
fn help_after<'a>(
    pack: &Pack,
    form: &EvaluatedForm<'_>,
    after: &str,
    mut links: impl Iterator<Item = &'a str>,
    repetition: u8,
    out: &mut Vec<Step>,
) {
    if links.any(|link| asks_for_help(pack, form, link, repetition)) {
        out.push(Step::Help { after: after.into() });
    }
}

/// The step behind `current`; `None` at the end, or if `current` is no longer asked.
pub fn after<'a>(steps: &'a [Step], current: &Step) -> Option<&'a Step> {
    let place = steps.iter().position(|s| s == current)?;
    steps.get(place + 1)
}

/// True once every question of the step was answered or skipped.
pub fn done(form: &EvaluatedForm<'_>, step: &Step, answers: &Answers) -> bool {
    let keys = step.keys(form);
    keys.iter().all(|k| answers.get(k).is_some())
}

/// True if this visitor said to be under 18: no scores, no sheets, help and questions to ask
/// instead.
pub fn is_minor(pack: &Pack, form: &EvaluatedForm<'_>) -> bool {
    form.answer(&pack.safety.minor_question, 0).is_some_and(|a| a.has(&pack.safety.minor_code))
}

/// The first step that is not done, or `None` at the end. Lines of text directly before it have
/// nothing to answer and so are never done: they belong to the step, and the first of them is where
/// to go on.
pub fn resume(form: &EvaluatedForm<'_>, steps: &[Step], answers: &Answers) -> Option<usize> {
    let open = steps.iter().position(|s| !matches!(s, Step::Help { .. }) && !done(form, s, answers))?;
    let is_text = |s: &Step| matches!(s, Step::Question { .. }) && s.keys(form).is_empty();
    let before = steps.get(..open).unwrap_or_default();
    Some(before.iter().rposition(|s| !is_text(s)).map_or(0, |last| last + 1))
}

/// "Question 3 of 9" inside a section: only where the total can't change (no condition looks at
/// this section).
pub fn progress(form: &EvaluatedForm<'_>, steps: &[Step], current: usize) -> Option<(usize, usize)> {
    let section = section_of(form, steps.get(current)?)?;
    let fixed =
        |i: &Item| i.is_question() && i.enable.when.is_empty() && i.items.iter().all(|c| c.kind == Kind::Display);
    if !section.items.iter().filter(|i| i.kind != Kind::Display).all(fixed) {
        return None;
    }
    let inside: Vec<usize> = steps
        .iter()
        .enumerate()
        .filter(|(_, s)| matches!(s, Step::Question { .. }) && section.items.iter().any(|i| i.link_id == s.link()))
        .map(|(i, _)| i)
        .collect();
    let place = inside.iter().position(|&i| i == current)?;
    (inside.len() > 1).then_some((place + 1, inside.len()))
}

/// The innermost group around a step.
pub fn section_of<'a>(form: &EvaluatedForm<'a>, step: &Step) -> Option<&'a Item> {
    form.parent(step.link())
}

/// Skips what a screen left blank, so that "reached and skipped" differs from "not reached".
pub fn skip_blank(form: &EvaluatedForm<'_>, step: &Step, answers: &mut Answers) {
    let blank: Vec<Key> = step.keys(form).into_iter().filter(|k| answers.get(k).is_none()).collect();
    for key in blank {
        answers.set(key, Answer::Skipped);
    }
}
