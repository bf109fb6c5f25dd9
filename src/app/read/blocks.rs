//! The pieces of a topic.

use super::drawings;
use crate::app::el::{View, el, group};
use crate::app::state::State;
use crate::app::ui::{button, fact, facts, h2, list, out_link, p, plain};
use crate::browser::intl;
use engine::answers::{Answer, Key, Value};
use engine::pack::{Ask, Block, Certainty, Claim, Icons, Pair, Polarity, Source, Table, Text, Words};

pub fn block(state: State, block: &Block) -> View {
    match block {
        Block::Text(b) => text(state, b),
        Block::Pair(b) => pair(state, b),
        Block::Icons(b) => icons(state, b),
        Block::Timeline(b) => group([h2(&b.heading), drawings::visit(b)]).kids(sources(state, &b.sources, None)),
        Block::Calendar(b) => group([h2(&b.heading), drawings::calendar(state, b)]).kids(sources(state, &b.sources, None)),
        Block::Table(b) => table(state, b),
        Block::Ask(b) => ask(state, b),
    }
}

fn text(state: State, b: &Text) -> View {
    let heading = (!b.heading.is_empty()).then(|| h2(&b.heading));
    group(heading).kids(b.body.iter().map(|t| plain(t))).kids(list(&b.list)).kids(sources(state, &b.sources, None))
}

/// Benefit and harm: same size, same format, side by side or one under the other.
fn pair(state: State, b: &Pair) -> View {
    group([h2(&b.heading), el("div").class("pair").kids([side(state, &b.benefit, false), side(state, &b.harm, true)])])
}

fn side(state: State, claim: &Claim, harm: bool) -> View {
    let w = state.words();
    let (mark, title) = if harm { ("◆", w.harm()) } else { ("●", w.benefit()) };
    let mark = el("span").attrs(&[("class", "mk"), ("aria-hidden", "true")]).text(mark);
    let count = p("count", &claim.text);
    el("section").kid(el("h3").kid(mark).text(title)).kid(count).kids(drawings::dots(state, claim)).kid(claim_meta(state, claim))
}

fn icons(state: State, b: &Icons) -> View {
    let each = b.claims.iter().map(|c| side(state, c, c.polarity == Polarity::Harm));
    group([h2(&b.heading), p("soft", &b.caption), el("div").class("pair").kids(each)])
}

/// What is needed to weigh a claim.
pub fn claim_meta(state: State, claim: &Claim) -> View {
    let w = state.words();
    let rows = [(w.over_time(), claim.timespan.as_str()), (w.in_whom(), &claim.population), (w.how_sure(), sure(w, claim.certainty))];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| fact(name, value));
    group([facts(rows)]).kids(sources(state, &claim.sources, Some(&claim.checked_on)))
}

fn sure(w: &Words, certainty: Certainty) -> &str {
    match certainty {
        Certainty::Strong => w.certainty_strong(),
        Certainty::Moderate => w.certainty_moderate(),
        Certainty::Limited => w.certainty_limited(),
        Certainty::Mixed => w.certainty_mixed(),
        Certainty::Unknown => w.certainty_unknown(),
        Certainty::NotChecked => w.certainty_not_checked(),
    }
}

/// Sources, folded away until wanted; nothing if there are none.
pub fn sources(state: State, ids: &[String], checked_on: Option<&str>) -> Option<View> {
    let w = state.words();
    let pack = state.pack_now();
    let found: Vec<&Source> = ids.iter().filter_map(|id| pack.source(id)).collect();
    if found.is_empty() {
        return None;
    }
    let date = checked_on.map(|d| plain(&format!("{} {}", w.checked_on(), intl::day(d, &pack.lang))));
    let items = el("ul").kids(found.into_iter().map(source));
    Some(el("details").class("more").kid(el("summary").text(w.sources_and_dates())).kid(items).kids(date))
}

/// A source, with its address if it has one.
pub fn source(source: &Source) -> View {
    match &source.url {
        Some(url) => el("li").kid(out_link(url, &source.title)),
        None => el("li").text(&source.title),
    }
}

/// A table that becomes cards on a phone. Roles are said outright, since `display: block` takes them away.
fn table(state: State, b: &Table) -> View {
    let head = b.columns.iter().map(|c| el("th").attrs(&[("role", "columnheader"), ("scope", "col")]).text(c));
    let head = el("thead").attr("role", "rowgroup").kid(el("tr").attr("role", "row").kids(head));
    let body = el("tbody").attr("role", "rowgroup").kids(b.rows.iter().map(|row| table_row(row, &b.columns)));
    let table = el("table").attrs(&[("class", "cards"), ("role", "table")]).kid(el("caption").class("sr").text(&b.heading));
    group([h2(&b.heading), table.kid(head).kid(body)]).kids(sources(state, &b.sources, None))
}

fn table_row(cells: &[String], columns: &[String]) -> View {
    let cell = |(i, (cell, name)): (usize, (&String, &String))| match i {
        0 => el("th").attrs(&[("role", "rowheader"), ("scope", "row")]).text(cell),
        _ => el("td").attrs(&[("role", "cell"), ("data-label", name)]).text(cell),
    };
    el("tr").attr("role", "row").kids(cells.iter().zip(columns).enumerate().map(cell))
}

/// A question to take along: added to the visitor's own questions by a tap.
fn ask(state: State, b: &Ask) -> View {
    let w = state.words();
    let key = Key::first(state.pack_now().safety.questions.last().map_or("", String::as_str));
    let there = {
        let (key, question) = (key.clone(), b.question.clone());
        move || state.answers.with(|a| a.get(&key).and_then(own_words).is_some_and(|t| holds(t, &question)))
    };
    let label = {
        let there = there.clone();
        move || if there() { w.added_question() } else { w.add_question() }.to_string()
    };
    let question = b.question.clone();
    let add = move || {
        let text = match state.answers.with_untracked(|a| a.get(&key).and_then(own_words).map(String::from)) {
            Some(own) if holds(&own, &question) => own,
            Some(own) => format!("{own}\n{question}"),
            None => question.clone(),
        };
        state.answer(key.clone(), Answer::Given(vec![Value::Text(text)]));
        state.said.set(w.added_question().into());
    };
    let button = button("btn line", "", add).live_flag("disabled", there).live_text(label);
    el("div").class("ask").kid(plain(w.ask_head())).kid(p("quote", &b.question)).kid(button)
}

fn holds(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len().max(1)).any(|w| w == part.as_bytes())
}

fn own_words(answer: &Answer) -> Option<&str> {
    answer.values().iter().find_map(|v| match v {
        Value::Text(t) => Some(t.as_str()),
        _ => None,
    })
}
