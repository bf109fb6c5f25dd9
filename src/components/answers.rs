//! Answers to choose from.

use super::checkbox::Checkbox;
use super::element_id;
use crate::context::{use_session, use_words};
use engine::answer_edit;
use engine::answers::Key;
use engine::pack::{AnswerOption, Item, QuestionGroup};
use leptos::prelude::*;

/// As many letters of an answer fit beside another one on a phone.
const HALF_WIDTH: usize = 28;

/// One answer of several, as buttons: a press chooses and, where the screen wants it, goes on. The
/// chosen one is marked when the visitor comes back. `options` are codes with their texts.
#[component]
pub fn AnswerButtons(
    /// Id of the element that asks the question.
    #[prop(into)]
    labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
    options: Vec<(String, String)>,
    #[prop(into)] chosen: Signal<Option<String>>,
    #[prop(into)] on_choose: Callback<String>,
) -> impl IntoView {
    let button = move |(code, text): (String, String)| {
        let (here, code) = (code.clone(), StoredValue::new(code));
        let pressed = Memo::new(move |_| chosen.with(|chosen| chosen.as_ref() == Some(&here)));
        view! {
            <button
                type="button"
                class="answer"
                dir="auto"
                aria-pressed=move || if pressed.get() { "true" } else { "false" }
                on:click=move |_| on_choose.run(code.get_value())
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="answers" role="group" aria-labelledby=labelled_by aria-describedby=described_by>
            {options.into_iter().map(button).collect_view()}
        </div>
    }
}

/// The options of a question as native checkboxes or radio buttons; "none" and its like stand apart
/// behind an "or". `shown` are those from and to, where not all stand on this screen.
#[component]
fn Options(item: &'static Item, key: Key, shown: Option<(usize, usize)>) -> impl IntoView {
    let mut apart = false;
    let here = move |index: &usize| shown.is_none_or(|(from, to)| (from..to).contains(index));
    let options = item.options.iter().enumerate().filter(move |(index, _)| here(index)).map(|(index, option)| {
        let first_apart = option.exclusive && !apart;
        apart |= option.exclusive;
        let or = first_apart.then(|| view! { <p class="or">{use_words().or()}</p> });
        view! { {or}<OptionBox item key=key.clone() index option/> }
    });
    view! { <div class="opts">{options.collect_view()}</div> }
}

#[component]
fn OptionBox(item: &'static Item, key: Key, index: usize, option: &'static AnswerOption) -> impl IntoView {
    let session = use_session();
    let name = element_id(&item.link_id, key.repetition);
    let id = format!("{name}-{index}");
    let kind = if item.repeats { "checkbox" } else { "radio" };
    let read = key.clone();
    let checked = Signal::derive(move || session.answer(&read).is_some_and(|answer| answer.has(&option.code)));
    let change = move |on: bool| {
        let before = session.answer_untracked(&key);
        session.set_answer(key.clone(), answer_edit::choose(item, before.as_ref(), option, on));
    };
    let class = if option.exclusive { "opt apart" } else { "opt" };
    view! { <Checkbox class id label=option.text.clone() kind name=Some(name) checked on_change=change/> }
}

/// Several answers, as checkboxes.
#[component]
pub fn CheckboxAnswers(
    item: &'static Item,
    key: Key,
    shown: Option<(usize, usize)>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> impl IntoView {
    view! {
        <div class="q" role="group" aria-labelledby=labelled_by aria-describedby=described_by><Options item key shown/></div>
    }
}

/// A long list of answers under the headings of its groups: the first group is open, and each with
/// an answer in it. What is in no group stands below.
#[component]
pub fn GroupedAnswers(
    item: &'static Item,
    key: Key,
    groups: &'static [QuestionGroup],
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> impl IntoView {
    let session = use_session();
    let answer = session.answer_untracked(&key);
    let options = || item.options.iter().enumerate();
    let part = |(place, group): (usize, &'static QuestionGroup)| {
        let inside: Vec<_> = options().filter(|(_, option)| group.questions.contains(&option.text)).collect();
        let chosen = |option: &AnswerOption| answer.as_ref().is_some_and(|answer| answer.has(&option.code));
        let open = place == 0 || inside.iter().any(|(_, option)| chosen(option));
        let count = inside.len();
        let boxes = inside
            .into_iter()
            .map(|(index, option)| view! { <OptionBox item key=key.clone() index option/> })
            .collect_view();
        view! { <details class="more" open=open><summary>{group.title.as_str()}" "<span class="aside">"("{count}")"</span></summary><div class="opts">{boxes}</div></details> }
    };
    let parts = groups.iter().enumerate().map(part).collect_view();
    let loose = options()
        .filter(|(_, option)| !groups.iter().any(|group| group.questions.contains(&option.text)))
        .map(|(index, option)| view! { <OptionBox item key=key.clone() index option/> })
        .collect_view();
    view! {
        <div class="q" role="group" aria-labelledby=labelled_by aria-describedby=described_by>{parts}<div class="opts">{loose}</div></div>
    }
}

/// One answer of several that stays on the screen, as radio buttons.
#[component]
pub fn RadioAnswers(
    item: &'static Item,
    key: Key,
    shown: Option<(usize, usize)>,
    #[prop(into)] labelled_by: String,
    #[prop(optional_no_strip)] described_by: Option<String>,
) -> impl IntoView {
    view! {
        <div class="q" role="radiogroup" aria-labelledby=labelled_by aria-describedby=described_by><Options item key shown/></div>
    }
}

/// A question as one row of a page of questions; `segmented` sets its answers side by side.
#[component]
pub fn RadioRow(item: &'static Item, key: Key, shown: Option<(usize, usize)>, segmented: bool) -> impl IntoView {
    // Half the width of a phone splits a long answer into a word a line.
    let long = item.options.iter().any(|option| option.text.chars().count() > HALF_WIDTH);
    let class = match (segmented, long) {
        (true, _) => "row",
        (false, false) => "row stack",
        (false, true) => "row stack long",
    };
    let why_id = (!item.help.is_empty()).then(|| format!("{}-why", element_id(&item.link_id, key.repetition)));
    let why = why_id.clone().map(|id| view! { <small class="row-why" id=id>{item.help.as_str()}</small> });
    let text = use_session().question_text(item, key.repetition);
    view! { <fieldset class=class aria-describedby=why_id><legend dir="auto">{move || text.get()}</legend>{why}<Options item key shown/></fieldset> }
}
