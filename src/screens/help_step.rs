//! Help as a step of the walk, right behind the answer that asked for it.

use crate::components::{Actions, BackButton, Button, Heading, Lead, RadioAnswers, ScreenHeading};
use crate::context::{Session, use_navigation, use_pack, use_session, use_words};
use crate::layout::{HelpCalls, HelpMore, ask_clear};
use crate::route::Route;
use engine::answers::Key;
use engine::help::{self, Panel};
use engine::pack::{Help, Kind, Words};
use engine::walk::Step;
use leptos::prelude::*;

/// The help step behind the question or page `after`.
#[component]
pub fn HelpStep(after: String, from_check: bool) -> impl IntoView {
    let (session, navigation, words) = (use_session(), use_navigation(), use_words());
    let links = StoredValue::new(links_of(session, &after));
    let kinds = untrack(|| {
        with_panel(session, &links.get_value(), |panel| panel.because.iter().filter_map(|r| r.help).collect::<Vec<_>>())
    });
    let (heading, lead) = heading(words, &kinds);
    let step = StoredValue::new(Step::Help { after });
    view! {
        <BackButton/>
        <ScreenHeading text=heading/>
        // Whom to call, before any other text.
        <HelpCalls after=links.get_value()/>
        <Lead text=lead/>
        <p><strong>{words.help_reach()}</strong></p>
        {move || view! { <Because texts=medical_texts(session, &links.get_value())/> }}
        {kinds.contains(&Help::Suicide).then(|| view! { <SafeQuestion/> })}
        <HelpMore after=links.get_value()/>
        <Actions>
            <Button class="btn line" label=words.help_go_on() on_press=move |()| navigation.advance(&step.get_value(), from_check)/>
            <Button class="btn line" label=words.help_finish() on_press=move |()| navigation.go(Route::Summary)/>
            <Button class="plain" label=words.clear_all() on_press=|()| ask_clear()/>
        </Actions>
    }
}

/// The questions of the screen that the help belongs to; of a page in parts all rows, so that the
/// words fit all that was said.
fn links_of(session: Session, after: &str) -> Vec<String> {
    let page = session.evaluate_untracked(|_, form, _| {
        form.parent(after).filter(|page| page.kind == Kind::Page).map(|page| page.link_id.clone())
    });
    let of = page.unwrap_or_else(|| after.to_string());
    let inside = session.item(&of).map(|item| item.items.iter().map(|child| child.link_id.clone()).collect::<Vec<_>>());
    std::iter::once(of).chain(inside.unwrap_or_default()).collect()
}

/// Heading and lead for the kinds of help that were asked for.
fn heading(words: &'static Words, kinds: &[Help]) -> (&'static str, &'static str) {
    if kinds.iter().any(|kind| matches!(kind, Help::Medical | Help::Poison)) {
        (words.help_medical_title(), words.help_stay_with())
    } else if kinds.iter().any(|kind| kind.is_medical()) {
        (words.help_unsure_title(), words.help_stay_with())
    } else if kinds.contains(&Help::Suicide) {
        (words.help_thanks(), words.help_not_alone())
    } else {
        (words.help_offer_title(), words.help_not_alone())
    }
}

fn with_panel<T: Default>(session: Session, links: &[String], act: impl FnOnce(&Panel<'_>) -> T) -> T {
    let Some(region) = session.region() else { return T::default() };
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    session.evaluate(|pack, form, _| act(&help::panel(pack, form, region, &links)))
}

/// What to do now, for each answer that asked for help; a disclosure has its own words above.
fn medical_texts(session: Session, links: &[String]) -> Vec<String> {
    let medical = |panel: &Panel<'_>| {
        let rules = panel.because.iter().filter(|rule| rule.help.is_some_and(Help::is_medical));
        rules.map(|rule| rule.patient.clone()).collect()
    };
    with_panel(session, links, medical)
}

#[component]
fn Because(texts: Vec<String>) -> impl IntoView {
    let text = |text: String| view! { <p>{text}</p> };
    (!texts.is_empty()).then(|| view! { <div class="note">{texts.into_iter().map(text).collect_view()}</div> })
}

/// The one question that is asked only here. Every answer leads to help; only its order changes.
#[component]
fn SafeQuestion() -> impl IntoView {
    let item = use_session().item(&use_pack().safety.ask)?;
    let key = Key::first(&item.link_id);
    Some(view! {
        <Heading id="safe-question" text=item.text.clone()/>
        <RadioAnswers item key shown=None labelled_by="safe-question"/>
    })
}
