//! `verify.html`: whether a clinic's file is the released one, and the ways out that the browser
//! refuses. Under the tool's own policy, in one file that needs nothing beside it.

use crate::one_file::FILE;
use crate::{places, policy, script};
use engine::pack::{FILE_ONLY, Pack, SETTINGS, Settings};
use export::one_file;
use serde_json::{Map, Value, json};
use std::error::Error;
use std::fs;
use std::path::Path;

/// Its name.
pub const PAGE: &str = "verify.html";

/// Makes the page for one build of the file. Settings that are in it are taken out.
pub fn page(root: &Path, html: &str, packs: &[Pack]) -> Result<String, Box<dyn Error>> {
    let bare = one_file::with_settings(html, &Settings::default(), None)
        .ok_or_else(|| format!("{FILE} has lost a place for the settings"))?;
    let first = packs.first().ok_or("there is no pack")?;
    let help: Map<String, Value> =
        first.regions.iter().map(|r| (r.id.clone(), Value::String(one_file::first_help(r)))).collect();
    let names: Vec<&str> = SETTINGS.iter().chain(FILE_ONLY).map(|setting| setting.name).collect();
    let known = json!({
        "version": env!("CARGO_PKG_VERSION"), "sum": policy::sha256(bare.as_bytes()), "places": places::places(&bare)?,
        "help": help, "first": first.regions.first().map(|r| r.id.as_str()), "settings": names,
    });
    let early = script::squeeze(&fs::read_to_string(root.join("public/early.js"))?)?;
    let script = fs::read_to_string(root.join("site/verify.js"))?;
    let style =
        script::style(root, &["tokens", "base", "pieces"])? + "\n" + &fs::read_to_string(root.join("site/site.css"))?;
    let policy = policy::policy(&policy::hashes(&[&early, &script]), &policy::hashes(&[&style]));
    let template = fs::read_to_string(root.join("site").join(PAGE))?;
    Ok(template
        .replace("{{policy}}", &policy)
        .replace("{{early}}", &format!("<script>{early}</script>"))
        .replace("{{style}}", &format!("<style>{style}</style>"))
        .replace("{{script}}", &format!("<script>{script}</script>"))
        .replace("{{version}}", env!("CARGO_PKG_VERSION"))
        .replace("{{known}}", &one_file::script_json(&known)?))
}
