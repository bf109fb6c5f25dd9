//! The screens. They hold (answers, place, language), draw, and call the engine; they decide nothing medical.

mod about;
mod along;
mod cards;
mod check;
mod compare;
mod el;
mod help;
mod inputs;
mod open;
mod question;
mod read;
mod shell;
mod start;
mod state;
mod summary;
mod ui;

use crate::browser::{boot, dom, history};
use any_spawner::Executor;
use consult_ready::pack::{Pack, Settings};
use el::View;
use reactive_graph::owner::Owner;
use state::{Place, State};

/// Reads what the file holds and draws the app; shows the static fallback if it can't.
pub fn start() {
    let Some(lang) = boot::pack_languages().into_iter().next() else { return boot::give_up() };
    let Some(pack) = read_pack(&lang) else { return boot::give_up() };
    let regions: Vec<&str> = pack.regions.iter().map(|r| r.id.as_str()).collect();
    let (settings, bad) = Settings::read(&boot::setting_text, &regions);
    let Some(root) = dom::by_id("app") else { return boot::give_up() };
    let draw = move || {
        let state = State::new(pack, settings, bad);
        state.watch();
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

/// The pack of a language, if the file has it. Held as long as the page stands.
fn read_pack(lang: &str) -> Option<&'static Pack> {
    Pack::decode(&boot::pack_bytes(lang)).map(|pack| &*Box::leak(Box::new(pack)))
}

/// The screen for a place.
fn screen(state: State, place: Place) -> View {
    match place {
        Place::Start => start::screen(state),
        Place::Topics => read::list(state),
        Place::Topic(index) => read::topic(state, index),
        Place::Compare => compare::screen(state),
        Place::Card(index) => cards::screen(state, index),
        Place::Step { step, change } => question::screen(state, step, change),
        Place::Check => check::screen(state),
        Place::Summary => summary::screen(state),
        Place::Open => open::screen(state),
        Place::About => about::screen(state),
    }
}
