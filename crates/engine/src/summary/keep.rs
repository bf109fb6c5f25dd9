//! The sheet to keep (dossier 6.2), "My visit plan": the first talk, an infusion later, reasons for and against, questions
//! with room to write, and whom to call. No score, no band, no flag. People share these pages.

use super::{Part, Row, Sheet, SheetBuilder, value};
use crate::answers::{Answer, Value};
use crate::pack::{Contact, Item};

impl SheetBuilder<'_> {
    pub(super) fn keep(&self) -> Sheet {
        let (w, s, settings) = (&self.pack.words, &self.pack.sheet, self.context.settings);
        let own = Some(&settings.prepare).filter(|t| !t.is_empty());
        let lines = |rows: &[String]| rows.iter().map(|l| Row::Line(l.clone())).collect();
        Sheet {
            title: w.sheet_keep().to_string(),
            lead: vec![settings.line(), settings.address.clone(), settings.hours.clone()],
            parts: [
                self.part("bring", w.sheet_bring(), s.bring.iter().map(|t| Row::Tick { text: t.clone(), ticked: false }).collect()),
                self.part("prepare", w.from_clinic(), own.map(|t| Row::Line(t.clone())).into_iter().collect()),
                self.part("before", w.sheet_before(), lines(&s.before)),
                self.part("after", w.sheet_after(), lines(&s.after)),
                self.part("call", w.sheet_call(), lines(&s.call)),
                self.matters(),
                self.my_questions(),
                self.help_lines(),
            ]
            .into_iter()
            .filter(|p| !p.rows.is_empty())
            .collect(),
            foot: vec![s.footer.clone(), self.pack.about.sells.clone(), self.provenance()],
            strip: Vec::new(),
            days: Vec::new(),
            rulers: Vec::new(),
        }
    }

    pub(super) fn minor(&self) -> Sheet {
        let (w, s) = (&self.pack.words, &self.pack.sheet);
        let ask = s.minor_questions.iter().map(|t| Row::Tick { text: t.clone(), ticked: false }).collect();
        Sheet {
            title: w.sheet_minor().to_string(),
            lead: s.minor.clone(),
            parts: vec![self.part("questions", w.sheet_my_questions(), ask), self.help_lines()],
            foot: vec![s.footer.clone(), self.provenance()],
            strip: Vec::new(),
            days: Vec::new(),
            rulers: Vec::new(),
        }
    }

    /// What matters, what speaks for and against, in the words of the screen; nothing where nothing was said.
    fn matters(&self) -> Part {
        let links = &self.pack.safety.matters;
        let heading = links.first().and_then(|l| self.form.section(l)).map(Item::label).unwrap_or_default();
        let given = |l: &&String| self.form.answer(l, 0).is_some_and(|a| !a.values().is_empty());
        self.part("matters", heading, links.iter().filter(given).filter_map(|l| self.answered(l)).collect())
    }

    /// Questions chosen on screen come ticked and first; if none was chosen, the whole list to tick by hand.
    fn my_questions(&self) -> Part {
        let w = &self.pack.words;
        let chosen = self.chosen();
        let mut rows: Vec<Row> = chosen.iter().map(|t| Row::Tick { text: t.clone(), ticked: true }).collect();
        for group in self.pack.sheet.questions.iter().filter(|_| chosen.is_empty()) {
            rows.push(Row::Line(group.title.clone()));
            rows.extend(group.questions.iter().map(|t| Row::Tick { text: t.clone(), ticked: false }));
        }
        rows.push(Row::Blank(3));
        self.part("questions", w.sheet_my_questions(), rows)
    }

    fn chosen(&self) -> Vec<String> {
        let mut out = Vec::new();
        for link in &self.pack.safety.questions {
            let Some(item) = self.form.item(link) else { continue };
            for v in self.form.answer(link, 0).map_or(&[][..], Answer::values) {
                out.extend(match v {
                    Value::Code(code) => item.option(code).filter(|o| !o.exclusive).map(|o| o.text.clone()),
                    Value::Text(_) => Some(value(&self.pack.words, item, v)),
                    Value::Number(_) | Value::Quantity(..) => None,
                });
            }
        }
        out
    }

    /// Printed on every sheet to keep, whatever was answered.
    fn help_lines(&self) -> Part {
        let w = &self.pack.words;
        let region = self.context.region;
        let general = |c: &&Contact| c.only_for.is_empty();
        let mut rows = vec![Row::Line(region.emergency_text.clone())];
        rows.extend(region.lines.iter().filter(general).map(|c| Row::Said {
            mark: None,
            label: c.name.clone(),
            value: c.text.clone(),
            note: c.hours.clone(),
        }));
        if !self.context.settings.phone.is_empty() {
            rows.push(Row::Said { mark: None, label: w.clinic().to_string(), value: self.context.settings.phone.clone(), note: String::new() });
        }
        rows.push(Row::Line(w.nobody_sees().to_string()));
        self.part("help", w.sheet_help(), rows)
    }
}
