//! The text form of the answers: rows, a round trip over everything that can be said, and rubbish.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{evaluated, fixtures, pack, policy};
use engine::answer_edit;
use engine::answers::{Answer, Answers, DecodeError, Key, Value};
use engine::pack::{AnswerOption, Item, Kind};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

fn text(words: &str) -> Answer {
    Answer::Given(vec![Value::Text(words.into())])
}

fn of(entries: &[(&str, u8, Answer)]) -> Answers {
    let mut answers = Answers::default();
    for (link, at, answer) in entries {
        answers.set(Key::new(link, *at), answer.clone());
    }
    answers
}

/// Both ways: the answers give the text, the text gives the answers.
fn check(answers: &[(&str, u8, Answer)], form: &str) {
    let answers = of(answers);
    assert_eq!(answers.encode(), form);
    assert_eq!(Answers::decode(form).as_ref(), Ok(&answers), "{form}");
}

#[test]
fn text_form() {
    check(&[], "cr1");
    check(&[("s06", 0, Answer::Skipped)], "cr1;s06=-");
    check(&[("age", 0, Answer::code("25-44"))], "cr1;age=25-44");
    check(&[("a", 0, Answer::Given(vec![Value::code("mood"), Value::code("pain")]))], "cr1;a=mood,pain");
    check(&[("b", 0, Answer::Skipped), ("a", 0, Answer::Skipped)], "cr1;a=-;b=-");
    check(&[("t", 1, Answer::code("x")), ("t", 0, Answer::code("y"))], "cr1;t=y;t:1=x");
    check(&[("t", 255, Answer::code("x"))], "cr1;t:255=x");
    check(&[("g", 0, text("sleep again"))], "cr1;g='sleep%20again");
    check(&[("g", 0, text(""))], "cr1;g='");
    check(&[("g", 0, text("-"))], "cr1;g='-");
    check(&[("g", 0, text("ñ"))], "cr1;g='%C3%B1");
    check(&[("n", 0, Answer::Given(vec![Value::Number(7.5)]))], "cr1;n=#7.5");
    check(&[("n", 0, Answer::Given(vec![Value::Number(-3.0)]))], "cr1;n=#-3");
    // What could be taken for something else.
    check(&[("c", 0, Answer::code("-"))], "cr1;c=%2D");
    check(&[("c", 0, Answer::code("'a"))], "cr1;c=%27a");
    check(&[("c", 0, Answer::code("#1"))], "cr1;c=%231");
    check(&[("a:b", 0, Answer::code("x"))], "cr1;a%3Ab=x");
    check(&[("a=b;c", 0, Answer::code("x,y;z"))], "cr1;a%3Db%3Bc=x%2Cy%3Bz");
    check(
        &[("m", 0, Answer::Given(vec![Value::code("sertraline"), Value::Text("my, drops; 10%".into())]))],
        "cr1;m=sertraline,'my%2C%20drops%3B%2010%25",
    );
}

#[test]
fn an_empty_answer_is_none() {
    let mut answers = of(&[("a", 0, Answer::code("x"))]);
    answers.set(Key::first("a"), Answer::Given(Vec::new()));
    assert!(answers.is_empty());
}

#[test]
fn what_is_no_text_form() {
    let entry = DecodeError::Entry;
    let rows = [
        ("", DecodeError::Head),
        ("cr2", DecodeError::Head),
        ("cr2;a=b", DecodeError::Head),
        ("CR1;a=b", DecodeError::Head),
        ("a=b", DecodeError::Head),
        ("cr1;a", entry(1)),
        ("cr1;a=", entry(1)),
        ("cr1;=b", entry(1)),
        ("cr1;a=b;c", entry(2)),
        ("cr1;a=b,,c", entry(1)),
        ("cr1;a:x=b", entry(1)),
        ("cr1;a:256=b", entry(1)),
        ("cr1;a:-1=b", entry(1)),
        ("cr1;a=%", entry(1)),
        ("cr1;a=%4", entry(1)),
        ("cr1;a=%zz", entry(1)),
        ("cr1;a=%FF", entry(1)),
        ("cr1;a='%C3", entry(1)),
        ("cr1;a=#", entry(1)),
        ("cr1;a=#one", entry(1)),
        ("cr1;a=#NaN", entry(1)),
        ("cr1;a=#inf", entry(1)),
    ];
    for (form, error) in rows {
        assert_eq!(Answers::decode(form), Err(error), "{form}");
    }
}

#[test]
fn what_may_be_kept_leaves_out_the_answers_about_suicide() {
    for (name, answers) in fixtures() {
        let kept = answers.without(&pack().safety.never_kept).encode();
        for link in ["e1", "phq9-9", "safe"] {
            assert!(!kept.contains(&format!(";{link}=")), "{name} keeps {link}");
        }
        let rest = answers.iter().filter(|(k, _)| !["e1", "phq9-9", "safe"].contains(&k.link.as_str())).count();
        assert_eq!(Answers::decode(&kept).unwrap().iter().count(), rest, "{name} loses something else");
    }
}

#[test]
fn fixtures_answer_only_what_there_is() {
    assert!(fixtures().len() >= 18);
    for (name, answers) in fixtures() {
        assert_eq!(Answers::decode(&answers.encode()).as_ref(), Ok(answers), "{name}");
        for (key, answer) in answers.iter() {
            let item = pack()
                .questionnaire
                .item(&key.link)
                .unwrap_or_else(|| panic!("fixture {name}: there is no question {}", key.link));
            for value in answer.values() {
                if let Value::Code(code) = value {
                    assert!(
                        item.option(code).is_some() || item.is_group(),
                        "fixture {name}: {} has no answer {code}",
                        key.link
                    );
                }
            }
        }
    }
}

/// The long sets go through the whole walk. When questions change, this prints the new text.
#[test]
fn made_fixtures_are_up_to_date() {
    for name in policy::MADE {
        let fresh = policy::make(name);
        let form = fresh.encode().replace(';', ";\n");
        assert!(
            fixtures()[*name] == fresh,
            "tests/fixtures/answers.toml: [{name}] is out of date. Its answers are now:\n{form}"
        );
        assert!(common::next_keys(&fresh).is_empty(), "{name} stops before the end");
    }
}

/// Fixtures hold what their names say, so that a test that reads one is not empty by mistake.
#[test]
fn fixtures_are_what_they_are_called() {
    let has = |name: &str, link: &str, code: &str| fixtures()[name].get(&Key::first(link)).is_some_and(|a| a.has(code));
    assert!(fixtures()["nothing-answered"].is_empty());
    assert_eq!(fixtures()["item-9-skipped"].get(&Key::first("phq9-9")), Some(&Answer::Skipped));
    assert!(has("item-9-zero", "phq9-9", "LA6568-5") && has("item-9-several", "phq9-9", "LA6569-3"));
    assert!(has("e1-yes", "e1", "yes") && has("chest-pain", "e2", "yes") && has("overdose", "e5", "yes"));
    assert!(has("maoi-and-benzo", "medicines", "phenelzine") && has("maoi-and-benzo", "medicines", "clonazepam"));
    assert!(
        has("theophylline", "medicines", "theophylline")
            && has("under-18", "age", "under-18")
            && has("age-declined", "age", "asked-declined")
    );
    let heaviest = &fixtures()["heaviest"];
    assert_eq!(heaviest.get(&Key::first("medicines")).unwrap().values().len(), 12);
    assert_eq!(evaluated(heaviest).repetitions("trial-medicine"), 8);
}

/// Anything that own words can hold: letters of any script, joints of the text form, controls, both
/// quotes.
fn words() -> impl Strategy<Value = String> {
    let odd = "[;=,:'#%~_.\\-\"“”’\\\\/<>&\\s\\t\\r\\n\u{0}\u{7f}\u{200b}\u{202e}\u{2028}\u{fffd}😀áñ中א]{0,30}";
    prop_oneof![any::<String>(), odd.prop_map(|s: String| s), "[a-z ]{0,300}"]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        words().prop_filter("a code is never empty", |c| !c.is_empty()).prop_map(Value::Code),
        words().prop_map(Value::Text),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(Value::Number),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![1 => Just(Answer::Skipped), 4 => vec(value(), 1..5).prop_map(Answer::Given)]
}

fn key() -> impl Strategy<Value = Key> {
    (words().prop_filter("a link is never empty", |l| !l.is_empty()), any::<u8>())
        .prop_map(|(link, repetition)| Key { link, repetition })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(debug_assertions) { 500 } else { 5_000 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn round_trip(entries in btree_map(key(), answer(), 0..8)) {
        let mut answers = Answers::default();
        for (key, answer) in entries {
            answers.set(key, answer);
        }
        let form = answers.encode();
        prop_assert!(form.bytes().all(|b| b.is_ascii_graphic()), "the text form is plain ASCII without blanks: {form}");
        prop_assert_eq!(Answers::decode(&form), Ok(answers));
    }

    #[test]
    fn rubbish_is_refused_or_read_and_never_panics(rubbish in any::<String>()) {
        for form in [rubbish.clone(), format!("cr1;{rubbish}"), format!("cr1;a={rubbish}"), format!("cr1;a:{rubbish}=x"), format!("cr1;a='%{rubbish}")] {
            if let Ok(answers) = Answers::decode(&form) {
                // What could be read can be written and read again.
                prop_assert_eq!(Answers::decode(&answers.encode()), Ok(answers));
            }
        }
    }

    /// A stored form cut short, or with one byte changed, is refused or read; it never panics.
    #[test]
    fn damaged_forms(cut in 0usize..2_000, at in 0usize..2_000, with in any::<char>()) {
        let form = fixtures()["heaviest"].encode();
        let _ = Answers::decode(&form.chars().take(cut).collect::<String>());
        let changed: String = form.chars().enumerate().map(|(i, c)| if i == at { with } else { c }).collect();
        if let Ok(answers) = Answers::decode(&changed) {
            let form = evaluated(&answers);
            let _ = engine::walk::steps(pack(), &form);
        }
    }
}

/// What kind of question, what was answered before, what stands in its boxes, and the answer then.
const TYPED: &[(Kind, bool, &str, &[&str], &str)] = &[
    (Kind::String, false, "", &[" a b "], "'a%20b"),
    (Kind::String, false, "'a", &[""], ""),
    (Kind::String, false, "'a", &["12"], "'12"),
    (Kind::Integer, false, "", &["12"], "#12"),
    // What was a number a letter ago is none any more.
    (Kind::Integer, false, "#12", &["12x"], "'12x"),
    (Kind::Decimal, false, "'1.", &[" 1.5 "], "#1.5"),
    (Kind::Decimal, true, "#3,#4", &["3", "", "four", "3"], "#3,'four,#3"),
    (Kind::Date, true, "", &["2026-01-31", "2026-02-01"], "'2026-01-31,'2026-02-01"),
    (Kind::OpenChoice, true, "mood,'old", &["new"], "mood,'new"),
    // Words take the place of "none of these", and of any option where one answer is asked for.
    (Kind::OpenChoice, true, "none", &["new"], "'new"),
    (Kind::OpenChoice, true, "none", &[" "], "none"),
    (Kind::OpenChoice, false, "mood", &["new"], "'new"),
    (Kind::OpenChoice, false, "mood", &[""], "mood"),
];

#[test]
fn what_is_typed_becomes_an_answer() {
    let answer = |text: &str| {
        Answers::decode_entries(&if text.is_empty() { String::new() } else { format!("q={text}") }).unwrap()
    };
    let mut wrong = Vec::new();
    for (kind, repeats, before, typed, want) in TYPED {
        let none = AnswerOption { code: "none".into(), exclusive: true, ..AnswerOption::default() };
        let item = Item { kind: *kind, repeats: *repeats, options: vec![none], ..Item::default() };
        let typed: Vec<String> = typed.iter().map(|t| (*t).into()).collect();
        let mut after = Answers::default();
        after.set(Key::first("q"), answer_edit::write(&item, answer(before).get(&Key::first("q")), &typed));
        if after != answer(want) {
            wrong.push(format!("{kind:?} {repeats} {before} and {typed:?} give {}, not {want}", after.encode()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Days that the calendar doesn't have are no days: not typed, not in a record, not in a code.
#[test]
fn only_days_of_the_calendar_are_days() {
    for (text, day) in [
        ("2026-02-28", true),
        ("2026-02-29", false),
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("1900-02-29", false),
        ("2026-02-31", false),
        ("2026-04-31", false),
        ("2026-12-31", true),
        ("2026-13-01", false),
        ("2026-00-10", false),
        ("2026-01-00", false),
        ("0000-01-01", false),
        ("0022-01-01", false),
        ("2026-1-1", false),
        ("+026-01-01", false),
        ("", false),
    ] {
        assert_eq!(engine::calendar::is_day(text), day, "{text}");
    }
}

/// Whatever stands in the place of the held answers is refused, or read, and then written and told.
#[test]
fn fuzz_the_text_form() {
    let good: Vec<String> = fixtures().values().map(Answers::encode).collect();
    common::fuzz::fuzz("answers", &good, |text| {
        let Ok(answers) = Answers::decode(text) else { return Ok(()) };
        prop_assert_eq!(Answers::decode(&answers.encode()), Ok(answers.clone()));
        let form = evaluated(&answers);
        let steps = engine::walk::steps(pack(), &form);
        prop_assert!(!steps.is_empty());
        prop_assert!(!common::all_text(&common::sheets(&answers)).is_empty());
        Ok(())
    });
}
