//! The objects around pages and a structure tree, by the crate `pdf-writer`.

use super::letters::{Length, point};
use pdf_writer::types::{StructRole, TableHeaderScope};
use pdf_writer::writers::StructTreeRoot;
use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, TextStr};

/// The name of the regular face in a page's resources.
pub const REGULAR: Name<'static> = Name(b"F1");
/// The name of the bold face in a page's resources.
pub const BOLD: Name<'static> = Name(b"F2");

/// One node of the structure tree.
pub struct Element {
    /// What it is.
    pub role: StructRole,
    /// The element around it, by its place.
    pub parent: Option<usize>,
    /// What stands in it.
    pub children: Vec<Child>,
    /// What a drawing shows, in words; empty for text.
    pub alt: String,
    /// Its language as a BCP 47 tag where it is another than what is around it; else empty.
    pub lang: String,
}

/// What stands in an element.
pub enum Child {
    /// An element, by its place.
    Element(usize),
    /// Content, by the place of its page and its own place there.
    Content(usize, usize),
}

/// A page.
pub struct Page {
    /// How it is drawn.
    pub content: Content,
    /// The element of each piece of content.
    pub owners: Vec<usize>,
}

impl Page {
    /// A page without content.
    pub fn new() -> Self {
        Self { content: Content::new(), owners: Vec::new() }
    }
}

const CATALOG: i32 = 1;
const PAGES: i32 = 2;
const FACES: [(i32, Name<'static>, &[u8]); 2] = [(3, REGULAR, b"Helvetica"), (4, BOLD, b"Helvetica-Bold")];
const INFO: i32 = 5;
const TREE: i32 = 6;
const FIRST: usize = 8;
/// A page, its content, and the elements of its content.
const EACH: usize = 3;

/// The object with this number. A file has some thousands.
fn object(number: usize) -> Ref {
    Ref::new(i32::try_from(number).unwrap_or(i32::MAX))
}

/// The finished file; `size` is the width and height of all pages, `lang` a BCP 47 tag.
pub fn write(pages: &[Page], elements: &[Element], size: (Length, Length), lang: &str, title: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    // Four bytes above 127 tell programs that this is no text.
    pdf.set_binary_marker(b"\xe2\xe3\xcf\xd3");
    let page = |i: usize| object(FIRST + EACH * i);
    let element = |i: usize| object(FIRST + EACH * pages.len() + i);
    let mut catalog = pdf.catalog(Ref::new(CATALOG));
    catalog.pages(Ref::new(PAGES)).lang(TextStr(lang)).pair(Name(b"StructTreeRoot"), Ref::new(TREE));
    catalog.mark_info().marked(true);
    catalog.viewer_preferences().display_doc_title(true);
    catalog.finish();
    pdf.pages(Ref::new(PAGES)).count(pages.len() as i32).kids((0..pages.len()).map(page));
    for (number, _, face) in FACES {
        pdf.type1_font(Ref::new(number)).base_font(Name(face)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let producer = concat!("Consult Ready ", env!("CARGO_PKG_VERSION"));
    pdf.document_info(Ref::new(INFO)).title(TextStr(title)).producer(TextStr(producer));
    for (i, p) in pages.iter().enumerate() {
        write_page(&mut pdf, i, p, size);
        pdf.indirect(object(FIRST + EACH * i + 2)).array().items(p.owners.iter().map(|o| element(*o)));
    }
    let mut tree = pdf.indirect(Ref::new(TREE)).start::<StructTreeRoot<'_>>();
    tree.child(element(0)).parent_tree_next_key(pages.len() as i32);
    let mut parents = tree.parent_tree();
    let mut nums = parents.nums();
    for i in 0..pages.len() {
        nums.insert(i as i32, object(FIRST + EACH * i + 2));
    }
    nums.finish();
    parents.finish();
    tree.finish();
    for (i, e) in elements.iter().enumerate() {
        write_element(&mut pdf, element(i), e, e.parent.map_or(Ref::new(TREE), element), &page, &element);
    }
    pdf.finish()
}

fn write_page(pdf: &mut Pdf, i: usize, page: &Page, (width, height): (Length, Length)) {
    let (own, content) = (object(FIRST + EACH * i), object(FIRST + EACH * i + 1));
    pdf.stream(content, page.content.as_bytes());
    let mut writer = pdf.page(own);
    writer
        .parent(Ref::new(PAGES))
        .media_box(Rect::new(0.0, 0.0, point(width), point(height)))
        .contents(content)
        .struct_parents(i as i32);
    writer.pair(Name(b"Tabs"), Name(b"S"));
    let mut resources = writer.resources();
    let mut fonts = resources.fonts();
    for (number, name, _) in FACES {
        fonts.pair(name, Ref::new(number));
    }
}

fn write_element(
    pdf: &mut Pdf,
    own: Ref,
    element: &Element,
    parent: Ref,
    page: &dyn Fn(usize) -> Ref,
    other: &dyn Fn(usize) -> Ref,
) {
    let mut writer = pdf.struct_element(own);
    writer.kind(element.role).parent(parent);
    if !element.alt.is_empty() {
        writer.alt(TextStr(&element.alt));
    }
    if !element.lang.is_empty() {
        writer.lang(TextStr(&element.lang));
    }
    if element.role == StructRole::TH {
        writer.attributes().push().table().scope(TableHeaderScope::Column);
    }
    let mut children = writer.children();
    for child in &element.children {
        match child {
            Child::Element(i) => {
                children.struct_element(other(*i));
            }
            Child::Content(p, i) => {
                children.marked_content_ref().page(page(*p)).marked_content_id(*i as i32);
            }
        }
    }
}
