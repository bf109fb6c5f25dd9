//! The last step: where the file will stand, what to paste there, which headers that needs, and
//! what to do next.

use super::Page;
use super::draw::{hide, leaf, mark_invalid, write};
use super::host::{integrity, value, word, worded};
use super::{FOLDER, dom};
use engine::pack::Settings;
use export::one_file;

/// The address that the lines have until there is a real one.
const EXAMPLE: &str = "https://files.your-clinic.example/consult-ready";
/// How many lines "What to do next" has.
const STEPS: usize = 3;

/// Where people will use it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    WordPress,
    Wix,
    Squarespace,
    Webflow,
    Kiosk,
}

impl Kind {
    fn chosen() -> Self {
        match value("kind").as_str() {
            "wordpress" => Self::WordPress,
            "wix" => Self::Wix,
            "squarespace" => Self::Squarespace,
            "webflow" => Self::Webflow,
            "kiosk" => Self::Kiosk,
            _ => Self::Plain,
        }
    }

    /// Whether the two files are put on a server by the clinic.
    fn hosts(self) -> bool {
        !matches!(self, Self::WordPress | Self::Kiosk)
    }
}

/// Whether the file stands beside other pages, whose scripts could then read it.
fn is_shared(kind: Kind) -> bool {
    kind == Kind::Plain && value("shared") == "yes"
}

/// What to look at again in this step, as ids of fields.
pub fn wrong() -> Vec<&'static str> {
    let place = wrong_place(&value("place")).map(|_| "place");
    let kept = (is_shared(Kind::chosen()) && !value("ownOrigin").is_empty()).then_some("ownOrigin");
    place.into_iter().chain(kept).collect()
}

/// The word for what is wrong with an address; a machine's own may do without https, so that lines
/// can be tried there.
fn wrong_place(place: &str) -> Option<&'static str> {
    let lower = place.trim().to_ascii_lowercase();
    let is_host = |rest: &str| {
        rest.split('/').next().is_some_and(|h| !h.is_empty())
            && !rest.contains(|c: char| c.is_whitespace() || "\"'<>\\@".contains(c))
    };
    let own = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    match lower.strip_prefix("https://") {
        _ if lower.is_empty() => None,
        Some(rest) => (!is_host(rest)).then_some("wrong-place-script"),
        None if own.iter().any(|start| {
            lower.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        }) =>
        {
            None
        }
        None => Some(if lower.starts_with("http:") { "wrong-place-http" } else { "wrong-place-script" }),
    }
}

/// Draws the step.
pub fn draw(page: &Page, settings: &Settings) {
    let kind = Kind::chosen();
    show_parts(kind);
    hide("own-part", kind != Kind::WordPress || settings.questions.is_empty());
    if let Some(field) = dom::by_id("own-lines") {
        field.set_value(&settings.questions);
    }
    let name = value("kind");
    let next =
        (1..=STEPS).map(|step| leaf("li", &worded(&format!("next-{name}-{step}"), &[env!("CARGO_PKG_VERSION")])));
    page.redraw("next", &[name.as_str(), page.lang().as_str()].concat(), next.collect());
    write_headers(kind);
    write_snippet(page, kind, settings);
    let wrong = wrong_place(&value("place"));
    write("wrong-place", &wrong.map(word).unwrap_or_default());
    mark_invalid("place", wrong.is_some());
    if is_shared(kind) && !value("ownOrigin").is_empty() {
        write("wrong-ownOrigin", &word("keep-not-alone"));
    }
}

fn show_parts(kind: Kind) {
    let kiosk =
        ["kiosk", "kioskPrint", "kioskIdle", "kioskPin", "kioskHome"].iter().any(|name| !value(name).is_empty());
    for (id, shown) in [
        ("hosting", kind.hosts()),
        ("shared", kind == Kind::Plain),
        ("paste", kind != Kind::Kiosk),
        ("loader-part", kind.hosts()),
        ("headers-part", is_shared(kind)),
        ("embed-part", kind.hosts()),
        // What was set stays in sight.
        ("kiosk-part", kind == Kind::Kiosk || kiosk),
    ] {
        hide(id, !shown);
    }
}

fn write_headers(kind: Kind) {
    let key = match kind {
        Kind::WordPress => "headers-wordpress",
        Kind::Kiosk => "headers-kiosk",
        _ if is_shared(kind) => "headers-shared",
        _ => "headers-own",
    };
    write("headers-about", &word(key));
}

/// A hash is worth having where the loader never changes under its address: in a folder that is
/// named after its version.
fn write_snippet(page: &Page, kind: Kind, settings: &Settings) {
    let place = Some(value("place").trim().to_owned())
        .filter(|p| !p.is_empty() && wrong_place(p).is_none())
        .unwrap_or_else(|| EXAMPLE.into());
    let place = [place.trim_end_matches('/'), "/"].concat();
    let hash = Some(integrity()).filter(|_| place.ends_with(&["/", FOLDER, "/"].concat()));
    let (label, lines) = match kind {
        Kind::WordPress => ("snippet-wordpress", "[consult_ready]".into()),
        Kind::Wix => ("snippet-wix", wix(&place)),
        _ => ("snippet", lines(page, &place, settings, hash.as_deref())),
    };
    write("snippet-label", &word(label));
    if let Some(field) = dom::by_id("snippet") {
        field.set_value(&lines);
    }
    let about = match (kind, hash) {
        (Kind::WordPress | Kind::Wix | Kind::Kiosk, _) => String::new(),
        (_, Some(_)) => word("hashed"),
        (_, None) => worded("not-hashed", &[FOLDER]),
    };
    write("about-hash", &about);
}

fn lines(page: &Page, place: &str, settings: &Settings, hash: Option<&str>) -> String {
    let Some(pack) = page.pack_for(settings) else { return String::new() };
    one_file::snippet(place, settings, pack.region(&settings.region), pack.words.start_title(), hash)
}

/// Wix asks for each by itself.
fn wix(place: &str) -> String {
    let row = |key: &str, what: &str| format!("{}: {what}\n", word(key));
    [
        row("wix-url", &format!("{place}consult-ready.js")),
        row("wix-tag", "consult-ready"),
        row("wix-attribute", &format!("src = {place}consult-ready.html")),
    ]
    .concat()
}
