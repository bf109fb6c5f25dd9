//! Honest by test (dossier 7.2, 8.1 to 8.3; checklists 3.4 and P4): reading grade, words that promise or shame,
//! equal weight of good and bad, and numbers that say of whom, over what time, how sure and where from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::reading::{grade, syllables, words};
use common::texts::{self, Piece, sentences};
use common::{has_word, pack};
use consult_ready::pack::{Block, Claim, Polarity};
use std::collections::{BTreeMap, BTreeSet};

// ---- The formula itself.

#[test]
fn syllables_are_counted() {
    let rows = [
        (
            1,
            "a I the stroke heart blood brain pain pains drug sleep mood asked liked helped used change changed place eye breathe whole through called",
        ),
        (
            2,
            "clinic sickness doctor questions people pressure muscle trouble bottle needed started wanted today safety someone quiet trial seizure worries changes places houses watches breathing",
        ),
        (3, "medicine ketamine however hospital bipolar infusion infusions dissolving serious mania another addiction approval"),
        (4, "anesthesia depression's information emergency anxiety society usually experience january"),
        (5, "esketamine's hypersensitivity"),
    ];
    for (n, list) in rows.iter().take(3) {
        for word in list.split(' ') {
            assert_eq!(syllables(word), *n, "{word}");
        }
    }
    for word in ["information", "emergency", "anxiety", "society", "usually", "experience"] {
        assert_eq!(syllables(word), 4, "{word}");
    }
}

#[test]
fn grades_by_hand() {
    // 6 words, 1 sentence, 6 syllables: 0.39 · 6 + 11.8 − 15.59.
    assert!((grade("The cat sat on the mat.").unwrap() - -1.45).abs() < 0.01);
    // 14 words in 2 sentences, 19 syllables.
    let text = "The clinic will call you today. You can ask about the medicine and the cost.";
    let (w, y) = (words(text).len() as f64, words(text).iter().map(|w| syllables(w)).sum::<usize>() as f64);
    assert_eq!((w, y), (15.0, 20.0));
    assert!((grade(text).unwrap() - (0.39 * w / 2.0 + 11.8 * y / w - 15.59)).abs() < 1e-9);
    assert_eq!(grade(""), None);
    assert_eq!(grade("…"), None);
}

/// The dossier gives the grade of its four hardest cards, from a script of its own.
#[test]
fn grades_of_the_dossier() {
    for (id, want) in [("M09", 7.9), ("M03", 7.6), ("M11", 7.1), ("M20", 7.0)] {
        let card = pack().cards.iter().find(|c| c.id == id).unwrap();
        let got = grade(&card.explanation).unwrap();
        assert!((got - want).abs() < 0.8, "{id}: {got:.1}, not {want}");
    }
}

#[test]
fn sentences_are_parted() {
    for (text, n) in
        [("One. Two? Three", 3), ("Dr. \"Off-label.\" Next.", 3), ("0.5 and 1.5 in one", 1), ("Ask (if you can). Then go.", 2), ("", 0), ("a\nb", 2)]
    {
        assert_eq!(sentences(text).len(), n, "{text}: {:?}", sentences(text));
    }
}

// ---- Reading grade.

/// What a visitor reads: our own voice without the notes for the clinician.
fn read() -> impl Iterator<Item = &'static Piece> {
    let clinical = |id: &str| {
        id.ends_with(".clinician")
            || id.contains(".cutoffs")
            || id.starts_with("instrument:")
            || id.starts_with("sheet:header")
            || id.starts_with("sheet:footer")
    };
    texts::own().filter(move |p| !clinical(&p.id))
}

/// Names are set apart from the grade: a medicine, an organisation or an illness is called what it is called.
fn without_names(text: &str) -> String {
    const NAMES: &[&str] = &[
        "ketamine",
        "esketamine",
        "spravato",
        "electroconvulsive",
        "transcranial",
        "fibromyalgia",
        "interstitial",
        "cystitis",
        "theophylline",
        "aminophylline",
        "opioid",
        "opioids",
        "naltrexone",
        "glaucoma",
        "aneurysm",
        "hepatitis",
        "cirrhosis",
        "schizophrenia",
        "psychosis",
        "epilepsy",
        "bipolar",
        "adrenal",
        "cannabis",
        "psychedelic",
        "psychedelics",
        "glutamate",
        "antidepressants",
        "dissociation",
        "dissociative",
    ];
    let medicines = pack()
        .questionnaire
        .item("medicines")
        .unwrap()
        .options
        .iter()
        .flat_map(|o| std::iter::once(&o.text).chain(&o.synonyms))
        .map(|n| n.to_lowercase());
    let names: BTreeSet<String> = medicines.chain(NAMES.iter().map(|n| (*n).to_string())).collect();
    let mut out = String::new();
    for word in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        let bare = word.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '\'')).to_lowercase();
        if names.contains(&bare) {
            // A name still takes its place in the sentence.
            out.push_str("name");
            out.push_str(&word[bare.len().min(word.len())..]);
        } else {
            out.push_str(word);
        }
    }
    out
}

/// The screen a piece stands on: a topic, a card, a question with its answers, a choice, a rule's words.
fn screen(id: &str) -> String {
    let head = id.split('.').next().unwrap_or_default();
    match head.split_once(':') {
        Some(("word", word)) if word.starts_with("help_") || word == "nobody_sees" => "word:help".into(),
        Some(("word", word)) if word.starts_with("start_") => "word:start".into(),
        Some(("word", _)) => "word".into(),
        Some(("sheet", part)) => format!("sheet:{}", part.split(['[', '(']).next().unwrap_or_default()),
        Some(("region", _)) => "region".into(),
        Some(("question", link)) if link.len() == 2 && link.starts_with('e') => "question:emergency".into(),
        _ => head.into(),
    }
}

/// Text of each screen. Pieces without a full stop end a sentence all the same.
fn screens() -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    for piece in read() {
        // Short labels and single words of an answer or a heading are no reading.
        if words(&piece.text).len() < 4 || piece.id.ends_with(".short") {
            continue;
        }
        let text = out.entry(screen(&piece.id)).or_default();
        text.push_str(&without_names(&piece.text));
        text.push_str(if piece.text.ends_with(['.', '?', '!']) { " " } else { ".\n" });
    }
    out
}

/// Crisis and emergency: what has to be understood in distress.
fn is_safety(screen: &str) -> bool {
    let rule = |id: &str| pack().rules.iter().any(|r| r.id == id && r.help.is_some());
    ["word:help", "question:emergency", "question:safe", "sheet:call", "region", "card:M23"].contains(&screen)
        || screen.strip_prefix("rule:").is_some_and(rule)
}

#[test]
fn screens_are_at_grade_8_or_lower_and_safety_at_6() {
    let mut wrong = Vec::new();
    let screens = screens();
    assert!(screens.len() > 200 && screens.contains_key("card:M23") && screens.contains_key("topic:evidence"), "the screens are found");
    for (name, text) in &screens {
        let most = if is_safety(name) { 6.0 } else { 8.0 };
        let grade = grade(text).unwrap();
        if grade > most {
            wrong.push(format!("{name}: grade {grade:.1}, at most {most}: {}", text.chars().take(300).collect::<String>()));
        }
    }
    assert!(wrong.is_empty(), "{} screens are too hard\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_sentence_has_more_than_30_words() {
    let mut wrong = Vec::new();
    for piece in read() {
        for sentence in sentences(&piece.text) {
            let n = words(&sentence).len();
            if n > 30 {
                wrong.push(format!("{}: {n} words: {sentence}", piece.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// P2: a mean of at most 20 words a sentence, over each topic and card.
#[test]
fn sentences_are_short_on_the_whole() {
    for (name, text) in screens().iter().filter(|(n, _)| n.starts_with("topic:") || n.starts_with("card:") || n.starts_with("choice:")) {
        let mean = words(text).len() as f64 / sentences(text).len() as f64;
        assert!(mean <= 20.0, "{name}: {mean:.1} words a sentence");
    }
}

// ---- Words.

/// What we never say, in whole words (dossier 7.2, 8.3; checklists P3 and P4).
const BANNED: &[&str] = &[
    // Words that promise (P4, section 1).
    "cure",
    "cures",
    "cured",
    "proven",
    "prove",
    "proof",
    "safe",
    "safely",
    "guarantee",
    "guaranteed",
    "breakthrough",
    "hope",
    "miracle",
    "groundbreaking",
    "revolutionary",
    "transformative",
    "lifeline",
    "remarkable",
    "effective",
    "efficacy",
    "viable",
    "promising",
    "rapid relief",
    "life changing",
    "success",
    "successful",
    "successfully",
    "rewire",
    "rewires",
    "reset",
    "resets",
    "restore",
    "restores",
    "repair",
    "repairs",
    "heal",
    "heals",
    "healing",
    // Words that decide (8.3).
    "eligible",
    "eligibility",
    "ineligible",
    "qualify",
    "qualifies",
    "candidate",
    "candidates",
    "your risk is",
    "safe for you",
    "low risk",
    "high risk",
    "we recommend",
    "recommended for",
    "best choice",
    "best option",
    "better than",
    "suitable",
    "contraindicated for you",
    // Words that shame, or tell of suicide as it should not be told (7.2).
    "commit",
    "committed",
    "commit suicide",
    "failed attempt",
    "failed",
    "cry for help",
    "attention seeking",
    "addict",
    "addicts",
    "abuser",
    "abusers",
    "junkie",
    "crazy",
    "non compliant",
    "noncompliant",
    "refused",
    "denies",
    "suffers from",
    "victim",
    // Hard words that are never explained (P3), and scolding ones (Q11).
    "efficacy",
    "modality",
    "contraindicated",
    "contraindication",
    "adverse",
    "refractory",
    "oops",
    "invalid",
    "sorry",
    "please",
    // Booking is the clinic's business.
    "book now",
    "sign up",
    "get started today",
    "limited time",
    "special offer",
];

/// Where a banned word may stand: the piece, the word, the words around it that make it right, and why.
/// Each row must be needed.
const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[
    ("card:M05", "cure", "One infusion will cure me", "the dossier's statement, a myth"),
    ("card:M05", "cure", "it is not a cure", "denied"),
    ("card:M01", "safe", "How safe it is depends", "the dossier's explanation"),
    ("card:M02", "safe", "It is not safe for everyone", "denied"),
    ("card:M07", "safe", "has not found that it is safe", "denied"),
    ("card:M13", "safe", "just as safe as in a clinic", "the dossier's statement, a myth"),
    ("card:M24", "safe", "weaker, stronger, or less safe", "denied"),
    ("card:M27", "safe", "does not prove that many low doses for mood are safe", "denied"),
    ("card:M27", "prove", "does not prove", "denied"),
    ("card:M20", "hope", "so hope is fair but a promise is not", "the dossier's explanation"),
    ("card:M22", "proven", "It is proven for all kinds", "the dossier's statement, a myth"),
    ("card:M22", "proof", "found no clear proof", "denied"),
    ("card:M25", "proven", "is a proven treatment for PTSD", "the dossier's statement, “it depends”"),
    ("card:M23", "please", "Please do not wait", "the dossier's explanation: urgent and kind"),
    ("topic:what-it-is", "prove", "does not prove that a drip works better", "denied"),
    ("topic:what-it-is", "safe", "has not found that infusions for mood or lasting pain are safe", "denied"),
    ("topic:how-it-may-work", "rewire", "does not \"rewire\"", "denied"),
    ("topic:how-it-may-work", "reset", "or \"reset\" the brain", "denied"),
    ("topic:evidence", "better than", "no better than a placebo", "denied"),
    ("topic:evidence", "proof", "found no clear proof", "denied"),
    ("topic:not-known", "promising", "promising, but few careful studies exist", "the dossier's claim 70: hopeful, little evidence, said together"),
    ("region:ca", "hope", "Hope for Wellness", "the line's own name"),
    ("region:us", "lifeline", "988 Suicide and Crisis Lifeline", "the line's own name"),
    ("region:gb", "lifeline", "Northern Ireland: Lifeline", "the line's own name"),
    ("region:au", "lifeline", "Lifeline", "the line's own name"),
    ("region:nz", "lifeline", "Lifeline", "the line's own name"),
];

/// To be safe from harm by oneself, and to feel safe at the clinic, promises nothing about ketamine.
fn is_about_oneself(text: &str) -> bool {
    ["keep yourself safe", "stay safe", "staying safe", "not safe by myself", "feel safe"].iter().any(|w| text.to_lowercase().contains(w))
}

#[test]
fn banned_words_are_not_said() {
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for piece in texts::own().filter(|p| !p.id.ends_with(".clinician") && !p.id.contains(".cutoffs")) {
        for word in BANNED.iter().filter(|w| has_word(&piece.text, w)) {
            let at = |id: &str| piece.id == id || piece.id.starts_with(&format!("{id}."));
            let excepted: Vec<usize> =
                (0..EXCEPTIONS.len()).filter(|&i| at(EXCEPTIONS[i].0) && EXCEPTIONS[i].1 == *word && piece.text.contains(EXCEPTIONS[i].2)).collect();
            if excepted.is_empty() && !(*word == "safe" && is_about_oneself(&piece.text)) {
                wrong.push(format!("{}: “{word}”: {}", piece.id, piece.text));
            }
            used.extend(excepted);
        }
    }
    assert!(wrong.is_empty(), "{} places\n{}", wrong.len(), wrong.join("\n"));
    let idle: Vec<_> = EXCEPTIONS
        .iter()
        .enumerate()
        .filter(|(i, _)| !used.contains(i))
        .map(|(_, (id, word, around, _))| format!("{id} “{word}”: {around}"))
        .collect();
    assert!(idle.is_empty(), "exceptions that nothing needs: {idle:?}");
}

/// "You have …" said as a finding would be a diagnosis. Asked, or said of a number, it is none.
#[test]
fn nobody_is_told_what_they_have() {
    for piece in texts::own() {
        for sentence in sentences(&piece.text) {
            let lower = sentence.to_lowercase();
            let asks = lower.ends_with('?') || lower.ends_with("?\"");
            let conditional = [
                "if you have",
                "when you have",
                "that you have",
                "what you have",
                "whether you have",
                "once you have",
                "before you have",
                "before you book or have",
                "problems you have",
                "you have not been",
                "you have to",
                "you have had",
                "of what you have",
                "you have ever",
            ]
            .iter()
            .any(|w| lower.contains(w));
            // A line of a list completes the sentence above it; a short label names what was asked.
            let part = piece.id.contains(".list[") || piece.id.ends_with(".short");
            assert!(asks || conditional || part || !has_word(&sentence, "you have"), "{}: {sentence}", piece.id);
            for words in [
                "you suffer",
                "you are depressed",
                "you are at risk",
                "you are addicted",
                "you need ketamine",
                "you should have ketamine",
                "you should get ketamine",
                "your diagnosis",
            ] {
                assert!(!lower.contains(words), "{}: {sentence}", piece.id);
            }
        }
    }
}

/// No dose in our own voice, anywhere.
#[test]
fn no_dose_is_named() {
    for piece in texts::own() {
        let folded = common::fold_words(&piece.text);
        let words: Vec<&str> = folded.split(' ').collect();
        let digit = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let unit = |w: &str| ["mg", "milligram", "milligrams", "mcg", "microgram", "micrograms"].contains(&w);
        let apart = words.windows(2).any(|w| digit(w[0]) && unit(w[1]));
        let joined = words.iter().any(|w| digit(w) && unit(w.trim_start_matches(|c: char| c.is_ascii_digit())));
        assert!(!apart && !joined, "{}: {}", piece.id, piece.text);
    }
}

/// Difficult words are explained where they stand: an abbreviation is written out on the same screen of reading.
#[test]
fn abbreviations_are_written_out() {
    const LONG: &[(&str, &str)] = &[
        ("FDA", "food and drug administration"),
        ("ECT", "electroconvulsive"),
        ("TMS", "magnetic"),
        ("PTSD", "post-traumatic stress"),
        ("OCD", "obsessive-compulsive"),
        ("CRPS", "complex regional pain"),
        ("NMDA", "docking point"),
    ];
    let mut wrong = Vec::new();
    let mut screens: BTreeMap<String, String> = BTreeMap::new();
    for piece in read().filter(|p| p.id.starts_with("topic:") || p.id.starts_with("choice:")) {
        screens.entry(screen(&piece.id)).or_default().push_str(&format!("{}\n", piece.text));
    }
    for (name, text) in &screens {
        let lower = text.to_lowercase();
        for word in words(text).into_iter().filter(|w| w.len() > 1 && w.chars().all(|c| c.is_ascii_uppercase())) {
            match LONG.iter().find(|(short, _)| *short == word) {
                Some((_, long)) if lower.contains(long) => {}
                Some(_) => wrong.push(format!("{name}: {word} is not written out")),
                None if word == "US" => {}
                None => wrong.push(format!("{name}: {word} is no known abbreviation")),
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

// ---- Equal weight.

/// Within 20 % of each other in length.
fn as_long(a: &str, b: &str) -> bool {
    let (a, b) = (a.chars().count() as f64, b.chars().count() as f64);
    (a - b).abs() <= 0.2 * a.max(b)
}

fn same_numbers(a: &Claim, b: &Claim) -> bool {
    a.of == b.of && a.n.is_some() == b.n.is_some()
}

#[test]
fn good_and_bad_weigh_the_same() {
    let mut pairs = 0;
    for topic in &pack().topics {
        for block in &topic.blocks {
            match block {
                Block::Pair(p) => {
                    pairs += 1;
                    let at = format!("topic:{} “{}”", topic.id, p.heading);
                    assert_eq!((p.benefit.polarity, p.harm.polarity), (Polarity::Benefit, Polarity::Harm), "{at}");
                    assert!(
                        as_long(&p.benefit.text, &p.harm.text),
                        "{at}: {} and {} letters",
                        p.benefit.text.chars().count(),
                        p.harm.text.chars().count()
                    );
                    assert!(same_numbers(&p.benefit, &p.harm), "{at}: numbers of two kinds");
                }
                Block::Icons(icons) => {
                    pairs += 1;
                    let at = format!("topic:{} “{}”", topic.id, icons.heading);
                    let harms = icons.claims.iter().filter(|c| c.polarity == Polarity::Harm).count();
                    assert_eq!(harms * 2, icons.claims.len(), "{at}: as many harms as benefits");
                    assert!(icons.claims.windows(2).all(|w| w[0].polarity != w[1].polarity), "{at}: they alternate");
                    for w in icons.claims.windows(2) {
                        assert!(
                            as_long(&w[0].text, &w[1].text) && same_numbers(&w[0], &w[1]) && w[0].timespan == w[1].timespan,
                            "{at}: {} / {}",
                            w[0].text,
                            w[1].text
                        );
                    }
                }
                _ => {}
            }
        }
    }
    assert!(pairs >= 8);
    for choice in &pack().choices {
        assert_eq!((choice.works.polarity, choice.side_effects.polarity), (Polarity::Benefit, Polarity::Harm), "{}", choice.id);
        assert!(as_long(&choice.works.text, &choice.side_effects.text), "{}", choice.id);
        assert!(same_numbers(&choice.works, &choice.side_effects), "{}", choice.id);
    }
}

/// A screen that tells a benefit tells a harm (C1): each topic with a claim of one kind has one of the other.
#[test]
fn no_screen_has_only_benefits() {
    for topic in &pack().topics {
        let kinds: Vec<Polarity> = topic
            .blocks
            .iter()
            .flat_map(|b| match b {
                Block::Pair(p) => vec![p.benefit.polarity, p.harm.polarity],
                Block::Icons(i) => i.claims.iter().map(|c| c.polarity).collect(),
                _ => vec![],
            })
            .collect();
        let count = |p: Polarity| kinds.iter().filter(|k| **k == p).count();
        assert_eq!(count(Polarity::Benefit), count(Polarity::Harm), "{}", topic.id);
    }
}

/// The choices look alike: no column is fuller than another by more than a third.
#[test]
fn no_choice_looks_fuller() {
    type Field = fn(&consult_ready::pack::Choice) -> &str;
    let fields: [(&str, Field); 7] = [
        ("works", |c| &c.works.text),
        ("given", |c| &c.given),
        ("side effects", |c| &c.side_effects.text),
        ("daily life", |c| &c.daily_life),
        ("speed", |c| &c.speed),
        ("cost", |c| &c.cost),
        ("living", |c| &c.living),
    ];
    let ids: Vec<&str> = pack().choices.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids.len(), 7, "{ids:?}");
    for (name, field) in fields {
        let lengths: Vec<usize> = pack().choices.iter().map(|c| field(c).chars().count()).collect();
        let (least, most) = (lengths.iter().min().unwrap(), lengths.iter().max().unwrap());
        assert!(*least > 0 && most * 3 <= least * 4, "{name}: {lengths:?}");
    }
}

// ---- Numbers.

fn claims() -> Vec<(String, &'static Claim)> {
    let mut out = Vec::new();
    for topic in &pack().topics {
        for block in &topic.blocks {
            match block {
                Block::Pair(p) => out.extend([(format!("topic:{}", topic.id), &p.benefit), (format!("topic:{}", topic.id), &p.harm)]),
                Block::Icons(i) => out.extend(i.claims.iter().map(|c| (format!("topic:{}", topic.id), c))),
                _ => {}
            }
        }
    }
    for choice in &pack().choices {
        out.extend([(format!("choice:{}", choice.id), &choice.works), (format!("choice:{}", choice.id), &choice.side_effects)]);
    }
    out
}

fn is_day(date: &str) -> bool {
    let parts: Vec<Option<u32>> = date.split('-').map(|p| p.parse().ok()).collect();
    date.len() == 10 && matches!(parts[..], [Some(2020..=2100), Some(1..=12), Some(1..=31)])
}

#[test]
fn every_claim_says_how_sure_from_where_and_when() {
    let claims = claims();
    assert!(claims.len() > 25);
    for (at, claim) in claims {
        let text = &claim.text;
        assert!(!claim.sources.is_empty(), "{at}: no source: {text}");
        assert!(is_day(&claim.checked_on) && is_day(&claim.review_by) && claim.checked_on < claim.review_by, "{at}: dates: {text}");
        assert!(!claim.population.is_empty(), "{at}: in whom: {text}");
        if let Some(n) = claim.n {
            assert_eq!(claim.of, Some(100), "{at}: one denominator: {text}");
            assert!(!claim.timespan.is_empty(), "{at}: over what time: {text}");
            assert!(text.contains(&format!("{n} in 100")), "{at}: the drawn number is the written one: {text}");
        }
        // Without a number the text says so, or makes no claim of how many.
        assert!(claim.n.is_some() || !text.contains("in 100"), "{at}: a number that is not drawn: {text}");
    }
    for card in &pack().cards {
        assert!(is_day(&card.checked_on) && is_day(&card.review_by) && card.checked_on < card.review_by, "{}", card.id);
    }
    for source in &pack().sources {
        assert!(is_day(&source.checked_on) && source.url.as_ref().is_none_or(|u| u.starts_with("https://")), "{}", source.id);
    }
}

/// Free text with a number of people in it says where it is from.
#[test]
fn every_number_of_people_has_a_source() {
    for topic in &pack().topics {
        for block in &topic.blocks {
            let (text, sources) = match block {
                Block::Text(b) => ([b.body.join(" "), b.list.join(" ")].join(" "), &b.sources),
                Block::Table(b) => (b.rows.concat().join(" "), &b.sources),
                Block::Timeline(b) => (b.stages.iter().map(|s| format!("{} {}", s.when, s.text)).collect::<Vec<_>>().join(" "), &b.sources),
                Block::Calendar(b) => (b.caption.clone(), &b.sources),
                _ => continue,
            };
            let number = text.chars().any(|c| c.is_ascii_digit());
            assert!(!number || !sources.is_empty(), "topic:{}: {text}", topic.id);
        }
    }
}

/// Frequencies with one denominator, never per cent, never relative risk (8.1).
#[test]
fn numbers_are_frequencies() {
    for piece in read() {
        for words in [
            "%",
            " percent",
            "times more likely",
            "times as likely",
            "twice as",
            "doubles the",
            "halves the",
            "fold increase",
            "relative risk",
            "odds ratio",
        ] {
            assert!(!piece.text.to_lowercase().contains(words), "{}: “{words}”: {}", piece.id, piece.text);
        }
        // "1 in 5" beside "20 in 100" would be two formats on one page.
        let tokens: Vec<&str> = piece.text.split_whitespace().collect();
        for w in tokens.windows(3) {
            let number = |t: &str| t.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
            if let (Some(_), "in", Some(of)) = (number(w[0]), w[1], number(w[2])) {
                // "4 in 2018" would be a year.
                assert!(of == 100 || of > 1900, "{}: {}", piece.id, w.join(" "));
            }
        }
    }
}

/// Sources are named, and none stands there for nothing.
#[test]
fn every_source_is_used() {
    let json = serde_json::to_value(pack()).unwrap();
    fn gather(value: &serde_json::Value, out: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, inner) in map {
                    match (key.as_str(), inner.as_array()) {
                        ("sources", Some(list)) if list.iter().all(serde_json::Value::is_string) => {
                            out.extend(list.iter().filter_map(|v| v.as_str()).map(String::from))
                        }
                        _ => gather(inner, out),
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|v| gather(v, out)),
            _ => {}
        }
    }
    let mut used = BTreeSet::new();
    gather(&json, &mut used);
    let idle: Vec<&str> = pack().sources.iter().map(|s| s.id.as_str()).filter(|id| !used.contains(*id)).collect();
    assert!(idle.is_empty(), "nothing rests on {idle:?}");
}
