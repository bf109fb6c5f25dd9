//! The sheets as plain text, to copy or to read where nothing else works.

use crate::pack::Words;
use crate::summary::{Mark, Row, Sheet};

/// One sheet as lines of text.
pub fn sheet(words: &Words, sheet: &Sheet) -> String {
    let mut out = vec![sheet.title.clone()];
    out.extend(sheet.lead.iter().filter(|l| !l.is_empty()).cloned());
    for part in &sheet.parts {
        out.extend([String::new(), part.heading.clone()]);
        part.rows.iter().for_each(|r| row(words, r, &mut out));
    }
    out.push(String::new());
    out.extend(sheet.foot.iter().cloned());
    out.push(String::new());
    out.join("\n")
}

fn row(words: &Words, row: &Row, out: &mut Vec<String>) {
    match row {
        Row::Line(line) => out.push(line.clone()),
        Row::Said { mark, label, value, note } => {
            let mark = mark.map(|m| format!("[{}] ", mark_words(words, m))).unwrap_or_default();
            let value = if value.is_empty() { String::new() } else { format!(": {value}") };
            let note = if note.is_empty() { String::new() } else { format!(" ({note})") };
            out.push(format!("{mark}{label}{value}{note}"));
        }
        Row::Quote { label, text } => out.push(format!("{label}: “{text}”")),
        Row::Tick { text, ticked } => out.push(format!("[{}] {text}", if *ticked { "x" } else { " " })),
        Row::Table { columns, rows } => {
            for cells in rows {
                let named = columns.iter().zip(cells).filter(|(_, c)| !c.is_empty());
                let named: Vec<String> = named.map(|(name, cell)| format!("{name}: {cell}")).collect();
                out.push(format!("- {}", named.join(" | ")));
            }
        }
        Row::Blank(n) => out.extend((0..*n).map(|_| "______________________________".to_string())),
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
