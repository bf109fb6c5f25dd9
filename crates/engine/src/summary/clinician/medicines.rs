//! The table of medicines.

use super::is_covered;
use crate::answers::{Answer, Value};
use crate::findings::Finding;
use crate::pack::{AnswerOption, Item, Rule, Section, Tier, fill};
use crate::rules::Outcome;
use crate::summary::display::{display_answer, value};
use crate::summary::{Mark, Part, Row, SheetBuilder};
use crate::{findings, lookup, medicine_card};

impl SheetBuilder<'_> {
    pub(super) fn medicines(&self, found: &[Finding<'_>]) -> Part {
        let (w, s) = (&self.pack.words, &self.pack.safety);
        if s.takes_medicines.is_empty() {
            return self.part("medicines", w.sheet_medicines(), Vec::new());
        }
        let apart = |f: &&Finding<'_>| {
            f.outcome == Outcome::Yes && f.rule.section == Section::Medicines && f.rule.tier > Tier::A
        };
        let mut rows: Vec<Row> = Vec::new();
        let takes = self.form.answer(&s.takes_medicines, 0);
        let list = self.form.answer(&s.medicines, 0);
        match (list, self.form.item(&s.medicines)) {
            (Some(Answer::Given(values)), Some(item)) => rows.push(self.medicine_table(found, item, values)),
            // "No medicines" and "not answered" must differ.
            _ => rows.extend(self.answered(&s.takes_medicines)),
        }
        rows.extend(
            found
                .iter()
                .filter(apart)
                .filter(|f| f.rule.about != s.medicines)
                .filter_map(|f| self.fired(found, f.rule)),
        );
        if takes.is_some_and(|a| a.has("yes")) && list.is_none_or(|a| a.values().is_empty()) {
            rows.push(Row::Answer {
                mark: Some(Mark::Open),
                label: w.sheet_all_medicines().to_string(),
                value: w.not_answered().to_string(),
                note: String::new(),
            });
        }
        let details = s
            .medicine_details
            .iter()
            .filter(|l| !is_covered(self.form, found, l, self.form.answer(l, 0)) && !self.is_collected(l));
        rows.extend(details.filter(|l| !self.is_in_table(l)).filter_map(|l| self.answered(l)));
        rows.push(Row::Line(self.pack.sheet.medicines_limit.clone()));
        self.part("medicines", w.sheet_medicines(), rows)
    }

    /// A row for each medicine: its name, dose and last time, from its card or else in the
    /// patient's words, and what rules say of it. A note that an earlier row has is not repeated.
    fn medicine_table(&self, found: &[Finding<'_>], item: &Item, values: &[Value]) -> Row {
        let w = &self.pack.words;
        let rules: Vec<&Rule> = found
            .iter()
            .filter(|f| f.outcome == Outcome::Yes && f.rule.about == item.link_id)
            .map(|f| f.rule)
            .collect();
        let mut mentioned = Vec::new();
        let mut rows = Vec::new();
        for v in values {
            let name = self.medicine(item, v);
            let notes = self.medicine_notes(&rules, item, v, &mut mentioned);
            let s = &self.pack.safety;
            let cell = |link: &str, texts: &[String]| {
                self.on_card(link, v)
                    .or_else(|| texts.iter().find_map(|l| self.answer_about(item, l, v)))
                    .unwrap_or_default()
            };
            rows.push(vec![name, cell(&s.card_dose, &s.doses), cell(&s.card_last, &s.last_taken), notes]);
        }
        let names = [w.sheet_medicine(), w.sheet_dose(), w.sheet_last_taken(), w.sheet_note()];
        without_empty_columns(&names, &rows)
    }

    /// What rules say of one medicine. `mentioned` holds each rule that an earlier row has spoken
    /// of, with the name of that row's medicine, and is added to.
    fn medicine_notes<'r>(
        &self,
        rules: &[&'r Rule],
        item: &Item,
        medicine: &Value,
        mentioned: &mut Vec<(&'r str, String)>,
    ) -> String {
        let w = &self.pack.words;
        let only = Answer::Given(vec![medicine.clone()]);
        let mut notes = Vec::new();
        for rule in rules.iter().filter(|r| !findings::matched(self.form, r, Some(&only)).is_empty()) {
            let mark = match rule.tier {
                // The note itself stands in the box, where it is read first.
                Tier::E | Tier::A => w.sheet_see_first(),
                Tier::B => w.mark_discuss(),
                Tier::C => w.mark_note(),
            };
            let note = match mentioned.iter().find(|(id, _)| *id == rule.id) {
                _ if rule.tier <= Tier::A => mark.to_string(),
                Some((_, first)) => format!("{mark}: {}", fill(w.sheet_as_for(), &[("name", first)])),
                None => format!("{mark}: {}", rule.clinician),
            };
            mentioned.push((&rule.id, self.short_name(item, medicine)));
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes.join(" ")
    }

    /// What the card of this medicine says; `None` if it says nothing.
    fn on_card(&self, link: &str, medicine: &Value) -> Option<String> {
        let at = medicine_card::card(self.pack, self.form, medicine)?;
        let answer = self.form.answer(link, at).filter(|answer| !answer.values().is_empty())?;
        self.form.item(link).map(|item| display_answer(&self.pack.words, item, Some(answer)))
    }

    fn short_name(&self, item: &Item, v: &Value) -> String {
        match v {
            Value::Code(code) => item.option(code).map_or(code.clone(), |o| o.text.clone()),
            v => value(&self.pack.words, item, v),
        }
    }

    /// What one text says of several medicines: the words behind the name of this one, where its
    /// entry begins with that name.
    fn answer_about(&self, item: &Item, link: &str, medicine: &Value) -> Option<String> {
        let Some([Value::Text(text)]) = self.form.answer(link, 0).map(Answer::values) else { return None };
        let Value::Code(code) = medicine else { return None };
        let mut entries = lookup::entries(text).into_iter().filter_map(|e| lookup::split_name(&item.options, e));
        entries.find(|(option, rest)| option.code == *code && !rest.is_empty()).map(|(_, rest)| rest)
    }

    /// True if every entry of a text about the medicines stands in their table.
    fn is_in_table(&self, link: &str) -> bool {
        let s = &self.pack.safety;
        let Some([Value::Text(text)]) = self.form.answer(link, 0).map(Answer::values) else { return false };
        let (Some(item), Some(list)) = (self.form.item(&s.medicines), self.form.answer(&s.medicines, 0)) else {
            return false;
        };
        let taken: Vec<&str> =
            list.values().iter().filter_map(|v| if let Value::Code(c) = v { Some(c.as_str()) } else { None }).collect();
        let mut seen: Vec<&str> = Vec::new();
        let mut placed = |entry: &str| match lookup::split_name(&item.options, entry) {
            Some((o, rest))
                if taken.contains(&o.code.as_str()) && !seen.contains(&o.code.as_str()) && !rest.is_empty() =>
            {
                seen.push(&o.code);
                true
            }
            _ => false,
        };
        s.doses.iter().chain(&s.last_taken).any(|l| l == link) && lookup::entries(text).into_iter().all(&mut placed)
    }

    /// A typed name is printed as typed, with what it was taken for; one in no list is said to be
    /// unknown, since silence must not look like "no interaction".
    pub(super) fn medicine(&self, item: &Item, v: &Value) -> String {
        let w = &self.pack.words;
        let shown = value(w, item, v);
        let Value::Text(typed) = v else { return shown };
        let reading = self.form.reading(&item.link_id, typed).unwrap_or_default();
        let names = |options: &[&AnswerOption]| options.iter().map(|o| o.text.as_str()).collect::<Vec<_>>().join(", ");
        let how = match (reading.certain.as_slice(), reading.perhaps.as_slice()) {
            ([], []) => w.sheet_as_typed().to_string(),
            ([], perhaps) => fill(w.sheet_typed_perhaps(), &[("name", &names(perhaps))]),
            (certain, _) => fill(w.sheet_typed_known(), &[("name", &names(certain))]),
        };
        [&shown, " (", &how, ")"].concat()
    }
}

/// A table without the columns that nothing stands in; the first one stays.
fn without_empty_columns(names: &[&str], rows: &[Vec<String>]) -> Row {
    let filled = |i: usize| i == 0 || rows.iter().any(|row| row.get(i).is_some_and(|cell| !cell.is_empty()));
    let filled: Vec<bool> = (0..names.len()).map(filled).collect();
    let keep = |cells: Vec<String>| cells.into_iter().zip(&filled).filter(|(_, f)| **f).map(|(cell, _)| cell).collect();
    let columns = keep(names.iter().map(ToString::to_string).collect());
    Row::Table { columns, rows: rows.iter().cloned().map(keep).collect() }
}
