//! The site around the product: pages of `site/`, guides and documents of `docs/`, the live tool.
//! Static, below `dist/site`.

mod layout;
mod markdown;

use crate::one_file::{FILE, LOADER};
use crate::{headers, pack, script, setup_page, verify};
use layout::{Head, Page, laid_out};
use markdown::html;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

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
