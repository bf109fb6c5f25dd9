//! What the answers of one screen mean, with nothing said twice.
#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{pack, spanish};
use engine::findings::{SharedAdvice, say_once};

fn said(advice: &[(&str, &str)]) -> Vec<SharedAdvice> {
    say_once(advice.iter().map(|(about, text)| (about.to_string(), text.to_string())).collect())
}

/// All advice of a pack at once: every sentence is still there, a closing stands once, and no two
/// lines have the same name or say the same.
#[test]
fn nothing_is_lost_and_nothing_is_said_twice() {
    for pack in [pack(), spanish()] {
        let all: Vec<(&str, &str)> = pack
            .rules
            .iter()
            .map(|rule| (rule.about.as_str(), rule.patient.as_str()))
            .filter(|a| !a.1.is_empty())
            .collect();
        let found = said(&all);
        for (about, text) in &all {
            let whole = |shared: &SharedAdvice| {
                shared.lines.iter().any(|(names, reason)| {
                    let rest = text.strip_suffix(&shared.closing).unwrap_or("-").trim_end();
                    names.split("; ").any(|name| name == *about) && reason.contains(rest)
                })
            };
            assert!(found.iter().any(whole), "{}: {about}: “{text}” is not said", pack.lang);
        }
        for shared in &found {
            let alike = found.iter().filter(|other| other.closing == shared.closing).count();
            assert_eq!(alike, 1, "{}: “{}” closes twice", pack.lang, shared.closing);
            for (n, (name, text)) in shared.lines.iter().enumerate() {
                let again = shared.lines.iter().skip(n + 1).any(|(other, said)| other == name || said == text);
                assert!(!again, "{}: {name}: “{text}” is said twice", pack.lang);
            }
        }
    }
}

/// One piece of advice stays whole, and so does what shares nothing.
#[test]
fn what_stands_alone_stays_whole() {
    let one = said(&[("Stroke", "It can bleed. Tell the clinic.")]);
    assert_eq!(one[0].lines, [("Stroke".to_string(), "It can bleed. Tell the clinic.".to_string())]);
    assert_eq!(one[0].closing, "");
    let two = said(&[("Stroke", "It can bleed. Tell the clinic."), ("Latex", "Say so.")]);
    assert_eq!(two[0].lines.len(), 2);
    assert_eq!(two[0].closing, "");
}

/// The same reason names both; a piece that says nothing else keeps its sentence.
#[test]
fn the_same_reason_is_said_once() {
    let found = said(&[("A", "Same. Tell."), ("B", "Same. Tell."), ("C", "Other. Tell."), ("D", "Tell.")]);
    let line = |about: &str, text: &str| (about.to_string(), text.to_string());
    assert_eq!(found[0].closing, "Tell.");
    assert_eq!(found[0].lines, [line("A; B", "Same."), line("C", "Other.")]);
    assert_eq!(found[1].lines, [line("D", "Tell.")]);
}
