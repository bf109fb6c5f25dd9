//! Tests of texts that a clinic writes: one line, without the name or number of a crisis line.

/// Returns the words that a clinic's own text may not say, in quotes (`refused::quoted`).
pub type Refuses<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Words of a crisis line's name: whoever reads it must reach that line, and no clinic.
pub const CRISIS_WORDS: &[&str] = &["lifeline", "suicide", "suicidio", "crisis", "samaritans"];

/// Numbers that a clinic's name does not have as a word.
pub const EMERGENCY_NUMBERS: &[&str] = &["911", "988"];

/// True for a text with a word of a crisis line's name.
pub(super) fn names_crisis_line(value: &str) -> bool {
    value.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| CRISIS_WORDS.contains(&word))
}

/// True for a text with an emergency number as a word.
pub(super) fn names_emergency_number(value: &str) -> bool {
    value.split(|c: char| !c.is_alphanumeric()).any(|word| EMERGENCY_NUMBERS.contains(&word))
}

/// The first word of a text that is a crisis line's, or an emergency number.
pub(super) fn crisis_word(value: &str) -> Option<String> {
    let value = value.to_lowercase();
    let mut words = value.split(|c: char| !c.is_alphanumeric());
    words.find(|word| CRISIS_WORDS.contains(word) || EMERGENCY_NUMBERS.contains(word)).map(Into::into)
}

/// The digits of a text.
pub(super) fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// True for at most `most` characters, none of which is a control character or turns the reading
/// direction around.
pub(super) fn is_line(value: &str, most: usize) -> bool {
    let odd = |c: char| matches!(c, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    value.chars().count() <= most && !value.chars().any(odd)
}
