//! What screens share: one small context each. None of them knows a screen or a component.

mod kiosk;
mod locale;
mod navigation;
mod previous_visit;
mod replayed;
mod session;

pub use kiosk::{Kiosk, use_kiosk};
pub use locale::{Locale, chosen_language, questions_language, read_pack, use_locale, use_pack, use_words};
pub use navigation::{Navigation, use_navigation};
pub use previous_visit::PreviousVisit;
pub use session::{Session, use_session};

use engine::pack::{BadSetting, Settings};
use leptos::prelude::*;

/// What the clinic has set, and what of it could not be used. Read once at the start.
#[derive(Clone, Copy)]
pub struct ClinicSettings {
    /// The checked settings.
    pub values: &'static Settings,
    /// Values that were refused; the screen names them.
    pub refused: &'static [BadSetting],
}

/// The clinic's settings.
pub fn use_settings() -> &'static Settings {
    expect_context::<ClinicSettings>().values
}
