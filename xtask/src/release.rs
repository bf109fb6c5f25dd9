//! `cargo xtask release`: everything that is handed out, from a build whose content is in time and
//! whose every test passed.

use crate::one_file::{FILE, LOADER};
use crate::{build, npm, pack, policy, proof, release_folder, setup_page, site, wordpress};
use engine::pack::Pack;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Builds with no clinic's settings and writes `dist/consult-ready-<version>/`, unless the content
/// is past its dates or not every test passed on this commit.
pub fn release(root: &Path) -> Result<(), Box<dyn Error>> {
    let packs = pack::pack(root, &pack::Options::default())?;
    in_time(&packs, &pack::today())?;
    proof::check(root)?;
    build::build(root, None, &pack::Options::default())?;
    let folder = release_folder::assemble(root, &root.join("dist"), &packs)?;
    println!("packed {} for npm", npm::package(root, &root.join("dist"), &folder)?.display());
    let plugin = wordpress::plugin(root, &root.join("dist"), &folder, &packs)?;
    site::make(root, &root.join("dist"))?;
    println!(
        "released {} and {}\n{LOADER} is {}",
        folder.display(),
        plugin.display(),
        policy::integrity(&fs::read(folder.join(LOADER))?)
    );
    for name in [FILE, setup_page::FILE, LOADER] {
        println!("SHA-256 {}  {name}", policy::sha256(&fs::read(folder.join(name))?));
    }
    Ok(())
}

/// Refuses content that is past its review date.
fn in_time(packs: &[Pack], today: &str) -> Result<(), String> {
    let late: Vec<String> = packs.first().map(|english| content::overdue(english, today)).unwrap_or_default();
    if late.is_empty() {
        return Ok(());
    }
    Err(format!(
        "the content is past its dates, so it is not released:\n  {}\nCheck each against its source, then move its dates",
        late.join("\n  ")
    ))
}

#[cfg(test)]
mod tests {
    use super::in_time;
    use crate::{pack, run};
    use std::error::Error;

    #[test]
    fn what_is_past_its_date_is_refused_by_name() -> Result<(), Box<dyn Error>> {
        let packs = pack::pack(&run::root(), &pack::Options::default())?;
        in_time(&packs, "2000-01-01")?;
        let refused = in_time(&packs, "2999-01-01").err().unwrap_or_default();
        for what in ["the content as a whole", "help line ", "card "] {
            assert!(refused.contains(what), "{what} is missing in: {refused}");
        }
        Ok(())
    }
}
