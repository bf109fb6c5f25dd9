//! The sheets as a page that opens anywhere: no script, nothing to load. Its body is also the narrative of a
//! record, so it is XHTML and keeps to the elements that FHIR allows there.

use super::runs;
use engine::pack::Words;
use engine::summary::{Part, Row, Sheet, Sheets};

/// How the page looks. The sheets must also read well without it.
const STYLE: &str = "body{font:16px/1.4 sans-serif;max-width:50em;margin:0 auto;padding:1em;color:#000;background:#fff}\
h1,h2{line-height:1.2}h2{font-size:1.1em;border-bottom:1px solid;margin:1.2em 0 .4em}ul{padding-left:1.2em}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.2em .4em;text-align:left;vertical-align:top;height:1.4em}\
th,td,li,p{overflow-wrap:anywhere}.write{border-bottom:1px solid;height:1.8em}article+article{margin-top:3em}\
@media print{article+article{break-before:page}tr,li{break-inside:avoid}h2{break-after:avoid}body{font-size:12px;padding:0}}";

/// Both sheets as one file.
pub fn document(words: &Words, lang: &str, sheets: &Sheets) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"");
    push(lang, &mut out);
    out.push_str("\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/>");
    // A file that lies about may be opened in a browser: nothing in it may load or run, whatever was typed.
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/><title>");
    let first = sheets.clinician.as_ref().unwrap_or(&sheets.keep);
    push(words.product(), &mut out);
    out.push_str(": ");
    push(&first.title, &mut out);
    out.push_str("</title><style>");
    out.push_str(STYLE);
    out.push_str("</style></head><body>\n");
    for each in sheets.clinician.iter().chain([&sheets.keep]) {
        out.push_str("<article>");
        out.push_str(&sheet(words, each));
        out.push_str("</article>\n");
    }
    out.push_str("</body></html>\n");
    out
}

/// One sheet, without anything around it.
pub fn sheet(words: &Words, sheet: &Sheet) -> String {
    let mut out = String::new();
    element("h1", &sheet.title, &mut out);
    sheet.lead.iter().filter(|l| !l.is_empty()).for_each(|l| element("p", l, &mut out));
    sheet.parts.iter().for_each(|p| part(words, p, &mut out));
    sheet.foot.iter().for_each(|l| element("p", l, &mut out));
    out
}

fn part(words: &Words, part: &Part, out: &mut String) {
    element("h2", &part.heading, out);
    let mut listed = false;
    for row in &part.rows {
        let item = matches!(row, Row::Said { .. } | Row::Quote { .. } | Row::Tick { .. });
        if item != listed {
            out.push_str(if item { "<ul>" } else { "</ul>" });
            listed = item;
        }
        match row {
            Row::Table { columns, rows } => table(columns, rows, out),
            Row::Blank(n) => (0..*n).for_each(|_| out.push_str("<p class=\"write\">\u{a0}</p>")),
            row => {
                let tag = if item { "li" } else { "p" };
                open(tag, out);
                for run in runs(words, row) {
                    if run.bold {
                        element("b", &run.text, out);
                    } else {
                        push(&run.text, out);
                    }
                }
                close(tag, out);
            }
        }
    }
    if listed {
        out.push_str("</ul>");
    }
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

/// Text as HTML and XHTML, between tags or inside double quotes. What XML can't hold at all is left out.
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
