//! The record file: what stands in it, and that our own reader takes it back; the page of the
//! sheets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, fixture, fixtures, pack, root, text_of};
use content::Problems;
use engine::answers::{Answer, Answers, Key};
use engine::calendar::is_day;
use engine::form::EvaluatedForm;
use engine::pack::{Item, Kind, Pack, Settings};
use engine::scores::{self, Total};
use engine::summary::{self, Context, Sheets};
use engine::validation::fits;
use engine::walk;
use export::read_error::ReadErrorKind;
use export::record::Moment;
use export::{code, html, qr, record};
use proptest::{prop_assert, prop_assert_eq};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

const AUTHORED: &str = "2026-11-22T18:00:00+01:00";

fn spanish() -> &'static Pack {
    static ONCE: OnceLock<Pack> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut problems = Problems::default();
        content::translate(&root(), "es", common::authored(), &mut problems).unwrap_or_else(|| panic!("{problems}"))
    })
}

fn settings() -> &'static Settings {
    static ONCE: OnceLock<Settings> = OnceLock::new();
    ONCE.get_or_init(Settings::default)
}

fn context(pack: &Pack, leave_out: bool) -> Context<'_> {
    Context { date: "22 November 2026", region: pack.region("us").unwrap(), settings: settings(), leave_out }
}

fn sheets(pack: &Pack, answers: &Answers, leave_out: bool) -> Sheets {
    summary::sheets(pack, answers, context(pack, leave_out))
}

/// Every fixture in both languages, with and without the answers about suicide.
fn cases() -> impl Iterator<Item = (String, &'static Pack, &'static Answers, bool)> {
    let packs = [pack(), spanish()];
    let all = fixtures().iter().flat_map(move |(name, answers)| packs.map(|p| (name, p, answers)));
    all.flat_map(|(name, p, a)| [false, true].map(|out| (format!("{name}, {}, {out}", p.lang), p, a, out)))
}

fn made(pack: &Pack, answers: &Answers, leave_out: bool) -> String {
    record::bundle(pack, answers, context(pack, leave_out), Moment { authored: AUTHORED, made: AUTHORED })
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}"))
}

fn response(bundle: &Value) -> &Value {
    bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| &e["resource"])
        .find(|r| r["resourceType"] == "QuestionnaireResponse")
        .unwrap()
}

/// Every item of a questionnaire or response, parents first.
fn items(resource: &Value) -> Vec<&Value> {
    let mut out = Vec::new();
    for item in resource["item"].as_array().into_iter().flatten() {
        out.push(item);
        out.extend(items(item));
    }
    out
}

/// What counts: the given answers to questions that are asked.
fn counted(pack: &Pack, answers: &Answers) -> Answers {
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let mut out = Answers::default();
    for (key, answer) in answers.iter().filter(|(k, a)| form.asked(&k.link, k.repetition) && !a.values().is_empty()) {
        if form.item(&key.link).is_some_and(|i| i.is_question()) {
            out.set(key.clone(), answer.clone());
        }
    }
    out
}

/// The answers as the visitor lets others have them.
fn as_shared(pack: &Pack, answers: &Answers, leave_out: bool) -> Answers {
    let held = if leave_out { summary::held_back(pack, answers) } else { None };
    held.unwrap_or_else(|| answers.clone())
}

/// Whatever was answered about suicide: left out, nothing differs, in no form, and not even by a
/// total or by what is asked after it.
#[test]
fn what_was_left_out_makes_no_difference() {
    let others = "phq9-1=LA6568-5;phq9-2=LA6568-5;phq9-3=LA6568-5;phq9-4=LA6568-5;phq9-5=LA6568-5;phq9-6=LA6568-5;phq9-7=LA6568-5;phq9-8=LA6568-5";
    let low = common::answered(&format!("age=25-44;e1=no;{others};phq9-diff=LA6575-0"));
    let high =
        common::answered(&format!("age=25-44;e1=no;{};phq9-diff=LA6575-0", others.replace("LA6568-5", "LA6571-9")));
    let variants = [
        "e1=no;phq9-9=LA6568-5;attempt=no",
        "e1=yes;phq9-9=LA6569-3;attempt=no;safe=might-act",
        "e1=no;phq9-9=LA6570-1;attempt=yes-recent;s37-when='Wq%202019;safe=yes-safe",
        "e1=asked-unknown;phq9-9=LA6571-9;attempt=asked-declined",
        "e1=-;phq9-9=-;attempt=-",
    ];
    let mut bases: Vec<(String, Answers)> = fixtures().iter().map(|(name, a)| (name.to_string(), a.clone())).collect();
    bases.extend([("none of the others".into(), low), ("all of the others".into(), high)]);
    for (name, base) in bases {
        let made_of = |variant: &str| {
            let mut answers = base.clone();
            pack().safety.may_leave_out.iter().for_each(|l| answers.clear(&Key::first(l)));
            common::answered(variant).iter().for_each(|(k, a)| answers.set(k.clone(), a.clone()));
            let code = code::text(pack(), &answers, true, "2026-11-22");
            (common::all_text(&sheets(pack(), &answers, true)), made(pack(), &answers, true), code)
        };
        let first = made_of(variants[0]);
        for variant in &variants[1..] {
            let other = made_of(variant);
            assert_eq!(first.0, other.0, "{name}, {variant}: the sheets");
            assert!(first.1 == other.1, "{name}, {variant}: the record");
            assert!(first.2 == other.2, "{name}, {variant}: the code");
        }
    }
}

#[test]
fn every_fixture_comes_back_as_it_was() {
    for (name, pack, answers, leave_out) in cases() {
        let file = made(pack, answers, leave_out);
        let read = record::read(pack, &file).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        let shared = &as_shared(pack, answers, leave_out);
        assert_eq!(counted(pack, &read.answers).encode(), counted(pack, shared).encode(), "{name}");
        assert_eq!((read.authored.as_str(), read.unknown.len()), (AUTHORED, 0), "{name}");
        let asked = |a: &Answers| {
            let form = EvaluatedForm::new(&pack.questionnaire, a);
            let asked = |k: &Key| form.asked(&k.link, if k.link == pack.safety.trials { 0 } else { k.repetition });
            a.iter().filter(|(k, _)| asked(k)).map(|(k, a)| (k.clone(), a.clone())).collect::<Vec<_>>()
        };
        assert_eq!(asked(&read.answers), asked(shared), "{name}");
        // And says the same on paper.
        assert_eq!(sheets(pack, &read.answers, leave_out), sheets(pack, answers, leave_out), "{name}");
    }
    // Twice the same file.
    assert_eq!(made(pack(), &fixture("heaviest"), true), made(pack(), &fixture("heaviest"), true));
}

/// A walk to the end comes back to its end, and one in the middle to its middle.
#[test]
fn status_and_what_was_passed_over() {
    let steps_left = |answers: &Answers| {
        let form = common::evaluated(answers);
        walk::resume(&form, &walk::steps(pack(), &form), answers).is_some()
    };
    let (mut done, mut open) = (0, 0);
    for (name, answers) in fixtures() {
        let file = made(pack(), answers, false);
        let status = response(&parsed(&file))["status"].clone();
        let read = record::read(pack(), &file).unwrap().answers;
        assert_eq!(steps_left(&read), steps_left(answers), "{name}");
        assert_eq!(status, if steps_left(answers) { "in-progress" } else { "completed" }, "{name}");
        if steps_left(answers) { open += 1 } else { done += 1 }
    }
    assert!(done > 2 && open > 2, "the fixtures hold both: {done} done, {open} open");
    // What is passed over inside a walk to the end stays passed over.
    let walked = common::walk_through(answered("age=25-44;why-for=mood"), |_, _| Answer::Skipped);
    let read = record::read(pack(), &made(pack(), &walked, false)).unwrap().answers;
    assert_eq!(read.get(&Key::first("s06")), Some(&Answer::Skipped));
}

/// Only what is asked and answered stands in the response, in the questionnaire's order and
/// nesting.
#[test]
fn only_what_is_asked_and_answered() {
    fn order<'a>(list: &'a Value, out: &mut Vec<(&'a str, &'a str)>, parent: &'a str) {
        for item in list["item"].as_array().into_iter().flatten() {
            let link = item["linkId"].as_str().unwrap();
            out.push((parent, link));
            order(item, out, link);
        }
    }
    for (name, pack, answers, leave_out) in cases() {
        let bundle = parsed(&made(pack, answers, leave_out));
        let form = EvaluatedForm::new(&pack.questionnaire, answers);
        let (mut asked, mut given) = (Vec::new(), Vec::new());
        order(&bundle["entry"][0]["resource"], &mut asked, "");
        order(response(&bundle), &mut given, "");
        given.dedup();
        let places: Vec<usize> = given
            .iter()
            .map(|g| asked.iter().position(|a| a == g).unwrap_or_else(|| panic!("{name}: {g:?} stands elsewhere")))
            .collect();
        // Groups that are filled again begin anew.
        let again = |i: usize| {
            [asked[i].0, asked[i].1]
                .iter()
                .any(|link| [&pack.safety.trials, &pack.safety.card].iter().any(|group| group == link))
        };
        assert!(places.windows(2).all(|w| w[0] < w[1] || again(w[1])), "{name}: another order");
        for item in items(response(&bundle)) {
            let link = item["linkId"].as_str().unwrap();
            let blank = pack.safety.trials == link && item.get("item").is_none();
            assert!(
                blank || item.get("answer").is_some() != item.get("item").is_some(),
                "{name}: {link} is neither answered nor a group"
            );
            assert!(item["answer"].as_array().is_none_or(|a| !a.is_empty()), "{name}: {link}");
            if pack.questionnaire.item(link).is_some_and(|i| i.is_question()) {
                assert!((0..8).any(|at| form.asked(link, at)), "{name}: {link} is not asked");
            }
            if leave_out {
                assert!(!pack.safety.may_leave_out.iter().any(|l| l == link), "{name}: {link} was left out");
            }
        }
    }
    // Left over from before the age was corrected.
    let minor = parsed(&made(pack(), &fixture("under-18"), false));
    assert!(!minor.to_string().contains("words of a minor") && !response(&minor).to_string().contains("phq9"));
}

#[test]
fn unknown_is_coded_and_never_inside_an_instrument() {
    let bundle = parsed(&made(pack(), &fixture("all-not-sure"), false));
    let unsure: Vec<&str> = items(response(&bundle))
        .iter()
        .filter(|i| i["answer"][0]["valueCoding"]["code"] == "asked-unknown")
        .map(|i| {
            assert_eq!(
                i["answer"][0]["valueCoding"]["system"],
                "http://terminology.hl7.org/CodeSystem/data-absent-reason"
            );
            i["linkId"].as_str().unwrap()
        })
        .collect();
    assert!(unsure.contains(&"s06") && unsure.len() > 20, "{unsure:?}");
    assert!(!unsure.iter().any(|l| l.starts_with("phq9-") || l.starts_with("gad7-")), "{unsure:?}");
    let bundle = parsed(&made(pack(), &fixture("item-9-skipped"), false));
    let links: Vec<&str> = items(response(&bundle)).iter().map(|i| i["linkId"].as_str().unwrap()).collect();
    assert!(links.contains(&"phq9-8") && !links.contains(&"phq9-9") && !links.contains(&"phq-9-total"), "{links:?}");
}

/// A total stands in the record if it is exact, with its LOINC code in the questionnaire, and says
/// what the engine says.
#[test]
fn totals() {
    let (mut exact, mut none) = (0, 0);
    for (name, pack, answers, leave_out) in cases() {
        let bundle = parsed(&made(pack, answers, leave_out));
        let shared = as_shared(pack, answers, leave_out);
        let form = EvaluatedForm::new(&pack.questionnaire, &shared);
        for score in scores::all(pack, &form) {
            let link = format!("{}-total", score.instrument.id);
            let item = items(response(&bundle)).into_iter().find(|i| i["linkId"] == *link);
            let want = if let Total::Exactly(n) = score.total { Some(n as i64) } else { None };
            assert_eq!(item.map(|i| i["answer"][0]["valueInteger"].as_i64().unwrap()), want, "{name}: {link}");
            if want.is_some() {
                exact += 1
            } else {
                none += 1
            }
            let asked =
                items(&bundle["entry"][0]["resource"]).into_iter().find(|i| i["linkId"] == *link).unwrap().clone();
            let code = score.instrument.total_code.as_ref().unwrap();
            assert_eq!(
                (&asked["code"][0]["code"], &asked["code"][0]["system"]),
                (&json!(code.code), &json!("http://loinc.org")),
                "{link}"
            );
        }
    }
    assert!(exact > 10 && none > 10, "{exact} exact, {none} without a total");
    // A total would tell the item that was left out, at 25 and above for certain.
    let bundle = parsed(&made(pack(), &fixture("item-9-several"), true));
    let links: Vec<&str> = items(response(&bundle)).iter().map(|i| i["linkId"].as_str().unwrap()).collect();
    assert!(links.contains(&"phq9-8") && !links.contains(&"phq9-9") && !links.contains(&"phq-9-total"), "{links:?}");
    assert!(record::read(pack(), &bundle.to_string()).unwrap().left_out);
}

/// The narrative holds the sheet word for word, and so do the documents.
#[test]
fn narrative_and_documents_are_the_sheets() {
    for (name, pack, answers, leave_out) in cases() {
        let bundle = parsed(&made(pack, answers, leave_out));
        let response = response(&bundle);
        let both = sheets(pack, answers, leave_out);
        let div = response["text"]["div"].as_str().unwrap();
        let flat = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let words = flat(&bare(div));
        let sheet = both.clinician.as_ref().unwrap_or(&both.keep);
        for line in export::text::sheet(&pack.words, sheet).lines().filter(|l| !l.starts_with("- ")) {
            assert!(words.contains(&flat(line)), "{name}: the narrative lacks “{line}”");
        }
        for cells in sheet
            .parts
            .iter()
            .flat_map(|p| &p.rows)
            .filter_map(|r| if let summary::Row::Table { rows, .. } = r { Some(rows) } else { None })
        {
            assert!(cells.iter().flatten().all(|c| words.contains(&flat(c))), "{name}: a cell is missing");
        }
        let documents: Vec<String> = bundle["entry"].as_array().unwrap()[2..]
            .iter()
            .map(|e| decode64(e["resource"]["content"][0]["attachment"]["data"].as_str().unwrap()))
            .collect();
        let texts: Vec<String> =
            both.clinician.iter().chain([&both.keep]).map(|s| export::text::sheet(&pack.words, s)).collect();
        assert_eq!(documents, texts, "{name}");
        assert_eq!(response["questionnaire"], format!("{}|{}", pack.questionnaire.url, pack.questionnaire.version));
        assert_eq!((&response["authored"], &response["language"]), (&json!(AUTHORED), &json!(pack.lang)));
        assert_eq!(response["meta"]["security"][0]["code"], "PATRPT");
        assert_eq!(response["meta"]["tag"][0]["code"], json!(pack.digest));
        let addresses: Vec<&str> =
            bundle["entry"].as_array().unwrap().iter().map(|e| e["fullUrl"].as_str().unwrap()).collect();
        assert!((1..addresses.len()).all(|i| !addresses[..i].contains(&addresses[i])), "{name}: {addresses:?}");
    }
}

/// Text without tags; panics if they don't match or anything but plain elements stands there.
fn bare(xhtml: &str) -> String {
    bare_with(xhtml, &[])
}

/// As [`bare`], where these elements may stand as well.
fn bare_with(xhtml: &str, more: &[&str]) -> String {
    let (mut out, mut open) = (String::new(), Vec::new());
    let mut rest = xhtml;
    while let Some((text, tail)) = rest.split_once('<') {
        out.push_str(text);
        let (tag, tail) = tail.split_once('>').expect("a tag ends");
        rest = tail;
        let name = tag.split(' ').next().unwrap();
        if tag.ends_with('/') {
            assert!(more.contains(&name), "<{name}/>");
        } else if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "tags cross");
        } else {
            assert!(
                ["div", "h1", "h2", "p", "ul", "li", "b", "table", "thead", "tbody", "tr", "th", "td"].contains(&name)
                    || more.contains(&name),
                "<{name}>"
            );
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    out.push_str(rest);
    assert!(
        !out.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").replace("&quot;", "").contains('&'),
        "a letter is not escaped"
    );
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn decode64(text: &str) -> String {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    assert!(text.len().is_multiple_of(4));
    let bits: String =
        text.trim_end_matches('=').chars().map(|c| format!("{:06b}", LETTERS.find(c).unwrap())).collect();
    let bytes =
        bits.as_bytes().chunks_exact(8).map(|b| u8::from_str_radix(std::str::from_utf8(b).unwrap(), 2).unwrap());
    String::from_utf8(bytes.collect()).unwrap()
}

/// The questionnaire in the file is the authored one: the strict reader of content takes it, totals
/// aside.
#[test]
fn the_questionnaire_is_the_authored_one() {
    let mut value = parsed(&record::questionnaire(pack()));
    fn drop_totals(value: &mut Value) {
        if let Some(list) = value.get_mut("item").and_then(Value::as_array_mut) {
            list.retain(|i| !i["linkId"].as_str().unwrap().ends_with("-total"));
            list.iter_mut().for_each(drop_totals);
        }
    }
    drop_totals(&mut value);
    for key in ["lastReviewDate", "effectivePeriod", "publisher", "copyright", "date", "name", "version", "url"] {
        assert!(!value[key].is_null(), "{key}");
    }
    let mut problems = Problems::default();
    let read = content::read_questionnaire("export", &value.to_string(), &mut problems);
    assert!(problems.is_empty(), "{problems}");
    let plain = |items: &[engine::pack::Item]| -> Vec<engine::pack::Item> {
        fn each(item: &engine::pack::Item) -> engine::pack::Item {
            let mut item = item.clone();
            // Other names of a medicine are for the type-ahead; an instrument's stem is its group's
            // text.
            item.options.iter_mut().for_each(|o| o.synonyms.clear());
            item.prefix.clear();
            item.items = item.items.iter().map(each).collect();
            item
        }
        items.iter().map(each).collect()
    };
    assert_eq!(plain(&read.items), plain(&pack().questionnaire.items));
    // Every name once, totals and helps among them.
    let all = parsed(&record::questionnaire(pack()));
    let mut seen = BTreeMap::new();
    items(&all).iter().for_each(|i| *seen.entry(i["linkId"].to_string()).or_insert(0) += 1);
    assert!(seen.values().all(|n| *n == 1), "{:?}", seen.iter().filter(|(_, n)| **n > 1).collect::<Vec<_>>());
    let authored = parsed(&std::fs::read_to_string(root().join("content/en/questionnaire.json")).unwrap());
    // What a switch keeps out is in no pack, so in no record.
    let switched: Vec<&Value> = items(&authored)
        .into_iter()
        .filter(|i| common::authored().off.contains(i["linkId"].as_str().unwrap()))
        .collect();
    let off = |item: &Value| switched.iter().any(|s| *s == item || items(s).contains(&item));
    for item in items(&authored).into_iter().filter(|i| !off(i)) {
        assert!(seen.contains_key(&item["linkId"].to_string()), "{} is missing", item["linkId"]);
    }
}

/// What is not ours, or not possible, is refused by path; nothing panics.
#[test]
fn a_strange_record_is_refused() {
    let good = parsed(&made(pack(), &fixture("heaviest"), false));
    let response = response(&good).clone();
    let change = |path: &str, value: Value| {
        let mut changed = response.clone();
        *changed.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value;
        changed.to_string()
    };
    let rows: Vec<(&str, String, ReadErrorKind, &str)> = vec![
        ("no JSON", "{\"a\": }".into(), ReadErrorKind::Broken, "6"),
        ("cut off", good.to_string()[..5_000].into(), ReadErrorKind::Broken, "4999"),
        ("a lone half of a letter", r#"{"status":"\ud800"}"#.into(), ReadErrorKind::Broken, "17"),
        ("a field twice", r#"{"item":[],"item":[]}"#.into(), ReadErrorKind::Broken, "16"),
        ("something behind it", "{} {}".into(), ReadErrorKind::Broken, "3"),
        ("deep", r#"{"item":["#.repeat(100_000), ReadErrorKind::Broken, "575"),
        ("a list", "[1]".into(), ReadErrorKind::OtherFile, ""),
        ("a text where a list belongs", change("/item/0/item", json!("x")), ReadErrorKind::OtherFile, ""),
        ("large", " ".repeat(5_000_000), ReadErrorKind::TooLarge, ""),
        ("empty", String::new(), ReadErrorKind::OtherFile, ""),
        ("a patient", r#"{"resourceType":"Patient"}"#.into(), ReadErrorKind::OtherFile, "$.resourceType"),
        (
            "a bundle of nothing",
            r#"{"resourceType":"Bundle","entry":[]}"#.into(),
            ReadErrorKind::OtherFile,
            "$.resourceType",
        ),
        ("no questionnaire", change("/questionnaire", json!("")), ReadErrorKind::OtherFile, "$.questionnaire"),
        (
            "another questionnaire",
            change("/questionnaire", json!("http://example.org/Questionnaire/x|1")),
            ReadErrorKind::OtherFile,
            "$.questionnaire",
        ),
        ("no status", change("/status", json!("wrong")), ReadErrorKind::OtherFile, "$.status"),
        (
            "an unknown question",
            change("/item/0/item/0/linkId", json!("zzz")),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](zzz)",
        ),
        (
            "a question elsewhere",
            change("/item/0/item/0/linkId", json!("e1")),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](e1)",
        ),
        (
            "an answer it doesn't have",
            change("/item/0/item/0/answer/0/valueCoding/code", json!("old")),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](age).answer[0]",
        ),
        (
            "a code of another system",
            change("/item/0/item/0/answer/0/valueCoding/system", json!("http://loinc.org")),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](age).answer[0]",
        ),
        (
            "own words to a choice",
            change("/item/0/item/0/answer", json!([{"valueString": "x"}])),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](age).answer[0]",
        ),
        (
            "a number to a choice",
            change("/item/0/item/0/answer", json!([{"valueInteger": 3}])),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](age).answer[0]",
        ),
        (
            "an answer to a group",
            change("/item/0", json!({"linkId": "stage-safety", "answer": [{"valueString": "x"}]})),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety)",
        ),
        (
            "two answers where one can be",
            change(
                "/item/0/item/0/answer",
                json!([response["item"][0]["item"][0]["answer"][0], response["item"][0]["item"][0]["answer"][0]]),
            ),
            ReadErrorKind::Answer,
            "$.item[0](stage-safety).item[0](age)",
        ),
        (
            "an answer among the passed over",
            change("/extension/0/valueString", json!("cr1;s06=yes")),
            ReadErrorKind::Answer,
            "$.extension[0]",
        ),
        (
            "rubbish among the passed over",
            change("/extension/0/valueString", json!("s06")),
            ReadErrorKind::Answer,
            "$.extension[0]",
        ),
        (
            "a question twice",
            change("/item/1", response["item"][0].clone()),
            ReadErrorKind::Answer,
            "$.item[1](stage-safety)",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, file, what, at) in rows {
        match record::read(pack(), &file) {
            Err(p) if p.kind == what && p.at == at => {
                let message = p.message(&pack().words);
                assert!(!message.contains('{') && message.len() > 20, "{name}: {message}");
            }
            other => wrong.push(format!("{name}: {other:?}").chars().take(200).collect::<String>()),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // More repetitions than there may be.
    let trials = response["item"].as_array().unwrap().iter().position(|i| i["linkId"] == "stage-tried").unwrap();
    let mut changed = response.clone();
    let list = changed["item"][trials]["item"].as_array_mut().unwrap();
    let trial = list.iter().find(|i| i["linkId"] == "trial").unwrap().clone();
    list.push(trial);
    assert_eq!(record::read(pack(), &changed.to_string()).unwrap_err().kind, ReadErrorKind::Answer);
}

/// A record of another version: what is known is taken, the rest is named.
#[test]
fn another_version_is_taken_as_far_as_it_is_known() {
    let mut other = response(&parsed(&made(pack(), &fixture("light"), false))).clone();
    other["questionnaire"] = json!(format!("{}|2020.1.0", pack().questionnaire.url));
    other["item"][0]["item"].as_array_mut().unwrap().push(json!({"linkId": "gone", "answer": [{"valueString": "x"}]}));
    let read = record::read(pack(), &other.to_string()).unwrap();
    assert_eq!(read.unknown, ["$.item[0](stage-safety).item[2](gone)"]);
    assert_eq!(counted(pack(), &read.answers).encode(), counted(pack(), &fixture("light")).encode());
}

/// A file that was changed at any place is read, or refused; never a panic.
#[test]
fn a_changed_byte_never_panics() {
    let file = response(&parsed(&made(pack(), &fixture("light"), false))).to_string();
    let mut random = common::random::Random::new(6);
    for _ in 0..2_000 {
        let mut bytes = file.clone().into_bytes();
        let at = random.below(bytes.len() as u64) as usize;
        bytes[at] = b"\"{}[]:,\\0x9 "[random.below(12) as usize];
        bytes.truncate(if random.percent(20) { at } else { bytes.len() });
        if let Ok(text) = String::from_utf8(bytes) {
            let _ = record::read(pack(), &text);
        }
    }
}

fn with_tags(mut answers: Answers) -> Answers {
    let words = "<script>alert(1)</script> & \"x\" \u{1}\u{9b}";
    answers.set(Key::first("goal"), Answer::Given(vec![engine::answers::Value::Text(words.into())]));
    answers
}

/// A height of nothing is no answer, and stays on the sheet as it was typed, also under a question
/// that an earlier text was brought under (found by a random walk).
#[test]
fn an_impossible_height_comes_back() {
    let answers = Answers::decode("cr1;age=25-44;height=#0*%5Bin_i%5D;weight=#-3*kg").unwrap();
    let opened = record::read(pack(), &made(pack(), &answers, false)).unwrap().answers;
    assert_eq!(opened.encode(), answers.encode());
    assert_eq!(sheets(pack(), &opened, false), sheets(pack(), &answers, false));
}

/// The page of the sheets: whole, in its language, without anything that loads or runs, whatever
/// was typed.
#[test]
fn the_page_of_the_sheets() {
    static HOSTILE: OnceLock<Answers> = OnceLock::new();
    let hostile = HOSTILE.get_or_init(|| with_tags(fixture("light")));
    for (name, pack, answers, leave_out) in cases().chain([("hostile".to_string(), pack(), hostile, false)]) {
        let both = sheets(pack, answers, leave_out);
        let page = html::document(&pack.words, &pack.lang, &both);
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{}\">", pack.lang)), "{name}");
        let (_, body) = page.split_once("<body>").unwrap();
        let body = body.strip_suffix("</body></html>\n").unwrap();
        // Results are drawn on their scales, with what they show as the alternative.
        assert_eq!(
            body.matches("<svg class=\"ruler\" role=\"img\"").count(),
            both.clinician.iter().chain([&both.keep]).map(|s| s.rulers.len()).sum::<usize>(),
            "{name}"
        );
        let words: String =
            bare_with(body, &["article", "section", "svg", "path", "text"]).split_whitespace().collect();
        let cells = |s: &summary::Sheet| -> String {
            s.lead
                .iter()
                .chain(&s.foot)
                .chain(s.parts.iter().map(|p| &p.heading))
                .map(|l| l.split_whitespace().collect::<String>())
                .collect::<Vec<_>>()
                .join("\n")
        };
        for sheet in both.clinician.iter().chain([&both.keep]) {
            assert!(cells(sheet).lines().all(|l| words.contains(l)), "{name}");
        }
        assert!(!page.contains("src=") && !page.contains("href=") && !page.contains("<script"), "{name}");
        // A browser may translate whom to call, and nothing else: it would send answers to who made
        // it.
        let sheets = page.matches("<article").count();
        assert!(
            sheets > 0
                && page.matches("translate=\"no\"").count() == sheets
                && page.matches("\" translate=\"no\">").count() == sheets,
            "{name}"
        );
        let help = both.clinician.as_ref().map_or(0, |_| 1)
            + page.matches("<section class=\"part-help\" translate=\"yes\">").count();
        assert_eq!(page.matches("translate=\"yes\"").count(), help, "{name}");
        assert!(
            both.clinician.is_none()
                || page.contains(&format!("<p translate=\"yes\">{}</p>", both.clinician.as_ref().unwrap().help_line)),
            "{name}"
        );
        assert!(page.contains("<section class=\"part-help\" translate=\"yes\">"), "{name}");
    }
    let page = html::document(&pack().words, "en", &sheets(pack(), hostile, false));
    assert!(
        page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; ”"),
        "own words stand there, escaped"
    );
    assert!(text_of(&sheets(pack(), hostile, false).clinician.unwrap()).contains("<script>"));
}

/// Numbers of the code on paper are never changed or used again: the copy may only grow with the
/// content.
#[test]
fn numbers_are_append_only() {
    let tables = |text: &str| toml::from_str::<BTreeMap<String, BTreeMap<String, u16>>>(text).unwrap();
    let content = tables(&std::fs::read_to_string(root().join("content/numbers.toml")).unwrap());
    let copy = tables(&common::fixture_file("numbers.toml"));
    assert_eq!(
        content, copy,
        "a new number stands in tests/fixtures/numbers.toml as well; an old one is never changed"
    );
    for (part, table) in &content {
        let mut numbers: Vec<u16> = table.values().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), table.len(), "{part}: a number is used twice");
    }
}

/// Writes the records, and the texts of the codes, into the folder that CONSULT_READY_RECORDS
/// names, for the programs of others in `tests/oracles/`. Without it there is nothing to do.
#[test]
fn files_for_the_oracles() {
    let Some(folder) = std::env::var_os("CONSULT_READY_RECORDS").map(std::path::PathBuf::from) else { return };
    for (name, pack, answers, leave_out) in cases() {
        let stem = name.replace(", ", "-");
        std::fs::write(folder.join(format!("{stem}.json")), made(pack, answers, leave_out)).unwrap();
        let text = code::text(pack, answers, leave_out, "2026-11-22");
        let qr = qr::encode(&text).unwrap();
        let rows: Vec<String> =
            (0..qr.size).map(|y| (0..qr.size).map(|x| if qr.is_dark(x, y) { '#' } else { '.' }).collect()).collect();
        std::fs::write(folder.join(format!("{stem}.qr")), format!("{text}\n{}\n", rows.join("\n"))).unwrap();
    }
}

fn system_of(link: &str, code: &str) -> String {
    pack().questionnaire.item(link).unwrap().option(code).unwrap().system.clone()
}

/// A response with these answers to one question, in the groups that stand around it.
fn one_answer(link: &str, answers: Value) -> String {
    let q = &pack().questionnaire;
    let asked = json!({ "linkId": link, "answer": answers });
    let item = groups_around(&q.items, link)
        .unwrap()
        .into_iter()
        .rev()
        .fold(asked, |inner, group| json!({ "linkId": group, "item": [inner] }));
    json!({ "resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": format!("{}|{}", q.url, q.version), "item": [item] })
        .to_string()
}

/// The groups around an item, the outermost first; `None` if it is not among these items or below
/// them.
fn groups_around<'a>(items: &'a [Item], link: &str) -> Option<Vec<&'a str>> {
    items.iter().find_map(|item| {
        if item.link_id == link {
            return Some(Vec::new());
        }
        let mut groups = groups_around(&item.items, link)?;
        groups.insert(0, &item.link_id);
        Some(groups)
    })
}

/// The item with this `linkId`, to change it.
fn item_mut<'a>(items: &'a mut [Item], link: &str) -> Option<&'a mut Item> {
    items.iter_mut().find_map(|item| if item.link_id == link { Some(item) } else { item_mut(&mut item.items, link) })
}

/// Everything the app can produce is read back: own words of any length and letters, numbers, long
/// lists, any walk, and what was typed and is no answer to its question.
#[test]
fn the_reader_takes_whatever_the_writer_writes() {
    let pieces = [
        "a",
        " ",
        "\n",
        "é",
        "e\u{301}",
        "中",
        "😀",
        "\"",
        "\\",
        "<",
        "&",
        "\u{0}",
        "\u{b}",
        "\u{7f}",
        "\u{202e}",
        "½",
        "in own words",
    ];
    let mut random = common::random::Random::new(3);
    let (mut numbers, mut unfit) = (0, 0);
    for round in 0..12 {
        let answers = common::walk_through(Answers::default(), |item, at| any_answer(item, at, &mut random, &pieces));
        let values = || {
            answers
                .iter()
                .flat_map(|(key, a)| a.values().iter().map(move |v| (pack().questionnaire.item(&key.link).unwrap(), v)))
        };
        numbers += values().filter(|(_, v)| matches!(v, engine::answers::Value::Number(_))).count();
        unfit += values().filter(|(item, v)| !fits(item, v) && item.is_question()).count();
        for pack in [pack(), spanish()] {
            let file = made(pack, &answers, false);
            let read = record::read(pack, &file).unwrap_or_else(|p| panic!("round {round}: {p:?}"));
            assert_eq!(read.unknown, Vec::<String>::new(), "round {round}");
            // Letters by the thousand tell a reader of this test nothing.
            assert!(
                sheets(pack, &read.answers, false) == sheets(pack, &answers, false),
                "round {round}: not the same sheets"
            );
            assert!(made(pack, &read.answers, false) == file, "round {round}: written again");
        }
    }
    assert!(numbers > 0 && unfit > 0, "{numbers} numbers, {unfit} values that are no answer");
}

/// Words in a field for a number, half a day and a number out of its range come back when the
/// record is opened again, and stand in no item, where no other reader could take them.
#[test]
fn words_in_a_number_field_come_back() {
    for (typed, item) in [
        ("pain-average='about%20seven", "pain-average"),
        ("pain-average=#70", "pain-average"),
        ("weight='a%20lot", "weight"),
    ] {
        let answers = answered(&format!("age=25-44;why-for=pain;{typed}"));
        let file = made(pack(), &answers, false);
        let items = response(&parsed(&file))["item"].to_string();
        assert!(!items.contains(&format!("\"{item}\"")), "{typed}: {items}");
        assert_eq!(record::read(pack(), &file).unwrap().answers.encode(), answers.encode(), "{typed}");
    }
    // Not under a question that takes any words, where it would be an answer: then somebody changed
    // the file.
    let file = made(pack(), &answered("age=25-44;why-for=pain;pain-average='seven"), false);
    assert!(record::read(pack(), &file.replace("pain-average='seven", "goal='seven")).is_err());
}

/// The question for the clinic that would be too much is not added, and takes nothing away.
#[test]
fn a_line_that_would_be_too_long_is_not_added() {
    let item = pack().questionnaire.item("ask-own").unwrap();
    let line = "What would you do in my place, and why? ".repeat(25);
    let mut answer = None;
    while let Ok(after) = engine::answer_edit::add_line(item, answer.as_ref(), &line) {
        answer = Some(after);
    }
    let mut answers = fixture("light");
    answers.set(Key::first("ask-own"), answer.unwrap());
    assert_eq!(
        engine::validation::input_error(item, answers.get(&Key::first("ask-own"))),
        None,
        "what was added can stand, so Continue is not blocked"
    );
    let read = record::read(pack(), &made(pack(), &answers, false)).unwrap();
    assert_eq!(read.answers.get(&Key::first("ask-own")), answers.get(&Key::first("ask-own")));
    // Every question that the pages offer has room.
    for pack in [pack(), spanish()] {
        let item = pack.questionnaire.item("ask-own").unwrap();
        let asks = pack
            .topics
            .iter()
            .flat_map(|t| &t.blocks)
            .filter_map(|b| if let engine::pack::Block::Ask(ask) = b { Some(&ask.question) } else { None });
        let mut answer = None;
        let mut added = 0;
        for question in asks {
            answer = Some(engine::answer_edit::add_line(item, answer.as_ref(), question).unwrap());
            added += 1;
        }
        assert!(added > 10, "{added}");
    }
}

/// What somebody could answer, typed as a field gives it; one in three of the words is longer than
/// any limit.
fn any_answer(item: &Item, at: u8, random: &mut common::random::Random, pieces: &[&str]) -> Answer {
    let words = |random: &mut common::random::Random| {
        let length = if random.percent(30) { 1_000 + random.below(6_000) } else { random.below(60) };
        (0..length).map(|_| pieces[random.below(pieces.len() as u64) as usize]).collect::<String>()
    };
    if item.is_group() {
        return Answer::code(if at < 3 && random.percent(50) { "true" } else { "false" });
    }
    if random.percent(8) {
        return Answer::Skipped;
    }
    let mut answer = None;
    if !item.options.is_empty() {
        for _ in 0..=random.below(4) {
            let option = &item.options[random.below(item.options.len() as u64) as usize];
            answer = Some(engine::answer_edit::choose(item, answer.as_ref(), option, true));
        }
    }
    let open = matches!(item.kind, Kind::OpenChoice | Kind::OpenLookup);
    if item.options.is_empty() || open && random.percent(40) {
        let number = matches!(item.kind, Kind::Integer | Kind::Decimal) && random.percent(60);
        let one =
            |random: &mut common::random::Random| if number { random.below(12).to_string() } else { words(random) };
        let typed: Vec<String> = (0..if item.repeats { 1 + random.below(4) } else { 1 }).map(|_| one(random)).collect();
        answer = Some(engine::answer_edit::write(item, answer.as_ref(), &typed));
    }
    answer.filter(|a| !a.values().is_empty()).unwrap_or(Answer::Skipped)
}

/// All taps on "Add to my questions" together are longer than the field may be when it is typed.
#[test]
fn long_own_words_come_back() {
    let long = "What would you do in my place, and why? ".repeat(60);
    let mut answers = fixture("light");
    answers.set(Key::first("ask-own"), Answer::Given(vec![engine::answers::Value::Text(long.clone())]));
    let read = record::read(pack(), &made(pack(), &answers, false)).unwrap();
    assert_eq!(read.answers.get(&Key::first("ask-own")), answers.get(&Key::first("ask-own")));
}

/// A code on paper knows the day alone. The record says that day, and when it was made itself.
#[test]
fn a_day_stays_a_day() {
    let moment = Moment { authored: "2026-11-22", made: "2026-12-01T09:30:00-05:00" };
    let file = record::bundle(pack(), &fixture("light"), context(pack(), false), moment);
    let bundle = parsed(&file);
    assert_eq!(response(&bundle)["authored"], "2026-11-22");
    assert_eq!(bundle["timestamp"], "2026-12-01T09:30:00-05:00");
    assert!(
        bundle["entry"].as_array().unwrap()[2..].iter().all(|e| e["resource"]["date"] == "2026-12-01T09:30:00-05:00")
    );
    assert_eq!(record::read(pack(), &file).unwrap().authored, "2026-11-22");
}

/// Own words that are on the paper alone are not the patient's words: the value is missing, and
/// FHIR's reason says so.
#[test]
fn own_words_on_the_paper_are_missing_in_the_record() {
    let read = code::read(pack(), &code::text(pack(), &fixture("heaviest"), false, "2026-11-22")).unwrap().answers;
    for pack in [pack(), spanish()] {
        let file = made(pack, &read, false);
        let bundle = parsed(&file);
        let all = items(response(&bundle));
        let goal = all.iter().find(|i| i["linkId"] == "goal").unwrap();
        let reason = json!({ "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] });
        assert_eq!(goal["answer"], json!([{ "_valueString": reason }]));
        assert!(all.iter().all(|i| !i["answer"].to_string().contains(pack.words.on_paper())));
        assert_eq!(record::read(pack, &file).unwrap().answers, read, "{}", pack.lang);
        // A record that 0.1.0 made of a code.
        let old = file
            .replace(&format!("\"_valueString\":{reason}"), &format!("\"valueString\":\"{}\"", pack.words.on_paper()));
        assert_ne!(old, file);
        assert_eq!(record::read(pack, &old).unwrap().answers, read, "{}", pack.lang);
    }
}

/// FHIR's `completed` promises that every required question was answered.
#[test]
fn a_required_question_that_was_skipped_leaves_the_record_open() {
    let mut pack = pack().clone();
    let status = |pack: &Pack, answers: &Answers| {
        let file = record::bundle(pack, answers, context(pack, false), Moment { authored: AUTHORED, made: AUTHORED });
        response(&parsed(&file))["status"].as_str().unwrap().to_string()
    };
    let walked = common::walk_through(answered("age=25-44;why-for=mood"), |item, _| {
        if item.link_id == "s06" { Answer::code("no") } else { Answer::Skipped }
    });
    assert_eq!(status(&pack, &walked), "completed");
    item_mut(&mut pack.questionnaire.items, "s06").unwrap().required = true;
    assert_eq!(status(&pack, &walked), "completed");
    let mut skipped = walked.clone();
    skipped.set(Key::first("s06"), Answer::Skipped);
    assert_eq!(status(&pack, &skipped), "in-progress");
}

/// Case 19: control characters, which stores refuse. Case 16: accents that come apart. In the
/// record and in the answers.
#[test]
fn text_is_clean_in_the_record() {
    let mut answers = fixture("light");
    answers.set(
        Key::first("goal"),
        Answer::Given(vec![engine::answers::Value::Text("Jose\u{301}\u{0} one\u{b}two\u{7f}".into())]),
    );
    let bundle = parsed(&made(pack(), &answers, false));
    let goal = items(response(&bundle)).into_iter().find(|i| i["linkId"] == "goal").unwrap().clone();
    assert_eq!(goal["answer"][0]["valueString"], "José one\ntwo");
    assert!(response(&bundle)["text"]["div"].as_str().unwrap().contains("José one\ntwo"));
    // A record by others that holds them.
    let file = one_answer("goal", json!([{ "valueString": "Jose\u{301}\u{0}" }]));
    assert_eq!(record::read(pack(), &file).unwrap().answers.encode(), answered("goal='Jos%C3%A9").encode());
}

/// Values without end: lists are capped, and so is the moment, since pages show them.
#[test]
fn lists_and_moments_without_end_are_refused() {
    let coding = json!({ "valueCoding": { "code": "sertraline", "system": system_of("medicines", "sertraline") } });
    let many: Vec<Value> = (0..101).map(|n| json!({ "valueString": format!("medicine {n}") })).collect();
    for (answers, fits) in [(vec![coding], true), (many[..100].to_vec(), true), (many.clone(), false)] {
        let read = record::read(pack(), &one_answer("medicines", json!(answers)));
        assert_eq!(read.is_ok(), fits, "{} medicines", answers.len());
    }
    let item = pack().questionnaire.item("medicines").unwrap();
    let typed: Vec<String> = (0..5_000).map(|n| format!("medicine {n}")).collect();
    let mut list = engine::answer_edit::write(item, None, &typed);
    assert_eq!(list.values().len(), 100);
    list = engine::answer_edit::add(item, Some(&list), engine::answers::Value::code("sertraline"));
    assert_eq!(list.values().len(), 100);
    for (authored, read) in [
        (AUTHORED.to_string(), AUTHORED),
        ("2026-11-22".into(), "2026-11-22"),
        ("2026-11-22T18:00:00.123456789+01:00".into(), "2026-11-22T18:00:00.123456789+01:00"),
        ("2026-11-31".into(), ""),
        ("1".repeat(2_000_000), ""),
        (format!("2026-11-22T{}", "1".repeat(2_000_000)), ""),
        ("yesterday".into(), ""),
    ] {
        let mut response: Value = serde_json::from_str(&one_answer("medicines", json!([]))).unwrap();
        response["authored"] = json!(authored);
        assert_eq!(record::read(pack(), &response.to_string()).unwrap().authored, read);
    }
}

/// Whatever is opened as a record is refused with a sentence, or read: what is read can be written,
/// and that is read again. A changed record may answer what no walk asks, and loses it there; that
/// ours come back the same is another test's.
#[test]
fn fuzz_the_record_reader() {
    let mut good: Vec<String> = ["light", "e1-yes", "under-18", "maoi-and-benzo"]
        .iter()
        .map(|name| made(pack(), &fixture(name), false))
        .collect();
    // The answers alone are small, so that more of the changes hit them.
    good.extend(good.clone().iter().map(|bundle| response(&parsed(bundle)).to_string()));
    common::fuzz::fuzz("record", &good, |text| {
        let record = match record::read(pack(), text) {
            Ok(record) => record,
            Err(problem) => {
                prop_assert!(problem.message(&pack().words).len() > 10, "{:?}", problem);
                return Ok(());
            }
        };
        prop_assert_eq!(Answers::decode(&record.answers.encode()), Ok(record.answers.clone()));
        let day = record.authored.split('T').next().unwrap_or_default();
        prop_assert!(day.is_empty() || is_day(day), "“{}” is no day", day);
        let again = record::read(pack(), &made(pack(), &record.answers, false));
        prop_assert!(again.is_ok(), "our own record is refused: {:?}", again);
        Ok(())
    });
}
