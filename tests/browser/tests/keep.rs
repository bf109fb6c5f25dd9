//! Keeping unfinished answers on the device: only if asked for, never those about suicide, never
//! for long.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{
    AGE, CHECK, E1, EMERGENCY, ITEM_9, Plan, SAFE, START, SUMMARY, Say, THANKS, begin, finish_now, go_on_to, holds,
    walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::json;

const KEEP: &str = "Keep my answers on this device until I finish";
const RESUME: &str = "Go on where I stopped";
const WHY: &str = "What do you want help with?";
const HOW_LONG: &str = "How long have you had pain, this time?";
const E2: &str = "Right now, do you have chest pain or pressure, trouble breathing, or have you just fainted?";
const DAY: f64 = 86_400_000.0;
const HOUR: f64 = 3_600_000.0;

const PLAN: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (EMERGENCY, &[Say::PickIn(E1, "No"), Say::PickIn(E2, "No")]),
    (WHY, &[Say::Pick("Long-lasting pain")]),
    (HOW_LONG, &[Say::Pick("1 to 2 years")]),
];

/// Everything this origin holds, as `name=value`.
fn stored(page: &Browser) -> Result<Vec<String>> {
    let found = page.script(
        "return [localStorage, sessionStorage].flatMap((s) => Object.entries(s).map((e) => e.join('='))).concat(document.cookie ? [document.cookie] : [])",
    )?;
    Ok(common::strings(&found).into_iter().collect())
}

/// The one thing kept: until when, and the answers.
#[track_caller]
fn kept(page: &Browser) -> Result<(f64, String)> {
    let all = stored(page)?;
    let [one] = all.as_slice() else { panic!("not one thing is kept: {all:?}") };
    let (until, answers) = one.strip_prefix("consult-ready=").unwrap().split_once('|').unwrap();
    Ok((until.parse().unwrap(), answers.to_owned()))
}

fn put(page: &Browser, value: &str) -> Result<()> {
    page.script(&format!("localStorage.setItem('consult-ready', {})", json!(value))).map(drop)
}

fn now(page: &Browser) -> Result<f64> {
    Ok(page.script("return Date.now()")?.as_f64().unwrap())
}

/// Where the choice stands: on the start screen itself, elsewhere in the menu.
fn in_menu<T>(page: &Browser, act: impl Fn() -> Result<T>) -> Result<T> {
    if page.heading()? == START {
        return act();
    }
    page.button("Menu")?;
    let done = act()?;
    page.button("Menu")?;
    Ok(done)
}

fn tick_keep(page: &Browser) -> Result<()> {
    in_menu(page, || page.choose(KEEP))
}

fn is_keeping(page: &Browser) -> Result<bool> {
    in_menu(page, || page.is_chosen(KEEP))
}

/// A first screen that knows nothing, with nothing on the device.
#[track_caller]
fn starts_empty(page: &Browser) -> Result<()> {
    begin(page)?;
    assert!(!page.is_chosen("25 to 44")?, "an answer came back");
    assert_eq!(stored(page)?, [""; 0]);
    Ok(())
}

#[test]
fn nothing_is_kept_unless_asked_for() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    assert!(!is_keeping(&page)?, "keeping is on by itself");
    walk_to(&page, PLAN, CHECK)?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    assert_eq!(stored(&page)?, [""; 0]);
    page.reload()?;
    page.wait_heading(START)?;
    assert!(!page.text()?.contains(RESUME));
    starts_empty(&page)
}

#[test]
fn kept_answers_are_offered_after_a_reload() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    walk_to(&page, PLAN, WHY)?;
    assert_eq!(stored(&page)?, [""; 0]);
    tick_keep(&page)?;
    // What was said before is kept too, and so is what follows.
    walk_to(&page, PLAN, "Little interest or pleasure in doing things")?;
    let (_, answers) = kept(&page)?;
    holds(&answers, &["age=25-44", "e2=no", "why-for=pain", "how-long="]);
    page.reload()?;
    page.wait_heading(START)?;
    assert!(!page.text()?.contains(words().start_questions()));
    assert!(is_keeping(&page)?, "the box is not ticked and answers are on the device");
    page.button(RESUME)?;
    // The one answer that is never kept is open again, and the others stand.
    page.wait_heading(EMERGENCY)?;
    assert!(page.is_chosen_in(E2, "No")?);
    assert!(!page.is_chosen_in(E1, "No")? && !page.is_chosen_in(E1, "Yes")?, "an answer about suicide was kept");
    page.choose_in(E1, "No")?;
    page.button("Continue")?;
    // What was answered is not asked again.
    go_on_to(&page, "Little interest or pleasure in doing things")?;
    finish_now(&page)?;
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["Age 25 to 44", "Wants help with Long-lasting pain", "How long, this time 1 to 2 years"]);
    Ok(())
}

/// Not at the end, and not for a moment on the way: every write is looked at.
#[test]
fn answers_about_suicide_are_never_kept() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    page.script(
        "window.written = [];
         const real = Storage.prototype.setItem;
         Storage.prototype.setItem = function (name, value) { window.written.push(name + '=' + value); return real.call(this, name, value); };",
    )?;
    begin(&page)?;
    tick_keep(&page)?;
    walk_to(&page, PLAN, EMERGENCY)?;
    page.choose_in(E1, "Yes")?;
    page.button("Continue")?;
    page.wait_heading(THANKS)?;
    page.choose_in(SAFE, "No, I might act on these thoughts")?;
    page.button("Go on with my questions")?;
    go_on_to(&page, WHY)?;
    walk_to(&page, PLAN, ITEM_9)?;
    page.choose("Several days")?;
    page.wait_heading(THANKS)?;
    let written = common::strings(&page.script("return window.written")?);
    assert!(
        written.iter().any(|w| w.contains("why-for=pain") && w.contains("phq9-8=-")),
        "the writes were not seen: {written:?}"
    );
    for write in written.into_iter().chain(stored(&page)?) {
        let names: Vec<&str> = write.split(['|', ';']).filter_map(|entry| entry.split(['=', ':']).next()).collect();
        for never in ["e1", "phq9-9", "safe"] {
            assert!(!names.contains(&never), "{never} was kept: {write}");
        }
    }
    // And it was said: Back shows it.
    page.button("Back")?;
    page.wait_heading(ITEM_9)?;
    assert!(page.is_chosen("Several days")?);
    Ok(())
}

#[test]
fn unticking_removes_what_was_kept_and_loses_nothing() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    tick_keep(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    kept(&page)?;
    tick_keep(&page)?;
    assert_eq!(stored(&page)?, [""; 0]);
    page.choose("1 to 2 years")?;
    finish_now(&page)?;
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["Wants help with Long-lasting pain", "How long, this time 1 to 2 years"]);
    assert_eq!(stored(&page)?, [""; 0]);
    Ok(())
}

#[test]
fn clear_everything_removes_all() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    tick_keep(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    kept(&page)?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("No, keep my answers")?;
    page.wait_heading(HOW_LONG)?;
    kept(&page)?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)?;
    assert!(!page.text()?.contains(RESUME));
    assert_eq!(stored(&page)?, [""; 0]);
    assert!(!is_keeping(&page)?);
    starts_empty(&page)?;
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    assert_eq!(stored(&page)?, [""; 0], "keeping went on after everything was cleared");
    page.reload()?;
    starts_empty(&page)
}

/// The day begins with the choice to keep, and answering more does not begin it anew.
#[test]
fn keeping_ends_a_day_after_it_began() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    let before = now(&page)?;
    tick_keep(&page)?;
    let (until, _) = kept(&page)?;
    assert!((before + DAY..=now(&page)? + DAY).contains(&until), "kept until {until}, {} ms from now", until - before);
    page.choose("25 to 44")?;
    page.wait_heading(EMERGENCY)?;
    assert_eq!(kept(&page)?.0, until);
    // As if 23 hours had gone by.
    let soon = now(&page)? + HOUR;
    put(&page, &format!("{soon:.0}|{}", kept(&page)?.1))?;
    let soon = kept(&page)?.0;
    walk_to(&page, PLAN, HOW_LONG)?;
    let (later, answers) = kept(&page)?;
    assert_eq!(later, soon, "answering more began the day anew");
    holds(&answers, &["why-for=pain"]);
    page.reload()?;
    page.wait_heading(START)?;
    page.button(RESUME)?;
    page.wait_heading(EMERGENCY)?;
    page.choose_in(E1, "No")?;
    page.button("Continue")?;
    go_on_to(&page, HOW_LONG)?;
    assert_eq!(kept(&page)?.0, soon, "coming back began the day anew");
    // And the day after, the same device opens the page again.
    page.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "const real = Date.now; Date.now = () => real() + 3600001" }),
    )?;
    page.reload()?;
    page.wait_heading(START)?;
    assert_eq!(stored(&page)?, [""; 0], "kept past its time");
    assert!(!page.text()?.contains(RESUME));
    starts_empty(&page)
}

#[test]
fn what_is_past_its_time_is_removed() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    // Just over, long over, and further off than keeping ever lasts.
    for away in [-1000.0, -30.0 * DAY, DAY + HOUR] {
        put(&page, &format!("{:.0}|cr1;age=25-44", now(&page)? + away))?;
        page.reload()?;
        page.wait_heading(START)?;
        assert_eq!(stored(&page)?, [""; 0], "{away} ms from now");
        assert!(!page.text()?.contains(RESUME));
    }
    assert!(!is_keeping(&page)?);
    starts_empty(&page)
}

#[test]
fn rubbish_on_the_device_is_a_fresh_start() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    let soon = format!("{:.0}", now(&page)? + HOUR);
    let timeless = [
        "",
        "|",
        "x",
        "NaN|cr1;age=25-44",
        "inf|cr1;age=25-44",
        "cr1;age=25-44",
        "{\"age\":\"25-44\"}",
        "|cr1;age=25-44",
        "\u{0}|\u{fffd}",
    ];
    let garbled = ["", "cr1", "cr0;age=25-44", "cr1;;", "cr1;age", "cr1;age=%zz", "cr1;age:999=25-44"];
    let all = timeless.iter().map(|&t| t.to_owned()).chain(garbled.iter().map(|g| format!("{soon}|{g}")));
    for rubbish in all {
        put(&page, &rubbish)?;
        page.reload()?;
        page.wait_heading(START)?;
        assert!(!page.text()?.contains(RESUME), "{rubbish:?} was taken for answers");
        begin(&page)?;
        assert!(!page.is_chosen("25 to 44")?, "{rubbish:?} was taken for an answer");
        page.choose("18 to 24")?;
        page.wait_heading(EMERGENCY)?;
        page.script("localStorage.clear()")?;
    }
    Ok(())
}

/// Well written, and about questions that are not there (an older file's, say): nothing breaks and
/// the questions go on.
#[test]
fn answers_to_unknown_questions_break_nothing() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    for strange in [
        "cr1;no-such-question=yes",
        "cr1;age=no-such-code",
        "cr1;age='own%20words",
        "cr1;why-for=#7;trial-help:200=a-lot",
        "cr1;\u{1f600}=x",
    ] {
        put(&page, &format!("{:.0}|{strange}", now(&page)? + HOUR))?;
        page.reload()?;
        page.wait_heading(START)?;
        page.button(RESUME)?;
        let first = if strange.contains("age=") { EMERGENCY } else { AGE };
        page.wait_until(&format!("the first open question after {strange}"), || {
            Ok(page.focus()? == format!("h1 {first}"))
        })?;
        // What is no answer names no problem.
        let how_long =
            if strange.contains("why-for=") { "How long has this problem lasted, this time?" } else { HOW_LONG };
        walk_to(&page, PLAN, how_long)?;
        finish_now(&page)?;
        page.wait_heading(CHECK)?;
        page.button("Make my summary")?;
        page.wait_heading(SUMMARY)?;
    }
    Ok(())
}

/// Runs `act` with the storage `s` of another page of the same origin, and notes what that page
/// hears of ours.
fn elsewhere(page: &Browser, act: &str) -> Result<()> {
    page.script(&format!(
        "if (!window.other) {{
           window.other = document.body.appendChild(document.createElement('iframe')).contentWindow;
           window.heard = [];
           other.addEventListener('storage', (event) => heard.push(event.newValue));
         }}
         const s = other.localStorage; {act}"
    ))
    .map(drop)
}

/// Another tab keeps no longer: this one must not bring it back, and loses nothing of its own.
#[test]
fn what_another_tab_removes_stays_removed() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    tick_keep(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    kept(&page)?;
    elsewhere(&page, "s.removeItem('consult-ready')")?;
    page.button("Menu")?;
    page.wait_until("the box to come off", || Ok(!page.is_chosen(KEEP)?))?;
    page.button("Menu")?;
    page.choose("1 to 2 years")?;
    finish_now(&page)?;
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["How long, this time 1 to 2 years"]);
    assert_eq!(stored(&page)?, [""; 0], "it was brought back");
    Ok(())
}

#[test]
fn clear_everything_clears_every_tab() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    tick_keep(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    // What "Clear everything" says to other tabs, and what this tab does when another says it.
    elsewhere(&page, "")?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    page.wait_heading(START)?;
    page.wait_until("the other page to hear of it", || {
        Ok(page.script("return heard")?.as_array().unwrap().last() == Some(&json!(null)))
    })?;
    let heard = page.script("return heard")?;
    starts_empty(&page)?;
    tick_keep(&page)?;
    walk_to(&page, PLAN, HOW_LONG)?;
    kept(&page)?;
    let last_two: Vec<_> = heard.as_array().unwrap().iter().rev().take(2).rev().cloned().collect();
    elsewhere(
        &page,
        &format!(
            "for (const v of {}) v === null ? s.removeItem('consult-ready') : s.setItem('consult-ready', v)",
            json!(last_two)
        ),
    )?;
    page.wait_heading(START)?;
    assert!(!page.text()?.contains(RESUME), "the answers are still here");
    starts_empty(&page)
}

/// A tab that is left open keeps nothing on the device past its time, though nobody touches it.
#[test]
fn a_tab_left_open_keeps_nothing_past_its_time() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.wait_heading(START)?;
    put(&page, &format!("{:.0}|cr1;age=25-44", now(&page)? + 8_000.0))?;
    page.reload()?;
    page.wait_heading(START)?;
    assert!(is_keeping(&page)?);
    page.wait_until("nothing on the device", || Ok(stored(&page)?.is_empty()))?;
    assert!(!is_keeping(&page)?);
    Ok(())
}

/// In a frame every access to storage throws: no choice to keep, no word of it, and all else works.
#[test]
fn in_a_frame_there_is_nothing_to_keep_in() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Framed)?;
    begin(&page)?;
    let access = page.script("try { return typeof localStorage.length } catch (e) { return e.name }")?;
    assert_eq!(access, "SecurityError", "the frame has storage, so this proves nothing");
    works_without_storage(&page)
}

#[test]
fn where_storage_is_blocked_there_is_nothing_to_keep_in() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    let source = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })";
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }))?;
    page.reload()?;
    begin(&page)?;
    works_without_storage(&page)
}

fn works_without_storage(page: &Browser) -> Result<()> {
    page.button("Menu")?;
    page.wait_text("About this tool")?;
    assert!(
        !page.script("return document.body.innerText")?.as_str().unwrap().contains(KEEP),
        "a choice that can't be kept"
    );
    page.button("Menu")?;
    walk_to(page, PLAN, HOW_LONG)?;
    page.button("Menu")?;
    page.button("Clear everything")?;
    page.button("Yes, clear everything")?;
    begin(page)?;
    assert!(!page.is_chosen("25 to 44")?);
    let faults: Vec<String> =
        page.console()?.into_iter().filter(|line| line.starts_with("SEVERE") && !line.contains("favicon")).collect();
    assert_eq!(faults, [""; 0]);
    Ok(())
}

/// A device that refuses to write (full, private) says so by the box, and loses nothing.
#[test]
fn a_full_device_unticks_the_box() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    page.script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")?;
    page.button("Menu")?;
    page.choose(KEEP)?;
    page.wait_until("the box to come off", || Ok(!page.is_chosen(KEEP)?))?;
    page.button("Menu")?;
    walk_to(&page, PLAN, HOW_LONG)?;
    finish_now(&page)?;
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["Wants help with Long-lasting pain"]);
    assert_eq!(stored(&page)?, [""; 0]);
    Ok(())
}
