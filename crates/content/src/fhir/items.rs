//! Groups, lines of text and questions, read item by item.

use super::item_extensions::{BESIDE, Computed, Extensions};
use super::{FRACTION, Object, Reader, coding};
use engine::pack::{Form, Item, Kind};
use serde_json::Value;

/// Keys of an item.
const ITEM_KEYS: &[&str] = &[
    "id",
    "linkId",
    "definition",
    "code",
    "prefix",
    "text",
    "type",
    "enableWhen",
    "enableBehavior",
    "required",
    "repeats",
    "readOnly",
    "maxLength",
    "answerValueSet",
    "answerOption",
    "answerConstraint",
    "initial",
    "item",
    "extension",
];

/// Marks a display child as its parent's help while the tree is read.
pub(super) const HELP_MARK: &str = "\u{0}help";

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
