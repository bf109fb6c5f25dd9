//! The sheets alone: for a screenshot, or to show at the desk.

use super::export_actions::CodeChoice;
use super::summary::{KioskTag, ShowScores, TodaySheets, summary_heading};
use crate::components::{Actions, BackButton, Button, CodeDrawing, Lead, ScreenHeading, SheetPapers};
use crate::context::{Kiosk, use_kiosk, use_session, use_words};
use crate::layout::end_visit_soon;
use leptos::prelude::*;

/// The sheets alone; at a kiosk for the staff to read.
#[component]
pub fn SheetsScreen() -> AnyView {
    match use_kiosk() {
        Some(kiosk) => view! { <DeskSheets kiosk/> }.into_any(),
        None => view! { <SheetsAlone/> }.into_any(),
    }
}

#[component]
fn SheetsAlone() -> impl IntoView {
    let minor = use_session().is_minor();
    view! {
        <BackButton/>
        <ScreenHeading text=summary_heading(use_words(), minor)/>
        {(!minor).then(|| view! { <div class="opts"><ShowScores/></div> })}
        <TodaySheets/>
    }
}

#[component]
fn DeskSheets(kiosk: Kiosk) -> impl IntoView {
    let (words, session) = (use_words(), use_session());
    view! {
        <BackButton/>
        <div class="flow">
            <ScreenHeading text=words.kiosk_to_desk()/>
            <Lead text=words.kiosk_to_desk_text()/>
            <KioskTag/>
        </div>
        <Actions><Button label=words.kiosk_done() on_press=move |()| end_visit_soon(kiosk, false)/></Actions>
        <CodeChoice/>
        // Above the sheets, where the desk scans it from the screen.
        {move || session.code().map(|qr| view! { <CodeDrawing qr/> })}
        {move || view! { <SheetPapers sheets=session.sheets() code=None pack=session.clinician_pack()/> }}
    }
}
