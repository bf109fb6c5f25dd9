//! Why the machine could not be made ready.

use crate::run::RunError;
use std::path::PathBuf;

/// What to do when something can't be downloaded.
pub const ADVICE: &str = "see that this machine reaches the network (and any proxy that it needs), then run this again: what is installed by then stays";
/// What to do when a program that is there does not answer.
pub const BROKEN: &str = "the program is there and does not answer; install it anew, then run this again";

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
        "the Rust here can't build for wasm32-unknown-unknown, and there is no rustup.\nWhat to do: install the target as Rust was \
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
