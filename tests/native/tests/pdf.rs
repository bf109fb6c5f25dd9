//! The PDF file, read back by poppler: every line is there, as text, tagged, on the right paper.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{fixture, fixtures, pack, root};
use content::Problems;
use engine::answers::{Answer, Answers, Key, Value};
use engine::pack::{Pack, Settings};
use engine::summary::{self, Context, Part, Row, Sheets};
use export::pdf::{self, Paper, Pdf};
use export::{code, text};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

fn spanish() -> &'static Pack {
    static ONCE: OnceLock<Pack> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut problems = Problems::default();
        content::translate(&root(), "es", common::authored(), &mut problems).unwrap_or_else(|| panic!("{problems}"))
    })
}

fn sheets(pack: &Pack, answers: &Answers) -> Sheets {
    let context = Context {
        date: "22 November 2026",
        region: pack.region("us").unwrap(),
        settings: &Settings::default(),
        leave_out: false,
    };
    summary::sheets(pack, answers, context)
}

fn made(pack: &Pack, answers: &Answers, paper: Paper) -> (Pdf, Sheets) {
    let sheets = sheets(pack, answers);
    (pdf::write(&pack.words, &pack.lang, &sheets, None, paper), sheets)
}

/// A file for poppler, removed when it is dropped.
struct File(PathBuf);

impl File {
    fn new(name: &str, pdf: &Pdf) -> Self {
        let path = std::env::temp_dir().join(format!("consult-ready-pdf-{}-{name}.pdf", std::process::id()));
        std::fs::write(&path, &pdf.bytes).unwrap();
        Self(path)
    }

    /// What a tool of poppler, or qpdf, says. Anything on its error stream is a fault of ours.
    fn ask(&self, tool: &str, before: &[&str], after: &[&str]) -> String {
        let output = Command::new(tool).args(before).arg(&self.0).args(after).output();
        let output = output.unwrap_or_else(|e| panic!("{tool} does not run, `cargo xtask setup` installs it: {e}"));
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && errors.is_empty(), "{}: {tool}: {errors}", self.0.display());
        String::from_utf8(output.stdout).unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Sets of answers whose sheet for the clinician is longer than a side: yes to nearly everything.
const LONGER: [&str; 4] = ["everything-yes", "full", "heaviest", "heavy"];

/// Letters and digits only: where lines break is not what is compared.
fn flat(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every line the sheets say, and every cell of their tables.
fn lines(pack: &Pack, sheets: &Sheets) -> Vec<String> {
    let mut out = Vec::new();
    for sheet in sheets.clinician.iter().chain([&sheets.keep]) {
        out.extend(text::sheet(&pack.words, sheet).lines().filter(|l| !l.starts_with("- ")).map(String::from));
        for (part, row) in sheet.parts.iter().flat_map(|p| p.rows.iter().map(move |r| (p, r))) {
            if let Row::Table { columns, rows } = row {
                // Results are entries with a drawing, which need no names of columns.
                out.extend(columns.iter().filter(|_| part.id != "scores").chain(rows.iter().flatten()).cloned());
            }
        }
    }
    out
}

/// True if a text stands on one page, or begins on one and goes on on the next: behind the page's
/// number, and behind what the other column has there.
fn is_on(pages: &[String], text: &str) -> bool {
    let parts = |pair: &[String]| {
        text.char_indices().any(|(i, _)| pair[0].contains(&text[..i]) && pair[1].contains(&text[i..]))
    };
    pages.iter().any(|page| page.contains(text)) || pages.windows(2).any(parts)
}

#[test]
fn every_line_of_every_fixture_is_read_back() {
    for (name, answers) in fixtures() {
        for (pack, paper, size) in
            [(pack(), Paper::Letter, "612 x 792 pts (letter)"), (spanish(), Paper::A4, "595.28 x 841.89 pts (A4)")]
        {
            let (pdf, sheets) = made(pack, answers, paper);
            assert!(!pdf.lost, "{name}, {}: a letter is lost", pack.lang);
            let file = File::new(&format!("{name}-{}", pack.lang), &pdf);
            let tagged = flat(&file.ask("pdfinfo", &["-struct-text"], &[]));
            let numbers = |l: &&str| {
                !sheets.clinician.iter().chain([&sheets.keep]).any(|s| l.starts_with(&format!("{} · ", s.title)))
            };
            let text = file.ask("pdftotext", &["-raw"], &["-"]);
            let plain: Vec<String> =
                text.split('\u{c}').map(|page| flat(&page.lines().filter(numbers).collect::<String>())).collect();
            for line in lines(pack, &sheets) {
                // A mark or a box to tick is drawn, and its words are those of the drawing: the
                // tool that reads the structure does not look for them.
                let bare = line.strip_prefix('[').and_then(|l| l.split_once("] ")).map_or(&*line, |(_, bare)| bare);
                assert!(tagged.contains(&flat(bare)), "{name}, {}: the structure lacks “{line}”", pack.lang);
                // A table is read in lines across its cells.
                let across = sheets
                    .clinician
                    .iter()
                    .flat_map(|s| &s.parts)
                    .any(|p| p.id == "scores" && format!("{p:?}").contains(&line));
                assert!(across || is_on(&plain, &flat(&line)), "{name}, {}: the page lacks “{line}”", pack.lang);
            }
            // A second opinion on the file itself: tables of places, objects, streams.
            assert!(
                file.ask("qpdf", &["--check"], &[]).contains("No syntax or stream encoding errors found"),
                "{name}"
            );
            let info = file.ask("pdfinfo", &[], &[]);
            for want in ["Tagged:          yes", size, "Encrypted:       no", "JavaScript:      no"] {
                assert!(info.contains(want), "{name}: not “{want}” in\n{info}");
            }
            let first = sheets.clinician.as_ref().unwrap_or(&sheets.keep);
            assert!(info.contains(&format!("Title:           {}: {}", pack.words.product(), first.title)), "{info}");
            assert!(pdf.bytes.windows(5).any(|w| w == b"/Lang"), "{name}: no language");
            // The same sheets are the same file.
            assert_eq!(made(pack, answers, paper).0, pdf, "{name}");
        }
    }
}

/// A file in two languages says so at the sheet that is not in the file's own; one in a single
/// language says it once.
#[test]
fn each_sheet_has_its_language() {
    let [theirs, own] = [pack(), spanish()].map(|p| export::Language { words: &p.words, lang: &p.lang });
    let [english, keep] = [pack(), spanish()].map(|p| sheets(p, &fixture("light")));
    let mixed = Sheets { clinician: english.clinician, keep: keep.keep };
    let languages = |pdf: &Pdf| {
        let text = String::from_utf8_lossy(&pdf.bytes).into_owned();
        text.match_indices("/Lang").map(|(at, _)| text[at + 5..].trim_start()[..4].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(languages(&pdf::write_each([theirs, own], &mixed, None, Paper::Letter)), ["(en)", "(es)"]);
    assert_eq!(languages(&made(spanish(), &fixture("light"), Paper::Letter).0), ["(es)"]);
}

/// Headings, lists and tables are what they look like.
#[test]
fn the_structure() {
    let (pdf, sheets) = made(pack(), &fixture("heaviest"), Paper::Letter);
    let file = File::new("structure", &pdf);
    let tree = file.ask("pdfinfo", &["-struct"], &[]);
    let count = |role: &str| tree.lines().filter(|l| l.trim().split([' ', '(', ':']).next() == Some(role)).count();
    let both = || sheets.clinician.iter().chain([&sheets.keep]);
    assert_eq!((count("Document"), count("Sect"), count("H1")), (1, 2, 2), "{tree}");
    assert_eq!(count("H2"), both().map(|s| s.parts.len()).sum::<usize>());
    let rows =
        |wanted: fn(&Row) -> bool| both().flat_map(|s| &s.parts).flat_map(|p| &p.rows).filter(|r| wanted(r)).count();
    let listed = rows(|r| matches!(r, Row::Answer { .. } | Row::Quote { .. } | Row::Tick { .. }));
    // What to do and whom to call stands as a list on the sheet to keep.
    let in_lists = sheets.keep.parts.iter().filter(|p| ["before", "after", "call", "help"].contains(&p.id));
    let listed = listed + in_lists.flat_map(|p| &p.rows).filter(|r| matches!(r, Row::Line(_))).count();
    // The eight trials have ten columns, and are written as a list; so are the results, each with
    // its drawing.
    let figures = sheets.clinician.as_ref().unwrap().rulers.len();
    let results = |r: &Row| matches!(r, Row::Table { columns, .. } if columns.len() <= 4);
    // Two tables of at most four columns: results, and medicines, which are a table.
    assert_eq!(rows(results), 2);
    // Every questionnaire was asked, so each has an entry of its own.
    let scores = pack()
        .instruments
        .iter()
        .filter(|i| sheets.clinician.as_ref().unwrap().rulers.iter().any(|r| r.name == i.name))
        .count();
    assert_eq!((count("LI"), count("LBody")), (listed + 8 + scores, listed + 8 + scores));
    assert_eq!((count("Table"), count("Figure")), (1, figures));
}

/// "Page 1 of 2" counts the pages of a sheet: sheets go separate ways.
#[test]
fn pages_are_counted_for_each_sheet() {
    for (pack, page) in [(pack(), "Page {n} of {of}"), (spanish(), "Página {n} de {of}")] {
        let (pdf, sheets) = made(pack, &fixture("heaviest"), Paper::A4);
        let text = File::new(&format!("pages-{}", pack.lang), &pdf).ask("pdftotext", &["-layout"], &["-"]);
        let pages: Vec<&str> = text.split('\u{c}').filter(|p| !p.is_empty()).collect();
        let titles = [sheets.clinician.as_ref().unwrap().title.as_str(), &sheets.keep.title];
        let of = |title: &str| pages.iter().filter(|p| p.contains(&format!("{title} · "))).count();
        assert_eq!(of(titles[0]) + of(titles[1]), pages.len());
        assert!(of(titles[0]) >= 2, "the heaviest sheet needs more than a page");
        for (i, p) in pages.iter().enumerate() {
            let first = i < of(titles[0]);
            let (title, n) = if first { (titles[0], i + 1) } else { (titles[1], i + 1 - of(titles[0])) };
            let want =
                format!("{title} · {}", page.replace("{n}", &n.to_string()).replace("{of}", &of(title).to_string()));
            assert!(p.contains(&want), "page {}: not “{want}”", i + 1);
        }
    }
}

/// Nothing is drawn outside the margins of 12 mm: poppler's boxes of words, on every page of the
/// heaviest sheets.
#[test]
fn nothing_leaves_the_page() {
    let mut answers = fixture("heaviest");
    answers.set(Key::first("goal"), Answer::Given(vec![Value::Text("W".repeat(200))]));
    let (_, mut sheets) = made(pack(), &answers, Paper::A4);
    // A row that is longer than a page.
    let rows = vec![vec!["here".to_string(), "as needed ".repeat(1_500)]];
    let table = Row::Table { columns: vec!["Where".into(), "What".into()], rows };
    sheets.clinician.as_mut().unwrap().parts.push(Part {
        id: "more",
        heading: "More".into(),
        rows: vec![table],
        language: None,
    });
    for (paper, width, height) in [(Paper::A4, 595.28, 841.89), (Paper::Letter, 612.0, 792.0)] {
        let pdf = pdf::write(&pack().words, "en", &sheets, None, paper);
        let boxes = File::new(&format!("boxes-{width}"), &pdf).ask("pdftotext", &["-bbox"], &["-"]);
        let number = |line: &str, key: &str| {
            line.split_once(&format!("{key}=\""))
                .and_then(|(_, r)| r.split_once('"'))
                .unwrap()
                .0
                .parse::<f64>()
                .unwrap()
        };
        let words: Vec<&str> = boxes.lines().filter(|l| l.contains("<word ")).collect();
        assert!(words.len() > 1_000);
        for word in words {
            assert!(number(word, "xMin") >= 34.0 && number(word, "xMax") <= width - 34.0, "{word}");
            assert!(number(word, "yMin") >= 34.0 && number(word, "yMax") <= height - 34.0, "{word}");
        }
    }
}

/// A letter that the fonts lack prints as “?”, is copied as it is, and the sheet says so.
#[test]
fn letters_outside_the_fonts() {
    let own = "żółw 乌龟 (tortuga) \\ “ñ” — 50 €";
    let mut answers = fixture("light");
    answers.set(Key::first("goal"), Answer::Given(vec![Value::Text(own.into())]));
    let (pdf, _) = made(pack(), &answers, Paper::A4);
    assert!(pdf.lost);
    let text = File::new("letters", &pdf).ask("pdftotext", &["-raw"], &["-"]);
    assert!(text.contains(own), "{text}");
    assert!(flat(&text).contains(&flat(pack().words.letters_lost())), "{text}");
    // And what is drawn.
    let hex: String = b"?\xf3?w ?? (tortuga) \\ ".iter().map(|b| format!("{b:02x}")).collect();
    let drawn = String::from_utf8_lossy(&pdf.bytes).to_lowercase();
    assert!(drawn.contains(&hex), "the letters that are there are drawn, the others as ?");
    answers.set(Key::first("goal"), Answer::Given(vec![Value::Text("ñandú — 50 €, “sí”".into())]));
    assert!(!made(pack(), &answers, Paper::A4).0.lost);
    // Case 16: accents that come apart, as from PDF files and macOS.
    answers.set(Key::first("goal"), Answer::Given(vec![Value::Text("Jose\u{301} and n\u{303}andu\u{301}".into())]));
    let (pdf, _) = made(pack(), &answers, Paper::A4);
    assert!(!pdf.lost);
    assert!(File::new("accents", &pdf).ask("pdftotext", &["-raw"], &["-"]).contains("José and ñandú"));
}

/// Poppler draws every page of the heaviest sheets, and none is empty.
#[test]
fn pages_are_drawn() {
    let (pdf, _) = made(spanish(), &fixture("heaviest"), Paper::A4);
    let file = File::new("drawn", &pdf);
    let stem = file.0.with_extension("");
    file.ask("pdftoppm", &["-gray", "-r", "20"], &[stem.to_str().unwrap()]);
    let folder = std::fs::read_dir(std::env::temp_dir()).unwrap().map(|e| e.unwrap().path());
    let pictures: Vec<PathBuf> = folder
        .filter(|p| {
            p.extension().is_some_and(|e| e == "pgm") && p.to_str().unwrap().starts_with(stem.to_str().unwrap())
        })
        .collect();
    assert!(pictures.len() >= 3, "{pictures:?}");
    for picture in pictures {
        let bytes = std::fs::read(&picture).unwrap();
        std::fs::remove_file(&picture).unwrap();
        let dark = bytes.iter().filter(|b| **b < 200).count();
        assert!(dark > 200, "{}: {dark} dark points", picture.display());
    }
}

/// A page in words, and where each stands: left, top, right, bottom.
fn words_of(file: &File) -> Vec<Vec<(String, [f64; 4])>> {
    let word = |line: &str| {
        let mut parts = line.split('"');
        let mut number = || parts.nth(1).unwrap().parse::<f64>().unwrap();
        let at = [number(), number(), number(), number()];
        (line.split(['>', '<']).nth(2).unwrap().replace("&apos;", "'"), at)
    };
    let boxes = file.ask("pdftotext", &["-bbox"], &["-"]);
    boxes
        .split("<page ")
        .skip(1)
        .map(|page| page.lines().filter(|l| l.contains("<word ")).map(word).collect())
        .collect()
}

/// The code stands on the clinician's sheet, 40 mm wide, with what it holds below it, white around
/// it, and never with a page to itself. It takes no word away, and no page more where there is
/// room.
#[test]
fn the_code_stands_in_the_file() {
    const MM: f64 = 72.0 / 25.4;
    // Full to the last line, so that the foot goes over.
    const FULL: [&str; 12] = [
        "heaviest-en-Letter",
        "heavy-en-Letter",
        "everything-yes-en-Letter",
        "heaviest-en-A4",
        "full-es-Letter",
        "depression-es-Letter",
        "all-not-sure-es-A4",
        "depression-en-A4",
        "all-not-sure-es-Letter",
        "depression-en-Letter",
        "depression-es-A4",
        "heaviest-es-A4",
    ];
    let mut wrong = Vec::new();
    for (name, answers) in fixtures() {
        for (pack, paper) in
            [(pack(), Paper::Letter), (pack(), Paper::A4), (spanish(), Paper::Letter), (spanish(), Paper::A4)]
        {
            let what = format!("{name}-{}-{paper:?}", pack.lang);
            let sheets = sheets(pack, answers);
            let qr = code::qr(pack, answers, false, "2026-11-22").unwrap();
            let with = |code| pdf::write(&pack.words, &pack.lang, &sheets, code, paper);
            let (plain, coded) = (with(None), with(Some(&qr)));
            if let Ok(folder) = std::env::var("CONSULT_READY_PDFS") {
                std::fs::write(format!("{folder}/{what}-code.pdf"), &coded.bytes).unwrap();
            }
            let drawn = String::from_utf8_lossy(&coded.bytes).into_owned();
            let bars = drawn.lines().filter(|l| l.ends_with(" 1 re")).count();
            let Some(sheet) = &sheets.clinician else {
                assert_eq!(plain, coded, "{what}");
                continue;
            };
            assert_eq!(bars, qr.bars().len(), "{what}");
            let (before, after) =
                (words_of(&File::new(&what, &plain)), words_of(&File::new(&format!("{what}-code"), &coded)));
            // Page numbers apart, which may grow: every word, and what the code holds.
            let sorted = |pages: &[Vec<(String, [f64; 4])>], more: &str| {
                let words = pages.iter().flatten().map(|w| w.0.as_str()).chain(more.split(' ')).map(flat);
                let mut words: Vec<String> = words.filter(|w| w.parse::<u8>().is_err() && !w.is_empty()).collect();
                words.sort();
                words
            };
            let pages = after.len() - before.len();
            let more = format!(
                "{} {}",
                pack.words.code_holds(),
                format!("{} {}", sheet.title, pack.words.page_of()).repeat(pages)
            );
            let more = more.replace("{n}", "").replace("{of}", "");
            if sorted(&before, &more) != sorted(&after, "") {
                wrong.push(format!("{what}: not the same words"));
            }
            // Where it is: the second matrix of its page sets one unit a module, from the upper
            // left corner.
            let matrix = drawn.lines().find_map(|l| l.strip_suffix(" cm")).unwrap();
            let numbers: Vec<f64> = matrix.split(' ').map(|n| n.parse().unwrap()).collect();
            let (module, left, height) = (numbers[0], numbers[4], if paper == Paper::A4 { 841.89 } else { 792.0 });
            let (top, side) = (height - numbers[5], module * qr.size as f64);
            assert!((39.5..40.01).contains(&(side / MM)), "{what}: {} mm wide", side / MM);
            let at = after.iter().position(|page| page.iter().any(|w| w.0.starts_with("#read"))).unwrap();
            let (quiet, page) = (3.99 * module, &after[at]);
            let inside = |at: &[f64; 4]| {
                at[0] < left + side + quiet && at[2] > left - quiet && at[1] < top + side + quiet && at[3] > top - quiet
            };
            for (word, _) in page.iter().filter(|(_, at)| inside(at)) {
                wrong.push(format!("{what}: “{word}” stands in the code or in the white around it"));
            }
            for (i, (one, a)) in page.iter().enumerate() {
                let over =
                    |b: &[f64; 4]| a[2].min(b[2]) - a[0].max(b[0]) > 1.0 && a[3].min(b[3]) - a[1].max(b[1]) > 4.0;
                wrong.extend(
                    page[i + 1..]
                        .iter()
                        .filter(|(_, b)| over(b))
                        .map(|(other, _)| format!("{what}: “{one}” and “{other}” overlap")),
                );
            }
            // Beside what it holds and the page's number.
            if page.len() < pack.words.code_holds().split(' ').count() + 30 {
                wrong.push(format!("{what}: the code has page {} to itself", at + 1));
            }
            if pages > usize::from(FULL.contains(&what.as_str())) {
                wrong.push(format!("{what}: {} pages, {} without the code", after.len(), before.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files to look at, in the folder that CONSULT_READY_PDFS names; without it, that each is on at
/// most so many pages.
#[test]
fn sheets_take_few_pages() {
    // For the clinician, to keep.
    let most = [
        ("nothing-answered", [1, 1]),
        ("light", [1, 1]),
        ("item-9-several", [1, 1]),
        ("heavy", [2, 1]),
        ("full", [4, 2]),
        ("heaviest", [6, 2]),
    ];
    let mut wrong = Vec::new();
    for (name, most) in most {
        for (pack, paper) in [(pack(), Paper::Letter), (pack(), Paper::A4), (spanish(), Paper::A4)] {
            let (pdf, sheets) = made(pack, &fixture(name), paper);
            let what = format!("{name}-{}-{paper:?}", pack.lang);
            if let Ok(folder) = std::env::var("CONSULT_READY_PDFS") {
                std::fs::write(format!("{folder}/{what}.pdf"), &pdf.bytes).unwrap();
            }
            let text = File::new(&what, &pdf).ask("pdftotext", &["-layout"], &["-"]);
            let pages: Vec<&str> = text.split('\u{c}').filter(|p| !p.is_empty()).collect();
            let of = |title: &str| pages.iter().filter(|p| p.contains(&format!("{title} · "))).count();
            // Spanish needs a few lines more.
            let most = if name == "heavy" && pack.lang == "es" { [3, 1] } else { most };
            let got = [of(&sheets.clinician.as_ref().unwrap().title), of(&sheets.keep.title)];
            if got[0] > most[0] || got[1] > most[1] {
                wrong.push(format!("{what}: {got:?}"));
            }
            // What to discuss first, medicines, scores and practical things hold on the first side.
            let practical = sheets.clinician.as_ref().unwrap().parts.iter().find(|p| p.id == "practical").unwrap();
            let Some(Row::Answer { label, .. } | Row::Quote { label, .. }) = practical.rows.last() else { panic!() };
            if name == "heavy" && !pages[0].contains(label.as_str()) {
                wrong.push(format!("{what}: “{label}” is not on the first side"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The clinician's sheet is one side on both papers and in both languages, but where somebody says
/// yes to nearly everything, and where the test says so; its text is at least 9 pt.
#[test]
fn the_clinicians_sheet_is_one_side() {
    // The end of the list of noes goes over.
    const GO_OVER: [&str; 2] = ["pain-and-heart-es-Letter", "pain-and-heart-es-A4"];
    let (mut sides, mut over) = (0, Vec::new());
    for (name, answers) in fixtures().iter().filter(|(name, _)| !LONGER.contains(&name.as_str())) {
        for (pack, paper) in
            [(pack(), Paper::Letter), (pack(), Paper::A4), (spanish(), Paper::Letter), (spanish(), Paper::A4)]
        {
            let mut sheets = sheets(pack, answers);
            let Some(sheet) = &mut sheets.clinician else { continue };
            // Lines that the visitor wants to write on have a side of their own.
            sheet.parts.retain(|part| part.id != "by-hand");
            let title = sheet.title.clone();
            let pdf = pdf::write(&pack.words, &pack.lang, &sheets, None, paper);
            let what = format!("{name}-{}-{paper:?}", pack.lang);
            if let Ok(folder) = std::env::var("CONSULT_READY_PDFS") {
                std::fs::write(format!("{folder}/{what}-side.pdf"), &pdf.bytes).unwrap();
            }
            let text = File::new(&format!("side-{what}"), &pdf).ask("pdftotext", &["-layout"], &["-"]);
            let pages = text.split('\u{c}').filter(|p| p.contains(&format!("{title} · "))).count();
            if pages > 1 {
                over.push(what.clone());
            }
            // Sizes as the page sets them, the sheet to keep apart, which comes after.
            let drawn = String::from_utf8_lossy(&pdf.bytes).into_owned();
            let first = drawn.split("endstream").next().unwrap();
            let sizes: Vec<f64> =
                first.lines().filter_map(|l| l.strip_suffix(" Tf")?.split(' ').nth(1)?.parse().ok()).collect();
            assert!(sizes.len() > 20 && sizes.iter().all(|size| *size >= 9.0), "{what}: {sizes:?}");
            sides += 1;
        }
    }
    assert!(sides >= 60, "{sides}");
    assert_eq!(over, GO_OVER);
}

/// Beside an earlier day no word is broken: each result stands as an entry with both days, and its
/// scale is today's.
#[test]
fn results_of_two_days_are_read_as_words() {
    for pack in [pack(), spanish()] {
        for paper in [Paper::A4, Paper::Letter] {
            let context = Context {
                date: "22 November 2026",
                region: pack.region("us").unwrap(),
                settings: &Settings::default(),
                leave_out: false,
            };
            let before = fixture("heaviest");
            let earlier = summary::Earlier { date: "1 June 2026", answers: &before };
            let sheets = summary::sheets_since(pack, &fixture("light"), context, Some(earlier));
            let pdf = pdf::write(&pack.words, &pack.lang, &sheets, None, paper);
            let text =
                File::new(&format!("two-days-{}-{paper:?}", pack.lang), &pdf).ask("pdftotext", &["-raw"], &["-"]);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains("PHQ-9: 1 June 2026: 27 / 27 · 22 November 2026: 5 / 27"), "{}: {text}", pack.lang);
        }
    }
}

/// Whom to call stands whole on the first page of the sheet to keep, however long the rest is.
#[test]
fn whom_to_call_stays_on_the_first_page() {
    for (name, answers) in fixtures() {
        for (pack, paper) in
            [(pack(), Paper::Letter), (pack(), Paper::A4), (spanish(), Paper::Letter), (spanish(), Paper::A4)]
        {
            let (pdf, sheets) = made(pack, answers, paper);
            let text =
                File::new(&format!("call-{name}-{}-{paper:?}", pack.lang), &pdf).ask("pdftotext", &["-raw"], &["-"]);
            let page = text.split('\u{c}').find(|p| p.contains(&format!("{} · ", sheets.keep.title))).unwrap();
            let help = sheets.keep.parts.iter().find(|p| p.id == "help").unwrap();
            for row in &help.rows {
                let line: String = export::runs(&pack.words, "help", row).iter().map(|r| r.text.as_str()).collect();
                assert!(
                    flat(page).contains(&flat(&line)),
                    "{name}, {}, {paper:?}: “{line}” is not on the first page",
                    pack.lang
                );
            }
        }
    }
}

/// Rows of a table keep their words whole, or become a list.
#[test]
fn no_word_is_broken_in_a_narrow_table() {
    let (_, mut sheets) = made(pack(), &fixture("light"), Paper::A4);
    let word = "electroencephalographically";
    let cells = |text: &str| vec![text.to_string(); 6];
    let table = Row::Table { columns: cells("Name"), rows: vec![cells(word)] };
    sheets.clinician.as_mut().unwrap().parts.push(Part {
        id: "medicines",
        heading: "More".into(),
        rows: vec![table],
        language: None,
    });
    let pdf = pdf::write(&pack().words, "en", &sheets, None, Paper::A4);
    let text = File::new("narrow", &pdf).ask("pdftotext", &["-raw"], &["-"]);
    assert_eq!(text.matches(word).count(), 6, "{text}");
}

/// Each result that has a number or a range is drawn on its scale, with what it shows in words.
#[test]
fn results_are_drawn_on_rulers() {
    for name in ["item-9-zero", "item-9-skipped"] {
        let answers = fixture(name);
        let (pdf, sheets) = made(pack(), &answers, Paper::Letter);
        let ruler = sheets.clinician.unwrap().rulers.remove(0);
        assert_eq!(
            (ruler.name.as_str(), ruler.highest, ruler.marks.as_slice()),
            ("PHQ-9", 27.0, [5.0, 10.0, 15.0, 20.0].as_slice())
        );
        let tree = File::new(&format!("ruler-{name}"), &pdf).ask("pdfinfo", &["-struct"], &[]);
        assert!(tree.contains("Figure"), "{tree}");
        let drawn = String::from_utf8_lossy(&pdf.bytes).into_owned();
        assert!(drawn.contains(&format!("/Alt ({})", ruler.alt)), "{}", ruler.alt);
        assert_eq!(ruler.range.0 == ruler.range.1, name == "item-9-zero", "{name}: {:?}", ruler.range);
    }
}
