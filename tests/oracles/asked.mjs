// Which items does LHC-Forms ask, with the same answers? Usage: node asked.mjs <folder>
//
// The folder is filled by CONSULT_READY_CASES=<folder> cargo test --test others cases_for_the_oracles. Prints, as JSON,
// each difference: file, item, whether we ask it, and the first answers on which it was seen.

import fs from "node:fs";
import path from "node:path";
import { open } from "./lhc.mjs";

const folder = process.argv[2];
const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
// What it asks the network for is value sets and icons; it gets nothing.
const { browser, page } = await open(() => {}, () => {});
const differences = new Map();
let compared = 0;

// Items that it shows with each of the responses, as linkId and which filling; or what it says instead.
const asked = (questionnaire, version, responses) =>
  page.evaluate(
    ([questionnaire, version, responses]) =>
      responses.map((response) => {
        try {
          const empty = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, version);
          const form = new LForms.LFormsData(LForms.Util.mergeFHIRDataIntoLForms(response, empty, version));
          const shown = (item) => !item || (item._skipLogicStatus !== "target-disabled" && shown(item._parentItem));
          const seen = {};
          return form.itemList.map((item) => [`${item.linkId}#${(seen[item.linkId] = (seen[item.linkId] ?? -1) + 1)}`, shown(item)]);
        } catch (error) {
          return String(error);
        }
      }),
    [questionnaire, version, responses],
  );

for (const name of names) {
  const { questionnaire, version, sets } = JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
  const theirs = await asked(questionnaire, version, sets.map((set) => set.response));
  sets.forEach((set, i) => {
    const differs = (item, ours) => {
      const key = `${name} ${item} ${ours}`;
      if (!differences.has(key)) differences.set(key, { file: name, item, ours, answers: set.answers });
    };
    if (typeof theirs[i] === "string") return differs(theirs[i], true);
    const shown = new Map(theirs[i]);
    for (const [item, ours] of set.asked) {
      compared++;
      if ((shown.get(item) ?? false) !== ours) differs(item.replace(/#\d+$/, shown.has(item) ? "" : " (it has none)"), ours);
    }
  });
}
await browser.close();
console.log(JSON.stringify({ files: names.length, compared, differences: [...differences.values()] }));
