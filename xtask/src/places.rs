//! The elements of the one file that a clinic's settings fill, for those that fill them in another
//! language than Rust.

use crate::one_file::FILE;
use export::one_file;
use serde_json::{Value, json};

/// The elements that a clinic's settings fill.
pub fn places(html: &str) -> Result<Value, String> {
    Ok(json!({
        "help": place(one_file::EMPTY_HELP, html)?,
        "clinic": place(one_file::EMPTY_CLINIC, html)?,
        "settings": place(one_file::EMPTY_BLOCK, html)?,
    }))
}

/// An element that a clinic's settings fill. The set-up page fills the same.
fn place(empty: &str, html: &str) -> Result<Value, String> {
    if !html.contains(empty) {
        return Err(format!("{FILE} has no {empty}"));
    }
    let end = empty.rfind("</").ok_or("a place has no end")?;
    let (start, end) = empty.split_at(end);
    Ok(json!({ "empty": empty, "start": start.trim_end_matches("{}"), "end": end }))
}
