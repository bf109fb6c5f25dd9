//! The clinic's own questions: a part of their own, with a line that says what they are not.

use super::{Open, open};
use crate::pack::Item;
use crate::summary::{Mark, Part, Row, SheetBuilder};

impl SheetBuilder<'_> {
    /// The answers in the clinic's order, then what is open; `None` if the clinic asks nothing of
    /// its own.
    pub(super) fn own_questions(&self) -> Option<Part> {
        let w = &self.pack.words;
        let stage = self.pack.own_stage().filter(|stage| self.form.asked(&stage.link_id, 0))?;
        let why = |item: &Item| open(self.form.answer(&item.link_id, 0));
        let mut rows: Vec<Row> = stage
            .items
            .iter()
            .filter(|item| why(item).is_none())
            .filter_map(|item| self.answered(&item.link_id))
            .collect();
        for (kind, words) in [(Open::NotSure, w.sheet_not_sure()), (Open::NotAnswered, w.sheet_not_answered())] {
            let labels: Vec<&str> =
                stage.items.iter().filter(|item| why(item) == Some(kind)).map(Item::label).collect();
            if !labels.is_empty() {
                rows.push(Row::Answer {
                    mark: Some(Mark::Open),
                    label: words.into(),
                    value: labels.join(" "),
                    note: String::new(),
                });
            }
        }
        rows.push(Row::Line(w.sheet_own().into()));
        Some(self.part("own", stage.label(), rows))
    }
}
