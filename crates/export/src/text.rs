//! The sheets as plain text, to copy or to read where nothing else works.

use super::runs;
use engine::pack::Words;
use engine::summary::{Mark, Row, Sheet};

/// A line to write on.
const LINE: &str = "______________________________";

/// One sheet as lines of text.
pub fn sheet(words: &Words, sheet: &Sheet) -> String {
    let mut out = vec![sheet.title.clone()];
    out.extend(sheet.lead.iter().filter(|l| !l.is_empty()).cloned());
    out.extend(sheet.strip.iter().map(|(label, value)| format!("{label}: {value}")));
    for part in &sheet.parts {
        out.extend([String::new(), part.heading.clone()]);
        part.rows.iter().for_each(|r| row(words, part.id, r, &mut out));
    }
    out.push(String::new());
    out.extend(sheet.foot.iter().cloned());
    out.push(String::new());
    out.join("\n")
}

fn row(words: &Words, part: &str, row: &Row, out: &mut Vec<String>) {
    match row {
        Row::Table { columns, rows } => {
            for cells in rows {
                let named = columns.iter().zip(cells).filter(|(_, c)| !c.is_empty());
                let named: Vec<String> = named.map(|(name, cell)| format!("{name}: {cell}")).collect();
                out.push(format!("- {}", named.join(" | ")));
            }
        }
        Row::Blank(n) => out.extend((0..*n).map(|_| LINE.to_string())),
        row => {
            out.push(runs(words, part, row).iter().map(|r| r.text.as_str()).collect());
            if matches!(row, Row::Tick { room: true, .. }) {
                out.push(LINE.to_string());
            }
        }
    }
}

/// The words of a mark.
pub fn mark_words(words: &Words, mark: Mark) -> &str {
    match mark {
        Mark::Emergency => words.mark_emergency(),
        Mark::First => words.mark_first(),
        Mark::Discuss => words.mark_discuss(),
        Mark::Note => words.mark_note(),
        Mark::Open => words.mark_open(),
    }
}
