//! The clinician's sheet, in the order of the dossier's section 6.1: what matters first, what was not
//! answered said so, nothing invented.

use super::display::{display_answer, value};
use super::{Make, Mark, Part, Row, Ruler, Sheet};
use crate::answer_edit::fits;
use crate::answers::{Answer, Value};
use crate::findings::{self, Finding};
use crate::form::EvaluatedForm;
use crate::lookup;
use crate::pack::{AnswerOption, Item, Kind, Method, Rule, Section, Tier, UNKNOWN_CODES, Words, fill};
use crate::rules::Outcome;
use crate::scores::{self, Score, Total};

/// Why an item is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    NotSure,
    Declined,
    NotAnswered,
}

impl Make<'_> {
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
        let last = [self.open_part(&found), self.noes(&found)];
        let parts = parts.into_iter().chain(self.in_order()).chain(last);
        let mut foot = vec![self.not_asked()];
        foot.extend([self.help_line(), self.pack.sheet.footer.clone(), self.pack.about.sells.clone(), self.provenance()]);
        Sheet {
            title: w.sheet_clinician().to_string(),
            lead: vec![fill(&self.pack.sheet.header, &[("date", self.context.date)])],
            strip: self.strip(),
            days: self.earlier.iter().flat_map(|(day, _)| [day.date.to_string(), self.context.date.to_string()]).collect(),
            parts: parts.filter(|p| !p.rows.is_empty()).collect(),
            foot: foot.into_iter().filter(|l| !l.is_empty()).collect(),
            rulers: scores::all(self.pack, self.form).iter().filter_map(|s| self.ruler(s)).chain(self.pain_rulers()).collect(),
        }
    }

    /// Who it is, as far as this file knows, and how much was answered: what is missing is counted on the first side.
    fn strip(&self) -> Vec<(String, String)> {
        let w = &self.pack.words;
        let of = |link: &String| {
            let item = self.form.item(link).filter(|_| self.form.asked(link, 0))?;
            Some((item.label().to_string(), display_answer(w, item, self.form.answer(link, 0))))
        };
        let mut out: Vec<(String, String)> = self.pack.safety.strip.iter().filter_map(of).collect();
        let (answered, open) = self.counts();
        let counts = [("n", answered.to_string()), ("of", open.to_string())];
        let marks: Vec<(&str, &str)> = counts.iter().map(|(name, n)| (*name, n.as_str())).collect();
        out.push((w.sheet_questions_asked().to_string(), fill(w.sheet_counts(), &marks)));
        out
    }

    /// How many questions were answered, and how many were asked and not answered, not known or not said.
    fn counts(&self) -> (usize, usize) {
        let questions = self.pack.questionnaire.all().into_iter().filter(|i| i.is_question());
        let keys = questions.flat_map(|i| self.form.all_repetitions(&i.link_id).into_iter().map(move |at| (i.link_id.as_str(), at)));
        let asked: Vec<bool> = keys.filter(|(l, at)| self.form.asked(l, *at)).map(|(l, at)| open(self.form.answer(l, at)).is_some()).collect();
        let missing = asked.iter().filter(|open| **open).count();
        (asked.len() - missing, missing)
    }

    /// Numbers from 0 to 10 among the reasons for coming: pain.
    fn pain_rulers(&self) -> Vec<Ruler> {
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
    fn ruler(&self, score: &Score<'_>) -> Option<Ruler> {
        let range = match score.total {
            Total::Exactly(n) => (n, n),
            Total::Between(low, high) if score.answered > 0 => (low, high),
            _ => return None,
        };
        let i = score.instrument;
        let bands = i.bands.iter().map(|b| b.from);
        let mut marks: Vec<i16> = if i.bands.is_empty() { i.cutoffs.iter().map(|c| c.at).collect() } else { bands.collect() };
        marks.retain(|m| *m > 0);
        marks.sort_unstable();
        marks.dedup();
        let band = score.band().map(|b| [", ", &b.name].concat()).unwrap_or_default();
        let alt = [&i.name, ": ", &self.result(score), &band].concat();
        Some(Ruler { name: i.name.clone(), alt, highest: score.highest(self.form), marks: marks.into_iter().map(f64::from).collect(), range })
    }

    /// A questionnaire by others: a part for each of its groups, and one for the questions that stand alone.
    fn in_order(&self) -> Vec<Part> {
        let q = &self.pack.questionnaire;
        let mut parts: Vec<Part> = Vec::new();
        let mut alone = false;
        for item in q.items.iter().filter(|_| self.pack.safety.in_order) {
            let mut rows = Vec::new();
            self.rows(item, &mut rows);
            let loose = item.is_question();
            match parts.last_mut().filter(|_| loose && alone) {
                Some(part) => part.rows.append(&mut rows),
                None => parts.push(self.part("answers", if loose || item.text.is_empty() { &q.title } else { item.label() }, rows)),
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

    fn safety(&self, found: &[Finding<'_>]) -> Part {
        let told = |f: &&Finding<'_>| self.pack.safety.may_leave_out.contains(&f.rule.about);
        let fired = |tier| found.iter().filter(move |f| f.rule.tier == tier && f.outcome == Outcome::Yes).filter(move |f| !told(f));
        let emergency = |r: &Row| matches!(r, Row::Said { mark: Some(Mark::Emergency), .. });
        let (mut rows, disclosed): (Vec<Row>, Vec<Row>) = self.self_harm().into_iter().partition(emergency);
        rows.extend(fired(Tier::E).filter_map(|f| self.fired(found, f.rule)));
        rows.extend(disclosed);
        rows.extend(fired(Tier::A).filter_map(|f| self.fired(found, f.rule)));
        rows.extend(self.perhaps(found));
        rows.extend(self.open(found, |r| r.tier <= Tier::A, &[]));
        self.part("safety", self.pack.words.sheet_safety(), rows)
    }

    /// Typed names that are perhaps one of those that a rule wants told before an infusion: open, since nobody chose it.
    fn perhaps(&self, found: &[Finding<'_>]) -> Vec<Row> {
        let link = &self.pack.safety.medicines;
        let urgent = |f: &&Finding<'_>| f.outcome == Outcome::Unknown && f.rule.tier <= Tier::A && f.rule.about == *link;
        let mut rows = Vec::new();
        for value in self.form.answer(link, 0).map_or(&[][..], Answer::values) {
            let Value::Text(typed) = value else { continue };
            let Some(reading) = self.form.reading(link, typed) else { continue };
            let meant = |rule: &Rule| reading.perhaps.iter().any(|o| !findings::matched(self.form, rule, Some(&Answer::code(&o.code))).is_empty());
            let notes: Vec<&str> = found.iter().filter(urgent).filter(|f| meant(f.rule)).map(|f| f.rule.clinician.as_str()).collect();
            if let Some(item) = self.form.item(link).filter(|_| !notes.is_empty()) {
                rows.push(Row::Said { mark: Some(Mark::Open), label: self.medicine(item, value), value: String::new(), note: notes.join(" ") });
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

    /// One of these answers. An item of a standard instrument is printed whatever was answered: 0 is no
    /// reassurance, and no blank may look like 0. A "no" to the others stands with the other noes.
    fn disclosed(&self, link: &str, item: &Item) -> Option<Row> {
        let answer = self.form.answer(link, 0);
        let rule = findings::about(self.pack, self.form, link).into_iter().min_by_key(|r| r.tier);
        let worth = rule.is_some() || open(answer).is_some() || link == self.pack.safety.ask || self.in_instrument(link);
        let mark = rule.filter(|r| r.tier <= Tier::A).map(|r| r.tier.into()).or_else(|| open(answer).map(|_| Mark::Open));
        worth.then(|| Row::Said {
            mark,
            label: item.text.clone(),
            value: self.with_follow_ups(display_answer(&self.pack.words, item, answer), link),
            note: rule.map(|r| r.clinician.clone()).unwrap_or_default(),
        })
    }

    fn in_instrument(&self, link: &str) -> bool {
        self.pack.instruments.iter().any(|i| i.items.iter().any(|l| l == link))
    }

    /// A rule that fired, with the answer that fired it. What several rules say of one answer is one finding:
    /// it stands where the most urgent of them does, and the line carries the notes of all.
    fn fired(&self, found: &[Finding<'_>], rule: &Rule) -> Option<Row> {
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
        let (label, value) = if item.link_id == self.pack.safety.medicines { (matched, String::new()) } else { (item.label().into(), matched) };
        Some(Row::Said { mark: Some(rule.tier.into()), label, value, note: notes.join(" ") })
    }

    /// The answer that fired a rule, of a list of medicines only those it names, with typed follow-ups.
    /// Own words are quoted here, and a follow-up that has a line of its own elsewhere is left to it.
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
        let typed = |i: &Item| self.form.answer(&i.link_id, 0).filter(|a| !a.values().is_empty()).map(|a| display_answer(w, i, Some(a)));
        for text in self.form.follow_ups(link).filter(|i| !self.listed_apart(&i.link_id)).filter_map(typed) {
            said_so = format!("{said_so} ({})", quoted(w, &text));
        }
        said_so
    }

    /// True if the answer has a line of its own in one of the sheet's lists.
    fn listed_apart(&self, link: &str) -> bool {
        let s = &self.pack.safety;
        [&s.why, &s.medicine_details, &s.tried, &s.practical].into_iter().flatten().any(|l| l == link)
    }

    /// Items whose rules could not be decided, each named once, by why they are open.
    fn open(&self, found: &[Finding<'_>], wanted: impl Fn(&Rule) -> bool, stated: &[String]) -> Vec<Row> {
        let w = &self.pack.words;
        let skip = &self.pack.safety;
        let mut open_items: Vec<(&str, Open, &str)> = Vec::new();
        for f in found.iter().filter(|f| f.outcome == Outcome::Unknown && wanted(f.rule)) {
            let link = f.rule.about.as_str();
            let told = skip.may_leave_out.iter().any(|l| l == link) && (self.context.leave_out || self.form.answer(link, 0).is_some());
            // Said with the practical things, with the medicines, or in the part before this one.
            let elsewhere = link == skip.medicines
                || skip.practical.iter().any(|l| l == link)
                || found.iter().any(|g| g.outcome == Outcome::Unknown && g.rule.about == link && g.rule.tier < f.rule.tier && !wanted(g.rule));
            if told || elsewhere || open_items.iter().any(|(l, ..)| *l == link) {
                continue;
            }
            // A rule may be open on account of another question: then its own answer stands elsewhere.
            if let (Some(item), Some(why)) = (self.form.item(link), open(self.form.answer(link, 0))) {
                open_items.push((link, why, item.label()));
            }
        }
        let ruled = |link: &str| found.iter().any(|f| f.rule.about == link) && !self.listed_apart(link);
        for link in stated.iter().filter(|l| self.form.asked(l, 0) && !ruled(l)) {
            if open_items.iter().any(|(known, ..)| known == link) {
                continue;
            }
            if let (Some(item), Some(why)) = (self.form.item(link), open(self.form.answer(link, 0))) {
                open_items.push((link, why, item.label()));
            }
        }
        [(Open::NotSure, w.sheet_not_sure()), (Open::Declined, w.sheet_declined()), (Open::NotAnswered, w.sheet_not_answered())]
            .into_iter()
            .filter_map(|(why, words)| {
                let labels: Vec<&str> = open_items.iter().filter(|(_, o, _)| *o == why).map(|(.., l)| *l).collect();
                let value = labels.join("; ");
                (!labels.is_empty()).then(|| Row::Said { mark: Some(Mark::Open), label: words.to_string(), value, note: String::new() })
            })
            .collect()
    }

    fn why(&self) -> Part {
        self.listed("why", self.pack.words.sheet_why(), &self.pack.safety.why)
    }

    fn practical(&self, found: &[Finding<'_>]) -> Part {
        self.part("practical", self.pack.words.sheet_practical(), self.told_in_order(found, &self.pack.safety.practical))
    }

    /// Questions in their order, with the mark and note of the rule that an answer fires.
    fn told_in_order(&self, found: &[Finding<'_>], links: &[String]) -> Vec<Row> {
        let rule = |link: &str| found.iter().find(|f| f.outcome == Outcome::Yes && f.rule.about == link && f.rule.tier > Tier::A);
        let own = |l: &String| if self.is_collected(l) { None } else { self.answered(l) };
        links.iter().filter_map(|l| rule(l).and_then(|f| self.fired(found, f.rule)).or_else(|| own(l))).collect()
    }

    /// Questions in the order given, each with its answer; those that are not asked are left away.
    fn listed(&self, id: &'static str, heading: &str, links: &[String]) -> Part {
        let rows = links.iter().filter(|l| !self.is_collected(l)).filter_map(|l| self.answered(l)).collect();
        self.part(id, heading, rows)
    }

    /// True for a "no" and for what was not answered where neither has to stand by itself: it stands in the lists at the end.
    /// What a rule of tier E or A looks at is never moved there.
    fn is_collected(&self, link: &str) -> bool {
        let urgent = self.pack.rules.iter().any(|r| r.about == link && r.tier <= Tier::A);
        let answer = self.form.answer(link, 0);
        self.form.asked(link, 0) && !urgent && (open(answer).is_some() || self.said_no(link))
    }

    fn said_no(&self, link: &str) -> bool {
        self.form.answer(link, 0).is_some_and(|a| a.has("no") || a.has("none"))
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
            Some([own @ Value::Text(_)]) if own_words && fits(item, own) && value != self.pack.words.on_paper() => Row::Quote { label, text: value },
            _ => Row::Said { mark: None, label, value, note: String::new() },
        })
    }

    fn medicines(&self, found: &[Finding<'_>]) -> Part {
        let (w, s) = (&self.pack.words, &self.pack.safety);
        if s.takes_medicines.is_empty() {
            return self.part("medicines", w.sheet_medicines(), Vec::new());
        }
        let apart = |f: &&Finding<'_>| f.outcome == Outcome::Yes && f.rule.section == Section::Medicines && f.rule.tier > Tier::A;
        let mut rows: Vec<Row> = Vec::new();
        let takes = self.form.answer(&s.takes_medicines, 0);
        let list = self.form.answer(&s.medicines, 0);
        match (list, self.form.item(&s.medicines)) {
            (Some(Answer::Given(values)), Some(item)) => rows.push(self.medicine_table(found, item, values)),
            // "No medicines" and "not answered" must differ.
            _ => rows.extend(self.answered(&s.takes_medicines)),
        }
        rows.extend(found.iter().filter(apart).filter(|f| f.rule.about != s.medicines).filter_map(|f| self.fired(found, f.rule)));
        if takes.is_some_and(|a| a.has("yes")) && list.is_none_or(|a| a.values().is_empty()) {
            rows.push(Row::Said {
                mark: Some(Mark::Open),
                label: w.sheet_all_medicines().to_string(),
                value: w.not_answered().to_string(),
                note: String::new(),
            });
        }
        let details = s.medicine_details.iter().filter(|l| !told(self.form, found, l, self.form.answer(l, 0)) && !self.is_collected(l));
        rows.extend(details.filter(|l| !self.is_in_table(l)).filter_map(|l| self.answered(l)));
        rows.push(Row::Line(self.pack.sheet.medicines_limit.clone()));
        self.part("medicines", w.sheet_medicines(), rows)
    }

    /// A row for each medicine: its name, dose and last time in the patient's words, and what rules say of it. A note that an
    /// earlier row has is not repeated.
    fn medicine_table(&self, found: &[Finding<'_>], item: &Item, values: &[Value]) -> Row {
        let w = &self.pack.words;
        let rules: Vec<&Rule> = found.iter().filter(|f| f.outcome == Outcome::Yes && f.rule.about == item.link_id).map(|f| f.rule).collect();
        let mut told: Vec<(&str, String)> = Vec::new();
        let mut rows = Vec::new();
        for v in values {
            let name = self.medicine(item, v);
            let only = Answer::Given(vec![v.clone()]);
            let mut notes = Vec::new();
            for rule in rules.iter().filter(|r| !findings::matched(self.form, r, Some(&only)).is_empty()) {
                let mark = match rule.tier {
                    // The note itself stands in the box, where it is read first.
                    Tier::E | Tier::A => w.sheet_see_first(),
                    Tier::B => w.mark_discuss(),
                    Tier::C => w.mark_note(),
                };
                let note = match told.iter().find(|(id, _)| *id == rule.id) {
                    _ if rule.tier <= Tier::A => mark.to_string(),
                    Some((_, first)) => format!("{mark}: {}", fill(w.sheet_as_for(), &[("name", first)])),
                    None => format!("{mark}: {}", rule.clinician),
                };
                told.push((&rule.id, self.short_name(item, v)));
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
            let said = |links: &[String]| links.iter().find_map(|l| self.said_of(item, l, v)).unwrap_or_default();
            rows.push(vec![name, said(&self.pack.safety.doses), said(&self.pack.safety.last_taken), notes.join(" ")]);
        }
        let columns = [w.sheet_medicine(), w.sheet_dose(), w.sheet_last_taken(), w.sheet_note()].map(String::from).to_vec();
        Row::Table { columns, rows }
    }

    fn short_name(&self, item: &Item, v: &Value) -> String {
        match v {
            Value::Code(code) => item.option(code).map_or(code.clone(), |o| o.text.clone()),
            v => value(&self.pack.words, item, v),
        }
    }

    /// What one text says of several medicines: the words behind the name of this one, where its entry begins with that name.
    fn said_of(&self, item: &Item, link: &str, medicine: &Value) -> Option<String> {
        let Some([Value::Text(text)]) = self.form.answer(link, 0).map(Answer::values) else { return None };
        let Value::Code(code) = medicine else { return None };
        let mut entries = lookup::entries(text).into_iter().filter_map(|e| lookup::split_name(&item.options, e));
        entries.find(|(option, rest)| option.code == *code && !rest.is_empty()).map(|(_, rest)| rest)
    }

    /// True if every entry of a text about the medicines stands in their table.
    fn is_in_table(&self, link: &str) -> bool {
        let s = &self.pack.safety;
        let Some([Value::Text(text)]) = self.form.answer(link, 0).map(Answer::values) else { return false };
        let (Some(item), Some(list)) = (self.form.item(&s.medicines), self.form.answer(&s.medicines, 0)) else { return false };
        let taken: Vec<&str> = list.values().iter().filter_map(|v| if let Value::Code(c) = v { Some(c.as_str()) } else { None }).collect();
        let mut seen: Vec<&str> = Vec::new();
        let mut placed = |entry: &str| match lookup::split_name(&item.options, entry) {
            Some((o, rest)) if taken.contains(&o.code.as_str()) && !seen.contains(&o.code.as_str()) && !rest.is_empty() => {
                seen.push(&o.code);
                true
            }
            _ => false,
        };
        s.doses.iter().chain(&s.last_taken).any(|l| l == link) && lookup::entries(text).into_iter().all(&mut placed)
    }

    /// A typed name is printed as typed, with what it was taken for; one in no list is said to be unknown, since silence must
    /// not look like "no interaction".
    fn medicine(&self, item: &Item, v: &Value) -> String {
        let w = &self.pack.words;
        let said = value(w, item, v);
        let Value::Text(typed) = v else { return said };
        let reading = self.form.reading(&item.link_id, typed).unwrap_or_default();
        let names = |options: &[&AnswerOption]| options.iter().map(|o| o.text.as_str()).collect::<Vec<_>>().join(", ");
        let how = match (reading.certain.as_slice(), reading.perhaps.as_slice()) {
            ([], []) => w.sheet_as_typed().to_string(),
            ([], perhaps) => fill(w.sheet_typed_perhaps(), &[("name", &names(perhaps))]),
            (certain, _) => fill(w.sheet_typed_known(), &[("name", &names(certain))]),
        };
        [&said, " (", &how, ")"].concat()
    }

    fn scores(&self) -> Part {
        let w = &self.pack.words;
        if self.pack.instruments.is_empty() {
            return self.part("scores", w.sheet_scores(), Vec::new());
        }
        let mut rows: Vec<Vec<String>> = scores::all(self.pack, self.form).iter().map(|s| self.score_row(s)).collect();
        let mut columns = [w.sheet_instrument(), w.sheet_result(), w.sheet_band(), w.sheet_answered()].map(String::from).to_vec();
        if let Some((day, earlier)) = &self.earlier {
            // The earlier day stands first, as days go; the band is today's.
            columns.splice(1..2, [day.date.to_string(), self.context.date.to_string()]);
            rows.iter_mut().zip(earlier).for_each(|(row, before)| row.insert(1, self.result(before)));
        }
        let table = Row::Table { columns, rows };
        self.part("scores", w.sheet_scores(), vec![table, Row::Line(w.sheet_count_not_diagnosis().to_string())])
    }

    /// "12 / 27", or why there is no number.
    fn result(&self, score: &Score<'_>) -> String {
        let w = &self.pack.words;
        let highest = score.shown(score.highest(self.form));
        match score.total {
            Total::NotAsked => w.sheet_not_asked().to_string(),
            Total::Exactly(n) => format!("{} / {highest}", score.shown(n)),
            Total::Between(..) if score.answered == 0 => w.not_answered().to_string(),
            Total::Between(low, high) => fill(w.sheet_range(), &[("low", &score.shown(low)), ("high", &score.shown(high))]),
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

    fn beside(&self, link: &str) -> Option<String> {
        let item = self.form.item(link).filter(|_| self.form.asked(link, 0))?;
        Some(format!("{}: {}", item.label(), display_answer(&self.pack.words, item, self.form.answer(link, 0))))
    }

    fn history(&self, found: &[Finding<'_>]) -> Part {
        let (w, s) = (&self.pack.words, &self.pack.safety);
        let mut rows: Vec<Row> = self.trials().into_iter().collect();
        rows.extend(self.told_in_order(found, &s.tried));
        if self.form.answer(&s.tried_on_paper, 0).is_some_and(|a| a.has("yes")) {
            let columns = self.form.item(&s.trials).map(|g| g.items.iter().map(|i| i.label().to_string()).collect()).unwrap_or_default();
            rows.push(Row::Line(w.sheet_fill_by_hand().to_string()));
            rows.push(blank_table(columns, 4));
        }
        self.part("tried", w.sheet_tried(), rows)
    }

    fn trials(&self) -> Option<Row> {
        let group = self.form.item(&self.pack.safety.trials).filter(|g| self.form.asked(&g.link_id, 0))?;
        self.fillings_table(group, self.form.repetitions_in(&group.link_id, 0))
    }

    /// A group that can be filled again: a row for each repetition, a column for each question with an answer.
    fn fillings_table(&self, group: &Item, repetitions: Vec<u8>) -> Option<Row> {
        let mut inside = Vec::new();
        questions_in(group, &mut inside);
        let filled = |at: &u8| inside.iter().any(|i| self.form.answer(&i.link_id, *at).is_some_and(|a| !a.values().is_empty()));
        let repetitions: Vec<u8> = repetitions.into_iter().filter(filled).collect();
        let used: Vec<&Item> = inside.iter().copied().filter(|i| repetitions.iter().any(|&at| self.form.answer(&i.link_id, at).is_some())).collect();
        let cell = |i: &Item, at: u8| {
            let answer = self.form.answer(&i.link_id, at);
            if self.form.asked(&i.link_id, at) { display_answer(&self.pack.words, i, answer) } else { String::new() }
        };
        let rows: Vec<Vec<String>> = repetitions.iter().map(|&at| used.iter().map(|i| cell(i, at)).collect()).collect();
        (!rows.is_empty()).then(|| Row::Table { columns: used.iter().map(|i| i.label().to_string()).collect(), rows })
    }

    /// The table of a repeated group, and for each of its repetitions the tables of repeated groups inside it.
    fn repeated_rows(&self, group: &Item, outer: u8, out: &mut Vec<Row>) {
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

    fn other(&self, found: &[Finding<'_>]) -> Part {
        let w = &self.pack.words;
        // A questionnaire by others has no other part for these.
        let apart = |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !self.pack.safety.in_order;
        let here = |r: &Rule| {
            r.tier > Tier::A && !apart(r) && !self.pack.safety.tried.contains(&r.about) && !self.pack.safety.may_leave_out.contains(&r.about)
        };
        let mut rows: Vec<Row> =
            found.iter().filter(|f| f.outcome == Outcome::Yes && here(f.rule)).filter_map(|f| self.fired(found, f.rule)).collect();
        let told: Vec<&str> = found.iter().filter(|f| f.outcome != Outcome::No).map(|f| f.rule.about.as_str()).collect();
        let stated = &self.pack.safety.stated;
        let as_answered = |l: &&String| !told.contains(&l.as_str()) && !self.said_no(l) && open(self.form.answer(l, 0)).is_none();
        rows.extend(stated.iter().filter(as_answered).filter_map(|l| self.answered(l)));
        self.part("other", w.sheet_other(), rows)
    }

    /// What was answered with "no", by the pages of the questionnaire, which are the body's systems where it is about the body.
    fn noes(&self, found: &[Finding<'_>]) -> Part {
        let s = &self.pack.safety;
        let apart = |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !s.in_order;
        let told: Vec<&str> = found.iter().filter(|f| f.outcome != Outcome::No).map(|f| f.rule.about.as_str()).collect();
        let ruled = found.iter().filter(|f| f.outcome == Outcome::No && !apart(f.rule)).map(|f| f.rule.about.as_str());
        let links = ruled.chain(s.stated.iter().map(String::as_str)).chain(self.collected().map(String::as_str));
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for link in links.filter(|l| !told.contains(l) && self.said_no(l)) {
            let Some(item) = self.form.item(link) else { continue };
            let heading = self.system(link);
            if groups.iter().any(|(_, labels)| labels.contains(&item.label())) {
                continue;
            }
            match groups.iter_mut().find(|(known, _)| *known == heading) {
                Some((_, labels)) => labels.push(item.label()),
                None => groups.push((heading, vec![item.label()])),
            }
        }
        let row =
            |(heading, labels): (&str, Vec<&str>)| Row::Said { mark: None, label: heading.into(), value: labels.join("; "), note: String::new() };
        self.part("no", self.pack.words.sheet_answered_no(), groups.into_iter().map(row).collect())
    }

    /// The page that a question stands on, or else its stage.
    fn system(&self, link: &str) -> &str {
        let around = self.form.path(link);
        // A page that asks something is no name of a system.
        let page = around.iter().skip(1).find(|i| i.kind == Kind::Page && !i.text.is_empty() && !i.text.ends_with('?'));
        page.or_else(|| around.last()).map_or("", |i| i.label())
    }

    /// What was not answered, not known or not said, and is not urgent: that stands in the box.
    fn open_part(&self, found: &[Finding<'_>]) -> Part {
        let s = &self.pack.safety;
        let apart = |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !s.in_order;
        let here = |r: &Rule| r.tier > Tier::A && !apart(r) && !s.tried.contains(&r.about) && !s.may_leave_out.contains(&r.about);
        let collected: Vec<String> = self.collected().cloned().collect();
        let stated: Vec<String> = s.stated.iter().chain(&collected).cloned().collect();
        self.part("open", self.pack.words.sheet_open(), self.open(found, here, &stated))
    }

    fn questions(&self) -> Part {
        let rows = self.pack.safety.questions.iter().filter(|l| self.form.answer(l, 0).is_some_and(|a| !a.values().is_empty()));
        let rows = rows.filter_map(|l| self.answered(l)).collect();
        self.part("questions", self.pack.words.sheet_questions(), rows)
    }

    /// "Not asked: …": whole sections that do not concern this visitor, or that the clinic leaves out.
    fn not_asked(&self) -> String {
        let mut names = Vec::new();
        self.not_asked_in(&self.pack.questionnaire.items, true, &mut names);
        if names.is_empty() { String::new() } else { format!("{}: {}", self.pack.words.sheet_not_asked_list(), names.join("; ")) }
    }

    /// The outermost groups that are not asked. A group that waits for an answer in its own stage, such as the details of
    /// a "yes", is no section that could be missed.
    fn not_asked_in<'p>(&self, items: &'p [Item], top: bool, names: &mut Vec<&'p str>) {
        let across = |link: &String| link.is_empty() || self.pack.safety.across.contains(link);
        for item in items.iter().filter(|i| i.is_group()) {
            if self.form.asked(&item.link_id, 0) {
                self.not_asked_in(&item.items, false, names);
            } else if top || item.enable.when.iter().any(|c| across(&c.question)) {
                names.push(item.label());
            }
        }
    }
}

/// True if findings tell all of an answer: rules name each of its values, or it stands among what is open.
/// What no rule names, such as a typed herb beside a known one, would be lost with a finding alone.
fn told(form: &EvaluatedForm<'_>, found: &[Finding<'_>], link: &str, answer: Option<&Answer>) -> bool {
    let about = || found.iter().filter(|f| f.rule.about == link);
    let named = |v: &Value| about().any(|f| f.outcome == Outcome::Yes && findings::matched(form, f.rule, answer).contains(&v));
    match open(answer) {
        Some(_) => about().any(|f| f.outcome == Outcome::Unknown && f.rule.tier <= Tier::A),
        None => answer.is_some_and(|a| a.values().iter().all(named)),
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
