//! Runs other programs, and finds those that cargo and npm installed.
#![allow(clippy::print_stdout, reason = "the steps take minutes and say what they are doing")]

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

/// What to do when git does not answer.
pub const NO_GIT: &str = "see that this folder is a git repository with at least one commit, then run this again";

/// Another program could not be run, or said no.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It is not on this machine.
    #[error("{0} is not on this machine.\nWhat to do: run `cargo xtask setup`, which installs it, then run this again")]
    NotFound(String),
    /// It is there, and the system would not start it.
    #[error(
        "`{line}` could not be started: {source}.\nWhat to do: see that the program may be run by this user, then run this again"
    )]
    NotStarted {
        /// The command as one would type it.
        line: String,
        /// The system's own words.
        source: std::io::Error,
    },
    /// It ran and failed; what it had to say it has printed.
    #[error("`{line}` failed ({status}); its own message is above.\nWhat to do: {advice}")]
    Failed {
        /// The command as one would type it.
        line: String,
        /// How it ended.
        status: ExitStatus,
        /// What the user can do about it.
        advice: &'static str,
    },
}

/// The project's folder.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The folder of the npm packages that the build itself needs.
pub fn npm_tools() -> PathBuf {
    root().join("xtask/tools")
}

/// PATH with the folders before it that npm and `cargo install` write to. A fresh machine
/// does not always have them there, and Trunk looks for its tools on PATH alone.
pub fn tool_path() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let npm = npm_tools().join("node_modules/.bin");
    let folders: Vec<PathBuf> = std::iter::once(npm).chain(cargo_bins()).chain(env::split_paths(&path)).collect();
    // A folder with a colon in its name can't stand in PATH at all.
    env::join_paths(folders).unwrap_or(path)
}

/// The program's file, if it is on this machine.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&tool_path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// A command that finds its program, and whatever that starts, along [`tool_path`]. The backtrace
/// of another program tells a user nothing, so it prints none.
pub fn command(program: &str) -> Result<Command, RunError> {
    let file = find(program).ok_or_else(|| RunError::NotFound(program.to_owned()))?;
    let mut command = Command::new(file);
    command.env("PATH", tool_path()).env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
    Ok(command)
}

/// Runs a command that takes a while: first says what it does and about how long that takes on two
/// cores.
///
/// # Errors
/// [`RunError::Failed`] with `advice`, so that the last line a user reads says what to do.
pub fn step(does: &str, seconds: u32, command: &mut Command, advice: &'static str) -> Result<(), RunError> {
    println!("> {does}, about {seconds} s: {}", line(command));
    let start = Instant::now();
    run(command, advice)?;
    println!("  done in {} s", start.elapsed().as_secs());
    Ok(())
}

/// Runs a command with its output on this terminal.
///
/// # Errors
/// [`RunError::Failed`] with `advice`, so that the last line a user reads says what to do.
pub fn run(command: &mut Command, advice: &'static str) -> Result<(), RunError> {
    let line = line(command);
    let status = command.status().map_err(|source| RunError::NotStarted { line, source })?;
    ended(command, status, advice)
}

/// Runs a command and returns what it prints; its errors still reach the terminal.
///
/// # Errors
/// As [`run`].
pub fn output(command: &mut Command, advice: &'static str) -> Result<String, RunError> {
    let line = line(command);
    let output = command.stderr(Stdio::inherit()).output().map_err(|source| RunError::NotStarted { line, source })?;
    ended(command, output.status, advice)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words: Vec<_> = std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

fn ended(command: &Command, status: ExitStatus, advice: &'static str) -> Result<(), RunError> {
    if status.success() {
        return Ok(());
    }
    Err(RunError::Failed { line: line(command), status, advice })
}

/// CARGO_INSTALL_ROOT comes first, as it does for `cargo install`.
fn cargo_bins() -> Vec<PathBuf> {
    let install_root = env::var_os("CARGO_INSTALL_ROOT").map(PathBuf::from);
    let cargo_home =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    [install_root, cargo_home].into_iter().flatten().map(|root| root.join("bin")).collect()
}
