//! `cargo xtask pack`: checks `content/` and writes the compiled pack.

use consult_ready::pack::Pack;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use xtask::content::{self, Problems};

/// Where the compiled pack of a language is written.
pub fn path(root: &Path, lang: &str) -> PathBuf {
    root.join("target").join("pack").join(format!("{lang}.pack"))
}

/// Checks and compiles. Every problem of the run is in the error; what is past its date is only told.
pub fn pack(root: &Path) -> Result<Vec<Pack>, Box<dyn std::error::Error>> {
    let mut problems = Problems::default();
    let authored = content::load(root, &mut problems);
    if let Some(authored) = &authored {
        content::check(authored, &mut problems);
    }
    let Some(authored) = authored.filter(|_| problems.is_empty()) else { return Err(problems.into()) };
    for line in content::overdue(&authored.pack, &today()) {
        println!("warning: {line}");
    }
    let file = path(root, &authored.pack.lang);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&file, authored.pack.encode())?;
    println!("packed {}: {} bytes", file.display(), std::fs::metadata(&file)?.len());
    Ok(vec![authored.pack])
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
