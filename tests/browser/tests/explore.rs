#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "x")]
mod common;
use common::*;
use consult_ready_browser::*;
#[test]
fn look_around() -> Result<()> {
    let page = Browser::setup(Engine::WebKit, Form::Http).open()?;
    begin(&page)?;
    println!("{}", page.script("return JSON.stringify([innerWidth, innerHeight, scrollY, document.documentElement.scrollHeight, ...[...document.querySelectorAll('#app button')].map(b => [b.innerText, b.getBoundingClientRect().toJSON(), b.getClientRects().length])])")?);
    page.screenshot("/tmp/wk.png")?;
    let r = page.button("Skip this question");
    println!("{r:?}");
    println!("{}", page.script("return JSON.stringify([innerWidth, innerHeight, scrollY, document.documentElement.scrollHeight, ...[...document.querySelectorAll('#app button')].map(b => [b.innerText, b.getBoundingClientRect().toJSON(), b.getClientRects().length])])")?);
    Ok(())
}
