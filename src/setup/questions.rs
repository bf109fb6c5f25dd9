//! The clinic's own questions: fields for each, in each language that is offered, and the text of
//! the setting that they make.

use super::Page;
use super::dom::{self, Node};
use super::draw::{hide, leaf, mark_invalid, with, write};
use super::host::{focus, language, value, word, worded};
use engine::pack::{
    OWN_MOST, OWN_MOST_ANSWERS, OwnFault, OwnKind, OwnPart, OwnQuestion, OwnWrong, Settings, Texts, read_own, write_own,
};
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;

/// What of the questions the page remembers between two entries.
#[derive(Default)]
pub struct Questions {
    /// As they stand, also in languages that are not offered now.
    all: RefCell<Vec<OwnQuestion>>,
    /// The languages that have fields.
    shown: RefCell<Vec<String>>,
    /// Counts what changes which question a field belongs to: then the fields are drawn anew.
    drawing: Cell<u32>,
}

/// Listens for its buttons.
pub fn listen(page: &'static Page) {
    let act = Closure::<dyn FnMut(dom::Event)>::new(move |event: dom::Event| {
        let Some(node) = event.target().map(JsCast::unchecked_into::<Node>) else { return };
        if let Some((what, place)) = node.attribute("data-act").as_deref().and_then(|act| act.split_once(' ')) {
            page.own.act(what, place.parse().unwrap_or_default());
            page.check();
            // Where somebody goes on: at the question that was added or moved, or at what is left.
            let after = page.own.after(what, place.parse().unwrap_or_default());
            focus(&after);
        }
    });
    for id in ["own-list", "own-add"] {
        if let Some(node) = dom::by_id(id) {
            node.listen("click", &act);
        }
    }
    // It listens as long as the page stands.
    act.forget();
}

fn field(at: usize, what: &str, lang: &str) -> String {
    ["own-", &at.to_string(), "-", what, if lang.is_empty() { "" } else { "-" }, lang].concat()
}

impl Questions {
    fn act(&self, what: &str, at: usize) {
        self.read_fields();
        let mut all = self.all.borrow_mut();
        match what {
            "add" => all.push(OwnQuestion::default()),
            "up" if at > 0 && at < all.len() => all.swap(at - 1, at),
            "down" if at + 1 < all.len() => all.swap(at, at + 1),
            "remove" if at < all.len() => drop(all.remove(at)),
            _ => {}
        }
        drop(all);
        self.draw_anew();
    }

    /// The fields that are still drawn belong to what was there before: they are not read again.
    fn draw_anew(&self) {
        self.shown.borrow_mut().clear();
        self.drawing.set(self.drawing.get() + 1);
    }

    fn after(&self, what: &str, at: usize) -> String {
        let count = self.all.borrow().len();
        match what {
            "add" => field(count.saturating_sub(1), "kind", ""),
            "up" => field(at.saturating_sub(1), "kind", ""),
            "down" => field((at + 1).min(count.saturating_sub(1)), "kind", ""),
            _ => "own-add".into(),
        }
    }

    /// Takes the setting out of a file; what can't be read leaves no questions.
    pub fn open(&self, text: &str) {
        self.all.replace(read_own(text).unwrap_or_default());
        self.draw_anew();
    }

    /// The setting as the fields make it. A question with nothing in it is none yet.
    pub fn text(&self) -> String {
        self.read_fields();
        let all = self.all.borrow();
        let written: Vec<OwnQuestion> = all.iter().map(asked).filter(|q| !is_blank(q)).collect();
        write_own(&written)
    }

    fn read_fields(&self) {
        let shown = self.shown.borrow();
        for (at, question) in self.all.borrow_mut().iter_mut().enumerate() {
            let Some(kind) = OwnKind::named(&value(&field(at, "kind", ""))).filter(|_| !shown.is_empty()) else {
                continue;
            };
            question.kind = kind;
            for lang in shown.iter() {
                question.text.set(lang, value(&field(at, "text", lang)).trim());
                question.unit.set(lang, value(&field(at, "unit", lang)).trim());
            }
            let typed: Vec<(&String, Vec<String>)> =
                shown.iter().map(|lang| (lang, lines(&value(&field(at, "answers", lang))))).collect();
            let count = typed.iter().map(|(_, lines)| lines.len()).max().unwrap_or_default();
            question.answers.resize(count, Texts::default());
            for (lang, lines) in &typed {
                for (place, answer) in question.answers.iter_mut().enumerate() {
                    answer.set(lang, lines.get(place).map_or("", String::as_str));
                }
            }
        }
    }
}

/// The answers that are in a field, one a line.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(String::from).collect()
}

/// A question without what its kind does not have.
fn asked(question: &OwnQuestion) -> OwnQuestion {
    let mut question = question.clone();
    if !question.kind.has_answers() {
        question.answers.clear();
    }
    if question.kind != OwnKind::Number {
        question.unit = Texts::default();
    }
    question
}

fn is_blank(question: &OwnQuestion) -> bool {
    question.text.0.is_empty() && question.answers.is_empty() && question.unit.0.is_empty()
}

/// Draws what is to be filled in, and tells what is wrong with it.
pub fn draw(page: &Page, settings: &Settings) {
    let own = &page.own;
    own.read_fields();
    let offered: Vec<String> =
        page.known(|known| known.offered(settings).into_iter().map(String::from).collect()).unwrap_or_default();
    let key = format!("{} {} {offered:?}", language(), own.drawing.get());
    let all = own.all.borrow().clone();
    page.redraw(
        "own-list",
        &key,
        all.iter().enumerate().map(|(at, question)| fields(page, at, question, &offered, all.len())).collect(),
    );
    own.shown.replace(offered.clone());
    for (at, question) in all.iter().enumerate() {
        hide(&field(at, "answers", ""), !question.kind.has_answers());
        hide(&field(at, "unit", ""), question.kind != OwnKind::Number);
    }
    hide("own-add", all.len() >= OWN_MOST);
    tell(page, &all, &offered);
}

/// Below each question what is wrong with it.
fn tell(page: &Page, all: &[OwnQuestion], offered: &[String]) {
    let all: Vec<OwnQuestion> = all.iter().map(asked).collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let faults = page.known(|known| known.own_faults(&all, &offered)).unwrap_or_default();
    for (at, question) in all.iter().enumerate() {
        let fault = faults.iter().find(|fault| fault.question == at + 1).filter(|_| !is_blank(question));
        write(&field(at, "wrong", ""), &fault.map(|fault| words(page, fault)).unwrap_or_default());
        for (what, is) in [
            (
                "text",
                matches!(fault, Some(OwnFault { part: OwnPart::Question, wrong, .. }) if *wrong != OwnWrong::Answers),
            ),
            (
                "answers",
                matches!(fault, Some(OwnFault { part, wrong, .. }) if matches!(part, OwnPart::Answer(_)) || *wrong == OwnWrong::Answers),
            ),
            ("unit", matches!(fault, Some(OwnFault { part: OwnPart::Unit, .. }))),
        ] {
            offered.iter().for_each(|lang| mark_invalid(&field(at, what, lang), is));
        }
    }
}

/// What is wrong, in the page's language.
pub fn words(page: &Page, fault: &OwnFault) -> String {
    let what = match &fault.wrong {
        OwnWrong::Line(line) => worded("own-wrong-line", &[&line.to_string()]),
        OwnWrong::Many => worded("own-wrong-many", &[&OWN_MOST.to_string()]),
        OwnWrong::Answers => worded("own-wrong-answers", &[&OWN_MOST_ANSWERS.to_string()]),
        OwnWrong::Missing(lang) => worded("own-wrong-missing", &[page.language_name(lang)]),
        OwnWrong::Long(most) => worded("own-wrong-long", &[&most.to_string()]),
        OwnWrong::Says(words) => worded("own-wrong-says", &[words]),
        OwnWrong::Twice => word("own-wrong-twice"),
    };
    match fault.part {
        OwnPart::Question => what,
        OwnPart::Answer(answer) => worded("own-at-answer", &[&answer.to_string(), &what]),
        OwnPart::Unit => worded("own-at-unit", &[&what]),
    }
}

fn fields(page: &Page, at: usize, question: &OwnQuestion, offered: &[String], of: usize) -> Node {
    let number = (at + 1).to_string();
    let all = with(dom::element("fieldset"), "class", "own");
    all.append(&leaf("legend", &worded("own-legend", &[&number])));
    all.append(&kinds(at, question.kind, &number));
    // A question has the whole width; short texts stand beside each other.
    let part = |what: &str, of: &dyn Fn(&str) -> String| {
        let class = if what == "text" { "group" } else { "two-fields" };
        let part = with(with(dom::element("div"), "class", class), "id", &field(at, what, ""));
        for lang in offered {
            let label = worded(&["own-", what, "-in"].concat(), &[&number, page.language_name(lang)]);
            part.append(&entry(
                &field(at, what, lang),
                lang,
                &label,
                &of(lang),
                what == "answers",
                &field(at, "wrong", ""),
            ));
        }
        part
    };
    all.append(&part("text", &|lang| question.text.in_language(lang).into()));
    let answers = |lang: &str| {
        question.answers.iter().map(|answer| answer.in_language(lang)).collect::<Vec<_>>().join("\n").trim_end().into()
    };
    all.append(&part("answers", &answers));
    all.append(&part("unit", &|lang| question.unit.in_language(lang).into()));
    all.append(&with(
        with(with(dom::element("span"), "class", "fault"), "id", &field(at, "wrong", "")),
        "role",
        "status",
    ));
    let acts = with(dom::element("div"), "class", "acts");
    let possible = [(at > 0).then_some("up"), (at + 1 < of).then_some("down"), Some("remove")];
    for act in possible.into_iter().flatten() {
        let button = with(with(leaf("button", &word(&["own-", act].concat())), "type", "button"), "class", "plain");
        let label = worded("own-act", &[&word(&["own-", act].concat()), &number]);
        acts.append(&with(with(button, "data-act", &[act, " ", &at.to_string()].concat()), "aria-label", &label));
    }
    all.append(&acts);
    all
}

fn kinds(at: usize, kind: OwnKind, number: &str) -> Node {
    let id = field(at, "kind", "");
    let select = with(with(dom::element("select"), "id", &id), "name", &id);
    for (name, each) in OwnKind::ALL {
        let option = with(leaf("option", &word(&["own-", name].concat())), "value", name);
        option.toggle_attribute("selected", each == kind);
        select.append(&option);
    }
    let row = with(dom::element("p"), "class", "field");
    row.append(&with(leaf("label", &worded("own-kind", &[number])), "for", &id));
    row.append(&select);
    row
}

/// A field with its label. A list of answers has a line for each.
fn entry(id: &str, lang: &str, label: &str, text: &str, list: bool, wrong: &str) -> Node {
    let input =
        if list { with(dom::element("textarea"), "rows", "4") } else { with(dom::element("input"), "type", "text") };
    for (name, value) in [("id", id), ("name", id), ("lang", lang), ("aria-describedby", wrong)] {
        input.set_attribute(name, value);
    }
    input.set_value(text);
    let row = with(dom::element("p"), "class", "field");
    row.append(&with(leaf("label", label), "for", id));
    row.append(&input);
    row
}
