//! What a pack holds: everything the product says and asks in one language.
//!
//! A pack is authored under `content/`, checked and compiled by `cargo xtask pack`, and read in the
//! browser with [`Pack::decode`]. Every reference inside it (a rule's question, a claim's source)
//! was resolved when it was packed, so the engine treats a missing one as "nothing to say", never
//! as an error.

mod about;
mod compiled;
mod deciding;
mod fit;
mod instrument;
mod migration;
mod naming;
mod numbers;
mod own;
mod plain_text;
mod questionnaire;
mod reading;
mod refused;
mod region;
mod rule;
mod safety;
mod settings;
mod sheet_words;
mod words;

pub use about::About;
pub use deciding::{COMPARED, MatchedQuestion, TeachBack, Weight};
pub use fit::{Doubt, doubts};
pub use instrument::{Band, Cutoff, Instrument, Method};
pub use migration::{Migration, MigrationTarget, find as find_migration, migrates};
pub use naming::{AnswerName, Gap, Naming, NamingText};
pub use numbers::Numbers;
pub use own::{
    OWN_LETTERS, OWN_MOST, OWN_MOST_ANSWERS, OWN_STAGE, OwnFault, OwnKind, OwnPart, OwnQuestion, OwnWrong, Texts,
    read_own, write_own,
};
pub use plain_text::{CRISIS_WORDS, EMERGENCY_NUMBERS};
pub use questionnaire::{
    AnswerOption, Coding, Condition, Enable, Form, Head, Item, Kind, NO, Operand, Operator, Questionnaire,
    TextLanguage, UNKNOWN_CODES, YES,
};
pub use reading::{
    Ask, Block, Calendar, Card, Certainty, Choice, Claim, Deck, Fill, Icons, Pair, Polarity, Stage, Statement, Table,
    Text, Timeline, Topic, Verdict,
};
pub use refused::Refused;
pub use region::{Contact, Region};
pub use rule::{Help, Rule, Section, Tier, Trigger};
pub use safety::Safety;
pub use settings::{BadSetting, FILE_ONLY, FONTS, Known, LOGO_MOST, SETTINGS, Setting, Settings, Shape};
pub use sheet_words::{QuestionGroup, SheetWords};
pub use words::{Words, fill};

use serde::{Deserialize, Serialize};

/// A calendar day as `YYYY-MM-DD`. The text form sorts as the days do, so no date library is
/// needed.
pub type Date = String;

/// One language's content, complete.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// BCP 47 tag, for instance `en`.
    pub lang: String,
    /// Version of the content, shown on screen and on paper.
    pub version: String,
    /// Fingerprint of everything below, so that a file can say which content it was made with.
    pub digest: String,
    /// Day the content as a whole was last checked against its sources.
    pub checked_on: Date,
    /// Day by which it must be checked again; a copy past it says so.
    pub review_by: Date,
    /// The pre-screening questions.
    pub questionnaire: Questionnaire,
    /// Numbers of questions and answers in the code on paper.
    pub numbers: Numbers,
    /// What answers of earlier versions mean in this one.
    pub migrations: Vec<Migration>,
    /// Questions that name what an earlier answer named.
    pub naming: Naming,
    /// What is scored, and how.
    pub instruments: Vec<Instrument>,
    /// What an answer means for the talk with the clinic.
    pub rules: Vec<Rule>,
    /// The questions that are treated apart.
    pub safety: Safety,
    /// Things to read.
    pub topics: Vec<Topic>,
    /// Myth-or-fact cards.
    pub cards: Vec<Card>,
    /// The cards by theme.
    pub decks: Vec<Deck>,
    /// The other treatments and waiting, side by side.
    pub choices: Vec<Choice>,
    /// Reasons and what matters, with what of the choices bears on each.
    pub weights: Vec<Weight>,
    /// Questions after reading.
    pub teach_backs: Vec<TeachBack>,
    /// Questions for the clinic that fit the answers, the most urgent first.
    pub matched_questions: Vec<MatchedQuestion>,
    /// Where each statement comes from.
    pub sources: Vec<Source>,
    /// Crisis lines by region.
    pub regions: Vec<Region>,
    /// Words that are not said here, nor in a clinic's own texts.
    pub refused: Refused,
    /// Who made it, who pays, how to complain.
    pub about: About,
    /// Fixed words of the two sheets.
    pub sheet: SheetWords,
    /// Interface words.
    pub words: Words,
}

impl Pack {
    /// Reads a pack from its compiled form. `None` if the bytes are no pack of this version.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        compiled::read(bytes)
    }

    /// The compiled form, as `cargo xtask pack` writes it.
    pub fn encode(&self) -> Vec<u8> {
        compiled::write(self)
    }

    /// True if on `today` something shown was to be checked again by now. A copy in the field says
    /// so itself.
    pub fn is_late(&self, today: &str) -> bool {
        let lines = self.regions.iter().flat_map(|r| &r.lines).map(|c| &c.review_by);
        lines.chain([&self.review_by]).any(|due| due.as_str() < today)
    }

    /// Never asks these sections, as if what they depend on had been answered so: the clinician's
    /// sheet names them as not asked.
    pub fn leave_out(&mut self, left_out: &dyn Fn(&str) -> bool) {
        never_ask(&mut self.questionnaire.items, left_out);
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    /// The region with this id, or the first one.
    pub fn region(&self, id: &str) -> Option<&Region> {
        self.regions.iter().find(|r| r.id == id).or_else(|| self.regions.first())
    }

    /// The cards of a deck that are true in this region, in order.
    pub fn cards_of(&self, deck: &Deck, region: &str) -> Vec<&Card> {
        let card = |id: &String| self.cards.iter().find(|card| card.id == *id);
        let here = |card: &&Card| card.only_in.is_empty() || card.only_in == region;
        deck.cards.iter().filter_map(card).filter(here).collect()
    }

    /// The instrument with this id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|i| i.id == id)
    }
}

fn never_ask(items: &mut [Item], left_out: &dyn Fn(&str) -> bool) {
    for item in items.iter_mut().filter(|i| i.is_group()) {
        if left_out(&item.link_id) {
            // No question has this name, so nothing meets it.
            let never = Condition {
                question: String::new(),
                score: false,
                operator: Operator::Exists,
                operand: Operand::Bool(true),
            };
            item.enable = Enable { when: vec![never], any: false };
        }
        never_ask(&mut item.items, left_out);
    }
}

/// A published work, label, page or statute that a statement rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short id used by claims and cards, for instance `anand-2023`.
    pub id: String,
    /// Full reference as shown.
    pub title: String,
    /// `https` address or DOI address; opened only by the visitor's own act.
    #[serde(default)]
    pub url: Option<String>,
    /// Day on which the reference was last checked.
    pub checked_on: Date,
}
