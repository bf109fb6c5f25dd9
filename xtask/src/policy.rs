//! Hashes, and the policy that lists them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256, Sha384};

/// Everything refused but what has one of these hashes.
pub fn policy(scripts: &str, styles: &str) -> String {
    format!(
        "default-src 'none'; script-src {scripts} 'wasm-unsafe-eval'; style-src {styles}; img-src data: blob:; form-action 'none'; base-uri 'none'"
    )
}

/// Hashes as a policy lists them.
pub fn hashes(texts: &[&str]) -> String {
    let mut hashes: Vec<String> = Vec::new();
    for text in texts {
        let hash = format!("'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes())));
        // The same script twice, as the set-up page has in its preview, needs one.
        if !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    hashes.join(" ")
}

/// What a script's tag says for a browser to run these very bytes and no others.
pub fn integrity(loader: &[u8]) -> String {
    format!("sha384-{}", BASE64.encode(Sha384::digest(loader)))
}

/// As `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
