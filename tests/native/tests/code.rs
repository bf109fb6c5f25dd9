//! The code on paper: what goes in comes out, fits, and is refused when it is damaged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{fixture, fixtures, pack};
use engine::answers::{Answer, Answers, Value};
use engine::form::EvaluatedForm;
use engine::pack::{Pack, Settings};
use engine::summary::{self, Context};
use export::qr;
use export::read_error::ReadErrorKind;
use export::record::Moment;
use export::{code, record};
use proptest::prelude::*;

const DAY: &str = "2026-11-22";

fn made(answers: &Answers) -> String {
    code::text(pack(), answers, false, DAY)
}

/// What a code can carry: answers that are asked, own words replaced.
fn on_paper(pack: &Pack, answers: &Answers) -> Answers {
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let mut out = Answers::default();
    for (key, answer) in
        answers.iter().filter(|(k, _)| form.asked(&k.link, if pack.safety.trials == k.link { 0 } else { k.repetition }))
    {
        let mut values: Vec<Value> = answer.values().to_vec();
        for value in &mut values {
            if matches!(value, Value::Text(_)) {
                *value = Value::Text(String::new());
            }
        }
        out.set(key.clone(), if values.is_empty() { Answer::Skipped } else { Answer::Given(values) });
    }
    out
}

#[test]
fn every_fixture_fits_and_comes_back() {
    for (name, answers) in fixtures() {
        for leave_out in [false, true] {
            let text = code::text(pack(), answers, leave_out, DAY);
            let qr = qr::encode(&text).unwrap_or_else(|| panic!("{name}: {} letters do not fit", text.len()));
            assert!(qr.size <= 22 * 4 + 17, "{name}");
            let read = code::read(pack(), &text).unwrap_or_else(|p| panic!("{name}: {p:?}"));
            assert_eq!(
                (read.day.as_str(), read.version.as_str(), read.unknown.len()),
                (DAY, pack().version.as_str(), 0),
                "{name}"
            );
            if !leave_out {
                assert_eq!(read.answers.encode(), on_paper(pack(), answers).encode(), "{name}");
                assert!(!read.left_out);
            }
        }
    }
    // Own words never stand in it, and what was left out neither.
    let read = code::read(pack(), &code::text(pack(), &fixture("item-9-several"), true, DAY)).unwrap();
    assert!(read.left_out);
    assert!(
        read.answers
            .iter()
            .filter(|(k, _)| ["phq9-9", "e1"].contains(&k.link.as_str()))
            .all(|(_, a)| *a == Answer::Skipped)
    );
    // As it is typed, in lower case and with line breaks.
    let text = made(&fixture("light"));
    let typed: String =
        text.to_lowercase().as_bytes().chunks(40).map(|c| format!("{}\r\n", std::str::from_utf8(c).unwrap())).collect();
    assert_eq!(code::read(pack(), &typed), code::read(pack(), &text));
}

/// What the clinic's desk read from paper is saved as a record, which is read back: also where two
/// own words are on the paper.
#[test]
fn what_a_code_gives_makes_a_record() {
    let settings = Settings::default();
    let context = Context { date: DAY, region: pack().region("us").unwrap(), settings: &settings, leave_out: false };
    for (name, answers) in fixtures() {
        let code = code::read(pack(), &made(answers)).unwrap();
        let file =
            record::bundle(pack(), &code.answers, context, Moment { authored: DAY, made: "2026-12-01T09:00:00+01:00" });
        let back = record::read(pack(), &file).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        assert_eq!(
            summary::sheets(pack(), &back.answers, context),
            summary::sheets(pack(), &code.answers, context),
            "{name}"
        );
    }
}

/// Made by form 1, in which each answer stood alone.
#[test]
fn a_code_of_the_first_form_is_read() {
    let first = "CRA60P-3OE3FQ7LQ7H173K7+C7DX38P08P08P08P08P08P08P02B4VD5791791791791+21+21791+21+21U+5791791+21791+21+21A61E60-$9AO2LQJKM7E602J7CF1EP2CF1OYEPO23A6BF1CF1215E75OINCLO8F1C*J*OL";
    assert_eq!(bytes(first)[0], 1);
    let now = made(&fixture("light"));
    assert!(bytes(&now)[0] == 2 && now.len() < first.len(), "{now}");
    // Questions that are new since then are not in it, and s37 is two of them now.
    let read = code::read(pack(), first).unwrap();
    assert_eq!(read.unknown, Vec::<String>::new());
    let before: Vec<_> = fixture("light")
        .iter()
        .filter(|(k, _)| read.answers.get(k).is_some())
        .map(|(k, a)| (k.clone(), a.clone()))
        .collect();
    assert!(
        before.len() > 40
            && before.iter().all(|(k, a)| read.answers.get(k).map(|b| b.values().len()) == Some(a.values().len())),
        "{before:?}"
    );
}

/// So that a whole questionnaire is read from a copy: each heavy case in no more letters, and in no
/// higher a version.
#[test]
fn heavy_cases_take_few_letters() {
    let mut wrong = Vec::new();
    for (name, most, version) in
        [("light", 140, 6), ("everything-no", 220, 8), ("heavy", 575, 15), ("full", 730, 17), ("heaviest", 840, 19)]
    {
        let text = made(&fixture(name));
        let got = (qr::encode(&text).unwrap().size - 17) / 4;
        if text.len() > most || got > version {
            wrong.push(format!("{name}: {} letters, version {got}", text.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words for own words are those of the language that the sheets are made in, not of the one
/// the code was read in.
#[test]
fn own_words_on_paper_are_said_in_the_language_of_the_sheets() {
    let settings = Settings::default();
    let read = code::read(pack(), &made(&fixture("heaviest"))).unwrap().answers;
    for (pack, words, other) in
        [(pack(), "in own words, on the paper", "en el papel"), (common::spanish(), "en el papel", "on the paper")]
    {
        let context = Context { date: DAY, region: pack.region("us").unwrap(), settings: &settings, leave_out: false };
        let sheets = summary::sheets(pack, &read, context);
        // The visitor did not write that.
        let quoted = format!("“{}", pack.words.on_paper());
        assert!(!common::all_text(&sheets).contains(&quoted), "{quoted}");
        for text in [
            format!("{sheets:?}"),
            record::bundle(pack, &read, context, Moment { authored: DAY, made: "2026-12-01T09:00:00+01:00" }),
        ] {
            assert!(text.contains(words) && !text.contains(other), "{text}");
            assert!(!text.contains("“”") && !text.contains("\"valueString\":\"\""), "an answer without words: {text}");
        }
    }
}

/// Own words stay on the paper, also if they read like a day.
#[test]
fn words_that_look_like_a_day_are_words() {
    for words in ["2021-11-02", "2024-3-15"] {
        let answers = common::answered(&format!("age=25-44;s02=yes;s02-when='{words}"));
        let read = code::read(pack(), &made(&answers)).unwrap();
        assert!(read.unknown.is_empty(), "{words}: {:?}", read.unknown);
        assert_eq!(read.answers.encode(), on_paper(pack(), &answers).encode(), "{words}");
    }
}

/// The text has 41 letters and no blank, so that a scanner in any setting types it whole.
#[test]
fn letters_are_plain() {
    let text = made(&fixture("heaviest"));
    assert!(
        text.starts_with("CR")
            && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || b"$*+-.".contains(&b)),
        "{text}"
    );
}

/// Undone by hand, so that the test knows the form from its description and not from the code.
const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-.";

fn bytes(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text[2..].chars().map(|c| LETTERS.find(c).unwrap() as u32).collect();
    let mut out = Vec::new();
    for group in digits.chunks(3) {
        let value = group.iter().rev().fold(0, |v, d| v * 41 + d);
        if group.len() == 3 {
            out.push((value >> 8) as u8);
        }
        out.push(value as u8);
    }
    out
}

fn text(bytes: &[u8]) -> String {
    let mut out = String::from("CR");
    for pair in bytes.chunks(2) {
        let mut value = if pair.len() == 2 { u32::from(pair[0]) << 8 | u32::from(pair[1]) } else { u32::from(pair[0]) };
        for _ in 0..=pair.len() {
            out.push(LETTERS.as_bytes()[(value % 41) as usize] as char);
            value /= 41;
        }
    }
    out
}

/// With a checksum that is right, as somebody would make it who means harm.
fn sealed(data: &[u8]) -> String {
    let mut table_free = u32::MAX;
    for byte in data {
        table_free ^= u32::from(*byte);
        for _ in 0..8 {
            table_free = if table_free & 1 == 1 { (table_free >> 1) ^ 0xedb8_8320 } else { table_free >> 1 };
        }
    }
    text(&[data, &(!table_free).to_be_bytes()].concat())
}

#[test]
fn every_single_bit_flip_is_refused() {
    for name in ["light", "heaviest", "nothing-answered"] {
        let good = bytes(&made(&fixture(name)));
        assert_eq!(text(&good), made(&fixture(name)));
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            let got = code::read(pack(), &text(&bad)).map_err(|p| p.kind);
            assert!(matches!(got, Err(ReadErrorKind::Damaged | ReadErrorKind::CutOff)), "{name}, bit {bit}: {got:?}");
        }
    }
}

#[test]
fn every_changed_letter_and_every_cut_is_refused() {
    let good = made(&fixture("light"));
    for at in 2..good.len() {
        for letter in ['0', 'Z', '.', '%', 'ü'] {
            let changed: String = good.chars().enumerate().map(|(i, c)| if i == at { letter } else { c }).collect();
            assert!(changed == good || code::read(pack(), &changed).is_err(), "letter {at} as {letter}");
        }
        assert!(code::read(pack(), &good[..at]).is_err(), "cut at {at}");
    }
}

/// With a right checksum and nonsense inside.
#[test]
fn hostile_codes_give_a_message_and_nothing_else() {
    let head = |rest: &[u8]| [&[1, 0, 26, 11, 22, 1, b'9'][..], rest].concat();
    let endless: Vec<u8> = [vec![1 << 3 | 1, 1], vec![1; 400]].concat();
    let rows: Vec<(&str, String, Result<usize, ReadErrorKind>)> = vec![
        ("nothing", String::new(), Err(ReadErrorKind::OtherCode)),
        ("an address", "https://example.org".into(), Err(ReadErrorKind::OtherCode)),
        ("a novel", "CR".repeat(5_000), Err(ReadErrorKind::OtherCode)),
        ("only the head", "CR".into(), Err(ReadErrorKind::CutOff)),
        ("no day", sealed(&[1, 0, 26, 13, 22, 0]), Err(ReadErrorKind::Damaged)),
        ("a newer form", sealed(&[4, 0, 26, 11, 22, 0]), Err(ReadErrorKind::Newer)),
        ("form 0", sealed(&[0, 0, 26, 11, 22, 0]), Err(ReadErrorKind::Damaged)),
        ("strange flags", sealed(&[1, 6, 26, 11, 22, 0]), Err(ReadErrorKind::Damaged)),
        ("a version that is no text", sealed(&[1, 0, 26, 11, 22, 2, b'<', 0xff]), Err(ReadErrorKind::Damaged)),
        ("a version longer than the code", sealed(&[1, 0, 26, 11, 22, 200, 1, b'9']), Err(ReadErrorKind::Damaged)),
        ("no answers", sealed(&head(&[])), Ok(0)),
        ("a repetition before the first question", sealed(&head(&[1, 1])), Err(ReadErrorKind::Damaged)),
        ("nothing again", sealed(&head(&[1 << 3 | 7])), Err(ReadErrorKind::Damaged)),
        ("an answer again and again", sealed(&head(&[1 << 3, 0xff, 0xff, 0xff, 0x7f])), Err(ReadErrorKind::Damaged)),
        ("a repetition again and again", sealed(&head(&[1 << 3, 0, 0xff, 0x7f])), Err(ReadErrorKind::Damaged)),
        ("an answer again to what is to come", sealed(&head(&[0xf9, 0x3f, 3, 2 << 3 | 7])), Ok(3)),
        ("an answer that is missing", sealed(&head(&[1 << 3 | 1])), Err(ReadErrorKind::Damaged)),
        (
            "four thousand million answers",
            sealed(&head(&[1 << 3 | 2, 0xff, 0xff, 0xff, 0x7f])),
            Err(ReadErrorKind::Damaged),
        ),
        ("a number without end", sealed(&head(&[0x80; 40])), Err(ReadErrorKind::Damaged)),
        ("repetitions without end", sealed(&head(&endless)), Err(ReadErrorKind::Damaged)),
        ("no number", sealed(&head(&[1 << 3 | 4, 1, b'x'])), Err(ReadErrorKind::Damaged)),
        // What this content doesn't know is named and not taken: an unknown question, an answer of
        // another question, own words to a choice, two answers where one can be, a number, a second
        // repetition.
        ("an unknown question", sealed(&head(&[0xf8, 0x3f, 9 << 3, 9])), Err(ReadErrorKind::Damaged)),
        ("a question to come", sealed(&head(&[0xf9, 0x3f, 3])), Ok(1)),
        ("an answer of another question", sealed(&head(&[1 << 3 | 1, 7])), Ok(1)),
        ("own words to a choice", sealed(&head(&[1 << 3 | 1, 0])), Ok(1)),
        ("two ages", sealed(&head(&[1 << 3 | 2, 2, 14, 15])), Ok(1)),
        ("a number to a choice", sealed(&head(&[1 << 3 | 3, 5])), Ok(1)),
        ("a day to a choice", sealed(&head(&[1 << 3 | 5, 26, 1, 1])), Ok(1)),
        ("a second age", sealed(&head(&[1 << 3, 0])), Ok(1)),
    ];
    let mut wrong = Vec::new();
    for (name, text, want) in rows {
        let got = code::read(pack(), &text);
        let as_wanted = match (&got, want) {
            (Ok(code), Ok(unknown)) => {
                code.unknown.len() == unknown && code.answers.iter().all(|(_, a)| *a == Answer::Skipped)
            }
            (Err(p), Err(what)) => p.kind == what && p.message(&pack().words).len() > 20,
            _ => false,
        };
        if !as_wanted {
            wrong.push(format!("{name}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A code from other content: a question and an answer that are gone since are named, the rest is
/// taken.
#[test]
fn other_content_reads_what_it_knows() {
    let text = made(&fixture("light"));
    let mut later = pack().clone();
    later.version = "2027.1.0".into();
    later.questionnaire.items[0].items[0].options.retain(|o| o.code == "under-18");
    for section in &mut later.questionnaire.items {
        section.items.retain(|i| i.link_id != "why-for");
    }
    let read = code::read(&later, &text).unwrap();
    assert_eq!(read.unknown, ["age", "why-for"]);
    assert_eq!(read.version, pack().version);
    assert!(
        read.answers.iter().count() > 5 && read.answers.iter().all(|(k, _)| k.link != "age" && k.link != "why-for")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    /// Any walk comes back, whatever was answered.
    #[test]
    fn any_walk_comes_back(seed in any::<u64>()) {
        let mut random = common::random::Random::new(seed);
        let answers = common::walk_through(Answers::default(), |item, _| {
            if item.options.is_empty() {
                return if item.is_group() { Answer::code(if random.percent(60) { "true" } else { "false" }) } else { Answer::Given(vec![Value::Text("own".into())]) };
            }
            if random.percent(15) { return Answer::Skipped }
            Answer::code(&item.options[random.below(item.options.len() as u64) as usize].code)
        });
        let text = made(&answers);
        let read = code::read(pack(), &text);
        prop_assert_eq!(read.map(|c| c.answers.encode()), Ok(on_paper(pack(), &answers).encode()));
        prop_assert!(qr::encode(&text).is_some(), "{} letters", text.len());
    }

    /// Whatever a scanner types, nothing panics, and nothing is taken that has no checksum.
    #[test]
    fn anything_typed_is_refused(text in "CR[0-9A-Z$*+.-]{0,300}") {
        prop_assert!(code::read(pack(), &text).is_err());
    }
}

/// A code holds what fits into version 22, and its bars are its dark modules: each once, none
/// outside.
#[test]
fn bars_draw_the_dark_modules() {
    let mut sizes = std::collections::BTreeSet::new();
    for letters in (1..1_300).step_by(13) {
        let text: String = "CR".chars().chain(LETTERS.chars().cycle()).take(letters).collect();
        let Some(qr) = qr::encode(&text) else {
            assert!(letters > 1_100, "{letters} letters fit");
            continue;
        };
        sizes.insert(qr.size);
        let mut drawn = vec![0; qr.size * qr.size];
        for (x, y, length) in qr.bars() {
            (x..x + length).for_each(|x| drawn[y * qr.size + x] += 1);
        }
        let dark = |i: usize| u8::from(qr.is_dark(i % qr.size, i / qr.size));
        assert!(drawn.iter().enumerate().all(|(i, n)| *n == dark(i)), "{letters} letters");
        // The upper left finder: seven dark, and a light row around it.
        assert!(
            (0..7).all(|x| qr.is_dark(x, 0) && qr.is_dark(0, x)) && (0..8).all(|x| !qr.is_dark(x, 7)),
            "{letters} letters"
        );
        assert!(!qr.is_dark(qr.size, 0) && !qr.is_dark(0, usize::MAX));
    }
    assert_eq!(sizes, (1..=22).map(|version| 4 * version + 17).collect(), "each version is used");
    for bad in ["lower", "ü", &"A".repeat(1_200)] {
        assert!(qr::encode(bad).is_none());
    }
}

/// A day that the calendar doesn't have is none, in a code either: own words on the paper when it
/// is written, named when somebody else wrote it.
#[test]
fn a_day_that_does_not_exist_is_not_taken() {
    let mut later = pack().clone();
    for section in &mut later.questionnaire.items {
        section.items.iter_mut().filter(|i| i.link_id == "how-long").for_each(|i| {
            i.kind = engine::pack::Kind::Date;
            i.options.clear();
        });
    }
    let number = later.numbers.questions.iter().position(|l| l == "how-long").unwrap() as u8 + 1;
    for (day, known) in [([26, 2, 28], true), ([26, 2, 31], false)] {
        let head = [1, 0, 26, 11, 22, 1, b'9'];
        let read = code::read(&later, &sealed(&[&head[..], &[number << 3 | 5], &day].concat())).unwrap();
        assert_eq!(read.unknown.is_empty(), known, "{day:?}: {:?}", read.unknown);
        assert_eq!(read.answers.is_empty(), !known, "{day:?}");
    }
}

/// Whatever is typed as a code, and whatever stands behind a right checksum, is refused with a
/// sentence, or read: what is read can be printed, and that is read again. A code that nobody
/// printed may say what no walk does, and loses it there; that ours come back the same is another
/// test's. The inputs are bytes, as hexadecimal digits.
#[test]
fn fuzz_the_code_reader() {
    let hex = |answers: &Answers| {
        let all = bytes(&made(answers));
        all[..all.len() - 4].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let good: Vec<String> = fixtures().values().map(hex).collect();
    common::fuzz::fuzz("code", &good, |text| {
        let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
        let data: Vec<u8> = digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
        for code in [sealed(&data), text.to_uppercase(), format!("CR{}", text.to_uppercase())] {
            let read = match code::read(pack(), &code) {
                Ok(read) => read,
                Err(problem) => {
                    prop_assert!(problem.message(&pack().words).len() > 10, "{:?}", problem);
                    continue;
                }
            };
            prop_assert_eq!(Answers::decode(&read.answers.encode()), Ok(read.answers.clone()));
            let again = code::read(pack(), &code::text(pack(), &read.answers, false, DAY));
            prop_assert!(again.is_ok(), "our own code is refused: {:?}", again);
        }
        Ok(())
    });
}
