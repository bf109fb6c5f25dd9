//! What people type: medicines with a dose, days, numbers, long texts, and a clinic's own words.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, clinician, pack, part_text, spanish, text_of};
use engine::answer_edit::write;
use engine::answers::{Answer, Key, Value};
use engine::calendar::is_day;
use engine::form::EvaluatedForm;
use engine::lookup::{entries, named, suggest};
use engine::number;
use engine::pack::{Condition, Item, Kind, Known, Operand, Operator, Settings, Tier, Trigger};
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

/// Case 03: a typed name that is certain warns as a chosen one does; what is not certain is open,
/// and never silent.
#[test]
fn a_typed_medicine_warns() {
    let box_of = |typed: &str| {
        let mut answers = answered("age=25-44;takes-medicines=yes");
        answers.set(Key::first("medicines"), Answer::Given(vec![Value::Text(typed.into())]));
        let sheet = clinician(&answers);
        (part_text(&sheet, "safety"), text_of(&sheet))
    };
    // The note that a chosen name has.
    let note = &pack().rules.iter().find(|r| r.id == "D01").unwrap().clinician;
    for typed in [
        "theophylline 300 mg",
        "THEOPHYLLINE 300MG ER twice a day",
        "theophylline 300 mg/day",
        "Theo-24 (theophylline)",
        "theophylline, phenelzine",
        "phenelzine 15 mg and theophylline 300 mg",
    ] {
        let mut answers = answered("age=25-44;takes-medicines=yes");
        answers.set(Key::first("medicines"), Answer::Given(vec![Value::Text(typed.into())]));
        let form = common::evaluated(&answers);
        let fired: Vec<&str> =
            engine::findings::about(pack(), &form, "medicines").iter().map(|r| r.id.as_str()).collect();
        assert!(fired.contains(&"D01"), "{typed}: {fired:?}");
        let (safety, whole) = box_of(typed);
        assert!(safety.contains(typed) && safety.contains(note), "{typed}:\n{safety}");
        assert!(!whole.contains(pack().words.sheet_as_typed()), "{typed} is in the list:\n{whole}");
    }
    // One slip, or other words around it: nobody chose it, so it is open, with what it may mean.
    for typed in ["theofylline 300 mg", "theophylline, stopped last year", "theophylline made me ill"] {
        let (safety, whole) = box_of(typed);
        assert!(safety.contains(typed) && safety.contains("[Open] ") && safety.contains(note), "{typed}:\n{safety}");
        assert!(
            whole.contains("perhaps theophylline") || whole.contains("in this tool's list: theophylline"),
            "{typed}:\n{whole}"
        );
    }
    // What is in no list is said to be in none, and opens nothing.
    let (safety, whole) = box_of("zzyzzafil 3 mg");
    assert!(
        !safety.contains("zzyzzafil") && whole.contains("zzyzzafil 3 mg (as typed, not in this tool's list)"),
        "{whole}"
    );
}

/// Only a name with its dose is certain.
#[test]
fn how_typed_names_are_read() {
    let options = &pack().questionnaire.item("medicines").unwrap().options;
    for (typed, certain, whole) in [
        ("theophylline", &["theophylline"][..], true),
        ("Xanax .5", &["alprazolam"], true),
        ("lorazepam 1mg at night", &["lorazepam"], true),
        ("sertralina 50 mg por la noche", &[], false),
        ("litio; lithium 300 mg cada noche", &["lithium"], false),
        ("St. John's wort 300", &["st-johns-wort"], true),
        ("no lithium", &[], false),
        ("stopped (lithium)", &["lithium"], false),
        ("codeine free cough syrup", &[], false),
        ("300 mg", &[], false),
        ("", &[], false),
        ("lithium 300 mg\nsertraline 0,5 tablets; zzyzzafil", &["lithium", "sertraline"], false),
    ] {
        let reading = engine::lookup::read(options, typed);
        let got: Vec<&str> = reading.certain.iter().map(|o| o.code.as_str()).collect();
        assert_eq!((got.as_slice(), reading.whole), (certain, whole), "{typed}");
    }
    // Every name of the list with a dose behind it is that name.
    for option in options {
        for name in std::iter::once(&option.text).chain(&option.synonyms) {
            let reading = engine::lookup::read(options, &format!("{name} 20 mg twice a day"));
            let want = engine::lookup::exact(options, name).unwrap();
            assert!(reading.certain.iter().any(|o| o.code == want.code), "{name}: {reading:?}");
        }
    }
}

/// A list becomes its entries; what was typed is replaced on the visitor's own press alone.
#[test]
fn a_typed_list_is_added_as_entries() {
    let item = pack().questionnaire.item("medicines").unwrap();
    let after = engine::answer_edit::add_typed(
        item,
        Some(&Answer::code("sertraline")),
        "theophylline 300 mg, phenelzine, Zzyzzafil",
    );
    let text = |t: &str| Value::Text(t.into());
    assert_eq!(
        after,
        Answer::Given(vec![
            Value::code("sertraline"),
            text("theophylline 300 mg"),
            Value::code("phenelzine"),
            text("Zzyzzafil")
        ])
    );
    let offered = engine::answer_edit::replace(item, Some(&after), 1, "theophylline");
    assert_eq!(
        offered,
        Answer::Given(vec![
            Value::code("sertraline"),
            Value::code("phenelzine"),
            text("Zzyzzafil"),
            Value::code("theophylline")
        ])
    );
    // Where one name is asked for, one is taken.
    let one = pack().questionnaire.item("trial-medicine").unwrap();
    assert_eq!(
        engine::answer_edit::add_typed(one, None, "sertraline, then lithium"),
        Answer::Given(vec![text("sertraline, then lithium")])
    );
}

#[test]
fn a_pasted_list_becomes_entries() {
    assert_eq!(
        entries("sertraline 50 mg, lithium 0,5 g;\r\n fish oil,"),
        ["sertraline 50 mg", "lithium 0,5 g", "fish oil"]
    );
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

/// Case 11: one comma with one or two digits behind it is a decimal in every language, never a
/// thousand.
#[test]
fn numbers_are_read_as_people_type_them() {
    let rows = [
        ("7,5", Some(7.5)),
        ("7.5", Some(7.5)),
        ("0,25", Some(0.25)),
        (" 12 ", Some(12.0)),
        ("\u{2212}3", Some(-3.0)),
        ("-1,5", Some(-1.5)),
    ];
    let none = ["1,000", "1,0,0", "1.5,2", "7,", "seven", "7.5 kg"].map(|text| (text, None));
    for (text, want) in rows.into_iter().chain(none) {
        assert_eq!(number::read_typed(text), want, "{text}");
    }
    let item = Item { kind: Kind::Decimal, ..Item::default() };
    assert_eq!(write(&item, None, &["7,5".into()]), Answer::Given(vec![Value::Number(7.5)]));
    assert_eq!(write(&item, None, &["1,000".into()]), Answer::Given(vec![Value::Text("1,000".into())]));
}

/// Case 01: a number whose unit was not chosen is asked again, as is a height that nobody has.
#[test]
fn a_unit_is_chosen_with_its_number() {
    use engine::answer_edit::quantity;
    use engine::validation::{InputError, input_error};
    let (weight, height) = (pack().questionnaire.item("weight").unwrap(), pack().questionnaire.item("height").unwrap());
    for (item, typed, unit, want) in [
        (weight, "190", "[lb_av]", None),
        (weight, "86,5", "kg", None),
        (weight, "190", "", Some(InputError::Unit)),
        (weight, "-3", "kg", Some(InputError::Number { min: None, max: None })),
        (weight, "0", "kg", Some(InputError::Number { min: None, max: None })),
        (weight, "heavy", "kg", Some(InputError::Number { min: None, max: None })),
        (height, "5 ft 6 in", "[in_i]", None),
        (height, "170", "cm", None),
        (height, "x ft 6 in", "[in_i]", Some(InputError::Number { min: None, max: None })),
        (height, "5 ft 16 in", "[in_i]", Some(InputError::Number { min: None, max: None })),
    ] {
        assert_eq!(input_error(item, Some(&quantity(item, typed, unit))), want, "{typed} {unit}");
    }
    assert_eq!(quantity(height, "5 ft 6 in", "[in_i]"), Answer::Given(vec![Value::Quantity(66.0, "[in_i]".into())]));
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
    for text in [
        "Riverside Ketamine Clinic",
        "Bring your medicines. Do not stop taking them.",
        "Do not stop your medicines on your own.",
    ] {
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

/// What is told at once about one of several medicines that were tried names that one, and not the
/// first.
#[test]
fn advice_names_the_values_of_its_own_repetition() {
    let mut pack = pack().clone();
    let mut rule = pack.rules.iter().find(|r| r.tier == Tier::A && r.help.is_none()).unwrap().clone();
    rule.about = "trial-medicine".into();
    rule.when = Trigger {
        all: vec![Condition {
            question: rule.about.clone(),
            score: false,
            operator: Operator::Eq,
            operand: Operand::Codes(vec!["lithium".into()]),
        }],
        any: Vec::new(),
    };
    pack.rules = vec![rule];
    let answers = common::answered(
        "age=25-44;tried-any=yes;tried-paper=no;trial-medicine=sertraline;trial=true;trial-medicine:1=lithium",
    );
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let named = |repetition| {
        let advice = engine::findings::advice(&pack, &form, &Key::new("trial-medicine", repetition));
        advice.into_iter().map(|(_, values)| values.into_iter().cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    assert_eq!(named(0), [Vec::new()]);
    assert_eq!(named(1), [vec![Value::code("lithium")]]);
    assert!(named(2).is_empty(), "a repetition without an answer has no advice");
}
