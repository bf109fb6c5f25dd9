//! A questionnaire of 5,000 items beside one of 50: what a step costs; the sheets of the heaviest
//! answers beside light ones. It prints and asserts no time: that would say more about the machine
//! it runs on. `cargo xtask bench --load` runs it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test ends where it fails"
)]

mod common;

use common::{pack as ours, root};
use content::Problems;
use engine::answers::{Answer, Answers, Key};
use engine::form::Replay;
use engine::pack::Pack;
use engine::walk::{self, Length};
use export::pdf;
use serde_json::json;
use std::time::{Duration, Instant};

/// Steps that are timed, in the middle of the walk.
const STEPS: usize = 40;
const RUNS: usize = 9;
const STAGES: usize = 5;

/// A questionnaire of so many yes-or-no questions, in five stages; each tenth hangs on the one
/// before.
fn questionnaire(count: usize) -> Pack {
    let item = |i: usize| {
        let when = if i % 10 == 9 {
            json!([{ "question": format!("q{}", i - 1), "operator": "=", "answerBoolean": true }])
        } else {
            json!([])
        };
        json!({ "linkId": format!("q{i}"), "text": format!("Question {i}"), "type": "boolean", "enableWhen": when })
    };
    let part = count / STAGES;
    let stage = |n: usize| json!({ "linkId": format!("g{n}"), "text": format!("Stage {n}"), "type": "group", "item": (n * part..(n + 1) * part).map(item).collect::<Vec<_>>() });
    let json =
        json!({ "resourceType": "Questionnaire", "item": (0..STAGES).map(stage).collect::<Vec<_>>() }).to_string();
    let mut problems = Problems::default();
    let instead = content::replacement_words(
        &std::fs::read_to_string(root().join("content/others.toml")).unwrap(),
        &mut problems,
    );
    let request = content::Request { file: "scale.json", json: &json, rules: None, allow: false };
    let made = content::pack_questionnaire(&[ours().clone()], &instead, request, &mut problems);
    assert!(problems.is_empty(), "{problems}");
    made.packs.into_iter().next().unwrap()
}

/// One step as the app takes it: an answer, the text that is held for a crash, where that leads,
/// and what the rail says.
fn step(pack: &Pack, replay: &mut Replay<'_>, answers: &mut Answers, at: usize) {
    answers.set(Key::first(&format!("q{at}")), Answer::code("true"));
    assert!(!answers.encode().is_empty());
    let form = replay.form(answers);
    let steps = walk::steps_of(pack, &form, Length::Full);
    let link = format!("q{at}");
    let step = steps.iter().find(|step| step.link() == link).unwrap();
    assert!(walk::onward(&form, &steps, answers, step).is_some());
    let stages = walk::stages(&form, &steps, answers);
    assert!(stages.len() < steps.len());
    assert!(!walk::questions_of(&form, &steps, &stages[0].item.link_id).is_empty());
}

/// The middle time of a step, halfway through.
fn time(pack: &Pack, count: usize) -> Duration {
    let (mut answers, mut replay) = (Answers::default(), Replay::new(&pack.questionnaire));
    (0..count / 2).for_each(|i| answers.set(Key::first(&format!("q{i}")), Answer::code("true")));
    let mut times: Vec<Duration> = (0..STEPS.min(count / 2 - 2))
        .map(|i| {
            let began = Instant::now();
            step(pack, &mut replay, &mut answers, count / 2 + i);
            began.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

#[test]
#[ignore = "prints times; cargo xtask bench --load runs it"]
fn five_thousand_items_beside_fifty() {
    let [small, large] = [50, 5_000].map(|count| (count, questionnaire(count)));
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (times, (count, pack)) in times.iter_mut().zip([&small, &large]) {
            times.push(time(pack, *count));
        }
    }
    let [small, large] = times.map(|mut times| {
        times.sort();
        times[RUNS / 2].as_secs_f64() * 1e6
    });
    println!(
        "engine, a step of 5,000 items: {large:.0} us, of 50: {small:.0} us, {:.0}x for 100 times the items",
        large / small
    );
}

/// Both sheets, and their PDF, of the heaviest answers beside light ones.
#[test]
#[ignore = "prints times; cargo xtask bench --load runs it"]
fn the_heaviest_sheets_beside_light_ones() {
    let sets = ["light", "heaviest"].map(common::fixture);
    let mut times = [[Vec::new(), Vec::new()], [Vec::new(), Vec::new()]];
    for _ in 0..RUNS {
        for (times, answers) in times.iter_mut().zip(&sets) {
            let began = Instant::now();
            let sheets = common::sheets(answers);
            times[0].push(began.elapsed());
            let began = Instant::now();
            assert!(!pdf::write(&ours().words, &ours().lang, &sheets, None, pdf::Paper::Letter).bytes.is_empty());
            times[1].push(began.elapsed());
        }
    }
    let middle = |mut times: Vec<Duration>| {
        times.sort();
        times[RUNS / 2].as_secs_f64() * 1e3
    };
    let [[light, light_pdf], [heavy, heavy_pdf]] = times.map(|parts| parts.map(middle));
    println!(
        "sheets: {heavy:.1} ms for the heaviest answers, {:.1}x the light ones; as PDF {heavy_pdf:.1} ms, {:.1}x",
        heavy / light,
        heavy_pdf / light_pdf
    );
}
