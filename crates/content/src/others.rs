//! Packs around a FHIR R4 Questionnaire by others. Crisis lines, help and the interface stay; of
//! our own medical content nothing does: no rules, nothing to read, no question that is treated
//! apart.

use super::fhir::{Author, Read, read};
use super::load::{Files, Texts, digest};
use super::{Note, Problems, check as checks};
use engine::pack::{
    About, AnswerOption, Condition, Form, Instrument, Item, Kind, Method, Numbers, Operand, Operator, Pack,
    Questionnaire, Safety, SheetWords, Words,
};
use engine::refused;
use engine::repetition::MOST_NESTED;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// So many items may depend on one another in a row: a browser follows them one inside the other,
/// and has little room for that.
const LONGEST_CHAIN: usize = 250;

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
    Files { texts: Texts::Given(toml), problems }.table("content/others.toml").unwrap_or_default()
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
        // Read anew in that language; what is wrong or left out was told the first time.
        let mut read = read(file, json, Author::Others { lang, allow }, &mut Problems::default());
        fill_once(&mut read.questionnaire.items, 0);
        let questions = first.questionnaire.all();
        leave_out_undecided(&mut read.questionnaire.items, &first.undecided, &questions);
        if lang.is_empty() && !first.language.is_empty() {
            read.questionnaire.lang.clone_from(&first.language);
        } else {
            read.questionnaire.lang.clone_from(&template.lang);
        }
        if read.questionnaire.url.is_empty() {
            read.questionnaire.url = named_by(json);
        }
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

/// Puts the rules into every pack. They are checked as ours are, vectors and all.
fn with_rules(out: &mut Packed, given: Rules<'_>, problems: &mut Problems) {
    let file = given.name;
    let (rules, vectors) = Files { texts: Texts::Given(given.toml), problems }.rules(file);
    if rules.is_empty() && problems.is_empty() {
        problems.add(file, "rule", "there is no rule in it", "Write [[rule]], as content/en/rules.toml does");
    }
    for pack in &mut out.packs {
        pack.rules.clone_from(&rules);
        pack.digest = digest(pack);
    }
    let Some(pack) = out.packs.first() else { return };
    checks::rules(pack, file, problems);
    let repeated = repeated(&pack.questionnaire);
    for rule in &rules {
        let path = format!("rule({})", rule.id);
        if rules.iter().filter(|r| r.id == rule.id).count() > 1 {
            problems.add(file, &path, "two rules have this id", "Give each its own");
        }
        if repeated.contains(&rule.about) || pack.questionnaire.item(&rule.about).is_some_and(|i| !i.is_question()) {
            problems.add(
                file,
                &path,
                format!("“{}” is not one question that is answered once", rule.about),
                "Be about another question",
            );
        }
        for (part, text) in [("patient", &rule.patient), ("clinician", &rule.clinician)] {
            for word in out.packs.iter().flat_map(|p| refused::in_clinics_text(&p.refused, text)) {
                problems.add(
                    file,
                    format!("{path}.{part}"),
                    format!("it says “{word}”, which is not said here"),
                    "Say what to talk about instead",
                );
            }
        }
    }
    if problems.is_empty() {
        checks::vectors::rule_vectors(pack, &vectors, file, problems);
    }
    let others = out.packs.iter().skip(1).map(|p| p.lang.clone()).collect::<Vec<_>>();
    for lang in others {
        let what = format!("the words of the rules are not translated: in “{lang}” they stand as they are");
        out.notes.push(Note { file: file.into(), path: "rule".into(), what });
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

/// The sums of a questionnaire: FHIR says nothing of them, so what stands in one group is one.
fn instruments(questionnaire: &Questionnaire, unsummed: &BTreeSet<String>) -> Vec<Instrument> {
    let mut instruments = Vec::new();
    for (id, name, items) in sums(questionnaire) {
        if let Ok(links) = summed(items, unsummed) {
            instruments.extend(
                (links.len() > 1)
                    .then(|| instrument(id, if name.is_empty() { &questionnaire.title } else { name }, links)),
            );
        }
    }
    // A total is named after its instrument (`-total`); that name is free.
    for instrument in &mut instruments {
        while questionnaire.item(&[&instrument.id, "-total"].concat()).is_some() {
            instrument.id.push_str("-points");
        }
    }
    let repeated = repeated(questionnaire);
    instruments.retain(|i| !i.items.iter().any(|l| repeated.contains(l)));
    instruments
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

/// What stands together: each group, by linkId and name, and the items in no group.
fn sums(questionnaire: &Questionnaire) -> Vec<(&str, &str, &[Item])> {
    let mut out = vec![("total", "", questionnaire.items.as_slice())];
    out.extend(
        questionnaire
            .all()
            .into_iter()
            .filter(|i| i.is_group())
            .map(|g| (g.link_id.as_str(), g.label(), g.items.as_slice())),
    );
    out
}

/// The choices with points that stand together are added up. FHIR says nothing of sums, so only
/// what stands in one group is one: two questions at least, one answer each. An answer without
/// points leaves the total open. A question with points that can't be in the sum would make it a
/// wrong number: then there is none, and here is which.
fn summed<'a>(items: &'a [Item], unsummed: &BTreeSet<String>) -> Result<Vec<String>, &'a Item> {
    fn scored<'a>(items: &'a [Item], below: bool, unsummed: &BTreeSet<String>, out: &mut Vec<(&'a Item, bool)>) {
        for item in items.iter().filter(|i| !i.is_group()) {
            let can = !below
                && !item.repeats
                && matches!(item.kind, Kind::Choice | Kind::Lookup)
                && !unsummed.contains(&item.link_id);
            if unsummed.contains(&item.link_id) || item.options.iter().any(|o| o.points.is_some()) {
                out.push((item, can));
            }
            scored(&item.items, true, unsummed, out);
        }
    }
    let mut all = Vec::new();
    scored(items, false, unsummed, &mut all);
    match all.iter().find(|(_, can)| all.len() > 1 && !can) {
        Some((item, _)) => Err(item),
        None => Ok(all.iter().filter(|(_, can)| *can).map(|(item, _)| item.link_id.clone()).collect()),
    }
}

/// Where something has points, and nothing is added up on account of one question.
fn without_sum(questionnaire: &Questionnaire, unsummed: &BTreeSet<String>) -> Vec<(String, String)> {
    let left = sums(questionnaire).into_iter().filter_map(|(id, _, items)| Some((id, summed(items, unsummed).err()?)));
    left.map(|(id, item)| {
        let what = "its points can't be in a sum (several answers, own words, below another question, no whole numbers, or answered by nobody)";
        let inside = if id == "total" { String::new() } else { format!(" of “{id}”") };
        (item.link_id.clone(), format!("{what}: nothing{inside} is added up"))
    })
    .collect()
}

fn instrument(id: &str, name: &str, items: Vec<String>) -> Instrument {
    Instrument {
        id: id.into(),
        name: name.into(),
        about: String::new(),
        items,
        gate: None,
        beside: None,
        method: Method::Sum,
        bands: Vec::new(),
        cutoffs: Vec::new(),
        total_code: None,
        panel_code: None,
        notice: String::new(),
        wording: String::new(),
        sources: Vec::new(),
    }
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

/// What the engine takes for granted of any questionnaire.
fn check(report: &mut Report<'_>, read: &Read) {
    let all = read.questionnaire.all();
    let order: BTreeMap<&str, usize> =
        all.iter().enumerate().rev().map(|(i, item)| (item.link_id.as_str(), i)).collect();
    let mut seen = BTreeSet::new();
    for item in &all {
        if !item.link_id.is_empty() && !seen.insert(&item.link_id) {
            report.problems.add(report.file, path(&item.link_id), "two items have this linkId", "Give each its own");
        }
    }
    if report.problems.is_empty() && all.iter().all(|i| !i.is_question()) {
        report.problems.add(report.file, "$.item", "there is no question", "Give a questionnaire that asks something");
    }
    if let Some((item, what)) = chained(&all, &order) {
        report.problems.add(
            report.file,
            path(&item.link_id),
            what,
            "Let it depend on what is asked before all of them",
        );
    }
    for (place, item) in all.iter().enumerate() {
        for condition in &item.enable.when {
            match order.get(condition.question.as_str()).and_then(|i| Some((*i, *all.get(*i)?))) {
                Some((asked_at, asked)) => report.condition(read, item, condition, asked, asked_at >= place),
                None => {
                    let what = format!("it depends on “{}”, and there is no such item", condition.question);
                    report.problems.add(report.file, path(&item.link_id), what, "Use a linkId of the questionnaire");
                }
            }
        }
    }
}

impl Report<'_> {
    /// A condition must look at something that is answered; where its outcome is fixed, that is
    /// told.
    fn condition(&mut self, read: &Read, item: &Item, condition: &Condition, asked: &Item, later: bool) {
        let (link, question) = (path(&item.link_id), &condition.question);
        if undecided(&read.undecided, condition, asked) {
            let what = format!("it depends on “{question}”, whose answer can't be compared here");
            match self.allow {
                true => {
                    self.note(&link, format!("{what}: the condition is left out, so that it is never hidden by it"))
                }
                false => {
                    self.unsupported(&link, what, "Take the condition out", "have it asked without that condition")
                }
            }
        } else if read.unanswered.contains(question) {
            self.note(
                &link,
                format!("it depends on “{question}”, which nobody answers here: {}", without_answer(condition)),
            );
        } else if !asked.is_question() {
            let kind = if asked.is_group() { "a group" } else { "a line of text" };
            let what =
                format!("it depends on “{question}”, which is {kind} and has no answer: {}", without_answer(condition));
            self.unsupported(&link, what, "Name a question", "take that as not answered");
        } else if let Some(what) = never(asked, condition) {
            self.note(&link, what);
        }
        self.unit(&link, condition, asked);
        if later {
            self.note(&link, format!("it depends on “{question}”, which is asked later"));
        }
    }

    /// A quantity is compared in its own unit alone.
    fn unit(&mut self, link: &str, condition: &Condition, asked: &Item) {
        let Operand::Quantity(_, unit) = &condition.operand else { return };
        if let Some(other) = asked.units.iter().find(|u| u.code != *unit) {
            let what =
                format!("an answer to “{}” in “{}” is not compared with one in “{unit}”", asked.link_id, other.label());
            self.unsupported(link, what, "Offer one unit, and compare in it", "take it as not met then");
        }
    }

    /// Repeated groups inside repeated groups have fewer repetitions, and inside these there are
    /// none.
    fn nested_repeats(&mut self, questionnaire: &Questionnaire) {
        for (item, depth) in repeated_groups(&questionnaire.items, 0) {
            let link = path(&item.link_id);
            match depth {
                0 => {}
                1 => self.note(
                    &link,
                    format!("it repeats inside a group that repeats: each is filled {MOST_NESTED} times at most"),
                ),
                _ => self.unsupported(
                    &link,
                    "a repeated group inside two repeated groups is not supported: it is filled once".into(),
                    "Take one repeats out",
                    "have it filled once",
                ),
            }
        }
    }
}

/// Has repeated groups inside two repeated groups filled once: allowed by then, and noted.
fn fill_once(items: &mut [Item], depth: usize) {
    for item in items {
        let repeats = item.is_group() && item.repeats;
        item.repeats &= !(repeats && depth > 1);
        fill_once(&mut item.items, depth + usize::from(repeats));
    }
}

/// True for a condition on an answer that can't be compared here. Whether there is one can be told where it is asked.
fn undecided(links: &BTreeSet<String>, condition: &Condition, asked: &Item) -> bool {
    links.contains(&condition.question) && !(condition.operator == Operator::Exists && asked.is_question())
}

/// Takes out the conditions that can't be decided, so that none of them hides what should be asked: allowed by then,
/// and noted. Where any one of several conditions is enough, an item with such a one is always asked.
fn leave_out_undecided(items: &mut [Item], links: &BTreeSet<String>, questions: &[&Item]) {
    for item in items {
        let open = |c: &Condition| {
            questions.iter().find(|q| q.link_id == c.question).is_some_and(|asked| undecided(links, c, asked))
        };
        let before = item.enable.when.len();
        item.enable.when.retain(|c| !open(c));
        if item.enable.any && item.enable.when.len() < before {
            item.enable.when.clear();
        }
        leave_out_undecided(&mut item.items, links, questions);
    }
}

/// The groups that repeat, each with how many such groups are around it.
fn repeated_groups(items: &[Item], depth: usize) -> Vec<(&Item, usize)> {
    let mut out = Vec::new();
    for item in items {
        let repeats = item.is_group() && item.repeats;
        if repeats {
            out.push((item, depth));
        }
        out.extend(repeated_groups(&item.items, depth + usize::from(repeats)));
    }
    out
}

/// What becomes of an item whose condition looks at what is never answered.
fn without_answer(condition: &Condition) -> &'static str {
    match (condition.operator, &condition.operand) {
        (Operator::Exists, Operand::Bool(false)) | (Operator::Ne, _) => "the condition is always met",
        _ => "the condition is never met",
    }
}

/// An item from which more conditions and groups lead on to others, one by one, than may be, or
/// back to itself.
fn chained<'a>(all: &[&'a Item], order: &BTreeMap<&str, usize>) -> Option<(&'a Item, String)> {
    let mut needs: Vec<Vec<usize>> = all
        .iter()
        .map(|item| item.enable.when.iter().filter_map(|c| order.get(c.question.as_str()).copied()).collect())
        .collect();
    for (place, item) in all.iter().enumerate() {
        for child in &item.items {
            if let Some(needs) = order.get(child.link_id.as_str()).and_then(|i| needs.get_mut(*i)) {
                needs.push(place);
            }
        }
    }
    // How long the longest way from each is. What runs in a circle, or leads there, never gets a
    // length.
    let mut lengths: Vec<Option<usize>> = vec![None; all.len()];
    loop {
        let before = lengths.iter().flatten().count();
        // From both ends, since most depend on what stands before them, and in some files all on
        // what stands behind.
        for place in (0..all.len()).chain((0..all.len()).rev()) {
            let below = needs.get(place).into_iter().flatten().map(|n| lengths.get(*n).copied().flatten());
            let longest = below.collect::<Option<Vec<_>>>().map(|l| l.into_iter().max().unwrap_or_default() + 1);
            if let Some(length) = lengths.get_mut(place) {
                *length = longest;
            }
        }
        if lengths.iter().flatten().count() == before {
            break;
        }
    }
    let endless = |place: usize| lengths.get(place).is_some_and(Option::is_none);
    let Some(mut place) = (0..all.len()).find(|place| endless(*place)) else {
        let place = lengths.iter().position(|l| l.is_some_and(|l| l > LONGEST_CHAIN))?;
        return Some((
            all.get(place).copied()?,
            format!("more than {LONGEST_CHAIN} items depend on one another, this one among them"),
        ));
    };
    // On and on along what is endless, one comes into the circle, and round it.
    for _ in 0..all.len() {
        place = needs.get(place).into_iter().flatten().copied().find(|n| endless(*n))?;
    }
    Some((all.get(place).copied()?, "whether it is asked depends, round a circle, on itself".into()))
}

/// Where an item stands, for whoever looks for it in the file.
fn path(link: &str) -> String {
    format!("$..item({link})")
}

/// Why a comparison can't come true, if it can't.
fn never(asked: &Item, condition: &Condition) -> Option<String> {
    if condition.operator == Operator::Exists {
        return None;
    }
    let options = !asked.options.is_empty();
    let open = matches!(asked.kind, Kind::OpenChoice | Kind::OpenLookup);
    let fits = match &condition.operand {
        Operand::Codes(codes) => codes.iter().any(|c| asked.option(c).is_some_and(|o| o.form == Form::Coding)),
        Operand::Bool(_) => asked.kind == Kind::Boolean,
        Operand::Number(_) => {
            matches!(asked.kind, Kind::Integer | Kind::Decimal) || asked.options.iter().any(|o| o.form == Form::Integer)
        }
        Operand::Text(t) if options && !open && condition.operator == Operator::Eq => {
            asked.option(t).is_some_and(|o| o.form != Form::Coding)
        }
        Operand::Text(_) => {
            !matches!(asked.kind, Kind::Integer | Kind::Decimal | Kind::Quantity | Kind::Boolean) && asked.is_question()
        }
        Operand::Quantity(_, unit) => {
            asked.kind == Kind::Quantity
                && (unit.is_empty() && asked.units.is_empty() || asked.unit_named(unit).is_some())
        }
    };
    (!fits).then(|| format!("no answer to “{}” is what this condition compares with", asked.link_id))
}
