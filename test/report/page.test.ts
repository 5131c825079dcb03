import type {Page} from 'playwright-core';
import {describe, expect, test} from 'vitest';
import {readJournal} from '../../source/journal/read.ts';
import {hasBrowser, open, openWithoutScript, overflow, seek, withBrowser} from './browser-page.ts';

const relapse = readJournal(new URL('../fixtures/relapse.jsonl', import.meta.url).pathname);

function text(page: Page, selector: string): Promise<string> {
  return page.locator(selector).innerText();
}

describe.skipIf(!hasBrowser)('the page, in a browser', () => {
  withBrowser();

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
    const page = await openWithoutScript(relapse);
    const all = await page.locator('main').innerText();
    for (const part of [
      'ops/kim',
      'Changes (21)',
      'schedule',
      'went back',
      'Journal hash',
      'handrail undo',
    ]) {
      expect(all).toContain(part);
    }
    await page.close();
  });
});
