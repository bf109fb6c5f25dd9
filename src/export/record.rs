//! The record file: HL7 FHIR R4, for the clinic's record system, and the way back.
//!
//! A `Bundle` of the questionnaire, of the answers (`QuestionnaireResponse`) with the clinician's sheet as their
//! narrative, and of both sheets as text. Only what is asked and answered stands in it. A total stands in it only
//! if it is exact. What the visitor left off the sheets is left out here as well.

use super::json::{Json, list, object, text};
use super::problem::{Problem, What};
use super::{html, text as plain};
use crate::answers::{Answer, Answers, Key, Value};
use crate::live::Live;
use crate::number;
use crate::pack::{AnswerOption, Coding, Condition, Form, Instrument, Item, Kind, Method, Operand, Operator, Pack, Words};
use crate::scores::{self, Total};
use crate::summary::{self, Context, Sheet};
use crate::walk;

/// Where the names of this tool stand.
const TOOL: &str = "https://consult-ready.example/";
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
/// Security label and tag of a record from which the visitor left answers out.
const LEFT_OUT: &str = "left-out";
/// Extension with the questions that were passed over, in the answers' text form.
const PASSED: &str = "fhir/StructureDefinition/passed-over";
/// Bytes that a record may have when it is read: ten times the heaviest of ours.
const LARGEST: usize = 4_000_000;
/// Characters that own words may have where the question sets no limit.
const LONGEST: usize = 5_000;

/// A record that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The answers.
    pub answers: Answers,
    /// When the record was made, as it says.
    pub authored: String,
    /// The visitor had left answers out.
    pub left_out: bool,
    /// Answers that a record of another version of the questionnaire has and this one doesn't know, by path.
    pub unknown: Vec<String>,
}

/// The whole file. `authored` is the moment with its offset, for instance `2026-11-22T18:00:00+01:00`.
pub fn bundle(pack: &Pack, answers: &Answers, context: Context<'_>, authored: &str) -> String {
    let sheets = summary::sheets(pack, answers, context);
    let response = response(pack, answers, context, authored);
    let id = uuid(&response.write());
    let mut entries = vec![entry(&pack.questionnaire.url, questionnaire(pack)), entry(&id, response)];
    for sheet in sheets.clinician.iter().chain([&sheets.keep]) {
        let document = document(pack, sheet, authored);
        entries.push(entry(&uuid(&document.write()), document));
    }
    object(vec![
        ("resourceType", text("Bundle")),
        ("language", text(&pack.lang)),
        ("type", text("collection")),
        ("timestamp", text(authored)),
        ("entry", list(entries)),
    ])
    .write()
}

fn entry(address: &str, resource: Json) -> Json {
    object(vec![("fullUrl", text(address)), ("resource", resource)])
}

/// A sheet as a document that a reader of shared health documents can show.
fn document(pack: &Pack, sheet: &Sheet, authored: &str) -> Json {
    let note = Coding { system: "http://loinc.org".into(), code: "51855-5".into(), display: "Patient Note".into() };
    let attachment = object(vec![
        ("contentType", text("text/plain; charset=utf-8")),
        ("language", text(&pack.lang)),
        ("data", text(&base64(plain::sheet(&pack.words, sheet).as_bytes()))),
        ("title", text(&sheet.title)),
    ]);
    object(vec![
        ("resourceType", text("DocumentReference")),
        ("language", text(&pack.lang)),
        ("status", text("current")),
        ("type", concept(&note)),
        ("date", text(authored)),
        ("description", text(&sheet.title)),
        ("content", list(vec![object(vec![("attachment", attachment)])])),
    ])
}

/// The answers.
pub fn response(pack: &Pack, answers: &Answers, context: Context<'_>, authored: &str) -> Json {
    let all = Live::new(&pack.questionnaire, answers);
    let kept = if context.leave_out { answers.without(&left_out(pack)) } else { answers.clone() };
    let left = context.leave_out && pack.safety.may_leave_out.iter().any(|l| all.answer(l, 0).is_some());
    let make = Make { pack, all: &all, live: &Live::new(&pack.questionnaire, &kept) };
    let steps = walk::steps(pack, &all);
    let done = walk::resume(&all, &steps, answers).is_none();
    let sheets = summary::sheets(pack, answers, context);
    let narrative = html::sheet(&pack.words, sheets.clinician.as_ref().unwrap_or(&sheets.keep));
    let q = &pack.questionnaire;
    let mut tags = vec![tag("content-digest", &pack.digest, &pack.version)];
    if left {
        tags.push(tag("record", LEFT_OUT, pack.words.sheet_left_out()));
    }
    // Only answered items stand below, so what was passed over stands apart: our own reader then gives the same sheets.
    let mut passed = Answers::default();
    for (key, answer) in kept.iter() {
        let group = make.live.item(&key.link).is_some_and(Item::is_group);
        if (group || answer.values().is_empty()) && make.live.asked(&key.link, if group { 0 } else { key.at }) {
            passed.set(key.clone(), answer.clone());
        }
    }
    let passed = if passed.is_empty() { Json::Null } else { text(&passed.encode()) };
    let passed = if passed == Json::Null { passed } else { list(vec![extension(TOOL, PASSED, "valueString", passed)]) };
    object(vec![
        ("resourceType", text("QuestionnaireResponse")),
        (
            "meta",
            object(vec![
                ("source", text(&[TOOL, "releases/", env!("CARGO_PKG_VERSION")].concat())),
                // Said by the patient, checked by nobody.
                (
                    "security",
                    list(vec![object(vec![
                        ("system", text("http://terminology.hl7.org/CodeSystem/v3-ObservationValue")),
                        ("code", text("PATRPT")),
                        ("display", text("patient reported")),
                    ])]),
                ),
                ("tag", list(tags)),
            ]),
        ),
        ("language", text(&pack.lang)),
        (
            "text",
            object(vec![
                ("status", text("generated")),
                ("div", text(&["<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"", &pack.lang, "\">", &narrative, "</div>"].concat())),
            ]),
        ),
        ("extension", passed),
        ("questionnaire", text(&canonical(&q.url, &q.version))),
        ("status", text(if done { "completed" } else { "in-progress" })),
        ("authored", text(authored)),
        ("item", list(make.items(&q.items, 0))),
    ])
}

/// Address and version; another's questionnaire may have none.
fn canonical(url: &str, version: &str) -> String {
    if url.is_empty() || version.is_empty() { url.into() } else { [url, "|", version].concat() }
}

fn tag(system: &str, code: &str, display: &str) -> Json {
    object(vec![("system", text(&[TOOL, "fhir/CodeSystem/", system].concat())), ("code", text(code)), ("display", text(display))])
}

/// What is not told: the answers the visitor may leave out, and all items of an instrument that holds one of them,
/// since the others beside the total would tell it.
pub(super) fn left_out(pack: &Pack) -> Vec<String> {
    let mut out = pack.safety.may_leave_out.clone();
    let tells = |i: &&Instrument| i.items.iter().any(|l| pack.safety.may_leave_out.contains(l));
    pack.instruments.iter().filter(tells).for_each(|i| out.extend_from_slice(&i.items));
    out
}

struct Make<'a> {
    pack: &'a Pack,
    /// With all answers: for the totals, which the sheet prints too.
    all: &'a Live<'a>,
    /// Without what was left out.
    live: &'a Live<'a>,
}

impl Make<'_> {
    fn items(&self, items: &[Item], at: u8) -> Vec<Json> {
        let mut out = Vec::new();
        for item in items {
            let repeats = item.is_group() && item.repeats;
            if !self.live.asked(&item.link_id, if repeats { 0 } else { at }) && !self.has_total(item) {
                continue;
            }
            let fillings = item.items.first().filter(|_| repeats).map_or(at..at + 1, |first| 0..self.live.fillings(&first.link_id));
            let mut blank = Vec::new();
            for at in fillings {
                let mut inner = self.items(&item.items, at);
                let answers = if item.is_question() { self.answers(item, at, &mut inner) } else { Vec::new() };
                inner.extend(instruments_in(self.pack, item).filter_map(|i| self.total(i)));
                let empty = inner.is_empty() && answers.is_empty();
                let made =
                    object(vec![("linkId", text(&item.link_id)), ("text", text(&item.text)), ("answer", list(answers)), ("item", list(inner))]);
                // A filling that was left blank keeps its place before one that was not.
                if empty {
                    blank.push(made);
                } else {
                    out.append(&mut blank);
                    out.push(made);
                }
            }
        }
        out
    }

    /// True if the group holds a total that still stands when its items were left out.
    fn has_total(&self, item: &Item) -> bool {
        instruments_in(self.pack, item).any(|i| self.total(i).is_some()) || item.items.iter().any(|i| i.is_group() && self.has_total(i))
    }

    /// The answers to a question; what stands below it goes into the first.
    fn answers(&self, item: &Item, at: u8, inner: &mut Vec<Json>) -> Vec<Json> {
        let values = self.live.answer(&item.link_id, at).map_or(&[][..], Answer::values);
        let below = |inner: &mut Vec<Json>| list(std::mem::take(inner));
        values.iter().map(|v| (answered(item, v), below(inner))).map(|((key, value), below)| object(vec![(key, value), ("item", below)])).collect()
    }

    fn total(&self, instrument: &Instrument) -> Option<Json> {
        let Total::Exactly(n) = scores::score(self.all, instrument).total else { return None };
        let value = Json::Number(number::write(n)?);
        let key = if instrument.method == Method::Sum { "valueInteger" } else { "valueDecimal" };
        Some(object(vec![
            ("linkId", text(&total_id(instrument))),
            ("text", text(&total_text(self.pack, instrument))),
            ("answer", list(vec![object(vec![(key, value)])])),
        ]))
    }
}

fn answered(item: &Item, value: &Value) -> (&'static str, Json) {
    match value {
        Value::Code(code) if item.kind == Kind::Boolean => ("valueBoolean", Json::Flag(code == "true")),
        Value::Code(code) => {
            let none = AnswerOption { code: code.clone(), ..AnswerOption::default() };
            option_value(item.option(code).unwrap_or(&none))
        }
        Value::Text(words) if item.kind == Kind::Date => ("valueDate", text(words)),
        Value::Text(words) => ("valueString", text(words)),
        Value::Number(n) => {
            let key = if item.kind == Kind::Integer { "valueInteger" } else { "valueDecimal" };
            (key, number::write(*n).map_or(Json::Null, Json::Number))
        }
    }
}

/// The instruments whose total stands at the end of this group: where their gate or first item is asked.
fn instruments_in<'a>(pack: &'a Pack, group: &Item) -> impl Iterator<Item = &'a Instrument> {
    let links: Vec<String> = group.items.iter().map(|i| i.link_id.clone()).collect();
    let first = |i: &&Instrument| i.gate.as_ref().or(i.items.first()).is_some_and(|l| links.contains(l));
    pack.instruments.iter().filter(first).collect::<Vec<_>>().into_iter()
}

fn total_id(instrument: &Instrument) -> String {
    [&instrument.id, "-total"].concat()
}

fn total_text(pack: &Pack, instrument: &Instrument) -> String {
    [&instrument.name, ": ", pack.words.sheet_result()].concat()
}

/// The questionnaire, so that a program can show the answers without asking anyone for it.
pub fn questionnaire(pack: &Pack) -> Json {
    let q = &pack.questionnaire;
    let id = q.url.rsplit('/').next().unwrap_or_default();
    object(vec![
        ("resourceType", text("Questionnaire")),
        ("id", text(id)),
        ("language", text(&pack.lang)),
        ("url", text(&q.url)),
        ("version", text(&q.version)),
        ("name", text(&q.head.name)),
        ("title", text(&q.title)),
        ("status", text("active")),
        ("subjectType", list(vec![text("Patient")])),
        ("date", text(&q.head.date)),
        ("publisher", text(&q.head.publisher)),
        ("copyright", text(&q.head.copyright)),
        ("lastReviewDate", text(&pack.checked_on)),
        ("effectivePeriod", object(vec![("end", text(&pack.review_by))])),
        ("item", list(q.items.iter().map(|i| question(pack, i, "")).collect())),
    ])
}

fn question(pack: &Pack, item: &Item, above: &str) -> Json {
    let kind = match item.kind {
        Kind::Group | Kind::Page => "group",
        Kind::Display => "display",
        Kind::Choice | Kind::Lookup => "choice",
        Kind::OpenChoice | Kind::OpenLookup => "open-choice",
        Kind::Boolean => "boolean",
        Kind::String => "string",
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Date => "date",
    };
    let mut inner = Vec::new();
    if !item.help.is_empty() {
        inner.push(object(vec![
            ("extension", list(vec![control("help")])),
            ("linkId", text(&[&item.link_id, "-help"].concat())),
            ("text", text(&item.help)),
            ("type", text("display")),
        ]));
    }
    inner.extend(item.items.iter().map(|i| question(pack, i, &item.text)));
    inner.extend(instruments_in(pack, item).map(|i| total_question(pack, i)));
    // The stem above an instrument's items is the group's own text there.
    let prefix = if item.prefix == above { "" } else { &item.prefix };
    let flag = |set: bool| if set { Json::Flag(true) } else { Json::Null };
    let options = if item.kind == Kind::Boolean { &[][..] } else { &item.options };
    object(vec![
        ("extension", list(extensions(item))),
        ("linkId", text(&item.link_id)),
        ("code", item.code.as_ref().map_or(Json::Null, |c| list(vec![coding(c)]))),
        ("prefix", text(prefix)),
        ("text", text(&item.text)),
        ("type", text(kind)),
        ("enableWhen", list(item.enable.when.iter().filter_map(|c| condition(pack, c)).collect())),
        ("enableBehavior", if item.enable.when.len() > 1 { text(if item.enable.any { "any" } else { "all" }) } else { Json::Null }),
        ("required", flag(item.required)),
        ("repeats", flag(item.repeats)),
        ("maxLength", if item.max_length > 0 { Json::Number(item.max_length.to_string()) } else { Json::Null }),
        ("answerOption", list(options.iter().map(option).collect())),
        ("item", list(inner)),
    ])
}

fn extensions(item: &Item) -> Vec<Json> {
    let mut out = Vec::new();
    if !item.short.is_empty() {
        out.push(extension(SDC, "shortText", "valueString", text(&item.short)));
    }
    out.extend(match item.kind {
        Kind::Page => Some(control("page")),
        Kind::Lookup | Kind::OpenLookup => Some(control("autocomplete")),
        _ => None,
    });
    if item.hidden {
        out.push(extension(CORE, "questionnaire-hidden", "valueBoolean", Json::Flag(true)));
    }
    if item.max_occurs > 0 {
        out.push(extension(CORE, "questionnaire-maxOccurs", "valueInteger", Json::Number(item.max_occurs.to_string())));
    }
    let key = if item.kind == Kind::Decimal { "valueDecimal" } else { "valueInteger" };
    for (name, end) in [("minValue", item.min), ("maxValue", item.max)] {
        out.extend(end.and_then(number::write).map(|n| extension(CORE, name, key, Json::Number(n))));
    }
    if !item.unit.is_empty() {
        out.push(extension(CORE, "questionnaire-unit", "valueCoding", object(vec![("display", text(&item.unit))])));
    }
    out
}

fn extension(base: &str, name: &str, key: &str, value: Json) -> Json {
    object(vec![("url", text(&[base, name].concat())), (key, value)])
}

fn control(code: &str) -> Json {
    let control = Coding { system: "http://hl7.org/fhir/questionnaire-item-control".into(), code: code.into(), display: String::new() };
    extension(CORE, "questionnaire-itemControl", "valueCodeableConcept", concept(&control))
}

fn coding(c: &Coding) -> Json {
    object(vec![("system", text(&c.system)), ("code", text(&c.code)), ("display", text(&c.display))])
}

fn concept(c: &Coding) -> Json {
    object(vec![("coding", list(vec![coding(c)]))])
}

fn option_coding(option: &AnswerOption) -> Json {
    object(vec![("system", text(&option.system)), ("code", text(&option.code)), ("display", text(&option.text))])
}

/// An answer to choose as what it is for FHIR.
fn option_value(option: &AnswerOption) -> (&'static str, Json) {
    match option.form {
        Form::Coding => ("valueCoding", option_coding(option)),
        Form::String => ("valueString", text(&option.code)),
        Form::Integer => ("valueInteger", Json::Number(option.code.clone())),
        Form::Date => ("valueDate", text(&option.code)),
        Form::Time => ("valueTime", text(&option.code)),
    }
}

fn option(option: &AnswerOption) -> Json {
    let mut extensions: Vec<Json> =
        option.points.iter().map(|p| extension(CORE, "ordinalValue", "valueDecimal", Json::Number(p.to_string()))).collect();
    if option.exclusive {
        extensions.push(extension(CORE, "questionnaire-optionExclusive", "valueBoolean", Json::Flag(true)));
    }
    object(vec![("extension", list(extensions)), option_value(option)])
}

/// A condition on a question; one on a score is ours alone and stands in no questionnaire.
fn condition(pack: &Pack, condition: &Condition) -> Option<Json> {
    let item = pack.questionnaire.item(&condition.question)?;
    let operator = match condition.operator {
        Operator::Exists => "exists",
        Operator::Eq => "=",
        Operator::Ne => "!=",
        Operator::Gt => ">",
        Operator::Lt => "<",
        Operator::Ge => ">=",
        Operator::Le => "<=",
    };
    let (key, value) = match &condition.operand {
        Operand::Bool(flag) => ("answerBoolean", Json::Flag(*flag)),
        Operand::Codes(codes) => ("answerCoding", option_coding(&AnswerOption { text: String::new(), ..item.option(codes.first()?)?.clone() })),
        Operand::Number(n) => (if item.kind == Kind::Integer { "answerInteger" } else { "answerDecimal" }, Json::Number(number::write(*n)?)),
        Operand::Text(words) => (if item.kind == Kind::Date { "answerDate" } else { "answerString" }, text(words)),
    };
    Some(object(vec![("question", text(&condition.question)), ("operator", text(operator)), (key, value)]))
}

/// The total as an item that other programs work out themselves: empty as long as an item is missing.
fn total_question(pack: &Pack, instrument: &Instrument) -> Json {
    let expression = |name: &str, url: &str, expression: &str| {
        let value = object(vec![("name", text(name)), ("language", text("text/fhirpath")), ("expression", text(expression))]);
        object(vec![("url", text(url)), ("valueExpression", value)])
    };
    let answers = |links: &[String]| {
        let links: Vec<String> = links.iter().map(|l| ["'", l, "'"].concat()).collect();
        ["%resource.descendants().where(linkId in (", &links.join(" | "), ")).answer.value"].concat()
    };
    let item = |link: &String| pack.questionnaire.item(link);
    let scored = |link: &String| item(link).map_or(&[][..], |i| &i.options).iter().filter_map(|o| Some((o.code.clone(), o.points?)));
    // Points by code, and no `ordinal()`: not every engine has it.
    let mut points: Vec<(String, i16)> = Vec::new();
    for pair in instrument.items.iter().flat_map(scored) {
        if !points.contains(&pair) {
            points.push(pair);
        }
    }
    let each = points.iter().filter(|(_, n)| *n != 0).map(|(code, n)| ["%given.where(code = '", code, "').count() * ", &n.to_string()].concat());
    let sum = if points.is_empty() { "%given.sum()".to_string() } else { each.collect::<Vec<_>>().join(" + ") };
    let of = instrument.items.len().to_string();
    let sum = if instrument.method == Method::Mean { ["((", &sum, ") / ", &of, ").round(1)"].concat() } else { sum };
    let mut total = ["iif(%given.count() = ", &of, ", ", &sum, ", {})"].concat();
    let mut extensions = vec![expression("given", &[CORE, "variable"].concat(), &answers(&instrument.items))];
    if let Some(gate) = &instrument.gate {
        let no: Vec<String> = scored(gate).filter(|(_, n)| *n == 0).map(|(code, _)| ["code = '", &code, "'"].concat()).collect();
        extensions.push(expression("gate", &[CORE, "variable"].concat(), &answers(std::slice::from_ref(gate))));
        total = ["iif(%gate.where(", &no.join(" or "), ").exists(), 0, ", &total, ")"].concat();
    }
    extensions.push(expression("", &[SDC, "calculatedExpression"].concat(), &total));
    object(vec![
        ("extension", list(extensions)),
        ("linkId", text(&total_id(instrument))),
        ("code", instrument.total_code.as_ref().map_or(Json::Null, |c| list(vec![coding(c)]))),
        ("text", text(&total_text(pack, instrument))),
        ("type", text(if instrument.method == Method::Sum { "integer" } else { "decimal" })),
        ("readOnly", Json::Flag(true)),
    ])
}

/// Reads a record, or a bundle with one, back to the answers. Strict: what is not ours is refused by path. Only a
/// record of another version of this questionnaire may hold what this one doesn't know; that is named, not taken.
pub fn read(pack: &Pack, file: &str) -> Result<Record, Problem> {
    if file.len() > LARGEST {
        return Err(What::TooLarge.here());
    }
    let json = Json::read(file.strip_prefix('\u{feff}').unwrap_or(file))
        .map_err(|at| if at < 2 { What::OtherFile.here() } else { What::Broken.at(&at.to_string()) })?;
    let is = |resource: &Json, name: &str| resource.get("resourceType").text() == Some(name);
    const RESPONSE: &str = "QuestionnaireResponse";
    let inside: Vec<&Json> = json.get("entry").list().iter().map(|e| e.get("resource")).filter(|r| is(r, RESPONSE)).collect();
    let response = match inside.as_slice() {
        _ if is(&json, RESPONSE) => &json,
        [one] if is(&json, "Bundle") => *one,
        _ => return Err(What::OtherFile.at("$.resourceType")),
    };
    let q = &pack.questionnaire;
    let canonical = response.get("questionnaire").text().unwrap_or_default();
    let (url, version) = canonical.split_once('|').unwrap_or((canonical, ""));
    if url != q.url || q.url.is_empty() {
        return Err(What::OtherFile.at("$.questionnaire"));
    }
    if !matches!(response.get("status").text(), Some("completed" | "amended" | "in-progress")) {
        return Err(What::OtherFile.at("$.status"));
    }
    let mut reader = Reader { pack, strict: version == q.version, answers: Answers::default(), unknown: Vec::new() };
    reader.items(response, &q.items, 0, "$")?;
    reader.passed_over(response)?;
    let Reader { mut answers, unknown, .. } = reader;
    let left_out = response.get("meta").get("tag").list().iter().any(|t| t.get("code").text() == Some(LEFT_OUT));
    if left_out {
        // Held back is neither "no" nor "not reached".
        pack.safety.may_leave_out.iter().for_each(|l| answers.set(Key::first(l), Answer::Skipped));
    }
    let authored = response.get("authored").text().unwrap_or_default();
    let authored = if authored.chars().all(|c| c.is_ascii_digit() || "-+:.TZ".contains(c)) { authored.to_string() } else { String::new() };
    Ok(Record { answers, authored, left_out, unknown })
}

struct Reader<'a> {
    pack: &'a Pack,
    /// The record is of the same version, so that everything in it must be known.
    strict: bool,
    answers: Answers,
    unknown: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Reads the items below `parent`; `known` are those that may stand there.
    fn items(&mut self, parent: &Json, known: &'a [Item], at: u8, path: &str) -> Result<(), Problem> {
        let mut seen: Vec<(&str, u8)> = Vec::new();
        for (i, json) in parent.get("item").list().iter().enumerate() {
            let link = json.get("linkId").text().unwrap_or_default();
            let path = [path, ".item[", &i.to_string(), "](", &link.chars().take(40).collect::<String>(), ")"].concat();
            if self.pack.instruments.iter().any(|i| total_id(i) == link) {
                // Worked out anew from the answers.
                continue;
            }
            let moved = || if self.strict { None } else { self.pack.questionnaire.item(link) };
            let Some(item) = known.iter().find(|i| i.link_id == link).or_else(moved) else {
                self.refuse(&path)?;
                continue;
            };
            let before = seen.iter().filter(|(l, _)| *l == link).count() as u8;
            seen.push((&item.link_id, before));
            let repeats = item.is_group() && item.repeats;
            if before > 0 && (!repeats || (item.max_occurs > 0 && before >= item.max_occurs) || before == u8::MAX) {
                return Err(What::Answer.at(&path));
            }
            if repeats && before > 0 {
                self.answers.set(Key::new(link, before - 1), Answer::code("true"));
            }
            let at = if repeats { before } else { at };
            let answers = json.get("answer").list();
            if answers.len() > 1 && !item.repeats || !answers.is_empty() && !item.is_question() {
                return Err(What::Answer.at(&path));
            }
            let mut values = Vec::new();
            for (i, answer) in answers.iter().enumerate() {
                let path = [&path, ".answer[", &i.to_string(), "]"].concat();
                match value(item, answer) {
                    // Two own words may be the same: of a code, both are on the paper.
                    Some(value) if matches!(value, Value::Text(_)) || !values.contains(&value) => values.push(value),
                    _ => self.refuse(&path)?,
                }
                self.items(answer, &item.items, at, &path)?;
            }
            self.answers.set(Key::new(link, at), Answer::Given(values));
            self.items(json, &item.items, at, &path)?;
        }
        Ok(())
    }

    /// Questions that were passed over, and "add another?". An answer that stands among the items counts more.
    fn passed_over(&mut self, response: &Json) -> Result<(), Problem> {
        for (i, extension) in response.get("extension").list().iter().enumerate() {
            let path = ["$.extension[", &i.to_string(), "]"].concat();
            if extension.get("url").text().is_none_or(|u| u != [TOOL, PASSED].concat()) {
                continue;
            }
            let Ok(passed) = Answers::decode(extension.get("valueString").text().unwrap_or_default()) else {
                self.refuse(&path)?;
                continue;
            };
            for (key, answer) in passed.iter() {
                let item = self.pack.questionnaire.item(&key.link);
                let another = item.is_some_and(|i| i.is_group() && i.repeats) && (answer.has("true") || answer.has("false"));
                if !(another || item.is_some_and(Item::is_question) && *answer == Answer::Skipped) {
                    self.refuse(&path)?;
                } else if self.answers.get(key).is_none() {
                    self.answers.set(key.clone(), answer.clone());
                }
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: &str) -> Result<(), Problem> {
        if self.strict {
            return Err(What::Answer.at(path));
        }
        self.unknown.push(path.into());
        Ok(())
    }
}

/// The value of an answer, if it is one that this question can have.
fn value(item: &Item, answer: &Json) -> Option<Value> {
    let Json::Object(fields) = answer else { return None };
    let mut values = fields.iter().filter(|(k, _)| k.starts_with("value"));
    let (key, value) = values.next().filter(|_| values.next().is_none())?;
    let most = if item.max_length > 0 { item.max_length as usize } else { LONGEST };
    match (key.as_str(), value, item.kind) {
        ("valueCoding", coding, Kind::Choice | Kind::Lookup | Kind::OpenChoice | Kind::OpenLookup) => {
            let option = item.option(coding.get("code").text()?)?;
            (coding.get("system").text().unwrap_or_default() == option.system).then(|| Value::code(&option.code))
        }
        // An answer to choose that is no coding.
        ("valueString" | "valueInteger" | "valueDate" | "valueTime", Json::Text(chosen) | Json::Number(chosen), _)
            if item.option(chosen).is_some_and(|o| option_value(o).0 == key) =>
        {
            Some(Value::code(chosen))
        }
        ("valueString", Json::Text(words), Kind::String | Kind::Text | Kind::OpenChoice | Kind::OpenLookup) => {
            (!words.is_empty() && words.chars().count() <= most).then(|| Value::Text(words.clone()))
        }
        ("valueBoolean", Json::Flag(flag), Kind::Boolean) => Some(Value::code(if *flag { "true" } else { "false" })),
        ("valueInteger", Json::Number(n), Kind::Integer) => number::read(n).filter(|n| *n == n.trunc()).map(Value::Number),
        ("valueInteger" | "valueDecimal", Json::Number(n), Kind::Decimal) => number::read(n).map(Value::Number),
        ("valueDate", Json::Text(day), Kind::Date) => is_day(day).then(|| Value::Text(day.clone())),
        _ => None,
    }
}

fn is_day(day: &str) -> bool {
    day.len() == 10 && day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// A name for a resource that has none, worked out from what it says, so that the same file is made each time.
fn uuid(text: &str) -> String {
    // FNV-1a, from two starts: a name, not a secret.
    let hash = |start: u64| text.bytes().fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
    let (a, b) = (hash(0xcbf2_9ce4_8422_2325), hash(0x9ae1_6a3b_2f90_404f));
    let hex = format!("{a:016x}{b:016x}");
    let mut out = String::from("urn:uuid:");
    for (i, c) in hex.chars().enumerate() {
        if [8, 12, 16, 20].contains(&i) {
            out.push('-');
        }
        // Version 8 (made in our own way) and its variant.
        out.push(match i {
            12 => '8',
            16 => 'a',
            _ => c,
        });
    }
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().chain([&0, &0]).take(3).fold(0_usize, |bits, b| bits << 8 | usize::from(*b));
        for place in 0..4 {
            let letter = LETTERS.get(bits >> (18 - 6 * place) & 63).map_or('=', |l| char::from(*l));
            out.push(if place > three.len() { '=' } else { letter });
        }
    }
    out
}

/// How a file is named: without a name of a person. `ending` is `json` for a record.
pub fn file_name(words: &Words, day: &str, ending: &str) -> String {
    let product: String = words.product().chars().map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect();
    [&product, "-", day, ".", ending].concat()
}
