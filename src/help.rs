//! What the help panel shows, and in which order. No score, no level, no lecture.

use crate::live::Live;
use crate::pack::{Contact, Help, Pack, Region, Rule};
use crate::truth::{Truth, trigger};

/// The order of the help, from the one own-words question (dossier 7.1). All of it is always shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Emergency number first: a medical emergency, an overdose, or "I might act".
    EmergencyFirst,
    /// Crisis line first, then a trusted person, the clinic, the emergency number.
    LineFirst,
    /// The same numbers in a calmer layout.
    Calm,
}

/// The help panel as data.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel<'a> {
    /// The rules that asked for it, if any answer did.
    pub because: Vec<&'a Rule>,
    /// How to order it.
    pub order: Order,
    /// Ask the one own-words question.
    pub ask: bool,
    /// Numbers of the chosen region.
    pub region: &'a Region,
    /// Lines that apply, the most fitting first.
    pub lines: Vec<&'a Contact>,
}

/// The panel for these answers. `after` limits it to what one screen's answers asked for.
pub fn panel<'a>(pack: &'a Pack, live: &Live<'_>, region: &'a Region, after: &[&str]) -> Panel<'a> {
    let fired = |r: &&Rule| r.help.is_some() && after.contains(&r.about.as_str()) && trigger(pack, live, &r.when) == Truth::Yes;
    let because: Vec<&Rule> = pack.rules.iter().filter(fired).collect();
    let has = |help| because.iter().any(|r| r.help == Some(help));
    let said = live.answer(&pack.safety.ask, 0);
    let might_act = said.is_some_and(|a| a.has(&pack.safety.ask_might_act));
    let safe = said.is_some_and(|a| a.has(&pack.safety.ask_safe));
    let order = if has(Help::Medical) || has(Help::Poison) || might_act {
        Order::EmergencyFirst
    } else if safe || (has(Help::Offer) && !has(Help::Suicide)) {
        Order::Calm
    } else {
        Order::LineFirst
    };
    let applies = |c: &&Contact| match c.only_for.as_str() {
        "" => true,
        "poison" => has(Help::Poison),
        _ => false,
    };
    // The poison line answers an overdose better than any other.
    let (special, general): (Vec<&Contact>, Vec<&Contact>) = region.lines.iter().filter(applies).partition(|c| !c.only_for.is_empty());
    let lines = [special, general].concat();
    Panel { ask: has(Help::Suicide), because, order, region, lines }
}
