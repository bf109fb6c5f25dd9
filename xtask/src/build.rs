//! Runs Trunk for the app and for the set-up page, and folds what it builds into files that need
//! nothing beside them.

use crate::pack::{self, Given};
use crate::{bundle, reproduce, run};
use std::error::Error;
use std::path::{Path, PathBuf};

/// The app's page, which `trunk serve` takes too.
pub const APP: &str = "index.html";
/// The set-up page.
pub const SETUP: &str = "setup.html";

/// Where Trunk leaves what it built from a page.
pub fn built(root: &Path, page: &str) -> PathBuf {
    root.join("target/trunk").join(page.trim_end_matches(".html"))
}

/// Builds `dist/consult-ready.html` and `dist/setup.html`, with a clinic's settings if a file is
/// given.
///
/// # Errors
/// The step that failed, with what to do about it.
pub fn build(root: &Path, settings: Option<&str>, given: &Given) -> Result<(), Box<dyn Error>> {
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
        run::step(does, seconds, &mut trunk(root, page, given)?, advice)?;
    }
    bundle::bundle(root, &bundle::Options { settings: settings.map(|file| root.join(file)), out: root.join("dist") })
}

fn trunk(root: &Path, page: &str, given: &Given) -> Result<std::process::Command, Box<dyn Error>> {
    let mut trunk = run::command("trunk")?;
    trunk.current_dir(root).args(["build", page, "--release", "--dist"]).arg(built(root, page));
    reproduce::settle(&mut trunk, root)?;
    // Some terminals set NO_COLOR=1, which this Trunk refuses to read as a flag.
    trunk.env_remove("NO_COLOR");
    for (name, file) in [(pack::QUESTIONNAIRE, &given.questionnaire), (pack::RULES, &given.rules)] {
        match file {
            Some(file) => trunk.env(name, file),
            None => trunk.env_remove(name),
        };
    }
    if given.allow {
        trunk.env(pack::ALLOW, "1");
    }
    Ok(trunk)
}
