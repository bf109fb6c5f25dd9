//! The wording of a question on the screen: it names the medicine or the problem that it is about.

use crate::answers::{Answer, Value};
use crate::clean::clean;
use crate::form::EvaluatedForm;
use crate::pack::{Gap, Item, NamingText, Operator, Pack, UNKNOWN_CODES, fill};

/// Letters of own words that fit into a question.
const MOST_LETTERS: usize = 40;

/// More names than this are a list, and no question.
const MOST_NAMES: usize = 3;

/// The text of a question in this repetition, with the names that were answered; the plain text
/// where there are none.
pub fn question_text(pack: &Pack, form: &EvaluatedForm<'_>, item: &Item, repetition: u8) -> String {
    let mut texts = pack.naming.text.iter().filter(|text| text.id == item.link_id);
    texts.find_map(|text| filled(pack, form, item, text, repetition)).unwrap_or_else(|| item.text.clone())
}

/// True if the question has a wording with gaps.
pub fn is_named(pack: &Pack, link: &str) -> bool {
    pack.naming.text.iter().any(|text| text.id == link)
}

fn filled(pack: &Pack, form: &EvaluatedForm<'_>, item: &Item, text: &NamingText, repetition: u8) -> Option<String> {
    let at = if text.before { repetition.checked_sub(1)? } else { repetition };
    if !text.beside.is_empty() && !form.asked(&text.beside, 0) {
        return None;
    }
    let names: Option<Vec<String>> = text.gaps.iter().map(|gap| names(pack, form, item, gap, at)).collect();
    let names = names?;
    let marks: Vec<(&str, &str)> =
        text.gaps.iter().map(|gap| gap.id.as_str()).zip(names.iter().map(String::as_str)).collect();
    Some(fill(&text.text, &marks))
}

/// What fills a gap: the answers, and of a question that the item depends on only those that it is
/// asked for. `None` where there is no answer, one that can't be named, or too many.
fn names(pack: &Pack, form: &EvaluatedForm<'_>, item: &Item, gap: &Gap, at: u8) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for link in &gap.from {
        let at = if form.all_repetitions(link).contains(&at) { at } else { 0 };
        let conditions = || item.enable.when.iter().filter(|c| c.question == *link && c.operator == Operator::Eq);
        let about = |v: &&Value| conditions().next().is_none() || conditions().any(|c| form.names(link, v, &c.operand));
        for value in form.answer(link, at).map_or(&[][..], Answer::values).iter().filter(about) {
            let name =
                name(pack, form, link, value).filter(|n| !gap.number || n.contains(|c: char| c.is_ascii_digit()))?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    if names.len() > MOST_NAMES {
        return None;
    }
    names.into_iter().reduce(|list, name| [&list, " ", joint(&pack.naming.joint, &name), " ", &name].concat())
}

/// Spanish says "u" before a name that begins with the sound of "o".
fn joint<'a>(joint: &'a str, name: &str) -> &'a str {
    let name = name.trim_start_matches('“').to_lowercase();
    if joint == "o" && (name.starts_with(['o', 'ó']) || name.starts_with("ho")) { "u" } else { joint }
}

fn name(pack: &Pack, form: &EvaluatedForm<'_>, link: &str, value: &Value) -> Option<String> {
    match value {
        Value::Code(code) => {
            let mut called = pack.naming.name.iter().filter(|name| name.id == *link).peekable();
            if called.peek().is_some() {
                return called.find(|name| name.code == *code).map(|name| name.words.clone());
            }
            let option = form.item(link)?.option(code)?;
            (!UNKNOWN_CODES.contains(&code.as_str())).then(|| option.text.clone())
        }
        Value::Text(typed) => {
            let typed = clean(typed).trim().to_string();
            let fits = !typed.is_empty() && typed.chars().count() <= MOST_LETTERS && !typed.contains('\n');
            let known = form.reading(link, &typed).is_none_or(|reading| !reading.certain.is_empty());
            fits.then(|| if known { typed.clone() } else { ["“", &typed, "”"].concat() })
        }
        Value::Number(_) | Value::Quantity(..) => None,
    }
}
