// Finds things as a person does: what is on screen, by its words.
// Runs as the body of a function in the page; `arguments` are a verb and its names.
const [verb, name, group] = arguments;

const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
const words = (element) => element.innerText ?? element.textContent;

// While a modal dialog is open, the rest of the page can't be reached.
const reachable = [...document.querySelectorAll("dialog:modal")].pop() ?? document.body;
const onScreen = (element) =>
  reachable.contains(element) &&
  element.checkVisibility({ visibilityProperty: true }) &&
  !element.closest("[inert]") &&
  // The static start looks like the app's and acts only once the app is there: journeys wait for the app.
  !element.closest("#shell [data-start]:not([data-start=''])");

const labelledBy = (element) =>
  (element.getAttribute("aria-labelledby") ?? "")
    .split(/\s+/)
    .map((id) => document.getElementById(id))
    .filter(Boolean)
    .map(words)
    .join(" ");
const nameOf = (element) =>
  tidy(labelledBy(element) || element.getAttribute("aria-label") || words(element) || element.value);

// The whole name, or its first line: a choice often carries a hint below its label.
const called = (elements, nameOfOne = nameOf) => {
  const exact = elements.filter((element) => nameOfOne(element) === name);
  if (exact.length) return exact;
  return elements.filter((element) => tidy((words(element) ?? "").split("\n")[0]) === name);
};

const GROUPS = "fieldset, [role=group], [role=radiogroup], [role=region], section, article, dialog, details, li, tr, dl > div";
const TITLES = ":scope > legend, :scope > summary, :scope > dt, :scope > th, :scope > h1, :scope > h2, :scope > h3, :scope > h4, :scope > header :is(h1, h2, h3, h4)";
const groupName = (element) =>
  tidy(labelledBy(element) || element.getAttribute("aria-label") || words(element.querySelector(TITLES) ?? {}));
const inGroup = () => {
  if (group == null) return () => true;
  const groups = [...document.querySelectorAll(GROUPS)].filter((element) => groupName(element) === group);
  return (element) => groups.some((one) => one.contains(element));
};

const all = (selector) => [...document.querySelectorAll(selector)].filter(onScreen).filter(inGroup());
const enabled = (element) => !element.matches(":disabled") && element.getAttribute("aria-disabled") !== "true";

const TEXT_FIELDS = "input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=hidden]), textarea, select";
const isChoice = (label) => label.control?.matches("[type=radio], [type=checkbox]");
// A label may stand around its field, whose own options are no part of its name.
const labelWords = (label) => {
  if (!label.querySelector("select, textarea")) return words(label);
  const alone = label.cloneNode(true);
  alone.querySelectorAll("select, textarea").forEach((field) => field.remove());
  return alone.textContent;
};
const fieldName = (field) =>
  tidy(labelledBy(field) || field.getAttribute("aria-label") || [...(field.labels ?? [])].map(labelWords).join(" "));

const describe = (element) => {
  if (!element || element === document.body) return "nothing";
  const kind = element.getAttribute("role") ?? [element.localName, element.type].filter(Boolean).join(" ");
  return tidy(`${kind} ${fieldName(element) || nameOf(element)}`);
};
const heading = () => {
  const focused = document.activeElement;
  if (focused?.matches("h1, h2, h3, legend")) return tidy(words(focused));
  const firsts = all("h1");
  return firsts.length === 1 ? tidy(words(firsts[0])) : "";
};

const verbs = {
  button: () => called(all("button, [role=button], input[type=button], input[type=submit], summary").filter(enabled)),
  link: () => called(all("a[href], [role=link]")),
  // An answer is a button that goes on, or the label of a radio button or checkbox.
  choice: () => called([...all("label").filter(isChoice).filter((label) => enabled(label.control)), ...all(".answer")]),
  field: () => called(all(TEXT_FIELDS).filter(enabled), fieldName),
  is_chosen: () => verbs.choice().map((one) => (one.control ? one.control.checked : one.getAttribute("aria-pressed") === "true")),
  // The app takes presses again: a screen that was just painted takes none.
  settled: () => document.documentElement.dataset.settled !== "no",
  value: () => verbs.field().map((field) => field.value),
  heading,
  focus: () => describe(document.activeElement),
  // The file has three: the shell, the app and the fallback. One is shown.
  main: () => words([...document.querySelectorAll("main")].find((main) => main.checkVisibility()) ?? document.body),
  screen: () => words(reachable),
  body: () => words(document.body),
};
return verbs[verb]();
