//! `proof.json`: the commit on which every test passed, the long ones too. `cargo xtask test --all`
//! writes it, and `cargo xtask release` refuses without it.

use crate::{pack, run};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Its name, at the root of the project. Git ignores it: a commit can't hold the proof of itself.
pub const FILE: &str = "proof.json";

/// The commit that stands in this folder.
///
/// # Errors
/// Where files differ from it, since a proof would then be of something else.
pub fn commit(root: &Path) -> Result<String, Box<dyn Error>> {
    let git = |args: &[&str]| run::output(Command::new("git").current_dir(root).args(args), run::NO_GIT);
    let changed = git(&["status", "--porcelain"])?;
    if !changed.is_empty() {
        return Err(format!(
            "files here differ from the commit:\n{changed}What to do: commit them, then run this again"
        )
        .into());
    }
    Ok(git(&["rev-parse", "HEAD"])?.trim().to_owned())
}

/// Writes that every test passed on this commit.
///
/// # Errors
/// Where the file can't be written.
pub fn write(root: &Path, commit: &str, took: Duration) -> Result<(), Box<dyn Error>> {
    let rust = run::output(Command::new("rustc").current_dir(root).arg("--version"), run::NO_GIT)?;
    let proof = json!({
        "commit": commit, "passed": "cargo xtask test --all", "on": pack::today(), "minutes": took.as_secs() / 60, "rust": rust.trim(),
    });
    fs::write(root.join(FILE), format!("{proof:#}\n"))?;
    println!("every test passed on {commit}, the long ones too: {FILE}");
    Ok(())
}

/// Sees that every test passed on the commit that stands here.
///
/// # Errors
/// Where there is no proof, or one of another commit.
pub fn check(root: &Path) -> Result<(), Box<dyn Error>> {
    let commit = commit(root)?;
    Ok(proves(&fs::read_to_string(root.join(FILE)).unwrap_or_default(), &commit)?)
}

fn proves(proof: &str, commit: &str) -> Result<(), String> {
    let proof: Value = serde_json::from_str(proof).unwrap_or_default();
    match proof.get("commit").and_then(Value::as_str) {
        Some(proven) if proven == commit => Ok(()),
        Some(other) => Err(format!(
            "{FILE} is of commit {other}, and {commit} stands here.\nWhat to do: run `cargo xtask test --all`"
        )),
        None => Err(format!(
            "{FILE} is missing, so nothing says that every test passed on this commit.\nWhat to do: run `cargo xtask test --all`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::{FILE, check, commit, proves, write};
    use std::error::Error;
    use std::fs;
    use std::path::Path;
    use std::process::Command;
    use std::time::Duration;

    #[test]
    fn only_a_proof_of_this_very_commit_counts() {
        assert_eq!(proves(r#"{ "commit": "abc" }"#, "abc"), Ok(()));
        for (proof, refusal) in [("", "is missing"), ("{}", "is missing"), (r#"{ "commit": "abd" }"#, "of commit abd")]
        {
            let refused = proves(proof, "abc").err().unwrap_or_default();
            assert!(refused.contains(refusal) && refused.contains("cargo xtask test --all"), "{proof}: {refused}");
        }
    }

    fn git(folder: &Path, args: &[&str]) -> Result<(), Box<dyn Error>> {
        let who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(folder).args(who).args(args).output()?;
        if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into()) }
    }

    /// What stops `release` at this folder, in its words; nothing where it goes on.
    fn refused(folder: &Path) -> String {
        check(folder).err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_release_goes_on_with_the_proof_of_what_stands_there_and_nothing_else() -> Result<(), Box<dyn Error>> {
        let folder = std::env::temp_dir().join(format!("consult-ready-proof-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        git(&folder, &["init", "--quiet"])?;
        fs::write(folder.join(".gitignore"), FILE)?;
        git(&folder, &["add", "."])?;
        git(&folder, &["commit", "--quiet", "--message", "first"])?;
        assert!(refused(&folder).contains("is missing"));
        write(&folder, &commit(&folder)?, Duration::from_secs(60))?;
        assert_eq!(refused(&folder), "");
        // A file that the proof knows nothing of, and a later commit with it.
        fs::write(folder.join("more.txt"), "x")?;
        assert!(refused(&folder).contains("more.txt"));
        git(&folder, &["add", "."])?;
        git(&folder, &["commit", "--quiet", "--message", "second"])?;
        assert!(refused(&folder).contains("is of commit"));
        Ok(fs::remove_dir_all(&folder)?)
    }
}
