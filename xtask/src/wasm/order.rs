//! Like functions side by side.
//!
//! The compiler lays functions out by crate, wasm-opt by how often they are called. Brotli copies from what stood
//! shortly before more cheaply than from far away, and its statistics fit what is like the last; so each function is
//! followed by the one that shares most with it. That weighs 2 % less and costs the browser nothing.

use super::{CODE, ELEMENTS, EXPORTS, FUNCTIONS, IMPORTS, Piece, Reader, Result, START, bodies, number, pieces, push_number, push_run, sections};
use std::collections::{BTreeMap, BTreeSet};

/// How many instructions in a row count as shared.
const ROWS: [usize; 2] = [3, 5];

/// The same program with its functions in another order.
pub fn order(wasm: &[u8]) -> Result<Vec<u8>> {
    let sections = sections(wasm)?;
    let section = |wanted: u8| sections.iter().find(|(id, _)| *id == wanted).map_or(&[][..], |(_, content)| content);
    // Functions alone: `shorten_imports` takes nothing else.
    let imports = if section(IMPORTS).is_empty() { 0 } else { Reader(section(IMPORTS)).number()? };
    let bodies = bodies(section(CODE))?;
    let order = alike(&bodies)?;
    let mut places: Vec<usize> = (0..imports + bodies.len()).collect();
    for (new, old) in order.iter().enumerate() {
        *places.get_mut(imports + old).ok_or("the wasm has no such function")? = imports + new;
    }
    let place = |old: usize| places.get(old).copied().ok_or("the wasm calls a function that it does not have");

    let mut out = wasm.get(..8).ok_or("the wasm has no head")?.to_vec();
    for (id, content) in &sections {
        let mut reader = Reader(content);
        let mut new = Vec::new();
        match *id {
            FUNCTIONS => {
                let types: Vec<&[u8]> = (0..reader.number()?).map(|_| reader.leb()).collect::<Result<_>>()?;
                push_number(types.len(), &mut new);
                order.iter().filter_map(|old| types.get(*old)).for_each(|kind| new.extend_from_slice(kind));
            }
            EXPORTS => {
                let count = reader.number()?;
                push_number(count, &mut new);
                for _ in 0..count {
                    push_run(reader.run()?, &mut new);
                    let kind = reader.byte()?;
                    new.push(kind);
                    let what = reader.number()?;
                    push_number(if kind == 0 { place(what)? } else { what }, &mut new);
                }
            }
            START => push_number(place(reader.number()?)?, &mut new),
            ELEMENTS => {
                let count = reader.number()?;
                push_number(count, &mut new);
                for _ in 0..count {
                    // Functions for the first table, from a constant place on: all that is made of Rust.
                    let [0, 0x41] = reader.bytes(2)? else { return Err("the wasm fills a table in a way that is not known here".into()) };
                    new.extend([0, 0x41]);
                    new.extend_from_slice(reader.leb()?);
                    new.extend_from_slice(reader.bytes(1)?);
                    let functions = reader.number()?;
                    push_number(functions, &mut new);
                    for _ in 0..functions {
                        push_number(place(reader.number()?)?, &mut new);
                    }
                }
            }
            CODE => {
                push_number(bodies.len(), &mut new);
                for body in order.iter().filter_map(|old| bodies.get(*old)) {
                    let mut code = Vec::new();
                    let mut missing = None;
                    pieces(body, |piece, bytes| match piece {
                        Piece::Call => match place(number(bytes)) {
                            Ok(place) => push_number(place, &mut code),
                            Err(message) => missing = Some(message),
                        },
                        _ => code.extend_from_slice(bytes),
                    })?;
                    if let Some(message) = missing {
                        return Err(message.into());
                    }
                    push_run(&code, &mut new);
                }
            }
            _ => new.extend_from_slice(content),
        }
        out.push(*id);
        push_run(&new, &mut out);
    }
    Ok(out)
}

/// The functions' places, each followed by the one of those left that shares most with it: rows of instructions,
/// of which the rare ones count more, as for likeness of texts (cosine of tf-idf).
fn alike(bodies: &[&[u8]]) -> Result<Vec<usize>> {
    let mut codes = Vec::new();
    for body in bodies {
        let mut ops = Vec::new();
        pieces(body, |piece, bytes| {
            if piece == Piece::Op {
                ops.extend_from_slice(bytes);
            }
        })?;
        codes.push(ops);
    }
    let mut shared: BTreeMap<&[u8], Vec<(usize, f64)>> = BTreeMap::new();
    let mut rows = Vec::new();
    for (function, ops) in codes.iter().enumerate() {
        let mut counts: BTreeMap<&[u8], f64> = BTreeMap::new();
        ROWS.iter().flat_map(|length| ops.windows(*length)).for_each(|row| *counts.entry(row).or_default() += 1.0);
        counts.iter().for_each(|(row, count)| shared.entry(row).or_default().push((function, 1.0 + count.ln())));
        rows.push(counts);
    }
    let rarity = |holders: usize| (bodies.len() as f64 / holders as f64 + 1.0).ln();
    let mut lengths = vec![0.0; bodies.len()];
    for holders in shared.values() {
        for (function, weight) in holders {
            if let Some(length) = lengths.get_mut(*function) {
                *length += (weight * rarity(holders.len())).powi(2);
            }
        }
    }
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    let mut next = (0..bodies.len()).min_by_key(|function| codes.get(*function).map(Vec::len));
    while let Some(function) = next {
        left.remove(&function);
        order.push(function);
        let mut likeness = vec![0.0; bodies.len()];
        for (row, count) in rows.get(function).into_iter().flatten() {
            let holders = shared.get(row).map_or(&[][..], Vec::as_slice);
            for (other, weight) in holders {
                if let Some(sum) = likeness.get_mut(*other) {
                    *sum += (1.0 + count.ln()) * weight * rarity(holders.len()).powi(2);
                }
            }
        }
        let like = |other: usize| likeness.get(other).zip(lengths.get(other)).map_or(0.0, |(sum, length): (&f64, &f64)| sum / length.sqrt().max(1.0));
        next = left.iter().copied().reduce(|best, other| if like(other) > like(best) { other } else { best });
    }
    Ok(order)
}
