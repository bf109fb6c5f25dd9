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

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};

use crate::error::{Doing, Fault};

/// What a server hands out.
pub(crate) enum Site {
    /// The files below a folder, and the headers that the one file is sent with.
    Folder(PathBuf, String),
    /// One page, whatever is asked for.
    Page(String),
    /// A clinic's site, or the server its files are on. Below any path it has the loader and the
    /// one file, so a path can say how they are served: `gone/` has no file, `shared/` adds what
    /// other origins may be asked to show.
    Clinic {
        /// The clinic's own page and the address of the other server.
        page: Option<(HostPage, String)>,
        /// The one file.
        file: PathBuf,
        /// Headers that it is sent with, a line each.
        headers: String,
        /// Headers that the loader is sent with, a line each.
        loader_headers: String,
    },
}

/// A folder of `hosts/`: the page, and the headers it is served with. `{{files}}` in them is the
/// other server's address and `{{hash}}` the loader's, as a tag's `integrity` wants it.
pub(crate) struct HostPage {
    html: String,
    headers: String,
}

impl HostPage {
    pub(crate) fn read(name: &str) -> Result<Self, Fault> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts").join(name);
        let html = fs::read_to_string(folder.join("index.html")).doing(format!("reading the host page “{name}”"))?;
        Ok(Self { html, headers: fs::read_to_string(folder.join("headers")).unwrap_or_default() })
    }
}

/// What is handed out: its type, headers beyond that, and the bytes.
struct Content {
    kind: &'static str,
    headers: String,
    body: Vec<u8>,
}

impl Content {
    fn plain(kind: &'static str, body: Vec<u8>) -> Self {
        Self { kind, headers: String::new(), body }
    }
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
    let (status, content) = match content(site, target) {
        Some(content) => ("200 OK", content),
        None => ("404 Not Found", Content::plain("text/plain", b"not here".to_vec())),
    };
    let Content { kind, headers, body } = content;
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{headers}Connection: close\r\n\r\n",
        body.len()
    );
    let mut writer = &connection;
    let _ = writer.write_all(head.as_bytes()).and_then(|()| writer.write_all(&body));
}

fn content(site: &Site, target: &str) -> Option<Content> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    match site {
        // The browser's own wish for an icon is not the page's: it gets a 404.
        Site::Page(_) if path == "/favicon.ico" => None,
        Site::Page(html) => Some(Content::plain("text/html; charset=utf-8", html.clone().into_bytes())),
        Site::Folder(folder, headers) => {
            let path = Path::new(path.trim_start_matches('/'));
            let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
            let body = inside.then(|| fs::read(folder.join(path)).ok()).flatten()?;
            let headers = if path.ends_with(FILE) { lines(headers) } else { String::new() };
            Some(Content { kind: media_type(path), headers, body })
        }
        Site::Clinic { page, file, headers, loader_headers } => {
            let (folder, name) = path.rsplit_once('/')?;
            let kind = media_type(Path::new(name));
            let body = match name {
                "" => {
                    let (page, files) = page.as_ref()?;
                    let fill = |text: &str| {
                        Some(
                            text.replace("{{files}}", files).replace("{{hash}}", &integrity(&fs::read(loader()).ok()?)),
                        )
                    };
                    let headers = lines(&fill(&page.headers)?);
                    return Some(Content {
                        kind: "text/html; charset=utf-8",
                        headers,
                        body: fill(&page.html)?.into_bytes(),
                    });
                }
                "consult-ready.js" => fs::read(loader()).ok()?,
                FILE if folder != "/gone" => fs::read(file).ok()?,
                "rrweb.js" => fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(RRWEB)).ok()?,
                _ => return None,
            };
            let shared = if folder == "/shared" { SHARED } else { "" };
            let own = match name {
                FILE => lines(headers),
                "consult-ready.js" => lines(loader_headers),
                _ => String::new(),
            };
            Some(Content { kind, headers: format!("{shared}{own}"), body })
        }
    }
}

/// The one file's name in a clinic's site and in `dist/`.
const FILE: &str = "consult-ready.html";

/// Headers as they are sent.
fn lines(headers: &str) -> String {
    headers.lines().map(|line| format!("{line}\r\n")).collect()
}

/// The open-source session recorder.
const RRWEB: &str = "../oracles/node_modules/rrweb/dist/rrweb.umd.min.cjs";

/// As docs/embedding.md has them, for pages with `integrity` or an embedder policy.
const SHARED: &str = "Access-Control-Allow-Origin: *\r\nCross-Origin-Resource-Policy: cross-origin\r\nCross-Origin-Embedder-Policy: require-corp\r\n";

pub(crate) fn loader() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/consult-ready.js")
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
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
