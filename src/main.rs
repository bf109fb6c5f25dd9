//! The app's entry: mounts [`app::App`] where the page keeps room for it.

mod app;
mod components;
mod context;
mod layout;
mod platform;
mod route;
mod screens;

fn main() {
    app::mount();
}
