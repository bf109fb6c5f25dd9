//! `cargo xtask bench --walk`: walks the questionnaire with named answers as a visitor does, and
//! prints screens, taps and minutes.
//!
//! The model. A *screen* is a change of heading: each step, each help step, and the card that opens
//! a stage; the start and the check screen are not counted. A *tap* is a press or a tick. Taps that
//! neither answer nor skip a question are counted apart: Continue, a card's Continue, the press
//! into a field, and each tick behind the first of an answer. "No to the rest of these" is one tap
//! that answers. A row that is left blank takes none, a page that is left blank one ("Skip these
//! questions"). *Minutes* are those of `walk::seconds`: words at 180 a minute, 2 s a choice, 20 s a
//! field to type in.

use crate::pack;
use engine::answers::{Answer, Answers, Key};
use engine::findings;
use engine::form::EvaluatedForm;
use engine::pack::{Item, Kind, Pack, Tier};
use engine::walk::{self, Length, Onward, Step};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// What a walk may take at most.
struct Bar {
    name: &'static str,
    fixture: &'static str,
    /// Answers in place of the fixture's, in text form.
    with: &'static str,
    length: Length,
    screens: usize,
    beyond: usize,
}

/// Standard questions about mood and worry, answered: pain alone would leave them out.
const MOODS: &str = "mood-ok=yes;phq9-1=LA6569-3;phq9-2=LA6569-3;phq9-3=LA6570-1;phq9-4=LA6570-1;phq9-5=LA6568-5;phq9-6=LA6568-5;\
phq9-7=LA6568-5;phq9-8=LA6568-5;phq9-9=LA6568-5;phq9-diff=LA6573-5;gad7-1=LA6569-3;gad7-2=LA6568-5;gad7-3=LA6568-5;gad7-4=LA6568-5;\
gad7-5=LA6568-5;gad7-6=LA6568-5;gad7-7=LA6568-5";

const BARS: &[Bar] = &[
    Bar { name: "A depression", fixture: "depression", with: "", length: Length::Full, screens: 70, beyond: 45 },
    Bar {
        name: "B pain and heart",
        fixture: "pain-and-heart",
        with: MOODS,
        length: Length::Full,
        screens: 80,
        beyond: 50,
    },
    Bar { name: "all no", fixture: "everything-no", with: "", length: Length::Full, screens: 50, beyond: 40 },
    Bar { name: "A, safety only", fixture: "depression", with: "", length: Length::Safety, screens: 70, beyond: 45 },
    Bar {
        name: "all no, safety only",
        fixture: "everything-no",
        with: "",
        length: Length::Safety,
        screens: 50,
        beyond: 40,
    },
];

/// What a walk took.
#[derive(Default)]
struct Count {
    screens: usize,
    taps: usize,
    beyond: usize,
    seconds: u32,
}

/// Walks and prints; an error where a walk takes more than its bar.
pub fn walk(root: &Path) -> Result<(), Box<dyn Error>> {
    let packs = pack::pack(root, &pack::Options::default())?;
    let pack = packs.first().ok_or("there is no pack")?;
    let text = std::fs::read_to_string(root.join("tests/fixtures/answers.toml"))?;
    let sets: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text)?;
    println!("{:<22}{:>8}{:>7}{:>9}{:>9}   bars: screens, beyond", "walk", "screens", "taps", "beyond", "minutes");
    let mut over = Vec::new();
    for bar in BARS {
        let given = sets
            .get(bar.fixture)
            .and_then(|set| set.get("answers"))
            .ok_or_else(|| format!("no answers “{}”", bar.fixture))?;
        let given: String = given.split_whitespace().collect();
        let mut wanted = Answers::decode(&given).map_err(|e| format!("{}: {e:?}", bar.fixture))?;
        let with = Answers::decode_entries(bar.with).map_err(|e| format!("{}: {e:?}", bar.name))?;
        with.iter().for_each(|(key, answer)| wanted.set(key.clone(), answer.clone()));
        let count = count(pack, &wanted, bar.length)?;
        let minutes = walk::minutes(count.seconds);
        println!(
            "{:<22}{:>8}{:>7}{:>9}{minutes:>9}   {}, {}",
            bar.name, count.screens, count.taps, count.beyond, bar.screens, bar.beyond
        );
        if count.screens > bar.screens || count.beyond > bar.beyond {
            over.push(bar.name);
        }
    }
    let start = |length| walk::minutes(walk::estimate(pack, &Answers::default(), length));
    println!("\nthe start screen says about {} and {} minutes", start(Length::Full), start(Length::Safety));
    if over.is_empty() { Ok(()) } else { Err(format!("over the bar: {}", over.join(", ")).into()) }
}

/// One walk from the first question to the check screen, answering as `said`; what it does not name
/// is skipped.
fn count(pack: &Pack, wanted: &Answers, length: Length) -> Result<Count, Box<dyn Error>> {
    let (mut answers, mut count) = (Answers::default(), Count::default());
    let mut next = {
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        walk::steps_of(pack, &form, length).first().cloned().map_or(Onward::End, Onward::Step)
    };
    for _ in 0..1_000 {
        next = match next {
            Onward::End => return Ok(count),
            Onward::Stage(stage) => {
                let form = EvaluatedForm::new(&pack.questionnaire, &answers);
                // The short way goes from stage to stage without a card.
                if length == Length::Full {
                    count.screens += 1;
                    count.taps += 1;
                    count.beyond += 1;
                    count.seconds += form.item(&stage).map_or(0, walk::card_seconds);
                }
                let steps = walk::steps_of(pack, &form, length);
                walk::stage_steps(&form, &steps, &stage).first().cloned().map_or(Onward::End, Onward::Step)
            }
            Onward::Step(step) => {
                answer(pack, &step, wanted, &mut answers, &mut count);
                let form = EvaluatedForm::new(&pack.questionnaire, &answers);
                // Help is a step of its own, whatever the length.
                let all = walk::steps(pack, &form);
                match walk::after(&all, &step) {
                    Some(help @ Step::Help { .. }) => Onward::Step(help.clone()),
                    _ => walk::onward(&form, &walk::steps_of(pack, &form, length), &answers, &step)
                        .unwrap_or(Onward::End),
                }
            }
        };
    }
    Err("the walk does not end".into())
}

fn answer(pack: &Pack, step: &Step, wanted: &Answers, answers: &mut Answers, count: &mut Count) {
    count.screens += 1;
    let before = answers.clone();
    let form = EvaluatedForm::new(&pack.questionnaire, &before);
    count.seconds += walk::seconds(&form, step);
    let given = |key: &Key| wanted.get(key).filter(|a| !a.values().is_empty());
    match step {
        Step::Page { .. } => page(pack, step, wanted, answers, count),
        Step::Help { .. } => count.go_on(),
        _ => match (form.item(step.link()), given(&Key::new(step.link(), step.repetition()))) {
            (Some(item), _) if !item.is_question() && !matches!(step, Step::AddRepetition { .. }) => count.go_on(),
            (Some(item), Some(answer)) => {
                let key = Key::new(step.link(), step.repetition());
                answers.set(key.clone(), answer.clone());
                count.answer(item, answer);
                if !goes_on(item, step) || has_advice(pack, answers, &key) {
                    count.go_on();
                }
            }
            // Skip.
            _ => count.taps += 1,
        },
    }
    let stands = answers.clone();
    walk::skip_blank(&EvaluatedForm::new(&pack.questionnaire, &stands), step, answers);
}

/// Rows that a row before brings up are answered in turn.
fn page(pack: &Pack, step: &Step, wanted: &Answers, answers: &mut Answers, count: &mut Count) {
    let given = |key: &Key| wanted.get(key).filter(|a| !a.values().is_empty());
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let another = walk::asks_another(&form, step);
    let may_fill = form.item(step.link()).is_some_and(|item| walk::may_say_no_to_rest(pack, item));
    let mut any = false;
    loop {
        let stands = answers.clone();
        let form = EvaluatedForm::new(&pack.questionnaire, &stands);
        let open = |key: &Key| another.as_ref() != Some(key) && stands.get(key).is_none();
        let rows: Vec<Key> = step.keys(&form).into_iter().filter(|key| open(key) && given(key).is_some()).collect();
        let no = |key: &Key| {
            form.item(&key.link).and_then(walk::no_of).is_some_and(|no| given(key).is_some_and(|a| a.has(no)))
        };
        let noes = rows.iter().filter(|key| no(key)).count();
        // It fills all that is blank, so it fits only where all the rest is a no.
        let all_blank_are_no = step.keys(&form).iter().filter(|key| open(key)).all(|key| given(key).is_some());
        if may_fill && noes > 1 && noes == rows.len() && all_blank_are_no {
            rows.iter().for_each(|key| answers.set(key.clone(), given(key).cloned().unwrap_or(Answer::Skipped)));
            count.taps += 1;
            any = true;
            continue;
        }
        let first_other =
            rows.iter().find(|key| !(may_fill && all_blank_are_no && noes > 1 && no(key))).or(rows.first());
        let Some((key, item)) = first_other.and_then(|key| form.item(&key.link).map(|item| (key, item))) else { break };
        let Some(answer) = given(key) else { break };
        answers.set(key.clone(), answer.clone());
        count.answer(item, answer);
        any = true;
    }
    match another {
        // Its two buttons end the page: one of them is an answer too.
        Some(key) => {
            let more = given(&key).cloned().unwrap_or_else(|| Answer::code("false"));
            answers.set(key, more);
            count.taps += 1;
        }
        None if any => count.go_on(),
        // Skip these questions.
        None => count.taps += 1,
    }
}

impl Count {
    /// Continue.
    fn go_on(&mut self) {
        self.taps += 1;
        self.beyond += 1;
    }

    /// One tap answers; more ticks, and the press into a field, come on top.
    fn answer(&mut self, item: &Item, answer: &Answer) {
        let taps = match item.kind {
            Kind::Lookup | Kind::OpenLookup => answer.values().len() + 1,
            _ => answer.values().len().max(1),
        };
        self.taps += taps;
        self.beyond += taps - 1;
    }
}

/// Its answers are buttons, and a press on one goes on.
fn goes_on(item: &Item, step: &Step) -> bool {
    matches!(step, Step::AddRepetition { .. }) || !item.repeats && matches!(item.kind, Kind::Choice | Kind::Boolean)
}

/// Something is said about the answer first, so Continue is pressed after it.
fn has_advice(pack: &Pack, answers: &Answers, key: &Key) -> bool {
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    findings::about(pack, &form, &key.link).iter().any(|rule| rule.help.is_none() && rule.tier <= Tier::B)
}
