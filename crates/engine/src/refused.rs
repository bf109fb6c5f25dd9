//! Finds refused words in a text: in our own, which a test reads, and in what a clinic writes of
//! its own.

use crate::lookup::fold;
use crate::pack::{Pack, Refused};

/// The refused words that a clinic's own text says.
pub fn in_clinics_text<'a>(refused: &'a Refused, text: &str) -> Vec<&'a str> {
    found(refused, for_clinics(refused).chain(&refused.crisis).chain(&refused.advice), text)
}

/// All of them that these packs refuse, each in quotes; `None` if there are none.
pub fn quoted<'a>(packs: impl IntoIterator<Item = &'a Pack>, text: &str) -> Option<String> {
    let mut words: Vec<&str> = packs.into_iter().flat_map(|pack| in_clinics_text(&pack.refused, text)).collect();
    words.sort_unstable();
    words.dedup();
    let words: Vec<String> = words.into_iter().map(|word| ["“", word, "”"].concat()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The refused words in a text of the product.
pub fn in_our_text<'a>(refused: &'a Refused, text: &str) -> Vec<&'a str> {
    found(refused, for_clinics(refused).chain(&refused.hard), text)
}

fn for_clinics(r: &Refused) -> impl Iterator<Item = &String> {
    [&r.promises, &r.decides, &r.shames, &r.sells].into_iter().flatten()
}

fn found<'a>(refused: &'a Refused, words: impl Iterator<Item = &'a String>, text: &str) -> Vec<&'a str> {
    let text = split(text);
    // What stands in one of the other senses is not meant.
    let mut meant = vec![true; text.len()];
    for phrase in &refused.other_senses {
        let phrase = split(phrase);
        for at in places(&text, &phrase) {
            meant.iter_mut().skip(at).take(phrase.len()).for_each(|m| *m = false);
        }
    }
    let mut out: Vec<&str> = Vec::new();
    for word in words {
        let phrase = split(word);
        let found = places(&text, &phrase).into_iter().any(|at| meant.iter().skip(at).take(phrase.len()).all(|m| *m));
        if found && !out.contains(&word.as_str()) {
            out.push(word);
        }
    }
    out
}

/// Folded words: one is found whole or not at all.
fn split(text: &str) -> Vec<String> {
    fold(text).split(' ').map(String::from).collect()
}

/// Where a phrase begins. By words, since the standard library's search for a text is 8 kB.
fn places(text: &[String], phrase: &[String]) -> Vec<usize> {
    (0..text.len()).filter(|at| text.iter().skip(*at).take(phrase.len()).eq(phrase)).collect()
}
