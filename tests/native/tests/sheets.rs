//! The two sheets: their order, what each part says of the named answer sets, and what may never
//! stand on them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::nonminimal_bool, reason = "written the way it is said")]

mod common;

use common::{
    all_text, answered, clinician, fixture, fixtures, has_word, pack, part, part_text, sheets, sheets_with, text_of,
    value_of, walk_through,
};
use engine::answers::{Answer, Answers, Key, Value};
use engine::pack::{Item, Kind, Settings, Tier};
use engine::summary::{Mark, Row, Sheet};

fn ids(sheet: &Sheet) -> Vec<&'static str> {
    sheet.parts.iter().map(|p| p.id).collect()
}

fn rows(sheet: &Sheet) -> impl Iterator<Item = &Row> {
    sheet.parts.iter().flat_map(|p| &p.rows)
}

/// Marks of the safety box, in order.
fn marks(sheet: &Sheet) -> Vec<Mark> {
    let safety = sheet.parts.iter().find(|p| p.id == "safety");
    let marked = safety.into_iter().flat_map(|p| &p.rows).filter_map(|r| match r {
        Row::Answer { mark, .. } => *mark,
        _ => None,
    });
    marked.collect()
}

/// The order of the dossier's 6.1. A part with nothing to say is left away, and the order stays.
const ORDER: [&str; 11] =
    ["safety", "why", "medicines", "scores", "tried", "other", "practical", "questions", "open", "no", "by-hand"];

#[test]
fn the_clinicians_sheet_has_the_order_of_6_1() {
    for (name, answers) in fixtures() {
        let Some(sheet) = sheets(answers).clinician else { continue };
        let places: Vec<usize> = ids(&sheet)
            .iter()
            .map(|id| ORDER.iter().position(|o| o == id).unwrap_or_else(|| panic!("{name}: the part {id} is new")))
            .collect();
        assert!(places.windows(2).all(|w| w[0] < w[1]), "{name}: {:?}", ids(&sheet));
        // Medicines and scores are never left away: silence would look like "none".
        assert!(ids(&sheet).contains(&"medicines") && ids(&sheet).contains(&"scores"), "{name}: {:?}", ids(&sheet));
    }
    // Who says yes to everything says no to nothing; what is open stands there nevertheless.
    let of = |name: &str| ids(&clinician(&fixture(name)));
    assert_eq!(
        of("everything-yes").into_iter().filter(|id| !["open", "no"].contains(id)).collect::<Vec<_>>(),
        ORDER[..8]
    );
    assert_eq!(of("pain-and-heart"), ORDER);
}

/// Two answers to a question make two different sheets: none is swallowed. The exceptions are
/// listed with their reason.
#[test]
fn every_answer_is_on_the_sheets() {
    let same = [
        // The section is then not asked, whichever of the two it was.
        ("ptsd-ok", ["no", "-"]),
        // "Yes" and no more, and nothing at all: not answered both.
        ("ptsd-gate", ["LA33-6", "-"]),
        // The list of medicines stands there either way.
        ("takes-medicines", ["yes", "asked-unknown"]),
        // Nothing is left room for.
        ("tried-paper", ["no", "-"]),
    ];
    // Dossier 4.7 wants no line for "Never"; under 18 nothing is told; the others show by what
    // follows from them.
    let untold = [
        ("s38", "LA6270-8"),
        ("s39", "LA6270-8"),
        ("age", "under-18"),
        ("takes-medicines", "asked-unknown"),
        ("tried-paper", "yes"),
    ];
    // The most that each question can be answered with, so that what depends on it is asked.
    let first = ["yes", "25-44", "yes-recent", "yes-severe", "now", "severe", "yes-both", "yes-high", "yes-me"];
    let most = |item: &Item| match item.kind {
        Kind::String | Kind::Text => Answer::Given(vec![Value::Text(item.link_id.clone())]),
        Kind::Integer | Kind::Decimal => Answer::Given(vec![Value::Number(5.0)]),
        Kind::Quantity => Answer::Given(vec![Value::Quantity(150.0, item.units[0].code.clone())]),
        Kind::Group | Kind::Page => Answer::code("false"),
        _ if item.link_id == "tried-paper" => Answer::code("no"),
        _ if item.repeats && item.kind != Kind::OpenLookup => {
            Answer::Given(item.options.iter().filter(|o| !o.exclusive).map(|o| Value::code(&o.code)).collect())
        }
        _ => Answer::code(first.into_iter().find(|f| item.option(f).is_some()).unwrap_or(&item.options[0].code)),
    };
    let all = walk_through(Answers::default(), |i, _| most(i));
    let mut wrong = Vec::new();
    let mut tried = 0;
    // What is asked on screens of its own stands on the sheets by other rules: tests/deciding.rs.
    let none = Answers::default();
    let apart = |i: &Item| {
        common::evaluated(&none).path(&i.link_id).iter().any(|around| pack().safety.apart.contains(&around.link_id))
    };
    for item in pack().questionnaire.all().into_iter().filter(|i| i.is_question() && !apart(i)) {
        let link = item.link_id.as_str();
        let own = item.options.is_empty() || matches!(item.kind, Kind::OpenLookup | Kind::OpenChoice);
        let values = own.then(|| ("'".to_string(), Answer::Given(vec![Value::Text("Own words".into())])));
        let coded = item.options.iter().take(30).map(|o| (o.code.clone(), Answer::code(&o.code)));
        let values: Vec<(String, Answer)> =
            [("-".to_string(), Answer::Skipped)].into_iter().chain(values).chain(coded).collect();
        let start = if common::evaluated(&all).asked(link, 0) {
            all.clone()
        } else {
            walk_through(answered(&format!("{link}=-")), |i, _| most(i))
        };
        let mut seen: Vec<(&str, String)> = Vec::new();
        for (name, answer) in &values {
            let mut answers = start.clone();
            answers.set(Key::first(link), answer.clone());
            if !common::evaluated(&answers).asked(link, 0) {
                continue;
            }
            tried += 1;
            let text = all_text(&sheets(&answers));
            let shown =
                answer.values().first().map(|v| engine::summary::value(&pack().words, item, v)).unwrap_or_default();
            let trace = [item.label(), &item.text, &shown].into_iter().any(|t| text.contains(t));
            let counted = pack().instruments.iter().any(|i| i.items.iter().any(|l| l == link));
            if !(trace || counted || untold.contains(&(link, name.as_str()))) {
                wrong.push(format!("{link}: no word of “{name}”"));
            }
            for (before, _) in seen.iter().filter(|(_, t)| *t == text) {
                let known = |(l, pair): &(&str, [&str; 2])| {
                    *l == link && (*pair == [before, name.as_str()] || *pair == [name.as_str(), before])
                };
                if !same.iter().any(known) {
                    wrong.push(format!("{link}: “{before}” and “{name}”"));
                }
            }
            seen.push((name, text));
        }
    }
    assert!(wrong.is_empty() && tried > 500, "of {tried}: {wrong:#?}");
}

#[test]
fn header_and_footer() {
    for (name, answers) in fixtures() {
        let both = sheets(answers);
        let Some(sheet) = both.clinician else { continue };
        // Who sells the treatment is said to whom it is sold: on the sheet to keep.
        assert!(both.keep.foot.contains(&pack().about.sells), "{name}: {:?}", both.keep.foot);
        let lead = sheet.lead.join("\n");
        assert!(
            lead.contains("Prepared by the patient on 22 November 2026")
                && lead.contains("not checked, not a diagnosis"),
            "{name}: {lead}"
        );
        let foot = sheet.foot.join("\n");
        for words in [
            "Prepared to support a conversation, not to decide on treatment.",
            &pack().version,
            &pack().checked_on,
            "English",
        ] {
            assert!(foot.contains(words), "{name}: the foot lacks “{words}”: {foot}");
        }
    }
    // What was not asked is said, by section.
    let foot = clinician(&fixture("light")).foot.join("\n");
    assert!(foot.contains("Not asked: Your pain"), "{foot}");
    assert!(!clinician(&fixture("everything-yes")).foot.join("\n").contains("Not asked"));
}

#[test]
fn fixtures_render_without_empty_parts_or_lines() {
    for (name, answers) in fixtures() {
        for leave_out in [false, true] {
            let sheets = sheets_with(answers, leave_out, &Settings::default());
            for sheet in sheets.clinician.iter().chain([&sheets.keep]) {
                assert!(!sheet.title.is_empty(), "{name}");
                for part in &sheet.parts {
                    assert!(!part.heading.trim().is_empty() && !part.rows.is_empty(), "{name}: {} is empty", part.id);
                    for row in &part.rows {
                        let whole = match row {
                            Row::Line(line) => !line.trim().is_empty(),
                            Row::Answer { label, value, note, .. } => {
                                !label.trim().is_empty() && !(value.is_empty() && note.is_empty())
                            }
                            Row::Quote { label, text } => !label.trim().is_empty() && !text.is_empty(),
                            Row::Tick { text, .. } => !text.trim().is_empty(),
                            Row::Table { columns, rows } => {
                                !columns.is_empty() && !rows.is_empty() && rows.iter().all(|r| r.len() == columns.len())
                            }
                            Row::Blank(n) => *n > 0,
                        };
                        assert!(whole, "{name}: {}: {row:?}", part.id);
                    }
                }
                let text = text_of(sheet);
                for rubbish in ["{", "}", "undefined", "  (", "()", ": ;", "; ;"] {
                    assert!(!text.contains(rubbish), "{name}: “{rubbish}” in\n{text}");
                }
            }
        }
    }
}

/// No line stands twice in one part: a clinician reads a repetition as two findings.
#[test]
fn no_line_stands_twice() {
    for (name, answers) in fixtures() {
        let Some(sheet) = sheets(answers).clinician else { continue };
        for part in &sheet.parts {
            for (i, row) in part.rows.iter().enumerate() {
                assert!(!part.rows[..i].contains(row), "{name}: {}: twice {row:?}", part.id);
            }
        }
        // A question about suicide is answered once, and told once, whatever wording of it is
        // printed.
        for link in &pack().safety.may_leave_out {
            let item = pack().questionnaire.item(link).unwrap();
            let count = rows(&sheet)
                .filter(|r| matches!(r, Row::Answer { label, .. } if *label == item.text || label == item.label()))
                .count();
            assert!(count <= 1, "{name}: {link} stands there {count} times:\n{}", text_of(&sheet));
        }
    }
}

#[test]
fn the_safety_box_stands_first_and_only_if_there_is_something() {
    // E before A before what is open, each in the patient's own answers.
    let sheet = clinician(&fixture("everything-yes"));
    let got = marks(&sheet);
    assert_eq!(got.iter().filter(|m| **m == Mark::Emergency).count(), 7);
    assert!(got.iter().take(7).all(|m| *m == Mark::Emergency), "{got:?}");
    assert!(
        got.iter().all(|m| matches!(m, Mark::Emergency | Mark::First | Mark::Open)),
        "only E and A stand in the box: {got:?}"
    );
    // Every tier-A and tier-E rule that fires stands in it, with its own note.
    let answers = fixture("heaviest");
    let form = common::evaluated(&answers);
    let safety = part_text(&clinician(&answers), "safety");
    let about_suicide = |about: &str| pack().safety.may_leave_out.iter().any(|l| l == about);
    for found in engine::findings::all(pack(), &form)
        .iter()
        .filter(|f| f.outcome == engine::rules::Outcome::Yes && f.rule.tier <= Tier::A)
    {
        assert!(
            safety.contains(&found.rule.clinician) || about_suicide(&found.rule.about),
            "{} is not in the box:\n{safety}",
            found.rule.id
        );
    }
    // All "no": no adult to take the patient home stands in the box, and with a ride nothing is
    // marked.
    let mut all_no = fixture("everything-no");
    assert_eq!(marks(&clinician(&all_no)), [Mark::First]);
    all_no.set(Key::first("p02"), Answer::code("yes"));
    assert_eq!(marks(&clinician(&all_no)), []);
}

#[test]
fn item_9_stands_in_the_box_with_its_wording_and_answer() {
    for (name, answer, mark) in [
        ("item-9-several", "Several days", Some(Mark::First)),
        ("item-9-zero", "Not at all", None),
        ("item-9-skipped", "Not answered", Some(Mark::Open)),
    ] {
        let sheet = clinician(&fixture(name));
        let text = "Thoughts that you would be better off dead or of hurting yourself in some way";
        let row = part(&sheet, "safety").rows.iter().find_map(|r| match r {
            Row::Answer { mark, label, value, .. } if label == text => Some((*mark, value.as_str())),
            _ => None,
        });
        assert_eq!(row, Some((mark, answer)), "{name}");
    }
    // And the answer to the help panel's own question.
    for (code, words) in [
        ("yes-safe", "Yes, I can stay safe"),
        ("asked-unknown", "I'm not sure"),
        ("might-act", "No, I might act on these thoughts"),
        ("asked-declined", "I'd rather not say"),
    ] {
        let safety = part_text(&clinician(&answered(&format!("age=25-44;e1=yes;safe={code}"))), "safety");
        assert!(safety.contains(words), "{code}:\n{safety}");
    }
}

/// 6.1, 2: left out by the patient's choice, never a blank that looks like 0.
#[test]
fn answers_about_suicide_can_be_left_off_and_that_is_said() {
    let left_out = pack().words.sheet_left_out();
    for name in [
        "e1-yes",
        "might-act",
        "item-9-several",
        "item-9-zero",
        "item-9-skipped",
        "everything-yes",
        "everything-no",
        "heaviest",
        "all-not-sure",
    ] {
        let answers = fixture(name);
        let with = text_of(&sheets_with(&answers, false, &Settings::default()).clinician.unwrap());
        let without = text_of(&sheets_with(&answers, true, &Settings::default()).clinician.unwrap());
        assert!(!with.contains(left_out) && without.contains(left_out), "{name}");
        for link in &pack().safety.may_leave_out {
            let item = pack().questionnaire.item(link).unwrap();
            for words in [&item.text, &item.short] {
                assert!(!without.contains(words.as_str()), "{name}: {link} is still there:\n{without}");
            }
        }
        let form = common::evaluated(&answers);
        for rule in pack().rules.iter().filter(|r| pack().safety.may_leave_out.contains(&r.about)) {
            // A note that another rule has too betrays nothing.
            let shared = pack()
                .rules
                .iter()
                .any(|r| r.clinician == rule.clinician && !pack().safety.may_leave_out.contains(&r.about));
            assert!(shared || !without.contains(&rule.clinician), "{name}: the note of {} is still there", rule.id);
        }
        assert!(form.asked("age", 0));
    }
    // Nothing was said of it: then there is nothing to leave out, and no sentence that suggests
    // there was.
    let nothing = text_of(&sheets_with(&fixture("nothing-answered"), true, &Settings::default()).clinician.unwrap());
    assert!(!nothing.contains(left_out));
    // The rest of the sheet stays.
    let rest = text_of(&sheets_with(&fixture("everything-yes"), true, &Settings::default()).clinician.unwrap());
    assert!(rest.contains("Stroke or mini-stroke") && rest.contains("Chest pain"));
}

/// Left-out answers can't be worked out from what is left: a total of PHQ-9 next to 8 others would
/// tell item 9.
#[test]
fn no_part_prints_single_items_of_phq_9_beside_its_total() {
    let text = text_of(&clinician(&fixture("everything-yes")));
    for i in 1..=8 {
        let item = pack().questionnaire.item(&format!("phq9-{i}")).unwrap();
        assert!(!text.contains(&item.text) && !text.contains(&item.short), "item {i}");
    }
}

#[test]
fn no_medicines_and_not_answered_differ() {
    let medicines = |entries: &str| part_text(&clinician(&answered(&format!("age=25-44;{entries}"))), "medicines");
    let (none, skipped, blank, unsure, no_list, listed) = (
        medicines("takes-medicines=no"),
        medicines("takes-medicines=-"),
        medicines(""),
        medicines("takes-medicines=asked-unknown"),
        medicines("takes-medicines=yes;medicines=-"),
        medicines("takes-medicines=yes;medicines=sertraline"),
    );
    assert!(none.contains("Takes medicines: No") && !none.contains("All medicines"), "{none}");
    assert!(skipped.contains("Takes medicines: Not answered"), "{skipped}");
    assert!(blank.contains("Takes medicines: Not answered"), "{blank}");
    assert!(unsure.contains("Takes medicines: I'm not sure"), "{unsure}");
    assert!(no_list.contains("Takes medicines: Yes") && no_list.contains("All medicines: Not answered"), "{no_list}");
    assert!(listed.contains("Medicine: sertraline (Zoloft)") && !listed.contains("Takes medicines"), "{listed}");
    for text in [none, skipped, blank, unsure, no_list, listed] {
        assert!(text.contains("This tool knows only some interactions."), "{text}");
    }
}

#[test]
fn flags_come_before_the_list_and_typed_names_are_marked() {
    let sheet = clinician(&fixture("maoi-and-benzo"));
    let safety = part_text(&sheet, "safety");
    assert!(
        safety.contains("phenelzine (Nardil)")
            && safety.contains("MAOI: blood pressure may rise, watch it closely (Spravato label)"),
        "{safety}"
    );
    let medicines = part_text(&sheet, "medicines");
    // A row for each, with its dose and last time in the patient's words; what is urgent is read in
    // the box.
    let row = |name: &str| {
        medicines
            .lines()
            .find(|l| l.starts_with(&format!("- Medicine: {name}")))
            .unwrap_or_else(|| panic!("{name}: {medicines}"))
    };
    assert!(
        row("clonazepam").contains("Dose: 1 mg") && row("clonazepam").contains("Benzodiazepine or Z-drug"),
        "{medicines}"
    );
    assert!(
        row("phenelzine").contains("Dose: 45 mg") && row("phenelzine").contains(pack().words.sheet_see_first()),
        "{medicines}"
    );
    assert!(
        medicines.contains("last night") && !medicines.contains("phenelzine 45 mg, clonazepam 1 mg"),
        "{medicines}"
    );
    // A text that says more than names and doses is printed whole: nothing of it is lost.
    let more = part_text(
        &clinician(&answered(
            "age=25-44;takes-medicines=yes;medicines=lithium;med-doses='lithium%20300%20mg%2C%20half%20on%20Sundays",
        )),
        "medicines",
    );
    assert!(more.contains("lithium 300 mg, half on Sundays"), "{more}");
    // What several rows would say again is said once.
    let twice =
        part_text(&clinician(&answered("age=25-44;takes-medicines=yes;medicines=metoprolol,lisinopril")), "medicines");
    assert!(twice.contains("Discuss: as for metoprolol") && twice.matches("clinic decides").count() == 1, "{twice}");
    let typed = part_text(&clinician(&fixture("unknown-medicine")), "medicines");
    assert!(typed.contains("Medicine: Zzyzzafil forte (as typed, not in this tool's list)"), "{typed}");
    // Opioid and benzodiazepine together are tier A and stand in the box.
    let both =
        part_text(&clinician(&answered("age=25-44;takes-medicines=yes;medicines=oxycodone,lorazepam")), "safety");
    assert!(both.contains("Opioid with a benzodiazepine or Z-drug"), "{both}");
}

#[test]
fn not_sure_declined_and_not_answered_are_told_apart() {
    let sheet = clinician(&answered("age=25-44;s06=asked-unknown;s24=asked-declined;s07=-;s02=no;s13=yes"));
    let safety = part(&sheet, "safety");
    let w = &pack().words;
    let value = |label: &str| value_of(safety, label).unwrap_or_default();
    let has = |label: &str, what: &str| value(label).split("; ").any(|l| l == what);
    assert!(has(w.sheet_not_sure(), "Stroke or mini-stroke"), "{}", text_of(&sheet));
    assert!(has(w.sheet_declined(), "Pregnant, could be, or trying"), "{}", text_of(&sheet));
    assert!(has(w.sheet_not_answered(), "Aneurysm, AVM, or aorta problem"), "{}", text_of(&sheet));
    for label in [w.sheet_not_sure(), w.sheet_declined(), w.sheet_not_answered()] {
        assert!(!value(label).contains("Hospital for high blood pressure"), "s02 was answered");
        assert!(!value(label).contains("Bladder ulcers"), "s13 was answered");
    }
    assert!(
        value_of(part(&sheet, "no"), "Heart and blood vessels").unwrap().contains("Hospital for high blood pressure")
    );
}

/// Each item is named in one place only, over the whole sheet: among the answers about suicide, or
/// among those that were not sure, declined, not answered or answered with no.
#[test]
fn an_open_item_is_open_in_one_place() {
    let w = &pack().words;
    for (name, answers) in fixtures() {
        let Some(sheet) = sheets(answers).clinician else { continue };
        let mut named: Vec<String> = Vec::new();
        for (part, row) in sheet.parts.iter().flat_map(|p| p.rows.iter().map(move |r| (p, r))) {
            if let Row::Answer { label, value, .. } = row {
                let question = pack()
                    .safety
                    .may_leave_out
                    .iter()
                    .filter_map(|l| pack().questionnaire.item(l))
                    .find(|i| i.text == *label);
                named.extend(question.map(|i| i.label().to_string()));
                if part.id == "no"
                    || [w.sheet_not_sure(), w.sheet_declined(), w.sheet_not_answered()].contains(&label.as_str())
                {
                    named.extend(value.split("; ").map(String::from));
                }
            }
        }
        named.sort();
        let twice: Vec<&String> = named.windows(2).filter(|w| w[0] == w[1]).map(|w| &w[0]).collect();
        assert!(twice.is_empty(), "{name}: {twice:?} stand in two places");
    }
}

/// The sheet to keep is shared: no score, no band, no flag, no answer about the body or the mind.
#[test]
fn the_sheet_to_keep_has_no_score_band_or_flag() {
    for (name, answers) in fixtures() {
        let keep = sheets(answers).keep;
        let text = text_of(&keep);
        for words in [
            "PHQ",
            "GAD",
            "PTSD",
            "minimal",
            "mild",
            "moderate",
            "moderately severe",
            "severe",
            "Discuss before any infusion",
            "Emergency item",
            "MAOI",
            "Schedule III",
        ] {
            // "Severe" and the like as words; "a severe headache" would be advice, and is worded
            // without it.
            assert!(!has_word(&text, words), "{name}: “{words}” on the sheet to keep:\n{text}");
        }
        for instrument in &pack().instruments {
            assert!(!text.contains(&instrument.name), "{name}: {}", instrument.name);
        }
        for rule in &pack().rules {
            assert!(!text.contains(&rule.clinician), "{name}: the note of {}", rule.id);
        }
        assert!(rows(&keep).all(|r| !matches!(r, Row::Answer { mark: Some(_), .. } | Row::Table { .. })), "{name}");
    }
}

#[test]
fn crisis_lines_stand_on_every_sheet_to_keep_in_every_region() {
    for (name, answers) in fixtures() {
        for region in &pack().regions {
            let settings = Settings { region: region.id.clone(), phone: "555 010 0123".into(), ..Settings::default() };
            let help = part_text(&sheets_with(answers, true, &settings).keep, "help");
            assert!(help.contains(&region.emergency_text), "{name} {}", region.id);
            for line in region.lines.iter().filter(|l| l.only_for.is_empty()) {
                assert!(help.contains(&line.name) && help.contains(&line.text), "{name} {} {}", region.id, line.id);
            }
            assert!(help.contains("555 010 0123") && help.contains(pack().words.nobody_sees()), "{name} {}", region.id);
        }
    }
}

#[test]
fn the_sheet_to_keep_has_the_parts_of_6_2() {
    for (name, answers) in fixtures().iter().filter(|(n, _)| *n != "under-18") {
        let keep = sheets(answers).keep;
        // What matters, a decision so far and what to go over are the visitor's own; they are there
        // only if something was said.
        const OWN: [&str; 3] = ["matters", "decision", "go-over"];
        let parts: Vec<&str> = ids(&keep).into_iter().filter(|id| !OWN.contains(id)).collect();
        assert_eq!(parts, ["bring", "before", "after", "call", "questions", "help"], "{name}");
        // Reasons stand before the questions, and there is room to write.
        let own: Vec<&str> = ids(&keep).into_iter().skip(4).take_while(|id| *id != "questions").collect();
        assert_eq!(own, OWN.into_iter().filter(|id| ids(&keep).contains(id)).collect::<Vec<_>>(), "{name}");
        assert!(part(&keep, "questions").rows.iter().any(|r| matches!(r, Row::Blank(n) if *n >= 3)), "{name}");
    }
    // Chosen questions come ticked, with own ones; without any, the whole list stands there to tick
    // by hand.
    let chosen = part_text(&sheets(&fixture("light")).keep, "questions");
    assert!(
        chosen.contains("[x] Who watches me the whole time?") && chosen.contains("[x] Can my sister stay in the room?"),
        "{chosen}"
    );
    // Beside them stand those that fit the answers, and no list of all.
    let light = fixture("light");
    let fitting = engine::deciding::fitting(pack(), &common::evaluated(&light)).len();
    assert_eq!(chosen.matches("[ ]").count(), fitting.min(engine::deciding::FIRST_QUESTIONS), "{chosen}");
    let all = part_text(&sheets(&fixture("nothing-answered")).keep, "questions");
    for group in &pack().sheet.questions {
        for question in &group.questions {
            assert!(all.contains(&format!("[ ] {question}")), "{question}");
        }
    }
    // The list on screen and the list on paper are the same questions.
    let listed: Vec<&str> =
        pack().questionnaire.item("ask-list").unwrap().options.iter().map(|o| o.text.as_str()).collect();
    let printed: Vec<&str> = pack().sheet.questions.iter().flat_map(|g| &g.questions).map(String::as_str).collect();
    assert_eq!(listed, printed);
}

#[test]
fn under_18_has_no_clinicians_sheet() {
    let sheets = sheets(&fixture("under-18"));
    assert!(sheets.clinician.is_none());
    assert_eq!(ids(&sheets.keep), ["questions", "help"]);
    assert_eq!(sheets.keep.lead, pack().sheet.minor);
    let questions = part_text(&sheets.keep, "questions");
    for question in &pack().sheet.minor_questions {
        assert!(questions.contains(question), "{question}");
    }
    // Not to say the age is not to be a minor: the sheet is made, and says so.
    let declined = clinician(&fixture("age-declined"));
    assert!(declined.strip.contains(&("Age".into(), "I'd rather not say".into())), "{:?}", declined.strip);
}

#[test]
fn treatments_tried() {
    let sheet = clinician(&fixture("heaviest"));
    let Some(Row::Table { columns, rows }) = part(&sheet, "tried").rows.first() else { panic!("no table of trials") };
    assert_eq!(rows.len(), 8);
    assert_eq!(columns.first().map(String::as_str), Some("Medicine"));
    // A list on paper: an empty table to fill in by hand, and no trial asked.
    let paper = clinician(&answered("age=25-44;tried-any=yes;tried-paper=yes;trial-medicine=sertraline"));
    let tried = part(&paper, "by-hand");
    let Some(Row::Table { columns, rows }) = tried.rows.iter().find(|r| matches!(r, Row::Table { .. })) else {
        panic!("no table to fill in")
    };
    assert!(rows.len() >= 4 && rows.iter().flatten().all(String::is_empty) && columns.len() >= 8, "{columns:?}");
    assert!(!text_of(&paper).contains("sertraline"));
    // Half a trial is a trial: what was skipped in it is said.
    let half = part_text(
        &clinician(&answered("age=25-44;tried-any=yes;tried-paper=no;trial-medicine=sertraline;trial-help=-")),
        "tried",
    );
    assert!(half.contains("sertraline") && half.contains("Not answered"), "{half}");
    // A past medicine of which nothing was said is no line; its name alone, or not to know the name, is.
    let of = |answers: &str| {
        let sheet = clinician(&answered(&format!("age=25-44;tried-any=yes;tried-paper=no;{answers}")));
        sheet.parts.iter().any(|p| p.id == "tried" && p.rows.iter().any(|r| matches!(r, Row::Table { .. })))
    };
    assert!(!of("trial-medicine=-;trial-now=no") && !of("trial-now=no;trial-when=asked-unknown;trial-help=-"));
    assert!(of("trial-medicine=asked-unknown") && of("trial-medicine=-;trial-help=not-at-all"));
    // 5.1: never "failed", "non-compliant" or TRD.
    for (name, answers) in fixtures() {
        let text = all_text(&sheets(answers));
        for words in ["failed", "non-compliant", "TRD", "treatment-resistant"] {
            assert!(!has_word(&text, words), "{name}: “{words}”");
        }
    }
}

/// What a clinic sets is printed, and changes nothing else.
#[test]
fn a_clinics_settings_on_paper() {
    let settings = Settings {
        clinic: "Example clinic".into(),
        phone: "555 010 0123".into(),
        after_hours: "555 010 0199".into(),
        region: "gb".into(),
        ..Settings::default()
    };
    let answers = fixture("everything-yes");
    let own = sheets_with(&answers, false, &settings);
    let plain = sheets(&answers);
    let text = text_of(&own.keep);
    for words in ["Example clinic", "555 010 0123", "When it is closed: 555 010 0199", "Call 999", "116 123"] {
        assert!(text.contains(words), "“{words}”:\n{text}");
    }
    assert_eq!(own.clinician.unwrap().parts, plain.clinician.unwrap().parts);
}

/// Answers are the visitor's own: every option chosen stands with the words it had on screen.
#[test]
fn answers_stand_in_the_words_of_the_screen() {
    for (entries, words) in [
        ("s10=yes-recent", "Glaucoma, eye pressure, surgery, or injury"),
        ("s12=pee-blood", "Bladder signs, last 3 months"),
        ("s32=past,family", "Seeing or hearing things, psychosis"),
        ("s40=yes-hard", "Ketamine outside a clinic"),
    ] {
        let (link, codes) = entries.split_once('=').unwrap();
        let safety = part_text(&clinician(&answered(&format!("age=25-44;{entries}"))), "safety");
        let item = pack().questionnaire.item(link).unwrap();
        let line = safety.lines().find(|l| l.contains(words)).unwrap_or_else(|| panic!("{entries}:\n{safety}"));
        for code in codes.split(',') {
            assert!(line.contains(&item.option(code).unwrap().text), "{entries}: {line}");
        }
    }
    // Own words are kept as written, with everything odd in them.
    let odd = "“sleep”; <b>&amp;</b> 100 % – ¿qué? 😀";
    let mut answers = answered("age=25-44");
    answers.set(
        Key::first("goal"),
        engine::answer_edit::write(pack().questionnaire.item("goal").unwrap(), None, &[odd.into()]),
    );
    assert_eq!(value_of(part(&clinician(&answers), "why"), "Main goal").as_deref(), Some(odd));
}

/// What is no longer asked is not told, wherever it would have stood.
/// What two rules say of one answer is one line, in the place of the more urgent, with both notes.
#[test]
fn one_finding_is_one_line() {
    let rows: [(&str, &str, &str, &[&str]); 3] = [
        (
            "s38=LA26460-8",
            "Days of heavy drinking, past year",
            "other",
            &["Single-question screen", "Alcohol: how much, how often, last drink?"],
        ),
        (
            "s38=LA18934-2",
            "Days of heavy drinking, past year",
            "safety",
            &["weekly or more", "Alcohol: how much, how often, last drink?"],
        ),
        (
            "s41=weekly",
            "Cannabis or CBD",
            "other",
            &["Frequency as answered", "Cannabis or CBD: what, route, amount, last use?"],
        ),
    ];
    // Of a medicine all rules are told in its row.
    let row =
        part_text(&clinician(&answered("age=25-44;takes-medicines=yes;s16=yes;medicines=clozapine")), "medicines");
    let row = row.lines().find(|l| l.contains("clozapine (Clozaril)")).unwrap();
    assert!(row.contains("Antipsychotic") && row.contains("seizure threshold"), "{row}");
    for (answers, label, place, notes) in rows {
        let sheet = clinician(&answered(&format!("age=25-44;{answers}")));
        let found: Vec<(&str, &str)> = sheet
            .parts
            .iter()
            .flat_map(|p| p.rows.iter().map(move |r| (p.id, r)))
            .filter_map(|(id, r)| match r {
                Row::Answer { label: l, note, .. } if l == label => Some((id, note.as_str())),
                _ => None,
            })
            .collect();
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [place], "{answers}: {found:?}");
        assert!(notes.iter().all(|n| found[0].1.contains(n)), "{answers}: {found:?}");
    }
}

/// A "no" that matters is told, and what is typed beside a known answer is not lost with the
/// finding.
#[test]
fn what_was_answered_about_medicines_is_printed() {
    let medicines = |answers: &str| part_text(&clinician(&answered(&format!("age=25-44;{answers}"))), "medicines");
    for (answers, line) in [
        ("s23=no", "Reaction to ketamine or esketamine: No"),
        ("asthma-tablet=no", "Tablet for asthma or breathing: No"),
        ("asthma-tablet=yes-other", "Tablet for asthma or breathing: Yes, another tablet"),
        ("supplements=kava,'fish%20oil", "Supplements and herbs: Kava; fish oil"),
    ] {
        assert!(medicines(answers).lines().any(|l| l == line), "{answers}: {}", medicines(answers));
    }
    // What the safety box tells of already is not told again.
    for answers in ["s23=yes", "s23=asked-unknown", "asthma-tablet=yes-theophylline"] {
        let sheet = clinician(&answered(&format!("age=25-44;{answers}")));
        let label = if answers.starts_with('s') { "Reaction to ketamine" } else { "Tablet for asthma" };
        assert!(part_text(&sheet, "safety").contains(label), "{answers}");
        assert!(!part_text(&sheet, "medicines").contains(label), "{answers}: {}", part_text(&sheet, "medicines"));
    }
    // A finding that tells all of an answer stands for it.
    assert_eq!(medicines("supplements=kava").matches("Supplements and herbs").count(), 1);
}

/// What was weighed stands on the sheet to keep, for and against alike, and leads to no verdict.
#[test]
fn what_matters_stands_on_the_sheet_to_keep() {
    let keep = |answers: &str| sheets(&answered(&format!("age=25-44;{answers}"))).keep;
    let sheet = keep(
        "goal='To%20cook%20again;matters=lasting,cost;reasons=fast,stop;worries=habit;leaning=wait;still-need=time",
    );
    assert_eq!(
        part_text(&sheet, "matters").lines().filter(|l| l.contains(": ")).collect::<Vec<_>>(),
        ["Main goal: “To cook again”", "Matters most: Relief that lasts; A cost I can manage"]
    );
    assert_eq!(
        part_text(&sheet, "decision")
            .lines()
            .filter(|l| l.contains(": ") && !l.contains("compare"))
            .collect::<Vec<_>>(),
        [
            "Reasons for: It may work in hours or days; I can ask to end it early",
            "Reasons against: That it could become a habit",
            "Where I stand: I want to wait for now",
            "Still needed: More time",
        ]
    );
    // Nothing said, nothing printed: no blank looks like "I see no reason for it".
    for answers in ["", "matters=-;reasons=-", "s03=yes"] {
        assert!(["matters", "decision"].iter().all(|id| !ids(&keep(answers)).contains(id)), "{answers}");
    }
    // Both sides weigh the same: as many answers, of about the same length.
    for pack in [pack(), common::spanish()] {
        let side = |link: &str| {
            pack.questionnaire.item(link).unwrap().options.iter().map(|o| o.text.chars().count()).collect::<Vec<_>>()
        };
        let (good, bad) = (side("reasons"), side("worries"));
        assert_eq!(good.len(), bad.len(), "{}", pack.lang);
        let (good, bad): (usize, usize) = (good.iter().sum(), bad.iter().sum());
        assert!(good.abs_diff(bad) * 5 <= good.max(bad), "{}: {good} and {bad} letters", pack.lang);
    }
}

/// Own words stand in quotes, once.
#[test]
fn own_words_are_quoted_and_not_repeated() {
    for answers in [
        "s35='Zzyzx%20words",
        "tried-other=ketamine,tms;s43='Zzyzx%20words",
        "tried-other=ketamine,tms;tms-details='Zzyzx%20words",
        "s23=yes;has-allergies=yes;allergies='Zzyzx%20words",
        "s03=yes;s03-when='Zzyzx%20words",
    ] {
        let text = text_of(&clinician(&answered(&format!("age=25-44;{answers}"))));
        assert_eq!(
            (text.matches("Zzyzx words").count(), text.matches("“Zzyzx words”").count()),
            (1, 1),
            "{answers}: {text}"
        );
    }
}

#[test]
fn answers_left_over_from_before_are_not_told() {
    let rows = [
        ("takes-medicines=no;medicines=sertraline,'Zzyzzafil", &["sertraline", "Zzyzzafil"][..]),
        ("s06=no;s06-when='a bleed in 2019", &["a bleed in 2019"]),
        ("why-for=mood;pain-what='left foot;pain-tried=opioids", &["left foot", "Opioid pain medicine"]),
        ("tried-any=no;tried-paper=no;trial-medicine=sertraline;trial-dose='7 tablets", &["sertraline", "7 tablets"]),
        (
            "tried-any=yes;tried-paper=no;trial=false;trial-medicine=sertraline;trial-medicine:1=citalopram",
            &["citalopram"],
        ),
        ("e1=no;phq9-9=LA6568-5;attempt=no;safe=might-act", &["might act"]),
        ("can-become-pregnant=no;s24=yes;s24-bp=yes", &["I am pregnant", "High blood pressure in pregnancy"]),
        ("s25=no;s25-when='two months", &["two months"]),
        ("why-for=mood;ptsd-ok=yes;ptsd-gate=LA33-6;ptsd-1=LA33-6", &["1 of 5", "cut-off"]),
    ];
    for (entries, hidden) in rows {
        let text = all_text(&sheets(&answered(&format!("age=25-44;{}", entries.replace(' ', "%20")))));
        for words in hidden {
            assert!(!text.contains(words), "{entries}: “{words}” in\n{text}");
        }
    }
}

/// Several answers are told apart, and one that ends as a sentence needs nothing more.
#[test]
fn chosen_questions_read_as_sentences() {
    for (name, answers) in fixtures() {
        let text = all_text(&sheets(answers));
        assert!(!text.contains("?;"), "{name}");
    }
    assert!(text_of(&clinician(&fixture("full"))).contains("? "), "no fixture has chosen questions");
}

/// The head of the sheet: who it is, what for, and how much was answered, counted as the sheet
/// itself counts.
#[test]
fn the_strip_counts_what_is_open() {
    for (answers, counts) in [
        ("age=25-44", "1 answered, "),
        ("age=25-44;why-for=mood,pain", "2 answered, "),
        ("age=asked-declined", "0 answered, "),
    ] {
        let strip = clinician(&answered(answers)).strip;
        assert!(strip.last().unwrap().1.starts_with(counts), "{answers}: {strip:?}");
    }
    let strip = clinician(&fixture("pain-and-heart")).strip;
    assert_eq!(strip[0], ("Age".into(), "65 or older".into()));
    assert_eq!(strip[1], ("Wants help with".into(), "Long-lasting pain".into()));
    let everything = clinician(&fixture("everything-yes")).strip;
    assert!(everything.last().unwrap().1.ends_with(", 0 not"), "{everything:?}");
}

/// A "no" stands with its system, once, and never where a rule of tier E or A looks at it and it
/// says something else.
#[test]
fn noes_stand_by_system() {
    let sheet = clinician(&fixture("pain-and-heart"));
    let noes = part(&sheet, "no");
    assert!(
        value_of(noes, "Heart and blood vessels").unwrap().contains("Stroke")
            || value_of(noes, "Head and nerves").unwrap().contains("Stroke")
    );
    assert!(value_of(noes, "Allergies and reactions").is_some_and(|v| v.contains("Latex")), "{noes:?}");
    // Whoever has no ride home is told of first, and not among the noes.
    let alone = clinician(&answered("age=25-44;p02=no;p03=no"));
    assert!(part_text(&alone, "safety").contains("Adult to take you home"), "{}", text_of(&alone));
    assert!(!part_text(&alone, "no").contains("Adult to take you home"));
}

/// Pain is drawn on its scale, as results are.
#[test]
fn pain_is_a_ruler() {
    let sheet = clinician(&fixture("pain-and-heart"));
    let ruler = sheet.rulers.iter().find(|r| r.name.contains("at its worst")).unwrap();
    assert_eq!((ruler.highest, ruler.range), (10.0, (9.0, 9.0)));
    assert!(part_text(&sheet, "why").contains(&ruler.name), "the line that it stands below");
    // Words and numbers beyond the scale are no place on it.
    for wrong in ["pain-worst='a%20lot", "pain-worst=#70", "pain-worst=-"] {
        let sheet = clinician(&answered(&format!("age=25-44;why-for=pain;{wrong}")));
        assert!(sheet.rulers.iter().all(|r| !r.name.contains("at its worst")), "{wrong}");
    }
}
