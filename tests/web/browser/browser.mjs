// SPDX-License-Identifier: GPL-2.0-or-later
// The search page in a real browser: accessibility in light and dark, the keyboard, narrow screens, hits with and
// without the script, hostile texts, sizes and requests, valid HTML, JSON and Atom.
// PARTS="hostile valid" runs these alone.
// Usage: node browser.mjs BASE PICTURES PAYLOADS SCHEMA [CHROMIUM]; modules are found from $WEB_MODULES.
import {createRequire} from "node:module";
import {gzipSync} from "node:zlib";
import {mkdirSync, readFileSync} from "node:fs";

const [base, pictures, payloadFile, schemaFile, executablePath = "/usr/bin/chromium"] = process.argv.slice(2);
const require = createRequire(process.env.WEB_MODULES + "/");
const {chromium} = require("playwright-core");
const {HtmlValidate} = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const payloads = readFileSync(payloadFile, "utf8").split("\n").filter(Boolean);
mkdirSync(pictures, {recursive: true});

let faults = 0, checks = 0;
const check = (holds, what) => {
  checks++;
  if (!holds) { faults++; console.log("FAULT:", what); }
};
const words = text => encodeURIComponent(text);

const browser = await chromium.launch({executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
  "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]});

// The states of the page that are looked at.
const states = {
  entry: "",
  results: "?q=cyber+crime",
  filtered: "?q=cyber+crime&org=Interpol&year=2019&year=2020",
  more: "?q=cyber&more=place",
  page: "?q=cyber&start=10",
  nothing: "?q=zzzyyyxxx",
  meant: "?q=cybercryme+zzzyyyxxx+ransomware",
  document: "?id=news/regional-alliance-2019.txt&q=cyber+crime",
  plain: "?id=news/regional-alliance-2019.txt&names=off",
  name: "?kind=org&name=Association+of+Southeast+Asian+Nations",
  missing: "?id=there-is-none",
  refused: "?n=many",
  hostile: "?q=hostile",
};
const served = {}; // the HTML of each state

async function open(options, path) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.faults = [];
  page.on("pageerror", error => page.faults.push(error.message));
  page.on("console", message => { if (message.type() === "error") page.faults.push(message.text()); });
  page.on("dialog", dialog => { page.faults.push("a dialog: " + dialog.message()); dialog.dismiss(); });
  page.requests = [];
  page.on("request", request => page.requests.push(request.url()));
  await page.goto(base + path, {waitUntil: "load"});
  return page;
}
const hits = page => page.$$eval(".hit h2 a", links => links.map(link => link.getAttribute("href")));
const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [name, path] of Object.entries(states)) served[name] = await (await fetch(base + path)).text();

// Accessibility: no violation in any state, in light and dark; pictures are kept.
async function accessibility() {
  for (const colorScheme of ["light", "dark"])
    for (const [name, path] of Object.entries(states)) {
      const page = await open({colorScheme, viewport: {width: 1280, height: 900}}, path);
      await page.evaluate(() => { for (const closed of document.querySelectorAll(".help, .table")) closed.open = true; });
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"],
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}));
      for (const rule of found.violations)
        for (const node of rule.nodes)
          check(false, `${name} ${colorScheme}: ${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary.slice(0, 200)}`);
      check(found.violations.length === 0, `${name} ${colorScheme}: axe`);
      check(page.faults.every(fault => /status of (400|404)/.test(fault)), `${name}: ${page.faults}`);
      check(await overflow(page) <= 0, `${name}: overflows at 1280 pixels`);
      await page.screenshot({path: `${pictures}/${name}-${colorScheme}.png`});
      await page.context().close();
    }
}

// 320 pixels, and text of twice the size: nothing sticks out, targets are large enough, the facets are a disclosure.
async function narrow() {
  for (const [name, path] of Object.entries(states)) {
    const page = await open({viewport: {width: 320, height: 640}, colorScheme: "light"}, path);
    check(await overflow(page) <= 0, `${name}: overflows at 320 pixels by ${await overflow(page)}`);
    if (name === "results") {
      check(!await page.isVisible(".facets"), "the facets are shown at once on a narrow screen");
      await page.screenshot({path: `${pictures}/results-narrow.png`});
      await page.click(".refine > summary");
      check(await page.isVisible(".facets"), "the facets do not open on a narrow screen");
      check(await overflow(page) <= 0, "open facets overflow at 320 pixels");
    }
    await page.evaluate(() => { document.documentElement.style.fontSize = "200%"; });
    await page.setViewportSize({width: 640, height: 900});
    check(await overflow(page) <= 0, `${name}: overflows with text of twice the size by ${await overflow(page)}`);
    await page.context().close();
  }
  const wide = await open({viewport: {width: 1280, height: 900}}, states.results);
  check(await wide.isVisible(".facets"), "the facets are hidden on a wide screen");
  await wide.context().close();
}

// The same hits with and without the script, also after a click on a facet, a page and an order.
async function scripts() {
  for (const javaScriptEnabled of [true, false]) {
    const page = await open({javaScriptEnabled, viewport: {width: 1280, height: 900}}, "");
    const seen = scripts.seen ||= {};
    const note = async (step, wait) => {
      if (wait) await page.waitForFunction(wait);
      const now = JSON.stringify([await hits(page), new URL(page.url()).search, await page.textContent("#sum")]);
      if (javaScriptEnabled) seen[step] = now;
      else check(seen[step] === now, `${step}: with the script ${seen[step]}, without ${now}`);
      check(JSON.parse(now)[0].length > 0, `${step}: no hits`);
    };
    const click = async selector => {
      const before = page.url();
      await page.click(selector);
      await page.waitForURL(url => url.href !== before);
      await page.waitForLoadState();
      if (javaScriptEnabled) await page.waitForFunction(() => !document.body.classList.contains("busy"));
    };
    await page.fill("#q", "cyber crime");
    await click(".box button");
    await note("a search");
    await click('.facets section.org a:has-text("Interpol")');
    await note("a facet");
    await click(".chip");
    await note("the facet taken out");
    await click('.tools a:has-text("Newest")');
    await note("another order");
    await click(".pages a[rel=next]");
    await note("the next page");
    check(page.faults.length === 0, `clicks: ${page.faults}`);
    await page.context().close();
  }
}

// All by the keyboard: skip link, box, hits, a document, the shortcuts and their switch, suggestions.
async function keyboard() {
  const page = await open({viewport: {width: 1280, height: 900}}, "");
  const focus = () => page.evaluate(() => { const at = document.activeElement; return at.id || at.className || at.textContent; });
  await page.keyboard.press("Tab");
  check(await focus() === "skip", "the skip link is not first");
  await page.keyboard.press("Enter");
  check(await focus() === "main", "the skip link does not lead to the results");
  await page.keyboard.press("/");
  check(await focus() === "q", "/ does not lead to the box");
  await page.keyboard.type("cyber");
  await page.waitForSelector("#suggestions li");
  await page.keyboard.press("ArrowDown");
  check(await page.getAttribute("#q", "aria-activedescendant") === "suggestion0", "no suggestion is chosen");
  await page.screenshot({path: `${pictures}/suggestions.png`});
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  check(found.violations.length === 0, `suggestions: ${found.violations.map(rule => rule.id + rule.nodes[0].html)}`);
  await page.keyboard.press("Escape");
  check(!await page.isVisible("#suggestions"), "Escape does not close the suggestions");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=cyber/);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const first = await page.$eval(".hit h2 a", link => link === document.activeElement);
  check(first, "j j k does not lead to the first hit");
  const outlined = await page.$eval(".hit h2 a", link => getComputedStyle(link).outlineStyle !== "none");
  check(outlined, "focus is not visible");
  await page.keyboard.press("Enter");
  await page.waitForURL(/id=/);
  await page.keyboard.press("j");
  check(/#m1$/.test(page.url()), "j does not lead to the first match of a document");
  await page.focus("#keys button");
  await page.keyboard.press("Enter");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  check(await focus() !== "q", "the keys are not switched off");
  // Every link and control can be reached, and none holds the focus.
  await page.goto(base + states.nothing);
  const wanted = await page.$$eval("a[href], button, input:not([type=hidden]), summary", all => all.filter(one =>
    one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)") ).length);
  const reached = new Set();
  for (let i = 0; i < wanted + 10; i++) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() => {
      const at = document.activeElement;
      at.dataset.stop ||= String(document.querySelectorAll("[data-stop]").length);
      return at.tagName + at.dataset.stop;
    }));
  }
  check(reached.size >= wanted, `the keyboard reaches ${reached.size} of ${wanted} links and controls`);
  check(page.faults.length === 0, `keyboard: ${page.faults}`);
  await page.context().close();
}

// Hostile texts: none runs, none makes an element, none asks for anything elsewhere.
const skeleton = html => [...html.matchAll(/<[a-z!/][^>]*>/gi)].flatMap(([tag]) =>
  [tag.match(/^<[!/]?[a-z0-9]*/i)[0].toLowerCase(), ...[...tag.replace(/="[^"]*"/g, "=").matchAll(/\s([^\s=>]+)/g)].map(name => " " + name[1])]);
async function hostile() {
  const known = new Set(Object.entries(served).filter(([name]) => name !== "hostile").flatMap(([, html]) => skeleton(html)));
  const page = await open({viewport: {width: 1280, height: 900}}, "?q=hostile&n=100");
  await page.evaluate(() => addEventListener("securitypolicyviolation", event => console.error("policy " + event.blockedURI)));
  const found = (await hits(page)).filter(address => /&id=hostile-/.test(address)).length;
  check(found === payloads.length, `${found} hostile documents of ${payloads.length}`);
  const look = async (path, what) => {
    const response = await fetch(base + path), html = await response.text();
    if (response.headers.get("content-type").startsWith("text/html")) {
      const strange = skeleton(html).filter(part => !known.has(part));
      check(strange.length === 0, `${what}: ${path}: new markup ${strange.slice(0, 5)}`);
    }
    check([...response.headers.keys()].every(name => !/cookie|evil|injected/.test(name)), `${what}: strange headers`);
    return html;
  };
  for (const [number, payload] of payloads.entries()) {
    const id = words(`hostile-${number} ${payload.replace(/\s+/g, " ")}`);
    await look(`?q=${words(payload)}`, "query");
    await look(`?q=hostile&org=${words(payload)}&source=${words("Source " + payload)}&since=2019`, "filters");
    await look(`?id=${id}&q=${words(payload)}`, "document");
    await look(`?kind=person&name=${words(payload)}`, "name");
    await look(`/${words(payload)}?${payload}`, "path");
    const json = await look(`?q=${words(payload)}&format=json`, "JSON");
    check(JSON.parse(json).query === payload || JSON.parse(json).error, `JSON: ${payload}`);
    for (const path of number % 3 ? [`?id=${id}&q=${words(payload)}`] : [`?q=${words(payload)}`, `?id=${id}&q=${words(payload)}`]) {
      await page.goto(base + path, {waitUntil: "load"});
      if (path.startsWith("?id")) check(await page.isVisible(".text"), `${payload}: no document page`);
    }
  }
  const allowed = page.requests.filter(url => !url.startsWith(new URL(base).origin) && !url.startsWith("data:"));
  check(allowed.length === 0, `requests elsewhere: ${allowed.slice(0, 3)}`);
  const noise = page.faults.filter(fault => !/status of (400|404)/.test(fault));
  check(noise.length === 0, `hostile texts: ${noise.slice(0, 3)}`);
  await page.context().close();
}

// Valid HTML in every state, also with hostile texts.
async function valid() {
  const html = new HtmlValidate({extends: ["html-validate:recommended"], rules: {
    "long-title": "off", // titles are the documents'
    "no-trailing-whitespace": "off", // texts are the documents'
    "prefer-native-element": "off",
    "no-redundant-for": "off",
    "svg-focusable": "off", // for Internet Explorer
    "aria-label-misuse": ["error", {allowAnyNamable: true}],
    "form-dup-name": "off", // a filter can be given more than once
  }});
  for (const [name, text] of Object.entries(served)) {
    const report = await html.validateString(text);
    for (const result of report.results)
      for (const message of result.messages)
        check(false, `${name}: ${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    check(report.valid, `${name}: HTML`);
  }
}

// Sizes, requests, formats.
async function sizes() {
  const page = await open({viewport: {width: 1280, height: 900}}, states.results);
  const asked = page.requests.filter(url => !url.startsWith("data:"));
  check(asked.length <= 3 && asked.every(url => url.startsWith(base)), `requests: ${asked}`);
  const assets = await page.$$eval("link[rel=stylesheet], script[src]", all => all.map(one => one.href || one.src));
  let bytes = 0;
  for (const asset of assets) bytes += (await (await fetch(asset)).arrayBuffer()).byteLength;
  const raw = Buffer.byteLength(served.results), zipped = gzipSync(served.results).length;
  console.log(`page of ten hits: ${raw} bytes, ${zipped} compressed; stylesheet and script: ${bytes}; requests: ${asked.length}`);
  check((await hits(page)).length === 10, "not ten hits");
  check(raw <= 30000 && zipped <= 10000, "the page is too large");
  check(bytes <= 20000, "stylesheet and script are too large");
  await page.context().close();

  const Ajv = require("ajv/dist/2020").default;
  const validate = new Ajv({allErrors: true}).compile(JSON.parse(readFileSync(schemaFile, "utf8")));
  for (const path of ["?q=cyber&format=json", "?q=zzzyyyxxx&format=json", "?q=hostile&n=100&format=json", "?sort=newest&format=json"])
    check(validate(await (await fetch(base + path)).json()), `${path}: ${JSON.stringify(validate.errors)}`);

  // RFC 4287, section 4: what a feed and an entry must have; a browser's parser is strict about the rest.
  const parser = await open({}, "");
  for (const path of ["?q=cyber&format=atom", "?q=hostile&n=100&format=atom", "?q=zzzyyyxxx&format=atom"]) {
    const text = await (await fetch(base + path)).text();
    const wrong = await parser.evaluate(text => {
      const feed = new DOMParser().parseFromString(text, "application/xml"), wrong = [];
      const atom = "http://www.w3.org/2005/Atom", search = "http://a9.com/-/spec/opensearch/1.1/";
      if (feed.querySelector("parsererror")) return [feed.querySelector("parsererror").textContent];
      const once = (root, names) => names.forEach(name => {
        if ([...root.children].filter(one => one.localName === name && one.namespaceURI === atom).length !== 1) wrong.push(name);
      });
      if (feed.documentElement.namespaceURI !== atom || feed.documentElement.localName !== "feed") wrong.push("feed");
      once(feed.documentElement, ["id", "title", "updated", "author"]);
      for (const entry of feed.getElementsByTagNameNS(atom, "entry")) once(entry, ["id", "title", "updated", "author", "summary"]);
      for (const date of feed.getElementsByTagNameNS(atom, "updated"))
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date.textContent)) wrong.push(date.textContent);
      const ids = [...feed.getElementsByTagNameNS(atom, "id")].map(id => id.textContent);
      if (new Set(ids).size !== ids.length || ids.some(id => !URL.canParse(id))) wrong.push("ids");
      for (const link of feed.getElementsByTagNameNS(atom, "link")) if (!/^https?:$/.test(new URL(link.getAttribute("href")).protocol)) wrong.push("link");
      for (const name of ["totalResults", "startIndex", "itemsPerPage"])
        if (!/^\d+$/.test(feed.getElementsByTagNameNS(search, name)[0]?.textContent)) wrong.push(name);
      return wrong;
    }, text);
    check(wrong.length === 0, `${path}: ${wrong}`);
  }
  const description = await parser.evaluate(async address => {
    const text = await (await fetch(address)).text(), xml = new DOMParser().parseFromString(text, "application/xml");
    return {short: xml.querySelector("ShortName")?.textContent, text: xml.querySelector("Description")?.textContent,
      urls: [...xml.querySelectorAll("Url")].map(url => url.getAttribute("template"))};
  }, base + "/opensearch.xml");
  check(description.short?.length > 0 && description.short.length <= 16 && description.text?.length > 0 &&
    description.urls.length === 4 && description.urls.every(url => url.includes("{searchTerms}")), `OpenSearch: ${JSON.stringify(description)}`);
  await parser.context().close();

  // An address goes round byte for byte: what a page calls itself is what it answers to, and says again.
  for (const path of ["?q=cyber+crime&org=Interpol&year=2019", "?q=%22joint+statement%22&place=Tokyo&sort=newest&n=25&start=25", "?q=caf%C3%A9+%26+%3Cb%3E"]) {
    const text = await (await fetch(base + path)).text();
    const own = text.match(/<link rel="alternate" type="application\/json" href="([^"]*)&amp;format=json">/)?.[1].replaceAll("&amp;", "&");
    check(own === path, `${path} calls itself ${own}`);
  }
}

const wanted = process.env.PARTS?.split(" ");
for (const part of [accessibility, narrow, scripts, keyboard, hostile, valid, sizes]) {
  if (wanted && !wanted.includes(part.name)) continue;
  const started = Date.now();
  try { await part(); } catch (error) { check(false, `${part.name}: ${error.stack.slice(0, 600)}`); }
  console.log(`${part.name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
await browser.close();
console.log(`${checks} checks, ${faults} faults`);
process.exit(faults ? 1 : 0);
