//! Running Trunk: pre-build hook `cargo xtask pack`, post-build hook `cargo xtask bundle`.

use crate::pack::{self, Given};
use crate::run;
use std::error::Error;
use std::path::Path;

/// Builds `dist/consult-ready.html`, with a clinic's settings if a file is given.
pub fn build(root: &Path, settings: Option<&str>, given: &Given) -> Result<(), Box<dyn Error>> {
    let mut trunk = run::command("trunk")?;
    trunk.current_dir(root).args(["build", "--release"]).env("PATH", run::tool_path());
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
