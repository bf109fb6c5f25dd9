//! Own questions as the lines of text that the setting is.

use super::fault::{OwnFault, OwnPart, OwnWrong};
use super::{OwnKind, OwnQuestion, Texts};

/// Reads the setting. Nothing is checked but its form.
///
/// # Errors
///
/// The first line that can't be read.
pub fn read_own(text: &str) -> Result<Vec<OwnQuestion>, OwnFault> {
    let mut out: Vec<OwnQuestion> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let fault = OwnFault { question: 0, part: OwnPart::Question, wrong: OwnWrong::Line(at + 1) };
        let (mark, rest) = line.split_at_checked(1).unwrap_or((line, ""));
        let question = out.last_mut();
        match (mark, question) {
            ("-", Some(question)) => question.answers.push(read_texts(rest).ok_or(fault)?),
            ("=", Some(question)) => question.unit = read_texts(rest).ok_or(fault)?,
            _ => {
                let read = line
                    .split_once(':')
                    .and_then(|(kind, rest)| Some((OwnKind::named(kind.trim())?, read_texts(rest)?)));
                let (kind, text) = read.ok_or(fault)?;
                out.push(OwnQuestion { kind, text, ..OwnQuestion::default() });
            }
        }
    }
    Ok(out)
}

/// `[en] One [es] Uno`.
fn read_texts(line: &str) -> Option<Texts> {
    let mut parts = line.split('[');
    let before = parts.next().unwrap_or_default().trim();
    let mut texts = Texts::default();
    for part in parts {
        let (lang, text) = part.split_once(']')?;
        let is_tag = (2..=8).contains(&lang.len()) && lang.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_tag || !texts.in_language(lang).is_empty() {
            return None;
        }
        texts.set(lang, text.trim());
    }
    before.is_empty().then_some(texts).filter(|texts| !texts.0.is_empty())
}

/// Writes the setting: what [`read_own`] reads.
pub fn write_own(questions: &[OwnQuestion]) -> String {
    let mut out = String::new();
    for question in questions {
        let mut line = |mark: &str, texts: &Texts| {
            out.push_str(mark);
            for (lang, text) in &texts.0 {
                // Brackets and line ends are the setting's own joints.
                let text: String = text
                    .chars()
                    .map(|c| match c {
                        '[' => '(',
                        ']' => ')',
                        '\n' => ' ',
                        c => c,
                    })
                    .collect();
                out.extend([" [", lang, "] ", &text]);
            }
            out.push('\n');
        };
        line(&[question.kind.name(), ":"].concat(), &question.text);
        question.answers.iter().for_each(|answer| line("-", answer));
        if !question.unit.0.is_empty() {
            line("=", &question.unit);
        }
    }
    out.trim_end().into()
}
