//! Topics to read, in any order.

mod blocks;
mod drawings;

use super::el::{View, el, group};
use super::state::{Place, State};
use super::ui::{acts, back, button, fill, flow, lead, p, title, way};
use crate::browser::intl;

pub use blocks::{claim_meta, source, sources};

/// The list of topics.
pub fn list(state: State) -> View {
    let w = state.words();
    let topics = state.pack_now();
    let topics = topics.topics.iter().enumerate().map(|(i, t)| way("way", &t.title, &t.lead, move || state.go(Place::Topic(i))));
    let compare = way("way", w.compare_title(), w.compare_lead(), move || state.go(Place::Compare));
    group([
        back(state),
        flow([title(w.read_title()), lead(w.read_lead())]).kids(overdue(state)),
        el("ul").class("ways").kids(topics).kid(compare),
        acts([button("btn", w.to_questions(), move || state.go(state.resume()))]),
    ])
}

/// One topic.
pub fn topic(state: State, index: usize) -> View {
    let w = state.words();
    let pack = state.pack_now();
    let Some(topic) = pack.topics.get(index) else { return list(state) };
    let next = match pack.topics.get(index + 1) {
        Some(next) => button("btn", &fill(w.next_topic(), &[("title", &next.title)]), move || state.go(Place::Topic(index + 1))),
        None => button("btn", w.compare_title(), move || state.go(Place::Compare)),
    };
    let body = flow([title(&topic.title), lead(&topic.lead)]).kids(overdue(state)).kids(topic.blocks.iter().map(|b| blocks::block(state, b)));
    group([back(state), body, acts([next, button("plain", w.all_topics(), move || state.go(Place::Topics))])])
}

/// A copy in the field that is past its check date says so on its own.
pub fn overdue(state: State) -> Option<View> {
    state.pack_now().is_late(&intl::today_iso()).then(|| p("note", state.words().overdue()))
}
