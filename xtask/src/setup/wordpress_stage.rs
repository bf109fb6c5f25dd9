//! A whole WordPress for the tests of the plugin: where it stands, and how it gets there.

use super::error::{ADVICE, BROKEN, Error};
use crate::run;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha512};
use std::fs;
use std::path::PathBuf;

/// It ships WordPress 7.1.1, WP-CLI and the SQLite plugin.
const PACKAGE: &str = "wp-studio";
const VERSION: &str = "1.22.0";
const SHA512: &str = "boMtahkhgWDKKyNTBA1uTK5ghnAmxXhDY6KeQCO9FmcI3/o+YOSq8JwYW5ZYnxHCxH14Jf/mD6CJTBvTWl2Ytw==";

fn folder() -> PathBuf {
    run::root().join("target/wordpress")
}

/// Whether it was unpacked.
pub fn is_there() -> bool {
    folder().join("latest/wordpress/wp-load.php").is_file()
}

/// Whether PHP has this part, which Debian packages by itself.
pub fn has_php_module(module: &str) -> Result<bool, Error> {
    if run::find("php").is_none() {
        return Ok(false);
    }
    Ok(run::output(run::command("php")?.arg("-m"), BROKEN)?.lines().any(|line| line == module))
}

/// The package holds a whole WordPress, so neither a database server nor wordpress.org is needed.
/// Only those of its files are unpacked, and only if the package is the one that was looked at.
pub fn install() -> Result<(), Error> {
    let folder = folder();
    fs::create_dir_all(&folder).map_err(|source| Error::Read { path: folder.clone(), source })?;
    let mut npm = run::command("npm")?;
    run::run(npm.args(["pack", "--silent", &format!("{PACKAGE}@{VERSION}")]).current_dir(&folder), ADVICE)?;
    let archive = folder.join(format!("{PACKAGE}-{VERSION}.tgz"));
    let bytes = fs::read(&archive).map_err(|source| Error::Read { path: archive.clone(), source })?;
    if BASE64.encode(Sha512::digest(&bytes)) != SHA512 {
        return Err(Error::Changed { path: archive });
    }
    let mut tar = run::command("tar")?;
    tar.args(["xz", "--strip-components=4", "--wildcards", "--exclude=*/latest/languages/*", "-f"])
        .arg(&archive)
        .current_dir(&folder);
    tar.args(
        ["latest", "wp-cli", "sqlite-database-integration"].map(|part| format!("package/dist/cli/wp-files/{part}/*")),
    );
    run::run(&mut tar, ADVICE)?;
    fs::remove_file(&archive).map_err(|source| Error::Read { path: archive, source })
}
