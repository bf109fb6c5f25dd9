//! Blocks of data in the page: the wasm, the packs, the settings. `trunk serve` and the one file
//! use the same form.

/// Returns a data block with one character for each byte: the byte itself, or 256 more above 127,
/// where HTML would change or end the text (CR, `<`), and for other control characters, which HTML
/// forbids: hosts that look into a file take one with them for no HTML, and refuse it or send it as
/// a download. That costs 3 % after brotli. A byte array in JavaScript keeps the lowest eight bits,
/// so one loop turns the text back. Compared with base64 of the zlib form this is 20 % less after a
/// server's brotli and 6 % more after gzip, and nothing has to be inflated. Browsers do not run the
/// type, so the policy does not list it.
pub fn block(id: &str, attributes: &str, bytes: &[u8]) -> String {
    let character = |&byte: &u8| match byte {
        b'\t' | b'\n' => char::from(byte),
        0..0x20 | b'<' | 0x7f.. => char::from_u32(0x100 + u32::from(byte)).unwrap_or('?'),
        _ => char::from(byte),
    };
    let text: String = bytes.iter().map(character).collect();
    format!("<script type=\"application/octet-stream\" id=\"{id}\"{attributes}>{text}</script>\n")
}

#[cfg(test)]
mod tests {
    use super::block;

    #[test]
    fn each_byte_of_a_data_block_is_the_lowest_eight_bits_of_its_character() {
        let all: Vec<u8> = (0..=255).collect();
        let text = block("all", " data-pack=\"en\"", &all);
        let inside = text
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once("</script>"))
            .map(|(inside, _)| inside)
            .unwrap_or_default();
        let back: Vec<u8> = inside.chars().map(|c| c as u32 as u8).collect();
        assert_eq!(back, all);
        // An HTML parser may end a script at `<`, and allows no other control characters than
        // these.
        assert!(!inside.contains('<') && inside.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n')));
    }
}
