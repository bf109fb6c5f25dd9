//! Reading a printed file back, with poppler's pdftotext.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::error::{Doing, Fault, Result, located};
use crate::process::find;

/// The text of each page, laid out as on paper: what stands side by side is on one line.
#[track_caller]
pub fn pdf_pages(pdf: &[u8]) -> Result<Vec<String>> {
    located(pages(pdf, "-layout"))
}

/// The text of each page in the order in which it was written: one column after the other, so that
/// a sentence that goes over several lines stands whole.
#[track_caller]
pub fn pdf_columns(pdf: &[u8]) -> Result<Vec<String>> {
    located(pages(pdf, "-raw"))
}

/// The text of all pages, as [`pdf_columns`].
#[track_caller]
pub fn pdf_text(pdf: &[u8]) -> Result<String> {
    located(pages(pdf, "-raw").map(|pages| pages.join("\n")))
}

fn pages(pdf: &[u8], order: &str) -> Result<Vec<String>, Fault> {
    let text = pdftotext(pdf, order)?;
    // pdftotext ends every page, the last one too, with a form feed.
    let text = text.strip_suffix('\u{c}').unwrap_or(&text);
    Ok(text.split('\u{c}').map(str::to_owned).collect())
}

fn pdftotext(pdf: &[u8], order: &str) -> Result<String, Fault> {
    let mut file = tempfile::NamedTempFile::new().doing("making a file for the PDF")?;
    file.write_all(pdf).doing("writing the PDF")?;
    let output = Command::new(find("pdftotext")?)
        .args([order, "-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .stdin(Stdio::null())
        .output()
        .doing("running pdftotext")?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        return Err(Fault::Tool(format!("pdftotext refused the file: {words}")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
