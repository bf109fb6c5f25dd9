//! The other choices side by side: pick two or three. No choice is ranked above another.

use super::el::{View, el, group, live, text};
use super::read::{claim_meta, sources};
use super::state::State;
use super::ui::{acts, back, button, flow, lead, tick, title};
use crate::app::signal::Signal;
use crate::browser::boot;
use engine::pack::{Choice, Words};

/// How many stand side by side at most.
const MOST: usize = 3;

pub fn screen(state: State) -> View {
    let w = state.words();
    let picked = Signal::new(Vec::<String>::new());
    let options = el("div").class("opts row").kids(state.pack_now().choices.iter().map(|c| option(c, picked)));
    let pick = el("fieldset").class("q").kid(el("legend").class("sr").text(w.compare_pick())).kid(options);
    let print = el("span").live_flag("hidden", move || state.kiosk.is_some() || picked.with(Vec::is_empty)).kid(button(
        "btn line",
        w.compare_print(),
        || boot::print(|_| {}),
    ));
    group([
        back(state),
        flow([title(w.compare_title()), lead(w.compare_lead())]),
        el("form").kid(pick),
        live(move || group(table(state, &picked.get()))),
        acts([button("btn", w.to_questions(), move || state.go(state.resume())), print]),
    ])
}

fn option(choice: &Choice, picked: Signal<Vec<String>>) -> View {
    let (id, here, full) = (choice.id.clone(), choice.id.clone(), choice.id.clone());
    let change = move |on: bool| {
        picked.update(|p| {
            p.retain(|c| *c != id);
            if on {
                p.push(id.clone());
            }
        });
    };
    let input = el("input")
        .attr("type", "checkbox")
        .live_checked(move || picked.with(|p| p.contains(&here)))
        .live_flag("disabled", move || picked.with(|p| p.len() >= MOST && !p.contains(&full)))
        .on_tick(change);
    tick(input, &format!("pick-{}", choice.id), &choice.name, "")
}

type Cell = fn(State, &Choice) -> View;

fn table(state: State, picked: &[String]) -> Option<View> {
    let w = state.words();
    let pack = state.pack_now();
    // In the content's order, whatever the order of the taps.
    let choices: Vec<&Choice> = pack.choices.iter().filter(|c| picked.contains(&c.id)).collect();
    if choices.is_empty() {
        return None;
    }
    let head = choices.iter().map(|c| el("th").attrs(&[("role", "columnheader"), ("scope", "col")]).text(&c.name));
    let head = el("tr").attr("role", "row").kid(el("td")).kids(head);
    let rows = rows(w).map(|(name, cell)| row(state, name, &choices, cell));
    Some(
        el("table")
            .attrs(&[("class", "cards compare broad"), ("role", "table")])
            .kid(el("caption").class("sr").text(w.compare_title()))
            .kid(el("thead").attr("role", "rowgroup").kid(head))
            .kid(el("tbody").attr("role", "rowgroup").kids(rows)),
    )
}

/// The six questions people ask of each, and what it is like.
fn rows(w: &Words) -> [(&str, Cell); 7] {
    [
        (w.compare_works(), |s, c| group([text(&c.works.text), claim_meta(s, &c.works)])),
        (w.compare_given(), |_, c| text(&c.given)),
        (w.compare_side_effects(), |s, c| group([text(&c.side_effects.text), claim_meta(s, &c.side_effects)])),
        (w.compare_daily(), |_, c| text(&c.daily_life)),
        (w.compare_speed(), |_, c| text(&c.speed)),
        (w.compare_cost(), |_, c| text(&c.cost)),
        (w.compare_living(), |s, c| group([text(&c.living)]).kids(sources(s, &c.sources, None))),
    ]
}

fn row(state: State, name: &str, choices: &[&Choice], cell: Cell) -> View {
    let cells = choices.iter().map(|c| el("td").attrs(&[("role", "cell"), ("data-label", &c.name)]).kid(cell(state, c)));
    el("tr").attr("role", "row").kid(el("th").attrs(&[("role", "rowheader"), ("scope", "row")]).text(name)).kids(cells)
}
