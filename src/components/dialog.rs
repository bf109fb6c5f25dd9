//! Native modal dialogs.

use super::button::Button;
use crate::context::use_words;
use crate::platform::document;
use leptos::prelude::*;

/// A `<dialog>`, opened and closed by id through [`document`].
#[component]
pub fn Dialog(
    id: &'static str,
    /// Id of the heading that names it.
    labelled_by: &'static str,
    #[prop(default = "panel")] class: &'static str,
    /// However it is closed, Esc among it.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// Esc, before it closes.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
    #[prop(optional, into)] on_press: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    let run = |callback: Option<Callback<()>>| {
        if let Some(callback) = callback {
            callback.run(());
        }
    };
    view! {
        <dialog
            class=class
            id=id
            aria-labelledby=labelled_by
            on:close=move |_| run(on_close)
            on:cancel=move |_: web_sys::Event| run(on_cancel)
            on:click=move |_| run(on_press)
        >
            {children()}
        </dialog>
    }
}

/// The button that closes a dialog, at its top.
#[component]
pub fn CloseButton(dialog: &'static str) -> impl IntoView {
    view! {
        <div class="panel-top">
            <Button class="btn line" label=use_words().close() on_press=move |()| document::close_dialog(dialog)/>
        </div>
    }
}
