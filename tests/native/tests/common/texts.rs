//! Everything the product says, each piece with an id: what tests of wording read.

use super::{pack, spanish};
use engine::pack::Pack;
use serde_json::Value;
use std::sync::OnceLock;

/// One piece of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Where it stands, for instance `card:M01.explanation`, `rule:S06.patient`,
    /// `question:s06.text`, `word:back`.
    pub id: String,
    pub text: String,
}

/// Fields that are codes, numbers, dates or references and never read by a person.
const NOT_READ: &[&str] = &[
    "id",
    "link_id",
    "code",
    "system",
    "url",
    "checked_on",
    "review_by",
    "sources",
    "tel",
    "sms",
    "only_for",
    "lang",
    "version",
    "polarity",
    "certainty",
    "verdict",
    "strength",
    "tier",
    "section",
    "enable",
    "kind",
    "synonyms",
    "method",
    "items_of",
    "gate",
    "beside",
    "weeks",
    "total_code",
    "panel_code",
    "head",
    "right",
    "paper",
    "topic",
    "when",
    "from",
    "beside",
    "only_in",
];

/// Every piece of the English pack.
pub fn pieces() -> &'static [Piece] {
    pieces_of(pack())
}

/// Every piece of one of the two packs.
pub fn pieces_of(pack: &'static Pack) -> &'static [Piece] {
    static ENGLISH: OnceLock<Vec<Piece>> = OnceLock::new();
    static SPANISH: OnceLock<Vec<Piece>> = OnceLock::new();
    let once = if std::ptr::eq(pack, spanish()) { &SPANISH } else { &ENGLISH };
    once.get_or_init(|| {
        let value = serde_json::to_value(pack).unwrap();
        let mut out = Vec::new();
        for (key, inner) in value.as_object().unwrap() {
            if key == "words" {
                for (name, word) in inner.as_object().unwrap() {
                    gather("word", &format!("word:{name}"), word, &mut out);
                }
                continue;
            }
            let head = match key.as_str() {
                "questionnaire" => "question",
                "safety" | "weights" | "refused" | "lang" | "version" | "digest" | "numbers" | "checked_on"
                | "review_by" => continue,
                "choices" => "choice",
                "about" | "sheet" => key,
                plural => plural.trim_end_matches('s'),
            };
            gather(head, head, inner, &mut out);
        }
        out
    })
}

fn gather(head: &str, path: &str, value: &Value, out: &mut Vec<Piece>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => out.push(Piece { id: path.into(), text: text.clone() }),
        Value::Array(list) => {
            for (i, inner) in list.iter().enumerate() {
                gather(head, &place(head, path, i, inner), inner, out);
            }
        }
        Value::Object(map) => {
            // What a language does not offer has no texts in it: its questions are still the
            // English ones.
            let closed = map.get("not_offered").and_then(Value::as_str).is_some_and(|why| !why.is_empty());
            for (key, inner) in map.iter().filter(|(key, _)| !closed || *key != "items") {
                let reference = (head == "rule" && matches!(key.as_str(), "about" | "help" | "when"))
                    || (head == "instrument" && key == "items")
                    || (head == "migration" && key != "kept");
                if !NOT_READ.contains(&key.as_str()) && !reference {
                    let joint = if path == head { ":" } else { "." };
                    gather(head, &format!("{path}{joint}{key}"), inner, out);
                }
            }
        }
        _ => {}
    }
}

/// An element is named by its id where it has one; questions keep the same name wherever they stand
/// in the tree.
fn place(head: &str, path: &str, i: usize, inner: &Value) -> String {
    let named = |key: &str| inner.get(key).and_then(Value::as_str);
    match (named("link_id"), named("id"), named("code")) {
        (Some(link), ..) => format!("question:{link}"),
        (_, Some(id), _) if path == head => format!("{head}:{id}"),
        (_, Some(id), _) => format!("{path}({id})"),
        (.., Some(code)) => format!("{path}({code})"),
        _ => format!("{path}[{i}]"),
    }
}

/// The sentences of a text. A list item or a heading without a full stop is one sentence.
pub fn sentences(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.last_mut().unwrap().push(c);
        let closes = matches!(chars.peek(), None | Some(' ' | '\n' | '"' | '”' | ')'));
        if (matches!(c, '.' | '?' | '!') && closes && !ends_with_abbreviation(out.last().unwrap())) || c == '\n' {
            while let Some(quote) = chars.next_if(|c| matches!(c, '"' | '”' | ')')) {
                out.last_mut().unwrap().push(quote);
            }
            out.push(String::new());
        }
    }
    out.into_iter().map(|s| s.trim().to_string()).filter(|s| s.chars().any(char::is_alphanumeric)).collect()
}

fn ends_with_abbreviation(text: &str) -> bool {
    ["U.S.", "EE.", " UU.", " Drs.", " B.W.", " L.", "…", "...", " e.g.", " vs."].iter().any(|a| text.ends_with(a))
}

/// A standard instrument's own wording, which nobody may change: items, their options and stems.
pub fn is_instrument(id: &str) -> bool {
    let link = id.strip_prefix("question:").and_then(|r| r.split('.').next()).unwrap_or_default();
    ["phq9", "gad7", "ptsd-gate", "ptsd-month"].iter().any(|p| link.starts_with(p))
        || (link.starts_with("ptsd") && link != "ptsd-ok")
        || ["s38", "s39"].contains(&link)
}

/// What the visitor or clinician reads as our own words: no instrument, no source title, no licence
/// notice, no medicine's name.
pub fn is_own_voice(id: &str) -> bool {
    let foreign = id.starts_with("source:")
        || id.starts_with("about:notices")
        || id.contains(".notice")
        || id.starts_with("question:medicines.options")
        || id.starts_with("question:trial-medicine.options");
    // The drug question's help is part of its wording; other short labels and helps are ours.
    let ours = id.ends_with(".short") || (id.ends_with(".help") && !id.starts_with("question:s39"));
    !foreign && (!is_instrument(id) || ours)
}

/// Our own words, in English.
pub fn own() -> impl Iterator<Item = &'static Piece> {
    own_of(pack())
}

/// Our own words in one of the two packs.
pub fn own_of(pack: &'static Pack) -> impl Iterator<Item = &'static Piece> {
    pieces_of(pack).iter().filter(|p| is_own_voice(&p.id))
}
