//! Reads the project's own Rust files: the code without comments and tests, and which module takes
//! something from which.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The code without line comments; strings stay, none of ours holds a path.
pub fn without_comments(source: &str) -> String {
    source
        .lines()
        .map(|l| l.find("//").filter(|&i| !l[..i].contains('"')).map_or(l, |i| &l[..i]))
        .collect::<Vec<_>>()
        .join("\n")
}

pub fn without_tests(code: &str) -> String {
    code.split("#[cfg(test)]").next().unwrap_or_default().into()
}

/// Every Rust file below `folder`, relative to it.
pub fn rust_files(folder: &Path) -> Vec<(String, String)> {
    fn gather(base: &Path, folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(base, &path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    gather(folder, folder, &mut out);
    out.sort();
    assert!(!out.is_empty(), "{} holds no Rust file", folder.display());
    out
}

/// A module's place in its crate: the names from the root down.
type Module = Vec<String>;

/// The modules of one crate.
pub struct Modules {
    /// The code of each, without comments and tests.
    code: BTreeMap<Module, String>,
    /// What each brings in by `use`, as written: the path, and the name that it has there.
    uses: BTreeMap<Module, Vec<(Vec<String>, String)>>,
}

impl Modules {
    /// Reads the modules out of files as [`rust_files`] gives them.
    pub fn read(files: &[(String, String)]) -> Self {
        let (mut code, mut uses) = (BTreeMap::new(), BTreeMap::new());
        for (path, source) in files {
            let mut module: Module = path.trim_end_matches(".rs").split('/').map(String::from).collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                module.pop();
            }
            let (found, rest) = take_uses(&without_tests(&without_comments(source)));
            code.insert(module.clone(), rest);
            uses.insert(module, found);
        }
        Self { code, uses }
    }

    /// The module that a path leads to from `from`; `None` for what is not of this crate.
    fn target(&self, from: &Module, path: &[String]) -> Option<Module> {
        let mut at = match path.first()?.as_str() {
            "crate" => Module::new(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            child if self.code.contains_key(&below(from, child)) => below(from, child),
            _ => return None,
        };
        for name in &path[1..] {
            match name.as_str() {
                "super" => at = at[..at.len().checked_sub(1)?].to_vec(),
                name if self.code.contains_key(&below(&at, name)) => at = below(&at, name),
                name => return Some(self.brought_from(&at, name).unwrap_or(at)),
            }
        }
        Some(at)
    }

    /// The module inside `at` from which it brought in a name by `use`.
    fn brought_from(&self, at: &Module, name: &str) -> Option<Module> {
        let declares = |module: &Module| {
            let kinds = ["fn", "struct", "enum", "const", "type", "trait", "static"];
            kinds.iter().any(|kind| self.code[module].contains(&format!("pub {kind} {name}")))
        };
        self.uses.get(at)?.iter().filter(|(path, _)| !path.is_empty()).find_map(|(path, known_as)| {
            let named = known_as == name;
            let inside = path[0] == "self" || self.code.contains_key(&below(at, &path[0]));
            let target = || if inside { self.target(at, path).filter(|target| target != at) } else { None };
            if named { target() } else { target().filter(|target| known_as == "*" && declares(target)) }
        })
    }

    /// Which module takes something from which: siblings, each with the module that holds them.
    fn siblings(&self) -> BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> {
        let mut out: BTreeMap<Module, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (from, code) in &self.code {
            let named = self.uses[from].iter().map(|(path, _)| path.clone()).chain(paths(code));
            for target in named.filter_map(|path| self.target(from, &path)) {
                let shared = from.iter().zip(&target).take_while(|(a, b)| a == b).count();
                if let (Some(a), Some(b)) = (from.get(shared), target.get(shared)) {
                    let arrows = out.entry(from[..shared].to_vec()).or_default();
                    arrows.entry(a.clone()).or_default().insert(b.clone());
                }
            }
        }
        out
    }

    /// Circles among the modules: each as the names on the way round, from the crate's root.
    pub fn circles(&self) -> Vec<String> {
        let circles = |(parent, arrows): (Module, BTreeMap<String, BTreeSet<String>>)| {
            let round: Vec<Vec<String>> = arrows.keys().filter_map(|start| way_round(&arrows, start)).collect();
            let smallest = |way: &&Vec<String>| way.iter().min() == way.first();
            let named: Vec<String> = round
                .iter()
                .filter(smallest)
                .map(|way| format!("{}: {}", [&["crate".into()], &parent[..]].concat().join("::"), way.join(" -> ")))
                .collect();
            named
        };
        self.siblings().into_iter().flat_map(circles).collect()
    }
}

fn below(module: &[String], name: &str) -> Module {
    [module, &[name.to_string()]].concat()
}

/// The shortest way from a name back to itself.
fn way_round(arrows: &BTreeMap<String, BTreeSet<String>>, start: &str) -> Option<Vec<String>> {
    let mut ways = std::collections::VecDeque::from([vec![start.to_string()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in arrows.get(way.last()?).into_iter().flatten() {
            if next == start {
                return Some([way, vec![start.to_string()]].concat());
            }
            if seen.insert(next.clone()) {
                ways.push_back([way.clone(), vec![next.clone()]].concat());
            }
        }
    }
    None
}

/// What the `use` lines of a file bring in, and the code without them.
fn take_uses(code: &str) -> (Vec<(Vec<String>, String)>, String) {
    let (mut uses, mut rest, mut open) = (Vec::new(), String::new(), String::new());
    for line in code.lines() {
        let begins = line.trim_start().split_once("use ").is_some_and(|(before, _)| {
            before.is_empty() || before.starts_with("pub") && before.ends_with([' ', ')']) && !before.contains('"')
        });
        if begins || !open.is_empty() {
            open.push_str(line.trim());
            open.push(' ');
            if let Some((tree, _)) = open.split_once(';') {
                expand(tree.split_once("use ").unwrap().1, &[], &mut uses);
                open.clear();
            }
        } else {
            rest.push_str(line);
            rest.push('\n');
        }
    }
    (uses, rest)
}

/// The paths of a tree such as `a::{b, c::{self, d as e}}`.
fn expand(tree: &str, before: &[String], out: &mut Vec<(Vec<String>, String)>) {
    let (head, inside) = match tree.split_once('{') {
        Some((head, rest)) => (head, rest.rsplit_once('}').map(|(inside, _)| inside)),
        None => (tree, None),
    };
    let (head, alias) = head.split_once(" as ").map_or((head, None), |(head, alias)| (head, Some(alias.trim())));
    let names = head.split("::").map(str::trim).filter(|name| !name.is_empty());
    let mut path = [before, &names.map(String::from).collect::<Vec<_>>()].concat();
    let Some(inside) = inside else {
        if path.len() > 1 && path.last().is_some_and(|name| name == "self") {
            path.pop();
        }
        let name = alias.map(String::from).or_else(|| path.last().cloned()).unwrap_or_default();
        out.push((path, name));
        return;
    };
    let (mut depth, mut part) = (0, String::new());
    for c in inside.chars().chain([',']) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !part.trim().is_empty() {
                    expand(part.trim(), &path, out);
                }
                part.clear();
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
}

/// Paths that stand in the code itself and begin at the crate or a module above.
fn paths(code: &str) -> Vec<Vec<String>> {
    let words = code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let ours = words.filter(|word| word.starts_with("crate::") || word.starts_with("super::"));
    ours.map(|word| word.split("::").filter(|name| !name.is_empty()).map(String::from).collect()).collect()
}
