// Messages made at random, the same for the same seed: values that a structured clone takes, of every kind.
const randomFrom = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const pick = (random, all) => all[Math.floor(random() * all.length)];
const NAMES = ["clinic", "phone", "languages", "questions", "colours", "without", "kiosk", "settings", "__proto__", "constructor", "toString", "<b>", ""];
const TEXTS = ["", "ready", "failed", "close", "yes", "us", "en es", "javascript:alert(1)", "<img src=x onerror=alert(1)>", "\u0000\u202e", "9".repeat(300), "{\"kiosk\":\"yes\"}"];
const value = (random, depth = 0) => {
  const kind = Math.floor(random() * (depth > 3 ? 8 : 12));
  if (kind < 4) return pick(random, TEXTS);
  if (kind === 4) return pick(random, [0, -1, NaN, Infinity, 1e308]);
  if (kind === 5) return pick(random, [null, undefined, true, false]);
  if (kind === 6) return 10n ** BigInt(Math.floor(random() * 30));
  if (kind === 7) return pick(random, [new Date(NaN), /a+/g, new Uint8Array(9), new Error("an error"), new Map([["clinic", 1]])]);
  if (kind === 8) return Array.from({ length: random() * 4 }, () => value(random, depth + 1));
  const made = {};
  for (let i = random() * 6; i > 0; i--) Object.defineProperty(made, pick(random, NAMES), { value: value(random, depth + 1), enumerable: true, configurable: true, writable: true });
  // One that holds itself.
  if (random() < 0.2) made.again = made;
  return made;
};
