//! What the native tests share: the content as authored, the named answer sets, and short ways to
//! ask the engine.
#![allow(dead_code, reason = "every test binary uses another part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking"
)]

pub mod fuzz;
pub mod policy;
pub mod random;
pub mod reading;
pub mod source;
pub mod texts;

use content::{Authored, Problems};
use engine::answers::{Answer, Answers, Key};
use engine::form::EvaluatedForm;
use engine::pack::{Item, Pack, Settings};
use engine::summary::{self, Context, Part, Row, Sheet, Sheets};
use engine::walk::{self, Step};
use export::text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to)
        } else {
            std::fs::write(to, std::fs::read(entry.path()).unwrap()).unwrap()
        }
    }
}

/// A file under `tests/fixtures/`.
pub fn fixture_file(name: &str) -> String {
    let path = root().join("tests/fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The English content with its vectors.
pub fn authored() -> &'static Authored {
    static ONCE: OnceLock<Authored> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut problems = Problems::default();
        let authored = content::load(&root(), &mut problems);
        authored.unwrap_or_else(|| panic!("content/ can't be read:\n{problems}"))
    })
}

pub fn pack() -> &'static Pack {
    &authored().pack
}

/// The Spanish content.
pub fn spanish() -> &'static Pack {
    static ONCE: OnceLock<Pack> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut problems = Problems::default();
        let pack = content::translate(&root(), "es", authored(), &mut problems);
        assert!(problems.is_empty(), "{problems}");
        pack.unwrap()
    })
}

/// Answers in text form, without the leading `cr1`.
pub fn answered(text: &str) -> Answers {
    Answers::decode_entries(text).unwrap_or_else(|e| panic!("{text}: {e:?}"))
}

/// The named answer sets of `tests/fixtures/answers.toml`, by name.
pub fn fixtures() -> &'static BTreeMap<String, Answers> {
    static ONCE: OnceLock<BTreeMap<String, Answers>> = OnceLock::new();
    ONCE.get_or_init(|| {
        let table: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&fixture_file("answers.toml")).unwrap();
        table.into_iter().map(|(name, set)| (name.clone(), decode_fixture(&name, &set["answers"]))).collect()
    })
}

/// Line breaks in the file are for reading; the text form has none.
fn decode_fixture(name: &str, text: &str) -> Answers {
    let text: String = text.split_whitespace().collect();
    Answers::decode(&text).unwrap_or_else(|e| panic!("fixture {name}: {e:?}"))
}

pub fn fixture(name: &str) -> Answers {
    fixtures().get(name).unwrap_or_else(|| panic!("there is no fixture {name}")).clone()
}

pub fn evaluated(answers: &Answers) -> EvaluatedForm<'_> {
    EvaluatedForm::new(&pack().questionnaire, answers)
}

/// Both sheets, on a fixed day, in the US, with nothing left out.
pub fn sheets(answers: &Answers) -> Sheets {
    sheets_with(answers, false, &Settings::default())
}

pub fn sheets_with(answers: &Answers, leave_out: bool, settings: &Settings) -> Sheets {
    let region = pack().region(&settings.region).unwrap();
    summary::sheets(pack(), answers, Context { date: "22 November 2026", region, settings, leave_out })
}

pub fn clinician(answers: &Answers) -> Sheet {
    sheets(answers).clinician.expect("there is a sheet for the clinician")
}

pub fn text_of(sheet: &Sheet) -> String {
    text::sheet(&pack().words, sheet)
}

/// Every word on paper, of both sheets.
pub fn all_text(sheets: &Sheets) -> String {
    let clinician = sheets.clinician.as_ref().map(text_of).unwrap_or_default();
    format!("{clinician}\n{}", text_of(&sheets.keep))
}

/// A part of a sheet as text; empty if the sheet has no such part.
pub fn part_text(sheet: &Sheet, id: &str) -> String {
    let parts: Vec<Part> = sheet.parts.iter().filter(|p| p.id == id).cloned().collect();
    text_of(&Sheet {
        title: String::new(),
        lead: Vec::new(),
        strip: Vec::new(),
        days: Vec::new(),
        parts,
        foot: Vec::new(),
        help_line: String::new(),
        rulers: Vec::new(),
    })
}

/// The value of the first line with this label; `None` if there is no such line.
pub fn value_of(part: &Part, label: &str) -> Option<String> {
    part.rows.iter().find_map(|r| match r {
        Row::Answer { label: l, value, .. } if l == label => Some(value.clone()),
        Row::Quote { label: l, text } if l == label => Some(text.clone()),
        _ => None,
    })
}

pub fn part<'a>(sheet: &'a Sheet, id: &str) -> &'a Part {
    sheet.parts.iter().find(|p| p.id == id).unwrap_or_else(|| panic!("the sheet has no part {id}"))
}

/// Goes through the questionnaire as a visitor does, answering every screen as it comes, to its
/// end. The help panel's own question is answered where the panel asks it.
pub fn walk_through(start: Answers, mut say: impl FnMut(&Item, u8) -> Answer) -> Answers {
    let mut answers = start;
    // 146 questions and 8 trials: no walk has that many screens.
    for _ in 0..1_000 {
        let keys = next_keys(&answers);
        if keys.is_empty() {
            return answers;
        }
        for key in keys {
            let answer = say(pack().questionnaire.item(&key.link).unwrap(), key.repetition);
            answers.set(key, answer);
        }
    }
    panic!("the walk does not end: {}", answers.encode());
}

/// What the next screen that is not done asks; nothing at the end of the walk.
pub fn next_keys(answers: &Answers) -> Vec<Key> {
    let form = evaluated(answers);
    let steps = walk::steps(pack(), &form);
    let resume = walk::resume(&form, &steps, answers);
    let helped = steps.iter().take(resume.unwrap_or(steps.len())).any(|s| matches!(s, Step::Help { .. }));
    let ask = Key::first(&pack().safety.ask);
    if helped && form.asked(&ask.link, 0) && answers.get(&ask).is_none() {
        return vec![ask];
    }
    // Lines of text stand before the step that is open.
    let keys =
        resume.and_then(|i| steps[i..].iter().map(|s| s.keys(&form)).find(|keys| !keys.is_empty())).unwrap_or_default();
    keys.into_iter().filter(|k| answers.get(k).is_none()).collect()
}

/// True if `text` holds `word` as whole words, whatever its case. `word` may be several words.
pub fn has_word(text: &str, word: &str) -> bool {
    fold_words(text).contains(&fold_words(word))
}

/// Lower case, words only, one blank between them and around them all.
pub fn fold_words(text: &str) -> String {
    let spaced: String =
        text.chars().flat_map(char::to_lowercase).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}
