//! The sheets as a PDF file, for the many devices whose browsers have no print dialog, or a bad one: real text,
//! tagged (headings, lists, tables, language), the same words as on paper.
//!
//! The layout is ours: lines of text, rules and a structure tree, with the two Helvetica faces that every reader brings.
//! Their letters (WinAnsi) cover English and Spanish. Another letter prints as `?`, is
//! there in full for copying and reading aloud (`ActualText`), and the sheet says so.

mod file;
mod letters;

use self::file::{BOLD, Child, Element, Page, REGULAR};
use self::letters::{Length, Letter, byte, bytes, letters, measure, point, wrap};
use super::qr::Qr;
use super::{Language, Run, areas, runs};
use engine::pack::Words;
use engine::summary::{Part, Row, Ruler, Sheet, Sheets};
use pdf_writer::types::{ArtifactType, StructRole};
use pdf_writer::{Content, Name, Str, TextStr};

/// 12.35 mm: printers leave out what stands closer to the edge.
const MARGIN: Length = 3500;
const TITLE: Length = 1500;
const HEADING: Length = 1050;
/// How far down pages are filled, above their number.
const BOTTOM: Length = 4700;
/// Where the page's number stands: 12 mm above the edge.
const NUMBER: Length = 3700;
/// The size of all text but titles and headings.
const BODY: Length = 900;
/// The size where a sheet to keep would begin a page for its last lines alone.
const DENSE: Length = 850;
/// Room between the two columns of the clinician's sheet.
const GUTTER: Length = 1600;
/// How far the text of an entry stands in.
const INDENT: Length = 800;
/// The height of a ruler with its numbers and the room around it.
const RULER_HEIGHT: Length = 2_000;
/// The height of a ruler, without its numbers.
const RULER: Length = 500;
/// Room above a part.
const SPACE: Length = 380;
/// What stands in a box stands in so far from its edges.
const INSET: Length = 500;
/// Steps in which the room of a table is given to its columns.
const STEPS: Length = 12;
/// Columns of the list of noes.
const NARROW: Length = 3;
/// Room between cells.
const GAP: Length = 600;
/// Between the lines that are written on by hand.
const HAND: Length = 1900;
/// The code's side: 40 mm.
const CODE: Length = 11_339;
/// White beside it that scanners need: four modules of the smallest code there is.
const QUIET: Length = 1_850;
/// Room for it in a column, with the white above and below, or for what it holds beside it.
const IN_COLUMN: Length = CODE + 2 * QUIET + 450;
/// Room for it, the white above and below, and what it holds.
const CODE_HEIGHT: Length = CODE + 9_000;
/// So many lines of a text stay on one page.
const TOGETHER: usize = 4;
/// A table with more columns is written as a list: its columns would be narrower than a word.
const MOST_COLUMNS: usize = 6;

/// The paper it is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 210 mm by 297 mm.
    A4,
    /// 8.5 in by 11 in.
    Letter,
}

impl Paper {
    fn size(self) -> (Length, Length) {
        match self {
            Self::A4 => (59_528, 84_189),
            Self::Letter => (61_200, 79_200),
        }
    }
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// True if some letters stand as `?`: then paper or a page shows more.
    pub lost: bool,
}

/// Both sheets as one file, each on pages of its own; the code, if there is one, stands on the clinician's.
pub fn write(words: &Words, lang: &str, sheets: &Sheets, code: Option<&Qr>, paper: Paper) -> Pdf {
    write_each([Language { words, lang }; 2], sheets, code, paper)
}

/// As [`write`], with the language of the clinician's sheet and of the one to keep.
pub fn write_each([theirs, own]: [Language<'_>; 2], sheets: &Sheets, code: Option<&Qr>, paper: Paper) -> Pdf {
    let Language { words, lang } = if sheets.clinician.is_some() { theirs } else { own };
    let (width, height) = paper.size();
    let root = Element { role: StructRole::Document, parent: None, children: Vec::new(), alt: String::new() };
    let mut layout = Layout {
        words,
        width,
        height,
        y: 0,
        pages: Vec::new(),
        elements: vec![root],
        open: vec![0],
        lost: false,
        close: false,
        pinned: None,
        body: BODY,
        beside: 0,
        page: 0,
        left: MARGIN,
        edge: width - MARGIN,
    };
    let mut lost = false;
    if let Some(clinician) = &sheets.clinician {
        layout.sheet(clinician, true, code);
        lost |= layout.lost;
    }
    layout.words = own.words;
    layout.sheet(&sheets.keep, false, None);
    lost |= layout.lost;
    let first = sheets.clinician.as_ref().unwrap_or(&sheets.keep);
    let title = [words.product(), ": ", &first.title].concat();
    Pdf { bytes: file::write(&layout.pages, &layout.elements, (width, height), lang, &title), lost }
}

/// A column, and how far it is filled.
struct Column {
    left: Length,
    edge: Length,
    page: usize,
    y: Length,
}

struct Layout<'a> {
    words: &'a Words,
    width: Length,
    height: Length,
    /// How far down the page is filled, from its bottom edge.
    y: Length,
    pages: Vec<Page>,
    elements: Vec<Element>,
    /// The elements that are open, outermost first.
    open: Vec<usize>,
    /// A letter of this sheet can't be shown.
    lost: bool,
    /// Room at the foot of a page for what is pinned there.
    pinned: Option<(usize, Length)>,
    /// Lines stand closer than usual.
    close: bool,
    /// The size of the letters of this sheet.
    body: Length,
    /// The page that is drawn on, by its place.
    page: usize,
    /// Where the lines of this column begin.
    left: Length,
    /// Where the lines of this column end.
    edge: Length,
    /// How far down this page the code stands at the right.
    beside: Length,
}

impl Layout<'_> {
    fn begin(&mut self, role: StructRole) {
        let parent = self.open.last().copied();
        let this = self.elements.len();
        if let Some(above) = parent.and_then(|p| self.elements.get_mut(p)) {
            above.children.push(Child::Element(this));
        }
        self.elements.push(Element { role, parent, children: Vec::new(), alt: String::new() });
        self.open.push(this);
    }

    fn end(&mut self) {
        self.open.pop();
    }

    fn new_page(&mut self) {
        self.page = self.pages.len();
        self.pages.push(Page::new());
        self.y = self.height - MARGIN;
        self.beside = self.y;
    }

    /// Goes on at the top of the next page, which may be there already: another column went over before this one.
    fn next_page(&mut self) {
        if self.page + 1 >= self.pages.len() {
            return self.new_page();
        }
        self.page += 1;
        self.y = self.height - MARGIN;
        self.beside = self.y;
    }

    /// Starts a new page if less than `height` is left.
    fn need(&mut self, height: Length) {
        if self.y - height < self.floor() {
            self.next_page();
        }
    }

    /// How far down this page is filled: above what is pinned to its foot.
    fn floor(&self) -> Length {
        BOTTOM + self.pinned.filter(|(page, _)| *page == self.page).map_or(0, |(_, height)| height)
    }

    /// Where lines end.
    fn right(&self) -> Length {
        self.edge - if self.y > self.beside { CODE + QUIET } else { 0 }
    }

    /// Draws what says nothing and so stands outside the structure.
    fn artifact(&mut self, draw: impl FnOnce(&mut Content)) {
        if let Some(page) = self.pages.get_mut(self.page) {
            page.content.begin_marked_content(Name(b"Artifact"));
            draw(&mut page.content);
            page.content.end_marked_content();
        }
    }

    fn rule(&mut self, from: Length, to: Length, y: Length) {
        self.artifact(|c| {
            c.set_line_width(0.5).move_to(point(from), point(y)).line_to(point(to), point(y)).stroke();
        });
    }

    fn sheet(&mut self, sheet: &Sheet, clinician: bool, code: Option<&Qr>) {
        let (pages, elements) = (self.pages.len(), self.elements.len());
        self.set(sheet, clinician, code, BODY);
        let last_lines = self.pages.len() > pages + 1 && self.y > self.height / 4 * 3;
        if last_lines && !clinician {
            self.take_back(pages, elements);
            self.set(sheet, clinician, code, DENSE);
        }
        // Lines that are a little closer, where that makes the clinician's sheet one side.
        if clinician && self.pages.len() > pages + 1 {
            self.close = true;
            self.take_back(pages, elements);
            self.set(sheet, clinician, code, BODY);
            self.close = false;
            if self.pages.len() > pages + 1 {
                self.take_back(pages, elements);
                self.set(sheet, clinician, code, BODY);
            }
        }
    }

    /// Takes back a sheet that was set, to set it anew.
    fn take_back(&mut self, pages: usize, elements: usize) {
        self.pages.truncate(pages);
        self.elements.truncate(elements);
        if let Some(root) = self.elements.first_mut() {
            root.children.pop();
        }
    }

    /// From one line to the next.
    fn leading(&self, size: Length) -> Length {
        if self.close { size * 105 / 100 } else { size * 11 / 10 }
    }

    /// Sets a sheet in letters of this size, on pages of its own.
    fn set(&mut self, sheet: &Sheet, clinician: bool, mut code: Option<&Qr>, body: Length) {
        let from = self.pages.len();
        self.lost = false;
        self.body = body;
        self.new_page();
        self.begin(StructRole::Sect);
        self.text(StructRole::H1, &sheet.title, true, TITLE);
        for line in sheet.lead.iter().filter(|l| !l.is_empty()) {
            self.text(StructRole::P, line, false, self.body);
        }
        let mut has_foot = false;
        if clinician {
            self.by_hand();
            self.strip(&sheet.strip);
            has_foot = self.in_columns(sheet, &mut code);
        } else {
            self.with_help_pinned(sheet);
        }
        if code.is_some() {
            // No room so far: the foot goes over with it.
            self.need(CODE_HEIGHT);
            self.code(code);
        }
        if !has_foot {
            self.foot(sheet);
        }
        self.pinned = None;
        self.end();
        self.page_numbers(from, &sheet.title);
    }

    /// The parts of a sheet to keep, with whom to call at the foot of its first page: a block that no other part moves off it.
    fn with_help_pinned(&mut self, sheet: &Sheet) {
        let (help, rest): (Vec<&Part>, Vec<&Part>) = sheet.parts.iter().partition(|part| part.id == "help");
        let first = self.page;
        let height: Length = help.iter().map(|part| self.part_height(part, sheet, self.width - 2 * MARGIN)).sum();
        // On a sheet with room for nothing else it stands where it comes.
        self.pinned = Some((first, height)).filter(|_| height > 0 && height < self.height / 3);
        let pinned = self.pinned.is_some();
        let (before, after) = if pinned { (rest, help) } else { (sheet.parts.iter().collect(), Vec::new()) };
        before.into_iter().for_each(|part| self.part(part, sheet));
        if pinned {
            let (page, y, room) = (self.page, self.y, self.pinned.take());
            (self.page, self.y) = (first, BOTTOM + height);
            after.into_iter().for_each(|part| self.part(part, sheet));
            // The small lines at the end stand above it, too.
            (self.page, self.y, self.pinned) = (page, y, room);
        }
    }

    /// The clinician's sheet in two columns of seven and five twelfths: what the talk turns on at the left, results, aims and
    /// practical things at the right. Parts that can wait fill the shorter column as long as they fit, and stand below both
    /// at the full width after that. True if the foot stands in a column too.
    fn in_columns(&mut self, sheet: &Sheet, code: &mut Option<&Qr>) -> bool {
        let middle = MARGIN + (self.width - 2 * MARGIN - GUTTER) * 7 / 12;
        let (first, y) = (self.page, self.y);
        let column = |left, edge| Column { left, edge, page: first, y };
        let mut columns = [column(MARGIN, middle), column(middle + GUTTER, self.width - MARGIN)];
        let [left, right, rest] = areas(&sheet.parts);
        for (column, parts) in columns.iter_mut().zip([left, right]) {
            parts.into_iter().for_each(|part| self.fill(column, |layout| layout.part(part, sheet)));
        }
        // The code comes before what can wait, in the right column if it has room.
        if let Some(column) = columns.iter_mut().rev().find(|c| c.page == first && c.y - IN_COLUMN >= BOTTOM) {
            self.fill(column, |layout| layout.code_in_column(code.take()));
        }
        let mut below: Vec<&Part> = Vec::new();
        for part in rest {
            // At the full width if it fits there, with what is there already, below the longer column.
            let lowest = columns.iter().map(|c| c.y).min().unwrap_or_default();
            let wide: Length = below.iter().chain([&part]).map(|p| self.wide_height(p, sheet)).sum();
            let fits_below = columns.iter().all(|c| c.page == first) && lowest - wide - self.foot_height(sheet, self.width - 2 * MARGIN) >= BOTTOM;
            let whole = part.id == "no" && fits_below;
            match columns.iter_mut().filter(|c| !whole && below.is_empty() && self.fits(part, sheet, c, first)).max_by_key(|c| c.y) {
                Some(column) => self.fill(column, |layout| layout.part(part, sheet)),
                None => below.push(part),
            }
        }
        // What is left goes on below the longer column; the foot beside it, if it fits nowhere else on this page.
        columns.sort_by_key(|c| (c.page, -c.y));
        let [shorter, longer] = &mut columns;
        let (page, y) = (longer.page, longer.y);
        let whole = self.foot_height(sheet, self.width - 2 * MARGIN);
        let beside = below.is_empty()
            && shorter.page == page
            && y - whole < BOTTOM
            && shorter.y - self.foot_height(sheet, shorter.edge - shorter.left) >= BOTTOM;
        if beside {
            self.fill(shorter, |layout| layout.foot(sheet));
        }
        self.fill(&mut Column { left: MARGIN, edge: self.width - MARGIN, page, y }, |layout| {
            layout.beside = layout.height;
            below.into_iter().for_each(|part| layout.part(part, sheet));
        });
        beside
    }

    /// The height of a part at the full width of the page.
    fn wide_height(&self, part: &Part, sheet: &Sheet) -> Length {
        let room = self.width - 2 * MARGIN;
        if part.id == "no" {
            let lines: usize = part.rows.iter().map(|row| self.narrow_lines(row, part).len()).sum();
            return SPACE + self.leading(HEADING) + lines.div_ceil(NARROW as usize) as Length * self.leading(self.body);
        }
        let hand = |row: &Row| matches!(row, Row::Table { rows, .. } if is_blank(rows));
        let by_hand = part.rows.iter().filter(|row| hand(row)).map(|row| if let Row::Table { rows, .. } = row { rows.len() as Length } else { 0 });
        let by_hand: Length = by_hand.map(|rows| rows * HAND + 2 * self.leading(self.body)).sum();
        let rest = Part { id: part.id, heading: part.heading.clone(), rows: part.rows.iter().filter(|row| !hand(row)).cloned().collect() };
        by_hand + self.part_height(&rest, sheet, room)
    }

    /// The small lines at the end of a sheet.
    fn foot(&mut self, sheet: &Sheet) {
        self.y -= self.body;
        if self.lost {
            self.text(StructRole::P, self.words.letters_lost(), true, self.body);
        }
        for line in foot_lines(sheet) {
            self.text(StructRole::P, &line, false, self.body);
        }
    }

    fn foot_height(&self, sheet: &Sheet, width: Length) -> Length {
        let lost = self.lost.then(|| self.words.letters_lost());
        let lines = lost.map(String::from).into_iter().chain(foot_lines(sheet));
        let lines = lines.map(|l| wrap(&letters(&l, true), self.body, width).len() as Length);
        self.body + lines.sum::<Length>() * self.leading(self.body)
    }

    /// True if a part fits whole into a column of this page. Lines to write a table on by hand want the whole width.
    fn fits(&self, part: &Part, sheet: &Sheet, column: &Column, page: usize) -> bool {
        let wide = |row: &Row| matches!(row, Row::Table { columns, rows } if columns.len() <= MOST_COLUMNS || is_blank(rows));
        let by_hand = part.rows.iter().any(wide);
        column.page == page && !by_hand && column.y - self.part_height(part, sheet, column.edge - column.left) >= BOTTOM
    }

    /// Draws in a column, from where it is filled so far.
    fn fill(&mut self, column: &mut Column, draw: impl FnOnce(&mut Self)) {
        (self.left, self.edge, self.page, self.y) = (column.left, column.edge, column.page, column.y);
        draw(self);
        (column.page, column.y) = (self.page, self.y);
        (self.left, self.edge) = (MARGIN, self.width - MARGIN);
    }

    /// The height of a part at this width, about: a table counts as the list that it may become.
    fn part_height(&self, part: &Part, sheet: &Sheet, width: Length) -> Length {
        let width = width - if is_boxed(part) { 2 * INSET } else { 0 };
        let lines = |letters: &[Letter], width: Length| wrap(letters, self.body, width).len() as Length * self.leading(self.body);
        let mut height = SPACE + wrap(&letters(&part.heading, true), HEADING, width).len() as Length * self.leading(HEADING);
        if is_boxed(part) {
            height += 2 * INSET;
        }
        for row in &part.rows {
            height += match row {
                Row::Table { columns, rows } => {
                    rows.iter().map(|cells| lines(&all_letters(&listed(self.words, columns, cells)), width - INDENT)).sum()
                }
                Row::Blank(n) => Length::from(*n) * HAND,
                Row::Line(line) => lines(&letters(line, false), width),
                row => {
                    lines(&all_letters(&runs(self.words, part.id, row)), width - INDENT)
                        + if ruler_of(row, sheet).is_some() { RULER_HEIGHT } else { 0 }
                }
            };
        }
        height
    }

    /// Age, what help is wanted with, and how much was answered, on lines across the page.
    fn strip(&mut self, strip: &[(String, String)]) {
        let mut runs = Vec::new();
        for (label, value) in strip {
            let joint = if runs.is_empty() { "" } else { "  \u{b7}  " };
            runs.push(Run { text: [joint, label, ": "].concat(), bold: false });
            runs.push(Run { text: value.clone(), bold: true });
        }
        self.y -= 300;
        self.begin(StructRole::P);
        self.flow(&all_letters(&runs), self.left, self.body);
        self.end();
        self.y -= 200;
        self.rule(self.left, self.edge, self.y);
    }

    /// Name and date of birth, to be written by hand: the file never asks for them.
    fn by_hand(&mut self) {
        let half = self.width / 2;
        self.y -= 600;
        let y = self.y;
        for (label, from, to) in [(self.words.sheet_name(), MARGIN, half - 2 * GAP), (self.words.sheet_born(), half, self.width - MARGIN)] {
            let letters = letters(label, false);
            self.y = y;
            self.begin(StructRole::P);
            self.line(&letters, from, self.body, false);
            self.end();
            self.rule(from + measure(&letters, self.body) + GAP, to, self.y);
        }
    }

    fn part(&mut self, part: &Part, sheet: &Sheet) {
        if part.id == "no" && self.left == MARGIN && self.edge == self.width - MARGIN {
            return self.in_narrow_columns(part);
        }
        self.y -= SPACE;
        // A heading stays with what it heads.
        self.need(HEADING + 4 * self.leading(self.body));
        let (page, top, left, edge) = (self.page, self.y, self.left, self.edge);
        if is_boxed(part) {
            (self.left, self.edge) = (left + INSET, edge - INSET);
            self.y -= INSET / 2;
        }
        self.text(StructRole::H2, &part.heading, true, HEADING);
        let mut listed = false;
        for row in &part.rows {
            let item = matches!(row, Row::Said { .. } | Row::Quote { .. } | Row::Tick { .. });
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
                Row::Table { columns, rows } => self.table(columns, rows),
                Row::Blank(n) => self.blank(*n),
                Row::Line(line) => self.text(StructRole::P, line, false, self.body),
                row => self.item(&runs(self.words, part.id, row), !matches!(row, Row::Tick { .. }), ruler_of(row, sheet)),
            }
        }
        if listed {
            self.end();
        }
        if is_boxed(part) {
            (self.left, self.edge) = (left, edge);
            self.y -= INSET;
            self.frame(page, top, left, edge);
        }
    }

    /// A box around what was drawn since `top`; where it went over to another page, it is open towards that.
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
    fn narrow_lines(&self, row: &Row, part: &Part) -> Vec<Vec<Letter>> {
        let letters = all_letters(&runs(self.words, part.id, row));
        wrap(&letters, self.body, self.narrow_width()).into_iter().map(<[Letter]>::to_vec).collect()
    }

    fn narrow_width(&self) -> Length {
        (self.width - 2 * MARGIN - (NARROW - 1) * GUTTER) / NARROW
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
        let tall_of = |left: usize, top: Length| left.div_ceil(NARROW as usize).min(((top - BOTTOM) / line_height).max(1) as usize);
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
                let x = self.left + column * (self.narrow_width() + GUTTER);
                self.line(line, x, self.body, i + 1 < lines.len());
                (used, left) = (used + 1, left - 1);
            }
            self.end();
            self.end();
        }
        self.end();
        self.y = top - tall as Length * self.leading(self.body);
    }

    fn item(&mut self, runs: &[Run], dot: bool, ruler: Option<&Ruler>) {
        self.begin(StructRole::LI);
        self.begin(StructRole::LBody);
        if ruler.is_some() {
            self.need(2 * self.leading(self.body) + RULER_HEIGHT);
        }
        self.entry(runs, dot);
        if let Some(ruler) = ruler {
            self.ruler(ruler);
        }
        self.end();
        self.end();
    }

    /// The lines of an entry, as content of the innermost open element.
    fn entry(&mut self, runs: &[Run], dot: bool) {
        let letters = all_letters(runs);
        let x = self.left + INDENT;
        let lines = wrap(&letters, self.body, self.right() - x).len();
        self.need(lines.min(TOGETHER) as Length * self.leading(self.body));
        if dot {
            let (x, y) = (point(self.left + 200), point(self.y - 650));
            self.artifact(|c| {
                c.rect(x, y, 2.0, 2.0).fill_nonzero();
            });
        }
        self.flow(&letters, x, self.body);
    }

    /// Each result in words, and below it on its scale. Questionnaires that nobody asked stand in one line.
    fn scores(&mut self, rows: &[Vec<String>], sheet: &Sheet) {
        let silent = |cells: &&Vec<String>| cells.iter().skip(1).all(|c| c.is_empty() || c == self.words.sheet_not_asked());
        let (unasked, asked): (Vec<&Vec<String>>, Vec<&Vec<String>>) = rows.iter().partition(silent);
        self.begin(StructRole::L);
        for cells in asked {
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
                let day = sheet.days.get(i.saturating_sub(1)).filter(|_| result).map(|day| [day, ": "].concat()).unwrap_or_default();
                runs.push(Run { text: [joint, &day].concat(), bold: false });
                runs.push(Run { text: cell.clone(), bold: i == 0 || result });
            }
            let ruler = sheet.rulers.iter().find(|r| Some(&r.name) == cells.first());
            let lines = wrap(&all_letters(&runs), self.body, self.right() - self.left - INDENT).len().min(TOGETHER) as Length;
            self.need(lines * self.leading(self.body) + if ruler.is_some() { RULER_HEIGHT } else { 0 });
            self.item(&runs, true, ruler);
        }
        if !unasked.is_empty() {
            let names: Vec<&str> = unasked.iter().filter_map(|cells| cells.first()).map(String::as_str).collect();
            let text = [&names.join(", "), ": ", self.words.sheet_not_asked()].concat();
            self.item(&[Run { text, bold: false }], true, None);
        }
        self.end();
    }

    /// A scale from 0 to the highest total with its bands, a dot for a total, a bar from the lowest to the highest possible
    /// where items are missing.
    fn ruler(&mut self, ruler: &Ruler) {
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
                    c.begin_text().next_line(point(x), point(base - 850)).set_font(REGULAR, point(BODY)).show(Str(&bytes(&letters))).end_text();
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
                page.content.begin_marked_content_with_properties(Name(b"Figure")).properties().identify(page.owners.len() as i32);
                page.owners.push(owner);
                draw(&mut page.content);
                page.content.end_marked_content();
            }
        }
        self.end();
    }

    /// The code at the right edge, and below it what it holds. What comes after it stands beside it.
    fn code(&mut self, code: Option<&Qr>) {
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
    fn code_in_column(&mut self, code: Option<&Qr>) {
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

    /// Draws the modules of a code at the right edge, from here downwards; gives where the white below them ends.
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

    fn blank(&mut self, rows: u8) {
        for _ in 0..rows {
            self.need(HAND);
            self.y -= HAND;
            self.rule(self.left, self.edge, self.y + 400);
        }
    }

    fn text(&mut self, role: StructRole, text: &str, bold: bool, size: Length) {
        self.begin(role);
        self.flow(&letters(text, bold), self.left, size);
        self.end();
    }

    /// Letters in as many lines as they need, from `x` to where lines end.
    fn flow(&mut self, letters: &[Letter], x: Length, size: Length) {
        let lines = wrap(letters, size, self.right() - x);
        let last = lines.len().saturating_sub(1);
        self.need(lines.len().min(TOGETHER) as Length * self.leading(size));
        for (i, line) in lines.into_iter().enumerate() {
            self.need(self.leading(size));
            self.line(line, x, size, i < last);
        }
    }

    /// One line, as content of the innermost open element; the next one goes below. `more` adds the blank that was
    /// lost where the line breaks: else two words run into each other when they are copied.
    fn line(&mut self, line: &[Letter], x: Length, size: Length, more: bool) {
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
            let said: String = line.iter().map(|(c, _)| *c).collect();
            out.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(&said));
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

    fn table(&mut self, columns: &[String], rows: &[Vec<String>]) {
        let widths = self.column_widths(columns, rows);
        // A row stays on one page; one that can't is no row.
        let page = self.height - MARGIN - BOTTOM - 2 * self.leading(self.body);
        let lines = |cell: &String, width: Length| wrap(&letters(cell, false), self.body, width - GAP).len() as Length;
        let tall = |cells: &Vec<String>| cells.iter().zip(&widths).any(|(c, w)| lines(c, *w) * self.leading(self.body) > page);
        // A word that is broken inside a cell is not read as a word.
        let longest = |cell: &String, bold| cell.split([' ', '\n']).map(|word| measure(&letters(word, bold), self.body)).max().unwrap_or_default();
        let narrow = |cells: &[String], bold| cells.iter().zip(&widths).any(|(c, w)| longest(c, bold) > *w - GAP);
        let broken = narrow(columns, true) || rows.iter().any(|cells| narrow(cells, false));
        if columns.len() > MOST_COLUMNS || rows.iter().any(tall) || broken {
            return self.table_as_list(columns, rows);
        }
        self.begin(StructRole::Table);
        self.table_row(columns, &widths, StructRole::TH);
        for cells in rows {
            self.table_row(cells, &widths, StructRole::TD);
        }
        self.end();
        self.y -= 300;
    }

    /// By what stands in them: none is narrower than its longest word as long as all have room, and the table is low.
    fn column_widths(&self, columns: &[String], rows: &[Vec<String>]) -> Vec<Length> {
        let room = self.edge - self.left;
        let widest = |i: usize| {
            let head = columns.get(i).map_or(0, |c| measure(&letters(c, true), self.body));
            let cells = rows.iter().filter_map(|r| r.get(i)).map(|c| measure(&letters(c, false), self.body));
            cells.fold(head, Length::max) + GAP
        };
        let wanted: Vec<Length> = (0..columns.len()).map(widest).collect();
        let word = |cell: &String, bold| cell.split([' ', '\n']).map(|word| measure(&letters(word, bold), self.body)).max().unwrap_or_default();
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
        // What is left goes, step by step, to the column that makes the table lowest, else to the one that wants most.
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
        let lines =
            |cells: &Vec<String>| cells.iter().zip(widths).map(|(c, w)| wrap(&letters(c, false), self.body, w - GAP).len()).max().unwrap_or_default();
        rows.iter().map(lines).sum()
    }

    fn table_row(&mut self, cells: &[String], widths: &[Length], role: StructRole) {
        let cells: Vec<Vec<Letter>> = cells.iter().map(|c| letters(c, role == StructRole::TH)).collect();
        let lines: Vec<Vec<&[Letter]>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, self.body, w - GAP)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or_default();
        self.need(most as Length * self.leading(self.body) + 400);
        self.begin(StructRole::TR);
        let (top, mut x) = (self.y - 200, self.left);
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
        self.y = top - most as Length * self.leading(self.body) - 200;
        self.rule(self.left, self.edge, self.y);
    }

    /// Each row as one entry, with the names of its columns.
    fn table_as_list(&mut self, columns: &[String], rows: &[Vec<String>]) {
        if is_blank(rows) {
            self.text(StructRole::P, &columns.join(" · "), false, self.body);
            return self.blank(rows.len().min(40) as u8);
        }
        self.begin(StructRole::L);
        for cells in rows {
            self.item(&listed(self.words, columns, cells), true, None);
        }
        self.end();
    }

    /// "For the clinician · Page 1 of 2" at the foot of a sheet's pages.
    fn page_numbers(&mut self, from: usize, title: &str) {
        let of = self.pages.len() - from;
        for (i, page) in self.pages.iter_mut().skip(from).enumerate() {
            let text = self.words.page_of().replace("{n}", &(i + 1).to_string()).replace("{of}", &of.to_string());
            let letters = letters(&[title, " · ", &text].concat(), false);
            let x = (self.width - measure(&letters, self.body)) / 2;
            let out = &mut page.content;
            out.begin_marked_content_with_properties(Name(b"Artifact")).properties().artifact().kind(ArtifactType::Pagination);
            out.begin_text().next_line(point(x), point(NUMBER)).set_font(REGULAR, point(self.body)).show(Str(&bytes(&letters)));
            out.end_text().end_marked_content();
        }
    }
}

/// The small lines at the end of a sheet; the last ones, which say what the tool is, as one paragraph.
fn foot_lines(sheet: &Sheet) -> Vec<String> {
    let (first, last) = sheet.foot.split_at_checked(sheet.foot.len().saturating_sub(3)).unwrap_or_default();
    first.iter().cloned().chain([last.join(" ")]).filter(|l| !l.is_empty()).collect()
}

/// The ruler that is drawn below a line.
fn ruler_of<'a>(row: &Row, sheet: &'a Sheet) -> Option<&'a Ruler> {
    let Row::Said { label, .. } = row else { return None };
    sheet.rulers.iter().find(|ruler| ruler.name == *label)
}

/// True for a part that stands in a box: what is read first, and what is open.
fn is_boxed(part: &Part) -> bool {
    matches!(part.id, "safety" | "open" | "help")
}

/// True for a table that is filled in by hand.
fn is_blank(rows: &[Vec<String>]) -> bool {
    rows.iter().flatten().all(String::is_empty)
}

/// A row of a table as one entry, with the names of its columns; those without an answer are named together.
fn listed(words: &Words, columns: &[String], cells: &[String]) -> Vec<Run> {
    let mut runs = Vec::new();
    let (open, given): (Vec<_>, Vec<_>) = columns.iter().zip(cells).filter(|(_, c)| !c.is_empty()).partition(|(_, c)| *c == words.not_answered());
    let open = open.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let open = (!open.is_empty()).then(|| (words.not_answered(), open));
    for (name, cell) in given.iter().map(|(name, cell)| (name.as_str(), cell.to_string())).chain(open) {
        let joint = if runs.is_empty() { "" } else { " · " };
        runs.push(Run { text: [joint, name, ": "].concat(), bold: false });
        runs.push(Run { text: cell, bold: name != words.not_answered() });
    }
    runs
}

fn all_letters(runs: &[Run]) -> Vec<Letter> {
    runs.iter().flat_map(|r| letters(&r.text, r.bold)).collect()
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
