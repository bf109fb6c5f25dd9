//! Runs Trunk for the app and for the set-up page, and folds what it builds into files that need
//! nothing beside them.

use crate::trunk::{APP, SETUP};
use crate::{bundle, pack, run, trunk};
use std::error::Error;
use std::path::Path;

/// Builds `dist/consult-ready.html` and `dist/setup.html`, with a clinic's settings if a file is
/// given.
///
/// # Errors
/// The step that failed, with what to do about it.
pub fn build(root: &Path, settings: Option<&str>, options: &pack::Options) -> Result<(), Box<dyn Error>> {
    // Crates of every platform, since `--target` would leave out those that build scripts and
    // macros need on this machine.
    let mut fetch = run::command("cargo")?;
    fetch.current_dir(root).args(["fetch", "--locked"]);
    run::step(
        "Fetching the crates that Cargo.lock names",
        20,
        &mut fetch,
        "see that this machine reaches crates.io, then run this again",
    )?;
    for (page, does, seconds) in [(APP, "Building the app", 120), (SETUP, "Building the set-up page", 60)] {
        let advice = "mend what the lines above name; if they name a tool that is missing or of another version, run `cargo xtask setup`";
        run::step(does, seconds, &mut trunk::command(root, page, options)?, advice)?;
    }
    bundle::bundle(root, &bundle::Options { settings: settings.map(|file| root.join(file)), out: root.join("dist") })
}
