//! The loader and the settings know each other by names alone, so the names are compared here.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use common::root;
use engine::pack::SETTINGS;
use std::collections::BTreeSet;
use std::fs;

/// A setting's name as an attribute: `afterHours` is `after-hours`.
fn attribute(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_uppercase() { format!("-{}", c.to_ascii_lowercase()) } else { c.to_string() })
        .collect()
}

/// The list between the brackets of `const SETTINGS = […]`.
fn attributes_of_the_loader() -> BTreeSet<String> {
    let loader = fs::read_to_string(root().join("public/consult-ready.js")).unwrap();
    let (_, list) = loader.split_once("const SETTINGS = [").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn the_loaders_attributes_are_the_settings_that_the_app_reads() {
    assert_eq!(attributes_of_the_loader(), SETTINGS.iter().map(|s| attribute(s.name)).collect());
}

/// Servers send scripts without a charset, and pages have old ones.
#[test]
fn the_loader_is_ascii() {
    let loader = fs::read_to_string(root().join("public/consult-ready.js")).unwrap();
    let other: Vec<&str> = loader.lines().filter(|line| !line.is_ascii()).collect();
    assert!(other.is_empty(), "write these letters by number: {other:#?}");
}

#[test]
fn the_guide_names_each_of_them() {
    let guide = fs::read_to_string(root().join("docs/embedding.md")).unwrap();
    let missing: Vec<String> =
        attributes_of_the_loader().into_iter().filter(|name| !guide.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/embedding.md does not say: {missing:?}");
}
