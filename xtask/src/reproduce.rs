//! The same source gives the same bytes, wherever and whenever it is built.

use crate::{build, bundle, pack, run, setup_page};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const GIT: &str = "see that this folder is a git repository with at least one commit, then run this again";
const RUSTC: &str = "see that rustup and the toolchain of rust-toolchain.toml are installed, then run this again";

/// Takes from a build what differs from machine to machine: the folders' names, the time, and flags
/// for the compiler that this terminal happens to set.
///
/// # Errors
/// Where git or rustc do not answer.
pub fn settle(trunk: &mut Command, root: &Path) -> Result<(), Box<dyn Error>> {
    let sysroot = run::output(run::command("rustc")?.current_dir(root).args(["--print", "sysroot"]), RUSTC)?;
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    // The last that matches holds, so a folder inside another comes after it.
    let mut named = vec![(library, "/rust")];
    named.extend(home.map(|home| (home, "/cargo")));
    named.push((root.to_owned(), "/consult-ready"));
    let flags: Vec<String> =
        named.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect();
    if flags.iter().any(|flag| flag.contains(char::is_whitespace)) {
        return Err(
            "a folder's name has a blank in it, which RUSTFLAGS can't hold.\nWhat to do: build in a folder without one"
                .into(),
        );
    }
    // RUSTFLAGS would replace what .cargo/config.toml says; this is added to it.
    trunk
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" "));
    if std::env::var_os("SOURCE_DATE_EPOCH").is_none() {
        // A source without its history, such as an archive, has no time of its own.
        let time = run::output(Command::new("git").current_dir(root).args(["log", "-1", "--format=%ct"]), GIT);
        trunk.env("SOURCE_DATE_EPOCH", time.as_deref().map_or("0", str::trim));
    }
    Ok(())
}

/// Builds here and in a copy of the source in another folder, and compares the files byte by byte.
///
/// # Errors
/// Where a build fails, or the first byte that differs.
pub fn reproduce(root: &Path) -> Result<(), Box<dyn Error>> {
    build::build(root, None, &pack::Given::default())?;
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
    for name in run::output(Command::new("git").current_dir(root).args(list), GIT)?.lines() {
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
    for name in [bundle::FILE, setup_page::FILE, bundle::LOADER] {
        let (a, b) = (fs::read(first.join(name))?, fs::read(second.join(name))?);
        if let Some(at) = first_difference(&a, &b) {
            return Err(format!(
                "{name} differs from byte {at} on ({} and {} bytes).\nWhat to do: look for a path, a time or an unordered list that reached the file",
                a.len(),
                b.len()
            )
            .into());
        }
        println!("{name}: {} bytes, the same both times, SHA-256 {}", a.len(), bundle::sha256(&a));
    }
    Ok(())
}

fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    (a.len() != b.len() || same < a.len()).then_some(same)
}

#[cfg(test)]
mod tests {
    use super::{first_difference, settle};
    use crate::run;
    use std::error::Error;
    use std::process::Command;

    #[test]
    fn the_first_different_byte_is_named() {
        assert_eq!(first_difference(b"abc", b"abc"), None);
        assert_eq!(first_difference(b"abc", b"abd"), Some(2));
        assert_eq!(first_difference(b"abc", b"abcd"), Some(3));
    }

    #[test]
    fn no_folder_of_this_machine_reaches_the_compiler_unnamed() -> Result<(), Box<dyn Error>> {
        let mut command = Command::new("true");
        settle(&mut command, &run::root())?;
        let value = |name: &str| {
            command
                .get_envs()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.map(|v| v.to_string_lossy().into_owned()))
        };
        let flags = value("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS").flatten().unwrap_or_default();
        assert!(flags.contains(&format!("--remap-path-prefix={}=/consult-ready", run::root().display())), "{flags}");
        // RUSTFLAGS would take `--cfg erase_components` away.
        assert_eq!(value("RUSTFLAGS"), Some(None));
        Ok(())
    }
}
