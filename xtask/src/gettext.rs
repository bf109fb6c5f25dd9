//! Translations as WordPress reads them: `.po` as translators write it, `.mo` as it is loaded.
//!
//! Only what the plugin uses: texts with or without a context, no plurals.

use std::collections::BTreeMap;

/// Texts by what is translated; a context stands before it, with U+0004 between them. The file's
/// header has no key.
pub type Entries = BTreeMap<String, String>;

/// Why a `.po` file can't be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PoError {
    /// A line is neither a comment nor a keyword with a quoted text.
    #[error("line {0} is no comment, no msgctxt, msgid or msgstr, and no text in quotation marks")]
    Line(usize),
    /// The same text is translated twice.
    #[error("“{0}” is translated twice")]
    Twice(String),
}

/// Reads a `.po` file.
///
/// # Errors
/// If a line can't be understood, or a text comes twice.
pub fn read(po: &str) -> Result<Entries, PoError> {
    let mut reader = Reader::default();
    for (number, line) in po.lines().enumerate() {
        reader.line(line.trim()).ok_or(PoError::Line(number + 1))?;
        if let Some(twice) = reader.twice.take() {
            return Err(PoError::Twice(twice));
        }
    }
    reader.end_entry();
    reader.twice.map_or(Ok(reader.entries), |twice| Err(PoError::Twice(twice)))
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    Context,
    Id,
    #[default]
    Text,
}

#[derive(Default)]
struct Reader {
    entries: Entries,
    twice: Option<String>,
    context: Option<String>,
    id: Option<String>,
    text: String,
    part: Part,
}

impl Reader {
    /// `None` if the line can't be understood.
    fn line(&mut self, line: &str) -> Option<()> {
        if line.is_empty() || line.starts_with('#') {
            return Some(());
        }
        let (keyword, quoted) = line.split_once('"').map(|(keyword, _)| line.split_at(keyword.len()))?;
        match keyword.trim() {
            "msgctxt" => self.begin(Part::Context),
            "msgid" => self.begin(Part::Id),
            "msgstr" => self.part = Part::Text,
            "" => {}
            _ => return None,
        }
        let text = unquote(quoted)?;
        match self.part {
            Part::Context => self.context.get_or_insert_default().push_str(&text),
            Part::Id => self.id.get_or_insert_default().push_str(&text),
            Part::Text => self.text.push_str(&text),
        }
        Some(())
    }

    /// An entry begins with its context, or, without one, with its id.
    fn begin(&mut self, part: Part) {
        if self.part == Part::Text {
            self.end_entry();
        }
        self.part = part;
    }

    fn end_entry(&mut self) {
        let context = self.context.take().map(|context| context + "\u{4}").unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        if let Some(id) = self.id.take() {
            let key = context + &id;
            if self.entries.insert(key.clone(), text).is_some() {
                self.twice = Some(key);
            }
        }
    }
}

fn unquote(quoted: &str) -> Option<String> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let (mut out, mut letters) = (String::new(), inner.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            }),
            '"' => return None,
            letter => out.push(letter),
        }
    }
    Some(out)
}

/// A `.mo` file, as <https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html> describes
/// it.
///
/// # Errors
/// If the texts are longer than the format's 32-bit numbers can say.
pub fn compile(entries: &Entries) -> Result<Vec<u8>, std::num::TryFromIntError> {
    let entries: Vec<(&String, &String)> = entries.iter().filter(|(_, text)| !text.is_empty()).collect();
    let count = entries.len();
    // The head has seven numbers; after it come two tables of two numbers an entry.
    let mut offset = 28 + 16 * count;
    let (mut tables, mut texts) = (Vec::new(), Vec::new());
    let all = entries.iter().map(|(key, _)| *key).chain(entries.iter().map(|(_, text)| *text));
    for text in all {
        tables.extend([u32::try_from(text.len())?, u32::try_from(offset)?]);
        texts.extend_from_slice(text.as_bytes());
        texts.push(0);
        offset += text.len() + 1;
    }
    let head =
        [0x9504_12de, 0, u32::try_from(count)?, 28, u32::try_from(28 + 8 * count)?, 0, u32::try_from(28 + 16 * count)?];
    Ok(head.into_iter().chain(tables).flat_map(u32::to_le_bytes).chain(texts).collect())
}

#[cfg(test)]
mod tests {
    use super::{PoError, compile, read};

    const PO: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: es\\n\"\n\n# A comment.\nmsgid \"One \\\"two\\\"\"\nmsgstr \"Uno \"\n\"dos\"\n\nmsgctxt \"block title\"\nmsgid \"Three\"\nmsgstr \"Tres\"\n";

    #[test]
    fn po_files_are_read_with_contexts_and_over_several_lines() {
        let entries = read(PO).unwrap_or_default();
        let all: Vec<(&str, &str)> = entries.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        assert_eq!(all, [("", "Language: es\n"), ("One \"two\"", "Uno dos"), ("block title\u{4}Three", "Tres")]);
    }

    #[test]
    fn faults_are_named() {
        assert_eq!(read("msgid \"a\nmsgstr \"b\""), Err(PoError::Line(1)));
        assert_eq!(read("msgfoo \"a\""), Err(PoError::Line(1)));
        assert_eq!(read("msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\""), Err(PoError::Twice("a".to_owned())));
    }

    /// As GNU msgunfmt would read it: each text is found by its place and length.
    #[test]
    fn mo_files_hold_each_text_where_their_tables_say() -> Result<(), Box<dyn std::error::Error>> {
        let entries = read(PO)?;
        let mo = compile(&entries)?;
        let number = |at: usize| {
            mo.get(at..at + 4)
                .and_then(|b| b.try_into().ok())
                .map(|b| u32::from_le_bytes(b) as usize)
                .unwrap_or(usize::MAX)
        };
        assert_eq!((number(0), number(8)), (0x9504_12de, 3));
        let text = |table: usize, entry: usize| {
            let (length, offset) = (number(table + 8 * entry), number(table + 8 * entry + 4));
            mo.get(offset..offset + length).map(String::from_utf8_lossy).unwrap_or_default().into_owned()
        };
        for (i, (key, translated)) in entries.iter().enumerate() {
            assert_eq!((&text(number(12), i), &text(number(16), i)), (key, translated));
        }
        Ok(())
    }
}
