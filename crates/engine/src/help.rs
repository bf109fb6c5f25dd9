//! What the help panel shows, and in which order. No score, no level, no lecture.

use crate::form::EvaluatedForm;
use crate::pack::{Contact, Help, Pack, Region, Rule};
use crate::rules::{self, Outcome};

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
    /// The visitor said that they might act on thoughts of suicide.
    pub might_act: bool,
    /// Numbers of the chosen region.
    pub region: &'a Region,
    /// Lines that apply, the most fitting first.
    pub lines: Vec<&'a Contact>,
}

/// The panel for these answers. `after` limits it to what one screen's answers asked for.
pub fn panel<'a>(pack: &'a Pack, form: &EvaluatedForm<'_>, region: &'a Region, after: &[&str]) -> Panel<'a> {
    let fired = |r: &&Rule| {
        r.help.is_some() && after.contains(&r.about.as_str()) && rules::evaluate(pack, form, &r.when) == Outcome::Yes
    };
    let because: Vec<&Rule> = pack.rules.iter().filter(fired).collect();
    let has = |help| because.iter().any(|r| r.help == Some(help));
    let answer = form.answer(&pack.safety.ask, 0);
    let might_act = answer.is_some_and(|a| a.has(&pack.safety.ask_might_act));
    let safe = answer.is_some_and(|a| a.has(&pack.safety.ask_safe));
    let kinds = || because.iter().filter_map(|r| r.help);
    let medical = kinds().any(Help::is_medical);
    let order = if medical || might_act {
        Order::EmergencyFirst
    } else if safe || (has(Help::Offer) && !has(Help::Suicide)) {
        Order::Calm
    } else {
        Order::LineFirst
    };
    // Who has chest pain is not handed a crisis line, unless thoughts of suicide were told too.
    let crisis = !medical || might_act || has(Help::Suicide) || has(Help::Offer);
    // The poison line answers an overdose better than any other. Lines for another need stand last,
    // where help was opened by hand: a person in danger needs a short list.
    let only = |need: &'static str| region.lines.iter().filter(move |c| c.only_for == need);
    let poison = only("poison").filter(|_| kinds().any(Help::is_poison));
    let others = region.lines.iter().filter(|c| after.is_empty() && !matches!(c.only_for.as_str(), "" | "poison"));
    let lines: Vec<&Contact> = poison.chain(only("").filter(|_| crisis)).chain(others).collect();
    Panel { ask: has(Help::Suicide), might_act, because, order, region, lines }
}
