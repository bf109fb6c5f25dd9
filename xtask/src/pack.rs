//! `cargo xtask pack`: checks `content/` and writes the compiled pack.

use consult_ready::pack::Pack;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use xtask::content::{self, Problems};

/// Languages, the authoring one first.
pub const LANGUAGES: [&str; 2] = ["en", "es"];

/// Where the compiled pack of a language is written.
pub fn path(root: &Path, lang: &str) -> PathBuf {
    root.join("target").join("pack").join(format!("{lang}.pack"))
}

/// Checks and compiles every language. Every problem of the run is in the error; what is past its date is only told.
pub fn pack(root: &Path) -> Result<Vec<Pack>, Box<dyn std::error::Error>> {
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
    for why in &english.left_out {
        println!("{why}");
    }
    for line in content::overdue(&english.pack, &today()) {
        println!("warning: {line}");
    }
    for pack in &packs {
        let file = path(root, &pack.lang);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let bytes = pack.encode();
        std::fs::write(&file, &bytes)?;
        println!("packed {}: {} bytes", file.display(), bytes.len());
    }
    Ok(packs)
}

/// Today in UTC as `YYYY-MM-DD`: civil-from-days, so that no date crate is needed for one line.
pub fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() / 86_400) as i64;
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
