//! Installs what the build and the tests need.
//!
//! What is there already stays as it is. The rest comes from rustup, `cargo install`, the
//! system's packages and two npm lock files, each at a named version where that
//! matters. Trunk could download its own tools, but then a build would depend on
//! what a server hands out that day.
#![allow(clippy::print_stdout, reason = "set-up takes minutes and says what it is doing")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{self, RunError};
use crate::wordpress_stage;

/// What browsers run.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";
const TRUNK_VERSION: &str = "0.21.14";
const GECKODRIVER_VERSION: &str = "0.37.1";
pub const ADVICE: &str = "see that this machine reaches the network (and any proxy that it needs), then run this again: what is installed by then stays";
pub const BROKEN: &str = "the program is there and does not answer; install it anew, then run this again";

/// Something the build or the tests can't do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The standard library for wasm.
    WasmTarget,
    /// wasm-bindgen's command, at exactly the version of the crate in Cargo.lock.
    WasmBindgen,
    /// Trunk, which drives the build.
    Trunk,
    /// binaryen's optimiser, at the version that `xtask/tools/package-lock.json` names.
    WasmOpt,
    /// Chromium and its driver.
    Chromium,
    /// Firefox and its driver, which Debian does not package.
    Firefox,
    /// WebKitGTK, its driver, and a screen for it that nobody sees.
    WebKit,
    /// A screen reader, the bus it speaks on, and what gives a window the keyboard.
    Orca,
    /// The tools that read printed files back.
    Poppler,
    /// One family of fonts, so that lines break alike on every machine.
    Fonts,
    /// What comes from npm, for tests alone.
    NodeOracles,
    /// Runs the Nu Html Checker.
    Java,
    /// PHP and a real WordPress, for the tests of the plugin.
    WordPress,
}

impl Need {
    /// What `trunk build` needs.
    pub const BUILD: &'static [Self] = &[Self::WasmTarget, Self::WasmBindgen, Self::Trunk, Self::WasmOpt];

    /// What the browser tests need on top of that.
    pub const TEST: &'static [Self] =
        &[Self::Chromium, Self::Firefox, Self::WebKit, Self::Poppler, Self::Fonts, Self::NodeOracles, Self::WordPress];

    // It is long as a table is: one row for each need.
    fn parts(self) -> Result<Vec<Part>, Error> {
        Ok(match self {
            Self::WasmTarget => vec![Part::WasmTarget],
            Self::WasmBindgen => {
                let version = locked_version("wasm-bindgen")?;
                vec![Part::cargo("wasm-bindgen-cli", "wasm-bindgen", &version, 180)]
            }
            Self::Trunk => vec![Part::cargo("trunk", "trunk", TRUNK_VERSION, 480)],
            Self::WasmOpt => {
                vec![NODE, NPM, Part::Npm { folder: "xtask/tools", what: "binaryen, which makes the wasm smaller" }]
            }
            Self::Chromium => vec![
                Part::system(&["chromium", "chromium-browser", "google-chrome"], "chromium", 30),
                Part::system(&["chromedriver"], "chromium-driver", 5),
            ],
            Self::Firefox => {
                vec![
                    Part::system(&["firefox-esr", "firefox"], "firefox-esr", 20),
                    Part::cargo("geckodriver", "geckodriver", GECKODRIVER_VERSION, 60),
                ]
            }
            Self::WebKit => {
                vec![Part::system(&["WebKitWebDriver"], "webkit2gtk-driver", 30), Part::system(&["Xvfb"], "xvfb", 10)]
            }
            Self::Orca => {
                vec![
                    Part::system(&["orca"], "orca", 10),
                    Part::system(&["dbus-daemon"], "dbus", 5),
                    Part::system(&["xdotool"], "xdotool", 5),
                ]
            }
            Self::Poppler => vec![Part::system(&["pdftotext"], "poppler-utils", 5), Part::system(&["qpdf"], "qpdf", 5)],
            Self::Fonts => vec![Part::Fonts],
            Self::NodeOracles => {
                vec![NODE, NPM, Part::Npm { folder: "tests/oracles", what: "the npm packages of tests/oracles" }]
            }
            Self::Java => vec![Part::system(&["java"], "default-jre-headless", 40)],
            Self::WordPress => {
                let modules =
                    [("pdo_sqlite", "php-sqlite3"), ("mbstring", "php-mbstring"), ("dom", "php-xml"), ("gd", "php-gd")];
                let mut parts = vec![NODE, NPM, Part::system(&["php"], "php-cli", 15)];
                parts.extend(modules.map(|(module, package)| Part::PhpModule { module, package }));
                parts.push(Part::WordPress);
                parts
            }
        })
    }
}

/// Why the machine could not be made ready, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// System packages are missing and this is not Debian or a relative of it.
    #[error(
        "this machine has no apt-get.\nWhat to do: install what Debian calls {packages} in this system's own way, then run this again"
    )]
    NotDebian {
        /// Debian's names for them.
        packages: String,
    },
    /// System packages are missing and there is no way to become root.
    #[error("installing system packages needs root.\nWhat to do: run `{command}` as root, then run this again")]
    NotRoot {
        /// What to run.
        command: String,
    },
    /// Rust came without rustup, so the target has to come the same way.
    #[error(
        "the Rust here can't build for {WASM_TARGET}, and there is no rustup.\nWhat to do: install the target as Rust was \
         (Debian: libstd-rust-dev-wasm32), or install rustup (https://rustup.rs), then run this again"
    )]
    NoRustup,
    /// Cargo.lock does not name a crate whose version is needed.
    #[error("{path} names no {name}.\nWhat to do: run `cargo generate-lockfile`, then run this again")]
    NotLocked {
        /// The lock file.
        path: PathBuf,
        /// The crate.
        name: &'static str,
    },
    /// An installation went through and the thing is still not there.
    #[error(
        "`{command}` went through, yet {what} is still missing.\nWhat to do: install {what} by hand, see that it is on PATH, then run this again"
    )]
    StillMissing {
        /// What was run.
        command: String,
        /// What is missing.
        what: String,
    },
    /// A file could not be read.
    #[error(
        "{path} can't be read: {source}.\nWhat to do: see that the file is there (`git status` lists what is gone), then run this again"
    )]
    Read {
        /// Which.
        path: PathBuf,
        /// The system's own words.
        source: std::io::Error,
    },
    /// What was downloaded has other bytes than those that were looked at.
    #[error(
        "{path} is not the package that this expects: its SHA-512 differs. Delete it, and find out why before you change the sum"
    )]
    Changed {
        /// Where it was put.
        path: PathBuf,
    },
    /// A command failed.
    #[error(transparent)]
    Run(#[from] RunError),
}

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

/// One thing that is there or not, with its own way to be put there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    WasmTarget,
    /// A program from a Debian package, under any of its names.
    System {
        programs: &'static [&'static str],
        package: &'static str,
        seconds: u32,
    },
    /// A program from crates.io.
    Cargo {
        krate: &'static str,
        program: &'static str,
        version: String,
        seconds: u32,
    },
    Fonts,
    /// The packages of a folder's npm lock file.
    Npm {
        folder: &'static str,
        what: &'static str,
    },
    /// A part of PHP that Debian packages by itself.
    PhpModule {
        module: &'static str,
        package: &'static str,
    },
    WordPress,
}

const NODE: Part = Part::system(&["node"], "nodejs", 15);
const NPM: Part = Part::system(&["npm"], "npm", 40);

impl Part {
    const fn system(programs: &'static [&'static str], package: &'static str, seconds: u32) -> Self {
        Self::System { programs, package, seconds }
    }

    fn cargo(krate: &'static str, program: &'static str, version: &str, seconds: u32) -> Self {
        Self::Cargo { krate, program, version: version.to_owned(), seconds }
    }

    fn name(&self) -> String {
        match self {
            Self::WasmTarget => WASM_TARGET.to_owned(),
            Self::System { package, .. } => (*package).to_owned(),
            Self::Cargo { krate, version, .. } => format!("{krate} {version}"),
            Self::Fonts => "fonts-noto-core".to_owned(),
            Self::Npm { what, .. } => (*what).to_owned(),
            Self::PhpModule { package, .. } => (*package).to_owned(),
            Self::WordPress => "WordPress".to_owned(),
        }
    }

    fn package(&self) -> Option<&'static str> {
        match self {
            Self::System { package, .. } => Some(package),
            Self::Fonts => Some("fonts-noto-core"),
            Self::PhpModule { package, .. } => Some(package),
            Self::WasmTarget | Self::Cargo { .. } | Self::Npm { .. } | Self::WordPress => None,
        }
    }

    /// How long it takes on two cores and an ordinary line, roughly.
    fn seconds(&self) -> u32 {
        match self {
            Self::WasmTarget => 10,
            Self::PhpModule { .. } => 3,
            Self::WordPress => 15,
            Self::System { seconds, .. } | Self::Cargo { seconds, .. } => *seconds,
            Self::Fonts => 10,
            Self::Npm { .. } => 5,
        }
    }

    fn is_there(&self) -> Result<bool, Error> {
        match self {
            Self::WasmTarget => has_wasm_target(),
            Self::System { programs, .. } => Ok(programs.iter().any(|program| run::find(program).is_some())),
            Self::Cargo { program, version, .. } => has_version(program, version),
            Self::Fonts => Ok(has_fonts()),
            Self::PhpModule { module, .. } => wordpress_stage::has_php_module(module),
            Self::WordPress => Ok(wordpress_stage::is_there()),
            Self::Npm { folder, .. } => has_npm_packages(folder),
        }
    }
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

/// Asks the compiler and not rustup, since Rust may come from elsewhere.
fn has_wasm_target() -> Result<bool, Error> {
    let mut rustc = run::command("rustc")?;
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let folder = run::output(&mut rustc, BROKEN)?;
    Ok(Path::new(folder.trim()).is_dir())
}

fn has_version(program: &str, version: &str) -> Result<bool, Error> {
    if run::find(program).is_none() {
        return Ok(false);
    }
    let printed = run::output(run::command(program)?.arg("--version"), BROKEN)?;
    Ok(printed.split_whitespace().any(|word| word == version))
}

fn has_fonts() -> bool {
    // Where Debian, Arch and Fedora put them.
    ["truetype/noto", "noto", "google-noto"].iter().any(|folder| Path::new("/usr/share/fonts").join(folder).is_dir())
}

/// npm keeps a copy of the lock file beside what it installed. Checksums in the
/// one that the other lacks mean that something changed since.
fn has_npm_packages(folder: &str) -> Result<bool, Error> {
    let folder = run::root().join(folder);
    let lock = read(&folder.join("package-lock.json"))?;
    let Ok(installed) = fs::read_to_string(folder.join("node_modules/.package-lock.json")) else {
        return Ok(false);
    };
    Ok(lock.lines().filter(|line| line.contains("\"integrity\"")).all(|line| installed.contains(line.trim())))
}

fn install(part: &Part) -> Result<(), Error> {
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

fn install_packages(parts: &[Part]) -> Result<(), Error> {
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

/// The version of a crate in Cargo.lock, whose form is fixed enough to read by line.
fn locked_version(name: &'static str) -> Result<String, Error> {
    let path = run::root().join("Cargo.lock");
    let lock = read(&path)?;
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted).skip(1);
    lines
        .next()
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or(Error::NotLocked { path, name })
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::{Need, locked_version};

    #[test]
    fn wasm_bindgens_version_is_read_from_the_lock_file() {
        let version = locked_version("wasm-bindgen").unwrap_or_default();
        assert!(version.starts_with("0.2."), "read “{version}”");
    }

    #[test]
    fn what_is_not_locked_is_named() {
        let error = locked_version("no-such-crate").map_err(|error| error.to_string());
        assert!(error.is_err_and(|message| message.contains("no-such-crate")));
    }

    #[test]
    fn serve_installs_nothing_that_only_tests_need() {
        assert!(Need::BUILD.iter().all(|need| !Need::TEST.contains(need)));
    }
}
