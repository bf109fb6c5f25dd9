//! Thousands of presses at random, as fast as they come, at a kiosk: no error of any kind, and a
//! program that still works.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::Variant;
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};

/// So many in a run of the long tests; `CONSULT_READY_PRESSES` sets another number.
const PRESSES: u32 = 20_000;
const KEYS: [(&str, &str); 8] = [
    ("Tab", "Tab"),
    ("Enter", "Enter"),
    (" ", "Space"),
    ("Escape", "Escape"),
    ("ArrowDown", "ArrowDown"),
    ("a", "KeyA"),
    ("1", "Digit1"),
    ("Backspace", "Backspace"),
];
/// The middle of one of the things that can be pressed now: `share` of the way through the list of
/// them.
const TARGET: &str =
    "const all = [...(document.querySelector('dialog[open]') ?? document).querySelectorAll('button, input, a, select, label, summary')]
    .filter((e) => e.checkVisibility() && !e.disabled);
    const one = all[Math.floor(share * all.length)];
    if (!one) return [1, 1];
    if (share * 977 % 1 < 0.3) one.scrollIntoView({ block: 'center' });
    const box = one.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];";

/// Numbers from 0 to 1, the same ones each time (Park and Miller's generator).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 as f64 / 2_147_483_647.0
    }
}

fn press(page: &Browser, at: &Value, count: u32) -> Result<()> {
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": count });
        page.cdp("Input.dispatchMouseEvent", event)?;
    }
    Ok(())
}

fn act(page: &Browser, chance: &mut Chance) -> Result<()> {
    let what = chance.next();
    if what < 0.7 {
        let at = page.script(&format!("const share = {}; {TARGET}", chance.next()))?;
        let twice = chance.next() < 0.15;
        press(page, &at, 1)?;
        return if twice { press(page, &at, 2) } else { Ok(()) };
    }
    if what < 0.98 {
        let (key, code) = KEYS[(chance.next() * KEYS.len() as f64) as usize % KEYS.len()];
        let text = if key.len() == 1 { key } else { "" };
        page.cdp("Input.dispatchKeyEvent", json!({ "type": "keyDown", "key": key, "code": code, "text": text }))?;
        page.cdp("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": key, "code": code }))?;
        return Ok(());
    }
    page.script("history.back()").map(|_| ())
}

/// A dialog's late close event reached a wiped instance four times in another 21,000 presses;
/// 12,000 of these did not meet it, so its own test stands in trap.rs. What these meet depends on
/// the machine.
#[test]
#[ignore = "long: minutes of presses"]
fn presses_at_random_break_nothing() -> Result<()> {
    let presses = std::env::var("CONSULT_READY_PRESSES").ok().map_or(PRESSES, |n| n.parse().unwrap());
    let file = Variant::new(&[("\"region\":\"us\"", "\"region\":\"us\",\"kiosk\":\"yes\"")]);
    let page = Browser::setup(Engine::Chromium, Form::Http).size(1080, 1920).file(file.file()).open()?;
    let attract = "return !!document.querySelector('#app .attract .begin')";
    page.wait_until("the attract screen", || Ok(page.script(attract)? == json!(true)))?;
    page.script("window.broken = []; for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, (e) => broken.push(String((e.error ?? e.reason)?.stack)))")?;
    let mut chance = Chance(7);
    for n in 0..presses {
        act(&page, &mut chance)?;
        if n % 500 == 499 {
            assert_eq!(
                page.script("return window.broken ?? ['the page was loaded again']")?,
                json!([]),
                "after {} presses",
                n + 1
            );
        }
    }
    page.script("consultReady.wipe('')")?;
    page.wait_until("the attract screen, after all of it", || Ok(page.script(attract)? == json!(true)))
}
