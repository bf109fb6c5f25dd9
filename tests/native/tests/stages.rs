//! Stages, pages of rows and progress: what the hub and the bar of a stage are drawn from.
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
use engine::form::{EvaluatedForm, Replay};
use engine::pack::{Condition, Item, Kind, Operand, Operator, Pack};
use engine::summary;
use engine::walk::{self, Length, Onward, Segment, Stage, StageState, Step};
use std::collections::BTreeSet;

/// One stage with a page of four rows and the page of their details, and one stage with two
/// questions.
fn small() -> Pack {
    let mut small = pack().clone();
    let take = |link: &str| small.questionnaire.item(link).unwrap().clone();
    let page = |link: &str, items: Vec<Item>| Item {
        link_id: link.into(),
        kind: Kind::Page,
        text: link.into(),
        items,
        ..Item::default()
    };
    let group = |link: &str, items: Vec<Item>| Item { kind: Kind::Group, ..page(link, items) };
    let rows = page("heart", ["s02", "s03", "s04", "s05"].map(take).into());
    let details = page("heart-more", ["s02-when", "s03-when"].map(take).into());
    let first = group("first", vec![take("age"), take("emergency")]);
    small.questionnaire.items = vec![
        first,
        group("body", vec![rows, details, take("s20")]),
        group("mind", ["s33", "s33-when"].map(take).into()),
    ];
    small.safety.short = vec!["first".into(), "heart".into()];
    small
}

fn steps_with(pack: &Pack, answers: &Answers) -> Vec<Step> {
    walk::steps(pack, &EvaluatedForm::new(&pack.questionnaire, answers))
}

fn page(link: &str) -> Step {
    Step::Page { link: link.into(), repetition: 0 }
}

#[test]
fn details_of_a_page_stand_on_the_step_behind_it_all_together() {
    let pack = small();
    assert!(!steps_with(&pack, &answered("age=25-44;s02=no;s03=asked-unknown")).contains(&page("heart-more")));
    let answers = answered("age=25-44;s02=yes;s03=yes");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let steps = walk::steps(&pack, &form);
    assert_eq!(walk::after(&steps, &page("heart")), Some(&page("heart-more")));
    let rows = walk::page_rows(&form, &page("heart-more"));
    assert_eq!(
        rows.iter().map(|r| (r.item.link_id.as_str(), r.three_way)).collect::<Vec<_>>(),
        [("s02-when", false), ("s03-when", false)]
    );
    assert!(walk::page_rows(&form, &page("heart")).iter().all(|r| r.three_way));
    let one = answered("age=25-44;s02=no;s03=yes");
    let form = EvaluatedForm::new(&pack.questionnaire, &one);
    assert_eq!(walk::page_rows(&form, &page("heart-more")).len(), 1);
}

#[test]
fn blank_rows_are_skipped_when_the_page_is_left() {
    let pack = small();
    let mut answers = answered("age=25-44;s02=no;s03=yes");
    let before = answers.clone();
    walk::skip_blank(&EvaluatedForm::new(&pack.questionnaire, &before), &page("heart"), &mut answers);
    assert_eq!(answers, answered("age=25-44;s02=no;s03=yes;s04=-;s05=-"));
}

#[test]
fn no_to_the_rest_fills_what_is_blank_and_nothing_else() {
    let pack = small();
    let mut answers = answered("age=25-44;s02=yes;s03=asked-unknown;s04=-");
    let before = answers.clone();
    let filled =
        walk::say_no_to_rest(&pack, &EvaluatedForm::new(&pack.questionnaire, &before), &page("heart"), &mut answers);
    assert_eq!(answers, answered("age=25-44;s02=yes;s03=asked-unknown;s04=no;s05=no"));
    assert_eq!(filled, [Key::first("s04"), Key::first("s05")]);
}

#[test]
fn no_to_the_rest_is_never_offered_for_emergencies_suicide_or_details() {
    let mut pack = small();
    let item = |pack: &Pack, link: &str| pack.questionnaire.item(link).unwrap().clone();
    assert!(walk::may_say_no_to_rest(&pack, &item(&pack, "heart")));
    assert!(!walk::may_say_no_to_rest(&pack, &item(&pack, "emergency")));
    assert!(!walk::may_say_no_to_rest(&pack, &item(&pack, "heart-more")));
    let mut answers = answered("age=25-44");
    let before = answers.clone();
    assert!(
        walk::say_no_to_rest(
            &pack,
            &EvaluatedForm::new(&pack.questionnaire, &before),
            &page("emergency"),
            &mut answers
        )
        .is_empty()
    );
    assert_eq!(answers, before);
    // A rule that opens help is reason enough.
    pack.safety.never_kept.clear();
    pack.safety.may_leave_out.clear();
    assert!(!walk::may_say_no_to_rest(&pack, &item(&pack, "emergency")));
    // One question about suicide among the rows is enough.
    pack.safety.may_leave_out.push("s05".into());
    assert!(!walk::may_say_no_to_rest(&pack, &item(&pack, "heart")));
}

#[test]
fn help_follows_the_page_whose_row_asks_for_it() {
    let steps = steps_with(&small(), &answered("age=25-44;e2=yes"));
    assert_eq!(walk::after(&steps, &page("emergency")), Some(&Step::Help { after: "emergency".into() }));
}

fn stages_with<'a>(form: &EvaluatedForm<'a>, pack: &'a Pack, answers: &Answers) -> Vec<Stage<'a>> {
    walk::stages(form, &walk::steps(pack, form), answers)
}

#[test]
fn a_stage_is_not_started_started_or_done() {
    let pack = small();
    for (entries, states) in [
        ("", ["NotStarted", "NotStarted", "NotStarted"]),
        ("age=25-44", ["Started", "NotStarted", "NotStarted"]),
        ("age=25-44;e1=no;e2=no;e3=no;e4=no;e5=no;e6=no;e7=-;s33=-", ["Done", "NotStarted", "Done"]),
        ("age=25-44;s02=yes;s03=no;s04=no;s05=no;s20=no;s33=now", ["Started", "Started", "Started"]),
    ] {
        let answers = answered(entries);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let got: Vec<String> = stages_with(&form, &pack, &answers).iter().map(|s| format!("{:?}", s.state)).collect();
        assert_eq!(got, states, "{entries}");
    }
    let answers = answered("age=25-44;s02=yes;s03=-;s33=no");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let stages = stages_with(&form, &pack, &answers);
    let body = &stages[1];
    // s04, s05, s20 and the details of s02 were not reached.
    assert_eq!((body.answered, body.skipped, body.open), (1, 1, 4));
    assert!(body.minutes_left > 0);
    assert_eq!((stages[2].state, stages[2].minutes_left), (StageState::Done, 0));
}

#[test]
fn the_steps_of_all_stages_are_all_steps() {
    for name in common::fixtures().keys() {
        let answers = fixture(name);
        let form = common::evaluated(&answers);
        let steps = walk::steps(pack(), &form);
        let joined: Vec<Step> = walk::stages(&form, &steps, &answers)
            .iter()
            .flat_map(|s| walk::stage_steps(&form, &steps, &s.item.link_id).to_vec())
            .collect();
        assert_eq!(joined, steps, "{name}");
    }
}

#[test]
fn stages_are_free_once_age_is_answered_declined_or_skipped() {
    for (entries, free) in [
        ("", false),
        ("e1=no", false),
        ("age=25-44", true),
        ("age=asked-declined", true),
        ("age=-", true),
        ("age=under-18", false),
    ] {
        assert_eq!(walk::may_choose_stage(pack(), &answered(entries)), free, "{entries}");
    }
}

#[test]
fn segments_count_what_is_certain_and_only_grow_by_an_answer() {
    let pack = small();
    let bar = |entries: &str, current: Step| {
        let answers = answered(entries);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let steps = walk::steps(&pack, &form);
        walk::segments(&form, walk::stage_steps(&form, &steps, "body"), &answers, &current)
    };
    use Segment::{Ahead, Done, Here};
    let s20 = Step::Question { link: "s20".into(), repetition: 0 };
    assert_eq!(bar("age=25-44", page("heart")), [Here, Ahead]);
    assert_eq!(bar("age=25-44;s02=yes", page("heart")), [Here, Ahead, Ahead]);
    assert_eq!(bar("age=25-44;s02=yes;s03=no;s04=no;s05=no", page("heart-more")), [Done, Here, Ahead]);
    assert_eq!(bar("age=25-44;s02=no;s03=no;s04=no;s05=no", s20), [Done, Here]);
    // On the help step the screen before it is the place.
    let answers = answered("age=25-44;e2=yes");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let steps = walk::steps(&pack, &form);
    let here = walk::segments(
        &form,
        walk::stage_steps(&form, &steps, "first"),
        &answers,
        &Step::Help { after: "emergency".into() },
    );
    assert_eq!(here, [Done, Here]);
}

/// A form that goes on with what was worked out is the form of these answers, whatever answers it
/// was of before: of each fixture cut short at every entry, there and back.
#[test]
fn a_form_that_goes_on_equals_a_new_one() {
    let items = |form: &EvaluatedForm<'_>| -> Vec<(String, u8)> {
        walk::steps(pack(), form).iter().map(|step| (step.link().into(), step.repetition())).collect()
    };
    let mut replay = Replay::new(&pack().questionnaire);
    let mut kinds = BTreeSet::new();
    for answers in common::fixtures().values() {
        let text = answers.encode();
        let mut cut: Vec<Answers> =
            text.match_indices(';').filter_map(|(at, _)| Answers::decode(text.get(..at)?).ok()).collect();
        cut.extend(cut.clone().into_iter().rev());
        for answers in &cut {
            let fresh = items(&EvaluatedForm::new(&pack().questionnaire, answers));
            // Twice: the second time all is known.
            assert_eq!(items(&replay.form(answers)), fresh, "{}", answers.encode());
            assert!(replay.is_of(answers));
            assert_eq!(items(&replay.form(answers)), fresh, "{}", answers.encode());
            kinds.insert(fresh.len());
        }
    }
    assert!(kinds.len() > 20, "the forms hardly differ: {kinds:?}");
}

#[test]
fn an_answer_says_how_many_questions_it_adds() {
    let pack = small();
    let asked = |text: &str, stage: &str| {
        let answers = answered(text);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        walk::questions_of(&form, &walk::steps(&pack, &form), stage)
    };
    let new = |before: &str, after: &str, stage: &str| asked(after, stage).difference(&asked(before, stage)).count();
    assert_eq!(new("age=25-44", "age=25-44;s02=yes", "body"), 1);
    assert_eq!(new("age=25-44;s02=yes", "age=25-44;s02=yes;s03=yes", "body"), 1);
    assert_eq!(new("age=25-44", "age=25-44;s02=yes;s03=yes", "body"), 2);
    assert_eq!(new("age=25-44", "age=25-44;s02=no", "body"), 0);
    assert_eq!(new("age=25-44;s02=yes", "age=25-44;s02=no", "body"), 0);
    assert_eq!(new("age=25-44", "age=25-44;s02=yes", "mind"), 0);
}

#[test]
fn the_short_way_keeps_what_content_names() {
    let pack = small();
    let answers = answered("age=25-44;s02=yes");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let short: Vec<String> =
        walk::steps_of(&pack, &form, Length::Safety).iter().map(|s| s.link().to_string()).collect();
    assert_eq!(short, ["age", "emergency", "heart"]);
    assert_eq!(walk::steps_of(&pack, &form, Length::Full), walk::steps(&pack, &form));
}

#[test]
fn a_screen_that_an_answer_can_still_take_away_is_no_segment() {
    let mut pack = small();
    let body = pack.questionnaire.items.iter_mut().find(|i| i.link_id == "body").unwrap();
    let not_yes = Condition {
        question: "s02".into(),
        score: false,
        operator: Operator::Ne,
        operand: Operand::Codes(vec!["yes".into()]),
    };
    body.items.iter_mut().find(|i| i.link_id == "s20").unwrap().enable.when.push(not_yes);
    let count = |entries: &str| {
        let answers = answered(entries);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let steps = walk::steps(&pack, &form);
        walk::segments(&form, walk::stage_steps(&form, &steps, "body"), &answers, &page("heart")).len()
    };
    assert_eq!((count("age=25-44"), count("age=25-44;s02=no"), count("age=25-44;s02=-")), (1, 2, 2));
}

/// 180 words a minute, 2 s a choice, 20 s a field.
#[test]
fn minutes_come_from_a_stated_model() {
    let pack = small();
    let mut answers = answered("age=25-44");
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let words = |link: &str| {
        form.item(link).unwrap().text.split_whitespace().count()
            + form.item(link).unwrap().help.split_whitespace().count()
    };
    let question = Step::Question { link: "s20".into(), repetition: 0 };
    let read = words("s20")
        + form.item("s20").unwrap().options.iter().map(|o| o.text.split_whitespace().count()).sum::<usize>();
    assert_eq!(walk::seconds(&form, &question) as usize, read.div_ceil(3) + 2);
    let rows = ["s02", "s03", "s04", "s05"]
        .map(|l| form.item(l).unwrap().text.split_whitespace().count())
        .iter()
        .sum::<usize>()
        + words("heart");
    assert_eq!(walk::seconds(&form, &page("heart")) as usize, rows.div_ceil(3) + 4 * 2);
    assert_eq!(walk::seconds(&form, &Step::Help { after: "emergency".into() }), 0);
    assert_eq!([0, 1, 60, 89, 90, 200].map(walk::minutes), [0, 1, 1, 1, 2, 3]);
    let all = walk::estimate(&pack, &answers, Length::Full);
    assert!(walk::estimate(&pack, &answers, Length::Safety) < all);
    answers.set(Key::first("s20"), engine::answers::Answer::Skipped);
    assert!(walk::estimate(&pack, &answers, Length::Full) < all);
}

/// The two stages of `small` with words for a card.
fn with_cards() -> Pack {
    let mut pack = small();
    pack.questionnaire.items.iter_mut().for_each(|stage| stage.help = "What comes.".into());
    pack
}

fn onward(entries: &str, current: Step) -> Option<Onward> {
    let (pack, answers) = (with_cards(), answered(entries));
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    walk::onward(&form, &walk::steps(&pack, &form), &answers, &current)
}

fn question(link: &str) -> Step {
    Step::Question { link: link.into(), repetition: 0 }
}

#[test]
fn a_stage_that_was_not_begun_opens_with_its_card() {
    let emergency = "age=25-44;e1=no;e2=no;e3=no;e4=no;e5=no;e6=no;e7=no";
    assert_eq!(onward("age=25-44", question("age")), Some(Onward::Step(page("emergency"))));
    assert_eq!(onward(emergency, page("emergency")), Some(Onward::Stage("body".into())));
    // Begun elsewhere: on where it was left.
    let begun = format!("{emergency};s02=no;s03=no;s04=no;s05=no");
    assert_eq!(onward(&begun, page("emergency")), Some(Onward::Step(question("s20"))));
    // Done: the next one.
    let done = format!("{begun};s20=no");
    assert_eq!(onward(&done, page("emergency")), Some(Onward::Stage("mind".into())));
    // At the end, what was left open before; then nothing.
    assert_eq!(onward(&format!("{emergency};s33=no"), question("s33")), Some(Onward::Stage("body".into())));
    assert_eq!(onward(&format!("{done};s33=no"), question("s33")), Some(Onward::End));
    assert_eq!(onward("age=25-44", page("heart-more")), None);
}

#[test]
fn nothing_stands_before_the_first_stage() {
    let (pack, answers) = (with_cards(), answered(""));
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let steps = walk::steps(&pack, &form);
    assert_eq!(walk::enter_stage(&form, &steps, &answers, "first"), Onward::Step(question("age")));
    assert_eq!(walk::enter_stage(&form, &steps, &answers, "mind"), Onward::Stage("mind".into()));
}

/// A card that opens the next stage says what this one added; never an answer about suicide, nor an
/// emergency.
#[test]
fn a_stage_says_what_it_added() {
    let answers = answered("age=25-44;e1=yes;e2=yes;s01=yes-high;s02=yes;s03=-;s04=no;attempt=yes-recent");
    let form = common::evaluated(&answers);
    let steps = walk::steps(pack(), &form);
    let of = |stage: &str| summary::added(pack(), &form, walk::stage_steps(&form, &steps, stage), &answers);
    assert_eq!(of("stage-safety").raise, Vec::<String>::new());
    assert_eq!(of("stage-body").raise, ["High blood pressure", "Hospital for high blood pressure"]);
    assert_eq!(of("stage-mind").raise, Vec::<String>::new());
    assert_eq!(of("stage-body").answered, 3);
    assert!(of("stage-body").asked > 20);
    // Of a list the entries are named that a rule is about, each once.
    let medicines = answered("age=25-44;takes-medicines=yes;medicines=phenelzine,metformin,clonazepam");
    let form = common::evaluated(&medicines);
    let added = summary::added(pack(), &form, &walk::steps(pack(), &form), &medicines);
    assert_eq!(added.raise, ["phenelzine (Nardil)", "clonazepam (Klonopin)"]);
}

/// One card on one screen, which itself asks for another.
#[test]
fn a_past_medicine_is_one_page_that_asks_for_another() {
    let answers = answered("age=25-44;why-for=mood;tried-any=yes;tried-paper=no;trial=true");
    let form = common::evaluated(&answers);
    let steps = walk::steps(pack(), &form);
    let cards: Vec<&Step> = steps.iter().filter(|s| s.link() == "trial").collect();
    let card = |repetition| Step::Page { link: "trial".into(), repetition };
    assert_eq!(cards, [&card(0), &card(1)]);
    assert_eq!(walk::asks_another(&form, &card(1)), Some(Key::new("trial", 1)));
    assert!(card(1).keys(&form).contains(&Key::new("trial-help", 1)));
    assert_eq!(walk::asks_another(&form, &page("heart")), None);
}

/// "No to the rest of these" fits where each question has a "no" that is nothing to bring up
/// itself.
#[test]
fn a_no_that_is_to_be_brought_up_is_never_filled_in() {
    for (link, may) in [
        ("heart", true),
        ("organs", true),
        ("breathing", true),
        ("home", false),
        ("size", false),
        ("trial", false),
        ("emergency", false),
    ] {
        let item = pack().questionnaire.item(link).unwrap();
        assert_eq!(walk::may_say_no_to_rest(pack(), item), may, "{link}");
    }
    let mut answers = answered("age=25-44;s17=yes-other");
    let before = answers.clone();
    walk::say_no_to_rest(pack(), &common::evaluated(&before), &page("breathing"), &mut answers);
    assert_eq!(answers, answered("age=25-44;s17=yes-other;s18=none;s22=no"));
}

/// Screens of the named walks: each step, each help panel, and one card before each stage. They may
/// fall, not rise.
#[test]
fn walks_take_no_more_screens_than_counted() {
    let mut counts = Vec::new();
    for (name, most) in [("everything-no", 49), ("depression", 55), ("pain-and-heart", 40)] {
        let answers = fixture(name);
        let form = common::evaluated(&answers);
        let steps = walk::steps(pack(), &form);
        assert!(walk::resume(&form, &steps, &answers).is_none(), "{name} is a whole walk");
        let screens = steps.len() + walk::stages(&form, &steps, &answers).len();
        if screens > most {
            counts.push(format!("{name}: {screens}"));
        }
    }
    assert!(counts.is_empty(), "{counts:?}");
}
