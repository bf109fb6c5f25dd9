//! What the visitor entered and chose. Everything else is replayed from it by the engine.

use super::replayed::Replayed;
use super::{Locale, PreviousVisit};
use crate::platform::storage::{self, Elsewhere};
use crate::platform::{document, host, intl};
use engine::answers::{Answer, Answers, Key};
use engine::form::EvaluatedForm;
use engine::migrate::migrate;
use engine::naming;
use engine::pack::{Item, Pack, Region, Settings, Verdict};
use engine::summary::{self, Context, Earlier, Sheets};
use engine::walk::{self, Length, Room, Step};
use export::code;
use export::qr::Qr;
use leptos::prelude::*;
use std::rc::Rc;

/// Where `<html>` says that answers are left off the sheets, so that the choice outlives a restart
/// of the wasm.
const REDACTED: &str = "data-left-out";

/// Where `<html>` says that the short way was chosen, so that the choice outlives a restart of the
/// wasm. The answers' text form has no place for it: after a reload the start screen offers both
/// ways again.
const LENGTH: &str = "data-length";
const SHORT: &str = "safety";

/// The language that a clinician in the United States reads.
const READERS: &str = "en";

/// Where the set-up page's preview of the sheets has the answers of a person who does not exist.
const EXAMPLE: &str = "data-example";

/// The visit: answers, choices about them, and what was opened again.
#[derive(Clone, Copy)]
pub struct Session {
    locale: Locale,
    settings: &'static Settings,
    /// The answers. Screens read them through [`Session::evaluate`].
    pub answers: RwSignal<Answers>,
    /// Id of the region whose crisis lines are shown.
    pub region: RwSignal<String>,
    /// Answers are kept on the device.
    pub keep: RwSignal<bool>,
    /// The answers about suicide stay off the sheets.
    pub redacted: RwSignal<bool>,
    /// The clinician's sheet is made in English, whatever language the visitor answers in.
    pub english: RwSignal<bool>,
    /// A code on the clinician's sheet was asked for.
    pub code: RwSignal<bool>,
    /// What was opened again, to look at or to compare with.
    pub previous: RwSignal<Option<PreviousVisit>>,
    /// Its scores stand beside today's.
    pub compare: RwSignal<bool>,
    /// Scores are shown on screen; they are printed either way.
    pub show_scores: RwSignal<bool>,
    /// How much of the questionnaire the visitor wants to go through.
    pub length: RwSignal<Length>,
    /// How many questions the last answer added, said on the screen behind it.
    pub new_questions: RwSignal<usize>,
    /// The row of the check screen that "Change" was pressed on: the visitor comes back to it.
    pub changed_row: RwSignal<Option<Key>>,
    /// What a kiosk's screen has room for; `None` where one scrolls.
    room: Option<Room>,
    /// Text size on screen: 1, 2 or 3.
    pub text_size: RwSignal<usize>,
    /// What the polite live region says, one message at a time.
    pub announcement: RwSignal<String>,
    guesses: RwSignal<Vec<(String, Verdict)>>,
    replayed: StoredValue<Replayed, LocalStorage>,
}

impl Session {
    /// A new session, or one restored from the crash backup or from storage.
    pub fn new(locale: Locale, settings: &'static Settings) -> Self {
        let kept = storage::kept();
        let text = Some(host::held_answers())
            .filter(|held| !held.is_empty())
            .or_else(|| kept.clone())
            .or_else(|| document::root(EXAMPLE));
        let answers = text.and_then(|text| Answers::decode(&text).ok());
        let answers = answers.map(|answers| migrate(locale.pack(), &answers)).unwrap_or_default();
        let redacted = !host::is_kiosk() && document::root(REDACTED).as_deref() == Some("yes");
        let short = !host::is_kiosk() && document::root(LENGTH).as_deref() == Some(SHORT);
        Self {
            locale,
            settings,
            answers: RwSignal::new(answers),
            region: RwSignal::new(settings.region.clone()),
            keep: RwSignal::new(kept.is_some()),
            redacted: RwSignal::new(redacted),
            english: RwSignal::new(false),
            code: RwSignal::new(false),
            previous: RwSignal::new(None),
            compare: RwSignal::new(false),
            show_scores: RwSignal::new(false),
            length: RwSignal::new(if short { Length::Safety } else { Length::Full }),
            new_questions: RwSignal::new(0),
            changed_row: RwSignal::new(None),
            room: host::is_kiosk().then(document::size).map(|(width, height)| Room::of(width, height)),
            text_size: RwSignal::new(1),
            announcement: RwSignal::new(String::new()),
            guesses: RwSignal::new(Vec::new()),
            replayed: StoredValue::new_local(Replayed::new(locale.pack())),
        }
    }

    /// Keeps the boot script, the device and `<html>` in step with the session.
    pub fn sync_outward(self) {
        Effect::new(move |before: Option<bool>| {
            let answers = self.answers.get();
            host::hold_answers(&if answers.is_empty() { String::new() } else { answers.encode() });
            let keep = self.keep.get();
            if keep {
                let text = answers.without(&self.locale.pack().safety.never_kept).encode();
                let began = before == Some(false);
                if !(if began { storage::begin(&text) } else { storage::update(&text) }) {
                    self.keep.set(false);
                } else if before != Some(true) {
                    storage::watch_expiry(move || self.keep.set(false));
                }
            }
            keep
        });
        storage::on_change_elsewhere(move |change| match change {
            Elsewhere::Removed => self.keep.set(false),
            Elsewhere::Cleared => self.start_anew(),
        });
        Effect::new(move |_| document::set_root("data-text", &self.text_size.get().to_string()));
        Effect::new(move |_| document::set_root("data-scores", if self.show_scores.get() { "on" } else { "off" }));
        Effect::new(move |_| document::set_root("lang", &self.locale.track_pack().lang));
        // A kiosk keeps no trace of a visit on the page itself.
        if !host::is_kiosk() {
            Effect::new(move |_| document::set_root(REDACTED, if self.redacted.get() { "yes" } else { "no" }));
            Effect::new(move |_| {
                document::set_root(LENGTH, if self.length.get() == Length::Safety { SHORT } else { "" })
            });
        }
    }

    /// Calls the engine with the answers as they stand; tracks answers and language.
    pub fn evaluate<T>(self, act: impl FnOnce(&'static Pack, &EvaluatedForm<'_>, &Answers) -> T) -> T {
        let pack = self.locale.track_pack();
        self.answers.with(|answers| {
            let form = self.replayed.try_update_value(|replayed| replayed.form(pack, answers));
            act(pack, &form.unwrap_or_else(|| EvaluatedForm::new(&pack.questionnaire, answers)), answers)
        })
    }

    /// As [`Session::evaluate`], without tracking.
    pub fn evaluate_untracked<T>(self, act: impl FnOnce(&'static Pack, &EvaluatedForm<'_>, &Answers) -> T) -> T {
        untrack(|| self.evaluate(act))
    }

    /// The engine with the steps of the chosen length, without tracking.
    pub fn with_steps<T>(self, act: impl FnOnce(&'static Pack, &EvaluatedForm<'_>, &Answers, &[Step]) -> T) -> T {
        self.with_steps_of(self.length.get_untracked(), act)
    }

    /// The engine with all steps that there are, whatever the chosen length; without tracking.
    pub fn with_all_steps<T>(self, act: impl FnOnce(&'static Pack, &EvaluatedForm<'_>, &Answers, &[Step]) -> T) -> T {
        self.with_steps_of(Length::Full, act)
    }

    fn with_steps_of<T>(
        self,
        length: Length,
        act: impl FnOnce(&'static Pack, &EvaluatedForm<'_>, &Answers, &[Step]) -> T,
    ) -> T {
        self.evaluate_untracked(|pack, form, answers| {
            let known = self.replayed.with_value(|replayed| {
                replayed.steps.iter().find(|(of, _)| *of == length).map(|(_, steps)| steps.clone())
            });
            let steps = known.unwrap_or_else(|| self.work_out_steps(pack, form, length));
            act(pack, form, answers, &steps)
        })
    }

    fn work_out_steps(self, pack: &Pack, form: &EvaluatedForm<'_>, length: Length) -> Rc<[Step]> {
        let steps = walk::steps_of(pack, form, length);
        let steps: Rc<[Step]> = match self.room {
            Some(room) => walk::in_parts(pack, form, steps, room),
            None => steps,
        }
        .into();
        self.replayed.update_value(|replayed| replayed.steps.push((length, steps.clone())));
        steps
    }

    /// About how many minutes a length still takes with the answers so far.
    pub fn minutes(self, length: Length) -> u32 {
        self.evaluate_untracked(|pack, _, answers| walk::minutes(walk::estimate(pack, answers, length)))
    }

    /// The answer to `key`, tracked.
    pub fn answer(self, key: &Key) -> Option<Answer> {
        self.answers.with(|answers| answers.get(key).cloned())
    }

    /// The answer to `key`, not tracked.
    pub fn answer_untracked(self, key: &Key) -> Option<Answer> {
        self.answers.with_untracked(|answers| answers.get(key).cloned())
    }

    /// Sets the answer to `key`; an empty list of values takes it away.
    pub fn set_answer(self, key: Key, answer: Answer) {
        self.answers.update(|answers| answers.set(key, answer));
    }

    /// An item of the questionnaire.
    pub fn item(self, link_id: &str) -> Option<&'static Item> {
        self.locale.pack().questionnaire.item(link_id)
    }

    /// The question as its screen asks it: with the medicine or problem that it is about.
    pub fn question_text(self, item: &'static Item, repetition: u8) -> Signal<String> {
        if !naming::is_named(self.locale.pack(), &item.link_id) {
            return Signal::stored(item.text.clone());
        }
        let text = move || self.evaluate(|pack, form, _| naming::question_text(pack, form, item, repetition));
        Memo::new(move |_| text()).into()
    }

    /// The chosen region, tracked.
    pub fn region(self) -> Option<&'static Region> {
        self.region.with(|id| self.locale.track_pack().region(id))
    }

    /// True if the visitor said to be under 18; not tracked.
    pub fn is_minor(self) -> bool {
        self.evaluate_untracked(|pack, form, _| walk::is_minor(pack, form))
    }

    /// The guess at a card, if there was one; tracked.
    pub fn guess(self, card: &str) -> Option<Verdict> {
        self.guesses.with(|all| all.iter().find(|(id, _)| id == card).map(|(_, verdict)| *verdict))
    }

    /// Remembers a guess for as long as the visit lasts.
    pub fn set_guess(self, card: &str, verdict: Verdict) {
        self.guesses.update(|all| {
            all.retain(|(id, _)| id != card);
            all.push((card.into(), verdict));
        });
    }

    /// Removes what is kept on the device, and keeps no more.
    pub fn stop_keeping(self) {
        self.keep.set(false);
        storage::forget();
    }

    /// Forgets everything, on the device and in memory: the boot script overwrites this instance
    /// and starts anew.
    pub fn clear(self) {
        storage::erase();
        self.start_anew();
    }

    /// Forgets everything that is in memory.
    fn start_anew(self) {
        self.keep.set(false);
        if !host::is_kiosk() {
            document::set_root(REDACTED, "no");
            document::set_root(LENGTH, "");
        }
        host::wipe(if host::is_kiosk() { "" } else { host::CLEARED });
    }

    /// Today in words.
    pub fn today(self) -> String {
        intl::today(&self.locale.pack().lang)
    }

    /// The sheets of today's answers, beside the scores of an earlier visit if the visitor chose
    /// so; tracked.
    pub fn sheets(self) -> Sheets {
        let (pack, reader) = (self.locale.track_pack(), self.clinician_pack());
        let previous = self.previous.get().filter(|_| self.compare.get());
        let dates = [pack, reader].map(|pack| previous.as_ref().map(|visit| visit.date(&pack.lang)));
        let earlier = dates.each_ref().map(|date| {
            date.as_deref().zip(previous.as_ref()).map(|(date, visit)| Earlier { date, answers: &visit.answers })
        });
        let [today, todays] = [pack, reader].map(|pack| intl::today(&pack.lang));
        let redacted = self.redacted.get();
        self.evaluate(|_, _, answers| {
            self.with_context(&today, redacted, |context| {
                if reader.lang == pack.lang {
                    let [earlier, _] = earlier;
                    return summary::sheets_since(pack, answers, context, earlier);
                }
                let region = reader.region(&context.region.id).unwrap_or(context.region);
                let theirs = Context { date: &todays, region, ..context };
                summary::sheets_for_reader(pack, reader, answers, [context, theirs], earlier)
            })
        })
    }

    /// The pack that the clinician's sheet of today is made from: the visitor's, or English if that
    /// was chosen; tracked.
    pub fn clinician_pack(self) -> &'static Pack {
        let pack = self.locale.track_pack();
        let english = self.english.get() && pack.lang != READERS;
        if english { self.locale.pack_of(READERS).unwrap_or(pack) } else { pack }
    }

    /// True if the clinician's sheet can be in another language than the visitor's: the file has
    /// both.
    pub fn may_choose_english(self) -> bool {
        self.locale.track_pack().lang != READERS && host::languages().iter().any(|lang| lang == READERS)
    }

    /// The sheets of what was opened again, as they were on that day; tracked.
    pub fn previous_sheets(self) -> Sheets {
        let visit = self.previous.get().unwrap_or_default();
        let pack = self.locale.track_pack();
        self.with_context(&visit.date(&pack.lang), visit.redacted, |context| {
            summary::sheets(pack, &visit.answers, context)
        })
    }

    /// Calls `make` with what surrounds answers on a sheet; tracks the region.
    pub fn with_context<T>(self, date: &str, redacted: bool, make: impl FnOnce(Context<'_>) -> T) -> T {
        let none = Region::default();
        let region = self.region().unwrap_or(&none);
        make(Context { date, region, settings: self.settings, leave_out: redacted })
    }

    /// True if these answers can be a code on paper: not under 18, and not of somebody else's
    /// questionnaire, whose answers have no numbers.
    pub fn can_have_code(self) -> bool {
        self.evaluate(|pack, form, _| !pack.numbers.questions.is_empty() && !walk::is_minor(pack, form))
    }

    /// The code of today's answers; the inner `None` if they do not fit into one. `None` if no code
    /// was asked for.
    pub fn code(self) -> Option<Option<Qr>> {
        let asked = self.code.get() && self.can_have_code();
        asked
            .then(|| self.evaluate(|pack, _, answers| code::qr(pack, answers, self.redacted.get(), &intl::today_iso())))
    }
}

/// The session context.
pub fn use_session() -> Session {
    expect_context()
}
