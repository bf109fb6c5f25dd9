//! Scores and pain, as rows and as rulers.

use crate::answers::{Answer, Value};
use crate::pack::{Method, fill};
use crate::scores::{self, Score, Total};
use crate::summary::display::display_answer;
use crate::summary::{Part, Row, Ruler, SheetBuilder};
use crate::validation::fits;

impl SheetBuilder<'_> {
    /// Numbers from 0 to 10 among the reasons for coming: pain.
    pub(super) fn pain_rulers(&self) -> Vec<Ruler> {
        let ruler = |link: &String| {
            let item = self.form.item(link).filter(|i| i.min == Some(0.0) && i.max.is_some())?;
            let Some([value @ Value::Number(n)]) = self.form.answer(link, 0).map(Answer::values) else { return None };
            let alt = [item.label(), ": ", &super::value(&self.pack.words, item, value)].concat();
            let highest = item.max.filter(|_| fits(item, value))?;
            Some(Ruler { name: item.label().into(), alt, highest, marks: Vec::new(), range: (*n, *n) })
        };
        self.pack.safety.why.iter().filter_map(ruler).collect()
    }

    /// A score on its scale; `None` if nothing is known of it.
    pub(super) fn ruler(&self, score: &Score<'_>) -> Option<Ruler> {
        let range = match score.total {
            Total::Exactly(n) => (n, n),
            Total::Between(low, high) if score.answered > 0 => (low, high),
            _ => return None,
        };
        let i = score.instrument;
        let bands = i.bands.iter().map(|b| b.from);
        let mut marks: Vec<i16> =
            if i.bands.is_empty() { i.cutoffs.iter().map(|c| c.at).collect() } else { bands.collect() };
        marks.retain(|m| *m > 0);
        marks.sort_unstable();
        marks.dedup();
        let band = score.band().map(|b| [", ", &b.name].concat()).unwrap_or_default();
        let alt = [&i.name, ": ", &self.result(score), &band].concat();
        Some(Ruler {
            name: i.name.clone(),
            alt,
            highest: score.highest(self.form),
            marks: marks.into_iter().map(f64::from).collect(),
            range,
        })
    }

    pub(super) fn scores(&self) -> Part {
        let w = &self.pack.words;
        if self.pack.instruments.is_empty() {
            return self.part("scores", w.sheet_scores(), Vec::new());
        }
        let mut rows: Vec<Vec<String>> = scores::all(self.pack, self.form).iter().map(|s| self.score_row(s)).collect();
        let mut columns =
            [w.sheet_instrument(), w.sheet_result(), w.sheet_band(), w.sheet_answered()].map(String::from).to_vec();
        if let Some((day, earlier)) = &self.earlier {
            // The earlier day stands first, as days go; the band is today's.
            columns.splice(1..2, [day.date.to_string(), self.context.date.to_string()]);
            rows.iter_mut().zip(earlier).for_each(|(row, before)| row.insert(1, self.result(before)));
        }
        let rows = self.not_asked_in_one(rows);
        let asked = scores::all(self.pack, self.form).iter().any(|s| s.total != Total::NotAsked);
        let meaning = asked.then(|| Row::Line(w.sheet_count_not_diagnosis().to_string()));
        let rows = [Row::Table { columns, rows }].into_iter().chain(meaning).collect();
        self.part("scores", w.sheet_scores(), rows)
    }

    /// The rows with those that were not asked as one, at the end.
    fn not_asked_in_one(&self, rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let silent = |row: &Vec<String>| {
            row.iter().skip(1).all(|cell| cell.is_empty() || cell == self.pack.words.sheet_not_asked())
        };
        let (silent, mut rows): (Vec<Vec<String>>, Vec<Vec<String>>) = rows.into_iter().partition(silent);
        let names: Vec<&str> = silent.iter().filter_map(|row| row.first()).map(String::as_str).collect();
        let names = names.join(", ");
        rows.extend(silent.first().map(|row| std::iter::once(names).chain(row.iter().skip(1).cloned()).collect()));
        rows
    }

    /// "12 / 27", or why there is no number.
    fn result(&self, score: &Score<'_>) -> String {
        let w = &self.pack.words;
        let highest = score.shown(score.highest(self.form));
        match score.total {
            Total::NotAsked => w.sheet_not_asked().to_string(),
            Total::Exactly(n) => format!("{} / {highest}", score.shown(n)),
            Total::Between(..) if score.answered == 0 => w.not_answered().to_string(),
            Total::Between(low, high) => {
                fill(w.sheet_range(), &[("low", &score.shown(low)), ("high", &score.shown(high))])
            }
        }
    }

    fn score_row(&self, score: &Score<'_>) -> Vec<String> {
        let w = &self.pack.words;
        let result = self.result(score);
        let band = score.band().map(|b| b.name.clone()).unwrap_or_default();
        let cutoffs: Vec<&str> = score.instrument.cutoffs.iter().map(|c| c.about.as_str()).collect();
        let beside = score.instrument.beside.as_ref().and_then(|l| self.beside(l));
        let count = if score.total == Total::NotAsked {
            String::new()
        } else {
            fill(w.sheet_of(), &[("n", &score.answered.to_string()), ("of", &score.of.to_string())])
        };
        let mut notes = vec![count];
        notes.extend(self.set_apart(score));
        notes.extend(beside);
        // A mean says little without the numbers it is of.
        if score.instrument.method == Method::Mean && score.total != Total::NotAsked {
            notes.extend(score.instrument.items.iter().filter_map(|l| self.beside(l)));
        }
        // Instruments without bands are read by their cut-offs; print them all, call none positive.
        if score.instrument.bands.is_empty() && score.total != Total::NotAsked {
            notes.extend(cutoffs.into_iter().map(String::from));
        }
        notes.retain(|n| !n.is_empty());
        vec![score.instrument.name.clone(), result, band, notes.join(" · ")]
    }

    /// The item of an instrument that is read by itself, whatever the total: PHQ-9's ninth, by its
    /// number, as the box on top has its words. Nothing where the visitor left it out.
    fn set_apart(&self, score: &Score<'_>) -> Option<String> {
        let private = &self.pack.safety.may_leave_out;
        let asked = score.total != Total::NotAsked && !self.context.leave_out;
        let (place, link) =
            score.instrument.items.iter().enumerate().find(|(_, link)| asked && private.contains(link))?;
        let item = self.form.item(link).filter(|_| self.form.asked(link, 0))?;
        let text = display_answer(&self.pack.words, item, self.form.answer(link, 0));
        Some(fill(self.pack.words.sheet_item(), &[("n", &(place + 1).to_string()), ("text", &text)]))
    }

    fn beside(&self, link: &str) -> Option<String> {
        let item = self.form.item(link).filter(|_| self.form.asked(link, 0))?;
        Some(format!("{}: {}", item.label(), display_answer(&self.pack.words, item, self.form.answer(link, 0))))
    }
}
