//! Numbers and what gives them their meaning: ends and units.

use super::items::Source;
use super::{Object, Reader, coding};
use engine::pack::{Coding, Item};
use serde_json::Value;

impl Reader<'_> {
    /// The number that an extension gives.
    pub(super) fn number(&mut self, ext: &Object, path: &str) -> Option<f64> {
        let number = ["valueInteger", "valueDecimal"].iter().find_map(|k| ext.get(*k)).and_then(Value::as_f64);
        if number.is_none() {
            self.problem(path, "a number was expected", "Give it as valueInteger or valueDecimal");
        }
        number
    }

    /// The lowest or highest number of a question. Ends of days and times are not checked, which is
    /// noted.
    pub(super) fn end(&mut self, name: &str, ext: &Object, item: &mut Item, path: &str) {
        if ["valueDate", "valueDateTime", "valueTime"].iter().any(|k| ext.contains_key(*k)) {
            return self.ignore_or_refuse(path, format!("“{name}” of a day is not checked"), "Take it out");
        }
        if self.others() && !ext.keys().any(|k| k.starts_with("value")) && ext.keys().any(|k| k.starts_with('_')) {
            return self.beside(ext, path);
        }
        let quantity = ext.get("valueQuantity").filter(|_| self.others());
        let number = match quantity {
            Some(quantity) => {
                // Which end holds in which unit is known only once all units are read.
                self.ends_in_units.insert(path.to_string(), unit_of(quantity));
                quantity.get("value").and_then(Value::as_f64)
            }
            None => self.number(ext, path),
        };
        let slot = if name.contains("min") { &mut item.min } else { &mut item.max };
        *slot = number;
    }

    /// A unit that is shown behind the number, or one of those that the visitor chooses from.
    pub(super) fn unit(&mut self, name: &str, ext: &Object, item: &mut Item, path: &str) {
        if name == "questionnaire-unitValueSet" {
            return self.unit_set(ext, item, path);
        }
        let unit = ext.get("valueCoding").map(coding).filter(|u| !(u.display.is_empty() && u.code.is_empty()));
        let Some(unit) = unit else {
            return self.problem(path, "a unit was expected", "Give it as valueCoding with a display or a code");
        };
        if name == "questionnaire-unit" {
            item.unit = unit.label().into();
            item.units = vec![unit];
        } else {
            item.units.push(unit);
        }
    }

    /// Units from a contained value set.
    fn unit_set(&mut self, ext: &Object, item: &mut Item, path: &str) {
        let set = self.raw_text(ext, "valueCanonical", path);
        match self.sets.get(set.split('|').next().unwrap_or_default()).cloned().flatten() {
            Some(options) => item.units.extend(options.into_iter().map(|o| Coding {
                system: o.system,
                code: o.code,
                display: o.text,
            })),
            None => self.unsupported(
                path,
                format!("the units of the value set “{set}” are not in this file"),
                "Give them as questionnaire-unitOption",
            ),
        }
    }

    /// FHIR lets the unit of a quantity stand in its initial value alone.
    pub(super) fn unit_of_initial(&mut self, item: &mut Item, source: &Source<'_>, initial: &[&Object]) {
        if source.kind != "quantity" || !item.units.is_empty() || source.nobody {
            return;
        }
        let units = initial.iter().filter_map(|value| unit_of(value.get("valueQuantity")?));
        item.units.extend(units.take(1));
    }

    /// Makes the units of a question what the engine has: a quantity has `units`, every other
    /// number one `unit`.
    pub(super) fn settle_units(&mut self, item: &mut Item, source: &Source<'_>) {
        let path = source.path;
        if source.kind != "quantity" {
            self.unit_of_number(item, path);
        } else if item.units.is_empty() && !item.unit.is_empty() {
            item.units = vec![Coding { system: String::new(), code: item.unit.clone(), display: String::new() }];
        } else if item.units.is_empty() && !source.nobody {
            let what = "it names no unit: its answer is a number alone, and its text must say of what";
            self.ignore_or_refuse(path, what, "Give it questionnaire-unit or questionnaire-unitOption");
        }
        for unit in item.units.iter_mut().filter(|u| u.code.is_empty()) {
            unit.code.clone_from(&unit.display);
        }
        let mut codes = std::collections::BTreeSet::new();
        item.units.retain(|u| codes.insert(u.code.clone()));
        if let [only] = item.units.as_slice() {
            item.unit = only.label().into();
        } else if !item.units.is_empty() {
            item.unit.clear();
        }
        self.settle_ends(item, path);
        if source.kind != "quantity" {
            item.units.clear();
        }
    }

    /// An integer or a decimal has one unit at most: its record has no room for another.
    fn unit_of_number(&mut self, item: &mut Item, path: &str) {
        if item.units.len() > 1 {
            let units: Vec<String> = item.units.iter().map(|u| u.label().to_string()).collect();
            self.unsupported(
                path,
                "the unit of a number would be chosen, and its answer has no room for one",
                "Use the type quantity",
            );
            item.unit = units.join(" / ");
            item.units.clear();
        }
    }

    /// Ends that are given in a unit hold only if the answer is in that unit.
    fn settle_ends(&mut self, item: &mut Item, path: &str) {
        let inside = format!("{path}.extension[");
        let ends: Vec<(String, Option<Coding>)> =
            self.ends_in_units.extract_if(.., |place, _| place.starts_with(&inside)).collect();
        for (place, unit) in ends {
            let same = match (item.units.as_slice(), &unit) {
                (_, None) => true,
                ([only], Some(unit)) => only.code == unit.code,
                _ => false,
            };
            if !same {
                (item.min, item.max) = (None, None);
                self.note(&place, "the lowest or highest number is given in one of several units, and is not checked");
            }
        }
    }
}

/// The unit of a FHIR quantity; `None` if it has none.
pub(super) fn unit_of(quantity: &Value) -> Option<Coding> {
    let get = |key: &str| quantity.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let unit = Coding { system: get("system"), code: get("code"), display: get("unit") };
    (!unit.label().is_empty()).then_some(unit)
}
