//! Puts what FHIR allows, and our own questionnaire does not use, into what the engine has.

use super::Reader;
use super::items::Source;
use engine::pack::{AnswerOption, Form, Item, Kind};
use std::collections::BTreeSet;

/// More numbers than this are no choice that a person oversees: a slider over them is a number to
/// type.
const MOST_ON_SLIDER: f64 = 21.0;

/// Bytes of a text that is no heading any more.
const LONG: usize = 60;

impl Reader<'_> {
    /// Adapts a question of others. `unanswerable`: there is nothing that a person could answer.
    pub(super) fn adapt(&mut self, item: &mut Item, source: &Source<'_>, mut unanswerable: bool) {
        join_prefix(item);
        self.drop_other_options(item, source);
        let slider = self.slider(item, source);
        self.settle_repeats(item, source.path);
        self.drop_exclusive(item, source.path);
        unanswerable |= self.has_code_twice(item, source.path);
        self.mark_part_dates(item);
        unanswerable |= !slider && self.has_nothing_to_choose(item, source, unanswerable);
        if item.kind == Kind::OpenLookup && item.options.is_empty() {
            item.kind = Kind::OpenChoice;
        }
        if unanswerable && !item.is_group() {
            self.make_line(item, source);
        }
        if item.text.is_empty() && !item.is_group() && !item.hidden {
            self.find_text(item, source);
        }
        if item.is_group() && item.items.is_empty() {
            self.note(source.path, "a group without items is not shown");
        }
    }

    /// Answers to choose from belong to a choice, or are of the question's own type.
    fn drop_other_options(&mut self, item: &mut Item, source: &Source<'_>) {
        let choice = matches!(item.kind, Kind::Choice | Kind::Lookup | Kind::OpenChoice | Kind::OpenLookup);
        if !(choice || item.options.is_empty()) {
            let what = "its answers to choose from are of another type than the question";
            self.unsupported(
                source.path,
                what,
                "Use the type choice or open-choice, or answers of the question's own type",
            );
            item.options.clear();
        }
    }

    /// A slider over a few whole numbers is a choice of them. True if it became one.
    fn slider(&mut self, item: &mut Item, source: &Source<'_>) -> bool {
        if source.extensions.control.as_deref() != Some("slider") {
            return false;
        }
        if item.kind != Kind::Integer {
            self.note(source.path, "this slider is drawn as other questions of its type");
            return false;
        }
        let step = source.extensions.step.unwrap_or(1.0);
        match (item.min, item.max) {
            (Some(low), Some(high))
                if [low, high, step].iter().all(|n| n.fract() == 0.0)
                    && (high - low) / step < MOST_ON_SLIDER
                    && low < high =>
            {
                item.options = numbers(low, high, step);
                item.kind = Kind::Choice;
            }
            _ => {
                self.note(source.path, "this slider is drawn as a number to type: it has no ends, too many numbers between them, or halves");
            }
        }
        true
    }

    fn settle_repeats(&mut self, item: &mut Item, path: &str) {
        if item.is_question() && item.max_occurs > 0 {
            self.note(path, "how many answers may be given is not checked");
        }
        if !item.repeats {
            return;
        }
        let asks_below = item.items.iter().any(|i| i.kind != Kind::Display);
        match item.kind {
            // What stands below would be asked once for each.
            Kind::String | Kind::Text if asks_below => {
                item.kind = Kind::Text;
                item.repeats = false;
                self.note(path, "all its answers are written into one field");
            }
            Kind::Boolean => {
                self.note(path, "a yes or no is given once");
                item.repeats = false;
            }
            Kind::Quantity => {
                self.unsupported(
                    path,
                    "several quantities in one answer are not supported",
                    "Put it into a group that repeats",
                );
                item.repeats = false;
            }
            Kind::Display => item.repeats = false,
            _ if item.is_question() && asks_below => {
                let what = "the questions below it would be asked once for each of its answers";
                self.unsupported(path, what, "Put them behind it, or take repeats out");
            }
            _ => {}
        }
    }

    fn drop_exclusive(&mut self, item: &mut Item, path: &str) {
        if !item.repeats && item.options.iter().any(|o| o.exclusive) {
            item.options.iter_mut().for_each(|o| o.exclusive = false);
            self.note(path, "optionExclusive says nothing where one answer is given");
        }
    }

    fn has_code_twice(&mut self, item: &mut Item, path: &str) -> bool {
        let mut codes = BTreeSet::new();
        let twice = item.options.iter().find(|o| o.code.is_empty() || !codes.insert(&o.code));
        let Some(code) = twice.map(|o| o.code.clone()) else { return false };
        let what =
            format!("the answer code “{code}” is empty or used twice: answers are told apart by their code alone");
        self.unsupported(path, what, "Give each answer its own code");
        !(self.allows() && self.told_apart_by_words(item, path))
    }

    /// With leave, answers whose codes are not their own are chosen and recorded by their words.
    /// False if their words do not tell them apart either.
    fn told_apart_by_words(&mut self, item: &mut Item, path: &str) -> bool {
        let mut words = BTreeSet::new();
        if item.options.iter().any(|o| o.text.is_empty() || !words.insert(&o.text)) {
            return false;
        }
        for option in &mut item.options {
            option.code.clone_from(&option.text);
            option.system.clear();
            option.form = Form::String;
        }
        self.undecided.insert(item.link_id.clone());
        self.note(path, "its answers are told apart by their words, and its record has these in place of codes");
        true
    }

    /// A month or a year lies neither before nor behind a day in it, so that nothing is decided by
    /// such an answer.
    fn mark_part_dates(&mut self, item: &Item) {
        if item.options.iter().any(|o| o.form == Form::Date && o.code.len() < "2026-01-31".len()) {
            self.undecided.insert(item.link_id.clone());
        }
    }

    fn has_nothing_to_choose(&mut self, item: &Item, source: &Source<'_>, unanswerable: bool) -> bool {
        let nothing = matches!(item.kind, Kind::Choice | Kind::Lookup) && item.options.is_empty();
        if nothing && !source.nobody && !unanswerable {
            self.unsupported(
                source.path,
                "there is nothing to choose",
                "Give it answerOption, or a contained answerValueSet",
            );
        }
        nothing
    }

    /// Makes a line of text of a question that can't be answered. What stood below the question
    /// stands in the line.
    fn make_line(&mut self, item: &mut Item, source: &Source<'_>) {
        if source.kind != "display" {
            self.unanswered.insert(item.link_id.clone());
            if !source.nobody {
                self.lost.insert(item.link_id.clone());
                self.undecided.insert(item.link_id.clone());
            }
        }
        item.text = [item.text.as_str(), &std::mem::take(&mut item.help)].join(" ").trim().into();
        item.kind = Kind::Display;
        item.options.clear();
        item.units.clear();
        (item.repeats, item.required, item.max_length, item.code) = (false, false, 0, None);
    }

    /// A question without a text says what its only answer says, or what stands on its group.
    fn find_text(&mut self, item: &mut Item, source: &Source<'_>) {
        if item.kind == Kind::Display && item.items.is_empty() {
            self.note(source.path, "a line without text is not shown");
            item.hidden = true;
        } else if let [only] = item.options.as_slice() {
            // A box to tick says it all.
            item.text.clone_from(&only.text);
        } else if source.above.is_empty() {
            self.unsupported(source.path, "it has no text, and stands in no group with one", "Say what is asked");
            item.text.clone_from(&item.link_id);
        } else {
            item.text = source.above.into();
        }
    }
}

/// FHIR's prefix is "1." in front of the text; ours is the stem above it. Before a paragraph a
/// group's prefix is its name.
fn join_prefix(item: &mut Item) {
    let name = item.prefix.chars().filter(|c| c.is_alphabetic()).count() > 3;
    if item.is_group() && item.short.is_empty() && item.text.len() > LONG && name {
        item.short = std::mem::take(&mut item.prefix);
    }
    item.text = [std::mem::take(&mut item.prefix), std::mem::take(&mut item.text)].join(" ").trim().to_string();
}

/// A slider's numbers as answers to choose.
fn numbers(low: f64, high: f64, step: f64) -> Vec<AnswerOption> {
    let count = ((high - low) / step) as i64;
    let each = (0..=count).map(|i| (low + step * i as f64) as i64);
    each.map(|n| AnswerOption {
        code: n.to_string(),
        text: n.to_string(),
        form: Form::Integer,
        ..AnswerOption::default()
    })
    .collect()
}
