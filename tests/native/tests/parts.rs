//! A kiosk's screens: pages in parts that need no scrolling. Nothing is lost by the cut, and help
//! comes at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, fixture, pack};
use engine::answers::{Answers, Key};
use engine::form::EvaluatedForm;
use engine::walk::{self, Onward, Room, Step};

/// Windows that clinics have: a tablet lying and standing, a tall screen.
const WINDOWS: [(usize, usize); 4] = [(1024, 768), (1280, 800), (800, 1280), (1080, 1920)];

fn with<T>(answers: &Answers, room: Room, act: impl FnOnce(&EvaluatedForm<'_>, &[Step]) -> T) -> T {
    let form = EvaluatedForm::new(&pack().questionnaire, answers);
    act(&form, &walk::in_parts(pack(), &form, walk::steps(pack(), &form), room))
}

/// The questions of these steps; one whose answers stand in several parts once.
fn keys(form: &EvaluatedForm<'_>, steps: &[Step]) -> Vec<Key> {
    let mut keys: Vec<Key> = steps.iter().flat_map(|step| step.keys(form)).collect();
    keys.dedup();
    keys
}

#[test]
fn the_parts_ask_all_that_the_pages_ask_in_the_same_order() {
    for (width, height) in WINDOWS {
        for name in ["heaviest", "full", "everything-yes", "light"] {
            let answers = fixture(name);
            with(&answers, Room::of(width, height), |form, parts| {
                assert_eq!(keys(form, parts), keys(form, &walk::steps(pack(), form)), "{name} at {width} by {height}");
                for part in parts {
                    let rows = part
                        .keys(form)
                        .into_iter()
                        .filter(|key| form.item(&key.link).is_some_and(|item| item.is_question()))
                        .count();
                    assert!(rows <= 3, "{name} at {width} by {height}: {rows} rows in {part:?}");
                }
            });
        }
    }
}

/// Every answer of a question that stands in parts is on one of them, and on no other.
#[test]
fn a_list_in_parts_shows_each_answer_once() {
    let answers = fixture("heaviest");
    let mut cut = 0;
    with(&answers, Room::of(1024, 768), |form, steps| {
        let parts = |step: &Step| match step {
            Step::Part { answers: Some(range), .. } => Some((step.keys(form)[0].clone(), range.clone())),
            _ => None,
        };
        let parts: Vec<_> = steps.iter().filter_map(parts).collect();
        for (index, (key, range)) in parts.iter().enumerate() {
            let before = index.checked_sub(1).map(|i| &parts[i]).filter(|(other, _)| other == key);
            assert_eq!(range.start, before.map_or(0, |(_, range)| range.end), "{key:?}");
            if parts.get(index + 1).is_none_or(|(other, _)| other != key) {
                let options = form.item(&key.link).unwrap().options.len();
                assert!(range.end == options || range.end == options + 1, "{key:?} ends at {} of {options}", range.end);
                cut += 1;
            }
        }
    });
    assert!(cut > 2, "only {cut} lists were cut");
}

/// The parts of a page, with the help between them.
fn emergency(answers: &Answers) -> Vec<Step> {
    let of_page = |form: &EvaluatedForm<'_>, step: &&Step| {
        step.link() == "emergency" || form.parent(step.link()).is_some_and(|page| page.link_id == "emergency")
    };
    with(answers, Room::of(1080, 1920), |form, steps| {
        steps.iter().filter(|step| of_page(form, step)).cloned().collect()
    })
}

#[test]
fn help_comes_right_behind_the_part_that_asks_for_it_and_the_rest_is_asked_after_it() {
    let calm = emergency(&answered("age=25-44"));
    assert!(calm.len() > 2 && calm.iter().all(|step| matches!(step, Step::Part { .. })), "{calm:?}");
    let answers = answered("age=25-44;e1=no;e2=yes;e3=no");
    let steps = emergency(&answers);
    assert_eq!(steps[1], Step::Help { after: "e2".into() }, "{steps:?}");
    assert_eq!(steps.iter().filter(|step| matches!(step, Step::Help { .. })).count(), 1);
    // A second "yes" further on has help of its own: both can be told apart, so Back and Continue
    // know where they are.
    let steps = emergency(&answered("age=25-44;e1=yes;e6=yes"));
    let help: Vec<&str> =
        steps.iter().filter_map(|step| matches!(step, Step::Help { .. }).then_some(step.link())).collect();
    assert_eq!(help, ["e1", "e6"]);
    with(&answers, Room::of(1080, 1920), |form, all| {
        let onward = walk::onward(form, all, &answers, &Step::Help { after: "e2".into() });
        assert_eq!(onward, Some(Onward::Step(calm[1].clone())), "the rows behind the help are not asked");
    });
}

/// An answer on a screen moves no other row onto it or off it.
#[test]
fn a_row_that_an_answer_adds_does_not_move_the_parts() {
    let parts = |answers: &str| {
        with(&answered(answers), Room::of(1024, 768), |_, steps| {
            steps.iter().filter(|step| step.link() == "tried-page").cloned().collect::<Vec<_>>()
        })
    };
    let before = parts("age=25-44;tried-any=no");
    let after = parts("age=25-44;tried-any=yes");
    assert!(before.iter().all(|part| after.contains(part)), "{before:?}\n{after:?}");
}

#[test]
fn a_part_says_which_it_is() {
    with(&answered("age=25-44"), Room::of(1080, 1920), |_, steps| {
        let parts: Vec<&Step> = steps.iter().filter(|step| step.link() == "heart").collect();
        let places: Vec<_> = parts.iter().map(|part| walk::part_of(steps, part).unwrap()).collect();
        assert_eq!(places, (1..=parts.len()).map(|n| (n, parts.len())).collect::<Vec<_>>());
        assert_eq!(walk::part_of(steps, &steps[0]), None);
    });
}
