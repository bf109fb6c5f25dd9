//! How the long named answer sets come about: a visitor with one habit goes through the whole walk.
//!
//! The sets stand in `tests/fixtures/answers.toml`, because other kinds of tests read them too; a
//! test compares them with what is made here and prints the new text when the questions have
//! changed.

use super::{answered, pack, walk_through};
use engine::answers::{Answer, Answers, Value};
use engine::pack::{Item, Kind, UNKNOWN_CODES};

/// The sets that follow from a habit.
pub const MADE: &[&str] =
    &["everything-no", "everything-yes", "all-not-sure", "heaviest", "depression", "pain-and-heart"];

pub fn make(name: &str) -> Answers {
    match name {
        "everything-no" => walk_through(answered("age=25-44;why-for=mood"), |item, _| no(item)),
        "everything-yes" => walk_through(answered("age=45-64;safe=yes-safe"), |item, at| yes(item, at, 2)),
        "all-not-sure" => walk_through(answered("age=25-44"), |item, _| not_sure(item)),
        "heaviest" => walk_through(answered(&format!("age=65-plus;{HEAVY}")), heaviest),
        "depression" => walk_through(answered(DEPRESSION), |item, _| no(item)),
        "pain-and-heart" => walk_through(answered(PAIN_AND_HEART), |item, _| no(item)),
        other => panic!("no habit makes {other}"),
    }
}

/// Issue's example A: 25 to 44, depression, three medicines, two tried before.
const DEPRESSION: &str = "age=25-44;why-for=mood;how-long=1-2-years;phq9-1=LA6570-1;phq9-2=LA6571-9;phq9-3=LA6570-1;phq9-4=LA6571-9;phq9-5=LA6569-3;phq9-6=LA6570-1;phq9-7=LA6570-1;gad7-1=LA6570-1;gad7-2=LA6569-3;gad7-3=LA6570-1;takes-medicines=yes;medicines=sertraline,bupropion,trazodone;med-doses='100%20mg%2C%20150%20mg%2C%2050%20mg;tried-any=yes;tried-paper=no;trial=true;trial:1=false;trial-medicine=fluoxetine;trial-medicine:1=venlafaxine;trial-when=past;trial-when:1=this-episode;trial-now=no;trial-now:1=no;trial-time=over-3-months;trial-time:1=6-12-weeks;trial-regular=yes;trial-regular:1=yes;trial-help=a-little;trial-help:1=not-at-all;trial-stop=not-enough;trial-stop:1=side-effects;tried-other=talk;talk-help=a-little;p02=yes;p03=yes;goal='Play%20with%20my%20children%20again;matters=lasting,few-side-effects;reasons=different,tried;worries=side-effects,cost;leaning=asked-unknown;ask-list=q-fit-1,q-money-1";

/// Issue's example B: 67, long-lasting pain, heart disease, ten medicines.
const PAIN_AND_HEART: &str = "age=65-plus;why-for=pain;how-long=over-2-years;pain-what='Nerve%20pain%20in%20both%20feet%2C%20from%20diabetes;pain-average=#6;pain-worst=#9;phq9-3=LA6570-1;phq9-4=LA6570-1;takes-medicines=yes;medicines=metoprolol,lisinopril,atorvastatin,clopidogrel,metformin,gabapentin,duloxetine,oxycodone-acetaminophen,omeprazole,furosemide;s01=yes-controlled;s01-when='128%20over%2076%2C%20last%20month;s03=yes;s03-when='Heart%20attack%20and%20stent%20in%202021%2C%20Dr.%20Lee;s20=yes-other;s17=yes-treated;recent-tests=yes;stairs=no;tried-any=yes;tried-paper=yes;pain-tried=opioids,nerve,physio;pain-help-opioids=a-little;pain-help-nerve=a-little;pain-help-physio=not-at-all;p02=yes;p03=yes;goal='Sleep%20through%20the%20night;ask-list=q-fit-1,q-safety-1,q-medicines-1";

/// Twelve medicines of many classes, two of them typed.
const HEAVY: &str = "medicines=phenelzine,clonazepam,oxycodone-acetaminophen,naltrexone,lamotrigine,lisdexamfetamine,theophylline,levothyroxine,semaglutide,hydrochlorothiazide,'Zzyzzafil%20forte,'my%20grandmother%E2%80%99s%20drops";

fn known(code: &str) -> bool {
    !UNKNOWN_CODES.contains(&code)
}

/// "No", "none" or "never", 0 points; skipped where no answer means no.
fn no(item: &Item) -> Answer {
    let says_no = ["no", "none", "never", "LA6568-5", "LA6270-8", "LA32-8", "false"];
    says_no
        .iter()
        .find(|c| item.option(c).is_some() || (item.is_group() && **c == "false"))
        .map_or(Answer::Skipped, |c| Answer::code(c))
}

/// Every "yes", the highest points, all that may be chosen together; `trials` medicines were tried.
fn yes(item: &Item, at: u8, trials: u8) -> Answer {
    let options = || item.options.iter().filter(|o| known(&o.code));
    match item.kind {
        Kind::Group | Kind::Page => Answer::code(if at + 1 < trials { "true" } else { "false" }),
        Kind::Lookup | Kind::OpenLookup => Answer::code(&options().nth(usize::from(at)).unwrap().code),
        Kind::Integer | Kind::Decimal => Answer::Given(vec![Value::Number(item.max.unwrap_or(1.0))]),
        Kind::Quantity => Answer::Given(vec![Value::Quantity(150.0, item.units.first().unwrap().code.clone())]),
        _ if item.options.is_empty() => Answer::Given(vec![Value::Text(format!("Own words about {}", item.link_id))]),
        _ if item.link_id == "tried-paper" => Answer::code("no"),
        _ if item.repeats => Answer::Given(options().filter(|o| !o.exclusive).map(|o| Value::code(&o.code)).collect()),
        _ => {
            let best = options().filter(|o| o.points.is_some()).max_by_key(|o| o.points);
            let best = best
                .or_else(|| options().find(|o| o.code.starts_with("yes") || o.code == "now"))
                .or_else(|| options().next_back());
            Answer::code(&best.unwrap().code)
        }
    }
}

/// As `yes`, but with the answer that weighs most, eight trials and long own words.
fn heaviest(item: &Item, at: u8) -> Answer {
    let pack = pack();
    let fires = |code: &str| {
        pack.rules
            .iter()
            .filter(|r| {
                r.about == item.link_id
                    && r.when.all.iter().any(|c| matches!(&c.operand, engine::pack::Operand::Codes(codes) if codes.iter().any(|x| x == code)))
            })
            .map(|r| r.tier)
            .min()
    };
    let worst = item
        .options
        .iter()
        .filter(|o| known(&o.code))
        .filter_map(|o| fires(&o.code).map(|tier| (tier, o)))
        .min_by_key(|(tier, _)| *tier);
    match (item.kind, worst) {
        (Kind::Choice, Some((_, option))) if !item.repeats => Answer::code(&option.code),
        (Kind::String | Kind::Text, _) => Answer::Given(vec![Value::Text(long_words(item))]),
        _ => yes(item, at, 8),
    }
}

/// As long as a visitor may write, up to the 200 letters of the dossier's 6.1; in a table's cell,
/// up to 40.
fn long_words(item: &Item) -> String {
    let wanted = if item.link_id.starts_with("trial-") { 40 } else { 200 };
    let most = if item.max_length == 0 { wanted } else { (item.max_length as usize).min(wanted) };
    let words = format!(
        "{}: it began in 2014, it came back after each winter, and it is why I can’t work, cook or see friends. ",
        item.label()
    );
    words.repeat(10).chars().take(most).collect::<String>().trim().into()
}

/// "Not sure" where there is such an answer, else "rather not say", else skipped.
fn not_sure(item: &Item) -> Answer {
    UNKNOWN_CODES.iter().find(|c| item.option(c).is_some()).map_or(Answer::Skipped, |c| Answer::code(c))
}
