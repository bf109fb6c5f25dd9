//! The parts of HL7 FHIR R4 that a record has, as types. Fields without a value are left out, as
//! FHIR wants it.
//!
//! Names follow <https://hl7.org/fhir/R4/>. The types of a response are read as well as written;
//! unknown fields are ignored when reading, since another program may add what FHIR allows
//! everywhere.

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// True for a field that is left out.
fn is_empty<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// `Bundle` of type `collection`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    pub resource_type: &'static str,
    pub language: String,
    pub r#type: &'static str,
    /// The moment at which the bundle was made.
    pub timestamp: String,
    pub entry: Vec<Entry>,
}

/// One resource of a bundle with its address.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    #[serde(skip_serializing_if = "is_empty")]
    pub full_url: String,
    pub resource: Resource,
}

/// A resource in the bundle.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Resource {
    Questionnaire(Box<Questionnaire>),
    Response(Box<QuestionnaireResponse>),
    Document(Box<DocumentReference>),
}

/// `QuestionnaireResponse`: the answers.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireResponse {
    pub resource_type: &'static str,
    pub meta: Meta,
    pub language: String,
    pub text: Narrative,
    #[serde(skip_serializing_if = "is_empty")]
    pub extension: Vec<Extension>,
    #[serde(skip_serializing_if = "is_empty")]
    pub questionnaire: String,
    pub status: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    pub authored: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub item: Vec<ResponseItem>,
}

/// `Meta` of a resource.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    #[serde(skip_serializing_if = "is_empty")]
    pub source: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub security: Vec<Coding>,
    #[serde(skip_serializing_if = "is_empty")]
    pub tag: Vec<Coding>,
}

/// `Narrative`: what the resource says to people, as XHTML.
#[derive(Debug, Serialize)]
pub struct Narrative {
    pub status: &'static str,
    pub div: String,
}

/// An item of a response.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResponseItem {
    pub link_id: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub text: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer: Vec<ResponseAnswer>,
    #[serde(skip_serializing_if = "is_empty")]
    pub item: Vec<ResponseItem>,
}

/// An answer of a response: one value, and the items below it.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ResponseAnswer {
    #[serde(skip_serializing_if = "is_empty")]
    pub value_boolean: Option<bool>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_decimal: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_integer: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_date: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_date_time: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_time: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_uri: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_string: Option<String>,
    /// What is said about a text that is missing.
    #[serde(rename = "_valueString", skip_serializing_if = "is_empty")]
    pub value_string_element: Element,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_coding: Option<Coding>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "is_empty")]
    pub item: Vec<ResponseItem>,
}

/// What stands beside a primitive value.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Element {
    #[serde(skip_serializing_if = "is_empty")]
    pub extension: Vec<Extension>,
}

/// `Coding`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Coding {
    #[serde(skip_serializing_if = "is_empty")]
    pub system: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub code: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub display: String,
}

impl Coding {
    /// A coding; what is empty is left out.
    pub fn new(system: &str, code: &str, display: &str) -> Self {
        Self { system: system.into(), code: code.into(), display: display.into() }
    }
}

/// `Quantity`: a number with its unit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quantity {
    #[serde(skip_serializing_if = "is_empty")]
    pub value: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub unit: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub system: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub code: String,
}

/// `CodeableConcept` of one coding.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    pub coding: Vec<Coding>,
}

/// `Expression` in FHIRPath.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Expression {
    #[serde(default, skip_serializing_if = "is_empty")]
    pub name: String,
    pub language: String,
    pub expression: String,
}

/// `Extension` with one value.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Extension {
    pub url: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_boolean: Option<bool>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_code: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_decimal: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_integer: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_string: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_coding: Option<Coding>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_codeable_concept: Option<Concept>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_quantity: Option<Quantity>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_expression: Option<Expression>,
}

/// `DocumentReference`: a sheet as text.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocumentReference {
    pub resource_type: &'static str,
    pub language: String,
    pub status: &'static str,
    pub r#type: Concept,
    pub date: String,
    pub description: String,
    pub content: [Content; 1],
}

/// The content of a document.
#[derive(Debug, Serialize)]
pub struct Content {
    pub attachment: Attachment,
}

/// `Attachment` with its data in base64.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    pub content_type: &'static str,
    pub language: String,
    pub data: String,
    pub title: String,
}

/// `Questionnaire`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Questionnaire {
    pub resource_type: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    pub id: String,
    pub language: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub url: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub version: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub name: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub title: String,
    pub status: &'static str,
    pub subject_type: [&'static str; 1],
    #[serde(skip_serializing_if = "is_empty")]
    pub date: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub publisher: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub copyright: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub last_review_date: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub effective_period: Option<Period>,
    #[serde(skip_serializing_if = "is_empty")]
    pub item: Vec<QuestionnaireItem>,
}

/// `Period` of which only the end is known.
#[derive(Debug, PartialEq, Serialize)]
pub struct Period {
    pub end: String,
}

/// An item of a questionnaire.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireItem {
    #[serde(skip_serializing_if = "is_empty")]
    pub extension: Vec<Extension>,
    pub link_id: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub code: Vec<Coding>,
    #[serde(skip_serializing_if = "is_empty")]
    pub prefix: String,
    #[serde(skip_serializing_if = "is_empty")]
    pub text: String,
    pub r#type: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    pub enable_when: Vec<EnableWhen>,
    #[serde(skip_serializing_if = "is_empty")]
    pub enable_behavior: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    pub required: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub repeats: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub read_only: bool,
    #[serde(skip_serializing_if = "is_empty")]
    pub max_length: u32,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_option: Vec<AnswerOption>,
    #[serde(skip_serializing_if = "is_empty")]
    pub item: Vec<QuestionnaireItem>,
}

/// An answer to choose.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerOption {
    #[serde(skip_serializing_if = "is_empty")]
    pub extension: Vec<Extension>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_integer: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_date: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_time: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_string: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub value_coding: Option<Coding>,
}

/// A condition for an item to be asked.
#[derive(Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EnableWhen {
    pub question: String,
    pub operator: &'static str,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_boolean: Option<bool>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_decimal: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_integer: Option<Number>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_date: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_date_time: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_time: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_string: Option<String>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_coding: Option<Coding>,
    #[serde(skip_serializing_if = "is_empty")]
    pub answer_quantity: Option<Quantity>,
}

/// A number as JSON writes it: without a point if it is whole. `None` if it is not finite.
pub fn number(n: f64) -> Option<Number> {
    // Up to here every whole number has a form of its own.
    let whole = n.fract() == 0.0 && n.abs() < 9_007_199_254_740_992.0;
    if whole { Some(Number::from(n as i64)) } else { Number::from_f64(n) }
}
