// Loads the HTML pages that the program writes in headless Chromium: no console message, no request to anywhere, nothing
// wider than the window at 1280 and 390 pixels, figures in sight, and axe-core finds no fault of accessibility, in light and dark.
// Usage: node page.mjs PAGE.html...   Screenshots go to the folder that SCREENSHOTS names, if it is set.
import { createRequire } from "node:module";
import { readFileSync, existsSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { basename, join, resolve } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (!browserPath) {
  console.error("no Chromium found; install the package chromium");
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const faults = [];
for (const path of process.argv.slice(2)) {
  const size = statSync(path).size;
  if (size > 5e6) faults.push(`${path}: ${size} bytes, more than 5 MB`);
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      const at = `${basename(path)} at ${width} px, ${colorScheme}`;
      // The page's own policy forbids every script; it is set aside for axe only after the page has loaded under it.
      const strict = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      strict.on("console", (message) => faults.push(`${at}: console: ${message.text()}`));
      strict.on("pageerror", (error) => faults.push(`${at}: ${error}`));
      strict.on("request", (request) => {
        if (!request.url().startsWith("file:") && !request.url().startsWith("data:")) faults.push(`${at}: asks for ${request.url()}`);
      });
      await strict.goto(pathToFileURL(resolve(path)).href);
      const wide = await strict.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) faults.push(`${at}: ${wide} px wide`);
      const empty = await strict.evaluate(() =>
        [...document.querySelectorAll("svg.strip, svg.course-strip, table")]
          .filter((one) => one.checkVisibility())
          .filter((one) => one.getBoundingClientRect().width < 40 || one.getBoundingClientRect().height < 10).length);
      if (empty > 0) faults.push(`${at}: ${empty} figures cannot be seen`);
      const figures = await strict.evaluate(() => document.querySelectorAll("svg.strip, table").length);
      if (figures === 0) faults.push(`${at}: no figure`);
      if (process.env.SCREENSHOTS) {
        const name = `${basename(path, ".html")}-${width}-${colorScheme}.png`;
        await strict.screenshot({ path: join(process.env.SCREENSHOTS, name), fullPage: width === 1280 && colorScheme === "light" });
      }
      await strict.close();
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      await page.goto(pathToFileURL(resolve(path)).href);
      await page.addStyleTag({ content: readFileSync(new URL("../../src/report/page/style.css", import.meta.url), "utf8") });
      await page.evaluate(axe);
      const result = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
      for (const violation of result.violations) {
        const first = violation.nodes[0];
        faults.push(`${at}: axe ${violation.id}: ${violation.help}; ${violation.nodes.length} places, first ${first.html.slice(0, 160)} ${(first.failureSummary ?? "").replace(/\s+/g, " ").slice(0, 200)}`);
      }
      await context.close();
    }
  }
}
await browser.close();
for (const fault of faults) console.error(fault);
console.log(`${process.argv.length - 2} pages, ${faults.length} faults`);
process.exit(faults.length > 0 ? 1 : 0);
