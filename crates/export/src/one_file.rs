//! The one file with a clinic's settings in it: the block of data, and what stands in the file as
//! plain HTML for the time before the app runs and for where it can't. Used where a file is made:
//! `cargo xtask bundle`, and the set-up page.

use crate::html::escape;
use engine::pack::{Region, Settings};
use serde::{Serialize, Serializer};

const BLOCK: &str = "<script type=\"application/json\" id=\"settings\">";
const HELP: &str = "<p id=\"shell-help\">";
const CLINIC: &str = "<p id=\"fallback-clinic\">";

/// The places that [`with_settings`] fills, as they stand in a file without settings.
pub const EMPTY_BLOCK: &str = "<script type=\"application/json\" id=\"settings\">{}</script>";
/// See [`EMPTY_BLOCK`].
pub const EMPTY_HELP: &str = "<p id=\"shell-help\"></p>";
/// See [`EMPTY_BLOCK`].
pub const EMPTY_CLINIC: &str = "<p id=\"fallback-clinic\"></p>";

/// The file with these settings; `None` if it is not our file. `region` is the clinic's.
pub fn with_settings(file: &str, settings: &Settings, region: Option<&Region>) -> Option<String> {
    let clinic = settings.line("");
    let clinic = if clinic.is_empty() { clinic } else { format!("<strong>{}</strong>", escape(&clinic)) };
    let file = put(file, HELP, "</p>", &region.map(first_help).unwrap_or_default())?;
    let file = put(&file, CLINIC, "</p>", &clinic)?;
    put(&file, BLOCK, "</script>", &script_json(&Pairs(settings.pairs())).ok()?)
}

/// JSON as it may stand in a script element: without `<`, so that it can't end the element.
///
/// # Errors
/// As `serde_json::to_string`.
pub fn script_json(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value).map(|json| json.replace('<', "\\u003c"))
}

/// What a finished file says that it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// The file is not one of this tool, in any version.
    NotOurs,
    /// It is ours, and its block of settings can't be read.
    Broken,
    /// Its settings as they stand there, by name. What each is worth, [`Settings::read`] says.
    Settings(Vec<(String, String)>),
}

/// Reads the settings out of a finished file, of this version or of one before: the block never
/// changed its mark.
pub fn read_settings(file: &str) -> Opened {
    let block = file.split_once(BLOCK).and_then(|(_, rest)| rest.split_once("</script>"));
    let Some((block, _)) = block.filter(|_| file.contains(CLINIC)) else { return Opened::NotOurs };
    let Ok(values) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(block) else {
        return Opened::Broken;
    };
    // All values are text; what somebody wrote by hand as a number or a list is read as the app
    // reads it.
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    Opened::Settings(
        values.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, text(value))).collect(),
    )
}

/// Puts a text between the first such mark and what ends it.
fn put(file: &str, mark: &str, end: &str, text: &str) -> Option<String> {
    let (before, rest) = file.split_once(mark)?;
    let (_, after) = rest.split_once(end)?;
    Some([before, mark, text, end, after].concat())
}

/// A region's emergency number and main line, as HTML.
pub fn first_help(region: &Region) -> String {
    let dial = |number: &str, words: &str| {
        if number.is_empty() {
            escape(words)
        } else {
            format!("<a href=\"tel:{}\">{}</a>", Settings::dial(number), escape(words))
        }
    };
    let line = region
        .lines
        .first()
        .map(|c| format!("<strong>{}</strong>: {}", escape(&c.name), dial(&c.tel, &c.text)))
        .unwrap_or_default();
    format!("<strong>{}</strong> {line}", dial(&region.emergency, &region.emergency_text))
}

/// What a clinic pastes into its own page. `place` is the address of the folder that holds the two
/// files, `integrity` the hash of the loader in it, where that will stay the same. Nothing in it
/// ends a paragraph that it is pasted into.
pub fn snippet(
    place: &str,
    settings: &Settings,
    region: Option<&Region>,
    title: &str,
    integrity: Option<&str>,
) -> String {
    let place = escape(place);
    let integrity =
        integrity.map(|hash| [" integrity=\"", &escape(hash), "\" crossorigin"].concat()).unwrap_or_default();
    let call = if settings.phone.is_empty() {
        String::new()
    } else {
        format!(
            "  <span>{}: <a href=\"tel:{}\">{}</a></span><br>\n",
            escape(&settings.clinic),
            Settings::dial(&settings.phone),
            escape(&settings.phone)
        )
    };
    let help = region.map(first_help).unwrap_or_default();
    format!(
        "<consult-ready src=\"{place}consult-ready.html\">\n{call}  <span>{help}</span>\n  <noscript><a href=\"{place}consult-ready.html\">{}</a></noscript>\n</consult-ready>\n<script src=\"{place}consult-ready.js\"{integrity} referrerpolicy=\"no-referrer\" async></script>\n",
        escape(title)
    )
}

/// Settings as one object of texts, in their order.
struct Pairs(Vec<(&'static str, String)>);

impl Serialize for Pairs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
