//! How long the rest of the questionnaire takes.

use super::{Length, StageState, card_seconds, done, seconds, stages, steps_of};
use crate::answers::Answers;
use crate::form::EvaluatedForm;
use crate::pack::Pack;

/// Seconds that are left in the chosen length. Where `safety.assumed` names an answer and none was
/// given yet, it is assumed, so that the start page can say how long it will take.
pub fn estimate(pack: &Pack, answers: &Answers, length: Length) -> u32 {
    let mut with = Answers::decode_entries(&pack.safety.assumed).unwrap_or_default();
    answers.iter().for_each(|(key, answer)| with.set(key.clone(), answer.clone()));
    let form = EvaluatedForm::new(&pack.questionnaire, &with);
    let steps = steps_of(pack, &form, length);
    // The first stage has no card.
    let begun = stages(&form, &steps, answers)
        .into_iter()
        .skip(1)
        .filter(|s| s.state == StageState::NotStarted && s.item.is_group());
    // The short way goes from stage to stage without them.
    let begun = begun.filter(|_| length == Length::Full);
    let cards: u32 = begun.filter(|s| !s.item.help.is_empty()).map(|s| card_seconds(s.item)).sum();
    cards + steps.iter().filter(|s| !done(&form, s, answers)).map(|s| seconds(&form, s)).sum::<u32>()
}
