//! Drawings: a visit in stages, a course of visits, two sheets of paper. The words beside each say the same.

use super::heading::Unseen;
use crate::context::use_words;
use engine::pack::{Calendar, Stage, Timeline, fill};
use leptos::prelude::*;

/// A visit in stages; the line shows how strong the feelings tend to be. It is drawn for five stages.
#[component]
pub fn VisitTimeline(timeline: &'static Timeline) -> impl IntoView {
    let curve = (timeline.stages.len() == 5).then(|| {
        view! {
            <svg class="visit-line" viewBox="0 0 100 500" preserveAspectRatio="none" aria-hidden="true">
                <path class="axis" d="M4 0V500"/>
                <path class="felt" d="M4 0V200C4 226 86 226 88 262C89 300 44 320 22 372C10 400 4 420 4 500"/>
                <path class="pressure" d="M18 0V190C18 226 62 232 62 270C62 330 34 352 18 400V500"/>
            </svg>
            <svg class="visit-line across" viewBox="0 0 500 100" preserveAspectRatio="none" aria-hidden="true">
                <path class="axis" d="M0 96H500"/>
                <path class="felt" d="M0 96H200C226 96 226 14 262 12C300 11 320 56 372 78C400 90 420 96 500 96"/>
                <path class="pressure" d="M0 82H190C226 82 232 38 270 38C330 38 352 66 400 82H500"/>
            </svg>
        }
    });
    let stage = |s: &'static Stage| {
        view! { <li><span class="at">{s.when.as_str()}</span><b>{s.title.as_str()}</b><br/>{s.text.as_str()}</li> }
    };
    let words = use_words();
    let legend = curve.is_some().then(|| {
        view! {
            <figcaption class="legend">
                <span><svg viewBox="0 0 28 8" aria-hidden="true"><path class="felt" d="M1 4h26"/></svg>{words.visit_felt()}</span>
                <span><svg viewBox="0 0 28 8" aria-hidden="true"><path class="pressure" d="M1 4h26"/></svg>{words.visit_pressure()}</span>
            </figcaption>
        }
    });
    view! {
        <figure class="broad visit-figure">
            <div class="visit-box">{curve}<ol class="visit">{timeline.stages.iter().map(stage).collect_view()}</ol></div>
            {legend}
        </figure>
    }
}

/// A course by weeks: each visit is numbered.
#[component]
pub fn CourseCalendar(calendar: &'static Calendar) -> impl IntoView {
    let words = use_words();
    let mut visits = 0;
    let mut day = |mark: char| {
        if mark != 'x' {
            return view! { <td><span aria-hidden="true">"·"</span></td> }.into_any();
        }
        visits += 1;
        view! { <td class="on"><span><Unseen text=format!("{} ", words.visit_day())/>{visits.to_string()}</span></td> }.into_any()
    };
    let weeks = calendar.weeks.iter().zip(1..).map(|(week, n)| {
        let days = week.chars().map(&mut day).collect_view();
        view! { <tr><th scope="row">{fill(words.week(), &[("n", &n.to_string())])}</th>{days}</tr> }
    });
    let weeks = weeks.collect_view();
    view! {
        <figure>
            <table class="cal"><tbody>{weeks}</tbody></table>
            <figcaption>{calendar.caption.as_str()}</figcaption>
        </figure>
    }
}

/// The two sheets as a picture that opens them.
#[component]
pub fn PictureButton(#[prop(into)] label: String, #[prop(into)] on_press: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="two-pages" on:click=move |_| on_press.run(())><TwoSheets/><span>{label}</span></button>
    }
}

/// The two sheets that come of the visit.
#[component]
fn TwoSheets() -> impl IntoView {
    view! {
        <svg viewBox="0 0 128 104" aria-hidden="true">
            <path d="M44 8h62v78H44z"/>
            <path class="front" d="M20 18h62v78H20z"/>
            <path d="M28 30h28M28 40h46v16H28zM28 64h46M28 71h46M28 78h30M28 85h38"/>
            <path d="M90 22h10M90 34h10M90 46h10M90 58h10"/>
        </svg>
    }
}
