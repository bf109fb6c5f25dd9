//! axe-core, the accessibility oracle. It finds what is plainly wrong; that it
//! finds nothing proves little, hence the other tests.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::error::{Fault, Result, located};

const AXE: &str = "../oracles/node_modules/axe-core/axe.min.js";

// `preload` would fetch style sheets, which the page's policy refuses and which
// has none to fetch. Only this document: a host page around the frame is not ours.
const RUN: &str = r#"
const done = arguments[arguments.length - 1];
axe.run(document, { resultTypes: ["violations"], preload: false, iframes: false }).then(
  ({ violations }) => done({ lines: violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${impact}) ${target.join(" ")}: ${help}. ${failureSummary.replace(/\s+/g, " ")}`)) }),
  (error) => done({ error: String(error) }),
);
"#;

impl Browser {
    /// What axe-core holds against the screen as it is, a line each.
    #[track_caller]
    pub fn axe(&self) -> Result<Vec<String>> {
        located(self.run_axe())
    }

    fn run_axe(&self) -> Result<Vec<String>, Fault> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(AXE);
        let axe = fs::read_to_string(path).map_err(|_| Fault::Missing("axe-core (tests/oracles/node_modules)".to_owned()))?;
        let is_there = self.execute("return typeof axe === 'object'", Vec::new())?;
        if is_there != json!(true) {
            // Loaded into the page itself, where the run below finds it again.
            self.execute(&format!("{axe}\nwindow.axe = axe;"), Vec::new())?;
        }
        let answer = self.execute_async(RUN, Vec::new())?;
        let lines = answer.get("lines").and_then(Value::as_array);
        let lines = lines.ok_or_else(|| Fault::Tool(format!("axe-core failed: {answer}")))?;
        Ok(lines.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}
