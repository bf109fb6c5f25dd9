//! Folds a text for comparison: case, accents, hyphens and apostrophes make no difference.

/// Letters and digits in lower case without accents; anything else is a space.
///
/// Lower case and accents of the languages of western Europe: all of Unicode's cost the browser 14
/// kB of tables.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (c, folded_letter(c)) {
            (_, Some(letter)) => out.push(letter),
            // "St John's" is found as "st johns", "Claritin-D" as "claritind" or "claritin d".
            ('\'' | '’', None) => {}
            (_, None) if !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.trim().into()
}

/// A letter or digit in lower case without its accent; `None` for anything else.
pub(super) fn folded_letter(c: char) -> Option<char> {
    Some(match lower(c) {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        c if is_letter(c) => c,
        _ => return None,
    })
}

fn lower(c: char) -> char {
    match c {
        // In Latin-1 the small letters stand 32 behind the capitals.
        'À'..='Þ' if c != '×' => char::from_u32(c as u32 + 32).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    }
}

/// True for letters and digits of all scripts; false for signs, dashes and pictures.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (matches!(c, 'À'..='\u{1fff}' | '\u{3040}'..='\u{d7ff}') && !matches!(c, '×' | '÷'))
}
