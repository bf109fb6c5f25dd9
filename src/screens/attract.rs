//! A kiosk between two visits: nothing private, language and text size first, and that the desk can
//! help instead.

use super::start::ClinicMark;
use crate::components::{
    Actions, Button, Drawing, HAND, Heading, IconArray, Lead, LinkCode, RIDE, START, ScreenHeading, SmallPrint,
};
use crate::context::{Kiosk, use_navigation, use_pack, use_settings, use_words};
use crate::layout::{AttractControls, StaffCorner};
use crate::platform::document;
use crate::route::Route;
use engine::pack::{Choice, Claim, Words};
use leptos::prelude::*;

/// The attract screen.
#[component]
pub fn AttractScreen(kiosk: Kiosk) -> impl IntoView {
    let (words, navigation) = (use_words(), use_navigation());
    let begin = move |()| {
        kiosk.tag.set(three_words(words));
        kiosk.touch();
        navigation.restart(Route::Start);
    };
    view! {
        <div class="attract">
            <div class="wash" aria-hidden="true"></div>
            <div class="flow"><ClinicMark/><ScreenHeading text=words.start_title()/></div>
            <AttractFacts kiosk/>
            <div class="flow"><Lead text=words.kiosk_forgets()/><p>{words.kiosk_desk()}</p></div>
            <div class="before"><AttractControls/><GoOnAtHome/></div>
            <p class="begin-line"><Drawing svg=HAND class="art hand"/><Button class="btn begin" label=words.kiosk_start() on_press=begin/></p>
            <StaffCorner/>
        </div>
    }
}

/// What is said of the treatment that comes first among the choices, one piece at a time. Numbers
/// only where there is room for whom they are of and what speaks against them.
#[component]
fn AttractFacts(kiosk: Kiosk) -> impl IntoView {
    let words = use_words();
    let choice = use_pack().choices.first()?;
    let tall = document::size().1 > 1440;
    let fact = move || match kiosk.fact.get() % if tall { 3 } else { 2 } {
        0 => view! { <FactWithDrawing svg=START text=&choice.given/> }.into_any(),
        1 => view! { <FactWithDrawing svg=RIDE text=&choice.daily_life/> }.into_any(),
        _ => view! { <BothSides choice/> }.into_any(),
    };
    let label =
        Signal::derive(move || if kiosk.still.get() { words.kiosk_play() } else { words.kiosk_pause() }.to_string());
    Some(view! {
        <section class="attract-fact">
            <Heading text=choice.name.clone()/>
            <div class="fact">{fact}</div>
            <Actions><Button class="btn line" label on_press=move |()| kiosk.still.update(|still| *still = !*still)/></Actions>
        </section>
    })
}

#[component]
fn FactWithDrawing(svg: &'static str, text: &'static str) -> impl IntoView {
    view! { <div class="fact-drawn"><Drawing svg class="art scene"/><p class="lead">{text}</p></div> }
}

/// A benefit and a harm together, each with its people, of whom it is and over what time.
#[component]
fn BothSides(choice: &'static Choice) -> impl IntoView {
    let side = |claim: &'static Claim| {
        view! {
            <div><IconArray claim/><p>{claim.text.as_str()}</p><SmallPrint text=format!("{}. {}.", claim.population, claim.timespan)/></div>
        }
    };
    view! { <div class="both">{side(&choice.works)}{side(&choice.side_effects)}</div> }
}

/// A code with the clinic's own address, to go on at home. The address alone: nothing of a visit,
/// since none has begun.
#[component]
fn GoOnAtHome() -> impl IntoView {
    let home = use_settings().kiosk_home.as_str();
    (!home.is_empty()).then(|| view! { <LinkCode address=home text=use_words().kiosk_home()/> })
}

/// Three words that differ, one of each third of the list: on paper in place of a name.
fn three_words(words: &Words) -> String {
    let all: Vec<&str> = words.kiosk_tags().split(' ').collect();
    let third = all.len() / 3;
    let tag = [0, 1, 2].map(|n| all.get(n * third + document::chance(third)).copied().unwrap_or_default());
    tag.join(" ")
}
