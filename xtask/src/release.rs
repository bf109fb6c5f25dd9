//! `cargo xtask release`: the folder that a clinic's web person downloads and puts on a server.

use crate::bundle::{self, FILE, LOADER};
use crate::headers::Headers;
use crate::{build, npm, pack, proof, run, setup_page, site, verify, wordpress};
use engine::pack::Pack;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const METADATA: &str = "see that Cargo.lock is as committed and that cargo and rustc run, then run this again";

/// Builds with no clinic's settings and writes `dist/consult-ready-<version>/`, unless the content
/// is past its dates or not every test passed on this commit.
pub fn release(root: &Path) -> Result<(), Box<dyn Error>> {
    let packs = pack::pack(root, &pack::Given::default())?;
    in_time(&packs, &pack::today())?;
    proof::check(root)?;
    build::build(root, None, &pack::Given::default())?;
    let folder = assemble(root, &root.join("dist"), &packs)?;
    println!("packed {} for npm", npm::package(root, &root.join("dist"), &folder)?.display());
    let plugin = wordpress::plugin(root, &root.join("dist"), &folder, &packs)?;
    site::make(root, &root.join("dist"))?;
    println!(
        "released {} and {}\n{LOADER} is {}",
        folder.display(),
        plugin.display(),
        bundle::integrity(&fs::read(folder.join(LOADER))?)
    );
    for name in [FILE, setup_page::FILE, LOADER] {
        println!("SHA-256 {}  {name}", bundle::sha256(&fs::read(folder.join(name))?));
    }
    Ok(())
}

/// Refuses content that nobody has checked since it said somebody would.
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

/// Writes the folder from a built `dist`.
pub fn assemble(root: &Path, dist: &Path, packs: &[Pack]) -> Result<PathBuf, Box<dyn Error>> {
    let version = env!("CARGO_PKG_VERSION");
    let folder = dist.join(bundle::folder());
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
        ("verify.md", fs::read(root.join("docs/verify.md"))?),
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
    // The form that `sha256sum --check` reads.
    let sums: String = files.iter().map(|(name, bytes)| format!("{}  {name}\n", hex(&Sha256::digest(bytes)))).collect();
    files.push(("SHA256SUMS", sums.into_bytes()));
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(folder)
}

/// What a clinic pastes, with the hash of the very loader beside it.
fn snippet(loader: &[u8]) -> String {
    let place = format!("https://files.your-clinic.example/{}", bundle::folder());
    let integrity = bundle::integrity(loader);
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

/// A crate whose code can be in the wasm.
struct Crate {
    name: String,
    version: String,
    licence: String,
    checksum: Option<String>,
    folder: PathBuf,
}

/// The crates that can be in the file: what the app names, and what these name, for wasm. The
/// linker drops much of it, and what it drops can't be told by crate, so the list is longer than
/// the truth and never shorter. Macros and build scripts only run while it is built.
struct Shipped {
    crates: Vec<Crate>,
    rust: String,
}

impl Shipped {
    fn read(root: &Path) -> Result<Self, Box<dyn Error>> {
        let asked = ["metadata", "--locked", "--format-version=1", "--filter-platform=wasm32-unknown-unknown"];
        let metadata: Value =
            serde_json::from_str(&run::output(Command::new("cargo").current_dir(root).args(asked), METADATA)?)?;
        let lock: toml::Table = fs::read_to_string(root.join("Cargo.lock"))?.parse()?;
        let rust = run::output(Command::new("rustc").arg("--version"), METADATA)?;
        Ok(Self {
            crates: reachable(&metadata, &checksums(&lock)).ok_or("cargo metadata has another shape than it had")?,
            rust: rust.trim().to_owned(),
        })
    }

    /// CycloneDX 1.5.
    fn sbom(&self, version: &str, html: &[u8]) -> Value {
        let sha256 = |hash: &str| json!([{ "alg": "SHA-256", "content": hash }]);
        let components: Vec<Value> = self
            .crates
            .iter()
            .map(|one| {
                let purl = format!("pkg:cargo/{}@{}", one.name, one.version);
                let mut component = json!({
                    "type": "library", "bom-ref": purl, "name": one.name, "version": one.version,
                    "licenses": [{ "expression": one.licence }], "purl": purl,
                });
                if let (Some(sum), Some(object)) = (&one.checksum, component.as_object_mut()) {
                    object.insert("hashes".to_owned(), sha256(sum));
                }
                component
            })
            .collect();
        json!({
            "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": {
                "tools": { "components": [{ "type": "application", "name": "rustc", "version": self.rust }] },
                "component": {
                    "type": "application", "bom-ref": FILE, "name": FILE, "version": version,
                    "licenses": [{ "expression": "MIT OR Apache-2.0" }], "hashes": sha256(&hex(&Sha256::digest(html))),
                },
            },
            "components": components,
        })
    }

    /// Whose work is in the file: instruments first, then crates with the texts of their licences,
    /// each text once.
    fn notices(&self, packs: &[Pack]) -> Result<String, Box<dyn Error>> {
        let mut out =
            String::from("What is in consult-ready.html and is not our own.\n\nQUESTIONNAIRES AND OTHER CONTENT\n\n");
        let content: BTreeSet<&String> = packs
            .iter()
            .flat_map(|pack| pack.about.notices.iter().chain(pack.instruments.iter().map(|i| &i.notice)))
            .collect();
        for notice in content {
            writeln!(out, "{notice}\n")?;
        }
        writeln!(
            out,
            "RUST\n\nThe standard library of {}, MIT OR Apache-2.0, https://github.com/rust-lang/rust\n\nCRATES\n",
            self.rust
        )?;
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for one in &self.crates {
            let name = format!("{} {}", one.name, one.version);
            let found = licence_texts(&one.folder)?;
            let without = if found.is_empty() { " (its package has no licence text)" } else { "" };
            writeln!(out, "{name}, {}{without}", one.licence)?;
            for text in found {
                texts.entry(text).or_default().push(name.clone());
            }
        }
        for (text, names) in texts {
            writeln!(out, "\n{}\n{}\n\n{text}", "-".repeat(72), names.join(", "))?;
        }
        Ok(out)
    }
}

fn checksums(lock: &toml::Table) -> BTreeMap<(String, String), String> {
    let text = |package: &toml::Value, key: &str| Some(package.get(key)?.as_str()?.to_owned());
    let packages = lock.get("package").and_then(toml::Value::as_array).into_iter().flatten();
    packages.filter_map(|p| Some(((text(p, "name")?, text(p, "version")?), text(p, "checksum")?))).collect()
}

/// Walks cargo's graph from our own package. `None` if the metadata lacks what it always has.
fn reachable(metadata: &Value, checksums: &BTreeMap<(String, String), String>) -> Option<Vec<Crate>> {
    let by_id = |list: &'static str| -> Option<BTreeMap<&str, &Value>> {
        let list = if list == "nodes" { metadata.get("resolve")?.get(list)? } else { metadata.get(list)? };
        list.as_array()?.iter().map(|one| Some((one.get("id")?.as_str()?, one))).collect()
    };
    let (packages, nodes) = (by_id("packages")?, by_id("nodes")?);
    let text = |value: &Value, key: &str| Some(value.get(key)?.as_str()?.to_owned());
    let ours = metadata.get("resolve")?.get("root")?.as_str()?;
    let is_macro = |package: &Value| {
        let kinds = package
            .get("targets")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|t| t.get("kind")?.as_array());
        kinds.flatten().any(|kind| kind == "proc-macro")
    };
    let (mut open, mut seen, mut crates) = (vec![ours], BTreeSet::from([ours]), Vec::new());
    while let Some(id) = open.pop() {
        let package = packages.get(id)?;
        if is_macro(package) {
            continue;
        }
        // What comes from no registry is our own.
        if package.get("source").is_some_and(|source| !source.is_null()) {
            let (name, version) = (text(package, "name")?, text(package, "version")?);
            let folder = Path::new(package.get("manifest_path")?.as_str()?).parent()?.to_owned();
            let licence = text(package, "license").unwrap_or_else(|| "NOASSERTION".to_owned());
            let checksum = checksums.get(&(name.clone(), version.clone())).cloned();
            crates.push(Crate { name, version, licence, checksum, folder });
        }
        for edge in nodes.get(id)?.get("deps")?.as_array()? {
            // A kind of null is an ordinary dependency; the others are "dev" and "build".
            let ordinary =
                edge.get("dep_kinds")?.as_array()?.iter().any(|kind| kind.get("kind").is_some_and(Value::is_null));
            let next = edge.get("pkg")?.as_str()?;
            if ordinary && seen.insert(next) {
                open.push(next);
            }
        }
    }
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Some(crates)
}

fn licence_texts(folder: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut texts = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && ["LICEN", "COPYING", "NOTICE", "COPYRIGHT"].iter().any(|start| name.starts_with(start)) {
            texts.insert(String::from_utf8_lossy(&fs::read(&path)?).trim().to_owned());
        }
    }
    Ok(texts)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{FILE, LOADER, Shipped, assemble, hex, in_time, setup_page, snippet};
    use crate::{pack, run};
    use export::one_file;
    use sha2::{Digest, Sha256};
    use std::error::Error;
    use std::fs;

    #[test]
    fn what_is_past_its_date_is_refused_by_name() -> Result<(), Box<dyn Error>> {
        let packs = pack::pack(&run::root(), &pack::Given::default())?;
        in_time(&packs, "2000-01-01")?;
        let refused = in_time(&packs, "2999-01-01").err().unwrap_or_default();
        for what in ["the content as a whole", "help line ", "card "] {
            assert!(refused.contains(what), "{what} is missing in: {refused}");
        }
        Ok(())
    }

    #[test]
    fn the_list_of_parts_holds_what_ships_and_nothing_else() -> Result<(), Box<dyn Error>> {
        let shipped = Shipped::read(&run::root())?;
        let names: Vec<&str> = shipped.crates.iter().map(|one| one.name.as_str()).collect();
        for there in ["reactive_graph", "web-sys", "wasm-bindgen"] {
            assert!(names.contains(&there), "{there} is missing in {names:?}");
        }
        for not in ["tiny_http", "thirtyfour", "proptest", "brotli", "serde_derive", "consult-ready", "xtask"] {
            assert!(!names.contains(&not), "{not} is in {names:?}");
        }
        let sbom = shipped.sbom("0.1.0", b"");
        let whole = sbom.get("components").and_then(|c| c.as_array()).into_iter().flatten();
        let lacking: Vec<_> = whole
            .filter(|one| {
                one.get("hashes").is_none() || one.pointer("/licenses/0/expression") == Some(&"NOASSERTION".into())
            })
            .collect();
        assert!(lacking.is_empty(), "no checksum or licence: {lacking:#?}");
        Ok(())
    }

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
        let packs = pack::pack(&run::root(), &pack::Given::default())?;
        let folder = assemble(&run::root(), &dist, &packs)?;
        let sums = fs::read_to_string(folder.join("SHA256SUMS"))?;
        let mut listed = vec!["SHA256SUMS".to_owned()];
        for (sum, name) in sums.lines().filter_map(|line| line.split_once("  ")) {
            assert_eq!(hex(&Sha256::digest(fs::read(folder.join(name))?)), sum, "{name}");
            listed.push(name.to_owned());
        }
        let mut there: Vec<String> =
            fs::read_dir(&folder)?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        listed.sort();
        there.sort();
        assert_eq!(listed, there);
        let notices = fs::read_to_string(folder.join("NOTICES.txt"))?;
        for said in ["PHQ", "reactive_graph", "Permission is hereby granted"] {
            assert!(notices.contains(said), "the notices do not say {said}");
        }
        Ok(fs::remove_dir_all(&dist)?)
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
