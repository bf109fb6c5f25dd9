//! What a page asked of the network, out of Chromium's log.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;

/// What the page asked of the network, gathered from the driver's log, which hands out every event
/// once: addresses by the request's id.
#[derive(Debug, Default)]
pub(crate) struct Network {
    pub(crate) sent: RefCell<BTreeMap<String, String>>,
}

impl Network {
    /// Takes in one event of the log.
    pub(crate) fn note(&self, event: &Value) {
        let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str);
        let id = text("/message/params/requestId").unwrap_or_default();
        match text("/message/method") {
            Some("Network.requestWillBeSent") => {
                self.sent_to(id, text("/message/params/request/url"));
            }
            Some("Network.webSocketCreated" | "Network.webTransportCreated") => {
                self.sent_to(id, text("/message/params/url"));
            }
            Some("Network.loadingFailed") if text("/message/params/blockedReason").is_some() => {
                self.sent.borrow_mut().remove(id);
            }
            _ => {}
        }
    }

    fn sent_to(&self, id: &str, url: Option<&str>) {
        let Some(url) = url else { return };
        if !url.starts_with("data:") && !url.starts_with("blob:") {
            self.sent.borrow_mut().insert(id.to_owned(), url.to_owned());
        }
    }
}
