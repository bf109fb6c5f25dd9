//! Answers as a `QuestionnaireResponse`.

use super::{
    ABSENT, CORE, LEFT_OUT, PASSED, TOOL, canonical, extension, instruments_in, quantity, total_id, total_text,
    with_seconds,
};
use crate::fhir::{
    Coding, Element, Extension, Meta, Narrative, QuestionnaireResponse, ResponseAnswer, ResponseItem, number,
};
use crate::html;
use engine::answers::{Answer, Answers, Value};
use engine::clean::clean;
use engine::form::EvaluatedForm;
use engine::pack::{Form, Instrument, Item, Kind, Method, Pack};
use engine::scores::{self, Total};
use engine::summary::{self, Context, Sheets};
use engine::validation::fits;
use engine::walk;
use serde_json::Number;

/// The answers as others are told them. `authored` is a day, or a moment with its offset.
pub(super) fn response(
    pack: &Pack,
    answers: &Answers,
    context: Context<'_>,
    authored: &str,
    sheets: &Sheets,
) -> QuestionnaireResponse {
    let redacted = if context.leave_out { summary::held_back(pack, answers) } else { None };
    let (left_out, answers) = (redacted.is_some(), redacted.as_ref().unwrap_or(answers));
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let maker = Maker { pack, form: &form, authored };
    let q = &pack.questionnaire;
    let direction = if q.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    let narrative = html::sheet(&pack.words, sheets.clinician.as_ref().unwrap_or(&sheets.keep));
    let mut item = maker.items(&q.items, 0);
    item.extend(instruments_in(pack, &q.items).filter_map(|i| maker.total_item(i)));
    QuestionnaireResponse {
        resource_type: "QuestionnaireResponse",
        meta: meta(pack, left_out),
        language: q.lang.clone(),
        text: Narrative {
            status: "generated",
            div: [
                "<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"",
                &q.lang,
                "\"",
                direction,
                ">",
                &narrative,
                "</div>",
            ]
            .concat(),
        },
        extension: skipped(&form, answers).into_iter().collect(),
        questionnaire: canonical(&q.url, &q.version),
        status: if is_complete(pack, &form, answers) { "completed" } else { "in-progress" },
        authored: authored.into(),
        item,
    }
}

fn meta(pack: &Pack, left_out: bool) -> Meta {
    let tag = |system: &str, code: &str, display: &str| {
        Coding::new(&[TOOL, "fhir/CodeSystem/", system].concat(), code, display)
    };
    let mut tags = vec![tag("content-digest", &pack.digest, &pack.version)];
    if left_out {
        tags.push(tag("record", LEFT_OUT, pack.words.sheet_left_out()));
    }
    Meta {
        source: [TOOL, "releases/", env!("CARGO_PKG_VERSION")].concat(),
        // Reported by the patient and not verified.
        security: vec![Coding::new(
            "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
            "PATRPT",
            "patient reported",
        )],
        tag: tags,
    }
}

/// True if the walk is at its end and no required question is without an answer.
fn is_complete(pack: &Pack, form: &EvaluatedForm<'_>, answers: &Answers) -> bool {
    let missing = |item: &&Item| {
        let open =
            |at| form.asked(&item.link_id, at) && form.answer(&item.link_id, at).is_none_or(|a| a.values().is_empty());
        item.required && item.is_question() && form.all_repetitions(&item.link_id).into_iter().any(open)
    };
    let ended = walk::resume(form, &walk::steps(pack, form), answers).is_none();
    ended && !pack.questionnaire.all().iter().any(missing)
}

/// Only answered items stand among the items, so what was skipped, "add another?", and words that
/// are no answer to their question (in a field for a number, half a day) stand apart: our own
/// reader then gives the same sheets.
fn skipped(form: &EvaluatedForm<'_>, answers: &Answers) -> Option<Extension> {
    let mut passed = Answers::default();
    for (key, answer) in answers.iter() {
        let group = form.item(&key.link).is_some_and(Item::is_group);
        let around = if group { form.outer_repetition(&key.link, key.repetition) } else { key.repetition };
        if (group || answer.values().is_empty()) && form.asked(&key.link, around) {
            passed.set(key.clone(), answer.clone());
        }
        if let Some(item) =
            form.item(&key.link).filter(|item| item.is_question() && form.asked(&key.link, key.repetition))
        {
            let unfit: Vec<Value> = answer.values().iter().filter(|v| !fits(item, v)).filter_map(as_typed).collect();
            if !unfit.is_empty() {
                passed.set(key.clone(), Answer::Given(unfit));
            }
        }
    }
    (!passed.is_empty()).then(|| Extension { value_string: Some(passed.encode()), ..extension(TOOL, PASSED) })
}

/// What was typed, without what a record can't hold. A code that its question does not have is
/// nobody's words.
fn as_typed(value: &Value) -> Option<Value> {
    match value {
        Value::Text(text) => Some(clean(text)).filter(|text| !text.is_empty()).map(Value::Text),
        Value::Number(_) | Value::Quantity(..) => Some(value.clone()),
        Value::Code(_) => None,
    }
}

struct Maker<'a> {
    pack: &'a Pack,
    form: &'a EvaluatedForm<'a>,
    /// When the answers were given: a time of day that was answered has the same offset.
    authored: &'a str,
}

impl Maker<'_> {
    fn items(&self, items: &[Item], at: u8) -> Vec<ResponseItem> {
        let mut out = Vec::new();
        for item in items {
            let repetitions = self.repetitions(item, at);
            // A repetition that was left blank keeps its place before one that was not.
            let used = repetitions.iter().rposition(|at| self.holds(item, *at)).map_or(0, |last| last + 1);
            out.extend(repetitions.iter().take(used).map(|at| self.item(item, *at)));
        }
        out
    }

    /// The repetitions in which an item is written: none if it is not asked.
    fn repetitions(&self, item: &Item, at: u8) -> Vec<u8> {
        match (self.form.asked(&item.link_id, at), item.is_group() && item.repeats) {
            (false, _) => Vec::new(),
            (true, false) => vec![at],
            (true, true) => self.form.repetitions_in(&item.link_id, at),
        }
    }

    /// True if there is an answer or a total in it.
    fn holds(&self, item: &Item, at: u8) -> bool {
        let below = |i: &Item| self.repetitions(i, at).iter().any(|at| self.holds(i, *at));
        let total = |i: &Instrument| self.total(i).is_some();
        !self.answers(item, at).is_empty()
            || instruments_in(self.pack, &item.items).any(total)
            || item.items.iter().any(below)
    }

    /// What was answered. A value that its question does not have stands in no item, since no
    /// reader would take it; see [`skipped`].
    fn answers(&self, item: &Item, at: u8) -> Vec<ResponseAnswer> {
        let answer = if item.is_question() { self.form.answer(&item.link_id, at) } else { None };
        let values = answer.map_or(&[][..], Answer::values).iter();
        values.filter(|v| fits(item, v)).filter_map(|v| answer_of(item, v, self.authored)).collect()
    }

    fn item(&self, item: &Item, at: u8) -> ResponseItem {
        let mut answer = self.answers(item, at);
        let mut below = self.items(&item.items, at);
        // What stands below a question goes into its first answer.
        if let Some(first) = answer.first_mut() {
            first.item = std::mem::take(&mut below);
        }
        below.extend(instruments_in(self.pack, &item.items).filter_map(|i| self.total_item(i)));
        ResponseItem { link_id: item.link_id.clone(), text: item.text.clone(), answer, item: below }
    }

    /// A total; `None` unless it is exact.
    fn total(&self, instrument: &Instrument) -> Option<Number> {
        if let Total::Exactly(n) = scores::score(self.form, instrument).total { number(n) } else { None }
    }

    fn total_item(&self, instrument: &Instrument) -> Option<ResponseItem> {
        let total = Some(self.total(instrument)?);
        let answer = match instrument.method {
            Method::Sum => ResponseAnswer { value_integer: total, ..ResponseAnswer::default() },
            Method::Mean => ResponseAnswer { value_decimal: total, ..ResponseAnswer::default() },
        };
        let (link_id, text) = (total_id(instrument), total_text(self.pack, instrument));
        Some(ResponseItem { link_id, text, answer: vec![answer], item: Vec::new() })
    }
}

/// A value as FHIR has it; `None` if its question has no such answer.
fn answer_of(item: &Item, value: &Value, authored: &str) -> Option<ResponseAnswer> {
    let none = ResponseAnswer::default();
    Some(match value {
        Value::Code(code) if item.kind == Kind::Boolean => {
            ResponseAnswer { value_boolean: Some(code == "true"), ..none }
        }
        Value::Code(code) => {
            let option = item.option(code)?;
            let text = Some(code.clone());
            match option.form {
                Form::Coding => {
                    ResponseAnswer { value_coding: Some(Coding::new(&option.system, code, &option.text)), ..none }
                }
                Form::Integer => ResponseAnswer { value_integer: Some(code.parse().ok()?), ..none },
                Form::String => ResponseAnswer { value_string: text, ..none },
                Form::Date => ResponseAnswer { value_date: text, ..none },
                Form::Time => ResponseAnswer { value_time: text, ..none },
            }
        }
        // Own words that are on the paper alone: an answer was given, and this file does not know
        // it.
        Value::Text(text) if text.is_empty() => {
            let unknown = Extension { value_code: Some("unknown".into()), ..extension(CORE, ABSENT) };
            ResponseAnswer { value_string_element: Element { extension: vec![unknown] }, ..none }
        }
        Value::Text(text) => {
            let text = clean(text);
            if text.is_empty() {
                return None;
            }
            match item.kind {
                Kind::Date => ResponseAnswer { value_date: Some(text), ..none },
                Kind::Time => ResponseAnswer { value_time: Some(with_seconds(&text)), ..none },
                Kind::DateTime => ResponseAnswer { value_date_time: Some(moment(&text, authored)), ..none },
                Kind::Url => ResponseAnswer { value_uri: Some(text), ..none },
                _ => ResponseAnswer { value_string: Some(text), ..none },
            }
        }
        Value::Quantity(n, unit) => {
            ResponseAnswer { value_quantity: Some(quantity(*n, item.unit_named(unit))), ..none }
        }
        Value::Number(n) if item.kind == Kind::Integer => ResponseAnswer { value_integer: Some(number(*n)?), ..none },
        Value::Number(n) => ResponseAnswer { value_decimal: Some(number(*n)?), ..none },
    })
}

/// A moment with an offset, as FHIR wants it: that of the record, or UTC where that has none. A day
/// alone has no offset.
fn moment(text: &str, authored: &str) -> String {
    let Some((day, time)) = text.split_once('T') else { return text.into() };
    let of_record = authored.split_once('T').and_then(|(_, t)| t.find(['+', '-', 'Z']).and_then(|at| t.get(at..)));
    [day, "T", &with_seconds(time), of_record.unwrap_or("Z")].concat()
}
