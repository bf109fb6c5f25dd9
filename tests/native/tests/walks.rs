//! Random walks over the questionnaire: 2,000 in unoptimised code, 100,000 in release. The
//! generator is seeded, so a failure names the seed that shows it again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::random::Random;
use common::{all_text, evaluated, next_keys, pack, sheets_with, spanish};
use engine::answer_edit;
use engine::answers::{Answer, Answers, Key, Value};
use engine::findings;
use engine::form::EvaluatedForm;
use engine::help;
use engine::migrate::migrate;
use engine::pack::{Item, Kind, Pack, Settings, UNKNOWN_CODES};
use engine::scores;
use engine::summary::{self, Context, Row, Sheet, Sheets};
use engine::walk::{self, Step};
use export::{code, record};
use std::collections::{BTreeMap, BTreeSet};

const WALKS: u64 = if cfg!(debug_assertions) { 2_000 } else { 100_000 };
/// One walk in so many goes screen by screen; the others answer all screens there are and look
/// again, which is the same questionnaire at a tenth of the time.
const SLOW_WALK: u64 = 50;
/// One walk in so many is saved as a record in the middle, opened again and gone on with.
const SAVED_WALK: u64 = 200;
/// More screens than any walk has.
const MOST_ROUNDS: usize = 1_000;

/// What our own voice may never say on a sheet. Own words of the walks hold none of it.
const FORBIDDEN: &[&str] = &[
    "eligible",
    "eligibility",
    "ineligible",
    "qualify",
    "qualifies",
    "qualified",
    "disqualified",
    "candidate",
    "candidates",
    "low risk",
    "lower risk",
    "high risk",
    "no risk",
    "risk level",
    "risk score",
    "good fit",
    "suitable",
    "unsuitable",
    "cleared",
    "we recommend",
    "recommended for you",
    "safe for you",
    "you have depression",
    "treatment resistant",
    "failed",
    "non compliant",
    "commit suicide",
    "overall score",
];

/// A visitor's habits: how often they skip, say no, and change what they said before.
struct Visitor {
    random: Random,
    skips: u64,
    noes: u64,
    /// The language that is shown.
    pack: &'static Pack,
    /// Every answer in the order in which it was given, for the replay.
    log: Vec<(Key, Answer)>,
}

impl Visitor {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let (skips, noes) = (random.below(40), random.below(70));
        Self { random, skips, noes, pack: pack(), log: Vec::new() }
    }

    /// Answers one question, of the language that is shown.
    fn answer(&mut self, answers: &mut Answers, key: Key) {
        let answer = self.say(self.pack.questionnaire.item(&key.link).unwrap(), key.repetition);
        self.log.push((key.clone(), answer.clone()));
        answers.set(key, answer);
    }

    /// Goes on from a screen: what it left blank is skipped.
    fn go_on(&mut self, answers: &mut Answers, step: &Step) {
        let before = answers.clone();
        let keys = {
            let form = EvaluatedForm::new(&self.pack.questionnaire, &before);
            walk::skip_blank(&form, step, answers);
            step.keys(&form)
        };
        self.log.extend(keys.into_iter().filter_map(|key| answers.get(&key).cloned().map(|answer| (key, answer))));
    }

    fn say(&mut self, item: &Item, at: u8) -> Answer {
        // One in a hundred skips the age, else hardly a walk would get far.
        let skips = if item.link_id == pack().safety.minor_question { 1 } else { self.skips };
        if self.random.percent(skips) {
            return Answer::Skipped;
        }
        match item.kind {
            Kind::Group | Kind::Page => Answer::code(if self.random.percent(60) { "true" } else { "false" }),
            Kind::String | Kind::Text | Kind::Date => Answer::Given(vec![own_words(&item.link_id, at)]),
            Kind::Integer | Kind::Decimal => Answer::Given(vec![Value::Number(self.random.below(200) as f64)]),
            // In the first unit: a weight in kg would read as a dose below.
            Kind::Quantity => {
                let unit = item.units.first().map(|u| u.code.clone()).unwrap_or_default();
                Answer::Given(vec![Value::Quantity(self.random.below(200) as f64, unit)])
            }
            Kind::Display => Answer::Skipped,
            _ => self.choose(item, at),
        }
    }

    fn choose(&mut self, item: &Item, at: u8) -> Answer {
        if self.random.percent(self.noes)
            && let Some(no) = item.options.iter().find(|o| ["no", "none", "never"].contains(&o.code.as_str()))
        {
            return Answer::code(&no.code);
        }
        let times = if item.repeats { 1 + self.random.below(5) } else { 1 };
        let mut answer = None;
        for _ in 0..times {
            let option = &item.options[self.random.below(item.options.len() as u64) as usize];
            answer = Some(answer_edit::choose(item, answer.as_ref(), option, true));
        }
        if matches!(item.kind, Kind::OpenChoice | Kind::OpenLookup) && self.random.percent(20) {
            answer = Some(answer_edit::add(item, answer.as_ref(), own_words(&item.link_id, at)));
        }
        answer.unwrap_or(Answer::Skipped)
    }
}

/// Own words that name where they were written, so that a sheet betrays any that should not be
/// there.
fn own_words(link: &str, at: u8) -> Value {
    Value::Text(format!("Qz {link} {at} zQ"))
}

fn walk_once(seed: u64, reached: &mut BTreeSet<String>) {
    let mut visitor = Visitor::new(seed);
    let mut answers = Answers::default();
    finish(&mut answers, &mut visitor, seed, reached);
    wander(&mut answers, &mut visitor, seed);
    if seed.is_multiple_of(SAVED_WALK) {
        save_and_open(&mut answers, &mut visitor, seed);
    }
    check(&answers, &mut visitor, seed);
    finish(&mut answers, &mut visitor, seed, reached);
    check(&answers, &mut visitor, seed);
}

/// Some change their mind after the end: what hangs on it is hidden, or asked anew. They also go
/// back and on again, switch the language, and reload the page, whose boot script holds the answers
/// as text.
fn wander(answers: &mut Answers, visitor: &mut Visitor, seed: u64) {
    for _ in 0..visitor.random.below(7) {
        match visitor.random.below(4) {
            0 => {
                let keys: Vec<Key> = answers.iter().map(|(k, _)| k.clone()).collect();
                let Some(key) = keys.get(visitor.random.below(keys.len().max(1) as u64) as usize) else { break };
                visitor.answer(answers, key.clone());
            }
            1 => {
                let (step, keys) = {
                    let form = EvaluatedForm::new(&visitor.pack.questionnaire, answers);
                    let steps = walk::steps(visitor.pack, &form);
                    let step = steps[visitor.random.below(steps.len() as u64) as usize].clone();
                    let keys = step.keys(&form);
                    (step, keys)
                };
                // One of the screen's answers is given anew, or none.
                let at = visitor.random.below(keys.len() as u64 + 1) as usize;
                if let Some(key) = keys.into_iter().nth(at) {
                    visitor.answer(answers, key);
                }
                visitor.go_on(answers, &step);
            }
            2 => {
                visitor.pack = if visitor.pack.lang == "en" { spanish() } else { pack() };
                let before = answers.clone();
                assert_eq!(migrate(visitor.pack, answers), before, "seed {seed}: the language changes the answers");
            }
            _ => {
                *answers = Answers::decode(&answers.encode())
                    .unwrap_or_else(|e| panic!("seed {seed}: {e:?}: {}", answers.encode()))
            }
        }
    }
}

/// Saves a record and opens it: both sheets say the same, in the language that is shown, and the
/// walk goes on with it.
fn save_and_open(answers: &mut Answers, visitor: &mut Visitor, seed: u64) {
    let pack = visitor.pack;
    let settings = Settings::default();
    let context =
        Context { date: "22 November 2026", region: pack.region("us").unwrap(), settings: &settings, leave_out: false };
    let day = "2026-11-22T18:00:00+01:00";
    let file = record::bundle(pack, answers, context, record::Moment { authored: day, made: day });
    let opened =
        record::read(pack, &file).unwrap_or_else(|p| panic!("seed {seed}: {p:?}: {}", answers.encode())).answers;
    assert_eq!(
        summary::sheets(pack, &opened, context),
        summary::sheets(pack, answers, context),
        "seed {seed}: {}",
        answers.encode()
    );
    assert!(
        code::read(pack, &code::text(pack, answers, false, "2026-11-22")).is_ok(),
        "seed {seed}: {}",
        answers.encode()
    );
    visitor.log = opened.iter().map(|(key, answer)| (key.clone(), answer.clone())).collect();
    *answers = opened;
}

/// The sheets are those of the answers alone: given anew in their order, without going back,
/// without the other language and without a reload, they make the same.
fn replay(answers: &Answers, sheets: &Sheets, visitor: &Visitor, leave_out: bool, settings: &Settings, seed: u64) {
    let mut again = Answers::default();
    visitor.log.iter().for_each(|(key, answer)| again.set(key.clone(), answer.clone()));
    assert_eq!(again.encode(), answers.encode(), "seed {seed}");
    assert!(
        sheets_with(&again, leave_out, settings) == *sheets,
        "seed {seed}: the sheets differ from the replay's: {}",
        answers.encode()
    );
}

/// Answers what is left, until nothing is.
fn finish(answers: &mut Answers, visitor: &mut Visitor, seed: u64, reached: &mut BTreeSet<String>) {
    for round in 0.. {
        assert!(round < MOST_ROUNDS, "seed {seed}: the walk does not end: {}", answers.encode());
        let keys = if seed.is_multiple_of(SLOW_WALK) { next_keys(answers) } else { all_keys(answers) };
        if keys.is_empty() {
            return;
        }
        for key in keys {
            reached.insert(key.link.clone());
            visitor.answer(answers, key);
        }
    }
}

/// Every key of every screen there is now that has no answer yet, with the help panel's own
/// question.
fn all_keys(answers: &Answers) -> Vec<Key> {
    let form = evaluated(answers);
    let steps = walk::steps(pack(), &form);
    let mut keys: Vec<Key> = steps.iter().flat_map(|s| s.keys(&form)).collect();
    let ask = Key::first(&pack().safety.ask);
    if steps.iter().any(|s| matches!(s, Step::Help { .. })) && form.asked(&ask.link, 0) {
        keys.push(ask);
    }
    keys.retain(|k| answers.get(k).is_none());
    keys
}

/// All that must hold of a sheet, whatever was answered.
fn check(answers: &Answers, visitor: &mut Visitor, seed: u64) {
    let form = answers.encode();
    assert_eq!(Answers::decode(&form).as_ref(), Ok(answers), "seed {seed}");
    let settings = Settings { clinic: "Example clinic".into(), phone: "555 010 0123".into(), ..Settings::default() };
    let leave_out = visitor.random.percent(30);
    let sheets = sheets_with(answers, leave_out, &settings);
    let text = all_text(&sheets);
    replay(answers, &sheets, visitor, leave_out, &settings, seed);
    nothing_hidden_is_told(answers, &sheets, &text, seed);
    nothing_forbidden_is_said(&text, seed);
    if let Some(sheet) = &sheets.clinician {
        unknown_is_not_no(answers, sheet, visitor, leave_out, seed);
        open_items_are_told(answers, sheet, &text, seed);
    }
    assert_eq!(sheets.clinician.is_none(), walk::is_minor(pack(), &evaluated(answers)), "seed {seed}");
    places_are_true(answers, seed);
}

fn nothing_hidden_is_told(answers: &Answers, sheets: &Sheets, text: &str, seed: u64) {
    let form = evaluated(answers);
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut hidden: BTreeMap<&str, &str> = BTreeMap::new();
    for (key, answer) in answers.iter() {
        let asked = form.asked(&key.link, key.repetition);
        let item = form.item(&key.link).unwrap();
        for value in answer.values() {
            match value {
                Value::Text(words) if !asked => {
                    assert!(
                        !text.contains(words.as_str()),
                        "seed {seed}: hidden words of {} {}: {}",
                        key.link,
                        key.repetition,
                        answers.encode()
                    )
                }
                Value::Code(code) if matches!(item.kind, Kind::Lookup | Kind::OpenLookup) => {
                    let name = item.option(code).map(|o| o.text.as_str()).unwrap_or_default();
                    if asked {
                        shown.insert(name);
                    } else {
                        hidden.insert(name, &key.link);
                    }
                }
                _ => {}
            }
        }
    }
    // A medicine's name may stand on the sheet only if it was said where it is still asked, or we
    // say it ourselves.
    for (name, link) in hidden.iter().filter(|(name, _)| !ours(name) && !shown.iter().any(|s| s.contains(**name))) {
        assert!(!text.contains(name), "seed {seed}: the hidden answer {name} of {link}: {}", answers.encode());
    }
    // No line is headed by a question that is not asked. The noes are headed by their pages, and
    // looked at below.
    let parts = sheets.clinician.iter().chain([&sheets.keep]).flat_map(|s| &s.parts);
    for row in parts.filter(|p| p.id != "no").flat_map(|p| &p.rows) {
        if let Row::Answer { label, .. } | Row::Quote { label, .. } = row {
            let named: Vec<&Item> = items_called(label);
            assert!(
                named.is_empty() || named.iter().any(|i| form.asked(&i.link_id, 0)),
                "seed {seed}: “{label}” is not asked: {}",
                answers.encode()
            );
        }
    }
}

fn items_called(label: &str) -> Vec<&'static Item> {
    pack()
        .questionnaire
        .all()
        .into_iter()
        .filter(|i| i.is_question() && (i.label() == label || i.text == label))
        .collect()
}

/// Names that our own words hold anyway ("ketamine", "theophylline" in a question).
fn ours(name: &str) -> bool {
    static ONCE: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    let all = ONCE.get_or_init(|| common::texts::own().map(|p| p.text.to_lowercase()).collect::<Vec<_>>().join("\n"));
    all.contains(&name.to_lowercase())
}

fn nothing_forbidden_is_said(text: &str, seed: u64) {
    let folded = common::fold_words(text);
    for words in FORBIDDEN {
        assert!(!folded.contains(&format!(" {words} ")), "seed {seed}: a sheet says “{words}”");
    }
    assert_eq!(dose(&folded), None, "seed {seed}: a sheet names a dose");
}

/// A number of milligrams, whatever the spacing.
fn dose(folded: &str) -> Option<String> {
    let words: Vec<&str> = folded.split(' ').collect();
    let amount = |w: &str| w.chars().next().is_some_and(|c| c.is_ascii_digit());
    let unit = |w: &str| ["mg", "milligram", "milligrams", "mcg", "kg"].contains(&w);
    let apart = words.windows(2).find(|w| amount(w[0]) && unit(w[1])).map(|w| w.join(" "));
    apart.or_else(|| {
        words
            .iter()
            .find(|w| amount(w) && unit(w.trim_start_matches(|c: char| c.is_ascii_digit())))
            .map(|w| (*w).to_string())
    })
}

/// The labels behind "Answered no to".
fn answered_no(sheet: &Sheet) -> Vec<String> {
    let rows = sheet.parts.iter().filter(|p| p.id == "no").flat_map(|p| &p.rows);
    let values = rows.filter_map(|r| match r {
        Row::Answer { value, .. } => Some(value.clone()),
        _ => None,
    });
    values.flat_map(|v| v.split("; ").map(String::from).collect::<Vec<_>>()).collect()
}

/// Only an answer that says no stands behind "Answered no to", and taking the answer back takes the
/// label away.
fn unknown_is_not_no(answers: &Answers, sheet: &Sheet, visitor: &mut Visitor, leave_out: bool, seed: u64) {
    let form = evaluated(answers);
    let labels = answered_no(sheet);
    for label in &labels {
        let says_no = |i: &&&Item| {
            form.answer(&i.link_id, 0)
                .is_some_and(|a| a.values().len() == 1 && (a.has("no") || a.has("none") || a.has("never")))
        };
        assert!(
            items_called(label).iter().any(|i| says_no(&i)),
            "seed {seed}: “{label}” was not answered with no: {}",
            answers.encode()
        );
    }
    if labels.is_empty() {
        return;
    }
    let label = &labels[visitor.random.below(labels.len() as u64) as usize];
    let item = items_called(label)[0];
    let mut changed = answers.clone();
    let unknown: Vec<Answer> =
        UNKNOWN_CODES.iter().filter(|c| item.option(c).is_some()).map(|c| Answer::code(c)).collect();
    let to = visitor.random.below(2 + unknown.len() as u64) as usize;
    match to {
        0 => changed.clear(&Key::first(&item.link_id)),
        1 => changed.set(Key::first(&item.link_id), Answer::Skipped),
        n => changed.set(Key::first(&item.link_id), unknown[n - 2].clone()),
    }
    let after = sheets_with(&changed, leave_out, &Settings::default()).clinician.unwrap();
    let now = answered_no(&after);
    assert!(!now.contains(label), "seed {seed}: {} is open and still listed as a no", item.link_id);
    // A question that is asked only now may have been answered with no before.
    let asked_before = |l: &String| items_called(l).iter().any(|i| form.asked(&i.link_id, 0));
    assert!(
        now.iter().all(|l| labels.contains(l) || !asked_before(l)),
        "seed {seed}: opening {} adds a no",
        item.link_id
    );
}

/// What must be discussed before any infusion (tier A) and was left open stands on the sheet as
/// open, by name.
fn open_items_are_told(answers: &Answers, sheet: &Sheet, text: &str, seed: u64) {
    let (form, w) = (evaluated(answers), &pack().words);
    let rows = || sheet.parts.iter().flat_map(|p| &p.rows);
    let open_rows: BTreeSet<String> = rows()
        .filter_map(|r| match r {
            Row::Answer { label, value, .. }
                if [w.sheet_not_sure(), w.sheet_declined(), w.sheet_not_answered()].contains(&label.as_str()) =>
            {
                Some(value.split("; ").map(String::from))
            }
            _ => None,
        })
        .flatten()
        .collect();
    for rule in pack().rules.iter().filter(|r| r.tier <= engine::pack::Tier::A) {
        let about_suicide = pack().safety.may_leave_out.contains(&rule.about);
        let own = rule.when.all.len() == 1 && rule.when.all[0].question == rule.about;
        let Some(item) = form.item(&rule.about).filter(|i| own && !about_suicide && form.asked(&i.link_id, 0)) else {
            continue;
        };
        let answer = form.answer(&item.link_id, 0);
        let open = answer.is_none_or(|a| a.values().is_empty() || UNKNOWN_CODES.iter().any(|c| a.has(c)));
        // Practical questions stand on the sheet with whatever was answered, and so do medicines;
        // "not sure" may itself fire a rule.
        let stands = rows().any(|r| matches!(r, Row::Answer { label, .. } if label == item.label()));
        let fired = findings::about(pack(), &form, &item.link_id).iter().any(|r| text.contains(&r.clinician));
        let named = open_rows.contains(item.label()) || stands || item.link_id == pack().safety.medicines || fired;
        assert!(!open || named, "seed {seed}: {} is open and not on the sheet: {}", item.link_id, answers.encode());
    }
}

/// "Question 3 of 9" is in bounds and counts up; a finished walk has nothing to resume.
fn places_are_true(answers: &Answers, seed: u64) {
    let form = evaluated(answers);
    let steps = walk::steps(pack(), &form);
    let unique: BTreeSet<String> = steps.iter().map(|s| format!("{s:?}")).collect();
    assert_eq!(unique.len(), steps.len(), "seed {seed}: a screen comes twice");
    let mut last = None;
    for i in 0..steps.len() {
        let Some((n, of)) = walk::progress(&form, &steps, i) else { continue };
        assert!(1 <= n && n <= of, "seed {seed}: {n} of {of}");
        if let Some((before, total)) = last.filter(|_| n > 1) {
            assert_eq!((n, of), (before + 1, total), "seed {seed}: at {:?}", steps[i]);
        }
        last = Some((n, of));
    }
}

#[test]
fn every_walk_ends_and_its_sheets_are_honest() {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let share = |t: u64| (0..WALKS).filter(move |seed| seed % threads == t);
    let reached: BTreeSet<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..threads)
            .map(|t| {
                scope.spawn(move || {
                    let mut reached = BTreeSet::new();
                    share(t).for_each(|seed| walk_once(seed, &mut reached));
                    reached
                })
            })
            .collect();
        runs.into_iter().flat_map(|r| r.join().unwrap_or_else(|e| std::panic::resume_unwind(e))).collect()
    });
    // Groups asked on screens of their own are no part of the walk.
    let apart: Vec<&str> = pack()
        .safety
        .apart
        .iter()
        .filter_map(|link| pack().questionnaire.item(link))
        .flat_map(|group| &group.items)
        .map(|i| i.link_id.as_str())
        .collect();
    let missed: Vec<&str> = pack()
        .questionnaire
        .all()
        .into_iter()
        .filter(|i| i.is_question() && !i.hidden)
        .map(|i| i.link_id.as_str())
        .filter(|l| !reached.contains(*l) && !apart.contains(l))
        .collect();
    assert!(missed.is_empty(), "no walk of {WALKS} reached {missed:?}");
}

/// Whatever stands in the answers, also what no screen could have put there, the engine answers and
/// does not panic.
#[test]
fn arbitrary_answers_never_panic() {
    let items = pack().questionnaire.all();
    let odd = [
        "",
        "yes",
        "no",
        "true",
        "false",
        "-",
        "asked-unknown",
        "LA6571-9",
        "LA9999-9",
        "none",
        "\u{0}",
        "'",
        "😀",
        "under-18",
    ];
    for seed in 0..WALKS / 4 {
        let mut random = Random::new(seed ^ 0x5eed);
        let mut answers = Answers::default();
        for _ in 0..random.below(60) {
            let item = items[random.below(items.len() as u64) as usize];
            let link = if random.percent(10) {
                odd[random.below(odd.len() as u64) as usize].to_string()
            } else {
                item.link_id.clone()
            };
            let at = if random.percent(70) { 0 } else { random.below(256) as u8 };
            let count = 1 + random.below(3);
            let values: Vec<Value> = (0..count)
                .map(|_| match random.below(4) {
                    0 => Value::Text(odd[random.below(odd.len() as u64) as usize].into()),
                    1 => Value::Number([0.0, -1.0, 1e300, 0.1, f64::NAN, f64::INFINITY][random.below(6) as usize]),
                    2 => Value::code(odd[random.below(odd.len() as u64) as usize]),
                    _ => item.options.first().map_or(Value::code("x"), |_| {
                        Value::code(&item.options[random.below(item.options.len() as u64) as usize].code)
                    }),
                })
                .collect();
            let answer = if random.percent(15) { Answer::Skipped } else { Answer::Given(values) };
            answers.set(Key::new(&link, at), answer);
        }
        let form = evaluated(&answers);
        let steps = walk::steps(pack(), &form);
        assert!(steps.len() < MOST_ROUNDS * 4, "seed {seed}");
        for (i, step) in steps.iter().enumerate() {
            let _ = (
                walk::progress(&form, &steps, i),
                walk::section_of(&form, step),
                walk::done(&form, step, &answers),
                step.keys(&form),
            );
        }
        let _ = (walk::resume(&form, &steps, &answers), scores::all(pack(), &form), findings::all(pack(), &form));
        let _ = help::panel(pack(), &form, pack().region("").unwrap(), &["e1", "e5", "phq9-9", "safe", "nowhere"]);
        let text = all_text(&sheets_with(&answers, random.percent(50), &Settings::default()));
        assert!(!text.is_empty());
        // Decoding refuses or reads it, and reading never panics.
        let _ = Answers::decode(&answers.encode());
        let mut skipped = answers.clone();
        steps.iter().for_each(|s| walk::skip_blank(&form, s, &mut skipped));
    }
}

/// The generator is the same on every machine, so that a seed in a failure is worth something.
#[test]
fn seeds_are_stable() {
    let mut random = Random::new(1);
    assert_eq!([random.below(1000), random.below(1000), random.below(1000)], [465, 519, 590]);
}

#[test]
fn a_dose_is_seen() {
    for (text, seen) in [
        ("take 0.5 mg per kg", true),
        ("0.5mg", true),
        ("100 mg", true),
        ("40 minutes", false),
        ("PHQ-9 10 / 27", false),
        ("image", false),
    ] {
        assert_eq!(dose(&common::fold_words(text)).is_some(), seen, "{text}");
    }
}
