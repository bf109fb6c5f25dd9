//! Checks over a whole pack: what the engine takes for granted is made sure of here.

mod deciding;
mod naming;
mod questions;
mod reading;
pub(crate) mod vectors;

use super::{Authored, Problems};
use engine::pack::{Pack, Tier};
use engine::scores;
use std::collections::BTreeSet;

const QUESTIONS: &str = "content/en/questionnaire.json";
const RULES: &str = "content/en/rules.toml";
const ASKS: &str = "content/en/asks.toml";
const INSTRUMENTS: &str = "content/en/instruments.toml";

/// All checks that do not depend on the day.
pub fn check(authored: &Authored, problems: &mut Problems) {
    let pack = &authored.pack;
    ids(pack, problems);
    questions::questions(pack, problems);
    questions::numbers(pack, problems);
    questions::migrations(pack, problems);
    safety(pack, problems);
    questions::optional(pack, problems);
    questions::stages(pack, problems);
    instruments(pack, problems);
    rules(pack, RULES, problems);
    reading::reading(pack, problems);
    deciding::deciding(pack, problems);
    naming::naming(pack, problems);
    days(pack, problems);
    vectors::vectors(authored, problems);
}

/// What is past its review date on `today`, each as a line. A warning when packing; a release
/// refuses.
pub fn overdue(pack: &Pack, today: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut late = |what: String, date: &str| {
        if date < today {
            out.push(format!("{what} was to be checked by {date}"));
        }
    };
    late("the content as a whole".into(), &pack.review_by);
    for card in &pack.cards {
        late(format!("card {}", card.id), &card.review_by);
    }
    for line in pack.regions.iter().flat_map(|r| &r.lines) {
        late(format!("help line {}", line.id), &line.review_by);
    }
    for (path, claim) in reading::claims(pack) {
        late(path, &claim.review_by);
    }
    out
}

fn ids(pack: &Pack, problems: &mut Problems) {
    let mut unique = |file: &str, what: &str, ids: Vec<&str>| {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                problems.add(file, id, format!("two {what} have this id"), "Give each its own");
            }
        }
    };
    unique(QUESTIONS, "items", pack.questionnaire.all().iter().map(|i| i.link_id.as_str()).collect());
    unique(RULES, "rules", pack.rules.iter().map(|r| r.id.as_str()).collect());
    unique("content/en/topics.toml", "topics", pack.topics.iter().map(|t| t.id.as_str()).collect());
    unique("content/en/cards.toml", "cards", pack.cards.iter().map(|c| c.id.as_str()).collect());
    unique("content/en/decks.toml", "decks", pack.decks.iter().map(|d| d.id.as_str()).collect());
    unique("content/en/decks.toml", "cards", pack.decks.iter().flat_map(|d| &d.cards).map(String::as_str).collect());
    unique("content/en/choices.toml", "choices", pack.choices.iter().map(|c| c.id.as_str()).collect());
    unique("content/en/sources.toml", "sources", pack.sources.iter().map(|s| s.id.as_str()).collect());
    unique("content/en/regions.toml", "regions", pack.regions.iter().map(|r| r.id.as_str()).collect());
}

fn safety(pack: &Pack, problems: &mut Problems) {
    let s = &pack.safety;
    let lists = [
        &s.never_kept,
        &s.may_leave_out,
        &s.why,
        &s.medicine_details,
        &s.tried,
        &s.stated,
        &s.practical,
        &s.questions,
        &s.matters,
    ];
    let single =
        [&s.ask, &s.minor_question, &s.medicines, &s.takes_medicines, &s.trials, &s.tried_now, &s.tried_on_paper];
    for link in lists.into_iter().flatten().chain(single) {
        if pack.questionnaire.item(link).is_none() {
            problems.add("content/safety.toml", link, "there is no such question", "Use a linkId of the questionnaire");
        }
    }
    for (link, code) in [(&s.ask, &s.ask_might_act), (&s.ask, &s.ask_safe), (&s.minor_question, &s.minor_code)] {
        if pack.questionnaire.item(link).is_some_and(|i| i.option(code).is_none()) {
            problems.add(
                "content/safety.toml",
                link,
                format!("it has no answer “{code}”"),
                "Use the code of one of its answers",
            );
        }
    }
}

fn instruments(pack: &Pack, problems: &mut Problems) {
    for instrument in &pack.instruments {
        let gate = instrument.gate.iter();
        for link in instrument.items.iter().chain(gate) {
            match pack.questionnaire.item(link) {
                None => problems.add(
                    INSTRUMENTS,
                    &instrument.id,
                    format!("there is no question “{link}”"),
                    "Use a linkId of the questionnaire",
                ),
                Some(item) if !scores::is_scored(item) => {
                    problems.add(
                        INSTRUMENTS,
                        &instrument.id,
                        format!("the answers of “{link}” have no points"),
                        "Give them ordinalValue",
                    );
                }
                Some(_) => {}
            }
        }
        if let Some(link) = instrument.beside.iter().find(|l| pack.questionnaire.item(l).is_none()) {
            problems.add(
                INSTRUMENTS,
                &instrument.id,
                format!("there is no question “{link}”"),
                "Use a linkId of the questionnaire",
            );
        }
        sources(pack, INSTRUMENTS, &instrument.id, &instrument.sources, problems);
    }
}

fn sources(pack: &Pack, file: &str, path: &str, ids: &[String], problems: &mut Problems) {
    for id in ids.iter().filter(|id| pack.source(id).is_none()) {
        // A questionnaire by others has none of ours.
        let cure = if pack.sources.is_empty() {
            "Take it out, and name the source in `clinician`"
        } else {
            "Add it to sources.toml, or correct the id"
        };
        problems.add(file, path, format!("there is no source “{id}”"), cure);
    }
}

pub(super) fn rules(pack: &Pack, file: &str, problems: &mut Problems) {
    for rule in &pack.rules {
        let path = format!("rule({})", rule.id);
        if pack.questionnaire.item(&rule.about).is_none() {
            problems.add(
                file,
                &path,
                format!("it is about “{}”, which is no question", rule.about),
                "Use a linkId of the questionnaire",
            );
        }
        if rule.when.all.is_empty() && rule.when.any.is_empty() {
            problems.add(file, &path, "it has no condition", "Give it when.any or when.all");
        }
        if rule.tier == Tier::E && rule.help.is_none() {
            problems.add(file, &path, "an emergency rule must open help", "Give it help");
        }
        for condition in rule.when.all.iter().chain(&rule.when.any) {
            questions::condition_holds(pack, file, &path, condition, problems);
        }
        sources(pack, file, &path, &rule.sources, problems);
    }
}

/// A day as `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number =
        |i: usize, digits: usize| parts.get(i).filter(|p| p.len() == digits).and_then(|p| p.parse::<u16>().ok());
    parts.len() == 3
        && number(0, 4).is_some()
        && number(1, 2).is_some_and(|m| (1..=12).contains(&m))
        && number(2, 2).is_some_and(|d| (1..=31).contains(&d))
}

/// Every day in the pack is one.
fn days(pack: &Pack, problems: &mut Problems) {
    let mut day = |file: &str, path: &str, text: &str| {
        if !is_day(text) {
            problems.add(file, path, format!("“{text}” is no day"), "Write it as YYYY-MM-DD");
        }
    };
    day("content/about.toml", "checked_on", &pack.checked_on);
    day("content/about.toml", "review_by", &pack.review_by);
    for (path, claim) in reading::claims(pack) {
        day(reading::claims_file(&path), &path, &claim.checked_on);
        day(reading::claims_file(&path), &path, &claim.review_by);
    }
    for card in &pack.cards {
        day("content/en/cards.toml", &card.id, &card.checked_on);
        day("content/en/cards.toml", &card.id, &card.review_by);
    }
    for line in pack.regions.iter().flat_map(|r| &r.lines) {
        day("content/en/regions.toml", &line.id, &line.checked_on);
        day("content/en/regions.toml", &line.id, &line.review_by);
    }
    for source in &pack.sources {
        day("content/en/sources.toml", &source.id, &source.checked_on);
    }
}
