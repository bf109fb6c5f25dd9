//! Paper: both sheets on A4 and Letter, whole, in their order, with help on them and nothing of the screen.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{CHECK, EMERGENCY, ITEM_9, START, SUMMARY, begin, fixture, holds, resume_with, tidy};
use consult_ready_browser::{Browser, Engine, Form, Paper, Result, pdf_pages};
use serde_json::Value;
use std::collections::BTreeMap;

const MINOR: &str = "A page for you";
const LEAVE_OUT: &str = "Leave my answers about suicide off the printed page";
const LEFT_OUT: &str = "The patient chose not to print the answers about suicide.";
const HELP_LINE: &str = "Call 911 · 988 Suicide and Crisis Lifeline: Call or text 988";
/// How the lines begin that head the first page, from the top; a heading in the margin may go on in the next line.
const FIRST_PAGE: [&str; 5] = ["For the clinician", "Safety", "Why I came", "Medicines", "Scores"];

/// Printed words of the sheets, also those that the screen hides; not what only a screen reader gets.
const WORDS: &str = "
    const walker = document.createTreeWalker(document.querySelector('#app .sheets'), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.sr')) texts.push(walker.currentNode.data);
    return texts;";

fn open() -> Result<Browser> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    Ok(page)
}

/// From somewhere in the questions to the sheets.
#[track_caller]
fn finish(page: &Browser, title: &str) -> Result<()> {
    page.wait_until("the check screen or a question", || Ok(page.focus()?.starts_with("h1 ")))?;
    if page.heading()? != CHECK {
        page.button("Finish now with my summary")?;
        page.wait_heading(CHECK)?;
    }
    page.button("Make my summary")?;
    page.wait_heading(title)
}

/// The sheets of a named set of answers, on screen.
#[track_caller]
fn sheets_of(name: &str, title: &str) -> Result<Browser> {
    let page = open()?;
    resume_with(&page, &fixture(name))?;
    finish(&page, title)?;
    Ok(page)
}

/// A print, and where the sheet to keep begins.
struct Print {
    pages: Vec<String>,
    keep: usize,
}

impl Print {
    /// Prints, and proves what holds for any sheets on any paper.
    #[track_caller]
    fn on(page: &Browser, paper: Paper) -> Result<Self> {
        let pages = pdf_pages(&page.print_pdf(paper)?)?;
        for (i, text) in pages.iter().enumerate() {
            let last = lines(text).last().unwrap_or_default();
            assert_eq!(last, format!("Page {} of {}", i + 1, pages.len()), "on {paper:?}");
        }
        let whole = pages.join("\n");
        assert_whole(page, &whole)?;
        assert_no_controls(page, &whole)?;
        let begins = |text: &String| lines(text).next() == Some("To keep".to_owned());
        let keep = pages.iter().position(begins).unwrap_or(0);
        assert_eq!(
            whole.lines().filter(|l| l.trim() == "To keep").count(),
            pages.iter().filter(|p| begins(p)).count(),
            "no page of its own:\n{whole}"
        );
        holds(&pages[keep..].join("\n"), &["988 Suicide and Crisis Lifeline: Call or text 988", "Call 911"]);
        Ok(Self { pages, keep })
    }

    fn clinician(&self) -> String {
        self.pages.iter().take(self.keep).cloned().collect::<Vec<_>>().join("\n")
    }

    fn to_keep(&self) -> String {
        self.pages.iter().skip(self.keep).cloned().collect::<Vec<_>>().join("\n")
    }

    /// Two sheets, the clinician's first and with its foot, on no more pages than these.
    #[track_caller]
    fn has_both(&self, clinician: usize, keep: usize) {
        assert!(self.keep > 0, "no sheet to keep behind the clinician's:\n{}", self.pages.join("\n"));
        assert!(self.keep <= clinician, "{} pages for the clinician, not {clinician}", self.keep);
        assert!(self.pages.len() - self.keep <= keep, "{} pages to keep, not {keep}", self.pages.len() - self.keep);
        in_order(&self.clinician());
        holds(&self.clinician(), &["Name", "Date of birth", "Self-reported, not checked, not a diagnosis.", HELP_LINE]);
        assert!(!self.to_keep().contains("PHQ-9"), "the sheet to keep holds a score");
    }
}

/// Lines with something in them.
fn lines(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.lines().map(tidy).filter(|line| !line.is_empty())
}

/// That what the first page must hold is there in its order.
#[track_caller]
fn in_order(text: &str) {
    let at = FIRST_PAGE.map(|head| lines(text).position(|line| line.starts_with(head)));
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{FIRST_PAGE:?} stand at {at:?} in\n{text}");
}

/// Words and how often each is there. Paper may break a word at a hyphen, so what is between letters and digits is left out.
fn count<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut words = BTreeMap::new();
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()) {
        *words.entry(word).or_default() += 1;
    }
    words
}

/// That every word of the sheets is printed, as often as it is there.
#[track_caller]
fn assert_whole(page: &Browser, printed: &str) -> Result<()> {
    let texts = page.script(WORDS)?;
    let wanted = count(texts.as_array().unwrap().iter().filter_map(Value::as_str));
    assert!(wanted.len() > 100, "hardly a word on the sheets: {wanted:?}");
    let there = count([printed].into_iter());
    let lost = wanted.iter().filter(|(word, n)| there.get(*word).is_none_or(|found| found < n)).collect::<Vec<_>>();
    assert!(lost.is_empty(), "lost on paper: {lost:?} of\n{printed}");
    Ok(())
}

/// That nothing is printed that a finger or a mouse is for.
#[track_caller]
fn assert_no_controls(page: &Browser, printed: &str) -> Result<()> {
    let controls = page.script("return [...document.querySelectorAll('#app button, #app .bar a')].map((e) => e.textContent.trim())")?;
    let controls = common::strings(&controls);
    assert!(controls.contains("Menu"), "found no bar: {controls:?}");
    // A place in the menu is called like its screen.
    let heading = page.heading()?;
    let printed: Vec<String> = lines(printed).collect();
    let found: Vec<&String> = controls.iter().filter(|name| !name.is_empty() && **name != heading && printed.contains(&tidy(name))).collect();
    assert!(found.is_empty(), "printed: {found:?} in\n{}", printed.join("\n"));
    Ok(())
}

#[test]
fn a_light_summary_prints_its_first_page_in_order() -> Result<()> {
    let page = sheets_of("light", SUMMARY)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        print.has_both(2, 2);
        in_order(&print.pages[0]);
        holds(&print.pages[0], &["PHQ-9 5 / 27", "“To enjoy cooking again”"]);
        holds(&print.to_keep(), &["Can my sister stay in the room?", "Bring", "Before", "After an"]);
    }
    Ok(())
}

/// More than a page can hold: it flows, in the same order, and nothing is lost.
#[test]
fn the_heaviest_summary_loses_nothing() -> Result<()> {
    let page = sheets_of("heaviest", SUMMARY)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        print.has_both(9, 2);
        holds(&print.clinician(), &["▲", "Zzyzzafil forte", "desvenlafaxine", "27 /"]);
    }
    Ok(())
}

#[test]
fn nothing_answered_prints_as_not_answered() -> Result<()> {
    let page = open()?;
    begin(&page)?;
    page.button("Skip this question")?;
    page.wait_until("the next question", || Ok(page.focus()? == format!("h1 {EMERGENCY}")))?;
    finish(&page, SUMMARY)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        print.has_both(1, 2);
        in_order(&print.pages[0]);
        holds(&print.pages[0], &["Wants help with: Not answered", "Age: Not answered", HELP_LINE]);
    }
    Ok(())
}

#[test]
fn a_minors_page_is_one_page_without_a_score() -> Result<()> {
    let page = sheets_of("under-18", MINOR)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        assert_eq!(print.pages.len(), 1, "on {paper:?}");
        for word in ["PHQ-9", "GAD-7", "For the clinician", "Scores", "sertraline", "words of a minor"] {
            assert!(!print.pages[0].contains(word), "a minor's page says “{word}”:\n{}", print.pages[0]);
        }
    }
    Ok(())
}

#[test]
fn left_out_answers_are_not_printed_and_the_paper_says_so() -> Result<()> {
    let page = sheets_of("item-9-several", SUMMARY)?;
    let answers = [ITEM_9, "PHQ-9 item 9", "Several days", "Thoughts of killing yourself", "Can keep yourself safe"];
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        holds(&print.pages[0], &[ITEM_9, "Several days"]);
        assert!(!print.pages.join("\n").contains(LEFT_OUT));
    }
    page.choose(LEAVE_OUT)?;
    page.wait_text(LEFT_OUT)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        print.has_both(2, 2);
        in_order(&print.pages[0]);
        holds(&print.pages[0], &[LEFT_OUT]);
        let whole = tidy(&print.pages.join("\n"));
        for answer in answers {
            assert!(!whole.contains(answer), "“{answer}” is printed:\n{whole}");
        }
    }
    page.choose(LEAVE_OUT)?;
    page.wait_gone(LEFT_OUT)?;
    holds(&Print::on(&page, Paper::A4)?.pages[0], &[ITEM_9, "Several days"]);
    Ok(())
}
