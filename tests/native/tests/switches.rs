//! What a switch keeps out is in no pack, and works the day it is switched on (PEG: dossier 4.5).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, authored, copy_folder, root};
use content::{Authored, Problems};
use engine::answers::{Answer, Answers, Key, Value};
use engine::form::EvaluatedForm;
use engine::pack::{Kind, Pack, Settings};
use engine::scores::{self, Total};
use engine::summary::{self, Context};
use engine::walk;
use export::text;
use std::sync::OnceLock;

const SWITCHES: &str = "content/switches.toml";

/// The content with another file of switches.
fn with(name: &str, change: impl Fn(&str) -> String) -> (Option<(Authored, Option<Pack>)>, Problems) {
    let to = std::env::temp_dir().join(format!("consult-ready-switch-{name}-{}", std::process::id()));
    copy_folder(&root().join("content"), &to.join("content"));
    let file = std::fs::read_to_string(to.join(SWITCHES)).unwrap();
    let changed = change(&file);
    assert_ne!(file, changed, "nothing was changed");
    std::fs::write(to.join(SWITCHES), changed).unwrap();
    let mut problems = Problems::default();
    let english = content::load(&to, &mut problems);
    let both = english.map(|english| {
        content::check(&english, &mut problems);
        let spanish = content::translate(&to, "es", &english, &mut problems);
        (english, spanish)
    });
    std::fs::remove_dir_all(&to).unwrap();
    (both, problems)
}

/// Both packs with PEG.
fn on() -> &'static (Authored, Pack) {
    static ONCE: OnceLock<(Authored, Pack)> = OnceLock::new();
    ONCE.get_or_init(|| {
        let (both, problems) = with("on", |t| t.replace("on = false", "on = true"));
        assert!(problems.is_empty(), "{problems}");
        let (english, spanish) = both.unwrap();
        (english, spanish.unwrap())
    })
}

fn peg(start: &str, numbers: [Option<u8>; 3]) -> Answers {
    let mut answers = answered(start);
    for (link, n) in ["peg-p", "peg-e", "peg-g"].into_iter().zip(numbers) {
        answers.set(Key::first(link), n.map_or(Answer::Skipped, |n| Answer::Given(vec![Value::Number(n.into())])));
    }
    answers
}

fn total(pack: &Pack, answers: &Answers) -> Total {
    scores::score(&EvaluatedForm::new(&pack.questionnaire, answers), pack.instrument("peg").unwrap()).total
}

fn sheet(pack: &Pack, answers: &Answers) -> String {
    let (settings, region) = (Settings::default(), pack.region("us").unwrap());
    let sheets = summary::sheets(pack, answers, Context { date: "22", region, settings: &settings, leave_out: false });
    text::sheet(&pack.words, &sheets.clinician.unwrap())
}

#[test]
fn off_nothing_of_it_is_in_any_pack() {
    assert_eq!(authored().left_out, ["PEG is left out: its licence is not confirmed."]);
    for pack in [common::pack(), common::spanish()] {
        let bytes = pack.encode();
        for word in [
            "PEG",
            "peg-",
            "91148-7",
            "91147-9",
            "75893-8",
            "91145-3",
            "91146-1",
            "Krebs",
            "What number best describes",
            "en la última semana\u{0}",
        ] {
            assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()), "{}: {word}", pack.lang);
        }
        // The search finds what is there.
        assert!(bytes.windows(5).any(|w| w == b"PHQ-9") && bytes.windows(7).any(|w| w == b"44249-1"));
    }
}

#[test]
fn on_it_is_asked_of_adults_with_pain_only() {
    let pack = &on().0.pack;
    let asks = |start: &str| {
        let answers = answered(start);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        walk::steps(pack, &form).iter().filter(|s| ["peg-p", "peg-e", "peg-g"].contains(&s.link())).count()
    };
    for (start, n) in [
        ("age=25-44;why-for=pain", 3),
        ("age=65-plus;why-for=mood,pain", 3),
        ("age=25-44;why-for=mood", 0),
        ("age=25-44", 0),
        ("age=under-18;why-for=pain", 0),
        ("age=asked-declined;why-for=pain", 0),
        ("why-for=pain", 0),
    ] {
        assert_eq!(asks(start), n, "{start}");
    }
}

/// The dossier's wording, anchors and codes, letter by letter; answers are numbers, since LOINC
/// shows its code for 2 as "2 or more".
#[test]
fn on_the_wording_and_the_codes_are_the_dossiers() {
    let pack = &on().0.pack;
    let rows = [
        (
            "peg-p",
            "What number best describes your pain on average in the past week?",
            "75893-8",
            ["No pain", "Pain as bad as you can imagine"],
        ),
        (
            "peg-e",
            "What number best describes how, during the past week, pain has interfered with your enjoyment of life?",
            "91145-3",
            ["Does not interfere", "Completely interferes"],
        ),
        (
            "peg-g",
            "What number best describes how, during the past week, pain has interfered with your general activity?",
            "91146-1",
            ["Does not interfere", "Completely interferes"],
        ),
    ];
    for (link, words, code, [low, high]) in rows {
        let item = pack.questionnaire.item(link).unwrap();
        assert_eq!((item.text.as_str(), item.code.as_ref().unwrap().code.as_str()), (words, code));
        assert_eq!(item.help, format!("0 = {low} · 10 = {high}"), "{link}");
        assert_eq!(
            (item.kind, item.min, item.max, item.options.len()),
            (Kind::Integer, Some(0.0), Some(10.0), 0),
            "{link}"
        );
    }
    let instrument = pack.instrument("peg").unwrap();
    assert_eq!(instrument.total_code.as_ref().unwrap().code, "91147-9");
    assert_eq!(instrument.panel_code.as_ref().unwrap().code, "91148-7");
    assert!(instrument.bands.is_empty() && instrument.cutoffs.is_empty(), "its authors give none");
}

#[test]
fn on_the_vectors_of_the_dossier_hold() {
    let rows = [
        ([Some(0), Some(0), Some(0)], Total::Exactly(0.0)),
        ([Some(10), Some(10), Some(10)], Total::Exactly(10.0)),
        ([Some(6), Some(7), Some(4)], Total::Exactly(5.7)),
        ([Some(5), Some(5), Some(6)], Total::Exactly(5.3)),
        ([Some(1), Some(0), Some(0)], Total::Exactly(0.3)),
        ([Some(7), Some(8), Some(8)], Total::Exactly(7.7)),
        ([Some(10), Some(0), Some(0)], Total::Exactly(3.3)),
        ([Some(8), None, Some(8)], Total::Between(5.3, 8.7)),
    ];
    for (numbers, want) in rows {
        assert_eq!(total(&on().0.pack, &peg("age=25-44;why-for=pain", numbers)), want, "{numbers:?}");
    }
    assert_eq!(total(&on().0.pack, &peg("age=25-44;why-for=mood", [Some(9); 3])), Total::NotAsked);
}

/// 6.1: three numbers and their mean; no band.
#[test]
fn on_the_sheet_prints_three_numbers_and_the_mean() {
    let line = |numbers| {
        let text = sheet(&on().0.pack, &peg("age=25-44;why-for=pain", numbers));
        text.lines().find(|l| l.contains(": PEG |")).unwrap_or_else(|| panic!("{text}")).to_string()
    };
    let whole = line([Some(6), Some(7), Some(4)]);
    for words in [
        "5.7 / 10.0",
        "3 of 3 answered",
        "Pain on average: 6",
        "Pain and enjoyment of life: 7",
        "Pain and general activity: 4",
    ] {
        assert!(whole.contains(words), "{words}: {whole}");
    }
    let part = line([Some(8), None, Some(8)]);
    assert!(
        part.contains("not scored") && part.contains("5.3") && part.contains("8.7") && part.contains("2 of 3 answered"),
        "{part}"
    );
}

/// No official Spanish: the screen says so, and there is nothing to answer.
#[test]
fn on_it_is_not_offered_in_spanish() {
    let pack = &on().1;
    let answers = answered("age=25-44;why-for=pain");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let steps = walk::steps(pack, &form);
    assert!(steps.iter().any(|s| s.link() == "pain-week") && steps.iter().all(|s| !s.link().starts_with("peg-")));
    let why = &pack.questionnaire.item("pain-week").unwrap().not_offered;
    assert!(why.contains("PEG") && why.contains("no se ofrece en español") && why.contains("oficial"), "{why}");
    assert_eq!(total(pack, &answers), Total::NotAsked);
    // What was answered in English still counts.
    assert_eq!(total(pack, &peg("age=25-44;why-for=pain", [Some(6), Some(7), Some(4)])), Total::Exactly(5.7));
}

#[test]
fn a_switch_that_names_nothing_is_refused() {
    for (name, from, to) in [
        ("item", "\"pain-week\"", "\"pain-weak\""),
        ("instrument", "[\"peg\"]", "[\"pegg\"]"),
        ("source", "\"peg-krebs-2009\"", "\"krebs\""),
    ] {
        let (_, problems) = with(name, |t| t.replace(from, to));
        assert!(
            problems.0.iter().any(|p| p.file == SWITCHES && p.path == "peg" && !p.cure.is_empty()),
            "{name}: {problems}"
        );
    }
}
