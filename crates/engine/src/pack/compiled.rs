//! The compiled form of a pack, as it stands in the one file.
//!
//! The file is small only if brotli finds what is alike. So all texts stand together, each with a
//! NUL at its end: a length before each would be noise among the words. Before them, in the same
//! way, stand the codes, which are the same in every language; behind them what else there is. That
//! is 12 kB less for two languages than [postcard](https://postcard.jamesmunns.com/wire-format),
//! which writes a value's fields one by one.
//!
//! - number: seven bits a byte, the lowest first; the top bit says that more follow
//! - the form: the lengths of codes and texts in bytes, the codes, the texts, then all the rest,
//!   field by field
//! - a list: how many, then each of them; what may be missing: 0, or 1 and then it; one of several:
//!   its place
//! - code systems of answers: a list before the pack; answers name them by their place in it
//!
//! A reader that may fail at every field makes the browser load the code to give back the fields
//! before it, for each field of each shape. This one goes on with an empty value and says at the
//! end that it did.

mod content;
mod values;

use super::Pack;
use std::str::SplitTerminator;

const END: char = '\0';

/// The compiled form.
pub(super) fn write(pack: &Pack) -> Vec<u8> {
    let mut of_pack = Writer::default();
    pack.write(&mut of_pack);
    let mut all = Writer::default();
    std::mem::take(&mut of_pack.systems).write(&mut all);
    all.texts.push_str(&of_pack.texts);
    all.rest.extend(of_pack.rest);
    let mut lengths = Writer::default();
    lengths.number(of_pack.codes.len() as u32);
    lengths.number(all.texts.len() as u32);
    [lengths.rest, of_pack.codes.into_bytes(), all.texts.into_bytes(), all.rest].concat()
}

/// The pack that the bytes hold; `None` if they hold no such thing, or more than it.
pub(super) fn read(bytes: &[u8]) -> Option<Pack> {
    let none = "".split_terminator(END);
    let mut reader = Reader { rest: bytes, codes: none.clone(), texts: none, systems: Vec::new(), sound: true };
    let lengths = [reader.number(), reader.number()];
    let [codes, texts] = lengths.map(|length| std::str::from_utf8(reader.bytes(length as usize)));
    (reader.codes, reader.texts) = (codes.ok()?.split_terminator(END), texts.ok()?.split_terminator(END));
    reader.systems = Compiled::read(&mut reader);
    let pack = Pack::read(&mut reader);
    let whole =
        reader.sound && reader.rest.is_empty() && reader.codes.next().is_none() && reader.texts.next().is_none();
    whole.then_some(pack)
}

#[derive(Default)]
struct Writer {
    codes: String,
    texts: String,
    rest: Vec<u8>,
    systems: Vec<String>,
}

impl Writer {
    fn number(&mut self, mut number: u32) {
        while number > 0x7f {
            self.rest.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.rest.push(number as u8);
    }

    /// Writes a value whose texts are codes.
    fn code(&mut self, value: &impl Compiled) {
        std::mem::swap(&mut self.codes, &mut self.texts);
        value.write(self);
        std::mem::swap(&mut self.codes, &mut self.texts);
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    codes: SplitTerminator<'a, char>,
    texts: SplitTerminator<'a, char>,
    systems: Vec<String>,
    sound: bool,
}

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let Some((bytes, rest)) = self.rest.split_at_checked(count) else {
            self.sound = false;
            return &[];
        };
        self.rest = rest;
        bytes
    }

    fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or(0)
    }

    fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte();
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    fn code<T: Compiled>(&mut self) -> T {
        std::mem::swap(&mut self.codes, &mut self.texts);
        let value = T::read(self);
        std::mem::swap(&mut self.codes, &mut self.texts);
        value
    }

    /// A variant's place; `count` is the number of variants.
    fn variant(&mut self, count: usize) -> usize {
        let place = self.number() as usize;
        self.sound &= place < count;
        if place < count { place } else { 0 }
    }
}

/// A value as it stands in a pack.
trait Compiled {
    fn write(&self, to: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Self;
}
