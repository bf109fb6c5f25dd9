//! What is drawn: rulers of scores, and the code on paper.

use super::file::{BOLD, Child, REGULAR};
use super::layout::Layout;
use super::letters::{Length, bytes, letters, measure, point};
use super::{BODY, CODE, GAP, INDENT, QUIET, RULER_HEIGHT};
use crate::qr::Qr;
use crate::text::mark_words;
use engine::summary::{Mark, Row, Ruler, Sheet};
use pdf_writer::types::StructRole;
use pdf_writer::{Content, Name, Str, TextStr};

/// The height of a ruler, without its numbers.
const RULER: Length = 500;
/// The side of what stands in front of a line.
const SHAPE: Length = 500;
/// Room behind a shape of the legend, and behind its word.
const LEGEND: [Length; 2] = [220, 900];

/// What stands in front of an entry of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bullet {
    /// Nothing.
    None,
    /// A dot, which says nothing.
    Dot,
    /// Why the line stands out.
    Mark(Mark),
    /// A box to tick, ticked or not.
    Box(bool),
}

/// The marks in the order of the legend.
const MARKS: [Mark; 5] = [Mark::Emergency, Mark::First, Mark::Discuss, Mark::Note, Mark::Open];

impl Layout<'_> {
    /// A scale from 0 to the highest total with its bands, a dot for a total, a bar from the lowest
    /// to the highest possible where items are missing.
    pub(super) fn ruler(&mut self, ruler: &Ruler) {
        let (left, width) = (self.left + INDENT, self.right() - self.left - INDENT - 600);
        let place = |n: f64| left + (n / ruler.highest.max(1.0) * f64::from(width)) as Length;
        let top = self.y - 300;
        let (from, to) = (place(ruler.range.0), place(ruler.range.1));
        self.y = top - RULER;
        let base = self.y;
        self.figure(&ruler.alt, |c| {
            c.set_line_width(0.5).rect(point(left), point(base), point(width), point(RULER)).stroke();
            for mark in &ruler.marks {
                c.move_to(point(place(*mark)), point(base)).line_to(point(place(*mark)), point(base + RULER)).stroke();
            }
            if from == to {
                circle(c, point(from), point(base + RULER / 2), 3.2);
            } else {
                c.rect(point(from), point(base + 120), point(to - from), point(RULER - 240));
            }
            c.fill_nonzero();
            let mut free = left - GAP;
            for n in [0.0].iter().chain(&ruler.marks).chain([&ruler.highest]) {
                let letters = letters(&n.to_string(), false);
                let wide = measure(&letters, BODY);
                let x = place(*n) - wide / 2;
                // A number that would touch the one before it is left out; its line stands there.
                if x > free {
                    c.begin_text()
                        .next_line(point(x), point(base - 850))
                        .set_font(REGULAR, point(BODY))
                        .show(Str(&bytes(&letters)))
                        .end_text();
                    free = x + wide + 200;
                }
            }
        });
        self.y -= RULER_HEIGHT - RULER - 300;
    }

    /// The shape in front of the line that comes next, as on paper. Where it is copied or read
    /// aloud, it is the words that other formats have in its place.
    pub(super) fn bullet(&mut self, bullet: Bullet) {
        let text = match bullet {
            Bullet::None => return,
            Bullet::Dot => {
                let (x, y) = (point(self.left + 200), point(self.y - 650));
                return self.artifact(|c| {
                    c.rect(x, y, 2.0, 2.0).fill_nonzero();
                });
            }
            Bullet::Mark(mark) => ["[", mark_words(self.words, mark), "] "].concat(),
            Bullet::Box(ticked) => String::from(if ticked { "[x] " } else { "[ ] " }),
        };
        let (x, y, size) = (self.left + 30, self.y - 760, self.body);
        let Some(owner) = self.open.last().copied() else { return };
        let role = self.elements.get(owner).map_or(StructRole::Span, |element| element.role);
        let Some(page) = self.pages.get_mut(self.page) else { return };
        let content = page.owners.len();
        let out = &mut page.content;
        out.begin_marked_content_with_properties(role.to_name()).properties().identify(content as i32);
        out.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(&text));
        shape(out, bullet, x, y);
        // What has no letter is no text: a blank carries the words.
        out.begin_text().next_line(point(x), point(y)).set_font(REGULAR, point(size)).show(Str(b" ")).end_text();
        out.end_marked_content();
        out.end_marked_content();
        page.owners.push(owner);
        if let Some(element) = self.elements.get_mut(owner) {
            element.children.push(Child::Content(self.page, content));
        }
    }

    /// The marks of the legend by the lines that they take at this width; none if no line of the
    /// sheet is marked, or it is the one to keep.
    pub(super) fn legend_lines(&self, sheet: &Sheet, width: Length) -> Vec<Vec<Mark>> {
        let mut rows = sheet.parts.iter().flat_map(|part| &part.rows);
        if self.keeps || !rows.any(|row| matches!(row, Row::Answer { mark: Some(_), .. })) {
            return Vec::new();
        }
        let (mut lines, mut used) = (vec![Vec::new()], 0);
        for mark in MARKS {
            let wide = self.in_legend(mark);
            if used > 0 && used + wide > width {
                lines.push(Vec::new());
                used = 0;
            }
            used += wide;
            if let Some(line) = lines.last_mut() {
                line.push(mark);
            }
        }
        lines
    }

    /// What the shapes in front of lines mean.
    pub(super) fn legend(&mut self, sheet: &Sheet) {
        let lines = self.legend_lines(sheet, self.right() - self.left);
        if lines.is_empty() {
            return;
        }
        self.need(lines.len() as Length * self.leading(self.body));
        self.begin(StructRole::P);
        for line in lines {
            let (mut x, y) = (self.left, self.y);
            for mark in line {
                self.artifact(|c| shape(c, Bullet::Mark(mark), x, y - 760));
                let word = letters(mark_words(self.words, mark), false);
                let [behind, _] = LEGEND;
                self.y = y;
                self.line(&word, x + SHAPE + behind, self.body, true);
                x += self.in_legend(mark);
            }
        }
        self.end();
    }

    /// How much of a line a mark takes in the legend.
    fn in_legend(&self, mark: Mark) -> Length {
        SHAPE + LEGEND.iter().sum::<Length>() + measure(&letters(mark_words(self.words, mark), false), self.body)
    }

    /// A drawing as an element of its own; `alt` says what it shows.
    fn figure(&mut self, alt: &str, draw: impl FnOnce(&mut Content)) {
        self.begin(StructRole::Figure);
        if let (Some(element), Some(owner)) = (self.elements.last_mut(), self.open.last().copied()) {
            element.alt = alt.into();
            if let Some(page) = self.pages.get_mut(self.page) {
                element.children.push(Child::Content(self.page, page.owners.len()));
                page.content
                    .begin_marked_content_with_properties(Name(b"Figure"))
                    .properties()
                    .identify(page.owners.len() as i32);
                page.owners.push(owner);
                draw(&mut page.content);
                page.content.end_marked_content();
            }
        }
        self.end();
    }

    /// The code at the right edge, and below it what it holds. What comes after it stands beside
    /// it.
    pub(super) fn code(&mut self, code: Option<&Qr>) {
        let Some(code) = code else { return };
        let y = self.y;
        let bottom = self.modules(code);
        let left = std::mem::replace(&mut self.left, self.edge - CODE);
        (self.y, self.beside) = (bottom, bottom);
        self.text(StructRole::P, self.words.code_holds(), false, self.body);
        self.left = left;
        self.beside = self.y;
        self.y = y;
    }

    /// The code at the right edge of a column, and at its left what it holds.
    pub(super) fn code_in_column(&mut self, code: Option<&Qr>) {
        let Some(code) = code else { return };
        self.y -= 450;
        let y = self.y;
        let bottom = self.modules(code);
        let edge = self.edge;
        self.edge -= CODE + QUIET;
        self.y = y - QUIET;
        self.text(StructRole::P, self.words.code_holds(), false, self.body);
        self.edge = edge;
        self.y = self.y.min(bottom);
    }

    /// Draws the modules of a code at the right edge, from here downwards; gives where the white
    /// below them ends.
    fn modules(&mut self, code: &Qr) -> Length {
        let module = CODE / code.size as Length;
        let (x, top) = (self.edge - CODE, self.y - 4 * module);
        // One unit a module, downwards from the upper left corner.
        let unit = point(module);
        self.artifact(|c| {
            c.save_state().transform([unit, 0.0, 0.0, -unit, point(x), point(top)]);
            for (x, y, length) in code.bars() {
                c.rect(x as f32, y as f32, length as f32, 1.0);
            }
            c.fill_nonzero().restore_state();
        });
        top - CODE - 4 * module
    }
}

/// A mark or a box to tick, on the line that begins at this place.
fn shape(c: &mut Content, bullet: Bullet, x: Length, y: Length) {
    let (left, low, side) = (point(x), point(y), point(SHAPE));
    c.set_line_width(0.8);
    match bullet {
        Bullet::None | Bullet::Dot => {}
        Bullet::Mark(Mark::Emergency) => {
            c.move_to(left, low).line_to(left + side, low).line_to(left + side / 2.0, low + side).close_path();
            c.fill_nonzero();
        }
        Bullet::Mark(Mark::First) => {
            c.rect(left, low, side, side).fill_nonzero();
        }
        Bullet::Mark(Mark::Note) => {
            circle(c, left + side / 2.0, low + side / 2.0, side / 2.0);
            c.stroke();
        }
        Bullet::Mark(Mark::Open) => {
            c.begin_text().next_line(left + 0.8, low).set_font(BOLD, point(BODY)).show(Str(b"?")).end_text();
        }
        Bullet::Mark(Mark::Discuss) => {
            c.rect(left, low, side, side).stroke();
        }
        Bullet::Box(ticked) => {
            c.rect(left, low, side, side);
            if ticked {
                c.move_to(left, low).line_to(left + side, low + side);
                c.move_to(left, low + side).line_to(left + side, low);
            }
            c.stroke();
        }
    }
}

/// A circle as four curves, to be filled.
fn circle(c: &mut Content, x: f32, y: f32, radius: f32) {
    // How far the handles of a quarter of a circle stand out.
    let handle = radius * 0.5523;
    c.move_to(x + radius, y);
    c.cubic_to(x + radius, y + handle, x + handle, y + radius, x, y + radius);
    c.cubic_to(x - handle, y + radius, x - radius, y + handle, x - radius, y);
    c.cubic_to(x - radius, y - handle, x - handle, y - radius, x, y - radius);
    c.cubic_to(x + handle, y - radius, x + radius, y - handle, x + radius, y);
}
