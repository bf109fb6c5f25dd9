// Reads a code from a rendered page, as a phone does. Usage: node scan.mjs <page.pgm> [copied]
// With "copied", the page first goes through a bad photocopier: blurred, grey paper, grey ink, grain.

import fs from "node:fs";
import { scanGrayBuffer } from "@undecaf/zbar-wasm";

const [path, copied] = process.argv.slice(2);
const file = fs.readFileSync(path);
const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 40).toString("latin1")) ?? [];
if (!head) throw new Error(`${path} is no grey picture`);
const [w, h] = [Number(width), Number(height)];
const grey = file.subarray(head.length);
const seen = Uint8Array.from(grey);
// Grain, the same each time.
let seed = 7;
const grain = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648 - 0.5) * 16;
for (let y = 1; copied && y < h - 1; y++) {
  for (let x = 1; x < w - 1; x++) {
    let sum = 0;
    for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) sum += grey[(y + v) * w + x + u];
    seen[y * w + x] = (sum / 9) * 0.7 + 40 + grain();
  }
}
const [code] = await scanGrayBuffer(seen.buffer, w, h);
console.log(code?.decode() ?? "");
