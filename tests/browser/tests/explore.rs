#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "x")]
mod common;
use common::*;
use consult_ready_browser::*;
#[test]
fn look_around() -> Result<()> {
    let t = std::time::Instant::now();
    let page = Browser::setup(Engine::Chromium, Form::Http).size(390, 844).open()?;
    println!("{:?} open", t.elapsed());
    println!("{}", page.text()?);
    begin(&page)?;
    let p = walk(
        &page,
        &[
            (AGE, &[Say::Pick("25 to 44")]),
            (EMERGENCY, &[Say::PickIn(E1, "Yes")]),
            ("What do you want help with?", &[Say::Pick("Low mood or depression")]),
            ("Do you take any medicines now?", &[Say::Pick("Yes")]),
        ],
    )?;
    println!("{:?} {p:#?}", t.elapsed());
    println!("{}", page.text()?);
    page.button("Make my summary")?;
    page.wait_heading(SUMMARY)?;
    println!("{}", page.text()?);
    resume_with(&page, &fixture("light"))?;
    println!("{:?} {p:#?}", t.elapsed());
    println!("{}", page.text()?);
    Ok(())
}
