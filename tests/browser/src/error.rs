//! What can go wrong, told so that the reader of a failed run needs nothing else.

use std::fmt;
use std::panic::Location;
use std::path::PathBuf;
use std::result;

use thirtyfour::error::WebDriverError;

/// What journeys return.
pub type Result<T, E = Error> = result::Result<T, E>;

/// A fault and the line of the journey that met it.
#[derive(thiserror::Error)]
#[error("{at}: {fault}")]
pub struct Error {
    at: &'static Location<'static>,
    fault: Box<Fault>,
}

impl Error {
    /// The fault, without its place.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }
}

/// A test that returns an error has it printed by `Debug`. A screen told in one
/// escaped line can't be read, so `Debug` says what `Display` says.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Every way a journey can fail, apart from its own assertions.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A browser, a driver or a tool is not on this machine. A test that skips
    /// itself proves nothing, so this fails.
    #[error("{0} is not on this machine: run `cargo xtask setup`")]
    Missing(String),
    /// The file under test is not there.
    #[error("{0} is missing: build it with `cargo xtask build`, or name another file in CONSULT_READY_FILE")]
    NoFile(PathBuf),
    /// A driver did not start; its own words are the rest.
    #[error("{program} did not start: {why}\n{log}")]
    NotStarted {
        /// The program that was started.
        program: String,
        /// What was seen of it from outside.
        why: String,
        /// The end of what it printed.
        log: String,
    },
    /// Something was looked for until the deadline.
    #[error("waited {seconds} s for {wanted}\n{screen}")]
    Waited {
        /// How long.
        seconds: u64,
        /// What was looked for, and what was found instead.
        wanted: String,
        /// What a person would have seen then.
        screen: String,
    },
    /// Asked of an engine that can't do it.
    #[error("{engine} can't {what}")]
    Unable {
        /// The engine's name.
        engine: &'static str,
        /// What was asked.
        what: &'static str,
    },
    /// A helper such as pdftotext failed, or an answer had another shape than agreed.
    #[error("{0}")]
    Tool(String),
    /// The driver refused a command.
    #[error("{doing}: {source}")]
    Driver {
        /// The command, as the journey knows it.
        doing: String,
        /// The driver's own words.
        source: WebDriverError,
    },
    /// A file, a socket or a process.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: String,
        /// The system's own words.
        source: std::io::Error,
    },
}

/// Adds the caller's place, so that the message points into the journey and not
/// into this harness.
#[track_caller]
pub(crate) fn located<T>(result: result::Result<T, Fault>) -> Result<T> {
    let at = Location::caller();
    result.map_err(|fault| Error { at, fault: Box::new(fault) })
}

/// Says what was being done when a driver or the system refused.
pub(crate) trait Doing<T> {
    fn doing(self, what: impl Into<String>) -> result::Result<T, Fault>;
}

impl<T> Doing<T> for result::Result<T, std::io::Error> {
    fn doing(self, what: impl Into<String>) -> result::Result<T, Fault> {
        self.map_err(|source| Fault::Io { doing: what.into(), source })
    }
}

impl<T> Doing<T> for result::Result<T, WebDriverError> {
    fn doing(self, what: impl Into<String>) -> result::Result<T, Fault> {
        self.map_err(|source| Fault::Driver { doing: what.into(), source })
    }
}
