//! The few questions that the product treats apart, named in `content/safety.toml` and not in code.

use serde::{Deserialize, Serialize};

/// Which questions are about being safe, and about being an adult.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Safety {
    /// The one own-words question of the help panel ("can you keep yourself safe"), asked only
    /// there.
    pub ask: String,
    /// Its answer that puts the emergency number first.
    pub ask_might_act: String,
    /// Its answer that gets the calmer layout.
    pub ask_safe: String,
    /// Answers that are never stored on a device.
    pub never_kept: Vec<String>,
    /// Answers that the visitor may leave off the printed sheet, together.
    pub may_leave_out: Vec<String>,
    /// The age question …
    pub minor_question: String,
    /// … and its answer for under 18.
    pub minor_code: String,
    /// Medicine questions, in the order of the sheet.
    pub medicines: String,
    /// The question "do you take any medicines?".
    pub takes_medicines: String,
    /// The head of the clinician's sheet: age, and what help is wanted with.
    #[serde(default)]
    pub strip: Vec<String>,
    /// Texts about the doses of the medicines, printed in their table as far as they name them.
    #[serde(default)]
    pub doses: Vec<String>,
    /// Texts about when medicines were last taken, printed likewise.
    #[serde(default)]
    pub last_taken: Vec<String>,
    /// What the clinician's sheet opens with: why the visitor comes.
    pub why: Vec<String>,
    /// Medicine details and allergies, printed below the medicines.
    pub medicine_details: Vec<String>,
    /// Treatments tried that are not in the repeated group.
    pub tried: Vec<String>,
    /// The repeated group of medicine trials.
    pub trials: String,
    /// Whether a medicine in one of these repetitions is still taken.
    #[serde(default)]
    pub tried_now: String,
    /// "I have a list on paper": prints an empty table to fill by hand.
    pub tried_on_paper: String,
    /// Questions whose answer is printed with the history where no rule tells it.
    pub stated: Vec<String>,
    /// Practical questions, in order.
    pub practical: Vec<String>,
    /// Questions for the clinic: the list to tick, and own ones.
    pub questions: Vec<String>,
    /// What matters to the visitor, printed on the sheet to keep.
    pub matters: Vec<String>,
    /// Reasons for and against, where the visitor stands, what is still needed: "My decision so
    /// far" on the sheet to keep.
    #[serde(default)]
    pub decision: Vec<String>,
    /// Sections that a clinic may leave out: no safety, no help and nothing to tell before an
    /// infusion stands in them.
    pub optional: Vec<String>,
    /// "Just the safety questions": stages, pages and questions of the short way.
    #[serde(default)]
    pub short: Vec<String>,
    /// Questions that conditions in other stages may look at. All other conditions stay inside
    /// their stage, so that the stages can be answered in any order.
    #[serde(default)]
    pub across: Vec<String>,
    /// Answers in text form that an estimate of minutes assumes where nothing was answered yet.
    #[serde(default)]
    pub assumed: String,
    /// The stages that have a drawing, in the order of the drawings (`drawings/stage1.svg` and on).
    #[serde(default)]
    pub drawn: Vec<String>,
    /// Groups that are asked on screens of their own and are no steps of the walk. Nobody has to
    /// answer them, so what is blank in them is not counted as open.
    #[serde(default)]
    pub apart: Vec<String>,
    /// The repeated group that holds what is known of one medicine of the list …
    #[serde(default)]
    pub card: String,
    /// … its name, as it stands in the list …
    #[serde(default)]
    pub card_name: String,
    /// … its dose …
    #[serde(default)]
    pub card_dose: String,
    /// … and when it was last taken.
    #[serde(default)]
    pub card_last: String,
    /// The topic with what anyone can ask, and good answers.
    #[serde(default)]
    pub good_answers: String,
    /// Medicines of the list that count as tried for low mood: offered where past medicines are
    /// asked.
    #[serde(default)]
    pub antidepressants: Vec<String>,
    /// Every answer is printed in the questionnaire's order, under its own headings: for
    /// questionnaires by others, in which nothing is treated apart.
    #[serde(default)]
    pub in_order: bool,
}
