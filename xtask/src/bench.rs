//! `cargo xtask bench`: what the one file weighs, by part, and whether it stays within its limit.

use crate::one_file;
use crate::trunk::Built;
use crate::{pack, run, setup};
use engine::pack::Settings;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// Most that the one file may weigh with every language, in bytes of brotli.
const LIMIT: usize = 340_000;

/// Prints the weights; an error above the limit.
pub fn bench(root: &Path) -> Result<(), Box<dyn Error>> {
    let built = Built::last(root).map_err(|e| format!("{e} (then run bench again)"))?;
    let packs = pack::pack(root, &pack::Options::default())?;
    let english = packs.get(..1).unwrap_or_default();
    let (first, _) = one_file::fold(root, &built, english, &Settings::default())?;
    let (html, parts) = one_file::fold(root, &built, &packs, &Settings::default())?;
    println!("{:<16}{:>10}{:>10}{:>10}", "part", "bytes", "gzip", "brotli");
    let row = |name: &str, bytes: &[u8]| -> Result<usize, Box<dyn Error>> {
        let brotli = brotli_size(bytes)?;
        println!("{name:<16}{:>10}{:>10}{brotli:>10}", bytes.len(), gzip_size(bytes)?);
        Ok(brotli)
    };
    row("wasm, unpacked", built.wasm())?;
    for part in &parts {
        row(part.name, &part.bytes)?;
    }
    row("one file, en", first.as_bytes())?;
    let whole = row("one file, all", html.as_bytes())?;
    if whole > LIMIT {
        return Err(format!(
            "the one file weighs {whole} bytes of brotli, the limit is {LIMIT}. Take weight out, or say in ARCHITECTURE.md why the limit moves"
        )
        .into());
    }
    println!("\n{whole} of {LIMIT} bytes of brotli: within the limit");
    Ok(())
}

/// Two thousand visits in one page of a kiosk, over the file in `dist/`: prints what they leave
/// behind.
pub fn kiosk(root: &Path) -> Result<(), Box<dyn Error>> {
    let soak = [
        "test",
        "--package",
        "consult-ready-browser",
        "--test",
        "kiosk",
        "--",
        "--ignored",
        "--nocapture",
        "soak_in_full",
    ];
    let advice = "build first with `cargo xtask build`; the line above names what was left behind";
    Ok(run::run(Command::new("cargo").current_dir(root).args(soak).env("PATH", run::tool_path()), advice)?)
}

/// How long the file in `dist/` takes on a slow phone, beside a plain page with the same questions:
/// prints the ratios.
pub fn load(root: &Path) -> Result<(), Box<dyn Error>> {
    setup::setup(&[setup::Need::Chromium])?;
    let load = ["test", "--package", "consult-ready-browser", "--test", "load", "--", "--ignored", "--nocapture"];
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(load).env("PATH", run::tool_path());
    let advice =
        "build first with `cargo xtask build`; the lines above say what was on screen when nothing could be pressed";
    run::step("Measuring, each run in a browser of its own", 150, &mut cargo, advice)?;
    let scale = [
        "test",
        "--profile",
        "walks",
        "--package",
        "native-tests",
        "--test",
        "scale",
        "--",
        "--ignored",
        "--nocapture",
        "--test-threads",
        "1",
    ];
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(scale).env("PATH", run::tool_path());
    Ok(run::step("Measuring 5,000 items beside 50, and the heaviest sheets", 120, &mut cargo, advice)?)
}

fn gzip_size(bytes: &[u8]) -> Result<usize, Box<dyn Error>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli_size(bytes: &[u8]) -> Result<usize, Box<dyn Error>> {
    let mut out = Vec::new();
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out.len())
}
