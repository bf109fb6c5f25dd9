//! What the build and the tests can't do without, and the parts that each need consists of.

use super::error::Error;
use super::part::{Part, read};
use crate::run;

const TRUNK_VERSION: &str = "0.21.14";
const GECKODRIVER_VERSION: &str = "0.37.1";
const NODE: Part = Part::system(&["node"], "nodejs", 15);
const NPM: Part = Part::system(&["npm"], "npm", 40);

/// Something the build or the tests can't do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The standard library for wasm.
    WasmTarget,
    /// wasm-bindgen's command, at exactly the version of the crate in Cargo.lock.
    WasmBindgen,
    /// Trunk, which drives the build.
    Trunk,
    /// binaryen's optimiser, at the version that `xtask/tools/package-lock.json` names.
    WasmOpt,
    /// Chromium and its driver.
    Chromium,
    /// Firefox and its driver, which Debian does not package.
    Firefox,
    /// WebKitGTK, its driver, and a virtual screen for it.
    WebKit,
    /// A screen reader, the bus it speaks on, and what gives a window the keyboard.
    Orca,
    /// The tools that read printed files back.
    Poppler,
    /// One family of fonts, so that lines break alike on every machine.
    Fonts,
    /// What comes from npm, for tests alone.
    NodeOracles,
    /// Runs the Nu Html Checker.
    Java,
    /// PHP and a real WordPress, for the tests of the plugin.
    WordPress,
}

impl Need {
    /// What `trunk build` needs.
    pub const BUILD: &'static [Self] = &[Self::WasmTarget, Self::WasmBindgen, Self::Trunk, Self::WasmOpt];

    /// What the browser tests need on top of that.
    pub const TEST: &'static [Self] =
        &[Self::Chromium, Self::Firefox, Self::WebKit, Self::Poppler, Self::Fonts, Self::NodeOracles, Self::WordPress];

    /// What is installed for it.
    // It is long as a table is: one row for each need.
    pub fn parts(self) -> Result<Vec<Part>, Error> {
        Ok(match self {
            Self::WasmTarget => vec![Part::WasmTarget],
            Self::WasmBindgen => {
                let version = locked_version("wasm-bindgen")?;
                vec![Part::cargo("wasm-bindgen-cli", "wasm-bindgen", &version, 180)]
            }
            Self::Trunk => vec![Part::cargo("trunk", "trunk", TRUNK_VERSION, 480)],
            Self::WasmOpt => {
                vec![NODE, NPM, Part::Npm { folder: "xtask/tools", what: "binaryen, which makes the wasm smaller" }]
            }
            Self::Chromium => vec![
                Part::system(&["chromium", "chromium-browser", "google-chrome"], "chromium", 30),
                Part::system(&["chromedriver"], "chromium-driver", 5),
            ],
            Self::Firefox => {
                vec![
                    Part::system(&["firefox-esr", "firefox"], "firefox-esr", 20),
                    Part::cargo("geckodriver", "geckodriver", GECKODRIVER_VERSION, 60),
                ]
            }
            Self::WebKit => {
                vec![Part::system(&["WebKitWebDriver"], "webkit2gtk-driver", 30), Part::system(&["Xvfb"], "xvfb", 10)]
            }
            Self::Orca => {
                vec![
                    Part::system(&["orca"], "orca", 10),
                    Part::system(&["dbus-daemon"], "dbus", 5),
                    Part::system(&["xdotool"], "xdotool", 5),
                ]
            }
            Self::Poppler => vec![Part::system(&["pdftotext"], "poppler-utils", 5), Part::system(&["qpdf"], "qpdf", 5)],
            Self::Fonts => vec![Part::Fonts],
            Self::NodeOracles => {
                vec![NODE, NPM, Part::Npm { folder: "tests/oracles", what: "the npm packages of tests/oracles" }]
            }
            Self::Java => vec![Part::system(&["java"], "default-jre-headless", 40)],
            Self::WordPress => {
                let modules =
                    [("pdo_sqlite", "php-sqlite3"), ("mbstring", "php-mbstring"), ("dom", "php-xml"), ("gd", "php-gd")];
                let mut parts = vec![NODE, NPM, Part::system(&["php"], "php-cli", 15)];
                parts.extend(modules.map(|(module, package)| Part::PhpModule { module, package }));
                parts.push(Part::WordPress);
                parts
            }
        })
    }
}

/// The version of a crate in Cargo.lock, whose form is fixed enough to read by line.
fn locked_version(name: &'static str) -> Result<String, Error> {
    let path = run::root().join("Cargo.lock");
    let lock = read(&path)?;
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted).skip(1);
    lines
        .next()
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or(Error::NotLocked { path, name })
}

#[cfg(test)]
mod tests {
    use super::{Need, locked_version};

    #[test]
    fn wasm_bindgens_version_is_read_from_the_lock_file() {
        let version = locked_version("wasm-bindgen").unwrap_or_default();
        assert!(version.starts_with("0.2."), "read “{version}”");
    }

    #[test]
    fn what_is_not_locked_is_named() {
        let error = locked_version("no-such-crate").map_err(|error| error.to_string());
        assert!(error.is_err_and(|message| message.contains("no-such-crate")));
    }

    #[test]
    fn serve_installs_nothing_that_only_tests_need() {
        assert!(Need::BUILD.iter().all(|need| !Need::TEST.contains(need)));
    }
}
