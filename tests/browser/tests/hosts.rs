//! The loader on clinics' pages that hurt, each a folder of `hosts/`. What stands ignored runs in
//! `cargo xtask test --all`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{AGE, EMERGENCY, START, Say, Variant, begin, built, finish_now, strings, walk_to};
use consult_ready_browser::{Browser, Engine, Form, Key, Paper, Result, pdf_pages, pdf_text};
use serde_json::{Value, json};

/// The loader's own words.
const OPEN: &str = "Get ready for your first talk with the clinic";
const CLOSE: &str = "Close";
const FALLBACK: &str = "Call us: +1 555 010 0177. In a crisis, call 988.";
/// Makes random messages.
const MESSAGES: &str = include_str!("../hosts/messages.js");
/// A link in the help panel.
const LINE: &str = "Open 988 Suicide and Crisis Lifeline";
const CLINIC: &str = "The Hosted Clinic";

/// Pages on which the tool simply has to work, in the page and over it: a test each. Those of the
/// second list take a quarter of a minute each and run in `test --all`; the first has one of each
/// kind: another origin, a policy, other scripts.
macro_rules! hosts {
    ($($name:ident: $host:literal,)* ; $($long:ident: $far:literal,)*) => {
        $(#[test] fn $name() -> Result<()> { works_on($host) })*
        $(#[test] #[ignore = "long: one more of the hosts that the quick part has one of each kind of"] fn $long() -> Result<()> { works_on($far) })*
    };
}

hosts! {
    works_beside_its_file_by_a_script_alone: "plain",
    works_from_another_origin: "another-origin",
    works_under_the_documented_policy: "strict-csp",
    works_where_prototypes_are_patched_and_frozen: "patched",
    works_by_a_tag_manager_twice: "tag-manager",
    ;
    works_where_all_is_unset: "all-unset",
    works_where_a_rem_is_ten_pixels: "small-root-font",
    works_in_an_app_shell: "app-shell",
    works_in_transforms: "transforms",
    works_from_right_to_left: "right-to-left",
    works_under_an_embedder_policy: "embedder-policy",
    works_under_trusted_types: "trusted-types",
    works_when_scripts_are_delayed: "delayed-scripts",
    works_in_a_paragraph: "in-paragraph",
    works_where_the_tag_was_moved_into_the_head: "tag-moved",
    works_where_a_script_draws_the_element_later: "element-later",
    works_under_all_strict_policies_at_once: "strict-policies",
    works_under_a_credentialless_policy: "credentialless",
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
    let name = page.script("return document.querySelector('#app .mark').innerText")?;
    assert_eq!(name, json!(CLINIC), "the page's settings did not arrive:\n{}", page.text()?);
    assert_eq!(page.script(ALONE)?, json!(["null", "SecurityError", "SecurityError"]), "the frame has an origin");
    page.leave_tool()?;
    let before = page.script(OUTSIDE)?;
    assert_eq!([&before[5], &before[6]], [&json!(1), &json!(720)], "one tool of one height: {before}");
    page.enter_tool(0)?;
    one_step(page)?;
    page.leave_tool()?;
    assert_eq!(page.script(OUTSIDE)?, before, "the page can see a step");
    assert!(
        !page.script("return document.body.innerText")?.to_string().contains(FALLBACK),
        "the fallback is still shown"
    );
    Ok(())
}

/// Over the whole of a small screen, and back.
fn works_over_the_page(page: &Browser) -> Result<()> {
    // A script alone has brought no fallback; a page may set it in capitals.
    let text = page
        .script("return document.querySelector('consult-ready').childElementCount ? document.body.innerText : ''")?
        .to_string();
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
    assert_eq!(
        covered,
        json!([true, false, true]),
        "covers the corners, lets the page behind be focused, is as large as the window"
    );
    page.loader_button(0, CLOSE)?;
    let closed = |page: &Browser, how: &str| {
        page.wait_until(&format!("the page and its focus after {how}"), || {
            let focus = page.script("return document.activeElement.shadowRoot?.activeElement?.textContent ?? ''")?;
            Ok(focus == OPEN
                && page
                    .script("return document.querySelector('consult-ready').shadowRoot.querySelector('dialog').open")?
                    == json!(false))
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
    page.cdp(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": false }),
    )?;
    let before = files_asked_for(&page);
    page.reload()?;
    page.wait_until("the loader", || {
        page.script("return !!document.querySelector('consult-ready')?.shadowRoot?.querySelector('a')")
            .map(|v| v == json!(true))
    })?;
    assert_eq!(files_asked_for(&page), before, "{host}: the file was fetched before it was opened");
    works_over_the_page(&page)?;
    assert_eq!(files_asked_for(&page), before + 1, "{host}");
    Ok(())
}

#[test]
#[ignore = "long: four pages in another engine"]
fn works_on_four_of_them_in_firefox() -> Result<()> {
    smoke(Engine::Firefox)
}

#[test]
#[ignore = "long: four pages in another engine"]
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

/// A help line's page opens in a tab of its own, which learns neither where it was opened from nor
/// who opened it.
#[test]
#[ignore = "long: three engines"]
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
        page.wait_until("the page in the new tab", || {
            Ok(page.script("return document.readyState + document.title")? == json!("completeA clinic"))
        })?;
        let told = page.script("return [opener, document.referrer, document.cookie, location.hash]")?;
        assert_eq!(told, json!([null, "", "", ""]), "{engine:?}: the new tab was told something");
    }
    Ok(())
}

/// No sandbox stands in the way of a call or a message: Chromium would say so, as it does of a
/// frame that may do less.
#[test]
fn calls_and_messages_are_not_forbidden_in_the_frame() -> Result<()> {
    for kind in ["tel:", "sms:"] {
        // A page each: the browser's own question, which comes next, takes all clicks.
        let page = Browser::hosted(Engine::Chromium, "another-origin")?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        page.button("I need help now")?;
        page.wait_heading("Help, now")?;
        page.script(&format!(
            "document.querySelector('dialog[open] a[href^=\"{kind}\"]').setAttribute('aria-label', '{kind}')"
        ))?;
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

/// Without scripts, loader, file or the header that the page demands, what the clinic wrote is what
/// one sees.
#[test]
fn what_the_clinic_wrote_stays_when_the_tool_can_not_come() -> Result<()> {
    for host in ["file-gone", "loader-gone", "embedder-policy-unmet"] {
        let page = Browser::hosted(Engine::Chromium, host)?;
        if host != "loader-gone" {
            // The frame's load is over, and it had nothing to say.
            page.wait_until("the frame", || {
                let asked = page.server_record().iter().any(|line| line.contains("consult-ready.html"));
                Ok(asked
                    && page.script(
                        "return !!document.querySelector('consult-ready').shadowRoot.querySelector('iframe')",
                    )? == json!(true))
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
    page.script(
        "const tool = document.querySelector('consult-ready'), bare = tool.cloneNode(); tool.replaceWith(bare)",
    )?;
    page.enter_tool(0)?;
    page.wait_text("988")
}

#[test]
fn nothing_is_fetched_before_it_is_near() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "far-below")?;
    page.wait_until("the loader", || {
        page.script("return !!document.querySelector('consult-ready')?.shadowRoot").map(|v| v == json!(true))
    })?;
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
    page.wait_until("a tab with the file", || {
        Ok(page.other_tabs()?.iter().any(|tab| tab.ends_with("/consult-ready.html")))
    })?;
    assert_eq!(
        page.script("return document.querySelector('consult-ready').shadowRoot.querySelector('iframe')")?,
        Value::Null
    );
    assert!(page.script("return document.body.innerText")?.to_string().contains(FALLBACK));
    Ok(())
}

/// A removed tool is gone with its answers; a moved one starts clean, but for moveBefore, which
/// keeps it.
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

/// A name that is no setting is worth a warning; what pages put on everything is not. No name of
/// ours is left in the page.
#[test]
fn an_unknown_attribute_is_warned_of_once_and_nothing_is_left_behind() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "another-origin")?;
    page.wait_until("the loader", || {
        page.script("return !!document.querySelector('consult-ready')?.shadowRoot").map(|v| v == json!(true))
    })?;
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

/// Each attribute is a property of the element too, also one that a script set before the loader
/// was there.
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
    assert_eq!(
        page.script("return document.querySelector('#app main .title').ariaLevel")?,
        json!("3"),
        "the heading's rank"
    );
    page.leave_tool()?;
    assert_eq!(page.script("return document.querySelector('consult-ready').offsetHeight")?, json!(480));
    Ok(())
}

fn window_size(page: &Browser, width: u32, height: u32) -> Result<()> {
    page.cdp(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
    )
    .map(drop)
}

/// How the first tool is shown: in the page, over it, or as its card.
fn shown_as(page: &Browser) -> Result<String> {
    let state = page.script(
        "const root = document.querySelector('consult-ready')?.shadowRoot;
         if (!root) return 'nothing';
         const frame = root.querySelector('iframe'), card = root.querySelector('.card').getClientRects().length > 0;
         const visible = !!frame && getComputedStyle(frame).visibility === 'visible';
         if (card === visible) return `card ${card}, frame ${visible}`;
         return card ? 'card' : root.querySelector('dialog').matches(':modal') ? 'over' : 'in the page'",
    )?;
    Ok(state.as_str().unwrap_or_default().to_owned())
}

#[track_caller]
fn wait_shown_as(page: &Browser, how: &str) -> Result<()> {
    page.wait_until(&format!("the tool {how}"), || Ok(shown_as(page)? == how))
}

/// Case 08: a keyboard that resizes the window, or zoom, does not take away a tool that is in use.
#[test]
fn a_tool_in_use_is_never_hidden_by_a_smaller_window() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("another-origin").size(1024, 700).open()?;
    page.enter_tool(0)?;
    one_step(&page)?;
    page.leave_tool()?;
    window_size(&page, 1024, 400)?;
    // The page has been told, and has drawn itself anew.
    page.wait_until("the low window", || Ok(page.script("return innerHeight")? == json!(400)))?;
    page.script_async("requestAnimationFrame(() => setTimeout(arguments[0], 100))")?;
    assert_eq!(shown_as(&page)?, "in the page");
    assert!(!page.script("return document.body.innerText")?.to_string().contains(FALLBACK));
    window_size(&page, 500, 400)?;
    wait_shown_as(&page, "over")?;
    let focused = "return document.querySelector('consult-ready').shadowRoot.activeElement?.localName";
    assert_eq!(page.script(focused)?, json!("iframe"), "the focus left the frame");
    page.enter_tool(0)?;
    assert_eq!(page.heading()?, EMERGENCY);
    page.leave_tool()?;
    page.loader_button(0, CLOSE)?;
    wait_shown_as(&page, "card")?;
    window_size(&page, 1024, 700)?;
    wait_shown_as(&page, "in the page")?;
    page.enter_tool(0)?;
    page.wait_heading(EMERGENCY)?;
    // One that nobody has used is a card on a low window, where a frame that scrolls in a page that
    // scrolls is a trap.
    page.leave_tool()?;
    page.reload()?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    page.leave_tool()?;
    window_size(&page, 1024, 400)?;
    wait_shown_as(&page, "card")
}

/// Case 08 in a window of its own, as Firefox and WebKitGTK have it.
#[test]
#[ignore = "long: two more engines; Chromium has a test of its own"]
fn a_low_window_hides_no_tool_in_use_in_the_other_engines() -> Result<()> {
    for engine in [Engine::Firefox, Engine::WebKit] {
        let page = Browser::hosted(engine, "another-origin")?;
        page.enter_tool(0)?;
        one_step(&page)?;
        page.leave_tool()?;
        page.wait_on("making the window low", page.driver().set_window_rect(0, 0, 1100, 450))?;
        page.wait_until("the low window", || {
            Ok(page.script("return matchMedia('(max-height: 479px)').matches")? == json!(true))
        })?;
        page.script_async("requestAnimationFrame(() => setTimeout(arguments[0], 100))")?;
        assert_eq!(shown_as(&page)?, "in the page", "{engine:?}");
    }
    Ok(())
}

/// Case 18: the tool takes the width that there is, also where the page asks for content's own.
#[test]
#[ignore = "long: four places in three engines"]
fn the_tool_is_as_wide_as_its_place() -> Result<()> {
    for engine in Engine::ALL {
        for (host, least) in
            [("in-flex-row", 1.0), ("in-flex-column", 1.0), ("in-dialog", 0.7), ("another-origin", 1.0)]
        {
            let page = Browser::hosted(engine, host)?;
            page.enter_tool(0)?;
            page.leave_tool()?;
            let share = page.script(
                "const around = document.querySelector('#around'), room = around && around.localName !== 'dialog' ? around : document.body;
                 return document.querySelector('consult-ready').shadowRoot.querySelector('iframe').offsetWidth / room.clientWidth",
            )?;
            assert!(share.as_f64().unwrap() >= least, "{engine:?}: {share} of the width in {host}");
            assert_eq!(
                page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")?,
                json!(0),
                "{host}"
            );
        }
    }
    Ok(())
}

/// What a page says about the element's own box holds: margins and padding do not push it out of
/// the page.
#[test]
fn margins_of_the_page_do_not_make_the_tool_too_wide() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "another-origin")?;
    page.enter_tool(0)?;
    page.leave_tool()?;
    let widths = page.script(
        "const tool = document.querySelector('consult-ready'), room = document.body.clientWidth;
         tool.style.margin = '0 40px'; tool.style.padding = '0 10px';
         return [room - tool.offsetWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]",
    )?;
    assert_eq!(widths, json!([80, 0]));
    Ok(())
}

/// In a column of 190 px the tool is a card, whatever the window; in a wider place it comes by
/// itself.
#[test]
fn a_narrow_place_shows_the_card() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "in-columns")?;
    page.wait_until("the loader", || {
        page.script("return !!document.querySelector('consult-ready')?.shadowRoot").map(|v| v == json!(true))
    })?;
    page.script_async("requestAnimationFrame(() => setTimeout(arguments[0], 200))")?;
    assert_eq!(shown_as(&page)?, "card");
    let width = page.script("return document.querySelector('consult-ready').offsetWidth")?.as_f64().unwrap();
    assert!(width < 220.0, "the column is {width} wide");
    assert_eq!(files_asked_for(&page), 0, "a card fetches nothing");
    let inside = page.script(
        "const root = document.querySelector('consult-ready').shadowRoot, card = root.querySelector('.card');
         return [card.scrollWidth <= card.clientWidth, card.offsetWidth <= root.host.offsetWidth]",
    )?;
    assert_eq!(inside, json!([true, true]), "the card fits into the column");
    page.script("document.querySelector('#columns').style.display = 'block'")?;
    page.enter_tool(0)?;
    one_step(&page)?;
    page.leave_tool()?;
    // Back in its column while it is in use, it is laid over the page.
    page.script("document.querySelector('#columns').style.display = ''")?;
    wait_shown_as(&page, "over")?;
    page.enter_tool(0)?;
    assert_eq!(page.heading()?, EMERGENCY);
    // Where the page hides the part that it stands in, nothing happens.
    page.leave_tool()?;
    page.loader_button(0, CLOSE)?;
    page.script("document.querySelector('#columns').style.display = 'none'")?;
    page.script_async("requestAnimationFrame(() => setTimeout(arguments[0], 200))")?;
    assert_eq!(
        page.script("return document.querySelector('consult-ready').shadowRoot.querySelector('dialog').open")?,
        json!(false)
    );
    Ok(())
}

const COUNT: &str = "return document.querySelectorAll('consult-ready').length";

/// Cases 10 and 20: one tool, where the page has its element, whatever order scripts run in; none
/// where there is none.
#[test]
#[ignore = "long: seven pages"]
fn there_is_one_tool_or_none() -> Result<()> {
    for (host, tools) in [
        ("element-later", 1),
        ("element-later-by-data", 1),
        ("restored", 1),
        ("tag-moved", 1),
        ("footer-only", 0),
        ("head-alone", 0),
    ] {
        let page = Browser::hosted(Engine::Chromium, host)?;
        page.script_async("setTimeout(arguments[0], 1000)")?;
        assert_eq!(page.script(COUNT)?, json!(tools), "{host}");
        if tools == 1 {
            page.enter_tool(0)?;
            page.wait_text(CLINIC)?;
        }
    }
    let page = Browser::hosted(Engine::Chromium, "element-in-template")?;
    page.wait_until("the tool in the component", || {
        page.script("return !!document.querySelector('clinic-part').shadowRoot?.querySelector('consult-ready').shadowRoot.querySelector('iframe')")
            .map(|v| v == json!(true))
    })?;
    assert_eq!(page.script(COUNT)?, json!(0), "a second tool outside the component");
    Ok(())
}

/// A page on which nothing can come says so once, with what to do.
#[test]
#[ignore = "long: waits until a warning would have come"]
fn a_script_that_can_show_nothing_warns_once() -> Result<()> {
    for (host, said) in [
        ("head-alone", "where nothing can be shown"),
        ("footer-only", "the script asks for none"),
        ("element-later", ""),
    ] {
        let page = Browser::hosted(Engine::Chromium, host)?;
        page.script_async("setTimeout(arguments[0], 4000)")?;
        let warned: Vec<String> = page.console()?.into_iter().filter(|line| line.contains("consult-ready:")).collect();
        assert_eq!(warned.len(), usize::from(!said.is_empty()), "{host}: {warned:#?}");
        assert!(warned.iter().all(|line| line.contains(said)), "{host}: {warned:#?}");
    }
    Ok(())
}

/// The words in the documented snippet may stand in a paragraph, also where scripts are off.
#[test]
fn the_fallback_stays_inside_its_paragraph() -> Result<()> {
    let snippet =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/embedding.md"))
            .unwrap();
    let (_, rest) = snippet.split_once("```html\n").unwrap();
    let (snippet, _) = rest.split_once("```").unwrap();
    for block in ["<p", "<div", "<ul", "<h"] {
        assert!(!snippet.contains(block), "the documented snippet has {block}>, which ends a paragraph around it");
    }
    let page = Browser::hosted(Engine::Chromium, "in-paragraph")?;
    let inside = "const tool = document.querySelector('consult-ready');
        return [tool.parentElement.localName, tool.parentElement.nextElementSibling.innerText.trim(), tool.querySelector('span, a')?.closest('consult-ready') === tool]";
    let expected = json!(["p", "The clinic's own footer", true]);
    assert_eq!(page.script(inside)?, expected);
    // The same text as a browser without scripts parses it.
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }))?;
    page.cdp("Page.reload", json!({}))?;
    page.wait_until("the page without scripts", || {
        Ok(page.ax_tree()?.iter().any(|node| node.role == "link" && node.name == OPEN))
    })
}

/// Case 17: who prints the clinic's page gets no piece of a sheet, but a line that says where the
/// pages are printed.
#[test]
#[ignore = "long: two engines, two sizes of paper"]
fn the_page_printed_from_outside_holds_no_piece_of_a_sheet() -> Result<()> {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let page = Browser::hosted(engine, "another-origin")?;
        page.enter_tool(0)?;
        one_step(&page)?;
        finish_now(&page)?;
        page.wait_heading(common::CHECK)?;
        page.script("scrollTo(0, 100)")?;
        let before = page.script("return [scrollY, innerHeight]")?;
        page.leave_tool()?;
        for paper in Paper::ALL {
            let pdf = page.print_pdf(paper)?;
            let printed = common::tidy(&pdf_text(&pdf)?);
            for said in
                ["A clinic's own page", FALLBACK, "use the Print button inside the tool", "The clinic's own footer"]
            {
                assert!(printed.contains(said), "{engine:?} on {paper:?}: “{said}” is missing in {printed}");
            }
            for inside in [common::CHECK, "25 to 44", CLOSE] {
                assert!(!printed.contains(inside), "{engine:?} on {paper:?}: “{inside}” is printed: {printed}");
            }
            assert_eq!(pdf_pages(&pdf)?.len(), 1, "{engine:?} on {paper:?}");
        }
        page.enter_tool(0)?;
        assert_eq!(
            page.script("return [scrollY, innerHeight]")?,
            before,
            "{engine:?}: printing moved what stands in the frame"
        );
    }
    Ok(())
}

/// Dark words on a dark ground, or light ones on a light ground, are what comes of a frame that
/// lets the page shine through.
#[test]
#[ignore = "long: twelve pages in two engines"]
fn the_tool_can_be_read_on_dark_and_light_pages() -> Result<()> {
    const CONTRAST: &str = "const part = (c) => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
        const light = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(part); return .2126 * r + .7152 * g + .0722 * b; };
        const solid = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/^rgba\\(.*, 0\\)$/.test(c)) return c; } };
        const of = (e) => { const ground = solid(e); if (!ground) return 0; const [a, b] = [light(getComputedStyle(e).color), light(ground)].sort((x, y) => y - x); return (a + .05) / (b + .05); };";
    for engine in [Engine::Chromium, Engine::Firefox] {
        for host in ["dark-page", "light-page", "another-origin"] {
            for dark in [false, true] {
                let setup = Browser::setup(engine, Form::Hosted).host(host);
                let page = if dark { setup.dark() } else { setup }.open()?;
                page.enter_tool(0)?;
                page.wait_heading(START)?;
                let seen = page.script(&format!(
                    "{CONTRAST} return of([...document.querySelectorAll('h1')].find((h) => h.checkVisibility()))"
                ))?;
                assert!(seen.as_f64().unwrap() >= 7.0, "{engine:?}, {host}, dark {dark}: {seen} to 1");
                page.leave_tool()?;
                page.script("document.querySelector('consult-ready').setAttribute('mode', 'link'); const t = document.querySelector('consult-ready'); t.replaceWith(t.cloneNode(true))")?;
                wait_shown_as(&page, "card")?;
                let card = page.script(&format!(
                    "{CONTRAST} const root = document.querySelector('consult-ready').shadowRoot; return Math.min(of(root.querySelector('.card a')), of(root.querySelector('.card p')))"
                ))?;
                assert!(card.as_f64().unwrap() >= 7.0, "{engine:?}, {host}, dark {dark}: the card has {card} to 1");
            }
        }
    }
    Ok(())
}

/// Headers that a server sends with everything reach the file too: then the clinic's own words
/// stay, and no empty frame.
#[test]
#[ignore = "long: four servers"]
fn headers_that_keep_the_file_out_leave_the_clinics_words() -> Result<()> {
    for headers in [
        "X-Frame-Options: DENY",
        "Content-Security-Policy: frame-ancestors 'none'",
        "Content-Security-Policy: script-src 'self' 'unsafe-inline'",
    ] {
        let page = Browser::setup(Engine::Chromium, Form::Hosted).host("another-origin").served_with(headers).open()?;
        page.wait_until("the file", || Ok(files_asked_for(&page) == 1))?;
        page.script_async("setTimeout(arguments[0], 500)")?;
        let seen = page.script("return document.body.innerText")?.to_string();
        assert!(seen.contains(FALLBACK), "{headers}: {seen}");
        assert_eq!(shown_as(&page)?, "card", "{headers}");
    }
    // These are sent by many servers, and do no harm.
    let harmless = "X-Frame-Options: SAMEORIGIN\nContent-Security-Policy: frame-ancestors 'self'\nX-Content-Type-Options: nosniff\nCross-Origin-Opener-Policy: same-origin\nReferrer-Policy: no-referrer";
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("plain").served_with(harmless).open()?;
    works_in_the_page(&page)
}

/// Values of every kind that one window can send another, in place of the settings and behind them,
/// from a page that is not ours: the tool starts with what it can use of them or says that it
/// failed, and is not moved afterwards. `FUZZ_SEEDS` names how many settings are tried.
#[test]
fn fuzz_messages_from_the_page() -> Result<()> {
    let seeds = std::env::var("FUZZ_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(6);
    let page = Browser::hosted(Engine::Chromium, "another-origin")?;
    page.script(&format!(
        "{MESSAGES}
         window.oneTool = (seed, done) => {{
           const random = randomFrom(seed), frame = document.createElement('iframe'), {{ port1, port2 }} = new MessageChannel();
           frame.sandbox = 'allow-scripts allow-forms';
           frame.src = document.querySelector('script[src$=\"consult-ready.js\"]').src.replace('.js', '.html') + '#embed';
           const said = [];
           port1.onmessage = ({{ data }}) => {{
             said.push(data);
             for (let i = 0; i < 100; i++) frame.contentWindow.postMessage(value(random), '*', i % 2 ? [] : [new MessageChannel().port1]);
             frame.contentWindow.postMessage({{ consultReady: {{ clinic: 'Another Clinic' }} }}, '*', [new MessageChannel().port1]);
             setTimeout(() => done(said), 100);
           }};
           frame.onload = () => {{
             for (let i = 0; i < 20; i++) frame.contentWindow.postMessage(value(random), '*');
             const settings = value(random) || true;
             frame.contentWindow.postMessage({{ consultReady: settings }}, '*', [port2]);
           }};
           document.querySelector('consult-ready').shadowRoot.replaceChildren(frame);
         }}"
    ))?;
    for seed in 0..seeds {
        let said = page.script_async(&format!("oneTool({seed}, arguments[0])"))?;
        assert!([json!(["ready"]), json!(["failed"])].contains(&said), "seed {seed}: {said}");
        page.enter_tool(0)?;
        let shown = page.script("return document.body.innerText")?.to_string();
        page.leave_tool()?;
        assert!(!shown.contains("Another Clinic"), "seed {seed}: settings were taken twice");
        let help = [common::pack().words.help_now(), common::spanish().words.help_now(), "988"];
        assert!(help.iter().any(|way| shown.contains(way)), "seed {seed}: no way to help in {shown}");
    }
    Ok(())
}

/// What a file that is not ours says to the loader: nothing but its three words does anything, and
/// each event comes once.
#[test]
fn fuzz_messages_to_the_loader() -> Result<()> {
    let page = Browser::hosted(Engine::Chromium, "another-origin")?;
    page.enter_tool(0)?;
    page.leave_tool()?;
    let talker = format!(
        "<script>{MESSAGES} const random = randomFrom(7);
         onmessage = ({{ ports: [port] }}) => {{
           for (let i = 0; i < 500; i++) port.postMessage(value(random));
           port.postMessage('end');
         }}</script>"
    );
    let seen = page.script_async(&format!(
        "const done = arguments[0], tool = document.querySelector('consult-ready'), frame = tool.shadowRoot.querySelector('iframe');
         const events = [], look = () => [tool.offsetHeight, location.href, document.body.innerText, scrollY];
         for (const kind of ['ready', 'failed', 'close', 'message']) tool.addEventListener(kind, () => events.push(kind));
         const errors = []; window.addEventListener('error', (e) => errors.push(e.message));
         const before = look();
         frame.addEventListener('load', () => setTimeout(() => done([events, errors, before, look()]), 1000));
         frame.srcdoc = {}",
        json!(talker)
    ))?;
    assert_eq!(seen[0], json!([]), "it was ready before");
    assert_eq!(seen[1], json!([]), "errors in the page");
    assert_eq!(seen[2], seen[3], "the page was changed");
    Ok(())
}

/// Eight thousand bytes at most, as a server that compresses sends it; and read as it is.
#[test]
fn the_loader_is_small_and_asks_for_nothing_else() {
    let loader =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/consult-ready.js"))
            .unwrap();
    for word in
        ["fetch(", "XMLHttpRequest", "sendBeacon", "localStorage", "document.cookie", "innerHTML", "import(", "eval("]
    {
        assert!(!loader.contains(word), "the loader says {word}");
    }
    let mut child = std::process::Command::new("gzip")
        .arg("-9c")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), loader.as_bytes()).unwrap();
    let packed = child.wait_with_output().unwrap().stdout.len();
    assert!(packed <= 8000, "{packed} bytes");
}
