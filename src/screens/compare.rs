//! The other choices side by side: pick two or three. No choice is ranked above another.

use super::topics::ClaimMeta;
use crate::components::{Actions, BackButton, Button, Checkbox, ComparisonTable, Lead, ScreenHeading, Sources};
use crate::context::{use_kiosk, use_navigation, use_pack, use_session, use_words};
use crate::platform::host;
use crate::route::Route;
use engine::deciding;
use engine::pack::{Choice, Claim, Words, fill};
use leptos::prelude::*;

/// How many stand side by side at most.
const MOST: usize = 3;

/// The comparison.
#[component]
pub fn CompareScreen() -> impl IntoView {
    let (words, navigation, pack) = (use_words(), use_navigation(), use_pack());
    let picked = RwSignal::new(pack.choices.iter().take(2).map(|choice| choice.id.as_str()).collect::<Vec<_>>());
    let kiosk = use_kiosk().is_some();
    // In the visitor's own order, and it says so.
    let (first, order, in_front) = use_session().evaluate_untracked(|pack, form, _| {
        let (labels, rows) = deciding::first(pack, form);
        (labels.join("; "), deciding::row_order(&rows), rows.len())
    });
    let first =
        (!first.is_empty()).then(|| view! { <p class="note">{fill(words.compare_first(), &[("list", &first)])}</p> });
    let order = StoredValue::new(order);
    let minor = use_session().is_minor();
    let deciding = (!minor).then(|| view! { <Button class="plain" label=words.deciding_title() on_press=move |()| navigation.go(Route::Deciding)/> });
    let cannot_print = Signal::derive(move || kiosk || picked.with(Vec::is_empty));
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.compare_title()/><Lead text=words.compare_lead()/></div>
        <form>
            <fieldset class="q">
                <legend class="sr">{words.compare_pick()}</legend>
                <div class="opts row">
                    {pack.choices.iter().map(|choice| view! { <PickChoice choice picked/> }).collect_view()}
                </div>
            </fieldset>
        </form>
        {first}
        {move || view! { <Comparison picked=picked.get() order=order.get_value() in_front/> }}
        <Actions>
            <Button label=words.to_questions() on_press=move |()| navigation.go(navigation.next_open())/>
            <Button class="btn line" label=words.compare_print() hidden=cannot_print on_press=|()| host::print(|_| {})/>
            {deciding}
        </Actions>
    }
}

#[component]
fn PickChoice(choice: &'static Choice, picked: RwSignal<Vec<&'static str>>) -> impl IntoView {
    let id = choice.id.as_str();
    let checked = Signal::derive(move || picked.with(|picked| picked.contains(&id)));
    let full = Signal::derive(move || picked.with(|picked| picked.len() >= MOST && !picked.contains(&id)));
    let change = move |on: bool| {
        picked.update(|picked| {
            picked.retain(|other| *other != id);
            if on {
                picked.push(id);
            }
        })
    };
    view! { <Checkbox id=format!("pick-{id}") label=choice.name.clone() checked disabled=full on_change=change/> }
}

#[component]
fn Comparison(picked: Vec<&'static str>, order: Vec<usize>, in_front: usize) -> impl IntoView {
    let words = use_words();
    // In the content's order, whatever the order of the taps.
    let choices: Vec<&'static Choice> =
        use_pack().choices.iter().filter(|choice| picked.contains(&choice.id.as_str())).collect();
    if choices.is_empty() {
        return None;
    }
    let columns = choices.iter().map(|choice| choice.name.clone()).collect();
    let row = |(matters, (name, cell)): (bool, (&str, Cell))| {
        let note = if matters { words.compare_matters() } else { "" };
        (name.to_string(), note, choices.iter().map(|choice| cell(choice)).collect::<Vec<_>>())
    };
    let rows = rows(words);
    let placed = order.into_iter().enumerate().filter_map(|(n, place)| rows.get(place).map(|row| (n < in_front, *row)));
    let rows = placed.map(row).collect();
    Some(view! { <ComparisonTable caption=words.compare_title() columns rows/> })
}

/// Draws what a row says of one choice.
type Cell = fn(&'static Choice) -> AnyView;

/// The six questions that people ask of each, and what it is like to live with it; in the order of
/// `engine::pack::COMPARED`.
fn rows(words: &Words) -> [(&str, Cell); 7] {
    [
        (words.compare_works(), |choice| claim(&choice.works)),
        (words.compare_given(), |choice| choice.given.as_str().into_any()),
        (words.compare_side_effects(), |choice| claim(&choice.side_effects)),
        (words.compare_daily(), |choice| choice.daily_life.as_str().into_any()),
        (words.compare_speed(), |choice| choice.speed.as_str().into_any()),
        (words.compare_cost(), |choice| choice.cost.as_str().into_any()),
        (words.compare_living(), |choice| view! { {choice.living.as_str()}<Sources ids=&choice.sources/> }.into_any()),
    ]
}

fn claim(claim: &'static Claim) -> AnyView {
    view! { {claim.text.as_str()}<ClaimMeta claim/> }.into_any()
}
