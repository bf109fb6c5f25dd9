//! Scores against a copy of the dossier's own vectors (section 4), so that an edit to content/
//! can't loosen them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, clinician, evaluated, fixture, fixture_file, pack, part};
use engine::answers::{Answer, Answers, Key};
use engine::help;
use engine::pack::{Help, Instrument, Method};
use engine::scores::{self, Score, Total};
use engine::summary::Row;
use serde_json::Value;

const PHQ9: &[&str] = &["phq9-1", "phq9-2", "phq9-3", "phq9-4", "phq9-5", "phq9-6", "phq9-7", "phq9-8", "phq9-9"];
const GAD7: &[&str] = &["gad7-1", "gad7-2", "gad7-3", "gad7-4", "gad7-5", "gad7-6", "gad7-7"];
const PTSD: &[&str] = &["ptsd-1", "ptsd-2", "ptsd-3", "ptsd-4", "ptsd-5"];
/// LOINC's answer codes for 0 to 3 points, from the dossier and not from the content.
const FREQUENCY: [&str; 4] = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"];
const NO_YES: [&str; 2] = ["LA32-8", "LA33-6"];

fn instrument(id: &str) -> &'static Instrument {
    pack().instrument(id).unwrap_or_else(|| panic!("there is no instrument {id}"))
}

/// Answers an adult gives: a code for each number of points, skipped for `None`.
fn answers(start: &str, items: &[&str], codes: &[&str], points: &[Option<usize>]) -> Answers {
    let mut answers = answered(start);
    for (link, points) in items.iter().zip(points) {
        answers.set(Key::first(link), points.map_or(Answer::Skipped, |p| Answer::code(codes[p])));
    }
    answers
}

fn check(id: &str, answers: &Answers, total: Total, band: Option<&str>) {
    let form = evaluated(answers);
    let score = scores::score(&form, instrument(id));
    assert_eq!(score.total, total, "{id} on {}", answers.encode());
    assert_eq!(score.band().map(|b| b.name.as_str()), band, "{id} on {}", answers.encode());
}

/// The dossier's JSON vectors of one instrument.
fn vectors(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(&fixture_file("dossier-score-vectors.json")).unwrap();
    let one = all.as_array().unwrap().iter().find(|i| i["instrument"] == name).unwrap();
    one["vectors"].as_array().unwrap().clone()
}

fn check_vectors(name: &str, id: &str, items: &[&str], how_many: usize) {
    let vectors = vectors(name);
    assert_eq!(vectors.len(), how_many, "the dossier's vectors for {name}");
    for vector in vectors {
        let points: Vec<Option<usize>> =
            vector["in"].as_array().unwrap().iter().map(|p| p.as_u64().map(|p| p as usize)).collect();
        let answers = answers("age=25-44", items, &FREQUENCY, &points);
        let total = match vector["total"].as_f64() {
            Some(n) => Total::Exactly(n),
            None => Total::Between(vector["possible"][0].as_f64().unwrap(), vector["possible"][1].as_f64().unwrap()),
        };
        check(id, &answers, total, vector["band"].as_str());
        if let Some(safety) = vector.get("safety") {
            check_help(&answers, safety);
        }
        if let Some(ask) = vector["ask_difficulty"].as_bool() {
            assert_eq!(evaluated(&answers).asked("phq9-diff", 0), ask, "the difficulty item on {vector}");
        }
    }
}

/// Help opens from item 9's own answer: `true`, `false` or `"offer"`.
fn check_help(answers: &Answers, safety: &Value) {
    let form = evaluated(answers);
    let panel = help::panel(pack(), &form, pack().region("us").unwrap(), &["phq9-9"]);
    let got: Vec<Help> = panel.because.iter().filter_map(|r| r.help).collect();
    let want = match (safety.as_bool(), safety.as_str()) {
        (Some(true), _) => vec![Help::Suicide],
        (Some(false), _) => vec![],
        (_, Some("offer")) => vec![Help::Offer],
        _ => panic!("{safety}"),
    };
    assert_eq!(got, want, "help on {}", answers.encode());
}

#[test]
fn phq_9_vectors_of_the_dossier() {
    check_vectors("PHQ-9", "phq-9", PHQ9, 15);
}

#[test]
fn gad_7_vectors_of_the_dossier() {
    check_vectors("GAD-7", "gad-7", GAD7, 10);
}

#[test]
fn pc_ptsd_5_vectors_of_the_dossier() {
    let gate = |code: &str| format!("age=25-44;why-for=trauma;ptsd-ok=yes;ptsd-gate={code}");
    let rows: [(&str, &[Option<usize>], Total); 8] = [
        ("LA32-8", &[], Total::Exactly(0.0)),
        ("LA33-6", &[Some(0), Some(0), Some(0), Some(0), Some(0)], Total::Exactly(0.0)),
        ("LA33-6", &[Some(1), Some(1), Some(0), Some(0), Some(0)], Total::Exactly(2.0)),
        ("LA33-6", &[Some(1), Some(1), Some(1), Some(0), Some(0)], Total::Exactly(3.0)),
        ("LA33-6", &[Some(1), Some(1), Some(1), Some(1), Some(0)], Total::Exactly(4.0)),
        ("LA33-6", &[Some(1), Some(1), Some(1), Some(1), Some(1)], Total::Exactly(5.0)),
        ("LA33-6", &[Some(1), Some(1), None, Some(0), Some(0)], Total::Between(2.0, 3.0)),
        ("-", &[], Total::Between(0.0, 5.0)),
    ];
    for (code, points, total) in rows {
        check("pc-ptsd-5", &answers(&gate(code), PTSD, &NO_YES, points), total, None);
    }
    // "No" at the gate: the items are never shown, and answers left over from before do not count.
    let left_over = answers(&gate("LA32-8"), PTSD, &NO_YES, &[Some(1); 5]);
    check("pc-ptsd-5", &left_over, Total::Exactly(0.0), None);
    assert!(PTSD.iter().all(|l| !evaluated(&left_over).asked(l, 0)));
    // Offered only where it applies, after a warning that can be declined.
    for start in ["age=25-44;why-for=mood", "age=25-44;why-for=trauma;ptsd-ok=no", "age=25-44;why-for=trauma;ptsd-ok=-"]
    {
        check("pc-ptsd-5", &answers(start, PTSD, &NO_YES, &[Some(1); 5]), Total::NotAsked, None);
    }
}

/// 4.7: "Never" is not reported, any other answer is, a skipped one is "not answered".
#[test]
fn single_question_vectors_of_the_dossier() {
    for (link, fires) in [("s38", ["S38-a", "S38-b"]), ("s39", ["S39-b", "S39-b"])] {
        for (code, reported) in [
            ("LA6270-8", Some(false)),
            ("LA26460-8", Some(true)),
            ("LA18876-5", Some(true)),
            ("LA18891-4", Some(true)),
            ("LA18934-2", Some(true)),
            ("-", None),
        ] {
            let answers = answered(&format!("age=25-44;{link}={code}"));
            let sheet = clinician(&answers);
            let form = evaluated(&answers);
            let fired = engine::findings::about(pack(), &form, link).iter().any(|r| fires.contains(&r.id.as_str()));
            let text = common::text_of(&sheet);
            assert_eq!(fired, reported == Some(true), "{link}={code}");
            let label = pack().questionnaire.item(link).unwrap().label();
            let answered_no = answered_no(&text);
            assert!(!answered_no.contains(label), "{link}={code}: the answer is “Never”, not “no”");
        }
    }
}

fn answered_no(text: &str) -> String {
    text.lines().find(|l| l.starts_with(pack().words.sheet_answered_no())).unwrap_or_default().into()
}

#[test]
fn bands_are_the_published_ones() {
    let bands = |id: &str| instrument(id).bands.iter().map(|b| (b.from, b.name.clone())).collect::<Vec<_>>();
    let own = |rows: &[(i16, &str)]| rows.iter().map(|(n, s)| (*n, (*s).to_string())).collect::<Vec<_>>();
    assert_eq!(
        bands("phq-9"),
        own(&[(0, "minimal"), (5, "mild"), (10, "moderate"), (15, "moderately severe"), (20, "severe")])
    );
    assert_eq!(bands("gad-7"), own(&[(0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")]));
    // The authors of PC-PTSD-5 give cut-offs and no names.
    assert_eq!(bands("pc-ptsd-5"), []);
    assert_eq!(instrument("pc-ptsd-5").cutoffs.iter().map(|c| c.at).collect::<Vec<_>>(), [3, 4]);
    // Every total there is has the band of its range, and no range of totals has one.
    for (id, highest) in [("phq-9", 27), ("gad-7", 21)] {
        for n in 0..=highest {
            let score = Score { instrument: instrument(id), answered: 0, of: 0, total: Total::Exactly(f64::from(n)) };
            let want = instrument(id).bands.iter().rev().find(|b| i32::from(b.from) <= n).unwrap();
            assert_eq!(score.band(), Some(want), "{id} at {n}");
        }
        let range = Score { instrument: instrument(id), answered: 0, of: 0, total: Total::Between(20.0, 21.0) };
        assert_eq!(range.band(), None, "{id}: a range has no band, even inside one band");
    }
}

/// PHQ-9's difficulty codes are not in number order: "very" is LA6575-0, "extremely" LA6574-3.
#[test]
fn la6574_la6575_trap() {
    let item = pack().questionnaire.item("phq9-diff").unwrap();
    let shown: Vec<(&str, &str)> = item.options.iter().map(|o| (o.code.as_str(), o.text.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("LA6572-7", "Not difficult at all"),
            ("LA6573-5", "Somewhat difficult"),
            ("LA6575-0", "Very difficult"),
            ("LA6574-3", "Extremely difficult")
        ]
    );
    // The item is printed beside the score and never added to it.
    assert!(!instrument("phq-9").items.contains(&"phq9-diff".to_string()));
    let mut answers = answers(
        "age=25-44",
        PHQ9,
        &FREQUENCY,
        &[Some(1), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0)],
    );
    for (code, words) in shown {
        answers.set(Key::first("phq9-diff"), Answer::code(code));
        check("phq-9", &answers, Total::Exactly(1.0), Some("minimal"));
        assert!(
            common::text_of(&clinician(&answers))
                .contains(&format!("How difficult these problems make things: {words}")),
            "{code}"
        );
    }
}

#[test]
fn codes_of_totals_and_panels() {
    let code = |c: &Option<engine::pack::Coding>| c.as_ref().map(|c| (c.system.clone(), c.code.clone())).unwrap();
    let loinc = |c: &str| ("http://loinc.org".to_string(), c.to_string());
    for (id, total, panel) in
        [("phq-9", "44261-6", "44249-1"), ("gad-7", "70274-6", "69737-5"), ("pc-ptsd-5", "102017-1", "102010-6")]
    {
        assert_eq!(code(&instrument(id).total_code), loinc(total), "{id}");
        assert_eq!(code(&instrument(id).panel_code), loinc(panel), "{id}");
    }
}

/// A code names one item: two groups with a panel's code would be two panels to whoever reads the
/// record.
#[test]
fn no_code_stands_twice() {
    let mut seen = std::collections::BTreeMap::new();
    for item in pack().questionnaire.all() {
        if let Some(code) = &item.code {
            assert_eq!(
                seen.insert(code.code.as_str(), item.link_id.as_str()),
                None,
                "{} has the code of another: {}",
                item.link_id,
                code.code
            );
        }
    }
    assert_eq!(seen["102010-6"], "ptsd");
}

/// 69737-5 is GAD-7's panel. It may be the code of a group and nothing else.
#[test]
fn trap_69737_5_is_never_a_score() {
    for instrument in &pack().instruments {
        assert_ne!(instrument.total_code.as_ref().map(|c| c.code.as_str()), Some("69737-5"), "{}", instrument.id);
    }
    for item in pack().questionnaire.all() {
        let panel = item.code.as_ref().is_some_and(|c| c.code == "69737-5");
        assert!(!panel || item.is_group(), "{} is a question with the panel's code", item.link_id);
    }
}

/// PEG stays off until its licence is confirmed; what the dossier forbids is nowhere.
#[test]
fn only_free_instruments_are_offered() {
    let ids: Vec<&str> = pack().instruments.iter().map(|i| i.id.as_str()).collect();
    assert_eq!(ids, ["phq-9", "gad-7", "pc-ptsd-5"]);
    assert!(pack().instruments.iter().all(|i| i.method == Method::Sum), "only PEG takes a mean");
    let questions = pack().questionnaire.all();
    for code in
        ["75893-8", "91145-3", "91146-1", "91147-9", "91148-7", "72109-2", "75626-2", "68518-0", "68519-8", "68520-6"]
    {
        assert!(
            questions.iter().all(|i| i.code.as_ref().is_none_or(|c| c.code != code)),
            "{code} is of PEG or AUDIT-C"
        );
    }
    for item in &questions {
        for words in ["what number best describes", "drink containing alcohol", "standard drinks"] {
            assert!(!item.text.to_lowercase().contains(words), "{}: “{words}”", item.link_id);
        }
    }
}

/// A single missing item, whichever it is, makes a range; the range starts at what was answered.
#[test]
fn a_missing_item_is_never_zero() {
    for (id, items) in [("phq-9", PHQ9), ("gad-7", GAD7)] {
        for missing in 0..items.len() {
            for points in 0..=3 {
                let given: Vec<Option<usize>> = (0..items.len()).map(|i| (i != missing).then_some(points)).collect();
                let low = (points * (items.len() - 1)) as f64;
                for start in ["age=25-44", "age=25-44;e1=no"] {
                    check(id, &answers(start, items, &FREQUENCY, &given), Total::Between(low, low + 3.0), None);
                }
                // Not reached is as unknown as skipped.
                let mut not_reached = answers("age=25-44", items, &FREQUENCY, &given);
                not_reached.clear(&Key::first(items[missing]));
                check(id, &not_reached, Total::Between(low, low + 3.0), None);
            }
        }
    }
}

/// Points come from the option's own value: with the options turned around the totals stay.
#[test]
fn points_never_come_from_the_position() {
    let mut questionnaire = pack().questionnaire.clone();
    fn turn(items: &mut [engine::pack::Item]) {
        for item in items {
            item.options.reverse();
            turn(&mut item.items);
        }
    }
    turn(&mut questionnaire.items);
    let answers = answers(
        "age=25-44",
        PHQ9,
        &FREQUENCY,
        &[Some(3), Some(2), Some(1), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0)],
    );
    let form = engine::form::EvaluatedForm::new(&questionnaire, &answers);
    assert_eq!(scores::score(&form, instrument("phq-9")).total, Total::Exactly(6.0));
}

#[test]
fn every_scored_option_has_the_points_of_its_code() {
    let points = |code: &str| FREQUENCY.iter().position(|c| *c == code).or(NO_YES.iter().position(|c| *c == code));
    for instrument in &pack().instruments {
        for link in instrument.items.iter().chain(&instrument.gate) {
            let item = pack().questionnaire.item(link).unwrap();
            for option in &item.options {
                assert_eq!(
                    option.points.map(usize::try_from).and_then(Result::ok),
                    points(&option.code),
                    "{link} {}",
                    option.code
                );
                assert_eq!(option.system, "http://loinc.org", "{link} {}", option.code);
            }
        }
    }
}

#[test]
fn minors_and_unknown_ages_are_not_scored() {
    for age in ["under-18", "asked-declined", "-"] {
        let given = answers(&format!("age={age}"), PHQ9, &FREQUENCY, &[Some(3); 9]);
        check("phq-9", &given, Total::NotAsked, None);
    }
    check("phq-9", &fixture("under-18"), Total::NotAsked, None);
}

/// What the clinician reads of each kind of total.
#[test]
fn scores_as_printed() {
    let row = |answers: &Answers, name: &str| -> Vec<String> {
        let sheet = clinician(answers);
        let rows = &part(&sheet, "scores").rows;
        let Some(Row::Table { rows, .. }) = rows.iter().find(|r| matches!(r, Row::Table { .. })) else {
            panic!("no table")
        };
        // Those that were not asked stand in one row.
        rows.iter().find(|r| r[0].split(", ").any(|one| one == name)).unwrap().clone()
    };
    let phq = |name: &str| row(&fixture(name), "PHQ-9");
    assert_eq!(phq("item-9-zero")[1..3], ["10 / 27", "moderate"]);
    assert_eq!(phq("item-9-several")[1..3], ["1 / 27", "minimal"]);
    let skipped = phq("item-9-skipped");
    assert!(skipped[1].contains("not scored") && skipped[1].contains('8') && skipped[1].contains("11"), "{skipped:?}");
    assert_eq!(skipped[2], "");
    assert!(skipped[3].contains("8 of 9 answered"), "{skipped:?}");
    assert!(phq("item-9-zero")[3].contains("Item 9: Not at all"));
    assert!(skipped[3].contains("Item 9: Not answered"), "{skipped:?}");
    let left_out = common::sheets_with(&fixture("item-9-several"), true, &Default::default()).clinician;
    assert!(!format!("{left_out:?}").contains("Item 9"), "what was left out stands nowhere");
    assert_eq!(phq("nothing-answered")[1..3], ["not asked", ""]);
    assert_eq!(phq("nothing-answered")[0], "PHQ-9, GAD-7, PC-PTSD-5");
    assert_eq!(row(&fixture("pain-only"), "GAD-7")[1..3], ["0 / 21", "minimal"]);
    let ptsd = row(&fixture("everything-yes"), "PC-PTSD-5");
    assert_eq!(ptsd[1..3], ["5 / 5", ""]);
    for cutoff in &instrument("pc-ptsd-5").cutoffs {
        assert!(ptsd[3].contains(&cutoff.about), "both cut-offs are printed: {ptsd:?}");
    }
    assert!(!common::has_word(&ptsd.join(" "), "positive"), "{ptsd:?}");
}
