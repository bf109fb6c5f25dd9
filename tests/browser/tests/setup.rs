//! The set-up page: a clinic's person fills in the form, sees the tool change, and takes away a
//! file that holds it all.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{START, Variant, holds};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use thirtyfour::By;

const TITLE: &str = "Make it your clinic’s own";
const SAVE: &str = "Save consult-ready.html";
const RIGHT: &str = "Yes, these are the right help lines for our patients";
const AGAIN: &str = "Open your finished file";
const PLACE: &str = "Address of the folder with the two files";
const LINES: &str = "Lines for your page";

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

/// Whose page it is, as the bar says.
fn in_the_bar(page: &Browser) -> Result<String> {
    let name = page.script("return document.querySelector('#app .mark').innerText")?;
    Ok(name.as_str().unwrap_or_default().trim().to_string())
}

/// Whether the app is drawn in the preview and shows this.
#[track_caller]
fn wait_preview_text(page: &Browser, text: &str) -> Result<()> {
    let script = format!(
        "return document.querySelector('#app main') ? document.querySelector('#app').innerText.includes({}) : null",
        json!(text)
    );
    wait_preview(page, text, &script, &json!(true))
}

/// What a browser makes of a colour input, which has no keys of its own that are the same
/// everywhere.
fn pick_colour(page: &Browser, name: &str, colour: &str) -> Result<()> {
    let script = "const field = document.querySelector(`[aria-label=${JSON.stringify(name)}]`);
       field.value = colour; field.dispatchEvent(new Event('input', { bubbles: true }));";
    page.script(&format!("const name = {}, colour = {}; {script}", json!(format!("Color: {name}")), json!(colour)))
        .map(drop)
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
    page.wait_text("On light screens: Links and thin lines in #ffd200 would be hard to read")?;
    page.wait_text("Buttons keep your color #ffd200, with black words on it.")?;
    let fill = "const style = document.querySelector('#app main') && getComputedStyle(document.documentElement);
       return style && ['--fill', '--on-fill'].map((name) => style.getPropertyValue(name).trim())";
    wait_preview(&page, "buttons in the clinic's own color", fill, &json!(["#ffd200", "#000000"]))?;
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
    // Filled with an example, so that there is something to see.
    page.wait_text("filled in for Ana Example, who does not exist")?;
    wait_preview(
        &page,
        "the example's answers",
        "return ['Low mood or depression', 'sertraline', 'Play with my children again'].every((said) => document.querySelector('.sheets')?.innerText.includes(said)) || null",
        &json!(true),
    )?;
    wait_preview(
        &page,
        "nothing but the sheets",
        "return document.querySelector('#app h1')?.checkVisibility() ?? null",
        &json!(false),
    )?;
    page.choose("Kiosk")?;
    wait_preview(
        &page,
        "a kiosk",
        "return document.querySelector('#app main') && document.documentElement.dataset.mode",
        &json!("kiosk"),
    )?;

    let snippet = page.value("Lines for your page")?;
    holds(
        &snippet,
        &[
            "<consult-ready src=\"https://files.your-clinic.example/consult-ready/consult-ready.html\">",
            "tel:+15550100123",
            "Call 999",
        ],
    );
    assert!(!snippet.contains("<b>"), "{snippet}");

    // Whose help lines come first is nobody's guess: a phone of another country is told, and
    // nothing is saved without a yes.
    page.wait_text("You chose “United Kingdom”, and +1 555 010 0123 does not look like a phone number from there.")?;
    page.button(SAVE)?;
    page.wait_text("Look whether these are the right help lines, and tick it. Then save.")?;
    holds(&page.focus()?, &[RIGHT]);
    page.choose(RIGHT)?;
    page.wait_gone("Before you save:")?;
    let (name, bytes) = page.save(SAVE, ".html")?;
    assert_eq!(name, "consult-ready.html");
    let html = String::from_utf8(bytes).unwrap();
    // The fallback, which nobody can fill in later, has the clinic too.
    holds(&html, &["<strong>Río Infusions &lt;b&gt;&amp;&lt;/b&gt; &quot;Care&quot; · +1 555 010 0123</strong>"]);
    let finished = Variant::of(&html);
    let visitor = Browser::setup(Engine::Chromium, Form::Framed).file(finished.file()).open()?;
    visitor.wait_heading(START)?;
    assert_eq!(in_the_bar(&visitor)?, "Río Infusions <b>&</b> \"Care\"");
    holds(&visitor.text()?, &["From the clinic: Take your time."]);
    assert_eq!(visitor.script(accent)?, used);
    assert_eq!(
        visitor.script("return getComputedStyle(document.documentElement).getPropertyValue('--r').trim()")?,
        json!("12px")
    );
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
        page.choose(RIGHT)?;
        let (name, bytes) = page.save(SAVE, ".html")?;
        assert_eq!(name, "consult-ready.html", "{engine:?}");
        let html = String::from_utf8(bytes).unwrap();
        holds(&html, &[r##"id="settings">{"clinic":"Río Infusions","colours":"#7a2048","region":"us"}</script>"##]);
        let (_, loader) = page.save("Save consult-ready.js", ".js")?;
        assert_eq!(loader, std::fs::read(loader_file()).unwrap(), "{engine:?}: another loader");
        let finished = Variant::of(&html);
        let visitor = Browser::setup(engine, Form::Framed).file(finished.file()).open()?;
        visitor.wait_heading(START)?;
        assert_eq!(in_the_bar(&visitor)?, "Río Infusions", "{engine:?}");
    }
    Ok(())
}

/// A folder with the version in its name never changes, so its lines say which loader is the right
/// one; no other's do.
#[test]
fn lines_for_a_released_folder_carry_the_loaders_hash() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let released = concat!("consult-ready-", env!("CARGO_PKG_VERSION"));
    for elsewhere in [
        "",
        "https://clinic.example/tools",
        "https://clinic.example/consult-ready-0.0.0-other",
        "https://clinic.example/x",
    ] {
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

/// What can't be used is named beside its field with what to write, and the file goes on without
/// it.
#[test]
fn what_is_wrong_is_said_beside_its_field_and_left_out() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let wrong = [
        (
            "Name",
            "x".repeat(81),
            "Write one line of at most 80 letters, without 911, 988 or the name of a crisis line.",
        ),
        (
            "Phone",
            "call us".into(),
            "Write your own phone number, such as +1 555 010 0123. It can’t be that of a crisis line.",
        ),
        ("Page for appointments", "javascript:alert(1)".into(), "Write an address that begins with https://."),
        (
            "Welcome",
            "Our treatment is proven.".into(),
            "Write text that promises no result and judges nobody, without “proven”.",
        ),
    ];
    for (field, value, told) in &wrong {
        page.fill(field, value)?;
        page.wait_text(told)?;
    }
    page.wait_text("4 entries can’t be used yet.")?;
    page.choose(RIGHT)?;
    let (_, bytes) = page.save(SAVE, ".html")?;
    let html = String::from_utf8(bytes).unwrap();
    assert!(
        html.contains("id=\"settings\">{\"region\":\"us\"}</script>"),
        "something that can't be used is in the file"
    );
    page.fill("Phone", "555 010 0123")?;
    page.wait_gone("Write your own phone number")?;
    page.wait_text("3 entries can’t be used yet.")?;
    // Each is a way to its field.
    page.link("Page for appointments")?;
    page.wait_until("the focus on the field", || Ok(page.focus()?.contains("Page for appointments")))?;
    // A crisis line's number is nobody's own.
    page.fill("Phone", "1-800-662-4357")?;
    page.wait_text("It can’t be that of a crisis line.")?;
    // In the folder's address too: what runs a program, and what anybody on the way can change.
    for (address, told) in [
        ("javascript:alert(1)//", "This is no address of a web page."),
        ("data:text/html,x", "This is no address of a web page."),
        ("https://\"><script>alert(1)</script>", "This is no address of a web page."),
        ("http://clinic.example/tools", "With http: anybody on the way can change the tool."),
        ("HTTP://clinic.example/tools", "With http: anybody on the way can change the tool."),
    ] {
        page.fill(PLACE, address)?;
        page.wait_text(told)?;
        page.wait_text("Look again at:")?;
        let lines = page.value(LINES)?;
        holds(&lines, &["https://files.your-clinic.example/consult-ready/consult-ready.html"]);
        assert!(!lines.contains(address), "{lines}");
    }
    page.fill(PLACE, "http://localhost:8000/tools")?;
    page.wait_gone("Look again at:")
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
    let logo = "const logo = document.querySelector('#app .mark-logo'); return logo?.complete ? [logo.naturalWidth > 20, logo.src.startsWith('data:image/png;base64,'), logo.src.length <= 60000] : null";
    wait_preview(&page, "the logo", logo, &json!([true, true, true]))?;
    give("image/svg+xml", "'<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script>'")?;
    page.wait_text("Take a PNG, JPEG or WebP picture")?;
    wait_preview(
        &page,
        "no logo",
        "return document.querySelector('#app main') && document.querySelectorAll('#app .mark-logo').length",
        &json!(0),
    )
}

/// From a folder too, under a policy that lets nothing out, without a request and without an entry
/// in the history.
#[test]
fn nothing_leaves_the_set_up_page() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let before = page.script("return history.length")?;
    page.fill("Name", "Example Clinic")?;
    wait_preview_text(&page, "Example Clinic")?;
    page.choose("Computer")?;
    wait_preview(&page, "a wide window", "return document.querySelector('#app main') && innerWidth", &json!(1280))?;
    assert_eq!(page.script("return history.length")?, before, "a preview is an entry in the history");
    assert_eq!(
        page.server_record().iter().filter(|line| !line.contains("favicon")).collect::<Vec<_>>(),
        ["GET /setup.html"]
    );
    let policy = page.script("return document.querySelector('meta[http-equiv]').content")?;
    holds(policy.as_str().unwrap(), &["default-src 'none'", "form-action 'none'", "base-uri 'none'"]);
    assert!(
        !policy.to_string().contains("unsafe-inline")
            && !policy.to_string().contains("unsafe-eval'; style-src 'unsafe"),
        "{policy}"
    );
    let refused = page.script_async(
        "const done = arguments[arguments.length - 1]; fetch('/x').then(() => done('out'), () => done('refused'))",
    )?;
    assert_eq!(refused, json!("refused"));
    assert_eq!(in_preview(&page, "return window.origin")?, json!("null"), "the preview has an origin");
    drop(page);
    let page = open(Form::File, 1280)?;
    wait_preview_text(&page, START)
}

/// How wide the page is, and how much of it lies beside the window.
fn sideways(page: &Browser) -> Result<Value> {
    page.script("const part = document.querySelector('#scroll'); return [document.documentElement.scrollWidth, part.scrollWidth - part.clientWidth]")
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
        assert_eq!(sideways(&page)?, json!([width, 0]));
        // In Spanish, with everything told that there is.
        page.button("Español")?;
        page.wait_heading("Haga que sea de su clínica")?;
        page.choose("Una pantalla en la sala de espera")?;
        page.give_file("Abrir su archivo terminado", old_file("kiosk"))?;
        page.wait_text("Abierto.")?;
        page.button("Guardar consult-ready.html")?;
        page.wait_text("Vea si estas son las líneas de ayuda correctas y márquelo.")?;
        assert_eq!(page.axe()?, [""; 0], "{width}");
        assert_eq!(sideways(&page)?, json!([width, 0]));
    }
    Ok(())
}

/// A finished file of version 0.1.0.
fn old_file(name: &str) -> PathBuf {
    // Chromium's driver takes a path without `..` only.
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fixtures/v0.1.0/files/{name}.html")).canonicalize().unwrap()
}

/// The settings in a file, as they stand there.
fn block(html: &str) -> Value {
    let (_, rest) = html.split_once("id=\"settings\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

/// Files that the first version made come into the form and go out again with every setting as it
/// was.
#[test]
fn a_finished_file_of_the_version_before_is_opened_again() -> Result<()> {
    for name in ["plain", "spanish", "kiosk"] {
        let page = open(Form::Http, 1280)?;
        page.fill("Welcome", "This was here before.")?;
        page.give_file(AGAIN, old_file(name))?;
        let was = block(&std::fs::read_to_string(old_file(name)).unwrap());
        page.wait_text(&format!("Opened. Settings in the form now: {}.", was.as_object().unwrap().len()))?;
        wait_preview_text(&page, was["clinic"].as_str().unwrap())?;
        assert!(!page.text()?.contains("Not taken over"), "{name}");
        // Whose help lines come first is asked anew.
        page.wait_text("Before you save:")?;
        page.choose(RIGHT)?;
        let (_, bytes) = page.save(SAVE, ".html")?;
        assert_eq!(block(&String::from_utf8(bytes).unwrap()), was, "{name}");
    }
    Ok(())
}

/// What this version does not know and what it refuses is named; all else is taken. It works by
/// dropping it, too.
#[test]
fn what_a_file_says_that_cant_be_used_is_named_and_the_rest_is_kept() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let built = std::fs::read_to_string(page_file().with_file_name("consult-ready.html")).unwrap();
    let (before, rest) = built.split_once("id=\"settings\">").unwrap();
    let (_, after) = rest.split_once("</script>").unwrap();
    let with = |block: &str| [before, "id=\"settings\">", block, "</script>", after].concat();
    let drop_file = |text: &str| {
        let script = "const carried = new DataTransfer(); carried.items.add(new File([text], 'consult-ready.html', { type: 'text/html' }));
           for (const kind of ['dragover', 'drop']) {
             const event = new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true });
             document.querySelector('#clinic').dispatchEvent(event);
             if (!event.defaultPrevented) throw new Error('the browser would leave the page');
           }";
        page.script(&format!("const text = {}; {script}", json!(text))).map(drop)
    };
    let odd = r##"{"clinic":"The Kept Clinic","colors":"#123456","phone":"call us","region":"gb","corners":8,"font":"comic","colours":"#7A2048 auto #222222","languages":"es en"}"##;
    drop_file(&with(odd))?;
    page.wait_text("Opened. Settings in the form now: 5.")?;
    for told in [
        "“colors”: this version has no such setting.",
        "Phone: Write your own phone number",
        "Letters: Choose one from the list.",
    ] {
        page.wait_text(told)?;
    }
    page.wait_text("No help line listed under “United Kingdom” answers in Español, a language that you offer.")?;
    // To be corrected where it stands.
    assert_eq!(page.value("Phone")?, "call us");
    page.fill("Phone", "+44 20 7946 0000")?;
    page.choose(RIGHT)?;
    let (_, bytes) = page.save(SAVE, ".html")?;
    let want = json!({ "clinic": "The Kept Clinic", "phone": "+44 20 7946 0000", "colours": "#7A2048 auto #222222", "corners": "8", "languages": "es en", "region": "gb" });
    assert_eq!(block(&String::from_utf8(bytes).unwrap()), want);
    // What is no file of ours, or is broken, changes nothing.
    for (text, told) in [
        ("<html>hello</html>".into(), "This is no finished consult-ready.html"),
        (String::new(), "This is no finished consult-ready.html"),
        (with("{\"clinic\":\"A\" \"phone\":\"1\"}"), "The settings in this file can’t be read."),
    ] {
        drop_file(&text)?;
        page.wait_text(told)?;
        assert_eq!(page.value("Name")?, "The Kept Clinic", "{told}");
    }
    Ok(())
}

/// The yes holds for what could be read when it was given: another region, another phone of a
/// doubtful kind, ask anew.
#[test]
fn the_help_lines_are_asked_anew_when_they_change() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    let ticked = "return document.querySelector('#right').checked";
    page.wait_text("United States: Call 911. 988 Suicide and Crisis Lifeline: Call or text 988.")?;
    page.choose(RIGHT)?;
    page.wait_gone("Before you save:")?;
    page.fill("Name", "The Clinic")?;
    assert_eq!(page.script(ticked)?, json!(true), "a name has nothing to do with it");
    let acts: [&dyn Fn() -> Result<()>; 3] =
        [&|| page.select("Help lines for", "Spain"), &|| page.fill("Phone", "+1 555 010 0123"), &|| {
            page.select("Help lines for", "Mexico")
        }];
    for act in acts {
        act()?;
        page.wait_text("Before you save:")?;
        assert_eq!(page.script(ticked)?, json!(false));
        page.choose(RIGHT)?;
        page.wait_gone("Before you save:")?;
    }
    page.wait_text("You chose “Mexico”, and +1 555 010 0123 does not look like a phone number from there.")?;
    page.wait_text("No help line listed under “Mexico” answers in English, a language that you offer.")
}

/// Each kind of site gets what is pasted there, three lines of what to do, and which headers that
/// needs.
#[test]
fn each_kind_of_site_gets_its_lines_and_its_headers() -> Result<()> {
    let page = open(Form::Http, 1280)?;
    page.fill(PLACE, "https://files.clinic.example/x")?;
    let policy = page.script("return document.querySelector('#headers').value")?;
    holds(
        policy.as_str().unwrap(),
        &[
            "Content-Security-Policy: default-src 'none'; script-src 'sha256-",
            "; sandbox allow-scripts",
            "X-Content-Type-Options: nosniff",
        ],
    );
    let file = std::fs::read_to_string(page_file().with_file_name("consult-ready.html")).unwrap();
    let (_, rest) = file.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    holds(policy.as_str().unwrap(), &[rest.split_once('"').unwrap().0]);
    for (kind, label, pasted, told) in [
        (
            "A page of files, or any other site",
            LINES,
            "<consult-ready src=\"https://files.clinic.example/x/consult-ready.html\">",
            "Your server has to send these headers",
        ),
        ("WordPress", "Shortcode for your page", "[consult_ready]", "The plugin sends the right headers by itself."),
        (
            "Wix",
            "What to enter in Wix",
            "Server URL: https://files.clinic.example/x/consult-ready.js",
            "None are needed on an address with nothing else on it.",
        ),
        (
            "Squarespace",
            LINES,
            "<consult-ready src=\"https://files.clinic.example/x/consult-ready.html\">",
            "None are needed on an address with nothing else on it.",
        ),
        (
            "Webflow",
            LINES,
            "<consult-ready src=\"https://files.clinic.example/x/consult-ready.html\">",
            "None are needed on an address with nothing else on it.",
        ),
    ] {
        page.choose(kind)?;
        page.wait_text(told)?;
        holds(&page.value(label)?, &[pasted]);
        assert_eq!(page.script("return document.querySelectorAll('#next > li').length")?, json!(3), "{kind}");
    }
    page.choose("A screen in the waiting room")?;
    page.wait_text("None: the file is opened from the device’s own disk.")?;
    assert!(!page.text()?.contains(LINES));
    page.choose("This file is for a kiosk")?;
    page.fill("Seconds of quiet before it asks", "20")?;
    page.wait_text("Write a whole number from 30 to 1200.")?;
    page.fill("Seconds of quiet before it asks", "90")?;
    page.wait_gone("Write a whole number from 30 to 1200.")?;
    // What a kiosk has set stays in sight, whatever is chosen.
    page.choose("A page of files, or any other site")?;
    page.wait_text("Seconds of quiet before it asks")?;
    // Answers can't be kept beside other pages.
    page.choose("The file is alone on its address")?;
    page.wait_text("Above you say that the folder is on the same address as your website.")?;
    page.choose("On an address with nothing else on it")?;
    page.wait_gone("Above you say that the folder is on the same address as your website.")?;
    page.choose(RIGHT)?;
    let (_, bytes) = page.save(SAVE, ".html")?;
    assert_eq!(
        block(&String::from_utf8(bytes).unwrap()),
        json!({ "kiosk": "yes", "kioskIdle": "90", "ownOrigin": "yes", "region": "us" })
    );
    Ok(())
}

/// The page speaks Spanish, by the browser's language or by its button, and what was entered stays.
#[test]
fn the_set_up_page_speaks_spanish() -> Result<()> {
    let page =
        Browser::setup(Engine::Chromium, Form::Http).size(1280, 900).language("es-US").file(page_file()).open()?;
    page.wait_heading("Haga que sea de su clínica")?;
    page.wait_until("the form", || Ok(page.script("return document.documentElement.className")? == json!("js ready")))?;
    assert_eq!(page.script("return document.documentElement.lang")?, json!("es"));
    page.fill("Teléfono", "llámenos")?;
    page.wait_text("Escriba su propio número de teléfono, por ejemplo +1 555 010 0123.")?;
    page.fill("Bienvenida", "Nuestro tratamiento es proven.")?;
    page.wait_text("Escriba un texto que no prometa resultados ni juzgue a nadie, sin “proven”.")?;
    page.select("Líneas de ayuda de", "Reino Unido")?;
    page.wait_text("Reino Unido: Llame al 999. Samaritans: Llame al 116 123.")?;
    page.wait_text(
        "Ninguna línea de ayuda de la lista «Reino Unido» contesta en Español, un idioma que usted ofrece.",
    )?;
    page.choose("Papel")?;
    page.wait_text("Ana Ejemplo, que no existe")?;
    wait_preview(
        &page,
        "the sheets in Spanish",
        "return document.querySelector('#paper-keep')?.closest('[lang]').lang ?? null",
        &json!("es"),
    )?;
    page.choose("Una pantalla en la sala de espera")?;
    let said = page.text()?;
    page.button("English")?;
    page.wait_heading(TITLE)?;
    assert_eq!(page.value("Phone")?, "llámenos");
    assert_eq!(page.script("return document.querySelector('#region').value")?, json!("gb"));
    page.wait_text("Write your own phone number")?;
    // No line of one language is left in the other, but for names.
    let english = page.text()?;
    let names = [
        "Consult Ready",
        "WordPress",
        "Wix",
        "Squarespace",
        "Webflow",
        "English",
        "Español",
        "Australia",
        "No",
        "1",
        "2",
        "3",
        "4",
        "",
    ];
    let both: Vec<&str> = said
        .lines()
        .map(str::trim)
        .filter(|line| !names.contains(line) && english.lines().any(|other| other.trim() == *line))
        .collect();
    assert_eq!(both, [""; 0]);
    Ok(())
}

/// Save, and what is still to do, are in the window wherever the page is scrolled to.
#[test]
fn save_is_always_in_sight() -> Result<()> {
    for (width, height) in [(1280, 900), (390, 844), (320, 640)] {
        let page = Browser::setup(Engine::Chromium, Form::Http).size(width, height).file(page_file()).open()?;
        page.wait_until("the form", || {
            Ok(page.script("return document.documentElement.className")? == json!("js ready"))
        })?;
        for part in ["#clinic", "#colour1", "#welcome", "#copy", "#heading", "#preview"] {
            let seen = page.script(&format!(
                "document.querySelector('{part}').scrollIntoView({{ block: 'center' }});
                 return ['#save', '#left'].every((id) => {{
                   const box = document.querySelector(id).getBoundingClientRect();
                   return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
                 }}) && document.querySelector('.save-bar').getBoundingClientRect().height < innerHeight * 0.3"
            ))?;
            assert_eq!(seen, json!(true), "{width} by {height}, at {part}");
        }
    }
    Ok(())
}

/// A block changed by hand, a comma forgotten: the clinic is told, on each engine, and nothing of
/// it half holds.
#[test]
fn a_block_that_was_broken_by_hand_is_told_on_screen() -> Result<()> {
    let broken = Variant::new(&[(r#"Example Infusion Clinic","phone""#, r#"Example Infusion Clinic" "phone""#)]);
    for engine in Engine::ALL {
        let page = Browser::setup(engine, Form::Http).file(broken.file()).open()?;
        page.wait_heading(START)?;
        holds(
            &page.text()?,
            &[
                "For the clinic: the setting “the block of settings” can't be used.",
                "Look in the file for a comma",
                "setup.html",
            ],
        );
        assert_eq!(in_the_bar(&page)?, "Consult Ready", "{engine:?}");
    }
    // On a clinic's page the page's own settings hold.
    let page = Browser::setup(Engine::Chromium, Form::Hosted).host("another-origin").file(broken.file()).open()?;
    page.enter_tool(0)?;
    page.wait_heading(START)?;
    holds(&page.text()?, &["the block of settings"]);
    assert_eq!(in_the_bar(&page)?, "The Hosted Clinic");
    // What strangers enter is not kept because of a comma.
    let kiosk =
        Variant::new(&[(r#"Example Infusion Clinic","phone""#, r#"Example Infusion Clinic","kiosk" : "yes" "phone""#)]);
    let page = Browser::setup(Engine::Chromium, Form::Http).file(kiosk.file()).open()?;
    page.wait_until("a kiosk", || Ok(page.script("return !!document.querySelector('#app .attract')")? == json!(true)))
}
