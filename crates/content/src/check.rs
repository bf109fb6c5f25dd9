//! Checks over a whole pack: what the engine takes for granted is made sure of here.

use super::{Authored, Problems, RuleVector, ScoreVector};
use engine::answers::{Answer, Answers, Key, Value};
use engine::form::EvaluatedForm;
use engine::help;
use engine::pack::{Block, Claim, Condition, Enable, Instrument, Item, Kind, Numbers, Operand, Operator, Pack, Polarity, Rule, Section, Tier};
use engine::rules::{self, Outcome};
use engine::scores::{self, Total};
use std::collections::BTreeSet;

const QUESTIONS: &str = "content/en/questionnaire.json";
const MIGRATIONS: &str = "content/migrations.toml";
const TOPICS: &str = "content/en/topics.toml";
const RULES: &str = "content/en/rules.toml";
const INSTRUMENTS: &str = "content/en/instruments.toml";

/// All checks that do not depend on the day.
pub fn check(authored: &Authored, problems: &mut Problems) {
    let pack = &authored.pack;
    ids(pack, problems);
    questions(pack, problems);
    numbers(pack, problems);
    migrations(pack, problems);
    safety(pack, problems);
    optional(pack, problems);
    stages(pack, problems);
    instruments(pack, problems);
    rules(pack, RULES, problems);
    reading(pack, problems);
    days(pack, problems);
    vectors(authored, problems);
}

/// Each card stands in a deck, no three equal verdicts follow each other there, and what to ask is asked in a topic too.
fn decks(pack: &Pack, problems: &mut Problems) {
    const FILE: &str = "content/en/decks.toml";
    let asked = |question: &str| pack.topics.iter().flat_map(|t| &t.blocks).any(|b| matches!(b, Block::Ask(ask) if ask.question == question));
    for deck in &pack.decks {
        let verdict = |id: &String| pack.cards.iter().find(|card| card.id == *id).map(|card| card.statement().verdict);
        let verdicts: Vec<_> = deck.cards.iter().map(verdict).collect();
        if verdicts.contains(&None) {
            problems.add(FILE, &deck.id, "a card of it does not exist", "Name cards of cards.toml");
        }
        if verdicts.windows(3).any(|three| three.iter().all(|v| Some(v) == three.first())) {
            problems.add(FILE, &deck.id, "three cards in a row have the same verdict", "Mix them, or a guess can be made without reading");
        }
        if !asked(&deck.question) {
            problems.add(FILE, &deck.id, "no topic asks this question", "Take one from topics.toml, word for word");
        }
    }
    let placed = |id: &String| pack.decks.iter().any(|deck| deck.cards.contains(id));
    for card in pack.cards.iter().filter(|card| !placed(&card.id)) {
        problems.add(FILE, &card.id, "no deck has this card", "Put it into the deck that it belongs to");
    }
}

/// Every question and answer has its number, or a code on paper would leave it out in silence.
fn numbers(pack: &Pack, problems: &mut Problems) {
    let numbers = &pack.numbers;
    let mut missing = |names: &[String], part: &str, name: &str| {
        if Numbers::of(names, name).is_none() {
            problems.add("content/numbers.toml", format!("{part}.{name}"), "it has no number", "Append it with the next free number");
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

/// A migration leads from an answer that can't be given any more, which a code on paper can still hold, to one that can.
fn migrations(pack: &Pack, problems: &mut Problems) {
    for (i, row) in pack.migrations.iter().enumerate() {
        let path = format!("migration[{i}]({})", row.question);
        let mut refuse = |what: String, cure: &str| problems.add(MIGRATIONS, &path, what, cure);
        let item = pack.questionnaire.item(&row.question);
        let answered = match &row.answer {
            Some(code) => item.is_some_and(|i| is_answer(i, code)),
            None => item.is_some(),
        };
        if answered {
            refuse("the questionnaire still has this answer".into(), "Give the question or the answer a new name, or take the row out");
        }
        if pack.migrations.iter().take(i).any(|other| other.question == row.question && other.answer == row.answer) {
            refuse("this answer has a row already".into(), "Write all that it becomes into one row");
        }
        if Numbers::of(&pack.numbers.questions, &row.question).is_none() {
            refuse("its number is gone from content/numbers.toml".into(), "Put the old number back: numbers are only appended");
        }
        if row.answer.as_ref().is_some_and(|code| Numbers::of(&pack.numbers.answers, code).is_none()) {
            refuse("the number of its answer is gone from content/numbers.toml".into(), "Put the old number back: numbers are only appended");
        }
        if row.to.is_empty() {
            refuse("it leads nowhere, and the answer would be lost".into(), "Name at least one question in `to`");
        }
        for target in &row.to {
            let item = pack.questionnaire.item(&target.question).filter(|i| i.is_question() || i.is_group() && i.repeats);
            if !item.is_some_and(|i| target.answer.as_ref().is_none_or(|code| is_answer(i, code))) {
                let answer = target.answer.as_deref().unwrap_or("any");
                refuse(format!("there is no question “{}” with the answer “{answer}”", target.question), "Correct the linkId or the code");
            }
        }
    }
}

/// True if the code can be chosen: an option, or yes and no to "add another?".
fn is_answer(item: &Item, code: &str) -> bool {
    item.option(code).is_some() || item.is_group() && item.repeats && matches!(code, "true" | "false")
}

/// What is past its review date on `today`, each as a line. A warning when packing; a release refuses.
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
    for (path, claim) in claims(pack) {
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

fn questions(pack: &Pack, problems: &mut Problems) {
    let order: Vec<&str> = pack.questionnaire.all().iter().map(|i| i.link_id.as_str()).collect();
    let place = |link: &str| order.iter().position(|l| *l == link);
    for item in pack.questionnaire.all() {
        let link = item.link_id.as_str();
        if item.text.trim().is_empty() && item.kind != Kind::Group {
            problems.add(QUESTIONS, link, "it has no text", "Say what is asked");
        }
        let choice = matches!(item.kind, Kind::Choice | Kind::Lookup | Kind::OpenChoice | Kind::OpenLookup | Kind::Boolean);
        if choice && item.options.is_empty() {
            problems.add(QUESTIONS, link, "there is nothing to choose", "Give it answers");
        }
        let mut codes = BTreeSet::new();
        for option in &item.options {
            if option.code.is_empty() || !codes.insert(&option.code) {
                problems.add(QUESTIONS, link, format!("the answer code “{}” is empty or used twice", option.code), "Give each answer its own code");
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
        if item.is_group() && item.items.is_empty() {
            problems.add(QUESTIONS, link, "a group without items is a dead end", "Give it items or take it out");
        }
        if item.is_group() && item.repeats && item.items.iter().any(|i| i.is_group() && i.repeats) {
            problems.add(QUESTIONS, link, "a repeated group inside a repeated group is not supported", "Take one repeats out");
        }
        for condition in &item.enable.when {
            enable_condition(pack, item, condition, problems);
            if place(&condition.question) >= place(link) {
                problems.add(QUESTIONS, link, format!("it depends on “{}”, which comes later", condition.question), "Move it behind that question");
            }
        }
        if unreachable(&item.enable) {
            problems.add(QUESTIONS, link, "no set of answers can reach it", "Use enableBehavior: any, or take a condition out");
        }
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

fn enable_condition(pack: &Pack, item: &Item, condition: &Condition, problems: &mut Problems) {
    condition_holds(pack, QUESTIONS, &item.link_id, condition, problems);
}

/// A condition must name a question there is, and an answer that can occur.
fn condition_holds(pack: &Pack, file: &str, path: &str, condition: &Condition, problems: &mut Problems) {
    if condition.score {
        if pack.instrument(&condition.question).is_none() {
            let ids: Vec<&str> = pack.instruments.iter().map(|i| i.id.as_str()).collect();
            let cure = if ids.is_empty() { "Compare an answer: nothing is added up here".into() } else { format!("Use one of: {}", ids.join(", ")) };
            problems.add(file, path, format!("there is no instrument “{}”", condition.question), cure);
        }
        return;
    }
    let Some(asked) = pack.questionnaire.item(&condition.question) else {
        problems.add(file, path, format!("there is no question “{}”", condition.question), "Use a linkId of the questionnaire");
        return;
    };
    if let Operand::Codes(codes) = &condition.operand {
        for code in codes.iter().filter(|c| asked.option(c).is_none()) {
            problems.add(file, path, format!("“{}” has no answer “{code}”", condition.question), "Use the code of one of its answers");
        }
    }
    let by_points = matches!(condition.operand, Operand::Number(_)) && !asked.options.is_empty();
    if by_points && !asked.options.iter().any(|o| o.points.is_some()) {
        problems.add(file, path, format!("the answers of “{}” have no points", condition.question), "Compare with a code");
    }
}

fn safety(pack: &Pack, problems: &mut Problems) {
    let s = &pack.safety;
    let lists = [&s.never_kept, &s.may_leave_out, &s.why, &s.medicine_details, &s.tried, &s.stated, &s.practical, &s.questions, &s.matters];
    let single = [&s.ask, &s.minor_question, &s.medicines, &s.takes_medicines, &s.trials, &s.tried_on_paper];
    for link in lists.into_iter().flatten().chain(single) {
        if pack.questionnaire.item(link).is_none() {
            problems.add("content/safety.toml", link, "there is no such question", "Use a linkId of the questionnaire");
        }
    }
    for (link, code) in [(&s.ask, &s.ask_might_act), (&s.ask, &s.ask_safe), (&s.minor_question, &s.minor_code)] {
        if pack.questionnaire.item(link).is_some_and(|i| i.option(code).is_none()) {
            problems.add("content/safety.toml", link, format!("it has no answer “{code}”"), "Use the code of one of its answers");
        }
    }
}

/// Conditions stay inside their stage, so that the stages can be answered in any order, and the short way asks all that a
/// rule of tier E or A stands on in the parts mind and drugs.
fn stages(pack: &Pack, problems: &mut Problems) {
    let s = &pack.safety;
    for link in s.short.iter().chain(&s.across).chain(&s.drawn).filter(|l| pack.questionnaire.item(l).is_none()) {
        problems.add("content/safety.toml", link, "there is no such item", "Use a linkId of the questionnaire");
    }
    if Answers::decode_entries(&s.assumed).is_err() {
        problems.add("content/safety.toml", "assumed", "these are no answers", "Write them as in the fixtures: age=25-44;…");
    }
    for stage in &pack.questionnaire.items {
        let outside = |c: &&Condition| !c.score && !s.across.contains(&c.question) && !holds(stage, &c.question);
        for item in inside(stage).filter(|i| i.link_id != s.ask) {
            for condition in item.enable.when.iter().filter(outside) {
                let what = format!("it depends on “{}”, which stands in another stage", condition.question);
                problems.add(QUESTIONS, &item.link_id, what, "Move one of them, or name the question in `across` of safety.toml");
            }
        }
    }
    let mind = |r: &&Rule| matches!(r.section, Section::Mind | Section::Substances);
    let scored = |link: &str| pack.instruments.iter().any(|i| i.items.iter().any(|l| l == link));
    for rule in pack.rules.iter().filter(|r| r.tier <= Tier::A).filter(mind).filter(|r| r.about != s.ask && !scored(&r.about)) {
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
fn optional(pack: &Pack, problems: &mut Problems) {
    let s = &pack.safety;
    let mut safe: Vec<(&str, &str)> =
        s.never_kept.iter().chain([&s.ask, &s.minor_question, &s.medicines, &s.takes_medicines]).map(|l| (l.as_str(), "safety.toml")).collect();
    for rule in pack.rules.iter().filter(|r| r.tier <= Tier::A || r.help.is_some()) {
        for condition in rule.when.all.iter().chain(&rule.when.any) {
            let scored = pack.instrument(&condition.question).map(|i| i.items.as_slice());
            let links = if condition.score { scored.unwrap_or_default() } else { std::slice::from_ref(&condition.question) };
            safe.extend(links.iter().map(|l| (l.as_str(), rule.id.as_str())));
        }
    }
    for id in &s.optional {
        match pack.questionnaire.item(id).filter(|i| i.is_group()) {
            None => problems.add("content/safety.toml", id, "there is no such section", "Use the linkId of a section of the questionnaire"),
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

fn instruments(pack: &Pack, problems: &mut Problems) {
    for instrument in &pack.instruments {
        let gate = instrument.gate.iter();
        for link in instrument.items.iter().chain(gate) {
            match pack.questionnaire.item(link) {
                None => problems.add(INSTRUMENTS, &instrument.id, format!("there is no question “{link}”"), "Use a linkId of the questionnaire"),
                Some(item) if !scores::is_scored(item) => {
                    problems.add(INSTRUMENTS, &instrument.id, format!("the answers of “{link}” have no points"), "Give them ordinalValue");
                }
                Some(_) => {}
            }
        }
        if let Some(link) = instrument.beside.iter().find(|l| pack.questionnaire.item(l).is_none()) {
            problems.add(INSTRUMENTS, &instrument.id, format!("there is no question “{link}”"), "Use a linkId of the questionnaire");
        }
        sources(pack, INSTRUMENTS, &instrument.id, &instrument.sources, problems);
    }
}

fn sources(pack: &Pack, file: &str, path: &str, ids: &[String], problems: &mut Problems) {
    for id in ids.iter().filter(|id| pack.source(id).is_none()) {
        // A questionnaire by others has none of ours.
        let cure =
            if pack.sources.is_empty() { "Take it out, and name the source in `clinician`" } else { "Add it to sources.toml, or correct the id" };
        problems.add(file, path, format!("there is no source “{id}”"), cure);
    }
}

pub(super) fn rules(pack: &Pack, file: &str, problems: &mut Problems) {
    for rule in &pack.rules {
        let path = format!("rule({})", rule.id);
        if pack.questionnaire.item(&rule.about).is_none() {
            problems.add(file, &path, format!("it is about “{}”, which is no question", rule.about), "Use a linkId of the questionnaire");
        }
        if rule.when.all.is_empty() && rule.when.any.is_empty() {
            problems.add(file, &path, "it has no condition", "Give it when.any or when.all");
        }
        if rule.tier == Tier::E && rule.help.is_none() {
            problems.add(file, &path, "an emergency rule must open help", "Give it help");
        }
        for condition in rule.when.all.iter().chain(&rule.when.any) {
            condition_holds(pack, file, &path, condition, problems);
        }
        sources(pack, file, &path, &rule.sources, problems);
    }
}

/// A day as `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |i: usize, digits: usize| parts.get(i).filter(|p| p.len() == digits).and_then(|p| p.parse::<u16>().ok());
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
    for (path, claim) in claims(pack) {
        day(claims_file(&path), &path, &claim.checked_on);
        day(claims_file(&path), &path, &claim.review_by);
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

/// The file that a claim stands in.
fn claims_file(path: &str) -> &'static str {
    if path.starts_with("choice") { "content/en/choices.toml" } else { "content/en/topics.toml" }
}

/// Both sides of a pair within a fifth of each other, counted in letters (IPDAS: equal detail).
fn same_weight(a: &str, b: &str) -> bool {
    let (a, b) = (a.chars().count(), b.chars().count());
    a.max(b) * 4 <= a.min(b) * 5
}

/// Every claim of the topics and choices, with where it stands.
fn claims(pack: &Pack) -> Vec<(String, &Claim)> {
    let mut out = Vec::new();
    for topic in &pack.topics {
        for (i, block) in topic.blocks.iter().enumerate() {
            let path = format!("topic({}).blocks[{i}]", topic.id);
            match block {
                Block::Pair(pair) => out.extend([(path.clone(), &pair.benefit), (path, &pair.harm)]),
                Block::Icons(icons) => out.extend(icons.claims.iter().map(|c| (path.clone(), c))),
                _ => {}
            }
        }
    }
    for choice in &pack.choices {
        out.extend([(format!("choice({})", choice.id), &choice.works), (format!("choice({})", choice.id), &choice.side_effects)]);
    }
    out
}

fn reading(pack: &Pack, problems: &mut Problems) {
    for (path, claim) in claims(pack) {
        let file = claims_file(&path);
        sources(pack, file, &path, &claim.sources, problems);
        match (claim.n, claim.of) {
            (Some(n), Some(of)) if n <= of => {
                if claim.timespan.is_empty() || claim.population.is_empty() {
                    problems.add(file, &path, "a number does not say over what time or in whom", "Fill in timespan and population");
                }
            }
            (None, None) => {}
            _ => problems.add(file, &path, "n and of do not fit each other", "Give both, n not above of"),
        }
    }
    for topic in &pack.topics {
        for (i, block) in topic.blocks.iter().enumerate() {
            reading_block(pack, &format!("topic({}).blocks[{i}]", topic.id), block, problems);
        }
    }
    for card in &pack.cards {
        sources(pack, "content/en/cards.toml", &card.id, &card.sources, problems);
    }
    decks(pack, problems);
    for choice in &pack.choices {
        sources(pack, "content/en/choices.toml", &choice.id, &choice.sources, problems);
    }
}

/// Checks one piece of a topic.
fn reading_block(pack: &Pack, path: &str, block: &Block, problems: &mut Problems) {
    match block {
        Block::Text(b) => sources(pack, TOPICS, path, &b.sources, problems),
        Block::Timeline(b) => sources(pack, TOPICS, path, &b.sources, problems),
        Block::Table(b) => {
            sources(pack, TOPICS, path, &b.sources, problems);
            if b.rows.iter().any(|r| r.len() != b.columns.len()) {
                problems.add(TOPICS, path, "a row is not as long as the head", "Give each row a cell for each column");
            }
        }
        Block::Calendar(b) => {
            sources(pack, TOPICS, path, &b.sources, problems);
            if b.weeks.iter().any(|w| w.len() != 7 || w.bytes().any(|c| !b"x.".contains(&c))) {
                problems.add(TOPICS, path, "a week is not seven marks", "Write x or . for each day, Monday first");
            }
        }
        Block::Icons(b) => {
            let same = b.claims.windows(2).all(|w| matches!(w, [x, y] if x.of == y.of));
            if !same {
                problems.add(TOPICS, path, "the numbers do not share one denominator", "Use the same “of” for all");
            }
        }
        Block::Pair(b) => {
            if b.benefit.polarity != Polarity::Benefit || b.harm.polarity != Polarity::Harm {
                problems.add(TOPICS, path, "the polarity of a side does not fit its place", "Mark the benefit as benefit and the harm as harm");
            }
            if !same_weight(&b.benefit.text, &b.harm.text) {
                problems.add(TOPICS, path, "benefit and harm differ in length by more than 20 %", "Say both at the same length");
            }
        }
        Block::Ask(_) => {}
    }
}

/// Runs every vector that stands beside a rule or an instrument.
pub fn vectors(authored: &Authored, problems: &mut Problems) {
    rule_vectors(&authored.pack, &authored.rule_vectors, RULES, problems);
    for (instrument, vectors) in authored.pack.instruments.iter().zip(&authored.score_vectors) {
        if vectors.is_empty() {
            problems.add(INSTRUMENTS, &instrument.id, "it has no vectors", "Add them");
        }
        for vector in vectors {
            if let Err(what) = score_vector(&authored.pack, instrument, vector) {
                problems.add(INSTRUMENTS, &instrument.id, what, "Correct the instrument or the vector");
            }
        }
    }
}

/// Runs the vectors that stand beside each rule.
pub(super) fn rule_vectors(pack: &Pack, all: &[Vec<RuleVector>], file: &str, problems: &mut Problems) {
    for (rule, vectors) in pack.rules.iter().zip(all) {
        let path = format!("rule({})", rule.id);
        let has = |fires: &dyn Fn(&str) -> bool| vectors.iter().any(|v| fires(&v.fires));
        if !has(&|f| f == "yes") || !has(&|f| f != "yes") {
            problems.add(file, &path, "it lacks a vector that fires it or one that does not", "Add both to vectors");
        }
        for vector in vectors {
            let Ok(answers) = Answers::decode_entries(&vector.answers) else {
                problems.add(file, &path, format!("“{}” is no text form of answers", vector.answers), "See src/answers.rs");
                continue;
            };
            unknown_answers(pack, &answers, file, &path, problems);
            let form = EvaluatedForm::new(&pack.questionnaire, &answers);
            let got = match rules::evaluate(pack, &form, &rule.when) {
                Outcome::Yes => "yes",
                Outcome::No => "no",
                Outcome::Unknown => "unknown",
                Outcome::NotAsked => "not-asked",
            };
            if got != vector.fires {
                problems.add(file, &path, format!("on “{}” it gives {got}, not {}", vector.answers, vector.fires), "Correct the rule or the vector");
            }
        }
    }
}

fn unknown_answers(pack: &Pack, answers: &Answers, file: &str, path: &str, problems: &mut Problems) {
    for (key, answer) in answers.iter() {
        let Some(item) = pack.questionnaire.item(&key.link) else {
            problems.add(file, path, format!("a vector answers “{}”, which is no question", key.link), "Use a linkId of the questionnaire");
            continue;
        };
        for value in answer.values() {
            if let Value::Code(code) = value
                && item.option(code).is_none()
                && !item.is_group()
            {
                problems.add(file, path, format!("a vector gives “{}” the answer “{code}”, which it has not", key.link), "Use one of its codes");
            }
        }
    }
}

/// Answers with the given points, in a setting where the instrument is asked.
fn answers_of(pack: &Pack, instrument: &Instrument, vector: &ScoreVector) -> Answers {
    let mut answers = opened(pack, instrument);
    let mut give = |link: &str, points: Option<i16>| {
        let item = pack.questionnaire.item(link);
        let code = item.and_then(|i| i.options.iter().find(|o| o.points == points)).map(|o| o.code.clone());
        let typed = item.is_some_and(|i| i.kind == Kind::Integer);
        let answer = match (points, code) {
            (Some(n), _) if typed => Answer::Given(vec![Value::Number(n.into())]),
            (Some(_), Some(code)) => Answer::code(&code),
            _ => Answer::Skipped,
        };
        answers.set(Key::first(link), answer);
    };
    if let Some(gate) = &instrument.gate {
        let points = match vector.gate.as_deref() {
            Some("no") => Some(0),
            Some("skip") => None,
            _ => Some(1),
        };
        give(gate, points);
    }
    for (link, points) in instrument.items.iter().zip(&vector.points) {
        give(link, (*points >= 0).then_some(*points));
    }
    answers
}

/// Answers that meet the conditions of everything around the instrument's first item.
fn opened(pack: &Pack, instrument: &Instrument) -> Answers {
    let mut answers = Answers::default();
    if let Some(first) = instrument.gate.as_ref().or_else(|| instrument.items.first()) {
        open(pack, first, &mut answers);
    }
    answers
}

/// Meets the conditions of a question and of the groups around it, and of the questions these ask.
fn open(pack: &Pack, link: &str, answers: &mut Answers) {
    let all = pack.questionnaire.all();
    let around = all.iter().filter(|i| i.link_id == link || contains(i, link));
    for condition in around.flat_map(|i| &i.enable.when) {
        let key = Key::first(&condition.question);
        if let (Operator::Eq, Operand::Codes(codes), None) = (condition.operator, &condition.operand, answers.get(&key)) {
            codes.first().into_iter().for_each(|c| answers.set(key.clone(), Answer::code(c)));
            open(pack, &condition.question, answers);
        }
    }
}

fn contains(item: &Item, link: &str) -> bool {
    item.items.iter().any(|i| i.link_id == link || contains(i, link))
}

fn score_vector(pack: &Pack, instrument: &Instrument, vector: &ScoreVector) -> Result<(), String> {
    let answers = answers_of(pack, instrument, vector);
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let score = scores::score(&form, instrument);
    let wrong = |what: String| Err(format!("on {:?} (gate {:?}) {what}", vector.points, vector.gate));
    match (score.total, vector.total, vector.possible) {
        (Total::Exactly(n), Some(want), _) if (n - want).abs() < 1e-9 => {}
        (Total::Between(low, high), None, Some(want)) if [low, high] == want => {}
        (Total::Between(..), None, None) if vector.gate.as_deref() == Some("skip") => {}
        (got, ..) => return wrong(format!("it gives {got:?}, not {:?} {:?}", vector.total, vector.possible)),
    }
    let band = score.band().map(|b| b.name.clone());
    if vector.band.is_some() && band != vector.band {
        return wrong(format!("the band is {band:?}, not {:?}", vector.band));
    }
    if let (Some(want), Some(beside)) = (vector.ask_difficulty, &instrument.beside)
        && form.asked(beside, 0) != want
    {
        return wrong("the item beside the score is not asked as it should be".into());
    }
    let region = pack.region("").ok_or("there is no region")?;
    let last: Vec<&str> = instrument.items.iter().map(String::as_str).collect();
    let panel = help::panel(pack, &form, region, &last);
    let safety = match panel.because.iter().filter_map(|r| r.help).max() {
        None => "no",
        Some(engine::pack::Help::Offer) => "offer",
        Some(_) => "yes",
    };
    match vector.safety.as_deref() {
        Some(want) if want != safety => wrong(format!("help is “{safety}”, not “{want}”")),
        _ => Ok(()),
    }
}
