//! The one file around a questionnaire by others, from its start to the sheet.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{Say, Variant, built_around, finish_now, holds, walk, walk_to, words};
use consult_ready_browser::{Browser, Engine, Form, Key, Result};

#[test]
fn a_questionnaire_by_others_is_walked_to_its_sheet() -> Result<()> {
    let file = built_around("scored.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Scored example")?;
    let start = page.text()?;
    assert!(!start.contains(words().start_read()) && !start.contains(words().start_cards()), "{start}");
    holds(&start, &["I need help now", "Who asks"]);
    page.button(words().start_questions())?;
    page.wait_until("the focus on the first question", || Ok(page.focus()? == "h1 Item m1"))?;
    let passed = walk(
        &page,
        &[
            ("Item m1", &[Say::Pick("Answer 3")]),
            ("Item m2", &[Say::Pick("Answer 2")]),
            ("Item m3", &[Say::Write("Own words")]),
            ("Item r1", &[Say::Pick("Answer 1")]),
        ],
    )?;
    assert_eq!(passed.first().map(String::as_str), Some("Item m1"), "{passed:?}");
    page.button("Make my summary")?;
    page.wait_heading(common::SUMMARY)?;
    // Printed either way; on screen only if asked for.
    page.choose("Show my scores on this screen")?;
    page.wait_text("5 / 5")?;
    let sheet = page.text()?;
    holds(&sheet, &["Over the last week", "5 / 5", "Item m1", "Answer 3", "Own words", "Item r1", "988"]);
    assert!(!sheet.to_lowercase().contains("ketamin") && !sheet.contains("Other choices"), "{sheet}");
    Ok(())
}

/// What is wrong with a number is said where the focus is, and is put right there.
#[test]
fn a_wrong_number_takes_the_focus() -> Result<()> {
    let file = built_around("drawn.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Drawn example")?;
    page.button(words().start_questions())?;
    page.wait_until("the focus on the first question", || Ok(page.focus()? == "h1 1. Weight"))?;
    for wrong in ["12", "70x", "301"] {
        page.fill("1. Weight kg", wrong)?;
        page.button("Continue")?;
        page.wait_until(&format!("the focus on what is wrong with {wrong}"), || {
            Ok(page.focus()?.contains("There is a problem"))
        })?;
        holds(&page.text()?, &["Enter a number from 20 to 300.5"]);
    }
    // Nor is it left behind on the way to the summary.
    finish_now(&page)?;
    page.wait_until("the focus on what is wrong still", || Ok(page.focus()?.contains("There is a problem")))?;
    page.fill("1. Weight kg", "70.5")?;
    page.button("Continue")?;
    page.wait_heading("Item note")?;
    // Nor by Back, which once began the page anew and lost every answer.
    page.button("Back")?;
    page.wait_heading("1. Weight")?;
    page.fill("1. Weight kg", "705")?;
    page.script("window.here = 'still'")?;
    page.button("Back")?;
    page.wait_until("the focus on what is wrong by Back", || Ok(page.focus()?.contains("There is a problem")))?;
    assert_eq!(page.value("1. Weight kg")?, "705");
    page.fill("1. Weight kg", "71.5")?;
    page.button("Back")?;
    page.wait_heading("Drawn example")?;
    assert_eq!(page.script("return window.here")?, "still", "the page was loaded anew");
    page.button(words().start_resume())?;
    page.wait_heading("Item note")?;
    finish_now(&page)?;
    page.wait_heading("Check your answers")?;
    holds(&page.text()?, &["71.5 kg"]);
    page.button("Make my summary")?;
    page.wait_heading(common::SUMMARY)?;
    assert!(!page.text()?.contains("my scores"), "nothing is added up in this questionnaire");
    Ok(())
}

/// Several answers to one question, each in a box of its own, with the keyboard alone from the
/// wrong one on.
#[test]
fn several_numbers_are_typed_each_in_its_box() -> Result<()> {
    let file = built_around("several.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Several example")?;
    page.button(words().start_questions())?;
    page.wait_until("the focus on the first question", || Ok(page.focus()? == "h1 Item weights"))?;
    let typed = |text: &str| text.chars().try_for_each(|c| page.press(c));
    let held =
        || page.script("return [...document.querySelectorAll('.field input')].map((box) => box.value).join(' ')");
    page.fill("Item weights kg", "70")?;
    page.button("Add")?;
    page.wait_until("the focus in the new box", || {
        Ok(page.script("return document.activeElement.value === ''")? == true)
    })?;
    assert!(
        page.ax_tree()?.iter().any(|node| node.name == "Item weights 2 kg"),
        "the second box has no name of its own"
    );
    typed("71.5x")?;
    page.button("Continue")?;
    page.wait_until("the focus on what is wrong", || Ok(page.focus()?.contains("There is a problem")))?;
    holds(&page.text()?, &["Enter a number from 0 to 300"]);
    // Its link, the first box, the second: there the whole text is marked, and is typed over.
    (0..3).try_for_each(|_| page.press(Key::Tab))?;
    typed("71.5")?;
    assert_eq!(held()?, "70 71.5");
    page.button("Continue")?;
    page.wait_heading("Item ages")?;
    page.button("Back")?;
    page.wait_heading("Item weights")?;
    assert_eq!(held()?, "70 71.5", "what was typed stands there again");
    page.button("Continue")?;
    page.wait_until("the focus on the next question", || Ok(page.focus()? == "h1 Item ages"))?;
    walk(&page, &[("Item names", &[Say::Write("Ana")])])?;
    page.button("Make my summary")?;
    page.wait_heading(common::SUMMARY)?;
    holds(&page.text()?, &["70 kg; 71.5 kg", "Ana"]);
    Ok(())
}

/// A closed list takes no name that is not in it, and loses none that is.
#[test]
fn a_closed_list_says_what_it_lacks() -> Result<()> {
    let file = built_around("choices.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Choices example")?;
    page.button(words().start_questions())?;
    walk_to(&page, &[], "Item listed")?;
    page.fill("Type a name", "zzz")?;
    page.button("Continue")?;
    page.wait_until("the focus on what is wrong", || Ok(page.focus()?.contains("There is a problem")))?;
    holds(&page.text()?, &["This name is not in the list", "zzz (as typed, not what was asked for)"]);
    page.button("Remove zzz (as typed, not what was asked for)")?;
    page.fill("Type a name", "fig")?;
    page.button("Continue")?;
    page.wait_heading("Item none")?;
    finish_now(&page)?;
    page.wait_heading("Check your answers")?;
    holds(&page.text()?, &["Item listed Fig Change"]);
    Ok(())
}

/// At a kiosk letters are tapped on keys of ours; a day comes from the browser's own calendar.
#[test]
fn at_a_kiosk_a_day_is_picked() -> Result<()> {
    let file = built_around("operators.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Operators example")?;
    page.script("location.hash = 'kiosk'; location.reload()")?;
    page.wait_until("the attract screen", || {
        Ok(page.script("return !!document.querySelector('#app .attract .begin')")? == true)
    })?;
    page.button("Tap here to start")?;
    page.wait_until("the focus on the start", || Ok(page.focus()? == "h1 Operators example"))?;
    page.button(words().start_questions())?;
    let keys = || page.script("return document.querySelectorAll('.pad button').length");
    for (item, tapped) in [("Item whole", true), ("Item number", true), ("Item day", false), ("Item words", true)] {
        page.wait_until(item, || Ok(page.focus()? == format!("h1 {item}")))?;
        assert_eq!(keys()?.as_u64().unwrap() > 0, tapped, "{item}");
        let silent = page.script("return document.querySelector('.field input').inputMode === 'none'")?;
        assert_eq!(silent, tapped, "{item}");
        page.button("Skip this question")?;
    }
    Ok(())
}

/// Cases 04 and 13: a day that is half typed, that no calendar has, or of the year 22 is asked
/// again on every way off its screen: the field holds it as bad input, and its value is empty as if
/// nobody had touched it.
#[test]
fn a_day_that_is_none_is_asked_again_on_every_way() -> Result<()> {
    let file = built_around("operators.json");
    for engine in Engine::ALL {
        let page = Browser::setup(engine, Form::Http).file(file.file()).open()?;
        page.wait_heading("Operators example")?;
        page.button(words().start_questions())?;
        walk_to(&page, &[], "Item day")?;
        // Keys go from one part of the field to the next, beginning with the first once the field
        // is entered anew.
        let [half, impossible, early] = ["0203", "02312024", "03040022"];
        let typed = |keys: &str| -> Result<()> {
            page.settled()?;
            page.script("const field = document.querySelector('#app main input[type=date]'); field.value = ''; field.blur(); field.focus()")?;
            keys.chars().try_for_each(|key| page.press(key))
        };
        let asked_again = |what: &str| {
            page.wait_until(&format!("{engine:?}: “{what}” to be asked again"), || {
                Ok(page.focus()?.contains("There is a problem") && page.text()?.contains("Item day"))
            })
        };
        for keys in [half, impossible, early] {
            typed(keys)?;
            page.button("Continue")?;
            asked_again(keys)?;
        }
        typed(half)?;
        finish_now(&page)?;
        asked_again("half typed, and finished")?;
        typed(half)?;
        page.button("Back")?;
        asked_again("half typed, and back")?;
        // A day that is one, as the field's own calendar gives it.
        page.script(
            "const field = document.querySelector('#app main input[type=date]');
             field.value = '2022-03-04';
             field.dispatchEvent(new Event('input', { bubbles: true }))",
        )?;
        page.button("Continue")?;
        page.wait_heading("Item words")?;
        finish_now(&page)?;
        page.wait_heading(common::CHECK)?;
        holds(&page.text()?, &["2022"]);
    }
    Ok(())
}

/// The first question of `entered.json`: names, in a linkId with a blank and quotation marks.
fn entered() -> Result<(Variant, Browser)> {
    let file = built_around("entered.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Entered example")?;
    page.button(words().start_questions())?;
    page.wait_until("the focus on the first question", || Ok(page.focus()? == "h1 Medicines"))?;
    Ok((file, page))
}

/// Case 14: what comes from a questionnaire in another language says which, and is read from the
/// side where it begins; what is typed keeps its own direction, on screen and on the sheet.
#[test]
fn other_scripts_keep_their_language_and_direction() -> Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let given = folder.path().join("arabic.json");
    let ask = |link: &str, kind: &str, text: &str| serde_json::json!({ "linkId": link, "type": kind, "text": text });
    let group = |link: &str, text: &str, item: serde_json::Value| serde_json::json!({ "linkId": link, "type": "group", "text": text, "item": [item] });
    let items = [
        group("g", "اليوم", ask("a", "string", "كيف حالك اليوم؟ (1-10)")),
        group("h", "النوم", ask("b", "boolean", "هل تنام جيدا؟")),
    ];
    std::fs::write(
        &given,
        serde_json::json!({ "resourceType": "Questionnaire", "title": "مثال", "language": "ar", "item": items })
            .to_string(),
    )
    .unwrap();
    let file = built_around(given.to_str().unwrap());
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("مثال")?;
    page.button(words().start_questions())?;
    page.wait_until("the focus on the first question", || Ok(page.focus()? == "h1 كيف حالك اليوم؟ (1-10)"))?;
    let of = |selector: &str| {
        page.script(&format!(
            "const e = document.querySelector({}); return [e.closest('[lang]').lang, e.matches(':dir(rtl)') ? 'rtl' : 'ltr']",
            serde_json::json!(selector)
        ))
    };
    assert_eq!(of("#app main h1")?, serde_json::json!(["ar", "rtl"]));
    assert_eq!(of("#app main .acts")?, serde_json::json!(["en", "ltr"]), "the buttons are ours");
    page.fill("كيف حالك اليوم؟ (1-10)", "בסדר (1-10)")?;
    assert_eq!(of("#app main input")?[1], "rtl", "what is typed");
    page.fill("كيف حالك اليوم؟ (1-10)", "so-so (1-10)")?;
    assert_eq!(of("#app main input")?[1], "ltr", "what is typed");
    page.fill("كيف حالك اليوم؟ (1-10)", "בסדר (1-10)")?;
    page.button("Continue")?;
    page.wait_until("the focus on the next question", || Ok(page.focus()? == "h1 هل تنام جيدا؟"))?;
    assert_eq!(of("#app main .answers")?, serde_json::json!(["ar", "rtl"]));
    finish_now(&page)?;
    page.wait_heading(common::CHECK)?;
    assert_eq!(of("#app main dl.check dt")?, serde_json::json!(["ar", "rtl"]));
    page.button("Make my summary")?;
    page.wait_heading(common::SUMMARY)?;
    assert_eq!(of("#paper-clinician [data-part=answers] li")?, serde_json::json!(["ar", "rtl"]));
    assert_eq!(of("#paper-clinician h2")?, serde_json::json!(["en", "ltr"]));
    Ok(())
}

/// Case 15: after a name is added the focus stands in the field again, whatever its linkId is made
/// of.
#[test]
fn a_type_ahead_keeps_its_focus() -> Result<()> {
    let (_file, page) = entered()?;
    page.fill("Type a name", "Alpha")?;
    page.button("Add Alphazole")?;
    page.wait_text("Remove Alphazole")?;
    let in_the_field = "const field = document.activeElement; return field.type === 'search' && field.value === ''";
    page.wait_until("the focus in the field", || Ok(page.script(in_the_field)? == true))
}

/// Case 21: an Enter that ends an input method's composition adds nothing.
#[test]
fn a_type_ahead_waits_for_a_composition() -> Result<()> {
    let (_file, page) = entered()?;
    page.fill("Type a name", "あり")?;
    let composed = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))";
    page.script(composed)?;
    assert_eq!(page.value("Type a name")?, "あり", "it was added half typed");
    page.script("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))")?;
    page.wait_text("Remove あり")
}

/// Case 06: what is pasted beyond the limit stands whole, and Continue says how much is too much.
/// Letters are counted as people and FHIR count them: an emoji is one.
#[test]
fn nothing_that_is_pasted_is_cut() -> Result<()> {
    const PASTED: &str = "sertraline 50 mg, lithium 300 mg";
    let file = built_around("entered.json");
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_heading("Entered example")?;
    page.button(words().start_questions())?;
    walk_to(&page, &[], "Allergies")?;
    page.fill("Allergies", PASTED)?;
    page.button("Continue")?;
    page.wait_until("the focus on what is wrong", || Ok(page.focus()?.contains("There is a problem")))?;
    holds(&page.text()?, &["20", "12"]);
    assert_eq!(page.value("Allergies")?, PASTED);
    page.script(
        "const field = document.querySelector('#app main input[type=text]');
         field.value = '😀'.repeat(20);
         field.dispatchEvent(new Event('input', { bubbles: true }))",
    )?;
    page.button("Continue")?;
    page.wait_heading(common::CHECK)?;
    holds(&page.text()?, &[&"😀".repeat(20)]);
    Ok(())
}
