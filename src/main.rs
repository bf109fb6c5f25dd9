//! The app's entry: reads the settings and the pack, then draws.

mod app;
mod browser;

fn main() {
    wasm_bindgen_futures::spawn_local(app::start());
}
