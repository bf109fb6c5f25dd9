//! `setup.html`: the page on which a clinic makes its own file. It holds the one file compressed,
//! and a small wasm of its own (`src/setup.rs`); it is folded as the one file is and has the same
//! policy.

use crate::data_block::block;
use crate::one_file;
use crate::policy::{hashes, integrity, policy};
use crate::trunk::Built;
use crate::{headers, pack, script};
use engine::pack::{Pack, Settings};
use export::html::escape;
use export::one_file::script_json;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

/// Its name.
pub const FILE: &str = "setup.html";
/// Its words, in each language's folder of `content/`.
const WORDS: &str = "setup.toml";

/// The words of one language, by key.
type Words = BTreeMap<String, String>;

/// Makes the page.
pub fn fold(root: &Path, setup: &Built, app: &Built, packs: &[Pack]) -> Result<String, Box<dyn Error>> {
    let (file, _) = one_file::fold(root, app, packs, &Settings::default())?;
    let early = script::squeeze(&fs::read_to_string(root.join("public/early.js"))?)?;
    let glue = setup.glue()?;
    let boot = script::squeeze(&fs::read_to_string(root.join("public/setup.js"))?)?;
    let style = script::style(root, &["tokens", "base", "pieces", "setup"])?;
    // A frame by `srcdoc` has its own policy and this page's too, so this one lists what the file
    // runs as well.
    let scripts = both(&hashes(&[&early, &glue, &boot]), listed(&file, "script-src")?);
    let styles = both(&hashes(&[&style]), listed(&file, "style-src")?);
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(file.as_bytes())?;
    let loader = fs::read(root.join("public").join(one_file::LOADER))?;
    let words = read_words(root)?;
    let headers = headers_of(&file, &String::from_utf8_lossy(&loader))
        .ok_or("docs/headers.md names no headers for the one file")?;
    let data = [
        block("file", "", &packed.finish()?),
        loader_block(&loader),
        block("wasm", "", setup.wasm()),
        words_block(&words)?,
        format!("<script>{boot}</script>\n<script>{glue}</script>"),
    ];
    let (_, first) = words.first().ok_or("there is no language")?;
    let template = worded(&fs::read_to_string(root.join(FILE))?, first)?;
    let page =
        template.lines().filter(|l| !l.contains("data-trunk") && !l.starts_with("<!--")).collect::<Vec<_>>().join("\n");
    Ok(page
        .replace("{{policy}}", &policy(&scripts, &styles))
        .replace("{{early}}", &format!("<script>{early}</script>"))
        .replace("{{style}}", &format!("<style>{style}</style>"))
        .replace("{{folder}}", &one_file::folder())
        .replace("{{headers}}", &escape(&headers))
        .replace("{{data}}", &data.concat()))
}

/// The loader, and its hash for the lines that a clinic pastes.
pub fn loader_block(loader: &[u8]) -> String {
    block("loader", &format!(" data-integrity=\"{}\"", integrity(loader)), loader)
}

/// The hashes that a file's policy lists in a directive.
fn listed<'a>(file: &'a str, directive: &str) -> Result<Vec<&'a str>, Box<dyn Error>> {
    let (_, rest) = file.split_once(&format!("{directive} ")).ok_or("the one file has no policy")?;
    let all = rest.split(';').next().unwrap_or_default().split(' ');
    Ok(all.filter(|word| word.starts_with("'sha256-")).collect())
}

/// Our own hashes and the file's, each once: the early script is the same in both.
fn both(ours: &str, files: Vec<&str>) -> String {
    let more = files.into_iter().filter(|hash| !ours.split(' ').any(|own| own == *hash));
    std::iter::once(ours).chain(more).collect::<Vec<_>>().join(" ")
}

/// The words of each language of the build, with the same keys.
fn read_words(root: &Path) -> Result<Vec<(&'static str, Words)>, Box<dyn Error>> {
    let mut all: Vec<(&'static str, Words)> = Vec::new();
    for lang in pack::LANGUAGES {
        let path = root.join("content").join(lang).join(WORDS);
        let text = fs::read_to_string(&path)
            .map_err(|e| format!("{}: {e}. Every language has its words of the set-up page there", path.display()))?;
        let words: Words = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
        if let Some((_, first)) = all.first() {
            let missing: Vec<&String> = first
                .keys()
                .filter(|k| !words.contains_key(*k))
                .chain(words.keys().filter(|k| !first.contains_key(*k)))
                .collect();
            if !missing.is_empty() {
                return Err(format!(
                    "{}: these stand in one language alone: {missing:?}. Write them in each",
                    path.display()
                )
                .into());
            }
        }
        all.push((lang, words));
    }
    Ok(all)
}

fn words_block(words: &[(&'static str, Words)]) -> Result<String, Box<dyn Error>> {
    let all: serde_json::Map<String, serde_json::Value> = words
        .iter()
        .map(|(lang, words)| Ok(((*lang).to_owned(), serde_json::to_value(words)?)))
        .collect::<Result<_, serde_json::Error>>()?;
    Ok(format!("<script type=\"application/json\" id=\"words\">{}</script>\n", script_json(&all)?))
}

/// The template with the words where they belong: behind the tag of what has `data-w`.
fn worded(template: &str, words: &Words) -> Result<String, String> {
    const MARK: &str = " data-w=\"";
    let mut parts = template.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (key, rest) = part.split_once('"').ok_or_else(|| format!("{FILE} has a data-w that does not end"))?;
        let (tag, behind) =
            rest.split_once('>').ok_or_else(|| format!("{FILE} has a tag that does not end, at {key}"))?;
        let text = words.get(key).ok_or_else(|| {
            format!("{FILE} names the words {key}. Write them into content/en/{WORDS} and the other languages")
        })?;
        out.push_str(&[MARK, key, "\"", tag, ">", &escape(text), behind].concat());
    }
    Ok(out)
}

/// The headers that go with the one file, one a line, as `docs/headers.md` has them for servers
/// that read `_headers`.
fn headers_of(file: &str, loader: &str) -> Option<String> {
    let pages = headers::Headers::of(file, loader)?.pages;
    let (_, rest) = pages.split_once(&format!("/{}\n", one_file::FILE))?;
    Some(rest.lines().take_while(|line| line.starts_with(' ')).map(str::trim).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{Words, headers_of, worded};

    #[test]
    fn words_stand_behind_the_tag_that_names_them() -> Result<(), String> {
        let words: Words = [("name".to_owned(), "Name & <b>".to_owned())].into();
        let page = worded("<p id=\"a\" data-w=\"name\" class=\"b\"></p>", &words)?;
        assert_eq!(page, "<p id=\"a\" data-w=\"name\" class=\"b\">Name &amp; &lt;b&gt;</p>");
        assert!(worded("<p data-w=\"other\"></p>", &words).is_err());
        Ok(())
    }

    #[test]
    fn the_headers_are_those_of_the_guide_for_the_one_file() {
        let html = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
        let headers = headers_of(html, "const SANDBOX = \"allow-scripts\";").unwrap_or_default();
        assert!(
            headers.starts_with(
                "Content-Security-Policy: default-src 'none'; sandbox allow-scripts\nX-Content-Type-Options: nosniff"
            ),
            "{headers}"
        );
        assert_eq!(headers.lines().count(), 6, "{headers}");
    }
}
