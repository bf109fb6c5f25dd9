//! The lists of the sheet to keep, in columns side by side.

use super::layout::Layout;
use super::letters::{Length, all_letters, letters, wrap};
use super::{BOTTOM, GUTTER, INDENT};
use crate::line_runs;
use engine::summary::{Part, Row, Sheet};
use pdf_writer::types::StructRole;

/// How many columns the entries of a part stand in; `None` for one that is no list of short
/// entries.
fn columns_of(part: &Part) -> Option<Length> {
    match part.id {
        "bring" => Some(3),
        "before" | "after" | "call" | "questions" | "help" | "tried" => Some(2),
        _ => None,
    }
}

/// Rows that are kept together in one column: each by itself, a heading line with its first box.
fn blocks(rows: &[Row]) -> Vec<&[Row]> {
    rows.chunk_by(|a, b| matches!((a, b), (Row::Line(_), Row::Tick { .. }))).collect()
}

/// The rows that stand in columns: all but room to write at the end.
pub(super) fn listed_rows(part: &Part) -> &[Row] {
    let end = part.rows.iter().rposition(|row| !matches!(row, Row::Blank(_))).map_or(0, |last| last + 1);
    part.rows.get(..end).unwrap_or_default()
}

impl Layout<'_> {
    /// Draws the rows of a part in columns of about equal height; rows that don't fit on this page
    /// continue on the next. Returns false and draws nothing for a part without columns.
    pub(super) fn rows_in_columns(&mut self, part: &Part, sheet: &Sheet) -> bool {
        let of_history =
            part.id == "tried" && self.is_full_width() && !part.rows.iter().any(|row| matches!(row, Row::Table { .. }));
        let Some(columns) = columns_of(part).filter(|_| self.keeps || of_history) else { return false };
        let width = self.column_width(columns, self.edge - self.left);
        let (left, edge) = (self.left, self.edge);
        let mut blocks = blocks(listed_rows(part)).into_iter().peekable();
        self.begin(StructRole::L);
        while blocks.peek().is_some() {
            let rest: Vec<Length> = blocks.clone().map(|block| self.block_height(part, block, width)).collect();
            self.need(rest.first().copied().unwrap_or_default());
            let (top, mut lowest) = (self.y, self.y);
            let tall = even_height(&rest, columns, self.leading(self.body) / 2).min(top - BOTTOM);
            for at in 0..columns {
                (self.y, self.left) = (top, left + at * (width + GUTTER));
                self.edge = self.left + width;
                while let Some(block) =
                    blocks.next_if(|block| top - self.y + self.block_height(part, block, width) <= tall)
                {
                    block.iter().for_each(|row| self.row_item(part, row, sheet));
                }
                lowest = lowest.min(self.y);
            }
            (self.left, self.edge, self.y) = (left, edge, lowest);
            if lowest == top {
                // A block taller than a page is drawn across as many pages as it needs.
                blocks.next().into_iter().flatten().for_each(|row| self.row_item(part, row, sheet));
            }
        }
        self.end();
        true
    }

    /// The height of the rows of a part in columns, if they stand in some.
    pub(super) fn height_in_columns(&self, part: &Part, room: Length) -> Option<Length> {
        let columns = columns_of(part).filter(|_| self.keeps)?;
        let width = self.column_width(columns, room);
        let heights: Vec<Length> =
            blocks(listed_rows(part)).into_iter().map(|block| self.block_height(part, block, width)).collect();
        Some(even_height(&heights, columns, self.leading(self.body) / 2))
    }

    fn column_width(&self, columns: Length, room: Length) -> Length {
        (room - (columns - 1) * GUTTER) / columns
    }

    fn block_height(&self, part: &Part, block: &[Row], width: Length) -> Length {
        block.iter().map(|row| self.row_height(part, row, width)).sum()
    }

    fn row_height(&self, part: &Part, row: &Row, width: Length) -> Length {
        let letters = match row {
            Row::Line(line) => letters(line, false),
            row => all_letters(&line_runs(self.words, part.id, row)),
        };
        let lines = wrap(&letters, self.body, width - INDENT).len() as Length * self.leading(self.body);
        lines + if matches!(row, Row::Tick { room: true, .. }) { self.hand() } else { 0 }
    }
}

/// The least height, to a step, in which so many columns hold blocks of these heights whole and in
/// their order.
fn even_height(heights: &[Length], columns: Length, step: Length) -> Length {
    let needed = |tall: Length| {
        let (mut used, mut filled) = (1, 0);
        for height in heights {
            if filled + height > tall && filled > 0 {
                (used, filled) = (used + 1, 0);
            }
            filled += height;
        }
        used
    };
    let highest = heights.iter().copied().max().unwrap_or_default();
    let mut tall = highest.max(heights.iter().sum::<Length>() / columns);
    while needed(tall) > columns {
        tall += step.max(1);
    }
    tall
}
