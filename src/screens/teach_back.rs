//! What came across: five questions after reading. Never a count of right answers; what was missed
//! is gone over at the clinic.

use crate::components::{Actions, AnswerButtons, BackButton, Button, Heading, Lead, ScreenHeading, Sources};
use crate::context::{use_navigation, use_pack, use_session, use_words};
use crate::platform::{focus, host};
use crate::route::Route;
use engine::answers::{Answer, Key};
use engine::deciding::{self, TeachBackResult};
use engine::pack::{TeachBack, fill};
use leptos::prelude::*;

/// One question; behind the last, what stands on the sheet.
#[component]
pub fn TeachBackScreen(place: usize) -> AnyView {
    let (words, session, navigation, pack) = (use_words(), use_session(), use_navigation(), use_pack());
    let of = pack.teach_backs.len();
    let Some(teach) = pack.teach_backs.get(place) else { return view! { <TeachDone/> }.into_any() };
    let Some(item) = session.item(&teach.id) else { return view! { <TeachDone/> }.into_any() };
    let id = teach.id.as_str();
    let chosen = Signal::derive(move || {
        session.answer(&Key::first(id)).and_then(|answer| answer.first_code().map(String::from))
    });
    let choose = move |code: String| {
        session.set_answer(Key::first(id), Answer::code(&code));
        host::after_paint(|| focus::to(".verdict h2"));
    };
    let result = Memo::new(move |_| session.evaluate(|_, form, _| deciding::teach_back_result(form, teach)));
    let open = Signal::derive(move || result.get().is_none());
    let options = item.options.iter().map(|option| (option.code.clone(), option.text.clone())).collect();
    view! {
        <BackButton/>
        <p class="over"><span>{fill(words.teach_of(), &[("n", &(place + 1).to_string()), ("of", &of.to_string())])}</span></p>
        <div class="card">
            <ScreenHeading id="asked" text=item.text.clone()/>
            <AnswerButtons labelled_by="asked" described_by=None options chosen on_choose=choose/>
        </div>
        {move || result.get().map(|result| view! { <Known teach result/> })}
        <div class="acts" hidden=move || open.get()>
            <Button label=words.teach_next() on_press=move |()| navigation.go(Route::TeachBack(place + 1))/>
        </div>
    }
    .into_any()
}

/// What is known, whatever was answered, and where it can be read again.
#[component]
fn Known(teach: &'static TeachBack, result: TeachBackResult) -> impl IntoView {
    let (words, navigation, pack) = (use_words(), use_navigation(), use_pack());
    let stamp = match result {
        TeachBackResult::Right => words.teach_had(),
        TeachBackResult::Other => words.teach_other(),
        TeachBackResult::NotSure => words.teach_unsure(),
    };
    let topic = pack.topics.iter().position(|topic| topic.id == teach.topic);
    let again = topic.and_then(|place| {
        pack.topics.get(place).map(|topic| (place, fill(words.teach_again(), &[("title", &topic.title)])))
    });
    let again = again.map(
        |(place, label)| view! { <Button class="plain" label on_press=move |()| navigation.go(Route::Topic(place))/> },
    );
    view! {
        <section class="verdict flow">
            <Heading class="stamp" focus=true text=stamp/>
            <Lead text=teach.explanation.clone()/>
            <Sources ids=&teach.sources/>
            {again}
        </section>
    }
}

#[component]
fn TeachDone() -> impl IntoView {
    let (words, session, navigation) = (use_words(), use_session(), use_navigation());
    let over: Vec<String> = session.evaluate_untracked(|pack, form, _| {
        deciding::go_over(pack, form).into_iter().map(|item| item.label().to_string()).collect()
    });
    let lead = if over.is_empty() { words.teach_none() } else { words.teach_over() };
    view! {
        <BackButton/>
        <div class="flow">
            <ScreenHeading text=words.teach_done()/>
            <Lead text=lead/>
            <ul>{over.into_iter().map(|label| view! { <li>{label}</li> }).collect_view()}</ul>
        </div>
        <Actions>
            <Button label=words.asks_title() on_press=move |()| navigation.go(Route::Questions)/>
            <Button class="plain" label=words.deciding_title() on_press=move |()| navigation.go(Route::Deciding)/>
        </Actions>
    }
}
