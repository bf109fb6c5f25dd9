//! Keys to tap, since a shared screen has no keyboard of its own.

use crate::context::use_words;
use leptos::prelude::*;

/// A key for each of `keys`, and one to delete; a space with letters. With `signs` a key changes
/// between letters and digits with punctuation. `on_change` hears of each tap.
#[component]
pub fn Keypad(
    #[prop(into)] keys: String,
    #[prop(optional, into)] signs: String,
    typed: RwSignal<String>,
    #[prop(optional, into)] on_change: Option<Callback<()>>,
) -> impl IntoView {
    let words = use_words();
    let tap = Callback::new(move |letter: Option<char>| {
        typed.update(|text| match letter {
            Some(c) => text.push(c),
            None => drop(text.pop()),
        });
        if let Some(on_change) = on_change {
            on_change.run(());
        }
    });
    let shows_signs = RwSignal::new(false);
    let change = (!signs.is_empty()).then(|| {
        view! {
            <button type="button" class="key wide" on:click=move |_| shows_signs.update(|on| *on = !*on)>
                {move || if shows_signs.get() { "abc" } else { "123" }}
            </button>
        }
    });
    let space = keys.contains('a').then(|| view! { <Key label=words.kiosk_space() letter=Some(' ') tap/> });
    let shown = move || {
        let keys = if shows_signs.get() { &signs } else { &keys };
        keys.chars().map(|c| view! { <Key label=c.to_string() letter=Some(c) tap/> }).collect_view()
    };
    view! { <div class="pad">{shown}{change}{space}<Key label=words.kiosk_delete() letter=None tap/></div> }
}

/// One key; without a letter it deletes the last one.
#[component]
fn Key(
    #[prop(into)] label: String,
    #[prop(optional_no_strip)] letter: Option<char>,
    tap: Callback<Option<char>>,
) -> impl IntoView {
    let class = if letter.is_some_and(|c| c != ' ') { "key" } else { "key wide" };
    view! { <button type="button" class=class on:click=move |_| tap.run(letter)>{label}</button> }
}
