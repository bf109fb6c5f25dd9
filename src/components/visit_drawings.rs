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
                <path d="M4 0V100C4 140 86 150 88 250C89 310 26 320 10 400C4 440 4 470 4 500"/>
            </svg>
            <svg class="visit-line across" viewBox="0 0 500 100" preserveAspectRatio="none" aria-hidden="true">
                <path d="M0 96H100C140 96 150 14 250 12C310 11 320 74 400 90C440 96 470 96 500 96"/>
            </svg>
        }
    });
    let stage = |s: &'static Stage| {
        view! { <li><span class="at">{s.when.as_str()}</span><b>{s.title.as_str()}</b><br/>{s.text.as_str()}</li> }
    };
    view! {
        <figure class="broad">
            <div class="visit-box">{curve}<ol class="visit">{timeline.stages.iter().map(stage).collect_view()}</ol></div>
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
