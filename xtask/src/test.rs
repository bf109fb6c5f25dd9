//! `cargo xtask test`: every test, in the order in which a fault is cheapest to find.

use crate::{build, pack, proof, reproduce, run, setup, site, wordpress};
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

const ADVICE: &str = "the lines above name what failed; mend it, or run that one test by its name with `cargo test`";
/// The settings that the browser tests have the file with.
const DEMO: &str = "public/demo-settings.json";
/// The crates that know no browser, and this one.
const NATIVE: [&str; 10] = [
    "--package",
    "engine",
    "--package",
    "export",
    "--package",
    "content",
    "--package",
    "native-tests",
    "--package",
    "xtask",
];

/// Sets up what is missing, then runs everything that CI runs; with `all`, the long tests too, and
/// writes `proof.json`.
///
/// # Errors
/// The first step that failed, with what to do about it.
pub fn test(root: &Path, all: bool) -> Result<(), Box<dyn Error>> {
    let began = Instant::now();
    let commit = if all { Some(proof::commit(root)?) } else { None };
    ordinary(root)?;
    if let Some(commit) = commit {
        long(root)?;
        proof::write(root, &commit, began.elapsed())?;
    }
    println!("All tests passed in {} minutes.", began.elapsed().as_secs() / 60);
    Ok(())
}

fn ordinary(root: &Path) -> Result<(), Box<dyn Error>> {
    cargo(root, "Looking whether the code is laid out by rustfmt", 2, &["fmt", "--all", "--check"])?;
    // What reads PDF files back, which the tests below call.
    setup::setup(&[setup::Need::Poppler])?;
    cargo(root, "Testing what needs no browser", 300, &[&["test"], NATIVE.as_slice()].concat())?;
    let walks = ["test", "--profile", "walks", "--package", "native-tests", "--test", "walks"];
    cargo(root, "Walking through a hundred thousand random visits", 240, &walks)?;
    fuzz(root, 60)?;
    setup::setup(setup::Need::BUILD)?;
    cargo(
        root,
        "Linting",
        180,
        &["clippy", "--workspace", "--exclude", "consult-ready", "--all-targets", "--", "--deny", "warnings"],
    )?;
    let wasm =
        ["clippy", "--package", "consult-ready", "--target", setup::WASM_TARGET, "--bins", "--", "--deny", "warnings"];
    cargo(root, "Linting the app", 90, &wasm)?;
    build::build(root, Some(DEMO), &pack::Options::default())?;
    reproduce::one_file(root, DEMO)?;
    wordpress::from_build(root)?;
    site::make(root, &root.join("dist"))?;
    setup::setup(setup::Need::TEST)?;
    setup::setup(&[setup::Need::Orca])?;
    // Browsers share two cores with the tests; more at once only makes each wait.
    let mut browser = vec!["test", "--package", "consult-ready-browser"];
    browser.extend(DAILY.iter().flat_map(|name| ["--test", name]));
    browser.extend(["--", "--test-threads", "2"]);
    cargo(root, "Testing in Chromium, Firefox and WebKit", 2700, &browser)
}

/// The files that run every day. What is not here is too long for it (load, oracles, random,
/// pictures, markup); `test --all` runs all of them.
const DAILY: [&str; 25] = [
    "access",
    "along",
    "deciding",
    "headers",
    "history",
    "hosts",
    "inside",
    "journey",
    "keep",
    "kiosk",
    "language",
    "others",
    "outside",
    "own",
    "package",
    "print",
    "second_engine",
    "setup",
    "silence",
    "site",
    "spoken",
    "stages",
    "start",
    "trap",
    "wordpress",
];

/// The tests that stand ignored because of the time they take, and the comparison of two builds.
fn long(root: &Path) -> Result<(), Box<dyn Error>> {
    setup::setup(&[setup::Need::Java])?;
    fuzz(root, 3600)?;
    cargo(
        root,
        "Running the long tests without a browser",
        3600,
        &["test", "--package", "native-tests", "--", "--ignored"],
    )?;
    let browser =
        ["test", "--package", "consult-ready-browser", "--", "--include-ignored", "--nocapture", "--test-threads", "1"];
    let mut command = Command::new("cargo");
    command.current_dir(root).args(browser).env("FUZZ_SEEDS", "500").env("PATH", run::tool_path());
    run::step("Running the long tests in browsers", 7200, &mut command, ADVICE)?;
    reproduce::reproduce(root)
}

/// The tests that hold a reader each against what comes from outside.
const READERS: [&str; 5] = ["answers", "code", "others", "record", "settings"];

/// Damaged input for each reader, for so many seconds in all. Optimised as the walks are: more of
/// it in the same time.
fn fuzz(root: &Path, seconds: u32) -> Result<(), Box<dyn Error>> {
    let mut arguments = vec!["test", "--profile", "walks", "--package", "native-tests"];
    arguments.extend(READERS.iter().flat_map(|name| ["--test", name]));
    arguments.push("fuzz_");
    let mut command = Command::new("cargo");
    let each = seconds / READERS.len() as u32;
    command.current_dir(root).args(arguments).env("FUZZ_SECONDS", each.to_string()).env("PATH", run::tool_path());
    Ok(run::step("Fuzzing five readers", seconds + 120, &mut command, ADVICE)?)
}

fn cargo(root: &Path, does: &str, seconds: u32, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    Ok(run::step(
        does,
        seconds,
        Command::new("cargo").current_dir(root).args(arguments).env("PATH", run::tool_path()),
        ADVICE,
    )?)
}
