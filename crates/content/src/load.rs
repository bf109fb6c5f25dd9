//! Reads the authored files of one language into a pack.

mod files;
mod rules;

pub(super) use files::{Files, Texts};

use super::authored::{Authored, ScoreVector};
use super::fhir::read_questionnaire;
use super::problem::Problems;
use super::switches::Switches;
use engine::pack::{
    About, AnswerOption, Card, Choice, Date, Deck, Instrument, Item, Kind, Migration, Naming, Numbers, Pack,
    Questionnaire, Refused, Region, Safety, SheetWords, Source, TeachBack, Topic, Weight, Words,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AboutFile {
    version: String,
    checked_on: Date,
    review_by: Date,
    en: About,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberTables {
    items: BTreeMap<String, u16>,
    answers: BTreeMap<String, u16>,
}

impl Files<'_> {
    /// The numbers of the code on paper: names in the order of their numbers, with nothing where
    /// one was passed over.
    fn numbers(&mut self, file: &str) -> Option<Numbers> {
        let tables: NumberTables = self.table(file)?;
        let mut list = |table: BTreeMap<String, u16>, part: &str| {
            let mut names = vec![String::new(); table.values().copied().max().unwrap_or_default().into()];
            for (name, number) in table {
                match usize::from(number).checked_sub(1).and_then(|place| names.get_mut(place)).filter(|n| n.is_empty())
                {
                    Some(place) => *place = name,
                    None => self.problems.add(
                        file,
                        format!("{part}.{name}"),
                        "this number is 0 or is used twice",
                        "Give it the next free number",
                    ),
                }
            }
            names
        };
        Some(Numbers { questions: list(tables.items, "items"), answers: list(tables.answers, "answers") })
    }

    /// What answers of earlier versions mean, with own words in this language.
    pub(super) fn migrations(&mut self, lang: &str) -> Vec<Migration> {
        const FILE: &str = "content/migrations.toml";
        let mut out = Vec::new();
        for (i, mut row) in self.values(FILE, "migration").into_iter().enumerate() {
            if let Some(kept) = row.get("kept").cloned() {
                match kept.get(lang) {
                    Some(words) => row.as_table_mut().and_then(|table| table.insert("kept".into(), words.clone())),
                    None => {
                        let cure = format!("Write kept = {{ {lang} = \"…\" }}");
                        self.problems.add(FILE, format!("migration[{i}].kept"), "these words lack a language", cure);
                        continue;
                    }
                };
            }
            out.extend(self.row(FILE, "migration", i, row));
        }
        out
    }

    /// Instruments, each with the vectors that stand beside it.
    fn instruments(&mut self, file: &str) -> (Vec<Instrument>, Vec<Vec<ScoreVector>>) {
        let mut out = (Vec::new(), Vec::new());
        for (i, mut row) in self.values(file, "instrument").into_iter().enumerate() {
            let vectors = row.as_table_mut().and_then(|t| t.remove("vectors"));
            let vectors = vectors.map_or(Some(Vec::new()), |v| self.row(file, "instrument.vectors", i, v));
            if let (Some(instrument), Some(vectors)) = (self.row(file, "instrument", i, row), vectors) {
                out.0.push(instrument);
                out.1.push(vectors);
            }
        }
        out
    }
}

/// Reads `content/` of the project at `root` in the authoring language, English. `None` if a file
/// that the rest stands on can't be read; the problems say which.
// It is long as two lists are: the files that are read, and the fields that they fill.
pub fn load(root: &Path, problems: &mut Problems) -> Option<Authored> {
    let mut files = Files { texts: Texts::Folder(root), problems };
    let words = files.words("content/en/words.toml");
    let sheet: Option<SheetWords> = files.table("content/en/sheet.toml");
    let about: Option<AboutFile> = files.table("content/about.toml");
    let safety: Option<Safety> = files.table("content/safety.toml");
    let (mut instruments, mut score_vectors) = files.instruments("content/en/instruments.toml");
    let (rules, rule_vectors) = files.rules("content/en/rules.toml");
    let topics: Vec<Topic> = files.rows("content/en/topics.toml", "topic");
    let cards: Vec<Card> = files.rows("content/en/cards.toml", "card");
    let decks: Vec<Deck> = files.rows("content/en/decks.toml", "deck");
    let choices: Vec<Choice> = files.rows("content/en/choices.toml", "choice");
    let weights: Vec<Weight> = files.rows("content/weights.toml", "weight");
    let teach_backs: Vec<TeachBack> = files.rows("content/en/teach-back.toml", "teach");
    let (matched_questions, matched_vectors) = files.matched("content/en/asks.toml");
    let mut sources: Vec<Source> = files.rows("content/en/sources.toml", "source");
    let regions: Vec<Region> = files.rows("content/en/regions.toml", "region");
    let refused: Option<BTreeMap<String, Refused>> = files.table("content/refused.toml");
    let switches: Option<Switches> = files.table("content/switches.toml");
    let numbers = files.numbers("content/numbers.toml");
    let migrations = files.migrations("en");
    let naming: Option<Naming> = files.table("content/en/naming.toml");
    let json = files.read("content/en/questionnaire.json");
    let mut questionnaire = read_questionnaire("content/en/questionnaire.json", &json, problems);
    let (words, sheet, about, safety, refused, mut numbers) = (words?, sheet?, about?, safety?, refused?, numbers?);
    let naming = naming?;
    let Some(own_refused) = refused.get("en").cloned() else {
        problems.add("content/refused.toml", "en", "this language has no refused words", "Write [en]");
        return None;
    };
    let out = switches?.take_out(&mut questionnaire, &mut instruments, &mut score_vectors, &mut sources, problems);
    finish(&mut questionnaire, &instruments, &words);
    clear_unused_names(&mut numbers, &questionnaire, &migrations);
    let mut pack = Pack {
        lang: "en".into(),
        version: about.version,
        digest: String::new(),
        checked_on: about.checked_on,
        review_by: about.review_by,
        questionnaire,
        numbers,
        migrations,
        naming,
        instruments,
        rules,
        safety,
        topics,
        cards,
        decks,
        choices,
        weights,
        teach_backs,
        matched_questions,
        sources,
        regions,
        refused: own_refused,
        about: about.en,
        sheet,
        words,
    };
    pack.digest = digest(&pack);
    Some(Authored { pack, rule_vectors, matched_vectors, score_vectors, refused, off: out.ids, left_out: out.why })
}

/// Clears the names of questions that a switch took out or that are gone: they keep their numbers.
/// A code on paper still holds the number of a question that is migrated, so that one keeps its
/// name.
fn clear_unused_names(numbers: &mut Numbers, questionnaire: &Questionnaire, migrations: &[Migration]) {
    let named = |link: &str| questionnaire.item(link).is_some() || migrations.iter().any(|m| m.question == link);
    numbers.questions.iter_mut().filter(|link| !named(link)).for_each(String::clear);
}

/// A fingerprint of a pack's content: 16 hexadecimal digits of its SHA-256.
pub(super) fn digest(pack: &Pack) -> String {
    let bare = Pack { digest: String::new(), ..pack.clone() };
    Sha256::digest(bare.encode()).iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// Fills in what the engine wants said outright: yes and no of a boolean, the stem above an
/// instrument's items.
fn finish(questionnaire: &mut Questionnaire, instruments: &[Instrument], words: &Words) {
    let scored = |link: &str| instruments.iter().any(|i| i.items.iter().chain(&i.gate).any(|l| l == link));
    visit(&mut questionnaire.items, "", &mut |item, stem| {
        if item.kind == Kind::Boolean && item.options.is_empty() {
            item.options = [("true", words.yes()), ("false", words.no())]
                .map(|(code, text)| AnswerOption { code: code.into(), text: text.into(), ..AnswerOption::default() })
                .into();
        }
        if scored(&item.link_id) {
            item.prefix = stem.into();
        }
    });
}

fn visit(items: &mut [Item], stem: &str, act: &mut impl FnMut(&mut Item, &str)) {
    for item in items {
        act(item, stem);
        let text = item.text.clone();
        visit(&mut item.items, &text, act);
    }
}
