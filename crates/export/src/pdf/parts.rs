//! The parts of a sheet: headings, entries, narrow columns, lines to write on, and the lines of
//! text they consist of.

use super::drawn::Bullet;
use super::file::{BOLD, Child, REGULAR};
use super::layout::Layout;
use super::letters::{Length, Letter, all_letters, byte, bytes, letters, measure, point, wrap};
use super::lists::listed_rows;
use super::{
    BOTTOM, GAP, HAND, HAND_CLOSE, HEADING, INDENT, INSET, MARGIN, NARROW, NARROW_GUTTER, RULER_HEIGHT, SPACE, TOGETHER,
};
use crate::{Run, line_runs};
use engine::summary::{Part, Row, Ruler, Sheet};
use pdf_writer::types::StructRole;
use pdf_writer::{Name, Str, TextStr};

impl Layout<'_> {
    /// Age, what help is wanted with, and how much was answered, on lines across the page.
    pub(super) fn strip(&mut self, strip: &[(String, String)]) {
        let mut runs = Vec::new();
        for (label, value) in strip {
            let joint = if runs.is_empty() { "" } else { "  \u{b7}  " };
            runs.push(Run { text: [joint, label, ": "].concat(), bold: false });
            runs.push(Run { text: value.clone(), bold: true });
        }
        self.y -= 300;
        self.begin(StructRole::P);
        self.flow(&all_letters(&runs), 0, self.body);
        self.end();
        self.y -= 200;
        self.rule(self.left, self.edge, self.y);
    }

    /// Name and date of birth, to be written by hand at the right of a title of this width: the
    /// tool never asks for them.
    pub(super) fn name_and_birth(&mut self, title: Length) {
        let labels = [self.words.sheet_name(), self.words.sheet_born()].map(|label| letters(label, false));
        let from = MARGIN + title + 4 * GAP;
        let lines = self.edge - from - 4 * GAP - labels.iter().map(|l| measure(l, self.body)).sum::<Length>();
        let (mut x, below) = (from, self.y);
        // A name needs a longer line than a date.
        for (label, share) in labels.iter().zip([3, 2]) {
            self.y = below + self.leading(self.body);
            self.begin(StructRole::P);
            self.line(label, x, self.body, false);
            self.end();
            x += measure(label, self.body) + GAP;
            let to = x + lines * share / 5;
            self.rule(x, to, below);
            x = to + 2 * GAP;
        }
        self.y = below - GAP / 2;
    }

    pub(super) fn part(&mut self, part: &Part, sheet: &Sheet) {
        if part.id == "no" && self.is_full_width() {
            return self.in_narrow_columns(part);
        }
        self.part_lang = part.language.as_ref().map_or_else(String::new, |language| language.tag.clone());
        self.y -= SPACE;
        // A heading stays with what it heads.
        self.need(HEADING + 4 * self.leading(self.body));
        let (page, top, left, edge) = (self.page, self.y, self.left, self.edge);
        // A box stays in its column.
        let second = if is_boxed(part) { self.second.take() } else { None };
        if is_boxed(part) {
            (self.left, self.edge) = (left + INSET, edge - INSET);
            self.y -= INSET / 2;
        }
        self.text(StructRole::H2, &part.heading, true, HEADING);
        let (part, short) = &self.short_rows(part);
        let in_columns = if self.rows_in_columns(part, sheet) { listed_rows(part).len() } else { 0 };
        let mut listed = false;
        for row in part.rows.iter().skip(in_columns) {
            let item = matches!(row, Row::Answer { .. } | Row::Quote { .. } | Row::Tick { .. });
            if item != listed {
                if item {
                    self.begin(StructRole::L)
                } else {
                    self.end()
                }
                listed = item;
            }
            match row {
                Row::Table { rows, .. } if part.id == "scores" => self.scores(rows, sheet),
                Row::Table { columns, rows } => self.table(columns, rows, part.id == "tried"),
                Row::Blank(n) if self.keeps => self.room_at_the_end(*n, sheet),
                Row::Blank(n) => self.blank(*n),
                Row::Line(line) => self.text(StructRole::P, line, false, self.body),
                row => self.row_item(part, row, sheet),
            }
        }
        if listed {
            self.end();
        }
        if let Some(short) = short {
            self.rows_in_columns(short, sheet);
        }
        self.part_lang.clear();
        if is_boxed(part) {
            (self.left, self.edge) = (left, edge);
            self.y -= INSET;
            self.frame(page, top, left, edge);
            self.second = second;
        }
    }

    /// The history across the whole page, as what reads as a table and, of its own, its short lines:
    /// these stand in columns.
    fn short_rows(&self, part: &Part) -> (Part, Option<Part>) {
        let (short, rest): (Vec<Row>, Vec<Row>) =
            part.rows.iter().cloned().partition(|row| !matches!(row, Row::Table { .. }));
        if part.id != "tried" || !self.is_full_width() || short.len() < 4 {
            return (part.clone(), None);
        }
        (Part { rows: rest, ..part.clone() }, Some(Part { rows: short, ..part.clone() }))
    }

    /// True where lines are as long as the page is wide.
    pub(super) fn is_full_width(&self) -> bool {
        self.left == MARGIN && self.edge == self.width - MARGIN
    }

    /// A box around what was drawn since `top`; where it went over to another page, it is open
    /// towards that.
    fn frame(&mut self, from: usize, top: Length, left: Length, edge: Length) {
        let (to, y) = (self.page, self.y);
        for page in from..=to {
            let upper = if page == from { top } else { self.height - MARGIN };
            let lower = if page == to { y } else { BOTTOM };
            self.page = page;
            self.artifact(|c| {
                c.set_line_width(1.0);
                for x in [left, edge] {
                    c.move_to(point(x), point(upper)).line_to(point(x), point(lower));
                }
                for (here, y) in [(page == from, upper), (page == to, lower)] {
                    if here {
                        c.move_to(point(left), point(y)).line_to(point(edge), point(y));
                    }
                }
                c.stroke();
            });
        }
        self.page = to;
    }

    /// The lines of a row in one of the narrow columns.
    pub(super) fn narrow_lines(&self, row: &Row, part: &Part) -> Vec<Vec<Letter>> {
        let letters = all_letters(&line_runs(self.words, part.id, row));
        wrap(&letters, self.body, self.narrow_width()).into_iter().map(<[Letter]>::to_vec).collect()
    }

    fn narrow_width(&self) -> Length {
        (self.width - 2 * MARGIN - (NARROW - 1) * NARROW_GUTTER) / NARROW
    }

    /// The list of noes in narrow columns.
    fn in_narrow_columns(&mut self, part: &Part) {
        self.y -= SPACE;
        self.need(HEADING + 4 * self.leading(self.body));
        self.text(StructRole::H2, &part.heading, true, HEADING);
        let rows: Vec<&Row> = part.rows.iter().collect();
        self.narrow_rows(&rows, part);
    }

    /// Rows one after the other in narrow columns of equal height, over as many pages as they need.
    fn narrow_rows(&mut self, rows: &[&Row], part: &Part) {
        let rows: Vec<Vec<Vec<Letter>>> = rows.iter().map(|row| self.narrow_lines(row, part)).collect();
        let mut left: usize = rows.iter().map(Vec::len).sum();
        let (mut column, mut used, mut top) = (0, 0, self.y);
        let line_height = self.leading(self.body);
        let tall_of = |left: usize, top: Length| {
            left.div_ceil(NARROW as usize).min(((top - BOTTOM) / line_height).max(1) as usize)
        };
        let mut tall = tall_of(left, top);
        self.begin(StructRole::L);
        for lines in &rows {
            self.begin(StructRole::LI);
            self.begin(StructRole::LBody);
            for (i, line) in lines.iter().enumerate() {
                if used == tall {
                    (column, used) = (column + 1, 0);
                    self.y = top;
                }
                if column == NARROW {
                    self.next_page();
                    (column, top) = (0, self.y);
                    tall = tall_of(left, top);
                }
                let x = self.left + column * (self.narrow_width() + NARROW_GUTTER);
                self.line(line, x, self.body, i + 1 < lines.len());
                (used, left) = (used + 1, left - 1);
            }
            self.end();
            self.end();
        }
        self.end();
        self.y = top - tall as Length * self.leading(self.body);
    }

    /// A row as an entry of a list, with its drawing or its line to write on.
    pub(super) fn row_item(&mut self, part: &Part, row: &Row, sheet: &Sheet) {
        let bullet = match row {
            Row::Tick { ticked, .. } => Bullet::Box(*ticked),
            Row::Answer { mark: Some(mark), .. } => Bullet::Mark(*mark),
            // No dot before a line that heads a group of boxes.
            Row::Line(_) if part.id == "questions" => Bullet::None,
            _ => Bullet::Dot,
        };
        self.item(&line_runs(self.words, part.id, row), bullet, ruler_of(row, sheet));
        if matches!(row, Row::Tick { room: true, .. }) {
            self.blank(1);
        }
    }

    pub(super) fn item(&mut self, runs: &[Run], bullet: Bullet, ruler: Option<&Ruler>) {
        self.begin(StructRole::LI);
        self.begin(StructRole::LBody);
        if ruler.is_some() {
            self.need(2 * self.leading(self.body) + RULER_HEIGHT);
        }
        self.entry(runs, bullet);
        if let Some(ruler) = ruler {
            self.ruler(ruler);
        }
        self.end();
        self.end();
    }

    /// The lines of an entry, as content of the innermost open element.
    fn entry(&mut self, runs: &[Run], bullet: Bullet) {
        let letters = all_letters(runs);
        let lines = wrap(&letters, self.body, self.right() - self.left - INDENT).len();
        self.need(lines.min(TOGETHER) as Length * self.leading(self.body));
        self.bullet(bullet);
        self.flow(&letters, INDENT, self.body);
    }

    pub(super) fn blank(&mut self, rows: u8) {
        for _ in 0..rows {
            self.need(self.hand());
            self.y -= self.hand();
            self.rule(self.left, self.edge, self.y + 400);
        }
    }

    /// From one line that is written on by hand to the next.
    pub(super) fn hand(&self) -> Length {
        if self.close { HAND_CLOSE } else { HAND }
    }

    /// Lines to write on at the end of the sheet to keep: as many as leave room for the foot on
    /// this page. If not even one does, all of them are drawn and the foot goes to the next page.
    fn room_at_the_end(&mut self, rows: u8, sheet: &Sheet) {
        let room = self.y - BOTTOM - self.foot_height(sheet, self.edge - self.left);
        let fit = u8::try_from(room / self.hand()).unwrap_or(0);
        self.blank(if fit == 0 { rows } else { rows.min(fit) });
    }

    pub(super) fn text(&mut self, role: StructRole, text: &str, bold: bool, size: Length) {
        self.begin(role);
        self.flow(&letters(text, bold), 0, size);
        self.end();
    }

    /// Draws letters in as many lines as they need, indented by `indent` from the left edge.
    fn flow(&mut self, letters: &[Letter], indent: Length, size: Length) {
        let lines = wrap(letters, size, self.right() - self.left - indent);
        let last = lines.len().saturating_sub(1);
        self.need(lines.len().min(TOGETHER) as Length * self.leading(size));
        for (i, line) in lines.into_iter().enumerate() {
            self.need(self.leading(size));
            self.line(line, self.left + indent, size, i < last);
        }
    }

    /// One line, as content of the innermost open element; the next one goes below. `more` adds the
    /// blank that was lost where the line breaks: else two words run into each other when they are
    /// copied.
    pub(super) fn line(&mut self, line: &[Letter], x: Length, size: Length, more: bool) {
        self.y -= self.leading(size);
        let y = self.y + (self.leading(size) - size) / 2 + size / 5;
        let Some(owner) = self.open.last().copied() else { return };
        let number = self.page;
        let Some(page) = self.pages.get_mut(self.page) else { return };
        let out = &mut page.content;
        let role = self.elements.get(owner).map_or(StructRole::Span, |e| e.role);
        out.begin_marked_content_with_properties(role.to_name()).properties().identify(page.owners.len() as i32);
        let lost = line.iter().any(|(c, _)| byte(*c).is_none());
        if lost {
            let text: String = line.iter().map(|(c, _)| *c).collect();
            out.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(&text));
            self.lost = true;
        }
        out.begin_text().next_line(point(x), point(y));
        for run in line.chunk_by(|a, b| a.1 == b.1) {
            let bold = run.first().is_some_and(|l| l.1);
            out.set_font(if bold { BOLD } else { REGULAR }, point(size)).show(Str(&bytes(run)));
        }
        if more {
            out.show(Str(b" "));
        }
        out.end_text().end_marked_content();
        if lost {
            out.end_marked_content();
        }
        let content = page.owners.len();
        page.owners.push(owner);
        if let Some(element) = self.elements.get_mut(owner) {
            element.children.push(Child::Content(number, content));
        }
    }
}

/// True for a part that stands in a box: what is read first, and what is open.
pub(super) fn is_boxed(part: &Part) -> bool {
    matches!(part.id, "safety" | "open" | "help")
}

/// The ruler that is drawn below a line.
pub(super) fn ruler_of<'a>(row: &Row, sheet: &'a Sheet) -> Option<&'a Ruler> {
    let Row::Answer { label, .. } = row else { return None };
    sheet.rulers.iter().find(|ruler| ruler.name == *label)
}
