// "Is this the real file?" and the ways out that the browser refuses. Runs under the tool's own policy.
(() => {
  "use strict";
  const known = JSON.parse(document.getElementById("known").textContent);
  const make = (kind, text) => Object.assign(document.createElement(kind), { textContent: text });

  const digest = async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  // Takes what stands between a place's marks out of the file. Only the first such place is the clinic's.
  const takeOut = (file, place) => {
    const from = file.indexOf(place.start);
    const to = file.indexOf(place.end, from + place.start.length);
    if (from < 0 || to < 0) return undefined;
    return { inner: file.slice(from + place.start.length, to), rest: file.slice(0, from) + place.empty + file.slice(to + place.end.length) };
  };

  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

  // What is wrong with the parts that are written from the settings: they have to say what the settings say.
  const written = (settings, help, clinic) => {
    const faults = [];
    const line = [settings.clinic, settings.phone, settings.afterHours].filter(Boolean).join(" \u00b7 ");
    if (clinic !== (line && `<strong>${escaped(line)}</strong>`)) faults.push("The clinic’s line for old browsers does not say what the settings say.");
    if (help !== "" && help !== known.help[settings.region || known.first]) faults.push("The crisis line on the first screen is not that of the region.");
    return faults;
  };

  const look = async (file) => {
    const faults = [];
    let rest = file;
    const inner = {};
    for (const [name, place] of Object.entries(known.places)) {
      const taken = takeOut(rest, place);
      if (!taken) return { faults: ["It has not the parts that this tool’s file has."], settings: {} };
      rest = taken.rest;
      inner[name] = taken.inner;
    }
    let settings = {};
    try {
      settings = JSON.parse(inner.settings);
      if (settings === null || typeof settings !== "object" || Object.values(settings).some((value) => typeof value !== "string")) throw 0;
    } catch {
      settings = {};
      faults.push("Its settings can’t be read.");
    }
    for (const name of Object.keys(settings)) if (!known.settings.includes(name)) faults.push(`It has a setting that this version does not know: ${name}.`);
    faults.push(...written(settings, inner.help, inner.clinic));
    const sum = await digest(rest);
    if (sum !== known.sum) faults.unshift(`Apart from the settings it is not the released file: its sum is ${sum}, and ought to be ${known.sum}.`);
    return { faults, settings };
  };

  // The clinic's own questions, which stand there a line each, in words.
  const KINDS = { one: "One answer of", several: "Any answers of", "yes-no": "Yes, no, or not sure", number: "A number", text: "A few words" };
  const asked = (lines) => {
    const list = document.createElement("ol");
    const said = (texts) => texts.trim().replace(/\s*\[([a-z-]+)\]\s*/gi, " \u00b7 $1: ").replace(/^ \u00b7 /, "");
    for (const line of lines.split("\n")) {
      const [, kind, texts] = /^([a-z-]+):(.*)$/.exec(line) ?? [];
      if (kind) {
        list.append(make("li", said(texts)));
        list.lastChild.append(make("p", KINDS[kind] ?? kind));
      } else if (list.lastChild) {
        list.lastChild.append(make("p", line.startsWith("=") ? `Unit: ${said(line.slice(1))}` : `\u2013 ${said(line.slice(1))}`));
      }
    }
    return list;
  };

  const show = ({ faults, settings }) => {
    const verdict = document.getElementById("verdict");
    const box = document.createElement("div");
    box.className = faults.length ? "fault-list" : "note";
    const said = faults.length ? "This is not the released file as a clinic may change it." : `This is version ${known.version}, as released. Only the settings below are the clinic’s.`;
    box.append(make("p", ""));
    box.firstChild.append(make("strong", said));
    for (const fault of faults) box.append(make("p", fault));
    verdict.replaceChildren(box);
    const rows = Object.entries(settings).map(([name, value]) => {
      const row = document.createElement("tr");
      const cell = make("td", value.startsWith("data:image/") ? `a picture of ${value.length} letters` : value);
      if (name === "questions") cell.replaceChildren(asked(value));
      row.append(make("td", name), cell);
      return row;
    });
    const place = document.getElementById("settings");
    if (!rows.length) return place.replaceChildren(make("p", "It has no settings."));
    const table = document.createElement("table");
    const body = document.createElement("tbody");
    body.append(...rows);
    table.append(make("caption", "What the clinic set. Compare the numbers with those you know."), body);
    place.replaceChildren(table);
  };

  // A file that was changed in its place and is chosen once more is another one: without this the verdict would be the old one's.
  document.getElementById("file").addEventListener("click", ({ target }) => {
    target.value = "";
    for (const id of ["verdict", "settings"]) document.getElementById(id).replaceChildren();
  });
  document.getElementById("file").addEventListener("change", async ({ target }) => {
    if (target.files[0]) show(await look(await target.files[0].text()));
  });

  // Ways out, each to a name that can't exist (RFC 6761).
  const at = (name) => `https://${name}.prove-it.invalid/`;
  const WAYS = {
    fetch: () => fetch(at("fetch")),
    "XMLHttpRequest": () => { const request = new XMLHttpRequest(); request.open("GET", at("xhr")); request.send(); },
    beacon: () => navigator.sendBeacon(at("beacon"), "x"),
    "web socket": () => new WebSocket("wss://socket.prove-it.invalid/"),
    picture: () => { new Image().src = at("picture"); },
    script: () => { const script = document.createElement("script"); script.src = at("script"); document.head.append(script); },
    style: () => { const style = document.createElement("link"); style.rel = "stylesheet"; style.href = at("style"); document.head.append(style); },
    frame: () => { const frame = document.createElement("iframe"); frame.hidden = true; frame.src = at("frame"); document.body.append(frame); },
    form: () => {
      const form = document.createElement("form");
      form.action = at("form");
      form.method = "post";
      document.body.append(form);
      form.submit();
    },
    worker: () => new Worker(URL.createObjectURL(new Blob([""]))),
  };

  // Resolves to the part of the policy that refused, or to what else came of it.
  const attempt = (act) => new Promise((resolve) => {
    const refused = (event) => {
      document.removeEventListener("securitypolicyviolation", refused);
      resolve(`Refused by the browser: ${event.effectiveDirective}`);
    };
    document.addEventListener("securitypolicyviolation", refused);
    const late = () => {
      document.removeEventListener("securitypolicyviolation", refused);
      resolve("Not refused");
    };
    try {
      Promise.resolve(act()).catch(() => undefined);
    } catch {
      // Some ways throw as well; the event says why.
    }
    setTimeout(late, 2000);
  });

  document.getElementById("prove").addEventListener("click", async () => {
    const table = document.getElementById("tried");
    table.replaceChildren();
    const row = (name, what) => {
      const line = document.createElement("tr");
      line.append(make("td", name), make("td", what));
      table.append(line);
      return what.startsWith("Refused") || what.startsWith("Taken away");
    };
    let open = 0;
    // One after the other, so that each refusal belongs to the way that was tried.
    for (const [name, act] of Object.entries(WAYS)) if (!row(name, await attempt(act))) open++;
    const rtc = ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "WebTransport"].filter((name) => window[name]);
    if (!row("WebRTC", rtc.length ? `Still there: ${rtc.join(", ")}` : "Taken away before anything else runs; no policy refuses it")) open++;
    document.getElementById("proved").textContent = open ? `${open} of these were not refused.` : "Every one of these was refused.";
  });
})();
