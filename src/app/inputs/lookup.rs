//! Type-ahead over a long list of names. What is not in the list is kept as typed.

use crate::app::state::State;
use crate::app::ui::fill;
use consult_ready::answers::{Answer, Key, Value};
use consult_ready::pack::{AnswerOption, Item, Kind};
use consult_ready::{choose, lookup};
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone)]
struct Lookup {
    state: State,
    item: Arc<Item>,
    key: Key,
    typed: RwSignal<String>,
}

/// The question with its search field, the names found, and the visitor's list.
pub fn lookup(state: State, item: &Item, at: u8) -> AnyView {
    let id = format!("{}-{at}", item.link_id);
    let w = state.words();
    let this = Lookup { state, item: Arc::new(item.clone()), key: Key::new(&item.link_id, at), typed: RwSignal::new(String::new()) };
    let typed = this.typed;
    let why = (!item.help.is_empty()).then(|| view! { <p class="why">{item.help.clone()}</p> });
    let (hits, said, list) = (this.clone(), this.clone(), this.clone());
    // Enter adds what fits exactly, or what was typed: it never leaves the screen with a name half entered.
    let enter = {
        let this = this.clone();
        move |e: leptos::ev::KeyboardEvent| {
            if e.key() == "Enter" && !typed.get_untracked().trim().is_empty() {
                e.prevent_default();
                this.add_typed();
            }
        }
    };
    view! {
        <h1 tabindex="-1">{item.text.clone()}</h1>
        {why}
        <p class="field"><label for=id.clone()>{w.type_name().to_string()}</label>
        <input type="search" id=id.clone() autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby=format!("{id}-said")
            prop:value=move || typed.get() on:input=move |e| typed.set(event_target_value(&e)) on:keydown=enter/></p>
        <p class="sr" role="status" id=format!("{id}-said")>{move || said.said()}</p>
        {move || hits.hits()}
        {move || list.chosen()}
    }
    .into_any()
}

impl Lookup {
    fn found(&self) -> Vec<AnswerOption> {
        self.typed.with(|t| lookup::suggest(&self.item.options, t).into_iter().cloned().collect())
    }

    fn said(&self) -> String {
        let w = self.state.words();
        match (self.typed.with(|t| t.trim().chars().count()), self.found().len()) {
            (0 | 1, _) => w.type_hint().to_string(),
            (_, 0) => w.suggestions_none().to_string(),
            (_, n) => fill(w.suggestions(), &[("n", &n.to_string())]),
        }
    }

    fn add(&self, value: Value) {
        let before = self.state.answers.with_untracked(|a| a.get(&self.key).cloned());
        self.state.answer(self.key.clone(), choose::add(&self.item, before.as_ref(), value));
        self.typed.set(String::new());
        crate::browser::focus::to(&format!("[id='{}-{}']", self.item.link_id, self.key.at));
    }

    fn add_typed(&self) {
        let typed = self.typed.get_untracked().trim().to_string();
        let value = match lookup::exact(&self.item.options, &typed) {
            Some(option) => Value::code(&option.code),
            None => Value::Text(typed),
        };
        self.add(value);
    }

    fn hits(&self) -> Option<AnyView> {
        let typed = self.typed.get().trim().to_string();
        if typed.chars().count() < 2 {
            return None;
        }
        let add = self.state.word(|w| w.add());
        let mut rows: Vec<AnyView> = self
            .found()
            .into_iter()
            .map(|o| {
                let (this, code) = (self.clone(), o.code.clone());
                view! {
                    <li><button type="button" on:click=move |_| this.add(Value::code(&code))><span class="sr">{add.clone()} " "</span>{o.text.clone()} " " <small>{o.synonyms.join(", ")}</small></button></li>
                }
                .into_any()
            })
            .collect();
        if self.item.kind == Kind::OpenLookup && lookup::exact(&self.item.options, &typed).is_none() {
            let label = fill(&self.state.word(|w| w.add_typed()), &[("name", &typed)]);
            let this = self.clone();
            rows.push(view! { <li><button type="button" on:click=move |_| this.add_typed()>{label}</button></li> }.into_any());
        }
        Some(view! { <ul class="hits">{rows}</ul> }.into_any())
    }

    fn chosen(&self) -> Option<AnyView> {
        let w = self.state.words();
        let values = self.state.answers.with(|a| a.get(&self.key).map(|a| a.values().to_vec()).unwrap_or_default());
        let rows: Vec<AnyView> = values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                let name = consult_ready::summary::value(&w, &self.item, value);
                let this = self.clone();
                let remove = move |_| {
                    let before = this.state.answers.with_untracked(|a| a.get(&this.key).cloned());
                    this.state.answer(this.key.clone(), choose::remove(before.as_ref(), index));
                    crate::browser::focus::to(&format!("[id='{}-{}']", this.item.link_id, this.key.at));
                };
                view! { <li><span>{name.clone()}</span><button type="button" class="plain" on:click=remove>{w.remove().to_string()}<span class="sr">" " {name}</span></button></li> }.into_any()
            })
            .collect();
        let has = self.state.answers.with(|a| a.get(&self.key).is_some_and(|a| matches!(a, Answer::Given(_))));
        has.then(|| view! { <h2>{w.chosen().to_string()}</h2><ul class="picked">{rows}</ul> }.into_any())
    }
}
