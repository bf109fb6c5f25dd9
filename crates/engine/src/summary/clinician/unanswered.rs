//! What was answered with no, what is open, and what was not asked.

use super::{Open, open};
use crate::findings::Finding;
use crate::pack::{Item, Kind, Rule, Section, Tier};
use crate::rules::Outcome;
use crate::summary::{Mark, Part, Row, SheetBuilder};

impl SheetBuilder<'_> {
    /// Items whose rules could not be decided, each named once, by why they are open.
    pub(super) fn open(&self, found: &[Finding<'_>], wanted: impl Fn(&Rule) -> bool, stated: &[String]) -> Vec<Row> {
        let w = &self.pack.words;
        let skip = &self.pack.safety;
        let mut open_items: Vec<(&str, Open, &str)> = Vec::new();
        for f in found.iter().filter(|f| f.outcome == Outcome::Unknown && wanted(f.rule)) {
            let link = f.rule.about.as_str();
            let told = skip.may_leave_out.iter().any(|l| l == link)
                && (self.context.leave_out || self.form.answer(link, 0).is_some());
            // Said with the practical things, with the medicines, or in the part before this one.
            let elsewhere = link == skip.medicines
                || skip.practical.iter().any(|l| l == link)
                || found.iter().any(|g| {
                    g.outcome == Outcome::Unknown
                        && g.rule.about == link
                        && g.rule.tier < f.rule.tier
                        && !wanted(g.rule)
                });
            if told || elsewhere || open_items.iter().any(|(l, ..)| *l == link) {
                continue;
            }
            // A rule may be open on account of another question: then its own answer stands
            // elsewhere.
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
        [
            (Open::NotSure, w.sheet_not_sure()),
            (Open::Declined, w.sheet_declined()),
            (Open::NotAnswered, w.sheet_not_answered()),
        ]
        .into_iter()
        .filter_map(|(why, words)| {
            let labels: Vec<&str> = open_items.iter().filter(|(_, o, _)| *o == why).map(|(.., l)| *l).collect();
            let value = labels.join("; ");
            (!labels.is_empty()).then(|| Row::Said {
                mark: Some(Mark::Open),
                label: words.to_string(),
                value,
                note: String::new(),
            })
        })
        .collect()
    }

    /// What was answered with "no", by the pages of the questionnaire, which are the body's systems
    /// where it is about the body.
    pub(super) fn noes(&self, found: &[Finding<'_>]) -> Part {
        let s = &self.pack.safety;
        let apart = |r: &Rule| matches!(r.section, Section::Medicines | Section::Practical) && !s.in_order;
        let told: Vec<&str> =
            found.iter().filter(|f| f.outcome != Outcome::No).map(|f| f.rule.about.as_str()).collect();
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
        let row = |(heading, labels): (&str, Vec<&str>)| Row::Said {
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

    pub(super) fn said_no(&self, link: &str) -> bool {
        self.form.answer(link, 0).is_some_and(|a| a.has("no") || a.has("none"))
    }
}
