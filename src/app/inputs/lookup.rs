//! Type-ahead over a long list of names. What is not in the list is kept as typed.

use super::id_of;
use crate::app::el::{View, el, group, live};
use crate::app::kiosk;
use crate::app::signal::Signal;
use crate::app::state::State;
use crate::app::ui::{button, fill, h2, p, unseen};
use crate::browser::dom;
use engine::answers::{Answer, Key, Value};
use engine::pack::{AnswerOption, Item, Kind};
use engine::{answer_edit, lookup};

#[derive(Clone)]
struct Lookup {
    state: State,
    item: &'static Item,
    key: Key,
    typed: Signal<String>,
}

/// The question with its search field, the names found, and the visitor's list.
pub fn lookup(state: State, item: &'static Item, at: u8) -> View {
    let id = id_of(item, at);
    let this = Lookup { state, item, key: Key::new(&item.link_id, at), typed: state.typed };
    state.typed.set(String::new());
    let why = (!item.help.is_empty()).then(|| p("why", &item.help));
    // "Keep taking your medicines": said where they are listed, and in the same breath what this tool can't know.
    let pack = state.pack_now();
    let own = pack.safety.medicines == item.link_id;
    let keep = own.then(|| p("why", &format!("{} {}", pack.sheet.medicines_keep, pack.sheet.medicines_limit)));
    let label = el("label").attr("for", &id).text(state.words().type_name());
    let told = format!("{id}-said");
    let (said, hits, list) = (this.clone(), this.clone(), this.clone());
    let status = el("p").attrs(&[("class", "sr"), ("role", "status"), ("id", &told)]).live_text(move || said.said());
    group([el("h1").attr("tabindex", "-1").text(&item.text)])
        .kids(why)
        .kids(keep)
        .kid(el("p").class("field").kid(label).kid(search(this, &id, &told)))
        .kids(state.kiosk.is_some().then(|| kiosk::pad(state, state.words().kiosk_letters(), state.typed, || {})))
        .kid(status)
        .kid(live(move || group(hits.hits())))
        .kid(live(move || group(list.chosen())))
}

fn search(this: Lookup, id: &str, told: &str) -> View {
    let typed = this.typed;
    let tapped = this.state.kiosk.is_some();
    // Enter adds what fits exactly, or what was typed: it never leaves the screen with a name half entered.
    let enter = move |e: dom::Event| {
        if dom::key(&e).as_deref() == Some("Enter") && !typed.get_untracked().trim().is_empty() {
            e.prevent_default();
            this.add_typed();
        }
    };
    el("input")
        .attrs(&[("type", "search"), ("id", id), ("autocomplete", "off"), ("autocapitalize", "none"), ("spellcheck", "false")])
        .attr("aria-describedby", told)
        .attr("maxlength", "200")
        .attr_if("inputmode", tapped.then_some("none"))
        .live_value(move || typed.get())
        .on_value("input", move |text| typed.set(text))
        .on("keydown", enter)
}

/// Adds the name that is still in the field. Where one name is asked for and chosen, only who `insists` replaces it by
/// some letters.
pub fn take_typed(state: State, item: &'static Item, at: u8, insists: bool) {
    let typed = state.typed.get_untracked();
    if typed.trim().is_empty() || !matches!(item.kind, Kind::Lookup | Kind::OpenLookup) {
        return;
    }
    let this = Lookup { state, item, key: Key::new(&item.link_id, at), typed: state.typed };
    let chosen = state.answers.with_untracked(|a| a.get(&this.key).is_some_and(|a| !a.values().is_empty()));
    if insists || item.repeats || !chosen || lookup::exact(&item.options, typed.trim()).is_some() {
        this.add_typed();
    }
}

impl Lookup {
    fn found(&self) -> Vec<AnswerOption> {
        self.typed.with(|t| lookup::suggest(&self.item.options, t).into_iter().cloned().collect())
    }

    fn said(&self) -> String {
        let w = self.state.words();
        match (self.typed.with(|t| t.trim().chars().count()), self.found().len()) {
            (0 | 1, _) => w.type_hint().into(),
            (_, 0) if self.item.kind == Kind::Lookup => w.not_listed().into(),
            (_, 0) => w.suggestions_none().into(),
            (_, n) => fill(w.suggestions(), &[("n", &n.to_string())]),
        }
    }

    fn add(&self, value: Value) {
        let before = self.state.answers.with_untracked(|a| a.get(&self.key).cloned());
        self.state.answer(self.key.clone(), answer_edit::add(self.item, before.as_ref(), value));
        self.typed.set(String::new());
        self.focus();
    }

    fn add_typed(&self) {
        let typed = self.typed.get_untracked().trim().to_string();
        let value = match lookup::exact(&self.item.options, &typed) {
            Some(option) => Value::code(&option.code),
            None => Value::Text(typed),
        };
        self.add(value);
    }

    fn hits(&self) -> Option<View> {
        let typed = self.typed.get().trim().to_string();
        if typed.chars().count() < 2 {
            return None;
        }
        let rows = el("ul").class("hits").kids(self.found().iter().map(|o| self.hit(o)));
        let unknown = self.item.kind == Kind::OpenLookup && lookup::exact(&self.item.options, &typed).is_none();
        Some(rows.kids(unknown.then(|| self.as_typed(&typed))))
    }

    fn hit(&self, o: &AnswerOption) -> View {
        let (this, code) = (self.clone(), o.code.clone());
        let add = unseen(self.state.words().add()).text(" ");
        let row = el("button").attr("type", "button").on_click(move || this.add(Value::code(&code)));
        el("li").kid(row.kid(add).text(&o.text).text(" ").kid(el("small").text(&o.synonyms.join(", "))))
    }

    fn as_typed(&self, typed: &str) -> View {
        let this = self.clone();
        let label = fill(self.state.words().add_typed(), &[("name", typed)]);
        el("li").kid(el("button").attr("type", "button").on_click(move || this.add_typed()).text(&label))
    }

    fn chosen(&self) -> Option<View> {
        let answer = self.state.answers.with(|a| a.get(&self.key).cloned());
        let Some(Answer::Given(values)) = answer else { return None };
        let rows = values.iter().enumerate().map(|(index, value)| self.picked(index, value));
        Some(group([h2(self.state.words().chosen()), el("ul").class("picked").kids(rows)]))
    }

    fn picked(&self, index: usize, value: &Value) -> View {
        let w = self.state.words();
        let name = engine::summary::value(w, self.item, value);
        let this = self.clone();
        let remove = move || {
            let before = this.state.answers.with_untracked(|a| a.get(&this.key).cloned());
            this.state.answer(this.key.clone(), answer_edit::remove(before.as_ref(), index));
            this.focus();
        };
        el("li").kid(el("span").text(&name)).kid(button("plain", w.remove(), remove).kid(unseen(" ").text(&name)))
    }

    fn focus(&self) {
        crate::browser::focus::to(&format!("[id='{}-{}']", self.item.link_id, self.key.repetition));
    }
}
