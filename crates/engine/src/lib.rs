//! The engine of Consult Ready: everything that is decided, without a browser.
//!
//! ```text
//! pack ─► answers ─► walk ─► scores ─► findings ─► summary
//! ```
//!
//! Everything right of `answers` is a pure function of (pack, answers). Nothing is stored that can
//! be replayed, so a changed answer, the Back button, a resumed visit and a code on paper need no
//! code of their own, and the answer to a question that is no longer asked can't reach a sheet.
//!
//! - [`pack`]: the shapes of the content. Checked when it is packed, so the engine is total: no
//!   panics, no I/O, no clock.
//! - [`number`]: decimal numbers as text.
//! - [`theme`]: a clinic's colours, made readable.
//! - [`answers`]: what was said, with one text form.
//! - [`clean`]: text as it may stand in a record and on paper.
//! - [`migrate`]: answers of earlier versions of the questionnaire, as this one asks for them.
//! - [`answer_edit`]: the new answer after an edit.
//! - [`validation`]: whether a value fits its question.
//! - [`calendar`]: days and times of day.
//! - `comparison`: how an answer compares with what a condition names.
//! - [`repetition`]: names of repetitions inside repetitions.
//! - [`form`]: which questions are asked, and the answers that count.
//! - [`naming`]: the wording of a question, with the medicine or problem that it is about.
//! - [`rules`]: conditions in three values, since "not sure" is neither yes nor no.
//! - [`walk`]: which screens there are, in order.
//! - [`scores`]: sums, ranges, published bands.
//! - [`findings`]: rules over answers and scores.
//! - [`deciding`]: what the visitor's own weights and answers bring to the front.
//! - [`medicine_card`]: dose and last time of one medicine of the list.
//! - [`help`]: what the help panel shows, and in which order.
//! - [`idle`]: when a shared screen was left.
//! - [`lookup`]: type-ahead that forgives a letter.
//! - [`refused`]: words that neither we nor a clinic may say.
//! - [`summary`]: the two sheets as data.
//!
//! No two modules import each other: a native test (`house`) reads the paths and names a circle.

pub mod answer_edit;
pub mod answers;
pub mod calendar;
pub mod clean;
mod comparison;
pub mod deciding;
pub mod findings;
pub mod form;
pub mod help;
pub mod idle;
pub mod lookup;
pub mod measure;
pub mod medicine_card;
pub mod migrate;
pub mod naming;
pub mod number;
pub mod pack;
pub mod press;
pub mod refused;
pub mod repetition;
pub mod rules;
pub mod scores;
pub mod summary;
pub mod theme;
pub mod validation;
pub mod walk;
