//! Spanish: the official wording where there is one, nothing offered where there is none, and the
//! same structure, numbers, rules and help as English (dossier 4, section 10 number 18).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::nonminimal_bool, reason = "written the way it is said")]

mod common;

use common::{authored, fixture_file, fixtures, pack, root, spanish};
use content::Problems;
use engine::answers::{Answer, Answers, Key, Value};
use engine::findings;
use engine::form::EvaluatedForm;
use engine::help;
use engine::pack::{Item, Pack, Settings, Words};
use engine::scores::{self, Total};
use engine::summary::{self, Context};
use engine::walk::{self, Step};
use export::text;
use std::collections::BTreeSet;

fn item(pack: &'static Pack, link: &str) -> &'static Item {
    pack.questionnaire.item(link).unwrap_or_else(|| panic!("{link} is missing"))
}

/// Both sheets as text, in the language of the pack.
fn paper(pack: &Pack, answers: &Answers) -> String {
    let settings = Settings::default();
    let region = pack.region("us").unwrap();
    let sheets = summary::sheets(pack, answers, Context { date: "22", region, settings: &settings, leave_out: false });
    let clinician = sheets.clinician.as_ref().map(|s| text::sheet(&pack.words, s)).unwrap_or_default();
    clinician + &text::sheet(&pack.words, &sheets.keep)
}

#[test]
fn d10_18_phq_9_is_the_official_us_spanish_letter_by_letter() {
    let want: toml::Table = toml::from_str(&fixture_file("dossier-phq9-es.toml")).unwrap();
    let list =
        |key: &str| want[key].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_string()).collect::<Vec<_>>();
    for (link, text) in want["items"].as_table().unwrap() {
        let item = item(spanish(), link);
        assert_eq!(item.text, text.as_str().unwrap(), "{link}");
        let options: Vec<String> = item.options.iter().map(|o| o.text.clone()).collect();
        let codes: Vec<&str> = item.options.iter().map(|o| o.code.as_str()).collect();
        if link == "phq9-diff" {
            assert_eq!(options, list("difficulty"));
            assert_eq!(codes, ["LA6572-7", "LA6573-5", "LA6575-0", "LA6574-3"]);
        } else {
            assert_eq!(item.prefix, want["stem"].as_str().unwrap(), "{link}");
            assert_eq!(options, list("options"), "{link}");
            assert_eq!(codes, ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"], "{link}");
        }
    }
    assert_eq!(spanish().instrument("phq-9").unwrap().wording, "", "the official wording is not marked as ours");
}

/// GAD-7 as the sheet "Spanish for the USA" has it: stem, items and options of one sheet, with its
/// notice.
#[test]
fn gad_7_is_the_us_spanish_letter_by_letter() {
    let want: toml::Table = toml::from_str(&fixture_file("gad7-es.toml")).unwrap();
    let options: Vec<&str> = want["options"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    let items = want["items"].as_table().unwrap();
    assert_eq!(items.len(), 7);
    for (link, text) in items {
        let item = item(spanish(), link);
        assert_eq!(item.text, text.as_str().unwrap(), "{link}");
        assert_eq!(item.prefix, want["stem"].as_str().unwrap(), "{link}");
        assert_eq!(item.options.iter().map(|o| o.text.as_str()).collect::<Vec<_>>(), options, "{link}");
        assert_eq!(
            item.options.iter().map(|o| o.code.as_str()).collect::<Vec<_>>(),
            ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"],
            "{link}"
        );
    }
    for id in ["phq-9", "gad-7"] {
        let instrument = spanish().instrument(id).unwrap();
        assert_eq!(
            (instrument.wording.as_str(), instrument.notice.as_str()),
            ("", want["notice"].as_str().unwrap()),
            "{id}"
        );
    }
    assert!(
        spanish().about.notices.iter().any(|n| n.contains(want["notice"].as_str().unwrap())),
        "the notice stands under About too"
    );
}

/// PC-PTSD-5 has no confirmed Spanish: not asked, and the screen says why.
#[test]
fn d10_18_what_has_no_official_spanish_is_not_offered_and_says_so() {
    let answers = common::answered("age=25-44;why-for=trauma;ptsd-ok=yes");
    let form = EvaluatedForm::new(&spanish().questionnaire, &answers);
    let steps = walk::steps(spanish(), &form);
    let section = "trauma";
    let why = &item(spanish(), section).not_offered;
    assert!(why.contains("no se ofrece en español") && why.contains("oficial"), "{section}: “{why}”");
    assert!(steps.iter().any(|s| s.link() == section), "{section} has no screen to say so");
    for link in ["ptsd-gate", "ptsd-1"] {
        assert!(steps.iter().all(|s| s.link() != link), "{link} is asked in Spanish");
    }
    let id = "pc-ptsd-5";
    assert_eq!(scores::score(&form, spanish().instrument(id).unwrap()).total, Total::NotAsked, "{id}");
    // Nothing of them reaches the paper as a home-made translation.
    let paper = paper(spanish(), &answers);
    assert!(!paper.contains("nightmares"), "{paper}");
}

/// Ours is said to be ours, and what is official is named.
#[test]
fn d10_18_the_translation_says_whose_it_is() {
    let readers = &spanish().about.readers;
    assert!(
        readers.contains("traducción al español es propia de Consult Ready y no es oficial, salvo el PHQ-9 y el GAD-7"),
        "{readers}"
    );
}

/// What is no text is the same in both languages: ids, codes, points, conditions, order, dates.
#[test]
fn the_structure_is_the_english_one() {
    let bare = |item: &Item| {
        let options: Vec<_> =
            item.options.iter().map(|o| (o.code.clone(), o.system.clone(), o.points, o.exclusive)).collect();
        (
            item.link_id.clone(),
            item.kind,
            item.repeats,
            item.max_occurs,
            item.code.clone(),
            item.enable.clone(),
            options,
        )
    };
    let (en, es) = (pack(), spanish());
    let of = |p: &Pack| p.questionnaire.all().into_iter().map(bare).collect::<Vec<_>>();
    assert_eq!(of(en), of(es));
    assert_eq!(en.safety, es.safety);
    for (a, b) in en.rules.iter().zip(&es.rules) {
        assert_eq!(
            (&a.id, a.tier, a.section, &a.about, &a.when, a.help, &a.sources),
            (&b.id, b.tier, b.section, &b.about, &b.when, b.help, &b.sources)
        );
    }
    for (a, b) in en.cards.iter().zip(&es.cards) {
        assert_eq!(
            (&a.id, a.shown.verdict, a.flip, a.risk, a.help, a.dated),
            (&b.id, b.shown.verdict, b.flip, b.risk, b.help, b.dated)
        );
    }
    for (a, b) in en.regions.iter().zip(&es.regions) {
        assert_eq!((&a.id, &a.emergency), (&b.id, &b.emergency));
        for (x, y) in a.lines.iter().zip(&b.lines) {
            assert_eq!((&x.id, &x.tel, &x.sms, &x.url, &x.review_by), (&y.id, &y.tel, &y.sms, &y.url, &y.review_by));
            // Spanish may say more, such as the digit for Spanish, and never another number.
            let numbers = |t: &str| {
                t.split(|c: char| !c.is_ascii_digit())
                    .filter(|n| !n.is_empty())
                    .map(String::from)
                    .collect::<BTreeSet<_>>()
            };
            assert!(numbers(&y.text).is_superset(&numbers(&x.text)), "{}/{}: {} / {}", a.id, x.id, x.text, y.text);
        }
    }
}

/// The same digits stand in both languages: a number lost or changed in translation is a wrong
/// number.
#[test]
fn numbers_survive_translation() {
    fn numbers(text: &str) -> Vec<String> {
        // Spanish writes 9.016 or 9016 for 9,016.
        let joined: Vec<char> = text.chars().collect();
        let mut out = Vec::new();
        let mut now = String::new();
        for (i, &c) in joined.iter().enumerate() {
            let inside =
                i > 0 && i + 1 < joined.len() && joined[i - 1].is_ascii_digit() && joined[i + 1].is_ascii_digit();
            if c.is_ascii_digit() {
                now.push(c);
            } else if !(inside && matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}')) && !now.is_empty() {
                out.push(std::mem::take(&mut now));
            }
        }
        out.extend((!now.is_empty()).then_some(now));
        out.sort();
        out
    }
    let mut wrong = Vec::new();
    let mut compare = |at: String, en: &str, es: &str| {
        if numbers(en) != numbers(es) {
            wrong.push(format!("{at}:\n  {en}\n  {es}"));
        }
    };
    let (en, es) = (pack(), spanish());
    for (a, b) in en.cards.iter().zip(&es.cards) {
        compare(format!("card {}", a.id), &a.explanation, &b.explanation);
    }
    let json = |t: &engine::pack::Topic| serde_json::to_string(&t.blocks).unwrap();
    for (a, b) in en.topics.iter().zip(&es.topics) {
        compare(format!("topic {}", a.id), &(a.lead.clone() + &json(a)), &(b.lead.clone() + &json(b)));
    }
    for (a, b) in en.choices.iter().zip(&es.choices) {
        let text = |c: &engine::pack::Choice| {
            [&c.works.text, &c.side_effects.text, &c.given, &c.daily_life, &c.speed, &c.cost, &c.living]
                .map(String::as_str)
                .join("\n")
        };
        compare(format!("choice {}", a.id), &text(a), &text(b));
    }
    for (a, b) in en.rules.iter().zip(&es.rules) {
        compare(
            format!("rule {}", a.id),
            &format!("{}\n{}", a.patient, a.clinician),
            &format!("{}\n{}", b.patient, b.clinician),
        );
    }
    assert!(wrong.is_empty(), "{} texts\n{}", wrong.len(), wrong.join("\n"));
}

/// One may switch at any point: the same answers give the same scores, findings and help.
#[test]
fn switching_keeps_every_answer() {
    for (name, answers) in fixtures() {
        let (one, other) =
            (EvaluatedForm::new(&pack().questionnaire, answers), EvaluatedForm::new(&spanish().questionnaire, answers));
        let truths = |p: &'static Pack, form: &EvaluatedForm<'_>| {
            findings::all(p, form).iter().map(|f| (f.rule.id.clone(), f.outcome)).collect::<Vec<_>>()
        };
        assert_eq!(truths(pack(), &one), truths(spanish(), &other), "{name}");
        for (a, b) in scores::all(pack(), &one).iter().zip(scores::all(spanish(), &other)) {
            let unasked = b.total == Total::NotAsked && a.answered == 0;
            assert!(
                a.total == b.total || unasked,
                "{name}: {} is {:?} in Spanish, {:?} in English",
                a.instrument.id,
                b.total,
                a.total
            );
        }
        let helps = |p: &'static Pack, form: &EvaluatedForm<'_>| {
            walk::steps(p, form).into_iter().filter(|s| matches!(s, Step::Help { .. })).collect::<Vec<_>>()
        };
        assert_eq!(helps(pack(), &one), helps(spanish(), &other), "{name}");
        let (p, q) = (
            help::panel(pack(), &one, pack().region("us").unwrap(), &["e1", "e5", "phq9-9", "safe"]),
            help::panel(spanish(), &other, spanish().region("us").unwrap(), &["e1", "e5", "phq9-9", "safe"]),
        );
        assert_eq!((p.order, p.ask, p.lines.len()), (q.order, q.ask, q.lines.len()), "{name}");
    }
}

/// No English is left on Spanish paper, but for names and what was typed.
#[test]
fn no_english_on_spanish_paper() {
    for (name, answers) in fixtures() {
        // Own words of the fixtures are English.
        let mut coded = Answers::default();
        for (key, answer) in answers.iter() {
            let only: Vec<Value> = answer.values().iter().filter(|v| matches!(v, Value::Code(_))).cloned().collect();
            coded.set(key.clone(), if *answer == Answer::Skipped { Answer::Skipped } else { Answer::Given(only) });
        }
        let paper = paper(spanish(), &coded);
        // A medicine is also printed under its English name: that is what stands on the box.
        let boxes =
            pack().questionnaire.item("medicines").unwrap().options.iter().map(|o| &o.text).filter(|t| t.contains(' '));
        let paper = boxes.fold(paper, |p, name| p.replace(name.as_str(), ""));
        let folded = common::fold_words(&paper);
        for word in [
            "the", "and", "you", "your", "with", "not", "answered", "yes", "sure", "have", "for", "is", "are", "call",
            "asked", "checked", "language", "of",
        ] {
            let around = folded
                .find(&format!(" {word} "))
                .map(|i| folded[i.saturating_sub(60)..(i + 60).min(folded.len())].to_string());
            assert_eq!(around, None, "{name}: “{word}”");
        }
    }
}

/// Texts that are the same in both languages are names, numbers or forgotten.
#[test]
fn nothing_is_left_untranslated() {
    let words = |p: &Pack| serde_json::to_value(&p.words).unwrap().as_object().unwrap().clone();
    let (en, es) = (words(pack()), words(spanish()));
    assert_eq!(en.len(), Words::NAMES.len());
    let names = ["product", "no", "text_small"];
    let same = en.iter().filter(|(name, word)| es.get(*name) == Some(word)).map(|(name, _)| name.as_str());
    let forgotten: Vec<&str> = same.filter(|n| !names.contains(n)).collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
    for (a, b) in pack().questionnaire.all().into_iter().zip(spanish().questionnaire.all()) {
        let offered = !a.link_id.starts_with("ptsd");
        assert!(!offered || a.text.is_empty() || a.text != b.text, "{}: {}", a.link_id, a.text);
    }
    for (a, b) in pack().rules.iter().zip(&spanish().rules) {
        assert_ne!(a.patient, b.patient, "{}", a.id);
        assert_ne!(a.clinician, b.clinician, "{}", a.id);
    }
}

/// A walk through the Spanish questions ends, whatever is skipped.
#[test]
fn the_spanish_walk_ends() {
    let mut answers = Answers::default();
    answers.set(Key::first("age"), Answer::code("25-44"));
    let mut seen = BTreeSet::new();
    for _ in 0..500 {
        let form = EvaluatedForm::new(&spanish().questionnaire, &answers);
        let steps = walk::steps(spanish(), &form);
        let Some(i) = walk::resume(&form, &steps, &answers) else {
            assert!(
                seen.contains("phq9-9")
                    && seen.contains("ask-page")
                    && seen.contains("gad7-1")
                    && !seen.contains("ptsd-1"),
                "{seen:?}"
            );
            return;
        };
        // Why a section is not offered stands before the step that is open.
        let open = steps[i..].iter().find(|s| !s.keys(&form).is_empty()).unwrap();
        let mut after = answers.clone();
        walk::skip_blank(&form, open, &mut after);
        assert_ne!(answers, after, "stuck at {open:?}");
        seen.insert(open.link().to_string());
        answers = after;
    }
    panic!("the walk does not end");
}

/// What a translation may not do, one break at a time, on a copy of content/es.
#[test]
fn a_broken_translation_is_refused() {
    let rows = [
        ("a text that is missing", "questionnaire.toml", "[items.s06]\n", "[items.s06x]\n", "s06"),
        ("an answer that is missing", "questionnaire.toml", "yes-treated = ", "yes-treatedx = ", "s17"),
        ("a rule that is missing", "rules.toml", "\"S06\"", "\"S06x\"", "S06"),
        ("a verdict that differs", "cards.toml", "verdict = \"myth\"", "verdict = \"fact\"", "verdict"),
        ("a number that differs", "topics.toml", "n = 54\n", "n = 55\n", "n"),
        ("a source that differs", "cards.toml", "\"who-essential\"", "\"who\"", "sources"),
        ("a line that is missing", "regions.toml", "\"988\"", "\"989\"", "988"),
        ("a band that is missing", "instruments.toml", "\"mild\" = ", "\"milde\" = ", "mild"),
        ("a word that is missing", "words.toml", "back = ", "backx = ", "back"),
    ];
    let base = std::env::temp_dir().join(format!("consult-ready-es-{}", std::process::id()));
    let mut wrong = Vec::new();
    for (n, (name, file, from, to, at)) in rows.into_iter().enumerate() {
        let copy = base.join(n.to_string()).join("content/es");
        std::fs::create_dir_all(&copy).unwrap();
        for entry in std::fs::read_dir(root().join("content/es")).unwrap() {
            let path = entry.unwrap().path();
            let mut text = std::fs::read_to_string(&path).unwrap();
            if path.file_name().unwrap() == file {
                // Some files name ids bare, some in quotes.
                let (from, to) = if text.contains(from) {
                    (from.to_string(), to.to_string())
                } else {
                    (from.replace('"', ""), to.replace('"', ""))
                };
                assert!(text.contains(&from), "{name}: {file} does not hold “{from}”");
                text = text.replacen(&from, &to, 1);
            }
            std::fs::write(copy.join(path.file_name().unwrap()), text).unwrap();
        }
        let mut problems = Problems::default();
        let _ = content::translate(&base.join(n.to_string()), "es", authored(), &mut problems);
        let hit = problems
            .0
            .iter()
            .any(|p| p.file == format!("content/es/{file}") && p.path.contains(at) && !p.cure.is_empty());
        if !hit {
            wrong.push(format!("{name}: {:?}", problems.0.iter().map(ToString::to_string).take(3).collect::<Vec<_>>()));
        }
    }
    let _ = std::fs::remove_dir_all(&base);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A Spanish speaker's sheet for the clinician in English: the answers are codes, own words stay as
/// written, and that is said.
#[test]
fn the_clinicians_sheet_in_english() {
    let (es, en) = (common::spanish(), common::pack());
    let settings = engine::pack::Settings::default();
    let answers = common::answered(
        "age=25-44;why-for=mood;goal='Dormir%20toda%20la%20noche;s06=yes;takes-medicines=yes;medicines=sertraline,'hierba%20rara;weight=#80*kg",
    );
    let context = |pack: &'static engine::pack::Pack, date| engine::summary::Context {
        date,
        region: pack.region("us").unwrap(),
        settings: &settings,
        leave_out: false,
    };
    let both = engine::summary::sheets_for_reader(
        es,
        en,
        &answers,
        [context(es, "22 de noviembre"), context(en, "November 22")],
        [None, None],
    );
    let alone = engine::summary::sheets(en, &answers, context(en, "November 22")).clinician.unwrap();
    let sheet = both.clinician.unwrap();
    assert_eq!(
        (&sheet.parts, &sheet.strip, &sheet.foot),
        (&alone.parts, &alone.strip, &alone.foot),
        "as an English speaker's"
    );
    assert!(sheet.lead.last().unwrap().contains("another language (Español)"), "{:?}", sheet.lead);
    let text = export::text::sheet(&en.words, &sheet);
    assert!(
        text.contains("“Dormir toda la noche”")
            && text.contains("hierba rara (as typed, not in this tool's list)")
            && text.contains("Stroke or mini-stroke"),
        "{text}"
    );
    assert_eq!(
        both.keep,
        engine::summary::sheets(es, &answers, context(es, "22 de noviembre")).keep,
        "the sheet to keep is the visitor's"
    );
    // Each sheet is drawn in its own words.
    let both = engine::summary::sheets_for_reader(
        es,
        en,
        &answers,
        [context(es, "22 de noviembre"), context(en, "November 22")],
        [None, None],
    );
    let languages = [en, es].map(|pack| export::Language { words: &pack.words, lang: &pack.lang });
    let page = export::html::document_each(languages, &both);
    assert!(
        page.contains("<article lang=\"en\" translate=\"no\"><h1>For the clinician</h1>")
            && page.contains("<article lang=\"es\" translate=\"no\"><h1>Mi plan"),
        "{page}"
    );
    // Under 18 there is none in any language.
    let minor = common::answered("age=under-18");
    assert!(
        engine::summary::sheets_for_reader(es, en, &minor, [context(es, ""), context(en, "")], [None, None])
            .clinician
            .is_none()
    );
}
