//! What the page around the tool can learn: that it is there, and nothing else, whatever is answered.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{AGE, CHECK, E1, EMERGENCY, ITEM_9, MEDICAL, Plan, START, SUMMARY, Say, THANKS, begin, walk, walk_to};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};

/// A word that is typed into the tool, and must be found nowhere outside.
const TYPED: &str = "Quokka";

/// Ways to use the tool, as different as they get.
type Way = (&'static str, fn(&Browser) -> Result<()>);
const WAYS: &[Way] = &[("not at all", not_at_all), ("short", short), ("every branch", every_branch), ("crisis", crisis)];

fn not_at_all(page: &Browser) -> Result<()> {
    page.wait_heading(START)
}

fn short(page: &Browser) -> Result<()> {
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("65 or over")])], EMERGENCY)?;
    page.button("Finish now with my summary")?;
    page.wait_heading(CHECK)
}

const NEARLY: &[Say] = &[Say::Pick("Nearly every day")];
const YES: &[Say] = &[Say::Pick("Yes")];
const LONG: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (EMERGENCY, &[Say::PickIn(E1, "No")]),
    (
        "What do you want help with?",
        &[Say::Pick("Low mood or depression"), Say::Pick("Anxiety or worry"), Say::Pick("Trauma or PTSD"), Say::Pick("Long-lasting pain")],
    ),
    ("How long has this problem lasted, this time?", &[Say::Pick("1 to 2 years")]),
    ("Little interest or pleasure in doing things", NEARLY),
    (ITEM_9, NEARLY),
    ("Feeling nervous, anxious or on edge", NEARLY),
    ("Have you ever had a stroke or mini-stroke?", YES),
    ("What kind of stroke was it, and about when? Was there bleeding in the brain?", &[Say::Write(TYPED)]),
    ("Do you have diabetes?", YES),
    ("Do you take any medicines now?", YES),
    ("Which medicines do you take?", &[Say::Find("sertralin", "Add sertraline Zoloft"), Say::Find(TYPED, "Add “Quokka” as typed")]),
    ("Have you taken medicine for this before?", YES),
    ("What is your main goal?", &[Say::Write(TYPED)]),
    ("What else do you want to ask?", &[Say::Write(TYPED)]),
];

fn every_branch(page: &Browser) -> Result<()> {
    begin(page)?;
    let passed = walk(page, LONG)?;
    assert!(passed.len() > 60, "only {} screens", passed.len());
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    page.choose("Show my scores on this screen")?;
    page.wait_text(TYPED)
}

fn crisis(page: &Browser) -> Result<()> {
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
    page.choose_in(E1, "Yes")?;
    page.choose_in("Have you taken too much of any medicine or drug today?", "Yes")?;
    page.wait_text("Call or text 988")?;
    walk_to(page, &[(EMERGENCY, &[Say::PickIn(E1, "Yes")])], MEDICAL)?;
    walk_to(page, &[], THANKS)?;
    page.choose("No, I might act on these thoughts")?;
    page.button("Need help now?")?;
    page.wait_heading("Help, now")?;
    page.button("Close")?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)
}

/// Uses the tool on a page in each way. `control` is done afterwards and outside the tool, to show that the log can fill.
fn outside(host: &'static str, read: &str, control: fn(&Browser) -> Result<()>) -> Result<Vec<Value>> {
    let mut logs: Vec<Value> = Vec::new();
    for (name, way) in WAYS {
        let page = Browser::setup(Engine::Chromium, Form::Hosted).host(host).size(1280, 1100).open()?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        // Each way begins with a click on the same spot, so the pointer enters the frame alike.
        page.button("Read first")?;
        page.wait_heading("Read first")?;
        page.button("Back")?;
        page.wait_heading(START)?;
        way(&page)?;
        page.leave_tool()?;
        let log = page.script(read)?;
        assert!(!log.to_string().contains(TYPED), "“{name}” was overheard");
        if let Some(first) = logs.first() {
            assert_eq!(difference(first, &log), None, "“{name}” tells the page something else than “{}”", WAYS[0].0);
        }
        logs.push(log);
        control(&page)?;
    }
    Ok(logs)
}

/// Where two logs part: the place, and what stands there in each.
fn difference(one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => a.iter().find_map(|(name, value)| difference(value, &b[name]).map(|d| format!("{name}: {d}"))),
        (Value::Array(a), Value::Array(b)) => {
            let at = (0..a.len().max(b.len())).find(|&at| a.get(at) != b.get(at))?;
            let short = |list: &[Value]| list.get(at).map_or("nothing".to_owned(), |v| v.to_string().chars().take(600).collect());
            Some(format!("at {at} of {} and {}: {} / {}", a.len(), b.len(), short(a), short(b)))
        }
        _ => (one != other).then(|| format!("{one} / {other}").chars().take(600).collect()),
    }
}

/// The closed list, as docs/embedding.md has it.
#[test]
fn messages_events_and_sizes_are_the_same_whatever_is_answered() -> Result<()> {
    let said_once = |page: &Browser| page.script("log.push(['control'])").map(drop);
    let logs = outside("watched", "return log.map((one) => one[0] === 'page' ? ['page', ...JSON.parse(one[1])] : one)", said_once)?;
    let log = logs[0].as_array().unwrap();
    let said = |what: &str| -> Vec<&Value> { log.iter().filter(|one| one[0] == what).map(|one| &one[1]).collect() };
    assert_eq!(said("from the frame"), [&json!("ready")]);
    assert_eq!(said("event"), [&json!("ready")]);
    for nothing in ["said", "to the page", "scroll"] {
        assert!(said(nothing).is_empty(), "{nothing}: {log:#?}");
    }
    let last = log.iter().rfind(|one| one[0] == "size").unwrap();
    assert_eq!(last[2], json!(720), "one height");
    Ok(())
}

/// Page-level capture, session replay (rrweb) and a pixel that reads forms.
#[test]
fn trackers_log_the_same_whatever_is_answered() -> Result<()> {
    outside("trackers", "look(); return sent", |page| {
        // They do listen: what is typed into the page's own form reaches all three.
        page.fill("Your name", "Wombat")?;
        page.button("Send")?;
        let heard = page.script("return Object.values(sent).map((log) => JSON.stringify(log).includes('Wombat'))")?;
        assert_eq!(heard, json!([true, true, true]), "a collector is deaf: this test would prove nothing");
        Ok(())
    })
    .map(drop)
}
