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

/// IBM's rules, by other people than axe's. Only what they are sure of, and only what is seen: they
/// also judge closed menus.
const OTHER_ENGINE: &str = "../oracles/node_modules/accessibility-checker-engine/ace.js";
const RUN_OTHER: &str = r#"
const done = arguments[arguments.length - 1];
const at = (path) => document.evaluate(path, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE, null).singleNodeValue;
new ace.Checker().check(document, ["WCAG_2_2"]).then(
  ({ results }) => done({ lines: results
    .filter(({ value, path }) => value[0] === "VIOLATION" && value[1] === "FAIL" && at(path.dom)?.checkVisibility({ visibilityProperty: true }))
    .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet}`) }),
  (error) => done({ error: String(error) }),
);
"#;

impl Browser {
    /// What IBM's accessibility checker is sure to be wrong on the screen as it is, a line each.
    #[track_caller]
    pub fn other_engine(&self) -> Result<Vec<String>> {
        located(self.run_engine(OTHER_ENGINE, "ace", RUN_OTHER))
    }

    /// What axe-core holds against the screen as it is, a line each.
    #[track_caller]
    pub fn axe(&self) -> Result<Vec<String>> {
        located(self.run_axe())
    }

    fn run_axe(&self) -> Result<Vec<String>, Fault> {
        self.run_engine(AXE, "axe", RUN)
    }

    /// Loads an engine into the page itself, unless it is there, and runs it.
    fn run_engine(&self, file: &str, name: &str, run: &str) -> Result<Vec<String>, Fault> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let engine = fs::read_to_string(&path).map_err(|_| Fault::Missing(path.display().to_string()))?;
        let is_there = self.execute(&format!("return typeof window.{name} === 'object'"), Vec::new())?;
        if is_there != json!(true) {
            self.execute(&format!("{engine}\nwindow.{name} = {name};"), Vec::new())?;
        }
        let answer = self.execute_async(run, Vec::new())?;
        let lines = answer.get("lines").and_then(Value::as_array);
        let lines = lines.ok_or_else(|| Fault::Tool(format!("{name} failed: {answer}")))?;
        Ok(lines.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}
