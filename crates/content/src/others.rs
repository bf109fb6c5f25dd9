//! Packs around a FHIR R4 Questionnaire by others. Crisis lines, help and the interface stay; of
//! our own medical content nothing does: no rules, nothing to read, no question that is treated
//! apart.

mod check;
mod rules;
mod sums;

use check::{check, fill_once, leave_out_undecided};
use rules::with_rules;
use sums::{instruments, without_sum};

use super::fhir::{Author, Read, read};
use super::load::{Files, Texts, digest};
use super::{Note, Problems};
use engine::pack::{About, AnswerOption, Item, Kind, Naming, Numbers, Pack, Questionnaire, Safety, SheetWords, Words};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The packs, and what was left out in making them.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// One for each of our languages that the questionnaire is in, its own first.
    pub packs: Vec<Pack>,
    /// What is left out, or shown in another way.
    pub notes: Vec<Note>,
    /// The questions, by linkId, that are shown as a line of text because there is no way to answer
    /// them here. Empty unless that was allowed.
    pub lost: Vec<String>,
}

/// What stands in the place of words about our own content, by language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplacementWords {
    words: BTreeMap<String, String>,
    about: About,
    header: String,
    footer: String,
}

/// Reads the text of `content/others.toml`: words by language.
pub fn replacement_words(toml: &str, problems: &mut Problems) -> BTreeMap<String, ReplacementWords> {
    Files { texts: Texts::Text(toml), problems }.table("content/others.toml").unwrap_or_default()
}

/// What is built around.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Name of the questionnaire's file in problems.
    pub file: &'a str,
    /// The questionnaire.
    pub json: &'a str,
    /// Rules about its answers; without them there are none.
    pub rules: Option<Rules<'a>>,
    /// Shows what can't be asked as a line of text.
    pub allow: bool,
}

/// Rules that whoever takes a questionnaire gives with it, in the form of `content/en/rules.toml`.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Its text.
    pub toml: &'a str,
    /// Its name in problems.
    pub name: &'a str,
}

/// Builds the packs. `ours` are our own packs, for their words and crisis lines.
pub fn pack_questionnaire(
    ours: &[Pack],
    instead: &BTreeMap<String, ReplacementWords>,
    given: Request<'_>,
    problems: &mut Problems,
) -> Packed {
    let Request { file, json, rules, allow } = given;
    let first = read(file, json, Author::Others { lang: "", allow }, problems);
    let mut report = Report { file, allow, problems, notes: first.notes.clone() };
    report.check(&first);
    let home = report.language(ours, &first);
    let mut out = Packed { packs: Vec::new(), notes: report.notes, lost: first.lost.iter().cloned().collect() };
    if !problems.is_empty() {
        return out;
    }
    // Written in a language that the tool has no words in, or does not name, it is asked in the
    // translation to ours.
    let translated = home.translated;
    let mut packs: Vec<&Pack> =
        ours.iter().filter(|p| p.lang == home.lang || first.translations.contains(&p.lang)).collect();
    packs.sort_by_key(|p| p.lang != home.lang);
    for template in packs {
        let lang = if template.lang == home.lang && !translated { "" } else { &template.lang };
        let read = read_in(template, lang, file, json, allow, &first);
        match instead.get(&template.lang) {
            Some(words) => out.packs.push(pack(template, words, read.questionnaire, &read.unsummed)),
            None => problems.add("content/others.toml", &*template.lang, "this language has no words", "Write them"),
        }
    }
    if let Some(rules) = rules {
        with_rules(&mut out, rules, problems);
    }
    out
}

/// The questionnaire in the language of a pack; `lang` is empty for the one it is written in. What
/// is wrong or left out was told when it was read the first time.
fn read_in(template: &Pack, lang: &str, file: &str, json: &str, allow: bool, first: &Read) -> Read {
    let mut read = read(file, json, Author::Others { lang, allow }, &mut Problems::default());
    fill_once(&mut read.questionnaire.items, 0);
    leave_out_undecided(&mut read.questionnaire.items, &first.undecided, &first.questionnaire.all());
    let written_in = &first.language;
    let named = if lang.is_empty() && !written_in.is_empty() { written_in } else { &template.lang };
    read.questionnaire.lang.clone_from(named);
    if read.questionnaire.url.is_empty() {
        read.questionnaire.url = named_by(json);
    }
    read
}

/// The language of the interface around a questionnaire.
struct Home {
    lang: String,
    /// The questionnaire is asked in its translation to that language.
    translated: bool,
}

/// What is found wrong with one questionnaire, and what is told of it.
struct Report<'a> {
    file: &'a str,
    allow: bool,
    problems: &'a mut Problems,
    notes: Vec<Note>,
}

impl Report<'_> {
    fn note(&mut self, path: &str, what: String) {
        self.notes.push(Note { file: self.file.into(), path: path.into(), what });
    }

    /// What the engine can't do: refused, or noted with leave.
    fn unsupported(&mut self, path: &str, what: String, cure: &str, with_leave: &str) {
        match self.allow {
            true => self.note(path, what),
            false => {
                self.problems.add(self.file, path, what, format!("{cure}, or pass --allow-unsupported to {with_leave}"))
            }
        }
    }

    fn check(&mut self, read: &Read) {
        self.nested_repeats(&read.questionnaire);
        check(self, read);
    }

    /// Chooses the language of the interface, and notes where the questionnaire is in another.
    fn language(&mut self, ours: &[Pack], read: &Read) -> Home {
        let own = read.language.split('-').next().unwrap_or_default();
        let known = ours.iter().find(|p| p.lang == own);
        if known.is_none() && !own.is_empty() {
            self.note("$.language", format!("the tool has no words in “{own}”: its own words are English"));
        }
        let lang = known.or(ours.first()).map(|p| p.lang.clone()).unwrap_or_default();
        for other in read.translations.iter().filter(|l| !ours.iter().any(|p| p.lang == **l)) {
            self.note("$", format!("the tool has no words in “{other}”: this translation is not used"));
        }
        let translated = known.is_none() && read.translations.contains(&lang);
        if translated {
            self.note("$.language", format!("it is asked in its translation to “{lang}”"));
        }
        if read.questionnaire.url.is_empty() {
            self.note("$", "it has no url: its records name it by its contents".into());
        }
        for (link, what) in without_sum(&read.questionnaire, &read.unsummed) {
            self.note(&path(&link), what);
        }
        Home { lang, translated }
    }
}

/// An address for a questionnaire that has none, so that a record of it is known again: the same
/// for the same file.
fn named_by(json: &str) -> String {
    let hash: String = Sha256::digest(json).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    // Of the eighth kind, which says that the digits are the maker's own.
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn pack(
    template: &Pack,
    instead: &ReplacementWords,
    mut questionnaire: Questionnaire,
    unsummed: &BTreeSet<String>,
) -> Pack {
    let title = questionnaire.title.clone();
    let instruments = instruments(&questionnaire, unsummed);
    finish(&mut questionnaire.items, "", false, &template.words);
    let words = words(template, instead, &title);
    let sheet = sheet(template, instead);
    let mut about = instead.about.clone();
    about.notices.extend(Some(questionnaire.head.copyright.clone()).filter(|c| !c.is_empty()));
    let version =
        [&questionnaire.version, &questionnaire.head.date, &template.version].into_iter().find(|v| !v.is_empty());
    let mut pack = Pack {
        lang: template.lang.clone(),
        version: version.cloned().unwrap_or_default(),
        digest: String::new(),
        checked_on: template.checked_on.clone(),
        review_by: template.review_by.clone(),
        questionnaire,
        // No list that only grows stands behind another's questions, so they have no code on paper.
        numbers: Numbers::default(),
        migrations: Vec::new(),
        naming: Naming::default(),
        instruments,
        rules: Vec::new(),
        safety: Safety { in_order: true, ..Safety::default() },
        topics: Vec::new(),
        cards: Vec::new(),
        decks: Vec::new(),
        choices: Vec::new(),
        weights: Vec::new(),
        teach_backs: Vec::new(),
        matched_questions: Vec::new(),
        sources: Vec::new(),
        regions: template.regions.clone(),
        refused: template.refused.clone(),
        about,
        sheet,
        words,
    };
    pack.digest = digest(&pack);
    pack
}

/// The interface words: the tool's own, but where they speak of our own content.
fn words(template: &Pack, instead: &ReplacementWords, title: &str) -> Words {
    let old: BTreeMap<&str, &str> = Words::NAMES.iter().copied().zip(template.words.iter()).collect();
    Words::new(|name| match name {
        "start_title" if !title.is_empty() => title.into(),
        name => {
            instead.words.get(name).cloned().unwrap_or_else(|| old.get(name).copied().unwrap_or_default().to_string())
        }
    })
}

/// The fixed words of the sheets, without our own lists.
fn sheet(template: &Pack, instead: &ReplacementWords) -> SheetWords {
    let mut sheet = template.sheet.clone();
    for list in [
        &mut sheet.bring,
        &mut sheet.before,
        &mut sheet.after,
        &mut sheet.call,
        &mut sheet.minor,
        &mut sheet.minor_questions,
    ] {
        list.clear();
    }
    sheet.questions.clear();
    (sheet.header, sheet.footer) = (instead.header.clone(), instead.footer.clone());
    sheet
}

/// The questions inside groups that can be filled again.
fn repeated(questionnaire: &Questionnaire) -> BTreeSet<String> {
    fn visit(items: &[Item], inside: bool, out: &mut BTreeSet<String>) {
        for item in items {
            if inside {
                out.insert(item.link_id.clone());
            }
            visit(&item.items, inside || item.is_group() && item.repeats, out);
        }
    }
    let mut out = BTreeSet::new();
    visit(&questionnaire.items, false, &mut out);
    out
}

/// Fills in what the engine wants said outright: yes and no, and the words of the groups around a
/// question.
fn finish(items: &mut [Item], stem: &str, below: bool, words: &Words) {
    for item in items {
        if item.kind == Kind::Boolean {
            item.options = [("true", words.yes()), ("false", words.no())]
                .map(|(code, text)| AnswerOption { code: code.into(), text: text.into(), ..AnswerOption::default() })
                .into();
        }
        if item.is_question() {
            // A question that says no more than its group.
            let stem = stem.strip_suffix(item.text.as_str()).map_or(stem, |s| s.trim_end_matches(" · "));
            item.prefix = stem.into();
        }
        // On the sheet a colon follows what was asked.
        let bare = item.text.trim_end_matches([':', '?', ' ']);
        if item.is_question()
            && item.short.is_empty()
            && bare.len() < item.text.len()
            && !bare.is_empty()
            && !bare.contains('¿')
        {
            item.short = bare.into();
        }
        // A section's own name stands above each of its screens, and what it says beyond that above
        // the question.
        let group = item.is_group() && (below || !item.short.is_empty()) && !item.text.is_empty();
        let stem = if group {
            [stem, &item.text].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ")
        } else {
            stem.to_string()
        };
        let inside = if item.is_group() { stem.as_str() } else { "" };
        finish(&mut item.items, inside, true, words);
    }
}

/// Where an item stands, for whoever looks for it in the file.
fn path(link: &str) -> String {
    format!("$..item({link})")
}
