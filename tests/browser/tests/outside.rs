//! What the page around the tool can learn: that it is there, and nothing else, whatever is answered.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{AGE, CHECK, E1, EMERGENCY, ITEM_9, Plan, START, SUMMARY, Say, THANKS, begin, walk, walk_to};
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
    walk_to(page, &[(AGE, &[Say::Pick("65 or older")])], EMERGENCY)?;
    page.button("Finish now with my summary")?;
    page.wait_heading(CHECK)
}

const WHY: &str = "What do you want help with?";
const NEARLY: &[Say] = &[Say::Pick("Nearly every day")];
const YES: &[Say] = &[Say::Pick("Yes")];
const LONG: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (EMERGENCY, &[Say::PickIn(E1, "No")]),
    (
        WHY,
        &[
            Say::Pick("Low mood or depression"),
            Say::Pick("Anxiety or worry"),
            Say::Pick("Trauma, or post-traumatic stress (PTSD)"),
            Say::Pick("Long-lasting pain"),
        ],
    ),
    ("How long has this problem lasted, this time?", &[Say::Pick("1 to 2 years")]),
    ("Little interest or pleasure in doing things", NEARLY),
    (ITEM_9, NEARLY),
    ("Feeling nervous, anxious or on edge", NEARLY),
    ("Have you ever had a stroke or mini-stroke?", YES),
    ("What kind of stroke was it, and about when? Was there bleeding in the brain?", &[Say::Write(TYPED)]),
    ("Do you have diabetes?", &[Say::Pick("Yes, and I use insulin")]),
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
    walk_to(page, &[(AGE, &[Say::Pick("25 to 44")]), (EMERGENCY, &[Say::PickIn(E1, "Yes")])], THANKS)?;
    page.choose("No, I might act on these thoughts")?;
    page.wait_text("In danger now, call")?;
    page.button("Go on with my questions")?;
    page.wait_heading(WHY)?;
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
        // Each browser has its own ports, and its driver marks a frame that it looked into.
        let log = page.script(&format!(
            "return JSON.parse(JSON.stringify({read}).replace(/127\\.0\\.0\\.1:\\d+/g, 'a server').replace(/[0-9a-f]{{32}}/g, 'mark'))"
        ))?;
        assert!(!log.to_string().contains(TYPED), "“{name}” was overheard");
        if let Some(first) = logs.first() {
            assert_eq!(difference(first, &log), None, "“{name}” tells the page something else than “{}”", WAYS[0].0);
        }
        logs.push(log);
        control(&page)?;
    }
    Ok(logs)
}

/// Where two logs part, and how each goes on from there.
fn difference(one: &Value, other: &Value) -> Option<String> {
    if let (Value::Object(a), Value::Object(b)) = (one, other) {
        return a.keys().chain(b.keys()).find_map(|name| difference(&one[name], &other[name]).map(|d| format!("{name}: {d}")));
    }
    let (a, b) = (one.to_string(), other.to_string());
    let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b).or_else(|| (a.len() != b.len()).then_some(a.len().min(b.len())))?;
    let from = |text: &str| -> String {
        String::from_utf8_lossy(text.as_bytes().get(at.saturating_sub(150)..).unwrap_or_default()).chars().take(300).collect()
    };
    Some(format!("…{}…\n…{}…", from(&a), from(&b)))
}

/// The closed list, as docs/embedding.md has it.
#[test]
fn messages_events_and_sizes_are_the_same_whatever_is_answered() -> Result<()> {
    let said_once = |page: &Browser| page.script("log.push(['control'])").map(drop);
    let logs = outside("watched", "log.reduce((by, [kind, ...rest]) => ({ ...by, [kind]: [...(by[kind] ?? []), rest] }), {})", said_once)?;
    let log = &logs[0];
    assert_eq!([&log["from the frame"], &log["event"]], [&json!([["ready"]]), &json!([["ready"]])]);
    for nothing in ["said", "to the page", "scroll"] {
        assert_eq!(log[nothing], Value::Null, "{nothing}");
    }
    assert_eq!(log["size"].as_array().unwrap().last().unwrap()[1], json!(720), "one height");
    assert_eq!(log["page"].as_array().unwrap().len(), 1, "the page changed: {log:#}");
    Ok(())
}

/// Page-level capture, session replay (rrweb) and a pixel that reads forms.
#[test]
fn trackers_log_the_same_whatever_is_answered() -> Result<()> {
    outside("trackers", "(look(), sent)", |page| {
        // They do listen: what is typed into the page's own form reaches all three.
        page.fill("Your name", "Wombat")?;
        page.button("Send")?;
        let heard = page.script("return [sent.page, sent.replay, sent.pixel].map((log) => JSON.stringify(log).includes('Wombat'))")?;
        assert_eq!(heard, json!([true, true, true]), "a collector is deaf: this test would prove nothing");
        Ok(())
    })
    .map(drop)
}
