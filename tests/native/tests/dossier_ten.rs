//! What would harm a patient if built wrongly: the dossier's section 10, by its numbers.
//!
//! 13 (a kiosk leaves answers behind) and 14 (the host page's session replay) are met by the
//! browser tests. 18 (Spanish that does not say whose translation it is) has its native part here;
//! the screens are the browser tests'.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::texts::{self, sentences};
use common::{
    all_text, answered, clinician, evaluated, fixture, fixtures, has_word, pack, part, part_text, sheets, text_of,
};
use engine::answers::{Answer, Answers, Key};
use engine::findings;
use engine::help::{self, Panel};
use engine::pack::{Help, Operand, Tier};
use engine::rules::Outcome;
use engine::scores::{self, Total};
use engine::summary::Mark;
use engine::walk::{self, Step};

fn panel<'a>(form: &'a engine::form::EvaluatedForm<'a>, after: &[&str]) -> Panel<'a> {
    help::panel(pack(), form, pack().region("us").unwrap(), after)
}

fn helps(answers: &Answers, link: &str) -> bool {
    let form = evaluated(answers);
    walk::steps(pack(), &form).contains(&Step::Help { after: link.into() })
}

/// Sentences of our own voice that hold `word`, with their ids.
fn own_sentences(word: &str) -> Vec<(String, String)> {
    let all = texts::own().flat_map(|p| sentences(&p.text).into_iter().map(|s| (p.id.clone(), s)));
    all.filter(|(_, s)| s.to_lowercase().contains(word)).collect()
}

fn phq9(points: [&str; 9]) -> Answers {
    let codes = |p: &str| match p {
        "0" => "LA6568-5",
        "1" => "LA6569-3",
        "2" => "LA6570-1",
        "3" => "LA6571-9",
        _ => "-",
    };
    let entries: Vec<String> = points.iter().enumerate().map(|(i, p)| format!("phq9-{}={}", i + 1, codes(p))).collect();
    answered(&format!("age=25-44;{}", entries.join(";")))
}

#[test]
fn d10_01_item_9_is_read_from_its_own_answer() {
    // Not from the total: 24 with item 9 at 0 opens nothing, 1 with item 9 at 1 opens help.
    assert!(!helps(&phq9(["3", "3", "3", "3", "3", "3", "3", "3", "0"]), "phq9-9"));
    assert!(helps(&phq9(["0", "0", "0", "0", "0", "0", "0", "0", "1"]), "phq9-9"));
    // At that moment: the total need not be complete, nor any other item answered.
    for points in ["1", "2", "3"] {
        assert!(helps(&phq9(["-", "-", "-", "-", "-", "-", "-", "-", points]), "phq9-9"), "item 9 at {points}");
    }
}

#[test]
fn d10_01_a_skipped_item_9_is_never_zero() {
    let answers = fixture("item-9-skipped");
    let form = evaluated(&answers);
    assert_eq!(answers.get(&Key::first("phq9-9")), Some(&Answer::Skipped));
    assert_eq!(scores::score(&form, pack().instrument("phq-9").unwrap()).total, Total::Between(8.0, 11.0));
    assert!(helps(&answers, "phq9-9"), "a skipped item 9 offers help");
    let because = panel(&form, &["phq9-9"]).because;
    assert_eq!(because.iter().map(|r| r.help).collect::<Vec<_>>(), [Some(Help::Offer)]);
    let safety = part_text(&clinician(&answers), "safety");
    assert!(
        safety.contains(&pack().questionnaire.item("phq9-9").unwrap().text) && safety.contains("Not answered"),
        "{safety}"
    );
}

/// PHQ-2 as a gate would miss half of those who think of harming themselves: every item is asked of
/// everyone.
#[test]
fn d10_01_no_item_is_gated_by_another() {
    for points in ["0", "3", "-"] {
        let answers = phq9([points; 9]);
        let form = evaluated(&answers);
        let asked: Vec<String> = walk::steps(pack(), &form).iter().map(|s| s.link().to_string()).collect();
        for i in 1..=9 {
            assert!(asked.contains(&format!("phq9-{i}")), "item {i} with all at {points}");
        }
    }
    for i in 1..=9 {
        assert!(pack().questionnaire.item(&format!("phq9-{i}")).unwrap().enable.when.is_empty());
    }
    assert!(pack().instruments.iter().all(|i| i.id != "phq-2" && i.items.len() != 2));
}

#[test]
fn d10_02_item_9_at_zero_is_no_reassurance() {
    let answers = fixture("item-9-zero");
    let text = all_text(&sheets(&answers));
    for words in [
        "no risk",
        "low risk",
        "not at risk",
        "no suicide risk",
        "no concern",
        "reassur",
        "is safe",
        "are safe",
        "all clear",
        "negative",
    ] {
        assert!(!text.to_lowercase().contains(words), "“{words}” after a 0 on item 9");
    }
    // The answer itself is printed with its own words, and help stands on the sheet to keep as
    // ever.
    assert!(part_text(&clinician(&answers), "safety").contains("in some way: Not at all"));
    assert!(part_text(&sheets(&answers).keep, "help").contains("988"));
    // No rule draws anything from a 0.
    let form = evaluated(&answers);
    assert!(findings::about(pack(), &form, "phq9-9").is_empty());
}

#[test]
fn d10_03_nobody_was_alerted_and_the_words_say_so() {
    let words = &pack().words;
    assert!(
        words.nobody_sees().contains("does not send") && words.nobody_sees().contains("does not know"),
        "{}",
        words.nobody_sees()
    );
    for (name, answers) in fixtures() {
        let keep = sheets(answers).keep;
        assert!(part_text(&keep, "help").contains(words.nobody_sees()), "{name}");
    }
    // Nothing claims that someone knows, was told or watches.
    for claim in [
        "clinic has been told",
        "we told",
        "we will tell",
        "we have told",
        "alerted",
        "notified",
        "we sent",
        "your clinic knows",
        "clinic can see",
        "clinic sees your",
        "is watching your answers",
        "will contact you",
        "will call you",
    ] {
        assert_eq!(own_sentences(claim), [], "“{claim}”");
    }
}

/// Nothing leads anyone to stop a medicine: wherever "stop" and a medicine meet, it says not to, or
/// warns.
#[test]
fn d10_04_nothing_leads_to_stopping_a_medicine() {
    let fine = [
        // "Stop" that is about something else than a medicine that one takes.
        "ask to stop at any time",
        "stop a series at any time",
        "when to stop",
        "the clinic can stop too",
        "a point to stop before you start",
        "people stopped early",
        "stop at any time",
        "stop whenever",
        "do we stop",
        "would stop",
        "if i stop",
        "if you stop",
        "i stopped",
        "hard to stop",
        "can't stop",
        "able to stop",
        "stop breathing",
        "drip stop",
        "stop early",
        "stopped an infusion early",
        "aiming for",
        // Questions and answers about what was.
        "made you stop",
        "why did you stop",
        "why stopped",
        "have not stopped",
        "told to stop",
        "did you stop",
        "ill after stopping",
        "feeling ill after you stop",
        // Warnings.
        "can be dangerous",
        "can make you very sick",
        "is stopped suddenly",
        "if stopped suddenly",
        // Leave to go on.
        "do not have to stop it first",
        "can cause seizures",
        "when people stop an antidepressant, about",
    ];
    for (id, sentence) in own_sentences("stop") {
        let lower = sentence.to_lowercase();
        let forbids = ["not stop", "never stop", "don't stop"].iter().any(|w| lower.contains(w));
        // A statement that is called a myth (supplement N02), denied right below it.
        let denied = id == "card:N02.shown.text";
        assert!(forbids || denied || fine.iter().any(|w| lower.contains(w)), "{id}: {sentence}");
    }
    for word in [
        "skip your",
        "skip a dose",
        "hold your",
        "come off",
        "wean",
        "taper",
        "cut down",
        "reduce your",
        "leave out your",
        "go without your",
        "discontinue",
        "quit",
    ] {
        let found: Vec<_> = own_sentences(word).into_iter().filter(|(_, s)| has_word(s, word)).collect();
        assert_eq!(found, [], "“{word}”");
    }
    for (id, sentence) in own_sentences("skip") {
        let lower = sentence.to_lowercase();
        let medicine = ["medicine", "dose", "pill", "tablet", "prescri"].iter().any(|w| lower.contains(w));
        assert!(!medicine || lower.contains("do not stop or skip"), "{id}: {sentence}");
    }
}

/// The groups whose sudden stop is dangerous each say so where they are flagged (3.0, 3.4).
#[test]
fn d10_04_flags_on_medicines_say_do_not_stop() {
    let rows = [
        "clonazepam",
        "zolpidem",
        "oxycodone",
        "methadone",
        "buprenorphine-naloxone",
        "tramadol",
        "naltrexone",
        "lamotrigine",
        "carbamazepine",
        "clonidine",
        "gabapentin",
        "baclofen",
        "propranolol",
        "theophylline",
        "phenelzine",
    ];
    for code in rows {
        let answers = answered(&format!("age=25-44;takes-medicines=yes;medicines={code}"));
        let form = evaluated(&answers);
        let fired = findings::about(pack(), &form, "medicines");
        assert!(!fired.is_empty(), "{code} has no flag");
        assert!(
            fired.iter().any(|r| r.patient.to_lowercase().contains("do not stop")),
            "{code}: {:?}",
            fired.iter().map(|r| &r.patient).collect::<Vec<_>>()
        );
    }
    for code in
        ["sertraline", "venlafaxine", "amitriptyline", "mirtazapine", "lithium", "levothyroxine", "hydrochlorothiazide"]
    {
        let answers = answered(&format!("age=25-44;takes-medicines=yes;medicines={code}"));
        let form = evaluated(&answers);
        let fired = findings::about(pack(), &form, "medicines");
        assert!(fired.iter().any(|r| r.patient.contains("Keep taking") || r.patient.contains("not stop")), "{code}");
    }
    assert!(pack().sheet.medicines_keep.contains("Keep taking") && pack().sheet.medicines_keep.contains("Do not stop"));
}

#[test]
fn d10_05_not_sure_skipped_and_blank_are_never_no() {
    // One question, five ways not to have answered it.
    for (said_so, why) in
        [("s06=asked-unknown", "Patient is not sure about"), ("s06=-", "Not answered"), ("", "Not answered")]
    {
        let sheet = clinician(&answered(&format!("age=25-44;s07=no;{said_so}")));
        let text = text_of(&sheet);
        let label = pack().questionnaire.item("s06").unwrap().label();
        let no = text.lines().find(|l| l.starts_with("Answered no to")).unwrap_or_default();
        assert!(!no.contains(label), "“{said_so}” is listed as a no");
        let open = text.lines().find(|l| l.contains(why) && l.contains(label));
        assert!(open.is_some(), "“{said_so}” is not told as “{why}”:\n{text}");
    }
    // No rule at all fires or is denied on answers that leave everything open.
    let answers = fixture("all-not-sure");
    let form = evaluated(&answers);
    for found in findings::all(pack(), &form) {
        let unsure = found
            .rule
            .when
            .all
            .iter()
            .any(|c| matches!(&c.operand, Operand::Codes(codes) if codes.iter().any(|c| c.starts_with("asked-"))));
        // "Not sure" itself may fire a rule that asks for that very answer, and deny none.
        let own = unsure
            || found.rule.id == "I9-skip"
            || matches!(found.rule.when.all[0].operand, Operand::Bool(_))
            || found.rule.about == "age";
        assert!(
            own || found.outcome == Outcome::Unknown,
            "{} is {:?} though nothing was said",
            found.rule.id,
            found.outcome
        );
    }
    assert!(!text_of(&clinician(&answers)).contains("Answered no to"));
}

#[test]
fn d10_05_an_unknown_medicine_is_not_no_interaction() {
    let sheet = clinician(&fixture("unknown-medicine"));
    let medicines = part_text(&sheet, "medicines");
    assert!(medicines.contains("Zzyzzafil forte (as typed, not in this tool's list)"), "{medicines}");
    assert!(medicines.contains("This tool knows only some interactions."), "{medicines}");
    // A typed name leaves every rule over the list open.
    let answers = answered("age=25-44;takes-medicines=yes;medicines='Zzyzzafil");
    let form = evaluated(&answers);
    for found in findings::all(pack(), &form).iter().filter(|f| f.rule.about == "medicines") {
        // D18 also asks for seizures, which nobody was asked about yet.
        assert_eq!(found.outcome, Outcome::Unknown, "{}", found.rule.id);
    }
    let text = all_text(&sheets(&answers));
    for words in
        ["no interaction", "no known interaction", "no interactions", "interacts with nothing", "safe to combine"]
    {
        assert!(!text.to_lowercase().contains(words), "“{words}”");
    }
}

#[test]
fn d10_06_all_no_is_no_clearance_and_one_yes_no_refusal() {
    let cleared = [
        "eligible",
        "eligibility",
        "qualify",
        "qualifies",
        "candidate",
        "good fit",
        "low risk",
        "no risk",
        "cleared",
        "all clear",
        "you are clear",
        "suitable",
        "nothing found",
        "no concerns",
        "approved for treatment",
        "safe for you",
    ];
    let refused = [
        "you cannot have",
        "you can't have",
        "not eligible",
        "must not have ketamine",
        "you should not have ketamine",
        "ruled out",
        "excluded from",
        "not suitable",
        "denied",
        "rejected",
        "not allowed",
    ];
    let all_no = all_text(&sheets(&fixture("everything-no")));
    let all_yes = all_text(&sheets(&fixture("everything-yes")));
    for (text, name) in [(&all_no, "everything-no"), (&all_yes, "everything-yes")] {
        for words in cleared.iter().chain(&refused) {
            // The note "excluded from one trial (Abbar)" is about a study, for the clinician.
            let found = has_word(&text.replace("excluded from one trial", ""), words);
            assert!(!found, "{name}: “{words}”");
        }
    }
    // All "no" says no more than that.
    assert!(all_no.contains("\nAnswered no to\n"));
    for rule in &pack().rules {
        for words in &refused {
            assert!(!has_word(&rule.patient, words), "{}: “{words}”", rule.id);
        }
    }
    // Tier A and B have their own fixed words (3.0), unless a rule opens help.
    for rule in pack().rules.iter().filter(|r| r.help.is_none() && r.id.starts_with('S') && r.id != "S26") {
        let want = match rule.tier {
            Tier::A => "before you book or have an infusion. It may change the plan.",
            Tier::B => "Bring this up at your visit.",
            _ => "We will put this on your page.",
        };
        // S31 is about today: waiting until the visit would be late.
        assert!(rule.patient.contains(want) || rule.id == "S31", "{}: {}", rule.id, rule.patient);
    }
}

#[test]
fn d10_07_driving_is_the_next_day_after_sleep() {
    for word in ["drive", "driving"] {
        for (id, sentence) in own_sentences(word) {
            let lower = sentence.to_lowercase();
            for short in ["minute", "hour", "same day", "shortly", "that evening"] {
                assert!(!lower.contains(short), "{id}: {sentence}");
            }
        }
    }
    let after = pack().sheet.after.join(" ");
    assert!(after.contains("Do not drive") && after.contains("next day") && after.contains("sleep"));
    let choice = pack().choices.iter().find(|c| c.id == "infusion").unwrap();
    assert!(choice.daily_life.contains("No driving until the next day"));
    let card = pack().cards.iter().find(|c| c.id == "M10").unwrap();
    assert!(card.risk && card.explanation.contains("until the next day"));
}

#[test]
fn d10_08_seed_phrases_do_not_ship() {
    let phrases = [
        "little-to-no side effects",
        "little to no side effects",
        "minimal side effects",
        "minimal risk of addiction",
        "remarkable results",
        "high efficacy",
        "groundbreaking",
        "revolutionary",
        "lifeline for",
        "transformative",
        "rapid relief for people in acute",
        "almost immediate",
        "viable treatment option",
        "long-term relief",
        "generally safe",
        "ideal candidate",
    ];
    for phrase in phrases {
        assert_eq!(own_sentences(phrase), [], "“{phrase}”");
    }
    // The one place where "almost no side effects" stands is a statement that is called a myth.
    let found = own_sentences("almost no side effects");
    assert_eq!(found.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["card:M06.shown.text"]);
}

#[test]
fn d10_09_no_booking_beside_thoughts_of_suicide() {
    let because = pack().rules.iter().filter(|r| r.help.is_some()).flat_map(|r| {
        [("patient", &r.patient), ("clinician", &r.clinician)].map(|(k, t)| (format!("{}.{k}", r.id), t.clone()))
    });
    let help_words = texts::pieces()
        .iter()
        .filter(|p| p.id.starts_with("word:help_") || p.id == "word:nobody_sees")
        .map(|p| (p.id.clone(), p.text.clone()));
    for (id, text) in because.chain(help_words) {
        // A rule about a past year says its tier-A line, which names booking only to say "before".
        let text = text.replace("before you book or have an infusion", "");
        for word in ["ketamine", "infusion", "book", "booking", "appointment", "treatment works", "in hours"] {
            assert!(!has_word(&text, word), "{id}: “{word}”: {text}");
        }
    }
    let m23 = pack().cards.iter().find(|c| c.id == "M23").unwrap();
    assert!(m23.help && m23.risk && m23.explanation.starts_with("Please do not wait."));
    for (id, sentence) in own_sentences("suicide") {
        for word in ["book", "works fast", "within hours", "in hours"] {
            assert!(!has_word(&sentence, word), "{id}: {sentence}");
        }
    }
}

/// A claim or a question about approval that is answered right below it.
const QUESTIONED: [&str; 3] = ["card:M07.shown.text", "card:N03.shown.text", "question:teach-approved.text"];

#[test]
fn d10_10_spravatos_rules_are_not_infusions_rules() {
    for (id, sentence) in own_sentences("approved") {
        let lower = sentence.to_lowercase();
        let denies = ["not approved", "not been approved", "has not approved", "no approved", "approved ketamine only"]
            .iter()
            .any(|w| lower.contains(w));
        // An approval names the spray, or stands right behind a sentence that does.
        let whole = &texts::pieces().iter().find(|p| p.id == id).unwrap().text;
        let about_spray = id.contains("spravato") || whole.starts_with("Spravato") || lower.contains("esketamine");
        assert!(denies || about_spray || QUESTIONED.contains(&id.as_str()), "{id}: {sentence}");
    }
    for (id, sentence) in own_sentences("at least 2 hours") {
        assert!(id.contains("spravato") || sentence.contains("Spravato"), "{id}: {sentence}");
    }
    for word in
        ["rems", "no food for", "nothing to eat", "no drink for", "30 minutes before", "hours before your", "fast for"]
    {
        assert!(own_sentences(word).iter().all(|(_, s)| !has_word(s, word)), "“{word}”");
    }
    // Eating and drinking: the clinic's own rule, and no number of ours.
    for word in ["eating", "fasting", "food and"] {
        // The clinician's notes cite sections by number.
        for (id, sentence) in own_sentences(word).into_iter().filter(|(id, _)| !id.ends_with(".clinician")) {
            assert!(!sentence.chars().any(|c| c.is_ascii_digit()), "{id}: {sentence}");
        }
    }
}

/// Emergency number and lines of each region, copied from the dossier's 7.4; what the supplement
/// says was not seen (G-20) is left out.
const REGIONS: &[(&str, &str, &[&str])] = &[
    ("us", "911", &["988", "838255", "AYUDA", "741741", "1-833-852-6262", "1-800-662-4357", "1-800-222-1222"]),
    ("ca", "911", &["988", "1-866-277-3553", "535353"]),
    ("gb", "999", &["111", "116 123", "85258", "0808 808 8000"]),
    ("ie", "112", &["116 123", "50808", "1800 247 247", "51444"]),
    ("au", "000", &["13 11 14", "0477 13 11 14", "1300 659 467", "13 92 76", "1300 22 4636"]),
    ("nz", "111", &["1737", "0800 543 354", "4357", "0508 828 865"]),
    ("es", "112", &["024", "717 003 717"]),
    ("mx", "911", &["800 911 2000"]),
    ("other", "", &["findahelpline.com"]),
];

#[test]
fn d10_11_each_region_has_its_own_numbers() {
    let digits = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
    assert_eq!(
        pack().regions.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(),
        REGIONS.iter().map(|r| r.0).collect::<Vec<_>>()
    );
    for (id, emergency, numbers) in REGIONS {
        let region = pack().region(id).unwrap();
        assert_eq!(&region.emergency, emergency, "{id}");
        assert!(region.emergency_text.contains(emergency), "{id}");
        let lines = region.lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
        for number in *numbers {
            assert!(lines.contains(number), "{id} lacks {number}");
        }
        for line in &region.lines {
            // A link dials what the words say, and nothing else; a word to text may be dialled as
            // digits.
            for link in [&line.tel, &line.sms] {
                let shown = digits(&line.text);
                assert!(
                    link.is_empty() || shown.contains(&digits(link)) || shown.contains(link.trim_start_matches('1')),
                    "{id}/{}: {link} is not in “{}”",
                    line.id,
                    line.text
                );
            }
            assert!(
                !line.tel.is_empty() || !line.sms.is_empty() || line.url.starts_with("https://"),
                "{id}/{} can't be reached",
                line.id
            );
            // No number of another region.
            for (other, _, foreign) in REGIONS.iter().filter(|(other, ..)| other != id) {
                for number in foreign.iter().filter(|n| !numbers.contains(n) && n.len() > 4) {
                    assert!(!line.text.contains(number), "{id}/{} gives {number} of {other}", line.id);
                }
            }
            assert!(line.review_by > line.checked_on, "{id}/{}", line.id);
        }
    }
}

#[test]
fn d10_11_no_press_3_anywhere() {
    for piece in texts::pieces() {
        for words in ["press 3", "press three", "pulse 3", "option 3", "marque 3", "trevor"] {
            assert!(!piece.text.to_lowercase().contains(words), "{}: {}", piece.id, piece.text);
        }
    }
    for file in ["content/en/regions.toml", "content/en/words.toml"] {
        let text = std::fs::read_to_string(common::root().join(file)).unwrap();
        assert!(
            !text.lines().any(|l| !l.trim_start().starts_with('#') && l.to_lowercase().contains("press 3")),
            "{file}"
        );
    }
}

/// Difficulty codes, the panel's code and PEG have tests of their own in scores.rs; here is what
/// leaves the engine.
#[test]
fn d10_12_codes_are_not_swapped() {
    let item = pack().questionnaire.item("phq9-diff").unwrap();
    assert_eq!(item.option("LA6575-0").unwrap().text, "Very difficult");
    assert_eq!(item.option("LA6574-3").unwrap().text, "Extremely difficult");
    let totals: Vec<&str> =
        pack().instruments.iter().filter_map(|i| i.total_code.as_ref()).map(|c| c.code.as_str()).collect();
    assert_eq!(totals, ["44261-6", "70274-6", "102017-1"]);
    let text = texts::pieces().iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    assert!(!text.contains("2 or more"), "LOINC shows PEG's 2 as “2 or more”");
}

/// Turns of phrase that only these instruments have.
#[test]
fn d10_15_no_protected_instrument_is_pasted_in() {
    let marks = [
        ("C-SSRS", "wish to be dead"),
        ("C-SSRS", "wished you were dead or wished you could go to sleep"),
        ("C-SSRS", "actually had any thoughts"),
        ("C-SSRS", "worked out the details of how"),
        ("C-SSRS", "started to do anything, or prepared to do anything"),
        ("ASQ", "better off if you were dead"),
        ("ASQ", "in the past few weeks"),
        ("MDQ", "so hyper that you got into trouble"),
        ("MDQ", "much more self-confident than usual"),
        ("MDQ", "thoughts raced through your head"),
        ("MDQ", "was there ever a period of time when you were not your usual self"),
        ("STOP-Bang", "snore loudly"),
        ("STOP-Bang", "tired, fatigued, or sleepy during the daytime"),
        ("STOP-Bang", "observed you stop breathing"),
        ("STOP-Bang", "neck size"),
        ("OCI", "i check things more often than necessary"),
        ("OCI", "i get upset if objects are not arranged properly"),
        ("OCI", "i feel compelled to count"),
        ("OCI", "wash my hands more often"),
        ("AUDIT-C", "6 or more drinks on"),
        ("DAST-10", "abuse more than one drug at a time"),
        ("ISI", "how satisfied/dissatisfied are you with your current sleep"),
        ("WHO-5", "cheerful and in good spirits"),
        ("BDI", "i do not feel sad"),
    ];
    let json = std::fs::read_to_string(common::root().join("content/en/questionnaire.json")).unwrap().to_lowercase();
    for (whose, words) in marks {
        assert!(!json.contains(words), "{whose}: “{words}”");
    }
    for name in ["STOP-Bang", "C-SSRS", "Columbia", "MDQ", "OCI-", "AUDIT", "DAST", "QIDS", "MADRS", "WHO-5", "CADSS"] {
        assert!(!json.contains(&name.to_lowercase()), "{name}");
    }
}

#[test]
fn d10_16_under_18_is_not_scored() {
    let answers = fixture("under-18");
    let form = evaluated(&answers);
    let sheets = sheets(&answers);
    assert!(sheets.clinician.is_none());
    assert!(scores::all(pack(), &form).iter().all(|s| s.total == Total::NotAsked));
    let asked: Vec<String> = walk::steps(pack(), &form)
        .iter()
        .filter(|s| !matches!(s, Step::Help { .. }))
        .map(|s| s.link().to_string())
        .collect();
    assert_eq!(asked, ["age", "emergency"], "a minor is asked nothing made for adults");
    let text = text_of(&sheets.keep);
    for words in ["PHQ", "GAD", "/ 27", "severe", "moderate", "sertraline", "words of a minor"] {
        assert!(!text.contains(words), "“{words}” on a minor's page:\n{text}");
    }
    assert!(text.contains("Talk with a parent") && part_text(&sheets.keep, "help").contains("988"));
    // E1 helps a minor as anyone.
    assert!(helps(&answered("age=under-18;e1=yes"), "emergency"));
}

#[test]
fn d10_17_theophylline_is_recognised() {
    let tier_a = |answers: &Answers, id: &str| {
        let form = evaluated(answers);
        findings::all(pack(), &form)
            .iter()
            .any(|f| f.rule.id == id && f.outcome == Outcome::Yes && f.rule.tier == Tier::A)
    };
    // By any of its names in the list …
    for name in ["theophylline", "Theo-24", "Uniphyl", "Theochron", "aminophylline", "theophyline"] {
        let options = &pack().questionnaire.item("medicines").unwrap().options;
        let found = engine::lookup::suggest(options, name)[0].code.clone();
        assert!(tier_a(&answered(&format!("age=25-44;takes-medicines=yes;medicines={found}")), "D01"), "{name}");
    }
    // … by a question of its own, which names the tablet and not the inhaler, and is asked of
    // everyone …
    let item = pack().questionnaire.item("asthma-tablet").unwrap();
    assert!(
        item.text.contains("tablet")
            && item.text.contains("theophylline")
            && !item.text.contains("inhaler")
            && item.enable.when.iter().all(|c| c.question == "medicines" && c.operator == engine::pack::Operator::Ne)
    );
    assert!(tier_a(&answered("age=25-44;takes-medicines=no;asthma-tablet=yes-theophylline"), "D01-tablet"));
    assert!(tier_a(&answered("age=25-44;takes-medicines=no;asthma-tablet=yes-unknown"), "D01-name"));
    // … and on the first page of the sheet.
    let sheet = clinician(&fixture("theophylline"));
    let safety = part_text(&sheet, "safety");
    assert!(safety.contains("theophylline") && safety.contains("consider an alternative"), "{safety}");
    let first = part(&sheet, "safety")
        .rows
        .iter()
        .any(|r| matches!(r, engine::summary::Row::Answer { mark: Some(Mark::First), .. }));
    assert!(first);
    // Not sure stays open and is told.
    let open = part_text(&clinician(&answered("age=25-44;takes-medicines=no;asthma-tablet=asked-unknown")), "safety");
    assert!(open.lines().any(|l| l.contains("Patient is not sure about") && l.contains(item.label())), "{open}");
}

/// In English every instrument has its official wording, so nothing is said of it; a language whose
/// wording is our own has to say so in `wording`.
#[test]
fn d10_18_wording_that_is_not_official_says_so() {
    assert_eq!(pack().lang, "en");
    for instrument in &pack().instruments {
        assert_eq!(instrument.wording, "", "{}", instrument.id);
        assert!(!instrument.notice.is_empty(), "{} has no licence line", instrument.id);
    }
}
