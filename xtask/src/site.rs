//! The site around the product: pages of `site/`, guides and documents of `docs/`, the live tool.
//! Static, below `dist/site`.

use crate::one_file::{FILE, LOADER};
use crate::{headers, pack, script, setup_page, verify};
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Documents of `docs/` that have a page; guides and `wordpress.md` have one too.
const DOCUMENTS: [&str; 11] = [
    "embedding",
    "headers",
    "kiosk",
    "record",
    "setting-up",
    "questionnaires",
    "threat-model",
    "intended-use",
    "data-flow",
    "privacy-officer",
    "verify",
];
/// Guides in the order of their index.
const GUIDES: [(&str, &str); 7] = [
    ("wordpress", "A plugin, installed in the dashboard."),
    ("wix", "A custom element, with the files on a static host."),
    ("squarespace", "A code block, with the files on a static host."),
    ("webflow", "A code embed, with the files on a static host."),
    ("plain-page", "Two files and four lines, for any site of your own."),
    ("kiosk", "One screen in the waiting room."),
    ("record-systems", "For the clinic’s IT: what is in the files."),
];
const MARK: &str = "<svg viewBox=\"0 0 32 32\" aria-hidden=\"true\"><rect width=\"32\" height=\"32\" rx=\"7\" fill=\"currentColor\"/>\
    <path d=\"M9 8h14v16H9zM12.5 13h7M12.5 17h7M12.5 21h4\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2\" stroke-linecap=\"round\"/></svg>Consult Ready";

/// What a page of `site/pages/` says of itself in its first line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    description: String,
    kind: String,
    lang: String,
}

/// One page of the site.
struct Page {
    /// Below `dist/site`, with forward slashes.
    path: String,
    head: Head,
    body: String,
}

/// Writes the site into `dist/site`, around what was built into `dist`.
pub fn make(root: &Path, dist: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let out = dist.join("site");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let layout = fs::read_to_string(root.join("site/layout.html"))?;
    let headers = headers::Headers::of(
        &fs::read_to_string(dist.join(FILE))?,
        &fs::read_to_string(root.join("public").join(LOADER))?,
    );
    let headers = headers.ok_or_else(|| format!("{FILE} has no policy, or {LOADER} no sandbox"))?.guide;
    // In a release the plugin is there; `serve` alone makes none.
    let plugin = format!("consult-ready-wordpress-{}.zip", env!("CARGO_PKG_VERSION"));
    let plugin = Some(plugin).filter(|name| dist.join(name).is_file());
    if let Some(name) = &plugin {
        write(&out.join(name), &fs::read(dist.join(name))?)?;
    }
    for page in authored(root)?.into_iter().chain(documents(root, &headers, plugin.as_deref())?) {
        write(&out.join(&page.path), laid_out(&layout, &page).as_bytes())?;
    }
    let style =
        script::style(root, &["tokens", "base", "pieces"])? + "\n" + &fs::read_to_string(root.join("site/site.css"))?;
    write(&out.join("style.css"), style.as_bytes())?;
    for name in ["demo.html", "demo.css"] {
        write(&out.join(name), &fs::read(root.join("site").join(name))?)?;
    }
    for entry in fs::read_dir(root.join("site/pictures"))? {
        let path = entry?.path();
        write(&out.join("pictures").join(path.file_name().unwrap_or_default()), &fs::read(&path)?)?;
    }
    for name in [FILE, setup_page::FILE] {
        write(&out.join(name), &fs::read(dist.join(name))?)?;
    }
    let packs = pack::pack(root, &pack::Options::default())?;
    write(&out.join(verify::PAGE), verify::page(root, &fs::read_to_string(dist.join(FILE))?, &packs)?.as_bytes())?;
    write(&out.join(LOADER), &fs::read(root.join("public").join(LOADER))?)?;
    Ok(out)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}

/// The pages of `site/pages/`: a line of JSON, then HTML.
fn authored(root: &Path) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(root.join("site/pages"))? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let (head, body) =
            text.split_once('\n').ok_or_else(|| format!("{} has no first line of JSON", path.display()))?;
        let head = serde_json::from_str(head)
            .map_err(|e| format!("{}: its first line is no head of a page: {e}", path.display()))?;
        pages.push(Page {
            path: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            head,
            body: body.to_owned(),
        });
    }
    Ok(pages)
}

/// Where the page of a document is, by where its text stands in the repository.
fn places() -> BTreeMap<String, String> {
    let guide = |name: &str| {
        if name == "wordpress" { "docs/wordpress.md".to_owned() } else { format!("docs/guides/{name}.md") }
    };
    let guides = GUIDES.iter().map(|(name, _)| (guide(name), format!("guides/{name}.html")));
    guides.chain(DOCUMENTS.iter().map(|name| (format!("docs/{name}.md"), format!("docs/{name}.html")))).collect()
}

/// `headers` is the guide to headers with this build's policy in it, `plugin` the file for
/// WordPress.
fn documents(root: &Path, headers: &str, plugin: Option<&str>) -> Result<Vec<Page>, Box<dyn Error>> {
    let places = places();
    let mut pages = Vec::new();
    let mut titles = BTreeMap::new();
    for (source, path) in &places {
        let text = if source == "docs/headers.md" {
            headers.to_owned()
        } else {
            fs::read_to_string(root.join(source)).map_err(|e| format!("{source}: {e}"))?
        };
        let title = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("# "))
            .ok_or_else(|| format!("{source} begins with no title"))?;
        titles.insert(path.clone(), title.to_owned());
        let kind = if path.starts_with("guides/") { "doc guide" } else { "doc" };
        let html = html(&text, source, path, &places);
        let html = html.replacen("<h2>Steps</h2>", &format!("{}<h2>Steps</h2>", files(path, plugin)), 1);
        let body = format!(
            "<div class=\"wide\"><p><a href=\"../guides/index.html\">All guides</a></p><div class=\"text\">\n{html}</div></div>"
        );
        pages.push(Page { path: path.clone(), head: head(title, kind), body });
    }
    pages.push(index(&titles));
    Ok(pages)
}

/// What a guide's actions begin with, to take from here.
fn files(path: &str, plugin: Option<&str>) -> String {
    let link = |to: &str, class: &str, words: &str| format!("<a class=\"{class}\" href=\"../{to}\"{words}</a>");
    let setup = link(setup_page::FILE, "btn", ">Open setup.html");
    let links = match (path, plugin) {
        ("guides/wordpress.html", Some(zip)) => link(zip, "btn", &format!(" download>Download {zip}")),
        ("guides/wordpress.html", None) | ("guides/record-systems.html", _) => return String::new(),
        ("guides/kiosk.html", _) => setup,
        (path, _) if path.starts_with("guides/") => {
            setup + " " + &link(LOADER, "btn line", &format!(" download>Download {LOADER}"))
        }
        _ => return String::new(),
    };
    format!("<p class=\"acts\">{links}</p>\n")
}

fn head(title: &str, kind: &str) -> Head {
    let description = format!("{title}: how to put Consult Ready to use.");
    Head { title: format!("{title}: Consult Ready"), description, kind: kind.to_owned(), lang: "en".to_owned() }
}

/// The page that leads to all guides.
fn index(titles: &BTreeMap<String, String>) -> Page {
    let title = |name: &str| titles.get(&format!("guides/{name}.html")).cloned().unwrap_or_default();
    let card = |name: &str, about: &str| {
        format!(
            "<a class=\"card-link\" href=\"{name}.html\"><h2>{}</h2><p>{about}</p><span class=\"go\">Read the guide</span></a>\n",
            title(name)
        )
    };
    let cards: String = GUIDES.iter().map(|(name, about)| card(name, about)).collect();
    let body = format!(
        "<div class=\"wide\"><div class=\"text\"><h1>Put it on your site</h1>\n<p class=\"lead\">At most twelve actions and three decisions each. \
         No developer, no account with us.</p>\n<p><a class=\"btn\" href=\"../setup.html\">Open the set-up page</a></p></div>\n<div class=\"grid\">\n{cards}</div></div>"
    );
    Page { path: "guides/index.html".to_owned(), head: head("Guides", "doc"), body }
}

/// Markdown as HTML. Links lead to the pages of this site; what has none here stays as words.
fn html(text: &str, source: &str, path: &str, places: &BTreeMap<String, String>) -> String {
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

/// The way from a page to the site's top.
fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// What stands around each page of one language.
struct Frame {
    /// The pages that every page leads to, and their names.
    navigation: [(&'static str, &'static str); 5],
    navigation_name: &'static str,
    skip: &'static str,
    foot: &'static str,
}

const ENGLISH: Frame = Frame {
    navigation: [
        ("demo.html", "Live demo"),
        ("guides/index.html", "Put it on your site"),
        ("clinicians.html", "For clinicians"),
        ("patients.html", "For patients"),
        ("privacy.html", "Privacy"),
    ],
    navigation_name: "Site",
    skip: "Skip to the content",
    foot: "Consult Ready is not a medical device. It diagnoses nothing and recommends nothing.",
};

const SPANISH: Frame = Frame {
    navigation: [
        ("index.html", "Inicio"),
        ("demo.html", "Demostración"),
        ("guides/index.html", "Guías (en inglés)"),
        ("pacientes.html", "Para pacientes"),
        ("su-privacidad.html", "Su privacidad"),
    ],
    navigation_name: "Sitio",
    skip: "Ir al contenido",
    foot: "Consult Ready no es un dispositivo médico. No diagnostica ni recomienda nada.",
};

fn laid_out(layout: &str, page: &Page) -> String {
    let frame = if page.head.lang == "es" { &SPANISH } else { &ENGLISH };
    let up = up(&page.path);
    let item = |(to, name): &(&str, &str)| {
        let here = if *to == page.path { " aria-current=\"page\"" } else { "" };
        format!("    <li><a href=\"{up}{to}\"{here}>{name}</a></li>")
    };
    let nav = frame.navigation.iter().map(item).collect::<Vec<_>>().join("\n");
    let foot = format!("<p>{} Version {}. MIT or Apache-2.0.</p>", frame.foot, env!("CARGO_PKG_VERSION"));
    [
        ("{{lang}}", page.head.lang.as_str()),
        ("{{description}}", &page.head.description),
        ("{{title}}", &page.head.title),
        ("{{kind}}", &page.head.kind),
        ("{{mark}}", MARK),
        ("{{skip}}", frame.skip),
        ("{{nav-name}}", frame.navigation_name),
        ("{{nav}}", &nav),
        ("{{foot}}", &foot),
        ("{{up}}", &up),
        ("{{body}}", &page.body),
    ]
    .into_iter()
    .fold(layout.to_owned(), |html, (mark, text)| html.replace(mark, text))
}

#[cfg(test)]
mod tests {
    use super::{html, link, places};
    use std::collections::BTreeMap;

    fn map() -> BTreeMap<String, String> {
        places()
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
