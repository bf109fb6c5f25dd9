//! What `public/setup.js` does for the page.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The one file, unpacked.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn file() -> String;
    /// The tag of the language that the page is in.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn language() -> String;
    /// A text of `content/<lang>/setup.toml` in that language.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn word(key: &str) -> String;
    /// What the fields of this name hold.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn value(name: &str) -> String;
    /// Fills the fields of this name.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn set(name: &str, value: &str);
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn focus(id: &str);
    /// Registers the callback for the text of a chosen or dropped file.
    #[wasm_bindgen(js_namespace = consultReadySetup, js_name = onOpened)]
    pub fn on_opened(act: &Closure<dyn FnMut(String)>);
    /// Draws this document as the preview.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn show(html: &str);
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn save(html: &str);
    #[wasm_bindgen(js_namespace = consultReadySetup, js_name = saveLoader)]
    pub fn save_loader();
    /// The loader's hash.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn integrity() -> String;
    /// Copies what a field holds, and calls `done` with whether that went well.
    #[wasm_bindgen(js_namespace = consultReadySetup)]
    pub fn copy(id: &str, done: &JsValue);
}

/// A text with its places filled: `{0}`, `{1}` …
pub fn worded(key: &str, parts: &[&str]) -> String {
    // What is put in is not searched for places again.
    let text = word(key);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let place = after
            .split_once('}')
            .and_then(|(number, behind)| Some((*parts.get(number.parse::<usize>().ok()?)?, behind)));
        let (part, behind) = place.unwrap_or(("{", after));
        out.push_str(part);
        rest = behind;
    }
    out + rest
}
