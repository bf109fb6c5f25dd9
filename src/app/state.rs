//! What the app holds: answers, place, language. Everything else is replayed.

use super::el::follow;
use super::kiosk::Kiosk;
use super::{inputs, open};
use crate::app::signal::Signal;
use crate::browser::{boot, focus, history, intl, page, storage};
use engine::answers::{Answer, Answers, Key};
use engine::form::EvaluatedForm;
use engine::migrate::migrate;
use engine::pack::{BadSetting, Item, Pack, Region, Settings, Verdict, Words};
use engine::walk::{self, Step};
use reactive_graph::graph::untrack;
use std::cell::RefCell;

/// Where the visitor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A kiosk between two visits.
    Attract,
    Start,
    Topics,
    Topic(usize),
    Compare,
    Card(usize),
    Step {
        step: Step,
        /// Reached by "Change": Continue returns to the check screen.
        change: bool,
    },
    Check,
    Summary,
    /// The sheets alone, for a screenshot or the desk.
    Desk,
    /// What was saved is opened again.
    Open,
    About,
}

/// What was opened again: a record file or a code.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opened {
    pub answers: Answers,
    /// The moment it was made, which begins with `YYYY-MM-DD`.
    pub authored: String,
    pub left_out: bool,
    pub unknown: Vec<String>,
}

impl Opened {
    /// The day it was made, as `YYYY-MM-DD`.
    pub fn day(&self) -> &str {
        self.authored.split('T').next().unwrap_or_default()
    }

    /// That day, as shown.
    pub fn date(&self, state: State) -> String {
        let date = intl::day(self.day(), &state.pack_now().lang);
        if date.is_empty() { "?".into() } else { date }
    }
}

/// Where the page says that answers are left out.
const LEFT_OUT: &str = "data-left-out";

/// Everything that is held, by one handle that is copied freely. Held as long as the page stands, so it is leaked.
#[derive(Clone, Copy)]
pub struct State(&'static Held);

/// Handles to the values, which live in the reactive graph.
pub struct Held {
    pub pack: Signal<&'static Pack>,
    /// Packs read so far: one a language, so they are leaked and borrowed freely.
    packs: RefCell<Vec<&'static Pack>>,
    pub answers: Signal<Answers>,
    /// The places visited, and which of them is shown (Back keeps those ahead).
    trail: Signal<Vec<Place>>,
    at: Signal<usize>,
    pub region: Signal<String>,
    pub text_size: Signal<usize>,
    pub keep: Signal<bool>,
    /// The visitor chose to leave the answers about suicide off the paper.
    pub leave_out: Signal<bool>,
    /// The visitor asked for a code on the clinician's sheet.
    pub code: Signal<bool>,
    /// What was opened again, to be looked at or to stand beside today.
    pub opened: Signal<Option<Opened>>,
    /// The visitor chose to have its scores beside today's.
    pub beside: Signal<bool>,
    /// One polite message at a time, for the live region.
    pub said: Signal<String>,
    pub settings: Settings,
    pub bad_settings: Vec<BadSetting>,
    /// A name in a type-ahead field that was not added yet.
    pub typed: Signal<String>,
    /// What is wrong with what was entered on this screen, or nothing.
    pub problem: Signal<String>,
    /// The visitor asked to see their scores on screen; they are printed either way.
    pub scores: Signal<bool>,
    /// Guesses at the cards, by card id: shown again on Back, kept nowhere.
    pub guesses: RefCell<Vec<(String, Verdict)>>,
    /// What a screen that strangers share holds besides; nothing elsewhere.
    pub kiosk: Option<Kiosk>,
}

impl std::ops::Deref for State {
    type Target = Held;

    fn deref(&self) -> &Held {
        self.0
    }
}

impl State {
    pub fn new(pack: &'static Pack, settings: Settings, bad: Vec<BadSetting>) -> Self {
        let kept = storage::kept();
        let held = Some(boot::held_answers()).filter(|h| !h.is_empty());
        let restarted = held.is_some();
        let text = held.or_else(|| kept.clone());
        let answers = text.and_then(|t| Answers::decode(&t).ok()).map(|a| migrate(pack, &a)).unwrap_or_default();
        let kiosk = boot::is_kiosk().then(Kiosk::new);
        let first = if kiosk.is_some() { Place::Attract } else { Place::Start };
        let state = Self(Box::leak(Box::new(Held {
            region: Signal::new(settings.region.clone()),
            settings,
            bad_settings: bad,
            pack: Signal::new(pack),
            packs: RefCell::new(vec![pack]),
            answers: Signal::new(answers),
            trail: Signal::new(vec![first]),
            at: Signal::new(0),
            text_size: Signal::new(1),
            keep: Signal::new(kept.is_some()),
            leave_out: Signal::new(kiosk.is_none() && page::root(LEFT_OUT).as_deref() == Some("yes")),
            code: Signal::new(false),
            opened: Signal::new(None),
            beside: Signal::new(false),
            said: Signal::new(String::new()),
            typed: Signal::new(String::new()),
            problem: Signal::new(String::new()),
            scores: Signal::new(false),
            guesses: RefCell::default(),
            kiosk,
        })));
        // After a trap the visitor finds themselves where they were, not at the start.
        let to = if restarted { Some(state.resume()) } else { state.asked_to_read().then_some(Place::Open) };
        if let Some(to) = to {
            // A hand scanner types wherever the focus is.
            if to == Place::Open {
                page::soon(|| focus::to_still(&["#", open::CODE].concat()));
            }
            state.trail.set(vec![Place::Start, to]);
            state.at.set(1);
        }
        // The set-up page shows a clinic the sheets as they print.
        if page::root("data-view").as_deref() == Some("sheets") {
            state.trail.set(vec![Place::Start, Place::Summary]);
            state.at.set(1);
        }
        state
    }

    /// Opened with `#read`, to read what somebody saved. A kiosk opens nothing.
    fn asked_to_read(self) -> bool {
        self.kiosk.is_none() && boot::opened_as() == "read"
    }

    /// Keeps the outside in step with what is held.
    pub fn watch(self) {
        follow(move || {
            let answers = self.answers.get();
            boot::hold_answers(&if answers.is_empty() { String::new() } else { answers.encode() });
            if self.keep.get() {
                let text = answers.without(&self.pack_now().safety.never_kept).encode();
                if !storage::keep(&text) {
                    self.keep.set(false);
                }
            }
        });
        follow(move || page::set_root("data-scores", if self.scores.get() { "on" } else { "off" }));
        // On the page itself, so that it outlives a crash of the program, as the answers do. A kiosk keeps neither.
        if self.kiosk.is_none() {
            follow(move || page::set_root(LEFT_OUT, if self.leave_out.get() { "yes" } else { "no" }));
        }
        follow(move || page::set_root("data-text", &self.text_size.get().to_string()));
        // Only the summary prints as sheets; every other screen prints as it stands.
        follow(move || {
            let sheets = match self.place() {
                Place::Summary | Place::Desk => true,
                Place::Open => self.opened.with(Option::is_some),
                _ => false,
            };
            page::set_root("data-print", if sheets { "sheets" } else { "screen" });
        });
        follow(move || page::set_root("lang", &self.pack.get().lang));
        // Typed behind the address of a page that stands already.
        boot::on_window("hashchange", move |_| {
            if self.asked_to_read() && self.place_shown() != Place::Open {
                self.go(Place::Open);
            }
        });
        let mut was = None;
        follow(move || {
            let place = self.place();
            if was.as_ref().is_some_and(|w| *w != place) {
                page::close_menu();
                // Not any `main`: the shell that was painted before the app has one too.
                page::soon(|| focus::to_top("#app main h1"));
            }
            was = Some(place);
        });
    }

    /// Where the visitor is now.
    pub fn place(self) -> Place {
        let at = self.at.get();
        self.trail.with(|t| t.get(at).cloned().unwrap_or(Place::Start))
    }

    /// Where the visitor is, without rerunning.
    pub fn place_shown(self) -> Place {
        untrack(|| self.place())
    }

    /// A visit at a kiosk begins.
    pub fn begin(self) {
        self.trail.set(vec![Place::Start]);
        self.at.set(0);
    }

    /// A name that is still in the type-ahead field is added before its screen goes, whichever way it goes.
    fn take_typed(self) {
        if let Place::Step { step, .. } = self.place_shown()
            && let Some(item) = self.item(step.link())
        {
            inputs::take_typed(self, item, step.repetition(), false);
        }
    }

    /// Goes on to a place; what lay ahead is forgotten.
    pub fn go(self, place: Place) {
        self.take_typed();
        let at = self.at.get_untracked() + 1;
        // "Until I finish": the summary is the end.
        if place == Place::Summary {
            self.keep_no_longer();
        }
        self.trail.update(|t| {
            t.truncate(at);
            t.push(place);
        });
        self.said.set(String::new());
        self.at.set(at);
        history::push(at);
    }

    /// Removes what is kept on the device, and keeps no more.
    pub fn keep_no_longer(self) {
        self.keep.set(false);
        storage::forget();
    }

    /// One place back: by the browser's history where it is ours, else by our own trail.
    pub fn back(self) {
        let at = self.at.get_untracked();
        if at > 0 && (history::framed() || !history::back()) {
            self.take_typed();
            self.show(at - 1);
        }
    }

    /// Shows a place of the trail, or the nearest before it that is still asked: what is answered elsewhere counts for
    /// nothing.
    fn show(self, at: usize) {
        let asked = |place: &Place| match place {
            Place::Step { step, .. } => self.live_now(|pack, live, _| walk::steps(pack, live).contains(step)),
            _ => true,
        };
        let to = self.trail.with_untracked(|t| t.iter().take(at + 1).rposition(asked)).unwrap_or_default();
        // Drawn anew where it stands, a screen would lose the focus.
        if to != self.at.get_untracked() {
            self.at.set(to);
        }
        // The browser's own place follows, else its next Back would do nothing.
        if to < at {
            history::go_back(at - to);
        }
    }

    /// Which place is shown, for the browser's history.
    pub fn place_now(self) -> usize {
        self.at.get_untracked()
    }

    /// The browser moved to this entry.
    pub fn moved_to(self, step: usize) {
        self.take_typed();
        // A kiosk's entries say nothing: each way to move means Back.
        if self.kiosk.is_some() {
            return self.back();
        }
        // Ahead of what was forgotten there is nothing to show.
        let known = self.trail.with_untracked(|t| step < t.len());
        self.show(if known { step } else { 0 });
    }

    /// True if there is a place to go back to.
    pub fn can_go_back(self) -> bool {
        self.at.get() > 0
    }

    /// The pack of the current language. What draws from it is drawn anew with another one (`shell`).
    pub fn pack_now(self) -> &'static Pack {
        self.pack.get_untracked()
    }

    /// Words of the current language.
    pub fn words(self) -> &'static Words {
        &self.pack_now().words
    }

    /// Calls the engine with the answers as they stand; reruns where it is called reactively.
    pub fn live<T>(self, act: impl FnOnce(&Pack, &EvaluatedForm<'_>, &Answers) -> T) -> T {
        let pack = self.pack.get();
        self.answers.with(|answers| act(pack, &EvaluatedForm::new(&pack.questionnaire, answers), answers))
    }

    /// As `live`, without rerunning.
    pub fn live_now<T>(self, act: impl FnOnce(&Pack, &EvaluatedForm<'_>, &Answers) -> T) -> T {
        untrack(|| self.live(act))
    }

    /// An item of the questionnaire.
    pub fn item(self, link: &str) -> Option<&'static Item> {
        self.pack_now().questionnaire.item(link)
    }

    /// The chosen region's numbers.
    pub fn region_now(self) -> Option<&'static Region> {
        self.region.with(|id| self.pack.get().region(id))
    }

    /// Sets an answer.
    pub fn answer(self, key: Key, answer: Answer) {
        self.answers.update(|a| a.set(key, answer));
    }

    /// The first place that is not done yet.
    pub fn resume(self) -> Place {
        self.live_now(|pack, live, answers| {
            let steps = walk::steps(pack, live);
            walk::resume(live, &steps, answers).and_then(|i| steps.get(i).cloned()).map_or(Place::Check, |step| Place::Step { step, change: false })
        })
    }

    /// Leaves a step: what was left blank was passed over. Goes to the next, or back to the check screen.
    pub fn continue_from(self, step: &Step, change: bool) {
        let mut answers = self.answers.get_untracked();
        self.live_now(|_, live, _| walk::skip_blank(live, step, &mut answers));
        self.answers.set(answers);
        let (known, next) = self.live_now(|pack, live, _| {
            let steps = walk::steps(pack, live);
            (steps.contains(step), walk::after(&steps, step).cloned())
        });
        self.go(match next {
            // No longer asked, for instance since the language changed: go on with what is still open.
            _ if !known => self.resume(),
            // Help is never passed by, not even on the way back to the check screen.
            Some(next @ Step::Help { .. }) => Place::Step { step: next, change },
            _ if change => Place::Check,
            Some(next) => Place::Step { step: next, change: false },
            None => Place::Check,
        });
    }

    /// Forgets everything, on the device and in this page.
    pub fn clear(self) {
        if self.kiosk.is_some() {
            return boot::wipe_all("");
        }
        self.keep_no_longer();
        self.answers.set(Answers::default());
        boot::hold_answers("");
        self.guesses.borrow_mut().clear();
        self.leave_out.set(false);
        self.code.set(false);
        self.opened.set(None);
        self.beside.set(false);
        self.scores.set(false);
        self.typed.set(String::new());
        self.trail.set(vec![Place::Start]);
        self.at.set(0);
        history::replace(0);
        self.said.set(self.words().cleared().into());
    }

    /// Today, as shown.
    pub fn today(self) -> String {
        intl::today(&self.pack_now().lang)
    }

    /// Switches the language; answers and place stay.
    pub fn speak(self, lang: &str) {
        let known = self.packs.borrow().iter().copied().find(|p| p.lang == lang);
        if let Some(pack) = known.or_else(|| super::decode(lang).map(|pack| super::hold(pack, &self.settings))) {
            if known.is_none() {
                self.packs.borrow_mut().push(pack);
            }
            self.take_typed();
            self.pack.set(pack);
            self.show(self.at.get_untracked());
            // Everything is drawn anew: the visitor stays where they were, in the open menu.
            page::soon(move || {
                if self.place_shown() != Place::Attract {
                    page::open_menu();
                }
                focus::to_still("#lang");
            });
        }
    }
}
