//! A walk cut into screens that need no scrolling. Who stands at a shared screen does not look for
//! what is out of sight, so a page stands there in parts of at most three rows, and a long list of
//! answers in parts as well.
//!
//! How high a row is drawn is a model of `style/kiosk.css` in pixels, not a measurement: the parts
//! must be known before they are drawn. `tests/browser/tests/kiosk.rs` walks through the longest
//! fixture and looks whether the model holds.

use super::{Step, asks_for_help, is_three_way};
use crate::form::EvaluatedForm;
use crate::naming;
use crate::pack::{AnswerOption, Item, Kind, Pack};
use std::ops::Range;

/// Rows of a page on one screen, at most.
const MOST_ROWS: usize = 3;

/// What one screen has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Pixels between the heading and the buttons.
    high: usize,
    /// Letters of a row's text in one line.
    letters: usize,
    /// Pixels of a line of it.
    line: usize,
    /// Pixels of an answer with the gap behind it.
    answer: usize,
    /// The answers of a row of three stand beside its text.
    beside: bool,
}

impl Room {
    /// The room of a window of this size, as `style/kiosk.css` divides it: a tablet has letters a
    /// size smaller, a low window the answers beside their row, and of one that stands upright the
    /// upper third is out of a hand's reach.
    pub fn of(width: usize, height: usize) -> Self {
        let column = width.saturating_sub(64).min(920);
        let upright = height > 960 && height >= width;
        let reach = if upright { height * 66 / 100 } else { height };
        if height > 1440 {
            return Self { high: reach.saturating_sub(500), letters: column / 14, line: 40, answer: 84, beside: false };
        }
        Self {
            high: reach.saturating_sub(350),
            letters: column / 11,
            line: 33,
            answer: 72,
            beside: !upright && width >= 900,
        }
    }

    fn with_call_bar(self) -> Self {
        Self { high: self.high.saturating_sub(110), ..self }
    }

    /// Questions that name a medicine may be a line longer than their plain text.
    fn with_names(self) -> Self {
        Self { high: self.high.saturating_sub(MOST_ROWS * self.line), ..self }
    }

    fn lines(self, text: &str, letters: usize) -> usize {
        text.chars().count().div_ceil(letters.max(1)) * self.line
    }

    /// Pixels of a question's text and of the sentence below it, where `letters` stand in a line.
    fn text(self, item: &Item, letters: usize) -> usize {
        self.lines(&item.text, letters) + self.lines(&item.help, letters * 6 / 5)
    }

    /// Pixels of a row with these of its answers.
    fn row(self, item: &Item, options: &[AnswerOption]) -> usize {
        let padding = self.line;
        if is_three_way(item) && self.beside {
            return self.text(item, self.letters / 2).max(self.answer) + padding;
        }
        self.text(item, self.letters) + self.grid(item, options) + padding
    }

    /// Pixels of these answers in their columns; two lines of an answer have room in its least
    /// height.
    fn grid(self, item: &Item, options: &[AnswerOption]) -> usize {
        if is_three_way(item) {
            return self.answer;
        }
        let columns = if self.beside { 3 } else { 2 };
        let letters = (self.letters * 6 / 5 / columns).saturating_sub(7);
        let lines = |option: &AnswerOption| option.text.chars().count().div_ceil(letters.max(1));
        let row =
            |row: &[AnswerOption]| self.answer + self.line * row.iter().map(lines).max().unwrap_or(0).saturating_sub(2);
        options.chunks(columns).map(row).sum()
    }

    /// The answers of one question in parts that fit below its text; none where there are none to
    /// choose from. Own words have keys below them and stand alone.
    fn answers(self, item: &Item) -> Vec<Range<usize>> {
        // A list that is searched is no list to choose from.
        if !matches!(item.kind, Kind::Choice | Kind::OpenChoice | Kind::Boolean) {
            return Vec::new();
        }
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        for to in 1..=item.options.len() {
            let row = self.row(item, item.options.get(from..to).unwrap_or_default());
            if row > self.high && to > from + 1 {
                parts.push(from..to - 1);
                from = to - 1;
            }
        }
        parts.push(from..item.options.len());
        if item.kind == Kind::OpenChoice {
            parts.push(item.options.len()..answers_of(item));
        }
        parts
    }
}

/// How many answers there are to choose from; own words count as one.
pub(super) fn answers_of(item: &Item) -> usize {
    item.options.len() + usize::from(item.kind == Kind::OpenChoice)
}

/// The steps with each page and each long list in as many parts as the room asks for. Help stands
/// right behind the part whose answer asks for it, and not behind the whole page.
pub fn in_parts(pack: &Pack, form: &EvaluatedForm<'_>, steps: Vec<Step>, room: Room) -> Vec<Step> {
    let mut out = Vec::new();
    let mut cut = None;
    for step in steps {
        if matches!(&step, Step::Help { after } if Some(after) == cut.as_ref()) {
            continue;
        }
        let parts = form.item(step.link()).map(|item| parts(pack, form, item, &step, room)).unwrap_or_default();
        if parts.is_empty() {
            out.push(step);
            continue;
        }
        let page = form.item(step.link()).is_some_and(|item| item.kind == Kind::Page);
        cut = page.then(|| step.link().to_string());
        for part in parts {
            // The last row that asks for help gives it its name, so that two parts of a page have
            // help of their own.
            let asking = part
                .keys(form)
                .into_iter()
                .rev()
                .find(|key| page && asks_for_help(pack, form, &key.link, key.repetition));
            out.push(part);
            out.extend(asking.map(|key| Step::Help { after: key.link }));
        }
    }
    out
}

/// The parts of a page, or of a question with several answers; empty for what is not cut.
fn parts(pack: &Pack, form: &EvaluatedForm<'_>, item: &Item, step: &Step, room: Room) -> Vec<Step> {
    let room = if calls(pack, item) { room.with_call_bar() } else { room };
    let names = item.items.iter().any(|row| naming::is_named(pack, &row.link_id));
    let room = if names { room.with_names() } else { room };
    let cuts = match step {
        Step::Page { repetition, .. } => cut_page(form, item, *repetition, room),
        Step::Question { .. } if item.repeats && matches!(item.kind, Kind::Choice) || item.kind == Kind::OpenChoice => {
            room.answers(item).into_iter().map(|answers| (0..1, Some(answers))).collect()
        }
        _ => Vec::new(),
    };
    if cuts.len() < 2 {
        return Vec::new();
    }
    let part =
        |(rows, answers)| Step::Part { link: item.link_id.clone(), repetition: step.repetition(), rows, answers };
    cuts.into_iter().map(part).filter(|part| !part.keys(form).is_empty()).collect()
}

/// True for a page with an answer that can open help: there the call bar takes room.
fn calls(pack: &Pack, page: &Item) -> bool {
    page.items.iter().any(|row| pack.rules.iter().any(|rule| rule.help.is_some() && rule.about == row.link_id))
}

/// Rows from and to, and of a row that stands alone its answers from and to.
type Cut = (Range<usize>, Option<Range<usize>>);

/// Each row falls into one part, whether it is asked or not, so that no answer on a screen moves
/// another row onto it.
fn cut_page(form: &EvaluatedForm<'_>, page: &Item, repetition: u8, room: Room) -> Vec<Cut> {
    let mut out: Vec<Cut> = Vec::new();
    let (mut from, mut rows, mut used) = (0, 0, 0);
    for (index, item) in page.items.iter().enumerate() {
        let on_this_page = |link: &String| page.items.iter().any(|other| other.link_id == *link);
        let may_come = item.enable.when.iter().any(|condition| on_this_page(&condition.question));
        if !item.is_question() || !(form.asked(&item.link_id, repetition) || may_come) {
            continue;
        }
        let answers = room.answers(item);
        let alone = !matches!(item.kind, Kind::Choice | Kind::Boolean) || answers.len() > 1;
        let high = room.row(item, &item.options);
        if rows > 0 && (alone || rows == MOST_ROWS || used + high > room.high) {
            out.push((from..index, None));
            (from, rows, used) = (index, 0, 0);
        }
        if alone {
            let end = index + 1;
            match answers.len() {
                0 | 1 => out.push((from..end, None)),
                _ => out.extend(answers.into_iter().map(|answers| (from..end, Some(answers)))),
            }
            (from, rows, used) = (end, 0, 0);
        } else {
            rows += 1;
            used += high;
        }
    }
    if rows > 0 {
        out.push((from..page.items.len(), None));
    } else if let Some((last, _)) = out.last_mut() {
        // What a card asks at its end belongs to its last row.
        last.end = page.items.len();
    }
    out
}

/// Which part of its page or question a step is, from 1, and of how many.
pub fn part_of(steps: &[Step], step: &Step) -> Option<(usize, usize)> {
    let Step::Part { link, repetition, .. } = step else { return None };
    let same = |s: &&Step| matches!(s, Step::Part { link: l, repetition: r, .. } if l == link && r == repetition);
    let place = steps.iter().filter(same).position(|s| s == step)?;
    Some((place + 1, steps.iter().filter(same).count()))
}
