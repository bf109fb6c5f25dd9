//! `cargo xtask test`: every test, in the order in which a fault is cheapest to find.

use crate::{build, run, setup};
use std::error::Error;
use std::path::Path;
use std::process::Command;

const ADVICE: &str = "the lines above name what failed; mend it, or run that one test by its name with `cargo test`";

/// Sets up, then runs everything.
pub fn test(root: &Path) -> Result<(), Box<dyn Error>> {
    let cargo = |arguments: &[&str]| -> Result<(), Box<dyn Error>> { Ok(run::run(Command::new("cargo").current_dir(root).args(arguments), ADVICE)?) };
    cargo(&["fmt", "--all", "--check"])?;
    // What reads PDF files back: a minute, and the tests below call it.
    setup::setup(&[setup::Need::Poppler])?;
    cargo(&["test", "--package", "engine", "--package", "export", "--package", "content", "--package", "native-tests", "--package", "xtask"])?;
    // The random walks again, a hundred thousand of them.
    cargo(&["test", "--profile", "walks", "--package", "native-tests", "--test", "walks"])?;
    setup::setup(setup::Need::BUILD)?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    let wasm = ["clippy", "--target", "wasm32-unknown-unknown", "--features", "app", "--bins", "--", "--deny", "warnings"];
    cargo(&wasm)?;
    build::build(root, Some("public/demo-settings.json"), &crate::pack::Given::default())?;
    setup::setup(setup::Need::TEST)?;
    // Browsers share two cores with the tests; more at once only makes each wait.
    let browser = ["test", "--package", "consult-ready-browser", "--", "--test-threads", "2"];
    Ok(run::run(Command::new("cargo").current_dir(root).args(browser).env("PATH", run::tool_path()), ADVICE)?)
}
