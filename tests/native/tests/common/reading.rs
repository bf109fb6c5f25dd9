//! How hard a text is to read, by a formula for each language, with syllable counts of our own.
//!
//! English: grade = 0.39 · words/sentences + 11.8 · syllables/words − 15.59 (Kincaid 1975).
//! Spanish: ease = 206.835 − 62.3 · syllables/words − words/sentences (Szigriszt 1993), read on the
//! INFLESZ scale (Barrio-Cantalejo 2008): below 40 very hard, to 55 rather hard, to 65 normal, to
//! 80 quite easy, then very easy.
//!
//! Formulas reward short sentences, not clarity: they sort out what is surely too hard, people
//! judge the rest.

use super::texts::sentences;

/// The grade of a text; `None` if there is nothing to count.
pub fn grade(text: &str) -> Option<f64> {
    let parts = sentences(text);
    let words: Vec<&str> = words(text);
    if parts.is_empty() || words.is_empty() {
        return None;
    }
    let syllables: usize = words.iter().map(|w| syllables(w)).sum();
    let (s, w, y) = (parts.len() as f64, words.len() as f64, syllables as f64);
    Some(0.39 * w / s + 11.8 * y / w - 15.59)
}

/// Words and numbers; a hyphen parts words, an apostrophe does not.
pub fn words(text: &str) -> Vec<&str> {
    let apart = |c: char| !(c.is_alphanumeric() || c == '\'' || c == '’');
    text.split(apart).map(|w| w.trim_matches(['\'', '’'])).filter(|w| !w.is_empty()).collect()
}

/// Words whose syllables the rules below get wrong.
const COUNTED: &[(&str, usize)] = &[
    ("area", 3),
    ("being", 2),
    ("biopsy", 3),
    ("breathe", 1),
    ("clothes", 1),
    ("create", 2),
    ("diabetes", 4),
    ("diet", 2),
    ("doesn't", 2),
    ("every", 2),
    ("everyone", 3),
    ("everything", 3),
    ("evening", 2),
    ("fluid", 2),
    ("idea", 3),
    ("ideas", 3),
    ("isn't", 2),
    ("didn't", 2),
    ("someone", 2),
    ("something", 2),
    ("sometimes", 2),
    ("somewhere", 2),
    ("lifeline", 2),
    ("lying", 2),
    ("mania", 3),
    ("maybe", 2),
    ("medicine", 3),
    ("medicines", 3),
    ("people", 2),
    ("quiet", 2),
    ("science", 2),
    ("trial", 2),
    ("trials", 2),
    ("triangle", 3),
    ("anxiety", 4),
    ("society", 4),
    ("variety", 4),
    ("various", 3),
    ("whole", 1),
    ("nobody", 3),
    ("anyone", 3),
    ("liable", 3),
    ("reaction", 3),
    ("reactions", 3),
    ("react", 2),
    ("trying", 2),
    ("crying", 2),
    ("doing", 2),
    ("going", 2),
    ("seeing", 2),
    ("safety", 2),
    ("safely", 2),
    ("moment", 2),
    ("movement", 2),
    ("likely", 2),
    ("rarely", 2),
    ("surely", 2),
    ("lonely", 2),
    ("severely", 3),
    ("completely", 3),
    ("definitely", 4),
    ("homework", 2),
    ("lifestyle", 2),
    ("placebo", 3),
    ("bipolar", 3),
    ("coercion", 3),
    ("cruel", 2),
    ("poem", 2),
    ("dying", 2),
    ("serious", 3),
    ("previous", 3),
    ("obvious", 3),
    ("experience", 4),
    ("experiences", 5),
    ("audience", 3),
    ("radio", 3),
    ("period", 3),
    ("material", 4),
    ("usually", 4),
    ("usual", 3),
    ("unusual", 4),
    ("actually", 4),
    ("gradual", 3),
    ("situation", 4),
    ("evaluation", 5),
    ("january", 4),
    ("february", 4),
    ("use", 1),
    ("uses", 2),
    ("used", 1),
    ("user", 2),
    ("caffeine", 2),
    ("forehead", 2),
    ("therefore", 2),
    ("cafe", 2),
    ("recipe", 3),
    ("throughout", 2),
];

/// Syllables of one word: groups of vowels, less the silent e. A number counts as one.
pub fn syllables(word: &str) -> usize {
    let word = word.to_lowercase().replace('’', "'");
    if word.chars().any(|c| c.is_ascii_digit()) {
        return 1;
    }
    // An abbreviation in capitals would be spelled out; it is set apart by whoever asks.
    if let Some((_, n)) = COUNTED.iter().find(|(w, _)| *w == word) {
        return *n;
    }
    let bare = word.strip_suffix("'s").unwrap_or(&word).replace('\'', "");
    let letters: Vec<char> = bare.chars().collect();
    let vowel = |c: char| "aeiouyáéíóúü".contains(c);
    let mut count = 0;
    let mut before = false;
    for &c in &letters {
        if vowel(c) && !before {
            count += 1;
        }
        before = vowel(c);
    }
    let ends = |tail: &str| bare.ends_with(tail);
    let silent_e = ends("e") && !ends("le") && !ends("ee") && !ends("ye") && !ends("ie") && !ends("oe") && !ends("ue");
    let silent_le = ends("le") && letters.len() > 2 && vowel(letters[letters.len() - 3]);
    let silent_es = ends("es")
        && !["ses", "zes", "xes", "ches", "shes", "ges", "ces", "ies", "les", "ees", "oes"].iter().any(|t| ends(t));
    let silent_les = ends("les") && letters.len() > 3 && vowel(letters[letters.len() - 4]);
    let silent_ed = ends("ed") && !ends("ted") && !ends("ded") && !ends("eed") && !ends("ied");
    if (silent_e || silent_le || silent_es || silent_les || silent_ed) && count > 1 {
        count -= 1;
    }
    // Two vowels that are two syllables: "ia", "io" (but not "tion", "sion", "cious"), "eo", "ua".
    let pairs = [("ia", 1), ("iu", 1), ("eo", 1), ("uou", 1), ("ient", 1), ("ium", 0)];
    for (pair, more) in pairs {
        let soft = ["tial", "cial", "tian", "cian", "geo", "peop"].iter().any(|s| bare.contains(s));
        if bare.contains(pair) && !soft {
            count += more;
        }
    }
    for tail in ["sm", "thm"] {
        if ends(tail) {
            count += 1;
        }
    }
    count.max(1)
}

/// The ease of a Spanish text, higher is easier; `None` if there is nothing to count.
pub fn ease(text: &str) -> Option<f64> {
    let (parts, words) = (sentences(text), words(text));
    if parts.is_empty() || words.is_empty() {
        return None;
    }
    let syllables: usize = words.iter().map(|w| spanish_syllables(w)).sum();
    let (s, w, y) = (parts.len() as f64, words.len() as f64, syllables as f64);
    Some(206.835 - 62.3 * y / w - w / s)
}

/// Syllables of one Spanish word. Its spelling tells: neighbouring vowels are one syllable unless
/// both are strong (a, e, o) or the weak one carries the accent. A number counts as one.
pub fn spanish_syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().collect();
    if letters.iter().any(char::is_ascii_digit) {
        return 1;
    }
    let strong = |c: char| "aeoáéó".contains(c);
    let accented = |c: char| "íú".contains(c);
    let mut count = 0;
    let mut before = None;
    for (i, &c) in letters.iter().enumerate() {
        let vowel = strong(c) || accented(c) || "iuü".contains(c) || (c == 'y' && i + 1 == letters.len());
        let joined = |b: char| !(strong(b) && strong(c) || accented(b) && strong(c) || strong(b) && accented(c));
        if vowel && !before.is_some_and(joined) {
            count += 1;
        }
        before = vowel.then_some(c);
    }
    count.max(1)
}
