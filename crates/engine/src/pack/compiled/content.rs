//! The shapes of the content, field by field, in the order in which they are written.

use super::{Compiled, Reader, Writer};
use crate::pack::*;

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
    Pack () { lang, version, digest, checked_on, review_by, questionnaire, numbers, migrations, naming, instruments, rules, safety, topics, cards, decks, choices, weights, teach_backs,
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
    Migration (question, answer) { to, kept }
    MigrationTarget (question, answer) {}
    Naming () { joint, text, name }
    NamingText (id, beside) { text, gaps, before }
    Gap (id, from) { number }
    AnswerName (id, code) { words }
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
    Card (id, sources, only_in) { shown, flipped, flip, explanation, strength, strength_text, risk, help, dated, checked_on, review_by }
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
