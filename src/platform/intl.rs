//! Days as the visitor's language writes them, through the browser's own `Intl`.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsCast;

/// Today in words, for instance "November 22, 2026".
pub fn today(lang: &str) -> String {
    shown(&Date::new_0(), lang)
}

/// Today as `YYYY-MM-DD`, in the visitor's own time zone.
pub fn today_iso() -> String {
    authored().get(..10).unwrap_or_default().into()
}

/// This moment as `YYYY-MM-DDThh:mm:ss±hh:mm`, in the visitor's own time zone.
pub fn authored() -> String {
    let now = Date::new_0();
    // Minutes that the clock here is behind UTC.
    let behind = now.get_timezone_offset();
    let local = Date::new(&(now.get_time() - behind * 60_000.0).into());
    let iso = String::from(local.to_iso_string());
    let off = behind.abs() as u32;
    let two = |n: u32| [if n < 10 { "0" } else { "" }, &n.to_string()].concat();
    [iso.get(..19).unwrap_or_default(), if behind > 0.0 { "-" } else { "+" }, &two(off / 60), ":", &two(off % 60)]
        .concat()
}

/// A day given as `YYYY-MM-DD`, in words; as given if it is no day.
pub fn day(iso: &str, lang: &str) -> String {
    let mut parts = iso.split('-').map(str::parse::<i32>);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(y)), Some(Ok(m)), Some(Ok(d))) => shown(&Date::new_with_year_month_day(y as u32, m - 1, d), lang),
        _ => iso.into(),
    }
}

/// The languages that come with the product, so that the start need not wait for `Intl`.
const OURS: [(&str, &str); 2] = [("en", "English"), ("es", "Español")];

/// A language's name in that language ("Español"), of others than ours through `Intl.DisplayNames`;
/// the tag itself where that is missing.
pub fn language_name(tag: &str) -> String {
    if let Some((_, name)) = OURS.iter().find(|(ours, _)| *ours == tag) {
        return (*name).into();
    }
    let named = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let names: js_sys::Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
        let names = Reflect::construct(&names, &js_sys::Array::of2(&tag.into(), &options)).ok()?;
        let of: js_sys::Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &tag.into()).ok()?.as_string()
    };
    let name = named().unwrap_or_else(|| tag.into());
    // The browser knows all capitals; Rust's table of them would come along.
    let name = js_sys::JsString::from(name);
    name.slice(0, 1).to_upper_case().concat(&name.slice(1, name.length())).into()
}

/// Milliseconds since 1970, for the age of kept answers.
pub fn now() -> u64 {
    Date::now() as u64
}

/// Milliseconds of a monotonic clock; it may stand still while the machine sleeps.
pub fn steady() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}

/// A moment in milliseconds since 1970, as day and time.
pub fn moment(ms: u64, lang: &str) -> String {
    Date::new(&(ms as f64).into()).to_locale_string(lang, &Object::new()).into()
}

fn shown(date: &Date, lang: &str) -> String {
    let options = Object::new();
    let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
    date.to_locale_date_string(lang, &options).into()
}
