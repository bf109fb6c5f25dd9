//! The start screen as plain HTML, which the one file shows before the app has arrived. The app's
//! own start screen (`src/screens/start.rs`) draws the same, and a browser test compares the two.

use crate::html::escape;
use engine::answers::Answers;
use engine::pack::{Pack, fill};
use engine::walk::{self, Length};

const ARROW: &str =
    "<svg class=\"ico flip\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M3 8h10M9 4l4 4-4 4\"/></svg>";
const DRAWING: &str = include_str!("../../../drawings/start.svg");
/// Icons of the four lines of trust: a lock, a pair of scales, two who talk, two pages.
pub const ICONS: [&str; 4] = [
    "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
    "M12 4v16M8 20h8M5 7h14M5 7l-3 7a3 3 0 0 0 6 0zM19 7l-3 7a3 3 0 0 0 6 0z",
    "M3 5h12v9H8l-3 3v-3H3zM18 9h3v9h-2v3l-3-3h-5v-1",
    "M8 7V3h12v14h-4M4 7h12v14H4zM7 12h6M7 16h6",
];

/// The start screen of every language, of which `public/start.js` shows the one that the browser
/// prefers, and the calm words that stand instead where the app does not begin at the start screen.
pub fn screens(packs: &[Pack]) -> String {
    let starts: String = packs.iter().map(screen).collect();
    starts + &packs.first().map(calm).unwrap_or_default()
}

fn screen(pack: &Pack) -> String {
    let w = &pack.words;
    let lang = escape(&pack.lang);
    format!(
        "<div class=\"start\" data-start=\"{lang}\" lang=\"{lang}\" hidden>{}<main class=\"main\"><div class=\"start-page\"><div class=\"hello\"><div class=\"flow\" data-from=\"{}\">\
<h1 class=\"title\">{}</h1><p class=\"lead\">{}</p></div></div><div class=\"art scene\" aria-hidden=\"true\">{}</div><ul class=\"ways\">{}</ul>\
<div class=\"good\"><h2>{}</h2><ul class=\"facts\">{}</ul><p class=\"soft lasts\"><small>{} {}</small></p></div></div></main><footer class=\"foot\"><p>{}</p></footer></div>\n",
        bar(pack, true),
        escape(w.from_clinic()),
        escape(w.start_title()),
        escape(w.start_lead()),
        DRAWING.trim_end(),
        doors(pack),
        escape(w.start_know()),
        facts(pack),
        escape(w.start_private_how()),
        escape(w.start_gone()),
        escape(w.nothing_leaves()),
    )
}

/// The bar; without buttons where nothing keeps a press until the app is there.
fn bar(pack: &Pack, buttons: bool) -> String {
    let w = &pack.words;
    let buttons = if buttons {
        let (help, menu) = (escape(w.help_now()), escape(w.menu()));
        format!(
            "<button type=\"button\" class=\"bar-btn\">{help}</button><details class=\"menu\"><summary>{menu}</summary></details>"
        )
    } else {
        String::new()
    };
    format!(
        "<header class=\"bar\"><div class=\"bar-in\"><p class=\"mark\"><span>{}</span></p>{buttons}</div></header>",
        escape(w.product())
    )
}

/// The ways in. A questionnaire by others may bring nothing to read and no cards.
fn doors(pack: &Pack) -> String {
    let w = &pack.words;
    let door = |class: &str, title: &str, hint: &str| {
        let hint = if hint.is_empty() { String::new() } else { format!("<small>{}</small>", escape(hint)) };
        format!(
            "<li><button type=\"button\" class=\"{class}\"><span><b>{}</b>{hint}</span>{ARROW}</button></li>",
            escape(title)
        )
    };
    let (page, theme) = walk::reading_minutes(pack);
    let about = |text: &str, minutes: u32, hint: &str| format!("{} {hint}", fill(text, &[("n", &minutes.to_string())]));
    let read = about(w.start_page_minutes(), page, w.read_lead());
    let read = if pack.topics.is_empty() { String::new() } else { door("way", w.start_read(), &read) };
    let cards = about(w.start_theme_minutes(), theme, w.start_cards_hint());
    let cards = if pack.cards.is_empty() { String::new() } else { door("way", w.start_cards(), &cards) };
    let minutes = |length| {
        let minutes = walk::minutes(walk::estimate(pack, &Answers::default(), length));
        fill(w.start_minutes(), &[("n", &minutes.to_string())])
    };
    let full = door("way first", w.start_questions(), &format!("{} {}", minutes(Length::Full), w.start_time()));
    let has_short = !pack.safety.short.is_empty();
    let short = if has_short { door("way second", w.start_safety(), &minutes(Length::Safety)) } else { String::new() };
    [full, short, read, cards, door("way", w.start_help(), w.start_help_hint())].concat()
}

/// What a visitor should know beforehand.
fn facts(pack: &Pack) -> String {
    let w = &pack.words;
    let fact = |(icon, (title, text)): (&str, (&str, &str))| {
        let icon = format!("<svg class=\"ico\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{icon}\"/></svg>");
        format!("<li>{icon}<span><b>{}</b> {}</span></li>", escape(title), escape(text))
    };
    let lines = [
        (w.start_private_title(), w.start_private()),
        (w.start_sells_title(), w.start_sells()),
        (w.start_decides_title(), w.start_decides()),
        (w.start_take_title(), w.start_take()),
    ];
    ICONS.into_iter().zip(lines).map(fact).collect()
}

/// The product and a calm word.
fn calm(pack: &Pack) -> String {
    let w = &pack.words;
    format!(
        "<div class=\"start\" data-start=\"\">{}<main class=\"main\"><div class=\"ready flow\"><h1 class=\"title\">{}</h1><p class=\"lead\">{}</p></div></main></div>",
        bar(pack, false),
        escape(w.shell_title()),
        escape(w.shell_text()),
    )
}
