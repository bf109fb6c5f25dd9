//! The app's entry: reads the settings and the pack, then draws.

mod app;
mod browser;

fn main() {
    app::start();
}
