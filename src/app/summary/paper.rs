//! Sheets as paper: black on white, marks as words and shapes.

use crate::app::el::{View, el, group, text};
use crate::app::kiosk::Kiosk;
use crate::app::state::State;
use crate::app::ui::{h2, p, plain, unseen};
use engine::pack::Words;
use engine::summary::{Mark, Part, Row, Sheet, Sheets};
use export::text::mark_words;

/// Both sheets, with the code on the clinician's.
pub fn sheets(state: State, sheets: &Sheets, mut code: Option<View>) -> Vec<View> {
    let w = state.words();
    let lang = &state.pack_now().lang;
    let tag = state.kiosk.as_ref().map(Kiosk::tag);
    let tag = tag.as_deref();
    let clinician = sheets.clinician.iter().map(|s| sheet(w, lang, "clinician", tag, s, code.take()));
    clinician.chain([sheet(w, lang, "keep", tag, &sheets.keep, None)]).collect()
}

fn sheet(w: &Words, lang: &str, id: &str, tag: Option<&str>, s: &Sheet, code: Option<View>) -> View {
    let title = format!("sheet-{id}");
    let clinician = id == "clinician";
    // To be written by hand: the file never asks for a name.
    let by_hand = match tag {
        // Paper from a shared printer waits in a tray: its three words say whose it is to that one alone.
        Some(tag) => Some(p("tag", tag)),
        None => clinician.then(|| el("div").kids([p("blank", w.sheet_name()), p("blank", w.sheet_born())])),
    };
    let head = el("div").kid(h2(&s.title).id(&title)).kids(s.lead.iter().filter(|l| !l.is_empty()).map(|l| plain(l)));
    let marked = s.parts.iter().flat_map(|p| &p.rows).any(|r| matches!(r, Row::Said { mark: Some(_), .. }));
    let foot = el("footer").class("sheet-foot").kids((clinician && marked).then(|| marks(w))).kids(s.foot.iter().map(|l| plain(l)));
    // The code stands beside what takes most room and can wait: what comes before has the whole width.
    let (before, beside) = s.parts.split_at(s.parts.iter().position(|p| p.id == "other").unwrap_or(s.parts.len()));
    let draw = |p| part(w, p);
    el("article")
        .attrs(&[("class", "sheet"), ("id", &format!("paper-{id}")), ("lang", lang), ("aria-labelledby", &title)])
        .kid(el("header").class("sheet-head").kid(head).kids(by_hand))
        .kids(before.iter().map(draw))
        .kids(code)
        .kids(beside.iter().map(draw))
        .kid(foot)
}

/// What the shapes in front of lines mean.
fn marks(w: &Words) -> View {
    let each = [Mark::Emergency, Mark::First, Mark::Discuss, Mark::Note, Mark::Open];
    plain(&each.map(|m| format!("{} {}", shape(m), mark_words(w, m))).join(" · "))
}

fn shape(mark: Mark) -> &'static str {
    match mark {
        Mark::Emergency => "▲",
        Mark::First => "■",
        Mark::Discuss => "□",
        Mark::Note => "○",
        Mark::Open => "?",
    }
}

fn part(w: &Words, p: &Part) -> View {
    let class = match p.id {
        "safety" => "sec safety",
        // History may flow to a second page; everything else stays whole.
        "tried" => "sec long",
        // Another's heading may be a whole paragraph, which has no room beside its rows.
        "answers" if p.heading.len() > 60 => "sec full",
        "questions" | "bring" => "sec full",
        _ => "sec",
    };
    el("section").attrs(&[("class", class), ("data-part", p.id)]).kid(el("h3").text(&p.heading)).kids(rows(w, p))
}

/// Consecutive rows of a kind form one list.
fn rows(w: &Words, p: &Part) -> Vec<View> {
    let mut out = Vec::new();
    let mut list: Vec<View> = Vec::new();
    let mut class = "";
    for row in &p.rows {
        let (kind, view) = match row {
            Row::Said { mark, label, value, note } => ("list", said(w, *mark, label, value, note)),
            Row::Quote { label, text } => ("list", quote(label, text)),
            Row::Tick { text, ticked } => ("tick", tick(w, text, *ticked)),
            Row::Line(line) => ("", plain(line)),
            Row::Table { columns, rows } => ("", table(columns, rows)),
            Row::Blank(n) => ("", group((0..*n).map(|_| el("span").class("write")))),
        };
        if kind != class && !list.is_empty() {
            out.push(close(class, p.id, std::mem::take(&mut list)));
        }
        class = kind;
        if kind.is_empty() {
            out.push(view);
        } else {
            list.push(view);
        }
    }
    if !list.is_empty() {
        out.push(close(class, p.id, list));
    }
    out
}

fn close(class: &str, part: &str, items: Vec<View>) -> View {
    // Long lists stand in columns, so that the first page holds what must be on it.
    let class = match (class, part) {
        ("list", "safety" | "medicines" | "other") if items.len() > 3 => "list two",
        ("list", _) => "list",
        ("tick", "bring") => "tick three",
        _ => "tick",
    };
    el("ul").class(class).kids(items)
}

fn said(w: &Words, mark: Option<Mark>, label: &str, value: &str, note: &str) -> View {
    let open = mark == Some(Mark::Open);
    let mark = mark.map(|m| {
        let shape = el("span").attrs(&[("class", "mk"), ("aria-hidden", "true")]).text(shape(m));
        group([shape, unseen(mark_words(w, m)).text(": ")])
    });
    let label = if value.is_empty() || open { el("b").text(label) } else { text(label) };
    let joint = (!value.is_empty()).then(|| text(": "));
    let note = (!note.is_empty()).then(|| group([text(" "), el("span").class("aside").text(note)]));
    // The answer stands out: not what is missing, not own words behind it, and a long list in bold is no emphasis.
    let (answer, own) = match value.split_once('“') {
        Some((answer, own)) => (answer, format!("“{own}")),
        None => (value, String::new()),
    };
    let plain = open || answer.len() > 100 || answer == w.not_answered();
    let answer = if plain { text(answer) } else { el("b").text(answer) };
    el("li").kids(mark).kid(label).kids(joint).kid(answer).kid(text(&own)).kids(note)
}

fn quote(label: &str, text: &str) -> View {
    let own = el("b").class("own").text("“").text(text).text("”");
    el("li").text(label).text(": ").kid(own)
}

fn tick(w: &Words, text: &str, ticked: bool) -> View {
    let class = if ticked { "on" } else { "" };
    el("li").class(class).kids(ticked.then(|| unseen(w.chosen()).text(": "))).text(text)
}

fn table(columns: &[String], rows: &[Vec<String>]) -> View {
    let head = columns.iter().map(|c| el("th").attrs(&[("role", "columnheader"), ("scope", "col")]).text(c));
    let head = el("thead").attr("role", "rowgroup").kid(el("tr").attr("role", "row").kids(head));
    let body = el("tbody").attr("role", "rowgroup").kids(rows.iter().map(|cells| table_row(columns, cells)));
    el("table").attr("role", "table").kid(head).kid(body)
}

fn table_row(columns: &[String], cells: &[String]) -> View {
    let cell = |(i, (cell, name)): (usize, (&String, &String))| match i {
        0 => el("th").attrs(&[("role", "rowheader"), ("scope", "row")]).text(cell),
        // An empty cell stays truly empty, so that a narrow screen can leave it out with its label.
        _ if cell.is_empty() => el("td").attr("role", "cell"),
        _ => el("td").attrs(&[("role", "cell"), ("data-label", name)]).text(cell),
    };
    el("tr").attr("role", "row").kids(cells.iter().zip(columns).enumerate().map(cell))
}
