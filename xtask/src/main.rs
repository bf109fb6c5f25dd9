//! `cargo xtask`: everything that is done to the project from a terminal.
#![allow(clippy::print_stdout, reason = "a terminal tool speaks on standard output")]

mod pack;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    match pack::pack(root) {
        Ok(_) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("{e}");
            ExitCode::FAILURE
        }
    }
}
