//! The kiosk (checklist K): it forgets for certain, asks before it does, is never stuck, and
//! nothing leads out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use std::time::{Duration, Instant};

use common::{
    AGE, CHECK, EMERGENCY, Plan, START, SUMMARY, Say, Variant, finish_now, go_on_in, go_on_to, holds, read_first,
    spanish, tidy, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Key, Result, Setup, pdf_text};
use serde_json::{Value, json};

const TAP: &str = "Tap here to start";
const DESK: &str = "You don't have to use this screen. The people at the desk can help you instead.";
const WHY: &str = "What do you want help with?";
const PLAN: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (EMERGENCY, &[Say::PickIn(common::E1, "No")]),
    (WHY, &[Say::Pick("Long-lasting pain")]),
    ("Do you take any medicines now?", &[Say::Pick("Yes")]),
];
const NEXT: &str = "How long have you had pain, this time?";
const MEDICINES: &str = "Which medicines do you take?";

/// The page's clock can be set on, without anybody waiting, and held, so that a busy machine adds
/// nothing; its timers that are still to come are counted. What a test broke is mended before the
/// page itself hears of the error: listeners of a window are called in the order in which they
/// came.
const CLOCK: &str = "(() => {
    const real = Date.now; let ahead = 0, held; Date.now = () => (held ?? real()) + ahead;
    window.later = (s) => { ahead += s * 1000; };
    window.hold = () => { held = real(); };
    for (const kind of ['error', 'unhandledrejection']) window.addEventListener(kind, () => { window.mend?.(); window.mend = undefined; });
    const living = new Set(); window.timers = () => living.size;
    for (const kind of ['Timeout', 'Interval']) {
      const [set, clear] = [window['set' + kind], window['clear' + kind]];
      window['set' + kind] = (act, ...more) => {
        const id = set((...with_) => { if (kind === 'Timeout') living.delete(id); act(...with_); }, ...more);
        living.add(id);
        return id;
      };
      window['clear' + kind] = (id) => { living.delete(id); clear(id); };
    }
  })();";

/// From here on a screen takes presses as soon as it is painted, for long runs: what it would wait
/// for is taken from the page's timer, and each press tells a time that much later.
const HURRY: &str = "(() => {
    const settling = 350, stamp = Object.getOwnPropertyDescriptor(Event.prototype, 'timeStamp').get;
    Object.defineProperty(Event.prototype, 'timeStamp', { get() { return stamp.call(this) + settling; } });
    const set = window.setTimeout;
    window.setTimeout = (act, ms, ...more) => set(act, ms === settling ? 0 : ms, ...more);
  })()";

struct Kiosk {
    page: Browser,
    _file: Variant,
}

impl std::ops::Deref for Kiosk {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.page
    }
}

fn open_with(settings: &str, ask: impl FnOnce(Setup) -> Setup) -> Result<Kiosk> {
    let file = Variant::new(&[("\"region\":\"us\"", &format!("\"region\":\"us\",\"kiosk\":\"yes\"{settings}"))]);
    let page = ask(Browser::setup(Engine::Chromium, Form::Http)).file(file.file()).open()?;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": CLOCK }))?;
    page.reload()?;
    attract(&page)?;
    page.forget_requests()?;
    Ok(Kiosk { page, _file: file })
}

fn open() -> Result<Kiosk> {
    open_with("", |setup| setup)
}

#[track_caller]
fn attract(page: &Browser) -> Result<()> {
    page.wait_until("the attract screen", || {
        Ok(page.script("return !!document.querySelector('#app .attract .begin')")? == json!(true))
    })
}

/// A visit with three answers.
fn visit(page: &Browser) -> Result<()> {
    page.button(TAP)?;
    page.wait_until("the focus on the first screen", || Ok(page.focus()? == format!("h1 {START}")))?;
    page.button(words().start_questions())?;
    go_on_to(page, AGE)?;
    walk_to(page, PLAN, NEXT)?;
    Ok(())
}

/// From any question to the summary.
fn to_summary(page: &Browser) -> Result<()> {
    finish_now(page)?;
    page.wait_heading(CHECK)?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)
}

type Act<'a> = &'a dyn Fn() -> Result<()>;

fn later(page: &Browser, seconds: i32) -> Result<()> {
    page.script(&format!("later({seconds})"))?;
    Ok(())
}

/// The page looks at its clock each second.
fn a_look_at_the_clock(page: &Browser) -> Result<()> {
    page.wait_until("a look at the clock", || {
        Ok(page.script("return new Promise((done) => setTimeout(() => done(true), 1100))")? == json!(true))
    })
}

fn is_open(page: &Browser, id: &str) -> Result<bool> {
    Ok(page.script(&format!("return document.getElementById('{id}')?.open === true"))? == json!(true))
}

// ---- The wipe.

/// Chooses the first of each choice that stays on the screen, and says how many fields for words it
/// has. Keys are the only way into those: a field for a number has no letters to tap, and takes no
/// canary.
const ANSWER: &str = "
    const main = document.querySelector('#app main');
    for (const set of main.querySelectorAll('.opts')) {
      const one = set.querySelector('input');
      if (one && !one.checked) one.click();
    }
    const numbers = (f) => {
      const keys = (f.closest('div.field') ?? f.closest('form'))?.querySelector('.pad');
      return !!keys && !/[a-z]/.test(keys.innerText[0]);
    };
    window.fields = () => [...main.querySelectorAll('input[type=text], input[type=search], textarea')]
      .filter((f) => f.checkVisibility() && !numbers(f));
    return new Promise((done) => setTimeout(() => done([main.querySelector('h1').innerText, fields().length])));";

/// Goes on by the button that does, or by the first answer (the second of an age and of "another
/// one?"), and says whether another screen came: that one takes no presses yet.
const ON: &str = "
    const main = document.querySelector('#app main');
    const second = /How old|another one/.test(main.querySelector('h1').innerText);
    const on = [...main.querySelectorAll('button')].find((b) => b.checkVisibility() && /^(Continue|Go on with my questions)$/.test(b.innerText));
    (on ?? main.querySelectorAll('.answer')[second ? 1 : 0]).click();
    return new Promise((done) => setTimeout(() => done(document.documentElement.dataset.settled === 'no')));";

/// Never written anywhere as a whole, so that no script and no log holds it: only keys make it.
fn canary(n: usize) -> String {
    let tail: String = n.to_string().bytes().map(|b| char::from(b'a' + (b - b'0'))).collect();
    ["zq", "xj", &tail, "vk"].concat()
}

/// Walks all the way with something in every field; returns how many there were.
fn fill_everything(page: &Browser) -> Result<usize> {
    let mut fields = 0;
    for _ in 0..250 {
        page.settled()?;
        let screen = page.script(ANSWER)?;
        if screen[0] == CHECK {
            return Ok(fields);
        }
        for n in 0..screen[1].as_u64().unwrap() {
            page.script(&format!("fields()[{n}].focus()"))?;
            for letter in canary(fields).chars() {
                page.press(letter)?;
            }
            fields += 1;
        }
        // An answer that there is something to say about stays, and Continue comes with it.
        let gone_on = page.script(ON)? == json!(true) || page.script(ON)? == json!(true);
        assert!(gone_on, "stuck at {}: {}", screen[0], page.text()?);
    }
    panic!("no end to the questions");
}

/// Living memories as text, a character a byte.
const BYTES: &str = "function() { return this.map((m) => {
    let text = '';
    const bytes = new Uint8Array(m.buffer);
    for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return text; }); }";
const ALL_ZERO: &str = "function() { return this.map((m) => new Uint8Array(m.buffer).every((b) => b === 0)); }";

/// Whatever a browser may keep for a page, in one text.
const KEPT: &str = "const done = arguments[arguments.length - 1];
    (async () => {
      const kept = [document.documentElement.outerHTML, [...document.querySelectorAll('input, textarea')].map((f) => f.value + f.checked).join(),
        JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, JSON.stringify(history.state), document.title, location.href,
        getSelection().toString(), performance.getEntriesByType('resource').map((e) => e.name).join(),
        JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys()), await navigator.clipboard.readText().catch(() => '')];
      done(kept.join('\\n'));
    })();";

fn kept(page: &Browser) -> Result<String> {
    Ok(page.script_async(KEPT)?.as_str().unwrap().replace(char::is_whitespace, " "))
}

#[test]
fn k5_a_wipe_leaves_nothing_anywhere() -> Result<()> {
    let page = open_with(",\"kioskIdle\":\"1200\"", |setup| setup)?;
    let root = || page.script("return document.documentElement.cloneNode().outerHTML");
    let untouched = root()?;
    page.button(TAP)?;
    page.button(words().start_questions())?;
    page.wait_until("the focus on the first question", || Ok(page.focus()? == format!("h1 {AGE}")))?;
    let fields = fill_everything(&page)?;
    assert!(fields > 15, "only {fields} fields were met");
    println!("{fields} canaries");
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    // Nor may the next visitor leave out what this one left out.
    page.choose("Leave my answers about suicide off the printed page")?;
    page.wait_text("The patient chose not to print")?;

    // The probes see what is there: without this they would prove nothing.
    let mut tools = page.devtools_session()?;
    let memories = tools.memories()?;
    let before = tools.ask(&memories, BYTES)?;
    let there = |text: &str| (0..fields).filter(|n| text.contains(&canary(*n))).count();
    let found = before.as_array().unwrap().iter().map(|m| there(m.as_str().unwrap())).max().unwrap();
    // A name that a list does not take was never more than a text in its field.
    assert!(found + 3 >= fields, "the probe of the memory finds {found} of {fields} canaries");
    assert!(there(&kept(&page)?) * 2 > fields, "the probe of the page finds hardly anything");
    drop(before);

    page.button("Erase and leave")?;
    page.button("Yes, clear everything")?;
    attract(&page)?;

    let heap = tools.heap()?;
    assert!(heap.contains("consultReady"), "the heap snapshot holds nothing that is known to be there");
    assert_eq!(there(&heap), 0, "the JavaScript heap still holds answers");
    let zero = tools.ask(&memories, ALL_ZERO)?;
    assert_eq!(zero, json!([true]), "the memory of the visit was not overwritten");
    let now = tools.memories()?;
    for memory in tools.ask(&now, BYTES)?.as_array().unwrap() {
        assert_eq!(there(memory.as_str().unwrap()), 0, "a living memory still holds answers");
    }
    assert_eq!(there(&kept(&page)?), 0, "the page still holds answers");
    assert_eq!(root()?, untouched, "the page itself tells of the visit");
    assert_eq!(page.script("return document.querySelectorAll('#app :checked').length")?, json!(0));
    assert_eq!(page.script("return [localStorage.length, sessionStorage.length, history.state]")?, json!([0, 0, 0]));

    // Neither Back nor Forward nor a reload brings any of it back.
    page.back()?;
    attract(&page)?;
    page.forward()?;
    attract(&page)?;
    assert_eq!(there(&kept(&page)?), 0, "Back or Forward brings answers back");
    page.reload()?;
    attract(&page)?;
    assert_eq!(there(&kept(&page)?), 0, "a reload brings answers back");
    Ok(())
}

// ---- Idle.

#[test]
fn k2_a_touch_or_key_brings_back_exactly_what_was_there() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    // A question of several answers, which stay on the screen.
    page.button("Back")?;
    page.wait_until("the focus on the question before", || Ok(page.focus()? == format!("h1 {WHY}")))?;
    page.script("hold()")?;
    page.choose("Low mood or depression")?;
    let was = page.script("return document.querySelector('#app main').innerHTML")?;
    let ways: [(&str, Act<'_>); 4] = [
        ("a button", &|| page.button("I'm still here")),
        ("a key", &|| page.press('x')),
        ("Enter", &|| page.press(Key::Enter)),
        ("a touch anywhere", &|| page.script("document.getElementById('idle').click()").map(drop)),
    ];
    // As often as one wishes: three rounds of four.
    for (round, (name, way)) in ways.iter().cycle().take(12).enumerate() {
        later(&page, 59)?;
        if round < ways.len() {
            a_look_at_the_clock(&page)?;
        }
        assert!(!is_open(&page, "idle")?, "asked before the time");
        later(&page, 1)?;
        page.wait_until("the question", || is_open(&page, "idle"))?;
        way()?;
        page.wait_until(&format!("the question to go by {name}"), || Ok(!is_open(&page, "idle")?))?;
        assert_eq!(page.script("return document.querySelector('#app main').innerHTML")?, was, "after {name}");
        assert!(page.is_chosen("Low mood or depression")? && page.is_chosen("Long-lasting pain")?, "after {name}");
    }
    Ok(())
}

#[test]
fn k3_the_question_is_a_dialog_that_hides_the_answers_and_is_spoken() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    later(&page, 61)?;
    page.wait_until("the question", || is_open(&page, "idle"))?;
    assert_eq!(page.focus()?, "button button I'm still here");
    let covers =
        page.script("const b = document.getElementById('idle').getBoundingClientRect(); return b.width >= innerWidth && b.height >= innerHeight")?;
    assert_eq!(covers, json!(true), "the answers show behind the question");
    let said = "return document.querySelector('#idle [role=status]').textContent";
    for (wait, seconds) in [(0, 30), (10, 20), (9, 10)] {
        later(&page, wait)?;
        page.wait_until(&format!("about {seconds} seconds to be said"), || {
            let said = page.script(said)?;
            let left = said.as_str().and_then(|text| text.split(' ').find_map(|word| word.parse::<i32>().ok()));
            // A busy machine may look a little late.
            Ok(left.is_some_and(|left| (seconds - 6..=seconds).contains(&left)))
        })?;
    }
    Ok(())
}

#[test]
fn k1_nobody_there_ends_the_visit() -> Result<()> {
    // Seconds of the settings, seconds on a question and on a page to read.
    for (settings, question, reading) in [("", 60, 120), (",\"kioskIdle\":\"30\"", 30, 60)] {
        let page = open_with(settings, |setup| setup)?;
        visit(&page)?;
        later(&page, question)?;
        page.wait_until("the question", || is_open(&page, "idle"))?;
        later(&page, 30)?;
        attract(&page)?;

        page.button(TAP)?;
        page.script("hold()")?;
        read_first(&page)?;
        later(&page, reading - 2)?;
        a_look_at_the_clock(&page)?;
        assert!(!is_open(&page, "idle")?, "a page to read leaves twice the time");
        later(&page, 3)?;
        page.wait_until("the question", || is_open(&page, "idle"))?;
        later(&page, 31)?;
        attract(&page)?;
    }
    Ok(())
}

#[test]
fn k2_more_time_gives_ten_minutes() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    later(&page, 61)?;
    page.wait_until("the question", || is_open(&page, "idle"))?;
    page.script("hold()")?;
    page.button("I need more time")?;
    page.wait_until("the question to go", || Ok(!is_open(&page, "idle")?))?;
    later(&page, 598)?;
    a_look_at_the_clock(&page)?;
    assert!(!is_open(&page, "idle")?, "asked within ten minutes");
    later(&page, 3)?;
    page.wait_until("the question", || is_open(&page, "idle"))
}

/// K4: a night asleep ends the visit, whatever comes first in the morning: a key must not rescue
/// it.
#[test]
fn k4_sleep_can_not_cheat_the_clock() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    page.script("later(30000); window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }))")?;
    attract(&page)
}

#[test]
fn help_suspends_the_clock_and_then_stays_while_the_answers_go() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    page.button("Need help now?")?;
    page.wait_until("the panel", || is_open(&page, "help"))?;
    holds(
        page.script("return document.getElementById('help').innerText")?.as_str().unwrap(),
        &["You can also tell the person at the desk.", "988"],
    );
    // A page to read has twice the minute of a question, and half a minute more.
    later(&page, 140)?;
    a_look_at_the_clock(&page)?;
    assert!(is_open(&page, "help")? && !is_open(&page, "idle")?, "the panel was taken away");
    page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x'")?;
    later(&page, 11)?;
    page.wait_until("the panel over a new instance", || {
        Ok(is_open(&page, "help")?
            && page
                .script("return !!document.querySelector('#app .attract') && !document.querySelector('[data-old]')")?
                == json!(true))
    })?;
    // Nobody reads it for ten minutes: the next visitor finds the first screen.
    later(&page, 601)?;
    page.wait_until("the first screen alone", || Ok(!is_open(&page, "help")?))?;
    attract(&page)
}

/// A clock that is set back by an hour in the last countdown, as a time server may do, holds the
/// sheets no longer for it.
#[test]
fn a_clock_set_back_ends_the_visit_all_the_same() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x'")?;
    later(&page, 61)?;
    page.wait_until("the question", || is_open(&page, "idle"))?;
    page.script("later(-3600)")?;
    a_look_at_the_clock(&page)?;
    assert!(is_open(&page, "idle")?, "the question went");
    later(&page, 31)?;
    page.wait_until("another instance", || {
        Ok(page.script("return !document.querySelector('[data-old]')")? == json!(true))
    })?;
    attract(&page)
}

/// Under X11 the middle button pastes what the last visitor selected.
#[test]
fn nothing_is_pasted_at_a_kiosk() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    let stopped = page.script(
        "const field = document.createElement('textarea');
         document.querySelector('#app main').append(field);
         return field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true })) === false",
    )?;
    assert_eq!(stopped, json!(true), "a paste went through");
    Ok(())
}

// ---- Never stuck.

/// Breaks something in the middle of a visit, and waits for the attract screen of another instance.
fn recovers(page: &Browser, name: &str, fault: &str) -> Result<()> {
    visit(page)?;
    page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x';
        window.backAfter = 0; const from = performance.now();
        new MutationObserver(() => { if (!window.backAfter && document.querySelector('#app .attract .begin')) window.backAfter = performance.now() - from; })
          .observe(document.getElementById('app'), { childList: true, subtree: true });")?;
    page.settled()?;
    page.script(fault)?;
    page.wait_until(&format!("another instance after {name}"), || {
        Ok(page.script("return !document.querySelector('[data-old]')")? == json!(true))
    })?;
    attract(page)?;
    let after = page.script("return window.backAfter")?.as_f64().unwrap();
    println!("{name}: back after {after:.0} ms");
    assert!(after > 0.0 && after <= 3000.0, "{name}: back after {after} ms");
    assert_eq!(
        page.script("return document.querySelectorAll('#app :checked, #app .answer[aria-pressed=true]').length")?,
        json!(0)
    );
    visit(page)
}

/// Nothing can be made or copied, until the program has trapped over it.
const TRAP: &str = "const copy = Node.prototype.cloneNode;
    Node.prototype.cloneNode = document.createElement = document.createElementNS = undefined;
    window.mend = () => { Node.prototype.cloneNode = copy; delete document.createElement; delete document.createElementNS; };
    setTimeout(() => [...document.querySelectorAll('#app main button')].find((b) => b.innerText.trim() === 'Back').click());";

#[test]
fn k18_a_trap_ends_at_the_attract_screen() -> Result<()> {
    recovers(&*open()?, "a trap", TRAP)
}

#[test]
fn k18_a_start_that_fails_is_tried_again() -> Result<()> {
    let fail = format!(
        "const real = WebAssembly.instantiate; window.failedStarts = 0;
        WebAssembly.instantiate = (...all) => (window.failedStarts++ < 1 ? Promise.reject(new Error('no')) : real(...all)); {TRAP}"
    );
    let page = open()?;
    recovers(&page, "a failed start", &fail)?;
    assert_eq!(page.script("return window.failedStarts")?, json!(2), "the start did not fail, or not once");
    Ok(())
}

#[test]
fn k18_a_lost_instance_is_noticed() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x'")?;
    let mut tools = page.devtools_session()?;
    let memories = tools.memories()?;
    tools.ask(&memories, "function() { this.forEach((m) => new Uint8Array(m.buffer).fill(0xff)); }")?;
    page.wait_until("another instance", || {
        Ok(page.script("return !document.querySelector('[data-old]')")? == json!(true))
    })?;
    attract(&page)?;
    visit(&page)
}

#[test]
fn k18_a_full_disk_an_absent_server_and_a_reload() -> Result<()> {
    let mut page = open()?;
    page.script("localStorage.setItem('x', 'x'.repeat(5242880 - 1))").map(drop).or(Ok(()))?;
    page.page.stop_servers();
    visit(&page)?;
    page.button("Erase and leave")?;
    page.button("Yes, clear everything")?;
    attract(&page)?;
    visit(&page)?;
    drop(page);
    let page = open()?;
    visit(&page)?;
    page.reload()?;
    attract(&page)
}

#[test]
fn from_a_disk_and_by_the_address() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::File)?;
    page.wait_heading(START)?;
    page.script("location.hash = 'kiosk'; location.reload()")?;
    attract(&page)?;
    visit(&page)
}

// ---- Nothing leads out.

/// Screens of a visit, each by the buttons that lead there from the start page.
fn screens() -> [Vec<&'static str>; 5] {
    let words = words();
    [
        vec![],
        vec![words.start_read()],
        vec![words.start_cards()],
        vec![words.start_questions()],
        vec!["Menu", "About this tool"],
    ]
}

#[test]
fn k8_nothing_leads_out() -> Result<()> {
    let page = open_with(",\"kioskPin\":\"2468\"", |setup| setup)?;
    let out =
        "return [...document.querySelectorAll('a[href], [target], [download], form[action], select, iframe, input[type=file], input[type=date]')]
        .filter((e) => !e.closest('#fallback select')).map((e) => e.outerHTML.slice(0, 120))";
    let look = |name: &str| -> Result<()> {
        assert_eq!(page.script(out)?, json!([]), "on {name}");
        Ok(())
    };
    look("the attract screen")?;
    page.button(TAP)?;
    for way in screens() {
        for button in &way {
            page.button(button)?;
        }
        page.script("document.querySelectorAll('#app main details').forEach((d) => { d.open = true; })")?;
        look(&format!("{way:?}"))?;
        page.button("Menu")?;
        page.button("Start page")?;
    }
    page.button("Need help now?")?;
    look("the help panel")?;
    page.button("Close")?;
    // What the browser does by itself.
    let stopped = page.script(
        "const stops = (event) => !document.querySelector('#app main h1').dispatchEvent(event);
         const key = (key, more) => new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
         const plain = (kind) => new Event(kind, { bubbles: true, cancelable: true });
         return { menu: stops(plain('contextmenu')), drag: stops(plain('dragstart')), copy: stops(plain('copy')),
           print: stops(key('p', { ctrlKey: true })), back: stops(key('ArrowLeft', { altKey: true })), help: stops(key('F1')),
           pinch: stops(new WheelEvent('wheel', { ctrlKey: true, bubbles: true, cancelable: true })),
           a_letter: stops(key('a')), tab: stops(key('Tab')),
           select: getComputedStyle(document.body).userSelect, touch: getComputedStyle(document.documentElement).touchAction };",
    )?;
    let want = json!({ "menu": true, "drag": true, "copy": true, "print": true, "back": true, "help": true, "pinch": true,
        "a_letter": false, "tab": false, "select": "none", "touch": "pan-y" });
    assert_eq!(stopped, want);
    // Back stays inside, however often.
    for _ in 0..4 {
        page.back()?;
        page.wait_text("Need help now?")?;
    }
    assert_eq!(page.requests()?, Vec::<String>::new());
    assert_eq!(page.other_tabs()?, Vec::<String>::new());
    Ok(())
}

// ---- Sizes.

const TARGETS: &str = "
    const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]') && e.getBoundingClientRect().width > 2;
    const open = [...document.querySelectorAll('dialog[open]')].pop();
    document.querySelectorAll('#app main, dialog[open]').forEach((e) => { e.scrollTop = 0; });
    const name = (e) => (e.innerText || e.getAttribute('aria-label') || e.id).slice(0, 30);
    const all = [...(open ?? document).querySelectorAll('#app button, #app summary, #app .opt > label, #app input[type=text], #app input[type=search], #app textarea')]
      .filter((e) => (open ? open.contains(e) : !e.closest('dialog')) && seen(e));
    const wrong = [];
    const boxes = all.map((e) => [e, e.getBoundingClientRect()]);
    for (const [e, r] of boxes) {
      if (r.width < 59.5 || r.height < 59.5) wrong.push(`${name(e)}: ${r.width.toFixed()} by ${r.height.toFixed()}`);
      if (innerHeight > innerWidth && !e.matches('.corner') && r.top < innerHeight / 3) wrong.push(`${name(e)}: out of reach at ${r.top.toFixed()}`);
      if (r.left < 0 || r.right > innerWidth + 1) wrong.push(`${name(e)}: beside the screen`);
    }
    const fixed = (e) => e.closest('.bar, .corner');
    for (const [a, p] of boxes) for (const [b, q] of boxes) {
      if (a === b || a.contains(b) || b.contains(a) || fixed(a) !== fixed(b)) continue;
      const x = Math.max(q.left - p.right, p.left - q.right), y = Math.max(q.top - p.bottom, p.top - q.bottom);
      if (Math.max(x, y) < 7.5) wrong.push(`${name(a)} and ${name(b)}: ${Math.max(x, y).toFixed(1)} apart`);
    }
    return [all.length, wrong];";

#[test]
fn k13_targets_are_large_apart_and_within_reach() -> Result<()> {
    let mut wrong = Vec::new();
    for size in [(1080, 1920), (800, 1280), (1280, 800)] {
        let page = open_with(",\"kioskPin\":\"2468\",\"kioskPrint\":\"yes\"", |setup| setup.size(size.0, size.1))?;
        let mut look = |name: &str| -> Result<()> {
            let found = page.script(TARGETS)?;
            assert!(found[0].as_u64() > Some(0), "nothing to touch on {name}");
            wrong.extend(
                found[1].as_array().unwrap().iter().map(|w| format!("{size:?} {name}: {}", w.as_str().unwrap())),
            );
            Ok(())
        };
        // K19: that the desk can help is read without scrolling.
        let seen = page.script(
            "const end = document.querySelector('#app .main').getBoundingClientRect().bottom;
             return [...document.querySelectorAll('#app .attract p')].map((p) => p.innerText + (p.getBoundingClientRect().bottom > end ? ' (hidden)' : ''))",
        )?;
        assert!(
            seen.as_array().unwrap().contains(&json!(DESK)) && !seen.to_string().contains("(hidden)"),
            "{size:?}: {seen}"
        );
        look("attract")?;
        page.button(TAP)?;
        page.wait_until("the first screen", || Ok(page.focus()? == format!("h1 {START}")))?;
        look("start")?;
        for way in &screens()[1..] {
            for button in way {
                page.button(button)?;
                if *button == "Menu" {
                    look("menu")?;
                }
            }
            look(way.last().unwrap())?;
            if way.last() == Some(&words().start_read()) {
                page.button("What ketamine is")?;
                page.wait_heading("What ketamine is")?;
                look("topic")?;
            }
            if way.last() == Some(&words().start_cards()) {
                page.button("What ketamine is")?;
                page.wait_text("Card 1 of")?;
                look("card")?;
                page.choose("Fact")?;
                page.wait_text("Next card")?;
                look("card, turned")?;
            }
            if way.last() == Some(&words().start_questions()) {
                walk_to(&page, PLAN, NEXT)?;
                look("question")?;
                walk_to(&page, PLAN, MEDICINES)?;
                for letter in ["s", "e", "r"] {
                    page.button(letter)?;
                }
                look("medicines")?;
                finish_now(&page)?;
                page.wait_heading(CHECK)?;
                look("check")?;
                page.button("Make my summary")?;
                page.wait_heading(SUMMARY)?;
                look("summary")?;
                page.button("Other choices, side by side")?;
                // Beside the two that are picked from the start.
                page.choose("Talk therapy")?;
                look("compare")?;
                page.button("Back")?;
                page.wait_heading(SUMMARY)?;
                page.button("Show it at the desk")?;
                look("desk")?;
            }
            page.button("Menu")?;
            page.button("Start page")?;
        }
        page.button("Need help now?")?;
        look("help")?;
        page.button("Close")?;
        page.button("Hide my screen")?;
        look("hidden")?;
        page.button("Show it again")?;
        page.button("Erase and leave")?;
        look("clear")?;
        page.button("No, keep my answers")?;
        later(&page, 121)?;
        page.wait_until("the question", || is_open(&page, "idle"))?;
        look("idle")?;
        later(&page, 31)?;
        attract(&page)?;
        page.button("Staff")?;
        look("staff")?;
        for digit in ["2", "4", "6", "8"] {
            page.button(digit)?;
        }
        page.button("Continue")?;
        page.wait_text("Last cleared")?;
        look("staff's page")?;
        page.button("Close")?;

        // An answer that calls for help, in the largest Spanish text.
        page.button("Español")?;
        page.wait_text("Toque aquí para empezar")?;
        page.button("Muy grande")?;
        let seen = "return document.querySelector('#app .begin').getBoundingClientRect().bottom <= document.querySelector('#app .main').getBoundingClientRect().bottom";
        assert_eq!(page.script(seen)?, json!(true), "{size:?}: in the largest text the way in is out of sight");
        look("attract, largest")?;
        page.button("Toque aquí para empezar")?;
        page.button(spanish().words.start_questions())?;
        go_on_in(&page, "¿Cuántos años tiene?", &spanish().words)?;
        page.wait_until("the answers", || {
            Ok(page.script("return !!document.querySelector('#app main .answer')")? == json!(true))
        })?;
        look("age, largest")?;
        // An adult's: under 18 there is something to read first.
        page.click_on("document.querySelectorAll('#app main .answer')[1]")?;
        page.wait_until("the emergency questions", || {
            Ok(page.script("return !!document.querySelector('#app .emerg .opts input')")? == json!(true))
        })?;
        page.click_on("document.querySelector('#app .emerg .opts input')")?;
        look("emergency, largest")?;
        page.click_on("document.querySelector('#app main [type=submit]')")?;
        page.wait_until("the help step", || {
            Ok(page.script("return !!document.querySelector('#app main .big-calls')")? == json!(true))
        })?;
        look("help step, largest")?;
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// No keyboard is needed: names come together by tapping letters, and the field calls up none of
/// the system's.
#[test]
fn k12_medicines_by_tapping_letters() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    walk_to(&page, PLAN, MEDICINES)?;
    for letter in ["s", "e", "r", "t"] {
        page.button(letter)?;
    }
    assert_eq!(page.value("Type a name")?, "sert");
    page.button("Delete")?;
    assert_eq!(page.value("Type a name")?, "ser");
    assert_eq!(page.script("return document.querySelector('#app main input[type=search]').inputMode")?, "none");
    page.script("[...document.querySelectorAll('.hits button')].find((b) => /sertraline/.test(b.innerText)).click()")?;
    page.wait_text("On your list")?;
    // What is left to be told is left open on paper: never a list that looks whole.
    page.button("Skip this: I'll tell the clinic")?;
    page.wait_until("the next screen", || Ok(page.heading()? != MEDICINES))?;
    to_summary(&page)?;
    holds(&tidy(&page.text()?), &["All medicines: Not answered"]);
    assert!(!page.text()?.contains("sertraline"), "a part of a list stands there as if it were all");
    Ok(())
}

// ---- Taking away.

#[test]
fn k10_the_desk_and_the_countdown() -> Result<()> {
    let page = open()?;
    visit(&page)?;
    to_summary(&page)?;
    assert!(!page.text()?.contains("Print my pages"), "printing is offered where the browser would ask");
    page.button("Show it at the desk")?;
    page.wait_heading("Show it at the desk")?;
    let tag = page.script("return document.querySelector('#app .sheet .tag').innerText")?;
    assert_eq!(tag.as_str().unwrap().split(' ').count(), 3, "{tag}");
    assert!(!page.text()?.contains("Date of birth"), "the paper asks for a name");
    // For the desk to scan, once the visitor asks for it, and above the sheets.
    let codes = || {
        page.script("return [...document.querySelectorAll('#app .code svg')].filter((e) => e.compareDocumentPosition(document.querySelector('#app .sheet')) & 4).length")
    };
    assert_eq!(codes()?, 0);
    page.choose("Add a code that the clinic can scan")?;
    page.wait_until("the code", || Ok(codes()? == 1))?;
    page.button("I'm done")?;
    page.wait_text("Everything will be cleared in")?;
    page.button("Not yet")?;
    page.wait_until("the countdown to go", || Ok(!is_open(&page, "leave")?))?;
    // Esc means the same: it doesn't leave a countdown that nobody sees.
    page.button("I'm done")?;
    page.press(Key::Escape)?;
    page.wait_until("the countdown to go by Esc", || Ok(!is_open(&page, "leave")?))?;
    later(&page, 16)?;
    page.button("I'm done")?;
    page.wait_text("Everything will be cleared in 15 seconds.")?;
    later(&page, 13)?;
    assert!(is_open(&page, "leave")?);
    later(&page, 2)?;
    attract(&page)
}

#[test]
fn k11_both_sheets_print_without_asking() -> Result<()> {
    let page = open_with(",\"kioskPrint\":\"yes\"", |setup| setup.silent_print())?;
    visit(&page)?;
    to_summary(&page)?;
    let tag = page.script("return document.querySelector('#app .sheet .tag').innerText")?;
    page.button("Print my pages")?;
    let (_, pdf) = page.wait_download(".pdf")?;
    let printed = tidy(&pdf_text(&pdf)?);
    holds(&printed, &["For the clinician", "My visit plan", "Long-lasting pain", "988 Suicide and Crisis Lifeline"]);
    assert_eq!(printed.matches(tag.as_str().unwrap()).count(), 2, "“{tag}” does not stand on both sheets:\n{printed}");
    page.wait_text("Your pages were sent to the printer.")?;
    later(&page, 16)?;
    attract(&page)
}

// ---- Staff.

#[test]
fn k17_the_staff_corner() -> Result<()> {
    let page = open_with(",\"kioskPin\":\"2468\"", |setup| setup)?;
    let try_pin = |pin: &str| -> Result<()> {
        for digit in pin.chars() {
            page.button(&digit.to_string())?;
        }
        page.button("Continue")
    };
    page.button("Staff")?;
    for _ in 0..4 {
        try_pin("1111")?;
        page.wait_text("That is not the PIN.")?;
    }
    try_pin("1111")?;
    page.wait_text("Too many tries. Wait 5 minutes.")?;
    try_pin("2468")?;
    assert!(!page.text()?.contains("Last cleared"), "the pause is none");
    // A wipe gives no tries back.
    later(&page, 200)?;
    page.wait_until("the corner to close", || Ok(!is_open(&page, "staff")?))?;
    attract(&page)?;
    page.button("Staff")?;
    try_pin("2468")?;
    page.wait_text("Too many tries. Wait 5 minutes.")?;
    later(&page, 110)?;
    try_pin("2468")?;
    page.wait_text("Last cleared")?;
    let report = page.script("return document.getElementById('staff').innerText")?;
    holds(
        report.as_str().unwrap(),
        &["The browser keeps nothing for this page Yes", "The page's policy shuts the network Yes", "Version"],
    );
    Ok(())
}

/// A PIN is something to remember: held for five seconds, the corner opens without it (WCAG 3.3.8).
#[test]
fn k17_the_corner_held_opens_without_the_pin() -> Result<()> {
    let page = open_with(",\"kioskPin\":\"2468\"", |setup| setup)?;
    let at = page
        .script("const r = document.querySelector('.corner').getBoundingClientRect(); return { x: r.left + r.width / 2, y: r.top + r.height / 2 }")?;
    let finger = |kind: &str, points: Value| {
        page.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).map(drop)
    };
    let space = |kind: &str| {
        page.cdp("Input.dispatchKeyEvent", json!({ "type": kind, "key": " ", "code": "Space", "text": " " })).map(drop)
    };
    let ways: [(&str, Act<'_>, Act<'_>); 2] = [
        ("a finger", &|| finger("touchStart", json!([at])), &|| finger("touchEnd", json!([]))),
        (
            "the space bar",
            &|| page.script("document.querySelector('.corner').focus()").and_then(|_| space("keyDown")),
            &|| space("keyUp"),
        ),
    ];
    for (name, down, up) in ways {
        for (seconds, opens) in [(2, "Staff PIN"), (6, "Last cleared")] {
            down()?;
            later(&page, seconds)?;
            // Longer than what a browser calls a long press.
            page.wait_until("a second", || {
                Ok(page.script("return new Promise((done) => setTimeout(() => done(true), 800))")? == json!(true))
            })?;
            up()?;
            let shown = || {
                Ok(page.script("return document.getElementById('staff').innerText")?.as_str().unwrap().contains(opens))
            };
            // A finger that was held too short is no tap either: then nothing opens, which is as
            // good as the PIN.
            if seconds > 5 || is_open(&page, "staff")? {
                page.wait_until(&format!("“{opens}” by {name} after {seconds} seconds"), shown)?;
                page.press(Key::Escape)?;
            }
            page.wait_until("the corner to close", || Ok(!is_open(&page, "staff")?))?;
        }
        // Closed is closed, whichever way: the next touch asks again.
        page.button("Staff")?;
        page.wait_text("Staff PIN")?;
        assert!(!page.text()?.contains("Last cleared"), "Esc left the corner open");
        page.press(Key::Escape)?;
        page.wait_until("the corner to close", || Ok(!is_open(&page, "staff")?))?;
    }
    Ok(())
}

// ---- Keyboard, screen reader, other browsers.

/// Names and roles that a screen reader finds, a line each.
const ROLES: [&str; 8] =
    ["button", "heading", "dialog", "radio", "checkbox", "textbox", "searchbox", "DisclosureTriangle"];

fn tree(page: &Browser) -> Result<Vec<String>> {
    let all = page.cdp("Accessibility.getFullAXTree", json!({}))?;
    let text = |node: &Value, what: &str| node[what]["value"].as_str().unwrap_or_default().to_owned();
    let seen = all["nodes"].as_array().unwrap().iter().filter(|n| n["ignored"] == json!(false));
    Ok(seen
        .map(|n| (text(n, "role"), text(n, "name")))
        .filter(|(role, _)| ROLES.contains(&&**role))
        .map(|(role, name)| format!("{role} {name}"))
        .collect())
}

/// What stands on the screen for a screen reader, what must not, and that axe finds nothing.
fn heard(page: &Browser, screen: &str, there: &[&str], not: &str) -> Result<()> {
    let tree = tree(page)?;
    for line in there {
        assert!(tree.iter().any(|l| l == line), "{screen}: no “{line}” in {tree:#?}");
    }
    assert!(!tree.iter().any(|l| l.starts_with(not)), "{screen}: “{not}” in {tree:#?}");
    assert!(tree.iter().all(|l| l.contains(' ') && !l.ends_with(' ')), "{screen}: something has no name: {tree:#?}");
    let faults = page.axe()?;
    assert!(faults.is_empty(), "{screen}: {}", faults.join("\n"));
    Ok(())
}

/// Tab, until the focus is on what is named so, and seen.
fn tab_to(page: &Browser, name: &str) -> Result<()> {
    for _ in 0..60 {
        if page.focus()?.contains(name) {
            let seen = page.script(
                "const r = document.activeElement.getBoundingClientRect(); const at = document.elementFromPoint(r.left + r.width / 2, r.top + Math.min(r.height / 2, 20));
                 return document.activeElement.matches(':focus-visible') && (document.activeElement.contains(at) || !!at?.closest('.opt'))",
            )?;
            assert_eq!(seen, json!(true), "“{name}” has the focus and can't be seen");
            return Ok(());
        }
        page.press(Key::Tab)?;
    }
    panic!("no Tab leads to “{name}”: {}", page.focus()?)
}

/// A whole visit by keyboard alone, with what a screen reader finds on the way.
#[test]
fn w8_a_visit_by_keyboard_alone() -> Result<()> {
    let page = open_with(",\"kioskPin\":\"2468\"", |setup| setup)?;
    let press = |name: &str, key: Key| tab_to(&page, name).and_then(|()| page.press(key));
    heard(
        &page,
        "attract",
        &[
            "heading Get ready for your first talk with the clinic",
            "button Tap here to start",
            "button English",
            "button Need help now?",
            "button Staff",
        ],
        "button Menu",
    )?;
    press(TAP, Key::Enter)?;
    page.wait_until("the focus on the first screen", || Ok(page.focus()? == format!("h1 {START}")))?;
    press(words().start_questions(), Key::Enter)?;
    go_on_to(&page, AGE)?;
    heard(
        &page,
        "a question",
        &[
            "heading How old are you?",
            "button Under 18",
            "button 25 to 44",
            "button Skip this question",
            "button Hide my screen",
            "button Erase and leave",
        ],
        "dialog",
    )?;
    press("25 to 44", Key::Enter)?;
    // In parts, of which the heading says which it is.
    page.wait_until("the focus on the next page", || Ok(page.focus()?.starts_with(&format!("h1 {EMERGENCY} (1 of "))))?;

    // Somebody was away: the question takes the focus and holds it, hides what lies behind, and
    // gives it back.
    tab_to(&page, "Skip th")?;
    let was = page.focus()?;
    later(&page, 61)?;
    page.wait_until("the question", || is_open(&page, "idle"))?;
    heard(
        &page,
        "the idle dialog",
        &[
            "dialog Are you still there?",
            "heading Are you still there?",
            "button I'm still here",
            "button I need more time",
        ],
        "radio",
    )?;
    for _ in 0..3 {
        page.press(Key::Tab)?;
        assert!(is_open(&page, "idle")?, "Tab closed the question");
    }
    press("I need more time", Key::Enter)?;
    page.wait_until("the question to go", || Ok(!is_open(&page, "idle")?))?;
    assert_eq!(page.focus()?, was, "the focus was not given back");

    press("Hide my screen", Key::Enter)?;
    page.wait_until("the cover", || is_open(&page, "cover"))?;
    heard(&page, "the cover", &["dialog Your screen is hidden", "button Show it again"], "radio")?;
    press("Show it again", Key::Space)?;
    page.wait_until("the cover to go", || Ok(!is_open(&page, "cover")?))?;
    if !page.text()?.contains(words().finish_now()) {
        press("Menu", Key::Enter)?;
    }
    press(words().finish_now(), Key::Enter)?;
    page.wait_heading(CHECK)?;
    press("Make my summary", Key::Enter)?;
    page.wait_heading(SUMMARY)?;
    heard(
        &page,
        "summary",
        &["heading You're ready", "heading For the clinician", "button Show it at the desk"],
        "dialog",
    )?;
    press("Show it at the desk", Key::Enter)?;
    page.wait_heading("Show it at the desk")?;
    heard(&page, "desk", &["heading Show it at the desk", "heading For the clinician", "button I'm done"], "dialog")?;
    press("I'm done", Key::Enter)?;
    page.wait_until("the countdown", || is_open(&page, "leave"))?;
    heard(
        &page,
        "the end",
        &["dialog Erase and leave", "heading Erase and leave", "button Clear now", "button Not yet"],
        "radio",
    )?;
    // Nothing of what stands behind it.
    let headings: Vec<String> = tree(&page)?.into_iter().filter(|line| line.starts_with("heading")).collect();
    assert_eq!(headings, ["heading Erase and leave"]);
    press("Clear now", Key::Enter)?;
    attract(&page)
}

/// In other engines, in short: a visit, its end, and nothing of it left.
#[test]
fn firefox_and_webkit_forget_too() -> Result<()> {
    for engine in [Engine::Firefox, Engine::WebKit] {
        let file = Variant::new(&[("\"region\":\"us\"", "\"region\":\"us\",\"kiosk\":\"yes\"")]);
        let page = Browser::setup(engine, Form::Http).file(file.file()).open()?;
        attract(&page)?;
        visit(&page)?;
        to_summary(&page)?;
        assert!(page.text()?.contains("Long-lasting pain"), "{engine:?}");
        page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x'")?;
        page.button("Show it at the desk")?;
        page.button("I'm done")?;
        page.button("Clear now")?;
        page.wait_until("another instance", || {
            Ok(page.script("return !document.querySelector('[data-old]')")? == json!(true))
        })?;
        attract(&page)?;
        let left = page.script(
            "return [document.querySelectorAll('#app :checked').length, document.getElementById('app').textContent.includes('Long-lasting pain'), localStorage.length, sessionStorage.length, history.state]",
        )?;
        assert_eq!(left, json!([0, false, 0, 0, 0]), "{engine:?}");
        page.back()?;
        attract(&page)?;
        visit(&page)?;
    }
    Ok(())
}

// ---- The long run.

/// One visit with answers by chance, as fast as the page draws; resolves to the milliseconds of its
/// slowest step.
const VISIT: &str = "window.visit ??= async (n) => {
    let seed = n * 2654435761 % 4294967296;
    const chance = (below) => { seed = (seed * 1664525 + 1013904223) % 4294967296; return Math.floor(seed / 4294967296 * below); };
    const find = (words, from = '#app') => [...document.querySelectorAll(from + ' button')].find((b) => words.test(b.innerText) && b.checkVisibility());
    let slowest = 0;
    const until = async (what) => {
      const from = performance.now();
      for (let found; ;) {
        if ((found = what())) { slowest = Math.max(slowest, performance.now() - from); return found; }
        if (performance.now() - from > 120000) throw new Error('stuck at ' + document.querySelector('#app').innerText.slice(0, 200));
        await new Promise((next) => { const c = new MessageChannel(); c.port1.onmessage = next; c.port2.postMessage(0); });
      }
    };
    const root = document.documentElement, app = document.querySelector('#app');
    // Another screen has come once the heading that stood there at the press is gone.
    const mark = () => { (app.querySelector('main h1') ?? app.querySelector('button')).dataset.old = ''; };
    const moved = () => !app.querySelector('[data-old]');
    // A person reads before they press: what the screen waits for is no part of how fast it is.
    const press = async (what) => {
      const button = await until(what);
      const from = performance.now();
      while (root.dataset.settled === 'no') {
        if (performance.now() - from > 120000) throw new Error('no press is taken at ' + document.querySelector('#app').innerText.slice(0, 200));
        await new Promise((next) => setTimeout(next, 10));
      }
      mark();
      button.click();
    };
    const task = () => new Promise((next) => { const c = new MessageChannel(); c.port1.onmessage = next; c.port2.postMessage(0); });
    const go = async (what) => { await press(what); await until(moved); };
    const on = /^(Continue|Go on with my questions)$/;
    await go(() => find(/^Tap here/));
    await go(() => document.querySelector('#app .way.first button, #app button.way.first'));
    const steps = 4 + chance(16);
    for (let i = 0; i < steps && !find(/^Make my summary/); i++) {
      const answers = [...document.querySelectorAll('#app main .answer')];
      if (answers.length) {
        await press(() => answers[chance(answers.length)]);
        await task();
        // Something is said about it first.
        if (!moved()) await go(() => find(on));
        continue;
      }
      const choices = [...document.querySelectorAll('#app main .opt > input')];
      if (choices.length) await press(() => choices[chance(choices.length)]);
      const keys = [...document.querySelectorAll('#app main .pad')].filter((pad) => /[a-z]/.test(pad.innerText[0])).flatMap((pad) => [...pad.querySelectorAll('.key')]);
      for (let k = 0; keys.length && k < 5; k++) await press(() => keys[chance(keys.length)]);
      await press(() => find(on));
      await task();
      // A name that no list has is not taken.
      if (!moved()) await go(() => find(/^Skip/));
    }
    if (chance(3) === 0 && !find(/^Make my summary/)) {
      const menu = document.querySelector('#app details.menu');
      menu.open = true;
      if (find(/^Finish now with my summary/)) await go(() => find(/^Finish now with my summary/));
      menu.open = false;
    }
    if (find(/^Make my summary/)) await go(() => find(/^Make my summary/));
    await press(() => find(/^Erase and leave/));
    await press(() => find(/^Yes, clear everything/));
    await until(() => find(/^Tap here/));
    return slowest;
  };";

/// What the browser counts once garbage is gone: heap in kB, nodes, listeners, timers, memories of
/// wasm.
struct Weight {
    heap: f64,
    nodes: f64,
    listeners: f64,
    timers: f64,
    memories: f64,
    wasm: f64,
}

fn weigh(page: &Browser) -> Result<Weight> {
    let mut tools = page.devtools_session()?;
    tools.call("Performance.enable", json!({}))?;
    for _ in 0..3 {
        tools.call("HeapProfiler.collectGarbage", json!({}))?;
    }
    let memories = tools.memories()?;
    let sizes = tools.ask(&memories, "function() { return this.map((m) => m.buffer.byteLength); }")?;
    tools.call("Runtime.releaseObject", json!({ "objectId": memories }))?;
    let sizes: Vec<f64> = sizes.as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    let all = tools.call("Performance.getMetrics", json!({}))?;
    let metric = |name: &str| {
        let found = all["metrics"].as_array().unwrap().iter().find(|m| m["name"] == name);
        found.and_then(|m| m["value"].as_f64()).unwrap()
    };
    Ok(Weight {
        heap: metric("JSHeapUsedSize") / 1024.0,
        nodes: metric("Nodes"),
        listeners: metric("JSEventListeners"),
        timers: page.script("return timers()")?.as_f64().unwrap(),
        memories: sizes.len() as f64,
        wasm: sizes.iter().sum::<f64>() / 1024.0,
    })
}

/// Whole visits from `from` to `to`; the milliseconds of each one's slowest step are added.
fn run_visits(page: &Browser, from: usize, to: usize, slowest: &mut Vec<f64>) -> Result<()> {
    // A visit waits for its screens by itself; on a busy machine that takes longer than a driver's
    // patience with a script.
    let patient = page.driver().set_script_timeout(Duration::from_secs(600));
    page.wait_on("asking the driver for patience", patient)?;
    for n in from..to {
        let one = page.script_async(&format!(
            "const done = arguments[arguments.length - 1]; window.visit({n}).then((ms) => done({{ ms }}), (e) => done({{ wrong: String(e) }}));"
        ))?;
        slowest.push(one["ms"].as_f64().unwrap_or_else(|| panic!("visit {n}: {one}")));
    }
    Ok(())
}

fn middle(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Heap, nodes, listeners, timers and memories at the end are what they were after the first part.
fn nothing_grew(first: &Weight, last: &Weight, visits: usize, part: usize) {
    println!(
        "{visits} visits; after {part} / after all: heap {:.0} / {:.0} kB, nodes {} / {}, listeners {} / {}, timers {} / {}, wasm memories {} / {} ({:.0} / {:.0} kB)",
        first.heap,
        last.heap,
        first.nodes,
        last.nodes,
        first.listeners,
        last.listeners,
        first.timers,
        last.timers,
        first.memories,
        last.memories,
        first.wasm,
        last.wasm
    );
    assert!(last.heap < first.heap * 1.1 + 256.0, "the JavaScript heap grew");
    assert!(last.nodes <= first.nodes * 1.1 + 50.0, "nodes are left over");
    assert!(last.listeners <= first.listeners * 1.1 + 10.0, "listeners are left over");
    assert!(last.timers <= first.timers + 1.0, "timers are left over");
    assert!(last.memories <= first.memories && last.wasm <= first.wasm * 1.1, "memory of wasm is left over");
}

/// How many visits a long run has: 2,000, or what `CONSULT_READY_VISITS` says.
fn many() -> usize {
    std::env::var("CONSULT_READY_VISITS").ok().and_then(|n| n.parse().ok()).unwrap_or(2000)
}

/// Whole visits in one page: nothing grows. How slow the slowest step was is printed and not
/// judged: other work runs beside it.
fn soak(visits: usize) -> Result<()> {
    let page = open_with(",\"kioskIdle\":\"1200\"", |setup| setup)?;
    page.script(HURRY)?;
    page.script(VISIT)?;
    let part = (visits / 20).max(5);
    let begun = Instant::now();
    let mut slowest: Vec<f64> = Vec::new();
    run_visits(&page, 0, part, &mut slowest)?;
    let first = weigh(&page)?;
    run_visits(&page, part, visits, &mut slowest)?;
    let last = weigh(&page)?;
    let (early, late) = (middle(&slowest[..part]), middle(&slowest[visits - part..]));
    println!("in {} s; slowest step of a visit (median) {early:.0} / {late:.0} ms", begun.elapsed().as_secs());
    nothing_grew(&first, &last, visits, part);
    Ok(())
}

#[test]
fn visits_leave_nothing_behind() -> Result<()> {
    soak(40)
}

/// `cargo xtask bench kiosk`.
#[test]
#[ignore = "long: two thousand visits, or CONSULT_READY_VISITS"]
fn soak_in_full() -> Result<()> {
    soak(many())
}

/// A visit that types a canary by keys alone, so that no script and no log holds it whole, and
/// leaves it in the field or on the list. It ends in what happens to a device in the course of a
/// day, and not by "Erase and leave". All else of it is pressed by scripts that answer with numbers
/// and headings: the driver keeps what it was answered, texts and elements with all around them, on
/// the page's own heap.
fn interrupted(page: &Browser, name: &str, n: usize, fault: Act<'_>) -> Result<()> {
    page.click_on("document.querySelector('#app .attract .begin')")?;
    page.wait_heading(START)?;
    page.click_on("document.querySelector('#app .way.first button, #app button.way.first')")?;
    page.wait_until("the medicines", || {
        page.settled()?;
        let there = page.script(ANSWER)?[0] == MEDICINES;
        if !there {
            page.script(ON)?;
        }
        Ok(there)
    })?;
    // What the script above leaves on the window holds the screen.
    page.script("delete window.fields; document.querySelector('#app main input[type=search]').focus()")?;
    for letter in canary(n).chars() {
        page.press(letter)?;
    }
    let typed = page.script("return document.activeElement.value.length")?;
    assert_eq!(typed, json!(canary(n).len()), "{name}");
    if n.is_multiple_of(2) {
        page.press(Key::Enter)?;
        page.wait_until("the name to be on the list", || {
            Ok(page.script("return document.querySelector('#app main').innerText.includes('On your list')")?
                == json!(true))
        })?;
    }
    page.script("document.querySelector('#app').firstElementChild.dataset.old = 'x'")?;
    fault()?;
    page.wait_until(&format!("another instance after {name}"), || {
        Ok(page.script("return !document.querySelector('[data-old]')")? == json!(true))
    })?;
    attract(page)
}

/// Seconds without a touch before a day's kiosk asks: visits that a script clicks through touch
/// nothing, and a busy machine takes its time over them.
const A_DAYS_IDLE: i32 = 600;

/// Nobody comes back: the question is asked, by the clock that is left, and then the visit ends.
fn nobody_comes_back(page: &Browser) -> Result<()> {
    later(page, A_DAYS_IDLE + 1)?;
    page.wait_until("the question", || is_open(page, "idle"))?;
    later(page, 31)
}

/// The screen goes dark. `Page.setWebLifecycleState` alone would leave a page hidden for good, also
/// once it is "active" again, and a hidden page paints nothing: so the window is put away, and
/// taken out again by [`woken`], as a system does that switches its screen off.
fn dark(page: &Browser) -> Result<()> {
    window(page, "minimized")?;
    page.wait_until("the page to be hidden", || Ok(page.script("return document.hidden")? == json!(true)))
}

/// The screen is on again; nobody touches it for that.
fn woken(page: &Browser) -> Result<()> {
    window(page, "normal")?;
    page.wait_until("the page to be seen", || Ok(page.script("return document.hidden")? == json!(false)))
}

fn window(page: &Browser, state: &str) -> Result<()> {
    let id = page.cdp("Browser.getWindowForTarget", json!({}))?["windowId"].clone();
    page.cdp("Browser.setWindowBounds", json!({ "windowId": id, "bounds": { "windowState": state } })).map(drop)
}

/// All of the page stands still for a moment, its timers too, as on a device that sleeps.
fn frozen(page: &Browser) -> Result<()> {
    for state in ["frozen", "active"] {
        page.cdp("Page.setWebLifecycleState", json!({ "state": state }))?;
    }
    Ok(())
}

/// A device that slept, and a visit that ended while nobody could see it: once the screen is on
/// again, the next visitor's press counts, without anybody's help.
#[test]
fn a_screen_that_slept_wakes_by_itself() -> Result<()> {
    let page = open()?;
    let sleeps: [(&str, Act<'_>); 2] = [
        ("asleep until the visit is long past", &|| {
            frozen(&page)?;
            woken(&page)?;
            later(&page, 600)
        }),
        ("the visit ends in the dark", &|| {
            later(&page, 600)?;
            attract(&page)?;
            woken(&page)
        }),
    ];
    for (name, sleep) in sleeps {
        visit(&page)?;
        dark(&page)?;
        sleep()?;
        attract(&page)?;
        assert_eq!(page.script("return document.querySelectorAll('#app :checked').length")?, json!(0), "{name}");
    }
    visit(&page)
}

/// What a day does to a device: it sleeps, its clock is set, its screen goes dark, its server goes
/// away. Between these, whole visits; at its end the page weighs what it weighed in the morning,
/// and nothing of a visitor is left in the heap, in the memory of the wasm or on the disk.
#[test]
#[ignore = "long: a day of 2,000 visits, or CONSULT_READY_VISITS"]
fn a_kiosk_for_a_day() -> Result<()> {
    let mut page = open_with(&format!(",\"kioskIdle\":\"{A_DAYS_IDLE}\""), |setup| setup)?;
    let visits = many();
    let part = (visits / 20).max(5);
    let (begun, mut slowest) = (Instant::now(), Vec::new());
    page.script(HURRY)?;
    page.script(VISIT)?;
    run_visits(&page, 0, part, &mut slowest)?;
    let first = weigh(&page)?;
    let mut done = part;
    for n in 0..8 {
        let here = &*page;
        match n {
            0 => interrupted(here, "a night asleep", n, &|| later(here, 30_000))?,
            1 => interrupted(here, "summer time", n, &|| later(here, 3600))?,
            2 => interrupted(here, "an hour back", n, &|| {
                later(here, -3600).and_then(|()| a_look_at_the_clock(here)).and_then(|()| nobody_comes_back(here))
            })?,
            3 => interrupted(here, "a clock a year ahead, set right in the question", n, &|| {
                later(here, A_DAYS_IDLE + 1)?;
                here.wait_until("the question", || is_open(here, "idle"))?;
                later(here, -31_536_000)?;
                a_look_at_the_clock(here)?;
                later(here, 31)
            })?,
            4 => interrupted(here, "a screen that slept", n, &|| {
                dark(here)?;
                frozen(here)?;
                woken(here)?;
                later(here, A_DAYS_IDLE + 31)
            })?,
            5 => interrupted(here, "a screen that went dark in a countdown", n, &|| {
                later(here, A_DAYS_IDLE + 1)?;
                here.wait_until("the question", || is_open(here, "idle"))?;
                dark(here)?;
                later(here, 31)?;
                attract(here)?;
                woken(here)
            })?,
            6 => {
                page.page.stop_servers();
                let here = &*page;
                interrupted(here, "a server that is gone", n, &|| nobody_comes_back(here))?;
            }
            _ => interrupted(here, "a fault in the program", n, &|| here.script(TRAP).map(drop))?,
        }
        let until = part + (visits - part) * (n + 1) / 8;
        run_visits(&page, done, until, &mut slowest)?;
        done = until;
    }
    // Before the probes: what they answer is on the page's heap too.
    println!("a day in {} s", begun.elapsed().as_secs());
    nothing_grew(&first, &weigh(&page)?, visits, part);
    let mut tools = page.devtools_session()?;
    let canaries: Vec<String> = (0..8).map(canary).collect();
    let there = |text: &str| canaries.iter().filter(|one| text.contains(one.as_str())).count();
    assert_eq!(there(&tools.heap()?), 0, "the JavaScript heap still holds answers");
    let memories = tools.memories()?;
    for memory in tools.ask(&memories, BYTES)?.as_array().unwrap() {
        assert_eq!(there(memory.as_str().unwrap()), 0, "a living memory still holds answers");
    }
    tools.call("Runtime.releaseObject", json!({ "objectId": memories }))?;
    drop(tools);
    assert_eq!(there(&kept(&page)?), 0, "the page still holds answers");
    assert_eq!(page.kept_on_disk(&canaries), Vec::<std::path::PathBuf>::new(), "the browser wrote answers to its disk");
    // The probe of the disk sees what is there: the browser writes down where it has been.
    assert!(
        !page.kept_on_disk(&["consult-ready.html".to_owned()]).is_empty(),
        "the probe of the disk finds nothing at all"
    );
    Ok(())
}

/// The other two engines over many visits. They tell no counts of their own, so this looks at the
/// memory of all their programs, which they give back when they like: what is left over of each
/// visit would be a whole memory of the wasm, 2.8 MB of it.
#[test]
#[ignore = "long: two engines, a tenth of the visits of the day"]
fn visits_leave_nothing_behind_in_the_other_engines() -> Result<()> {
    let visits = many() / 10;
    for engine in [Engine::Firefox, Engine::WebKit] {
        let file = Variant::new(&[("\"region\":\"us\"", "\"region\":\"us\",\"kiosk\":\"yes\",\"kioskIdle\":\"1200\"")]);
        let page = Browser::setup(engine, Form::Http).file(file.file()).open()?;
        attract(&page)?;
        page.script(HURRY)?;
        page.script(VISIT)?;
        let (begun, mut slowest, mut memory) = (Instant::now(), Vec::new(), Vec::new());
        for part in 0..10 {
            run_visits(&page, visits * part / 10, visits * (part + 1) / 10, &mut slowest)?;
            memory.push(page.memory() / 1024);
        }
        println!(
            "{engine:?}: {visits} visits in {} s; memory in MB after each tenth: {memory:?}",
            begun.elapsed().as_secs()
        );
        // The least of each half: a browser collects its garbage in between.
        let least = |half: &[u64]| half.iter().min().copied().unwrap_or_default();
        let (early, late) = (least(&memory[..5]), least(&memory[5..]));
        assert!(late < early + early / 4 + visits as u64, "{engine:?} grew from {early} to {late} MB");
    }
    Ok(())
}

// ---- In sight.

/// Opens the step of a row of the check screen and comes back; resolves to its heading, how many
/// rows it has, and what of it is touched and not whole in sight.
const IN_SIGHT: &str = "window.inSight ??= async (n) => {
    const root = document.documentElement, app = document.querySelector('#app');
    const until = async (what) => {
      const from = performance.now();
      while (root.dataset.settled === 'no' || !what()) {
        if (performance.now() - from > 20000) throw new Error('stuck at ' + app.innerText.slice(0, 200));
        await new Promise((next) => setTimeout(next, 10));
      }
    };
    const heading = () => app.querySelector('main h1')?.innerText;
    const rows = () => [...app.querySelectorAll('main .check-stage dd.act button')];
    await until(() => rows().length > n);
    const check = heading();
    rows()[n].click();
    await until(() => heading() && heading() !== check);
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const main = app.querySelector('.main'), frame = main.getBoundingClientRect();
    main.scrollTop = 0;
    const name = (e) => (e.innerText || e.getAttribute('aria-label') || e.labels?.[0]?.innerText || e.id).slice(0, 40);
    const out = [...main.querySelectorAll('.answer, .opt > label, .call-bar, input[type=text], input[type=search], textarea, .key, .acts button')]
      .filter((e) => e.checkVisibility({ visibilityProperty: true })).filter((e) => {
        const r = e.getBoundingClientRect(), at = document.elementFromPoint(r.left + r.width / 2, r.bottom - 4);
        const own = e.matches('label') ? e.parentElement : e;
        return r.top < frame.top - 1 || r.bottom > frame.bottom + 1 || !(own.contains(at) || at?.contains(own));
      }).map(name);
    const found = [heading(), app.querySelectorAll('main .emerg > .row').length, out];
    const back = await new Promise((next) => { const look = () => { const b = app.querySelector('main .back'); b && root.dataset.settled !== 'no' ? next(b) : setTimeout(look, 20); }; look(); });
    back.click();
    await until(() => heading() === check);
    return found;
  };";

/// Of the longest named set, with everything answered and with the keys of every field: all
/// answers, the keys and Continue stand in sight, without scrolling, and no page has more than
/// three rows.
#[test]
#[ignore = "long: four hundred screens; cargo xtask test --all runs it"]
fn each_step_stands_whole_in_sight() -> Result<()> {
    let mut wrong = std::collections::BTreeSet::new();
    for size in [(1024, 768), (1080, 1920)] {
        let heaviest = format!(
            "<html data-example=\"{}\" ",
            common::fixture("heaviest").replace('&', "&amp;").replace('"', "&quot;")
        );
        let file = Variant::new(&[
            ("<html ", &heaviest),
            ("\"region\":\"us\"", "\"region\":\"us\",\"kiosk\":\"yes\",\"kioskIdle\":\"1200\""),
        ]);
        let page = Browser::setup(Engine::Chromium, Form::Http).size(size.0, size.1).file(file.file()).open()?;
        attract(&page)?;
        page.button(TAP)?;
        page.wait_heading(START)?;
        page.button(words().start_resume())?;
        page.wait_until("the check screen or a question", || {
            Ok(page.focus()?.starts_with("h1 ") && page.heading()? != START)
        })?;
        if page.heading()? != CHECK {
            finish_now(&page)?;
            page.wait_heading(CHECK)?;
        }
        page.settled()?;
        page.script(IN_SIGHT)?;
        let all = page
            .script("return document.querySelectorAll('#app main .check-stage dd.act button').length")?
            .as_u64()
            .unwrap();
        let mut headings = std::collections::BTreeSet::new();
        for n in 0..all {
            let call = format!(
                "const done = arguments[arguments.length - 1]; window.inSight({n}).then(done, (e) => done(String(e)))"
            );
            let found = page.script_async(&call)?;
            let heading = found[0].as_str().unwrap_or_else(|| panic!("{size:?}, row {n}: {found}")).to_owned();
            assert!(found[1].as_u64() <= Some(3), "{size:?} {heading}: {} rows on one screen", found[1]);
            wrong.extend(common::strings(&found[2]).into_iter().map(|name| format!("{size:?} {heading}: {name}")));
            headings.insert(heading);
        }
        println!("{size:?}: {} steps", headings.len());
        assert!(headings.len() > 60, "{size:?}: only {} steps were looked at", headings.len());
    }
    assert!(wrong.is_empty(), "{} out of sight:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    Ok(())
}

// ---- Between two visits.

/// The facts change by cuts while nobody pauses them, the way home is a code with the clinic's
/// address and no link, and no version stands there.
#[test]
fn the_attract_screen_tells_facts_and_the_way_home() -> Result<()> {
    let page = open_with(",\"kioskHome\":\"https://clinic.example/Prepare?a=1\"", |setup| setup.size(1080, 1920))?;
    let fact = || {
        page.script("return document.querySelector('#app .attract-fact .fact').innerText").map(|text| text.to_string())
    };
    let was = fact()?;
    page.wait_until("another fact", || Ok(fact()? != was))?;
    page.button(words().kiosk_pause())?;
    let still = fact()?;
    for _ in 0..14 {
        a_look_at_the_clock(&page)?;
    }
    assert_eq!(fact()?, still, "a paused fact changed");
    page.button(words().kiosk_play())?;
    page.wait_until("the next fact", || Ok(fact()? != still))?;
    let code = page.script("const c = document.querySelector('#app .link-code'); return [c.querySelector('svg').getAttribute('aria-label'), c.innerText, c.querySelectorAll('a').length]")?;
    for text in [&code[0], &code[1]] {
        assert!(text.as_str().unwrap().contains("https://clinic.example/Prepare?a=1"), "{code}");
    }
    assert_eq!(code[2], 0, "the address is a link");
    assert!(!page.text()?.contains(env!("CARGO_PKG_VERSION")), "the version stands on the attract screen");
    // Who asked for less motion sees one that stands.
    let calm = open_with("", |setup| setup.reduced_motion())?;
    assert!(calm.text()?.contains(words().kiosk_play()), "it does not stand still");
    Ok(())
}

/// Weight and height by tapping keys: one set of keys, for the field that was touched last.
#[test]
fn k12_weight_and_height_by_tapping_keys() -> Result<()> {
    let page = open_with(",\"kioskIdle\":\"1200\"", |setup| setup)?;
    visit(&page)?;
    let title = "Tests, size, and veins";
    let to = |what: &str| -> Result<()> {
        for _ in 0..120 {
            page.settled()?;
            if page.heading()?.starts_with(title) && page.text()?.contains(what) {
                return Ok(());
            }
            let before = page.heading()?;
            page.script(ANSWER)?;
            page.script(ON)?;
            page.wait_until("another screen", || Ok(page.heading()? != before))?;
        }
        panic!("no screen asks “{what}”")
    };
    let keys = |typed: &str| typed.chars().try_for_each(|key| page.button(&key.to_string()));
    let fields = "return [...document.querySelectorAll('#app main input[type=text]')].map((f) => f.value)";
    to("weigh")?;
    assert_eq!(page.script("return document.querySelectorAll('#app main .pad').length")?, json!(1));
    page.choose("lb")?;
    keys("182")?;
    assert_eq!(page.script(fields)?, json!(["182"]));
    page.button("Continue")?;
    to("tall")?;
    page.choose("ft, in")?;
    page.wait_until("two fields", || {
        Ok(page.script("return document.querySelectorAll('#app main input[type=text]').length")? == json!(2))
    })?;
    assert_eq!(
        page.script("return document.querySelectorAll('#app main .pad').length")?,
        json!(1),
        "one set of keys for two fields"
    );
    keys("5")?;
    page.script("document.querySelectorAll('#app main input[type=text]')[1].focus()")?;
    keys("11")?;
    page.button(words().kiosk_delete())?;
    assert_eq!(page.script(fields)?, json!(["5", "1"]));
    page.button("Continue")?;
    page.wait_until("the next screen", || Ok(!page.text()?.contains("How tall")))?;
    to_summary(&page)?;
    holds(&tidy(&page.text()?), &["182 lb", "5 ft 1 in"]);
    Ok(())
}
