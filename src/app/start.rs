//! The first screen: what this is, that it is private, who sells the treatment, and three ways in.

use super::el::{View, el, group, svg};
use super::shell::open_help;
use super::state::{Place, State};
use super::ui::{flow, h2, lead, p, title, way};

pub fn screen(state: State) -> View {
    let w = state.words();
    let begun = state.live_now(|_, _, answers| !answers.is_empty());
    let s = &state.settings;
    // Its name stands beside it.
    let logo = (!s.logo.is_empty()).then(|| el("img").attrs(&[("class", "logo"), ("alt", ""), ("src", &s.logo)]));
    let clinic = (!s.clinic.is_empty()).then(|| el("p").class("over").kid(el("b").text(&s.clinic)));
    let welcome = (!s.welcome.is_empty()).then(|| el("p").class("own").kid(el("b").text(w.from_clinic())).text(&[" ", &s.welcome].concat()));
    let (first, small) = if begun { (w.start_resume(), "") } else { (w.start_questions(), w.start_time()) };
    let pack = state.pack_now();
    // A tool around another's questionnaire may have nothing to read and no cards.
    let read = way("way", w.start_read(), w.read_lead(), move || state.go(Place::Topics));
    let cards = way("way", w.start_cards(), w.start_cards_hint(), move || state.go(Place::Card(0)));
    let ways = group([way("way first", first, small, move || state.go(state.resume()))])
        .kids((!pack.topics.is_empty()).then_some(read))
        .kids((!pack.cards.is_empty()).then_some(cards))
        .kid(way("way", w.start_help(), w.start_help_hint(), open_help));
    let lasts = move || if state.keep.get() { w.start_kept() } else { w.start_gone() }.into();
    let fact = |title, text| el("li").kid(el("b").text(title)).text(text);
    let private = fact(w.start_private_title(), w.start_private());
    let private = if state.kiosk.is_some() {
        private.text(&format!(" {}", w.kiosk_forgets()))
    } else {
        private.text(&format!(" {} ", w.start_private_how())).kid(el("span").live_text(lasts))
    };
    let facts = [private, fact(w.start_sells_title(), w.start_sells()), fact(w.start_decides_title(), w.start_decides())];
    group(logo.into_iter().chain(clinic))
        .kid(flow([title(w.start_title()), lead(w.start_lead())]).kids(welcome))
        .kid(el("ul").class("ways").kid(ways))
        .kid(h2(w.start_know()))
        .kid(el("ul").class("facts").kids(facts))
        .kid(el("div").class("take").kid(el("div").kid(p("soft", w.start_take()))).kid(two_sheets()))
}

/// Two sheets of paper, drawn.
fn two_sheets() -> View {
    let path = |d| svg("path").attr("d", d);
    svg("svg").attrs(&[("viewBox", "0 0 128 104"), ("aria-hidden", "true")]).kids([
        path("M44 8h62v78H44z"),
        path("M20 18h62v78H20z").class("front"),
        path("M28 30h28M28 40h46v16H28zM28 64h46M28 71h46M28 78h30M28 85h38"),
        path("M90 22h10M90 34h10M90 46h10M90 58h10"),
    ])
}
