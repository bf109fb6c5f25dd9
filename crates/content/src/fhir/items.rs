//! Groups, lines of text and questions, read item by item.

use super::{FRACTION, ITEM_KEYS, Object, Reader, coding};
use engine::pack::{Form, Item, Kind};
use serde_json::Value;

const CONTROL: &str = "questionnaire-itemControl";

/// Controls of a line of text that belongs to the question above it.
const BESIDE: &[&str] = &["help", "flyover", "prompt", "inline", "legal", "unit", "lower", "upper", "security"];

/// Controls of a question that need nothing of their own here.
const KNOWN_CONTROLS: &[&str] = &["page", "help", "radio-button", "check-box", "drop-down", "autocomplete"];

/// Marks a display child as its parent's help while the tree is read.
pub(super) const HELP_MARK: &str = "\u{0}help";

const SUPPORTED_TYPES: &str = "Use group, display, boolean, choice, open-choice, integer, decimal, quantity, string, text, url, date, time or dateTime";

/// What is known of an item besides the fields of [`Item`], while it is read.
pub(super) struct Source<'a> {
    pub(super) map: &'a Object,
    pub(super) path: &'a str,
    /// What the nearest group or question around the item says.
    pub(super) above: &'a str,
    /// FHIR `type`, in the words of R4.
    pub(super) kind: String,
    pub(super) extensions: Extensions,
    /// It is hidden or read only, so that nobody answers it.
    pub(super) nobody: bool,
}

/// What an item's extensions say beyond the fields of [`Item`].
#[derive(Default)]
pub(super) struct Extensions {
    pub(super) control: Option<String>,
    /// Distance between two numbers of a slider.
    pub(super) step: Option<f64>,
    /// FHIRPath would work out its answer, now or beforehand.
    computed: Option<Computed>,
}

/// When FHIRPath would work out an answer.
#[derive(Clone, Copy, PartialEq)]
enum Computed {
    /// Once, before the visitor answers.
    Beforehand,
    /// From other answers, all along.
    Always,
}

impl Reader<'_> {
    /// Reads the items below `map`. `above` is what the nearest group or question around them says.
    pub(super) fn items(&mut self, map: &Object, path: &str, above: &str) -> Vec<Item> {
        let list = self.list(map, "item", path);
        list.iter().enumerate().filter_map(|(i, v)| self.item(v, &format!("{path}.item[{i}]"), above)).collect()
    }

    fn item(&mut self, value: &Value, path: &str, above: &str) -> Option<Item> {
        let map = self.object(value, path)?;
        let link_id = self.raw_text(map, "linkId", path);
        let path = &format!("{path}({link_id})");
        self.unknown_keys(map, ITEM_KEYS, path);
        if link_id.is_empty() {
            self.problem(path, "an item has no linkId", "Give it a linkId of its own");
        }
        let mut item = self.plain_fields(map, link_id, path);
        let extensions = self.item_extensions(map, &mut item, path);
        let kind = self.type_in_r4(map, path);
        let outer = (self.hidden, self.read_only);
        self.hidden |= item.hidden;
        self.read_only |= self.others() && self.flag(map, "readOnly", path);
        let asks = !matches!(kind.as_str(), "group" | "display");
        let source = Source { map, path, above, kind, extensions, nobody: self.hidden || self.read_only && asks };
        let item = self.item_inside(item, source);
        (self.hidden, self.read_only) = outer;
        Some(item)
    }

    /// Reads what depends on whether the item is hidden or read only: its answers, its kind, its
    /// children.
    fn item_inside(&mut self, mut item: Item, mut source: Source<'_>) -> Item {
        let (map, path) = (source.map, source.path);
        let asks = !matches!(source.kind.as_str(), "group" | "display");
        let mut unanswerable = false;
        if source.nobody && asks && !self.hidden {
            self.note(path, "it is not for the visitor to answer, and is shown as a line of text");
            unanswerable = true;
        }
        self.beside(map, path);
        let options = self.options(map, source.nobody, path);
        // Where own words are an answer too, a question without its list can still be answered.
        let mut listed = options.is_some() || source.kind == "open-choice" && self.others();
        item.options = options.unwrap_or_default();
        self.initial_values(&mut item, &source, asks);
        self.computed(&item, &source, asks);
        // R4 lets numbers, days, times and texts be chosen from a list too.
        if self.others() && !item.options.is_empty() && item.options.iter().all(|o| form(&source.kind) == Some(o.form))
        {
            source.kind = "choice".into();
        }
        listed |= self.in_own_words(&mut item, &mut source);
        let kind = self.kind(&source);
        item.kind = kind.unwrap_or(Kind::Display);
        let nearest = if item.text.is_empty() { source.above.to_string() } else { item.text.clone() };
        for child in self.items(map, path, &nearest) {
            self.child(&mut item, child);
        }
        if source.kind == "display" && !item.items.is_empty() && self.others() {
            self.unsupported(path, "a line of text has items", "Make it a group, or put them behind it");
        }
        unanswerable |= !listed || kind.is_none();
        if source.nobody && asks {
            self.unanswered.insert(item.link_id.clone());
        }
        self.settle_units(&mut item, &source);
        self.points_outside_sums(&mut item, source.nobody || unanswerable);
        if self.others() {
            self.adapt(&mut item, &source, unanswerable);
        }
        self.mark_help(&mut item, &source);
        item
    }

    fn plain_fields(&mut self, map: &Object, link_id: String, path: &str) -> Item {
        Item {
            link_id,
            text: self.text(map, "text", path),
            prefix: self.text(map, "prefix", path),
            repeats: self.flag(map, "repeats", path),
            required: self.flag(map, "required", path),
            max_length: self.whole(map, "maxLength", path),
            code: self.list(map, "code", path).first().map(coding),
            enable: self.enable(map, path),
            ..Item::default()
        }
    }

    /// The type as R4 names it. R5 calls a choice `coding`, and says in `answerConstraint` whether
    /// own words are an answer.
    fn type_in_r4(&mut self, map: &Object, path: &str) -> String {
        let kind = self.raw_text(map, "type", path);
        if !self.others() {
            return kind;
        }
        let constraint = self.raw_text(map, "answerConstraint", path);
        match (kind.as_str(), constraint.as_str()) {
            ("question", _) => self.abstract_type(map, path),
            ("coding", "" | "optionsOnly") => "choice".into(),
            ("coding" | "choice" | "open-choice", "optionsOrString") => "open-choice".into(),
            (_, "" | "optionsOnly") => kind,
            ("string" | "text", _) | (_, "optionsOrString") if map.contains_key("answerOption") => "open-choice".into(),
            _ => {
                let what = format!(
                    "answers to choose from beside typed ones (answerConstraint “{constraint}”) are not supported: what is not listed is an answer in own words"
                );
                self.unsupported(path, what, "Ask for what is not listed in a question of its own");
                let link = self.raw_text(map, "linkId", path);
                self.undecided.insert(link);
                if map.contains_key("answerOption") || kind == "coding" { "open-choice".into() } else { kind }
            }
        }
    }

    /// FHIR lists the type “question” as the one above all others; some programs write it where
    /// they do not know R4's types. What may be answered says which is meant.
    fn abstract_type(&mut self, map: &Object, path: &str) -> String {
        let listed = map.contains_key("answerOption") || map.contains_key("answerValueSet");
        let what = match listed {
            true => "“question” is no type that an item may have: it is asked as a choice",
            false => "“question” is no type that an item may have: it is answered in own words",
        };
        self.unsupported(path, what, "Use the type of its answer: choice, string, date …");
        if listed {
            return "choice".into();
        }
        let link = self.raw_text(map, "linkId", path);
        self.undecided.insert(link);
        "string".into()
    }

    /// Notes items whose points can be in no sum: they are no whole numbers, or nobody gets them.
    fn points_outside_sums(&mut self, item: &mut Item, nobody: bool) {
        let scored = item.options.iter().any(|o| o.points.is_some());
        let mut fraction = false;
        for option in item.options.iter_mut().filter(|o| o.points == Some(FRACTION)) {
            option.points = None;
            fraction = true;
        }
        if fraction || scored && nobody {
            self.unsummed.insert(item.link_id.clone());
        }
    }

    /// An answer that FHIRPath would work out is left out where nobody answers the item, else asked
    /// like any other. A condition on it can't be decided: the visitor does not know what would
    /// have come of it.
    fn computed(&mut self, item: &Item, source: &Source<'_>, asks: bool) {
        let (Some(computed), true) = (source.extensions.computed, asks && self.others()) else { return };
        if computed == Computed::Always {
            let what = match source.nobody {
                true => "its value would be worked out by FHIRPath: that is left out, and stands in no record",
                false => {
                    "its value would be worked out by FHIRPath: that is left out, the visitor answers (readOnly makes it a line of text)"
                }
            };
            self.note(source.path, what);
        }
        if computed == Computed::Always || source.nobody {
            self.undecided.insert(item.link_id.clone());
        }
    }

    /// With leave, a choice whose list is not in the file is answered in own words, and so is what
    /// would refer to something in a record. True if it is.
    fn in_own_words(&mut self, item: &mut Item, source: &mut Source<'_>) -> bool {
        if !self.allows() || source.nobody {
            return false;
        }
        let what = match source.kind.as_str() {
            // An open-choice would tell the visitor to choose, and there is nothing to choose.
            "choice" if item.options.is_empty() => {
                "there is no list to choose from: it is answered in own words, and its record has text in place of a code"
            }
            "reference" => {
                "its answer would refer to something in a record system: it is given in own words, and its record has text in place of a reference"
            }
            _ => return false,
        };
        source.kind = "string".into();
        item.options.clear();
        self.undecided.insert(item.link_id.clone());
        self.note(source.path, what);
        true
    }

    /// A value that an item comes with is never taken as the visitor's answer: that is noted. Where
    /// nobody answers the item, a line of text says the value.
    fn initial_values(&mut self, item: &mut Item, source: &Source<'_>, asks: bool) {
        let (map, path) = (source.map, source.path);
        let here = format!("{path}.initial");
        let mut given = Vec::new();
        for (i, value) in self.list(map, "initial", path).iter().enumerate() {
            given.extend(self.object(value, &format!("{here}[{i}]")));
        }
        if !asks && !given.is_empty() {
            return self.problem(&here, "a group or a line of text has no value", "Take it out");
        }
        self.unit_of_initial(item, source, &given);
        let mut places: Vec<String> = if given.is_empty() { Vec::new() } else { vec![here] };
        for (i, option) in map.get("answerOption").and_then(Value::as_array).into_iter().flatten().enumerate() {
            if option.get("initialSelected") == Some(&Value::Bool(true)) {
                given.extend(option.as_object());
                places.push(format!("{path}.answerOption[{i}]"));
            }
        }
        for place in &places {
            match (source.nobody, self.others()) {
                (true, _) => self.note(place, "it comes with a value, which stands in no record"),
                (false, true) => {
                    self.note(place, "its answer would be given beforehand: that is left out, the visitor answers")
                }
                (false, false) => self.problem(
                    place,
                    "an answer would be given beforehand",
                    "Take it out: nothing is pre-answered here",
                ),
            }
        }
        if source.nobody && !places.is_empty() {
            self.undecided.insert(item.link_id.clone());
            let given_texts: Vec<String> = given.into_iter().filter_map(value_as_text).collect();
            if !self.hidden && !given_texts.is_empty() {
                let end = if item.text.ends_with([':', '?']) || item.text.is_empty() { "" } else { ":" };
                item.text = [item.text.as_str(), end, " ", &given_texts.join(", ")].concat().trim().into();
            }
        }
    }

    /// Help is a line of the question it stands under, not an item of its own.
    fn child(&mut self, item: &mut Item, child: Item) {
        let role = child.prefix.strip_prefix(HELP_MARK).map(String::from);
        let folds = child.kind == Kind::Display
            && !child.hidden
            && child.items.is_empty()
            && child.enable.when.is_empty()
            && (item.is_question() || !self.others());
        match role.as_deref() {
            Some("help") if !self.others() => item.help = child.text,
            Some("unit") if folds => item.unit = child.text,
            Some(_) if folds => item.help = [item.help.as_str(), &child.text].join(" ").trim().into(),
            Some(_) => item.items.push(Item { prefix: String::new(), ..child }),
            None => item.items.push(child),
        }
    }

    fn mark_help(&mut self, item: &mut Item, source: &Source<'_>) {
        let control = source.extensions.control.as_deref().unwrap_or_default();
        let helps = if self.others() { BESIDE.contains(&control) } else { control == "help" };
        if item.kind == Kind::Display && helps {
            item.prefix = [HELP_MARK, control].concat();
        }
    }

    fn whole(&mut self, map: &Object, key: &str, path: &str) -> u32 {
        let number = map.get(key).map(|v| v.as_u64().and_then(|n| u32::try_from(n).ok()));
        if number == Some(None) {
            self.problem(&format!("{path}.{key}"), "a whole number was expected", "Write a number, without quotes");
        }
        number.flatten().unwrap_or_default()
    }

    /// The kind of an item; `None` if there is no field for its type.
    fn kind(&mut self, source: &Source<'_>) -> Option<Kind> {
        let control = source.extensions.control.as_deref();
        let lookup = control == Some("autocomplete");
        let known = match source.kind.as_str() {
            // Only our own page holds nothing but choices.
            "group" if control == Some("page") && !self.others() => Some(Kind::Page),
            "group" => Some(Kind::Group),
            "display" => Some(Kind::Display),
            "boolean" => Some(Kind::Boolean),
            "choice" if lookup => Some(Kind::Lookup),
            "choice" => Some(Kind::Choice),
            "open-choice" if lookup => Some(Kind::OpenLookup),
            "open-choice" => Some(Kind::OpenChoice),
            "string" => Some(Kind::String),
            "text" => Some(Kind::Text),
            "integer" => Some(Kind::Integer),
            "decimal" => Some(Kind::Decimal),
            "quantity" => Some(Kind::Quantity),
            "date" => Some(Kind::Date),
            "time" => Some(Kind::Time),
            "dateTime" => Some(Kind::DateTime),
            "url" => Some(Kind::Url),
            _ => None,
        };
        if known.is_none() {
            self.without_kind(source);
        }
        known
    }

    fn without_kind(&mut self, source: &Source<'_>) {
        let path = source.path;
        match source.kind.as_str() {
            // Nobody sees a field for it.
            "attachment" | "reference" if source.nobody && self.others() => {}
            kind @ ("attachment" | "reference") => {
                self.unsupported(path, format!("items of type “{kind}” are not supported"), SUPPORTED_TYPES)
            }
            other => self.problem(path, format!("items of type “{other}” are not supported"), SUPPORTED_TYPES),
        }
    }

    fn item_extensions(&mut self, map: &Object, item: &mut Item, path: &str) -> Extensions {
        let mut out = Extensions::default();
        for (i, ext) in self.list(map, "extension", path).iter().enumerate() {
            let here = format!("{path}.extension[{i}]");
            let Some((name, ext)) = self.extension(ext, &here) else { continue };
            match name.as_str() {
                CONTROL => out.control = self.control(ext, &here),
                "questionnaire-displayCategory" if self.others() => {
                    // Instructions stand beside the question that they are given under.
                    out.control = out.control.or(Some("help".into()));
                }
                "minValue" | "maxValue" | "sdc-questionnaire-minQuantity" | "sdc-questionnaire-maxQuantity" => {
                    self.end(&name, ext, item, &here)
                }
                "questionnaire-sliderStepValue" if self.others() => {
                    let step = self.number(ext, &here);
                    out.step = step.filter(|n| *n > 0.0);
                }
                "questionnaire-unit" | "questionnaire-unitOption" | "questionnaire-unitValueSet" => {
                    self.unit(&name, ext, item, &here)
                }
                name if self.item_extension(name, ext, item, &here) => {}
                "sdc-questionnaire-calculatedExpression" if self.others() => out.computed = Some(Computed::Always),
                other => {
                    if other == "sdc-questionnaire-subQuestionnaire" && self.others() {
                        // It stands for questions that are in another file.
                        self.lost.insert(item.link_id.clone());
                    }
                    if other == "sdc-questionnaire-initialExpression" {
                        out.computed = out.computed.or(Some(Computed::Beforehand));
                    }
                    self.extra(other, &here);
                }
            }
        }
        self.check_extensions(item, &out, path);
        out
    }

    /// The code of the control that an item asks to be drawn with.
    fn control(&mut self, ext: &Object, path: &str) -> Option<String> {
        let codings = ext.get("valueCodeableConcept").and_then(|c| c.pointer("/coding")).and_then(Value::as_array);
        let code = codings.into_iter().flatten().find_map(|c| c.get("code").and_then(Value::as_str));
        if code.is_none() {
            self.ignore_or_refuse(
                path,
                "this itemControl names no control that is known here",
                "Give it a valueCodeableConcept with a coding",
            );
        }
        code.map(String::from)
    }

    /// An extension that is a field of the item. False if it is none.
    fn item_extension(&mut self, name: &str, ext: &Object, item: &mut Item, path: &str) -> bool {
        match name {
            "sdc-questionnaire-shortText" => {
                self.one_of(ext, &["valueString"], path);
                item.short = self.text(ext, "valueString", path);
            }
            "entryFormat" if self.others() => {
                self.one_of(ext, &["valueString"], path);
                let format = self.text(ext, "valueString", path);
                item.help = [item.help.as_str(), &format].join(" ").trim().into();
            }
            "questionnaire-maxOccurs" => {
                let most = ext.get("valueInteger").and_then(Value::as_u64).filter(|n| *n > 0);
                if most.is_none() {
                    self.problem(path, "a whole number above 0 was expected", "Give it as valueInteger");
                }
                item.max_occurs = most.map(|n| n.min(u8::MAX.into()) as u8).unwrap_or_default();
            }
            "questionnaire-hidden" => {
                self.one_of(ext, &["valueBoolean"], path);
                item.hidden = self.flag(ext, "valueBoolean", path);
            }
            _ => return false,
        }
        true
    }

    fn check_extensions(&mut self, item: &Item, extensions: &Extensions, path: &str) {
        let known = |c: &str| KNOWN_CONTROLS.contains(&c) || self.others() && (BESIDE.contains(&c) || c == "slider");
        if let Some(other) = extensions.control.as_deref().filter(|c| !known(c)) {
            let what = format!("the itemControl “{other}” is not supported");
            self.ignore_or_refuse(
                path,
                what,
                "Use one of: page, help, radio-button, check-box, drop-down, autocomplete",
            );
        }
        if item.min.zip(item.max).is_some_and(|(min, max)| min > max) {
            self.problem(path, "its minValue is above its maxValue", "Correct one of them");
        }
        if item.hidden {
            self.note(path, "it is hidden: it is not asked, and has no answer");
        }
    }
}

/// What `value[x]` says to a person; nothing for true and false.
fn value_as_text(map: &Object) -> Option<String> {
    match map.iter().find(|(key, _)| key.starts_with("value"))?.1 {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => {
            let text = |key: &str| map.get(key).and_then(Value::as_str).map(String::from);
            match map.get("value") {
                Some(value) => Some([value.to_string(), text("unit").unwrap_or_default()].join(" ").trim().into()),
                None => text("display").or(text("code")),
            }
        }
        _ => None,
    }
}

/// What an answer to choose is, for a type that is no choice.
fn form(kind: &str) -> Option<Form> {
    Some(match kind {
        "integer" => Form::Integer,
        "string" | "text" => Form::String,
        "date" => Form::Date,
        "time" => Form::Time,
        _ => return None,
    })
}
