//! P1: nothing leaves. What the page does of itself, what its policy refuses, and what a visitor
//! may open.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, Say, THANKS, Variant, begin, built, fixture, read_first, resume_with, strings, walk, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Clicks through every screen there is, calling `see` on each.
fn everywhere(page: &Browser, see: &mut dyn FnMut(&Browser) -> Result<()>) -> Result<()> {
    see(page)?;
    page.button("Menu")?;
    see(page)?;
    page.button("About this tool")?;
    page.wait_heading("About this tool")?;
    open_all(page)?;
    see(page)?;
    page.button("Back")?;
    page.button("I need help now")?;
    page.wait_heading("Help, now")?;
    for country in [
        "Canada",
        "United Kingdom",
        "Ireland",
        "Australia",
        "New Zealand",
        "Spain",
        "Mexico",
        "Somewhere else",
        "United States",
    ] {
        page.select("Where are you?", country)?;
        see(page)?;
    }
    page.button("Close")?;
    read_everything(page, see)?;
    cards(page, see)?;
    page.button("Go to the questions")?;
    page.wait_heading(AGE)?;
    let worried = [
        (AGE, &[Say::Pick("25 to 44")][..]),
        (
            common::EMERGENCY,
            &[
                Say::PickIn(common::E1, "Yes"),
                Say::PickIn("Have you taken too much of any medicine or drug today?", "Yes"),
            ],
        ),
        ("Do you take any medicines now?", &[Say::Pick("Yes")]),
        (
            "Which medicines do you take?",
            &[Say::Find("lorazepam", "Add lorazepam Ativan"), Say::Find("Wonderpill", "Add “Wonderpill” as typed")],
        ),
        ("Your goal", &[Say::WriteIn("What is your main goal?", "https://example.org/pixel.gif")]),
        // All questions of all topics, taken along above, are more letters than the field takes.
        ("Your questions", &[Say::WriteIn("What else do you want to ask?", "Who reads this?")]),
    ];
    walk_to(page, &worried, common::MEDICAL)?;
    see(page)?;
    walk(page, &worried)?;
    see(page)?;
    // Where a browser can share at all, its button is pressed too.
    page.script("navigator.share = async () => {}")?;
    page.button("Make my summary")?;
    page.wait_heading(common::SUMMARY)?;
    see(page)?;
    page.choose("Leave my answers about suicide off the printed page")?;
    page.button("Copy as text")?;
    page.button("Print")?;
    take_along(page, see)?;
    page.button("Clear everything")?;
    page.wait_heading("Clear all your answers from this device? This can't be undone.")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(common::START)
}

/// Files, sharing, the code, the pages alone, and what was saved opened again.
fn take_along(page: &Browser, see: &mut dyn FnMut(&Browser) -> Result<()>) -> Result<()> {
    page.button("More ways to save or share")?;
    page.choose("Add a code that the clinic can scan")?;
    page.wait_text("This code holds the patient's answers")?;
    for way in
        ["Save as a PDF file", "Share", "Save as a web page", "File for the clinic's computer", "Show it on my phone"]
    {
        if way == "Show it on my phone" {
            page.wait_text(".json in your downloads")?;
            see(page)?;
        }
        // Chromium's driver scrolls up only until a thing lies below the bar.
        page.script("scrollTo(0, 0)")?;
        page.button(way)?;
    }
    page.wait_until("the pages alone", || Ok(!page.text()?.contains("Print")))?;
    see(page)?;
    page.button("Back")?;
    page.wait_text("More ways to save or share")?;
    page.button("Menu")?;
    page.button("Open what you saved")?;
    page.wait_heading("Open what you saved")?;
    page.fill("Text of a code, scanned or pasted", "https://example.org/pixel.gif\n")?;
    page.wait_text("This is not a code from this tool.")?;
    see(page)?;
    page.button("Back")?;
    page.wait_heading(common::SUMMARY)
}

fn read_everything(page: &Browser, see: &mut dyn FnMut(&Browser) -> Result<()>) -> Result<()> {
    read_first(page)?;
    see(page)?;
    let topics = page.script("return [...document.querySelectorAll('#app main .ways b')].map((b) => b.innerText)")?;
    let mut topics: Vec<String> =
        topics.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect();
    // Behind the comparison stand screens of their own.
    let deciding = words().deciding_title();
    topics.retain(|title| title != deciding);
    assert!(topics.len() > 8, "there are only {topics:?}");
    for (title, next) in topics.iter().zip(topics.iter().skip(1)) {
        // The next topic's button stands below this one.
        match topics.first() {
            Some(first) if first == title => {
                page.click_on(&format!("[...document.querySelectorAll('#app main .ways button')].find((b) => b.innerText.startsWith({title:?}))"))?;
            }
            _ => {}
        }
        page.wait_heading(title)?;
        page.settled()?;
        open_all(page)?;
        for question in 0..3 {
            let clicked =
                page.script("const b = document.querySelector('#app main .ask button:not([aria-disabled=true])'); b?.click(); return !!b")?;
            assert!(question < 2 || clicked == Value::Bool(false), "more than two questions to take along");
        }
        see(page)?;
        page.click_on("document.querySelector('#app main .acts .btn')")?;
        page.wait_heading(next)?;
    }
    for choice in page
        .script("return [...document.querySelectorAll('#app main .opt label')].slice(0, 3).map((l) => l.innerText)")?
        .as_array()
        .unwrap()
    {
        page.choose(choice.as_str().unwrap())?;
    }
    open_all(page)?;
    see(page)?;
    page.button(deciding)?;
    page.wait_heading(deciding)?;
    see(page)?;
    let rows = page.script("return document.querySelectorAll('#app main .ways button').length")?.as_u64().unwrap();
    assert!(rows > 2, "only {rows} ways from “{deciding}”");
    for row in 0..rows {
        page.click_on(&format!("document.querySelectorAll('#app main .ways button')[{row}]"))?;
        page.wait_until("the screen behind a row", || Ok(page.heading()? != deciding))?;
        open_all(page)?;
        see(page)?;
        page.button("Back")?;
        page.wait_heading(deciding)?;
    }
    page.button("Menu")?;
    page.button("Start page")?;
    page.wait_heading(common::START)
}

fn cards(page: &Browser, see: &mut dyn FnMut(&Browser) -> Result<()>) -> Result<()> {
    page.button("Myth or fact?")?;
    page.wait_heading("Myth or fact?")?;
    see(page)?;
    page.button("What ketamine is")?;
    page.wait_text("Card 1 of 6")?;
    for _ in 0..100 {
        page.wait_until("a card or the end of its deck", || Ok(!page.heading()?.is_empty()))?;
        if page.heading()? == "That was the last card here" {
            see(page)?;
            let next = page.text()?.lines().find(|line| line.starts_with("Next: ")).map(str::to_owned);
            let Some(next) = next else { return Ok(()) };
            page.button(&next)?;
            page.wait_text("Card 1 of")?;
            continue;
        }
        let card = page.heading()?;
        see(page)?;
        page.choose("It depends")?;
        page.wait_text("Your guess: It depends")?;
        open_all(page)?;
        see(page)?;
        page.button("Next card")?;
        page.wait_until("the next card", || Ok(!page.text()?.contains(card.as_str())))?;
    }
    panic!("the cards have no end")
}

fn open_all(page: &Browser) -> Result<()> {
    page.script("document.querySelectorAll('#app main details').forEach((d) => { d.open = true })").map(drop)
}

#[test]
fn p1_nothing_is_requested_while_everything_is_clicked_and_the_server_is_gone() -> Result<()> {
    let mut page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    page.wait_heading(common::START)?;
    page.script("window.print = () => {}")?;
    page.stop_servers();
    let before = page.server_record();
    page.forget_requests()?;
    let mut screens = 0;
    everywhere(&page, &mut |_| {
        screens += 1;
        Ok(())
    })?;
    assert!(screens > 60, "only {screens} screens were seen");
    assert_eq!(page.requests()?, [""; 0], "the page asked for something");
    assert_eq!(page.server_record(), before);
    assert_eq!(page.other_tabs()?, [""; 0], "a tab opened by itself");
    let refused: Vec<String> = page
        .console()?
        .into_iter()
        .filter(|line| line.contains("Refused") || line.contains("Content Security Policy"))
        .collect();
    assert!(refused.is_empty(), "the page tried what its own policy refuses: {refused:#?}");
    Ok(())
}

/// The page asks for itself alone, from the first byte on.
#[test]
fn p1_the_page_asks_for_itself_alone() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(common::START)?;
    page.reload()?;
    page.wait_heading(common::START)?;
    let asked: BTreeSet<String> =
        page.server_record().into_iter().filter(|line| !line.ends_with("/favicon.ico")).collect();
    assert_eq!(asked.len(), 1, "{asked:?}");
    Ok(())
}

/// What a script in the page could try. Each calls `sent(name)` if nothing stopped it.
const ATTEMPTS: &str = r#"
const done = arguments[arguments.length - 1];
const to = "http://127.0.0.1:" + location.port + "/stolen";
const refused = [];
document.addEventListener("securitypolicyviolation", (e) => refused.push(e.effectiveDirective));
const add = (tag, set) => { const e = document.createElement(tag); set(e); document.body.append(e); };
const tries = [
  () => fetch(to + "-fetch").catch(() => {}),
  () => { const x = new XMLHttpRequest(); x.open("GET", to + "-xhr"); x.send(); },
  () => navigator.sendBeacon(to + "-beacon", "x"),
  () => { new Image().src = to + "-image"; },
  () => new WebSocket(to.replace("http", "ws") + "-socket"),
  () => new EventSource(to + "-events"),
  () => new Worker(to + "-worker"),
  () => new Worker(URL.createObjectURL(new Blob(["1"], { type: "text/javascript" }))),
  () => import(to + "-import").catch(() => {}),
  () => add("script", (e) => { e.src = to + "-script"; }),
  () => add("script", (e) => { e.textContent = "window.injected = true"; }),
  () => add("link", (e) => { e.rel = "stylesheet"; e.href = to + "-style"; }),
  () => add("link", (e) => { e.rel = "prefetch"; e.href = to + "-prefetch"; }),
  () => add("iframe", (e) => { e.src = to + "-frame"; }),
  () => add("object", (e) => { e.data = to + "-object"; }),
  () => add("video", (e) => { e.src = to + "-video"; }),
  () => add("style", (e) => { e.textContent = "@font-face { font-family: x; src: url(" + to + "-font) } body { background: url(" + to + "-background) }"; }),
  () => new FontFace("y", "url(" + to + "-fontface)").load().catch(() => {}),
  () => { document.body.style.backgroundImage = "url(" + to + "-cssom)"; },
  () => add("form", (e) => { e.method = "post"; e.action = to + "-form"; e.innerHTML = "<input name=a value=b>"; setTimeout(() => e.submit()); }),
  () => add("base", (e) => { e.href = to; }),
  () => eval("window.injected = true"),
  () => setTimeout("window.injected = true"),
];
// In a turn of its own: a driver's script may use eval, whatever the policy says.
setTimeout(() => { for (const one of tries) { try { one(); } catch { /* Refused on the spot. */ } } });
setTimeout(() => done({ refused, injected: window.injected === true, socket: typeof WebTransport }), 1500);
"#;

/// What the file's own policy allows beside its own scripts and styles, which it names by hash. A
/// browser refuses the rest.
const ALLOWED: [(&str, &str); 6] = [
    ("default-src", "'none'"),
    ("script-src", "'wasm-unsafe-eval'"),
    ("style-src", ""),
    ("img-src", "data: blob:"),
    ("form-action", "'none'"),
    ("base-uri", "'none'"),
];

/// That a policy is this one, and no wider.
#[track_caller]
fn refuses_the_rest(policy: &str) {
    let mut left: BTreeMap<&str, &str> = ALLOWED.into();
    for directive in policy.split(';').map(str::trim) {
        let (name, sources) = directive.split_once(' ').unwrap_or((directive, ""));
        let sources: Vec<&str> = sources.split(' ').filter(|source| !source.starts_with("'sha256-")).collect();
        let sources = sources.join(" ");
        let allowed = left.remove(name);
        assert_eq!(
            Some(sources.as_str()),
            allowed,
            "the file's policy is another than it should be: “{name}” allows “{sources}”, in {policy}"
        );
    }
    assert!(left.is_empty(), "the file's policy lacks {left:?}: {policy}");
}

fn attempts_come_to_nothing(page: &Browser) -> Result<()> {
    // First of all, since what a wider policy lets out may take the page along.
    let policy =
        page.script("return document.querySelector('meta[http-equiv=\"Content-Security-Policy\"]').content")?;
    refuses_the_rest(policy.as_str().unwrap());
    let before = (page.server_record(), page.host_record());
    page.forget_requests()?;
    let answer = page.script_async(ATTEMPTS)?;
    let refused = strings(&answer["refused"]);
    for directive in [
        "connect-src",
        "img-src",
        "worker-src",
        "script-src-elem",
        "style-src-elem",
        "frame-src",
        "object-src",
        "media-src",
        "font-src",
        "form-action",
        "base-uri",
        "script-src",
    ] {
        assert!(refused.contains(directive), "{directive} refused nothing: {refused:?}");
    }
    assert_eq!(answer["injected"], Value::Bool(false), "a foreign script ran");
    assert_eq!(page.requests()?, [""; 0], "something got out");
    assert_eq!((page.server_record(), page.host_record()), before, "something arrived");
    Ok(())
}

#[test]
fn p1_the_policy_refuses_every_way_out() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(common::START)?;
    attempts_come_to_nothing(&page)
}

#[test]
fn p1_the_policy_refuses_every_way_out_of_a_frame() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Framed)?;
    page.wait_heading(common::START)?;
    attempts_come_to_nothing(&page)
}

/// Also where no browser is: the policy stands before the first script, and is the only one.
#[test]
fn p1_the_policy_is_no_wider_than_it_should_be() {
    let html = built();
    let all: Vec<&str> = html.split("<meta http-equiv=\"Content-Security-Policy\" content=\"").skip(1).collect();
    assert_eq!(all.len(), 1, "policies in the file");
    refuses_the_rest(all[0].split('"').next().unwrap());
    assert!(html.find("Content-Security-Policy").unwrap() < html.find("<script").unwrap(), "a script stands before it");
    for wider in ["; connect-src *", "; navigate-to *"] {
        let widened = format!("{}{wider}", all[0].split('"').next().unwrap());
        assert!(std::panic::catch_unwind(|| refuses_the_rest(&widened)).is_err(), "“{wider}” passes");
    }
}

/// A policy can't refuse WebRTC, so it is taken away, in a way that a script can't undo.
#[test]
fn p1_webrtc_is_gone_for_good() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(common::START)?;
    let kinds = page.script(
        r#"const names = ["RTCPeerConnection", "webkitRTCPeerConnection", "mozRTCPeerConnection", "RTCDataChannel", "WebTransport"];
        for (const name of names) {
          try { delete window[name]; } catch { /* Refused. */ }
          try { window[name] = class {}; } catch { /* Refused. */ }
          try { Object.defineProperty(window, name, { value: class {} }); } catch { /* Refused. */ }
        }
        return names.map((name) => typeof window[name]);"#,
    )?;
    assert_eq!(strings(&kinds), BTreeSet::from(["undefined".to_owned()]), "{kinds}");
    Ok(())
}

/// The outward addresses of the content: sources, help lines, and nothing else.
fn closed_list() -> BTreeSet<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let read = |name: &str| fs::read_to_string(content.join(name)).unwrap();
    // Sources behind a switch that is off are in no pack.
    let switches = read("switches.toml");
    let off = |id: &str| {
        switches.split("\n[").any(|switch| switch.contains("\non = false") && switch.contains(&format!("\"{id}\"")))
    };
    let field = |block: &str, name: &str| -> Option<String> {
        block
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"').map(str::to_owned))
    };
    ["en/sources.toml", "en/regions.toml"]
        .iter()
        .flat_map(|name| {
            let text = read(name);
            let shown = text.split("\n[[").filter(|block| !field(block, "id").is_some_and(|id| off(&id)));
            let urls: Vec<String> = shown.filter_map(|block| field(block, "url")).collect();
            assert!(!urls.is_empty(), "{name} has no addresses");
            urls
        })
        .collect()
}

fn numbers() -> BTreeSet<String> {
    let regions =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/en/regions.toml")).unwrap();
    let of = |key: &str, scheme: &str| -> Vec<String> {
        let start = format!("{key} = \"");
        regions
            .lines()
            .filter_map(|line| line.strip_prefix(&start)?.strip_suffix('"'))
            .filter(|n| !n.is_empty())
            .map(|n| format!("{scheme}:{}", n.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()))
            .collect()
    };
    let all = [of("tel", "tel"), of("emergency", "tel"), of("sms", "sms")];
    // A clinic's own numbers come from its settings.
    all.into_iter().flatten().chain(["tel:+15550100123".to_owned(), "tel:+15550100199".to_owned()]).collect()
}

#[test]
fn p1_outward_links_are_one_closed_list() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    page.wait_heading(common::START)?;
    page.script("window.print = () => {}")?;
    let (mut web, mut calls, mut faults) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    everywhere(&page, &mut |page| {
        let links = page.script(
            "return [...document.querySelectorAll('a, area, form[action], [href], [formaction], [ping]')].filter((e) => e.localName !== 'link')
               .map((a) => ({ href: a.getAttribute('href') ?? a.getAttribute('action') ?? '', target: a.target ?? '', rel: a.rel ?? '',
                 policy: a.referrerPolicy ?? '', ping: a.getAttribute('ping') ?? '', where: document.querySelector('#app main h1')?.innerText }))",
        )?;
        for link in links.as_array().unwrap() {
            let href = link["href"].as_str().unwrap().to_owned();
            if href.starts_with("tel:") || href.starts_with("sms:") {
                calls.insert(href);
                continue;
            }
            let rel = link["rel"].as_str().unwrap();
            if link["target"] != "_blank"
                || !rel.contains("noopener")
                || !rel.contains("noreferrer")
                || link["ping"] != ""
            {
                faults.insert(link.to_string());
            }
            web.insert(href);
        }
        Ok(())
    })?;
    assert!(faults.is_empty(), "links that tell the other side: {faults:#?}");
    let (listed, numbers) = (closed_list(), numbers());
    let strangers: Vec<&String> = web.difference(&listed).chain(calls.difference(&numbers)).collect();
    assert!(strangers.is_empty(), "outside the closed list: {strangers:#?}");
    let unseen: Vec<&String> = listed.difference(&web).collect();
    assert!(unseen.is_empty(), "listed, but on no screen: {unseen:#?}");
    assert!(web.len() > 20 && calls.contains("tel:988") && calls.contains("sms:741741"), "{calls:?}");
    Ok(())
}

/// A source opens in a tab of its own, which learns neither where the visitor came from nor how to
/// reach back.
#[test]
fn p1_a_link_opens_a_new_tab_that_learns_nothing() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(common::START)?;
    page.forget_requests()?;
    page.button("I need help now")?;
    page.wait_heading("Help, now")?;
    page.link("Open 988 Suicide and Crisis Lifeline")?;
    page.wait_until("a tab with the help line", || {
        Ok(page.other_tabs()?.iter().any(|tab| tab.starts_with("https://988lifeline.org")))
    })?;
    assert_eq!(page.heading()?, "Help, now", "the page itself went away");
    let before = page.driver().clone();
    let windows = page.wait_on("listing the tabs", before.windows())?;
    assert_eq!(windows.len(), 2);
    let here = page.wait_on("naming this tab", before.window())?;
    let other = windows.into_iter().find(|w| *w != here).unwrap();
    page.wait_on("going to the tab", before.switch_to_window(other))?;
    let knows = page.script("return [document.referrer, String(window.opener)]")?;
    assert_eq!(strings(&knows), BTreeSet::from([String::new(), "null".to_owned()]), "{knows}");
    Ok(())
}

/// No code of ours navigates: the only ways out are links that a visitor clicks.
#[test]
fn p1_no_code_navigates() {
    let html = built();
    let scripts: Vec<&str> = html.split("<script>").skip(1).filter_map(|part| part.split("</script>").next()).collect();
    assert_eq!(scripts.len(), 4, "early, start, boot and glue");
    for word in [
        "location",
        "window.open",
        ".open(",
        "sendBeacon",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "EventSource",
        "document.cookie",
        "import(",
    ] {
        for script in &scripts {
            for (at, _) in script.match_indices(word) {
                // Read alone, and a kiosk that has failed eight times loads itself anew.
                let reads = ["location.hash===", "location.hash)&&", "location.hash.slice(1)", "location.reload()"];
                if reads.iter().any(|read| script.get(at..).is_some_and(|rest| rest.starts_with(read))) {
                    continue;
                }
                let around: String =
                    script.get(at.saturating_sub(120)..).unwrap_or_default().chars().take(260).collect();
                // wasm-bindgen's glue can load its module by address; ours hands it over, and the
                // policy refuses the rest.
                let known = around.contains("module_or_path")
                    || around.contains("script_src")
                    || around.contains(".open()")
                    || around.contains("getObject")
                    || around.contains("open(arg")
                    || around.contains("currentScript")
                    || around.contains("fetch(module");
                assert!(known, "“{word}” in a script of the file: …{around}…");
            }
        }
    }
}

/// The address, the title and the history hold no answer, wherever the visitor is; nor do cookies.
#[test]
fn p1_address_and_title_never_tell() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    let tells = "return [location.href, document.title, document.cookie, document.referrer]";
    let first = page.script(tells)?;
    walk_to(&page, &[(AGE, &[Say::Pick("25 to 44")]), (common::EMERGENCY, &[Say::PickIn(common::E1, "Yes")])], THANKS)?;
    assert_eq!(page.script(tells)?, first);
    resume_with(&page, &fixture("heaviest"))?;
    assert_eq!(page.script(tells)?, first);
    assert!(page.script("return history.state")?.is_number(), "a step is an opaque number");
    Ok(())
}

/// What proves that the proofs above bite: without the policy the same attempts get out.
#[test]
fn without_its_policy_the_attempts_are_seen() -> Result<()> {
    let html = built();
    let start = html.find("<meta http-equiv=\"Content-Security-Policy\"").unwrap();
    let end = start + html.get(start..).unwrap().find('>').unwrap() + 1;
    let open = Variant::of(&html.replace(html.get(start..end).unwrap(), ""));
    let page = Browser::setup(Engine::Chromium, Form::Http).file(open.file()).open()?;
    page.wait_heading(common::START)?;
    page.forget_requests()?;
    let _ = page.script_async(ATTEMPTS);
    let record = page.server_record().join("\n");
    for sent in
        ["/stolen-fetch", "/stolen-beacon", "/stolen-image", "/stolen-script", "/stolen-import", "/stolen-frame"]
    {
        assert!(record.contains(sent), "{sent} was not seen by the server:\n{record}");
    }
    assert!(page.requests()?.iter().any(|url| url.contains("/stolen-socket")), "the socket was not seen");
    Ok(())
}
