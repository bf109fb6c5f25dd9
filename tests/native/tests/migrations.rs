//! `content/migrations.toml`: answers to questions that have changed since are brought along,
//! wherever they come in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, copy_folder, pack, root};
use content::{self, Problems};
use engine::answers::Answers;
use engine::migrate::migrate;
use engine::pack::{Item, Migration, Pack, Settings};
use engine::summary::Context;
use export::record::Moment;
use export::{code, record};

const MIGRATIONS: &str = r#"
[[migration]]
question = "s06"
answer = "yes"
to = [ { question = "s06-row", answer = "yes" }, { question = "s06-since", answer = "1-2-years" } ]
[[migration]]
question = "s06"
to = [ { question = "s06-row" } ]
[[migration]]
question = "why-for"
answer = "pain"
to = [ { question = "why-for", answer = "long-pain" } ]
[[migration]]
question = "goal"
to = [ { question = "aim" } ]
[[migration]]
question = "trial"
to = [ { question = "drug" } ]
[[migration]]
question = "trial-time"
to = [ { question = "drug-time" } ]
"#;

fn rows(text: &str) -> Vec<Migration> {
    let mut table: std::collections::BTreeMap<String, Vec<Migration>> = toml::from_str(text).unwrap();
    table.remove("migration").unwrap()
}

fn rename(group: &mut Item, since: &Item) {
    if let Some(place) = group.items.iter().position(|i| i.link_id == "s06") {
        let mut since = since.clone();
        since.link_id = "s06-since".into();
        since.enable.when.clear();
        group.items.insert(place + 1, since);
    }
    for item in &mut group.items {
        for (from, to) in [("s06", "s06-row"), ("goal", "aim"), ("trial", "drug"), ("trial-time", "drug-time")] {
            if item.link_id == from {
                item.link_id = to.into();
            }
        }
        if item.link_id == "why-for" {
            item.options.iter_mut().filter(|o| o.code == "pain").for_each(|o| o.code = "long-pain".into());
        }
        rename(item, since);
    }
}

/// The pack after a change of its questionnaire: a question split in two, an answer, a group and
/// questions renamed.
fn later() -> Pack {
    let mut pack = pack().clone();
    pack.migrations = rows(MIGRATIONS);
    pack.questionnaire.version = "2030.1.0".into();
    let since = pack.questionnaire.item("how-long").unwrap().clone();
    for stage in &mut pack.questionnaire.items {
        stage.link_id = format!("later-{}", stage.link_id);
        rename(stage, &since);
    }
    for name in ["s06-row", "s06-since", "aim", "drug", "drug-time"] {
        pack.numbers.questions.push(name.into());
    }
    pack.numbers.answers.push("long-pain".into());
    pack
}

/// Each old answer, and what it is now.
const ROWS: &[(&str, &str)] = &[
    ("s06=yes", "s06-row=yes;s06-since=1-2-years"),
    ("s06=no", "s06-row=no"),
    ("s06=asked-unknown", "s06-row=asked-unknown"),
    ("s06=-", "s06-row=-"),
    ("why-for=mood,pain", "why-for=mood,long-pain"),
    ("why-for=-", "why-for=-"),
    ("goal='sleep%20again", "aim='sleep%20again"),
    ("trial=true;trial-time=over-3-months;trial-time:1=-", "drug=true;drug-time=over-3-months;drug-time:1=-"),
];

#[test]
fn kept_text_is_migrated() {
    let later = later();
    for (old, new) in ROWS {
        let migrated = migrate(&later, &answered(old));
        assert_eq!(migrated.encode(), answered(new).encode(), "{old}");
        assert_eq!(migrate(&later, &migrated), migrated, "{old}: twice");
    }
    assert_eq!(migrate(pack(), &answered("s06=yes")), answered("s06=yes"), "without a row nothing changes");
}

/// Height and weight were one text. What it consists of becomes two quantities with the units that
/// were written; a text that says anything else is shown as it was typed, and stays when it is
/// taken along again.
#[test]
fn height_and_weight_in_one_text_are_two_quantities() {
    for (old, new) in [
        ("s29='5%20ft%206%2C%20190%20lb", "height=#66*%5Bin_i%5D;weight=#190*%5Blb_av%5D"),
        ("s29='170%20cm", "height=#170*cm"),
        ("s29='82.5%20kg", "weight=#82.5*kg"),
        ("s29='about%20190%20lb%2C%20less%20than%20in%20May", "weight='about%20190%20lb%2C%20less%20than%20in%20May"),
        ("s29='", "weight='"),
        ("s29=-", "weight=-"),
        ("s29='190%20lb;weight=#86*kg", "weight=#86*kg"),
    ] {
        let migrated = migrate(pack(), &answered(old));
        assert_eq!(migrated.encode(), answered(new).encode(), "{old}");
        assert_eq!(migrate(pack(), &migrated), migrated, "{old}: twice");
    }
    // From a record of 0.1.0, with words that are no quantity: opened, told to nobody as unknown,
    // printed, and written again.
    let asked = r#"{"linkId":"age","answer":[{"valueCoding":{"code":"25-44","system":"SYSTEM"}}]}"#;
    let system = &pack().questionnaire.item("age").unwrap().option("25-44").unwrap().system;
    let old = format!(
        r#"{{"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"{}|2026.11.0","item":[{},{{"linkId":"s29","answer":[{{"valueString":"Own words about s29"}}]}}]}}"#,
        pack().questionnaire.url,
        asked.replace("SYSTEM", system)
    );
    let old = old.as_str();
    let read = record::read(pack(), old).unwrap();
    assert_eq!(read.unknown, Vec::<String>::new());
    let sheet = common::text_of(&common::clinician(&read.answers));
    assert!(sheet.contains("Weight: Own words about s29 (as typed, not what was asked for)"), "{sheet}");
    let again = record::read(pack(), &old_record(&read.answers)).unwrap();
    assert_eq!(
        again.answers.get(&engine::answers::Key::first("weight")),
        read.answers.get(&engine::answers::Key::first("weight"))
    );
    // Heights print as they were chosen, in both languages.
    for (answers, want) in [
        ("height=#66*%5Bin_i%5D", "Height: 5 ft 6 in"),
        ("height=#66.5*%5Bin_i%5D", "Height: 5 ft 6.5 in"),
        ("height=#170*cm", "Height: 170 cm"),
        ("weight=#190*%5Blb_av%5D", "Weight: 190 lb"),
        ("weight=#86*kg", "Weight: 86 kg"),
    ] {
        let sheet = common::text_of(&common::clinician(&answered(&format!("age=25-44;{answers}"))));
        assert!(sheet.contains(want), "{want}: {sheet}");
    }
}

/// Kratom and cannabis left the list of supplements: nothing that was said is lost or made up.
#[test]
fn kratom_and_cannabis_are_asked_once() {
    for (old, english, in_spanish) in [
        ("supplements=kava,kratom", "s42=kratom;supplements=kava", "s42=kratom;supplements=kava"),
        ("s42=-;supplements=kava,kratom", "s42=kratom;supplements=kava", "s42=kratom;supplements=kava"),
        ("s42=kratom;supplements=kava,kratom", "s42=kratom;supplements=kava", "s42=kratom;supplements=kava"),
        // The question was answered, and its answer stands there.
        ("supplements=kratom", "s42=kratom;supplements='Kratom", "s42=kratom;supplements='Kratom"),
        // Another answer is not changed.
        ("s42=none;supplements=kava,kratom", "s42=none;supplements=kava,'Kratom", "s42=none;supplements=kava,'Kratom"),
        ("s42=mdma;supplements=kava,kratom", "s42=mdma;supplements=kava,'Kratom", "s42=mdma;supplements=kava,'Kratom"),
        // How often was never said.
        (
            "supplements=cannabis-oil,kava",
            "supplements='Cannabis%20or%20CBD%20oil,kava",
            "supplements='Aceite%20de%20cannabis%20o%20CBD,kava",
        ),
        (
            "s41=weekly;supplements=cannabis-oil",
            "s41=weekly;supplements='Cannabis%20or%20CBD%20oil",
            "s41=weekly;supplements='Aceite%20de%20cannabis%20o%20CBD",
        ),
    ] {
        for (pack, new) in [(pack(), english), (common::spanish(), in_spanish)] {
            let migrated = migrate(pack, &answered(old));
            assert_eq!(migrated.encode(), answered(new).encode(), "{}: {old}", pack.lang);
            assert_eq!(migrate(pack, &migrated), migrated, "{}: {old}: twice", pack.lang);
        }
    }
    // What was not stopped is taken.
    assert_eq!(migrate(pack(), &answered("trial-stop=still")), answered("trial-now=yes"));
    assert_eq!(
        migrate(pack(), &answered("trial-now=no;trial-stop=still,cost")),
        answered("trial-now=no;trial-stop=cost")
    );
}

/// What stands under the new name is not replaced by what stands under the old one.
#[test]
fn a_new_answer_counts_more() {
    assert_eq!(migrate(&later(), &answered("s06=yes;s06-row=no")), answered("s06-row=no;s06-since=1-2-years"));
    assert_eq!(migrate(&later(), &answered("why-for=long-pain,pain")), answered("why-for=long-pain"));
}

/// A walk that asks all of them.
const ASKED: &str = "age=25-44;e1=no;e2=no;e3=no;e4=no;e5=no;e6=no;e7=no;why-for=mood,pain;goal='sleep%20again;s06=yes;takes-medicines=no;tried-any=yes;tried-paper=no;trial=true;trial-medicine=sertraline;trial-time=over-3-months;trial-medicine:1=citalopram;trial-time:1=under-4-weeks;trial:1=false";
const NOW: &str = "age=25-44;e1=no;e2=no;e3=no;e4=no;e5=no;e6=no;e7=no;why-for=mood,long-pain;aim='sleep%20again;s06-row=yes;s06-since=1-2-years;takes-medicines=no;tried-any=yes;tried-paper=no;drug=true;trial-medicine=sertraline;drug-time=over-3-months;trial-medicine:1=citalopram;drug-time:1=under-4-weeks;drug:1=false";

fn old_record(answers: &Answers) -> String {
    let settings = Settings::default();
    let context = Context {
        date: "22 November 2026",
        region: pack().region("us").unwrap(),
        settings: &settings,
        leave_out: false,
    };
    record::bundle(
        pack(),
        answers,
        context,
        Moment { authored: "2026-11-22T18:00:00+01:00", made: "2026-11-22T18:00:00+01:00" },
    )
}

#[test]
fn a_record_is_migrated() {
    let file = old_record(&answered(ASKED));
    let before = record::read(pack(), &file).unwrap();
    assert_eq!(before.answers.encode(), answered(ASKED).encode(), "all of it is asked");
    let read = record::read(&later(), &file).unwrap();
    assert_eq!(read.unknown, Vec::<String>::new());
    assert_eq!(read.answers.encode(), answered(NOW).encode());
}

#[test]
fn a_code_on_paper_is_migrated() {
    let text = code::text(pack(), &answered(ASKED), false, "2026-11-22");
    let read = code::read(&later(), &text).unwrap();
    assert_eq!(read.unknown, Vec::<String>::new());
    // Own words are on the paper alone.
    assert_eq!(read.answers.encode(), answered(&NOW.replace("aim='sleep%20again", "aim='")).encode());
}

/// A row that keeps the answer as it is leads to a question that doesn't have it: the answer is
/// told, not taken.
#[test]
fn what_does_not_fit_is_told() {
    let mut later = later();
    later.migrations.iter_mut().filter(|m| m.question == "goal").for_each(|m| m.to[0].question = "s06-since".into());
    later.migrations.retain(|m| m.question != "s06");
    let file = old_record(&answered(ASKED));
    let read = record::read(&later, &file).unwrap();
    assert!(
        read.unknown.contains(&"s06-since".to_string()) && read.answers.iter().all(|(k, _)| k.link != "s06-since"),
        "{:?}",
        read.unknown
    );
    let read = code::read(&later, &code::text(pack(), &answered(ASKED), false, "2026-11-22")).unwrap();
    assert_eq!(read.unknown, ["s06", "s06-since"]);
}

/// Rows that lose or double an answer are refused when the content is packed.
#[test]
fn wrong_rows_are_refused() {
    let refused = |rows_text: &str| {
        let mut authored = common::authored().clone();
        authored.pack.migrations = rows(rows_text);
        let mut problems = Problems::default();
        content::check(&authored, &mut problems);
        problems.to_string()
    };
    let row = |question: &str, answer: &str, to: &str| {
        format!("[[migration]]\nquestion = \"{question}\"\n{answer}\nto = [{to}]\n")
    };
    let to = "{ question = \"s06\", answer = \"yes\" }";
    let cases = [
        (row("s06", "answer = \"yes\"", to), "the questionnaire still has this answer"),
        (row("s06", "", to), "the questionnaire still has this answer"),
        (row("gone", "", to), "its number is gone"),
        (row("s06", "answer = \"gone\"", to), "the number of its answer is gone"),
        (row("gone", "", ""), "it leads nowhere"),
        (
            row("gone", "", "{ question = \"s06\", answer = \"gone\" }"),
            "there is no question “s06” with the answer “gone”",
        ),
        (row("gone", "", "{ question = \"gone-too\" }"), "there is no question “gone-too” with the answer “any”"),
        (row("gone", "", to) + &row("gone", "", to), "this answer has a row already"),
    ];
    for (text, why) in cases {
        let got = refused(&text);
        assert!(got.contains(why), "{text}: {got}");
    }
    // One that is right: the answer is gone, its number is not.
    let never = pack()
        .numbers
        .answers
        .iter()
        .find(|code| pack().questionnaire.item("s06").unwrap().option(code).is_none())
        .unwrap();
    assert_eq!(refused(&row("s06", &format!("answer = \"{never}\""), to)), "");
}

/// The file that the content has is read: a row in it reaches the pack of each language.
#[test]
fn the_file_is_read() {
    let to = std::env::temp_dir().join(format!("consult-ready-migrations-{}", std::process::id()));
    copy_folder(&root().join("content"), &to.join("content"));
    let never = pack()
        .numbers
        .answers
        .iter()
        .find(|code| pack().questionnaire.item("s06").unwrap().option(code).is_none())
        .unwrap();
    let file = to.join("content/migrations.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let row = format!(
        "{text}\n[[migration]]\nquestion = \"s06\"\nanswer = \"{never}\"\nto = [{{ question = \"s06\", answer = \"yes\" }}]\n"
    );
    std::fs::write(&file, row).unwrap();
    let mut problems = Problems::default();
    let english = content::load(&to, &mut problems).unwrap();
    content::check(&english, &mut problems);
    let spanish = content::translate(&to, "es", &english, &mut problems).unwrap();
    std::fs::remove_dir_all(&to).unwrap();
    assert!(problems.is_empty(), "{problems}");
    for pack in [english.pack, spanish] {
        assert_eq!(migrate(&pack, &answered(&format!("s06={never}"))), answered("s06=yes"), "{}", pack.lang);
        assert_eq!(Pack::decode(&pack.encode()).unwrap().migrations, pack.migrations);
    }
}
