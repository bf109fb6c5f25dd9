//! Folds what Trunk built into the one file, `consult-ready.html`.
//!
//! Order inside the file is order of use, since a page runs while it still arrives: policy, style
//! and what is painted first; then the wasm, the boot script that compiles it, the first language
//! and the glue, from where the app runs; then other languages and the form that stands in for the
//! app where it can't run.

use crate::data_block::block;
use crate::{build, fallback, pack, setup_page};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use engine::pack::{Known, Pack, Settings};
use engine::refused;
use export::one_file;
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The one file's name.
pub const FILE: &str = "consult-ready.html";
/// The loader, which looks for the one file beside itself.
pub const LOADER: &str = "consult-ready.js";

/// The name of a release's folder: a version never changes under its address.
pub fn folder() -> String {
    format!("consult-ready-{}", env!("CARGO_PKG_VERSION"))
}

/// What a script's tag says for a browser to run these very bytes and no others.
pub fn integrity(loader: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(loader)))
}

/// A named part of the one file, for `cargo xtask bench`.
pub struct Part {
    /// What it is.
    pub name: &'static str,
    /// Its bytes as they stand in the file.
    pub bytes: Vec<u8>,
}

/// What is folded, and where to.
pub struct Options {
    /// A clinic's settings; `settings.json` without one.
    pub settings: Option<PathBuf>,
    /// The folder for the files.
    pub out: PathBuf,
}

impl Options {
    /// From the arguments of `cargo xtask bundle`.
    ///
    /// # Errors
    /// An argument that is unknown.
    pub fn read(root: &Path, mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { settings: None, out: root.join("dist") };
        while let Some(arg) = args.next() {
            let path = args.next().map(PathBuf::from).ok_or(format!("{arg} names nothing. Write a path behind it"))?;
            match arg.as_str() {
                "--settings" => options.settings = Some(path),
                "--out" => options.out = path,
                other => return Err(format!("“{other}” is unknown. Use --settings or --out")),
            }
        }
        Ok(options)
    }
}

/// Folds what Trunk built last, with the packs that stand in their folder.
///
/// # Errors
/// Where something is not built yet, or the settings can't be used.
pub fn bundle(root: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let built = Built::last(root)?;
    let packs = read_packs(root)?;
    let default = root.join("settings.json");
    let settings = read_settings(options.settings.as_ref().unwrap_or(&default), &packs)?;
    let (html, _) = fold(root, &built, &packs, &settings)?;
    let setup = setup_page::fold(root, &Built::read(&build::built(root, build::SETUP))?, &built, &packs)?;
    fs::create_dir_all(&options.out)?;
    fs::write(options.out.join(FILE), &html)?;
    fs::write(options.out.join(setup_page::FILE), setup)?;
    fs::copy(root.join("public").join(LOADER), options.out.join(LOADER))?;
    println!("{}: {} bytes", options.out.join(FILE).display(), html.len());
    Ok(())
}

fn read_packs(root: &Path) -> Result<Vec<Pack>, Box<dyn Error>> {
    let mut packs = Vec::new();
    for lang in pack::LANGUAGES {
        let file = pack::path(&pack::folder(root), lang);
        if let Ok(bytes) = fs::read(&file) {
            packs.push(
                Pack::decode(&bytes)
                    .ok_or_else(|| format!("{} is of another version; run `cargo xtask pack`", file.display()))?,
            );
        }
    }
    if packs.is_empty() {
        return Err("there is no compiled pack; run `cargo xtask pack`".into());
    }
    Ok(packs)
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
        Self::read(&build::built(root, build::APP))
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
        Ok(format!("window.consultReadyGlue(()=>{{{}\nreturn __wbg_init;}});", squeeze_js(&body)?))
    }

    /// The wasm as it was built.
    pub fn wasm(&self) -> &[u8] {
        &self.wasm
    }
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
    let early = squeeze_js(&fs::read_to_string(root.join("public/early.js"))?)?;
    let start = squeeze_js(&fs::read_to_string(root.join("public/start.js"))?)?;
    let boot = squeeze_js(&fs::read_to_string(root.join("public/boot.js"))?)?;
    let (glue, wasm) = (built.glue()?, block("wasm", "", &built.wasm));
    // Those that `trunk serve` takes too, so that neither can lack one.
    let index = fs::read_to_string(root.join(build::APP))?;
    let names: Vec<&str> =
        index.split("href=\"style/").skip(1).filter_map(|rest| Some(rest.split_once(".css")?.0)).collect();
    let style = style(root, &names)?;
    let (first, others) = packs.split_first().ok_or("there is no pack")?;
    let first_block = pack::block(first, others);
    let other_blocks: String = others.iter().map(|pack| pack::block(pack, &[])).collect();
    let fallback = fallback::form(first);
    let policy = policy(&hashes(&[&early, &start, &glue, &boot]), &hashes(&[&style]));
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
    let lost = |what: &str| format!("{} has lost its {what}", build::APP);
    let lines: Vec<&str> =
        template.lines().filter(|line| !line.contains("data-trunk") && !line.starts_with("<!--")).collect();
    let text = lines.join("\n");
    let (start, rest) = text.split_once("<meta charset=\"utf-8\">\n").ok_or_else(|| lost("<meta charset>"))?;
    let (meta, rest) = rest.split_once("<body>\n").ok_or_else(|| lost("<body>"))?;
    let (_, end) = rest.split_once("</body>").ok_or_else(|| lost("</body>"))?;
    Ok([start, "<meta charset=\"utf-8\">\n", head, meta, "<body>\n", body, "</body>", end, "\n"].concat())
}

/// Everything refused but what has one of these hashes.
pub fn policy(scripts: &str, styles: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src data: blob:; form-action 'none'; base-uri 'none'"
    )
}

/// Hashes as a policy lists them.
pub fn hashes(texts: &[&str]) -> String {
    let mut hashes: Vec<String> = Vec::new();
    for text in texts {
        let hash = format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())));
        // The same script twice, as the set-up page has in its preview, needs one.
        if !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    hashes.join(" ")
}

/// A clinic's settings, checked as the app checks them. All that is wrong with them comes at once.
fn read_settings(file: &Path, packs: &[Pack]) -> Result<Settings, Box<dyn Error>> {
    let name = file.display();
    let values: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(file)?).map_err(|e| {
        format!(
            "{name} is not an object of texts in JSON: {e}. Correct the file, or make it anew with {}",
            setup_page::FILE
        )
    })?;
    let languages: Vec<&str> = packs.iter().map(|p| p.lang.as_str()).collect();
    let refuses = |text: &str| refused::quoted(packs, text);
    let names: Vec<String> = values.keys().cloned().collect();
    let first = packs.first().ok_or("there is no pack")?;
    let (settings, bad) =
        Settings::read(&|name| values.get(name).cloned(), &names, &Known::of(first, &languages, &refuses));
    let lines: Vec<String> = bad.iter().map(|b| format!("  {}: write {}", b.name, b.want)).collect();
    if lines.is_empty() {
        Ok(settings)
    } else {
        Err(format!("{name} has settings that can't be used:\n{}", lines.join("\n")).into())
    }
}

/// Style files in this order, without comments and indentation. (The minifier crate takes the
/// blanks around `+` away, and a length without them is none.)
pub fn style(root: &Path, names: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for name in names {
        text.push_str(&fs::read_to_string(root.join("style").join(format!("{name}.css")))?);
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    Ok(out.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// A script without comments and what space it does not need.
pub fn squeeze_js(text: &str) -> Result<String, Box<dyn Error>> {
    Ok(minifier::js::minify(text)?.to_string())
}

/// As `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Built, page};

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
