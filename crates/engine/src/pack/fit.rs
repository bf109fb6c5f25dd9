//! Whether a clinic's crisis lines are those of the place where it is. Nothing here is certain, so
//! nothing is refused: the set-up page tells it, and asks.

use super::Region;
use super::plain_text::digits;
use super::settings::Settings;

/// Why the chosen region may be the wrong one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The tool is offered in this language, and no line of the region answers in it.
    Language(String),
    /// This phone number reads like one of another country.
    Phone(String),
}

/// What speaks against a region. `languages` are those of the file.
pub fn doubts(settings: &Settings, region: &Region, languages: &[&str]) -> Vec<Doubt> {
    let offered = languages.iter().filter(|lang| settings.offers(lang));
    let unspoken =
        offered.filter(|lang| !region.spoken.is_empty() && !region.spoken.iter().any(|spoken| spoken == *lang));
    let phones = [&settings.phone, &settings.after_hours].into_iter();
    let foreign = phones.filter(|phone| !phone.is_empty() && is_foreign(phone, &region.calling));
    unspoken
        .map(|lang| Doubt::Language((*lang).into()))
        .chain(foreign.map(|phone| Doubt::Phone(phone.clone())))
        .collect()
}

/// By what a number begins with; one that could be of the region is of the region.
fn is_foreign(phone: &str, calling: &str) -> bool {
    if calling.is_empty() {
        return false;
    }
    let number = digits(phone);
    let abroad = if phone.trim_start().starts_with('+') { Some(number.as_str()) } else { number.strip_prefix("00") };
    if let Some(abroad) = abroad {
        return !abroad.starts_with(calling);
    }
    match calling {
        // No number in North America begins with 0.
        "1" => number.starts_with('0'),
        // Mexican numbers have ten digits too.
        "52" => false,
        _ => is_american(&number),
    }
}

/// Ten digits that begin with 2 to 9, or a 1 before them. Elsewhere a number of that length begins
/// with 0 or 1.
fn is_american(number: &str) -> bool {
    let ten = if number.len() == 11 { number.strip_prefix('1') } else { Some(number) };
    ten.is_some_and(|ten| ten.len() == 10 && ten.starts_with(|c: char| ('2'..='9').contains(&c)))
}
