//! The clinic's own questions, from the set-up page to the record that the clinic opens.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{CHECK, EMERGENCY, START, SUMMARY, Variant, begin, finish, holds, spanish, tidy};
use consult_ready_browser::{Browser, Engine, Form, Result, pdf_text};
use engine::pack::Words;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use thirtyfour::By;

const SAVE: &str = "Save consult-ready.html";
const RIGHT: &str = "Yes, these are the right help lines for our patients";
const STAGE: &str = "Questions from the clinic";
const ASKED: &str = "one: [en] How did you hear of us? [es] ¿Cómo supo de nosotros?
- [en] From a friend [es] Por una amistad
- [en] On the web [es] En internet
number: [en] How far is it to us? [es] ¿Qué tan lejos le queda?
= [en] miles [es] millas
text: [en] What should we call you? [es] ¿Cómo quiere que le digamos?";

fn set_up(width: u32) -> Result<Browser> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/consult-ready.html");
    let file = std::env::var_os("CONSULT_READY_FILE").map_or(built, PathBuf::from).with_file_name("setup.html");
    let page = Browser::setup(Engine::Chromium, Form::Http).size(width, 900).file(file).open()?;
    page.wait_heading("Make it your clinic’s own")?;
    page.wait_until("the form", || Ok(page.script("return document.documentElement.className")? == json!("js ready")))?;
    Ok(page)
}

/// What stands in the preview's main part; empty while there is none.
fn preview(page: &Browser) -> Result<String> {
    let driver = page.driver();
    let look = async {
        driver.enter_default_frame().await?;
        driver.find(By::Css("#stage iframe")).await?.enter_frame().await?;
        driver
            .execute("return document.querySelector('#app main')?.innerText ?? ''", Vec::new())
            .await
            .map(|value| value.json().clone())
    };
    page.wait_on("looking into the preview", async {
        let text = look.await.unwrap_or_default();
        driver.enter_default_frame().await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    })
}

/// Writes the three questions, tripping over what is refused on the way.
fn write_questions(page: &Browser) -> Result<()> {
    page.fill("Name", "The Asking Clinic")?;
    page.button("Add a question")?;
    page.wait_until("the focus on the new question", || Ok(page.focus()?.contains("How question 1 is answered")))?;
    page.fill("Question 1 in English", "Do you want a proven treatment?")?;
    page.wait_text("Write it in Español, or offer fewer languages.")?;
    page.fill("Question 1 in Español", "¿Cómo supo de nosotros?")?;
    page.wait_text("Write it without “proven”.")?;
    page.fill("Question 1 in English", "How did you hear of us?")?;
    page.wait_text("Write 2 to 12 answers, one a line.")?;
    page.fill("Answers to question 1 in English, one a line", "From a friend\nOn the web")?;
    page.wait_text("Answer 1: Write it in Español, or offer fewer languages.")?;
    page.wait_text("One entry can’t be used yet.")?;
    page.fill("Answers to question 1 in Español, one a line", "Por una amistad\nEn internet")?;
    page.wait_gone("One entry can’t be used yet.")?;
    // The second is written third, and moved up.
    page.button("Add a question")?;
    page.select("How question 2 is answered", "A few words")?;
    page.fill("Question 2 in English", "What should we call you?")?;
    page.fill("Question 2 in Español", "¿Cómo quiere que le digamos?")?;
    page.button("Add a question")?;
    page.select("How question 3 is answered", "A number")?;
    page.fill("Question 3 in English", "How far is it to us?")?;
    page.fill("Question 3 in Español", "¿Qué tan lejos le queda?")?;
    page.fill("Unit of question 3 in English, such as miles", "miles")?;
    page.wait_text("Unit: Write it in Español, or offer fewer languages.")?;
    page.fill("Unit of question 3 in Español, such as miles", "millas")?;
    page.button("Move up: question 3")?;
    page.wait_until("the focus on the moved question", || Ok(page.focus()?.contains("How question 2 is answered")))?;
    assert_eq!(page.value("Question 2 in English")?, "How far is it to us?");
    // One too many is taken out again; what has nothing in it is no question yet.
    page.button("Add a question")?;
    page.button("Remove: question 4")
}

fn settings_in(html: &str) -> Value {
    let (_, rest) = html.split_once("id=\"settings\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn saved(page: &Browser) -> Result<String> {
    page.choose(RIGHT)?;
    Ok(String::from_utf8(page.save(SAVE, ".html")?.1).unwrap())
}

/// Into the clinic's own part by the list of parts, which a wide window shows beside the question.
fn enter(page: &Browser, title: &str) -> Result<()> {
    page.settled()?;
    let press = "const row = [...document.querySelectorAll('#app button.stage')].find((b) => b.checkVisibility() && b.innerText.includes(title));
        row?.click(); return !!row";
    page.wait_until("the clinic's part in the list", || {
        Ok(page.script(&format!("const title = {}; {press}", json!(title)))? == json!(true))
    })?;
    page.wait_heading(title)
}

/// From the fields to the file, from the file to the sheet, the PDF and the record, and back.
#[test]
fn a_clinics_own_questions_go_all_the_way_to_its_record() -> Result<()> {
    let page = set_up(1280)?;
    write_questions(&page)?;
    page.choose("Your questions")?;
    page.wait_until("the questions in the preview", || Ok(preview(&page)?.contains(STAGE)))?;
    page.choose("Paper")?;
    page.wait_until("the questions on paper", || {
        Ok(preview(&page)?.contains("Not answered How did you hear of us?")
            || preview(&page)?.contains("in no score and no rule"))
    })?;
    let html = saved(&page)?;
    assert_eq!(settings_in(&html)["questions"], ASKED);
    drop(page);

    let finished = Variant::of(&html);
    let visitor = Browser::setup(Engine::Chromium, Form::Http).size(1280, 900).file(finished.file()).open()?;
    begin(&visitor)?;
    visitor.choose("25 to 44")?;
    visitor.wait_heading(EMERGENCY)?;
    enter(&visitor, STAGE)?;
    visitor.wait_text("The clinic wrote these.")?;
    visitor.button("Continue")?;
    visitor.wait_heading("How did you hear of us?")?;
    visitor.choose("On the web")?;
    visitor.wait_heading("How far is it to us?")?;
    visitor.fill("How far is it to us? miles", "12")?;
    visitor.button("Continue")?;
    visitor.wait_heading("What should we call you?")?;
    visitor.fill("What should we call you?", "Ana")?;
    visitor.button("Continue")?;
    visitor.wait_until("what comes behind the last one", || Ok(visitor.heading()? != "What should we call you?"))?;
    finish(&visitor, SUMMARY)?;
    let sheet = visitor
        .script("return document.querySelector('#paper-clinician [data-part=own]').textContent")?
        .as_str()
        .unwrap()
        .to_owned();
    for text in [
        "How did you hear of us?",
        "On the web",
        "12 miles",
        "Ana",
        "in no score and no rule of this tool, and not in the code",
    ] {
        assert!(tidy(&sheet).contains(text), "“{text}” is missing in {sheet}");
    }
    visitor.button("More ways to save or share")?;
    let (_, pdf) = visitor.save("Save as a PDF file", ".pdf")?;
    holds(&pdf_text(&pdf)?, &["How did you hear of us?", "12 miles"]);
    let (name, record) = visitor.save("File for the clinic's computer", ".json")?;
    let bundle: Value = serde_json::from_slice(&record).unwrap();
    let responses: Vec<&str> =
        bundle["entry"].as_array().unwrap().iter().filter_map(|e| e["resource"]["questionnaire"].as_str()).collect();
    assert!(responses.len() == 2 && responses[1].starts_with("urn:uuid:"), "{responses:?}");
    read_back(&finished, &visitor.downloads().join(name))?;
    opened_again(&finished)
}

/// The clinic opens the record, in Spanish, with the same file.
fn read_back(finished: &Variant, record: &Path) -> Result<()> {
    let reader =
        Browser::setup(Engine::Chromium, Form::Http).size(1280, 900).language("es-US").file(finished.file()).open()?;
    let words: &Words = &spanish().words;
    reader.wait_heading(words.start_title())?;
    reader.script("location.hash = 'read'")?;
    reader.wait_heading(words.open_title())?;
    reader.give_file(words.open_file(), record)?;
    reader.wait_text("¿Cómo supo de nosotros?")?;
    let own =
        reader.script("return document.querySelector('[data-part=own]').textContent")?.as_str().unwrap().to_owned();
    for text in ["Preguntas de la clínica", "En internet", "12 millas", "Ana", "no están en el código"] {
        assert!(tidy(&own).contains(text), "“{text}” is missing in {own}");
    }
    Ok(())
}

/// The finished file brings its questions back into the form, also into one in Spanish, and for
/// WordPress as lines.
fn opened_again(finished: &Variant) -> Result<()> {
    let page = set_up(390)?;
    page.give_file("Open your finished file", finished.file())?;
    page.wait_text("Opened.")?;
    assert_eq!(page.value("Question 3 in English")?, "What should we call you?");
    assert_eq!(page.value("Answers to question 1 in Español, one a line")?, "Por una amistad\nEn internet");
    page.choose("WordPress")?;
    assert_eq!(page.value("For the field “Your own questions” of the plugin")?, ASKED);
    assert_eq!(page.axe()?, [""; 0]);
    page.button("Español")?;
    page.wait_text("Cómo se responde la pregunta 3")?;
    assert_eq!(page.value("Unidad de la pregunta 2 en English, por ejemplo millas")?, "miles");
    // A language that is not offered has no fields, and its texts stay.
    page.button("English")?;
    page.wait_text("How question 3 is answered")?;
    page.choose("English")?;
    page.wait_gone("Question 3 in Español")?;
    page.fill("Question 3 in English", "What do we call you?")?;
    let html = saved(&page)?;
    assert_eq!(settings_in(&html)["questions"], ASKED.replace("should we", "do we"));
    Ok(())
}

/// A visitor who answers in Spanish, up to the sheet.
#[test]
fn they_are_asked_in_spanish() -> Result<()> {
    let file = common::built();
    let (before, rest) = file.split_once("id=\"settings\">").unwrap();
    let block = json!({ "clinic": "La Clínica", "region": "us", "questions": ASKED }).to_string();
    let finished = Variant::of(
        &[before, "id=\"settings\">", &block, "</script>", rest.split_once("</script>").unwrap().1].concat(),
    );
    let visitor =
        Browser::setup(Engine::Chromium, Form::Http).size(1280, 900).language("es-US").file(finished.file()).open()?;
    let words: &Words = &spanish().words;
    visitor.wait_heading(words.start_title())?;
    visitor.button(words.start_questions())?;
    visitor.wait_heading("¿Cuántos años tiene?")?;
    visitor.choose("De 25 a 44")?;
    visitor.wait_until("the next screen", || Ok(visitor.heading()? != "¿Cuántos años tiene?"))?;
    enter(&visitor, "Preguntas de la clínica")?;
    visitor.button(words.continue_())?;
    visitor.wait_heading("¿Cómo supo de nosotros?")?;
    visitor.choose("No estoy seguro(a)")?;
    visitor.wait_heading("¿Qué tan lejos le queda?")?;
    visitor.wait_text("millas")?;
    common::finish_by(&visitor, words)?;
    visitor.wait_heading(words.check_title())?;
    visitor.button(words.to_summary())?;
    visitor.wait_heading(words.summary_title())?;
    let own = visitor
        .script("return document.querySelector('#paper-clinician [data-part=own]').textContent")?
        .as_str()
        .unwrap()
        .to_owned();
    for text in ["¿Cómo supo de nosotros?", "no están en el código", words.sheet_not_answered()] {
        assert!(tidy(&own).contains(text), "“{text}” is missing in {own}");
    }
    Ok(())
}

/// What somebody wrote into the file by hand that can't be asked is told on the first screen, and
/// nothing of it is asked.
#[test]
fn a_question_that_is_refused_is_told_and_not_asked() -> Result<()> {
    let file = common::built();
    let (before, rest) = file.split_once("id=\"settings\">").unwrap();
    let questions = "yes-no: [en] Do you need parking? [es] ¿Necesita estacionamiento?\ntext: [en] Do you think of suicide? [es] ¿Piensa en ello?";
    let block = json!({ "clinic": "A", "questions": questions }).to_string();
    let wrong = Variant::of(
        &[before, "id=\"settings\">", &block, "</script>", rest.split_once("</script>").unwrap().1].concat(),
    );
    let page = Browser::setup(Engine::Chromium, Form::Http).size(1280, 900).file(wrong.file()).open()?;
    page.wait_heading(START)?;
    holds(
        &page.text()?,
        &["For the clinic: the setting “questions” can't be used. It should be question 2:", "without “suicide”"],
    );
    begin(&page)?;
    assert!(!page.text()?.contains(STAGE));
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    common::finish_now(&page)?;
    page.wait_heading(CHECK)?;
    assert!(!page.text()?.contains("parking"), "a part of what was refused is asked");
    Ok(())
}
