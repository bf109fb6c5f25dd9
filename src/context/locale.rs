//! The language on screen, with the pack of content that belongs to it.

use crate::platform::{document, host};
use engine::pack::{Pack, Settings, TextLanguage, Words};
use leptos::prelude::*;

/// Languages of the file and the pack of the one on screen.
#[derive(Clone, Copy)]
pub struct Locale {
    pack: RwSignal<&'static Pack>,
    /// Packs read so far. One a language for the life of the page, so they are leaked and borrowed
    /// freely.
    read: StoredValue<Vec<&'static Pack>>,
    settings: &'static Settings,
}

/// Where `<html>` keeps the language that the visitor chose, so that it outlives a restart of the
/// wasm.
const CHOSEN: &str = "data-lang-chosen";

impl Locale {
    /// Starts with `pack`, whose optional sections the clinic may have left out.
    pub fn new(pack: &'static Pack, settings: &'static Settings) -> Self {
        Self { pack: RwSignal::new(pack), read: StoredValue::new(vec![pack]), settings }
    }

    /// The pack of the current language. A change of language draws everything anew
    /// (`layout::Shell`), so what draws need not track it.
    pub fn pack(self) -> &'static Pack {
        self.pack.get_untracked()
    }

    /// The same, tracked.
    pub fn track_pack(self) -> &'static Pack {
        self.pack.get()
    }

    /// Languages in the file that the clinic offers, the likeliest first.
    pub fn offered(self) -> Vec<String> {
        host::languages().into_iter().filter(|lang| self.settings.offers(lang)).collect()
    }

    /// The pack of a language in the file, without switching to it.
    pub fn pack_of(self, lang: &str) -> Option<&'static Pack> {
        let known = self.read.with_value(|packs| packs.iter().copied().find(|p| p.lang == lang));
        if known.is_none() {
            let pack = read_pack(lang, self.settings)?;
            self.read.update_value(|packs| packs.push(pack));
            return Some(pack);
        }
        known
    }

    /// Switches to `lang`, if the file has it. True if the language changed.
    pub fn switch(self, lang: &str) -> bool {
        let Some(pack) = self.pack_of(lang) else { return false };
        document::set_root(CHOSEN, lang);
        self.pack.set(pack);
        true
    }
}

/// Reads the pack of a language as the clinic has set it: without the optional sections that it
/// leaves out, with its own questions.
pub fn read_pack(lang: &str, settings: &Settings) -> Option<&'static Pack> {
    let mut pack = Pack::decode(&host::pack_bytes(lang))?;
    pack.leave_out(&|section| settings.leaves_out(section));
    pack.add_own_questions(&settings.questions);
    Some(Box::leak(Box::new(pack)))
}

/// The language that the visitor chose before the wasm was started anew.
pub fn chosen_language() -> Option<String> {
    document::root(CHOSEN).filter(|_| !host::is_kiosk())
}

/// The language context.
pub fn use_locale() -> Locale {
    expect_context()
}

/// The pack of the current language.
pub fn use_pack() -> &'static Pack {
    use_locale().pack()
}

/// The interface words of the current language.
pub fn use_words() -> &'static Words {
    &use_pack().words
}

/// For what comes from the questionnaire, where it is in another language than the interface.
pub fn questions_language() -> Option<TextLanguage> {
    let pack = use_pack();
    pack.questionnaire.language_beside(&pack.lang)
}
