//! The trail of screens, Back, and what must happen before a screen is left.

use super::Session;
use crate::platform::{document, focus, history, host, press};
use crate::route::Route;
use engine::walk::{self, Length, Onward, Step};
use leptos::prelude::*;

/// Moves between screens. Back keeps what lies ahead until another way is taken.
#[derive(Clone, Copy)]
pub struct Navigation {
    session: Session,
    trail: RwSignal<Vec<Route>>,
    index: RwSignal<usize>,
    drawing: RwSignal<usize>,
    /// Asked before the screen is left, whichever way; false keeps the visitor on it.
    guard: StoredValue<Option<(u32, Callback<(), bool>)>>,
}

impl Navigation {
    /// Starts at the last screen of `trail`.
    pub fn new(session: Session, trail: Vec<Route>) -> Self {
        let index = trail.len().saturating_sub(1);
        Self {
            session,
            trail: RwSignal::new(trail),
            index: RwSignal::new(index),
            drawing: RwSignal::new(0),
            guard: StoredValue::new(None),
        }
    }

    /// Opens a screen behind the first one, before the app is drawn. It gets an entry of its own in
    /// the browser's history, so that Back leads to the first screen.
    pub fn open(self, route: Route) {
        history::replace(0);
        self.trail.update(|trail| trail.push(route));
        self.index.set(1);
        history::push(1);
    }

    /// Follows the browser's history, and moves focus to the heading of each new screen.
    pub fn watch(self) {
        history::replace(self.index.get_untracked());
        history::on_move(move |entry| self.moved_to(entry));
        Effect::new(move |before: Option<Route>| {
            let route = self.route();
            if before.as_ref().is_some_and(|before| *before != route) {
                document::close_menu();
                document::drop_selection();
                press::screen_changes();
                // Not any `main`: the static start that was painted before the app has one too.
                host::after_paint(|| {
                    // An extension that takes comments out of pages takes Leptos's marks along, and
                    // nothing is drawn any more.
                    if !focus::to_top("#app main h1") {
                        return host::restart();
                    }
                    press::screen_painted();
                });
            }
            route
        });
    }

    /// The screen shown, tracked.
    pub fn route(self) -> Route {
        let index = self.index.get();
        self.trail.with(|trail| trail.get(index).cloned().unwrap_or(Route::Start))
    }

    /// The screen shown, not tracked.
    pub fn route_untracked(self) -> Route {
        untrack(|| self.route())
    }

    /// The screen before this one on the trail, not tracked.
    pub fn previous(self) -> Option<Route> {
        let before = self.index.get_untracked().checked_sub(1)?;
        self.trail.with_untracked(|trail| trail.get(before).cloned())
    }

    /// Draws the screen that is shown anew.
    pub fn draw_anew(self) {
        self.drawing.update(|n| *n += 1);
    }

    /// How often a screen was to be drawn anew though the route stayed the same; tracked.
    pub fn drawing(self) -> usize {
        self.drawing.get()
    }

    /// True if there is a screen to go back to; tracked.
    pub fn can_go_back(self) -> bool {
        self.index.get() > 0
    }

    /// Registers what the current screen must do before it is left: true lets the visitor go. Freed
    /// with its owner.
    pub fn guard_leaving(self, guard: impl Fn() -> bool + Send + Sync + 'static) {
        let id = self.guard.with_value(|current| current.map_or(0, |(id, _)| id.wrapping_add(1)));
        self.guard.set_value(Some((id, Callback::new(move |()| guard()))));
        // The next screen may have registered its own guard before this one is cleaned up.
        on_cleanup(move || {
            self.guard.update_value(|current| *current = current.take().filter(|(other, _)| *other != id))
        });
    }

    /// Asks the screen's guard; true if the screen may be left.
    pub fn may_leave(self) -> bool {
        self.guard.get_value().is_none_or(|(_, guard)| guard.run(()))
    }

    /// Goes on to a screen; what lay ahead is forgotten.
    pub fn go(self, route: Route) {
        if self.may_leave() {
            self.push(route);
        }
    }

    fn push(self, route: Route) {
        // "Until I finish": the summary is the end of keeping.
        if route == Route::Summary {
            self.session.stop_keeping();
        }
        if route != self.route_untracked() {
            focus::leave();
        }
        let index = self.index.get_untracked() + 1;
        self.trail.update(|trail| {
            trail.truncate(index);
            trail.push(route);
        });
        self.session.announcement.set(String::new());
        self.session.new_questions.set(0);
        self.index.set(index);
        history::push(index);
    }

    /// One screen back: through the browser's history where it is ours, else along our own trail.
    pub fn back(self) {
        let index = self.index.get_untracked();
        if index > 0 && (history::framed() || !history::back()) && self.may_leave() {
            self.show(index - 1);
        }
    }

    /// Shows a screen of the trail, or the nearest before it that is still asked.
    fn show(self, index: usize) {
        let asked = |route: &Route| match route {
            Route::Question { step, .. } => self.session.with_all_steps(|_, _, _, steps| steps.contains(step)),
            Route::Stage(stage) => {
                self.session.with_steps(|_, form, _, steps| !walk::stage_steps(form, steps, stage).is_empty())
            }
            _ => true,
        };
        let to = self.trail.with_untracked(|trail| trail.iter().take(index + 1).rposition(asked)).unwrap_or_default();
        // A screen that is shown already would lose its focus by being drawn anew.
        if to != self.index.get_untracked() {
            focus::leave();
            self.index.set(to);
        }
        // The browser's entry follows, else its next Back would do nothing.
        if to < index {
            history::go_back(index - to);
        }
    }

    /// Draws the current screen's place anew after a change of language: it may be asked no longer.
    pub fn refresh(self) {
        self.show(self.index.get_untracked());
    }

    /// The browser moved to another entry of its history.
    fn moved_to(self, entry: usize) {
        let shown = self.index.get_untracked();
        if !self.may_leave() {
            // The browser has moved already: put it back to the screen that stays.
            history::go_back_to(entry, shown);
            return;
        }
        // A kiosk's entries say nothing: each way to move means Back.
        if host::is_kiosk() {
            if shown > 0 {
                self.show(shown - 1);
            }
            return;
        }
        let known = self.trail.with_untracked(|trail| entry < trail.len());
        self.show(if known { entry } else { 0 });
    }

    /// A kiosk visit begins: there is nothing to go back to.
    pub fn restart(self, route: Route) {
        self.trail.set(vec![route]);
        self.index.set(0);
    }

    /// The first screen that is not done yet, of the chosen length.
    pub fn next_open(self) -> Route {
        self.session.with_steps(|_, form, answers, steps| {
            let open = walk::resume(form, steps, answers).and_then(|i| steps.get(i).cloned());
            open.map_or(Route::Check, Route::step)
        })
    }

    /// Begins the questions, or goes on with them, in this length.
    pub fn begin(self, length: Length) {
        self.session.length.set(length);
        self.go(self.next_open());
    }

    /// Enters a stage: its card, or where it was left.
    pub fn enter_stage(self, stage: &str) {
        let onward = self.session.with_steps(|_, form, answers, steps| walk::enter_stage(form, steps, answers, stage));
        self.go(self.route_to(onward));
    }

    /// From a stage's card to its first step that is not done.
    pub fn open_stage(self, stage: &str) {
        self.go(self.first_of(stage));
    }

    /// The first step of a stage that is not done.
    fn first_of(self, stage: &str) -> Route {
        let step = self.session.with_steps(|_, form, answers, steps| {
            let inside = walk::stage_steps(form, steps, stage);
            walk::resume(form, inside, answers).and_then(|i| inside.get(i)).or(inside.first()).cloned()
        });
        step.map_or_else(|| self.next_open(), Route::step)
    }

    /// The screen that comes next. The short way has no cards between its stages.
    fn route_to(self, onward: Onward) -> Route {
        match onward {
            Onward::Step(step) => Route::step(step),
            Onward::Stage(stage) if self.session.length.get_untracked() == Length::Safety => self.first_of(&stage),
            Onward::Stage(stage) => Route::Stage(stage),
            Onward::End => Route::Check,
        }
    }

    /// Leaves a step of the questionnaire: what was left blank was skipped. Goes on to the next
    /// step, or back to the check screen.
    pub fn advance(self, step: &Step, from_check: bool) {
        if !self.may_leave() {
            return;
        }
        let mut answers = self.session.answers.get_untracked();
        self.session.evaluate_untracked(|_, form, _| walk::skip_blank(form, step, &mut answers));
        self.session.answers.set(answers);
        let help = self.help_behind(step);
        let onward = self.session.with_steps(|_, form, answers, steps| walk::onward(form, steps, answers, step));
        self.push(match (help, onward) {
            // Help is never skipped, not even on the way back to the check screen.
            (Some(step), _) => Route::Question { step, from_check },
            _ if from_check => Route::Check,
            (None, Some(onward)) => self.route_to(onward),
            // No longer asked, for instance since the language changed: go on with what is still
            // open.
            (None, None) => self.next_open(),
        });
    }

    /// The help step right behind this one, if its answer asked for help.
    pub fn help_behind(self, step: &Step) -> Option<Step> {
        self.session.with_all_steps(|_, _, _, steps| {
            walk::after(steps, step).filter(|next| matches!(next, Step::Help { .. })).cloned()
        })
    }

    /// To the check screen from anywhere; help that the screen's answer asks for is not skipped on
    /// the way.
    pub fn finish(self) {
        let help = match self.route_untracked() {
            Route::Question { step, .. } => self.help_behind(&step),
            _ => None,
        };
        self.go(help.map_or(Route::Check, |step| Route::Question { step, from_check: true }));
    }
}

/// The navigation context.
pub fn use_navigation() -> Navigation {
    expect_context()
}
