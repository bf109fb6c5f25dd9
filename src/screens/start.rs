//! The first screen: what this is, that it is private, who sells the treatment, and the ways in.

use crate::components::{Heading, Lead, LinkRow, ScreenHeading, TwoSheets};
use crate::context::{use_kiosk, use_navigation, use_pack, use_session, use_settings, use_words};
use crate::layout::open_help;
use crate::route::Route;
use leptos::prelude::*;

/// The first screen.
#[component]
pub fn StartScreen() -> impl IntoView {
    let (words, settings) = (use_words(), use_settings());
    let welcome = (!settings.welcome.is_empty()).then(|| {
        view! { <p class="own"><b>{words.from_clinic()}</b>" "{settings.welcome.as_str()}</p> }
    });
    view! {
        <ClinicMark/>
        <div class="flow"><ScreenHeading text=words.start_title()/><Lead text=words.start_lead()/>{welcome}</div>
        <Doors/>
        <Heading text=words.start_know()/>
        <Trust/>
        <div class="take"><div><p class="soft">{words.start_take()}</p></div><TwoSheets/></div>
    }
}

/// The clinic's logo and name.
#[component]
pub fn ClinicMark() -> impl IntoView {
    let settings = use_settings();
    // The clinic's name stands beside the logo.
    let logo = (!settings.logo.is_empty()).then(|| view! { <img class="logo" alt="" src=settings.logo.as_str()/> });
    let clinic = (!settings.clinic.is_empty()).then(|| view! { <p class="over"><b>{settings.clinic.as_str()}</b></p> });
    view! { {logo}{clinic} }
}

/// The ways in.
#[component]
fn Doors() -> impl IntoView {
    let (words, navigation, pack) = (use_words(), use_navigation(), use_pack());
    let begun = use_session().answers.with_untracked(|answers| !answers.is_empty());
    let (first, hint) = if begun { (words.start_resume(), "") } else { (words.start_questions(), words.start_time()) };
    // A tool around somebody else's questionnaire may have nothing to read and no cards.
    let read = (!pack.topics.is_empty()).then(|| {
        view! { <LinkRow title=words.start_read() hint=words.read_lead() on_press=move |()| navigation.go(Route::Topics)/> }
    });
    let cards = (!pack.cards.is_empty()).then(|| {
        view! {
            <LinkRow title=words.start_cards() hint=words.start_cards_hint() on_press=move |()| navigation.go(Route::Decks)/>
        }
    });
    view! {
        <ul class="ways">
            <LinkRow class="way first" title=first hint on_press=move |()| navigation.go(navigation.next_open())/>
            {read}
            {cards}
            <LinkRow title=words.start_help() hint=words.start_help_hint() on_press=|()| open_help()/>
        </ul>
    }
}

/// What a visitor should know beforehand.
#[component]
fn Trust() -> impl IntoView {
    let (words, keep) = (use_words(), use_session().keep);
    let lasts = if use_kiosk().is_some() {
        format!(" {}", words.kiosk_forgets()).into_any()
    } else {
        let lasts = move || if keep.get() { words.start_kept() } else { words.start_gone() };
        view! { " "{words.start_private_how()}" "<span>{lasts}</span> }.into_any()
    };
    view! {
        <ul class="facts">
            <li><b>{words.start_private_title()}</b>{words.start_private()}{lasts}</li>
            <li><b>{words.start_sells_title()}</b>{words.start_sells()}</li>
            <li><b>{words.start_decides_title()}</b>{words.start_decides()}</li>
        </ul>
    }
}
