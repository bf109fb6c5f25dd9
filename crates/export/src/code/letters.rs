//! Bytes as text of 41 letters.

/// Two bytes are three letters. No blank, which gets lost at the end of a line, and nothing that an
/// address has.
const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-.";

/// The bytes as letters.
pub(super) fn letters(bytes: &[u8]) -> String {
    let mut out = String::new();
    for pair in bytes.chunks(2) {
        let mut value = pair.iter().fold(0_usize, |v, b| v << 8 | usize::from(*b));
        for _ in 0..=pair.len() {
            out.extend(LETTERS.chars().nth(value % 41));
            value /= 41;
        }
    }
    out
}

/// The bytes that letters stand for; `None` for anything else.
pub(super) fn from_letters(text: &str) -> Option<Vec<u8>> {
    let values = text.chars().map(|c| LETTERS.find(c)).collect::<Option<Vec<usize>>>()?;
    let mut out = Vec::new();
    for group in values.chunks(3) {
        let value = group.iter().rev().fold(0, |v, digit| v * 41 + digit);
        match group.len() {
            3 => out.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => out.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(out)
}
