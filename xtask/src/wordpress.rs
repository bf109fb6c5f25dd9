//! The WordPress plugin: `wordpress/` with the released tool and the tool's own list of settings in
//! it, as a zip file.

use crate::one_file::{FILE, LOADER};
use crate::{gettext, pack, places, release_folder};
use engine::pack::{
    CRISIS_WORDS, EMERGENCY_NUMBERS, Known, OWN_LETTERS, OWN_MOST, OWN_MOST_ANSWERS, OwnKind, Pack, SETTINGS, Setting,
    Settings,
};
use export::one_file;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The plugin's folder in the zip file, and below `wp-content/plugins/`.
const FOLDER: &str = "consult-ready";
/// What of the release folder is in the plugin.
const RELEASED: [&str; 4] = ["NOTICES.txt", "sbom.cdx.json", "LICENSE-MIT", "LICENSE-APACHE"];
/// A sandboxed page has an origin of its own, also in a tab; the words are those of the loader's
/// frame.
const SANDBOX: &str =
    "sandbox allow-scripts allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox";

/// The zip file's name.
pub fn name() -> String {
    format!("consult-ready-wordpress-{}.zip", env!("CARGO_PKG_VERSION"))
}

/// Makes the zip file from what stands in `dist`, for the tests: what `release` does with a fresh
/// build.
pub fn from_build(root: &Path) -> Result<(), Box<dyn Error>> {
    let packs = pack::pack(root, &pack::Options::default())?;
    let dist = root.join("dist");
    let released = release_folder::assemble(root, &dist, &packs)?;
    println!("made {}", plugin(root, &dist, &released, &packs)?.display());
    Ok(())
}

/// Writes the zip file into `dist`, from a released folder. Settings that are in the file are taken
/// out of it.
pub fn plugin(root: &Path, dist: &Path, released: &Path, packs: &[Pack]) -> Result<PathBuf, Box<dyn Error>> {
    let html = fs::read_to_string(released.join(FILE))?;
    let html = one_file::with_settings(&html, &Settings::default(), None)
        .ok_or_else(|| format!("{FILE} has lost a place for the settings"))?;
    let mut files = sources(&root.join("wordpress"))?;
    files.insert("includes/data.json".to_owned(), serde_json::to_vec(&data(&html, packs)?)?);
    // Not under its own name: see `tool()` in wordpress/includes/tool.php.
    files.insert(format!("tool/{FILE}.txt"), html.into_bytes());
    files.insert(format!("tool/{LOADER}"), fs::read(released.join(LOADER))?);
    for name in RELEASED {
        files.insert(format!("tool/{name}"), fs::read(released.join(name))?);
    }
    let path = dist.join(name());
    let mut zip = ZipWriter::new(File::create(&path)?);
    for (name, bytes) in files {
        // The default time is a fixed one, so that the same files make the same zip file.
        zip.start_file(format!("{FOLDER}/{name}"), SimpleFileOptions::default())?;
        zip.write_all(&bytes)?;
    }
    zip.finish()?;
    Ok(path)
}

/// The files of `wordpress/` by their paths, with the version filled in and translations compiled.
fn sources(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(&here)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path)?.replace("{{version}}", env!("CARGO_PKG_VERSION"));
            if let Some(stem) = name.strip_suffix(".po") {
                let entries = gettext::read(&text).map_err(|e| format!("{}: {e}", path.display()))?;
                files.insert(format!("{stem}.mo"), gettext::compile(&entries)?);
            }
            files.insert(name, text.into_bytes());
        }
    }
    Ok(files)
}

/// What the plugin has to know of the tool, so that nothing is said twice.
fn data(html: &str, packs: &[Pack]) -> Result<Value, Box<dyn Error>> {
    let first = packs.first().ok_or("there is no pack")?;
    let languages: Vec<&str> = packs.iter().map(|p| p.lang.as_str()).collect();
    let known = Known::of(first, &languages, &|_| None);
    let list: Vec<Value> = SETTINGS.iter().map(|setting| entry(setting, &known, packs)).collect();
    let refused: Vec<Value> = packs.iter().map(refused).collect();
    let regions: Vec<Value> = first.regions.iter().map(|r| region(&r.id, packs)).collect();
    Ok(json!({
        "policy": format!("{SANDBOX}; {}", policy(html).ok_or("the one file has no policy")?),
        "places": places::places(html)?,
        "settings": list,
        "regions": regions,
        "refused": refused,
        "crisis": { "words": CRISIS_WORDS, "emergency": EMERGENCY_NUMBERS, "numbers": known.crisis_numbers() },
        "own": own(),
    }))
}

/// What the plugin has to know of the clinic's own questions.
fn own() -> Value {
    let names = |is: &dyn Fn(OwnKind) -> bool| {
        OwnKind::ALL.iter().filter(|(_, kind)| is(*kind)).map(|(name, _)| *name).collect::<Vec<_>>()
    };
    json!({
        "kinds": names(&|_| true), "withAnswers": names(&OwnKind::has_answers), "most": OWN_MOST, "mostAnswers": OWN_MOST_ANSWERS,
        "letters": OWN_LETTERS,
    })
}

/// The policy that stands in the file, to be sent as a header too.
fn policy(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn entry(setting: &Setting, known: &Known<'_>, packs: &[Pack]) -> Value {
    let shape = setting.shape(known);
    let choices: Vec<Value> =
        shape.choices.iter().map(|id| json!({ "id": id, "label": labels(setting.name, id, packs) })).collect();
    json!({
        "name": setting.name, "attribute": setting.attribute(), "kind": shape.kind, "most": shape.most,
        "checkWords": shape.kind == "words", "choices": choices,
    })
}

/// A choice's name in each language.
fn labels(setting: &str, id: &str, packs: &[Pack]) -> Value {
    let label = |pack: &Pack| match setting {
        "region" => pack.region(id).map(|r| r.name.clone()),
        "languages" => packs.iter().find(|p| p.lang == id).map(|p| p.words.language_name().to_owned()),
        "without" => pack.questionnaire.items.iter().find(|i| i.link_id == id).map(|i| i.label().to_owned()),
        "font" => font(&pack.lang, id).map(str::to_owned),
        _ => None,
    };
    by_language(packs, |pack| label(pack).unwrap_or_else(|| id.to_owned()))
}

fn by_language(packs: &[Pack], text: impl Fn(&Pack) -> String) -> Value {
    Value::Object(packs.iter().map(|pack| (pack.lang.clone(), Value::String(text(pack)))).collect())
}

/// A region's first help: as it stands in the file, and in each language for the page around it.
fn region(id: &str, packs: &[Pack]) -> Value {
    let help = |pack: &Pack| pack.region(id).map(one_file::first_help).unwrap_or_default();
    let (calling, spoken) =
        packs.first().and_then(|p| p.region(id)).map(|r| (r.calling.as_str(), r.spoken.as_slice())).unwrap_or_default();
    json!({ "id": id, "calling": calling, "spoken": spoken, "help": packs.first().map(help).unwrap_or_default(), "lines": by_language(packs, help) })
}

/// What a clinic's own words may not say, in one language.
fn refused(pack: &Pack) -> Value {
    let r = &pack.refused;
    let words: Vec<&String> =
        [&r.promises, &r.decides, &r.shames, &r.sells, &r.crisis, &r.advice].into_iter().flatten().collect();
    json!({ "words": words, "otherSenses": r.other_senses })
}

/// The fonts' names, as the set-up page has them.
fn font(lang: &str, id: &str) -> Option<&'static str> {
    Some(match (lang, id) {
        ("es", "book") => "Títulos como en un libro, texto sencillo",
        ("es", "plain") => "Todo sencillo",
        ("es", "serif") => "Todo como en un libro",
        ("es", "round") => "Redondas",
        (_, "book") => "Book headings, plain text",
        (_, "plain") => "All plain",
        (_, "serif") => "All as in a book",
        (_, "round") => "Round",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::{SANDBOX, by_language, plugin, sources};
    use crate::{gettext, pack, run};
    use export::one_file;
    use std::error::Error;
    use std::fs;
    use std::io::Read;

    /// A file with the places that settings fill and nothing else of the tool.
    fn small_file() -> String {
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
        [policy, one_file::EMPTY_HELP, one_file::EMPTY_CLINIC, one_file::EMPTY_BLOCK].concat()
    }

    fn zip_of(html: &str) -> Result<zip::ZipArchive<fs::File>, Box<dyn Error>> {
        let dist = std::env::temp_dir().join(format!("consult-ready-plugin-{}-{}", std::process::id(), html.len()));
        let released = dist.join("released");
        fs::create_dir_all(&released)?;
        for name in super::RELEASED {
            fs::write(released.join(name), name)?;
        }
        fs::write(released.join(super::FILE), html)?;
        fs::write(released.join(super::LOADER), "the loader")?;
        let made = plugin(&run::root(), &dist, &released, &pack::pack(&run::root(), &pack::Options::default())?);
        let zip = zip::ZipArchive::new(fs::File::open(made?)?);
        fs::remove_dir_all(&dist)?;
        Ok(zip?)
    }

    fn text(zip: &mut zip::ZipArchive<fs::File>, name: &str) -> Result<String, Box<dyn Error>> {
        let mut text = String::new();
        zip.by_name(name)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn the_zip_holds_the_plugin_the_tool_and_one_list_of_settings() -> Result<(), Box<dyn Error>> {
        let mut zip = zip_of(&small_file())?;
        let version = env!("CARGO_PKG_VERSION");
        assert!(text(&mut zip, "consult-ready/consult-ready.php")?.contains(&format!(" * Version: {version}\n")));
        assert!(text(&mut zip, "consult-ready/readme.txt")?.contains(&format!("Stable tag: {version}\n")));
        assert_eq!(text(&mut zip, "consult-ready/tool/consult-ready.html.txt")?, small_file());
        let data: serde_json::Value = serde_json::from_str(&text(&mut zip, "consult-ready/includes/data.json")?)?;
        assert_eq!(data["policy"], format!("{SANDBOX}; default-src 'none'"));
        let names: Vec<&str> =
            data["settings"].as_array().into_iter().flatten().filter_map(|s| s["name"].as_str()).collect();
        let list: Vec<&str> = engine::pack::SETTINGS.iter().map(|s| s.name).collect();
        assert_eq!(names, list);
        assert_eq!(data["places"]["settings"]["start"], "<script type=\"application/json\" id=\"settings\">");
        assert!(data["regions"][0]["lines"]["es"].as_str().is_some_and(|t| t.contains("988")));
        Ok(())
    }

    #[test]
    fn settings_that_are_in_the_file_are_taken_out() -> Result<(), Box<dyn Error>> {
        let mut zip = zip_of(&small_file().replace("{}", "{\"clinic\":\"A\"}"))?;
        assert_eq!(text(&mut zip, "consult-ready/tool/consult-ready.html.txt")?, small_file());
        Ok(())
    }

    /// The loader's frame and the header allow the same.
    #[test]
    fn the_header_allows_what_the_frame_does() -> Result<(), Box<dyn Error>> {
        let loader = fs::read_to_string(run::root().join("public/consult-ready.js"))?;
        let frame =
            loader.split_once("const SANDBOX = \"").and_then(|(_, rest)| rest.split_once('"')).map(|(words, _)| words);
        assert_eq!(frame, SANDBOX.strip_prefix("sandbox "));
        Ok(())
    }

    /// The texts that PHP asks to have translated: the first argument of `__()` and its kin, in
    /// single quotes.
    fn texts_in_php(php: &str) -> Vec<String> {
        let mut out = Vec::new();
        for call in ["__( '", "esc_html__( '", "esc_attr__( '"] {
            for part in php.split(call).skip(1) {
                out.extend(part.split_once("', 'consult-ready'").map(|(text, _)| text.to_owned()));
            }
        }
        out
    }

    #[test]
    fn each_text_of_the_plugin_has_its_spanish() -> Result<(), Box<dyn Error>> {
        let files = sources(&run::root().join("wordpress"))?;
        let po = files.get("languages/consult-ready-es_ES.po").ok_or("there is no Spanish")?;
        let entries = gettext::read(std::str::from_utf8(po)?)?;
        let mut used = std::collections::BTreeSet::new();
        for (name, bytes) in &files {
            if name.ends_with(".php") {
                used.extend(texts_in_php(std::str::from_utf8(bytes)?));
            }
        }
        let block: serde_json::Value =
            serde_json::from_slice(files.get("block/block.json").ok_or("there is no block")?)?;
        let with_context =
            |context: &str, text: &serde_json::Value| format!("{context}\u{4}{}", text.as_str().unwrap_or_default());
        used.insert(with_context("block title", &block["title"]));
        used.insert(with_context("block description", &block["description"]));
        used.extend(block["keywords"].as_array().into_iter().flatten().map(|word| with_context("block keyword", word)));
        let header = std::str::from_utf8(files.get("consult-ready.php").ok_or("there is no plugin")?)?;
        used.extend(header.lines().filter_map(|l| l.strip_prefix(" * Description: ")).map(str::to_owned));
        let there: std::collections::BTreeSet<String> = entries
            .iter()
            .filter(|(key, text)| !key.is_empty() && !text.is_empty())
            .map(|(key, _)| key.clone())
            .collect();
        let lacking: Vec<_> = used.difference(&there).collect();
        let unused: Vec<_> = there.difference(&used).collect();
        assert!(lacking.is_empty() && unused.is_empty(), "without Spanish: {lacking:#?}\nno longer said: {unused:#?}");
        Ok(())
    }

    #[test]
    fn a_text_is_given_in_each_language() -> Result<(), Box<dyn Error>> {
        let packs = pack::pack(&run::root(), &pack::Options::default())?;
        assert_eq!(by_language(&packs, |p| p.lang.clone()), serde_json::json!({ "en": "en", "es": "es" }));
        Ok(())
    }
}
