//! `docs/coverage.toml` and `docs/ipdas.toml` point to where the product answers; here every
//! pointer is resolved.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::root;
use common::texts;

fn table(file: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn rows(table: &toml::Table, key: &str) -> Vec<toml::Table> {
    table[key].as_array().unwrap().iter().map(|r| r.as_table().unwrap().clone()).collect()
}

fn text<'a>(row: &'a toml::Table, key: &str) -> &'a str {
    row.get(key).and_then(toml::Value::as_str).unwrap_or_default()
}

fn list(row: &toml::Table, key: &str) -> Vec<String> {
    row.get(key)
        .and_then(toml::Value::as_array)
        .into_iter()
        .flatten()
        .map(|v| v.as_str().unwrap().to_string())
        .collect()
}

/// Everything said at a pointer; nothing if it points nowhere.
fn text_at(pointer: &str) -> String {
    let below =
        |id: &str| id == pointer || (id.starts_with(pointer) && id[pointer.len()..].starts_with(['.', '[', '(']));
    let found: Vec<&str> = texts::pieces().iter().filter(|p| below(&p.id)).map(|p| p.text.as_str()).collect();
    found.join("\n")
}

/// True if these words are whole sentences of what is said at the pointer, or all of it.
fn whole(pointer: &str, says: &str) -> bool {
    text_at(pointer).lines().any(|piece| {
        piece.match_indices(says).any(|(start, _)| {
            let (before, after) = (piece[..start].trim_end(), &piece[start + says.len()..]);
            let ended = |t: &str| t.is_empty() || t.ends_with(['.', '?', '!', ':']);
            ended(before) && (after.is_empty() || (after.starts_with(' ') && ended(says)))
        })
    })
}

/// What is wrong with a row, each as a line.
fn problems(name: &str, row: &toml::Table) -> Vec<String> {
    let at = list(row, "at");
    let mut wrong: Vec<String> =
        at.iter().filter(|p| text_at(p).is_empty()).map(|p| format!("{name}: {p} points nowhere")).collect();
    let says = text(row, "says");
    if let Some(first) = at.first().filter(|p| !says.is_empty() && !text_at(p).contains(says)) {
        wrong.push(format!("{name}: {first} does not say “{says}”"));
    }
    if row.contains_key("n") && !says.is_empty() && at.first().is_some_and(|p| !whole(p, says)) {
        wrong.push(format!("{name}: “{says}” is a piece of a sentence"));
    }
    if !says.is_empty() && at.is_empty() {
        wrong.push(format!("{name}: who says “{says}”?"));
    }
    wrong
}

/// A claim and a silence name the piece of text that answers, not the page that it stands on
/// somewhere.
fn names_one_piece(name: &str, row: &toml::Table) -> Option<String> {
    let first = list(row, "at").into_iter().next().filter(|_| !text(row, "says").is_empty())?;
    (!texts::pieces().iter().any(|piece| piece.id == first))
        .then(|| format!("{name}: {first} is no single piece of text"))
}

fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the articles claim, and what they leave out.
fn seeds() -> toml::Table {
    toml::from_str(&common::fixture_file("seed-claims.toml")).unwrap()
}

#[test]
fn every_seed_claim_is_answered_or_left_out_with_a_reason() {
    let claims = rows(&table("docs/coverage.toml"), "claim");
    let number = |r: &toml::Table| r["n"].as_integer().unwrap();
    let claimed: Vec<i64> = rows(&seeds(), "claim").iter().map(number).collect();
    assert_eq!(claims.iter().map(number).collect::<Vec<_>>(), claimed, "each claim of the articles has its row");
    let mut wrong = Vec::new();
    for row in &claims {
        let name = format!("claim {} ({})", row["n"], text(row, "about"));
        wrong.extend(problems(&name, row));
        wrong.extend(names_one_piece(&name, row));
        let answered = !list(row, "at").is_empty() && !text(row, "says").is_empty();
        if !answered && text(row, "left_out").len() < 20 {
            wrong.push(format!("{name}: neither answered nor left out with a reason"));
        }
    }
    none(&wrong);
}

#[test]
fn what_no_article_tells_is_told() {
    let missing = rows(&table("docs/coverage.toml"), "missing");
    let abouts: Vec<&str> = missing.iter().map(|r| text(r, "about")).collect();
    assert_eq!(
        abouts.iter().map(|a| a.to_lowercase()).collect::<Vec<_>>(),
        list(&seeds(), "silences").iter().map(|s| s.to_lowercase()).collect::<Vec<_>>()
    );
    none(
        &missing
            .iter()
            .flat_map(|r| problems(text(r, "about"), r).into_iter().chain(names_one_piece(text(r, "about"), r)))
            .collect::<Vec<_>>(),
    );
    assert!(
        missing.iter().all(|r| !list(r, "at").is_empty() && !text(r, "says").is_empty()),
        "nothing of 1i may be left out"
    );
}

/// 1j: where the articles contradict one another, the product says one thing, everywhere.
#[test]
fn contradictions_are_settled() {
    let settled = rows(&table("docs/coverage.toml"), "contradiction");
    assert_eq!(
        settled.iter().map(|r| text(r, "about").to_string()).collect::<Vec<_>>(),
        list(&seeds(), "contradictions")
    );
    let mut wrong: Vec<String> = settled.iter().flat_map(|r| problems(text(r, "about"), r)).collect();
    for row in &settled {
        for never in list(row, "never") {
            wrong.extend(
                texts::own()
                    .filter(|p| p.text.to_lowercase().contains(&never))
                    .map(|p| format!("{}: {} says “{never}”", text(row, "about"), p.id)),
            );
        }
    }
    none(&wrong);
}

#[test]
fn every_ipdas_item_is_judged() {
    let items = rows(&table("docs/ipdas.toml"), "item");
    let ids: Vec<String> = items.iter().map(|r| text(r, "id").to_string()).collect();
    assert_eq!(ids, (1..=35).map(|n| format!("I{n}")).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for row in &items {
        let id = text(row, "id");
        wrong.extend(problems(id, row));
        match text(row, "met") {
            "yes" if list(row, "at").is_empty() => wrong.push(format!("{id} is met nowhere")),
            "partly" if text(row, "why").is_empty() => wrong.push(format!("{id}: why only partly?")),
            "yes" | "partly" | "no" => {}
            other => wrong.push(format!("{id}: met is “{other}”")),
        }
        let test = text(row, "checked_by");
        if !test.is_empty() && !root().join(test).is_file() {
            wrong.push(format!("{id}: there is no {test}"));
        }
        if test.is_empty() && text(row, "judged_by").is_empty() && text(row, "why").is_empty() {
            wrong.push(format!("{id}: checked by no test and judged by nobody, not even “nobody yet”"));
        }
    }
    none(&wrong);
}

/// What is not confirmed is listed with its reason, and is in no pack of either language.
#[test]
fn what_is_not_confirmed_is_left_out_and_listed() {
    let rows = rows(&table("docs/left-out.toml"), "left_out");
    assert!(rows.len() >= 8);
    let packs = [common::pack(), common::spanish()].map(|p| p.encode());
    let holds = |words: &str| packs.iter().any(|bytes| bytes.windows(words.len()).any(|w| w == words.as_bytes()));
    assert!(holds("PHQ-9") && holds("Línea de la Vida"), "the search finds what is there");
    let mut wrong = Vec::new();
    for row in &rows {
        let about = text(row, "about");
        let (never, closed) = (list(row, "never"), text(row, "closed_in_spanish"));
        if text(row, "why").len() < 15 || (never.is_empty() && closed.is_empty()) {
            wrong.push(format!("{about}: why, and how would one notice?"));
        }
        wrong.extend(never.iter().filter(|words| holds(words)).map(|words| format!("{about}: a pack holds “{words}”")));
        let offered = |id: &str| common::spanish().questionnaire.item(id).is_none_or(|i| i.not_offered.is_empty());
        if !closed.is_empty() && offered(closed) {
            wrong.push(format!("{about}: “{closed}” is offered in Spanish"));
        }
    }
    none(&wrong);
}

/// Until all six qualifying items are met it is called a visit preparation tool.
#[test]
fn it_does_not_call_itself_a_decision_aid() {
    for piece in texts::own().filter(|p| p.text.to_lowercase().contains("decision aid")) {
        assert!(piece.text.contains("no one has certified it as a decision aid"), "{}: {}", piece.id, piece.text);
    }
    assert!(text_at("about:readers").contains("visit preparation tool"));
}

/// The reader of pointers is tried on pointers that point nowhere.
#[test]
fn a_dead_pointer_is_seen() {
    for pointer in
        ["card:M99", "topic:nowhere", "question:s99", "rule:S01", "sheet:nothing", "word:nothing", "card", ""]
    {
        assert_eq!(text_at(pointer), "", "{pointer}");
    }
    let row: toml::Table = toml::from_str("at = [\"card:M01\"]\nsays = \"words that nobody says\"").unwrap();
    assert_eq!(problems("x", &row).len(), 1);
}
