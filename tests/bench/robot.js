// Presses its way through a page as soon as there is something to press, and notes when that was painted. The measured
// page gets it before its own first script. `DOOR` is the text of the first thing to press.
(() => {
  if (window.top !== window) return;
  const seen = (el) => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== "hidden";
  const find = (selector, text) => [...document.querySelectorAll(selector)].find((el) => seen(el) && !el.disabled && el.textContent.includes(text));
  const times = { clicks: [], shift: 0 };
  window.robot = times;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) times[entry.name] = entry.startTime;
  }).observe({ type: "paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) times.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });

  // A task after the next frame was handed to the screen.
  const painted = (act) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => act(performance.now());
    port2.postMessage(0);
  });
  const press = ({ el, answer }, then) => {
    const before = performance.now();
    el.click();
    painted((now) => {
      // A press that comes too soon after a change of the screen is passed over, and tried again like a person would.
      const counts = !answer || chosen(el) || !el.isConnected;
      if (counts) times.clicks.push(now - before);
      then(now, counts);
    });
  };
  // Answers are radio buttons or buttons that stay pressed.
  const chosen = (el) => (el.type === "radio" ? el.checked : el.getAttribute("aria-pressed") === "true");
  // The next thing to press: an answer of a group that has none yet, else the first button that leads on.
  const next = () => {
    const groups = new Map();
    for (const el of document.querySelectorAll("main input[type=radio], main [role=group] > button[aria-pressed]")) {
      const group = el.name || el.parentElement;
      if (seen(el.labels?.[0] ?? el)) groups.set(group, [...(groups.get(group) ?? []), el]);
    }
    const open = [...groups.values()].find((answers) => !answers.some(chosen));
    // The second is "No" or "Several days": it opens no way that leads aside.
    if (open) return { el: open[1] ?? open[0], answer: true };
    const on = [...document.querySelectorAll("main [type=submit], main .btn")].find((el) => seen(el) && !el.disabled);
    return on ? { el: on, answer: false } : undefined;
  };
  const walk = () => {
    const found = times.answers < 16 && next();
    if (found) {
      press(found, (now, counts) => {
        if (found.answer && counts) times.firstAnswer ??= now;
        if (found.answer && counts) times.answers++;
        requestAnimationFrame(walk);
      });
    } else if (times.answers < 16) requestAnimationFrame(walk);
    else times.done = true;
  };
  const start = () => {
    const door = document.body && find("button, a, summary", DOOR);
    if (!door) return requestAnimationFrame(start);
    painted((now) => { times.readable = now; });
    times.answers = 0;
    press({ el: door }, walk);
  };
  const ready = () => {
    if (document.documentElement?.classList.contains("ready")) times.ready = performance.now();
    else requestAnimationFrame(ready);
  };
  requestAnimationFrame(ready);
  requestAnimationFrame(start);
})();
