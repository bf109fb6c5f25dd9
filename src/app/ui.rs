//! Shared pieces.

use super::state::State;
use leptos::prelude::*;

/// The arrow of Back.
pub fn icon_back() -> AnyView {
    view! { <svg class="ico flip" viewBox="0 0 16 16" aria-hidden="true"><path d="M10 3 5 8l5 5"/></svg> }.into_any()
}

/// The arrow of a way on.
pub fn icon_on() -> AnyView {
    view! { <svg class="ico flip" viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8h10M9 4l4 4-4 4"/></svg> }.into_any()
}

/// Back, where there is somewhere to go back to.
pub fn back(state: State) -> AnyView {
    let label = state.word(|w| w.back());
    view! {
        <button type="button" class="plain back" hidden=move || !state.can_go_back() on:click=move |_| state.back()>
            {icon_back()} " " {label}
        </button>
    }
    .into_any()
}

/// A button.
pub fn button(class: &'static str, label: String, act: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| act()>{label}</button> }.into_any()
}

/// A large row that leads somewhere.
pub fn way(class: &'static str, title: String, small: String, act: impl Fn() + 'static) -> AnyView {
    let small = (!small.is_empty()).then(|| view! { <small>{small}</small> });
    view! {
        <li><button type="button" class=class on:click=move |_| act()><span><b>{title}</b>{small}</span>{icon_on()}</button></li>
    }
    .into_any()
}

/// A link out: opened by the visitor alone, in a new tab, telling the other side nothing.
pub fn out_link(url: String, label: String) -> AnyView {
    view! { <a href=url target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">{label}</a> }.into_any()
}

/// Paragraphs.
pub fn paragraphs(texts: &[String]) -> Vec<AnyView> {
    texts.iter().cloned().map(|t| view! { <p>{t}</p> }.into_any()).collect()
}

/// A plain list; nothing if it is empty.
pub fn list(texts: &[String]) -> Option<AnyView> {
    (!texts.is_empty()).then(|| {
        let items: Vec<_> = texts.iter().cloned().map(|t| view! { <li>{t}</li> }).collect();
        view! { <ul>{items}</ul> }.into_any()
    })
}

/// Fills `{name}` marks of an interface word.
pub fn fill(word: &str, marks: &[(&str, &str)]) -> String {
    marks.iter().fold(word.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
