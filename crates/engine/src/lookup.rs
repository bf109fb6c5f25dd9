//! Type-ahead over a list of names: forgiving of case, accents, hyphens and one wrong letter.
//!
//! A match only offers a name to choose. What is typed and not chosen is kept as typed.

use crate::pack::AnswerOption;

/// How many suggestions are shown at most.
pub const MOST: usize = 8;

/// Words that a name may have: what is pasted may go on for pages.
const MOST_WORDS: usize = 8;

/// The last of the ranks that a fit can have.
const WORST: u8 = 3;

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
    let whole = suggest_names(options, typed);
    if whole.is_empty() { named(options, typed) } else { whole }
}

fn suggest_names<'a>(options: &'a [AnswerOption], typed: &str) -> Vec<&'a AnswerOption> {
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

/// The options that are named inside what was typed, each once: "theophylline 300 mg" begins with
/// one, "Theo-24 (theophylline)" and "lithium, phenelzine" hold one in each part. They are offered,
/// and replace nothing.
pub fn named<'a>(options: &'a [AnswerOption], typed: &str) -> Vec<&'a AnswerOption> {
    once_each(parts(typed).filter_map(|part| leading(options, part)))
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

/// The option that the longest run of leading words names exactly, or else the first word with one
/// slip.
fn leading<'a>(options: &'a [AnswerOption], part: &str) -> Option<&'a AnswerOption> {
    let folded = fold(part);
    let words: Vec<&str> = folded.split(' ').collect();
    let runs = (1..=words.len().min(MOST_WORDS)).rev().filter_map(|n| words.get(..n)).map(|run| run.join(" "));
    let exactly = runs.into_iter().find_map(|run| exact_folded(options, &run));
    exactly.or_else(|| {
        words
            .first()
            .filter(|word| word.chars().count() > 5)
            .and_then(|word| suggest_names(options, word).first().copied())
    })
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

/// What is known of names that were typed and not chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading<'a> {
    /// Named for certain: an exact name that opens the text or a part of it, with nothing behind it
    /// but a dose.
    pub certain: Vec<&'a AnswerOption>,
    /// Perhaps meant: a name with one slip, or with other words around it.
    pub perhaps: Vec<&'a AnswerOption>,
    /// Every word of the text belongs to a name that is certain, or to its dose.
    pub whole: bool,
}

/// Reads the names in what was typed.
///
/// ```
/// use engine::lookup::read;
/// use engine::pack::AnswerOption;
/// let list = [AnswerOption { code: "lithium".into(), text: "lithium".into(), ..AnswerOption::default() }];
/// assert!(read(&list, "Lithium 300 mg at night").whole);
/// // Who writes more than a dose may mean something else.
/// let reading = read(&list, "lithium made me ill");
/// assert!(reading.certain.is_empty() && reading.perhaps[0].code == "lithium");
/// ```
pub fn read<'a>(options: &'a [AnswerOption], typed: &str) -> Reading<'a> {
    let mut reading = Reading { whole: true, ..Reading::default() };
    for part in parts(typed) {
        let folded = fold(part);
        let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
        reading.whole &= clauses(options, &words, &mut reading.certain);
    }
    reading.whole &= !reading.certain.is_empty();
    if !reading.whole {
        let perhaps = parts(typed).filter_map(|part| leading(options, part));
        let known = |o: &&AnswerOption| !reading.certain.iter().any(|c| c.code == o.code);
        reading.perhaps = once_each(perhaps.filter(known));
    }
    reading
}

/// Reads names that are joined by "and", each with its dose; false if some word is neither.
fn clauses<'a>(options: &'a [AnswerOption], words: &[&str], certain: &mut Vec<&'a AnswerOption>) -> bool {
    let mut rest = words;
    let mut whole = true;
    while !rest.is_empty() {
        let runs = (1..=rest.len().min(MOST_WORDS)).rev().filter_map(|n| rest.split_at_checked(n));
        let name =
            runs.into_iter().find_map(|(run, behind)| exact_folded(options, &run.join(" ")).map(|o| (o, behind)));
        let behind = name.map_or(rest, |(_, behind)| behind);
        let end = behind.iter().position(|w| JOINTS.contains(w)).unwrap_or(behind.len());
        let (clause, next) = behind.split_at_checked(end).unwrap_or((behind, &[]));
        let dose = clause.iter().all(|w| is_dose(w));
        match name {
            Some((option, _)) if dose && !certain.iter().any(|c| c.code == option.code) => certain.push(option),
            _ => {}
        }
        whole &= dose;
        rest = next.get(1..).unwrap_or_default();
    }
    whole
}

/// Words that join two names, in English and Spanish.
const JOINTS: &[&str] = &["and", "plus", "y", "e", "mas"];

/// Words, in English and Spanish, that say how much of a medicine, how and when, and never what
/// else was meant.
const DOSE_WORDS: &[&str] = &[
    "mg",
    "mcg",
    "ug",
    "g",
    "gr",
    "gram",
    "grams",
    "gramo",
    "gramos",
    "ml",
    "l",
    "cc",
    "iu",
    "ui",
    "u",
    "unit",
    "units",
    "unidad",
    "unidades",
    "meq",
    "percent",
    "tablet",
    "tablets",
    "tab",
    "tabs",
    "pill",
    "pills",
    "capsule",
    "capsules",
    "cap",
    "caps",
    "patch",
    "patches",
    "drop",
    "drops",
    "spray",
    "sprays",
    "puff",
    "puffs",
    "shot",
    "shots",
    "injection",
    "injections",
    "cream",
    "gel",
    "inhaler",
    "syrup",
    "liquid",
    "solution",
    "oral",
    "nasal",
    "dose",
    "doses",
    "tableta",
    "tabletas",
    "pastilla",
    "pastillas",
    "capsula",
    "capsulas",
    "comprimido",
    "comprimidos",
    "parche",
    "parches",
    "gota",
    "gotas",
    "inyeccion",
    "inyecciones",
    "crema",
    "jarabe",
    "dosis",
    "er",
    "xr",
    "sr",
    "cr",
    "dr",
    "ir",
    "la",
    "xl",
    "cd",
    "odt",
    "hcl",
    "retard",
    "extended",
    "release",
    "delayed",
    "immediate",
    "half",
    "one",
    "two",
    "three",
    "four",
    "media",
    "medio",
    "un",
    "una",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "a",
    "an",
    "x",
    "once",
    "twice",
    "times",
    "time",
    "vez",
    "veces",
    "per",
    "each",
    "every",
    "other",
    "cada",
    "por",
    "al",
    "el",
    "en",
    "de",
    "con",
    "with",
    "at",
    "in",
    "the",
    "on",
    "day",
    "days",
    "daily",
    "dia",
    "dias",
    "diario",
    "diaria",
    "night",
    "nights",
    "nightly",
    "noche",
    "noches",
    "morning",
    "mornings",
    "manana",
    "mananas",
    "evening",
    "evenings",
    "tarde",
    "noon",
    "mediodia",
    "bed",
    "bedtime",
    "dormir",
    "acostarme",
    "week",
    "weeks",
    "weekly",
    "semana",
    "semanas",
    "month",
    "months",
    "monthly",
    "mes",
    "meses",
    "hour",
    "hours",
    "h",
    "hr",
    "hrs",
    "hora",
    "horas",
    "d",
    "as",
    "needed",
    "segun",
    "necesario",
    "necesidad",
    "prn",
    "qd",
    "bid",
    "tid",
    "qid",
    "qhs",
    "hs",
    "am",
    "pm",
    "po",
    "food",
    "meals",
    "comida",
    "comidas",
];

/// True for a word of a dose: a number, a number with its unit, or one of [`DOSE_WORDS`].
fn is_dose(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.is_empty() || DOSE_WORDS.contains(&unit)
}

/// The name that opens a text, and the words behind it as they were written; `None` if it opens
/// with no name of the list.
pub fn split_name<'a>(options: &'a [AnswerOption], text: &str) -> Option<(&'a AnswerOption, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut runs = (1..=words.len().min(MOST_WORDS)).rev().filter_map(|n| words.split_at_checked(n));
    runs.find_map(|(run, behind)| {
        exact(options, &run.join(" "))
            .map(|option| (option, behind.join(" ").trim_start_matches([':', '-', '=', ' ']).into()))
    })
}

/// What stands between commas, line breaks, brackets and strokes.
fn parts(typed: &str) -> impl Iterator<Item = &str> {
    entries(typed).into_iter().flat_map(|e| e.split(['(', ')', '[', ']', '/', '+', '&']))
}

fn once_each<'a>(options: impl Iterator<Item = &'a AnswerOption>) -> Vec<&'a AnswerOption> {
    let mut out: Vec<&AnswerOption> = Vec::new();
    for option in options {
        if !out.iter().any(|known| known.code == option.code) {
            out.push(option);
        }
    }
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

/// Letters and digits in lower case without accents; anything else is a space.
///
/// Lower case and accents of the languages of western Europe: all of Unicode's cost the browser 14
/// kB of tables.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (c, folded_letter(c)) {
            (_, Some(letter)) => out.push(letter),
            // "St John's" is found as "st johns", "Claritin-D" as "claritind" or "claritin d".
            ('\'' | '’', None) => {}
            (_, None) if !out.ends_with(' ') => out.push(' '),
            _ => {}
        }
    }
    out.trim().into()
}

/// A letter or digit in lower case without its accent; `None` for anything else.
fn folded_letter(c: char) -> Option<char> {
    Some(match lower(c) {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        c if is_letter(c) => c,
        _ => return None,
    })
}

fn lower(c: char) -> char {
    match c {
        // In Latin-1 the small letters stand 32 behind the capitals.
        'À'..='Þ' if c != '×' => char::from_u32(c as u32 + 32).unwrap_or(c),
        c => c.to_ascii_lowercase(),
    }
}

/// Letters and digits, and the blocks of scripts: signs, dashes and pictures are none.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || (matches!(c, 'À'..='\u{1fff}' | '\u{3040}'..='\u{d7ff}') && !matches!(c, '×' | '÷'))
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
