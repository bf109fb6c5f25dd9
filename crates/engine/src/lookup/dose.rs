//! Words around the name of a medicine that say how much of it, how and when.

/// Words that join two names, in English and Spanish.
pub(super) const JOINTS: &[&str] = &["and", "plus", "y", "e", "mas"];

/// Words, in English and Spanish, that say how much of a medicine, how and when, and never what
/// else was meant.
#[rustfmt::skip]
const DOSE_WORDS: &[&str] = &[
    // Units.
    "mg", "mcg", "ug", "g", "gr", "gram", "grams", "gramo", "gramos", "ml", "l", "cc", "iu", "ui", "u", "unit",
    "units", "unidad", "unidades", "meq", "percent",
    // Forms, and ways to take them.
    "tablet", "tablets", "tab", "tabs", "pill", "pills", "capsule", "capsules", "cap", "caps", "patch", "patches",
    "drop", "drops", "spray", "sprays", "puff", "puffs", "shot", "shots", "injection", "injections", "cream", "gel",
    "inhaler", "syrup", "liquid", "solution", "oral", "nasal", "dose", "doses", "tableta", "tabletas", "pastilla",
    "pastillas", "capsula", "capsulas", "comprimido", "comprimidos", "parche", "parches", "gota", "gotas",
    "inyeccion", "inyecciones", "crema", "jarabe", "dosis",
    // Marks of slow and fast release.
    "er", "xr", "sr", "cr", "dr", "ir", "la", "xl", "cd", "odt", "hcl", "retard", "extended", "release", "delayed",
    "immediate",
    // How many, how often.
    "half", "one", "two", "three", "four", "media", "medio", "un", "una", "uno", "dos", "tres", "cuatro", "a", "an",
    "x", "once", "twice", "times", "time", "vez", "veces", "per", "each", "every", "other", "cada", "por", "al",
    "el", "en", "de", "con", "with", "at", "in", "the", "on",
    // When.
    "day", "days", "daily", "dia", "dias", "diario", "diaria", "night", "nights", "nightly", "noche", "noches",
    "morning", "mornings", "manana", "mananas", "evening", "evenings", "tarde", "noon", "mediodia", "bed",
    "bedtime", "dormir", "acostarme", "week", "weeks", "weekly", "semana", "semanas", "month", "months", "monthly",
    "mes", "meses", "hour", "hours", "h", "hr", "hrs", "hora", "horas", "d", "as", "needed", "segun", "necesario",
    "necesidad", "prn", "qd", "bid", "tid", "qid", "qhs", "hs", "am", "pm", "po", "food", "meals", "comida",
    "comidas",
];

/// True for a word of a dose: a number, a number with its unit, or one of [`DOSE_WORDS`].
pub(super) fn is_dose(word: &str) -> bool {
    let unit = word.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.is_empty() || DOSE_WORDS.contains(&unit)
}
