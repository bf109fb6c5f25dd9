//! What is known of one medicine of the list: its dose, and when it was last taken. Held in a
//! repeated group, found by name.

use crate::answers::{Answer, Answers, Key, Value};
use crate::form::EvaluatedForm;
use crate::pack::Pack;

/// The repetition of the card of this medicine; `None` if it has none.
pub fn card(pack: &Pack, form: &EvaluatedForm<'_>, medicine: &Value) -> Option<u8> {
    let s = &pack.safety;
    let names =
        |n: &u8| form.answer(&s.card_name, *n).is_some_and(|name| name.values() == std::slice::from_ref(medicine));
    form.repetitions_in(&s.card, 0).into_iter().find(names)
}

/// The repetition of the card of this medicine, which it gets if it has none: one that no medicine
/// of the list has any more, or one more. `None` if there can be no more.
pub fn open_card(pack: &Pack, answers: &mut Answers, medicine: &Value) -> Option<u8> {
    let s = &pack.safety;
    let before = answers.clone();
    let form = EvaluatedForm::new(&pack.questionnaire, &before);
    if let Some(known) = card(pack, &form, medicine) {
        return Some(known);
    }
    let listed = |name: &Answer| {
        name.values().iter().any(|v| form.answer(&s.medicines, 0).is_some_and(|list| list.values().contains(v)))
    };
    let repetitions = form.repetitions_in(&s.card, 0);
    let free = |n: &&u8| !form.answer(&s.card_name, **n).is_some_and(listed);
    let at = match (repetitions.iter().find(free), repetitions.last()) {
        (Some(free), _) => *free,
        (None, Some(last)) if form.may_repeat(&s.card, *last) => {
            answers.set(Key::new(&s.card, *last), Answer::code("true"));
            last + 1
        }
        _ => return None,
    };
    answers.set(Key::new(&s.card_name, at), Answer::Given(vec![medicine.clone()]));
    // What the card said of another medicine is not said of this one.
    [&s.card_dose, &s.card_last].into_iter().for_each(|link| answers.clear(&Key::new(link, at)));
    Some(at)
}

/// True if the card of this medicine asks anything: what a question of its own asks about it stands
/// in no card.
pub fn has_questions(pack: &Pack, answers: &Answers, medicine: &Value) -> bool {
    let mut answers = answers.clone();
    let Some(at) = open_card(pack, &mut answers, medicine) else { return false };
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    [&pack.safety.card_dose, &pack.safety.card_last].into_iter().any(|link| form.asked(link, at))
}

/// The medicines of the list that count as tried and stand in no other card of past medicines:
/// offered where past medicines are asked, so that none is typed twice.
pub fn offered_as_tried(pack: &Pack, form: &EvaluatedForm<'_>, question: &str) -> Vec<Value> {
    let s = &pack.safety;
    let first = form.item(&s.trials).and_then(|group| group.items.first());
    if first.is_none_or(|item| item.link_id != question) {
        return Vec::new();
    }
    let tried = |v: &Value| {
        form.all_repetitions(question)
            .into_iter()
            .any(|n| form.answer(question, n).is_some_and(|a| a.values().contains(v)))
    };
    let counts = |v: &Value| matches!(v, Value::Code(code) if s.antidepressants.contains(code));
    let listed = form.answer(&s.medicines, 0).map_or(&[][..], Answer::values);
    listed.iter().filter(|v| counts(v) && !tried(v)).cloned().collect()
}

/// Says of a medicine that was taken over from the list that it is still taken, unless the visitor
/// said otherwise: the list is of what is taken now.
pub fn still_taken(pack: &Pack, answers: &mut Answers, repetition: u8) {
    let key = Key::new(&pack.safety.tried_now, repetition);
    if !key.link.is_empty() && answers.get(&key).is_none_or(|answer| answer.values().is_empty()) {
        answers.set(key, Answer::code("yes"));
    }
}
