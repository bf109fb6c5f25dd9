//! The questions, in FHIR's own words (`linkId`, `enableWhen`, `answerOption`).
//!
//! Authored as a FHIR R4 `Questionnaire` in `content/en/questionnaire.json`; other languages are
//! tables of texts by `linkId`. What FHIR leaves open is settled here: a skipped question is an
//! answer of its own.

use serde::{Deserialize, Serialize};

/// Option codes that mean "we do not know": never counted as "no" or 0. From HL7's
/// data-absent-reason code system: "asked, and the person is not sure" / "asked, and declined".
pub const UNKNOWN_CODES: [&str; 2] = ["asked-unknown", "asked-declined"];

/// The code of a plain "yes".
pub const YES: &str = "yes";

/// The code of a plain "no".
pub const NO: &str = "no";

/// The questionnaire as a tree of items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Questionnaire {
    /// Language of its texts as a BCP 47 tag. It differs from the pack's language where the
    /// questionnaire was written by others in a language that the interface has no words in.
    pub lang: String,
    /// Canonical address.
    pub url: String,
    /// Business version.
    pub version: String,
    /// Title as shown.
    pub title: String,
    /// What a file made from it says of itself.
    pub head: Head,
    /// Top-level items: the sections.
    pub items: Vec<Item>,
}

/// What FHIR says about a questionnaire besides its items; only for files that are taken along.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Head {
    /// Name for machines.
    pub name: String,
    /// Day of its last change.
    pub date: String,
    /// Who publishes it.
    pub publisher: String,
    /// Notices of its instruments and code systems.
    pub copyright: String,
}

/// A group, a question or a line of text.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Item {
    /// FHIR `linkId`: the stable name of this item in every language.
    pub link_id: String,
    /// What it is and how it is answered.
    pub kind: Kind,
    /// FHIR `text`: the question as asked, or the group's heading.
    pub text: String,
    /// Words shown above the question, for instance an instrument's stem (from the parent group's
    /// `text` when the group is an instrument); empty for most.
    pub prefix: String,
    /// Short label for check-your-answers and the sheets (SDC `shortText`); falls back to `text`.
    pub short: String,
    /// One sentence: why it is asked, or how to answer (a child `display` item with itemControl
    /// `help`).
    pub help: String,
    /// FHIR `code`, LOINC where one exists.
    pub code: Option<Coding>,
    /// For a question: several answers may be given. For a group: it may be filled more than once.
    pub repeats: bool,
    /// Maximum repetitions (`questionnaire-maxOccurs`); 0 means no limit of its own.
    pub max_occurs: u8,
    /// FHIR `required`. Our own content does not use it; a clinic's questionnaire may.
    pub required: bool,
    /// FHIR `maxLength` in characters; 0 means none given.
    pub max_length: u32,
    /// Lowest and highest number allowed (`minValue`, `maxValue`).
    pub min: Option<f64>,
    /// See `min`.
    pub max: Option<f64>,
    /// Unit of a number as shown beside its field (`questionnaire-unit`), for instance `kg`. Empty
    /// where there is none, and where the visitor chooses one of `units`.
    pub unit: String,
    /// The units of a quantity: one that is fixed (`questionnaire-unit`), or several of which the
    /// visitor chooses one (`questionnaire-unitOption`). Empty for every other kind, and for a
    /// quantity without a unit.
    pub units: Vec<Coding>,
    /// The answers to choose from, in their fixed order.
    pub options: Vec<AnswerOption>,
    /// When it is asked at all.
    pub enable: Enable,
    /// It is never asked and has no answer (`questionnaire-hidden`). Our own content does not use
    /// it.
    pub hidden: bool,
    /// Why this section is not offered in this language; empty if it is. Answers given in another
    /// language still count.
    pub not_offered: String,
    /// Items inside a group (or below a question).
    pub items: Vec<Item>,
}

/// What an item is. The drawing hint of FHIR's `itemControl` is part of it, since it decides the
/// steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Kind {
    /// A group whose items are asked one a screen.
    #[default]
    Group,
    /// A group drawn on one screen (itemControl `page`): rows of Yes, No and I'm not sure, or the
    /// details of a "yes".
    Page,
    /// A line of text, nothing to answer.
    Display,
    /// One or several of `options`.
    Choice,
    /// As `Choice`, drawn as type-ahead over a long list (itemControl `autocomplete`).
    Lookup,
    /// `options` or own words.
    OpenChoice,
    /// As `OpenChoice`, drawn as type-ahead: unknown names are kept as typed.
    OpenLookup,
    /// Yes or no (FHIR `boolean`), stored as the codes `true` and `false`.
    Boolean,
    /// One line of own words.
    String,
    /// Several lines of own words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A day.
    Date,
    /// A time of day, stored as `18:30` or `18:30:15`.
    ///
    /// Control: the browser's own time field (`<input type="time">`); its value is the text that is
    /// stored.
    Time,
    /// A day with a time of day, stored as `2026-01-31T18:30` in the visitor's own time; or a day
    /// alone.
    ///
    /// Control: a day field and a time field on one screen. The time may stay blank; then the day
    /// alone is stored.
    DateTime,
    /// A number with a unit (FHIR `Quantity`), stored as [`crate::answers::Value::Quantity`].
    ///
    /// Control: a number field. With one of `Item::units` it stands behind the field as text, as
    /// `Item::unit` does for a number. With several the unit is chosen beside the field, none
    /// chosen beforehand. [`crate::answer_edit::quantity`] makes the answer of both.
    Quantity,
    /// A web address, stored as text without blanks.
    ///
    /// Control: one line of text. The address is never opened.
    Url,
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AnswerOption {
    /// Code that is stored: an own short code, or LOINC's `LA…` code inside a standard instrument.
    pub code: String,
    /// Code system of `code`; empty for our own.
    pub system: String,
    /// As shown.
    pub text: String,
    /// Other names that type-ahead finds it by (brand names; FHIR `designation`).
    pub synonyms: Vec<String>,
    /// Points (`ordinalValue` or `itemWeight`).
    pub points: Option<i16>,
    /// Choosing it clears the others (`questionnaire-optionExclusive`).
    pub exclusive: bool,
    /// The FHIR type of the answer; our own content has only codings.
    pub form: Form,
}

/// FHIR's type of an answer to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Form {
    /// `valueCoding`
    #[default]
    Coding,
    /// `valueString`
    String,
    /// `valueInteger`
    Integer,
    /// `valueDate`
    Date,
    /// `valueTime`
    Time,
}

/// A code and the system it is from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coding {
    /// For instance `http://loinc.org`.
    pub system: String,
    /// For instance `44250-9`.
    pub code: String,
    /// The system's own words for the code.
    pub display: String,
}

/// When an item is asked: FHIR `enableWhen` with `enableBehavior`. Empty means always.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Enable {
    /// The conditions.
    pub when: Vec<Condition>,
    /// `enableBehavior` is `any` (else `all`).
    pub any: bool,
}

/// One comparison of an earlier answer (or a score) with a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// `linkId` of the question, or id of the instrument when `score` is set.
    pub question: String,
    /// Compare the instrument's total instead of an answer.
    pub score: bool,
    /// The comparison.
    pub operator: Operator,
    /// What to compare with.
    pub operand: Operand,
}

/// FHIR's `enableWhen` operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// `exists`
    Exists,
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `<`
    Lt,
    /// `>=`
    Ge,
    /// `<=`
    Le,
}

/// The value that an answer is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Operand {
    /// `answerBoolean`, only with `exists`.
    Bool(bool),
    /// A code, or one of several (short for several `=` conditions joined by `any`).
    Codes(Vec<String>),
    /// A number; a coded answer is compared by its points.
    Number(f64),
    /// Text, a day or a time of day.
    Text(String),
    /// A number with the code of its unit; compared only with answers in the same unit.
    Quantity(f64, String),
}

impl Item {
    /// The label used where space is short.
    pub fn label(&self) -> &str {
        if self.short.is_empty() { &self.text } else { &self.short }
    }

    /// The unit with this code.
    pub fn unit_named(&self, code: &str) -> Option<&Coding> {
        self.units.iter().find(|u| u.code == code)
    }

    /// The option with this code.
    pub fn option(&self, code: &str) -> Option<&AnswerOption> {
        self.options.iter().find(|o| o.code == code)
    }

    /// True for what a person answers.
    pub fn is_question(&self) -> bool {
        !matches!(self.kind, Kind::Group | Kind::Page | Kind::Display)
    }

    /// True for groups of either drawing.
    pub fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Group | Kind::Page)
    }
}

impl Coding {
    /// What is shown: the system's own words, else the code.
    pub fn label(&self) -> &str {
        if self.display.is_empty() { &self.code } else { &self.display }
    }
}

/// The language of a text that stands among texts in another: a reader aloud takes the wrong voice
/// else, and "(1-10)" behind Arabic turns round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLanguage {
    /// BCP 47 tag.
    pub tag: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
}

impl Questionnaire {
    /// True if the language of its texts is written from right to left.
    pub fn is_right_to_left(&self) -> bool {
        const RIGHT_TO_LEFT: [&str; 11] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
        RIGHT_TO_LEFT.contains(&self.lang.split('-').next().unwrap_or_default())
    }

    /// Language and direction of what comes from the questionnaire, where its language is not
    /// `around`, the interface's.
    pub fn language_beside(&self, around: &str) -> Option<TextLanguage> {
        let direction = if self.is_right_to_left() { "rtl" } else { "ltr" };
        (self.lang != around).then(|| TextLanguage { tag: self.lang.clone(), direction })
    }

    /// The item with this `linkId`, wherever it stands in the tree.
    pub fn item(&self, link_id: &str) -> Option<&Item> {
        fn find<'a>(items: &'a [Item], link_id: &str) -> Option<&'a Item> {
            items.iter().find_map(|i| if i.link_id == link_id { Some(i) } else { find(&i.items, link_id) })
        }
        find(&self.items, link_id)
    }

    /// Every item, parents before children.
    pub fn all(&self) -> Vec<&Item> {
        fn push<'a>(items: &'a [Item], out: &mut Vec<&'a Item>) {
            for item in items {
                out.push(item);
                push(&item.items, out);
            }
        }
        let mut out = Vec::new();
        push(&self.items, &mut out);
        out
    }
}
