//! The set-up page: a clinic fills in a form, sees its own tool beside it, and takes the finished
//! file with it.
//!
//! The form itself is `setup.html`, its words are `content/<lang>/setup.toml`. What is decided here
//! is decided by the app's own list of settings; what only a browser can do is in
//! `public/setup.js`.

#[path = "setup/again.rs"]
mod again;
#[path = "setup/dom.rs"]
#[allow(dead_code, reason = "the page uses a part of it")]
mod dom;
#[path = "setup/draw.rs"]
mod draw;
#[path = "setup/host.rs"]
mod host;
#[path = "setup/questions.rs"]
mod questions;
#[path = "setup/takeaway.rs"]
mod takeaway;

use dom::Node;
use draw::{colour_line, leaf, line_to, mark_invalid, put, tick, with, write};
use engine::pack::{BadSetting, Doubt, FILE_ONLY, Known, LOGO_MOST, Pack, SETTINGS, Setting, Settings, doubts};
use engine::refused;
use engine::theme::{self, Moved, Shades};
use export::html::escape;
use export::one_file;
use host::{copy, file, language, save, save_loader, set, show, value, word, worded};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::prelude::*;

/// The release folder of this version.
const FOLDER: &str = concat!("consult-ready-", env!("CARGO_PKG_VERSION"));
/// Settings that a clinic should not do without, though the file works.
const WANTED: [&str; 2] = ["clinic", "phone"];

/// The one file, the content in it, and what the page remembers between two entries.
struct Page {
    file: String,
    packs: Vec<Pack>,
    /// What a file that was opened said, as it was written there.
    written: RefCell<again::Written>,
    /// What the lists show, by place: what stays the same is not read out again.
    drawn: RefCell<BTreeMap<&'static str, String>>,
    /// The help lines that the clinic confirmed.
    asked: RefCell<String>,
    own: questions::Questions,
}

fn main() {
    let file = file();
    let packs = packs(&file);
    let page = Page {
        file,
        packs,
        written: Default::default(),
        drawn: Default::default(),
        asked: Default::default(),
        own: Default::default(),
    };
    let page: &'static Page = Box::leak(Box::new(page));
    if let Some(logo) = dom::by_id("logo") {
        logo.set_attribute("data-most", &LOGO_MOST.to_string());
    }
    page.check();
    questions::listen(page);
    on("form", "input", || page.check());
    on("save", "click", || page.save());
    on("save-loader", "click", save_loader);
    on("copy", "click", || say_copied("snippet", "copied"));
    on("copy-headers", "click", || say_copied("headers", "copied-headers"));
    on("copy-own", "click", || say_copied("own-lines", "copied-own"));
    let opened = Closure::<dyn FnMut(String)>::new(|text: String| again::open(page, &text));
    host::on_opened(&opened);
    // It listens as long as the page stands.
    opened.forget();
}

/// The packs in the file. Each character of a data block stands for the byte that is its lowest
/// eight bits.
fn packs(file: &str) -> Vec<Pack> {
    let block = |part: &str| {
        let (_, text) = part.split_once('>')?;
        Pack::decode(&text.split_once('<')?.0.chars().map(|c| c as u32 as u8).collect::<Vec<u8>>())
    };
    file.split(" data-pack=").skip(1).filter_map(block).collect()
}

impl Page {
    fn lang(&self) -> String {
        language()
    }

    /// The content in the page's language.
    fn pack(&self) -> Option<&Pack> {
        let lang = language();
        self.packs.iter().find(|p| p.lang == lang).or(self.packs.first())
    }

    /// The content in a language that the clinic offers: the page's, if it does.
    fn pack_for(&self, settings: &Settings) -> Option<&Pack> {
        let own = self.pack().filter(|pack| settings.offers(&pack.lang));
        own.or_else(|| self.packs.iter().find(|pack| settings.offers(&pack.lang))).or(self.packs.first())
    }

    fn languages(&self) -> Vec<&str> {
        self.packs.iter().map(|p| p.lang.as_str()).collect()
    }

    /// What only the content knows: regions, languages, optional sections. What was chosen in them
    /// stays.
    fn draw_lists(&self) {
        let Some(pack) = self.pack() else { return };
        let regions = pack.regions.iter().map(|r| with(leaf("option", &r.name), "value", &r.id)).collect();
        let languages = self.packs.iter().map(|p| tick("languages", &p.lang, p.words.language_name())).collect();
        let sections = pack.safety.optional.iter().filter_map(|link| pack.questionnaire.item(link));
        let sections = sections.map(|i| tick("without", &i.link_id, i.label())).collect();
        for (name, list) in [("region", regions), ("languages", languages), ("without", sections)] {
            let chosen = value(name);
            self.redraw(name, &pack.lang, list);
            if !chosen.is_empty() {
                set(name, &chosen);
            }
        }
    }

    /// Puts these there unless what is there was drawn from the same `key`.
    fn redraw(&self, id: &'static str, key: &str, kids: Vec<Node>) {
        if self.drawn.borrow_mut().insert(id, key.into()).as_deref() != Some(key) {
            put(id, kids);
        }
    }

    /// Settings from somewhere, and what is wrong with them.
    fn read_as(&self, get: &dyn Fn(&str) -> Option<String>, names: &[String]) -> (Settings, Vec<BadSetting>) {
        self.known(|known| Settings::read(get, names, known)).unwrap_or_default()
    }

    fn known<T>(&self, act: impl FnOnce(&Known<'_>) -> T) -> Option<T> {
        let first = self.packs.first()?;
        let refuses = |text: &str| refused::quoted(&self.packs, text);
        Some(act(&Known::of(first, &self.languages(), &refuses)))
    }

    /// What the form says, as settings, and what is wrong with it.
    fn read(&self) -> (Settings, Vec<BadSetting>) {
        let written = self.written.borrow();
        let get = |name: &str| {
            let value = self.value_of(name);
            // What was not changed since a file was opened stays as it was written there, in its
            // order.
            let before = written.iter().find(|(n, _)| n == name).map(|(_, before)| before);
            Some(before.filter(|before| is_same(name, before, &value)).cloned().unwrap_or(value))
        };
        self.read_as(&get, &[])
    }

    /// What the form says of a setting.
    fn value_of(&self, name: &str) -> String {
        match name {
            "colours" => colours(),
            "questions" => self.own.text(),
            name => value(name),
        }
    }

    /// What a language calls itself.
    fn language_name<'a>(&'a self, lang: &'a str) -> &'a str {
        self.packs.iter().find(|pack| pack.lang == lang).map_or(lang, |pack| pack.words.language_name())
    }

    /// The kind of a setting, and its limit.
    fn kind_of(&self, setting: &Setting) -> (&'static str, usize) {
        let shape = self.known(|known| setting.shape(known));
        shape.map(|shape| (shape.kind, shape.most)).unwrap_or_default()
    }

    /// What to write instead of a value that can't be used.
    fn wanted(&self, setting: &Setting, value: &str) -> String {
        let (kind, most) = self.kind_of(setting);
        if kind == "questions" {
            return self.wanted_questions(value);
        }
        let message =
            if kind == "words" && value.chars().count() <= most { refused::quoted(&self.packs, value) } else { None };
        match message {
            Some(words) => worded("want-words-refused", &[&words]),
            None => worded(&["want-", kind].concat(), &[&most.to_string()]),
        }
    }

    /// Below the question it is said in words; what has no question is said here.
    fn wanted_questions(&self, value: &str) -> String {
        let fault = self.known(|known| {
            known.own_fault(value, &Settings { languages: self::value("languages"), ..Settings::default() })
        });
        let fault = fault.flatten().filter(|fault| fault.question == 0);
        fault.map_or_else(|| word("want-questions"), |fault| questions::words(self, &fault))
    }

    fn check(&self) {
        self.draw_lists();
        let (settings, bad) = self.read();
        for setting in SETTINGS.iter().chain(FILE_ONLY) {
            let wrong = bad.iter().any(|b| b.name == setting.name);
            write(
                &["wrong-", setting.name].concat(),
                &if wrong { self.wanted(setting, &self.value_of(setting.name)) } else { String::new() },
            );
            mark_invalid(setting.name, wrong);
        }
        questions::draw(self, &settings);
        takeaway::draw(self, &settings);
        self.ask_region(&settings);
        self.tell_colours(&settings);
        self.tell_left(&settings, &bad);
        let view = value("view");
        let view = view.split(' ').next().unwrap_or_default();
        let about = if view == "own" && settings.questions.is_empty() {
            "about-own-none".into()
        } else {
            ["about-", view].concat()
        };
        write("about-view", &word(&about));
        show(&self.preview(&settings, view));
    }

    /// The help lines in words, what speaks against them, and the question whether they are right:
    /// a yes holds for what was to be read there when it was given.
    fn ask_region(&self, settings: &Settings) {
        let Some(region) = self.pack().and_then(|pack| pack.region(&settings.region)) else { return };
        let first = region.lines.first().map(|line| format!("{}: {}", line.name, line.text)).unwrap_or_default();
        write("lines-now", &worded("right-lines", &[&region.name, &region.emergency_text, &first]));
        let doubts = doubts(settings, region, &self.languages());
        let key = format!("{} {doubts:?}", region.id);
        let lines = doubts.iter().map(|doubt| leaf("li", &self.doubt_words(doubt, &region.name))).collect();
        self.redraw("doubts", &[&key, language().as_str()].concat(), lines);
        if self.asked.replace(key.clone()) != key {
            set("right", "");
        }
        // Said once already, it goes only with the tick, and follows the page's language.
        let faulty = dom::by_id("wrong-right").is_some_and(|node| !node.text().is_empty());
        if faulty {
            write("wrong-right", &if value("right").is_empty() { word("right-first") } else { String::new() });
        }
    }

    fn doubt_words(&self, doubt: &Doubt, region: &str) -> String {
        match doubt {
            Doubt::Language(lang) => worded("doubt-language", &[self.language_name(lang), region]),
            Doubt::Phone(phone) => worded("doubt-phone", &[phone, region]),
        }
    }

    fn tell_colours(&self, settings: &Settings) {
        let given = settings.colours();
        let theme = theme::derive(&given);
        let kept = theme.as_ref().and_then(|theme| fill_line(&theme.light));
        let moved = theme.iter().flat_map(|theme| theme.moved.iter().map(moved_line));
        let key = [&settings.colours, language().as_str()].concat();
        self.redraw("moved", &key, kept.into_iter().chain(moved).collect());
    }

    /// Beside Save: what is wrong, what has to be said first, and what is still empty, each with a
    /// way there.
    fn tell_left(&self, settings: &Settings, bad: &[BadSetting]) {
        let link = |setting: &Setting| (field_of(setting.name).to_owned(), word(&setting.attribute()));
        let named = |is: &dyn Fn(&Setting) -> bool| {
            SETTINGS.iter().chain(FILE_ONLY).filter(|s| is(s)).map(link).collect::<Vec<_>>()
        };
        let wrong = named(&|s| bad.iter().any(|b| b.name == s.name));
        let look: Vec<(String, String)> = takeaway::wrong()
            .into_iter()
            .map(|id| (id.into(), word(if id == "place" { "place" } else { "own-origin" })))
            .collect();
        let pairs = settings.pairs();
        let is_empty = |s: &Setting| {
            WANTED.contains(&s.name) && pairs.iter().all(|(n, _)| *n != s.name) && bad.iter().all(|b| b.name != s.name)
        };
        let empty = named(&is_empty);
        let right =
            if value("right").is_empty() { Vec::from([("right".to_owned(), word("help-lines"))]) } else { Vec::new() };
        let many = match wrong.len() {
            1 => word("left-wrong-1"),
            n => worded("left-wrong", &[&n.to_string()]),
        };
        let rows = [
            ("fault", many, wrong),
            ("fault", word("left-look"), look),
            ("", word("left-right"), right),
            ("soft", word("left-empty"), empty),
        ];
        let rows: Vec<_> = rows.into_iter().filter(|(_, _, fields)| !fields.is_empty()).collect();
        let key = format!("{} {:?}", language(), rows);
        let mut lines: Vec<Node> = rows.iter().map(|(class, text, fields)| line_to(class, text, fields)).collect();
        if lines.is_empty() {
            lines.push(line_to("soft", &word("left-none"), &[]));
        }
        self.redraw("left", &key, lines);
    }

    /// Saves the finished file, once the clinic has confirmed its help lines.
    fn save(&self) {
        if value("right").is_empty() {
            write("wrong-right", &word("right-first"));
            return host::focus("right");
        }
        save(&self.with(&self.read().0));
    }

    fn with(&self, settings: &Settings) -> String {
        let region = self.packs.first().and_then(|p| p.region(&settings.region));
        one_file::with_settings(&self.file, settings, region).unwrap_or_default()
    }

    /// The file as it is shown here: at a kiosk, at the clinic's own questions, or the sheets of
    /// somebody who does not exist, in the page's language.
    fn preview(&self, settings: &Settings, view: &str) -> String {
        let mut settings = settings.clone();
        let mark = match view {
            "kiosk" => "<html data-mode=\"kiosk\" ".into(),
            "own" if !settings.questions.is_empty() => "<html data-view=\"own\" ".into(),
            "paper" => {
                settings.languages = self.pack_for(&settings).map(|pack| pack.lang.clone()).unwrap_or_default();
                format!("<html data-view=\"sheets\" data-example=\"{}\" ", escape(&word("example")))
            }
            _ => "<html ".to_owned(),
        };
        let file = self.with(&settings);
        file.split_once("<html ").map(|(before, after)| [before, &mark, after].concat()).unwrap_or(file)
    }
}

/// The id of what is looked at to correct a setting.
fn field_of(name: &str) -> &str {
    match name {
        "logo" => "logo-file",
        "questions" => "own-add",
        name => name,
    }
}

/// Whether a value of the form says the same as one that was opened.
fn is_same(name: &str, before: &str, now: &str) -> bool {
    let words = |text: &str| {
        let mut words: Vec<String> =
            text.split([' ', ',']).filter(|w| !w.is_empty()).map(str::to_ascii_lowercase).collect();
        if name != "colours" {
            words.sort_unstable();
        }
        words
    };
    ["colours", "languages", "without"].contains(&name) && words(before) == words(now)
}

/// The colours that are ticked, by their places; those between them are left to us.
fn colours() -> String {
    let each = |i: usize| {
        if value(&format!("colour{i}-on")).is_empty() { "auto".into() } else { value(&format!("colour{i}")) }
    };
    let mut all: Vec<String> = (1..=theme::MOST).map(each).collect();
    while all.last().is_some_and(|c| c == "auto") {
        all.pop();
    }
    all.join(" ")
}

/// What buttons are like, which keep the clinic's colour.
fn fill_line(shades: &Shades) -> Option<Node> {
    let shade = |name: &str| shades.iter().find(|(n, _)| *n == name).map(|(_, colour)| *colour);
    let (fill, words) = (shade("fill")?, shade("on-fill")?);
    let name = word(if words.css() == "#ffffff" { "fill-white" } else { "fill-black" });
    Some(colour_line("fill-kept", &[&fill.css(), &name], &[fill]))
}

fn moved_line(moved: &Moved) -> Node {
    let name = word(&if moved.which == 0 { "moved-1".into() } else { format!("colour-{}", moved.which + 1) });
    let key = if moved.dark { "moved-dark" } else { "moved-light" };
    colour_line(key, &[&name, &moved.from.css(), &moved.to.css()], &[moved.from, moved.to])
}

fn on(id: &str, kind: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn FnMut(dom::Event)>::new(move |_| act());
    if let Some(node) = dom::by_id(id) {
        node.listen(kind, &act);
    }
    // It listens as long as the page stands.
    act.forget();
}

fn say_copied(field: &str, status: &'static str) {
    let say = |done: bool| write(status, &word(if done { "copied" } else { "copied-not" }));
    copy(field, &Closure::once_into_js(say));
}
