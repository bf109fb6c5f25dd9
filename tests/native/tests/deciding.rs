//! Deciding: weights, what bears on the comparison first, questions after reading, questions that
//! fit, cards of medicines.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{
    answered, clinician, evaluated, fixture, fixtures, pack, part, part_text, sheets, spanish, text_of, value_of,
};
use engine::answers::{Answer, Answers, Key, Value};
use engine::deciding::{self, TeachBackResult};
use engine::form::EvaluatedForm;
use engine::medicine_card;
use engine::pack::COMPARED;
use engine::summary::Row;
use engine::walk;
use export::code;

fn first(answers: &str) -> (Vec<String>, Vec<String>) {
    let answers = answered(answers);
    let (labels, rows) = deciding::first(pack(), &evaluated(&answers));
    (labels.into_iter().map(String::from).collect(), rows.into_iter().map(String::from).collect())
}

#[test]
fn the_heaviest_three_bring_their_rows_to_the_front() {
    let rows = [
        // Nothing weighed and nothing chosen: nothing comes first.
        ("", "", ""),
        ("reasons=ease,fast;worries=cost", "", ""),
        // Not sure, skipped, and no reason at all are no weights.
        ("reasons=asked-unknown;worries=none", "", ""),
        ("reasons=-;worries=-;matters=-", "", ""),
        // What matters stands in while nothing is weighed.
        ("matters=cost,work", "Daily tasks", "daily cost"),
        // Both sides alike, by weight; a reason that counts nothing stays behind.
        (
            "reasons=ease,fast;worries=cost,habit;for-ease=#3;for-fast=#9;against-cost=#7;against-habit=#0",
            "",
            "speed cost works",
        ),
        // At most three.
        (
            "reasons=ease,fast,no-daily;worries=cost;for-ease=#5;for-fast=#6;for-no-daily=#7;against-cost=#8",
            "",
            "cost given speed",
        ),
        // A weight of a reason that was taken back is gone.
        ("reasons=ease;worries=none;for-ease=#2;for-fast=#9", "", "works"),
    ];
    for (answers, _, want) in rows {
        assert_eq!(first(answers).1.join(" "), want, "{answers}");
    }
    let (labels, _) = first("reasons=ease;worries=cost;for-ease=#2;against-cost=#8");
    assert_eq!(labels, ["The cost", "It may ease my symptoms"]);
}

#[test]
fn every_row_of_the_comparison_stays_whatever_comes_first() {
    for first in [&[][..], &["cost"], &["living", "works", "speed"]] {
        let order = deciding::row_order(first);
        let named: Vec<&str> = order.iter().map(|n| COMPARED[*n]).collect();
        assert_eq!(named[..first.len()], *first);
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..COMPARED.len()).collect::<Vec<_>>());
    }
}

#[test]
fn my_decision_so_far_has_weights_and_no_sum() {
    let answers =
        answered("age=25-44;reasons=ease,fast;worries=cost;for-ease=#7;against-cost=#10;leaning=wait;still-need=cost");
    let keep = sheets(&answers).keep;
    let decision = part(&keep, "decision");
    assert_eq!(value_of(decision, "It may ease my symptoms").unwrap(), "7 of 10");
    assert_eq!(value_of(decision, "It may work in hours or days").unwrap(), "not weighed");
    assert_eq!(value_of(decision, "The cost").unwrap(), "10 of 10");
    let text = part_text(&keep, "decision");
    assert!(text.contains("I want to wait for now") && text.contains("To know what it costs"), "{text}");
    // All choices, infusions among them and none in front of the others by what was weighed.
    assert!(pack().choices.iter().all(|choice| text.contains(&choice.name)), "{text}");
    assert!(!text.contains("17"), "two weights were added up: {text}");
    // A bar for each weight, from nothing.
    let bars: Vec<(&str, (f64, f64))> = keep.rulers.iter().map(|r| (r.name.as_str(), r.range)).collect();
    assert_eq!(bars, [("It may ease my symptoms", (0.0, 7.0)), ("The cost", (0.0, 10.0))]);
}

#[test]
fn reasons_that_nobody_weighed_stay_one_line() {
    for (answers, has) in [
        ("reasons=ease;worries=cost", true),
        ("reasons=-;worries=-;leaning=-;still-need=-", false),
        ("reasons=asked-unknown", true),
        ("", false),
    ] {
        let keep = sheets(&answered(answers)).keep;
        assert_eq!(keep.parts.iter().any(|p| p.id == "decision"), has, "{answers}");
        assert!(keep.rulers.is_empty() && !text_of(&keep).contains("not weighed"), "{answers}");
    }
}

/// Nothing asked on a screen of its own is a step, is counted as open, or is missed by anybody.
#[test]
fn what_is_asked_apart_is_no_step() {
    for (name, answers) in fixtures() {
        let form = evaluated(answers);
        for step in walk::steps(pack(), &form) {
            let inside = form.path(step.link()).iter().any(|item| pack().safety.apart.contains(&item.link_id));
            assert!(!inside, "{name}: {step:?}");
        }
    }
    let counted = |answers: &Answers| clinician(answers).strip.last().unwrap().1.clone();
    let before = fixture("depression");
    let mut after = before.clone();
    after.set(Key::first("teach-lasts"), Answer::code("months"));
    assert_eq!(counted(&before), counted(&after));
}

#[test]
fn what_was_missed_is_gone_over_and_never_counted() {
    let rows = [
        ("teach-lasts=days", Some(TeachBackResult::Right), false),
        ("teach-lasts=months", Some(TeachBackResult::Other), true),
        ("teach-lasts=asked-unknown", Some(TeachBackResult::NotSure), true),
        ("teach-lasts=-", None, false),
        ("", None, false),
    ];
    let teach = pack().teach_backs.iter().find(|t| t.id == "teach-lasts").unwrap();
    for (answers, expected, over) in rows {
        let answers = answered(answers);
        assert_eq!(deciding::teach_back_result(&evaluated(&answers), teach), expected, "{answers:?}");
        let both = sheets(&answers);
        let keep = part_text(&both.keep, "go-over");
        assert_eq!(keep.contains("How long relief lasts"), over, "{answers:?}: {keep}");
        let clinician = text_of(&both.clinician.unwrap());
        assert_eq!(clinician.contains("Would like to go over: How long relief lasts"), over, "{answers:?}");
    }
    // Under 18 nothing of it is asked, and so nothing is printed.
    assert!(!text_of(&sheets(&answered("age=under-18;teach-lasts=months")).keep).contains("How long relief lasts"));
}

/// Five questions, each with an answer that the sources give, one that people give, and "I'm not
/// sure".
#[test]
fn five_questions_after_reading() {
    assert_eq!(pack().teach_backs.len(), 5);
    for pack in [pack(), spanish()] {
        for teach in &pack.teach_backs {
            let item = pack.questionnaire.item(&teach.id).unwrap();
            assert!(
                item.options.len() == 3 && item.option("asked-unknown").is_some() && !item.label().ends_with('?'),
                "{}",
                teach.id
            );
        }
    }
    let places: Vec<usize> = pack()
        .teach_backs
        .iter()
        .map(|t| pack().questionnaire.item(&t.id).unwrap().options.iter().position(|o| o.code == t.right).unwrap())
        .collect();
    assert!(places.contains(&0) && places.contains(&1), "the right one stands always in the same place: {places:?}");
}

fn fitting(answers: &Answers) -> Vec<&'static str> {
    deciding::fitting(pack(), &evaluated(answers)).into_iter().map(|q| q.id.as_str()).collect()
}

#[test]
fn questions_fit_what_was_answered() {
    assert_eq!(fitting(&Answers::default()), Vec::<&str>::new());
    assert_eq!(fitting(&answered("s06=yes;p02=no;why-for=pain")), ["heart", "ride", "pain"]);
    assert_eq!(fitting(&answered("s06=asked-unknown;p02=-;why-for=asked-unknown")), Vec::<&str>::new());
    // A no to everything brings up no illness.
    let body = ["pressure", "heart", "pregnancy", "psychosis", "mania", "bladder", "liver", "breathing"];
    assert!(
        fitting(&fixture("everything-no")).iter().all(|id| !body.contains(id)),
        "{:?}",
        fitting(&fixture("everything-no"))
    );
}

#[test]
fn five_that_fit_are_printed_with_room_to_write() {
    let answers = fixture("pain-and-heart");
    let fits = deciding::fitting(pack(), &evaluated(&answers));
    assert!(fits.len() > deciding::FIRST_QUESTIONS, "{}", fits.len());
    let keep = sheets(&answers).keep;
    let rows = &part(&keep, "questions").rows;
    let place = |text: &str| rows.iter().position(|row| matches!(row, Row::Tick { text: t, .. } if t == text));
    for (n, question) in fits.iter().enumerate() {
        match place(&question.question) {
            Some(at) => assert!(
                n < deciding::FIRST_QUESTIONS && matches!(rows[at], Row::Tick { room: true, .. }),
                "{}",
                question.id
            ),
            None => assert!(n >= deciding::FIRST_QUESTIONS, "{} is not printed", question.id),
        }
    }
    // One that was added to the own questions is not printed twice.
    let mut added = answers.clone();
    added.set(Key::first("ask-own"), Answer::Given(vec![Value::Text(fits[0].question.clone())]));
    let text = part_text(&sheets(&added).keep, "questions");
    assert_eq!(text.matches(fits[0].question.as_str()).count(), 1, "{text}");
}

/// What is left out of the sheets brings up no question that would tell it.
#[test]
fn what_is_left_out_fits_nothing() {
    let apart: Vec<&str> = pack().safety.may_leave_out.iter().map(String::as_str).collect();
    for question in &pack().matched_questions {
        let asks = question.when.all.iter().chain(&question.when.any).any(|c| apart.contains(&c.question.as_str()));
        assert!(!asks, "{} stands on an answer that may be left off the paper", question.id);
    }
}

const LIST: &str = "age=25-44;takes-medicines=yes;medicines=sertraline,lorazepam";

fn with_cards() -> Answers {
    let mut answers = answered(LIST);
    for (medicine, dose, last) in [("lorazepam", "1 mg at night", "yesterday"), ("sertraline", "50 mg", "today")] {
        let at = medicine_card::open_card(pack(), &mut answers, &Value::code(medicine)).unwrap();
        answers.set(Key::new("med-card-dose", at), Answer::Given(vec![Value::Text(dose.into())]));
        answers.set(Key::new("med-card-last", at), Answer::code(last));
    }
    answers
}

fn table(answers: &Answers) -> (Vec<String>, Vec<Vec<String>>) {
    let sheet = clinician(answers);
    let tables = part(&sheet, "medicines")
        .rows
        .iter()
        .filter_map(|row| if let Row::Table { columns, rows } = row { Some((columns, rows)) } else { None });
    tables.map(|(columns, rows)| (columns.clone(), rows.clone())).next().unwrap()
}

#[test]
fn cards_fill_the_table_of_medicines() {
    let (columns, rows) = table(&with_cards());
    assert_eq!(columns[..3], ["Medicine", "Dose", "Last taken"]);
    assert_eq!(rows[0][..3], ["sertraline (Zoloft)", "50 mg", "Today"]);
    // When it was last taken is asked by a question of its own.
    assert_eq!(rows[1][1..3], ["1 mg at night", ""]);
    // No card, an empty one, and "not sure" each print what they are; a column that nobody filled
    // is not there.
    assert!(!table(&answered(LIST)).0.contains(&"Dose".to_string()));
    let mut opened = answered(LIST);
    let at = medicine_card::open_card(pack(), &mut opened, &Value::code("sertraline")).unwrap();
    assert_eq!(table(&opened).0, table(&answered(LIST)).0);
    opened.set(Key::new("med-card-last", at), Answer::code("asked-unknown"));
    let (columns, rows) = table(&opened);
    assert!(!columns.contains(&"Dose".to_string()) && rows[0][1].contains("not sure"), "{columns:?} {rows:?}");
    opened.set(Key::new("med-card-last", at), Answer::Skipped);
    assert_eq!(table(&opened).0, table(&answered(LIST)).0);
}

#[test]
fn a_card_belongs_to_its_medicine() {
    let mut answers = with_cards();
    // Asked for again it is the same one.
    let known = answers.clone();
    medicine_card::open_card(pack(), &mut answers, &Value::code("lorazepam"));
    assert_eq!(answers, known);
    // Off the list its card says nothing, and its place goes to the next medicine without what it
    // said.
    answers.set(
        Key::first("medicines"),
        Answer::Given(vec![Value::code("sertraline"), Value::Text("Grandma's drops".into())]),
    );
    assert!(!text_of(&clinician(&answers)).contains("1 mg at night"));
    let at = medicine_card::open_card(pack(), &mut answers, &Value::Text("Grandma's drops".into())).unwrap();
    let form = EvaluatedForm::new(&pack().questionnaire, &answers);
    assert_eq!((at, form.repetitions_in("med-card", 0).len()), (0, 2));
    assert!(form.answer("med-card-dose", at).is_none());
}

/// A dose that stands on a card is not asked for again as a text.
#[test]
fn doses_are_asked_once() {
    let asked = |answers: &Answers| evaluated(answers).asked("med-doses", 0);
    assert!(asked(&answered(LIST)) && !asked(&with_cards()));
}

/// What a question of its own asks about a medicine, its card does not ask: of whatever is on the
/// list, in whatever order the cards are opened.
#[test]
fn a_card_asks_nothing_that_is_asked_beside_it() {
    let (mut dose, mut last, mut none) = (0, 0, 0);
    for medicine in &pack().questionnaire.item("medicines").unwrap().options {
        let value = Value::code(&medicine.code);
        let mut answers = answered(&format!("age=25-44;takes-medicines=yes;medicines={}", medicine.code));
        let asks = medicine_card::has_questions(pack(), &answers, &value);
        let at = medicine_card::open_card(pack(), &mut answers, &value).unwrap();
        let form = evaluated(&answers);
        let daily = form.asked("opioid-daily", 0);
        let when = form.asked("med-last", 0) || form.asked("glp-last", 0);
        let card = ["med-card-dose", "med-card-last"].map(|link| form.asked(link, at));
        assert_eq!(card, [!daily, !when], "{}", medicine.code);
        assert_eq!(asks, !(daily && when), "{}", medicine.code);
        (dose, last, none) = (dose + usize::from(daily), last + usize::from(when), none + usize::from(!asks));
    }
    assert!(dose >= 15 && last >= 40 && none >= 15, "{dose} {last} {none}");
}

#[test]
fn past_medicines_start_from_the_list() {
    let offered = |answers: &str, question: &str| -> Vec<Value> {
        medicine_card::offered_as_tried(pack(), &evaluated(&answered(answers)), question)
    };
    assert_eq!(offered(LIST, "trial-medicine"), [Value::code("sertraline")]);
    assert_eq!(offered(&format!("{LIST};tried-any=yes;trial-medicine=sertraline"), "trial-medicine"), []);
    assert_eq!(offered(LIST, "medicines"), []);
    assert_eq!(offered("takes-medicines=no", "trial-medicine"), []);
    assert_eq!(offered("takes-medicines=yes;medicines=-", "trial-medicine"), []);
    let listed = pack().questionnaire.item("medicines").unwrap();
    assert!(pack().safety.antidepressants.iter().all(|code| listed.option(code).is_some()));
}

/// The list is of what is taken now; what the visitor said already stays.
#[test]
fn a_medicine_of_the_list_is_still_taken() {
    let now = |before: &str, repetition: u8| {
        let mut answers = answered(before);
        medicine_card::still_taken(pack(), &mut answers, repetition);
        answers.get(&Key::new("trial-now", repetition)).cloned()
    };
    assert_eq!(now(LIST, 0), Some(Answer::code("yes")));
    assert_eq!(now(LIST, 2), Some(Answer::code("yes")));
    assert_eq!(now(&format!("{LIST};trial-now=-"), 0), Some(Answer::code("yes")));
    assert_eq!(now(&format!("{LIST};trial-now=no"), 0), Some(Answer::code("no")));
}

/// Weights, answers after reading and cards go through the text form and the code on paper; the
/// fixture `deciding` takes them through the record.
#[test]
fn they_are_carried_everywhere() {
    let mut answers = with_cards();
    for (link, answer) in [
        ("reasons", Answer::code("ease")),
        ("for-ease", Answer::Given(vec![Value::Number(7.0)])),
        ("teach-lasts", Answer::code("months")),
    ] {
        answers.set(Key::first(link), answer);
    }
    assert_eq!(Answers::decode(&answers.encode()).unwrap(), answers);
    let read = code::read(pack(), &code::text(pack(), &answers, false, "2026-11-22")).unwrap();
    for key in
        [Key::first("for-ease"), Key::first("teach-lasts"), Key::new("med-card-name", 1), Key::new("med-card-last", 1)]
    {
        assert!(answers.get(&key).is_some() && read.answers.get(&key) == answers.get(&key), "{key:?}");
    }
}
