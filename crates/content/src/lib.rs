//! Authored files to packs: reads `content/`, checks everything, reports every problem of one run.

mod authored;
mod check;
mod fhir;
mod load;
mod others;
mod problem;
mod switches;
mod translate;

pub use authored::{Authored, RuleVector, ScoreVector};
pub use check::vectors::vectors;
pub use check::{check, overdue};
pub use fhir::{Author, Read, read, read_questionnaire};
pub use load::load;
pub use others::{Packed, ReplacementWords, Request, Rules, pack_questionnaire, replacement_words};
pub use problem::{Note, Problem, Problems};
pub use translate::translate;
