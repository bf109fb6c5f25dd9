// Unpacks the file, starts the app, and outlives it: a trap in the wasm loses no answer.
(() => {
  const element = (id) => document.getElementById(id);
  // A character a byte; `cargo xtask bundle` moved what HTML would change up by 256.
  const bytes = (id) => {
    const text = element(id).textContent;
    const out = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
    return out;
  };

  // Own keys only, and only text: a setting named after something of Object's finds nothing.
  const settings = Object.create(null);
  const set = (values) => {
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === "string") settings[name] = value;
    }
  };
  try {
    set(JSON.parse(element("settings").textContent));
  } catch { /* The defaults hold. */ }

  // In a clinic's page public/consult-ready.js gives the clinic's settings and a port. All that is ever said on it:
  // "ready" or "failed", the first of them once, and "close". Nothing that depends on an answer may join them.
  const embedded = window.parent !== window && document.URL.endsWith("#embed");
  let port;
  let told = false;
  const tell = (word) => {
    if (embedded && !told) greeted.then(() => port.postMessage(word));
    told = true;
  };
  const greeted = embedded && new Promise((done) => {
    window.addEventListener("message", (event) => {
      if (port || event.source !== window.parent || !event.data?.consultReady || !event.ports[0]) return;
      port = event.ports[0];
      set(event.data.consultReady);
      done();
    });
    // Esc ends the view that lies over a small screen, unless it first ends a dialog of ours.
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) port?.postMessage("close");
    });
  });
  const failed = () => {
    window.consultReadyFailed();
    tell("failed");
  };

  const languages = [...document.querySelectorAll("script[data-pack]")].map((e) => e.dataset.pack);
  const wanted = (navigator.languages || []).map((l) => l.slice(0, 2));
  languages.sort((a, b) => {
    const place = (l) => (wanted.includes(l) ? wanted.indexOf(l) : wanted.length);
    return place(a) - place(b);
  });

  let held = "";
  let listeners = [];
  window.consultReady = Object.freeze({
    pack: (lang) => bytes("pack-" + lang),
    languages: () => languages.join(),
    setting: (name) => settings[name],
    hold: (text) => { held = text; },
    held: () => held,
    listen: (kind, act) => {
      window.addEventListener(kind, act);
      listeners.push([kind, act]);
    },
    copy: async (text, done) => {
      try {
        await navigator.clipboard.writeText(text);
        done(true);
      } catch {
        done(false);
      }
    },
    save: (name, type, content) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([content], { type }));
      link.download = name;
      link.click();
      // Some browsers read it only once the visitor has said where to.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
    shares: () => typeof navigator.share === "function",
    // The file where the device takes one, else the text. Giving up halfway is no failure.
    share: async (name, content, text, done) => {
      const files = [new File([content], name, { type: "application/pdf" })];
      try {
        await navigator.share(navigator.canShare?.({ files }) ? { files } : { text });
        done(true);
      } catch (e) {
        done(e.name === "AbortError");
      }
    },
    // The text of a chosen file, a little more than the largest that is ever read.
    read: async (id, done) => {
      const file = element(id).files[0];
      if (file) done(await file.slice(0, 4_000_001).text());
    },
    mode: () => location.hash.slice(1),
    ready: () => {
      document.documentElement.className = "js ready";
      element("shell")?.remove();
      tell("ready");
    },
    failed,
  });

  let module;
  let starts = 0;
  const start = async () => {
    // Twice is bad luck, three times is a fault that a fourth start won't cure.
    if (++starts > 3) return failed();
    for (const [kind, act] of listeners) window.removeEventListener(kind, act);
    listeners = [];
    element("app").replaceChildren();
    try {
      module ||= await WebAssembly.compile(bytes("wasm"));
      await greeted;
      // A fresh glue each time: the old one belongs to the instance that trapped.
      await window.consultReadyGlue()({ module_or_path: module });
    } catch (e) {
      failed();
    }
  };

  // A trap, wasm's stack running out, or an error thrown through the wasm: it leaves a dead instance behind, in
  // which a button does nothing for ever. Errors of others (an extension of the browser) have no wasm in them.
  const trapped = (error) =>
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError ||
    /wasm-function|wasm:\/\/|closure invoked/.test(`${error?.stack} ${error?.message}`);
  window.addEventListener("error", (event) => { if (trapped(event.error)) start(); });
  window.addEventListener("unhandledrejection", (event) => { if (trapped(event.reason)) start(); });
  // A form may never post, whatever happens to the app.
  window.addEventListener("submit", (event) => event.preventDefault());
  start();
})();
