//! `cargo xtask bundle`: writes the files of `dist/` from what Trunk built last, with the packs and
//! a clinic's settings.

use crate::one_file::{self, FILE, LOADER};
use crate::trunk::{self, Built};
use crate::{pack, setup_page};
use engine::pack::{Known, Pack, Settings};
use engine::refused;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

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
    let (html, _) = one_file::fold(root, &built, &packs, &settings)?;
    let setup = setup_page::fold(root, &Built::read(&trunk::built(root, trunk::SETUP))?, &built, &packs)?;
    fs::create_dir_all(&options.out)?;
    fs::write(options.out.join(FILE), &html)?;
    fs::write(options.out.join(setup_page::FILE), setup)?;
    fs::copy(root.join("public").join(LOADER), options.out.join(LOADER))?;
    println!("{}: {} bytes", options.out.join(FILE).display(), html.len());
    Ok(())
}

/// The packs that the build before left.
///
/// # Errors
/// Where there are none, or ones of another version.
pub fn read_packs(root: &Path) -> Result<Vec<Pack>, Box<dyn Error>> {
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

/// A clinic's settings, checked as the app checks them. All that is wrong with them comes at once.
pub fn read_settings(file: &Path, packs: &[Pack]) -> Result<Settings, Box<dyn Error>> {
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
