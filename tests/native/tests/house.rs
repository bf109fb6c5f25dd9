//! Rules that the compiler can't hold: the layers of the app, what the pure crates may depend on,
//! no panics, nothing unfinished. Who may know whom between crates, their `Cargo.toml` says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::root;
use common::source::{Modules, rust_files, without_comments, without_tests};
use std::path::Path;

/// The layers of `src/`, lowest first. A file may name its own layer and those below it.
const LAYERS: &[&str] = &["platform", "route", "context", "components", "layout", "screens", "app"];

/// Crates that reach a browser: no pure crate may depend on one.
const REACHES_BROWSER: &[&str] =
    &["leptos", "web-sys", "js-sys", "wasm-bindgen", "gloo-storage", "gloo-timers", "reactive_graph"];

/// The lines of one file of `src/` that name a layer above its own. `path` is relative to `src/`.
fn upward_imports(path: &str, source: &str) -> Vec<String> {
    let own = path.trim_end_matches(".rs").split('/').next().unwrap();
    let Some(rank) = LAYERS.iter().position(|l| *l == own) else { return Vec::new() };
    let code = without_comments(source);
    let above = LAYERS[rank + 1..]
        .iter()
        .filter(|layer| code.contains(&format!("crate::{layer}::")) || code.contains(&format!("use crate::{layer};")));
    above.map(|layer| format!("src/{path} names crate::{layer}, which is a layer above it")).collect()
}

#[test]
fn imports_of_the_app_point_down() {
    let wrong: Vec<String> =
        rust_files(&root().join("src")).iter().flat_map(|(path, source)| upward_imports(path, source)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The reader above is itself tried on imports that point the wrong way, and on some that do not.
#[test]
fn an_upward_import_is_seen() {
    let rows = [
        ("platform/storage.rs", "use crate::context::Session;", true),
        ("context/session.rs", "use crate::screens::check;", true),
        ("context/session.rs", "use crate::platform::storage;", false),
        ("components/button.rs", "let x = crate::layout::shell();", true),
        ("components/button.rs", "// crate::layout:: is named in a comment only", false),
        ("screens/start.rs", "use crate::components::Button;", false),
        ("route.rs", "use crate::context::Session;", true),
    ];
    for (path, code, wrong) in rows {
        assert_eq!(!upward_imports(path, code).is_empty(), wrong, "{path}: {code}");
    }
}

/// Two modules that need each other are one idea in two places, or hold a third that both should
/// take from below.
#[test]
fn no_modules_go_in_circles() {
    let mut wrong = Vec::new();
    for folder in
        ["src", "crates/engine/src", "crates/export/src", "crates/content/src", "xtask/src", "tests/browser/src"]
    {
        let circles = Modules::read(&rust_files(&root().join(folder))).circles();
        wrong.extend(circles.into_iter().map(|circle| format!("{folder}: {circle}")));
    }
    assert!(wrong.is_empty(), "move what both need into a module below them:\n{}", wrong.join("\n"));
}

/// The reader above is itself tried on circles, and on what looks like one.
#[test]
fn a_circle_is_seen() {
    /// Files with their code, and the circles that are in them.
    type Row<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);
    let rows: [Row<'_>; 7] = [
        (&[("a.rs", "use crate::b::B;"), ("b.rs", "use super::a;")], &["crate: a -> b -> a"]),
        (&[("a.rs", "use crate::b::{B, C};"), ("b.rs", "// use super::a;")], &[]),
        (
            &[("a.rs", "fn f() { crate::b::g() }"), ("b.rs", "use crate::{\n    a::{self, A},\n    c,\n};")],
            &["crate: a -> b -> a"],
        ),
        // Through what the module above brings in, and through a third.
        (
            &[("p.rs", "pub use x::X;"), ("p/x.rs", "use super::y::Y;"), ("p/y.rs", "use super::X;")],
            &["crate::p: x -> y -> x"],
        ),
        (
            &[("a.rs", "use crate::b::B;"), ("b.rs", "use crate::c::C;"), ("c.rs", "use crate::a::A;")],
            &["crate: a -> b -> c -> a"],
        ),
        // A module and those inside it are one.
        (&[("p.rs", "use x::X;"), ("p/x.rs", "use super::P;")], &[]),
        (&[("a.rs", "use crate::b::B;"), ("b.rs", "#[cfg(test)]\nuse crate::a::A;")], &[]),
    ];
    for (files, circles) in rows {
        let named: Vec<_> = files.iter().map(|(path, code)| ((*path).to_string(), (*code).to_string())).collect();
        assert_eq!(Modules::read(&named).circles(), circles, "{files:?}");
    }
}

#[test]
fn pure_crates_depend_on_nothing_that_reaches_a_browser() {
    for name in ["engine", "export", "content"] {
        let manifest = std::fs::read_to_string(root().join("crates").join(name).join("Cargo.toml")).unwrap();
        for line in manifest.lines() {
            let dependency = line.split(['=', '.']).next().unwrap().trim();
            assert!(!REACHES_BROWSER.contains(&dependency), "crates/{name} depends on {dependency}");
        }
    }
}

#[test]
fn nothing_in_the_product_panics_on_purpose_or_waits_to_be_done() {
    let mut wrong = Vec::new();
    for folder in ["src", "crates/engine/src", "crates/export/src", "crates/content/src"] {
        for (path, source) in rust_files(&root().join(folder)) {
            let code = without_tests(&without_comments(&source));
            for word in [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "dbg!("] {
                if code.contains(word) {
                    wrong.push(format!("{folder}/{path} has {word}"));
                }
            }
            for word in ["TODO", "FIXME", "XXX"] {
                if source.contains(word) {
                    wrong.push(format!("{folder}/{path} has {word}"));
                }
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

/// Paths in backticks that a document names and that are not in the repository, read from its root.
/// A name that another text is quoted with, such as a file of ten years ago, belongs into quotation
/// marks.
fn missing_paths(text: &str, there_is: impl Fn(&str) -> bool) -> Vec<String> {
    let named = text.split('`').skip(1).step_by(2).filter(|name| {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || "/_.-".contains(c));
        let of_ours = ["src/", "crates/", "tests/", "content/", "docs/", "style/", "public/", "xtask/"]
            .iter()
            .any(|top| name.starts_with(top));
        plain && of_ours
    });
    named.filter(|name| !there_is(name)).map(String::from).collect()
}

#[test]
fn documents_name_files_that_there_are() {
    let mut files =
        vec!["README.md".to_string(), "ARCHITECTURE.md".into(), "CONTRIBUTING.md".into(), "SECURITY.md".into()];
    let docs =
        std::fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.extend(docs.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}")));
    for file in files {
        let text = std::fs::read_to_string(root().join(&file)).unwrap();
        let missing = missing_paths(&text, |name| root().join(name).exists());
        assert!(missing.is_empty(), "{file} names what is not there: {missing:?}");
    }
    assert_eq!(missing_paths("`src/app/shell.rs` and `src/app.rs`", |name| name == "src/app.rs"), ["src/app/shell.rs"]);
}

/// Lines at the top level of a style whose rule has lost its selector, or braces that do not close:
/// a browser passes over them without a word, and over the rule behind them too.
fn lost_rules(css: &str) -> Vec<String> {
    let (mut depth, mut before, mut lost) = (0_i32, String::new(), Vec::new());
    for letter in without_css_comments(css).chars() {
        match letter {
            '{' => {
                if depth == 0 && before.contains([';', '}']) {
                    lost.push(before.trim().to_string());
                }
                depth += 1;
            }
            '}' if depth > 0 => depth -= 1,
            ';' if depth == 0 && before.trim_start().starts_with('@') => before.clear(),
            _ if depth == 0 => before.push(letter),
            _ => {}
        }
        if depth > 0 {
            before.clear();
        }
    }
    if depth != 0 || !before.trim().is_empty() {
        lost.push(format!("at its end: {} {depth}", before.trim()));
    }
    lost
}

fn without_css_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_string();
    first + &parts.filter_map(|part| part.split_once("*/").map(|(_, code)| code)).collect::<String>()
}

#[test]
fn no_style_has_lost_a_selector() {
    let files: Vec<_> = std::fs::read_dir(root().join("style")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 4, "style/ is not where it was");
    for file in files {
        let lost = lost_rules(&std::fs::read_to_string(&file).unwrap());
        assert!(lost.is_empty(), "{}: {lost:?}", file.display());
    }
    assert_eq!(lost_rules("@import 'a';\n/* b; */ a { c: d; }\n@media x { a { c: d } }"), [""; 0]);
    for faulty in ["a { c: d; }\n  c: d; }\nb { c: d; }", "a { c: d;", "a { c: d; } }"] {
        assert!(!lost_rules(faulty).is_empty(), "{faulty}");
    }
}
