//! What a clinic sets: each value is checked by one list, a bad one is named with what to write
//! instead, and hostile ones do nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{authored, fixture, pack, root, sheets_with, text_of};
use engine::form::EvaluatedForm;
use engine::pack::{BadSetting, Doubt, FILE_ONLY, Known, LOGO_MOST, SETTINGS, Settings, doubts};
use engine::refused;
use engine::walk;
use export::one_file::{self, Opened, read_settings, with_settings};
use proptest::{prop_assert, prop_assert_eq};
use serde_json::{Map, Value, json};

/// Reads settings as the app does.
fn read(values: &[(&str, &str)]) -> (Settings, Vec<BadSetting>) {
    let get = |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_string());
    let names: Vec<String> = values.iter().map(|(name, _)| (*name).to_string()).collect();
    let refuses = |text: &str| refused::quoted([pack()], text);
    Settings::read(&get, &names, &Known::of(pack(), &["en", "es"], &refuses))
}

fn value_of(settings: &Settings, name: &str) -> String {
    settings.pairs().into_iter().find(|(n, _)| *n == name).map(|(_, value)| value).unwrap_or_default()
}

/// A 1 by 1 picture.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn what_is_sound_is_taken_as_it_is() {
    for (name, value) in [
        ("clinic", "Río & Söhne <Infusions>"),
        ("clinic", "Safe Hope Cure Clinic"),
        ("phone", "+1 (555) 010-0123"),
        ("afterHours", "555.010.0199"),
        // Near them, and none of them.
        ("phone", "+1 988 555 0100"),
        ("phone", "911 555 0100"),
        ("phone", "+34 900 555 010"),
        ("address", "988 Main Street, Springfield"),
        ("clinic", "Clinic 9118"),
        ("address", "1 Example Street, Springfield"),
        ("hours", "Monday to Friday, 9 to 5"),
        ("booking", "https://clinic.example/book?visit=first#now"),
        ("booking", "https://clinic.example:8443/"),
        ("logo", PIXEL),
        ("welcome", "We are glad that you are here.\nTake your time."),
        ("prepare", "Bring a list of your medicines. A nurse calls you the day before."),
        ("colours", "#1c5954"),
        ("colours", "#1c5954 auto #000000 auto #FFEEDD"),
        ("corners", "0"),
        ("corners", "24"),
        ("font", "round"),
        ("languages", "es"),
        ("languages", "es, en"),
        ("region", "gb"),
        ("without", "trauma goals"),
        ("heading", "2"),
        ("questions", "yes-no: [en] Do you need parking? [es] ¿Necesita estacionamiento?"),
    ] {
        let (settings, bad) = read(&[(name, value)]);
        assert_eq!(bad, [], "{name}: {value}");
        assert_eq!(value_of(&settings, name), value, "{name}");
    }
}

/// What is wrong, and a word of what the clinic is told to write.
#[test]
fn what_is_not_is_named_and_left_at_its_default() {
    let long = "a".repeat(10_000_000);
    let big_logo = format!("data:image/png;base64,{long}");
    let just_too_big = format!("data:image/png;base64,{}", "a".repeat(LOGO_MOST - 21));
    let rows: &[(&str, &str, &str)] = &[
        ("clinic", &long, "at most 80 letters"),
        ("clinic", "Clinic\u{202E}cinilC", "one line"),
        ("clinic", "Clinic\u{2067}", "one line"),
        ("clinic", "Clinic\u{200F}", "one line"),
        ("clinic", "Two\nlines", "one line"),
        ("clinic", "Nul\0", "one line"),
        ("phone", "call us", "phone number"),
        ("phone", "12", "phone number"),
        ("phone", "+1 555 010 0123;ext=1", "phone number"),
        ("phone", "٠١٢٣٤٥٦", "phone number"),
        ("afterHours", "javascript:alert(1)", "phone number"),
        // Nobody's own phone: emergency numbers, crisis lines of any region, however they are
        // written.
        ("phone", "911", "not that of a crisis line"),
        ("phone", "9-8-8", "not that of a crisis line"),
        ("phone", "000", "not that of a crisis line"),
        ("phone", "+1 988", "not that of a crisis line"),
        ("phone", "1-800-662-4357", "not that of a crisis line"),
        ("phone", "(800) 662-4357", "not that of a crisis line"),
        ("phone", "+1 800 662 4357", "not that of a crisis line"),
        ("afterHours", "0808 808 8000", "not that of a crisis line"),
        ("afterHours", "+44 808 808 8000", "not that of a crisis line"),
        ("afterHours", "0044 116 123", "not that of a crisis line"),
        ("phone", "13 11 14", "not that of a crisis line"),
        // Whoever calls it pays by the minute.
        ("phone", "1-900-555-0100", "phone number"),
        ("phone", "+1 (900) 555-0100", "phone number"),
        ("phone", "900 555 0100", "phone number"),
        ("clinic", "988 Suicide & Crisis Help", "not the name of a crisis line"),
        ("clinic", "The 988 Clinic", "not the name of a crisis line"),
        ("clinic", "Call 911 Infusions", "not the name of a crisis line"),
        ("address", "1\u{2028}Street", "one line"),
        ("booking", "javascript:alert(1)", "https://"),
        ("booking", "JavaScript:alert(1)//https://", "https://"),
        ("booking", "http://clinic.example/", "https://"),
        ("booking", "data:text/html,hello", "https://"),
        ("booking", "https://", "https://"),
        ("booking", "https://clinic", "https://"),
        ("booking", "https://bank.example@evil.example/", "https://"),
        ("booking", "https://clinic.example/\"onclick=\"alert(1)", "https://"),
        ("booking", "https://clinic.example\\@evil.example", "https://"),
        ("booking", "https://clinic.example/ x", "https://"),
        ("booking", "//clinic.example/", "https://"),
        ("logo", "https://clinic.example/logo.png", "data:"),
        ("logo", "data:image/svg+xml;base64,PHN2Zz4=", "PNG, JPEG or WebP"),
        ("logo", "data:image/png;base64,", "PNG"),
        ("logo", "data:image/png,raw", "PNG"),
        ("logo", "data:text/html;base64,aGk=", "PNG"),
        ("logo", "data:image/png;base64,a\" onerror=\"alert(1)", "PNG"),
        ("logo", &just_too_big, "at most 60000"),
        ("logo", &big_logo, "at most 60000"),
        ("welcome", "Our treatment is proven, guaranteed, proven.", "without “guaranteed”, “proven”"),
        ("welcome", "You may be a good candidate.", "without “candidate”"),
        ("welcome", "Book now!", "without “book now”"),
        ("prepare", "We get addicts clean.", "without “addicts”"),
        ("welcome", &long, "at most 300"),
        ("welcome", "turned \u{202E}round", "plain text"),
        ("colours", "teal", "#1c5954"),
        ("colours", "auto #1c5954", "#1c5954"),
        ("colours", "#1c5954;background:url(https://evil.example)", "#1c5954"),
        ("colours", "#111111 #222222 #333333 #444444 #555555 #666666", "1 to 5"),
        ("corners", "25", "up to 24"),
        ("corners", "-1", "up to 24"),
        ("corners", "1px", "up to 24"),
        ("corners", "+1", "up to 24"),
        ("font", "Comic Sans", "book, plain, serif, round"),
        ("languages", "fr", "en es"),
        ("languages", ",", "en es"),
        ("region", "constructor", "us"),
        ("region", "__proto__", "us"),
        ("without", "emergency", "worry trauma goals"),
        ("without", "mood", "worry trauma goals"),
        ("without", "safety", "worry trauma goals"),
        ("heading", "9", "up to 4"),
        ("heading", "one", "up to 4"),
        ("questions", "Do you need parking?", "setup.html"),
        ("kiosk", "on", "yes, no"),
        ("kioskIdle", "29", "from 30 to 1200"),
        ("kioskIdle", "1201", "from 30 to 1200"),
        ("kioskIdle", "a minute", "from 30 to 1200"),
        ("kioskPin", "123", "4 to 8 digits"),
        ("kioskPin", "12a4", "4 to 8 digits"),
        ("kioskPrint", "maybe", "yes, no"),
    ];
    for (name, value, expected) in rows {
        let short: String = value.chars().take(60).collect();
        let (settings, bad) = read(&[(name, value)]);
        assert_eq!(bad.iter().map(|b| b.name.as_str()).collect::<Vec<_>>(), [*name], "{name}: {short}");
        assert!(bad[0].want.contains(expected), "{name}: {short}: “{}”", bad[0].want);
        assert!(bad[0].want.len() < 200, "what to write is longer than what was wrong");
        assert_eq!(settings, read(&[]).0, "{name}: {short}");
    }
}

#[test]
fn a_name_that_nobody_knows_is_named() {
    for (name, shown) in [
        ("colors", "colors"),
        ("__proto__", "__proto__"),
        ("constructor", "constructor"),
        ("a\u{202E}b", "?"),
        (&*"x".repeat(99), "?"),
    ] {
        let (settings, bad) = read(&[(name, "x")]);
        assert_eq!(bad.iter().map(|b| b.name.as_str()).collect::<Vec<_>>(), [shown]);
        assert_eq!(settings, read(&[]).0);
    }
}

#[test]
fn what_is_empty_is_not_set() {
    for setting in SETTINGS {
        assert_eq!(read(&[(setting.name, " \n ")]), read(&[]), "{}", setting.name);
    }
    assert_eq!(read(&[]).0.region, pack().regions[0].id);
}

/// A file that is nobody's yet.
fn blank() -> String {
    format!(
        "<html><p>before</p>{}{}{}<p>after</p></html>",
        one_file::EMPTY_HELP,
        one_file::EMPTY_CLINIC,
        one_file::EMPTY_BLOCK
    )
}

/// The values of the block in a file, as a browser reads them.
fn block(file: &str) -> Map<String, Value> {
    let (_, rest) = file.split_once("id=\"settings\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn a_file_takes_settings_and_gives_up_the_old_ones() {
    let hostile = "</script><script>alert(1)</script> \"\\ <!-- & é\u{7f}";
    let first = Settings {
        clinic: hostile.replace('\u{7f}', ""),
        phone: "555 010 0123".into(),
        welcome: "One\nTwo".into(),
        ..Settings::default()
    };
    let region = pack().region("gb");
    let one = with_settings(&blank(), &first, region).unwrap();
    assert_eq!(json!(block(&one)), json!({ "clinic": first.clinic, "phone": "555 010 0123", "welcome": "One\nTwo" }));
    assert!(!one.contains("<script>alert"), "a name became a script:\n{one}");
    assert!(one.contains("<p>before</p>") && one.contains("<p>after</p>") && one.contains("Call 999"), "{one}");
    let other = Settings { clinic: "Other".into(), ..Settings::default() };
    let two = with_settings(&one, &other, pack().region("us")).unwrap();
    assert_eq!(two, with_settings(&blank(), &other, pack().region("us")).unwrap());
    assert_eq!(with_settings("<html></html>", &other, None), None);
}

#[test]
fn the_snippet_holds_the_clinic_as_text() {
    let settings = Settings { clinic: "A \"B\" <C>".into(), phone: "+1 555 010 0123".into(), ..Settings::default() };
    let snippet =
        one_file::snippet("https://x.example/\"><script>/", &settings, pack().region("us"), "Get ready", None);
    assert!(!snippet.contains("<C") && snippet.matches("<script").count() == 1, "{snippet}");
    assert!(snippet.contains("<a href=\"tel:+15550100123\">") && snippet.contains("988"), "{snippet}");
    assert!(!snippet.contains("integrity") && !snippet.contains("crossorigin"), "{snippet}");
    let hashed = one_file::snippet("https://x.example/", &settings, pack().region("us"), "Get ready", Some("sha384-x"));
    assert!(
        hashed.contains(
            "consult-ready.js\" integrity=\"sha384-x\" crossorigin referrerpolicy=\"no-referrer\" async></script>"
        ),
        "{hashed}"
    );
    for block in ["<p", "<div", "<ul"] {
        assert!(!hashed.contains(block), "{block}> ends a paragraph that the lines stand in: {hashed}");
    }
}

/// What a region may be wrong by, of what the set-up page holds it against.
#[test]
fn a_region_that_does_not_fit_is_doubted() {
    let language = |lang: &str| Doubt::Language(lang.into());
    let phone = |number: &str| Doubt::Phone(number.into());
    let rows: &[(&str, &str, &str, &str, &[Doubt])] = &[
        // region, languages, phone, phone when closed
        ("us", "", "+1 555 010 0123", "555 010 0199", &[]),
        ("us", "es", "(555) 010-0123", "", &[]),
        ("us", "", "", "", &[]),
        ("us", "", "+44 20 7946 0000", "", &[phone("+44 20 7946 0000")]),
        ("us", "", "020 7946 0000", "", &[phone("020 7946 0000")]),
        ("us", "", "0044 20 7946 0000", "", &[phone("0044 20 7946 0000")]),
        ("ca", "en", "+1 555 010 0123", "", &[]),
        ("ca", "", "+1 555 010 0123", "", &[language("es")]),
        ("gb", "en", "+44 20 7946 0000", "020 7946 0000", &[]),
        ("gb", "en", "0800 555 0100", "0300 555 0100", &[]),
        ("gb", "", "+44 20 7946 0000", "", &[language("es")]),
        ("gb", "es", "+1 555 010 0123", "", &[language("es"), phone("+1 555 010 0123")]),
        ("gb", "en", "(555) 010-0123", "1-555-010-0123", &[phone("(555) 010-0123"), phone("1-555-010-0123")]),
        ("au", "en", "1300 555 010", "02 5550 1234", &[]),
        ("nz", "en", "09 555 0100", "0800 555 010", &[]),
        ("ie", "en", "01 555 0100", "1800 555 010", &[]),
        ("es", "es", "910 555 010", "+34 910 555 010", &[]),
        ("es", "", "910 555 010", "", &[language("en")]),
        ("mx", "es", "55 5555 0100", "+52 55 5555 0100", &[]),
        ("mx", "es", "+1 555 010 0123", "", &[phone("+1 555 010 0123")]),
        // Nothing is known of it.
        ("other", "", "+1 555 010 0123", "020 7946 0000", &[]),
    ];
    for (region, languages, phone, closed, want) in rows {
        let (settings, bad) =
            read(&[("region", region), ("languages", languages), ("phone", phone), ("afterHours", closed)]);
        assert_eq!(bad, [], "{region} {phone}");
        assert_eq!(
            doubts(&settings, pack().region(region).unwrap(), &["en", "es"]),
            *want,
            "{region} “{languages}” {phone} {closed}"
        );
    }
}

/// Each region says whom its lines answer, but "somewhere else", of which that can't be known.
#[test]
fn each_region_says_which_languages_its_lines_speak() {
    for region in &pack().regions {
        let other = region.id == "other";
        assert_eq!((region.spoken.is_empty(), region.calling.is_empty()), (other, other), "{}", region.id);
    }
}

/// A finished file is opened again: what stands in it comes out as it is, and what is no file of
/// ours is told apart.
#[test]
fn the_settings_come_out_of_a_finished_file_again() {
    let settings = Settings {
        clinic: "</script> \"Río\" & <b>".into(),
        welcome: "One\nTwo".into(),
        region: "gb".into(),
        kiosk: "yes".into(),
        own_origin: "yes".into(),
        ..Settings::default()
    };
    let file = with_settings(&blank(), &settings, pack().region("gb")).unwrap();
    let Opened::Settings(mut read) = read_settings(&file) else { panic!("it is not read") };
    let mut want: Vec<(String, String)> =
        settings.pairs().into_iter().map(|(name, value)| (name.into(), value)).collect();
    read.sort();
    want.sort();
    assert_eq!(read, want);
    for name in ["plain", "spanish", "kiosk"] {
        let file = common::fixture_file(&format!("v0.1.0/files/{name}.html"));
        let Opened::Settings(read) = read_settings(&file) else { panic!("{name} is not read") };
        let want: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&common::fixture_file(&format!("v0.1.0/files/{name}.json"))).unwrap();
        assert_eq!(read.into_iter().collect::<std::collections::BTreeMap<_, _>>(), want, "{name}");
    }
    assert_eq!(read_settings(&blank()), Opened::Settings(Vec::new()));
    for other in ["", "<html></html>", "<script type=\"application/json\" id=\"settings\">{}</script>", "\u{0}PNG"] {
        assert_eq!(read_settings(other), Opened::NotOurs, "{other}");
    }
    for block in ["{\"clinic\":\"A\" \"phone\":\"1\"}", "[]", "", "\"x\"", "{"] {
        assert_eq!(read_settings(&blank().replace(">{}<", &format!(">{block}<"))), Opened::Broken, "{block}");
    }
    // By hand: a number, a list, nothing.
    let by_hand = blank().replace(">{}<", ">{\"corners\":12,\"languages\":[\"es\"],\"phone\":null}<");
    let pairs = [("corners", "12"), ("languages", "[\"es\"]")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(read_settings(&by_hand), Opened::Settings(pairs.into()));
}

/// `boot.js` says so by this name, and no value could be right.
#[test]
fn a_block_that_is_no_json_is_told_with_what_to_do() {
    let (settings, bad) = read(&[("settings", "?")]);
    assert_eq!(settings, read(&[]).0);
    let [one] = &bad[..] else { panic!("{bad:?}") };
    assert_eq!(one.name, "the block of settings");
    for words in ["comma", "setup.html", "none of its settings is used"] {
        assert!(one.want.contains(words), "{}", one.want);
    }
}

/// The settings that come with the project are read by the same list.
#[test]
fn our_own_settings_are_sound() {
    for file in ["settings.json", "public/demo-settings.json"] {
        let values: Map<String, Value> =
            serde_json::from_str(&std::fs::read_to_string(root().join(file)).unwrap()).unwrap();
        let pairs: Vec<(&str, &str)> = values.iter().map(|(n, v)| (n.as_str(), v.as_str().unwrap())).collect();
        assert_eq!(read(&pairs).1, [], "{file}");
    }
}

/// The set-up page has a field for each, and a place for what is wrong with it.
#[test]
fn the_set_up_page_has_a_field_for_each() {
    let page = std::fs::read_to_string(root().join("setup.html")).unwrap();
    for setting in SETTINGS {
        let name = setting.name;
        assert!(page.contains(&format!("id=\"wrong-{name}\"")), "{name} has no place for what is wrong");
        let drawn = ["languages", "without"].contains(&name) && page.contains(&format!("<div id=\"{name}\">"));
        let coloured = name == "colours" && page.contains("name=\"colour5-on\"");
        let asked = name == "questions" && page.contains("<div id=\"own-list\"");
        assert!(drawn || coloured || asked || page.contains(&format!("name=\"{name}\"")), "{name} has no field");
    }
}

/// The words of the set-up page in a language.
fn setup_words(lang: &str) -> std::collections::BTreeMap<String, String> {
    toml::from_str(&std::fs::read_to_string(root().join(format!("content/{lang}/setup.toml"))).unwrap()).unwrap()
}

/// Each language says the same things, with the same places to fill, and the page names no words
/// that are not there.
#[test]
fn the_set_up_page_has_all_its_words_in_each_language() {
    let (en, es) = (setup_words("en"), setup_words("es"));
    assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
    let places = |text: &str| (0..4).map(|n| text.matches(&format!("{{{n}}}")).count()).collect::<Vec<_>>();
    for (key, text) in &en {
        assert_eq!(places(text), places(&es[key]), "{key}");
        assert!(!es[key].trim().is_empty() && !text.trim().is_empty(), "{key}");
    }
    let page = std::fs::read_to_string(root().join("setup.html")).unwrap();
    for mark in ["data-w=\"", "data-w-label=\""] {
        for key in page.split(mark).skip(1).map(|rest| rest.split_once('"').unwrap().0) {
            assert!(en.contains_key(key), "there are no words called {key}");
        }
    }
    // What a value should be, by its kind, and what is said in place of each setting's name.
    let refuses = |text: &str| refused::quoted([pack()], text);
    let known = Known::of(pack(), &["en", "es"], &refuses);
    for setting in SETTINGS.iter().chain(FILE_ONLY) {
        for key in [format!("want-{}", setting.shape(&known).kind), setting.attribute()] {
            assert!(en.contains_key(&key), "{}: there are no words called {key}", setting.name);
        }
    }
    for kind in ["plain", "wordpress", "wix", "squarespace", "webflow", "kiosk"] {
        assert!(
            (1..=3).all(|step| en.contains_key(&format!("next-{kind}-{step}")))
                && !en.contains_key(&format!("next-{kind}-4")),
            "{kind}"
        );
    }
}

/// The example on paper is a person whom this version of the questionnaire asks, the same in each
/// language.
#[test]
fn the_example_on_paper_answers_what_is_asked() {
    let mut goals = Vec::new();
    for lang in ["en", "es"] {
        let answers = engine::answers::Answers::decode(&setup_words(lang)["example"]).unwrap();
        assert_eq!(engine::migrate::migrate(pack(), &answers), answers, "{lang}");
        let form = EvaluatedForm::new(&pack().questionnaire, &answers);
        let is_question = |link: &str| pack().questionnaire.item(link).is_none_or(engine::pack::Item::is_question);
        let unasked =
            answers.iter().filter(|(key, _)| is_question(&key.link) && !form.asked(&key.link, key.repetition));
        let unasked: Vec<&str> = unasked.map(|(key, _)| key.link.as_str()).collect();
        assert_eq!(unasked, [""; 0], "{lang}");
        assert!(answers.iter().count() > 80, "{lang}");
        let own: Vec<String> = answers.iter().map(|(key, answer)| format!("{key:?}{answer:?}")).collect();
        goals.push(own);
    }
    let different = goals[0].iter().zip(&goals[1]).filter(|(a, b)| a != b).count();
    assert_eq!(different, 1, "only the goal is in words of its own");
}

/// A section left out is not asked, and the clinician's sheet says so.
#[test]
fn what_a_clinic_leaves_out_is_told_as_not_asked() {
    let answers = fixture("everything-yes");
    for section in &pack().safety.optional {
        let mut content = authored().pack.clone();
        content.leave_out(&|s| s == section);
        let form = EvaluatedForm::new(&content.questionnaire, &answers);
        assert!(!form.asked(section, 0), "{section} is asked");
        let label = content.questionnaire.item(section).unwrap().label().to_string();
        let region = content.region("us").unwrap();
        let settings = Settings::default();
        let context = engine::summary::Context { date: "today", region, settings: &settings, leave_out: false };
        let text = text_of(&engine::summary::sheets(&content, &answers, context).clinician.unwrap());
        let line = text.lines().find(|l| l.starts_with(content.words.sheet_not_asked_list())).unwrap_or_default();
        assert!(line.contains(&label), "{section}: “{line}”");
        let screens = format!("{:?}", walk::steps(&content, &form));
        let first = &content.questionnaire.item(section).unwrap().items[0].link_id;
        assert!(!screens.contains(&format!("{first:?}")), "{section}: there is a screen for {first}");
    }
}

/// The clinic's words stand on the sheet to keep under a heading that says whose they are; the
/// clinician's is not touched.
#[test]
fn a_clinics_own_words_are_marked_as_its_own() {
    let settings = Settings {
        prepare: "Wear a loose sleeve.".into(),
        address: "1 Example Street".into(),
        hours: "Nine to five".into(),
        ..Settings::default()
    };
    let with = sheets_with(&fixture("everything-yes"), false, &settings);
    let text = text_of(&with.keep);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("“{words}” is missing:\n{text}"));
    assert!(at(pack().words.from_clinic()) < at("Wear a loose sleeve."));
    assert!(at("1 Example Street") < at("Nine to five"));
    let without = sheets_with(&fixture("everything-yes"), false, &Settings::default());
    assert_eq!(with.clinician, without.clinician);
}

/// Booking is on the clinic's page about itself alone: never on paper, never beside a score, an
/// answer or an end.
#[test]
fn the_page_for_appointments_is_on_no_sheet_and_on_one_screen() {
    let settings = Settings { booking: "https://clinic.example/book".into(), ..Settings::default() };
    for answers in common::fixtures().values() {
        let sheets = sheets_with(answers, false, &settings);
        for sheet in sheets.clinician.iter().chain([&sheets.keep]) {
            let text = text_of(sheet);
            assert!(!text.contains("clinic.example/book") && !text.contains(pack().words.clinic_booking()), "{text}");
        }
    }
    let screens: Vec<String> =
        std::fs::read_dir(root().join("src/screens")).unwrap().map(|e| e.unwrap().path()).flat_map(below).collect();
    assert_eq!(screens, ["about.rs"]);
}

/// The files at or below a path that name booking.
fn below(path: std::path::PathBuf) -> Vec<String> {
    if path.is_dir() {
        return std::fs::read_dir(&path).unwrap().flat_map(|e| below(e.unwrap().path())).collect();
    }
    let names = std::fs::read_to_string(&path).unwrap().contains("booking");
    names.then(|| path.file_name().unwrap().to_string_lossy().into()).into_iter().collect()
}

/// Case 24 of issue 13: a file with settings without end is read at once, and names a few.
#[test]
fn unknown_settings_without_end_are_named_up_to_a_limit() {
    let names: Vec<String> = (0..180_000).map(|n| format!("setting-{n}")).collect();
    let refuses = |text: &str| refused::quoted([pack()], text);
    let (_, bad) = Settings::read(&|_| None, &names, &Known::of(pack(), &["en"], &refuses));
    assert_eq!(bad.len(), 20);
    // Case 16: a name whose accents come apart.
    let (settings, bad) = read(&[("clinic", "Cli\u{301}nica N\u{303}andu\u{301}")]);
    assert_eq!((settings.clinic.as_str(), bad.len()), ("Clínica Ñandú", 0));
}

/// Whatever stands in the block of settings is refused by name, or taken: then it is one of the
/// kinds of text that it may be, it can't end the block it is written into, and it comes back the
/// same.
#[test]
fn fuzz_the_block_of_settings() {
    let bare = format!("{}{}{}", one_file::EMPTY_HELP, one_file::EMPTY_CLINIC, one_file::EMPTY_BLOCK);
    let good = [
        json!({ "clinic": "Río & Söhne <Infusions>", "phone": "+1 (555) 010-0123", "afterHours": "555.010.0199", "address": "1 Example Street" }),
        json!({ "booking": "https://clinic.example:8443/book?visit=first#now", "logo": PIXEL, "region": "gb", "languages": "es, en" }),
        json!({ "welcome": "We are glad.\nTake your time.", "colours": "#1c5954 auto #000000", "corners": "24", "font": "round", "without": "trauma" }),
        json!({ "kiosk": "yes", "kioskIdle": "60", "kioskPrint": "no", "kioskPin": "2468", "heading": "2", "ownOrigin": "yes" }),
    ];
    common::fuzz::fuzz("settings", &good.map(|value| value.to_string()), |block| {
        let file = bare.replace("{}</script>", &format!("{block}</script>"));
        let Opened::Settings(values) = read_settings(&file) else { return Ok(()) };
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (settings, bad) = read(&values);
        for bad in &bad {
            prop_assert!(!bad.want.is_empty() && bad.name.chars().count() <= 40, "{:?}", bad);
        }
        let pairs = settings.pairs();
        for (name, value) in &pairs {
            let line = !["welcome", "prepare"].contains(name);
            let odd = |c: char| {
                c.is_control() && (line || c != '\n')
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
            };
            prop_assert!(!value.contains(odd), "{} may hold {:?}", name, value);
            prop_assert!(*name != "booking" || value.starts_with("https://"), "{}", value);
        }
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        prop_assert_eq!(read(&pairs), (settings.clone(), Vec::new()));
        let made = with_settings(&bare, &settings, pack().region(&settings.region)).unwrap_or_default();
        for mark in ["<script", "</script>", "<p ", "</p>"] {
            prop_assert_eq!(made.matches(mark).count(), bare.matches(mark).count(), "{}", made);
        }
        let written: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect();
        let mut back = match read_settings(&made) {
            Opened::Settings(values) => values,
            other => return Err(proptest::test_runner::TestCaseError::fail(format!("{other:?}: {made}"))),
        };
        back.sort();
        let mut wanted = written;
        wanted.sort();
        prop_assert_eq!(back, wanted);
        Ok(())
    });
}
