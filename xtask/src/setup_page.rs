//! `setup.html`: the page on which a clinic makes its own file. It holds the one file compressed, and a small wasm of
//! its own (`src/setup.rs`); it is folded as the one file is and has the same policy.

use crate::bundle::{self, Built, hashes, policy, squeeze_js, style};
use crate::data_block::block;
use engine::pack::{Pack, Settings};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Its name.
pub const FILE: &str = "setup.html";
/// Makes the page.
pub fn fold(root: &Path, setup: &Built, app: &Built, packs: &[Pack]) -> Result<String, Box<dyn Error>> {
    let (file, _) = bundle::fold(root, app, packs, &Settings::default())?;
    let early = squeeze_js(&fs::read_to_string(root.join("public/early.js"))?)?;
    let glue = setup.glue()?;
    let boot = squeeze_js(&fs::read_to_string(root.join("public/setup.js"))?)?;
    let style = style(root, &["tokens", "base", "pieces", "setup"])?;
    // A frame by `srcdoc` has its own policy and this page's too, so this one lists what the file runs as well.
    let scripts = [hashes(&[&early, &glue, &boot]), listed(&file, "script-src")?].join(" ");
    let styles = [hashes(&[&style]), listed(&file, "style-src")?].join(" ");
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(file.as_bytes())?;
    let loader = fs::read(root.join("public").join(bundle::LOADER))?;
    let data = [
        block("file", "", &packed.finish()?),
        loader_block(&loader),
        block("wasm", "", setup.wasm()),
        format!("<script>{boot}</script>\n<script>{glue}</script>"),
    ];
    let template = fs::read_to_string(root.join(FILE))?;
    let page = template.lines().filter(|l| !l.contains("data-trunk") && !l.starts_with("<!--")).collect::<Vec<_>>().join("\n");
    Ok(page
        .replace("{{policy}}", &policy(&scripts, &styles))
        .replace("{{early}}", &format!("<script>{early}</script>"))
        .replace("{{style}}", &format!("<style>{style}</style>"))
        .replace("{{folder}}", &bundle::folder())
        .replace("{{data}}", &data.concat()))
}

/// The loader, and its hash for the lines that a clinic pastes.
pub fn loader_block(loader: &[u8]) -> String {
    block("loader", &format!(" data-integrity=\"{}\"", bundle::integrity(loader)), loader)
}

/// The hashes that a file's policy lists in a directive.
fn listed(file: &str, directive: &str) -> Result<String, Box<dyn Error>> {
    let (_, rest) = file.split_once(&format!("{directive} ")).ok_or("the one file has no policy")?;
    let all = rest.split(';').next().unwrap_or_default().split(' ');
    Ok(all.filter(|word| word.starts_with("'sha256-")).collect::<Vec<_>>().join(" "))
}
