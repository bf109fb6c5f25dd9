//! The record file: HL7 FHIR R4, for the clinic's record system, and the way back.
//!
//! A `Bundle` of the questionnaire, of the answers (`QuestionnaireResponse`) with the clinician's sheet as their
//! narrative, and of both sheets as text. Only what is asked and answered stands in it. A total stands in it only
//! if it is exact. What the visitor left off the sheets is left out here as well.

mod read;

pub use read::{Record, read};

use super::json::Writer;
use super::{html, text as plain};
use engine::answer_edit::fits;
use engine::answers::{Answer, Answers, Value};
use engine::form::EvaluatedForm;
use engine::number;
use engine::pack::{AnswerOption, Coding, Condition, Form, Instrument, Item, Kind, Method, Operand, Operator, Pack, Words};
use engine::scores::{self, Total};
use engine::summary::{self, Context, Sheet, Sheets};
use engine::walk;

/// Where the names of this tool stand.
const TOOL: &str = "https://consult-ready.example/";
const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";
const SDC: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
/// Security label and tag of a record from which the visitor left answers out.
const LEFT_OUT: &str = "left-out";
/// Extension with the questions that were passed over, in the answers' text form.
const PASSED: &str = "fhir/StructureDefinition/passed-over";

/// The whole file. `authored` is the moment with its offset, for instance `2026-11-22T18:00:00+01:00`.
pub fn bundle(pack: &Pack, answers: &Answers, context: Context<'_>, authored: &str) -> String {
    let sheets = summary::sheets(pack, answers, context);
    let mut resources = vec![response(pack, answers, context, authored, &sheets)];
    resources.extend(sheets.clinician.iter().chain([&sheets.keep]).map(|sheet| document(pack, sheet, authored)));
    let entry = |w: &mut Writer, address: &str, resource: &str| {
        w.object("", &|w| {
            w.text("fullUrl", address);
            w.bare("resource", resource);
        });
    };
    Writer::object_of(&|w| {
        w.text("resourceType", "Bundle");
        w.text("language", &pack.questionnaire.lang);
        w.text("type", "collection");
        w.text("timestamp", authored);
        w.list("entry", &|w| {
            entry(w, &pack.questionnaire.url, &questionnaire(pack));
            resources.iter().for_each(|r| entry(w, &uuid(r), r));
        });
    })
}

/// A sheet as a document that a reader of shared health documents can show.
fn document(pack: &Pack, sheet: &Sheet, authored: &str) -> String {
    Writer::object_of(&|w| {
        w.text("resourceType", "DocumentReference");
        w.text("language", &pack.questionnaire.lang);
        w.text("status", "current");
        concept(w, "type", "http://loinc.org", "51855-5", "Patient Note");
        w.text("date", authored);
        w.text("description", &sheet.title);
        w.list("content", &|w| {
            w.object("", &|w| {
                w.object("attachment", &|w| {
                    w.text("contentType", "text/plain; charset=utf-8");
                    w.text("language", &pack.questionnaire.lang);
                    w.text("data", &base64(plain::sheet(&pack.words, sheet).as_bytes()));
                    w.text("title", &sheet.title);
                });
            });
        });
    })
}

/// The answers.
fn response(pack: &Pack, answers: &Answers, context: Context<'_>, authored: &str, sheets: &Sheets) -> String {
    let held = if context.leave_out { summary::held_back(pack, answers) } else { None };
    let (left, answers) = (held.is_some(), held.as_ref().unwrap_or(answers));
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let make = Make { pack, form: &form, authored };
    let done = walk::resume(&form, &walk::steps(pack, &form), answers).is_none();
    let narrative = html::sheet(&pack.words, sheets.clinician.as_ref().unwrap_or(&sheets.keep));
    let q = &pack.questionnaire;
    let direction = if q.is_right_to_left() { " dir=\"rtl\"" } else { "" };
    // Only answered items stand below, so what was passed over stands apart: our own reader then gives the same sheets.
    let mut passed = Answers::default();
    for (key, answer) in answers.iter() {
        let group = make.form.item(&key.link).is_some_and(Item::is_group);
        if (group || answer.values().is_empty())
            && make.form.asked(&key.link, if group { make.form.outer_repetition(&key.link, key.repetition) } else { key.repetition })
        {
            passed.set(key.clone(), answer.clone());
        }
    }
    let tag = |w: &mut Writer, system: &str, code: &str, display: &str| {
        coding(w, "", &[TOOL, "fhir/CodeSystem/", system].concat(), code, display);
    };
    Writer::object_of(&|w| {
        w.text("resourceType", "QuestionnaireResponse");
        w.object("meta", &|w| {
            w.text("source", &[TOOL, "releases/", env!("CARGO_PKG_VERSION")].concat());
            // Said by the patient, checked by nobody.
            let said = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
            w.list("security", &|w| coding(w, "", said, "PATRPT", "patient reported"));
            w.list("tag", &|w| {
                tag(w, "content-digest", &pack.digest, &pack.version);
                if left {
                    tag(w, "record", LEFT_OUT, pack.words.sheet_left_out());
                }
            });
        });
        w.text("language", &pack.questionnaire.lang);
        w.object("text", &|w| {
            w.text("status", "generated");
            w.text("div", &["<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"", &q.lang, "\"", direction, ">", &narrative, "</div>"].concat());
        });
        w.list("extension", &|w| {
            if !passed.is_empty() {
                extension(w, TOOL, PASSED, &|w| w.text("valueString", &passed.encode()));
            }
        });
        w.text("questionnaire", &canonical(&q.url, &q.version));
        w.text("status", if done { "completed" } else { "in-progress" });
        w.text("authored", authored);
        w.list("item", &|w| {
            make.items(w, &q.items, 0);
            instruments_in(pack, &q.items).for_each(|i| make.write_total(w, i));
        });
    })
}

/// Address and version; another's questionnaire may have none.
fn canonical(url: &str, version: &str) -> String {
    if url.is_empty() || version.is_empty() { url.into() } else { [url, "|", version].concat() }
}

struct Make<'a> {
    pack: &'a Pack,
    /// The moment with its offset: a time of day that was answered has the same one.
    authored: &'a str,
    form: &'a EvaluatedForm<'a>,
}

impl Make<'_> {
    fn items(&self, w: &mut Writer, items: &[Item], at: u8) {
        for item in items {
            let repetitions = self.repetitions(item, at);
            // A repetition that was left blank keeps its place before one that was not.
            let used = repetitions.iter().rposition(|at| self.holds(item, *at)).map_or(0, |last| last + 1);
            repetitions.iter().take(used).for_each(|at| self.item(w, item, *at));
        }
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
        !self.values(item, at).is_empty() || instruments_in(self.pack, &item.items).any(|i| self.total(i).is_some()) || item.items.iter().any(below)
    }

    /// What was answered; of another type than the question's a record would hold it as something else.
    fn values(&self, item: &Item, at: u8) -> Vec<&Value> {
        let answer = if item.is_question() { self.form.answer(&item.link_id, at) } else { None };
        answer.map_or(&[][..], Answer::values).iter().filter(|v| fits(item, v)).collect()
    }

    fn item(&self, w: &mut Writer, item: &Item, at: u8) {
        let values = self.values(item, at);
        let below = |w: &mut Writer| self.items(w, &item.items, at);
        w.object("", &|w| {
            w.text("linkId", &item.link_id);
            w.text("text", &item.text);
            w.list("answer", &|w| {
                for (i, value) in values.iter().enumerate() {
                    w.object("", &|w| {
                        answered(w, &self.pack.words, item, value, self.authored);
                        // What stands below a question goes into its first answer.
                        if i == 0 {
                            w.list("item", &below);
                        }
                    });
                }
            });
            w.list("item", &|w| {
                if values.is_empty() {
                    below(w);
                }
                instruments_in(self.pack, &item.items).for_each(|i| self.write_total(w, i));
            });
        });
    }

    /// A total as it is written; `None` unless it is exact.
    fn total(&self, instrument: &Instrument) -> Option<String> {
        if let Total::Exactly(n) = scores::score(self.form, instrument).total { number::write(n) } else { None }
    }

    fn write_total(&self, w: &mut Writer, instrument: &Instrument) {
        let Some(total) = self.total(instrument) else { return };
        let key = if instrument.method == Method::Sum { "valueInteger" } else { "valueDecimal" };
        w.object("", &|w| {
            w.text("linkId", &total_id(instrument));
            w.text("text", &total_text(self.pack, instrument));
            w.list("answer", &|w| w.object("", &|w| w.bare(key, &total)));
        });
    }
}

fn answered(w: &mut Writer, words: &Words, item: &Item, value: &Value, authored: &str) {
    match value {
        Value::Code(code) if item.kind == Kind::Boolean => w.bare("valueBoolean", if code == "true" { "true" } else { "false" }),
        Value::Code(code) => {
            let none = AnswerOption { code: code.clone(), ..AnswerOption::default() };
            option_value(w, item.option(code).unwrap_or(&none));
        }
        Value::Text(text) => match item.kind {
            Kind::Date => w.text("valueDate", text),
            Kind::Time => w.text("valueTime", &with_seconds(text)),
            Kind::DateTime => w.text("valueDateTime", &moment(text, authored)),
            Kind::Url => w.text("valueUri", text),
            _ => w.text("valueString", &summary::value(words, item, value)),
        },
        Value::Quantity(n, unit) => quantity(w, "valueQuantity", *n, item.unit_named(unit)),
        Value::Number(n) => {
            let key = if item.kind == Kind::Integer { "valueInteger" } else { "valueDecimal" };
            w.bare(key, &number::write(*n).unwrap_or_default());
        }
    }
}

/// A quantity as FHIR writes it: a code needs its system, words do not.
fn quantity(w: &mut Writer, key: &str, n: f64, unit: Option<&Coding>) {
    w.object(key, &|w| {
        w.bare("value", &number::write(n).unwrap_or_default());
        let Some(unit) = unit else { return };
        w.text("unit", unit.label());
        w.text("system", &unit.system);
        w.text("code", if unit.system.is_empty() { "" } else { &unit.code });
    });
}

/// FHIR's times have seconds.
fn with_seconds(time: &str) -> String {
    if time.len() == "18:30".len() { [time, ":00"].concat() } else { time.into() }
}

/// FHIR's moments have an offset; that of the record is taken. A day alone has none.
fn moment(text: &str, authored: &str) -> String {
    let Some((day, time)) = text.split_once('T') else { return text.into() };
    let of_record = authored.split_once('T').and_then(|(_, t)| t.find(['+', '-', 'Z']).and_then(|at| t.get(at..)));
    [day, "T", &with_seconds(time), of_record.unwrap_or("Z")].concat()
}

/// The instruments whose total stands behind these items: where their gate or first item is asked.
fn instruments_in<'a>(pack: &'a Pack, items: &[Item]) -> impl Iterator<Item = &'a Instrument> {
    let links: Vec<String> = items.iter().map(|i| i.link_id.clone()).collect();
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
pub fn questionnaire(pack: &Pack) -> String {
    let q = &pack.questionnaire;
    Writer::object_of(&|w| {
        w.text("resourceType", "Questionnaire");
        let id = q.url.rsplit(['/', ':']).next().unwrap_or_default();
        let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(64).collect();
        w.text("id", &id);
        w.text("language", &pack.questionnaire.lang);
        w.text("url", &q.url);
        w.text("version", &q.version);
        w.text("name", &q.head.name);
        w.text("title", &q.title);
        // What an author says of another's questionnaire is not ours to say.
        let ours = !pack.safety.in_order;
        w.text("status", if ours { "active" } else { "unknown" });
        w.list("subjectType", &|w| w.text("", "Patient"));
        w.text("date", &q.head.date);
        w.text("publisher", &q.head.publisher);
        w.text("copyright", &q.head.copyright);
        if ours {
            w.text("lastReviewDate", &pack.checked_on);
            w.object("effectivePeriod", &|w| w.text("end", &pack.review_by));
        }
        w.list("item", &|w| {
            q.items.iter().for_each(|i| question(w, pack, i, ""));
            instruments_in(pack, &q.items).for_each(|i| total_question(w, pack, i));
        });
    })
}

fn question(w: &mut Writer, pack: &Pack, item: &Item, above: &str) {
    let kind = match item.kind {
        Kind::Group | Kind::Page => "group",
        // A line of text has no items.
        Kind::Display if !(item.items.is_empty() && item.help.is_empty()) => "group",
        Kind::Display => "display",
        Kind::Choice | Kind::Lookup => "choice",
        Kind::OpenChoice | Kind::OpenLookup => "open-choice",
        Kind::Boolean => "boolean",
        Kind::String => "string",
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Date => "date",
        Kind::Time => "time",
        Kind::DateTime => "dateTime",
        Kind::Quantity => "quantity",
        Kind::Url => "url",
    };
    let when = &item.enable.when;
    w.object("", &|w| {
        w.list("extension", &|w| extensions(w, item));
        w.text("linkId", &item.link_id);
        w.list("code", &|w| item.code.iter().for_each(|c| coding(w, "", &c.system, &c.code, &c.display)));
        // The stem above an instrument's items is the group's own text there.
        w.text("prefix", if item.prefix == above { "" } else { &item.prefix });
        w.text("text", &item.text);
        w.text("type", kind);
        w.list("enableWhen", &|w| when.iter().for_each(|c| condition(w, pack, c)));
        let behavior = if item.enable.any { "any" } else { "all" };
        w.text("enableBehavior", if when.len() > 1 { behavior } else { "" });
        w.flag("required", item.required);
        w.flag("repeats", item.repeats);
        w.bare("maxLength", &above_zero(item.max_length));
        if item.kind != Kind::Boolean {
            w.list("answerOption", &|w| item.options.iter().for_each(|o| option(w, o)));
        }
        w.list("item", &|w| {
            if !item.help.is_empty() {
                w.object("", &|w| {
                    w.list("extension", &|w| control(w, "help"));
                    let mut link = [&item.link_id, "-help"].concat();
                    while pack.questionnaire.item(&link).is_some() {
                        link.push_str("-text");
                    }
                    w.text("linkId", &link);
                    w.text("text", &item.help);
                    w.text("type", "display");
                });
            }
            item.items.iter().for_each(|i| question(w, pack, i, &item.text));
            instruments_in(pack, &item.items).for_each(|i| total_question(w, pack, i));
        });
    });
}

/// A number that is nothing if it is zero.
fn above_zero(number: u32) -> String {
    if number > 0 { number.to_string() } else { String::new() }
}

fn extensions(w: &mut Writer, item: &Item) {
    if !item.short.is_empty() {
        extension(w, SDC, "shortText", &|w| w.text("valueString", &item.short));
    }
    match item.kind {
        Kind::Page => control(w, "page"),
        Kind::Lookup | Kind::OpenLookup => control(w, "autocomplete"),
        _ => {}
    }
    if item.hidden {
        extension(w, CORE, "questionnaire-hidden", &|w| w.flag("valueBoolean", true));
    }
    if item.max_occurs > 0 {
        extension(w, CORE, "questionnaire-maxOccurs", &|w| w.bare("valueInteger", &above_zero(item.max_occurs.into())));
    }
    ends(w, item);
    match item.units.as_slice() {
        [] if item.unit.is_empty() => {}
        [] => extension(w, CORE, "questionnaire-unit", &|w| coding(w, "valueCoding", "", "", &item.unit)),
        [only] => extension(w, CORE, "questionnaire-unit", &|w| unit(w, only)),
        several => several.iter().for_each(|u| extension(w, CORE, "questionnaire-unitOption", &|w| unit(w, u))),
    }
}

fn unit(w: &mut Writer, unit: &Coding) {
    coding(w, "valueCoding", &unit.system, &unit.code, &unit.display);
}

/// The lowest and the highest number.
fn ends(w: &mut Writer, item: &Item) {
    let key = if item.kind == Kind::Decimal { "valueDecimal" } else { "valueInteger" };
    for (end, number, quantities) in [("minValue", item.min, "minQuantity"), ("maxValue", item.max, "maxQuantity")] {
        match number.and_then(|n| Some((n, number::write(n)?))) {
            Some((n, _)) if item.kind == Kind::Quantity => {
                extension(w, SDC, quantities, &|w| quantity(w, "valueQuantity", n, item.units.first()));
            }
            Some((_, text)) => extension(w, CORE, end, &|w| w.bare(key, &text)),
            None => {}
        }
    }
}

fn extension(w: &mut Writer, base: &str, name: &str, value: &dyn Fn(&mut Writer)) {
    w.object("", &|w| {
        w.text("url", &[base, name].concat());
        value(w);
    });
}

fn control(w: &mut Writer, code: &str) {
    let system = "http://hl7.org/fhir/questionnaire-item-control";
    extension(w, CORE, "questionnaire-itemControl", &|w| concept(w, "valueCodeableConcept", system, code, ""));
}

fn coding(w: &mut Writer, key: &str, system: &str, code: &str, display: &str) {
    w.object(key, &|w| {
        w.text("system", system);
        w.text("code", code);
        w.text("display", display);
    });
}

fn concept(w: &mut Writer, key: &str, system: &str, code: &str, display: &str) {
    w.object(key, &|w| w.list("coding", &|w| coding(w, "", system, code, display)));
}

/// What an answer to choose is for FHIR.
fn option_key(option: &AnswerOption) -> &'static str {
    match option.form {
        Form::Coding => "valueCoding",
        Form::String => "valueString",
        Form::Integer => "valueInteger",
        Form::Date => "valueDate",
        Form::Time => "valueTime",
    }
}

fn option_value(w: &mut Writer, option: &AnswerOption) {
    let key = option_key(option);
    match option.form {
        Form::Coding => coding(w, key, &option.system, &option.code, &option.text),
        Form::Integer => w.bare(key, &option.code),
        _ => w.text(key, &option.code),
    }
}

fn option(w: &mut Writer, option: &AnswerOption) {
    w.object("", &|w| {
        w.list("extension", &|w| {
            if let Some(points) = option.points {
                extension(w, CORE, "ordinalValue", &|w| w.bare("valueDecimal", &points.to_string()));
            }
            if option.exclusive {
                extension(w, CORE, "questionnaire-optionExclusive", &|w| w.flag("valueBoolean", true));
            }
        });
        option_value(w, option);
    });
}

/// A condition on a question; one on a score is ours alone and stands in no questionnaire.
fn condition(w: &mut Writer, pack: &Pack, condition: &Condition) {
    let Some(item) = pack.questionnaire.item(&condition.question) else { return };
    let operator = match condition.operator {
        Operator::Exists => "exists",
        Operator::Eq => "=",
        Operator::Ne => "!=",
        Operator::Gt => ">",
        Operator::Lt => "<",
        Operator::Ge => ">=",
        Operator::Le => "<=",
    };
    w.object("", &|w| {
        w.text("question", &condition.question);
        w.text("operator", operator);
        match &condition.operand {
            Operand::Bool(flag) => w.bare("answerBoolean", if *flag { "true" } else { "false" }),
            Operand::Codes(codes) => {
                let code = codes.first().map(String::as_str).unwrap_or_default();
                coding(w, "answerCoding", item.option(code).map_or("", |o| &o.system), code, "");
            }
            Operand::Number(n) => {
                let key = if item.kind == Kind::Integer && n.fract() == 0.0 { "answerInteger" } else { "answerDecimal" };
                w.bare(key, &number::write(*n).unwrap_or_default());
            }
            Operand::Quantity(n, unit) => quantity(w, "answerQuantity", *n, item.unit_named(unit)),
            Operand::Text(words) => match (item.kind, item.options.first().map(|o| o.form)) {
                (Kind::Date, _) | (_, Some(Form::Date)) => w.text("answerDate", words),
                (Kind::Time, _) | (_, Some(Form::Time)) => w.text("answerTime", &with_seconds(words)),
                (Kind::DateTime, _) => w.text("answerDateTime", words),
                _ => w.text("answerString", words),
            },
        }
    });
}

/// The total as an item that other programs work out themselves: empty as long as an item is missing.
fn total_question(w: &mut Writer, pack: &Pack, instrument: &Instrument) {
    let expression = |w: &mut Writer, name: &str, base: &str, kind: &str, expression: &str| {
        extension(w, base, kind, &|w| {
            w.object("valueExpression", &|w| {
                w.text("name", name);
                w.text("language", "text/fhirpath");
                w.text("expression", expression);
            });
        });
    };
    let answers = |links: &[String]| {
        let links: Vec<String> = links.iter().map(|l| quoted(l)).collect();
        ["%resource.descendants().where(linkId in (", &links.join(" | "), ")).answer.value"].concat()
    };
    let item = |link: &String| pack.questionnaire.item(link);
    let scored = |link: &String| item(link).map_or(&[][..], |i| &i.options).iter().filter_map(|o| Some((chosen(o), o.points?)));
    // Points by answer, and no `ordinal()`: not every engine has it.
    let mut points: Vec<(String, i16)> = Vec::new();
    for pair in instrument.items.iter().flat_map(scored) {
        if !points.contains(&pair) {
            points.push(pair);
        }
    }
    let differ = |a: &(String, i16)| points.iter().any(|b| a.0 == b.0 && a.1 != b.1);
    let term = |from: &str, (chosen, n): &(String, i16)| [from, ".where(", chosen, ").count() * ", &n.to_string()].concat();
    // One answer may have other points in another question of others; then each question is added up by itself.
    let each: Vec<String> = if points.iter().any(differ) {
        let of = |link| scored(link).filter(|(_, n)| *n != 0).map(move |pair| term(&answers(std::slice::from_ref(link)), &pair));
        instrument.items.iter().flat_map(of).collect()
    } else {
        points.iter().filter(|(_, n)| *n != 0).map(|pair| term("%given", pair)).collect()
    };
    let sum = if points.is_empty() { "%given.sum()".to_string() } else { each.join(" + ") };
    let of = instrument.items.len().to_string();
    let sum = if instrument.method == Method::Mean { ["((", &sum, ") / ", &of, ").round(1)"].concat() } else { sum };
    let mut total = ["iif(%given.count() = ", &of, ", ", &sum, ", {})"].concat();
    if let Some(gate) = &instrument.gate {
        let no: Vec<String> = scored(gate).filter(|(_, n)| *n == 0).map(|(chosen, _)| chosen).collect();
        total = ["iif(%gate.where(", &no.join(" or "), ").exists(), 0, ", &total, ")"].concat();
    }
    w.object("", &|w| {
        w.list("extension", &|w| {
            expression(w, "given", CORE, "variable", &answers(&instrument.items));
            if let Some(gate) = &instrument.gate {
                expression(w, "gate", CORE, "variable", &answers(std::slice::from_ref(gate)));
            }
            expression(w, "", SDC, "calculatedExpression", &total);
        });
        w.text("linkId", &total_id(instrument));
        w.list("code", &|w| instrument.total_code.iter().for_each(|c| coding(w, "", &c.system, &c.code, &c.display)));
        w.text("text", &total_text(pack, instrument));
        w.text("type", if instrument.method == Method::Sum { "integer" } else { "decimal" });
        w.flag("readOnly", true);
    });
}

/// A text of FHIRPath.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\\', "\\\\").replace('\'', "\\'"), "'"].concat()
}

/// How FHIRPath finds this answer.
fn chosen(option: &AnswerOption) -> String {
    match option.form {
        Form::Coding => ["code = ", &quoted(&option.code)].concat(),
        Form::String => ["$this = ", &quoted(&option.code)].concat(),
        Form::Integer => ["$this = ", &option.code].concat(),
        Form::Date => ["$this = @", &option.code].concat(),
        Form::Time => ["$this = @T", &option.code].concat(),
    }
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
