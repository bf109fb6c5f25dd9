//! The bar with help always in the same place, the screen, the foot, and the dialogs.

use super::dialogs::{ClearDialog, HelpDialog, open_help};
use super::kiosk::{KioskBarButtons, KioskDialogs};
use super::menu::Menu;
use super::rail::Rail;
use crate::components::{Button, HubButton, has_stages};
use crate::context::{ClinicSettings, use_kiosk, use_locale, use_navigation, use_session, use_settings, use_words};
use crate::route::Route;
use engine::pack::{BadSetting, fill};
use leptos::prelude::*;

/// The whole page. `screen` draws the current route; a change of language draws all of it anew.
#[component]
pub fn Shell(screen: fn() -> AnyView) -> impl IntoView {
    let (locale, session) = (use_locale(), use_session());
    move || {
        locale.track_pack();
        let words = use_words();
        view! {
            <Bar/>
            <Rail/>
            <main class="main"><RefusedSettings/>{screen}</main>
            <footer class="foot"><p>{words.nothing_leaves()}</p></footer>
            <p class="sr" role="status">{move || session.announcement.get()}</p>
            <HelpDialog/>
            <ClearDialog/>
            <KioskDialogs/>
        }
    }
}

#[component]
fn Bar() -> impl IntoView {
    let words = use_words();
    let help = view! { <Button class="bar-btn" label=words.help_now() on_press=|()| open_help()/> };
    let navigation = use_navigation();
    let stages = has_stages();
    let away =
        Signal::derive(move || !stages || !matches!(navigation.route(), Route::Question { .. } | Route::Stage(_)));
    let hub = view! { <HubButton hidden=away/> };
    let inside = if use_kiosk().is_some() {
        view! { {help}{hub}<KioskBarButtons/> }.into_any()
    } else {
        view! { <Mark/>{hub}{help}<Menu/> }.into_any()
    };
    view! { <header class="bar"><div class="bar-in">{inside}</div></header> }
}

/// Whose page this is: the clinic's name behind its logo, or the product's where no clinic is named.
#[component]
fn Mark() -> impl IntoView {
    let (words, settings) = (use_words(), use_settings());
    let logo =
        (!settings.logo.is_empty()).then(|| view! { <img class="mark-logo" alt="" src=settings.logo.as_str()/> });
    let name = if settings.clinic.is_empty() { words.product() } else { settings.clinic.as_str() };
    view! { <p class="mark">{logo}<span>{name}</span></p> }
}

/// What the clinic set and can't be used, named where the clinic's person will see it.
#[component]
fn RefusedSettings() -> impl IntoView {
    let words = use_words();
    let refused = expect_context::<ClinicSettings>().refused;
    let line = |bad: &BadSetting| {
        view! { <p>{fill(words.bad_setting(), &[("name", &bad.name), ("want", &bad.want)])}</p> }
    };
    (!refused.is_empty()).then(|| view! { <div class="note no-print">{refused.iter().map(line).collect_view()}</div> })
}
