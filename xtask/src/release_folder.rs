//! The folder that a clinic's web person downloads and puts on a server.

use crate::headers::Headers;
use crate::one_file::{self, FILE, LOADER};
use crate::policy::{self, sha256};
use crate::shipped::Shipped;
use crate::{run, setup_page, verify};
use engine::pack::Pack;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Writes the folder from a built `dist`.
pub fn assemble(root: &Path, dist: &Path, packs: &[Pack]) -> Result<PathBuf, Box<dyn Error>> {
    let version = env!("CARGO_PKG_VERSION");
    let folder = dist.join(one_file::folder());
    fs::create_dir_all(&folder)?;
    let shipped = Shipped::read(root)?;
    let (html, loader) = (fs::read(dist.join(FILE))?, fs::read(dist.join(LOADER))?);
    let headers = Headers::of(&String::from_utf8_lossy(&html), &String::from_utf8_lossy(&loader))
        .ok_or("the file or the loader has lost its policy")?;
    let mut files: Vec<(&str, Vec<u8>)> = vec![
        (".htaccess", headers.htaccess.into_bytes()),
        ("_headers", headers.pages.into_bytes()),
        ("headers.md", headers.guide.into_bytes()),
        (verify::PAGE, verify::page(root, &String::from_utf8_lossy(&html), packs)?.into_bytes()),
        ("verify.md", [fs::read_to_string(root.join("docs/verify.md"))?, made_from(root)].concat().into_bytes()),
        ("threat-model.md", fs::read(root.join("docs/threat-model.md"))?),
        ("data-flow.md", fs::read(root.join("docs/data-flow.md"))?),
        ("privacy-officer.md", fs::read(root.join("docs/privacy-officer.md"))?),
        ("snippet.html", snippet(&loader).into_bytes()),
        ("sbom.cdx.json", serde_json::to_vec_pretty(&shipped.sbom(version, &html))?),
        ("NOTICES.txt", shipped.notices(packs)?.into_bytes()),
        ("embedding.md", fs::read(root.join("docs/embedding.md"))?),
        ("kiosk.md", fs::read(root.join("docs/kiosk.md"))?),
        ("setting-up.md", fs::read(root.join("docs/setting-up.md"))?),
        (setup_page::FILE, fs::read(dist.join(setup_page::FILE))?),
        ("CHANGELOG.md", fs::read(root.join("CHANGELOG.md"))?),
        ("LICENSE-MIT", fs::read(root.join("LICENSE-MIT"))?),
        ("LICENSE-APACHE", fs::read(root.join("LICENSE-APACHE"))?),
        (FILE, html),
        (LOADER, loader),
    ];
    files.sort();
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    for (name, bytes) in files.iter_mut().filter(|(name, _)| name.ends_with(".md")) {
        let folder = if *name == "CHANGELOG.md" { "" } else { "docs/" };
        *bytes = by_itself(&String::from_utf8_lossy(bytes), folder, &names).into_bytes();
    }
    // The form that `sha256sum --check` reads.
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    files.push(("SHA256SUMS", sums.into_bytes()));
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(folder)
}

/// Says which source the folder was made from, for somebody who builds it once more; nothing where
/// there is no history of it.
fn made_from(root: &Path) -> String {
    let mut git = Command::new("git");
    git.current_dir(root).args(["describe", "--always", "--dirty= with changes", "--abbrev=40", "--exclude=*"]);
    let commit = run::output(&mut git, run::NO_GIT).unwrap_or_default();
    let commit = commit.trim();
    if commit.is_empty() { String::new() } else { format!("\nThis folder was made from commit {commit}.\n") }
}

/// A document as it reads beside these files: a link to another says where in the source that one
/// stands. Places are read from `folder`.
fn by_itself(text: &str, folder: &str, names: &[&str]) -> String {
    let mut parts = text.split("](");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (to, rest) = part.split_once(')').unwrap_or((part, ""));
        let file = to.split('#').next().unwrap_or_default();
        let stays = file.is_empty() || file.contains(':') || names.contains(&file);
        match out.rfind('[').filter(|_| !stays) {
            Some(open) => {
                let words = out.split_off(open);
                out += &format!("{} ({folder}{file} in the source)", words.trim_start_matches('['));
                out += rest;
            }
            None => out += &["](", part].concat(),
        }
    }
    out
}

/// What a clinic pastes, with the hash of the very loader beside it.
fn snippet(loader: &[u8]) -> String {
    let place = format!("https://files.your-clinic.example/{}", one_file::folder());
    let integrity = policy::integrity(loader);
    format!(
        "<!-- Put your own address in place of https://files.your-clinic.example, and your own words inside. If that is another domain than
     your page's, and its server can't send Access-Control-Allow-Origin: * with {LOADER}, leave integrity and crossorigin out. -->
<consult-ready src=\"{place}/{FILE}\" clinic=\"Your Clinic\" phone=\"+1 555 010 0123\" after-hours=\"+1 555 010 0199\" region=\"us\">
  <span>Call us at <a href=\"tel:+15550100123\">+1 555 010 0123</a>. In a crisis, call or text <a href=\"tel:988\">988</a>.</span>
  <noscript><a href=\"{place}/{FILE}\">Get ready for your first talk with the clinic</a></noscript>
</consult-ready>
<script src=\"{place}/{LOADER}\" integrity=\"{integrity}\" crossorigin referrerpolicy=\"no-referrer\" async></script>
"
    )
}

#[cfg(test)]
mod tests {
    use super::{FILE, LOADER, assemble, by_itself, setup_page, snippet};
    use crate::policy::sha256;
    use crate::{pack, run};
    use export::one_file;
    use std::error::Error;
    use std::fs;

    #[test]
    fn the_folder_holds_what_its_sums_say_and_nothing_else() -> Result<(), Box<dyn Error>> {
        let dist = std::env::temp_dir().join(format!("consult-ready-release-{}", std::process::id()));
        fs::create_dir_all(&dist)?;
        let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">";
        fs::write(
            dist.join(FILE),
            [policy, one_file::EMPTY_HELP, one_file::EMPTY_CLINIC, one_file::EMPTY_BLOCK].concat(),
        )?;
        fs::write(dist.join(setup_page::FILE), "the set-up page")?;
        fs::write(dist.join(LOADER), "const SANDBOX = \"allow-scripts\";")?;
        let packs = pack::pack(&run::root(), &pack::Options::default())?;
        let folder = assemble(&run::root(), &dist, &packs)?;
        let sums = fs::read_to_string(folder.join("SHA256SUMS"))?;
        let mut listed = vec!["SHA256SUMS".to_owned()];
        for (sum, name) in sums.lines().filter_map(|line| line.split_once("  ")) {
            assert_eq!(sha256(&fs::read(folder.join(name))?), sum, "{name}");
            listed.push(name.to_owned());
        }
        let mut there: Vec<String> =
            fs::read_dir(&folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        listed.sort();
        there.sort();
        assert_eq!(listed, there);
        for name in there.iter().filter(|name| name.ends_with(".md")) {
            let text = fs::read_to_string(folder.join(name))?;
            let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            let dead: Vec<_> =
                links.filter(|to| !to.is_empty() && !to.contains(':') && !there.iter().any(|one| one == to)).collect();
            assert!(dead.is_empty(), "{name} links to what is not in the folder: {dead:?}");
        }
        assert!(fs::read_to_string(folder.join("verify.md"))?.contains("\nThis folder was made from commit "));
        let notices = fs::read_to_string(folder.join("NOTICES.txt"))?;
        for text in ["PHQ", "reactive_graph", "Permission is hereby granted"] {
            assert!(notices.contains(text), "the notices do not say {text}");
        }
        Ok(fs::remove_dir_all(&dist)?)
    }

    #[test]
    fn a_document_names_the_place_of_what_is_not_beside_it() {
        let text = "See [A](a.md), [B](guides/b.md#x), [C](#c) and [D](https://d.example/).";
        let alone = "See [A](a.md), B (docs/guides/b.md in the source), [C](#c) and [D](https://d.example/).";
        assert_eq!(by_itself(text, "docs/", &["a.md"]), alone);
    }

    #[test]
    fn the_snippet_carries_the_loaders_own_hash() {
        // Of no bytes at all, as everyone knows it.
        let known = "OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert!(snippet(b"").contains(&format!("integrity=\"sha384-{known}\"")));
        // The set-up page makes lines of its own, from the same bytes.
        assert!(setup_page::loader_block(b"").contains(&format!("data-integrity=\"sha384-{known}\"")));
    }
}
