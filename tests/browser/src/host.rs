//! A clinic's page with the loader on it: into its tools and out again, and the loader's own
//! buttons.

use serde_json::{Value, json};
use thirtyfour::WebElement;

use crate::browser::Browser;
use crate::error::{Fault, Result, located};
use crate::setup::Engine;
use crate::setup::Form;

/// The frame of the tool that is counted so, once it is shown: a person waits for it too.
const FRAME: &str = r#"
const frame = document.querySelectorAll("consult-ready")[arguments[0]]?.shadowRoot?.querySelector("iframe");
return frame && getComputedStyle(frame).visibility === "visible" ? [frame] : [];
"#;

/// The loader's own link or button of that name, if it is on screen.
const CONTROL: &str = r#"
const all = document.querySelectorAll("consult-ready")[arguments[0]]?.shadowRoot?.querySelectorAll("a, button") ?? [];
return [...all].filter((one) => one.textContent === arguments[1] && one.getClientRects().length);
"#;

impl Browser {
    /// Opens a page of `hosts/`.
    #[track_caller]
    pub fn hosted(engine: Engine, host: &'static str) -> Result<Self> {
        Self::setup(engine, Form::Hosted).host(host).open()
    }

    /// Waits until the tool that is counted so is shown, and looks into its frame.
    #[track_caller]
    pub fn enter_tool(&self, tool: usize) -> Result<()> {
        located(self.look_into_tool(tool))?;
        self.tool.set(Some(tool));
        Ok(())
    }

    /// Looks at the clinic's page again.
    #[track_caller]
    pub fn leave_tool(&self) -> Result<()> {
        self.tool.set(None);
        located(self.look_at_host())
    }

    /// Clicks what the loader itself shows: Start or Close.
    #[track_caller]
    pub fn loader_button(&self, tool: usize, name: &str) -> Result<()> {
        let find = || -> Result<(), Fault> {
            self.look_at_host()?;
            let button = self.only(CONTROL, vec![json!(tool), json!(name)], &format!("the loader's “{name}”"))?;
            self.run(&format!("clicking the loader's “{name}”"), button.click())
        };
        self.tool.set(None);
        located(find())
    }

    pub(crate) fn look_into_tool(&self, tool: usize) -> Result<(), Fault> {
        self.look_at_host()?;
        let frame = self.only(FRAME, vec![json!(tool)], &format!("the frame of tool {tool}"))?;
        self.run("looking into the tool", async { frame.enter_frame().await })
    }

    /// The one element that a script in the clinic's page returns, as soon as it does.
    fn only(&self, script: &str, args: Vec<Value>, wanted: &str) -> Result<WebElement, Fault> {
        let mut found = Vec::new();
        self.wait(wanted, || {
            found =
                self.run("looking for things", async { self.driver.execute(script, args.clone()).await?.elements() })?;
            Ok(found.len() == 1)
        })?;
        found.pop().ok_or_else(|| Fault::Tool(format!("{wanted} came and went")))
    }
}
