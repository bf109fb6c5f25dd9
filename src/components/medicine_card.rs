//! What is known of one medicine on the shelf: dose, and when it was last taken. Nobody has to say
//! either.

use super::{RadioAnswers, TextInputs, element_id};
use crate::context::{use_pack, use_session, use_words};
use engine::answers::{Key, Value};
use engine::medicine_card;
use engine::pack::Item;
use engine::summary::display_answer;
use engine::validation::input_error;
use leptos::prelude::*;

/// Folded below the name; its line says what was entered.
#[component]
pub fn MedicineCard(medicine: Value) -> impl IntoView {
    let (session, words) = (use_session(), use_words());
    let asks = session.evaluate_untracked(|pack, _, answers| medicine_card::has_questions(pack, answers, &medicine));
    let medicine = StoredValue::new(medicine);
    let repetition = Memo::new(move |_| {
        session.evaluate(|pack, form, _| medicine.with_value(|medicine| medicine_card::card(pack, form, medicine)))
    });
    let summary = move || {
        let at = repetition.get()?;
        let texts = session.evaluate(|pack, form, _| {
            let shown = |link: &String| {
                let answer = form.answer(link, at).filter(|answer| !answer.values().is_empty())?;
                form.item(link).map(|item| display_answer(&pack.words, item, Some(answer)))
            };
            let safety = &pack.safety;
            [&safety.card_dose, &safety.card_last].into_iter().filter_map(shown).collect::<Vec<_>>()
        });
        (!texts.is_empty()).then(|| texts.join(" · "))
    };
    // It gets a place among the answers once it is opened.
    let open = move |_| {
        let mut answers = session.answers.get_untracked();
        session.evaluate_untracked(|pack, _, _| {
            medicine.with_value(|medicine| medicine_card::open_card(pack, &mut answers, medicine))
        });
        if session.answers.with_untracked(|before| *before != answers) {
            session.answers.set(answers);
        }
    };
    let fields = move || repetition.get().map(|at| view! { <CardFields at/> });
    asks.then(|| {
        view! {
            <details class="more med-card" on:toggle=open>
                <summary>{move || summary().unwrap_or_else(|| words.card_more().into())}</summary>
                {fields}
            </details>
        }
    })
}

#[component]
fn CardFields(at: u8) -> impl IntoView {
    let session = use_session();
    let of = |link: &str| {
        let asked = session.evaluate_untracked(|_, form, _| form.asked(link, at));
        session
            .item(link)
            .filter(|_| asked)
            .map(|item| (item, Key::new(link, at), format!("{}-label", element_id(link, at))))
    };
    let safety = &use_pack().safety;
    let label = |item: &'static Item, id: String| {
        let text = session.question_text(item, at);
        view! { <p class="row-label" id=id>{move || text.get()}</p> }
    };
    let error = RwSignal::new(None);
    let dose = of(&safety.card_dose).map(|(item, key, id)| {
        let typed = key.clone();
        Effect::new(move |_| error.set(input_error(item, session.answer(&typed).as_ref())));
        view! { <div class="field">{label(item, id.clone())}<TextInputs item key error labelled_by=Some(id) described_by=None/></div> }
    });
    let last = of(&safety.card_last).map(|(item, key, id)| {
        view! { {label(item, id.clone())}<RadioAnswers item key shown=None labelled_by=id described_by=None/> }
    });
    view! { {dose}{last} }
}
