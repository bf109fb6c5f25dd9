//! Letters in the two Helvetica faces: their codes, their widths, and the lines they make.

use crate::Run;

/// Lengths are hundredths of a point: whole numbers come out the same on every machine.
pub type Length = i32;

/// A letter, in bold or not.
pub type Letter = (char, bool);

/// A text as letters.
pub fn letters(text: &str, bold: bool) -> Vec<Letter> {
    text.chars().map(|c| (c, bold)).collect()
}

/// Lines of at most `width`, broken at blanks, or inside a word that is longer than a line.
pub fn wrap(letters: &[Letter], size: Length, width: Length) -> Vec<&[Letter]> {
    let mut lines = Vec::new();
    for paragraph in letters.split(|l| l.0 == '\n') {
        let mut rest = paragraph;
        loop {
            let mut used = 0;
            let fits = rest.iter().take_while(|l| {
                used += advance(**l) * size / 1000;
                used <= width
            });
            let fits = fits.count().max(1);
            if fits >= rest.len() {
                break;
            }
            // The blank itself may stand over the edge.
            let blank = rest.iter().take(fits + 1).rposition(|l| l.0 == ' ').filter(|at| *at > 0);
            let (line, tail) = rest.split_at(blank.unwrap_or(fits));
            lines.push(line);
            rest = tail.get(usize::from(blank.is_some())..).unwrap_or_default();
        }
        lines.push(rest);
    }
    lines
}

/// How long a line is.
pub fn measure(letters: &[Letter], size: Length) -> Length {
    letters.iter().map(|l| advance(*l) * size / 1000).sum()
}

/// Width of a letter in thousandths of its size.
fn advance((c, bold): Letter) -> Length {
    let place = usize::from(byte(c).unwrap_or(b'?')).saturating_sub(0x20);
    let widths = if bold { &BOLD } else { &REGULAR };
    widths.get(place).copied().unwrap_or_default().into()
}

/// What WinAnsi has between 0x80 and 0x9f, a blank where it has nothing.
const MIDDLE: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// A letter in WinAnsi; blanks and hyphens of other lengths as the usual ones. `None` if it has
/// none.
pub fn byte(c: char) -> Option<u8> {
    match c {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        '\t' | '\r' | '\u{2000}'..='\u{200a}' | '\u{202f}' => Some(b' '),
        '\u{2010}' | '\u{2011}' | '\u{2212}' => Some(b'-'),
        c => MIDDLE.chars().position(|m| m == c).and_then(|place| u8::try_from(0x80 + place).ok()),
    }
}

/// A length in points.
pub fn point(length: Length) -> f32 {
    length as f32 / 100.0
}

/// Letters as bytes of a face; `?` for one that it doesn't have.
pub fn bytes(letters: &[Letter]) -> Vec<u8> {
    letters.iter().map(|(c, _)| byte(*c).unwrap_or(b'?')).collect()
}

// Widths of Adobe's Helvetica in WinAnsi from 0x20 on, in thousandths; 350 where it has no letter.
#[rustfmt::skip]
const REGULAR: [u16; 224] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 350,
    556, 350, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 350, 611, 350,
    350, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 350, 500, 667,
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
];
#[rustfmt::skip]
const BOLD: [u16; 224] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 350,
    556, 350, 278, 556, 500, 1000, 556, 556, 333, 1000, 667, 333, 1000, 350, 611, 350,
    350, 278, 278, 500, 500, 350, 556, 1000, 333, 1000, 556, 333, 944, 350, 500, 667,
    278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333,
    400, 584, 333, 333, 333, 611, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
    722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278,
    611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611, 611, 556, 611, 556,
];

/// The letters of pieces, one after the other.
pub(super) fn all_letters(runs: &[Run]) -> Vec<Letter> {
    runs.iter().flat_map(|r| letters(&r.text, r.bold)).collect()
}
