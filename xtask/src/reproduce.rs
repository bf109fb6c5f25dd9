//! The same source gives the same bytes, wherever and whenever it is built.

use crate::one_file::{FILE, LOADER};
use crate::trunk::{self, APP, Built};
use crate::{build, bundle, one_file, pack, policy, run, setup_page};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

const ADVICE: &str = "mend what the lines above name, then run this again";

/// Builds here and in a copy of the source in another folder, and compares the files byte by byte.
///
/// # Errors
/// Where a build fails, or the first byte that differs.
pub fn reproduce(root: &Path) -> Result<(), Box<dyn Error>> {
    build::build(root, None, &pack::Options::default())?;
    elsewhere(root, |second| {
        again(second)?;
        [FILE, setup_page::FILE, LOADER].iter().try_for_each(|name| {
            compare(name, &fs::read(root.join("dist").join(name))?, &fs::read(second.join("dist").join(name))?)
        })
    })
}

/// Builds the app in a copy of the source, and compares the one file that stands in `dist/`, built
/// with the same settings.
///
/// # Errors
/// As [`reproduce`].
pub fn one_file(root: &Path, settings: &str) -> Result<(), Box<dyn Error>> {
    elsewhere(root, |second| {
        let mut trunk = trunk::command(second, APP, &pack::Options::default())?;
        apart(&mut trunk, second);
        run::step("Building the app a second time in another folder", 240, &mut trunk, ADVICE)?;
        let packs = bundle::read_packs(second)?;
        let settings = bundle::read_settings(&second.join(settings), &packs)?;
        let (again, _) = one_file::fold(second, &Built::last(second)?, &packs, &settings)?;
        compare(FILE, &fs::read(root.join("dist").join(FILE))?, again.as_bytes())
    })
}

/// Acts on a copy of the source in another folder, which is gone after that.
fn elsewhere(root: &Path, act: impl Fn(&Path) -> Result<(), Box<dyn Error>>) -> Result<(), Box<dyn Error>> {
    let second = std::env::temp_dir().join(format!("consult-ready-again-{}", std::process::id()));
    let done = copy_source(root, &second).and_then(|()| act(&second));
    if second.exists() {
        fs::remove_dir_all(&second)?;
    }
    done
}

/// Nothing compiled here may be taken for compiled there.
fn apart(command: &mut Command, folder: &Path) {
    command.env("CARGO_TARGET_DIR", folder.join("target")).env_remove("RUSTC_WRAPPER");
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
    cargo.current_dir(folder).args(["xtask", "build"]);
    apart(&mut cargo, folder);
    Ok(run::step("Building a second time in another folder", 400, &mut cargo, ADVICE)?)
}

fn compare(name: &str, a: &[u8], b: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(at) = first_difference(a, b) {
        return Err(format!(
            "{name} differs from byte {at} on ({} and {} bytes).\nWhat to do: look for a path, a time or an unordered list that reached the file",
            a.len(),
            b.len()
        )
        .into());
    }
    println!("{name}: {} bytes, the same both times, SHA-256 {}", a.len(), policy::sha256(a));
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
