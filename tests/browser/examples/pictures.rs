//! Takes the pictures of `site/pictures` anew, from the built file. Run it after a change of how the product looks:
//! `cargo run -p consult-ready-browser --example pictures`, then `cargo xtask site`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a tool that ends where it fails"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{START, SUMMARY, finish, fixture, pack, resume_with};
use consult_ready_browser::{Browser, Engine, Form, Paper, Result, pdf_pages};
use std::path::Path;
use std::process::Command;

fn main() -> Result<()> {
    let pictures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../site/pictures");
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 780).open()?;
    page.wait_heading(START)?;
    page.screenshot(pictures.join("start-phone.png"))?;
    resume_with(&page, &fixture("pain-and-heart"))?;
    finish(&page, SUMMARY)?;
    let pdf = page.print_pdf(Paper::Letter)?;
    let file = page.downloads().join("sheets.pdf");
    std::fs::write(&file, &pdf).unwrap();
    for (name, title) in [("clinician", pack().words.sheet_clinician()), ("keep", pack().words.sheet_keep())] {
        let number = 1 + pdf_pages(&pdf)?.iter().position(|text| text.contains(title)).unwrap();
        let number = number.to_string();
        let arguments = ["-png", "-r", "100", "-singlefile", "-f", &number, "-l", &number];
        let drawn = Command::new("pdftoppm").args(arguments).arg(&file).arg(pictures.join(name)).status();
        assert!(drawn.is_ok_and(|status| status.success()), "pdftoppm failed");
    }
    Ok(())
}
