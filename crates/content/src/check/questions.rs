//! The questionnaire: conditions, stages, what a clinic may leave out, numbers for the code on
//! paper, migrations.

use super::QUESTIONS;
use crate::Problems;
use engine::answers::Answers;
use engine::pack::{
    Condition, Enable, Item, Kind, Migration, MigrationTarget, Numbers, Operand, Operator, Pack, Rule, Section, Tier,
};
use std::collections::BTreeSet;

const MIGRATIONS: &str = "content/migrations.toml";

/// Every question and answer has its number, or a code on paper would leave it out in silence.
pub(super) fn numbers(pack: &Pack, problems: &mut Problems) {
    let numbers = &pack.numbers;
    let mut missing = |names: &[String], part: &str, name: &str| {
        if Numbers::of(names, name).is_none() {
            problems.add(
                "content/numbers.toml",
                format!("{part}.{name}"),
                "it has no number",
                "Append it with the next free number",
            );
        }
    };
    for item in pack.questionnaire.all() {
        if item.is_question() || (item.is_group() && item.repeats) {
            missing(&numbers.questions, "items", &item.link_id);
        }
        item.options.iter().for_each(|o| missing(&numbers.answers, "answers", &o.code));
        item.units.iter().for_each(|u| missing(&numbers.answers, "answers", &u.code));
        if item.is_group() && item.repeats {
            ["true", "false"].into_iter().for_each(|code| missing(&numbers.answers, "answers", code));
        }
    }
}

/// A migration leads from an answer that can't be given any more, which a code on paper can still
/// hold, to one that can.
pub(super) fn migrations(pack: &Pack, problems: &mut Problems) {
    for (i, row) in pack.migrations.iter().enumerate() {
        let path = format!("migration[{i}]({})", row.question);
        let mut refuse = |what: String, cure: &str| problems.add(MIGRATIONS, &path, what, cure);
        let item = pack.questionnaire.item(&row.question);
        let answered = match &row.answer {
            Some(code) => item.is_some_and(|i| is_answer(i, code)),
            None => item.is_some(),
        };
        if answered {
            refuse(
                "the questionnaire still has this answer".into(),
                "Give the question or the answer a new name, or take the row out",
            );
        }
        if pack.migrations.iter().take(i).any(|other| other.question == row.question && other.answer == row.answer) {
            refuse("this answer has a row already".into(), "Write all that it becomes into one row");
        }
        for lost in lost_numbers(&pack.numbers, row) {
            refuse(
                format!("{lost} is gone from content/numbers.toml"),
                "Put the old number back: numbers are only appended",
            );
        }
        if row.to.is_empty() && row.kept.is_empty() {
            refuse(
                "it leads nowhere, and the answer would be lost".into(),
                "Name at least one question in `to`, or words in `kept`",
            );
        }
        for target in &row.to {
            if !can_be_given(pack, target) {
                let answer = target.answer.as_deref().unwrap_or("any");
                refuse(
                    format!("there is no question “{}” with the answer “{answer}”", target.question),
                    "Correct the linkId or the code",
                );
            }
        }
    }
}

/// The numbers of an earlier answer that are no longer there: without them a code on paper that
/// holds the answer can't be read.
fn lost_numbers(numbers: &Numbers, row: &Migration) -> impl Iterator<Item = &'static str> {
    let question = Numbers::of(&numbers.questions, &row.question).is_none();
    let answer = row.answer.as_ref().is_some_and(|code| Numbers::of(&numbers.answers, code).is_none());
    question.then_some("its number").into_iter().chain(answer.then_some("the number of its answer"))
}

/// True if today's questionnaire has the question that an earlier answer becomes, with that answer.
fn can_be_given(pack: &Pack, target: &MigrationTarget) -> bool {
    let item = pack.questionnaire.item(&target.question).filter(|i| i.is_question() || i.is_group() && i.repeats);
    item.is_some_and(|i| target.answer.as_ref().is_none_or(|code| is_answer(i, code)))
}

/// True if the code can be chosen: an option, or yes and no to "add another?".
fn is_answer(item: &Item, code: &str) -> bool {
    item.option(code).is_some() || item.is_group() && item.repeats && matches!(code, "true" | "false")
}

pub(super) fn questions(pack: &Pack, problems: &mut Problems) {
    let order: Vec<&str> = pack.questionnaire.all().iter().map(|i| i.link_id.as_str()).collect();
    for item in pack.questionnaire.all() {
        if item.text.trim().is_empty() && item.kind != Kind::Group {
            problems.add(QUESTIONS, &item.link_id, "it has no text", "Say what is asked");
        }
        options(item, problems);
        group(item, problems);
        enable_when(pack, item, &order, problems);
    }
}

/// There is something to choose, each answer has a code of its own, and only one of several can
/// stand alone.
fn options(item: &Item, problems: &mut Problems) {
    let link = item.link_id.as_str();
    let choice = matches!(item.kind, Kind::Choice | Kind::Lookup | Kind::OpenChoice | Kind::OpenLookup | Kind::Boolean);
    if choice && item.options.is_empty() {
        problems.add(QUESTIONS, link, "there is nothing to choose", "Give it answers");
    }
    let mut codes = BTreeSet::new();
    for option in &item.options {
        if option.code.is_empty() || !codes.insert(&option.code) {
            problems.add(
                QUESTIONS,
                link,
                format!("the answer code “{}” is empty or used twice", option.code),
                "Give each answer its own code",
            );
        }
        if option.exclusive && !item.repeats {
            problems.add(
                QUESTIONS,
                link,
                format!("“{}” is exclusive, but only one answer can be given", option.code),
                "Take optionExclusive out, or set repeats",
            );
        }
    }
}

/// A group leads somewhere, and repeats in one level only.
fn group(item: &Item, problems: &mut Problems) {
    let link = item.link_id.as_str();
    if item.is_group() && item.items.is_empty() {
        problems.add(QUESTIONS, link, "a group without items is a dead end", "Give it items or take it out");
    }
    if item.is_group() && item.repeats && item.items.iter().any(|i| i.is_group() && i.repeats) {
        problems.add(
            QUESTIONS,
            link,
            "a repeated group inside a repeated group is not supported",
            "Take one repeats out",
        );
    }
}

/// What an item waits for exists, comes before it in `order` (the `linkId`s from first to last),
/// and can occur.
fn enable_when(pack: &Pack, item: &Item, order: &[&str], problems: &mut Problems) {
    let link = item.link_id.as_str();
    let place = |link: &str| order.iter().position(|l| *l == link);
    for condition in &item.enable.when {
        condition_holds(pack, QUESTIONS, link, condition, problems);
        if place(&condition.question) >= place(link) {
            problems.add(
                QUESTIONS,
                link,
                format!("it depends on “{}”, which comes later", condition.question),
                "Move it behind that question",
            );
        }
    }
    if unreachable(&item.enable) {
        problems.add(
            QUESTIONS,
            link,
            "no set of answers can reach it",
            "Use enableBehavior: any, or take a condition out",
        );
    }
}

/// Two different single answers wanted of the same question at once.
fn unreachable(enable: &Enable) -> bool {
    let wants = |c: &Condition| match (&c.operator, &c.operand) {
        (Operator::Eq, Operand::Codes(codes)) => Some((c.question.clone(), codes.clone())),
        _ => None,
    };
    let wanted: Vec<_> = enable.when.iter().filter_map(wants).collect();
    !enable.any && wanted.iter().any(|(q, a)| wanted.iter().any(|(r, b)| q == r && a != b))
}

/// A condition must name a question there is, and an answer that can occur.
pub(super) fn condition_holds(pack: &Pack, file: &str, path: &str, condition: &Condition, problems: &mut Problems) {
    if condition.score {
        if pack.instrument(&condition.question).is_none() {
            let ids: Vec<&str> = pack.instruments.iter().map(|i| i.id.as_str()).collect();
            let cure = if ids.is_empty() {
                "Compare an answer: nothing is added up here".into()
            } else {
                format!("Use one of: {}", ids.join(", "))
            };
            problems.add(file, path, format!("there is no instrument “{}”", condition.question), cure);
        }
        return;
    }
    let Some(asked) = pack.questionnaire.item(&condition.question) else {
        problems.add(
            file,
            path,
            format!("there is no question “{}”", condition.question),
            "Use a linkId of the questionnaire",
        );
        return;
    };
    if let Operand::Codes(codes) = &condition.operand {
        for code in codes.iter().filter(|c| asked.option(c).is_none()) {
            problems.add(
                file,
                path,
                format!("“{}” has no answer “{code}”", condition.question),
                "Use the code of one of its answers",
            );
        }
    }
    let by_points = matches!(condition.operand, Operand::Number(_)) && !asked.options.is_empty();
    if by_points && !asked.options.iter().any(|o| o.points.is_some()) {
        problems.add(
            file,
            path,
            format!("the answers of “{}” have no points", condition.question),
            "Compare with a code",
        );
    }
}

/// Conditions stay inside their stage, so that the stages can be answered in any order, and the
/// short way asks all that a rule of tier E or A stands on in the parts mind and drugs.
pub(super) fn stages(pack: &Pack, problems: &mut Problems) {
    let s = &pack.safety;
    for link in s.short.iter().chain(&s.across).chain(&s.drawn).filter(|l| pack.questionnaire.item(l).is_none()) {
        problems.add("content/safety.toml", link, "there is no such item", "Use a linkId of the questionnaire");
    }
    if Answers::decode_entries(&s.assumed).is_err() {
        problems.add(
            "content/safety.toml",
            "assumed",
            "these are no answers",
            "Write them as in the fixtures: age=25-44;…",
        );
    }
    for stage in &pack.questionnaire.items {
        let outside = |c: &&Condition| !c.score && !s.across.contains(&c.question) && !holds(stage, &c.question);
        for item in inside(stage).filter(|i| i.link_id != s.ask) {
            for condition in item.enable.when.iter().filter(outside) {
                let what = format!("it depends on “{}”, which stands in another stage", condition.question);
                problems.add(
                    QUESTIONS,
                    &item.link_id,
                    what,
                    "Move one of them, or name the question in `across` of safety.toml",
                );
            }
        }
    }
    let mind = |r: &&Rule| matches!(r.section, Section::Mind | Section::Substances);
    let scored = |link: &str| pack.instruments.iter().any(|i| i.items.iter().any(|l| l == link));
    for rule in
        pack.rules.iter().filter(|r| r.tier <= Tier::A).filter(mind).filter(|r| r.about != s.ask && !scored(&r.about))
    {
        let short = s.short.iter().filter_map(|l| pack.questionnaire.item(l)).any(|item| holds(item, &rule.about));
        if !short {
            problems.add(
                "content/safety.toml",
                &rule.about,
                format!("{} stands on it, and the short way does not ask it", rule.id),
                "Name it in `short`",
            );
        }
    }
}

/// An item and all inside it.
fn inside(item: &Item) -> Box<dyn Iterator<Item = &Item> + '_> {
    Box::new(std::iter::once(item).chain(item.items.iter().flat_map(inside)))
}

/// True if the item, or one inside it, has this `linkId`.
fn holds(item: &Item, link: &str) -> bool {
    item.link_id == link || item.items.iter().any(|i| holds(i, link))
}

/// A clinic may leave these sections out, so nothing that keeps a person safe may stand in them.
pub(super) fn optional(pack: &Pack, problems: &mut Problems) {
    let s = &pack.safety;
    let mut safe: Vec<(&str, &str)> = s
        .never_kept
        .iter()
        .chain([&s.ask, &s.minor_question, &s.medicines, &s.takes_medicines])
        .map(|l| (l.as_str(), "safety.toml"))
        .collect();
    for rule in pack.rules.iter().filter(|r| r.tier <= Tier::A || r.help.is_some()) {
        for condition in rule.when.all.iter().chain(&rule.when.any) {
            let scored = pack.instrument(&condition.question).map(|i| i.items.as_slice());
            let links =
                if condition.score { scored.unwrap_or_default() } else { std::slice::from_ref(&condition.question) };
            safe.extend(links.iter().map(|l| (l.as_str(), rule.id.as_str())));
        }
    }
    for id in &s.optional {
        match pack.questionnaire.item(id).filter(|i| i.is_group()) {
            None => problems.add(
                "content/safety.toml",
                id,
                "there is no such section",
                "Use the linkId of a section of the questionnaire",
            ),
            Some(section) => {
                for (link, why) in safe.iter().filter(|(link, _)| holds(section, link)) {
                    problems.add(
                        "content/safety.toml",
                        id,
                        format!("{why} stands on “{link}” in it, so it is not optional"),
                        "Take it out of `optional`",
                    );
                }
            }
        }
    }
}
