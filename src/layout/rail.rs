//! The stages at the side of a question, where the window has room for both.

use crate::components::{FinishButton, StageList, has_stages};
use crate::context::{Session, use_kiosk, use_navigation, use_session, use_words};
use crate::platform::document;
use crate::route::Route;
use engine::walk;
use leptos::prelude::*;

/// Where `<html>` says that the screen has a rail, so that the page makes room for it.
const RAIL: &str = "data-rail";

/// The rail: on the questions, on the cards of their stages, and where answers are checked. A kiosk
/// has the hub alone, since its letters are large and its rows few.
#[component]
pub fn Rail() -> impl IntoView {
    let (navigation, session, words) = (use_navigation(), use_session(), use_words());
    let (kiosk, stages) = (use_kiosk().is_some(), has_stages());
    let wanted = Memo::new(move |_| {
        let here = |route: &Route| matches!(route, Route::Question { .. } | Route::Stage(_) | Route::Check);
        !kiosk && stages && here(&navigation.route())
    });
    Effect::new(move |_| document::set_root(RAIL, if wanted.get() { "yes" } else { "no" }));
    let current = Memo::new(move |_| stage(session, &navigation.route()));
    // On the check screen it would lead to where the visitor is.
    let may_finish = Memo::new(move |_| navigation.route() != Route::Check);
    view! {
        <Show when=move || wanted.get()>
            <nav class="rail" aria-label=words.hub()>
                <StageList current/>
                <Show when=move || may_finish.get()><FinishButton/></Show>
            </nav>
        </Show>
    }
}

/// The stage that a screen stands in.
fn stage(session: Session, route: &Route) -> Option<String> {
    match route {
        Route::Stage(stage) => Some(stage.clone()),
        Route::Question { step, .. } => {
            session.evaluate_untracked(|_, form, _| walk::stage_of(form, step).map(|stage| stage.link_id.clone()))
        }
        _ => None,
    }
}
