import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium, type Browser, type Page} from 'playwright-core';
import {afterAll, beforeAll} from 'vitest';
import type {Journal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {htmlOf} from '../../source/report/html/page.ts';

const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(browserPath);
if (!hasBrowser)
  process.stderr.write(`${browserPath} is not there: the report's page is not looked at in a browser\n`);

/** Longest wait for anything in a page (ms): on a busy machine it takes a while. */
const patienceMs = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'handrail-page-'));

let browser: Browser;

/** Starts a browser for the tests of a `describe`. */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: browserPath,
      args: ['--no-sandbox'],
      timeout: patienceMs,
    });
  });
  afterAll(() => browser.close());
}

interface Opened {
  readonly page: Page;
  /** Everything that went wrong or went out. */
  readonly trouble: string[];
}

/** Opens a report from disk. `width`: of the window, in pixels; 390 is a phone's. */
export function open(journal: Journal, width: number): Promise<Opened> {
  return openPage(saved(journal), width);
}

/** Opens a page from disk. `mayOpen`: addresses that it may go to. */
export async function openPage(
  address: string,
  width: number,
  mayOpen: (url: string) => boolean = (url) => url === address,
): Promise<Opened> {
  const page = await browser.newPage({viewport: {width, height: 800}});
  page.setDefaultTimeout(patienceMs);
  const trouble: string[] = [];
  page.on('request', (request) => mayOpen(request.url()) || trouble.push(`request ${request.url()}`));
  page.on('pageerror', (error) => trouble.push(`error ${error.message}`));
  page.on('console', (message) => trouble.push(`console ${message.text()}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => mayOpen(frame.url()) || trouble.push(`went to ${frame.url()}`));
  await page.goto(address);
  return {page, trouble};
}

/** Pixels that stick out at the right. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Moves the page's slider to a played time, in ms. */
export async function seek(page: Page, played: number): Promise<void> {
  await page.evaluate(`(() => {
    const slider = document.getElementById('seek');
    slider.value = ${played};
    slider.dispatchEvent(new Event('input'));
  })()`);
}

/** Opens a report in a browser that runs no script. */
export async function openWithoutScript(journal: Journal): Promise<Page> {
  const context = await browser.newContext({javaScriptEnabled: false});
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.goto(saved(journal));
  return page;
}

/** Writes a report; returns its address. */
function saved(journal: Journal): string {
  const file = join(folder, `${journal.events.length}.html`);
  writeFileSync(file, htmlOf(reportOf(journal), journal.events));
  return pathToFileURL(file).href;
}
