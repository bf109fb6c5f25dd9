//! The sheets in other formats; one file a format.

pub mod text;
