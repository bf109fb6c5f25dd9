//! The other choices side by side: pick two or three. No choice is ranked above another.

use super::topics::ClaimMeta;
use crate::components::{Actions, BackButton, Button, Checkbox, ComparisonTable, Lead, ScreenHeading, Sources};
use crate::context::{use_kiosk, use_navigation, use_pack, use_session, use_words};
use crate::platform::host;
use engine::findings;
use engine::pack::{Choice, Claim, Words};
use leptos::prelude::*;

/// How many stand side by side at most.
const MOST: usize = 3;

/// The comparison.
#[component]
pub fn CompareScreen() -> impl IntoView {
    let (words, navigation, pack) = (use_words(), use_navigation(), use_pack());
    let picked = RwSignal::new(pack.choices.iter().take(2).map(|choice| choice.id.as_str()).collect::<Vec<_>>());
    let kiosk = use_kiosk().is_some();
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
        {move || view! { <Comparison picked=picked.get()/> }}
        <Actions>
            <Button label=words.to_questions() on_press=move |()| navigation.go(navigation.next_open())/>
            <Button class="btn line" label=words.compare_print() hidden=cannot_print on_press=|()| host::print(|_| {})/>
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
fn Comparison(picked: Vec<&'static str>) -> impl IntoView {
    let words = use_words();
    // In the content's order, whatever the order of the taps.
    let choices: Vec<&'static Choice> = use_pack().choices.iter().filter(|choice| picked.contains(&choice.id.as_str())).collect();
    if choices.is_empty() {
        return None;
    }
    let columns = choices.iter().map(|choice| choice.name.clone()).collect();
    // What the visitor said matters comes first, and says so; without such an answer the order is the content's.
    let matter = use_session().evaluate_untracked(|pack, form, _| findings::matter(pack, form));
    let matters = |index: usize| matter.get(index) == Some(&true);
    let (first, then): (Vec<_>, Vec<_>) = rows(words).into_iter().enumerate().partition(|(index, _)| matters(*index));
    let row = |(index, (name, cell)): (usize, (&str, Cell))| {
        let note = if matters(index) { words.compare_matters() } else { "" };
        (name.to_string(), note, choices.iter().map(|choice| cell(choice)).collect::<Vec<_>>())
    };
    let rows = first.into_iter().chain(then).map(row).collect();
    Some(view! { <ComparisonTable caption=words.compare_title() columns rows/> })
}

/// Draws what a row says of one choice.
type Cell = fn(&'static Choice) -> AnyView;

/// The six questions that people ask of each, and what it is like to live with it.
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
