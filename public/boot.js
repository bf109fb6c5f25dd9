// Unpacks the file, starts the app, and outlives it: a trap in the wasm loses no answer. It runs while the file still
// arrives: the wasm stands before it, the first language and the glue behind it, other languages at the end.
(() => {
  const element = (id) => document.getElementById(id);
  // A data block holds one character a byte: the byte itself, or 256 more where HTML would change it. A byte array
  // keeps the lowest eight bits of what it is given.
  const bytes = (id) => {
    const text = element(id).textContent;
    const out = new Uint8Array(text.length);
    for (let i = 0; i < out.length; i++) out[i] = text.charCodeAt(i);
    return out;
  };

  // Own keys only: a setting named after something of Object's finds nothing. All values are text, as in attributes;
  // the app names what should have been, and what is far too long need not go there whole.
  const settings = Object.create(null);
  const set = (values) => {
    for (const [name, value] of Object.entries(values)) {
      if (value !== null) settings[name] = (typeof value === "string" ? value : String(JSON.stringify(value))).slice(0, 100000);
    }
  };
  const block = element("settings").textContent;
  try {
    set(JSON.parse(block));
  } catch {
    // The defaults hold, and the app tells the clinic. But a kiosk stays one: what strangers enter must not outlive them.
    settings.settings = "?";
    if (/"kiosk"\s*:\s*"yes"/.test(block)) settings.kiosk = "yes";
  }

  // A screen that strangers share: it forgets instead of keeping. Never inside another page.
  const kiosk = window.top === window && (location.hash === "#kiosk" || settings.kiosk === "yes");

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
      try {
        set(event.data.consultReady);
        done();
      } catch (e) {
        // A value that can't be made text, as one that holds itself.
        done(e);
      }
    });
    // Esc ends the view that lies over a small screen, unless it first ends a dialog of ours.
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) port?.postMessage("close");
    });
  });
  // What was entered outlives the program: started once more by hand, or saved as a file that "Open what you saved" reads.
  const offerHeld = () => {
    const box = element("held");
    if (!box || !held) return;
    box.hidden = false;
    element("held-again").onclick = () => {
      document.documentElement.className = "js";
      start(true);
    };
    element("held-save").onclick = () => window.consultReady.save("my-answers.txt", "text/plain", held);
  };
  const failed = () => {
    window.consultReadyFailed();
    tell("failed");
    offerHeld();
    // A kiosk restarts by itself, with growing delays. It reloads the page last, since the server may be down.
    // Unless another start came in between and stands by now: a visit may have begun on it.
    if (kiosk) setTimeout(ofThisLife(() => (starts > 8 ? location.reload() : start(true))), 500 * 2 ** Math.min(starts, 6));
  };

  // The glue, which comes behind the first language, hands over the function that makes it.
  const glue = new Promise((done) => { window.consultReadyGlue = done; });
  const whole = new Promise((done) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
    else done();
  });

  // The languages in the file, those that the browser prefers first. The first pack names those that arrive later.
  const wanted = (navigator.languages || []).map((l) => l.slice(0, 2));
  const languages = () => {
    const packs = [...document.querySelectorAll("script[data-pack]")];
    const names = packs.flatMap(({ dataset }) => [dataset.pack, ...(dataset.later?.split(" ") ?? [])]);
    const place = (l) => (wanted.includes(l) ? wanted.indexOf(l) : wanted.length);
    return [...new Set(names)].sort((a, b) => place(a) - place(b));
  };
  // On a slow line a block stands in the page before all of it is there; it is whole once something stands behind it.
  const packOf = (lang) => {
    const block = element("pack-" + lang);
    return block && (block.nextSibling || document.readyState !== "loading") ? block : undefined;
  };
  // Resolves once the app has all it begins with. A clinic's choice of languages may need any of them, and a kiosk
  // has the time to wait for all.
  const arrived = async () => {
    const makeGlue = await Promise.race([glue, whole]);
    if (typeof makeGlue !== "function") throw new Error("the file is not whole");
    if (kiosk || settings.languages || !packOf(languages()[0])) await whole;
    return makeGlue;
  };

  // How this browser writes our own wasm's frames in a stack, with what tells it from another module's where the
  // browser says that: Chromium a hash of the code, Firefox the line that compiled it, Safari nothing.
  let ourFrame;
  const learnFrame = (stack) => { ourFrame ??= /(?:at |[@(])([^@()\n]+:wasm-function)/.exec(stack)?.[1] ?? "wasm"; };

  let held = "";
  let listeners = [];
  // Of a kiosk: what is called each second, what the next instance begins with, when the last one was wiped,
  // and the staff corner's tries, which a wipe must not give back.
  let beat;
  let then = "";
  let wiped = 0;
  let note = 0;
  // A callback that never reaches an instance which is gone.
  const ofThisLife = (act) => {
    const mine = life;
    return (...values) => { if (mine === life) act(...values); };
  };
  window.consultReady = Object.freeze({
    // Empty while that language has not arrived; `whole` then calls once it has.
    pack: (lang) => (packOf(lang) ? bytes("pack-" + lang) : new Uint8Array()),
    whole: (act) => { whole.then(ofThisLife(() => act())); },
    has: (lang) => Boolean(packOf(lang)),
    languages: () => languages().join(),
    // The wasm asks for settings when it starts, so this is where its frame is first seen.
    setting: (name) => {
      learnFrame(new Error().stack);
      return settings[name];
    },
    settingNames: () => Object.keys(settings).join("\n"),
    hold: (text) => { if (!kiosk) held = text; },
    held: () => held,
    listen: (kind, act, capture) => {
      window.addEventListener(kind, act, capture);
      listeners.push([kind, act, capture]);
    },
    soon: (act) => requestAnimationFrame(ofThisLife(act)),
    later: (ms, act) => setTimeout(ofThisLife(act), ms),
    kiosk: () => kiosk,
    beat: (act) => { beat = act; },
    then: () => then,
    wiped: () => wiped,
    note: (number) => { note = number; },
    noted: () => note,
    // Later, since the caller stands in the memory that is about to be overwritten.
    wipe: (next) => setTimeout(() => { starts = 0; wipe(next); }),
    restart: () => setTimeout(() => restart()),
    copy: async (text, tell) => {
      const done = ofThisLife(tell);
      try {
        await navigator.clipboard.writeText(text);
        done(true);
      } catch {
        done(false);
      }
    },
    // Browsers inside other apps often have a print() that does nothing: only what comes of it tells.
    print: (tell) => {
      const done = ofThisLife(tell);
      let began = false;
      const begin = () => { began = true; };
      window.addEventListener("beforeprint", begin);
      window.print?.();
      setTimeout(() => {
        window.removeEventListener("beforeprint", begin);
        done(began);
      }, 500);
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
    share: async (name, content, text, tell) => {
      const done = ofThisLife(tell);
      const files = [new File([content], name, { type: "application/pdf" })];
      try {
        await navigator.share(navigator.canShare?.({ files }) ? { files } : { text });
        done(true);
      } catch (e) {
        done(e.name === "AbortError");
      }
    },
    // The text of a chosen file, a little more than the largest that is ever read.
    read: async (id, tell) => {
      const done = ofThisLife(tell);
      const field = element(id);
      const file = field.files[0];
      // One that is gone from the device by now reads as an empty one.
      if (file) done(await file.slice(0, 4_000_001).text().catch(() => ""));
      // The same file can be chosen again.
      field.value = "";
    },
    mode: () => location.hash.slice(1),
    ready: () => {
      const follow = window.consultReadyStart?.();
      document.documentElement.className = "js ready";
      element("shell")?.remove();
      follow?.();
      tell("ready");
    },
    failed,
  });

  let module;
  let exports;
  let life = 0;
  let starts = 0;
  let starting = false;
  let again = false;

  // Takes away all that belongs to an instance. Nobody says when a browser uses memory anew, so after
  // "Clear everything" and at a kiosk it is overwritten.
  const drop = (erase = kiosk) => {
    for (const [kind, act, capture] of listeners) window.removeEventListener(kind, act, capture);
    listeners = [];
    beat = undefined;
    life++;
    const app = element("app");
    // What the removal makes the browser send, and what a dialog or a fold that was closed just now still has to say,
    // would reach code whose memory is gone.
    const deaf = (event) => event.stopImmediatePropagation();
    const leaving = ["blur", "focusout", "change"];
    for (const kind of leaving) window.addEventListener(kind, deaf, true);
    if (app.contains(document.activeElement)) document.activeElement.blur();
    for (const one of app.querySelectorAll("dialog, details")) {
      for (const kind of ["close", "toggle"]) one.addEventListener(kind, deaf, true);
    }
    app.replaceChildren();
    for (const kind of leaving) window.removeEventListener(kind, deaf, true);
    if (erase && exports) new Uint8Array(exports.memory.buffer).fill(0);
    exports = undefined;
  };

  const start = async (anyway, erase) => {
    // Under `trunk serve` the wasm is a file of its own, which Trunk's own script starts, once.
    if (!element("wasm")) return;
    // Two at once would both draw.
    if (starting) return void (again = true);
    drop(erase);
    // Twice is bad luck, three times is a fault that a fourth start won't cure.
    if (++starts > 3 && !anyway) return failed();
    starting = true;
    again = false;
    try {
      module ||= await WebAssembly.compile(bytes("wasm"));
      const makeGlue = await arrived();
      const wrong = await greeted;
      if (wrong) throw wrong;
      // What a trapped instance still had to run came behind the trap. It asked for a paint or a time in the life that
      // the trap began, so that life ends here: else it would say of the new instance's screens that they take presses.
      life++;
      // A fresh glue each time: the old one belongs to the instance that trapped.
      exports = await makeGlue()({ module_or_path: module });
      // Resets the restart counter after 30 healthy seconds. A kiosk counts by its heartbeat.
      const mine = life;
      if (!kiosk) setTimeout(() => { if (mine === life) starts = 0; }, 30_000);
    } catch (e) {
      failed();
    }
    starting = false;
    if (again) start();
  };

  // Under X11 the last text that was selected can be pasted with the middle button, long after it is gone from the page.
  const overwriteSelection = () => {
    const field = document.createElement("textarea");
    field.value = "-";
    document.body.append(field);
    field.select();
    field.remove();
    getSelection()?.removeAllRanges();
  };

  // The end of a visit at a kiosk, whatever ended it, and "Clear everything": a new instance over an overwritten one.
  const wipe = (next = "") => {
    then = next;
    held = "";
    wiped = Date.now();
    try { overwriteSelection(); } catch { /* Never in the way of a wipe. */ }
    start(false, true);
  };

  // Each screen begins at its top: where an earlier one stood says nothing.
  history.scrollRestoration = "manual";

  // A trap, wasm's stack running out, or an error thrown through the wasm leaves a dead instance behind, in which a
  // button does nothing. Such an error has a frame of our wasm in its stack. Errors of other scripts in the page
  // (translators, extensions, browsers inside apps) have none, whatever their kind, and mean nothing for us.
  const trapped = (error) => ourFrame !== undefined && String(error?.stack).includes(ourFrame);
  const restart = () => (kiosk ? wipe() : start());
  window.addEventListener("error", (event) => { if (trapped(event.error)) restart(); });
  window.addEventListener("unhandledrejection", (event) => { if (trapped(event.reason)) restart(); });
  // A browser may look up a link's name when it is pointed at or pressed, before anybody has let go: measured in Chromium
  // 156. So a link has its address at rest and once the press has ended. In between it only shows the name.
  const addresses = new WeakMap();
  const linkOf = (event) => (event.target instanceof Element ? event.target.closest("a[href]") : null);
  const hide = (event) => {
    const link = linkOf(event);
    if (!link || link.protocol !== "https:" || addresses.has(link)) return;
    addresses.set(link, link.href);
    link.setAttribute("href", "#" + link.hostname);
  };
  const reveal = (event) => {
    const link = linkOf(event);
    if (!link || !addresses.has(link)) return;
    link.href = addresses.get(link);
    addresses.delete(link);
    // A second press without a move in between comes without a word that it is pointed at.
    if (event.type !== "pointerout") setTimeout(() => { if (link.matches(":hover")) hide(event); });
  };
  for (const kind of ["pointerover", "pointerdown"]) window.addEventListener(kind, hide, true);
  for (const kind of ["pointerout", "click", "auxclick", "contextmenu"]) window.addEventListener(kind, reveal, true);
  // A form may never post, whatever happens to the app.
  window.addEventListener("submit", (event) => event.preventDefault());

  if (kiosk) {
    document.documentElement.dataset.mode = "kiosk";
    const on = (kinds, act) => kinds.forEach((kind) => window.addEventListener(kind, act, { capture: true, passive: false }));
    const never = (event) => event.preventDefault();
    // Nothing that leads out, or leaves something for the next person.
    const close = () => document.querySelectorAll("#shell a, #fallback a").forEach((link) => link.removeAttribute("href"));
    close();
    whole.then(close);
    on(["contextmenu", "dragstart", "drop", "dragover", "copy", "cut", "gesturestart"], never);
    // The middle button would paste an earlier visitor's selection. The PIN may come from a password manager.
    on(["paste"], (event) => { if (event.target.id !== "pin") never(event); });
    on(["wheel"], (event) => { if (event.ctrlKey) never(event); });
    on(["touchmove"], (event) => { if (event.touches.length > 1) never(event); });
    on(["keydown"], (event) => {
      const paste = event.key === "v" && event.target.id === "pin";
      if (!paste && (event.ctrlKey || event.metaKey || event.altKey || /^(F\d|Browser|ContextMenu)/.test(event.key))) never(event);
    });
    // One entry to go back to, so that the browser's Back stays inside. Put there by a touch: browsers pass over
    // entries that nobody asked for.
    const guard = () => history.pushState(0, "");
    const first = () => {
      window.removeEventListener("pointerdown", first);
      window.removeEventListener("keydown", first);
      guard();
    };
    window.addEventListener("pointerdown", first);
    window.addEventListener("keydown", first);
    window.addEventListener("popstate", guard);
    // A page put aside by the browser holds nothing, and begins anew when it is taken out again.
    window.addEventListener("pagehide", () => drop());
    window.addEventListener("pageshow", (event) => { if (event.persisted) wipe(); });
    // An instance that throws on its heartbeat is restarted. Ten healthy beats reset the restart counter.
    let beats = 0;
    setInterval(() => {
      try {
        if (beat) beat();
        if (beat && ++beats % 10 === 0) starts = 0;
      } catch {
        wipe();
      }
    }, 1000);
    const awake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});
    document.addEventListener("visibilitychange", awake);
    awake();
  }
  // In a frame without the sandbox, scripts of the page around it may be able to read every answer. The loader's frame
  // has an origin of its own.
  if (window.parent !== window && self.origin !== "null") {
    console.error("consult-ready: this frame is not sandboxed, so the page around it could read what is entered. Use consult-ready.js, or link to this file.");
    failed();
  } else start();
})();
