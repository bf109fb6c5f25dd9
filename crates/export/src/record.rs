//! The record file: HL7 FHIR R4, for the clinic's record system, and the way back.
//!
//! A `Bundle` of the questionnaire, of the answers (`QuestionnaireResponse`) with the clinician's
//! sheet as their narrative, and of both sheets as text. Only what is asked and answered stands in
//! it. A total stands in it only if it is exact. What the visitor left off the sheets is left out
//! here as well.
//!
//! A clinic's own questions are a questionnaire of their own, under a canonical address of their
//! own, with a response of their own: nothing of ours depends on them, and whoever reads a record
//! picks each response by its address.

mod questionnaire;
mod read;
mod response;

pub use questionnaire::questionnaire;
pub use read::{Record, read};

use crate::fhir::{
    Attachment, Bundle, Concept, Content, DocumentReference, Entry, Extension, Quantity, Resource, number,
};
use crate::text as plain;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use engine::answers::Answers;
use engine::form::EvaluatedForm;
use engine::pack::{AnswerOption, Coding, Form, Instrument, Item, OWN_STAGE, Pack, Words};
use engine::summary::{self, Context, Sheet, Sheets};
use serde::Serialize;
use std::borrow::Cow;
use uuid::Uuid;

/// Base of the names that this tool gives.
const TOOL: &str = "https://consult-ready.example/";
/// Base of FHIR's own extensions.
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
/// Base of the extensions of Structured Data Capture.
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
/// Tag of a record from which the visitor left answers out.
const LEFT_OUT: &str = "left-out";
/// Extension with the questions that were skipped, in the answers' text form.
const PASSED: &str = "fhir/StructureDefinition/passed-over";
/// Extension of a value that is missing, with the reason as a code.
const ABSENT: &str = "data-absent-reason";

/// When a record was made.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// When the answers were given: a moment with its offset, for instance
    /// `2026-11-22T18:00:00+01:00`, or a day alone, `2026-11-22`, where no more is known. Empty if
    /// nothing is known.
    pub authored: &'a str,
    /// When the file is made, as a moment with its offset.
    pub made: &'a str,
}

/// Writes the whole file: JSON on one line, the same for the same arguments.
pub fn bundle(pack: &Pack, answers: &Answers, context: Context<'_>, moment: Moment<'_>) -> String {
    let sheets = summary::sheets(pack, answers, context);
    let (ours, own) = apart(pack);
    let mut entry = asked_and_answered(&ours, answers, context, moment, &sheets);
    let own = own.filter(|_| EvaluatedForm::new(&pack.questionnaire, answers).asked(OWN_STAGE, 0));
    if let (Some(own), Some(sheet)) = (own, own_sheet(&sheets)) {
        entry.extend(asked_and_answered(&own, answers, context, moment, &sheet));
    }
    let documents = sheets
        .clinician
        .iter()
        .chain([&sheets.keep])
        .map(|sheet| Resource::Document(Box::new(document(pack, sheet, moment.made))));
    entry.extend(documents.map(|resource| Entry { full_url: address(&resource), resource }));
    let (language, timestamp) = (pack.questionnaire.lang.clone(), moment.made.to_string());
    json(&Bundle { resource_type: "Bundle", language, r#type: "collection", timestamp, entry })
}

/// A questionnaire and its response.
fn asked_and_answered(
    pack: &Pack,
    answers: &Answers,
    context: Context<'_>,
    moment: Moment<'_>,
    sheets: &Sheets,
) -> Vec<Entry> {
    let response = Resource::Response(Box::new(response::response(pack, answers, context, moment.authored, sheets)));
    let mut asked = questionnaire::resource(pack);
    if pack.own_stage().is_some() {
        asked.publisher.clone_from(&context.settings.clinic);
    }
    let asked = Entry { full_url: pack.questionnaire.url.clone(), resource: Resource::Questionnaire(Box::new(asked)) };
    vec![asked, Entry { full_url: address(&response), resource: response }]
}

/// Our questionnaire, and the clinic's own questions as another one. Its address is made from the
/// names of the questions, which come from their words: it is the same in each language, and
/// another one once a question changes.
fn apart(pack: &Pack) -> (Cow<'_, Pack>, Option<Pack>) {
    let (ours, mut own) = pack.apart();
    if let Some(own) = &mut own {
        let names: Vec<&str> = own.questionnaire.all().into_iter().map(|item| item.link_id.as_str()).collect();
        own.questionnaire.url =
            Uuid::new_v5(&Uuid::NAMESPACE_URL, [TOOL, &names.join(" ")].concat().as_bytes()).urn().to_string();
    }
    (ours, own)
}

/// The part with the clinic's own questions alone, as the narrative of their response.
fn own_sheet(sheets: &Sheets) -> Option<Sheets> {
    let sheet = sheets.clinician.as_ref()?;
    let parts = sheet.parts.iter().filter(|part| part.id == "own").cloned().collect();
    let own = Sheet { parts, strip: Vec::new(), rulers: Vec::new(), days: Vec::new(), ..sheet.clone() };
    Some(Sheets { clinician: Some(own), keep: sheets.keep.clone() })
}

/// A sheet as a document that a reader of shared health documents can show.
fn document(pack: &Pack, sheet: &Sheet, made: &str) -> DocumentReference {
    let attachment = Attachment {
        content_type: "text/plain; charset=utf-8",
        language: pack.questionnaire.lang.clone(),
        data: BASE64.encode(plain::sheet(&pack.words, sheet)),
        title: sheet.title.clone(),
    };
    DocumentReference {
        resource_type: "DocumentReference",
        language: pack.questionnaire.lang.clone(),
        status: "current",
        r#type: Concept { coding: vec![crate::fhir::Coding::new("http://loinc.org", "51855-5", "Patient Note")] },
        date: made.into(),
        description: sheet.title.clone(),
        content: [Content { attachment }],
    }
}

/// JSON on one line. Our types have text keys and finite numbers alone, so that writing them can't
/// fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The address of a resource that has none, from what it says: the same file is made each time.
fn address(resource: &Resource) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, [TOOL, &json(resource)].concat().as_bytes()).urn().to_string()
}

/// Address and version; another's questionnaire may have none.
fn canonical(url: &str, version: &str) -> String {
    if url.is_empty() || version.is_empty() { url.into() } else { [url, "|", version].concat() }
}

/// An extension without a value yet.
fn extension(base: &str, name: &str) -> Extension {
    Extension { url: [base, name].concat(), ..Extension::default() }
}

/// The instruments whose total stands behind these items: where their gate or first item is asked.
fn instruments_in<'a>(pack: &'a Pack, items: &'a [Item]) -> impl Iterator<Item = &'a Instrument> {
    let first = |i: &&Instrument| {
        i.gate.as_ref().or(i.items.first()).is_some_and(|link| items.iter().any(|i| i.link_id == *link))
    };
    pack.instruments.iter().filter(first)
}

/// The `linkId` of an instrument's total.
fn total_id(instrument: &Instrument) -> String {
    [&instrument.id, "-total"].concat()
}

fn total_text(pack: &Pack, instrument: &Instrument) -> String {
    [&instrument.name, ": ", pack.words.sheet_result()].concat()
}

/// A quantity as FHIR writes it: a code needs its system, words do not.
fn quantity(n: f64, unit: Option<&Coding>) -> Quantity {
    let value = number(n);
    let Some(unit) = unit else { return Quantity { value, ..Quantity::default() } };
    let code = if unit.system.is_empty() { String::new() } else { unit.code.clone() };
    Quantity { value, unit: unit.label().into(), system: unit.system.clone(), code }
}

/// A time of day with the seconds that FHIR wants.
fn with_seconds(time: &str) -> String {
    if time.len() == "18:30".len() { [time, ":00"].concat() } else { time.into() }
}

/// The value of an option that is no coding, by FHIR's type: `None` where it is one.
fn primitive(option: &AnswerOption) -> Option<(Form, &str)> {
    (option.form != Form::Coding).then_some((option.form, option.code.as_str()))
}

/// How a file is named: without a name of a person. `ending` is `json` for a record.
pub fn file_name(words: &Words, day: &str, ending: &str) -> String {
    let product: String =
        words.product().chars().map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    [&product, "-", day, ".", ending].concat()
}
