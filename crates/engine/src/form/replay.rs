//! What a form is worked out from, and what was worked out: kept for the next form of the same
//! answers.

use super::EvaluatedForm;
use crate::answers::Answers;
use crate::pack::{Item, Questionnaire};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// Where an item stands in the tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) item: &'a Item,
    pub(super) parent: Option<usize>,
    /// The repeated group it stands in, if any.
    pub(super) repeated: Option<usize>,
}

/// The items of a questionnaire in their order: the same for all answers.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    pub(super) places: Vec<Place<'a>>,
    /// Places by `linkId`.
    pub(super) by_link: FxHashMap<&'a str, usize>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(questionnaire: &'a Questionnaire) -> Self {
        let mut places = Vec::new();
        for item in &questionnaire.items {
            push(item, None, None, &mut places);
        }
        let by_link = places.iter().enumerate().map(|(i, place)| (place.item.link_id.as_str(), i)).collect();
        Self { places, by_link }
    }
}

/// For each place, whether it is asked in the repetitions that were worked out. One that is being
/// worked out stands as not met, so that a condition that runs in a circle is not met.
#[derive(Debug)]
pub(super) struct Seen(pub(super) RefCell<Vec<Vec<(u8, bool)>>>);

impl Seen {
    pub(super) fn of(outline: &Outline<'_>) -> Rc<Self> {
        Rc::new(Self(RefCell::new(vec![Vec::new(); outline.places.len()])))
    }
}

/// What was worked out last, so that answers that did not change are not replayed again: a screen
/// asks for the same form some twenty times.
///
/// ```
/// use engine::{answers::Answers, form::Replay, pack::Pack};
///
/// fn asks_when(pack: &Pack) -> [bool; 2] {
///     let mut replay = Replay::new(&pack.questionnaire);
///     ["cr1;stroke=no", "cr1;stroke=yes"].map(|text| {
///         let answers = Answers::decode(text).unwrap_or_default();
///         replay.form(&answers).asked("stroke-when", 0)
///     })
/// }
/// ```
#[derive(Debug)]
pub struct Replay<'q> {
    outline: Rc<Outline<'q>>,
    answers: Answers,
    seen: Rc<Seen>,
}

impl<'q> Replay<'q> {
    /// Nothing was worked out yet.
    pub fn new(questionnaire: &'q Questionnaire) -> Self {
        let outline = Rc::new(Outline::new(questionnaire));
        let seen = Seen::of(&outline);
        Self { outline, answers: Answers::default(), seen }
    }

    /// True if [`Replay::form`] was last called with answers that equal these.
    pub fn is_of(&self, answers: &Answers) -> bool {
        self.answers == *answers
    }

    /// As [`EvaluatedForm::new`]; goes on with what the last form worked out where the answers
    /// equal that form's.
    pub fn form<'a>(&mut self, answers: &'a Answers) -> EvaluatedForm<'a>
    where
        'q: 'a,
    {
        if !self.is_of(answers) {
            self.answers = answers.clone();
            self.seen = Seen::of(&self.outline);
        }
        let outline: Rc<Outline<'a>> = self.outline.clone();
        EvaluatedForm { answers, outline, seen: self.seen.clone(), readings: RefCell::default() }
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
