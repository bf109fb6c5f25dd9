//! Type-ahead over a list of names: forgiving of case, accents, hyphens and one wrong letter.
//!
//! A match only offers a name to choose. What is typed and not chosen is kept as typed.

mod dose;
mod fold;
mod inside;
mod similar;

pub use fold::fold;
pub use inside::{Reading, named, read, split_name};

use crate::pack::AnswerOption;
use fold::folded_letter;
use similar::similar;

/// How many suggestions are shown at most.
pub const MOST: usize = 8;

/// The options whose name or synonym fits what was typed, best first.
///
/// Where nothing fits all of it, the names inside it are offered, see [`named`].
///
/// ```
/// use engine::lookup::suggest;
/// use engine::pack::AnswerOption;
/// let name = |code: &str| AnswerOption { code: code.into(), text: code.into(), ..AnswerOption::default() };
/// let list = [name("lithium"), name("theophylline")];
/// assert_eq!(suggest(&list, "litium")[0].code, "lithium");
/// assert_eq!(suggest(&list, "theophylline 300 mg")[0].code, "theophylline");
/// ```
pub fn suggest<'a>(options: &'a [AnswerOption], typed: &str) -> Vec<&'a AnswerOption> {
    let whole = similar(options, typed);
    if whole.is_empty() { named(options, typed) } else { whole }
}

/// A pasted list in its entries: what stands between commas, semicolons and line breaks. The comma
/// of "0,5" joins.
pub fn entries(typed: &str) -> Vec<&str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut out = Vec::new();
    let mut start = 0;
    for (place, c) in typed.char_indices() {
        let (before, after) =
            (typed.get(..place).unwrap_or_default(), typed.get(place + c.len_utf8()..).unwrap_or_default());
        let joins = c == ',' && digit(before.chars().next_back()) && digit(after.chars().next());
        if matches!(c, ',' | ';' | '\n' | '\r') && !joins {
            out.extend(typed.get(start..place));
            start = place + c.len_utf8();
        }
    }
    out.extend(typed.get(start..));
    out.into_iter().map(str::trim).filter(|e| !e.is_empty()).collect()
}

/// The option whose name or synonym is exactly what was typed, but for case, accents and hyphens.
pub fn exact<'a>(options: &'a [AnswerOption], typed: &str) -> Option<&'a AnswerOption> {
    exact_folded(options, &fold(typed))
}

fn exact_folded<'a>(options: &'a [AnswerOption], folded: &str) -> Option<&'a AnswerOption> {
    // Most names differ in their first letter, and are not folded whole.
    let first = folded.chars().next()?;
    let begins = |name: &&String| name.chars().find_map(folded_letter) == Some(first);
    options.iter().find(|o| std::iter::once(&o.text).chain(&o.synonyms).filter(begins).any(|n| fold(n) == folded))
}
