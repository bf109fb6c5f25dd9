//! Sums, ranges and published bands. A missing item is never 0: it makes the total a range.

use crate::answers::{Answer, Value};
use crate::form::EvaluatedForm;
use crate::pack::{Band, Instrument, Item, Method, Pack};
use crate::validation::fits;

/// The outcome of one instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Score<'a> {
    /// What was scored.
    pub instrument: &'a Instrument,
    /// Items answered.
    pub answered: usize,
    /// Items there are.
    pub of: usize,
    /// The number, or what is known of it.
    pub total: Total,
}

/// A total, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Total {
    /// The instrument does not concern this visitor.
    NotAsked,
    /// Every item was answered.
    Exactly(f64),
    /// Items are missing: the lowest and highest total possible. Not a score.
    Between(f64, f64),
}

impl<'a> Score<'a> {
    /// The published band of an exact total; none for a range, whatever its ends.
    pub fn band(&self) -> Option<&'a Band> {
        let Total::Exactly(n) = self.total else { return None };
        self.instrument.bands.iter().rev().find(|b| n >= f64::from(b.from))
    }

    /// The highest total the instrument can give.
    pub fn highest(&self, form: &EvaluatedForm<'_>) -> f64 {
        combine(self.instrument, self.instrument.items.iter().map(|l| ends(form, l).1))
    }

    /// A number as printed: whole for sums, one decimal for means.
    pub fn shown(&self, n: f64) -> String {
        match self.instrument.method {
            Method::Sum => (n.round() as i64).to_string(),
            Method::Mean => format!("{:.1}", (n * 10.0).round() / 10.0),
        }
    }
}

/// Scores every instrument of the pack.
///
/// ```
/// use engine::{answers::Answers, form::EvaluatedForm, pack::Pack, scores};
///
/// /// The PHQ-9 total in words: exact, or a range where items are missing.
/// fn phq9(pack: &Pack, answers: &Answers) -> Option<String> {
///     let form = EvaluatedForm::new(&pack.questionnaire, answers);
///     let score = scores::all(pack, &form).into_iter().find(|score| score.instrument.id == "phq9")?;
///     match score.total {
///         scores::Total::NotAsked => None,
///         scores::Total::Exactly(total) => Some(total.to_string()),
///         scores::Total::Between(low, high) => Some(format!("{low} to {high}")),
///     }
/// }
/// ```
pub fn all<'a>(pack: &'a Pack, form: &EvaluatedForm<'_>) -> Vec<Score<'a>> {
    pack.instruments.iter().map(|i| score(form, i)).collect()
}

/// Scores one instrument.
pub fn score<'a>(form: &EvaluatedForm<'_>, instrument: &'a Instrument) -> Score<'a> {
    let of = instrument.items.len();
    let points: Vec<Option<f64>> = instrument.items.iter().map(|l| points(form, l)).collect();
    let answered = points.iter().flatten().count();
    let offered = instrument.items.iter().all(|l| form.path(l).iter().all(|around| around.not_offered.is_empty()));
    let total = match &instrument.gate {
        _ if !offered && answered == 0 => Total::NotAsked,
        Some(gate) if !form.asked(gate, 0) => Total::NotAsked,
        // A gate answered "no" settles the total: the rest is not asked.
        Some(gate) if self::points(form, gate) == Some(0.0) => Total::Exactly(0.0),
        None if !instrument.items.iter().any(|l| form.asked(l, 0)) => Total::NotAsked,
        _ if answered == of => Total::Exactly(combine(instrument, points.iter().flatten().copied())),
        _ => {
            let low = instrument.items.iter().zip(&points).map(|(l, p)| p.unwrap_or(ends(form, l).0));
            let high = instrument.items.iter().zip(&points).map(|(l, p)| p.unwrap_or(ends(form, l).1));
            Total::Between(combine(instrument, low), combine(instrument, high))
        }
    };
    Score { instrument, answered, of, total }
}

fn combine(instrument: &Instrument, points: impl Iterator<Item = f64>) -> f64 {
    let sum: f64 = points.sum();
    match instrument.method {
        Method::Sum => sum,
        // One decimal, as the authors report it.
        Method::Mean => (sum / instrument.items.len().max(1) as f64 * 10.0).round() / 10.0,
    }
}

/// The points of the answer that counts, by the option's own value and never by its position.
fn points(form: &EvaluatedForm<'_>, link: &str) -> Option<f64> {
    let item = form.item(link)?;
    match form.answer(link, 0).map(Answer::values) {
        Some([Value::Code(code)]) => item.option(code)?.points.map(f64::from),
        Some([value @ Value::Number(n)]) if fits(item, value) => Some(*n),
        _ => None,
    }
}

/// The lowest and highest points an item can give.
fn ends(form: &EvaluatedForm<'_>, link: &str) -> (f64, f64) {
    let Some(item) = form.item(link) else { return (0.0, 0.0) };
    let coded = || item.options.iter().filter_map(|o| o.points).map(f64::from);
    let low = item.min.into_iter().chain(coded()).reduce(f64::min);
    let high = item.max.into_iter().chain(coded()).reduce(f64::max);
    (low.unwrap_or(0.0), high.unwrap_or(0.0))
}

/// True if a choice carries points (used by the pack's checks).
pub fn is_scored(item: &Item) -> bool {
    item.options.iter().any(|o| o.points.is_some()) || item.max.is_some()
}
