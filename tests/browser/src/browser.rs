//! Opening a browser on the file under test, and closing it without a trace.

use std::cell::Cell;
use std::env;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{By, WebDriver};
use tokio::runtime::{self, Runtime};

use crate::engine::{capabilities, start_driver};
use crate::error::{Doing, Fault, Result, located};
use crate::network::Network;
use crate::orca;
use crate::process::Household;
use crate::server::{HostPage, Server, Site, loader};
use crate::setup::{Engine, Form, Setup};

const QUIT_DEADLINE: Duration = Duration::from_secs(5);

impl Setup {
    /// Starts the browser and opens the file; returns when the page has loaded.
    #[track_caller]
    pub fn open(self) -> Result<Browser> {
        located(Browser::start(&self))
    }
}

/// A browser with a fresh profile and the file open in it. Dropping it ends every
/// program it started and deletes the profile, also while a test panics.
// Fields drop in this order: the programs end before their folder goes.
pub struct Browser {
    pub(crate) engine: Engine,
    pub(crate) form: Form,
    pub(crate) driver: WebDriver,
    pub(crate) network: Network,
    runtime: Runtime,
    household: Household,
    file_server: Option<Server>,
    host_server: Option<Server>,
    pub(crate) address: String,
    /// Which tool of a hosted page the harness looks into.
    pub(crate) tool: Cell<Option<usize>>,
    folder: TempDir,
}

impl Browser {
    /// Opens the built file in a plain browser.
    #[track_caller]
    pub fn open(engine: Engine, form: Form) -> Result<Self> {
        located(Self::start(&Self::setup(engine, form)))
    }

    /// Prepares a browser that differs from the plain one.
    pub fn setup(engine: Engine, form: Form) -> Setup {
        Setup {
            engine,
            form,
            size: (1280, 900),
            dark: false,
            reduced_motion: false,
            forced_colours: false,
            language: None,
            silent_print: false,
            spoken: false,
            file: built_file(),
            headers: String::new(),
            loader_headers: String::new(),
            host: "plain",
        }
    }

    fn start(setup: &Setup) -> Result<Self, Fault> {
        let file = fs::canonicalize(&setup.file).map_err(|_| Fault::NoFile(setup.file.clone()))?;
        let folder = tempfile::Builder::new()
            .prefix("consult-ready-browser-")
            .tempdir()
            .doing("making a folder for the browser")?;
        fs::create_dir(folder.path().join("downloads")).doing("making the downloads folder")?;
        let (file_server, host_server, address) = serve(setup, &file)?;

        let mut household = Household::new(folder.path());
        let driver_address = start_driver(setup, &mut household)?;
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .doing("starting the runtime")?;
        let driver = connect(setup, &runtime, driver_address, folder.path(), &household)?;

        let browser = Self {
            engine: setup.engine,
            form: setup.form,
            driver,
            network: Default::default(),
            runtime,
            household,
            file_server,
            host_server,
            address,
            tool: Cell::new(None),
            folder,
        };
        match setup.engine {
            Engine::Chromium => browser.emulate(setup)?,
            Engine::WebKit => browser.resize(setup.size)?,
            Engine::Firefox => {}
        }
        browser.load()?;
        if setup.spoken {
            orca::give_focus(&browser.household)?;
        }
        Ok(browser)
    }

    fn load(&self) -> Result<(), Fault> {
        self.run("opening the page", self.driver.goto(&self.address))?;
        self.look_into_frame()?;
        self.forget_traffic()
    }

    /// True sizes and a visitor's preferences, which Chromium's window can't have.
    fn emulate(&self, setup: &Setup) -> Result<(), Fault> {
        let (width, height) = setup.size;
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        )?;
        let when = |wish: bool, value: &'static str, otherwise: &'static str| {
            if wish { value } else { otherwise }
        };
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [
                { "name": "prefers-color-scheme", "value": when(setup.dark, "dark", "light") },
                { "name": "prefers-reduced-motion",
                  "value": when(setup.reduced_motion, "reduce", "no-preference") },
                { "name": "forced-colors", "value": when(setup.forced_colours, "active", "none") },
            ] }),
        )?;
        Ok(())
    }

    /// MiniBrowser has no argument that holds for the window of an automated session.
    fn resize(&self, (width, height): (u32, u32)) -> Result<(), Fault> {
        let resized = self.driver.set_window_rect(0, 0, width, height);
        self.run("sizing the window", resized)
    }

    /// Reloads the page, as the visitor's Reload does.
    #[track_caller]
    pub fn reload(&self) -> Result<()> {
        located(self.travel("reloading", self.driver.refresh()))
    }

    /// The browser's Back.
    #[track_caller]
    pub fn back(&self) -> Result<()> {
        located(self.travel("going back", self.driver.back()))
    }

    /// The browser's Forward.
    #[track_caller]
    pub fn forward(&self) -> Result<()> {
        located(self.travel("going forward", self.driver.forward()))
    }

    /// Takes the server away; the page that was loaded stays.
    pub fn stop_servers(&mut self) {
        for server in [&mut self.file_server, &mut self.host_server].into_iter().flatten() {
            server.stop();
        }
    }

    /// Every request the file's server ever got, such as `GET /consult-ready.html`.
    pub fn server_record(&self) -> Vec<String> {
        self.file_server.as_ref().map(Server::record).unwrap_or_default()
    }

    /// Every request the clinic page's server got; empty unless framed or hosted.
    pub fn host_record(&self) -> Vec<String> {
        self.host_server.as_ref().map(Server::record).unwrap_or_default()
    }

    /// Where downloads land, deleted with the browser.
    pub fn downloads(&self) -> PathBuf {
        self.folder.path().join("downloads")
    }

    /// What the screen reader has said so far, a line each; only after [`Setup::spoken`].
    pub fn spoken(&self) -> Vec<String> {
        let spoken = fs::read_to_string(self.folder.path().join(orca::SPOKEN)).unwrap_or_default();
        spoken.lines().map(str::to_owned).collect()
    }

    /// Files of the browser's own folder that hold one of these texts, in the letters that it may
    /// have written them in.
    pub fn kept_on_disk(&self, texts: &[String]) -> Vec<PathBuf> {
        let plain = texts.iter().map(|text| text.as_bytes().to_vec());
        let wide = texts.iter().map(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        let wanted: Vec<Vec<u8>> = plain.chain(wide).collect();
        let (mut found, mut folders) = (Vec::new(), vec![self.profile()]);
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if fs::read(&path)
                    .is_ok_and(|bytes| wanted.iter().any(|text| bytes.windows(text.len()).any(|window| window == text)))
                {
                    found.push(path);
                }
            }
        }
        found
    }

    /// Kilobytes of memory that the browser's programs have, its driver among them.
    pub fn memory(&self) -> u64 {
        self.household.memory()
    }

    /// The browser's own folder.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// The engine this browser is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The WebDriver session, for what this harness has no word for.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Waits for a command to the driver. `doing` is what a fault will say.
    #[track_caller]
    pub fn wait_on<T>(&self, doing: &str, command: impl Future<Output = WebDriverResult<T>>) -> Result<T> {
        located(self.run(doing, command))
    }

    pub(crate) fn run<T>(&self, doing: &str, command: impl Future<Output = WebDriverResult<T>>) -> Result<T, Fault> {
        self.runtime.block_on(command).doing(doing)
    }

    fn travel(&self, doing: &str, command: impl Future<Output = WebDriverResult<()>>) -> Result<(), Fault> {
        self.tool.set(None);
        self.run(doing, command)?;
        self.look_into_frame()
    }

    pub(crate) fn look_at_host(&self) -> Result<(), Fault> {
        self.run("looking at the top page", self.driver.enter_default_frame())
    }

    /// A navigation of the top page leaves the frame, so this comes after each.
    pub(crate) fn look_into_frame(&self) -> Result<(), Fault> {
        if let Some(tool) = self.tool.get() {
            return self.look_into_tool(tool);
        }
        if self.form != Form::Framed {
            return Ok(());
        }
        self.look_at_host()?;
        self.run("looking into the frame", async { self.driver.find(By::Css("iframe")).await?.enter_frame().await })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let quit = self.driver.clone().quit();
        let asked = self.runtime.block_on(async { tokio::time::timeout(QUIT_DEADLINE, quit).await });
        if !matches!(asked, Ok(Ok(()))) {
            // The programs are killed next; thirtyfour must not ask a second time.
            let _ = self.driver.clone().leak();
        }
    }
}

/// The file under test: CONSULT_READY_FILE, or what `cargo xtask build` made.
fn built_file() -> PathBuf {
    env::var_os("CONSULT_READY_FILE")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/consult-ready.html"), PathBuf::from)
}

/// The servers a form needs, and the address to open.
fn serve(setup: &Setup, file: &Path) -> Result<(Option<Server>, Option<Server>, String), Fault> {
    let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let around = |file_server: Server, site: Site| {
        let host_server = Server::start(site)?;
        let address = host_server.url("");
        Ok((Some(file_server), Some(host_server), address))
    };
    match setup.form {
        Form::File => Ok((None, None, format!("file://{}", file.display()))),
        Form::Http => {
            let server = Server::start(Site::Folder(folder, setup.headers.clone()))?;
            let address = server.url(&name);
            Ok((Some(server), None, address))
        }
        Form::Framed => {
            let server = Server::start(Site::Folder(folder, setup.headers.clone()))?;
            let page = host_page(&server.url(&name))?;
            around(server, Site::Page(page))
        }
        Form::Hosted => {
            let server = Server::start(Site::Clinic {
                page: None,
                file: file.to_owned(),
                headers: setup.headers.clone(),
                loader_headers: setup.loader_headers.clone(),
            })?;
            let page = Some((HostPage::read(setup.host)?, server.url("")));
            around(
                server,
                Site::Clinic {
                    page,
                    file: file.to_owned(),
                    headers: setup.headers.clone(),
                    loader_headers: setup.loader_headers.clone(),
                },
            )
        }
    }
}

/// A clinic's page with the frame that the loader makes: with what the loader allows it.
fn host_page(address: &str) -> Result<String, Fault> {
    let loader = fs::read_to_string(loader()).doing("reading the loader")?;
    let between = |mark: &str| Some(loader.split_once(mark)?.1.split_once('"')?.0.to_owned());
    let missing = || Fault::Tool("the loader does not say what its frame is allowed".to_owned());
    let sandbox = between("const SANDBOX = \"").ok_or_else(missing)?;
    let allow = between("allow: \"").ok_or_else(missing)?;
    Ok(format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>A clinic</title>
<style>body {{ margin: 0 }} iframe {{ display: block; width: 100%; height: 720px; border: 0 }}</style>
<h1>A clinic's own page</h1>
<iframe title="Consult Ready" src="{address}" sandbox="{sandbox}" allow="{allow}"></iframe>
<p>The clinic's own footer</p>
"#
    ))
}

fn connect(
    setup: &Setup,
    runtime: &Runtime,
    address: String,
    folder: &Path,
    household: &Household,
) -> Result<WebDriver, Fault> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .map_err(|error| Fault::Tool(format!("no HTTP client: {error}")))?;
    let session = WebDriver::builder(address, capabilities(setup, folder)?).client(client);
    runtime.block_on(session.connect()).map_err(|error| Fault::NotStarted {
        program: setup.engine.name().to_owned(),
        why: error.to_string(),
        log: household.last_words(),
    })
}
