//! `enableWhen`: when a question is asked.

use super::numbers::unit_of;
use super::{Object, Reader, coding};
use engine::calendar::{is_day, is_time};
use engine::pack::{Condition, Enable, Item, Kind, Operand, Operator};
use serde_json::Value;
use std::collections::BTreeSet;

impl Reader<'_> {
    pub(super) fn enable(&mut self, map: &Object, path: &str) -> Enable {
        let list = self.list(map, "enableWhen", path);
        let behavior = self.raw_text(map, "enableBehavior", path);
        let unsaid = list.len() > 1 && behavior.is_empty();
        if unsaid {
            let what = "several enableWhen need an enableBehavior: any one of them is taken to be enough";
            self.unsupported(path, what, "Add enableBehavior: any or all");
        }
        if !matches!(behavior.as_str(), "" | "any" | "all") {
            self.problem(&format!("{path}.enableBehavior"), "this behavior is unknown", "Use any or all");
        }
        let mut when: Vec<Condition> = list
            .iter()
            .enumerate()
            .filter_map(|(i, v)| self.condition(v, &format!("{path}.enableWhen[{i}]")))
            .collect();
        let any = behavior == "any" || unsaid;
        // One that could not be read might have been the one that is met.
        if any && when.len() < list.len() {
            when.clear();
        }
        Enable { when, any }
    }

    fn condition(&mut self, value: &Value, path: &str) -> Option<Condition> {
        let map = self.object(value, path)?;
        if map.contains_key("hasAnswer") {
            self.problem(path, "“hasAnswer” is of FHIR STU3", "Convert the file to R4");
            return None;
        }
        let operator = operator(&self.raw_text(map, "operator", path));
        if operator.is_none() {
            let what = if map.contains_key("operator") { "this operator is unknown" } else { "there is no operator" };
            self.undecidable(path, what, "Use exists, =, !=, >, <, >= or <=");
        }
        let unknown: Vec<&str> = map.keys().map(String::as_str).filter(|k| !k.starts_with("answer")).collect();
        if let Some(key) =
            unknown.iter().find(|k| !matches!(**k, "id" | "extension" | "question" | "operator") && !k.starts_with('_'))
        {
            self.problem(&format!("{path}.{key}"), format!("“{key}” is not supported in a condition"), "Take it out");
        }
        self.beside(map, path);
        let mut answers = map.iter().filter(|(k, _)| k.starts_with("answer"));
        let one = answers.next().filter(|_| answers.next().is_none());
        let operand = match one {
            Some((key, value)) if key == "answerBoolean" => {
                self.boolean(value, &format!("{path}.{key}")).map(Operand::Bool)
            }
            one => one.and_then(|(key, value)| self.operand(key, value)),
        };
        if operand.is_none() && one.is_none_or(|(key, _)| key != "answerBoolean") {
            self.without_operand(one.map(|(key, _)| key.as_str()), path);
        }
        if operator == Some(Operator::Exists) && operand.is_some() && !matches!(operand, Some(Operand::Bool(_))) {
            self.problem(path, "“exists” compares with true or false only", "Give answerBoolean");
        }
        let question = self.raw_text(map, "question", path);
        Some(Condition { question, score: false, operator: operator?, operand: operand? })
    }

    /// What an answer is compared with; `None` if it is nothing that can be compared here.
    fn operand(&self, key: &str, value: &Value) -> Option<Operand> {
        Some(match (key, value) {
            ("answerCoding", Value::Object(_)) => {
                let coding = coding(value);
                let code = if coding.code.is_empty() && self.others() { coding.display } else { coding.code };
                return (!code.is_empty() || !self.others()).then(|| Operand::Codes(vec![code]));
            }
            ("answerInteger" | "answerDecimal", n) => Operand::Number(n.as_f64()?),
            ("answerString", Value::String(s)) => Operand::Text(s.clone()),
            ("answerDate" | "answerDateTime", Value::String(s)) if is_day(s) => Operand::Text(s.clone()),
            ("answerTime", Value::String(s)) if is_time(s) => Operand::Text(s.clone()),
            ("answerQuantity", quantity) => {
                let unit = unit_of(quantity).map(|u| if u.code.is_empty() { u.display } else { u.code });
                Operand::Quantity(quantity.get("value")?.as_f64()?, unit.unwrap_or_default())
            }
            _ => return None,
        })
    }

    fn without_operand(&mut self, key: Option<&str>, path: &str) {
        let cure = "Give answerBoolean, answerCoding, answerInteger, answerDecimal, answerQuantity, answerString, answerDate or answerTime";
        match key {
            Some("answerDateTime" | "answerReference") if self.others() => {
                self.undecidable(path, "it compares with a kind of answer that is not compared here", cure);
            }
            // A year or a month is legal.
            Some("answerDate") if self.others() => {
                self.undecidable(path, "it compares with no whole day", "Write it as 2026-01-31")
            }
            _ => self.undecidable(path, "there is nothing supported to compare with, or more than one", cure),
        }
    }

    /// A condition that can't be read: refused, and with leave left out, so that it hides nothing.
    fn undecidable(&mut self, path: &str, what: &str, cure: &str) {
        match self.allows() {
            true => self.note(path, format!("{what}: the condition is left out, so that nothing is hidden by it")),
            false => self.unsupported(path, what, cure),
        }
    }
}

/// Times of day that are typed are stored without seconds if there are none; FHIR's always have
/// seconds.
pub(super) fn shorten_times(items: &mut [Item]) {
    fn typed_times(items: &[Item], out: &mut BTreeSet<String>) {
        for item in items {
            if item.kind == Kind::Time {
                out.insert(item.link_id.clone());
            }
            typed_times(&item.items, out);
        }
    }
    fn shorten(items: &mut [Item], times: &BTreeSet<String>) {
        for item in items {
            for condition in item.enable.when.iter_mut().filter(|c| times.contains(&c.question)) {
                if let Operand::Text(time) = &mut condition.operand {
                    *time = time.strip_suffix(":00").filter(|t| t.len() == "18:30".len()).unwrap_or(time).into();
                }
            }
            shorten(&mut item.items, times);
        }
    }
    let mut times = BTreeSet::new();
    typed_times(items, &mut times);
    shorten(items, &times);
}

pub(crate) fn operator(text: &str) -> Option<Operator> {
    Some(match text {
        "exists" => Operator::Exists,
        "=" => Operator::Eq,
        "!=" => Operator::Ne,
        ">" => Operator::Gt,
        "<" => Operator::Lt,
        ">=" => Operator::Ge,
        "<=" => Operator::Le,
        _ => return None,
    })
}
