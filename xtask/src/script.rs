//! Style and scripts as they stand in a file, without comments and spare blanks.

use std::error::Error;
use std::fs;
use std::path::Path;

/// Style files in this order, without comments and indentation. (The minifier crate takes the
/// blanks around `+` away, and a length without them is none.)
pub fn style(root: &Path, names: &[&str]) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    for name in names {
        text.push_str(&fs::read_to_string(root.join("style").join(format!("{name}.css")))?);
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    Ok(out.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n"))
}

/// A script without comments and what space it does not need.
pub fn squeeze(text: &str) -> Result<String, Box<dyn Error>> {
    Ok(minifier::js::minify(text)?.to_string())
}
