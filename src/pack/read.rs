//! Reads the compiled form of a pack: [postcard's](https://postcard.jamesmunns.com/wire-format), which writes it.
//!
//! A reader that may fail at every field makes the browser load the code to give back the fields before it,
//! for each field of each shape. This one goes on with an empty value and says at the end that it did. Serde's
//! visitors would carry each field twice.

use super::*;

/// The value that the bytes hold; `None` if they hold no such value, or more than it.
pub(super) fn read<T: Read>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader { rest: bytes, sound: true };
    let value = T::read(&mut reader);
    if reader.sound && reader.rest.is_empty() {
        return Some(value);
    }
    // The app gives up now. Code to give back each field of each shape would be 2 kB of the file.
    std::mem::forget(value);
    None
}

pub(super) struct Reader<'a> {
    rest: &'a [u8],
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

    /// Seven bits a byte, the lowest first; the top bit says that more follow.
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

    /// A variant's place, of so many.
    fn variant(&mut self, count: usize) -> usize {
        let place = self.number() as usize;
        self.sound &= place < count;
        if place < count { place } else { 0 }
    }
}

/// A value as it stands in a pack.
pub(super) trait Read {
    fn read(from: &mut Reader<'_>) -> Self;
}

impl Read for bool {
    fn read(from: &mut Reader<'_>) -> Self {
        let byte = from.byte();
        from.sound &= byte < 2;
        byte == 1
    }
}

impl Read for u8 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.byte()
    }
}

impl Read for u16 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number() as u16
    }
}

impl Read for u32 {
    fn read(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

impl Read for i16 {
    fn read(from: &mut Reader<'_>) -> Self {
        // Zigzag: the sign is the lowest bit.
        let number = from.number() as i32;
        ((number >> 1) ^ -(number & 1)) as i16
    }
}

impl Read for f64 {
    fn read(from: &mut Reader<'_>) -> Self {
        f64::from_le_bytes(from.bytes(8).try_into().unwrap_or_default())
    }
}

impl Read for String {
    fn read(from: &mut Reader<'_>) -> Self {
        let count = from.number() as usize;
        let text = std::str::from_utf8(from.bytes(count));
        from.sound &= text.is_ok();
        text.unwrap_or("").into()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(from: &mut Reader<'_>) -> Self {
        if bool::read(from) { Some(T::read(from)) } else { None }
    }
}

/// As many as the length says, or until something did not fit.
impl<T: Read> Read for Vec<T> {
    fn read(from: &mut Reader<'_>) -> Self {
        let count = from.number() as usize;
        let mut out = Vec::with_capacity(count.min(from.rest.len()));
        while out.len() < count && from.sound {
            out.push(T::read(from));
        }
        out
    }
}

/// Shapes, by their fields in the order in which they are declared, since that is the order in the pack.
macro_rules! shapes {
    ($($name:ident { $($field:ident),* })*) => { $(
        impl Read for $name {
            fn read(from: &mut Reader<'_>) -> Self {
                Self { $($field: Read::read(from)),* }
            }
        }
    )* };
}

/// One of several, by the variants in the order in which they are declared.
macro_rules! kinds {
    ($($name:ident { $($variant:ident),* })*) => { $(
        impl Read for $name {
            fn read(from: &mut Reader<'_>) -> Self {
                let all = [$(Self::$variant),*];
                let place = from.variant(all.len());
                let [first, ..] = all;
                all.get(place).copied().unwrap_or(first)
            }
        }
    )* };
}

shapes! {
    Pack { lang, version, digest, checked_on, review_by, questionnaire, numbers, instruments, rules, safety, topics, cards, choices, sources, regions, refused, about, sheet, words }
    Source { id, title, url, checked_on }
    Questionnaire { url, version, title, head, items }
    Head { name, date, publisher, copyright }
    Item { link_id, kind, text, prefix, short, help, code, repeats, max_occurs, required, max_length, min, max, unit, options, enable, hidden, not_offered, items }
    AnswerOption { code, system, text, synonyms, points, exclusive, form }
    Coding { system, code, display }
    Enable { when, any }
    Condition { question, score, operator, operand }
    Numbers { questions, answers }
    Instrument { id, name, about, items, gate, beside, method, bands, cutoffs, total_code, panel_code, notice, wording, sources }
    Band { from, name }
    Cutoff { at, about }
    Rule { id, tier, section, about, when, patient, clinician, help, sources }
    Trigger { all, any }
    Safety { ask, ask_might_act, ask_safe, never_kept, may_leave_out, minor_question, minor_code, medicines, takes_medicines, why, medicine_details, tried, trials, tried_on_paper, practical, questions, matters, optional, in_order }
    Topic { id, title, lead, blocks }
    Text { heading, body, list, sources }
    Pair { heading, benefit, harm }
    Claim { text, polarity, n, of, timespan, population, certainty, sources, checked_on, review_by }
    Icons { heading, caption, claims }
    Timeline { heading, stages, sources }
    Stage { when, title, text }
    Calendar { heading, weeks, caption, sources }
    Table { heading, columns, rows, sources }
    Ask { question }
    Card { id, shown, flipped, flip, explanation, strength, strength_text, risk, help, dated, sources, checked_on, review_by }
    Statement { text, verdict }
    Choice { id, name, works, given, side_effects, daily_life, speed, cost, living, sources }
    Region { id, name, emergency, emergency_text, letter, lines }
    Contact { id, name, text, tel, sms, url, hours, only_for, checked_on, review_by }
    Refused { promises, decides, shames, sells, hard, other_senses }
    About { made_by, pays, sells, update_policy, complain, how_evidence_was_chosen, readers, notices }
    SheetWords { questions, bring, before, after, call, minor, minor_questions, medicines_limit, medicines_keep, footer, header }
    QuestionGroup { id, title, questions }
}

kinds! {
    Kind { Group, Page, Display, Choice, Lookup, OpenChoice, OpenLookup, Boolean, String, Text, Integer, Decimal, Date }
    Form { Coding, String, Integer, Date, Time }
    Operator { Exists, Eq, Ne, Gt, Lt, Ge, Le }
    Method { Sum, Mean }
    Tier { E, A, B, C }
    Section { Medicines, Medical, Mind, Substances, Practical }
    Help { Offer, Suicide, Medical, Poison }
    Polarity { Benefit, Harm, Neutral }
    Certainty { Strong, Moderate, Limited, Mixed, Unknown }
    Verdict { Myth, Fact, Depends }
}

impl Read for Operand {
    fn read(from: &mut Reader<'_>) -> Self {
        match from.variant(4) {
            0 => Self::Bool(Read::read(from)),
            1 => Self::Codes(Read::read(from)),
            2 => Self::Number(Read::read(from)),
            _ => Self::Text(Read::read(from)),
        }
    }
}

impl Read for Block {
    fn read(from: &mut Reader<'_>) -> Self {
        match from.variant(7) {
            0 => Self::Text(Read::read(from)),
            1 => Self::Pair(Read::read(from)),
            2 => Self::Icons(Read::read(from)),
            3 => Self::Timeline(Read::read(from)),
            4 => Self::Calendar(Read::read(from)),
            5 => Self::Table(Read::read(from)),
            _ => Self::Ask(Read::read(from)),
        }
    }
}

impl Read for Words {
    fn read(from: &mut Reader<'_>) -> Self {
        Self::listed(Read::read(from))
    }
}
