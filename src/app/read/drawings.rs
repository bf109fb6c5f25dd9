//! Drawn numbers, a drawn visit and a drawn course. The words beside each picture say the same.

use crate::app::el::{View, el, group, svg};
use crate::app::state::State;
use crate::app::ui::{fill, unseen};
use engine::pack::{Calendar, Claim, Stage, Timeline, Words};

/// `n` of 100 people as dots: filled and large, or open and small, so that colour carries nothing.
pub fn dots(state: State, claim: &Claim) -> Option<View> {
    let (Some(n), Some(100)) = (claim.n, claim.of) else { return None };
    let label = fill(state.words().people_of(), &[("n", &n.to_string()), ("of", "100")]);
    let dots = svg("svg").attrs(&[("class", "dots"), ("viewBox", "0 0 100 100"), ("role", "img"), ("aria-label", &label)]);
    Some(dots.kids((0..100).map(|i| dot(i, i < n))))
}

fn dot(i: u16, on: bool) -> View {
    let (class, r) = if on { ("on", "4") } else { ("off", "2.6") };
    let (x, y) = (i % 10 * 10 + 5, i / 10 * 10 + 5);
    svg("circle").attrs(&[("class", class), ("cx", &x.to_string()), ("cy", &y.to_string()), ("r", r)])
}

/// A visit in stages; the line shows how strong the feelings tend to be. Drawn for five stages.
pub fn visit(b: &Timeline) -> View {
    let curve = (b.stages.len() == 5).then(|| {
        group([
            line("visit-line", "0 0 100 500", "M4 0V100C4 140 86 150 88 250C89 310 26 320 10 400C4 440 4 470 4 500"),
            line("visit-line across", "0 0 500 100", "M0 96H100C140 96 150 14 250 12C310 11 320 74 400 90C440 96 470 96 500 96"),
        ])
    });
    let stages = el("ol").class("visit").kids(b.stages.iter().map(stage));
    el("figure").class("broad").kid(el("div").class("visit-box").kids(curve).kid(stages))
}

fn line(class: &str, view_box: &str, path: &str) -> View {
    let line = svg("svg").attrs(&[("class", class), ("viewBox", view_box), ("preserveAspectRatio", "none"), ("aria-hidden", "true")]);
    line.kid(svg("path").attr("d", path))
}

fn stage(s: &Stage) -> View {
    el("li").kid(el("span").class("at").text(&s.when)).kid(el("b").text(&s.title)).kid(el("br")).text(&s.text)
}

/// A course on weeks: each visit is numbered.
pub fn calendar(state: State, b: &Calendar) -> View {
    let w = state.words();
    let mut visits = 0;
    let mut body = el("tbody");
    for (week, n) in b.weeks.iter().zip(1..) {
        let name = fill(w.week(), &[("n", &n.to_string())]);
        let head = el("th").attr("scope", "row").text(&name);
        body = body.kid(el("tr").kid(head).kids(week.chars().map(|mark| day(w, mark, &mut visits))));
    }
    el("figure").kid(el("table").class("cal").kid(body)).kid(el("figcaption").text(&b.caption))
}

fn day(w: &Words, mark: char, visits: &mut u32) -> View {
    if mark != 'x' {
        return el("td").kid(el("span").attr("aria-hidden", "true").text("·"));
    }
    *visits += 1;
    let said = unseen(w.visit_day()).text(" ");
    el("td").class("on").kid(el("span").kid(said).text(&visits.to_string()))
}
