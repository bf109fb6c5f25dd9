//! `cargo xtask bundle`: folds what Trunk built into the one file, `consult-ready.html`.
//!
//! Trunk runs it as its post-build hook. Order inside the file is order of use: policy, shell and style
//! are painted while the rest still arrives.

use crate::{fallback, pack};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use consult_ready::pack::Pack;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The one file's name.
pub const FILE: &str = "consult-ready.html";
/// The loader, which looks for the one file beside itself.
pub const LOADER: &str = "consult-ready.js";

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
    let settings = fs::read_to_string(settings_file(root))?;
    let (html, _) = fold(root, &built, &packs, &settings)?;
    for entry in fs::read_dir(&staging)? {
        let path = entry?.path();
        if path.is_file() {
            fs::remove_file(path)?;
        }
    }
    fs::write(staging.join(FILE), &html)?;
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
            let found = names.into_iter().find(|p| p.to_string_lossy().ends_with(ending) && p.file_name() != Some(OsStr::new(FILE)));
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
pub fn fold(root: &Path, built: &Built, packs: &[Pack], settings: &str) -> Result<(String, Vec<Part>), Box<dyn Error>> {
    let template = fs::read_to_string(root.join("index.html"))?;
    let early = squeeze_js(&fs::read_to_string(root.join("public/early.js"))?);
    let boot = squeeze_js(&fs::read_to_string(root.join("public/boot.js"))?);
    let glue = format!("window.consultReadyGlue=()=>{{{}\nreturn wasm_bindgen;}};", squeeze_js(&built.glue));
    let style = style(root)?;
    let scripts = [&early, &glue, &boot];
    let hashes: Vec<String> = scripts.iter().map(|s| hash(s)).collect();
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; form-action 'none'; base-uri 'none'",
        hashes.join(" "),
        hash(&style)
    );
    let first = packs.first().ok_or("there is no pack")?;
    let settings = one_block(settings)?;
    let values: serde_json::Value = serde_json::from_str(&settings)?;
    let region = values.get("region").and_then(|r| r.as_str()).unwrap_or_default().to_string();
    let wasm = block("wasm", "", &built.wasm);
    let mut data = format!("<script type=\"application/json\" id=\"settings\">{settings}</script>\n{wasm}");
    let mut parts = vec![
        Part { name: "wasm", bytes: wasm.into_bytes() },
        Part { name: "glue", bytes: glue.clone().into_bytes() },
        Part { name: "boot scripts", bytes: format!("{early}{boot}").into_bytes() },
        Part { name: "style", bytes: style.clone().into_bytes() },
    ];
    for (i, pack) in packs.iter().enumerate() {
        let text = block(&format!("pack-{}", pack.lang), &format!(" data-pack=\"{}\"", pack.lang), &pack.encode());
        data.push_str(&text);
        parts.push(Part { name: if i == 0 { "first language" } else { "other language" }, bytes: text.into_bytes() });
    }
    data.push_str(&format!("<script>{glue}</script>\n<script>{boot}</script>"));
    let fallback = fallback::form(first, &settings);
    parts.push(Part { name: "fallback", bytes: fallback.clone().into_bytes() });
    let page = template.lines().filter(|l| !l.contains("data-trunk") && !l.starts_with("<!--")).collect::<Vec<_>>().join("\n");
    let html = page
        .replace("{{policy}}", &policy)
        .replace("{{early}}", &format!("<script>{early}</script>"))
        .replace("{{style}}", &format!("<style>{style}</style>"))
        .replace("{{shell}}", &fallback::shell(first, &region))
        .replace("{{fallback}}", &fallback)
        .replace("{{data}}", &data);
    Ok((html, parts))
}

/// A block of data, a character a byte: ASCII as it is, and U+0100 + byte where HTML would change or end the
/// text (NUL, CR, `<`) and above 127. Measured against zlib in base64: about 20 % less after the server's brotli,
/// 6 % more after gzip, twice the size where a server compresses nothing. And nothing has to be inflated.
/// The type is one that no browser runs, so the policy need not name it.
fn block(id: &str, attributes: &str, bytes: &[u8]) -> String {
    let letter = |&b: &u8| if matches!(b, 0 | b'\r' | b'<' | 0x80..) { char::from_u32(0x100 + u32::from(b)).unwrap_or('?') } else { char::from(b) };
    let text: String = bytes.iter().map(letter).collect();
    format!("<script type=\"application/octet-stream\" id=\"{id}\"{attributes}>{text}</script>\n")
}

/// The settings as a block: checked to be JSON, and unable to end the block early.
fn one_block(settings: &str) -> Result<String, Box<dyn Error>> {
    let value: serde_json::Value = serde_json::from_str(settings).map_err(|e| format!("the settings are not JSON: {e}. Correct the file"))?;
    Ok(serde_json::to_string(&value)?.replace('<', "\\u003c"))
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())))
}

/// The style files in their order, without comments and line breaks.
fn style(root: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for name in ["tokens", "base", "pieces", "print"] {
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

/// Whole-line comments and indentation away; what runs stays as it is.
fn squeeze_js(text: &str) -> String {
    let mut out = Vec::new();
    let mut in_comment = false;
    for line in text.lines().map(str::trim) {
        let starts = line.starts_with("/*");
        in_comment |= starts;
        if !in_comment && !line.is_empty() && !line.starts_with("//") {
            out.push(line);
        }
        if line.ends_with("*/") {
            in_comment = false;
        }
    }
    out.join("\n")
}
