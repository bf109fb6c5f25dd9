//! One file a screen, composed of components. A screen asks the engine; it decides nothing.

mod about;
mod attract;
mod cards;
mod check;
mod compare;
mod deciding;
mod export_actions;
mod help_step;
mod hub;
mod import;
mod question;
mod sheets;
mod stage_card;
mod start;
mod summary;
mod teach_back;
mod topics;

pub use about::AboutScreen;
pub use attract::AttractScreen;
pub use cards::{CardScreen, DecksScreen};
pub use check::CheckScreen;
pub use compare::CompareScreen;
pub use deciding::{DecidingScreen, QuestionsScreen, WeighScreen};
pub use hub::HubScreen;
pub use import::{CODE_FIELD, ImportScreen};
pub use question::QuestionScreen;
pub use sheets::SheetsScreen;
pub use stage_card::StageCardScreen;
pub use start::StartScreen;
pub use summary::SummaryScreen;
pub use teach_back::TeachBackScreen;
pub use topics::{TopicScreen, TopicsScreen};
