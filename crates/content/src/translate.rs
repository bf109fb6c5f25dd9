//! Another language: the structure stands once, in English; here are its tables of texts by id.
//!
//! Every text must have its counterpart and every counterpart its text: parity is checked by id,
//! and where the shapes are the same, everything that is no text must be equal.

mod questionnaire;
mod tables;

use super::Problems;
use super::authored::Authored;
use super::load::{self, Files, digest};
use engine::pack::{About, Card, Choice, Deck, MatchedQuestion, Naming, Pack, Rule, SheetWords, TeachBack, Topic};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use tables::{AskTexts, Asks, Instruments, Questions, RegionTexts, Regions, RuleTexts, Rules};

/// The pack of `lang`, made of the English one and the texts under `content/<lang>/`.
// It is long as a list is: each file of a language, and the field that it fills.
pub fn translate(root: &Path, lang: &str, english: &Authored, problems: &mut Problems) -> Option<Pack> {
    let file = |name: &str| format!("content/{lang}/{name}");
    let mut files = Files { texts: load::Texts::Folder(root), problems };
    let words = files.words(&file("words.toml"));
    let sheet: Option<SheetWords> = files.table(&file("sheet.toml"));
    let about: Option<About> = files.table(&file("about.toml"));
    let questions: Option<Questions> = files.table(&file("questionnaire.toml"));
    let instruments: Option<Instruments> = files.table(&file("instruments.toml"));
    let rules: Option<Rules> = files.table(&file("rules.toml"));
    let regions: Option<Regions> = files.table(&file("regions.toml"));
    let topics: Vec<Topic> = files.rows(&file("topics.toml"), "topic");
    let cards: Vec<Card> = files.rows(&file("cards.toml"), "card");
    let decks: Vec<Deck> = files.rows(&file("decks.toml"), "deck");
    let choices: Vec<Choice> = files.rows(&file("choices.toml"), "choice");
    let teach_backs: Vec<TeachBack> = files.rows(&file("teach-back.toml"), "teach");
    let naming: Option<Naming> = files.table(&file("naming.toml"));
    let migrations = files.migrations(lang);
    let asks: Option<Asks> = files.table(&file("asks.toml"));
    let refused = english.refused.get(lang).cloned();
    if refused.is_none() {
        problems.add("content/refused.toml", lang, "this language has no refused words", format!("Write [{lang}]"));
    }
    let mut texts = Texts { lang, off: &english.off, problems };
    let source = &english.pack;
    texts.same_shape("topics.toml", &source.topics, &topics);
    texts.same_shape("cards.toml", &source.cards, &cards);
    texts.same_shape("decks.toml", &source.decks, &decks);
    texts.same_shape("choices.toml", &source.choices, &choices);
    texts.same_shape("teach-back.toml", &source.teach_backs, &teach_backs);
    let naming = naming?;
    texts.same_shape("naming.toml", &source.naming, &naming);
    let mut pack = Pack {
        lang: lang.into(),
        migrations,
        naming,
        topics,
        cards,
        decks,
        choices,
        teach_backs,
        words: words?,
        sheet: sheet?,
        about: about?,
        refused: refused?,
        ..source.clone()
    };
    pack.questionnaire.lang = lang.into();
    texts.same_shape("sheet.toml", &source.sheet, &pack.sheet);
    let instruments = instruments?;
    texts.questions(&mut pack, &questions?, &instruments);
    texts.instruments(&mut pack, instruments);
    texts.rules(&mut pack.rules, rules?.rules);
    texts.matched(&mut pack.matched_questions, asks?.asks);
    texts.regions(&mut pack, regions?.regions);
    pack.digest = digest(&pack);
    Some(pack)
}

struct Texts<'a> {
    lang: &'a str,
    off: &'a BTreeSet<String>,
    problems: &'a mut Problems,
}

impl Texts<'_> {
    fn problem(&mut self, name: &str, path: &str, what: impl Into<String>, cure: &str) {
        self.problems.add(&format!("content/{}/{name}", self.lang), path, what, cure);
    }

    fn missing(&mut self, name: &str, path: &str) {
        self.problem(name, path, "its text is missing", "Translate it, under the same id");
    }

    fn extra<T>(&mut self, name: &str, left: &BTreeMap<String, T>) {
        let off = self.off;
        for id in left.keys().filter(|id| !off.contains(*id)) {
            self.problem(name, id, "there is no such id in English", "Take it out, or correct the id");
        }
    }

    fn instruments(&mut self, pack: &mut Pack, texts: Instruments) {
        const FILE: &str = "instruments.toml";
        let mut left = texts.instrument;
        for instrument in &mut pack.instruments {
            let Some(own) = left.remove(&instrument.id) else {
                self.missing(FILE, &instrument.id.clone());
                continue;
            };
            // One that is not offered may have been answered in English: its result still has to be
            // read.
            if own.offered != own.why.is_empty() {
                self.problem(
                    FILE,
                    &instrument.id,
                    "`offered` and `why` do not fit each other",
                    "Say why it is not offered, and only then",
                );
            }
            instrument.about = own.about;
            if !own.notice.is_empty() {
                instrument.notice = own.notice;
            }
            instrument.wording = if own.wording == "official" { String::new() } else { texts.translation_note.clone() };
            for band in &mut instrument.bands {
                match own.bands.get(&band.name) {
                    Some(name) => band.name.clone_from(name),
                    None => self.missing(FILE, &format!("{}.bands.{}", instrument.id, band.name)),
                }
            }
            if own.cutoffs.len() == instrument.cutoffs.len() {
                instrument.cutoffs.iter_mut().zip(own.cutoffs).for_each(|(c, about)| c.about = about);
            } else {
                self.missing(FILE, &format!("{}.cutoffs", instrument.id));
            }
        }
        self.extra(FILE, &left);
    }

    fn rules(&mut self, rules: &mut [Rule], mut left: BTreeMap<String, RuleTexts>) {
        for rule in rules {
            match left.remove(&rule.id) {
                Some(texts) => (rule.patient, rule.clinician) = (texts.patient, texts.clinician),
                None => self.missing("rules.toml", &rule.id.clone()),
            }
        }
        self.extra("rules.toml", &left);
    }

    fn matched(&mut self, questions: &mut [MatchedQuestion], mut left: BTreeMap<String, AskTexts>) {
        for question in questions {
            match left.remove(&question.id) {
                Some(texts) => (question.question, question.good) = (texts.question, texts.good),
                None => self.missing("asks.toml", &question.id.clone()),
            }
        }
        self.extra("asks.toml", &left);
    }

    fn regions(&mut self, pack: &mut Pack, mut left: BTreeMap<String, RegionTexts>) {
        const FILE: &str = "regions.toml";
        for region in &mut pack.regions {
            let Some(mut texts) = left.remove(&region.id) else {
                self.missing(FILE, &region.id.clone());
                continue;
            };
            (region.name, region.emergency_text) = (texts.name, texts.emergency_text);
            for line in &mut region.lines {
                match texts.lines.remove(&line.id) {
                    Some(own) => (line.name, line.text, line.hours) = (own.name, own.text, own.hours),
                    None => self.missing(FILE, &format!("{}.{}", region.id, line.id)),
                }
            }
            self.extra(FILE, &texts.lines);
        }
        self.extra(FILE, &left);
    }

    /// Same lists of the same length, same numbers, ids, dates and marks: only texts may differ.
    fn same_shape<T: Serialize>(&mut self, name: &str, english: &T, own: &T) {
        let value = |t: &T| serde_json::to_value(t).unwrap_or_default();
        let mut different = Vec::new();
        compare("", &value(english), &value(own), &mut different);
        for path in different {
            self.problem(name, &path, "it is not as in English", "Only texts may differ; copy everything else");
        }
    }
}

/// Keys whose text is a name of something and not a text to read.
const NAMES: &[&str] = &[
    "id",
    "polarity",
    "certainty",
    "verdict",
    "strength",
    "cards",
    "checked_on",
    "review_by",
    "sources",
    "weeks",
    "right",
    "topic",
    "paper",
    "from",
    "code",
    "beside",
    "only_in",
];

fn compare(path: &str, english: &serde_json::Value, own: &serde_json::Value, out: &mut Vec<String>) {
    use serde_json::Value;
    let last = path.rsplit('.').next().unwrap_or_default().split('[').next().unwrap_or_default();
    match (english, own) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            a.iter().for_each(|(k, v)| compare(&format!("{path}.{k}"), v, b.get(k).unwrap_or(&Value::Null), out));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().for_each(|(i, (x, y))| compare(&format!("{path}[{i}]"), x, y, out));
        }
        (Value::String(a), Value::String(b)) if !NAMES.contains(&last) && a.is_empty() == b.is_empty() => {}
        (a, b) if a == b => {}
        _ => out.push(path.trim_start_matches('.').into()),
    }
}
