//! A clinic's own questions: one setting of a few lines. What can't be used is named by its place;
//! what can is asked in a stage of its own, behind the questionnaire's last one.
//!
//! ```text
//! one: [en] How did you hear of us? [es] ¿Cómo supo de nosotros?
//! - [en] From a friend [es] Por una amistad
//! - [en] On the web [es] En internet
//! number: [en] How far is it to us? [es] ¿Qué tan lejos le queda?
//! = [en] miles [es] millas
//! ```
//!
//! A question's `linkId` comes from its own words. Once they change it is another question, so that
//! no kept answer, and no record, can be read as the answer to something else.

use super::settings::{Known, Settings, crisis_word, is_line};
use super::{
    AnswerOption, Condition, Enable, Head, Item, Kind, NO, Operand, Operator, Pack, Questionnaire, Safety,
    UNKNOWN_CODES, YES,
};
use std::borrow::Cow;

/// `linkId` of the stage with the clinic's own questions.
pub const OWN_STAGE: &str = "clinics-own-questions";
/// Most questions of one clinic.
pub const OWN_MOST: usize = 12;
/// Most answers to choose from.
pub const OWN_MOST_ANSWERS: usize = 12;
/// Most letters of a question, an answer and a unit.
pub const OWN_LETTERS: [usize; 3] = [200, 80, 20];
/// Most letters of the whole setting.
pub(super) const OWN_WHOLE: usize = 20_000;
/// Most letters of an answer in the visitor's own words.
const TYPED: u32 = 300;

/// How an own question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OwnKind {
    /// One of some answers.
    #[default]
    One,
    /// Any of some answers.
    Several,
    /// Yes, no, or not sure.
    YesNo,
    /// A number with its unit.
    Number,
    /// A few words.
    Text,
}

impl OwnKind {
    /// All of them, by the names that the setting has for them.
    pub const ALL: [(&'static str, Self); 5] = [
        ("one", Self::One),
        ("several", Self::Several),
        ("yes-no", Self::YesNo),
        ("number", Self::Number),
        ("text", Self::Text),
    ];

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// Its name in the setting.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// True if the clinic writes the answers.
    pub fn has_answers(self) -> bool {
        matches!(self, Self::One | Self::Several)
    }
}

/// A text in some languages, in the order of their tags: what was typed first makes no other
/// question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts(pub Vec<(String, String)>);

impl Texts {
    /// The text in a language; empty if there is none.
    pub fn in_language(&self, lang: &str) -> &str {
        self.0.iter().find(|(l, _)| l == lang).map_or("", |(_, text)| text)
    }

    /// Sets the text in a language; an empty one is taken away.
    pub fn set(&mut self, lang: &str, text: &str) {
        match self.0.iter_mut().find(|(l, _)| l == lang) {
            Some((_, before)) => *before = text.into(),
            None => {
                let place = self.0.iter().take_while(|(l, _)| l.as_str() < lang).count();
                self.0.insert(place, (lang.into(), text.into()));
            }
        }
        self.0.retain(|(_, text)| !text.is_empty());
    }

    /// The text in a language, or in another one.
    fn shown(&self, lang: &str) -> String {
        let here = self.in_language(lang);
        if here.is_empty() { self.0.first().map(|(_, text)| text.clone()).unwrap_or_default() } else { here.into() }
    }
}

/// A question as the clinic wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnQuestion {
    /// How it is answered.
    pub kind: OwnKind,
    /// The question.
    pub text: Texts,
    /// The answers to choose from, where the kind has any.
    pub answers: Vec<Texts>,
    /// The unit of a number; empty for none.
    pub unit: Texts,
}

/// What is wrong with own questions, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFault {
    /// Number of the question, from 1; 0 for all of them.
    pub question: usize,
    /// Which of its texts.
    pub part: OwnPart,
    /// What is wrong with it.
    pub wrong: OwnWrong,
}

/// A part of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnPart {
    /// The question itself.
    Question,
    /// The answer with this number, from 1.
    Answer(usize),
    /// The unit.
    Unit,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnWrong {
    /// A line that can't be read; its number, from 1.
    Line(usize),
    /// There are more than [`OWN_MOST`] questions.
    Many,
    /// Fewer than 2 answers to choose from, or more than [`OWN_MOST_ANSWERS`]; or answers where the
    /// kind has none.
    Answers,
    /// A language that is offered has no text.
    Missing(String),
    /// No line of so many letters, or one with square brackets.
    Long(usize),
    /// Words that a clinic's own text may not say, each in quotes.
    Says(String),
    /// Two questions are the same.
    Twice,
}

/// Reads the setting. Nothing is checked but its form.
///
/// # Errors
///
/// The first line that can't be read.
pub fn read_own(text: &str) -> Result<Vec<OwnQuestion>, OwnFault> {
    let mut out: Vec<OwnQuestion> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let fault = OwnFault { question: 0, part: OwnPart::Question, wrong: OwnWrong::Line(at + 1) };
        let (mark, rest) = line.split_at_checked(1).unwrap_or((line, ""));
        let question = out.last_mut();
        match (mark, question) {
            ("-", Some(question)) => question.answers.push(read_texts(rest).ok_or(fault)?),
            ("=", Some(question)) => question.unit = read_texts(rest).ok_or(fault)?,
            _ => {
                let read = line
                    .split_once(':')
                    .and_then(|(kind, rest)| Some((OwnKind::named(kind.trim())?, read_texts(rest)?)));
                let (kind, text) = read.ok_or(fault)?;
                out.push(OwnQuestion { kind, text, ..OwnQuestion::default() });
            }
        }
    }
    Ok(out)
}

/// `[en] One [es] Uno`.
fn read_texts(line: &str) -> Option<Texts> {
    let mut parts = line.split('[');
    let before = parts.next().unwrap_or_default().trim();
    let mut texts = Texts::default();
    for part in parts {
        let (lang, text) = part.split_once(']')?;
        let is_tag = (2..=8).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_tag || !texts.in_language(lang).is_empty() {
            return None;
        }
        texts.set(lang, text.trim());
    }
    before.is_empty().then_some(texts).filter(|texts| !texts.0.is_empty())
}

/// Writes the setting: what [`read_own`] reads.
pub fn write_own(questions: &[OwnQuestion]) -> String {
    let mut out = String::new();
    for question in questions {
        let mut line = |mark: &str, texts: &Texts| {
            out.push_str(mark);
            for (lang, text) in &texts.0 {
                // Brackets and line ends are the setting's own joints.
                let text: String = text
                    .chars()
                    .map(|c| {
                        if c == '[' {
                            '('
                        } else if c == ']' {
                            ')'
                        } else if c == '\n' {
                            ' '
                        } else {
                            c
                        }
                    })
                    .collect();
                out.extend([" [", lang, "] ", &text]);
            }
            out.push('\n');
        };
        line(&[question.kind.name(), ":"].concat(), &question.text);
        question.answers.iter().for_each(|answer| line("-", answer));
        if !question.unit.0.is_empty() {
            line("=", &question.unit);
        }
    }
    out.trim_end().into()
}

/// What is wrong with the setting's text; `offered` are the languages in which each text has to be
/// there.
pub(super) fn own_fault(text: &str, offered: &[&str], known: &Known<'_>) -> Option<OwnFault> {
    let all = |wrong| Some(OwnFault { question: 0, part: OwnPart::Question, wrong });
    if text.len() > 4 * OWN_WHOLE || text.chars().count() > OWN_WHOLE {
        return all(OwnWrong::Long(OWN_WHOLE));
    }
    let questions = match read_own(text) {
        Ok(questions) => questions,
        Err(fault) => return Some(fault),
    };
    if questions.len() > OWN_MOST {
        return all(OwnWrong::Many);
    }
    own_faults(&questions, offered, known).into_iter().next()
}

/// The first thing wrong with each question, in their order.
pub fn own_faults(questions: &[OwnQuestion], offered: &[&str], known: &Known<'_>) -> Vec<OwnFault> {
    let twice =
        |at: usize, question: &OwnQuestion| questions.iter().take(at).any(|other| link_of(other) == link_of(question));
    let wrong = |at: usize, question: &OwnQuestion| {
        let twice = || twice(at, question).then_some((OwnPart::Question, OwnWrong::Twice));
        let (part, wrong) = wrong_with(question, offered, known).or_else(twice)?;
        Some(OwnFault { question: at + 1, part, wrong })
    };
    questions.iter().enumerate().filter_map(|(at, question)| wrong(at, question)).collect()
}

fn wrong_with(question: &OwnQuestion, offered: &[&str], known: &Known<'_>) -> Option<(OwnPart, OwnWrong)> {
    let wanted = if question.kind.has_answers() { 2..=OWN_MOST_ANSWERS } else { 0..=0 };
    let [long, short, unit] = OWN_LETTERS;
    let parts = std::iter::once((OwnPart::Question, &question.text, long));
    let parts =
        parts.chain(question.answers.iter().enumerate().map(|(at, answer)| (OwnPart::Answer(at + 1), answer, short)));
    let has_unit = !question.unit.0.is_empty();
    let parts = parts.chain(has_unit.then_some((OwnPart::Unit, &question.unit, unit)));
    let missing = |texts: &Texts| {
        offered.iter().find(|lang| texts.in_language(lang).is_empty()).map(|lang| OwnWrong::Missing((*lang).into()))
    };
    let mut wrong = parts.filter_map(|(part, texts, most)| {
        let said = texts.0.iter().find_map(|(_, text)| wrong_text(text, most, known));
        Some((part, missing(texts).or(said)?))
    });
    let first = wrong.next();
    let number =
        if question.kind == OwnKind::Number || !has_unit { None } else { Some((OwnPart::Unit, OwnWrong::Answers)) };
    let answers = (!wanted.contains(&question.answers.len())).then_some((OwnPart::Question, OwnWrong::Answers));
    first.or(number).or(answers)
}

fn wrong_text(text: &str, most: usize, known: &Known<'_>) -> Option<OwnWrong> {
    if !is_line(text, most) || text.contains(['[', ']']) {
        return Some(OwnWrong::Long(most));
    }
    let quoted = |word: &str| ["“", word, "”"].concat();
    known.refuses(text).or_else(|| crisis_word(text).map(|word| quoted(&word))).map(OwnWrong::Says)
}

impl OwnFault {
    /// Where it is and what it ought to be, in English, for the tool's own screen and `cargo xtask
    /// bundle`.
    pub fn want(&self) -> String {
        let place = match (self.question, self.part) {
            (0, _) => "the questions".into(),
            (n, OwnPart::Question) => format!("question {n}"),
            (n, OwnPart::Answer(answer)) => format!("question {n}, answer {answer}"),
            (n, OwnPart::Unit) => format!("question {n}, its unit"),
        };
        let want = match &self.wrong {
            OwnWrong::Line(line) => {
                format!("line {line} as setup.html writes it, such as “yes-no: [en] Do you need parking?”")
            }
            OwnWrong::Many => format!("at most {OWN_MOST} of them"),
            OwnWrong::Answers => {
                format!(
                    "2 to {OWN_MOST_ANSWERS} lines with “- ” for one and several, none for other kinds; “= ” for a number alone"
                )
            }
            OwnWrong::Missing(lang) => format!("with a text in each language that is offered: [{lang}] is missing"),
            OwnWrong::Long(most) => format!("one line of at most {most} letters, without square brackets"),
            OwnWrong::Says(words) => format!(
                "text that promises nothing, judges nobody, and asks and advises nothing about crises, without {words}"
            ),
            OwnWrong::Twice => "another question than those before it".into(),
        };
        [&place, ": ", &want].concat()
    }
}

/// The `linkId` of a question: FNV-1a of its words in all languages.
fn link_of(question: &OwnQuestion) -> String {
    let text = write_own(std::slice::from_ref(question));
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("own-{hash:08x}")
}

impl Pack {
    /// Appends the clinic's own questions as a last stage. Under 18 they are not asked, as nothing
    /// is behind the age.
    pub fn add_own_questions(&mut self, settings: &Settings) {
        let questions = read_own(&settings.questions).unwrap_or_default();
        if questions.is_empty() {
            return;
        }
        let items = questions.iter().map(|question| self.own_item(question)).collect();
        let safety = &self.safety;
        let adult = Condition {
            question: safety.minor_question.clone(),
            score: false,
            operator: Operator::Ne,
            operand: Operand::Codes(vec![safety.minor_code.clone()]),
        };
        let when = if safety.minor_question.is_empty() { Vec::new() } else { vec![adult] };
        self.questionnaire.items.push(Item {
            link_id: OWN_STAGE.into(),
            text: self.words.own_title().into(),
            help: self.words.own_help().into(),
            enable: Enable { when, any: false },
            items,
            ..Item::default()
        });
    }

    fn own_item(&self, question: &OwnQuestion) -> Item {
        let option = |code: &str, text: String| AnswerOption { code: code.into(), text, ..AnswerOption::default() };
        let mut options: Vec<AnswerOption> = match question.kind {
            OwnKind::YesNo => vec![option(YES, self.words.yes().into()), option(NO, self.words.no().into())],
            _ => question
                .answers
                .iter()
                .enumerate()
                .map(|(at, text)| option(&format!("a{}", at + 1), text.shown(&self.lang)))
                .collect(),
        };
        if !options.is_empty() {
            options.extend(self.not_sure());
        }
        Item {
            link_id: link_of(question),
            kind: match question.kind {
                OwnKind::One | OwnKind::Several | OwnKind::YesNo => Kind::Choice,
                OwnKind::Number => Kind::Decimal,
                OwnKind::Text => Kind::String,
            },
            text: question.text.shown(&self.lang),
            repeats: question.kind == OwnKind::Several,
            max_length: if question.kind == OwnKind::Text { TYPED } else { 0 },
            unit: question.unit.shown(&self.lang),
            options,
            ..Item::default()
        }
    }

    /// "I'm not sure", as the first question that has it says it.
    fn not_sure(&self) -> Option<AnswerOption> {
        let [unknown, _] = UNKNOWN_CODES;
        let found = self.questionnaire.all().into_iter().find_map(|item| item.option(unknown));
        found.map(|option| AnswerOption { exclusive: true, points: None, ..option.clone() })
    }

    /// The stage with the clinic's own questions, if there are any.
    pub fn own_stage(&self) -> Option<&Item> {
        self.questionnaire.items.last().filter(|item| item.link_id == OWN_STAGE)
    }

    /// Our questionnaire, and that of the clinic by itself: a record holds them as two.
    pub fn apart(&self) -> (Cow<'_, Self>, Option<Self>) {
        let Some(stage) = self.own_stage() else { return (Cow::Borrowed(self), None) };
        let stage = Item { enable: Enable::default(), ..stage.clone() };
        let mut ours = self.clone();
        ours.questionnaire.items.pop();
        let questionnaire = Questionnaire {
            lang: self.questionnaire.lang.clone(),
            url: String::new(),
            version: String::new(),
            title: stage.text.clone(),
            head: Head { name: "ClinicsOwnQuestions".into(), ..Head::default() },
            items: vec![stage],
        };
        let safety = Safety { in_order: true, ..Safety::default() };
        let theirs = Self {
            questionnaire,
            safety,
            instruments: Vec::new(),
            rules: Vec::new(),
            migrations: Vec::new(),
            ..ours.clone()
        };
        (Cow::Owned(ours), Some(theirs))
    }
}
