//! From the first screen to both sheets, on every engine and in every form, and the way to help.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test ends where it fails")]

mod common;

use common::{
    AGE, CHECK, E1, EMERGENCY, ITEM_9, MEDICAL, NOBODY_SEES, OFFER, Plan, SAFE, SUMMARY, Say, THANKS, begin,
    finish_now, go_on_to, holds, say, walk, walk_to, words,
};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::json;
use std::collections::BTreeSet;

const SEVERAL: &[Say] = &[Say::Pick("Several days")];
const NOT_AT_ALL: &[Say] = &[Say::Pick("Not at all")];

/// A visitor with a low mood, some medicines and little patience: what is not here was skipped.
const FULL: &Plan = &[
    (AGE, &[Say::Pick("25 to 44")]),
    (
        EMERGENCY,
        &[
            Say::PickIn(E1, "No"),
            Say::PickIn(
                "Right now, do you have chest pain or pressure, trouble breathing, or have you just fainted?",
                "No",
            ),
            Say::PickIn("Have you taken too much of any medicine or drug today?", "No"),
        ],
    ),
    ("What do you want help with?", &[Say::Pick("Low mood or depression"), Say::Pick("Anxiety or worry")]),
    ("How long have you had low mood or anxiety, this time?", &[Say::Pick("1 to 2 years")]),
    ("Little interest or pleasure in doing things", SEVERAL),
    ("Feeling down, depressed, or hopeless", SEVERAL),
    ("Trouble falling or staying asleep, or sleeping too much", &[Say::Pick("Nearly every day")]),
    ("Feeling tired or having little energy", SEVERAL),
    ("Poor appetite or overeating", SEVERAL),
    ("Feeling bad about yourself — or that you are a failure or have let yourself or your family down", NOT_AT_ALL),
    ("Trouble concentrating on things, such as reading the newspaper or watching television", NOT_AT_ALL),
    (
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
        NOT_AT_ALL,
    ),
    (ITEM_9, NOT_AT_ALL),
    ("Feeling nervous, anxious or on edge", SEVERAL),
    ("Not being able to stop or control worrying", SEVERAL),
    ("Worrying too much about different things", SEVERAL),
    ("Trouble relaxing", SEVERAL),
    ("Being so restless that it is hard to sit still", SEVERAL),
    ("Becoming easily annoyed or irritable", SEVERAL),
    ("Head and nerves", &[Say::PickIn("Have you ever had a stroke or mini-stroke?", "Yes")]),
    (
        "More about your head and nerves",
        &[Say::WriteIn(
            "What kind of stroke was it, and about when? Was there bleeding in the brain?",
            "A small one, in 2019",
        )],
    ),
    (
        "Eyes, liver, kidneys, and more",
        &[Say::PickIn("Do you have kidney disease?", "No"), Say::PickIn("Do you have diabetes?", "I'm not sure")],
    ),
    ("Do you take any medicines now?", &[Say::Pick("Yes")]),
    (
        "Which medicines do you take?",
        &[
            Say::Find("sertralin", "Add sertraline Zoloft"),
            // One letter off.
            Say::Find("phenalzine", "Add phenelzine Nardil"),
            Say::Find("Wonderpill", "Add “Wonderpill” as typed"),
        ],
    ),
    (
        "More about your medicines",
        &[Say::WriteIn("What are the doses of your medicines, if you know them?", "sertraline 50 mg")],
    ),
    ("Allergies and reactions", &[Say::PickIn("Are there other medicines you are allergic to?", "No")]),
    ("What you tried before", &[Say::PickIn("Have you taken medicine for low mood or anxiety before?", "No")]),
    ("Getting home, and your care", &[Say::PickIn("Is there an adult who will take you home?", "Not yet")]),
    ("Your goal", &[Say::WriteIn("What is your main goal?", "Sleep through the night & cook <again>")]),
    ("For and against", &[Say::PickIn("Why might you not want an infusion?", "The cost")]),
    (
        "Your questions",
        &[
            Say::PickIn("Which questions do you want to ask the clinic?", "Who watches me the whole time?"),
            Say::WriteIn("What else do you want to ask?", "Can my sister stay?"),
        ],
    ),
];

/// What both sheets then say, as a person reads them.
const EXPECTED: &[&str] = &[
    "For the clinician",
    "Self-reported, not checked, not a diagnosis.",
    "Stroke or mini-stroke",
    "A small one, in 2019",
    "Wants help with: Low mood or depression; Anxiety or worry",
    "Main goal: “Sleep through the night & cook <again>”",
    "How long, this time: 1 to 2 years",
    "sertraline",
    "phenelzine",
    "Wonderpill",
    // The dose stands in the row of its medicine.
    "50 mg",
    "PHQ-9 7 / 27",
    "9 of 9 answered",
    "not scored; possible 6 to 9",
    "6 of 7 answered",
    "PC-PTSD-5 not asked",
    "A good result",
    "Patient is not sure about",
    "Diabetes",
    "Other treatments tried",
    "Adult to take you home: Not yet",
    "Someone there that evening",
    "My visit plan",
    "Who watches me the whole time?",
    "Can my sister stay?",
    "For the first talk",
    "If you later have an infusion: before",
    "If you later have an infusion: after",
    "988 Suicide and Crisis Lifeline: Call or text 988",
    "Call 911",
];

/// Answers what a walk asks, and reads both sheets.
fn reaches_both_sheets(page: &Browser) -> Result<()> {
    begin(page)?;
    let passed = walk(page, FULL)?;
    let unique: BTreeSet<&String> = passed.iter().collect();
    assert_eq!(unique.len(), passed.len(), "W10: two screens with one heading in {passed:#?}");
    for (heading, _) in FULL {
        assert!(passed.iter().any(|p| p == heading), "never asked: {heading}");
    }
    page.script("document.querySelectorAll('#app main details').forEach((d) => { d.open = true })")?;
    let check = page.text()?;
    holds(
        &check,
        &[
            "Mind",
            "Weight Not answered Change",
            "Main goal Sleep through the night & cook <again> Change",
            "Diabetes I'm not sure Change",
        ],
    );
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    // S9: scores stand on the screen only when they are asked for.
    assert!(!page.text()?.contains("PHQ-9"), "a score is shown unasked");
    page.choose("Show my scores on this screen")?;
    let sheets = page.text()?;
    holds(&sheets, EXPECTED);
    let (clinician, keep) = sheets.split_once("\nMy visit plan").unwrap();
    let order = ["Discuss first", "Medicines and allergies", "Why I came", "Scores", "Practical"]
        .map(|head| clinician.find(&format!("\n{head}\n")));
    assert!(
        order.is_sorted() && order.iter().all(Option::is_some),
        "the clinician's parts are out of order: {order:?} in\n{clinician}"
    );
    assert!(!keep.contains("PHQ-9"), "the sheet to keep holds a score:\n{keep}");
    Ok(())
}

/// From a worrying answer to help, and back to the questions.
fn help_is_at_hand(page: &Browser) -> Result<()> {
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
    assert!(!page.text()?.contains("988"), "a number is shown before an answer asks for it");
    page.choose_in(E1, "Yes")?;
    // At once, on the same screen.
    page.wait_text("You do not have to face this alone.")?;
    page.wait_text("Call 988.")?;
    assert_eq!(page.heading()?, EMERGENCY);
    page.button("Continue")?;
    page.wait_heading(THANKS)?;
    page.script("document.querySelectorAll('#app main details').forEach((d) => { d.open = true })")?;
    holds(
        &page.text()?,
        &[
            NOBODY_SEES,
            "Call 988",
            "Text 988",
            "In danger now, call 911",
            "Someone you trust",
            SAFE,
            "Call 1-833-852-6262",
        ],
    );
    page.choose("No, I might act on these thoughts")?;
    page.wait_text("Stay with someone. Move away from anything you could use to hurt yourself.")?;
    page.button("Go on with my questions")?;
    go_on_to(page, "What do you want help with?")?;
    // The answer came along to the paper, and the other numbers stay one tap away.
    page.button("Need help now?")?;
    page.wait_heading("Help, now")?;
    page.wait_text("Call 988")?;
    page.button("Close")?;
    page.wait_gone("In danger now, call")
}

/// Item 9 alone opens help; passed over, it offers it.
fn item_9_leads_to_help(page: &Browser) -> Result<()> {
    begin(page)?;
    let grown: &Plan = &[(AGE, &[Say::Pick("25 to 44")])];
    walk_to(page, grown, ITEM_9)?;
    page.choose("Several days")?;
    page.wait_heading(THANKS)?;
    holds(&page.text()?, &[NOBODY_SEES, SAFE]);
    page.button("Back")?;
    page.wait_heading(ITEM_9)?;
    assert!(page.is_chosen("Several days")?);
    page.button("Skip this question")?;
    page.wait_heading(OFFER)?;
    let offer = page.text()?;
    holds(&offer, &[NOBODY_SEES, "Call 988"]);
    assert!(!offer.contains(SAFE), "a skipped question is treated as a disclosure");
    Ok(())
}

#[test]
fn chromium_on_a_phone_reaches_both_sheets() -> Result<()> {
    reaches_both_sheets(&Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?)
}

#[test]
fn chromium_from_a_file_reaches_both_sheets() -> Result<()> {
    reaches_both_sheets(&Browser::open(Engine::Chromium, Form::File)?)
}

#[test]
fn chromium_in_a_frame_reaches_both_sheets() -> Result<()> {
    reaches_both_sheets(&Browser::open(Engine::Chromium, Form::Framed)?)
}

#[test]
fn firefox_reaches_both_sheets() -> Result<()> {
    reaches_both_sheets(&Browser::open(Engine::Firefox, Form::Http)?)
}

#[test]
fn webkit_reaches_both_sheets() -> Result<()> {
    reaches_both_sheets(&Browser::open(Engine::WebKit, Form::Http)?)
}

#[test]
fn chromium_leads_to_help() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    help_is_at_hand(&page)?;
    page.reload()?;
    item_9_leads_to_help(&page)
}

#[test]
fn firefox_in_a_frame_leads_to_help() -> Result<()> {
    let page = Browser::open(Engine::Firefox, Form::Framed)?;
    help_is_at_hand(&page)?;
    page.reload()?;
    item_9_leads_to_help(&page)
}

#[test]
fn webkit_in_a_frame_leads_to_help() -> Result<()> {
    let page = Browser::open(Engine::WebKit, Form::Framed)?;
    help_is_at_hand(&page)?;
    page.reload()?;
    item_9_leads_to_help(&page)
}

/// A medical emergency puts the emergency number first and asks nothing more.
#[test]
fn chest_pain_leads_to_the_emergency_number() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    begin(&page)?;
    walk_to(&page, &[(AGE, &[Say::Pick("65 or older")])], EMERGENCY)?;
    page.choose_in(
        "Right now, do you have chest pain or pressure, trouble breathing, or have you just fainted?",
        "Yes",
    )?;
    page.wait_text("Call 911")?;
    page.button("Continue")?;
    page.wait_heading(MEDICAL)?;
    let help = page.text()?;
    holds(&help, &["This can be an emergency of the heart or lungs. Call your emergency number now."]);
    assert!(help.contains("In danger now, call"), "the emergency number is missing:\n{help}");
    assert!(!help.contains("988"), "a crisis line stands beside chest pain:\n{help}");
    page.button("Go on with my questions")?;
    go_on_to(&page, "What do you want help with?")
}

/// An overdose asks for the poison line, which nothing else shows.
#[test]
fn too_much_medicine_leads_to_the_poison_line() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    walk_to(&page, &[(AGE, &[Say::Pick("18 to 24")])], EMERGENCY)?;
    page.choose_in("Have you taken too much of any medicine or drug today?", "Yes")?;
    page.button("Continue")?;
    page.wait_heading(MEDICAL)?;
    holds(&page.text()?, &["1-800-222-1222"]);
    Ok(())
}

/// Another country's numbers come by the visitor's choice.
#[test]
fn numbers_follow_the_chosen_country() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    page.button("I need help now")?;
    page.wait_heading("Help, now")?;
    page.select("Where are you?", "United Kingdom")?;
    page.wait_text("Samaritans")?;
    page.wait_text("999")?;
    page.wait_gone("988")
}

/// Under 18: no scores and no sheets, but a page with help and questions to ask.
#[test]
fn a_minor_gets_a_page_of_help_and_no_score() -> Result<()> {
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    begin(&page)?;
    let passed = walk(&page, &[(AGE, &[Say::Pick("Under 18")])])?;
    assert!(passed.len() < 5, "a minor is asked more than age and emergency: {passed:?}");
    page.button("Make my summary")?;
    page.wait_heading("A page for you")?;
    let text = page.text()?;
    holds(
        &text,
        &[
            "Talk with a parent or another adult you trust",
            "988 Suicide and Crisis Lifeline",
            "What treatments have been tested in people of my age?",
        ],
    );
    for word in ["PHQ-9", "GAD-7", "For the clinician", "Scores"] {
        assert!(!text.contains(word), "a minor's page says “{word}”:\n{text}");
    }
    Ok(())
}

/// A change from the check screen comes straight back, also past help.
#[test]
fn q15_change_returns_to_the_check_screen() -> Result<()> {
    let page = Browser::open(Engine::Chromium, Form::Http)?;
    begin(&page)?;
    walk_to(&page, &[(AGE, &[Say::Pick("25 to 44")])], "What do you want help with?")?;
    page.choose("Long-lasting pain")?;
    finish_now(&page)?;
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["Wants help with Long-lasting pain"]);
    page.button("Change Age")?;
    page.wait_heading(AGE)?;
    assert!(page.is_chosen("25 to 44")?);
    say(&page, AGE, Say::Pick("45 to 64"))?;
    page.wait_heading(CHECK)?;
    holds(&page.text()?, &["45 to 64"]);
    Ok(())
}

const PHQ_9: [&str; 9] = [
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
    ITEM_9,
];

/// Two presses in one place, as fast as the browser takes them: by a mouse, or by a finger.
fn press_twice(page: &Browser, answer: &str, finger: bool) -> Result<()> {
    page.settled()?;
    let place = page.script(&format!(
        "const found = [...document.querySelectorAll('#app main .answer')].find((e) => e.innerText.trim() === {answer:?});
         found.scrollIntoView({{ block: 'center' }});
         const {{ x, y, width, height }} = found.getBoundingClientRect();
         return [x + width / 2, y + height / 2]"
    ))?;
    for count in [1, 2] {
        if finger {
            page.cdp(
                "Input.dispatchTouchEvent",
                json!({ "type": "touchStart", "touchPoints": [{ "x": place.get(0), "y": place.get(1) }] }),
            )?;
            page.cdp("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }))?;
        } else {
            for kind in ["mousePressed", "mouseReleased"] {
                let press = json!({ "type": kind, "x": place.get(0), "y": place.get(1), "button": "left", "clickCount": count });
                page.cdp("Input.dispatchMouseEvent", press)?;
            }
        }
    }
    Ok(())
}

/// Case 05: the second half of a double tap falls on the next item, on the same answer, and may not
/// give it.
#[test]
fn a_double_tap_on_each_phq_9_item_leaves_the_next_one_open() -> Result<()> {
    let mood: &Plan =
        &[(AGE, &[Say::Pick("25 to 44")]), ("What do you want help with?", &[Say::Pick("Low mood or depression")])];
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    for finger in [false, true] {
        begin(&page)?;
        walk_to(&page, mood, PHQ_9[0])?;
        for (item, next) in PHQ_9.iter().zip(PHQ_9.iter().skip(1).chain(&[THANKS])) {
            assert_eq!(page.heading()?, *item);
            press_twice(&page, "Several days", finger)?;
            page.wait_heading(next)?;
            page.settled()?;
            assert_eq!(page.heading()?, *next, "the second press went on");
            // What does not count moves no focus: a screen reader would start in the middle of the
            // new screen.
            assert_eq!(page.focus()?, format!("h1 {next}"), "the second press took the focus");
            let chosen = page.script(
                "return document.querySelectorAll('#app main :is(.answer[aria-pressed=true], input:checked)').length",
            )?;
            assert_eq!(chosen, json!(0), "“{next}” was answered by the second press");
        }
        // And the first presses counted, each on its own item.
        page.button(words().help_finish())?;
        page.wait_heading(SUMMARY)?;
        page.choose("Show my scores on this screen")?;
        page.wait_text("9 of 9 answered")?;
        holds(&page.text()?, &["PHQ-9 9 / 27"]);
        page.reload()?;
    }
    Ok(())
}
