//! A DevTools session of its own, for what the driver does not pass on: the pieces of a heap
//! snapshot come as events, and a handle to an object must outlive the command that found it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};
use tungstenite::client::client_with_config;
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Message, WebSocket};

use crate::browser::Browser;
use crate::error::{Doing, Fault, Result, located};

/// Longer than any answer takes, a heap snapshot on a busy machine included.
const PATIENCE: Duration = Duration::from_secs(120);

/// A session with the page.
pub struct DevTools {
    socket: WebSocket<TcpStream>,
    last: u64,
    events: Vec<Value>,
}

impl Browser {
    /// Opens a second DevTools session with the page. Chromium only.
    #[track_caller]
    pub fn devtools_session(&self) -> Result<DevTools> {
        located(DevTools::open(self))
    }
}

impl DevTools {
    /// Sends a command and returns its result.
    #[track_caller]
    pub fn call(&mut self, method: &str, params: Value) -> Result<Value> {
        located(self.send(method, &params))
    }

    /// All that JavaScript holds, as the text of a heap snapshot; what is garbage is collected
    /// before.
    #[track_caller]
    pub fn heap(&mut self) -> Result<String> {
        self.events.clear();
        self.call("HeapProfiler.collectGarbage", json!({}))?;
        self.call("HeapProfiler.takeHeapSnapshot", json!({ "reportProgress": false, "captureNumericValue": false }))?;
        let pieces =
            self.events.iter().filter(|e| e.get("method") == Some(&json!("HeapProfiler.addHeapSnapshotChunk")));
        Ok(pieces.filter_map(|e| e.pointer("/params/chunk")?.as_str()).collect())
    }

    /// A handle to all living WebAssembly memories, as an array.
    #[track_caller]
    pub fn memories(&mut self) -> Result<String> {
        let kind = self.call("Runtime.evaluate", json!({ "expression": "WebAssembly.Memory.prototype" }))?;
        let kind = kind.pointer("/result/objectId").cloned().unwrap_or_default();
        let found = self.call("Runtime.queryObjects", json!({ "prototypeObjectId": kind }))?;
        Ok(found.pointer("/objects/objectId").and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    /// Calls a function with a handle as `this`, and returns its value.
    #[track_caller]
    pub fn ask(&mut self, handle: &str, function: &str) -> Result<Value> {
        let call = json!({ "objectId": handle, "functionDeclaration": function, "returnByValue": true });
        let answer = self.call("Runtime.callFunctionOn", call)?;
        Ok(answer.pointer("/result/value").cloned().unwrap_or_default())
    }
}

impl DevTools {
    fn open(browser: &Browser) -> Result<Self, Fault> {
        let port_file = browser.profile().join("DevToolsActivePort");
        let text = fs::read_to_string(&port_file).doing(format!("reading {}", port_file.display()))?;
        let port: u16 = text
            .lines()
            .next()
            .and_then(|line| line.parse().ok())
            .ok_or_else(|| Fault::Tool("no DevTools port".to_owned()))?;
        let pages = pages(port)?;
        let address = pages
            .as_array()
            .into_iter()
            .flatten()
            .find(|page| page.get("type").and_then(Value::as_str) == Some("page"))
            .and_then(|page| page.get("webSocketDebuggerUrl")?.as_str())
            .ok_or_else(|| Fault::Tool(format!("no page to talk to in {pages}")))?
            .to_owned();
        let stream = connect(port)?;
        // A memory is one long message.
        let roomy = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let (socket, _) = client_with_config(address, stream, Some(roomy))
            .map_err(|error| Fault::Tool(format!("no DevTools session: {error}")))?;
        let mut session = Self { socket, last: 0, events: Vec::new() };
        session.send("HeapProfiler.enable", &json!({}))?;
        session.send("Runtime.enable", &json!({}))?;
        Ok(session)
    }

    fn send(&mut self, method: &str, params: &Value) -> Result<Value, Fault> {
        self.last += 1;
        let broken = |error: tungstenite::Error| Fault::Tool(format!("{method}: {error}"));
        let command = json!({ "id": self.last, "method": method, "params": params }).to_string();
        self.socket.send(Message::text(command)).map_err(broken)?;
        loop {
            let Message::Text(text) = self.socket.read().map_err(broken)? else { continue };
            let message: Value =
                serde_json::from_str(&text).map_err(|error| Fault::Tool(format!("{method}: {error}")))?;
            if message.get("id") != Some(&json!(self.last)) {
                self.events.push(message);
                continue;
            }
            return match message.get("error") {
                Some(error) => Err(Fault::Tool(format!("{method}: {error}"))),
                None => Ok(message.get("result").cloned().unwrap_or_default()),
            };
        }
    }
}

fn connect(port: u16) -> Result<TcpStream, Fault> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).doing("talking to the browser")?;
    stream.set_read_timeout(Some(PATIENCE)).doing("talking to the browser")?;
    Ok(stream)
}

/// What the browser says it has open.
fn pages(port: u16) -> Result<Value, Fault> {
    let mut stream = connect(port)?;
    write!(stream, "GET /json/list HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
        .doing("asking for the pages")?;
    // The browser leaves the connection open, so the head says where the answer ends.
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line).doing("reading the list of pages")? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).doing("reading the list of pages")?;
    serde_json::from_slice(&body).map_err(|error| Fault::Tool(format!("the list of pages is no JSON: {error}")))
}
