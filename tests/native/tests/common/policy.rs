//! How the long named answer sets come about: a visitor with one habit goes through the whole walk.
//!
//! The sets stand in `tests/fixtures/answers.toml`, because other kinds of tests read them too; a test
//! compares them with what is made here and prints the new text when the questions have changed.

use super::{pack, said, walk_through};
use engine::answers::{Answer, Answers, Value};
use engine::pack::{Item, Kind, UNKNOWN_CODES};

/// The sets that follow from a habit.
pub const MADE: &[&str] = &["everything-no", "everything-yes", "all-not-sure", "heaviest"];

pub fn make(name: &str) -> Answers {
    match name {
        "everything-no" => walk_through(said("age=25-44;why-for=mood"), |item, _| no(item)),
        "everything-yes" => walk_through(said("age=45-64;safe=yes-safe"), |item, at| yes(item, at, 2)),
        "all-not-sure" => walk_through(said("age=25-44"), |item, _| not_sure(item)),
        "heaviest" => walk_through(said(&format!("age=65-plus;{HEAVY}")), heaviest),
        other => panic!("no habit makes {other}"),
    }
}

/// Twelve medicines of many classes, two of them typed.
const HEAVY: &str = "medicines=phenelzine,clonazepam,oxycodone-acetaminophen,naltrexone,lamotrigine,lisdexamfetamine,theophylline,levothyroxine,semaglutide,hydrochlorothiazide,'Zzyzzafil%20forte,'my%20grandmother%E2%80%99s%20drops";

fn known(code: &str) -> bool {
    !UNKNOWN_CODES.contains(&code)
}

/// "No", "none" or "never", 0 points; skipped where no answer means no.
fn no(item: &Item) -> Answer {
    let says_no = ["no", "none", "never", "LA6568-5", "LA6270-8", "LA32-8", "false"];
    says_no.iter().find(|c| item.option(c).is_some() || (item.is_group() && **c == "false")).map_or(Answer::Skipped, |c| Answer::code(c))
}

/// Every "yes", the highest points, all that may be chosen together; `trials` medicines were tried.
fn yes(item: &Item, at: u8, trials: u8) -> Answer {
    let options = || item.options.iter().filter(|o| known(&o.code));
    match item.kind {
        Kind::Group => Answer::code(if at + 1 < trials { "true" } else { "false" }),
        Kind::Lookup | Kind::OpenLookup => Answer::code(&options().nth(usize::from(at)).unwrap().code),
        _ if item.options.is_empty() => Answer::Given(vec![Value::Text(format!("Own words about {}", item.link_id))]),
        _ if item.link_id == "tried-paper" => Answer::code("no"),
        _ if item.repeats => Answer::Given(options().filter(|o| !o.exclusive).map(|o| Value::code(&o.code)).collect()),
        _ => {
            let best = options().filter(|o| o.points.is_some()).max_by_key(|o| o.points);
            let best = best.or_else(|| options().find(|o| o.code.starts_with("yes") || o.code == "now")).or_else(|| options().next_back());
            Answer::code(&best.unwrap().code)
        }
    }
}

/// As `yes`, but with the answer that weighs most, eight trials and long own words.
fn heaviest(item: &Item, at: u8) -> Answer {
    let pack = pack();
    let fires = |code: &str| {
        pack.rules
            .iter()
            .filter(|r| {
                r.about == item.link_id
                    && r.when.all.iter().any(|c| matches!(&c.operand, engine::pack::Operand::Codes(codes) if codes.iter().any(|x| x == code)))
            })
            .map(|r| r.tier)
            .min()
    };
    let worst = item.options.iter().filter(|o| known(&o.code)).filter_map(|o| fires(&o.code).map(|tier| (tier, o))).min_by_key(|(tier, _)| *tier);
    match (item.kind, worst) {
        (Kind::Choice, Some((_, option))) if !item.repeats => Answer::code(&option.code),
        (Kind::String | Kind::Text, _) => Answer::Given(vec![Value::Text(long_words(item))]),
        _ => yes(item, at, 8),
    }
}

/// As long as a visitor may write, up to the 200 letters of the dossier's 6.1; in a table's cell, up to 40.
fn long_words(item: &Item) -> String {
    let wanted = if item.link_id.starts_with("trial-") { 40 } else { 200 };
    let most = if item.max_length == 0 { wanted } else { (item.max_length as usize).min(wanted) };
    let words = format!("{}: it began in 2014, it came back after each winter, and it is why I can’t work, cook or see friends. ", item.label());
    words.repeat(10).chars().take(most).collect::<String>().trim().into()
}

/// "Not sure" where there is such an answer, else "rather not say", else skipped.
fn not_sure(item: &Item) -> Answer {
    UNKNOWN_CODES.iter().find(|c| item.option(c).is_some()).map_or(Answer::Skipped, |c| Answer::code(c))
}
