//! The only code that touches the browser; one file a capability. It knows no medicine.

pub mod boot;
pub mod dom;
pub mod focus;
pub mod history;
pub mod intl;
pub mod page;
pub mod storage;
