// Consult Ready on a clinic's page. Puts the one file into a frame that the page can't see into:
//
//   <consult-ready clinic="Name" phone="+1 555 010 0123">what stands here until the tool is there</consult-ready>
//   <script src="https://.../consult-ready.js" async></script>
//
// or the script alone, with the same settings as data-clinic="...". docs/embedding.md has the whole list.
(() => {
  "use strict";
  const NAME = "consult-ready";
  // What a clinic may set, as attributes; the file checks each value. Anything else stays in this page.
  const SETTINGS = [
    "clinic", "phone", "after-hours", "address", "hours", "booking", "logo", "welcome", "prepare",
    "colours", "corners", "font", "languages", "region", "without", "heading",
  ];
  // What this script itself goes by.
  const ALL = [...SETTINGS, "src", "mode", "height"];
  // Letters that are not ASCII by number: a script without a charset is read in that of the page, whatever it is.
  const WORDS = {
    en: ["Get ready for your first talk with the clinic", "Close"],
    es: ["Prep\u00e1rese para su primera consulta con la cl\u00ednica", "Cerrar"],
  };
  // An origin of its own: no storage, no cookies, no way into this page, and none from this page into it.
  const SANDBOX = "allow-scripts allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox";
  // Where a frame that scrolls, in a page that scrolls, would be a trap.
  const SMALL = "(max-width: 639px), (max-height: 479px)";
  // Important, since a page's `* { all: unset !important }` reaches the element itself, though nothing inside it.
  const STYLE = `
    :host { display: block !important; }
    :host([hidden]) { display: none !important; }
    dialog { position: relative; display: flex; flex-direction: column; inset: auto; box-sizing: border-box; width: 100%; max-width: none;
      max-height: none; margin: 0; border: 0; padding: 0; background: none; color: inherit; overflow: auto; visibility: visible; }
    dialog.wide { height: var(--height); }
    dialog.over { position: fixed; inset: 0; height: 100%; height: 100dvh; background: var(--ground); }
    slot { display: block; }
    .over slot { padding: 16px; }
    a, button { align-self: start; margin: 8px 0; border: 2px solid; border-radius: 6px; padding: 10px 16px; background: none; color: inherit;
      font: 600 17px/1.4 system-ui, sans-serif; letter-spacing: normal; text-align: start; text-decoration: none; text-transform: none; cursor: pointer; }
    button { align-self: end; margin: 0; border: 0; text-decoration: underline; }
    iframe { flex: 1; width: 100%; border: 0; }
    iframe.gone { position: absolute; height: 100%; visibility: hidden; }
    .gone:not(iframe) { display: none; }`;

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

  const make = (kind, attributes, ...children) => {
    const element = document.createElement(kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  class ConsultReady extends HTMLElement {
    static observedAttributes = ["src"];
    #parts;
    #file;
    #small;
    #observer;
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
      this.#small?.removeEventListener("change", this.#turned);
      this.#observer?.disconnect();
      this.#port?.close();
      this.#parts?.dialog.remove();
      this.#parts = this.#file = this.#small = this.#observer = this.#port = this.#word = undefined;
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
      this.#file = address(this);
      if (!this.#file) return warn("there is no address of the file: set src");
      for (const { name } of this.attributes) {
        if (!/^(id|class|style|lang|dir|title|hidden|slot|part|role|tabindex|(aria|data)-.*|.*:.*)$/.test(name) && !ALL.includes(name)) {
          warn(`there is no setting "${name}"`);
        }
      }
      const [title, close] = WORDS[this.closest("[lang]")?.lang.slice(0, 2).toLowerCase()] || WORDS.en;
      const frame = make("iframe", { title, class: "gone", sandbox: SANDBOX, allow: "web-share; clipboard-write", referrerpolicy: "no-referrer" });
      // A link, so that it leads somewhere when all else fails.
      const start = make("a", { href: this.#file, target: "_blank", rel: "noopener noreferrer" }, title);
      const end = make("button", { type: "button" }, close);
      const slot = make("slot", {});
      const dialog = make("dialog", { "aria-label": title }, end, slot, start);
      const height = Number.parseInt(this.getAttribute("height"), 10) || 720;
      dialog.style.setProperty("--height", `${Math.min(Math.max(height, 400), 2000)}px`);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      const root = this.shadowRoot || this.attachShadow({ mode: "open" });
      // Not a style element, which a strict policy of the page would refuse.
      root.adoptedStyleSheets = [sheet];
      root.append(dialog);

      this.#parts = { dialog, end, slot, start, frame };
      this.#small = matchMedia(SMALL);
      this.#small.addEventListener("change", this.#turned);
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

    get #wide() {
      return !this.#over && !this.#linked && !this.#small.matches;
    }

    // Once there is a need. The frame enters the page with its address, so that it makes no entry in the history.
    #load() {
      const { dialog, frame } = this.#parts;
      this.#observer.disconnect();
      if (frame.src) return;
      frame.src = this.#file + "#embed";
      dialog.append(frame);
    }

    // The settings, and a port on which nobody else listens. The frame has no origin that one could name.
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

    // All that is ever said to us, and nothing of it depends on what was answered.
    #hear(word) {
      if (word === "close" && this.#over) this.#parts.dialog.close();
      if (this.#word || (word !== "ready" && word !== "failed")) return;
      this.#word = word;
      this.#show();
      this.dispatchEvent(new Event(word));
    }

    // Which of our parts are seen: what the clinic put here, until the tool is there.
    #show = () => {
      const { dialog, end, slot, start, frame } = this.#parts;
      const over = this.#over;
      // A tool that failed shows a form to print; but what the clinic put here comes first.
      const there = this.#word === "ready" || (this.#word === "failed" && !this.childElementCount);
      const shown = there && (over || this.#wide);
      dialog.classList.toggle("wide", this.#wide);
      frame.classList.toggle("gone", !shown);
      slot.classList.toggle("gone", shown);
      start.classList.toggle("gone", shown || over);
      end.classList.toggle("gone", !over);
      // In the page it is no dialog yet. It has to be the element all along: a frame that moves loads anew.
      if (over) dialog.removeAttribute("role");
      else dialog.setAttribute("role", "presentation");
    };

    // A turned phone may be wide now: look again whether the frame is in sight.
    #turned = () => {
      this.#show();
      this.#observer.unobserve(this);
      this.#observer.observe(this);
    };

    #open() {
      const { dialog } = this.#parts;
      dialog.style.setProperty("--ground", ground(this));
      dialog.classList.add("over");
      this.#show();
      this.#load();
      dialog.showModal();
    }

    #closed() {
      if (!this.#parts) return;
      const { dialog, start, frame } = this.#parts;
      dialog.classList.remove("over");
      this.#show();
      (start.classList.contains("gone") ? frame : start).focus({ preventScroll: true });
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

  // An element that stands right before the tag is the tag's own. Else the tag makes one, where it stands or at its
  // target; not if it asks for nothing and the page has one, and not if it did so before.
  const place = () => {
    if (!tag) return;
    const before = tag.previousElementSibling;
    if (before?.localName === NAME) return take(before);
    const { target } = tag.dataset;
    const into = target ? document.querySelector(target) : document.body.contains(tag) && tag.parentNode;
    if (target && !into) return warn(`there is no "${target}" in this page`);
    if (!into) return;
    const made = take(document.createElement(NAME));
    const others = [...(target ? into : document).querySelectorAll(NAME)];
    if (others.some((one) => target || made.attributes.length === 1 || one.isEqualNode(made))) return;
    if (target) into.append(made);
    else tag.after(made);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place, { once: true });
  else place();
})();
