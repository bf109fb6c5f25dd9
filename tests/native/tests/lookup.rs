//! Type-ahead over the whole list of medicines of the dossier's 5.3: every name, and every name
//! with one slip.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{answered, fixture_file, pack, part_text};
use engine::answer_edit;
use engine::answers::{Answer, Value};
use engine::findings;
use engine::lookup::{MOST, exact, fold, suggest};
use engine::pack::AnswerOption;
use std::collections::BTreeMap;

fn options() -> &'static [AnswerOption] {
    &pack().questionnaire.item("medicines").unwrap().options
}

/// What the dossier calls each medicine, and the code it must find.
fn names() -> BTreeMap<String, String> {
    let table: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(&fixture_file("dossier-medicines.toml")).unwrap();
    let names = table["names"].clone();
    assert!(names.len() > 280, "the list of the dossier is whole");
    names
}

fn found(typed: &str) -> Vec<&'static str> {
    suggest(options(), typed).iter().map(|o| o.code.as_str()).collect()
}

#[test]
fn every_name_is_found_first() {
    for (name, code) in names() {
        for typed in [
            name.clone(),
            name.to_uppercase(),
            name.to_lowercase(),
            format!("  {name} "),
            name.replace('-', " "),
            name.replace(' ', "-"),
        ] {
            assert_eq!(found(&typed).first(), Some(&code.as_str()), "“{typed}”");
            // Samidorphan is sold in a combination only.
            let want = (name != "samidorphan").then_some(code.as_str());
            assert_eq!(exact(options(), &typed).map(|o| o.code.as_str()), want, "“{typed}” is exactly a name");
        }
    }
}

/// The beginning of a name is enough to see it among the suggestions.
#[test]
fn six_letters_are_enough() {
    for (name, code) in names() {
        let start: String = name.chars().take(6).collect();
        assert!(found(&start).contains(&code.as_str()), "“{start}” for {name}: {:?}", found(&start));
    }
}

/// One letter wrong, missing, extra, or swapped with its neighbour, at every place of every name.
/// Unoptimised code tries a seventh of them.
#[test]
fn one_slip_is_forgiven() {
    let mut lost = Vec::new();
    let step = if cfg!(debug_assertions) { 7 } else { 1 };
    let mut tried = 0;
    for (name, code) in names() {
        let letters: Vec<char> = name.chars().collect();
        if letters.len() < 5 {
            continue;
        }
        for typed in slips(&letters).into_iter().skip(tried % step).step_by(step) {
            tried += 1;
            if !found(&typed).contains(&code.as_str()) {
                lost.push(format!("“{typed}” does not find {name}: {:?}", found(&typed)));
            }
        }
    }
    assert!(tried > 10_000 / step, "only {tried} slips were tried");
    assert!(
        lost.is_empty(),
        "{} of {tried} slips are not forgiven, for instance\n{}",
        lost.len(),
        lost.iter().take(40).cloned().collect::<Vec<_>>().join("\n")
    );
}

fn slips(letters: &[char]) -> Vec<String> {
    let mut out = Vec::new();
    let text = |l: Vec<char>| l.into_iter().collect::<String>();
    for i in 0..letters.len() {
        // A wrong letter that is not by chance the right one.
        let mut wrong = letters.to_vec();
        wrong[i] = if letters[i].eq_ignore_ascii_case(&'q') { 'k' } else { 'q' };
        let mut missing = letters.to_vec();
        missing.remove(i);
        let mut extra = letters.to_vec();
        extra.insert(i, 'q');
        let mut doubled = letters.to_vec();
        doubled.insert(i, letters[i]);
        out.extend([text(wrong), text(missing), text(extra), text(doubled)]);
        if i + 1 < letters.len() {
            let mut swapped = letters.to_vec();
            swapped.swap(i, i + 1);
            out.push(text(swapped));
        }
    }
    out
}

/// Two letters off, and one sound: Dutch and Spanish write f for ph, and so does whoever heard the
/// name.
#[test]
fn names_are_found_as_they_sound() {
    for (typed, code) in [
        ("theofylline", "theophylline"),
        ("teofylline", "theophylline"),
        ("fenelzine", "phenelzine"),
        ("diphenhidramine", "diphenhydramine"),
    ] {
        assert_eq!(found(typed).first().copied(), Some(code), "“{typed}”: {:?}", found(typed));
    }
    // Never in front of what is written so.
    assert_eq!(found("fent").first().copied(), Some("fentanyl"));
    assert!(!found("phen").contains(&"fentanyl"), "{:?}", found("phen"));
}

#[test]
fn how_names_are_folded() {
    let rows = [
        ("St John's wort", "st johns wort"),
        ("St John’s wort", "st johns wort"),
        ("Claritin-D", "claritin d"),
        ("  Theo-24 ", "theo 24"),
        ("ÉSKÉTAMÍNE", "esketamine"),
        ("", ""),
        ("-", ""),
        ("😀", ""),
        ("MS  Contin", "ms contin"),
    ];
    for (name, folded) in rows {
        assert_eq!(fold(name), folded, "“{name}”");
    }
}

/// A name is looked for in runs of eight words at most.
#[test]
fn no_name_has_more_than_eight_words() {
    for option in options() {
        for name in std::iter::once(&option.text).chain(&option.synonyms) {
            assert!(fold(name).split(' ').count() <= 8, "{name}");
        }
    }
}

#[test]
fn little_or_odd_input_is_quiet() {
    for typed in ["", " ", "a", "-", "'", "😀", "\u{0}", "((((", "%"] {
        assert!(found(typed).is_empty(), "“{typed}”: {:?}", found(typed));
    }
    for typed in ["an", "am", "chlor", "a medicine whose name goes on and on and on and on and is nowhere in the list"]
    {
        assert!(found(typed).len() <= MOST, "“{typed}”");
    }
}

#[test]
fn an_unknown_name_is_kept_as_typed() {
    for typed in ["Zzyzzafil forte", "my grandmother's drops", "xx", "vitamin X; 10%"] {
        assert_eq!(exact(options(), typed), None, "{typed}");
        let item = pack().questionnaire.item("medicines").unwrap();
        let before = Answer::code("sertraline");
        let after = answer_edit::add(item, Some(&before), Value::Text(typed.into()));
        assert_eq!(after, Answer::Given(vec![Value::code("sertraline"), Value::Text(typed.into())]));
        let mut answers = answered("age=25-44;takes-medicines=yes");
        answers.set(engine::answers::Key::first("medicines"), after);
        let medicines = part_text(&common::clinician(&answers), "medicines");
        assert!(medicines.contains(typed), "{medicines}");
    }
}

/// Combination brands flag each of their parts (5.3).
#[test]
fn combinations_flag_each_part() {
    let rows: [(&str, &[&str]); 9] = [
        ("Contrave", &["D05", "D18"]),
        ("Auvelity", &["D17", "D18"]),
        ("Symbyax", &["D16", "D19"]),
        ("Suboxone", &["D04-b"]),
        ("Lybalvi", &["D05", "D16"]),
        ("Percocet", &["D04-b"]),
        ("Norco", &["D04-b"]),
        ("Advil Cold", &["D08"]),
        ("Claritin-D", &["D08"]),
    ];
    for (brand, rules) in rows {
        let code = &exact(options(), brand).unwrap().code;
        // Seizures, since D18 asks for them.
        let answers = answered(&format!("age=25-44;s16=yes;takes-medicines=yes;medicines={code}"));
        let form = common::evaluated(&answers);
        let fired: Vec<&str> = findings::about(pack(), &form, "medicines").iter().map(|r| r.id.as_str()).collect();
        for rule in rules {
            assert!(fired.contains(rule), "{brand}: {rule} is not in {fired:?}");
        }
    }
}

/// Every medicine of the classes that D01 to D25 name sets its flag.
#[test]
fn classes_set_their_flags() {
    let rows: [(&str, &str); 24] = [
        ("D01", "theophylline aminophylline"),
        ("D02", "phenelzine tranylcypromine isocarboxazid selegiline linezolid methylene-blue"),
        (
            "D03",
            "alprazolam clonazepam lorazepam diazepam temazepam chlordiazepoxide oxazepam clobazam zolpidem eszopiclone zaleplon",
        ),
        (
            "D04-b",
            "oxycodone hydrocodone morphine hydromorphone fentanyl methadone buprenorphine tramadol tapentadol codeine",
        ),
        ("D05", "naltrexone naltrexone-bupropion olanzapine-samidorphan"),
        ("D06", "lamotrigine"),
        (
            "D07",
            "methylphenidate dexmethylphenidate amphetamine-salts dextroamphetamine lisdexamfetamine atomoxetine modafinil armodafinil",
        ),
        ("D08", "pseudoephedrine phenylephrine vasopressin"),
        ("D09", "liothyronine levothyroxine"),
        (
            "D10",
            "clarithromycin erythromycin ketoconazole itraconazole voriconazole ritonavir cobicistat ticlopidine clopidogrel",
        ),
        ("D11", "rifampin carbamazepine phenytoin phenobarbital st-johns-wort efavirenz"),
        ("D14", "clonidine guanfacine dexmedetomidine"),
        ("D15", "gabapentin pregabalin baclofen cyclobenzaprine tizanidine methocarbamol carisoprodol"),
        (
            "D16",
            "aripiprazole brexpiprazole quetiapine olanzapine cariprazine lurasidone lumateperone risperidone ziprasidone clozapine haloperidol",
        ),
        ("D16-antihistamine", "diphenhydramine doxylamine hydroxyzine"),
        ("D17", "dextromethorphan dextromethorphan-bupropion memantine amantadine"),
        (
            "D19",
            "citalopram escitalopram fluoxetine fluvoxamine paroxetine sertraline venlafaxine desvenlafaxine duloxetine mirtazapine lithium",
        ),
        ("D20", "semaglutide tirzepatide liraglutide"),
        ("D21", "insulin glipizide glimepiride"),
        ("D22", "metoprolol propranolol carvedilol lisinopril amlodipine losartan hydrochlorothiazide prazosin"),
        ("D23", "hydrochlorothiazide"),
        ("D24", "esketamine"),
        ("S43-med", "ketamine"),
        ("D18", "tramadol bupropion clozapine"),
    ];
    for (rule, codes) in rows {
        for code in codes.split(' ') {
            let answers = answered(&format!("age=25-44;s16=yes;takes-medicines=yes;medicines={code}"));
            let form = common::evaluated(&answers);
            let fired: Vec<&str> = findings::about(pack(), &form, "medicines").iter().map(|r| r.id.as_str()).collect();
            assert!(fired.contains(&rule), "{code}: {rule} is not in {fired:?}");
        }
    }
}

/// Both lists offer the same names: what is taken now, and what was tried.
#[test]
fn both_lists_are_one() {
    assert_eq!(pack().questionnaire.item("trial-medicine").unwrap().options, options());
}

/// Section M of the evidence supplement: each of its names has the flags that are confirmed there,
/// and no other.
#[test]
fn flags_of_the_supplement_row_by_row() {
    let rows: BTreeMap<String, Vec<String>> = toml::from_str(&fixture_file("medicine-flags.toml")).unwrap();
    assert!(rows.len() > 70);
    for (code, want) in rows {
        // Seizures, since D18 asks for them.
        let answers = answered(&format!("age=25-44;s16=yes;takes-medicines=yes;medicines={code}"));
        let form = common::evaluated(&answers);
        let mut fired: Vec<&str> = findings::about(pack(), &form, "medicines").iter().map(|r| r.id.as_str()).collect();
        let mut want: Vec<&str> = want.iter().map(String::as_str).collect();
        fired.sort_unstable();
        want.sort_unstable();
        assert_eq!(fired, want, "{code}");
    }
}

/// A frequent medicine that nothing in the evidence names is found, printed, and flagged by
/// nothing.
#[test]
fn frequent_medicines_have_no_flag() {
    for code in ["acetaminophen", "atorvastatin", "omeprazole", "albuterol", "isosorbide-mononitrate", "zonisamide"] {
        let answers = answered(&format!("age=25-44;s16=yes;takes-medicines=yes;medicines={code}"));
        let form = common::evaluated(&answers);
        assert!(findings::about(pack(), &form, "medicines").is_empty(), "{code}");
        let name = code.replace('-', " ");
        assert_eq!(found(&name).first(), Some(&code), "{name}");
        assert!(part_text(&common::clinician(&answers), "medicines").contains(&name), "{name}");
    }
}
