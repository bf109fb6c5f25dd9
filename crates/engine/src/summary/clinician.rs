//! The clinician's sheet, in the order of the dossier's section 6.1: what matters first, what was
//! not answered said so, nothing invented.

mod discuss;
mod history;
mod medicines;
mod own;
mod results;
mod unanswered;

use super::display::{display_answer, value};
use super::{Part, Row, Sheet, SheetBuilder};
use crate::answers::{Answer, Value};
use crate::findings::{self, Finding};
use crate::form::EvaluatedForm;
use crate::pack::{Item, Kind, OWN_STAGE, Pack, Rule, Section, Tier, UNKNOWN_CODES, Words, fill};
use crate::rules::Outcome;
use crate::scores;
use crate::validation::fits;

/// Why an item is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    NotSure,
    Declined,
    NotAnswered,
}

/// How many questions were answered, and how many were asked and not answered, not known or not
/// said.
pub fn counts(pack: &Pack, form: &EvaluatedForm<'_>) -> (usize, usize) {
    let apart = |i: &Item| form.path(&i.link_id).iter().any(|around| pack.safety.apart.contains(&around.link_id));
    let questions = pack.questionnaire.all().into_iter().filter(|i| i.is_question() && !apart(i));
    let keys =
        questions.flat_map(|i| form.all_repetitions(&i.link_id).into_iter().map(move |at| (i.link_id.as_str(), at)));
    let asked: Vec<bool> =
        keys.filter(|(l, at)| form.asked(l, *at)).map(|(l, at)| open(form.answer(l, at)).is_some()).collect();
    let missing = asked.iter().filter(|open| **open).count();
    (asked.len() - missing, missing)
}

impl SheetBuilder<'_> {
    pub(super) fn clinician(&self) -> Sheet {
        let w = &self.pack.words;
        let found = findings::all(self.pack, self.form);
        let parts = [
            self.safety(&found),
            self.why(),
            self.medicines(&found),
            self.scores(),
            self.history(&found),
            self.other(&found),
            self.practical(&found),
            self.questions(),
        ];
        let last = [self.open_part(&found), self.noes(&found), self.by_hand()];
        let parts = parts.into_iter().chain(self.in_order()).chain(self.own_questions()).chain(last);
        let mut foot = vec![self.not_asked()];
        let help_line = self.help_line();
        foot.extend([help_line.clone(), self.pack.sheet.footer.clone(), self.provenance()]);
        Sheet {
            title: w.sheet_clinician().to_string(),
            lead: vec![fill(&self.pack.sheet.header, &[("date", self.context.date)])],
            strip: self.strip(),
            days: self
                .earlier
                .iter()
                .flat_map(|(day, _)| [day.date.to_string(), self.context.date.to_string()])
                .collect(),
            parts: parts.filter(|p| !p.rows.is_empty()).collect(),
            foot: foot.into_iter().filter(|l| !l.is_empty()).collect(),
            help_line,
            rulers: scores::all(self.pack, self.form)
                .iter()
                .filter_map(|s| self.ruler(s))
                .chain(self.pain_rulers())
                .collect(),
        }
    }

    /// Who it is, as far as this file knows, and how much was answered: what is missing is counted
    /// on the first side.
    fn strip(&self) -> Vec<(String, String)> {
        let w = &self.pack.words;
        let of = |link: &String| {
            let item = self.form.item(link).filter(|_| self.form.asked(link, 0))?;
            Some((item.label().to_string(), display_answer(w, item, self.form.answer(link, 0))))
        };
        let mut out: Vec<(String, String)> = self.pack.safety.strip.iter().filter_map(of).collect();
        let (answered, open) = counts(self.pack, self.form);
        let counts = [("n", answered.to_string()), ("of", open.to_string())];
        let marks: Vec<(&str, &str)> = counts.iter().map(|(name, n)| (*name, n.as_str())).collect();
        out.push((w.sheet_questions_asked().to_string(), fill(w.sheet_counts(), &marks)));
        out
    }

    /// A questionnaire by others: a part for each of its groups, and one for the questions that
    /// stand alone.
    fn in_order(&self) -> Vec<Part> {
        let q = &self.pack.questionnaire;
        let mut parts: Vec<Part> = Vec::new();
        let mut alone = false;
        for item in q.items.iter().filter(|i| self.pack.safety.in_order && i.link_id != OWN_STAGE) {
            let mut rows = Vec::new();
            self.rows(item, &mut rows);
            let loose = item.is_question();
            match parts.last_mut().filter(|_| loose && alone) {
                Some(part) => part.rows.append(&mut rows),
                None => {
                    let heading = if loose || item.text.is_empty() { &q.title } else { item.label() };
                    parts.push(Part {
                        language: q.language_beside(&self.pack.lang),
                        ..self.part("answers", heading, rows)
                    });
                }
            }
            alone = loose;
        }
        parts
    }

    /// What was answered inside an item; a group that can be filled again is a table.
    fn rows(&self, item: &Item, out: &mut Vec<Row>) {
        if !self.form.asked(&item.link_id, 0) {
            return;
        }
        if item.is_group() && item.repeats {
            self.repeated_rows(item, 0, out);
            return;
        }
        if item.is_question() {
            out.extend(self.answered(&item.link_id));
        }
        for child in &item.items {
            let mut rows = Vec::new();
            self.rows(child, &mut rows);
            if child.is_group() && !child.text.is_empty() && !rows.is_empty() {
                out.push(Row::Line(child.label().into()));
            }
            out.append(&mut rows);
        }
    }

    fn why(&self) -> Part {
        self.listed("why", self.pack.words.sheet_why(), &self.pack.safety.why)
    }

    fn practical(&self, found: &[Finding<'_>]) -> Part {
        self.part(
            "practical",
            self.pack.words.sheet_practical(),
            self.findings_in_order(found, &self.pack.safety.practical),
        )
    }

    /// Questions in their order, with the mark and note of the rule that an answer fires.
    fn findings_in_order(&self, found: &[Finding<'_>], links: &[String]) -> Vec<Row> {
        let rule = |link: &str| {
            found.iter().find(|f| f.outcome == Outcome::Yes && f.rule.about == link && f.rule.tier > Tier::A)
        };
        let own = |l: &String| if self.is_collected(l) { None } else { self.answered(l) };
        links.iter().filter_map(|l| rule(l).and_then(|f| self.fired(found, f.rule)).or_else(|| own(l))).collect()
    }

    /// Questions in the order given, each with its answer; those that are not asked are left away.
    fn listed(&self, id: &'static str, heading: &str, links: &[String]) -> Part {
        let rows = links.iter().filter(|l| !self.is_collected(l)).filter_map(|l| self.answered(l)).collect();
        self.part(id, heading, rows)
    }

    /// True for a "no" and for what was not answered where neither has to stand by itself: it
    /// stands in the lists at the end. What a rule of tier E or A looks at is never moved there.
    fn is_collected(&self, link: &str) -> bool {
        let urgent = self.pack.rules.iter().any(|r| r.about == link && r.tier <= Tier::A);
        let answer = self.form.answer(link, 0);
        self.form.asked(link, 0) && !urgent && (open(answer).is_some() || self.answered_no(link))
    }

    /// Questions with a line of their own somewhere, unless it is a "no" or was not answered.
    fn collected(&self) -> impl Iterator<Item = &String> {
        let s = &self.pack.safety;
        [&s.why, &s.medicine_details, &s.tried, &s.practical].into_iter().flatten().filter(|l| self.is_collected(l))
    }

    pub(super) fn answered(&self, link: &str) -> Option<Row> {
        let item = self.form.item(link).filter(|_| self.form.asked(link, 0))?;
        let answer = self.form.answer(link, 0);
        let (label, value) = (item.label().into(), display_answer(&self.pack.words, item, answer));
        let own_words = !matches!(item.kind, Kind::Date | Kind::Time | Kind::DateTime);
        Some(match answer.map(Answer::values) {
            Some([own @ Value::Text(_)]) if own_words && fits(item, own) && value != self.pack.words.on_paper() => {
                Row::Quote { label, text: value }
            }
            _ => Row::Answer { mark: None, label, value, note: String::new() },
        })
    }

    fn other(&self, found: &[Finding<'_>]) -> Part {
        let w = &self.pack.words;
        // A questionnaire by others has no other part for these.
        let apart =
            |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !self.pack.safety.in_order;
        let here = |r: &Rule| {
            r.tier > Tier::A
                && !apart(r)
                && !self.pack.safety.tried.contains(&r.about)
                && !self.pack.safety.may_leave_out.contains(&r.about)
        };
        let mut rows: Vec<Row> = found
            .iter()
            .filter(|f| f.outcome == Outcome::Yes && here(f.rule))
            .filter_map(|f| self.fired(found, f.rule))
            .collect();
        let named: Vec<&str> =
            found.iter().filter(|f| f.outcome != Outcome::No).map(|f| f.rule.about.as_str()).collect();
        let stated = &self.pack.safety.stated;
        let as_answered = |l: &&String| {
            !named.contains(&l.as_str()) && !self.answered_no(l) && open(self.form.answer(l, 0)).is_none()
        };
        rows.extend(stated.iter().filter(as_answered).filter_map(|l| self.answered(l)));
        self.part("other", w.sheet_other(), rows)
    }

    fn questions(&self) -> Part {
        let rows = self
            .pack
            .safety
            .questions
            .iter()
            .filter(|l| self.form.answer(l, 0).is_some_and(|a| !a.values().is_empty()));
        let over = self.go_over().join("; ");
        let over = (!over.is_empty()).then(|| Row::Answer {
            mark: None,
            label: self.pack.words.sheet_go_over_with().into(),
            value: over,
            note: String::new(),
        });
        let rows = rows.filter_map(|l| self.answered(l)).chain(over).collect();
        self.part("questions", self.pack.words.sheet_questions(), rows)
    }
}

/// Own words as a quotation; that they are on the paper is said by us.
fn quoted(words: &Words, text: &str) -> String {
    if text == words.on_paper() { text.into() } else { format!("“{text}”") }
}

/// The questions of a group, and of the groups inside it.
fn questions_in<'a>(item: &'a Item, out: &mut Vec<&'a Item>) {
    for child in item.items.iter().filter(|c| !(c.is_group() && c.repeats)) {
        if child.is_question() {
            out.push(child);
        }
        questions_in(child, out);
    }
}

/// True if findings tell all of an answer: rules name each of its values, or it stands among what
/// is open. What no rule names, such as a typed herb beside a known one, would be lost with a
/// finding alone.
fn is_covered(form: &EvaluatedForm<'_>, found: &[Finding<'_>], link: &str, answer: Option<&Answer>) -> bool {
    let about = || found.iter().filter(|f| f.rule.about == link);
    let named =
        |v: &Value| about().any(|f| f.outcome == Outcome::Yes && findings::matched(form, f.rule, answer).contains(&v));
    match open(answer) {
        Some(_) => about().any(|f| f.outcome == Outcome::Unknown && f.rule.tier <= Tier::A),
        None => answer.is_some_and(|a| a.values().iter().all(named)),
    }
}

/// Why an answer leaves its question open; `None` if it does not.
fn open(answer: Option<&Answer>) -> Option<Open> {
    let [unknown, declined] = UNKNOWN_CODES;
    match answer {
        None | Some(Answer::Skipped) => Some(Open::NotAnswered),
        Some(a) if a.has(unknown) => Some(Open::NotSure),
        Some(a) if a.has(declined) => Some(Open::Declined),
        Some(_) => None,
    }
}
