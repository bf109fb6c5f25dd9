//! The start screen as plain HTML, which the one file shows before the app has arrived. The app's own start screen
//! (`src/screens/start.rs`) draws the same, and a browser test compares the two.

use crate::html::escape;
use engine::pack::Pack;

const ARROW: &str = "<svg class=\"ico flip\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M3 8h10M9 4l4 4-4 4\"/></svg>";
const TWO_SHEETS: &str = "<svg viewBox=\"0 0 128 104\" aria-hidden=\"true\"><path d=\"M44 8h62v78H44z\"/>\
<path class=\"front\" d=\"M20 18h62v78H20z\"/><path d=\"M28 30h28M28 40h46v16H28zM28 64h46M28 71h46M28 78h30M28 85h38\"/>\
<path d=\"M90 22h10M90 34h10M90 46h10M90 58h10\"/></svg>";

/// The start screen of every language, of which `public/start.js` shows the one that the browser prefers, and the calm
/// words that stand instead where the app does not begin at the start screen.
pub fn screens(packs: &[Pack]) -> String {
    let starts: String = packs.iter().map(screen).collect();
    starts + &packs.first().map(calm).unwrap_or_default()
}

fn screen(pack: &Pack) -> String {
    let w = &pack.words;
    let lang = escape(&pack.lang);
    format!(
        "<div class=\"start\" data-start=\"{lang}\" lang=\"{lang}\" hidden>{}<main class=\"main\"><div class=\"flow\" data-from=\"{}\">\
<h1 class=\"title\">{}</h1><p class=\"lead\">{}</p></div><ul class=\"ways\">{}</ul><h2>{}</h2><ul class=\"facts\">{}</ul>\
<div class=\"take\"><div><p class=\"soft\">{}</p></div>{TWO_SHEETS}</div></main><footer class=\"foot\"><p>{}</p></footer></div>\n",
        bar(pack, true),
        escape(w.from_clinic()),
        escape(w.start_title()),
        escape(w.start_lead()),
        doors(pack),
        escape(w.start_know()),
        facts(pack),
        escape(w.start_take()),
        escape(w.nothing_leaves()),
    )
}

/// The bar; without buttons where nothing keeps a press until the app is there.
fn bar(pack: &Pack, buttons: bool) -> String {
    let w = &pack.words;
    let buttons = if buttons {
        let (help, menu) = (escape(w.help_now()), escape(w.menu()));
        format!("<button type=\"button\" class=\"bar-btn\">{help}</button><details class=\"menu\"><summary>{menu}</summary></details>")
    } else {
        String::new()
    };
    format!("<header class=\"bar\"><div class=\"bar-in\"><p class=\"mark\">{}</p>{buttons}</div></header>", escape(w.product()))
}

/// The ways in. A questionnaire by others may bring nothing to read and no cards.
fn doors(pack: &Pack) -> String {
    let w = &pack.words;
    let door = |class: &str, title: &str, hint: &str| {
        let hint = if hint.is_empty() { String::new() } else { format!("<small>{}</small>", escape(hint)) };
        format!("<li><button type=\"button\" class=\"{class}\"><span><b>{}</b>{hint}</span>{ARROW}</button></li>", escape(title))
    };
    let read = if pack.topics.is_empty() { String::new() } else { door("way", w.start_read(), w.read_lead()) };
    let cards = if pack.cards.is_empty() { String::new() } else { door("way", w.start_cards(), w.start_cards_hint()) };
    [door("way first", w.start_questions(), w.start_time()), read, cards, door("way", w.start_help(), w.start_help_hint())].concat()
}

/// What a visitor should know beforehand. Nothing is kept yet, so the first says that it will be gone.
fn facts(pack: &Pack) -> String {
    let w = &pack.words;
    let fact = |title: &str, text: &str| format!("<li><b>{}</b>{}</li>", escape(title), escape(text));
    let private = format!("{} {} {}", w.start_private(), w.start_private_how(), w.start_gone());
    [fact(w.start_private_title(), &private), fact(w.start_sells_title(), w.start_sells()), fact(w.start_decides_title(), w.start_decides())].concat()
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
