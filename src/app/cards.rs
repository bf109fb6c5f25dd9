//! Myth or fact: a statement, a guess, then what is known. No pass or fail, no count of right guesses.

use super::read::sources;
use super::shell::open_help;
use super::state::{Place, State};
use super::ui::{back, button, fill};
use crate::browser::{focus, intl, page};
use consult_ready::pack::{Card, Verdict, Words};
use leptos::prelude::*;

pub fn screen(state: State, index: usize) -> AnyView {
    let (card, of) = state.pack.with_untracked(|p| (p.cards.get(index).cloned(), p.cards.len()));
    let Some(card) = card else { return end(state) };
    let w = state.words();
    let id = card.id.clone();
    let guess = RwSignal::new(state.guesses.with_untracked(|g| g.iter().find(|(i, _)| *i == id).map(|(_, v)| *v)));
    let shown = RwSignal::new(guess.get_untracked().is_some());
    let show = move |e: leptos::ev::SubmitEvent| {
        e.prevent_default();
        if let Some(guess) = guess.get_untracked() {
            state.guesses.update(|g| {
                g.retain(|(i, _)| *i != id);
                g.push((id.clone(), guess));
            });
        }
        shown.set(true);
        page::soon(|| focus::to(".verdict h2"));
    };
    let place = fill(w.card_of(), &[("n", &(index + 1).to_string()), ("of", &of.to_string())]);
    let show_word = w.show_me().to_string();
    let next = move || button("btn", state.word(|w| w.next_card()), move || state.go(Place::Card(index + 1)));
    let answer = move || shown.get().then(|| verdict(state, &card, guess.get_untracked()));
    view! {
        {back(state)}
        <p class="over"><b>{w.cards_title().to_string()}</b><span>{place}</span></p>
        <form class="card" on:submit=show>
            <fieldset class="q"><legend><h1 class="quote" tabindex="-1">"“"{statement_text(state, index)}"”"</h1></legend>
            <p class="why">{w.guess().to_string()}</p>
            <div class="opts row">{guesses(&w, guess)}</div></fieldset>
            <div class="acts" hidden=move || shown.get()><button type="submit" class="btn">{show_word}</button></div>
        </form>
        {answer}
        <div class="acts" hidden=move || !shown.get()>{next()}{button("plain", w.to_questions().to_string(), move || state.go(state.resume()))}</div>
    }
    .into_any()
}

fn statement_text(state: State, index: usize) -> String {
    state.pack.with_untracked(|p| p.cards.get(index).map(|c| c.statement().text.clone()).unwrap_or_default())
}

fn guesses(w: &Words, guess: RwSignal<Option<Verdict>>) -> Vec<AnyView> {
    [Verdict::Myth, Verdict::Fact, Verdict::Depends]
        .into_iter()
        .enumerate()
        .map(|(i, v)| {
            let id = format!("guess-{i}");
            view! {
                <div class="opt"><input type="radio" id=id.clone() name="guess" prop:checked=move || guess.get() == Some(v) on:change=move |_| guess.set(Some(v))/>
                <label for=id>{word(w, v)}</label></div>
            }
            .into_any()
        })
        .collect()
}

fn verdict(state: State, card: &Card, guess: Option<Verdict>) -> AnyView {
    let w = state.words();
    let lang = state.pack.with_untracked(|p| p.lang.clone());
    let guess = guess.map(|g| view! { <p class="soft">{w.your_guess().to_string()} ": " {word(&w, g)}</p> });
    let dated = card.dated.then(|| view! { <p><strong>{w.checked_on().to_string()} " " {intl::day(&card.checked_on, &lang)}</strong></p> });
    let help = card.help.then(|| button("btn", w.help_now().to_string(), open_help));
    view! {
        <section class="verdict flow">{guess}<h2 tabindex="-1">{word(&w, card.statement().verdict)}</h2>
            <p class="lead">{card.explanation.clone()}</p>
            {dated}
            {help}
            <dl class="meta"><div><dt>{w.how_sure().to_string()}</dt><dd>{card.strength_text.clone()}</dd></div></dl>
            {sources(state, &card.sources, Some(&card.checked_on))}
        </section>
    }
    .into_any()
}

fn word(w: &Words, verdict: Verdict) -> String {
    match verdict {
        Verdict::Myth => w.myth().to_string(),
        Verdict::Fact => w.fact().to_string(),
        Verdict::Depends => w.depends().to_string(),
    }
}

fn end(state: State) -> AnyView {
    let w = state.words();
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{w.cards_done().to_string()}</h1><p class="lead">{w.cards_done_lead().to_string()}</p></div>
        <div class="acts">
            {button("btn", w.to_questions().to_string(), move || state.go(state.resume()))}
            {button("btn line", w.read_title().to_string(), move || state.go(Place::Topics))}
            {button("plain", w.home().to_string(), move || state.go(Place::Start))}
        </div>
    }
    .into_any()
}
