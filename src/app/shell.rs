//! What surrounds every screen: the bar with help always in the same place, the menu, the dialogs.

use super::el::{View, el, group, live};
use super::kiosk;
use super::state::{Place, State};
use super::ui::{acts, button, fill, flow, p, plain, small_print, tick, title};
use crate::browser::{boot, focus, intl, page, storage};
use engine::pack::BadSetting;

pub const HELP: &str = "help";
const CLEAR: &str = "clear";

/// The whole app.
pub fn shell(state: State) -> View {
    live(move || {
        // A change of language draws everything anew; answers and place are outside of it.
        let _ = state.pack.get();
        let main = el("main").class("main").kids(bad_settings(state)).kid(live(move || super::screen(state, state.place())));
        let foot = el("footer").class("foot").kid(plain(state.words().nothing_leaves()));
        let said = el("p").attrs(&[("class", "sr"), ("role", "status")]).live_text(move || state.said.get());
        group([bar(state), main, foot, said, help_dialog(state), clear_dialog(state), kiosk::dialogs(state)])
    })
}

/// Opens the help dialog.
pub fn open_help() {
    page::open_dialog(HELP);
    focus::to("#help h1");
}

/// Asks before everything is cleared.
pub fn ask_clear() {
    page::close_menu();
    page::open_dialog(CLEAR);
    focus::to("#clear h1");
}

fn bar(state: State) -> View {
    let w = state.words();
    let places = [button("plain", w.home(), move || state.go(Place::Start)), button("plain", w.about(), move || state.go(Place::About))];
    // A kiosk opens no files, and clears from the bar.
    let own = || [button("plain", w.open_title(), move || state.go(Place::Open)), button("plain", w.clear_all(), ask_clear)];
    let own = state.kiosk.is_none().then(own).into_iter().flatten();
    let help = button("bar-btn", w.help_now(), open_help);
    let menu = |box_: View| el("details").class("menu").kid(el("summary").text(w.menu())).kid(box_.kid(el("div").kids(places).kids(own)));
    if state.kiosk.is_some() {
        let menu = menu(el("div").class("menu-box").kid(sizes(state)).kids(tongues(state)));
        let bar = el("div").class("bar-in").kid(help).kids(kiosk::bar_buttons(state)).kid(kiosk::in_visit(state, menu));
        return el("header").class("bar").kid(bar);
    }
    let menu = menu(el("div").class("menu-box").kid(sizes(state)).kids(languages(state)).kids(keep(state)));
    let bar = el("div").class("bar-in").kids([p("mark", w.product()), help, menu]);
    el("header").class("bar").kid(bar)
}

fn sizes(state: State) -> View {
    let w = state.words();
    let size = |(label, size): (&str, usize)| {
        let pressed = move || if state.text_size.get() == size { "true" } else { "false" };
        el("button")
            .attrs(&[("type", "button"), ("aria-label", label)])
            .live_attr("aria-pressed", pressed)
            .on_click(move || state.text_size.set(size))
            .text("A")
    };
    let sizes = el("div").class("sizes").kids([(w.text_small(), 1), (w.text_medium(), 2), (w.text_large(), 3)].map(size));
    el("div").attrs(&[("role", "group"), ("aria-labelledby", "size")]).kid(small_print(w.text_size()).id("size")).kid(sizes)
}

/// The language, once there is more than one in the file.
fn languages(state: State) -> Option<View> {
    let mut langs = boot::pack_languages();
    langs.retain(|lang| state.settings.offers(lang));
    let now = &state.pack_now().lang;
    let option = |lang: &String| {
        let option = el("option").attrs(&[("value", lang), ("lang", lang)]).text(&intl::language_name(lang));
        option.attr_if("selected", (lang == now).then_some(""))
    };
    (langs.len() > 1).then(|| {
        let select = el("select").id("lang").on_value("change", move |lang| state.speak(&lang));
        el("p").kid(el("label").attr("for", "lang").text(state.words().language())).kid(select.kids(langs.iter().map(option)))
    })
}

/// The same at a kiosk: a list that the browser opens has rows too small for a finger.
fn tongues(state: State) -> Option<View> {
    let langs = boot::pack_languages();
    let tongue = |lang: &String| {
        let now = *lang == state.pack_now().lang;
        let to = lang.clone();
        let button = button("btn line", &intl::language_name(lang), move || state.speak(&to));
        let button = button.attrs(&[("lang", lang), ("aria-pressed", if now { "true" } else { "false" })]);
        if now { button.id("lang") } else { button }
    };
    (langs.len() > 1)
        .then(|| el("div").attrs(&[("class", "tongues"), ("role", "group"), ("aria-label", state.words().language())]).kids(langs.iter().map(tongue)))
}

/// A kiosk between two visits.
pub fn attract(state: State) -> View {
    kiosk::attract(state, tongues(state).into_iter().chain([sizes(state)]))
}

/// "Keep my answers": only on a page of our own, where storage works.
fn keep(state: State) -> Option<View> {
    let change = move |on: bool| if on { state.keep.set(true) } else { state.keep_no_longer() };
    storage::works().then(|| {
        let w = state.words();
        let input = el("input").attr("type", "checkbox").live_checked(move || state.keep.get()).on_tick(change);
        tick(input, "keep", w.keep_choice(), w.keep_choice_hint())
    })
}

/// What the clinic set and can't be used, named where the clinic's person will see it.
fn bad_settings(state: State) -> Option<View> {
    let bad = &state.bad_settings;
    let w = state.words();
    let line = |b: &BadSetting| plain(&fill(w.bad_setting(), &[("name", &b.name), ("want", &b.want)]));
    (!bad.is_empty()).then(|| el("div").class("note no-print").kids(bad.iter().map(line)))
}

fn dialog(id: &str, label: &str) -> View {
    el("dialog").attrs(&[("class", "panel"), ("id", id), ("aria-labelledby", label)])
}

fn help_dialog(state: State) -> View {
    let w = state.words();
    let top = el("div").class("panel-top").kid(button("btn line", w.close(), || page::close_dialog(HELP)));
    let head = flow([title(w.help_title()).id("help-title"), super::help::nobody_sees(w)]);
    dialog(HELP, "help-title").kids([top, head, super::help::numbers(state, Vec::new())])
}

fn clear_dialog(state: State) -> View {
    let w = state.words();
    let clear = move || {
        page::close_dialog(CLEAR);
        page::close_dialog(HELP);
        state.clear();
    };
    let ways = [button("btn", w.clear_yes(), clear), button("btn line", w.clear_no(), || page::close_dialog(CLEAR))];
    let ask = el("h1").attrs(&[("id", "clear-title"), ("tabindex", "-1")]).text(w.clear_ask());
    dialog(CLEAR, "clear-title").kids([ask, acts(ways)])
}
