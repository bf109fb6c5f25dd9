//! Text as it may stand in a record and on paper.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Returns text in Unicode's composed form (NFC), with line feeds for every kind of line break, and
/// without control characters and noncharacters. Letters that come in parts, as from PDF files and
/// macOS, print as one; FHIR advises against control characters but tab and line ends, and some
/// stores refuse them.
pub fn clean(text: &str) -> String {
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut out = String::with_capacity(composed.len());
    let mut after_return = false;
    for c in composed.chars() {
        match c {
            '\n' if after_return => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.push('\t'),
            c if c.is_control()
                || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
                || ('\u{fdd0}'..='\u{fdef}').contains(&c) => {}
            c => out.push(c),
        }
        after_return = c == '\r';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn parts_are_composed_and_control_characters_go() {
        let rows = [
            ("Jose\u{301}", "Jos\u{e9}"),
            ("José, ñ, 中, 😀", "José, ñ, 中, 😀"),
            ("a\u{0}b\u{7}c\u{7f}d\u{9b}e\u{fffe}f\u{fdd0}g", "abcdefg"),
            ("one\u{b}two\r\nthree\rfour\u{2028}five\tsix", "one\ntwo\nthree\nfour\nfive\tsix"),
            ("\r\n\r\n", "\n\n"),
            ("", ""),
        ];
        for (text, want) in rows {
            assert_eq!(clean(text), want, "{text:?}");
            assert_eq!(clean(want), want, "{text:?} twice");
        }
    }
}
