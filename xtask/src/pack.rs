//! `cargo xtask pack`: checks `content/` and writes the compiled pack.

use crate::data_block;
use content::Problems;
use engine::pack::Pack;
use export::one_file;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Languages, the authoring one first.
pub const LANGUAGES: [&str; 2] = ["en", "es"];

/// Packs and settings as data blocks, which Trunk puts into index.html.
const BLOCKS: &str = "blocks.html";

/// What is packed, and where to: our own content and `target/pack`, if nothing else is said.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A FHIR R4 Questionnaire by others.
    pub questionnaire: Option<PathBuf>,
    /// Rules about its answers.
    pub rules: Option<PathBuf>,
    /// The folder for the packs.
    pub out: Option<PathBuf>,
    /// Shows what can't be asked as a line of text.
    pub allow: bool,
}

/// Names the questionnaire for Trunk's hook, which calls `cargo xtask pack` without arguments.
pub const QUESTIONNAIRE: &str = "CONSULT_READY_QUESTIONNAIRE";
/// Names its rules, for the same hook.
pub const RULES: &str = "CONSULT_READY_RULES";
/// As `--allow-unsupported`, for the same hook.
pub const ALLOW: &str = "CONSULT_READY_ALLOW_UNSUPPORTED";

impl Options {
    /// From the arguments of a task, else from the environment.
    pub fn read(mut args: impl Iterator<Item = String>) -> Result<Self, String> {
        let file = |name: &str| std::env::var_os(name).map(PathBuf::from);
        let mut options = Self {
            questionnaire: file(QUESTIONNAIRE),
            rules: file(RULES),
            out: None,
            allow: std::env::var_os(ALLOW).is_some(),
        };
        while let Some(arg) = args.next() {
            let mut path =
                || args.next().map(PathBuf::from).ok_or(format!("{arg} names nothing. Write a path behind it"));
            match arg.as_str() {
                "--questionnaire" => options.questionnaire = Some(path()?),
                "--rules" => options.rules = Some(path()?),
                "--out" => options.out = Some(path()?),
                "--allow-unsupported" => options.allow = true,
                other => {
                    return Err(format!(
                        "“{other}” is unknown. Use --questionnaire, --rules, --out or --allow-unsupported"
                    ));
                }
            }
        }
        // Trunk runs its hook in another folder than this one.
        let whole = |f: PathBuf| std::path::absolute(&f).unwrap_or(f);
        options.questionnaire = options.questionnaire.map(whole);
        options.rules = options.rules.map(whole);
        if options.rules.is_some() && options.questionnaire.is_none() {
            return Err("--rules go with --questionnaire: our own content has its rules. Give both".into());
        }
        Ok(options)
    }
}

/// Where packs are written, and where the one file takes them from.
pub fn folder(root: &Path) -> PathBuf {
    std::env::var_os("CONSULT_READY_PACKS").map_or_else(|| root.join("target").join("pack"), PathBuf::from)
}

/// The compiled pack of a language in its folder.
pub fn path(folder: &Path, lang: &str) -> PathBuf {
    folder.join(format!("{lang}.pack"))
}

/// Checks and compiles every language. Every problem of the run is in the error; what is past its
/// date is only told.
pub fn pack(root: &Path, options: &Options) -> Result<Vec<Pack>, Box<dyn std::error::Error>> {
    let mut problems = Problems::default();
    let Some(english) = content::load(root, &mut problems) else { return Err(problems.into()) };
    content::check(&english, &mut problems);
    let mut packs = vec![english.pack.clone()];
    for lang in LANGUAGES.iter().skip(1) {
        packs.extend(content::translate(root, lang, &english, &mut problems));
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    // A pack around another questionnaire leaves out none of our questions.
    for why in english.left_out.iter().filter(|_| options.questionnaire.is_none()) {
        println!("{why}");
    }
    for line in content::overdue(&english.pack, &today()) {
        println!("warning: {line}");
    }
    let packs = match &options.questionnaire {
        Some(file) => around(root, &packs, file, options)?,
        None => packs,
    };
    write(&options.out.clone().unwrap_or_else(|| folder(root)), &packs)?;
    Ok(packs)
}

/// Why a file that was named can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file, or it is closed to us.
    #[error("{file}: it can't be read ({source}). Give the path of {wanted}")]
    Unreadable {
        /// The file as it was named.
        file: String,
        /// What should stand there.
        wanted: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is in another encoding.
    #[error("{file}: it is not written in UTF-8 ({source}). Save it so, then run this again")]
    NotUtf8 {
        /// The file as it was named.
        file: String,
        /// Where it is not.
        source: std::string::FromUtf8Error,
    },
}

fn read(path: &Path, wanted: &'static str) -> Result<String, FileError> {
    let file = path.display().to_string();
    match std::fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|source| FileError::NotUtf8 { file, source }),
        Err(source) => Err(FileError::Unreadable { file, wanted, source }),
    }
}

/// Packs around a questionnaire by others.
fn around(root: &Path, ours: &[Pack], file: &Path, options: &Options) -> Result<Vec<Pack>, Box<dyn std::error::Error>> {
    let json = read(file, "a FHIR R4 Questionnaire")?;
    let replaced = read(&root.join("content/others.toml"), "the words for questionnaires by others")?;
    let rules = options
        .rules
        .as_deref()
        .map(|path| Ok((path.display().to_string(), read(path, "a file with rules")?)))
        .transpose();
    let rules: Option<(String, String)> = rules.map_err(|e: FileError| e)?;
    let rules = rules.as_ref().map(|(name, toml)| content::Rules { toml, name });
    let mut problems = Problems::default();
    let words = content::replacement_words(&replaced, &mut problems);
    let name = file.display().to_string();
    let request = content::Request { file: &name, json: &json, rules, allow: options.allow };
    let packed = content::pack_questionnaire(ours, &words, request, &mut problems);
    for note in &packed.notes {
        println!("note: {note}");
    }
    for link in &packed.lost {
        println!("warning: {name}: question “{link}” is shown as a line of text: it can't be answered here");
    }
    if problems.is_empty() { Ok(packed.packs) } else { Err(problems.into()) }
}

/// The pack as a data block of the page. `later` names those that stand further down, so that the
/// boot script knows of them before they have arrived.
pub fn block(pack: &Pack, later: &[Pack]) -> String {
    let names: Vec<&str> = later.iter().map(|pack| pack.lang.as_str()).collect();
    let later = if names.is_empty() { String::new() } else { format!(" data-later=\"{}\"", names.join(" ")) };
    data_block::block(
        &format!("pack-{}", pack.lang),
        &format!(" data-pack=\"{}\"{later}", pack.lang),
        &shown(pack).encode(),
    )
}

/// A pack without what only our own tests and the set-up page need.
fn shown(pack: &Pack) -> Pack {
    let mut pack = pack.clone();
    pack.refused.hard.clear();
    pack.rules.iter_mut().for_each(|r| r.sources.clear());
    pack.instruments.iter_mut().for_each(|i| i.sources.clear());
    pack
}

/// Writes the packs, and takes away those of other languages: the one file is built from all that
/// stand there.
fn write(folder: &Path, packs: &[Pack]) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(folder)?;
    for lang in LANGUAGES {
        let file = path(folder, lang);
        let Some(pack) = packs.iter().find(|p| p.lang == lang) else {
            if file.exists() {
                std::fs::remove_file(&file)?;
            }
            continue;
        };
        let bytes = pack.encode();
        std::fs::write(&file, &bytes)?;
        println!("packed {}: {} bytes", file.display(), bytes.len());
    }
    let blocks: String = packs.iter().map(|pack| block(pack, &[])).collect();
    Ok(std::fs::write(folder.join(BLOCKS), format!("{}\n{blocks}", one_file::EMPTY_BLOCK))?)
}

/// Today, or the day that SOURCE_DATE_EPOCH names, in UTC as `YYYY-MM-DD`: civil-from-days, so that
/// no date crate is needed for one line.
pub fn today() -> String {
    let named = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let seconds: u64 = named.unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs()));
    let days = (seconds / 86_400) as i64;
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
