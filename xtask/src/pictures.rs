//! `cargo xtask pictures`: every screen as a picture, for people to look at.

use crate::{run, setup};
use std::error::Error;
use std::path::Path;
use std::process::Command;

const ADVICE: &str =
    "the lines above name the screen that was not reached; `cargo xtask build` makes the file that is looked at";

/// Walks through the built file in Chromium at two widths and in both languages, and leaves
/// pictures and contact sheets in `target/pictures/`.
///
/// # Errors
/// There is no built file, or a screen was not reached.
pub fn pictures(root: &Path) -> Result<(), Box<dyn Error>> {
    setup::setup(setup::Need::TEST)?;
    let arguments = ["test", "--package", "consult-ready-browser", "--test", "pictures", "--", "--ignored"];
    let mut command = Command::new("cargo");
    command.current_dir(root).args(arguments).env("PATH", run::tool_path());
    run::step("Taking a picture of every screen", 600, &mut command, ADVICE)?;
    println!(
        "The contact sheets are sheet-1.png and so on in each folder of {}",
        root.join("target/pictures").display()
    );
    Ok(())
}
