//! The sheets as a page that opens anywhere: no script, nothing to load. Its body is also the
//! narrative of a record, so it is XHTML and keeps to the elements that FHIR allows there.

use super::pdf::arrangement;
use super::ruler::RulerShape;
use super::{Language, runs};
use engine::pack::Words;
use engine::summary::{Part, Row, Ruler, Sheet, Sheets};

/// How the page looks. The sheets must also read well without it.
const STYLE: &str = "body{font:16px/1.4 sans-serif;max-width:60em;margin:0 auto;padding:1em;color:#000;background:#fff}\
h1,h2{line-height:1.2}h2{font-size:1.1em;border-bottom:1px solid;margin:1.2em 0 .4em}ul{padding-left:1.2em}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.2em .4em;text-align:left;vertical-align:top;height:1.4em}\
th,td,li,p{overflow-wrap:anywhere}.write{border-bottom:1px solid;height:1.8em}article+article{margin-top:3em}.part-safety,.part-open{border:2px solid;padding:0 .6em .4em}.part-no ul{columns:14em;padding:0;list-style:none}\
.ruler{display:block;width:100%;max-width:30em}.ruler text{font-size:11px;text-anchor:middle}.scale{fill:none;stroke:#000}.value{fill:#000}\
@media (min-width:50em),print{article{display:grid;grid-template-columns:7fr 5fr;column-gap:1.5em}article>*{grid-column:1/-1}.left{grid-column:1}.right{grid-column:2}}\
@media print{article+article{break-before:page}tr,li{break-inside:avoid}h2{break-after:avoid}body{font-size:12px;padding:0}}";

/// Both sheets as one file.
pub fn document(words: &Words, lang: &str, sheets: &Sheets) -> String {
    document_each([Language { words, lang }; 2], sheets)
}

/// As [`document`], with the language of the clinician's sheet and of the one to keep.
pub fn document_each([theirs, own]: [Language<'_>; 2], sheets: &Sheets) -> String {
    let Language { words, lang } = own;
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"");
    push(lang, &mut out);
    out.push_str("\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/>");
    // A file that lies about may be opened in a browser: nothing in it may load or run, whatever
    // was typed.
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/><title>");
    let first = sheets.clinician.as_ref().unwrap_or(&sheets.keep);
    push(words.product(), &mut out);
    out.push_str(": ");
    push(&first.title, &mut out);
    out.push_str("</title><style>");
    out.push_str(STYLE);
    out.push_str("</style></head><body>\n");
    for (language, each) in sheets.clinician.iter().map(|sheet| (theirs, sheet)).chain([(own, &sheets.keep)]) {
        out.push_str("<article lang=\"");
        push(language.lang, &mut out);
        // A browser that translates sends what it translates to its maker, and a translated
        // instrument is another one.
        out.push_str("\" translate=\"no\">");
        drawn(language.words, each, &mut out);
        out.push_str("</article>\n");
    }
    out.push_str("</body></html>\n");
    out
}

/// One sheet, without anything around it and without drawings, which FHIR does not allow in a
/// narrative.
pub fn sheet(words: &Words, sheet: &Sheet) -> String {
    let mut out = String::new();
    head(sheet, &mut out);
    sheet.parts.iter().for_each(|p| part(words, p, &[], &mut out));
    sheet.foot.iter().for_each(|l| element("p", l, &mut out));
    out
}

/// One sheet as it is drawn on paper: two columns, results on their scales.
fn drawn(words: &Words, sheet: &Sheet, out: &mut String) {
    head(sheet, out);
    let [left, right, below, written] = arrangement(words, sheet, None).areas;
    let area = |class: &str, parts: Vec<&Part>, out: &mut String| {
        if !parts.is_empty() {
            out.push_str("<div class=\"");
            out.push_str(class);
            out.push_str("\">");
            parts.into_iter().for_each(|p| section(words, p, &sheet.rulers, out));
            close("div", out);
        }
    };
    area("left", left, out);
    area("right", right, out);
    area("below", below, out);
    for line in &sheet.foot {
        if *line == sheet.help_line {
            out.push_str("<p translate=\"yes\">");
            push(line, out);
            close("p", out);
        } else {
            element("p", line, out);
        }
    }
    area("below", written, out);
}

fn section(words: &Words, p: &Part, rulers: &[Ruler], out: &mut String) {
    out.push_str("<section class=\"part-");
    out.push_str(p.id);
    if let Some(language) = &p.language {
        out.push_str("\" lang=\"");
        push(&language.tag, out);
        out.push_str("\" dir=\"");
        out.push_str(language.direction);
    }
    out.push_str(if p.is_help() { "\" translate=\"yes\">" } else { "\">" });
    part(words, p, rulers, out);
    close("section", out);
}

fn head(sheet: &Sheet, out: &mut String) {
    element("h1", &sheet.title, out);
    sheet.lead.iter().filter(|l| !l.is_empty()).for_each(|l| element("p", l, out));
    if !sheet.strip.is_empty() {
        open("p", out);
        for (i, (label, value)) in sheet.strip.iter().enumerate() {
            push(if i > 0 { " \u{b7} " } else { "" }, out);
            push(label, out);
            push(": ", out);
            element("b", value, out);
        }
        close("p", out);
    }
}

fn part(words: &Words, part: &Part, rulers: &[Ruler], out: &mut String) {
    element("h2", &part.heading, out);
    let mut listed = false;
    for row in &part.rows {
        let item = matches!(row, Row::Answer { .. } | Row::Quote { .. } | Row::Tick { .. });
        if item != listed {
            out.push_str(if item { "<ul>" } else { "</ul>" });
            listed = item;
        }
        match row {
            Row::Table { columns, rows } => {
                table(columns, rows, out);
                if part.id == "scores" {
                    rulers
                        .iter()
                        .filter(|r| rows.iter().any(|cells| cells.first() == Some(&r.name)))
                        .for_each(|r| ruler(r, out));
                }
            }
            Row::Blank(n) => (0..*n).for_each(|_| out.push_str("<p class=\"write\">\u{a0}</p>")),
            row => {
                let tag = if item { "li" } else { "p" };
                open(tag, out);
                for run in runs(words, part.id, row) {
                    if run.bold {
                        element("b", &run.text, out);
                    } else {
                        push(&run.text, out);
                    }
                }
                if matches!(row, Row::Tick { room: true, .. }) {
                    out.push_str("<p class=\"write\">\u{a0}</p>");
                }
                if let Row::Answer { label, .. } = row {
                    rulers.iter().filter(|r| r.name == *label).for_each(|r| ruler(r, out));
                }
                close(tag, out);
            }
        }
    }
    if listed {
        out.push_str("</ul>");
    }
}

/// A result on its scale, as a drawing with its words as the alternative.
fn ruler(ruler: &Ruler, out: &mut String) {
    let shape = RulerShape::of(ruler);
    out.push_str("<svg class=\"ruler\" role=\"img\" viewBox=\"0 0 320 34\" aria-label=\"");
    push(&ruler.alt, out);
    out.push_str("\"><path class=\"scale\" d=\"");
    push(&shape.lines, out);
    out.push_str("\"/><path class=\"value\" d=\"");
    push(&shape.value, out);
    out.push_str("\"/>");
    for (x, text) in &shape.numbers {
        out.push_str("<text y=\"32\" x=\"");
        push(x, out);
        out.push_str("\">");
        push(text, out);
        close("text", out);
    }
    close("svg", out);
}

fn table(columns: &[String], rows: &[Vec<String>], out: &mut String) {
    out.push_str("<table><thead><tr>");
    columns.iter().for_each(|c| element("th", c, out));
    out.push_str("</tr></thead><tbody>");
    for cells in rows {
        open("tr", out);
        cells.iter().for_each(|c| element("td", c, out));
        close("tr", out);
    }
    out.push_str("</tbody></table>");
}

fn element(tag: &str, text: &str, out: &mut String) {
    open(tag, out);
    push(text, out);
    close(tag, out);
}

fn open(tag: &str, out: &mut String) {
    out.push('<');
    out.push_str(tag);
    out.push('>');
}

fn close(tag: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

/// Text as HTML and XHTML, between tags or inside double quotes. What XML can't hold at all is left
/// out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push(text, &mut out);
    out
}

fn push(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c < ' ' || matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}
