//! `cargo xtask serve`: builds the demo and serves it on this machine.

use crate::bundle::FILE;
use crate::{build, setup};
use std::error::Error;
use std::path::Path;
use tiny_http::{Header, Response, Server};

/// Sets up, builds, serves until it is stopped.
pub fn serve(root: &Path) -> Result<(), Box<dyn Error>> {
    setup::setup(setup::Need::BUILD)?;
    build::build(root, Some("public/demo-settings.json"))?;
    let server = Server::http("127.0.0.1:8080").or_else(|_| Server::http("127.0.0.1:0")).map_err(|e| e.to_string())?;
    let address = server.server_addr();
    println!("\nConsult Ready is at http://{address}/\n");
    println!("  Walk it        http://{address}/");
    println!("  In a frame     http://{address}/demo.html   (a clinic's page; it can't see in)");
    println!("  As a file      {}", root.join("dist").join(FILE).display());
    println!("\nStop with Ctrl+C.");
    for request in server.incoming_requests() {
        let page = match request.url().split('?').next() {
            Some("/") => std::fs::read(root.join("dist").join(FILE)),
            Some("/demo.html") => std::fs::read(root.join("public/demo.html")),
            Some("/consult-ready.html") => std::fs::read(root.join("dist").join(FILE)),
            _ => Err(std::io::ErrorKind::NotFound.into()),
        };
        let html: Header = "Content-Type: text/html; charset=utf-8".parse().map_err(|()| "a fixed header")?;
        let _ = match page {
            Ok(bytes) => request.respond(Response::from_data(bytes).with_header(html)),
            Err(_) => request.respond(Response::from_string("There is nothing here.").with_status_code(404)),
        };
    }
    Ok(())
}
