//! What is read: topics, choices, cards and decks.

use super::sources;
use crate::Problems;
use engine::pack::{Block, Claim, Pack, Pair, Polarity};

const TOPICS: &str = "content/en/topics.toml";
/// Each card stands in a deck, no three equal verdicts follow each other there, and what to ask is
/// asked in a topic too.
pub(super) fn decks(pack: &Pack, problems: &mut Problems) {
    const FILE: &str = "content/en/decks.toml";
    let asked = |question: &str| {
        pack.topics.iter().flat_map(|t| &t.blocks).any(|b| matches!(b, Block::Ask(ask) if ask.question == question))
    };
    for deck in &pack.decks {
        let verdict = |id: &String| pack.cards.iter().find(|card| card.id == *id).map(|card| card.statement().verdict);
        let verdicts: Vec<_> = deck.cards.iter().map(verdict).collect();
        if verdicts.contains(&None) {
            problems.add(FILE, &deck.id, "a card of it does not exist", "Name cards of cards.toml");
        }
        if verdicts.windows(3).any(|three| three.iter().all(|v| Some(v) == three.first())) {
            problems.add(
                FILE,
                &deck.id,
                "three cards in a row have the same verdict",
                "Mix them, or a guess can be made without reading",
            );
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

/// The file that a claim stands in.
pub(super) fn claims_file(path: &str) -> &'static str {
    if path.starts_with("choice") { "content/en/choices.toml" } else { "content/en/topics.toml" }
}

/// Both sides of a pair within a fifth of each other, counted in letters (IPDAS: equal detail).
fn same_weight(a: &str, b: &str) -> bool {
    let (a, b) = (a.chars().count(), b.chars().count());
    a.max(b) * 4 <= a.min(b) * 5
}

/// Every claim of the topics and choices, with where it stands.
pub(super) fn claims(pack: &Pack) -> Vec<(String, &Claim)> {
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
        out.extend([
            (format!("choice({})", choice.id), &choice.works),
            (format!("choice({})", choice.id), &choice.side_effects),
        ]);
    }
    out
}

pub(super) fn reading(pack: &Pack, problems: &mut Problems) {
    for (path, claim) in claims(pack) {
        let file = claims_file(&path);
        sources(pack, file, &path, &claim.sources, problems);
        match (claim.n, claim.of) {
            (Some(n), Some(of)) if n <= of => {
                if claim.timespan.is_empty() || claim.population.is_empty() {
                    problems.add(
                        file,
                        &path,
                        "a number does not say over what time or in whom",
                        "Fill in timespan and population",
                    );
                }
            }
            (None, None) => {}
            _ => problems.add(file, &path, "n and of do not fit each other", "Give both, n not above of"),
        }
    }
    for topic in &pack.topics {
        if !["", "card", "page"].contains(&topic.paper.as_str()) {
            problems.add(
                TOPICS,
                format!("topic({})", topic.id),
                "this kind of paper is unknown",
                "Write card, page, or nothing",
            );
        }
        for (i, block) in topic.blocks.iter().enumerate() {
            reading_block(pack, &format!("topic({}).blocks[{i}]", topic.id), block, problems);
        }
    }
    for card in &pack.cards {
        if !card.only_in.is_empty() && !pack.regions.iter().any(|region| region.id == card.only_in) {
            problems.add(
                "content/en/cards.toml",
                &card.id,
                format!("there is no region “{}”", card.only_in),
                "Correct `only_in`",
            );
        }
        sources(pack, "content/en/cards.toml", &card.id, &card.sources, problems);
    }
    decks(pack, problems);
    for choice in &pack.choices {
        sources(pack, "content/en/choices.toml", &choice.id, &choice.sources, problems);
    }
}

/// An array of people stands for at least so many who were studied: with fewer, each figure would
/// be made up.
const FEWEST: u32 = 50;

/// Arrays beside each other are of the same people over the same time, and none is of a handful.
fn side_by_side(path: &str, claims: &[&Claim], problems: &mut Problems) {
    let drawn: Vec<&&Claim> = claims.iter().filter(|c| c.n.is_some() && c.of == Some(100)).collect();
    for claim in &drawn {
        if let Some(few) = people(&claim.population).filter(|n| *n < FEWEST) {
            problems.add(
                TOPICS,
                path,
                format!("an array of 100 stands for {few} people"),
                "Take out n and of, and say it in words",
            );
        }
    }
    let same = |a: &Claim, b: &Claim| a.timespan == b.timespan && a.population == b.population;
    if drawn.windows(2).any(|two| matches!(two, [a, b] if !same(a, b))) {
        problems.add(
            TOPICS,
            path,
            "two arrays beside each other are of other people or another time span",
            "Draw one of them, or part them",
        );
    }
}

/// How many people were studied, as `population` says it: the smallest number in front of a word
/// for people, since that is what the array is drawn from. `None` if it names none.
fn people(population: &str) -> Option<u32> {
    const PEOPLE: [&str; 8] = ["people", "adults", "patients", "veterans", "women", "men", "had", "of"];
    let words: Vec<&str> = population.split([' ', ';', '.', '(', ')']).filter(|w| !w.is_empty()).collect();
    let number = |word: &str| word.replace(',', "").parse::<u32>().ok();
    let counts = words.windows(2).filter_map(|two| match two {
        [n, what] if PEOPLE.contains(&what.trim_end_matches(',')) => number(n),
        _ => None,
    });
    counts.filter(|n| *n != 100).min()
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
            side_by_side(path, &b.claims.iter().collect::<Vec<_>>(), problems);
            let same = b.claims.windows(2).all(|w| matches!(w, [x, y] if x.of == y.of));
            if !same {
                problems.add(TOPICS, path, "the numbers do not share one denominator", "Use the same “of” for all");
            }
        }
        Block::Pair(b) => {
            side_by_side(path, &[&b.benefit, &b.harm], problems);
            balanced(path, b, problems);
        }
        Block::Fill(b) => {
            if b.rows.is_empty() || b.columns.len() == 1 {
                problems.add(
                    TOPICS,
                    path,
                    "there is nothing to fill in",
                    "Give it rows, and no columns or at least two",
                );
            }
        }
        Block::Ask(_) => {}
    }
}

/// Benefit and harm each stand in their place, and weigh the same on the page.
fn balanced(path: &str, pair: &Pair, problems: &mut Problems) {
    if pair.benefit.polarity != Polarity::Benefit || pair.harm.polarity != Polarity::Harm {
        problems.add(
            TOPICS,
            path,
            "the polarity of a side does not fit its place",
            "Mark the benefit as benefit and the harm as harm",
        );
    }
    if !same_weight(&pair.benefit.text, &pair.harm.text) {
        problems.add(
            TOPICS,
            path,
            "benefit and harm differ in length by more than 20 %",
            "Say both at the same length",
        );
    }
}
