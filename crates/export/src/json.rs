//! JSON, written and read: as much as a record needs. `serde_json` costs the browser 32 kB of brotli.

use std::fmt::Write;

/// A JSON value. Fields keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`, or nothing.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// How deep values may stand in each other: ours need some twenty levels, and the reader's stack is no heap.
const DEEPEST: usize = 64;
/// How many fields an object may have: FHIR's have fewer, and look-ups stay quick on hostile files.
const MOST_FIELDS: usize = 64;

/// Writes JSON from front to back. A field without a value is left out, as FHIR wants it, and so is a list or an
/// object that stayed empty. In a list the key is empty.
#[derive(Default)]
pub struct Writer(String);

impl Writer {
    /// What one object holds, as text on one line.
    pub fn object_of(fill: &dyn Fn(&mut Self)) -> String {
        let mut writer = Self::default();
        writer.object("", fill);
        if writer.0.is_empty() { "{}".into() } else { writer.0 }
    }

    /// Text.
    pub fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.key(key);
            quote(text, &mut self.0);
        }
    }

    /// A number or a flag, as it is written.
    pub fn bare(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.key(key);
            self.0.push_str(value);
        }
    }

    /// `true`, or nothing.
    pub fn flag(&mut self, key: &str, set: bool) {
        self.bare(key, if set { "true" } else { "" });
    }

    /// An object.
    pub fn object(&mut self, key: &str, fill: &dyn Fn(&mut Self)) {
        self.around(key, ['{', '}'], fill);
    }

    /// A list.
    pub fn list(&mut self, key: &str, fill: &dyn Fn(&mut Self)) {
        self.around(key, ['[', ']'], fill);
    }

    fn around(&mut self, key: &str, [open, close]: [char; 2], fill: &dyn Fn(&mut Self)) {
        let start = self.0.len();
        self.key(key);
        self.0.push(open);
        let inside = self.0.len();
        fill(self);
        if self.0.len() == inside {
            self.0.truncate(start);
        } else {
            self.0.push(close);
        }
    }

    fn key(&mut self, key: &str) {
        // After a bracket or at the start nothing parts a value from the one before.
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[')) {
            self.0.push(',');
        }
        if !key.is_empty() {
            quote(key, &mut self.0);
            self.0.push(':');
        }
    }
}

impl Json {
    /// The field of an object; nothing for anything else.
    pub fn get(&self, key: &str) -> &Json {
        let Self::Object(fields) = self else { return &Self::Null };
        fields.iter().find(|(k, _)| k == key).map_or(&Self::Null, |(_, v)| v)
    }

    /// Text, or nothing.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The values of a list, or none.
    pub fn list(&self) -> &[Json] {
        if let Self::List(values) = self { values } else { &[] }
    }

    /// Reads one value and nothing behind it; else gives the byte at which reading stopped.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
        let value = reader.value(DEEPEST).ok_or(reader.at)?;
        reader.space();
        if reader.at == reader.bytes.len() { Ok(value) } else { Err(reader.at) }
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => {
                // Writing to a String can't fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Takes `word` if it stands here.
    fn take(&mut self, word: &str) -> Option<()> {
        let rest = self.bytes.get(self.at..)?;
        rest.starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    fn value(&mut self, deeper: usize) -> Option<Json> {
        let deeper = deeper.checked_sub(1)?;
        self.space();
        match self.peek()? {
            b'{' => self.object(deeper),
            b'[' => self.list(deeper),
            b'"' => self.string().map(Json::Text),
            b't' => self.take("true").map(|()| Json::Flag(true)),
            b'f' => self.take("false").map(|()| Json::Flag(false)),
            b'n' => self.take("null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    fn list(&mut self, deeper: usize) -> Option<Json> {
        let mut values = Vec::new();
        self.take("[")?;
        self.space();
        if self.take("]").is_some() {
            return Some(Json::List(values));
        }
        loop {
            values.push(self.value(deeper)?);
            self.space();
            if self.take(",").is_none() {
                self.take("]")?;
                return Some(Json::List(values));
            }
        }
    }

    fn object(&mut self, deeper: usize) -> Option<Json> {
        let mut fields: Vec<(String, Json)> = Vec::new();
        self.take("{")?;
        self.space();
        if self.take("}").is_some() {
            return Some(Json::Object(fields));
        }
        loop {
            self.space();
            let key = self.string()?;
            // A field that is there twice could be read either way.
            if fields.len() == MOST_FIELDS || fields.iter().any(|(k, _)| *k == key) {
                return None;
            }
            self.space();
            self.take(":")?;
            fields.push((key, self.value(deeper)?));
            self.space();
            if self.take(",").is_none() {
                self.take("}")?;
                return Some(Json::Object(fields));
            }
        }
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        let _ = self.take("-");
        if self.take("0").is_none() {
            self.digits()?;
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let digits = self.bytes.get(start..self.at)?;
        String::from_utf8(digits.to_vec()).ok().map(Json::Number)
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut out = Vec::new();
        loop {
            match self.next()? {
                b'"' => return String::from_utf8(out).ok(),
                b'\\' => {
                    let c = self.escape()?;
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1f => return None,
                byte => out.push(byte),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            c @ (b'"' | b'\\' | b'/') => char::from(c),
            b'u' => {
                let first = self.hex()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                // Beyond 16 bits, JSON writes a letter as two.
                self.take("\\u")?;
                let second = self.hex()?.checked_sub(0xdc00).filter(|s| *s < 0x400)?;
                char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)?
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let mut value = 0;
        for _ in 0..4 {
            value = value * 16 + char::from(self.next()?).to_digit(16)?;
        }
        Some(value)
    }
}
