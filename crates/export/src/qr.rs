//! A QR code (ISO/IEC 18004) as rows of modules, by the crate `qrcodegen`.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// At 40 mm, modules of a larger version are too small for a hand scanner and an office printer.
const LARGEST: u8 = 22;

/// The modules of a code, without the quiet zone of four modules that must stand around it.
#[derive(Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules on a side.
    pub size: usize,
    code: QrCode,
}

/// The smallest code of error correction level M that holds `text`; `None` if it is too long, or
/// has letters that an alphanumeric code can't hold.
pub fn encode(text: &str) -> Option<Qr> {
    if !QrSegment::is_alphanumeric(text) {
        return None;
    }
    let segments = [QrSegment::make_alphanumeric(text)];
    let code = QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Medium,
        Version::new(1),
        Version::new(LARGEST),
        None,
        false,
    )
    .ok()?;
    Some(Qr { size: usize::try_from(code.size()).ok()?, code })
}

/// An address as a code, in the letters that it has; `None` if it is too long.
pub fn link(address: &str) -> Option<Qr> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).ok()?;
    Some(Qr { size: usize::try_from(code.size()).ok()?, code })
}

impl Qr {
    /// True for a dark module; outside of the code all are light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let [x, y] = [x, y].map(|n| i32::try_from(n).unwrap_or(i32::MAX));
        self.code.get_module(x, y)
    }

    /// Dark modules in rows, as they are drawn: how far right and down each bar begins, and its
    /// length, in modules.
    pub fn bars(&self) -> Vec<(usize, usize, usize)> {
        let mut out: Vec<(usize, usize, usize)> = Vec::new();
        for (x, y) in
            (0..self.size).flat_map(|y| (0..self.size).map(move |x| (x, y))).filter(|(x, y)| self.is_dark(*x, *y))
        {
            match out.last_mut() {
                Some((from, row, length)) if *row == y && *from + *length == x => *length += 1,
                _ => out.push((x, y, 1)),
            }
        }
        out
    }
}
