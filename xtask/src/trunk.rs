//! Trunk: how it is run, the same on every machine, and what it leaves behind.

use crate::{pack, run, script};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUSTC: &str = "see that rustup and the toolchain of rust-toolchain.toml are installed, then run this again";

/// The app's page, which `trunk serve` takes too.
pub const APP: &str = "index.html";
/// The set-up page.
pub const SETUP: &str = "setup.html";

/// Where Trunk leaves what it built from a page.
pub fn built(root: &Path, page: &str) -> PathBuf {
    root.join("target/trunk").join(page.trim_end_matches(".html"))
}

/// Trunk's command for a page, as it runs on every machine.
///
/// # Errors
/// Where Trunk, git or rustc are missing.
pub fn command(root: &Path, page: &str, options: &pack::Options) -> Result<Command, Box<dyn Error>> {
    let mut trunk = run::command("trunk")?;
    trunk.current_dir(root).args(["build", page, "--release", "--dist"]).arg(built(root, page));
    settle(&mut trunk, root)?;
    // Some terminals set NO_COLOR=1, which this Trunk refuses to read as a flag.
    trunk.env_remove("NO_COLOR");
    for (name, file) in [(pack::QUESTIONNAIRE, &options.questionnaire), (pack::RULES, &options.rules)] {
        match file {
            Some(file) => trunk.env(name, file),
            None => trunk.env_remove(name),
        };
    }
    if options.allow {
        trunk.env(pack::ALLOW, "1");
    }
    Ok(trunk)
}

/// Takes from a build what differs from machine to machine: the folders' names, the time, and flags
/// for the compiler that this terminal happens to set.
///
/// # Errors
/// Where git or rustc do not answer.
fn settle(trunk: &mut Command, root: &Path) -> Result<(), Box<dyn Error>> {
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
        let time = run::output(Command::new("git").current_dir(root).args(["log", "-1", "--format=%ct"]), run::NO_GIT);
        trunk.env("SOURCE_DATE_EPOCH", time.as_deref().map_or("0", str::trim));
    }
    Ok(())
}

/// What Trunk built.
pub struct Built {
    glue: String,
    wasm: Vec<u8>,
}

impl Built {
    /// Reads it from the folder that Trunk wrote to.
    ///
    /// # Errors
    /// Where nothing is built yet.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let find = |ending: &str| -> Result<PathBuf, Box<dyn Error>> {
            let names = fs::read_dir(folder).into_iter().flatten().filter_map(|e| e.ok().map(|e| e.path()));
            let found = names.into_iter().find(|p| p.to_string_lossy().ends_with(ending));
            found.ok_or_else(|| {
                format!("{} has no {ending}.\nWhat to do: run `cargo xtask build`", folder.display()).into()
            })
        };
        Ok(Self { glue: fs::read_to_string(find(".js")?)?, wasm: fs::read(find(".wasm")?)? })
    }

    /// The app as it was built last.
    ///
    /// # Errors
    /// Where nothing is built yet.
    pub fn last(root: &Path) -> Result<Self, Box<dyn Error>> {
        Self::read(&built(root, APP))
    }

    /// The module that wasm-bindgen wrote, as a classic script that hands over a function which
    /// makes it: the glue has state of its own that belongs to one instance of the wasm, and a
    /// policy's hash covers no script that is imported.
    ///
    /// # Errors
    /// Where wasm-bindgen writes another form of module than this knows.
    pub fn glue(&self) -> Result<String, Box<dyn Error>> {
        let (body, rest) =
            self.glue.split_once("export {").ok_or("wasm-bindgen's module has no `export {`. See `Built::glue`")?;
        // Classes of Leptos's server calls, which nothing here uses.
        let body = body.replace("export class ", "class ");
        if !rest.contains("__wbg_init as default")
            || body.lines().any(|line| line.starts_with("import ") || line.starts_with("export "))
        {
            return Err(
                "wasm-bindgen's module imports or exports what a classic script can't. See `Built::glue`".into()
            );
        }
        let body = body.replace("import.meta.url", "location.href");
        Ok(format!("window.consultReadyGlue(()=>{{{}\nreturn __wbg_init;}});", script::squeeze(&body)?))
    }

    /// The wasm as it was built.
    pub fn wasm(&self) -> &[u8] {
        &self.wasm
    }
}

#[cfg(test)]
mod tests {
    use super::{Built, settle};
    use crate::run;
    use std::error::Error;
    use std::process::Command;

    #[test]
    fn the_module_becomes_a_script_that_hands_over_a_factory() -> Result<(), Box<dyn std::error::Error>> {
        let module = "let wasm;\nasync function __wbg_init(m) {\n m = new URL('x', import.meta.url);\n return m;\n}\n\nexport { initSync, __wbg_init as default };\n";
        let glue = Built { glue: module.to_owned(), wasm: Vec::new() }.glue()?;
        assert!(glue.starts_with("window.consultReadyGlue(()=>{") && glue.ends_with("return __wbg_init;});"), "{glue}");
        assert!(!glue.contains("export") && !glue.contains("import"), "{glue}");
        let snippet = Built { glue: format!("import * as a from './snippets/a.js';\n{module}"), wasm: Vec::new() };
        assert!(snippet.glue().is_err(), "a snippet would be fetched");
        Ok(())
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
