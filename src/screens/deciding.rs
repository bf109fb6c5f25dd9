//! Deciding: weighing, comparing, telling back, asking. Each is offered and none is needed, and no
//! screen comes to a result.

use super::topics::AskBlock;
use crate::components::{
    Actions, BackButton, Button, CheckboxAnswers, Heading, Lead, LinkRow, ScreenHeading, WeightBar,
};
use crate::context::{use_navigation, use_pack, use_session, use_words};
use crate::route::Route;
use engine::answers::Key;
use engine::deciding::{self, FIRST_QUESTIONS};
use engine::pack::{MatchedQuestion, fill};
use leptos::prelude::*;

/// The ways that there are.
#[component]
pub fn DecidingScreen() -> impl IntoView {
    let (words, navigation, session, pack) = (use_words(), use_navigation(), use_session(), use_pack());
    let may_weigh = session.evaluate_untracked(|pack, form, _| deciding::may_weigh(pack, form));
    let way = move |title: &'static str, hint: &'static str, route: Route| {
        view! { <LinkRow title hint on_press=move |()| navigation.go(route.clone())/> }
    };
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.deciding_title()/><Lead text=words.deciding_lead()/></div>
        <ul class="ways">
            {may_weigh.then(|| way(words.weigh_title(), words.weigh_hint(), Route::Weigh))}
            {(!pack.choices.is_empty()).then(|| way(words.compare_title(), words.compare_works(), Route::Compare))}
            {(!pack.teach_backs.is_empty()).then(|| way(words.teach_title(), words.teach_hint(), Route::TeachBack(0)))}
            {(!pack.matched_questions.is_empty()).then(|| way(words.asks_title(), words.asks_hint(), Route::Questions))}
        </ul>
        <Actions>
            <Button class="btn line" label=words.to_summary() on_press=move |()| navigation.go(Route::Check)/>
            <Button class="plain" label=words.all_topics() on_press=move |()| navigation.go(Route::Topics)/>
        </Actions>
    }
}

/// Reasons for and against, each with a bar of its own.
#[component]
pub fn WeighScreen() -> impl IntoView {
    let (words, navigation) = (use_words(), use_navigation());
    let sides =
        deciding::weighed_questions(use_pack()).into_iter().map(|question| view! { <Side question/> }).collect_view();
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.weigh_title()/><Lead text=words.weigh_lead()/></div>
        <div class="sides">{sides}</div>
        <Actions>
            <Button label=words.compare_first_link() on_press=move |()| navigation.go(Route::Compare)/>
            <Button class="plain" label=words.deciding_title() on_press=move |()| navigation.go(Route::Deciding)/>
        </Actions>
    }
}

/// One side: the reasons to choose from, and a bar for each that was chosen.
#[component]
fn Side(question: &'static str) -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    let item = session.item(question)?;
    let links = move || session.evaluate(|pack, form, _| links(&deciding::reasons(pack, form, question)));
    let chosen = Memo::new(move |_| links());
    let heading = format!("{question}-side");
    let bars = move || {
        chosen
            .get()
            .into_iter()
            .filter_map(|link| session.item(&link))
            .map(|item| view! { <WeightBar item/> })
            .collect_view()
    };
    Some(view! {
        <section>
            <Heading id=heading.clone() text=item.text.clone()/>
            <ul class="weights">{bars}</ul>
            <details class="more" open=chosen.get_untracked().is_empty()>
                <summary>{words.weigh_choose()}</summary>
                <CheckboxAnswers item key=Key::first(question) shown=None labelled_by=heading/>
            </details>
        </section>
    })
}

fn links(reasons: &[deciding::Reason<'_>]) -> Vec<String> {
    reasons.iter().map(|reason| reason.item.link_id.clone()).collect()
}

/// Questions for the clinic that fit the answers: a few first, the others behind a line, then what
/// anyone can ask.
#[component]
pub fn QuestionsScreen() -> impl IntoView {
    let (words, navigation, session, pack) = (use_words(), use_navigation(), use_session(), use_pack());
    let mut first = session.evaluate_untracked(|pack, form, _| deciding::fitting(pack, form));
    let more = first.split_off(first.len().min(FIRST_QUESTIONS));
    let lead = if first.is_empty() { words.asks_none() } else { words.asks_lead() };
    let block =
        |matched: &'static MatchedQuestion| view! { <AskBlock question=&matched.question matched=Some(matched)/> };
    let more = (!more.is_empty()).then(|| {
        let count = fill(words.asks_more(), &[("n", &more.len().to_string())]);
        view! { <details class="more"><summary>{count}</summary>{more.into_iter().map(block).collect_view()}</details> }
    });
    let general = pack.topics.iter().position(|topic| topic.id == pack.safety.good_answers);
    let general = general.and_then(|place| pack.topics.get(place).map(|topic| (place, topic)));
    let general = general.map(|(place, topic)| {
        view! { <ul class="ways"><LinkRow title=topic.title.clone() hint=topic.lead.clone() on_press=move |()| navigation.go(Route::Topic(place))/></ul> }
    });
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.asks_title()/><Lead text=lead/></div>
        {first.into_iter().map(block).collect_view()}
        {more}
        {general}
        <Actions><Button class="plain" label=words.deciding_title() on_press=move |()| navigation.go(Route::Deciding)/></Actions>
    }
}
