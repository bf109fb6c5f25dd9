//! `cargo xtask`: everything that is done to the project from a terminal.
#![allow(clippy::print_stdout, reason = "a terminal tool speaks on standard output")]

mod bench;
mod bench_walk;
mod breaks;
mod build;
mod bundle;
mod data_block;
mod fallback;
mod gettext;
mod headers;
mod npm;
mod one_file;
mod pack;
mod pictures;
mod places;
mod policy;
mod proof;
mod release;
mod release_folder;
mod reproduce;
mod run;
mod script;
mod serve;
mod setup;
mod setup_page;
mod shipped;
mod site;
mod test;
mod trunk;
mod verify;
mod wordpress;

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask serve    build the demo, serve it here, print the address
cargo xtask test     run every test (sets up what is missing first), under an hour on two cores
    --all              the long ones too: hours; writes proof.json, which a release needs
cargo xtask setup    put in place what build and tests need
cargo xtask pack     check content/ and compile it
cargo xtask build    build dist/consult-ready.html and dist/setup.html
    --questionnaire F  with pack or build: around a FHIR R4 Questionnaire by others
    --rules F          what its answers mean for the talk, as content/en/rules.toml has it
    --allow-unsupported  shows what of it can't be asked as a line of text
cargo xtask bundle   fold what Trunk built last into the one file again (--settings F, --out FOLDER)
cargo xtask release  the folder for a clinic's server, with hashes, parts and notices
cargo xtask site     the site around the product, from what was built
cargo xtask wordpress  the WordPress plugin, from what was built
cargo xtask npm      the npm package, from what was built
cargo xtask reproduce  build here and in a second folder, compare byte by byte
cargo xtask bench    what the one file weighs; `bench kiosk`: two thousand visits in one page;
    --load             how long it takes on a slow phone, beside a plain page with the same questions
    --walk             screens, taps and minutes of the named answers, held against their bars
cargo xtask breaks   take each defence away (docs/breaks.toml; or those of these ids), see its test fail
    --together         with ids: all at once, one build for what runs in browsers
cargo xtask pictures  every screen as a picture, and contact sheets, into target/pictures/
cargo xtask audit    licences, bans and advisories of the dependencies";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let task = std::env::args().nth(1).unwrap_or_default();
    match act(&task, root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("cargo xtask {task}: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the arguments ask for the long tests too.
fn all(mut args: impl Iterator<Item = String>) -> Result<bool, String> {
    match (args.next().as_deref(), args.next()) {
        (None, None) => Ok(false),
        (Some("--all"), None) => Ok(true),
        _ => Err("the only argument is --all. For one test: `cargo test --package native-tests NAME`".into()),
    }
}

fn act(task: &str, root: &Path) -> Result<(), Box<dyn Error>> {
    match task {
        "setup" => Ok(setup::setup(&[setup::Need::BUILD, setup::Need::TEST].concat())?),
        "pack" => pack::pack(root, &pack::Options::read(std::env::args().skip(2))?).map(|_| ()),
        "build" => {
            setup::setup(setup::Need::BUILD)?;
            build::build(root, None, &pack::Options::read(std::env::args().skip(2))?)
        }
        "bundle" => bundle::bundle(root, &bundle::Options::read(root, std::env::args().skip(2))?),
        "reproduce" => {
            setup::setup(setup::Need::BUILD)?;
            reproduce::reproduce(root)
        }
        "release" => {
            setup::setup(setup::Need::BUILD)?;
            release::release(root)
        }
        "site" => site::make(root, &root.join("dist")).map(|folder| println!("made {}", folder.display())),
        "wordpress" => wordpress::from_build(root),
        "npm" => npm::from_build(root),
        "serve" => serve::serve(root),
        "test" => test::test(root, all(std::env::args().skip(2))?),
        "bench" => match std::env::args().nth(2).as_deref() {
            Some("kiosk") => bench::kiosk(root),
            Some("--load") => bench::load(root),
            Some("--walk") => bench_walk::walk(root),
            _ => bench::bench(root),
        },
        "breaks" => breaks::breaks(root, std::env::args().skip(2)),
        "pictures" => pictures::pictures(root),
        "audit" => {
            let advice = "mend what the lines above name; if cargo-deny is missing: cargo install --locked cargo-deny";
            Ok(run::run(Command::new("cargo").current_dir(root).args(["deny", "check"]), advice)?)
        }
        "" | "help" | "--help" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no task “{other}”\n\n{HELP}").into()),
    }
}
