//! What a clinic sets. Data only: it can't reach the medicine, the risk cards or the crisis lines.
//!
//! [`SETTINGS`] is the one list. The app, `cargo xtask bundle` and the set-up page check by it, and
//! a test holds the loader's attributes against it. Every value is text, because an attribute is.

use super::own::{OWN_WHOLE, own_fault};
use super::{OwnFault, Pack, Region};
use crate::clean::clean;
use crate::theme::{self, Colour};

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
    /// Seconds on a question before a kiosk asks whether somebody is there; empty for the usual.
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

/// What a value has to be.
enum Form {
    /// One line of so many letters.
    Line(usize),
    /// The same, and nothing that reads like an emergency number.
    Name(usize),
    /// A few sentences in the clinic's own words.
    Words(usize),
    Phone,
    Link,
    Image,
    Colours,
    /// A whole number up to this one.
    Number(u8),
    /// A whole number between these.
    Between(u32, u32),
    /// Digits, so many.
    Digits(usize, usize),
    One(List),
    Some(List),
    /// A clinic's own questions.
    Questions,
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
/// So many unknown settings are named: a page shows each.
const MOST_UNKNOWN: usize = 20;
/// Digits, spaces and the usual signs.
const PHONE_MOST: usize = 30;
const LINK_MOST: usize = 300;

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

/// What a setting may name: taken from the content that is in the file.
#[derive(Default)]
pub struct Known<'a> {
    regions: Vec<&'a str>,
    languages: Vec<&'a str>,
    sections: Vec<&'a str>,
    /// Numbers of the crisis lines, as digits, and what stands before them from abroad.
    crisis: Vec<(&'a str, String)>,
    refused: Option<Refuses<'a>>,
}

/// Gives the words that a clinic's own text may not say (`refused::quoted`).
pub type Refuses<'a> = &'a dyn Fn(&str) -> Option<String>;

impl<'a> Known<'a> {
    /// What the content knows, the same in each language. `languages` are those of the file, of
    /// which not all may have been read.
    pub fn of(pack: &'a Pack, languages: &[&'a str], refused: Refuses<'a>) -> Self {
        Self {
            regions: pack.regions.iter().map(|r| r.id.as_str()).collect(),
            languages: languages.to_vec(),
            sections: pack.safety.optional.iter().map(String::as_str).collect(),
            crisis: pack.regions.iter().flat_map(crisis_numbers).collect(),
            refused: Some(refused),
        }
    }

    /// Whether a phone number is one of theirs, at home, without the 1 of a long number, or from
    /// abroad.
    fn is_crisis_number(&self, value: &str) -> bool {
        let value = digits(value);
        // "000" is Australia's own.
        let value = value.strip_prefix("00").filter(|rest| rest.len() > 2).unwrap_or(&value);
        let same = |calling: &str, number: &str| {
            let home = number.strip_prefix('1').filter(|rest| calling == "1" && rest.len() == 10).unwrap_or(number);
            value == number
                || value == home
                || value.strip_prefix(calling).is_some_and(|rest| rest == home || rest == home.trim_start_matches('0'))
        };
        CRISIS_NUMBERS.contains(&value) || self.crisis.iter().any(|(calling, number)| same(calling, number))
    }

    /// The languages of the file that these settings offer.
    pub fn offered(&self, settings: &Settings) -> Vec<&'a str> {
        self.languages.iter().copied().filter(|lang| settings.offers(lang)).collect()
    }

    /// What is wrong with own questions, in the languages that these settings offer.
    pub fn own_fault(&self, questions: &str, settings: &Settings) -> Option<OwnFault> {
        if questions.is_empty() { None } else { own_fault(questions, &self.offered(settings), self) }
    }

    /// The refused words in a text, each in quotes.
    pub(super) fn refuses(&self, text: &str) -> Option<String> {
        self.refused.and_then(|words| words(text))
    }

    /// Numbers that are no clinic's phone, as digits, each with what stands before it from abroad;
    /// empty for those that are the same everywhere.
    pub fn crisis_numbers(&self) -> Vec<(&str, &str)> {
        let anywhere = CRISIS_NUMBERS.iter().map(|number| ("", *number));
        anywhere.chain(self.crisis.iter().map(|(calling, number)| (*calling, number.as_str()))).collect()
    }

    fn list(&self, list: List) -> &[&'a str] {
        match list {
            List::Regions => &self.regions,
            List::Languages => &self.languages,
            List::Sections => &self.sections,
            List::Fonts => &FONTS,
            List::YesOrNo => &["yes", "no"],
        }
    }
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

    /// Name and numbers, as they stand in one line.
    pub fn line(&self) -> String {
        [&self.clinic, &self.phone, &self.after_hours]
            .into_iter()
            .filter(|t| !t.is_empty())
            .map(String::as_str)
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

impl Form {
    /// What the value should be, if it is not that.
    // It is long as a table is: each form of a value, its test, and the words for it.
    fn refuses(&self, value: &str, known: &Known<'_>, before: &Settings) -> Option<String> {
        let (ok, want) = match self {
            Self::Questions => return known.own_fault(value, before).map(|fault| fault.want()),
            Self::Line(most) => (
                is_line(value, *most) && !names_crisis_line(value),
                format!("one line of at most {most} letters, not the name of a crisis line"),
            ),
            Self::Name(most) => (
                is_line(value, *most) && !names_crisis_line(value) && !names_emergency_number(value),
                format!("one line of at most {most} letters, not the name of a crisis line"),
            ),
            Self::Words(most) => {
                let short = is_line(&value.replace('\n', " "), *most);
                let said = if short { known.refuses(value) } else { None };
                let want = said.map(|words| format!("text that promises no result and judges nobody, without {words}"));
                (short && want.is_none(), want.unwrap_or_else(|| format!("plain text of at most {most} letters")))
            }
            Self::Phone if is_phone(value) && known.is_crisis_number(value) => {
                (false, "the clinic's own phone number, not that of a crisis line".into())
            }
            Self::Phone => {
                (is_phone(value) && !is_pay_per_call(value), "a phone number such as +1 555 010 0123".into())
            }
            Self::Link => (is_link(value), "an address that begins with https://".into()),
            Self::Image => (
                is_image(value),
                format!("a PNG, JPEG or WebP picture as a data: address of at most {LOGO_MOST} letters"),
            ),
            Self::Colours => (
                is_colours(value),
                format!("1 to {} colours such as #1c5954, with auto for one that we choose", theme::MOST),
            ),
            Self::Number(most) => (
                value.len() < 3
                    && value.bytes().all(|b| b.is_ascii_digit())
                    && value.parse().is_ok_and(|n: u8| n <= *most),
                format!("a whole number up to {most}"),
            ),
            Self::Between(least, most) => (
                value.len() < 5 && value.parse().is_ok_and(|n: u32| (*least..=*most).contains(&n)),
                format!("a whole number from {least} to {most}"),
            ),
            Self::Digits(least, most) => (
                (*least..=*most).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit()),
                format!("{least} to {most} digits"),
            ),
            Self::One(list) => {
                (known.list(*list).contains(&value), ["one of: ", &known.list(*list).join(", ")].concat())
            }
            Self::Some(list) => (
                words(value).next().is_some() && words(value).all(|v| known.list(*list).contains(&v)),
                ["some of: ", &known.list(*list).join(" ")].concat(),
            ),
        };
        (!ok).then_some(want)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', ',']).filter(|w| !w.is_empty())
}

/// Words of a crisis line's name: whoever reads it must reach that line, and no clinic.
pub const CRISIS_WORDS: &[&str] = &["lifeline", "suicide", "suicidio", "crisis", "samaritans"];

/// Emergency numbers and crisis lines that are no clinic's phone.
const CRISIS_NUMBERS: &[&str] = &["911", "988", "112", "999", "116123"];

fn names_crisis_line(value: &str) -> bool {
    value.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| CRISIS_WORDS.contains(&word))
}

/// Numbers that a clinic's name does not have as a word.
pub const EMERGENCY_NUMBERS: &[&str] = &["911", "988"];

/// "988" or "911" as a word of a name.
fn names_emergency_number(value: &str) -> bool {
    value.split(|c: char| !c.is_alphanumeric()).any(|word| EMERGENCY_NUMBERS.contains(&word))
}

/// The first word of a text that is a crisis line's, or an emergency number.
pub(super) fn crisis_word(value: &str) -> Option<String> {
    let value = value.to_lowercase();
    let mut words = value.split(|c: char| !c.is_alphanumeric());
    words.find(|word| CRISIS_WORDS.contains(word) || EMERGENCY_NUMBERS.contains(word)).map(Into::into)
}

/// All numbers by which a region's help is reached.
fn crisis_numbers(region: &Region) -> impl Iterator<Item = (&str, String)> {
    let lines = region.lines.iter().flat_map(|line| [&line.tel, &line.sms]);
    let numbers = std::iter::once(&region.emergency)
        .chain(lines)
        .map(|number| digits(number))
        .filter(|number| !number.is_empty());
    numbers.map(|number| (region.calling.as_str(), number))
}

/// Numbers beginning with 900 cost the caller by the minute, in the US, Canada and Mexico alike.
fn is_pay_per_call(value: &str) -> bool {
    let digits = digits(value);
    let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&digits);
    national.len() == 10 && national.starts_with("900")
}

pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// No control characters, and none that turn the reading direction around.
pub(super) fn is_line(value: &str, most: usize) -> bool {
    let odd = |c: char| matches!(c, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    value.chars().count() <= most && !value.chars().any(odd)
}

fn is_phone(value: &str) -> bool {
    value.len() <= PHONE_MOST
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.'))
        && value.chars().filter(char::is_ascii_digit).count() >= 3
}

/// A host and whatever follows, in the letters of an address: no name and password before it, no
/// second host.
fn is_link(value: &str) -> bool {
    let host = value.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    value.len() <= LINK_MOST
        && value
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`' | '{' | '}' | '|' | '^'))
        && host.is_some_and(|h| {
            h.contains('.') && h.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | ':'))
        })
}

/// Pixels only: an SVG can hold more than a picture.
fn is_image(value: &str) -> bool {
    let kinds = ["png", "jpeg", "webp"];
    let bytes =
        kinds.iter().find_map(|kind| value.strip_prefix("data:image/")?.strip_prefix(kind)?.strip_prefix(";base64,"));
    value.len() <= LOGO_MOST
        && bytes.is_some_and(|b| {
            !b.is_empty() && b.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='))
        })
}

/// The first is the clinic's own; without it there is nothing to derive the others from.
fn is_colours(value: &str) -> bool {
    let mut all = words(value);
    words(value).count() <= theme::MOST
        && all.next().is_some_and(|c| Colour::read(c).is_some())
        && all.all(|c| c == "auto" || Colour::read(c).is_some())
}
