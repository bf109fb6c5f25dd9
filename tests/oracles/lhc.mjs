// LHC-Forms in a page of its own, in headless Chromium. CHROMIUM names the browser, /usr/bin/chromium if it isn't set.
//
// The lock file has LHC-Forms without its dependencies, which are all of Angular: its built files need none of them.

import path from "node:path";
import { chromium } from "playwright-core";

const BUILT = path.join(import.meta.dirname, "node_modules/lforms/dist/lforms");

// `called` gets the address of whatever it asks the network for; nothing is let through.
export async function open(called, threw) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage();
  page.on("pageerror", threw);
  await page.route(/^https?:/, (route) => {
    called(route.request().url());
    return route.abort();
  });
  await page.setContent("<!DOCTYPE html><html><body><div id=form></div></body></html>");
  for (const file of ["webcomponent/assets/lib/zone.min.js", "webcomponent/lhc-forms.js", "fhir/lformsFHIRAll.min.js"]) {
    await page.addScriptTag({ path: path.join(BUILT, file) });
  }
  return { browser, page };
}
