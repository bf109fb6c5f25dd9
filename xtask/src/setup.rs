//! Installs what the build and the tests need.
//!
//! What is there already stays as it is. The rest comes from rustup, `cargo install`, the
//! system's packages and two npm lock files, each at a named version where that
//! matters. Trunk could download its own tools, but then a build would depend on
//! what a server hands out that day.
#![allow(clippy::print_stdout, reason = "set-up takes minutes and says what it is doing")]

mod error;
mod install;
mod need;
mod part;
mod wordpress_stage;

pub use error::Error;
pub use need::Need;
pub use part::WASM_TARGET;

use install::{install, install_packages};
use part::Part;

/// Puts in place what is missing of these, and says what it does meanwhile.
pub fn setup(what: &[Need]) -> Result<(), Error> {
    let missing = missing_parts(what)?;
    if missing.is_empty() {
        return Ok(());
    }
    let seconds: u32 = missing.iter().map(Part::seconds).sum();
    println!(
        "Set-up, once on this machine, about {seconds} s in all: {}.",
        missing.iter().map(Part::name).collect::<Vec<_>>().join(", ")
    );
    // System packages first, and all at once: npm's packages need npm.
    let (system, other): (Vec<Part>, Vec<Part>) = missing.into_iter().partition(|part| part.package().is_some());
    install_packages(&system)?;
    other.iter().try_for_each(install)
}

fn missing_parts(what: &[Need]) -> Result<Vec<Part>, Error> {
    let mut missing = Vec::new();
    for need in what {
        for part in need.parts()? {
            if !missing.contains(&part) && !part.is_there()? {
                missing.push(part);
            }
        }
    }
    Ok(missing)
}
