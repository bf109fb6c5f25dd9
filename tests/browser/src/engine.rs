//! Starts the three engines: which programs they are, and how each is asked to be headless, quiet
//! and fresh.

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};
use thirtyfour::Capabilities;

use crate::error::Fault;
use crate::orca;
use crate::process::{Household, find, find_any, free_port};
use crate::setup::{Engine, Form, Setup};

/// Starts the engine's driver and returns its address.
pub(crate) fn start_driver(setup: &Setup, household: &mut Household) -> Result<String, Fault> {
    let port = free_port()?;
    if setup.silent_print && setup.engine == Engine::Chromium {
        start_display(household)?;
    }
    if setup.spoken {
        start_display(household)?;
        orca::start(household)?;
    }
    let mut command = match setup.engine {
        Engine::Chromium => Command::new(find("chromedriver")?),
        Engine::Firefox => Command::new(find("geckodriver")?),
        Engine::WebKit => {
            start_display(household)?;
            household.save_downloads()?;
            Command::new(find("WebKitWebDriver")?)
        }
    };
    command.arg(format!("--port={port}"));
    household.start_on_port(command, port)?;
    Ok(format!("http://127.0.0.1:{port}"))
}

/// MiniBrowser has no headless mode, so it gets a screen nobody sees.
fn start_display(household: &mut Household) -> Result<(), Fault> {
    let mut command = Command::new(find("Xvfb")?);
    // `-displayfd` lets the server pick a free number; xvfb-run's own search races
    // when tests run beside each other.
    command.args(["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"]);
    let display = household.start_and_read(command)?;
    household.set("DISPLAY", &format!(":{display}"));
    // A page of our own on a machine that is often a container, where bubblewrap
    // can't make its namespaces; and no session bus, graphics card or settings daemon.
    household.set("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    household.set("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    household.set("NO_AT_BRIDGE", "1");
    household.set("GSETTINGS_BACKEND", "memory");
    // Under the locale C.UTF-8, usual in containers, its pages see the language "C".
    household.set("LC_ALL", "en_US.UTF-8");
    Ok(())
}

/// What the session asks of the driver.
pub(crate) fn capabilities(setup: &Setup, folder: &Path) -> Result<Capabilities, Fault> {
    let asked = match setup.engine {
        Engine::Chromium => chromium(setup, folder)?,
        Engine::Firefox => firefox(setup, folder)?,
        Engine::WebKit => webkit(setup)?,
    };
    Ok(Capabilities::from(asked))
}

fn chromium(setup: &Setup, folder: &Path) -> Result<Map<String, Value>, Fault> {
    let mut args: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-proxy-server",
        // A width asked for is the page's own, as under a phone's overlaid bars.
        "--hide-scrollbars",
        // Nothing a page opens may leave the machine: every other name is unknown.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    .map(str::to_owned)
    .to_vec();
    let (width, height) = setup.size;
    args.push(format!("--window-size={width},{height}"));
    args.push(format!("--user-data-dir={}", folder.join("profile").display()));
    let mut prefs = json!({ "download.default_directory": folder.join("downloads") });
    if setup.silent_print {
        // Without a window there is no print preview, and silent printing is a preview that prints
        // itself.
        args.retain(|arg| arg != "--headless");
        args.extend(["--kiosk".to_owned(), "--kiosk-printing".to_owned()]);
        let to_file = json!({ "version": 2, "selectedDestinationId": "Save as PDF",
            "recentDestinations": [{ "id": "Save as PDF", "origin": "local", "account": "" }] });
        set(&mut prefs, "printing.print_preview_sticky_settings.appState", json!(to_file.to_string()));
        set(&mut prefs, "savefile.default_directory", json!(folder.join("downloads")));
    }
    if setup.spoken {
        args.retain(|arg| arg != "--headless");
        args.push("--force-renderer-accessibility".to_owned());
    }
    if matches!(setup.form, Form::Framed | Form::Hosted) && !setup.silent_print {
        // Chromium gives a sandboxed frame a process of its own, where the driver's
        // DevTools commands and logs don't reach: its requests would go unseen. Sandbox
        // and policy hold the same without that.
        args.push("--disable-features=IsolateSandboxedIframes".to_owned());
    }
    if let Some(language) = &setup.language {
        args.push(format!("--lang={language}"));
        args.push(format!("--accept-lang={language}"));
        set(&mut prefs, "intl.accept_languages", json!(language));
    }
    Ok(map(json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": find_any(&["chromium", "chromium-browser", "google-chrome"])?,
            "args": args,
            "prefs": prefs,
        },
        "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
    })))
}

fn firefox(setup: &Setup, folder: &Path) -> Result<Map<String, Value>, Fault> {
    let (width, height) = setup.size;
    let mut prefs = json!({
        "network.proxy.type": 0,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
        "browser.download.folderList": 2,
        "browser.download.dir": folder.join("downloads"),
        "browser.download.useDownloadDir": true,
        "browser.download.alwaysOpenPanel": false,
        "ui.systemUsesDarkTheme": i32::from(setup.dark),
        "layout.css.prefers-color-scheme.content-override": if setup.dark { 0 } else { 1 },
        "ui.prefersReducedMotion": i32::from(setup.reduced_motion),
    });
    if setup.forced_colours {
        // 2 is "always use my colours", which is what forced colours are.
        set(&mut prefs, "browser.display.document_color_use", json!(2));
    }
    if let Some(language) = &setup.language {
        set(&mut prefs, "intl.accept_languages", json!(language));
    }
    if setup.spoken {
        // The driver turns it off otherwise.
        set(&mut prefs, "accessibility.force_disabled", json!(-1));
        // A first page that ends loading after ours is read out in its place.
        set(&mut prefs, "browser.startup.page", json!(0));
        set(&mut prefs, "browser.newtabpage.enabled", json!(false));
    }
    if setup.silent_print {
        set(&mut prefs, "print.always_print_silent", json!(true));
        set(&mut prefs, "print_printer", json!("Mozilla Save to PDF"));
        set(&mut prefs, "print.printer_Mozilla_Save_to_PDF.print_to_file", json!(true));
        set(
            &mut prefs,
            "print.printer_Mozilla_Save_to_PDF.print_to_filename",
            json!(folder.join("downloads").join("printed.pdf")),
        );
    }
    Ok(map(json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": find_any(&["firefox-esr", "firefox"])?,
            "args": if setup.spoken { vec![] } else { vec!["-headless".to_owned(), format!("--width={width}"), format!("--height={height}")] },
            "prefs": prefs,
        },
    })))
}

fn webkit(setup: &Setup) -> Result<Map<String, Value>, Fault> {
    if setup.dark || setup.reduced_motion || setup.forced_colours || setup.language.is_some() {
        return Err(Fault::Unable {
            engine: Engine::WebKit.name(),
            what: "be asked for a colour scheme, less motion, forced colours or a language",
        });
    }
    // Without a `binary` the driver starts the MiniBrowser it was built with, whose
    // folder differs from system to system.
    Ok(map(json!({
        "webkitgtk:browserOptions": { "args": ["--automation"] },
    })))
}

fn set(object: &mut Value, key: &str, value: Value) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value);
    }
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
