//! The sheets and the answers in other formats; one file a format.

pub mod code;
mod fhir;
pub mod html;
pub mod one_file;
pub mod pdf;
pub mod qr;
pub mod read_error;
pub mod record;
pub mod ruler;
pub mod start;
pub mod text;

use engine::pack::Words;
use engine::summary::{Mark, Part, Row};
use text::mark_words;

/// The language of a sheet: its words and its BCP 47 tag.
#[derive(Debug, Clone, Copy)]
pub struct Language<'a> {
    /// Words of the interface in it.
    pub words: &'a Words,
    /// For instance `es`.
    pub lang: &'a str,
}

/// A piece of a line, in bold or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// True if they stand out.
    pub bold: bool,
}

/// The parts of a sheet by where they stand: in the left column, in the right one, and below both
/// at the full width. A sheet without columns stands below as a whole.
fn areas(parts: &[Part]) -> [Vec<&Part>; 3] {
    let columns = parts.iter().any(|p| p.id == "safety" || p.id == "scores");
    let among = |ids: &[&str], p: &&Part| columns && ids.contains(&p.id);
    let [left, right] = COLUMNS;
    let mut below: Vec<&Part> = parts.iter().filter(|p| !among(left, p) && !among(right, p)).collect();
    // What overflows does so from the end: the noes first, then what is open, then the history.
    below.sort_by_key(|p| LAST.iter().position(|id| *id == p.id).map_or(0, |place| place + 1));
    [parts.iter().filter(|p| among(left, p)).collect(), parts.iter().filter(|p| among(right, p)).collect(), below]
}

/// The parts of the clinician's sheet in its left column, and in its right one.
const COLUMNS: [&[&str]; 2] = [&["safety", "medicines"], &["scores", "why", "practical"]];
/// The last parts of the clinician's sheet, in their order.
const LAST: &[&str] = &["tried", "open", "no", "by-hand"];

/// A row that is a line, as pieces: every format says the same words. Empty for a table and for
/// room to write. `part` is the id of its part: what stands in the box is to be discussed first,
/// and need not say so line by line.
pub fn runs(words: &Words, part: &str, row: &Row) -> Vec<Run> {
    let in_front = in_front(words, part, row).map(|text| Run { text, bold: matches!(row, Row::Answer { .. }) });
    in_front.into_iter().chain(line_runs(words, part, row)).collect()
}

/// What stands in front of a line, in letters: its mark, or its box to tick.
fn in_front(words: &Words, part: &str, row: &Row) -> Option<String> {
    match row {
        Row::Answer { mark: Some(mark), .. } if !(part == "safety" && *mark == Mark::First) => {
            Some(["[", mark_words(words, *mark), "] "].concat())
        }
        Row::Tick { ticked, .. } => Some(if *ticked { "[x] " } else { "[ ] " }.into()),
        _ => None,
    }
}

/// A line without what stands in front of it.
fn line_runs(words: &Words, part: &str, row: &Row) -> Vec<Run> {
    let plain = |text: String| Run { text, bold: false };
    let strong = |text: String| Run { text, bold: true };
    let mut out = match row {
        Row::Line(line) => vec![plain(line.clone())],
        Row::Answer { mark, label, value, note } => {
            let boxed = part == "safety";
            // What is missing does not stand out, but that it is. A long list in bold is no
            // emphasis.
            let open = *mark == Some(Mark::Open);
            let label = Run {
                text: if value.is_empty() { label.clone() } else { [label, ": "].concat() },
                bold: open || boxed || value.is_empty() || part == "no",
            };
            let value = Run {
                text: value.clone(),
                bold: !open && !boxed && part != "no" && value.len() <= 100 && value != words.not_answered(),
            };
            let note = plain(if note.is_empty() { String::new() } else { [" (", note, ")"].concat() });
            vec![label, value, note]
        }
        Row::Quote { label, text } => vec![plain([label, ": "].concat()), strong(["“", text, "”"].concat())],
        Row::Tick { text, .. } => vec![plain(text.clone())],
        Row::Table { .. } | Row::Blank(_) => Vec::new(),
    };
    out.retain(|r| !r.text.is_empty());
    out
}
