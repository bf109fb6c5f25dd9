//! The wasm on its way into the one file: short names, like functions together, and its code sorted by kind.

mod order;
mod sort;

pub use order::order;
pub use sort::{KINDS, sort};

use std::collections::BTreeMap;
use std::error::Error;

const IMPORTS: u8 = 2;
const FUNCTIONS: u8 = 3;
const EXPORTS: u8 = 7;
const START: u8 = 8;
const ELEMENTS: u8 = 9;
const CODE: u8 = 10;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Reads wasm from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Result<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count).ok_or("the wasm ends too early")?;
        self.0 = rest;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.bytes(1)?.first().copied().unwrap_or_default())
    }

    /// The bytes of one LEB128 number.
    fn leb(&mut self) -> Result<&'a [u8]> {
        let length = self.0.iter().position(|b| *b < 0x80).ok_or("the wasm ends inside a number")? + 1;
        self.bytes(length)
    }

    fn number(&mut self) -> Result<usize> {
        Ok(number(self.leb()?))
    }

    fn run(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.bytes(length)
    }
}

/// What a LEB128 number's bytes say.
fn number(leb: &[u8]) -> usize {
    leb.iter().rev().fold(0, |n, b| n << 7 | usize::from(b & 0x7f))
}

fn push_number(mut number: usize, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn push_run(bytes: &[u8], out: &mut Vec<u8>) {
    push_number(bytes.len(), out);
    out.extend_from_slice(bytes);
}

/// The id and the content of each section.
fn sections(wasm: &[u8]) -> Result<Vec<(u8, &[u8])>> {
    let mut reader = Reader(wasm);
    reader.bytes(8)?;
    let mut out = Vec::new();
    while !reader.0.is_empty() {
        out.push((reader.byte()?, reader.run()?));
    }
    Ok(out)
}

/// The bodies of the code section.
fn bodies(content: &[u8]) -> Result<Vec<&[u8]>> {
    let mut reader = Reader(content);
    (0..reader.number()?).map(|_| reader.run()).collect()
}

/// A piece of code: an instruction, or one of the numbers that follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// The instruction itself.
    Op,
    /// What a block gives.
    Block,
    /// Of a load or a store.
    Align,
    Load,
    Store,
    Local,
    Number,
    /// A function's.
    Call,
    Branch,
    Other,
}

/// Gives each piece of a function's body, in order.
fn pieces<'a>(body: &'a [u8], mut each: impl FnMut(Piece, &'a [u8])) -> Result<()> {
    let mut reader = Reader(body);
    let declared = reader.leb()?;
    each(Piece::Other, declared);
    for _ in 0..number(declared) {
        each(Piece::Other, reader.leb()?);
        each(Piece::Other, reader.bytes(1)?);
    }
    while !reader.0.is_empty() {
        let op = reader.bytes(1)?;
        each(Piece::Op, op);
        match op {
            // What needs nothing: unreachable, nop, else, end, return, drop, select, and all that reckons.
            [0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1] => {}
            [0x02..=0x04] => each(Piece::Block, reader.leb()?),
            [0x0c | 0x0d] => each(Piece::Branch, reader.leb()?),
            [0x0e] => several(&mut reader, 1, &mut each)?,
            [0x10 | 0xd2] => each(Piece::Call, reader.leb()?),
            [0x11] => {
                each(Piece::Other, reader.leb()?);
                each(Piece::Other, reader.leb()?);
            }
            [0x1c] => several(&mut reader, 0, &mut each)?,
            [0x20..=0x22] => each(Piece::Local, reader.leb()?),
            [0x28..=0x35] => {
                each(Piece::Align, reader.leb()?);
                each(Piece::Load, reader.leb()?);
            }
            [0x36..=0x3e] => {
                each(Piece::Align, reader.leb()?);
                each(Piece::Store, reader.leb()?);
            }
            [0x41] => each(Piece::Number, reader.leb()?),
            [0x43] => each(Piece::Other, reader.bytes(4)?),
            [0x44] => each(Piece::Other, reader.bytes(8)?),
            [0x23..=0x26 | 0x3f | 0x40 | 0x42 | 0xd0] => each(Piece::Other, reader.leb()?),
            [0xfc] => {
                let kind = reader.leb()?;
                each(Piece::Other, kind);
                let more = match number(kind) {
                    0..=7 => 0,
                    8 | 10 | 12 | 14 => 2,
                    9 | 11 | 13 | 15..=17 => 1,
                    other => return Err(format!("the wasm has an instruction that is not known here: 0xfc {other}").into()),
                };
                for _ in 0..more {
                    each(Piece::Other, reader.leb()?);
                }
            }
            other => return Err(format!("the wasm has an instruction that is not known here: {other:x?}").into()),
        }
    }
    Ok(())
}

/// How many follow, and as many numbers and `more`.
fn several<'a>(reader: &mut Reader<'a>, more: usize, each: &mut impl FnMut(Piece, &'a [u8])) -> Result<()> {
    let count = reader.leb()?;
    each(Piece::Other, count);
    for _ in 0..number(count) + more {
        each(Piece::Other, reader.leb()?);
    }
    Ok(())
}

/// Gives the imports of wasm-bindgen's glue names of a letter or three, on both sides.
pub fn shorten_imports(glue: &str, wasm: &[u8]) -> Result<(String, Vec<u8>)> {
    let mut out = wasm.get(..8).ok_or("the wasm has no head")?.to_vec();
    let mut names = BTreeMap::new();
    for (id, content) in sections(wasm)? {
        out.push(id);
        if id != IMPORTS {
            push_run(content, &mut out);
            continue;
        }
        let mut reader = Reader(content);
        let count = reader.number()?;
        let mut imports = Vec::new();
        push_number(count, &mut imports);
        for _ in 0..count {
            push_run(reader.run()?, &mut imports);
            let short = format!("i{}", names.len());
            push_run(short.as_bytes(), &mut imports);
            names.insert(String::from_utf8(reader.run()?.to_vec())?, short);
            match reader.bytes(2)? {
                // A function and the first byte of its type, which may be longer.
                [0, more] => {
                    imports.extend([0, *more]);
                    if *more > 0x7f {
                        imports.extend_from_slice(reader.leb()?);
                    }
                }
                other => return Err(format!("the wasm imports what is no function: {other:?}").into()),
            }
        }
        push_run(&imports, &mut out);
    }
    // A word of the glue at a time: no name may be taken for the start of another.
    let mut renamed = String::new();
    let mut rest = glue;
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    while let Some(start) = rest.find(is_word) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !is_word(c)).unwrap_or(word.len()));
        renamed.push_str(before);
        renamed.push_str(names.get(word).map_or(word, String::as_str));
        rest = after;
    }
    renamed.push_str(rest);
    Ok((renamed, out))
}
