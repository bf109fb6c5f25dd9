//! Writes the answers as the text of a code.

use super::letters::letters;
use super::{HEAD, MOST_REPETITIONS, VERSION};
use engine::answers::{Answer, Answers, Key, Value};
use engine::calendar::is_day;
use engine::form::EvaluatedForm;
use engine::number;
use engine::pack::{Item, Kind, Numbers, Pack};
use engine::summary;
use engine::validation::fits;

/// Written where no quantity and no time stands in the code, so that earlier copies of the tool
/// read it.
const WITHOUT_QUANTITY: u8 = 2;

/// The answers as text for a code; `day` is `YYYY-MM-DD`.
pub fn text(pack: &Pack, answers: &Answers, leave_out: bool, day: &str) -> String {
    let held = if leave_out { summary::held_back(pack, answers) } else { None };
    let (left, answers) = (held.is_some(), held.as_ref().unwrap_or(answers));
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let mut bytes = vec![WITHOUT_QUANTITY, u8::from(left)];
    bytes.extend(day_bytes(day).unwrap_or_default());
    push_text(&pack.version, &mut bytes);
    let (mut last, mut before, mut again) = (0, Vec::new(), 0_u32);
    for (place, link) in pack.numbers.questions.iter().enumerate() {
        let Some(item) = form.item(link) else { continue };
        // "Add another?" is answered beside the group's repetitions, not inside one.
        let repetitions = if item.is_group() {
            item.items.first().map_or(0, |i| form.repetitions(&i.link_id))
        } else {
            form.repetitions(link)
        };
        let answer = |at: u8| {
            let asked = form.asked(link, if item.is_group() { 0 } else { at });
            if asked { answers.get(&Key::new(link, at)) } else { None }
        };
        let used = (0..repetitions.min(MOST_REPETITIONS)).rev().find(|at| answer(*at).is_some()).map_or(0, |at| at + 1);
        for at in 0..used {
            let number = place as u32 + 1;
            let mut entry = Vec::new();
            push_answer(pack, item, answer(at), number - last, &mut entry);
            last = number;
            if entry == before {
                again += 1;
            } else {
                push_again(again, &mut bytes);
                again = 0;
                bytes.extend_from_slice(&entry);
                before = entry;
            }
        }
    }
    push_again(again, &mut bytes);
    if let (Some(version), true) = (bytes.first_mut(), uses_version_3(&form, answers)) {
        *version = VERSION;
    }
    bytes.extend(crc32fast::hash(&bytes).to_be_bytes());
    [HEAD, &letters(&bytes)].concat()
}

/// True if a quantity or a time stands in the code.
fn uses_version_3(form: &EvaluatedForm<'_>, answers: &Answers) -> bool {
    let new = |item: &Item| matches!(item.kind, Kind::Quantity | Kind::Time | Kind::DateTime);
    answers.iter().any(|(key, _)| form.item(&key.link).is_some_and(new))
}

fn push_answer(pack: &Pack, item: &Item, answer: Option<&Answer>, step: u32, out: &mut Vec<u8>) {
    let mut head = |kind: u32| push(step << 3 | kind, out);
    match answer.map(Answer::values) {
        None => head(6),
        Some([]) => head(0),
        Some([Value::Number(n)]) => match whole(*n) {
            Some(n) => {
                head(3);
                push(n, out);
            }
            None => {
                head(4);
                push_text(&number::write(*n).unwrap_or_default(), out);
            }
        },
        Some([Value::Quantity(n, unit)]) => {
            head(4);
            let unit = Numbers::of(&pack.numbers.answers, unit).unwrap_or_default();
            push_text(&format!("{}u{unit}", number::write(*n).unwrap_or_default()), out);
        }
        Some([Value::Text(day)]) if item.kind == Kind::Date && is_day(day) && day_bytes(day).is_some() => {
            head(5);
            out.extend(day_bytes(day).unwrap_or_default());
        }
        Some([value @ Value::Text(time)]) if matches!(item.kind, Kind::Time | Kind::DateTime) && fits(item, value) => {
            head(4);
            push_text(&time.replace(':', "."), out);
        }
        Some([one]) => {
            head(1);
            push(answer_number(pack, one), out);
        }
        Some(several) => {
            head(2);
            push(several.len() as u32, out);
            several.iter().for_each(|v| push(answer_number(pack, v), out));
        }
    }
}

/// The same step and answer so many times more: "no" to one question after the other, or each trial
/// like the last.
fn push_again(times: u32, out: &mut Vec<u8>) {
    if times > 0 {
        push(times << 3 | 7, out);
    }
}

/// The number of an answer; 0 for own words, and for a code that is in no content.
fn answer_number(pack: &Pack, value: &Value) -> u32 {
    if let Value::Code(code) = value { Numbers::of(&pack.numbers.answers, code).unwrap_or_default() } else { 0 }
}

fn whole(n: f64) -> Option<u32> {
    // Four bytes, which is what the reader takes.
    ((0.0..268_435_456.0).contains(&n) && n == n.trunc()).then_some(n as u32)
}

/// A day from 2000 to 2255 in three bytes.
fn day_bytes(day: &str) -> Option<[u8; 3]> {
    let mut parts = day.splitn(3, '-').map(|p| p.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = u8::try_from(year.checked_sub(2000)?).ok()?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some([year, month as u8, day as u8])
}

fn push(number: u32, out: &mut Vec<u8>) {
    let mut rest = number;
    while rest > 0x7f {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    push(text.len() as u32, out);
    out.extend_from_slice(text.as_bytes());
}
