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

use super::*;
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

    /// A variant's place, of so many.
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

impl Compiled for bool {
    fn write(&self, to: &mut Writer) {
        to.rest.push(u8::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.variant(2) == 1
    }
}

impl Compiled for u8 {
    fn write(&self, to: &mut Writer) {
        to.rest.push(*self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.byte()
    }
}

impl Compiled for u16 {
    fn write(&self, to: &mut Writer) {
        to.number((*self).into());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.number() as u16
    }
}

impl Compiled for u32 {
    fn write(&self, to: &mut Writer) {
        to.number(*self);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.number()
    }
}

/// Zigzag: the sign is the lowest bit.
impl Compiled for i16 {
    fn write(&self, to: &mut Writer) {
        let number = i32::from(*self);
        to.number((number << 1 ^ number >> 31) as u32);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = from.number() as i32;
        ((number >> 1) ^ -(number & 1)) as i16
    }
}

impl Compiled for f64 {
    fn write(&self, to: &mut Writer) {
        to.rest.extend(self.to_le_bytes());
    }

    fn read(from: &mut Reader<'_>) -> Self {
        f64::from_le_bytes(from.bytes(8).try_into().unwrap_or_default())
    }
}

impl Compiled for String {
    fn write(&self, to: &mut Writer) {
        // FHIR and TOML allow no NUL inside a text either.
        to.texts.extend(self.chars().filter(|c| *c != END).chain([END]));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let text = from.texts.next();
        from.sound &= text.is_some();
        text.unwrap_or_default().into()
    }
}

impl<T: Compiled> Compiled for Option<T> {
    fn write(&self, to: &mut Writer) {
        self.is_some().write(to);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        if bool::read(from) { Some(T::read(from)) } else { None }
    }
}

/// As many as the length says, or until something did not fit.
impl<T: Compiled> Compiled for Vec<T> {
    fn write(&self, to: &mut Writer) {
        to.number(self.len() as u32);
        self.iter().for_each(|value| value.write(to));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let count = from.number();
        let mut out = Vec::new();
        while out.len() < count as usize && from.sound {
            out.push(T::read(from));
        }
        out
    }
}

/// Shapes, by their fields: in parentheses those that are codes.
macro_rules! shapes {
    ($($name:ident ($($code:ident),*) { $($field:ident),* })*) => { $(
        impl Compiled for $name {
            fn write(&self, to: &mut Writer) {
                $(to.code(&self.$code);)*
                $(self.$field.write(to);)*
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self { $($code: from.code(),)* $($field: Compiled::read(from)),* }
            }
        }
    )* };
}

/// One of several, by its variants, in the order in which they are declared.
macro_rules! kinds {
    ($($name:ident { $($variant:ident),* })*) => { $(
        impl Compiled for $name {
            fn write(&self, to: &mut Writer) {
                to.number(*self as u32);
            }

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
    Pack () { lang, version, digest, checked_on, review_by, questionnaire, numbers, migrations, instruments, rules, safety, topics, cards, decks, choices, weights, teach_backs,
        matched_questions, sources,
        regions, refused, about, sheet, words }
    Source (id) { title, url, checked_on }
    Questionnaire () { lang, url, version, title, head, items }
    Head () { name, date, publisher, copyright }
    Item (link_id) { kind, text, prefix, short, help, code, repeats, max_occurs, required, max_length, min, max, unit, units, options, enable, hidden,
        not_offered, items }
    Coding (code) { system, display }
    Enable () { when, any }
    Condition (question) { score, operator, operand }
    Numbers (questions, answers) {}
    Migration (question, answer) { to }
    MigrationTarget (question, answer) {}
    Instrument (id, items, sources) { name, about, gate, beside, method, bands, cutoffs, total_code, panel_code, notice, wording }
    Band () { from, name }
    Cutoff () { at, about }
    Rule (id, sources) { tier, section, about, when, patient, clinician, help }
    Trigger () { all, any }
    Safety (ask, ask_might_act, ask_safe, never_kept, may_leave_out, minor_question, minor_code, medicines, takes_medicines, strip, doses, last_taken, why,
        medicine_details, tried, trials, tried_now, tried_on_paper, stated, practical, questions, matters, decision, optional, short, across, assumed, drawn, apart, card, card_name,
        card_dose, card_last, good_answers, antidepressants) { in_order }
    Topic (id, paper) { title, lead, blocks }
    Text (sources) { heading, body, list, urgent }
    Fill () { heading, columns, rows }
    Pair () { heading, benefit, harm }
    Claim (sources) { text, polarity, n, of, timespan, population, certainty, checked_on, review_by }
    Icons () { heading, caption, claims }
    Timeline (sources) { heading, stages }
    Stage () { when, title, text }
    Calendar (sources) { heading, weeks, later, caption }
    Table (sources) { heading, columns, rows }
    Ask (question) {}
    Deck (id, cards) { title, question }
    Card (id, sources) { shown, flipped, flip, explanation, strength, strength_text, risk, help, dated, checked_on, review_by }
    Statement () { text, verdict }
    Choice (id, sources) { name, works, given, side_effects, daily_life, speed, cost, living }
    Weight (question, answer, link, rows) {}
    TeachBack (id, right, topic, sources) { explanation }
    MatchedQuestion (id, sources) { question, good, when }
    Region (id) { name, emergency, emergency_text, letter, calling, spoken, lines }
    Contact (id) { name, text, tel, sms, url, hours, only_for, checked_on, review_by }
    Refused () { promises, decides, shames, sells, crisis, advice, hard, other_senses }
    About () { made_by, pays, sells, update_policy, complain, how_evidence_was_chosen, readers, notices }
    SheetWords () { questions, bring, before, after, call, minor, minor_questions, medicines_limit, medicines_keep, footer, header }
    QuestionGroup (id) { title, questions }
}

kinds! {
    Kind { Group, Page, Display, Choice, Lookup, OpenChoice, OpenLookup, Boolean, String, Text, Integer, Decimal, Date, Time, DateTime, Quantity,
        Url }
    Form { Coding, String, Integer, Date, Time }
    Operator { Exists, Eq, Ne, Gt, Lt, Ge, Le }
    Method { Sum, Mean }
    Tier { E, A, B, C }
    Section { Medicines, Medical, Mind, Substances, Practical }
    Help { Offer, Suicide, Medical, Poison, Unsure, UnsurePoison }
    Polarity { Benefit, Harm, Neutral }
    Certainty { Strong, Moderate, Limited, Mixed, Unknown, NotChecked }
    Verdict { Myth, Fact, Depends }
}

impl Compiled for AnswerOption {
    fn write(&self, to: &mut Writer) {
        let Self { code, system, text, synonyms, points, exclusive, form } = self;
        let place = to.systems.iter().position(|known| known == system).unwrap_or_else(|| {
            to.systems.push(system.clone());
            to.systems.len() - 1
        });
        to.number(place as u32);
        to.code(code);
        text.write(to);
        synonyms.write(to);
        points.write(to);
        exclusive.write(to);
        form.write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let place = from.variant(from.systems.len());
        Self {
            system: from.systems.get(place).cloned().unwrap_or_default(),
            code: from.code(),
            text: Compiled::read(from),
            synonyms: Compiled::read(from),
            points: Compiled::read(from),
            exclusive: Compiled::read(from),
            form: Compiled::read(from),
        }
    }
}

impl Compiled for Operand {
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Bool(value) => with(0, value, to),
            Self::Codes(value) => {
                to.number(1);
                to.code(value);
            }
            Self::Number(value) => with(2, value, to),
            Self::Text(value) => with(3, value, to),
            Self::Quantity(value, unit) => {
                with(4, value, to);
                to.code(unit);
            }
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        match from.variant(5) {
            0 => Self::Bool(Compiled::read(from)),
            1 => Self::Codes(from.code()),
            2 => Self::Number(Compiled::read(from)),
            4 => Self::Quantity(Compiled::read(from), from.code()),
            _ => Self::Text(Compiled::read(from)),
        }
    }
}

impl Compiled for Block {
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Text(value) => with(0, value, to),
            Self::Pair(value) => with(1, value, to),
            Self::Icons(value) => with(2, value, to),
            Self::Timeline(value) => with(3, value, to),
            Self::Calendar(value) => with(4, value, to),
            Self::Table(value) => with(5, value, to),
            Self::Ask(value) => with(6, value, to),
            Self::Fill(value) => with(7, value, to),
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        match from.variant(8) {
            0 => Self::Text(Compiled::read(from)),
            1 => Self::Pair(Compiled::read(from)),
            2 => Self::Icons(Compiled::read(from)),
            3 => Self::Timeline(Compiled::read(from)),
            4 => Self::Calendar(Compiled::read(from)),
            5 => Self::Table(Compiled::read(from)),
            6 => Self::Ask(Compiled::read(from)),
            _ => Self::Fill(Compiled::read(from)),
        }
    }
}

/// A variant's place and what it holds.
fn with(place: u32, value: &impl Compiled, to: &mut Writer) {
    to.number(place);
    value.write(to);
}

impl Compiled for Words {
    fn write(&self, to: &mut Writer) {
        self.list().write(to);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::listed(Compiled::read(from))
    }
}
