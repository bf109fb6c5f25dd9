//! Who made this, who pays, who sells the treatment, when it was checked, how to complain.

use super::el::{View, el, group};
use super::state::State;
use super::ui::{back, fact, facts, fill, flow, h2, out_link, plain, small_print, title};
use crate::browser::intl;
use engine::pack::{Instrument, Settings, Words};

pub fn screen(state: State) -> View {
    let w = state.words();
    let pack = state.pack_now();
    let a = &pack.about;
    let due = intl::day(&pack.review_by, &pack.lang);
    let checked = intl::day(&pack.checked_on, &pack.lang);
    let updates = fill(&a.update_policy, &[("date", &due)]);
    let parts: [(&str, &str); 8] = [
        (w.about_private(), w.about_private_text()),
        (w.about_sells(), &a.sells),
        (w.about_made(), &a.made_by),
        (w.about_pays(), &a.pays),
        (w.about_updates(), &updates),
        (w.about_complain(), &a.complain),
        (w.about_evidence(), &a.how_evidence_was_chosen),
        (w.about_tested(), &a.readers),
    ];
    let version = [
        fact(w.product(), env!("CARGO_PKG_VERSION")),
        fact(w.content_version(), &pack.version),
        fact(w.checked_on(), &checked),
        fact(w.review_by(), &due),
    ];
    let sources = el("details").class("more").kid(el("summary").text(w.about_sources()));
    let body = flow([title(w.about_title())])
        .kids(super::read::overdue(state))
        .kids(clinic(w, &state.settings))
        .kids(parts.map(|(title, text)| group([h2(title), plain(text)])))
        .kids(pack.instruments.iter().map(instrument))
        .kid(h2(w.about_version()))
        .kid(facts(version))
        .kid(sources.kid(el("ul").kids(pack.sources.iter().map(super::read::source))))
        .kid(h2(w.about_notices()))
        .kids(a.notices.iter().map(|n| small_print(n)));
    group([back(state), body])
}

/// Who the clinic is. Booking stands here alone, as one line among others: nowhere near an answer or a score.
fn clinic(w: &Words, s: &Settings) -> Option<View> {
    let lines = [(w.clinic(), s.line()), (w.clinic_address(), s.address.clone()), (w.clinic_hours(), s.hours.clone())];
    let facts_of = lines.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| fact(name, value));
    let booking = (!s.booking.is_empty()).then(|| plain("").kid(out_link(&s.booking, w.clinic_booking())));
    let known = lines.iter().any(|(_, value)| !value.is_empty()) || booking.is_some();
    known.then(|| group([h2(w.clinic()), facts(facts_of)]).kids(booking))
}

fn instrument(i: &Instrument) -> View {
    let wording = (!i.wording.is_empty()).then(|| small_print(&i.wording));
    group([el("h3").text(&i.name), plain(&i.about)]).kids(wording)
}
