//! Between visits: the results of two days side by side, as numbers and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{fixture, fixtures, pack, text_of};
use engine::answers::Answers;
use engine::pack::Settings;
use engine::summary::{self, Context, Earlier, Row, Sheet, Sheets};
use export::record::Moment;
use export::{code, record};

const TODAY: &str = "22 November 2026";
const BEFORE: &str = "1 June 2026";

fn sheets(answers: &Answers, earlier: Option<&Answers>) -> Sheets {
    let context =
        Context { date: TODAY, region: pack().region("us").unwrap(), settings: &Settings::default(), leave_out: false };
    summary::sheets_since(pack(), answers, context, earlier.map(|answers| Earlier { date: BEFORE, answers }))
}

fn table(sheet: &Sheet) -> (Vec<String>, Vec<Vec<String>>) {
    let scores = sheet.parts.iter().find(|p| p.id == "scores").unwrap();
    scores
        .rows
        .iter()
        .find_map(|r| if let Row::Table { columns, rows } = r { Some((columns.clone(), rows.clone())) } else { None })
        .unwrap()
}

#[test]
fn both_days_stand_side_by_side() {
    // Today, then, and the first three cells of PHQ-9, GAD-7 and PC-PTSD-5.
    let rows: [(&str, &str, [[&str; 3]; 3]); 4] = [
        (
            "light",
            "heaviest",
            [["27 / 27", "5 / 27", "mild"], ["21 / 21", "3 / 21", "minimal"], ["5 / 5", "not asked", ""]],
        ),
        (
            "heaviest",
            "light",
            [["5 / 27", "27 / 27", "severe"], ["3 / 21", "21 / 21", "severe"], ["not asked", "5 / 5", ""]],
        ),
        (
            "item-9-skipped",
            "light",
            [
                ["5 / 27", "not scored; possible 8 to 11", ""],
                ["3 / 21", "Not answered", ""],
                ["not asked", "not asked", ""],
            ],
        ),
        (
            "light",
            "nothing-answered",
            [["not asked", "5 / 27", "mild"], ["not asked", "3 / 21", "minimal"], ["not asked", "not asked", ""]],
        ),
    ];
    for (today, before, want) in rows {
        let (columns, rows) = table(&sheets(&fixture(today), Some(&fixture(before))).clinician.unwrap());
        assert_eq!(columns, ["Questionnaire", BEFORE, TODAY, "Published band", "Answered"], "{today} after {before}");
        let got: Vec<[&str; 3]> = rows.iter().map(|r| [r[1].as_str(), &r[2], &r[3]]).collect();
        assert_eq!(got, want, "{today} after {before}");
        assert!(rows.iter().all(|r| r.len() == columns.len()));
    }
}

/// Nothing else on the sheets changes, and no word says that something went up, down, better or
/// worse.
#[test]
fn no_verdict() {
    let earlier = fixture("heaviest");
    for (name, answers) in fixtures() {
        let (alone, both) = (sheets(answers, None), sheets(answers, Some(&earlier)));
        assert_eq!(alone.keep, both.keep, "{name}: the sheet to keep has no score");
        let Some(both) = both.clinician else {
            assert!(alone.clinician.is_none());
            continue;
        };
        let alone = alone.clinician.unwrap();
        let other = |s: &Sheet| s.parts.iter().filter(|p| p.id != "scores").cloned().collect::<Vec<_>>();
        assert_eq!(other(&alone), other(&both), "{name}");
        let (_, before) = table(&alone);
        let (_, rows) = table(&both);
        // Those that were not asked stand in one row, on one day as on two.
        let each = |rows: Vec<Vec<String>>| {
            let split = |row: Vec<String>| {
                let names = row[0].split(", ").map(String::from).collect::<Vec<_>>();
                names.into_iter().map(move |name| [&[name], &row[1..]].concat())
            };
            rows.into_iter().flat_map(split).collect::<Vec<_>>()
        };
        let before = each(before);
        for row in each(rows) {
            let mut alone = before.iter().find(|alone| alone[0] == row[0]).unwrap().clone();
            alone.insert(1, row[1].clone());
            assert_eq!(row, alone, "{name}");
        }
        assert!(text_of(&both).contains(BEFORE), "{name}");
    }
}

/// Who said to be under 18 then, has no score of that day.
#[test]
fn a_minors_day_is_not_scored() {
    let answers = fixture("light");
    assert_eq!(sheets(&answers, Some(&fixture("under-18"))), sheets(&answers, None));
}

/// An earlier record or code serves as well as the answers themselves.
#[test]
fn from_a_record_or_a_code() {
    let (today, before) = (fixture("light"), fixture("heaviest"));
    let context = Context {
        date: BEFORE,
        region: pack().region("us").unwrap(),
        settings: &Settings::default(),
        leave_out: false,
    };
    let file = record::read(
        pack(),
        &record::bundle(
            pack(),
            &before,
            context,
            Moment { authored: "2026-06-01T10:00:00Z", made: "2026-06-01T10:00:00Z" },
        ),
    )
    .unwrap();
    let paper = code::read(pack(), &code::text(pack(), &before, false, "2026-06-01")).unwrap();
    assert_eq!((file.authored.as_str(), paper.day.as_str()), ("2026-06-01T10:00:00Z", "2026-06-01"));
    for answers in [&file.answers, &paper.answers] {
        assert_eq!(sheets(&today, Some(answers)), sheets(&today, Some(&before)));
    }
}

/// What was left out counts as passed over, on paper, in a code and on another day: a range, never
/// a number with it.
#[test]
fn what_was_left_out_makes_a_range() {
    let before = fixture("item-9-several");
    let code = code::read(pack(), &code::text(pack(), &before, true, "2026-06-01")).unwrap();
    assert!(code.left_out);
    let context =
        Context { date: TODAY, region: pack().region("us").unwrap(), settings: &Settings::default(), leave_out: true };
    let (_, on_paper) = table(&summary::sheets(pack(), &before, context).clinician.unwrap());
    let (_, from_code) = table(&summary::sheets(pack(), &code.answers, context).clinician.unwrap());
    assert_eq!(on_paper, from_code);
    assert!(
        on_paper[0][1].starts_with("not scored; possible ") && on_paper[0][3].starts_with("8 of 9 answered"),
        "{:?}",
        on_paper[0]
    );
    let context = Context { leave_out: false, ..context };
    let earlier = Some(Earlier { date: BEFORE, answers: &code.answers });
    let (_, rows) = table(&summary::sheets_since(pack(), &fixture("light"), context, earlier).clinician.unwrap());
    assert_eq!(rows[0][..3], ["PHQ-9", &on_paper[0][1], "5 / 27"]);
    // Left out today, it is left out of the other day too, though its record is whole.
    let context = Context { leave_out: true, ..context };
    let earlier = Some(Earlier { date: BEFORE, answers: &before });
    let (_, rows) = table(&summary::sheets_since(pack(), &fixture("light"), context, earlier).clinician.unwrap());
    assert_eq!(rows[0][1], on_paper[0][1]);
}
