//! `cargo xtask serve`: builds the site with the demo in it and serves it on this machine.

use crate::one_file::FILE;
use crate::{build, pack, setup, site};
use std::error::Error;
use std::path::{Component, Path};
use tiny_http::{Header, Request, Response, Server};

/// Sets up, builds, serves until it is stopped.
pub fn serve(root: &Path) -> Result<(), Box<dyn Error>> {
    setup::setup(setup::Need::BUILD)?;
    build::build(root, Some("public/demo-settings.json"), &pack::Options::read(std::env::args().skip(2))?)?;
    let folder = site::make(root, &root.join("dist"))?;
    let server = Server::http("127.0.0.1:8080").or_else(|_| Server::http("127.0.0.1:0")).map_err(|e| e.to_string())?;
    let address = server.server_addr();
    println!("\nConsult Ready is at http://{address}/\n");
    println!("  What it is     http://{address}/");
    println!("  On a clinic's  http://{address}/demo.html   (the page can't see in)");
    println!("  Walk it        http://{address}/{FILE}");
    println!("  Set it up      http://{address}/setup.html");
    println!("  As a file      {}", root.join("dist").join(FILE).display());
    println!("\nStop with Ctrl+C.");
    for request in server.incoming_requests() {
        answer(request, &folder)?;
    }
    Ok(())
}

/// Sends a file of the site. A browser that hangs up is no error.
fn answer(request: Request, folder: &Path) -> Result<(), Box<dyn Error>> {
    let asked = request.url().split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').to_owned();
    let asked = if asked.is_empty() || asked.ends_with('/') { format!("{asked}index.html") } else { asked };
    let inside = Path::new(&asked).components().all(|part| matches!(part, Component::Normal(_)));
    let kind: Header = format!("Content-Type: {}", kind(&asked)).parse().map_err(|()| "a fixed header")?;
    let _ = match inside.then(|| std::fs::read(folder.join(&asked))) {
        Some(Ok(bytes)) => request.respond(Response::from_data(bytes).with_header(kind)),
        _ => request.respond(Response::from_string("There is nothing here.").with_status_code(404)),
    };
    Ok(())
}

fn kind(name: &str) -> &'static str {
    match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("png") => "image/png",
        _ => "text/plain; charset=utf-8",
    }
}
