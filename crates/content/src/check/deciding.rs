//! What helps to decide: weights, questions after reading, and questions that fit the answers.

use super::{ASKS, questions, sources};
use crate::Problems;
use engine::pack::{COMPARED, Item, Kind, Pack};

const WEIGHTS: &str = "content/weights.toml";
const TEACH: &str = "content/en/teach-back.toml";

pub(super) fn deciding(pack: &Pack, problems: &mut Problems) {
    weights(pack, problems);
    for teach in &pack.teach_backs {
        let right = pack.questionnaire.item(&teach.id).is_some_and(|item| item.option(&teach.right).is_some());
        if !right {
            problems.add(
                TEACH,
                &teach.id,
                format!("there is no question of this name with the answer “{}”", teach.right),
                "Correct `id` or `right`",
            );
        }
        if !pack.topics.iter().any(|topic| topic.id == teach.topic) {
            problems.add(
                TEACH,
                &teach.id,
                format!("there is no topic “{}”", teach.topic),
                "Name the topic that answers it",
            );
        }
        sources(pack, TEACH, &teach.id, &teach.sources, problems);
    }
    for ask in &pack.matched_questions {
        let path = format!("ask({})", ask.id);
        for condition in ask.when.all.iter().chain(&ask.when.any) {
            questions::condition_holds(pack, ASKS, &path, condition, problems);
        }
        if ask.sources.is_empty() {
            problems.add(ASKS, &path, "nothing says where its good answer comes from", "Name its sources");
        }
        sources(pack, ASKS, &path, &ask.sources, problems);
    }
}

/// Each reason that can be chosen is weighed, by a number from 0 to 10 that is asked for it alone,
/// and each row there is.
fn weights(pack: &Pack, problems: &mut Problems) {
    for weight in &pack.weights {
        let path = format!("{}={}", weight.question, weight.answer);
        let chosen =
            pack.questionnaire.item(&weight.question).is_some_and(|item| item.option(&weight.answer).is_some());
        if !chosen {
            problems.add(WEIGHTS, &path, "there is no such answer", "Correct `question` or `answer`");
        }
        let scale = |item: &Item| item.kind == Kind::Integer && item.min == Some(0.0) && item.max == Some(10.0);
        if !weight.link.is_empty() && !pack.questionnaire.item(&weight.link).is_some_and(scale) {
            problems.add(
                WEIGHTS,
                &path,
                format!("“{}” is no number from 0 to 10", weight.link),
                "Correct `link`, or its minValue and maxValue",
            );
        }
        if weight.rows.is_empty() || weight.rows.iter().any(|row| !COMPARED.contains(&row.as_str())) {
            problems.add(
                WEIGHTS,
                &path,
                "it names no row of the comparison, or one that there is not",
                format!("Use {}", COMPARED.join(", ")),
            );
        }
    }
    let weighed: Vec<&str> = pack.weights.iter().filter(|w| !w.link.is_empty()).map(|w| w.question.as_str()).collect();
    for item in pack.questionnaire.all().into_iter().filter(|item| weighed.contains(&item.link_id.as_str())) {
        let has = |code: &str| pack.weights.iter().any(|w| w.question == item.link_id && w.answer == code);
        for option in item
            .options
            .iter()
            .filter(|o| !o.exclusive && !has(&o.code) && !engine::pack::UNKNOWN_CODES.contains(&o.code.as_str()))
        {
            problems.add(
                WEIGHTS,
                format!("{}={}", item.link_id, option.code),
                "this reason has no weight",
                "Write a [[weight]] for it",
            );
        }
    }
}
