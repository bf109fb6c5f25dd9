//! What surrounds every screen: the bar with help always in the same place, the menu, the dialogs.

use super::state::{Place, State};
use super::ui::{self, button};
use crate::browser::{boot, focus, page, storage};
use leptos::prelude::*;

const HELP: &str = "help";
const CLEAR: &str = "clear";

/// The whole app.
pub fn shell(state: State) -> AnyView {
    (move || {
        // A change of language draws everything anew; answers and place are outside of it.
        let _ = state.pack.get();
        view! {
            {bar(state)}
            <main class="main">
                {bad_settings(state)}
                {move || super::screen(state, state.place())}
            </main>
            <footer class="foot"><p>{state.word(|w| w.nothing_leaves())}</p></footer>
            <p class="sr" role="status">{move || state.said.get()}</p>
            {help_dialog(state)}
            {clear_dialog(state)}
        }
    })
    .into_any()
}

/// Opens the help dialog.
pub fn open_help() {
    page::open_dialog(HELP);
    focus::to("#help h1");
}

/// Asks before everything is cleared.
pub fn ask_clear() {
    page::close_menu();
    page::open_dialog(CLEAR);
    focus::to("#clear h1");
}

fn bar(state: State) -> AnyView {
    let w = state.words();
    view! {
        <header class="bar"><div class="bar-in">
            <p class="mark">{w.product().to_string()}</p>
            <button type="button" class="bar-btn" on:click=|_| open_help()>{w.help_now().to_string()}</button>
            <details class="menu"><summary>{w.menu().to_string()}</summary><div class="menu-box">
                {sizes(state)}
                {languages(state)}
                {keep(state)}
                <div>
                    {button("plain", w.home().to_string(), move || state.go(Place::Start))}
                    {button("plain", w.about().to_string(), move || state.go(Place::About))}
                    {button("plain", w.clear_all().to_string(), ask_clear)}
                </div>
            </div></details>
        </div></header>
    }
    .into_any()
}

fn sizes(state: State) -> AnyView {
    let w = state.words();
    let each: Vec<_> = [w.text_small().to_string(), w.text_medium().to_string(), w.text_large().to_string()]
        .into_iter()
        .zip(1u8..)
        .map(|(label, size)| {
            let pressed = move || (state.text_size.get() == size).to_string();
            view! { <button type="button" aria-label=label aria-pressed=pressed on:click=move |_| state.text_size.set(size)>"A"</button> }
        })
        .collect();
    view! {
        <div role="group" aria-labelledby="size"><p id="size" class="soft"><small>{w.text_size().to_string()}</small></p><div class="sizes">{each}</div></div>
    }
    .into_any()
}

/// The language, once there is more than one in the file.
fn languages(state: State) -> Option<AnyView> {
    let langs = boot::pack_languages();
    let now = state.pack.with_untracked(|p| p.lang.clone());
    (langs.len() > 1).then(|| {
        let options: Vec<_> = langs
            .into_iter()
            .map(|lang| {
                let own_name = crate::browser::intl::language_name(&lang);
                view! { <option value=lang.clone() selected=lang == now lang=lang.clone()>{own_name}</option> }
            })
            .collect();
        view! {
            <p><label for="lang">{state.word(|w| w.language())}</label>
            <select id="lang" on:change=move |e| state.speak(event_target_value(&e))>{options}</select></p>
        }
        .into_any()
    })
}

/// "Keep my answers": only on a page of our own, where storage works.
fn keep(state: State) -> Option<AnyView> {
    storage::works().then(|| {
        let w = state.words();
        let change = move |e| {
            let on = event_target_checked(&e);
            if !on {
                storage::forget();
            }
            state.keep.set(on);
        };
        view! {
            <div class="opt"><input type="checkbox" id="keep" prop:checked=move || state.keep.get() on:change=change/>
            <label for="keep">{w.keep_choice().to_string()}<small>{w.keep_choice_hint().to_string()}</small></label></div>
        }
        .into_any()
    })
}

/// What the clinic set and can't be used, named where the clinic's person will see it.
fn bad_settings(state: State) -> Option<AnyView> {
    let bad = state.bad_settings.get_value();
    let word = state.word(|w| w.bad_setting());
    let lines: Vec<_> = bad.iter().map(|b| view! { <p>{ui::fill(&word, &[("name", b.name), ("want", b.want)])}</p> }).collect();
    (!lines.is_empty()).then(|| view! { <div class="note no-print">{lines}</div> }.into_any())
}

fn help_dialog(state: State) -> AnyView {
    let w = state.words();
    let panel = move || super::help::numbers(state, &[]);
    view! {
        <dialog class="panel" id=HELP aria-labelledby="help-title">
            <div class="panel-top">{button("btn line", w.close().to_string(), || page::close_dialog(HELP))}</div>
            <div class="flow"><h1 class="title" id="help-title" tabindex="-1">{w.help_title().to_string()}</h1>
            <p><strong>{w.nobody_sees().to_string()}</strong></p></div>
            {panel}
        </dialog>
    }
    .into_any()
}

fn clear_dialog(state: State) -> AnyView {
    let w = state.words();
    let clear = move || {
        page::close_dialog(CLEAR);
        page::close_dialog(HELP);
        state.clear();
    };
    view! {
        <dialog class="panel" id=CLEAR aria-labelledby="clear-title">
            <h1 id="clear-title" tabindex="-1">{w.clear_ask().to_string()}</h1>
            <div class="acts">
                {button("btn", w.clear_yes().to_string(), clear)}
                {button("btn line", w.clear_no().to_string(), || page::close_dialog(CLEAR))}
            </div>
        </dialog>
    }
    .into_any()
}
