//! Which questions are asked, and the answers that count.
//!
//! FHIR's `enableWhen`, replayed from the answers each time. An answer to a question that is not asked
//! does not exist for anything further right, not even for other questions' conditions.

use crate::answer_edit::fits;
use crate::answers::{Answer, Answers, Key, Value};
use crate::number;
use crate::pack::{Condition, Form, Item, Kind, Operand, Operator, Questionnaire};
use std::cell::RefCell;

/// Where an item stands in the tree.
#[derive(Debug, Clone, Copy)]
struct Place<'a> {
    item: &'a Item,
    parent: Option<usize>,
    /// The repeated group it stands in, if any.
    repeated: Option<usize>,
}

/// The questions that are asked, with their answers.
#[derive(Debug)]
pub struct EvaluatedForm<'a> {
    answers: &'a Answers,
    places: Vec<Place<'a>>,
    /// Places by `linkId`, in its order.
    by_link: Vec<(&'a str, usize)>,
    /// For each place, the repetitions that were worked out. One that is being worked out stands as not met, so
    /// that a condition that runs in a circle is not met.
    seen: RefCell<Vec<Vec<(u8, bool)>>>,
}

impl<'a> EvaluatedForm<'a> {
    /// Replays the answers over the questionnaire.
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Self {
        let mut places = Vec::new();
        for item in &questionnaire.items {
            push(item, None, None, &mut places);
        }
        let mut by_link: Vec<(&str, usize)> = Vec::new();
        for (i, place) in places.iter().enumerate() {
            let link = place.item.link_id.as_str();
            let (Ok(place) | Err(place)) = by_link.binary_search_by(|(l, _)| (*l).cmp(link));
            by_link.insert(place, (link, i));
        }
        let seen = RefCell::new(vec![Vec::new(); places.len()]);
        Self { answers, places, by_link, seen }
    }

    fn index(&self, link: &str) -> Option<usize> {
        let place = self.by_link.binary_search_by(|(l, _)| (*l).cmp(link)).ok()?;
        self.by_link.get(place).map(|(_, index)| *index)
    }

    /// True if the item is asked (in this repetition of its repeated group).
    pub fn asked(&self, link: &str, repetition: u8) -> bool {
        self.index(link).is_some_and(|i| self.enabled(i, repetition))
    }

    /// The answer that counts: `None` if it is not asked or not reached.
    pub fn answer(&self, link: &str, repetition: u8) -> Option<&'a Answer> {
        if self.asked(link, repetition) { self.answers.get(&Key::new(link, repetition)) } else { None }
    }

    /// The item with this `linkId`.
    pub fn item(&self, link: &str) -> Option<&'a Item> {
        self.index(link).and_then(|i| self.places.get(i)).map(|p| p.item)
    }

    /// The group around an item; `None` at the top level.
    pub fn parent(&self, link: &str) -> Option<&'a Item> {
        let place = self.index(link).and_then(|i| self.places.get(i))?;
        place.parent.and_then(|up| self.places.get(up)).map(|p| p.item)
    }

    /// The top-level group an item belongs to: its section.
    pub fn section(&self, link: &str) -> Option<&'a Item> {
        let mut index = self.index(link)?;
        while let Some(up) = self.places.get(index)?.parent {
            index = up;
        }
        self.places.get(index).map(|p| p.item)
    }

    /// The item and the groups around it, outermost last; empty if there is no such item.
    pub fn path(&self, link: &str) -> Vec<&'a Item> {
        let mut next = self.index(link);
        let mut out = Vec::new();
        while let Some(place) = next.and_then(|i| self.places.get(i)) {
            out.push(place.item);
            next = place.parent;
        }
        out
    }

    /// True if the item is asked and no answer that is still to come can change that: every question that it, or a group
    /// around it, depends on was answered or skipped, or is not asked.
    pub fn is_certain(&self, link: &str, repetition: u8) -> bool {
        let settled = |question: &str| {
            let mut repetitions = 0..self.repetitions(question);
            repetitions.all(|r| self.answers.get(&Key::new(question, r)).is_some() || !self.asked(question, r))
        };
        self.asked(link, repetition) && self.path(link).iter().flat_map(|i| &i.enable.when).all(|c| settled(&c.question))
    }

    /// Typed follow-ups that are asked because of this question ("About when was it?").
    pub fn follow_ups(&self, link: &str) -> impl Iterator<Item = &'a Item> {
        let typed = |i: &&Item| matches!(i.kind, Kind::String | Kind::Text);
        let about = move |i: &&Item| i.enable.when.iter().any(|c| c.question == link);
        self.places.iter().map(|p| p.item).filter(typed).filter(about).filter(|i| self.asked(&i.link_id, 0)).collect::<Vec<_>>().into_iter()
    }

    /// How many repetitions the repeated group around `link` has; 1 outside repeated groups.
    pub fn repetitions(&self, link: &str) -> u8 {
        let group = self.index(link).and_then(|i| self.places.get(i)).and_then(|p| p.repeated);
        group.and_then(|g| self.places.get(g)).map_or(1, |p| self.repetitions_of(p.item))
    }

    /// A repeated group is filled once, and again for each "add another" that was answered with yes.
    fn repetitions_of(&self, group: &Item) -> u8 {
        let most = if group.max_occurs == 0 { u8::MAX } else { group.max_occurs };
        let mut n = 1;
        while n < most && self.answers.get(&Key::new(&group.link_id, n - 1)).is_some_and(|a| a.has("true")) {
            n += 1;
        }
        n
    }

    fn enabled(&self, index: usize, repetition: u8) -> bool {
        if let Some(known) = self.known(index, repetition) {
            return known;
        }
        self.learn(index, repetition, false);
        let result = self.places.get(index).is_some_and(|p| {
            let in_repetition = match p.repeated.and_then(|g| self.places.get(g)) {
                Some(group) => repetition < self.repetitions_of(group.item),
                None => repetition == 0,
            };
            // A repeated group itself is asked as often as it is filled, its parents only once.
            let parent_repetition = if p.parent.is_some() && p.parent == p.repeated { 0 } else { repetition };
            let parent_repetition = if p.repeated.is_none() { 0 } else { parent_repetition };
            !p.item.hidden
                && in_repetition
                && p.parent.is_none_or(|up| self.enabled(up, if p.repeated == Some(up) { 0 } else { parent_repetition }))
                && self.met(index, p, repetition)
        });
        self.learn(index, repetition, result);
        result
    }

    fn known(&self, index: usize, repetition: u8) -> Option<bool> {
        self.seen.borrow().get(index)?.iter().find(|(known, _)| *known == repetition).map(|(_, met)| *met)
    }

    fn learn(&self, index: usize, repetition: u8, met: bool) {
        if let Some(repetitions) = self.seen.borrow_mut().get_mut(index) {
            repetitions.retain(|(known, _)| *known != repetition);
            repetitions.push((repetition, met));
        }
    }

    fn met(&self, index: usize, place: &Place<'_>, repetition: u8) -> bool {
        let enable = &place.item.enable;
        let mut each = enable.when.iter().map(|c| self.condition(c, index, place, repetition));
        if enable.when.is_empty() {
            true
        } else if enable.any {
            each.any(|b| b)
        } else {
            each.all(|b| b)
        }
    }

    /// FHIR's two-valued reading: no answer meets nothing but `exists = false` and `!=`. Of a question that was
    /// asked several times the nearest counts: in the same repetition, else the last one before, else the first one behind.
    fn condition(&self, condition: &Condition, from: usize, asking: &Place<'_>, repetition: u8) -> bool {
        let Some(index) = self.index(&condition.question) else { return false };
        let Some(place) = self.places.get(index) else { return false };
        let said = |repetition: u8| {
            let asked = self.enabled(index, repetition);
            asked.then(|| self.answers.get(&Key::new(&condition.question, repetition)).map_or(&[][..], Answer::values))
        };
        let repetitions = 0..self.repetitions(&condition.question);
        let values = match place.repeated {
            None => said(0),
            Some(_) if asking.repeated == place.repeated => said(repetition),
            Some(_) if index < from => repetitions.rev().find_map(said),
            Some(_) => { repetitions }.find_map(said),
        };
        let values = values.unwrap_or_default();
        let any = |test: &dyn Fn(&Value) -> bool| values.iter().any(|v| fits(place.item, v) && test(v));
        match condition.operator {
            Operator::Exists => matches!(condition.operand, Operand::Bool(want) if want == any(&|_| true)),
            Operator::Eq => any(&|v| same(place.item, v, &condition.operand)),
            Operator::Ne => !any(&|v| same(place.item, v, &condition.operand)),
            operator => any(&|v| order(place.item, v, &condition.operand).is_some_and(|o| holds(operator, o))),
        }
    }
}

fn push<'a>(item: &'a Item, parent: Option<usize>, repeated: Option<usize>, out: &mut Vec<Place<'a>>) {
    let index = out.len();
    out.push(Place { item, parent, repeated });
    let repeated = if item.is_group() && item.repeats { Some(index) } else { repeated };
    for child in &item.items {
        push(child, Some(index), repeated, out);
    }
}

/// True if a value is what the condition names.
pub(crate) fn equals(value: &Value, operand: &Operand) -> bool {
    match (value, operand) {
        (Value::Code(c), Operand::Codes(codes)) => codes.contains(c),
        (Value::Code(c), Operand::Bool(b)) => c == if *b { "true" } else { "false" },
        (Value::Text(t) | Value::Code(t), Operand::Text(want)) => t == want,
        (Value::Number(n), Operand::Number(want)) => n == want,
        (Value::Quantity(n, unit), Operand::Quantity(want, same)) => n == want && unit == same,
        _ => false,
    }
}

/// As `equals`, with an answer that was chosen from a list also compared by its number or points.
fn same(item: &Item, value: &Value, operand: &Operand) -> bool {
    // A kind of answer equals none of another kind, even if both read alike.
    let alike = match (operand, value) {
        (Operand::Bool(_), _) => item.kind == Kind::Boolean,
        (Operand::Text(_), Value::Code(c)) => item.option(c).is_some_and(|o| o.form != Form::Coding),
        (Operand::Codes(_), Value::Code(c)) => item.kind != Kind::Boolean && item.option(c).is_none_or(|o| o.form == Form::Coding),
        _ => true,
    };
    alike && equals(value, operand) || matches!(operand, Operand::Number(_)) && order(item, value, operand).is_some_and(std::cmp::Ordering::is_eq)
}

/// How a value compares with the condition's; a coded answer by its points, a number that was chosen as itself.
pub(crate) fn order(item: &Item, value: &Value, operand: &Operand) -> Option<std::cmp::Ordering> {
    match (value, operand) {
        (Value::Number(n), Operand::Number(want)) => n.partial_cmp(want),
        (Value::Quantity(n, unit), Operand::Quantity(want, same)) if unit == same => n.partial_cmp(want),
        (Value::Code(c), Operand::Number(want)) => {
            let option = item.option(c)?;
            let number = if option.form == Form::Integer { number::read(c) } else { option.points.map(f64::from) };
            number?.partial_cmp(want)
        }
        // Days and times sort as text.
        (Value::Text(t) | Value::Code(t), Operand::Text(want)) => Some(t.as_str().cmp(want)),
        _ => None,
    }
}

/// True if an ordering satisfies `>`, `<`, `>=` or `<=`.
pub(crate) fn holds(operator: Operator, ordering: std::cmp::Ordering) -> bool {
    match operator {
        Operator::Gt => ordering.is_gt(),
        Operator::Lt => ordering.is_lt(),
        Operator::Ge => ordering.is_ge(),
        Operator::Le => ordering.is_le(),
        Operator::Exists | Operator::Eq | Operator::Ne => false,
    }
}
