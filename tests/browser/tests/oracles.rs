//! Programs of others read what we write, and ask what we ask. They come from npm; `tests/oracles/`
//! has the scripts.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};
use tempfile::TempDir;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn done(command: &mut Command) -> Output {
    let output = command.current_dir(project()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{command:?}:\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A folder that native tests filled, each named by file and test.
fn filled(variable: &str, tests: &[[&str; 2]]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let files = || fs::read_dir(folder.path()).unwrap().count();
    for [file, test] in tests {
        let before = files();
        done(
            Command::new(env!("CARGO"))
                .args(["test", "--package", "native-tests", "--test", file, test])
                .env(variable, folder.path()),
        );
        assert!(files() > before, "{test} wrote nothing");
    }
    folder
}

fn node(script: &str, folder: &Path) -> String {
    let output = done(Command::new("node").arg(Path::new("tests/oracles").join(script)).arg(folder));
    String::from_utf8(output.stdout).unwrap()
}

/// Every record, of ours and of the small questionnaires, is valid R4 and every code is read;
/// LHC-Forms keeps every answer and adds up to the same totals.
#[test]
#[ignore = "takes minutes: LHC-Forms draws each form; cargo xtask test --all runs it"]
fn records_and_codes_are_read_by_others() {
    let folder =
        filled("CONSULT_READY_RECORDS", &[["record", "files_for_the_oracles"], ["others", "records_for_the_oracles"]]);
    for script in ["read.mjs", "lforms.mjs"] {
        assert!(!node(script, folder.path()).is_empty(), "{script} says nothing");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    differs: Vec<Differs>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differs {
    file: String,
    items: Vec<String>,
    we_ask: bool,
    reason: String,
}

/// Which items are asked, of our small questionnaires and of public ones if they are there: as
/// LHC-Forms has it, but for what is listed with its reason.
#[test]
fn lhc_forms_asks_the_same() {
    let folder = filled("CONSULT_READY_CASES", &[["others", "cases_for_the_oracles"]]);
    let seen: Value = serde_json::from_str(&node("asked.mjs", folder.path())).unwrap();
    assert!(seen["compared"].as_u64().unwrap() > 1_000, "too little was compared: {seen}");
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let found: BTreeSet<(String, String, bool)> = seen["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (text(&d["file"]), text(&d["item"]), d["ours"].as_bool().unwrap()))
        .collect();
    let list: Listed =
        toml::from_str(&fs::read_to_string(project().join("tests/fixtures/lforms-differs.toml")).unwrap()).unwrap();
    let mut listed = BTreeSet::new();
    for row in list.differs {
        assert!(!row.reason.is_empty(), "{}: no reason", row.file);
        // Public ones may not be there.
        if folder.path().join(&row.file).exists() {
            listed.extend(row.items.into_iter().map(|item| (row.file.clone(), item, row.we_ask)));
        }
    }
    let new: Vec<_> = found.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&found).collect();
    assert!(new.is_empty() && gone.is_empty(), "not listed: {new:#?}\nlisted, and not seen: {gone:#?}\n{seen:#}");
}
