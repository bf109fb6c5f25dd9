//! What the documents claim stands beside the test that shows it, and that test exists.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test ends where it fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 8] = [
    "SECURITY.md",
    "docs/verify.md",
    "docs/threat-model.md",
    "docs/intended-use.md",
    "docs/data-flow.md",
    "docs/privacy-officer.md",
    "docs/hazards.toml",
    "docs/accessibility.yaml",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The tests that a text names, as `native/FILE::TEST` or `browser/FILE::TEST`.
fn named(text: &str) -> Vec<(&str, &str, &str)> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_/:".contains(c)));
    words
        .filter_map(|word| {
            word.split_once("::").and_then(|(place, test)| place.split_once('/').map(|(kind, file)| (kind, file, test)))
        })
        .collect()
}

fn exists(kind: &str, file: &str, test: &str) -> bool {
    let source = fs::read_to_string(root().join(format!("tests/{kind}/tests/{file}.rs"))).unwrap_or_default();
    let mark = format!("fn {test}(");
    source
        .split("#[test]")
        .skip(1)
        .any(|after| after.split("\nfn ").take(2).collect::<Vec<_>>().join("\nfn ").contains(&mark))
}

#[test]
fn every_test_that_a_document_names_exists() {
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(root().join(document)).unwrap();
        let tests = named(&text);
        assert!(!tests.is_empty(), "{document} names no test");
        missing.extend(
            tests
                .into_iter()
                .filter(|(kind, file, test)| !exists(kind, file, test))
                .map(|(kind, file, test)| format!("{document}: {kind}/{file}::{test}")),
        );
    }
    assert!(missing.is_empty(), "these are named and are no tests: {missing:#?}");
    assert!(!exists("native", "claims", "no_such_test") && !exists("native", "no_such_file", "x"), "anything passes");
}

/// A row of these tables is a claim, so it names a test.
#[test]
fn every_row_of_the_tables_names_a_test() {
    for document in ["docs/threat-model.md", "docs/intended-use.md", "docs/data-flow.md", "docs/privacy-officer.md"] {
        let text = fs::read_to_string(root().join(document)).unwrap();
        // What only a device or a clinic can do says so in the test's place.
        let shown = |l: &&str| l.starts_with("| ") && !l.contains("| Test |") && !l.contains("| none: ");
        let rows: Vec<&str> = text.lines().filter(shown).collect();
        assert!(rows.len() >= 10, "{document} has {} rows", rows.len());
        for row in rows {
            assert!(!named(row).is_empty(), "{document}: no test in {row}");
        }
    }
}

#[test]
fn every_hazard_has_cause_harm_mitigation_and_tests() {
    let log: toml::Table = fs::read_to_string(root().join("docs/hazards.toml")).unwrap().parse().unwrap();
    let hazards = log.get("hazard").and_then(toml::Value::as_array).unwrap();
    assert!(hazards.len() >= 10);
    for hazard in hazards {
        for key in ["id", "hazard", "cause", "harm", "mitigation"] {
            assert!(
                hazard.get(key).and_then(toml::Value::as_str).is_some_and(|text| !text.is_empty()),
                "{key} is missing in {hazard}"
            );
        }
        assert!(
            hazard.get("tests").and_then(toml::Value::as_array).is_some_and(|tests| !tests.is_empty()),
            "no test for {hazard}"
        );
    }
}

/// A criterion of WCAG 2.2 that is supported names its test; one without a test says that nobody
/// evaluated it, or why it does not apply.
#[test]
fn every_criterion_is_shown_or_said_to_be_open() {
    let text = fs::read_to_string(root().join("docs/accessibility.yaml")).unwrap();
    let criteria: Vec<&str> = text.split("- num: ").skip(1).collect();
    // WCAG 2.2 has 31 criteria at level A and 24 at level AA.
    assert_eq!(criteria.len(), 55, "criteria");
    for criterion in criteria {
        let shown = !named(criterion).is_empty();
        match criterion.split("level: ").nth(1).and_then(|rest| rest.lines().next()) {
            Some("supports") => assert!(shown, "no test for {criterion}"),
            Some("not-evaluated") => {
                assert!(
                    !shown && criterion.contains("Not evaluated by a person") || criterion.contains("not by a person"),
                    "{criterion}"
                )
            }
            Some("not-applicable") => assert!(!shown, "{criterion}"),
            other => panic!("{other:?} is no level: {criterion}"),
        }
    }
}

/// The rows that rest on tests, by name, each with all that it says.
fn rows() -> BTreeMap<String, String> {
    let read = |document: &str| fs::read_to_string(root().join(document)).unwrap();
    let log: toml::Table = read("docs/hazards.toml").parse().unwrap();
    let hazards = log.get("hazard").and_then(toml::Value::as_array).unwrap().clone();
    let hazards = hazards.into_iter().map(|hazard| (hazard["id"].as_str().unwrap().to_owned(), hazard.to_string()));
    let threats = read("docs/threat-model.md");
    let threats = threats.lines().filter(|line| line.starts_with("| ") && !line.contains("| Test |"));
    let threats = threats.map(|line| (line.split('|').nth(1).unwrap_or_default().trim().to_owned(), line.to_owned()));
    let criteria = read("docs/accessibility.yaml");
    let criteria = criteria.split("- num: ").skip(1).filter(|criterion| criterion.contains("level: supports"));
    let criteria = criteria
        .map(|criterion| (format!("WCAG {}", criterion.split('"').nth(1).unwrap_or_default()), criterion.to_owned()));
    hazards.chain(threats).chain(criteria).collect()
}

/// Each defence can be taken away, and docs/breaks.toml says how: the place to break is there,
/// once, and the test that `cargo xtask breaks` then sees failing is one that the row names.
#[test]
fn every_row_says_how_its_test_was_seen_failing() {
    let list: toml::Table = fs::read_to_string(root().join("docs/breaks.toml")).unwrap().parse().unwrap();
    let (rows, mut wrong, mut broken) = (rows(), Vec::new(), BTreeSet::new());
    for one in list["break"].as_array().unwrap() {
        let text = |key: &str| one[key].as_str().unwrap();
        let file = fs::read_to_string(root().join(text("file"))).unwrap_or_default();
        if file.matches(text("find")).count() != 1 {
            wrong.push(format!("{}: what to find does not stand once in {}", text("id"), text("file")));
        }
        let fails = one["fails"].as_table().unwrap();
        for (test, says) in fails {
            if !named(test).iter().any(|(kind, file, test)| exists(kind, file, test)) {
                wrong.push(format!("{}: {test} is no test", text("id")));
            }
            if says.as_str().unwrap().trim().is_empty() {
                wrong.push(format!("{}: it does not say what {test} prints", text("id")));
            }
        }
        for row in one["rows"].as_array().unwrap() {
            let row = row.as_str().unwrap();
            broken.insert(row);
            if !rows.get(row).is_some_and(|says| fails.keys().any(|test| says.contains(test.as_str()))) {
                wrong.push(format!("{}: “{row}” is no row that names one of its tests", text("id")));
            }
        }
    }
    wrong.extend(rows.keys().filter(|row| !broken.contains(row.as_str())).map(|row| format!("“{row}” has no break")));
    assert!(rows.len() > 50, "only {} rows were found", rows.len());
    assert!(wrong.is_empty(), "docs/breaks.toml:\n{}", wrong.join("\n"));
}
