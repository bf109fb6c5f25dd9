//! A second rule engine beside axe, along a whole walk.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{CHECK, START, SUMMARY, begin, walk_with};
use consult_ready_browser::{Browser, Engine, Form, Result};

/// Every screen of a walk that answers nothing, the check screen and the summary.
#[test]
fn a_second_engine_finds_nothing_on_any_screen() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    page.wait_heading(START)?;
    // That it would find something.
    page.script("document.querySelector('#app main').insertAdjacentHTML('beforeend', '<input id=nameless>')")?;
    assert!(page.other_engine()?.iter().any(|line| line.contains("nameless")), "it sees nothing");
    page.script("document.getElementById('nameless').remove()")?;
    let look = |page: &Browser, screen: &str| -> Result<()> {
        assert_eq!(page.other_engine()?, [""; 0], "on “{screen}”");
        Ok(())
    };
    look(&page, START)?;
    begin(&page)?;
    let passed = walk_with(&page, &[], CHECK, look)?;
    assert!(passed.len() > 20, "{passed:?}");
    look(&page, CHECK)?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    look(&page, SUMMARY)
}
