#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "x")]
mod common;
use common::{CHECK, START, SUMMARY, fixture, resume_with};
use consult_ready_browser::{Browser, Engine, Form, Paper, Result};
use std::fs;

#[test]
fn explore() -> Result<()> {
    for name in ["light", "heaviest", "under-18", "item-9-several", "nothing-answered"] {
        let page = Browser::open(Engine::Chromium, Form::Http)?;
        page.wait_heading(START)?;
        if name == "nothing-answered" {
            common::begin(&page)?;
            page.button("Skip this question").or_else(|_| page.button("Skip these questions"))?;
            page.wait_until("next", || Ok(page.focus()? != format!("h1 {}", common::AGE)))?;
        } else {
            resume_with(&page, &fixture(name))?;
        }
        page.wait_until("a heading", || Ok(page.focus()?.starts_with("h1 ") && page.heading()? != START))?;
        eprintln!("{name} at {}", page.heading()?);
        if page.heading()? != CHECK {
            page.button("Finish now with my summary")?;
            page.wait_heading(CHECK)?;
        }
        page.button("Make my summary")?;
        page.wait_heading(if name == "under-18" { "A page for you" } else { SUMMARY })?;
        for lang in ["en", "es"] {
            if lang == "es" {
                page.script("const s=[...document.querySelectorAll('select')].find(s=>[...s.options].some(o=>/Espa/.test(o.text)));if(s){s.selectedIndex=[...s.options].findIndex(o=>/Espa/.test(o.text));s.dispatchEvent(new Event('change',{bubbles:true}));s.dispatchEvent(new Event('input',{bubbles:true}))} else [...document.querySelectorAll('button,label,input')].find(b=>/Espa/.test(b.innerText||b.value)).click()")?;
                page.wait_until("es", || Ok(page.script("return document.documentElement.lang")? == serde_json::json!("es")))?;
                std::thread::sleep(std::time::Duration::from_millis(300));
            }
            fs::write(
                format!("/tmp/pr/{name}-{lang}.txt"),
                page.script("return [...document.querySelectorAll('.sheet')].map(s=>s.innerText).join('\\n=====\\n')")?.as_str().unwrap(),
            )
            .unwrap();
            for paper in Paper::ALL {
                fs::write(format!("/tmp/pr/{name}-{lang}-{paper:?}.pdf"), page.print_pdf(paper)?).unwrap();
            }
        }
    }
    Ok(())
}
