//! What stands around each page of the site.

use serde::Deserialize;

const MARK: &str = "<svg viewBox=\"0 0 32 32\" aria-hidden=\"true\"><rect width=\"32\" height=\"32\" rx=\"7\" fill=\"currentColor\"/>\
    <path d=\"M9 8h14v16H9zM12.5 13h7M12.5 17h7M12.5 21h4\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2\" stroke-linecap=\"round\"/></svg>Consult Ready";

/// What a page of `site/pages/` says of itself in its first line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) kind: String,
    pub(super) lang: String,
}

/// One page of the site.
pub(super) struct Page {
    /// Below `dist/site`, with forward slashes.
    pub(super) path: String,
    pub(super) head: Head,
    pub(super) body: String,
}

/// The way from a page to the site's top.
pub(super) fn up(path: &str) -> String {
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

/// The page inside what stands around it.
pub(super) fn laid_out(layout: &str, page: &Page) -> String {
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
