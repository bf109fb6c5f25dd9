//! The only code that touches the browser; one capability a file. It knows no medicine.

pub mod document;
pub mod focus;
pub mod history;
pub mod host;
pub mod intl;
pub mod press;
pub mod storage;
