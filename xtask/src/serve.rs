//! `cargo xtask serve`: builds the demo and serves it on this machine.

use crate::bundle::{FILE, LOADER};
use crate::{build, pack, setup};
use std::error::Error;
use std::path::{Path, PathBuf};
use tiny_http::{Header, Response, Server};

/// Sets up, builds, serves until it is stopped.
pub fn serve(root: &Path) -> Result<(), Box<dyn Error>> {
    setup::setup(setup::Need::BUILD)?;
    build::build(root, Some("public/demo-settings.json"), &pack::Given::read(std::env::args().skip(2))?)?;
    let server = Server::http("127.0.0.1:8080").or_else(|_| Server::http("127.0.0.1:0")).map_err(|e| e.to_string())?;
    let address = server.server_addr();
    println!("\nConsult Ready is at http://{address}/\n");
    println!("  Walk it        http://{address}/");
    println!("  On a clinic's  http://{address}/demo.html   (the page can't see in)");
    println!("  As a file      {}", root.join("dist").join(FILE).display());
    println!("\nStop with Ctrl+C.");
    for request in server.incoming_requests() {
        let (file, kind) = match request.url().split('?').next() {
            Some("/" | "/consult-ready.html") => (root.join("dist").join(FILE), "html"),
            Some("/consult-ready.js") => (root.join("public").join(LOADER), "javascript"),
            Some("/demo.html") => (root.join("public/demo.html"), "html"),
            _ => (PathBuf::new(), "plain"),
        };
        let kind: Header = format!("Content-Type: text/{kind}; charset=utf-8").parse().map_err(|()| "a fixed header")?;
        let _ = match std::fs::read(file) {
            Ok(bytes) => request.respond(Response::from_data(bytes).with_header(kind)),
            Err(_) => request.respond(Response::from_string("There is nothing here.").with_status_code(404)),
        };
    }
    Ok(())
}
