//! The headers that docs/headers.md gives for each kind of server: all send the same, and with
//! exactly those the tool works while no script of the same address can look in.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{AGE, EMERGENCY, START, Say, Variant, begin, built, holds, tidy, to_the_sheets, walk_to};
use consult_ready_browser::{Browser, Engine, Form, Result, Setup, pdf_text};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const FILE: &str = "consult-ready.html";
const LOADER: &str = "consult-ready.js";

type Headers = BTreeMap<String, String>;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("there is no “{before}”"));
    rest.split_once(after).unwrap().0
}

/// The guide as a release writes it.
fn guide() -> String {
    let html = built();
    let policy = between(&html, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let loader = read("public/consult-ready.js");
    let sandbox = between(&loader, "const SANDBOX = \"", "\"");
    read("docs/headers.md")
        .replace("{{policy}}", &format!("{policy}; sandbox {sandbox}"))
        .replace("{{folder}}", "consult-ready-0.0.0")
}

fn block(kind: &str) -> String {
    between(&guide(), &format!("```{kind}\n"), "```").to_owned()
}

fn quoted(line: &str) -> (String, String) {
    let (name, value) = line.trim().split_once(" \"").unwrap();
    (name.to_owned(), value.split('"').next().unwrap().to_owned())
}

fn apache(file: &str) -> Headers {
    let block = block("apache");
    let section = between(&block, &format!("<Files \"{file}\">"), "</Files>");
    section.lines().filter_map(|line| line.trim().strip_prefix("Header always set ")).map(quoted).collect()
}

fn nginx(file: &str) -> Headers {
    let block = block("nginx");
    let section = between(&block, &format!("location = /consult-ready-0.0.0/{file} {{"), "}");
    section.lines().filter_map(|line| line.trim().strip_prefix("add_header ")).map(quoted).collect()
}

fn pages(file: &str) -> Headers {
    let block = block("text");
    let section = block.split_once(&format!("/consult-ready-0.0.0/{file}\n")).unwrap().1;
    let lines = section.lines().take_while(|line| line.starts_with(' '));
    lines
        .map(|line| line.trim().split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn php() -> Headers {
    let block = block("php");
    let lines = block.lines().filter_map(|line| line.strip_prefix("header(\"")?.strip_suffix("\");"));
    let all = lines.map(|line| line.split_once(": ").unwrap()).map(|(name, value)| (name.to_owned(), value.to_owned()));
    // What every server sends with a file of HTML, and this one too.
    all.filter(|(name, _)| name != "Content-Type").collect()
}

fn cloudfront() -> Headers {
    let all: Value = serde_json::from_str(&block("json")).unwrap();
    let security = &all["SecurityHeadersConfig"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let custom = all["CustomHeadersConfig"]["Items"].as_array().unwrap();
    assert_eq!(all["CustomHeadersConfig"]["Quantity"], json!(custom.len()));
    let mut headers: Headers = custom.iter().map(|one| (text(&one["Header"]), text(&one["Value"]))).collect();
    headers.insert("Content-Security-Policy".into(), text(&security["ContentSecurityPolicy"]["ContentSecurityPolicy"]));
    headers.insert("Referrer-Policy".into(), text(&security["ReferrerPolicy"]["ReferrerPolicy"]));
    assert_eq!(security["ContentTypeOptions"]["Override"], json!(true));
    headers.insert("X-Content-Type-Options".into(), "nosniff".into());
    headers
}

fn lines(headers: &Headers) -> String {
    headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect()
}

fn served(engine: Engine, form: Form) -> Setup {
    Browser::setup(engine, form).served_with(lines(&apache(FILE))).loader_served_with(lines(&apache(LOADER)))
}

#[test]
fn each_recipe_sends_the_same() {
    let file = apache(FILE);
    assert!(file["Content-Security-Policy"].contains("; sandbox allow-scripts "), "{file:#?}");
    let others = [nginx(FILE), pages(FILE), pages("consult-ready"), php(), cloudfront()];
    for other in others {
        assert_eq!(file, other);
    }
    assert_eq!(apache(LOADER)["Access-Control-Allow-Origin"], "*");
    for other in [nginx(LOADER), pages(LOADER)] {
        assert_eq!(apache(LOADER), other);
    }
}

const KEEP: &str = "Keep my answers on this device until I finish";

/// In a tab of its own too the file has an origin of its own: it works, and keeps nothing.
#[test]
fn the_file_works_in_a_tab_with_these_headers() -> Result<()> {
    for engine in Engine::ALL {
        let page = served(engine, Form::Http).open()?;
        page.wait_heading(START)?;
        let reach = "const reach = (act) => { try { return String(act()); } catch (error) { return error.name; } };
                     return [self.origin, reach(() => localStorage), reach(() => document.cookie)]";
        assert_eq!(page.script(reach)?, json!(["null", "SecurityError", "SecurityError"]), "{engine:?}");
        assert!(
            !tidy(&page.script("return document.querySelector('#app').textContent")?.to_string()).contains(KEEP),
            "{engine:?} offers to keep"
        );
        to_the_sheets(&page)?;
    }
    // Without the headers, the same file may keep answers: the clinic said that it is alone on its
    // address.
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    assert!(tidy(&page.script("return document.querySelector('#app').textContent")?.to_string()).contains(KEEP));
    Ok(())
}

/// Nothing is kept unless the clinic said so, and never from a disk, where each file may read what
/// another has kept.
#[test]
fn nothing_can_be_kept_where_others_may_read_it() -> Result<()> {
    let unsaid = Variant::new(&[("\"ownOrigin\":\"yes\"", "\"ownOrigin\":\"no\"")]);
    for page in [
        Browser::setup(Engine::Chromium, Form::Http).file(unsaid.file()).open()?,
        Browser::open(Engine::Chromium, Form::File)?,
    ] {
        page.wait_heading(START)?;
        assert!(!tidy(&page.script("return document.querySelector('#app').textContent")?.to_string()).contains(KEEP));
    }
    Ok(())
}

#[test]
fn printing_works_in_a_tab_with_these_headers() -> Result<()> {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let page = served(engine, Form::Http).silent_print().open()?;
        to_the_sheets(&page)?;
        let (_, pdf) = page.save("Print", ".pdf")?;
        holds(&tidy(&pdf_text(&pdf)?), &["For the clinician", "25 to 44", "Example Infusion Clinic"]);
    }
    Ok(())
}

/// The loader on another address, with a hash, on a page with an embedder policy.
#[test]
fn a_strict_page_on_another_address_takes_both_files() -> Result<()> {
    for engine in Engine::ALL {
        let page = served(engine, Form::Hosted).host("by-recipe").open()?;
        page.enter_tool(0)?;
        begin(&page)?;
        walk_to(&page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
    }
    Ok(())
}

/// What a script of the same address can do: take the sandbox away and load the frame anew, or open
/// the file in a tab.
const REACH: &str = "const done = arguments[0];
    const reach = (act) => { try { return act() ? 'in' : 'out'; } catch (error) { return 'out'; } };
    const frame = document.querySelector('consult-ready').shadowRoot.querySelector('iframe');
    const place = frame.parentNode;
    frame.remove();
    frame.removeAttribute('sandbox');
    frame.addEventListener('load', () => setTimeout(() => done([
      reach(() => frame.contentDocument), reach(() => frame.contentWindow.document), reach(() => frame.contentWindow.localStorage),
    ]), 500), { once: true });
    place.append(frame)";

#[test]
fn a_script_of_the_same_address_can_not_look_into_the_frame() -> Result<()> {
    for engine in Engine::ALL {
        let page = served(engine, Form::Hosted).host("plain").open()?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        page.leave_tool()?;
        assert_eq!(page.script_async(REACH)?, json!(["out", "out", "out"]), "{engine:?}");
        // It does get in without the headers: this test would notice.
        let bare = Browser::hosted(engine, "plain")?;
        bare.enter_tool(0)?;
        bare.wait_heading(START)?;
        bare.leave_tool()?;
        assert_eq!(bare.script_async(REACH)?, json!(["in", "in", "in"]), "{engine:?}");
    }
    Ok(())
}

#[test]
fn a_script_of_the_same_address_can_not_look_into_a_tab() -> Result<()> {
    let look = "const done = arguments[0];
        const other = open('/files/consult-ready.html');
        if (!other) return done('no tab');
        const look = () => { try { return other.document.URL === 'about:blank' ? setTimeout(look, 50) : done('in'); } catch (error) { done(error.name); } };
        setTimeout(look, 500)";
    for (page, seen) in [
        (served(Engine::Chromium, Form::Hosted).host("plain").open()?, "SecurityError"),
        (Browser::hosted(Engine::Chromium, "plain")?, "in"),
    ] {
        page.enter_tool(0)?;
        page.leave_tool()?;
        assert_eq!(page.script_async(look)?, json!(seen));
    }
    Ok(())
}

/// A script that something on the way puts before the file's own policy does not run.
#[test]
fn a_script_that_a_proxy_puts_in_does_not_run() -> Result<()> {
    let changed = Variant::new(&[("<head>", "<head><script>window.injected = true</script>")]);
    for engine in Engine::ALL {
        let page = served(engine, Form::Http).file(changed.file()).open()?;
        page.wait_heading(START)?;
        assert_eq!(page.script("return window.injected === undefined")?, json!(true), "{engine:?}");
    }
    let bare = Browser::setup(Engine::Chromium, Form::Http).file(changed.file()).open()?;
    bare.wait_heading(START)?;
    assert_eq!(bare.script("return window.injected")?, json!(true), "this test would notice nothing");
    Ok(())
}

/// Some servers send an opener policy with everything. As docs/headers.md says, it does no harm, in
/// a tab or in a frame.
#[test]
fn an_opener_policy_beside_them_does_no_harm() -> Result<()> {
    let both = format!("{}Cross-Origin-Opener-Policy: same-origin\n", lines(&apache(FILE)));
    for engine in Engine::ALL {
        let page = Browser::setup(engine, Form::Http).served_with(both.clone()).open()?;
        begin(&page)?;
        assert_eq!(page.script("return self.origin")?, json!("null"), "{engine:?}");
    }
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("plain").served_with(both).open()?;
    page.enter_tool(0)?;
    page.wait_heading(START)
}
