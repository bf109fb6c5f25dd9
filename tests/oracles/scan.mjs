// Reads a code from a rendered page, as a phone does. Usage: node scan.mjs <page.pgm> [copied]
// With "copied", the page first goes through a bad photocopier: blurred, grey paper, grey ink.

import fs from "node:fs";
import jsQR from "jsqr";

const [path, copied] = process.argv.slice(2);
const file = fs.readFileSync(path);
const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 40).toString("latin1")) ?? [];
if (!head) throw new Error(`${path} is no grey picture`);
const [w, h] = [Number(width), Number(height)];
const grey = file.subarray(head.length);
const pixels = new Uint8ClampedArray(w * h * 4).fill(255);
const row = w * 4;
for (let y = 0; y < h; y++) {
  for (let x = 0; x < w; x++) {
    let value = grey[y * w + x];
    if (copied && x > 0 && y > 0 && x < w - 1 && y < h - 1) {
      let sum = 0;
      for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) sum += grey[(y + v) * w + x + u];
      value = (sum / 9) * 0.7 + 40;
    }
    pixels.fill(value, 4 * (y * w + x), 4 * (y * w + x) + 3);
  }
}

// Who scans holds the code before the camera and not the page, whose letters jsQR may take for the code's corners:
// a strip of the page at a time, each half over the one before.
const strip = Math.floor(h / 3);
let read;
for (let top = 0; !read && top + strip <= h; top += Math.floor(strip / 2)) {
  const right = new Uint8ClampedArray((w >> 1) * strip * 4);
  for (let y = 0; y < strip; y++) {
    const from = (top + y) * row + (w - (w >> 1)) * 4;
    right.set(pixels.subarray(from, from + (w >> 1) * 4), y * (w >> 1) * 4);
  }
  read = jsQR(right, w >> 1, strip)?.data;
}
console.log(read ?? "");
