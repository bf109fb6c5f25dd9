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
console.log(jsQR(pixels, w, h)?.data ?? "");
