//! The app's entry.
fn main() {}
