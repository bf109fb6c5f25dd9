//! The menu of the bar: text size, language, keeping answers, and ways to other screens.

use super::dialogs::ask_clear;
use crate::components::{Button, Checkbox, FinishButton, SmallPrint};
use crate::context::{Locale, Navigation, use_kiosk, use_locale, use_navigation, use_session, use_words};
use crate::platform::{document, focus, host, intl, storage};
use crate::route::Route;
use leptos::prelude::*;

/// The menu. At a kiosk it opens no files and keeps nothing.
#[component]
pub fn Menu() -> impl IntoView {
    let (words, navigation) = (use_words(), use_navigation());
    let kiosk = use_kiosk().is_some();
    let go = move |route: Route| move |()| navigation.go(route.clone());
    let language = if kiosk {
        view! { <LanguageButtons/> }.into_any()
    } else {
        view! { <LanguageList/><KeepChoice id="keep"/> }.into_any()
    };
    let own = (!kiosk).then(|| {
        view! {
            <Button class="plain" label=words.open_title() on_press=go(Route::Import)/>
            <Button class="plain" label=words.clear_all() on_press=|()| ask_clear()/>
        }
    });
    view! {
        <details class="menu">
            <summary>{words.menu()}</summary>
            <div class="menu-box">
                <TextSize/>
                {language}
                <div>
                    <WalkWays/>
                    <Button class="plain" label=words.home() on_press=go(Route::Start)/>
                    <Button class="plain" label=words.about() on_press=go(Route::About)/>
                    {own}
                </div>
            </div>
        </details>
    }
}

/// On the questions: a way to the summary.
#[component]
fn WalkWays() -> impl IntoView {
    let navigation = use_navigation();
    let here = Memo::new(move |_| navigation.route().is_on_the_walk());
    view! { <Show when=move || here.get()><FinishButton/></Show> }
}

/// Three sizes of text.
#[component]
pub fn TextSize() -> impl IntoView {
    let (words, size) = (use_words(), use_session().text_size);
    let button = move |(label, step): (&'static str, usize)| {
        let pressed = move || if size.get() == step { "true" } else { "false" };
        view! { <button type="button" aria-label=label aria-pressed=pressed on:click=move |_| size.set(step)>"A"</button> }
    };
    let sizes = [(words.text_small(), 1), (words.text_medium(), 2), (words.text_large(), 3)];
    view! {
        <div role="group" aria-labelledby="size">
            <SmallPrint id="size" text=words.text_size()/>
            <div class="sizes">{sizes.map(button).collect_view()}</div>
        </div>
    }
}

/// Switches the language. Everything is drawn anew: the visitor stays where they were, in the open
/// menu.
fn switch(locale: Locale, navigation: Navigation, lang: &str) {
    if !host::has_pack(lang) {
        let lang = lang.to_string();
        return host::after_whole_file(move || switch(locale, navigation, &lang));
    }
    if !navigation.may_leave() || !locale.switch(lang) {
        return;
    }
    navigation.refresh();
    host::after_paint(move || {
        if navigation.route_untracked() != Route::Attract {
            document::open_menu();
        }
        focus::to_still("#lang");
    });
}

/// The languages as a list, once there is more than one in the file.
#[component]
fn LanguageList() -> impl IntoView {
    let (locale, navigation) = (use_locale(), use_navigation());
    let now = locale.pack().lang.as_str();
    let option = |lang: String| {
        let selected = lang == now;
        view! { <option value=lang.clone() lang=lang.clone() selected=selected>{intl::language_name(&lang)}</option> }
    };
    let offered = locale.offered();
    (offered.len() > 1).then(|| {
        view! {
            <p>
                <label for="lang">{use_words().language()}</label>
                <select id="lang" on:change=move |event| switch(locale, navigation, &event_target_value(&event))>
                    {offered.into_iter().map(option).collect_view()}
                </select>
            </p>
        }
    })
}

/// The languages as buttons, for a kiosk: a list that the browser opens has rows too small for a
/// finger.
#[component]
pub fn LanguageButtons() -> impl IntoView {
    let (locale, navigation) = (use_locale(), use_navigation());
    let now = locale.pack().lang.as_str();
    let button = move |lang: String| {
        let here = lang == now;
        let (name, code) = (intl::language_name(&lang), lang.clone());
        view! {
            <button
                type="button" class="btn line" lang=code id=here.then_some("lang")
                aria-pressed=if here { "true" } else { "false" }
                on:click=move |_| switch(locale, navigation, &lang)
            >
                {name}
            </button>
        }
    };
    let offered = host::languages();
    (offered.len() > 1).then(|| {
        view! {
            <div class="tongues" role="group" aria-label=use_words().language()>
                {offered.into_iter().map(button).collect_view()}
            </div>
        }
    })
}

/// "Keep my answers": only on a page of our own, where storage works. `id` differs by place.
#[component]
pub fn KeepChoice(id: &'static str) -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    let change = move |on: bool| if on { session.keep.set(true) } else { session.stop_keeping() };
    storage::works().then(|| {
        view! {
            <Checkbox id label=words.keep_choice() hint=words.keep_choice_hint() checked=session.keep on_change=change/>
        }
    })
}
