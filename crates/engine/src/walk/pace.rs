//! How long a screen takes: a model, not a measurement, and said with "about".

use super::Step;
use crate::form::EvaluatedForm;
use crate::pack::{Item, Kind};

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
