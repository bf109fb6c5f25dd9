//! What stays worked out as long as the answers stay the same.

use engine::answers::Answers;
use engine::form::{EvaluatedForm, Replay};
use engine::pack::Pack;
use engine::walk::{Length, Step};
use std::rc::Rc;

/// What the answers as they stand make of the questionnaire, worked out once for all that ask.
pub(super) struct Replayed {
    pack: &'static Pack,
    replay: Replay<'static>,
    /// The steps of the lengths that were asked for.
    pub(super) steps: Vec<(Length, Rc<[Step]>)>,
}

impl Replayed {
    pub(super) fn new(pack: &'static Pack) -> Self {
        Self { pack, replay: Replay::new(&pack.questionnaire), steps: Vec::new() }
    }

    /// The form of these answers. Forgets the steps of others.
    pub(super) fn form<'a>(&mut self, pack: &'static Pack, answers: &'a Answers) -> EvaluatedForm<'a> {
        if !std::ptr::eq(self.pack, pack) {
            *self = Self::new(pack);
        }
        if !self.replay.is_of(answers) {
            self.steps.clear();
        }
        self.replay.form(answers)
    }
}
