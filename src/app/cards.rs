//! Myth or fact: a statement, a guess, then what is known. No pass or fail, no count of right guesses.

use super::el::{View, el, group, live};
use super::read::sources;
use super::shell::open_help;
use super::state::{Place, State};
use super::ui::{acts, back, button, fact, facts, fill, flow, lead, p, tick, title};
use crate::app::signal::Signal;
use crate::browser::dom::Event;
use crate::browser::{focus, intl, page};
use engine::pack::{Card, Verdict, Words};

pub fn screen(state: State, index: usize) -> View {
    let cards = &state.pack_now().cards;
    let Some(card) = cards.get(index) else { return end(state) };
    let w = state.words();
    let guess = Signal::new(state.guesses.borrow().iter().find(|(i, _)| *i == card.id).map(|(_, v)| *v));
    let shown = Signal::new(guess.get_untracked().is_some());
    let place = fill(w.card_of(), &[("n", &(index + 1).to_string()), ("of", &cards.len().to_string())]);
    let over = el("p").class("over").kid(el("b").text(w.cards_title())).kid(el("span").text(&place));
    let next =
        [button("btn", w.next_card(), move || state.go(Place::Card(index + 1))), button("plain", w.to_questions(), move || state.go(state.resume()))];
    let form = form(state, w, card, guess, shown);
    let answer = live(move || group(shown.get().then(|| verdict(state, card, guess.get_untracked()))));
    group([back(state), over, form, answer, acts(next).live_flag("hidden", move || !shown.get())])
}

fn form(state: State, w: &Words, card: &Card, guess: Signal<Option<Verdict>>, shown: Signal<bool>) -> View {
    let id = card.id.clone();
    let show = move |e: Event| {
        e.prevent_default();
        if let Some(guess) = guess.get_untracked() {
            let mut guesses = state.guesses.borrow_mut();
            guesses.retain(|(i, _)| *i != id);
            guesses.push((id.clone(), guess));
        }
        shown.set(true);
        page::soon(|| focus::to(".verdict h2"));
    };
    let quote = el("h1").attrs(&[("class", "quote"), ("tabindex", "-1")]).text("“").text(&card.statement().text).text("”");
    let opts = el("div").class("opts row").kids([Verdict::Myth, Verdict::Fact, Verdict::Depends].map(|v| option(w, v, guess)));
    let question = el("fieldset").class("q").kid(el("legend").kid(quote)).kid(p("why", w.guess())).kid(opts);
    let submit = el("button").attrs(&[("type", "submit"), ("class", "btn")]).text(w.show_me());
    el("form").class("card").on("submit", show).kid(question).kid(acts([submit]).live_flag("hidden", move || shown.get()))
}

fn option(w: &Words, verdict: Verdict, guess: Signal<Option<Verdict>>) -> View {
    let id = format!("guess-{}", verdict as u8);
    let input = el("input").attrs(&[("type", "radio"), ("name", "guess")]);
    let input = input.live_checked(move || guess.get() == Some(verdict)).on_tick(move |_| guess.set(Some(verdict)));
    tick(input, &id, word(w, verdict), "")
}

fn verdict(state: State, card: &Card, guess: Option<Verdict>) -> View {
    let w = state.words();
    let guess = guess.map(|g| p("soft", w.your_guess()).text(": ").text(word(w, g)));
    let dated = || el("strong").text(w.checked_on()).text(" ").text(&intl::day(&card.checked_on, &state.pack_now().lang));
    el("section")
        .class("verdict flow")
        .kids(guess)
        .kid(el("h2").attr("tabindex", "-1").text(word(w, card.statement().verdict)))
        .kid(lead(&card.explanation))
        .kids(card.dated.then(|| el("p").kid(dated())))
        .kids(card.help.then(|| button("btn", w.help_now(), open_help)))
        .kid(facts([fact(w.how_sure(), &card.strength_text)]))
        .kids(sources(state, &card.sources, Some(&card.checked_on)))
}

fn word(w: &Words, verdict: Verdict) -> &str {
    match verdict {
        Verdict::Myth => w.myth(),
        Verdict::Fact => w.fact(),
        Verdict::Depends => w.depends(),
    }
}

fn end(state: State) -> View {
    let w = state.words();
    let ways = [
        button("btn", w.to_questions(), move || state.go(state.resume())),
        button("btn line", w.read_title(), move || state.go(Place::Topics)),
        button("plain", w.home(), move || state.go(Place::Start)),
    ];
    group([back(state), flow([title(w.cards_done()), lead(w.cards_done_lead())]), acts(ways)])
}
