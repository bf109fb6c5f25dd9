//! Who made it, who pays, when it was checked, how to complain: shown, and printed in the sheets'
//! footer.

use serde::{Deserialize, Serialize};

/// The disclosures a decision aid owes its reader (IPDAS C2 to C6).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Who made it.
    pub made_by: String,
    /// Who pays for it.
    pub pays: String,
    /// Who sells the treatment.
    pub sells: String,
    /// How often it is reviewed; `{date}` is the next review.
    pub update_policy: String,
    /// How to complain.
    pub complain: String,
    /// How the evidence was chosen.
    pub how_evidence_was_chosen: String,
    /// Who has tested it, in plain words.
    pub readers: String,
    /// Licence notices to show.
    pub notices: Vec<String>,
}
