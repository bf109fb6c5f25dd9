//! The way in stages: two lengths, cards, the hub and the rail, the call bar, one card a past
//! medicine.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{AGE, CHECK, EMERGENCY, MEDICAL, SAFE, START, fixture, resume_with};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::json;

const FULL: &str = "Prepare my visit";
const SHORT: &str = "Just the safety questions";
const WHY: &str = "What brings you";
const HUB: &str = "Your questions, part by part";

fn at(width: u32, height: u32) -> Result<Browser> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(width, height).open()?;
    page.wait_heading(START)?;
    Ok(page)
}

fn takes_presses(page: &Browser) -> Result<()> {
    page.wait_until("the screen to take presses", || {
        Ok(page.script("return document.documentElement.dataset.settled")? == json!("yes"))
    })
}

/// Age, and "no" to all that may be an emergency.
fn first_stage(page: &Browser) -> Result<()> {
    page.wait_heading(AGE)?;
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    takes_presses(page)?;
    page.script(
        "document.querySelectorAll('#app main .row').forEach((row) => row.querySelectorAll('input')[1].click())",
    )?;
    page.button("Continue")
}

#[test]
fn a_stage_opens_with_a_card_that_says_what_the_one_before_added() -> Result<()> {
    let page = at(390, 844)?;
    page.button(FULL)?;
    first_stage(&page)?;
    page.wait_heading(WHY)?;
    let text = page.text()?;
    assert!(text.contains("Safety now: done") && text.contains("answers to 8 of 8 questions"), "{text}");
    page.button("Continue")?;
    page.wait_heading("What do you want help with?")
}

/// On a narrow window the bar has the way to all parts, and on a wide one the rail is that way: the
/// card adds no other.
#[test]
fn a_card_has_one_way_to_all_parts() -> Result<()> {
    for (width, there) in [(390, ["header: All parts"]), (1280, ["rail"])] {
        let page = at(width, 844)?;
        page.button(FULL)?;
        first_stage(&page)?;
        page.wait_heading(WHY)?;
        let ways = page.script(
            "const seen = [...document.querySelectorAll('#app :is(button, .rail)')].filter((e) => e.checkVisibility());
             return seen.map((e) => e.matches('.rail') ? 'rail' : e.closest('header, main')?.localName + ': ' + e.innerText.trim())
               .filter((name) => name === 'rail' || name.includes('All parts'))",
        )?;
        assert_eq!(ways, json!(there), "{width} px");
        if width == 390 {
            page.button("All parts")?;
            page.wait_heading(HUB)?;
        }
    }
    Ok(())
}

#[test]
fn the_short_way_asks_about_safety_alone() -> Result<()> {
    let page = at(390, 844)?;
    page.button(SHORT)?;
    first_stage(&page)?;
    // No stage about what brings the visitor, nor what was tried, and no cards between stages.
    page.wait_heading("Do you take any medicines now?")?;
    page.button("All parts")?;
    page.wait_heading(HUB)?;
    let text = page.text()?;
    assert!(text.contains("Body") && text.contains("Mind") && !text.contains("What you tried"), "{text}");
    page.button("Show all the questions")?;
    page.wait_text("What you tried")
}

#[test]
fn stages_are_chosen_in_any_order_once_the_age_is_known() -> Result<()> {
    let page = at(1280, 900)?;
    page.button(FULL)?;
    page.wait_heading(AGE)?;
    // The rail stands beside the question; its later stages are closed.
    let closed =
        "return [...document.querySelectorAll('.rail .stage')].filter((s) => s.ariaDisabled === 'true').length";
    assert_eq!(page.script(closed)?, json!(6));
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    assert_eq!(page.script(closed)?, json!(0));
    takes_presses(&page)?;
    page.script("document.querySelectorAll('.rail .stage')[4].click()")?;
    page.wait_heading("Mind")
}

#[test]
fn a_yes_turns_the_call_bar_into_a_button_and_moves_nothing() -> Result<()> {
    let page = at(390, 844)?;
    page.button(FULL)?;
    page.wait_heading(AGE)?;
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    let boxes = "return [...document.querySelectorAll('#app main .row, #app main .acts')].map((e) => Math.round(e.getBoundingClientRect().top + scrollY)).join()";
    let before = page.script(boxes)?;
    page.choose_in(
        "Right now, do you have chest pain or pressure, trouble breathing, or have you just fainted?",
        "Yes",
    )?;
    page.wait_until("the number to call", || {
        Ok(page.script("return document.querySelector('.call-bar a')?.href ?? ''")? == json!("tel:911"))
    })?;
    assert_eq!(page.script(boxes)?, before);
    page.button("Continue")?;
    page.wait_heading(MEDICAL)?;
    // Whom to call stands right behind the heading, and no word about suicide anywhere.
    let next =
        page.script("return document.querySelector('#app main h1').nextElementSibling.querySelector('a').href")?;
    assert_eq!(next, json!("tel:911"));
    let text = page.text()?.to_lowercase();
    assert!(!text.contains("suicide") && !text.contains("988") && !text.contains("not safe by myself"), "{text}");
    Ok(())
}

/// Help and the stages stand behind every screen: an answer that changes nothing in them leaves
/// their elements alone, and one that does draws them anew.
#[test]
fn what_stands_behind_every_screen_is_drawn_anew_where_it_changes() -> Result<()> {
    let page = at(1280, 844)?;
    page.button(FULL)?;
    first_stage(&page)?;
    page.wait_heading(WHY)?;
    page.script(
        "window.changes = 0;
         new MutationObserver((all) => { window.changes += all.length; })
           .observe(document.querySelector('#help'), { subtree: true, childList: true, attributes: true, characterData: true });
         document.querySelectorAll('.rail .stage').forEach((stage) => { stage.marked = true; });",
    )?;
    let changes = || page.script("return window.changes");
    let stay =
        || page.script("return [...document.querySelectorAll('.rail .stage')].filter((stage) => stage.marked).length");
    page.button("Continue")?;
    page.wait_heading("What do you want help with?")?;
    page.choose("Low mood or depression")?;
    page.button("Continue")?;
    page.wait_until("another screen", || Ok(page.heading()? != "What do you want help with?"))?;
    let lines = stay()?;
    assert!(lines.as_u64().is_some_and(|n| (4..7).contains(&n)), "lines of the rail that stayed: {lines}");
    // What help says first hangs on one question alone.
    page.button("Back")?;
    page.wait_heading("What do you want help with?")?;
    page.button("Back")?;
    page.wait_heading(WHY)?;
    page.button("Back")?;
    page.wait_heading(EMERGENCY)?;
    takes_presses(&page)?;
    page.script("document.querySelector('#app main .row input').click()")?;
    page.button("Continue")?;
    page.wait_text(SAFE)?;
    assert_eq!(changes()?, json!(0), "help was drawn anew");
    page.choose("No, I might act on these thoughts")?;
    page.wait_until("help in another order", || Ok(changes()? != json!(0)))
}

#[test]
fn change_comes_back_to_its_row() -> Result<()> {
    let page = at(1280, 900)?;
    resume_with(&page, &fixture("depression"))?;
    page.wait_heading(CHECK)?;
    page.button("Change High blood pressure")?;
    page.wait_heading("Heart and blood vessels")?;
    page.button("Continue")?;
    page.wait_heading(CHECK)?;
    page.wait_until("the focus on the row that was left", || Ok(page.focus()?.contains("High blood pressure")))
}
