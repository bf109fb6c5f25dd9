//! What version 0.1.0 wrote is opened with no answer lost or changed: `tests/fixtures/v0.1.0/`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{fixture_file, pack, spanish};
use engine::answers::{Answer, Answers, Value};
use engine::migrate::migrate;
use engine::pack::{Known, Pack, Settings};
use engine::refused;
use export::{code, record};
use std::collections::BTreeMap;

/// The texts of each answer set, by name.
fn texts() -> BTreeMap<String, BTreeMap<String, String>> {
    toml::from_str(&fixture_file("v0.1.0/texts.toml")).unwrap()
}

/// A record as it was saved: the questionnaire is put back in.
fn saved(name: &str) -> String {
    let mut text = fixture_file(&format!("v0.1.0/records/{name}.json")).trim_end().to_string();
    for lang in ["en", "es"] {
        let file = format!("questionnaire.{lang}.json");
        let mark = format!("\"{file}\"");
        if text.contains(&mark) {
            text = text.replace(&mark, &fixture_file(&format!("v0.1.0/records/{file}")));
        }
    }
    text
}

/// Compares answers. What was left out is told by marks that follow the content, so both sides are
/// compared without those.
fn assert_same(pack: &Pack, got: &Answers, want: &str, left_out: bool, name: &str) {
    let bare = |answers: &Answers| {
        let mut out = Answers::default();
        let held_back = |link: &String| left_out && pack.safety.may_leave_out.contains(link);
        for (key, answer) in answers.iter().filter(|(k, a)| !(held_back(&k.link) && **a == Answer::Skipped)) {
            out.set(key.clone(), answer.clone());
        }
        out.encode()
    };
    assert_eq!(bare(got), bare(&migrate(pack, &Answers::decode(want).unwrap())), "{name}");
}

#[test]
fn every_kept_text_is_opened() {
    let texts = texts();
    assert_eq!(texts.len(), 21);
    for (name, set) in &texts {
        let answers = Answers::decode(&set["kept"]).unwrap_or_else(|e| panic!("{name}: {e:?}"));
        assert_eq!(answers.encode(), set["kept"], "{name}");
        for (key, answer) in migrate(pack(), &answers).iter() {
            assert!(is_answer(pack(), &key.link, answer), "{name}: {key:?} {answer:?} means nothing any more");
        }
    }
}

/// True if the questionnaire has this question, or repeated group, and each of these answers.
fn is_answer(pack: &Pack, link: &str, answer: &Answer) -> bool {
    pack.questionnaire.item(link).is_some_and(|item| {
        answer.values().iter().all(|value| match value {
            Value::Code(code) => item.option(code).is_some() || item.is_group() && (code == "true" || code == "false"),
            Value::Text(_) | Value::Number(_) | Value::Quantity(..) => item.is_question(),
        })
    })
}

#[test]
fn every_record_is_opened() {
    let mut opened = 0;
    for (name, set) in texts() {
        for (pack, file, left_out) in
            [(pack(), "en", false), (spanish(), "es", false), (spanish(), "en", false), (pack(), "en.left-out", true)]
        {
            let name = format!("{name}.{file}");
            let read = record::read(pack, &saved(&name)).unwrap_or_else(|p| panic!("{name}: {p:?}"));
            assert_eq!(
                (read.authored.as_str(), read.unknown),
                ("2026-11-22T18:00:00+01:00", Vec::<String>::new()),
                "{name}"
            );
            let gives = if left_out { "record_left_out_gives" } else { "record_gives" };
            assert_same(pack, &read.answers, &set[gives], left_out, &name);
            opened += 1;
        }
    }
    assert_eq!(opened, 84);
}

#[test]
fn every_code_is_read() {
    for (name, set) in texts() {
        for (left_out, field) in [(false, "code"), (true, "code_left_out")] {
            let read = code::read(pack(), &set[field]).unwrap_or_else(|p| panic!("{name}: {p:?}"));
            assert_eq!(
                (read.day.as_str(), read.version.as_str(), read.unknown.len()),
                ("2026-11-22", "2026.11.0", 0),
                "{name}"
            );
            assert_same(pack(), &read.answers, &set[&format!("{field}_gives")], left_out, &name);
        }
    }
}

/// Another version of the questionnaire has other sections and pages; the questions in them are
/// found all the same.
#[test]
fn answers_in_renamed_groups_are_found() {
    let texts = texts();
    for name in ["light", "full"] {
        let read =
            record::read(pack(), &saved(&format!("{name}.renamed-groups"))).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        assert_eq!(read.unknown, Vec::<String>::new(), "{name}");
        assert_same(pack(), &read.answers, &texts[name]["record_gives"], false, name);
    }
}

/// The other way round: the record is of 0.1.0, and the questionnaire that reads it has other
/// sections.
#[test]
fn a_questionnaire_with_other_groups_reads_the_old_record() {
    let mut later = pack().clone();
    later.questionnaire.version = "2030.1.0".into();
    for section in &mut later.questionnaire.items {
        section.link_id = format!("stage-{}", section.link_id);
    }
    for (name, set) in texts() {
        let read = record::read(&later, &saved(&format!("{name}.en"))).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        assert_eq!(read.unknown, Vec::<String>::new(), "{name}");
        assert_same(pack(), &read.answers, &set["record_gives"], false, &name);
    }
}

/// An unknown group that stands twice holds no second answer to a question that is asked once.
#[test]
fn a_second_answer_in_an_unknown_group_is_told_and_not_taken() {
    let once = r#"{"linkId":"elsewhere","item":[{"linkId":"age","answer":[{"valueCoding":{"code":"25-44","system":"SYSTEM"}}]}]}"#;
    let twice = format!("{once},{}", once.replace("25-44", "45-64"));
    let system = &pack().questionnaire.item("age").unwrap().option("25-44").unwrap().system;
    let url = &pack().questionnaire.url;
    let text = format!(
        r#"{{"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"{url}|2020.1.0","item":[{twice}]}}"#
    );
    let read = record::read(pack(), &text.replace("SYSTEM", system)).unwrap();
    assert_eq!(read.answers.encode(), "cr1;age=25-44");
    assert_eq!(read.unknown, ["$.item[1](elsewhere).item[0](age)"]);
}

/// A clinic's finished file: the settings in it are the ones it was made with, each is known and
/// none is refused.
#[test]
fn the_settings_of_finished_files_are_read() {
    let packs = [pack().clone(), spanish().clone()];
    let refuses = |text: &str| refused::quoted(&packs, text);
    let known = Known::of(pack(), &["en", "es"], &refuses);
    for name in ["plain", "spanish", "kiosk"] {
        let file = fixture_file(&format!("v0.1.0/files/{name}.html"));
        let (_, rest) = file.split_once(r#"<script type="application/json" id="settings">"#).unwrap();
        let values: BTreeMap<String, String> = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        let want: BTreeMap<String, String> =
            serde_json::from_str(&fixture_file(&format!("v0.1.0/files/{name}.json"))).unwrap();
        assert_eq!(values, want, "{name}");
        let names: Vec<String> = values.keys().cloned().collect();
        let (settings, bad) = Settings::read(&|name| values.get(name).cloned(), &names, &known);
        assert_eq!(bad, [], "{name}");
        let read: BTreeMap<String, String> =
            settings.pairs().into_iter().map(|(name, value)| (name.into(), value)).collect();
        assert_eq!(read, want, "{name}");
    }
}
