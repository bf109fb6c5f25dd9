//! The static start screen, which the file shows before the app has arrived, beside the app's own.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{AGE, START, Variant, built, spanish};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// Element, words and box of all that a start screen shows, in the node that `root` names.
const LOOK: &str = "const look = (root) => [...root.querySelectorAll('.bar, .mark, .bar-btn, .menu > summary, .main > *, h1, .lead, .own, .ways button, .facts li, .take svg, .foot')]
    .filter((e) => e.checkVisibility())
    .map((e) => { const box = e.getBoundingClientRect();
      return [e.localName, e.innerText ?? '', ...[box.left, box.top + scrollY, box.width, box.height].map(Math.round)].join(' | '); });";

/// The look of the app's start screen, and of the static one in its place.
fn both(page: &Browser) -> Result<(Value, Value)> {
    let html = built();
    let shell = html.split_once("<div id=\"shell\">").unwrap().1.split_once("</div>\n<div id=\"app\">").unwrap().0;
    let start = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/start.js")).unwrap();
    let app = page.script(&format!("{LOOK} scrollTo(0, 0); return look(document.getElementById('app'))"))?;
    let put = "const shell = Object.assign(document.createElement('div'), { id: 'shell' });
        document.getElementById('app').style.display = 'none';
        document.getElementById('app').before(shell);
        document.documentElement.className = 'js';
        shell.innerHTML = ";
    let still = page.script(&format!(
        "{LOOK} {put}{}; {start}; return look(shell.querySelector('.start:not([hidden])'))",
        json!(shell)
    ))?;
    Ok((app, still))
}

/// Settings in place of those in the file.
fn with_settings(settings: &Value) -> Variant {
    let html = built();
    let (before, rest) = html.split_once("id=\"settings\">").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    Variant::of(&format!("{before}id=\"settings\">{settings}</script>{after}"))
}

#[test]
fn the_static_start_looks_as_the_apps_does() -> Result<()> {
    let own = json!({ "clinic": "A clinic with a rather long name, by the river", "welcome": "Take the time you need.", "region": "gb" });
    for settings in [json!({}), json!({ "clinic": "Riverside" }), own] {
        let variant = with_settings(&settings);
        for (language, width) in [("en", 1280), ("es", 390)] {
            let page = Browser::setup(Engine::Chromium, Form::Http)
                .language(language)
                .size(width, 800)
                .file(variant.file())
                .open()?;
            page.wait_until("the app", || {
                Ok(page.script("return document.documentElement.className")? == json!("js ready"))
            })?;
            let (app, still) = both(&page)?;
            assert!(app.as_array().is_some_and(|lines| lines.len() > 12), "{app:#}");
            assert_eq!(app, still, "{settings} in {language} at {width} pixels");
        }
    }
    Ok(())
}

#[test]
fn a_press_before_the_app_is_there_is_kept_and_carried_out() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    // As soon as the static start stands; the app can't be there yet.
    let press = "new MutationObserver((_, watch) => {
        const door = document.querySelector('#shell .start:not([hidden]) .way.first');
        if (!door || !window.consultReadyStart) return;
        watch.disconnect();
        window.pressedIn = document.documentElement.className;
        door.click();
      }).observe(document, { childList: true, subtree: true });";
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": press }))?;
    page.reload()?;
    page.wait_heading(AGE)?;
    assert_eq!(page.script("return window.pressedIn")?, "js");
    // The question takes an answer as if its door had been pressed later.
    page.choose("25 to 44")?;
    page.wait_until("the next question", || Ok(page.heading()? != AGE))
}

#[test]
fn a_kiosk_and_kept_answers_show_no_start_that_is_not_theirs() -> Result<()> {
    let html = built();
    let shown = |page: &Browser| page.script("return window.startShown");
    let note = "new MutationObserver(() => {
        const screen = document.querySelector('#shell .start:not([hidden])');
        if (screen && document.getElementById('wasm')) window.startShown ??= screen.dataset.start;
      }).observe(document, { childList: true, subtree: true, attributes: true });";
    assert!(html.contains("data-start=\"en\""));
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": note }))?;
    page.reload()?;
    page.wait_heading(START)?;
    assert_eq!(shown(&page)?, "en");
    page.script("localStorage.setItem('consult-ready', (Date.now() + 3600000) + '|')")?;
    page.reload()?;
    page.wait_heading(START)?;
    assert_eq!(shown(&page)?, "", "with kept answers the first door has other words");
    page.script("localStorage.clear(); location.hash = 'kiosk'")?;
    page.reload()?;
    page.wait_until(
        "the kiosk",
        || Ok(page.script("return document.documentElement.className")? == json!("js ready")),
    )?;
    assert_eq!(shown(&page)?, "", "a kiosk has a first screen of its own");
    Ok(())
}

/// A server that sends the file as far as the middle of its Spanish block, and the rest when told.
fn half() -> (String, Sender<()>) {
    let file = built().into_bytes();
    let block = built().find("id=\"pack-es\"").unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let (go_on, told) = channel::<()>();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let mut lines = BufReader::new(&connection).lines();
            let first = lines.next().and_then(std::io::Result::ok).unwrap_or_default();
            while lines.next().and_then(std::io::Result::ok).is_some_and(|line| !line.is_empty()) {}
            // The browser's own wish for an icon has no answer.
            if !first.starts_with("GET / ") {
                continue;
            }
            let (early, late) = file.split_at(block + 100_000);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n";
            let _ = (&connection).write_all(head.as_bytes()).and_then(|()| (&connection).write_all(early));
            let _ = told.recv();
            let _ = (&connection).write_all(late);
        }
    });
    (address, go_on)
}

/// On a slow line the block of a language stands in the page before it is whole: what is there of it
/// is no language yet, and the start waits for the rest.
#[test]
fn half_a_language_is_none() -> Result<()> {
    let (address, go_on) = half();
    let page = Browser::setup(Engine::Chromium, Form::Http).language("es").open()?;
    // The driver would wait for the whole page.
    let tools = RefCell::new(page.devtools_session()?);
    tools.borrow_mut().call("Page.navigate", json!({ "url": address }))?;
    let ask = |what: &str| -> Result<Value> {
        let asked = json!({ "expression": what, "returnByValue": true });
        let answer = tools.borrow_mut().call("Runtime.evaluate", asked)?;
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    };
    page.wait_until("a part of the Spanish block", || {
        Ok(ask("Boolean(window.consultReady && document.getElementById('pack-es')?.textContent)")? == json!(true))
    })?;
    assert_eq!(ask("document.readyState")?, "loading");
    assert_eq!(ask("[consultReady.has('es'), consultReady.pack('es').length]")?, json!([false, 0]));
    go_on.send(()).unwrap();
    page.wait_heading(spanish().words.start_title())
}
