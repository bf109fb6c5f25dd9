//! The npm package, unpacked from its archive and used as a package is.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{AGE, EMERGENCY, START, Say, begin, strings, walk_to};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Packs what stands in `dist/`, as a release does, and says where the archive is.
fn archive() -> &'static Path {
    static ONCE: OnceLock<PathBuf> = OnceLock::new();
    ONCE.get_or_init(|| {
        let said = output(
            Command::new(env!("CARGO"))
                .args(["run", "--quiet", "--package", "xtask", "--", "npm"])
                .current_dir(project()),
        );
        PathBuf::from(said.lines().find_map(|line| line.strip_prefix("made ")).unwrap())
    })
}

/// A site with the package in its `node_modules`.
fn site() -> TempDir {
    let site = TempDir::new().unwrap();
    let modules = site.path().join("node_modules");
    fs::create_dir(&modules).unwrap();
    output(Command::new("tar").arg("-xzf").arg(archive()).arg("-C").arg(&modules));
    fs::rename(modules.join("package"), modules.join("consult-ready")).unwrap();
    site
}

fn open(engine: Engine, site: &TempDir, body: &str) -> Result<Browser> {
    let page = site.path().join("index.html");
    fs::write(
        &page,
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>A page</title><h1>A page</h1>{body}"
        ),
    )
    .unwrap();
    Browser::setup(engine, Form::Http).file(page).open()
}

const ELEMENT: &str = "<consult-ready clinic=\"The Packed Clinic\"><span>Call us.</span></consult-ready>";

fn works(page: &Browser) -> Result<()> {
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    page.wait_text("The Packed Clinic")?;
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY).map(drop)
}

#[test]
fn the_package_works_on_a_bare_page() -> Result<()> {
    let site = site();
    for engine in Engine::ALL {
        let body = format!(
            "{ELEMENT}<script src=\"node_modules/consult-ready/consult-ready.js\" referrerpolicy=\"no-referrer\" async></script>"
        );
        works(&open(engine, &site, &body)?)?;
    }
    Ok(())
}

/// As the README's module does it, with the browser itself in the bundler's place.
#[test]
fn the_package_works_as_a_module() -> Result<()> {
    let site = site();
    let body = "<div id=\"tool\"></div>
        <script type=\"importmap\">{ \"imports\": { \"consult-ready\": \"./node_modules/consult-ready/consult-ready.js\" } }</script>
        <script type=\"module\">
          import \"consult-ready\";
          const tool = document.createElement(\"consult-ready\");
          Object.assign(tool, { src: \"node_modules/consult-ready/consult-ready.html\", clinic: \"The Packed Clinic\", region: \"us\" });
          document.querySelector(\"#tool\").append(tool);
        </script>";
    works(&open(Engine::Chromium, &site, body)?)
}

/// npm takes it, names every file, and finds each that the package points to; a server's import
/// does nothing.
#[test]
fn npm_installs_it_and_a_server_can_import_it() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("package.json"), "{ \"name\": \"a-site\", \"private\": true, \"type\": \"module\" }")
        .unwrap();
    output(
        Command::new("npm")
            .args(["install", "--offline", "--silent", "--no-audit", "--no-fund"])
            .arg(archive())
            .current_dir(folder.path()),
    );
    let script = "import 'consult-ready'; import { createRequire } from 'node:module'; const r = createRequire(import.meta.url);
        console.log(JSON.stringify([typeof customElements, ...['consult-ready/consult-ready.html', 'consult-ready/custom-elements.json'].map((p) => r.resolve(p).split('/').pop())]))";
    fs::write(folder.path().join("try.mjs"), script).unwrap();
    let said = output(Command::new("node").arg("try.mjs").current_dir(folder.path()));
    assert_eq!(said.trim(), "[\"undefined\",\"consult-ready.html\",\"custom-elements.json\"]");
    let package: Value = serde_json::from_str(
        &fs::read_to_string(folder.path().join("node_modules/consult-ready/package.json")).unwrap(),
    )
    .unwrap();
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    assert!(package.get("dependencies").is_none());
}

/// The manifest holds to its format's schema, and names what the loader goes by.
#[test]
fn the_manifest_is_valid_and_complete() {
    let path = project().join("npm/custom-elements.json");
    let errors = output(Command::new("node").arg("tests/oracles/manifest.mjs").arg(&path).current_dir(project()));
    assert_eq!(errors.trim(), "[]");
    let manifest: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(manifest["schemaVersion"], "2.1.0");
    let class = &manifest["modules"][0]["declarations"][0];
    let names = |list: &str, key: &str| -> BTreeSet<String> {
        strings(&class[list].as_array().unwrap().iter().map(|one| one[key].clone()).collect::<Vec<_>>().into())
    };
    let loader = fs::read_to_string(project().join("public/consult-ready.js")).unwrap();
    let list = |mark: &str| -> BTreeSet<String> {
        let (_, rest) = loader.split_once(mark).unwrap();
        let (list, _) = rest.split_once(']').unwrap();
        list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty()).collect()
    };
    let all: BTreeSet<String> = list("const SETTINGS = [").union(&list("const ALL = [...SETTINGS,")).cloned().collect();
    assert_eq!(names("attributes", "name"), all);
    assert_eq!(names("members", "attribute"), all);
    assert_eq!(names("events", "name"), BTreeSet::from(["failed".to_owned(), "ready".to_owned()]));
}
