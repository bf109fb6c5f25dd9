//! The call bar of a page whose answers can open help: its room is there from the start, so that
//! nothing moves when a "yes" turns it into the button that fits.

use super::StepForm;
use crate::components::{CallLink, Unseen};
use crate::context::use_pack;
use engine::help::{self, Order};
use engine::pack::{Item, fill};
use leptos::prelude::*;

/// True if an answer on this page can open help.
pub(super) fn opens_help(page: &Item) -> bool {
    let rules = &use_pack().rules;
    page.items.iter().any(|row| rules.iter().any(|rule| rule.help.is_some() && rule.about == row.link_id))
}

/// Whom to call with these answers.
#[derive(Clone, PartialEq)]
struct Call {
    number: &'static str,
    /// Said instead where we know no number.
    text: &'static str,
    /// What the answers mean, for those who hear the bar and do not see it turn into a button.
    spoken: String,
}

#[component]
pub(super) fn CallBar(form: StepForm) -> impl IntoView {
    let words = form.words;
    let call = Memo::new(move |_| call(form));
    let inside = move || match call.get() {
        None => view! { <p class="soft">{words.call_bar()}</p> }.into_any(),
        Some(Call { number: "", text, spoken }) => {
            view! { <p><Unseen text=spoken/>" "<strong>{text}</strong></p> }.into_any()
        }
        Some(Call { number, spoken, .. }) => {
            let label = fill(words.help_call(), &[("number", "")]).trim().to_string();
            view! { <Unseen text=spoken/>" "<CallLink class="btn call wide" scheme="tel" label number/> }.into_any()
        }
    };
    view! { <div class="call-bar" role="status">{inside}</div> }
}

fn call(form: StepForm) -> Option<Call> {
    let region = form.session.region()?;
    let links: Vec<&str> = form.item.items.iter().map(|row| row.link_id.as_str()).collect();
    form.session.evaluate(|pack, evaluated, _| {
        let panel = help::panel(pack, evaluated, region, &links);
        if panel.because.is_empty() {
            return None;
        }
        let line = panel.lines.iter().map(|line| line.tel.as_str()).find(|tel| !tel.is_empty());
        let number = match (panel.order, line) {
            (Order::LineFirst | Order::Calm, Some(tel)) => tel,
            _ => region.emergency.as_str(),
        };
        // A live region is read text by text, and the button's two boxes as one word: so the call
        // stands here as well.
        let call = (!number.is_empty()).then(|| fill(form.words.help_call(), &[("number", number)]) + ".");
        let texts = panel.because.iter().map(|rule| rule.patient.clone()).chain(call);
        let spoken = texts.collect::<Vec<_>>().join(" ");
        Some(Call { number, text: &region.emergency_text, spoken })
    })
}
