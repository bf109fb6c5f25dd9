//! Who made this, who pays, who sells the treatment, when it was checked, how to complain.

use super::state::State;
use super::ui::{back, out_link};
use crate::browser::intl;
use leptos::prelude::*;

pub fn screen(state: State) -> AnyView {
    let w = state.words();
    let pack = state.pack.get_untracked();
    let a = &pack.about;
    let due = intl::day(&pack.review_by, &pack.lang);
    let part = |title: &str, text: String| view! { <h2>{title.to_string()}</h2><p>{text}</p> };
    let notices: Vec<_> = a.notices.iter().map(|n| view! { <p class="soft"><small>{n.clone()}</small></p> }).collect();
    let sources: Vec<AnyView> = pack
        .sources
        .iter()
        .map(|s| match &s.url {
            Some(url) => view! { <li>{out_link(url.clone(), s.title.clone())}</li> }.into_any(),
            None => view! { <li>{s.title.clone()}</li> }.into_any(),
        })
        .collect();
    let wording: Vec<_> = pack
        .instruments
        .iter()
        .map(|i| {
            let wording = (!i.wording.is_empty()).then(|| view! { <p class="soft"><small>{i.wording.clone()}</small></p> });
            view! { <h3>{i.name.clone()}</h3><p>{i.about.clone()}</p>{wording} }
        })
        .collect();
    view! {
        {back(state)}
        <div class="flow"><h1 class="title" tabindex="-1">{w.about_title().to_string()}</h1>
            {super::read::overdue(state)}
            {part(w.about_private(), w.about_private_text().to_string())}
            {part(w.about_sells(), a.sells.clone())}
            {part(w.about_made(), a.made_by.clone())}
            {part(w.about_pays(), a.pays.clone())}
            {part(w.about_updates(), a.update_policy.replace("{date}", &due))}
            {part(w.about_complain(), a.complain.clone())}
            {part(w.about_evidence(), a.how_evidence_was_chosen.clone())}
            {part(w.about_tested(), a.readers.clone())}
            {wording}
            <h2>{w.about_version().to_string()}</h2>
            <dl class="meta">
                <div><dt>{w.product().to_string()}</dt><dd>{env!("CARGO_PKG_VERSION")}</dd></div>
                <div><dt>{w.content_version().to_string()}</dt><dd>{pack.version.clone()}</dd></div>
                <div><dt>{w.checked_on().to_string()}</dt><dd>{intl::day(&pack.checked_on, &pack.lang)}</dd></div>
                <div><dt>{w.review_by().to_string()}</dt><dd>{due.clone()}</dd></div>
            </dl>
            <details class="more"><summary>{w.about_sources().to_string()}</summary><ul>{sources}</ul></details>
            <h2>{w.about_notices().to_string()}</h2>{notices}
        </div>
    }
    .into_any()
}
