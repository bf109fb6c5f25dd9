//! What stands in the file as plain HTML: the shell that is painted before the wasm runs, and the
//! fallback for browsers that can't run it: clinic phone, crisis lines, and a blank form that
//! prints.

use engine::pack::{Item, Kind, Pack};
use export::html::escape;
use export::one_file::{EMPTY_CLINIC, EMPTY_HELP, first_help};
use export::start;
use std::fmt::Write;

/// Painted at once: the start screen, and the place for the crisis line.
pub fn shell(packs: &[Pack]) -> String {
    format!("{}<div class=\"shell-help\">{EMPTY_HELP}</div>", start::screens(packs))
}

/// The fallback, with a place for the clinic's name and numbers.
pub fn form(pack: &Pack) -> String {
    let w = &pack.words;
    let mut out = String::new();
    // Writing to a String can't fail.
    let _ = write!(
        out,
        "<main class=\"main\"><div class=\"flow no-print\"><h1 class=\"title\">{}</h1><p class=\"lead\">{}</p>{}{EMPTY_CLINIC}{}</div>\n<div class=\"sheets\"><article class=\"sheet\"><header class=\"sheet-head\"><div><h2>{}</h2></div><div><p class=\"blank\">{}</p><p class=\"blank\">{}</p></div></header>",
        escape(w.failed_title()),
        escape(w.failed_text()),
        held_answers(pack),
        help_lines(pack),
        escape(w.fallback_form()),
        escape(w.sheet_name()),
        escape(w.sheet_born()),
    );
    for section in &pack.questionnaire.items {
        // A questionnaire by others may have questions that stand in no section.
        let apart = |item: &&Item| !pack.safety.apart.contains(&item.link_id);
        let rows: String =
            if section.is_question() { row(section) } else { section.items.iter().filter(apart).map(row).collect() };
        if !rows.is_empty() {
            let _ =
                write!(out, "<section class=\"sec full long\"><h3>{}</h3>{rows}</section>", escape(section.label()));
        }
    }
    let _ = write!(
        out,
        "<section class=\"sec full\"><h3>{}</h3>{}</section></article></div></main>",
        escape(w.sheet_help()),
        help_lines(pack)
    );
    out
}

/// What was entered before the program stopped for good; boot.js shows it and gives the buttons
/// their work.
fn held_answers(pack: &Pack) -> String {
    let w = &pack.words;
    let button =
        |id, class, label| format!("<button type=\"button\" id=\"{id}\" class=\"{class}\">{}</button>", escape(label));
    let again = button("held-again", "btn", w.failed_again());
    let save = button("held-save", "btn line", w.failed_save());
    format!(
        "<div id=\"held\" class=\"note\" hidden><p>{}</p><div class=\"actions\">{again}{save}</div></div>",
        escape(w.failed_held())
    )
}

/// Every region's main line, since a region can't be chosen without scripts.
fn help_lines(pack: &Pack) -> String {
    let lines: String =
        pack.regions.iter().map(|r| format!("<li>{}: {}</li>", escape(&r.name), first_help(r))).collect();
    format!("<ul>{lines}</ul>")
}

/// A question with boxes to tick, or a line to write on. Follow-ups of a listed question are left
/// to the pen.
fn row(item: &Item) -> String {
    match item.kind {
        Kind::Group | Kind::Page => {
            let stem = if item.items.iter().any(|i| !i.prefix.is_empty()) {
                format!("<p>{}</p>", escape(&item.text))
            } else {
                String::new()
            };
            let rows: String = item.items.iter().map(row).collect();
            if item.repeats { String::new() } else { format!("{stem}{rows}") }
        }
        Kind::Display => String::new(),
        Kind::Choice | Kind::Boolean | Kind::OpenChoice if !item.options.is_empty() => {
            let boxes: Vec<String> = item.options.iter().map(|o| format!("☐&nbsp;{}", escape(&o.text))).collect();
            // The wording of a standard instrument stays as it is; our own questions have a short
            // form.
            let asked = if item.prefix.is_empty() { item.label() } else { &item.text };
            format!("<p>{}<br>{}</p>", escape(asked), boxes.join(" "))
        }
        // A one-line follow-up to another question is left to the pen; a list or longer text gets
        // its lines.
        Kind::String if !item.enable.when.is_empty() => String::new(),
        _ => format!("<p>{}</p><span class=\"write\"></span>", escape(item.label())),
    }
}
