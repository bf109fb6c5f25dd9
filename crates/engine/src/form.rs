//! Which questions are asked, and the answers that count.
//!
//! FHIR's `enableWhen`, replayed from the answers each time. An answer to a question that is not
//! asked does not exist for anything further right, not even for other questions' conditions.

mod replay;

pub use self::replay::Replay;

use self::replay::{Outline, Place, Seen};
use crate::answers::{Answer, Answers, Value};
use crate::comparison::{equals, holds, order, same};
use crate::lookup::{self, Reading};
use crate::pack::{Condition, Item, Kind, Operand, Operator, Questionnaire};
use crate::repetition::{self, MOST_NESTED};
use crate::validation::fits;
use std::cell::RefCell;
use std::rc::Rc;

/// The questions that are asked, with their answers.
///
/// ```
/// use engine::answers::Answers;
/// use engine::form::EvaluatedForm;
/// use engine::pack::{Condition, Enable, Head, Item, Kind, Operand, Operator, Questionnaire};
/// let condition = Condition {
///     question: "stroke".into(),
///     score: false,
///     operator: Operator::Eq,
///     operand: Operand::Codes(vec!["yes".into()]),
/// };
/// let stroke = Item { link_id: "stroke".into(), kind: Kind::Choice, ..Item::default() };
/// let when = Item {
///     link_id: "stroke-when".into(),
///     kind: Kind::String,
///     enable: Enable { when: vec![condition], any: false },
///     ..Item::default()
/// };
/// let questionnaire = Questionnaire {
///     lang: "en".into(),
///     url: String::new(),
///     version: String::new(),
///     title: String::new(),
///     head: Head::default(),
///     items: vec![stroke, when],
/// };
/// // The answer to a question that is not asked does not exist.
/// let answers = Answers::decode("cr1;stroke=no;stroke-when='2019")?;
/// let form = EvaluatedForm::new(&questionnaire, &answers);
/// assert!(form.asked("stroke", 0) && !form.asked("stroke-when", 0));
/// assert_eq!(form.answer("stroke-when", 0), None);
/// # Ok::<(), engine::answers::DecodeError>(())
/// ```
#[derive(Debug)]
pub struct EvaluatedForm<'a> {
    answers: &'a Answers,
    outline: Rc<Outline<'a>>,
    seen: Rc<Seen>,
    /// Names that were typed and what is known of them, by their list: every rule about a list asks
    /// for it.
    readings: RefCell<Vec<(&'a str, String, Rc<Reading<'a>>)>>,
}

impl<'a> EvaluatedForm<'a> {
    /// Replays the answers over the questionnaire.
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Self {
        let outline = Rc::new(Outline::new(questionnaire));
        let seen = Seen::of(&outline);
        Self { answers, outline, seen, readings: RefCell::default() }
    }

    /// What is known of a name that was typed into a list; `None` where the question is no list to
    /// search in.
    pub fn reading(&self, link: &str, typed: &str) -> Option<Rc<Reading<'a>>> {
        let item = self.item(link).filter(|i| i.kind == Kind::OpenLookup)?;
        let known = |r: &&(&str, String, Rc<Reading<'a>>)| r.0 == link && r.1 == typed;
        if let Some((.., reading)) = self.readings.borrow().iter().find(known) {
            return Some(reading.clone());
        }
        let reading = Rc::new(lookup::read(&item.options, typed));
        self.readings.borrow_mut().push((&item.link_id, typed.into(), reading.clone()));
        Some(reading)
    }

    /// True if a value is what a condition names: as it was chosen, or as a name that was typed and
    /// is certain.
    pub fn names(&self, link: &str, value: &Value, operand: &Operand) -> bool {
        match (value, operand) {
            (Value::Text(typed), Operand::Codes(codes)) => {
                self.reading(link, typed).is_some_and(|reading| reading.certain.iter().any(|o| codes.contains(&o.code)))
            }
            _ => equals(value, operand),
        }
    }

    fn index(&self, link: &str) -> Option<usize> {
        self.outline.by_link.get(link).copied()
    }

    /// True if the item is asked (in this repetition of its repeated group).
    pub fn asked(&self, link: &str, repetition: u8) -> bool {
        self.index(link).is_some_and(|i| self.enabled(i, repetition))
    }

    /// The answer that counts: `None` if it is not asked or not reached.
    pub fn answer(&self, link: &str, repetition: u8) -> Option<&'a Answer> {
        if self.asked(link, repetition) { self.answers.at(link, repetition) } else { None }
    }

    /// The item with this `linkId`.
    pub fn item(&self, link: &str) -> Option<&'a Item> {
        self.index(link).and_then(|i| self.outline.places.get(i)).map(|p| p.item)
    }

    /// The group around an item; `None` at the top level.
    pub fn parent(&self, link: &str) -> Option<&'a Item> {
        let place = self.index(link).and_then(|i| self.outline.places.get(i))?;
        place.parent.and_then(|up| self.outline.places.get(up)).map(|p| p.item)
    }

    /// The top-level group an item belongs to: its section.
    pub fn section(&self, link: &str) -> Option<&'a Item> {
        let mut index = self.index(link)?;
        while let Some(up) = self.outline.places.get(index)?.parent {
            index = up;
        }
        self.outline.places.get(index).map(|p| p.item)
    }

    /// The item and the groups around it, outermost last; empty if there is no such item.
    pub fn path(&self, link: &str) -> Vec<&'a Item> {
        let mut next = self.index(link);
        let mut out = Vec::new();
        while let Some(place) = next.and_then(|i| self.outline.places.get(i)) {
            out.push(place.item);
            next = place.parent;
        }
        out
    }

    /// True if the item is asked and no answer that is still to come can change that: every
    /// question that it, or a group around it, depends on was answered or skipped, or is not asked.
    pub fn is_certain(&self, link: &str, repetition: u8) -> bool {
        let settled = |question: &str| {
            let repetitions = self.all_repetitions(question);
            repetitions.into_iter().all(|r| self.answers.at(question, r).is_some() || !self.asked(question, r))
        };
        self.asked(link, repetition)
            && self.path(link).iter().flat_map(|i| &i.enable.when).all(|c| settled(&c.question))
    }

    /// Typed follow-ups that are asked because of this question ("About when was it?").
    pub fn follow_ups(&self, link: &str) -> impl Iterator<Item = &'a Item> {
        let typed = |i: &&Item| matches!(i.kind, Kind::String | Kind::Text);
        let about = move |i: &&Item| i.enable.when.iter().any(|c| c.question == link);
        self.outline
            .places
            .iter()
            .map(|p| p.item)
            .filter(typed)
            .filter(about)
            .filter(|i| self.asked(&i.link_id, 0))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// How many repetitions the repeated groups around `link` have; 1 outside repeated groups.
    pub fn repetitions(&self, link: &str) -> u8 {
        self.all_repetitions(link).len().min(u8::MAX.into()) as u8
    }

    /// The repetitions in which `link` can be asked, in order; 0 alone outside repeated groups.
    pub fn all_repetitions(&self, link: &str) -> Vec<u8> {
        match self.index(link).and_then(|i| self.outline.places.get(i)).and_then(|p| p.repeated) {
            None => vec![0],
            Some(group) => {
                self.outer_repetitions(group).into_iter().flat_map(|outer| self.repetitions_of(group, outer)).collect()
            }
        }
    }

    /// The repetitions of a repeated group, in order. `outer` is the repetition that the group
    /// itself stands in: 0 unless it stands in another repeated group. Empty if there is no such
    /// group.
    pub fn repetitions_in(&self, group: &str, outer: u8) -> Vec<u8> {
        self.index(group).map_or(Vec::new(), |g| self.repetitions_of(g, outer))
    }

    /// The repetition that a repeated group itself stands in, of one of its own.
    pub fn outer_repetition(&self, group: &str, repetition: u8) -> u8 {
        let nested = self.index(group).is_some_and(|g| self.is_nested(g));
        if nested { repetition::outer(repetition) } else { 0 }
    }

    /// The repetitions of a group up to this one, for a list of what was filled in before "add
    /// another?".
    pub fn repetitions_up_to(&self, group: &str, repetition: u8) -> Vec<u8> {
        let all = self.repetitions_in(group, self.outer_repetition(group, repetition));
        all.into_iter().take_while(|r| *r <= repetition).collect()
    }

    /// True if another repetition may follow this one.
    pub fn may_repeat(&self, group: &str, repetition: u8) -> bool {
        let Some(index) = self.index(group) else { return false };
        let place = if self.is_nested(index) { repetition::inner(repetition) } else { repetition };
        place + 1 < self.most_repetitions(index) || self.most_repetitions(index) == u8::MAX
    }

    /// A repeated group is filled once, and again for each "add another" that was answered with
    /// yes.
    fn repetitions_of(&self, group: usize, outer: u8) -> Vec<u8> {
        let Some(place) = self.outline.places.get(group) else { return Vec::new() };
        let nested = self.is_nested(group);
        let name = |n: u8| if nested { repetition::nested(outer, n) } else { n };
        let again = |n: u8| self.answers.at(&place.item.link_id, name(n)).is_some_and(|a| a.has("true"));
        let mut count = 1;
        while count < self.most_repetitions(group) && again(count - 1) {
            count += 1;
        }
        (0..count).map(name).collect()
    }

    /// The repetitions that a repeated group itself stands in.
    fn outer_repetitions(&self, group: usize) -> Vec<u8> {
        match self.outline.places.get(group).and_then(|p| p.repeated) {
            Some(outer) => self.repetitions_of(outer, 0),
            None => vec![0],
        }
    }

    fn is_nested(&self, group: usize) -> bool {
        self.outline.places.get(group).is_some_and(|p| p.repeated.is_some())
    }

    fn most_repetitions(&self, group: usize) -> u8 {
        let Some(place) = self.outline.places.get(group) else { return 1 };
        let most = if place.item.max_occurs == 0 { u8::MAX } else { place.item.max_occurs };
        let holds =
            self.outline.places.iter().any(|p| p.repeated == Some(group) && p.item.is_group() && p.item.repeats);
        if holds || self.is_nested(group) { most.min(MOST_NESTED) } else { most }
    }

    fn enabled(&self, index: usize, repetition: u8) -> bool {
        if let Some(known) = self.known(index, repetition) {
            return known;
        }
        self.learn(index, repetition, false);
        let result = self.outline.places.get(index).is_some_and(|p| {
            let outer = p.repeated.map(|g| if self.is_nested(g) { repetition::outer(repetition) } else { 0 });
            let in_repetition = match (p.repeated, outer) {
                (Some(group), Some(outer)) => self.repetitions_of(group, outer).contains(&repetition),
                _ => repetition == 0,
            };
            // A repeated group itself is asked in the repetition around it.
            let in_parent = |up: usize| if p.repeated == Some(up) { outer.unwrap_or_default() } else { repetition };
            !p.item.hidden
                && in_repetition
                && p.parent.is_none_or(|up| self.enabled(up, in_parent(up)))
                && self.met(index, p, repetition)
        });
        self.learn(index, repetition, result);
        result
    }

    fn known(&self, index: usize, repetition: u8) -> Option<bool> {
        self.seen.0.borrow().get(index)?.iter().find(|(known, _)| *known == repetition).map(|(_, met)| *met)
    }

    fn learn(&self, index: usize, repetition: u8, met: bool) {
        if let Some(repetitions) = self.seen.0.borrow_mut().get_mut(index) {
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

    /// FHIR's two-valued reading: no answer meets nothing but `exists = false` and `!=`. Of a
    /// question that was asked several times the nearest counts: in the same repetition, else the
    /// last one before, else the first one behind.
    fn condition(&self, condition: &Condition, from: usize, asking: &Place<'_>, repetition: u8) -> bool {
        let Some(index) = self.index(&condition.question) else { return false };
        let Some(place) = self.outline.places.get(index) else { return false };
        let answer = |repetition: u8| {
            let asked = self.enabled(index, repetition);
            asked.then(|| self.answers.at(&condition.question, repetition).map_or(&[][..], Answer::values))
        };
        let repetitions = self.near(place, asking, repetition);
        let values = if index < from {
            repetitions.into_iter().rev().find_map(answer)
        } else {
            repetitions.into_iter().find_map(answer)
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

impl<'a> EvaluatedForm<'a> {
    /// The repetitions of a question that a condition may look at: those in the same repetition of
    /// a group around both, else all of them.
    fn near(&self, place: &Place<'a>, asking: &Place<'_>, repetition: u8) -> Vec<u8> {
        let outermost = |group: usize| self.outline.places.get(group).and_then(|p| p.repeated).unwrap_or(group);
        let Some(group) = place.repeated else { return vec![0] };
        let Some(asking_group) = asking.repeated else { return self.all_repetitions(&place.item.link_id) };
        if group == asking_group {
            return vec![repetition];
        }
        if outermost(group) != outermost(asking_group) {
            return self.all_repetitions(&place.item.link_id);
        }
        let outer = if self.is_nested(asking_group) { repetition::outer(repetition) } else { repetition };
        if self.is_nested(group) { self.repetitions_of(group, outer) } else { vec![outer] }
    }
}
