//! The loader on clinics' pages that hurt, each a folder of `hosts/`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{AGE, EMERGENCY, START, Say, Variant, begin, built, strings, walk_to};
use consult_ready_browser::{Browser, Engine, Form, Key, Result};
use serde_json::{Value, json};

/// The loader's own words.
const OPEN: &str = "Get ready for your first talk with the clinic";
const CLOSE: &str = "Close";
const FALLBACK: &str = "Call us: +1 555 010 0177. In a crisis, call 988.";
/// A link in the help panel.
const LINE: &str = "Open 988 Suicide and Crisis Lifeline";
const CLINIC: &str = "The Hosted Clinic";

/// Pages on which the tool simply has to work, in the page and over it: a test each.
macro_rules! hosts {
    ($($name:ident: $host:literal,)*) => {
        $(#[test] fn $name() -> Result<()> { works_on($host) })*
    };
}

hosts! {
    works_beside_its_file_by_a_script_alone: "plain",
    works_from_another_origin: "another-origin",
    works_where_all_is_unset: "all-unset",
    works_where_a_rem_is_ten_pixels: "small-root-font",
    works_in_an_app_shell: "app-shell",
    works_in_transforms: "transforms",
    works_from_right_to_left: "right-to-left",
    works_under_the_documented_policy: "strict-csp",
    works_under_an_embedder_policy: "embedder-policy",
    works_under_trusted_types: "trusted-types",
    works_where_prototypes_are_patched_and_frozen: "patched",
    works_by_a_tag_manager_twice: "tag-manager",
    works_when_scripts_are_delayed: "delayed-scripts",
}

/// What the page could notice of a visitor's steps.
const OUTSIDE: &str = "return [history.length, history.state, scrollY, location.href, document.title,
   document.querySelectorAll('consult-ready').length, document.querySelector('consult-ready').offsetHeight]";

/// What the frame can reach of itself and of the page.
const ALONE: &str = "const reach = (act) => { try { return String(act()); } catch (error) { return error.name; } };
   return [window.origin, reach(() => localStorage), reach(() => parent.document)]";

fn one_step(page: &Browser) -> Result<()> {
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY).map(drop)
}

/// In the page, at its one height, with the page's settings.
fn works_in_the_page(page: &Browser) -> Result<()> {
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    assert!(page.text()?.contains(CLINIC), "the page's settings did not arrive:\n{}", page.text()?);
    assert_eq!(page.script(ALONE)?, json!(["null", "SecurityError", "SecurityError"]), "the frame has an origin");
    page.leave_tool()?;
    let before = page.script(OUTSIDE)?;
    assert_eq!([&before[5], &before[6]], [&json!(1), &json!(720)], "one tool of one height: {before}");
    page.enter_tool(0)?;
    one_step(page)?;
    page.leave_tool()?;
    assert_eq!(page.script(OUTSIDE)?, before, "the page can see a step");
    assert!(!page.script("return document.body.innerText")?.to_string().contains(FALLBACK), "the fallback is still shown");
    Ok(())
}

/// Over the whole of a small screen, and back.
fn works_over_the_page(page: &Browser) -> Result<()> {
    // A script alone has brought no fallback; a page may set it in capitals.
    let text = page.script("return document.querySelector('consult-ready').childElementCount ? document.body.innerText : ''")?.to_string();
    assert!(text == "\"\"" || text.to_lowercase().contains(&FALLBACK.to_lowercase()), "{text}");
    let before = page.script("return [history.length, scrollY]")?;
    page.loader_button(0, OPEN)?;
    page.enter_tool(0)?;
    one_step(page)?;
    page.leave_tool()?;
    let covered = page.script(
        "const tool = document.querySelector('consult-ready'), h1 = document.querySelector('h1');
         const corners = [[2, 2], [innerWidth - 2, 2], [2, innerHeight - 2], [innerWidth - 2, innerHeight - 2]];
         h1.tabIndex = 0; h1.focus();
         const { width, height } = tool.shadowRoot.querySelector('dialog').getBoundingClientRect();
         return [corners.every(([x, y]) => document.elementFromPoint(x, y) === tool), document.activeElement === h1,
           width === document.documentElement.clientWidth && height === innerHeight]",
    )?;
    assert_eq!(covered, json!([true, false, true]), "covers the corners, lets the page behind be focused, is as large as the window");
    page.loader_button(0, CLOSE)?;
    let closed = |page: &Browser, how: &str| {
        page.wait_until(&format!("the page and its focus after {how}"), || {
            let focus = page.script("return document.activeElement.shadowRoot?.activeElement?.textContent ?? ''")?;
            Ok(focus == OPEN
                && page.script("return document.querySelector('consult-ready').shadowRoot.querySelector('dialog').open")? == json!(false))
        })
    };
    closed(page, "Close")?;
    // What was answered is there again, and Esc from within ends it too.
    page.loader_button(0, OPEN)?;
    page.enter_tool(0)?;
    page.wait_heading(EMERGENCY)?;
    page.button("Need help now?")?;
    page.wait_heading("Help, now")?;
    page.press(Key::Escape)?;
    page.wait_heading(EMERGENCY)?;
    page.press(Key::Escape)?;
    page.leave_tool()?;
    closed(page, "Esc")?;
    assert_eq!(page.script("return [history.length, scrollY]")?, before);
    Ok(())
}

fn files_asked_for(page: &Browser) -> usize {
    page.server_record().iter().chain(&page.host_record()).filter(|line| line.contains("consult-ready.html")).count()
}

fn works_on(host: &'static str) -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, host)?;
    works_in_the_page(&page)?;
    page.cdp("Emulation.setDeviceMetricsOverride", json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false }))?;
    let before = files_asked_for(&page);
    page.reload()?;
    page.wait_until("the loader", || {
        page.script("return !!document.querySelector('consult-ready')?.shadowRoot?.querySelector('a')").map(|v| v == json!(true))
    })?;
    assert_eq!(files_asked_for(&page), before, "{host}: the file was fetched before it was opened");
    works_over_the_page(&page)?;
    assert_eq!(files_asked_for(&page), before + 1, "{host}");
    Ok(())
}

#[test]
fn works_on_four_of_them_in_firefox() -> Result<()> {
    smoke(Engine::Firefox)
}

#[test]
fn works_on_four_of_them_in_webkit() -> Result<()> {
    smoke(Engine::WebKit)
}

fn smoke(engine: Engine) -> Result<()> {
    for host in ["all-unset", "strict-csp", "patched"] {
        eprintln!("on {host}");
        works_in_the_page(&Browser::hosted(engine, host)?)?;
    }
    eprintln!("on transforms");
    works_over_the_page(&Browser::setup(engine, Form::Hosted).host("transforms").size(560, 900).open()?)
}

/// A help line's page opens in a tab of its own, which learns neither where it was opened from nor who opened it.
#[test]
fn help_links_open_from_the_frame() -> Result<()> {
    for engine in Engine::ALL {
        let page = Browser::hosted(engine, "another-origin")?;
        let clinic = page.wait_on("reading the address", page.driver().current_url())?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        page.button("I need help now")?;
        page.wait_heading("Help, now")?;
        // No name resolves here, so the link leads to a page that is there, by the same way out.
        page.script(&format!(
            "const link = [...document.querySelectorAll('a')].find((a) => a.innerText === {}); if (!link.href.startsWith('https:')) throw link.href; link.href = {}",
            json!(LINE),
            json!(clinic.as_str())
        ))?;
        page.link(LINE)?;
        let windows = || page.wait_on("listing the tabs", page.driver().windows());
        page.wait_until("a second tab", || Ok(windows()?.len() == 2))?;
        assert_eq!(page.heading()?, "Help, now", "{engine:?}: the frame itself went away");
        page.leave_tool()?;
        let first = page.wait_on("asking for the tab", page.driver().window())?;
        let other = windows()?.into_iter().find(|window| *window != first).unwrap();
        page.wait_on("turning to the new tab", page.driver().switch_to_window(other))?;
        page.wait_until("the page in the new tab", || Ok(page.script("return document.readyState + document.title")? == json!("completeA clinic")))?;
        let told = page.script("return [opener, document.referrer, document.cookie, location.hash]")?;
        assert_eq!(told, json!([null, "", "", ""]), "{engine:?}: the new tab was told something");
    }
    Ok(())
}

/// No sandbox stands in the way of a call or a message: Chromium would say so, as it does of a frame that may do less.
#[test]
fn calls_and_messages_are_not_forbidden_in_the_frame() -> Result<()> {
    for kind in ["tel:", "sms:"] {
        // A page each: the browser's own question, which comes next, takes all clicks.
        let page = Browser::hosted(Engine::Chromium, "another-origin")?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        page.button("I need help now")?;
        page.wait_heading("Help, now")?;
        page.script(&format!("document.querySelector('dialog[open] a[href^=\"{kind}\"]').setAttribute('aria-label', '{kind}')"))?;
        page.link(kind)?;
        page.leave_tool()?;
        page.script(
            "const less = document.createElement('iframe'); less.sandbox = 'allow-scripts';
             less.srcdoc = '<a href=\"tel:1\">less</a><script>onload = () => document.querySelector(\"a\").click()</' + 'script>';
             document.body.append(less)",
        )?;
        let forbidden = std::cell::Cell::new(0);
        page.wait_until("the word about the frame that may do less", || {
            let lines = page.console()?;
            forbidden.set(forbidden.get() + lines.iter().filter(|line| line.contains("blocked by sandbox")).count());
            Ok(forbidden.get() > 0)
        })?;
        assert_eq!(forbidden.get(), 1, "{kind} is forbidden in the tool's frame");
    }
    Ok(())
}

/// Each tag keeps its own file, height and clinic, and what is answered in one tool stays there.
#[test]
fn two_versions_on_a_page_do_not_meet() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("two-versions").size(1280, 1600).open()?;
    for (tool, clinic) in [(0, "The First Clinic"), (1, "The Second Clinic")] {
        page.enter_tool(tool)?;
        page.wait_heading(START)?;
        page.wait_text(clinic)?;
        page.leave_tool()?;
    }
    let frames = page.script(
        "return [...document.querySelectorAll('consult-ready')].map((tool) => tool.shadowRoot.querySelector('iframe')).map((f) => [new URL(f.src).pathname, f.offsetHeight])",
    )?;
    assert_eq!(frames, json!([["/v1/consult-ready.html", 500], ["/v2/consult-ready.html", 600]]));
    page.enter_tool(0)?;
    one_step(&page)?;
    page.leave_tool()?;
    page.enter_tool(1)?;
    assert_eq!(page.heading()?, START);
    assert!(!page.text()?.contains("Go on where I stopped"));
    Ok(())
}

/// Without scripts, loader, file or the header that the page demands, what the clinic wrote is what one sees.
#[test]
fn what_the_clinic_wrote_stays_when_the_tool_can_not_come() -> Result<()> {
    for host in ["file-gone", "loader-gone", "embedder-policy-unmet"] {
        let page = Browser::hosted(Engine::Chromium, host)?;
        if host != "loader-gone" {
            // The frame's load is over, and it had nothing to say.
            page.wait_until("the frame", || {
                let asked = page.server_record().iter().any(|line| line.contains("consult-ready.html"));
                Ok(asked && page.script("return !!document.querySelector('consult-ready').shadowRoot.querySelector('iframe')")? == json!(true))
            })?;
            page.script_async("requestAnimationFrame(() => setTimeout(arguments[0], 100))")?;
        }
        let seen = page.script("return document.body.innerText")?.to_string();
        assert!(seen.contains(FALLBACK), "{host}: {seen}");
        let frame = page.script(
            "const f = document.querySelector('consult-ready').shadowRoot?.querySelector('iframe'); return f && getComputedStyle(f).visibility",
        )?;
        assert!(frame.is_null() || frame == "hidden", "{host}: an empty frame is shown");
    }
    let page = Browser::hosted(Engine::Chromium, "scripts-off")?;
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }))?;
    page.cdp("Page.reload", json!({}))?;
    page.wait_until("the page without scripts", || {
        let names: String = page.ax_tree()?.iter().map(|node| node.name.clone()).collect();
        Ok(names.contains(FALLBACK) && !names.contains(OPEN))
    })
}

/// A tool that can't start says so; then the clinic's words come back.
#[test]
fn a_tool_that_fails_gives_way() -> Result<()> {
    let (before, wasm) = {
        let html = built();
        let start = html.find("id=\"wasm\"").unwrap();
        let at = start + html.get(start..).unwrap().find('>').unwrap() + 1;
        (html.get(..at).unwrap().to_owned(), html.get(at..).unwrap().to_owned())
    };
    let broken = Variant::of(&format!("{before}broken{wasm}"));
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("watched").file(broken.file()).open()?;
    page.wait_until("the word", || Ok(page.script("return log")?.to_string().contains(r#"["event","failed"]"#)))?;
    assert!(page.script("return document.body.innerText")?.to_string().contains(FALLBACK));
    // Without words of the clinic's, the form to print in the frame is better than nothing.
    page.script("const tool = document.querySelector('consult-ready'), bare = tool.cloneNode(); tool.replaceWith(bare)")?;
    page.enter_tool(0)?;
    page.wait_text("988")
}

#[test]
fn nothing_is_fetched_before_it_is_near() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "far-below")?;
    page.wait_until("the loader", || page.script("return !!document.querySelector('consult-ready')?.shadowRoot").map(|v| v == json!(true)))?;
    page.script_async("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")?;
    assert_eq!(files_asked_for(&page), 0);
    page.script("scrollTo(0, 3000)")?;
    page.wait_until("the file", || Ok(files_asked_for(&page) == 1))?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    page.leave_tool()?;
    assert_eq!(page.script("return scrollY")?, json!(3000), "the page jumped");
    Ok(())
}

#[test]
fn a_link_fetches_nothing_and_opens_the_file_in_a_tab() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "link")?;
    page.loader_button(0, OPEN)?;
    page.wait_until("a tab with the file", || Ok(page.other_tabs()?.iter().any(|tab| tab.ends_with("/consult-ready.html"))))?;
    assert_eq!(page.script("return document.querySelector('consult-ready').shadowRoot.querySelector('iframe')")?, Value::Null);
    assert!(page.script("return document.body.innerText")?.to_string().contains(FALLBACK));
    Ok(())
}

/// A removed tool is gone with its answers; a moved one starts clean, but for moveBefore, which keeps it.
#[test]
fn removing_forgets_and_moving_starts_clean() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "another-origin")?;
    page.enter_tool(0)?;
    one_step(&page)?;
    page.leave_tool()?;
    page.script("document.body.moveBefore(document.querySelector('consult-ready'), document.querySelector('h1'))")?;
    page.enter_tool(0)?;
    assert_eq!(page.heading()?, EMERGENCY, "moveBefore keeps the tool");
    page.leave_tool()?;
    page.script("document.body.append(document.querySelector('consult-ready'))")?;
    page.enter_tool(0)?;
    begin(&page)?;
    assert!(!page.is_chosen("25 to 44")?, "an answer outlived the move");
    page.leave_tool()?;
    let gone = page.script("window.tool = document.querySelector('consult-ready'); window.frame = tool.shadowRoot.querySelector('iframe'); tool.remove(); return [tool.shadowRoot.childElementCount, frame.contentWindow]")?;
    assert_eq!(gone, json!([0, null]));
    page.script("document.body.prepend(tool)")?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    assert!(!page.text()?.contains("Go on where I stopped"));
    Ok(())
}

/// A name that is no setting is worth a warning; what pages put on everything is not. No name of ours is left in the page.
#[test]
fn an_unknown_attribute_is_warned_of_once_and_nothing_is_left_behind() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "another-origin")?;
    page.wait_until("the loader", || page.script("return !!document.querySelector('consult-ready')?.shadowRoot").map(|v| v == json!(true)))?;
    page.console()?;
    page.script(
        "const tool = document.createElement('consult-ready');
         for (const name of ['clinik', 'clinic', 'class', 'id', 'data-wp', 'aria-label', 'src', 'style']) tool.setAttribute(name, name === 'src' ? 'javascript:alert(1)' : '');
         document.body.append(tool);
         const good = tool.cloneNode(); good.setAttribute('src', 'x.html'); good.setAttribute('mode', 'link'); document.body.append(good)",
    )?;
    let lines = page.console()?;
    let about = |word: &str| lines.iter().filter(|line| line.contains(word)).count();
    assert_eq!([about("clinik"), about("set src"), lines.len()], [1, 1, 2], "{lines:#?}");
    let names = strings(&page.script("return Object.getOwnPropertyNames(window)")?);
    let ours: Vec<&String> = names.iter().filter(|name| name.to_lowercase().contains("consult")).collect();
    assert!(names.len() > 100 && ours.is_empty(), "{ours:?}");
    Ok(())
}

/// Each attribute is a property of the element too, also one that a script set before the loader was there.
#[test]
fn settings_are_properties_as_well() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "loader-gone")?;
    page.script(
        "window.tool = document.querySelector('consult-ready');
         Object.assign(tool, { clinic: 'The Early Clinic', afterHours: '+1 555 010 0155', region: 'gb' });
         for (const tag of document.querySelectorAll('script')) tag.remove();
         const tag = document.createElement('script'); tag.src = '/consult-ready.js'; tool.after(tag)",
    )?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    page.wait_text("The Early Clinic")?;
    page.button("I need help now")?;
    for there in ["+1 555 010 0155", "In danger now, call 999"] {
        page.wait_text(there)?;
    }
    page.leave_tool()?;
    let mirrored = page.script(
        "const before = [tool.getAttribute('after-hours'), tool.afterHours, tool.phone, tool.logo, Object.keys(tool).length];
         tool.afterHours = null; tool.height = 500; tool.clinik = 'x';
         return [...before, tool.hasAttribute('after-hours'), tool.getAttribute('height'), tool.hasAttribute('clinik')]",
    )?;
    assert_eq!(mirrored, json!(["+1 555 010 0155", "+1 555 010 0155", "+1 555 010 0177", "", 0, false, "500", false]));
    // As a framework makes it: properties first, then into the page.
    page.script(
        "const made = document.createElement('consult-ready');
         Object.assign(made, { src: tool.src, clinic: 'The Made Clinic', phone: '+1 555 010 0111', height: 480, heading: 3 });
         tool.replaceWith(made)",
    )?;
    page.enter_tool(0)?;
    page.wait_text("The Made Clinic")?;
    assert_eq!(page.script("return document.querySelector('#app main .title').ariaLevel")?, json!("3"), "the heading's rank");
    page.leave_tool()?;
    assert_eq!(page.script("return document.querySelector('consult-ready').offsetHeight")?, json!(480));
    Ok(())
}

/// Five thousand bytes at most, as a server that compresses sends it; and read as it is.
#[test]
fn the_loader_is_small_and_asks_for_nothing_else() {
    let loader = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/consult-ready.js")).unwrap();
    for word in ["fetch(", "XMLHttpRequest", "sendBeacon", "localStorage", "document.cookie", "innerHTML", "import(", "eval("] {
        assert!(!loader.contains(word), "the loader says {word}");
    }
    let mut child =
        std::process::Command::new("gzip").arg("-9c").stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), loader.as_bytes()).unwrap();
    let packed = child.wait_with_output().unwrap().stdout.len();
    assert!(packed <= 5000, "{packed} bytes");
}
