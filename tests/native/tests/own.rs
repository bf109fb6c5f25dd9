//! A clinic's own questions: what can be asked and what is refused, where the answers stand, and
//! where they never do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{part_text, root, text_of};
use engine::answers::{Answer, Answers, Key, Value};
use engine::form::EvaluatedForm;
use engine::pack::{BadSetting, Kind, Known, OWN_MOST, OWN_STAGE, OwnQuestion, Pack, Settings, read_own, write_own};
use engine::summary::{self, Context, Sheets};
use engine::walk::{self, Length};
use engine::{findings, refused, scores};
use export::read_error::ReadErrorKind;
use export::record::{self, Moment};
use export::{code, text};
use serde_json::Value as Json;

/// One of each kind, in both languages.
const ASKED: &str = "one: [en] How did you hear of us? [es] ¿Cómo supo de nosotros?
- [en] From a friend [es] Por una amistad
- [en] On the web [es] En internet
several: [en] Which days suit you? [es] ¿Qué días le convienen?
- [en] Monday [es] Lunes
- [en] Friday [es] Viernes
yes-no: [en] Do you need parking? [es] ¿Necesita estacionamiento?
number: [en] How far is it to us? [es] ¿Qué tan lejos le queda?
= [en] miles [es] millas
text: [en] What should we call you? [es] ¿Cómo quiere que le digamos?";

fn read_in(questions: &str, languages: &str) -> (Settings, Vec<BadSetting>) {
    let get = |name: &str| match name {
        "questions" => Some(questions.to_string()),
        "languages" => Some(languages.to_string()),
        _ => None,
    };
    let refuses = |text: &str| refused::quoted([common::pack(), common::spanish()], text);
    Settings::read(&get, &["questions".into()], &Known::of(common::pack(), &["en", "es"], &refuses))
}

fn settings(questions: &str) -> Settings {
    let (mut settings, bad) = read_in(questions, "");
    assert_eq!(bad, [], "{questions}");
    settings.clinic = "The Pressed Clinic".into();
    settings
}

fn with_own(pack: &Pack, questions: &str) -> Pack {
    let mut pack = pack.clone();
    pack.add_own_questions(&settings(questions).questions);
    pack
}

fn links(pack: &Pack) -> Vec<String> {
    pack.own_stage().unwrap().items.iter().map(|item| item.link_id.clone()).collect()
}

/// An adult's answers, of which the own ones are: the second, two, yes, 12 and a name.
fn answered(pack: &Pack) -> Answers {
    let mut answers = common::fixture("everything-yes");
    let own = [
        Answer::code("a2"),
        Answer::Given(vec![Value::code("a1"), Value::code("a2")]),
        Answer::code("yes"),
        Answer::Given(vec![Value::Number(12.0)]),
        Answer::Given(vec![Value::Text("Ana <b>".into())]),
    ];
    links(pack).iter().zip(own).for_each(|(link, answer)| answers.set(Key::first(link), answer));
    answers
}

fn sheets(pack: &Pack, answers: &Answers) -> Sheets {
    let settings = settings(ASKED);
    let region = pack.region("us").unwrap();
    summary::sheets(pack, answers, Context { date: "22 November 2026", region, settings: &settings, leave_out: false })
}

fn recorded(pack: &Pack, answers: &Answers) -> String {
    let settings = settings(ASKED);
    let context =
        Context { date: "22 November 2026", region: pack.region("us").unwrap(), settings: &settings, leave_out: false };
    let moment = "2026-11-22T18:00:00+01:00";
    record::bundle(pack, answers, context, Moment { authored: moment, made: moment })
}

fn resources<'a>(bundle: &'a Json, kind: &str) -> Vec<&'a Json> {
    bundle["entry"].as_array().unwrap().iter().map(|e| &e["resource"]).filter(|r| r["resourceType"] == kind).collect()
}

#[test]
fn what_is_read_is_written_again() {
    let questions = read_own(ASKED).unwrap();
    assert_eq!(questions.len(), 5);
    assert_eq!(write_own(&questions), ASKED);
    assert_eq!(write_own(&read_own("\n  yes-no :[en]A?\r\n\n").unwrap()), "yes-no: [en] A?");
    let brackets = OwnQuestion { text: read_own("text: [en] A").unwrap()[0].text.clone(), ..OwnQuestion::default() };
    let mut odd = brackets;
    odd.text.set("en", "A [es] B\nC");
    assert_eq!(write_own(&[odd]), "one: [en] A (es) B C");
    // Whichever language comes first, it is the same question.
    let swapped = "yes-no: [es] ¿Necesita estacionamiento? [en] Do you need parking?";
    assert!(ASKED.contains(&write_own(&read_own(swapped).unwrap())));
    assert_eq!(links(&with_own(common::pack(), swapped))[0], links(&with_own(common::pack(), ASKED))[2]);
    assert_eq!(read_in(ASKED, "").0.questions, ASKED);
    assert_eq!(read_in("", "").1, []);
}

/// What is wrong, where, and a word of what to write instead.
#[test]
fn what_can_not_be_asked_is_named_by_its_place() {
    let both = |text: &str| format!("text: [en] {text} [es] Algo");
    let rows: &[(&str, &str, &str)] = &[
        // The form.
        ("How old are you?", "the questions", "line 1"),
        ("yes-no: Do you need parking?", "the questions", "line 1"),
        ("yes-no: [en] A? [es] B?\nmaybe: [en] A? [es] B?", "the questions", "line 2"),
        ("- [en] A [es] B", "the questions", "line 1"),
        ("text: [en] A [en] B", "the questions", "line 1"),
        ("text: [e\"n] A", "the questions", "line 1"),
        ("text: [en A", "the questions", "line 1"),
        ("{\"questions\":[]}", "the questions", "line 1"),
        ("<script>alert(1)</script>", "the questions", "line 1"),
        // The languages.
        ("yes-no: [en] Do you need parking?", "question 1", "[es] is missing"),
        ("yes-no: [es] ¿Necesita estacionamiento?", "question 1", "[en] is missing"),
        ("one: [en] A? [es] B?\n- [en] C [es] D\n- [en] E", "question 1, answer 2", "[es] is missing"),
        ("number: [en] A? [es] B?\n= [en] miles", "question 1, its unit", "[es] is missing"),
        // The answers.
        ("one: [en] A? [es] B?\n- [en] C [es] D", "question 1", "2 to 12"),
        ("several: [en] A? [es] B?", "question 1", "2 to 12"),
        ("yes-no: [en] A? [es] B?\n- [en] C [es] D\n- [en] E [es] F", "question 1", "2 to 12"),
        ("text: [en] A? [es] B?\n= [en] C [es] D", "question 1, its unit", "for a number alone"),
        ("text: [en] A? [es] B?\ntext: [en] A? [es] B?", "question 2", "another question"),
        // What no text of a clinic says here.
        (&both("Do you want a proven treatment?"), "question 1", "without “proven”"),
        (&both("Are you a candidate?"), "question 1", "without “candidate”"),
        (&both("Have you thought about suicide?"), "question 1", "without “suicide”"),
        (&both("Do you ever want to hurt yourself?"), "question 1", "without “hurt yourself”"),
        (&both("Will you call 911?"), "question 1", "without “911”"),
        (&both("Is this a crisis?"), "question 1", "without “crisis”"),
        (&both("Did you stop taking your tablets?"), "question 1", "without “stop taking”"),
        ("text: [en] Something [es] ¿Ha pensado en quitarse la vida?", "question 1", "without “quitarse la vida”"),
        ("text: [en] Something [es] ¿Quiere curarse?", "question 1", "without “curarse”"),
        ("one: [en] A? [es] B?\n- [en] C [es] D\n- [en] A cure [es] E", "question 1, answer 2", "without “cure”"),
        // Letters.
        (&both(&"a".repeat(201)), "question 1", "at most 200 letters"),
        (&both("turned \u{202E}round"), "question 1", "at most 200 letters"),
        (
            &format!("one: [en] A? [es] B?\n- [en] C [es] D\n- [en] {} [es] E", "a".repeat(81)),
            "question 1, answer 2",
            "at most 80 letters",
        ),
        (
            &format!("number: [en] A? [es] B?\n= [en] {} [es] E", "a".repeat(21)),
            "question 1, its unit",
            "at most 20 letters",
        ),
        (&both(&"a".repeat(100_000)), "the questions", "at most 20000 letters"),
    ];
    for (questions, place, expected) in rows {
        let short: String = questions.chars().take(90).collect();
        let (settings, bad) = read_in(questions, "");
        let [bad] = &bad[..] else { panic!("{short}: {bad:?}") };
        assert_eq!((bad.name.as_str(), settings.questions.as_str()), ("questions", ""), "{short}");
        assert!(bad.want.starts_with(&format!("{place}: ")) && bad.want.contains(expected), "{short}: “{}”", bad.want);
        assert!(bad.want.chars().count() < 200, "{short}: “{}”", bad.want);
    }
    let many: String = (0..=OWN_MOST).map(|n| format!("text: [en] A{n}? [es] B{n}?\n")).collect();
    assert!(read_in(&many, "").1[0].want.starts_with("the questions: at most 12"));
    assert_eq!(read_in(&many[..many.trim_end().rfind('\n').unwrap()], "").1, []);
}

/// Only a language that is offered has to be there; one that is not may be.
#[test]
fn a_language_that_is_not_offered_needs_no_text() {
    for (questions, languages, sound) in [
        ("text: [en] A?", "en", true),
        ("text: [es] A?", "es", true),
        ("text: [en] A?", "es", false),
        ("text: [en] A? [es] B?", "es", true),
        ("text: [en] A?", "en es", false),
    ] {
        assert_eq!(read_in(questions, languages).1.is_empty(), sound, "{questions} {languages}");
    }
    // A sheet in a language that the clinic does not offer shows the text that there is.
    let mut pack = common::pack().clone();
    pack.add_own_questions(&read_in("text: [es] ¿Algo?", "es").0.questions);
    assert_eq!(pack.own_stage().unwrap().items[0].text, "¿Algo?");
}

#[test]
fn they_are_asked_in_a_last_stage_in_the_visitors_language() {
    for (pack, first, yes) in
        [(common::pack(), "How did you hear of us?", "Yes"), (common::spanish(), "¿Cómo supo de nosotros?", "Sí")]
    {
        let pack = with_own(pack, ASKED);
        let stage = pack.own_stage().unwrap();
        assert_eq!((stage.link_id.as_str(), stage.items[0].text.as_str()), (OWN_STAGE, first));
        let kinds: Vec<Kind> = stage.items.iter().map(|i| i.kind).collect();
        assert_eq!(kinds, [Kind::Choice, Kind::Choice, Kind::Choice, Kind::Decimal, Kind::String]);
        assert_eq!(stage.items.iter().map(|i| i.repeats).collect::<Vec<_>>(), [false, true, false, false, false]);
        let yes_no = &stage.items[2].options;
        assert_eq!((yes_no[0].text.as_str(), yes_no[2].code.as_str()), (yes, "asked-unknown"));
        assert!(stage.items[1].options[2].exclusive, "“not sure” stands beside an answer");
        let answers = common::fixture("everything-yes");
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let steps = walk::steps(&pack, &form);
        let last: Vec<&str> = steps.iter().rev().take(5).map(walk::Step::link).collect();
        assert!(links(&pack).iter().rev().eq(last.iter()), "{last:?}");
        assert!(
            walk::steps_of(&pack, &form, Length::Safety).iter().all(|s| !s.link().starts_with("own-")),
            "“Just the safety questions” asks them"
        );
        // A link is the same in each language and names the words: another question has another
        // one.
        assert_eq!(links(&pack), links(&with_own(common::pack(), ASKED)));
        let changed = links(&with_own(&common::pack().clone(), &ASKED.replace("parking", "a parking space")));
        assert_eq!(changed.iter().zip(links(&pack)).filter(|(a, b)| *a != b).count(), 1);
    }
}

#[test]
fn a_minor_is_not_asked() {
    let pack = with_own(common::pack(), ASKED);
    let answers = common::answered("age=under-18");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    assert!(!form.asked(OWN_STAGE, 0) && !form.asked(&links(&pack)[0], 0));
    let unknown = common::answered("age=-");
    assert!(EvaluatedForm::new(&pack.questionnaire, &unknown).asked(&links(&pack)[0], 0));
    let bundle: Json = serde_json::from_str(&recorded(&pack, &answers)).unwrap();
    assert_eq!(resources(&bundle, "QuestionnaireResponse").len(), 1);
}

/// A part of its own on the clinician's sheet says what they are not; nothing else on either sheet
/// differs but the count.
#[test]
fn the_sheet_has_them_in_a_part_of_their_own() {
    let pack = with_own(common::pack(), ASKED);
    let answers = answered(&pack);
    let made = sheets(&pack, &answers);
    let (sheet, without) = (made.clinician.unwrap(), sheets(common::pack(), &answers).clinician.unwrap());
    let own = part_text(&sheet, "own");
    for line in [
        "Questions from the clinic",
        "How did you hear of us?: On the web",
        "Which days suit you?: Monday; Friday",
        "Do you need parking?: Yes",
        "How far is it to us?: 12 miles",
        "What should we call you?: “Ana <b>”",
        "in no score and no rule of this tool, and not in the code",
    ] {
        assert!(own.contains(line), "“{line}” is not in:\n{own}");
    }
    let rest: Vec<_> = sheet.parts.iter().filter(|p| p.id != "own").cloned().collect();
    assert_eq!(rest, without.parts);
    assert_eq!(made.keep, sheets(common::pack(), &answers).keep);
    // Not answered is told, and is no “no”.
    let (mut open, links) = (answers.clone(), links(&pack));
    open.set(Key::first(&links[0]), Answer::Skipped);
    open.set(Key::first(&links[2]), Answer::code("asked-unknown"));
    open.clear(&Key::first(&links[4]));
    let own = part_text(&sheets(&pack, &open).clinician.unwrap(), "own");
    for line in
        ["Not answered: How did you hear of us? What should we call you?", "not sure about: Do you need parking?"]
    {
        assert!(own.contains(line), "“{line}” is not in:\n{own}");
    }
    // The Spanish sheet says it in Spanish.
    let spanish = with_own(common::spanish(), ASKED);
    let sheet = sheets(&spanish, &answers).clinician.unwrap();
    let own = text::sheet(&spanish.words, &sheet);
    assert!(own.contains("¿Qué tan lejos le queda?: 12 millas") && own.contains("no están en el código"), "{own}");
}

/// No rule, score, code or question to take along knows them.
#[test]
fn nothing_of_ours_depends_on_them() {
    let pack = with_own(common::pack(), ASKED);
    let (plain, answers) = (common::fixture("everything-yes"), answered(&pack));
    assert_eq!(
        code::text(&pack, &answers, false, "2026-11-22"),
        code::text(common::pack(), &plain, false, "2026-11-22")
    );
    let (form, without) =
        (EvaluatedForm::new(&pack.questionnaire, &answers), EvaluatedForm::new(&common::pack().questionnaire, &plain));
    assert_eq!(format!("{:?}", findings::all(&pack, &form)), format!("{:?}", findings::all(common::pack(), &without)));
    assert_eq!(format!("{:?}", scores::all(&pack, &form)), format!("{:?}", scores::all(common::pack(), &without)));
    let steps = |pack: &Pack, form: &EvaluatedForm<'_>| {
        walk::steps(pack, form).iter().filter(|s| matches!(s, walk::Step::Help { .. })).count()
    };
    assert_eq!(steps(&pack, &form), steps(common::pack(), &without));
}

#[test]
fn the_record_has_them_under_an_address_of_their_own() {
    let pack = with_own(common::pack(), ASKED);
    let answers = answered(&pack);
    let bundle: Json = serde_json::from_str(&recorded(&pack, &answers)).unwrap();
    let plain: Json = serde_json::from_str(&recorded(common::pack(), &answers)).unwrap();
    let [ours, own] = resources(&bundle, "Questionnaire")[..] else { panic!("{bundle}") };
    assert_eq!(ours, resources(&plain, "Questionnaire")[0], "our questionnaire changed");
    assert_eq!(own["publisher"], "The Pressed Clinic");
    let url = own["url"].as_str().unwrap();
    assert!(url.starts_with("urn:uuid:") && url.len() == 45, "{url}");
    let [our_response, response] = resources(&bundle, "QuestionnaireResponse")[..] else { panic!("{bundle}") };
    assert_eq!(our_response["item"], resources(&plain, "QuestionnaireResponse")[0]["item"]);
    assert_eq!((response["questionnaire"].as_str().unwrap(), response["status"].as_str().unwrap()), (url, "completed"));
    let items = response["item"][0]["item"].as_array().unwrap();
    let values: Vec<&Json> = items.iter().map(|item| &item["answer"][0]).collect();
    assert_eq!(values[0]["valueCoding"]["display"], "On the web");
    assert_eq!(items[1]["answer"].as_array().unwrap().len(), 2);
    assert_eq!(
        (values[3]["valueDecimal"].to_string(), values[4]["valueString"].as_str().unwrap()),
        ("12".into(), "Ana <b>")
    );
    let narrative = response["text"]["div"].as_str().unwrap();
    assert!(narrative.contains("Ana &lt;b&gt;") && !narrative.contains("PHQ-9"), "{narrative}");
    assert!(own["item"][0].get("enableWhen").is_none(), "a condition on a question of another questionnaire");
    // The same address in Spanish; another one for other questions.
    let spanish: Json = serde_json::from_str(&recorded(&with_own(common::spanish(), ASKED), &answers)).unwrap();
    assert_eq!(resources(&spanish, "Questionnaire")[1]["url"], url);
    let other = ASKED.replace("parking", "a map");
    let other: Json = serde_json::from_str(&recorded(&with_own(common::pack(), &other), &answers)).unwrap();
    assert_ne!(resources(&other, "Questionnaire")[1]["url"], url);
}

/// What was answered comes back, in either language; what is another's is named, and never taken
/// for ours.
#[test]
fn each_response_is_read_by_its_address() {
    let pack = with_own(common::pack(), ASKED);
    let answers = answered(&pack);
    let file = recorded(&pack, &answers);
    for reader in [&pack, &with_own(common::spanish(), ASKED)] {
        let read = record::read(reader, &file).unwrap();
        assert_eq!(read.unknown, [""; 0]);
        for link in links(&pack) {
            assert_eq!(read.answers.get(&Key::first(&link)), answers.get(&Key::first(&link)), "{link}");
        }
        assert_eq!(
            text_of(&sheets(&pack, &read.answers).clinician.unwrap()),
            text_of(&sheets(&pack, &answers).clinician.unwrap())
        );
    }
    // A skipped one is still skipped.
    let mut skipped = answers.clone();
    skipped.set(Key::first(&links(&pack)[0]), Answer::Skipped);
    let read = record::read(&pack, &recorded(&pack, &skipped)).unwrap();
    assert_eq!(read.answers.get(&Key::first(&links(&pack)[0])), Some(&Answer::Skipped));
    // A copy of the tool with other questions, or none, takes ours and names the rest.
    for other in [common::pack().clone(), with_own(common::pack(), "text: [en] A? [es] B?")] {
        let read = record::read(&other, &file).unwrap();
        let [unknown] = &read.unknown[..] else { panic!("{:?}", read.unknown) };
        assert!(unknown.starts_with("$.entry[3](urn:uuid:"), "{unknown}");
        assert_eq!(read.answers.get(&Key::first("age")), answers.get(&Key::first("age")));
        assert!(read.answers.iter().all(|(key, _)| !key.link.starts_with("own-")));
    }
    let bundle: Json = serde_json::from_str(&file).unwrap();
    let [ours, own] = resources(&bundle, "QuestionnaireResponse")[..] else { panic!() };
    let of = |responses: &[&Json]| {
        let entry: Vec<Json> = responses.iter().map(|r| serde_json::json!({ "resource": r })).collect();
        serde_json::json!({ "resourceType": "Bundle", "entry": entry }).to_string()
    };
    assert_eq!(record::read(&pack, &of(&[own, ours])).unwrap().unknown, [""; 0], "their order counts");
    assert_eq!(record::read(&pack, &of(&[ours])).unwrap().unknown, [""; 0]);
    let problem = |file: &str| record::read(&pack, file).unwrap_err();
    assert_eq!(
        (problem(&of(&[ours, ours])).kind, problem(&of(&[own])).kind),
        (ReadErrorKind::OtherFile, ReadErrorKind::OtherFile)
    );
    assert_eq!(record::read(&pack, &of(&[ours, own, own])).unwrap().unknown.len(), 1, "which of two would count?");
    let wrong = file.replace("\"code\":\"a2\"", "\"code\":\"a9\"");
    assert_eq!(problem(&wrong).kind, ReadErrorKind::Answer);
}

/// Kept answers to a question that the clinic has changed since are no answers to the new one.
#[test]
fn a_changed_question_has_no_answer() {
    let pack = with_own(common::pack(), ASKED);
    let other = with_own(common::pack(), &ASKED.replace("On the web", "On a poster"));
    let kept = answered(&pack);
    let form = EvaluatedForm::new(&other.questionnaire, &kept);
    assert!(form.answer(&links(&other)[0], 0).is_none());
    assert!(form.answer(&links(&other)[1], 0).is_some());
}

/// The guide has the format, and what it shows is sound.
#[test]
fn the_guides_example_can_be_used() {
    let guide = std::fs::read_to_string(root().join("docs/setting-up.md")).unwrap();
    let (_, rest) = guide.split_once("\n```text\n").unwrap();
    let (example, _) = rest.split_once("\n```").unwrap();
    assert_eq!(read_in(example, "").1, []);
    assert!(example.lines().count() > 3, "{example}");
}
