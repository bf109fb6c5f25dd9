//! The file around pages and a structure tree: objects, and the table of where each begins.

use super::letters::{Length, point};

/// One node of the structure tree.
pub struct Element {
    /// As PDF names it.
    pub role: &'static str,
    /// The element around it.
    pub parent: Option<usize>,
    /// What stands in it.
    pub kids: Vec<Kid>,
}

/// What stands in an element.
pub enum Kid {
    /// An element, by its place.
    Element(usize),
    /// Content of a page, by its place there.
    Content(usize, usize),
}

/// A page.
#[derive(Default)]
pub struct Page {
    /// How it is drawn.
    pub content: Vec<u8>,
    /// The element of each piece of content.
    pub owners: Vec<usize>,
}

/// The file: catalog, pages, fonts, title, structure, then pages and elements, in this order.
pub fn write(pages: &[Page], elements: &[Element], (width, height): (Length, Length), lang: &str, title: &str) -> Vec<u8> {
    const FIRST: usize = 8;
    let page = |i: usize| (FIRST + 2 * i).to_string() + " 0 R";
    let element = |i: usize| (FIRST + 2 * pages.len() + i).to_string() + " 0 R";
    let all_pages: Vec<String> = (0..pages.len()).map(page).collect();
    let font = |name: &str| ["<</Type /Font /Subtype /Type1 /BaseFont /", name, " /Encoding /WinAnsiEncoding>>"].concat();
    let owners = pages.iter().enumerate().map(|(i, p)| {
        let each: Vec<String> = p.owners.iter().map(|o| element(*o)).collect();
        [&i.to_string(), " [", &each.join(" "), "]"].concat()
    });
    let mut objects: Vec<Vec<u8>> = [
        [
            "<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /StructTreeRoot 6 0 R /Lang ",
            &utf16(lang),
            " /ViewerPreferences <</DisplayDocTitle true>>>>",
        ]
        .concat(),
        ["<</Type /Pages /Count ", &pages.len().to_string(), " /Kids [", &all_pages.join(" "), "]>>"].concat(),
        font("Helvetica"),
        font("Helvetica-Bold"),
        ["<</Title ", &utf16(title), " /Producer (Consult Ready ", env!("CARGO_PKG_VERSION"), ")>>"].concat(),
        ["<</Type /StructTreeRoot /K ", &element(0), " /ParentTree 7 0 R /ParentTreeNextKey ", &pages.len().to_string(), ">>"].concat(),
        ["<</Nums [", &owners.collect::<Vec<_>>().join(" "), "]>>"].concat(),
    ]
    .map(String::into_bytes)
    .into();
    let size = ["[0 0 ", &point(width), " ", &point(height), "]"].concat();
    for (i, p) in pages.iter().enumerate() {
        let content = (FIRST + 2 * i + 1).to_string();
        let head = ["<</Type /Page /Parent 2 0 R /MediaBox ", &size, " /Resources <</Font <</F1 3 0 R /F2 4 0 R>>>> /Contents ", &content];
        objects.push([&head.concat(), " 0 R /StructParents ", &i.to_string(), " /Tabs /S>>"].concat().into_bytes());
        let length = ["<</Length ", &p.content.len().to_string(), ">>\nstream\n"].concat();
        objects.push([length.as_bytes(), &p.content, b"endstream"].concat());
    }
    for e in elements {
        let kid = |k: &Kid| match k {
            Kid::Element(i) => element(*i),
            Kid::Content(p, i) => ["<</Type /MCR /Pg ", &page(*p), " /MCID ", &i.to_string(), ">>"].concat(),
        };
        let kids: Vec<String> = e.kids.iter().map(kid).collect();
        let parent = e.parent.map_or("6 0 R".to_string(), element);
        let scope = if e.role == "TH" { " /A <</O /Table /Scope /Column>>" } else { "" };
        objects.push(["<</Type /StructElem /S /", e.role, " /P ", &parent, scope, " /K [", &kids.join(" "), "]>>"].concat().into_bytes());
    }
    assemble(&objects)
}

fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    // Four bytes above 127 tell programs that this is no text.
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = String::from("0000000000 65535 f \n");
    for (i, object) in objects.iter().enumerate() {
        let place = out.len().to_string();
        places.push_str(&["0".repeat(10_usize.saturating_sub(place.len())).as_str(), &place, " 00000 n \n"].concat());
        out.extend_from_slice([&(i + 1).to_string(), " 0 obj\n"].concat().as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let count = (objects.len() + 1).to_string();
    let table = out.len().to_string();
    let tail = ["xref\n0 ", &count, "\n", &places, "trailer\n<</Size ", &count, " /Root 1 0 R /Info 5 0 R>>\nstartxref\n", &table, "\n%%EOF\n"];
    out.extend_from_slice(tail.concat().as_bytes());
    out
}

/// Bytes inside a PDF's brackets.
pub fn show(bytes: impl Iterator<Item = u8>, out: &mut Vec<u8>) {
    for b in bytes {
        if matches!(b, b'(' | b')' | b'\\') {
            out.push(b'\\');
        }
        out.push(b);
    }
}

/// Text outside of the pages, in any letters.
pub fn utf16(text: &str) -> String {
    let mut out = String::from("<feff");
    for unit in text.encode_utf16() {
        for shift in [12, 8, 4, 0] {
            out.extend(char::from_digit(u32::from(unit) >> shift & 15, 16));
        }
    }
    out.push('>');
    out
}
