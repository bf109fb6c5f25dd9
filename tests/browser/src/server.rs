//! A web server as small as the promise it helps to test: it hands out files,
//! writes down every request, and can go away while the page lives.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::error::{Doing, Fault};

/// What a server hands out.
pub(crate) enum Site {
    /// The files below a folder.
    Folder(PathBuf),
    /// One page, whatever is asked for.
    Page(String),
}

/// A server on a port of its own, stopped when dropped.
pub(crate) struct Server {
    port: u16,
    record: Arc<Mutex<Vec<String>>>,
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(crate) fn start(site: Site) -> Result<Self, Fault> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).doing("starting the web server")?;
        let port = listener.local_addr().doing("reading the web server's port")?.port();
        let record = Arc::new(Mutex::new(Vec::new()));
        let stopping = Arc::new(AtomicBool::new(false));
        let thread = thread::spawn({
            let (record, stopping, site) = (Arc::clone(&record), Arc::clone(&stopping), Arc::new(site));
            move || {
                for connection in listener.incoming().flatten() {
                    if stopping.load(Ordering::SeqCst) {
                        return;
                    }
                    let (record, site) = (Arc::clone(&record), Arc::clone(&site));
                    // A thread each: browsers open connections ahead of need and
                    // leave them silent, which must not hold up the next one.
                    thread::spawn(move || answer(connection, &site, &record));
                }
            }
        });
        Ok(Self { port, record, stopping, thread: Some(thread) })
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// Request lines so far, such as `GET /consult-ready.html`.
    pub(crate) fn record(&self) -> Vec<String> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Frees the port, so that whoever connects is refused.
    pub(crate) fn stop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // Wakes the thread out of its wait for a connection.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Answers one request. The browser may hang up at any time; that is its right
/// and no fault of the test, so errors end here.
fn answer(connection: TcpStream, site: &Site, record: &Mutex<Vec<String>>) {
    let _ = connection.set_read_timeout(Some(Duration::from_secs(30)));
    let mut reader = BufReader::new(&connection);
    let mut request = String::new();
    if reader.read_line(&mut request).is_err() || request.is_empty() {
        return;
    }
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
        header.clear();
    }
    let mut words = request.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return;
    };
    record.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{method} {target}"));
    let (status, kind, body) = match content(site, target) {
        Some((kind, body)) => ("200 OK", kind, body),
        None => ("404 Not Found", "text/plain", b"not here".to_vec()),
    };
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let mut writer = &connection;
    let _ = writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(&body));
}

fn content(site: &Site, target: &str) -> Option<(&'static str, Vec<u8>)> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    match site {
        // The browser's own wish for an icon is not the page's: it gets a 404.
        Site::Page(_) if path == "/favicon.ico" => None,
        Site::Page(html) => Some(("text/html; charset=utf-8", html.clone().into_bytes())),
        Site::Folder(folder) => {
            let path = Path::new(path.trim_start_matches('/'));
            let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
            let body = inside.then(|| fs::read(folder.join(path)).ok()).flatten()?;
            Some((media_type(path), body))
        }
    }
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}
