//! Guides are short: whoever keeps a clinic's website gets through one in a coffee break.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where it fails")]

use std::fs;
use std::path::{Path, PathBuf};

const MOST_ACTIONS: usize = 12;
const MOST_DECISIONS: usize = 3;

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs")
}

/// The numbered lines under "Steps".
fn actions(guide: &str) -> Vec<&str> {
    let steps = guide.split("\n## ").find_map(|part| part.strip_prefix("Steps\n")).unwrap_or_default();
    let numbered = |line: &'_ str| line.split_once(". ").is_some_and(|(number, _)| number.parse::<u8>().is_ok());
    steps
        .lines()
        .filter(|line| numbered(line))
        .filter_map(|line| line.split_once(". "))
        .map(|(_, action)| action)
        .collect()
}

#[test]
fn each_guide_has_at_most_twelve_actions_and_three_decisions() {
    let mut guides: Vec<PathBuf> =
        fs::read_dir(docs().join("guides")).unwrap().map(|entry| entry.unwrap().path()).collect();
    guides.push(docs().join("wordpress.md"));
    assert!(guides.len() >= 7, "{guides:?}");
    for path in guides {
        let guide = fs::read_to_string(&path).unwrap();
        let actions = actions(&guide);
        let decisions = actions.iter().filter(|action| action.starts_with("Decide:")).count();
        let asks = actions
            .iter()
            .filter(|action| {
                action.contains("Decide") || action.contains(" or leave ") || action.contains("if you like")
            })
            .count();
        assert!((3..=MOST_ACTIONS).contains(&actions.len()), "{}: {} actions", path.display(), actions.len());
        assert!(decisions <= MOST_DECISIONS, "{}: {decisions} decisions", path.display());
        // Else the actions of another guide would be done and not counted.
        let elsewhere: Vec<&&str> = actions.iter().filter(|action| action.contains("](")).collect();
        assert!(elsewhere.is_empty(), "{}: an action sends away: {elsewhere:?}", path.display());
        assert_eq!(
            asks,
            decisions,
            "{}: a choice is left to the reader in an action that does not begin with “Decide:”",
            path.display()
        );
    }
}

/// A link to a document leads to a file that is there.
#[test]
fn links_between_documents_lead_somewhere() {
    for entry in fs::read_dir(docs().join("guides")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            if !link.starts_with("https://") {
                let file = path.parent().unwrap().join(link.split('#').next().unwrap());
                assert!(file.is_file(), "{}: there is no {link}", path.display());
            }
        }
    }
}
