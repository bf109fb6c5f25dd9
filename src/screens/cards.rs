//! Myth or fact: a statement, a guess, then what is known. No pass or fail, no count of right guesses.

use crate::components::{Actions, AnswerButtons, BackButton, Button, Facts, Heading, Lead, ScreenHeading, Sources, Strength};
use crate::context::{use_navigation, use_pack, use_session, use_words};
use crate::layout::open_help;
use crate::platform::{focus, host, intl};
use crate::route::Route;
use engine::pack::{Card, Verdict, Words, fill};
use leptos::prelude::*;

/// One card: the guess first, then the verdict and its sources.
#[component]
pub fn CardScreen(index: usize) -> AnyView {
    let (session, navigation, words) = (use_session(), use_navigation(), use_words());
    let cards = &use_pack().cards;
    let Some(card) = cards.get(index) else { return view! { <DeckDone/> }.into_any() };
    let id = card.id.as_str();
    let place = fill(words.card_of(), &[("n", &(index + 1).to_string()), ("of", &cards.len().to_string())]);
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
        <p class="over"><b>{words.cards_title()}</b><span>{place}</span></p>
        <div class="card">
            <ScreenHeading class="quote" id="statement" text=format!("“{}”", card.statement().text)/>
            <p class="why" id="guess">{words.guess()}</p>
            <AnswerButtons labelled_by="statement" described_by=Some("guess".into()) options chosen on_choose=choose/>
        </div>
        {guessed}
        <div class="acts" hidden=move || unseen.get()>
            <Button label=words.next_card() on_press=move |()| navigation.go(Route::Card(index + 1))/>
            <Button class="plain" label=words.to_questions() on_press=move |()| navigation.go(navigation.next_open())/>
        </div>
    }
    .into_any()
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

#[component]
fn DeckDone() -> impl IntoView {
    let (words, navigation) = (use_words(), use_navigation());
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.cards_done()/><Lead text=words.cards_done_lead()/></div>
        <Actions>
            <Button label=words.to_questions() on_press=move |()| navigation.go(navigation.next_open())/>
            <Button class="btn line" label=words.read_title() on_press=move |()| navigation.go(Route::Topics)/>
            <Button class="plain" label=words.home() on_press=move |()| navigation.go(Route::Start)/>
        </Actions>
    }
}
