//! Programs the harness starts, and their certain end.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::error::{Doing, Fault};

/// Between two looks at something that is not there yet.
pub(crate) const LOOK_AGAIN: Duration = Duration::from_millis(25);

const START_DEADLINE: Duration = Duration::from_secs(20);
const ASK_DEADLINE: Duration = Duration::from_secs(1);
const KILL_DEADLINE: Duration = Duration::from_secs(5);
const MARK: &str = "CONSULT_READY_BROWSER_TEST";

/// Finds a program on PATH or among the tools that cargo installed, which a
/// fresh machine does not always have on PATH.
pub(crate) fn find(program: &str) -> Result<PathBuf, Fault> {
    let cargo_home =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let cargo_bins =
        env::var_os("CARGO_INSTALL_ROOT").map(PathBuf::from).into_iter().chain(cargo_home).map(|root| root.join("bin"));
    let path = env::var_os("PATH").unwrap_or_default();
    cargo_bins
        .chain(env::split_paths(&path))
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
        .ok_or_else(|| Fault::Missing(program.to_owned()))
}

/// The first of several names that one program goes by.
pub(crate) fn find_any(programs: &[&str]) -> Result<PathBuf, Fault> {
    programs.iter().find_map(|program| find(program).ok()).ok_or_else(|| Fault::Missing(programs.join(" or ")))
}

/// A port nobody listens on. The drivers can pick one themselves, but only two
/// of the three say which.
pub(crate) fn free_port() -> Result<u16, Fault> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).doing("looking for a free port")?;
    let address = listener.local_addr().doing("reading the free port's number")?;
    Ok(address.port())
}

/// Programs that belong to one browser, ended together when this is dropped.
///
/// Browsers leave their driver's process group, and some of their helpers leave
/// their parent. What none of them sheds is its environment, so every program
/// gets a mark there and everything that carries it is killed.
pub(crate) struct Household {
    mark: String,
    folder: PathBuf,
    env: BTreeMap<String, String>,
    children: Vec<Child>,
    /// Held as long as a screen reader runs.
    alone: Option<MutexGuard<'static, ()>>,
}

impl Household {
    /// Everything the programs write goes below `folder`: profiles, caches, logs.
    pub(crate) fn new(folder: &Path) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mark = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let at = |name: &str| folder.join(name).display().to_string();
        let env = [
            ("TMPDIR", folder.display().to_string()),
            ("XDG_CONFIG_HOME", at("config")),
            ("XDG_CACHE_HOME", at("cache")),
            ("XDG_DATA_HOME", at("data")),
            (MARK, mark.clone()),
        ]
        .map(|(name, value)| (name.to_owned(), value));
        Self { mark, folder: folder.to_owned(), env: BTreeMap::from(env), children: Vec::new(), alone: None }
    }

    /// Waits until no other household of this process runs a screen reader: a machine takes one at
    /// a time.
    pub(crate) fn be_alone(&mut self) {
        static SCREEN_READER: Mutex<()> = Mutex::new(());
        // A test that failed has left nothing behind that the next could meet.
        self.alone = Some(SCREEN_READER.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Sets a variable for the programs started after this.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.env.insert(name.to_owned(), value.to_owned());
    }

    /// Tells programs that ask the desktop where downloads go. Others are asked by their own
    /// settings.
    pub(crate) fn save_downloads(&self) -> Result<(), Fault> {
        let config = self.folder.join("config");
        let line = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", self.folder.join("downloads").display());
        fs::create_dir_all(&config)
            .and_then(|()| fs::write(config.join("user-dirs.dirs"), line))
            .doing("saying where downloads go")
    }

    /// Starts a program that prints a line when it is ready, and returns that line.
    pub(crate) fn start_and_read(&mut self, mut command: Command) -> Result<String, Fault> {
        command.stdout(Stdio::piped()).stderr(self.log()?);
        let program = self.spawn(command)?;
        let output = self.children.last_mut().and_then(|child| child.stdout.take());
        let mut line = String::new();
        if let Some(output) = output {
            BufReader::new(output).read_line(&mut line).doing(format!("reading from {program}"))?;
        }
        if line.trim().is_empty() {
            return Err(self.not_started(&program, "it ended without a word"));
        }
        Ok(line.trim().to_owned())
    }

    /// Starts a program and waits until it listens on the port.
    pub(crate) fn start_on_port(&mut self, mut command: Command, port: u16) -> Result<(), Fault> {
        command.stdout(self.log()?).stderr(self.log()?);
        let program = self.spawn(command)?;
        let deadline = Instant::now() + START_DEADLINE;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = self.children.last_mut().and_then(|child| child.try_wait().ok().flatten());
            if let Some(status) = ended {
                return Err(self.not_started(&program, &format!("it ended with {status}")));
            }
            if Instant::now() > deadline {
                return Err(self.not_started(&program, &format!("nothing listens on port {port}")));
            }
            thread::sleep(LOOK_AGAIN);
        }
        Ok(())
    }

    /// Where everything of this browser is written.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a program to its end.
    pub(crate) fn run(&self, mut command: Command) -> Result<(), Fault> {
        let program = command.get_program().to_string_lossy().into_owned();
        let status = command
            .stdin(Stdio::null())
            .stdout(self.log()?)
            .stderr(self.log()?)
            .envs(&self.env)
            .status()
            .doing(format!("running {program}"))?;
        if status.success() { Ok(()) } else { Err(self.not_started(&program, &format!("it ended with {status}"))) }
    }

    /// Starts a program that says in its own way when it is ready.
    pub(crate) fn start(&mut self, mut command: Command) -> Result<(), Fault> {
        command.stdout(self.log()?).stderr(self.log()?);
        self.spawn(command).map(drop)
    }

    /// Kilobytes of memory that all the programs have, a shared page by the share that each has in
    /// it.
    pub(crate) fn memory(&self) -> u64 {
        let of = |pid: Pid| fs::read_to_string(format!("/proc/{}/smaps_rollup", pid.as_raw_nonzero())).ok();
        let share = |told: String| {
            let line = told.lines().find_map(|line| line.strip_prefix("Pss:"))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        };
        marked(&self.mark).into_iter().filter_map(of).filter_map(share).sum()
    }

    /// The end of what the programs printed.
    pub(crate) fn last_words(&self) -> String {
        let bytes = fs::read(self.folder.join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = log.lines().collect();
        let from = lines.len().saturating_sub(30);
        lines.get(from..).unwrap_or_default().join("\n")
    }

    fn spawn(&mut self, mut command: Command) -> Result<String, Fault> {
        let program = command.get_program().to_string_lossy().into_owned();
        command.stdin(Stdio::null()).envs(&self.env);
        let child = command.spawn().doing(format!("starting {program}"))?;
        self.children.push(child);
        Ok(program)
    }

    fn log(&self) -> Result<File, Fault> {
        File::options().create(true).append(true).open(self.folder.join("log")).doing("opening the drivers' log")
    }

    fn not_started(&self, program: &str, why: &str) -> Fault {
        Fault::NotStarted { program: program.to_owned(), why: why.to_owned(), log: self.last_words() }
    }
}

impl Drop for Household {
    fn drop(&mut self) {
        // Asked first, since an X server that is killed leaves its lock behind.
        end_all(&self.mark, Signal::TERM, ASK_DEADLINE);
        end_all(&self.mark, Signal::KILL, KILL_DEADLINE);
        for child in &mut self.children {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Signals until none is left: a browser that is ending may still start a helper.
fn end_all(mark: &str, signal: Signal, patience: Duration) {
    let deadline = Instant::now() + patience;
    loop {
        let alive = marked(mark);
        if alive.is_empty() || Instant::now() > deadline {
            return;
        }
        for pid in alive {
            // Gone between the look and the signal is what is wanted, so a failure is none.
            let _ = kill_process(pid, signal);
        }
        thread::sleep(LOOK_AGAIN);
    }
}

/// Living processes with the mark in their environment; the dead have none.
fn marked(mark: &str) -> Vec<Pid> {
    let wanted = format!("{MARK}={mark}");
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| {
            let environ = fs::read(entry.path().join("environ")).unwrap_or_default();
            environ.split(|byte| *byte == 0).any(|pair| pair == wanted.as_bytes())
        })
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(Pid::from_raw)
        .collect()
}
