//! The checks of `cargo xtask pack`, tried on content that is broken in one place at a time, and
//! the content itself against the dossier: instruments letter by letter, cards with their verdicts.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{fixture_file, pack, root, spanish};
use content::{Problem, Problems};
use engine::pack::{Card, Kind, Verdict};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const QUESTIONS: &str = "content/en/questionnaire.json";
const RULES: &str = "content/en/rules.toml";
const CARDS: &str = "content/en/cards.toml";
const DECKS: &str = "content/en/decks.toml";
const TOPICS: &str = "content/en/topics.toml";
const CHOICES: &str = "content/en/choices.toml";
const SOURCES: &str = "content/en/sources.toml";
const REGIONS: &str = "content/en/regions.toml";
const INSTRUMENTS: &str = "content/en/instruments.toml";
const WORDS: &str = "content/en/words.toml";
const SAFETY: &str = "content/safety.toml";
const ABOUT: &str = "content/about.toml";

/// A copy of `content/` of its own, taken away again at the end.
struct Copy(PathBuf);

impl Copy {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let to = std::env::temp_dir().join(format!("consult-ready-content-{}-{n}", std::process::id()));
        copy(&root().join("content"), &to.join("content"));
        Self(to)
    }

    /// Changes the text of a file.
    fn edit(&self, file: &str, change: impl FnOnce(String) -> String) {
        let path = self.0.join(file);
        let before = std::fs::read_to_string(&path).unwrap();
        let after = change(before.clone());
        assert_ne!(before, after, "{file}: the change changed nothing");
        std::fs::write(&path, after).unwrap();
    }

    /// Every problem that loading and checking finds.
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Problems::default();
        if let Some(authored) = content::load(&self.0, &mut problems) {
            content::check(&authored, &mut problems);
        }
        problems.0
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { _ = std::fs::copy(&path, &target).unwrap() }
    }
}

/// One way to break the content.
enum Break {
    /// Replaces the first occurrence of a text, which has to be there.
    Text(&'static str, &'static str),
    /// Appends to the file.
    Append(&'static str),
    /// Changes the question with this `linkId`.
    Item(&'static str, fn(&mut Value)),
    /// Changes the questionnaire as a whole.
    Json(fn(&mut Value)),
    /// Takes the file away.
    Gone,
}

/// Content broken so has a problem in `file` whose path holds `at` and whose words hold `what`,
/// with a cure.
fn check(name: &str, file: &str, how: &Break, at: &str, what: &str) -> Result<(), String> {
    let copy = Copy::new();
    match how {
        Break::Text(from, to) => copy.edit(file, |t| {
            assert!(t.contains(from), "{name}: {file} does not hold “{from}”");
            t.replacen(from, to, 1)
        }),
        Break::Append(more) => copy.edit(file, |t| t + more),
        Break::Item(link, change) => copy.edit(file, |t| {
            edit_json(&t, |v| change(item(v, link).unwrap_or_else(|| panic!("{name}: no item {link}"))))
        }),
        Break::Json(change) => copy.edit(file, |t| edit_json(&t, change)),
        Break::Gone => std::fs::remove_file(copy.0.join(file)).unwrap(),
    }
    let problems = copy.problems();
    let hit = problems.iter().find(|p| p.file == file && p.path.contains(at) && p.what.contains(what));
    match hit {
        None => Err(format!(
            "{name}: no problem in {file} at “{at}” about “{what}”, but {:#?}",
            problems.iter().map(ToString::to_string).take(6).collect::<Vec<_>>()
        )),
        Some(p) if p.cure.len() < 5 || p.to_string() != format!("{}: {}: {}. {}.", p.file, p.path, p.what, p.cure) => {
            Err(format!("{name}: no cure in “{p}”"))
        }
        Some(_) => Ok(()),
    }
}

/// All rows, so that one run shows every row that fails.
fn check_all(rows: &[(&str, &str, Break, &str, &str)]) {
    let wrong: Vec<String> =
        rows.iter().filter_map(|(name, file, how, at, what)| check(name, file, how, at, what).err()).collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn edit_json(text: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(text).unwrap();
    change(&mut value);
    serde_json::to_string_pretty(&value).unwrap()
}

fn item<'a>(value: &'a mut Value, link: &str) -> Option<&'a mut Value> {
    let items = value.get_mut("item")?.as_array_mut()?;
    for inner in items {
        if inner["linkId"] == link {
            return Some(inner);
        }
        if let Some(found) = item(inner, link) {
            return Some(found);
        }
    }
    None
}

fn extension(url: &str, key: &str, value: Value) -> Value {
    let mut extension = json!({ "url": url });
    extension[key] = value;
    extension
}

fn when(question: &str, code: &str) -> Value {
    json!({ "question": question, "operator": "=", "answerCoding": { "code": code } })
}

#[test]
fn the_content_has_no_problem() {
    let problems = Copy::new().problems();
    assert!(problems.is_empty(), "{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_broken_questionnaire_is_refused() {
    use Break::{Item, Json, Text};
    check_all(&[
        ("malformed JSON", QUESTIONS, Text("\"linkId\": \"s06\"", "\"linkId\": s06"), "line ", "not JSON"),
        (
            "no questionnaire",
            QUESTIONS,
            Json(|v| v["resourceType"] = json!("Bundle")),
            "$.resourceType",
            "not a FHIR Questionnaire",
        ),
        ("duplicate id", QUESTIONS, Item("s07", |i| i["linkId"] = json!("s06")), "s06", "two items have this id"),
        ("no linkId", QUESTIONS, Item("s07", |i| i["linkId"] = json!("")), "item[", "no linkId"),
        ("no text", QUESTIONS, Item("s07", |i| i["text"] = json!(" ")), "s07", "has no text"),
        (
            "unknown linkId",
            QUESTIONS,
            Item("s06-when", |i| i["enableWhen"] = json!([when("s99", "yes")])),
            "s06-when",
            "no question “s99”",
        ),
        (
            "forward condition",
            QUESTIONS,
            Item("s02", |i| i["enableWhen"] = json!([when("s06", "yes")])),
            "s02",
            "which comes later",
        ),
        (
            "condition on itself",
            QUESTIONS,
            Item("s06", |i| i["enableWhen"] = json!([when("s06", "yes")])),
            "s06",
            "which comes later",
        ),
        (
            "unknown code",
            QUESTIONS,
            Item("s06-when", |i| i["enableWhen"] = json!([when("s06", "perhaps")])),
            "s06-when",
            "has no answer “perhaps”",
        ),
        (
            "unreachable",
            QUESTIONS,
            Item("s06-when", |i| {
                i["enableWhen"] = json!([when("s06", "yes"), when("s06", "no")]);
                i["enableBehavior"] = json!("all");
            }),
            "s06-when",
            "no set of answers can reach it",
        ),
        (
            "no enableBehavior",
            QUESTIONS,
            Item("s06-when", |i| i["enableWhen"] = json!([when("s06", "yes"), when("s07", "yes")])),
            "s06-when",
            "enableBehavior",
        ),
        (
            "unknown operator",
            QUESTIONS,
            Item("s06-when", |i| i["enableWhen"][0]["operator"] = json!("~")),
            "s06-when",
            "operator is unknown",
        ),
        (
            "exists with a code",
            QUESTIONS,
            Item("s06-when", |i| i["enableWhen"][0]["operator"] = json!("exists")),
            "s06-when",
            "true or false only",
        ),
        (
            "nothing to compare with",
            QUESTIONS,
            Item("s06-when", |i| {
                i["enableWhen"] = json!([{ "question": "s06", "operator": "=", "answerReference": {} }])
            }),
            "s06-when",
            "nothing supported to compare with",
        ),
        (
            "points of unscored answers",
            QUESTIONS,
            Item("s06-when", |i| i["enableWhen"] = json!([{ "question": "s06", "operator": ">", "answerInteger": 1 }])),
            "s06-when",
            "have no points",
        ),
        (
            "exclusive on a single answer",
            QUESTIONS,
            Item("s24", |i| {
                i["answerOption"][0]["extension"] = json!([extension(
                    "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive",
                    "valueBoolean",
                    json!(true)
                )])
            }),
            "s24",
            "is exclusive, but only one answer",
        ),
        ("group without items", QUESTIONS, Item("goals", |i| i["item"] = json!([])), "goals", "dead end"),
        ("nothing to choose", QUESTIONS, Item("s24", |i| i["answerOption"] = json!([])), "s24", "nothing to choose"),
        (
            "answer code twice",
            QUESTIONS,
            Item("s24", |i| i["answerOption"][1]["valueCoding"]["code"] = json!("no")),
            "s24",
            "empty or used twice",
        ),
        (
            "repeated in repeated",
            QUESTIONS,
            Item(
                "trial",
                |i| i["item"] = json!([{ "linkId": "inner", "type": "group", "repeats": true, "text": "x", "item": [{ "linkId": "deep", "type": "string", "text": "x" }] }]),
            ),
            "trial",
            "not supported",
        ),
        (
            "unknown type",
            QUESTIONS,
            Item("s06-when", |i| i["type"] = json!("attachment")),
            "s06-when",
            "type “attachment”",
        ),
        ("unknown key", QUESTIONS, Item("s06-when", |i| i["note"] = json!("x")), "s06-when", "is not supported"),
        (
            "given beforehand",
            QUESTIONS,
            Item("s06-when", |i| i["initial"] = json!([{ "valueString": "x" }])),
            "s06-when",
            "given beforehand",
        ),
        (
            "unknown extension",
            QUESTIONS,
            Item("s06-when", |i| {
                i["extension"] = json!([extension(
                    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
                    "valueString",
                    json!("x")
                )])
            }),
            "s06-when",
            "calculatedExpression",
        ),
        (
            "unknown extension of an answer",
            QUESTIONS,
            Item("s24", |i| {
                i["answerOption"][0]["extension"] =
                    json!([extension("http://example.org/odd", "valueString", json!("x"))])
            }),
            "s24",
            "not supported on an answer",
        ),
        (
            "unknown itemControl",
            QUESTIONS,
            Item("s24", |i| {
                i["extension"] = json!([extension(
                    "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
                    "valueCodeableConcept",
                    json!({ "coding": [{ "code": "slider" }] })
                )])
            }),
            "s24",
            "“slider”",
        ),
        (
            "half a point",
            QUESTIONS,
            Item("s24", |i| {
                i["answerOption"][0]["extension"] = json!([extension(
                    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
                    "valueDecimal",
                    json!(0.5)
                )])
            }),
            "s24",
            "not a whole number",
        ),
        (
            "chosen beforehand",
            QUESTIONS,
            Item("s24", |i| i["answerOption"][0]["initialSelected"] = json!(true)),
            "s24",
            "given beforehand",
        ),
        (
            "value set that is not there",
            QUESTIONS,
            Item("s06", |i| i["answerValueSet"] = json!("#nowhere")),
            "s06",
            "is not in this file",
        ),
        (
            "value set on a server",
            QUESTIONS,
            Item("s06", |i| i["answerValueSet"] = json!("http://loinc.org/vs/LL358-3")),
            "s06",
            "is not in this file",
        ),
        (
            "options and value set",
            QUESTIONS,
            Item("s24", |i| i["answerValueSet"] = json!("#frequency")),
            "s24",
            "exclude each other",
        ),
        (
            "value set without concepts",
            QUESTIONS,
            Json(|v| v["contained"][0]["compose"]["include"] = json!([{ "system": "http://loinc.org", "filter": [] }])),
            "contained[0]",
            "terminology server",
        ),
        ("unknown head", QUESTIONS, Json(|v| v["derivedFrom"] = json!(["x"])), "$.derivedFrom", "not supported"),
        ("a list that is none", QUESTIONS, Item("goals", |i| i["item"] = json!({})), "goals", "a list was expected"),
    ]);
}

#[test]
fn broken_rules_and_instruments_are_refused() {
    use Break::{Append, Text};
    let vector = "{ answers = \"age=25-44;e1=yes\", fires = \"yes\" },";
    check_all(&[
        ("malformed TOML", RULES, Text("tier = \"E\"", "tier = E"), "line ", ""),
        ("unknown tier", RULES, Text("tier = \"E\"", "tier = \"F\""), "E1", "unknown variant"),
        ("unknown field", RULES, Text("help = \"suicide\"", "helps = \"suicide\""), "E1", "helps"),
        ("unknown table", RULES, Append("\n[[rules]]\nid = \"x\"\n"), "rules", "unknown"),
        ("duplicate id", RULES, Text("id = \"E2\"", "id = \"E1\""), "E1", "two rules have this id"),
        ("about no question", RULES, Text("about = \"e1\"", "about = \"e99\""), "E1", "which is no question"),
        (
            "no condition",
            RULES,
            Text("when = { all = [{ question = \"e1\", operator = \"=\", answer = \"yes\" }] }", "when = { }"),
            "E1",
            "has no condition",
        ),
        (
            "question that is not there",
            RULES,
            Text("question = \"e1\"", "question = \"e99\""),
            "E1",
            "no question “e99”",
        ),
        ("code that is not there", RULES, Text("answer = \"yes\"", "answer = \"aye\""), "E1", "has no answer “aye”"),
        (
            "score that is not there",
            RULES,
            Text("question = \"e1\"", "score = \"phq-99\""),
            "E1",
            "no instrument “phq-99”",
        ),
        (
            "question and score at once",
            RULES,
            Text("question = \"e1\"", "score = \"phq-9\", question = \"e1\""),
            "E1",
            "one question or one score",
        ),
        ("unknown operator", RULES, Text("operator = \"=\"", "operator = \"is\""), "E1", "operator is unknown"),
        ("emergency without help", RULES, Text("help = \"suicide\"\n", ""), "E1", "must open help"),
        (
            "source that is not there",
            RULES,
            Text("sources = [\"spravato-label\"]", "sources = [\"nobody-1999\"]"),
            "E1",
            "no source “nobody-1999”",
        ),
        (
            "no vectors",
            RULES,
            Text(
                "vectors = [\n  { answers = \"age=25-44;e1=yes\", fires = \"yes\" },\n  { answers = \"age=25-44;e1=no\", fires = \"no\" },\n  { answers = \"age=25-44;e1=asked-unknown\", fires = \"unknown\" },\n  { answers = \"age=25-44;e1=-\", fires = \"unknown\" },\n]",
                "vectors = []",
            ),
            "E1",
            "lacks a vector",
        ),
        ("no vector that fires", RULES, Text(vector, ""), "E1", "lacks a vector that fires"),
        (
            "vector that does not hold",
            RULES,
            Text(vector, "{ answers = \"age=25-44;e1=no\", fires = \"yes\" },"),
            "E1",
            "it gives no, not yes",
        ),
        (
            "vector that is no text form",
            RULES,
            Text(vector, "{ answers = \"age\", fires = \"yes\" },"),
            "E1",
            "no text form",
        ),
        (
            "vector on no question",
            RULES,
            Text(vector, "{ answers = \"age=25-44;e1=yes;e99=yes\", fires = \"yes\" },"),
            "E1",
            "“e99”, which is no question",
        ),
        (
            "vector with no such answer",
            RULES,
            Text(vector, "{ answers = \"age=25-44;e1=aye\", fires = \"yes\" },"),
            "E1",
            "“aye”",
        ),
        (
            "instrument of no questions",
            INSTRUMENTS,
            Text("\"phq9-1\", ", "\"phq9-99\", "),
            "phq-9",
            "no question “phq9-99”",
        ),
        ("instrument without points", INSTRUMENTS, Text("\"phq9-1\", ", "\"s06\", "), "phq-9", "have no points"),
        (
            "instrument beside no question",
            INSTRUMENTS,
            Text("beside = \"phq9-diff\"", "beside = \"phq9-dif\""),
            "phq-9",
            "no question “phq9-dif”",
        ),
        (
            "instrument from no source",
            INSTRUMENTS,
            Text("sources = [\"gad7-spitzer-2006\"]", "sources = [\"spitzer\"]"),
            "gad-7",
            "no source “spitzer”",
        ),
        (
            "score vector that does not hold",
            INSTRUMENTS,
            Text("total = 4, band = \"minimal\"", "total = 5, band = \"minimal\""),
            "phq-9",
            "it gives",
        ),
        (
            "band that does not hold",
            INSTRUMENTS,
            Text("total = 4, band = \"minimal\"", "total = 4, band = \"mild\""),
            "phq-9",
            "the band is",
        ),
        (
            "help that does not hold",
            INSTRUMENTS,
            Text("possible = [8, 11], safety = \"offer\"", "possible = [8, 11], safety = \"no\""),
            "phq-9",
            "help is “offer”",
        ),
        ("range that does not hold", INSTRUMENTS, Text("possible = [8, 11]", "possible = [8, 8]"), "phq-9", "it gives"),
        (
            "instrument without vectors",
            INSTRUMENTS,
            Append(
                "\n[[instrument]]\nid = \"x\"\nname = \"X\"\nabout = \"x\"\nitems = [\"gad7-1\"]\nmethod = \"sum\"\n",
            ),
            "x",
            "no vectors",
        ),
        (
            "instrument by an unknown method",
            INSTRUMENTS,
            Text("method = \"sum\"", "method = \"median\""),
            "phq-9",
            "median",
        ),
    ]);
}

#[test]
fn broken_reading_is_refused() {
    use Break::{Gone, Text};
    check_all(&[
        ("file that is not there", CARDS, Gone, "-", "can't be read"),
        ("card twice", CARDS, Text("id = \"M02\"", "id = \"M01\""), "M01", "two cards have this id"),
        ("unknown verdict", CARDS, Text("verdict = \"myth\"", "verdict = \"false\""), "M01", "false"),
        ("card of no deck", DECKS, Text("\"M12\", ", ""), "M12", "no deck has this card"),
        ("deck with an unknown card", DECKS, Text("\"M12\"", "\"M99\""), "what-it-is", "a card of it does not exist"),
        ("card in two decks", DECKS, Text("\"M04\"", "\"M12\""), "M12", "two cards have this id"),
        (
            "three myths in a row",
            DECKS,
            Text("\"M01\", \"M12\", \"M07\"", "\"M12\", \"M01\", \"M07\", \"M20\""),
            "what-it-is",
            "the same verdict",
        ),
        (
            "deck with a question of its own",
            DECKS,
            Text("question = \"Is", "question = \"Was"),
            "what-it-is",
            "no topic asks this question",
        ),
        ("card without an explanation", CARDS, Text("explanation = ", "explain = "), "M01", "expla"),
        ("card from no source", CARDS, Text("\"who-essential\"", "\"who-knows\""), "M01", "no source “who-knows”"),
        (
            "topic twice",
            TOPICS,
            Text("id = \"what-it-is\"", "id = \"the-condition\""),
            "the-condition",
            "two topics have this id",
        ),
        (
            "topic from no source",
            TOPICS,
            Text("sources = [\"mcintyre-2023\", \"int-2021\"]", "sources = [\"mcintyre-1923\"]"),
            "the-condition",
            "no source",
        ),
        ("number without its whole", TOPICS, Text("n = 54\nof = 100\n", "n = 54\n"), "evidence", "n and of"),
        ("number above its whole", TOPICS, Text("n = 54\nof = 100\n", "n = 154\nof = 100\n"), "evidence", "n and of"),
        ("two denominators", TOPICS, Text("n = 54\nof = 100\n", "n = 27\nof = 50\n"), "evidence", "one denominator"),
        (
            "number without a time",
            TOPICS,
            Text(
                "n = 54\nof = 100\ntimespan = \"2 to 4 weeks after a first set of 4 to 8 infusions\"",
                "n = 54\nof = 100\ntimespan = \"\"",
            ),
            "evidence",
            "over what time",
        ),
        (
            "array of a handful",
            TOPICS,
            Text("Only 537 of 9,016 had", "Only 24 people had"),
            "evidence",
            "stands for 24 people",
        ),
        (
            "arrays of another time",
            TOPICS,
            Text("timespan = \"8 weeks after the first set, also without top-ups\"", "timespan = \"4 weeks\""),
            "how-many",
            "another time span",
        ),
        ("paper of no kind", TOPICS, Text("paper = \"card\"", "paper = \"poster\""), "driver", "paper is unknown"),
        (
            "weight that is no scale",
            "content/weights.toml",
            Text("link = \"for-ease\"", "link = \"age\""),
            "reasons=ease",
            "no number from 0 to 10",
        ),
        (
            "weight of no row",
            "content/weights.toml",
            Text("rows = [\"works\"]", "rows = [\"luck\"]"),
            "reasons=ease",
            "no row of the comparison",
        ),
        (
            "reason without a weight",
            "content/weights.toml",
            Text("answer = \"fast\"", "answer = \"ease\""),
            "reasons=fast",
            "has no weight",
        ),
        (
            "right answer that is none",
            "content/en/teach-back.toml",
            Text("right = \"no\"", "right = \"perhaps\""),
            "teach-approved",
            "“perhaps”",
        ),
        (
            "topic that is none",
            "content/en/teach-back.toml",
            Text("topic = \"evidence\"", "topic = \"rumours\""),
            "teach-works",
            "no topic",
        ),
        (
            "question that fits nothing",
            "content/en/asks.toml",
            Text("answer = \"trauma\"", "answer = \"drama\""),
            "ask(ptsd)",
            "“drama”",
        ),
        (
            "vector of a question",
            "content/en/asks.toml",
            Text("\"p02=yes\", fires = \"no\"", "\"p02=yes\", fires = \"yes\""),
            "ask(ride)",
            "it gives no",
        ),
        ("week of six days", TOPICS, Text("\"x..x...\"", "\"x..x..\""), "how-many", "seven marks"),
        (
            "row that is too short",
            TOPICS,
            Text("[\"Anxiety\", \"Small early trials only.\", \"Limited\"]", "[\"Anxiety\", \"Limited\"]"),
            "evidence",
            "not as long as the head",
        ),
        (
            "pair of unequal weight",
            TOPICS,
            Text(
                "text = \"The FDA has not found that infusions for mood or lasting pain are safe, or that they work.\"",
                "text = \"Not approved.\"",
            ),
            "what-it-is",
            "length",
        ),
        (
            "harm that is called a benefit",
            TOPICS,
            Text("polarity = \"harm\"", "polarity = \"benefit\""),
            "what-it-is",
            "polarity",
        ),
        ("day that is none", TOPICS, Text("checked_on = \"2026-11-22\"", "checked_on = \"soon\""), "what-it-is", "day"),
        (
            "day that is none, on a line",
            REGIONS,
            Text("review_by = \"2027-03-22\"", "review_by = \"22.3.2027\""),
            "988",
            "day",
        ),
        (
            "choice twice",
            CHOICES,
            Text("id = \"spravato\"", "id = \"infusion\""),
            "infusion",
            "two choices have this id",
        ),
        (
            "choice from no source",
            CHOICES,
            Text("sources = [\"anand-2023\", \"murrough-2013b\"", "sources = [\"anand-1923\", \"murrough-2013b\""),
            "infusion",
            "no source",
        ),
        (
            "source twice",
            SOURCES,
            Text("id = \"spravato-label\"", "id = \"ketalar-label\""),
            "ketalar-label",
            "two sources have this id",
        ),
        ("region twice", REGIONS, Text("id = \"ca\"", "id = \"us\""), "us", "two regions have this id"),
        ("word that is missing", WORDS, Text("back = \"Back\"", ""), "back", "missing"),
        (
            "word that nobody uses",
            WORDS,
            Text("back = \"Back\"", "back = \"Back\"\nforth = \"Forth\""),
            "forth",
            "unknown",
        ),
        ("safety of no question", SAFETY, Text("\"s37-when\"", "\"s37-whence\""), "s37-whence", "no such question"),
        (
            "a section that is none",
            SAFETY,
            Text("optional = [\"worry\"", "optional = [\"wurry\""),
            "wurry",
            "no such section",
        ),
        (
            "a section that an emergency stands in",
            SAFETY,
            Text("optional = [\"worry\"", "optional = [\"emergency\""),
            "emergency",
            "is not optional",
        ),
        (
            "a section whose score asks for help",
            SAFETY,
            Text("optional = [\"worry\"", "optional = [\"mood\""),
            "mood",
            "is not optional",
        ),
        (
            "a section with the question about being safe",
            SAFETY,
            Text("optional = [\"worry\"", "optional = [\"stage-mind\""),
            "stage-mind",
            "is not optional",
        ),
        (
            "a section of medicines",
            SAFETY,
            Text("optional = [\"worry\"", "optional = [\"stage-medicines\""),
            "stage-medicines",
            "is not optional",
        ),
        (
            "safety of no answer",
            SAFETY,
            Text("ask_might_act = \"might-act\"", "ask_might_act = \"may-act\""),
            "safe",
            "no answer “may-act”",
        ),
        ("about without a disclosure", ABOUT, Text("\nsells = ", "\nsold = "), "line ", "s"),
    ]);
}

/// A problem never hides another: everything that is wrong comes out of one run.
#[test]
fn all_problems_come_in_one_run() {
    let copy = Copy::new();
    copy.edit(CARDS, |t| t.replacen("\"who-essential\"", "\"who-knows\"", 1));
    copy.edit(RULES, |t| t.replacen("about = \"e1\"", "about = \"e99\"", 1));
    copy.edit(QUESTIONS, |t| edit_json(&t, |v| item(v, "s07").unwrap()["linkId"] = json!("s06")));
    copy.edit(TOPICS, |t| t.replacen("n = 54\nof = 100\n", "n = 54\n", 1));
    copy.edit(SAFETY, |t| t.replacen("\"s37-when\"", "\"s37-whence\"", 1));
    let problems = copy.problems();
    for file in [CARDS, RULES, QUESTIONS, TOPICS, SAFETY] {
        assert!(problems.iter().any(|p| p.file == file), "nothing about {file} in {problems:#?}");
    }
    // Two files that can't be read at all are both named.
    let copy = Copy::new();
    copy.edit(WORDS, |t| t.replacen("back = ", "back ", 1));
    copy.edit(QUESTIONS, |t| t.replacen('{', "", 1));
    let problems = copy.problems();
    assert!([WORDS, QUESTIONS].iter().all(|f| problems.iter().any(|p| p.file == *f)), "{problems:#?}");
}

/// Nothing is late on its own day; the day after, everything that is late is named.
#[test]
fn what_is_past_its_date_is_named() {
    let pack = pack();
    let lines: Vec<&str> = pack.regions.iter().flat_map(|r| &r.lines).map(|l| l.review_by.as_str()).collect();
    let first = lines.iter().copied().chain([pack.review_by.as_str()]).min().unwrap();
    assert_eq!(content::overdue(pack, first), [""; 0], "nothing is late on its day");
    assert_eq!(content::overdue(pack, &pack.checked_on), [""; 0]);
    let late = content::overdue(pack, "2099-01-01");
    let says = |what: &str| late.iter().any(|l| l.contains(what));
    assert!(says("the content as a whole"), "{late:?}");
    for card in &pack.cards {
        assert!(says(&format!("card {}", card.id)), "{}", card.id);
    }
    for line in pack.regions.iter().flat_map(|r| &r.lines) {
        assert!(late.iter().any(|l| l.contains(&line.id) && l.contains(&line.review_by)), "{}", line.id);
    }
    assert!(says("topic(evidence)") && says("choice(infusion)"), "{late:?}");
    // Help lines are checked every 120 days, the rest every six months.
    let spring = content::overdue(pack, "2027-04-01");
    assert!(!spring.is_empty() && spring.iter().all(|l| l.starts_with("help line")), "{spring:?}");
    for line in pack.regions.iter().flat_map(|r| &r.lines) {
        assert!(
            line.checked_on.as_str() >= "2026-11-22" && line.review_by.as_str() <= "2027-03-22",
            "{}: 120 days at most",
            line.id
        );
    }
}

/// The compiled pack is the authored one.
#[test]
fn the_pack_survives_its_compiled_form() {
    let bytes = pack().encode();
    assert_eq!(engine::pack::Pack::decode(&bytes).as_ref(), Some(pack()));
    for cut in [0, 1, 100, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(engine::pack::Pack::decode(&bytes[..cut]), None, "cut at {cut}");
    }
}

/// No damage makes the reader fail otherwise than by saying so.
#[test]
fn a_damaged_pack_is_refused_or_read_as_another() {
    let bytes = pack().encode();
    let longer: Vec<u8> = bytes.iter().copied().chain([0]).collect();
    assert_eq!(engine::pack::Pack::decode(&longer), None, "something left over");
    // Each byte in a stretch at the start, where lengths and variants are many, and every so often
    // after it.
    let places = (0..500).chain((500..bytes.len()).step_by(997));
    for at in places {
        for damage in [0x01, 0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= damage;
            assert!(engine::pack::Pack::decode(&damaged).as_ref() != Some(pack()), "byte {at} of the pack is not read");
        }
    }
}

/// An item of a free instrument as the dossier gives it.
#[derive(Debug)]
struct Wanted {
    link: String,
    stem: String,
    text: String,
    loinc: String,
    options: Vec<(String, String)>,
}

fn wanted() -> Vec<Wanted> {
    let table: toml::Table = toml::from_str(&fixture_file("dossier-instruments.toml")).unwrap();
    let text = |v: &toml::Value| v.as_str().unwrap().to_string();
    let pair = |v: &toml::Value| (text(&v[0]), text(&v[1]));
    let items = table["item"].as_array().unwrap().iter();
    items
        .map(|i| Wanted {
            link: text(&i["link"]),
            stem: text(&i["stem"]),
            text: text(&i["text"]),
            loinc: text(&i["loinc"]),
            options: i["options"].as_array().unwrap().iter().map(pair).collect(),
        })
        .collect()
}

#[test]
fn instruments_letter_by_letter() {
    let wanted = wanted();
    assert_eq!(wanted.len(), 24, "9 and 1 of PHQ-9, 7 of GAD-7, 6 of PC-PTSD-5, the drug question");
    for want in wanted {
        let item = pack().questionnaire.item(&want.link).unwrap_or_else(|| panic!("{} is missing", want.link));
        assert_eq!(item.text, want.text, "{}", want.link);
        assert_eq!(item.prefix, want.stem, "{}: the words above it", want.link);
        let code = item.code.as_ref().unwrap();
        assert_eq!(
            (code.system.as_str(), code.code.as_str()),
            ("http://loinc.org", want.loinc.as_str()),
            "{}",
            want.link
        );
        let options: Vec<(String, String)> = item
            .options
            .iter()
            .filter(|o| o.system == "http://loinc.org")
            .map(|o| (o.code.clone(), o.text.clone()))
            .collect();
        assert_eq!(options, want.options, "{}: answers, in their order", want.link);
    }
}

/// Inside a standard instrument the answers are fixed: nothing is added to them, not even "not
/// sure".
#[test]
fn instruments_have_no_answers_of_ours() {
    for want in wanted() {
        let item = pack().questionnaire.item(&want.link).unwrap();
        let ours: Vec<&str> =
            item.options.iter().filter(|o| o.system != "http://loinc.org").map(|o| o.code.as_str()).collect();
        assert!(ours.is_empty(), "{} also offers {ours:?}", want.link);
        assert!(item.help.is_empty() || want.link == "s39", "{}: help would be part of the wording", want.link);
    }
}

#[test]
fn the_alcohol_question() {
    let item = pack().questionnaire.item("s38").unwrap();
    assert_eq!(
        item.text,
        "How many times in the past year have you had 5 or more drinks in a day (men), or 4 or more drinks in a day (women and anyone unsure)?"
    );
    assert_eq!(item.code.as_ref().unwrap().code, "68517-2");
    let options: Vec<&str> =
        item.options.iter().filter(|o| o.system == "http://loinc.org").map(|o| o.code.as_str()).collect();
    assert_eq!(options, ["LA6270-8", "LA26460-8", "LA18876-5", "LA18891-4", "LA18934-2"]);
}

#[test]
fn notices_of_the_instruments() {
    const PFIZER: &str = "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.";
    const LOINC: &str = "This material contains content from LOINC (http://loinc.org). LOINC is copyright (c) Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC(R) is a registered United States trademark of Regenstrief Institute, Inc.";
    for id in ["phq-9", "gad-7"] {
        assert_eq!(pack().instrument(id).unwrap().notice, PFIZER);
    }
    let notices = pack().about.notices.join("\n");
    assert!(
        notices.contains(PFIZER) && notices.contains(LOINC) && notices.contains("National Center for PTSD"),
        "{notices}"
    );
}

type DossierCard = (String, String, Verdict, String, Option<(String, Verdict)>);

fn verdict(word: &str) -> Verdict {
    match word {
        "myth" => Verdict::Myth,
        "fact" => Verdict::Fact,
        "depends" => Verdict::Depends,
        other => panic!("{other}"),
    }
}

fn dossier_cards() -> (toml::Table, Vec<DossierCard>) {
    let table: toml::Table = toml::from_str(&fixture_file("dossier-cards.toml")).unwrap();
    let cards = table["card"].as_array().unwrap().iter().map(|c| {
        let get = |key: &str| c.get(key).map(|v| v.as_str().unwrap().to_string());
        let flipped = get("flipped").zip(get("flipped_verdict").map(|v| verdict(&v)));
        (
            get("id").unwrap(),
            get("statement").unwrap(),
            verdict(&get("verdict").unwrap()),
            get("explanation").unwrap(),
            flipped,
        )
    });
    let cards = cards.collect();
    (table, cards)
}

fn card(id: &str) -> &'static Card {
    pack().cards.iter().find(|c| c.id == id).unwrap_or_else(|| panic!("card {id} is missing"))
}

#[test]
fn cards_are_the_dossiers() {
    let (_, cards) = dossier_cards();
    assert_eq!(cards.len(), 41);
    assert_eq!(pack().cards.len(), cards.len(), "no card but the dossier's and the supplement's");
    for (id, statement, verdict, explanation, flipped) in cards {
        let card = card(&id);
        assert_eq!((card.shown.text.as_str(), card.shown.verdict), (statement.as_str(), verdict), "{id}");
        assert_eq!(card.explanation, explanation, "{id}");
        let other = card.flipped.as_ref().map(|s| (s.text.clone(), s.verdict));
        assert_eq!(other, flipped, "{id}");
    }
    assert_eq!(
        [card("M02").shown.verdict, card("M03").shown.verdict],
        [Verdict::Depends; 2],
        "unsafe and addictive have two sides"
    );
}

#[test]
fn risk_cards_help_links_and_dates() {
    let (table, _) = dossier_cards();
    let list =
        |key: &str| table[key].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_string()).collect::<Vec<_>>();
    let (risk, help, dated) = (list("risk"), list("crisis_link"), list("dated"));
    assert_eq!(risk.len(), 17);
    for card in &pack().cards {
        assert!(!risk.contains(&card.id) || card.risk, "{} is a risk card", card.id);
        assert_eq!(card.help, help.contains(&card.id), "{}: the help link", card.id);
        assert_eq!(card.dated, dated.contains(&card.id), "{}: the date", card.id);
        assert!(!card.sources.is_empty() && !card.strength_text.is_empty(), "{}", card.id);
    }
}

/// "Myth" is no winning guess, and the order gives nothing away.
#[test]
fn the_mix_of_verdicts() {
    let seen = |c: &Card| c.flipped.as_ref().filter(|_| c.flip).unwrap_or(&c.shown).verdict;
    let verdicts: Vec<Verdict> = pack().cards.iter().map(seen).collect();
    let count = |v: Verdict| verdicts.iter().filter(|x| **x == v).count();
    assert_eq!([count(Verdict::Myth), count(Verdict::Fact), count(Verdict::Depends)], [16, 18, 7]);
    assert!(count(Verdict::Myth) * 2 < verdicts.len());
    assert!(verdicts.windows(3).all(|w| w[0] != w[1] || w[1] != w[2]), "three equal verdicts in a row: {verdicts:?}");
}

/// A visitor never sees both wordings of one card: the pack shows one, chosen by content.
#[test]
fn one_wording_of_each_card() {
    let mut statements: BTreeMap<&str, &str> = BTreeMap::new();
    for card in &pack().cards {
        assert!(card.flipped.is_some() || !card.flip, "{} has nothing to flip to", card.id);
        for statement in std::iter::once(&card.shown).chain(&card.flipped) {
            assert_eq!(statements.insert(&statement.text, &card.id), None, "“{}” stands twice", statement.text);
        }
    }
}

/// Case 09: a kiosk has only the tool's own keys, so every name in a list can be found with them.
#[test]
fn the_keys_of_a_kiosk_write_every_name_in_a_list() {
    for pack in [pack(), spanish()] {
        let lang = &pack.lang;
        let keys: String = [pack.words.kiosk_letters(), pack.words.kiosk_signs(), " "].concat();
        let questions = pack.questionnaire.all().into_iter();
        let names = questions
            .filter(|item| matches!(item.kind, Kind::Lookup | Kind::OpenLookup))
            .flat_map(|item| &item.options)
            .flat_map(|o| o.synonyms.iter().chain([&o.text]));
        let mut count = 0;
        for name in names {
            count += 1;
            let missing: String = name.to_lowercase().chars().filter(|c| !keys.contains(*c)).collect();
            assert_eq!(missing, "", "{lang}: no key for these letters of {name}");
        }
        assert!(count > 300, "{lang}: {count} names");
        // Doses, days and years are typed as words too, and so are names with their accents.
        let accents = if lang == "es" { "áéíóúüñ" } else { "" };
        let missing: String = ["1234567890.,-/", accents].concat().chars().filter(|c| !keys.contains(*c)).collect();
        assert_eq!(missing, "", "{lang}: no key for these");
    }
}
