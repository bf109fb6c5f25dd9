//! Folds what Trunk built into the one file, `consult-ready.html`.
//!
//! Order inside the file is order of use, since a page runs while it still arrives: policy, style
//! and what is painted first; then the wasm, the boot script that compiles it, the first language
//! and the glue, from where the app runs; then other languages and the form that stands in for the
//! app where it can't run.

use crate::data_block::block;
use crate::trunk::Built;
use crate::{fallback, pack, policy, script, trunk};
use engine::pack::{Pack, Settings};
use export::one_file;
use std::error::Error;
use std::fs;
use std::path::Path;

/// The one file's name.
pub const FILE: &str = "consult-ready.html";
/// The loader, which looks for the one file beside itself.
pub const LOADER: &str = "consult-ready.js";

/// The name of a release's folder: a version never changes under its address.
pub fn folder() -> String {
    format!("consult-ready-{}", env!("CARGO_PKG_VERSION"))
}

/// A named part of the one file, for `cargo xtask bench`.
pub struct Part {
    /// What it is.
    pub name: &'static str,
    /// Its bytes as they stand in the file.
    pub bytes: Vec<u8>,
}

/// Makes the one file; also gives its parts by name.
///
/// # Errors
/// Where index.html has lost a place that is filled here.
pub fn fold(
    root: &Path,
    built: &Built,
    packs: &[Pack],
    settings: &Settings,
) -> Result<(String, Vec<Part>), Box<dyn Error>> {
    let early = script::squeeze(&fs::read_to_string(root.join("public/early.js"))?)?;
    let start = script::squeeze(&fs::read_to_string(root.join("public/start.js"))?)?;
    let boot = script::squeeze(&fs::read_to_string(root.join("public/boot.js"))?)?;
    let (glue, wasm) = (built.glue()?, block("wasm", "", built.wasm()));
    // Those that `trunk serve` takes too, so that neither can lack one.
    let index = fs::read_to_string(root.join(trunk::APP))?;
    let names: Vec<&str> =
        index.split("href=\"style/").skip(1).filter_map(|rest| Some(rest.split_once(".css")?.0)).collect();
    let style = script::style(root, &names)?;
    let (first, others) = packs.split_first().ok_or("there is no pack")?;
    let first_block = pack::block(first, others);
    let other_blocks: String = others.iter().map(|pack| pack::block(pack, &[])).collect();
    let fallback = fallback::form(first);
    let policy = policy::policy(&policy::hashes(&[&early, &start, &glue, &boot]), &policy::hashes(&[&style]));
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n<script>{early}</script>\n<style>{style}</style>\n"
    );
    let body = format!(
        "{}\n<div id=\"shell\">{}</div>\n<div id=\"app\"></div>\n<script>{start}</script>\n{wasm}<script>{boot}</script>\n{first_block}<script>{glue}</script>\n{other_blocks}<div id=\"fallback\">{fallback}</div>\n",
        one_file::EMPTY_BLOCK,
        fallback::shell(packs),
    );
    let html = page(&index, &head, &body)?;
    let html = one_file::with_settings(&html, settings, first.region(&settings.region))
        .ok_or("the file has lost a place for the settings")?;
    let part = |name, text: String| Part { name, bytes: text.into_bytes() };
    let parts = vec![
        part("style", style),
        part("boot scripts", early + &start + &boot),
        part("wasm", wasm),
        part("glue", glue),
        part("first language", first_block),
        part("other language", other_blocks),
        part("fallback", fallback),
    ];
    Ok((html, parts))
}

/// The page with what Trunk would put into it left out: `head` stands behind the first line, which
/// says how to read the rest, and `body` in place of all that the body has.
fn page(template: &str, head: &str, body: &str) -> Result<String, Box<dyn Error>> {
    let lost = |what: &str| format!("{} has lost its {what}", trunk::APP);
    let lines: Vec<&str> =
        template.lines().filter(|line| !line.contains("data-trunk") && !line.starts_with("<!--")).collect();
    let text = lines.join("\n");
    let (start, rest) = text.split_once("<meta charset=\"utf-8\">\n").ok_or_else(|| lost("<meta charset>"))?;
    let (meta, rest) = rest.split_once("<body>\n").ok_or_else(|| lost("<body>"))?;
    let (_, end) = rest.split_once("</body>").ok_or_else(|| lost("</body>"))?;
    Ok([start, "<meta charset=\"utf-8\">\n", head, meta, "<body>\n", body, "</body>", end, "\n"].concat())
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn the_policy_stands_behind_the_charset_and_nothing_of_trunks_stays() -> Result<(), Box<dyn std::error::Error>> {
        let template = "<html>\n<head>\n<meta charset=\"utf-8\">\n<title>T</title>\n<link data-trunk rel=\"rust\">\n</head>\n<body>\n<div id=\"app\"></div>\n</body>\n</html>\n";
        let html = page(template, "HEAD\n", "BODY\n")?;
        assert_eq!(
            html,
            "<html>\n<head>\n<meta charset=\"utf-8\">\nHEAD\n<title>T</title>\n</head>\n<body>\nBODY\n</body>\n</html>\n"
        );
        assert!(page("<html></html>", "", "").is_err());
        Ok(())
    }
}
