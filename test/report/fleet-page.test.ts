import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Page} from 'playwright-core';
import {beforeAll, describe, expect, test} from 'vitest';
import {pageOfAccount} from '../../source/report/fleet/account-link.ts';
import {fleetHtml} from '../../source/report/fleet/html.ts';
import {fleetReportOf} from '../../source/report/fleet/model.ts';
import {htmlOf} from '../../source/report/html/page.ts';
import {hostileStrings} from '../fixtures/hostile-strings.ts';
import {hostileRun} from '../support/hostile-run.ts';
import {FleetPlay} from '../ui/fleet-fixture.ts';
import {hasBrowser, openPage, overflow, withBrowser} from './browser-page.ts';

const texts = [...new Set(hostileStrings)].slice(0, 24);
const folder = mkdtempSync(join(tmpdir(), 'handrail-fleet-page-'));
const index = pathToFileURL(join(folder, 'index.html')).href;

/** Writes the pages of a fleet in which every name and every word of AWS's is hostile. */
function writePages(): void {
  const accounts = texts.map((name, at) => ({
    id: String(at).padStart(12, '0'),
    name,
    ou: name,
    tags: {[name]: name},
  }));
  const skipped = texts.map((why, at) => ({
    account: {id: String(900 + at).padStart(12, '0'), name: why},
    why,
  }));
  const play = new FleetPlay().begin(accounts, {skipped, role: texts[0] ?? ''});
  accounts.forEach(({id, name}, at) => {
    const uses = [{region: name, uses: 1, text: name}];
    const unchecked = {disabled: [name], leftOut: [{region: name, by: name}]};
    const found = {message: name, head: name, unchecked};
    if (at % 3 === 0) play.look(1, id, {...found, outcome: 'clear', changes: [], uses});
    else if (at % 3 === 1) play.look(1, id, {...found, outcome: 'blocked', changes: [], unknown: [name]});
    else play.look(1, id, found);
  });
  play.wave(2, [accounts[2]?.id ?? ''], {[accounts[2]?.id ?? '']: texts[1] ?? ''});
  const runs = hostileRun(texts.slice(0, 3));
  const journal = {file: texts[2] ?? '', records: 1, head: 'f'.repeat(64)};
  const report = fleetReportOf(play.state, play.events, journal, () => runs);
  const above = {page: 'index.html', title: report.fleet};
  for (const account of report.accounts) {
    if (account.report !== undefined)
      writeFileSync(join(folder, pageOfAccount(account)), htmlOf(account.report, runs.events, above));
  }
  writeFileSync(join(folder, 'index.html'), fleetHtml(report));
}

function openIndex(width: number): Promise<{readonly page: Page; readonly trouble: string[]}> {
  const inside = new URL('.', index).href;
  return openPage(index, width, (url) => url.startsWith(inside));
}

describe.skipIf(!hasBrowser)('the pages of a fleet, in a browser, with hostile names', () => {
  withBrowser();
  beforeAll(writePages);

  test('lead from the accounts to their pages, and back, and ask for nothing', async () => {
    const {page, trouble} = await openIndex(1280);
    for (const at of [0, 5]) {
      const link = page.locator('#accounts table a').nth(at);
      const id = await link.innerText();
      await link.click();
      await page.waitForURL(new RegExp(`${id}\\.html$`));
      await page.locator('nav a').click();
      await page.waitForURL(/index\.html$/);
    }
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    expect(await page.locator('script, img, iframe, object, form').count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.close();
  });

  test('fit a phone, a window and paper', async () => {
    const {page} = await openIndex(390);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.setViewportSize({width: 1280, height: 800});
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    // A4 between its margins.
    await page.setViewportSize({width: 718, height: 1000});
    await page.emulateMedia({media: 'print'});
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const cut = await page.evaluate(
      "[...document.querySelectorAll('td, th')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)",
    );
    expect(cut).toEqual([]);
    await page.close();
  });
});

test('a page of an account is in the folder, whatever a journal says its id is', () => {
  for (const id of ['../../x', '/etc/passwd', 'index', '..', '00000000001/']) {
    expect(pageOfAccount({id})).toMatch(/^[0-9a-f]{64}\.html$/);
  }
  expect(pageOfAccount({id: '000000000012'})).toBe('000000000012.html');
});
