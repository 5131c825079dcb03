import {globSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {toAscii} from '../../source/text/ascii.ts';
import {width} from '../../source/text/width.ts';

test('signs and lines have an ASCII form as wide as they are', () => {
  expect(toAscii('✓━●━○ ! – ? ▸ …')).toBe('+=*=o ! - ? > ~');
});

test('whatever else is not ASCII keeps its width', () => {
  const text = 'Zürich 東京';
  expect(toAscii(text)).toBe('Z?rich ????');
  expect(width(toAscii(text))).toBe(width(text));
});

test('every sign that the source or a shipped runbook can show has an ASCII form', () => {
  const root = join(import.meta.dirname, '../..');
  const files = [
    ...globSync('source/**/*.{ts,tsx}', {cwd: root}),
    ...globSync('runbooks/**/*.yaml', {cwd: root}),
  ];
  expect(files.length).toBeGreaterThan(200);
  const bare = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
      .replaceAll(/\/\*[\s\S]*?\*\/|^\s*(\/\/|#).*$/gm, '')
      .replaceAll(/\\u[0-9a-f]{4}/gi, '');
    // oxlint-disable-next-line no-control-regex
    const signs = [...new Set(text.match(/[^\u0000-\u007f]/gu) ?? [])];
    return signs.filter((sign) => toAscii(sign).includes('?')).map((sign) => `${file}: ${sign}`);
  });
  expect(bare).toEqual([]);
  expect(toAscii('6 × iam:GetRole')).toBe('6 x iam:GetRole');
});
