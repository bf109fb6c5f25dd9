//! The bar with help always in the same place, the screen, the foot, and the dialogs.

use super::help_panel::{HelpCalls, HelpMore};
use super::kiosk::{KioskBarButtons, KioskDialogs};
use super::menu::Menu;
use super::rail::Rail;
use crate::components::{Actions, Button, CloseButton, Dialog, HubButton, ScreenHeading, has_stages};
use crate::context::{ClinicSettings, use_kiosk, use_locale, use_navigation, use_session, use_words};
use crate::platform::{document, focus};
use crate::route::Route;
use engine::pack::{BadSetting, fill};
use leptos::prelude::*;

/// Ids of the dialogs that stand behind every screen.
pub const HELP: &str = "help";
const CLEAR: &str = "clear";

/// Opens the help dialog.
pub fn open_help() {
    document::open_dialog(HELP);
    focus::to("#help h1");
}

/// Asks before everything is cleared.
pub fn ask_clear() {
    document::close_menu();
    document::open_dialog(CLEAR);
    focus::to("#clear h1");
}

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
        view! { <p class="mark">{words.product()}</p>{hub}{help}<Menu/> }.into_any()
    };
    view! { <header class="bar"><div class="bar-in">{inside}</div></header> }
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

#[component]
fn HelpDialog() -> impl IntoView {
    let words = use_words();
    view! {
        <Dialog id=HELP labelled_by="help-title">
            <CloseButton dialog=HELP/>
            <div class="flow">
                <ScreenHeading id="help-title" text=words.help_title()/>
            </div>
            <HelpCalls after=Vec::new()/>
            <p><strong>{words.nobody_sees()}</strong></p>
            <HelpMore after=Vec::new()/>
        </Dialog>
    }
}

#[component]
fn ClearDialog() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    let clear = move |()| {
        document::close_dialog(CLEAR);
        document::close_dialog(HELP);
        session.clear();
    };
    view! {
        <Dialog id=CLEAR labelled_by="clear-title">
            <ScreenHeading id="clear-title" class="" text=words.clear_ask()/>
            <Actions>
                <Button label=words.clear_yes() on_press=clear/>
                <Button class="btn line" label=words.clear_no() on_press=|()| document::close_dialog(CLEAR)/>
            </Actions>
        </Dialog>
    }
}
