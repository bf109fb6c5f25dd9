//! What stands in the file as plain HTML: the shell that is painted before the wasm runs, and the fallback
//! for browsers that can't run it: clinic phone, crisis lines, and a blank form that prints.

use consult_ready::pack::{Item, Kind, Pack, Region, Settings};
use std::fmt::Write;

/// Painted at once: product, crisis line, a calm word.
/// `region` is the clinic's.
pub fn shell(pack: &Pack, region: &str) -> String {
    let w = &pack.words;
    let help = pack.region(region).map(first_help).unwrap_or_default();
    format!(
        "<header class=\"bar\"><div class=\"bar-in\"><p class=\"mark\">{}</p></div></header>\n<main class=\"main\"><div class=\"ready flow\"><h1 class=\"title\">{}</h1><p class=\"lead\">{}</p><p>{help}</p></div></main>",
        escape(w.product()),
        escape(w.shell_title()),
        escape(w.shell_text()),
    )
}

fn first_help(region: &Region) -> String {
    let dial = |number: &str, words: &str| {
        if number.is_empty() { escape(words) } else { format!("<a href=\"tel:{}\">{}</a>", Settings::dial(number), escape(words)) }
    };
    let line = region.lines.first().map(|c| format!("<strong>{}</strong>: {}", escape(&c.name), dial(&c.tel, &c.text))).unwrap_or_default();
    format!("<strong>{}</strong> {line}", dial(&region.emergency, &region.emergency_text))
}

/// The fallback. `settings` is the JSON block; a clinic's name and phone are printed from it.
pub fn form(pack: &Pack, settings: &str) -> String {
    let w = &pack.words;
    let setting = |name: &str| {
        let value: Option<serde_json::Value> = serde_json::from_str(settings).ok();
        value.and_then(|v| v.get(name).and_then(|v| v.as_str()).map(escape)).unwrap_or_default()
    };
    let clinic = [setting("clinic"), setting("phone"), setting("afterHours")].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let clinic = if clinic.is_empty() { String::new() } else { format!("<p><strong>{clinic}</strong></p>") };
    let mut out = String::new();
    // Writing to a String can't fail.
    let _ = write!(
        out,
        "<main class=\"main\"><div class=\"flow no-print\"><h1 class=\"title\">{}</h1><p class=\"lead\">{}</p>{clinic}{}</div>\n<div class=\"sheets\"><article class=\"sheet\"><header class=\"sheet-head\"><div><h2>{}</h2></div><div><p class=\"blank\">{}</p><p class=\"blank\">{}</p></div></header>",
        escape(w.failed_title()),
        escape(w.failed_text()),
        help_lines(pack),
        escape(w.fallback_form()),
        escape(w.sheet_name()),
        escape(w.sheet_born()),
    );
    for section in &pack.questionnaire.items {
        // A questionnaire by others may have questions that stand in no section.
        let rows: String = if section.is_question() { row(section) } else { section.items.iter().map(row).collect() };
        if !rows.is_empty() {
            let _ = write!(out, "<section class=\"sec full long\"><h3>{}</h3>{rows}</section>", escape(section.label()));
        }
    }
    let _ = write!(out, "<section class=\"sec full\"><h3>{}</h3>{}</section></article></div></main>", escape(w.sheet_help()), help_lines(pack));
    out
}

/// Every region's main line: without scripts nobody can choose one.
fn help_lines(pack: &Pack) -> String {
    let lines: String = pack.regions.iter().map(|r| format!("<li>{}: {}</li>", escape(&r.name), first_help(r))).collect();
    format!("<ul>{lines}</ul>")
}

/// A question with boxes to tick, or a line to write on. Follow-ups of a listed question are left to the pen.
fn row(item: &Item) -> String {
    match item.kind {
        Kind::Group | Kind::Page => {
            let stem = if item.items.iter().any(|i| !i.prefix.is_empty()) { format!("<p>{}</p>", escape(&item.text)) } else { String::new() };
            let rows: String = item.items.iter().map(row).collect();
            if item.repeats { String::new() } else { format!("{stem}{rows}") }
        }
        Kind::Display => String::new(),
        Kind::Choice | Kind::Boolean | Kind::OpenChoice if !item.options.is_empty() => {
            let boxes: Vec<String> = item.options.iter().map(|o| format!("☐&nbsp;{}", escape(&o.text))).collect();
            // The wording of a standard instrument stays as it is; our own questions have a short form.
            let asked = if item.prefix.is_empty() { item.label() } else { &item.text };
            format!("<p>{}<br>{}</p>", escape(asked), boxes.join(" "))
        }
        // A one-line follow-up to another question is left to the pen; a list or longer text gets its lines.
        Kind::String if !item.enable.when.is_empty() => String::new(),
        _ => format!("<p>{}</p><span class=\"write\"></span>", escape(item.label())),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
