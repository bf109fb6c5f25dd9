//! P6: anyone can use it. axe-core on every screen, and what it can't see: keyboard, focus, size,
//! zoom, colours, motion.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, CHECK, E1, EMERGENCY, ITEM_9, MEDICAL, OFFER, Plan, START, SUMMARY, Say, THANKS, Variant, begin, built,
    finish_now, fixture, go_on_to, pack, read_first, resume_with, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Key, Result, Setup};
use engine::answers::Answers;
use export::code;
use serde_json::{Value, json};

/// A thing to read that has one question for the clinic.
const TOPIC: &str = "How it may work";

fn phone() -> Setup {
    Browser::setup(Engine::Chromium, Form::Http).size(390, 844)
}

fn narrow() -> Setup {
    Browser::setup(Engine::Chromium, Form::Http).size(320, 640)
}

/// Shows every kind of screen, one after another, and calls `see` on each with its name.
fn every_screen(page: &Browser, see: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    page.wait_heading(START)?;
    see("start")?;
    page.button("Menu")?;
    see("menu")?;
    page.button("Clear everything")?;
    page.wait_heading("Clear all your answers from this device? This can't be undone.")?;
    see("clear dialog")?;
    page.button("No, keep my answers")?;
    page.button("Need help now?")?;
    page.wait_heading("Help, now")?;
    see("help dialog")?;
    page.button("Close")?;
    page.button("Menu")?;
    page.button("About this tool")?;
    page.wait_heading("About this tool")?;
    open_all(page)?;
    see("about")?;
    page.button("Back")?;
    page.wait_heading(START)?;
    reading(page, see)?;
    questions(page, see)?;
    endings(page, see)
}

fn reading(page: &Browser, see: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    read_first(page)?;
    see("topics")?;
    page.click_on("document.querySelector('#app main .ways button')")?;
    for _ in 0..30 {
        page.wait_until("a topic", || Ok(page.focus()?.starts_with("h1 ") && page.heading()? != words().read_title()))?;
        let title = page.heading()?;
        if title == "Other choices, side by side" {
            break;
        }
        open_all(page)?;
        see(&format!("topic “{title}”"))?;
        page.click_on("document.querySelector('#app main .acts .btn')")?;
        page.wait_until("the next topic", || Ok(page.heading()? != title))?;
    }
    see("compare, two picked")?;
    page.settled()?;
    let press = |n: u8| {
        page.script(&format!(
            "[...document.querySelectorAll('#app main [id^=pick-]')].slice(0, {n}).forEach((box) => box.click())"
        ))
    };
    press(2)?;
    page.wait_until("no comparison", || {
        Ok(page.script("return !document.querySelector('#app main .compare')")? == json!(true))
    })?;
    see("compare, nothing picked")?;
    press(3)?;
    page.wait_text("Side effects")?;
    open_all(page)?;
    see("compare, three picked")?;
    page.button("Menu")?;
    page.button("Start page")?;
    page.wait_heading(START)?;
    page.button("Myth or fact?")?;
    page.wait_heading("Myth or fact?")?;
    see("decks")?;
    page.button("What ketamine is")?;
    page.wait_text("Card 1 of")?;
    see("card")?;
    page.choose("Myth")?;
    page.wait_text("Your guess: Myth")?;
    open_all(page)?;
    see("card, turned")?;
    page.button("All themes")?;
    page.wait_text("1 of 6 looked at")?;
    see("decks, one begun")?;
    page.button("Menu")?;
    page.button("Start page")?;
    begin(page)
}

fn questions(page: &Browser, see: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    see("one choice")?;
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    page.button("Back")?;
    page.wait_heading(AGE)?;
    see("one choice, chosen")?;
    page.button("Continue")?;
    page.wait_heading(EMERGENCY)?;
    see("emergency")?;
    page.choose_in(E1, "Yes")?;
    page.wait_text("Call 988.")?;
    see("emergency, yes")?;
    page.button("Continue")?;
    page.wait_heading(THANKS)?;
    see("help step")?;
    page.choose("No, I might act on these thoughts")?;
    page.wait_text("Stay with someone.")?;
    see("help step, might act")?;
    page.button("Go on with my questions")?;
    go_on_to(page, "What do you want help with?")?;
    page.choose("Long-lasting pain")?;
    see("several choices")?;
    let plan: &Plan = &[
        ("What do you want help with?", &[Say::Pick("Long-lasting pain")]),
        ("Do you take any medicines now?", &[Say::Pick("Yes")]),
        (
            "What you tried before",
            &[
                Say::PickIn("Have you taken medicine for pain before?", "Yes"),
                Say::PickIn("Do you have a list on paper of the medicines that you took?", "No"),
            ],
        ),
        ("Allergies and reactions", &[Say::PickIn("Does latex or tape give you a rash or swelling?", "Yes")]),
    ];
    page.button("Continue")?;
    walk_to(page, plan, "Your pain")?;
    see("a page of own words and numbers")?;
    walk_to(page, plan, ITEM_9)?;
    see("a scored question")?;
    walk_to(page, plan, OFFER)?;
    see("help offered")?;
    walk_to(page, plan, "Which medicines do you take?")?;
    page.fill("Type a name", "lora")?;
    page.wait_text("lorazepam")?;
    see("type-ahead, names found")?;
    page.button("Add lorazepam Ativan")?;
    page.wait_text("On your list")?;
    see("type-ahead, a list")?;
    page.button("Continue")?;
    walk_to(page, plan, "More about your medicines")?;
    see("a page of details")?;
    walk_to(page, plan, "Allergies and reactions")?;
    see("a page of rows")?;
    walk_to(page, plan, "Your reaction to latex or tape: which one was it, and what happened?")?;
    see("own words")?;
    walk_to(page, plan, "Other things you take")?;
    see("choices and own words")?;
    walk_to(page, plan, "Tests, size, and veins")?;
    see("a line of own words")?;
    walk_to(page, plan, "A medicine you took")?;
    see("a card that asks for another")
}

fn endings(page: &Browser, see: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    finish_now(page)?;
    page.wait_heading(CHECK)?;
    see("check")?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    see("summary")?;
    resume_with(page, &fixture("heaviest"))?;
    page.wait_until("the check screen or a question", || Ok(page.focus()?.starts_with("h1 ")))?;
    if page.heading()? != CHECK {
        finish_now(page)?;
        page.wait_heading(CHECK)?;
    }
    see("check, heavy")?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    see("summary, heavy")?;
    take_along(page, see)?;
    resume_with(page, &fixture("under-18"))?;
    page.wait_heading(CHECK)?;
    page.button("Make my summary")?;
    page.wait_heading("A page for you")?;
    see("a minor's page")?;
    page.script("localStorage.clear()")?;
    page.reload()?;
    page.wait_heading(START)
}

fn take_along(page: &Browser, see: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
    open_all(page)?;
    page.script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")?;
    page.choose("Show my scores on this screen")?;
    page.choose("Add a code that the clinic can scan")?;
    page.wait_text("This code holds the patient's answers")?;
    // Chromium's driver scrolls up only until a thing lies below the bar.
    page.script("scrollTo(0, 0)")?;
    page.button("Copy as text")?;
    page.wait_text("Your browser did not allow copying.")?;
    see("summary, all ways and a code")?;
    page.script("scrollTo(0, 0)")?;
    page.button("Show it on my phone")?;
    page.wait_until("the pages alone", || {
        Ok(page.script("return document.querySelector('#app .more') === null")? == Value::Bool(true))
    })?;
    see("the pages alone")?;
    page.script("location.hash = 'read'")?;
    page.wait_heading("Open what you saved")?;
    see("open again")?;
    let text = "Text of a code, scanned or pasted";
    page.fill(text, "CR12\n")?;
    page.wait_text("This code has a mistake in it")?;
    see("open again, a bad code")?;
    page.script("scrollTo(0, 0)")?;
    let light = Answers::decode(&fixture("light")).unwrap();
    page.fill(text, &(code::text(pack(), &light, false, "2026-06-01") + "\n"))?;
    page.wait_text("Saved on June 1, 2026")?;
    see("open again, found")?;
    // A reload comes next, and keeps how far was scrolled.
    page.script("history.replaceState(null, '', location.pathname); scrollTo(0, 0)").map(drop)
}

fn open_all(page: &Browser) -> Result<()> {
    page.script("document.querySelectorAll('#app main details').forEach((d) => { d.open = true })").map(drop)
}

/// A narrow window folds the stages of the check screen.
fn unfold(page: &Browser) -> Result<()> {
    page.settled()?;
    open_all(page)
}

/// Finds what is wrong with each screen by `look`, and fails with all of it at once.
fn all_screens_pass(page: &Browser, look: impl Fn(&Browser) -> Result<Vec<String>>) -> Result<()> {
    let mut faults = Vec::new();
    let mut seen = 0;
    every_screen(page, &mut |name| {
        seen += 1;
        faults.extend(look(page)?.into_iter().map(|fault| format!("{name}: {fault}")));
        Ok(())
    })?;
    assert!(seen > 35, "only {seen} screens were looked at");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

#[test]
fn w30_axe_finds_nothing_in_light() -> Result<()> {
    all_screens_pass(&phone().reduced_motion().open()?, Browser::axe)
}

#[test]
fn w30_axe_finds_nothing_in_dark() -> Result<()> {
    all_screens_pass(&Browser::setup(Engine::Chromium, Form::Http).dark().reduced_motion().open()?, Browser::axe)
}

#[test]
fn w30_axe_finds_nothing_in_the_fallback() -> Result<()> {
    let strict = Variant::new(&[(" 'wasm-unsafe-eval'", "")]);
    for dark in [false, true] {
        let setup = phone().file(strict.file());
        let page = if dark { setup.dark().open()? } else { setup.open()? };
        page.wait_heading("This tool can't run here")?;
        assert_eq!(page.axe()?, [""; 0]);
    }
    Ok(())
}

/// Each screen has one heading of the first level, W9 a document language and title, and the same
/// live regions as before.
#[test]
fn w10_each_screen_has_one_heading() -> Result<()> {
    let look = r#"
      const top = [...document.querySelectorAll("dialog:modal")].pop() ?? document.body;
      const shown = (e) => e.checkVisibility({ visibilityProperty: true });
      const faults = [];
      const firsts = [...top.querySelectorAll("h1")].filter(shown);
      if (firsts.length !== 1) faults.push(`${firsts.length} first headings: ${firsts.map((h) => h.innerText)}`);
      const size = (e) => parseFloat(getComputedStyle(e).fontSize);
      firsts.filter((h) => size(h) <= 1.2 * size(document.body)).forEach((h) => faults.push(`${h.innerText} is hardly larger than text`));
      const levels = [...top.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => Number(h.localName[1]));
      levels.forEach((level, i) => { if (i && level > levels[i - 1] + 1) faults.push(`a heading of level ${level} after ${levels[i - 1]}`); });
      const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
      ids.filter((id, i) => ids.indexOf(id) !== i).forEach((id) => faults.push(`the id ${id} twice`));
      [...top.querySelectorAll("[aria-labelledby], [aria-describedby]")].forEach((e) => ["aria-labelledby", "aria-describedby"].forEach((name) =>
        (e.getAttribute(name) ?? "").split(/\s+/).filter(Boolean).forEach((id) => { if (!document.getElementById(id)) faults.push(`${name} points to ${id}, which is not there`); })));
      return faults;
    "#;
    all_screens_pass(&phone().open()?, |page| lines(page, look))
}

/// WCAG 2.5.3: who says what stands on a button presses that button. axe's rule for it is not among
/// those it is sure of.
#[test]
fn the_name_of_each_control_holds_the_words_on_it() -> Result<()> {
    let look = r#"
      const top = [...document.querySelectorAll("dialog:modal")].pop() ?? document.body;
      const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      const byIds = (e) => e.getAttribute("aria-labelledby")?.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
      return [...top.querySelectorAll("button, a[href], summary, [role=button], [role=link]")].filter((e) => e.checkVisibility()).flatMap((e) => {
        const name = byIds(e) ?? e.getAttribute("aria-label");
        return !name || plain(name).includes(plain(e.innerText)) ? [] : [`“${e.innerText}” is called “${name}”`];
      });
    "#;
    all_screens_pass(&phone().open()?, |page| lines(page, look))
}

/// WCAG 1.4.5: no words in a picture, since there is no picture but the clinic's logo. Drawings are
/// SVG, whose words are text; so are code and rulers.
#[test]
fn the_only_picture_is_a_clinics_logo() -> Result<()> {
    let look = r#"
      const raster = "img:not(.logo), picture, canvas, object, embed, video, svg image, svg foreignObject, input[type=image]";
      const found = [...document.querySelectorAll(raster)].map((e) => e.outerHTML.slice(0, 80));
      const painted = [...document.querySelectorAll("body, body *")].flatMap((e) => [null, "::before", "::after"].flatMap((part) => {
        const s = getComputedStyle(e, part);
        const urls = [s.backgroundImage, s.borderImageSource, s.listStyleImage, s.maskImage, s.content].filter((v) => v?.includes("url("));
        return urls.map((url) => `${e.localName}.${e.className} is painted with a background or border picture: ${url.slice(0, 40)}`);
      }));
      return found.concat(painted.slice(0, 3));
    "#;
    all_screens_pass(&phone().open()?, |page| lines(page, look))
}

/// Nothing a finger is meant to hit is smaller than 44 px. Links inside a sentence are text.
#[test]
fn w13_targets_are_large_enough_at_320() -> Result<()> {
    let look = r#"
      const top = [...document.querySelectorAll("dialog:modal")].pop() ?? document.body;
      const shown = (e) => e.checkVisibility({ visibilityProperty: true });
      const inText = (e) => e.matches("li > a, p > a, dd > a, p > button.link") && getComputedStyle(e).display === "inline";
      const label = (e) => (e.matches("[type=radio], [type=checkbox], [type=file]") ? e.labels[0] : null) ?? e;
      return [...top.querySelectorAll("button, a[href], summary, select, input, textarea")].filter(shown).filter((e) => !inText(e)).flatMap((e) => {
        const box = label(e).getBoundingClientRect();
        return box.width >= 43.9 && box.height >= 43.9 ? [] : [`${e.localName} “${label(e).innerText || e.getAttribute("aria-label")}” is ${box.width.toFixed(1)} by ${box.height.toFixed(1)}`];
      });
    "#;
    all_screens_pass(&narrow().open()?, |page| lines(page, look))
}

/// Nothing stands out to the right, and nothing is cut inside its box.
const SIDEWAYS: &str = r#"
  const wide = document.documentElement;
  const faults = [];
  if (wide.scrollWidth > innerWidth) {
    const out = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".sr"));
    faults.push(`${wide.scrollWidth} px wide in ${innerWidth}: ${out.slice(-2).map((e) => e.localName + "." + e.className + " " + (e.innerText ?? "").slice(0, 60))}`);
  }
  const dialog = [...document.querySelectorAll("dialog:modal")].pop();
  if (dialog && dialog.scrollWidth > dialog.clientWidth) faults.push(`the dialog is ${dialog.scrollWidth} px wide in ${dialog.clientWidth}`);
  const hides = (e) => ["hidden", "clip"].includes(getComputedStyle(e).overflowX) || ["hidden", "clip"].includes(getComputedStyle(e).overflowY);
  for (const e of (dialog ?? document.body).querySelectorAll("*")) {
    // Words for a screen reader alone are cut to nothing on purpose, and the heads of a comparison
    // follow its swipe.
    if (!e.checkVisibility() || e.closest(".sr, .hub-btn .txt, svg, select, thead, .compare-heads")) continue;
    if (hides(e) && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) faults.push(`${e.localName}.${e.className} cuts “${(e.innerText ?? "").slice(0, 60)}”`);
    const box = e.getBoundingClientRect();
    if (e.matches("button, a, label, p, h1, h2, h3, li, td, th, dt, dd") && box.width && !e.querySelector(".sr") && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== "inline")
      faults.push(`${e.localName}.${e.className} spills “${(e.innerText ?? "").slice(0, 60)}”`);
  }
  return faults;
"#;

#[test]
fn w5_nothing_scrolls_sideways_at_320() -> Result<()> {
    all_screens_pass(&narrow().open()?, |page| lines(page, SIDEWAYS))
}

/// 1280 by 1024 at 400 % is 320 by 256: also the largest text of our own fits.
#[test]
fn w5_the_largest_text_fits_at_400_percent() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(320, 256).open()?;
    all_screens_pass(&page, |page| {
        page.script("document.documentElement.dataset.text = '3'")?;
        let faults = lines(page, SIDEWAYS);
        page.script("document.documentElement.dataset.text = '1'")?;
        faults
    })
}

/// W5: a menu that is higher than the screen is scrolled to its end.
#[test]
fn w5_all_of_the_menu_can_be_reached() -> Result<()> {
    let page = narrow().language("es").open()?;
    page.wait_heading("Prepárese para su primera consulta con la clínica")?;
    page.script("document.documentElement.dataset.text = '3'")?;
    page.button("Menú")?;
    page.button("Acerca de esta herramienta")?;
    page.wait_until("the page about the tool", || {
        Ok(page.heading()? != "Prepárese para su primera consulta con la clínica")
    })
}

/// W5: Spanish is longer, and its largest text is the widest there is.
#[test]
fn w5_the_largest_spanish_text_fits_at_320() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(320, 640).language("es").open()?;
    page.wait_heading("Prepárese para su primera consulta con la clínica")?;
    page.script("document.documentElement.dataset.text = '3'")?;
    let mut faults = Vec::new();
    let mut seen = 0;
    let mut press = |what: &str| -> Result<()> {
        let before = page.heading()?;
        page.click_on(&format!("document.querySelector('#app main {what}')"))?;
        page.wait_until("another screen", || Ok(page.heading()? != before))?;
        open_all(&page)?;
        seen += 1;
        faults.extend(
            lines(&page, SIDEWAYS)?.into_iter().map(|fault| format!("{}: {fault}", page.heading().unwrap_or_default())),
        );
        Ok(())
    };
    // Behind the two lengths stands what there is to read.
    press(".ways > :nth-child(3) button")?;
    press(".ways button")?;
    while page.script("return !document.querySelector('#app main .compare, #app main [id^=pick-]')")? == true {
        press(".acts .btn")?;
    }
    page.click_on("document.querySelectorAll('#app main [id^=pick-]')[2]")?;
    let compared = lines(&page, SIDEWAYS)?;
    assert!(compared.is_empty(), "the comparison: {}", compared.join("\n"));
    press(".acts .btn")?;
    while page.script("return !document.querySelector('#app main dl.check')")? == true {
        press("form button[type=submit], #app main .acts .btn")?;
    }
    press("> .acts .btn:last-child")?;
    assert!(seen > 45, "only {seen} screens were looked at");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    Ok(())
}

/// W6: the text spacing that some readers need.
#[test]
fn w6_wider_text_spacing_cuts_nothing() -> Result<()> {
    all_screens_pass(&narrow().open()?, |page| {
        page.script(
            "const sheet = new CSSStyleSheet();
             sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
             document.adoptedStyleSheets = [sheet];",
        )?;
        let faults = lines(page, SIDEWAYS);
        page.script("document.adoptedStyleSheets = []")?;
        faults
    })
}

/// A button that has done its work stays where it is: what was pressed by key keeps the focus.
#[test]
fn adding_a_question_keeps_the_focus_on_its_button() -> Result<()> {
    let page = phone().open()?;
    page.wait_heading(START)?;
    page.button(words().start_read())?;
    page.wait_heading(words().read_title())?;
    page.button(TOPIC)?;
    page.wait_heading(TOPIC)?;
    page.settled()?;
    page.script(&format!(
        "[...document.querySelectorAll('#app main button')].find((b) => b.innerText.trim() === {}).focus()",
        json!(words().add_question())
    ))?;
    page.press(Key::Enter)?;
    page.wait_until("the button, added and with the focus", || {
        Ok(page.focus()? == format!("button button {}", words().added_question()))
    })
}

/// On a change of screen focus goes to the new heading, which is at the top of the window; on every
/// kind of screen.
#[test]
fn w11_focus_goes_to_the_new_heading() -> Result<()> {
    let page = phone().open()?;
    page.wait_heading(START)?;
    let arrives = |heading: &str| -> Result<()> {
        page.wait_until(&format!("the focus on “{heading}”"), || Ok(page.focus()? == format!("h1 {heading}")))?;
        let at = page.script("const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight")?;
        assert_eq!(at, json!(true), "“{heading}” has the focus and is out of sight");
        Ok(())
    };
    page.button(words().start_read())?;
    arrives(words().read_title())?;
    page.button("Back")?;
    arrives(START)?;
    page.button(words().start_questions())?;
    arrives(AGE)?;
    page.choose("25 to 44")?;
    arrives(EMERGENCY)?;
    page.choose_in(E1, "Yes")?;
    page.button("Continue")?;
    arrives(THANKS)?;
    page.back()?;
    arrives(EMERGENCY)?;
    page.forward()?;
    arrives(THANKS)?;
    page.button("Go on with my questions")?;
    go_on_to(&page, "What do you want help with?")?;
    arrives("What do you want help with?")?;
    finish_now(&page)?;
    arrives(CHECK)?;
    unfold(&page)?;
    page.button("Change Age")?;
    arrives(AGE)?;
    page.button("Continue")?;
    // Whoever left for one row is back at it, not at the top of a long page.
    page.wait_until("the focus on the row that was left", || {
        Ok(page.heading()? == CHECK && page.focus()?.ends_with("Change Age"))
    })?;
    let row = page.script(
        "const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight",
    )?;
    assert_eq!(row, json!(true), "the row has the focus and is out of sight");
    page.button("Make my summary")?;
    arrives(SUMMARY)
}

/// Arrows choose among radio buttons and don't move on, and do nothing among answers that go on;
/// Enter goes on.
#[test]
fn w8_arrows_choose_and_do_not_move_on() -> Result<()> {
    let page = phone().open()?;
    begin(&page)?;
    // From the heading, Tab leads into the answers.
    page.press(Key::Tab)?;
    assert!(page.focus()?.contains("Under 18"), "the first Tab leads to {}", page.focus()?);
    page.press(Key::Down)?;
    page.press(Key::Tab)?;
    assert!(page.focus()?.contains("18 to 24"), "the next Tab leads to {}", page.focus()?);
    assert!(!page.is_chosen("Under 18")? && !page.is_chosen("18 to 24")?, "an arrow or Tab chose");
    assert_eq!(page.heading()?, AGE, "an arrow moved on");
    page.press(Key::Enter)?;
    page.wait_until("the focus on the next screen", || Ok(page.focus()? == format!("h1 {EMERGENCY}")))?;
    page.press(Key::Tab)?;
    assert!(page.focus()?.contains("Yes"), "the first Tab leads to {}", page.focus()?);
    page.press(Key::Space)?;
    page.wait_until("the first choice", || page.is_chosen_in(E1, "Yes"))?;
    page.press(Key::Down)?;
    page.wait_until("the second choice", || page.is_chosen_in(E1, "No"))?;
    page.press(Key::Down)?;
    page.wait_until("the third choice", || Ok(!page.is_chosen_in(E1, "No")?))?;
    assert_eq!(page.heading()?, EMERGENCY, "an arrow moved on");
    page.press(Key::Up)?;
    page.wait_until("the second choice again", || page.is_chosen_in(E1, "No"))?;
    assert_eq!(page.heading()?, EMERGENCY);
    page.press(Key::Enter)?;
    go_on_to(&page, "What do you want help with?")
}

/// The whole of the first screens by keyboard alone: nothing is out of reach and nothing holds the
/// focus.
#[test]
fn w8_the_first_screens_by_keyboard_alone() -> Result<()> {
    let page = phone().open()?;
    page.wait_heading(START)?;
    tab_to(&page, words().start_questions())?;
    page.press(Key::Enter)?;
    page.wait_heading(AGE)?;
    tab_to(&page, "25 to 44")?;
    page.press(Key::Space)?;
    page.wait_heading(EMERGENCY)?;
    tab_to(&page, "Yes")?;
    page.press(Key::Space)?;
    page.wait_text("Call 988.")?;
    tab_to(&page, "Continue")?;
    page.press(Key::Enter)?;
    page.wait_heading(THANKS)?;
    tab_to(&page, "Go on with my questions")?;
    page.press(Key::Enter)?;
    go_on_to(&page, "What do you want help with?")?;
    tab_to(&page, "Low mood")?;
    page.press(Key::Space)?;
    page.wait_until("a tick", || page.is_chosen("Low mood or depression"))?;
    page.press_with(Key::Shift, Key::Tab)?;
    tab_to(&page, "Skip this question")?;
    page.press(Key::Enter)?;
    page.wait_heading("How long has this problem lasted, this time?")
}

fn tab_to(page: &Browser, name: &str) -> Result<()> {
    for _ in 0..60 {
        if page.focus()?.contains(name) {
            return assert_seen(page, name);
        }
        page.press(Key::Tab)?;
    }
    panic!("no Tab leads to “{name}”: {}", page.focus()?)
}

/// W12: what has the focus shows it, and nothing lies over it.
fn assert_seen(page: &Browser, name: &str) -> Result<()> {
    let seen = page.script(
        "const e = document.activeElement;
         const shows = (e) => e && getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 2;
         const box = (e.labels?.[0] ?? e).getBoundingClientRect();
         const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
         return [shows(e) || shows(e.labels?.[0]), !!over && ((e.labels?.[0] ?? e).contains(over) || e === over)]",
    )?;
    assert_eq!(seen, json!([true, true]), "“{name}”: [shows its focus, is not covered]");
    Ok(())
}

/// Esc closes a dialog and gives the focus back to what opened it.
#[test]
fn w8_escape_closes_a_dialog_and_gives_the_focus_back() -> Result<()> {
    let page = phone().open()?;
    begin(&page)?;
    page.button("Need help now?")?;
    page.wait_until("the focus in the dialog", || Ok(page.focus()? == "h1 Help, now"))?;
    // Tab stays inside.
    for _ in 0..40 {
        page.press(Key::Tab)?;
        let inside =
            page.script("const a = document.activeElement; return a === document.body || !!a.closest('dialog')")?;
        assert_eq!(inside, json!(true), "Tab left the dialog for {}", page.focus()?);
    }
    page.press(Key::Escape)?;
    page.wait_until("the focus back on the button", || Ok(page.focus()?.ends_with("Need help now?")))?;
    assert_eq!(page.script("return document.querySelector('dialog[open]') === null")?, json!(true));
    assert_eq!(page.heading()?, AGE);
    Ok(())
}

/// A live region is there before its text: what comes later must come into one that was drawn with
/// the screen.
#[test]
fn w26_live_regions_exist_before_their_text() -> Result<()> {
    let page = phone().open()?;
    begin(&page)?;
    walk_to(&page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
    page.script("document.querySelectorAll('[role=status], [role=alert], [aria-live]').forEach((e) => { e.dataset.there = 'x' })")?;
    page.choose_in(E1, "Yes")?;
    page.wait_text("Call 988.")?;
    let inside = "return [...document.querySelectorAll('#app main .call-bar :is(.sr, .call)')].map((said) => !!said.closest('[role=status]')?.dataset.there)";
    assert_eq!(page.script(inside)?, json!([true, true]), "what is said is not in a region that was there before");
    walk_to(&page, &[("Do you take any medicines now?", &[Say::Pick("Yes")])], "Which medicines do you take?")?;
    let said =
        "return [...document.querySelectorAll('#app main [role=status]')].map((e) => e.innerText).filter(Boolean)";
    let before = page.script(said)?;
    page.script("document.querySelectorAll('#app [role=status]').forEach((e) => { e.dataset.there = 'x' })")?;
    page.fill("Type a name", "lora")?;
    page.wait_until("a count of the names", || Ok(page.script(said)? != before))?;
    let fresh = page.script(
        "return [...document.querySelectorAll('#app [role=status]')].filter((e) => e.innerText && !e.dataset.there).map((e) => e.innerText)",
    )?;
    assert_eq!(fresh, json!([]), "a live region came together with its text");
    Ok(())
}

/// In forced colours a choice that is made still looks other than one that is not.
#[test]
fn w4_a_choice_shows_in_forced_colours() -> Result<()> {
    let page = phone().forced_colours().open()?;
    begin(&page)?;
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    let looks = "const of = (e) => { const s = getComputedStyle(e); return [s.borderTopColor, s.borderLeftColor, s.borderLeftWidth, s.outlineStyle, s.outlineWidth, s.backgroundColor, s.fontWeight].join(); };";
    page.choose_in(E1, "No")?;
    let rows = page.script(&format!(
        "{looks} const [on, off] = [true, false].map((checked) => [...document.querySelectorAll('#app main fieldset.row label')].find((l) => l.control.checked === checked));
         return [of(on), of(off), getComputedStyle(on.control).appearance, on.control.checkVisibility({{ opacityProperty: true }})]"
    ))?;
    assert_ne!(rows[0], rows[1], "chosen and not chosen look the same");
    // The native control is there too, which forced colours never take away.
    assert_eq!([&rows[2], &rows[3]], [&json!("auto"), &json!(true)]);
    page.button("Back")?;
    page.wait_until("the answers", || Ok(page.focus()? == format!("h1 {AGE}")))?;
    let buttons = page.script(&format!(
        "{looks} return ['true', 'false'].map((pressed) => of(document.querySelector(`#app main .answer[aria-pressed=${{pressed}}]`)))"
    ))?;
    assert_ne!(buttons[0], buttons[1], "the answer that was given looks like the others");
    Ok(())
}

/// W17: who asked for less motion gets none.
#[test]
fn w17_reduced_motion_moves_nothing() -> Result<()> {
    let look = r#"
      const seconds = (text) => Math.max(...text.split(",").map((part) => parseFloat(part) * (part.includes("ms") ? 0.001 : 1)));
      return [...document.querySelectorAll("*")].flatMap((e) => [null, "::before", "::after", "::backdrop"].flatMap((part) => {
        const s = getComputedStyle(e, part);
        const moves = seconds(s.transitionDuration) > 0.01 || (s.animationName !== "none" && seconds(s.animationDuration) > 0.01) || s.scrollBehavior === "smooth";
        return moves ? [`${e.localName}.${e.className}${part ?? ""}`] : [];
      })).slice(0, 3);
    "#;
    let page = phone().reduced_motion().open()?;
    all_screens_pass(&page, |page| lines(page, look))
}

/// The document says its language and what it is (WCAG 3.1.1, 2.4.2).
#[test]
fn w9_the_document_has_a_language_and_a_title() -> Result<()> {
    let page = phone().open()?;
    page.wait_heading(START)?;
    assert_eq!(page.script("return [document.documentElement.lang, document.title]")?, json!(["en", "Consult Ready"]));
    assert!(!built().contains("user-scalable=no") && !built().contains("maximum-scale"), "zoom is forbidden");
    Ok(())
}

/// Q4: nothing is pre-answered, on any screen.
#[test]
fn q4_nothing_is_chosen_beforehand() -> Result<()> {
    let page = phone().open()?;
    begin(&page)?;
    for _ in 0..200 {
        let chosen = page.script("return [...document.querySelectorAll('#app main :is(input:checked, .answer[aria-pressed=true])')].length + [...document.querySelectorAll('#app main form :is(input[type=text], textarea)')].filter((f) => f.value).length")?;
        assert_eq!(chosen, json!(0), "pre-answered: {}", page.heading()?);
        if page.heading()? == CHECK {
            return Ok(());
        }
        let before = page.heading()?;
        walk_one(&page)?;
        page.wait_until("the next screen", || Ok(!["", &before].contains(&page.heading()?.as_str())))?;
    }
    panic!("the walk has no end")
}

fn walk_one(page: &Browser) -> Result<()> {
    page.settled()?;
    page.script(
        "const wanted = ['Skip this question', 'Skip these questions', 'Go on with my questions', 'Continue'];
         const buttons = [...document.querySelectorAll('#app main button')].filter((b) => b.checkVisibility());
         wanted.map((name) => buttons.find((b) => b.innerText === name)).find(Boolean).click()",
    )
    .map(drop)
}

fn lines(page: &Browser, look: &str) -> Result<Vec<String>> {
    let found = page.script(look)?;
    Ok(found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// The emergency path asks for help by name before anything else: the main line is the first thing
/// to reach by Tab.
#[test]
fn w19_help_is_in_the_same_place_on_each_screen() -> Result<()> {
    let look = r#"
      if (document.querySelector("dialog:modal")) return [];
      const help = [...document.querySelectorAll("button")].filter((b) => b.checkVisibility() && b.innerText === "Need help now?" && b.closest("header"));
      if (help.length !== 1) return [`${help.length} help buttons in the bar`];
      scrollTo(0, 0);
      const { left, top } = help[0].getBoundingClientRect();
      window.helpAt ??= `${left} ${top}`;
      return window.helpAt === `${left} ${top}` ? [] : [`help is at ${left} ${top}, not at ${window.helpAt}`];
    "#;
    all_screens_pass(&phone().open()?, |page| lines(page, look))
}

/// The medical help is a screen of its own, with the same rules.
#[test]
fn w30_axe_finds_nothing_on_the_medical_help() -> Result<()> {
    let page = phone().open()?;
    begin(&page)?;
    walk_to(
        &page,
        &[
            (AGE, &[Say::Pick("25 to 44")]),
            (EMERGENCY, &[Say::PickIn("Have you taken too much of any medicine or drug today?", "Yes")]),
        ],
        MEDICAL,
    )?;
    assert_eq!(page.axe()?, [""; 0]);
    Ok(())
}
