import {describe, expect, test} from 'vitest';
import {show} from '../../source/text/show.ts';
import {hostileStrings} from '../fixtures/hostile-strings.ts';
import {hostileRun} from '../support/hostile-run.ts';
import {hasBrowser, open, overflow, seek, withBrowser} from './browser-page.ts';

describe.skipIf(!hasBrowser)('the page, in a browser, given two hundred hostile texts', () => {
  withBrowser();

  const elements = new Set(
    'HTML HEAD META TITLE STYLE BODY MAIN HEADER SECTION DIV P H1 H2 SPAN STRONG CODE BR DL DT DD UL OL LI TABLE THEAD TBODY TR TH TD BUTTON INPUT SELECT OPTION OUTPUT DETAILS SUMMARY SCRIPT svg rect line title'.split(
      ' ',
    ),
  );
  const attributes =
    /^(lang|charset|http-equiv|content|name|id|class|aria-[a-z]+|type|min|max|value|step|title|scope|tabindex|role|height|width|x|y|x1|x2|y1|y2|data-t)$/;

  test.each([390, 1280])(
    'runs nothing, asks for nothing, holds only its own elements and shows the texts in their order at %i',
    async (width) => {
      const texts = [...new Set(hostileStrings)];
      const {page, trouble} = await open(hostileRun(texts), width);
      const duration = Number(await page.locator('#seek').getAttribute('max'));
      for (let step = 0; step <= 6; step += 1) {
        await seek(page, (duration * step) / 6);
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
      const all = (await page.evaluate("document.querySelector('main').textContent")) as string;
      for (const one of texts) expect(all).toContain(show(one).trim());
      expect(all).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(trouble).toEqual([]);
      await page.close();
    },
  );
});
