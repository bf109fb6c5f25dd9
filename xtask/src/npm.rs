//! The npm package: `npm/` with the loader and the one file in it, as the archive that npm installs
//! from.

use crate::one_file::{FILE, LOADER};
use crate::{pack, release_folder};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::error::Error;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What is authored for the package.
const AUTHORED: [&str; 3] = ["package.json", "README.md", "custom-elements.json"];
/// What of the release folder is in the package.
const RELEASED: [&str; 6] = [FILE, LOADER, "headers.md", "NOTICES.txt", "LICENSE-MIT", "LICENSE-APACHE"];

/// The archive's name, as `npm pack` would give it.
pub fn name() -> String {
    format!("consult-ready-{}.tgz", env!("CARGO_PKG_VERSION"))
}

/// Makes the archive from what stands in `dist`, for the tests: what `release` does with a fresh
/// build.
pub fn from_build(root: &Path) -> Result<(), Box<dyn Error>> {
    let packs = pack::pack(root, &pack::Options::default())?;
    let dist = root.join("dist");
    let released = release_folder::assemble(root, &dist, &packs)?;
    println!("made {}", package(root, &dist, &released)?.display());
    Ok(())
}

/// Writes the archive into `dist`, from a released folder. The same files make the same archive.
pub fn package(root: &Path, dist: &Path, released: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let path = dist.join(name());
    let mut archive = tar::Builder::new(GzEncoder::new(File::create(&path)?, Compression::best()));
    for name in AUTHORED {
        let text = fs::read_to_string(root.join("npm").join(name))?.replace("{{version}}", env!("CARGO_PKG_VERSION"));
        add(&mut archive, name, text.as_bytes())?;
    }
    for name in RELEASED {
        add(&mut archive, name, &fs::read(released.join(name))?)?;
    }
    archive.into_inner()?.finish()?;
    Ok(path)
}

/// npm wants all files below one folder called `package`.
fn add(archive: &mut tar::Builder<GzEncoder<File>>, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len().try_into()?);
    header.set_mode(0o644);
    // The fixed time that npm itself gives: 26 October 1985.
    header.set_mtime(499_162_500);
    Ok(archive.append_data(&mut header, format!("package/{name}"), bytes)?)
}
