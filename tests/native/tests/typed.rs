//! What people type: medicines with a dose, days, numbers, long texts, and a clinic's own words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{pack, spanish};
use engine::answer_edit::{is_day, write};
use engine::answers::{Answer, Value};
use engine::lookup::{entries, named, suggest};
use engine::number;
use engine::pack::{Item, Kind, Known, Settings};
use engine::refused::in_clinics_text;

/// Case 03: the name begins what was typed, or stands in a part of it.
#[test]
fn a_medicine_with_its_dose_is_offered() {
    let options = &pack().questionnaire.item("medicines").unwrap().options;
    for (typed, want) in [
        ("theophylline 300 mg", &["theophylline"][..]),
        ("theofylline 300 mg", &["theophylline"]),
        ("xanax .5", &["alprazolam"]),
        ("lorazepam 1mg at night", &["lorazepam"]),
        ("Theo-24 (theophylline)", &["theophylline"]),
        ("theophylline, phenelzine", &["theophylline", "phenelzine"]),
        ("lithium 300 mg\nsertraline 0,5 tablets; zzyzzafil", &["lithium", "sertraline"]),
        ("St. John's wort 300", &["st-johns-wort"]),
        ("water", &[]),
    ] {
        let got: Vec<&str> = suggest(options, typed).iter().map(|o| o.code.as_str()).collect();
        assert!(want.iter().all(|code| got.contains(code)), "{typed}: {got:?}");
        if want.is_empty() {
            assert!(named(options, typed).is_empty(), "{typed}: {got:?}");
        }
    }
    // What fits as a whole is suggested as before.
    assert_eq!(suggest(options, "sertr")[0].code, "sertraline");
}

#[test]
fn a_pasted_list_becomes_entries() {
    assert_eq!(entries("sertraline 50 mg, lithium 0,5 g;\r\n fish oil,"), ["sertraline 50 mg", "lithium 0,5 g", "fish oil"]);
    assert_eq!(entries(" , ;\n"), Vec::<&str>::new());
}

/// Cases 04 and 13.
#[test]
fn only_days_of_the_calendar_are_days() {
    for day in ["2026-01-31", "2024-02-29", "2000-02-29", "1900-01-01", "2026-12-31"] {
        assert!(is_day(day), "{day}");
    }
    for day in [
        "2026-02-31",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "0022-03-04",
        "1899-12-31",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-1-01",
        "",
    ] {
        assert!(!is_day(day), "{day}");
    }
}

/// Case 11: one comma with one or two digits behind it is a decimal in every language, never a thousand.
#[test]
fn numbers_are_read_as_people_type_them() {
    let rows = [("7,5", Some(7.5)), ("7.5", Some(7.5)), ("0,25", Some(0.25)), (" 12 ", Some(12.0)), ("\u{2212}3", Some(-3.0)), ("-1,5", Some(-1.5))];
    let none = ["1,000", "1,0,0", "1.5,2", "7,", "seven", "7.5 kg"].map(|text| (text, None));
    for (text, want) in rows.into_iter().chain(none) {
        assert_eq!(number::read_typed(text), want, "{text}");
    }
    let item = Item { kind: Kind::Decimal, ..Item::default() };
    assert_eq!(write(&item, None, &["7,5".into()]), Answer::Given(vec![Value::Number(7.5)]));
    assert_eq!(write(&item, None, &["1,000".into()]), Answer::Given(vec![Value::Text("1,000".into())]));
}

/// A clinic's own words neither pass for a crisis line nor tell anyone to stop a medicine.
#[test]
fn a_clinic_cannot_contradict_the_crisis_line_or_the_medicines() {
    for text in [
        "988 Suicide & Crisis Lifeline",
        "Call us instead of 911",
        "Stop your tablets three days before.",
        "Skip a dose that morning",
        "Stop taking lithium",
    ] {
        assert!(!in_clinics_text(&pack().refused, text).is_empty(), "{text}");
    }
    for text in ["Riverside Ketamine Clinic", "Bring your medicines. Do not stop taking them.", "Do not stop your medicines on your own."] {
        assert_eq!(in_clinics_text(&pack().refused, text), Vec::<&str>::new(), "{text}");
    }
    for text in ["Línea de crisis 988", "Deje de tomar litio", "Suspenda sus pastillas"] {
        assert!(!in_clinics_text(&spanish().refused, text).is_empty(), "{text}");
    }
    assert_eq!(in_clinics_text(&spanish().refused, "No deje de tomar sus medicamentos."), Vec::<&str>::new());
    // A name or a phone number must not read like a crisis line either.
    let refuses = |text: &str| engine::refused::quoted([pack()], text);
    for (name, value, taken) in [
        ("clinic", "988 Suicide & Crisis Lifeline", false),
        ("clinic", "Hope Valley Ketamine Clinic", true),
        ("address", "911 Crescent Road, Salem", true),
        ("phone", "988", false),
        ("phone", "+1 555 010 0123", true),
    ] {
        let known = Known::of(pack(), &["en"], &refuses);
        let (_, bad) = Settings::read(&|n| (n == name).then(|| value.to_string()), &[name.to_string()], &known);
        assert_eq!(bad.is_empty(), taken, "{name}={value}: {bad:?}");
    }
}
