//! Runs the vectors that stand beside rules and instruments.

use super::{INSTRUMENTS, RULES};
use crate::{Authored, Problems, RuleVector, ScoreVector};
use engine::answers::{Answer, Answers, Key, Value};
use engine::form::EvaluatedForm;
use engine::pack::{Instrument, Item, Kind, Operand, Operator, Pack, Trigger};
use engine::rules::Outcome;
use engine::scores::Total;
use engine::{help, rules, scores};

/// Runs every vector that stands beside a rule or an instrument.
pub fn vectors(authored: &Authored, problems: &mut Problems) {
    rule_vectors(&authored.pack, &authored.rule_vectors, RULES, problems);
    for (question, vectors) in authored.pack.matched_questions.iter().zip(&authored.matched_vectors) {
        trigger_vectors(
            &authored.pack,
            &question.when,
            vectors,
            (super::ASKS, &format!("ask({})", question.id)),
            problems,
        );
    }
    for (instrument, vectors) in authored.pack.instruments.iter().zip(&authored.score_vectors) {
        if vectors.is_empty() {
            problems.add(INSTRUMENTS, &instrument.id, "it has no vectors", "Add them");
        }
        for vector in vectors {
            if let Err(what) = score_vector(&authored.pack, instrument, vector) {
                problems.add(INSTRUMENTS, &instrument.id, what, "Correct the instrument or the vector");
            }
        }
    }
}

/// Runs the vectors that stand beside each rule.
pub(crate) fn rule_vectors(pack: &Pack, all: &[Vec<RuleVector>], file: &str, problems: &mut Problems) {
    for (rule, vectors) in pack.rules.iter().zip(all) {
        trigger_vectors(pack, &rule.when, vectors, (file, &format!("rule({})", rule.id)), problems);
    }
}

/// Runs the vectors of one trigger, which stands in this file at this path.
fn trigger_vectors(
    pack: &Pack,
    when: &Trigger,
    vectors: &[RuleVector],
    (file, path): (&str, &str),
    problems: &mut Problems,
) {
    let has = |fires: &dyn Fn(&str) -> bool| vectors.iter().any(|v| fires(&v.fires));
    if !has(&|f| f == "yes") || !has(&|f| f != "yes") {
        problems.add(file, path, "it lacks a vector that fires it or one that does not", "Add both to vectors");
    }
    for vector in vectors {
        let Ok(answers) = Answers::decode_entries(&vector.answers) else {
            problems.add(file, path, format!("“{}” is no text form of answers", vector.answers), "See src/answers.rs");
            continue;
        };
        unknown_answers(pack, &answers, file, path, problems);
        let form = EvaluatedForm::new(&pack.questionnaire, &answers);
        let got = match rules::evaluate(pack, &form, when) {
            Outcome::Yes => "yes",
            Outcome::No => "no",
            Outcome::Unknown => "unknown",
            Outcome::NotAsked => "not-asked",
        };
        if got != vector.fires {
            problems.add(
                file,
                path,
                format!("on “{}” it gives {got}, not {}", vector.answers, vector.fires),
                "Correct it, or the vector",
            );
        }
    }
}

fn unknown_answers(pack: &Pack, answers: &Answers, file: &str, path: &str, problems: &mut Problems) {
    for (key, answer) in answers.iter() {
        let Some(item) = pack.questionnaire.item(&key.link) else {
            problems.add(
                file,
                path,
                format!("a vector answers “{}”, which is no question", key.link),
                "Use a linkId of the questionnaire",
            );
            continue;
        };
        for value in answer.values() {
            if let Value::Code(code) = value
                && item.option(code).is_none()
                && !item.is_group()
            {
                problems.add(
                    file,
                    path,
                    format!("a vector gives “{}” the answer “{code}”, which it has not", key.link),
                    "Use one of its codes",
                );
            }
        }
    }
}

/// Answers with the given points, in a setting where the instrument is asked.
fn answers_of(pack: &Pack, instrument: &Instrument, vector: &ScoreVector) -> Answers {
    let mut answers = opened(pack, instrument);
    let mut give = |link: &str, points: Option<i16>| {
        let item = pack.questionnaire.item(link);
        let code = item.and_then(|i| i.options.iter().find(|o| o.points == points)).map(|o| o.code.clone());
        let typed = item.is_some_and(|i| i.kind == Kind::Integer);
        let answer = match (points, code) {
            (Some(n), _) if typed => Answer::Given(vec![Value::Number(n.into())]),
            (Some(_), Some(code)) => Answer::code(&code),
            _ => Answer::Skipped,
        };
        answers.set(Key::first(link), answer);
    };
    if let Some(gate) = &instrument.gate {
        let points = match vector.gate.as_deref() {
            Some("no") => Some(0),
            Some("skip") => None,
            _ => Some(1),
        };
        give(gate, points);
    }
    for (link, points) in instrument.items.iter().zip(&vector.points) {
        give(link, (*points >= 0).then_some(*points));
    }
    answers
}

/// Answers that meet the conditions of everything around the instrument's first item.
fn opened(pack: &Pack, instrument: &Instrument) -> Answers {
    let mut answers = Answers::default();
    if let Some(first) = instrument.gate.as_ref().or_else(|| instrument.items.first()) {
        open(pack, first, &mut answers);
    }
    answers
}

/// Meets the conditions of a question and of the groups around it, and of the questions these ask.
fn open(pack: &Pack, link: &str, answers: &mut Answers) {
    let all = pack.questionnaire.all();
    let around = all.iter().filter(|i| i.link_id == link || contains(i, link));
    for condition in around.flat_map(|i| &i.enable.when) {
        let key = Key::first(&condition.question);
        if let (Operator::Eq, Operand::Codes(codes), None) = (condition.operator, &condition.operand, answers.get(&key))
        {
            codes.first().into_iter().for_each(|c| answers.set(key.clone(), Answer::code(c)));
            open(pack, &condition.question, answers);
        }
    }
}

fn contains(item: &Item, link: &str) -> bool {
    item.items.iter().any(|i| i.link_id == link || contains(i, link))
}

fn score_vector(pack: &Pack, instrument: &Instrument, vector: &ScoreVector) -> Result<(), String> {
    let answers = answers_of(pack, instrument, vector);
    let form = EvaluatedForm::new(&pack.questionnaire, &answers);
    let score = scores::score(&form, instrument);
    let wrong = |what: String| Err(format!("on {:?} (gate {:?}) {what}", vector.points, vector.gate));
    match (score.total, vector.total, vector.possible) {
        (Total::Exactly(n), Some(want), _) if (n - want).abs() < 1e-9 => {}
        (Total::Between(low, high), None, Some(want)) if [low, high] == want => {}
        (Total::Between(..), None, None) if vector.gate.as_deref() == Some("skip") => {}
        (got, ..) => return wrong(format!("it gives {got:?}, not {:?} {:?}", vector.total, vector.possible)),
    }
    let band = score.band().map(|b| b.name.clone());
    if vector.band.is_some() && band != vector.band {
        return wrong(format!("the band is {band:?}, not {:?}", vector.band));
    }
    if let (Some(want), Some(beside)) = (vector.ask_difficulty, &instrument.beside)
        && form.asked(beside, 0) != want
    {
        return wrong("the item beside the score is not asked as it should be".into());
    }
    let region = pack.region("").ok_or("there is no region")?;
    let last: Vec<&str> = instrument.items.iter().map(String::as_str).collect();
    let panel = help::panel(pack, &form, region, &last);
    let safety = match panel.because.iter().filter_map(|r| r.help).max() {
        None => "no",
        Some(engine::pack::Help::Offer) => "offer",
        Some(_) => "yes",
    };
    match vector.safety.as_deref() {
        Some(want) if want != safety => wrong(format!("help is “{safety}”, not “{want}”")),
        _ => Ok(()),
    }
}
