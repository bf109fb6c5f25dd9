//! Every screen as a picture, at the width of a phone and of a desk, in both languages, and contact
//! sheets of them. They are for people to look at: `cargo xtask pictures` runs this, and it fails
//! only where a screen can't be reached.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{fixture, pack, spanish, strings};
use consult_ready_browser::{Browser, Engine, Form, Result};
use engine::pack::Words;
use serde_json::json;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// More screens than any walk has.
const TOO_MANY: usize = 250;
/// Buttons of the page itself that can be seen.
const BUTTONS: &str = "return [...document.querySelectorAll('#app main button')].filter((b) => b.checkVisibility()).map((b) => b.innerText.trim())";

/// The pictures of one language at one width.
struct Album {
    page: Browser,
    words: &'static Words,
    folder: PathBuf,
    seen: BTreeSet<String>,
    /// File names and what they show, in the order of the way.
    taken: Vec<(String, String)>,
}

impl Album {
    fn new(lang: &str, words: &'static Words, width: u32) -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../target/pictures/{lang}-{width}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let height = if width < 500 { 844 } else { 900 };
        let page =
            Browser::setup(Engine::Chromium, Form::Http).size(width, height).language(lang).reduced_motion().open()?;
        page.wait_heading(words.start_title())?;
        Ok(Self { page, words, folder, seen: BTreeSet::new(), taken: Vec::new() })
    }

    /// Takes the screen, once for each heading.
    fn take(&mut self) -> Result<()> {
        let heading = self.page.heading()?;
        if self.seen.insert(heading.clone()) { self.take_as(&heading) } else { Ok(()) }
    }

    fn take_as(&mut self, name: &str) -> Result<()> {
        self.page.settled()?;
        let file = format!("{:03}.png", self.taken.len() + 1);
        self.page.screenshot_whole(self.folder.join(&file))?;
        self.taken.push((file, name.to_owned()));
        Ok(())
    }

    /// The start screen with the answers of a named set kept on the device.
    fn start_with(&self, answers: &str) -> Result<()> {
        let put = "localStorage.setItem('consult-ready', (Date.now() + 3600000) + '|' + ";
        self.page.script(&format!("{put}{})", json!(fixture(answers))))?;
        self.page.reload()?;
        self.page.wait_heading(self.words.start_title())
    }

    /// Presses what the selector finds, once the screen takes presses, and waits for another
    /// heading.
    fn press(&self, selector: &str) -> Result<()> {
        let before = self.page.heading()?;
        self.page.settled()?;
        self.page.script(&format!("document.querySelector({}).click()", json!(selector)))?;
        self.page.wait_until(&format!("another screen than “{before}” behind {selector}"), || {
            Ok(self.page.heading()? != before)
        })
    }

    fn back(&self) -> Result<()> {
        let before = self.page.heading()?;
        self.page.button(self.words.back())?;
        self.page
            .wait_until(&format!("another screen than “{before}”, by Back"), || Ok(self.page.heading()? != before))
    }

    /// The whole way with the answers of a named set, from the first stage to the sheets.
    fn walk(&mut self, answers: &str) -> Result<()> {
        self.start_with(answers)?;
        self.take()?;
        self.page.button(self.words.start_resume())?;
        self.page.wait_heading(self.words.check_title())?;
        self.page.button(self.words.menu())?;
        self.take_as("menu")?;
        self.page.press(consult_ready_browser::Key::Escape)?;
        // The way to all parts stands on the questions, and "Change" leads to one.
        for stage in 0..self.pass_hub()? {
            self.page.settled()?;
            self.page.script(&format!("document.querySelectorAll('#app main .stage')[{stage}].click()"))?;
            self.page.wait_until("a part's first screen", || Ok(self.page.heading()? != self.words.hub_title()))?;
            self.stage()?;
            self.pass_hub()?;
        }
        self.page.button(self.words.finish_now())?;
        self.page.wait_heading(self.words.check_title())?;
        self.sheets()
    }

    /// From the check screen to all parts. Returns how many there are.
    fn pass_hub(&mut self) -> Result<u64> {
        // The way to all parts stands on the questions, and "Change" leads to one.
        self.press("#app main .check .act button")?;
        self.press(".bar .hub-btn")?;
        self.take()?;
        Ok(self
            .page
            .script("return document.querySelectorAll('#app main .stage').length")?
            .as_u64()
            .unwrap_or_default())
    }

    /// From a part's first screen to the check screen, which follows where no part is left to
    /// begin.
    fn stage(&mut self) -> Result<()> {
        for _ in 0..TOO_MANY {
            self.take()?;
            if self.page.heading()? == self.words.check_title() {
                return Ok(());
            }
            self.go_on()?;
        }
        panic!("no end of the part after {:#?}", self.taken)
    }

    /// Keeps what is answered, or skips what is not.
    fn go_on(&self) -> Result<()> {
        let w = self.words;
        let buttons = strings(&self.page.script(BUTTONS)?);
        let ways = [w.continue_(), w.skip(), w.skip_page(), w.help_go_on()];
        let on =
            ways.into_iter().find(|name| buttons.contains(*name)).unwrap_or_else(|| panic!("no way on: {buttons:?}"));
        self.page.settled()?;
        self.page.script("document.querySelector('#app main h1').dataset.pictured = '1'")?;
        self.page.button(on)?;
        self.page.wait_until(&format!("another screen, by “{on}”"), || {
            Ok(self
                .page
                .script("const h = document.querySelector('#app main h1'); return !!h && !h.dataset.pictured")?
                == json!(true))
        })
    }

    fn sheets(&mut self) -> Result<()> {
        self.page.button(self.words.to_summary())?;
        self.page.wait_until("the summary", || Ok(self.page.heading()? != self.words.check_title()))?;
        self.take()
    }

    /// All that is read: topics, the comparison, the cards of the first deck and their answers.
    fn read(&mut self) -> Result<()> {
        self.start_with("light")?;
        self.page.button(self.words.start_read())?;
        self.page.wait_heading(self.words.read_title())?;
        self.take()?;
        let rows = self
            .page
            .script("return document.querySelectorAll('#app main .ways button').length")?
            .as_u64()
            .unwrap_or_default();
        for row in 1..=rows {
            self.press(&format!("#app main .ways > :nth-child({row}) button"))?;
            self.take()?;
            self.back()?;
        }
        self.back()?;
        self.page.button(self.words.start_cards())?;
        self.page.wait_until("the decks", || Ok(self.page.heading()? != self.words.start_title()))?;
        self.take()?;
        self.press("#app main .ways button")?;
        self.take_as("card, open")?;
        self.page.settled()?;
        self.page.script("document.querySelector('#app main .answer').click()")?;
        self.page.wait_until("a verdict", || {
            Ok(self.page.script("return !!document.querySelector('#app main .stamp, #app main .verdict')")?
                == json!(true))
        })?;
        self.take_as("card, answered")
    }

    /// A few at a time, so that each can still be made out: `sheet-1.png` and so on.
    fn contact_sheets(&self) -> Result<()> {
        let (width, together) = if self.folder.to_string_lossy().ends_with("390") { (260, 14) } else { (580, 9) };
        for (number, pictures) in self.taken.chunks(together).enumerate() {
            let mut html = format!(
                "<!doctype html><meta charset=utf-8><style>body{{font:12px sans-serif;display:flex;flex-wrap:wrap;gap:8px;width:1880px}}\
                 figure{{margin:0;width:{width}px}}img{{width:100%;max-height:800px;object-fit:cover;object-position:top;border:1px solid #888}}</style>"
            );
            for (file, name) in pictures {
                let _ = write!(
                    html,
                    "<figure><img src={file}><figcaption>{file} {}</figcaption></figure>",
                    name.replace('<', "&lt;")
                );
            }
            let sheet = self.folder.join("sheet.html");
            fs::write(&sheet, html).unwrap();
            let address = format!("file://{}", fs::canonicalize(&sheet).unwrap().display());
            self.page.wait_on("opening a contact sheet", self.page.driver().goto(&address))?;
            self.page.screenshot_whole(self.folder.join(format!("sheet-{}.png", number + 1)))?;
        }
        Ok(())
    }
}

#[test]
#[ignore = "long: pictures to look at, made by `cargo xtask pictures`"]
fn every_screen_in_pictures() -> Result<()> {
    for (lang, words) in [("en", &pack().words), ("es", &spanish().words)] {
        for width in [390, 1280] {
            let mut album = Album::new(lang, words, width)?;
            album.walk("depression")?;
            album.walk("everything-yes")?;
            album.read()?;
            album.contact_sheets()?;
        }
    }
    Ok(())
}
