//! A number, with its unit beside the field.

use super::error_summary::error_text;
use super::text_input::TextInputs;
use super::{Keypad, element_id};
use crate::context::{use_kiosk, use_session, use_words};
use engine::answer_edit;
use engine::answers::{Answer, Key, Value};
use engine::measure::{feet_and_inches, is_feet_and_inches};
use engine::number;
use engine::pack::{Coding, Item};
use engine::validation::InputError;
use leptos::prelude::*;

/// A box for a number. The unit stands beside it and in its accessible name.
#[component]
pub fn NumberInput(
    item: &'static Item,
    key: Key,
    error: RwSignal<Option<InputError>>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> AnyView {
    if item.unit.is_empty() {
        return view! { <TextInputs item key error labelled_by=Some(labelled_by) described_by/> }.into_any();
    }
    let unit_id = format!("{}-unit", element_id(&item.link_id, key.repetition));
    let named_by = format!("{labelled_by} {unit_id}");
    view! {
        <div class="with-unit">
            <TextInputs item key error labelled_by=Some(named_by) described_by/>
            <span class="unit" id=unit_id>{item.unit.as_str()}</span>
        </div>
    }
    .into_any()
}

/// What is typed into the fields of a quantity, and the unit that was chosen.
#[derive(Clone, Copy)]
struct Typed {
    number: RwSignal<String>,
    /// The two fields of a height in feet and inches.
    feet: RwSignal<String>,
    inches: RwSignal<String>,
    unit: RwSignal<String>,
}

impl Typed {
    /// What was answered. Words that are no number stand in the one field, to be put right.
    fn of(item: &Item, answer: Option<&Answer>) -> Self {
        let (mut number, mut feet, mut inches, mut unit) = (String::new(), String::new(), String::new(), String::new());
        let text = |n| number::write(n).unwrap_or_default();
        match answer.map(Answer::values) {
            Some([Value::Quantity(n, chosen)]) => {
                unit.clone_from(chosen);
                if is_feet_and_inches(item, chosen) {
                    let (whole, rest) = feet_and_inches(*n);
                    (feet, inches) = (text(whole), text(rest));
                } else {
                    number = text(*n);
                }
            }
            Some([Value::Text(words)]) => number.clone_from(words),
            _ => {}
        }
        Self {
            number: RwSignal::new(number),
            feet: RwSignal::new(feet),
            inches: RwSignal::new(inches),
            unit: RwSignal::new(unit),
        }
    }

    fn in_feet(self, item: &Item) -> bool {
        self.unit.with(|unit| is_feet_and_inches(item, unit))
    }

    /// The unit to show: the only one, or the one that is chosen; empty before that.
    fn unit_label(self, item: &Item) -> String {
        match item.units.as_slice() {
            [only] => only.label().to_string(),
            _ => self.unit.with(|unit| item.unit_named(unit).map(|unit| unit.label().to_string()).unwrap_or_default()),
        }
    }

    /// The answer that these fields are.
    fn answer(self, item: &Item) -> Answer {
        let typed = if untrack(|| self.in_feet(item)) {
            let part = |typed: RwSignal<String>, unit: &str| {
                let typed = typed.get_untracked();
                if typed.trim().is_empty() { String::new() } else { format!("{} {unit} ", typed.trim()) }
            };
            part(self.feet, "ft") + &part(self.inches, "in")
        } else {
            self.number.get_untracked()
        };
        answer_edit::quantity(item, &typed, &self.unit.get_untracked())
    }
}

/// A number with a unit: one that is fixed, or several of which the visitor chooses one. None is
/// chosen beforehand. The unit stands beside the field and in its accessible name.
#[component]
pub fn QuantityInput(
    item: &'static Item,
    key: Key,
    error: RwSignal<Option<InputError>>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> impl IntoView {
    let (session, words) = (use_session(), use_words());
    let id = element_id(&item.link_id, key.repetition);
    let wrong = format!("{id}-wrong");
    let about = described_by.map_or_else(|| wrong.clone(), |other| format!("{other} {wrong}"));
    let typed = Typed::of(item, session.answer_untracked(&key).as_ref());
    let write = Callback::new(move |()| session.set_answer(key.clone(), typed.answer(item)));
    // At a kiosk one set of keys writes into the field that was touched last.
    let kiosk = use_kiosk().is_some();
    let in_use = RwSignal::new(typed.number);
    let box_of = move |id: String, text: RwSignal<String>, unit: Signal<String>| {
        view! { <UnitBox id text unit kiosk in_use labelled_by=labelled_by.clone() described_by=about.clone() error on_input=write/> }
    };
    let unit = Signal::derive(move || typed.unit_label(item));
    let choose = move |code| {
        typed.unit.set(code);
        write.run(());
    };
    let choice =
        (item.units.len() > 1).then(|| view! { <UnitChoice id=id.clone() item chosen=typed.unit on_choose=choose/> });
    let in_feet = Memo::new(move |_| typed.in_feet(item));
    Effect::new(move |_| in_use.set(if in_feet.get() { typed.feet } else { typed.number }));
    view! {
        <p class="fault" id=wrong>{move || error.get().map(|error| error_text(words, error))}</p>
        <div class="with-unit">
            {move || match in_feet.get() {
                true => {
                    let (feet, inches) = (Signal::stored(words.feet().to_string()), Signal::stored(words.inches().to_string()));
                    view! { {box_of(id.clone(), typed.feet, feet)}{box_of(format!("{id}-inches"), typed.inches, inches)} }.into_any()
                }
                false => box_of(id.clone(), typed.number, unit).into_any(),
            }}
        </div>
        {choice}
        {kiosk.then(|| view! { {move || view! { <Keypad keys="0123456789." typed=in_use.get() on_change=write/> }} })}
    }
}

/// One field for a number, with the unit behind it.
#[component]
fn UnitBox(
    id: String,
    text: RwSignal<String>,
    unit: Signal<String>,
    kiosk: bool,
    in_use: RwSignal<RwSignal<String>>,
    labelled_by: String,
    described_by: String,
    error: RwSignal<Option<InputError>>,
    on_input: Callback<()>,
) -> impl IntoView {
    let unit_id = format!("{id}-unit");
    // At a kiosk the field is filled by tapping keys, and calls up no keyboard of the system's.
    let typing = move || (kiosk && in_use.get() == text).then_some("yes");
    view! {
        <input
            type="text" id=id inputmode=if kiosk { "none" } else { "decimal" } autocomplete="off" spellcheck="false" data-typing=typing
            aria-labelledby=format!("{labelled_by} {unit_id}") aria-describedby=described_by
            aria-invalid=move || if error.with(Option::is_some) { "true" } else { "false" }
            prop:value=move || text.get()
            on:focus=move |_| in_use.set(text)
            on:input=move |event| {
                text.set(event_target_value(&event));
                on_input.run(());
            }
        />
        <span class="unit" id=unit_id>{move || unit.get()}</span>
    }
}

/// The units to choose from, as radio buttons.
#[component]
fn UnitChoice(
    id: String,
    item: &'static Item,
    chosen: RwSignal<String>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let (name, words) = (format!("{id}-unit-of"), use_words());
    let option = |(index, unit): (usize, &'static Coding)| {
        let code = unit.code.as_str();
        let label = if is_feet_and_inches(item, code) {
            format!("{}, {}", words.feet(), words.inches())
        } else {
            unit.label().to_string()
        };
        let checked = Signal::derive(move || chosen.with(|chosen| chosen == code));
        let choose = move |on: bool| {
            if on {
                on_choose.run(code.to_string());
            }
        };
        view! { <super::Checkbox id=format!("{name}-{index}") label kind="radio" name=Some(name.clone()) checked on_change=choose/> }
    };
    let options = item.units.iter().enumerate().map(option).collect_view();
    view! { <div class="opts row units" role="radiogroup" aria-label=words.unit()>{options}</div> }
}
