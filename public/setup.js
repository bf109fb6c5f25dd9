// Does for the set-up page what only the browser can: unpacks, shows, opens, saves, shrinks a logo, and swaps the words.
(() => {
  const element = (id) => document.getElementById(id);
  // A data block holds one character a byte: the byte itself, or 256 more where HTML would change it.
  const bytes = (id) => Uint8Array.from(element(id).textContent, (c) => c.charCodeAt(0));
  const form = element("form");
  const [beside, device, stage] = ["preview", "device", "stage"].map(element);
  // A visitor's own view of the tool is never allowed more than this.
  const SANDBOX = "allow-scripts allow-forms allow-modals";
  // No finished file is larger than this by far, and a video is not read into the memory.
  const MOST = 30e6;
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

  const words = JSON.parse(element("words").textContent);
  const tongues = Object.keys(words);
  let lang = navigator.languages.map((name) => name.slice(0, 2)).find((name) => tongues.includes(name)) ?? tongues[0];
  const word = (key) => words[lang][key] ?? key;
  const speak = () => {
    document.documentElement.lang = lang;
    for (const each of document.querySelectorAll("[data-w]")) each.textContent = word(each.dataset.w);
    for (const each of document.querySelectorAll("[data-w-label]")) {
      each.setAttribute("aria-label", word("colour-label").replace("{0}", word(each.dataset.wLabel)));
    }
    const next = tongues[(tongues.indexOf(lang) + 1) % tongues.length];
    [element("tongue").lang, element("tongue").textContent] = [next, words[next].language];
  };
  element("tongue").addEventListener("click", () => {
    lang = element("tongue").lang;
    speak();
    // Said in the other language, about what is past.
    for (const id of ["opened", "copied", "copied-headers", "copied-own"]) element(id).textContent = "";
    changed();
  });
  speak();

  // The frame is as wide and as tall as the thing it stands for, and then made small enough for the page. Paper has no
  // height of its own: it is scrolled.
  const fit = () => {
    const [name, wide, tall] = new FormData(form).get("view").split(" ");
    device.dataset.device = name;
    const style = getComputedStyle(device);
    const around = ["paddingLeft", "paddingRight", "borderLeftWidth", "borderRightWidth"].reduce((sum, side) => sum + parseFloat(style[side]), 0);
    const most = Math.max(380, innerHeight * 0.64);
    const scale = Math.min(1, (beside.clientWidth - around) / wide, tall > 0 ? most / tall : 1);
    const height = tall > 0 ? tall : most / scale;
    for (const [property, value] of [["--wide", `${wide}px`], ["--tall", `${height}px`], ["--scale", scale]]) stage.style.setProperty(property, value);
  };
  new ResizeObserver(fit).observe(beside);

  let waiting;
  let shown;
  const save = (name, parts, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  // Re-drawn as pixels: no script, place or camera's name stays in it. Smaller until it fits.
  const shrink = async (file) => {
    const picture = await createImageBitmap(file);
    for (let most = 480; most > 30; most *= 0.75) {
      const scale = Math.min(1, most / picture.width, most / 2 / picture.height);
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const address = canvas.toDataURL("image/png");
      if (address.length <= Number(form.elements.logo.dataset.most)) return address;
    }
    return "";
  };
  const setLogo = (address) => {
    form.elements.logo.value = address;
    changed();
  };
  element("logo-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    // What the browser can't read is left to the form's own check, which says what to take instead.
    setLogo(file ? await shrink(file).catch(() => "?") : "");
  });
  element("logo-off").addEventListener("click", () => {
    element("logo-file").value = "";
    setLogo("");
    element("logo-file").focus();
  });
  const showLogo = () => {
    const address = form.elements.logo.value;
    const there = address.startsWith("data:image/");
    element("logo-now").hidden = !there;
    if (there) element("logo-picture").src = address;
    else element("logo-picture").removeAttribute("src");
  };
  // A picked colour is used at once.
  for (const colour of form.querySelectorAll("input[type=color]")) {
    colour.addEventListener("input", () => { form.elements[`${colour.name}-on`].checked = true; });
  }
  // Until something in it has the focus, the keys that scroll a page would scroll nothing.
  document.addEventListener("keydown", (event) => {
    const part = { PageDown: 0.9, " ": 0.9, PageUp: -0.9, ArrowDown: 0.08, ArrowUp: -0.08 }[event.key];
    if (part && document.activeElement === document.body) element("scroll").scrollBy({ top: part * element("scroll").clientHeight });
  });
  // What fills fields for people (a password store, a driver) may tell of a list only once it has changed.
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());

  // A finished file is chosen, or dropped anywhere but on a field that takes files itself: else the browser would leave
  // the page for it.
  let opened;
  const open = async (file) => opened?.(file && file.size <= MOST ? await file.text().catch(() => "") : "");
  element("again-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (file) await open(file);
    event.target.value = "";
  });
  const carries = (event) => event.dataTransfer?.types.includes("Files") && event.target.id !== "logo-file";
  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      document.body.classList.toggle("drop-here", kind === "dragover" && carries(event));
      if (!carries(event)) return;
      event.preventDefault();
      if (kind === "drop") open(event.dataTransfer.files[0]);
    });
  }

  const unpacked = async () => new Response(new Blob([bytes("file")]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const offer = (file) => Object.freeze({
    file: () => file,
    language: () => lang,
    word,
    value: (name) => new FormData(form).getAll(name).join(" "),
    // Fills whatever field has the name; a list that lacks the value gains it.
    set: (name, value) => {
      const given = value.split(/[\s,]+/);
      for (const field of [form.elements[name]].flatMap((found) => (found instanceof RadioNodeList ? [...found] : [found])).filter(Boolean)) {
        if (field.type === "checkbox") field.checked = given.includes(field.value);
        else if (field.type === "radio") field.checked = field.value === value;
        else {
          if (field.tagName === "SELECT" && [...field.options].every((option) => option.value !== value)) field.add(new Option(value, value));
          field.value = value;
        }
      }
    },
    focus: (id) => element(id).focus(),
    onOpened: (act) => { opened = act; },
    // A new frame each time: a frame that only gets another document would make an entry in the history.
    show: (html) => {
      showLogo();
      fit();
      // The same again would only lose where somebody is in it.
      if (html === shown) return;
      shown = html;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        fit();
        const frame = document.createElement("iframe");
        frame.title = word("preview");
        frame.setAttribute("sandbox", SANDBOX);
        frame.srcdoc = html;
        stage.replaceChildren(frame);
      }, 300);
    },
    save: (html) => save("consult-ready.html", [html], "text/html"),
    integrity: () => element("loader").dataset.integrity,
    saveLoader: () => save("consult-ready.js", [bytes("loader")], "text/javascript"),
    copy: (id, done) => {
      element(id).select();
      navigator.clipboard.writeText(element(id).value).then(() => done(true), () => done(false));
    },
  });
  // The glue, the page's last script, hands over the function that makes it.
  window.consultReadyGlue = async (makeGlue) => {
    try {
      window.consultReadySetup = offer(await unpacked());
      await makeGlue()({ module_or_path: await WebAssembly.compile(bytes("wasm")) });
      document.documentElement.className = "js ready";
    } catch {
      window.consultReadyFailed();
    }
  };
})();
