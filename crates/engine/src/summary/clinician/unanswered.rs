//! What was answered with no, what is open, and what was not asked.

use super::{Open, open};
use crate::findings::Finding;
use crate::pack::{Item, Kind, Rule, Section, Tier};
use crate::rules::Outcome;
use crate::summary::{Mark, Part, Row, SheetBuilder};

impl SheetBuilder<'_> {
    /// Items whose rules could not be decided, each named once, by why they are open.
    pub(super) fn open(&self, found: &[Finding<'_>], wanted: impl Fn(&Rule) -> bool, stated: &[String]) -> Vec<Row> {
        let undecided = found.iter().filter(|f| f.outcome == Outcome::Unknown && wanted(f.rule));
        let named = undecided.filter(|f| !self.is_open_elsewhere(found, f, &wanted)).map(|f| f.rule.about.as_str());
        let ruled = |link: &str| found.iter().any(|f| f.rule.about == link) && !self.listed_apart(link);
        let stated = stated.iter().map(String::as_str).filter(|l| self.form.asked(l, 0) && !ruled(l));
        let mut links: Vec<&str> = Vec::new();
        for link in named.chain(stated) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
        // A rule may be open on account of another question: then its own answer stands elsewhere.
        let item = |link: &str| self.form.item(link).zip(open(self.form.answer(link, 0)));
        let items: Vec<(&Item, Open)> = links.into_iter().filter_map(item).collect();
        self.open_rows(&items)
    }

    /// True if an undecided rule's question is named elsewhere: with what the visitor may leave
    /// out, the practical things or the medicines, or in the part of the sheet before the one whose
    /// rules are `wanted`.
    fn is_open_elsewhere(&self, found: &[Finding<'_>], finding: &Finding<'_>, wanted: impl Fn(&Rule) -> bool) -> bool {
        let s = &self.pack.safety;
        let Rule { about, tier, .. } = finding.rule;
        let left_out =
            s.may_leave_out.contains(about) && (self.context.leave_out || self.form.answer(about, 0).is_some());
        let earlier = |g: &Finding<'_>| {
            g.outcome == Outcome::Unknown && g.rule.about == *about && g.rule.tier < *tier && !wanted(g.rule)
        };
        left_out || *about == s.medicines || s.practical.contains(about) || found.iter().any(earlier)
    }

    /// A row for each reason why something is open, with the names of what is.
    fn open_rows(&self, items: &[(&Item, Open)]) -> Vec<Row> {
        let w = &self.pack.words;
        let reasons = [
            (Open::NotSure, w.sheet_not_sure()),
            (Open::Declined, w.sheet_declined()),
            (Open::NotAnswered, w.sheet_not_answered()),
        ];
        let row = |(why, words): (Open, &str)| {
            let labels: Vec<&str> = items.iter().filter(|(_, o)| *o == why).map(|(item, _)| item.label()).collect();
            (!labels.is_empty()).then(|| Row::Answer {
                mark: Some(Mark::Open),
                label: words.to_string(),
                value: labels.join("; "),
                note: String::new(),
            })
        };
        reasons.into_iter().filter_map(row).collect()
    }

    /// What was answered with "no", by the pages of the questionnaire, which are the body's systems
    /// where it is about the body.
    pub(super) fn noes(&self, found: &[Finding<'_>]) -> Part {
        let s = &self.pack.safety;
        let apart = |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !s.in_order;
        let named: Vec<&str> =
            found.iter().filter(|f| f.outcome != Outcome::No).map(|f| f.rule.about.as_str()).collect();
        let ruled = found.iter().filter(|f| f.outcome == Outcome::No && !apart(f.rule)).map(|f| f.rule.about.as_str());
        let links = ruled.chain(s.stated.iter().map(String::as_str)).chain(self.collected().map(String::as_str));
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for link in links.filter(|l| !named.contains(l) && self.answered_no(l)) {
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
        let row = |(heading, labels): (&str, Vec<&str>)| Row::Answer {
            mark: None,
            label: heading.into(),
            value: labels.join("; "),
            note: String::new(),
        };
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
    pub(super) fn open_part(&self, found: &[Finding<'_>]) -> Part {
        let s = &self.pack.safety;
        let apart = |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !s.in_order;
        let here = |r: &Rule| {
            r.tier > Tier::A && !apart(r) && !s.tried.contains(&r.about) && !s.may_leave_out.contains(&r.about)
        };
        let collected: Vec<String> = self.collected().cloned().collect();
        let stated: Vec<String> = s.stated.iter().chain(&collected).cloned().collect();
        self.part("open", self.pack.words.sheet_open(), self.open(found, here, &stated))
    }

    /// "Not asked: …": whole sections that do not concern this visitor, or that the clinic leaves
    /// out.
    pub(super) fn not_asked(&self) -> String {
        let mut names = Vec::new();
        self.not_asked_in(&self.pack.questionnaire.items, true, &mut names);
        if names.is_empty() {
            String::new()
        } else {
            format!("{}: {}", self.pack.words.sheet_not_asked_list(), names.join("; "))
        }
    }

    /// The outermost groups that are not asked. A group that waits for an answer in its own stage,
    /// such as the details of a "yes", is no section that could be missed.
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

    pub(super) fn answered_no(&self, link: &str) -> bool {
        self.form.answer(link, 0).is_some_and(|a| ["no", "none", "never"].into_iter().any(|code| a.has(code)))
    }
}
