//! The sheets as a PDF file, for the many devices whose browsers have no print dialog, or a bad
//! one: real text, tagged (headings, lists, tables, language), the same words as on paper.
//!
//! The layout is ours: lines of text, rules and a structure tree, with the two Helvetica faces that
//! every reader brings. Their letters (WinAnsi) cover English and Spanish. Another letter prints as
//! `?`, is there in full for copying and reading aloud (`ActualText`), and the sheet says so.

mod columns;
mod drawn;
mod file;
mod layout;
mod letters;
mod lists;
mod parts;
mod table;

use self::layout::Layout;
use self::letters::Length;
use super::qr::Qr;
use super::{Language, areas};
use engine::pack::Words;
use engine::summary::{Part, Sheet, Sheets};

/// 12.35 mm: printers leave out what stands closer to the edge.
const MARGIN: Length = 3500;
const TITLE: Length = 1500;
const HEADING: Length = 1050;
/// How far down pages are filled, above their number.
const BOTTOM: Length = 4700;
/// Where the page's number stands: 12 mm above the edge.
const NUMBER: Length = 3700;
/// The size of all text but titles and headings.
const BODY: Length = 900;
/// The size where a sheet to keep would begin a page for its last lines alone.
const DENSE: Length = 850;
/// Room between the columns of the list of noes.
const NARROW_GUTTER: Length = 1000;
/// Room between the two columns of the clinician's sheet.
const GUTTER: Length = 1600;
/// How far the text of an entry stands in.
const INDENT: Length = 800;
/// The height of a ruler with its numbers and the room around it.
const RULER_HEIGHT: Length = 2_000;
/// Room above a part.
const SPACE: Length = 380;
/// What stands in a box stands in so far from its edges.
const INSET: Length = 500;
/// Columns of the list of noes.
const NARROW: Length = 3;
/// Room between cells.
const GAP: Length = 600;
/// Between the lines that are written on by hand.
const HAND: Length = 1900;
/// The same where a sheet is set closer.
const HAND_CLOSE: Length = 1600;
/// The code's side: 40 mm.
const CODE: Length = 11_339;
/// White beside it that scanners need: four modules of the smallest code there is.
const QUIET: Length = 1_850;
/// Room for it, the white above and below, and what it holds.
const CODE_HEIGHT: Length = CODE + 9_000;
/// So many lines of a text stay on one page.
const TOGETHER: usize = 4;
/// A table with more columns is written as a list: its columns would be narrower than a word.
const MOST_COLUMNS: usize = 6;

/// The paper it is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 mm by 297 mm.
    A4,
    /// 8.5 in by 11 in.
    Letter,
}

impl Paper {
    fn size(self) -> (Length, Length) {
        match self {
            Self::A4 => (59_528, 84_189),
            Self::Letter => (61_200, 79_200),
        }
    }
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// True if some letters stand as `?`: then paper or a page shows more.
    pub lost: bool,
}

/// Both sheets as one file, each on pages of its own; the code, if there is one, stands on the
/// clinician's.
pub fn write(words: &Words, lang: &str, sheets: &Sheets, code: Option<&Qr>, paper: Paper) -> Pdf {
    write_each([Language { words, lang }; 2], sheets, code, paper)
}

/// As [`write`], with the language of the clinician's sheet and of the one to keep.
pub fn write_each([theirs, own]: [Language<'_>; 2], sheets: &Sheets, code: Option<&Qr>, paper: Paper) -> Pdf {
    let Language { words, lang } = if sheets.clinician.is_some() { theirs } else { own };
    let mut layout = Layout::new(words, paper);
    let mut lost = false;
    if let Some(clinician) = &sheets.clinician {
        layout.clinician(clinician, code);
        lost |= layout.lost;
    }
    layout.words = own.words;
    layout.close = false;
    if own.lang != lang {
        layout.lang = own.lang;
    }
    layout.keep(&sheets.keep);
    lost |= layout.lost;
    let first = sheets.clinician.as_ref().unwrap_or(&sheets.keep);
    let title = [words.product(), ": ", &first.title].concat();
    Pdf { bytes: file::write(&layout.pages, &layout.elements, paper.size(), lang, &title), lost }
}

/// How the parts of a sheet stand on the page, so that a browser prints them as the file has them.
#[derive(Debug)]
pub struct Arrangement<'a> {
    /// The parts in the left column, in the right one, below both at the full width, and behind the
    /// small lines at the end.
    pub areas: [Vec<&'a Part>; 4],
    /// True for two columns of one width, the left of which goes on in the right one: in others a
    /// part that has to stand on the first side would go over to the second.
    pub even: bool,
}

/// How the parts of a sheet are arranged, with the code if it stands there too. One without columns
/// stands below as a whole.
pub fn arrangement<'a>(words: &Words, sheet: &'a Sheet, code: Option<&Qr>) -> Arrangement<'a> {
    let [mut left, mut right, below] = areas(&sheet.parts);
    let (written, below): (Vec<&Part>, Vec<&Part>) = below.into_iter().partition(|part| part.is_written_on());
    if left.is_empty() && right.is_empty() {
        return Arrangement { areas: [left, right, below, written], even: false };
    }
    let mut layout = Layout::new(words, Paper::Letter);
    let even = layout.clinician(sheet, code).even;
    let [to_left, to_right] = &layout.joined;
    let (joined, below): (Vec<&Part>, Vec<&Part>) =
        below.into_iter().partition(|part| to_left.contains(&part.id) || to_right.contains(&part.id));
    for part in joined {
        if to_left.contains(&part.id) { left.push(part) } else { right.push(part) }
    }
    Arrangement { areas: [left, right, below, written], even }
}
