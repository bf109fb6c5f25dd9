//! Tables: how wide each column is, the rows, and the list that a table with too many columns
//! becomes.

use super::drawn::Bullet;
use super::layout::Layout;
use super::letters::{Length, Letter, all_letters, letters, measure, wrap};
use super::{BOTTOM, GAP, INDENT, MARGIN, MOST_COLUMNS, RULER_HEIGHT, TOGETHER};
use crate::Run;
use engine::pack::Words;
use engine::summary::Sheet;
use pdf_writer::types::StructRole;

/// Steps in which the room of a table is given to its columns.
const STEPS: Length = 12;

impl Layout<'_> {
    /// Each result in words, and below it on its scale. Questionnaires that nobody asked stand in
    /// one line.
    pub(super) fn scores(&mut self, rows: &[Vec<String>], sheet: &Sheet) {
        self.begin(StructRole::L);
        for cells in rows {
            let mut runs: Vec<Run> = Vec::new();
            // An earlier day stands before today's, each with its result.
            let results = sheet.days.len().max(1);
            for (i, cell) in cells.iter().enumerate().filter(|(_, c)| !c.is_empty()) {
                let result = (1..=results).contains(&i);
                let joint = if i == 0 {
                    ""
                } else if i == 1 {
                    ": "
                } else {
                    " · "
                };
                let day = sheet
                    .days
                    .get(i.saturating_sub(1))
                    .filter(|_| result)
                    .map(|day| [day, ": "].concat())
                    .unwrap_or_default();
                runs.push(Run { text: [joint, &day].concat(), bold: false });
                runs.push(Run { text: cell.clone(), bold: i == 0 || result });
            }
            let ruler = sheet.rulers.iter().find(|r| Some(&r.name) == cells.first());
            let lines =
                wrap(&all_letters(&runs), self.body, self.right() - self.left - INDENT).len().min(TOGETHER) as Length;
            self.need(lines * self.leading(self.body) + if ruler.is_some() { RULER_HEIGHT } else { 0 });
            self.item(&runs, Bullet::Dot, ruler);
        }
        self.end();
    }

    /// A table, or the list it becomes where it has too many columns; `named` if each row is about
    /// what its first cell names.
    pub(super) fn table(&mut self, columns: &[String], rows: &[Vec<String>], named: bool) {
        let widths = self.column_widths(columns, rows);
        // A row stays on one page; one that can't is no row.
        let page = self.height - MARGIN - BOTTOM - 2 * self.leading(self.body);
        let lines = |cell: &String, width: Length| wrap(&letters(cell, false), self.body, width - GAP).len() as Length;
        let tall =
            |cells: &Vec<String>| cells.iter().zip(&widths).any(|(c, w)| lines(c, *w) * self.leading(self.body) > page);
        // A word that is broken inside a cell is not read as a word.
        let longest = |cell: &String, bold| {
            cell.split([' ', '\n']).map(|word| measure(&letters(word, bold), self.body)).max().unwrap_or_default()
        };
        let narrow = |cells: &[String], bold| cells.iter().zip(&widths).any(|(c, w)| longest(c, bold) > *w - GAP);
        let broken = narrow(columns, true) || rows.iter().any(|cells| narrow(cells, false));
        if columns.len() > MOST_COLUMNS || rows.iter().any(tall) || broken {
            return self.table_as_list(columns, rows, named);
        }
        self.begin(StructRole::Table);
        self.table_row(columns, &widths, StructRole::TH);
        for cells in rows {
            self.table_row(cells, &widths, StructRole::TD);
        }
        self.end();
        self.y -= 300;
    }

    /// By what stands in them: none is narrower than its longest word as long as all have room, and
    /// the table is low.
    fn column_widths(&self, columns: &[String], rows: &[Vec<String>]) -> Vec<Length> {
        let room = self.edge - self.left;
        let widest = |i: usize| {
            let head = columns.get(i).map_or(0, |c| measure(&letters(c, true), self.body));
            let cells = rows.iter().filter_map(|r| r.get(i)).map(|c| measure(&letters(c, false), self.body));
            cells.fold(head, Length::max) + GAP
        };
        let wanted: Vec<Length> = (0..columns.len()).map(widest).collect();
        let word = |cell: &String, bold| {
            cell.split([' ', '\n']).map(|word| measure(&letters(word, bold), self.body)).max().unwrap_or_default()
        };
        let least: Vec<Length> = (0..columns.len())
            .map(|i| {
                let head = columns.get(i).map_or(0, |c| word(c, true));
                rows.iter().filter_map(|r| r.get(i)).map(|c| word(c, false)).fold(head, Length::max) + GAP
            })
            .collect();
        let mut widths = least.clone();
        let whole: Length = widths.iter().sum();
        if whole > room {
            return widths.iter().map(|w| (i64::from(*w) * i64::from(room) / i64::from(whole)) as Length).collect();
        }
        // What is left goes, step by step, to the column that makes the table lowest, else to the
        // one that wants most.
        let step = ((room - whole) / STEPS).max(1);
        while widths.iter().sum::<Length>() + step <= room {
            let with = |i: usize| {
                let mut widths = widths.clone();
                if let Some(width) = widths.get_mut(i) {
                    *width += step;
                }
                widths
            };
            let wants = |i: &usize| wanted.get(*i).zip(widths.get(*i)).map_or(0, |(wanted, width)| wanted - width);
            let best = (0..columns.len()).min_by_key(|i| (self.table_lines(rows, &with(*i)), -wants(i)));
            widths = with(best.unwrap_or_default());
        }
        widths
    }

    /// Lines that the rows of a table take.
    fn table_lines(&self, rows: &[Vec<String>], widths: &[Length]) -> usize {
        let lines = |cells: &Vec<String>| {
            cells
                .iter()
                .zip(widths)
                .map(|(c, w)| wrap(&letters(c, false), self.body, w - GAP).len())
                .max()
                .unwrap_or_default()
        };
        rows.iter().map(lines).sum()
    }

    fn table_row(&mut self, cells: &[String], widths: &[Length], role: StructRole) {
        let cells: Vec<Vec<Letter>> = cells.iter().map(|c| letters(c, role == StructRole::TH)).collect();
        let lines: Vec<Vec<&[Letter]>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, self.body, w - GAP)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or_default();
        let room = if self.close { 120 } else { 200 };
        self.need(most as Length * self.leading(self.body) + 2 * room);
        self.begin(StructRole::TR);
        let (top, mut x) = (self.y - room, self.left);
        for (lines, width) in lines.iter().zip(widths) {
            self.begin(role);
            self.y = top;
            for (i, line) in lines.iter().enumerate() {
                self.line(line, x, self.body, i + 1 < lines.len());
            }
            self.end();
            x += width;
        }
        self.end();
        self.y = top - most as Length * self.leading(self.body) - room;
        self.rule(self.left, self.edge, self.y);
    }

    /// Each row as one entry, with the names of its columns.
    fn table_as_list(&mut self, columns: &[String], rows: &[Vec<String>], named: bool) {
        if is_blank(rows) {
            self.text(StructRole::P, &columns.join(" · "), false, self.body);
            return self.blank(rows.len().min(40) as u8);
        }
        self.begin(StructRole::L);
        for cells in rows {
            self.item(&listed(self.words, columns, cells, named), Bullet::Dot, None);
        }
        self.end();
    }
}

/// True for a table that is filled in by hand.
pub(super) fn is_blank(rows: &[Vec<String>]) -> bool {
    rows.iter().flatten().all(String::is_empty)
}

/// A row of a table as one entry, with the names of its columns; those without an answer are named
/// together.
pub(super) fn listed(words: &Words, columns: &[String], cells: &[String], named: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let (open, given): (Vec<_>, Vec<_>) =
        columns.iter().zip(cells).filter(|(_, c)| !c.is_empty()).partition(|(_, c)| *c == words.not_answered());
    let open = open.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let open = (!open.is_empty()).then(|| (words.not_answered(), open));
    for (name, cell) in given.iter().map(|(name, cell)| (name.as_str(), cell.to_string())).chain(open) {
        let joint = if runs.is_empty() { "" } else { " · " };
        if !(named && runs.is_empty()) {
            runs.push(Run { text: [joint, name, ": "].concat(), bold: false });
        }
        runs.push(Run { text: cell, bold: name != words.not_answered() });
    }
    runs
}
