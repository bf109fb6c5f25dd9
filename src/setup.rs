//! The set-up page: a clinic fills in a form, sees its own tool beside it, and takes the finished file with it.
//!
//! The form itself is `setup.html`. What is decided here is decided by the app's own list of settings; what only a
//! browser can do is in `public/setup.js`.

#[path = "setup/dom.rs"]
#[allow(dead_code, reason = "the page uses a part of it")]
mod dom;

use dom::Node;
use engine::pack::{BadSetting, Known, LOGO_MOST, Pack, SETTINGS, Settings};
use engine::refused;
use engine::theme::{self, Moved};
use export::one_file;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    fn file() -> String;
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    fn value(name: &str) -> String;
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    fn show(html: &str);
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    fn save(html: &str);
    #[wasm_bindgen(js_namespace = consultReadySetup, js_name = saveLoader)]
    fn save_loader();
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    fn integrity() -> String;
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    fn copy(id: &str, done: &JsValue);
}

/// The release folder of this version.
const FOLDER: &str = concat!("consult-ready-", env!("CARGO_PKG_VERSION"));
const HASHED: &str = "The integrity hash in these lines makes browsers run consult-ready.js only if it is the very file of this version: leave it as it is, \
    and take new lines for a new version. If the folder is on another domain than your page, its server has to send Access-Control-Allow-Origin: * \
    with that file; if it can't, leave integrity and crossorigin out of the lines.";

/// The one file, and the content in it.
struct Page {
    file: String,
    packs: Vec<Pack>,
}

fn main() {
    let file = file();
    let page: &'static Page = Box::leak(Box::new(Page { packs: packs(&file), file }));
    page.draw_lists();
    page.check();
    on("form", "input", || page.check());
    on("save", "click", || save(&page.finished()));
    on("save-loader", "click", save_loader);
    on("copy", "click", || say_copied("snippet"));
}

/// The packs in the file. Each character of a data block stands for the byte that is its lowest eight bits.
fn packs(file: &str) -> Vec<Pack> {
    let block = |part: &str| {
        let (_, text) = part.split_once('>')?;
        Pack::decode(&text.split_once('<')?.0.chars().map(|c| c as u32 as u8).collect::<Vec<u8>>())
    };
    file.split(" data-pack=").skip(1).filter_map(block).collect()
}

impl Page {
    /// What only the content knows: regions, languages, optional sections.
    fn draw_lists(&self) {
        let Some(first) = self.packs.first() else { return };
        put("region", first.regions.iter().map(|r| with(leaf("option", &r.name), "value", &r.id)));
        put("languages", self.packs.iter().map(|p| tick("languages", &p.lang, p.words.language_name())));
        let sections = first.safety.optional.iter().filter_map(|link| first.questionnaire.item(link));
        put("without", sections.map(|i| tick("without", &i.link_id, i.label())));
        if let Some(logo) = dom::by_id("logo") {
            logo.set_attribute("data-most", &LOGO_MOST.to_string());
        }
    }

    /// What the form says, as settings, and what is wrong with it.
    fn read(&self) -> (Settings, Vec<BadSetting>) {
        let Some(first) = self.packs.first() else { return Default::default() };
        let languages: Vec<&str> = self.packs.iter().map(|p| p.lang.as_str()).collect();
        let refuses = |text: &str| refused::quoted(&self.packs, text);
        let get = |name: &str| Some(if name == "colours" { colours() } else { value(name) });
        Settings::read(&get, &[], &Known::of(first, &languages, &refuses))
    }

    fn check(&self) {
        let (settings, bad) = self.read();
        for setting in SETTINGS {
            let wrong = bad.iter().find(|b| b.name == setting.name);
            write(&["wrong-", setting.name].concat(), &wrong.map(|b| ["Write ", &b.want, "."].concat()).unwrap_or_default());
            if let Some(field) = dom::by_id(setting.name) {
                field.set_attribute("aria-invalid", if wrong.is_some() { "true" } else { "false" });
            }
        }
        let left = match bad.len() {
            0 => String::new(),
            1 => "One entry can't be used yet. Its default is in the file until you change it.".into(),
            n => format!("{n} entries can't be used yet. Their defaults are in the file until you change them."),
        };
        write("left", &left);
        let moved = theme::derive(&settings.colours()).map(|t| t.moved).unwrap_or_default();
        put("moved", moved.iter().map(moved_line));
        self.write_snippet(&settings);
        show(&self.preview(&settings));
    }

    /// A hash is worth having where the loader never changes under its address: in a folder that is named after its version.
    fn write_snippet(&self, settings: &Settings) {
        let place = Some(value("place")).filter(|p| !p.is_empty()).unwrap_or_else(|| "https://files.your-clinic.example/consult-ready".into());
        let place = [place.trim_end_matches('/'), "/"].concat();
        let hash = Some(integrity()).filter(|_| place.ends_with(&["/", FOLDER, "/"].concat()));
        if let (Some(field), Some(first)) = (dom::by_id("snippet"), self.packs.first()) {
            field.set_value(&one_file::snippet(&place, settings, first.region(&settings.region), first.words.start_title(), hash.as_deref()));
        }
        let about = if hash.is_some() {
            HASHED.into()
        } else {
            ["If the folder is called ", FOLDER, ", the lines can say which loader is the right one."].concat()
        };
        write("about-hash", &about);
    }

    fn with(&self, settings: &Settings) -> String {
        let region = self.packs.first().and_then(|p| p.region(&settings.region));
        one_file::with_settings(&self.file, settings, region).unwrap_or_default()
    }

    fn finished(&self) -> String {
        self.with(&self.read().0)
    }

    /// The file as it is shown here: at a kiosk, or at its end.
    fn preview(&self, settings: &Settings) -> String {
        let view = value("view");
        let mark = match view.split(' ').next() {
            Some("kiosk") => "<html data-mode=\"kiosk\" ",
            Some("paper") => "<html data-view=\"sheets\" ",
            _ => "<html ",
        };
        let file = self.with(settings);
        file.split_once("<html ").map(|(before, after)| [before, mark, after].concat()).unwrap_or(file)
    }
}

/// The colours that are ticked, by their places; those between them are left to us.
fn colours() -> String {
    let each = |i: usize| if value(&format!("colour{i}-on")).is_empty() { "auto".into() } else { value(&format!("colour{i}")) };
    let mut all: Vec<String> = (1..=theme::MOST).map(each).collect();
    while all.last().is_some_and(|c| c == "auto") {
        all.pop();
    }
    all.join(" ")
}

fn moved_line(moved: &Moved) -> Node {
    const NAMES: [&str; theme::MOST] = ["Buttons and links", "Page", "Text", "Boxes", "Notes"];
    let when = if moved.dark { "On dark screens" } else { "On light screens" };
    let name = NAMES.get(moved.which).unwrap_or(&"A colour");
    let text = format!("{when}: {name} in {} would be hard to read, so the nearest that reads well is used: {}.", moved.from.css(), moved.to.css());
    let line = leaf("li", &text);
    for colour in [moved.from, moved.to] {
        let (drawing, square) = (dom::svg("svg"), dom::svg("rect"));
        for (name, value) in [("class", "swatch"), ("viewBox", "0 0 1 1"), ("preserveAspectRatio", "none"), ("aria-hidden", "true")] {
            drawing.set_attribute(name, value);
        }
        for (name, value) in [("width", "1"), ("height", "1"), ("fill", &colour.css())] {
            square.set_attribute(name, value);
        }
        drawing.append(&square);
        line.append(&drawing);
    }
    line
}

fn on(id: &str, kind: &str, act: impl Fn() + 'static) {
    let act = Closure::<dyn FnMut(dom::Event)>::new(move |_| act());
    if let Some(node) = dom::by_id(id) {
        node.listen(kind, &act);
    }
    // It listens as long as the page stands.
    act.forget();
}

fn say_copied(id: &str) {
    let say =
        |done: bool| write("copied", if done { "Copied." } else { "The browser did not allow that. The text is selected: copy it with Ctrl+C." });
    copy(id, &Closure::once_into_js(say));
}

/// Touched only if it changes: what is put there again is read out again.
fn write(id: &str, text: &str) {
    if let Some(node) = dom::by_id(id).filter(|n| n.text() != text) {
        node.set_text(text);
    }
}

fn put(id: &str, kids: impl Iterator<Item = Node>) {
    if let Some(node) = dom::by_id(id) {
        node.set_text("");
        kids.for_each(|kid| node.append(&kid));
    }
}

fn leaf(tag: &str, text: &str) -> Node {
    let node = dom::element(tag);
    node.set_text(text);
    node
}

fn with(node: Node, name: &str, value: &str) -> Node {
    node.set_attribute(name, value);
    node
}

fn tick(name: &str, value: &str, text: &str) -> Node {
    let id = [name, "-", value].concat();
    let input = dom::element("input");
    for (attribute, value) in [("type", "checkbox"), ("name", name), ("value", value), ("id", &id)] {
        input.set_attribute(attribute, value);
    }
    let row = with(dom::element("div"), "class", "opt");
    row.append(&input);
    row.append(&with(leaf("label", text), "for", &id));
    row
}
