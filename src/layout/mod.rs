//! What surrounds every screen.

mod dialogs;
mod help_panel;
mod kiosk;
mod menu;
mod rail;
mod shell;
mod staff_corner;

pub use dialogs::{ask_clear, open_help};
pub use help_panel::{HelpCalls, HelpMore};
pub use kiosk::{AttractControls, end_visit_soon, watch_kiosk};
pub use menu::KeepChoice;
pub use shell::Shell;
pub use staff_corner::{StaffCorner, StaffUnlocked};
