//! Runs Trunk: its pre-build hook is `cargo xtask pack`, its post-build hook `cargo xtask bundle`.

use crate::pack::{self, Given};
use crate::run;
use std::error::Error;
use std::path::Path;

/// Builds `dist/consult-ready.html`, with a clinic's settings if a file is given.
pub fn build(root: &Path, settings: Option<&str>, given: &Given) -> Result<(), Box<dyn Error>> {
    // Trunk builds offline. Crates of every platform are fetched, since `--target` would leave out those that build
    // scripts and macros need on this machine.
    let mut fetch = run::command("cargo")?;
    fetch.current_dir(root).args(["fetch", "--locked"]);
    run::step("Fetching the crates that Cargo.lock names", 20, &mut fetch, "see that this machine reaches crates.io, then run this again")?;
    let mut trunk = run::command("trunk")?;
    trunk.current_dir(root).args(["build", "--release"]);
    // Some terminals set NO_COLOR=1, which this Trunk refuses to read as a flag.
    trunk.env_remove("NO_COLOR");
    match settings {
        Some(file) => trunk.env("CONSULT_READY_SETTINGS", file),
        None => trunk.env_remove("CONSULT_READY_SETTINGS"),
    };
    for (name, file) in [(pack::QUESTIONNAIRE, &given.questionnaire), (pack::RULES, &given.rules)] {
        match file {
            Some(file) => trunk.env(name, file),
            None => trunk.env_remove(name),
        };
    }
    if given.allow {
        trunk.env(pack::ALLOW, "1");
    }
    let advice = "mend what the lines above name; if they name a tool that is missing or of another version, run `cargo xtask setup`";
    Ok(run::step("Building the app", 120, &mut trunk, advice)?)
}
