//! The set-up page: a clinic's person fills in the form, sees the tool change, and takes away a file that holds it all.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{START, Variant, holds};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use thirtyfour::By;

const TITLE: &str = "Make it your clinic’s own";
const SAVE: &str = "Save consult-ready.html";

/// It stands beside the one file.
fn page_file() -> PathBuf {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/consult-ready.html");
    std::env::var_os("CONSULT_READY_FILE").map_or(built, PathBuf::from).with_file_name("setup.html")
}

fn loader_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/consult-ready.js")
}

fn open(form: Form, width: u32) -> Result<Browser> {
    open_in(Engine::Chromium, form, width)
}

fn open_in(engine: Engine, form: Form, width: u32) -> Result<Browser> {
    let page = Browser::setup(engine, form).size(width, 900).file(page_file()).open()?;
    page.wait_heading(TITLE)?;
    page.wait_until("the form", || Ok(page.script("return document.documentElement.className")? == json!("js ready")))?;
    Ok(page)
}

/// A script's value in the preview; null while there is none.
fn in_preview(page: &Browser, script: &str) -> Result<Value> {
    let driver = page.driver();
    let look = async {
        driver.enter_default_frame().await?;
        driver.find(By::Css("#stage iframe")).await?.enter_frame().await?;
        driver.execute(script, Vec::new()).await.map(|value| value.json().clone())
    };
    page.wait_on("looking into the preview", async {
        // A new one may take its place at any time, and then the next look finds that.
        let value = look.await.unwrap_or_default();
        driver.enter_default_frame().await?;
        Ok(value)
    })
}

#[track_caller]
fn wait_preview(page: &Browser, what: &str, script: &str, want: &Value) -> Result<()> {
    page.wait_until(&format!("{what} in the preview"), || Ok(in_preview(page, script)? == *want))
}

/// Whether the app is drawn in the preview and shows this.
#[track_caller]
fn wait_preview_text(page: &Browser, text: &str) -> Result<()> {
    let script = format!("return document.querySelector('#app main')?.innerText.includes({}) ?? null", json!(text));
    wait_preview(page, text, &script, &json!(true))
}

/// What a browser makes of a colour input, which has no keys of its own that are the same everywhere.
fn pick_colour(page: &Browser, name: &str, colour: &str) -> Result<()> {
    let script = "const field = document.querySelector(`[aria-label=${JSON.stringify(name)}]`);
       field.value = colour; field.dispatchEvent(new Event('input', { bubbles: true }));";
    page.script(&format!("const name = {}, colour = {}; {script}", json!(format!("Colour: {name}")), json!(colour))).map(drop)
}

/// The whole way of a clinic's person, and of its visitor after that.
#[test]
fn a_clinic_fills_in_the_form_and_takes_its_own_file() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    wait_preview_text(&page, START)?;
    page.fill("Name", "Río Infusions <b>&</b> \"Care\"")?;
    page.fill("Phone", "+1 555 010 0123")?;
    page.fill("Address", "1 Example Street")?;
    page.fill("Page for appointments", "https://rio.example/visits")?;
    page.fill("Welcome", "Take your time.")?;
    page.fill("Before the visit", "Wear a loose sleeve.")?;
    page.select("Help lines for", "United Kingdom")?;
    page.select("Corners", "Round")?;
    page.choose("English")?;
    page.choose("Frightening events")?;
    pick_colour(&page, "Buttons and links", "#ffd200")?;
    wait_preview_text(&page, "Río Infusions <b>&</b> \"Care\"")?;
    wait_preview_text(&page, "Take your time.")?;
    page.wait_text("Buttons and links in #ffd200 would be hard to read")?;
    let accent = "return getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()";
    page.wait_until("a darker colour in the preview", || {
        Ok(in_preview(&page, accent)?.as_str().is_some_and(|c| c.starts_with('#') && c != "#1c5954"))
    })?;
    let used = in_preview(&page, accent)?;
    assert_ne!(used, json!("#ffd200"), "what can't be read was used");

    page.choose("Paper")?;
    wait_preview(
        &page,
        "the sheets",
        "return document.querySelector('#paper-keep')?.innerText.includes('Wear a loose sleeve.') ?? null",
        &json!(true),
    )?;
    wait_preview(&page, "nothing but the sheets", "return document.querySelector('#app h1')?.checkVisibility() ?? null", &json!(false))?;
    page.choose("Kiosk")?;
    wait_preview(&page, "a kiosk", "return document.querySelector('#app main') && document.documentElement.dataset.mode", &json!("kiosk"))?;

    let snippet = page.value("Lines for your page")?;
    holds(&snippet, &["<consult-ready src=\"https://files.your-clinic.example/consult-ready/consult-ready.html\">", "tel:+15550100123", "Call 999"]);
    assert!(!snippet.contains("<b>"), "{snippet}");

    page.button(SAVE)?;
    let (name, bytes) = page.wait_download(".html")?;
    assert_eq!(name, "consult-ready.html");
    let html = String::from_utf8(bytes).unwrap();
    // The fallback, which nobody can fill in later, has the clinic too.
    holds(&html, &["<strong>Río Infusions &lt;b&gt;&amp;&lt;/b&gt; &quot;Care&quot; · +1 555 010 0123</strong>"]);
    let finished = Variant::of(&html);
    let visitor = Browser::setup(Engine::Chromium, Form::Framed).file(finished.file()).open()?;
    visitor.wait_heading(START)?;
    holds(&visitor.text()?, &["Río Infusions <b>&</b> \"Care\"", "From the clinic: Take your time."]);
    assert_eq!(visitor.script(accent)?, used);
    assert_eq!(visitor.script("return getComputedStyle(document.documentElement).getPropertyValue('--r').trim()")?, json!("12px"));
    visitor.button("I need help now")?;
    visitor.wait_text("In danger now, call 999")?;
    visitor.button("Close")?;
    visitor.button("Menu")?;
    assert!(!visitor.text()?.contains("Español"));
    visitor.button("About this tool")?;
    visitor.wait_heading("About this tool")?;
    holds(&visitor.text()?, &["1 Example Street", "The clinic's own page for appointments"]);
    Ok(())
}

/// The same in short, on the other engines: the form, its effect, and the file to take away.
#[test]
fn the_set_up_page_works_in_firefox_and_webkit() -> Result<()> {
    for engine in [Engine::Firefox, Engine::WebKit] {
        let page = open_in(engine, Form::Http, 1280)?;
        wait_preview_text(&page, START)?;
        page.fill("Name", "Río Infusions")?;
        wait_preview_text(&page, "Río Infusions")?;
        pick_colour(&page, "Buttons and links", "#7a2048")?;
        let accent = "return document.querySelector('#app main') && getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()";
        wait_preview(&page, "the clinic's colour", accent, &json!("#7a2048"))?;
        let (name, bytes) = page.save(SAVE, ".html")?;
        assert_eq!(name, "consult-ready.html", "{engine:?}");
        let html = String::from_utf8(bytes).unwrap();
        holds(&html, &[r##"id="settings">{"clinic":"Río Infusions","colours":"#7a2048","region":"us"}</script>"##]);
        let (_, loader) = page.save("Save consult-ready.js", ".js")?;
        assert_eq!(loader, std::fs::read(loader_file()).unwrap(), "{engine:?}: another loader");
        let finished = Variant::of(&html);
        let visitor = Browser::setup(engine, Form::Framed).file(finished.file()).open()?;
        visitor.wait_heading(START)?;
        holds(&visitor.text()?, &["Río Infusions"]);
    }
    Ok(())
}

/// A folder with the version in its name never changes, so its lines say which loader is the right one; no other's do.
#[test]
fn lines_for_a_released_folder_carry_the_loaders_hash() -> Result<()> {
    const PLACE: &str = "Address of the folder with the two files";
    const LINES: &str = "Lines for your page";
    let page = open(Form::Http, 1280)?;
    let released = concat!("consult-ready-", env!("CARGO_PKG_VERSION"));
    for elsewhere in ["", "https://clinic.example/tools", "https://clinic.example/consult-ready-0.0.0-other", "https://clinic.example/x"] {
        page.fill(PLACE, elsewhere)?;
        page.wait_text(&format!("If the folder is called {released},"))?;
        assert!(!page.value(LINES)?.contains("integrity"), "{elsewhere}");
    }
    let (_, loader) = page.save("Save consult-ready.js", ".js")?;
    let hash = page.script_async(&format!(
        "const done = arguments[arguments.length - 1];
         crypto.subtle.digest('SHA-384', Uint8Array.from({loader:?})).then((hash) => done(btoa(String.fromCharCode(...new Uint8Array(hash)))))"
    ))?;
    for address in ["https://clinic.example/", "https://clinic.example/files/"] {
        for end in ["", "/"] {
            let folder = format!("{address}{released}");
            page.fill(PLACE, &format!("{folder}{end}"))?;
            page.wait_text("only if it is the very file of this version")?;
            let tag = format!(
                r#"<script src="{folder}/consult-ready.js" integrity="sha384-{}" crossorigin referrerpolicy="no-referrer" async></script>"#,
                hash.as_str().unwrap()
            );
            holds(&page.value(LINES)?, &[&tag]);
        }
    }
    Ok(())
}

/// What can't be used is named beside its field with what to write, and the file goes on without it.
#[test]
fn what_is_wrong_is_said_beside_its_field_and_left_out() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let wrong = [
        ("Name", "x".repeat(81), "Write one line of at most 80 letters, not the name of a crisis line."),
        ("Phone", "call us".into(), "Write a phone number such as +1 555 010 0123."),
        ("Page for appointments", "javascript:alert(1)".into(), "Write an address that begins with https://."),
        ("Welcome", "Our treatment is proven.".into(), "Write text that promises no result and judges nobody, without “proven”."),
    ];
    for (field, value, told) in &wrong {
        page.fill(field, value)?;
        page.wait_text(told)?;
    }
    page.wait_text("4 entries can't be used yet.")?;
    page.button(SAVE)?;
    let (_, bytes) = page.wait_download(".html")?;
    let html = String::from_utf8(bytes).unwrap();
    assert!(html.contains("id=\"settings\">{\"region\":\"us\"}</script>"), "something that can't be used is in the file");
    page.fill("Phone", "555 010 0123")?;
    page.wait_gone("Write a phone number")?;
    page.wait_text("3 entries can't be used yet.")
}

/// A logo becomes pixels of ours, whatever it was.
#[test]
fn a_logo_is_drawn_anew_and_made_small() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let give = |kind: &str, bytes: &str| {
        page.script(&format!(
            "const field = document.querySelector('#logo-file'), chosen = new DataTransfer();
             chosen.items.add(new File([{bytes}], 'logo', {{ type: '{kind}' }}));
             field.files = chosen.files; field.dispatchEvent(new Event('change'));"
        ))
    };
    // Noise, which no format makes small: 1200 by 800 pixels.
    page.script_async(
        "const done = arguments[arguments.length - 1], canvas = document.createElement('canvas');
         canvas.width = 1200; canvas.height = 800;
         const ink = canvas.getContext('2d'), image = ink.createImageData(1200, 800);
         let seed = 1; for (let i = 0; i < image.data.length; i++) image.data[i] = (seed = (seed * 48271) % 2147483647) & 255;
         ink.putImageData(image, 0, 0);
         canvas.toBlob((blob) => blob.arrayBuffer().then((bytes) => { window.noise = bytes; done(bytes.byteLength); }), 'image/png');",
    )?;
    give("image/png", "window.noise")?;
    let logo = "const logo = document.querySelector('#app .logo'); return logo?.complete ? [logo.naturalWidth > 20, logo.src.startsWith('data:image/png;base64,'), logo.src.length <= 60000] : null";
    wait_preview(&page, "the logo", logo, &json!([true, true, true]))?;
    give("image/svg+xml", "'<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script>'")?;
    page.wait_text("Write a PNG, JPEG or WebP picture")?;
    wait_preview(&page, "no logo", "return document.querySelector('#app main') && document.querySelectorAll('#app .logo').length", &json!(0))
}

/// From a folder too, under a policy that lets nothing out, without a request and without an entry in the history.
#[test]
fn nothing_leaves_the_set_up_page() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let before = page.script("return history.length")?;
    page.fill("Name", "Example Clinic")?;
    wait_preview_text(&page, "Example Clinic")?;
    page.choose("Computer")?;
    wait_preview(&page, "a wide window", "return document.querySelector('#app main') && innerWidth", &json!(1280))?;
    assert_eq!(page.script("return history.length")?, before, "a preview is an entry in the history");
    assert_eq!(page.server_record().iter().filter(|line| !line.contains("favicon")).collect::<Vec<_>>(), ["GET /setup.html"]);
    let policy = page.script("return document.querySelector('meta[http-equiv]').content")?;
    holds(policy.as_str().unwrap(), &["default-src 'none'", "form-action 'none'", "base-uri 'none'"]);
    assert!(!policy.to_string().contains("unsafe-inline") && !policy.to_string().contains("unsafe-eval'; style-src 'unsafe"), "{policy}");
    let refused = page.script_async("const done = arguments[arguments.length - 1]; fetch('/x').then(() => done('out'), () => done('refused'))")?;
    assert_eq!(refused, json!("refused"));
    assert_eq!(in_preview(&page, "return window.origin")?, json!("null"), "the preview has an origin");
    drop(page);
    let page = open(Form::File, 1280)?;
    wait_preview_text(&page, START)
}

/// On a phone and on a desk: nothing to hold against it, and nothing to scroll sideways.
#[test]
fn the_set_up_page_is_accessible() -> Result<()> {
    for width in [1280, 390] {
        let page = open(Form::Http, width)?;
        page.fill("Phone", "call us")?;
        pick_colour(&page, "Buttons and links", "#ffd200")?;
        wait_preview_text(&page, START)?;
        assert_eq!(page.axe()?, [""; 0], "{width}");
        assert_eq!(page.script("return document.documentElement.scrollWidth")?, json!(width));
    }
    Ok(())
}

/// A block changed by hand, a comma forgotten: the clinic is told, on each engine, and nothing of it half holds.
#[test]
fn a_block_that_was_broken_by_hand_is_told_on_screen() -> Result<()> {
    let broken = Variant::new(&[(r#"Example Infusion Clinic","phone""#, r#"Example Infusion Clinic" "phone""#)]);
    for engine in Engine::ALL {
        let page = Browser::setup(engine, Form::Http).file(broken.file()).open()?;
        page.wait_heading(START)?;
        holds(&page.text()?, &["For the clinic: the setting “the block of settings” can't be used.", "Look in the file for a comma", "setup.html"]);
        assert!(!page.text()?.contains("Example Infusion Clinic"), "{engine:?}");
    }
    // On a clinic's page the page's own settings hold.
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("another-origin").file(broken.file()).open()?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    holds(&page.text()?, &["The Hosted Clinic", "the block of settings"]);
    // What strangers enter is not kept because of a comma.
    let kiosk = Variant::new(&[(r#"Example Infusion Clinic","phone""#, r#"Example Infusion Clinic","kiosk" : "yes" "phone""#)]);
    let page = Browser::setup(Engine::Chromium, Form::Http).file(kiosk.file()).open()?;
    page.wait_until("a kiosk", || Ok(page.script("return !!document.querySelector('#app .attract')")? == json!(true)))
}
