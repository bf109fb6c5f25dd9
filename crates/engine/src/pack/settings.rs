//! What a clinic sets. Data only: it can't reach the medicine, the risk cards or the crisis lines.
//!
//! [`SETTINGS`] is the one list. The app, `cargo xtask bundle` and the set-up page check by it, and
//! a test holds the loader's attributes against it. Every value is text, because an attribute is.

mod known;
mod value;

pub use known::Known;

use super::own::OWN_WHOLE;
use super::plain_text::is_line;
use crate::clean::clean;
use crate::theme::{self, Colour};
use value::{Form, LINK_MOST, PHONE_MOST, words};

/// A clinic's own settings, as they stand in the one file's data block. What is not set, or not
/// usable, is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Name of the clinic; empty if the file belongs to no clinic yet.
    pub clinic: String,
    /// Phone number as shown.
    pub phone: String,
    /// Phone outside opening hours, as shown.
    pub after_hours: String,
    /// Where the clinic is, in one line.
    pub address: String,
    /// When it is open, in one line.
    pub hours: String,
    /// Page on which a visit can be booked.
    pub booking: String,
    /// The clinic's sign, as a `data:` address.
    pub logo: String,
    /// Words of its own on the first screen.
    pub welcome: String,
    /// What it asks of people before their visit, on the sheet to keep.
    pub prepare: String,
    /// See [`Settings::colours`].
    pub colours: String,
    /// Radius of corners in pixels.
    pub corners: String,
    /// One of [`FONTS`].
    pub font: String,
    /// Tags of the languages it offers.
    pub languages: String,
    /// Region of the crisis lines, by id.
    pub region: String,
    /// Sections of the questionnaire that it leaves out, of those that the content calls optional.
    pub without: String,
    /// Rank of the tool's own headings in a page around it.
    pub heading: String,
    /// The clinic's own questions, as [`super::read_own`] reads them.
    pub questions: String,
    /// "yes" where the file is alone on a web address of its own, so that visitors may keep
    /// unfinished answers there.
    pub own_origin: String,
    /// "yes" for a kiosk. `boot.js` reads it too: it must know before this code runs.
    pub kiosk: String,
    /// Seconds without a touch before a kiosk asks whether the visitor is there; empty for the
    /// default.
    pub kiosk_idle: String,
    /// Opens a kiosk's staff corner; empty for none.
    pub kiosk_pin: String,
    /// "yes" where the browser prints without asking.
    pub kiosk_print: String,
    /// Where the same tool stands on the clinic's own website: a kiosk shows it as a code, to go on
    /// at home.
    pub kiosk_home: String,
}

/// A setting that can't be used as it is: named on screen for the clinic, with its default in
/// force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSetting {
    /// Which setting.
    pub name: String,
    /// What it should look like.
    pub want: String,
}

/// One thing that can be set.
pub struct Setting {
    /// Its name in the data block; as an attribute `afterHours` is `after-hours`.
    pub name: &'static str,
    form: Form,
    slot: fn(&mut Settings) -> &mut String,
}

/// What a value has to be, as plain data for a form that is not written in Rust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// `line`, `name`, `words`, `phone`, `link`, `image`, `colours`, `number`, `between`, `digits`,
    /// `one`, `some` or `questions`.
    pub kind: &'static str,
    /// The most letters, the most colours, or the largest number; 0 where the kind has no such
    /// limit.
    pub most: usize,
    /// Ids to choose from, for `one` and `some`.
    pub choices: Vec<String>,
}

impl Setting {
    /// Its name as an attribute: `afterHours` is `after-hours`.
    pub fn attribute(&self) -> String {
        let mut out = String::new();
        for c in self.name.chars() {
            if c.is_ascii_uppercase() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        }
        out
    }

    /// What a value has to be.
    pub fn shape(&self, known: &Known<'_>) -> Shape {
        let (kind, most, list) = match &self.form {
            Form::Line(most) => ("line", *most, None),
            Form::Name(most) => ("name", *most, None),
            Form::Words(most) => ("words", *most, None),
            Form::Phone => ("phone", PHONE_MOST, None),
            Form::Link => ("link", LINK_MOST, None),
            Form::Image => ("image", LOGO_MOST, None),
            Form::Colours => ("colours", theme::MOST, None),
            Form::Number(most) => ("number", usize::from(*most), None),
            Form::Between(_, most) => ("between", *most as usize, None),
            Form::Digits(_, most) => ("digits", *most, None),
            Form::One(list) => ("one", 0, Some(*list)),
            Form::Some(list) => ("some", 0, Some(*list)),
            Form::Questions => ("questions", OWN_WHOLE, None),
        };
        let choices = list.map(|list| known.list(list).iter().map(ToString::to_string).collect()).unwrap_or_default();
        Shape { kind, most, choices }
    }
}

#[derive(Clone, Copy)]
enum List {
    Regions,
    Languages,
    Sections,
    Fonts,
    YesOrNo,
}

/// Fonts that every system has, by what they are like.
pub const FONTS: [&str; 4] = ["book", "plain", "serif", "round"];
/// Most letters of a logo: 45 kB of picture.
pub const LOGO_MOST: usize = 60_000;
/// Maximum number of unknown settings that are named, since a page shows each.
const MOST_UNKNOWN: usize = 20;

/// All settings, in the order of the set-up page.
pub const SETTINGS: &[Setting] = &[
    // Names are printed beside medical content, so they are kept to one short line.
    Setting { name: "clinic", form: Form::Name(80), slot: |s| &mut s.clinic },
    Setting { name: "phone", form: Form::Phone, slot: |s| &mut s.phone },
    Setting { name: "afterHours", form: Form::Phone, slot: |s| &mut s.after_hours },
    Setting { name: "address", form: Form::Line(160), slot: |s| &mut s.address },
    Setting { name: "hours", form: Form::Line(120), slot: |s| &mut s.hours },
    Setting { name: "booking", form: Form::Link, slot: |s| &mut s.booking },
    Setting { name: "logo", form: Form::Image, slot: |s| &mut s.logo },
    Setting { name: "welcome", form: Form::Words(300), slot: |s| &mut s.welcome },
    Setting { name: "prepare", form: Form::Words(400), slot: |s| &mut s.prepare },
    Setting { name: "colours", form: Form::Colours, slot: |s| &mut s.colours },
    Setting { name: "corners", form: Form::Number(24), slot: |s| &mut s.corners },
    Setting { name: "font", form: Form::One(List::Fonts), slot: |s| &mut s.font },
    Setting { name: "languages", form: Form::Some(List::Languages), slot: |s| &mut s.languages },
    Setting { name: "region", form: Form::One(List::Regions), slot: |s| &mut s.region },
    Setting { name: "without", form: Form::Some(List::Sections), slot: |s| &mut s.without },
    Setting { name: "heading", form: Form::Number(4), slot: |s| &mut s.heading },
    // Behind the languages, in each of which its texts have to be.
    Setting { name: "questions", form: Form::Questions, slot: |s| &mut s.questions },
];

/// The name by which `boot.js` tells that the block of settings is no JSON, and what to do then.
const BLOCK: (&str, &str) = (
    "settings",
    "complete JSON, such as {\"clinic\":\"Your Clinic\",\"phone\":\"+1 555 010 0123\"}. Look in the file for a comma, quotation mark or bracket \
     that is missing or too many, or make the file anew with setup.html. Until then none of its settings is used",
);

/// Settings that stand in the file alone: a frame in another page is no kiosk and keeps nothing.
pub const FILE_ONLY: &[Setting] = &[
    Setting { name: "ownOrigin", form: Form::One(List::YesOrNo), slot: |s| &mut s.own_origin },
    Setting { name: "kiosk", form: Form::One(List::YesOrNo), slot: |s| &mut s.kiosk },
    Setting { name: "kioskIdle", form: Form::Between(30, 1200), slot: |s| &mut s.kiosk_idle },
    Setting { name: "kioskPin", form: Form::Digits(4, 8), slot: |s| &mut s.kiosk_pin },
    Setting { name: "kioskPrint", form: Form::One(List::YesOrNo), slot: |s| &mut s.kiosk_print },
    Setting { name: "kioskHome", form: Form::Link, slot: |s| &mut s.kiosk_home },
];

fn all() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().chain(FILE_ONLY)
}

impl Settings {
    /// Takes the settings out of name-value pairs; what can't be used is left at its default and
    /// named. `names` are those that there are values for.
    pub fn read(get: &dyn Fn(&str) -> Option<String>, names: &[String], known: &Known<'_>) -> (Self, Vec<BadSetting>) {
        let mut settings = Self::default();
        let mut bad = Vec::new();
        for setting in all() {
            let value = get(setting.name).unwrap_or_default();
            let value = value.trim();
            match setting.form.refuses(value, known, &settings) {
                Some(want) if !value.is_empty() => bad.push(BadSetting { name: setting.name.into(), want }),
                _ => *(setting.slot)(&mut settings) = clean(value),
            }
        }
        for name in names.iter().filter(|n| all().all(|s| s.name != n.as_str())).take(MOST_UNKNOWN) {
            // Itself a text from outside.
            let shown = if is_line(name, 40) { name.as_str() } else { "?" };
            let (name, want) = if name == BLOCK.0 {
                ("the block of settings", BLOCK.1)
            } else {
                (shown, "one of the names in the guide")
            };
            bad.push(BadSetting { name: name.into(), want: want.into() });
        }
        if settings.region.is_empty() {
            settings.region = known.regions.first().map(|r| (*r).to_string()).unwrap_or_default();
        }
        (settings, bad)
    }

    /// What is set, as name and value.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut copy = self.clone();
        all().map(|s| (s.name, std::mem::take((s.slot)(&mut copy)))).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The phone number as a `tel:` link wants it.
    pub fn dial(number: &str) -> String {
        number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }

    /// Name and numbers, as they stand in one line. `closed` says when the second number is the one
    /// to call ("When it is closed"); empty where the line is of no one language.
    pub fn line(&self, closed: &str) -> String {
        let second = match &self.after_hours {
            number if closed.is_empty() || number.is_empty() => number.clone(),
            number => format!("{closed}: {number}"),
        };
        [&self.clinic, &self.phone, &second]
            .into_iter()
            .filter(|t| !t.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// The colours it gave, in the order of [`theme::MOST`]; `None` where it says `auto`.
    pub fn colours(&self) -> Vec<Option<Colour>> {
        words(&self.colours).map(Colour::read).collect()
    }

    /// Whether a language is offered: all are, unless some are named.
    pub fn offers(&self, lang: &str) -> bool {
        self.languages.is_empty() || words(&self.languages).any(|l| l == lang)
    }

    /// Whether a section of the questionnaire is left out.
    pub fn leaves_out(&self, section: &str) -> bool {
        words(&self.without).any(|s| s == section)
    }
}
