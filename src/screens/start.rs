//! The first screen: what this is, that it is private, who sells the treatment, and the ways in.
//! `export::start` has the same as plain HTML, shown before the app is there.

use crate::components::{Drawing, Heading, Lead, LinkRow, START, ScreenHeading};
use crate::context::{use_kiosk, use_navigation, use_pack, use_session, use_settings, use_words};
use crate::layout::{KeepChoice, open_help};
use crate::route::Route;
use engine::answers::Answers;
use engine::pack::fill;
use engine::walk::{self, Length};
use leptos::prelude::*;

/// The first screen.
#[component]
pub fn StartScreen() -> impl IntoView {
    let (words, settings) = (use_words(), use_settings());
    let welcome = (!settings.welcome.is_empty()).then(|| {
        view! { <p class="own"><b>{words.from_clinic()}</b>" "{settings.welcome.as_str()}</p> }
    });
    view! {
        <div class="start-page">
            <div class="hello">
                {use_kiosk().map(|_| view! { <ClinicMark/> })}
                <div class="flow"><ScreenHeading text=words.start_title()/><Lead text=words.start_lead()/>{welcome}</div>
            </div>
            <Drawing svg=START class="art scene"/>
            <Doors/>
            <div class="good"><Heading text=words.start_know()/><Trust/></div>
        </div>
    }
}

/// The clinic's logo and name, where the bar does not hold them: at a kiosk.
#[component]
pub fn ClinicMark() -> impl IntoView {
    let settings = use_settings();
    // The clinic's name stands beside the logo.
    let logo = (!settings.logo.is_empty()).then(|| view! { <img class="logo" alt="" src=settings.logo.as_str()/> });
    let clinic = (!settings.clinic.is_empty()).then(|| view! { <p class="over"><b>{settings.clinic.as_str()}</b></p> });
    view! { {logo}{clinic} }
}

/// The ways in. What was kept does not say which length was chosen, so who comes back chooses
/// again.
#[component]
fn Doors() -> impl IntoView {
    let (words, navigation, pack, session) = (use_words(), use_navigation(), use_pack(), use_session());
    let begun = session.answers.with_untracked(|answers| !Answers::is_empty(answers));
    let time = |length| session.minutes(length);
    let hint = |minutes: u32| {
        fill(if begun { words.start_left() } else { words.start_minutes() }, &[("n", &minutes.to_string())])
    };
    let door = move |length: Length, title: &'static str, class: &'static str| {
        let minutes = time(length);
        let hint = match length {
            _ if minutes == 0 => String::new(),
            Length::Full if !begun => format!("{} {}", hint(minutes), words.start_time()),
            _ => hint(minutes),
        };
        view! { <LinkRow class title hint on_press=move |()| navigation.begin(length)/> }
    };
    let full = if begun { words.start_resume() } else { words.start_questions() };
    // Standing at a shared screen, the short way is offered first. There is one only where the
    // content says what it asks.
    let has_short = !pack.safety.short.is_empty();
    let first_short = has_short && use_kiosk().is_some() && !begun;
    let short = |class| has_short.then(|| door(Length::Safety, words.start_safety(), class));
    let lengths = if first_short {
        view! { {short("way first")}{door(Length::Full, full, "way second")} }.into_any()
    } else {
        view! { {door(Length::Full, full, "way first")}{short("way second")} }.into_any()
    };
    // A pack around another questionnaire may have no topics and no cards.
    let (page, theme) = walk::reading_minutes(pack);
    let about = |text: &str, minutes: u32, hint: &str| format!("{} {hint}", fill(text, &[("n", &minutes.to_string())]));
    let read = (!pack.topics.is_empty()).then(|| {
        let hint = about(words.start_page_minutes(), page, words.read_lead());
        view! { <LinkRow title=words.start_read() hint on_press=move |()| navigation.go(Route::Topics)/> }
    });
    let cards = (!pack.cards.is_empty()).then(|| {
        let hint = about(words.start_theme_minutes(), theme, words.start_cards_hint());
        view! {
            <LinkRow title=words.start_cards() hint on_press=move |()| navigation.go(Route::Decks)/>
        }
    });
    view! {
        <ul class="ways">
            {lengths}
            {read}
            {cards}
            <LinkRow title=words.start_help() hint=words.start_help_hint() on_press=|()| open_help()/>
        </ul>
    }
}

/// What a visitor should know beforehand: four short lines, and how to check the first of them.
#[component]
fn Trust() -> impl IntoView {
    let (words, keep) = (use_words(), use_session().keep);
    let lasts = if use_kiosk().is_some() {
        words.kiosk_forgets().into_any()
    } else {
        let lasts = move || if keep.get() { words.start_kept() } else { words.start_gone() };
        view! { {words.start_private_how()}" "<span>{lasts}</span> }.into_any()
    };
    let line = |(icon, title, text): (&'static str, &'static str, &'static str)| {
        view! {
            <li><svg class="ico" viewBox="0 0 24 24" aria-hidden="true"><path d=icon/></svg><span><b>{title}</b>" "{text}</span></li>
        }
    };
    // `export::start` draws the same four.
    let [lock, scales, talk, pages] = export::start::ICONS;
    let lines = [
        (lock, words.start_private_title(), words.start_private()),
        (scales, words.start_sells_title(), words.start_sells()),
        (talk, words.start_decides_title(), words.start_decides()),
        (pages, words.start_take_title(), words.start_take()),
    ];
    view! {
        <ul class="facts">{lines.map(line).collect_view()}</ul>
        <p class="soft lasts"><small>{lasts}</small></p>
        <KeepChoice id="keep-start"/>
    }
}
