import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium, type Browser, type Page} from 'playwright-core';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {readJournal, type Journal} from '../../source/journal/read.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {htmlOf} from '../../source/report/html/page.ts';
import {show} from '../../source/text/show.ts';
import {hostileStrings} from '../fixtures/hostile-strings.ts';
import {hostileRun} from '../support/hostile-run.ts';

// Hundreds of frames or pages: on a busy machine that takes a while.
vi.setConfig({testTimeout: 120_000});

const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const hasBrowser = existsSync(browserPath);
if (!hasBrowser)
  process.stderr.write(`${browserPath} is not there: the report's page is not looked at in a browser\n`);

const relapse = readJournal(new URL('../fixtures/relapse.jsonl', import.meta.url).pathname);
const folder = mkdtempSync(join(tmpdir(), 'handrail-page-'));

let browser: Browser;

interface Opened {
  readonly page: Page;
  /** Everything that went wrong or went out. */
  readonly trouble: string[];
}

/** Opens a report from disk. `width`: of the window, in pixels; 390 is a phone's. */
async function open(journal: Journal, width: number): Promise<Opened> {
  const file = join(folder, `${width}-${journal.events.length}.html`);
  writeFileSync(file, htmlOf(reportOf(journal), journal.events));
  const address = pathToFileURL(file).href;
  const page = await browser.newPage({viewport: {width, height: 800}});
  const trouble: string[] = [];
  page.on('request', (request) => request.url() === address || trouble.push(`request ${request.url()}`));
  page.on('pageerror', (error) => trouble.push(`error ${error.message}`));
  page.on('console', (message) => trouble.push(`console ${message.text()}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => frame.url() === address || trouble.push(`went to ${frame.url()}`));
  await page.goto(address);
  return {page, trouble};
}

/** Pixels that stick out at the right. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Moves the page's slider to a played time, in ms. */
async function seek(page: Page, played: number): Promise<void> {
  await page.evaluate(`(() => {
    const slider = document.getElementById('seek');
    slider.value = ${played};
    slider.dispatchEvent(new Event('input'));
  })()`);
}

function text(page: Page, selector: string): Promise<string> {
  return page.locator(selector).innerText();
}

describe.skipIf(!hasBrowser)('the page, in a browser', () => {
  beforeAll(async () => {
    browser = await chromium.launch({executablePath: browserPath, args: ['--no-sandbox']});
  });

  afterAll(() => browser.close());

  test.each([390, 768, 1280])('fits %i pixels and asks for nothing', async (width) => {
    const {page, trouble} = await open(relapse, width);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await text(page, 'h1')).toBe('Delete the Image Builder service-linked role');
    expect(await text(page, 'header')).toContain('SIMULATION');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('plays the run: pause, play, and any time of it', async () => {
    const {page, trouble} = await open(relapse, 390);
    expect(await text(page, '#clock')).toContain('0:21 / 0:21');
    const row = page.locator('#grid tr', {hasText: 'eu-west-2'});
    expect(await row.innerText()).toContain('clear');
    const failed = relapse.events.findIndex(({type}) => type === 'went-back');
    const {frames} = (await page.evaluate(
      "JSON.parse(document.getElementById('recording').textContent)",
    )) as {frames: readonly {readonly t: number; readonly at: number}[]};
    const moment = frames.find(({at}) => at === relapse.events[failed]?.at)?.t ?? -1;
    await seek(page, moment);
    expect(await row.innerText()).toContain('in use: payments/1.4.0/1 (reported in eu-north-1)');
    expect(await text(page, '#clock')).toContain('0:07 / 0:21');
    await page.locator('#speed').selectOption('64');
    await page.locator('#play').click();
    await page.locator('#clock', {hasText: /^0:21 \/ 0:21/}).waitFor();
    expect(await text(page, '#play')).toBe('Play');
    expect(await row.innerText()).toContain('clear');
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('reads the chart’s bars out, by pointer and by keyboard', async () => {
    const {page, trouble} = await open(relapse, 1280);
    await page.locator('#bars .failure').first().hover({force: true});
    expect(await text(page, '#reader')).toMatch(
      /0:07 \(.*Z\) (Account|eu-west-2): .*(still in use|required by)/,
    );
    await page.locator('#bars').focus();
    const before = await text(page, '#reader');
    await page.keyboard.press('ArrowRight');
    expect(await text(page, '#reader')).not.toBe(before);
    expect(await page.locator('.chart ol li').count()).toBe(35);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('says everything without its script', async () => {
    const context = await browser.newContext({javaScriptEnabled: false});
    const page = await context.newPage();
    const file = join(folder, 'plain.html');
    writeFileSync(file, htmlOf(reportOf(relapse), relapse.events));
    await page.goto(pathToFileURL(file).href);
    const all = await page.locator('main').innerText();
    for (const part of ['ops/kim', 'Changes (21)', 'schedule', 'went back', 'Head hash', 'handrail undo']) {
      expect(all).toContain(part);
    }
    await context.close();
  });

  describe('given two hundred hostile texts', () => {
    const elements = new Set(
      'HTML HEAD META TITLE STYLE BODY MAIN HEADER SECTION DIV P H1 H2 SPAN STRONG CODE BR DL DT DD UL OL LI TABLE THEAD TBODY TR TH TD BUTTON INPUT SELECT OPTION OUTPUT DETAILS SUMMARY SCRIPT svg rect line title'.split(
        ' ',
      ),
    );
    const attributes =
      /^(lang|charset|http-equiv|content|name|id|class|aria-[a-z]+|type|min|max|value|step|title|scope|tabindex|role|height|width|x|y|x1|x2|y1|y2|data-t)$/;

    test.each([390, 1280])(
      'runs nothing, asks for nothing and holds only its own elements at %i',
      async (width) => {
        const {page, trouble} = await open(hostileRun([...new Set(hostileStrings)]), width);
        const duration = Number(await page.locator('#seek').getAttribute('max'));
        for (let step = 0; step <= 10; step += 1) {
          await seek(page, (duration * step) / 10);
        }
        await page.locator('#bars').focus();
        for (let press = 0; press < 20; press += 1) await page.keyboard.press('ArrowRight');
        const found = (await page.evaluate(
          "[...document.querySelectorAll('*')].flatMap((one) => [one.tagName, ...[...one.attributes].map(({name}) => '@' + name)])",
        )) as readonly string[];
        const foreign = found.filter((name) =>
          name.startsWith('@') ? !attributes.test(name.slice(1)) : !elements.has(name),
        );
        expect([...new Set(foreign)]).toEqual([]);
        expect(found.filter((name) => name === 'SCRIPT')).toHaveLength(2);
        expect(await page.evaluate('window.pwned')).toBeUndefined();
        expect(await overflow(page)).toBeLessThanOrEqual(0);
        expect(trouble).toEqual([]);
        await page.close();
      },
    );

    test('shows the texts, and nothing that would turn their order around', async () => {
      const texts = [...new Set(hostileStrings)];
      const {page} = await open(hostileRun(texts), 1280);
      const all = (await page.evaluate("document.querySelector('main').textContent")) as string;
      for (const one of texts) expect(all).toContain(show(one).trim());
      expect(all).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]/u);
      await page.close();
    });
  });
});
