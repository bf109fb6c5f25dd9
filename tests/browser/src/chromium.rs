//! Proofs that need the DevTools protocol, which only Chromium's driver passes on.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use thirtyfour::common::print::{PrintPage, PrintParameters};

use crate::browser::Browser;
use crate::error::{Doing, Fault, Result, located};
use crate::setup::Engine;
use crate::setup::Form;

/// Paper in a clinic's printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// 210 by 297 mm.
    A4,
    /// 8.5 by 11 inches.
    Letter,
}

impl Paper {
    /// Both, for tests that hold on either.
    pub const ALL: [Self; 2] = [Self::A4, Self::Letter];

    fn inches(self) -> (f64, f64) {
        match self {
            Self::A4 => (210.0 / 25.4, 297.0 / 25.4),
            Self::Letter => (8.5, 11.0),
        }
    }
}

/// A thing as assistive technology gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AxNode {
    /// Chromium's word for the role, such as `button` or `RadioButton`.
    pub role: String,
    /// The accessible name.
    pub name: String,
    /// The accessible description, empty where there is none.
    pub description: String,
    /// States and properties, such as `checked` = `true`, `level` = `1`.
    pub states: BTreeMap<String, String>,
}

impl fmt::Display for AxNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} “{}”", self.role, self.name)?;
        for (name, value) in &self.states {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl Browser {
    /// Sends a DevTools command to the top page and returns its result.
    #[track_caller]
    pub fn cdp(&self, method: &str, params: Value) -> Result<Value> {
        located(self.devtools(method, params))
    }

    /// Addresses asked for since the page had loaded, frames and sockets included,
    /// apart from those the page's policy refused. (Most of these never become a request;
    /// the console tells of all.) `data:` and `blob:` never leave
    /// the page, so they don't count.
    #[track_caller]
    pub fn requests(&self) -> Result<Vec<String>> {
        located(self.read_traffic())?;
        Ok(self.network.sent.borrow().values().cloned().collect())
    }

    /// Lets [`Browser::requests`] count from now on.
    #[track_caller]
    pub fn forget_requests(&self) -> Result<()> {
        located(self.forget_traffic())
    }

    /// Addresses of the tabs and windows that the page has opened. The harness lets no
    /// name but 127.0.0.1 resolve, so behind them is nothing.
    #[track_caller]
    pub fn other_tabs(&self) -> Result<Vec<String>> {
        located(self.read_other_tabs())
    }

    /// What came to the console since the last look, one line each.
    #[track_caller]
    pub fn console(&self) -> Result<Vec<String>> {
        located(self.only_chromium("show its console").and_then(|()| self.console_lines()))
    }

    /// What assistive technology gets of the tool (framed: of what is in the frame),
    /// in reading order, without what it passes over.
    #[track_caller]
    pub fn ax_tree(&self) -> Result<Vec<AxNode>> {
        located(self.read_ax_tree())
    }

    /// Saves the whole page as a PNG, also what one would scroll to.
    #[track_caller]
    pub fn screenshot_whole(&self, path: impl AsRef<Path>) -> Result<()> {
        located(self.take_whole_picture(path.as_ref()))
    }

    /// Prints the page as a visitor's Print does, with the browser's usual margins
    /// and no backgrounds. On Firefox over WebDriver's own print command.
    #[track_caller]
    pub fn print_pdf(&self, paper: Paper) -> Result<Vec<u8>> {
        located(match self.engine {
            Engine::Chromium => self.print_over_devtools(paper),
            Engine::Firefox => self.print_over_webdriver(paper),
            Engine::WebKit => Err(self.unable("print to a file")),
        })
    }
}

impl Browser {
    pub(crate) fn devtools(&self, method: &str, params: Value) -> Result<Value, Fault> {
        self.only_chromium("speak the DevTools protocol")?;
        self.run(method, self.driver.cdp().send_raw(method, params))
    }

    pub(crate) fn forget_traffic(&self) -> Result<(), Fault> {
        if self.engine == Engine::Chromium {
            self.read_traffic()?;
        }
        self.network.sent.borrow_mut().clear();
        Ok(())
    }

    pub(crate) fn console_lines(&self) -> Result<Vec<String>, Fault> {
        if self.engine != Engine::Chromium {
            return Ok(Vec::new());
        }
        let entries = self.run("reading the console", self.driver.get_log("browser"))?;
        Ok(entries.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect())
    }

    fn only_chromium(&self, what: &'static str) -> Result<(), Fault> {
        match self.engine {
            Engine::Chromium => Ok(()),
            Engine::Firefox | Engine::WebKit => Err(self.unable(what)),
        }
    }

    fn unable(&self, what: &'static str) -> Fault {
        Fault::Unable { engine: self.engine.name(), what }
    }

    fn read_traffic(&self) -> Result<(), Fault> {
        self.only_chromium("tell what it requested")?;
        let entries = self.run("reading the network log", self.driver.get_log("performance"))?;
        for entry in entries {
            let event: Value = serde_json::from_str(&entry.message)
                .map_err(|error| Fault::Tool(format!("the network log is no JSON: {error}")))?;
            self.network.note(&event);
        }
        Ok(())
    }

    fn read_other_tabs(&self) -> Result<Vec<String>, Fault> {
        let targets = self.devtools("Target.getTargets", json!({}))?;
        let targets = targets.get("targetInfos").and_then(Value::as_array);
        Ok(targets
            .into_iter()
            .flatten()
            .filter(|target| target.get("type") == Some(&json!("page")))
            .filter_map(|target| target.get("url")?.as_str())
            .filter(|url| *url != self.address)
            .map(str::to_owned)
            .collect())
    }

    fn read_ax_tree(&self) -> Result<Vec<AxNode>, Fault> {
        let params = match self.form {
            Form::Framed => json!({ "frameId": self.frame_id()? }),
            Form::Http | Form::File | Form::Hosted => json!({}),
        };
        let tree = self.devtools("Accessibility.getFullAXTree", params)?;
        Ok(in_reading_order(&tree)
            .into_iter()
            .filter(|node| node.get("ignored") == Some(&json!(false)))
            .map(ax_node)
            // A line box repeats the text it is a line of.
            .filter(|node| node.role != "InlineTextBox")
            .collect())
    }

    fn frame_id(&self) -> Result<String, Fault> {
        let tree = self.devtools("Page.getFrameTree", json!({}))?;
        tree.pointer("/frameTree/childFrames/0/frame/id")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| Fault::Tool("the clinic's page has no frame in its process".to_owned()))
    }

    fn take_whole_picture(&self, path: &Path) -> Result<(), Fault> {
        let answer =
            self.devtools("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true }))?;
        fs::write(path, decoded(&answer)?).doing(format!("writing {}", path.display()))
    }

    fn print_over_devtools(&self, paper: Paper) -> Result<Vec<u8>, Fault> {
        let (width, height) = paper.inches();
        let answer = self.devtools(
            "Page.printToPDF",
            json!({ "paperWidth": width, "paperHeight": height, "preferCSSPageSize": false }),
        )?;
        decoded(&answer)
    }

    fn print_over_webdriver(&self, paper: Paper) -> Result<Vec<u8>, Fault> {
        let (width, height) = paper.inches();
        let centimetres = 2.54;
        let parameters = PrintParameters {
            page: PrintPage { width: width * centimetres, height: height * centimetres },
            ..PrintParameters::default()
        };
        self.run("printing", self.driver.print_page(parameters))
    }
}

/// DevTools lists the tree level by level; a person meets it branch by branch.
fn in_reading_order(tree: &Value) -> Vec<&Value> {
    let nodes = tree.get("nodes").and_then(Value::as_array);
    let by_id: BTreeMap<&str, &Value> =
        nodes.into_iter().flatten().filter_map(|node| Some((node.get("nodeId")?.as_str()?, node))).collect();
    let root = nodes.and_then(|nodes| nodes.first());
    let mut ordered = Vec::new();
    let mut ahead: Vec<&Value> = root.into_iter().collect();
    while let Some(node) = ahead.pop() {
        ordered.push(node);
        let children = node.get("childIds").and_then(Value::as_array);
        let children = children.into_iter().flatten().filter_map(Value::as_str);
        ahead.extend(children.rev().filter_map(|id| by_id.get(id)));
    }
    ordered
}

fn ax_node(node: &Value) -> AxNode {
    let text = |pointer: &str| {
        let value = node.pointer(pointer).and_then(Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    let properties = node.get("properties").and_then(Value::as_array);
    let states = properties
        .into_iter()
        .flatten()
        .filter_map(|property| {
            let name = property.get("name")?.as_str()?;
            let value = property.pointer("/value/value")?;
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            Some((name.to_owned(), value))
        })
        .collect();
    AxNode { role: text("/role/value"), name: text("/name/value"), description: text("/description/value"), states }
}

fn decoded(answer: &Value) -> Result<Vec<u8>, Fault> {
    let data = answer.get("data").and_then(Value::as_str);
    BASE64_STANDARD
        .decode(data.unwrap_or_default())
        .map_err(|error| Fault::Tool(format!("the browser's answer is no base64: {error}")))
}
