//! What the journeys share: a driver that walks as a visitor does, and named answer sets.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use consult_ready_browser::{Browser, Result};
use content::{Authored, Problems};
use engine::pack::{Pack, Words};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// What a visitor says on one screen.
#[derive(Clone, Copy, Debug)]
pub enum Say {
    /// Chooses what is labelled so.
    Pick(&'static str),
    /// Chooses in the question of that text, where a screen has several.
    PickIn(&'static str, &'static str),
    /// Types into the field that the heading names.
    Write(&'static str),
    /// Types into the field of that label.
    WriteIn(&'static str, &'static str),
    /// Types into the type-ahead and takes this of what it offers.
    Find(&'static str, &'static str),
}

/// Screens by their heading, and what is said there. A screen that a plan does not name is skipped.
pub type Plan = [(&'static str, &'static [Say])];

pub const START: &str = "Get ready for your first talk with the clinic";
pub const CHECK: &str = "Check your answers";
pub const SUMMARY: &str = "You're ready";
pub const MINOR: &str = "A page for you";
pub const THANKS: &str = "Thank you for answering.";
pub const OFFER: &str = "Help is here if you want it";
pub const MEDICAL: &str = "Get medical help now";
pub const AGE: &str = "How old are you?";
pub const EMERGENCY: &str = "Is any of this happening now?";
pub const E1: &str = "Right now, are you having thoughts of killing yourself, or do you feel you might act on them?";
pub const ITEM_9: &str = "Thoughts that you would be better off dead or of hurting yourself in some way";
pub const SAFE: &str = "Right now, do you feel you can keep yourself safe?";
pub const NOBODY_SEES: &str = "Nobody else can see this, so please reach a person now.";

/// More screens than any walk has.
const TOO_MANY: usize = 250;

/// The whole of a screen that matters for going on.
struct Screen {
    heading: String,
    buttons: Vec<String>,
}

/// Answers each screen as the plan says and skips the rest, up to the screen with the heading
/// `end`. Returns the headings on the way.
#[track_caller]
pub fn walk_to(page: &Browser, plan: &Plan, end: &str) -> Result<Vec<String>> {
    walk_with(page, plan, end, |_, _| Ok(()))
}

/// As [`walk_to`]; `see` looks at each screen before anything is done there.
#[track_caller]
pub fn walk_with(
    page: &Browser,
    plan: &Plan,
    end: &str,
    see: impl Fn(&Browser, &str) -> Result<()>,
) -> Result<Vec<String>> {
    let mut passed = Vec::new();
    loop {
        let screen = look(page)?;
        if screen.heading == end {
            return Ok(passed);
        }
        see(page, &screen.heading)?;
        assert!(passed.len() < TOO_MANY, "no screen called “{end}” after {passed:#?}");
        let steps = plan.iter().find(|(heading, _)| *heading == screen.heading).map_or(&[][..], |(_, steps)| steps);
        for one in steps {
            say(page, &screen.heading, *one)?;
        }
        // An answer of which one is chosen goes on by itself, unless there is something to read
        // first.
        let gone_on = !steps.is_empty() && look(page)?.heading != screen.heading;
        let skip = screen.buttons.iter().find(|name| name.starts_with("Skip th") || *name == "Go on with my questions");
        if !gone_on {
            page.button(match (steps, skip) {
                ([], Some(skip)) => skip,
                _ => "Continue",
            })?;
        }
        // The focus is what a screen reader follows (W11), and until it has moved a driver may
        // click into a scroll.
        page.wait_until(&format!("the focus on a heading after “{}”", screen.heading), || {
            Ok(page.focus()?.strip_prefix("h1 ").is_some_and(|heading| heading != screen.heading))
        })?;
        passed.push(screen.heading);
    }
}

/// The whole walk, up to the check screen.
#[track_caller]
pub fn walk(page: &Browser, plan: &Plan) -> Result<Vec<String>> {
    walk_to(page, plan, CHECK)
}

/// What the interface says, as authored: for walks that are about something else than the words on
/// a door.
pub fn words() -> &'static Words {
    &pack().words
}

/// Starts the questions from the first screen and waits for the first.
#[track_caller]
pub fn begin(page: &Browser) -> Result<()> {
    page.wait_heading(START)?;
    page.button(words().start_questions())?;
    go_on_to(page, AGE)
}

/// Opens the pages to read from the first screen.
#[track_caller]
pub fn read_first(page: &Browser) -> Result<()> {
    page.button(words().start_read())?;
    page.wait_heading(words().read_title())
}

/// Waits for the screen of that heading with the focus on it, and goes on from what stands before
/// it and asks nothing: the cards that open and close a stage.
#[track_caller]
pub fn go_on_to(page: &Browser, heading: &str) -> Result<()> {
    go_on_in(page, heading, words())
}

/// As [`go_on_to`], in the language of these words.
#[track_caller]
pub fn go_on_in(page: &Browser, heading: &str, words: &Words) -> Result<()> {
    pass_cards(page, heading, words, &|| page.button(words.continue_()))
}

/// Goes to the screen of that heading by the browser's Back, past cards too.
#[track_caller]
pub fn back_to(page: &Browser, heading: &str) -> Result<()> {
    page.back()?;
    pass_cards(page, heading, words(), &|| page.back())
}

/// As [`back_to`], by the browser's Forward.
#[track_caller]
pub fn forward_to(page: &Browser, heading: &str) -> Result<()> {
    page.forward()?;
    pass_cards(page, heading, words(), &|| page.forward())
}

/// As [`back_to`], by the page's own button.
#[track_caller]
pub fn press_back_to(page: &Browser, heading: &str) -> Result<()> {
    page.button(words().back())?;
    pass_cards(page, heading, words(), &|| page.button(words().back()))
}

/// One stage's card closes it and another opens the next: more than that would hide that a walk
/// leads astray.
const CARDS_IN_A_ROW: usize = 2;

#[track_caller]
fn pass_cards(page: &Browser, heading: &str, words: &Words, past: &dyn Fn() -> Result<()>) -> Result<()> {
    let wanted = format!("h1 {heading}");
    let mut passed = Vec::new();
    loop {
        let card = RefCell::new(String::new());
        page.wait_until(&format!("the focus on “{heading}”, with cards passed on the way: {passed:?}"), || {
            let focus = page.focus()?;
            let another =
                focus != wanted && focus.starts_with("h1 ") && passed.last() != Some(&focus) && is_card(page, words)?;
            card.replace(if another { focus.clone() } else { String::new() });
            Ok(focus == wanted || (another && passed.len() < CARDS_IN_A_ROW))
        })?;
        if card.borrow().is_empty() {
            return Ok(());
        }
        past()?;
        passed.push(card.into_inner());
    }
}

/// True on a screen of the questionnaire that asks nothing and can only be gone on from.
fn is_card(page: &Browser, words: &Words) -> Result<bool> {
    let asks = "const seen = [...document.querySelectorAll('#app main :is(.answer, input, textarea, select)')].some((e) => e.checkVisibility());
        const on = [...document.querySelectorAll('#app main button')].filter((e) => e.checkVisibility()).map((e) => e.innerText.trim());
        return [seen, ...on]";
    let found = page.script(asks)?;
    let on = found.as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
    Ok(found.get(0) == Some(&json!(false))
        && on.contains(&words.continue_())
        && ![words.skip(), words.skip_page()].iter().any(|skip| on.contains(skip)))
}

/// Leaves the questions for the summary; help that an answer asked for comes first, else the check
/// screen.
#[track_caller]
pub fn finish_now(page: &Browser) -> Result<()> {
    finish_by(page, words())
}

/// As [`finish_now`], in the language of these words: by the button on the screen, or by the menu
/// where that has it.
#[track_caller]
pub fn finish_by(page: &Browser, words: &Words) -> Result<()> {
    page.settled()?;
    // On a wide window it stands in the rail, which is no part of the screen itself.
    let seen = "return [...document.querySelectorAll('#app button')].filter((b) => b.checkVisibility()).map((b) => b.innerText.trim())";
    if !strings(&page.script(seen)?).contains(words.finish_now()) {
        page.button(words.menu())?;
    }
    page.button(words.finish_now())
}

pub fn say(page: &Browser, heading: &str, one: Say) -> Result<()> {
    match one {
        Say::Pick(label) => page.choose(label),
        Say::PickIn(question, label) => page.choose_in(question, label),
        Say::Write(text) => page.fill(heading, text),
        Say::WriteIn(label, text) => page.fill(label, text),
        Say::Find(typed, name) => {
            page.fill("Type a name", typed)?;
            page.button(name)
        }
    }
}

fn look(page: &Browser) -> Result<Screen> {
    let found = page.script(
        "const main = document.querySelector('#app main') ?? document.body;
         const seen = (e) => e.checkVisibility({ visibilityProperty: true });
         const first = [...main.querySelectorAll('h1')].find(seen);
         return [first?.innerText ?? '', ...[...main.querySelectorAll('button')].filter(seen).map((b) => b.innerText)]
           .map((text) => text.replace(/\\s+/g, ' ').trim());",
    )?;
    let mut texts = found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    Ok(Screen { heading: texts.next().unwrap_or_default(), buttons: texts.collect() })
}

fn authored() -> &'static Authored {
    static ONCE: OnceLock<Authored> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut problems = Problems::default();
        content::load(&root(), &mut problems).unwrap_or_else(|| panic!("{problems}"))
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The content as authored, for what the engine itself reads back.
pub fn pack() -> &'static Pack {
    &authored().pack
}

/// The same in Spanish.
pub fn spanish() -> &'static Pack {
    static ONCE: OnceLock<Pack> = OnceLock::new();
    ONCE.get_or_init(|| {
        let mut problems = Problems::default();
        content::translate(&root(), "es", authored(), &mut problems).unwrap_or_else(|| panic!("{problems}"))
    })
}

/// The answers' text form of a named set in tests/fixtures/answers.toml.
pub fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/answers.toml");
    let file = fs::read_to_string(&path).unwrap();
    let set = file
        .split("\n[")
        .find_map(|set| set.strip_prefix(&format!("{name}]")))
        .unwrap_or_else(|| panic!("no set “{name}” in {}", path.display()));
    let (_, answers) = set.split_once("\nanswers = ").unwrap();
    let answers = answers
        .strip_prefix("'''")
        .map_or_else(|| answers.trim_start_matches('"').split('"').next(), |long| long.split("'''").next());
    answers.unwrap().split_whitespace().collect()
}

/// Puts answers on the device, as a visitor's earlier choice to keep them would, and opens the page
/// anew: a long way into the walk in two steps. Only for proofs that are about something else.
#[track_caller]
pub fn resume_with(page: &Browser, answers: &str) -> Result<()> {
    resume_in(page, words(), answers)
}

/// As [`resume_with`], in the language of these words.
#[track_caller]
pub fn resume_in(page: &Browser, words: &Words, answers: &str) -> Result<()> {
    resume_titled(page, words, words.start_title(), answers)
}

/// As [`resume_in`], of a file whose first screen has this heading.
#[track_caller]
pub fn resume_titled(page: &Browser, words: &Words, title: &str, answers: &str) -> Result<()> {
    let put = "localStorage.setItem('consult-ready', (Date.now() + 3600000) + '|' + ";
    page.script(&format!("{put}{})", json!(answers)))?;
    page.reload()?;
    page.wait_heading(title)?;
    page.button(words.start_resume())
}

/// A place where the program is made to break: a script that takes away what our code calls there,
/// one that gives it back, and what the error says. Nothing throws in the script itself: browsers
/// hide what a driver's own script throws.
pub struct Fault {
    take: &'static str,
    give: &'static str,
    says: &'static [&'static str],
}

/// While a screen is drawn: no element can be made or copied.
pub const IN_DRAWING: Fault = Fault {
    take: "window.copyNode = Node.prototype.cloneNode;
           Node.prototype.cloneNode = document.createElement = document.createElementNS = undefined;",
    give: "Node.prototype.cloneNode = copyNode; delete document.createElement; delete document.createElementNS;",
    says: &["createElement", "cloneNode", "unreachable", "Unreachable"],
};

/// In the effect that follows a change of screen, which asks for the next paint.
pub const IN_AN_EFFECT: Fault = Fault {
    take: "window.paint = requestAnimationFrame; window.requestAnimationFrame = undefined;",
    give: "window.requestAnimationFrame = paint;",
    says: &["requestAnimationFrame"],
};

/// In the handler of the button that prints.
pub const IN_A_HANDLER: Fault =
    Fault { take: "window.print = {};", give: "window.print = () => {};", says: &["print is not a function"] };

/// Makes the program itself break while it draws, by a button that leads to another screen.
#[track_caller]
pub fn trap(page: &Browser, button: &str) -> Result<()> {
    trap_by(page, &IN_DRAWING, button)
}

/// Makes the program itself break, by a button: the error goes through the wasm. Returns when
/// another instance has drawn, or the fallback is shown.
#[track_caller]
pub fn trap_by(page: &Browser, fault: &Fault, button: &str) -> Result<()> {
    page.settled()?;
    page.script(&format!(
        "window.trapped = [];
         const mend = (event) => {{ trapped.push(String(event.error ?? event.reason)); {} }};
         for (const kind of ['error', 'unhandledrejection']) addEventListener(kind, mend, {{ once: true, capture: true }});
         document.querySelector('#app').firstElementChild.dataset.old = 'x';
         {}
         setTimeout(() => [...document.querySelectorAll('#app button')].find((b) => b.checkVisibility() && b.innerText.trim().split('\\n')[0] === {}).click())",
        fault.give,
        fault.take,
        json!(button)
    ))?;
    page.wait_until("the program to trap", || Ok(page.script("return trapped.length > 0")? == json!(true)))?;
    let trapped = page.script("return trapped")?.to_string();
    assert!(fault.says.iter().any(|words| trapped.contains(words)), "another error: {trapped}");
    page.wait_until("a program anew, or the fallback", || {
        page.script("return document.documentElement.classList.contains('failed') || (!document.querySelector('#app > [data-old]') && !!document.querySelector('#app main h1'))").map(|v| v == json!(true))
    })
}

/// From somewhere in the questions to the sheets.
#[track_caller]
pub fn finish(page: &Browser, title: &str) -> Result<()> {
    page.wait_until("the check screen or a question", || Ok(page.focus()?.starts_with("h1 ")))?;
    if page.heading()? != CHECK {
        finish_now(page)?;
        page.wait_heading(CHECK)?;
    }
    page.button("Make my summary")?;
    page.wait_heading(title)
}

/// From the first screen to both sheets, by the shortest way.
pub fn to_the_sheets(page: &Browser) -> Result<()> {
    begin(page)?;
    walk_to(page, &[(AGE, &[Say::Pick("25 to 44")])], EMERGENCY)?;
    finish_now(page)?;
    page.wait_heading(CHECK)?;
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)
}

/// A copy of the file under test with one text in place of another, which must be there.
pub struct Variant {
    folder: PathBuf,
}

impl Variant {
    pub fn new(changes: &[(&str, &str)]) -> Self {
        let mut html = built();
        for (from, to) in changes {
            assert!(html.contains(from), "the file has no “{from}” to change");
            html = html.replace(from, to);
        }
        Self::of(&html)
    }

    pub fn of(html: &str) -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("consult-ready-variant-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("consult-ready.html"), html).unwrap();
        Self { folder }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.join("consult-ready.html")
    }
}

/// The file that `cargo xtask build --questionnaire` makes, from the wasm that the last build left.
/// `name` is a file in `tests/fixtures/questionnaires`, or a whole path.
pub fn built_around(name: &str) -> Variant {
    let variant = Variant::of("");
    let file = variant.file();
    let folder = file.parent().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let xtask = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.current_dir(&root).args(["xtask"]).args(args).env("CONSULT_READY_PACKS", folder);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let (questionnaire, out) = (root.join("tests/fixtures/questionnaires").join(name), folder.to_str().unwrap());
    xtask(&["pack", "--questionnaire", questionnaire.to_str().unwrap(), "--out", out]);
    xtask(&["bundle", "--out", out]);
    variant
}

impl Drop for Variant {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The file under test, as text.
pub fn built() -> String {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/consult-ready.html");
    fs::read_to_string(std::env::var_os("CONSULT_READY_FILE").map_or(built, PathBuf::from)).unwrap()
}

/// Strings of a script's answer.
pub fn strings(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// White space made even, as a person reads it.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// That each of these stands in the text.
#[track_caller]
pub fn holds(text: &str, lines: &[&str]) {
    let text = tidy(text);
    for line in lines {
        assert!(text.contains(&tidy(line)), "“{line}” is missing in:\n{text}");
    }
}
