//! The sheets in other formats; one file a format.

pub mod one_file;
pub mod text;
