//! The stages at the side of a question, where the window has room for both.

use crate::components::{FinishButton, StageList, has_stages};
use crate::context::{use_kiosk, use_navigation, use_session, use_words};
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
    let (navigation, words) = (use_navigation(), use_words());
    let wanted = Memo::new(move |_| {
        let route = navigation.route();
        let here = matches!(route, Route::Question { .. } | Route::Stage(_) | Route::Check) && has_stages();
        (here && use_kiosk().is_none()).then_some(route)
    });
    Effect::new(move |_| document::set_root(RAIL, if wanted.with(Option::is_some) { "yes" } else { "no" }));
    move || {
        wanted.get().map(|route| {
            view! {
                <nav class="rail" aria-label=words.hub()>
                    <StageList current=stage(&route)/>
                    // On the check screen it would lead to where the visitor is.
                    {(route != Route::Check).then(|| view! { <FinishButton/> })}
                </nav>
            }
        })
    }
}

/// The stage that a screen stands in.
fn stage(route: &Route) -> Option<String> {
    match route {
        Route::Stage(stage) => Some(stage.clone()),
        Route::Question { step, .. } => {
            use_session().evaluate_untracked(|_, form, _| walk::stage_of(form, step).map(|stage| stage.link_id.clone()))
        }
        _ => None,
    }
}
