//! What the engine can't do with a questionnaire by others.

use super::{Report, path};
use crate::fhir::Read;
use engine::pack::{Condition, Form, Item, Kind, Operand, Operator, Questionnaire};
use engine::repetition::MOST_NESTED;
use std::collections::{BTreeMap, BTreeSet};

/// So many items may depend on one another in a row: a browser follows them one inside the other,
/// and has little room for that.
const LONGEST_CHAIN: usize = 250;

/// What the engine takes for granted of any questionnaire.
pub(super) fn check(report: &mut Report<'_>, read: &Read) {
    let all = read.questionnaire.all();
    let order: BTreeMap<&str, usize> =
        all.iter().enumerate().rev().map(|(i, item)| (item.link_id.as_str(), i)).collect();
    let mut seen = BTreeSet::new();
    for item in &all {
        if !item.link_id.is_empty() && !seen.insert(&item.link_id) {
            report.problems.add(report.file, path(&item.link_id), "two items have this linkId", "Give each its own");
        }
    }
    if report.problems.is_empty() && all.iter().all(|i| !i.is_question()) {
        report.problems.add(report.file, "$.item", "there is no question", "Give a questionnaire that asks something");
    }
    if let Some((item, what)) = chained(&all, &order) {
        report.problems.add(
            report.file,
            path(&item.link_id),
            what,
            "Let it depend on what is asked before all of them",
        );
    }
    for (place, item) in all.iter().enumerate() {
        for condition in &item.enable.when {
            match order.get(condition.question.as_str()).and_then(|i| Some((*i, *all.get(*i)?))) {
                Some((asked_at, asked)) => report.condition(read, item, condition, asked, asked_at >= place),
                None => {
                    let left_out =
                        if report.allow { ": the condition is left out, so that it is never hidden by it" } else { "" };
                    let what = format!("it depends on “{}”, and there is no such item{left_out}", condition.question);
                    let cure = "Use a linkId of the questionnaire";
                    report.unsupported(&path(&item.link_id), what, cure, "have it asked without that condition");
                }
            }
        }
    }
}

impl Report<'_> {
    /// A condition must look at something that is answered; where its outcome is fixed, that is
    /// told.
    fn condition(&mut self, read: &Read, item: &Item, condition: &Condition, asked: &Item, later: bool) {
        let (link, question) = (path(&item.link_id), &condition.question);
        if undecided(&read.undecided, condition, asked) {
            let what = format!("it depends on “{question}”, whose answer can't be compared here");
            match self.allow {
                true => {
                    self.note(&link, format!("{what}: the condition is left out, so that it is never hidden by it"))
                }
                false => {
                    self.unsupported(&link, what, "Take the condition out", "have it asked without that condition")
                }
            }
        } else if read.unanswered.contains(question) {
            self.note(
                &link,
                format!("it depends on “{question}”, which nobody answers here: {}", without_answer(condition)),
            );
        } else if !asked.is_question() {
            let kind = if asked.is_group() { "a group" } else { "a line of text" };
            let what =
                format!("it depends on “{question}”, which is {kind} and has no answer: {}", without_answer(condition));
            self.unsupported(&link, what, "Name a question", "take that as not answered");
        } else if let Some(what) = never(asked, condition) {
            self.note(&link, what);
        }
        self.unit(&link, condition, asked);
        if later {
            self.note(&link, format!("it depends on “{question}”, which is asked later"));
        }
    }

    /// A quantity is compared in its own unit alone.
    fn unit(&mut self, link: &str, condition: &Condition, asked: &Item) {
        let Operand::Quantity(_, unit) = &condition.operand else { return };
        if let Some(other) = asked.units.iter().find(|u| u.code != *unit) {
            let what =
                format!("an answer to “{}” in “{}” is not compared with one in “{unit}”", asked.link_id, other.label());
            self.unsupported(link, what, "Offer one unit, and compare in it", "take it as not met then");
        }
    }

    /// Repeated groups inside repeated groups have fewer repetitions, and inside these there are
    /// none.
    pub(super) fn nested_repeats(&mut self, questionnaire: &Questionnaire) {
        for (item, depth) in repeated_groups(&questionnaire.items, 0) {
            let link = path(&item.link_id);
            match depth {
                0 => {}
                1 => self.note(
                    &link,
                    format!("it repeats inside a group that repeats: each is filled {MOST_NESTED} times at most"),
                ),
                _ => self.unsupported(
                    &link,
                    "a repeated group inside two repeated groups is not supported: it is filled once".into(),
                    "Take one repeats out",
                    "have it filled once",
                ),
            }
        }
    }
}

/// Has repeated groups inside two repeated groups filled once: allowed by then, and noted.
pub(super) fn fill_once(items: &mut [Item], depth: usize) {
    for item in items {
        let repeats = item.is_group() && item.repeats;
        item.repeats &= !(repeats && depth > 1);
        fill_once(&mut item.items, depth + usize::from(repeats));
    }
}

/// True for a condition on an answer that can't be compared here. Whether there is one can be told
/// where it is asked.
fn undecided(links: &BTreeSet<String>, condition: &Condition, asked: &Item) -> bool {
    links.contains(&condition.question) && !(condition.operator == Operator::Exists && asked.is_question())
}

/// Takes out the conditions that can't be decided, so that none of them hides what should be asked:
/// allowed by then, and noted. Where any one of several conditions is enough, an item with such a
/// one is always asked.
pub(super) fn leave_out_undecided(items: &mut [Item], links: &BTreeSet<String>, questions: &[&Item]) {
    for item in items {
        let open = |c: &Condition| {
            questions.iter().find(|q| q.link_id == c.question).is_none_or(|asked| undecided(links, c, asked))
        };
        let before = item.enable.when.len();
        item.enable.when.retain(|c| !open(c));
        if item.enable.any && item.enable.when.len() < before {
            item.enable.when.clear();
        }
        leave_out_undecided(&mut item.items, links, questions);
    }
}

/// The groups that repeat, each with how many such groups are around it.
fn repeated_groups(items: &[Item], depth: usize) -> Vec<(&Item, usize)> {
    let mut out = Vec::new();
    for item in items {
        let repeats = item.is_group() && item.repeats;
        if repeats {
            out.push((item, depth));
        }
        out.extend(repeated_groups(&item.items, depth + usize::from(repeats)));
    }
    out
}

/// What becomes of an item whose condition looks at what is never answered.
fn without_answer(condition: &Condition) -> &'static str {
    match (condition.operator, &condition.operand) {
        (Operator::Exists, Operand::Bool(false)) | (Operator::Ne, _) => "the condition is always met",
        _ => "the condition is never met",
    }
}

/// An item from which more conditions and groups lead on to others, one by one, than may be, or
/// back to itself.
fn chained<'a>(all: &[&'a Item], order: &BTreeMap<&str, usize>) -> Option<(&'a Item, String)> {
    let mut needs: Vec<Vec<usize>> = all
        .iter()
        .map(|item| item.enable.when.iter().filter_map(|c| order.get(c.question.as_str()).copied()).collect())
        .collect();
    for (place, item) in all.iter().enumerate() {
        for child in &item.items {
            if let Some(needs) = order.get(child.link_id.as_str()).and_then(|i| needs.get_mut(*i)) {
                needs.push(place);
            }
        }
    }
    // How long the longest way from each is. What runs in a circle, or leads there, never gets a
    // length.
    let mut lengths: Vec<Option<usize>> = vec![None; all.len()];
    loop {
        let before = lengths.iter().flatten().count();
        // From both ends, since most depend on what stands before them, and in some files all on
        // what stands behind.
        for place in (0..all.len()).chain((0..all.len()).rev()) {
            let below = needs.get(place).into_iter().flatten().map(|n| lengths.get(*n).copied().flatten());
            let longest = below.collect::<Option<Vec<_>>>().map(|l| l.into_iter().max().unwrap_or_default() + 1);
            if let Some(length) = lengths.get_mut(place) {
                *length = longest;
            }
        }
        if lengths.iter().flatten().count() == before {
            break;
        }
    }
    let endless = |place: usize| lengths.get(place).is_some_and(Option::is_none);
    let Some(mut place) = (0..all.len()).find(|place| endless(*place)) else {
        let place = lengths.iter().position(|l| l.is_some_and(|l| l > LONGEST_CHAIN))?;
        return Some((
            all.get(place).copied()?,
            format!("more than {LONGEST_CHAIN} items depend on one another, this one among them"),
        ));
    };
    // On and on along what is endless, one comes into the circle, and round it.
    for _ in 0..all.len() {
        place = needs.get(place).into_iter().flatten().copied().find(|n| endless(*n))?;
    }
    Some((all.get(place).copied()?, "whether it is asked depends, round a circle, on itself".into()))
}

/// Why a comparison can't come true, if it can't.
fn never(asked: &Item, condition: &Condition) -> Option<String> {
    if condition.operator == Operator::Exists {
        return None;
    }
    let options = !asked.options.is_empty();
    let open = matches!(asked.kind, Kind::OpenChoice | Kind::OpenLookup);
    let fits = match &condition.operand {
        Operand::Codes(codes) => codes.iter().any(|c| asked.option(c).is_some_and(|o| o.form == Form::Coding)),
        Operand::Bool(_) => asked.kind == Kind::Boolean,
        Operand::Number(_) => {
            matches!(asked.kind, Kind::Integer | Kind::Decimal) || asked.options.iter().any(|o| o.form == Form::Integer)
        }
        Operand::Text(t) if options && !open && condition.operator == Operator::Eq => {
            asked.option(t).is_some_and(|o| o.form != Form::Coding)
        }
        Operand::Text(_) => {
            !matches!(asked.kind, Kind::Integer | Kind::Decimal | Kind::Quantity | Kind::Boolean) && asked.is_question()
        }
        Operand::Quantity(_, unit) => {
            asked.kind == Kind::Quantity
                && (unit.is_empty() && asked.units.is_empty() || asked.unit_named(unit).is_some())
        }
    };
    (!fits).then(|| format!("no answer to “{}” is what this condition compares with", asked.link_id))
}
