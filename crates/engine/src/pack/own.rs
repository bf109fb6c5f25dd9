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

mod check;
mod fault;
mod text;

pub(super) use check::{own_fault, own_faults};
pub use fault::{OwnFault, OwnPart, OwnWrong};
pub use text::{read_own, write_own};

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

/// The `linkId` of a question: FNV-1a of its words in all languages.
fn link_of(question: &OwnQuestion) -> String {
    let text = write_own(std::slice::from_ref(question));
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("own-{hash:08x}")
}

impl Pack {
    /// Appends the clinic's own questions, as the setting `questions` has them, as a last stage.
    /// Under 18 they are not asked, as nothing is behind the age.
    pub fn add_own_questions(&mut self, setting: &str) {
        let questions = read_own(setting).unwrap_or_default();
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
