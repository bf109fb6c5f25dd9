// Does for the set-up page what only the browser can: unpacks, shows, saves, and shrinks a logo.
(() => {
  const element = (id) => document.getElementById(id);
  // A data block holds one character a byte: the byte itself, or 256 more where HTML would change it.
  const bytes = (id) => Uint8Array.from(element(id).textContent, (c) => c.charCodeAt(0));
  const form = element("form");
  const stage = element("stage");
  // A visitor's own view of the tool is never allowed more than this.
  const SANDBOX = "allow-scripts allow-forms allow-modals";

  // The frame is as wide as the thing it stands for, and then made small enough for the page.
  const fit = () => {
    const wide = Number(new FormData(form).get("view").split(" ")[1]);
    const scale = Math.min(1, (stage.parentElement.clientWidth - 2) / wide);
    for (const [name, value] of [["--wide", `${wide}px`], ["--scale", scale]]) stage.style.setProperty(name, value);
  };
  new ResizeObserver(fit).observe(stage.parentElement);

  let waiting;
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
    form.elements.logo.dispatchEvent(new Event("input", { bubbles: true }));
  };
  element("logo-file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    // What the browser can't read is left to the form's own check, which says what to take instead.
    setLogo(file ? await shrink(file).catch(() => "?") : "");
  });
  // Whoever picks a colour wants it used.
  for (const colour of form.querySelectorAll("input[type=color]")) {
    colour.addEventListener("input", () => { form.elements[`${colour.name}-on`].checked = true; });
  }
  form.addEventListener("submit", (event) => event.preventDefault());

  const unpacked = async () => new Response(new Blob([bytes("file")]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  const offer = (file) => Object.freeze({
    file: () => file,
    value: (name) => new FormData(form).getAll(name).join(" "),
    // A new frame each time: a frame that only gets another document would make an entry in the history.
    show: (html) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        fit();
        const frame = document.createElement("iframe");
        frame.title = "Preview";
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
