//! How long until the one file can be read, pressed and answered on a slow phone, beside a plain
//! page with the same 16 questions (tests/bench/plain.html). It prints and asserts no time: that
//! would say more about the machine it runs on. `cargo xtask bench --load` runs it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a test ends where it fails"
)]

mod common;

use common::{CHECK, SUMMARY, Variant, built_around, finish_now, fixture, resume_titled, resume_with, words};
use consult_ready_browser::{Browser, Engine, Form, Result};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::{env, fs, thread};

/// Runs of each page; they alternate, so that a busy moment of the machine falls on both.
const RUNS: usize = 7;

/// Steps of a long questionnaire that are timed in each run.
const STEPS_TIMED: usize = 4;

/// Fewer where a machine has no time for all: the figures then say so.
fn runs() -> usize {
    env::var("BENCH_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(RUNS)
}

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A page to measure: its name, its bytes as a server sends them, and the text of the first thing
/// to press.
struct Measured {
    name: &'static str,
    address: String,
    brotli: usize,
    door: &'static str,
    runs: Vec<Value>,
}

impl Measured {
    /// Serves the file as a web server with compression does.
    fn serve(name: &'static str, file: &Path, door: &'static str) -> Self {
        let mut body = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut fs::read(file).unwrap().as_slice(), &mut body, &params).unwrap();
        let brotli = body.len();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let body = body.clone();
                thread::spawn(move || {
                    let mut lines = BufReader::new(&connection).lines();
                    let first = lines.next().and_then(std::io::Result::ok).unwrap_or_default();
                    while lines.next().and_then(std::io::Result::ok).is_some_and(|line| !line.is_empty()) {}
                    // The browser's own wish for an icon would share the line with the page.
                    let body = if first.starts_with("GET / ") { body } else { Vec::new() };
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: br\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        body.len()
                    );
                    let _ = (&connection).write_all(head.as_bytes()).and_then(|()| (&connection).write_all(&body));
                });
            }
        });
        Self { name, address, brotli, door, runs: Vec::new() }
    }

    /// Opens the page once in a browser of its own: nothing is compiled or kept from an earlier
    /// run.
    fn run(&mut self) -> Result<()> {
        let page = Browser::setup(Engine::Chromium, Form::Http)
            .size(412, 800)
            .file(project("tests/bench/plain.html"))
            .open()?;
        page.cdp("Network.enable", json!({}))?;
        let slow =
            json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750 });
        page.cdp("Network.emulateNetworkConditions", slow)?;
        page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))?;
        let robot =
            fs::read_to_string(project("tests/bench/robot.js")).unwrap().replace("DOOR", &json!(self.door).to_string());
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": robot }))?;
        page.cdp("Page.navigate", json!({ "url": self.address }))?;
        let done = || Ok(page.script("return Boolean(window.robot?.done)")? == json!(true));
        // Several times the patience of a journey: a busy machine with a processor made four times
        // slower.
        if !(0..4).any(|_| page.wait_until("sixteen answers", done).is_ok()) {
            page.wait_until("sixteen answers", done)?;
        }
        let mut run = page.script("return window.robot")?;
        let [heap, wasm] = weigh(&page)?;
        run["heap"] = json!(heap);
        run["wasm"] = json!(wasm);
        self.runs.push(run);
        Ok(())
    }

    fn median(&self, name: &str) -> f64 {
        middle(self.runs.iter().filter_map(|run| run.get(name)?.as_f64()).collect(), 0.5)
    }

    /// The time from a click to the paint after it that 95 of 100 clicks keep within.
    fn p95(&self) -> f64 {
        let clicks = self.runs.iter().filter_map(|run| run.get("clicks")?.as_array()).flatten();
        middle(clicks.filter_map(Value::as_f64).collect(), 0.95)
    }
}

/// Kilobytes after the answers, once garbage is gone: the heap of JavaScript, and the memory of the
/// wasm.
fn weigh(page: &Browser) -> Result<[f64; 2]> {
    let mut tools = page.devtools_session()?;
    for _ in 0..3 {
        tools.call("HeapProfiler.collectGarbage", json!({}))?;
    }
    let heap = tools.call("Runtime.getHeapUsage", json!({}))?["usedSize"].as_f64().unwrap_or_default();
    let memories = tools.memories()?;
    let sizes = tools.ask(&memories, "function() { return this.map((m) => m.buffer.byteLength); }")?;
    tools.call("Runtime.releaseObject", json!({ "objectId": memories }))?;
    let wasm: f64 = sizes.as_array().into_iter().flatten().filter_map(Value::as_f64).sum();
    Ok([heap / 1024.0, wasm / 1024.0])
}

/// The value at this share of the way from the least to the most; 0 of none.
fn middle(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len() as f64 - 1.0).max(0.0) * share).round() as usize).copied().unwrap_or_default()
}

#[test]
#[ignore = "prints times; cargo xtask bench --load runs it"]
fn load_beside_a_plain_page() -> Result<()> {
    let file = env::var_os("CONSULT_READY_FILE").map_or(project("dist/consult-ready.html"), PathBuf::from);
    let mut pages = [
        Measured::serve("plain page", &project("tests/bench/plain.html"), "Start the questions"),
        Measured::serve("one file", &file, "Prepare my visit"),
    ];
    for _ in 0..runs() {
        for page in &mut pages {
            page.run()?;
        }
    }
    let [plain, ours] = &pages;
    println!("slow 4G (1.6 Mbit/s, 150 ms), processor 4x slower, Chromium, medians of {} interleaved runs, ms", runs());
    println!("{:<30}{:>12}{:>12}{:>9}{:>9}", "", plain.name, ours.name, "ratio", "bar");
    let row = |what: &str, plain: f64, ours: f64, bar: &str| {
        println!("{what:<30}{plain:>12.0}{ours:>12.0}{:>8.2}x{bar:>9}", ours / plain)
    };
    row("start readable", plain.median("readable"), ours.median("readable"), "1.2x");
    row("first answer painted", plain.median("firstAnswer"), ours.median("firstAnswer"), "3.0x");
    row("click to paint, p95", plain.p95(), ours.p95(), "1.15x");
    row("JS heap after 16 answers, kB", plain.median("heap"), ours.median("heap"), "");
    row("the same with wasm memory", plain.median("heap"), ours.median("heap") + ours.median("wasm"), "");
    row("bytes of brotli", plain.brotli as f64, ours.brotli as f64, "");
    println!(
        "app ready after the start is readable: {:.0} ms (bar 2000)",
        ours.median("ready") - ours.median("readable")
    );
    println!("layout shift: {:.4} (plain page {:.4})", ours.median("shift"), plain.median("shift"));
    Ok(())
}

/// Presses the first answer of so many questions, and returns the milliseconds from each press to
/// the paint after which the next question stands.
const STEPS: &str = "
    const done = arguments[arguments.length - 1], times = [];
    const painted = (act) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = act; port2.postMessage(0); });
    const heading = () => document.querySelector('#app main h1')?.textContent;
    const step = () => {
      const answer = document.querySelector('#app main [role=group] > button[aria-pressed]');
      if (!answer || document.documentElement.dataset.settled === 'no') return requestAnimationFrame(step);
      if (times.length === COUNT) return done(times);
      const before = heading(), began = performance.now();
      answer.click();
      const wait = () => painted(() => {
        if (heading() === before) return wait();
        times.push(performance.now() - began);
        requestAnimationFrame(step);
      });
      wait();
    };
    step();";

/// A questionnaire of so many yes-or-no questions in five stages; each tenth hangs on the one
/// before.
fn long_questionnaire(count: usize) -> Value {
    let item = |i: usize| {
        let when = json!([{ "question": format!("q{}", i.max(1) - 1), "operator": "=", "answerBoolean": true }]);
        let when = if i % 10 == 9 { when } else { json!([]) };
        json!({ "linkId": format!("q{i}"), "text": format!("Question {i}"), "type": "boolean", "enableWhen": when })
    };
    let part = count / 5;
    let stage = |n: usize| json!({ "linkId": format!("g{n}"), "text": format!("Stage {n}"), "type": "group", "item": (n * part..(n + 1) * part).map(item).collect::<Vec<_>>() });
    json!({ "resourceType": "Questionnaire", "title": "Many questions", "item": (0..5).map(stage).collect::<Vec<_>>() })
}

/// A step in the middle of 5,000 questions beside one in the middle of 50, on the same slow
/// processor as above.
#[test]
#[ignore = "prints times; cargo xtask bench --load runs it"]
fn five_thousand_items_beside_fifty() -> Result<()> {
    let sizes = [50, 5_000];
    let files = sizes.map(|count| {
        let folder = Variant::of("");
        let json = folder.file().with_extension("json");
        fs::write(&json, long_questionnaire(count).to_string()).unwrap();
        built_around(json.to_str().unwrap())
    });
    let script = STEPS.replace("COUNT", &STEPS_TIMED.to_string());
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..runs() {
        for ((times, file), count) in times.iter_mut().zip(&files).zip(sizes) {
            let page = Browser::setup(Engine::Chromium, Form::Http).size(412, 800).file(file.file()).open()?;
            page.wait_heading("Many questions")?;
            let answered: Vec<String> = (0..count / 2).map(|i| format!("q{i}=true")).collect();
            resume_titled(&page, words(), "Many questions", &format!("cr1;{}", answered.join(";")))?;
            let here = format!("Question {}", count / 2);
            page.wait_until(&here, || Ok(page.heading()? == here))?;
            page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }))?;
            let one = page.script_async(&script)?;
            times.extend(one.as_array().into_iter().flatten().filter_map(Value::as_f64));
        }
    }
    assert!(times.iter().all(|times| times.len() == runs() * STEPS_TIMED), "nothing was measured");
    let [small, large] = times.map(|times| middle(times, 0.5));
    println!(
        "in Chromium, processor 4x slower, from a press to the next question: {large:.0} ms of 5,000 items, {small:.0} ms of 50, {:.2}x (bar 1.2x)",
        large / small
    );
    Ok(())
}

/// Milliseconds from the press until both sheets are painted, and from the press until the PDF file
/// is written.
const SHEETS: &str = "
    const done = arguments[arguments.length - 1], app = document.querySelector('#app');
    const button = (name) => [...app.querySelectorAll('button, summary')].find((b) => b.innerText.trim() === name);
    const painted = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const until = async (what) => { while (document.documentElement.dataset.settled === 'no' || !what()) await painted(); return what(); };
    (async () => {
      const make = await until(() => button(MAKE)), began = performance.now();
      make.click();
      while (!app.querySelector('#paper-keep')) await new Promise((next) => setTimeout(next));
      await painted();
      const drawn = performance.now() - began;
      (await until(() => button(MORE))).click();
      const save = await until(() => button(PDF)), written = new Promise((next) => {
        const url = URL.createObjectURL;
        URL.createObjectURL = (blob) => { next(performance.now()); return url.call(URL, blob); };
      });
      const pressed = performance.now();
      save.click();
      done([drawn, await written - pressed]);
    })();";

/// The sheets of the heaviest answers beside light ones, as a visitor waits for them.
#[test]
#[ignore = "prints times; cargo xtask bench --load runs it"]
fn the_heaviest_sheets_beside_light_ones() -> Result<()> {
    let words = words();
    let names = [("MAKE", words.to_summary()), ("MORE", words.along_more()), ("PDF", words.along_pdf())];
    let script =
        names.iter().fold(SHEETS.to_owned(), |text, (mark, name)| text.replace(mark, &json!(name).to_string()));
    let mut times = [[Vec::new(), Vec::new()], [Vec::new(), Vec::new()]];
    for _ in 0..runs() {
        for (times, set) in times.iter_mut().zip(["light", "heaviest"]) {
            let page = Browser::open(Engine::Chromium, Form::Http)?;
            page.wait_heading(words.start_title())?;
            resume_with(&page, &fixture(set))?;
            page.wait_until("a step after the start", || {
                Ok(page.focus()?.starts_with("h1 ") && page.heading()? != words.start_title())
            })?;
            if page.heading()? != CHECK {
                finish_now(&page)?;
                page.wait_heading(CHECK)?;
            }
            let one = page.script_async(&script)?;
            page.wait_heading(SUMMARY)?;
            for (times, ms) in times.iter_mut().zip(one.as_array().into_iter().flatten().filter_map(Value::as_f64)) {
                times.push(ms);
            }
        }
    }
    let [[light, light_pdf], [heavy, heavy_pdf]] = times.map(|parts| parts.map(|ms| middle(ms, 0.5)));
    assert!(light > 0.0 && light_pdf > 0.0, "nothing was measured");
    println!(
        "in Chromium, from the press: sheets drawn in {heavy:.0} ms for the heaviest answers, {:.1}x the light ones ({light:.0} ms); PDF file in {heavy_pdf:.0} ms, {:.1}x ({light_pdf:.0} ms)",
        heavy / light,
        heavy_pdf / light_pdf
    );
    Ok(())
}
