//! Who made this, who pays, who sells the treatment, when it was checked, how to complain.

use super::topics::Overdue;
use crate::components::{BackButton, Fact, Facts, Heading, OutLink, ScreenHeading, SmallPrint, SourceItem};
use crate::context::{use_pack, use_settings, use_words};
use crate::platform::intl;
use engine::pack::{Instrument, fill};
use leptos::prelude::*;

/// The screen.
#[component]
pub fn AboutScreen() -> impl IntoView {
    let (words, pack) = (use_words(), use_pack());
    let about = &pack.about;
    let due = intl::day(&pack.review_by, &pack.lang);
    let updates = fill(&about.update_policy, &[("date", &due)]);
    let parts = [
        (words.about_private(), words.about_private_text().to_string()),
        (words.about_sells(), about.sells.clone()),
        (words.about_made(), about.made_by.clone()),
        (words.about_pays(), about.pays.clone()),
        (words.about_updates(), updates),
        (words.about_complain(), about.complain.clone()),
        (words.about_evidence(), about.how_evidence_was_chosen.clone()),
        (words.about_tested(), about.readers.clone()),
    ];
    let part = |(title, text): (&str, String)| view! { <Heading text=title/><p>{text}</p> };
    view! {
        <BackButton/>
        <div class="flow">
            <ScreenHeading text=words.about_title()/>
            <Overdue/>
            <Clinic/>
            {parts.map(part).collect_view()}
            {pack.instruments.iter().map(|instrument| view! { <InstrumentNote instrument/> }).collect_view()}
            <Heading text=words.about_version()/>
            <Facts>
                <Fact name=words.product() value=env!("CARGO_PKG_VERSION")/>
                <Fact name=words.content_version() value=pack.version.clone()/>
                <Fact name=words.checked_on() value=intl::day(&pack.checked_on, &pack.lang)/>
                <Fact name=words.review_by() value=due/>
            </Facts>
            <details class="more">
                <summary>{words.about_sources()}</summary>
                <ul>{pack.sources.iter().map(|source| view! { <SourceItem source/> }).collect_view()}</ul>
            </details>
            <Heading text=words.about_notices()/>
            {about.notices.iter().map(|notice| view! { <SmallPrint text=notice.clone()/> }).collect_view()}
        </div>
    }
}

/// Who the clinic is. Booking stands here alone, as one line among others: nowhere near an answer
/// or a score.
#[component]
fn Clinic() -> impl IntoView {
    let (words, settings) = (use_words(), use_settings());
    let lines = [
        (words.clinic(), settings.line(words.help_clinic_closed())),
        (words.clinic_address(), settings.address.clone()),
        (words.clinic_hours(), settings.hours.clone()),
    ];
    let booking = (!settings.booking.is_empty())
        .then(|| view! { <p><OutLink url=settings.booking.clone() label=words.clinic_booking()/></p> });
    let known = booking.is_some() || lines.iter().any(|(_, value)| !value.is_empty());
    known.then(|| {
        let lines = lines.map(|(name, value)| view! { <Fact name value/> }).collect_view();
        view! { <Heading text=words.clinic()/><Facts>{lines}</Facts>{booking} }
    })
}

#[component]
fn InstrumentNote(instrument: &'static Instrument) -> impl IntoView {
    let wording = (!instrument.wording.is_empty()).then(|| view! { <SmallPrint text=instrument.wording.clone()/> });
    view! { <Heading rank=3 text=instrument.name.clone()/><p>{instrument.about.as_str()}</p>{wording} }
}
