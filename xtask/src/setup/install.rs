//! Installs parts: by rustup, `cargo install`, npm and the system's packages.

use super::error::{ADVICE, BROKEN, Error};
use super::part::{Part, WASM_TARGET};
use super::wordpress_stage;
use crate::run;
use std::process::Command;

/// Installs what is no system package.
pub fn install(part: &Part) -> Result<(), Error> {
    if matches!(part, Part::WordPress) {
        return wordpress_stage::install();
    }
    let mut command = match part {
        Part::WasmTarget => rustup(&["target", "add", WASM_TARGET])?,
        Part::Cargo { krate, version, .. } => cargo_install(krate, version)?,
        Part::Npm { folder, .. } => npm_ci(folder)?,
        // These come with the system's packages.
        Part::System { .. } | Part::Fonts | Part::PhpModule { .. } | Part::WordPress => return Ok(()),
    };
    run::step(&format!("Installing {}", part.name()), part.seconds(), &mut command, ADVICE)?;
    confirm(&command, part)
}

fn rustup(arguments: &[&str]) -> Result<Command, Error> {
    let mut command = run::command("rustup").map_err(|_| Error::NoRustup)?;
    command.args(arguments);
    Ok(command)
}

fn cargo_install(krate: &str, version: &str) -> Result<Command, Error> {
    let mut command = run::command("cargo")?;
    command
        .args(["install", "--locked", "--force", "--version", version, krate])
        // These tools run for a second or two and are compiled on every fresh
        // machine, so their compile time is what counts.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    Ok(command)
}

fn npm_ci(folder: &str) -> Result<Command, Error> {
    let mut command = run::command("npm")?;
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(run::root().join(folder));
    Ok(command)
}

/// Installs system packages, all in one run.
pub fn install_packages(parts: &[Part]) -> Result<(), Error> {
    let packages: Vec<&str> = parts.iter().filter_map(Part::package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    if run::find("apt-get").is_none() {
        return Err(Error::NotDebian { packages: packages.join(", ") });
    }
    let Some(root) = way_to_root()? else {
        let command = format!("apt-get update && apt-get install -y --no-install-recommends {}", packages.join(" "));
        return Err(Error::NotRoot { command });
    };
    run::step("Asking which system packages there are", 10, &mut apt_get(root, &["update"])?, ADVICE)?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(&packages);
    let mut install = apt_get(root, &arguments)?;
    run::step("Installing system packages", parts.iter().map(Part::seconds).sum(), &mut install, ADVICE)?;
    parts.iter().try_for_each(|part| confirm(&install, part))
}

/// How a command gets to run as root on this machine.
#[derive(Clone, Copy)]
enum Root {
    Already,
    Sudo,
}

fn way_to_root() -> Result<Option<Root>, Error> {
    let user = run::output(run::command("id")?.arg("-u"), BROKEN)?;
    if user.trim() == "0" {
        return Ok(Some(Root::Already));
    }
    Ok(run::find("sudo").map(|_| Root::Sudo))
}

fn apt_get(root: Root, arguments: &[&str]) -> Result<Command, Error> {
    let mut command = match root {
        Root::Already => run::command("env")?,
        Root::Sudo => {
            let mut sudo = run::command("sudo")?;
            // Set on the far side, since sudo drops most of what it is given.
            sudo.arg("env");
            sudo
        }
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
    Ok(command)
}

/// A package of the right name may hold something else, such as Ubuntu's
/// `chromium`, which only points to a snap.
fn confirm(command: &Command, part: &Part) -> Result<(), Error> {
    if part.is_there()? {
        return Ok(());
    }
    Err(Error::StillMissing { command: run::line(command), what: part.name() })
}
