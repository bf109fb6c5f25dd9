//! Topics to read, in any order.

use crate::components::{
    Actions, BackButton, Button, CourseCalendar, DataTable, Fact, Facts, Heading, IconArray, Lead, LinkRow,
    PeopleLegend, ScreenHeading, Sources, Strength, VisitTimeline, error_text,
};
use crate::context::{use_kiosk, use_navigation, use_pack, use_session, use_settings, use_words};
use crate::platform::{host, intl};
use crate::route::Route;
use engine::answer_edit;
use engine::answers::{Answer, Key, Value};
use engine::pack::{
    Block, Certainty, Claim, Fill, Icons, MatchedQuestion, Pair, Polarity, Region, Table, Text, Topic, Words, fill,
};
use leptos::prelude::*;

/// The list of topics.
#[component]
pub fn TopicsScreen() -> impl IntoView {
    let (words, navigation, pack) = (use_words(), use_navigation(), use_pack());
    let minor = use_session().is_minor();
    let row = |(index, topic): (usize, &'static Topic)| {
        view! {
            <LinkRow title=topic.title.clone() hint=topic.lead.clone() on_press=move |()| navigation.go(Route::Topic(index))/>
        }
    };
    view! {
        <BackButton/>
        <div class="flow"><ScreenHeading text=words.read_title()/><Lead text=words.read_lead()/><Overdue/></div>
        <ul class="ways">
            {pack.topics.iter().enumerate().map(row).collect_view()}
            <LinkRow title=words.compare_title() hint=words.compare_lead() on_press=move |()| navigation.go(Route::Compare)/>
            {(!minor).then(|| view! { <LinkRow title=words.deciding_title() hint=words.deciding_lead() on_press=move |()| navigation.go(Route::Deciding)/> })}
        </ul>
        <Actions><Button label=words.to_questions() on_press=move |()| navigation.go(navigation.next_open())/></Actions>
    }
}

/// One topic.
#[component]
pub fn TopicScreen(index: usize) -> impl IntoView {
    let (words, navigation, pack) = (use_words(), use_navigation(), use_pack());
    let topic = pack.topics.get(index)?;
    let (next, route) = match pack.topics.get(index + 1) {
        Some(next) => (fill(words.next_topic(), &[("title", &next.title)]), Route::Topic(index + 1)),
        None => (words.compare_title().into(), Route::Compare),
    };
    let paper = match topic.paper.as_str() {
        "card" => "reading paper-card",
        "page" => "reading paper-page",
        _ => "reading",
    };
    Some(view! {
        <div class=paper>
        <BackButton/>
        <div class="flow topic">
            <ScreenHeading text=topic.title.clone()/>
            <Lead text=topic.lead.clone()/>
            <Overdue/>
            {topic.blocks.iter().any(has_people).then(|| view! { <PeopleLegend/> })}
            {topic.blocks.iter().map(|block| view! { <section class="block"><TopicBlock block/></section> }).collect_view()}
        </div>
        <Actions>
            <Button label=next on_press=move |()| navigation.go(route.clone())/>
            <PrintTopic/>
            <Button class="plain" label=words.all_topics() on_press=move |()| navigation.go(Route::Topics)/>
        </Actions>
        </div>
    })
}

/// True if numbers of people are drawn in it.
fn has_people(block: &Block) -> bool {
    let drawn = |claim: &Claim| claim.n.is_some() && claim.of == Some(100);
    match block {
        Block::Pair(pair) => drawn(&pair.benefit) || drawn(&pair.harm),
        Block::Icons(icons) => icons.claims.iter().any(drawn),
        _ => false,
    }
}

/// A page to put up or to hand over, such as the one for the person who drives: printed with the
/// first numbers to call, as every printed page is. A kiosk prints its visitor's sheets alone.
#[component]
fn PrintTopic() -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    let help = move || {
        let main = |region: &Region| {
            region.lines.first().map(|line| format!(" · {}: {}", line.name, line.text)).unwrap_or_default()
        };
        session.region().map(|region| format!("{}{}", region.emergency_text, main(region)))
    };
    let clinic = use_settings().line(words.help_clinic_closed());
    use_kiosk().is_none().then(|| {
        view! {
            <p class="print-only">{help}{(!clinic.is_empty()).then(|| view! { <br/>{clinic} })}</p>
            <Button class="btn line" label=words.print() on_press=|()| host::print(|_| {})/>
        }
    })
}

/// A copy in the field that is past its check date says so on its own.
#[component]
pub fn Overdue() -> impl IntoView {
    use_pack().is_late(&intl::today_iso()).then(|| view! { <p class="note">{use_words().overdue()}</p> })
}

#[component]
fn TopicBlock(block: &'static Block) -> AnyView {
    match block {
        Block::Text(text) => view! { <TextBlock text/> }.into_any(),
        Block::Pair(pair) => view! { <PairBlock pair/> }.into_any(),
        Block::Icons(icons) => view! { <IconsBlock icons/> }.into_any(),
        Block::Timeline(timeline) => {
            view! { <Heading text=timeline.heading.clone()/><VisitTimeline timeline/><Sources ids=&timeline.sources/> }
                .into_any()
        }
        Block::Calendar(calendar) => {
            view! { <Heading text=calendar.heading.clone()/><CourseCalendar calendar/><Sources ids=&calendar.sources/> }
                .into_any()
        }
        Block::Table(table) => view! { <TableBlock table/> }.into_any(),
        Block::Ask(ask) => view! { <AskBlock question=&ask.question matched=None/> }.into_any(),
        Block::Fill(fill) => view! { <FillBlock fill/> }.into_any(),
    }
}

#[component]
fn TextBlock(text: &'static Text) -> impl IntoView {
    let heading = (!text.heading.is_empty()).then(|| view! { <Heading text=text.heading.clone()/> });
    let item = |line: &'static String| view! { <li>{line.as_str()}</li> };
    let list = (!text.list.is_empty()).then(|| view! { <ul>{text.list.iter().map(item).collect_view()}</ul> });
    let body = text.body.iter().map(|line| view! { <p>{line.as_str()}</p> }).collect_view();
    // A box keeps its heading inside; else a wide screen sets the heading beside its text.
    let words = view! { {heading}{body}{list} };
    let words = if text.urgent { view! { <div class="urgent">{words}</div> }.into_any() } else { words.into_any() };
    view! { {words}<Sources ids=&text.sources/> }
}

/// Lines to fill in by hand: on screen they show what the paper has room for.
#[component]
fn FillBlock(fill: &'static Fill) -> impl IntoView {
    let line = |name: &'static String| view! { <p class="blank">{name.as_str()}</p> };
    let blank = fill.columns.len().saturating_sub(1);
    let inside = if fill.columns.is_empty() {
        fill.rows.iter().map(line).collect_view().into_any()
    } else {
        let rows = fill
            .rows
            .iter()
            .map(|name| std::iter::once(name.clone()).chain((0..blank).map(|_| String::new())).collect())
            .collect();
        view! { <DataTable class="by-hand" caption=fill.heading.clone() columns=fill.columns.clone() rows/> }.into_any()
    };
    view! { <Heading text=fill.heading.clone()/>{inside} }
}

/// Benefit and harm: same size, same format, side by side or one under the other.
#[component]
fn PairBlock(pair: &'static Pair) -> impl IntoView {
    view! {
        <Heading text=pair.heading.clone()/>
        <div class="pair"><ClaimSide claim=&pair.benefit harm=false/><ClaimSide claim=&pair.harm harm=true/></div>
    }
}

#[component]
fn IconsBlock(icons: &'static Icons) -> impl IntoView {
    let side = |claim: &'static Claim| view! { <ClaimSide claim harm=claim.polarity == Polarity::Harm/> };
    view! {
        <Heading text=icons.heading.clone()/>
        <p class="soft">{icons.caption.as_str()}</p>
        <div class="pair">{icons.claims.iter().map(side).collect_view()}</div>
    }
}

#[component]
fn ClaimSide(claim: &'static Claim, harm: bool) -> impl IntoView {
    let words = use_words();
    let (mark, title) = if harm { ("◆", words.harm()) } else { ("●", words.benefit()) };
    view! {
        <section>
            <h3><span class="mk" aria-hidden="true">{mark}</span>{title}</h3>
            <p class="count">{claim.text.as_str()}</p>
            <IconArray claim/>
            <ClaimMeta claim/>
        </section>
    }
}

/// What is needed to weigh a claim.
#[component]
pub fn ClaimMeta(claim: &'static Claim) -> impl IntoView {
    let words = use_words();
    view! {
        <Facts>
            <Fact name=words.over_time() value=claim.timespan.clone()/>
            <Fact name=words.in_whom() value=claim.population.clone()/>
            <Strength certainty=claim.certainty text=certainty_text(words, claim.certainty)/>
        </Facts>
        <Sources ids=&claim.sources checked_on=&claim.checked_on/>
    }
}

fn certainty_text(words: &Words, certainty: Certainty) -> &str {
    match certainty {
        Certainty::Strong => words.certainty_strong(),
        Certainty::Moderate => words.certainty_moderate(),
        Certainty::Limited => words.certainty_limited(),
        Certainty::Mixed => words.certainty_mixed(),
        Certainty::Unknown => words.certainty_unknown(),
        Certainty::NotChecked => words.certainty_not_checked(),
    }
}

#[component]
fn TableBlock(table: &'static Table) -> impl IntoView {
    view! {
        <Heading text=table.heading.clone()/>
        <DataTable class="cards" caption=table.heading.clone() columns=table.columns.clone() rows=table.rows.clone()/>
        <Sources ids=&table.sources/>
    }
}

/// A question to take along: added to the visitor's own questions by a tap.
#[component]
pub fn AskBlock(
    question: &'static str,
    /// What a good answer sounds like, where that is known.
    #[prop(optional_no_strip)]
    matched: Option<&'static MatchedQuestion>,
) -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    let key = StoredValue::new(Key::first(use_pack().safety.questions.last().map_or("", String::as_str)));
    let full = RwSignal::new(String::new());
    let added = Memo::new(move |_| {
        session.answer(&key.get_value()).as_ref().and_then(own_words).is_some_and(|text| text.contains(question))
    });
    let add = move |()| {
        let key = key.get_value();
        let Some(item) = session.item(&key.link) else { return };
        match answer_edit::add_line(item, session.answer_untracked(&key).as_ref(), question) {
            Ok(answer) => {
                session.set_answer(key, answer);
                session.announcement.set(words.added_question().into());
            }
            // No room: what stands there already stays as it is.
            Err(error) => {
                let text = error_text(words, error);
                session.announcement.set(text.clone());
                full.set(text);
            }
        }
    };
    let good = matched.map(|matched| {
        view! { <p><b>{words.asks_good()}</b>": "{matched.good.as_str()}</p><Sources ids=&matched.sources/> }
    });
    let label =
        Signal::derive(move || if added.get() { words.added_question() } else { words.add_question() }.to_string());
    view! {
        <div class="ask">
            <p>{words.ask_head()}</p>
            <p class="quote">{question}</p>
            {good}
            <Button class="btn line" label disabled=added on_press=add/>
            <p class="fault">{move || full.get()}</p>
        </div>
    }
}

fn own_words(answer: &Answer) -> Option<&str> {
    answer.values().iter().find_map(|value| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    })
}
