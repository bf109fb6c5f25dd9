//! Back and Forward walk the steps, a reload forgets, and the browser's history learns nothing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, CHECK, E1, EMERGENCY, Plan, START, Say, THANKS, back_to, begin, finish_now, fixture, forward_to, go_on_to,
    holds, press_back_to, resume_with, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};

const WHY: &str = "What do you want help with?";
const HOW_LONG: &str = "How long have you had pain, this time?";
const TAKES: &str = "Do you take any medicines now?";
/// The page that asks for the doses.
const DOSES: &str = "More about your medicines";
const MEDICINES: &str = "Which medicines do you take?";
const GOAL: &str = "What is your main goal?";
const PLAN: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (EMERGENCY, &[Say::PickIn(E1, "No")]),
    (WHY, &[Say::Pick("Long-lasting pain")]),
    (HOW_LONG, &[Say::Pick("1 to 2 years")]),
];

/// The heading with the focus on it: only then is a change of screen over.
fn arrives(page: &Browser, heading: &str) -> Result<()> {
    page.wait_until(&format!("the focus on “{heading}”"), || Ok(page.focus()? == format!("h1 {heading}")))
}

/// The check page again, with the focus on the row that was left for its change.
fn comes_back_to_its_row(page: &Browser, row: &str) -> Result<()> {
    page.wait_until(&format!("the focus on the row “{row}” of the check page"), || {
        Ok(page.heading()? == CHECK && page.focus()?.ends_with(&format!("Change {row}")))
    })
}

/// What a look over the shoulder, a host page or a synced history could get.
fn tells_nothing(page: &Browser) -> Result<()> {
    let seen = page.script(
        "return [location.search + location.hash, document.title, history.state, Number.isInteger(history.state)]",
    )?;
    assert_eq!(
        [&seen[0], &seen[1], &seen[3]],
        [&json!(""), &json!("Consult Ready"), &json!(true)],
        "on “{}”: {seen}",
        page.heading()?
    );
    Ok(())
}

#[test]
fn back_and_forward_walk_the_steps_and_show_the_answers() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    let next = "Your pain";
    walk_to(&page, PLAN, next)?;
    back_to(&page, HOW_LONG)?;
    assert!(page.is_chosen("1 to 2 years")?);
    back_to(&page, WHY)?;
    assert!(page.is_chosen("Long-lasting pain")? && !page.is_chosen("Low mood or depression")?);
    back_to(&page, EMERGENCY)?;
    assert!(page.is_chosen_in(E1, "No")? && !page.is_chosen_in(E1, "Yes")?);
    back_to(&page, AGE)?;
    assert!(page.is_chosen("25 to 44")?);
    back_to(&page, START)?;
    for (heading, answer) in
        [(AGE, "25 to 44"), (EMERGENCY, ""), (WHY, "Long-lasting pain"), (HOW_LONG, "1 to 2 years")]
    {
        forward_to(&page, heading)?;
        assert!(answer.is_empty() || page.is_chosen(answer)?, "Forward lost “{answer}”");
    }
    // The page's own Back is the browser's: what was changed on the way stays, and Forward leads
    // on.
    press_back_to(&page, WHY)?;
    page.choose("Low mood or depression")?;
    forward_to(&page, "How long have you had low mood or pain, this time?")?;
    back_to(&page, WHY)?;
    assert!(page.is_chosen("Low mood or depression")? && page.is_chosen("Long-lasting pain")?);
    Ok(())
}

/// Back from a question that was changed is the check page too, and the new answer holds.
#[test]
fn a_change_returns_to_the_check_page_by_continue_and_by_back() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    finish_now(&page)?;
    arrives(&page, CHECK)?;
    holds(&page.text()?, &["Wants help with Long-lasting pain Change"]);
    page.button("Change Wants help with")?;
    arrives(&page, WHY)?;
    assert!(page.is_chosen("Long-lasting pain")?);
    page.choose("Low mood or depression")?;
    page.button("Continue")?;
    comes_back_to_its_row(&page, "Wants help with")?;
    holds(&page.text()?, &["Wants help with Low mood or depression; Long-lasting pain Change"]);
    page.button("Change Age")?;
    arrives(&page, AGE)?;
    page.choose("45 to 64")?;
    comes_back_to_its_row(&page, "Age")?;
    holds(&page.text()?, &["Age 45 to 64 Change"]);
    back_to(&page, AGE)?;
    assert!(page.is_chosen("45 to 64")?);
    page.button("Continue")?;
    arrives(&page, CHECK)?;
    page.button("Change Wants help with")?;
    arrives(&page, WHY)?;
    page.choose("Anxiety or worry")?;
    page.back()?;
    comes_back_to_its_row(&page, "Wants help with")?;
    holds(&page.text()?, &["Wants help with Low mood or depression; Long-lasting pain; Anxiety or worry Change"]);
    forward_to(&page, WHY)?;
    assert!(page.is_chosen("Anxiety or worry")?);
    Ok(())
}

/// Also when the new answer asks for help: it stands on the way, and behind it is the check page.
#[test]
fn a_change_that_asks_for_help_passes_by_help_to_the_check_page() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    walk_to(&page, PLAN, WHY)?;
    finish_now(&page)?;
    arrives(&page, CHECK)?;
    page.button("Change Thoughts of killing yourself, right now")?;
    arrives(&page, EMERGENCY)?;
    page.choose_in(E1, "Yes")?;
    page.button("Continue")?;
    arrives(&page, THANKS)?;
    page.button("Go on with my questions")?;
    comes_back_to_its_row(&page, "Thoughts of killing yourself, right now")?;
    back_to(&page, THANKS)?;
    back_to(&page, EMERGENCY)?;
    assert!(page.is_chosen_in(E1, "Yes")?);
    Ok(())
}

/// A medicine that is missing looks like none: a name that was not added yet is, whichever way its
/// screen goes. Only who passes the question over takes it back.
#[test]
fn a_name_half_entered_is_never_left_behind() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    let answers = fixture("everything-no").replace("takes-medicines=no", "takes-medicines=yes");
    let held =
        || Ok(page.script("return localStorage.getItem('consult-ready')")?.as_str().unwrap_or_default().to_owned());
    let ways: &[(&str, &dyn Fn() -> Result<()>)] = &[
        ("the way to the summary", &|| finish_now(&page)),
        ("our Back", &|| page.button("Back")),
        ("the browser's Back", &|| page.back()),
        ("the menu", &|| {
            page.button("Menu")?;
            page.button("About this tool")
        }),
        ("Continue", &|| page.button("Continue")),
        ("another language", &|| {
            page.button("Menu")?;
            page.select("Language", "Español")
        }),
    ];
    for (way, go) in ways {
        resume_with(&page, &answers)?;
        arrives(&page, MEDICINES)?;
        page.fill("Type a name", "Wonderpill")?;
        assert!(!held()?.contains("Wonderpill"), "{way}: it is added already");
        go()?;
        page.wait_until(&format!("the name, by {way}"), || Ok(held()?.contains(";medicines='Wonderpill")))?;
    }
    resume_with(&page, &answers)?;
    arrives(&page, MEDICINES)?;
    page.fill("Type a name", "Wonderpill")?;
    page.button("Skip this question")?;
    page.wait_until("the question passed over", || Ok(held()?.contains(";medicines=-")))?;
    finish_now(&page)?;
    arrives(&page, CHECK)?;
    assert!(!page.text()?.contains("Wonderpill"));
    Ok(())
}

/// What is no longer asked is passed over by Back, and the browser's own place with it: no press is
/// lost, and none leads astray.
#[test]
fn back_passes_over_what_is_no_longer_asked() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    resume_with(&page, &fixture("everything-no").replace("takes-medicines=no", "takes-medicines=yes"))?;
    arrives(&page, MEDICINES)?;
    page.fill("Type a name", "Wonderpill")?;
    page.button("Continue")?;
    arrives(&page, DOSES)?;
    finish_now(&page)?;
    arrives(&page, CHECK)?;
    page.button("Change Takes medicines")?;
    arrives(&page, TAKES)?;
    page.choose("No")?;
    comes_back_to_its_row(&page, "Takes medicines")?;
    back_to(&page, TAKES)?;
    back_to(&page, CHECK)?;
    // Doses and medicines lie between.
    back_to(&page, START)?;
    page.wait_until("the browser's own place", || {
        Ok(tells_nothing(&page).is_ok() && page.script("return history.state % 65536")? == json!(0))
    })?;
    arrives(&page, START)?;
    page.button(words().start_resume())?;
    arrives(&page, CHECK)?;
    back_to(&page, START)?;
    forward_to(&page, CHECK)
}

/// Own words and "none of these" exclude each other, whichever comes last, and the box shows what
/// counts.
#[test]
fn own_words_and_none_exclude_each_other() -> Result<()> {
    const OTHER_THINGS: &str = "Other things you take";
    const NONE: &str = "No, I do not take any of these";
    const OWN: &str = "Something else, in your own words";
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    resume_with(&page, &fixture("everything-no").replace("supplements=none;", ""))?;
    arrives(&page, OTHER_THINGS)?;
    page.choose(NONE)?;
    page.fill(OWN, "ginseng")?;
    page.wait_until("“none” taken back", || Ok(!page.is_chosen(NONE)?))?;
    page.choose(NONE)?;
    page.wait_until("the words taken back", || Ok(page.value(OWN)?.is_empty()))?;
    page.fill(OWN, "ginseng")?;
    page.choose("St John's wort")?;
    assert_eq!(page.value(OWN)?, "ginseng", "words beside a herb stay");
    finish_now(&page)?;
    arrives(&page, CHECK)?;
    holds(&page.text()?, &["St John's wort; ginseng"]);
    Ok(())
}

#[test]
fn a_reload_forgets_everything() -> Result<()> {
    for form in [Form::Http, Form::Framed] {
        let page = Browser::open(Engine::Chromium, form)?;
        begin(&page)?;
        walk_to(&page, PLAN, HOW_LONG)?;
        page.reload()?;
        page.wait_heading(START)?;
        assert!(!page.text()?.contains(words().start_resume()), "the reloaded page still knows of answers ({form:?})");
        begin(&page)?;
        assert!(!page.is_chosen("25 to 44")?, "an answer outlived the reload ({form:?})");
    }
    Ok(())
}

/// Who comes after on the same device and goes Back finds the first screen and no answers.
#[test]
fn back_after_a_reload_or_clear_everything_shows_no_answer() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)?;
    let shows_the_start = |page: &Browser| -> Result<()> {
        page.wait_heading(START)?;
        assert!(!page.text()?.contains(words().start_resume()));
        assert_eq!(page.script("return document.querySelectorAll('#app main input:checked').length")?, json!(0));
        tells_nothing(page)
    };
    for _ in 0..4 {
        page.back()?;
        shows_the_start(&page)?;
    }
    page.reload()?;
    shows_the_start(&page)?;
    begin(&page)?;
    assert!(!page.is_chosen("25 to 44")?);
    Ok(())
}

/// The address, the title and the state of each entry, as the browser itself keeps them.
#[test]
fn the_history_holds_nothing_but_a_number() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    tells_nothing(&page)?;
    let before = page.cdp("Page.getNavigationHistory", json!({}))?["currentIndex"].as_u64().unwrap();
    begin(&page)?;
    tells_nothing(&page)?;
    let worried = [
        (AGE, &[Say::Pick("25 to 44")][..]),
        (EMERGENCY, &[Say::PickIn(E1, "Yes")]),
        ("Your goal", &[Say::WriteIn(GOAL, "Sleep & <b>")]),
    ];
    let passed = walk_to(&page, &worried, CHECK)?;
    assert!(passed.iter().any(|heading| heading == THANKS));
    tells_nothing(&page)?;
    page.button("Make my summary")?;
    arrives(&page, common::SUMMARY)?;
    tells_nothing(&page)?;
    let history = page.cdp("Page.getNavigationHistory", json!({}))?;
    let entries: Vec<&Value> =
        history["entries"].as_array().unwrap().iter().skip(usize::try_from(before).unwrap()).collect();
    // The browser itself forgets all but the last 50.
    assert!(entries.len() > 40, "only {} entries", entries.len());
    let address = page.script("return location.href")?;
    for entry in entries {
        assert_eq!([&entry["url"], &entry["title"]], [&address, &json!("Consult Ready")], "{entry}");
    }
    for _ in 0..12 {
        page.back()?;
        tells_nothing(&page)?;
    }
    Ok(())
}

/// The page around the frame can count entries: there are none to count, and Back still goes back.
#[test]
fn in_a_frame_no_history_is_made() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Framed)?;
    page.wait_heading(START)?;
    let of_host = |page: &Browser| page.host_script("return [history.length, history.state, location.href]");
    let before = of_host(&page)?;
    assert_eq!(before[1], Value::Null);
    begin(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    assert_eq!(of_host(&page)?, before, "the host can see the steps");
    press_back_to(&page, WHY)?;
    assert!(page.is_chosen("Long-lasting pain")?);
    press_back_to(&page, EMERGENCY)?;
    assert!(page.is_chosen_in(E1, "No")?);
    page.button("Continue")?;
    // A stage that was begun opens where it was left.
    go_on_to(&page, HOW_LONG)?;
    finish_now(&page)?;
    arrives(&page, CHECK)?;
    page.button("Change Age")?;
    arrives(&page, AGE)?;
    page.button("Continue")?;
    comes_back_to_its_row(&page, "Age")?;
    page.button("Need help now?")?;
    page.wait_heading("Help, now")?;
    page.button("Close")?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)?;
    assert_eq!(of_host(&page)?, before, "the host can see the steps");
    assert_eq!(page.script("return [location.search + location.hash, history.state]")?, json!(["", null]));
    Ok(())
}

/// A change of screen moves the focus and must leave the clinic's page where its reader put it.
#[test]
fn in_a_frame_a_moved_focus_does_not_scroll_the_host() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Framed).size(390, 500).open()?;
    page.wait_heading(START)?;
    // By script, since a driver that clicks scrolls the host itself.
    let click = |name: &str| {
        page.wait_until("a screen that takes presses", || {
            Ok(page.script("return document.documentElement.dataset.settled !== 'no'")? == json!(true))
        })?;
        page.script(&format!(
            "[...document.querySelectorAll('#app :is(button, label)')].find((b) => b.checkVisibility() && b.innerText.split('\\n')[0].trim() === {name:?}).click()"
        ))
    };
    // With the heading out of sight above the window, and with the frame not yet scrolled to.
    for wanted in [300, 0] {
        page.host_script(&format!("scrollTo(0, {wanted})"))?;
        let stays = |heading: &str| -> Result<()> {
            arrives(&page, heading)?;
            let at = page.host_script("return scrollY")?;
            assert_eq!(at, json!(wanted), "the focus on “{heading}” scrolled the clinic's page");
            Ok(())
        };
        let first = if wanted == 300 { words().start_questions() } else { words().start_resume() };
        // The second time over the card of the next stage.
        let [heading, next] = if wanted == 300 { [AGE, EMERGENCY] } else { [EMERGENCY, "What brings you"] };
        click(first)?;
        stays(heading)?;
        if wanted == 300 {
            click("25 to 44")?;
        } else {
            click("Continue")?;
        }
        stays(next)?;
        click("Need help now?")?;
        stays("Help, now")?;
        click("Close")?;
        page.script("document.querySelector('details.menu').open = true")?;
        click(words().finish_now())?;
        stays(CHECK)?;
        page.script("document.querySelector('details.menu').open = true")?;
        click("Start page")?;
        stays(START)?;
    }
    Ok(())
}
