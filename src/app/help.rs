//! Help: as a step of the walk right behind the answer that asked for it, and always behind one button.

use super::el::{View, el, group, live};
use super::shell::ask_clear;
use super::state::{Place, State};
use super::ui::{acts, back, button, fill, flow, lead, out_link, plain, small_print, title};
use crate::browser::boot;
use engine::help::{self, Order, Panel};
use engine::pack::{Contact, Help, Region, Settings, Words};
use engine::walk::Step;

/// The help step.
pub fn step(state: State, after: String, change: bool) -> View {
    let links = page_links(state, &after);
    let w = state.words();
    let kinds: Vec<Help> = with_panel(state, &links, |p| p.because.iter().filter_map(|r| r.help).collect());
    let suicide = kinds.contains(&Help::Suicide);
    let (head, below) = if kinds.iter().any(|k| matches!(k, Help::Medical | Help::Poison)) {
        (w.help_medical_title(), w.help_stay_with())
    } else if kinds.iter().any(|k| k.is_medical()) {
        (w.help_unsure_title(), w.help_stay_with())
    } else {
        (if suicide { w.help_thanks() } else { w.help_offer_title() }, w.help_not_alone())
    };
    let told = links.clone();
    let step = Step::Help { after };
    group([back(state), flow([title(head), lead(below), el("p").kid(el("strong").text(w.help_reach()))])])
        .kid(live(move || group(because(state, &told))))
        .kids(suicide.then(|| ask(state)).flatten())
        .kid(numbers(state, links))
        .kid(acts([
            button("btn line", w.help_go_on(), move || state.continue_from(&step, change)),
            button("btn line", w.help_finish(), move || state.go(Place::Summary)),
            button("plain", w.clear_all(), ask_clear),
        ]))
}

/// That nothing is sent, where help was opened by hand and nothing was told yet.
pub fn nobody_sees(w: &Words) -> View {
    el("p").kid(el("strong").text(w.nobody_sees()))
}

/// The questions of the screen that the help belongs to.
fn page_links(state: State, after: &str) -> Vec<String> {
    let inside = state.item(after).map(|i| i.items.iter().map(|c| c.link_id.clone()).collect::<Vec<_>>()).unwrap_or_default();
    std::iter::once(after.to_string()).chain(inside).collect()
}

fn with_panel<T: Default>(state: State, after: &[String], act: impl FnOnce(&Panel<'_>) -> T) -> T {
    let Some(region) = state.region_now() else { return T::default() };
    let links: Vec<&str> = after.iter().map(String::as_str).collect();
    state.live(|pack, live, _| act(&help::panel(pack, live, region, &links)))
}

/// What to do now, for each answer that asked for help; a disclosure has its own words above.
fn because(state: State, links: &[String]) -> Option<View> {
    let texts: Vec<String> =
        with_panel(state, links, |p| p.because.iter().filter(|r| r.help.is_some_and(Help::is_medical)).map(|r| r.patient.clone()).collect());
    (!texts.is_empty()).then(|| el("div").class("note").kids(texts.iter().map(|t| plain(t))))
}

/// The one own-words question, asked only here. Every answer leads to help; only its order changes.
fn ask(state: State) -> Option<View> {
    let item = state.item(&state.pack_now().safety.ask)?;
    Some(super::inputs::choices(state, item, 0, super::inputs::Heading::Second))
}

/// Numbers of the region, in the order that the answers ask for. All of it is always there.
pub fn numbers(state: State, after: Vec<String>) -> View {
    // The choice of region stands outside of what it changes, or it would lose the focus by being used.
    // A kiosk stands in one place, and the clinic has set which.
    let elsewhere = state.kiosk.is_none().then(|| regions(state));
    group([live(move || group(lines(state, &after)))]).kids(elsewhere)
}

fn lines(state: State, after: &[String]) -> Option<View> {
    let region = state.region_now()?;
    let w = state.words();
    let (order, might_act, lines) =
        with_panel(state, after, |p| Some((p.order, p.might_act, p.lines.iter().map(|c| (*c).clone()).collect::<Vec<Contact>>())))?;
    let at_once = order == Order::EmergencyFirst;
    let calm = order == Order::Calm;
    let first = lines.first().map(|c| main_line(w, c, calm));
    let emergency = emergency(region, w, order);
    let (one, two) = if at_once { (emergency, first) } else { (first, emergency) };
    let trusted = el("li").kid(el("b").text(w.help_trusted())).kid(plain(w.help_trusted_text()));
    let rest = el("ul").class("lines").kid(trusted).kids(clinic(w, &state.settings)).kids(lines.iter().skip(1).map(|c| line(w, c)));
    Some(
        group(might_act.then(|| lead(w.help_might_act())))
            .kids(boot::is_kiosk().then(|| lead(if at_once { w.kiosk_help_now() } else { w.kiosk_help_tell() })))
            .kid(el("div").class("big-calls").kids(one).kids(two))
            .kids(calm.then(|| plain(w.help_tell())))
            .kid(rest),
    )
}

/// A number to call or to write to.
fn call(class: &str, scheme: &str, label: &str, number: &str) -> View {
    // A kiosk shows the number and dials nothing.
    if boot::is_kiosk() {
        return el("p").class("number").text(label).kid(el("b").text(number));
    }
    let address = format!("{scheme}:{}", Settings::dial(number));
    el("a").attrs(&[("class", class), ("href", &address)]).text(label).kid(el("b").text(number))
}

fn calls(kids: impl IntoIterator<Item = View>) -> View {
    el("div").class("calls").kids(kids)
}

fn emergency(region: &Region, w: &Words, order: Order) -> Option<View> {
    let class = if order == Order::EmergencyFirst { "btn call" } else { "btn call line" };
    // Where the number is not known to us, the words say which one to call.
    if region.emergency.is_empty() {
        return (order == Order::EmergencyFirst).then(|| lead(&region.emergency_text));
    }
    Some(calls([call(class, "tel", w.help_emergency(), &region.emergency)]))
}

/// The main line, as large buttons.
fn main_line(w: &Words, c: &Contact, calm: bool) -> View {
    let class = if calm { "btn call line" } else { "btn call" };
    group([calls(ways(w, c, class)), small_print(&format!("{}. {} {}", c.name, c.text, c.hours))])
}

fn line(w: &Words, c: &Contact) -> View {
    let hours = (!c.hours.is_empty()).then(|| small_print(&c.hours));
    el("li").kid(el("b").text(&c.name)).kid(plain(&c.text)).kids(hours).kid(calls(ways(w, c, "btn call line")))
}

/// Call, text, open: what this line offers.
fn ways(w: &Words, c: &Contact, class: &str) -> Vec<View> {
    let dial = |scheme, label: &str, number| call(class, scheme, fill(label, &[("number", "")]).trim(), number);
    let mut out = Vec::new();
    if !c.tel.is_empty() {
        out.push(dial("tel", w.help_call(), &c.tel));
    }
    if !c.sms.is_empty() {
        out.push(dial("sms", w.help_text(), &c.sms));
    }
    // An address is no use where nothing can be opened.
    if !c.url.is_empty() && !boot::is_kiosk() {
        out.push(out_link(&c.url, &fill(w.help_open(), &[("name", &c.name)])));
    }
    out
}

fn clinic(w: &Words, settings: &Settings) -> Option<View> {
    let numbers = [&settings.phone, &settings.after_hours].into_iter().filter(|n| !n.is_empty());
    let numbers: Vec<View> = numbers.map(|n| call("btn call line", "tel", w.help_clinic(), n)).collect();
    (!numbers.is_empty()).then(|| el("li").kid(el("b").text(&settings.clinic)).kid(calls(numbers)))
}

/// Another country's numbers, by the visitor's choice and never by location.
fn regions(state: State) -> View {
    let option = |r: &Region| {
        let id = r.id.clone();
        el("option").attr("value", &r.id).text(&r.name).live_flag("selected", move || state.region.with(|now| *now == id))
    };
    let select = el("select").on_value("change", move |id| state.region.set(id));
    let select = select.kids(state.pack_now().regions.iter().map(option));
    // A label around its select needs no id: the same piece stands in the dialog and in a step at once.
    el("p").class("field").kid(el("label").text(state.words().help_region()).kid(select))
}
