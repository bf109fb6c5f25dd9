//! The wasm on its way into the one file: short names, and its code sorted by kind.
//!
//! Brotli finds like things near like things. In wasm's code an instruction stands beside a local's number beside an
//! address, and each is noise to the next. Sorted into one run for each kind they weigh a tenth less; `public/boot.js`
//! puts each piece back where it stood, in some milliseconds. Function and section sizes are left out and worked out
//! anew there.

use std::collections::BTreeMap;
use std::error::Error;

/// The kinds, in the order of the runs that [`sort`] gives; `boot.js` has the same list.
pub const KINDS: [&str; 8] = ["rest", "ops", "locals", "offsets", "numbers", "calls", "branches", "others"];

const CODE: u8 = 10;
const IMPORTS: u8 = 2;

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
        Ok(self.leb()?.iter().rev().fold(0, |n, b| n << 7 | usize::from(b & 0x7f)))
    }

    fn run(&mut self) -> Result<&'a [u8]> {
        let length = self.number()?;
        self.bytes(length)
    }
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

/// The wasm as one run of bytes for each of the [`KINDS`].
pub fn sort(wasm: &[u8]) -> Result<[Vec<u8>; KINDS.len()]> {
    let mut runs = <[Vec<u8>; KINDS.len()]>::default();
    let [rest, code @ ..] = &mut runs;
    rest.extend_from_slice(wasm.get(..8).ok_or("the wasm has no head")?);
    for (id, content) in sections(wasm)? {
        rest.push(id);
        if id != CODE {
            push_run(content, rest);
            continue;
        }
        let mut reader = Reader(content);
        let count = reader.number()?;
        push_number(count, rest);
        for _ in 0..count {
            function(reader.run()?, code)?;
        }
    }
    let mut again = wasm.get(..8).unwrap_or_default().to_vec();
    for (id, content) in sections(wasm)? {
        again.push(id);
        push_run(content, &mut again);
    }
    if again != wasm {
        return Err("the wasm writes a size longer than it need be, so that it can't be put together again".into());
    }
    Ok(runs)
}

fn function(body: &[u8], [ops, locals, offsets, numbers, calls, branches, others]: &mut [Vec<u8>; KINDS.len() - 1]) -> Result<()> {
    let mut reader = Reader(body);
    let declared = reader.leb()?;
    others.extend_from_slice(declared);
    for _ in 0..Reader(declared).number()? {
        others.extend_from_slice(reader.leb()?);
        others.push(reader.byte()?);
    }
    while !reader.0.is_empty() {
        let op = reader.byte()?;
        ops.push(op);
        match op {
            // What needs nothing: unreachable, nop, else, end, return, drop, select, and all that reckons.
            0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => {}
            0x02..=0x04 => ops.extend_from_slice(reader.leb()?),
            0x0c | 0x0d => branches.extend_from_slice(reader.leb()?),
            0x0e => several(&mut reader, 1, others)?,
            0x10 | 0xd2 => calls.extend_from_slice(reader.leb()?),
            0x11 => {
                others.extend_from_slice(reader.leb()?);
                others.extend_from_slice(reader.leb()?);
            }
            0x1c => several(&mut reader, 0, others)?,
            0x20..=0x22 => locals.extend_from_slice(reader.leb()?),
            0x28..=0x3e => {
                ops.extend_from_slice(reader.leb()?);
                offsets.extend_from_slice(reader.leb()?);
            }
            0x41 => numbers.extend_from_slice(reader.leb()?),
            0x43 => others.extend_from_slice(reader.bytes(4)?),
            0x44 => others.extend_from_slice(reader.bytes(8)?),
            0x23..=0x26 | 0x3f | 0x40 | 0x42 | 0xd0 => others.extend_from_slice(reader.leb()?),
            0xfc => {
                let kind = reader.leb()?;
                others.extend_from_slice(kind);
                let more = match Reader(kind).number()? {
                    0..=7 => 0,
                    8 | 10 | 12 | 14 => 2,
                    9 | 11 | 13 | 15..=17 => 1,
                    other => return Err(format!("the wasm has an instruction that is not known here: 0xfc {other}").into()),
                };
                for _ in 0..more {
                    others.extend_from_slice(reader.leb()?);
                }
            }
            other => return Err(format!("the wasm has an instruction that is not known here: {other:#x}").into()),
        }
    }
    Ok(())
}

/// How many follow, and as many numbers and `more`.
fn several(reader: &mut Reader<'_>, more: usize, others: &mut Vec<u8>) -> Result<()> {
    let count = reader.leb()?;
    others.extend_from_slice(count);
    for _ in 0..Reader(count).number()? + more {
        others.extend_from_slice(reader.leb()?);
    }
    Ok(())
}
