//! The sheets as a PDF file, for the many devices whose browsers have no print dialog, or a bad one: real text,
//! tagged (headings, lists, tables, language), the same words as on paper.
//!
//! A writer of our own: lines of text, rules and a structure tree are all it makes, with the two Helvetica faces
//! that every reader brings. Their letters (WinAnsi) cover English and Spanish. Another letter prints as `?`, is
//! there in full for copying and reading aloud (`ActualText`), and the sheet says so.

mod file;
mod letters;

use self::file::{Element, Kid, Page, show, utf16};
use self::letters::{Length, Letter, byte, letters, measure, point, wrap};
use super::qr::Qr;
use super::{Run, runs};
use engine::pack::Words;
use engine::summary::{Part, Row, Sheet, Sheets};

const MARGIN: Length = 4000;
const TITLE: Length = 1500;
const HEADING: Length = 1050;
/// How far down pages are filled, above their number.
const BOTTOM: Length = 3600;
const BODY: Length = 900;
/// Where there is much to tell, so that what comes before the history stays on the first page as long as it can.
const DENSE: Length = 850;
/// So many lines of safety are much to tell, as on paper.
const MUCH: usize = 7;
const SMALL: Length = 750;
/// Room between cells.
const GAP: Length = 600;
/// Between the lines that are written on by hand.
const HAND: Length = 2200;
/// The code's side: 40 mm.
const CODE: Length = 11_339;
/// White beside it that scanners need: four modules of the smallest code there is.
const QUIET: Length = 1_850;
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
    let (width, height) = paper.size();
    let root = Element { role: "Document", parent: None, kids: Vec::new() };
    let mut layout =
        Layout { words, width, height, y: 0, pages: Vec::new(), elements: vec![root], open: vec![0], lost: false, body: BODY, beside: 0 };
    let mut lost = false;
    if let Some(clinician) = &sheets.clinician {
        layout.sheet(clinician, true, code);
        lost |= layout.lost;
    }
    layout.sheet(&sheets.keep, false, None);
    lost |= layout.lost;
    let first = sheets.clinician.as_ref().unwrap_or(&sheets.keep);
    let title = [words.product(), ": ", &first.title].concat();
    Pdf { bytes: file::write(&layout.pages, &layout.elements, (width, height), lang, &title), lost }
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
    /// The size of its letters.
    body: Length,
    /// How far down this page the code stands at the right.
    beside: Length,
}

impl Layout<'_> {
    fn begin(&mut self, role: &'static str) {
        let parent = self.open.last().copied();
        let this = self.elements.len();
        if let Some(above) = parent.and_then(|p| self.elements.get_mut(p)) {
            above.kids.push(Kid::Element(this));
        }
        self.elements.push(Element { role, parent, kids: Vec::new() });
        self.open.push(this);
    }

    fn end(&mut self) {
        self.open.pop();
    }

    fn new_page(&mut self) {
        self.pages.push(Page::default());
        self.y = self.height - MARGIN;
        self.beside = self.y;
    }

    /// Starts a new page if less than `height` is left.
    fn need(&mut self, height: Length) {
        if self.y - height < BOTTOM {
            self.new_page();
        }
    }

    /// Where lines end.
    fn right(&self) -> Length {
        self.width - MARGIN - if self.y > self.beside { CODE + QUIET } else { 0 }
    }

    fn draw(&mut self, operators: &str) {
        if let Some(page) = self.pages.last_mut() {
            page.content.extend_from_slice(operators.as_bytes());
        }
    }

    /// A rule, which says nothing and so stands outside the structure.
    fn rule(&mut self, from: Length, to: Length, y: Length) {
        let drawn = ["/Artifact BMC 0.5 w ", &point(from), " ", &point(y), " m ", &point(to), " ", &point(y), " l S EMC\n"].concat();
        self.draw(&drawn);
    }

    fn sheet(&mut self, sheet: &Sheet, clinician: bool, code: Option<&Qr>) {
        let (pages, elements) = (self.pages.len(), self.elements.len());
        let much = sheet.parts.iter().any(|p| p.id == "safety" && p.rows.len() >= MUCH);
        self.set(sheet, clinician, code, if much { DENSE } else { BODY });
        // A last page of a few lines: set closer, they may fit before it.
        if !much && self.pages.len() > pages + 1 && self.y > self.height / 4 * 3 {
            self.pages.truncate(pages);
            self.elements.truncate(elements);
            if let Some(root) = self.elements.first_mut() {
                root.kids.pop();
            }
            self.set(sheet, clinician, code, DENSE);
        }
    }

    /// Sets a sheet in letters of this size, on pages of its own.
    fn set(&mut self, sheet: &Sheet, clinician: bool, mut code: Option<&Qr>, body: Length) {
        let from = self.pages.len();
        self.lost = false;
        self.body = body;
        self.new_page();
        self.begin("Sect");
        self.text("H1", &sheet.title, true, TITLE);
        for line in sheet.lead.iter().filter(|l| !l.is_empty()) {
            self.text("P", line, false, self.body);
        }
        if clinician {
            self.by_hand();
        }
        let mut due = false;
        for part in &sheet.parts {
            // What matters in the first half minute stands before it, and has the whole width.
            due |= part.id == "other";
            if due && self.y - CODE_HEIGHT > BOTTOM {
                self.code(code.take());
            }
            self.part(part);
        }
        self.y -= self.body;
        if code.is_some() {
            // No room so far: the foot goes over with it.
            self.need(CODE_HEIGHT);
            self.code(code);
        }
        if self.lost {
            self.text("P", self.words.letters_lost(), true, self.body);
        }
        for line in &sheet.foot {
            self.text("P", line, false, SMALL);
        }
        self.end();
        self.page_numbers(from, &sheet.title);
    }

    /// Name and date of birth, to be written by hand: the file never asks for them.
    fn by_hand(&mut self) {
        let half = self.width / 2;
        self.y -= 600;
        let y = self.y;
        for (label, from, to) in [(self.words.sheet_name(), MARGIN, half - 2 * GAP), (self.words.sheet_born(), half, self.width - MARGIN)] {
            let letters = letters(label, false);
            self.y = y;
            self.begin("P");
            self.line(&letters, from, self.body, false);
            self.end();
            self.rule(from + measure(&letters, self.body) + GAP, to, self.y);
        }
    }

    fn part(&mut self, part: &Part) {
        self.y -= 450;
        // A heading stays with what it heads; so do results, which are short.
        let whole = if part.id == "scores" { 9 } else { 4 };
        self.need(HEADING + whole * leading(self.body));
        self.text("H2", &part.heading, true, HEADING);
        let mut listed = false;
        for row in &part.rows {
            let item = matches!(row, Row::Said { .. } | Row::Quote { .. } | Row::Tick { .. });
            if item != listed {
                if item {
                    self.begin("L")
                } else {
                    self.end()
                }
                listed = item;
            }
            match row {
                Row::Table { columns, rows } => self.table(columns, rows),
                Row::Blank(n) => self.blank(*n),
                Row::Line(line) => self.text("P", line, false, self.body),
                row => self.item(&runs(self.words, row), !matches!(row, Row::Tick { .. })),
            }
        }
        if listed {
            self.end();
        }
    }

    fn item(&mut self, runs: &[Run], dot: bool) {
        let letters: Vec<Letter> = runs.iter().flat_map(|r| r.text.chars().map(|c| (c, r.bold))).collect();
        self.begin("LI");
        self.begin("LBody");
        let x = MARGIN + 800;
        let lines = wrap(&letters, self.body, self.right() - x).len();
        self.need(lines.min(TOGETHER) as Length * leading(self.body));
        if dot {
            let drawn = ["/Artifact BMC ", &point(MARGIN + 200), " ", &point(self.y - 650), " 2 2 re f EMC\n"].concat();
            self.draw(&drawn);
        }
        self.flow(&letters, x, self.body);
        self.end();
        self.end();
    }

    /// The code at the right edge, and below it what it holds. What comes after it stands beside it.
    fn code(&mut self, code: Option<&Qr>) {
        let Some(code) = code else { return };
        let y = self.y;
        let module = CODE / code.size as Length;
        let (x, top) = (self.width - MARGIN - CODE, y - 4 * module);
        // One unit a module, downwards from the upper left corner.
        let mut drawn = ["/Artifact BMC q ", &point(module), " 0 0 -", &point(module), " ", &point(x), " ", &point(top), " cm\n"].concat();
        for (x, y, length) in code.bars() {
            let [x, y, length] = [x, y, length].map(|n| n.to_string());
            drawn.extend([&x, " ", &y, " ", &length, " 1 re\n"]);
        }
        drawn.push_str("f Q EMC\n");
        self.draw(&drawn);
        self.begin("P");
        self.y = top - CODE - 4 * module;
        self.beside = self.y;
        self.flow(&letters(self.words.code_holds(), false), x, SMALL);
        self.end();
        self.beside = self.y;
        self.y = y;
    }

    fn blank(&mut self, rows: u8) {
        for _ in 0..rows {
            self.need(HAND);
            self.y -= HAND;
            self.rule(MARGIN, self.width - MARGIN, self.y + 400);
        }
    }

    fn text(&mut self, role: &'static str, text: &str, bold: bool, size: Length) {
        self.begin(role);
        self.flow(&letters(text, bold), MARGIN, size);
        self.end();
    }

    /// Letters in as many lines as they need, from `x` to where lines end.
    fn flow(&mut self, letters: &[Letter], x: Length, size: Length) {
        let lines = wrap(letters, size, self.right() - x);
        let last = lines.len().saturating_sub(1);
        self.need(lines.len().min(TOGETHER) as Length * leading(size));
        for (i, line) in lines.into_iter().enumerate() {
            self.need(leading(size));
            self.line(line, x, size, i < last);
        }
    }

    /// One line, as content of the innermost open element; the next one goes below. `more` adds the blank that was
    /// lost where the line breaks: else two words run into each other when they are copied.
    fn line(&mut self, line: &[Letter], x: Length, size: Length, more: bool) {
        self.y -= leading(size);
        let y = self.y + (leading(size) - size) / 2 + size / 5;
        let Some(owner) = self.open.last().copied() else { return };
        let number = self.pages.len().saturating_sub(1);
        let Some(page) = self.pages.last_mut() else { return };
        let out = &mut page.content;
        let role = self.elements.get(owner).map_or("Span", |e| e.role);
        out.extend_from_slice(["/", role, " <</MCID ", &page.owners.len().to_string(), ">> BDC "].concat().as_bytes());
        let lost = line.iter().any(|(c, _)| byte(*c).is_none());
        if lost {
            let said: String = line.iter().map(|(c, _)| *c).collect();
            out.extend_from_slice(["/Span <</ActualText ", &utf16(&said), ">> BDC "].concat().as_bytes());
            self.lost = true;
        }
        out.extend_from_slice(["BT ", &point(x), " ", &point(y), " Td"].concat().as_bytes());
        for run in line.chunk_by(|a, b| a.1 == b.1) {
            let bold = run.first().is_some_and(|l| l.1);
            out.extend_from_slice([if bold { " /F2 " } else { " /F1 " }, &point(size), " Tf ("].concat().as_bytes());
            show(run.iter().map(|(c, _)| byte(*c).unwrap_or(b'?')), out);
            out.extend_from_slice(b") Tj");
        }
        if more {
            out.extend_from_slice(b" ( ) Tj");
        }
        out.extend_from_slice(if lost { b" ET EMC EMC\n" } else { b" ET EMC\n" });
        let content = page.owners.len();
        page.owners.push(owner);
        if let Some(element) = self.elements.get_mut(owner) {
            element.kids.push(Kid::Content(number, content));
        }
    }

    fn table(&mut self, columns: &[String], rows: &[Vec<String>]) {
        let widths = self.column_widths(columns, rows);
        // A row stays on one page; one that can't is no row.
        let page = self.height - MARGIN - BOTTOM - 2 * leading(self.body);
        let lines = |cell: &String, width: Length| wrap(&letters(cell, false), self.body, width - GAP).len() as Length;
        let tall = |cells: &Vec<String>| cells.iter().zip(&widths).any(|(c, w)| lines(c, *w) * leading(self.body) > page);
        if columns.len() > MOST_COLUMNS || rows.iter().any(tall) {
            return self.table_as_list(columns, rows);
        }
        self.begin("Table");
        self.table_row(columns, &widths, "TH");
        for cells in rows {
            self.table_row(cells, &widths, "TD");
        }
        self.end();
        self.y -= 300;
    }

    /// By what stands in them, none more than half of the page.
    fn column_widths(&self, columns: &[String], rows: &[Vec<String>]) -> Vec<Length> {
        let room = self.width - 2 * MARGIN;
        let widest = |i: usize| {
            let head = columns.get(i).map_or(0, |c| measure(&letters(c, true), self.body));
            let cells = rows.iter().filter_map(|r| r.get(i)).map(|c| measure(&letters(c, false), self.body));
            cells.fold(head, Length::max).min(room / 2) + GAP
        };
        let wanted: Vec<Length> = (0..columns.len()).map(widest).collect();
        let sum = wanted.iter().sum::<Length>().max(1);
        wanted.iter().map(|w| (i64::from(*w) * i64::from(room) / i64::from(sum)) as Length).collect()
    }

    fn table_row(&mut self, cells: &[String], widths: &[Length], role: &'static str) {
        let cells: Vec<Vec<Letter>> = cells.iter().map(|c| letters(c, role == "TH")).collect();
        let lines: Vec<Vec<&[Letter]>> = cells.iter().zip(widths).map(|(c, w)| wrap(c, self.body, w - GAP)).collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or_default();
        self.need(most as Length * leading(self.body) + 400);
        self.begin("TR");
        let (top, mut x) = (self.y - 200, MARGIN);
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
        self.y = top - most as Length * leading(self.body) - 200;
        self.rule(MARGIN, self.width - MARGIN, self.y);
    }

    /// Each row as one entry, with the names of its columns.
    fn table_as_list(&mut self, columns: &[String], rows: &[Vec<String>]) {
        if rows.iter().flatten().all(String::is_empty) {
            self.text("P", &columns.join(" · "), false, self.body);
            return self.blank(rows.len().min(40) as u8);
        }
        self.begin("L");
        for cells in rows {
            let mut runs = Vec::new();
            for (name, cell) in columns.iter().zip(cells).filter(|(_, c)| !c.is_empty()) {
                let joint = if runs.is_empty() { "" } else { " · " };
                runs.push(Run { text: [joint, name, ": "].concat(), bold: false });
                runs.push(Run { text: cell.clone(), bold: true });
            }
            self.item(&runs, true);
        }
        self.end();
    }

    /// "For the clinician · Page 1 of 2" at the foot of a sheet's pages.
    fn page_numbers(&mut self, from: usize, title: &str) {
        let of = self.pages.len() - from;
        for (i, page) in self.pages.iter_mut().skip(from).enumerate() {
            let text = self.words.page_of().replace("{n}", &(i + 1).to_string()).replace("{of}", &of.to_string());
            let letters = letters(&[title, " · ", &text].concat(), false);
            let x = (self.width - measure(&letters, SMALL)) / 2;
            let out = &mut page.content;
            out.extend_from_slice(["/Artifact <</Type /Pagination>> BDC BT ", &point(x), " 24 Td /F1 ", &point(SMALL), " Tf ("].concat().as_bytes());
            show(letters.iter().map(|(c, _)| byte(*c).unwrap_or(b'?')), out);
            out.extend_from_slice(b") Tj ET EMC\n");
        }
    }
}

fn leading(size: Length) -> Length {
    size * 23 / 20
}
