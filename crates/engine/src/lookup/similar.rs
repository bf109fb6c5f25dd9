//! Names that are similar to what was typed: the same beginning, one wrong letter, the same sound.

use super::MOST;
use super::fold::fold;
use crate::pack::AnswerOption;

/// The last of the ranks that a fit can have.
const WORST: u8 = 3;

/// The options whose name or synonym fits all of what was typed, best first.
pub(super) fn similar<'a>(options: &'a [AnswerOption], typed: &str) -> Vec<&'a AnswerOption> {
    let typed = fold(typed);
    if typed.chars().count() < 2 {
        return Vec::new();
    }
    let best =
        |o: &AnswerOption| std::iter::once(&o.text).chain(&o.synonyms).filter_map(|n| rank(&fold(n), &typed)).min();
    let ranked: Vec<(u8, &AnswerOption)> = options.iter().filter_map(|o| best(o).map(|r| (r, o))).collect();
    let of_rank = |rank| ranked.iter().filter(move |(r, _)| *r == rank).map(|(_, o)| *o);
    let mut out: Vec<&AnswerOption> = (0..=WORST).flat_map(of_rank).collect();
    out.truncate(MOST);
    out
}

/// 0 exact, 1 starts with it, 2 a later word starts with it, 3 one letter off, as written or as it
/// sounds; `None` for no fit.
fn rank(name: &str, typed: &str) -> Option<u8> {
    if name == typed {
        Some(0)
    } else if name.starts_with(typed) {
        Some(1)
    } else if name.split(' ').skip(1).any(|word| word.starts_with(typed)) {
        Some(2)
    } else if near(name, typed) || near(&sound(name), &sound(typed)) {
        Some(WORST)
    } else {
        None
    }
}

/// Three letters are one slip away from too many names.
fn near(name: &str, typed: &str) -> bool {
    typed.chars().count() >= 4 && name.split(' ').chain([name]).any(|word| starts_near(word, typed))
}

/// As it sounds: whoever writes "theofylline" by ear is two letters off, and it is the one asthma
/// tablet that matters.
///
/// Letter by letter: the standard library's search for a text brings 8 kB.
fn sound(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        if c == 'h' && out.ends_with('p') {
            out.pop();
            out.push('f');
        } else {
            out.push(c);
        }
    }
    out
}

/// True if some beginning of `word` is at most one edit from `typed`: a letter wrong, missing,
/// extra, or two neighbours swapped.
fn starts_near(word: &str, typed: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let typed: Vec<char> = typed.chars().collect();
    let n = typed.len();
    [n - 1, n, n + 1].into_iter().filter_map(|len| word.get(..len)).any(|start| one_edit(start, &typed))
}

fn one_edit(a: &[char], b: &[char]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    match (ra, rb) {
        ([], []) => true,
        ([x, y, ra @ ..], [v, w, rb @ ..]) if x == w && y == v && ra == rb => true,
        ([_, ra @ ..], [_, rb @ ..]) if ra == rb => true,
        ([_, rest @ ..], _) if rest == rb => true,
        (_, [_, rest @ ..]) => rest == ra,
        _ => false,
    }
}
