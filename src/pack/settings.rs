//! What a clinic sets. Data only: it can't reach the medicine, the risk cards or the crisis lines.

/// A clinic's own settings, as they stand in the one file's data block.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Name of the clinic; empty if the file belongs to no clinic yet.
    pub clinic: String,
    /// Phone number as shown; empty if not given.
    pub phone: String,
    /// Phone outside opening hours, as shown; empty if not given.
    pub after_hours: String,
    /// Region of the crisis lines, by id.
    pub region: String,
    /// Seconds on a question before a kiosk asks whether somebody is there; empty for the usual.
    pub kiosk_idle: String,
    /// Opens a kiosk's staff corner; empty for none.
    pub kiosk_pin: String,
    /// "yes" where the browser prints without asking.
    pub kiosk_print: String,
}

/// A setting that can't be used as it is: named on screen for the clinic, with its default in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSetting {
    /// Which setting.
    pub name: &'static str,
    /// What it should look like.
    pub want: &'static str,
}

/// Names are printed beside medical content, so they are kept to one short line.
const NAME_MOST: usize = 80;
/// Digits, spaces and the usual signs.
const PHONE_MOST: usize = 30;

impl Settings {
    /// Takes the settings out of name-value pairs; what can't be used is left at its default and named.
    /// `regions` are the ids that the pack knows.
    pub fn read(get: &dyn Fn(&str) -> Option<String>, regions: &[&str]) -> (Self, Vec<BadSetting>) {
        let mut settings = Self { region: regions.first().map(|r| (*r).to_string()).unwrap_or_default(), ..Self::default() };
        let mut bad = Vec::new();
        let mut take =
            |name: &'static str, want: &'static str, ok: &dyn Fn(&str) -> bool, slot: &mut String| match get(name).map(|v| v.trim().to_string()) {
                Some(value) if value.is_empty() => {}
                Some(value) if ok(&value) => *slot = value,
                Some(_) => bad.push(BadSetting { name, want }),
                None => {}
            };
        take("clinic", "one line of at most 80 letters", &is_name, &mut settings.clinic);
        take("phone", "a phone number such as +1 555 010 0123", &is_phone, &mut settings.phone);
        take("afterHours", "a phone number such as +1 555 010 0123", &is_phone, &mut settings.after_hours);
        take("region", "one of the region ids in the README", &|v| regions.contains(&v), &mut settings.region);
        // Whether it is a kiosk at all the boot script reads: it must know before this code runs.
        take("kiosk", "“yes” or “no”", &is_yes_or_no, &mut String::new());
        take("kioskIdle", "seconds from 30 to 1200", &is_idle, &mut settings.kiosk_idle);
        take("kioskPin", "4 to 8 digits", &is_pin, &mut settings.kiosk_pin);
        take("kioskPrint", "“yes” or “no”", &is_yes_or_no, &mut settings.kiosk_print);
        (settings, bad)
    }

    /// The phone number as a `tel:` link wants it.
    pub fn dial(number: &str) -> String {
        number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// No control characters, and none that turn the reading direction around.
fn is_name(value: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    value.chars().count() <= NAME_MOST && !value.chars().any(odd)
}

fn is_yes_or_no(value: &str) -> bool {
    matches!(value, "yes" | "no")
}

fn is_idle(value: &str) -> bool {
    value.parse::<u32>().is_ok_and(|seconds| (30..=1200).contains(&seconds))
}

fn is_pin(value: &str) -> bool {
    (4..=8).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
}

fn is_phone(value: &str) -> bool {
    value.len() <= PHONE_MOST
        && value.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c))
        && value.chars().filter(char::is_ascii_digit).count() >= 3
}
