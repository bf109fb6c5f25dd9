//! A QR code (ISO/IEC 18004) as rows of modules: alphanumeric text, error level M, versions 1 to 22. Nothing else
//! is needed for the code on paper, and a crate that does it all weighs 10 kB of brotli and more.

/// What an alphanumeric code can hold, in the order of its values.
const LETTERS: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
/// At 40 mm, modules of a larger version are too small for a hand scanner and an office printer.
const LARGEST: usize = 22;
/// Of level M, for each version: error correction bytes of a block, and blocks.
const BLOCKS: [(usize, usize); LARGEST] = [
    (10, 1),
    (16, 1),
    (26, 1),
    (18, 2),
    (24, 2),
    (16, 4),
    (18, 4),
    (22, 4),
    (22, 5),
    (26, 5),
    (30, 5),
    (22, 8),
    (22, 9),
    (24, 9),
    (24, 10),
    (28, 10),
    (28, 11),
    (26, 13),
    (26, 14),
    (26, 16),
    (26, 17),
    (28, 17),
];

/// The modules of a code, without the quiet zone of four modules that must stand around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side.
    pub size: usize,
    /// Row by row, true is dark.
    dark: Vec<bool>,
    /// Modules that are no data: finders, timing, format.
    fixed: Vec<bool>,
}

/// The smallest code that holds `text`; `None` if it is too long, or has letters that such a code can't hold.
pub fn encode(text: &str) -> Option<Qr> {
    let values = text.chars().map(|c| LETTERS.find(c)).collect::<Option<Vec<usize>>>()?;
    let (version, data) = (1..=LARGEST).find_map(|version| Some((version, data(version, &values)?)))?;
    let bytes = with_correction(version, &data)?;
    (0..8).map(|mask| Qr::new(version, &bytes, mask)).min_by_key(Qr::unrest)
}

/// Modules of a version that hold data and its correction.
fn room(version: usize) -> usize {
    let modules = (16 * version + 128) * version + 64;
    let marks = version / 7 + 2;
    let alignment = if version == 1 { 0 } else { (25 * marks - 10) * marks - 55 };
    modules - alignment - if version < 7 { 0 } else { 36 }
}

/// The text as bytes, padded to what the version holds; `None` if it doesn't fit.
fn data(version: usize, values: &[usize]) -> Option<Vec<u8>> {
    let (correction, blocks) = *BLOCKS.get(version - 1)?;
    let bytes = room(version) / 8 - correction * blocks;
    let mut bits = Vec::new();
    let mut push = |value: usize, count: usize| bits.extend((0..count).rev().map(|i| value >> i & 1 == 1));
    // Mode, length, then two letters in 11 bits.
    push(2, 4);
    push(values.len(), if version < 10 { 9 } else { 11 });
    for pair in values.chunks(2) {
        match pair {
            [a, b] => push(a * 45 + b, 11),
            rest => push(rest.iter().sum(), 6),
        }
    }
    let over = (bytes * 8).checked_sub(bits.len())?;
    bits.extend((0..over.min(4)).map(|_| false));
    let mut out: Vec<u8> = bits.chunks(8).map(|byte| byte.iter().enumerate().fold(0, |b, (i, bit)| b | u8::from(*bit) << (7 - i))).collect();
    let pad = [0xec, 0x11].into_iter().cycle().take(bytes - out.len());
    out.extend(pad);
    Some(out)
}

/// Data and Reed-Solomon correction, interleaved over the blocks.
fn with_correction(version: usize, data: &[u8]) -> Option<Vec<u8>> {
    let (correction, count) = *BLOCKS.get(version - 1)?;
    let divisor = divisor(correction);
    // The first blocks are one byte shorter, where the bytes can't be shared out evenly.
    let (short, longer) = (data.len() / count, data.len() % count);
    let mut rest = data;
    let mut blocks: Vec<(&[u8], Vec<u8>)> = Vec::new();
    for i in 0..count {
        let (block, tail) = rest.split_at_checked(if i < count - longer { short } else { short + 1 })?;
        rest = tail;
        blocks.push((block, remainder(block, &divisor)));
    }
    let mut out = Vec::new();
    for i in 0..=short {
        out.extend(blocks.iter().filter_map(|(block, _)| block.get(i)));
    }
    for i in 0..correction {
        out.extend(blocks.iter().filter_map(|(_, check)| check.get(i)));
    }
    Some(out)
}

/// In the field of 256 elements with QR's polynomial.
fn times(a: u8, b: u8) -> u8 {
    (0..8).rev().fold(0, |product: u8, i| {
        let doubled = product << 1 ^ if product & 0x80 == 0 { 0 } else { 0x1d };
        doubled ^ if b >> i & 1 == 1 { a } else { 0 }
    })
}

fn divisor(degree: usize) -> Vec<u8> {
    let mut out = vec![0; degree.saturating_sub(1)];
    out.push(1);
    let mut root = 1;
    for _ in 0..degree {
        // Multiplied by (x - root): every coefficient takes the one below it.
        let below: Vec<u8> = out.iter().skip(1).copied().chain([0]).collect();
        out = out.iter().zip(below).map(|(c, next)| times(*c, root) ^ next).collect();
        root = times(root, 2);
    }
    out
}

fn remainder(data: &[u8], divisor: &[u8]) -> Vec<u8> {
    let mut out = vec![0; divisor.len()];
    for byte in data {
        let factor = byte ^ out.first().copied().unwrap_or_default();
        out.rotate_left(1);
        if let Some(last) = out.last_mut() {
            *last = 0;
        }
        out.iter_mut().zip(divisor).for_each(|(o, d)| *o ^= times(*d, factor));
    }
    out
}

impl Qr {
    /// The code of a version with one of the eight masks.
    fn new(version: usize, bytes: &[u8], mask: usize) -> Self {
        let size = version * 4 + 17;
        let mut qr = Self { size, dark: vec![false; size * size], fixed: vec![false; size * size] };
        qr.patterns(version);
        qr.format(mask);
        qr.fill(bytes, mask);
        qr
    }

    /// True if the module is dark; light outside of the code.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && self.dark.get(y * self.size + x).copied().unwrap_or_default()
    }

    /// Dark modules in rows, as they are drawn: how far right and down each bar begins, and its length.
    pub fn bars(&self) -> Vec<(usize, usize, usize)> {
        let mut out: Vec<(usize, usize, usize)> = Vec::new();
        for (x, y) in (0..self.size).flat_map(|y| (0..self.size).map(move |x| (x, y))).filter(|(x, y)| self.is_dark(*x, *y)) {
            match out.last_mut() {
                Some((from, row, length)) if *row == y && *from + *length == x => *length += 1,
                _ => out.push((x, y, 1)),
            }
        }
        out
    }

    fn set(&mut self, x: usize, y: usize, dark: bool) {
        if x < self.size && y < self.size {
            let at = y * self.size + x;
            self.dark.get_mut(at).into_iter().for_each(|d| *d = dark);
            self.fixed.get_mut(at).into_iter().for_each(|f| *f = true);
        }
    }

    fn patterns(&mut self, version: usize) {
        let end = self.size - 1;
        for i in 0..self.size {
            self.set(6, i, i % 2 == 0);
            self.set(i, 6, i % 2 == 0);
        }
        // Finders, with the light line around them; what falls outside is not set.
        for (cx, cy) in [(3, 3), (end - 3, 3), (3, end - 3)] {
            for (dx, dy) in (0..9).flat_map(|dx: usize| (0..9).map(move |dy: usize| (dx, dy))) {
                let distance = dx.abs_diff(4).max(dy.abs_diff(4));
                if let (Some(x), Some(y)) = ((cx + dx).checked_sub(4), (cy + dy).checked_sub(4)) {
                    self.set(x, y, distance != 2 && distance != 4);
                }
            }
        }
        let places = alignment(version, self.size);
        let last = places.len().saturating_sub(1);
        for (i, cx) in places.iter().enumerate() {
            for (j, cy) in places.iter().enumerate() {
                if matches!((i, j), (0, 0)) || (i, j) == (0, last) || (i, j) == (last, 0) {
                    continue;
                }
                for (dx, dy) in (0..5).flat_map(|dx: usize| (0..5).map(move |dy: usize| (dx, dy))) {
                    self.set(cx + dx - 2, cy + dy - 2, dx.abs_diff(2).max(dy.abs_diff(2)) != 1);
                }
            }
        }
        if version >= 7 {
            let rest = (0..12).fold(version, |r, _| (r << 1) ^ ((r >> 11) * 0x1f25));
            let bits = version << 12 | rest;
            for i in 0..18 {
                let (a, b) = (self.size - 11 + i % 3, i / 3);
                self.set(a, b, bits >> i & 1 == 1);
                self.set(b, a, bits >> i & 1 == 1);
            }
        }
    }

    /// Level M (0) and the mask, twice.
    fn format(&mut self, mask: usize) {
        let rest = (0..10).fold(mask, |r, _| (r << 1) ^ ((r >> 9) * 0x537));
        let bits = (mask << 10 | rest) ^ 0x5412;
        for i in 0..15 {
            let bit = bits >> i & 1 == 1;
            let (x, y) = match i {
                0..6 => (8, i),
                6 => (8, 7),
                7 => (8, 8),
                8 => (7, 8),
                _ => (14 - i, 8),
            };
            self.set(x, y, bit);
            let (x, y) = if i < 8 { (self.size - 1 - i, 8) } else { (8, self.size - 15 + i) };
            self.set(x, y, bit);
        }
        self.set(8, self.size - 8, true);
    }

    /// Data in columns of two, up and down from the right, each module turned over where the mask says.
    fn fill(&mut self, bytes: &[u8], mask: usize) {
        let size = self.size;
        let mut bits = bytes.iter().flat_map(|b| (0..8).rev().map(move |i| b >> i & 1 == 1));
        let columns = (0..size / 2).map(|i| size - 1 - 2 * i).map(|right| if right <= 6 { right - 1 } else { right });
        for right in columns {
            let up = (right + 1) & 2 == 0;
            for y in (0..size).map(|i| if up { size - 1 - i } else { i }) {
                for x in [right, right - 1] {
                    let at = y * size + x;
                    if self.fixed.get(at) == Some(&false) {
                        let bit = bits.next().unwrap_or_default() ^ masked(mask, x, y);
                        self.dark.get_mut(at).into_iter().for_each(|d| *d = bit);
                    }
                }
            }
        }
    }

    /// How hard it is to read: long runs, blocks of one colour, too much of one. The standard's fourth rule, for
    /// lines that look like a finder, is left out: any mask can be read, and this picks a good one.
    fn unrest(&self) -> usize {
        let mut points = 0;
        for turned in [false, true] {
            for a in 0..self.size {
                let (mut run, mut last) = (0, None);
                for b in 0..self.size {
                    let dark = if turned { self.is_dark(a, b) } else { self.is_dark(b, a) };
                    run = if last == Some(dark) { run + 1 } else { 1 };
                    last = Some(dark);
                    points += match run {
                        5 => 3,
                        6.. => 1,
                        _ => 0,
                    };
                }
            }
        }
        for (x, y) in (1..self.size).flat_map(|x| (1..self.size).map(move |y| (x, y))) {
            let dark = self.is_dark(x, y);
            if [(x - 1, y), (x, y - 1), (x - 1, y - 1)].iter().all(|(x, y)| self.is_dark(*x, *y) == dark) {
                points += 3;
            }
        }
        let dark = self.dark.iter().filter(|d| **d).count();
        points + (dark * 20).abs_diff(self.dark.len() * 10) / self.dark.len() * 10
    }
}

fn alignment(version: usize, size: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    let mut out: Vec<usize> = (0..count - 1).map(|i| size - 7 - i * step).collect();
    out.push(6);
    out.reverse();
    out
}

fn masked(mask: usize, x: usize, y: usize) -> bool {
    0 == match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => x * y % 2 + x * y % 3,
        6 => (x * y % 2 + x * y % 3) % 2,
        _ => ((x + y) % 2 + x * y % 3) % 2,
    }
}
