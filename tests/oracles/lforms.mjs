// Does LHC-Forms keep every answer, and add up to the same totals? Usage: node lforms.mjs <folder>
//
// The folder is that of read.mjs.

import fs from "node:fs";
import path from "node:path";
import { open } from "./lhc.mjs";

const folder = process.argv[2];
// Where answers were left out, the total stands alone, and LHC-Forms rightly adds up nothing.
const names = fs.readdirSync(folder).filter((name) => name.endsWith("-false.json"));
const faults = [];

// What was answered, by place in the tree.
function answers(items, at = "", out = {}) {
  const seen = {};
  for (const item of items ?? []) {
    seen[item.linkId] = (seen[item.linkId] ?? 0) + 1;
    const here = `${at}/${item.linkId}#${seen[item.linkId]}`;
    if (item.answer) out[here] = item.answer.map(value).sort().join(", ");
    answers(item.item, here, out);
  }
  return out;
}

function value(answer) {
  const [key, v] = Object.entries(answer).find(([k]) => k.startsWith("value"));
  return `${key} ${v.code ? `${v.system}|${v.code}` : JSON.stringify(v)}`;
}

const isTotal = (item) => (item.extension ?? []).some((e) => e.url.endsWith("calculatedExpression"));
const totalsIn = (items) => (items ?? []).flatMap((item) => [...(isTotal(item) ? [`/${item.linkId}#1`] : []), ...totalsIn(item.item)]);

// The questionnaire with these answers chosen beforehand: LHC-Forms takes a total that it is given, or not given,
// as the visitor's own wish, and adds up only what was chosen in its form. Drawing a form takes it long, so of the
// questionnaire there are only the sections with totals, asked whatever stands in the others.
const added = (item) => isTotal(item) || (item.item ?? []).some(added);
function chosen(items, given) {
  return items.map((item) => {
    const answer = given?.find((g) => g.linkId === item.linkId);
    const codes = answer?.answer?.map((a) => a.valueCoding?.code) ?? [];
    const options = item.answerOption?.map((o) => (o.valueCoding && codes.includes(o.valueCoding.code) ? { ...o, initialSelected: true } : o));
    return { ...item, enableWhen: undefined, ...(options && { answerOption: options }), ...(item.item && { item: chosen(item.item, answer?.item) }) };
  });
}

// What LHC-Forms makes of this questionnaire, with or without a response merged into it: on the page if it is
// `drawn`, else in memory alone.
const filled = (questionnaire, response, drawn) =>
  page.evaluate(
    async ([questionnaire, response, drawn]) => {
      const empty = LForms.Util.convertFHIRQuestionnaireToLForms(questionnaire, "R4");
      const merged = response ? LForms.Util.mergeFHIRDataIntoLForms(response, empty, "R4") : empty;
      const form = drawn ? document.getElementById("form") : new LForms.LFormsData(merged);
      await (drawn ? LForms.Util.addFormToPage(merged, "form", {}) : form.loadFHIRResources(true));
      return LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4", form);
    },
    [questionnaire, response, drawn],
  );

const { browser, page } = await open(
  (url) => faults.push(`LHC-Forms calls ${url}`),
  (error) => faults.push(`LHC-Forms throws: ${error}`),
);

for (const [i, name] of names.entries()) {
  const [questionnaire, response] = JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")).entry.map((e) => e.resource);
  const ours = answers(response.item);
  const merged = answers((await filled(questionnaire, response, i === 0)).item);
  // A total that stands in no section is of questions that stand in none.
  const sections = questionnaire.item.some(isTotal) ? questionnaire.item : questionnaire.item.filter(added);
  const scored = { ...questionnaire, item: chosen(sections, response.item) };
  const totals = totalsIn(questionnaire.item);
  const summed = answers((await filled(scored, null, true)).item);
  for (const at of new Set([...Object.keys(ours), ...Object.keys(merged), ...Object.keys(summed)])) {
    if (ours[at] !== merged[at]) faults.push(`${name}: ${at}: ours ${ours[at]}, merged ${merged[at]}`);
    if (totals.some((end) => at.endsWith(end)) && ours[at] !== summed[at]) faults.push(`${name}: ${at}: ours ${ours[at]}, added up ${summed[at]}`);
  }
}
await browser.close();
if (names.length === 0) faults.push(`${folder} holds no records`);
console.log(faults.length ? faults.join("\n") : `${names.length} records come back from LHC-Forms as they were`);
process.exitCode = faults.length ? 1 : 0;
