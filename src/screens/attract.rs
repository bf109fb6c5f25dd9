//! A kiosk between two visits: nothing private, language and text size first, and that the desk can help instead.

use super::start::ClinicMark;
use crate::components::{Button, Drawing, Lead, START, ScreenHeading};
use crate::context::{Kiosk, use_navigation, use_words};
use crate::layout::{AttractControls, StaffCorner};
use crate::platform::document;
use crate::route::Route;
use engine::pack::Words;
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
            <div class="flow"><Lead text=words.kiosk_forgets()/><p>{words.kiosk_desk()}</p></div>
            <Drawing svg=START class="art scene"/>
            <AttractControls/>
            <Button class="btn begin" label=words.kiosk_start() on_press=begin/>
            <StaffCorner/>
        </div>
    }
}

/// Three words that differ, one of each third of the list: on paper in place of a name.
fn three_words(words: &Words) -> String {
    let all: Vec<&str> = words.kiosk_tags().split(' ').collect();
    let third = all.len() / 3;
    let tag = [0, 1, 2].map(|n| all.get(n * third + document::chance(third)).copied().unwrap_or_default());
    tag.join(" ")
}
