//! Documents in Markdown as HTML of the site.

use super::layout::up;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// Markdown as HTML. Links lead to the pages of this site; what has none here stays as words.
pub(super) fn html(text: &str, source: &str, path: &str, places: &BTreeMap<String, String>) -> String {
    let mut dropped = Vec::new();
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let to = link(&dest_url, source, path, places);
            dropped.push(to.is_none());
            to.map(|to| Event::Start(Tag::Link { link_type, dest_url: CowStr::from(to), title, id }))
        }
        Event::End(TagEnd::Link) => (!dropped.pop().unwrap_or_default()).then_some(event),
        event => Some(event),
    });
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    // What is wider than a phone scrolls by itself, also by keyboard. Regions need names that
    // differ.
    let mut tables = out.split("<table>");
    let mut framed = tables.next().unwrap_or_default().to_owned();
    for (number, rest) in (1..).zip(tables) {
        framed +=
            &format!("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"Table {number}\"><table>{rest}");
    }
    framed
        .replace("</table>", "</table></div>")
        .replace("<pre>", "<pre tabindex=\"0\">")
        .replace("<th>", "<th scope=\"col\">")
        .replace("<th scope=\"col\"></th>", "<td></td>")
}

/// Where a link of a document leads on the site.
fn link(to: &str, source: &str, path: &str, places: &BTreeMap<String, String>) -> Option<String> {
    if to.starts_with("https://") {
        return Some(to.to_owned());
    }
    // Headings have no ids here, so what stands behind a `#` is left out.
    let file = to.split('#').next().filter(|file| !file.is_empty())?;
    let joined = Path::new(source).parent()?.join(file);
    let place = places.get(&normal(&joined))?;
    Some(format!("{}{place}", up(path)))
}

/// A path without `..`.
fn normal(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{html, link};
    use std::collections::BTreeMap;

    fn map() -> BTreeMap<String, String> {
        let pages = [("docs/guides/plain-page.md", "guides/plain-page.html"), ("docs/kiosk.md", "docs/kiosk.html")];
        pages.map(|(source, page)| (source.to_owned(), page.to_owned())).into()
    }

    #[test]
    fn links_lead_to_pages_of_the_site_or_become_words() {
        let from_guide = |to: &str| link(to, "docs/guides/wix.md", "guides/wix.html", &map());
        assert_eq!(from_guide("plain-page.md"), Some("../guides/plain-page.html".to_owned()));
        assert_eq!(from_guide("../kiosk.md"), Some("../docs/kiosk.html".to_owned()));
        assert_eq!(from_guide("https://a.example/b"), Some("https://a.example/b".to_owned()));
        assert_eq!(from_guide("../../src/main.rs"), None);
        let words = html("[Code](../src/a.rs) and [kiosk](kiosk.md)", "docs/record.md", "docs/record.html", &map());
        assert_eq!(words, "<p>Code and <a href=\"../docs/kiosk.html\">kiosk</a></p>\n");
    }

    #[test]
    fn tables_and_code_scroll_by_themselves() {
        let table =
            html("| | B |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n", "docs/record.md", "docs/record.html", &map());
        for there in ["role=\"region\"", "<td></td><th scope=\"col\">B</th>", "</table></div>", "<pre tabindex=\"0\">"]
        {
            assert!(table.contains(there), "{there} is missing in {table}");
        }
    }
}
