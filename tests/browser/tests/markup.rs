//! The Nu Html Checker over every page of ours: the one file, the set-up page, the page that
//! verifies, the page of the sheets that a visitor saves, and the site. Each finding is mended, or
//! explained in tests/fixtures/nu-explained.toml.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{built, fixture, pack, spanish};
use engine::answers::Answers;
use engine::pack::Settings;
use engine::summary::{self, Context};
use export::html;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use tempfile::TempDir;

const CHECKER: &str = "tests/oracles/node_modules/vnu-jar/build/dist/vnu.jar";

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    explained: Vec<Explained>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Explained {
    /// Names of files, or "*".
    files: Vec<String>,
    begins: String,
    reason: String,
}

fn below(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}; make it with `cargo xtask site`", folder.display()))
        .map(|e| e.unwrap().path())
    {
        if path.is_dir() {
            below(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            out.push(path);
        }
    }
}

/// Every file that is looked at; what has to be made first goes into `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let settings = Settings::default();
    fs::write(folder.join("consult-ready.html"), built()).unwrap();
    for (pack, name) in [(pack(), "heaviest"), (spanish(), "e1-yes"), (pack(), "under-18")] {
        let region = pack.region("us").unwrap();
        let answers = Answers::decode(&fixture(name)).unwrap();
        let sheets = summary::sheets(
            pack,
            &answers,
            Context { date: "22 November 2026", region, settings: &settings, leave_out: false },
        );
        fs::write(folder.join(format!("sheets-{name}.html")), html::document(&pack.words, &pack.lang, &sheets))
            .unwrap();
    }
    let mut out = Vec::new();
    below(folder, &mut out);
    below(&project().join("dist/site"), &mut out);
    // It stands there with the demo's settings, and above as it was built.
    out.retain(|path| !path.ends_with("site/consult-ready.html"));
    out.sort();
    out
}

#[test]
#[ignore = "needs Java; cargo xtask test --all runs it"]
fn the_nu_checker_finds_nothing_that_is_not_explained() {
    let folder = TempDir::new().unwrap();
    // One fault that it must see.
    fs::write(folder.path().join("faulty.html"), "<!doctype html><html lang=\"en\"><title>x</title><p><b>x</p>")
        .unwrap();
    let files = files(folder.path());
    assert!(files.len() > 20, "{files:?}");
    let mut java = Command::new("java");
    java.args(["-Xss64m", "-jar"])
        .arg(project().join(CHECKER))
        .args(["--format", "json", "--exit-zero-always"])
        .args(&files);
    let output = java.output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    let told: Value = serde_json::from_str(&told).unwrap_or_else(|e| panic!("{e}: {told}"));
    let list: List =
        toml::from_str(&fs::read_to_string(project().join("tests/fixtures/nu-explained.toml")).unwrap()).unwrap();
    assert!(list.explained.iter().all(|row| !row.reason.is_empty()));
    let (mut new, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for message in told["messages"].as_array().unwrap() {
        let name = message["url"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let text = message["message"].as_str().unwrap_or_default();
        let fits = |row: &&Explained| {
            text.starts_with(&row.begins) && row.files.iter().any(|file| file == "*" || file == name)
        };
        match list.explained.iter().find(fits) {
            Some(row) => drop(seen.insert(row.begins.clone())),
            None => drop(new.insert(format!("{name}: {text} {}", message["extract"].as_str().unwrap_or_default()))),
        }
    }
    let faulty = new.iter().filter(|line| line.starts_with("faulty.html")).cloned().collect::<BTreeSet<_>>();
    assert!(!faulty.is_empty(), "it sees nothing");
    let new: Vec<&String> = new.difference(&faulty).collect();
    let gone: Vec<&String> =
        list.explained.iter().map(|row| &row.begins).filter(|begins| !seen.contains(*begins)).collect();
    assert!(new.is_empty() && gone.is_empty(), "found: {new:#?}\nexplained, and no longer found: {gone:#?}");
}
