//! "Discuss first": what rules of safety found, with what was answered.

use super::{open, quoted};
use crate::answers::{Answer, Value};
use crate::findings;
use crate::findings::Finding;
use crate::pack::{Item, Rule, Tier};
use crate::rules::Outcome;
use crate::summary::display::{display_answer, value};
use crate::summary::{Mark, Part, Row, SheetBuilder};

impl SheetBuilder<'_> {
    pub(super) fn safety(&self, found: &[Finding<'_>]) -> Part {
        let private = |f: &&Finding<'_>| self.pack.safety.may_leave_out.contains(&f.rule.about);
        let fired = |tier| {
            found.iter().filter(move |f| f.rule.tier == tier && f.outcome == Outcome::Yes).filter(move |f| !private(f))
        };
        let emergency = |r: &Row| matches!(r, Row::Answer { mark: Some(Mark::Emergency), .. });
        let (mut rows, disclosed): (Vec<Row>, Vec<Row>) = self.self_harm().into_iter().partition(emergency);
        rows.extend(fired(Tier::E).filter_map(|f| self.fired(found, f.rule)));
        rows.extend(disclosed);
        rows.extend(fired(Tier::A).filter_map(|f| self.fired(found, f.rule)));
        rows.extend(self.perhaps(found));
        rows.extend(self.open(found, |r| r.tier <= Tier::A, &[]));
        self.part("safety", self.pack.words.sheet_safety(), rows)
    }

    /// Typed names that are perhaps one of those that a rule wants told before an infusion: open,
    /// since nobody chose it.
    fn perhaps(&self, found: &[Finding<'_>]) -> Vec<Row> {
        let link = &self.pack.safety.medicines;
        let urgent =
            |f: &&Finding<'_>| f.outcome == Outcome::Unknown && f.rule.tier <= Tier::A && f.rule.about == *link;
        let mut rows = Vec::new();
        for value in self.form.answer(link, 0).map_or(&[][..], Answer::values) {
            let Value::Text(typed) = value else { continue };
            let Some(reading) = self.form.reading(link, typed) else { continue };
            let meant = |rule: &Rule| {
                reading
                    .perhaps
                    .iter()
                    .any(|o| !findings::matched(self.form, rule, Some(&Answer::code(&o.code))).is_empty())
            };
            let notes: Vec<&str> =
                found.iter().filter(urgent).filter(|f| meant(f.rule)).map(|f| f.rule.clinician.as_str()).collect();
            if let Some(item) = self.form.item(link).filter(|_| !notes.is_empty()) {
                rows.push(Row::Answer {
                    mark: Some(Mark::Open),
                    label: self.medicine(item, value),
                    value: String::new(),
                    note: notes.join(" "),
                });
            }
        }
        rows
    }

    /// The answers about suicide, each with its wording, or the sentence that they were left out.
    fn self_harm(&self) -> Vec<Row> {
        let links = || self.pack.safety.may_leave_out.iter().filter(|l| self.form.answer(l, 0).is_some());
        if self.context.leave_out && links().next().is_some() {
            return vec![Row::Line(self.pack.words.sheet_left_out().to_string())];
        }
        links().filter_map(|l| self.form.item(l).and_then(|item| self.disclosed(l, item))).collect()
    }

    /// One of these answers. An item of a standard instrument is printed whatever was answered: 0
    /// is no reassurance, and no blank may look like 0. A "no" to the others stands with the other
    /// noes.
    fn disclosed(&self, link: &str, item: &Item) -> Option<Row> {
        let answer = self.form.answer(link, 0);
        let rule = findings::about(self.pack, self.form, link).into_iter().min_by_key(|r| r.tier);
        let worth =
            rule.is_some() || open(answer).is_some() || link == self.pack.safety.ask || self.in_instrument(link);
        let mark =
            rule.filter(|r| r.tier <= Tier::A).map(|r| r.tier.into()).or_else(|| open(answer).map(|_| Mark::Open));
        worth.then(|| Row::Answer {
            mark,
            // The exact words of an instrument; else the short name.
            label: if self.in_instrument(link) { item.text.clone() } else { item.label().into() },
            value: self.with_follow_ups(display_answer(&self.pack.words, item, answer), link),
            note: rule.map(|r| r.clinician.clone()).unwrap_or_default(),
        })
    }

    fn in_instrument(&self, link: &str) -> bool {
        self.pack.instruments.iter().any(|i| i.items.iter().any(|l| l == link))
    }

    /// A rule that fired, with the answer that fired it. What several rules say of one answer is
    /// one finding: it stands where the most urgent of them does, and the line carries the notes of
    /// all.
    pub(super) fn fired(&self, found: &[Finding<'_>], rule: &Rule) -> Option<Row> {
        let item = self.form.item(&rule.about)?;
        let answer = self.form.answer(&rule.about, 0);
        let named = findings::matched(self.form, rule, answer);
        let same = |r: &Rule| r.about == rule.about && findings::matched(self.form, r, answer) == named;
        let mut rules = found.iter().filter(|f| f.outcome == Outcome::Yes).map(|f| f.rule).filter(|r| same(r));
        if rules.next().is_none_or(|first| first.id != rule.id) {
            return None;
        }
        let notes: Vec<&str> = std::iter::once(rule).chain(rules).map(|r| r.clinician.as_str()).collect();
        let matched = self.matched(&named, item);
        let (label, value) = if item.link_id == self.pack.safety.medicines {
            (matched, String::new())
        } else {
            (item.label().into(), matched)
        };
        Some(Row::Answer { mark: Some(rule.tier.into()), label, value, note: notes.join(" ") })
    }

    /// The answer that fired a rule, of a list of medicines only those it names, with typed
    /// follow-ups. Own words are quoted here, and a follow-up that has a line of its own elsewhere
    /// is left to it.
    fn matched(&self, named: &[&Value], item: &Item) -> String {
        let w = &self.pack.words;
        let answer = self.form.answer(&item.link_id, 0);
        let values: Vec<String> = named.iter().map(|v| value(w, item, v)).collect();
        let said_so = match answer.map(Answer::values) {
            Some([Value::Text(_)]) => quoted(w, &display_answer(w, item, answer)),
            _ if values.is_empty() => display_answer(w, item, answer),
            _ => values.join(", "),
        };
        if item.link_id == self.pack.safety.medicines { said_so } else { self.with_follow_ups(said_so, &item.link_id) }
    }

    /// An answer with what was typed to it, but for what has a line of its own elsewhere.
    fn with_follow_ups(&self, mut said_so: String, link: &str) -> String {
        let w = &self.pack.words;
        let typed = |i: &Item| {
            self.form.answer(&i.link_id, 0).filter(|a| !a.values().is_empty()).map(|a| display_answer(w, i, Some(a)))
        };
        for text in self.form.follow_ups(link).filter(|i| !self.listed_apart(&i.link_id)).filter_map(typed) {
            said_so = format!("{said_so} ({})", quoted(w, &text));
        }
        said_so
    }

    /// True if the answer has a line of its own in one of the sheet's lists.
    pub(super) fn listed_apart(&self, link: &str) -> bool {
        let s = &self.pack.safety;
        [&s.why, &s.medicine_details, &s.tried, &s.practical].into_iter().flatten().any(|l| l == link)
    }
}
