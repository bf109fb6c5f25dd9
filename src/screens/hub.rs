//! All stages: how far each is, and ways into them, in any order once the first question was
//! answered.

use crate::components::{Actions, BackButton, Button, FinishButton, ScreenHeading, StageList};
use crate::context::{use_navigation, use_session, use_words};
use engine::walk::{self, Length};
use leptos::prelude::*;

/// The hub.
#[component]
pub fn HubScreen() -> impl IntoView {
    let (words, navigation, session) = (use_words(), use_navigation(), use_session());
    let free = session.evaluate_untracked(|pack, _, answers| walk::may_choose_stage(pack, answers));
    let lead = if free { words.hub_lead() } else { words.hub_first() };
    let short = session.length.get_untracked() == Length::Safety;
    let all = move |()| {
        session.length.set(Length::Full);
        navigation.draw_anew();
    };
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.hub_title()/><p class="lead">{lead}</p></div>
        <div class="hub"><StageList/></div>
        {short.then(|| view! { <p class="soft">{words.hub_short()}" "<Button class="plain" label=words.hub_all() on_press=all/></p> })}
        <Actions>
            <Button label=words.hub_go_on() on_press=move |()| navigation.go(navigation.next_open())/>
            <FinishButton/>
        </Actions>
    }
}
