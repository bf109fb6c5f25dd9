//! Finds refused words in a text: in our own, which a test reads, and in what a clinic writes of its own.

use crate::lookup::fold;
use crate::pack::Refused;

/// The refused words that a clinic's own text says.
pub fn in_clinics_text<'a>(refused: &'a Refused, text: &str) -> Vec<&'a str> {
    said(refused, for_clinics(refused), text)
}

/// The refused words that a text of ours says.
pub fn in_our_text<'a>(refused: &'a Refused, text: &str) -> Vec<&'a str> {
    said(refused, for_clinics(refused).chain(&refused.hard), text)
}

fn for_clinics(r: &Refused) -> impl Iterator<Item = &String> {
    [&r.promises, &r.decides, &r.shames, &r.sells].into_iter().flatten()
}

fn said<'a>(refused: &Refused, words: impl Iterator<Item = &'a String>, text: &str) -> Vec<&'a str> {
    let text = refused.other_senses.iter().fold(whole(text), |t, phrase| t.replace(&whole(phrase), " | "));
    let mut out: Vec<&str> = Vec::new();
    for word in words.filter(|w| text.contains(&whole(w))) {
        if !out.contains(&word.as_str()) {
            out.push(word);
        }
    }
    out
}

/// Folded, with a blank before and behind, so that a word is found whole or not at all.
fn whole(text: &str) -> String {
    [" ", &fold(text), " "].concat()
}
