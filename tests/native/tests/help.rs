//! Help, by the dossier's section 7: when it opens, in which order, and what always stands in it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::texts;
use common::{answered, evaluated, fixture, has_word, pack};
use engine::answers::Answers;
use engine::form::EvaluatedForm;
use engine::help::{self, Order, Panel};
use engine::pack::{Help, UNKNOWN_CODES};
use engine::walk::{self, Step};

fn panel<'a>(form: &EvaluatedForm<'_>, region: &str, after: &[&str]) -> Panel<'a> {
    help::panel(pack(), form, pack().region(region).unwrap(), after)
}

/// Screens behind which help opens, as `linkId`s.
fn opens(answers: &Answers) -> Vec<String> {
    let form = evaluated(answers);
    let steps = walk::steps(pack(), &form);
    steps.into_iter().filter_map(|s| if let Step::Help { after } = s { Some(after) } else { None }).collect()
}

/// 7.1: what opens help, and behind which screen.
#[test]
fn when_help_opens() {
    let rows = [
        ("age=25-44", vec![]),
        ("age=25-44;e1=no;e2=no;e3=no;e4=no;e5=no;e6=no;e7=no", vec![]),
        ("age=25-44;e1=yes", vec!["emergency"]),
        ("age=25-44;e2=yes", vec!["emergency"]),
        ("age=25-44;e3=yes", vec!["emergency"]),
        ("age=25-44;e4=yes", vec!["emergency"]),
        ("age=25-44;e5=yes", vec!["emergency"]),
        ("age=25-44;e6=yes", vec!["emergency"]),
        ("age=25-44;e7=yes", vec!["emergency"]),
        ("age=25-44;e1=asked-unknown", vec!["emergency"]),
        ("age=25-44;e5=asked-unknown", vec!["emergency"]),
        ("age=25-44;phq9-9=LA6568-5", vec![]),
        ("age=25-44;phq9-9=LA6569-3", vec!["phq9-9"]),
        ("age=25-44;phq9-9=LA6570-1", vec!["phq9-9"]),
        ("age=25-44;phq9-9=LA6571-9", vec!["phq9-9"]),
        ("age=25-44;phq9-9=-", vec!["phq9-9"]),
        ("age=25-44;attempt=yes-recent", vec!["attempt"]),
        ("age=25-44;attempt=yes-past", vec![]),
        ("age=25-44;attempt=no", vec![]),
        ("age=25-44;e1=yes;phq9-9=LA6571-9;attempt=yes-recent", vec!["emergency", "phq9-9", "attempt"]),
        // A minor is helped as anyone; questions that are not asked of minors open nothing.
        ("age=under-18;e1=yes", vec!["emergency"]),
        ("age=under-18;phq9-9=LA6571-9", vec![]),
        // Nobody has to say an age first.
        ("e1=yes", vec!["emergency"]),
    ];
    for (entries, want) in rows {
        assert_eq!(opens(&answered(entries)), want, "{entries}");
    }
    assert_eq!(opens(&fixture("nothing-answered")), [""; 0]);
}

/// Help comes right behind the screen whose answer asked for it, before anything else is asked.
#[test]
fn help_comes_at_once() {
    for (entries, link) in [
        ("age=25-44;e1=yes", "emergency"),
        ("age=25-44;phq9-9=LA6569-3", "phq9-9"),
        ("age=25-44;attempt=yes-recent", "attempt"),
    ] {
        let answers = answered(entries);
        let form = evaluated(&answers);
        let steps = walk::steps(pack(), &form);
        let place = steps.iter().position(|s| s.link() == link && !matches!(s, Step::Help { .. })).unwrap();
        assert_eq!(steps[place + 1], Step::Help { after: link.into() }, "{entries}");
    }
}

/// 7.1, 3: the order follows the one own-words question; a medical emergency puts the emergency
/// number first.
#[test]
fn the_order_of_the_help() {
    use Order::{Calm, EmergencyFirst, LineFirst};
    let rows = [
        ("e1=yes", &["e1"][..], LineFirst),
        ("e1=yes;safe=might-act", &["e1", "safe"], EmergencyFirst),
        ("e1=yes;safe=might-act", &["e1"], EmergencyFirst),
        ("e1=yes;safe=asked-unknown", &["e1", "safe"], LineFirst),
        ("e1=yes;safe=asked-declined", &["e1", "safe"], LineFirst),
        ("e1=yes;safe=-", &["e1", "safe"], LineFirst),
        ("e1=yes;safe=yes-safe", &["e1", "safe"], Calm),
        ("phq9-9=LA6569-3", &["phq9-9"], LineFirst),
        ("phq9-9=LA6569-3;safe=might-act", &["phq9-9", "safe"], EmergencyFirst),
        ("phq9-9=LA6569-3;safe=yes-safe", &["phq9-9", "safe"], Calm),
        ("attempt=yes-recent;safe=asked-unknown", &["attempt", "safe"], LineFirst),
        ("phq9-9=-", &["phq9-9"], Calm),
        ("e1=asked-unknown", &["e1"], LineFirst),
        ("e1=asked-unknown;safe=yes-safe", &["e1", "safe"], Calm),
        // "Not sure" about an emergency of the body does not wait to be sure.
        ("e2=asked-unknown", &["e2"], EmergencyFirst),
        ("e3=asked-unknown", &["e3"], EmergencyFirst),
        ("e4=asked-unknown", &["e4"], EmergencyFirst),
        ("e5=asked-unknown", &["e5"], EmergencyFirst),
        ("e6=asked-unknown", &["e6"], EmergencyFirst),
        ("e7=asked-unknown", &["e7"], EmergencyFirst),
        ("e2=yes", &["e2"], EmergencyFirst),
        ("e3=yes", &["e3"], EmergencyFirst),
        ("e4=yes", &["e4"], EmergencyFirst),
        ("e5=yes", &["e5"], EmergencyFirst),
        ("e6=yes", &["e6"], EmergencyFirst),
        ("e7=yes", &["e7"], EmergencyFirst),
        // The more pressing one wins: can stay safe, but has chest pain.
        ("e1=yes;e2=yes;safe=yes-safe", &["e1", "e2", "safe"], EmergencyFirst),
        // Opened by hand, with nothing said.
        ("", &[], LineFirst),
    ];
    for (entries, after, order) in rows {
        let answers = answered(&format!("age=25-44;{entries}"));
        assert_eq!(panel(&evaluated(&answers), "us", after).order, order, "{entries} after {after:?}");
    }
}

/// All four answers to "can you keep yourself safe", and none, lead to the same lines: only their
/// order changes.
#[test]
fn every_answer_leads_to_help() {
    let item = pack().questionnaire.item(&pack().safety.ask).unwrap();
    // The dossier's own sentence (4.8); its thanks stand above the panel and are not said twice.
    let asked = format!("{} {}", pack().words.help_thanks(), item.text);
    assert_eq!(asked, "Thank you for answering. Right now, do you feel you can keep yourself safe?");
    let options: Vec<&str> = item.options.iter().map(|o| o.text.as_str()).collect();
    assert_eq!(
        options,
        ["Yes, I can stay safe", "No, I might act on these thoughts", "I'm not sure", "I'd rather not say"]
    );
    for region in &pack().regions {
        let general: Vec<&str> = region.lines.iter().filter(|l| l.only_for.is_empty()).map(|l| l.id.as_str()).collect();
        assert!(!general.is_empty(), "{}", region.id);
        for code in item.options.iter().map(|o| o.code.as_str()).chain(["-"]) {
            let answers = answered(&format!("age=25-44;e1=yes;safe={code}"));
            let panel = panel(&evaluated(&answers), &region.id, &["e1", "safe"]);
            let lines: Vec<&str> = panel.lines.iter().map(|l| l.id.as_str()).collect();
            assert_eq!(lines, general, "{} {code}", region.id);
            assert!(panel.ask, "{code}: the question stays, so that it can be answered anew");
            assert_eq!(panel.region, region);
        }
    }
}

/// The one own-words question is asked in the panel and on no screen of its own, and only where it
/// concerns the visitor.
#[test]
fn the_question_is_asked_in_the_panel_only() {
    for (entries, asks) in [
        ("e1=yes", true),
        ("phq9-9=LA6569-3", true),
        ("attempt=yes-recent", true),
        ("phq9-9=-", false),
        ("e2=yes", false),
        ("e2=asked-unknown", false),
        ("e5=asked-unknown", false),
        ("e1=asked-unknown", true),
        ("e1=no", false),
    ] {
        let answers = answered(&format!("age=25-44;{entries}"));
        let form = evaluated(&answers);
        let link = entries.split('=').next().unwrap();
        assert_eq!(panel(&form, "us", &[link]).ask, asks, "{entries}");
        // What the panel asks must be a question whose answer counts.
        assert!(!asks || form.asked(&pack().safety.ask, 0), "{entries}: the answer would be lost");
        assert!(walk::steps(pack(), &form).iter().all(|s| s.link() != pack().safety.ask), "{entries}");
    }
    // It is no standard instrument: no points, no code.
    let item = pack().questionnaire.item(&pack().safety.ask).unwrap();
    assert!(item.code.is_none() && item.options.iter().all(|o| o.points.is_none()));
}

/// An overdose has the poison line, first; nothing else shows it.
#[test]
fn the_poison_line() {
    for answers in [fixture("overdose"), answered("age=25-44;e5=asked-unknown")] {
        let lines = panel(&evaluated(&answers), "us", &["e5"]).lines;
        assert_eq!(lines[0].id, "poison");
        assert!(lines[0].text.contains("1-800-222-1222"));
    }
    for name in ["e1-yes", "chest-pain", "item-9-several"] {
        let answers = fixture(name);
        assert!(
            panel(&evaluated(&answers), "us", &["e1", "e2", "phq9-9"]).lines.iter().all(|l| l.id != "poison"),
            "{name}"
        );
    }
}

/// "Not sure" about chest pain, a stroke, withdrawal, an overdose, confusion or a head injury is
/// met with the emergency number and never with words or lines about suicide; nor is a certain
/// "yes" to these.
#[test]
fn an_emergency_of_the_body_has_no_words_about_suicide() {
    for (link, unsure) in [
        ("e2", Help::Unsure),
        ("e3", Help::Unsure),
        ("e4", Help::Unsure),
        ("e5", Help::UnsurePoison),
        ("e6", Help::Unsure),
        ("e7", Help::Unsure),
    ] {
        for code in ["asked-unknown", "yes"] {
            let answers = answered(&format!("age=25-44;{link}={code}"));
            let form = evaluated(&answers);
            let panel = panel(&form, "us", &[link]);
            assert!(!panel.ask && !panel.might_act, "{link} {code}");
            let lines: Vec<&str> = panel.lines.iter().map(|l| l.id.as_str()).collect();
            assert_eq!(lines, if link == "e5" { vec!["poison"] } else { vec![] }, "{link} {code}");
            assert_eq!(panel.because.len(), 1, "{link} {code}");
            let rule = panel.because[0];
            assert!(code == "yes" || rule.help == Some(unsure), "{link}: {:?}", rule.help);
            for word in ["suicide", "crisis", "988", "low mood", "hurt yourself", "not alone"] {
                assert!(!rule.patient.to_lowercase().contains(word), "{link} {code}: {}", rule.patient);
            }
            assert!(rule.patient.contains("your emergency number"), "{link} {code}: {}", rule.patient);
            assert!(code == "yes" || rule.patient.contains("Do not wait to be sure."), "{link}: {}", rule.patient);
        }
        // Thoughts of suicide told on the same screen bring their lines and their question back.
        let answers = answered(&format!("age=25-44;e1=yes;{link}=asked-unknown"));
        let form = evaluated(&answers);
        let both = panel(&form, "us", &["e1", link]);
        assert!(both.ask && both.lines.iter().any(|l| l.id == "988"), "{link}");
        assert_eq!(both.order, Order::EmergencyFirst, "{link}");
    }
    let answers = answered("age=25-44;e1=yes;safe=might-act");
    assert!(
        panel(&evaluated(&answers), "us", &["e1", "safe"]).might_act,
        "who might act is told to move away from means"
    );
}

/// 4.7: where a drug problem is reported, SAMHSA's line is offered. A rule's own words promise it
/// ("the help page lists lines you can call"), so some panel has to list it.
#[test]
fn the_line_for_drugs_and_alcohol_is_offered_somewhere() {
    let reachable = |id: &str| {
        let heavy = fixture("heaviest");
        let with = evaluated(&heavy);
        let all: Vec<&str> = pack().rules.iter().map(|r| r.about.as_str()).collect();
        let nothing = fixture("nothing-answered");
        let by_hand = evaluated(&nothing);
        let found = |p: Panel<'_>| p.lines.iter().any(|l| l.id == id);
        found(panel(&with, "us", &all)) || found(panel(&by_hand, "us", &[]))
    };
    for line in &pack().region("us").unwrap().lines {
        assert!(reachable(&line.id), "no panel ever lists {}", line.id);
    }
}

/// The main line of each region stands first, unless the poison line answers better.
#[test]
fn the_main_line_stands_first() {
    for region in &pack().regions {
        for entries in ["", "e1=yes", "phq9-9=LA6571-9", "e1=asked-unknown"] {
            let answers = answered(&format!("age=25-44;{entries}"));
            let link = entries.split('=').next().unwrap();
            let panel = panel(&evaluated(&answers), &region.id, &[link]);
            let main = region.lines.iter().find(|l| l.only_for.is_empty()).unwrap();
            assert_eq!(panel.lines[0], main, "{} {entries}", region.id);
        }
    }
    assert_eq!(pack().region("us").unwrap().lines[0].id, "988");
    // An unknown region is the first one, never none.
    assert_eq!(pack().region("atlantis").unwrap().id, "us");
}

/// 7.1, 1 and 2: thanks and help first, then that nobody is watching.
#[test]
fn the_words_of_the_panel() {
    let w = &pack().words;
    assert_eq!(w.help_thanks(), "Thank you for answering.");
    assert_eq!(w.help_unsure_title(), "Not sure? Do not wait to be sure.");
    assert_eq!(w.help_reach(), "Nobody else can see this, so please reach a person now.");
    assert_eq!(
        w.help_not_alone(),
        "Many people with low mood have thoughts like this, and help works. You do not have to handle it alone."
    );
    assert_eq!(
        w.nobody_sees(),
        "This page does not send your answers to anyone. The clinic does not know what you wrote unless you tell them."
    );
    assert_eq!(w.help_might_act(), "Stay with someone. Move away from anything you could use to hurt yourself.");
    assert_eq!(w.help_tell(), "Tell your clinician at your visit. You can print this.");
    // 7.1, 9: after the panel never into cards or topics.
    assert_eq!(
        [w.help_go_on(), w.help_finish(), w.clear_all()],
        ["Go on with my questions", "Finish with my summary", "Clear everything"]
    );
    assert_eq!(w.help_now(), "Need help now?");
}

/// 7.2 and 7.3: no exclamation mark, no shame, no contract, no promise, no means, nothing watched.
#[test]
fn what_help_never_says() {
    let helping = |id: &str| {
        id.starts_with("word:help_")
            || id == "word:nobody_sees"
            || id.starts_with("region:")
            || id.starts_with("sheet:call")
            || id.starts_with("question:safe")
    };
    let rules: Vec<String> =
        pack().rules.iter().filter(|r| r.help.is_some()).map(|r| format!("rule:{}.", r.id)).collect();
    let pieces: Vec<_> = texts::pieces()
        .iter()
        .filter(|p| helping(&p.id) || rules.iter().any(|r| p.id.starts_with(r.as_str())))
        .collect();
    assert!(pieces.len() > 80, "the words of help are found");
    for piece in pieces {
        assert!(!piece.text.contains('!'), "{}: {}", piece.id, piece.text);
        for word in [
            "commit",
            "committed",
            "successful",
            "failed attempt",
            "cry for help",
            "attention seeking",
            "selfish",
            "promise",
            "contract",
            "agree not to",
            "confidential from police",
            "never call the police",
            "we will keep this secret",
            "gun",
            "rope",
            "pills to",
            "hang",
            "jump",
            "overdose on",
            "risk level",
            "high risk",
            "low risk",
            "score",
            "monitored",
            "alert",
        ] {
            // A score is named once, to say that there is none.
            assert!(!has_word(&piece.text, word), "{}: “{word}”: {}", piece.id, piece.text);
        }
    }
}

/// Every rule that opens help says so on the clinician's sheet, and has words for the visitor.
#[test]
fn rules_that_open_help() {
    let opening: Vec<(&str, Option<Help>)> =
        pack().rules.iter().filter(|r| r.help.is_some()).map(|r| (r.id.as_str(), r.help)).collect();
    let of = |id: &str| opening.iter().find(|(i, _)| *i == id).and_then(|(_, h)| *h);
    for (id, help) in [
        ("E1", Help::Suicide),
        ("E2", Help::Medical),
        ("E3", Help::Medical),
        ("E4", Help::Medical),
        ("E5", Help::Poison),
        ("E6", Help::Medical),
        ("E7", Help::Medical),
        ("E1-unsure", Help::Suicide),
        ("I9", Help::Suicide),
        ("I9-skip", Help::Offer),
        ("S37-recent", Help::Suicide),
    ] {
        assert_eq!(of(id), Some(help), "{id}");
    }
    for rule in pack().rules.iter().filter(|r| r.help.is_some()) {
        assert!(!rule.patient.is_empty() && !rule.clinician.is_empty(), "{}", rule.id);
    }
}

/// The answers that the panel is about are known to the engine by content, never by code.
#[test]
fn safety_names_its_questions() {
    let s = &pack().safety;
    assert_eq!(s.never_kept, ["e1", "phq9-9", "safe"]);
    assert_eq!(s.may_leave_out, ["e1", "phq9-9", "safe", "attempt", "s37-when"]);
    let item = pack().questionnaire.item(&s.ask).unwrap();
    let unknown = item.options.iter().filter(|o| UNKNOWN_CODES.contains(&o.code.as_str())).count();
    assert_eq!(unknown, 2, "“not sure” and “rather not say” are unknown to every rule");
}
