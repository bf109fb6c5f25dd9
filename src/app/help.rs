//! Help: as a step of the walk right behind the answer that asked for it, and always behind one button.

use super::shell::ask_clear;
use super::state::{Place, State};
use super::ui::{back, button, fill, out_link};
use consult_ready::help::{self, Order, Panel};
use consult_ready::pack::{Contact, Help, Region, Settings, Words};
use leptos::prelude::*;

/// The help step.
pub fn step(state: State, after: String, change: bool) -> AnyView {
    let links = page_links(state, &after);
    let w = state.words();
    let kinds: Vec<Help> = with_panel(state, &links, |p| p.because.iter().filter_map(|r| r.help).collect());
    let suicide = kinds.contains(&Help::Suicide);
    let medical = kinds.iter().any(|k| matches!(k, Help::Medical | Help::Poison));
    let (title, lead) = match (medical, suicide) {
        (true, _) => (w.help_medical_title().to_string(), w.help_stay_with().to_string()),
        (false, true) => (w.help_thanks().to_string(), w.help_not_alone().to_string()),
        (false, false) => (w.help_offer_title().to_string(), w.help_not_alone().to_string()),
    };
    let told = {
        let links = links.clone();
        move || because(state, &links)
    };
    let ask = suicide.then(|| ask(state));
    let step = consult_ready::walk::Step::Help { after };
    let numbers_links = links.clone();
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{title}</h1><p class="lead">{lead}</p>
        <p><strong>{w.nobody_sees().to_string()}</strong></p></div>
        {told}
        {ask}
        {move || numbers(state, &numbers_links)}
        <div class="acts">
            {button("btn line", w.help_go_on().to_string(), move || state.continue_from(&step, change))}
            {button("btn line", w.help_finish().to_string(), move || state.go(Place::Summary))}
            {button("plain", w.clear_all().to_string(), ask_clear)}
        </div>
    }
    .into_any()
}

/// The questions of the screen that the help belongs to.
fn page_links(state: State, after: &str) -> Vec<String> {
    let inside = state.item(after).map(|i| i.items.iter().map(|c| c.link_id.clone()).collect::<Vec<_>>()).unwrap_or_default();
    std::iter::once(after.to_string()).chain(inside).collect()
}

fn with_panel<T: Default>(state: State, after: &[String], act: impl FnOnce(&Panel<'_>) -> T) -> T {
    let Some(region) = state.region_now() else { return T::default() };
    let links: Vec<&str> = after.iter().map(String::as_str).collect();
    state.live(|pack, live, _| act(&help::panel(pack, live, &region, &links)))
}

/// What to do now, for each answer that asked for help; a disclosure has its own words above.
fn because(state: State, links: &[String]) -> Option<AnyView> {
    let texts: Vec<String> = with_panel(state, links, |p| {
        let own = |k: Option<Help>| matches!(k, Some(Help::Medical | Help::Poison));
        p.because.iter().filter(|r| own(r.help)).map(|r| r.patient.clone()).collect()
    });
    (!texts.is_empty()).then(|| view! { <div class="note">{super::ui::paragraphs(&texts)}</div> }.into_any())
}

/// The one own-words question, asked only here. Every answer leads to help; only its order changes.
fn ask(state: State) -> Option<AnyView> {
    let link = state.pack.with_untracked(|p| p.safety.ask.clone());
    let item = state.item(&link)?;
    Some(super::inputs::choices(state, &item, 0, super::inputs::Heading::Second))
}

/// Numbers of the region, in the order that the answers ask for. All of it is always there.
pub fn numbers(state: State, after: &[String]) -> Option<AnyView> {
    let region = state.region_now()?;
    let w = state.words();
    let (order, lines) = with_panel(state, after, |p| Some((p.order, p.lines.iter().map(|c| (*c).clone()).collect::<Vec<Contact>>())))?;
    let settings = state.settings.get_value();
    let mut lines = lines.into_iter();
    let first = lines.next().map(|c| main_line(&w, &c, order == Order::Calm));
    let emergency = emergency(&region, &w, order);
    let stay = (order == Order::EmergencyFirst).then(|| view! { <p class="lead">{w.help_might_act().to_string()}</p> });
    let (one, two) = if order == Order::EmergencyFirst { (emergency, first) } else { (first, emergency) };
    let rest: Vec<AnyView> = lines.map(|c| line(&w, &c)).collect();
    let tell = (order == Order::Calm).then(|| view! { <p>{w.help_tell().to_string()}</p> });
    Some(
        view! {
            {stay}
            <div class="big-calls">{one}{two}</div>
            {tell}
            <ul class="lines">
                <li><b>{w.help_trusted().to_string()}</b><p>{w.help_trusted_text().to_string()}</p></li>
                {clinic(&w, &settings)}
                {rest}
            </ul>
            {regions(state, &w)}
        }
        .into_any(),
    )
}

fn emergency(region: &Region, w: &Words, order: Order) -> Option<AnyView> {
    let class = if order == Order::EmergencyFirst { "btn call" } else { "btn call line" };
    (!region.emergency.is_empty()).then(|| {
        view! {
            <div class="calls"><a class=class href=format!("tel:{}", Settings::dial(&region.emergency))>{w.help_emergency().to_string()}<b>{region.emergency.clone()}</b></a></div>
        }
        .into_any()
    })
}

/// The main line, as large buttons.
fn main_line(w: &Words, c: &Contact, calm: bool) -> AnyView {
    let class = if calm { "btn call line" } else { "btn call" };
    view! {
        <div class="calls">{calls(w, c, class)}</div>
        <p class="soft"><small>{c.name.clone()} ". " {c.text.clone()} " " {c.hours.clone()}</small></p>
    }
    .into_any()
}

fn line(w: &Words, c: &Contact) -> AnyView {
    let hours = (!c.hours.is_empty()).then(|| view! { <p class="soft"><small>{c.hours.clone()}</small></p> });
    view! { <li><b>{c.name.clone()}</b><p>{c.text.clone()}</p>{hours}<div class="calls">{calls(w, c, "btn call line")}</div></li> }.into_any()
}

/// Call, text, open: what this line offers.
fn calls(w: &Words, c: &Contact, class: &'static str) -> Vec<AnyView> {
    let dial = |scheme: &str, label: &str, number: &str| {
        let label = label.split("{number}").next().unwrap_or_default().trim().to_string();
        view! { <a class=class href=format!("{scheme}:{}", Settings::dial(number))>{label}<b>{number.to_string()}</b></a> }.into_any()
    };
    let mut out = Vec::new();
    if !c.tel.is_empty() {
        out.push(dial("tel", w.help_call(), &c.tel));
    }
    if !c.sms.is_empty() {
        out.push(dial("sms", w.help_text(), &c.sms));
    }
    if !c.url.is_empty() {
        out.push(out_link(c.url.clone(), fill(w.help_open(), &[("name", &c.name)])));
    }
    out
}

fn clinic(w: &Words, settings: &Settings) -> Option<AnyView> {
    let call = |number: &str| {
        view! { <a class="btn call line" href=format!("tel:{}", Settings::dial(number))>{w.help_clinic().to_string()}<b>{number.to_string()}</b></a> }
            .into_any()
    };
    let numbers: Vec<AnyView> = [&settings.phone, &settings.after_hours].into_iter().filter(|n| !n.is_empty()).map(|n| call(n)).collect();
    (!numbers.is_empty()).then(|| view! { <li><b>{settings.clinic.clone()}</b><div class="calls">{numbers}</div></li> }.into_any())
}

/// Another country's numbers, by the visitor's choice and never by location.
fn regions(state: State, w: &Words) -> AnyView {
    let now = state.region.get_untracked();
    let options: Vec<_> = state.pack.with_untracked(|p| p.regions.iter().map(|r| (r.id.clone(), r.name.clone())).collect::<Vec<_>>());
    let options: Vec<_> = options.into_iter().map(|(id, name)| view! { <option value=id.clone() selected=id == now>{name}</option> }).collect();
    // A label around its select needs no id: the same piece stands in the dialog and in a step at once.
    view! {
        <p class="field"><label>{w.help_region().to_string()}
        <select on:change=move |e| state.region.set(event_target_value(&e))>{options}</select></label></p>
    }
    .into_any()
}
