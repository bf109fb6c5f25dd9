//! Code sorted by kind.
//!
//! Brotli finds like things near like things. In wasm's code an instruction stands beside a local's number beside an
//! address, and each is noise to the next. Sorted into one run for each kind they weigh a tenth less, and 3 % less
//! again if what comes next counts too; `public/boot.js` puts each piece back where it stood, in some milliseconds.
//! Function and section sizes are left out and worked out anew there, and so is how a load or a store is aligned
//! where it is as one expects.

use super::{CODE, Piece, Result, bodies, pieces, push_number, push_run, sections};

/// The kinds, in the order of the runs that [`sort`] gives; `boot.js` has the same list.
pub const KINDS: [&str; 12] = ["rest", "ops", "locals", "pointers", "loads", "stores", "numbers", "sums", "values", "calls", "branches", "others"];

/// How the loads and stores from 0x28 on are aligned, as powers of two.
const ALIGNED: &[u8; 23] = b"23230011001122232301012";
/// No instruction of wasm's: one that is aligned otherwise follows.
const OTHERWISE: u8 = 0xc5;

/// The wasm as one run of bytes for each of the [`KINDS`].
pub fn sort(wasm: &[u8]) -> Result<[Vec<u8>; KINDS.len()]> {
    let mut again = wasm.get(..8).ok_or("the wasm has no head")?.to_vec();
    let mut rest = again.clone();
    let mut ops: Vec<u8> = Vec::new();
    // With what instruction follows, which the instructions' own run tells before the pieces are put back.
    let mut operands = Vec::new();
    for (id, content) in sections(wasm)? {
        again.push(id);
        push_run(content, &mut again);
        rest.push(id);
        if id != CODE {
            push_run(content, &mut rest);
            continue;
        }
        let bodies = bodies(content)?;
        push_number(bodies.len(), &mut rest);
        for body in bodies {
            pieces(body, |piece, bytes| match piece {
                Piece::Op | Piece::Block => ops.extend_from_slice(bytes),
                Piece::Align => {
                    let op = ops.pop().unwrap_or_default();
                    let align = bytes.first().copied().unwrap_or_default();
                    if ALIGNED.get(usize::from(op.wrapping_sub(0x28))) != Some(&(b'0' + align)) {
                        ops.push(OTHERWISE + align);
                    }
                    ops.push(op);
                }
                _ => operands.push((piece, ops.len(), bytes)),
            })?;
        }
    }
    if again != wasm {
        return Err("the wasm writes a size longer than it need be, so that it can't be put together again".into());
    }
    let mut runs = <[Vec<u8>; KINDS.len() - 2]>::default();
    {
        let [locals, pointers, loads, stores, numbers, sums, values, calls, branches, others] = &mut runs;
        for (piece, at, bytes) in operands {
            let run: &mut Vec<u8> = match (piece, ops.get(at..).unwrap_or_default()) {
                // A place in memory: a load comes next, or a store after its value, or what is added to it.
                (Piece::Local, [0x28..=0x35, ..] | [_, 0x36..=0x3e, ..] | [0x41, 0x6a, ..]) => pointers,
                (Piece::Local, _) => locals,
                (Piece::Load, _) => loads,
                (Piece::Store, _) => stores,
                (Piece::Number, [0x6a | 0x6b, ..]) => sums,
                // What is stored or handed on.
                (Piece::Number, [0x10 | 0x20 | 0x36..=0x3e | 0x41, ..]) => values,
                (Piece::Number, _) => numbers,
                (Piece::Call, _) => calls,
                (Piece::Branch, _) => branches,
                _ => others,
            };
            run.extend_from_slice(bytes);
        }
    }
    let mut all = <[Vec<u8>; KINDS.len()]>::default();
    all.iter_mut().zip([rest, ops].into_iter().chain(runs)).for_each(|(place, run)| *place = run);
    Ok(all)
}
