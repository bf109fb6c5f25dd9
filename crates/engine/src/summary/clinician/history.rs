//! What was tried before.

use super::questions_in;
use crate::answers::Answer;
use crate::findings::Finding;
use crate::pack::{Item, UNKNOWN_CODES};
use crate::summary::display::display_answer;
use crate::summary::{Part, Row, SheetBuilder};

impl SheetBuilder<'_> {
    pub(super) fn history(&self, found: &[Finding<'_>]) -> Part {
        let (w, s) = (&self.pack.words, &self.pack.safety);
        let mut rows: Vec<Row> = self.trials().into_iter().collect();
        rows.extend(self.findings_in_order(found, &s.tried));
        self.part("tried", w.sheet_tried(), rows)
    }

    /// Lines for what was tried, where the visitor would rather write it by hand: the last part, so
    /// that what was answered comes before empty lines.
    pub(super) fn by_hand(&self) -> Part {
        let s = &self.pack.safety;
        let chosen = self.form.answer(&s.tried_on_paper, 0).is_some_and(|a| a.has("yes"));
        let group = self.form.item(&s.trials).filter(|_| chosen);
        let table = |group: &Item| blank_table(group.items.iter().map(|i| i.label().to_string()).collect(), 4);
        self.part("by-hand", self.pack.words.sheet_fill_by_hand(), group.map(table).into_iter().collect())
    }

    fn trials(&self) -> Option<Row> {
        let group = self.form.item(&self.pack.safety.trials).filter(|g| self.form.asked(&g.link_id, 0))?;
        let mut repetitions = self.form.repetitions_in(&group.link_id, 0);
        repetitions.retain(|&at| self.tells_of_a_trial(group, at));
        self.fillings_table(group, repetitions)
    }

    /// True unless a past medicine has no name and nothing but "no" and "not sure" was said of it:
    /// such a line would tell the clinician nothing, and its blanks stay counted as not answered.
    fn tells_of_a_trial(&self, group: &Item, at: u8) -> bool {
        let mut inside = Vec::new();
        questions_in(group, &mut inside);
        let given = |item: &Item| self.form.answer(&item.link_id, at).filter(|a| !a.values().is_empty());
        let empty_words = |a: &Answer| a.has("no") || UNKNOWN_CODES.iter().any(|code| a.has(code));
        let named = inside.first().is_some_and(|name| given(name).is_some());
        named || inside.iter().any(|item| given(item).is_some_and(|a| !empty_words(a)))
    }

    /// A group that can be filled again: a row for each repetition, a column for each question with
    /// an answer.
    fn fillings_table(&self, group: &Item, repetitions: Vec<u8>) -> Option<Row> {
        let mut inside = Vec::new();
        questions_in(group, &mut inside);
        let filled =
            |at: &u8| inside.iter().any(|i| self.form.answer(&i.link_id, *at).is_some_and(|a| !a.values().is_empty()));
        let repetitions: Vec<u8> = repetitions.into_iter().filter(filled).collect();
        let used: Vec<&Item> = inside
            .iter()
            .copied()
            .filter(|i| repetitions.iter().any(|&at| self.form.answer(&i.link_id, at).is_some()))
            .collect();
        let cell = |i: &Item, at: u8| {
            let answer = self.form.answer(&i.link_id, at);
            if self.form.asked(&i.link_id, at) { display_answer(&self.pack.words, i, answer) } else { String::new() }
        };
        let rows: Vec<Vec<String>> = repetitions.iter().map(|&at| used.iter().map(|i| cell(i, at)).collect()).collect();
        (!rows.is_empty()).then(|| Row::Table { columns: used.iter().map(|i| i.label().to_string()).collect(), rows })
    }

    /// The table of a repeated group, and for each of its repetitions the tables of repeated groups
    /// inside it.
    pub(super) fn repeated_rows(&self, group: &Item, outer: u8, out: &mut Vec<Row>) {
        let repetitions = self.form.repetitions_in(&group.link_id, outer);
        out.extend(self.fillings_table(group, repetitions.clone()));
        let mut inside = Vec::new();
        repeated_in(group, &mut inside);
        for (number, repetition) in repetitions.into_iter().enumerate() {
            for inner in &inside {
                if let Some(table) = self.fillings_table(inner, self.form.repetitions_in(&inner.link_id, repetition)) {
                    let names = [format!("{} {}", group.label(), number + 1), inner.label().into()];
                    out.push(Row::Line(names.map(|n| n.trim().to_string()).join(": ")));
                    out.push(table);
                }
            }
        }
    }
}

/// The repeated groups inside a group, but for those inside another one of them.
fn repeated_in<'a>(item: &'a Item, out: &mut Vec<&'a Item>) {
    for child in &item.items {
        if child.is_group() && child.repeats { out.push(child) } else { repeated_in(child, out) }
    }
}

fn blank_table(columns: Vec<String>, rows: usize) -> Row {
    let blank = vec![String::new(); columns.len()];
    Row::Table { columns, rows: vec![blank; rows] }
}
