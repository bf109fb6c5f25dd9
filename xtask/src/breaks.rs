//! `cargo xtask breaks`: takes away, one after the other, what the documents say stands against a
//! harm, and sees that the test named there fails for that reason. The list is docs/breaks.toml.
#![allow(clippy::print_stdout, reason = "each break says what came of it")]

use crate::run;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const LIST: &str = "docs/breaks.toml";
const DEMO: &str = "public/demo-settings.json";
const ADVICE: &str = "see that `cargo xtask build` passes without a break, then run this again";

#[derive(serde::Deserialize)]
struct List {
    #[serde(rename = "break")]
    all: Vec<Break>,
}

/// One defence, and how to take it away.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Break {
    id: String,
    /// The rows of the documents that rest on it.
    rows: Vec<String>,
    file: PathBuf,
    find: String,
    put: String,
    /// The day on which that was seen last; none if it never was.
    #[serde(default)]
    seen: Option<String>,
    /// The tests that fail, `native/FILE::TEST` or `browser/FILE::TEST`, and what each then prints,
    /// word for word.
    fails: BTreeMap<String, String>,
}

impl Break {
    /// Breaks the file. `whole` gets it as it was, the first time, and puts it back when dropped.
    fn apply(&self, root: &Path, whole: &mut Vec<Whole>) -> Result<(), Box<dyn Error>> {
        let path = root.join(&self.file);
        let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        if text.matches(&self.find).count() != 1 {
            let file = self.file.display();
            return Err(format!("{LIST}: {}: what to find does not stand once in {file}", self.id).into());
        }
        let broken = text.replace(&self.find, &self.put);
        if !whole.iter().any(|one| one.path == path) {
            whole.push(Whole { path: path.clone(), text });
        }
        Ok(fs::write(path, broken)?)
    }

    /// What came of its tests, each in a line; `ran` holds what those printed that ran already.
    fn see(&self, root: &Path, ran: &mut Ran, wrong: &mut Vec<String>) {
        for (test, says) in &self.fails {
            let rows = self.rows.join(", ");
            let output = ran.entry(test.clone()).or_insert_with(|| run_test(root, test));
            match noticed(output.as_ref(), says) {
                Ok(()) => {
                    let before = self.seen.as_deref().unwrap_or("never before");
                    println!("{} ({rows}): {test} failed with “{says}” (last seen: {before})", self.id);
                }
                Err(why) => {
                    println!("{} ({rows}): {test}: {why}", self.id);
                    wrong.push(self.id.clone());
                }
            }
        }
    }

    fn in_browser(&self) -> bool {
        self.fails.keys().any(|test| test.starts_with("browser/"))
    }
}

/// Whether a test passed and what it printed, by its name.
type Ran = BTreeMap<String, Result<(bool, String), String>>;

fn run_test(root: &Path, test: &str) -> Result<(bool, String), String> {
    let (kind, file, name) = test
        .split_once("::")
        .and_then(|(place, name)| place.split_once('/').map(|(kind, file)| (kind, file, name)))
        .ok_or("this names no test")?;
    let package = if kind == "browser" { "consult-ready-browser" } else { "native-tests" };
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--quiet", "--package", package, "--test", file, "--", "--exact", "--include-ignored", name]);
    cargo.env("PATH", run::tool_path()).env("FUZZ_KEEPS_NOTHING", "yes").env("RUST_BACKTRACE", "0");
    let output = cargo.current_dir(root).output().map_err(|e| e.to_string())?;
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    Ok((output.status.success(), said))
}

/// `Ok` if the test failed with these words.
fn noticed(ran: Result<&(bool, String), &String>, says: &str) -> Result<(), String> {
    match ran {
        Err(why) => Err(why.clone()),
        Ok((true, said)) if said.contains("1 passed") => Err("no test noticed".into()),
        Ok((true, said)) => Err(format!("no such test ran:\n{said}")),
        Ok((false, said)) if said.contains(says) => Ok(()),
        Ok((false, said)) => Err(format!("failed, but not with “{says}”:\n{said}")),
    }
}

/// A file that is being broken.
struct Whole {
    path: PathBuf,
    text: String,
}

impl Drop for Whole {
    fn drop(&mut self) {
        if let Err(e) = fs::write(&self.path, &self.text) {
            println!("{} is still broken: {e}. Put it back with `git checkout`", self.path.display());
        }
    }
}

/// The breaks of these ids, or all. What runs in browsers is broken at once with `together`, and
/// built once: only for breaks that do not hide each other.
///
/// # Errors
/// Breaks that no test noticed, or not with the words that they should; something that could not be built.
pub fn breaks(root: &Path, args: impl Iterator<Item = String>) -> Result<(), Box<dyn Error>> {
    let list: List = toml::from_str(&fs::read_to_string(root.join(LIST))?)?;
    let (options, ids): (Vec<String>, Vec<String>) = args.partition(|arg| arg.starts_with("--"));
    let together = match options.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--together"] => true,
        _ => return Err("the only option is --together".into()),
    };
    if let Some(id) = ids.iter().find(|id| list.all.iter().all(|one| one.id != **id)) {
        return Err(format!("{LIST} has no “{id}”").into());
    }
    let all: Vec<&Break> = list.all.iter().filter(|one| ids.is_empty() || ids.contains(&one.id)).collect();
    let (browser, native): (Vec<&Break>, Vec<&Break>) = all.into_iter().partition(|one| one.in_browser());
    let mut wrong = Vec::new();
    for one in native {
        let mut whole = Vec::new();
        one.apply(root, &mut whole)?;
        one.see(root, &mut Ran::new(), &mut wrong);
    }
    let groups = if together { vec![browser.as_slice()] } else { browser.chunks(1).collect() };
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let mut whole = Vec::new();
        group.iter().try_for_each(|one| one.apply(root, &mut whole))?;
        fold(root, group)?;
        let mut ran = Ran::new();
        for one in *group {
            one.see(root, &mut ran, &mut wrong);
        }
    }
    if !browser.is_empty() {
        fold(root, &browser)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("no proof: {}", wrong.join(", ")).into()) }
}

/// Makes the one file anew, as far as these files ask for it: the program, the packs, or only the
/// folding.
fn fold(root: &Path, broken: &[&Break]) -> Result<(), Box<dyn Error>> {
    let under = |folder: &str| broken.iter().any(|one| one.file.starts_with(folder));
    let task = |words: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root).args(["run", "--quiet", "--package", "xtask", "--"]).args(words);
        // A process of its own, since what is broken may be a part of this one.
        run::run(&mut cargo, ADVICE)
    };
    if under("src") || under("crates") {
        task(&["build"])?;
    } else if under("content") {
        task(&["pack"])?;
    }
    Ok(task(&["bundle", "--settings", DEMO])?)
}
