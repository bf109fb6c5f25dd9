// The settings page: the tool itself beside the form, the contrast of colours, and a logo made small.
((data) => {
  "use strict";
  const form = document.querySelector(".consult-ready form");
  const stage = document.getElementById("consult-ready-preview");
  const named = (name) => [...form.elements].filter((field) => field.name === name);
  const key = (name) => `${data.option}[${name}]`;

  // Colours that are ticked, by their places; those between them are left to the tool.
  const colours = (name) => {
    const all = [0, 1, 2, 3, 4].map((i) => {
      const [on] = named(`${key(name)}[on][${i}]`);
      return on?.checked ? named(`${key(name)}[${i}]`)[0].value : "auto";
    });
    while (all.at(-1) === "auto") all.pop();
    return all.join(" ");
  };

  const value = (name) => {
    const [field] = named(key(name));
    if (field) return field.value;
    const ticks = named(`${key(name)}[]`);
    return ticks.length ? ticks.filter((tick) => tick.checked).map((tick) => tick.value).join(" ") : colours(name);
  };

  // The loader reads attributes when an element starts, so each change makes a new one.
  let last;
  const show = () => {
    const tool = document.createElement("consult-ready");
    tool.setAttribute("src", data.tool);
    tool.setAttribute("height", "640");
    for (const [name, attribute] of data.list) {
      const text = value(name).trim();
      if (text) tool.setAttribute(attribute, text);
    }
    if (tool.outerHTML === last) return;
    last = tool.outerHTML;
    stage.replaceChildren(tool);
  };

  // WCAG 2.2, "relative luminance" and "contrast ratio".
  const luminance = (colour) => [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const tellContrast = () => {
    for (const row of document.querySelectorAll(".consult-ready-colour")) {
      const [on, colour] = row.querySelectorAll("input");
      const ratio = 1.05 / (luminance(colour.value) + 0.05);
      const shown = (Math.floor(ratio * 10) / 10).toFixed(1);
      const text = on.checked ? data.words.contrast.replace("%s", shown) + (ratio < 4.5 ? ` ${data.words.moved}` : "") : "";
      const place = row.querySelector(".consult-ready-contrast");
      if (place.textContent !== text) place.textContent = text;
    }
  };

  // Who picks a colour wants it used.
  form.addEventListener("input", ({ target }) => {
    if (target.type === "color") target.closest("p").querySelector("input[type=checkbox]").checked = true;
    tellContrast();
  });
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 600);
  });

  // A picture in at most so many letters: smaller and smaller until it fits.
  const drawn = (picture, most) => {
    for (const side of [480, 320, 240, 160, 96]) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const address = canvas.toDataURL("image/png");
      if (address.length <= most) return address;
    }
    return "";
  };
  const picker = form.querySelector("input[type=file]");
  const [logo] = named(key("logo"));
  const setLogo = (address) => {
    const image = form.querySelector(".consult-ready-logo");
    logo.value = image.src = address;
    image.hidden = form.querySelector(".consult-ready-no-logo").hidden = !address;
    if (!address) image.removeAttribute("src");
    show();
  };
  picker?.addEventListener("change", async () => {
    const [file] = picker.files;
    if (!file) return;
    const picture = await createImageBitmap(file).catch(() => undefined);
    setLogo(picture ? drawn(picture, Number(logo.dataset.most)) : "");
    // The file itself stays here: only the small picture is a field of the form.
    picker.value = "";
  });
  form.querySelector(".consult-ready-no-logo")?.addEventListener("click", () => setLogo(""));

  show();
})(window.consultReadyPage);
