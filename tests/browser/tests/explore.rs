#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, missing_docs, reason = "x")]
mod common;
use common::*;
use consult_ready_browser::*;
#[test]
fn look_around() -> Result<()> {
    for csp in ["; webrtc 'block'", "; sandbox allow-scripts", "; frame-src 'none'; child-src 'none'"] {
        let v = Variant::new(&[("; base-uri 'none'", &format!("; base-uri 'none'{csp}"))]);
        let page = Browser::setup(Engine::Chromium, Form::Http).file(v.file()).open()?;
        println!("{csp} {:?}", page.script("const f = document.createElement('iframe'); document.body.append(f); try { new f.contentWindow.RTCPeerConnection(); return 'works' } catch (e) { return String(e) }"));
        println!("{:?}", page.console()?);
    }
    // What is wide at the largest text.
    let page = Browser::setup(Engine::Chromium, Form::Http).size(320, 256).open()?;
    page.wait_heading(START)?;
    resume_with(&page, &fixture("heaviest"))?;
    page.wait_until("x", || Ok(page.focus()?.starts_with("h1 ")))?;
    println!("{}", page.heading()?);
    if page.heading()? != CHECK {
        page.button("Finish now with my summary")?;
        page.wait_heading(CHECK)?;
    }
    page.script("document.documentElement.dataset.text = '3'")?;
    println!("{}", page.script("return JSON.stringify([...document.querySelectorAll('#app main *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.sr')).map(e => e.className + ' ' + e.parentElement.innerText.slice(0,90)))")?);
    page.screenshot("/tmp/check.png")?;
    Ok(())
}
