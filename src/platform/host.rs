//! What the boot script (public/boot.js) offers: packs, settings, the crash backup of the answers,
//! print, save, share.

use wasm_bindgen::prelude::*;

/// What an instance begins with after "Clear everything".
pub const CLEARED: &str = "cleared";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = consultReady)]
    fn pack(lang: &str) -> Vec<u8>;
    #[wasm_bindgen(js_namespace = consultReady, js_name = languages)]
    fn language_list() -> String;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn setting(name: &str) -> Option<String>;
    #[wasm_bindgen(js_namespace = consultReady, js_name = settingNames)]
    fn names() -> String;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn hold(text: &str);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn held() -> String;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn listen(kind: &str, act: &JsValue, capture: bool);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn copy(text: &str, done: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn save(name: &str, kind: &str, content: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady, js_name = print)]
    fn print_page(done: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn shares() -> bool;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn share(name: &str, content: &JsValue, text: &str, done: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn read(id: &str, done: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn mode() -> String;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn failed();
    #[wasm_bindgen(js_namespace = consultReady)]
    fn ready();
    #[wasm_bindgen(js_namespace = consultReady)]
    fn soon(act: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn whole(act: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn has(lang: &str) -> bool;
    #[wasm_bindgen(js_namespace = consultReady, js_name = later)]
    fn run_later(milliseconds: u32, act: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn kiosk() -> bool;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn beat(act: &JsValue);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn then() -> String;
    #[wasm_bindgen(js_namespace = consultReady, js_name = wipe)]
    fn wipe_instance(next: &str);
    #[wasm_bindgen(js_namespace = consultReady, js_name = restart)]
    fn restart_instance();
    #[wasm_bindgen(js_namespace = consultReady)]
    fn wiped() -> f64;
    #[wasm_bindgen(js_namespace = consultReady)]
    fn note(number: f64);
    #[wasm_bindgen(js_namespace = consultReady)]
    fn noted() -> f64;
}

/// The pack of one of [`languages`], as `cargo xtask pack` wrote it.
pub fn pack_bytes(lang: &str) -> Vec<u8> {
    pack(lang)
}

/// Languages in the file, the likeliest first.
pub fn languages() -> Vec<String> {
    language_list().split(',').filter(|l| !l.is_empty()).map(String::from).collect()
}

/// True once the pack of a language has arrived.
pub fn has_pack(lang: &str) -> bool {
    has(lang)
}

/// A setting from the file's data block, as text.
pub fn setting_text(name: &str) -> Option<String> {
    setting(name)
}

/// Names of the settings that were given.
pub fn setting_names() -> Vec<String> {
    names().split('\n').filter(|n| !n.is_empty()).map(String::from).collect()
}

/// Leaves a copy of the answers with the boot script, which outlives a trap in this code.
pub fn hold_answers(text: &str) {
    hold(text);
}

/// The crash backup that an earlier instance left; empty for a fresh start.
pub fn held_answers() -> String {
    held()
}

/// Listens on the window for as long as this instance lives: the boot script takes it off again.
pub fn on_window(kind: &str, act: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(act);
    listen(kind, &closure.into_js_value(), false);
}

/// As [`on_window`], before any other listener hears of it.
pub fn on_window_first(kind: &str, act: impl FnMut(web_sys::Event) + 'static) {
    let closure = Closure::<dyn FnMut(web_sys::Event)>::new(act);
    listen(kind, &closure.into_js_value(), true);
}

/// Copies text, then says whether the browser allowed it.
pub fn copy_text(text: &str, done: impl FnOnce(bool) + 'static) {
    copy(text, &Closure::once_into_js(done));
}

/// Opens the print window for this document alone, then says whether the browser began to print:
/// some do nothing.
pub fn print(done: impl FnOnce(bool) + 'static) {
    print_page(&Closure::once_into_js(done));
}

/// Saves a text as a file, where the visitor's browser keeps them.
pub fn save_text(name: &str, kind: &str, text: &str) {
    save(name, kind, &text.into());
}

/// Saves a PDF file.
pub fn save_pdf(name: &str, bytes: &[u8]) {
    save(name, "application/pdf", &js_sys::Uint8Array::from(bytes));
}

/// True where the device can share at all.
pub fn can_share() -> bool {
    shares()
}

/// Shares a PDF file, or the text where the device takes no files; then says whether that went
/// well.
pub fn share_pdf(name: &str, bytes: &[u8], text: &str, done: impl FnOnce(bool) + 'static) {
    share(name, &js_sys::Uint8Array::from(bytes), text, &Closure::once_into_js(done));
}

/// Reads the file chosen in a field, if there is one.
pub fn read_chosen(id: &str, done: impl FnOnce(String) + 'static) {
    read(id, &Closure::once_into_js(done));
}

/// How the file was opened: what stands behind `#` in its address.
pub fn opened_as() -> String {
    mode()
}

/// Shows the static fallback.
pub fn give_up() {
    failed();
}

/// Takes the static shell away: the app is drawn.
pub fn show() {
    ready();
}

/// Runs `act` at the next paint, unless this instance is gone by then.
pub fn after_paint(act: impl FnOnce() + 'static) {
    soon(&Closure::once_into_js(act));
}

/// Runs `act` once the whole file has arrived: other languages stand at its end.
pub fn after_whole_file(act: impl FnOnce() + 'static) {
    whole(&Closure::once_into_js(act));
}

/// Runs `act` after `milliseconds`, unless this instance is gone by then.
pub fn later(milliseconds: u32, act: impl FnOnce() + 'static) {
    run_later(milliseconds, &Closure::once_into_js(act));
}

/// True on a screen that strangers share.
pub fn is_kiosk() -> bool {
    kiosk()
}

/// Calls `act` each second. A fault in it is a lost instance, and the kiosk is wiped.
pub fn each_second(act: impl FnMut() + 'static) {
    beat(&Closure::<dyn FnMut()>::new(act).into_js_value());
}

/// Ends the visit: this memory is overwritten, and a new instance begins with `next`, read by
/// [`begins_with`].
pub fn wipe(next: &str) {
    wipe_instance(next);
}

/// Begins anew with the answers, as after a trap; a kiosk is wiped.
pub fn restart() {
    restart_instance();
}

/// What the instance before this one asked for: empty, [`CLEARED`] or the id of a dialog.
pub fn begins_with() -> String {
    then()
}

/// When the kiosk was last wiped, in milliseconds since 1970; 0 for never.
pub fn last_wipe() -> u64 {
    wiped() as u64
}

/// Leaves a number that outlives a wipe. Nothing of a visitor's.
pub fn leave_note(number: u64) {
    note(number as f64);
}

/// That number; 0 at first.
pub fn left_note() -> u64 {
    noted() as u64
}
