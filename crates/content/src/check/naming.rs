//! Wordings with gaps: each gap is filled from a question that comes before, and no text outside
//! them has one, since nothing would fill it there.

use super::QUESTIONS;
use crate::Problems;
use engine::pack::{Gap, Item, NamingText, Pack};

const NAMING: &str = "content/en/naming.toml";

pub(super) fn naming(pack: &Pack, problems: &mut Problems) {
    let all = pack.questionnaire.all();
    for text in &pack.naming.text {
        wording(pack, &all, text, problems);
    }
    for name in &pack.naming.name {
        if pack.questionnaire.item(&name.id).is_none_or(|item| item.option(&name.code).is_none()) {
            let what = format!("there is no answer “{}”", name.code);
            problems.add(NAMING, format!("name({})", name.id), what, "Correct `id` or `code`");
        }
    }
    for item in all {
        let texts = [&item.text, &item.prefix, &item.short, &item.help].into_iter();
        if texts.chain(item.options.iter().map(|o| &o.text)).any(|text| text.contains('{')) {
            problems.add(QUESTIONS, &item.link_id, "nothing fills a gap here", "Write it into content/en/naming.toml");
        }
    }
}

fn wording(pack: &Pack, all: &[&Item], text: &NamingText, problems: &mut Problems) {
    let path = format!("text({})", text.id);
    let mut refuse = |what: String, cure: &str| problems.add(NAMING, &path, what, cure);
    let place = |link: &str| all.iter().position(|i| i.link_id == link && i.is_question());
    let Some(own) = place(&text.id) else {
        refuse("there is no such question".into(), "Use a linkId of the questionnaire");
        return;
    };
    if !text.beside.is_empty() && pack.questionnaire.item(&text.beside).is_none() {
        refuse(format!("there is no question “{}”", text.beside), "Correct `beside`");
    }
    let marks = |gap: &Gap| text.text.matches(&format!("{{{}}}", gap.id)).count();
    if text.text.matches('{').count() != text.gaps.iter().map(marks).sum::<usize>()
        || text.gaps.iter().any(|gap| marks(gap) == 0)
    {
        refuse("its gaps are not those in its text".into(), "Give each {gap} of the text one entry in `gaps`");
    }
    for link in text.gaps.iter().flat_map(|gap| &gap.from) {
        if !place(link).is_some_and(|from| from < own || from == own && text.before) {
            refuse(format!("“{link}” is no question before it"), "Fill it from an earlier question");
        }
    }
}
