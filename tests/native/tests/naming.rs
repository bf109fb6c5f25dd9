//! Questions name the medicine or the problem that they are about; nothing but a screen shows a
//! wording with gaps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{all_text, answered, fixtures, pack, sheets, spanish};
use content::Problems;
use engine::form::EvaluatedForm;
use engine::naming::{is_named, question_text};
use engine::pack::{Pack, Settings};
use engine::summary::{Context, sheets as sheets_of};
use export::record::{self, Moment};

fn text(pack: &Pack, answers: &str, link: &str, repetition: u8) -> String {
    let answers = answered(answers);
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    question_text(pack, &form, pack.questionnaire.item(link).unwrap(), repetition)
}

/// Answers, the question and its repetition, and what it says in English and in Spanish.
const ROWS: &[(&str, &str, u8, &str, &str)] = &[
    ("", "how-long", 0, "How long has this problem lasted, this time?", "¿Cuánto ha durado este problema, esta vez?"),
    (
        "why-for=pain",
        "how-long",
        0,
        "How long have you had pain, this time?",
        "¿Cuánto tiempo lleva con el dolor, esta vez?",
    ),
    (
        "why-for=mood,ocd",
        "tried-any",
        0,
        "Have you taken medicine for low mood or OCD before?",
        "¿Ha tomado antes medicamentos para el ánimo bajo o el TOC?",
    ),
    // "Something else" has no name, and nobody is asked about the rest alone.
    (
        "why-for=mood,other",
        "tried-any",
        0,
        "Have you taken medicine for this problem before?",
        "¿Ha tomado antes medicamentos para este problema?",
    ),
    (
        "tried-any=yes;trial-medicine=sertraline",
        "trial-now",
        0,
        "Are you still taking sertraline?",
        "¿Todavía toma sertralina?",
    ),
    ("tried-any=yes", "trial-now", 0, "Are you still taking this medicine?", "¿Todavía toma este medicamento?"),
    (
        "tried-any=yes;trial-medicine=-",
        "trial-now",
        0,
        "Are you still taking this medicine?",
        "¿Todavía toma este medicamento?",
    ),
    // A name as typed: one that is known, one that is not, and no name at all.
    ("tried-any=yes;trial-medicine='Zoloft", "trial-now", 0, "Are you still taking Zoloft?", "¿Todavía toma Zoloft?"),
    (
        "tried-any=yes;trial-medicine='blue%20pill",
        "trial-now",
        0,
        "Are you still taking “blue pill”?",
        "¿Todavía toma “blue pill”?",
    ),
    (
        "tried-any=yes;trial-medicine='the%20one%20my%20doctor%20gave%20me%20after%20the%20second%20visit",
        "trial-now",
        0,
        "Are you still taking this medicine?",
        "¿Todavía toma este medicamento?",
    ),
    // Each repetition has its own, and asks for the one before.
    (
        "tried-any=yes;trial=true;trial-medicine=sertraline;trial-medicine:1=bupropion",
        "trial-help",
        1,
        "How much did bupropion help?",
        "¿Cuánto le ayudó bupropión?",
    ),
    (
        "tried-any=yes;trial=true;trial-medicine=sertraline",
        "trial-medicine",
        1,
        "Which medicine did you take before sertraline?",
        "¿Qué medicamento tomó antes de sertralina?",
    ),
    (
        "tried-any=yes;trial=true",
        "trial-medicine",
        1,
        "Which other medicine did you take?",
        "¿Qué otro medicamento tomó?",
    ),
    (
        "tried-any=yes;trial-medicine=sertraline",
        "trial-medicine",
        0,
        "Which medicine did you take most recently?",
        "¿Qué medicamento tomó más recientemente?",
    ),
    // A dose is one with a number.
    (
        "tried-any=yes;trial-medicine=sertraline;trial-dose='100%20mg",
        "trial-time",
        0,
        "About how long did you take sertraline at 100 mg?",
        "¿Más o menos cuánto tiempo tomó sertralina en la dosis de 100 mg?",
    ),
    (
        "tried-any=yes;trial-medicine=sertraline;trial-dose='not%20sure",
        "trial-time",
        0,
        "About how long did you take sertraline at that dose?",
        "¿Más o menos cuánto tiempo tomó sertralina en esa dosis?",
    ),
    // Of all medicines those that the question is about.
    (
        "takes-medicines=yes;medicines=sertraline,lorazepam,oxycodone",
        "med-last",
        0,
        "When did you last take lorazepam or oxycodone?",
        "¿Cuándo tomó lorazepam u oxicodona por última vez?",
    ),
    (
        "takes-medicines=yes;medicines=lorazepam,semaglutide",
        "glp-last",
        0,
        "When was your last dose of semaglutide?",
        "¿Cuándo fue su última dosis de semaglutida?",
    ),
    // More than three are a list.
    (
        "takes-medicines=yes;medicines=lorazepam,oxycodone,zolpidem,diazepam",
        "med-last",
        0,
        "When did you last take your sleep or anxiety pill, opioid, naltrexone, or MAOI?",
        "¿Cuándo tomó por última vez su pastilla para dormir o para la ansiedad, su opioide, naltrexona o IMAO (un tipo de medicamento para el ánimo)?",
    ),
    (
        "takes-medicines=yes;medicines=sertraline,oxycodone",
        "med-doses",
        0,
        "What are the doses of your other medicines, if you know them?",
        "¿Cuáles son las dosis de sus otros medicamentos, si las sabe?",
    ),
    (
        "takes-medicines=yes;medicines=sertraline",
        "med-doses",
        0,
        "What are the doses of your medicines, if you know them?",
        "¿Cuáles son las dosis de sus medicamentos, si las sabe?",
    ),
    (
        "takes-medicines=yes;medicines=sertraline,bupropion;med-card=true;med-card-name=sertraline;med-card-name:1=bupropion",
        "med-card-last",
        1,
        "When did you last take bupropion?",
        "¿Cuándo tomó bupropión por última vez?",
    ),
    (
        "s23=yes;latex=yes;has-allergies=asked-unknown",
        "allergies",
        0,
        "Your reaction to ketamine or esketamine or latex or tape: which one was it, and what happened?",
        "Su reacción a ketamina o esketamina o látex o cinta adhesiva: ¿a cuál fue, y qué pasó?",
    ),
    (
        "attempt=yes-past;hospital-mind=no",
        "s37-when",
        0,
        "In which year or years was your attempt to end your life? Do you have a safety plan?",
        "¿En qué año o años fue el intento de quitarse la vida? ¿Tiene un plan de seguridad?",
    ),
];

#[test]
fn questions_name_what_they_are_about() {
    for (answers, link, repetition, english, in_spanish) in ROWS {
        let answers = format!("age=25-44;{answers}");
        let answers = answers.trim_end_matches(';');
        assert_eq!(text(pack(), answers, link, *repetition), *english, "{link} with {answers}");
        assert_eq!(text(spanish(), answers, link, *repetition), *in_spanish, "{link} with {answers}");
    }
}

/// Whatever was answered.
#[test]
fn a_gap_is_always_filled_or_the_text_is_plain() {
    for pack in [pack(), spanish()] {
        for (name, answers) in fixtures() {
            let form = EvaluatedForm::new(&pack.questionnaire, answers);
            for item in pack.questionnaire.all().into_iter().filter(|item| is_named(pack, &item.link_id)) {
                for repetition in form.all_repetitions(&item.link_id) {
                    let text = question_text(pack, &form, item, repetition);
                    assert!(!text.contains(['{', '}']) && !text.trim().is_empty(), "{name}: {}: {text}", item.link_id);
                }
            }
        }
    }
}

/// Paper and record keep the plain wording, with no gap in it.
#[test]
fn no_gap_reaches_paper_or_record() {
    let settings = Settings::default();
    for name in ["full", "heaviest", "everything-yes", "deciding"] {
        let answers = &fixtures()[name];
        assert!(!all_text(&sheets(answers)).contains("{medicine}"), "{name}");
        for pack in [pack(), spanish()] {
            let region = pack.region("us").unwrap();
            let context = Context { date: "29 November 2026", region, settings: &settings, leave_out: false };
            let both = sheets_of(pack, answers, context);
            assert!(both.clinician.is_some() || both.keep.parts.len() > 1, "{name}");
            let moment = Moment { authored: "2026-11-29T18:00:00Z", made: "2026-11-29T18:00:00Z" };
            let file = record::bundle(pack, answers, context, moment);
            for text in &pack.naming.text {
                for gap in &text.gaps {
                    assert!(!file.contains(&format!("{{{}}}", gap.id)), "{name}: {}", text.id);
                }
                let plain = &pack.questionnaire.item(&text.id).unwrap().text;
                assert!(!plain.contains('{'), "{plain}");
            }
        }
    }
}

/// What would leave a gap on the screen is refused when the content is packed.
#[test]
fn wrong_wordings_are_refused() {
    let refused = |change: &dyn Fn(&mut Pack)| {
        let mut authored = common::authored().clone();
        change(&mut authored.pack);
        let mut problems = Problems::default();
        content::check(&authored, &mut problems);
        problems.to_string()
    };
    let first = |pack: &mut Pack, link: &str| pack.naming.text.iter().position(|t| t.id == link).unwrap();
    assert_eq!(refused(&|_| {}), "");
    for (change, why) in [
        (
            &(|p: &mut Pack| p.naming.text[0].text = "Since when {problem} or {other}?".into()) as &dyn Fn(&mut Pack),
            "its gaps are not",
        ),
        (&|p: &mut Pack| p.naming.text[0].text = "Since when?".into(), "its gaps are not"),
        (&|p: &mut Pack| p.naming.text[0].id = "gone".into(), "there is no such question"),
        (&|p: &mut Pack| p.naming.text[0].gaps[0].from[0] = "trial-medicine".into(), "is no question before it"),
        (&|p: &mut Pack| p.naming.text[0].beside = "gone".into(), "there is no question “gone”"),
        (&|p: &mut Pack| p.naming.name[0].code = "gone".into(), "there is no answer “gone”"),
        (
            &|p: &mut Pack| {
                let at = first(p, "trial-medicine");
                p.naming.text[at].before = false;
            },
            "is no question before it",
        ),
        (&|p: &mut Pack| p.questionnaire.items[0].text = "Hello {name}".into(), "nothing fills a gap here"),
    ] {
        let got = refused(change);
        assert!(got.contains(why), "{why}: {got}");
    }
}
