//! Buttons and links.

use super::heading::Unseen;
use crate::context::{use_kiosk, use_navigation, use_pack, use_session, use_words};
use crate::route::Route;
use engine::answers::Answers;
use engine::pack::Settings;
use leptos::prelude::*;

/// A button. `after` names what it acts on, for a screen reader, where several read alike.
#[component]
pub fn Button(
    #[prop(into)] label: Signal<String>,
    #[prop(default = "btn")] class: &'static str,
    #[prop(optional, into)] after: String,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] hidden: Signal<bool>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            hidden=move || hidden.get()
            aria-disabled=move || disabled.get().then_some("true")
            on:click=move |_| if !disabled.get_untracked() { on_press.run(()) }
        >
            {move || label.get()}
            {(!after.is_empty()).then(|| view! { <Unseen text=format!(" {after}")/> })}
        </button>
    }
}

/// The button that ends a form.
#[component]
pub fn SubmitButton(#[prop(into)] label: String, #[prop(optional, into)] hidden: Signal<bool>) -> impl IntoView {
    view! { <button type="submit" class="btn" hidden=move || hidden.get()>{label}</button> }
}

/// The row of buttons at the end of a screen. `ours` says that their words are the interface's,
/// behind a question in another language.
#[component]
pub fn Actions(#[prop(default = false)] ours: bool, children: Children) -> impl IntoView {
    let lang = ours.then(|| use_pack().lang.as_str());
    view! { <div class="acts" lang=lang dir=ours.then_some("ltr")>{children()}</div> }
}

/// Back, where there is a screen to go back to.
#[component]
pub fn BackButton() -> impl IntoView {
    let navigation = use_navigation();
    view! {
        <button type="button" class="plain back" hidden=move || !navigation.can_go_back() on:click=move |_| navigation.back()>
            <svg class="ico flip" viewBox="0 0 16 16" aria-hidden="true"><path d="M10 3 5 8l5 5"/></svg>
            " "
            {use_words().back()}
        </button>
    }
}

/// A way to the check screen and the summary, once there is something to sum up.
#[component]
pub fn FinishButton(#[prop(default = "plain")] class: &'static str) -> impl IntoView {
    let (session, navigation) = (use_session(), use_navigation());
    let hidden = Signal::derive(move || session.answers.with(Answers::is_empty));
    view! { <Button class label=use_words().finish_now() hidden on_press=move |()| navigation.finish()/> }
}

/// The way to all stages: a drawing, and its words where there is room.
#[component]
pub fn HubButton(#[prop(into)] hidden: Signal<bool>) -> impl IntoView {
    let navigation = use_navigation();
    view! {
        <button type="button" class="bar-btn hub-btn" hidden=move || hidden.get() on:click=move |_| navigation.go(Route::Hub)>
            <svg class="ico" viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3.5h8M6 8h8M6 12.5h8M2 3.5h.5M2 8h.5M2 12.5h.5"/></svg>
            <span class="txt">{use_words().hub()}</span>
        </button>
    }
}

/// A link out: opened by the visitor alone, in a new tab, telling the other side nothing. A kiosk
/// shows its words only.
#[component]
pub fn OutLink(#[prop(into)] url: String, #[prop(into)] label: String) -> AnyView {
    if use_kiosk().is_some() {
        return view! { <span>{label}</span> }.into_any();
    }
    view! {
        <a href=url target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">{label}</a>
    }
    .into_any()
}

/// A number to call or to write to; `scheme` is `tel` or `sms`. A kiosk shows the number and dials
/// nothing.
#[component]
pub fn CallLink(
    class: &'static str,
    scheme: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] number: String,
) -> AnyView {
    if use_kiosk().is_some() {
        return view! { <p class="number">{label}" "<b>{number}</b></p> }.into_any();
    }
    let address = format!("{scheme}:{}", Settings::dial(&number));
    // Label and number stand in two boxes, which a screen reader would read as one word.
    let name = format!("{label} {number}");
    view! { <a class=class href=address aria-label=name>{label}" "<b>{number}</b></a> }.into_any()
}
