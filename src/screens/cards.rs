//! Myth or fact: a statement, a guess, then what is known. No pass or fail, no count of right
//! guesses.

use super::topics::AskBlock;
use crate::components::{
    Actions, AnswerButtons, BackButton, Button, Facts, Heading, Lead, LinkRow, ScreenHeading, Sources, Strength,
};
use crate::context::{use_navigation, use_pack, use_session, use_words};
use crate::layout::open_help;
use crate::platform::{focus, host, intl};
use crate::route::Route;
use engine::pack::{Card, Deck, Verdict, Words, fill};
use leptos::prelude::*;

/// The cards of a deck that are true where the visitor is.
fn cards_here(deck: &Deck) -> Vec<&'static Card> {
    let region = untrack(|| use_session().region()).map_or("", |region| region.id.as_str());
    use_pack().cards_of(deck, region)
}

/// The themes, with how far each of them was looked at.
#[component]
pub fn DecksScreen() -> impl IntoView {
    let (session, navigation, words) = (use_session(), use_navigation(), use_words());
    let row = |(index, deck): (usize, &'static Deck)| {
        let cards = cards_here(deck);
        let of = cards.len();
        let hint = match cards.iter().filter(|card| session.guess(&card.id).is_some()).count() {
            0 => fill(words.deck_count(), &[("n", &of.to_string())]),
            n => fill(words.deck_guessed(), &[("n", &n.to_string()), ("of", &of.to_string())]),
        };
        let open = move |()| {
            let place = untrack(|| cards.iter().position(|card| session.guess(&card.id).is_none())).unwrap_or(0);
            navigation.go(Route::Card { deck: index, place });
        };
        view! { <LinkRow title=deck.title.clone() hint on_press=open/> }
    };
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.cards_title()/><Lead text=words.cards_lead()/></div>
        <ul class="ways">{untrack(|| use_pack().decks.iter().enumerate().map(row).collect_view())}</ul>
    }
}

/// One card: the guess first, then the verdict and its sources.
#[component]
pub fn CardScreen(deck: usize, place: usize) -> AnyView {
    let (session, navigation, words) = (use_session(), use_navigation(), use_words());
    let pack = use_pack();
    let Some(in_deck) = pack.decks.get(deck) else { return view! { <DecksScreen/> }.into_any() };
    let cards = cards_here(in_deck);
    let Some(card) = cards.get(place).copied() else { return view! { <DeckDone deck/> }.into_any() };
    let id = card.id.as_str();
    let chosen = Signal::derive(move || session.guess(id).map(|verdict| verdict_code(verdict).to_string()));
    let choose = move |code: String| {
        if let Some(verdict) = VERDICTS.into_iter().find(|verdict| verdict_code(*verdict) == code) {
            session.set_guess(id, verdict);
            host::after_paint(|| focus::to(".verdict h2"));
        }
    };
    let options = VERDICTS.map(|verdict| (verdict_code(verdict).into(), verdict_text(words, verdict).into())).to_vec();
    let guessed = move || session.guess(id).map(|guess| view! { <VerdictPanel card guess/> });
    let unseen = Signal::derive(move || session.guess(id).is_none());
    view! {
        <BackButton/>
        <DeckPlace deck=in_deck place of=cards.len()/>
        <div class="card">
            <ScreenHeading class="quote" id="statement" text=format!("“{}”", card.statement().text)/>
            <p class="why" id="guess">{words.guess()}</p>
            <AnswerButtons labelled_by="statement" described_by=Some("guess".into()) options chosen on_choose=choose/>
        </div>
        {guessed}
        <div class="acts" hidden=move || unseen.get()>
            <Button label=words.next_card() on_press=move |()| navigation.go(Route::Card { deck, place: place + 1 })/>
            <Button class="plain" label=words.all_decks() on_press=move |()| navigation.go(Route::Decks)/>
        </div>
    }
    .into_any()
}

/// Which deck, which card of it: in words, and as a row of dots.
#[component]
fn DeckPlace(deck: &'static Deck, place: usize, of: usize) -> impl IntoView {
    let counted = fill(use_words().card_of(), &[("n", &(place + 1).to_string()), ("of", &of.to_string())]);
    let dot = |n: usize| view! { <i class=if n == place { "here" } else if n < place { "done" } else { "" }></i> };
    view! {
        <p class="over"><b>{deck.title.as_str()}</b><span>{counted}</span></p>
        <p class="deck-place" aria-hidden="true">{(0..of).map(dot).collect_view()}</p>
    }
}

/// In the order in which they are offered.
const VERDICTS: [Verdict; 3] = [Verdict::Myth, Verdict::Fact, Verdict::Depends];

fn verdict_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Myth => "myth",
        Verdict::Fact => "fact",
        Verdict::Depends => "depends",
    }
}

fn verdict_text(words: &Words, verdict: Verdict) -> &str {
    match verdict {
        Verdict::Myth => words.myth(),
        Verdict::Fact => words.fact(),
        Verdict::Depends => words.depends(),
    }
}

#[component]
fn VerdictPanel(card: &'static Card, guess: Verdict) -> impl IntoView {
    let words = use_words();
    let dated = card.dated.then(|| {
        let day = intl::day(&card.checked_on, &use_pack().lang);
        view! { <p><strong>{words.checked_on()}" "{day}</strong></p> }
    });
    let help = card.help.then(|| view! { <Button label=words.help_now() on_press=|()| open_help()/> });
    view! {
        <section class="verdict flow">
            <p class="soft">{words.your_guess()}": "{verdict_text(words, guess)}</p>
            <Heading class="stamp" focus=true text=verdict_text(words, card.statement().verdict)/>
            <Lead text=card.explanation.clone()/>
            {dated}
            {help}
            <Facts><Strength certainty=card.strength text=card.strength_text.clone()/></Facts>
            <Sources ids=&card.sources checked_on=&card.checked_on/>
        </section>
    }
}

/// The end of a deck: what to ask the clinic after it, and where to go on.
#[component]
fn DeckDone(deck: usize) -> impl IntoView {
    let (words, navigation, decks) = (use_words(), use_navigation(), &use_pack().decks);
    let question = decks.get(deck).map(|deck| view! { <AskBlock question=&deck.question matched=None/> });
    let next = decks.get(deck + 1).map(|next| {
        let label = fill(words.next_deck(), &[("title", &next.title)]);
        view! { <Button label on_press=move |()| navigation.go(Route::Card { deck: deck + 1, place: 0 })/> }
    });
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.cards_done()/><Lead text=words.cards_done_lead()/></div>
        {question}
        <Actions>
            {next}
            <Button class="btn line" label=words.to_questions() on_press=move |()| navigation.go(navigation.next_open())/>
            <Button class="plain" label=words.all_decks() on_press=move |()| navigation.go(Route::Decks)/>
            <Button class="plain" label=words.read_title() on_press=move |()| navigation.go(Route::Topics)/>
        </Actions>
    }
}
