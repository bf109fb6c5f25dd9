//! How long a screen takes: a model, not a measurement, and said with "about".

use super::Step;
use crate::form::EvaluatedForm;
use crate::pack::{Block, Claim, Item, Kind, Pack, Topic};

/// Words read in a minute: slower than most adults read, since those who come here are often low,
/// tired or in pain.
const WORDS_PER_MINUTE: u32 = 180;

/// Seconds to choose an answer that was read.
const CHOOSE: u32 = 2;

/// Seconds to fill a field by typing.
const TYPE: u32 = 20;

/// More answers than this are looked over and not read.
const READ_OPTIONS: usize = 8;

/// Seconds that a screen takes: its words at 180 a minute, 2 s for each choice and 20 s for each
/// field to type in. The answers of a row of three are read once and not for each row. Help takes
/// none.
pub fn seconds(form: &EvaluatedForm<'_>, step: &Step) -> u32 {
    let Some(item) = form.item(step.link()).filter(|_| !matches!(step, Step::Help { .. })) else { return 0 };
    let heading = words(&item.text) + words(&item.help) + words(&item.prefix);
    let (read, act) = match step {
        Step::Page { .. } | Step::Part { .. } if item.kind == Kind::Page => {
            let asked =
                step.items(item).iter().filter(|i| i.is_question() && form.asked(&i.link_id, step.repetition()));
            asked.fold((heading, 0), |(read, act), row| {
                let options = if super::is_three_way(row) { 0 } else { option_words(row) };
                (read + words(&row.text) + options, act + answering(row))
            })
        }
        Step::AddRepetition { .. } => (heading, CHOOSE),
        _ => (heading + option_words(item), answering(item)),
    };
    (read * 60).div_ceil(WORDS_PER_MINUTE) + act
}

/// Seconds that the card which opens a stage takes.
pub fn card_seconds(stage: &Item) -> u32 {
    ((words(&stage.text) + words(&stage.help)) * 60).div_ceil(WORDS_PER_MINUTE) + CHOOSE
}

/// Whole minutes that a page to read takes, and a deck of cards: each the mean of all; 0 where
/// there are none. What is folded away is not counted.
pub fn reading_minutes(pack: &Pack) -> (u32, u32) {
    let mean = |seconds: u32, of: usize| minutes(seconds / u32::try_from(of).unwrap_or(u32::MAX).max(1));
    let read = |n: u32| (n * 60).div_ceil(WORDS_PER_MINUTE);
    let pages = pack.topics.iter().map(|topic| read(topic_words(topic))).sum();
    let card = |card: &crate::pack::Card| {
        // A guess, and on to the next.
        read(words(&card.statement().text) + words(&card.explanation) + words(&card.strength_text)) + 2 * CHOOSE
    };
    (mean(pages, pack.topics.len()), mean(pack.cards.iter().map(card).sum(), pack.decks.len()))
}

fn topic_words(topic: &Topic) -> u32 {
    let all = |texts: &[String]| texts.iter().map(|text| words(text)).sum::<u32>();
    let claim = |claim: &Claim| words(&claim.text) + words(&claim.timespan) + words(&claim.population);
    let block = |block: &Block| match block {
        Block::Text(text) => words(&text.heading) + all(&text.body) + all(&text.list),
        Block::Pair(pair) => words(&pair.heading) + claim(&pair.benefit) + claim(&pair.harm),
        Block::Icons(icons) => {
            words(&icons.heading) + words(&icons.caption) + icons.claims.iter().map(claim).sum::<u32>()
        }
        Block::Timeline(line) => {
            let stages = line.stages.iter().map(|s| words(&s.when) + words(&s.title) + words(&s.text));
            words(&line.heading) + stages.sum::<u32>()
        }
        Block::Calendar(calendar) => words(&calendar.heading) + words(&calendar.caption),
        Block::Table(table) => {
            words(&table.heading) + all(&table.columns) + table.rows.iter().map(|row| all(row)).sum::<u32>()
        }
        Block::Ask(ask) => words(&ask.question),
        Block::Fill(fill) => words(&fill.heading) + all(&fill.columns) + all(&fill.rows),
    };
    words(&topic.title) + words(&topic.lead) + topic.blocks.iter().map(block).sum::<u32>()
}

/// Whole minutes, at least 1 unless there is nothing left.
pub fn minutes(seconds: u32) -> u32 {
    if seconds == 0 { 0 } else { ((seconds + 30) / 60).max(1) }
}

fn words(text: &str) -> u32 {
    u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)
}

fn option_words(item: &Item) -> u32 {
    item.options.iter().take(READ_OPTIONS).map(|o| words(&o.text)).sum()
}

fn answering(item: &Item) -> u32 {
    match item.kind {
        Kind::Group | Kind::Page | Kind::Display => 0,
        Kind::Choice | Kind::OpenChoice | Kind::Boolean => CHOOSE,
        Kind::Lookup | Kind::OpenLookup | Kind::String | Kind::Text | Kind::Url => TYPE,
        Kind::Integer | Kind::Decimal | Kind::Quantity | Kind::Date | Kind::Time | Kind::DateTime => TYPE,
    }
}
