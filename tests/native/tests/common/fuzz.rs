//! Fuzzing on stable Rust: good inputs are damaged at random, by proptest, so that a find is made
//! small.
//!
//! Each reader gets `FUZZ_SECONDS`: 1 if it says nothing, 12 in `cargo xtask test` (five readers, a
//! minute), 720 in `test --all`. What was found stands in `tests/fixtures/fuzz/READER/` and is
//! looked at first, each time.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value as Json;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What a reader did with one input: an error is a find.
pub type Seen = Result<(), TestCaseError>;

const CASES_IN_A_ROW: u32 = 32;
const MOST_CHANGES: usize = 6;
/// Letters of an input that takes long to read.
const LONG: usize = 20_000;

/// What stands where something else stood, in a text.
const ODD: &[&str] = &[
    "",
    " ",
    "\"",
    "\\",
    "\u{0}",
    "\u{7f}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "😀",
    "e\u{301}",
    "<",
    "</script>",
    "&",
    "'",
    "%",
    "%41",
    "%ff",
    ";",
    "=",
    ",",
    ":",
    "#",
    "~",
    "-",
    "cr1;",
    "CR",
    "0",
    "-1",
    "256",
    "1e999",
    "99999999999999999999",
    "0.1",
    "null",
    "{}",
    "[]",
    "2026-02-31",
    "9999-12-31T23:59:60Z",
];
/// The same in JSON.
const ODD_JSON: &[&str] = &[
    "null",
    "true",
    "[]",
    "{}",
    "[null]",
    "[{}]",
    "[[]]",
    "\"\"",
    "\" \"",
    "\"x\"",
    "\"\\u0000\"",
    "\"\\u202e\"",
    "\"</script>\"",
    "\"2026-02-31\"",
    "0",
    "-0",
    "-1",
    "0.1",
    "1e300",
    "99999999999999999999",
    "{\"url\":7}",
    "{\"value\":null}",
    "{\"item\":[]}",
];

/// One change. `Index` is a place in a list whose length is known only once the input is.
#[derive(Debug, Clone)]
pub enum Change {
    Cut(Index, u8),
    Put(Index, Index),
    Any(Index, char),
    Copy(Index, u8, Index),
    NodeAway(Index),
    NodeTwice(Index),
    NodeOdd(Index, Index),
    NodeMoved(Index, Index),
    NameOf(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        2 => (at(), any::<u8>()).prop_map(|(a, n)| Change::Cut(a, n)),
        2 => (at(), at()).prop_map(|(a, b)| Change::Put(a, b)),
        1 => (at(), any::<char>()).prop_map(|(a, c)| Change::Any(a, c)),
        1 => (at(), any::<u8>(), at()).prop_map(|(a, n, b)| Change::Copy(a, n, b)),
        2 => at().prop_map(Change::NodeAway),
        2 => at().prop_map(Change::NodeTwice),
        4 => (at(), at()).prop_map(|(a, b)| Change::NodeOdd(a, b)),
        2 => (at(), at()).prop_map(|(a, b)| Change::NodeMoved(a, b)),
        2 => (at(), at()).prop_map(|(a, b)| Change::NameOf(a, b)),
    ]
}

/// The input after these changes. Those of JSON leave a text that is none as it is.
pub fn changed(input: &str, changes: &[Change]) -> String {
    let mut text = input.to_owned();
    for change in changes {
        text = match serde_json::from_str::<Json>(&text) {
            Ok(mut json) if change.is_of_json() => {
                change.on_json(&mut json);
                json.to_string()
            }
            _ => change.on_text(&text),
        };
    }
    text
}

impl Change {
    fn is_of_json(&self) -> bool {
        !matches!(self, Self::Cut(..) | Self::Put(..) | Self::Any(..) | Self::Copy(..))
    }

    fn on_text(&self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let at = |index: &Index| index.index(letters.len() + 1);
        let with = |at: usize, new: &str, gone: usize| {
            let rest = (at + gone).min(letters.len());
            letters[..at].iter().copied().chain(new.chars()).chain(letters[rest..].iter().copied()).collect()
        };
        match self {
            Self::Cut(a, n) => with(at(a), "", usize::from(*n)),
            Self::Put(a, what) => with(at(a), ODD[what.index(ODD.len())], 0),
            Self::Any(a, letter) => with(at(a), &letter.to_string(), 1),
            Self::Copy(a, n, to) => {
                let piece: String = letters[at(a)..].iter().take(usize::from(*n)).collect();
                with(at(to), &piece, 0)
            }
            _ => text.to_owned(),
        }
    }

    fn on_json(&self, json: &mut Json) {
        let mut places = Vec::new();
        nodes(json, String::new(), &mut places);
        let place = |index: &Index| places[index.index(places.len())].as_str();
        match self {
            Self::NodeOdd(a, what) => {
                put(json, place(a), serde_json::from_str(ODD_JSON[what.index(ODD_JSON.len())]).unwrap())
            }
            Self::NodeMoved(a, b) => {
                let other = json.pointer(place(b)).cloned().unwrap_or_default();
                put(json, place(a), other);
            }
            Self::NodeAway(a) => around(json, place(a), |parent, name| match parent {
                Json::Array(list) => drop(list.remove(name.parse().unwrap())),
                Json::Object(map) => drop(map.remove(name)),
                _ => {}
            }),
            Self::NodeTwice(a) => around(json, place(a), |parent, name| {
                if let Json::Array(list) = parent {
                    list.push(list[name.parse::<usize>().unwrap()].clone());
                }
            }),
            Self::NameOf(a, b) => {
                let other = place(b).rsplit('/').next().unwrap_or_default().to_owned();
                around(json, place(a), |parent, name| {
                    if let Json::Object(map) = parent
                        && let Some(value) = map.remove(name)
                    {
                        map.insert(other, value);
                    }
                });
            }
            _ => {}
        }
    }
}

/// The pointer of every node.
fn nodes(value: &Json, at: String, out: &mut Vec<String>) {
    match value {
        Json::Array(list) => list.iter().enumerate().for_each(|(i, v)| nodes(v, format!("{at}/{i}"), out)),
        Json::Object(map) => {
            map.iter().for_each(|(k, v)| nodes(v, format!("{at}/{}", k.replace('~', "~0").replace('/', "~1")), out))
        }
        _ => {}
    }
    out.push(at);
}

fn put(json: &mut Json, place: &str, value: Json) {
    if let Some(node) = json.pointer_mut(place) {
        *node = value;
    }
}

fn around(json: &mut Json, place: &str, act: impl FnOnce(&mut Json, &str)) {
    let Some((parent, name)) = place.rsplit_once('/') else { return };
    if let Some(parent) = json.pointer_mut(parent) {
        act(parent, &name.replace("~1", "/").replace("~0", "~"));
    }
}

fn folder(reader: &str) -> PathBuf {
    super::root().join("tests/fixtures/fuzz").join(reader)
}

/// What was found before, then new inputs until the time is over. `seen` says what is wrong with
/// what the reader did.
pub fn fuzz(reader: &str, good: &[String], seen: impl Fn(&str) -> Seen) {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder(reader)).unwrap().map(|file| file.unwrap().path()).collect();
    found.sort();
    for file in found {
        let text = std::fs::read_to_string(&file).unwrap();
        seen(&text).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    }
    // What is not damaged at all is read too: a short run has few damaged inputs that still can be.
    for input in good.iter().filter(|input| input.len() < LONG) {
        seen(input).unwrap_or_else(|why| panic!("{reader}, undamaged: {why}"));
    }
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let until = Instant::now() + Duration::from_secs(seconds);
    let inputs = (any::<Index>(), vec(change(), 0..MOST_CHANGES));
    let input = |(seed, changes): &(Index, Vec<Change>)| changed(&good[seed.index(good.len())], changes);
    let mut runs = 0_u32;
    while Instant::now() < until {
        // A runner counts all its cases, so each round has one of its own. The same inputs in the
        // same order in each run, so that what a short run finds does not depend on luck; a long
        // one only goes further.
        let mut seed = [0; 32];
        seed[..4].copy_from_slice(&runs.to_le_bytes());
        let config = Config { cases: CASES_IN_A_ROW, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        if let Err(TestError::Fail(why, least)) = runner.run(&inputs, |parts| seen(&input(&parts))) {
            let file = folder(reader).join(format!("{:08x}.txt", crc(&input(&least))));
            // `cargo xtask breaks` breaks the reader on purpose, and has nothing to keep.
            let keeps = std::env::var_os("FUZZ_KEEPS_NOTHING").is_none();
            assert!(keeps, "{reader}: {why}");
            std::fs::write(&file, input(&least)).unwrap();
            panic!(
                "{reader}: {why}\nWhat to do: the input stands in {}; mend the reader, and commit the file with it",
                file.display()
            );
        }
        runs += CASES_IN_A_ROW;
    }
    eprintln!("{reader}: {runs} inputs");
}

/// A name for an input.
fn crc(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
