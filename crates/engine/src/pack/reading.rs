//! Things to read: topics, myth-or-fact cards, and the choices side by side.

use super::Date;
use serde::{Deserialize, Serialize};

/// One topic: a screen of its own with one main message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Short id, for instance `how-it-may-work`.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The main message, shown first and large.
    pub lead: String,
    /// What it is on paper: `card` to hand over, `page` with lines to fill in; empty for what is
    /// only read.
    #[serde(default)]
    pub paper: String,
    /// Body, in order.
    pub blocks: Vec<Block>,
}

/// A piece of a topic.
#[allow(
    clippy::large_enum_variant,
    reason = "a pack holds a few dozen; boxing the pair would only complicate reading it"
)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// A heading with paragraphs and, if given, a list.
    Text(Text),
    /// A benefit beside a harm of the same weight.
    Pair(Pair),
    /// Drawn people out of one denominator.
    Icons(Icons),
    /// The stages of a visit, drawn.
    Timeline(Timeline),
    /// A course of visits, drawn on weeks.
    Calendar(Calendar),
    /// A small table, drawn as cards on a phone.
    Table(Table),
    /// A question worth asking the clinic; can be added to the visitor's list.
    Ask(Ask),
    /// Lines to fill in by hand.
    Fill(Fill),
}

/// A heading with paragraphs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Heading; may be empty for the first block.
    #[serde(default)]
    pub heading: String,
    /// Paragraphs.
    #[serde(default)]
    pub body: Vec<String>,
    /// Bullet points below them.
    #[serde(default)]
    pub list: Vec<String>,
    /// It can't wait: framed, on screen and on paper.
    #[serde(default)]
    pub urgent: bool,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A benefit beside a harm: within 20 % of each other in length, same denominator (checked when
/// packed).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// Heading.
    pub heading: String,
    /// What may get better.
    pub benefit: Claim,
    /// What may go wrong.
    pub harm: Claim,
}

/// A statement with what is needed to weigh it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The statement.
    pub text: String,
    /// Which way it points.
    pub polarity: Polarity,
    /// Numerator, e.g. 12 of 100 people.
    #[serde(default)]
    pub n: Option<u16>,
    /// Denominator; content checks require 100.
    #[serde(default)]
    pub of: Option<u16>,
    /// Over what time.
    #[serde(default)]
    pub timespan: String,
    /// In whom.
    #[serde(default)]
    pub population: String,
    /// How sure.
    pub certainty: Certainty,
    /// Source ids.
    pub sources: Vec<String>,
    /// Day it was checked.
    pub checked_on: Date,
    /// Day by which it must be checked again.
    pub review_by: Date,
}

/// Which way a claim points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Something gets better.
    Benefit,
    /// Something gets worse, or costs.
    Harm,
    /// Neither.
    Neutral,
}

/// How sure we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Several good studies agree, or it is a plain matter of record.
    Strong,
    /// Some good studies, with gaps.
    Moderate,
    /// Few, small or unblinded studies.
    Limited,
    /// The studies do not agree.
    Mixed,
    /// No study has answered it.
    Unknown,
    /// Studies may exist; this project has not looked.
    NotChecked,
}

impl Certainty {
    /// Steps of the strength meter that are filled, of [`Certainty::MOST`]. Studies that disagree
    /// weigh no more than few ones.
    pub fn steps(self) -> usize {
        match self {
            Self::Strong => 4,
            Self::Moderate => 3,
            Self::Limited | Self::Mixed => 2,
            Self::Unknown | Self::NotChecked => 0,
        }
    }

    /// Steps of the strength meter.
    pub const MOST: usize = 4;
}

/// Icon arrays: each claim is drawn as `n` of `of` people. All claims of one block share `of`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Icons {
    /// Heading.
    pub heading: String,
    /// What one figure stands for, said once: "Each dot is one person out of 100."
    pub caption: String,
    /// The numbers; benefits and harms alternate.
    pub claims: Vec<Claim>,
}

/// A drawn visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// Heading.
    pub heading: String,
    /// Stages in order.
    pub stages: Vec<Stage>,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// One stage of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// When: "Before", "0 min", "Next day".
    pub when: String,
    /// A few words.
    pub title: String,
    /// One or two sentences.
    pub text: String,
}

/// A drawn course: which days of which week have a visit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// Heading.
    pub heading: String,
    /// For each week, seven marks Monday to Sunday: `x` is a visit, `.` is none. For instance
    /// `x.x....`.
    pub weeks: Vec<String>,
    /// What may follow, as the name of a last row that nobody has planned yet; empty for nothing.
    #[serde(default)]
    pub later: String,
    /// What the picture shows, in words.
    pub caption: String,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A small table: first column names the row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Heading.
    pub heading: String,
    /// Column names.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Lines to fill in by hand, once printed: a table whose rows have names, or one line a name where
/// there are no columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// Heading.
    pub heading: String,
    /// Column names, the first for the names of the rows; empty for plain lines.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The names of the rows.
    pub rows: Vec<String>,
}

/// A question worth asking the clinic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The question, in the visitor's voice.
    pub question: String,
}

/// Cards of one theme, looked at one after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deck {
    /// Its name.
    pub id: String,
    /// The theme.
    pub title: String,
    /// Ids of its cards, in their order.
    pub cards: Vec<String>,
    /// What to ask the clinic after it.
    pub question: String,
}

/// A myth-or-fact card.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The dossier's id, `M01` and so on.
    pub id: String,
    /// The statement shown, with its verdict.
    pub shown: Statement,
    /// The other wording of the same card, if there is one; a visitor sees one of the two.
    #[serde(default)]
    pub flipped: Option<Statement>,
    /// Show `flipped` instead of `shown` (a content decision, so that "myth" is no winning guess).
    #[serde(default)]
    pub flip: bool,
    /// Why: two to three sentences, the same for both wordings.
    pub explanation: String,
    /// How sure the verdict is.
    pub strength: Certainty,
    /// How sure, in words.
    pub strength_text: String,
    /// A risk card: a clinic can't switch it off.
    pub risk: bool,
    /// Carries the help link.
    #[serde(default)]
    pub help: bool,
    /// Shows "checked on" with its date.
    #[serde(default)]
    pub dated: bool,
    /// Id of the only region whose visitors see it; empty for all.
    #[serde(default)]
    pub only_in: String,
    /// Source ids.
    pub sources: Vec<String>,
    /// Day it was checked.
    pub checked_on: Date,
    /// Day by which it must be checked again.
    pub review_by: Date,
}

impl Card {
    /// The wording that a visitor sees; never both of one card.
    pub fn statement(&self) -> &Statement {
        self.flipped.as_ref().filter(|_| self.flip).unwrap_or(&self.shown)
    }
}

/// A statement and its verdict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// As shown, in quotes on screen.
    pub text: String,
    /// The verdict.
    pub verdict: Verdict,
}

/// What a card's statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Not so.
    Myth,
    /// So.
    Fact,
    /// It depends.
    Depends,
}

/// One way to go on: infusion, spray, ECT, TMS, medicine, talk therapy, waiting.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Short id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Does it work, and for how many?
    pub works: Claim,
    /// How is it given?
    pub given: String,
    /// Side effects.
    pub side_effects: Claim,
    /// Work and driving.
    pub daily_life: String,
    /// How soon, and how long does it last?
    pub speed: String,
    /// Cost.
    pub cost: String,
    /// What it is like to live through (body, mind, other people).
    pub living: String,
    /// Source ids for the plain-text fields.
    #[serde(default)]
    pub sources: Vec<String>,
}
