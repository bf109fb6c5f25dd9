//! Type-ahead over a long list of names. What is not in the list is kept as typed.

use super::heading::{Heading, Unseen};
use super::medicine_card::MedicineCard;
use super::{Button, Keypad, element_id};
use crate::context::{Session, use_kiosk, use_pack, use_session, use_words};
use crate::platform::{document, focus};
use engine::answers::{Answer, Key, Value};
use engine::findings;
use engine::pack::{AnswerOption, Item, Kind, Tier, fill};
use engine::summary::value;
use engine::{answer_edit, lookup, medicine_card};
use leptos::prelude::*;

/// What the search edits: the answer to one question, and the name that is being typed.
#[derive(Clone)]
struct Search {
    session: Session,
    item: &'static Item,
    key: Key,
    typed: RwSignal<String>,
}

impl Search {
    fn found(&self) -> Vec<&'static AnswerOption> {
        self.typed.with(|typed| lookup::suggest(&self.item.options, typed))
    }

    fn add(&self, value: Value) {
        let before = self.session.answer_untracked(&self.key);
        self.take(answer_edit::add(self.item, before.as_ref(), value));
    }

    fn take(&self, answer: Answer) {
        self.session.set_answer(self.key.clone(), answer);
        self.typed.set(String::new());
        self.focus();
    }

    /// Adds a medicine of the visitor's own list: it is still taken.
    fn take_over(&self, value: Value) {
        let mut answers = self.session.answers.get_untracked();
        self.session.evaluate_untracked(|pack, _, _| {
            medicine_card::still_taken(pack, &mut answers, self.key.repetition);
        });
        self.session.answers.set(answers);
        self.add(value);
    }

    fn add_typed(&self) {
        let typed = self.typed.get_untracked().trim().to_string();
        let before = self.session.answer_untracked(&self.key);
        self.take(answer_edit::add_typed(self.item, before.as_ref(), &typed));
    }

    /// Puts a name of the list in the place of one that was typed: only on the visitor's own press.
    fn use_listed(&self, index: usize, code: &str) {
        let before = self.session.answer_untracked(&self.key);
        self.session.set_answer(self.key.clone(), answer_edit::replace(self.item, before.as_ref(), index, code));
        self.focus();
    }

    fn remove(&self, index: usize) {
        let before = self.session.answer_untracked(&self.key);
        self.session.set_answer(self.key.clone(), answer_edit::remove(before.as_ref(), index));
        self.focus();
    }

    fn focus(&self) {
        focus::to(&format!("[id='{}']", element_id(&self.item.link_id, self.key.repetition)));
    }

    fn status(&self) -> String {
        let words = use_words();
        match (self.typed.with(|typed| typed.trim().chars().count()), self.found().len()) {
            (0 | 1, _) => words.type_hint().into(),
            (_, 0) if self.item.kind == Kind::Lookup => words.not_listed().into(),
            (_, 0) => words.suggestions_none().into(),
            (_, n) => fill(words.suggestions(), &[("n", &n.to_string())]),
        }
    }
}

/// Adds the name that is still in the field when its screen is left. Where one name is asked for
/// and chosen already, `insist` says whether some letters more replace it.
pub fn commit_typed(session: Session, item: &'static Item, key: &Key, typed: RwSignal<String>, insist: bool) {
    let text = typed.get_untracked();
    if text.trim().is_empty() || !matches!(item.kind, Kind::Lookup | Kind::OpenLookup) {
        return;
    }
    let chosen = session.answer_untracked(key).is_some_and(|answer| !answer.values().is_empty());
    if insist || item.repeats || !chosen || lookup::exact(&item.options, text.trim()).is_some() {
        Search { session, item, key: key.clone(), typed }.add_typed();
    }
}

/// The search field, the names found, and the visitor's list. `typed` belongs to the screen, which
/// commits it.
#[component]
pub fn MedicineSearch(item: &'static Item, key: Key, typed: RwSignal<String>) -> impl IntoView {
    let words = use_words();
    let id = element_id(&item.link_id, key.repetition);
    let search = Search { session: use_session(), item, key, typed };
    let (enter, status, hits, offers, list) = (search.clone(), search.clone(), search.clone(), search.clone(), search);
    // Enter adds what fits exactly, or what was typed: it never leaves the screen with a name half
    // entered.
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        // Enter also ends a composition (Japanese, Chinese, Korean), which adds nothing.
        if event.key() == "Enter" && !event.is_composing() && !typed.get_untracked().trim().is_empty() {
            event.prevent_default();
            enter.add_typed();
        }
    };
    let kiosk = use_kiosk().is_some();
    let status_id = format!("{id}-status");
    view! {
        <p class="field">
            <label for=id.clone()>{words.type_name()}</label>
            <input
                type="search" id=id dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false"
                inputmode=kiosk.then_some("none") aria-describedby=status_id.clone()
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=on_key
                on:paste=move |event| paste_lines(&event, typed)
            />
        </p>
        {kiosk.then(|| view! { <Keypad keys=words.kiosk_letters() signs=words.kiosk_signs() typed/> })}
        <p class="sr" role="status" id=status_id>{move || status.status()}</p>
        <Hits search=hits/>
        <FromList search=offers/>
        <Chosen search=list/>
    }
}

/// A field of one line drops the line breaks of what is pasted, and two names would run into each
/// other: they become commas.
fn paste_lines(event: &leptos::web_sys::ClipboardEvent, typed: RwSignal<String>) {
    if let Some(text) = document::pasted(event).filter(|text| text.contains(['\n', '\r'])) {
        event.prevent_default();
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        typed.update(|typed| typed.push_str(&lines.join(", ")));
    }
}

/// The names that fit, and what was typed where it is in no list.
#[component]
fn Hits(search: Search) -> impl IntoView {
    let words = use_words();
    let hit = |search: Search, option: &'static AnswerOption| {
        let name = marked(&option.text, &search.typed.get_untracked());
        view! {
            <li>
                <button type="button" on:click=move |_| search.add(Value::code(&option.code))>
                    <Unseen text=format!("{} ", words.add())/>
                    {name} " " <small>{option.synonyms.join(", ")}</small>
                </button>
            </li>
        }
    };
    let as_typed = |search: Search, typed: &str| {
        let label = fill(words.add_typed(), &[("name", typed)]);
        view! { <li><button type="button" on:click=move |_| search.add_typed()>{label}</button></li> }
    };
    move || {
        let typed = search.typed.get().trim().to_string();
        (typed.chars().count() >= 2).then(|| {
            let hits = search.found().into_iter().map(|option| hit(search.clone(), option)).collect_view();
            let unknown = search.item.kind == Kind::OpenLookup && lookup::exact(&search.item.options, &typed).is_none();
            view! { <ul class="hits">{hits}{unknown.then(|| as_typed(search.clone(), &typed))}</ul> }
        })
    }
}

/// A name with the letters that were typed in bold, where it begins with them or holds them.
fn marked(name: &'static str, typed: &str) -> impl IntoView + use<> {
    let place = name.to_lowercase().find(&typed.trim().to_lowercase());
    let end = place.map(|from| from + typed.trim().len());
    let parts = place.zip(end).and_then(|(from, to)| Some((name.get(..from)?, name.get(from..to)?, name.get(to..)?)));
    let (before, hit, behind) = parts.unwrap_or((name, "", ""));
    view! { {before}<b>{hit}</b>{behind} }
}

/// The values of this answer that are to be brought up at the visit.
fn to_bring_up(search: &Search) -> Vec<Value> {
    let (link, repetition) = (search.key.link.as_str(), search.key.repetition);
    search.session.evaluate(|pack, form, _| {
        let rules = findings::about(pack, form, link).into_iter().filter(|rule| rule.tier <= Tier::B);
        rules.flat_map(|rule| findings::matched(form, rule, form.answer(link, repetition))).cloned().collect()
    })
}

/// The names that a typed entry perhaps means. One that is certain needs no offer: it is treated as
/// the name that it is.
fn offers(item: &'static Item, entry: &Value) -> Vec<&'static AnswerOption> {
    match entry {
        Value::Text(typed) if item.kind == Kind::OpenLookup => lookup::read(&item.options, typed).perhaps,
        _ => Vec::new(),
    }
}

/// The visitor's list, as a shelf: a card for each.
#[component]
fn Chosen(search: Search) -> impl IntoView {
    let words = use_words();
    let row = |search: Search, index: usize, entry: &Value, raised: &[Value]| {
        let name = value(words, search.item, entry);
        let offers = offers(search.item, entry).into_iter().map(|option| {
            let search = search.clone();
            let label = fill(words.use_listed(), &[("name", &option.text)]);
            view! { <Button class="plain" label on_press=move |()| search.use_listed(index, &option.code)/> }
        });
        let offers = offers.collect_view();
        // Only the list of what is taken now has doses beside its names.
        let now = search.item.link_id == use_pack().safety.medicines;
        let details = now.then(|| view! { <MedicineCard medicine=entry.clone()/> });
        let chip = raised.contains(entry).then(|| view! { <span class="chip up">{words.bring_up()}</span> });
        view! {
            <li>
                <svg class="ico pill" viewBox="0 0 24 24" aria-hidden="true"><path d="M5 14 14 5a4.2 4.2 0 0 1 6 6l-9 9a4.2 4.2 0 0 1-6-6zM9.5 9.5l6 6"/></svg>
                <span dir="auto"><b>{name.clone()}</b>{chip}</span>
                {offers}
                {details}
                <Button class="plain" label=words.remove() after=name on_press=move |()| search.remove(index)/>
            </li>
        }
    };
    // What is written on a card changes the answers too: the shelf is drawn anew only where it
    // itself changed.
    let (list, up) = (search.clone(), search.clone());
    let listed = Memo::new(move |_| list.session.answer(&list.key).map(|answer| answer.values().to_vec()));
    let raised = Memo::new(move |_| to_bring_up(&up));
    move || {
        let values = listed.get().filter(|values| !values.is_empty())?;
        let raised = raised.get();
        let rows =
            values.iter().enumerate().map(|(index, entry)| row(search.clone(), index, entry, &raised)).collect_view();
        Some(view! { <Heading text=words.chosen()/><ul class="picked shelf">{rows}</ul> })
    }
}

/// Medicines of the list that the visitor made before, to be taken over by one press.
#[component]
fn FromList(search: Search) -> impl IntoView {
    let words = use_words();
    let offered = {
        let (session, link) = (search.session, search.item.link_id.as_str());
        Memo::new(move |_| session.evaluate(|pack, form, _| medicine_card::offered_as_tried(pack, form, link)))
    };
    let chosen = {
        let search = search.clone();
        Memo::new(move |_| search.session.answer(&search.key).is_some_and(|answer| !answer.values().is_empty()))
    };
    let button = move |medicine: Value| {
        let search = search.clone();
        let label = value(words, search.item, &medicine);
        view! { <Button class="btn line" label on_press=move |()| search.take_over(medicine.clone())/> }
    };
    move || {
        let offered = offered.get();
        (!offered.is_empty() && !chosen.get()).then(|| {
            view! { <div class="from-list"><p class="soft">{words.from_list()}</p>{offered.into_iter().map(button.clone()).collect_view()}</div> }
        })
    }
}
