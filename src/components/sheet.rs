//! Sheets as paper: black on white, marks as words and shapes.

use super::heading::{Heading, Unseen};
use super::list_table::DataTable;
use crate::context::{use_kiosk, use_pack, use_words};
use engine::pack::{Pack, Words};
use engine::summary::{Mark, Part, Row, Ruler, Sheet, Sheets};
use export::pdf::arrangement;
use export::qr::{self, Qr};
use export::ruler::RulerShape;
use export::text::mark_words;
use leptos::prelude::*;

/// Both sheets. `code` is the code for the clinician's sheet if one was asked for; its inner `None`
/// means that the answers do not fit into one. `pack` is the one that the clinician's sheet was
/// made from: it may be in another language.
#[component]
pub fn SheetPapers(sheets: Sheets, code: Option<Option<Qr>>, pack: &'static Pack) -> impl IntoView {
    let clinician = sheets.clinician.map(|sheet| view! { <Paper id="clinician" sheet code pack/> });
    view! { <div class="sheets broad">{clinician}<Paper id="keep" sheet=sheets.keep code=None pack=use_pack()/></div> }
}

#[component]
fn Paper(id: &'static str, sheet: Sheet, code: Option<Option<Qr>>, pack: &'static Pack) -> impl IntoView {
    let words = &pack.words;
    provide_context(PaperWords(words));
    let title = format!("sheet-{id}");
    let labelled_by = title.clone();
    let clinician = id == "clinician";
    let marked =
        sheet.parts.iter().flat_map(|part| &part.rows).any(|row| matches!(row, Row::Answer { mark: Some(_), .. }));
    let legend = (clinician && marked).then(|| view! { <p>{mark_legend(words)}</p> });
    let arranged = arrangement(words, &sheet, code.as_ref().and_then(Option::as_ref));
    let even = arranged.even;
    let [left, right, below, written] = arranged.areas.map(|parts| parts.into_iter().cloned().collect::<Vec<Part>>());
    let rulers = StoredValue::new(sheet.rulers);
    let scores = sheet.parts.iter().any(|part| part.id == "scores");
    let draw = move |parts: Vec<Part>| parts.into_iter().map(|part| view! { <SheetPart part rulers/> }).collect_view();
    // The code stands in the right column, or before what can wait.
    let code = code.map(|qr| view! { <CodeDrawing qr/> }.into_any());
    let (in_column, alone) = if scores { (code, None) } else { (None, code) };
    let columns = (!left.is_empty() || !right.is_empty()).then(|| {
        view! { <div class="sheet-columns" class:even=even><div>{draw(left)}</div><div>{draw(right)}{in_column}</div></div> }
    });
    let strip = (!sheet.strip.is_empty()).then(|| {
        let fact = |(label, value): (String, String)| view! { <span>{label}": "<b>{value}</b></span>" " };
        view! { <p class="sheet-strip">{sheet.strip.into_iter().map(fact).collect_view()}</p> }
    });
    let lines =
        |lines: Vec<String>| lines.into_iter().filter(|l| !l.is_empty()).map(|l| view! { <p>{l}</p> }).collect_view();
    // A browser that translates sends what it translates to its maker: answers no, whom to call
    // yes.
    let foot_line = |line: String| {
        let translate = (line == sheet.help_line).then_some("yes");
        view! { <p translate=translate>{line}</p> }
    };
    let foot = sheet.foot.into_iter().map(foot_line).collect_view();
    view! {
        <article class="sheet" id=format!("paper-{id}") lang=pack.lang.as_str() translate="no" aria-labelledby=labelled_by>
            <header class="sheet-head">
                <div><Heading text=sheet.title id=title/>{lines(sheet.lead)}</div>
                <Whose clinician/>
            </header>
            {strip}{columns} {alone} {draw(below)}
            <footer class="sheet-foot">{legend}{foot}</footer>
            {draw(written)}
        </article>
    }
}

/// Whose the sheet is: room for a name on the clinician's one, or the three words of a kiosk.
#[component]
fn Whose(clinician: bool) -> impl IntoView {
    let words = paper_words();
    match use_kiosk() {
        // Paper from a shared printer waits in a tray: its three words say whose it is to that one
        // alone.
        Some(kiosk) => Some(view! { <p class="tag">{kiosk.tag.get_untracked()}</p> }.into_any()),
        // To be written by hand: the file never asks for a name.
        None => clinician.then(|| {
            view! { <div><p class="blank">{words.sheet_name()}</p><p class="blank">{words.sheet_born()}</p></div> }
                .into_any()
        }),
    }
}

/// The words of the sheet that is drawn, which may be in another language than the screen.
#[derive(Clone, Copy)]
struct PaperWords(&'static Words);

fn paper_words() -> &'static Words {
    use_context::<PaperWords>().map_or_else(use_words, |words| words.0)
}

/// What the shapes in front of lines mean.
fn mark_legend(words: &Words) -> String {
    let each = [Mark::Emergency, Mark::First, Mark::Discuss, Mark::Note, Mark::Open];
    each.map(|mark| format!("{} {}", mark_shape(mark), mark_words(words, mark))).join(" · ")
}

fn mark_shape(mark: Mark) -> &'static str {
    match mark {
        Mark::Emergency => "▲",
        Mark::First => "■",
        Mark::Discuss => "□",
        Mark::Note => "○",
        Mark::Open => "?",
    }
}

#[component]
fn SheetPart(part: Part, rulers: StoredValue<Vec<Ruler>>) -> impl IntoView {
    let class = match part.id {
        "safety" => "sec safety",
        // History may flow to a second page; everything else stays whole.
        "tried" => "sec long",
        "open" | "no" | "by-hand" => "sec full",
        // Somebody else's heading may be a whole paragraph, which has no room beside its rows.
        "answers" if part.heading.len() > 60 => "sec full",
        "questions" | "bring" | "before" | "after" | "call" => "sec full",
        _ => "sec",
    };
    let translate = part.is_help().then_some("yes");
    let (lang, dir) = part.language.map(|language| (language.tag, language.direction)).unzip();
    let lists = row_lists(part.rows);
    let lists = lists.into_iter().map(|(kind, rows)| view! { <RowList part=part.id kind rows rulers/> }).collect_view();
    view! { <section class=class data-part=part.id translate=translate lang=lang dir=dir><Heading rank=3 text=part.heading/>{lists}</section> }
}

/// How a row is drawn: rows of one kind that follow each other form one list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Answers,
    Ticks,
    Alone,
}

fn row_lists(rows: Vec<Row>) -> Vec<(RowKind, Vec<Row>)> {
    let mut lists: Vec<(RowKind, Vec<Row>)> = Vec::new();
    for row in rows {
        let kind = match row {
            Row::Answer { .. } | Row::Quote { .. } => RowKind::Answers,
            Row::Tick { .. } => RowKind::Ticks,
            Row::Line(_) | Row::Table { .. } | Row::Blank(_) => RowKind::Alone,
        };
        match lists.last_mut() {
            Some((last, list)) if *last == kind => list.push(row),
            _ => lists.push((kind, vec![row])),
        }
    }
    lists
}

#[component]
fn RowList(part: &'static str, kind: RowKind, rows: Vec<Row>, rulers: StoredValue<Vec<Ruler>>) -> AnyView {
    // Long lists stand in columns, so that the first page holds what must be on it.
    let class = match (kind, part) {
        (RowKind::Answers, "other") if rows.len() > 3 => "list two",
        (RowKind::Answers, "no") => "list three",
        (RowKind::Answers, _) => "list",
        (RowKind::Ticks, "bring") => "tick three",
        _ => "tick",
    };
    let drawn = rows.into_iter().map(|row| view! { <SheetRow part row rulers/> }).collect_view();
    if kind == RowKind::Alone { drawn.into_any() } else { view! { <ul class=class>{drawn}</ul> }.into_any() }
}

#[component]
fn SheetRow(part: &'static str, row: Row, rulers: StoredValue<Vec<Ruler>>) -> AnyView {
    let words = paper_words();
    let ruler = |name: &str| {
        rulers
            .with_value(|all| all.iter().find(|ruler| ruler.name == name).cloned())
            .map(|ruler| view! { <RulerDrawing ruler/> })
    };
    match row {
        Row::Answer { mark, label, value, note } => {
            let drawing = ruler(&label).map(IntoAny::into_any);
            view! { <AnswerRow part mark label value note drawing/> }.into_any()
        }
        Row::Quote { label, text } => {
            view! { <li>{label}": "<b class="own" dir="auto">"“"{text}"”"</b></li> }.into_any()
        }
        Row::Tick { text, ticked, room } => {
            let chosen = ticked.then(|| view! { <Unseen text=format!("{}: ", words.chosen())/> });
            let line = room.then(|| view! { <span class="write"></span> });
            view! { <li class=if ticked { "on" } else { "" }>{chosen}{text}{line}</li> }.into_any()
        }
        Row::Line(line) => view! { <p>{line}</p> }.into_any(),
        Row::Table { columns, rows } if part == "scores" => {
            let drawings =
                rows.iter().map(|cells| cells.first().and_then(|name| ruler(name)).map(IntoAny::into_any)).collect();
            view! { <ScoresTable columns rows drawings/> }.into_any()
        }
        Row::Table { columns, rows } => view! { <DataTable columns rows/> }.into_any(),
        Row::Blank(lines) => (0..lines).map(|_| view! { <span class="write"></span> }).collect_view().into_any(),
    }
}

#[component]
fn AnswerRow(
    part: &'static str,
    mark: Option<Mark>,
    label: String,
    value: String,
    note: String,
    #[prop(optional_no_strip)] drawing: Option<AnyView>,
) -> impl IntoView {
    let words = paper_words();
    let open = mark == Some(Mark::Open);
    let mark = mark.map(|mark| {
        let label = format!("{}: ", mark_words(words, mark));
        view! { <span class="mk" aria-hidden="true">{mark_shape(mark)}</span><Unseen text=label/> }
    });
    // What is read first stands out by what it is about, and the noes by the system that they are
    // of.
    let by_label = matches!(part, "safety" | "no");
    let label =
        if value.is_empty() || open || by_label { view! { <b>{label}</b> }.into_any() } else { label.into_any() };
    let (joint, between) = if value.is_empty() { (None, " ") } else { (Some(": "), " · ") };
    // The answer stands out: not what is missing, not own words behind it, and a long list in bold
    // is no emphasis.
    let (answer, own) = match value.split_once('“') {
        Some((answer, own)) => (answer.to_string(), format!("“{own}")),
        None => (value, String::new()),
    };
    let plain = open || by_label || answer.len() > 100 || answer == words.not_answered();
    let answer = if plain { answer.into_any() } else { view! { <b>{answer}</b> }.into_any() };
    let note = (!note.is_empty()).then(|| view! { {between}<span class="aside">{note}</span> });
    let own = (!own.is_empty()).then(|| view! { <bdi>{own}</bdi> });
    view! { <li>{mark}{label}{joint}{answer}{own}{note}{drawing}</li> }
}

/// Results, each with its scale below its words.
#[component]
fn ScoresTable(columns: Vec<String>, rows: Vec<Vec<String>>, drawings: Vec<Option<AnyView>>) -> impl IntoView {
    let head =
        columns.iter().map(|name| view! { <th role="columnheader" scope="col">{name.clone()}</th> }).collect_view();
    let last = columns.len().saturating_sub(1);
    let row = |(cells, mut drawing): (Vec<String>, Option<AnyView>)| {
        let mut cell = |(index, (text, name)): (usize, (String, &String))| match index {
            0 => view! { <th role="rowheader" scope="row">{text}</th> }.into_any(),
            _ if text.is_empty() && index < last => view! { <td role="cell"></td> }.into_any(),
            _ => view! { <td role="cell" data-label=name.clone()>{text}{drawing.take_if(|_| index == last)}</td> }
                .into_any(),
        };
        let cells = cells.into_iter().zip(&columns).enumerate().map(&mut cell).collect_view();
        view! { <tr role="row">{cells}</tr> }
    };
    let body = rows.into_iter().zip(drawings).map(row).collect_view();
    view! {
        <table class="results" role="table">
            <thead role="rowgroup"><tr role="row">{head}</tr></thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
}

/// A result on its scale: a dot for a total, a bar for what is possible where items are missing.
#[component]
fn RulerDrawing(ruler: Ruler) -> impl IntoView {
    let shape = RulerShape::of(&ruler);
    let number = |(x, text): (String, String)| view! { <text x=x y="32">{text}</text> };
    view! {
        <svg class="ruler" viewBox="0 0 320 34" role="img" aria-label=ruler.alt>
            <path class="scale" d=shape.lines/>
            <path class="value" d=shape.value/>
            {shape.numbers.into_iter().map(number).collect_view()}
        </svg>
    }
}

/// A code as a drawing, with the quiet zone that scanners need, and what it holds.
#[component]
pub fn CodeDrawing(qr: Option<Qr>) -> AnyView {
    let words = use_words();
    let Some(qr) = qr else { return view! { <p class="note">{words.code_none()}</p> }.into_any() };
    view! { <div class="code"><Modules qr label=words.code_holds().into()/><p>{words.code_holds()}</p></div> }
        .into_any()
}

/// An address as a code to scan, with its words beside it; nothing where it does not fit into one.
#[component]
pub fn LinkCode(address: &'static str, text: &'static str) -> impl IntoView {
    let label = format!("{text} {address}");
    qr::link(address)
        .map(|qr| view! { <div class="link-code"><Modules qr label/><p>{text}<br/><small>{address}</small></p></div> })
}

/// The modules of a code in their quiet zone.
#[component]
fn Modules(qr: Qr, label: String) -> impl IntoView {
    let path: String =
        qr.bars().into_iter().map(|(x, y, length)| format!("M{} {}h{length}v1h-{length}z", x + 4, y + 4)).collect();
    let side = qr.size + 8;
    view! { <svg viewBox=format!("0 0 {side} {side}") role="img" aria-label=label shape-rendering="crispEdges"><path d=path/></svg> }
}
