//! One thing to install: its name, how long it takes, and whether it is there already.

use super::error::{BROKEN, Error};
use super::wordpress_stage;
use crate::run;
use std::fs;
use std::path::Path;

/// What browsers run.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// One thing that is there or not, with its own way to be put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The standard library for wasm.
    WasmTarget,
    /// A program from a Debian package, under any of its names.
    System { programs: &'static [&'static str], package: &'static str, seconds: u32 },
    /// A program from crates.io.
    Cargo { krate: &'static str, program: &'static str, version: String, seconds: u32 },
    /// One family of fonts.
    Fonts,
    /// The packages of a folder's npm lock file.
    Npm { folder: &'static str, what: &'static str },
    /// A part of PHP that Debian packages by itself.
    PhpModule { module: &'static str, package: &'static str },
    /// A whole WordPress.
    WordPress,
}

impl Part {
    /// A program from a Debian package.
    pub const fn system(programs: &'static [&'static str], package: &'static str, seconds: u32) -> Self {
        Self::System { programs, package, seconds }
    }

    /// A program from crates.io.
    pub fn cargo(krate: &'static str, program: &'static str, version: &str, seconds: u32) -> Self {
        Self::Cargo { krate, program, version: version.to_owned(), seconds }
    }

    /// What it is called while it is installed.
    pub fn name(&self) -> String {
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

    /// The Debian package that holds it, if one does.
    pub fn package(&self) -> Option<&'static str> {
        match self {
            Self::System { package, .. } => Some(package),
            Self::Fonts => Some("fonts-noto-core"),
            Self::PhpModule { package, .. } => Some(package),
            Self::WasmTarget | Self::Cargo { .. } | Self::Npm { .. } | Self::WordPress => None,
        }
    }

    /// How long it takes on two cores and an ordinary line, roughly.
    pub fn seconds(&self) -> u32 {
        match self {
            Self::WasmTarget => 10,
            Self::PhpModule { .. } => 3,
            Self::WordPress => 15,
            Self::System { seconds, .. } | Self::Cargo { seconds, .. } => *seconds,
            Self::Fonts => 10,
            Self::Npm { .. } => 5,
        }
    }

    /// Whether it is installed, in the version that is wanted.
    pub fn is_there(&self) -> Result<bool, Error> {
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

/// A file's text.
pub fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}
