//! Deciding: bars for reasons, the comparison in the visitor's order, questions after reading,
//! questions that fit, the card for the driver, and what is known of one medicine on its own card.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{CHECK, START, SUMMARY, finish_now, fixture, read_first, resume_with, words};
use consult_ready_browser::{Browser, Engine, Form, Key, Paper, Result, pdf_pages};
use serde_json::json;

const WEIGH: &str = "Weigh my reasons";
const EASE: &str = "It may ease my symptoms";

fn at(width: u32, height: u32) -> Result<Browser> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(width, height).open()?;
    page.wait_heading(START)?;
    Ok(page)
}

/// From the first screen to the list of ways to decide.
fn deciding(page: &Browser) -> Result<()> {
    read_first(page)?;
    page.settled()?;
    page.button(words().deciding_title())?;
    page.wait_heading(words().deciding_title())?;
    page.settled()
}

/// To the check screen with these answers, whether or not something of them is left open.
fn to_check(page: &Browser, answers: &str) -> Result<()> {
    resume_with(page, answers)?;
    page.wait_until("another screen", || Ok(page.heading()? != START))?;
    page.settled()?;
    if page.heading()? != CHECK {
        finish_now(page)?;
        page.wait_heading(CHECK)?;
        page.settled()?;
    }
    Ok(())
}

fn to_summary(page: &Browser, answers: &str) -> Result<()> {
    to_check(page, answers)?;
    page.button(words().to_summary())?;
    page.wait_heading(SUMMARY)?;
    page.settled()
}

/// What stands beside a reason's bar, or nothing where there is no bar of that name.
fn weight(page: &Browser, reason: &str) -> Result<String> {
    let script = "return [...document.querySelectorAll('#app .weight')].find((w) => w.querySelector('label').innerText.trim() === REASON)?.querySelector('.aside').innerText ?? ''";
    Ok(page.script(&script.replace("REASON", &json!(reason).to_string()))?.as_str().unwrap_or_default().to_string())
}

fn focus_on(page: &Browser, reason: &str) -> Result<()> {
    let script = "[...document.querySelectorAll('#app .weight')].find((w) => w.querySelector('label').innerText.trim() === REASON).querySelector('input').focus()";
    page.script(&script.replace("REASON", &json!(reason).to_string())).map(|_| ())
}

#[test]
fn reasons_get_bars_and_put_their_rows_first() -> Result<()> {
    let page = at(390, 844)?;
    deciding(&page)?;
    page.button(WEIGH)?;
    page.wait_heading(WEIGH)?;
    page.settled()?;
    // A reason gets its bar once it is chosen, and counts nothing until the visitor says so.
    assert_eq!(weight(&page, EASE)?, "");
    page.choose(EASE)?;
    page.choose("The cost")?;
    page.wait_until("a bar that nobody drew", || Ok(weight(&page, EASE)? == "not weighed"))?;
    focus_on(&page, "The cost")?;
    page.press(Key::End)?;
    page.wait_until("the weight of the cost", || Ok(weight(&page, "The cost")? == "10 of 10"))?;
    focus_on(&page, EASE)?;
    page.press(Key::Right)?;
    page.press(Key::Right)?;
    page.wait_until("the weight of ease", || Ok(weight(&page, EASE)? == "2 of 10"))?;
    let text = page.text()?;
    assert!(!text.contains("12") && !text.to_lowercase().contains("in favor"), "something was added up: {text}");
    page.button(words().compare_first_link())?;
    page.wait_heading(words().compare_title())?;
    page.wait_text("The cost; It may ease my symptoms")?;
    let rows = "return [...document.querySelectorAll('#app .compare tbody th')].map((th) => th.firstChild.textContent.trim()).slice(0, 2)";
    assert_eq!(page.script(rows)?, json!([words().compare_cost(), words().compare_works()]));
    Ok(())
}

#[test]
fn weights_and_what_was_missed_stand_on_the_visit_plan() -> Result<()> {
    let page = at(1280, 900)?;
    to_summary(&page, &fixture("deciding"))?;
    let part = |id: &str| {
        page.script(&format!("return document.querySelector('#paper-keep [data-part=\"{id}\"]')?.innerText ?? ''"))
    };
    let decision = part("decision")?.as_str().unwrap_or_default().to_string();
    assert!(
        decision.contains("It may ease my symptoms: 8 of 10") && decision.contains("The cost: 4 of 10"),
        "{decision}"
    );
    let bars = page.script("return document.querySelectorAll('#paper-keep [data-part=\"decision\"] .ruler').length")?;
    assert_eq!(bars, json!(6));
    let over = part("go-over")?.as_str().unwrap_or_default().to_string();
    assert!(
        over.contains("How many it helps") && over.contains("How long relief lasts") && !over.contains("drive"),
        "{over}"
    );
    let medicines =
        page.script("return document.querySelector('#paper-clinician [data-part=\"medicines\"]').innerText")?;
    let medicines = medicines.as_str().unwrap_or_default();
    assert!(medicines.contains("50 mg in the morning") && medicines.contains("Last dose: “yesterday”"), "{medicines}");
    page.button(words().deciding_title())?;
    page.wait_heading(words().deciding_title())
}

#[test]
fn questions_after_reading_tell_and_count_nothing() -> Result<()> {
    let page = at(390, 844)?;
    deciding(&page)?;
    page.button(words().teach_title())?;
    page.wait_heading("Has the FDA approved ketamine infusions for low mood or lasting pain?")?;
    page.settled()?;
    page.choose("Yes, for both")?;
    // The same voice whatever was answered, and the focus on what is known.
    page.wait_until("what is known", || Ok(page.focus()? == format!("h2 {}", words().teach_other())))?;
    page.button(words().teach_next())?;
    page.wait_heading("How many people does a first set of infusions help?")?;
    page.settled()?;
    page.choose("About half. A few feel worse")?;
    page.wait_until("what is known", || Ok(page.focus()? == format!("h2 {}", words().teach_had())))?;
    for _ in 0..3 {
        let before = page.heading()?;
        page.button(words().teach_next())?;
        page.wait_until("the next question", || Ok(page.heading()? != before))?;
        page.settled()?;
        page.choose("I'm not sure")?;
        page.wait_until("what is known", || Ok(page.focus()? == format!("h2 {}", words().teach_unsure())))?;
    }
    page.button(words().teach_next())?;
    page.wait_heading(words().teach_done())?;
    let text = page.text()?;
    assert!(text.contains("What off-label means") && !text.contains("How many it helps"), "{text}");
    assert!(!text.contains("of 5") && !text.contains("1 out"), "answers were counted: {text}");
    Ok(())
}

#[test]
fn questions_that_fit_say_what_a_good_answer_is() -> Result<()> {
    let page = at(390, 844)?;
    to_summary(&page, &fixture("pain-and-heart"))?;
    page.button(words().deciding_title())?;
    page.wait_heading(words().deciding_title())?;
    page.settled()?;
    page.button(words().asks_title())?;
    page.wait_heading(words().asks_title())?;
    page.settled()?;
    let shown = "return [...document.querySelectorAll('#app main .ask')].filter((a) => a.checkVisibility()).length";
    assert_eq!(page.script(shown)?, json!(5));
    page.wait_text("A good answer: ")?;
    page.click_on("document.querySelector('#app main .ask .btn')")?;
    page.wait_text(words().added_question())
}

#[test]
fn the_drivers_card_is_a_box_of_its_own_on_one_page() -> Result<()> {
    let page = at(390, 844)?;
    read_first(&page)?;
    for (topic, holds) in [("For the person who drives home", "The clinic's phone"), ("After an infusion", "Day 14")] {
        page.settled()?;
        page.button(topic)?;
        page.wait_heading(topic)?;
        page.settled()?;
        let pages = pdf_pages(&page.print_pdf(Paper::Letter)?)?;
        assert_eq!(pages.len(), 1, "“{topic}” takes {} pages", pages.len());
        assert!(
            pages[0].contains(holds) && pages[0].contains("911") && !pages[0].contains(words().add_question()),
            "{}",
            pages[0]
        );
        page.button(words().all_topics())?;
        page.wait_heading(words().read_title())?;
    }
    Ok(())
}

#[test]
fn a_medicine_holds_its_dose_and_is_offered_as_tried() -> Result<()> {
    let page = at(390, 844)?;
    to_check(&page, "cr1;age=25-44;takes-medicines=yes;medicines=sertraline")?;
    // Narrow windows fold the parts.
    page.script("document.querySelectorAll('#app main .check-stage').forEach((part) => { part.open = true; })")?;
    page.button("Change Medicines")?;
    page.wait_heading("Which medicines do you take?")?;
    page.settled()?;
    page.click_on("document.querySelector('#app main .med-card > summary')")?;
    page.wait_text("How much sertraline do you take, and how often?")?;
    page.script("document.querySelector('#app main .med-card input[type=text]').focus()")?;
    for letter in "50 mg".chars() {
        page.press(letter)?;
    }
    // The field keeps the focus while its card writes the answer.
    page.wait_until("the dose in the field", || {
        Ok(page.script("return document.querySelector('#app main .med-card input[type=text]').value")?
            == json!("50 mg"))
    })?;
    page.choose("Yesterday")?;
    page.wait_until("the card's own line", || {
        Ok(page
            .script("return document.querySelector('#app main .med-card > summary').innerText")?
            .as_str()
            .is_some_and(|line| line.contains("50 mg · Yesterday")))
    })
}
