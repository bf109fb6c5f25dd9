//! Questionnaires by others: small ones of our own for each part of FHIR's that is in scope, a
//! folder of public ones if there is one, and files that were broken at random.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

mod common;

use common::random::Random;
use common::{answered, fixture_file, pack as ours, root, spanish, text_of};
use content::{Packed, Problems};
use engine::answer_edit;
use engine::answers::{Answer, Answers, Key, Value};
use engine::form::EvaluatedForm;
use engine::pack::{Form, Item, Kind, Pack, Questionnaire, Settings};
use engine::repetition;
use engine::scores::{self, Total};
use engine::summary::{self, Context, Sheets};
use engine::walk::{self, Step};
use export::record::Moment;
use export::{html, pdf, record};
use proptest::prop_assert;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

/// The small ones, each for a part of FHIR's.
const FIXTURES: &[&str] = &[
    "conditions",
    "operators",
    "edges",
    "choices",
    "scored",
    "translated",
    "drawn",
    "lists",
    "several",
    "typed",
    "old",
    "newer",
];

/// What comes of a file: packs, or what is wrong with it.
fn made(file: &str, json: &str, allow: bool) -> Result<Packed, Problems> {
    made_with(file, json, allow, None)
}

fn made_with(file: &str, json: &str, allow: bool, rules: Option<content::Rules<'_>>) -> Result<Packed, Problems> {
    static OURS: OnceLock<Vec<Pack>> = OnceLock::new();
    let templates = OURS.get_or_init(|| vec![ours().clone(), spanish().clone()]);
    let mut problems = Problems::default();
    let instead = content::replacement_words(
        &std::fs::read_to_string(root().join("content/others.toml")).unwrap(),
        &mut problems,
    );
    assert!(problems.is_empty(), "{problems}");
    let around =
        content::pack_questionnaire(templates, &instead, content::Request { file, json, rules, allow }, &mut problems);
    if problems.is_empty() { Ok(around) } else { Err(problems) }
}

fn fixture(name: &str) -> Packed {
    made(name, &fixture_file(&format!("questionnaires/{name}.json")), false).unwrap_or_else(|p| panic!("{p}"))
}

fn sheets(pack: &Pack, answers: &Answers) -> Sheets {
    let settings = Settings::default();
    summary::sheets(
        pack,
        answers,
        Context { date: "22 November 2026", region: pack.region("").unwrap(), settings: &settings, leave_out: false },
    )
}

/// Answers, and which of the items whose name starts with `w-` are asked with them.
const CONDITIONS: &[(&str, &str)] = &[
    ("", "w-absent w-ne"),
    ("age=#18", "w-exists w-ne"),
    ("age=#19", "w-exists w-ne w-gt"),
    ("colour=red,blue", "w-absent w-eq w-any"),
    ("colour=blue", "w-absent w-ne"),
    ("colour=red;w-eq='x", "w-absent w-eq w-any w-chain"),
    ("colour=blue;w-eq='x", "w-absent w-ne"),
    ("colour=red;glad=true", "w-absent w-eq w-glad w-any w-all"),
    ("glad=false", "w-absent w-ne"),
    ("height=#1.49", "w-absent w-ne w-lt"),
    ("height=#1.5", "w-absent w-ne"),
    ("day='2026-01-02", "w-absent w-ne w-ge"),
    ("day='2026-01-01", "w-absent w-ne"),
    ("level=2", "w-absent w-ne w-le"),
    ("level=10", "w-absent w-ne w-level"),
    ("name='Ana", "w-absent w-ne w-name"),
    ("name='Bo;age=-", "w-absent w-ne"),
];

#[test]
fn every_operator_asks_what_it_should() {
    let around = fixture("conditions");
    let q = &around.packs[0].questionnaire;
    let mut wrong = Vec::new();
    for (text, want) in CONDITIONS {
        let answers = answered(text);
        let asked = asked_of(q, &answers);
        if asked != *want {
            wrong.push(format!("“{text}” asks {asked}, not {want}"));
        }
        assert_eq!(EvaluatedForm::new(q, &answers).asked("deepest", 0), text.contains("glad=false"), "{text}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Answers in a repeated group, and whether a question behind it (`once`) is asked: the last
/// repetition counts.
const NEAREST: &[(&str, bool)] = &[
    ("again-what=w", true),
    ("again-what=v", false),
    ("again=true;again-what=w;again-what:1=v", false),
    ("again=true;again-what=v;again-what:1=w", true),
    ("again=true;again-what=w;again-what:1=-", false),
    // What was filled in and is not there any more.
    ("again=false;again-what=w;again-what:1=v", true),
];

#[test]
fn of_several_fillings_the_nearest_counts() {
    let around = fixture("operators");
    let q = &around.packs[0].questionnaire;
    for (text, want) in NEAREST {
        let answers = answered(text);
        assert_eq!(EvaluatedForm::new(q, &answers).asked("once", 0), *want, "{text}");
    }
}

/// Answers in a repeated group, and which of these are asked: `before` and `after` it, `same` in
/// each of its two repetitions, and `other` in both repetitions of another repeated group behind
/// it. All depend on `what` being “w”.
const AXES: &[(&str, &str)] = &[
    ("what='w;what:1='v", "before same#0"),
    ("what='v;what:1='w", "same#1 other#0 other#1 after"),
    ("what='w;what:1='w", "before same#0 same#1 other#0 other#1 after"),
    // In the last repetition it is not asked, and so is not there.
    ("what='w;ask:1=false;what:1='v", "before same#0 other#0 other#1 after"),
    ("ask=false;what='w;what:1='v", ""),
    ("ask=false;what='v;what:1='w", "before same#1 other#0 other#1 after"),
];

#[test]
fn the_nearest_is_found_before_then_behind() {
    let on_what = json!([{ "question": "what", "operator": "=", "answerString": "w" }]);
    let item = |link: &str| json!({ "linkId": link, "text": link, "type": "string", "enableWhen": on_what });
    let asked_for = json!([{ "question": "ask", "operator": "!=", "answerBoolean": false }]);
    let what = json!({ "linkId": "what", "text": "what", "type": "string", "enableWhen": asked_for });
    let first = json!([{ "linkId": "ask", "text": "ask", "type": "boolean" }, what, item("same")]);
    let group = |link: &str, items: Json| json!({ "linkId": link, "text": link, "type": "group", "repeats": true, "item": items });
    let file = file_of([item("before"), group("first", first), group("second", json!([item("other")])), item("after")]);
    let around = made("axes", &file, false).unwrap_or_else(|p| panic!("{p}"));
    let q = &around.packs[0].questionnaire;
    let mut wrong = Vec::new();
    for (text, want) in AXES {
        let answers = answered(&format!("first=true;second=true;{text}"));
        let form = EvaluatedForm::new(q, &answers);
        let places = [("before", 0), ("same", 0), ("same", 1), ("other", 0), ("other", 1), ("after", 0)];
        let name = |(link, at): (&str, u8)| {
            if ["same", "other"].contains(&link) { format!("{link}#{at}") } else { link.into() }
        };
        let asked: Vec<String> = places.into_iter().filter(|(link, at)| form.asked(link, *at)).map(name).collect();
        if asked.join(" ") != *want {
            wrong.push(format!("“{text}” asks {}, not {want}", asked.join(" ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Questions and their answers as code, system and text.
const CHOICES: &[(&str, &str)] = &[
    ("words", "one||one two||two"),
    ("numbers", "3||3 -1||-1"),
    ("days", "2026-01-01||2026-01-01"),
    ("times", "08:00:00||08:00:00"),
    ("bare", "Only_words||Only_words"),
    (
        "set",
        "tea|https://example.org/drink|Tea water|https://example.org/drink|Water milk|https://example.org/food|Milk",
    ),
    (
        "address",
        "tea|https://example.org/drink|Tea water|https://example.org/drink|Water milk|https://example.org/food|Milk",
    ),
    (
        "system",
        "bread|https://example.org/food|Bread rye|https://example.org/food|Rye_bread milk|https://example.org/food|Milk",
    ),
    ("listed", "fig|https://example.org/food|Fig"),
    ("none", "a||A b||B none||None_of_these"),
    ("slider", "0||0 2||2 4||4 6||6 8||8 10||10"),
    ("wide", ""),
    ("open", ""),
];

#[test]
fn answers_come_from_options_value_sets_and_code_systems() {
    let around = fixture("choices");
    let q = &around.packs[0].questionnaire;
    assert_eq!(listed_otherwise(q, CHOICES), Vec::<String>::new());
    assert!(q.item("none").unwrap().option("none").unwrap().exclusive);
    assert_eq!(q.item("listed").unwrap().kind, Kind::Lookup);
    assert_eq!(q.item("wide").unwrap().kind, Kind::Integer);
    assert!(around.notes.iter().any(|t| t.path.contains("(wide)")), "a slider that is drawn otherwise is told");
}

/// Of `lists.json`: numbers, days, times and texts that are chosen, and value sets made of others.
const LISTS: &[(&str, &str)] = &[
    ("some", "plum|https://example.org/fruit|Plum pear|https://example.org/fruit|Pear"),
    ("fewer", "pear|https://example.org/fruit|Pear"),
    ("whole", "1||1 50000||50000"),
    ("word", "yes,_often||yes,_often no||no"),
    ("words", "one||one two||two"),
    ("day", "2026-01-01||2026-01-01 2026-02-01||2026-02-01"),
    ("hour", "08:00:00||08:00:00 20:00:00||20:00:00"),
    ("box", "agreed||Send_me_a_letter"),
];

/// Answers, and which of the items whose name starts with `w-` are asked with them.
const LISTED: &[(&str, &str)] = &[
    ("", "w-hour w-unseen"),
    ("whole=1", "w-hour w-unseen"),
    ("whole=50000", "w-large w-whole w-hour w-unseen"),
    ("word=yes%2C%20often,no", "w-word w-hour w-unseen"),
    ("day=2026-01-01", "w-hour w-unseen"),
    ("day=2026-02-01", "w-day w-hour w-unseen"),
    ("hour=08%3A00%3A00;box=agreed", "w-box w-unseen"),
];

#[test]
fn lists_of_any_type_are_chosen_from_and_compared() {
    let around = fixture("lists");
    let q = &around.packs[0].questionnaire;
    let mut wrong = listed_otherwise(q, LISTS);
    wrong.extend(q.item("word").filter(|i| i.repeats).is_none().then(|| "word: one answer alone".to_string()));
    for (text, want) in LISTED {
        let asked = asked_of(q, &answered(text));
        if asked != *want {
            wrong.push(format!("“{text}” asks {asked}, not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(q.item("box").unwrap().text, "Send me a letter");
    assert!(q.item("unseen").unwrap().hidden && q.item("unseen-set").unwrap().hidden);
    assert!(
        around.notes.iter().any(|t| t.path.contains("(part)") && t.what.contains("not a whole number")),
        "{:?}",
        around.notes
    );
}

/// Questions that have other answers than they should.
fn listed_otherwise(q: &Questionnaire, rows: &[(&str, &str)]) -> Vec<String> {
    let options = |link: &str| -> Vec<String> {
        let item = q.item(link).unwrap();
        item.options.iter().map(|o| format!("{}|{}|{}", o.code, o.system, o.text).replace(' ', "_")).collect()
    };
    let got = rows.iter().map(|(link, want)| (link, options(link).join(" "), want));
    got.filter(|(_, got, want)| got != *want).map(|(link, got, want)| format!("{link} has {got}, not {want}")).collect()
}

/// The items whose name starts with `w-` and that are asked.
fn asked_of(q: &Questionnaire, answers: &Answers) -> String {
    let form = EvaluatedForm::new(q, answers);
    let asked = q.all().into_iter().map(|i| i.link_id.as_str()).filter(|l| l.starts_with("w-") && form.asked(l, 0));
    asked.collect::<Vec<_>>().join(" ")
}

/// Of `several.json`: answers, and which of the items whose name starts with `w-` are asked with
/// them. One of several answers is enough; none of them may be what `!=` names.
const SEVERAL: &[(&str, &str)] = &[
    ("", "w-no-age"),
    ("weights=#100,#100.5", "w-weight w-no-age"),
    ("weights=#99,#100", "w-no-age"),
    ("ages=#17,#18", "w-age"),
    ("ages=#17,#19", "w-no-age"),
    ("days='2026-01-01,'2025-12-31", "w-no-age w-day"),
    ("names='Bo,'Ana", "w-no-age w-name"),
    ("visits=true;pulses=#60;pulses:1=#60,#120", "w-no-age"),
    ("pulses=#60,#120", "w-pulse w-no-age"),
];

#[test]
fn several_numbers_days_and_texts_are_answers_each() {
    let around = fixture("several");
    let pack = &around.packs[0];
    let q = &pack.questionnaire;
    let mut wrong = Vec::new();
    for (text, want) in SEVERAL {
        let asked = asked_of(q, &answered(text));
        if asked != *want {
            wrong.push(format!("“{text}” asks {asked}, not {want}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let answers =
        answered("weights=#70,#70,#71.5;ages=#17,#18;days='2026-01-01,'2025-12-31;names='Bo,'Ana;notes='a,'b");
    let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
    for part in ["70 kg; 70 kg; 71.5 kg", "17; 18", "2026-01-01; 2025-12-31", "Bo; Ana", "a; b"] {
        assert!(sheet.contains(part), "{part}:\n{sheet}");
    }
    let made: Json = serde_json::from_str(&bundle(pack, &answers)).unwrap();
    let items = &made["entry"][1]["resource"]["item"];
    let values = |link: &str| items.as_array().unwrap().iter().find(|i| i["linkId"] == link).unwrap()["answer"].clone();
    assert_eq!(values("weights"), json!([{ "valueDecimal": 70 }, { "valueDecimal": 70 }, { "valueDecimal": 71.5 }]));
    assert_eq!(values("ages"), json!([{ "valueInteger": 17 }, { "valueInteger": 18 }]));
    assert_eq!(values("days"), json!([{ "valueDate": "2026-01-01" }, { "valueDate": "2025-12-31" }]));
    assert_eq!(values("names"), json!([{ "valueString": "Bo" }, { "valueString": "Ana" }]));
    for link in ["weights", "ages", "days", "names", "notes"] {
        assert!(q.item(link).unwrap().repeats, "{link} takes one answer");
    }
    let group = q.item("told").unwrap();
    assert_eq!((group.kind, group.repeats), (Kind::Text, false), "what stands below it is asked once");
}

/// What is no answer to its question decides no rule: nothing makes "no" of what is not known.
#[test]
fn a_rule_is_open_on_what_does_not_fit() {
    use engine::pack::{Condition, Operand, Operator};
    use engine::rules::{self, Outcome};
    let end = json!([{ "url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 120 }]);
    let json = file_of([json!({ "linkId": "n", "text": "N", "type": "integer", "repeats": true, "extension": end })]);
    let pack = &made("given.json", &json, false).unwrap().packs[0];
    let rows = [
        ("n=#70", Outcome::Yes, Outcome::Yes),
        ("n=#30", Outcome::No, Outcome::Yes),
        ("n='7O", Outcome::Unknown, Outcome::Unknown),
        ("n=#700", Outcome::Unknown, Outcome::Unknown),
        ("n=#700,#70", Outcome::Yes, Outcome::Yes),
        ("n=#700,#30", Outcome::Unknown, Outcome::Yes),
        ("n=-", Outcome::Unknown, Outcome::No),
    ];
    for (text, at_least, given) in rows {
        let answers = answered(text);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let of = |operator, operand| {
            rules::condition(pack, &form, &Condition { question: "n".into(), score: false, operator, operand })
        };
        assert_eq!(
            (of(Operator::Ge, Operand::Number(65.0)), of(Operator::Exists, Operand::Bool(true))),
            (at_least, given),
            "{text}"
        );
    }
}

/// A record is known again by its questionnaire's address, and by the file itself if that has none.
#[test]
fn a_record_opens_again_without_an_address() {
    let file = |title: &str| {
        json!({ "resourceType": "Questionnaire", "language": "en", "title": title, "item": [
            { "linkId": "a", "text": "A", "_text": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/translation",
                "extension": [{ "url": "lang", "valueCode": "es" }, { "url": "content", "valueString": "Una" }] }] }, "type": "string" }] })
        .to_string()
    };
    let around = made("given.json", &file("One"), false).unwrap();
    let other = made("given.json", &file("Two"), false).unwrap();
    assert!(around.notes.iter().any(|t| t.what.contains("no url")), "{:?}", around.notes);
    let [first, second] = around.packs.as_slice() else { panic!("two languages") };
    let record = bundle(first, &answered("a='x"));
    for pack in [first, second] {
        assert_eq!(record::read(pack, &record).unwrap().answers.encode(), "cr1;a='x");
    }
    assert!(record::read(&other.packs[0], &record).is_err(), "a record of another questionnaire");
    let made: Json = serde_json::from_str(&record).unwrap();
    let q = &made["entry"][0]["resource"];
    // What the author did not say is not said in the author's name.
    assert!(q["lastReviewDate"].is_null() && q["effectivePeriod"].is_null() && q["status"] == "unknown", "{q}");
    assert!(q["url"].as_str().unwrap().starts_with("urn:uuid:") && !q["id"].as_str().unwrap().contains(':'), "{q}");
}

/// A sum without one of its questions would be a wrong number.
#[test]
fn nothing_is_left_out_of_a_sum() {
    let point = |n: Json| json!({ "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue", "valueDecimal": n });
    let option = |code: &str, n: Json| match n {
        Json::Null => json!({ "valueCoding": { "code": code } }),
        n => json!({ "valueCoding": { "code": code }, "extension": [point(n)] }),
    };
    let question = |link: &str, more: Json| {
        let mut item = json!({ "linkId": link, "text": link, "type": "choice", "answerOption": [option("no", json!(0)), option("yes", json!(2))] });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let (a, b) = (question("a", json!({})), question("b", json!({})));
    let declined = question(
        "c",
        json!({ "answerOption": [option("no", json!(0)), option("yes", json!(2)), option("declined", Json::Null)] }),
    );
    let half = question("c", json!({ "answerOption": [option("no", json!(0)), option("some", json!(0.5))] }));
    let concept = |code: &str, n: f64| json!({ "code": code, "display": code, "property": [{ "code": "itemWeight", "valueDecimal": n }] });
    let system = |n: f64| json!({ "resourceType": "CodeSystem", "url": "http://a.example/s", "content": "complete", "concept": [concept("no", 0.0), concept("yes", n)] });
    let set = json!({ "resourceType": "ValueSet", "id": "v", "compose": { "include": [{ "system": "http://a.example/s" }] } });
    let by_set = json!({ "linkId": "c", "text": "c", "type": "choice", "answerValueSet": "#v" });
    let all = |contained: Json, items: Vec<Json>| {
        json!({ "resourceType": "Questionnaire", "contained": contained, "item": [{ "linkId": "g", "text": "G", "type": "group", "item": items }] })
            .to_string()
    };
    let none = || json!([]);
    // The same code has half a point in another question.
    let mut halves: Json = serde_json::from_str(&all(none(), vec![a.clone(), b.clone()])).unwrap();
    halves["item"]
        .as_array_mut()
        .unwrap()
        .insert(0, question("x", json!({ "answerOption": [option("no", json!(0.5))] })));
    // The questions that are added up, and what is said and the total of it; or which question
    // prevents it.
    type Sums = Result<(&'static str, &'static str, Total), &'static str>;
    let rows: Vec<(String, Sums)> = vec![
        (all(none(), vec![a.clone(), b.clone()]), Ok(("a b", "a=yes;b=no", Total::Exactly(2.0)))),
        // An answer without points leaves the total open.
        (
            all(none(), vec![a.clone(), b.clone(), declined]),
            Ok(("a b c", "a=yes;b=no;c=declined", Total::Between(2.0, 4.0))),
        ),
        (
            all(json!([system(3.0), set]), vec![a.clone(), b.clone(), by_set.clone()]),
            Ok(("a b c", "a=yes;b=no;c=yes", Total::Exactly(5.0))),
        ),
        (all(json!([system(0.5), set]), vec![a.clone(), b.clone(), by_set]), Err("c")),
        (all(none(), vec![a.clone(), b.clone(), half]), Err("c")),
        (all(none(), vec![a.clone(), b.clone(), question("c", json!({ "repeats": true }))]), Err("c")),
        (all(none(), vec![a.clone(), b.clone(), question("c", json!({ "type": "open-choice" }))]), Err("c")),
        (all(none(), vec![a.clone(), question("b", json!({ "item": [question("c", json!({}))] }))]), Err("c")),
        (all(none(), vec![a.clone(), b.clone(), question("c", json!({ "readOnly": true }))]), Err("c")),
        (halves.to_string(), Ok(("a b", "a=yes;b=no", Total::Exactly(2.0)))),
    ];
    for (json, want) in rows {
        let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{json}: {p}"));
        let (pack, note) =
            (&around.packs[0], around.notes.iter().find(|t| t.what.contains("nothing of “g” is added up")));
        match want {
            Ok((links, text, total)) => {
                assert_eq!(pack.instruments[0].items.join(" "), links, "{json}");
                assert_eq!(
                    scores::all(pack, &EvaluatedForm::new(&pack.questionnaire, &answered(text)))[0].total,
                    total,
                    "{json}"
                );
                assert!(note.is_none(), "{note:?}");
            }
            Err(link) => {
                assert!(pack.instruments.is_empty(), "{json}");
                assert!(note.is_some_and(|t| t.path.contains(&format!("({link})"))), "{json}: {:?}", around.notes);
            }
        }
    }
}

/// A slider is a choice of its numbers if they are whole and few; else a number is typed, within
/// the same ends.
#[test]
fn a_slider_is_a_choice_or_a_number() {
    for (low, high, step, codes) in [
        (0.0, 4.0, 2.0, "0 2 4"),
        (-1.0, 1.0, 1.0, "-1 0 1"),
        (0.5, 4.5, 1.0, ""),
        (0.0, 2.0, 0.5, ""),
        (0.0, 100.0, 1.0, ""),
    ] {
        let number = |name: &str, value: f64| json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueDecimal": value });
        let control = json!({ "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
            "valueCodeableConcept": { "coding": [{ "code": "slider" }] } });
        let extension =
            [control, number("minValue", low), number("maxValue", high), number("questionnaire-sliderStepValue", step)];
        let json = file_of([json!({ "linkId": "a", "text": "A", "type": "integer", "extension": extension })]);
        let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}"));
        let item = around.packs[0].questionnaire.item("a").unwrap();
        assert_eq!(
            item.options.iter().map(|o| o.code.as_str()).collect::<Vec<_>>().join(" "),
            codes,
            "{low} to {high} by {step}"
        );
        assert_eq!((item.kind == Kind::Integer, item.min, item.max), (codes.is_empty(), Some(low), Some(high)));
        assert_eq!(around.notes.iter().any(|t| t.what.contains("slider")), codes.is_empty(), "{:?}", around.notes);
    }
}

/// Value sets that say of some of their concepts that they are no answers, or hold only some of
/// them.
#[test]
fn value_sets_hold_what_can_be_chosen() {
    let file = |contained: Json| {
        json!({ "resourceType": "Questionnaire", "contained": contained, "item": [{ "linkId": "a", "text": "A", "type": "choice", "answerValueSet": "#v" }] })
            .to_string()
    };
    let expansion = |more: Json| {
        let mut set = json!({ "resourceType": "ValueSet", "id": "v" });
        set.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        file(json!([set]))
    };
    let system = |content: &str| {
        json!({ "resourceType": "CodeSystem", "url": "http://a.example/s", "content": content, "concept": [
            { "code": "x" }, { "code": "old", "property": [{ "code": "inactive", "valueBoolean": true }] },
            { "code": "head", "property": [{ "code": "notSelectable", "valueBoolean": true }], "concept": [{ "code": "y" }] }] })
    };
    let of_system =
        |include: Json| json!({ "resourceType": "ValueSet", "id": "v", "compose": { "include": [include] } });
    let whole = of_system(json!({ "system": "http://a.example/s" }));
    let named = of_system(json!({ "system": "http://a.example/s", "concept": [{ "code": "y" }] }));
    let rows = [
        (expansion(json!({ "expansion": { "total": 2, "contains": [{ "code": "x" }, { "code": "y" }] } })), Ok("x y")),
        (
            expansion(
                json!({ "expansion": { "total": 3, "contains": [{ "code": "x" }, { "code": "n", "abstract": true, "contains": [{ "code": "y" }] }] } }),
            ),
            Ok("x y"),
        ),
        (
            expansion(json!({ "expansion": { "total": 9000, "contains": [{ "code": "x" }, { "code": "y" }] } })),
            Err("terminology server"),
        ),
        (expansion(json!({ "expansion": {}, "compose": { "include": [{ "concept": [{ "code": "z" }] }] } })), Ok("z")),
        (
            expansion(
                json!({ "expansion": { "contains": [{ "code": "x" }, { "code": "n", "abstract": true }, { "code": "o", "inactive": true }] } }),
            ),
            Ok("x"),
        ),
        (file(json!([system("complete"), whole])), Ok("x y")),
        (file(json!([system("fragment"), whole])), Err("terminology server")),
        (file(json!([system("fragment"), named])), Ok("y")),
    ];
    for (json, want) in rows {
        match (made("given.json", &json, false), want) {
            (Ok(around), Ok(codes)) => {
                let options = &around.packs[0].questionnaire.item("a").unwrap().options;
                assert_eq!(options.iter().map(|o| o.code.as_str()).collect::<Vec<_>>().join(" "), codes, "{json}");
            }
            (Err(problems), Err(what)) => assert!(problems.to_string().contains(what), "{json}: {problems}"),
            (made, want) => panic!("{json}: {want:?}, got {:?}", made.map(|_| "taken")),
        }
    }
}

/// A file in a language that the tool has no words in is asked in its translation to one that it
/// has.
#[test]
fn a_translation_to_our_language_is_used() {
    let file = |language: &str| {
        json!({ "resourceType": "Questionnaire", "language": language, "item": [{ "linkId": "a", "text": "Wie geht es?", "type": "string",
            "_text": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/translation",
                "extension": [{ "url": "lang", "valueCode": "en" }, { "url": "content", "valueString": "How are you?" }] }] } }] })
        .to_string()
    };
    for (language, text) in [("de", "How are you?"), ("fr-CA", "How are you?"), ("en", "Wie geht es?")] {
        let around = made("given.json", &file(language), false).unwrap();
        assert_eq!(around.packs.len(), 1);
        assert_eq!(around.packs[0].questionnaire.item("a").unwrap().text, text, "{language}");
        assert_eq!(
            around.notes.iter().any(|t| t.what.contains("its translation")),
            text.starts_with('H'),
            "{language}"
        );
    }
}

/// Answers of different kinds are never equal, even if both read alike.
#[test]
fn kinds_of_answers_do_not_mix() {
    let depends = |link: &str, question: &str, answer: Json| {
        let mut when = json!({ "question": question, "operator": "=" });
        when.as_object_mut().unwrap().extend(answer.as_object().unwrap().clone());
        json!({ "linkId": link, "text": link, "type": "string", "enableWhen": [when] })
    };
    let json = file_of([
        json!({ "linkId": "coded", "text": "Coded", "type": "choice", "answerOption": [{ "valueCoding": { "code": "true" } }] }),
        json!({ "linkId": "named", "text": "Named", "type": "choice", "answerOption": [{ "valueString": "true" }] }),
        json!({ "linkId": "plain", "text": "Plain", "type": "boolean" }),
        depends("w-coded-bool", "coded", json!({ "answerBoolean": true })),
        depends("w-coded-text", "coded", json!({ "answerString": "true" })),
        depends("w-coded", "coded", json!({ "answerCoding": { "code": "true" } })),
        depends("w-named-bool", "named", json!({ "answerBoolean": true })),
        depends("w-named", "named", json!({ "answerString": "true" })),
        depends("w-plain-text", "plain", json!({ "answerString": "true" })),
        depends("w-plain", "plain", json!({ "answerBoolean": true })),
        depends("w-plain-code", "plain", json!({ "answerCoding": { "code": "true" } })),
        depends("w-named-code", "named", json!({ "answerCoding": { "code": "true" } })),
    ]);
    let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}"));
    let q = &around.packs[0].questionnaire;
    assert_eq!(asked_of(q, &answered("coded=true;named=true;plain=true")), "w-coded w-named w-plain");
    for link in ["w-coded-bool", "w-coded-text", "w-named-bool", "w-plain-text", "w-plain-code", "w-named-code"] {
        assert!(
            around.notes.iter().any(|t| t.path.contains(link) && t.what.contains("no answer to")),
            "{link}: {:?}",
            around.notes
        );
    }
}

/// What was typed and is no answer to its question stands on the sheet as it was typed, and nowhere
/// else.
#[test]
fn what_does_not_fit_counts_for_nothing() {
    let end = |name: &str, value: f64| json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "valueDecimal": value });
    let json = file_of([
        json!({ "linkId": "pain", "text": "Pain", "type": "integer", "extension": [end("minValue", 0.0), end("maxValue", 10.0)] }),
        json!({ "linkId": "weights", "text": "Weights", "type": "decimal", "repeats": true, "extension": [end("minValue", 20.5)] }),
        json!({ "linkId": "day", "text": "Day", "type": "date" }),
        json!({ "linkId": "count", "text": "Count", "type": "integer" }),
        json!({ "linkId": "why", "text": "Why", "type": "string",
            "enableWhen": [{ "question": "pain", "operator": "exists", "answerBoolean": true }] }),
    ]);
    let pack = &made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}")).packs[0];
    const UNFIT: &str = "(as typed, not what was asked for)";
    // What is said, the value of it on the sheet, that of the record, and whether `why` is asked.
    let rows = [
        ("pain=#0", "0", Some(json!([{ "valueInteger": 0 }])), true),
        ("pain=#10", "10", Some(json!([{ "valueInteger": 10 }])), true),
        ("pain=#11", "11 UNFIT", None, false),
        ("pain=#-1", "-1 UNFIT", None, false),
        ("pain=#2.5", "2.5 UNFIT", None, false),
        ("pain='3x", "3x UNFIT", None, false),
        ("count=#2147483647", "2147483647", Some(json!([{ "valueInteger": 2_147_483_647 }])), false),
        ("count=#2147483648", "2147483648 UNFIT", None, false),
        // Of a code: the words are on the paper.
        ("pain='", "in own words, on the paper", None, false),
        ("weights=#20.5", "20.5", Some(json!([{ "valueDecimal": 20.5 }])), false),
        (
            "weights=#70,#20,'x,#71",
            "70; 20 UNFIT; x UNFIT; 71",
            Some(json!([{ "valueDecimal": 70 }, { "valueDecimal": 71 }])),
            false,
        ),
        ("day='2026-02-28", "2026-02-28", Some(json!([{ "valueDate": "2026-02-28" }])), false),
        ("day='2026-13-01", "2026-13-01 UNFIT", None, false),
        ("day='2026-00-01", "2026-00-01 UNFIT", None, false),
        ("day='2026-01-32", "2026-01-32 UNFIT", None, false),
        ("day='yesterday", "yesterday UNFIT", None, false),
        ("day='1%2F2%2F2026", "1/2/2026 UNFIT", None, false),
    ];
    for (text, on_sheet, in_record, asked) in rows {
        let answers = answered(text);
        let link = text.split('=').next().unwrap();
        let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
        let want = on_sheet.replace("UNFIT", UNFIT);
        assert!(
            sheet.lines().any(|l| l.contains(&want)) && sheet.contains(UNFIT) == want.contains(UNFIT),
            "{text}: {want}\n{sheet}"
        );
        let bundle: Json = serde_json::from_str(&bundle(pack, &answers)).unwrap();
        let items = bundle["entry"][1]["resource"]["item"].as_array().cloned().unwrap_or_default();
        let item = items.iter().find(|i| i["linkId"] == link);
        assert_eq!(item.map(|i| i["answer"].clone()), in_record, "{text}");
        assert_eq!(EvaluatedForm::new(&pack.questionnaire, &answers).asked("why", 0), asked, "{text}");
    }
}

/// Of `edges.json`: odd names, points below nothing, other points for the same code, and totals of
/// questions that stand in no group.
#[test]
fn sums_of_any_points() {
    let around = fixture("edges");
    let pack = &around.packs[0];
    let total = |text: &str, id: &str| {
        let made: Json = serde_json::from_str(&bundle(pack, &answered(text))).unwrap();
        fn find<'a>(items: &'a Json, link: &str) -> Option<&'a Json> {
            items.as_array()?.iter().find_map(|i| if i["linkId"] == link { Some(i) } else { find(&i["item"], link) })
        }
        find(&made["entry"][1]["resource"]["item"], id).map(|i| i["answer"][0]["valueInteger"].clone())
    };
    let sheet = |text: &str| text_of(&sheets(pack, &answered(text)).clinician.unwrap());
    for (text, id, want) in [
        ("last-1=n;last-2=p", "total-total", Some(-1)),
        ("last-1=n;last-2=n", "total-total", Some(-5)),
        ("last-1=n", "total-total", None),
        ("mixed-1=0;mixed-2=0", "mixed-points-total", Some(3)),
        ("mixed-1=1;mixed-2=1", "mixed-points-total", Some(1)),
        ("mixed-1=1;mixed-2=-", "mixed-points-total", None),
    ] {
        assert_eq!(total(text, id), want.map(Json::from), "{text}");
        if let Some(want) = want {
            assert!(sheet(text).contains(&format!("{want} / ")), "{text}: {}", sheet(text));
        }
    }
    assert_eq!(pack.questionnaire.item("bare-value").unwrap().text, "Temperature");
    assert!(!pack.questionnaire.item("bare-again").unwrap().repeats);
    assert!(
        around.notes.iter().any(|t| t.path.contains("(bare-line)"))
            && around.notes.iter().any(|t| t.path.contains("(bare-again)"))
    );
}

fn file_of(items: impl Into<Json>) -> String {
    json!({ "resourceType": "Questionnaire", "item": items.into() }).to_string()
}

/// Questions that each depend on another, by its number.
fn depending(count: usize, on: impl Fn(usize) -> usize) -> String {
    // One that would depend on itself is the end of the chain.
    let condition = |i: usize| match on(i) {
        itself if itself == i => json!([]),
        other => json!([{ "question": format!("q{other}"), "operator": "exists", "answerBoolean": true }]),
    };
    let item =
        |i: usize| json!({ "linkId": format!("q{i}"), "text": "Item", "type": "boolean", "enableWhen": condition(i) });
    file_of((0..count).map(item).collect::<Vec<_>>())
}

fn nested(depth: usize) -> String {
    let mut item = json!({ "linkId": "a", "text": "A", "type": "string" });
    for i in 0..depth {
        item = json!({ "linkId": format!("g{i}"), "text": "G", "type": "group", "item": [item] });
    }
    file_of([item])
}

/// Files at the ends of what can be read: walked to the end, or named by place and reason.
#[test]
fn strange_files_are_read_or_named() {
    let plain = fixture_file("questionnaires/scored.json");
    let long = "Fifty thousand words and not one of them short. ".repeat(6_000);
    let unbroken = "x".repeat(50_000);
    let item = |more: &str| {
        format!(r#"{{"resourceType":"Questionnaire","item":[{{"linkId":"a","text":"A","type":"integer"{more}}}]}}"#)
    };
    let read = ["", ""];
    let rows: Vec<(&str, String, [&str; 2])> = vec![
        ("a mark of the byte order", format!("\u{feff}{plain}"), read),
        ("nothing", String::new(), ["line 1", "not JSON"]),
        ("a mark of the byte order alone", "\u{feff}".into(), ["line 1", "not JSON"]),
        // What UTF-16 looks like to who takes it for UTF-8.
        ("two bytes a character", plain.chars().flat_map(|c| [c, '\0']).collect(), ["line 1", "not JSON"]),
        ("cut off", plain.chars().take(300).collect(), ["line", "not JSON"]),
        ("a list", format!("[{plain}]"), ["$", "object"]),
        ("null", "null".into(), ["$", "object"]),
        ("XML", "<Questionnaire/>".into(), ["line 1", "not JSON"]),
        (
            "a key that stands twice",
            item(r#","enableWhen":[],"enableWhen":[]"#),
            ["line 1", "“enableWhen” stands twice"],
        ),
        ("an empty object", "{}".into(), ["$.resourceType", "not a FHIR Questionnaire"]),
        (
            "a bundle",
            format!(r#"{{"resourceType":"Bundle","entry":[{{}},{{"resource":{plain}}}]}}"#),
            ["$.resourceType", "a bundle"],
        ),
        ("no items", r#"{"resourceType":"Questionnaire"}"#.into(), ["$.item", "no question"]),
        ("items that are no list", r#"{"resourceType":"Questionnaire","item":{}}"#.into(), ["$.item", "list"]),
        ("an item that is null", r#"{"resourceType":"Questionnaire","item":[null]}"#.into(), ["$.item[0]", "object"]),
        ("50 groups deep", nested(50), read),
        ("200 groups deep", nested(200), ["line 1", "nested too deep"]),
        ("5000 groups deep", nested_text(5_000), ["line 1", "nested too deep"]),
        (
            "5000 questions",
            file_of(
                (0..5_000)
                    .map(|i| json!({ "linkId": i.to_string(), "text": "Item", "type": "boolean" }))
                    .collect::<Vec<_>>(),
            ),
            read,
        ),
        ("each depends on the one before", depending(250, |i| i.saturating_sub(1)), read),
        ("too many depend on the one before", depending(5_000, |i| i.max(1) - 1), ["(q", "depend on one another"]),
        (
            "too many depend on the one behind",
            depending(5_000, |i| i + usize::from(i < 4_999)),
            ["(q", "depend on one another"],
        ),
        ("all depend on one", depending(5_000, |_| 0), read),
        ("two depend on each other", depending(2, |i| 1 - i), ["(q", "circle"]),
        (
            "long texts",
            file_of([
                json!({ "linkId": "a", "text": long, "type": "string" }),
                json!({ "linkId": "b", "text": unbroken, "type": "boolean" }),
            ]),
            read,
        ),
        ("a long name", file_of([json!({ "linkId": long, "text": "A", "type": "string" })]), read),
        ("an enormous number", item(r#","maxLength":99999999999999999999"#), ["(a).maxLength", "whole number"]),
        ("a number beyond numbers", item(r#","maxLength":1e999"#), ["line 1", "not JSON"]),
        ("no number", item(r#","maxLength":NaN"#), ["line 1", "not JSON"]),
        ("a number in words", item(r#","maxLength":"NaN""#), ["(a).maxLength", "whole number"]),
        ("a part of a letter", item(r#","maxLength":1.5"#), ["(a).maxLength", "whole number"]),
        (
            "an end in words",
            item(r#","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":"NaN"}]"#),
            ["extension[0]", "number"],
        ),
        (
            "never",
            item(
                r#","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs","valueInteger":-1}]"#,
            ),
            ["extension[0]", "above 0"],
        ),
        (
            "ends far out",
            item(
                r#","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueDecimal":-1e300},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueDecimal":1e300},{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl","valueCodeableConcept":{"coding":[{"code":"slider"}]}}]"#,
            ),
            read,
        ),
        ("R5, by a field of the file", item("").replacen('{', r#"{"versionAlgorithmCoding":{},"#, 1), read),
        ("R5, by a field of an item", item(r#","disabledDisplay":"hidden""#), read),
        ("R5, by another", item(r#","answerConstraint":"optionsOnly""#), read),
        ("STU3, by a field", item(r#","initialDateTime":"2026-01-01""#), read),
        ("no type", item("").replace("integer", ""), ["(a)", "type “”"]),
    ];
    let mut wrong = Vec::new();
    for (name, json, [path, what]) in rows {
        match made("given.json", &json, false) {
            Ok(around) if what.is_empty() => around.packs.iter().for_each(all_made),
            Ok(_) => wrong.push(format!("{name}: taken")),
            Err(problems) => {
                let named = |p: &content::Problem| p.path.contains(path) && p.what.contains(what) && !p.cure.is_empty();
                if what.is_empty() || !problems.0.iter().any(named) {
                    wrong.push(format!("{name}: {}", problems.to_string().chars().take(500).collect::<String>()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// As [`nested`], deeper than values can be built here.
fn nested_text(depth: usize) -> String {
    let open: String = (0..depth).map(|i| format!(r#"{{"linkId":"g{i}","text":"G","type":"group","item":["#)).collect();
    format!(
        r#"{{"resourceType":"Questionnaire","item":[{open}{{"linkId":"a","text":"A","type":"string"}}{}]}}"#,
        "]}".repeat(depth)
    )
}

/// Answers whatever is asked, all at once, and makes everything that can be taken along.
fn all_made(pack: &Pack) {
    let mut answers = Answers::default();
    let steps = walk::steps(pack, &EvaluatedForm::new(&pack.questionnaire, &answers));
    for step in &steps {
        let Step::Question { link, .. } = step else { continue };
        let item = pack.questionnaire.item(link).unwrap();
        if item.is_question() {
            answers.set(Key::first(link), say(item, &mut Random::new(1)));
        }
    }
    let both = sheets(pack, &answers);
    assert!(!bundle(pack, &answers).is_empty() && !html::document(&pack.words, &pack.lang, &both).is_empty());
    assert!(!pdf::write(&pack.words, &pack.lang, &both, None, pdf::Paper::A4).bytes.is_empty());
}

#[test]
fn points_that_stand_together_are_added_up() {
    let around = fixture("scored");
    let pack = &around.packs[0];
    let names: Vec<String> = pack.instruments.iter().map(|i| format!("{}: {}", i.name, i.items.join(" "))).collect();
    assert_eq!(names, ["Over the last week: m1 m2", "Item sleep: s1 s2"]);
    for (text, want) in [
        ("m1=c3;m2=c2;s1=c5", Total::Exactly(5.0)),
        ("m1=c3;m2=-", Total::Between(3.0, 5.0)),
        ("", Total::Between(0.0, 5.0)),
    ] {
        let answers = answered(text);
        assert_eq!(scores::all(pack, &EvaluatedForm::new(&pack.questionnaire, &answers))[0].total, want, "{text}");
    }
    let sheet = text_of(&sheets(pack, &answered("m1=c3;m2=c2")).clinician.unwrap());
    assert!(sheet.contains("5 / 5"), "{sheet}");
    assert!(pack.about.notices.iter().any(|n| n == "Example notice."));
}

/// Rules from a file of their own; `change` writes another text for a part of them.
fn ruled(change: Option<(&str, &str)>) -> Result<Packed, Problems> {
    let mut text = fixture_file("questionnaires/scored-rules.toml");
    if let Some((from, to)) = change {
        assert!(text.contains(from), "{from} is not in the rules");
        text = text.replacen(from, to, 1);
    }
    let rules = content::Rules { toml: &text, name: "rules.toml" };
    made_with("scored", &fixture_file("questionnaires/scored.json"), false, Some(rules))
}

#[test]
fn rules_that_are_given_are_told() {
    let around = ruled(None).unwrap_or_else(|p| panic!("{p}"));
    let pack = &around.packs[0];
    let sheet = |text: &str| text_of(&sheets(pack, &answered(text)).clinician.unwrap());
    let heavy = sheet("s1=c5;s2=c4;alone=c1;m1=c3");
    for part in ["Points for sleep add up to 5 or more.", "Was shown help.", "Third answer."] {
        assert_eq!(heavy.matches(part).count(), 1, "{part}:\n{heavy}");
        assert!(!sheet("s1=c1;s2=c0;alone=c0;m1=c0").contains(part), "{part}");
    }
    let answers = answered("alone=c1");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    assert!(walk::steps(pack, &form).contains(&Step::Help { after: "alone".into() }));
    assert!(fixture("scored").packs[0].rules.is_empty(), "no rules unless given");
    (0..50).for_each(|seed| drop(walked("rules", pack, seed)));
}

/// A change of the rules, and the place and the words of the problem that it makes.
const RULES_REFUSED: &[(&str, &str, &str, &str)] = &[
    ("about = \"s1\"", "about = \"zz\"", "rule(sleep)", "no question"),
    ("about = \"s1\"", "about = \"r1\"", "rule(sleep)", "answered once"),
    ("about = \"s1\"", "about = \"mood\"", "rule(sleep)", "answered once"),
    ("question = \"alone\"", "question = \"zz\"", "rule(alone)", "no question “zz”"),
    ("answer = \"c1\"", "answer = \"c9\"", "rule(alone)", "no answer “c9”"),
    ("score = \"sleep\"", "score = \"rest\"", "rule(sleep)", "no instrument “rest”"),
    ("operator = \">=\"", "operator = \"=>\"", "rule(sleep).when.all[0]", "operator"),
    ("tier = \"A\"", "tier = \"D\"", "rule[0](sleep)", "variant"),
    ("help = \"suicide\"", "", "rule(alone)", "must open help"),
    ("id = \"m1\"", "id = \"alone\"", "rule(alone)", "this id"),
    ("fires = \"no\"", "fires = \"yes\"", "rule(sleep)", "it gives no, not yes"),
    (
        "{ answers = \"m1=c3\", fires = \"yes\" }",
        "{ answers = \"m1=c0\", fires = \"no\" }",
        "rule(m1)",
        "lacks a vector",
    ),
    ("{ answers = \"m1=c3\"", "{ answers = \"m1=c9\"", "rule(m1)", "which it has not"),
    ("patient = \"Talk about it.\"", "patient = \"You are safe for ketamine.\"", "rule(m1).patient", "not said here"),
    ("clinician = \"Third answer.\"", "clinician = \"Third answer.\"\nsources = [\"x\"]", "rule(m1)", "no source “x”"),
    ("[[rule]]\nid = \"m1\"", "[[rules]]\nid = \"m1\"", "rules", "unknown"),
    ("patient = \"Talk about it.\"", "patient = ", "line", ""),
];

#[test]
fn wrong_rules_are_refused_by_place_and_reason() {
    let mut wrong = Vec::new();
    for (from, to, path, what) in RULES_REFUSED {
        match ruled(Some((from, to))) {
            Ok(_) => wrong.push(format!("{to} is taken")),
            Err(problems) => {
                let named = |p: &content::Problem| {
                    p.file == "rules.toml" && p.path.starts_with(path) && p.what.contains(what) && !p.cure.is_empty()
                };
                if !problems.0.iter().any(named) {
                    wrong.push(format!("{to}: {problems}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn translations_make_a_pack_of_their_own() {
    let around = fixture("translated");
    let [en, es] = &around.packs[..] else { panic!("{} packs", around.packs.len()) };
    assert_eq!((en.lang.as_str(), es.lang.as_str()), ("en", "es"));
    assert_eq!((en.words.start_title(), es.words.start_title()), ("Drinks", "Bebidas"));
    let texts = |p: &Pack| -> Vec<String> {
        let item = p.questionnaire.item("tea").unwrap();
        std::iter::once(item.text.clone()).chain(item.options.iter().map(|o| o.text.clone())).collect()
    };
    assert_eq!(texts(en), ["Do you drink tea?", "Often", "Never"]);
    // What is not translated stays as it is.
    assert_eq!(texts(es), ["¿Toma té?", "A menudo", "Never"]);
    assert!(around.notes.iter().any(|t| t.what.contains("“de”")), "a translation that is not used is told");
}

#[test]
fn groups_lines_and_hidden_items_are_asked_as_they_should() {
    let around = fixture("drawn");
    let pack = &around.packs[0];
    let q = &pack.questionnaire;
    let weight = q.item("weight").unwrap();
    assert_eq!(
        (weight.text.as_str(), weight.help.as_str(), weight.unit.as_str()),
        ("1. Weight", "Without shoes. A guess will do.", "kg")
    );
    assert_eq!(
        (weight.min, weight.max, weight.required, weight.prefix.as_str()),
        (Some(20.0), Some(300.5), true, "Deep")
    );
    let note = q.item("note").unwrap();
    assert_eq!((note.kind, note.repeats, note.max_length), (Kind::String, true, 20));
    let answers = answered("often=true;what='a;what:1='other;why:1='Because.;secret='hush");
    let form = EvaluatedForm::new(q, &answers);
    let steps: Vec<String> =
        walk::steps(pack, &form).iter().map(|s| format!("{}{}", s.link(), s.repetition())).collect();
    let want = "weight0 note0 line0 shown-without0 fixed0 what0 often0 what1 why1 often1 with a blank0";
    assert_eq!(steps.join(" "), want);
    let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
    assert!(sheet.contains("Because.") && !sheet.contains("hush"), "{sheet}");
    for link in ["secret", "fixed", "with a blank"] {
        assert!(around.notes.iter().any(|t| t.path.contains(&format!("({link})"))), "{link}: {:?}", around.notes);
    }
}

/// A value in a field would be found there as the answer. Where nobody answers it is none.
#[test]
fn only_what_nobody_answers_may_come_with_a_value() {
    let hidden =
        json!([{ "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true }]);
    let initial = json!([{ "valueString": "phone" }]);
    let item = json!({ "linkId": "a", "text": "A", "type": "string", "initial": initial });
    let with = |key: &str, value: &Json| {
        let mut item = item.clone();
        item[key] = value.clone();
        item
    };
    let asked = json!({ "linkId": "b", "text": "B", "type": "string" });
    let depends = json!({ "linkId": "b", "text": "B", "type": "string", "enableWhen": [{ "question": "a", "operator": "=", "answerString": "phone" }] });
    let read_only = |kind: &str, more: Json| {
        let mut item = json!({ "linkId": "a", "text": "A", "type": kind, "readOnly": true });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let group = json!({ "linkId": "g", "type": "group", "extension": hidden, "item": [item, { "linkId": "c", "text": "C", "type": "attachment" }] });
    // What the line says, or the place and the reason of the refusal.
    type Comes = Result<&'static str, [&'static str; 2]>;
    let rows: Vec<([Json; 2], Comes)> = vec![
        ([with("initial", &json!({})), asked.clone()], Err(["(a).initial", "list"])),
        ([with("initial", &json!([7])), asked.clone()], Err(["(a).initial[0]", "object"])),
        ([with("type", &json!("display")), asked.clone()], Err(["(a).initial", "no value"])),
        ([with("extension", &hidden), asked.clone()], Ok("A")),
        ([with("extension", &hidden), depends.clone()], Err(["(b)", "compared here"])),
        ([group, asked.clone()], Ok("A")),
        ([with("readOnly", &json!(true)), asked.clone()], Ok("A: phone")),
        ([with("readOnly", &json!(true)), depends.clone()], Err(["(b)", "compared here"])),
        ([read_only("dateTime", json!({})), asked.clone()], Ok("A")),
        ([read_only("boolean", json!({ "initial": [{ "valueBoolean": true }] })), asked.clone()], Ok("A")),
        (
            [
                read_only(
                    "quantity",
                    json!({ "text": "How heavy?", "initial": [{ "valueQuantity": { "value": 75, "unit": "kg" } }] }),
                ),
                asked.clone(),
            ],
            Ok("How heavy? 75 kg"),
        ),
        // What stands below a line of text is asked; a group that is read only holds nothing but
        // lines.
        (
            [
                read_only("string", json!({ "item": [{ "linkId": "below", "text": "Below", "type": "boolean" }] })),
                asked.clone(),
            ],
            Ok("A"),
        ),
        (
            [
                json!({ "linkId": "g", "text": "G", "type": "group", "readOnly": true, "item": [{ "linkId": "a", "text": "A", "type": "string" }] }),
                asked.clone(),
            ],
            Ok("A"),
        ),
        (
            [
                read_only(
                    "choice",
                    json!({ "repeats": true, "answerOption": [
                        { "valueCoding": { "code": "x", "display": "Left" }, "initialSelected": true },
                        { "valueCoding": { "code": "y" }, "initialSelected": true },
                        { "valueString": "Neither" }] }),
                ),
                asked.clone(),
            ],
            Ok("A: Left, y"),
        ),
    ];
    for (items, want) in rows {
        let json = file_of(items);
        match (made("given.json", &json, false), want) {
            (Ok(around), Ok(text)) => {
                let pack = &around.packs[0];
                assert_eq!(pack.questionnaire.item("a").unwrap().text, text, "{json}");
                let value = json.contains("initial");
                assert_eq!(
                    around.notes.iter().any(|t| t.what.contains("comes with a value")),
                    value,
                    "{json}: {:?}",
                    around.notes
                );
                let none = Answers::default();
                let form = EvaluatedForm::new(&pack.questionnaire, &none);
                let asked: Vec<String> = walk::steps(pack, &form).iter().map(|s| s.link().to_string()).collect();
                assert_eq!(asked.iter().any(|a| a == "a"), json.contains("readOnly"), "{json}");
                assert_eq!(asked.iter().any(|a| a == "below"), json.contains("below"), "{json}");
                all_made(pack);
            }
            (Err(problems), Err([path, what])) => {
                assert!(
                    problems.0.iter().any(|p| p.path.contains(path) && p.what.contains(what) && !p.cure.is_empty()),
                    "{json}: {problems}"
                );
            }
            (made, want) => panic!("{json}: {want:?}, got {:?}", made.map(|_| "taken")),
        }
    }
}

/// What a file would answer beforehand is left out and told: the question is asked, and nothing is
/// chosen.
#[test]
fn nothing_is_answered_beforehand() {
    let expression = json!([{ "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
        "valueExpression": { "language": "text/fhirpath", "expression": "today()" } }]);
    let rows = [
        (json!({ "linkId": "a", "text": "A", "type": "string", "initial": [{ "valueString": "x" }] }), "(a).initial"),
        (
            json!({ "linkId": "a", "text": "A", "type": "choice", "answerOption": [{ "valueString": "x", "initialSelected": true }] }),
            "answerOption[0]",
        ),
        (json!({ "linkId": "a", "text": "A", "type": "date", "extension": expression }), "extension[0]"),
    ];
    for (item, path) in rows {
        let json = file_of([item]);
        let packed = made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}"));
        assert!(
            packed.notes.iter().any(|n| n.path.contains(path) && n.what.contains("left out")),
            "{json}: {:?}",
            packed.notes
        );
        let pack = &packed.packs[0];
        let none = Answers::default();
        let form = EvaluatedForm::new(&pack.questionnaire, &none);
        let steps = walk::steps(pack, &form);
        assert_eq!(walk::resume(&form, &steps, &none), Some(0), "{json}: it is asked");
        assert!(text_of(&sheets(pack, &none).clinician.unwrap()).contains("A: Not answered"), "{json}");
        let record: Json = serde_json::from_str(&bundle(pack, &none)).unwrap();
        assert!(
            record["entry"][1]["resource"]["item"].is_null() && !record["entry"][0].to_string().contains("initial"),
            "{json}"
        );
    }
}

/// Nothing of ours that is medical, and all of the help.
#[test]
fn only_help_stays_of_our_own_content() {
    for name in FIXTURES {
        for pack in fixture(name).packs {
            assert!(
                pack.rules.is_empty() && pack.topics.is_empty() && pack.cards.is_empty() && pack.choices.is_empty(),
                "{name}"
            );
            assert_eq!(pack.regions, if pack.lang == "es" { spanish() } else { ours() }.regions, "{name}");
            let both = sheets(&pack, &Answers::default());
            let text = format!("{}{}", both.clinician.as_ref().map(text_of).unwrap(), text_of(&both.keep));
            assert!(text.contains(&pack.regions[0].lines[0].name), "{name}: a crisis line stands on paper");
            let all = format!("{text}{:?}{}", pack.about, pack.words.start_lead());
            assert!(!all.to_lowercase().contains("ketamin") && !all.contains("PHQ"), "{name}: {all}");
            assert_eq!(Pack::decode(&pack.encode()).as_ref(), Some(&pack), "{name}");
        }
    }
}

/// What is refused: an item, or the whole file if it starts with a quotation mark, the place, and
/// the reason.
const REFUSED: &[(&str, &str, &str)] = &[
    (r#"{"linkId":"a","text":"A","type":"attachment"}"#, "(a)", "attachment"),
    (r#"{"linkId":"a","text":"A","type":"reference"}"#, "(a)", "reference"),
    (r#"{"linkId":"a","text":"A","type":"coding"}"#, "(a)", "nothing to choose"),
    (
        r#"{"linkId":"a","text":"A","type":"integer","answerConstraint":"optionsOrType","answerOption":[{"valueInteger":1}]}"#,
        "(a)",
        "answerConstraint",
    ),
    (r#"{"linkId":"a","text":"A","type":"quantity","repeats":true}"#, "(a)", "several quantities"),
    (
        r#"{"linkId":"a","text":"A","type":"decimal","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption","valueCoding":{"code":"kg"}},{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption","valueCoding":{"code":"g"}}]}"#,
        "(a)",
        "unit",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"quantity","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption","valueCoding":{"code":"kg"}},{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption","valueCoding":{"code":"g"}}]},{"linkId":"b","text":"B","type":"string","enableWhen":[{"question":"a","operator":">","answerQuantity":{"value":1,"code":"kg"}}]}"#,
        "(b)",
        "not compared",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"quantity","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet","valueCanonical":"http://example.org/far"}]}"#,
        "extension[0]",
        "not in this file",
    ),
    (r#"{"linkId":"a","text":"A","type":"question"}"#, "(a)", "no type"),
    (r#"{"linkId":"a","text":"A","type":"string","require":true}"#, "(a).require", "no field"),
    (r#"{"linkId":"a","text":"A","type":"string","extension":[{"valueString":"x"}]}"#, "(a).extension[0]", "no url"),
    (r#"{"linkId":"a","text":"A","type":"string","option":[],"answerOption":[]}"#, "(a).option", "STU3"),
    (
        r#"{"linkId":"a","text":"A","type":"date","answerOption":[{"valueDate":"2026-13"}]}"#,
        "valueDate",
        "another type",
    ),
    (r#"{"linkId":"a","text":"A","type":"choice"}"#, "(a)", "nothing to choose"),
    (
        r#"{"linkId":"a","text":"A","type":"choice","answerValueSet":"http://example.org/far"}"#,
        "answerValueSet",
        "not in this file",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"choice","answerOption":[{"valueString":"x"},{"valueString":"x"}]}"#,
        "(a)",
        "used twice",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"z","operator":"exists","answerBoolean":true}]}"#,
        "a",
        "no such item",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"a","operator":"~","answerBoolean":true}]}"#,
        "enableWhen[0]",
        "operator",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"a","operator":"exists","answerString":"x"}]}"#,
        "enableWhen[0]",
        "exists",
    ),
    (r#"{"linkId":"a","text":"A","type":"string","modifierExtension":[]}"#, "modifierExtension", "meaning"),
    (r#"{"linkId":"a","text":"A","type":"string","required":"yes"}"#, "(a).required", "true or false"),
    (r#"{"linkId":"a","text":7,"type":"string"}"#, "(a).text", "text was expected"),
    (r#"{"linkId":"a","text":"A","type":"string"},{"linkId":"a","text":"B","type":"string"}"#, "a", "two items"),
    (r#"{"text":"A","type":"string"}"#, "$.item[0]", "no linkId"),
    (r#"{"linkId":"a","type":"string"}"#, "(a)", "no text"),
    (r#"{"linkId":"a","text":"A","type":"display"}"#, "$.item", "no question"),
    (
        r#"{"linkId":"a","text":"A","type":"string","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"}]}"#,
        "extension[0]",
        "FHIRPath",
    ),
    (
        r#"{"linkId":"g","type":"group","repeats":true,"item":[{"linkId":"h","type":"group","repeats":true,"item":[{"linkId":"i","type":"group","repeats":true,"item":[{"linkId":"a","text":"A","type":"string"}]}]}]}"#,
        "i",
        "repeated group",
    ),
    (r#"{"linkId":"a","text":"A","type":"decimal","answerOption":[{"valueString":"x"}]}"#, "(a)", "another type"),
    (
        r#"{"linkId":"a","text":"A","type":"display","item":[{"linkId":"b","text":"B","type":"string"}]}"#,
        "(a)",
        "has items",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","_required":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/cqf-expression"}]}}"#,
        "_required",
        "FHIRPath",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"integer","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueInteger":9},{"url":"http://hl7.org/fhir/StructureDefinition/maxValue","valueInteger":1}]}"#,
        "(a)",
        "above",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"date","answerOption":[{"valueDate":"tomorrow"}]}"#,
        "valueDate",
        "another type",
    ),
    (r#"{"linkId":"a","text":"A","type":"time","answerOption":[{"valueTime":"25:99"}]}"#, "valueTime", "another type"),
    (
        r#"{"linkId":"a","text":"A","type":"integer","answerOption":[{"valueInteger":99999999999}]}"#,
        "valueInteger",
        "another type",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"date","enableWhen":[{"question":"a","operator":">","answerDate":"2026"}]}"#,
        "enableWhen[0]",
        "whole day",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"a","answerString":"x"}]}"#,
        "enableWhen[0]",
        "no operator",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"a","operator":"=","answerBoolean":"true"}]}"#,
        "enableWhen[0]",
        "true or false",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","answerOption":[{"valueCoding":{"code":"x"}}]}"#,
        "(a)",
        "another type",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"choice","answerOption":[{"valueReference":{"reference":"Patient/1"}}]}"#,
        "answerOption[0]",
        "outside the file",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"a","operator":"=","hasAnswer":true}]}"#,
        "enableWhen[0]",
        "STU3",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","enableWhen":[{"question":"a","operator":"exists","answerBoolean":true,"modifierExtension":[]}]}"#,
        "modifierExtension",
        "condition",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden","valueString":"yes"}]}"#,
        "extension[0]",
        "no valueBoolean",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"string","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-hidden","valueBoolean":true,"valueString":"yes"}]}"#,
        "extension[0]",
        "more than that",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"integer","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/minValue","valueString":"1"}]}"#,
        "extension[0]",
        "number",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"integer","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-unit","valueCoding":{}}]}"#,
        "extension[0]",
        "unit",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"choice","answerOption":[{"valueString":"x","extension":[{"url":"http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive","valueInteger":1}]}]}"#,
        "extension[0]",
        "no valueBoolean",
    ),
];

#[test]
fn what_is_out_of_scope_is_refused_by_path_and_reason() {
    let mut wrong = Vec::new();
    for (item, path, reason) in REFUSED {
        let json = format!(r#"{{"resourceType":"Questionnaire","item":[{item}]}}"#);
        match made("given.json", &json, false) {
            Ok(_) => wrong.push(format!("{item} is taken")),
            Err(problems) => {
                let named = problems.0.iter().any(|p| {
                    p.path.contains(path) && p.what.contains(reason) && !p.cure.is_empty() && p.file == "given.json"
                });
                if !named {
                    wrong.push(format!("{item}: {problems}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (text, reason) in
        [("{", "JSON"), ("[]", "object"), (r#"{"resourceType":"Patient"}"#, "Questionnaire"), ("7", "object")]
    {
        assert!(made("given.json", text, true).unwrap_err().0[0].what.contains(reason), "{text}");
    }
}

/// What is worked out elsewhere, or chosen from a list that is not here, decides nothing: a condition on it is refused,
/// and with leave left out, so that it hides nothing. Whether such a question is answered can still be asked.
#[test]
fn what_is_not_known_hides_nothing() {
    let worked_out = |name: &str, more: Json| {
        let url = format!("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-{name}");
        let mut item = json!({ "linkId": "x", "text": "X", "type": "integer",
            "extension": [{ "url": url, "valueExpression": { "language": "text/fhirpath", "expression": "1" } }] });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let total = worked_out("calculatedExpression", json!({}));
    let shown = worked_out("calculatedExpression", json!({ "readOnly": true }));
    let before = worked_out("initialExpression", json!({}));
    let before_shown = worked_out("initialExpression", json!({ "readOnly": true }));
    let far = json!({ "linkId": "x", "text": "X", "type": "choice", "answerValueSet": "http://example.org/far" });
    let when = |operator: &str, key: &str, value: Json| json!({ "question": "x", "operator": operator, key: value });
    let ten = when(">=", "answerInteger", json!(10));
    let code = when("=", "answerCoding", json!({ "code": "w" }));
    let there = when("exists", "answerBoolean", json!(true));
    let never = json!({ "question": "a", "operator": "=", "answerString": "w" });
    // The item that is looked at; whether it is refused alone; the conditions, and whether any is enough; whether they
    // are refused without leave; whether what they stand on is asked, with leave and no answer.
    let rows = [
        (&total, false, vec![&ten], "all", true, true),
        (&total, false, vec![&there], "all", false, false),
        (&shown, false, vec![&ten], "all", true, true),
        (&shown, false, vec![&there], "all", true, true),
        (&shown, false, vec![&ten, &never], "all", true, false),
        (&shown, false, vec![&ten, &never], "any", true, true),
        (&before, false, vec![&ten], "all", false, false),
        (&before_shown, false, vec![&ten], "all", true, true),
        (&far, true, vec![&code], "all", true, true),
        (&far, true, vec![&there], "all", true, false),
    ];
    let mut wrong = Vec::new();
    for (item, alone, conditions, behavior, refused, asked) in rows {
        let first = json!({ "linkId": "a", "text": "A", "type": "string" });
        assert_eq!(made("given.json", &file_of([item.clone(), first.clone()]), false).is_err(), alone, "{item}");
        let mut last = json!({ "linkId": "b", "text": "B", "type": "string", "enableWhen": conditions });
        if conditions.len() > 1 {
            last["enableBehavior"] = behavior.into();
        }
        let json = file_of([item.clone(), first, last]);
        let around = made("given.json", &json, true).unwrap_or_else(|p| panic!("{p}"));
        let noted = around.notes.iter().any(|t| t.path.contains("(b)") && t.what.contains("left out"));
        let form = EvaluatedForm::new(&around.packs[0].questionnaire, &Answers::default()).asked("b", 0);
        let now = (made("given.json", &json, false).is_err(), form);
        if now != (refused, asked)
            || !around.lost.is_empty()
            || asked != noted && behavior == "all" && conditions.len() == 1
        {
            wrong.push(format!("{json}: {now:?}, noted: {noted}, lost: {:?}", around.lost));
        }
        all_made(&around.packs[0]);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// With leave a choice whose list is not in the file is answered in own words, which stand on the sheet and come back
/// from the record.
#[test]
fn a_choice_without_its_list_is_answered_in_own_words() {
    let far = json!({ "linkId": "x", "text": "X", "type": "choice", "answerValueSet": "http://example.org/far" });
    let computed = json!({ "linkId": "y", "text": "Y", "type": "choice", "extension": [
        { "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerExpression" }] });
    let bare = json!({ "linkId": "z", "text": "Z", "type": "choice", "repeats": true });
    let json = file_of([far, computed, bare]);
    assert!(made("given.json", &json, false).is_err());
    let around = made("given.json", &json, true).unwrap_or_else(|p| panic!("{p}"));
    assert!(around.lost.is_empty(), "{:?}", around.lost);
    for link in ["(x)", "(y)", "(z)"] {
        let named = |t: &&content::Note| t.path.contains(link) && t.what.contains("own words");
        assert!(around.notes.iter().find(named).is_some(), "{link} is not named: {:?}", around.notes);
    }
    let pack = &around.packs[0];
    let answers = answered("x='hay fever;y='pollen;z='dust,'mites");
    assert!(["x", "y", "z"].iter().all(|l| pack.questionnaire.item(l).unwrap().kind == Kind::String));
    let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
    assert!(["hay fever", "pollen", "dust; mites"].iter().all(|w| sheet.contains(w)), "{sheet}");
    assert_eq!(record::read(pack, &bundle(pack, &answers)).unwrap().answers.encode(), answers.encode());
}

/// What HL7 publishes as a fixed list is chosen from by its address alone, told, and recorded with its code.
#[test]
fn published_value_sets_are_chosen_from() {
    let sets: Option<Json> =
        std::fs::read_to_string(root().join("tests/oracles/node_modules/fhir/profiles/valuesets.json"))
            .ok()
            .map(|text| serde_json::from_str(&text).unwrap());
    // The address, and how many answers it has; where npm `fhir` is installed (tests/oracles), each is compared.
    let rows = [
        ("http://hl7.org/fhir/ValueSet/administrative-gender", 4),
        ("http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1", 4),
        ("http://hl7.org/fhir/ValueSet/yesnodontknow", 3),
        ("http://hl7.org/fhir/ValueSet/name-use", 7),
        ("http://hl7.org/fhir/ValueSet/address-use", 5),
        ("http://hl7.org/fhir/ValueSet/address-type", 3),
        ("http://hl7.org/fhir/ValueSet/contact-point-system", 7),
        ("http://hl7.org/fhir/ValueSet/contact-point-use", 5),
        ("http://hl7.org/fhir/ValueSet/days-of-week", 7),
        ("http://hl7.org/fhir/ValueSet/request-intent", 9),
        ("http://hl7.org/fhir/ValueSet/request-priority", 4),
        ("http://hl7.org/fhir/ValueSet/request-status", 7),
        ("http://hl7.org/fhir/ValueSet/observation-status", 8),
        ("http://hl7.org/fhir/ValueSet/observation-category", 9),
        ("http://hl7.org/fhir/ValueSet/medicationrequest-status", 8),
        ("http://hl7.org/fhir/ValueSet/medicationrequest-intent", 8),
        ("http://hl7.org/fhir/ValueSet/medication-statement-status", 8),
        ("http://hl7.org/fhir/ValueSet/condition-clinical", 6),
        ("http://hl7.org/fhir/ValueSet/condition-ver-status", 6),
        ("http://hl7.org/fhir/ValueSet/condition-category", 2),
        ("http://hl7.org/fhir/ValueSet/allergyintolerance-clinical", 3),
        ("http://hl7.org/fhir/ValueSet/allergyintolerance-verification", 4),
        ("http://hl7.org/fhir/ValueSet/allergy-intolerance-criticality", 3),
        ("http://hl7.org/fhir/ValueSet/allergy-intolerance-type", 2),
        ("http://hl7.org/fhir/ValueSet/allergy-intolerance-category", 4),
        ("http://hl7.org/fhir/ValueSet/reaction-event-severity", 3),
        ("http://hl7.org/fhir/ValueSet/event-status", 8),
        ("http://hl7.org/fhir/ValueSet/encounter-status", 9),
        ("http://hl7.org/fhir/ValueSet/history-status", 4),
        ("http://terminology.hl7.org/ValueSet/v2-0136", 2),
        ("http://terminology.hl7.org/ValueSet/yes-no-unknown-not-asked", 4),
    ];
    let mut wrong = Vec::new();
    for (address, count) in rows {
        let json = file_of([json!({ "linkId": "x", "text": "X", "type": "choice", "answerValueSet": address })]);
        let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{address}: {p}"));
        let options = &around.packs[0].questionnaire.item("x").unwrap().options;
        if options.len() != count || !around.notes.iter().any(|n| n.path.contains("answerValueSet")) {
            wrong.push(format!("{address}: {} answers, {:?}", options.len(), around.notes));
        }
        let plain = address.split('|').next().unwrap();
        let Some(set) = sets.as_ref().and_then(|s| s.get(plain)) else { continue };
        let codes = |system: &Json| -> Vec<Json> {
            let of = |c: &Json| json!([system["uri"], c["code"], c["display"]]);
            system["codes"].as_array().unwrap().iter().map(of).collect()
        };
        let published: Vec<Json> = set["systems"].as_array().unwrap().iter().flat_map(codes).collect();
        let ours: Vec<Json> = options.iter().map(|o| json!([o.system, o.code, o.text])).collect();
        if ours != published {
            wrong.push(format!("{address}: {ours:?}, published {published:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    // One that the file itself holds goes before; one of these may be part of another.
    let gender = "http://hl7.org/fhir/ValueSet/administrative-gender";
    let own = json!({ "resourceType": "ValueSet", "url": gender, "compose": { "include": [
        { "system": "http://example.org", "concept": [{ "code": "any", "display": "Any" }] }] } });
    let both = json!({ "resourceType": "ValueSet", "id": "both", "compose": { "include": [
        { "valueSet": ["http://hl7.org/fhir/ValueSet/yesnodontknow"] }] } });
    let item = |link: &str, set: &str| json!({ "linkId": link, "text": link, "type": "choice", "answerValueSet": set });
    let json = json!({ "resourceType": "Questionnaire", "contained": [own, both],
        "item": [item("own", gender), item("both", "#both")] });
    let around = made("given.json", &json.to_string(), false).unwrap_or_else(|p| panic!("{p}"));
    let q = &around.packs[0].questionnaire;
    let codes = |link: &str| q.item(link).unwrap().options.iter().map(|o| o.code.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!((codes("own"), codes("both")), ("any".into(), "Y N asked-unknown".into()));
    let answers = answered("both=asked-unknown");
    let made: Json = serde_json::from_str(&bundle(&around.packs[0], &answers)).unwrap();
    let coding = &made["entry"][1]["resource"]["item"][0]["answer"][0]["valueCoding"];
    assert_eq!(coding["system"], "http://terminology.hl7.org/CodeSystem/data-absent-reason", "{made}");
    assert_eq!(record::read(&around.packs[0], &made.to_string()).unwrap().answers.encode(), answers.encode());
}

/// A file of STU3 asks exactly what the same file asks in R4.
#[test]
fn a_file_of_stu3_is_read_as_r4_says_the_same() {
    let head = |items: Json| {
        json!({ "resourceType": "Questionnaire", "url": "http://example.org/q", "item": items,
        "contained": [{ "resourceType": "ValueSet", "id": "s", "compose": { "include": [
            { "system": "http://example.org", "concept": [{ "code": "w", "display": "W" }] }] } }] })
    };
    let coding = json!([{ "valueCoding": { "system": "http://example.org", "code": "y", "display": "Yes" } }]);
    let is_y = |more: Json| {
        let mut condition = json!({ "question": "a", "answerCoding": { "code": "y" } });
        condition.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        condition
    };
    let old = head(json!([
        { "linkId": "a", "text": "A", "type": "choice", "option": coding },
        { "linkId": "b", "text": "B", "type": "choice", "options": { "reference": "#s" } },
        { "linkId": "g", "text": "G", "type": "group", "item": [
            { "linkId": "c", "text": "C", "type": "integer", "initialInteger": 3, "enableWhen": [is_y(json!({}))] }] },
        { "linkId": "d", "text": "D", "type": "string", "enableWhen": [
            { "question": "a", "hasAnswer": false }, { "question": "b", "answerCoding": { "code": "w" } }] },
    ]));
    let new = head(json!([
        { "linkId": "a", "text": "A", "type": "choice", "answerOption": coding },
        { "linkId": "b", "text": "B", "type": "choice", "answerValueSet": "#s" },
        { "linkId": "g", "text": "G", "type": "group", "item": [
            { "linkId": "c", "text": "C", "type": "integer", "initial": [{ "valueInteger": 3 }],
                "enableWhen": [is_y(json!({ "operator": "=" }))] }] },
        { "linkId": "d", "text": "D", "type": "string", "enableBehavior": "any", "enableWhen": [
            { "question": "a", "operator": "exists", "answerBoolean": false },
            { "question": "b", "operator": "=", "answerCoding": { "code": "w" } }] },
    ]));
    let made = |json: &Json| made("given.json", &json.to_string(), false).unwrap_or_else(|p| panic!("{p}"));
    let (old, new) = (made(&old), made(&new));
    assert_eq!(old.packs[0].questionnaire, new.packs[0].questionnaire);
    let told: Vec<&content::Note> = old.notes.iter().filter(|n| !new.notes.contains(n)).collect();
    assert!(
        matches!(told.as_slice(), [n] if ["option", "options", "initialInteger", "hasAnswer"].iter().all(|w| n.what.contains(w))),
        "{told:?}"
    );
    let q = &old.packs[0].questionnaire;
    for (text, want) in [("", "d"), ("a=y", "c"), ("a=y;b=w", "c d"), ("b=w", "d")] {
        let answers = answered(text);
        let form = EvaluatedForm::new(q, &answers);
        let asked: Vec<&str> = ["c", "d"].into_iter().filter(|l| form.asked(l, 0)).collect();
        assert_eq!(asked.join(" "), want, "“{text}”");
    }
}

/// With leave: an item, where what becomes of it is told, and in which words. Without leave each is
/// refused (`REFUSED`, or here).
const WITH_LEAVE: &[(&str, &str, &str)] = &[
    (r#"{"linkId":"a","text":"A","type":"string","repeats":"false"}"#, "(a).repeats", "quotation marks"),
    (r#"{"linkId":"a","text":"A","type":"string","require":"true"}"#, "(a).require", "no field"),
    (r#"{"linkId":"a","text":"A","type":"string","extension":[{"valueString":"x"}]}"#, "(a).extension[0]", "no url"),
    (r#"{"linkId":"a","text":"A","type":"reference"}"#, "(a)", "own words"),
    (r#"{"linkId":"a","text":"A","type":"question"}"#, "(a)", "own words"),
    (
        r#"{"linkId":"a","text":"A","type":"question","answerOption":[{"valueCoding":{"code":"x","display":"X"}}]}"#,
        "(a)",
        "as a choice",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"choice","answerOption":[{"valueCoding":{"code":"x","display":"Good"}},{"valueCoding":{"code":"x","display":"Very good"}}]}"#,
        "(a)",
        "by their words",
    ),
    (
        r#"{"linkId":"a","text":"A","type":"integer","answerConstraint":"optionsOrType","answerOption":[{"valueInteger":1}]}"#,
        "(a)",
        "own words",
    ),
];

#[test]
fn what_is_wrong_and_clear_is_taken_with_leave() {
    let mut wrong = Vec::new();
    for (item, path, what) in WITH_LEAVE {
        let json = format!(r#"{{"resourceType":"Questionnaire","item":[{item}]}}"#);
        match (made("given.json", &json, false), made("given.json", &json, true)) {
            (Ok(_), _) => wrong.push(format!("{item}: taken without leave")),
            (_, Err(problems)) => wrong.push(format!("{item}: {problems}")),
            (_, Ok(around)) => {
                let told = around.notes.iter().any(|n| n.path.contains(path) && n.what.contains(what));
                let pack = &around.packs[0];
                if !told || !around.lost.is_empty() || !pack.questionnaire.item("a").unwrap().is_question() {
                    wrong.push(format!("{item}: {:?}, lost {:?}", around.notes, around.lost));
                }
                all_made(pack);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A yes or no in quotation marks says what it says without them.
#[test]
fn quotation_marks_change_nothing() {
    let file = |flag: fn(bool) -> Json| {
        let items = json!([
            { "linkId": "a", "text": "A", "type": "boolean", "required": flag(true) },
            { "linkId": "b", "text": "B", "type": "string", "repeats": flag(true), "readOnly": flag(false),
                "enableWhen": [{ "question": "a", "operator": "=", "answerBoolean": flag(true) }] },
            { "linkId": "c", "text": "C", "type": "string",
                "enableWhen": [{ "question": "a", "operator": "exists", "answerBoolean": flag(false) }] },
        ]);
        json!({ "resourceType": "Questionnaire", "url": "http://example.org/q", "item": items }).to_string()
    };
    let marked = made("given.json", &file(|b| b.to_string().into()), true).unwrap_or_else(|p| panic!("{p}"));
    let plain = made("given.json", &file(Json::Bool), false).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(marked.packs[0].questionnaire, plain.packs[0].questionnaire);
    assert_eq!(marked.notes.iter().filter(|n| n.what.contains("quotation marks")).count(), 5, "{:?}", marked.notes);
    let problems = made("given.json", &file(|b| b.to_string().into()), false).unwrap_err();
    assert!(problems.0.len() == 5 && problems.0.iter().all(|p| p.cure.contains("without quotes")), "{problems}");
}

/// What is chosen or said in place of a code, a reference or a whole day stands on the sheet, in the record as FHIR
/// has it, and comes back.
#[test]
fn words_and_part_dates_are_recorded_as_what_they_are() {
    let twice = json!([{ "valueCoding": { "code": "x", "display": "Good" } }, { "valueCoding": { "code": "x", "display": "Very good" } }]);
    let dates = json!([{ "valueDate": "2022" }, { "valueDate": "2022-09" }, { "valueDate": "2022-09-20" }]);
    let items = json!([
        { "linkId": "ref", "text": "Who sent you?", "type": "reference" },
        { "linkId": "twice", "text": "How is it?", "type": "choice", "answerOption": twice },
        { "linkId": "when", "text": "When?", "type": "date", "answerOption": dates },
        { "linkId": "open", "text": "Or when?", "type": "date", "answerConstraint": "optionsOrString", "answerOption": dates },
        { "linkId": "count", "text": "How often?", "type": "integer", "answerConstraint": "optionsOrString",
            "answerOption": [{ "valueInteger": 1 }, { "valueInteger": 2 }] },
        { "linkId": "many", "text": "Which?", "type": "choice", "answerConstraint": "optionsOrString",
            "answerOption": [{ "valueCoding": { "code": "b", "display": "Bus" } }] },
    ]);
    let around = made("given.json", &file_of(items), true).unwrap_or_else(|p| panic!("{p}"));
    assert!(around.lost.is_empty(), "{:?}", around.lost);
    let pack = &around.packs[0];
    let rows = [
        (
            "ref='Dr. Lee;twice=Very%20good;when=2022-09;open=2022;count=2;many=b",
            "2022-09",
            json!([
            { "valueString": "Dr. Lee" }, { "valueString": "Very good" }, { "valueDate": "2022-09" },
            { "valueDate": "2022" }, { "valueInteger": 2 }]),
        ),
        (
            "twice=Good;when=2022-09-20;open='in spring;count='often;many='on foot",
            "in spring",
            json!([
            { "valueString": "Good" }, { "valueDate": "2022-09-20" }, { "valueString": "in spring" },
            { "valueString": "often" }, { "valueString": "on foot" }]),
        ),
    ];
    for (text, printed, want) in rows {
        let answers = answered(text);
        let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
        assert!(sheet.contains(printed), "{printed}:\n{sheet}");
        let made: Json = serde_json::from_str(&bundle(pack, &answers)).unwrap();
        let items = made["entry"][1]["resource"]["item"].as_array().unwrap();
        let values: Vec<Json> = items.iter().map(|i| i["answer"][0].clone()).collect();
        for value in want.as_array().unwrap() {
            assert!(values.contains(value), "{value} is not in {values:?}");
        }
        assert_eq!(record::read(pack, &made.to_string()).unwrap().answers.encode(), answers.encode());
    }
}

/// Conditions that can't be read, or that look at what is not there: refused, and with leave left out and told, so
/// that they hide nothing, alone or among others.
#[test]
fn a_condition_that_is_not_understood_hides_nothing() {
    let rows = [
        json!({ "question": "away", "operator": "=", "answerString": "x" }),
        json!({ "question": "a", "operator": "equal", "answerString": "x" }),
        json!({ "question": "a", "answerString": "x" }),
        json!({ "question": "a", "operator": "=", "answerInteger": "2022-09" }),
        json!({ "question": "a", "operator": "=", "answerDateTime": "2022-09-01T10:00:00Z" }),
        json!({ "question": "a", "operator": "=", "answerReference": { "reference": "Patient/1" } }),
        json!({ "question": "d", "operator": "<", "answerDate": "2022-10-01" }),
        json!({ "question": "r", "operator": "=", "answerString": "x" }),
        json!({ "question": "t", "operator": "=", "answerCoding": { "code": "x" } }),
    ];
    let never = json!({ "question": "a", "operator": "=", "answerString": "never said" });
    let twice = json!([{ "valueCoding": { "code": "x", "display": "Good" } }, { "valueCoding": { "code": "x", "display": "Bad" } }]);
    let mut wrong = Vec::new();
    for row in rows {
        // Alone; with another that is not met, where both must be; and where one is enough.
        let cases = [
            (json!([row]), None, true),
            (json!([row, never]), Some("all"), false),
            (json!([row, never]), Some("any"), true),
            (json!([row, never]), None, true),
        ];
        for (conditions, behavior, asked) in cases {
            let mut last = json!({ "linkId": "b", "text": "B", "type": "string", "enableWhen": conditions });
            if let Some(behavior) = behavior {
                last["enableBehavior"] = behavior.into();
            }
            let json = file_of([
                json!({ "linkId": "a", "text": "A", "type": "string" }),
                json!({ "linkId": "d", "text": "D", "type": "date", "answerOption": [{ "valueDate": "2022-09" }] }),
                json!({ "linkId": "r", "text": "R", "type": "reference" }),
                json!({ "linkId": "t", "text": "T", "type": "choice", "answerOption": twice }),
                last,
            ]);
            let refused = made("given.json", &json, false).is_err();
            let around = made("given.json", &json, true).unwrap_or_else(|p| panic!("{json}: {p}"));
            let told = around.notes.iter().any(|n| n.path.contains("(b)") && n.what.contains("left out"));
            for answers in ["", "a='x;d=2022-09;r='x;t=Good"] {
                let now = EvaluatedForm::new(&around.packs[0].questionnaire, &answered(answers)).asked("b", 0);
                if (refused, told, now) != (true, true, asked) {
                    wrong.push(format!("{row} {behavior:?} “{answers}”: {refused} {told} {now}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// With leave, what can't be asked is a line of text, and is told.
#[test]
fn what_is_allowed_becomes_a_line_of_text() {
    let json = r#"{"resourceType":"Questionnaire","item":[
        {"linkId":"a","text":"Your picture?","type":"attachment"},
        {"linkId":"b","text":"B","type":"string","enableWhen":[{"question":"a","operator":"exists","answerBoolean":true}]},
        {"linkId":"c","text":"C","type":"open-choice","answerValueSet":"http://example.org/far"},
        {"linkId":"d","text":"See there","type":"display","extension":[{"url":"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-subQuestionnaire","valueCanonical":"http://example.org/more"}]}]}"#;
    let around = made("given.json", json, true).unwrap_or_else(|p| panic!("{p}"));
    let q = &around.packs[0].questionnaire;
    assert_eq!(
        (q.item("a").unwrap().kind, q.item("b").unwrap().kind, q.item("c").unwrap().kind),
        (Kind::Display, Kind::String, Kind::OpenChoice)
    );
    assert_eq!(
        around.lost,
        ["a", "d"],
        "a list that is missing leaves own words; another file's questions are not here"
    );
    for link in ["(a)", "(b)", "(c)"] {
        assert!(around.notes.iter().any(|t| t.path.contains(link)), "{link} is not told: {:?}", around.notes);
    }
}

/// The case that hurts most is a file that is taken and asks less than it says. Text before the
/// first question (case 02), also inside a first group, is the first screen; later text stands
/// before its question again when a visitor goes on where they stopped.
#[test]
fn text_before_a_question_is_never_passed_over() {
    let line = |link: &str| json!({ "linkId": link, "text": "Over the last two weeks", "type": "display" });
    let ask = |link: &str| json!({ "linkId": link, "text": "Were you sad?", "type": "boolean" });
    let fixed = json!({ "linkId": "t", "text": "Over", "type": "string", "readOnly": true, "initial": [{ "valueString": "two weeks" }] });
    let group = |items: Json| json!({ "linkId": "g", "text": "G", "type": "group", "item": items });
    let rows = [
        (file_of([line("t"), ask("a")]), "", "t"),
        (file_of([line("s"), line("t"), ask("a")]), "", "s"),
        (file_of([group(json!([line("t"), ask("a")]))]), "", "t"),
        (file_of([fixed, ask("a")]), "", "t"),
        (file_of([ask("a"), line("t"), ask("b")]), "", "a"),
        (file_of([ask("a"), line("t"), ask("b")]), "a=true", "t"),
        (file_of([line("s"), ask("a"), line("t")]), "a=-", ""),
    ];
    for (json, text, first) in rows {
        let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}"));
        let answers = answered(text);
        let form = EvaluatedForm::new(&around.packs[0].questionnaire, &answers);
        let steps = walk::steps(&around.packs[0], &form);
        let next = walk::resume(&form, &steps, &answers).map_or("", |i| steps[i].link());
        assert_eq!(next, first, "{json} with “{text}”");
    }
}

/// A condition must look at something that is answered (case 12): a group and a line of text never
/// are, and what nobody answers is told with what becomes of the condition.
#[test]
fn a_condition_on_what_has_no_answer_is_refused_or_told() {
    let group = json!({ "linkId": "x", "text": "X", "type": "group", "item": [{ "linkId": "y", "text": "Y", "type": "string" }] });
    let line = json!({ "linkId": "x", "text": "X", "type": "display" });
    let hidden = json!({ "linkId": "x", "text": "X", "type": "string",
        "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean": true }] });
    let fixed = json!({ "linkId": "x", "text": "X", "type": "string", "readOnly": true });
    let picture = json!({ "linkId": "x", "text": "X", "type": "attachment" });
    let last = |when: Json| json!({ "linkId": "b", "text": "Last", "type": "string", "enableWhen": [when] });
    let exists = |want: bool| last(json!({ "question": "x", "operator": "exists", "answerBoolean": want }));
    let equals = last(json!({ "question": "x", "operator": "=", "answerString": "w" }));
    let differs = last(json!({ "question": "x", "operator": "!=", "answerString": "w" }));
    // The item that is looked at, the condition, whether it is refused without leave, whether
    // “Last” is asked.
    let rows = [
        (&group, exists(true), true, false),
        (&group, exists(false), true, true),
        (&line, exists(true), true, false),
        (&line, equals.clone(), true, false),
        (&hidden, exists(true), false, false),
        (&hidden, differs, false, true),
        (&fixed, equals, false, false),
        // Whether there is a picture is not known, so nothing is hidden by it.
        (&picture, exists(true), true, true),
    ];
    for (item, last, refused, asked) in rows {
        let json = file_of([item.clone(), json!({ "linkId": "a", "text": "A", "type": "string" }), last]);
        assert_eq!(made("given.json", &json, false).is_err(), refused, "{json}");
        let around = made("given.json", &json, true).unwrap_or_else(|p| panic!("{p}"));
        let met = match asked {
            _ if *item == picture => "left out",
            true => "always met",
            false => "never met",
        };
        assert!(
            around.notes.iter().any(|t| t.path.contains("(b)") && t.what.contains(met)),
            "{json}: {:?}",
            around.notes
        );
        assert_eq!(
            EvaluatedForm::new(&around.packs[0].questionnaire, &Answers::default()).asked("b", 0),
            asked,
            "{json}"
        );
    }
}

/// The file's own language stands on what comes from it and in its records, whatever the interface
/// speaks (case 14).
#[test]
fn a_file_in_another_language_keeps_its_language_and_direction() {
    let item = json!({ "linkId": "a", "type": "text", "text": "كيف حالك اليوم؟ (1-10)" });
    for (language, right_to_left) in
        [("ar", true), ("ur-PK", true), ("fa", true), ("he", true), ("de", false), ("es-MX", false)]
    {
        let json = json!({ "resourceType": "Questionnaire", "language": language, "item": [item] }).to_string();
        let pack = &made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}")).packs[0];
        assert_eq!(
            (pack.questionnaire.lang.as_str(), pack.questionnaire.is_right_to_left()),
            (language, right_to_left)
        );
        let record: Json = serde_json::from_str(&bundle(pack, &answered("a='x"))).unwrap();
        assert_eq!(record["language"], language);
        for entry in record["entry"].as_array().unwrap() {
            assert_eq!(entry["resource"]["language"], language, "{}", entry["resource"]["resourceType"]);
        }
        let narrative = record["entry"][1]["resource"]["text"]["div"].as_str().unwrap();
        assert!(
            narrative.contains(&format!("lang=\"{language}\"")) && narrative.contains("dir=\"rtl\"") == right_to_left,
            "{narrative}"
        );
        let both = sheets(pack, &answered("a='x"));
        let page = html::document(&pack.words, &pack.lang, &both);
        let part = format!(
            "<section class=\"part-answers\" lang=\"{language}\" dir=\"{}\">",
            if right_to_left { "rtl" } else { "ltr" }
        );
        assert!(page.contains(&format!("<article lang=\"{}\"", pack.lang)) && page.contains(&part), "{page}");
        let pdf = pdf::write(&pack.words, &pack.lang, &both, None, pdf::Paper::A4).bytes;
        assert!(String::from_utf8_lossy(&pdf).contains(&format!("/Lang ({language})")), "{language} in the PDF file");
    }
    let plain = json!({ "resourceType": "Questionnaire", "item": [item] }).to_string();
    assert_eq!(
        made("given.json", &plain, false).unwrap().packs[0].questionnaire.lang,
        "en",
        "without a language it is ours"
    );
    assert_eq!((ours().questionnaire.lang.as_str(), spanish().questionnaire.lang.as_str()), ("en", "es"));
    let wrong = json!({ "resourceType": "Questionnaire", "language": "e\"n", "item": [item] }).to_string();
    assert!(made("given.json", &wrong, true).unwrap_err().to_string().contains("no language tag"));
}

/// A repeated group inside a repeated group: each repetition of the outer one has its own of the
/// inner one.
#[test]
fn repeated_groups_stand_inside_one_another() {
    let on = |question: &str| json!([{ "question": question, "operator": "=", "answerString": "w" }]);
    let item = |link: &str| json!({ "linkId": link, "text": link, "type": "string" });
    let when = |link: &str, question: &str| json!({ "linkId": link, "text": link, "type": "string", "enableWhen": on(question) });
    let group = |link: &str, items: Json| json!({ "linkId": link, "text": link, "type": "group", "repeats": true, "item": items });
    let inner = group("ill", json!([item("what"), when("since", "what"), when("of-child", "name")]));
    let json = file_of([group("child", json!([item("name"), inner, when("last", "what")])), when("once", "what")]);
    let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}"));
    assert!(around.notes.iter().any(|t| t.path.contains("(ill)") && t.what.contains("16 times")), "{:?}", around.notes);
    let pack = &around.packs[0];
    let q = &pack.questionnaire;
    // The second child has two illnesses: 1 and 17 are its first and second.
    let text = "child=true;child:1=false;name='w;name:1='v;ill=false;ill:1=true;ill:17=false;what='x;what:1='w;what:17='y;since:1='now;last:1='z";
    let answers = answered(text);
    let form = EvaluatedForm::new(q, &answers);
    let steps: Vec<String> =
        walk::steps(pack, &form).iter().map(|s| format!("{}#{}", s.link(), s.repetition())).collect();
    let want = "name#0 what#0 of-child#0 ill#0 child#0 name#1 what#1 since#1 ill#1 what#17 ill#17 child#1";
    assert_eq!(steps.join(" "), want, "of the second child the last illness counts: last is not asked");
    let answers = answered(&text.replace("what:17='y", "what:17='w"));
    let form = EvaluatedForm::new(q, &answers);
    assert!(form.asked("last", 1) && !form.asked("last", 0) && form.asked("since", 17) && form.asked("once", 0));
    let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
    for part in ["child 1: ill", "child 2: ill"] {
        assert!(sheet.contains(part), "{part}:\n{sheet}");
    }
    let record = bundle(pack, &answers);
    let made: Json = serde_json::from_str(&record).unwrap();
    let items = made["entry"][1]["resource"]["item"].as_array().unwrap();
    assert_eq!(items.iter().filter(|i| i["linkId"] == "child").count(), 2);
    assert_eq!(items[1]["item"].as_array().unwrap().iter().filter(|i| i["linkId"] == "ill").count(), 2);
    assert_eq!(record::read(pack, &record).unwrap().answers, answers);
    // Sixteen of each, and no more.
    let full: Vec<String> = (0..20)
        .map(|at| format!("child:{at}=true"))
        .chain((0..15).map(|n| format!("ill:{}=true", 3 + 16 * n)))
        .collect();
    let answers = answered(&full.join(";").replace("child:0", "child"));
    let form = EvaluatedForm::new(q, &answers);
    assert_eq!(
        (
            form.repetitions_in("child", 0).len(),
            form.repetitions_in("ill", 3).len(),
            form.repetitions_in("ill", 4).len()
        ),
        (16, 16, 1)
    );
    assert!(
        form.may_repeat("child", 14)
            && !form.may_repeat("child", 15)
            && form.may_repeat("ill", 3)
            && !form.may_repeat("ill", 3 + 15 * 16)
    );
}

/// What gives a number its meaning reaches the item in each way that FHIR has for it (case 01).
#[test]
fn a_unit_is_known_while_its_number_is_asked() {
    let extension = |name: &str, code: &str, display: &str| {
        json!({ "url": format!("http://hl7.org/fhir/StructureDefinition/{name}"),
            "valueCoding": { "system": "http://unitsofmeasure.org", "code": code, "display": display } })
    };
    let item = |kind: &str, more: Json| {
        let mut item = json!({ "linkId": "a", "text": "A", "type": kind });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item
    };
    let (kg, lb) =
        (extension("questionnaire-unitOption", "kg", "kg"), extension("questionnaire-unitOption", "[lb_av]", "lb"));
    let child = json!([{ "linkId": "u", "type": "display", "text": "cm", "extension": [{
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl", "valueCodeableConcept": { "coding": [{ "code": "unit" }] } }] }]);
    let initial =
        json!([{ "valueQuantity": { "unit": "mmol/l", "system": "http://unitsofmeasure.org", "code": "mmol/L" } }]);
    // What stands behind the field, and the units to choose from.
    let rows = [
        (
            item("decimal", json!({ "extension": [extension("questionnaire-unit", "kg", "kilograms")] })),
            "kilograms",
            "",
        ),
        (item("decimal", json!({ "extension": [extension("questionnaire-unit", "kg", "")] })), "kg", ""),
        (item("integer", json!({ "item": child })), "cm", ""),
        (item("integer", json!({ "extension": [kg] })), "kg", ""),
        (item("quantity", json!({ "extension": [kg] })), "kg", "kg"),
        (
            item("quantity", json!({ "extension": [extension("questionnaire-unit", "kg", "kilograms")] })),
            "kilograms",
            "kg",
        ),
        (item("quantity", json!({ "extension": [kg, lb, kg] })), "", "kg [lb_av]"),
        (item("quantity", json!({ "item": child })), "cm", "cm"),
        (item("quantity", json!({ "initial": initial })), "mmol/l", "mmol/L"),
        (item("quantity", json!({})), "", ""),
    ];
    for (item, unit, units) in rows {
        let json = file_of([item]);
        let around = made("given.json", &json, false).unwrap_or_else(|p| panic!("{p}"));
        let item = around.packs[0].questionnaire.item("a").unwrap();
        let codes: Vec<&str> = item.units.iter().map(|u| u.code.as_str()).collect();
        assert_eq!((item.unit.as_str(), codes.join(" ").as_str()), (unit, units), "{json}");
        assert_eq!(
            around.notes.iter().any(|t| t.what.contains("names no unit")),
            unit.is_empty() && units.is_empty(),
            "{json}"
        );
    }
}

/// Answers to `typed.json`: on the sheet, in the record, and which of the items whose name starts
/// with `w-` are asked.
const TYPED: &[(&str, &str, &str, &str)] = &[
    ("hour='18%3A30", "18:30", r#"{"valueTime":"18:30:00"}"#, "w-hour"),
    ("hour='18%3A29%3A59", "18:29:59", r#"{"valueTime":"18:29:59"}"#, ""),
    ("hour='25%3A00", "25:00 (as typed, not what was asked for)", "", ""),
    ("hour='6%3A30", "6:30 (as typed, not what was asked for)", "", ""),
    ("moment='2026-01-31T18%3A30", "2026-01-31 18:30", r#"{"valueDateTime":"2026-01-31T18:30:00+01:00"}"#, "w-moment"),
    ("moment='2026-01-31", "2026-01-31", r#"{"valueDateTime":"2026-01-31"}"#, "w-moment"),
    ("moment='2026-01-31T", "2026-01-31T (as typed, not what was asked for)", "", ""),
    ("page='https%3A%2F%2Fexample.org", "https://example.org", r#"{"valueUri":"https://example.org"}"#, ""),
    ("page='two%20words", "two words (as typed, not what was asked for)", "", ""),
    (
        "height=#181*cm",
        "181 cm",
        r#"{"valueQuantity":{"value":181,"unit":"cm","system":"http://unitsofmeasure.org","code":"cm"}}"#,
        "w-height",
    ),
    (
        "height=#180*cm",
        "180 cm",
        r#"{"valueQuantity":{"value":180,"unit":"cm","system":"http://unitsofmeasure.org","code":"cm"}}"#,
        "",
    ),
    ("height=#251*cm", "251 cm (as typed, not what was asked for)", "", ""),
    (
        "weight=#154.5*%5Blb_av%5D",
        "154.5 pounds",
        r#"{"valueQuantity":{"value":154.5,"unit":"pounds","system":"http://unitsofmeasure.org","code":"[lb_av]"}}"#,
        "",
    ),
    ("weight=#11*stone", "11 stone", r#"{"valueQuantity":{"value":11,"unit":"stone"}}"#, ""),
    ("weight=#70*", "70 (as typed, not what was asked for)", "", ""),
    ("weight='seventy", "seventy (as typed, not what was asked for)", "", ""),
    ("count=#3*", "3", r#"{"valueQuantity":{"value":3}}"#, ""),
];

#[test]
fn times_quantities_and_addresses_are_printed_recorded_and_compared() {
    let pack = &fixture("typed").packs[0];
    for (text, printed, recorded, asked) in TYPED {
        let answers = answered(text);
        assert_eq!(answers.encode(), format!("cr1;{text}"), "the text form comes back");
        let link = text.split('=').next().unwrap();
        let sheet = text_of(&sheets(pack, &answers).clinician.unwrap());
        let line = sheet.lines().find(|l| l.contains(&format!("Item {link}"))).unwrap_or_default();
        assert_eq!(
            line.trim_start_matches(&format!("Item {link}: ")).trim_matches(['“', '”']),
            *printed,
            "{text}\n{sheet}"
        );
        assert_eq!(asked_of(&pack.questionnaire, &answers), *asked, "{text}");
        let record = bundle(pack, &answers);
        let made: Json = serde_json::from_str(&record).unwrap();
        let items = made["entry"][1]["resource"]["item"].as_array().cloned().unwrap_or_default();
        let answer = items.iter().find(|i| i["linkId"] == *link).map(|i| i["answer"][0].clone());
        assert_eq!(answer, (!recorded.is_empty()).then(|| serde_json::from_str(recorded).unwrap()), "{text}");
        let back = record::read(pack, &record).unwrap().answers;
        assert_eq!(back.encode(), answers.encode(), "{text}");
    }
}

/// Content of ours could ask for a quantity or a time: the code on paper holds both, with the unit
/// by its number.
#[test]
fn a_code_on_paper_holds_times_and_quantities() {
    let mut pack = fixture("typed").packs[0].clone();
    pack.version = "1".into();
    pack.numbers.questions = ["hour", "moment", "height", "weight", "count", "page"].map(String::from).into();
    pack.numbers.answers = ["yes", "kg", "[lb_av]", "cm"].map(String::from).into();
    let rows = [
        ("count=#3*;height=#181.5*cm;hour='18%3A30;moment='2026-01-31T18%3A30%3A15;weight=#154*%5Blb_av%5D", true),
        ("moment='2026-01-31", true),
        ("weight=#70*kg", true),
        // A unit that no list names can't be told from another one.
        ("weight=#11*stone", false),
    ];
    for (text, whole) in rows {
        let code = export::code::text(&pack, &answered(text), false, "2026-11-22");
        let back = export::code::read(&pack, &code).unwrap_or_else(|p| panic!("{text}: {p:?}"));
        assert_eq!(
            (back.answers.encode() == format!("cr1;{text}"), back.unknown.is_empty()),
            (whole, whole),
            "{text}: {}",
            back.answers.encode()
        );
    }
}

/// Any answer that the question can have; now and then none.
fn say(item: &Item, random: &mut Random) -> Answer {
    if random.percent(15) {
        return Answer::Skipped;
    }
    match item.kind {
        // One repetition in three is followed by another.
        Kind::Group | Kind::Page => Answer::code(if random.percent(33) { "true" } else { "false" }),
        _ if item.options.is_empty() => {
            let mut value = || match item.kind {
                Kind::Integer | Kind::Decimal => Value::Number(
                    (random.below(150) as f64).max(item.min.unwrap_or(f64::MIN)).min(item.max.unwrap_or(f64::MAX)),
                ),
                Kind::Quantity => Value::Quantity(
                    (random.below(150) as f64).min(item.max.unwrap_or(f64::MAX)),
                    item.units
                        .get(random.below(item.units.len().max(1) as u64) as usize)
                        .map(|u| u.code.clone())
                        .unwrap_or_default(),
                ),
                Kind::Date => Value::Text(format!("20{:02}-01-02", random.below(40))),
                Kind::Time => Value::Text(["00:00", "18:30", "23:59:59"][random.below(3) as usize].into()),
                Kind::DateTime => Value::Text(
                    ["2026-01-31", "2026-01-31T18:30", "2026-01-31T18:30:15"][random.below(3) as usize].into(),
                ),
                Kind::Url => Value::Text("https://example.org/a?b=c".into()),
                _ => Value::Text(["x", "12", "Own words"][random.below(3) as usize].into()),
            };
            let first = value();
            Answer::Given(std::iter::once(first).chain((0..2 * usize::from(item.repeats)).map(|_| value())).collect())
        }
        _ => {
            let mut answer = None;
            for _ in 0..1 + random.below(3) {
                let option = &item.options[random.below(item.options.len() as u64) as usize];
                answer = Some(answer_edit::choose(item, answer.as_ref(), option, true));
            }
            answer.unwrap()
        }
    }
}

/// Walks to the end, screen by screen as a visitor does, and makes all that can be taken along.
fn walked(name: &str, pack: &Pack, seed: u64) -> Answers {
    let mut random = Random::new(seed);
    let mut answers = Answers::default();
    for round in 0.. {
        assert!(round < 5_000, "{name}, seed {seed}: the walk does not end");
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let steps = walk::steps(pack, &form);
        let Some(next) = walk::resume(&form, &steps, &answers) else { break };
        // Lines of text stand before the step that is open.
        let open = steps[next..].iter().find(|s| !s.keys(&form).is_empty()).unwrap();
        let keys: Vec<Key> = open.keys(&form).into_iter().filter(|k| answers.get(k).is_none()).collect();
        assert!(!keys.is_empty(), "{name}, seed {seed}: {open:?} can't be left");
        for key in keys {
            let item = pack.questionnaire.item(&key.link).unwrap();
            // Few repetitions, also of a group inside another.
            let enough =
                item.is_group() && (repetition::outer(key.repetition) > 3 || repetition::inner(key.repetition) > 2);
            let answer = if enough { Answer::code("false") } else { say(item, &mut random) };
            answers.set(key, answer);
        }
    }
    let both = sheets(pack, &answers);
    assert!(!both.clinician.as_ref().map(text_of).unwrap().is_empty(), "{name}");
    let _: Json = serde_json::from_str(&bundle(pack, &answers)).unwrap();
    answers
}

fn bundle(pack: &Pack, answers: &Answers) -> String {
    let settings = Settings::default();
    let context =
        Context { date: "22 November 2026", region: pack.region("").unwrap(), settings: &settings, leave_out: false };
    record::bundle(
        pack,
        answers,
        context,
        Moment { authored: "2026-11-22T18:00:00+01:00", made: "2026-11-22T18:00:00+01:00" },
    )
}

/// Writes records of random walks into the folder that CONSULT_READY_RECORDS names, for the
/// programs of others in `tests/oracles/`. Without it there is nothing to do.
#[test]
fn records_for_the_oracles() {
    let Some(folder) = std::env::var_os("CONSULT_READY_RECORDS").map(PathBuf::from) else { return };
    for name in FIXTURES {
        for (pack, seed) in fixture(name).packs.iter().flat_map(|p| [1, 2].map(|seed| (p, seed))) {
            let made = bundle(pack, &walked(name, pack, seed));
            // LHC-Forms takes no answer but a coding to a choice, and refuses questionnaire-unit on
            // a quantity, which R4 has for numbers alone and which we read; what it can take, it
            // must keep.
            let taken = |i: &&Item| {
                i.options.iter().all(|o| o.form == Form::Coding) && (i.kind != Kind::Quantity || i.units.is_empty())
            };
            let kept = pack.questionnaire.all().iter().all(taken);
            let end = if kept { "-false" } else { "" };
            std::fs::write(folder.join(format!("others-{name}-{}-{seed}{end}.json", pack.lang)), made).unwrap();
        }
    }
}

#[test]
fn small_ones_are_walked_to_the_end() {
    for name in FIXTURES {
        for pack in fixture(name).packs {
            for seed in 0..50 {
                let answers = walked(name, &pack, seed);
                // Every answer that is asked for stands on the clinician's sheet.
                let sheet = text_of(&sheets(&pack, &answers).clinician.unwrap());
                let form = EvaluatedForm::new(&pack.questionnaire, &answers);
                // The record comes back to the same answers, all that are asked and no other.
                let back = record::read(&pack, &bundle(&pack, &answers))
                    .unwrap_or_else(|p| panic!("{name}, seed {seed}: {p:?}"))
                    .answers;
                let counts = |key: &Key| {
                    let group = form.item(&key.link).unwrap().is_group();
                    form.asked(
                        &key.link,
                        if group { form.outer_repetition(&key.link, key.repetition) } else { key.repetition },
                    )
                };
                let mut want = Answers::default();
                answers.iter().filter(|(k, _)| counts(k)).for_each(|(k, a)| want.set(k.clone(), a.clone()));
                assert_eq!(back.encode(), want.encode(), "{name}, seed {seed}");
                for (key, answer) in answers.iter().filter(|(k, _)| form.asked(&k.link, k.repetition)) {
                    let item = form.item(&key.link).unwrap();
                    if item.is_question() && !answer.values().is_empty() {
                        assert!(
                            sheet.contains(&summary::display_answer(&pack.words, item, Some(answer))),
                            "{name}, seed {seed}: {} is not printed\n{sheet}",
                            key.link
                        );
                    }
                }
            }
        }
    }
}

/// Public questionnaires: a folder named in CONSULT_READY_CORPUS, or one beside the project.
fn corpus() -> Vec<PathBuf> {
    let folder =
        std::env::var_os("CONSULT_READY_CORPUS").map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!(
            "skipped: there are no public questionnaires in {}; name a folder in CONSULT_READY_CORPUS",
            folder.display()
        );
        return Vec::new();
    };
    let mut files: Vec<PathBuf> =
        entries.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    files
}

#[test]
fn public_ones_are_walked_to_the_end_or_refused_by_path_and_reason() {
    let mut taken = [0, 0];
    let mut whole = 0;
    let mut reasons: [BTreeMap<String, usize>; 2] = Default::default();
    let files = corpus();
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy();
        let json = std::fs::read_to_string(file).unwrap();
        for allow in [false, true] {
            match made(&name, &json, allow) {
                Ok(around) => {
                    taken[usize::from(allow)] += 1;
                    assert!(
                        allow || around.lost.is_empty(),
                        "{name}: {:?} can't be answered, and nothing was allowed",
                        around.lost
                    );
                    whole += usize::from(allow && around.lost.is_empty());
                    for pack in &around.packs {
                        (0..5).for_each(|seed| drop(walked(&name, pack, seed)));
                    }
                }
                Err(problems) => {
                    assert!(
                        problems
                            .0
                            .iter()
                            .all(|p| p.file == name && !p.path.is_empty() && !p.what.is_empty() && !p.cure.is_empty()),
                        "{problems}"
                    );
                    // What is named in quotation marks differs from file to file.
                    let general = |p: &content::Problem| {
                        p.what.split('“').map(|s| s.split_once('”').map_or(s, |(_, rest)| rest)).collect::<String>()
                    };
                    for reason in problems.0.iter().map(general).collect::<BTreeSet<_>>() {
                        *reasons[usize::from(allow)].entry(reason).or_default() += 1;
                    }
                }
            }
        }
    }
    eprintln!(
        "of {} public questionnaires {} are taken as they are, {} with --allow-unsupported; of these every question of {whole} can be answered",
        files.len(),
        taken[0],
        taken[1]
    );
    for (title, reasons) in ["refused, by files", "refused with --allow-unsupported, by files"].iter().zip(&reasons) {
        let lines: Vec<String> = reasons.iter().map(|(reason, files)| format!("{files:5} {reason}")).collect();
        eprintln!("{title}:\n{}", lines.join("\n"));
    }
    assert!(taken[1] >= taken[0]);
}

/// An answer as FHIR writes it.
fn fhir_value(item: &Item, value: &Value) -> Json {
    match value {
        Value::Code(code) if item.kind == Kind::Boolean => json!({ "valueBoolean": code == "true" }),
        Value::Code(code) => {
            let option = item.option(code).unwrap();
            match option.form {
                Form::Coding if option.system.is_empty() => {
                    json!({ "valueCoding": { "code": code, "display": option.text } })
                }
                Form::Coding => {
                    json!({ "valueCoding": { "system": option.system, "code": code, "display": option.text } })
                }
                Form::String => json!({ "valueString": code }),
                Form::Integer => json!({ "valueInteger": code.parse::<i64>().unwrap() }),
                Form::Date => json!({ "valueDate": code }),
                Form::Time => json!({ "valueTime": code }),
            }
        }
        Value::Text(day) if item.kind == Kind::Date => json!({ "valueDate": day }),
        Value::Text(time) if item.kind == Kind::Time => {
            json!({ "valueTime": if time.len() == 5 { format!("{time}:00") } else { time.clone() } })
        }
        Value::Text(moment) if item.kind == Kind::DateTime => {
            let seconds = if moment.len() == "2026-01-31T18:30".len() { ":00" } else { "" };
            json!({ "valueDateTime": if moment.contains('T') { format!("{moment}{seconds}+01:00") } else { moment.clone() } })
        }
        Value::Text(address) if item.kind == Kind::Url => json!({ "valueUri": address }),
        Value::Quantity(n, unit) => match item.unit_named(unit) {
            Some(unit) if unit.system.is_empty() => json!({ "valueQuantity": { "value": n, "unit": unit.label() } }),
            Some(unit) => {
                json!({ "valueQuantity": { "value": n, "unit": unit.label(), "system": unit.system, "code": unit.code } })
            }
            None => json!({ "valueQuantity": { "value": n } }),
        },
        Value::Text(words) => json!({ "valueString": words }),
        Value::Number(n) if item.kind == Kind::Integer => json!({ "valueInteger": *n as i64 }),
        Value::Number(n) => json!({ "valueDecimal": n }),
    }
}

/// All answers, also those to questions that are not asked, as the items of a
/// QuestionnaireResponse.
fn all_answers(items: &[Item], answers: &Answers, at: u8) -> Vec<Json> {
    let mut out = Vec::new();
    // A line of text has no place among answers.
    for item in items.iter().filter(|i| i.kind != Kind::Display) {
        let mut repetitions = at..at + 1;
        while item.is_group()
            && item.repeats
            && answers.get(&Key::new(&item.link_id, repetitions.end - 1)).is_some_and(|a| a.has("true"))
        {
            repetitions.end += 1;
        }
        for at in repetitions {
            let below = all_answers(&item.items, answers, at);
            let values = answers
                .get(&Key::new(&item.link_id, at))
                .filter(|_| item.is_question())
                .map_or(&[][..], Answer::values);
            let mut given: Vec<Json> = values.iter().map(|v| fhir_value(item, v)).collect();
            let mut made = json!({ "linkId": item.link_id, "text": item.text });
            match given.first_mut() {
                Some(first) if !below.is_empty() => first["item"] = below.into(),
                None if !below.is_empty() => made["item"] = below.into(),
                _ => {}
            }
            if !given.is_empty() {
                made["answer"] = given.into();
            }
            out.push(made);
        }
    }
    out
}

/// Writes questionnaires with random answers, and which items we ask with them, into the folder
/// that CONSULT_READY_CASES names, for `tests/oracles/asked.mjs`. Without it there is nothing to
/// do.
#[test]
fn cases_for_the_oracles() {
    let Some(folder) = std::env::var_os("CONSULT_READY_CASES").map(PathBuf::from) else { return };
    let own =
        FIXTURES.iter().map(|name| (format!("{name}.json"), fixture_file(&format!("questionnaires/{name}.json"))));
    let public = corpus()
        .into_iter()
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(p).unwrap()));
    for (name, text) in own.chain(public) {
        let Ok(around) = made(&name, &text, false) else { continue };
        let q = &around.packs[0].questionnaire;
        let all = q.all();
        let repeats = |i: &&&Item| i.is_group() && i.repeats;
        if all.iter().filter(repeats).any(|outer| all.iter().filter(repeats).any(|inner| holds(outer, &inner.link_id)))
        {
            // These programs name a repetition by one number alone.
            continue;
        }
        let sets: Vec<Json> = (0..20)
            .map(|seed| {
                let mut random = Random::new(seed);
                let mut answers = Answers::default();
                for item in all.iter().filter(|i| i.is_group() && i.repeats) {
                    (0..random.below(3) as u8).for_each(|at| answers.set(Key::new(&item.link_id, at), Answer::code("true")));
                }
                for item in all.iter().filter(|i| i.is_question() && !i.hidden) {
                    (0..3).for_each(|at| answers.set(Key::new(&item.link_id, at), say(item, &mut random)));
                }
                let form = EvaluatedForm::new(q, &answers);
                let in_hidden = |link: &str| all.iter().any(|i| i.hidden && (i.link_id == link || holds(i, link)));
                let seen = all.iter().filter(|i| !in_hidden(&i.link_id));
                let asked: Vec<Json> = seen
                    .flat_map(|i| (0..form.repetitions(&i.link_id)).map(|at| json!([format!("{}#{at}", i.link_id), form.asked(&i.link_id, at)])))
                    .collect();
                json!({
                    "answers": answers.encode(),
                    "asked": asked,
                    "response": { "resourceType": "QuestionnaireResponse", "status": "completed", "item": all_answers(&q.items, &answers, 0) },
                })
            })
            .collect();
        let questionnaire: Json = serde_json::from_str(&text).unwrap();
        // Which of FHIR's versions it is to be read as.
        let version = match around.notes.iter().any(|n| n.what.contains("STU3")) {
            true => "STU3",
            false if text.contains("\"answerConstraint\"") => "R5",
            false => "R4",
        };
        let case = json!({ "questionnaire": questionnaire, "version": version, "sets": sets });
        std::fs::write(folder.join(&name), case.to_string()).unwrap();
    }
}

fn holds(item: &Item, link: &str) -> bool {
    item.items.iter().any(|i| i.link_id == link || holds(i, link))
}

/// Takes away, doubles, or replaces one node somewhere in the file.
fn broken(value: &mut Json, random: &mut Random) {
    let deeper = random.percent(80);
    match value {
        Json::Array(list) if deeper && !list.is_empty() => {
            let at = random.below(list.len() as u64) as usize;
            match random.below(8) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                _ => broken(&mut list[at], random),
            }
        }
        Json::Object(map) if deeper && !map.is_empty() => {
            let key = map.keys().nth(random.below(map.len() as u64) as usize).unwrap().clone();
            if random.percent(15) {
                map.remove(&key);
            } else {
                broken(map.get_mut(&key).unwrap(), random);
            }
        }
        value => {
            let others = [
                "null",
                "[]",
                "{}",
                "-1",
                "1e300",
                "\"\"",
                "\"x\"",
                "true",
                "[null]",
                "[{}]",
                "{\"url\":7}",
                "99999999999999999999",
            ];
            *value = serde_json::from_str(others[random.below(others.len() as u64) as usize]).unwrap();
        }
    }
}

/// Gives one object somewhere another shape: another type of item, a value of another kind, a
/// condition on another item, a name that is taken, itself once more inside itself, or a text that
/// has no end.
fn reshaped(value: &mut Json, random: &mut Random) {
    fn objects(value: &Json, at: &str, out: &mut Vec<String>) {
        match value {
            Json::Array(list) => list.iter().enumerate().for_each(|(i, v)| objects(v, &format!("{at}/{i}"), out)),
            Json::Object(map) => {
                out.push(at.into());
                map.iter()
                    .for_each(|(k, v)| objects(v, &format!("{at}/{}", k.replace('~', "~0").replace('/', "~1")), out));
            }
            _ => {}
        }
    }
    let mut places = Vec::new();
    objects(value, "", &mut places);
    let links: Vec<Json> = places.iter().filter_map(|p| value.pointer(p)?.get("linkId").cloned()).collect();
    if places.is_empty() {
        return;
    }
    let place = &places[random.below(places.len() as u64) as usize];
    let Some(map) = value.pointer_mut(place).and_then(Json::as_object_mut) else { return };

    const KINDS: &[&str] = &[
        "Coding",
        "String",
        "Integer",
        "Decimal",
        "Boolean",
        "Date",
        "Time",
        "Reference",
        "Quantity",
        "CodeableConcept",
    ];
    const TYPES: &[&str] = &[
        "url",
        "group",
        "display",
        "boolean",
        "choice",
        "open-choice",
        "integer",
        "decimal",
        "string",
        "text",
        "date",
        "time",
        "dateTime",
        "quantity",
        "coding",
        "question",
        "reference",
        "Group",
    ];
    let valued = map
        .keys()
        .find(|k| {
            k.starts_with("value") || k.starts_with("answer") && !k.starts_with("answerO") && !k.starts_with("answerV")
        })
        .cloned();
    if let Some(key) = valued {
        let head = if key.starts_with("value") { "value" } else { "answer" };
        let old = map.remove(&key).unwrap();
        map.insert(format!("{head}{}", KINDS[random.below(KINDS.len() as u64) as usize]), old);
    } else if map.contains_key("question") && !links.is_empty() {
        map.insert("question".into(), links[random.below(links.len() as u64) as usize].clone());
    } else if map.contains_key("linkId") && !links.is_empty() {
        match random.below(5) {
            0 => map.insert("linkId".into(), links[random.below(links.len() as u64) as usize].clone()),
            1 => map.insert("text".into(), "long ".repeat(5_000).into()),
            2 => map.insert("repeats".into(), true.into()),
            3 => {
                let mut inner = Json::Object(map.clone());
                inner["linkId"] = format!("inner-{}", random.below(1_000)).into();
                map.insert("item".into(), json!([inner]))
            }
            _ => map.insert("type".into(), TYPES[random.below(TYPES.len() as u64) as usize].into()),
        };
    }
}

#[test]
fn a_broken_file_is_refused_by_path_or_walked() {
    let mut files: Vec<(String, String)> =
        FIXTURES.iter().map(|n| (n.to_string(), fixture_file(&format!("questionnaires/{n}.json")))).collect();
    let public = corpus().into_iter().filter(|p| p.metadata().unwrap().len() < 10_000);
    files.extend(public.map(|p| (p.display().to_string(), std::fs::read_to_string(&p).unwrap())));
    let (mut taken, mut refused) = (0, 0);
    for seed in 0..if cfg!(debug_assertions) { 3_000 } else { 30_000_u64 } {
        let mut random = Random::new(seed);
        let (name, json) = &files[random.below(files.len() as u64) as usize];
        let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
        for _ in 0..1 + random.below(3) {
            match random.below(2) {
                0 => broken(&mut value, &mut random),
                _ => reshaped(&mut value, &mut random),
            }
        }
        match made("broken.json", &value.to_string(), seed.is_multiple_of(2)) {
            Ok(around) => {
                taken += 1;
                around.packs.iter().for_each(|p| drop(walked(&format!("{name}, broken by seed {seed}"), p, seed)));
            }
            Err(problems) => {
                refused += 1;
                let named = |p: &content::Problem| {
                    p.file == "broken.json" && !p.path.is_empty() && !p.what.is_empty() && !p.cure.is_empty()
                };
                assert!(!problems.is_empty() && problems.0.iter().all(named), "{name}, seed {seed}: {problems}");
            }
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} taken, {refused} refused");
}

/// A value set that names another by nothing, while it has no address itself, is no list (found by
/// random changes: it went round for ever).
#[test]
fn a_value_set_that_names_nothing_comes_to_an_end() {
    for named in [json!(""), json!("|1"), json!(7), json!("#s")] {
        let set = json!({ "resourceType": "ValueSet", "id": "s", "compose": { "include": [{ "valueSet": [named] }] } });
        let item = json!({ "linkId": "q", "text": "Which?", "type": "choice", "answerValueSet": "#s" });
        let file = json!({ "resourceType": "Questionnaire", "status": "active", "title": "T", "contained": [set], "item": [item] });
        for allow in [false, true] {
            let made = made("set.json", &file.to_string(), allow);
            assert!(allow || made.is_err(), "{named}");
        }
    }
}

/// Whatever is given as a questionnaire is refused by place and cure, or walked to the end.
#[test]
fn fuzz_the_questionnaire_reader() {
    let good: Vec<String> = FIXTURES.iter().map(|name| fixture_file(&format!("questionnaires/{name}.json"))).collect();
    common::fuzz::fuzz("questionnaire", &good, |json| {
        for allow in [false, true] {
            match made("fuzz.json", json, allow) {
                Ok(around) => around.packs.iter().for_each(|pack| drop(walked("fuzz.json", pack, 7))),
                Err(problems) => {
                    let named = |p: &content::Problem| {
                        p.file == "fuzz.json" && !p.path.is_empty() && !p.what.is_empty() && !p.cure.is_empty()
                    };
                    prop_assert!(!problems.is_empty() && problems.0.iter().all(named), "{}", problems);
                }
            }
        }
        Ok(())
    });
}
