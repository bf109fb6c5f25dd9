//! The two dialogs that stand behind every screen: help, and "clear everything?".

use super::help_panel::{HelpCalls, HelpMore};
use crate::components::{Actions, Button, CloseButton, Dialog, ScreenHeading};
use crate::context::{use_session, use_words};
use crate::platform::{document, focus};
use leptos::prelude::*;

/// Id of the help dialog.
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

/// Whom to call now, and what else helps.
#[component]
pub fn HelpDialog() -> impl IntoView {
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

/// Asks before everything is cleared, and clears it.
#[component]
pub fn ClearDialog() -> impl IntoView {
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
