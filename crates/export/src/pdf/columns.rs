//! The clinician's sheet in two columns: which part goes where, and how high each is.

use super::layout::{Column, Layout};
use super::letters::{Length, Letter, all_letters, letters, wrap};
use super::lists::listed_rows;
use super::parts::{is_boxed, ruler_of};
use super::table::listed;
use super::{BOTTOM, CODE, GUTTER, HEADING, INDENT, INSET, MARGIN, NARROW, QUIET, RULER_HEIGHT, SPACE};
use crate::qr::Qr;
use crate::{areas, line_runs};
use engine::summary::{Part, Row, Sheet};

/// Room for it in a column, with the white above and below, or for what it holds beside it.
const IN_COLUMN: Length = CODE + 2 * QUIET + 450;

impl Layout<'_> {
    /// The clinician's sheet in two columns of seven and five twelfths: what the talk turns on at
    /// the left, results, aims and practical things at the right. Parts that can wait fill the
    /// shorter column as long as they fit, and stand below both at the full width after that. True
    /// if the foot stands in a column too.
    ///
    /// With `even` the two have one width, and the left one goes on in the right one.
    pub(super) fn in_columns(&mut self, sheet: &Sheet, code: &mut Option<&Qr>, even: bool) -> bool {
        let share = if even { 6 } else { 7 };
        let middle = MARGIN + (self.width - 2 * MARGIN - GUTTER) * share / 12;
        let (first, y) = (self.page, self.y);
        let column = |left, edge| Column { left, edge, page: first, y };
        let mut columns = [column(MARGIN, middle), column(middle + GUTTER, self.width - MARGIN)];
        let [left, right, mut rest] = areas(&sheet.parts);
        rest.retain(|part| !part.is_written_on());
        if even {
            self.in_even_columns(&mut columns, left.into_iter().chain(right), sheet);
        } else {
            for (column, parts) in columns.iter_mut().zip([left, right]) {
                parts.into_iter().for_each(|part| self.fill(column, |layout| layout.part(part, sheet)));
            }
        }
        self.held = columns.iter().all(|column| column.page == first);
        self.joined = [Vec::new(), Vec::new()];
        // The code comes before what can wait, in the right column if it has room.
        if let Some(column) = columns.iter_mut().rev().find(|c| c.page == first && c.y - IN_COLUMN >= BOTTOM) {
            self.fill(column, |layout| layout.code_in_column(code.take()));
        }
        let mut below: Vec<&Part> = Vec::new();
        for part in rest {
            let whole = part.id == "no" && self.fits_below(&columns, below.iter().copied().chain([part]), sheet, first);
            match columns
                .iter_mut()
                .filter(|c| !whole && below.is_empty() && self.fits(part, sheet, c, first))
                .max_by_key(|c| c.y)
            {
                Some(column) => {
                    let [left, right] = &mut self.joined;
                    if column.left == MARGIN {
                        left.push(part.id)
                    } else {
                        right.push(part.id)
                    }
                    self.fill(column, |layout| layout.part(part, sheet));
                }
                None => below.push(part),
            }
        }
        // What is left goes on below the longer column; the foot beside it, if it fits nowhere else
        // on this page.
        columns.sort_by_key(|c| (c.page, -c.y));
        let [shorter, longer] = &mut columns;
        let (page, y) = (longer.page, longer.y);
        let beside = below.is_empty() && self.foot_fits_only_beside(shorter, longer, sheet);
        if beside {
            self.fill(shorter, |layout| layout.foot(sheet));
        }
        self.fill(&mut Column { left: MARGIN, edge: self.width - MARGIN, page, y }, |layout| {
            layout.beside = layout.height;
            below.into_iter().for_each(|part| layout.part(part, sheet));
        });
        beside
    }

    /// Parts in two columns, the second of which goes on where the first is full.
    fn in_even_columns<'p>(
        &mut self,
        [one, two]: &mut [Column; 2],
        parts: impl Iterator<Item = &'p Part>,
        sheet: &Sheet,
    ) {
        self.second = Some(*two);
        for part in parts {
            let column = if self.second.is_some() { &mut *one } else { &mut *two };
            (self.left, self.edge, self.page, self.y) = (column.left, column.edge, column.page, column.y);
            self.part(part, sheet);
            let column = if self.second.is_some() { &mut *one } else { &mut *two };
            (column.page, column.y) = (self.page, self.y);
        }
        if self.second.take().is_none() {
            one.y = BOTTOM;
        }
        (self.left, self.edge) = (MARGIN, self.width - MARGIN);
    }

    /// True if the parts fit at the full width below the longer of two columns on page `first`,
    /// with the foot under them.
    fn fits_below<'p>(
        &self,
        columns: &[Column],
        parts: impl Iterator<Item = &'p Part>,
        sheet: &Sheet,
        first: usize,
    ) -> bool {
        let lowest = columns.iter().map(|c| c.y).min().unwrap_or_default();
        let wide: Length = parts.map(|part| self.wide_height(part, sheet)).sum();
        columns.iter().all(|c| c.page == first)
            && lowest - wide - self.foot_height(sheet, self.width - 2 * MARGIN) >= BOTTOM
    }

    /// True if the foot has no room below the longer column, and has it below the shorter one.
    fn foot_fits_only_beside(&self, shorter: &Column, longer: &Column, sheet: &Sheet) -> bool {
        shorter.page == longer.page
            && longer.y - self.foot_height(sheet, self.width - 2 * MARGIN) < BOTTOM
            && shorter.y - self.foot_height(sheet, shorter.edge - shorter.left) >= BOTTOM
    }

    /// The height of a part at the full width of the page.
    fn wide_height(&self, part: &Part, sheet: &Sheet) -> Length {
        let room = self.width - 2 * MARGIN;
        if part.id == "no" {
            let lines: usize = part.rows.iter().map(|row| self.narrow_lines(row, part).len()).sum();
            return SPACE + self.leading(HEADING) + lines.div_ceil(NARROW as usize) as Length * self.leading(self.body);
        }
        self.part_height(part, sheet, room)
    }

    /// True if a part fits whole into a column of this page. A table wants the whole width.
    fn fits(&self, part: &Part, sheet: &Sheet, column: &Column, page: usize) -> bool {
        let wide = |row: &Row| matches!(row, Row::Table { .. });
        column.page == page
            && !part.rows.iter().any(wide)
            && column.y - self.part_height(part, sheet, column.edge - column.left) >= BOTTOM
    }

    /// Draws in a column, from where it is filled so far.
    fn fill(&mut self, column: &mut Column, draw: impl FnOnce(&mut Self)) {
        (self.left, self.edge, self.page, self.y) = (column.left, column.edge, column.page, column.y);
        draw(self);
        (column.page, column.y) = (self.page, self.y);
        (self.left, self.edge) = (MARGIN, self.width - MARGIN);
    }

    /// The height of a part at this width, about: a table counts as the list that it may become.
    pub(super) fn part_height(&self, part: &Part, sheet: &Sheet, width: Length) -> Length {
        let width = width - if is_boxed(part) { 2 * INSET } else { 0 };
        let lines = |letters: &[Letter], width: Length| {
            wrap(letters, self.body, width).len() as Length * self.leading(self.body)
        };
        let mut height =
            SPACE + wrap(&letters(&part.heading, true), HEADING, width).len() as Length * self.leading(HEADING);
        if is_boxed(part) {
            height += 2 * INSET;
        }
        let in_columns = self.height_in_columns(part, width).map_or(0, |tall| {
            height += tall;
            listed_rows(part).len()
        });
        for row in part.rows.iter().skip(in_columns) {
            height += match row {
                Row::Table { columns, rows } => rows
                    .iter()
                    .map(|cells| lines(&all_letters(&listed(self.words, columns, cells, false)), width - INDENT))
                    .sum(),
                Row::Blank(n) => Length::from(*n) * self.hand(),
                Row::Line(line) => lines(&letters(line, false), width),
                row => {
                    lines(&all_letters(&line_runs(self.words, part.id, row)), width - INDENT)
                        + if ruler_of(row, sheet).is_some() { RULER_HEIGHT } else { 0 }
                }
            };
        }
        height
    }
}
