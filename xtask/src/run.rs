//! Running other programs, and finding those that cargo installed.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// Another program could not be run, or said no.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It is not on this machine.
    #[error("{0} is not on this machine")]
    NotFound(String),
    /// It is there, and the system would not start it.
    #[error("starting `{line}`: {source}")]
    NotStarted {
        /// The command as one would type it.
        line: String,
        /// The system's own words.
        source: std::io::Error,
    },
    /// It ran and failed; what it had to say it has printed.
    #[error("`{line}` failed ({status}); its own message is above")]
    Failed {
        /// The command as one would type it.
        line: String,
        /// How it ended.
        status: ExitStatus,
    },
}

/// The project's folder.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// PATH with the folders before it that `cargo install` writes to. A fresh machine
/// does not always have them there, and trunk looks for its tools on PATH alone.
pub fn tool_path() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = cargo_bins().into_iter().chain(env::split_paths(&path)).collect();
    // A folder with a colon in its name can't stand in PATH at all.
    env::join_paths(folders).unwrap_or(path)
}

/// The program's file, if it is on this machine.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&tool_path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A command that finds its program, and whatever that starts, along [`tool_path`].
pub fn command(program: &str) -> Result<Command, RunError> {
    let file = find(program).ok_or_else(|| RunError::NotFound(program.to_owned()))?;
    let mut command = Command::new(file);
    command.env("PATH", tool_path());
    Ok(command)
}

/// Runs a command with its output on this terminal.
pub fn run(command: &mut Command) -> Result<(), RunError> {
    let line = line(command);
    let status = command.status().map_err(|source| RunError::NotStarted { line, source })?;
    ended(command, status)
}

/// Runs a command and returns what it prints; its errors still reach the terminal.
pub fn output(command: &mut Command) -> Result<String, RunError> {
    let line = line(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| RunError::NotStarted { line, source })?;
    ended(command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words: Vec<_> = std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

fn ended(command: &Command, status: ExitStatus) -> Result<(), RunError> {
    if status.success() {
        return Ok(());
    }
    Err(RunError::Failed { line: line(command), status })
}

/// CARGO_INSTALL_ROOT comes first, as it does for `cargo install`.
fn cargo_bins() -> Vec<PathBuf> {
    let install_root = env::var_os("CARGO_INSTALL_ROOT").map(PathBuf::from);
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    [install_root, cargo_home].into_iter().flatten().map(|root| root.join("bin")).collect()
}
