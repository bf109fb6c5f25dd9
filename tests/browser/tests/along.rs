//! Taking the sheets along and opening them again: what is saved is read back by the engine, by
//! poppler and by a scanner of codes, and what can't be read gives a message and nothing else.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, EMERGENCY, MINOR, START, SUMMARY, Say, Variant, begin, finish, fixture, holds, pack, resume_with, tidy,
    walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Paper, Result, pdf_pages, pdf_text};
use engine::answers::{Answer, Answers, Value as Given};
use engine::pack::Settings;
use engine::summary::{self, Context, Sheets};
use export::{code, record};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const MORE: &str = "More ways to save or share";
const PDF: &str = "Save as a PDF file";
const PAGE: &str = "Save as a web page";
const RECORD: &str = "File for the clinic's computer";
const SHARE: &str = "Share";
const CODE: &str = "Add a code that the clinic can scan";
const OPEN: &str = "Open what you saved";
const FILE: &str = "Choose a record file";
const TEXT: &str = "Text of a code, scanned or pasted";
const GO: &str = "Open the code";
const AGAIN: &str = "Answer again for today";
const LEAVE_OUT: &str = "Leave my answers about suicide off the printed page";
const NO_PRINT: &str = "If no print window opened";

fn answers(name: &str) -> Answers {
    Answers::decode(&fixture(name)).unwrap()
}

fn context(leave_out: bool) -> Context<'static> {
    static SETTINGS: OnceLock<Settings> = OnceLock::new();
    let region = pack().region("us").unwrap();
    Context { date: "June 1, 2026", region, settings: SETTINGS.get_or_init(Settings::default), leave_out }
}

fn sheets(answers: &Answers, leave_out: bool) -> Sheets {
    summary::sheets(pack(), answers, context(leave_out))
}

/// As a code gives them back: own words are on the paper.
fn on_paper(answers: &Answers) -> Answers {
    code::read(pack(), &code::text(pack(), answers, false, "2026-06-01")).unwrap().answers
}

/// A file for a file field, removed when it is dropped.
struct Gift(PathBuf);

impl Gift {
    fn new(ending: &str, content: &[u8]) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name =
            format!("consult-ready-gift-{}-{}.{ending}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    /// A record of that day.
    fn record(name: &str, authored: &str) -> Self {
        Self::new(
            "json",
            record::bundle(pack(), &answers(name), context(false), record::Moment { authored, made: authored })
                .as_bytes(),
        )
    }
}

impl Drop for Gift {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The sheets of a named set of answers, on screen, with all ways to take them along.
#[track_caller]
fn sheets_of(engine: Engine, name: &str, title: &str) -> Result<Browser> {
    let page = Browser::open(engine, Form::Http)?;
    page.wait_heading(START)?;
    resume_with(&page, &fixture(name))?;
    finish(&page, title)?;
    page.button(MORE)?;
    Ok(page)
}

/// As somebody at the clinic's desk opens it.
fn reader(engine: Engine) -> Result<Browser> {
    let page = Browser::open(engine, Form::Http)?;
    page.wait_heading(START)?;
    page.script("location.hash = 'read'")?;
    page.reload()?;
    page.wait_heading(OPEN)?;
    Ok(page)
}

/// Chromium's driver scrolls up only until a thing lies below the bar.
fn top(page: &Browser) -> Result<()> {
    page.script("scrollTo(0, 0)").map(drop)
}

/// Both sheets as they stand on screen, apart from the code.
fn shown(page: &Browser) -> Result<String> {
    let text = page.script(
        "return [...document.querySelectorAll('#app .sheet > :not(.code)')].map((e) => e.textContent).join('\\n')",
    )?;
    Ok(text.as_str().unwrap().to_owned())
}

fn count<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut words = BTreeMap::new();
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).filter(|word| !word.is_empty()) {
        *words.entry(word).or_default() += 1;
    }
    words
}

/// The text of a PDF in the order in which it is written: column by column, not line by line across
/// both.
fn written(pdf: &[u8]) -> String {
    let file = Gift::new("pdf", pdf);
    let output = Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(&file.0).arg("-").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_pdf_file_holds_every_word_of_both_sheets() -> Result<()> {
    // Not what explains the shapes of the marks: a PDF has their words instead. Nor what heads the
    // results: there they stand as lines.
    const WORDS: &str = "
        const walker = document.createTreeWalker(document.querySelector('#app .sheets'), NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) if (!walker.currentNode.parentElement.closest('.sr, .sheet-foot > :first-child, [data-part=scores] thead')) texts.push(walker.currentNode.data);
        return texts;";
    for engine in Engine::ALL {
        let page = sheets_of(engine, "light", SUMMARY)?;
        let (name, pdf) = page.save(PDF, ".pdf")?;
        assert!(name.starts_with("consult-ready-20"), "{name}");
        page.wait_text(&format!("Look for {name} in your downloads."))?;
        let text = pdf_text(&pdf)?;
        let texts = page.script(WORDS)?;
        let wanted = count(texts.as_array().unwrap().iter().filter_map(Value::as_str));
        assert!(wanted.len() > 200, "hardly a word on the sheets: {wanted:?}");
        let there = count([text.as_str()].into_iter());
        let lost = wanted.iter().filter(|(word, n)| there.get(*word).is_none_or(|found| found < n)).collect::<Vec<_>>();
        assert!(lost.is_empty(), "{engine:?}: lost in the PDF: {lost:?} of\n{text}");
    }
    Ok(())
}

#[test]
fn the_record_file_gives_the_same_answers() -> Result<()> {
    for (engine, name) in [(Engine::Chromium, "heavy"), (Engine::Firefox, "light"), (Engine::WebKit, "item-9-several")]
    {
        let page = sheets_of(engine, name, SUMMARY)?;
        let (_, file) = page.save(RECORD, ".json")?;
        let read =
            record::read(pack(), std::str::from_utf8(&file).unwrap()).unwrap_or_else(|p| panic!("{name}: {p:?}"));
        assert!(!read.left_out && read.unknown.is_empty(), "{read:?}");
        assert_eq!(sheets(&read.answers, false), sheets(&answers(name), false), "{name}");
    }
    Ok(())
}

/// Words of the answers about suicide, or those that stand in their place.
fn told_words(told: bool) -> &'static str {
    if told { "better off dead" } else { "chose not to print" }
}

/// What the visitor leaves out is in none of the ways.
#[test]
fn every_way_leaves_out_what_the_visitor_leaves_out() -> Result<()> {
    let page = sheets_of(Engine::Chromium, "item-9-several", SUMMARY)?;
    page.choose(CODE)?;
    let told = ["Several days", "better off dead"];
    let all = |page: &Browser| -> Result<Vec<String>> {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        page.script("navigator.clipboard.writeText = async (text) => { window.copied = text }")?;
        page.button("Copy as text")?;
        page.wait_text("Copied.")?;
        let copied = page.script("return window.copied")?.as_str().unwrap().to_owned();
        let ways = [written(&page.save(PDF, ".pdf")?.1), text(page.save(PAGE, ".html")?.1), copied];
        Ok(ways.iter().map(|way| tidy(way)).collect())
    };
    for way in all(&page)? {
        holds(&way, &told);
    }
    top(&page)?;
    page.choose(LEAVE_OUT)?;
    for way in all(&page)? {
        holds(&way, &["The patient chose not to print the answers about suicide."]);
        for words in told {
            assert!(!way.contains(words), "“{words}” is in\n{way}");
        }
    }
    // A text to copy by hand that stands there already changes with it.
    page.script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")?;
    page.choose(LEAVE_OUT)?;
    page.button("Copy as text")?;
    let by_hand = |told: bool| {
        page.script("return document.querySelector('#by-hand')?.value ?? ''")
            .map(|v| v.to_string().contains(told_words(told)))
    };
    page.wait_until("the text to copy by hand", || by_hand(true))?;
    page.choose(LEAVE_OUT)?;
    page.wait_until("the text without them", || by_hand(false))?;
    assert!(!by_hand(true)?);
    let (_, file) = page.save(RECORD, ".json")?;
    let file = String::from_utf8(file).unwrap();
    let read = record::read(pack(), &file).unwrap();
    assert!(read.left_out);
    for link in &pack().safety.may_leave_out {
        assert!(read.answers.iter().filter(|(key, _)| key.link == *link).all(|(_, a)| *a == Answer::Skipped), "{link}");
    }
    let read = code::read(pack(), &scanned(&page.print_pdf(Paper::Letter)?, 300, false)).unwrap();
    assert!(
        read.left_out && read.answers.iter().all(|(key, a)| key.link != "phq9-9" || *a == Answer::Skipped),
        "{read:?}"
    );
    Ok(())
}

#[test]
fn the_web_page_opens_anywhere() -> Result<()> {
    let page = sheets_of(Engine::Chromium, "light", SUMMARY)?;
    let (_, html) = page.save(PAGE, ".html")?;
    let file = Variant::of(std::str::from_utf8(&html).unwrap());
    for engine in Engine::ALL {
        let opened = Browser::setup(engine, Form::File).file(file.file()).open()?;
        let headings = opened.script("return [...document.querySelectorAll('h1')].map((h) => h.textContent)")?;
        assert_eq!(headings, json!(["For the clinician", "My visit plan"]), "{engine:?}");
        assert_eq!(opened.script("return [document.scripts.length, document.documentElement.lang]")?, json!([0, "en"]));
        opened.wait_text("To enjoy cooking again")?;
    }
    Ok(())
}

/// Against a stand-in: real ways to share open a window of the system, where no test can look.
#[test]
fn sharing_gives_the_file_else_the_text_and_says_when_it_failed() -> Result<()> {
    let failed = "This browser could not share your pages.";
    let page = sheets_of(Engine::Chromium, "light", SUMMARY)?;
    assert_eq!(page.script("return typeof navigator.share")?, json!("undefined"), "this browser needs no stand-in");
    assert!(!page.text()?.contains("\nShare\n"), "a button that does nothing");
    page.button("Back")?;
    page.wait_heading(common::CHECK)?;
    page.script(
        "navigator.share = async (what) => {
           const file = what.files?.[0];
           window.shared = file ? [file.name, file.type, (await file.text()).slice(0, 5), Object.keys(what).join()] : [what.text, Object.keys(what).join()];
           if (window.refusal) throw new DOMException('no', window.refusal);
         };
         navigator.canShare = () => !!window.takesFiles",
    )?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    page.button(MORE)?;
    let share = |takes_files: bool, refusal: Option<&str>| -> Result<Value> {
        page.script(&format!(
            "window.shared = null; window.takesFiles = {takes_files}; window.refusal = {}",
            json!(refusal)
        ))?;
        page.button(SHARE)?;
        page.wait_until("something was shared", || Ok(page.script("return window.shared")? != Value::Null))?;
        page.script("return window.shared")
    };
    let shared = share(true, None)?;
    assert!(shared[0].as_str().unwrap().ends_with(".pdf"), "{shared}");
    assert_eq!(shared.as_array().unwrap()[1..], [json!("application/pdf"), json!("%PDF-"), json!("files")]);
    let shared = share(false, None)?;
    holds(shared[0].as_str().unwrap(), &["For the clinician", "My visit plan", "To enjoy cooking again"]);
    assert_eq!(shared[1], json!("text"));
    assert!(!page.text()?.contains(failed));
    share(true, Some("NotAllowedError"))?;
    page.wait_text(failed)?;
    // Giving up halfway is no failure.
    share(true, Some("AbortError"))?;
    page.wait_gone(failed)?;
    Ok(())
}

/// By what comes of it: browsers inside other apps have a `print` that does nothing.
#[test]
fn where_printing_does_nothing_the_other_ways_are_named() -> Result<()> {
    let page = sheets_of(Engine::Chromium, "light", SUMMARY)?;
    let begins = "window.print = () => { window.printed = true; dispatchEvent(new Event('beforeprint')) }";
    for (stub, dead) in [("window.print = () => {}", true), (begins, false), ("window.print = undefined", true)] {
        // The outcome is told after half a second: a note that was there before goes only then.
        page.script(stub)?;
        page.button("Print")?;
        if dead {
            page.wait_text(NO_PRINT)?
        } else {
            page.wait_gone(NO_PRINT)?
        };
    }
    // A real one is never called dead.
    let page = Browser::setup(Engine::Firefox, Form::Http).silent_print().open()?;
    begin(&page)?;
    walk_to(&page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
    finish(&page, SUMMARY)?;
    page.script(
        "window.asked = 0; const real = setTimeout; window.setTimeout = (act, ms) => real(() => { act(); if (ms === 500) window.asked++ }, ms)",
    )?;
    page.save("Print", ".pdf")?;
    page.wait_until("the outcome", || Ok(page.script("return window.asked")? == json!(1)))?;
    assert!(!page.text()?.contains(NO_PRINT), "{}", page.text()?);
    Ok(())
}

/// The code on a page of a PDF, as a scanner reads it from paper at so many dots an inch; empty if
/// it can't.
fn scanned(pdf: &[u8], dots: u32, copied: bool) -> String {
    let file = Gift::new("pdf", pdf);
    let texts = pdf_pages(pdf).unwrap();
    let at = texts
        .iter()
        .position(|text| text.contains("#read"))
        .unwrap_or_else(|| panic!("no page holds a code:\n{}", texts.join("\n")));
    let (at, stem) = ((at + 1).to_string(), file.0.with_extension(""));
    let drawn = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-f", &at, "-l", &at, "-r", &dots.to_string()])
        .arg(&file.0)
        .arg(&stem)
        .status()
        .unwrap();
    assert!(drawn.success());
    let page = Gift(stem.with_extension("pgm"));
    let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("../oracles/scan.mjs");
    let output = Command::new("node").arg(oracle).arg(&page.0).args(copied.then_some("copied")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_code_on_paper_opens_as_the_same_sheets() -> Result<()> {
    for name in ["item-9-several", "light", "heavy", "full", "heaviest"] {
        let page = sheets_of(Engine::Chromium, name, SUMMARY)?;
        assert_eq!(
            page.script("return document.querySelectorAll('#app .sheet .code svg').length")?,
            json!(0),
            "{name}: a code that nobody asked for"
        );
        let before = shown(&page)?;
        page.choose(CODE)?;
        page.wait_text("This code holds the patient's answers, without own words.")?;
        let print = page.print_pdf(Paper::Letter)?;
        let text = scanned(&print, 300, false);
        assert!(text.starts_with("CR"), "{name}: not read at 300 dots an inch: “{text}”");
        assert_eq!(scanned(&page.save(PDF, ".pdf")?.1, 300, false), text, "{name}: the PDF file has another code");
        assert_eq!(scanned(&print, 200, true), text, "{name}: not read from a copy");
        let read = code::read(pack(), &text).unwrap();
        assert_eq!(sheets(&read.answers, false), sheets(&on_paper(&answers(name)), false), "{name}");

        let desk = reader(Engine::Chromium)?;
        // The field has the focus: a scanner types, and ends with Enter.
        desk.wait_until("the focus on the field", || Ok(desk.focus()? == format!("textarea textarea {TEXT}")))?;
        desk.fill(TEXT, &format!("{}\n", text.to_lowercase()))?;
        desk.wait_until("the focus on what was found", || Ok(desk.focus()?.starts_with("h2 Saved on ")))?;
        let own = answers(name).iter().any(|(_, a)| a.values().iter().any(|v| matches!(v, Given::Text(_))));
        if own {
            desk.wait_text("in own words, on the paper")?;
        } else {
            assert_eq!(shown(&desk)?, before, "{name}");
        }
        let (_, file) = desk.save(RECORD, ".json")?;
        let file = record::read(pack(), std::str::from_utf8(&file).unwrap()).unwrap();
        assert_eq!(sheets(&file.answers, false), sheets(&read.answers, false), "{name}");
        assert_eq!(
            file.authored, read.day,
            "a code has a day and no time, and the file made from it neither more nor less"
        );
        holds(&pdf_text(&desk.print_pdf(Paper::Letter)?)?, &["For the clinician", "My visit plan"]);
    }
    Ok(())
}

#[test]
fn what_is_no_code_gives_a_message_and_nothing_else() -> Result<()> {
    let good = code::text(pack(), &answers("light"), false, "2026-06-01");
    let at = good.len() / 2;
    let flipped = format!("{}{}{}", &good[..at], if &good[at..=at] == "A" { "B" } else { "A" }, &good[at + 1..]);
    let rows = [
        // Whether it is said to be cut off or to have a mistake goes by where it ends.
        (good[..good.len() - 20].to_owned(), "This code "),
        (flipped, "This code has a mistake in it"),
        ("https://example.org/?q=<script>alert(1)</script>".to_owned(), "This is not a code from this tool."),
        ("<img src=x onerror=alert(1)>".to_owned(), "This is not a code from this tool."),
        (fixture("light"), "This code has a mistake in it"),
        ("CR".repeat(1_500), "This is not a code from this tool."),
    ];
    let page = reader(Engine::Chromium)?;
    let empty = |page: &Browser, what: &str| -> Result<()> {
        let there = page
            .script("return [document.querySelectorAll('#app .sheet, #app .opened').length, document.images.length]")?;
        assert_eq!(there, json!([0, 0]), "{what}");
        Ok(())
    };
    for (text, message) in &rows {
        page.fill(TEXT, text)?;
        page.button(GO)?;
        page.wait_text(message)?;
        empty(&page, text)?;
    }
    // What was opened before goes, and a good code after a bad one is taken.
    top(&page)?;
    page.fill(TEXT, &good)?;
    page.button(GO)?;
    page.wait_text("Saved on June 1, 2026")?;
    top(&page)?;
    page.fill(TEXT, "CR0")?;
    page.button(GO)?;
    page.wait_gone("Saved on June 1, 2026")?;
    empty(&page, "after a good one")?;
    assert_eq!(
        page.script("return document.querySelector('#app main').textContent.includes('Look for')")?,
        json!(false)
    );
    Ok(())
}

/// Opened with `#read`, the reader has the start page behind it, so that Back stays in the tool.
#[test]
fn back_from_a_reader_that_was_opened_directly_leads_to_the_start() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    // In the place of the start page's own entry, which would do for the one that is looked for.
    page.script("history.replaceState(null, '', '#read')")?;
    page.reload()?;
    page.wait_heading(OPEN)?;
    page.button("Back")?;
    page.wait_heading(START)
}

/// Whoever mends a file and chooses it again, under the same name, gets it read again.
#[test]
fn the_same_file_is_read_again_after_an_error() -> Result<()> {
    let page = reader(Engine::Chromium)?;
    let good = Gift::record("light", "2026-06-01T10:00:00+02:00");
    let whole = std::fs::read(&good.0).unwrap();
    let gift = Gift::new("json", &whole[..whole.len() / 2]);
    page.give_file(FILE, &gift.0)?;
    page.wait_text("This file is cut off, or it was changed (at character")?;
    std::fs::write(&gift.0, &whole).unwrap();
    page.give_file(FILE, &gift.0)?;
    page.wait_text("Saved on June 1, 2026")
}

#[test]
fn a_chosen_file_is_opened_or_refused_with_a_reason() -> Result<()> {
    let good = Gift::record("light", "2026-06-01T10:00:00+02:00");
    let bytes = std::fs::read(&good.0).unwrap();
    let older = String::from_utf8(bytes.clone()).unwrap();
    let older = older
        .replace(&format!("|{}\"", pack().version), "|2020.1.0\"")
        .replace("\"linkId\":\"age\"", "\"linkId\":\"gone-since\"");
    let rows: [(&str, Vec<u8>, &str); 7] = [
        ("json", bytes[..bytes.len() / 2].to_vec(), "This file is cut off, or it was changed (at character"),
        ("pdf", b"%PDF-1.7 not a record".to_vec(), "This is not a record file from this tool."),
        ("json", br#"{"resourceType":"Patient"}"#.to_vec(), "This is not a record file from this tool."),
        ("json", Vec::new(), "This is not a record file from this tool."),
        ("json", vec![0xff; 300], "This is not a record file from this tool."),
        ("json", vec![b' '; 5_000_000], "This file is too large"),
        (
            "json",
            String::from_utf8(bytes.clone()).unwrap().replace("\"code\":\"25-44\"", "\"code\":\"<b>\"").into_bytes(),
            "An answer in this file cannot be used",
        ),
    ];
    for engine in Engine::ALL {
        let page = reader(engine)?;
        for (ending, content, message) in &rows {
            let gift = Gift::new(ending, content);
            page.give_file(FILE, &gift.0)?;
            page.wait_text(message)?;
            assert_eq!(
                page.script("return document.querySelectorAll('#app .sheet, #app .opened').length")?,
                json!(0),
                "{engine:?}: {message}"
            );
        }
        page.give_file(FILE, &good.0)?;
        page.wait_text("Saved on June 1, 2026")?;
        page.wait_text("To enjoy cooking again")?;
        page.wait_gone("An answer in this file cannot be used")?;
        let gift = Gift::new("json", older.as_bytes());
        page.give_file(FILE, &gift.0)?;
        page.wait_text("This version does not know some of the answers")?;
        page.wait_text("gone-since")?;
        page.wait_text("To enjoy cooking again")?;
    }
    Ok(())
}

#[test]
fn an_earlier_day_stands_beside_today_only_if_it_is_wanted() -> Result<()> {
    let page = sheets_of(Engine::Chromium, "light", SUMMARY)?;
    let alone = shown(&page)?;
    let answers_now = "return [...document.querySelectorAll('#app .check dd')].map((d) => d.textContent).join('|')";
    page.button("Change my answers")?;
    page.wait_heading(common::CHECK)?;
    let today = page.script(answers_now)?;
    page.button("Menu")?;
    page.button(OPEN)?;
    page.wait_heading(OPEN)?;
    let gift = Gift::record("heaviest", "2026-06-01T10:00:00Z");
    page.give_file(FILE, &gift.0)?;
    page.wait_text("Saved on June 1, 2026")?;
    let to_summary = || -> Result<()> {
        page.button("Menu")?;
        page.button("Start page")?;
        page.wait_heading(START)?;
        page.button(words().start_resume())?;
        finish(&page, SUMMARY)
    };
    // Looked at, and no more: today's sheets are as they were.
    to_summary()?;
    assert_eq!(shown(&page)?, alone);
    let beside = "Put the scores from June 1, 2026 beside today's";
    assert!(!page.is_chosen(beside)?);
    page.back()?;
    page.wait_heading(common::CHECK)?;
    page.button("Menu")?;
    page.button(OPEN)?;
    page.wait_heading(OPEN)?;
    page.button(AGAIN)?;
    page.wait_until("a question that is not answered yet", || {
        Ok(page.focus()?.starts_with("h1 ") && page.heading()? != OPEN)
    })?;
    finish(&page, SUMMARY)?;
    assert!(page.is_chosen(beside)?);
    page.choose("Show my scores on this screen")?;
    let table = "return [...document.querySelectorAll('[data-part=scores] tr')].map((r) => [...r.children].slice(0, 3).map((c) => c.textContent).join('|'))";
    let rows = page.script(table)?;
    let date = page.script("return new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(new Date())")?;
    assert_eq!(rows[0], json!(format!("Questionnaire|June 1, 2026|{}", date.as_str().unwrap())));
    assert_eq!(rows[1], json!("PHQ-9|27 / 27|5 / 27"));
    holds(&written(&page.save(PDF, ".pdf")?.1), &["June 1, 2026", "June 1, 2026: 27 / 27"]);
    // Nothing of that day was taken over.
    page.button("Change my answers")?;
    page.wait_heading(common::CHECK)?;
    assert_eq!(page.script(answers_now)?, today);
    page.back()?;
    page.wait_heading(SUMMARY)?;
    page.choose(beside)?;
    assert_eq!(shown(&page)?, alone);
    // Cleared is cleared.
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)?;
    page.button("Menu")?;
    page.button(OPEN)?;
    page.wait_heading(OPEN)?;
    assert!(!page.text()?.contains("June 1, 2026"));
    Ok(())
}

/// No record, no code: there is no sheet for a clinician.
#[test]
fn under_18_the_page_is_all_there_is() -> Result<()> {
    let page = sheets_of(Engine::Chromium, "under-18", MINOR)?;
    let text = page.text()?;
    for not in [RECORD, CODE, "For the clinician", "scores"] {
        assert!(!text.contains(not), "“{not}” in\n{text}");
    }
    let printed = pdf_text(&page.save(PDF, ".pdf")?.1)?;
    assert!(!printed.contains("PHQ-9") && !printed.contains("sertraline"), "{printed}");
    page.save(PAGE, ".html")?;
    page.button("Show it on my phone")?;
    page.wait_until("the focus on the heading", || Ok(page.focus()? == format!("h1 {MINOR}")))?;
    Ok(())
}

/// A screen that strangers share opens nothing and saves nothing.
#[test]
fn a_kiosk_reads_nothing() -> Result<()> {
    let file = Variant::new(&[("\"region\":\"us\"", "\"region\":\"us\",\"kiosk\":\"yes\"")]);
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    page.wait_text("Tap here to start")?;
    page.script("location.hash = 'read'; window.old = true")?;
    page.reload()?;
    page.wait_text("Tap here to start")?;
    assert_eq!(page.script("return [location.hash, window.old ?? null]")?, json!(["#read", null]));
    assert_eq!(
        page.script("return document.querySelectorAll('#app input[type=file], #app textarea').length")?,
        json!(0)
    );
    Ok(())
}

/// All of it from inside the loader's frame, where the page around sees nothing.
#[test]
fn in_a_clinics_page_it_works_the_same() -> Result<()> {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let page = Browser::setup(engine, Form::Hosted).host("another-origin").open()?;
        page.enter_tool(0)?;
        let around = "return [location.href, history.length, scrollY]";
        let before = page.host_script(around)?;
        begin(&page)?;
        walk_to(&page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
        finish(&page, SUMMARY)?;
        holds(&pdf_text(&page.save(PDF, ".pdf")?.1)?, &["For the clinician", "My visit plan", "25 to 44"]);
        page.button(MORE)?;
        let (_, file) = page.save(RECORD, ".json")?;
        let read = record::read(pack(), std::str::from_utf8(&file).unwrap()).unwrap();
        assert!(read.answers.iter().any(|(key, a)| key.link == "age" && a.has("25-44")), "{engine:?}: {read:?}");
        page.save(PAGE, ".html")?;
        page.choose(CODE)?;
        page.wait_text("This code holds the patient's answers")?;
        page.button("Menu")?;
        page.button(OPEN)?;
        page.wait_heading(OPEN)?;
        let gift = Gift::new("json", &file);
        page.give_file(FILE, &gift.0)?;
        page.wait_until("the focus on what was found", || Ok(page.focus()?.starts_with("h2 Saved on ")))?;
        page.wait_text("25 to 44")?;
        assert_eq!(page.host_script(around)?, before, "{engine:?}");
    }
    Ok(())
}

/// What was saved in one language opens in the other.
#[test]
fn what_was_saved_in_english_opens_in_spanish() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).language("es").open()?;
    page.wait_heading("Prepárese para su primera consulta con la clínica")?;
    page.script("location.hash = 'read'")?;
    page.wait_heading("Abrir lo que guardó")?;
    let gift = Gift::record("light", "2026-06-01T10:00:00Z");
    page.give_file("Elegir un archivo de registro", &gift.0)?;
    page.wait_text("Guardado el 1 de junio de 2026")?;
    page.wait_text("Para el profesional de salud")?;
    page.wait_text("To enjoy cooking again")?;
    top(&page)?;
    page.fill(
        "Texto de un código, escaneado o pegado",
        &format!("{}\n", code::text(pack(), &answers("light"), false, "2026-05-02")),
    )?;
    page.wait_text("Guardado el 2 de mayo de 2026")?;
    page.wait_text("con sus propias palabras, en el papel")?;
    // All of the sheets follow a change of language, also what stands for own words.
    page.button("Menú")?;
    page.select("Idioma", "English")?;
    page.wait_text("Saved on May 2, 2026")?;
    page.wait_text("in own words, on the paper")?;
    assert!(!shown(&page)?.contains("en el papel"), "{}", shown(&page)?);
    page.select("Language", "Español")?;
    page.wait_text("con sus propias palabras, en el papel")?;
    page.button("Menú")?;
    top(&page)?;
    page.fill("Texto de un código, escaneado o pegado", "CR12\n")?;
    page.wait_text("Este código")?;
    assert_eq!(page.script("return document.querySelectorAll('#app .sheet').length")?, json!(0));
    Ok(())
}
