//! JSON, written and read: as much as a record needs. `serde_json` costs the browser 32 kB of brotli.

use std::fmt::Write;

/// A JSON value. Fields keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`. FHIR has none: in an object that is built here it means that the field is left out.
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

/// Text; nothing if it is empty.
pub fn text(text: &str) -> Json {
    if text.is_empty() { Json::Null } else { Json::Text(text.into()) }
}

/// A list; nothing if it is empty.
pub fn list(values: Vec<Json>) -> Json {
    if values.is_empty() { Json::Null } else { Json::List(values) }
}

/// An object of the fields that have a value.
pub fn object(fields: Vec<(&str, Json)>) -> Json {
    Json::Object(fields.into_iter().filter(|(_, v)| *v != Json::Null).map(|(k, v)| (k.into(), v)).collect())
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

    /// As text on one line.
    pub fn write(&self) -> String {
        let mut out = String::new();
        self.write_to(&mut out);
        out
    }

    fn write_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => out.push_str(number),
            Self::Text(text) => quote(text, out),
            Self::List(values) => {
                let mut joint = '[';
                for value in values {
                    out.push(joint);
                    value.write_to(out);
                    joint = ',';
                }
                out.push_str(if values.is_empty() { "[]" } else { "]" });
            }
            Self::Object(fields) => {
                let mut joint = '{';
                for (key, value) in fields {
                    out.push(joint);
                    quote(key, out);
                    out.push(':');
                    value.write_to(out);
                    joint = ',';
                }
                out.push_str(if fields.is_empty() { "{}" } else { "}" });
            }
        }
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
