//! Running Trunk: pre-build hook `cargo xtask pack`, post-build hook `cargo xtask bundle`.
//!
//! Rust's standard library is built along, so that a panic stops at once. The one that comes with Rust first puts its
//! words together, which nobody would read here: 8 kB of the file. Stable Cargo does this only when told that we know
//! it may change. Trunk.toml keeps what is told from its hooks, which build for this machine; a `trunk build` by hand
//! does without, and makes a larger file of the same behaviour.

use crate::pack::{self, Given};
use crate::{run, setup};
use std::error::Error;
use std::path::Path;

/// What tells Cargo and rustc to build the standard library, and a panic to stop at once.
const STOPS_AT_ONCE: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort"),
];

/// Builds `dist/consult-ready.html`, with a clinic's settings if a file is given.
pub fn build(root: &Path, settings: Option<&str>, given: &Given) -> Result<(), Box<dyn Error>> {
    // Trunk builds offline, so what the standard library needs comes first.
    run::run(run::command("cargo")?.current_dir(root).args(["fetch", "--quiet", "--target", setup::WASM_TARGET]).envs(STOPS_AT_ONCE))?;
    let mut trunk = run::command("trunk")?;
    trunk.current_dir(root).args(["build", "--release"]).envs(STOPS_AT_ONCE);
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
    Ok(run::run(&mut trunk)?)
}
