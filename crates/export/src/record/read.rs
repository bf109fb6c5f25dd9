//! The way back: a record file as answers.

mod items;
mod values;

use items::{MOST_UNKNOWN, Reader};

use super::{LEFT_OUT, apart};
use crate::fhir::{Extension, Meta, ResponseItem};
use crate::read_error::{ReadError, ReadErrorKind};
use engine::answers::{Answer, Answers, Key};
use engine::calendar::is_day;
use engine::migrate::{drop_unfit, migrate};
use engine::pack::Pack;
use serde::Deserialize;

/// Maximum size of a record in bytes: ten times the largest that this tool writes.
const LARGEST: usize = 4_000_000;
/// Characters of a moment with its offset and nanoseconds.
const LONGEST_MOMENT: usize = 35;

/// A record that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The answers, as this pack's questionnaire asks for them.
    pub answers: Answers,
    /// When the answers were given, as the record says: a day as `YYYY-MM-DD`, or a moment that
    /// begins with one. Empty if it doesn't say.
    pub authored: String,
    /// The visitor had left answers out.
    pub left_out: bool,
    /// Answers that a record of another version of the questionnaire has and this one doesn't know,
    /// by path, at most 100.
    pub unknown: Vec<String>,
}

/// A resource as far as it is read: a response, a bundle, or what stands beside a response in a
/// bundle.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Resource {
    resource_type: String,
    entry: Vec<BundleEntry>,
    meta: Meta,
    extension: Vec<Extension>,
    questionnaire: String,
    status: String,
    authored: String,
    item: Vec<ResponseItem>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct BundleEntry {
    resource: Resource,
}

/// Reads a record, or a bundle with one, back to the answers. Each response is known by its
/// canonical address: ours has to be there, once; that to the clinic's own questions is taken if
/// these are still the same; any other is named, not taken. Strict: what is not ours is refused.
/// Only a record of another version of this questionnaire may hold what this one doesn't know; that
/// is named, not taken.
///
/// # Errors
///
/// A [`ReadError`] with the path of the first answer that can't be used, or the byte at which the
/// JSON is broken.
pub fn read(pack: &Pack, file: &str) -> Result<Record, ReadError> {
    if file.len() > LARGEST {
        return Err(ReadErrorKind::TooLarge.here());
    }
    let file = file.strip_prefix('\u{feff}').unwrap_or(file);
    let (ours, own) = apart(pack);
    let Responses { response, others } = responses(serde_json::from_str(file).map_err(|e| broken(file, &e))?, &ours)?;
    let (mut answers, mut unknown) = answers_of(&ours, &response)?;
    let own_url = own.as_ref().map(|own| own.questionnaire.url.as_str());
    let mut taken = false;
    for (path, other) in others {
        match &own {
            Some(own) if !taken && Some(address_of(&other)) == own_url => {
                taken = true;
                let (own_answers, own_unknown) = answers_of(own, &other)?;
                own_answers.iter().for_each(|(key, answer)| answers.set(key.clone(), answer.clone()));
                unknown.extend(own_unknown);
            }
            _ if other.item.is_empty() => {}
            _ => unknown.push([&path, "(", &address_of(&other).chars().take(60).collect::<String>(), ")"].concat()),
        }
    }
    let left_out = response.meta.tag.iter().any(|t| t.code == LEFT_OUT);
    if left_out {
        // Held back is neither "no" nor "not reached".
        pack.safety.may_leave_out.iter().for_each(|l| answers.set(Key::first(l), Answer::Skipped));
    }
    unknown.truncate(MOST_UNKNOWN);
    let authored = if is_moment(&response.authored) { response.authored } else { String::new() };
    Ok(Record { answers, authored, left_out, unknown })
}

/// The answers of one response to the questionnaire of `pack`, and the paths of what it doesn't
/// know.
fn answers_of(pack: &Pack, response: &Resource) -> Result<(Answers, Vec<String>), ReadError> {
    if !matches!(response.status.as_str(), "completed" | "amended" | "in-progress") {
        return Err(ReadErrorKind::OtherFile.at("$.status"));
    }
    let q = &pack.questionnaire;
    let version = response.questionnaire.split_once('|').map_or("", |(_, version)| version);
    let mut reader = Reader { pack, strict: version == q.version, answers: Answers::default(), unknown: Vec::new() };
    reader.items(&response.item, &q.items, 0, "$")?;
    reader.skipped(&response.extension)?;
    let Reader { answers, mut unknown, .. } = reader;
    let mut answers = migrate(pack, &answers);
    drop_unfit(pack, &mut answers, &mut unknown);
    Ok((answers, unknown))
}

/// The canonical address of a response's questionnaire, without a version.
fn address_of(response: &Resource) -> &str {
    response.questionnaire.split('|').next().unwrap_or_default()
}

/// The responses in a file.
struct Responses {
    /// The one to our questionnaire.
    response: Resource,
    /// The others, by path.
    others: Vec<(String, Resource)>,
}

/// Sorts the responses in a file by their addresses.
fn responses(file: Resource, ours: &Pack) -> Result<Responses, ReadError> {
    const RESPONSE: &str = "QuestionnaireResponse";
    let url = &ours.questionnaire.url;
    let is_ours = |r: &Resource| !url.is_empty() && address_of(r) == url;
    let inside = match file.resource_type.as_str() {
        RESPONSE => vec![(String::from("$"), file)],
        "Bundle" => file
            .entry
            .into_iter()
            .enumerate()
            .map(|(i, e)| (["$.entry[", &i.to_string(), "]"].concat(), e.resource))
            .collect(),
        _ => Vec::new(),
    };
    let (mut mine, others): (Vec<_>, Vec<_>) =
        inside.into_iter().filter(|(_, r)| r.resource_type == RESPONSE).partition(|(_, r)| is_ours(r));
    match (mine.pop(), mine.is_empty()) {
        (Some((_, response)), true) => Ok(Responses { response, others }),
        (None, _) if others.len() == 1 => Err(ReadErrorKind::OtherFile.at("$.questionnaire")),
        _ => Err(ReadErrorKind::OtherFile.at("$.resourceType")),
    }
}

/// Where JSON is broken, as the byte in the file. What is no JSON from its start, or JSON of
/// another shape, is another file.
fn broken(file: &str, error: &serde_json::Error) -> ReadError {
    let before: usize = file.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = before + error.column().saturating_sub(1);
    if at < 2 || error.is_data() && !error.to_string().starts_with("duplicate field") {
        ReadErrorKind::OtherFile.here()
    } else {
        ReadErrorKind::Broken.at(&at.to_string())
    }
}

/// True for a day, or a moment that begins with one.
fn is_moment(text: &str) -> bool {
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let time = rest.is_empty() || rest.starts_with('T');
    text.len() <= LONGEST_MOMENT
        && is_day(day)
        && time
        && rest.chars().all(|c| c.is_ascii_digit() || "-+:.TZ".contains(c))
}
