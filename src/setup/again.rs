//! A finished file is opened again: its settings come into the form, and what can't come is named.

use super::Page;
use super::draw::{leaf, put, with};
use super::host::{focus, set, word, worded};
use engine::pack::{BadSetting, FILE_ONLY, SETTINGS, Setting, Settings};
use engine::theme;
use export::one_file::{Opened, read_settings};

/// Of what can't be used, so much is put into its field to be corrected.
const MOST_SHOWN: usize = 1000;

/// What a file said, as it was written there: the form would put some of it in another order.
pub type Written = Vec<(String, String)>;

/// Takes the settings out of a file.
pub fn open(page: &Page, text: &str) {
    match read_settings(text) {
        Opened::NotOurs => put("opened", [with(leaf("p", &word("opened-not-ours")), "class", "fault")]),
        Opened::Broken => put("opened", [with(leaf("p", &word("opened-broken")), "class", "fault")]),
        Opened::Settings(pairs) => take(page, pairs),
    }
}

fn take(page: &Page, pairs: Written) {
    let names: Vec<String> = pairs.iter().map(|(name, _)| name.clone()).collect();
    let find = |name: &str| pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let (settings, bad) = page.read_as(&find, &names);
    let good = settings.pairs();
    for setting in SETTINGS.iter().chain(FILE_ONLY) {
        let value = good.iter().find(|(name, _)| *name == setting.name).map(|(_, value)| value.clone());
        // What has to be corrected is easier to correct than to write anew.
        let wrong = || {
            find(setting.name)
                .filter(|_| is_typed(page, setting))
                .map(|value| value.chars().take(most_shown(setting.name)).collect::<String>())
        };
        fill(page, setting.name, &value.or_else(wrong).unwrap_or_default());
    }
    if settings.kiosk == "yes" {
        set("kind", "kiosk");
    }
    set("right", "");
    let taken = names.iter().filter(|name| bad.iter().all(|b| b.name != **name)).count();
    tell(page, taken, &bad, &settings, &find);
    page.written.replace(pairs);
    page.check();
    focus("again-file");
}

/// Whether its field is one that people type into.
fn is_typed(page: &Page, setting: &Setting) -> bool {
    ["line", "name", "words", "phone", "link", "between", "digits", "questions"].contains(&page.kind_of(setting).0)
}

/// A question that is cut off would not be read.
fn most_shown(name: &str) -> usize {
    if name == "questions" { usize::MAX } else { MOST_SHOWN }
}

fn fill(page: &Page, name: &str, value: &str) {
    if name == "questions" {
        return page.own.open(value);
    }
    if name != "colours" {
        return set(name, value);
    }
    let mut given = value.split([' ', ',']).filter(|colour| !colour.is_empty());
    for place in 1..=theme::MOST {
        let colour = given.next().filter(|colour| *colour != "auto");
        set(&format!("colour{place}-on"), if colour.is_some() { "on" } else { "" });
        if let Some(colour) = colour {
            set(&format!("colour{place}"), &colour.to_ascii_lowercase());
        }
    }
}

fn tell(page: &Page, taken: usize, bad: &[BadSetting], settings: &Settings, find: &dyn Fn(&str) -> Option<String>) {
    let count = if taken == 0 { 0 } else { taken.min(settings.pairs().len()) };
    let mut lines = Vec::from([leaf("p", &[worded("opened", &[&count.to_string()]), word("opened-next")].join(" "))]);
    if !bad.is_empty() {
        let list = leaf("ul", "");
        for one in bad {
            let known = SETTINGS.iter().chain(FILE_ONLY).find(|setting| setting.name == one.name);
            let line = match known {
                Some(setting) => {
                    let wanted = page.wanted(setting, &find(setting.name).unwrap_or_default());
                    worded("opened-refused", &[&word(&setting.attribute()), &wanted])
                }
                None => worded("opened-unknown", &[&one.name]),
            };
            list.append(&leaf("li", &line));
        }
        lines.extend([with(leaf("p", &word("opened-dropped")), "class", "fault"), list]);
    }
    put("opened", lines);
}
