// Consult Ready on a clinic's page. Puts the one file into a frame that the page can't see into:
//
//   <consult-ready clinic="Name" phone="+1 555 010 0123">what stands here until the tool is there</consult-ready>
//   <script src="https://.../consult-ready.js" async></script>
//
// or the script alone, with the same settings as data-clinic="...". docs/embedding.md has the whole list.
(() => {
  "use strict";
  // Bundlers also run the package where there is no page, to draw it on a server.
  if (typeof window === "undefined") return;
  const NAME = "consult-ready";
  // What a clinic may set, as attributes; the file checks each value. Anything else stays in this page.
  const SETTINGS = [
    "clinic", "phone", "after-hours", "address", "hours", "booking", "logo", "welcome", "prepare",
    "colours", "corners", "font", "languages", "region", "without", "heading", "questions",
  ];
  // What this script itself goes by.
  const ALL = [...SETTINGS, "src", "mode", "height"];
  // The title, Close, the launch card's second line, and what is printed in the frame's place. Letters that are not
  // ASCII stand as escapes, because a script without a charset is read in the page's own.
  const WORDS = {
    en: [
      "Get ready for your first talk with the clinic", "Close", "This tool sends nothing you enter.",
      "This paper does not hold your pages. To print them, use the Print button inside the tool. If that brings you here again, save the file there and print the file.",
    ],
    es: [
      "Prep\u00e1rese para su primera consulta con la cl\u00ednica", "Cerrar", "Esta herramienta no env\u00eda nada de lo que usted escribe.",
      "Este papel no contiene sus p\u00e1ginas. Para imprimirlas, use el bot\u00f3n Imprimir dentro de la herramienta. Si eso le trae otra vez aqu\u00ed, guarde all\u00ed el archivo e imprima el archivo.",
    ],
  };
  // An origin of its own: no storage, no cookies, no way into this page, and none from this page into it.
  const SANDBOX = "allow-scripts allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox";
  // On a window this small, a frame that scrolls inside a page that scrolls would trap the visitor.
  const NARROW = "(max-width: 639px)";
  const LOW = "(max-height: 479px)";
  // The element's own width in pixels below which it is a launch card. A shown frame stays down to the second one, so
  // that a scroll bar that comes and goes with it can't make it flicker.
  const LEAST = 320;
  const STAYS = 300;
  const DRAWING = "M9 3h22l8 8v34H9z M31 3v8h8 M15 19l2 2 4-4 M25 19h9 M15 29l2 2 4-4 M25 29h9 M15 39h19";
  // Important, because a page's `* { all: unset !important }` reaches the element itself, but nothing inside it.
  // Without a width of its own the element would be as wide as a frame's default, 300 px, in a flex row. The grid before
  // the frame asks for up to 960 px where the page makes room by content (a dialog, a float), and needs none of it.
  const STYLE = `
    :host { display: block !important; box-sizing: border-box; min-inline-size: 0;
      inline-size: -moz-available; inline-size: -webkit-fill-available; inline-size: stretch; }
    :host([hidden]) { display: none !important; }
    .page::before { content: ""; display: grid; grid-template-columns: minmax(0, 960px); }
    dialog { position: relative; display: flex; flex-direction: column; inset: auto; box-sizing: border-box; width: 100%; max-width: none;
      max-height: none; margin: 0; border: 0; padding: 0; background: none; color: inherit; overflow: auto; visibility: visible; }
    dialog.wide { height: var(--height); }
    dialog.over { position: fixed; inset: 0; height: 100%; height: 100dvh; background: var(--ground); }
    slot { display: block; }
    .over slot { padding: 16px; }
    a, button, p, .card { font: 600 17px/1.4 system-ui, sans-serif; letter-spacing: normal; text-align: start; text-indent: 0; text-transform: none; white-space: normal; }
    .card { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; box-sizing: border-box; max-width: 480px; margin: 8px 0; border: 1px solid;
      border-radius: 10px; padding: 16px; background: Canvas; color: CanvasText; }
    svg { flex: none; width: 48px; height: 48px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    .card a { flex: 1 1 180px; box-sizing: border-box; border: 2px solid CanvasText; border-radius: 6px; padding: 12px 16px; background: CanvasText; color: Canvas;
      text-decoration: none; cursor: pointer; }
    a:focus-visible, button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
    p { margin: 0; font-weight: 400; font-size: 15px; }
    .paper { display: none; border: 1px solid; padding: 12px; }
    button { align-self: end; margin: 0; border: 0; padding: 10px 16px; background: none; color: inherit; text-decoration: underline; cursor: pointer; }
    iframe { flex: 1; width: 100%; border: 0; }
    iframe.gone { position: absolute; height: 100%; visibility: hidden; }
    .gone:not(iframe) { display: none; }
    @media print {
      dialog, dialog.wide { height: auto; overflow: hidden; }
      dialog.over { position: absolute; inset: 0 0 auto; height: auto; }
      .shown .paper, .shown slot { display: block; }
      .card, button { display: none; }
      /* Out of sight and of the flow, but laid out as it was: a frame that is not rendered forgets where it was scrolled to. */
      iframe { position: absolute; visibility: hidden; height: var(--height); }
    }`;

  // A setting as it is called where hyphens can't be: afterHours.
  const joined = (name) => name.replace(/-./g, (part) => part[1].toUpperCase());

  const warn = (text) => console.warn(`${NAME}: ${text}`);

  // What runs now. A module has no tag, and in a script joined from several the tag is another's: then by name.
  const ours = (script) => /\/consult-ready[^/]*\.js([?#]|$)/.test(script?.src);
  const tag = ours(document.currentScript) ? document.currentScript : [...document.scripts].filter(ours).pop();
  const here = tag && new URL("consult-ready.html", tag.src).href;

  // The file of an element: its own, or the one beside this script. Never a `javascript:`.
  const address = (element) => {
    const src = element.getAttribute("src") || here;
    const url = src && new URL(src, document.baseURI);
    if (!url || !/^(https?|file):$/.test(url.protocol)) return undefined;
    url.hash = "";
    return url.href;
  };

  // The page's own background, for the time when its fallback stands over the page.
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if (!/^rgba\(.*, 0\)$/.test(colour)) return colour;
    }
    return "Canvas";
  };

  const drawing = () => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 48 48");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", DRAWING);
    svg.append(path);
    return svg;
  };

  const make = (kind, attributes, ...children) => {
    const element = document.createElement(kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Marks an element that a tag made, for the tags of other versions too.
  const MADE = Symbol.for("consult-ready made");
  const bare = (element) => !SETTINGS.some((name) => element.hasAttribute(name));
  // Classes and the like come from the page's own scripts and say nothing about which tool it is.
  const same = (one, other) => ALL.every((name) => one.getAttribute(name) === other.getAttribute(name));

  class ConsultReady extends HTMLElement {
    static observedAttributes = ["src"];
    // A warning that a page needs once, whoever has it to say.
    static warned = false;
    #parts;
    #file;
    #windows;
    #widths;
    #observer;
    #used = false;
    #port;
    #word;

    connectedCallback() {
      try {
        this.#build();
      } catch (e) {
        // A page that has changed the browser under us: what stands here stays.
        warn(e);
      }
    }

    // A browser loads a moved frame anew, so a moved element starts anew too; moveBefore() keeps both.
    connectedMoveCallback() {}

    disconnectedCallback() {
      for (const one of this.#windows ?? []) one.removeEventListener("change", this.#turned);
      window.removeEventListener("blur", this.#left);
      this.#widths?.disconnect();
      this.#observer?.disconnect();
      this.#port?.close();
      this.#parts?.dialog.remove();
      this.#parts?.space.remove();
      this.#used = false;
      this.#parts = this.#file = this.#windows = this.#widths = this.#observer = this.#port = this.#word = undefined;
    }

    // Another version's tag says where its own file is, perhaps after we began with ours.
    attributeChangedCallback() {
      if (!this.#parts || this.#file === address(this)) return;
      this.disconnectedCallback();
      this.connectedCallback();
    }

    #build() {
      // What a script set before this one was there stands in front of ours.
      for (const name of ALL.map(joined).filter((name) => Object.hasOwn(this, name))) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
      this.#adopt();
      this.#file = address(this);
      if (!this.#file) return warn("there is no address of the file: set src");
      for (const { name } of this.attributes) {
        if (!/^(id|class|style|lang|dir|title|hidden|slot|part|role|tabindex|(aria|data)-.*|.*:.*)$/.test(name) && !ALL.includes(name)) {
          warn(`there is no setting "${name}"`);
        }
      }
      const [title, close, note, paper] = WORDS[this.closest("[lang]")?.lang.slice(0, 2).toLowerCase()] || WORDS.en;
      const frame = make("iframe", { title, class: "gone", sandbox: SANDBOX, allow: "web-share; clipboard-write", referrerpolicy: "no-referrer" });
      // A link, so that it leads somewhere when all else fails.
      const start = make("a", { href: this.#file, target: "_blank", rel: "noopener noreferrer" }, title);
      const end = make("button", { type: "button" }, close);
      const slot = make("slot", {});
      const card = make("div", { class: "card" }, drawing(), start, make("p", {}, note));
      const dialog = make("dialog", { "aria-label": title }, end, slot, card, make("p", { class: "paper" }, paper));
      // Holds the page's height while the dialog lies over it, so that the page does not jump.
      const space = make("div", {});
      const height = Number.parseInt(this.getAttribute("height"), 10) || 720;
      dialog.style.setProperty("--height", `${Math.min(Math.max(height, 400), 2000)}px`);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      const root = this.shadowRoot || this.attachShadow({ mode: "open" });
      // Not a style element, which a strict policy of the page would refuse.
      root.adoptedStyleSheets = [sheet];
      root.append(dialog, space);

      this.#parts = { dialog, end, slot, start, card, space, frame };
      this.#windows = [NARROW, LOW].map((query) => matchMedia(query));
      for (const one of this.#windows) one.addEventListener("change", this.#turned);
      window.addEventListener("blur", this.#left);
      this.#widths = new ResizeObserver(this.#turned);
      this.#widths.observe(this);
      this.#observer = new IntersectionObserver(
        (seen) => { if (seen.some((one) => one.isIntersecting) && this.#wide) this.#load(); },
        { rootMargin: "400px" },
      );
      this.#observer.observe(this);
      frame.addEventListener("load", () => this.#greet());
      start.addEventListener("click", (event) => {
        if (this.#linked || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.#open();
      });
      end.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => this.#closed());
      this.#show();
    }

    get #linked() {
      return this.getAttribute("mode") === "link";
    }

    get #over() {
      return this.#parts.dialog.classList.contains("over");
    }

    // Whether there is room for the frame in the page. Once it is in use, only widths count: a keyboard that takes half
    // of the window's height must not take the field away that is typed into.
    get #fits() {
      if (this.#linked) return false;
      const [narrow, low] = this.#windows;
      if (narrow.matches || (low.matches && !this.#used)) return false;
      // Without any width it stands in a part of the page that is not shown, and nothing is decided.
      const width = this.offsetWidth;
      return !width || width >= (this.#parts.dialog.classList.contains("wide") ? STAYS : LEAST);
    }

    get #wide() {
      return !this.#over && this.#fits;
    }

    // A tag without an element has made one of its own. When the page's element comes later, as in a page that a script
    // draws, that one takes over what the tag said, unless the made one is in use.
    #adopt() {
      for (const one of document.querySelectorAll(NAME)) {
        if (one === this || !one[MADE] || one.#used) continue;
        if (this.hasAttribute("src") && address(this) !== address(one)) continue;
        if (!bare(this) && !SETTINGS.every((name) => this.getAttribute(name) === one.getAttribute(name))) continue;
        for (const name of ALL) if (one.hasAttribute(name) && !this.hasAttribute(name)) this.setAttribute(name, one.getAttribute(name));
        one.remove();
      }
    }

    // Once there is a need. The frame enters the page with its address, so that it makes no entry in the history.
    #load() {
      const { dialog, frame } = this.#parts;
      this.#observer.disconnect();
      if (frame.src) return;
      frame.src = this.#file + "#embed";
      dialog.append(frame);
    }

    // The settings, and a private port. The target origin is `*`, since a sandboxed frame's origin is opaque.
    #greet() {
      const settings = {};
      for (const name of SETTINGS) {
        const value = this.getAttribute(name);
        if (value !== null) settings[joined(name)] = value;
      }
      const { port1, port2 } = new MessageChannel();
      this.#port?.close();
      this.#port = port1;
      port1.onmessage = ({ data }) => this.#hear(data);
      this.#parts.frame.contentWindow.postMessage({ consultReady: settings }, "*", [port2]);
    }

    // The closed list of messages from the frame. None of them depends on an answer.
    #hear(word) {
      if (word === "close" && this.#over) this.#parts.dialog.close();
      if (this.#word || (word !== "ready" && word !== "failed")) return;
      this.#word = word;
      this.#show();
      this.dispatchEvent(new Event(word));
    }

    // Which of our parts are seen: what the clinic put here, until the tool is there.
    #show = () => {
      const { dialog, end, slot, card, space, frame } = this.#parts;
      const over = this.#over;
      const wide = this.#wide;
      // A tool that failed shows a form to print; but what the clinic put here comes first.
      const there = this.#word === "ready" || (this.#word === "failed" && !this.childElementCount);
      const shown = there && (over || wide);
      dialog.classList.toggle("page", !this.#linked);
      dialog.classList.toggle("wide", wide);
      dialog.classList.toggle("shown", shown);
      frame.classList.toggle("gone", !shown);
      slot.classList.toggle("gone", shown);
      card.classList.toggle("gone", shown || over);
      end.classList.toggle("gone", !over);
      if (!over) space.style.height = "";
      // In the page it is no dialog yet. It has to be the element all along: a frame that moves loads anew.
      if (over) dialog.removeAttribute("role");
      else dialog.setAttribute("role", "presentation");
    };

    // The focus went from this page into the frame: now it is in use. The browser says so once it has moved.
    #left = () => setTimeout(() => {
      if (this.#parts && !this.#over && this.shadowRoot.activeElement === this.#parts.frame) this.#used = true;
    });

    // The window or the room in the page has changed. What is in use is laid over the page where it no longer fits.
    #turned = () => {
      if (this.#used && !this.#over && !this.#fits) {
        const { frame } = this.#parts;
        const inside = this.shadowRoot.activeElement === frame;
        this.#open();
        if (inside) frame.focus({ preventScroll: true });
        return;
      }
      this.#show();
      // A turned phone may be wide now: look again whether the frame is in sight.
      this.#observer.unobserve(this);
      this.#observer.observe(this);
    };

    #open() {
      const { dialog, space } = this.#parts;
      dialog.style.setProperty("--ground", ground(this));
      space.style.height = `${dialog.offsetHeight}px`;
      dialog.classList.add("over");
      this.#show();
      this.#load();
      dialog.showModal();
    }

    #closed() {
      if (!this.#parts) return;
      const { dialog, start, card, frame } = this.#parts;
      dialog.classList.remove("over");
      // The visitor has put it away, so a small window shows the card again.
      this.#used = false;
      this.#show();
      (card.classList.contains("gone") ? frame : start).focus({ preventScroll: true });
    }
  }

  // Attributes are properties too: tool.afterHours = "...".
  for (const name of ALL) {
    Object.defineProperty(ConsultReady.prototype, joined(name), {
      configurable: true,
      enumerable: true,
      get() { return this.getAttribute(name) ?? ""; },
      set(value) {
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, value);
      },
    });
  }

  // The first to come defines the element; each tag then gives its own element its own file.
  if (!customElements.get(NAME)) customElements.define(NAME, ConsultReady);

  const take = (element) => {
    element.setAttribute("src", element.getAttribute("src") || here);
    for (const name of ALL) {
      const value = tag.getAttribute(`data-${name}`);
      if (value !== null && !element.hasAttribute(name)) element.setAttribute(name, value);
    }
    return element;
  };

  // Said once in a page, and only if nothing has come by the time that the page is complete.
  const warnOfNothing = (text) => {
    if (document.readyState !== "complete") return window.addEventListener("load", () => setTimeout(() => warnOfNothing(text), 3000), { once: true });
    const kind = customElements.get(NAME);
    if (!kind.warned && !document.querySelector(NAME)) warn(text);
    kind.warned = true;
  };

  // An element that stands right before the tag is the tag's own, and so is one without settings if an optimiser has
  // moved the tag away from it. Else a tag that asks for something makes one, where it stands or at its target; not if
  // the page has the same one already.
  const place = () => {
    if (!tag) return;
    const before = tag.previousElementSibling;
    if (before?.localName === NAME) return take(before);
    const { target } = tag.dataset;
    const into = target ? document.querySelector(target) : document.body.contains(tag) && tag.parentNode;
    if (target && !into) return warn(`there is no "${target}" in this page`);
    const others = [...(target ? into : document).querySelectorAll(NAME)];
    if (target && others.length) return;
    if (!target && !ALL.some((name) => tag.hasAttribute(`data-${name}`))) {
      return warnOfNothing(`this page has no <${NAME}> element, and the script asks for none. Put <${NAME}></${NAME}> where the tool should be, or give the script its settings as data-clinic="..."`);
    }
    const own = !target && others.find(bare);
    if (own) return take(own);
    if (!into) {
      return warnOfNothing(`the script stands in <head>, where nothing can be shown. Move it to where the tool should be, give it data-target="#an-id", or put <${NAME}></${NAME}> into the page`);
    }
    const made = take(document.createElement(NAME));
    if (others.some((one) => same(one, made))) return;
    made[MADE] = true;
    if (target) into.append(made);
    else tag.after(made);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true });
  else place();
})();
