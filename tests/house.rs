//! The house's own rules, read from the source: arrows point left to right only, the engine knows no
//! browser, the browser knows no medicine, and nothing in `src/` can panic on purpose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::root;
use std::path::Path;

/// The engine's modules in the order of the flow. Modules of one row may know each other; every module
/// may know the rows above its own, and nothing below.
const FLOW: &[&[&str]] = &[
    &["number", "theme"],
    &["pack"],
    &["answers"],
    &["live", "choose"],
    &["scores", "truth"],
    &["findings"],
    &["help"],
    &["lookup"],
    &["refused"],
    &["walk"],
    &["summary"],
    &["export"],
];

/// Names that no engine file may say.
const NOT_IN_ENGINE: &[&str] =
    &["app", "browser", "leptos", "web_sys", "js_sys", "wasm_bindgen", "reactive_graph", "any_spawner", "gloo_storage", "send_wrapper"];
/// Modules that decide something medical: `browser/` may not name them.
const MEDICAL: &[&str] = &["findings", "scores", "summary", "help", "walk", "truth", "live", "lookup"];
/// Crates that reach the browser: only `browser/` and `main.rs` may name them.
const REACHES_BROWSER: &[&str] = &["web_sys", "js_sys", "gloo_storage", "gloo"];

/// What is wrong with one file, each as a line. `path` is relative to `src/`.
fn arrows(path: &str, source: &str) -> Vec<String> {
    let code = without_tests(&without_comments(source));
    let own = path.trim_end_matches(".rs").split('/').next().unwrap();
    let mut wrong = Vec::new();
    let mut refuse = |name: &str, why: &str| wrong.push(format!("src/{path} names `{name}`: {why}"));
    if let Some(row) = row_of(own) {
        for name in NOT_IN_ENGINE.iter().filter(|n| names_crate(&code, n) || own_modules(&code).contains(&(**n).to_string())) {
            refuse(name, "the engine runs without a browser");
        }
        for name in own_modules(&code) {
            if row_of(&name).is_some_and(|other| other > row) {
                refuse(&name, "the arrow points the wrong way");
            }
        }
    }
    if own == "browser" {
        for name in own_modules(&code).iter().filter(|n| MEDICAL.contains(&n.as_str())) {
            refuse(name, "the browser layer knows no medicine");
        }
    }
    if own != "browser" && own != "main" {
        for name in REACHES_BROWSER.iter().filter(|n| names_crate(&code, n)) {
            refuse(name, "only src/browser/ and src/main.rs reach the browser");
        }
    }
    wrong
}

fn row_of(module: &str) -> Option<usize> {
    FLOW.iter().position(|row| row.contains(&module))
}

/// Our own modules that the code names by path: `crate::x`, `consult_ready::x`, also inside `{…}`, and `super::` above its own.
fn own_modules(code: &str) -> Vec<String> {
    let mut out = Vec::new();
    for head in ["crate::", "consult_ready::"] {
        for (at, _) in code.match_indices(head) {
            let rest = &code[at + head.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                out.extend(top_names(group));
            } else {
                out.push(ident(rest));
            }
        }
    }
    out
}

/// First names of a brace group: `{a::B, c::{d, e}, f}` names a, c and f.
fn top_names(group: &str) -> Vec<String> {
    let (mut depth, mut fresh, mut out) = (0, true, Vec::new());
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && (c.is_alphabetic() || c == '_') => {
                out.push(ident(&group[i..]));
                fresh = false;
            }
            _ => {}
        }
    }
    out
}

fn ident(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// True if the code uses a crate of this name: `use x`, `x::`, `extern crate x`.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        let path_start = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
        path_start && (after.starts_with("::") || (code[..at].ends_with("use ") && after.starts_with([';', ' '])))
    })
}

/// The code without comments; strings stay, none of ours holds a path.
fn without_comments(source: &str) -> String {
    source.lines().map(|l| l.find("//").filter(|&i| !l[..i].contains('"')).map_or(l, |i| &l[..i])).collect::<Vec<_>>().join("\n")
}

fn without_tests(code: &str) -> String {
    code.split("#[cfg(test)]").next().unwrap_or_default().into()
}

/// Every Rust file below `folder`, relative to it.
fn rust_files(folder: &Path) -> Vec<(String, String)> {
    fn gather(base: &Path, folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(base, &path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    gather(folder, folder, &mut out);
    out.sort();
    assert!(!out.is_empty(), "{} holds no Rust file", folder.display());
    out
}

#[test]
fn arrows_point_one_way() {
    let wrong: Vec<String> = rust_files(&root().join("src")).iter().flat_map(|(path, source)| arrows(path, source)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_has_its_place_in_the_flow() {
    let known = ["lib", "main", "setup", "app", "browser"];
    for (path, _) in rust_files(&root().join("src")) {
        let own = path.trim_end_matches(".rs").split('/').next().unwrap().to_string();
        assert!(known.contains(&own.as_str()) || row_of(&own).is_some(), "src/{path}: give {own} a place in FLOW of tests/house.rs");
    }
}

/// The reader above is itself tried on arrows that point the wrong way, and on some that do not.
#[test]
fn a_wrong_arrow_is_seen() {
    let rows = [
        ("answers.rs", "use crate::walk::Step;", true),
        ("answers.rs", "use crate::pack::{Item, Kind};", false),
        ("pack/rule.rs", "use crate::{answers::Key, pack::Pack};", true),
        ("scores.rs", "use crate::truth::Truth;", false),
        ("truth.rs", "use crate::scores::{self, Total};", false),
        ("scores.rs", "fn f(x: &crate::summary::Sheet) {}", true),
        ("summary/keep.rs", "use crate::{\n    pack::Contact,\n    export::text,\n};", true),
        ("help.rs", "// crate::summary is named in a comment only", false),
        ("walk.rs", "use leptos::prelude::*;", true),
        ("walk.rs", "use web_sys;", true),
        ("walk.rs", "use crate::app::App;", true),
        ("walk.rs", "let x = js_sys::Date::now();", true),
        ("walk.rs", "let my_app = 1;", false),
        ("export/text.rs", "wasm_bindgen::throw_str(\"\")", true),
        ("browser/storage.rs", "use consult_ready::answers::Answers;", false),
        ("browser/storage.rs", "use consult_ready::findings;", true),
        ("browser/print.rs", "use consult_ready::{pack::Pack, summary::Sheet};", true),
        ("app/shell.rs", "use web_sys::Window;", true),
        ("app/shell.rs", "use crate::browser::print;", false),
        ("app/shell.rs", "use consult_ready::summary;", false),
        ("main.rs", "use web_sys::Window;", false),
    ];
    for (path, code, wrong) in rows {
        assert_eq!(!arrows(path, code).is_empty(), wrong, "{path}: {code}");
    }
}

#[test]
fn nothing_in_src_panics_on_purpose_or_waits_to_be_done() {
    let mut wrong = Vec::new();
    for (path, source) in rust_files(&root().join("src")) {
        let code = without_tests(&without_comments(&source));
        for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "dbg!("] {
            if code.contains(word) {
                wrong.push(format!("src/{path} has {word}"));
            }
        }
        for word in ["TODO", "FIXME", "XXX"] {
            if source.contains(word) {
                wrong.push(format!("src/{path} has {word}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the dossier marks [UNSURE] may not ship, and no file may wait for a decision.
#[test]
fn content_holds_nothing_unsure() {
    fn gather(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { gather(&path, out) } else { out.push(path) }
        }
    }
    let mut files = Vec::new();
    gather(&root().join("content"), &mut files);
    assert!(files.len() >= 10, "content/ is not where it was");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        // As written: "todo" is a Spanish word.
        for word in ["UNSURE", "TODO", "FIXME", "lorem ipsum", "orphyria", "orfiria", "SAPTEL"] {
            assert!(!text.contains(word), "{} holds “{word}”", file.display());
        }
    }
}
