//! The sheets and the answers in other formats; one file a format.

pub mod code;
mod fhir;
pub mod html;
pub mod one_file;
pub mod pdf;
pub mod problem;
pub mod qr;
pub mod record;
pub mod start;
pub mod text;

use engine::pack::Words;
use engine::summary::{Mark, Row};
use text::mark_words;

/// A piece of a line, in bold or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// True if they stand out.
    pub bold: bool,
}

/// A row that is a line, as pieces: every format says the same words. Empty for a table and for room to write.
pub fn runs(words: &Words, row: &Row) -> Vec<Run> {
    let plain = |text: String| Run { text, bold: false };
    let strong = |text: String| Run { text, bold: true };
    let mut out = match row {
        Row::Line(line) => vec![plain(line.clone())],
        Row::Said { mark, label, value, note } => {
            let mark_run = strong(mark.map(|m| ["[", mark_words(words, m), "] "].concat()).unwrap_or_default());
            // What is missing does not stand out, but that it is. A long list in bold is no emphasis.
            let open = *mark == Some(Mark::Open);
            let label = Run { text: if value.is_empty() { label.clone() } else { [label, ": "].concat() }, bold: open || value.is_empty() };
            let value = Run { text: value.clone(), bold: !open && value.len() <= 100 && value != words.not_answered() };
            let note = plain(if note.is_empty() { String::new() } else { [" (", note, ")"].concat() });
            vec![mark_run, label, value, note]
        }
        Row::Quote { label, text } => vec![plain([label, ": "].concat()), strong(["“", text, "”"].concat())],
        Row::Tick { text, ticked } => vec![plain([if *ticked { "[x] " } else { "[ ] " }, text].concat())],
        Row::Table { .. } | Row::Blank(_) => Vec::new(),
    };
    out.retain(|r| !r.text.is_empty());
    out
}
