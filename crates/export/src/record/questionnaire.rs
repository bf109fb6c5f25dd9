//! A pack's questionnaire in FHIR, so that a program can show the answers without asking anyone for
//! it.

use super::{CORE, SDC, extension, instruments_in, json, primitive, quantity, total_id, total_text, with_seconds};
use crate::fhir::{
    AnswerOption, Coding, Concept, EnableWhen, Expression, Extension, Period, Questionnaire, QuestionnaireItem, number,
};
use engine::pack::{self, Condition, Form, Instrument, Item, Kind, Method, Operand, Operator, Pack};

/// The questionnaire as JSON on one line, without a clinic's own questions.
pub fn questionnaire(pack: &Pack) -> String {
    json(&resource(&pack.apart().0))
}

pub(super) fn resource(pack: &Pack) -> Questionnaire {
    let q = &pack.questionnaire;
    let id = q.url.rsplit(['/', ':']).next().unwrap_or_default();
    // What an author says of another's questionnaire is not ours to say.
    let ours = !pack.safety.in_order;
    let mut item: Vec<QuestionnaireItem> = q.items.iter().map(|i| question(pack, i, "")).collect();
    item.extend(instruments_in(pack, &q.items).map(|i| total_question(pack, i)));
    Questionnaire {
        resource_type: "Questionnaire",
        id: id.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(64).collect(),
        language: q.lang.clone(),
        url: q.url.clone(),
        version: q.version.clone(),
        name: q.head.name.clone(),
        title: q.title.clone(),
        status: if ours { "active" } else { "unknown" },
        subject_type: ["Patient"],
        date: q.head.date.clone(),
        publisher: q.head.publisher.clone(),
        copyright: q.head.copyright.clone(),
        last_review_date: if ours { pack.checked_on.clone() } else { String::new() },
        effective_period: ours.then(|| Period { end: pack.review_by.clone() }),
        item,
    }
}

fn item_type(item: &Item) -> &'static str {
    match item.kind {
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
    }
}

/// One item; `above` is the text of the group around it.
fn question(pack: &Pack, item: &Item, above: &str) -> QuestionnaireItem {
    let when: Vec<EnableWhen> = item.enable.when.iter().filter_map(|c| condition(pack, c)).collect();
    let behavior = if item.enable.any { "any" } else { "all" };
    let help = (!item.help.is_empty()).then(|| help(pack, item));
    let below = item.items.iter().map(|i| question(pack, i, &item.text));
    let totals = instruments_in(pack, &item.items).map(|i| total_question(pack, i));
    QuestionnaireItem {
        extension: extensions(item),
        link_id: item.link_id.clone(),
        code: item.code.iter().map(|c| Coding::new(&c.system, &c.code, &c.display)).collect(),
        // The stem above an instrument's items is the group's own text there.
        prefix: if item.prefix == above { String::new() } else { item.prefix.clone() },
        text: item.text.clone(),
        r#type: item_type(item),
        enable_behavior: if when.len() > 1 { behavior } else { "" },
        enable_when: when,
        required: item.required,
        repeats: item.repeats,
        max_length: item.max_length,
        answer_option: if item.kind == Kind::Boolean { Vec::new() } else { item.options.iter().map(option).collect() },
        item: help.into_iter().chain(below).chain(totals).collect(),
        ..QuestionnaireItem::default()
    }
}

/// The help of an item as a line of text below it, with a `linkId` that nothing else has.
fn help(pack: &Pack, item: &Item) -> QuestionnaireItem {
    let mut link_id = [&item.link_id, "-help"].concat();
    while pack.questionnaire.item(&link_id).is_some() {
        link_id.push_str("-text");
    }
    QuestionnaireItem {
        extension: vec![control("help")],
        link_id,
        text: item.help.clone(),
        r#type: "display",
        ..QuestionnaireItem::default()
    }
}

fn extensions(item: &Item) -> Vec<Extension> {
    let mut out = Vec::new();
    if !item.short.is_empty() {
        out.push(Extension { value_string: Some(item.short.clone()), ..extension(SDC, "shortText") });
    }
    match item.kind {
        Kind::Page => out.push(control("page")),
        Kind::Lookup | Kind::OpenLookup => out.push(control("autocomplete")),
        _ => {}
    }
    if item.hidden {
        out.push(Extension { value_boolean: Some(true), ..extension(CORE, "questionnaire-hidden") });
    }
    if item.max_occurs > 0 {
        out.push(Extension {
            value_integer: Some(item.max_occurs.into()),
            ..extension(CORE, "questionnaire-maxOccurs")
        });
    }
    out.extend(ends(item));
    let unit = |name: &str, u: &pack::Coding| Extension {
        value_coding: Some(Coding::new(&u.system, &u.code, &u.display)),
        ..extension(CORE, name)
    };
    match item.units.as_slice() {
        [] if item.unit.is_empty() => {}
        [] => out.push(Extension {
            value_coding: Some(Coding::new("", "", &item.unit)),
            ..extension(CORE, "questionnaire-unit")
        }),
        [only] => out.push(unit("questionnaire-unit", only)),
        several => out.extend(several.iter().map(|u| unit("questionnaire-unitOption", u))),
    }
    out
}

/// The lowest and the highest number.
fn ends(item: &Item) -> Vec<Extension> {
    let end = |name: &str, quantities: &str, end: f64| {
        let value = Some(number(end)?);
        Some(match item.kind {
            Kind::Quantity => {
                Extension { value_quantity: Some(quantity(end, item.units.first())), ..extension(SDC, quantities) }
            }
            Kind::Decimal => Extension { value_decimal: value, ..extension(CORE, name) },
            _ => Extension { value_integer: value, ..extension(CORE, name) },
        })
    };
    let lowest = item.min.and_then(|n| end("minValue", "minQuantity", n));
    lowest.into_iter().chain(item.max.and_then(|n| end("maxValue", "maxQuantity", n))).collect()
}

fn control(code: &str) -> Extension {
    let coding = vec![Coding::new("http://hl7.org/fhir/questionnaire-item-control", code, "")];
    Extension { value_codeable_concept: Some(Concept { coding }), ..extension(CORE, "questionnaire-itemControl") }
}

fn option(option: &pack::AnswerOption) -> AnswerOption {
    let mut out = AnswerOption::default();
    if let Some(points) = option.points {
        out.extension.push(Extension { value_decimal: Some(points.into()), ..extension(CORE, "ordinalValue") });
    }
    if option.exclusive {
        out.extension.push(Extension { value_boolean: Some(true), ..extension(CORE, "questionnaire-optionExclusive") });
    }
    match primitive(option) {
        Some((Form::Integer, code)) => out.value_integer = code.parse().ok(),
        Some((Form::Date, code)) => out.value_date = Some(code.into()),
        Some((Form::Time, code)) => out.value_time = Some(code.into()),
        Some((_, code)) => out.value_string = Some(code.into()),
        None => out.value_coding = Some(Coding::new(&option.system, &option.code, &option.text)),
    }
    out
}

/// A condition on a question; one on a score is ours alone and stands in no questionnaire.
fn condition(pack: &Pack, condition: &Condition) -> Option<EnableWhen> {
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
    let mut out = EnableWhen { question: condition.question.clone(), operator, ..EnableWhen::default() };
    match &condition.operand {
        Operand::Bool(flag) => out.answer_boolean = Some(*flag),
        Operand::Codes(codes) => {
            let code = codes.first().map(String::as_str).unwrap_or_default();
            out.answer_coding = Some(Coding::new(item.option(code).map_or("", |o| &o.system), code, ""));
        }
        Operand::Number(n) if item.kind == Kind::Integer && n.fract() == 0.0 => out.answer_integer = number(*n),
        Operand::Number(n) => out.answer_decimal = number(*n),
        Operand::Quantity(n, unit) => out.answer_quantity = Some(quantity(*n, item.unit_named(unit))),
        Operand::Text(words) => match (item.kind, item.options.first().map(|o| o.form)) {
            (Kind::Date, _) | (_, Some(Form::Date)) => out.answer_date = Some(words.clone()),
            (Kind::Time, _) | (_, Some(Form::Time)) => out.answer_time = Some(with_seconds(words)),
            (Kind::DateTime, _) => out.answer_date_time = Some(words.clone()),
            _ => out.answer_string = Some(words.clone()),
        },
    }
    Some(out)
}

/// The total as an item that other programs compute themselves: empty as long as an item is
/// missing.
fn total_question(pack: &Pack, instrument: &Instrument) -> QuestionnaireItem {
    let expression = |name: &str, base: &str, kind: &str, expression: String| {
        let value = Expression { name: name.into(), language: "text/fhirpath".into(), expression };
        Extension { value_expression: Some(value), ..extension(base, kind) }
    };
    let mut extension = vec![expression("given", CORE, "variable", answers(&instrument.items))];
    if let Some(gate) = &instrument.gate {
        extension.push(expression("gate", CORE, "variable", answers(std::slice::from_ref(gate))));
    }
    extension.push(expression("", SDC, "calculatedExpression", total_expression(pack, instrument)));
    QuestionnaireItem {
        extension,
        link_id: total_id(instrument),
        code: instrument.total_code.iter().map(|c| Coding::new(&c.system, &c.code, &c.display)).collect(),
        text: total_text(pack, instrument),
        r#type: if instrument.method == Method::Sum { "integer" } else { "decimal" },
        read_only: true,
        ..QuestionnaireItem::default()
    }
}

/// The answers to these questions, in FHIRPath.
fn answers(links: &[String]) -> String {
    let links: Vec<String> = links.iter().map(|l| quoted(l)).collect();
    ["%resource.descendants().where(linkId in (", &links.join(" | "), ")).answer.value"].concat()
}

/// The answers of a question that have points, each with how FHIRPath finds it.
fn scored(pack: &Pack, link: &str) -> Vec<(String, i16)> {
    let options = pack.questionnaire.item(link).map_or(&[][..], |i| &i.options);
    options.iter().filter_map(|o| Some((chosen(o), o.points?))).collect()
}

/// The total in FHIRPath. Points by answer, without `ordinal()`, which not every engine has.
fn total_expression(pack: &Pack, instrument: &Instrument) -> String {
    let mut points: Vec<(String, i16)> = Vec::new();
    for pair in instrument.items.iter().flat_map(|link| scored(pack, link)) {
        if !points.contains(&pair) {
            points.push(pair);
        }
    }
    let differ = |a: &(String, i16)| points.iter().any(|b| a.0 == b.0 && a.1 != b.1);
    let term =
        |from: &str, (chosen, n): &(String, i16)| [from, ".where(", chosen, ").count() * ", &n.to_string()].concat();
    // One answer may have other points in another question of others; then each question is added
    // up by itself.
    let each: Vec<String> = if points.iter().any(differ) {
        let of = |link: &String| {
            let from = answers(std::slice::from_ref(link));
            scored(pack, link)
                .into_iter()
                .filter(|(_, n)| *n != 0)
                .map(move |pair| term(&from, &pair))
                .collect::<Vec<_>>()
        };
        instrument.items.iter().flat_map(of).collect()
    } else {
        points.iter().filter(|(_, n)| *n != 0).map(|pair| term("%given", pair)).collect()
    };
    let sum = if points.is_empty() { "%given.sum()".to_string() } else { each.join(" + ") };
    let of = instrument.items.len().to_string();
    let sum = if instrument.method == Method::Mean { ["((", &sum, ") / ", &of, ").round(1)"].concat() } else { sum };
    let total = ["iif(%given.count() = ", &of, ", ", &sum, ", {})"].concat();
    let Some(gate) = &instrument.gate else { return total };
    let no: Vec<String> = scored(pack, gate).into_iter().filter(|(_, n)| *n == 0).map(|(chosen, _)| chosen).collect();
    ["iif(%gate.where(", &no.join(" or "), ").exists(), 0, ", &total, ")"].concat()
}

/// A text of FHIRPath.
fn quoted(text: &str) -> String {
    ["'", &text.replace('\\', "\\\\").replace('\'', "\\'"), "'"].concat()
}

/// How FHIRPath finds this answer.
fn chosen(option: &pack::AnswerOption) -> String {
    match option.form {
        Form::Coding => ["code = ", &quoted(&option.code)].concat(),
        Form::String => ["$this = ", &quoted(&option.code)].concat(),
        Form::Integer => ["$this = ", &option.code].concat(),
        Form::Date => ["$this = @", &option.code].concat(),
        Form::Time => ["$this = @T", &option.code].concat(),
    }
}
