//! What is drawn: rulers of scores, and the code on paper.

use super::file::{Child, REGULAR};
use super::layout::Layout;
use super::letters::{Length, bytes, letters, measure, point};
use super::{BODY, CODE, GAP, INDENT, QUIET, RULER_HEIGHT};
use crate::qr::Qr;
use engine::summary::Ruler;
use pdf_writer::types::StructRole;
use pdf_writer::{Content, Name, Str};

/// The height of a ruler, without its numbers.
const RULER: Length = 500;

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
