//! Paper: both sheets on A4 and Letter, whole, in their order, with help on them and nothing of the
//! screen.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, CHECK, E1, EMERGENCY, ITEM_9, MINOR, START, SUMMARY, begin, finish, finish_by, finish_now, fixture, holds,
    read_first, resume_in, resume_with, spanish, tidy, words,
};
use consult_ready_browser::{Browser, Engine, Form, Paper, Result, pdf_columns, pdf_pages};
use engine::pack::Words;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const LEAVE_OUT: &str = "Leave my answers about suicide off the printed page";
const LEFT_OUT: &str = "The patient chose not to print the answers about suicide.";
const HELP_LINE: &str = "Call 911 · 988 Suicide and Crisis Lifeline: Call or text 988";
/// Printed words of the sheets, also those that the screen hides; not what only a screen reader
/// gets.
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
    /// As on paper, with both columns on a line.
    pages: Vec<String>,
    /// One column after the other.
    columns: Vec<String>,
    keep: usize,
    /// Headings of the clinician's sheet as the screen has them.
    parts: Vec<String>,
    even: bool,
}

impl Print {
    /// Prints, and proves what holds for any sheets on any paper.
    #[track_caller]
    fn on(page: &Browser, paper: Paper) -> Result<Self> {
        let pdf = page.print_pdf(paper)?;
        let (pages, columns) = (pdf_pages(&pdf)?, pdf_columns(&pdf)?);
        for (i, text) in pages.iter().enumerate() {
            let last = lines(text).last().unwrap_or_default();
            assert!(
                last.ends_with(&format!("Page {} of {}", i + 1, pages.len())),
                "page {} on {paper:?} ends with “{last}”",
                i + 1
            );
        }
        let whole = pages.join("\n");
        assert_whole(page, &whole)?;
        assert_no_controls(page, &whole)?;
        let begins = |text: &String| lines(text).next() == Some("My visit plan".to_owned());
        let keep = pages.iter().position(begins).unwrap_or(0);
        assert_eq!(
            whole.lines().filter(|l| l.trim() == "My visit plan").count(),
            pages.iter().filter(|p| begins(p)).count(),
            "no page of its own:\n{whole}"
        );
        // Whom to call stands on the first page of what is taken home: loose pages part.
        holds(&columns[keep], &["988 Suicide and Crisis Lifeline: Call or text 988", "Call 911"]);
        Ok(Self { pages, columns, keep, parts: parts(page)?, even: even(page)? })
    }

    fn clinician(&self) -> String {
        self.columns.iter().take(self.keep).cloned().collect::<Vec<_>>().join("\n")
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
        in_order(words(), &self.pages[..self.keep], &self.parts, self.keep, self.even);
        holds(&self.clinician(), &["Name", "Date of birth", "reported, not checked, not a diagnosis.", HELP_LINE]);
        assert!(!self.to_keep().contains("PHQ-9"), "the sheet to keep holds a score");
    }
}

/// Lines with something in them.
fn lines(text: &str) -> impl DoubleEndedIterator<Item = String> {
    text.lines().map(tidy).filter(|line| !line.is_empty())
}

/// The headings of the clinician's sheet on screen.
fn parts(page: &Browser) -> Result<Vec<String>> {
    let found = page.script(
        "return [...document.querySelectorAll('#paper-clinician .sec > h3')].map((h) => h.textContent.trim())",
    )?;
    Ok(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// True if the clinician's sheet stands in two columns of one width.
fn even(page: &Browser) -> Result<bool> {
    Ok(page.script("return !!document.querySelector('#paper-clinician .even')")? == json!(true))
}

/// Letters of a line that fills the left column: one blank may be all that parts it from the right.
const LEFT_COLUMN: usize = 60;

/// Where a heading stands, as page and line: alone in its line, or alone in its column of it.
fn place(pages: &[String], heading: &str) -> Option<(usize, usize)> {
    let ends = |line: &str| {
        line.strip_suffix(heading).is_some_and(|left| left.ends_with(' ') && left.chars().count() >= LEFT_COLUMN)
    };
    let heads = |line: &str| line.split("  ").any(|piece| piece.trim() == heading) || ends(line);
    pages.iter().enumerate().find_map(|(i, page)| Some((i, page.lines().position(heads)?)))
}

/// The order of the clinician's sheet: what to discuss first at the left with the medicines below,
/// why and results and practical things at the right, and what can wait below both. What must be
/// read stands on the first `front` pages; of the rest nothing is lost, and what goes over does so
/// from the end.
#[track_caller]
fn in_order(words: &Words, pages: &[String], parts: &[String], front: usize, even: bool) {
    let columns = [
        vec![words.sheet_clinician(), words.sheet_safety(), words.sheet_medicines()],
        vec![words.sheet_name(), words.sheet_why(), words.sheet_scores(), words.sheet_practical()],
    ];
    let must = [words.sheet_safety(), words.sheet_medicines(), words.sheet_scores(), words.sheet_practical()];
    assert!(must.iter().all(|part| parts.iter().any(|p| p == part)), "{must:?} among {parts:?}");
    let text = || pages.join("\n");
    let there = |heads: &[&str]| -> Vec<(usize, usize)> {
        // Title and name are no parts; they always stand.
        let shown = heads.iter().enumerate().filter(|(i, head)| *i == 0 || parts.iter().any(|p| p == *head));
        shown
            .map(|(_, head)| place(pages, head).unwrap_or_else(|| panic!("“{head}” heads nothing in\n{}", text())))
            .collect()
    };
    let [left, right] = [&columns[0], &columns[1]].map(|heads| there(heads));
    // The second of two even columns begins with what the first had no room for.
    let beside_each_other = left[1].1.abs_diff(right[1].1) <= 1;
    assert!(
        left[1].0 == 0 && (even || beside_each_other),
        "the columns do not begin beside each other: {left:?}, {right:?}\n{}",
        text()
    );
    assert!(left.is_sorted() && (even || right.is_sorted()), "parts stand at {left:?} and {right:?} in\n{}", text());
    let beside = |at: (usize, usize), heading: &str| pages[at.0].lines().nth(at.1).and_then(|line| line.find(heading));
    let second = columns[1].iter().skip(1).find(|head| parts.iter().any(|p| p == *head)).unwrap();
    assert!(
        beside(left[1], words.sheet_safety()) < beside(right[1], second),
        "“{second}” stands at the left of what to discuss first:\n{}",
        text()
    );
    let end = left.iter().chain(&right).max().unwrap();
    assert!(end.0 < front, "a part that must be read stands on page {} of {front}:\n{}", end.0 + 1, text());
    // Of what can wait, the noes come last.
    let noes = place(pages, words.sheet_answered_no());
    let before = [words.sheet_other(), words.sheet_questions(), words.sheet_tried(), words.sheet_open()];
    let before: Vec<_> = before.iter().filter_map(|head| place(pages, head)).collect();
    assert!(
        noes.is_none_or(|noes| before.iter().chain([end]).all(|at| *at < noes)),
        "the noes stand at {noes:?}, {before:?} and {end:?} in\n{}",
        text()
    );
}

/// Words and how often each is there. Paper may break a word at a hyphen, so what is between
/// letters and digits is left out.
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

/// That nothing is printed that a finger or a mouse is for. An answer is pressed too, but it is
/// what is asked.
#[track_caller]
fn assert_no_controls(page: &Browser, printed: &str) -> Result<()> {
    let controls =
        page.script("return [...document.querySelectorAll('#app button:not(.answer), #app summary, #app .bar a')].map((e) => e.textContent.trim())")?;
    let controls = common::strings(&controls);
    assert!(controls.contains("Menu"), "found no bar: {controls:?}");
    // A place in the menu is called like its screen.
    let heading = page.heading()?;
    let printed: Vec<String> = lines(printed).collect();
    let found: Vec<&String> =
        controls.iter().filter(|name| !name.is_empty() && **name != heading && printed.contains(&tidy(name))).collect();
    assert!(found.is_empty(), "printed: {found:?} in\n{}", printed.join("\n"));
    Ok(())
}

#[test]
fn a_light_summary_prints_its_first_page_in_order() -> Result<()> {
    let page = sheets_of("light", SUMMARY)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        print.has_both(1, 1);
        holds(&print.columns[0], &["PHQ-9: 5 / 27", "“To enjoy cooking again”"]);
        // Each list stands below its heading.
        let kept = lines(&print.to_keep()).collect::<Vec<_>>();
        for (heading, begin) in [
            ("before", "Follow your clinic's rule for eating"),
            ("after", "Do not drive, cycle in traffic"),
            ("when to call", "Call the emergency number now for chest pain"),
        ] {
            let heading = format!("If you later have an infusion: {heading}");
            let at =
                kept.iter().position(|line| *line == heading).unwrap_or_else(|| panic!("no “{heading}” in {kept:?}"));
            assert!(kept[at + 1].contains(begin), "below “{heading}”: {}", kept[at + 1]);
        }
        holds(
            &print.columns[print.keep..].join("\n"),
            &["Can my sister stay in the room?", "For the first talk", "infusion: after", "when to call"],
        );
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
        // More than a page of safety begins on the first all the same.
        holds(&print.columns[0], &["Discuss first", "▲"]);
        holds(&print.clinician(), &["▲", "Zzyzzafil", "desvenlafaxine", "27 /"]);
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
        holds(
            &print.columns[0],
            &["Wants help with: Not answered", "Age: Not answered", "Questions: 0 answered", HELP_LINE],
        );
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
        holds(&print.columns[0], &[ITEM_9, "Several days"]);
        assert!(!print.pages.join("\n").contains(LEFT_OUT));
    }
    page.choose(LEAVE_OUT)?;
    page.wait_text(LEFT_OUT)?;
    for paper in Paper::ALL {
        let print = Print::on(&page, paper)?;
        print.has_both(1, 2);
        holds(&print.columns[0], &[LEFT_OUT]);
        let whole = tidy(&print.columns.join("\n"));
        for answer in answers {
            assert!(!whole.contains(answer), "“{answer}” is printed:\n{whole}");
        }
    }
    page.choose(LEAVE_OUT)?;
    page.wait_gone(LEFT_OUT)?;
    holds(&Print::on(&page, Paper::A4)?.columns[0], &[ITEM_9, "Several days"]);
    Ok(())
}

/// A language in which the whole way to the sheets is gone.
struct Way {
    language: &'static str,
    words: &'static Words,
}

fn ways() -> [Way; 2] {
    [Way { language: "en", words: words() }, Way { language: "es", words: &spanish().words }]
}

impl Way {
    fn open(&self) -> Result<Browser> {
        let page = Browser::setup(Engine::Chromium, Form::Http).language(self.language).open()?;
        page.wait_heading(self.words.start_title())?;
        Ok(page)
    }

    /// The sheets of these answers, on screen.
    #[track_caller]
    fn sheets(&self, page: &Browser, answers: &str) -> Result<()> {
        let words = self.words;
        resume_in(page, words, answers)?;
        page.wait_until("a step after the start", || {
            Ok(page.focus()?.starts_with("h1 ") && page.heading()? != words.start_title())
        })?;
        let ends = [words.summary_title(), words.summary_minor_title()];
        while !ends.contains(&page.heading()?.as_str()) {
            let before = page.heading()?;
            let seen = "return [...document.querySelectorAll('#app main button')].filter((b) => b.checkVisibility()).map((b) => b.innerText.trim())";
            let offered = common::strings(&page.script(seen)?);
            let on = [words.help_finish(), words.to_summary()].into_iter().find(|name| offered.contains(*name));
            // Help has to be gone on from; elsewhere the way out stands in the rail or the menu.
            let help = page.script("return !!document.querySelector('#app main a[href^=\"tel:\"]')")? == json!(true);
            match on {
                Some(on) => page.button(on)?,
                None if help => page.button(words.continue_())?,
                None => finish_by(page, words)?,
            }
            page.wait_until(&format!("the focus on a heading after “{before}”"), || {
                Ok(page.focus()?.strip_prefix("h1 ").is_some_and(|heading| heading != before))
            })?;
        }
        Ok(())
    }
}

/// Names of all sets in tests/fixtures/answers.toml that hold an answer.
fn sets() -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/answers.toml");
    let file = std::fs::read_to_string(path).unwrap();
    let names = file.lines().filter_map(|l| l.strip_prefix('[')?.strip_suffix(']')).map(str::to_owned);
    names.filter(|name| fixture(name) != "cr1").collect()
}

/// What stands out of its sheet to either side, or holds more than its own width.
const STANDS_OUT: &str = "
    const found = [];
    for (const sheet of document.querySelectorAll('#app .sheet')) {
        const { left, right } = sheet.getBoundingClientRect();
        if (right - left < 500) found.push('a sheet of ' + (right - left) + ' px');
        for (const e of [sheet, ...sheet.querySelectorAll('*')]) {
            if (e.closest('.sr')) continue;
            const box = e.getBoundingClientRect();
            const out = box.left < left - 1 || box.right > right + 1;
            const holds = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
            if (out || holds) found.push(`<${e.localName}> ${Math.round(box.left - left)}..${Math.round(box.right - left)} of ${Math.round(right - left)}, holds ${e.scrollWidth} of ${e.clientWidth}: ${e.textContent.slice(0, 60)}`);
        }
    }
    return found;";

/// Chromium makes a page smaller that is wider than its paper, and then no type size holds.
#[test]
fn nothing_stands_out_of_the_paper() -> Result<()> {
    let sets = sets();
    assert!(sets.len() >= 20 && sets.iter().any(|s| s == "heaviest"), "only {sets:?}");
    let mut wrong = Vec::new();
    for way in &ways() {
        let page = way.open()?;
        for set in &sets {
            way.sheets(&page, &fixture(set))?;
            page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
            for (paper, inches) in [("A4", 210.0 / 25.4), ("Letter", 8.5)] {
                // 96 px an inch, less the margins of @page: 12 mm on either side.
                let width = ((inches - 24.0 / 25.4) * 96.0_f64).floor();
                page.cdp(
                    "Emulation.setDeviceMetricsOverride",
                    json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
                )?;
                for out in common::strings(&page.script(STANDS_OUT)?).into_iter().take(3) {
                    wrong.push(format!("{set}, {}, {paper}: {out}", way.language));
                }
            }
            page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
            page.cdp(
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
            )?;
        }
    }
    assert!(wrong.is_empty(), "wider than the paper:\n{}", wrong.join("\n"));
    Ok(())
}

/// What does not fit on one side goes over from the end: the noes, what is open, the history; never
/// what to discuss first, medicines or scores. And no set takes more sides than it was seen to
/// take.
#[test]
fn what_goes_over_is_what_can_wait() -> Result<()> {
    // `full` has all of tier A at once: more than a page of 9pt type can hold, but no more than two
    // before what can wait.
    for (set, front, clinician) in [("heavy", 1, 3), ("full", 2, 4)] {
        for way in &ways() {
            let page = way.open()?;
            way.sheets(&page, &fixture(set))?;
            let parts = parts(&page)?;
            for paper in Paper::ALL {
                let pages = pdf_pages(&page.print_pdf(paper)?)?;
                let on = format!("{set}, {}, {paper:?}", way.language);
                let keep = pages.iter().position(|p| lines(p).next().is_some_and(|l| l == way.words.sheet_keep()));
                let keep = keep.unwrap_or_else(|| panic!("{on}: no sheet to keep"));
                in_order(way.words, &pages[..keep], &parts, front, even(&page)?);
                let front = pages[..front].join("\n");
                // Results go on beside the medicines, and end with what they are not.
                assert!(lines(&front).any(|l| l.contains("PC-PTSD-5")), "{on}: the scores are not whole:\n{front}");
                assert!(keep <= clinician, "{on}: the sheet to keep begins behind {keep} pages, not {clinician}");
                for later in &pages[1..keep] {
                    assert!(
                        lines(later).last().is_some_and(|l| l.starts_with(way.words.sheet_clinician())),
                        "{on}: a page without a line for the name"
                    );
                }
            }
        }
    }
    Ok(())
}

/// With the code, no page holds nothing else, safety to scores stay on the pages where they are,
/// and where there is room no page is added.
#[test]
#[ignore = "long: six sets of answers in two languages, printed with and without the code"]
fn the_code_stands_beside_other_words() -> Result<()> {
    // Full to the last line with the faces of any system: the foot may go over.
    let sets = [("light", 0), ("item-9-several", 0), ("maoi-and-benzo", 0), ("heavy", 1), ("full", 1), ("heaviest", 1)];
    let mut wrong = Vec::new();
    for way in &ways() {
        let page = way.open()?;
        for (set, more) in sets {
            way.sheets(&page, &fixture(set))?;
            let print = || -> Result<Vec<Vec<String>>> {
                Paper::ALL.into_iter().map(|paper| pdf_pages(&page.print_pdf(paper)?)).collect()
            };
            let before = print()?;
            page.button(way.words.along_more())?;
            page.choose(way.words.along_code())?;
            page.wait_until("the code", || {
                Ok(page.script("return document.querySelectorAll('#app .sheet .code svg').length")? == json!(1))
            })?;
            for ((paper, before), after) in Paper::ALL.iter().zip(&before).zip(&print()?) {
                let on = format!("{set}, {}, {paper:?}", way.language);
                let keep = |pages: &[String]| {
                    pages.iter().position(|p| lines(p).next().is_some_and(|l| l == way.words.sheet_keep())).unwrap()
                };
                if keep(after) > keep(before) + more {
                    let last = |pages: &[String]| lines(&pages[keep(pages) - 1]).count();
                    let lines = format!("their last hold {} and {} lines", last(after), last(before));
                    wrong.push(format!("{on}: {} pages, {} without the code; {lines}", keep(after), keep(before)));
                }
                let words = after.iter().find(|p| p.contains("#read")).map_or(0, |p| p.split_whitespace().count());
                if words < 100 {
                    wrong.push(format!("{on}: {words} words beside the code"));
                }
                let scores = |pages: &[String]| pages.iter().position(|p| lines(p).any(|l| l.contains("PC-PTSD-5")));
                if scores(after) != scores(before) {
                    wrong.push(format!("{on}: the scores end on page {:?}, not {:?}", scores(after), scores(before)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// What is read or filled in can be printed too, without what is pressed.
#[test]
fn other_screens_print_without_bar_and_buttons() -> Result<()> {
    let page = open()?;
    let prints = |holding: &[&str]| -> Result<()> {
        for paper in Paper::ALL {
            let printed = pdf_pages(&page.print_pdf(paper)?)?.join("\n");
            assert_no_controls(&page, &printed)?;
            holds(&printed, &[&page.heading()?]);
            holds(&printed, holding);
        }
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        let top = page.script("return document.querySelector('#app h1').getBoundingClientRect().top + scrollY")?;
        page.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }))?;
        assert!(top.as_f64().is_some_and(|px| px < 90.0), "“{}” begins {top} px down the paper", page.heading()?);
        Ok(())
    };
    prints(&[words().start_private_title()])?;
    page.button("Menu")?;
    page.button("About this tool")?;
    page.wait_heading("About this tool")?;
    prints(&["Who pays"])?;
    page.button("Back")?;
    page.wait_heading(START)?;
    read_first(&page)?;
    page.click_on("document.querySelector('#app main .ways button')")?;
    page.wait_until("a topic", || Ok(page.focus()?.starts_with("h1 ") && page.heading()? != words().read_title()))?;
    prints(&["Your decision"])?;
    page.button("Back")?;
    page.wait_heading(words().read_title())?;
    page.button("Other choices, side by side")?;
    page.wait_heading("Other choices, side by side")?;
    page.settled()?;
    // Two are picked from the start; what is tapped is those alone.
    page.script("document.querySelectorAll('#app main .opt input:checked').forEach((box) => box.click())")?;
    page.wait_until("nothing picked", || {
        Ok(page.script("return document.querySelectorAll('#app main .opt input:checked').length")? == json!(0))
    })?;
    page.script(
        "[...document.querySelectorAll('#app main .opt label')].slice(0, 3).forEach((label) => label.click())",
    )?;
    page.wait_until("three columns", || {
        Ok(page.script("return document.querySelectorAll('#app main table thead th').length")? == json!(3))
    })?;
    page.wait_text("Side effects")?;
    prints(&["Ketamine infusion", "Side effects", "How sure"])?;
    // Picked choices head the columns; the rest has no place beside them.
    let pages = pdf_pages(&page.print_pdf(Paper::Letter)?)?;
    assert_eq!(pages.len(), 1, "three choices side by side take {} pages", pages.len());
    assert!(!pages[0].contains("Waiting for now"), "what was not picked is printed:\n{}", pages[0]);
    page.button("Menu")?;
    page.button("Start page")?;
    begin(&page)?;
    prints(&[AGE])?;
    page.button("Skip this question")?;
    page.wait_until("the next question", || Ok(page.focus()? == format!("h1 {EMERGENCY}")))?;
    prints(&["I'm not sure", E1])?;
    finish_now(&page)?;
    page.wait_heading(CHECK)?;
    prints(&["Safety now", "Medicines", "What matters"])?;
    Ok(())
}

/// A question on paper is no question without what can be answered to it.
#[test]
fn a_question_prints_with_its_answers() -> Result<()> {
    let page = open()?;
    begin(&page)?;
    for paper in Paper::ALL {
        let printed = pdf_pages(&page.print_pdf(paper)?)?.join("\n");
        assert_no_controls(&page, &printed)?;
        holds(&printed, &[AGE, "Under 18", "25 to 44", "I'd rather not say"]);
    }
    Ok(())
}
