//! P7: a trap in the code loses nothing; and where the code can't run, a page that still helps.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, CHECK, EMERGENCY, IN_A_HANDLER, IN_AN_EFFECT, IN_DRAWING, Plan, START, SUMMARY, Say, Variant, begin, built,
    finish, finish_now, fixture, holds, resume_with, tidy, to_the_sheets, trap, trap_by, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Paper, Result, pdf_text};
use serde_json::{Value, json};

const WHY: &str = "What do you want help with?";
const PLAN: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (EMERGENCY, &[Say::PickIn(common::E1, "No")]),
    (WHY, &[Say::Pick("Long-lasting pain")]),
];
const NEXT: &str = "How long have you had pain, this time?";

fn goes_on_where_it_was(page: &Browser) -> Result<()> {
    page.wait_heading(NEXT)?;
    page.choose("1 to 2 years")?;
    page.wait_until("the next question", || Ok(page.heading()? != NEXT))?;
    finish_now(page)?;
    page.wait_heading(common::CHECK)?;
    holds(&page.text()?, &["25 to 44", "Wants help with Long-lasting pain", "How long, this time 1 to 2 years"]);
    Ok(())
}

fn keeps_the_answers(engine: Engine, form: Form) -> Result<()> {
    let page = Browser::open(engine, form)?;
    begin(&page)?;
    walk_to(&page, PLAN, NEXT)?;
    trap(&page, "Back")?;
    goes_on_where_it_was(&page)
}

#[test]
fn p7_a_trap_keeps_the_answers_also_in_a_frame() -> Result<()> {
    keeps_the_answers(Engine::Chromium, Form::Http)?;
    keeps_the_answers(Engine::Chromium, Form::Framed)
}

#[test]
fn p7_a_trap_keeps_the_answers_in_the_other_engines() -> Result<()> {
    keeps_the_answers(Engine::Firefox, Form::Http)?;
    keeps_the_answers(Engine::WebKit, Form::Http)
}

/// Wherever code of ours runs: in an effect, while a screen is drawn, in a handler that the browser
/// calls.
#[test]
fn a_trap_in_an_effect_a_drawing_or_a_handler_loses_no_answer() -> Result<()> {
    for engine in [Engine::Chromium, Engine::Firefox] {
        for fault in [&IN_AN_EFFECT, &IN_DRAWING] {
            let page = Browser::open(engine, Form::Http)?;
            begin(&page)?;
            walk_to(&page, PLAN, NEXT)?;
            trap_by(&page, fault, "Back")?;
            goes_on_where_it_was(&page)?;
        }
        let page = Browser::open(engine, Form::Http)?;
        begin(&page)?;
        walk_to(&page, PLAN, NEXT)?;
        finish_now(&page)?;
        page.wait_heading(CHECK)?;
        page.button("Make my summary")?;
        page.wait_heading(SUMMARY)?;
        trap_by(&page, &IN_A_HANDLER, words().print())?;
        goes_on_where_it_was(&page)?;
    }
    Ok(())
}

/// What the visitor chose to leave out stays out: nobody looks at that tick again before printing.
#[test]
fn p7_a_trap_keeps_what_is_left_out() -> Result<()> {
    const LEAVE_OUT: &str = "Leave my answers about suicide off the printed page";
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    resume_with(&page, &fixture("item-9-several"))?;
    finish(&page, SUMMARY)?;
    page.choose(LEAVE_OUT)?;
    page.wait_text("The patient chose not to print")?;
    trap(&page, "Back")?;
    if page.heading()? != CHECK {
        finish_now(&page)?;
        page.wait_heading(CHECK)?;
    }
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    assert!(page.is_chosen(LEAVE_OUT)?);
    holds(&page.text()?, &["The patient chose not to print"]);
    Ok(())
}

/// A fault that a new start does not cure ends at the fallback, not in a loop.
#[test]
fn a_trap_again_and_again_ends_at_the_fallback() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    for _ in 0..3 {
        trap(&page, words().start_read())?;
    }
    shows_the_fallback(&page)
}

/// A program that has run well for a while starts to count anew: a trap now and then ends at no
/// fallback.
#[test]
fn a_while_without_a_trap_forgets_the_earlier_ones() -> Result<()> {
    let file = Variant::new(&[("starts=0;},30_000)", "starts=0;},0)")]);
    let page = Browser::setup(Engine::Chromium, Form::Http).file(file.file()).open()?;
    // The policy allows the boot script as it was built and no other.
    page.cdp("Page.setBypassCSP", json!({ "enabled": true }))?;
    page.reload()?;
    page.wait_heading(START)?;
    for _ in 0..5 {
        trap(&page, words().start_read())?;
        assert_eq!(page.script("return document.documentElement.classList.contains('failed')")?, json!(false));
    }
    Ok(())
}

/// The answers outlive even that: started once more by hand they are there again, and before that
/// they can be saved.
#[test]
fn the_fallback_gives_the_answers_back() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    resume_with(&page, "cr1;age=25-44;why-for=pain")?;
    // Back may trap twice: in the press, and as the browser's history moves.
    while page.heading()? != "This tool can't run here" {
        trap(&page, words().back())?;
    }
    page.wait_heading("This tool can't run here")?;
    page.script("document.getElementById('held-save').click()")?;
    let (name, file) = page.wait_download(".txt")?;
    assert_eq!((name.as_str(), file.as_slice()), ("my-answers.txt", b"cr1;age=25-44;why-for=pain".as_slice()));
    page.script("document.getElementById('held-again').click()")?;
    page.wait_until("the app", || Ok(page.script("return document.documentElement.className")? == json!("js ready")))?;
    page.wait_text("Menu")?;
    assert!(page.script("return consultReady.held()")? == json!("cr1;age=25-44;why-for=pain"));
    Ok(())
}

/// Case 07: errors of other scripts in the page mean nothing for the program, whatever their kind:
/// a browser's own translation in an endless loop, another module of wasm, a rejected promise. All
/// of them three times over. They are caught and told by hand, because browsers hide what is thrown
/// in a driver's own script.
const FOREIGN: &str = r##"
const other = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11]));
const kinds = [
  () => { throw new RangeError("Maximum call stack size exceeded"); },
  () => { const deep = () => deep() + 1; deep(); },
  () => { throw new WebAssembly.RuntimeError("unreachable"); },
  () => new WebAssembly.Instance(other).exports.t(),
  () => { throw new Error("closure invoked recursively or after being dropped"); },
  () => { throw null; },
];
document.querySelector("#app").firstElementChild.dataset.old = "x";
for (const act of [kinds, kinds, kinds].flat()) {
  try {
    act();
  } catch (error) {
    window.dispatchEvent(new ErrorEvent("error", { error }));
    window.dispatchEvent(new PromiseRejectionEvent("unhandledrejection", { promise: Promise.resolve(), reason: error }));
  }
}
setTimeout(arguments[0], 500);
"##;

#[test]
fn an_error_of_another_script_restarts_nothing() -> Result<()> {
    // WebKit does not say whose wasm a frame is, so there another module's trap counts.
    for engine in [Engine::Chromium, Engine::Firefox] {
        let page = Browser::open(engine, Form::Http)?;
        begin(&page)?;
        page.script_async(FOREIGN)?;
        page.choose("25 to 44")?;
        assert_eq!(
            page.script("return document.querySelector('#app').firstElementChild.dataset.old")?,
            "x",
            "{engine:?} began anew"
        );
        // A real one still counts.
        walk_to(&page, PLAN, NEXT)?;
        trap(&page, "Back")?;
        goes_on_where_it_was(&page)?;
    }
    Ok(())
}

/// Case 07 at a kiosk, where each of them would have ended the visit.
#[test]
fn an_error_of_another_script_ends_no_visit_at_a_kiosk() -> Result<()> {
    let kiosk = Variant::new(&[("\"region\":\"us\"", "\"region\":\"us\",\"kiosk\":\"yes\"")]);
    let page = Browser::setup(Engine::Chromium, Form::Http).file(kiosk.file()).open()?;
    page.wait_until("the kiosk", || {
        page.script("return !!document.querySelector('#app main')").map(|v| v == json!(true))
    })?;
    page.script_async(FOREIGN)?;
    assert_eq!(
        page.script("return document.querySelector('#app').firstElementChild.dataset.old")?,
        "x",
        "the visit was wiped"
    );
    Ok(())
}

/// Some extensions of browsers take all comments out of a page, which a framework may have put
/// there as marks. Then the program goes on or begins anew with the answers; a screen that no
/// longer does anything is the one thing it may not be.
#[test]
fn a_page_without_its_comments_is_not_dead() -> Result<()> {
    const STRIP: &str =
        "const walk = document.createTreeWalker(document.querySelector('#app'), NodeFilter.SHOW_COMMENT), all = [];
        while (walk.nextNode()) all.push(walk.currentNode);
        all.forEach((one) => one.remove())";
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    page.script(STRIP)?;
    walk_to(&page, PLAN, NEXT)?;
    page.script(STRIP)?;
    page.button("Menu")?;
    page.button("Menu")?;
    page.script(STRIP)?;
    finish_now(&page)?;
    // Begun anew, it stands at the first open question, and does what it is asked then.
    page.wait_until("a screen that has the focus", || Ok(page.focus()?.starts_with("h1 ")))?;
    if page.heading()? != CHECK {
        finish_now(&page)?;
    }
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["25 to 44", "Long-lasting pain"]);
    Ok(())
}

/// A frame that is not sandboxed shows no question: the page around it could read the answers.
#[test]
fn a_frame_without_a_sandbox_is_refused() -> Result<()> {
    for engine in Engine::ALL {
        let page = Browser::hosted(engine, "bare-frame")?;
        page.wait_until("the frame to begin or to refuse", || {
            page.script("const f = document.querySelector('iframe').contentDocument; return !!f && /ready|failed/.test(f.documentElement.className)")
                .map(|v| v == json!(true))
        })?;
        let seen = page.script(
            "const d = document.querySelector('iframe').contentDocument; return [d.querySelector('#app').childElementCount, d.body.innerText]",
        )?;
        assert_eq!(seen[0], json!(0), "{engine:?} drew the tool");
        assert!(seen[1].as_str().unwrap().contains("988 Suicide and Crisis Lifeline"), "{engine:?}: {seen}");
    }
    Ok(())
}

/// A form that holds every part, and a standard instrument in its own words.
const FORM: [&str; 9] = [
    "Form to fill in by hand",
    "Name",
    "Under 18",
    "Stroke or mini-stroke",
    "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    "Little interest or pleasure in doing things",
    "Thoughts that you would be better off dead or of hurting yourself in some way",
    "My own questions",
    "988 Suicide and Crisis Lifeline",
];

/// Crisis lines, the clinic and a form that prints.
fn shows_the_fallback(page: &Browser) -> Result<()> {
    page.wait_heading("This tool can't run here")?;
    let text = page.text()?;
    holds(
        &text,
        &[
            "Call 911 988 Suicide and Crisis Lifeline: Call or text 988",
            "United Kingdom",
            "Samaritans",
            "Form to fill in by hand",
        ],
    );
    assert!(!text.contains("Getting ready"), "the shell is still there:\n{text}");
    for paper in Paper::ALL {
        let printed = tidy(&pdf_text(&page.print_pdf(paper)?)?);
        for words in FORM {
            assert!(printed.contains(words), "the printed form lacks “{words}” on {paper:?}:\n{printed}");
        }
        assert!(!printed.contains("This tool can't run here"), "the form prints the failure on {paper:?}");
    }
    Ok(())
}

/// A place so far into the block that holds the wasm.
fn inside_the_program(html: &str, far: usize) -> usize {
    let start = html.find("id=\"wasm\"").unwrap();
    let text = start + html.get(start..).unwrap().find('>').unwrap() + 1;
    (text + far..).find(|at| html.is_char_boundary(*at)).unwrap()
}

#[test]
fn a_broken_program_shows_the_fallback() -> Result<()> {
    let html = built();
    // At its beginning, among the types, among the instructions, and an end that comes too early.
    for (far, put) in
        [(0, "AAAAAAAA"), (400, "AAAAAAAA"), (100_000, "AAAAAAAA"), (50_000, "</script><script type=none>")]
    {
        let (head, tail) = html.split_at(inside_the_program(&html, far));
        let broken = Variant::of(&format!("{head}{put}{tail}"));
        shows_the_fallback(&Browser::setup(Engine::Chromium, Form::Http).file(broken.file()).open()?)?;
    }
    Ok(())
}

#[test]
fn a_truncated_file_shows_the_fallback() -> Result<()> {
    // A connection that ends in the middle of the program: the scripts behind it never arrive.
    let html = built();
    let cut = Variant::of(html.get(..inside_the_program(&html, 20_000)).unwrap());
    let page = Browser::setup(Engine::Chromium, Form::Http).file(cut.file()).open()?;
    page.wait_text("988 Suicide and Crisis Lifeline")
}

#[test]
fn without_webassembly_the_fallback_shows() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": "delete window.WebAssembly" }))?;
    page.reload()?;
    shows_the_fallback(&page)
}

#[test]
fn a_policy_that_refuses_wasm_shows_the_fallback() -> Result<()> {
    let strict = Variant::new(&[(" 'wasm-unsafe-eval'", "")]);
    shows_the_fallback(&Browser::setup(Engine::Chromium, Form::Http).file(strict.file()).open()?)
}

#[test]
fn without_scripts_the_fallback_shows() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }))?;
    page.reload()?;
    shows_the_fallback(&page)
}

#[test]
fn firefox_shows_the_fallback_for_a_broken_program() -> Result<()> {
    let strict = Variant::new(&[(" 'wasm-unsafe-eval'", "")]);
    let page = Browser::setup(Engine::Firefox, Form::Http).file(strict.file()).open()?;
    page.wait_heading("This tool can't run here")?;
    holds(&page.text()?, &["988 Suicide and Crisis Lifeline"]);
    Ok(())
}

/// The clinic's phone stands in the fallback, which no program fills in.
#[test]
fn the_fallback_holds_the_clinics_phone() {
    let html = built();
    let settings = html.split("id=\"settings\">").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    let settings: Value = serde_json::from_str(settings).unwrap();
    let fallback = html.split("<div id=\"fallback\">").nth(1).unwrap();
    for name in ["clinic", "phone", "afterHours"] {
        let value = settings[name].as_str().unwrap_or_default();
        assert!(fallback.contains(value), "the fallback lacks the clinic's {name}");
    }
}

/// A dialog says that it was closed a moment after it was; by then "Clear everything" may have
/// taken the memory of the instance that listened. That was "closure invoked recursively", once in
/// some thousand random presses at a kiosk.
#[test]
fn a_dialog_that_closes_behind_a_wipe_reaches_nobody() -> Result<()> {
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        let page = Browser::open(engine, Form::Http)?;
        page.wait_heading(START)?;
        page.script("window.broken = []; addEventListener('error', (event) => broken.push(String(event.error)))")?;
        page.button(words().menu())?;
        page.button(words().clear_all())?;
        page.script("window.old = document.getElementById('clear'); old.dataset.old = 'yes'")?;
        page.button(words().clear_yes())?;
        page.wait_until("another instance", || {
            Ok(page.script("const now = document.getElementById('clear'); return !!now && !now.dataset.old")?
                == json!(true))
        })?;
        page.script("old.dispatchEvent(new Event('close'))")?;
        assert_eq!(page.script("return broken")?, json!([]), "{engine:?}");
        begin(&page)?;
    }
    Ok(())
}

/// Asks, clears everything before the answer has come, and lets it come then: no code hears it
/// whose memory is gone, and the new program goes on.
fn answered_behind_a_wipe(page: &Browser, name: &str, ask: impl FnOnce() -> Result<()>) -> Result<()> {
    page.script(
        "window.broken = [];
         addEventListener('error', (event) => broken.push(String(event.error)));
         addEventListener('unhandledrejection', (event) => broken.push(String(event.reason)))",
    )?;
    ask()?;
    page.wait_until(&format!("the browser to be asked by “{name}”"), || {
        Ok(page.script("return typeof late")? == json!("function"))
    })?;
    page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x'; scrollTo(0, 0)")?;
    // Beside the sheets the button stands on the screen, elsewhere in the menu.
    let there = page.script(&format!(
        "return [...document.querySelectorAll('#app main button')].some((b) => b.checkVisibility() && b.innerText.trim() === {})",
        json!(words().clear_all())
    ))?;
    if there == json!(false) {
        page.button(words().menu())?;
    }
    page.button(words().clear_all())?;
    page.button(words().clear_yes())?;
    page.wait_until("another instance", || {
        Ok(page.script(
            "return !document.querySelector('#app > [data-old]') && !!document.querySelector('#app main h1')",
        )? == json!(true))
    })?;
    page.wait_heading(START)?;
    page.script("document.querySelector('#app').firstElementChild.dataset.fresh = 'x'")?;
    page.script_async("setTimeout(() => late(true)); setTimeout(arguments[0], 100)")?;
    assert_eq!(page.script("return broken")?, json!([]), "“{name}” was told to an instance that is gone");
    let fresh = page.script("return document.querySelector('#app').firstElementChild.dataset.fresh")?;
    assert_eq!(fresh, json!("x"), "“{name}” made the program start anew");
    begin(page)
}

/// From the sheets, a press on `button`. `keep_back` is a script that keeps the browser's answer as
/// `late`, for when the test wants it.
fn pressed_behind_a_wipe(button: &str, keep_back: &str) -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    page.script(keep_back)?;
    to_the_sheets(&page)?;
    page.script("document.querySelectorAll('#app main details').forEach((d) => { d.open = true }); scrollTo(0, 0)")?;
    answered_behind_a_wipe(&page, button, || page.button(button))
}

/// Copying ends when the browser says so, which may be behind "Clear everything".
#[test]
fn a_copy_that_ends_behind_a_wipe_reaches_nobody() -> Result<()> {
    pressed_behind_a_wipe(
        "Copy as text",
        "navigator.clipboard.writeText = () => new Promise((done) => { window.late = done; })",
    )
}

/// Whether a browser printed shows half a second later.
#[test]
fn a_print_that_ends_behind_a_wipe_reaches_nobody() -> Result<()> {
    pressed_behind_a_wipe(
        "Print",
        "window.print = () => {};
         const set = window.setTimeout;
         window.setTimeout = (act, ms, ...more) => { if (ms === 500) window.late = act; else return set(act, ms, ...more); }",
    )
}

/// Sharing ends when the visitor has chosen where to.
#[test]
fn a_share_that_ends_behind_a_wipe_reaches_nobody() -> Result<()> {
    pressed_behind_a_wipe(
        "Share",
        "navigator.share = () => new Promise((done) => { window.late = done; }); navigator.canShare = () => false",
    )
}

/// A chosen file is read when the device gives it, which may be behind "Clear everything".
#[test]
fn a_file_that_is_read_behind_a_wipe_reaches_nobody() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    page.button(words().menu())?;
    page.button(words().open_title())?;
    page.wait_heading(words().open_title())?;
    page.script("Blob.prototype.text = () => new Promise((done) => { window.late = () => done('{}'); })")?;
    answered_behind_a_wipe(&page, "a chosen file", || {
        page.script(
            "const field = document.getElementById('open-file'), files = new DataTransfer();
             files.items.add(new File(['{}'], 'record.json', { type: 'application/json' }));
             field.files = files.files;
             field.dispatchEvent(new Event('change', { bubbles: true }))",
        )
        .map(drop)
    })
}
