//! What a person hears: Orca beside Chromium and Firefox, on a screen that nobody sees. Each safety notice must be spoken,
//! and each question once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{AGE, E1, EMERGENCY, THANKS, begin};
use consult_ready_browser::{Browser, Engine, Form, Result};

const BOTH: [Engine; 2] = [Engine::Firefox, Engine::Chromium];

/// Waits until a line with these words was spoken, at or behind line `from`.
#[track_caller]
fn hears(page: &Browser, from: usize, words: &str) -> Result<()> {
    let heard = || Ok(page.spoken().iter().skip(from).any(|line| line.contains(words)));
    page.wait_until(&format!("to hear “{words}”"), heard)
        .map_err(|error| panic!("{error}\n--- heard, from line {from} ---\n{}", page.spoken().join("\n")))
}

#[test]
fn an_emergency_is_spoken_and_each_question_once() -> Result<()> {
    for engine in BOTH {
        let page = Browser::setup(engine, Form::Http).spoken().open()?;
        // Orca first says what the page is; whoever is faster than that hears less.
        hears(&page, 0, "Page has")?;
        hears(&page, 0, "push button")?;
        let start = page.spoken().len();
        begin(&page)?;
        hears(&page, start, AGE)?;
        let asked = page.spoken().len();
        page.script("[...document.querySelectorAll('#app .answer')].find((b) => b.innerText.includes('25 to 44')).focus()")?;
        hears(&page, asked, "25 to 44")?;
        page.press(' ')?;
        page.wait_heading(EMERGENCY)?;
        hears(&page, asked, EMERGENCY)?;
        let answered = page.spoken().len();
        page.choose_in(E1, "Yes")?;
        page.button("Continue")?;
        page.wait_heading(THANKS)?;
        hears(&page, answered, "Get help from a person now")?;
        hears(&page, answered, &format!("{THANKS} heading level 1"))?;
        let times = |words: &str| page.spoken().iter().filter(|line| line.contains(words)).count();
        assert_eq!(times(&format!("{EMERGENCY} heading")), 1, "{engine:?}: {:#?}", page.spoken());
    }
    Ok(())
}
