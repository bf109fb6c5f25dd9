//! The static site around the product, as `cargo xtask site` made it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{START, Variant, begin, built};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn site() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/site");
    folder.canonicalize().unwrap_or_else(|e| panic!("{}: {e}; make it with `cargo xtask site`", folder.display()))
}

/// Every page of the site's own. The tool and the set-up page have tests of their own.
fn pages() -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![site()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|e| panic!("{}: {e}; make it with `cargo xtask site`", folder.display()));
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "html") {
                found.push(path.strip_prefix(site()).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.retain(|page| page != "consult-ready.html" && page != "setup.html");
    found.sort();
    found
}

fn open(width: u32, height: u32) -> Result<Browser> {
    Browser::setup(Engine::Chromium, Form::Http).file(site().join("index.html")).size(width, height).open()
}

fn go(page: &Browser, base: &str, path: &str) -> Result<()> {
    page.wait_on("opening a page of the site", page.driver().goto(format!("{base}{path}")))
}

fn base(page: &Browser) -> Result<String> {
    let address = page.wait_on("reading the address", page.driver().current_url())?;
    Ok(address.as_str().trim_end_matches("index.html").to_owned())
}

#[test]
fn every_page_is_without_faults_of_access_and_fits_a_narrow_phone() -> Result<()> {
    let all = pages();
    assert!(all.len() > 15, "{all:?}");
    for (width, height) in [(320, 640), (1280, 900)] {
        let page = open(width, height)?;
        let base = base(&page)?;
        for path in &all {
            go(&page, &base, path)?;
            let wide =
                page.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")?;
            assert_eq!(wide, json!(0), "{path} scrolls sideways at {width} px");
            let mut faults = page.axe()?;
            // The loader's own parts in the demo: tests/hosts.rs looks at them.
            faults.retain(|fault| !fault.contains(" consult-ready,"));
            assert!(faults.is_empty(), "{path} at {width} px: {faults:#?}");
        }
    }
    Ok(())
}

#[test]
fn every_link_leads_somewhere_and_nothing_comes_from_elsewhere() -> Result<()> {
    let page = open(1280, 900)?;
    let base = base(&page)?;
    let mut targets = BTreeSet::new();
    for path in pages() {
        go(&page, &base, &path)?;
        let found = page.script(
            "return [...document.querySelectorAll('a[href], img[src], link[href], script[src], iframe[src]')]
               .map((e) => [e.localName, e.href || e.src]).filter(([, to]) => to.startsWith('http'))",
        )?;
        for pair in found.as_array().into_iter().flatten() {
            let (kind, to) = (pair[0].as_str().unwrap(), pair[1].as_str().unwrap());
            match to.strip_prefix(&base) {
                Some(inside) => drop(targets.insert(inside.split(['#', '?']).next().unwrap().to_owned())),
                None => assert_eq!(kind, "a", "{path} loads {to}"),
            }
        }
    }
    let missing: Vec<&String> =
        targets.iter().filter(|target| !target.is_empty() && !site().join(target).is_file()).collect();
    assert!(missing.is_empty(), "{missing:?}");
    Ok(())
}

/// Whoever reads a guide here can take from its page what the first actions ask for.
#[test]
fn each_guide_has_its_files_beside_it() -> Result<()> {
    let page = open(390, 844)?;
    let base = base(&page)?;
    let plugin = [concat!("consult-ready-wordpress-", env!("CARGO_PKG_VERSION"), ".zip")];
    let both = ["setup.html", "consult-ready.js"].as_slice();
    let rows = [
        ("wordpress", plugin.as_slice()),
        ("plain-page", both),
        ("wix", both),
        ("squarespace", both),
        ("webflow", both),
        ("kiosk", ["setup.html"].as_slice()),
        ("record-systems", [].as_slice()),
    ];
    for (guide, files) in rows {
        go(&page, &base, &format!("guides/{guide}.html"))?;
        let links = page.script("return [...document.querySelectorAll('.acts a')].map((a) => a.href)")?;
        let want: Vec<String> = files.iter().map(|file| format!("{base}{file}")).collect();
        assert_eq!(links, json!(want), "{guide}");
        for file in files {
            assert!(site().join(file).is_file(), "{guide}: {file} is not on the site");
        }
    }
    Ok(())
}

/// What the first page shows is the tool itself, in the frame of a clinic's page, and it can be
/// walked there.
#[test]
fn the_demo_is_the_tool_on_a_clinics_page() -> Result<()> {
    let page = open(1280, 900)?;
    let base = base(&page)?;
    page.script("document.querySelector('.browser').scrollIntoView()")?;
    page.wait_until("the tool in the demo in the first page", || {
        page.script(
            "const demo = document.querySelector('.browser iframe').contentDocument;
             const frame = demo?.querySelector('consult-ready')?.shadowRoot?.querySelector('iframe');
             return !!frame && getComputedStyle(frame).visibility === 'visible'",
        )
        .map(|there| there == json!(true))
    })?;
    go(&page, &base, "demo.html")?;
    page.script("document.querySelector('consult-ready').scrollIntoView()")?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    page.wait_text("Harbor Street Infusion Clinic")?;
    begin(&page)
}

fn verify(engine: Engine) -> Result<Browser> {
    Browser::setup(engine, Form::Http).file(site().join("verify.html")).open()
}

#[test]
fn the_released_file_is_known_and_a_changed_one_is_not() -> Result<()> {
    let page = verify(Engine::Chromium)?;
    page.give_file("The file", site().join("consult-ready.html"))?;
    page.wait_text("as released. Only the settings below are the clinic’s.")?;
    let file = built();
    let settings = file.split_once("id=\"settings\">").unwrap().1.split_once("</script>").unwrap().0;
    let policy = "default-src 'none'";
    let crisis = file.split_once("<p id=\"shell-help\">").unwrap().1.split_once("</p>").unwrap().0;
    let told = |variant: &Variant, what: &str| -> Result<()> {
        page.give_file("The file", variant.file())?;
        page.wait_text("This is not the released file as a clinic may change it.")?;
        page.wait_text(what)
    };
    // One byte, an added script, a widened policy, a changed crisis line, a phone number that two
    // places tell differently.
    told(&Variant::new(&[("Consult Ready", "Consult Raady")]), "Apart from the settings it is not the released file")?;
    told(
        &Variant::new(&[("</body>", "<script>1</script></body>")]),
        "Apart from the settings it is not the released file",
    )?;
    told(&Variant::new(&[(policy, "default-src https:")]), "Apart from the settings it is not the released file")?;
    let line = format!("<p id=\"shell-help\">{crisis}</p>");
    told(
        &Variant::new(&[(&line, "<p id=\"shell-help\">Call 900 555</p>")]),
        "The crisis line on the first screen is not that of the region",
    )?;
    let block = format!("id=\"settings\">{settings}");
    told(&Variant::new(&[(&block, "id=\"settings\">{\"phone\":\"900 555\"}")]), "does not say what the settings say")?;
    told(
        &Variant::new(&[(&block, "id=\"settings\">{\"elsewhere\":\"x\"}")]),
        "a setting that this version does not know: elsewhere",
    )?;
    page.wait_text("What the clinic set")?;
    // The clinic's own questions, in words.
    let asked = "yes-no: [en] Do you need parking? [es] ¿Necesita estacionamiento?\nnumber: [en] How far? [es] ¿Qué tan lejos?\n= [en] miles [es] millas";
    let own = format!("id=\"settings\">{{\"questions\":{}}}", json!(asked));
    page.give_file("The file", Variant::new(&[(&block, &own)]).file())?;
    for told in [
        "en: Do you need parking? · es: ¿Necesita estacionamiento?",
        "Yes, no, or not sure",
        "Unit: en: miles · es: millas",
    ] {
        page.wait_text(told)?;
    }
    assert!(page.axe()?.is_empty(), "{:#?}", page.axe()?);
    Ok(())
}

#[test]
fn each_engine_shows_that_it_refuses_every_way_out() -> Result<()> {
    for engine in Engine::ALL {
        let page = verify(engine)?;
        page.button("Try every way out")?;
        page.wait_text("Every one of these was refused.")?;
        let rows = page.script("return document.querySelectorAll('#tried tr').length")?;
        assert_eq!(rows, json!(11), "{engine:?}");
        assert!(page.text()?.contains("Refused by the browser: connect-src"), "{engine:?}");
    }
    Ok(())
}

/// The guide's actions and what does each: the test fails if either says something that the other
/// does not.
struct PlainPage {
    setup: Browser,
    /// The clinic's server, with one folder, and its page.
    server: Browser,
    folder: PathBuf,
    lines: String,
}

impl PlainPage {
    fn act(&mut self, action: &str) -> Result<()> {
        let setup = &self.setup;
        match action {
            "Open `setup.html` from the release folder, by a double click." => setup.wait_until("the form", || {
                Ok(setup.script("return document.documentElement.className")? == json!("js ready"))
            }),
            "Write your clinic's name and phone number." => {
                setup.fill("Name", "The Plain Clinic").and_then(|()| setup.fill("Phone", "+1 555 010 0166"))
            }
            "Decide: choose whose help lines come first, and tick that they are right. Take the country where your patients are." =>
            {
                setup.select("Help lines for", "United States")?;
                setup.choose("Yes, these are the right help lines for our patients")
            }
            "Decide: choose your main color, or leave it." => Ok(()),
            "Press **Save consult-ready.html**." => {
                let (_, file) = setup.save("Save consult-ready.html", ".html")?;
                std::fs::write(self.folder.join("made.html"), file).unwrap();
                Ok(())
            }
            "Put that file and `consult-ready.js`, which lies beside `setup.html`, into one folder on your server." => {
                std::fs::rename(self.folder.join("made.html"), self.folder.join("consult-ready.html")).unwrap();
                std::fs::copy(site().join("consult-ready.js"), self.folder.join("consult-ready.js")).unwrap();
                Ok(())
            }
            "Write that folder's address into **Address of the folder with the two files**." => {
                setup.fill("Address of the folder with the two files", &base(&self.server)?)
            }
            // What it copies is what stands in the field: tests/setup.rs looks at the button.
            "Press **Copy these lines**." => {
                setup.button("Copy these lines")?;
                self.lines = setup.value("Lines for your page")?;
                Ok(())
            }
            "Paste the lines into your page's HTML, where the tool should stand." => {
                let page = format!(
                    "<!doctype html><html lang=\"en\"><title>A page</title><h1>Your visit</h1>{}</html>",
                    self.lines
                );
                std::fs::write(self.folder.join("index.html"), page).unwrap();
                Ok(())
            }
            "Open your page, on a phone too." => self.server.reload(),
            other => panic!("the guide has an action that this test does not know: {other}"),
        }
    }
}

#[test]
fn the_plain_page_guide_leads_to_a_live_tool() -> Result<()> {
    let guide =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides/plain-page.md")).unwrap();
    let steps = guide.split("\n## ").find(|part| part.starts_with("Steps")).unwrap();
    let folder = std::env::temp_dir().join(format!("consult-ready-plain-page-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(
        folder.join("index.html"),
        "<!doctype html><html lang=\"en\"><title>A page</title><h1>Your visit</h1></html>",
    )
    .unwrap();
    let setup = Browser::setup(Engine::Chromium, Form::File).file(site().join("setup.html")).open()?;
    let server = Browser::setup(Engine::Chromium, Form::Http).file(folder.join("index.html")).open()?;
    let mut walk = PlainPage { setup, server, folder: folder.clone(), lines: String::new() };
    let mut done = 0;
    for (_, action) in
        steps.lines().filter_map(|line| line.split_once(". ")).filter(|(number, _)| number.parse::<u8>().is_ok())
    {
        walk.act(action)?;
        done += 1;
    }
    assert_eq!(done, 10);
    walk.server.enter_tool(0)?;
    walk.server.wait_text("The Plain Clinic")?;
    begin(&walk.server)?;
    let _ = std::fs::remove_dir_all(folder);
    Ok(())
}
