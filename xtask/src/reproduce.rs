//! The same source gives the same bytes, wherever and whenever it is built.

use crate::one_file::{FILE, LOADER};
use crate::{build, pack, policy, run, setup_page};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds here and in a copy of the source in another folder, and compares the files byte by byte.
///
/// # Errors
/// Where a build fails, or the first byte that differs.
pub fn reproduce(root: &Path) -> Result<(), Box<dyn Error>> {
    build::build(root, None, &pack::Options::default())?;
    let second = std::env::temp_dir().join(format!("consult-ready-again-{}", std::process::id()));
    let compared = copy_source(root, &second)
        .and_then(|()| again(&second))
        .and_then(|()| compare(&root.join("dist"), &second.join("dist")));
    if second.exists() {
        fs::remove_dir_all(&second)?;
    }
    compared
}

/// Copies what git tracks, and new files that it does not ignore.
fn copy_source(root: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    for name in run::output(Command::new("git").current_dir(root).args(list), run::NO_GIT)?.lines() {
        let (from, to) = (root.join(name), to.join(name));
        if let Some(folder) = to.parent().filter(|_| from.is_file()) {
            fs::create_dir_all(folder)?;
            fs::copy(from, to)?;
        }
    }
    Ok(())
}

fn again(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut cargo = run::command("cargo")?;
    // Nothing compiled here may be taken for compiled there.
    cargo
        .current_dir(folder)
        .args(["xtask", "build"])
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTC_WRAPPER");
    Ok(run::step(
        "Building a second time in another folder",
        400,
        &mut cargo,
        "mend what the lines above name, then run this again",
    )?)
}

fn compare(first: &Path, second: &Path) -> Result<(), Box<dyn Error>> {
    for name in [FILE, setup_page::FILE, LOADER] {
        let (a, b) = (fs::read(first.join(name))?, fs::read(second.join(name))?);
        if let Some(at) = first_difference(&a, &b) {
            return Err(format!(
                "{name} differs from byte {at} on ({} and {} bytes).\nWhat to do: look for a path, a time or an unordered list that reached the file",
                a.len(),
                b.len()
            )
            .into());
        }
        println!("{name}: {} bytes, the same both times, SHA-256 {}", a.len(), policy::sha256(&a));
    }
    Ok(())
}

fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    (a.len() != b.len() || same < a.len()).then_some(same)
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_different_byte_is_named() {
        assert_eq!(first_difference(b"abc", b"abc"), None);
        assert_eq!(first_difference(b"abc", b"abd"), Some(2));
        assert_eq!(first_difference(b"abc", b"abcd"), Some(3));
    }
}
