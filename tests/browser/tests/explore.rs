#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "x")]
mod common;
use common::*;
use consult_ready_browser::*;
#[test]
fn look_around() -> Result<()> {
    let page = Browser::setup(Engine::WebKit, Form::Http).open()?;
    begin(&page)?;
    let r = walk(&page, &[(AGE, &[Say::Pick("25 to 44")])]);
    println!("{r:?} {:?} {}", page.heading(), page.focus()?);
    println!("{}", page.script("return JSON.stringify([innerWidth, innerHeight, scrollY, document.documentElement.scrollHeight, ...[...document.querySelectorAll('#app main button')].map(b => [b.innerText, b.getBoundingClientRect().toJSON(), b.getClientRects().length])])")?);
    page.screenshot("/tmp/wk.png")?;
    for js in ["b.scrollIntoViewIfNeeded(true)", "b.scrollIntoView({behavior:'instant',block:'end',inline:'nearest'})", "window.scrollTo(0,0)", "b.scrollIntoView({behavior:'instant',block:'center'})", "window.scrollTo(0,200)", "document.activeElement.blur()"] {
    println!("{js} {}", page.script(&format!("const b=[...document.querySelectorAll('#app main button')].find(b=>b.innerText.startsWith('Skip')); {js}; return JSON.stringify([scrollY, getComputedStyle(document.documentElement).overflow, getComputedStyle(document.body).overflow, innerHeight, document.documentElement.clientHeight, visualViewport.height, b.getBoundingClientRect().top])"))?);
    println!("{:?}", page.button("Skip this question").is_ok());
    page.screenshot("/tmp/wk.png")?;
    }
    println!("{:?}", page.heading());
    Ok(())
}
