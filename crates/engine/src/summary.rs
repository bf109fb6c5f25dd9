//! The two sheets as data: one for the clinician, one to keep. Every format is drawn from these.

mod added;
mod clinician;
mod display;
mod keep;

use crate::answers::{Answer, Answers, Key};
use crate::form::EvaluatedForm;
use crate::pack::{Pack, Region, Settings, TextLanguage, Tier, fill};
use crate::scores::{self, Score};
use crate::walk;

pub use added::{Added, added};
pub use clinician::counts;
pub use display::{display_answer, value};

/// What the sheets need besides the answers. The engine has no clock: the day comes in as text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Today, as shown.
    pub date: &'a str,
    /// Region of the crisis lines.
    pub region: &'a Region,
    /// The clinic's settings.
    pub settings: &'a Settings,
    /// The visitor chose not to print the answers about suicide.
    pub leave_out: bool,
}

/// Both sheets. Under 18 there is none for the clinician.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheets {
    /// One page for the clinician, in the order of the dossier's section 6.1.
    pub clinician: Option<Sheet>,
    /// The page to keep (6.2), or the page for under 18.
    pub keep: Sheet,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Title.
    pub title: String,
    /// Lines under the title.
    pub lead: Vec<String>,
    /// The head of the clinician's sheet, each with its name: age, what help is wanted with, how
    /// much was answered.
    pub strip: Vec<(String, String)>,
    /// Its parts in order.
    pub parts: Vec<Part>,
    /// Small lines at the end.
    pub foot: Vec<String>,
    /// Which of them says whom to call; empty where a part does. It alone of the foot may be
    /// translated by a browser.
    pub help_line: String,
    /// The days whose results stand in the part `scores`, where there are two; else none.
    pub days: Vec<String>,
    /// The results of the part `scores` as drawings, one for each of its rows that has a number or
    /// a range.
    pub rulers: Vec<Ruler>,
}

/// A result on the scale of its instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruler {
    /// Name of the instrument, as in the table of scores.
    pub name: String,
    /// What the drawing shows, in words.
    pub alt: String,
    /// The highest total that the instrument can give; the lowest is 0.
    pub highest: f64,
    /// Where the published bands begin, or else the published cut-offs, lowest first, without 0.
    pub marks: Vec<f64>,
    /// The lowest and the highest total possible: the same number if no item is missing.
    pub range: (f64, f64),
}

/// A headed part of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Short name, for styles and tests.
    pub id: &'static str,
    /// Heading.
    pub heading: String,
    /// What it says.
    pub rows: Vec<Row>,
    /// Where it is another than the sheet's own: questions and answers of a questionnaire by
    /// others.
    pub language: Option<TextLanguage>,
}

impl Part {
    /// True for lines to write on alone: what can be read comes before them.
    pub fn is_written_on(&self) -> bool {
        self.id == "by-hand"
    }

    /// True for whom to call: everybody has to understand it, so a browser may translate it.
    pub fn is_help(&self) -> bool {
        self.id == "help"
    }
}

/// One line or table of a part.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// Plain words.
    Line(String),
    /// An answer, with its mark and what the clinician may want to know.
    Answer {
        /// Word and shape in front.
        mark: Option<Mark>,
        /// What was asked, short.
        label: String,
        /// What was answered.
        value: String,
        /// A note behind it; may be empty.
        note: String,
    },
    /// Own words, kept as written.
    Quote {
        /// What was asked, short.
        label: String,
        /// The words.
        text: String,
    },
    /// A box to tick on paper, ticked or not.
    Tick {
        /// Words behind the box.
        text: String,
        /// Ticked on screen already.
        ticked: bool,
        /// True if a line to write on stands below.
        room: bool,
    },
    /// A table with its column names.
    Table {
        /// Column names.
        columns: Vec<String>,
        /// Rows, each as long as `columns`.
        rows: Vec<Vec<String>>,
    },
    /// Room to write.
    Blank(u8),
}

/// Why a line stands out, in words and shape and never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Tier E.
    Emergency,
    /// Tier A.
    First,
    /// Tier B.
    Discuss,
    /// Tier C.
    Note,
    /// Not sure, declined or not answered.
    Open,
}

impl From<Tier> for Mark {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::E => Self::Emergency,
            Tier::A => Self::First,
            Tier::B => Self::Discuss,
            Tier::C => Self::Note,
        }
    }
}

/// What was answered on an earlier day, from a record or a code that was kept.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// That day, as shown.
    pub date: &'a str,
    /// The answers of that day.
    pub answers: &'a Answers,
}

/// Everything the parts are made from.
struct SheetBuilder<'a> {
    pack: &'a Pack,
    form: &'a EvaluatedForm<'a>,
    context: Context<'a>,
    /// An earlier visit and its scores.
    earlier: Option<(Earlier<'a>, Vec<Score<'a>>)>,
}

/// The answers as the visitor lets others have them who left those about suicide out; `None` if
/// there are none of these. What is held back is passed over, neither "no" nor "not reached", and
/// whatever would tell it goes with it: a total becomes a range.
pub fn held_back(pack: &Pack, answers: &Answers) -> Option<Answers> {
    let form = EvaluatedForm::new(&pack.questionnaire, answers);
    let links = &pack.safety.may_leave_out;
    links.iter().any(|l| form.answer(l, 0).is_some()).then(|| {
        let mut held = answers.clone();
        links.iter().for_each(|l| held.set(Key::first(l), Answer::Skipped));
        held
    })
}

/// Makes both sheets.
///
/// ```
/// use engine::answers::Answers;
/// use engine::pack::{Pack, Settings};
/// use engine::summary::{self, Context};
///
/// /// Headings of the clinician's sheet; none under 18.
/// fn headings(pack: &Pack, answers: &Answers, settings: &Settings) -> Option<Vec<String>> {
///     let region = pack.region(&settings.region)?;
///     let context = Context { date: "2026-11-29", region, settings, leave_out: false };
///     let sheet = summary::sheets(pack, answers, context).clinician?;
///     Some(sheet.parts.into_iter().map(|part| part.heading).collect())
/// }
/// ```
pub fn sheets(pack: &Pack, answers: &Answers, context: Context<'_>) -> Sheets {
    sheets_since(pack, answers, context, None)
}

/// Makes both sheets, with the results of an earlier day beside today's: two numbers, and no word
/// on what lies between them.
pub fn sheets_since(pack: &Pack, answers: &Answers, context: Context<'_>, earlier: Option<Earlier<'_>>) -> Sheets {
    let held = if context.leave_out { held_back(pack, answers) } else { None };
    let form = EvaluatedForm::new(&pack.questionnaire, held.as_ref().unwrap_or(answers));
    // What is left out today is left out of the other day too.
    let held_before = earlier.filter(|_| context.leave_out).and_then(|e| held_back(pack, e.answers));
    let before = earlier.map(|e| EvaluatedForm::new(&pack.questionnaire, held_before.as_ref().unwrap_or(e.answers)));
    // A minor's answers are not scored, not even those of another day.
    let adult = before.as_ref().filter(|b| !walk::is_minor(pack, b));
    let earlier = earlier.zip(adult).map(|(e, before)| (e, scores::all(pack, before)));
    let builder = SheetBuilder { pack, form: &form, context, earlier };
    if walk::is_minor(pack, &form) {
        return Sheets { clinician: None, keep: builder.minor() };
    }
    Sheets { clinician: Some(builder.clinician()), keep: builder.keep() }
}

/// The sheets with the clinician's one in the language of `reader`, the visitor's own in that of
/// `pack`: answers are codes, and own words stay as they were written, which the sheet says.
/// `context` is what each of the two is made with.
pub fn sheets_for_reader(
    pack: &Pack,
    reader: &Pack,
    answers: &Answers,
    context: [Context<'_>; 2],
    earlier: [Option<Earlier<'_>>; 2],
) -> Sheets {
    let ([own, theirs], [own_earlier, their_earlier]) = (context, earlier);
    let keep = sheets_since(pack, answers, own, own_earlier).keep;
    let mut clinician = sheets_since(reader, answers, theirs, their_earlier).clinician;
    if let Some(sheet) = &mut clinician {
        sheet.lead.push(fill(reader.words.sheet_written_in(), &[("language", pack.words.language_name())]));
    }
    Sheets { clinician, keep }
}

impl SheetBuilder<'_> {
    fn part(&self, id: &'static str, heading: &str, rows: Vec<Row>) -> Part {
        Part { id, heading: heading.into(), rows, language: None }
    }

    /// Help on one line, for every printed page.
    fn help_line(&self) -> String {
        let region = self.context.region;
        let main = region.lines.first().map(|c| format!("{}: {}", c.name, c.text)).unwrap_or_default();
        [region.emergency_text.as_str(), &main].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// "Consult Ready 0.1, content 2026.11.0, checked on …, English", and the clinic if there is
    /// one.
    fn provenance(&self) -> String {
        let w = &self.pack.words;
        let tool = format!(
            "{} {} · {} {} · {} {}",
            w.product(),
            env!("CARGO_PKG_VERSION"),
            w.content_version(),
            self.pack.version,
            w.checked_on(),
            self.pack.checked_on
        );
        format!("{tool} · {} {}", w.language_used(), w.language_name())
    }
}
