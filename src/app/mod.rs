//! The screens. They hold (answers, place, language), draw, and call the engine; they decide nothing medical.

mod about;
mod along;
mod cards;
mod check;
mod compare;
mod el;
mod help;
mod inputs;
mod kiosk;
mod open;
mod question;
mod read;
mod shell;
mod signal;
mod start;
mod state;
mod summary;
mod ui;

use crate::browser::{boot, dom, history, page};
use any_spawner::Executor;
use el::View;
use engine::pack::{Known, Pack, Settings};
use engine::{refused, theme};
use reactive_graph::owner::Owner;
use state::{Place, State};

/// Reads what the file holds and draws the app; shows the static fallback if it can't.
pub fn start() {
    let languages = boot::pack_languages();
    let Some(content) = languages.first().and_then(|lang| decode(lang)) else { return boot::give_up() };
    let names: Vec<&str> = languages.iter().map(String::as_str).collect();
    let refuses = |text: &str| refused::first([&*content], text);
    let (settings, bad) = Settings::read(&boot::setting_text, &boot::setting_names(), &Known::of(content, &names, &refuses));
    let offered = languages.iter().find(|lang| settings.offers(lang)).filter(|lang| **lang != content.lang);
    let Some(pack) = offered.map_or(Some(content), |lang| decode(lang)) else { return boot::give_up() };
    let pack = hold(pack, &settings);
    dress(&settings);
    let Some(root) = dom::by_id("app") else { return boot::give_up() };
    let draw = move || {
        let state = State::new(pack, settings, bad);
        state.watch();
        kiosk::watch(state);
        history::replace(state.place_now());
        history::on_move(move |step| state.moved_to(step));
        shell::shell(state).put_into(&root);
    };
    // It fails only where an executor was set before, and there is none.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(draw);
    // The app stands as long as the page does.
    std::mem::forget(owner);
    boot::show();
}

/// The pack of a language, if the file has it. Held as long as the page stands, so it is leaked.
fn decode(lang: &str) -> Option<&'static mut Pack> {
    Pack::decode(&boot::pack_bytes(lang)).map(|pack| Box::leak(Box::new(pack)))
}

/// The pack as the clinic has set it.
fn hold(pack: &'static mut Pack, settings: &Settings) -> &'static Pack {
    pack.leave_out(&|section| settings.leaves_out(section));
    pack
}

/// The clinic's look, on the whole document.
fn dress(settings: &Settings) {
    if let Some(theme) = theme::derive(&settings.colours()) {
        for (shades, ending) in [(theme.light, ""), (theme.dark, "-dark")] {
            for (name, colour) in shades {
                dom::set_property(&["--cr-", name, ending].concat(), &colour.css());
            }
        }
    }
    if !settings.corners.is_empty() {
        dom::set_property("--r", &[&settings.corners, "px"].concat());
    }
    page::set_root("data-font", &settings.font);
    el::set_rank(settings.heading.parse().unwrap_or(1));
}

/// The screen for a place.
fn screen(state: State, place: Place) -> View {
    match place {
        Place::Attract => shell::attract(state),
        Place::Start => start::screen(state),
        Place::Topics => read::list(state),
        Place::Topic(index) => read::topic(state, index),
        Place::Compare => compare::screen(state),
        Place::Card(index) => cards::screen(state, index),
        Place::Step { step, change } => question::screen(state, step, change),
        Place::Check => check::screen(state),
        Place::Summary => summary::screen(state),
        Place::Desk if state.kiosk.is_some() => kiosk::desk(state),
        Place::Desk => along::alone(state),
        Place::Open => open::screen(state),
        Place::About => about::screen(state),
    }
}
