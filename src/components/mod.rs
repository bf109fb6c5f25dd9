//! Pieces that screens are made of. Every raw element with behaviour lives here, once.

mod answers;
mod button;
mod checkbox;
mod date_input;
mod dialog;
mod drawing;
mod error_summary;
mod facts;
mod heading;
mod icon_array;
mod keypad;
mod link_row;
mod list_table;
mod medicine_card;
mod medicine_search;
mod number_input;
mod sheet;
mod sources;
mod stage_list;
mod strength;
mod text_input;
mod visit_drawings;
mod weight_bar;

pub use answers::{AnswerButtons, CheckboxAnswers, GroupedAnswers, RadioAnswers, RadioRow};
pub use button::{Actions, BackButton, Button, CallLink, FinishButton, HubButton, OutLink, SubmitButton};
pub use checkbox::{Checkbox, SignalCheckbox};
pub use date_input::DateInput;
pub use dialog::{CloseButton, Dialog};
pub use drawing::{Drawing, HAND, RIDE, START, StageDrawing};
pub use error_summary::{ErrorSummary, error_text};
pub use facts::{Fact, Facts};
pub use heading::{Heading, Lead, ScreenHeading, SmallPrint, Unseen};
pub use icon_array::{IconArray, PeopleLegend};
pub use keypad::Keypad;
pub use link_row::LinkRow;
pub use list_table::{ComparisonTable, DataTable};
pub use medicine_search::{MedicineSearch, commit_typed};
pub use number_input::{NumberInput, QuantityInput};
pub use sheet::{CodeDrawing, LinkCode, SheetPapers};
pub use sources::{SourceItem, Sources};
pub use stage_list::{StageList, has_stages};
pub use strength::Strength;
pub use text_input::TextInputs;
pub use visit_drawings::{CourseCalendar, PictureButton, VisitTimeline};
pub use weight_bar::WeightBar;

/// An id for the page from a `linkId`, which may hold blanks.
pub fn element_id(link_id: &str, repetition: u8) -> String {
    format!("{}-{repetition}", link_id.split_whitespace().collect::<Vec<_>>().join("_"))
}
