// Do other programs read our records and codes? Usage: node read.mjs <folder>
//
// The folder is filled by CONSULT_READY_RECORDS=<folder> cargo test --test record files_for_the_oracles.
// `fhir` checks every resource against R4; ZBar reads every code, as printed and as after a photocopy.

import fs from "node:fs";
import path from "node:path";
import { Fhir } from "fhir";
import { scanGrayBuffer } from "@undecaf/zbar-wasm";

const folder = process.argv[2];
const names = (end) => fs.readdirSync(folder).filter((name) => name.endsWith(end));
const read = (name) => fs.readFileSync(path.join(folder, name), "utf8");
const faults = [];

// Tags may be of any system: FHIR's own list of them is an example.
const allowed = (message) => message.severity === "info" || (message.severity === "warning" && /\.meta\.tag\[\d+\]$/.test(message.location));

// It takes 0 and false for no value.
const nought = (resource, { location }) => {
  const [, parent, choice] = location.match(/^\w+\.(.*)\.(\w+)\[x\]$/) ?? [];
  const there = parent?.match(/\w+/g).reduce((node, key) => node?.[key], resource) ?? {};
  return Object.keys(there).some((key) => key.startsWith(choice) && (there[key] === 0 || there[key] === false));
};

const validator = new Fhir();
for (const name of names(".json")) {
  const bundle = JSON.parse(read(name));
  const inside = bundle.entry.map((entry) => entry.resource);
  for (const resource of [bundle, ...inside]) {
    const { messages } = validator.validate(resource, { errorOnUnexpected: true });
    for (const m of messages.filter((m) => !allowed(m) && !inside.some((r) => nought(r, m)))) faults.push(`${name}: ${resource.resourceType}: ${m.severity} ${m.location} ${m.message}`);
  }
}

// 600 dots an inch at 40 mm are about eight dots for a module of the largest version.
const DOTS = 8;
const QUIET = 4;

function drawn(rows) {
  const side = (rows.length + 2 * QUIET) * DOTS;
  const at = (i) => Math.floor(i / DOTS) - QUIET;
  const grey = Float64Array.from({ length: side * side }, (_, i) => (rows[at(Math.floor(i / side))]?.[at(i % side)] === "#" ? 0 : 255));
  return { side, grey };
}

function blurred({ side, grey }) {
  const out = new Float64Array(grey.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      let count = 0;
      for (let v = Math.max(0, y - 2); v <= Math.min(side - 1, y + 2); v++) {
        for (let u = Math.max(0, x - 2); u <= Math.min(side - 1, x + 2); u++) {
          sum += grey[v * side + u];
          count++;
        }
      }
      out[y * side + x] = sum / count;
    }
  }
  return { side, grey: out };
}

// Grey paper, grey ink, grain: the same each time.
function copied({ side, grey }) {
  let seed = 7;
  const grain = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648 - 0.5) * 16;
  return { side, grey: grey.map((v) => v * 0.7 + 40 + grain()) };
}

async function scanned({ side, grey }) {
  const [code] = await scanGrayBuffer(Uint8Array.from(grey).buffer, side, side);
  return code?.decode();
}

for (const name of names(".qr")) {
  const [text, ...rows] = read(name).trimEnd().split("\n");
  const print = drawn(rows);
  if ((await scanned(print)) !== text) faults.push(`${name}: not read as printed`);
  if ((await scanned(copied(blurred(blurred(print))))) !== text) faults.push(`${name}: not read after a photocopy`);
}

if (names(".json").length === 0 || names(".qr").length === 0) faults.push(`${folder} holds no records`);
console.log(faults.length ? faults.join("\n") : `${names(".json").length} records are valid, ${names(".qr").length} codes are read`);
process.exitCode = faults.length ? 1 : 0;
