//! The sheet to keep (dossier 6.2), "My visit plan": the first talk, an infusion later, reasons for
//! and against, questions with room to write, and whom to call. No score, no band, no flag. People
//! share these pages.

use super::{Part, Row, Ruler, Sheet, SheetBuilder, value};
use crate::answers::{Answer, Value};
use crate::deciding::{self, HEAVIEST, Reason};
use crate::pack::{Contact, Item, fill};

impl SheetBuilder<'_> {
    pub(super) fn keep(&self) -> Sheet {
        let (w, s, settings) = (&self.pack.words, &self.pack.sheet, self.context.settings);
        let own = Some(&settings.prepare).filter(|t| !t.is_empty());
        let lines = |rows: &[String]| rows.iter().map(|l| Row::Line(l.clone())).collect();
        Sheet {
            title: w.sheet_keep().to_string(),
            lead: vec![settings.line(w.help_clinic_closed()), settings.address.clone(), settings.hours.clone()],
            parts: [
                self.part("bring", w.sheet_bring(), s.bring.iter().map(|t| tick(t)).collect()),
                self.part("prepare", w.from_clinic(), own.map(|t| Row::Line(t.clone())).into_iter().collect()),
                self.part("before", w.sheet_before(), lines(&s.before)),
                self.part("after", w.sheet_after(), lines(&s.after)),
                self.part("call", w.sheet_call(), lines(&s.call)),
                self.matters(),
                self.decision(),
                self.to_go_over(),
                self.my_questions(),
                self.help_lines(),
            ]
            .into_iter()
            .filter(|p| !p.rows.is_empty())
            .collect(),
            foot: vec![s.footer.clone(), self.pack.about.sells.clone(), self.provenance()],
            help_line: String::new(),
            strip: Vec::new(),
            days: Vec::new(),
            rulers: self.weighed().filter_map(|reason| self.bar(&reason)).collect(),
        }
    }

    pub(super) fn minor(&self) -> Sheet {
        let (w, s) = (&self.pack.words, &self.pack.sheet);
        let ask = s.minor_questions.iter().map(|t| tick(t)).collect();
        Sheet {
            title: w.sheet_minor().to_string(),
            lead: s.minor.clone(),
            parts: vec![self.part("questions", w.sheet_my_questions(), ask), self.help_lines()],
            foot: vec![s.footer.clone(), self.provenance()],
            help_line: String::new(),
            strip: Vec::new(),
            days: Vec::new(),
            rulers: Vec::new(),
        }
    }

    /// What the visitor aims at and what matters, in the words of the screen; nothing where nothing
    /// was said.
    fn matters(&self) -> Part {
        let links = &self.pack.safety.matters;
        let heading = links.first().and_then(|l| self.form.section(l)).map(Item::label).unwrap_or_default();
        self.part("matters", heading, links.iter().filter_map(|l| self.given(l)).collect())
    }

    fn given(&self, link: &str) -> Option<Row> {
        self.form.answer(link, 0).filter(|a| !a.values().is_empty()).and_then(|_| self.answered(link))
    }

    /// "My decision so far": for and against, each reason with the weight it was given, where the
    /// visitor stands, what is still needed, and which choices there are. Nothing is added up, and
    /// no side comes to a result.
    fn decision(&self) -> Part {
        let w = &self.pack.words;
        let weighed = deciding::weighed_questions(self.pack);
        let mut rows = Vec::new();
        for link in &self.pack.safety.decision {
            let reasons = if weighed.contains(&link.as_str()) {
                deciding::reasons(self.pack, self.form, link)
            } else {
                Vec::new()
            };
            if !reasons.iter().any(|reason| reason.weight.is_some()) {
                rows.extend(self.given(link));
                continue;
            }
            rows.extend(self.form.item(link).map(|item| Row::Line(item.label().into())));
            rows.extend(reasons.into_iter().map(|reason| Row::Answer {
                mark: None,
                label: reason.item.label().into(),
                value: reason.weight.map_or_else(|| w.weight_none().into(), |n| self.of_ten(n)),
                note: String::new(),
            }));
        }
        let choices: Vec<&str> = self.pack.choices.iter().map(|choice| choice.name.as_str()).collect();
        if !rows.is_empty() && !choices.is_empty() {
            rows.push(Row::Answer {
                mark: None,
                label: w.sheet_choices().into(),
                value: choices.join("; "),
                note: String::new(),
            });
        }
        self.part("decision", w.sheet_decision(), rows)
    }

    fn weighed(&self) -> impl Iterator<Item = Reason<'_>> {
        let printed = |link: &&str| self.pack.safety.decision.iter().any(|l| l == link);
        deciding::weighed_questions(self.pack)
            .into_iter()
            .filter(printed)
            .flat_map(|link| deciding::reasons(self.pack, self.form, link))
    }

    /// A weight as a bar from 0.
    fn bar(&self, reason: &Reason<'_>) -> Option<Ruler> {
        let weight = reason.weight?;
        let (name, highest) = (reason.item.label().to_string(), f64::from(HEAVIEST));
        let alt = [&name, ": ", &self.of_ten(weight)].concat();
        Some(Ruler { name, alt, highest, marks: Vec::new(), range: (0.0, f64::from(weight)) })
    }

    fn of_ten(&self, n: u8) -> String {
        fill(self.pack.words.weight_of(), &[("n", &n.to_string()), ("of", &HEAVIEST.to_string())])
    }

    /// What the visitor asks to go over: questions after reading that were answered otherwise than
    /// the sources say. No count.
    fn to_go_over(&self) -> Part {
        self.part("go-over", self.pack.words.sheet_go_over(), self.go_over().into_iter().map(tick).collect())
    }

    pub(super) fn go_over(&self) -> Vec<&str> {
        deciding::go_over(self.pack, self.form).into_iter().map(Item::label).collect()
    }

    /// Questions chosen on screen come ticked and first, then those that fit the answers, with room
    /// to write; if none was chosen, the whole list to tick by hand behind them.
    fn my_questions(&self) -> Part {
        let w = &self.pack.words;
        let chosen = self.chosen();
        let mut rows: Vec<Row> =
            chosen.iter().map(|t| Row::Tick { text: t.clone(), ticked: true, room: false }).collect();
        let known = |question: &str| chosen.iter().any(|text| text.contains(question));
        let fitting =
            deciding::fitting(self.pack, self.form).into_iter().map(|q| q.question.as_str()).filter(|q| !known(q));
        let with_room = |text: &str| Row::Tick { text: text.into(), ticked: false, room: true };
        rows.extend(fitting.take(deciding::FIRST_QUESTIONS).map(with_room));
        for group in self.pack.sheet.questions.iter().filter(|_| chosen.is_empty()) {
            rows.push(Row::Line(group.title.clone()));
            rows.extend(group.questions.iter().map(|t| tick(t)));
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
        rows.extend(region.lines.iter().filter(general).map(|c| Row::Answer {
            mark: None,
            label: c.name.clone(),
            value: c.text.clone(),
            note: c.hours.clone(),
        }));
        if !self.context.settings.phone.is_empty() {
            rows.push(Row::Answer {
                mark: None,
                label: w.clinic().to_string(),
                value: self.context.settings.phone.clone(),
                note: String::new(),
            });
        }
        rows.push(Row::Line(w.nobody_sees().to_string()));
        self.part("help", w.sheet_help(), rows)
    }
}

/// A box to tick by hand.
fn tick(text: &str) -> Row {
    Row::Tick { text: text.into(), ticked: false, room: false }
}
