//! Keys to tap, since a shared screen has no keyboard of its own.

use crate::context::use_words;
use leptos::prelude::*;

/// A key for each of `keys`, and one to delete; a space with letters. `on_change` hears of each tap.
#[component]
pub fn Keypad(#[prop(into)] keys: String, typed: RwSignal<String>, #[prop(optional, into)] on_change: Option<Callback<()>>) -> impl IntoView {
    let words = use_words();
    let changed = move || {
        if let Some(on_change) = on_change {
            on_change.run(());
        }
    };
    let key = move |label: String, letter: Option<char>| {
        let press = move |_| {
            typed.update(|text| match letter {
                Some(c) => text.push(c),
                None => drop(text.pop()),
            });
            changed();
        };
        let class = if letter.is_some_and(|c| c != ' ') { "key" } else { "key wide" };
        view! { <button type="button" class=class on:click=press>{label}</button> }
    };
    let space = keys.contains('a').then(|| key(words.kiosk_space().into(), Some(' ')));
    let letters = keys.chars().map(|c| key(c.to_string(), Some(c))).collect_view();
    view! { <div class="pad">{letters}{space}{key(words.kiosk_delete().into(), None)}</div> }
}
