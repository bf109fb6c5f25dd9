//! The page that is being set: how far it is filled, its columns, and the two sheets as a whole.

use super::file::{Child, Element, Page, REGULAR};
use super::letters::{Length, bytes, letters, measure, point, wrap};
use super::{BODY, BOTTOM, CODE, CODE_HEIGHT, DENSE, MARGIN, NUMBER, Paper, QUIET, SPACE, TITLE};
use crate::qr::Qr;
use engine::pack::Words;
use engine::summary::{Part, Sheet};
use pdf_writer::types::{ArtifactType, StructRole};
use pdf_writer::{Content, Name, Str};

/// A column, and how far it is filled.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) left: Length,
    pub(super) edge: Length,
    pub(super) page: usize,
    pub(super) y: Length,
}

pub(super) struct Layout<'a> {
    pub(super) words: &'a Words,
    /// The language of this sheet where it is another than the file's; else empty.
    pub(super) lang: &'a str,
    /// The language of the part that is being set, where it is another than the sheet's; else
    /// empty.
    pub(super) part_lang: String,
    pub(super) width: Length,
    pub(super) height: Length,
    /// How far down the page is filled, from its bottom edge.
    pub(super) y: Length,
    pub(super) pages: Vec<Page>,
    pub(super) elements: Vec<Element>,
    /// The elements that are open, outermost first.
    pub(super) open: Vec<usize>,
    /// A letter of this sheet can't be shown.
    pub(super) lost: bool,
    /// Lines stand closer than usual.
    pub(super) close: bool,
    /// The size of the letters of this sheet.
    pub(super) body: Length,
    /// The page that is drawn on, by its place.
    pub(super) page: usize,
    /// Where the lines of this column begin.
    pub(super) left: Length,
    /// Where the lines of this column end.
    pub(super) edge: Length,
    /// How far down this page the code stands at the right.
    pub(super) beside: Length,
    /// The second of two even columns, while the first is filled: it goes on there.
    pub(super) second: Option<Column>,
    /// The parts that can wait and fill the left and the right column, by their ids.
    pub(super) joined: [Vec<&'static str>; 2],
    /// False if a part that has to stand on the first page went over to the next.
    pub(super) held: bool,
    /// This is the sheet to keep.
    pub(super) keeps: bool,
    /// The page on which what there is to read ends.
    pub(super) read_to: usize,
}

/// How the clinician's sheet is set. The settings are tried in the order of [`SETTINGS`] until the
/// sheet fits on one side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Setting {
    /// Lines stand closer than usual.
    pub(super) close: bool,
    /// Two columns of one width, filled one after the other, and not seven and five twelfths.
    pub(super) even: bool,
}

const SETTINGS: [Setting; 4] = [
    Setting { close: false, even: false },
    Setting { close: true, even: false },
    Setting { close: false, even: true },
    Setting { close: true, even: true },
];

impl<'a> Layout<'a> {
    pub(super) fn new(words: &'a Words, paper: Paper) -> Self {
        let (width, height) = paper.size();
        let root = Element {
            role: StructRole::Document,
            parent: None,
            children: Vec::new(),
            alt: String::new(),
            lang: String::new(),
        };
        Self {
            words,
            lang: "",
            part_lang: String::new(),
            width,
            height,
            y: 0,
            pages: Vec::new(),
            elements: vec![root],
            open: vec![0],
            lost: false,
            close: false,
            body: BODY,
            beside: 0,
            page: 0,
            left: MARGIN,
            edge: width - MARGIN,
            second: None,
            joined: [Vec::new(), Vec::new()],
            held: true,
            keeps: false,
            read_to: 0,
        }
    }
}

impl Layout<'_> {
    pub(super) fn begin(&mut self, role: StructRole) {
        let parent = self.open.last().copied();
        let this = self.elements.len();
        if let Some(above) = parent.and_then(|p| self.elements.get_mut(p)) {
            above.children.push(Child::Element(this));
        }
        self.elements.push(Element {
            role,
            parent,
            children: Vec::new(),
            alt: String::new(),
            lang: self.part_lang.clone(),
        });
        self.open.push(this);
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    pub(super) fn new_page(&mut self) {
        self.page = self.pages.len();
        self.pages.push(Page::new());
        self.y = self.height - MARGIN;
        self.beside = self.y;
    }

    /// Goes on in the second column, or else at the top of the next page, which may be there
    /// already: another column went over before this one.
    pub(super) fn next_page(&mut self) {
        if let Some(second) = self.second.take() {
            (self.left, self.edge, self.page, self.y) = (second.left, second.edge, second.page, second.y);
            return;
        }
        if self.page + 1 >= self.pages.len() {
            return self.new_page();
        }
        self.page += 1;
        self.y = self.height - MARGIN;
        self.beside = self.y;
    }

    /// Starts a new page if less than `height` is left.
    pub(super) fn need(&mut self, height: Length) {
        if self.y - height < BOTTOM {
            self.next_page();
        }
    }

    /// Where lines end.
    pub(super) fn right(&self) -> Length {
        self.edge - if self.y > self.beside { CODE + QUIET } else { 0 }
    }

    /// Draws what says nothing and so stands outside the structure.
    pub(super) fn artifact(&mut self, draw: impl FnOnce(&mut Content)) {
        if let Some(page) = self.pages.get_mut(self.page) {
            page.content.begin_marked_content(Name(b"Artifact"));
            draw(&mut page.content);
            page.content.end_marked_content();
        }
    }

    pub(super) fn rule(&mut self, from: Length, to: Length, y: Length) {
        self.artifact(|c| {
            c.set_line_width(0.5).move_to(point(from), point(y)).line_to(point(to), point(y)).stroke();
        });
    }

    /// The sheet to keep: closer, and then in smaller letters, where a few lines alone would begin a
    /// page.
    pub(super) fn keep(&mut self, sheet: &Sheet) {
        let (pages, elements) = (self.pages.len(), self.elements.len());
        self.set(sheet, None, None, BODY);
        for body in [BODY, DENSE] {
            if self.pages.len() == pages + 1 || self.y < self.height / 4 * 3 {
                return;
            }
            self.take_back(pages, elements);
            self.close = true;
            self.set(sheet, None, None, body);
        }
    }

    /// The clinician's sheet: in the first setting that makes it one side, else in the one with the
    /// fewest sides of those that keep on the first what has to stand there.
    pub(super) fn clinician(&mut self, sheet: &Sheet, code: Option<&Qr>) -> Setting {
        let (pages, elements) = (self.pages.len(), self.elements.len());
        let [plain, ..] = SETTINGS;
        let mut best: Option<(usize, Setting)> = None;
        for setting in SETTINGS {
            self.close = setting.close;
            self.set(sheet, Some(setting), code, BODY);
            if self.read_to == pages {
                return setting;
            }
            if self.held && best.is_none_or(|(sides, _)| self.read_to < sides) {
                best = Some((self.read_to, setting));
            }
            self.take_back(pages, elements);
        }
        let best = best.map_or(plain, |(_, setting)| setting);
        self.close = best.close;
        self.set(sheet, Some(best), code, BODY);
        best
    }

    /// Takes back a sheet that was set, to set it anew.
    pub(super) fn take_back(&mut self, pages: usize, elements: usize) {
        self.pages.truncate(pages);
        self.elements.truncate(elements);
        if let Some(root) = self.elements.first_mut() {
            root.children.pop();
        }
    }

    /// From one line to the next.
    pub(super) fn leading(&self, size: Length) -> Length {
        if self.close { size * 105 / 100 } else { size * 11 / 10 }
    }

    /// Sets a sheet in letters of this size, on pages of its own; the clinician's with how it is
    /// set.
    pub(super) fn set(&mut self, sheet: &Sheet, clinician: Option<Setting>, mut code: Option<&Qr>, body: Length) {
        let from = self.pages.len();
        self.keeps = clinician.is_none();
        self.lost = false;
        self.body = body;
        self.new_page();
        self.begin(StructRole::Sect);
        if let Some(sheet) = self.elements.last_mut() {
            sheet.lang = self.lang.into();
        }
        self.text(StructRole::H1, &sheet.title, true, TITLE);
        if clinician.is_some() {
            self.name_and_birth(measure(&letters(&sheet.title, true), TITLE));
        }
        for line in sheet.lead.iter().filter(|l| !l.is_empty()) {
            self.text(StructRole::P, line, false, self.body);
        }
        let mut has_foot = false;
        if let Some(setting) = clinician {
            self.strip(&sheet.strip);
            has_foot = self.in_columns(sheet, &mut code, setting.even);
        } else {
            self.parts_to_keep(sheet);
        }
        if code.is_some() {
            // No room so far: the foot goes over with it.
            self.need(CODE_HEIGHT);
            self.code(code);
        }
        if !has_foot {
            self.foot(sheet);
        }
        self.read_to = self.page;
        sheet.parts.iter().filter(|part| part.is_written_on()).for_each(|part| self.part(part, sheet));
        self.end();
        self.page_numbers(from, &sheet.title);
    }

    /// The parts of a sheet to keep, whom to call first: no other part moves it off the first page.
    pub(super) fn parts_to_keep(&mut self, sheet: &Sheet) {
        let (help, rest): (Vec<&Part>, Vec<&Part>) = sheet.parts.iter().partition(|part| part.is_help());
        help.into_iter().chain(rest).for_each(|part| self.part(part, sheet));
    }

    /// The small lines at the end of a sheet.
    pub(super) fn foot(&mut self, sheet: &Sheet) {
        self.y -= if self.close { SPACE } else { self.body };
        if self.lost {
            self.text(StructRole::P, self.words.letters_lost(), true, self.body);
        }
        self.legend(sheet);
        for line in foot_lines(sheet) {
            self.text(StructRole::P, &line, false, self.body);
        }
    }

    pub(super) fn foot_height(&self, sheet: &Sheet, width: Length) -> Length {
        let lost = self.lost.then(|| self.words.letters_lost());
        let lines = lost.map(String::from).into_iter().chain(foot_lines(sheet));
        let lines = lines.map(|l| wrap(&letters(&l, true), self.body, width).len() as Length);
        let lines = lines.sum::<Length>() + self.legend_lines(sheet, width).len() as Length;
        (if self.close { SPACE } else { self.body }) + lines * self.leading(self.body)
    }

    /// "For the clinician · Page 1 of 2" at the foot of a sheet's pages.
    pub(super) fn page_numbers(&mut self, from: usize, title: &str) {
        let of = self.pages.len() - from;
        for (i, page) in self.pages.iter_mut().skip(from).enumerate() {
            let text = self.words.page_of().replace("{n}", &(i + 1).to_string()).replace("{of}", &of.to_string());
            let letters = letters(&[title, " · ", &text].concat(), false);
            let x = (self.width - measure(&letters, self.body)) / 2;
            let out = &mut page.content;
            out.begin_marked_content_with_properties(Name(b"Artifact"))
                .properties()
                .artifact()
                .kind(ArtifactType::Pagination);
            out.begin_text()
                .next_line(point(x), point(NUMBER))
                .set_font(REGULAR, point(self.body))
                .show(Str(&bytes(&letters)));
            out.end_text().end_marked_content();
        }
    }
}

/// The small lines at the end of a sheet; the last ones, which say what the tool is, as one
/// paragraph.
fn foot_lines(sheet: &Sheet) -> Vec<String> {
    let first = if sheet.help_line.is_empty() {
        0
    } else {
        sheet.foot.iter().position(|line| *line == sheet.help_line).map_or(0, |at| at + 1)
    };
    let (first, last) = sheet.foot.split_at_checked(first).unwrap_or_default();
    first.iter().cloned().chain([last.join(" ")]).filter(|l| !l.is_empty()).collect()
}
