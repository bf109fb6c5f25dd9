//! The numbers to call, in the order that the answers ask for. All of them are always there.

use crate::components::{CallLink, Lead, OutLink, SmallPrint};
use crate::context::{use_kiosk, use_pack, use_session, use_settings, use_words};
use engine::help::{self, Order};
use engine::pack::{Contact, Help, Region, fill};
use leptos::prelude::*;

/// The buttons to press first, before any other text.
#[component]
pub fn HelpCalls(after: Vec<String>) -> impl IntoView {
    let session = use_session();
    // The panel stands behind every screen: it is drawn anew where an answer changes it, not with
    // each answer.
    let calls = Memo::new(move |_| {
        let region = session.region()?;
        let after: Vec<&str> = after.iter().map(String::as_str).collect();
        session.evaluate(|pack, form, _| {
            let panel = help::panel(pack, form, region, &after);
            Some((region, panel.order, panel.might_act, panel.lines.first().copied()))
        })
    });
    move || calls.get().map(|(region, order, might_act, first)| view! { <Calls region order might_act first/> })
}

/// The panel's other lines. `after` names the questions of the screen that help belongs to; empty
/// if it was opened by hand.
#[component]
pub fn HelpMore(after: Vec<String>) -> impl IntoView {
    let session = use_session();
    // A kiosk stands in one place, and the clinic has set which. The choice of region stands
    // outside of what it changes, or it would lose the focus by being used.
    let regions = use_kiosk().is_none().then(|| view! { <RegionChoice/> });
    let by_hand = after.is_empty();
    let lines = Memo::new(move |_| {
        let region = session.region()?;
        let after: Vec<&str> = after.iter().map(String::as_str).collect();
        session.evaluate(|pack, form, _| {
            let panel = help::panel(pack, form, region, &after);
            let body =
                !by_hand && !panel.might_act && panel.because.iter().filter_map(|rule| rule.help).all(Help::is_medical);
            Some((panel.lines.into_iter().skip(1).collect::<Vec<&'static Contact>>(), body))
        })
    });
    let lines = move || lines.get().map(|(lines, body)| view! { <Lines lines body by_hand/> });
    view! { {lines}{regions} }
}

#[component]
fn Calls(region: &'static Region, order: Order, might_act: bool, first: Option<&'static Contact>) -> impl IntoView {
    let words = use_words();
    let at_once = order == Order::EmergencyFirst;
    let calm = order == Order::Calm;
    let kiosk = use_kiosk().map(|_| if at_once { words.kiosk_help_now() } else { words.kiosk_help_tell() });
    let first = first.map(|contact| view! { <MainLine contact calm/> }.into_any());
    let emergency = Some(view! { <EmergencyLine region at_once/> }.into_any());
    let (one, two) = if at_once { (emergency, first) } else { (first, emergency) };
    view! {
        <div class="big-calls">{one}{two}</div>
        {might_act.then(|| view! { <Lead text=words.help_might_act()/> })}
        {kiosk.map(|text| view! { <Lead text/> })}
        {calm.then(|| view! { <p>{words.help_tell()}</p> })}
    }
}

/// Whom else to turn to. Of an emergency of the body alone, no words about being safe with oneself.
/// Where help was not opened by hand, lines that fit less are folded.
#[component]
fn Lines(lines: Vec<&'static Contact>, body: bool, by_hand: bool) -> impl IntoView {
    let words = use_words();
    let none = lines.is_empty();
    let others = lines.into_iter().map(|contact| view! { <OtherLine contact/> }).collect_view();
    let others = if by_hand || none {
        others.into_any()
    } else {
        let folded = view! { <li><details class="more"><summary>{words.help_more()}</summary><ul class="lines">{others}</ul></details></li> };
        folded.into_any()
    };
    view! {
        <ul class="lines">
            {(!body).then(|| view! { <li><b>{words.help_trusted()}</b><p>{words.help_trusted_text()}</p></li> })}
            <ClinicLine/>
            {others}
        </ul>
    }
}

#[component]
fn EmergencyLine(region: &'static Region, at_once: bool) -> impl IntoView {
    let class = if at_once { "btn call" } else { "btn call line" };
    // Where the number is not known to us, the words say which one to call.
    if region.emergency.is_empty() {
        return at_once.then(|| view! { <Lead text=region.emergency_text.clone()/> }.into_any());
    }
    let label = use_words().help_emergency();
    Some(
        view! { <div class="calls"><CallLink class scheme="tel" label number=region.emergency.clone()/></div> }
            .into_any(),
    )
}

/// The ways to reach a line: call, write, open.
#[component]
fn Ways(contact: &'static Contact, class: &'static str) -> impl IntoView {
    let words = use_words();
    let dial = |scheme, label: &str, number: &'static str| {
        let label = fill(label, &[("number", "")]).trim().to_string();
        (!number.is_empty()).then(|| view! { <CallLink class scheme label number/> })
    };
    // An address is no use where nothing can be opened.
    let open = (!contact.url.is_empty() && use_kiosk().is_none()).then(|| {
        let label = fill(words.help_open(), &[("name", &contact.name)]);
        view! { <OutLink url=contact.url.clone() label/> }
    });
    view! {
        <div class="calls">
            {dial("tel", words.help_call(), &contact.tel)} {dial("sms", words.help_text(), &contact.sms)} {open}
        </div>
    }
}

/// The main line, as large buttons.
#[component]
fn MainLine(contact: &'static Contact, calm: bool) -> impl IntoView {
    let class = if calm { "btn call line" } else { "btn call" };
    view! {
        <Ways contact class/>
        <SmallPrint text=format!("{}. {} {}", contact.name, contact.text, contact.hours)/>
    }
}

#[component]
fn OtherLine(contact: &'static Contact) -> impl IntoView {
    let hours = (!contact.hours.is_empty()).then(|| view! { <SmallPrint text=contact.hours.clone()/> });
    view! {
        <li>
            <b>{contact.name.as_str()}</b>
            <p>{contact.text.as_str()}</p>
            {hours}
            <Ways contact class="btn call line"/>
        </li>
    }
}

/// The clinic's own numbers, if it has set any.
#[component]
fn ClinicLine() -> impl IntoView {
    let settings = use_settings();
    let words = use_words();
    let open = if settings.after_hours.is_empty() { words.help_clinic() } else { words.help_clinic_open() };
    let numbers = [(open, &settings.phone), (words.help_clinic_closed(), &settings.after_hours)];
    let numbers = numbers.into_iter().filter(|(_, number)| !number.is_empty());
    let call = |(label, number): (&'static str, &'static String)| {
        view! { <CallLink class="btn call line" scheme="tel" label number=number.clone()/> }
    };
    let calls: Vec<_> = numbers.map(call).collect();
    (!calls.is_empty()).then(|| view! { <li><b>{settings.clinic.as_str()}</b><div class="calls">{calls}</div></li> })
}

/// Another country's numbers, by the visitor's choice and never by location.
#[component]
fn RegionChoice() -> impl IntoView {
    let region = use_session().region;
    let option = move |r: &'static Region| {
        let selected = move || region.with(|now| *now == r.id);
        view! { <option value=r.id.clone() selected=selected>{r.name.as_str()}</option> }
    };
    // A label around its select needs no id: the same piece stands in the dialog and in a step at
    // once.
    view! {
        <p class="field">
            <label>
                {use_words().help_region()}
                <select on:change=move |event| region.set(event_target_value(&event))>
                    {use_pack().regions.iter().map(option).collect_view()}
                </select>
            </label>
        </p>
    }
}
