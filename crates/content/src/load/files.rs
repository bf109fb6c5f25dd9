//! Authored files, as tables and rows; what is wrong with one is a problem with its place.

use crate::problem::Problems;
use engine::pack::Words;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// Where the text of a file comes from.
pub(crate) enum Texts<'a> {
    /// Files below a folder.
    Folder(&'a Path),
    /// One text that the caller has read; it stands for whatever file is asked for.
    Text(&'a str),
}

/// Files are read through this, so that a missing or malformed one is a problem like any other.
pub(crate) struct Files<'a> {
    pub(crate) texts: Texts<'a>,
    pub(crate) problems: &'a mut Problems,
}

impl Files<'_> {
    pub(super) fn read(&mut self, file: &str) -> String {
        let root = match &self.texts {
            Texts::Folder(root) => root,
            Texts::Text(text) => return (*text).into(),
        };
        std::fs::read_to_string(root.join(file)).unwrap_or_else(|e| {
            self.problems.add(file, "-", format!("it can't be read ({e})"), "Write the file");
            String::new()
        })
    }

    /// A TOML file that is one table.
    pub(crate) fn table<T: DeserializeOwned>(&mut self, file: &str) -> Option<T> {
        let text = self.read(file);
        toml::from_str(&text)
            .map_err(|e| {
                let line = e.span().map_or(1, |s| text.get(..s.start).unwrap_or_default().lines().count().max(1));
                self.problems.add(
                    file,
                    format!("line {line}"),
                    e.message().replace('\n', " "),
                    "Correct it as crates/engine/src/pack/ describes",
                );
            })
            .ok()
    }

    /// The interface words: a table with all of their names and no other.
    pub(crate) fn words(&mut self, file: &str) -> Option<Words> {
        let mut table: BTreeMap<String, String> = self.table(file)?;
        let words = Words::new(|name| {
            table.remove(name).unwrap_or_else(|| {
                self.problems.add(file, name, "this word is missing", format!("Write {name} = \"…\""));
                String::new()
            })
        });
        for name in table.keys() {
            self.problems.add(
                file,
                name,
                "this word is unknown",
                "Take it out, or name it in crates/engine/src/pack/words.rs",
            );
        }
        Some(words)
    }

    /// A TOML file that is a list of `[[key]]` tables.
    pub(crate) fn rows<T: DeserializeOwned>(&mut self, file: &str, key: &str) -> Vec<T> {
        let rows = self.values(file, key);
        rows.into_iter().enumerate().filter_map(|(i, row)| self.row(file, key, i, row)).collect()
    }

    pub(super) fn values(&mut self, file: &str, key: &str) -> Vec<toml::Value> {
        let Some(mut table) = self.table::<BTreeMap<String, Vec<toml::Value>>>(file) else { return Vec::new() };
        let rows = table.remove(key).unwrap_or_default();
        for other in table.keys() {
            self.problems.add(file, other, "this table is unknown", format!("Use [[{key}]]"));
        }
        rows
    }

    pub(super) fn row<T: DeserializeOwned>(&mut self, file: &str, key: &str, i: usize, row: toml::Value) -> Option<T> {
        let id = row.get("id").and_then(toml::Value::as_str).unwrap_or_default().to_string();
        let path = format!("{key}[{i}]({id})");
        let what = |e: toml::de::Error| e.to_string().trim().replace('\n', " ");
        row.try_into()
            .map_err(|e| self.problems.add(file, path, what(e), "Correct it as crates/engine/src/pack/ describes"))
            .ok()
    }
}
