//! Drawings: a visit in stages, a course of visits, two sheets of paper. The words beside each say
//! the same.

use crate::context::use_words;
use engine::pack::{Calendar, Stage, Timeline, Words, fill};
use leptos::prelude::*;

/// A visit in stages, and above them, over the same steps, how strongly it is felt and the blood
/// pressure. It is drawn for five stages.
#[component]
pub fn VisitTimeline(timeline: &'static Timeline) -> impl IntoView {
    let steps = timeline.stages.len();
    let stage = |s: &'static Stage| {
        view! { <li><span class="at">{s.when.as_str()}</span><b>{s.title.as_str()}</b><br/>{s.text.as_str()}</li> }
    };
    view! {
        <figure class="broad visit-figure">
            {(steps == 5).then(|| view! { <VisitChart/> })}
            <ol class="visit">{timeline.stages.iter().map(stage).collect_view()}</ol>
        </figure>
    }
}

/// Two lines with their names beside them, an axis of strength and one of time, whose five steps
/// are those of the list below.
#[component]
fn VisitChart() -> impl IntoView {
    let words = use_words();
    let name = |line: &'static str, text: &'static str| {
        view! {
            <span class=format!("of-{line}")><svg viewBox="0 0 28 8" aria-hidden="true"><path class=line d="M1 4h26"/></svg>{text}</span>
        }
    };
    let step = |n: usize| view! { <span>{n}</span> };
    view! {
        <div class="visit-chart" role="img" aria-label=words.visit_alt()>
            <p class="visit-level"><span>{words.visit_more()}</span><span>{words.visit_usual()}</span></p>
            <div class="visit-plot">
                <svg class="visit-line" viewBox="0 0 500 100" preserveAspectRatio="none" aria-hidden="true">
                    <path class="axis" d="M1 0V99H500M100 93v6M200 93v6M300 93v6M400 93v6"/>
                    <path class="felt" d="M0 96H200C226 96 226 24 262 22C300 21 320 60 372 80C400 91 420 96 500 96"/>
                    <path class="pressure" d="M0 84H190C226 84 232 46 270 46C330 46 352 70 400 84H500"/>
                </svg>
                {name("felt", words.visit_felt())}
                {name("pressure", words.visit_pressure())}
            </div>
            <p class="visit-steps">{(1..=5).map(step).collect_view()}</p>
            <p class="visit-time">{words.visit_time()}</p>
        </div>
    }
}

/// A course by weeks, drawn as a leaf of a calendar: each visit is numbered, and what may come
/// later has no days yet.
#[component]
pub fn CourseCalendar(calendar: &'static Calendar) -> impl IntoView {
    let CalendarShape { bottom, spoken, names, visits, dots, lines, later } = CalendarShape::of(calendar, use_words());
    let name = |(y, name): (usize, String)| view! { <text class="week" x="18" y=y + 5>{name}</text> };
    let visit = |(x, y, n): (usize, usize, usize)| {
        view! { <circle class="s n" cx=x cy=y r="12"/><text class="on" x=x y=y + 5>{n}</text> }
    };
    view! {
        <figure class="art calendar">
            <svg viewBox=format!("0 0 316 {}", bottom + 10) role="img" aria-label=spoken.join(". ")>
                <path class="p" d=format!("M14 14h288a6 6 0 0 1 6 6v{}a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V20a6 6 0 0 1 6-6z", bottom - 20)/>
                <path class="f" d="M14 14h288a6 6 0 0 1 6 6v20H8V20a6 6 0 0 1 6-6z"/>
                <path d="M60 6v16M158 6v16M256 6v16"/>
                <path class="grid" d=lines/>
                <path class="grid days" d=dots/>
                {later.map(|rings| view! { <path class="a open" d=rings/> })}
                {visits.into_iter().map(visit).collect_view()}
                {names.into_iter().map(name).collect_view()}
            </svg>
            <figcaption>{calendar.caption.as_str()}</figcaption>
        </figure>
    }
}

/// Where everything on the calendar stands, in units of the drawing, and what it says aloud.
struct CalendarShape {
    /// Bottom of the last week.
    bottom: usize,
    /// Each week with its visits, in words.
    spoken: Vec<String>,
    /// Middle and name of each week.
    names: Vec<(usize, String)>,
    /// Across, down and number of each visit.
    visits: Vec<(usize, usize, usize)>,
    /// A path of the days without a visit.
    dots: String,
    /// A path of what lies between the weeks.
    lines: String,
    /// A path of the visits that may come later; `None` if there are none.
    later: Option<String>,
}

impl CalendarShape {
    fn of(calendar: &Calendar, words: &Words) -> Self {
        /// Top of the first week, height of a week, middle of the first day, and from day to day.
        const TOP: usize = 40;
        const WEEK: usize = 40;
        const FIRST_DAY: usize = 108;
        const DAY: usize = 30;
        let has_later = !calendar.later.is_empty();
        let weeks = calendar.weeks.len() + usize::from(has_later);
        let bottom = TOP + weeks * WEEK;
        let (mut spoken, mut names) = (Vec::new(), Vec::new());
        let (mut visits, mut dots) = (Vec::new(), String::new());
        for (n, week) in calendar.weeks.iter().enumerate() {
            let middle = TOP + n * WEEK + WEEK / 2;
            let name = fill(words.week(), &[("n", &(n + 1).to_string())]);
            let mut row = vec![name.clone()];
            names.push((middle, name));
            for (day, mark) in week.chars().enumerate() {
                let x = FIRST_DAY + day * DAY;
                if mark == 'x' {
                    let number = visits.len() + 1;
                    row.push(format!("{} {number}", words.visit_day()));
                    visits.push((x, middle, number));
                } else {
                    dots.push_str(&format!("M{x} {middle}h.01"));
                }
            }
            spoken.push(row.join(", "));
        }
        let lines = (1..weeks).map(|n| format!("M8 {}h300", TOP + n * WEEK)).collect();
        let later = has_later.then(|| {
            let middle = bottom - WEEK / 2;
            names.push((middle, calendar.later.clone()));
            spoken.push(calendar.later.clone());
            let ring =
                |n: usize| format!("M{} {middle}a11 11 0 1 0 22 0a11 11 0 1 0-22 0", FIRST_DAY + n * 2 * DAY - 11);
            (0..3).map(ring).collect()
        });
        Self { bottom, spoken, names, visits, dots, lines, later }
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
