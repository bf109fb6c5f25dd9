//! `cargo xtask bundle`: folds what Trunk built into the one file, `consult-ready.html`.
//!
//! Trunk runs it as its post-build hook. Order inside the file is order of use: policy, shell and style
//! are painted while the rest still arrives.

use crate::{fallback, pack, setup_page};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use engine::pack::{Known, Pack, Settings};
use engine::refused;
use export::one_file;
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsStr;
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

/// Bundles into the folder that Trunk names, or into `dist`.
pub fn bundle(root: &Path) -> Result<(), Box<dyn Error>> {
    let staging = std::env::var_os("TRUNK_STAGING_DIR").map_or_else(|| root.join("dist"), PathBuf::from);
    let built = Built::read(&staging)?;
    let packs = read_packs(root)?;
    let settings = read_settings(&settings_file(root), &packs)?;
    let (html, _) = fold(root, &built, &packs, &settings)?;
    let setup = setup_page::Built::read(&staging)?.map(|setup| setup_page::fold(root, &setup, &built, &packs)).transpose()?;
    for entry in fs::read_dir(&staging)? {
        let path = entry?.path();
        if path.is_file() {
            fs::remove_file(path)?;
        }
    }
    fs::write(staging.join(FILE), &html)?;
    match setup {
        Some(page) => fs::write(staging.join(setup_page::FILE), page)?,
        None => println!("without {}: {} is not in {}", setup_page::FILE, setup_page::WASM, staging.display()),
    }
    fs::copy(root.join("public").join(LOADER), staging.join(LOADER))?;
    // Kept beside the build for `cargo xtask bench`, which weighs the parts.
    let parts = root.join("target").join("bundle");
    fs::create_dir_all(&parts)?;
    fs::write(parts.join("app.js"), &built.glue)?;
    fs::write(parts.join("app.wasm"), &built.wasm)?;
    println!("bundled {FILE}: {} bytes", html.len());
    Ok(())
}

/// The clinic's settings to put into the file: a path in CONSULT_READY_SETTINGS, or the empty ones.
fn settings_file(root: &Path) -> PathBuf {
    std::env::var_os("CONSULT_READY_SETTINGS").map_or_else(|| root.join("settings.json"), |p| root.join(p))
}

fn read_packs(root: &Path) -> Result<Vec<Pack>, Box<dyn Error>> {
    let mut packs = Vec::new();
    for lang in pack::LANGUAGES {
        let file = pack::path(&pack::folder(root), lang);
        if let Ok(bytes) = fs::read(&file) {
            packs.push(Pack::decode(&bytes).ok_or_else(|| format!("{} is of another version; run `cargo xtask pack`", file.display()))?);
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
    fn read(staging: &Path) -> Result<Self, Box<dyn Error>> {
        let find = |ending: &str| -> Result<PathBuf, Box<dyn Error>> {
            let names = fs::read_dir(staging)?.filter_map(|e| e.ok().map(|e| e.path()));
            let other = |p: &PathBuf| p.file_name().is_some_and(|name| name == OsStr::new(FILE) || name.to_string_lossy().starts_with("setup"));
            let found = names.into_iter().find(|p| p.to_string_lossy().ends_with(ending) && !other(p));
            found.ok_or_else(|| format!("{} has no {ending}; run `trunk build --release`, which bundles by itself", staging.display()).into())
        };
        Ok(Self { glue: fs::read_to_string(find(".js")?)?, wasm: fs::read(find(".wasm")?)? })
    }

    /// What the last bundling left, for `cargo xtask bench`.
    pub fn last(root: &Path) -> Result<Self, Box<dyn Error>> {
        Self::read(&root.join("target").join("bundle"))
    }

    /// The wasm as it was built.
    pub fn wasm(&self) -> &[u8] {
        &self.wasm
    }
}

/// Makes the one file; also gives its parts by name.
pub fn fold(root: &Path, built: &Built, packs: &[Pack], settings: &Settings) -> Result<(String, Vec<Part>), Box<dyn Error>> {
    let template = fs::read_to_string(root.join("index.html"))?;
    let early = squeeze_js(&fs::read_to_string(root.join("public/early.js"))?)?;
    let boot = squeeze_js(&fs::read_to_string(root.join("public/boot.js"))?)?;
    let glue = wrap_glue(&built.glue)?;
    let style = style(root, &["tokens", "base", "pieces", "kiosk", "print"])?;
    let first = packs.first().ok_or("there is no pack")?;
    let wasm = block("wasm", "", &built.wasm);
    // Text after text, then the program: brotli learns each in one go.
    let mut data = format!("{}\n", one_file::EMPTY_BLOCK);
    let mut parts = vec![
        Part { name: "wasm", bytes: wasm.clone().into_bytes() },
        Part { name: "glue", bytes: glue.clone().into_bytes() },
        Part { name: "boot scripts", bytes: format!("{early}{boot}").into_bytes() },
        Part { name: "style", bytes: style.clone().into_bytes() },
    ];
    for (i, pack) in packs.iter().enumerate() {
        let text = block(&format!("pack-{}", pack.lang), &format!(" data-pack=\"{}\"", pack.lang), &shown(pack).encode());
        data.push_str(&text);
        parts.push(Part { name: if i == 0 { "first language" } else { "other language" }, bytes: text.into_bytes() });
    }
    data.push_str(&format!("{wasm}<script>{glue}</script>\n<script>{boot}</script>"));
    let fallback = fallback::form(first);
    parts.push(Part { name: "fallback", bytes: fallback.clone().into_bytes() });
    let page = template.lines().filter(|l| !l.contains("data-trunk") && !l.starts_with("<!--")).collect::<Vec<_>>().join("\n");
    let html = page
        .replace("{{policy}}", &policy(&hashes(&[&early, &glue, &boot]), &hashes(&[&style])))
        .replace("{{early}}", &format!("<script>{early}</script>"))
        .replace("{{style}}", &format!("<style>{style}</style>"))
        .replace("{{shell}}", &fallback::shell(first))
        .replace("{{fallback}}", &fallback)
        .replace("{{data}}", &data);
    let html = one_file::with_settings(&html, settings, first.region(&settings.region)).ok_or("index.html has lost a place for the settings")?;
    Ok((html, parts))
}

/// Everything refused but what has one of these hashes.
pub fn policy(scripts: &str, styles: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src data: blob:; form-action 'none'; base-uri 'none'"
    )
}

/// Hashes as a policy lists them.
pub fn hashes(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))).collect::<Vec<_>>().join(" ")
}

/// The glue as a factory: it keeps state of its own that belongs to one instance.
pub fn wrap_glue(glue: &str) -> Result<String, Box<dyn Error>> {
    Ok(format!("window.consultReadyGlue=()=>{{{}\nreturn wasm_bindgen;}};", squeeze_js(glue)?))
}

/// A clinic's settings, checked as the app checks them. All that is wrong with them comes at once.
fn read_settings(file: &Path, packs: &[Pack]) -> Result<Settings, Box<dyn Error>> {
    let name = file.display();
    let values: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(file)?)
        .map_err(|e| format!("{name} is not an object of texts in JSON: {e}. Correct the file, or make it anew with {}", setup_page::FILE))?;
    let languages: Vec<&str> = packs.iter().map(|p| p.lang.as_str()).collect();
    let refuses = |text: &str| refused::first(packs, text);
    let names: Vec<String> = values.keys().cloned().collect();
    let first = packs.first().ok_or("there is no pack")?;
    let (settings, bad) = Settings::read(&|name| values.get(name).cloned(), &names, &Known::of(first, &languages, &refuses));
    let lines: Vec<String> = bad.iter().map(|b| format!("  {}: write {}", b.name, b.want)).collect();
    if lines.is_empty() { Ok(settings) } else { Err(format!("{name} has settings that can't be used:\n{}", lines.join("\n")).into()) }
}

/// A pack without what only our own tests and the set-up page need.
fn shown(pack: &Pack) -> Pack {
    let mut pack = pack.clone();
    pack.refused.hard.clear();
    pack.rules.iter_mut().for_each(|r| r.sources.clear());
    pack.instruments.iter_mut().for_each(|i| i.sources.clear());
    pack
}

/// Returns a data block with one character for each byte: the byte itself, or 256 more where HTML would change or end
/// the text (NUL, CR, `<`) and above 127. A byte array in JavaScript keeps the lowest eight bits, so one loop turns the
/// text back. Compared with base64 of the zlib form this is 20 % less after a server's brotli and 6 % more after gzip,
/// and nothing has to be inflated. Browsers do not run the type, so the policy does not list it.
pub fn block(id: &str, attributes: &str, bytes: &[u8]) -> String {
    let character = |&byte: &u8| match byte {
        0 | b'\r' | b'<' | 0x80.. => char::from_u32(0x100 + u32::from(byte)).unwrap_or('?'),
        _ => char::from(byte),
    };
    let text: String = bytes.iter().map(character).collect();
    format!("<script type=\"application/octet-stream\" id=\"{id}\"{attributes}>{text}</script>\n")
}

/// Style files in this order, without comments and indentation. (The minifier crate takes the blanks around `+` away, and
/// a length without them is none.)
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

#[cfg(test)]
mod tests {
    use super::block;

    #[test]
    fn each_byte_of_a_data_block_is_the_lowest_eight_bits_of_its_character() {
        let all: Vec<u8> = (0..=255).collect();
        let text = block("all", " data-pack=\"en\"", &all);
        let inside = text.split_once('>').and_then(|(_, rest)| rest.split_once("</script>")).map(|(inside, _)| inside).unwrap_or_default();
        let back: Vec<u8> = inside.chars().map(|c| c as u32 as u8).collect();
        assert_eq!(back, all);
        // An HTML parser replaces NUL, turns CR into LF, and may end a script at `<`.
        assert!(!inside.contains(['\0', '\r', '<']));
    }
}
