//! The crates that are in the one file: the list of parts (SBOM) and the notices.

use crate::one_file::FILE;
use crate::{policy, run};
use engine::pack::Pack;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const METADATA: &str = "see that Cargo.lock is as committed and that cargo and rustc run, then run this again";

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
pub struct Shipped {
    crates: Vec<Crate>,
    rust: String,
}

impl Shipped {
    /// Reads it from cargo.
    ///
    /// # Errors
    /// Where cargo or rustc do not answer as they always have.
    pub fn read(root: &Path) -> Result<Self, Box<dyn Error>> {
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

    /// The list of parts as CycloneDX 1.5.
    pub fn sbom(&self, version: &str, html: &[u8]) -> Value {
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
                    "licenses": [{ "expression": "MIT OR Apache-2.0" }], "hashes": sha256(&policy::sha256(html)),
                },
            },
            "components": components,
        })
    }

    /// Whose work is in the file: instruments first, then crates with the texts of their licences,
    /// each text once.
    ///
    /// # Errors
    /// Where a licence can't be read.
    pub fn notices(&self, packs: &[Pack]) -> Result<String, Box<dyn Error>> {
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

#[cfg(test)]
mod tests {
    use super::Shipped;
    use crate::run;
    use std::error::Error;

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
}
