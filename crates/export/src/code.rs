//! The code on paper: the coded answers in one QR code on the clinician's sheet. Own words stay on
//! the paper.
//!
//! Bytes, then text of 41 letters that every scanner types the same way. Numbers are variable:
//! seven bits a byte, the highest bit set if more follow.
//!
//! ```text
//! 1                        version of this form
//! flags                    1: the visitor left answers out
//! year - 2000, month, day  when it was made
//! length, letters          version of the content
//! for each answer, by number of its question, then by repetition:
//!   step * 8 + kind        step from the last question's number; 0 is its next repetition
//!     0 skipped
//!     1 one answer         its number; 0 for own words
//!     2 several answers    how many, their numbers
//!     3 a whole number     the number
//!     4 typed              length, letters: a number's digits; a quantity's digits, `u`, the number of its unit; a time
//!                          of day, or a day with one, with `.` between hours, minutes and seconds
//!     5 a day              year, month, day
//!     6 nothing            in this repetition
//!     7 the last once more step and answer; before the kind, in place of a step, how often
//! CRC-32 of all this       four bytes, the highest first
//! ```

mod letters;
mod read;
mod write;

pub use read::read;
pub use write::text;

use super::qr::{self, Qr};
use engine::answers::Answers;
use engine::pack::Pack;

/// The text's prefix. It distinguishes this tool's codes from others that a scanner reads.
const HEAD: &str = "CR";
/// Since 2 there is kind 7; since 3 kind 4 may hold a quantity or a time. What has none reads the
/// same.
const VERSION: u8 = 3;
/// Repetitions of a question that a code holds.
const MOST_REPETITIONS: u8 = 100;

/// A code that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The answers; own words are empty, since they are on the paper.
    pub answers: Answers,
    /// The day it was made, as `YYYY-MM-DD`.
    pub day: String,
    /// Version of the content it was made with.
    pub version: String,
    /// The visitor had left answers out.
    pub left_out: bool,
    /// Questions whose answer this content doesn't know, by number or name.
    pub unknown: Vec<String>,
}

/// The code itself; `None` if the answers don't fit.
pub fn qr(pack: &Pack, answers: &Answers, leave_out: bool, day: &str) -> Option<Qr> {
    qr::encode(&text(pack, answers, leave_out, day))
}
