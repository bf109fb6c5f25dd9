//! What the values of settings may name, taken from the content that is in the file.

use super::{FONTS, List, Settings};
use crate::pack::own::{self, OwnFault, OwnQuestion};
use crate::pack::plain_text::{Refuses, digits};
use crate::pack::{Pack, Region};

/// Emergency numbers and crisis lines that are no clinic's phone.
const CRISIS_NUMBERS: &[&str] = &["911", "988", "112", "999", "116123"];

/// What a setting may name: taken from the content that is in the file.
#[derive(Default)]
pub struct Known<'a> {
    pub(super) regions: Vec<&'a str>,
    languages: Vec<&'a str>,
    sections: Vec<&'a str>,
    /// Numbers of the crisis lines, as digits, and what stands before them from abroad.
    crisis: Vec<(&'a str, String)>,
    refused: Option<Refuses<'a>>,
}

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
    pub(super) fn is_crisis_number(&self, value: &str) -> bool {
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
        if questions.is_empty() {
            return None;
        }
        own::own_fault(questions, &self.offered(settings), &|text| self.refuses(text))
    }

    /// The first thing wrong with each question, in their order; `offered` are the languages in
    /// which each text has to be there.
    pub fn own_faults(&self, questions: &[OwnQuestion], offered: &[&str]) -> Vec<OwnFault> {
        own::own_faults(questions, offered, &|text| self.refuses(text))
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

    pub(super) fn list(&self, list: List) -> &[&'a str] {
        match list {
            List::Regions => &self.regions,
            List::Languages => &self.languages,
            List::Sections => &self.sections,
            List::Fonts => &FONTS,
            List::YesOrNo => &["yes", "no"],
        }
    }
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
