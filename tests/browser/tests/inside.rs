//! What a visitor does from inside the frame on a clinic's page that reaches the device: print, and
//! save a file.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{START, Variant, holds, tidy, to_the_sheets};
use consult_ready_browser::{Browser, Engine, Form, Result, pdf_text};
use serde_json::json;

/// Both sheets, and not a word of the page around them.
#[test]
fn what_is_printed_in_the_frame_is_the_sheets_alone() -> Result<()> {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let page = Browser::setup(engine, Form::Hosted).host("another-origin").silent_print().open()?;
        page.enter_tool(0)?;
        page.wait_heading(START)?;
        to_the_sheets(&page)?;
        let (_, pdf) = page.save("Print", ".pdf")?;
        let printed = tidy(&pdf_text(&pdf)?);
        holds(
            &printed,
            &["For the clinician", "My visit plan", "The Hosted Clinic", "25 to 44", "988 Suicide and Crisis Lifeline"],
        );
        for outside in ["A clinic's own page", "footer", "Call us"] {
            assert!(!printed.contains(outside), "{engine:?} printed “{outside}”:\n{printed}");
        }
        page.leave_tool()?;
        let seen = page.script("return document.body.innerText")?.to_string();
        assert!(seen.contains("A clinic's own page") && seen.contains("footer"), "these words prove nothing: {seen}");
    }
    Ok(())
}

/// A page that saves as the tool does: of a frame with this sandbox, under a policy that lets
/// nothing out.
const SAVES: &str = r#"<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'"><title>Saves</title>
<h1>Saves</h1><button>Save</button><script>
let count = 0;
document.querySelector("button").onclick = () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["A sheet. Una hoja: año."], { type: "text/plain" }));
  link.download = `sheet-${++count}.txt`;
  link.click();
};
</script></html>"#;

#[test]
fn a_file_is_saved_from_the_frame() -> Result<()> {
    let file = Variant::of(SAVES);
    for engine in Engine::ALL {
        let page = Browser::setup(engine, Form::Framed).file(file.file()).open()?;
        page.wait_heading("Saves")?;
        assert_eq!(page.script("return window.origin")?, json!("null"), "{engine:?}: no sandbox");
        for wanted in ["sheet-1.txt", "sheet-2.txt"] {
            let (name, bytes) = page.save("Save", ".txt")?;
            assert_eq!(
                (name.as_str(), String::from_utf8(bytes).unwrap().as_str()),
                (wanted, "A sheet. Una hoja: año."),
                "{engine:?}"
            );
        }
    }
    Ok(())
}
