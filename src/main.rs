//! The app's entry: reads the settings and the pack, then draws.

mod app;
mod browser;

fn main() {
    leptos::task::spawn_local(app::start());
}
