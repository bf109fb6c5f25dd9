//! The questions and answers of a language.

use super::Texts;
use super::tables::{Instruments, ItemTexts, Questions};
use engine::pack::{Item, Pack};
use std::collections::BTreeMap;

const QUESTIONNAIRE: &str = "questionnaire.toml";

impl Texts<'_> {
    pub(super) fn questions(&mut self, pack: &mut Pack, questions: &Questions, instruments: &Instruments) {
        pack.questionnaire.title.clone_from(&questions.title);
        let why = self.not_offered(pack, questions, instruments);
        for stage in &mut pack.questionnaire.items {
            self.item(stage, questions, &why);
        }
        let known: Vec<String> = pack.questionnaire.all().iter().map(|i| i.link_id.clone()).collect();
        for id in questions.items.keys().filter(|id| !known.contains(id) && !self.off.contains(*id)) {
            self.problem(QUESTIONNAIRE, id, "there is no such id in English", "Take it out, or correct the id");
        }
    }

    /// Why each section of `not_offered` is not: its instrument has no text in this language that
    /// may be used.
    fn not_offered(
        &mut self,
        pack: &Pack,
        questions: &Questions,
        instruments: &Instruments,
    ) -> BTreeMap<String, String> {
        let mut out = BTreeMap::new();
        for link in &questions.not_offered {
            let Some(section) = pack.questionnaire.item(link) else { continue };
            let instrument = pack.instruments.iter().find(|i| i.items.iter().any(|l| contains(section, l)));
            let why =
                instrument.and_then(|i| instruments.instrument.get(&i.id)).map(|t| t.why.clone()).unwrap_or_default();
            if why.is_empty() {
                self.problem(
                    "instruments.toml",
                    link,
                    "it does not say why this section is not offered",
                    "Give `why` to its instrument",
                );
            }
            out.insert(link.clone(), why);
        }
        out
    }

    fn item(&mut self, item: &mut Item, questions: &Questions, not_offered: &BTreeMap<String, String>) {
        let Some(texts) = questions.items.get(&item.link_id) else {
            self.missing(QUESTIONNAIRE, &item.link_id.clone());
            return;
        };
        if let Some(why) = not_offered.get(&item.link_id) {
            item.text.clone_from(&texts.text);
            item.short.clone_from(&texts.short);
            item.not_offered.clone_from(why);
            return;
        }
        let link = item.link_id.clone();
        self.replace(&format!("{link}.text"), &mut item.text, &texts.text);
        self.replace(&format!("{link}.short"), &mut item.short, &texts.short);
        self.replace(&format!("{link}.help"), &mut item.help, &texts.help);
        self.options(item, texts, &questions.sets);
        for child in &mut item.items {
            self.item(child, questions, not_offered);
        }
        stem(item);
    }

    /// Puts a text of an item in the place of the English one; it must be there in both languages
    /// or in neither.
    fn replace(&mut self, path: &str, text: &mut String, own: &String) {
        if text.is_empty() != own.is_empty() {
            self.problem(QUESTIONNAIRE, path, "it is there in one language only", "Give it in both, or in neither");
        }
        text.clone_from(own);
    }

    /// The answers of an item, from its own table or else from a set that has all of their codes.
    fn options(&mut self, item: &mut Item, texts: &ItemTexts, sets: &BTreeMap<String, BTreeMap<String, String>>) {
        let codes: Vec<&String> = item.options.iter().map(|o| &o.code).collect();
        let shared = sets.values().find(|set| codes.iter().all(|c| set.contains_key(*c)));
        let table = if texts.options.is_empty() { shared } else { Some(&texts.options) };
        for option in &mut item.options {
            match table.and_then(|t| t.get(&option.code)) {
                Some(text) => {
                    // The English name still finds it: people read it off the box.
                    if *text != option.text && !option.synonyms.is_empty() {
                        option.synonyms.push(option.text.clone());
                    }
                    option.text.clone_from(text);
                }
                None => self.missing(QUESTIONNAIRE, &format!("{}.options.{}", item.link_id, option.code)),
            }
        }
        for code in texts.options.keys().filter(|c| item.option(c).is_none()) {
            self.problem(
                QUESTIONNAIRE,
                &format!("{}.options.{code}", item.link_id),
                "there is no such answer in English",
                "Take it out",
            );
        }
    }
}

fn contains(item: &Item, link: &str) -> bool {
    item.items.iter().any(|i| i.link_id == link || contains(i, link))
}

/// Items that had their group's text above them get it in this language too.
fn stem(group: &mut Item) {
    let text = group.text.clone();
    for child in group.items.iter_mut().filter(|c| !c.prefix.is_empty()) {
        child.prefix.clone_from(&text);
    }
}
