//! What the page around the tool can learn: that it is there, and nothing else, whatever is
//! answered.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, CHECK, E1, EMERGENCY, ITEM_9, Plan, START, SUMMARY, Say, THANKS, begin, finish_now, go_on_to, read_first,
    walk, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};

/// A word that is typed into the tool, and must be found nowhere outside.
const TYPED: &str = "Quokka";

/// Ways to use the tool, as different as they get.
type Way = (&'static str, fn(&Browser) -> Result<()>);
const WAYS: &[Way] =
    &[("not at all", not_at_all), ("short", short), ("every branch", every_branch), ("crisis", crisis)];

fn not_at_all(page: &Browser) -> Result<()> {
    page.wait_heading(START)
}

fn short(page: &Browser) -> Result<()> {
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("65 or older")])], EMERGENCY)?;
    finish_now(page)?;
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
    ("Head and nerves", &[Say::PickIn("Have you ever had a stroke or mini-stroke?", "Yes")]),
    (
        "More about your head and nerves",
        &[Say::WriteIn("What kind of stroke was it, and about when? Was there bleeding in the brain?", TYPED)],
    ),
    ("Eyes, liver, kidneys, and more", &[Say::PickIn("Do you have diabetes?", "Yes, and I use insulin")]),
    ("Do you take any medicines now?", YES),
    (
        "Which medicines do you take?",
        &[Say::Find("sertralin", "Add sertraline Zoloft"), Say::Find(TYPED, "Add “Quokka” as typed")],
    ),
    ("What you tried before", &[Say::PickIn("Have you taken medicine for this problem before?", "Yes")]),
    ("Your goal", &[Say::WriteIn("What is your main goal?", TYPED)]),
    ("Your questions", &[Say::WriteIn("What else do you want to ask?", TYPED)]),
];

fn every_branch(page: &Browser) -> Result<()> {
    begin(page)?;
    let passed = walk(page, LONG)?;
    assert!(passed.len() > 50, "only {} screens", passed.len());
    for (heading, _) in LONG {
        assert!(passed.iter().any(|p| p == heading), "never asked: {heading}");
    }
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
    go_on_to(page, WHY)?;
    page.button("Need help now?")?;
    page.wait_heading("Help, now")?;
    page.button("Close")?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)
}

/// Uses the tool on a page in each way. `control` is done afterwards and outside the tool, to show
/// that the log can fill.
fn outside(host: &'static str, read: &str, control: fn(&Browser) -> Result<()>) -> Result<Vec<Value>> {
    let mut logs: Vec<Value> = Vec::new();
    for (name, way) in WAYS {
        let page = Browser::setup(Engine::Chromium, Form::Hosted).host(host).size(1280, 1100).open()?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        // Each way begins with a click on the same spot, so the pointer enters the frame alike.
        read_first(&page)?;
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
        return a
            .keys()
            .chain(b.keys())
            .find_map(|name| difference(&one[name], &other[name]).map(|d| format!("{name}: {d}")));
    }
    let (a, b) = (one.to_string(), other.to_string());
    let at = a
        .bytes()
        .zip(b.bytes())
        .position(|(a, b)| a != b)
        .or_else(|| (a.len() != b.len()).then_some(a.len().min(b.len())))?;
    let from = |text: &str| -> String {
        String::from_utf8_lossy(text.as_bytes().get(at.saturating_sub(150)..).unwrap_or_default())
            .chars()
            .take(300)
            .collect()
    };
    Some(format!("…{}…\n…{}…", from(&a), from(&b)))
}

/// The closed list, as docs/embedding.md has it.
#[test]
fn messages_events_and_sizes_are_the_same_whatever_is_answered() -> Result<()> {
    let said_once = |page: &Browser| page.script("log.push(['control'])").map(drop);
    let logs = outside(
        "watched",
        "log.reduce((by, [kind, ...rest]) => ({ ...by, [kind]: [...(by[kind] ?? []), rest] }), {})",
        said_once,
    )?;
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
        let heard = page.script(
            "return [sent.page, sent.replay, sent.pixel].map((log) => JSON.stringify(log).includes('Wombat'))",
        )?;
        assert_eq!(heard, json!([true, true, true]), "a collector is deaf: this test would prove nothing");
        Ok(())
    })
    .map(drop)
}

/// What the recorder wrote down of one kind, in order.
fn recorded(log: &Value, kind: &str) -> Vec<String> {
    let all = log.as_array().unwrap().iter().filter(|one| one[0] == json!(kind));
    all.map(|one| one[1].as_str().unwrap().to_owned()).collect()
}

/// A page learns that the tool is used and when (docs/embedding.md says so), by the focus and by
/// what browsers tell of presses. It learns it alike whatever is answered: the focus comes into the
/// frame once, by the visitor's own act, and nothing scrolls.
#[test]
fn a_recorder_of_focus_and_presses_learns_no_more_than_that_the_tool_is_used() -> Result<()> {
    for (name, way) in &WAYS[1..] {
        let page = Browser::setup(Engine::Chromium, Form::Hosted).host("recorder").size(1280, 1100).open()?;
        page.script("document.querySelector('#search').focus()")?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        page.leave_tool()?;
        page.script_async("setTimeout(arguments[0], 500)")?;
        let before = page.script("return log")?;
        assert_eq!(recorded(&before, "focus").last().unwrap(), "true input", "the tool took the focus by itself");
        assert_eq!(recorded(&before, "activation"), ["false false"], "somebody is said to have acted");
        page.script("log.length = 0; gaps = 0")?;
        page.enter_tool(0)?;
        way(&page)?;
        page.leave_tool()?;
        let log = page.script("return log")?;
        eprintln!(
            "“{name}”: {} changes of activation, {} gaps over 250 ms",
            recorded(&log, "activation").len(),
            page.script("return gaps")?
        );
        // From the field to nothing, and with the visitor's own press into the frame.
        assert_eq!(recorded(&log, "focus"), ["true body", "true consult-ready"], "“{name}” moved the focus: {log}");
        assert_eq!(recorded(&log, "event"), [""; 0], "“{name}”: {log}");
        assert_eq!(recorded(&log, "visible"), [""; 0], "“{name}”: {log}");
        // The recorder does hear: the page's own field, a press, a turn of the wheel.
        let search =
            page.wait_on("finding the field", page.driver().find(consult_ready_browser::By::Css("#search")))?;
        page.wait_on("clicking the field", search.click())?;
        page.wait_until("the recorder", || {
            let log = page.script("return log")?;
            Ok(recorded(&log, "event").contains(&"pointerdown".to_owned())
                && recorded(&log, "focus").contains(&"true input".to_owned()))
        })?;
    }
    Ok(())
}

/// A wheel that turns on at the end of what stands in the frame would scroll the page, and so tell
/// it about the length of a screen.
#[test]
fn the_page_does_not_scroll_where_the_frame_ends() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("recorder").size(1280, 1100).open()?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    // A long screen and a short one: at the end of both the page stays where it is.
    for screen in [words().read_title(), ""] {
        if !screen.is_empty() {
            read_first(&page)?;
        } else {
            page.script("scrollTo(0, 0)")?;
            page.button("Back")?;
            begin(&page)?;
        }
        page.leave_tool()?;
        for _ in 0..12 {
            wheel(&page, 640, 600)?;
        }
        page.enter_tool(0)?;
        page.leave_tool()?;
        page.script_async("setTimeout(arguments[0], 300)")?;
        assert_eq!(page.script("return scrollY")?, json!(0), "the page scrolled under “{screen}”");
        page.enter_tool(0)?;
    }
    page.leave_tool()?;
    wheel(&page, 640, 1050)?;
    page.wait_until("the page to scroll", || Ok(page.script("return scrollY > 0")? == json!(true)))
}

fn wheel(page: &Browser, x: u32, y: u32) -> Result<()> {
    page.cdp("Input.dispatchMouseEvent", json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": 600 }))
        .map(drop)
}

/// Chromium looks up a name when its link is pointed at or pressed. Before the press ends, no link
/// holds an address.
#[test]
fn a_help_link_has_no_address_while_it_is_pointed_at_or_pressed() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    assert_eq!(
        page.script("return document.querySelector('meta[http-equiv=\"x-dns-prefetch-control\"]')?.content")?,
        json!("off")
    );
    page.button("I need help now")?;
    page.wait_heading("Help, now")?;
    let place = page.script(
        "window.link = [...document.querySelectorAll('a[href^=\"https:\"]')].find((a) => a.checkVisibility());
         link.scrollIntoView({ block: 'center' });
         const { x, y, width, height } = link.getBoundingClientRect();
         return [link.href, x + width / 2, y + height / 2]",
    )?;
    let mouse = |kind: &str, buttons: u32| {
        page.cdp(
            "Input.dispatchMouseEvent",
            json!({ "type": kind, "x": place[1], "y": place[2], "button": if kind == "mouseMoved" { "none" } else { "left" }, "buttons": buttons, "clickCount": 1 }),
        )
    };
    let address = || page.script("return link.protocol");
    assert_eq!(address()?, json!("https:"));
    mouse("mouseMoved", 0)?;
    assert_eq!(address()?, json!("http:"), "pointed at");
    mouse("mousePressed", 1)?;
    assert_eq!(address()?, json!("http:"), "pressed");
    mouse("mouseReleased", 0)?;
    page.wait_until("the tab that the link opens", || {
        Ok(page.other_tabs()?.iter().any(|tab| Some(tab.as_str()) == place[0].as_str()))
    })?;
    // Still pointed at, so a second press tells nothing either; elsewhere the link is as it was.
    page.wait_until("the name alone again", || Ok(address()? == json!("http:")))?;
    page.cdp("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 1, "y": 1 }))?;
    page.wait_until("the address again", || Ok(page.script("return link.href")? == place[0]))?;
    // By keyboard it leads where it says.
    page.script(
        "link.focus(); window.opened = ''; window.addEventListener('click', (e) => { opened = link.href; e.preventDefault(); }, { once: true })",
    )?;
    page.press(consult_ready_browser::Key::Enter)?;
    page.wait_until("the press of Enter", || Ok(page.script("return opened")? == place[0]))
}

/// What no policy stops, measured: how many connections a server sees. docs/embedding.md tells of
/// it.
#[test]
fn what_a_policy_does_not_stop_is_as_documented() -> Result<()> {
    for engine in Engine::ALL {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let page = Browser::open(engine, Form::Http)?;
        page.wait_heading(START)?;
        let connections = || {
            let mut count = 0;
            while listener.accept().is_ok() {
                count += 1;
            }
            count
        };
        let mut seen = Vec::new();
        for (kind, code) in [
            ("fetch", "fetch(url).catch(() => {})"),
            ("image", "new Image().src = url"),
            ("beacon", "navigator.sendBeacon(url)"),
            ("frame", "const f = document.createElement('iframe'); f.src = url; document.body.append(f)"),
            (
                "preconnect",
                "const l = document.createElement('link'); l.rel = 'preconnect'; l.href = url; document.head.append(l)",
            ),
        ] {
            page.script(&format!("const url = 'http://127.0.0.1:{port}/{kind}'; {code}"))?;
            page.script_async("setTimeout(arguments[0], 700)")?;
            seen.push((kind, connections() > 0));
        }
        eprintln!("{engine:?}: {seen:?}");
        for (kind, connected) in seen {
            let documented = kind == "preconnect" || (kind == "frame" && engine == Engine::Chromium);
            assert!(documented || !connected, "{engine:?}: {kind} opened a connection");
        }
    }
    Ok(())
}
